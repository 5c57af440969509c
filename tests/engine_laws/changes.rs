//! What a change of the input may change in the outcome.

use std::collections::HashMap;

use mentormatch::{Mentee, Mentor, ParticipantId, Profile};
use proptest::prelude::*;

use crate::{People, coarse, cohort, everything, pairs, people, run, story, values};

/// Everybody under another name, everywhere they are named.
fn renamed((mut mentors, mut mentees): People, salt: u64) -> People {
    let rename = |id: &mut ParticipantId| *id = format!("{salt:x} {id} ü").into();
    let rename_all = |own: &mut Profile| {
        rename(&mut own.id);
        own.manager.iter_mut().for_each(rename);
        own.vetoes.iter_mut().for_each(rename);
        own.wishes
            .iter_mut()
            .for_each(|wish| rename(&mut wish.partner));
    };
    for profile in profiles(&mut mentors, &mut mentees) {
        rename_all(profile);
    }
    (mentors, mentees)
}

fn profiles<'a>(
    mentors: &'a mut [Mentor],
    mentees: &'a mut [Mentee],
) -> impl Iterator<Item = &'a mut Profile> {
    let mentors = mentors.iter_mut().map(|mentor| &mut mentor.profile);
    mentors.chain(mentees.iter_mut().map(|mentee| &mut mentee.profile))
}

/// A veto in every role the person has, since the two must agree.
fn veto((mentors, mentees): &mut People, person: &str, partner: &str) {
    for profile in profiles(mentors, mentees).filter(|own| own.id.as_str() == person) {
        if !profile.vetoes.contains(&partner.into()) {
            profile.vetoes.push(partner.into());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn renaming_people_changes_nothing_but_names(seed: u64, salt: u64) {
        let (before, after) = (people(seed, 12, 20), renamed(people(seed, 12, 20), salt));
        for programme in [everything(1), coarse()] {
            let before = run(&programme, &cohort(before.clone()));
            let after = run(&programme, &cohort(after.clone()));
            prop_assert_eq!(values(&before), values(&after));
        }
    }

    #[test]
    fn one_more_place_never_lowers_the_objectives(seed: u64, who in 0_usize..12) {
        let (before, mut after) = (people(seed, 12, 20), people(seed, 12, 20));
        after.0[who].capacity.max += 1;
        for programme in [everything(1), coarse()] {
            let before = values(&run(&programme, &cohort(before.clone())));
            let after = values(&run(&programme, &cohort(after.clone())));
            prop_assert!(before <= after, "{before:?} {after:?}");
        }
    }

    #[test]
    fn forbidding_pairs_that_are_not_used_changes_no_pair(seed: u64, dice: [(usize, usize); 6]) {
        let mut people = people(seed, 12, 20);
        for programme in [everything(1), coarse()] {
            let before = run(&programme, &cohort(people.clone()));
            for (mentee, mentor) in dice {
                let mentee = people.1[mentee % 20].profile.id.clone();
                let mentor = people.0[mentor % 12].profile.id.clone();
                // The veto counts in every role of hers, so it may forbid the pair the other way round.
                let ways = [(&mentee, &mentor), (&mentor, &mentee)];
                let is_used = |(mentee, mentor): &(&ParticipantId, &ParticipantId)| {
                    pairs(&before).contains(&(mentee.as_str(), mentor.as_str()))
                };
                if !ways.iter().any(is_used) {
                    veto(&mut people, mentee.as_str(), mentor.as_str());
                }
            }
            let after = run(&programme, &cohort(people.clone()));
            prop_assert_eq!(values(&before), values(&after));
            prop_assert_eq!(pairs(&before), pairs(&after));
        }
    }

    #[test]
    fn a_factor_on_all_weights_changes_nothing_at_all(seed: u64, factor in 2_u32..5_000) {
        let cohort = cohort(people(seed, 12, 20));
        let [one, other] = [1, factor].map(|factor| run(&everything(factor), &cohort));
        prop_assert_eq!(story(&one), story(&other));
    }
}

#[test]
fn a_used_pair_is_missed_when_it_is_forbidden() {
    let mut people = people(5, 12, 20);
    let before = run(&everything(1), &cohort(people.clone()));
    let scores: HashMap<_, _> = before
        .matching()
        .pairs
        .iter()
        .map(|pair| ((pair.mentee.as_str(), pair.mentor.as_str()), pair.score))
        .collect();
    let (&(mentee, mentor), _) = scores
        .iter()
        .max_by_key(|(pair, score)| (**score, **pair))
        .unwrap();
    veto(&mut people, mentee, mentor);
    let after = run(&everything(1), &cohort(people));
    assert!(!pairs(&after).contains(&(mentee, mentor)));
    assert!(values(&after) <= values(&before));
}
