//! Reasons in German, for a manager.

use super::{German, role_name};
use crate::ids::{ParticipantId, Role};
use crate::participant::UnmatchedKind;
use crate::reasons::{
    Forbidding, OfOneKind, PairPrice, PersonMove, TakenPartner, UnmatchedReason, WhyNot,
};
use crate::score::Score;
use crate::scoring::{Breakdown, Part, Refusal};
use crate::wording::{PriceOf, Wording};

pub(super) fn refusal(by: &Refusal) -> String {
    match by {
        Refusal::Rule(name) => German.rule(name),
        Refusal::MissingAnswer(name) => format!("fehlende Angabe ({})", German.criterion(name)),
        Refusal::MustNotBeZero(name) => {
            format!("nichts von einem Muss ({})", German.criterion(name))
        }
        Refusal::ManagersVeto => "das Veto der Programmleitung".to_owned(),
    }
}

pub(super) fn pair(why: &Breakdown) -> String {
    let parts = why.parts.iter().map(part);
    let mut text = format!(
        "Passung {}, bestehend aus: {}.",
        German.percent(why.score),
        parts.collect::<Vec<_>>().join("; ")
    );
    for cost in &why.costs {
        let points = German.percent(Score::from_ppm_saturating(cost.cost));
        text += &format!(" Abzug von {points} wegen: {}.", German.rule(&cost.rule));
    }
    if let Some(views) = why.views {
        let [mentee, mentor] = [views.mentee, views.mentor].map(|own| German.percent(own));
        text += &format!(" Aus Sicht der Mentees {mentee}, der Mentor:innen {mentor}.");
    }
    text + &lifted(&why.lifted) + &forbidden(&why.forbidden)
}

fn part(own: &Part) -> String {
    let points = German.percent(Score::from_ppm_saturating(own.contribution));
    let fit = match (own.answer, own.counted) {
        (Some(answer), _) => format!("Passung {}", German.percent(answer)),
        (None, Some(counted)) => format!("keine Angabe, gezählt als {}", German.percent(counted)),
        (None, None) => "keine Angabe, ausgelassen".to_owned(),
    };
    let weight = German.weight(own);
    format!(
        "{} {points} ({fit}, Gewicht {weight})",
        German.criterion(&own.criterion)
    )
}

pub(super) fn weight(part: &Part) -> String {
    let stated = part.weight.to_string();
    let stated = stated.replace('.', ",").replace("must", "Muss");
    let Some(own) = part.emphasis else {
        return stated;
    };
    let sides = [
        (own.mentee, "der Mentees"),
        (own.mentor, "der Mentor:innen"),
    ];
    let changed = sides.into_iter().filter(|(factor, _)| *factor != 1);
    let changed = changed.map(|(factor, whose)| format!("× {factor} auf Seite {whose}"));
    let changed: Vec<_> = changed.collect();
    format!("{stated} {}", changed.join(" und "))
}

/// What an override lifted, if it did.
fn lifted(lifted: &[Refusal]) -> String {
    if lifted.is_empty() {
        return String::new();
    }
    format!(" Zugelassen durch Ausnahme von: {}.", refusals(lifted))
}

/// What forbids a pair, if anything does.
fn forbidden(by: &[Refusal]) -> String {
    match by {
        [] => String::new(),
        by => format!(" Sie dürfen kein Paar sein: {}.", refusals(by)),
    }
}

fn refusals(by: &[Refusal]) -> String {
    by.iter().map(refusal).collect::<Vec<_>>().join(", ")
}

