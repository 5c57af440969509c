//! German: another language by the trait alone.
//!
//! Roles are written with a colon, as `Mentor:in`, so that they mean everybody; participants read both forms in full.

mod findings;

mod full;

mod names;

mod participants;

mod reasons;

mod waiting;

mod warnings;

mod weights;

use super::english::{lowest_class, score, signed, with_levels};
use super::{
    Caption, Noun, OwnPair, OwnReason, OwnWaiting, OwnWarning, OwnWhyNot, PriceOf, Wording, layout,
};
use crate::date::CalendarDate;
use crate::engine::{RunWarning, WeightRange};
use crate::ids::{ParticipantId, Role};
use crate::participant::{Field, UnmatchedKind, Waiting};
use crate::preflight::Finding;
use crate::programme::{Objective, WishOrder, WishesOf};
use crate::reasons::{
    GapOf, ObjectiveChange, PairPrice, UnmatchedReason, WhyNot, WhyPair, WhyUnmatched,
};
use crate::report::{GroupPairs, ObjectiveValue, OptimalityGap};
use crate::scoring::{Breakdown, Part, Refusal};

/// German. Participants are addressed with “du”.
///
/// ```
/// use mentormatch::{German, Noun, Score, Wording};
///
/// assert_eq!(German.counted(1, Noun::Pair), "1 Paar");
/// assert_eq!(German.counted(1_200, Noun::Place), "1.200 Plätze");
/// assert_eq!(German.percent(Score::from_ppm_saturating(735_400)), "73,5\u{a0}%");
/// assert_eq!(German.duration(90), "1 Std. 30 Min.");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct German;

impl Wording for German {
    fn tag(&self) -> &'static str {
        "de"
    }

    fn marks(&self) -> (char, char) {
        (',', '.')
    }

    fn percent_sign(&self) -> &'static str {
        "\u{a0}%"
    }

    fn duration(&self, minutes: u64) -> String {
        match (minutes / 60, minutes % 60) {
            (0, minutes) => format!("{minutes} Min."),
            (hours, 0) => format!("{hours} Std."),
            (hours, minutes) => format!("{hours} Std. {minutes} Min."),
        }
    }

    fn date(&self, date: CalendarDate) -> String {
        waiting::date(date)
    }

    fn quoted(&self, word: &str) -> String {
        format!("„{}“", layout::visible(word))
    }

    fn counted(&self, count: u64, noun: Noun) -> String {
        let (one, many) = match noun {
            Noun::Mentee => ("Mentee", "Mentees"),
            Noun::Mentor => ("Mentor:in", "Mentor:innen"),
            Noun::Pair => ("Paar", "Paare"),
            Noun::Place => ("Platz", "Plätze"),
            Noun::Person => ("Person", "Personen"),
            Noun::Partner => ("Partner:in", "Partner:innen"),
            Noun::GrantedWish => ("erfüllter Wunsch", "erfüllte Wünsche"),
        };
        let noun = if count == 1 { one } else { many };
        format!("{} {noun}", self.number(count))
    }

    fn caption(&self, caption: Caption) -> String {
        names::caption(caption).to_owned()
    }

    fn field(&self, field: &Field) -> String {
        names::field(field)
    }

    fn criterion(&self, name: &str) -> String {
        layout::named(self, name, names::criterion)
    }

    fn rule(&self, name: &str) -> String {
        layout::named(self, name, names::rule)
    }

    fn refusal(&self, by: &Refusal) -> String {
        reasons::refusal(by)
    }

    fn objective(&self, objective: Objective) -> String {
        self::objective(objective)
    }

    fn objective_value(&self, own: &ObjectiveValue, pairs: u64) -> String {
        objective_value(own, pairs)
    }

    fn change(&self, change: &ObjectiveChange) -> String {
        let pairs = |by| self.counted(by, Noun::Pair);
        match change.of {
            GapOf::Objective(Objective::Leximin { .. }) => signed(-change.by, |by| {
                format!("{} in einer niedrigen Klasse", pairs(by))
            }),
            GapOf::Objective(Objective::SpreadLoad) => signed(-change.by, |by| {
                format!("{} von Mentees mit derselben Mentor:in", pairs(by))
            }),
            of => signed(change.by, |by| amount(of, by)),
        }
    }

    fn gap(&self, gap: OptimalityGap) -> String {
        match gap.short_by {
            0 => "die Suche wurde abgebrochen; an dieser Stelle ist nichts Besseres möglich"
                .to_owned(),
            by => {
                let most = amount(gap.of, by);
                format!("die Suche wurde abgebrochen; höchstens fehlt: {most}")
            }
        }
    }

    fn shortfall(&self, places: u64) -> String {
        let places = self.counted(places, Noun::Place);
        format!("{places} zu wenig für genannte Mindestzahlen")
    }

    fn weight(&self, part: &Part) -> String {
        reasons::weight(part)
    }

    fn pair(&self, why: &Breakdown) -> String {
        reasons::pair(why)
    }

    fn why(&self, why: &WhyPair) -> String {
        full::why(why)
    }

    fn why_not(&self, why_not: &WhyNot) -> String {
        reasons::why_not(why_not)
    }

    fn price(&self, of: PriceOf, price: &PairPrice) -> String {
        reasons::price(of, price)
    }

    fn unmatched(&self, role: Role, reason: &UnmatchedReason) -> String {
        reasons::unmatched(role, reason)
    }

    fn why_unmatched(&self, why: &WhyUnmatched) -> String {
        full::why_unmatched(why)
    }

    fn unmatched_kind(&self, kind: UnmatchedKind) -> String {
        reasons::unmatched_kind(kind).to_owned()
    }

    fn group_pairs(&self, own: &GroupPairs) -> String {
        let bounds = [
            own.target.map(|most| ("Ziel", most)),
            (own.at_least > 0).then_some(("mindestens", own.at_least)),
            own.at_most.map(|most| ("höchstens", most)),
        ];
        layout::bounded(self, own.pairs, bounds)
    }

    fn warning(&self, warning: &RunWarning) -> String {
        warnings::warning(warning)
    }

    fn finding(&self, finding: &Finding) -> String {
        findings::finding(finding)
    }

    fn weight_range(&self, range: &WeightRange) -> String {
        weights::weight_range(range)
    }

    fn waiting(&self, own: &Waiting) -> String {
        waiting::waiting(own)
    }

    fn own_pair(&self, role: Role, own: &OwnPair) -> String {
        participants::own_pair(role, own)
    }

    fn own_unmatched(&self, role: Role, own: OwnReason) -> String {
        participants::own_unmatched(role, own).to_owned()
    }

    fn own_why_not(&self, role: Role, partner: &ParticipantId, own: OwnWhyNot) -> String {
        participants::own_why_not((role, partner), own)
    }

    fn own_warning(&self, role: Role, own: OwnWarning) -> String {
        participants::own_warning(role, own)
    }

    fn own_waiting(&self, role: Role, own: OwnWaiting) -> String {
        waiting::own_waiting(role, own)
    }
}

