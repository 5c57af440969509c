//! Warnings in German, for a manager.

use super::{German, role_name};
use crate::engine::RunWarning;
use crate::ids::{ParticipantId, Role};
use crate::participant::CohortWarning;
use crate::wording::{Noun, Wording};

fn id(id: &ParticipantId) -> String {
    German.quoted(id.as_str())
}

pub(super) fn person(role: Role, participant: &ParticipantId) -> String {
    format!("{} {}", role_name(role).0, id(participant))
}

pub(super) fn warning(warning: &RunWarning) -> String {
    match warning {
        RunWarning::Cohort(own) => cohort(own),
        RunWarning::NoAnswers { criterion } => {
            let criterion = German.criterion(criterion);
            format!(
                "Zum Kriterium „{criterion}“ gibt es bei keinem Paar eine Angabe; es entscheidet nichts."
            )
        }
        RunWarning::BelowMinimum {
            role,
            participant,
            partners,
            minimum,
        } => {
            let partners = German.counted((*partners).into(), Noun::Partner);
            let (person, minimum) = (person(*role, participant), German.number((*minimum).into()));
            format!("{person} hat {partners}, weniger als die Mindestzahl {minimum}.")
        }
        RunWarning::PreviousUnknown { mentee, mentor } => format!(
            "{} und {} waren vorher ein Paar, sind aber jetzt nicht beide dabei.",
            id(mentee),
            id(mentor)
        ),
        RunWarning::QuotaBelowMinimum {
            quota,
            pairs,
            minimum,
        } => {
            let pairs = German.counted(*pairs as u64, Noun::Pair);
            let minimum = German.number((*minimum).into());
            let quota = German.quoted(quota);
            format!("Die Quote {quota} hat {pairs}, weniger als ihre Mindestzahl {minimum}.")
        }
        RunWarning::SilenceRewarded {
            mentee,
            mentor,
            gain,
        } => {
            let criteria = gain.criteria.iter().map(|own| German.criterion(own));
            format!(
                "{} und {} erreichen {} statt {}, weil eine Angabe offen blieb: {}.",
                id(mentee),
                id(mentor),
                German.percent(gain.score),
                German.percent(gain.at_neutral),
                criteria.collect::<Vec<_>>().join(", ")
            )
        }
    }
}

/// Somebody names a person who takes no part in that role.
fn not_there(person: &str, field: &str, role: &str) -> String {
    let field = match field {
        "wishes" => "den Wünschen",
        "favourites" => "den Favoriten",
        "ratings" => "den Bewertungen",
        _ => "den Vetos",
    };
    format!("{person} nennt unter {field} eine Person, die hier nicht als {role} dabei ist.")
}

fn cohort(warning: &CohortWarning) -> String {
    match warning {
        CohortWarning::LookAlikes { field, people } => {
            let people = people.iter().map(id).collect::<Vec<_>>().join(", ");
            let field = if *field == "id" {
                "Ids"
            } else {
                "externen Ids"
            };
            format!(
                "Das könnte eine einzige Person sein, denn die {field} sehen gleich aus: {people}."
            )
        }
        CohortWarning::InvisibleCharacters { participant } => {
            format!("Die Id {} enthält unsichtbare Zeichen.", id(participant))
        }
        CohortWarning::TooFewHours { role, participant } => format!(
            "{} nimmt niemanden: Die Stunden im Monat reichen nicht für die erwarteten Treffen mit einer Person.",
            person(*role, participant)
        ),
        CohortWarning::UnknownPartner {
            role,
            participant,
            field,
            ..
        } => not_there(
            &person(*role, participant),
            field,
            role_name(role.other()).0,
        ),
        CohortWarning::WishedAndVetoed {
            role, participant, ..
        } => format!(
            "{} wünscht sich jemanden und schließt dieselbe Person aus; das Veto gilt.",
            person(*role, participant)
        ),
        CohortWarning::UnknownInConflict { participant } => {
            format!(
                "{} steht in einem Konflikt, nimmt aber nicht teil.",
                id(participant)
            )
        }
        CohortWarning::NotActive { role, count } => {
            let noun = match role {
                Role::Mentee => Noun::Mentee,
                Role::Mentor => Noun::Mentor,
            };
            format!(
                "Gelistet, aber pausiert oder ausgeschieden: {}.",
                German.counted(*count as u64, noun)
            )
        }
        CohortWarning::AmbiguousWord {
            word,
            terms,
            people,
        } => {
            let terms = terms.iter().map(|own| German.quoted(own));
            format!(
                "{} kann {} bedeuten und zählt daher als keines davon; verwendet von {}.",
                German.quoted(word),
                terms.collect::<Vec<_>>().join(" oder "),
                German.counted(*people as u64, Noun::Person)
            )
        }
    }
}
