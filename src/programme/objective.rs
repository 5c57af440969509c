//! What is optimised, in its order.

use std::fmt;

use crate::error::{ParameterProblem, ProgrammeProblem};
use crate::score::Score;

/// The most levels that a programme's objectives may need: what the solver counts, less one for minimums
/// and one for ties.
const MOST_LEVELS: u64 = 253;

/// As many tiers as a [priority](crate::Profile::priority) can name.
const TIERS: u64 = 20;

const MOST_RANKS: u32 = 100;

/// One thing to optimise. Objectives are strictly ordered: a later one only chooses among the optima of
/// those before it. Any sequence is solved exactly, and proved.
///
/// | objective | what is best | [value](crate::ObjectiveValue::value) |
/// |---|---|---|
/// | `PriorityTiers` | most mentees of tier 1 with a mentor, then of tier 2, … | mentees of all tiers with one |
/// | `Participation` | most mentees with at least one mentor | mentees |
/// | `Pairs` | most pairs | pairs |
/// | `MentorTiers` | most mentors of tier 1 with a mentee, then of tier 2, … | mentors of all tiers with one |
/// | `MentorsUsed` | most mentors with at least one mentee: fewest are idle | mentors |
/// | `TotalScore` | the largest sum of match scores | parts per million |
/// | `WorstScore` | the lowest score of any pair as high as possible | that score in parts per million; all of them without pairs |
/// | `Leximin` | the lowest scores as high as possible, then the next, … | lower limit of the lowest class, parts per million |
/// | `Wishes` | most first wishes granted, then second, …; or fewest late ones | wishes granted |
/// | `SpreadLoad` | a mentor's second mentee costs 1, the third 2, … | pairs of mentees who share a mentor |
/// | `GroupBalance` | groups' numbers of pairs near their [targets](crate::Quota::target) | pairs too many or too few |
/// | `KeepPairs` | most pairs of an earlier matching kept | pairs kept |
///
/// Minimums of mentors and mentees come before all of them.
///
/// # People and pairs
/// `Participation` counts mentees and `Pairs` counts pairs; they differ where mentees take several mentors.
/// Scores are of pairs: `WorstScore` and `Leximin` rank pairs, and say nothing of what a mentee's
/// several mentors are worth to her together. Objectives over such sums (the worst-off mentee by the sum of her
/// pairs) are NP-hard as soon as somebody may have two mentors, and are not offered.
///
/// # In a file
/// A word, or a table where an objective has parts:
///
#[cfg_attr(feature = "serde", doc = "```")]
#[cfg_attr(not(feature = "serde"), doc = "```ignore")]
/// use mentormatch::{Objective, Programme};
///
/// let programme: Programme = toml::from_str(r#"
///     format_version = 1
///     objectives = [
///         "priority_tiers",
///         "participation",
///         { wishes = { order = "rank_maximal", of = "mentees", ranks = 3 } },
///         { leximin = { resolution = 0.05 } },
///         "total_score",
///     ]
///
///     [[criteria]]
///     weight = 5
///     criterion.skill_coverage = {}
/// "#)?;
/// assert_eq!(programme.objectives()[1], Objective::Participation);
/// # Ok::<(), toml::de::Error>(())
/// ```
///
/// # Complexity
/// One level of the solver for each objective, and for each tier, rank and class of one that has several: at most 253 in a
/// programme. `Participation` and `TotalScore`, in this order or the latter alone, are the fastest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
#[non_exhaustive]
pub enum Objective {
    /// As many mentees as possible of [priority](crate::Profile::priority) 1 have at least one mentor, then
    /// as many as possible of priority 2, and so on. Mentees without a priority do not count: let
    /// `Participation` follow.
    PriorityTiers,
    /// As many mentees as possible have at least one mentor.
    Participation,
    /// As many pairs as possible.
    Pairs,
    /// As many mentors as possible of [priority](crate::Profile::priority) 1 have at least one mentee, then as
    /// many as possible of priority 2, and so on: those who had nobody last time
    /// ([`CarryOver`](crate::CarryOver)). Mentors without a priority do not count.
    MentorTiers,
    /// As many mentors as possible have at least one mentee.
    MentorsUsed,
    /// The largest sum of match scores.
    TotalScore,
    /// The lowest score of any pair as high as possible, exactly.
    ///
    /// A mentee without a mentor ranks below any score, so `Participation` is decided first, unless it is
    /// stated before. Whatever comes after chooses among matchings that have no pair below that score.
    /// That it cannot be higher is proved too, and [`Outcome::verify`](crate::Outcome::verify) checks it.
    WorstScore,
    /// The lowest scores as high as possible: as few pairs as possible in the lowest class of scores, then
    /// as few as possible in the next, up to the last class but one.
    ///
    /// A mentee without a mentor ranks below any score, so `Participation` is decided first, unless it is
    /// stated before. Where mentees may have several mentors, a further pair is never made for its own
    /// sake, unless it is in the highest class: state `Pairs` before to have them.
    Leximin {
        /// How wide a class is; above 0. At 0.01 the classes are 0 to 1 %, 1 to 2 %, …; a limit belongs to
        /// the upper class, and 100 % to the last.
        resolution: Score,
    },
    /// Ranked [wishes](crate::Profile::wishes), down to a rank. A wish is granted by a pair: somebody who has
    /// two partners wished for has two wishes granted. Of two wishes for one partner the better counts.
    Wishes {
        /// What counts as better.
        order: WishOrder,
        /// Whose wishes count.
        of: WishesOf,
        /// The last rank that counts, 1 to 100.
        ranks: u32,
    },
    /// Few mentees a mentor: the second mentee of a mentor costs 1, the third 2, and so on, so that the
    /// whole cost is the number of pairs of mentees who share a mentor. Of matchings of equally many pairs, it
    /// chooses one with the smallest sum of squares of loads.
    ///
    /// By itself it makes no pair at all: state `Participation` or `Pairs` before.
    SpreadLoad,
    /// The pairs of groups near their [targets](crate::Quota::target): the fewest pairs too many or too few, over
    /// all groups together. Groups are those of the programme's quotas, at least one of which states a target.
    GroupBalance,
    /// As many pairs as possible are pairs of an earlier matching, which comes with the run:
    /// [`RunOptions::previous`](crate::RunOptions::previous).
    KeepPairs,
}

