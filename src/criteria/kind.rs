//! All criteria a programme can state.

use super::{
    AtLeast, CappedCount, Closeness, CommonLanguage, CommonTime, Criterion, CustomCriterion,
    Different, Direction, ExpectationGap, Gap, GapTable, Membership, OrderedScale, Ratings, Same,
    SeniorityGap, SetCoverage, SetOverlap, SkillCoverage, TimeZoneDistance, ValueMatrix,
    WantedAttributes, WishRank,
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
    /// One side has what the other wants.
    SetCoverage(SetCoverage),
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
    /// Closeness, or distance, in any number.
    Closeness(Closeness),
    /// A level that is reached.
    AtLeast(AtLeast),
    /// A gap in steps of a scale of texts.
    OrderedScale(OrderedScale),
    /// A score for each two answers.
    ValueMatrix(ValueMatrix),
    /// The same answer.
    Same(Same),
    /// Different answers.
    Different(Different),
    /// Clocks close together.
    TimeZoneDistance(TimeZoneDistance),
    /// Expectations close together.
    ExpectationGap(ExpectationGap),
    /// Ranked wishes and favourites.
    WishRank(WishRank),
    /// Ratings of each other.
    Ratings(Ratings),
    /// What each side would like a partner to be.
    WantedAttributes(WantedAttributes),
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
        match self {
            Self::SetOverlap(own) => {
                let fields = between(&own.mentee_field, &own.mentor_field);
                format!("{name}:{}{fields}", own.prefer.prefix())
            }
            Self::SetCoverage(own) => {
                let side = if own.asker == Role::Mentor {
                    ":mentor"
                } else {
                    ""
                };
                format!("{name}:{}{side}", between(&own.wanted, &own.offered))
            }
            Self::CappedCount(own) => {
                format!("{name}:{}", between(&own.mentee_field, &own.mentor_field))
            }
            Self::Membership(own) => format!("{name}:{}", between(&own.choice, &own.set)),
            Self::ValueMatrix(own) => {
                format!("{name}:{}", between(&own.mentee_field, &own.mentor_field))
            }
            Self::Gap(own) => of(&own.field),
            Self::GapTable(own) => of(&own.field),
            Self::Closeness(own) => format!("{name}:{}{}", own.prefer.prefix(), own.field),
            Self::AtLeast(own) => of(&own.field) + own.side.suffix(),
            Self::OrderedScale(own) => of(&own.field),
            Self::Same(own) => of(&own.field),
            Self::Different(own) => of(&own.field),
            Self::SkillCoverage(own) if own.direction == Direction::MentorNeeds => {
                format!("{name}:mentor")
            }
            Self::WishRank(WishRank { balance, .. })
            | Self::Ratings(Ratings { balance })
            | Self::WantedAttributes(WantedAttributes { balance })
                if *balance == Score::ZERO =>
            {
                format!("{name}:mentor")
            }
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

    /// Whether a pair's score depends on people beside the two.
    pub(crate) fn reads_others(&self) -> bool {
        match self {
            Self::SkillCoverage(own) => own.rarity,
            Self::SetOverlap(own) => own.by_rarity,
            Self::Custom(own) => own.as_criterion().reads_others(),
            _ => false,
        }
    }

    /// What all kinds have in common.
    #[must_use]
    pub fn as_criterion(&self) -> &dyn Criterion {
        match self {
            Self::SkillCoverage(own) => own,
            Self::SetOverlap(own) => own,
            Self::SetCoverage(own) => own,
            Self::CappedCount(own) => own,
            Self::Membership(own) => own,
            Self::CommonLanguage(own) => own,
            Self::CommonTime(own) => own,
            Self::SeniorityGap(own) => own,
            Self::Gap(own) => own,
            Self::GapTable(own) => own,
            Self::Closeness(own) => own,
            Self::AtLeast(own) => own,
            Self::OrderedScale(own) => own,
            Self::ValueMatrix(own) => own,
            Self::Same(own) => own,
            Self::Different(own) => own,
            Self::TimeZoneDistance(own) => own,
            Self::ExpectationGap(own) => own,
            Self::WishRank(own) => own,
            Self::Ratings(own) => own,
            Self::WantedAttributes(own) => own,
            Self::Custom(own) => own.as_criterion(),
        }
    }
}

/// Two fields in a name, or one if they are the same.
fn between(mentee: &Field, mentor: &Field) -> String {
    if mentee == mentor {
        return mentee.to_string();
    }
    format!("{mentee}/{mentor}")
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
    SetCoverage(SetCoverage),
    CappedCount(CappedCount),
    Membership(Membership),
    CommonLanguage(CommonLanguage),
    CommonTime(CommonTime),
    SeniorityGap(SeniorityGap),
    Gap(Gap),
    GapTable(GapTable),
    Closeness(Closeness),
    AtLeast(AtLeast),
    OrderedScale(OrderedScale),
    ValueMatrix(ValueMatrix),
    Same(Same),
    Different(Different),
    TimeZoneDistance(TimeZoneDistance),
    ExpectationGap(ExpectationGap),
    WishRank(WishRank),
    Ratings(Ratings),
    WantedAttributes(WantedAttributes),
    Custom(CustomCriterion),
}
