//! How far a criterion's weight can move before a pair changes.
//!
//! # Problem
//! A matching is worth the sum of its scores, taken before anything is rounded. With the weight `w` of one criterion in motion
//! all scores move. For which `w` around today's is some best matching one with the pair?
//!
//! # Idea
//! Let `V⁺(w)` be the best of the matchings with the pair, `V⁻(w)` the best of those without. At one weight a solve and two shortest
//! paths give both. Between two weights:
//! - Where every score is one weighted mean it is scaled by the sum of weights, which changes no optimum: then each matching is a
//!   line, and `V⁻`, the highest of many lines, is nowhere above its chord.
//! - Otherwise each score is near a line of its own, in a parameter that is chosen for the purpose, and at most some known amount
//!   above or below it ([`between`]). Take all scores at their highest: again `V⁻` is nowhere above a chord, whose ends are
//!   solved for. Whoever may be allowed anywhere between, by a floor, is allowed there.
//! - The best matching with the pair at either weight, its scores at their lowest, is a line that is nowhere above `V⁺`; if some pair
//!   of it may be below a floor anywhere between, it does not count. Pairs that both these matchings have are at their lowest for
//!   `V⁻` too: whatever is lost there is lost by all who have them.
//!
//! So if the higher of the two lines is nowhere below the chord, the pair stays all the way: that can be false only
//! where the lines cross, which is tested in whole numbers. If it does not hold, the interval is halved ([`look`]). Within one
//! step it is also asked what holds if a pair that comes to be allowed there, or forbidden, is either all the way: at each weight
//! it is one of the two, so that if both hold the pair stays.
//!
//! Weights are solved at multiples of a step; what is claimed holds for all weights between.
//!
//! # Complexity
//! An interval that holds costs one solve, or three where scores are not lines. Scores are off their lines by the square
//! of an interval's length, and so is the best matching at one end short of the best in the middle, so that halving ends soon.
//! After [`MOST_LOOKS`] weights on a side what was proved is given. Where the next step cannot be told, or the search ended so,
//! a weight beyond is looked for by halving at which the pair has changed: then the end is between two weights for which
//! it is proved what holds.
//!
//! Processor time for one pair: all 13 criteria of the sample programme (180 × 72, two views, emphasis, a
//! cost and a floor) 0.3 s; one of them at 2,000 × 600 2 to 9 s; one of three criteria of one mean at 10,000 × 2,500 75 s, where a
//! solve takes 0.8 s: many pairs elsewhere change, so that intervals are short.
//!
//! # References
//! M. J. Eisner and D. G. Severance, "Mathematical techniques for efficient record segmentation in large shared
//! databases", 1976, for envelopes found by their chords.

mod between;

mod look;

mod scores;

mod sums;

mod text;

use super::outcome::{Outcome, Stages};
use super::what_if::WhatIfError;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::programme::{Programme, ProgrammeBuilder};
use crate::score::Weight;
use crate::solver::{CancelToken, Level};
use between::UNIT;
use look::{Look, Motion, Verdict};
use scores::{ABSENT, Grid, Scores};
use sums::{Own, Sums};
pub(crate) use text::Further;

/// On each side of today's weight at most so many others are looked at.
const MOST_LOOKS: u32 = 400;

/// How far a criterion's weight can move while a pair stays.
///
/// Weights are given as multiples of the stated one; all other weights stay as they are.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct WeightRange {
    /// The programme's name for the criterion.
    pub criterion: String,
    /// From this weight on, at most 1, up to [`to`](Self::to) the pair is in some best matching, up to the
    /// [tolerance](Self::tolerance_ppm): proved for every weight between, by scores that are not rounded.
    pub from: f64,
    /// Up to this weight, at least 1.
    pub to: f64,
    /// [`from`](Self::from) as a weight that the programme takes beside its others: rounded up, to as many decimals as that
    /// can have. The stated one for a criterion that is a [must](Weight::MUST), which has no other weight.
    pub from_weight: Weight,
    /// [`to`](Self::to) likewise, rounded down.
    pub to_weight: Weight,
    /// What comes below.
    pub below: RangeEnd,
    /// What comes above.
    pub above: RangeEnd,
    /// By how much the best matching with the pair may be short of the best one, in parts per million of one whole score, over
    /// all pairs together. Nothing where each score is one weighted mean; otherwise, since scores are no lines then, half
    /// a part for each pair of the run's matching: no more than rounding makes of them.
    pub tolerance_ppm: u64,
}

/// What comes beyond an end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum RangeEnd {
    /// With this weight, one step further, the pair is in no best matching, by more than the tolerance: solved again.
    Changes(f64),
    /// With this weight, some steps further, the pair is in no best matching, by more than the tolerance: solved again. Between
    /// the end and this weight it is not known: the pair goes and comes back, or goes by so little that the tolerance
    /// decides.
    ChangesBy(f64),
    /// Between the end and this weight it is not known, and no weight further on was found at which the pair changes.
    Undecided(f64),
    /// Nothing: the criterion counts for nothing there, or for as much as all others together at least.
    Open,
}

