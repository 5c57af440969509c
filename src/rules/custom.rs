//! Rules of the host's own.

use std::fmt;
use std::sync::Arc;

use super::{ForbidRow, Rule};
use crate::criteria::Context;
use crate::error::{ProgrammeError, ProgrammeProblem};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::{Cohort, Mentee, Mentor};

/// A rule of the host's own, from a trait implementation or a closure.
///
/// A programme stores it by name and version; to read such a programme back, the host registers it
/// with a `Registry`. Two of these are equal when name and version are.
#[derive(Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "Reference", from = "Reference"))]
pub struct CustomRule {
    rule: Arc<dyn Rule>,
    registered: bool, // false: read from a file and not looked up yet
}

impl CustomRule {
    /// A rule that implements the trait.
    #[must_use]
    pub fn new(rule: impl Rule + 'static) -> Self {
        Self {
            rule: Arc::new(rule),
            registered: true,
        }
    }

    /// A rule that judges a pair with a function, which gives `true` for a forbidden pair.
    ///
    /// The function must be pure; if it panics, the panic passes to the caller.
    ///
    /// ```
    /// use mentormatch::{CustomRule, Field, Programme, Same};
    ///
    /// let no_namesakes = CustomRule::pairwise("namesake", 1, |mentee, mentor| {
    ///     mentee.profile.external_id == mentor.profile.external_id
    /// });
    /// let programme = Programme::builder()
    ///     .weigh(1, Same::new(Field::Department))
    ///     .forbid(no_namesakes)
    ///     .build()?;
    /// # Ok::<(), mentormatch::ProgrammeError>(())
    /// ```
    #[must_use]
    pub fn pairwise<F>(name: impl Into<String>, version: u32, forbids: F) -> Self
    where
        F: Fn(&Mentee, &Mentor) -> bool + Send + Sync + 'static,
    {
        Self::new(Pairwise {
            name: name.into(),
            version,
            forbids: Arc::new(forbids),
        })
    }

    /// The name it is stored by.
    #[must_use]
    pub fn name(&self) -> &str {
        self.rule.name()
    }

    /// The version it is stored by.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.rule.version()
    }

    /// Its name and version alone.
    #[cfg(feature = "serde")]
    pub(crate) fn unregistered(self) -> Self {
        Reference::from(self).into()
    }

    pub(crate) fn is_registered(&self) -> bool {
        self.registered
    }

    pub(super) fn as_rule(&self) -> &dyn Rule {
        &*self.rule
    }
}

impl PartialEq for CustomRule {
    fn eq(&self, other: &Self) -> bool {
        (self.name(), self.version()) == (other.name(), other.version())
    }
}

impl fmt::Debug for CustomRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomRule")
            .field("name", &self.name())
            .field("version", &self.version())
            .finish_non_exhaustive()
    }
}

type PairFunction = dyn Fn(&Mentee, &Mentor) -> bool + Send + Sync;

struct Pairwise {
    name: String,
    version: u32,
    forbids: Arc<PairFunction>,
}

impl fmt::Debug for Pairwise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Rule for Pairwise {
    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn reads_others(&self) -> bool {
        false
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        Ok(Box::new(PreparedPairwise {
            cohort: context.cohort.clone(),
            forbids: Arc::clone(&self.forbids),
        }))
    }
}

struct PreparedPairwise {
    cohort: Cohort,
    forbids: Arc<PairFunction>,
}

impl ForbidRow for PreparedPairwise {
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        let people = (
            &self.cohort.mentees()[mentee],
            &self.cohort.mentors()[mentor],
        );
        (self.forbids)(people.0, people.1)
    }
}

/// What a file says of a rule of the host's own.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
struct Reference {
    name: String,
    version: u32,
}

impl From<CustomRule> for Reference {
    fn from(custom: CustomRule) -> Self {
        Self {
            name: custom.name().to_owned(),
            version: custom.version(),
        }
    }
}

impl From<Reference> for CustomRule {
    fn from(reference: Reference) -> Self {
        Self {
            rule: Arc::new(reference),
            registered: false,
        }
    }
}

impl Rule for Reference {
    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn prepare(&self, _: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        Err(ProgrammeProblem::Unregistered {
            kind: "rule",
            name: self.name.clone(),
            version: self.version,
        }
        .into())
    }
}
