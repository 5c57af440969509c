//! mentormatch: exact, certified optimal matching of mentors and mentees.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod ids;

mod error;

mod date;

mod score;

mod participant;

mod criteria;

mod rules;

mod programme;

mod scoring;

pub use criteria::{
    BadScore, CappedCount, CommonLanguage, Context, Criterion, CriterionKind, CustomCriterion,
    Different, Direction, Field, FieldError, Gap, GapTable, Membership, OverlapMeasure, Same,
    ScoreRow, SeniorityGap, SetOverlap, Side, SkillCoverage, TimeZoneDistance, WishRank,
};
pub use date::CalendarDate;
pub use error::{
    CohortError, DateError, ParameterProblem, ProgrammeError, ProgrammeProblem, WeightError,
};
pub use ids::{MenteeIdx, MentorIdx, ParticipantId};
pub use participant::{
    Attribute, Attributes, Bounds, Cohort, Language, MeetingMode, Mentee, Mentor, Need, Offer,
    Profile, Status, Wish,
};
#[cfg(feature = "serde")]
pub use programme::Registry;
pub use programme::{
    MissingPolicy, Objective, Programme, ProgrammeBuilder, StatedRule, WeighedCriterion,
};
pub use rules::{
    CustomRule, DifferentValue, FewerCommonLanguages, ForbidRow, GapOutside, IfMissing, NotActive,
    ReportingLine, Rule, RuleKind, SamePerson, SameValue, ScoreBelow, TimeZonesFurtherThan, Veto,
};
pub use score::{Score, ScoreError, Weight};
pub use scoring::{Breakdown, Part, Refusal, Scorer, ScoringError, Scratch, SilenceGain};