pub(super) fn why_not(why_not: &WhyNot) -> String {
    match why_not {
        WhyNot::Matched => "Sie sind ein Paar.".to_owned(),
        WhyNot::Forbidden { by, score } => {
            let by = by.iter().map(forbidding).collect::<Vec<_>>().join(", ");
            let score = German.percent(*score);
            format!("Sie dürfen kein Paar sein: {by}. Ihre Passung wäre {score}.")
        }
        WhyNot::NotChosen {
            breakdown,
            mentee_has,
            mentor_has,
            mentor_has_room,
            of_one_kind,
            price,
        } => {
            let score = German.percent(breakdown.score);
            let room = if *mentor_has_room {
                "noch Platz"
            } else {
                "kein Platz mehr"
            };
            format!(
                "Sie dürften ein Paar sein, mit {score}; im Ganzen ist das Matching ohne dieses Paar. Auf der Seite der \
                 Mentees: {}. Auf der Seite der Mentor:innen: {}, und dort ist {room}.{}{}{}",
                partners(mentee_has),
                partners(mentor_has),
                of_one_kind
                    .as_ref()
                    .map_or_else(String::new, of_the_same_kind),
                lifted(&breakdown.lifted),
                price.as_ref().map_or_else(String::new, |own| format!(
                    " {}",
                    self::price(PriceOf::Pair, own)
                ))
            )
        }
    }
}

/// Whom of the same kind the mentee has.
fn of_the_same_kind(own: &OfOneKind) -> String {
    format!(
        " Dieselbe Angabe hat schon {} ({}); darin müssen sich die Mentor:innen derselben Person unterscheiden.",
        German.quoted(own.mentor.as_str()),
        German.field(&own.field)
    )
}

/// What forbids a pair, and whose answer is missing if that is why.
fn forbidding(own: &Forbidding) -> String {
    let open = own.unanswered.iter();
    let open = open.map(|(role, field)| format!("{}: {}", role_name(*role).0, German.field(field)));
    let by = refusal(&own.by);
    match open.collect::<Vec<_>>() {
        none if none.is_empty() => by,
        open => format!("{by} (ohne Angabe: {})", open.join(", ")),
    }
}

fn partners(partners: &[(ParticipantId, Score)]) -> String {
    let named = partners.iter().map(|(id, score)| {
        format!(
            "{} mit {}",
            German.quoted(id.as_str()),
            German.percent(*score)
        )
    });
    match named.collect::<Vec<_>>() {
        none if none.is_empty() => "niemand".to_owned(),
        named => named.join(", "),
    }
}

pub(super) fn price(of: PriceOf, price: &PairPrice) -> String {
    let asked = match of {
        PriceOf::Pair => "Als Paar",
        PriceOf::WithoutPair => "Ohne dieses Paar",
        PriceOf::Nobody => "Ohne Mentor:in",
    };
    let changes = price.change.iter().filter(|own| own.by != 0);
    let changes: Vec<_> = changes.map(|own| German.change(own)).collect();
    let changes = match changes.is_empty() {
        true => "nichts; es entscheidet das Los".to_owned(),
        false => changes.join(", "),
    };
    let moves: Vec<_> = price.moves.iter().map(one_move).collect();
    match moves.is_empty() {
        true => format!("{asked} änderte sich: {changes}."),
        false => format!(
            "{asked} änderte sich: {changes}. Wechseln würden: {}.",
            moves.join("; ")
        ),
    }
}

fn one_move(own: &PersonMove) -> String {
    let called = |id: &Option<ParticipantId>| {
        let id = id.as_ref();
        id.map_or_else(|| "niemandem".to_owned(), |id| German.quoted(id.as_str()))
    };
    let mentee = German.quoted(own.mentee.as_str());
    format!("{mentee} von {} zu {}", called(&own.from), called(&own.to))
}

pub(super) const fn unmatched_kind(kind: UnmatchedKind) -> &'static str {
    match kind {
        UnmatchedKind::NotTakingPart => "ohne Teilnahme",
        UnmatchedKind::NoPlaces => "niemand gewünscht",
        UnmatchedKind::NobodyThere => "niemand auf der anderen Seite",
        UnmatchedKind::NoAllowedPartner => "niemand ist zulässig",
        UnmatchedKind::PartnersHaveNoPlaces => "alle Zulässigen sind ohne Plätze",
        UnmatchedKind::QuotaUsedUp => "die Quote der Gruppe ist ausgeschöpft",
        UnmatchedKind::AllTaken => "alle Zulässigen sind vergeben",
        UnmatchedKind::AllPreferOthers => "alle Zulässigen ziehen andere vor",
        UnmatchedKind::NothingToGain => "kein Ziel würde gewinnen",
        UnmatchedKind::SearchStopped => "die Suche wurde abgebrochen",
    }
}

