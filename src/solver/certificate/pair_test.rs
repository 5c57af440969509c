//! Is a row of pairs proved? At the speed at which memory gives the scores.
//!
//! # What is tested
//! The definition is [`PairTest::sign`]: the sign of a pair's first reduced value that is not zero.
//! A row is proved if no chosen pair is below zero and every pair above zero is chosen. Chosen pairs
//! are few and looked at one by one; then it is enough to *count* the pairs above zero, chosen or
//! not, and to compare the two counts.
//!
//! # How it is fast
//! 1. Prices that are small fit 32 bits, and the sum of two still does. A pair is above zero at the
//!    level of scores exactly if its score is above that sum. Nothing is subtracted from a score,
//!    so scores may be any.
//! 2. At a level of equal values, one look at the lowest and the highest price often decides the
//!    whole row, or shows that it decides nothing.
//! 3. Otherwise blocks of pairs are *screened* with one comparison or two a pair, which the compiler
//!    vectorises: could any of them be above zero? In a solution hardly any can.
//! 4. The pairs that could are counted if the definition says so.
//! 5. Where rows are kept between solves, blocks that cannot hold such a pair are known beforehand.
//! 6. Pairs whose values are listed are few, and counted one by one.
//! 7. Rows that name their mentors are screened [many at a time](band), each as a whole, and mostly none of a mentee's
//!    other pairs passes: then none is left out.
//!
//! A screen may let through any pair without harm, and must hold back none that is above zero: that
//! is all there is to be trusted in steps 1 to 3, 5 and 7.

use std::cmp::Ordering;
use std::ops::Range;

use super::super::kept_rows::{Blocks, Found, Peaks};
use super::super::level::{Level, ListedValues, PairValues};
use super::super::problem::{Problem, Row};
use super::Prices;
use super::prices::extremes;
use crate::ids::MentorIdx;
use crate::lanes;

mod band;
mod table;

pub(super) use band::{BAND, Tally};
use table::Table;

/// Pairs screened together.
const BLOCK: usize = 64;

/// Two prices below this, and 1 beside, add up within 32 bits.
const NARROW: u32 = (1 << 30) - 1;

/// Levels and prices, prepared for testing many rows.
pub(super) struct PairTest<'a> {
    levels: &'a [Level],
    prices: &'a [Prices],
    /// By level: the mentors' prices in 32 bits, where they and the pairs' values are so simple.
    narrow: Vec<Option<Narrow<'a>>>,
    /// So many levels come first at which every pair is just zero but for what is listed, as where everybody takes part.
    zero_levels: usize,
    /// The values that are listed.
    lists: Vec<&'a ListedValues>,
    /// Whether pairs that are just zero are looked at too, by whoever [finds](Self::find) blocks or
    /// [looks](Self::look) at rows.
    finds_ties: bool,
    /// Whether all prices are told in 32 bits as they are, and no pair is worth less than told.
    are_exact: bool,
}

/// What a first look at a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// So many pairs are above zero.
    Above(usize),
    /// This, with others of its band.
    Tallied(Tally),
}

/// Whether a row is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Open,
    Proved,
    /// And all pairs that are not chosen are below zero.
    Settled,
}

/// The mentors' prices at one level in 32 bits.
struct Narrow<'a> {
    values: Values,
    /// Whether some pairs are worth less.
    at_most: bool,
    prices: Vec<i32>,
    lowest: i32,
    highest: i32,
    /// Whether these are the true prices, and pairs are worth no less.
    is_exact: bool,
    /// Where scores decide and rows are kept.
    peaks: Option<Peaks<'a>>,
    /// The prices, where rows name their mentors.
    table: Option<Table>,
}

/// What pairs are worth at one level.
#[derive(Clone, Copy)]
enum Values {
    Same(i32),
    Score,
}

/// What separates pairs above zero from pairs below at one level of one row.
#[derive(Clone, Copy)]
enum Cut<'a, 'k> {
    /// Pairs are above zero where the mentor's price is below `free`.
    Price { narrow: &'k Narrow<'a>, free: i32 },
    /// Pairs are above zero where the score is above the mentor's price and `own`.
    Score { narrow: &'k Narrow<'a>, own: i32 },
}

/// What the prices say of a row as a whole.
enum Outlook<'a, 'k> {
    NoneAbove,
    AllAbove,
    /// Equal at the levels before this one, and to be decided from here on, by a cut if 32 bits suffice.
    From(usize, Option<Cut<'a, 'k>>),
}

