//! Stable programmes, against the definition of stability read off explanations.

use std::cmp::Reverse;

use mentormatch::solver::{Claim, PairHash};
use mentormatch::{
    Cohort, DifferentValue, Engine, Field, MenteeIdx, MentorIdx, Outcome, Profile, Programme, Role,
    RunError, RunOptions, Score, Scorer, Stable, UnmatchedReason, View, WeighedCriterion,
};
use proptest::prelude::*;

use crate::{People, cohort, criteria, pairs, people, record, run, run_with};

const COST: u32 = 150_000;

/// Many criteria, by turns of both sides, the mentee's and the mentor's; one rule that costs and one that
/// forbids.
fn programme(stable: Option<Stable>, is_divided: bool) -> Programme {
    let views = [View::Both, View::Mentee, View::Mentor];
    let mut builder = Programme::builder();
    for (at, own) in criteria(1).build().unwrap().criteria().iter().enumerate() {
        let view = if is_divided {
            views[at % 3]
        } else {
            View::Both
        };
        builder = builder.criterion(WeighedCriterion {
            view,
            ..own.clone()
        });
    }
    let (from, to) = ("2026-03-20".parse().unwrap(), "2026-12-31".parse().unwrap());
    builder = builder
        .date(from)
        .period(from, to)
        .discourage(
            Score::from_ppm_saturating(COST),
            DifferentValue::new(Field::Department),
        )
        .forbid(mentormatch::SameValue::new(Field::Site));
    match stable {
        Some(stable) => builder.stable(stable),
        None => builder,
    }
    .build()
    .unwrap()
}

/// Everybody's list, read off explanations and profiles.
struct Lists<'a> {
    cohort: &'a Cohort,
    scorer: Scorer,
    ties: PairHash,
    wishes_first: bool,
    /// Whether equal views stay equal.
    values_only: bool,
}

/// Wishes by rank, then views, then the lot.
type Place = (Reverse<u32>, u32, i64);

impl<'a> Lists<'a> {
    fn of(outcome: &'a Outcome, wishes_first: bool) -> Self {
        let cohort = outcome.cohort();
        let keys = [cohort.mentee_keys().to_vec(), cohort.mentor_keys().to_vec()];
        let [mentees, mentors] = keys;
        Self {
            cohort,
            scorer: Scorer::new(outcome.programme(), cohort).unwrap(),
            ties: PairHash::new(mentees, mentors),
            wishes_first,
            values_only: false,
        }
    }

