//! Findings of a check before a matching, in English, for a manager.

use super::reasons::{all_allowed, none_allowed, refused_by};
use crate::engine::RunWarning;
use crate::ids::{ParticipantId, Role};
use crate::preflight::{Finding, Silence, Supply, SupplyOf, Unpairable};
use crate::wording::{Caption, Noun, Wording, layout};

pub(in crate::wording) fn finding<W: Wording + ?Sized>(words: &W, finding: &Finding) -> String {
    match finding {
        Finding::NobodyThere { role } => format!("No {role} takes part."),
        Finding::TooFewPlaces { places, mentees } => format!(
            "There are fewer places than mentees who want a mentor: {} for {}.",
            words.counted(*places, Noun::Place),
            words.counted(*mentees, Noun::Mentee)
        ),
        Finding::TooFewKinds {
            field,
            kinds,
            wanting_more,
            needing_more,
        } => format!(
            "The mentors of one mentee must differ in an answer ({}), so nobody can have more than {}. The demand is \
             higher for {}, the minimum for {}.",
            words.field(field),
            words.number(*kinds),
            words.counted(*wanting_more, Noun::Mentee),
            words.counted(*needing_more, Noun::Mentee)
        ),
        Finding::Scarce(supply) => scarce(words, supply),
        Finding::IdleWeights { people } => format!(
            "What criteria matter to people counts for nothing, since the programme states no emphasis; said by {}.",
            words.counted(*people as u64, Noun::Person)
        ),
        Finding::Cohort(warning) => words.warning(&RunWarning::Cohort(warning.clone())),
        Finding::NothingAllowed { .. }
        | Finding::ForbidsEverything { .. }
        | Finding::ForbidsNothing { .. }
        | Finding::CostsEverything { .. }
        | Finding::CostsNothing { .. } => of_rules(words, finding),
        Finding::NobodyAnswers { .. }
        | Finding::Constant { .. }
        | Finding::MostlyUnanswered { .. }
        | Finding::AlmostTheSame { .. } => of_criteria(words, finding),
        Finding::Unpairable(_)
        | Finding::PartnersHaveNoPlaces { .. }
        | Finding::UnknownMostImportant { .. }
        | Finding::UnknownWeight { .. }
        | Finding::Incomplete { .. } => of_a_person(words, finding),
    }
}

fn of_rules<W: Wording + ?Sized>(words: &W, finding: &Finding) -> String {
    let counted = |pairs: &u64| words.counted(*pairs, Noun::Pair);
    match finding {
        Finding::NothingAllowed { pairs } => {
            format!("All rules together forbid every pair: {}.", counted(pairs))
        }
        Finding::ForbidsEverything { rule } => {
            let rule = words.refusal(rule);
            format!("Every pair is forbidden by this alone: {rule}.")
        }
        Finding::ForbidsNothing { rule } => {
            format!("No pair is forbidden by this: {}.", words.refusal(rule))
        }
        Finding::CostsEverything { rule, pairs } => format!(
            "All allowed pairs are against the preferred rule “{}”, so it decides nothing: {}.",
            words.rule(rule),
            counted(pairs)
        ),
        Finding::CostsNothing { rule } => format!(
            "No allowed pair is against the preferred rule “{}”.",
            words.rule(rule)
        ),
        _ => String::new(),
    }
}

fn of_criteria<W: Wording + ?Sized>(words: &W, finding: &Finding) -> String {
    match finding {
        Finding::NobodyAnswers { owner, role, field } => format!(
            "No {role} answers what “{}” reads: {}.",
            layout::criterion_or_rule(words, owner),
            words.field(field)
        ),
        Finding::Constant { criterion, pairs } => format!(
            "The criterion “{}” says the same of all allowed pairs, so it decides nothing: {}.",
            words.criterion(criterion),
            words.counted(*pairs, Noun::Pair)
        ),
        Finding::MostlyUnanswered {
            criterion,
            pairs,
            unanswered,
            silent,
        } => format!(
            "Allowed pairs without an answer to the criterion “{}”: {} of {}.{}",
            words.criterion(criterion),
            words.number(*unanswered),
            words.number(*pairs),
            left_open(words, silent)
        ),
        Finding::AlmostTheSame {
            first,
            second,
            opposite,
            ..
        } => {
            let how = if *opposite {
                "the opposite of"
            } else {
                "the same as"
            };
            let [first, second] = [first, second].map(|own| words.criterion(own));
            format!(
                "The criterion “{second}” says almost {how} “{first}”, and so hardly anything new."
            )
        }
        _ => String::new(),
    }
}

