//! A first look at rows that name their mentors, a band of them at a time.
//!
//! All that a row is asked is found out before the first row of a band is read: the band is then one loop over pairs,
//! with the prices from a [`Table`](super::table::Table), and mostly nothing else has to be read to see that a row is
//! proved.

use std::ops::Range;

use super::super::super::problem::ListedRows;
use super::table::{Count, Question};
use super::{Cut, Outlook, PairTest, may_be_by_price_and_score};
use crate::ids::MentorIdx;

/// Rows looked at together: what is asked of them, and what most rows hold, stays in the fastest cache.
pub(in super::super) const BAND: usize = 64;

/// In place of the mentor of a mentee who has none, and of one who has several.
const NOBODY: u32 = u32::MAX;
const SEVERAL: u32 = NOBODY - 1;

/// What was seen of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Tally {
    /// So many pairs may be above zero, or just zero if ties are to be found; but for her own, if she has one mentor.
    others: usize,
    /// The score of that pair, if it is allowed.
    own: Option<i32>,
    /// Whether the row is proved: no other pair may be above zero, and her own is not below.
    is_proof: bool,
}

/// The levels that decide in a row: of the price, and of the score; the same where the score alone does.
type Deciding = [usize; 2];

impl Tally {
    /// The score of a mentee's own pair, if she has one mentor, and that pair is allowed.
    #[inline]
    pub(in super::super) fn own(self) -> Option<i32> {
        self.own
    }

    /// Whether the row is proved, whoever is not chosen being below zero if ties are to be found. `false` says nothing.
    #[inline]
    pub(in super::super) fn is_proof(self) -> bool {
        self.is_proof
    }

    /// Whether no pair is left out, where none of `chosen` pairs is below zero and so many are `above` it.
    pub(super) fn leaves_none(self, chosen: usize, above: usize, finds_ties: bool) -> bool {
        let counted = match (chosen, finds_ties) {
            (0 | 1, _) => 0, // her own was left out
            (several, true) => several,
            (_, false) => above,
        };
        self.others == counted
    }

    #[cfg(test)]
    pub(super) fn others(self) -> usize {
        self.others
    }
}

impl PairTest<'_> {
    /// Looks at the rows of these mentees, no more than [`BAND`], for whom these mentors are `chosen`: what it sees of
    /// the first one's row comes first. `None` for rows of which nothing is known of all pairs at once, or where other
    /// levels decide than in the first of which something is.
    pub(in super::super) fn look<'c>(
        &self,
        rows: ListedRows<'_>,
        mentees: Range<usize>,
        chosen: impl Fn(usize) -> &'c [MentorIdx],
        tallies: &mut [Option<Tally>; BAND],
    ) {
        tallies.fill(None);
        let mut questions = [None; BAND];
        let mut deciding = None;
        for (question, mentee) in questions.iter_mut().zip(mentees.clone()) {
            let own = match chosen(mentee) {
                [] => NOBODY,
                [own] => own.get(),
                _ => SEVERAL,
            };
            let asked = self.question(mentee, own);
            // Rows of a band are decided alike but for a few.
            let asked = asked.filter(|(levels, _)| deciding.get_or_insert(*levels) == levels);
            *question = asked.map(|(_, question)| question);
        }
        if let Some(deciding) = deciding {
            let questions = &questions[..mentees.len()];
            self.answer((rows, mentees.start, questions), deciding, tallies);
        }
    }

    /// What decides in the row of a mentee who has this mentor; `None` where nothing is known of all pairs at once.
    #[inline(always)]
    fn question(&self, mentee: usize, own: u32) -> Option<(Deciding, Question)> {
        if self.lists.iter().any(|list| !list.of(mentee).is_empty()) {
            return None;
        }
        let Outlook::From(level, cut) = self.outlook(mentee, 0) else {
            return None;
        };
        let (last, free, price) = match cut? {
            Cut::Score { own, .. } => (level, 0, own),
            Cut::Price { free, .. } => {
                let (next, _, price) = self.score_cut(mentee, level + 1)?;
                (next, free, price)
            }
        };
        let is_exact = self.are_exact && last + 1 == self.levels.len();
        let is_told = i64::from(price) == self.prices[last].mentees[mentee];
        let question = Question {
            own,
            free,
            bar: price - self.slack(last).max(i32::from(self.finds_ties)),
            enough: (is_exact && is_told).then_some(price - 1),
        };
        Some(([level, last], question))
    }

    fn answer(
        &self,
        asked: (ListedRows<'_>, usize, &[Option<Question>]),
        [level, last]: Deciding,
        tallies: &mut [Option<Tally>; BAND],
    ) {
        if level == last {
            self.answer_by(
                asked,
                [level, last],
                tallies,
                |question, score, price, _| score > price + question.bar,
            );
        } else {
            self.answer_by(
                asked,
                [level, last],
                tallies,
                |question, score, price, then| {
                    may_be_by_price_and_score(question.free, question.bar)(score, price, then)
                },
            );
        }
    }

    #[inline(always)]
    fn answer_by(
        &self,
        asked: (ListedRows<'_>, usize, &[Option<Question>]),
        levels: Deciding,
        tallies: &mut [Option<Tally>; BAND],
        may_be: impl Fn(&Question, i32, i32, i32) -> bool,
    ) {
        let tables = levels.map(|level| self.narrow[level].as_ref()?.table.as_ref());
        let [Some(table), Some(then)] = tables else {
            return;
        };
        let mut counts = [Count::default(); BAND];
        table.count(then, asked, &may_be, &mut counts);
        let [prices, then] = [table.prices(), then.prices()];
        for ((tally, question), count) in tallies.iter_mut().zip(asked.2).zip(counts) {
            *tally = question.map(|question| {
                let at = question.own as usize;
                let passes =
                    |question: &Question, score| may_be(question, score, prices[at], then[at]);
                question.tally(count, passes)
            });
        }
    }
}

impl Question {
    /// What the count of a row says, if her own pair `passes` so.
    #[inline(always)]
    fn tally(self, count: Count, passes: impl Fn(&Self, i32) -> bool) -> Tally {
        let own = count.own_score();
        let is_among = own.is_some_and(|score| passes(&self, score));
        let others = count.above as usize - usize::from(is_among);
        let enough = self.enough.map(|bar| Self { bar, ..self });
        let is_enough = match (own, enough) {
            (Some(score), Some(enough)) => passes(&enough, score),
            _ => self.own == NOBODY,
        };
        Tally {
            others,
            own,
            is_proof: others == 0 && is_enough,
        }
    }
}