/// What counts as better in granting wishes. Both orders hold whatever becomes of people without a wish;
/// with `Participation` before, nobody loses a partner over somebody else's wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum WishOrder {
    /// Most first wishes, then most second ones, and so on to the last rank.
    RankMaximal,
    /// Most wishes of whatever rank, then the fewest of the last rank, then the fewest of the one before, and
    /// so on to the second.
    Generous,
}

/// Whose wishes count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum WishesOf {
    /// The mentees'.
    Mentees,
    /// The mentors'.
    Mentors,
    /// Both sides', added up: a pair that both wish for grants two wishes.
    Both,
}

impl Objective {
    /// As in files.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::PriorityTiers => "priority_tiers",
            Self::Participation => "participation",
            Self::Pairs => "pairs",
            Self::MentorTiers => "mentor_tiers",
            Self::MentorsUsed => "mentors_used",
            Self::TotalScore => "total_score",
            Self::WorstScore => "worst_score",
            Self::Leximin { .. } => "leximin",
            Self::Wishes { .. } => "wishes",
            Self::SpreadLoad => "spread_load",
            Self::GroupBalance => "group_balance",
            Self::KeepPairs => "keep_pairs",
        }
    }

    /// How many levels of the solver it may need.
    fn levels(self) -> u64 {
        match self {
            Self::PriorityTiers | Self::MentorTiers => TIERS,
            Self::WorstScore => 2, // with participation
            Self::Leximin { resolution } => classes(resolution).into(), // with participation, without the last
            Self::Wishes { ranks, .. } => ranks.into(),
            _ => 1,
        }
    }

    fn parameter_problem(self) -> Option<(&'static str, ParameterProblem)> {
        match self {
            Self::Leximin { resolution } if resolution == Score::ZERO => {
                Some(("resolution", ParameterProblem::Zero))
            }
            Self::Wishes { ranks, .. } if !(1..=MOST_RANKS).contains(&ranks) => {
                let (low, high) = (1, MOST_RANKS.into());
                Some(("ranks", ParameterProblem::OutOfRange { low, high }))
            }
            _ => None,
        }
    }
}

/// How many classes of scores there are at a resolution.
pub(crate) fn classes(resolution: Score) -> u32 {
    Score::ONE.ppm().div_ceil(resolution.ppm().max(1))
}

/// As a manager would name it.
impl fmt::Display for Objective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leximin { resolution } => write!(f, "lowest scores, in steps of {resolution}"),
            Self::Wishes { order, of, ranks } => {
                write!(f, "wishes of {of} to rank {ranks}, {order}")
            }
            plain => f.write_str(match plain {
                Self::PriorityTiers => "priority",
                Self::MentorTiers => "priority of mentors",
                Self::MentorsUsed => "mentors used",
                Self::TotalScore => "total score",
                Self::WorstScore => "lowest score",
                Self::SpreadLoad => "load",
                Self::GroupBalance => "groups' targets",
                Self::KeepPairs => "pairs kept",
                other => other.name(),
            }),
        }
    }
}

impl fmt::Display for WishOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RankMaximal => "first ones first",
            Self::Generous => "fewest late ones",
        })
    }
}

impl fmt::Display for WishesOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mentees => "mentees",
            Self::Mentors => "mentors",
            Self::Both => "both sides",
        })
    }
}

/// Finds what is wrong with a programme's objectives.
pub(super) fn check_objectives(objectives: &[Objective], problems: &mut Vec<ProgrammeProblem>) {
    if objectives.is_empty() {
        problems.push(ProgrammeProblem::NoObjective);
    }
    for (at, objective) in objectives.iter().enumerate() {
        if objectives[..at].contains(objective) {
            let objective = objective.name();
            problems.push(ProgrammeProblem::DuplicateObjective { objective });
        }
    }
    problems.extend(check_parts(objectives));
}

/// What is wrong with the parts of these objectives, and with their number of levels.
pub(crate) fn check_parts(objectives: &[Objective]) -> Vec<ProgrammeProblem> {
    let wrong = |own: &Objective| {
        let (parameter, problem) = own.parameter_problem()?;
        Some(ProgrammeProblem::Parameter {
            owner: own.name().to_owned(),
            parameter,
            problem,
        })
    };
    let mut problems: Vec<_> = objectives.iter().filter_map(wrong).collect();
    let found: u64 = objectives.iter().map(|own| own.levels()).sum();
    if problems.is_empty() && found > MOST_LEVELS {
        let limit = MOST_LEVELS;
        problems.push(ProgrammeProblem::TooManyLevels { found, limit });
    }
    problems
}
