//! English sentences. Each calls the whole [`Wording`] for its parts, so that a host's names and formats are used.

mod findings;

mod full;

mod names;

mod participants;

mod reasons;

mod waiting;

mod warnings;

mod weights;

pub(super) use findings::finding;
pub(super) use full::{why, why_unmatched};
pub(super) use names::{caption, criterion, field, rule};
pub(super) use participants::{own_pair, own_unmatched, own_warning, own_why_not};
pub(super) use reasons::{pair, price, refusal, unmatched, unmatched_kind, weight, why_not};
pub(super) use waiting::{date, own_waiting, waiting};
pub(super) use warnings::warning;
pub(super) use weights::weight_range;

use super::{Noun, Wording, layout};
use crate::ids::Role;
use crate::programme::{Objective, WishOrder, WishesOf};
use crate::reasons::{GapOf, ObjectiveChange};
use crate::report::{GroupPairs, ObjectiveValue, OptimalityGap};
use crate::score::Score;

/// A time: `1 h 30 min`.
pub(super) fn duration(minutes: u64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

pub(super) fn counted<W: Wording + ?Sized>(words: &W, count: u64, noun: Noun) -> String {
    let (one, many) = match noun {
        Noun::Mentee => ("mentee", "mentees"),
        Noun::Mentor => ("mentor", "mentors"),
        Noun::Pair => ("pair", "pairs"),
        Noun::Place => ("place", "places"),
        Noun::Person => ("person", "people"),
        Noun::Partner => ("partner", "partners"),
        Noun::GrantedWish => ("wish granted", "wishes granted"),
    };
    let noun = if count == 1 { one } else { many };
    format!("{} {noun}", words.number(count))
}

/// The other role, for one and for many.
const fn others(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Mentee => ("mentor", "mentors"),
        Role::Mentor => ("mentee", "mentees"),
    }
}

pub(super) fn objective<W: Wording + ?Sized>(words: &W, objective: Objective) -> String {
    let plain = match objective {
        Objective::Leximin { resolution } => {
            let step = words.percent(resolution);
            return format!("lowest scores, in steps of {step}");
        }
        Objective::Wishes { order, of, ranks } => {
            let of = match of {
                WishesOf::Mentees => "mentees",
                WishesOf::Mentors => "mentors",
                WishesOf::Both => "both sides",
            };
            let order = match order {
                WishOrder::RankMaximal => "first ones first",
                WishOrder::Generous => "fewest late ones",
            };
            return format!("wishes of {of} to rank {ranks}, {order}");
        }
        Objective::PriorityTiers => "priority",
        Objective::Participation => "participation",
        Objective::Pairs => "pairs",
        Objective::MentorTiers => "priority of mentors",
        Objective::MentorsUsed => "mentors used",
        Objective::TotalScore => "total score",
        Objective::WorstScore => "lowest score",
        Objective::SpreadLoad => "load",
        Objective::GroupBalance => "groups' targets",
        Objective::KeepPairs => "pairs kept",
    };
    plain.to_owned()
}

pub(super) fn objective_value<W: Wording + ?Sized>(
    words: &W,
    own: &ObjectiveValue,
    pairs: u64,
) -> String {
    let counted = |noun| words.counted(own.value, noun);
    match own.objective {
        Objective::Participation => counted(Noun::Mentee),
        Objective::PriorityTiers => with_levels(own, counted(Noun::Mentee), "tier"),
        Objective::Pairs | Objective::KeepPairs => counted(Noun::Pair),
        Objective::MentorTiers => with_levels(own, counted(Noun::Mentor), "tier"),
        Objective::MentorsUsed => counted(Noun::Mentor),
        Objective::TotalScore => {
            let total = words.thousandths((own.value + 500) / 1_000);
            format!("{total} of {}", words.number(pairs))
        }
        Objective::WorstScore => words.percent(score(own.value)),
        Objective::GroupBalance => format!("{} off", counted(Noun::Pair)),
        Objective::Leximin { .. } => {
            let (limit, lowest) = lowest_class(own);
            let limit = words.percent(limit);
            let above = lowest.map(|count| format!(", {} right above", words.number(count)));
            format!("none below {limit}{}", above.unwrap_or_default())
        }
        Objective::Wishes { .. } => {
            let value = words.number(own.value);
            with_levels(own, format!("{value} granted"), "rank")
        }
        Objective::SpreadLoad => format!("{} of mentees who share a mentor", counted(Noun::Pair)),
    }
}

