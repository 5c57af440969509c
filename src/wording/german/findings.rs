//! Findings of a check before a matching, in German, for a manager.

use super::reasons::{all_allowed, none_allowed, refusal, refused_by};
use super::warnings::person;
use super::{German, role_name};
use crate::engine::RunWarning;
use crate::preflight::{Finding, Silence, Supply, SupplyOf, Unpairable};
use crate::wording::{Noun, Wording, layout};

pub(super) fn finding(finding: &Finding) -> String {
    match finding {
        Finding::NobodyThere { role } => {
            format!("Niemand nimmt als {} teil.", role_name(*role).0)
        }
        Finding::TooFewPlaces { places, mentees } => format!(
            "Es gibt weniger Plätze als Mentees, die jemanden suchen: {} für {}.",
            German.counted(*places, Noun::Place),
            German.counted(*mentees, Noun::Mentee)
        ),
        Finding::TooFewKinds {
            field,
            kinds,
            wanting_more,
            needing_more,
        } => format!(
            "Die Mentor:innen derselben Person müssen sich in einer Angabe unterscheiden ({}), mehr als {} kann deshalb \
             niemand haben. Gewünscht sind mehr für {}, mindestens gebraucht für {}.",
            German.field(field),
            German.number(*kinds),
            German.counted(*wanting_more, Noun::Mentee),
            German.counted(*needing_more, Noun::Mentee)
        ),
        Finding::Scarce(supply) => scarce(supply),
        Finding::IdleWeights { people } => format!(
            "Wie wichtig jemandem Kriterien sind, zählt nicht, da das Programm keine Betonung vorsieht; gesagt haben es {}.",
            German.counted(*people as u64, Noun::Person)
        ),
        Finding::Cohort(warning) => German.warning(&RunWarning::Cohort(warning.clone())),
        Finding::NothingAllowed { .. }
        | Finding::ForbidsEverything { .. }
        | Finding::ForbidsNothing { .. }
        | Finding::CostsEverything { .. }
        | Finding::CostsNothing { .. } => of_rules(finding),
        Finding::NobodyAnswers { .. }
        | Finding::Constant { .. }
        | Finding::MostlyUnanswered { .. }
        | Finding::AlmostTheSame { .. } => of_criteria(finding),
        Finding::Unpairable(_)
        | Finding::PartnersHaveNoPlaces { .. }
        | Finding::UnknownMostImportant { .. }
        | Finding::UnknownWeight { .. }
        | Finding::Incomplete { .. } => of_a_person(finding),
    }
}

fn of_rules(finding: &Finding) -> String {
    let counted = |pairs: &u64| German.counted(*pairs, Noun::Pair);
    match finding {
        Finding::NothingAllowed { pairs } => {
            let pairs = counted(pairs);
            format!("Alle Regeln zusammen schließen jedes Paar aus: {pairs}.")
        }
        Finding::ForbidsEverything { rule } => {
            format!(
                "Schon das allein schließt jedes Paar aus: {}.",
                refusal(rule)
            )
        }
        Finding::ForbidsNothing { rule } => {
            format!("Das schließt kein Paar aus: {}.", refusal(rule))
        }
        Finding::CostsEverything { rule, pairs } => format!(
            "Alle zulässigen Paare sind gegen die bevorzugte Regel „{}“; sie entscheidet nichts: {}.",
            German.rule(rule),
            counted(pairs)
        ),
        Finding::CostsNothing { rule } => format!(
            "Kein zulässiges Paar ist gegen die bevorzugte Regel „{}“.",
            German.rule(rule)
        ),
        _ => String::new(),
    }
}

