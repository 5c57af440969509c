//! How far apart the two sides' expectations are.

use super::class_table::ClassTable;
use super::closeness::likeness;
use super::column::{Columns, Millionths, numbers};
use super::gap::{above_zero, bound};
use super::{Context, Criterion, ScoreRow};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::participant::{Cohort, Field};
use crate::score::{Score, WeightedSum};

/// How close the two sides' expectations of the relationship are: how often and how long they meet,
/// for how many months, how formally.
///
/// Each expectation that has a scale is compared: max(0, 1 − |mentee's − mentor's| / scale). The
/// score is their mean, rounded half up. Symmetric. Missing unless both sides answered everything
/// that is compared: a mean over whatever happens to be answered would reward silence about the
/// rest. Where people leave some of it open, compare each with a [`Closeness`](crate::Closeness)
/// of its own.
///
/// [`Default`] compares all four at the scales below. A file lists the scales of what is compared:
/// `criterion.expectation_gap = { meetings_per_month = 4, formality = 4 }`.
///
/// Mismatch within the pair is one of the kinds of negative experience that Eby, McManus, Simon &
/// Russell (2000) found; that expectations agree promises nothing.
///
/// ```
/// use mentormatch::{ExpectationGap, Programme};
///
/// let rhythm = ExpectationGap { formality: None, ..ExpectationGap::default() };
/// let programme = Programme::builder().weigh(2, rhythm).build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct ExpectationGap {
    /// How many meetings a month apart score 0; usually 4.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub meetings_per_month: Option<f64>,
    /// How many months of duration apart score 0; usually 12.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub duration_months: Option<f64>,
    /// How many steps of formality apart score 0; usually 4, the whole scale.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub formality: Option<f64>,
    /// How many minutes of a meeting apart score 0; usually 60.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub meeting_minutes: Option<f64>,
}

const COMPARED: usize = 4;

/// One person's answers to what is compared, 0 in place of the rest; `None` if one is missing.
type Expectations = Option<[Millionths; COMPARED]>;

impl Default for ExpectationGap {
    fn default() -> Self {
        Self {
            meetings_per_month: Some(4.0),
            duration_months: Some(12.0),
            formality: Some(4.0),
            meeting_minutes: Some(60.0),
        }
    }
}

impl ExpectationGap {
    fn scales(&self) -> [(&'static str, Field, Option<f64>); COMPARED] {
        [
            (
                "meetings_per_month",
                Field::MeetingsPerMonth,
                self.meetings_per_month,
            ),
            (
                "duration_months",
                Field::DurationMonths,
                self.duration_months,
            ),
            ("formality", Field::Formality, self.formality),
            (
                "meeting_minutes",
                Field::MeetingMinutes,
                self.meeting_minutes,
            ),
        ]
    }

    fn read(&self, cohort: &Cohort) -> Result<Columns<Expectations>, ProgrammeError> {
        let mut all = Columns {
            mentees: vec![Some([0; COMPARED]); cohort.mentees().len()],
            mentors: vec![Some([0; COMPARED]); cohort.mentors().len()],
        };
        for (at, (_, field, scale)) in self.scales().into_iter().enumerate() {
            if scale.is_some() {
                let answers = numbers(cohort, self.name(), &field)?;
                put(&mut all.mentees, at, answers.mentees);
                put(&mut all.mentors, at, answers.mentors);
            }
        }
        Ok(all)
    }
}

fn put(people: &mut [Expectations], at: usize, answers: Vec<Option<Millionths>>) {
    for (person, answer) in people.iter_mut().zip(answers) {
        *person = person.zip(answer).map(|(mut own, answer)| {
            own[at] = answer;
            own
        });
    }
}

impl Criterion for ExpectationGap {
    fn name(&self) -> &str {
        "expectation_gap"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        let scales = self.scales();
        if scales.iter().all(|(.., scale)| scale.is_none()) {
            return vec![("scales", ParameterProblem::Empty)];
        }
        let problem = |(name, _, scale): (_, _, Option<f64>)| Some((name, above_zero(scale?)?));
        scales.into_iter().filter_map(problem).collect()
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let answers = self.read(context.cohort)?;
        let scales = self.scales();
        let scales = scales.map(|(.., scale)| scale.map(|scale| bound(scale).unsigned_abs()));
        Ok(Box::new(ClassTable::new(
            answers,
            move |mentee: Expectations, mentor: Expectations| {
                Some(closeness(&scales, &mentee?, &mentor?))
            },
        )))
    }
}

/// The mean of how alike two people's answers are, over what has a scale.
fn closeness(
    scales: &[Option<u64>; COMPARED],
    mentee: &[Millionths; COMPARED],
    mentor: &[Millionths; COMPARED],
) -> Score {
    let mut sum = WeightedSum::default();
    for ((scale, mentee), &mentor) in scales.iter().zip(mentee).zip(mentor) {
        if let Some(scale) = *scale {
            sum.add(1, likeness(mentee.abs_diff(mentor), scale));
        }
    }
    sum.mean()
}
