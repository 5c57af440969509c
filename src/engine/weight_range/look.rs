//! One weight looked at: what the best matchings with the pair and without it are worth, and whether the pair stays all the
//! way from one such weight to another.

use super::super::error::RunError;
use super::super::outcome::Stages;
use super::super::variant::hooks;
use super::super::what_if::WhatIfError;
use super::ABSENT;
use super::between::Ends;
use super::scores::{AtWeight, Line, Scores, Taken};
use crate::candidates::{bounded, taking_part};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::scoring::PairIdx;
use crate::solver::{
    Assignment, CancelToken, Level, Problem, Sensitivity, SensitivityError, Solution, SolveOptions,
    Start, solve, solve_from,
};

/// Of so many pairs that come to be allowed or forbidden within one step both is tried.
const MOST_TAKEN: u32 = 6;

/// A pair, and the scores in motion.
pub(super) struct Motion<'a> {
    pub(super) stages: &'a Stages,
    pub(super) pair: (MenteeIdx, MentorIdx),
    /// The levels up to the total score.
    pub(super) levels: Vec<Level>,
    pub(super) scores: Scores<'a>,
    /// By how much the best matching with the pair may be short of the best, in units.
    pub(super) tolerance: i128,
    pub(super) cancel: Option<&'a CancelToken>,
}

/// What the best matchings with and without the pair are worth at a weight.
pub(super) struct Look {
    /// The weight, in steps.
    pub(super) weight: u32,
    pub(super) verdict: Verdict,
    /// A best matching with the pair, and its worth; `None` if the pair is forbidden.
    with: Option<(Assignment, Vec<i128>)>,
    without: Vec<i128>,
    start: Start,
}

/// Whether the pair is in a best matching, up to the tolerance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Stays,
    Out,
    /// What is rounded decides.
    Unknown,
}

