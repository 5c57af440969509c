//! All rules a programme can state.

use super::{
    BelowLevel, CannotMeet, CustomRule, DifferentValue, ExcludedTopic, FewerCommonLanguages,
    GapOutside, IfMissing, OutsideComfort, PastPairs, ReportingLine, Rule, SameValue, ScoreBelow,
    TimeZonesFurtherThan, TooLittleCommonTime, Unprepared, ValueIs, ValueIsNot, When,
};
use crate::ids::Role;
use crate::participant::{Field, Mentee, Mentor};
use crate::score::Score;

/// A rule a programme can state: a built-in one, or the host's own.
///
/// Every built-in turns into it with [`From`], so that
/// [`forbid`](crate::ProgrammeBuilder::forbid) takes them as they are. In files it is a table with
/// one key, the rule's name: `forbid.same_value = { field = "organisation" }`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum RuleKind {
    /// Either reports to the other.
    ReportingLine(ReportingLine),
    /// The same answer.
    SameValue(SameValue),
    /// Different answers.
    DifferentValue(DifferentValue),
    /// A gap in a number outside bounds.
    GapOutside(GapOutside),
    /// Too few languages in common.
    FewerCommonLanguages(FewerCommonLanguages),
    /// Clocks too far apart.
    TimeZonesFurtherThan(TimeZonesFurtherThan),
    /// Weeks with too little time in common.
    TooLittleCommonTime(TooLittleCommonTime),
    /// Below a level.
    BelowLevel(BelowLevel),
    /// One of certain answers.
    ValueIs(ValueIs),
    /// None of certain answers.
    ValueIsNot(ValueIsNot),
    /// A mentor without the required preparation.
    Unprepared(Unprepared),
    /// Topics that the other side excludes.
    ExcludedTopic(ExcludedTopic),
    /// No way to meet.
    CannotMeet(CannotMeet),
    /// A gap in seniority that somebody is not comfortable with.
    OutsideComfort(OutsideComfort),
    /// A pair before.
    PastPairs(PastPairs),
    /// Another rule, for some people only.
    When(When),
    /// A match score below a floor.
    ScoreBelow(ScoreBelow),
    /// The host's own, stored by name and version.
    Custom(CustomRule),
}

impl RuleKind {
    /// A rule of the host's own that implements the trait; see [`CustomRule::new`].
    #[must_use]
    pub fn custom(rule: impl Rule + 'static) -> Self {
        CustomRule::new(rule).into()
    }

    /// A rule of the host's own that judges a pair with a function; see [`CustomRule::pairwise`].
    ///
    /// ```
    /// use mentormatch::RuleKind;
    ///
    /// let nobody = RuleKind::pairwise("nobody", 1, |_mentee, _mentor| true);
    /// assert_eq!(nobody.default_name(), "nobody");
    /// ```
    #[must_use]
    pub fn pairwise<F>(name: impl Into<String>, version: u32, forbids: F) -> Self
    where
        F: Fn(&Mentee, &Mentor) -> bool + Send + Sync + 'static,
    {
        CustomRule::pairwise(name, version, forbids).into()
    }

    /// The name a programme gives the rule unless it states another: the kind, and which field it
    /// reads where there is a choice.
    ///
    /// ```
    /// use mentormatch::{Field, RuleKind, SameValue};
    ///
    /// let rule = RuleKind::from(SameValue::new(Field::Organisation));
    /// assert_eq!(rule.default_name(), "same_value:organisation");
    /// ```
    #[must_use]
    pub fn default_name(&self) -> String {
        let name = self.as_rule().map_or("score_below", Rule::name);
        match self {
            Self::SameValue(SameValue { field, .. })
            | Self::DifferentValue(DifferentValue { field, .. })
            | Self::GapOutside(GapOutside { field, .. }) => format!("{name}:{field}"),
            Self::BelowLevel(BelowLevel { field, side, .. })
            | Self::ValueIs(ValueIs { field, side, .. })
            | Self::ValueIsNot(ValueIsNot { field, side, .. }) => {
                format!("{name}:{field}{}", side.suffix())
            }
            Self::ExcludedTopic(own) => format!("{name}{}", own.by.suffix()),
            Self::When(own) => format!("{name}:{}", own.then.default_name()),
            _ => name.to_owned(),
        }
    }

    /// The answers it reads, and whose; none known of a host's own that does not
    /// [say so](Rule::fields).
    ///
    /// ```
    /// use mentormatch::{Field, Role, RuleKind, SameValue};
    ///
    /// let rule = RuleKind::from(SameValue::new(Field::Team));
    /// assert_eq!(rule.fields(), [(Role::Mentee, Field::Team), (Role::Mentor, Field::Team)]);
    /// ```
    #[must_use]
    pub fn fields(&self) -> Vec<(Role, Field)> {
        self.as_rule().map_or_else(Vec::new, Rule::fields)
    }

