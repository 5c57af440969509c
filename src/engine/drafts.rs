//! Several whole matchings to choose from that really differ.
//!
//! The first is the run's. Each further one is the best by the same objectives, where every pair that earlier ones have
//! counts a penalty less for each of them that has it. So a pair that matters more than that stays, and any other
//! changes if there is one that is nearly as good.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::error::RunError;
use super::levels;
use super::outcome::{Outcome, Stages};
use super::storage::tie_break;
use super::variant::{goes_on, hooks};
use super::what_if::WhatIfError;
use super::worst;
use crate::ids::ParticipantId;
use crate::reasons::{Amount, GapOf};
use crate::report::ObjectiveValue;
use crate::score::Score;
use crate::scoring::PairIdx;
use crate::solver::{
    CancelToken, Level, ListedValues, ProblemError, Solution, SolveError, SolveOptions,
};

/// How many drafts, and how different.
///
/// ```
/// use mentormatch::{DraftOptions, Score};
///
/// let options = DraftOptions::new(3, Score::from_unit(0.1)?);
/// assert_eq!(options.drafts, 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DraftOptions {
    /// How many drafts, the run's matching included.
    pub drafts: usize,
    /// How much less a pair counts for each earlier draft that has it.
    pub penalty: Score,
    /// Ends the search with nothing.
    pub cancel: Option<CancelToken>,
}

impl DraftOptions {
    /// So many drafts, with such a penalty for each pair that they share.
    #[must_use]
    pub fn new(drafts: usize, penalty: Score) -> Self {
        Self {
            drafts,
            penalty,
            cancel: None,
        }
    }

    /// The same with a token that ends the search.
    #[must_use]
    pub fn cancel(self, cancel: CancelToken) -> Self {
        let cancel = Some(cancel);
        Self { cancel, ..self }
    }
}

/// A whole matching to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Draft {
    /// Its pairs with their scores, in the order of ids.
    pub pairs: Vec<DraftPair>,
    /// How many of its pairs each earlier draft has.
    pub shared: Vec<u64>,
    /// What it is worth by each of the programme's objectives, without any penalty: to be compared with the first
    /// draft's, which are the best there can be.
    pub values: Vec<ObjectiveValue>,
    /// Mentees who have a mentor.
    pub matched_mentees: u64,
    /// All pairs' scores together, in parts per million.
    pub score_ppm: u64,
    /// All penalties together, in parts per million: what the draft makes the most of is the scores less these.
    pub penalty_ppm: u64,
}

/// A pair of a draft.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct DraftPair {
    /// The mentee.
    pub mentee: ParticipantId,
    /// The mentor.
    pub mentor: ParticipantId,
    /// Their match score.
    pub score: Score,
}

impl Outcome {
    /// Several matchings that really differ: the run's, and others that are the best by the programme's objectives where
    /// the total score loses a penalty for every pair, and every earlier draft that has it. Each is exact and proved
    /// for that; locks, rules, bounds and the objectives before the total score are obeyed as in the run.
    ///
    /// A programme without the total score among its objectives has no sum that a penalty could lessen: there, the
    /// fewest shared pairs come after all objectives.
    ///
    /// ```
    /// use mentormatch::{Cohort, DraftOptions, Engine, Profile, Programme, Score, SkillCoverage};
    ///
    /// let mentors = ["ana", "eve"].map(|id| Profile::new(id).offer("rust", 4).mentor(1));
    /// let mentees = ["boris", "chen"].map(|id| Profile::new(id).need("rust", 4).mentee());
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new(mentors, mentees)?)?;
    ///
    /// let drafts = outcome.drafts(&DraftOptions::new(2, Score::from_unit(0.05)?))?;
    /// assert_eq!(drafts[1].shared, [0], "all pairs are different");
    /// assert_eq!(drafts[1].score_ppm, drafts[0].score_ppm, "at no cost here");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A stable matching; a run that was stopped early; cancellation; a criterion of the host's own that gives something
    /// that is no score when it is asked again.
    ///
    /// # Complexity
    /// Solves once for each draft but the first. No memory limit applies.
    pub fn drafts(&self, options: &DraftOptions) -> Result<Vec<Draft>, WhatIfError> {
        if self.programme().stable().is_some() {
            return Err(WhatIfError::Stable);
        }
        if !self.is_proven_optimal() {
            return Err(WhatIfError::NotOptimal);
        }
        let stages = self.stages();
        let mut made = Made::new(stages, options.penalty);
        for at in 0..options.drafts {
            let next = match at {
                0 => made.draft(&stages.solution)?,
                _ => made.next(options.cancel.as_ref())?,
            };
            made.add(next);
        }
        Ok(made.drafts)
    }
}

/// The drafts that there are.
struct Made<'a> {
    stages: &'a Stages,
    penalty: Score,
    drafts: Vec<Draft>,
    /// By draft: its pairs.
    pairs: Vec<BTreeSet<PairIdx>>,
    /// By pair: how many drafts have it.
    counts: BTreeMap<PairIdx, i32>,
}

impl<'a> Made<'a> {
    fn new(stages: &'a Stages, penalty: Score) -> Self {
        Self {
            stages,
            penalty,
            drafts: Vec::new(),
            pairs: Vec::new(),
            counts: BTreeMap::new(),
        }
    }