    /// Where each of a pair stands with the other, if they may be one.
    fn places(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Option<[Place; 2]> {
        self.scorer.score_pair(mentee, mentor).unwrap()?;
        let why = self.scorer.breakdown(mentee, mentor).unwrap();
        let before_costs = why.parts.iter().map(|part| part.contribution).sum();
        let views = why.views.map_or([before_costs; 2], |views| {
            [views.mentee.ppm(), views.mentor.ppm()]
        });
        let cost = COST * u32::try_from(why.costs.len()).unwrap();
        let hash = match self.values_only {
            true => 0,
            false => self.ties.value(mentee.index(), mentor.index()),
        };
        let profiles = [
            &self.cohort.mentees()[mentee].profile,
            &self.cohort.mentors()[mentor].profile,
        ];
        let rank = |own: &Profile, other: &Profile| {
            let wish = own.wishes.iter().find(|wish| wish.partner == other.id);
            wish.filter(|_| self.wishes_first)
                .map_or(u32::MAX, |wish| wish.rank)
        };
        let ranks = [
            rank(profiles[0], profiles[1]),
            rank(profiles[1], profiles[0]),
        ];
        Some([0, 1].map(|side| (Reverse(ranks[side]), views[side].saturating_sub(cost), hash)))
    }

    /// By the definition.
    fn blocking(&self, outcome: &Outcome) -> Vec<(String, String)> {
        let is_pair = |mentee: MenteeIdx, mentor: MentorIdx| {
            let (mentee, mentor) = (self.mentee(mentee), self.mentor(mentor));
            pairs(outcome).contains(&(mentee.as_str(), mentor.as_str()))
        };
        let all = MenteeIdx::all(self.cohort.mentees().len()).flat_map(|mentee| {
            MentorIdx::all(self.cohort.mentors().len()).map(move |mentor| (mentee, mentor))
        });
        let all: Vec<_> = all
            .filter_map(|(mentee, mentor)| {
                Some((
                    mentee,
                    mentor,
                    self.places(mentee, mentor)?,
                    is_pair(mentee, mentor),
                ))
            })
            .collect();
        let mut blocking = Vec::new();
        for &(mentee, mentor, [own, other], chosen) in &all {
            let mentee_has = all
                .iter()
                .filter(|pair| pair.3 && pair.0 == mentee)
                .map(|pair| pair.2[0]);
            let mentor_has = all
                .iter()
                .filter(|pair| pair.3 && pair.1 == mentor)
                .map(|pair| pair.2[1]);
            let demand = &self.cohort.mentees()[mentee];
            let capacity = &self.cohort.mentors()[mentor];
            let takes_part =
                demand.profile.status.is_active() && capacity.profile.status.is_active();
            let wants = would(mentee_has.collect(), demand.demand.max, own);
            let is_wanted = would(mentor_has.collect(), capacity.capacity.max, other);
            if !chosen && takes_part && wants && is_wanted {
                blocking.push((self.mentee(mentee), self.mentor(mentor)));
            }
        }
        blocking.sort();
        blocking
    }

    fn mentee(&self, mentee: MenteeIdx) -> String {
        self.cohort.mentees()[mentee].profile.id.as_str().to_owned()
    }

    fn mentor(&self, mentor: MentorIdx) -> String {
        self.cohort.mentors()[mentor].profile.id.as_str().to_owned()
    }
}

fn would(has: Vec<Place>, most: u32, place: Place) -> bool {
    has.len() < most as usize || has.iter().any(|own| *own < place)
}

fn envious(outcome: &Outcome) -> Vec<(String, String)> {
    let found = outcome.blocking_pairs(usize::MAX).unwrap();
    assert_eq!(found.count, found.pairs.len() as u64);
    let name = |id: &mentormatch::ParticipantId| id.as_str().to_owned();
    found
        .pairs
        .iter()
        .map(|pair| (name(&pair.mentee), name(&pair.mentor)))
        .collect()
}

/// Some mentees want two mentors.
fn crowd(seed: u64) -> People {
    let (mentors, mut mentees) = people(seed, 14, 24);
    for mentee in mentees.iter_mut().step_by(4) {
        mentee.demand.max = 2;
    }
    (mentors, mentees)
}

fn kinds() -> impl Iterator<Item = (Stable, bool)> {
    let sides = [Role::Mentee, Role::Mentor].map(Stable::new);
    let stable = sides
        .into_iter()
        .flat_map(|stable| [stable, stable.wishes_first()]);
    stable.flat_map(|stable| [(stable, false), (stable, true)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn nobody_has_a_reason_to_leave(seed: u64) {
        let people = cohort(crowd(seed));
        for (stable, is_divided) in kinds() {
            let outcome = run(&programme(Some(stable), is_divided), &people);
            let claim = Claim::Stable { proposing: stable.proposing };
            prop_assert_eq!(outcome.certificate().claim(), claim);
            prop_assert_eq!(Lists::of(&outcome, stable.wishes_first).blocking(&outcome), []);
            prop_assert_eq!(envious(&outcome), []);
            prop_assert!(outcome.objectives().is_empty() && outcome.is_proven_optimal());
            let reasons = outcome.unmatched().iter().map(|own| &own.reason);
            for reason in reasons {
                let is_excuse = matches!(reason, UnmatchedReason::NothingToGain { .. } | UnmatchedReason::AllTaken { .. });
                prop_assert!(!is_excuse, "{reason}");
            }
        }
    }

    #[test]
    fn envy_in_the_best_total_is_found(seed: u64) {
        let people = cohort(crowd(seed));
        for is_divided in [false, true] {
            let outcome = run(&programme(None, is_divided), &people);
            let mut lists = Lists::of(&outcome, false);
            lists.values_only = true;
            let expected = lists.blocking(&outcome);
            prop_assert_eq!(envious(&outcome), expected.clone());
            let some = outcome.blocking_pairs(2).unwrap();
            prop_assert_eq!((some.count, some.pairs.len()), (expected.len() as u64, expected.len().min(2)));
        }
    }

    #[test]
    fn neither_order_nor_memory_is_seen(
        (seed, (mentors, mentees)) in any::<u64>().prop_flat_map(|seed| {
            let (mentors, mentees) = crowd(seed);
            (Just(seed), (Just(mentors).prop_shuffle(), Just(mentees).prop_shuffle()))
        }),
    ) {
        let [listed, shuffled] = [cohort(crowd(seed)), cohort((mentors, mentees))];
        for (stable, is_divided) in kinds() {
            let programme = programme(Some(stable), is_divided);
            let usual = run(&programme, &listed);
            prop_assert_eq!(record(&usual), record(&run(&programme, &shuffled)));
            let refused = Engine::new(programme.clone()).run_with(&listed, &RunOptions::default().memory_limit(1));
            let Err(RunError::Solve(mentormatch::solver::SolveError::TooLarge { needed, .. })) = refused else {
                panic!("one byte is too little");
            };
            let tight = run_with(&programme, &listed, &RunOptions::default().memory_limit(needed));
            let has_views = is_divided || stable.wishes_first; // else there is nothing to save here
            prop_assert_eq!(tight.statistics().on_demand, has_views);
            prop_assert_eq!(record(&tight), record(&usual));
        }
    }
}

#[cfg(feature = "parallel")]
#[test]
fn the_number_of_threads_changes_no_stable_matching() {
    let people = cohort(people(11, 70, 300));
    for (stable, is_divided) in kinds() {
        let programme = programme(Some(stable), is_divided);
        let records = [1, 3].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            pool.build()
                .unwrap()
                .install(|| record(&run(&programme, &people)))
        });
        assert_eq!(records[0], records[1]);
    }
}

#[test]
fn the_side_that_proposes_gets_what_it_wishes() {
    use mentormatch::WishRank;
    let wishing =
        |id: &str, first: &str, second: &str| Profile::new(id).wish(first, 1).wish(second, 2);
    let mentees = [wishing("a", "ana", "boris"), wishing("b", "boris", "ana")].map(Profile::mentee);
    let mentors = [wishing("ana", "b", "a"), wishing("boris", "a", "b")];
    let mentors = mentors.map(|own| own.mentor(1));
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let found = |stable: Stable| {
        let programme = Programme::builder()
            .weigh_in(View::Mentee, 1, WishRank::of_mentees())
            .weigh_in(View::Mentor, 1, WishRank::of_mentors())
            .stable(stable);
        let outcome = run(&programme.build().unwrap(), &cohort);
        pairs(&outcome)
            .iter()
            .map(|pair| pair.1.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found(Stable::new(Role::Mentee)), ["ana", "boris"]);
    assert_eq!(found(Stable::new(Role::Mentor)), ["boris", "ana"]);
}

#[test]
fn wishes_come_first_where_the_programme_says_so() {
    let at = |id: &str, site: &str| {
        let mut own = Profile::new(id);
        own.site = Some(site.to_owned());
        own
    };
    // Of two first wishes the one of the better view counts more, and both more than anybody else.
    let mentee = at("a", "Aarhus")
        .wish("far", 1)
        .wish("near", 1)
        .wish("last", 2);
    let found = |capacities: [u32; 4], stable: Stable| {
        let mentors = ["far", "near", "last", "other"].into_iter().zip(capacities);
        let mentors = mentors.map(|(id, places)| {
            let site = if id == "near" || id == "other" {
                "Aarhus"
            } else {
                "Bogotá"
            };
            at(id, site).mentor(places)
        });
        let cohort = Cohort::new(mentors.collect::<Vec<_>>(), [mentee.clone().mentee()]).unwrap();
        let programme = Programme::builder()
            .weigh(1, mentormatch::Same::new(Field::Site))
            .stable(stable);
        let outcome = run(&programme.build().unwrap(), &cohort);
        pairs(&outcome)[0].1.to_owned()
    };
    let wishes_first = Stable::new(Role::Mentee).wishes_first();
    assert_eq!(found([1, 1, 1, 1], wishes_first), "near");
    assert_eq!(found([1, 0, 1, 1], wishes_first), "far");
    assert_eq!(found([0, 0, 1, 1], wishes_first), "last");
    assert_eq!(found([0, 0, 1, 1], Stable::new(Role::Mentee)), "other");
}

#[test]
fn minimums_of_those_who_take_part_are_refused() {
    let (mut mentors, mut mentees) = people(3, 6, 6);
    mentors[1].capacity = (1..=2).into();
    mentors[1].profile.status = mentormatch::Status::Active;
    mentees[2].demand = (1..=1).into();
    mentees[2].profile.status = mentormatch::Status::Active;
    mentees[3].demand = (1..=1).into();
    mentees[3].profile.status = mentormatch::Status::Paused;
    let ids = (mentors[1].profile.id.clone(), mentees[2].profile.id.clone());
    let programme = programme(Some(Stable::new(Role::Mentee)), false);
    let refused = Engine::new(programme).run(&cohort((mentors, mentees)));
    let people = vec![(Role::Mentee, ids.1), (Role::Mentor, ids.0)];
    assert_eq!(
        refused.unwrap_err(),
        RunError::MinimumsBesideStable { people }
    );
}

#[test]
fn the_report_and_the_reasons_say_what_it_is() {
    let mentors = [Profile::new("ana").wish("dora", 1).mentor(1)];
    let mentees = ["boris", "dora"].map(|id| Profile::new(id).mentee());
    let programme = Programme::builder()
        .weigh(1, mentormatch::WishRank::of_mentors())
        .stable(Stable::new(Role::Mentor).wishes_first());
    let outcome = run(
        &programme.build().unwrap(),
        &Cohort::new(mentors, mentees).unwrap(),
    );
    assert_eq!(pairs(&outcome), [("dora", "ana")]);
    let report = outcome.report().to_string();
    assert!(
        report.contains("stable     proven, and the best one for the mentors"),
        "{report}"
    );
    let reason = outcome.unmatched()[0].reason.to_string();
    assert_eq!(
        reason,
        "the only allowed partner prefers others; best: ana at 0.0%"
    );
}
