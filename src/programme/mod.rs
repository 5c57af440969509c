//! THE CONFIGURATION AS DATA: what is weighed, what is forbidden, what is optimised.

mod builder;

mod objective;

mod parts;

mod preset;

mod quotas;

#[cfg(feature = "serde")]
mod registry;

mod stable;

#[cfg(feature = "serde")]
mod stated_objective;

#[cfg(feature = "serde")]
mod stored;

use std::sync::Arc;

pub use builder::ProgrammeBuilder;
pub use objective::{Objective, WishOrder, WishesOf};
pub(crate) use objective::{check_parts, classes};
pub use parts::{Balance, MissingPolicy, StatedRule, View, WeighedCriterion};
pub use preset::Preset;
pub use quotas::Quota;
#[cfg(feature = "serde")]
pub use registry::{Registry, StoredProgramme};
pub use stable::Stable;

use crate::criteria::CriterionKind;
use crate::date::CalendarDate;
use crate::participant::Field;
use crate::period::Period;
use crate::rules::RuleKind;
use crate::score::Score;

/// What a programme asks of a matching: weighed criteria, rules, and objectives in their order.
///
/// A programme is checked when it is built or read, so every one there is can be used. It is cheap
/// to clone.
///
/// # As a file
/// With the feature `serde` a programme reads and writes itself, as JSON, TOML or anything else
/// `serde` knows. An unknown key is refused, with its path. A file states its `format_version`,
/// best on its first line; files of a newer version are refused. Criteria and rules of the host's
/// own are stored by name and version and read back through a `Registry`.
///
#[cfg_attr(feature = "serde", doc = "```")]
#[cfg_attr(not(feature = "serde"), doc = "```ignore")]
/// use mentormatch::{MissingPolicy, Programme};
///
/// let programme: Programme = toml::from_str(r#"
///     format_version = 1
///     name = "Spring"
///     objectives = ["participation", "total_score"]
///
///     [[criteria]]
///     weight = 5
///     criterion.skill_coverage = {}
///     missing = "zero"
///
///     [[criteria]]
///     weight = 2.5
///     criterion.seniority_gap = { min = 1, ideal = 2, max = 4 }
///     missing.neutral = 0.4
///
///     [[rules]]
///     forbid.same_value = { field = "organisation" }
/// "#)?;
/// assert_eq!(programme.criteria()[0].missing, MissingPolicy::Zero);
///
/// let typo = toml::from_str::<Programme>(r#"
///     format_version = 1
///     [[criteria]]
///     weight = 5
///     criterion.seniority_gap = { min = 1, ideal = 2, maximum = 4 }
/// "#);
/// let error = typo.unwrap_err().to_string();
/// assert!(error.contains("criteria[0].criterion.seniority_gap"));
/// assert!(error.contains("maximum"));
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Programme(Arc<Checked>);

#[derive(Debug, PartialEq)]
struct Checked {
    name: String,
    date: Option<CalendarDate>,
    period: Option<Period>,
    criteria: Vec<WeighedCriterion>,
    weights: Vec<u32>, // of the criteria, as integers without a common divisor
    rules: Vec<StatedRule>,
    quotas: Vec<Quota>,
    distinct: Option<Field>,
    objectives: Vec<Objective>,
    stable: Option<Stable>,
    balance: Balance,
    emphasis: Option<u8>,
}

impl Programme {
    /// The version of the stored form that this version of the crate writes, and the newest that
    /// it reads.
    pub const FORMAT_VERSION: u32 = 1;

    /// The JSON Schema (draft 2020-12) of the stored form, for editors and for hosts that check files before they are
    /// read. It knows every key; what only reading can tell (names stated twice, numbers that do not fit together) is
    /// not in it.
    ///
    /// ```
    /// assert!(mentormatch::Programme::JSON_SCHEMA.contains("urn:mentormatch:programme:1"));
    /// ```
    #[cfg(feature = "serde")]
    pub const JSON_SCHEMA: &'static str = include_str!("../schemas/programme.schema.json");