    /// The best matching less the penalties.
    fn next(&self, cancel: Option<&CancelToken>) -> Result<(Draft, BTreeSet<PairIdx>), RunError> {
        if !goes_on(cancel) {
            return Err(SolveError::Cancelled.into());
        }
        let stages = self.stages;
        let (levels, floor) = self.levels()?;
        let options = SolveOptions::new(levels)
            .tie_break(tie_break(stages.tie_breaking, &stages.cohort))
            .hooks(hooks(cancel));
        let goes_on = || goes_on(cancel);
        let solved = stages.candidates.ask(&stages.cohort, &goes_on, |problem| {
            Ok::<_, RunError>(worst::solve_at(problem, floor, &options, None)?)
        })?;
        self.draft(&solved.solution)
    }

    /// The run's levels, with penalties in the total score, and which of them holds the place of a floor.
    fn levels(&self) -> Result<(Vec<Level>, Option<usize>), ProblemError> {
        let objectives = self.stages.programme.objectives();
        let mut levels = self.stages.levels(objectives)?;
        let floor = worst::floor_at(&levels, (&self.stages.cohort, objectives));
        let total = levels.iter_mut().find(|level| **level == Level::TotalScore);
        match total {
            Some(total) => *total = Level::ScoreAnd(self.listed(self.penalty.ppm().cast_signed())?),
            None => levels.push(Level::Listed(self.listed(1)?)),
        }
        Ok((levels, floor))
    }

    /// This much less for every earlier draft that has the pair.
    fn listed(&self, penalty: i32) -> Result<ListedValues, ProblemError> {
        let values = self.counts.iter();
        let values = values
            .map(|(&(mentee, mentor), &count)| (mentee, mentor, penalty.saturating_mul(-count)));
        ListedValues::new(self.stages.cohort.mentees().len(), values)
    }

    /// A solution as a draft.
    fn draft(&self, solution: &Solution) -> Result<(Draft, BTreeSet<PairIdx>), RunError> {
        let (stages, cohort) = (self.stages, &self.stages.cohort);
        let own: BTreeSet<_> = solution.assignment.pairs().collect();
        let mut pairs = Vec::with_capacity(own.len());
        for &(mentee, mentor) in &own {
            pairs.push(DraftPair {
                mentee: cohort.mentees()[mentee].profile.id.clone(),
                mentor: cohort.mentors()[mentor].profile.id.clone(),
                score: stages.candidates.score(mentee, mentor)?.unwrap_or_default(),
            });
        }
        pairs.sort_unstable();
        let shared = self
            .pairs
            .iter()
            .map(|other| other.intersection(&own).count() as u64);
        let shared: Vec<_> = shared.collect();
        let mut values = self.values(solution)?;
        worst::state_lowest(&mut values, pairs.iter().map(|pair| pair.score).min());
        self.state_proved(&mut values);
        let draft = Draft {
            values,
            matched_mentees: own.iter().map(|pair| pair.0).collect::<BTreeSet<_>>().len() as u64,
            score_ppm: pairs.iter().map(|pair| u64::from(pair.score.ppm())).sum(),
            penalty_ppm: u64::from(self.penalty.ppm()) * shared.iter().sum::<u64>(),
            pairs,
            shared,
        };
        Ok((draft, own))
    }

    /// What it is worth by the objectives as they are.
    fn values(&self, solution: &Solution) -> Result<Vec<ObjectiveValue>, RunError> {
        let stages = self.stages;
        let objectives = stages.programme.objectives();
        let levels = stages.ground().levels_of(objectives)?;
        let worth = stages.candidates.ask(&stages.cohort, &|| true, |problem| {
            Ok::<_, RunError>(
                solution
                    .assignment
                    .value(problem, &levels)
                    .unwrap_or_default(),
            )
        })?;
        let before = levels::before(solution, stages.has_locks());
        let as_stated = Solution {
            value: std::iter::repeat_n(0, before).chain(worth).collect(),
            ..solution.clone()
        };
        Ok(stages.values_of(objectives, &as_stated, None))
    }

    /// An objective is proved the best there is as far as the draft is worth what the run is.
    fn state_proved(&self, values: &mut [ObjectiveValue]) {
        let stages = self.stages;
        let objectives = stages.programme.objectives();
        let run = stages.values_of(objectives, &stages.solution, stages.floor.as_ref());
        let mut is_best = true;
        for (own, run) in values.iter_mut().zip(run) {
            is_best &= (own.value, &own.levels) == (run.value, &run.levels);
            own.proved = is_best && run.proved;
        }
    }

    fn add(&mut self, (draft, pairs): (Draft, BTreeSet<PairIdx>)) {
        for &pair in &pairs {
            *self.counts.entry(pair).or_default() += 1;
        }
        self.pairs.push(pairs);
        self.drafts.push(draft);
    }
}

/// One line: what it comes to, and how much of earlier drafts it keeps.
impl fmt::Display for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pairs, mentees) = (self.pairs.len(), self.matched_mentees);
        write!(f, "{pairs} pairs, {mentees} mentees matched")?;
        for (at, value) in self.values.iter().enumerate() {
            let mark = if at == 0 { "; " } else { ", " };
            let amount = Amount(GapOf::Objective(value.objective), value.value.into());
            write!(f, "{mark}{} {amount}", value.objective)?;
        }
        for (at, shared) in self.shared.iter().enumerate() {
            let mark = if at == 0 {
                "; shared with earlier ones: "
            } else {
                ", "
            };
            write!(f, "{mark}{shared}")?;
        }
        Ok(())
    }
}
