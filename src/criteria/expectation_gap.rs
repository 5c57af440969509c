//! How far apart the two sides' expectations are.

use super::class_table::ClassTable;
use super::closeness::likeness;
use super::column::{Columns, Millionths, numbers};
use super::gap::{above_zero, bound};
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::Role;
use crate::participant::{Cohort, Field};
use crate::score::{Score, WeightedSum};

/// How close the two sides' expectations of the relationship are: how often and how long they meet,
/// for how many months, how formally.
///
/// Each expectation that has a scale is compared: max(0, 1 − |mentee's − mentor's| / scale). Where no
/// scale is stated, all four are compared at the usual ones: 4 meetings a month, 12 months, 4 steps
/// of formality (the whole scale), 60 minutes. The score is the mean, rounded half up. Symmetric. Missing unless both sides answered everything
/// that is compared: a mean over whatever happens to be answered would reward silence about the
/// rest. Where people leave some of it open, compare each with a [`Closeness`](crate::Closeness)
/// of its own.
///
/// Mismatch within the pair is one of the kinds of negative experience that Eby, McManus, Simon &
/// Russell (2000) found; that expectations agree promises nothing.
///
/// ```
/// use mentormatch::{ExpectationGap, MissingPolicy, Programme};
///
/// let formality = ExpectationGap { formality: Some(2.0), ..ExpectationGap::default() };
/// let programme = Programme::builder()
///     .weigh(2, ExpectationGap::default())
///     .weigh_as("formality", 1, formality, MissingPolicy::Zero)
///     .build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct ExpectationGap {
    /// How many meetings a month apart score 0.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub meetings_per_month: Option<f64>,
    /// How many months of duration apart score 0.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub duration_months: Option<f64>,
    /// How many steps of formality apart score 0.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub formality: Option<f64>,
    /// How many minutes of a meeting apart score 0.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub meeting_minutes: Option<f64>,
}

const COMPARED: usize = 4;

/// The scales where none is stated.
const USUAL: [f64; COMPARED] = [4.0, 12.0, 4.0, 60.0];

/// One person's answers to what is compared, 0 in place of the rest; `None` if one is missing.
type Expectations = Option<[Millionths; COMPARED]>;

impl ExpectationGap {
    /// What may be compared and, where it is, the scale.
    fn scales(&self) -> [(&'static str, Field, Option<f64>); COMPARED] {
        let stated = [
            self.meetings_per_month,
            self.duration_months,
            self.formality,
            self.meeting_minutes,
        ];
        let any = stated.iter().any(Option::is_some);
        let [meetings, months, formality, minutes] = if any { stated } else { USUAL.map(Some) };
        [
            ("meetings_per_month", Field::MeetingsPerMonth, meetings),
            ("duration_months", Field::DurationMonths, months),
            ("formality", Field::Formality, formality),
            ("meeting_minutes", Field::MeetingMinutes, minutes),
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
        let problem = |(name, _, scale): (_, _, Option<f64>)| Some((name, above_zero(scale?)?));
        self.scales().into_iter().filter_map(problem).collect()
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        let compared = self.scales().into_iter();
        let compared = compared.filter(|(.., scale)| scale.is_some());
        compared
            .flat_map(|(_, field, _)| fields_of(&field, &field))
            .collect()
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
