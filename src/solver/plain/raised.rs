//! Participation and the total score at once: every pair is worth as much more.
//!
//! # Idea
//! The market knows the total score only: it makes no pair that lowers it, and parts two people where one pair is worth
//! more. Where each mentee takes one mentor, adding the same to all scores changes nothing among assignments of as many
//! pairs; and one pair more is worth whatever else changes, once the raise outweighs all that scores can differ along
//! a way of exchanges. So the market comes to the optimum of both levels.
//!
//! A price of raised scores is so many raises and a rest. The raises are the price of participation, which a
//! [cover](super::cover) tells: of a pair either the mentee pays one or, where people wait for the mentor, she does. The
//! rests prove the total score.
//!
//! # Invariant
//! Any raise will do. If it was too low, the cover finds somebody who could take part.
//!
//! # Measured
//! 10,000 mentees, 2,500 mentors of four places: scores of −100 to −1 took 10 s on the network and take 0.17 here;
//! of 5,000 and 1,500, where 50 can have two mentors only whom others want more, 77 → 26 ms.
//!
//! # Complexity
//! A pass over the pairs beside the market.

use super::super::certificate::Prices;
use super::super::control::Control;
use super::super::level::Level;
use super::super::market::Market;
use super::super::problem::{Problem, Row, RowBuffer};
use super::super::start::Start;
use super::super::walk::position;
use crate::{lanes, parallel};

/// Raised scores stay below this: at higher ones prices take the market longer to find.
const HIGHEST: i64 = 1 << 29;

/// The lowest and the highest of no scores.
const NONE: (i32, i32) = (i32::MAX, i32::MIN);

/// What to add to all scores; `None` if they leave no room for it.
pub(in crate::solver) fn raise(problem: &Problem<'_>, control: &Control<'_>) -> Option<i32> {
    let (lowest, highest) = extremes(problem, control)?;
    let least = 1 - lowest;
    let exchanges = i64::from(position(problem.mentees().min(problem.mentors())));
    let enough = (highest - lowest) * exchanges + least;
    let most = HIGHEST - highest;
    if least > most {
        return None;
    }
    i32::try_from(enough.min(most)).ok()
}

/// The lowest and the highest score of all pairs.
fn extremes(problem: &Problem<'_>, control: &Control<'_>) -> Option<(i64, i64)> {
    let of_rows = parallel::map(problem.extent(), RowBuffer::default, |buffer, mentee| {
        let row = problem.row(mentee, buffer);
        let row = row.filter(|_| !control.is_cancelled());
        row.map_or(NONE, |row| extremes_of(&row))
    });
    let (lowest, highest) = of_rows.into_iter().fold(NONE, wider);
    (lowest <= highest).then(|| (lowest.into(), highest.into()))
}

fn extremes_of(row: &Row<'_>) -> (i32, i32) {
    let (scores, absent) = match *row {
        Row::Dense { scores, absent } => (scores, absent),
        Row::Sparse { scores, .. } => (scores, None),
    };
    let is_allowed = |score: &&i32| Some(**score) != absent;
    lanes::widest(
        #[inline(always)]
        || {
            let allowed = scores.iter().filter(is_allowed);
            allowed.fold(NONE, |widest, &score| wider(widest, (score, score)))
        },
    )
}

#[inline]
fn wider(one: (i32, i32), other: (i32, i32)) -> (i32, i32) {
    (one.0.min(other.0), one.1.max(other.1))
}

/// Where the market goes on, once scores are raised, from what it found before: every bidder gains as much more, so
/// those with a place left bid. `None` if these are too many to be placed one by one.
pub(in crate::solver) fn start_of(
    market: &Market<'_>,
    problem: &Problem<'_>,
    raise: i32,
    bidders_an_open: usize,
) -> Option<Start> {
    let assignment = market.assignment();
    let Prices {
        mut mentees,
        mut mentors,
        ..
    } = market.prices();
    let (side, bidders) = match market.is_led_by_mentors() {
        true => (&problem.mentors, &mut mentors),
        false => (&problem.mentees, &mut mentees),
    };
    let places: u64 = side.max.iter().map(|&max| u64::from(max)).sum();
    let open = places.saturating_sub(assignment.len() as u64);
    if open > (side.len() / bidders_an_open) as u64 {
        return None;
    }
    for profit in bidders {
        *profit += i64::from(raise);
    }
    let known = |prices: Vec<i64>| prices.into_iter().map(Some).collect();
    let pairs = assignment.pairs().collect();
    Some(Start::known(pairs, known(mentees), known(mentors)))
}

/// What an earlier solution tells of raised scores, if it tells the prices of participation, which is this level.
pub(in crate::solver) fn start_from(start: &Start, raise: i32, level: &Level) -> Option<Start> {
    let [first, total] = &start.levels[..] else {
        return None;
    };
    let raised = |total: &[Option<i64>], first: &[Option<i64>], base| {
        let both = total.iter().zip(first);
        let raised = both.map(|(&total, &first)| {
            let raises = i64::from(raise).checked_mul(first?.checked_sub(base)?)?;
            total?.checked_add(raises)
        });
        raised.collect()
    };
    let pairs = start.pairs.clone();
    let mentees = raised(&total.mentees, &first.mentees, base_of_mentees(level));
    let mentors = raised(&total.mentors, &first.mentors, 0);
    Some(Start::known(pairs, mentees, mentors))
}

/// The prices of the total score, of those of raised scores and those of participation, which is this level.
pub(in crate::solver) fn lowered(
    raised: Prices,
    raise: i32,
    first: &Prices,
    level: &Level,
) -> Prices {
    let lower = |raised: Vec<i64>, first: &[i64], base| {
        let both = raised.into_iter().zip(first);
        both.map(|(raised, first)| raised - i64::from(raise) * (first - base))
            .collect()
    };
    Prices {
        mentees: lower(raised.mentees, &first.mentees, base_of_mentees(level)),
        mentors: lower(raised.mentors, &first.mentors, 0),
        ..raised
    }
}

/// The price of participation of a mentee who does not pay for it: where a mentee's place counts, not the pair, it takes
/// what the place is worth.
fn base_of_mentees(level: &Level) -> i64 {
    i64::from(*level == Level::Pairs) - 1
}
