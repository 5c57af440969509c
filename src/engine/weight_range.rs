//! How far a criterion's weight can move before a pair changes.
//!
//! # Problem
//! Where every score is one weighted mean, scale it by the sum of weights: that changes no optimum, and leaves the sum of
//! criteria times weights, without any rounding. With the weight `w` of one criterion in motion, a matching `M` is worth
//! `a(M) + w · b(M)`: a line. For which `w` around today's is some best matching one with the pair?
//!
//! # Idea
//! Let `V⁺(w)` be the best of the matchings with the pair, `V⁻(w)` the best of those without: both are the upper envelope of
//! lines, so convex. The pair stays where `V⁺ ≥ V⁻`. At one weight a solve and one shortest path give both, and the
//! best matching with the pair gives a line that is nowhere above `V⁺`. Between two weights `V⁻` is nowhere above its chord.
//! So if the higher of two such lines is nowhere below the chord, the pair stays all the way between them: that can be
//! false only where the lines cross, which is tested in whole numbers. If it does not hold, the interval is halved.
//!
//! Weights are solved at multiples of a step, so that all scores are whole numbers; what is claimed holds for all
//! weights between.
//!
//! # References
//! M. J. Eisner and D. G. Severance, "Mathematical techniques for efficient record segmentation in large shared
//! databases", 1976, for envelopes found by their chords.

mod sums;

use super::error::RunError;
use super::outcome::{Outcome, Stages};
use super::variant::hooks;
use super::what_if::WhatIfError;
use crate::candidates::bounded;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;
use crate::solver::{
    Assignment, CancelToken, Level, Problem, ProblemError, Sensitivity, SensitivityError, Solution,
    SolveOptions, solve,
};
use sums::sums;

/// The largest sum of weights for which all sums of a score stay below 2³¹.
const MOST_WEIGHT: u32 = 2_147;

/// Marks a pair that is not allowed.
const ABSENT: i32 = -1;

/// How far a criterion's weight can move while a pair stays.
///
/// Weights are given as multiples of the stated one; all other weights stay as they are.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct WeightRange {
    /// The programme's name for the criterion.
    pub criterion: String,
    /// From this weight on, at most 1, up to [`to`](Self::to) the pair is in some best matching: proved for every weight
    /// between, by scores that are not rounded.
    pub from: f64,
    /// Up to this weight, at least 1.
    pub to: f64,
    /// What comes below.
    pub below: RangeEnd,
    /// What comes above.
    pub above: RangeEnd,
}

/// What comes beyond an end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum RangeEnd {
    /// With this weight, one step further, the pair is in no best matching: solved again.
    Changes(f64),
    /// With this weight, one step further, it is in one; between the two it is not known.
    Undecided(f64),
    /// Nothing: the criterion counts for nothing there, or for as much as all others together at least.
    Open,
}

/// One criterion's weight in motion.
struct Motion<'a> {
    stages: &'a Stages,
    pair: (MenteeIdx, MentorIdx),
    /// The levels up to the total score.
    levels: Vec<Level>,
    /// By pair, row by row: the other criteria times their weights in steps; [`ABSENT`] where it is not allowed.
    others: Vec<i32>,
    /// By pair: what the criterion gives.
    own: Vec<i32>,
    cancel: Option<&'a CancelToken>,
}

/// What the best matchings with and without the pair are worth at a weight.
#[derive(Clone, Copy)]
struct At {
    /// The weight, in steps.
    weight: i128,
    with: i128,
    without: i128,
    /// Of the best with the pair: by how much it rises with each step.
    slope: i128,
}

/// How far the pair stays, and whatever is one step further.
struct Stays {
    to: At,
    beyond: Option<At>,
}

