//! The highest floor under all scores, after other levels.
//!
//! # Problem
//! Of all assignments that are best at some levels, find one whose lowest score is highest, and go on from
//! there with further levels. A floor can be kept if to avoid all scores below it comes to 0 as the next level;
//! so once the highest floor is known, it is a level like any other.
//!
//! # Idea
//! After participation, or the number of pairs, and without minimums and groups, the threshold is a
//! [`bottleneck`](super::bottleneck), and the two covers found there prove that it cannot be higher: one
//! shows how many mentees can be matched, the other that they are more than can be above the floor. Elsewhere the
//! bottleneck is a guess. One solve with a floor just above it mostly shows that this cannot be kept, and one
//! with it that it can; where the guess is wrong, halving goes on, with a solve a step. Each solve
//! gives an assignment that is best at the levels before, so its own lowest score is a floor that can be kept.
//!
//! # Invariant
//! `low` can be kept; `high` cannot, as `ceiling` proves, or is above every number.
//!
//! # Why the covers prove it
//! Let p be prices of the cover of all pairs, and q those of the cover of the pairs above the floor. With
//! prices p at participation and q − p at the next level, which is to avoid the others, no pair gains:
//! one above the floor is not dearer than its people by q, and one below is worth 1 less, and no dearer by q
//! than 1. So all that can be gained are places, which come to the difference of the two covers at most.

use super::assignment::Assignment;
use super::bottleneck::{Bottleneck, bottleneck};
use super::certificate::{Ceiling, CeilingProof, Certificate, Claim, Prices, Violation};
use super::control::{CancelToken, Control, Stop};
use super::error::SolveError;
use super::level::{Level, with_minimums};
use super::options::{SolveOptions, TieBreak};
use super::plain;
use super::problem::Problem;
use super::solution::Solution;
use super::solve::solve;

/// The highest floor under the scores of a [solution](solve_with_floor), and the proof that there is no higher
/// one; the proof has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Floor {
    /// Every pair can score as high; `i32::MAX` where nobody is matched, `i32::MIN` where a search was stopped before it
    /// knew of any floor.
    pub score: i32,
    /// The lowest score of the solution's pairs: below the floor only if a search was stopped.
    pub lowest: i32,
    ceiling: Ceiling,
    /// Whether the solution is proved to be among those of which the ceiling tells, which are best at the levels
    /// before; of a floor without a solution, whether one could be.
    is_among_best: bool,
}

impl Floor {
    fn new(score: i32, ceiling: Ceiling) -> Self {
        let lowest = score;
        Self {
            score,
            lowest,
            ceiling,
            is_among_best: true,
        }
    }

    /// Whether the solution is proved to be best at the levels before, and its lowest score to be as high as can be
    /// among all that are; so it is unless a search was stopped.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.ceiling != Ceiling::Open && self.lowest >= self.score && self.is_among_best
    }

    /// The proof as it can be written down, if there is one and it takes any: a certificate and what it is about.
    #[allow(dead_code, reason = "only stored forms write claims down")]
    pub(crate) fn proof(&self) -> Option<(&Certificate, &Assignment)> {
        match &self.ceiling {
            Ceiling::Proved(proof) => Some((&proof.certificate, &proof.assignment)),
            Ceiling::Top | Ceiling::Open => None,
        }
    }

    /// A floor that somebody has written down: to be checked. Without a proof none is claimed, unless no number
    /// is higher.
    #[allow(dead_code, reason = "only stored forms write claims down")]
    pub(crate) fn stated(
        score: i32,
        lowest: i32,
        proof: Option<(Certificate, Assignment)>,
    ) -> Self {
        let proof = proof.map(|(certificate, assignment)| CeilingProof {
            certificate,
            assignment,
        });
        let ceiling = match proof {
            Some(proof) => Ceiling::Proved(Box::new(proof)),
            None if score == i32::MAX => Ceiling::Top,
            None => Ceiling::Open,
        };
        Self {
            score,
            lowest,
            ceiling,
            is_among_best: true, // which the certificate beside it has to prove
        }
    }

    /// Checks once more that no assignment that is best at the levels before, which are those of the
    /// solution's certificate, has all its scores above the floor. That the solution has none below it is
    /// for its own certificate to prove. One pass over the pairs.
    ///
    /// # Errors
    /// The first thing that is not proved; [`Violation::Shape`] where it is about other levels.
    pub fn check(&self, problem: &Problem<'_>, before: &[Level]) -> Result<(), Violation> {
        self.ceiling.check(problem, before, self.score)
    }

    /// The same beside the certificate of a solution that keeps the floor at level `at`: where that claims the
    /// level to be settled, the floor has to be proved, for only above the highest floor is the level the
    /// one that was asked for.
    pub(crate) fn check_beside(
        &self,
        problem: &Problem<'_>,
        (certificate, at): (&Certificate, usize),
    ) -> Result<(), Violation> {
        let before = certificate.levels.get(..at).ok_or(Violation::Shape)?;
        if certificate.settles(at) && !self.is_proved() {
            return Err(Violation::OpenFloor);
        }
        self.check(problem, before)
    }
}

