//! A mentee's round: her open mentors, in the order in which she meets them on the circle.

use super::super::face::{Bits, Face};
use super::super::lot::Lot;
use super::super::walk::{self, position};

/// Whether whom a mentee meets next is soon found, wherever she is on the circle: where the circle is in the order of
/// positions, since her open mentors are too, and where pairs are bits.
pub(super) fn is_soon_found((face, lot): (&Face, &Lot)) -> bool {
    lot.is_in_place() || face.open.is_wide()
}

/// Whom of a set a mentee meets first, once she has passed so many on the circle; and how many she has passed then.
/// Only where that is soon found.
///
/// Where the circle is not in the order of positions, the next ones on it are looked up one by one, where of so many one
/// is met soon, or else all who could be met.
pub(super) fn next(
    (face, lot): (&Face, &Lot),
    mentee: u32,
    passed: u32,
    set: &Bits,
) -> Option<(u32, u32)> {
    if !lot.is_in_place() {
        let could_be_met = face.open.count(mentee, set);
        if could_be_met * could_be_met < face.mentors() {
            return nearest((face, lot), mentee, passed, set);
        }
        let mut rest = (passed..).zip(lot.walk(mentee as usize).skip(passed as usize));
        let met = rest.find(|&(_, mentor)| set.has(mentor) && face.open.has(mentee, mentor));
        return met.map(|(before, mentor)| (mentor, before + 1));
    }
    let (start, all) = (lot.start(mentee as usize), position(face.mentors()));
    let at = start + passed;
    let ahead = (at < all).then(|| face.open.mentor_from(mentee, at, set));
    if let Some(mentor) = ahead.flatten() {
        return Some((mentor, mentor + 1 - start));
    }
    let mentor = face.open.mentor_from(mentee, at.saturating_sub(all), set)?;
    (mentor < start).then(|| (mentor, mentor + 1 + all - start))
}

/// The same by a look at all whom she could meet.
fn nearest((face, lot): (&Face, &Lot), mentee: u32, passed: u32, set: &Bits) -> Option<(u32, u32)> {
    let (start, all) = (lot.start(mentee as usize) as usize, face.mentors());
    let mut cursor = 0;
    let mentors = std::iter::from_fn(|| {
        let (mentor, behind) = face.open.mentor(mentee, cursor, set)?;
        cursor = behind;
        Some(mentor)
    });
    let steps = |mentor: u32| walk::steps(lot.places()[mentor as usize] as usize, start, all);
    let ahead = mentors.map(|mentor| (steps(mentor), mentor));
    let met = ahead.filter(|&(before, _)| before >= passed).min();
    met.map(|(before, mentor)| (mentor, before + 1))
}

/// Whom of a set a mentee meets first.
pub(super) fn first((face, lot): (&Face, &Lot), mentee: u32, set: &Bits) -> Option<u32> {
    if is_soon_found((face, lot)) {
        return next((face, lot), mentee, 0, set).map(|(mentor, _)| mentor);
    }
    let listed = face.open.mentors(mentee);
    let distance = |&mentor: &u32| lot.distance(mentee as usize, mentor as usize);
    listed
        .filter(|&mentor| set.has(mentor))
        .min_by_key(distance)
}

/// Lists the pairs of a mentee, her slots' among them, the preferred ones first: distances, tails and mentors.
pub(super) fn list((face, lot): (&Face, &Lot), mentee: u32, pairs: &mut Vec<(u32, u32, u32)>) {
    pairs.clear();
    for tail in [mentee].into_iter().chain(face.slots(mentee)) {
        let distance = |mentor: u32| lot.distance(mentee as usize, mentor as usize);
        let mentors = face.open.mentors(tail);
        pairs.extend(mentors.map(|mentor| (distance(mentor), tail, mentor)));
    }
    // Where the circle is in the order of positions, two stretches need only change places.
    let turned = pairs.windows(2).position(|both| both[0] > both[1]);
    pairs.rotate_left(turned.map_or(0, |last| last + 1));
    if !pairs.is_sorted_by_key(|pair| pair.0) {
        pairs.sort_unstable_by_key(|pair| pair.0);
    }
}