fn of_criteria(finding: &Finding) -> String {
    match finding {
        Finding::NobodyAnswers { owner, role, field } => format!(
            "Was „{}“ liest, hat auf der Seite der {} niemand angegeben: {}.",
            layout::criterion_or_rule(&German, owner),
            role_name(*role).1,
            German.field(field)
        ),
        Finding::Constant { criterion, pairs } => format!(
            "Das Kriterium „{}“ sagt über alle zulässigen Paare dasselbe und entscheidet nichts: {}.",
            German.criterion(criterion),
            German.counted(*pairs, Noun::Pair)
        ),
        Finding::MostlyUnanswered {
            criterion,
            pairs,
            unanswered,
            silent,
        } => format!(
            "Zulässige Paare ohne Angabe zum Kriterium „{}“: {} von {}.{}",
            German.criterion(criterion),
            German.number(*unanswered),
            German.number(*pairs),
            left_open(silent)
        ),
        Finding::AlmostTheSame {
            first,
            second,
            opposite,
            ..
        } => {
            let how = if *opposite {
                "das Gegenteil von"
            } else {
                "dasselbe wie"
            };
            let [first, second] = [first, second].map(|own| German.criterion(own));
            format!(
                "Das Kriterium „{second}“ sagt fast {how} „{first}“ und damit kaum etwas Neues."
            )
        }
        _ => String::new(),
    }
}

fn of_a_person(finding: &Finding) -> String {
    match finding {
        Finding::Unpairable(own) => unpairable(own),
        Finding::PartnersHaveNoPlaces {
            role,
            participant,
            allowed,
        } => {
            let verbs = ["hat keine Plätze", "haben keine Plätze"];
            let all = all_allowed((*role, *allowed), verbs);
            format!("{}: {all}.", person(*role, participant))
        }
        Finding::UnknownMostImportant { role, participant } => format!(
            "{} nennt als wichtigstes ein Kriterium, das dieses Programm nicht hat.",
            person(*role, participant)
        ),
        Finding::UnknownWeight { role, participant } => format!(
            "{} gewichtet ein Kriterium, das dieses Programm nicht hat.",
            person(*role, participant)
        ),
        Finding::Incomplete {
            role,
            participant,
            fields,
        } => {
            let fields = fields.iter().map(|own| German.field(own));
            let fields = fields.collect::<Vec<_>>().join(", ");
            let person = person(*role, participant);
            format!("{person} hat offen gelassen, was andere angegeben haben: {fields}.")
        }
        _ => String::new(),
    }
}

/// Who left open what a criterion reads.
fn left_open(silent: &[Silence]) -> String {
    let silent = silent.iter().map(|own| {
        format!(
            "{} ({}: {} von {})",
            German.field(&own.field),
            role_name(own.role).1,
            German.number(own.silent.into()),
            German.number(own.people.into())
        )
    });
    match silent.collect::<Vec<_>>() {
        none if none.is_empty() => String::new(),
        silent => format!(" Offen gelassen: {}.", silent.join(", ")),
    }
}

fn unpairable(own: &Unpairable) -> String {
    let by = own.barriers.iter();
    let by = by.map(|own| refused_by(&own.by, own.partners));
    let opens = own.opens_most().map(|most| {
        let most = refused_by(&most.by, most.alone);
        format!(" Am meisten erlaubte es, darauf zu verzichten: {most}.")
    });
    format!(
        "{}: {}; ausgeschlossen durch: {}.{}",
        person(own.role, &own.participant),
        none_allowed(own.role, own.partners),
        by.collect::<Vec<_>>().join(", "),
        opens.unwrap_or_default()
    )
}

fn scarce(supply: &Supply) -> String {
    let (kind, what) = (supply.of, supply.what.expose());
    let what = match kind {
        SupplyOf::Skill => format!("Die Fähigkeit {}", German.quoted(what)),
        SupplyOf::Language => format!("Die Sprache {}", German.quoted(what)),
        SupplyOf::TimeZone => format!("Die Zeitzone {}", layout::offset(what)),
        SupplyOf::MeetingMode => {
            format!("Die Art der Treffen {}", German.quoted(meeting_mode(what)))
        }
        SupplyOf::Topic => format!("Das Thema {}", German.quoted(what)),
    };
    let level = supply.level.expose();
    let level = level.map(|level| format!(" ab Stufe {level}"));
    format!(
        "{what}{} ist knapp: {} für {} mit diesem Bedarf.",
        level.unwrap_or_default(),
        German.counted(supply.places, Noun::Place),
        German.counted(supply.needed_by, Noun::Mentee)
    )
}

/// A way to meet, by its name in files.
fn meeting_mode(name: &str) -> &str {
    match name {
        "in_person" => "persönlich",
        "hybrid" => "gemischt",
        "virtual" => "virtuell",
        other => other,
    }
}
