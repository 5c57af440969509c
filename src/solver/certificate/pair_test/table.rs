//! Mentors' prices, to be looked up for rows that name their mentors.
//!
//! # How it is fast
//! A table has one of a few lengths that the compiler knows, powers of two, and a mentor's position is cut to as many
//! bits as its length has. So no look-up can miss it and none takes a branch, and processors that gather make many
//! at a time. What is asked of many rows lies in a list before the first of them is read, since to enter a loop of
//! wide vectors takes as long as some 20 pairs. Measured once by hand, on one thread: the check of 1,000,000 rows of 20
//! of 250,000 mentors takes 43 ms, and 51 where each row enters such a loop by itself; to add up their mentors and scores
//! takes 14.

use super::super::super::problem::ListedRows;
use crate::lanes;

/// Prices in 32 bits by mentor, with room for more. A problem has fewer than 2²⁴ people.
///
/// What lies behind the mentors is never touched: it takes no memory where that is given page by page.
pub(super) enum Table {
    Small(Box<[i32; 1 << 12]>),
    Medium(Box<[i32; 1 << 16]>),
    Large(Box<[i32; 1 << 20]>),
    Huge(Box<[i32; 1 << 24]>),
}

/// What is asked of a mentee's row.
#[derive(Clone, Copy)]
pub(super) struct Question {
    /// Her own mentor, or what is no mentor's number.
    pub(super) own: u32,
    /// A pair is above zero if the mentor's price is below this.
    pub(super) free: i32,
    /// A pair may be above zero if its score is above this and the mentor's price.
    pub(super) bar: i32,
    /// The same for pairs that are certainly not below zero, if any are.
    pub(super) enough: Option<i32>,
}

/// Rows, the first mentee who is asked about, and what is asked of her row and the next ones.
type Asked<'a> = (ListedRows<'a>, usize, &'a [Option<Question>]);

/// What was counted in a row.
#[derive(Clone, Copy, Default)]
pub(super) struct Count {
    /// Pairs that may be above zero.
    pub(super) above: u32,
    /// All bits if the mentee's own pair is among them, which then has this score.
    own: u32,
    score: u32,
}

impl Count {
    /// The score of the mentee's own pair, if that was found.
    pub(super) fn own_score(self) -> Option<i32> {
        (self.own != 0).then_some(self.score.cast_signed())
    }
}

impl Table {
    /// The shortest in which these have room.
    pub(super) fn of(prices: &[i32]) -> Option<Self> {
        fill(prices)
            .map(Self::Small)
            .or_else(|| fill(prices).map(Self::Medium))
            .or_else(|| fill(prices).map(Self::Large))
            .or_else(|| fill(prices).map(Self::Huge))
    }

    /// The prices, and whatever is behind them.
    #[inline]
    pub(super) fn prices(&self) -> &[i32] {
        match self {
            Self::Small(prices) => &prices[..],
            Self::Medium(prices) => &prices[..],
            Self::Large(prices) => &prices[..],
            Self::Huge(prices) => &prices[..],
        }
    }

    /// Counts in each of these rows the pairs of which `may_be(question, score, price, then)`, with the prices of two
    /// tables of the same mentors, and looks for the mentee's own pair. Rows of which nothing is asked are left out.
    #[inline]
    pub(super) fn count(
        &self,
        then: &Self,
        asked: Asked<'_>,
        may_be: impl Fn(&Question, i32, i32, i32) -> bool,
        counts: &mut [Count],
    ) {
        match (self, then) {
            (Self::Small(prices), Self::Small(then)) => {
                count([prices, then], asked, may_be, counts)
            }
            (Self::Medium(prices), Self::Medium(then)) => {
                count([prices, then], asked, may_be, counts)
            }
            (Self::Large(prices), Self::Large(then)) => {
                count([prices, then], asked, may_be, counts)
            }
            (Self::Huge(prices), Self::Huge(then)) => count([prices, then], asked, may_be, counts),
            _ => unreachable!("tables of the same mentors are equally long"),
        }
    }
}

