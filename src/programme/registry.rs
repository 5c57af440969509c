//! The host's own criteria and rules, for reading programmes that name them.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use super::Programme;
use super::stored::ProgrammeFile;
use crate::criteria::{CriterionKind, CustomCriterion};
use crate::error::ProgrammeError;
use crate::rules::{CustomRule, RuleKind};

/// The host's own criteria and rules, found by name and version when a programme is read.
///
/// Reading a programme without one, through `Deserialize`, is reading it with an empty registry: a
/// name that is not found is an error.
///
/// ```
/// use mentormatch::{CustomCriterion, Programme, Registry};
///
/// let commute = CustomCriterion::pairwise("commute", 2, |_mentee, _mentor| Some(0.5));
/// let registry = Registry::new().criterion(commute.clone());
///
/// let written = serde_json::to_string(&Programme::builder().weigh(1, commute).build()?)?;
/// let read = registry.read(&mut serde_json::Deserializer::from_str(&written))?;
/// assert_eq!(read.criteria()[0].name, "commute");
///
/// let error = serde_json::from_str::<Programme>(&written).unwrap_err();
/// assert!(error.to_string().contains("no criterion commute of version 2 is registered"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Registry {
    criteria: Vec<CustomCriterion>,
    rules: Vec<CustomRule>,
}

impl Registry {
    /// Nothing of the host's own.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a criterion; of two with one name and version the later counts.
    #[must_use]
    pub fn criterion(mut self, criterion: CustomCriterion) -> Self {
        self.criteria.insert(0, criterion);
        self
    }

    /// Adds a rule; of two with one name and version the later counts.
    #[must_use]
    pub fn rule(mut self, rule: CustomRule) -> Self {
        self.rules.insert(0, rule);
        self
    }

    /// Reads a programme.
    ///
    /// # Errors
    /// Whatever is no programme, with the path of the place; an invalid programme, with all its
    /// problems; a name that is not registered.
    pub fn read<'de, D: Deserializer<'de>>(&self, deserializer: D) -> Result<Programme, D::Error> {
        let file = ProgrammeFile::read(deserializer)?;
        file.into_builder(self).build().map_err(D::Error::custom)
    }

    pub(super) fn resolve_criterion(&self, kind: CriterionKind) -> CriterionKind {
        let CriterionKind::Custom(named) = kind else {
            return kind;
        };
        let found = self.criteria.iter().find(|own| **own == named);
        CriterionKind::Custom(found.cloned().unwrap_or_else(|| named.unregistered()))
    }

    pub(super) fn resolve_rule(&self, kind: RuleKind) -> RuleKind {
        match kind {
            RuleKind::Custom(named) => {
                let found = self.rules.iter().find(|own| **own == named);
                RuleKind::Custom(found.cloned().unwrap_or_else(|| named.unregistered()))
            }
            RuleKind::When(mut when) => {
                *when.then = self.resolve_rule(*when.then);
                RuleKind::When(when)
            }
            _ => kind,
        }
    }
}

/// A programme as it is written down, whose own criteria and rules are not looked up yet: what a record holds, and
/// what can be shown where they are not at hand.
///
/// Stored as the programme itself is.
///
/// ```
/// use mentormatch::{CustomCriterion, Programme, Registry, StoredProgramme};
///
/// let commute = CustomCriterion::pairwise("commute", 2, |_mentee, _mentor| Some(0.5));
/// let programme = Programme::builder().weigh(1, commute.clone()).build()?;
/// let stored = StoredProgramme::from(&programme);
///
/// let error = stored.resolve(&Registry::new()).unwrap_err();
/// assert!(error.to_string().contains("no criterion commute of version 2 is registered"));
/// assert_eq!(stored.resolve(&Registry::new().criterion(commute))?, programme);
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct StoredProgramme(ProgrammeFile);

impl StoredProgramme {
    /// The programme, with its own criteria and rules.
    ///
    /// # Errors
    /// All that is wrong with it, names that are not registered among that.
    pub fn resolve(&self, registry: &Registry) -> Result<Programme, ProgrammeError> {
        self.0.clone().into_builder(registry).build()
    }
}

impl From<&Programme> for StoredProgramme {
    fn from(programme: &Programme) -> Self {
        Self(programme.into())
    }
}

impl Serialize for StoredProgramme {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for StoredProgramme {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ProgrammeFile::read(deserializer).map(Self)
    }
}