fn of_a_person<W: Wording + ?Sized>(words: &W, finding: &Finding) -> String {
    let person = |role: &Role, id: &ParticipantId| named(words, *role, id);
    match finding {
        Finding::Unpairable(own) => unpairable(words, own),
        Finding::PartnersHaveNoPlaces {
            role,
            participant,
            allowed,
        } => {
            let verbs = ["has no places", "have no places"];
            let all = all_allowed(words, (*role, *allowed), verbs);
            format!("{}: {all}.", person(role, participant))
        }
        Finding::UnknownMostImportant { role, participant } => format!(
            "{} calls a criterion most important that this programme does not have.",
            person(role, participant)
        ),
        Finding::UnknownWeight { role, participant } => format!(
            "{} weighs a criterion that this programme does not have.",
            person(role, participant)
        ),
        Finding::Incomplete {
            role,
            participant,
            fields,
        } => {
            let fields = fields.iter().map(|own| words.field(own));
            let fields = fields.collect::<Vec<_>>().join(", ");
            let person = person(role, participant);
            format!("{person} left open what others have answered: {fields}.")
        }
        _ => String::new(),
    }
}

fn named<W: Wording + ?Sized>(words: &W, role: Role, id: &ParticipantId) -> String {
    format!("The {role} {}", words.quoted(id.as_str()))
}

const fn everybody(role: Role) -> Caption {
    match role {
        Role::Mentee => Caption::Mentees,
        Role::Mentor => Caption::Mentors,
    }
}

/// Who left open what a criterion reads.
fn left_open<W: Wording + ?Sized>(words: &W, silent: &[Silence]) -> String {
    let silent = silent.iter().map(|own| {
        format!(
            "{} ({}: {} of {})",
            words.field(&own.field),
            words.caption(everybody(own.role)),
            words.number(own.silent.into()),
            words.number(own.people.into())
        )
    });
    match silent.collect::<Vec<_>>() {
        none if none.is_empty() => String::new(),
        silent => format!(" Left open: {}.", silent.join(", ")),
    }
}

fn unpairable<W: Wording + ?Sized>(words: &W, own: &Unpairable) -> String {
    let by = own.barriers.iter();
    let by = by.map(|own| refused_by(words, (&own.by, own.partners)));
    let opens = own.opens_most().map(|most| {
        let most = refused_by(words, (&most.by, most.alone));
        format!(" Lifting this one would allow most: {most}.")
    });
    format!(
        "{}: {}; ruled out by: {}.{}",
        named(words, own.role, &own.participant),
        none_allowed(words, own.role, own.partners),
        by.collect::<Vec<_>>().join(", "),
        opens.unwrap_or_default()
    )
}

fn scarce<W: Wording + ?Sized>(words: &W, supply: &Supply) -> String {
    let (kind, what) = (supply.of, supply.what.expose());
    let what = match kind {
        SupplyOf::Skill => format!("skill {}", words.quoted(what)),
        SupplyOf::Language => format!("language {}", words.quoted(what)),
        SupplyOf::TimeZone => format!("time zone {}", layout::offset(what)),
        SupplyOf::MeetingMode => format!("way to meet {}", words.quoted(meeting_mode(what))),
        SupplyOf::Topic => format!("topic {}", words.quoted(what)),
    };
    let level = supply.level.expose();
    let level = level.map(|level| format!(" at level {level} or above"));
    format!(
        "The {what}{} is scarce: {} for {} in need of it.",
        level.unwrap_or_default(),
        words.counted(supply.places, Noun::Place),
        words.counted(supply.needed_by, Noun::Mentee)
    )
}

/// A way to meet, by its name in files.
fn meeting_mode(name: &str) -> &str {
    match name {
        "in_person" => "in person",
        other => other,
    }
}
