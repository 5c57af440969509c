//! Pairs that are nearly worth their price, seen from both sides.
//!
//! # Idea
//! A pair's *slack* is what its price and profit are more than its score. From prices that are nearly
//! right, searches take steps of little slack. So all pairs whose slack is below a *margin* are
//! listed: they are the same ones for bidders and items, and collecting them by rows costs one pass,
//! as much as reading a dozen columns of a large matrix one by one.
//!
//! Where mentors bid from earlier prices, the same pass [mends](mend) what has changed since.
//!
//! The margin is drawn from a sample of rows, so that a bidder has a few such pairs on average. Any
//! margin leads to the same optimum.

use std::ops::Range;

use super::Market;
use super::lists::{Base, Candidate, Lists};
use super::selection::{BLOCK, FLOOR, SCREEN};
use super::sides::Sides;
use crate::lanes;
use crate::parallel;
use crate::solver::kept_rows::{Blocks, Found, Peaks};
use crate::solver::problem::{Problem, Row, RowBuffer};
use crate::solver::sample;
use crate::solver::start::Start;
use crate::solver::walk::position;

/// Pairs within the margin that a bidder is to have on average, beside those without any slack.
const EACH: usize = 2;

/// With more of them than this for each bidder or row, ties are so many that listing them all does not
/// pay.
const CROWD: usize = 64;

/// Pairs within the margin that the sample is to hold, so that it tells the margin well enough.
const SAMPLED: usize = 32;

/// A mentor in whose favour so many rows have changed has changed herself.
const MANY: usize = 256;

/// So many times the margin is added for a mentor who has lost a mentee: she looks further than others, and would have to
/// read her column. With 16 times, lists take longer than columns did.
const FURTHER: i64 = 4;

/// A pair within the margin.
struct Near {
    bidder: u32,
    item: u32,
    score: i32,
}

/// What slack is little at these prices and profits; `None` if too many pairs have no more.
pub(super) fn margin(sides: &Sides<'_>, price: &[i64], profit: &[i64]) -> Option<i64> {
    let problem = sides.problem();
    let (rows, bidders) = (problem.mentees(), sides.bidders().max(1));
    let step = (EACH * bidders / SAMPLED).max(1);
    let in_sample = |all: usize| all * rows.div_ceil(step) / rows.max(1);
    let mut slacks = Slacks::new(in_sample(EACH * bidders));
    let mut buffer = RowBuffer::default();
    for mentee in sample::one_in(step, rows) {
        problem.for_each_allowed(mentee, &mut buffer, |mentor, score| {
            let (bidder, item) = sides.of_pair(position(mentee), mentor);
            slacks.add(price[item as usize] + profit[bidder as usize] - i64::from(score));
        });
    }
    let margin = slacks.next().unwrap_or(i64::from(i32::MAX));
    let crowd = in_sample(CROWD * bidders.max(rows));
    (slacks.below(margin) <= crowd).then_some(margin)
}

/// The least slacks of a sample.
struct Slacks {
    wanted: usize,
    /// So many are none, or less: pairs that are held, and pairs of people who have changed.
    none: usize,
    /// The `wanted` least of the others and the next, and perhaps more.
    others: Vec<i64>,
    /// What is left out is no less.
    bar: i64,
}

impl Slacks {
    fn new(wanted: usize) -> Self {
        Self {
            wanted,
            none: 0,
            others: Vec::new(),
            bar: i64::MAX,
        }
    }

    fn add(&mut self, slack: i64) {
        if slack <= 0 {
            self.none += 1;
        } else if slack < self.bar {
            self.others.push(slack);
            if self.others.len() > 4 * (self.wanted + 1) {
                self.bar = *self.others.select_nth_unstable(self.wanted).1;
                self.others.truncate(self.wanted + 1);
            }
        }
    }

    /// The least beyond those that are wanted, if there are so many.
    fn next(&mut self) -> Option<i64> {
        let has_next = self.others.len() > self.wanted;
        has_next.then(|| *self.others.select_nth_unstable(self.wanted).1)
    }

    /// How many are less than a margin that is no more than [`next`](Self::next).
    fn below(&self, margin: i64) -> usize {
        self.none + self.others.iter().filter(|&&slack| slack < margin).count()
    }
}

/// What an earlier solution tells of mentees.
pub(super) struct Before {
    /// By mentee: her last mentor, if she is known.
    mentor: Vec<Option<u32>>,
    is_known: Vec<bool>,
    /// By mentor: of how many mentees.
    held: Vec<u32>,
}

