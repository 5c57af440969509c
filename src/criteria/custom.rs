//! Criteria of the host's own.

use std::fmt;
use std::sync::Arc;

use super::{BadScore, Context, Criterion, ScoreRow};
use crate::error::{ProgrammeError, ProgrammeProblem};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::{Cohort, Mentee, Mentor};
use crate::score::Score;

/// A criterion of the host's own, from a trait implementation or a closure.
///
/// A programme stores it by name and version; to read such a programme back, the host registers it
/// with a `Registry`. Two of these are equal when name and version are.
#[derive(Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "Reference", from = "Reference"))]
pub struct CustomCriterion {
    criterion: Arc<dyn Criterion>,
    registered: bool, // false: read from a file and not looked up yet
}

impl CustomCriterion {
    /// A criterion that implements the trait.
    #[must_use]
    pub fn new(criterion: impl Criterion + 'static) -> Self {
        Self {
            criterion: Arc::new(criterion),
            registered: true,
        }
    }

    /// A criterion that scores a pair with a function.
    ///
    /// The function gives a number of `0.0..=1.0`, or `None` where an answer is missing; anything
    /// else stops the run with an error that names criterion, mentee and mentor. It must be pure;
    /// if it panics, the panic passes to the caller.
    ///
    /// ```
    /// use mentormatch::{CustomCriterion, Programme};
    ///
    /// let commute = CustomCriterion::pairwise("commute", 1, |mentee, mentor| {
    ///     let same = mentee.profile.site.as_ref()? == mentor.profile.site.as_ref()?;
    ///     Some(if same { 1.0 } else { 0.2 })
    /// });
    /// let programme = Programme::builder().weigh(1, commute).build()?;
    /// # Ok::<(), mentormatch::ProgrammeError>(())
    /// ```
    #[must_use]
    pub fn pairwise<F>(name: impl Into<String>, version: u32, score: F) -> Self
    where
        F: Fn(&Mentee, &Mentor) -> Option<f64> + Send + Sync + 'static,
    {
        Self::new(Pairwise {
            name: name.into(),
            version,
            score: Arc::new(score),
        })
    }

    /// The name it is stored by.
    #[must_use]
    pub fn name(&self) -> &str {
        self.criterion.name()
    }

    /// The version it is stored by.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.criterion.version()
    }

    /// Its name and version alone.
    #[cfg(feature = "serde")]
    pub(crate) fn unregistered(self) -> Self {
        Reference::from(self).into()
    }

    pub(crate) fn is_registered(&self) -> bool {
        self.registered
    }

    pub(super) fn as_criterion(&self) -> &dyn Criterion {
        &*self.criterion
    }
}

impl PartialEq for CustomCriterion {
    fn eq(&self, other: &Self) -> bool {
        (self.name(), self.version()) == (other.name(), other.version())
    }
}

impl fmt::Debug for CustomCriterion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomCriterion")
            .field("name", &self.name())
            .field("version", &self.version())
            .finish_non_exhaustive()
    }
}

type PairFunction = dyn Fn(&Mentee, &Mentor) -> Option<f64> + Send + Sync;

struct Pairwise {
    name: String,
    version: u32,
    score: Arc<PairFunction>,
}

impl fmt::Debug for Pairwise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Criterion for Pairwise {
    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn reads_others(&self) -> bool {
        false
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        Ok(Box::new(PreparedPairwise {
            cohort: context.cohort.clone(),
            score: Arc::clone(&self.score),
        }))
    }
}

struct PreparedPairwise {
    cohort: Cohort,
    score: Arc<PairFunction>,
}

impl ScoreRow for PreparedPairwise {
    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        let people = (
            &self.cohort.mentees()[mentee],
            &self.cohort.mentors()[mentor],
        );
        let value = (self.score)(people.0, people.1);
        let score = value.map(Score::from_unit).transpose();
        score.map_err(|problem| BadScore { mentor, problem })
    }
}

/// What a file says of a criterion of the host's own.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
struct Reference {
    name: String,
    version: u32,
}

impl From<CustomCriterion> for Reference {
    fn from(custom: CustomCriterion) -> Self {
        Self {
            name: custom.name().to_owned(),
            version: custom.version(),
        }
    }
}

impl From<Reference> for CustomCriterion {
    fn from(reference: Reference) -> Self {
        Self {
            criterion: Arc::new(reference),
            registered: false,
        }
    }
}

impl Criterion for Reference {
    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn prepare(&self, _: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        Err(ProgrammeProblem::Unregistered {
            kind: "criterion",
            name: self.name.clone(),
            version: self.version,
        }
        .into())
    }
}
