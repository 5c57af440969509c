//! Reasons in English, for a manager.

use super::others;
use crate::ids::{ParticipantId, Role};
use crate::participant::UnmatchedKind;
use crate::reasons::{
    Forbidding, OfOneKind, PairPrice, PersonMove, TakenPartner, UnmatchedReason, WhyNot,
};
use crate::score::Score;
use crate::scoring::{Breakdown, Part, Refusal};
use crate::wording::{Noun, PriceOf, Wording};

pub(in crate::wording) fn refusal<W: Wording + ?Sized>(words: &W, by: &Refusal) -> String {
    match by {
        Refusal::Rule(name) => words.rule(name),
        Refusal::MissingAnswer(name) => format!("a missing answer ({})", words.criterion(name)),
        Refusal::MustNotBeZero(name) => format!("nothing of a must ({})", words.criterion(name)),
        Refusal::ManagersVeto => "the programme manager's veto".to_owned(),
    }
}

pub(in crate::wording) fn pair<W: Wording + ?Sized>(words: &W, why: &Breakdown) -> String {
    let parts = why.parts.iter().map(|own| part(words, own));
    let mut text = format!(
        "Match score {}, made of: {}.",
        words.percent(why.score),
        parts.collect::<Vec<_>>().join("; ")
    );
    for cost in &why.costs {
        let points = words.percent(Score::from_ppm_saturating(cost.cost));
        text += &format!(
            " Less {points} for being against: {}.",
            words.rule(&cost.rule)
        );
    }
    if let Some(views) = why.views {
        let [mentee, mentor] = [views.mentee, views.mentor].map(|own| words.percent(own));
        text += &format!(" The mentee's view is {mentee}, the mentor's {mentor}.");
    }
    text + &lifted(words, &why.lifted) + &forbidden(words, &why.forbidden)
}

fn part<W: Wording + ?Sized>(words: &W, own: &Part) -> String {
    let points = words.percent(Score::from_ppm_saturating(own.contribution));
    let fit = match (own.answer, own.counted) {
        (Some(answer), _) => format!("fit {}", words.percent(answer)),
        (None, Some(counted)) => format!("no answer, counted as {}", words.percent(counted)),
        (None, None) => "no answer, left out".to_owned(),
    };
    format!(
        "{} {points} ({fit}, weight {})",
        words.criterion(&own.criterion),
        words.weight(own)
    )
}

pub(in crate::wording) fn weight(part: &Part) -> String {
    let emphasis = part.emphasis.map(|own| own.to_string());
    format!("{}{}", part.weight, emphasis.unwrap_or_default())
}

/// What an override lifted, if it did.
fn lifted<W: Wording + ?Sized>(words: &W, lifted: &[Refusal]) -> String {
    if lifted.is_empty() {
        return String::new();
    }
    format!(" Allowed by an override of: {}.", refusals(words, lifted))
}

/// What forbids a pair, if anything does.
fn forbidden<W: Wording + ?Sized>(words: &W, by: &[Refusal]) -> String {
    match by {
        [] => String::new(),
        by => format!(" They may not be paired: {}.", refusals(words, by)),
    }
}

pub(super) fn refusals<W: Wording + ?Sized>(words: &W, by: &[Refusal]) -> String {
    let by = by.iter().map(|own| words.refusal(own));
    by.collect::<Vec<_>>().join(", ")
}