/// As [`solve`], with one more level at position `at` of those that are asked for, or last: the lowest score of any
/// pair is as high as possible, exactly. An assignment without pairs has no low score, so levels before that ask for
/// pairs are what gives this one a meaning. Minimums that are not named come first, as ever.
///
/// In the solution the level is a [`Level::Avoid`] of all scores below the floor that was found, and
/// comes to 0.
///
/// ```
/// use mentormatch::solver::{Level, Problem, SolveOptions, solve, solve_with_floor};
///
/// let problem = Problem::dense(2, 2, vec![90, 60, 50, 10], None)?;
/// let options = SolveOptions::new([Level::Pairs, Level::TotalScore]);
/// assert_eq!(solve(&problem, &options)?.value, [2, 110]); // 60 and 50
/// let unequal = Problem::dense(2, 2, vec![99, 60, 50, 20], None)?;
/// assert_eq!(solve(&unequal, &options)?.value, [2, 119]); // 99 and 20
/// let (solution, floor) = solve_with_floor(&unequal, &options, 1)?;
/// assert_eq!((solution.value, floor.score), (vec![2, 0, 110], 50));
/// assert!(floor.check(&unequal, &[Level::Pairs]).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`solve`].
///
/// # Complexity
/// After [`Level::Participation`] or [`Level::Pairs`] and before the total score, without minimums, groups and demands
/// above 1: a few times what the total score takes. Elsewhere two solves more, or one for each step of a
/// search by halving where the first guess is wrong.
pub fn solve_with_floor(
    problem: &Problem<'_>,
    options: &SolveOptions,
    at: usize,
) -> Result<(Solution, Floor), SolveError> {
    if options.levels.is_empty() {
        return Err(SolveError::NoObjective);
    }
    let mut options = options.clone();
    let behind = options.levels.len().saturating_sub(at); // levels behind the floor
    options.levels = with_minimums(problem, &options.levels);
    let at = options.levels.len() - behind;
    let before = options.levels[..at].to_vec();
    let mut floor = highest_floor(problem, &before, &mut options)?;
    let cancel = options.hooks.cancel.clone();
    let is_cancelled = || cancel.as_ref().is_some_and(CancelToken::is_cancelled);
    let checked = (floor.ceiling).check_unless(problem, &before, floor.score, &is_cancelled);
    if is_cancelled() {
        return Err(SolveError::Cancelled);
    }
    checked?;
    options.levels.insert(at, Level::below(floor.score));
    let mut solution = solve(problem, &options)?;
    floor.lowest = lowest(problem, &solution);
    floor.is_among_best = (0..before.len()).all(|level| solution.certificate.settles(level));
    if solution.certificate.settles(before.len()) && !floor.is_proved() {
        leave_open(problem, &mut solution.certificate, before.len());
    }
    Ok((solution, floor))
}

/// Has a certificate claim nothing from this level on: under a floor that may not be the highest, it is not
/// the level that was asked for, nor are those behind it.
fn leave_open(problem: &Problem<'_>, certificate: &mut Certificate, at: usize) {
    let levels = std::mem::take(&mut certificate.levels);
    let prices = std::mem::take(&mut certificate.prices);
    *certificate = Certificate::bounded(problem, levels, prices, at, &|| false);
}

/// Finds the highest floor after these levels; takes what work it took from the limit.
pub(super) fn highest_floor(
    problem: &Problem<'_>,
    before: &[Level],
    options: &mut SolveOptions,
) -> Result<Floor, SolveError> {
    let mut quiet = options.clone();
    quiet.tie_break = TieBreak::Fast;
    quiet.hooks.progress = None;
    let hooks = quiet.hooks.clone();
    let mut control = Control::new(&hooks);
    let guess = match bottleneck(problem, &mut control) {
        Err(Stop::Cancelled | Stop::Limit) => return Err(SolveError::Cancelled),
        Ok(guess) => guess,
    };
    spend(&mut quiet, control.work());
    let proved = guess
        .as_ref()
        .and_then(|found| by_covers(problem, before, found));
    let floor = match proved {
        Some(floor) => floor,
        None => {
            let mut search = Search::new(problem, before, quiet);
            search.run(guess.map(|found| found.floor))?;
            quiet = search.options;
            Floor::new(search.low, search.ceiling)
        }
    };
    options.hooks.work_limit = quiet.hooks.work_limit;
    if control.is_cancelled() {
        return Err(SolveError::Cancelled);
    }
    Ok(floor)
}