/// How far the pair stays, and what comes beyond.
struct Stays {
    to: u32,
    end: RangeEnd,
}

impl Outcome {
    /// How far a criterion's weight can move, down and up, before this pair changes. `None` if they are no pair, or if only
    /// the rounding of scores made them one.
    ///
    /// The weight is moved down to nothing, and up until the criterion counts for as much as all others together, in
    /// steps of about a thousandth of all weights. For somebody who emphasises the criterion it moves by the same factor. Floors
    /// are applied to scores as a run with that weight would round them.
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
    /// assert_eq!(range.to_weight.to_string(), "3"); // instead of 2
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`price_of`](Self::price_of); a criterion that is not there or does not count; a programme without the total score
    /// as an objective, or with one before it that depends on scores ([`WhatIfError::NoTotalScore`]); cancellation.
    ///
    /// # Complexity
    /// Every pair is scored once more, in some 20 bytes a pair, or 30 where the sides' views differ; then one solve for each
    /// weight that is looked at, or three where scores are not one mean: a dozen weights for a pair that stays everywhere,
    /// a few dozen for others of a few hundred people. Several criteria are asked for faster
    /// [together](Self::weight_ranges).
    pub fn weight_range(
        &self,
        mentee: &str,
        mentor: &str,
        criterion: &str,
        cancel: Option<CancelToken>,
    ) -> Result<Option<WeightRange>, WhatIfError> {
        let pair = self.find(mentee, mentor)?;
        self.is_proved()?;
        let (counting, criteria) = (self.counting(), self.programme().criteria());
        let is_meant = |&&at: &&usize| criteria[at].name == criterion;
        let at = counting.iter().find(is_meant);
        let at = at.ok_or_else(|| WhatIfError::NoSuchCriterion {
            name: criterion.to_owned(),
            counting: counting
                .iter()
                .map(|&at| criteria[at].name.clone())
                .collect(),
        })?;
        let ranges = self.ranges(pair, &[*at], cancel.as_ref())?;
        Ok(ranges.into_iter().flatten().next())
    }

    /// The same of every criterion that counts, in the programme's order; pairs are scored once for all of them. `None` as
    /// in [`weight_range`](Self::weight_range).
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Field, Profile, Programme, RangeEnd, Same, SkillCoverage};
    /// # let ana = Profile::new("ana").offer("rust", 4).site("Porto").mentor(1);
    /// # let eve = Profile::new("eve").offer("go", 4).site("Lima").mentor(1);
    /// # let boris = Profile::new("boris").need("rust", 4).site("Lima").mentee();
    /// let programme = Programme::builder()
    ///     .weigh(3, SkillCoverage::default())
    ///     .weigh(2, Same::new(Field::Site))
    ///     .build()?;
    /// # let outcome = Engine::new(programme).run(&Cohort::new([ana, eve], [boris])?)?;
    /// let ranges = outcome.weight_ranges("boris", "ana", None)?.ok_or("a pair")?;
    /// assert_eq!(ranges[0].to_string(), "skill_coverage: from 0.67 times its weight");
    /// assert_eq!(ranges[1].to_string(), "same:site: up to 1.5 times its weight");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`weight_range`](Self::weight_range).
    pub fn weight_ranges(
        &self,
        mentee: &str,
        mentor: &str,
        cancel: Option<CancelToken>,
    ) -> Result<Option<Vec<WeightRange>>, WhatIfError> {
        let pair = self.find(mentee, mentor)?;
        self.is_proved()?;
        self.ranges(pair, &self.counting(), cancel.as_ref())
    }

    /// The criteria that have a weight.
    fn counting(&self) -> Vec<usize> {
        let weights = self.programme().weights().iter().enumerate();
        weights.filter(|own| *own.1 > 0).map(|own| own.0).collect()
    }

    /// A run that is not proved has no ranges.
    fn is_proved(&self) -> Result<(), WhatIfError> {
        self.what_if(|_| Ok(()))
    }

    fn ranges(
        &self,
        pair: (MenteeIdx, MentorIdx),
        criteria: &[usize],
        cancel: Option<&CancelToken>,
    ) -> Result<Option<Vec<WeightRange>>, WhatIfError> {
        let stages = self.stages();
        let levels = levels_to_score(stages).ok_or(WhatIfError::NoTotalScore)?;
        if !stages
            .solution
            .assignment
            .mentors_of(pair.0)
            .contains(&pair.1)
        {
            return Ok(None);
        }
        let sums = Sums::new(stages, cancel)?;
        let mut ranges = Vec::new();
        for &criterion in criteria {
            let own = Own::new(stages, criterion, cancel)?;
            let grid = Grid::new(
                stages.candidates.scorer(),
                stages.programme.weights(),
                criterion,
            );
            let scores = Scores::new(stages, (&sums, own), criterion, grid);
            let pairs = stages.solution.assignment.len() as u64;
            let tolerance_ppm = match scores.are_exact() {
                true => 0,
                false => pairs.div_ceil(2),
            };
            let motion = Motion {
                stages,
                pair,
                levels: levels.clone(),
                scores,
                tolerance: i128::from(tolerance_ppm) * i128::from(UNIT),
                cancel,
            };
            let Some(range) = motion.range(criterion, tolerance_ppm)? else {
                return Ok(None);
            };
            ranges.push(range);
        }
        Ok(Some(ranges))
    }
}

