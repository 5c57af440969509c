//! Reasons in full, in English, for a manager: with what people have in common, whom else they could have, and what a
//! change would cost.

use crate::ids::Role;
use crate::reasons::{NextBest, PartnerRank, Removal, StatedWish, WhyPair, WhyUnmatched, WishFate};
use crate::score::Score;
use crate::wording::{Noun, PriceOf, Wording};

pub(in crate::wording) fn why<W: Wording + ?Sized>(words: &W, why: &WhyPair) -> String {
    let mut text = words.pair(&why.breakdown);
    if !why.matched {
        text = format!("They are not a pair. As one: {text}");
    }
    for own in why
        .facts
        .iter()
        .filter(|own| !own.facts.in_common.is_empty())
    {
        let common = own.facts.in_common.iter().map(|item| words.quoted(item));
        let common = common.collect::<Vec<_>>().join(", ");
        text += &format!(
            " In common ({}): {common}.",
            words.criterion(&own.criterion)
        );
    }
    if let (Some(mentor), Some(mentee)) = (why.rank_for_mentee, why.rank_for_mentor) {
        let [mentor, mentee] = [mentor, mentee].map(|own| rank(words, own));
        text += &format!(
            " By score the mentor is the mentee's {mentor}, and the mentee the mentor's {mentee}."
        );
    }
    for role in [Role::Mentee, Role::Mentor] {
        text += &wishes(role, &why.wishes);
    }
    let next = why.next_best.as_ref();
    text + &next.map_or_else(String::new, |own| next_best(words, own, why.matched))
}

/// `2nd of 14`, with others of the same score.
fn rank<W: Wording + ?Sized>(words: &W, own: PartnerRank) -> String {
    let (rank, allowed) = (
        words.number(own.rank.into()),
        words.number(own.allowed.into()),
    );
    match own.level_with {
        0 => format!("number {rank} of {allowed}"),
        others => format!(
            "number {rank} of {allowed}, level with {}",
            words.number(others.into())
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
        all => format!(" Wishes of the {role} granted: {granted} of {all}."),
    }
}

fn next_best<W: Wording + ?Sized>(words: &W, own: &NextBest, matched: bool) -> String {
    let which = match matched {
        true => "The next best mentor",
        false => "The best of all other mentors",
    };
    let (mentor, score) = (words.quoted(own.mentor.as_str()), words.percent(own.score));
    let price = own
        .price
        .as_ref()
        .map(|price| format!(" {}", words.price(PriceOf::Pair, price)));
    format!(
        " {which} would be {mentor} at {score}.{}",
        price.unwrap_or_default()
    )
}

pub(in crate::wording) fn why_unmatched<W: Wording + ?Sized>(
    words: &W,
    why: &WhyUnmatched,
) -> String {
    let role = why.unmatched.role;
    let mut text = words.unmatched(role, &why.unmatched.reason) + ".";
    for own in why.removed.iter().filter(|own| own.alone > 0).take(1) {
        text += &removal(words, own);
    }
    if let Some(own) = &why.competition {
        let compete = match own.mentees.len() {
            1 => "competes",
            _ => "compete",
        };
        let mentees = words.counted(own.mentees.len() as u64, Noun::Mentee);
        let mentors = words.counted(own.mentors.len() as u64, Noun::Mentor);
        let places = words.counted(own.places, Noun::Place);
        text += &format!(" Places are short: {mentees} {compete} for {places} of {mentors}.");
    }
    if let Some(lacks) = why.lacks() {
        let lacks = Score::from_ppm_saturating(u32::try_from(lacks).unwrap_or(u32::MAX));
        text += &format!(
            " With {} more in each score there would be a place.",
            words.percent(lacks)
        );
    } else if let Some(price) = why.price.as_ref().filter(|price| !price.is_free()) {
        text += &format!(" {}", words.price(PriceOf::Pair, price));
    }
    text
}

fn removal<W: Wording + ?Sized>(words: &W, own: &Removal) -> String {
    let (by, alone) = (
        words.refusal(&own.by),
        words.counted(own.alone.into(), Noun::Partner),
    );
    let best = own.best.as_ref().map(|(id, score)| {
        format!(
            "; the best {} at {}",
            words.quoted(id.as_str()),
            words.percent(*score)
        )
    });
    format!(
        " What would help most: without “{by}” {alone} would be allowed{}.",
        best.unwrap_or_default()
    )
}
