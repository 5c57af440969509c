//! WHAT MAKES A GOOD PAIR: one criterion a file, each prepared against a cohort once and then
//! scoring a row (one mentee, all mentors) at a time.
//!
//! The built-ins stand on three kernels, which the rules share: [`class_table`] for anything that
//! depends on one answer of each side, [`overlap`] for sets, [`pair_list`] for the few pairs
//! somebody names. Each has a row path and a pair path, and both give the same integers.

mod at_least;

mod capped_count;

mod class_table;

mod closeness;

mod column;

mod common_language;

mod common_time;

mod credit;

mod csr;

mod custom;

mod expectation_gap;

mod gap;

mod gap_table;

mod kind;

mod listed;

mod membership;

mod numbered;

mod of_sides;

mod ordered_scale;

mod overlap;

mod pair_list;

mod pair_views;

mod prefer;

mod rarity;

mod ratings;

mod same;

mod seniority_gap;

mod set_coverage;

mod set_overlap;

mod side;

mod skill_coverage;

mod skill_index;

mod skill_rows;

mod text_similarity;

mod time_zone_distance;

mod value;

mod value_matrix;

mod wanted_attributes;

mod wish_rank;

mod zone;

use std::fmt::Debug;

pub use at_least::AtLeast;
pub use capped_count::CappedCount;
pub use closeness::Closeness;
pub use common_language::CommonLanguage;
pub use common_time::{CommonTime, JudgedWeek};
pub use credit::TaxonomyCredit;
pub use custom::CustomCriterion;
pub use expectation_gap::ExpectationGap;
pub use gap::Gap;
pub use gap_table::GapTable;
pub use kind::CriterionKind;
pub use membership::Membership;
pub use ordered_scale::OrderedScale;
pub use prefer::Prefer;
pub use ratings::Ratings;
pub use same::{Different, Same};
pub use seniority_gap::SeniorityGap;
pub use set_coverage::SetCoverage;
pub use set_overlap::{OverlapMeasure, SetOverlap};
pub use side::Side;
pub use skill_coverage::{Direction, SkillCoverage};
pub use text_similarity::TextSimilarity;
pub use time_zone_distance::TimeZoneDistance;
pub use value::StatedValue;
pub use value_matrix::{MatrixEntry, ValueMatrix};
pub use wanted_attributes::WantedAttributes;
pub use wish_rank::WishRank;

pub(crate) use class_table::ClassTable;
pub(crate) use column::{Columns, LARGEST, languages, millionths, numbers, scalars, sets};
pub(crate) use common_time::{common_time, hour, meetings_and_minutes, week_and_zone};
pub(crate) use csr::Csr;
pub(crate) use gap::{bound, ordered_numbers};
pub(crate) use listed::{UnitedSets, amounts, any_listed, list_problem, number_problem};
pub(crate) use numbered::numbered;
pub(crate) use overlap::{Overlap, Shared, Weighing};
pub(crate) use pair_list::PairList;
pub(crate) use time_zone_distance::minutes;
pub(crate) use zone::{circular_minutes, offsets};

use crate::date::CalendarDate;
use crate::error::{ParameterProblem, ProgrammeError};
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::{Cohort, Field};
use crate::period::Period;
use crate::score::{Score, ScoreError};

/// One aspect of compatibility, scored `0..=1` for a pair.
///
/// A criterion never decides what a missing answer is worth: it reports the answer as missing and
/// the programme's missing-answer policy decides.
///
/// ```
/// use mentormatch::{
///     BadScore, Cohort, Context, Criterion, MenteeIdx, MentorIdx, ProgrammeError, Score, ScoreRow,
/// };
///
/// /// Favours mentors who offer anything at all.
/// #[derive(Debug)]
/// struct OffersSomething;
///
/// impl Criterion for OffersSomething {
///     fn name(&self) -> &str {
///         "offers_something"
///     }
///
///     fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
///         let mentors = context.cohort.mentors();
///         Ok(Box::new(Prepared(mentors.iter().map(|m| !m.profile.offers.is_empty()).collect())))
///     }
/// }
///
/// struct Prepared(Vec<bool>); // indexed by mentor
///
/// impl ScoreRow for Prepared {
///     fn score_pair(&self, _: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
///         Ok(Some(if self.0[mentor] { Score::ONE } else { Score::ZERO }))
///     }
/// }
/// ```
pub trait Criterion: Debug + Send + Sync {
    /// The name reports and files use.
    fn name(&self) -> &str;

    /// Raised whenever the same answers give another score.
    fn version(&self) -> u32 {
        1
    }