impl Before {
    pub(super) fn new(start: &Start, is_known: impl Fn(usize) -> bool) -> Self {
        let mentees = start.mentees.len();
        let mut mentor = vec![None; mentees];
        let mut held = vec![0; start.mentors.len()];
        for &(mentee, with) in &start.pairs {
            if let Some(mentor) = mentor.get_mut(mentee.index()) {
                *mentor = Some(with.get());
            }
            if let Some(held) = held.get_mut(with.index()) {
                *held += 1;
            }
        }
        Self {
            mentor,
            is_known: (0..mentees).map(is_known).collect(),
            held,
        }
    }

    fn is_known(&self, mentee: u32) -> bool {
        self.is_known.get(mentee as usize) == Some(&true)
    }

    /// By mentor: her profit, less by how much she looks [`FURTHER`] if she has fewer mentees than she wants.
    fn low(&self, sides: &Sides<'_>, profit: &[i64], margin: i64) -> Vec<i64> {
        let all = profit.iter().zip(sides.demand.iter()).enumerate();
        let low = all.map(|(mentor, (&profit, &demand))| {
            let has_lost = self.held.get(mentor).is_some_and(|&held| held < demand);
            let further = if has_lost && profit > 0 {
                FURTHER * margin
            } else {
                0
            };
            profit - further.min(profit)
        });
        low.collect()
    }

    fn mentor_of(&self, mentee: u32) -> Option<u32> {
        self.mentor.get(mentee as usize).copied().flatten()
    }
}

/// Mends prices where mentors bid, and lists what is near them.
///
/// Afterwards no pair is worth more than its price and profit together, unless a mentee wants several
/// mentors: then whoever has lost something has a vacant place, and all others have what they had. Where a
/// mentee has lost her mentor, or has a better one to hope for, her price becomes what the best of
/// today would pay. A mentor in whose favour much has changed has a higher profit instead. Lists that do
/// not suffice become at least so long. Of no use if cancelled.
pub(super) fn mend(
    sides: &Sides<'_>,
    before: &Before,
    (margin, length): (i64, usize),
    (price, profit): (&mut [i64], &mut [i64]),
) -> Lists {
    let low = before.low(sides, profit, margin);
    let pass = Pass {
        sides,
        before,
        margin,
        price,
        profit,
        screen: Screen::new(sides.problem(), &low),
        low: &low,
    };
    let parts = parallel::blocks(sides.problem().extent(), |mentees| pass.part(mentees));
    let prices = parts.iter().flat_map(|part| &part.prices);
    for (price, today) in price.iter_mut().zip(prices) {
        *price = *today;
    }
    let near = || parts.iter().flat_map(|part| &part.near);
    // Whatever is left out stays so, since prices and profits only rise from here on.
    let left_out: Vec<_> = low.iter().map(|low| low - margin).collect();
    raise_profits(near(), price, profit);
    for pair in near() {
        if sides.supply[pair.item as usize] == 1 {
            let worth = i64::from(pair.score) - profit[pair.bidder as usize];
            price[pair.item as usize] = price[pair.item as usize].max(worth);
        }
    }
    let candidate = |pair: &Near| {
        let (worth, item) = (i64::from(pair.score) - price[pair.item as usize], pair.item);
        let least = left_out[pair.bidder as usize].max(i64::from(FLOOR));
        (worth > least).then_some((pair.bidder, Candidate { worth, item }))
    };
    let base = Base::new(price, 0);
    let pairs = near().filter_map(candidate);
    Lists::given(pairs, left_out.iter().copied(), base, length)
}

/// Raises the profits of bidders to whom many items are worth more, to what the best of them is worth.
fn raise_profits<'n>(
    near: impl Iterator<Item = &'n Near> + Clone,
    price: &[i64],
    profit: &mut [i64],
) {
    let worth = |pair: &Near| i64::from(pair.score) - price[pair.item as usize];
    let mut better = vec![0; profit.len()];
    for pair in near.clone() {
        let bidder = pair.bidder as usize;
        better[bidder] += usize::from(worth(pair) > profit[bidder]);
    }
    for pair in near.filter(|pair| better[pair.bidder as usize] > MANY) {
        let profit = &mut profit[pair.bidder as usize];
        *profit = worth(pair).max(*profit);
    }
}

/// What the rows of some mentees have given.
#[derive(Default)]
struct Part {
    near: Vec<Near>,
    /// Today's prices.
    prices: Vec<i64>,
}

/// A pass over the rows of mentees for whom mentors bid.
struct Pass<'a, 'p> {
    sides: &'a Sides<'p>,
    before: &'a Before,
    margin: i64,
    price: &'a [i64],
    profit: &'a [i64],
    /// Profits, or less: whatever is worth as much with these is near.
    low: &'a [i64],
    /// The same for whole rows.
    screen: Screen<'a>,
}

