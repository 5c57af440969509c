//! Which problems the [`market`](super::market) solves, and what it proves of them.
//!
//! A problem is plain when nothing must be filled, there are no groups, no kinds bind anybody, and the total score is all
//! that counts, or comes right after participation where mentees take at most one mentor. If then
//! nobody who waits for a mentor could get one by any exchange, participation is settled too: no
//! assignment has more ([`cover`]). If not, the market is asked once more, with scores [`raised`] so far that one more mentee
//! outweighs all else; only where 32 bits leave no room for that, another way must be found.

mod cover;

mod filled;

pub(super) mod raised;

use super::assignment::Assignment;
use super::certificate::Prices;
use super::control::Control;
use super::level::Level;
use super::problem::{Problem, Side};
pub(super) use cover::Waiting;
pub(super) use filled::filled;

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
    rest.is_empty()
        && problem.mentees.groups.is_empty()
        && problem.mentors.groups.is_empty()
        && !problem.has_kinds()
}

/// Whether these levels all come to the number of mentees who are matched, in a problem that is plain.
pub(super) fn counts_mentees(problem: &Problem<'_>, levels: &[Level]) -> bool {
    let counts = |level: &Level| matches!(level, Level::Participation | Level::Pairs);
    let usual = [Level::Participation, Level::TotalScore];
    !levels.is_empty() && levels.iter().all(counts) && is_plain(problem, &usual)
}

/// Prices that prove a market's assignment at these levels, of which `total` are those of the total score;
/// `None` if more people could take part.
pub(super) fn proof(
    problem: &Problem<'_>,
    levels: &[Level],
    total: Prices,
    assignment: &Assignment,
    control: &Control<'_>,
) -> Option<Vec<Prices>> {
    let mut total = Some(total);
    let prices_of = |level: &Level| match level {
        Level::TotalScore => total.take(), // the level is there once
        _ => participation(problem, level, assignment, control),
    };
    levels.iter().map(prices_of).collect()
}

/// The first level that a market which was stopped has not solved, with prices that bound it: if
/// participation comes first, it may be settled even so.
pub(super) fn bounds(
    problem: &Problem<'_>,
    levels: &[Level],
    (total, by_mentors): (&Prices, bool),
    assignment: &Assignment,
    control: &Control<'_>,
) -> (usize, Vec<Prices>) {
    let is_settled = |level: &Level| {
        *level != Level::TotalScore && participation(problem, level, assignment, control).is_some()
    };
    let solved = levels.iter().take_while(|&level| is_settled(level));
    let prices_of = |level: &Level| match level {
        Level::TotalScore => total.clone(),
        Level::Participation | Level::Pairs => participation(problem, level, assignment, control)
            .unwrap_or_else(|| prices_of_pairs(problem, level, by_mentors)),
        _ => flat(problem, 0, 0),
    };
    (solved.count(), levels.iter().map(prices_of).collect())
}

/// Prices that prove that no more people can take part, if that is so.
pub(super) fn participation(
    problem: &Problem<'_>,
    level: &Level,
    assignment: &Assignment,
    control: &Control<'_>,
) -> Option<Prices> {
    let loads = assignment.loads(problem);
    let is_full = |side: &Side, others: usize, loads: &[u64]| {
        let mut all = side.max.iter().zip(loads);
        all.all(|(&max, &load)| load == u64::from(max).min(others as u64))
    };
    let (mentees, mentors) = (problem.mentees(), problem.mentors());
    if is_full(&problem.mentees, mentors, &loads.mentees) {
        return Some(prices_of_pairs(problem, level, false));
    } else if is_full(&problem.mentors, mentees, &loads.mentors) {
        return Some(prices_of_pairs(problem, level, true));
    }
    let waiting = cover::waiting(problem, assignment, &loads.mentees, &loads.mentors, control)?;
    Some(prices_of_cover(problem, level, &waiting))
}

/// Prices by which those who wait pay for the mentors they compete for, and nobody else for anybody.
pub(super) fn prices_of_cover(problem: &Problem<'_>, level: &Level, waiting: &Waiting) -> Prices {
    let (served, scarce) = (
        prices_of_pairs(problem, level, false),
        prices_of_pairs(problem, level, true),
    );
    let choose = |is_waiting: &[bool], scarce: Vec<i64>, served: Vec<i64>| {
        let both = scarce.into_iter().zip(served).zip(is_waiting);
        both.map(|((scarce, served), &waits)| if waits { scarce } else { served })
            .collect()
    };
    Prices {
        mentees: choose(&waiting.mentees, scarce.mentees, served.mentees),
        mentors: choose(&waiting.mentors, scarce.mentors, served.mentors),
        ..Prices::default()
    }
}

/// Prices by which each place of one side is worth the one pair it can bring, and the other side's
/// nothing.
fn prices_of_pairs(problem: &Problem<'_>, level: &Level, by_mentors: bool) -> Prices {
    let of_pair = i64::from(*level == Level::Pairs);
    if by_mentors {
        flat(problem, of_pair - 1, 1)
    } else {
        flat(problem, of_pair, 0)
    }
}

/// The same price for everybody on a side.
pub(super) fn flat(problem: &Problem<'_>, mentee: i64, mentor: i64) -> Prices {
    Prices {
        mentees: vec![mentee; problem.mentees()],
        mentors: vec![mentor; problem.mentors()],
        ..Prices::none(problem)
    }
}

#[cfg(test)]
mod tests;