impl<'a> PairTest<'a> {
    pub(super) fn new(levels: &'a [Level], prices: &'a [Prices]) -> Self {
        let narrow: Vec<Option<Narrow<'_>>> = levels.iter().zip(prices).map(Narrow::new).collect();
        let is_exact =
            |narrow: &Option<Narrow<'_>>| narrow.as_ref().is_some_and(|one| one.is_exact);
        Self {
            levels,
            prices,
            are_exact: narrow.iter().all(is_exact),
            zero_levels: zero_levels(&narrow, prices),
            narrow,
            lists: levels.iter().filter_map(Level::listed).collect(),
            finds_ties: false,
        }
    }

    /// The same, finding blocks with pairs that are just zero too, if told so.
    pub(super) fn with_ties(mut self, finds_ties: bool) -> Self {
        self.finds_ties = finds_ties;
        self
    }

    /// The same test for rows of this problem, blocks of which may be passed over, or which are screened as a whole.
    pub(super) fn of_rows(mut self, problem: &'a Problem<'_>) -> Self {
        for narrow in self.narrow.iter_mut().flatten() {
            if let Values::Score = narrow.values {
                narrow.peaks = problem.peaks(&narrow.prices);
            }
            if problem.is_sparse() {
                narrow.table = Table::of(&narrow.prices);
                if narrow.table.is_some() {
                    narrow.prices = Vec::new();
                }
            }
        }
        self
    }

    /// Whether blocks that are [found](Self::find) leave no pair out: pairs whose values are listed are not looked for.
    pub(super) fn finds_all(&self) -> bool {
        self.lists.is_empty()
    }

