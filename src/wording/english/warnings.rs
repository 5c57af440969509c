//! Warnings in English, for a manager.

use crate::engine::RunWarning;
use crate::ids::Role;
use crate::participant::CohortWarning;
use crate::wording::{Noun, Wording};

pub(in crate::wording) fn warning<W: Wording + ?Sized>(words: &W, warning: &RunWarning) -> String {
    let id = |id: &crate::ids::ParticipantId| words.quoted(id.as_str());
    match warning {
        RunWarning::Cohort(own) => cohort(words, own),
        RunWarning::NoAnswers { criterion } => {
            let criterion = words.criterion(criterion);
            format!(
                "The criterion “{criterion}” has an answer for no pair at all, so it decides nothing."
            )
        }
        RunWarning::BelowMinimum {
            role,
            participant,
            partners,
            minimum,
        } => {
            let partners = words.counted((*partners).into(), Noun::Partner);
            let minimum = words.number((*minimum).into());
            let person = id(participant);
            format!("The {role} {person} has {partners}, fewer than the minimum of {minimum}.")
        }
        RunWarning::PreviousUnknown { mentee, mentor } => format!(
            "{} and {} were a pair before, but they are not both in this round.",
            id(mentee),
            id(mentor)
        ),
        RunWarning::QuotaBelowMinimum {
            quota,
            pairs,
            minimum,
        } => {
            let pairs = words.counted(*pairs as u64, Noun::Pair);
            let minimum = words.number((*minimum).into());
            format!(
                "The quota {} has {pairs}, fewer than its minimum of {minimum}.",
                words.quoted(quota)
            )
        }
        RunWarning::SilenceRewarded {
            mentee,
            mentor,
            gain,
        } => {
            let criteria = gain.criteria.iter().map(|own| words.criterion(own));
            format!(
                "{} and {} score {} instead of {}, because an answer was left open: {}.",
                id(mentee),
                id(mentor),
                words.percent(gain.score),
                words.percent(gain.at_neutral),
                criteria.collect::<Vec<_>>().join(", ")
            )
        }
    }
}

fn cohort<W: Wording + ?Sized>(words: &W, warning: &CohortWarning) -> String {
    match warning {
        CohortWarning::LookAlikes { field, people } => {
            let people = people.iter().map(|own| words.quoted(own.as_str()));
            let people = people.collect::<Vec<_>>().join(", ");
            let field = if *field == "id" {
                "ids"
            } else {
                "external ids"
            };
            format!(
                "These may be one person listed twice, since their {field} look alike: {people}."
            )
        }
        CohortWarning::InvisibleCharacters { participant } => {
            format!(
                "The id {} holds characters that cannot be seen.",
                words.quoted(participant.as_str())
            )
        }
        CohortWarning::TooFewHours { role, participant } => format!(
            "The {role} {} takes nobody: the hours a month are too few for the meetings expected with one partner.",
            words.quoted(participant.as_str())
        ),
        CohortWarning::UnknownPartner {
            role,
            participant,
            field,
            ..
        } => format!(
            "The {role} {} names somebody among the {field} who is no {} here.",
            words.quoted(participant.as_str()),
            super::others(*role).0
        ),
        CohortWarning::WishedAndVetoed {
            role, participant, ..
        } => format!(
            "The {role} {} both wishes for somebody and vetoes them; the veto stands.",
            words.quoted(participant.as_str())
        ),
        CohortWarning::UnknownInConflict { participant } => {
            format!(
                "{} is in a conflict, but takes no part.",
                words.quoted(participant.as_str())
            )
        }
        CohortWarning::NotActive { role, count } => {
            let noun = match role {
                Role::Mentee => Noun::Mentee,
                Role::Mentor => Noun::Mentor,
            };
            format!(
                "Listed, but paused or gone: {}.",
                words.counted(*count as u64, noun)
            )
        }
        CohortWarning::AmbiguousWord {
            word,
            terms,
            people,
        } => {
            let terms = terms.iter().map(|own| words.quoted(own));
            format!(
                "{} may mean {}, so it counts as none of them; used by {}.",
                words.quoted(word),
                terms.collect::<Vec<_>>().join(" or "),
                words.counted(*people as u64, Noun::Person)
            )
        }
    }
}
