//! The host's own criteria and rules, for reading programmes that name them.

use serde::de::{Deserializer, Error};

use super::Programme;
use super::stored::ProgrammeFile;
use crate::criteria::{CriterionKind, CustomCriterion};
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
        CriterionKind::Custom(found.cloned().unwrap_or(named))
    }

    pub(super) fn resolve_rule(&self, kind: RuleKind) -> RuleKind {
        match kind {
            RuleKind::Custom(named) => {
                let found = self.rules.iter().find(|own| **own == named);
                RuleKind::Custom(found.cloned().unwrap_or(named))
            }
            RuleKind::When(mut when) => {
                *when.then = self.resolve_rule(*when.then);
                RuleKind::When(when)
            }
            _ => kind,
        }
    }
}
