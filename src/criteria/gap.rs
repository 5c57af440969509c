//! How far the mentor is ahead of the mentee in a number.

use super::class_table::ClassTable;
use super::column::{Millionths, millionths, numbers};
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::Field;
use crate::score::{Score, ratio};

/// The gap *mentor minus mentee* in a number, best at `ideal`.
///
/// The score is 1 at `ideal`, falls on straight lines to `edge` at `min` and at `max`, and is 0
/// outside `min..=max`. Units are the field's own; a negative gap means that the mentee is ahead.
/// Numbers are compared in millionths, exactly. Missing when either side gave no answer.
///
/// ```
/// use mentormatch::{Field, Gap, Programme};
///
/// let experience = Gap::new(Field::ExperienceYears, 5.0, 10.0, 25.0);
/// let programme = Programme::builder().weigh(2, experience).build()?;
/// let upside_down = Gap::new(Field::ExperienceYears, 10.0, 5.0, 25.0);
/// assert!(Programme::builder().weigh(2, upside_down).build().is_err());
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Gap {
    /// The number compared.
    pub field: Field,
    /// The least gap that scores at all.
    pub min: f64,
    /// The gap that scores 1.
    pub ideal: f64,
    /// The largest gap that scores at all.
    pub max: f64,
    /// The score at `min` and `max`; one half unless stated.
    #[cfg_attr(feature = "serde", serde(default = "half"))]
    pub edge: Score,
}

/// The score at the edges unless stated.
pub(super) const fn half() -> Score {
    Score::from_ppm_saturating(500_000)
}

impl Gap {
    /// A gap that scores one half at its edges.
    #[must_use]
    pub const fn new(field: Field, min: f64, ideal: f64, max: f64) -> Self {
        Self {
            field,
            min,
            ideal,
            max,
            edge: half(),
        }
    }

    /// The same with another score at the edges.
    ///
    /// ```
    /// # use mentormatch::{Field, Gap, Score};
    /// let gap = Gap::new(Field::TenureYears, 1.0, 3.0, 9.0).edge(Score::ZERO);
    /// # let _ = gap;
    /// ```
    #[must_use]
    pub fn edge(self, edge: Score) -> Self {
        Self { edge, ..self }
    }
}

impl Criterion for Gap {
    fn name(&self) -> &str {
        "gap"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        let parameters = [("min", self.min), ("ideal", self.ideal), ("max", self.max)];
        ordered_numbers(&parameters)
    }
    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&self.field, &self.field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let answers = numbers(context.cohort, self.name(), &self.field)?;
        let shape = GapShape::of(self);
        Ok(Box::new(ClassTable::new(answers, move |mentee, mentor| {
            Some(shape.score(mentor? - mentee?))
        })))
    }
}

/// A number as a bound in millionths; checked parameters lie well inside.
pub(crate) fn bound(value: f64) -> Millionths {
    let outermost = if value < 0.0 { i64::MIN } else { i64::MAX };
    millionths(value).unwrap_or(outermost)
}

/// What is wrong with numbers that should be within ±10^9 and in ascending order.
pub(crate) fn ordered_numbers(
    parameters: &[(&'static str, f64)],
) -> Vec<(&'static str, ParameterProblem)> {
    let mut problems = Vec::new();
    for &(name, value) in parameters {
        if !value.is_finite() {
            problems.push((name, ParameterProblem::NotFinite));
        } else if value.abs() > 1e9 {
            let (low, high) = (-1_000_000_000, 1_000_000_000);
            problems.push((name, ParameterProblem::OutOfRange { low, high }));
        }
    }
    for pair in parameters.windows(2) {
        if pair[0].1 > pair[1].1 {
            problems.push((pair[0].0, ParameterProblem::Above(pair[1].0)));
        }
    }
    problems
}

/// What is wrong with a number that should be above 0 and at most 10^9; a millionth is the least.
pub(super) fn above_zero(value: f64) -> Option<ParameterProblem> {
    let (low, high) = (0, 1_000_000_000);
    match ordered_numbers(&[("", value)]).pop() {
        Some((_, problem)) => Some(problem),
        None => (bound(value) <= 0).then_some(ParameterProblem::OutOfRange { low, high }),
    }
}

/// A checked gap's corners in millionths.
#[derive(Clone, Copy)]
pub(super) struct GapShape {
    min: Millionths,
    ideal: Millionths,
    max: Millionths,
    edge: Score,
}

impl GapShape {
    pub(super) fn of(gap: &Gap) -> Self {
        Self {
            min: bound(gap.min),
            ideal: bound(gap.ideal),
            max: bound(gap.max),
            edge: gap.edge,
        }
    }

    pub(super) fn score(self, gap: Millionths) -> Score {
        if gap < self.min || gap > self.max {
            return Score::ZERO;
        }
        let end = if gap < self.ideal { self.min } else { self.max };
        let span = self.ideal.abs_diff(end);
        if span == 0 {
            return Score::ONE;
        }
        let way = ratio(gap.abs_diff(end), span).ppm(); // 0 at the edge, 10^6 at the ideal
        let rise = u64::from(Score::ONE.ppm() - self.edge.ppm());
        let ppm = u64::from(self.edge.ppm()) + (rise * u64::from(way) + 500_000) / 1_000_000;
        Score::from_ppm_saturating(u32::try_from(ppm).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_has_its_stated_corners() {
        let shape = GapShape {
            min: 1,
            ideal: 2,
            max: 4,
            edge: half(),
        };
        let scores: Vec<u32> = (0..=5).map(|gap| shape.score(gap).ppm()).collect();
        assert_eq!(scores, [0, 500_000, 1_000_000, 750_000, 500_000, 0]);
    }

    #[test]
    fn an_ideal_at_an_edge_scores_one() {
        let shape = GapShape {
            min: 3,
            ideal: 3,
            max: 3,
            edge: Score::ZERO,
        };
        assert_eq!(
            [2, 3, 4].map(|gap| shape.score(gap).ppm()),
            [0, 1_000_000, 0]
        );
    }
}