impl Motion<'_> {
    /// Looks down and up from today's weight.
    fn range(
        &self,
        criterion: usize,
        tolerance_ppm: u64,
    ) -> Result<Option<WeightRange>, WhatIfError> {
        let Grid {
            today, least, most, ..
        } = self.scores.grid;
        let now = self.look(today, None)?;
        if now.verdict != Verdict::Stays {
            return Ok(None);
        }
        let (down, up) = (self.stays(&now, least)?, self.stays(&now, most)?);
        let programme = &self.stages.programme;
        let weight = |to: u32, up: bool| usable(programme, criterion, [to, today], up);
        Ok(Some(WeightRange {
            criterion: programme.criteria()[criterion].name.clone(),
            from: self.multiple(down.to),
            to: self.multiple(up.to),
            from_weight: weight(down.to, true),
            to_weight: weight(up.to, false),
            below: down.end,
            above: up.end,
            tolerance_ppm,
        }))
    }

    /// A weight as a multiple of today's.
    fn multiple(&self, steps: u32) -> f64 {
        f64::from(steps) / f64::from(self.scores.grid.today)
    }

    /// How far the pair stays from one weight towards another.
    fn stays(&self, from: &Look, far: u32) -> Result<Stays, WhatIfError> {
        let mut reached: Option<Look> = None; // else `from`
        // Weights that were looked at, the nearest last; between one and the next it is not known.
        let mut ahead = vec![self.look(far, Some(from))?];
        let mut looks = 1;
        while let Some(next) = ahead.pop() {
            let to = reached.as_ref().unwrap_or(from);
            let is_there = next.weight == to.weight;
            if is_there || next.verdict == Verdict::Stays && self.covers(to, &next)? {
                reached = Some(next);
                continue;
            }
            let half = to.weight.midpoint(next.weight);
            let is_next_step = half == to.weight.min(next.weight);
            if is_next_step || looks == MOST_LOOKS {
                ahead.push(next);
                let end = self.end(to, &ahead)?;
                return Ok(Stays { to: to.weight, end });
            }
            let middle = self.look(half, Some(to))?;
            looks += 1;
            ahead.extend([next, middle]);
        }
        let end = RangeEnd::Open;
        Ok(Stays { to: far, end })
    }

    /// What comes beyond the last weight up to which a pair stays for certain; further ones were looked at, the nearest last.
    fn end(&self, last: &Look, ahead: &[Look]) -> Result<RangeEnd, WhatIfError> {
        let next = ahead.last().unwrap_or(last);
        let Some(out) = ahead.iter().rposition(|own| own.verdict == Verdict::Out) else {
            return Ok(RangeEnd::Undecided(self.multiple(next.weight)));
        };
        let not_out = ahead.get(out + 1).unwrap_or(last);
        let out = self.first_out(not_out, ahead[out].weight)?;
        Ok(match out.abs_diff(last.weight) {
            1 => RangeEnd::Changes(self.multiple(out)),
            _ => RangeEnd::ChangesBy(self.multiple(out)),
        })
    }

    /// Between a weight at which the pair is not known to be out and one at which it is: one at which it is, a step from one
    /// at which that is not known.
    fn first_out(&self, not_out: &Look, mut out: u32) -> Result<u32, WhatIfError> {
        let mut open = not_out.weight;
        while open.abs_diff(out) > 1 {
            let half = open.midpoint(out);
            match self.look(half, Some(not_out))?.verdict {
                Verdict::Out => out = half,
                _ => open = half,
            }
        }
        Ok(out)
    }
}

/// The finest weight that a programme takes for a criterion instead of the stated one times a fraction, rounded up or down.
fn usable(programme: &Programme, criterion: usize, fraction: [u32; 2], up: bool) -> Weight {
    let stated = programme.criteria()[criterion].weight;
    let is_taken = |weight: &Weight| {
        let builder = ProgrammeBuilder::from(programme);
        let changed = builder.changed(|_, criteria| criteria[criterion].weight = *weight);
        changed.build().is_ok()
    };
    let mut finest_first = stated.times(fraction, up);
    match stated.is_must() {
        true => stated,
        false => finest_first.find(is_taken).unwrap_or(stated),
    }
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
