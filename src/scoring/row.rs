//! One mentee against all mentors.

use super::gates::Gate;
use super::{Scorer, ScoringError};
use crate::ids::MenteeIdx;
use crate::programme::MissingPolicy;
use crate::score::{FixedMean, Score, WeightedSum};

/// Buffers of [`Scorer::score_row`], to be used again for the next row, of any scorer.
#[derive(Default)]
pub struct Scratch {
    answers: Vec<Option<Score>>, // of one criterion, indexed by mentor
    points: Vec<u64>,            // Σ weight · score so far, indexed by mentor
    left_out: Vec<u64>, // Σ weight left out so far, indexed by mentor; empty unless renormalising
    verdicts: Vec<bool>, // of one rule, indexed by mentor
    forbidden: Vec<bool>, // by any rule so far, indexed by mentor
    removed: Vec<u32>,  // how many mentors, indexed by refusal
}

impl Scratch {
    /// How many mentors each of [`Scorer::refusals`] forbade to the mentee of the last row. A pair
    /// that several forbid counts for each of them.
    #[must_use]
    pub fn removed(&self) -> &[u32] {
        &self.removed
    }

    fn reset(&mut self, scorer: &Scorer) {
        let mentors = scorer.cohort.mentors().len();
        self.answers.resize(mentors, None); // cleared for every criterion
        self.verdicts.resize(mentors, false); // cleared for every rule
        refill(&mut self.points, mentors, 0);
        refill(
            &mut self.left_out,
            if scorer.renormalises { mentors } else { 0 },
            0,
        );
        refill(&mut self.forbidden, mentors, false);
        refill(&mut self.removed, scorer.refusals.len(), 0);
    }
}

fn refill<T: Clone>(buffer: &mut Vec<T>, len: usize, value: T) {
    buffer.clear();
    buffer.resize(len, value);
}

impl Scorer {
    /// Scores one mentee against every mentor; `None` where the pair is forbidden.
    ///
    /// `row` has one entry a mentor. Rows of different mentees can be scored by different threads,
    /// each with a scratch of its own.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    pub fn score_row(
        &self,
        mentee: MenteeIdx,
        scratch: &mut Scratch,
        row: &mut [Option<Score>],
    ) -> Result<(), ScoringError> {
        self.check_there(mentee, None)?;
        scratch.reset(self);
        self.judge(mentee, scratch);
        for criterion in &self.criteria {
            scratch.answers.fill(None); // a host's row may leave out what it has no answer to
            let scored = criterion.rows.score_row(mentee, &mut scratch.answers);
            scored.map_err(|bad| self.error(criterion, mentee, bad))?;
            match criterion.missing {
                MissingPolicy::Neutral(score) => scratch.weigh(criterion.weight, score),
                MissingPolicy::Renormalise => scratch.weigh_or_leave_out(criterion.weight),
                MissingPolicy::Zero | MissingPolicy::Forbid => {
                    scratch.weigh(criterion.weight, Score::ZERO);
                }
            }
            if let Some(refusal) = criterion.refusal {
                scratch.refuse_missing(refusal);
            }
        }
        self.finish(scratch, row);
        Ok(())
    }

    fn judge(&self, mentee: MenteeIdx, scratch: &mut Scratch) {
        for (gate, removed) in self.gates.iter().zip(&mut scratch.removed) {
            let Gate::Rule(rule) = gate else { continue };
            scratch.verdicts.fill(false);
            rule.forbid_row(mentee, &mut scratch.verdicts);
            for (forbidden, &verdict) in scratch.forbidden.iter_mut().zip(&scratch.verdicts) {
                *forbidden |= verdict;
                *removed += u32::from(verdict);
            }
        }
    }

    /// From sums to scores, and what the floors make of them.
    fn finish(&self, scratch: &mut Scratch, row: &mut [Option<Score>]) {
        let total = u64::from(self.total_weight);
        if self.renormalises {
            let sums = scratch.points.iter().zip(&scratch.left_out);
            for (score, (&points, &left_out)) in row.iter_mut().zip(sums) {
                let weight = total - left_out;
                *score = Some(WeightedSum { points, weight }.mean());
            }
        } else {
            let mean = FixedMean::over(self.total_weight);
            for (score, &points) in row.iter_mut().zip(&scratch.points) {
                *score = Some(mean.of(points));
            }
        }
        for (gate, removed) in self.gates.iter().zip(&mut scratch.removed) {
            let Gate::Floor(floor) = gate else { continue };
            for (score, forbidden) in row.iter().zip(&mut scratch.forbidden) {
                let below = score.is_some_and(|score| score < *floor);
                *forbidden |= below;
                *removed += u32::from(below);
            }
        }
        for (score, &forbidden) in row.iter_mut().zip(&scratch.forbidden) {
            *score = if forbidden { None } else { *score };
        }
    }
}

impl Scratch {
    fn weigh(&mut self, weight: u32, missing: Score) {
        for (points, answer) in self.points.iter_mut().zip(&self.answers) {
            *points += u64::from(weight) * u64::from(answer.unwrap_or(missing).ppm());
        }
    }

    /// Takes the weight of a missing answer out of the mean.
    fn weigh_or_leave_out(&mut self, weight: u32) {
        let sums = self.points.iter_mut().zip(&mut self.left_out);
        for ((points, left_out), answer) in sums.zip(&self.answers) {
            *points += u64::from(weight) * u64::from(answer.unwrap_or(Score::ZERO).ppm());
            *left_out += if answer.is_none() {
                u64::from(weight)
            } else {
                0
            };
        }
    }

    fn refuse_missing(&mut self, refusal: usize) {
        for (forbidden, answer) in self.forbidden.iter_mut().zip(&self.answers) {
            *forbidden |= answer.is_none();
            self.removed[refusal] += u32::from(answer.is_none());
        }
    }
}