pub(super) fn unmatched(role: Role, reason: &UnmatchedReason) -> String {
    let (_, many) = role_name(role.other());
    let all = |allowed: u32, verbs| all_allowed((role, allowed), verbs);
    let allowed = |count: u32| format!("zulässige {many}: {}", German.number(count.into()));
    match reason {
        UnmatchedReason::NotTakingPart => "nimmt nicht teil".to_owned(),
        UnmatchedReason::NoPlaces => "wünscht niemanden".to_owned(),
        UnmatchedReason::NobodyThere => format!("es gibt gar keine {many}"),
        UnmatchedReason::NoAllowedPartner { partners, refused } => {
            let by = refused
                .iter()
                .map(|own| refused_by(&own.by, own.partners))
                .collect::<Vec<_>>()
                .join(", ");
            format!(
                "{}; ausgeschlossen durch: {by}",
                none_allowed(role, *partners)
            )
        }
        UnmatchedReason::PartnersHaveNoPlaces { allowed } => {
            all(*allowed, ["hat keine Plätze", "haben keine Plätze"])
        }
        UnmatchedReason::QuotaUsedUp {
            allowed: count,
            quota,
        } => {
            let quota = German.quoted(quota);
            format!(
                "die Quote {quota} der Gruppe ist ausgeschöpft; {}",
                allowed(*count)
            )
        }
        UnmatchedReason::AllTaken { allowed, best } => {
            all(*allowed, ["ist vergeben", "sind vergeben"]) + &best_one(best)
        }
        UnmatchedReason::AllPreferOthers { allowed, best } => {
            all(*allowed, ["zieht andere vor", "ziehen andere vor"]) + &best_one(best)
        }
        UnmatchedReason::NothingToGain {
            allowed: count,
            with_room,
        } => {
            let room = with_room
                .first()
                .map(|own| format!("; mit Platz: {}", named(own)));
            let allowed = allowed(*count);
            format!(
                "kein Ziel würde dadurch gewinnen; {allowed}{}",
                room.unwrap_or_default()
            )
        }
        UnmatchedReason::SearchStopped {
            allowed: count,
            best,
        } => {
            format!(
                "die Suche wurde abgebrochen; {}{}",
                allowed(*count),
                best_one(best)
            )
        }
    }
}

/// What all do who are allowed for somebody in this role: the verb for one, and for many.
pub(super) fn all_allowed((role, allowed): (Role, u32), [is, are]: [&str; 2]) -> String {
    let (_, many) = role_name(role.other());
    match allowed {
        1 => format!("die einzige zulässige Person {is}"),
        _ => format!(
            "alle {} zulässigen {many} {are}",
            German.number(allowed.into())
        ),
    }
}

/// Nobody in the other role is allowed for somebody in this one.
pub(super) fn none_allowed(role: Role, partners: u32) -> String {
    let (_, many) = role_name(role.other());
    match partners {
        1 => "die einzige Person der anderen Seite ist nicht zulässig".to_owned(),
        _ => format!(
            "von {} {many} ist niemand zulässig",
            German.number(partners.into())
        ),
    }
}

/// What forbids so many partners.
pub(super) fn refused_by(by: &Refusal, partners: u32) -> String {
    format!("{} ({})", refusal(by), German.number(partners.into()))
}

fn best_one(best: &[TakenPartner]) -> String {
    let best = best.first().map(named);
    best.map_or_else(String::new, |best| format!("; am besten wäre {best}"))
}

fn named(own: &TakenPartner) -> String {
    format!(
        "{} mit {}",
        German.quoted(own.partner.as_str()),
        German.percent(own.score)
    )
}
