//! Nobody is asked about what they will not talk about.

use super::kernel::{Either, Shares};
use super::{ForbidRow, Rule};
use crate::criteria::{Context, Overlap, Shared, Side, Weighing, fields_of, sets};
use crate::error::ProgrammeError;
use crate::ids::Role;
use crate::participant::Field;

/// Forbids pairs in which one side excludes the topics of the other.
///
/// With `by` the mentor, the mentee's topics (what they want help with) are held against the
/// mentor's excluded ones; with `by` the mentee, the mentor's topics (what they help with) against
/// the mentee's excluded ones; with [`Side::Both`] either forbids. `topics` says whether one
/// excluded topic is enough, or all of them must be excluded so that nothing is left to talk about.
/// Where either list is empty nothing is excluded: a missing answer forbids nothing.
///
/// ```
/// use mentormatch::{ExcludedTopic, Field, Programme, Same, Side};
///
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Department))
///     .forbid(ExcludedTopic::any(Side::Mentor))
///     .build()?;
/// assert_eq!(programme.rules()[0].name, "excluded_topic:mentor");
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct ExcludedTopic {
    /// Whose exclusions count.
    pub by: Side,
    /// How many of the other side's topics must be excluded; one unless stated.
    #[cfg_attr(feature = "serde", serde(default))]
    pub topics: Extent,
}

/// How many of several things it takes.
///
/// ```
/// use mentormatch::Extent;
///
/// assert_eq!(Extent::default(), Extent::Any);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Extent {
    /// One is enough.
    #[default]
    Any,
    /// All of them.
    All,
}

impl ExcludedTopic {
    /// One excluded topic is enough.
    #[must_use]
    pub const fn any(by: Side) -> Self {
        let topics = Extent::Any;
        Self { by, topics }
    }

    /// All of the other side's topics must be excluded.
    ///
    /// ```
    /// # use mentormatch::{ExcludedTopic, Extent, Side};
    /// assert_eq!(ExcludedTopic::all(Side::Both).topics, Extent::All);
    /// ```
    #[must_use]
    pub const fn all(by: Side) -> Self {
        let topics = Extent::All;
        Self { by, topics }
    }

    fn rows(
        self,
        context: &Context<'_>,
        [mentee, mentor]: [&Field; 2],
        asked: fn(Shared) -> u64,
    ) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let topics = sets(context.cohort, self.name(), mentee, mentor)?;
        let extent = self.topics;
        let verdict = move |shared: Option<Shared>| {
            shared.is_some_and(|shared| match extent {
                Extent::Any => shared.common > 0,
                Extent::All => shared.common > 0 && shared.common == asked(shared),
            })
        };
        let overlap = Overlap::new(topics, Weighing::Equal);
        Ok(Box::new(Shares { overlap, verdict }))
    }
}

impl Rule for ExcludedTopic {
    fn name(&self) -> &str {
        "excluded_topic"
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        let mut fields = Vec::new();
        if self.by.has_mentor() {
            fields.extend(fields_of(&Field::Topics, &Field::ExcludedTopics));
        }
        if self.by.has_mentee() {
            fields.extend(fields_of(&Field::ExcludedTopics, &Field::Topics));
        }
        fields
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let mentors = || {
            let fields = [&Field::Topics, &Field::ExcludedTopics];
            self.rows(context, fields, |shared| shared.mentee)
        };
        let mentees = || {
            let fields = [&Field::ExcludedTopics, &Field::Topics];
            self.rows(context, fields, |shared| shared.mentor)
        };
        match self.by {
            Side::Mentor => mentors(),
            Side::Mentee => mentees(),
            Side::Both => Ok(Box::new(Either(mentors()?, mentees()?))),
        }
    }
}
