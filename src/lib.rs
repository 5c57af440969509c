//! mentormatch: exact, certified optimal matching of mentors and mentees.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

// Unit tests share the instances and oracles of `tests/common`, which name the crate.
#[cfg(test)]
extern crate self as mentormatch;

mod ids;

mod hash;

mod error;

mod date;

mod score;

mod parallel;

mod participant;

mod criteria;

mod rules;

mod programme;

mod scoring;

pub mod solver;

mod candidates;

mod matching;

mod reasons;

mod report;

mod engine;

#[cfg(feature = "ndarray")]
pub use ndarray;

pub use criteria::{
    BadScore, CappedCount, CommonLanguage, Context, Criterion, CriterionKind, CustomCriterion,
    Different, Direction, Field, FieldError, Gap, GapTable, Membership, OverlapMeasure, Same,
    ScoreRow, SeniorityGap, SetOverlap, SkillCoverage, TimeZoneDistance, WishRank,
};
pub use date::CalendarDate;
pub use engine::{
    Clock, Engine, Outcome, RunError, RunOptions, RunWarning, Statistics, TieBreaking, Timings,
};
pub use error::{
    CohortError, CohortProblem, CohortProblemKind, DateError, ParameterProblem, ProgrammeError,
    ProgrammeProblem, Redacted, WeightError,
};
pub use hash::H_VERSION;
pub use ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
pub use matching::{Matching, Pair, SparePlaces, Totals};
pub use participant::{
    Attribute, Attributes, Bounds, Cohort, CohortBuilder, CohortWarning, Language, MeetingMode,
    Mentee, Mentor, Need, Offer, Profile, Status, Wish,
};
#[cfg(feature = "serde")]
pub use programme::Registry;
pub use programme::{
    MissingPolicy, Objective, Programme, ProgrammeBuilder, StatedRule, WeighedCriterion,
};
pub use reasons::{Refused, TakenPartner, Unmatched, UnmatchedReason, WhyNot};
pub use report::{ObjectiveValue, Report};
pub use rules::{
    CustomRule, DifferentValue, FewerCommonLanguages, ForbidRow, GapOutside, IfMissing, NotActive,
    ReportingLine, Rule, RuleKind, SamePerson, SameValue, ScoreBelow, TimeZonesFurtherThan, Veto,
};
pub use score::{Score, ScoreError, Weight};
pub use scoring::{Breakdown, Part, Refusal, Scorer, ScoringError, Scratch, SilenceGain};
pub use solver::{CancelToken, Hooks, Method, Progress, Stage};