pub(in crate::wording) fn why_not<W: Wording + ?Sized>(words: &W, why_not: &WhyNot) -> String {
    match why_not {
        WhyNot::Matched => "They are a pair.".to_owned(),
        WhyNot::Forbidden { by, score } => {
            let by = by.iter().map(|own| forbidding(words, own));
            let (by, score) = (by.collect::<Vec<_>>().join(", "), words.percent(*score));
            format!("They may not be paired: {by}. They would score {score}.")
        }
        WhyNot::NotChosen {
            breakdown,
            mentee_has,
            mentor_has,
            mentor_has_room,
            of_one_kind,
            price,
        } => {
            let score = words.percent(breakdown.score);
            let room = if *mentor_has_room {
                "and room for more"
            } else {
                "and no room for more"
            };
            let [mentee_has, mentor_has] = [mentee_has, mentor_has].map(|own| partners(words, own));
            format!(
                "They may be paired, at {score}; the matching as a whole does without. The mentee has {mentee_has}, \
                 the mentor has {mentor_has} {room}.{}{}{}",
                of_one_kind
                    .as_ref()
                    .map_or_else(String::new, |own| of_the_same_kind(words, own)),
                lifted(words, &breakdown.lifted),
                price.as_ref().map_or_else(String::new, |price| format!(
                    " {}",
                    words.price(PriceOf::Pair, price)
                ))
            )
        }
    }
}

/// Whom of the same kind the mentee has.
fn of_the_same_kind<W: Wording + ?Sized>(words: &W, own: &OfOneKind) -> String {
    format!(
        " The mentor gave the same answer as {} ({}), in which the mentors of one mentee must differ.",
        words.quoted(own.mentor.as_str()),
        words.field(&own.field)
    )
}

/// What forbids a pair, and whose answer is missing if that is why.
fn forbidding<W: Wording + ?Sized>(words: &W, own: &Forbidding) -> String {
    let open = own.unanswered.iter();
    let open = open.map(|(role, field)| format!("{} of the {role}", words.field(field)));
    let by = words.refusal(&own.by);
    match open.collect::<Vec<_>>() {
        none if none.is_empty() => by,
        open => format!("{by} (not answered: {})", open.join(", ")),
    }
}

fn partners<W: Wording + ?Sized>(words: &W, partners: &[(ParticipantId, Score)]) -> String {
    let named = partners
        .iter()
        .map(|(id, score)| format!("{} at {}", words.quoted(id.as_str()), words.percent(*score)));
    match named.collect::<Vec<_>>() {
        none if none.is_empty() => "nobody".to_owned(),
        named => named.join(", "),
    }
}

pub(in crate::wording) fn price<W: Wording + ?Sized>(
    words: &W,
    of: PriceOf,
    price: &PairPrice,
) -> String {
    let asked = match of {
        PriceOf::Pair => "Matching them",
        PriceOf::WithoutPair => "Not matching them",
        PriceOf::Nobody => "Leaving the mentee without a mentor",
    };
    let changes = price.change.iter().filter(|own| own.by != 0);
    let changes: Vec<_> = changes.map(|own| words.change(own)).collect();
    let changes = match changes.is_empty() {
        true => "nothing; it is a matter of the lot".to_owned(),
        false => changes.join(", "),
    };
    let moves = price.moves.iter().map(|own| one_move(words, own));
    let moves: Vec<_> = moves.collect();
    match moves.is_empty() {
        true => format!("{asked} would change: {changes}."),
        false => format!(
            "{asked} would change: {changes}. Who would move: {}.",
            moves.join("; ")
        ),
    }
}

fn one_move<W: Wording + ?Sized>(words: &W, own: &PersonMove) -> String {
    let called = |id: &Option<ParticipantId>| {
        let id = id.as_ref();
        id.map_or_else(|| "nobody".to_owned(), |id| words.quoted(id.as_str()))
    };
    let mentee = words.quoted(own.mentee.as_str());
    format!("{mentee} from {} to {}", called(&own.from), called(&own.to))
}

pub(in crate::wording) const fn unmatched_kind(kind: UnmatchedKind) -> &'static str {
    match kind {
        UnmatchedKind::NotTakingPart => "not taking part",
        UnmatchedKind::NoPlaces => "no partner wanted",
        UnmatchedKind::NobodyThere => "nobody to be matched with",
        UnmatchedKind::NoAllowedPartner => "no allowed partner",
        UnmatchedKind::PartnersHaveNoPlaces => "allowed partners have no places",
        UnmatchedKind::QuotaUsedUp => "the quota of their group is used up",
        UnmatchedKind::AllTaken => "all allowed partners are taken",
        UnmatchedKind::AllPreferOthers => "all allowed partners prefer others",
        UnmatchedKind::NothingToGain => "no objective would gain",
        UnmatchedKind::SearchStopped => "the search was stopped",
    }
}