    /// An empty programme to be filled.
    ///
    /// ```
    /// use mentormatch::{
    ///     MissingPolicy, Objective, Programme, ReportingLine, SeniorityGap, SkillCoverage,
    /// };
    ///
    /// let programme = Programme::builder()
    ///     .weigh(5, SkillCoverage::default())
    ///     .weigh_with(2.5, SeniorityGap::levels(1, 2, 4), MissingPolicy::Zero)
    ///     .forbid(ReportingLine::any_distance())
    ///     .objectives([Objective::Participation, Objective::TotalScore])
    ///     .build()?;
    /// assert_eq!(programme.criteria().len(), 2);
    /// # Ok::<(), mentormatch::ProgrammeError>(())
    /// ```
    #[must_use]
    pub fn builder() -> ProgrammeBuilder {
        ProgrammeBuilder::default()
    }

    /// The programme's own name; may be empty.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The day at which time zones are compared and cool-downs are over; if there is none, the first
    /// day of the [`period`](Self::period) is.
    #[must_use]
    pub fn date(&self) -> Option<CalendarDate> {
        self.0.date
    }

    /// The days over which the programme runs.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        self.0.period
    }

    /// The criteria, in the order stated.
    #[must_use]
    pub fn criteria(&self) -> &[WeighedCriterion] {
        &self.0.criteria
    }

    /// The rules stated, in their order; those that hold in every programme are not listed.
    #[must_use]
    pub fn rules(&self) -> &[StatedRule] {
        &self.0.rules
    }

    /// Bounds on the pairs of whole groups, in the order stated.
    #[must_use]
    pub fn quotas(&self) -> &[Quota] {
        &self.0.quotas
    }

    /// The field in which the mentors of one mentee differ, if they must; see
    /// [`ProgrammeBuilder::distinct_mentors`].
    #[must_use]
    pub fn distinct_mentors(&self) -> Option<&Field> {
        self.0.distinct.as_ref()
    }

    /// The rules that are only preferred, and what a pair against them loses.
    pub(crate) fn preferences(&self) -> impl Iterator<Item = (&str, Score)> {
        let rules = self.rules().iter();
        rules.filter_map(|own| Some((own.name.as_str(), own.cost?)))
    }

    /// What is optimised, the most important first; nothing if the programme wants a
    /// [stable](Self::stable) matching.
    #[must_use]
    pub fn objectives(&self) -> &[Objective] {
        &self.0.objectives
    }

    /// What stable matching the programme wants instead of the best by its objectives, if it does.
    #[must_use]
    pub fn stable(&self) -> Option<Stable> {
        self.0.stable
    }

    /// How the two sides' views of a pair make one score.
    #[must_use]
    pub fn balance(&self) -> Balance {
        self.0.balance
    }

    /// How many times its weight a participant's own most important criterion counts, if
    /// participants' weights count at all.
    #[must_use]
    pub fn emphasis(&self) -> Option<u8> {
        self.0.emphasis
    }

    /// Whether a pair's score depends on people beside the two, and more than the chains of their managers.
    pub(crate) fn reads_others(&self) -> bool {
        self.criteria()
            .iter()
            .any(|own| own.criterion.reads_others())
            || self.rules().iter().any(|own| own.forbid.reads_others())
    }

    /// Whether a score may depend on how many partners people take: no built-in asks for that.
    pub(crate) fn reads_places(&self) -> bool {
        let is_own = |own: &RuleKind| matches!(own.unconditional(), RuleKind::Custom(_));
        let criteria = self.criteria().iter().map(|own| &own.criterion);
        criteria
            .into_iter()
            .any(|own| matches!(own, CriterionKind::Custom(_)))
            || self.rules().iter().any(|own| is_own(&own.forbid))
    }

    /// The criteria's weights as integers without a common divisor; they sum to at most
    /// `u32::MAX`, and to at least 1.
    pub(crate) fn weights(&self) -> &[u32] {
        &self.0.weights
    }
}
