//! Which problems the [`market`](super::market) solves, and what it proves of them.
//!
//! A problem is plain when nothing must be filled, there are no groups, and the total score is all
//! that counts, or comes right after participation where mentees take at most one mentor. If then
//! everybody who wants a mentor has one, or every place is taken, participation is settled too: no
//! assignment has more. If not, another way must be found.

use super::assignment::Assignment;
use super::certificate::Prices;
use super::control::{Control, Stop};
use super::face::Optimum;
use super::level::Level;
use super::market::{Market, Tuning};
use super::problem::{Problem, Side};
use super::tie_break::{PairHash, SALTS};

/// Whether this way is open for a problem and its levels.
pub(super) fn is_plain(problem: &Problem<'_>, levels: &[Level]) -> bool {
    let takes_one = problem.mentees.max.iter().all(|&demand| demand <= 1);
    let rest = match levels {
        [Level::TotalScore, rest @ ..] => rest,
        [
            Level::Participation | Level::Pairs,
            Level::TotalScore,
            rest @ ..,
        ] if takes_one => rest,
        _ => return false,
    };
    rest.iter().all(|level| matches!(level, Level::TieBreak(_)))
        && problem.mentees.groups.is_empty()
        && problem.mentors.groups.is_empty()
}

/// Prices that prove a market's assignment at these levels, none of them a tie-break; `None` if more
/// people could take part.
pub(super) fn proof(
    problem: &Problem<'_>,
    levels: &[Level],
    market: &Market<'_>,
    assignment: &Assignment,
) -> Option<Vec<Prices>> {
    let prices_of = |level: &Level| match level {
        Level::TotalScore => Some(market.prices()),
        _ => participation(problem, level, assignment),
    };
    levels.iter().map(prices_of).collect()
}

/// The market's prices for the total score, which bound what is missing, and none for other levels.
pub(super) fn bounds(problem: &Problem<'_>, levels: &[Level], market: &Market<'_>) -> Vec<Prices> {
    let (mentees, mentors) = (problem.mentees(), problem.mentors());
    let prices_of = |level: &Level| match level {
        Level::TotalScore => market.prices(),
        _ => Prices {
            mentees: vec![0; mentees],
            mentors: vec![0; mentors],
            ..Prices::default()
        },
    };
    levels.iter().map(prices_of).collect()
}

/// Prices that prove that no more people can take part, if one side is exhausted: then each of its
/// places is worth the one pair it brings.
fn participation(problem: &Problem<'_>, level: &Level, assignment: &Assignment) -> Option<Prices> {
    let loads = assignment.loads(problem);
    let is_full = |side: &Side, others: usize, loads: &[u64]| {
        let mut all = side.max.iter().zip(loads);
        all.all(|(&max, &load)| load == u64::from(max).min(others as u64))
    };
    let (mentees, mentors) = (problem.mentees(), problem.mentors());
    let of_pair = i64::from(*level == Level::Pairs);
    let (mentee, mentor) = if is_full(&problem.mentees, mentors, &loads.mentees) {
        (of_pair, 0)
    } else if is_full(&problem.mentors, mentees, &loads.mentors) {
        (of_pair - 1, 1)
    } else {
        return None;
    };
    Some(Prices {
        mentees: vec![mentee; mentees],
        mentors: vec![mentor; mentors],
        ..Prices::default()
    })
}

/// More tight pairs than this are left to the network, which lists only some of them: they take up to
/// 40 bytes each here.
const MOST_TIGHT: usize = 1 << 26;

/// The optimal assignment of the largest sum of pair hashes.
pub(super) struct Broken {
    pub(super) assignment: Assignment,
    pub(super) prices: Prices,
    /// With the salt that left no tie.
    pub(super) hash: PairHash,
}

/// Breaks the ties of an optimum by pair hashes, as one more plain problem: on its face. New salts are
/// tried until no tie is left, if there may be several. `None` if the face is too large.
pub(super) fn break_ties(
    optimum: &Optimum<'_>,
    mut hash: PairHash,
    salts: usize,
    tuning: Tuning,
    control: &mut Control<'_>,
) -> Result<Option<Broken>, Stop> {
    let face = optimum.face(MOST_TIGHT, control);
    control.spend(0)?;
    let Some(face) = face else {
        return Ok(None);
    };
    for salt in 1.. {
        let scores = face.scores(&hash);
        let Ok(problem) = face.problem(&scores) else {
            return Ok(None);
        };
        let (market, ended) = Market::solve(&problem, tuning, control);
        ended?;
        let (chosen, prices) = (market.assignment(), market.prices());
        if salt >= salts.min(SALTS) || face.is_unique(&scores, &chosen, &prices) {
            let assignment = face.assignment(&chosen);
            return Ok(Some(Broken {
                assignment,
                prices,
                hash,
            }));
        }
        hash = hash.resalted();
    }
    Ok(None)
}
