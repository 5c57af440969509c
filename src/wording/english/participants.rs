//! What participants read, in English. These functions are given nothing about third people.

use super::others;
use crate::ids::{ParticipantId, Role};
use crate::wording::{Noun, OwnPair, OwnReason, OwnWarning, OwnWhyNot, Wording};

pub(in crate::wording) fn own_pair<W: Wording + ?Sized>(
    words: &W,
    role: Role,
    own: &OwnPair,
) -> String {
    let (partner, _) = others(role);
    let mut text = format!("Your {partner} is {}", words.quoted(own.partner.as_str()));
    text += &match own.own_wish {
        Some(rank) => format!(", whom you wished for (wish {rank})."),
        None => ".".to_owned(),
    };
    let strengths = own.strengths.iter().map(|own| words.criterion(own));
    match strengths.collect::<Vec<_>>() {
        none if none.is_empty() => text,
        strengths => {
            let strengths = strengths.join("; ");
            format!("{text} What speaks for the two of you: {strengths}.")
        }
    }
}

pub(in crate::wording) const fn own_unmatched(role: Role, own: OwnReason) -> &'static str {
    match (own, role) {
        (OwnReason::NotTakingPart, _) => {
            "You are not taking part in this round. Tell the programme team if that is not what you want."
        }
        (OwnReason::WantsNobody, Role::Mentee) => {
            "You asked for no mentor in this round. Tell the programme team if that is not what you want."
        }
        (OwnReason::WantsNobody, Role::Mentor) => {
            "You offered no place in this round. Tell the programme team if that is not what you want."
        }
        (OwnReason::NobodyThere, Role::Mentee) => "No mentor takes part in this round yet.",
        (OwnReason::NobodyThere, Role::Mentor) => "No mentee takes part in this round yet.",
        (OwnReason::NobodyFound, Role::Mentee) => {
            "In this round no mentor was found for you. All pairs are decided together, from everybody's answers, the \
             programme's rules and the places there are; what others answered is not disclosed. This is no judgement \
             of you. The programme team can go through your own answers with you."
        }
        (OwnReason::NobodyFound, Role::Mentor) => {
            "In this round no mentee was found for you. All pairs are decided together, from everybody's answers, the \
             programme's rules and the places there are; what others answered is not disclosed. This is no judgement \
             of you. The programme team can go through your own answers with you."
        }
    }
}

pub(in crate::wording) fn own_why_not<W: Wording + ?Sized>(
    words: &W,
    (role, partner): (Role, &ParticipantId),
    own: OwnWhyNot,
) -> String {
    let (kind, _) = others(role);
    let partner = words.quoted(partner.as_str());
    match own {
        OwnWhyNot::Partners => format!("{partner} is your {kind}."),
        OwnWhyNot::OwnVeto => format!("You asked not to be matched with {partner}."),
        OwnWhyNot::NotTold => format!(
            "{partner} is not your {kind} in this round. All pairs are decided together, from everybody's answers and \
             the programme's rules; what others answered is not disclosed."
        ),
    }
}

pub(in crate::wording) fn own_warning<W: Wording + ?Sized>(
    words: &W,
    role: Role,
    own: OwnWarning,
) -> String {
    let (one, _) = others(role);
    match own {
        OwnWarning::TooFewHours => format!(
            "The hours a month that you gave are too few for the meetings you expect with one {one}, so you take \
             nobody."
        ),
        OwnWarning::WishedAndVetoed => {
            "You wish for somebody whom you also asked not to be matched with; the latter stands."
                .to_owned()
        }
        OwnWarning::BelowMinimum { partners, minimum } => {
            let noun = match role {
                Role::Mentee => Noun::Mentor,
                Role::Mentor => Noun::Mentee,
            };
            let found = words.counted(partners.into(), noun);
            let minimum = words.number(minimum.into());
            format!("You have {found}, fewer than the {minimum} you asked for.")
        }
    }
}