    /// Every parameter that is out of bounds: its name and what is wrong. A programme with such a
    /// criterion is refused.
    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        Vec::new()
    }

    /// The answers it reads, and whose. Without one of them a pair may miss an answer; the check
    /// before a run ([`Programme::check`](crate::Programme::check)) asks who left it open. None
    /// unless stated.
    fn fields(&self) -> Vec<(Role, Field)> {
        Vec::new()
    }

    /// Whether a pair's score depends on people beside the two: how rare an answer is, say. Assumed
    /// unless stated otherwise. Where it does, a [`Plan`](crate::Plan) scores every pair again whenever
    /// somebody joins, leaves or changes.
    fn reads_others(&self) -> bool {
        true
    }

    /// Turns a cohort's answers into arrays that pairs are scored from. The result owns its data.
    ///
    /// # Errors
    /// When the criterion cannot be used on this cohort.
    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError>;
}

/// What a criterion or a rule is prepared against.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Context<'a> {
    /// The people.
    pub cohort: &'a Cohort,
    /// The day at which time zones are compared and cool-downs are over, if the programme states one.
    pub date: Option<CalendarDate>,
    /// The days over which time in common is counted, if the programme states them.
    pub period: Option<Period>,
}

impl<'a> Context<'a> {
    /// A context of people, without a date and without a period.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Context};
    /// let cohort = Cohort::new([], [])?;
    /// assert!(Context::new(&cohort).date.is_none());
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    #[must_use]
    pub const fn new(cohort: &'a Cohort) -> Self {
        Self {
            cohort,
            date: None,
            period: None,
        }
    }
}

/// A criterion prepared against a cohort.
///
/// Both methods are pure and agree: `row[mentor]` is `score_pair(mentee, mentor)`.
pub trait ScoreRow: Send + Sync {
    /// Scores one pair; `None` where an answer is missing.
    ///
    /// # Errors
    /// A host's own criterion may give something that is no score.
    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore>;

    /// Scores one mentee against every mentor, overwriting the row; `None` where an answer is
    /// missing. Override it when a whole row is cheaper than its pairs.
    ///
    /// # Errors
    /// As [`score_pair`](Self::score_pair), for the first such mentor.
    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        for (mentor, score) in MentorIdx::all(row.len()).zip(row) {
            *score = self.score_pair(mentee, mentor)?;
        }
        Ok(())
    }

    /// The class of mentees whose rows differ from this one's in [`exceptions`](Self::exceptions)
    /// only, numbered in any way; `None` if the row is the mentee's own. Where mentees share their
    /// rows, these are scored once a class instead of once a mentee.
    fn row_class(&self, _mentee: MenteeIdx) -> Option<u32> {
        None
    }

    /// The row that the mentee's class shares, given any mentee of it. Override it together with
    /// [`exceptions`](Self::exceptions).
    ///
    /// # Errors
    /// As [`score_row`](Self::score_row).
    fn class_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        self.score_row(mentee, row)
    }

    /// Appends what differs in the mentee's row from that of her class, each mentor at most once.
    /// There are answers for all of them in either row.
    fn exceptions(&self, _mentee: MenteeIdx, _found: &mut Vec<RowException>) {}

    /// About how many bytes the prepared arrays hold, which count towards a run's
    /// [memory limit](crate::RunOptions::memory_limit); none unless stated.
    fn bytes(&self) -> u64 {
        0
    }
}

/// A score of a row that differs from the one in the row of the mentee's class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowException {
    /// The mentor.
    pub mentor: MentorIdx,
    /// What the class's row holds.
    pub usual: Score,
    /// What the mentee's row holds.
    pub score: Score,
}

/// A criterion gave something that is no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadScore {
    /// The mentor of the pair.
    pub mentor: MentorIdx,
    /// What is wrong with the value.
    pub problem: ScoreError,
}

/// The bytes of what a list holds itself.
pub(crate) const fn bytes_of<T>(list: &[T]) -> u64 {
    size_of_val(list) as u64
}

/// The bytes of lists of lists.
pub(crate) fn bytes_of_lists<'l, T: 'l, L: AsRef<[T]> + 'l>(lists: &'l [L]) -> u64 {
    let inner: u64 = lists.iter().map(|list| bytes_of(list.as_ref())).sum();
    bytes_of(lists) + inner
}

/// One field of the mentee's and one of the mentor's.
pub(crate) fn fields_of(mentee: &Field, mentor: &Field) -> Vec<(Role, Field)> {
    vec![
        (Role::Mentee, mentee.clone()),
        (Role::Mentor, mentor.clone()),
    ]
}

/// The mean of the mentee's and the mentor's view, the mentee's counting `balance`; missing when a
/// side that counts is missing.
fn balanced(balance: Score, mentee: Option<Score>, mentor: Option<Score>) -> Option<Score> {
    match balance {
        Score::ONE => mentee,
        Score::ZERO => mentor,
        _ => {
            let mut sum = crate::score::WeightedSum::default();
            sum.add(balance.ppm(), mentee?);
            sum.add(Score::ONE.ppm() - balance.ppm(), mentor?);
            Some(sum.mean())
        }
    }
}
