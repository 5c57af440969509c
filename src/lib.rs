//! Exact, certified optimal matching of mentors and mentees.
//!
//! ```
//! use mentormatch::{Cohort, Engine, Profile, Programme, ReportingLine, SeniorityGap, SkillCoverage};
//!
//! let ana = Profile::new("ana").offer("rust", 4).seniority(6).mentor(0..=2);
//! let boris = Profile::new("boris").need("rust", 3).seniority(4).manager("ana").mentee();
//! let chen = Profile::new("chen").need("rust", 2).seniority(4).mentee();
//! let cohort = Cohort::new([ana], [boris, chen])?; // every problem at once, if there are any
//!
//! let programme = Programme::builder()
//!     .weigh(5, SkillCoverage::default())
//!     .weigh(3, SeniorityGap::levels(1, 2, 4))
//!     .forbid(ReportingLine::any_distance())
//!     .build()?;
//! let outcome = Engine::new(programme).run(&cohort)?;
//!
//! let pair = &outcome.matching().pairs[0];
//! assert_eq!((pair.mentee.as_str(), pair.mentor.as_str()), ("chen", "ana"));
//! assert_eq!(outcome.unmatched()[0].reason.to_string(),
//!     "no allowed partner among 1: reporting_line forbids 1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The flow
//! Each arrow is one function; nothing flows back.
//!
//! ```text
//! profiles ─────────► Cohort ────┐
//!                                ├─► candidates ─► Problem ─► Assignment + Certificate ─► Matching ─► reasons ─► Report
//! criteria, rules ──► Programme ─┘        │     └────────── solver ──────────┘
//!      people, floats                     │            integers only                     people again
//!                                    floats end here
//! ```
//!
//! # The words
//! | word | meaning |
//! |---|---|
//! | participant | a mentor or a mentee; one person may be both |
//! | programme | criteria, rules and objectives, as data: [`Programme`] |
//! | cohort | the checked roster of one run: [`Cohort`] |
//! | criterion | one aspect of compatibility, scored 0 to 1 for a pair, with a weight |
//! | rule | a hard constraint: the pair is allowed, or it is not, with the reason |
//! | match score | the compatibility of a pair in parts per million: [`Score`] |
//! | capacity, demand | how many mentees a mentor takes, how many mentors a mentee wants; one unit is a *place* |
//! | wish, veto | a partner somebody would like, or must not be given |
//! | objective | what is optimised; objectives are strictly ordered |
//! | assignment | the solver's result in positions; a *matching* is the same in the hosts' ids |
//! | certificate | the proof of exactly what a result claims |
//! | reason | why a pair was matched or not, or why somebody is unmatched, as data |
//! | plan | a matching that follows what happens, each state of it proved: [`Plan`] |
//! | check | what a programme makes of a cohort, before any matching: [`Programme::check`] |
//!
//! # The laws
//! 1. A module imports only modules listed above it in `lib.rs`.
//! 2. [`solver`] knows positions and integers: no participant, no float, no text.
//! 3. A forbidden pair is a missing arc. No large number stands for "no", and a score of 0 is a score.
//! 4. A float becomes an integer in one place, [`Score::from_unit`]; what is no score is refused
//!    there. Weights are exact; the parts of a score sum to it.
//! 5. The solver proves when a problem is built that no sum can overflow, and refuses the problem
//!    otherwise.
//! 6. Every result carries the proof of what it claims, and has passed its check. The checker
//!    imports no solver and is always on.
//! 7. A run is a pure function of people, programme and seed. Input order, thread count, platform,
//!    features and method change no pair, score or reason. Dense indices follow a seeded hash of the
//!    ids, and ties fall by a lot drawn from the same hash ([`TieBreaking::Canonical`]): in the order of their
//!    turns, mentees get what the objectives and the turns before leave them. Excepted: time limits,
//!    and closures of the host's that are not pure.
//! 8. Unmatched people, shortages, minimums that cannot be met and limits that are reached are
//!    results with reasons. `Err` is for bad input, cancellation and refusal for size.
//! 9. Reasons and reports only read.
//! 10. No personal data in errors, logs or `Debug`: they give id, field and problem. What a participant reads
//!     tells nothing about third people.
//! 11. No `unsafe`; no panic on any input. A panic in a closure of the host's propagates and leaves
//!     nothing broken.
//! 12. Long work reports progress, can be cancelled from another thread, and stays inside a memory
//!     budget. A cancelled run changes nothing.
//! 13. A guest in the host's process: no thread pool, global, clock, file or network of ours.
//!     [`Engine`], [`Cohort`], [`Programme`], [`Outcome`] and [`Plan`] are `Send + Sync` and cheap to clone.
//! 14. Every stored form carries a `format_version`.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

// Unit tests share the instances and oracles of `tests/common`, which name the crate.
#[cfg(test)]
extern crate self as mentormatch;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(feature = "serde")]
mod plain;

mod ids;

mod hash;

mod error;

mod date;

mod period;

mod score;

mod parallel;

mod lanes;

mod participant;

mod common_time;

mod criteria;

mod rules;

mod programme;

mod scoring;

pub mod solver;

mod candidates;

mod preflight;

mod matching;

mod reasons;

mod report;

mod engine;

mod wording;

#[cfg(feature = "html")]
mod html;

#[cfg(feature = "simulate")]
pub mod simulate;

#[cfg(feature = "ndarray")]
pub use ndarray;