impl Outcome {
    /// How far a criterion's weight can move, down and up, before this pair changes. `None` if they are no pair, or if only
    /// the rounding of scores made them one.
    ///
    /// The weight is moved down to nothing, and up until the criterion counts for as much as all others together, in
    /// steps of about a thousandth of all weights.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Field, Profile, Programme, RangeEnd, Same, SkillCoverage};
    /// let ana = Profile::new("ana").offer("rust", 4).site("Porto").mentor(1);
    /// let eve = Profile::new("eve").offer("go", 4).site("Lima").mentor(1);
    /// let boris = Profile::new("boris").need("rust", 4).site("Lima").mentee();
    /// let programme = Programme::builder()
    ///     .weigh(3, SkillCoverage::default())
    ///     .weigh(2, Same::new(Field::Site))
    ///     .build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new([ana, eve], [boris])?)?;
    ///
    /// // Boris has ana for her skill, as long as the site counts no more than that.
    /// let range = outcome.weight_range("boris", "ana", "same:site", None)?.ok_or("a pair")?;
    /// assert_eq!((range.from, range.to), (0.0, 1.5));
    /// assert_eq!(range.below, RangeEnd::Open);
    /// assert!(matches!(range.above, RangeEnd::Changes(at) if at < 1.51));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`price_of`](Self::price_of); a criterion that is not there or does not count; a programme whose scores are not
    /// one weighted mean for everybody, or whose weights are too fine ([`WhatIfError::NotLinear`]); cancellation.
    ///
    /// # Complexity
    /// Every pair is scored once more, in 12 bytes a pair; then a solve for each weight that is looked at, some two dozen.
    pub fn weight_range(
        &self,
        mentee: &str,
        mentor: &str,
        criterion: &str,
        cancel: Option<CancelToken>,
    ) -> Result<Option<WeightRange>, WhatIfError> {
        let pair = self.find(mentee, mentor)?;
        self.what_if(|_| Ok(()))?; // a run that is not proved has no ranges
        let scorer = self.stages().candidates.scorer();
        let weights = scorer.linear().ok_or(WhatIfError::NotLinear)?;
        let at = scorer.criterion(criterion).filter(|&at| weights[at] > 0);
        let at = at.ok_or_else(|| WhatIfError::NoSuchCriterion(criterion.to_owned()))?;
        let is_pair = self.stages().solution.assignment.mentors_of(pair.0);
        if !is_pair.contains(&pair.1) {
            return Ok(None);
        }
        let all: u32 = weights.iter().sum();
        let steps = (MOST_WEIGHT / 2 / all.max(1)).max(1);
        let rest = (all - weights[at]).saturating_mul(steps);
        let most = MOST_WEIGHT
            .checked_sub(rest)
            .ok_or(WhatIfError::NotLinear)?;
        let today = weights[at].saturating_mul(steps);
        if today > most {
            return Err(WhatIfError::NotLinear);
        }
        let motion = Motion::new(self.stages(), pair, (at, steps), cancel.as_ref())?;
        let least = u32::from(rest == 0); // somebody must count
        motion.range(criterion, (least, today, most))
    }
}

impl<'a> Motion<'a> {
    fn new(
        stages: &'a Stages,
        pair: (MenteeIdx, MentorIdx),
        (criterion, steps): (usize, u32),
        cancel: Option<&'a CancelToken>,
    ) -> Result<Self, WhatIfError> {
        let levels = levels_to_score(stages).ok_or(WhatIfError::NotLinear)?;
        let (others, own) = sums(stages, (criterion, steps), cancel)?;
        Ok(Self {
            stages,
            pair,
            levels,
            others,
            own,
            cancel,
        })
    }

    /// Looks down and up from today's weight.
    fn range(
        &self,
        criterion: &str,
        (least, today, most): (u32, u32, u32),
    ) -> Result<Option<WeightRange>, WhatIfError> {
        let multiple = |weight: i128| {
            let weight = u32::try_from(weight).unwrap_or(u32::MAX);
            f64::from(weight) / f64::from(today)
        };
        let end = |stays: &Stays| match stays.beyond {
            None => RangeEnd::Open,
            Some(at) if at.stays() => RangeEnd::Undecided(multiple(at.weight)),
            Some(at) => RangeEnd::Changes(multiple(at.weight)),
        };
        let everywhere = |least: u32, most: u32| WeightRange {
            criterion: criterion.to_owned(),
            from: multiple(least.into()),
            to: multiple(most.into()),
            below: RangeEnd::Open,
            above: RangeEnd::Open,
        };
        let Some(now) = self.at(today.into())? else {
            return Ok(Some(everywhere(least, most)));
        };
        if !now.stays() {
            return Ok(None);
        }
        let (down, up) = (self.stays(now, least)?, self.stays(now, most)?);
        Ok(Some(WeightRange {
            from: multiple(down.to.weight),
            to: multiple(up.to.weight),
            below: end(&down),
            above: end(&up),
            ..everywhere(least, most)
        }))
    }

    /// How far the pair stays from one weight towards another.
    fn stays(&self, from: At, far: u32) -> Result<Stays, WhatIfError> {
        let mut to = from;
        // Weights that were looked at, the nearest last; between one and the next it is not known.
        let mut ahead: Vec<At> = self.at(far.into())?.into_iter().collect();
        while let Some(&next) = ahead.last() {
            if next.weight == to.weight || next.stays() && covers(to, next) {
                to = next;
                ahead.pop();
                continue;
            }
            let half = (to.weight + next.weight) / 2;
            let middle = if half == to.weight || half == next.weight {
                None
            } else {
                self.at(half)?
            };
            match middle {
                Some(middle) => ahead.push(middle),
                None => {
                    return Ok(Stays {
                        to,
                        beyond: Some(next),
                    });
                }
            }
        }
        Ok(Stays { to, beyond: None })
    }

