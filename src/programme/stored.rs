//! The stored form of a programme.
//!
//! Kinds are tables with one key (`criterion.same = { … }`), not tables with a `kind` key: those
//! would have to be buffered, and a buffered error has lost its path.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use super::parts::{Balance, MissingPolicy, StatedRule, View, WeighedCriterion};
use super::quotas::{Quota, default_name};
use super::stated_objective::StatedObjective;
use super::{Programme, ProgrammeBuilder, Registry, Stable};
use crate::criteria::{CriterionKind, StatedValue};
use crate::date::CalendarDate;
use crate::error::ProgrammeProblem;
use crate::ids::Role;
use crate::participant::Field;
use crate::period::Period;
use crate::rules::RuleKind;
use crate::score::{Score, Weight};

/// A programme as it is written down.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProgrammeFile {
    format_version: FormatVersion,
    #[serde(default)]
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<CalendarDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    period: Option<Period>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    objectives: Option<Vec<StatedObjective>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stable: Option<Stable>,
    #[serde(default, skip_serializing_if = "is_usual")]
    balance: Balance,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    emphasis: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    distinct_mentors: Option<Field>,
    criteria: Vec<CriterionEntry>,
    #[serde(default)]
    rules: Vec<RuleEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    quotas: Vec<QuotaEntry>,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionEntry {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>, // absent: the kind's own
    weight: Weight,
    criterion: CriterionKind,
    #[serde(default)]
    missing: MissingPolicy,
    #[serde(default, skip_serializing_if = "is_usual")]
    view: View,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>, // absent: the kind's own
    forbid: RuleKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cost: Option<Score>, // absent: the rule is required
}

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct QuotaEntry {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>, // absent: made of the side and the field
    side: Role,
    field: Field,
    one_of: Vec<StatedValue>,
    #[serde(default, skip_serializing_if = "is_usual")]
    at_least: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_most: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<u32>,
}

fn is_usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[derive(Clone, Debug, PartialEq, serde::Serialize)]
struct FormatVersion(u32);

impl<'de> Deserialize<'de> for FormatVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = u32::deserialize(deserializer)?;
        let newest = Programme::FORMAT_VERSION;
        match found {
            0 => Err(D::Error::custom(ProgrammeProblem::UnknownFormat { found })),
            _ if found > newest => Err(D::Error::custom(ProgrammeProblem::NewerFormat {
                found,
                newest,
            })),
            _ => Ok(Self(found)),
        }
    }
}

impl ProgrammeFile {
    /// Reads a file; an error starts with the path of the place it concerns.
    pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let file: Self = serde_path_to_error::deserialize(deserializer).map_err(|error| {
            let path = error.path().to_string();
            match path.as_str() {
                "." => error.into_inner(),
                _ => D::Error::custom(format_args!("{path}: {}", error.into_inner())),
            }
        })?;
        for (at, objective) in file.objectives.iter().flatten().enumerate() {
            if let Err(missing) = objective.whole() {
                return Err(D::Error::custom(format_args!("objectives[{at}]{missing}")));
            }
        }
        Ok(file)
    }

    pub(super) fn into_builder(self, registry: &Registry) -> ProgrammeBuilder {
        let mut builder = Programme::builder().name(self.name);
        if let Some(date) = self.date {
            builder = builder.date(date);
        }
        if let Some(period) = self.period {
            builder = builder.period(period.first_day(), period.last_day());
        }
        if let Some(objectives) = self.objectives {
            let whole = objectives.iter().filter_map(|own| own.whole().ok()); // others are refused as the file is read
            builder = builder.objectives(whole);
        }
        if let Some(stable) = self.stable {
            builder = builder.stable(stable);
        }
        builder = builder.balance(self.balance);
        if let Some(factor) = self.emphasis {
            builder = builder.emphasis(factor);
        }
        if let Some(field) = self.distinct_mentors {
            builder = builder.distinct_mentors(field);
        }
        for entry in self.criteria {
            let criterion = registry.resolve_criterion(entry.criterion);
            let name = entry.name.unwrap_or_else(|| criterion.default_name());
            builder = builder.criterion(WeighedCriterion {
                name,
                weight: entry.weight,
                criterion,
                missing: entry.missing,
                view: entry.view,
            });
        }
        for entry in self.rules {
            let rule = registry.resolve_rule(entry.forbid);
            let name = entry.name.unwrap_or_else(|| rule.default_name());
            builder = builder.rule(StatedRule {
                name,
                forbid: rule,
                cost: entry.cost,
            });
        }
        for entry in self.quotas {
            let quota = Quota::new(entry.side, entry.field, entry.one_of);
            builder = builder.quota(Quota {
                name: entry.name.unwrap_or_else(|| quota.name.clone()),
                at_least: entry.at_least,
                at_most: entry.at_most,
                target: entry.target,
                ..quota
            });
        }
        builder
    }
}

impl From<&Programme> for ProgrammeFile {
    fn from(programme: &Programme) -> Self {
        let own_name = |name: &String, default: String| (*name != default).then(|| name.clone());
        let criteria = programme.criteria().iter().map(|own| CriterionEntry {
            name: own_name(&own.name, own.criterion.default_name()),
            weight: own.weight,
            criterion: own.criterion.clone(),
            missing: own.missing,
            view: own.view,
        });
        let rules = programme.rules().iter().map(|own| RuleEntry {
            name: own_name(&own.name, own.forbid.default_name()),
            forbid: own.forbid.clone(),
            cost: own.cost,
        });
        let quotas = programme.quotas().iter().map(|own| QuotaEntry {
            name: own_name(&own.name, default_name(own.side, &own.field, &own.one_of)),
            side: own.side,
            field: own.field.clone(),
            one_of: own.one_of.clone(),
            at_least: own.at_least,
            at_most: own.at_most,
            target: own.target,
        });
        Self {
            format_version: FormatVersion(Programme::FORMAT_VERSION),
            name: programme.name().to_owned(),
            date: programme.date(),
            period: programme.period(),
            objectives: (programme.stable().is_none()).then(|| {
                let objectives = programme.objectives().iter();
                objectives.map(|own| StatedObjective::Whole(*own)).collect()
            }),
            stable: programme.stable(),
            balance: programme.balance(),
            emphasis: programme.emphasis(),
            distinct_mentors: programme.distinct_mentors().cloned(),
            criteria: criteria.collect(),
            rules: rules.collect(),
            quotas: quotas.collect(),
        }
    }
}

impl Serialize for Programme {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ProgrammeFile::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Programme {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Registry::default().read(deserializer)
    }
}