impl Pass<'_, '_> {
    /// Some mentees' prices and pairs; fewer if cancelled.
    fn part(&self, mentees: Range<usize>) -> Part {
        let (mut part, mut buffer) = (Part::default(), RowBuffer::default());
        let mentees = self.sides.watch.until_cancelled(mentees);
        if self.screen.peaks.is_some() {
            self.look_up(mentees.collect(), &mut part);
            return part;
        }
        for mentee in mentees.map(position) {
            let row = self.row(mentee, &mut buffer);
            let price = self.price_today(mentee, row.as_ref());
            part.prices.push(price);
            if let Some(row) = row {
                self.collect((mentee, price), (&row, None), &mut part.near);
            }
        }
        part
    }

    /// The same of rows that are kept: prices first, which say what to read of each.
    fn look_up(&self, mentees: Vec<usize>, part: &mut Part) {
        let (first, mut buffer) = (mentees.first().copied().unwrap_or(0), RowBuffer::default());
        self.sides
            .problem()
            .fetch_pairs(mentees.iter().filter_map(|&mentee| {
                let mentor = self.before.mentor_of(position(mentee))?;
                Some((mentee, mentor as usize))
            }));
        for mentee in mentees.iter().copied().map(position) {
            let row = self.row(mentee, &mut buffer);
            part.prices.push(self.price_today(mentee, row.as_ref()));
        }
        let bar = |mentee: usize| Some(part.prices[mentee - first] - self.margin);
        let found = self.screen.find(mentees.iter().copied(), bar);
        for (at, mentee) in self
            .sides
            .watch
            .until_cancelled(mentees)
            .map(position)
            .enumerate()
        {
            if let Some(row) = self.row(mentee, &mut buffer) {
                let price = part.prices[at];
                self.collect((mentee, price), (&row, found.of(at)), &mut part.near);
            }
        }
    }

    /// The row of a mentee who takes somebody.
    fn row<'r>(&'r self, mentee: u32, buffer: &'r mut RowBuffer) -> Option<Row<'r>> {
        match self.sides.supply[mentee as usize] {
            0 => None,
            _ => self.sides.problem().row(mentee as usize, buffer),
        }
    }

    /// What a mentee costs today.
    fn price_today(&self, mentee: u32, row: Option<&Row<'_>>) -> i64 {
        match (row, self.sides.supply[mentee as usize]) {
            (Some(row), 1) if !self.is_settled(mentee, row) => self.best(row),
            _ => self.price[mentee as usize],
        }
    }

    /// Collects a mentee's pairs within the margin or beyond.
    fn collect(
        &self,
        (mentee, price): (u32, i64),
        row: (&Row<'_>, Blocks<'_>),
        near: &mut Vec<Near>,
    ) {
        let bar = price - self.margin;
        self.screen.visit(row, bar, |bidder, score| {
            let worth = i64::from(score) - self.low[bidder as usize];
            if score > FLOOR && worth > bar {
                near.push(Near {
                    bidder,
                    item: mentee,
                    score,
                });
            }
        });
    }

    /// Whether what a mentee had is still worth its price.
    fn is_settled(&self, mentee: u32, row: &Row<'_>) -> bool {
        let price = self.price[mentee as usize];
        let worth =
            |mentor: u32| Some(i64::from(row.score(mentor)?) - self.profit[mentor as usize]);
        match self.before.mentor_of(mentee) {
            Some(mentor) => worth(mentor).is_some_and(|worth| worth >= price),
            None => price == 0 && self.before.is_known(mentee),
        }
    }

    /// What the best mentor would pay for a mentee.
    fn best(&self, row: &Row<'_>) -> i64 {
        let mut best = 0;
        row.for_each(|mentor, score| {
            best = best.max(i64::from(score) - self.profit[mentor as usize]);
        });
        best
    }
}