    /// What all kinds have in common; `None` for [`ScoreBelow`], which judges the finished score.
    #[must_use]
    pub fn as_rule(&self) -> Option<&dyn Rule> {
        match self.judged() {
            Judged::Beforehand(rule) => Some(rule),
            Judged::ByScore(_) => None,
        }
    }

    /// The same rule, but with nothing to say about pairs where it misses an answer; `None` if it never forbids
    /// pairs for that alone.
    pub(crate) fn letting_silence_pass(&self) -> Option<Self> {
        let mut lenient = self.clone();
        let mut rule = &mut lenient;
        while let Self::When(when) = rule {
            rule = &mut when.then;
        }
        let if_missing = rule.if_missing()?;
        let forbids = if_missing.forbids();
        *if_missing = IfMissing::Allow;
        forbids.then_some(lenient)
    }

    /// What it makes of missing answers, if it can miss any.
    fn if_missing(&mut self) -> Option<&mut IfMissing> {
        Some(match self {
            Self::SameValue(own) => &mut own.if_missing,
            Self::DifferentValue(own) => &mut own.if_missing,
            Self::GapOutside(own) => &mut own.if_missing,
            Self::FewerCommonLanguages(own) => &mut own.if_missing,
            Self::TimeZonesFurtherThan(own) => &mut own.if_missing,
            Self::TooLittleCommonTime(own) => &mut own.if_missing,
            Self::BelowLevel(own) => &mut own.if_missing,
            Self::ValueIs(own) => &mut own.if_missing,
            Self::ValueIsNot(own) => &mut own.if_missing,
            Self::CannotMeet(own) => &mut own.if_missing,
            Self::OutsideComfort(own) => &mut own.if_missing,
            _ => return None,
        })
    }

    /// Whether the verdict on a pair depends on people beside the two, and more than the chains of their
    /// managers.
    pub(crate) fn reads_others(&self) -> bool {
        match self.unconditional() {
            Self::Custom(own) => own.as_rule().reads_others(),
            _ => false,
        }
    }

    /// The rule itself, without conditions on it.
    pub(crate) fn unconditional(&self) -> &Self {
        let mut rule = self;
        while let Self::When(when) = rule {
            rule = &when.then;
        }
        rule
    }

    pub(crate) fn judged(&self) -> Judged<'_> {
        Judged::Beforehand(match self {
            Self::ReportingLine(own) => own,
            Self::SameValue(own) => own,
            Self::DifferentValue(own) => own,
            Self::GapOutside(own) => own,
            Self::FewerCommonLanguages(own) => own,
            Self::TimeZonesFurtherThan(own) => own,
            Self::TooLittleCommonTime(own) => own,
            Self::BelowLevel(own) => own,
            Self::ValueIs(own) => own,
            Self::ValueIsNot(own) => own,
            Self::Unprepared(own) => own,
            Self::ExcludedTopic(own) => own,
            Self::CannotMeet(own) => own,
            Self::OutsideComfort(own) => own,
            Self::PastPairs(own) => own,
            Self::When(own) => own,
            Self::ScoreBelow(own) => return Judged::ByScore(own.score),
            Self::Custom(own) => own.as_rule(),
        })
    }
}

/// When a rule is applied.
pub(crate) enum Judged<'a> {
    /// From people's answers alone.
    Beforehand(&'a dyn Rule),
    /// To the finished score, which must reach this.
    ByScore(Score),
}

macro_rules! from_each {
    ($($kind:ident($own:ty)),+ $(,)?) => {$(
        impl From<$own> for RuleKind {
            fn from(own: $own) -> Self {
                Self::$kind(own)
            }
        }
    )+};
}

from_each! {
    ReportingLine(ReportingLine),
    SameValue(SameValue),
    DifferentValue(DifferentValue),
    GapOutside(GapOutside),
    FewerCommonLanguages(FewerCommonLanguages),
    TimeZonesFurtherThan(TimeZonesFurtherThan),
    TooLittleCommonTime(TooLittleCommonTime),
    BelowLevel(BelowLevel),
    ValueIs(ValueIs),
    ValueIsNot(ValueIsNot),
    Unprepared(Unprepared),
    ExcludedTopic(ExcludedTopic),
    CannotMeet(CannotMeet),
    OutsideComfort(OutsideComfort),
    PastPairs(PastPairs),
    When(When),
    ScoreBelow(ScoreBelow),
    Custom(CustomRule),
}