    /// Solves with a weight; `None` if the pair is in every matching that is best by the levels before scores.
    fn at(&self, weight: i128) -> Result<Option<At>, WhatIfError> {
        let scores = self.scores(i32::try_from(weight).unwrap_or(i32::MAX));
        let problem = self.problem(&scores).map_err(RunError::from)?;
        let options = SolveOptions::new(self.levels.clone()).hooks(hooks(self.cancel));
        let solution = solve(&problem, &options).map_err(RunError::from)?;
        Ok(self.judge(&problem, &solution, weight)?)
    }

    /// The run's problem with other scores.
    fn problem<'s>(&self, scores: &'s [i32]) -> Result<Problem<'s>, ProblemError> {
        let Stages {
            cohort, candidates, ..
        } = self.stages;
        let (mentees, mentors) = (cohort.mentees().len(), cohort.mentors().len());
        let problem = Problem::dense(mentees, mentors, scores, Some(ABSENT))?;
        bounded(problem, cohort, candidates.scorer().quotas())
    }

    fn judge(
        &self,
        problem: &Problem<'_>,
        solution: &Solution,
        weight: i128,
    ) -> Result<Option<At>, SensitivityError> {
        let sensitivity = Sensitivity::new(problem, solution)?;
        let (mentee, mentor) = self.pair;
        let without = sensitivity.forbidden(mentee, mentor)?;
        let last = self.levels.len() - 1;
        if without.change[..last].iter().any(|&number| number != 0) {
            return Ok(None);
        }
        let Some(with) = sensitivity.forced(mentee, mentor)? else {
            return Ok(None); // they are a pair, so it can be made
        };
        Ok(Some(At {
            weight,
            with: solution.value[last] + with.change[last],
            without: solution.value[last] + without.change[last],
            slope: self.slope(&with.applied_to(&solution.assignment)),
        }))
    }

    /// What a step more adds to an assignment.
    fn slope(&self, assignment: &Assignment) -> i128 {
        let mentors = self.stages.cohort.mentors().len();
        let pairs = assignment.pairs();
        let own = pairs.map(|(i, j)| self.own[i.index() * mentors + j.index()]);
        own.map(i128::from).sum()
    }

    /// The scores of all pairs with a weight. They stay below 2³¹.
    fn scores(&self, weight: i32) -> Vec<i32> {
        let mut scores = vec![ABSENT; self.others.len()];
        let mentors = self.stages.cohort.mentors().len();
        parallel::fill_rows(
            &mut scores,
            mentors,
            || (),
            |(), row, cells| {
                let first = row * mentors;
                let sums = self.others[first..].iter().zip(&self.own[first..]);
                for (cell, (&others, &own)) in cells.iter_mut().zip(sums) {
                    if others != ABSENT {
                        *cell = others + weight * own;
                    }
                }
            },
        );
        scores
    }
}

impl At {
    fn stays(self) -> bool {
        self.with >= self.without
    }
}

/// Whether the pair stays all the way between two weights at which it does, as far as it can be told from these.
fn covers(one: At, other: At) -> bool {
    let (low, high) = if one.weight < other.weight {
        (one, other)
    } else {
        (other, one)
    };
    let rise = high.slope - low.slope;
    if rise == 0 {
        return true;
    }
    // The line of a weight is worth with + slope · (x − weight). They cross at x = low.weight + over / rise.
    let span = high.weight - low.weight;
    let over = (low.with - high.with) + high.slope * span;
    let crossing = low.with * rise + low.slope * over;
    let chord = low.without * rise * span + (high.without - low.without) * over;
    // Slopes of a convex function rise, so that neither factor is negative.
    crossing * span >= chord
}

/// The levels up to the total score, if none before it depends on scores.
fn levels_to_score(stages: &Stages) -> Option<Vec<Level>> {
    let levels = stages.solution.certificate.levels();
    let score = levels
        .iter()
        .position(|level| *level == Level::TotalScore)?;
    let is_free = |level: &Level| {
        matches!(
            level,
            Level::Minimums
                | Level::Participation
                | Level::Pairs
                | Level::Listed(_)
                | Level::Places { .. }
                | Level::GroupPlaces { .. }
        )
    };
    let is_free = levels[..score].iter().all(is_free);
    is_free.then(|| levels[..=score].to_vec())
}
