//! All criteria a programme can state.

use super::{
    CappedCount, CommonLanguage, CommonTime, Criterion, CustomCriterion, Different, Direction, Gap,
    GapTable, Membership, Same, SeniorityGap, SetOverlap, SkillCoverage, TimeZoneDistance,
    WishRank,
};
use crate::ids::Role;
use crate::participant::{Field, Mentee, Mentor};
use crate::score::Score;

/// A criterion a programme can state: a built-in one, or the host's own.
///
/// Every built-in turns into it with [`From`], so that
/// [`weigh`](crate::ProgrammeBuilder::weigh) takes them as they are. In files it is a table with
/// one key, the criterion's name: `criterion.same = { field = "department" }`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum CriterionKind {
    /// Offers cover needs.
    SkillCoverage(SkillCoverage),
    /// Sets have much in common.
    SetOverlap(SetOverlap),
    /// Sets have a number of things in common.
    CappedCount(CappedCount),
    /// One side's choice is in the other's set.
    Membership(Membership),
    /// A language in common.
    CommonLanguage(CommonLanguage),
    /// Time in common.
    CommonTime(CommonTime),
    /// A gap in seniority.
    SeniorityGap(SeniorityGap),
    /// A gap in any number.
    Gap(Gap),
    /// A score for each step of a gap.
    GapTable(GapTable),
    /// The same answer.
    Same(Same),
    /// Different answers.
    Different(Different),
    /// Clocks close together.
    TimeZoneDistance(TimeZoneDistance),
    /// Ranked wishes.
    WishRank(WishRank),
    /// The host's own, stored by name and version.
    Custom(CustomCriterion),
}

impl CriterionKind {
    /// A criterion of the host's own that implements the trait; see [`CustomCriterion::new`].
    #[must_use]
    pub fn custom(criterion: impl Criterion + 'static) -> Self {
        CustomCriterion::new(criterion).into()
    }

    /// A criterion of the host's own that scores a pair with a function; see
    /// [`CustomCriterion::pairwise`].
    ///
    /// ```
    /// use mentormatch::CriterionKind;
    ///
    /// let commute = CriterionKind::pairwise("commute", 1, |_mentee, _mentor| Some(0.5));
    /// assert_eq!(commute.default_name(), "commute");
    /// ```
    #[must_use]
    pub fn pairwise<F>(name: impl Into<String>, version: u32, score: F) -> Self
    where
        F: Fn(&Mentee, &Mentor) -> Option<f64> + Send + Sync + 'static,
    {
        CustomCriterion::pairwise(name, version, score).into()
    }

    /// The name a programme gives the criterion unless it states another: the kind, and which
    /// fields it reads where there is a choice.
    ///
    /// ```
    /// use mentormatch::{CriterionKind, Field, Same};
    ///
    /// let same = CriterionKind::from(Same::new(Field::Department));
    /// assert_eq!(same.default_name(), "same:department");
    /// ```
    #[must_use]
    pub fn default_name(&self) -> String {
        let name = self.as_criterion().name();
        let of = |field: &Field| format!("{name}:{field}");
        let between = |mentee: &Field, mentor: &Field| match mentee == mentor {
            true => of(mentee),
            false => format!("{name}:{mentee}/{mentor}"),
        };
        match self {
            Self::SetOverlap(own) => between(&own.mentee_field, &own.mentor_field),
            Self::CappedCount(own) => between(&own.mentee_field, &own.mentor_field),
            Self::Membership(own) => between(&own.choice, &own.set),
            Self::Gap(own) => of(&own.field),
            Self::GapTable(own) => of(&own.field),
            Self::Same(own) => of(&own.field),
            Self::Different(own) => of(&own.field),
            Self::SkillCoverage(own) if own.direction == Direction::MentorNeeds => {
                format!("{name}:mentor")
            }
            Self::WishRank(own) if own.balance == Score::ZERO => format!("{name}:mentor"),
            _ => name.to_owned(),
        }
    }

    /// The answers it reads, and whose; none known of a host's own that does not
    /// [say so](Criterion::fields).
    ///
    /// ```
    /// use mentormatch::{CriterionKind, Field, Role, SkillCoverage};
    ///
    /// let skills = CriterionKind::from(SkillCoverage::default());
    /// assert_eq!(skills.fields(), [(Role::Mentee, Field::Needs), (Role::Mentor, Field::Offers)]);
    /// ```
    #[must_use]
    pub fn fields(&self) -> Vec<(Role, Field)> {
        self.as_criterion().fields()
    }

    /// What all kinds have in common.
    #[must_use]
    pub fn as_criterion(&self) -> &dyn Criterion {
        match self {
            Self::SkillCoverage(own) => own,
            Self::SetOverlap(own) => own,
            Self::CappedCount(own) => own,
            Self::Membership(own) => own,
            Self::CommonLanguage(own) => own,
            Self::CommonTime(own) => own,
            Self::SeniorityGap(own) => own,
            Self::Gap(own) => own,
            Self::GapTable(own) => own,
            Self::Same(own) => own,
            Self::Different(own) => own,
            Self::TimeZoneDistance(own) => own,
            Self::WishRank(own) => own,
            Self::Custom(own) => own.as_criterion(),
        }
    }
}

macro_rules! from_each {
    ($($kind:ident($own:ty)),+ $(,)?) => {$(
        impl From<$own> for CriterionKind {
            fn from(own: $own) -> Self {
                Self::$kind(own)
            }
        }
    )+};
}

from_each! {
    SkillCoverage(SkillCoverage),
    SetOverlap(SetOverlap),
    CappedCount(CappedCount),
    Membership(Membership),
    CommonLanguage(CommonLanguage),
    CommonTime(CommonTime),
    SeniorityGap(SeniorityGap),
    Gap(Gap),
    GapTable(GapTable),
    Same(Same),
    Different(Different),
    TimeZoneDistance(TimeZoneDistance),
    WishRank(WishRank),
    Custom(CustomCriterion),
}
