//! Why minimums cannot all be met: who is short, and of what.

use std::fmt;

use super::assignment::Assignment;
use super::certificate::Claim;
use super::level::{Level, Owner};
use super::problem::Problem;
use super::slots::Slots;
use super::solution::Solution;
use crate::ids::{MenteeIdx, MentorIdx};

mod arcs;

mod bottlenecks;

mod check;

mod irreducible;

mod labels;

mod violation;

pub use irreducible::Core;
use labels::Flow;
pub use violation::ShortageViolation;

/// Why the minimums of a problem cannot all be met, and the proof of by how much.
///
/// A *bottleneck* is a set of people and groups with minimums that add up to more than can reach
/// them. All bottlenecks together account for the whole shortfall.
///
/// ```
/// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
///
/// // Three mentors should have two mentees each, and share four.
/// let problem = Problem::dense(4, 3, vec![5; 12], None)?
///     .with_capacities(vec![2; 3])?
///     .with_minimum_loads(vec![2; 3])?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
/// let shortage = solution.shortage(&problem).ok_or("a minimum is not met")?;
/// assert_eq!(shortage.shortfall, 2);
/// assert_eq!(
///     shortage.to_string(),
///     "minimums fall short by 2\n\
///      6 needed: mentor 0 (2), mentor 1 (2), mentor 2 (2); \
///      4 available: mentee 0 (1), mentee 1 (1), mentee 2 (1), mentee 3 (1)",
/// );
/// assert!(shortage.check(&problem).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it proves
/// Take any assignment and one bottleneck. Every pair that counts towards a claim of the
/// bottleneck's passes through its members, and enters them through one of the limits or as one of
/// the listed pairs, of which a mentee uses one of those with mentors of one kind. So the claims get at most what is
/// available, and fall short by at least the difference. No minimum is claimed twice, so the bottlenecks' shortfalls add up to at least
/// what is missing in all. This is A. J. Hoffman's circulation theorem (1960), of which those of
/// P. Hall and D. Gale are special cases, for shortage of any size.
///
/// [`check`](Self::check) goes through this from the problem alone. The solution the shortage comes
/// from falls short by exactly as much.
///
/// A bottleneck may be large: [`Bottleneck::core`] says which few of its minimums and limits are in conflict already.
///
/// The shortage is one and the same for all solutions of a problem, whatever the method, and in the
/// order of the bottlenecks; of several possible ones its sets are small.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shortage {
    /// By how much minimums fall short, all added up, at the least.
    pub shortfall: u64,
    /// Where. A group's minimum may be short in one and a member's in another.
    pub bottlenecks: Vec<Bottleneck>,
}

/// People and groups whose minimums add up to more than can reach them.
///
/// ```
/// use mentormatch::solver::{Bound, Level, Owner, Problem, SolveOptions, solve};
/// use mentormatch::{MenteeIdx, MentorIdx};
///
/// // Mentor 0 should have two mentees; one is allowed. That she wants several mentors is no help,
/// // for a pair is used at most once.
/// let problem = Problem::dense(2, 2, vec![5, 5, -1, 5], Some(-1))?
///     .with_demands(vec![5, 5])?
///     .with_capacities(vec![2, 2])?
///     .with_minimum_loads(vec![2, 0])?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
/// let shortage = solution.shortage(&problem).ok_or("a minimum is not met")?;
/// let bottleneck = &shortage.bottlenecks[0];
/// assert_eq!(bottleneck.claims, [Bound { owner: Owner::Mentor(0), places: 2 }]);
/// assert_eq!(bottleneck.pairs, [(MenteeIdx::new(0), MentorIdx::new(0))]);
/// assert_eq!((bottleneck.required(), bottleneck.available(), bottleneck.shortfall()), (2, 1, 1));
/// assert_eq!(bottleneck.to_string(), "2 needed: mentor 0 (2); 1 available: mentee 0 with mentor 0");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bottleneck {
    /// Which side there is too little of.
    pub scarce: Scarce,
    /// The set, ascending: those who claim, and those on the other side and the groups between
    /// through whom alone they can be helped, as far as these are used up.
    pub members: Vec<Owner>,
    /// Whose minimums are counted here, ascending.
    pub claims: Vec<Bound>,
    /// Whose maxima limit what can reach the members, ascending.
    pub limits: Vec<Bound>,
    /// Pairs of a member with somebody outside, of whom the maximum is no limit; each can be used
    /// once. Ascending.
    pub pairs: Vec<(MenteeIdx, MentorIdx)>,
    /// How many of the pairs can be used together: all, but for mentors of one
    /// [kind](Problem::with_mentor_kinds), of whom a mentee has one.
    pub usable: u64,
}

/// A number of places and whose it is.
///
/// ```
/// use mentormatch::solver::{Bound, Owner};
///
/// let bound = Bound { owner: Owner::Mentor(4), places: 2 };
/// assert_eq!(bound.to_string(), "mentor 4 (2)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bound {
    /// Whose bound it is.
    pub owner: Owner,
    /// The minimum of those who claim, the maximum of those who limit.
    pub places: u32,
}

/// Which side there is too little of for a bottleneck's claims.
///
/// ```
/// use mentormatch::solver::{Level, Problem, Scarce, SolveOptions, solve};
///
/// // Two mentees should have a mentor each, and there is one.
/// let problem = Problem::dense(2, 1, vec![5, 5], None)?.with_minimum_demands(vec![1, 1])?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
/// let shortage = solution.shortage(&problem).ok_or("a minimum is not met")?;
/// assert_eq!(shortage.bottlenecks[0].scarce, Scarce::Mentors);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scarce {
    /// Too few mentees, or groups of theirs may take too little: as a rule, mentors claim.
    Mentees,
    /// Too few mentors, or groups of theirs may take too little: as a rule, mentees claim.
    Mentors,
}