impl Motion<'_> {
    /// Solves with a weight, from what was found at another.
    pub(super) fn look(&self, weight: u32, near: Option<&Look>) -> Result<Look, WhatIfError> {
        let at = self.scores.at(weight);
        let problem = self.problem(&at.scores)?;
        let solution = self.solve(&problem, near.map(|own| &own.start))?;
        Ok(self.compare(&problem, &solution, (weight, &at))?)
    }

    fn compare(
        &self,
        problem: &Problem<'_>,
        solution: &Solution,
        (weight, at): (u32, &AtWeight),
    ) -> Result<Look, SensitivityError> {
        let changed = |change: &[i128]| {
            let values = solution.value.iter().zip(change);
            values.map(|(value, change)| value + change).collect()
        };
        let (mut with, mut without) = (None, solution.value.clone());
        if at.scores[self.scores.cell(self.pair)] != ABSENT {
            let sensitivity = Sensitivity::new(problem, solution)?;
            let (mentee, mentor) = self.pair;
            without = changed(&sensitivity.forbidden(mentee, mentor)?.change);
            if let Some(forced) = sensitivity.forced(mentee, mentor)? {
                let matching = forced.applied_to(&solution.assignment);
                with = Some((matching, changed(&forced.change)));
            }
        }
        let worth = with.as_ref().map(|(_, worth)| &worth[..]);
        Ok(Look {
            weight,
            verdict: self.verdict(worth, &without, at),
            start: Start::of(solution),
            with,
            without,
        })
    }

    fn verdict(&self, with: Option<&[i128]>, without: &[i128], at: &AtWeight) -> Verdict {
        let unless_vague = match at.is_vague {
            true => Verdict::Unknown,
            false => Verdict::Out,
        };
        let Some(with) = with else {
            return unless_vague;
        };
        let last = self.levels.len() - 1;
        match with[..last].cmp(&without[..last]) {
            std::cmp::Ordering::Greater => Verdict::Stays,
            std::cmp::Ordering::Less => unless_vague,
            std::cmp::Ordering::Equal => {
                let (short, off) = (without[last] - with[last], self.off(&at.off));
                match short {
                    short if short + off <= self.tolerance => Verdict::Stays,
                    short if short - off > self.tolerance => unless_vague,
                    _ => Verdict::Unknown,
                }
            }
        }
    }

    /// By how much rounding may move what two matchings are apart.
    fn off(&self, by_mentee: &[i64]) -> i128 {
        let mentees = self.stages.cohort.mentees().iter().zip(by_mentee);
        let off = mentees.map(|(own, &off)| {
            2 * i128::from(taking_part(&own.profile, own.demand).max) * i128::from(off)
        });
        off.sum()
    }

    /// Whether the pair stays all the way between two weights at which it does, as far as it can be told from the best
    /// matchings with it at the two.
    pub(super) fn covers(&self, one: &Look, other: &Look) -> Result<bool, WhatIfError> {
        let (low, high) = match one.weight < other.weight {
            true => (one, other),
            false => (other, one),
        };
        // Within one step it is worth asking what holds with, and what without, each pair that is near a floor.
        let most = match high.weight - low.weight {
            1 => MOST_TAKEN,
            _ => 0,
        };
        let ends = self.scores.ends([low.weight, high.weight]);
        self.holds((low, high), &ends, (&Taken::default(), most))
    }

    /// Whether it can be told as long as some pairs are allowed and some forbidden, or else with so many more taken to be
    /// either.
    fn holds(
        &self,
        stretch: (&Look, &Look),
        ends: &Ends,
        (taken, more): (&Taken, u32),
    ) -> Result<bool, WhatIfError> {
        let Some(against) = self.against(stretch, ends, taken)? else {
            return Ok(true);
        };
        let mut pairs = against.iter().flat_map(Assignment::pairs);
        let is_open = |pair: &PairIdx| {
            let is_taken = taken.allowed.contains(pair) || taken.forbidden.contains(pair);
            !is_taken && self.scores.is_doubtful(ends, *pair)
        };
        let Some(pair) = pairs.find(is_open).filter(|_| more > 0) else {
            return Ok(false);
        };
        let (mut with, mut without) = (taken.clone(), taken.clone());
        with.allowed.push(pair);
        without.forbidden.push(pair);
        Ok(self.holds(stretch, ends, (&with, more - 1))?
            && self.holds(stretch, ends, (&without, more - 1))?)
    }

    /// `None` if the pair stays; else the matchings that leave it open.
    fn against(
        &self,
        (low, high): (&Look, &Look),
        ends: &Ends,
        taken: &Taken,
    ) -> Result<Option<Vec<Assignment>>, WhatIfError> {
        let (Some(from), Some(to)) = (&low.with, &high.with) else {
            return Ok(Some(Vec::new()));
        };
        let mut against = vec![from.0.clone(), to.0.clone()];
        let lines = [from, to].map(|(matching, _)| self.scores.line(ends, matching, taken));
        if lines == [None, None] {
            return Ok(Some(against));
        }
        let [before, after] = match self.scores.are_exact() {
            true => [low.without.clone(), high.without.clone()],
            false => {
                let scores = self.scores.without(ends, [&from.0, &to.0], taken);
                let [before, after] = scores.map(|scores| self.best_without(scores, &low.start));
                let (before, after) = (before?, after?);
                against.splice(0..0, [before.assignment, after.assignment]);
                [before.value, after.value]
            }
        };
        let last = self.levels.len() - 1;
        // A matching counts that is nowhere worse by the levels before; if it is better, nothing without the pair is best.
        let counts = |worth: &[i128], line: Line| line.filter(|_| worth[..last] >= before[..last]);
        let is_better = |worth: &[i128]| worth[..last] > before[..last];
        let lines = [counts(&from.1, lines[0]), counts(&to.1, lines[1])];
        let mut standing = lines.iter().zip([from, to]);
        let chord = [before[last], after[last]].map(|own| own - self.tolerance);
        let stays = standing.any(|(line, own)| line.is_some() && is_better(&own.1))
            || is_above(lines, chord);
        Ok((!stays).then_some(against))
    }

    /// A best one of the matchings without the pair.
    fn best_without(&self, mut scores: Vec<i32>, start: &Start) -> Result<Solution, WhatIfError> {
        scores[self.scores.cell(self.pair)] = ABSENT;
        let problem = self.problem(&scores)?;
        Ok(self.solve(&problem, Some(start))?)
    }

    /// The run's problem with other scores.
    fn problem<'s>(&self, scores: &'s [i32]) -> Result<Problem<'s>, RunError> {
        let Stages {
            cohort, candidates, ..
        } = self.stages;
        let (mentees, mentors) = (cohort.mentees().len(), cohort.mentors().len());
        let problem = Problem::dense(mentees, mentors, scores, Some(ABSENT))?;
        Ok(bounded(problem, cohort, candidates.scorer().quotas())?)
    }

    fn solve(&self, problem: &Problem<'_>, start: Option<&Start>) -> Result<Solution, RunError> {
        let options = SolveOptions::new(self.levels.clone()).hooks(hooks(self.cancel));
        Ok(match start {
            Some(start) => solve_from(problem, &options, start)?,
            None => solve(problem, &options)?,
        })
    }
}

/// Whether the higher of two lines is nowhere below a chord.
fn is_above(lines: [Line; 2], chord: [i128; 2]) -> bool {
    let over = lines.map(|line| line.map(|line| [line[0] - chord[0], line[1] - chord[1]]));
    let (one, other) = match over {
        [Some(one), Some(other)] => (one, other),
        [Some(line), None] | [None, Some(line)] => (line, line),
        [None, None] => return false,
    };
    if [0, 1].iter().any(|&end| one[end].max(other[end]) < 0) {
        return false;
    }
    let [at_first, at_last] = [one[0] - other[0], other[1] - one[1]];
    if at_first.signum() * at_last.signum() <= 0 {
        return true; // one of them is the higher all the way
    }
    one[0] * at_last.abs() + one[1] * at_first.abs() >= 0 // where they cross
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_judged_where_they_cross() {
        let chord = [0, 0];
        // They cross in the middle, at 0 and at −1.
        assert!(is_above([Some([4, -4]), Some([-4, 4])], chord));
        assert!(!is_above([Some([4, -6]), Some([-6, 4])], chord));
        // Nowhere, or one alone.
        assert!(is_above([Some([0, 0]), Some([-4, -1])], chord));
        assert!(!is_above([Some([4, -1]), Some([3, -2])], chord));
        assert!(is_above([None, Some([1, 0])], chord));
        assert!(!is_above([None, Some([1, -1])], chord));
        assert!(!is_above([None, None], chord));
        assert!(is_above([Some([3, 3]), Some([3, 3])], [3, 3]));
    }
}