pub use common_time::TimeInCommon;
pub use criteria::{
    AtLeast, BadScore, CappedCount, Closeness, CommonLanguage, CommonTime, Context, Criterion,
    CriterionKind, CustomCriterion, Different, Direction, ExpectationGap, Gap, GapTable,
    JudgedWeek, MatrixEntry, Membership, OrderedScale, OverlapMeasure, Prefer, Ratings,
    RowException, Same, ScoreRow, SeniorityGap, SetCoverage, SetOverlap, Side, SkillCoverage,
    StatedValue, TaxonomyCredit, TextSimilarity, TimeZoneDistance, ValueMatrix, WantedAttributes,
    WishRank,
};
pub use date::CalendarDate;
pub use engine::{
    Against, AgainstLock, Alternate, Alternative, AskError, BestFound, BlockingPair, BoundOf,
    Clock, CloseCall, ConflictingBounds, ConflictingSet, DecisionProblem, DecisionsError,
    Difference, Draft, DraftOptions, DraftPair, Engine, Event, Fate, FirmPairs, FrontierOptions,
    FrontierPoint, Influence, InfluenceOf, JustifiedEnvy, LimitedPlan, Measure, MeasureEffect,
    MentorPlaces, MentorTrait, NamedPair, ObjectivePrice, Outcome, OverrideRecord, Plan,
    PlanChanges, PlanError, PlanFigures, PlannedPair, PreviousPair, QuotaLoad, RangeEnd,
    Relaxation, RelaxationOptions, Relaxations, Relaxed, RematchError, RunError, RunOptions,
    RunWarning, Settled, Shortfall, StateProblem, StatedBound, StatesError, Statistics, Suggestion,
    SuggestionList, SuggestionOptions, Suggestions, TieBreaking, Timings, TradeOff, TradeOffError,
    TradeOffPoint, TraitWorth, WeightRange, WhatIfError, WorstScoreFrontier,
};
#[cfg(feature = "serde")]
pub use engine::{AuditError, AuditRecord};
pub use error::{
    CarryOverError, CohortError, CohortProblem, CohortProblemKind, DateError, ParameterProblem,
    PeriodError, ProgrammeError, ProgrammeProblem, Redacted, VectorError, VectorProblem,
    VocabularyError, VocabularyProblem, WeightError,
};
pub use hash::H_VERSION;
#[cfg(feature = "html")]
pub use html::HtmlReport;
pub use ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
pub use matching::{Matching, Pair, SparePlaces, Totals};
pub use participant::{
    AmbiguousAlias, Attribute, Attributes, Bounds, CarryOver, Cohort, CohortBuilder, CohortWarning,
    DecidedPair, Decisions, Field, FieldError, GapRange, Hold, Language, MeetingMode, Mentee,
    Mentor, Need, Offer, Override, PairState, PairStates, PastPair, Preparation, Profile, Rating,
    SavedPlan, StatedPair, Status, Support, UnmatchedKind, Vocabulary, VocabularyBuilder, Waiting,
    Waitlist, Wanted, WantedAnswer, Weekday, Window, WindowError, Wish,
};
pub use period::Period;
pub use preflight::{
    Barrier, CheckError, CheckOptions, CriterionCheck, Finding, Headcount, PreferenceCheck,
    Preflight, RuleCheck, Seen, Silence, Supply, SupplyOf, Unpairable,
};
pub use programme::{
    Balance, MissingPolicy, Objective, Preset, Programme, ProgrammeBuilder, Quota, Stable,
    StatedRule, View, WeighedCriterion, WishOrder, WishesOf,
};
#[cfg(feature = "serde")]
pub use programme::{Registry, StoredProgramme};
pub use reasons::{
    Competitors, CriterionFacts, Facts, FieldAnswer, FieldValue, Forbidding, GapOf, GrantedWishes,
    NextBest, ObjectiveChange, OfOneKind, PairPrice, PartnerRank, PersonMove, Refused, Removal,
    RoleWishes, StatedWish, TakenPartner, Unmatched, UnmatchedReason, WhyNot, WhyPair,
    WhyUnmatched, WishCount, WishFate,
};
pub use report::{
    Clocks, Fairness, FairnessOptions, FirstWishes, GroupFigures, GroupPairs, Impact, LevelCount,
    MonitoredAttribute, ObjectiveValue, OptimalityGap, Report, Share,
};
pub use rules::{
    AnswerIs, BelowLevel, CannotMeet, Condition, Conditions, Conflict, CustomRule, DifferentValue,
    ExcludedTopic, Extent, FewerCommonLanguages, ForbidRow, GapOutside, IfMissing, NotActive,
    OutsideComfort, PastPairs, ReportingLine, Rule, RuleKind, SamePerson, SameValue, ScoreBelow,
    TimeZonesFurtherThan, TooLittleCommonTime, Unprepared, ValueIs, ValueIsNot, Veto, When,
};
pub use score::{Score, ScoreError, Weight};
pub use scoring::{
    Breakdown, Emphasis, Part, Refusal, RuleCost, Scorer, ScoringError, Scratch, SideParts,
    SilenceGain, ViewScores,
};
pub use solver::{CancelToken, Hooks, Method, Progress, Stage};
pub use wording::{
    Caption, English, German, InWords, Noun, OwnPair, OwnReason, OwnWaiting, OwnWarning, OwnWhyNot,
    PriceOf, Reader, Wording,
};