fn spend(options: &mut SolveOptions, work: u64) {
    let limit = &mut options.hooks.work_limit;
    *limit = limit.map(|limit| limit.saturating_sub(work));
}

/// The floor that two covers prove, where they do.
fn by_covers(problem: &Problem<'_>, before: &[Level], found: &Bottleneck) -> Option<Floor> {
    let beyond = found.beyond.as_ref()?;
    if !plain::counts_mentees(problem, before) {
        return None;
    }
    let cover = |level| plain::prices_of_cover(problem, level, &found.waiting);
    let above = plain::prices_of_cover(problem, &Level::Participation, beyond);
    let last = difference(above, &cover(&Level::Participation));
    let prices = before.iter().map(cover).chain([last]).collect();
    let levels = before.iter().cloned();
    let levels = levels.chain([Level::up_to(found.floor)]).collect();
    // By the covers it comes to less than this or to as much; the check adds it up.
    let (level, bound) = (before.len(), -1);
    let certificate = Certificate {
        levels,
        prices,
        claim: Claim::Bounded { level, bound },
        drawn: None,
    };
    let assignment = found.best.clone();
    let proof = CeilingProof {
        certificate,
        assignment,
    };
    Some(Floor::new(found.floor, Ceiling::Proved(Box::new(proof))))
}

fn difference(mut one: Prices, other: &Prices) -> Prices {
    let less = |own: &mut Vec<i64>, others: &[i64]| {
        own.iter_mut()
            .zip(others)
            .for_each(|(own, other)| *own -= other);
    };
    less(&mut one.mentees, &other.mentees);
    less(&mut one.mentors, &other.mentors);
    one
}

/// Halving, with a solve a step.
struct Search<'a> {
    problem: &'a Problem<'a>,
    before: &'a [Level],
    options: SolveOptions,
    low: i32,
    high: i64,
    ceiling: Ceiling,
}

impl<'a> Search<'a> {
    fn new(problem: &'a Problem<'a>, before: &'a [Level], options: SolveOptions) -> Self {
        Self {
            problem,
            before,
            options,
            low: i32::MIN,
            high: i64::from(i32::MAX) + 1,
            ceiling: Ceiling::Top,
        }
    }

    /// Just above the guess, at the guess, then halfway between what can be kept and what cannot.
    fn run(&mut self, guess: Option<i32>) -> Result<(), SolveError> {
        let guess = i64::from(guess.unwrap_or(i32::MAX));
        for floor in [guess + 1, guess] {
            self.probe(floor)?;
        }
        while i64::from(self.low) + 1 < self.high && self.ceiling != Ceiling::Open {
            let low = i64::from(self.low);
            self.probe(low + (self.high - low) / 2)?;
        }
        Ok(())
    }

    /// The level of the minimums where they do not come before the floor; a solve in which it is not named puts it first.
    fn minimums(&self) -> Option<Level> {
        let named = with_minimums(self.problem, self.before);
        (named.len() > self.before.len()).then_some(Level::Minimums)
    }

    /// Narrows the search by one solve, if the floor lies inside.
    fn probe(&mut self, floor: i64) -> Result<(), SolveError> {
        let is_inside = floor > i64::from(self.low) && floor < self.high;
        let is_open = self.ceiling == Ceiling::Open;
        let (true, Ok(floor), false) = (is_inside, i32::try_from(floor), is_open) else {
            return Ok(());
        };
        let at = self.before.len();
        let total = (!self.before.contains(&Level::TotalScore)).then_some(Level::TotalScore);
        let floored = self.before.iter().cloned().chain([Level::below(floor)]);
        self.options.levels = floored.chain(total).chain(self.minimums()).collect();
        let solution = solve(self.problem, &self.options)?;
        spend(&mut self.options, solution.stats.work);
        let solved = match solution.certificate.claim() {
            Claim::Bounded { level, bound } if level == at && bound < 0 => at + 1,
            Claim::Bounded { level, .. } => level,
            _ => at + 1,
        };
        if solved >= at {
            self.low = self.low.max(lowest(self.problem, &solution));
        }
        if self.low >= floor {
            return Ok(()); // kept
        }
        if solved > at {
            self.high = floor.into();
            self.ceiling = Ceiling::Proved(Box::new(CeilingProof {
                certificate: solution.certificate,
                assignment: solution.assignment,
            }));
        } else {
            self.ceiling = Ceiling::Open;
        }
        Ok(())
    }
}

/// The lowest score of a solution's pairs; above all where there is none.
pub(super) fn lowest(problem: &Problem<'_>, solution: &Solution) -> i32 {
    let scores = solution.assignment.scores(problem);
    scores.map_or(i32::MIN, |scores| {
        scores.into_iter().min().unwrap_or(i32::MAX)
    })
}

#[cfg(test)]
mod tests;
