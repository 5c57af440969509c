//! An outcome's figures agree with each other, and nobody is lost.

use std::collections::{BTreeMap, BTreeSet};

use mentormatch::{Cohort, Outcome, Role};
use proptest::prelude::*;

use crate::{coarse, cohort, everything, people, run};

/// Every mentor's or mentee's number of partners, by id.
fn loads(outcome: &Outcome, role: Role) -> BTreeMap<&str, u64> {
    let mut loads = BTreeMap::new();
    for pair in &outcome.matching().pairs {
        let id = match role {
            Role::Mentor => &pair.mentor,
            Role::Mentee => &pair.mentee,
        };
        *loads.entry(id.as_str()).or_default() += 1;
    }
    loads
}

fn ids(cohort: &Cohort, role: Role) -> BTreeSet<&str> {
    match role {
        Role::Mentor => cohort
            .mentors()
            .iter()
            .map(|own| own.profile.id.as_str())
            .collect(),
        Role::Mentee => cohort
            .mentees()
            .iter()
            .map(|own| own.profile.id.as_str())
            .collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn everybody_has_a_partner_or_a_reason(seed: u64, mentors in 0_u64..12, mentees in 0_u64..20) {
        let cohort = cohort(people(seed, mentors, mentees));
        for programme in [everything(1), coarse()] {
            let outcome = run(&programme, &cohort);
            for role in [Role::Mentor, Role::Mentee] {
                let of_role = outcome.unmatched().iter().filter(|person| person.role == role);
                let without: Vec<_> = of_role.map(|person| person.participant.as_str()).collect();
                let with = loads(&outcome, role);
                prop_assert_eq!(without.len() + with.len(), ids(&cohort, role).len());
                let everybody: BTreeSet<_> = without.into_iter().chain(with.into_keys()).collect();
                prop_assert_eq!(everybody, ids(&cohort, role));
            }
        }
    }

    #[test]
    fn contributions_sum_to_scores_and_scores_to_the_total(seed: u64) {
        let cohort = cohort(people(seed, 12, 20));
        for programme in [everything(1), coarse()] {
            let outcome = run(&programme, &cohort);
            let mut total = 0;
            for pair in &outcome.matching().pairs {
                let sum: u32 = pair.parts.iter().map(|part| part.contribution).sum();
                prop_assert_eq!(sum, pair.score.ppm());
                let why = outcome.explain(pair.mentee.as_str(), pair.mentor.as_str()).unwrap();
                prop_assert_eq!((why.score, &why.parts), (pair.score, &pair.parts));
                total += u64::from(pair.score.ppm());
            }
            prop_assert_eq!(outcome.matching().totals.score_ppm, total);
        }
    }

    #[test]
    fn totals_spare_places_and_report_agree_with_the_pairs(seed: u64) {
        let cohort = cohort(people(seed, 12, 20));
        let outcome = run(&everything(1), &cohort);
        let (matching, report) = (outcome.matching(), outcome.report());
        let (mentors, mentees) = (loads(&outcome, Role::Mentor), loads(&outcome, Role::Mentee));
        let totals = matching.totals;
        prop_assert_eq!(totals.pairs, matching.pairs.len() as u64);
        prop_assert_eq!(totals.matched_mentors as usize, mentors.len());
        prop_assert_eq!(totals.matched_mentees as usize, mentees.len());
        let spare: u64 = matching.spare_places.iter().map(|own| u64::from(own.places)).sum();
        prop_assert_eq!(totals.places, totals.pairs + spare);
        for spare in &matching.spare_places {
            let mentor = &cohort.mentors()[cohort.mentor_idx(spare.mentor.as_str()).unwrap()];
            let load = mentors.get(spare.mentor.as_str()).copied().unwrap_or(0);
            prop_assert_eq!(load + u64::from(spare.places), u64::from(mentor.capacity.max));
        }

        prop_assert_eq!(report.totals, totals);
        prop_assert_eq!(report.score_bands.iter().sum::<u64>(), totals.pairs);
        prop_assert_eq!(report.loads.iter().sum::<u64>(), u64::from(totals.mentors));
        let used: u64 = (0..).zip(&report.loads).map(|(load, count)| load * count).sum();
        prop_assert_eq!(used, totals.pairs);
        let without: u64 = report.unmatched.iter().map(|(_, _, count)| count).sum();
        prop_assert_eq!(without, outcome.unmatched().len() as u64);
    }

    #[test]
    fn statistics_count_every_pair_once(seed: u64) {
        let cohort = cohort(people(seed, 12, 20));
        let outcome = run(&everything(1), &cohort);
        let statistics = outcome.statistics();
        prop_assert_eq!(statistics.pairs_considered, 12 * 20);
        let forbidden = statistics.pairs_considered - statistics.pairs_allowed;
        let refusals = statistics.pairs_refused.iter().map(|(_, pairs)| *pairs);
        prop_assert!(refusals.clone().max().unwrap() <= forbidden);
        prop_assert!(forbidden <= refusals.sum());
    }
}