impl Market<'_> {
    /// Lists in which items look for bidders: all pairs of less slack than the margin.
    pub(super) fn lists_of_near(&self, margin: i64) -> Lists {
        let screen = Screen::new(self.sides.problem(), &self.price);
        let parts = parallel::blocks(self.sides.problem().extent(), |bidders| {
            let (mut near, mut buffer) = (Vec::new(), RowBuffer::default());
            let found = screen.find(bidders.clone(), |bidder| self.bar_of_rest(bidder, margin));
            for (at, bidder) in bidders.enumerate() {
                let screen = (&screen, found.of(at));
                self.collect_near(bidder, margin, screen, &mut buffer, &mut near);
            }
            near
        });
        let candidate = |pair: &Near| {
            let worth = i64::from(pair.score) - self.profit[pair.bidder as usize];
            let item = pair.bidder; // the other side's
            (worth > i64::from(FLOOR)).then_some((pair.item, Candidate { worth, item }))
        };
        let pairs = parts.iter().flatten().filter_map(candidate);
        let left_out = self.price.iter().map(|price| price - margin);
        let base = Base::new(&self.profit, 0);
        Lists::given(pairs, left_out, base, self.tuning.column_length)
    }

    /// What a bidder's pairs must be worth more than to be near, if her list leaves any such out.
    fn bar_of_rest(&self, bidder: usize, margin: i64) -> Option<i64> {
        let bar = self.profit[bidder] - margin;
        let left_out = self.lists.left_out(bidder).unwrap_or(i64::from(FLOOR));
        (self.sides.demand[bidder] > 0 && left_out > bar).then_some(bar)
    }

    /// Collects a bidder's pairs: from her list, if it leaves out none of them.
    fn collect_near(
        &self,
        bidder: usize,
        margin: i64,
        (screen, found): (&Screen<'_>, Blocks<'_>),
        buffer: &mut RowBuffer,
        near: &mut Vec<Near>,
    ) {
        let bar = self.profit[bidder] - margin;
        let mut keep = |item: u32, score: i32| {
            if score > FLOOR && i64::from(score) - self.price[item as usize] > bar {
                near.push(Near {
                    bidder: position(bidder),
                    item,
                    score,
                });
            }
        };
        if self.sides.demand[bidder] == 0 {
            return;
        }
        if self.bar_of_rest(bidder, margin).is_none() {
            for &candidate in self.lists.of(bidder) {
                keep(candidate.item, self.lists.listed_score(candidate));
            }
        } else if let Some(row) = self.sides.problem().row(bidder, buffer) {
            screen.visit((&row, found), bar, keep);
        }
    }
}

/// Prices of columns, prepared for whole rows.
struct Screen<'a> {
    prices: Base,
    peaks: Option<Peaks<'a>>,
}

impl<'a> Screen<'a> {
    fn new(problem: &'a Problem<'_>, prices: &[i64]) -> Self {
        let prices = Base::new(prices, 0);
        Self {
            peaks: prices.peaks(problem),
            prices,
        }
    }

    /// Where some rows hold what is worth more than a row's bar, if that is known beforehand.
    fn find(
        &self,
        rows: impl Iterator<Item = usize> + Clone,
        bar: impl Fn(usize) -> Option<i64>,
    ) -> Found {
        Found::of_rows(rows, |row| Some((self.peaks.as_ref()?, narrow(bar(row)?))))
    }

    /// Visits pairs of a row: all that are worth more than `bar` at these prices, and few others.
    fn visit(
        &self,
        (row, found): (&Row<'_>, Blocks<'_>),
        bar: i64,
        mut visit: impl FnMut(u32, i32),
    ) {
        let Row::Dense { scores, absent } = *row else {
            return row.for_each(visit);
        };
        let bar = narrow(bar);
        let exceeds = |score: i32, price: i32| score.wrapping_sub(price) > bar;
        let prices = self.prices.narrow();
        let mut visit_near = |columns: Range<usize>| {
            for item in columns {
                if exceeds(scores[item], prices[item]) && Some(scores[item]) != absent {
                    visit(position(item), scores[item]);
                }
            }
        };
        if let Some(found) = found {
            found.iter().cloned().for_each(visit_near);
            return;
        }
        let (screens, rest) = scores.as_chunks::<SCREEN>();
        let (of_prices, _) = prices.as_chunks::<SCREEN>();
        for (number, (scores, prices)) in screens.iter().zip(of_prices).enumerate() {
            if lanes::any::<SCREEN>(|at| exceeds(scores[at], prices[at])) {
                let (blocks, _) = scores.as_chunks::<BLOCK>();
                let (of_prices, _) = prices.as_chunks::<BLOCK>();
                for (block, (scores, prices)) in blocks.iter().zip(of_prices).enumerate() {
                    if lanes::any::<BLOCK>(|at| exceeds(scores[at], prices[at])) {
                        let first = number * SCREEN + block * BLOCK;
                        visit_near(first..first + BLOCK);
                    }
                }
            }
        }
        visit_near(scores.len() - rest.len()..scores.len());
    }
}

/// A bar in 32 bits. No worth is lower than the lowest number of those, as no score that counts is negative.
fn narrow(bar: i64) -> i32 {
    i32::try_from(bar).unwrap_or(i32::MIN)
}

#[cfg(test)]
mod tests;