pub(in crate::wording) fn unmatched<W: Wording + ?Sized>(
    words: &W,
    role: Role,
    reason: &UnmatchedReason,
) -> String {
    let all = |allowed: u32, verbs| all_allowed(words, (role, allowed), verbs);
    let allowed =
        |count: u32| format!("{} allowed: {}", others(role).1, words.number(count.into()));
    match reason {
        UnmatchedReason::NotTakingPart => "does not take part".to_owned(),
        UnmatchedReason::NoPlaces => "wants no partner".to_owned(),
        UnmatchedReason::NobodyThere => format!("there is no {} at all", others(role).0),
        UnmatchedReason::NoAllowedPartner { partners, refused } => {
            let by = refused
                .iter()
                .map(|own| refused_by(words, (&own.by, own.partners)));
            let by = by.collect::<Vec<_>>().join(", ");
            format!(
                "{}; ruled out by: {by}",
                none_allowed(words, role, *partners)
            )
        }
        UnmatchedReason::PartnersHaveNoPlaces { allowed } => {
            all(*allowed, ["has no places", "have no places"])
        }
        UnmatchedReason::QuotaUsedUp {
            allowed: count,
            quota,
        } => {
            let quota = words.quoted(quota);
            format!(
                "the quota {quota} of their group is used up; {}",
                allowed(*count)
            )
        }
        UnmatchedReason::AllTaken { allowed, best } => {
            all(*allowed, ["is taken", "are taken"]) + &best_one(words, best)
        }
        UnmatchedReason::AllPreferOthers { allowed, best } => {
            all(*allowed, ["prefers others", "prefer others"]) + &best_one(words, best)
        }
        UnmatchedReason::NothingToGain {
            allowed: count,
            with_room,
        } => {
            let room = with_room
                .first()
                .map(|own| format!("; with room: {}", named(words, own)));
            let allowed = allowed(*count);
            format!(
                "no objective would gain by it; {allowed}{}",
                room.unwrap_or_default()
            )
        }
        UnmatchedReason::SearchStopped {
            allowed: count,
            best,
        } => {
            format!(
                "the search was stopped; {}{}",
                allowed(*count),
                best_one(words, best)
            )
        }
    }
}

/// What all do who are allowed for somebody in this role: the verb for one, and for many.
pub(super) fn all_allowed<W: Wording + ?Sized>(
    words: &W,
    (role, allowed): (Role, u32),
    [is, are]: [&str; 2],
) -> String {
    let noun = match role {
        Role::Mentee => Noun::Mentor,
        Role::Mentor => Noun::Mentee,
    };
    match allowed {
        1 => format!("the only allowed {} {is}", others(role).0),
        _ => format!(
            "all {} who are allowed {are}",
            words.counted(allowed.into(), noun)
        ),
    }
}

/// What forbids so many partners.
pub(super) fn refused_by<W: Wording + ?Sized>(
    words: &W,
    (by, partners): (&Refusal, u32),
) -> String {
    format!("{} ({})", words.refusal(by), words.number(partners.into()))
}

/// Nobody in the other role is allowed for somebody in this one.
pub(super) fn none_allowed<W: Wording + ?Sized>(words: &W, role: Role, partners: u32) -> String {
    let (one, many) = others(role);
    match partners {
        1 => format!("the only {one} is not allowed"),
        _ => format!(
            "none of {} {many} is allowed",
            words.number(partners.into())
        ),
    }
}

fn best_one<W: Wording + ?Sized>(words: &W, best: &[TakenPartner]) -> String {
    let best = best.first().map(|own| named(words, own));
    best.map_or_else(String::new, |best| format!("; the best would be {best}"))
}

fn named<W: Wording + ?Sized>(words: &W, own: &TakenPartner) -> String {
    format!(
        "{} at {}",
        words.quoted(own.partner.as_str()),
        words.percent(own.score)
    )
}
