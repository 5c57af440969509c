//! How many steps of a scale of texts the mentor is ahead of the mentee.

use super::class_table::ClassTable;
use super::column::{Columns, Millionths};
use super::gap::{Gap, GapShape, half};
use super::listed::{Place, Places, list_problem};
use super::value::StatedValue;
use super::{Context, Criterion, ScoreRow, fields_of};
use crate::error::{ParameterProblem, ProgrammeError, ProgrammeProblem};
use crate::ids::{ParticipantId, Role};
use crate::participant::{Cohort, Field};
use crate::score::Score;

/// The gap *mentor minus mentee* in steps of a scale of texts, best at `ideal`.
///
/// `scale` lists the texts from the lowest to the highest. The score is that of
/// [`Gap`](crate::Gap): 1 at `ideal`, falling on straight lines to `edge` at `min` and at `max`, 0
/// outside. Missing when either side gave no answer.
///
/// # Errors
/// An answer that is not on the scale stops the preparation with an error that names person and
/// field.
///
/// ```
/// use mentormatch::{Field, OrderedScale, Programme};
///
/// let grade = Field::Attribute("grade".into());
/// let scale = OrderedScale::new(grade, ["junior", "mid", "senior", "principal"], [0, 1, 2]);
/// let programme = Programme::builder().weigh(3, scale).build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct OrderedScale {
    /// The text compared.
    pub field: Field,
    /// All answers there can be, from the lowest to the highest.
    pub scale: Vec<String>,
    /// The least gap that scores at all.
    pub min: i32,
    /// The gap that scores 1.
    pub ideal: i32,
    /// The largest gap that scores at all.
    pub max: i32,
    /// The score at `min` and `max`; one half unless stated.
    #[cfg_attr(feature = "serde", serde(default = "half"))]
    pub edge: Score,
}

impl OrderedScale {
    /// A gap of `[min, ideal, max]` steps that scores one half at its edges.
    #[must_use]
    pub fn new<T: Into<String>>(
        field: Field,
        scale: impl IntoIterator<Item = T>,
        [min, ideal, max]: [i32; 3],
    ) -> Self {
        Self {
            field,
            scale: scale.into_iter().map(Into::into).collect(),
            min,
            ideal,
            max,
            edge: half(),
        }
    }

    /// The same with another score at the edges.
    ///
    /// ```
    /// # use mentormatch::{Field, OrderedScale, Score};
    /// let scale = OrderedScale::new(Field::Region, ["near", "far"], [0, 0, 1]).edge(Score::ZERO);
    /// assert_eq!(scale.edge, Score::ZERO);
    /// ```
    #[must_use]
    pub fn edge(self, edge: Score) -> Self {
        Self { edge, ..self }
    }

    fn values(&self) -> Vec<StatedValue> {
        self.scale.iter().cloned().map(Into::into).collect()
    }

    /// The gap as one in a number.
    fn as_gap(&self) -> Gap {
        let [min, ideal, max] = [self.min, self.ideal, self.max].map(f64::from);
        Gap::new(self.field.clone(), min, ideal, max).edge(self.edge)
    }

    /// Everybody's step in millionths, or everybody who has an answer but none.
    fn steps(&self, cohort: &Cohort) -> Result<Columns<Option<Millionths>>, ProgrammeError> {
        let found = Places::read(cohort, self.name(), &self.field, &self.values())?.people;
        let mut off = Vec::new();
        let mut column = |role, places: Vec<Option<Place>>, id: &dyn Fn(usize) -> ParticipantId| {
            let step = |(person, place)| match place {
                Some(Place::At(step)) => Some(i64::try_from(step).ok()?.saturating_mul(1_000_000)),
                Some(Place::Unlisted) => {
                    off.push((role, id(person)));
                    None
                }
                None => None,
            };
            places.into_iter().enumerate().map(step).collect()
        };
        let (mentees, mentors) = (cohort.mentees(), cohort.mentors());
        let steps = Columns {
            mentees: column(Role::Mentee, found.mentees, &|at| {
                mentees[at].profile.id.clone()
            }),
            mentors: column(Role::Mentor, found.mentors, &|at| {
                mentors[at].profile.id.clone()
            }),
        };
        off.sort_unstable(); // the order of people depends on the seed
        let problem = |(role, participant)| ProgrammeProblem::NotOnScale {
            owner: self.name().to_owned(),
            role,
            participant,
            field: self.field.to_string(),
        };
        ProgrammeError::unless_empty(off.into_iter().map(problem).collect())?;
        Ok(steps)
    }
}

impl Criterion for OrderedScale {
    fn name(&self) -> &str {
        "ordered_scale"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        let mut found = self.as_gap().parameter_problems();
        let problem = list_problem(&self.field, &self.values());
        found.extend(problem.map(|problem| ("scale", problem)));
        found
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        fields_of(&self.field, &self.field)
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let steps = self.steps(context.cohort)?;
        let shape = GapShape::of(&self.as_gap());
        Ok(Box::new(ClassTable::new(steps, move |mentee, mentor| {
            Some(shape.score(mentor? - mentee?))
        })))
    }
}
