//! What participants read, in German. These functions are given nothing about third people.

use super::German;
use crate::ids::{ParticipantId, Role};
use crate::wording::{Noun, OwnPair, OwnReason, OwnWarning, OwnWhyNot, Wording};

/// The partner of somebody in this role, with the article.
const fn your_partner(role: Role) -> &'static str {
    match role {
        Role::Mentee => "deine Mentorin oder dein Mentor",
        Role::Mentor => "deine oder dein Mentee",
    }
}

pub(super) fn own_pair(role: Role, own: &OwnPair) -> String {
    let partner = your_partner(role).replacen("deine", "Deine", 1);
    let mut text = format!("{partner} ist {}", German.quoted(own.partner.as_str()));
    text += &match own.own_wish {
        Some(rank) => format!(", wie du es dir gewünscht hast (Wunsch {rank})."),
        None => ".".to_owned(),
    };
    let strengths = own.strengths.iter().map(|own| German.criterion(own));
    match strengths.collect::<Vec<_>>() {
        none if none.is_empty() => text,
        strengths => format!("{text} Was für euch spricht: {}.", strengths.join("; ")),
    }
}

pub(super) const fn own_unmatched(role: Role, own: OwnReason) -> &'static str {
    match (own, role) {
        (OwnReason::NotTakingPart, _) => {
            "Du nimmst an dieser Runde nicht teil. Sag der Programmleitung Bescheid, falls du das anders willst."
        }
        (OwnReason::WantsNobody, Role::Mentee) => {
            "Du wolltest in dieser Runde niemanden. Sag der Programmleitung Bescheid, falls du das anders willst."
        }
        (OwnReason::WantsNobody, Role::Mentor) => {
            "Du hast in dieser Runde keinen Platz angeboten. Sag der Programmleitung Bescheid, falls du das anders \
             willst."
        }
        (OwnReason::NobodyThere, Role::Mentee) => {
            "In dieser Runde ist noch niemand als Mentorin oder Mentor dabei."
        }
        (OwnReason::NobodyThere, Role::Mentor) => {
            "In dieser Runde ist noch niemand als Mentee dabei."
        }
        (OwnReason::NobodyFound, Role::Mentee) => {
            "In dieser Runde wurde keine Mentorin und kein Mentor für dich gefunden. Über alle Paare wird gemeinsam \
             entschieden, nach den Angaben aller, den Regeln des Programms und den Plätzen, die es gibt; was andere \
             angegeben haben, wird nicht gesagt. Das ist kein Urteil über dich. Die Programmleitung kann deine eigenen \
             Angaben mit dir durchgehen."
        }
        (OwnReason::NobodyFound, Role::Mentor) => {
            "In dieser Runde wurde keine und kein Mentee für dich gefunden. Über alle Paare wird gemeinsam \
             entschieden, nach den Angaben aller, den Regeln des Programms und den Plätzen, die es gibt; was andere \
             angegeben haben, wird nicht gesagt. Das ist kein Urteil über dich. Die Programmleitung kann deine eigenen \
             Angaben mit dir durchgehen."
        }
    }
}

pub(super) fn own_why_not((role, partner): (Role, &ParticipantId), own: OwnWhyNot) -> String {
    let yours = your_partner(role);
    let partner = German.quoted(partner.as_str());
    match own {
        OwnWhyNot::Partners => format!("{partner} ist {yours}."),
        OwnWhyNot::OwnVeto => format!("Du wolltest nicht mit {partner} zusammenkommen."),
        OwnWhyNot::NotTold => format!(
            "{partner} ist in dieser Runde nicht {yours}. Über alle Paare wird gemeinsam entschieden, nach den Angaben \
             aller und den Regeln des Programms; was andere angegeben haben, wird nicht mitgeteilt."
        ),
    }
}

pub(super) fn own_warning(role: Role, own: OwnWarning) -> String {
    match own {
        OwnWarning::TooFewHours => {
            "Deine Stunden im Monat reichen nicht für die Treffen, die du mit einer Person erwartest; darum bekommst du \
             niemanden."
                .to_owned()
        }
        OwnWarning::WishedAndVetoed => {
            "Du wünschst dir jemanden und hast dieselbe Person ausgeschlossen; das Zweite gilt.".to_owned()
        }
        OwnWarning::BelowMinimum { partners, minimum } => {
            let noun = match role {
                Role::Mentee => Noun::Mentor,
                Role::Mentor => Noun::Mentee,
            };
            let found = German.counted(partners.into(), noun);
            let minimum = German.number(minimum.into());
            format!("Du hast {found}, weniger als die {minimum}, um die du gebeten hast.")
        }
    }
}