    /// The lexicographic sign of a pair's reduced values: the definition.
    pub(super) fn sign(&self, mentee: usize, mentor: usize, score: i32) -> Ordering {
        let levels = self.levels.iter().zip(self.prices);
        levels
            .map(|(level, prices)| prices.reduced(level, mentee, mentor, score).cmp(&0))
            .find(|sign| sign.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    /// How the reduced values of two pairs of a mentee compare, each given as its mentor and its score.
    pub(super) fn compare(
        &self,
        mentee: usize,
        one: (usize, i32),
        other: (usize, i32),
    ) -> Ordering {
        let levels = self.levels.iter().zip(self.prices);
        let orders = levels.map(|(level, prices)| {
            let reduced = |(mentor, score)| prices.reduced(level, mentee, mentor, score);
            reduced(one).cmp(&reduced(other))
        });
        let mut orders = orders.filter(|order| order.is_ne());
        orders.next().unwrap_or(Ordering::Equal)
    }

    /// Whether the row is proved in which so much was seen: no pair above zero is left out, and none below
    /// is chosen. `chosen` pairs are different and allowed; `scores` are theirs.
    #[inline]
    pub(super) fn judge(
        &self,
        mentee: usize,
        (row, blocks): (&Row<'_>, Blocks<'_>),
        seen: Seen,
        (chosen, scores): (&[MentorIdx], &[i32]),
    ) -> Verdict {
        let without_others = match self.finds_ties {
            true => Verdict::Settled,
            false => Verdict::Proved,
        };
        if matches!(seen, Seen::Tallied(tally) if tally.is_proof()) {
            return without_others;
        }
        let mut own = 0; // of the chosen ones, those above zero
        for (mentor, &score) in chosen.iter().zip(scores) {
            // Above zero or just zero, which nobody foresees: added up, not branched on.
            let sign = self.quick_sign(mentee, mentor.index(), score);
            if sign.is_lt() {
                return Verdict::Open;
            }
            own += usize::from(sign.is_gt());
        }
        let above = match seen {
            // None of the chosen ones is below zero, so that all are among those which may be at least that.
            Seen::Tallied(tally) if tally.leaves_none(chosen.len(), own, self.finds_ties) => {
                return without_others;
            }
            Seen::Tallied(_) => self.count_above(mentee, (row, blocks)),
            Seen::Above(above) => above,
        };
        match above == own {
            true => Verdict::Proved,
            false => Verdict::Open,
        }
    }

    /// The same as [`sign`](Self::sign), by prices in 32 bits where they are the true ones: those of a row are near
    /// when it has been screened, and the others are not.
    #[inline]
    fn quick_sign(&self, mentee: usize, mentor: usize, score: i32) -> Ordering {
        if !self.lists.is_empty() {
            return self.sign(mentee, mentor, score);
        }
        for level in self.zero_levels..self.levels.len() {
            let order = match self.cut(mentee, level) {
                Some(Cut::Score { narrow, own })
                    if narrow.is_exact && i64::from(own) == self.prices[level].mentees[mentee] =>
                {
                    score.cmp(&(narrow.prices()[mentor] + own))
                }
                Some(Cut::Price { narrow, free }) if narrow.is_exact => {
                    free.cmp(&narrow.prices()[mentor])
                }
                _ => return self.sign(mentee, mentor, score),
            };
            if level + 1 == self.levels.len() || order.is_ne() {
                return order;
            }
        }
        Ordering::Equal
    }

    /// How many allowed pairs of the row are above zero.
    pub(super) fn count_above(
        &self,
        mentee: usize,
        (row, blocks): (&Row<'_>, Blocks<'_>),
    ) -> usize {
        if matches!(self.outlook(mentee, 0), Outlook::AllAbove) && self.listed(mentee).is_empty() {
            return row.allowed();
        }
        let mut above = 0;
        self.for_each_above(mentee, (row, blocks), |_, _| above += 1);
        above
    }

    /// Visits the allowed pairs of the row that are above zero, in any order.
    pub(super) fn for_each_above(
        &self,
        mentee: usize,
        (row, blocks): (&Row<'_>, Blocks<'_>),
        mut visit: impl FnMut(usize, i32),
    ) {
        let listed = self.listed(mentee);
        let mut visit_above = |mentor: usize, score: i32| {
            if self.sign(mentee, mentor, score).is_gt() {
                visit(mentor, score);
            }
        };
        for &mentor in &listed {
            if let Some(score) = row.score(mentor) {
                visit_above(mentor as usize, score);
            }
        }
        let visit_other = |mentor: usize, score: i32| {
            let place = listed.binary_search_by(|&listed| (listed as usize).cmp(&mentor));
            if place.is_err() {
                visit_above(mentor, score);
            }
        };
        match self.outlook(mentee, 0) {
            Outlook::NoneAbove => {}
            Outlook::AllAbove => self.visit_from(mentee, 0, (row, blocks), visit_other),
            Outlook::From(level, _) => {
                self.visit_from(mentee, level, (row, blocks), visit_other);
            }
        }
    }

    /// The mentors for whom a value is listed at any level.
    #[inline]
    fn listed(&self, mentee: usize) -> Vec<u32> {
        if self.lists.is_empty() {
            return Vec::new();
        }
        let lists = self.lists.iter().flat_map(|list| list.of(mentee));
        let mut listed: Vec<u32> = lists.map(|&(mentor, _)| mentor).collect();
        listed.sort_unstable();
        listed.dedup();
        listed
    }

    #[inline(always)]
    fn outlook(&self, mentee: usize, first: usize) -> Outlook<'a, '_> {
        let mut at_most = false;
        for level in first.max(self.zero_levels)..self.levels.len() {
            let cut = self.cut(mentee, level);
            let Some(Cut::Price { narrow, free }) = cut else {
                return Outlook::From(level, cut);
            };
            at_most |= narrow.at_most;
            if free < narrow.lowest {
                return Outlook::NoneAbove;
            } else if free > narrow.highest && !at_most {
                return Outlook::AllAbove;
            } else if free > narrow.highest || narrow.lowest < narrow.highest {
                return Outlook::From(level, cut);
            }
        }
        Outlook::NoneAbove
    }

    /// `None` where 32 bits do not suffice.
    #[inline(always)]
    fn cut(&self, mentee: usize, level: usize) -> Option<Cut<'a, '_>> {
        let narrow = self.narrow[level].as_ref()?;
        let own = narrow.values.narrowed(self.prices[level].mentees[mentee])?;
        Some(match narrow.values {
            Values::Score => Cut::Score { narrow, own },
            Values::Same(value) => {
                let free = value - own; // `value` is 0 or 1
                Cut::Price { narrow, free }
            }
        })
    }

    /// Looks up where pairs of these mentees' rows may be above zero, or just zero if they are to be found, if
    /// rows are kept.
    pub(super) fn find(&self, mentees: Range<usize>) -> Found {
        let mut narrow = self.narrow.iter().flatten();
        if narrow.all(|narrow| narrow.peaks.is_none()) {
            return Found::default();
        }
        Found::of_rows(mentees, |mentee| self.peaks(mentee))
    }

    /// The peaks of the level that decides in a row, and the bar that those above zero reach; `None` if
    /// something else than scores decides, or rows are not kept.
    fn peaks(&self, mentee: usize) -> Option<(&Peaks<'a>, i32)> {
        let Outlook::From(level, cut) = self.outlook(mentee, 0) else {
            return None;
        };
        let (level, narrow, own) = match cut? {
            Cut::Score { narrow, own } => (level, narrow, own),
            Cut::Price { narrow, free } if free <= narrow.lowest => {
                self.score_cut(mentee, level + 1)?
            }
            Cut::Price { .. } => return None,
        };
        let slack = self.slack(level).max(i32::from(self.finds_ties));
        Some((narrow.peaks.as_ref()?, own - slack))
    }

    /// Before the last level, a pair that is equal may turn out to be above zero.
    fn slack(&self, level: usize) -> i32 {
        i32::from(level + 1 < self.levels.len())
    }

    /// Visits all pairs that may be above zero of a row in which all are equal before `level`, or below zero.
    fn visit_from(
        &self,
        mentee: usize,
        level: usize,
        (row, blocks): (&Row<'_>, Blocks<'_>),
        mut visit: impl FnMut(usize, i32),
    ) {
        match self.cut(mentee, level) {
            None => row.for_each(|mentor, score| visit(mentor as usize, score)),
            Some(Cut::Score { narrow, own }) => {
                let bar = own - self.slack(level);
                let may_be = |score, price, _| score > price + bar;
                // Mostly pairs that are not allowed have a score that no bar is below.
                let row = match *row {
                    Row::Dense {
                        scores,
                        absent: Some(absent),
                    } if absent <= narrow.lowest + bar => Row::Dense {
                        scores,
                        absent: None,
                    },
                    row => row,
                };
                visit_row((&row, blocks), [narrow.prices(); 2], may_be, visit);
            }
            Some(Cut::Price { narrow, free }) => {
                let Some((next, then, own)) = self.score_cut(mentee, level + 1) else {
                    let free = free + self.slack(level);
                    let may_be = |_, price, _| free > price;
                    return visit_row((row, None), [narrow.prices(); 2], may_be, visit);
                };
                let may_be = may_be_by_price_and_score(free, own - self.slack(next));
                let prices = [narrow.prices(), then.prices()];
                visit_row((row, blocks), prices, may_be, visit);
            }
        }
    }

    /// The next level that decides anything in a row that is equal before `first`, if its scores
    /// do: with the mentors' prices and the mentee's.
    fn score_cut(&self, mentee: usize, first: usize) -> Option<(usize, &Narrow<'a>, i32)> {
        let Outlook::From(level, cut) = self.outlook(mentee, first) else {
            return None;
        };
        match cut? {
            Cut::Score { narrow, own } => Some((level, narrow, own)),
            Cut::Price { .. } => None,
        }
    }
}

/// How many of these levels come first at which every pair is just zero but for what is listed.
fn zero_levels(narrow: &[Option<Narrow<'_>>], prices: &[Prices]) -> usize {
    let is_zero = |(narrow, prices): &(&Option<Narrow<'_>>, &Prices)| {
        let Some(narrow) = narrow else { return false };
        let Values::Same(value) = narrow.values else {
            return false;
        };
        let zero = i64::from(value - narrow.highest);
        let is_flat = narrow.is_exact && narrow.lowest == narrow.highest;
        is_flat && extremes(&prices.mentees) == (zero, zero)
    };
    narrow.iter().zip(prices).take_while(is_zero).count()
}

impl Narrow<'_> {
    /// By mentor, in 32 bits.
    fn prices(&self) -> &[i32] {
        match &self.table {
            Some(table) => table.prices(),
            None => &self.prices,
        }
    }

    fn new((level, prices): (&Level, &Prices)) -> Option<Self> {
        let values = match level.pair_values() {
            PairValues::Same(value) => Values::Same(value),
            // What is listed is counted apart.
            PairValues::Avoided(..) | PairValues::Listed(_) => Values::Same(0),
            PairValues::Score | PairValues::ScoreAnd(_) => Values::Score,
            PairValues::Unchanged(_) => return None,
        };
        let at_most = matches!(level.pair_values(), PairValues::Avoided(..));
        let prices = &prices.mentors;
        let widest = extremes(prices);
        let (lowest, highest) = widest;
        let (lowest, highest) = (values.narrowed(lowest)?, values.narrowed(highest)?);
        // So every price between the two can be told.
        let narrowed = |&price| values.narrowed(price).unwrap_or(highest);
        Some(Self {
            values,
            at_most,
            is_exact: !at_most && widest == (lowest.into(), highest.into()),
            lowest,
            highest,
            prices: match lowest == highest {
                true => vec![lowest; prices.len()],
                false => prices.iter().map(narrowed).collect(),
            },
            peaks: None,
            table: None,
        })
    }
}

impl Values {
    /// A price in 32 bits, if it can be told in so few. Where scores decide, a lower price than the
    /// true one only lets more through the screen: so one that is beyond all scores, which people
    /// without places have, may stand at the highest.
    fn narrowed(self, price: i64) -> Option<i32> {
        let highest = i64::from(NARROW) - 1;
        let price = match self {
            Self::Score => price.min(highest),
            Self::Same(_) => price,
        };
        let price = i32::try_from(price).ok()?;
        (price.unsigned_abs() < NARROW).then_some(price)
    }
}

/// Whether a pair may be above zero whose price decides and, where that is just `free`, its score.
fn may_be_by_price_and_score(free: i32, bar: i32) -> impl Fn(i32, i32, i32) -> bool {
    move |score, price, then| (free > price) | ((free == price) & (score > then + bar))
}

/// Visits the allowed pairs for which `may_be(score, price, then)`, with the mentors' prices in two lists.
fn visit_row(
    (row, blocks): (&Row<'_>, Blocks<'_>),
    [prices, then]: [&[i32]; 2],
    may_be: impl Fn(i32, i32, i32) -> bool,
    mut visit: impl FnMut(usize, i32),
) {
    match *row {
        Row::Dense {
            scores,
            absent: None,
        } => visit_dense((scores, blocks), [prices, then], may_be, visit),
        Row::Dense {
            scores,
            absent: Some(absent),
        } => {
            let may_be = |score, price, then| (score != absent) & may_be(score, price, then);
            visit_dense((scores, blocks), [prices, then], may_be, visit);
        }
        Row::Sparse { mentors, scores } => {
            for (&mentor, &score) in mentors.iter().zip(scores) {
                let mentor = mentor as usize;
                if may_be(score, prices[mentor], then[mentor]) {
                    visit(mentor, score);
                }
            }
        }
    }
}

/// The same for a row of one score a mentor, block by block.
fn visit_dense(
    (scores, found): (&[i32], Blocks<'_>),
    [prices, then]: [&[i32]; 2],
    may_be: impl Fn(i32, i32, i32) -> bool,
    mut visit: impl FnMut(usize, i32),
) {
    let mut visit_among = |mentors: Range<usize>| {
        let prices = prices[mentors.clone()].iter().zip(&then[mentors.clone()]);
        let pairs = mentors.clone().zip(&scores[mentors]).zip(prices);
        for ((mentor, &score), (&price, &then)) in pairs {
            if may_be(score, price, then) {
                visit(mentor, score);
            }
        }
    };
    if let Some(found) = found {
        return found.iter().cloned().for_each(visit_among);
    }
    // Blocks of a constant length are what the compiler makes the most of.
    let lists = [scores, prices, then];
    let [blocks, block_prices, block_then] = lists.map(|list| list.as_chunks::<BLOCK>().0);
    let triples = blocks.iter().zip(block_prices).zip(block_then);
    for (number, ((scores, prices), then)) in triples.enumerate() {
        if holds_for_any([scores, prices, then], &may_be) {
            let start = number * BLOCK;
            visit_among(start..start + BLOCK);
        }
    }
    // The rest is screened as part of the row's last whole block.
    let rest = blocks.len() * BLOCK..scores.len();
    let [Some(last), Some(last_prices), Some(last_then)] = lists.map(<[i32]>::last_chunk) else {
        return visit_among(rest);
    };
    if !rest.is_empty() && holds_for_any([last, last_prices, last_then], &may_be) {
        visit_among(rest);
    }
}

/// Whether a test holds for any pair of a block; it is made for all, so that many are made at once.
fn holds_for_any(
    [scores, prices, then]: [&[i32; BLOCK]; 3],
    test: impl Fn(i32, i32, i32) -> bool,
) -> bool {
    lanes::any::<BLOCK>(|at| test(scores[at], prices[at], then[at]))
}

#[cfg(test)]
mod tests;