/// The whole, and what each level adds to it.
pub(super) fn with_levels(own: &ObjectiveValue, whole: String, level: &str) -> String {
    let counts = own.levels.iter();
    let counts = counts.map(|one| format!("{level} {}: {}", one.level, one.count));
    match counts.collect::<Vec<_>>() {
        none if none.is_empty() => whole,
        counts => format!("{whole} ({})", counts.join(", ")),
    }
}

/// The lower limit of the lowest class that has pairs, and how many are in it.
pub(super) fn lowest_class(own: &ObjectiveValue) -> (Score, Option<u64>) {
    let lowest = own.levels.iter().find(|one| one.count > 0);
    (score(own.value), lowest.map(|one| one.count))
}

/// A score of so many parts per million.
pub(super) fn score(ppm: u64) -> Score {
    Score::from_ppm_saturating(u32::try_from(ppm).unwrap_or(u32::MAX))
}

pub(super) fn group_pairs<W: Wording + ?Sized>(words: &W, own: &GroupPairs) -> String {
    let bounds = [
        own.target.map(|most| ("target", most)),
        (own.at_least > 0).then_some(("at least", own.at_least)),
        own.at_most.map(|most| ("at most", most)),
    ];
    layout::bounded(words, own.pairs, bounds)
}

/// A rise or a fall: `+1 mentee with a mentor`. Where less is better, the sign is that of what is named: an objective
/// that gains has `−1 pair in a low class`.
pub(super) fn change<W: Wording + ?Sized>(words: &W, change: &ObjectiveChange) -> String {
    let pairs = |by| words.counted(by, Noun::Pair);
    match change.of {
        GapOf::Objective(Objective::Leximin { .. }) => {
            signed(-change.by, |by| format!("{} in a low class", pairs(by)))
        }
        GapOf::Objective(Objective::SpreadLoad) => signed(-change.by, |by| {
            format!("{} of mentees who share a mentor", pairs(by))
        }),
        of => signed(change.by, |by| amount(words, of, by)),
    }
}

/// How much more, or less, of something.
pub(super) fn signed(by: i128, amount: impl Fn(u64) -> String) -> String {
    let sign = if by < 0 { '−' } else { '+' };
    let by = u64::try_from(by.unsigned_abs()).unwrap_or(u64::MAX);
    format!("{sign}{}", amount(by))
}

/// How much of what a level is about.
fn amount<W: Wording + ?Sized>(words: &W, of: GapOf, by: u64) -> String {
    let counted = |noun| words.counted(by, noun);
    match of {
        GapOf::Minimums => format!("{} of stated minimums", counted(Noun::Place)),
        GapOf::Objective(own) => match own {
            Objective::Participation => format!("{} with a mentor", counted(Noun::Mentee)),
            Objective::PriorityTiers => format!("{} with priority", counted(Noun::Mentee)),
            Objective::Pairs => counted(Noun::Pair),
            Objective::KeepPairs => format!("{} kept", counted(Noun::Pair)),
            Objective::MentorTiers => format!("{} with priority", counted(Noun::Mentor)),
            Objective::MentorsUsed => format!("{} with a mentee", counted(Noun::Mentor)),
            Objective::TotalScore => {
                format!("{} of total score", layout::sum(words, by))
            }
            Objective::WorstScore => format!("{} of lowest score", words.percent(score(by))),
            Objective::GroupBalance => format!("{} nearer to targets", counted(Noun::Pair)),
            Objective::Leximin { .. } => format!("{} above a low class", counted(Noun::Pair)),
            Objective::Wishes { .. } => counted(Noun::GrantedWish),
            Objective::SpreadLoad => {
                format!("{} of mentees who share no mentor", counted(Noun::Pair))
            }
        },
    }
}

pub(super) fn shortfall<W: Wording + ?Sized>(words: &W, places: u64) -> String {
    format!(
        "{} short of stated minimums",
        words.counted(places, Noun::Place)
    )
}

pub(super) fn gap<W: Wording + ?Sized>(words: &W, gap: OptimalityGap) -> String {
    let most = amount(words, gap.of, gap.short_by);
    match gap.short_by {
        0 => "the search was stopped, and nothing better is possible at that point".to_owned(),
        _ => format!("the search was stopped: at most {most} may be missing"),
    }
}
