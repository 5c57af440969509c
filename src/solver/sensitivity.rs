//! What if? How an optimal assignment answers to a change, exactly and without another solve.
//!
//! # Problem
//! By how much does the optimum change at each level, and who moves, if one pair must be chosen or must not,
//! if one mentor has a place more or fewer, if somebody is matched after all? Which pairs are in every
//! optimal assignment?
//!
//! # Idea
//! The prices that prove the optimum give every step of the residual graph ([`residual`]) a length of at least
//! 0, a vector of one number a level. A change is a step that must be taken, and the best answer to it is the
//! shortest way back from its end to its start: found by Dijkstra's method ([`search`]), as it is for numbers,
//! since vectors in lexicographic order are an ordered group. The cycle's length is what the optimum loses,
//! and its pairs are the moves ([`chain`]). Which prices prove the optimum does not matter: around a cycle they
//! cancel. So the smallest are used ([`tree`]), by which searches are short.
//!
//! Worth of places: [`places`]. Pairs in every optimal assignment: [`firmness`]. How close each pair was: [`margins`].
//! Whom somebody competes with: [`competition`]. All of these are asked in [`everybody`]. What is kept from one question to the next: [`groundwork`].
//!
//! # References
//! R. K. Ahuja, T. L. Magnanti and J. B. Orlin, *Network Flows*, 1993, chapter 9;
//! R. E. Burkard, M. Dell'Amico and S. Martello, *Assignment Problems*, 2009, section 4.

use std::borrow::Cow;

use super::certificate::{Certificate, Claim, Violation};
use super::level::{Level, Owner};
use super::problem::Problem;
use super::solution::Solution;
use crate::ids::{MenteeIdx, MentorIdx};

mod alternates;

mod approach;

mod chain;

mod competition;

mod everybody;

mod error;

mod firmness;

mod groundwork;

mod length;

mod margins;

mod places;

mod residual;

mod screen;

mod search;

mod tree;

pub use alternates::Alternate;
pub use chain::{Move, WhatIf};
pub use competition::Competition;
pub use error::SensitivityError;
pub use firmness::{Firmness, Standing};
pub(crate) use groundwork::Groundwork;
use groundwork::Guides;
use length::Length;
pub use places::{PlacePrice, PlacePrices};
use residual::Residual;
use search::Search;
use tree::Tree;

/// A problem, an optimal solution and its prices, ready to be asked.
///
/// Answers are exact, the same as those of another solve, and the same whatever method and prices the solution
/// has; of several chains that are worth the same, the one is given by which the fewest pairs change, as if
/// [`Level::Unchanged`] came last.
///
/// ```
/// use mentormatch::solver::{Level, Problem, Sensitivity, SolveOptions, solve};
/// use mentormatch::{MenteeIdx, MentorIdx};
///
/// let problem = Problem::dense(2, 2, vec![90, 80, 70, 20], None)?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?; // 80 + 70
/// let sensitivity = Sensitivity::new(&problem, &solution)?;
/// // What if mentee 0 must have mentor 0? 90 + 20.
/// let forced = sensitivity.forced(MenteeIdx::new(0), MentorIdx::new(0))?.ok_or("it is possible")?;
/// assert_eq!(forced.change, [-40]);
/// let moves: Vec<_> = forced.moves.iter().map(ToString::to_string).collect();
/// assert_eq!(moves, ["mentee 0 from mentor 1 to mentor 0", "mentee 1 from mentor 0 to mentor 1"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Sensitivity<'a> {
    residual: Residual<'a>,
    guides: Cow<'a, Guides>,
    levels: &'a [Level],
}

impl<'a> Sensitivity<'a> {
    /// Prepares to answer questions about a solution, whose proof is checked once more: one parallel pass over the
    /// pairs.
    ///
    /// # Errors
    /// A solution that is not one of this problem; an objective that is not proved optimal.
    pub fn new(problem: &'a Problem<'_>, solution: &'a Solution) -> Result<Self, SensitivityError> {
        let (certificate, assignment) = (&solution.certificate, &solution.assignment);
        let proved = proved_levels(certificate)?;
        certificate.check(problem, assignment)?;
        let scores = assignment.scores(problem).ok_or(Violation::Shape)?;
        let levels = &certificate.levels()[..proved];
        let chosen = (assignment, scores.as_slice());
        let prices = certificate.prices[..proved].to_vec();
        let mut residual = Residual::new(problem, levels, prices, chosen);
        let tree = Tree::grow(&mut residual);
        Ok(Self {
            guides: Cow::Owned(Guides::new(tree)),
            residual,
            levels,
        })
    }

    /// The same as before, from what was worked out then, for the same problem and solution. The proof is not
    /// checked again.
    pub(crate) fn on(
        groundwork: &'a Groundwork,
        problem: &'a Problem<'_>,
        solution: &'a Solution,
    ) -> Result<Self, SensitivityError> {
        let proved = proved_levels(&solution.certificate)?;
        let levels = &solution.certificate.levels()[..proved];
        let (assignment, measured) = (&solution.assignment, &groundwork.measured);
        Ok(Self {
            guides: Cow::Borrowed(&groundwork.guides),
            residual: Residual::of_measured(problem, assignment, measured),
            levels,
        })
    }

