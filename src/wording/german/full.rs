//! Reasons in full, in German, for a manager.

use super::{German, role_name};
use crate::ids::Role;
use crate::reasons::{NextBest, PartnerRank, Removal, StatedWish, WhyPair, WhyUnmatched, WishFate};
use crate::score::Score;
use crate::wording::{Noun, PriceOf, Wording};

pub(super) fn why(why: &WhyPair) -> String {
    let mut text = German.pair(&why.breakdown);
    if !why.matched {
        text = format!("Sie sind kein Paar. Als Paar: {text}");
    }
    for own in why
        .facts
        .iter()
        .filter(|own| !own.facts.in_common.is_empty())
    {
        let common = own.facts.in_common.iter().map(|item| German.quoted(item));
        let common = common.collect::<Vec<_>>().join(", ");
        text += &format!(
            " Gemeinsam ({}): {common}.",
            German.criterion(&own.criterion)
        );
    }
    if let (Some(mentor), Some(mentee)) = (why.rank_for_mentee, why.rank_for_mentor) {
        let [mentor, mentee] = [mentor, mentee].map(rank);
        text += &format!(" Rang nach der Passung: für Mentee {mentor}, für Mentor:in {mentee}.");
    }
    for role in [Role::Mentee, Role::Mentor] {
        text += &wishes(role, &why.wishes);
    }
    let next = why.next_best.as_ref();
    text + &next.map_or_else(String::new, |own| next_best(own, why.matched))
}

fn rank(own: PartnerRank) -> String {
    let (rank, allowed) = (
        German.number(own.rank.into()),
        German.number(own.allowed.into()),
    );
    match own.level_with {
        0 => format!("Platz {rank} von {allowed}"),
        others => format!(
            "Platz {rank} von {allowed} (gleichauf: {})",
            German.number(others.into())
        ),
    }
}

/// How many of somebody's wishes were granted; nothing without wishes.
fn wishes(role: Role, all: &[StatedWish]) -> String {
    let own = all.iter().filter(|wish| wish.role == role);
    let granted = own
        .clone()
        .filter(|wish| wish.fate == WishFate::Granted)
        .count();
    match own.count() {
        0 => String::new(),
        all => format!(
            " Erfüllte Wünsche ({}): {granted} von {all}.",
            role_name(role).0
        ),
    }
}

fn next_best(own: &NextBest, matched: bool) -> String {
    let which = match matched {
        true => "Am nächsten käme",
        false => "Von allen anderen am besten wäre",
    };
    let (mentor, score) = (
        German.quoted(own.mentor.as_str()),
        German.percent(own.score),
    );
    let price = own
        .price
        .as_ref()
        .map(|price| format!(" {}", German.price(PriceOf::Pair, price)));
    format!(
        " {which} {mentor} mit {score}.{}",
        price.unwrap_or_default()
    )
}

pub(super) fn why_unmatched(why: &WhyUnmatched) -> String {
    let role = why.unmatched.role;
    let mut text = German.unmatched(role, &why.unmatched.reason) + ".";
    for own in why.removed.iter().filter(|own| own.alone > 0).take(1) {
        text += &removal(own);
    }
    if let Some(own) = &why.competition {
        let mentees = German.counted(own.mentees.len() as u64, Noun::Mentee);
        let mentors = German.counted(own.mentors.len() as u64, Noun::Mentor);
        let places = German.counted(own.places, Noun::Place);
        text += &format!(" Plätze fehlen: {mentees} auf {places} ({mentors}).");
    }
    if let Some(lacks) = why.lacks() {
        let lacks = Score::from_ppm_saturating(u32::try_from(lacks).unwrap_or(u32::MAX));
        text += &format!(
            " Mit {} mehr Passung wäre ein Platz da.",
            German.percent(lacks)
        );
    } else if let Some(price) = why.price.as_ref().filter(|price| !price.is_free()) {
        text += &format!(" {}", German.price(PriceOf::Pair, price));
    }
    text
}

fn removal(own: &Removal) -> String {
    let (by, alone) = (
        German.refusal(&own.by),
        German.counted(own.alone.into(), Noun::Person),
    );
    let best = own.best.as_ref().map(|(id, score)| {
        format!(
            "; am besten {} mit {}",
            German.quoted(id.as_str()),
            German.percent(*score)
        )
    });
    format!(
        " Am meisten hülfe: ohne „{by}“ wären zulässig: {alone}{}.",
        best.unwrap_or_default()
    )
}