fn fill<const LENGTH: usize>(prices: &[i32]) -> Option<Box<[i32; LENGTH]>> {
    if prices.len() > LENGTH {
        return None;
    }
    let mut table = vec![0; LENGTH];
    table[..prices.len()].copy_from_slice(prices);
    table.try_into().ok()
}

fn count<const LENGTH: usize>(
    tables: [&[i32; LENGTH]; 2],
    asked: Asked<'_>,
    may_be: impl Fn(&Question, i32, i32, i32) -> bool,
    counts: &mut [Count],
) {
    lanes::widest(
        #[inline(always)]
        || count_rows(tables, asked, may_be, counts),
    );
}

/// A row is one plain loop, which is what the compiler makes the most of.
#[inline(always)]
fn count_rows<const LENGTH: usize>(
    [prices, then]: [&[i32; LENGTH]; 2],
    (rows, first, questions): Asked<'_>,
    may_be: impl Fn(&Question, i32, i32, i32) -> bool,
    counts: &mut [Count],
) {
    for (mentee, (question, count)) in (first..).zip(questions.iter().zip(counts)) {
        let Some(question) = question else { continue };
        let (mentors, scores) = rows.row(mentee);
        let mut seen = Count::default();
        for (&mentor, &score) in mentors.iter().zip(scores) {
            let at = mentor as usize & (LENGTH - 1); // as it was, having a price
            seen.above += u32::from(may_be(question, score, prices[at], then[at]));
            let own = if mentor == question.own { u32::MAX } else { 0 };
            seen.own |= own;
            seen.score |= own & score.cast_unsigned();
        }
        *count = seen;
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::problem::Problem;
    use super::*;

    /// What is counted in one row, of mentors that ascend.
    fn count_in(
        tables: [&Table; 2],
        (mentors, scores): (&[u32], &[i32]),
        own: u32,
        may_be: impl Fn(i32, i32, i32) -> bool,
    ) -> Count {
        let starts = [0, 0, mentors.len() as u64];
        let problem = Problem::sparse(1 << 21, &starts, mentors, scores).unwrap();
        let question = Question {
            own,
            free: 0,
            bar: 0,
            enough: None,
        };
        let asked = (
            problem.listed_rows().unwrap(),
            0,
            &[None, Some(question)][..],
        );
        let mut counts = [Count::default(); 2];
        let may_be = |_: &Question, score, price, then| may_be(score, price, then);
        tables[0].count(tables[1], asked, may_be, &mut counts);
        assert_eq!(counts[0].above, 0, "nothing was asked");
        counts[1]
    }

    #[test]
    fn every_mentor_has_her_own_price_in_a_table_of_any_length() {
        for last in [0, 4095, 4096, 65535, 65536, (1 << 20) - 1, 1 << 20] {
            let prices: Vec<i32> = (0..=last).collect();
            let table = Table::of(&prices).unwrap();
            assert_eq!(table.prices()[..prices.len()], prices);
            // The mentors whose positions differ in one bit from the last one's, of those that there are.
            let scores: Vec<i32> = (0..24).map(|bit| last ^ (1 << bit)).collect();
            let mut scores: Vec<i32> = scores.into_iter().filter(|&score| score < last).collect();
            scores.push(last);
            scores.sort_unstable();
            let mentors: Vec<u32> = scores.iter().map(|&score| score.cast_unsigned()).collect();
            for &own in &mentors {
                let equal = |score, price, then| (score == price) & (score == then);
                let count = count_in([&table, &table], (&mentors, &scores), own, equal);
                assert_eq!(count.above as usize, mentors.len());
                assert_eq!(count.own_score(), Some(own.cast_signed()));
            }
        }
    }

    #[test]
    fn a_pair_of_ones_own_is_found_whatever_its_score_and_no_other_is() {
        let (mentors, scores) = ([2, 5, 7], [i32::MIN, 0, -1]);
        let table = Table::of(&[0; 8]).unwrap();
        for own in 0..10 {
            let at = mentors.iter().position(|&mentor| mentor == own);
            let count = count_in([&table, &table], (&mentors, &scores), own, |_, _, _| false);
            assert_eq!(count.own_score(), at.map(|at| scores[at]), "{own}");
            assert_eq!(count.above, 0);
        }
    }
}