impl Scarce {
    /// An arc's ends in the order in which a bottleneck draws from it.
    fn along(self, (tail, head): (usize, usize)) -> (usize, usize) {
        match self {
            Self::Mentees => (tail, head),
            Self::Mentors => (head, tail),
        }
    }
}

impl Bottleneck {
    fn empty(scarce: Scarce) -> Self {
        Self {
            scarce,
            members: Vec::new(),
            claims: Vec::new(),
            limits: Vec::new(),
            pairs: Vec::new(),
            usable: 0,
        }
    }

    /// What the claims add up to.
    #[must_use]
    pub fn required(&self) -> u64 {
        total(&self.claims)
    }

    /// What can reach them at the most: the limits and the pairs.
    #[must_use]
    pub fn available(&self) -> u64 {
        total(&self.limits) + self.usable
    }

    /// What is missing: required less available.
    #[must_use]
    pub fn shortfall(&self) -> u64 {
        self.required().saturating_sub(self.available())
    }
}

fn total(bounds: &[Bound]) -> u64 {
    bounds.iter().map(|bound| u64::from(bound.places)).sum()
}

impl Solution {
    /// Why not all minimums are met; `None` if they are.
    ///
    /// `None` too where it is not proved that they could not be met better: the search was stopped
    /// before, or the caller named another level before [`Level::Minimums`]; or the solution
    /// is not one of this problem.
    ///
    /// The call blocks, and cannot be cancelled.
    ///
    /// ```
    /// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
    ///
    /// let options = SolveOptions::new([Level::TotalScore]);
    /// let problem = Problem::dense(1, 2, vec![5, 6], None)?;
    /// let easy = problem.clone().with_minimum_loads(vec![1, 0])?;
    /// assert_eq!(solve(&easy, &options)?.shortage(&easy), None);
    /// let hard = problem.with_minimum_loads(vec![1, 1])?;
    /// assert_eq!(solve(&hard, &options)?.shortage(&hard).map(|short| short.shortfall), Some(1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// Without groups a few passes over the pairs of those concerned, and one over all for the
    /// check; each group adds to how often a row may be read. Twice as long as the solve of 40 mentees and a million
    /// mentors who all have a minimum.
    #[must_use]
    pub fn shortage(&self, problem: &Problem<'_>) -> Option<Shortage> {
        let is_first = self.certificate.levels().first() == Some(&Level::Minimums);
        let is_proved = !matches!(self.certificate.claim(), Claim::Bounded { level: 0, .. });
        if !is_first || !is_proved || !self.assignment.fits(problem) {
            return None;
        }
        let missing = missing(problem, &self.assignment);
        if missing == 0 {
            return None;
        }
        let slots = Slots::new(problem, &self.assignment, |mentee| {
            problem.has_kinds_for(mentee)
        });
        let flow = Flow {
            problem,
            assignment: &self.assignment,
            slots: &slots,
        };
        let labels = labels::labels(flow)?;
        let found = Shortage {
            shortfall: missing,
            bottlenecks: bottlenecks::bottlenecks(flow, &labels)?,
        };
        // The fields of a solution are public, so that it need not be the solver's; nothing leaves
        // unproved.
        found.check(problem).is_ok().then_some(found)
    }
}

/// By how much an assignment falls short of all minimums together.
fn missing(problem: &Problem<'_>, assignment: &Assignment) -> u64 {
    let loads = assignment.loads(problem);
    let missing = |(owner, load): (Owner, u64)| u64::from(owner.min(problem)).saturating_sub(load);
    loads.owners().map(missing).sum()
}

/// More names than this are counted, not listed.
const NAMED: usize = 8;

/// `: one, two, three and 5 more`; nothing of nobody.
fn list(
    f: &mut fmt::Formatter<'_>,
    len: usize,
    items: impl Iterator<Item = impl fmt::Display>,
) -> fmt::Result {
    for (at, item) in items.take(NAMED).enumerate() {
        let mark = if at == 0 { ':' } else { ',' };
        write!(f, "{mark} {item}")?;
    }
    match len.saturating_sub(NAMED) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}

/// One who limits, or one pair.
enum Source<'a> {
    Bound(&'a Bound),
    Pair(MenteeIdx, MentorIdx),
}

impl fmt::Display for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bound(bound) => bound.fmt(f),
            Self::Pair(mentee, mentor) => {
                write!(f, "mentee {} with mentor {}", mentee.get(), mentor.get())
            }
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.owner, self.places)
    }
}

impl fmt::Display for Bottleneck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} needed", self.required())?;
        list(f, self.claims.len(), self.claims.iter())?;
        write!(f, "; {} available", self.available())?;
        let pairs = self.pairs.iter();
        let pairs = pairs.map(|&(mentee, mentor)| Source::Pair(mentee, mentor));
        let sources = self.limits.iter().map(Source::Bound).chain(pairs);
        list(f, self.limits.len() + self.pairs.len(), sources)?;
        match self.pairs.len() as u64 == self.usable {
            true => Ok(()),
            false => f.write_str(", mentors of one kind being one"),
        }
    }
}

/// The total, and one line a bottleneck.
impl fmt::Display for Shortage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "minimums fall short by {}", self.shortfall)?;
        let mut bottlenecks = self.bottlenecks.iter();
        bottlenecks.try_for_each(|bottleneck| write!(f, "\n{bottleneck}"))
    }
}