/// A role, for one and for many.
const fn role_name(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Mentee => ("Mentee", "Mentees"),
        Role::Mentor => ("Mentor:in", "Mentor:innen"),
    }
}

fn objective(objective: Objective) -> String {
    let plain = match objective {
        Objective::Leximin { resolution } => {
            let step = German.percent(resolution);
            return format!("niedrigste Werte, in Schritten von {step}");
        }
        Objective::Wishes { order, of, ranks } => {
            let of = match of {
                WishesOf::Mentees => "der Mentees",
                WishesOf::Mentors => "der Mentor:innen",
                WishesOf::Both => "beider Seiten",
            };
            let order = match order {
                WishOrder::RankMaximal => "erste zuerst",
                WishOrder::Generous => "möglichst wenige späte",
            };
            return format!("Wünsche {of} bis Rang {ranks}, {order}");
        }
        Objective::PriorityTiers => "Vorrang",
        Objective::Participation => "Teilnahme",
        Objective::Pairs => "Zahl der Paare",
        Objective::MentorTiers => "Vorrang von Mentor:innen",
        Objective::MentorsUsed => "eingesetzte Mentor:innen",
        Objective::TotalScore => "Gesamtwert",
        Objective::WorstScore => "niedrigster Wert",
        Objective::SpreadLoad => "Lastverteilung",
        Objective::GroupBalance => "Zielzahlen der Gruppen",
        Objective::KeepPairs => "beibehaltene Paare",
    };
    plain.to_owned()
}

fn objective_value(own: &ObjectiveValue, pairs: u64) -> String {
    let counted = |noun| German.counted(own.value, noun);
    match own.objective {
        Objective::Participation => counted(Noun::Mentee),
        Objective::PriorityTiers => with_levels(own, counted(Noun::Mentee), "Stufe"),
        Objective::Pairs | Objective::KeepPairs => counted(Noun::Pair),
        Objective::MentorTiers => with_levels(own, counted(Noun::Mentor), "Stufe"),
        Objective::MentorsUsed => counted(Noun::Mentor),
        Objective::TotalScore => {
            let total = German.thousandths((own.value + 500) / 1_000);
            format!("{total} von {}", German.number(pairs))
        }
        Objective::WorstScore => German.percent(score(own.value)),
        Objective::GroupBalance => format!("{} daneben", counted(Noun::Pair)),
        Objective::Leximin { .. } => {
            let (limit, lowest) = lowest_class(own);
            let limit = German.percent(limit);
            let above = lowest.map(|count| format!(", {} gleich darüber", German.number(count)));
            format!("keines unter {limit}{}", above.unwrap_or_default())
        }
        Objective::Wishes { .. } => {
            let value = German.number(own.value);
            with_levels(own, format!("{value} erfüllt"), "Rang")
        }
        Objective::SpreadLoad => {
            format!(
                "{} von Mentees mit derselben Mentor:in",
                counted(Noun::Pair)
            )
        }
    }
}

/// How much of what a level is about.
fn amount(of: GapOf, by: u64) -> String {
    let counted = |noun| German.counted(by, noun);
    match of {
        GapOf::Minimums => format!("{} der genannten Mindestzahlen", counted(Noun::Place)),
        GapOf::Objective(own) => match own {
            Objective::Participation => format!("{} mit Mentor:in", counted(Noun::Mentee)),
            Objective::PriorityTiers => format!("{} mit Vorrang", counted(Noun::Mentee)),
            Objective::Pairs => counted(Noun::Pair),
            Objective::KeepPairs => format!("{} beibehalten", counted(Noun::Pair)),
            Objective::MentorTiers => format!("{} mit Vorrang", counted(Noun::Mentor)),
            Objective::MentorsUsed => format!("{} mit Mentee", counted(Noun::Mentor)),
            Objective::TotalScore => {
                format!("{} Gesamtwert", layout::sum(&German, by))
            }
            Objective::WorstScore => format!("{} niedrigster Wert", German.percent(score(by))),
            Objective::GroupBalance => format!("{} näher an Zielzahlen", counted(Noun::Pair)),
            Objective::Leximin { .. } => {
                format!("{} über einer niedrigen Klasse", counted(Noun::Pair))
            }
            Objective::Wishes { .. } => counted(Noun::GrantedWish),
            Objective::SpreadLoad => format!(
                "{} von Mentees ohne gemeinsame Mentor:in",
                counted(Noun::Pair)
            ),
        },
    }
}