    /// The graph and the guides at the objectives alone.
    fn at_objectives(&self) -> (Residual<'_>, &Guides) {
        let ground = self.guides.at_objectives(&self.residual);
        let (problem, assignment) = (self.residual.problem, self.residual.assignment);
        let residual = Residual::of_measured(problem, assignment, &ground.measured);
        (residual, &ground.guides)
    }

    /// What was worked out, to be kept.
    pub(crate) fn into_groundwork(self) -> Groundwork {
        Groundwork {
            measured: self.residual.into_measured(),
            guides: self.guides.into_owned(),
        }
    }

    /// The levels that answers speak of, in order.
    #[must_use]
    pub fn levels(&self) -> &'a [Level] {
        self.levels
    }

    /// What if this pair must be chosen? `None` if no legal assignment has it, since one of the two, or a group of
    /// theirs, takes nobody.
    ///
    /// # Errors
    /// People who do not exist; a pair that is not allowed.
    ///
    /// # Complexity
    /// One search for a shortest way; it reads the rows of mentees who are nearer than its end.
    pub fn forced(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Option<WhatIf>, SensitivityError> {
        let score = self.score(mentee, mentor)?;
        if self.has(mentee, mentor) {
            return Ok(Some(self.no_change()));
        }
        let (i, j) = (mentee.index(), mentor.index());
        let step = self.residual.pair(i, j, score).negated();
        let ends = (self.residual.tail(i, j), self.residual.mentor_node(j));
        Ok(self.round(ends, &step))
    }

    /// What if this pair must not be chosen?
    ///
    /// ```
    /// use mentormatch::solver::{Level, Problem, Sensitivity, SolveOptions, solve};
    ///
    /// let problem = Problem::dense(1, 2, vec![90, 80], None)?;
    /// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
    /// let sensitivity = Sensitivity::new(&problem, &solution)?;
    /// let (mentee, mentor) = solution.assignment.pairs().next().ok_or("a pair")?;
    /// assert_eq!(sensitivity.forbidden(mentee, mentor)?.change, [-10]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// People who do not exist; a pair that is not allowed.
    pub fn forbidden(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<WhatIf, SensitivityError> {
        let score = self.score(mentee, mentor)?;
        let mut search = Search::new(&self.residual);
        Ok(self.without(&mut search, (mentee, mentor), score))
    }

    /// What if a mentee who has no mentor must have one? `None` if no legal assignment gives her one; no change if she
    /// has one already.
    ///
    /// Where places are short, the first number that is not 0 is what she lacks: at the level of scores, by how much more
    /// score she would have been given a mentor.
    ///
    /// ```
    /// use mentormatch::MenteeIdx;
    /// use mentormatch::solver::{Level, Problem, Sensitivity, SolveOptions, solve};
    ///
    /// // Three mentees and two places.
    /// let problem = Problem::dense(3, 2, vec![90, 80, 70, 75, 60, 50], None)?;
    /// let options = SolveOptions::new([Level::Participation, Level::TotalScore]);
    /// let solution = solve(&problem, &options)?; // 90 + 75
    /// let matched = Sensitivity::new(&problem, &solution)?.matched(MenteeIdx::new(2))?;
    /// assert_eq!(matched.ok_or("it is possible")?.change, [0, 80 + 60 - 90 - 75]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A mentee who does not exist.
    pub fn matched(&self, mentee: MenteeIdx) -> Result<Option<WhatIf>, SensitivityError> {
        let node = self.mentee(mentee)?;
        if self.residual.load(node) > 0 {
            return Ok(Some(self.no_change()));
        }
        let Some(step) = self.residual.down(node) else {
            return Ok(None);
        };
        Ok(self.round((self.residual.above(node), node), step))
    }

    /// What if a mentee has at most one mentor fewer than now? Who has one is unmatched then. No change if she has none.
    ///
    /// # Errors
    /// A mentee who does not exist.
    pub fn one_mentor_fewer(&self, mentee: MenteeIdx) -> Result<WhatIf, SensitivityError> {
        let node = self.mentee(mentee)?;
        let fewer = self
            .residual
            .up(node)
            .and_then(|step| self.round((node, self.residual.above(node)), step));
        Ok(fewer.unwrap_or_else(|| self.no_change()))
    }

    /// What if a mentor takes at most one mentee fewer than he has now? No change if he has none.
    ///
    /// # Errors
    /// A mentor who does not exist.
    pub fn one_mentee_fewer(&self, mentor: MentorIdx) -> Result<WhatIf, SensitivityError> {
        let node = self.mentor(mentor)?;
        let fewer = self
            .residual
            .down(node)
            .and_then(|step| self.round((self.residual.above(node), node), step));
        Ok(fewer.unwrap_or_else(|| self.no_change()))
    }

    /// What if a mentor had one more place? What it gains is [`PlacePrice::gain`]; this tells who would move.
    ///
    /// ```
    /// use mentormatch::MentorIdx;
    /// use mentormatch::solver::{Level, Problem, Sensitivity, SolveOptions, solve};
    ///
    /// let problem = Problem::dense(2, 1, vec![90, 80], None)?;
    /// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
    /// let sensitivity = Sensitivity::new(&problem, &solution)?;
    /// let more = sensitivity.one_place_more(MentorIdx::new(0))?;
    /// assert_eq!((more.change, more.moves[0].to_string()), (vec![80], "mentee 1 from nobody to mentor 0".into()));
    /// assert_eq!(sensitivity.one_mentee_fewer(MentorIdx::new(0))?.change, [-90]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A mentor who does not exist.
    pub fn one_place_more(&self, mentor: MentorIdx) -> Result<WhatIf, SensitivityError> {
        let node = self.mentor(mentor)?;
        let max = self.residual.problem.mentors.max[mentor.index()];
        if self.residual.load(node) < max {
            return Ok(self.no_change());
        }
        let owner = Owner::Mentor(mentor.index());
        let step = self.residual.place(owner, max.saturating_add(1)).negated();
        // The way back may undo his last place: then a place more gains nothing, values never rising.
        let mut search = Search::new(&self.residual);
        let ends = (node, self.residual.above(node));
        let more = self.round_with(&mut search, ends, &step, None);
        let gain = more.filter(|more| more.change > self.no_change().change);
        Ok(gain.unwrap_or_else(|| self.no_change()))
    }

    /// What if this pair of this score must not be chosen?
    fn without<'s>(
        &'s self,
        search: &mut Search<'s>,
        (mentee, mentor): (MenteeIdx, MentorIdx),
        score: i32,
    ) -> WhatIf {
        if !self.has(mentee, mentor) {
            return self.no_change();
        }
        let (i, j) = (mentee.index(), mentor.index());
        let step = self.residual.pair(i, j, score);
        let ends = (self.residual.mentor_node(j), self.residual.tail(i, j));
        // There is a way: everybody may go without.
        let found = self.round_with(search, ends, &step, None);
        found.unwrap_or_else(|| self.no_change())
    }

    /// The best answer if this step must be taken and not be undone.
    fn round(&self, ends: (usize, usize), step: &Length) -> Option<WhatIf> {
        let mut search = Search::new(&self.residual);
        self.round_with(&mut search, ends, step, Some((ends.1, ends.0)))
    }

    fn round_with<'s>(
        &'s self,
        search: &mut Search<'s>,
        (tail, head): (usize, usize),
        step: &Length,
        closed: Option<(usize, usize)>,
    ) -> Option<WhatIf> {
        let mut way = search.way((head, tail), closed, &self.guides)?;
        let length = step.plus(&way.length);
        way.nodes.rotate_right(1); // the cycle starts with the step
        Some(WhatIf {
            change: length.negated().numbers(self.levels.len()),
            moves: chain::moves(&self.residual, &way.nodes),
        })
    }

    fn no_change(&self) -> WhatIf {
        WhatIf {
            change: vec![0; self.levels.len()],
            moves: Vec::new(),
        }
    }

    fn has(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        let mentors = self.residual.assignment.mentors_of(mentee);
        mentors.binary_search(&mentor).is_ok()
    }

    fn mentee(&self, mentee: MenteeIdx) -> Result<usize, SensitivityError> {
        let is_there = mentee.index() < self.residual.problem.mentees();
        let missing = SensitivityError::NoMentee(mentee);
        is_there.then_some(mentee.index()).ok_or(missing)
    }

    /// A mentor's node.
    fn mentor(&self, mentor: MentorIdx) -> Result<usize, SensitivityError> {
        let is_there = mentor.index() < self.residual.problem.mentors();
        let node = self.residual.mentor_node(mentor.index());
        let missing = SensitivityError::NoMentor(mentor);
        is_there.then_some(node).ok_or(missing)
    }

    fn score(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<i32, SensitivityError> {
        self.mentee(mentee)?;
        self.mentor(mentor)?;
        let score = self.residual.problem.score(mentee, mentor);
        score.ok_or(SensitivityError::NotAllowed { mentee, mentor })
    }
}

/// How many levels, from the first on, are proved optimal, if all objectives are.
fn proved_levels(certificate: &Certificate) -> Result<usize, SensitivityError> {
    let levels = certificate.levels();
    match certificate.claim() {
        Claim::Optimal => Ok(levels.len()),
        Claim::Bounded { level, .. } => Err(SensitivityError::NotOptimal { level }),
        Claim::Stable { .. } => Err(SensitivityError::Stable),
    }
}

/// Without the scores and the prices.
impl std::fmt::Debug for Sensitivity<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sensitivity")
            .field("levels", &self.levels.len())
            .finish_non_exhaustive()
    }
}
