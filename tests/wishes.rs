//! Wishes count for as much as the programme says, and never against a rule.
#![allow(clippy::unwrap_used, reason = "a test")]

mod roster;

use std::collections::{BTreeMap, BTreeSet};

use mentormatch::{
    Cohort, DifferentValue, Engine, Field, MissingPolicy, Outcome, Profile, Programme,
    ProgrammeBuilder, ReportingLine, RoleWishes, RuleKind, Same, Score, ScoreBelow, Scorer, Status,
    WishCount, WishRank,
};
use proptest::prelude::*;
use roster::{first_rules, people};

/// Wishes weigh a million times as much as anything else, under every rule.
fn wishes_above_all() -> Programme {
    let (from, to) = ("2026-03-20".parse().unwrap(), "2026-12-31".parse().unwrap());
    let builder = Programme::builder()
        .period(from, to)
        .weigh_with(1_000_000, WishRank::of_mentees(), MissingPolicy::Zero)
        .weigh_with(1_000_000, WishRank::of_mentors(), MissingPolicy::Zero)
        .weigh(1, Same::new(Field::Department));
    // Without the floor, under which hardly a pair is left.
    let rules = first_rules().into_iter();
    let rules = rules.filter(|own| !matches!(own, RuleKind::ScoreBelow(_)));
    rules
        .fold(builder, ProgrammeBuilder::forbid)
        .build()
        .unwrap()
}

/// Everybody's favourites too are people the roster may or may not have.
fn cohort(seed: u64) -> Cohort {
    let (mentors, mut mentees) = people(seed, 9, 12);
    for (at, mentee) in mentees.iter_mut().enumerate() {
        mentee.profile.favourites = [at, 2 * at].map(|at| format!("r{at}").into()).to_vec();
        mentee.profile.favourites.dedup();
    }
    Cohort::new(mentors, mentees).unwrap()
}

fn pairs(outcome: &Outcome) -> BTreeSet<(String, String)> {
    let pairs = outcome.matching().pairs.iter();
    pairs
        .map(|pair| (pair.mentee.to_string(), pair.mentor.to_string()))
        .collect()
}

/// The mentees' figures, wish by wish.
fn mentees_by_hand(outcome: &Outcome, programme: &Programme) -> BTreeMap<Option<u32>, [u32; 3]> {
    let (cohort, pairs) = (outcome.cohort(), pairs(outcome));
    let scorer = Scorer::new(programme, cohort).unwrap();
    let mut found: BTreeMap<Option<u32>, [u32; 3]> = BTreeMap::new();
    let active =
        |mentee: &&std::sync::Arc<mentormatch::Mentee>| mentee.profile.status == Status::Active;
    for mentee in cohort.mentees().iter().filter(active) {
        let own = &mentee.profile;
        let ranked = own
            .wishes
            .iter()
            .map(|wish| (Some(wish.rank), &wish.partner));
        let all: Vec<_> = ranked
            .chain(own.favourites.iter().map(|id| (None, id)))
            .collect();
        for rank in all.iter().map(|(rank, _)| *rank).collect::<BTreeSet<_>>() {
            let known: Vec<_> = all
                .iter()
                .filter(|(of, id)| *of == rank && cohort.mentor_idx(id.as_str()).is_some())
                .map(|(_, id)| id.as_str())
                .collect();
            let forbidden = known.iter().all(|id| {
                let pair = (cohort.mentee_idx(own.id.as_str()), cohort.mentor_idx(id));
                let by = scorer
                    .forbidden_by(pair.0.unwrap(), pair.1.unwrap())
                    .unwrap();
                !by.is_empty()
            });
            let granted = known
                .iter()
                .any(|id| pairs.contains(&(own.id.to_string(), (*id).to_owned())));
            if !known.is_empty() {
                let sum = found.entry(rank).or_default();
                sum[0] += 1;
                sum[1] += u32::from(granted);
                sum[2] += u32::from(forbidden);
            }
        }
    }
    found
}

fn figures(count: WishCount) -> [u32; 3] {
    [count.people, count.granted, count.forbidden]
}

fn by_rank(wishes: &RoleWishes) -> BTreeMap<Option<u32>, [u32; 3]> {
    let ranked = wishes.by_rank.iter();
    let mut found: BTreeMap<_, _> = ranked
        .map(|(rank, &own)| (Some(*rank), figures(own)))
        .collect();
    if wishes.favourites.people > 0 {
        found.insert(None, figures(wishes.favourites));
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn granted_wishes_are_counted_person_by_person(seed: u64) {
        let (programme, cohort) = (wishes_above_all(), cohort(seed));
        let outcome = Engine::new(programme.clone()).run(&cohort).unwrap();
        prop_assert_eq!(by_rank(&outcome.wishes().mentees), mentees_by_hand(&outcome, &programme));
        prop_assert_eq!(&outcome.report().wishes, outcome.wishes());
        for own in [&outcome.wishes().mentees, &outcome.wishes().mentors] {
            for [people, granted, forbidden] in by_rank(own).into_values() {
                prop_assert!(people > 0 && granted + forbidden <= people);
            }
        }
    }
}

#[test]
fn no_weight_makes_a_wish_beat_a_rule() {
    let programme = wishes_above_all();
    let (mut made, mut wishes) = (0, [0; 3]);
    for seed in 0..48 {
        let cohort = cohort(seed);
        let outcome = Engine::new(programme.clone()).run(&cohort).unwrap();
        let scorer = Scorer::new(&programme, &cohort).unwrap();
        for (mentee, mentor) in pairs(&outcome) {
            let mentee = cohort.mentee_idx(&mentee).unwrap();
            let mentor = cohort.mentor_idx(&mentor).unwrap();
            assert_eq!(scorer.forbidden_by(mentee, mentor).unwrap(), []);
            made += 1;
        }
        for count in outcome.wishes().mentees.by_rank.values() {
            for (sum, own) in wishes.iter_mut().zip(figures(*count)) {
                *sum += own;
            }
        }
    }
    assert!(made > 48, "{made} pairs");
    let [people, granted, forbidden] = wishes;
    assert!(people > 200 && granted > 20 && forbidden > 20, "{wishes:?}");
}

/// Everybody's only wish is forbidden, each by another rule; without the rules all are granted.
#[test]
fn a_forbidden_wish_is_never_granted_whatever_its_weight() {
    let mentors = || ["ana", "eve", "fay"].map(|id| Profile::new(id).site("A").mentor(9));
    let mentees = || {
        [
            Profile::new("boris").site("B").wish("ana", 1).mentee(),
            Profile::new("chen")
                .site("A")
                .manager("eve")
                .wish("eve", 1)
                .mentee(),
            Profile::new("dara")
                .site("A")
                .veto("fay")
                .wish("fay", 1)
                .favourite("fay")
                .mentee(),
        ]
    };
    for weight in [1, 1_000, 1_000_000] {
        let programme = Programme::builder()
            .weigh_with(weight, WishRank::of_mentees(), MissingPolicy::Zero)
            .weigh(1, Same::new(Field::Department))
            .forbid(DifferentValue::new(Field::Site))
            .forbid(ReportingLine::any_distance())
            .build()
            .unwrap();
        let cohort = Cohort::new(mentors(), mentees()).unwrap();
        let outcome = Engine::new(programme).run(&cohort).unwrap();
        for wished in [("boris", "ana"), ("chen", "eve"), ("dara", "fay")] {
            let wished = (wished.0.to_owned(), wished.1.to_owned());
            assert!(!pairs(&outcome).contains(&wished));
        }
        assert_eq!(figures(outcome.wishes().mentees.by_rank[&1]), [3, 0, 3]);
        assert_eq!(figures(outcome.wishes().mentees.favourites), [1, 0, 1]);
    }

    let free = Programme::builder()
        .weigh(1, WishRank::of_mentees())
        .build()
        .unwrap();
    let mut mentees = mentees();
    mentees[2].profile.vetoes.clear();
    let cohort = Cohort::new(mentors(), mentees).unwrap();
    let outcome = Engine::new(free).run(&cohort).unwrap();
    assert_eq!(figures(outcome.wishes().mentees.by_rank[&1]), [3, 3, 0]);
}

#[test]
fn both_sides_ranks_ties_and_favourites_are_told_apart() {
    let ana = Profile::new("ana")
        .wish("boris", 1)
        .wish("chen", 1)
        .favourite("dara")
        .mentor(1);
    let eve = Profile::new("eve")
        .wish("dara", 2)
        .wish("nobody", 1)
        .mentor(1);
    let gone = Profile::new("gone")
        .wish("boris", 1)
        .status(Status::Paused)
        .mentor(1);
    let boris = Profile::new("boris")
        .wish("ana", 1)
        .wish("gone", 2)
        .mentee();
    let chen = Profile::new("chen")
        .favourite("eve")
        .favourite("nobody")
        .mentee();
    let dara = Profile::new("dara").wish("ana", 1).wish("eve", 2).mentee();
    let cohort = Cohort::new([ana, eve, gone], [boris, chen, dara]).unwrap();
    let ranked = |own: WishRank| own.favourites_as(u32::MAX); // a favourite counts for nothing
    let programme = Programme::builder()
        .weigh_with(2, ranked(WishRank::of_mentees()), MissingPolicy::Zero)
        .weigh_with(1, ranked(WishRank::of_mentors()), MissingPolicy::Zero)
        .forbid(ScoreBelow::new(Score::from_ppm_saturating(1)))
        .build()
        .unwrap();
    let outcome = Engine::new(programme).run(&cohort).unwrap();
    let matched = [("boris", "ana"), ("dara", "eve")];
    let matched = matched.map(|(mentee, mentor)| (mentee.to_owned(), mentor.to_owned()));
    assert_eq!(pairs(&outcome), BTreeSet::from(matched));

    let wishes = outcome.wishes();
    let mentees = [
        (Some(1), [2, 1, 0]),
        (Some(2), [2, 1, 1]),
        (None, [1, 0, 1]),
    ];
    assert_eq!(by_rank(&wishes.mentees), BTreeMap::from(mentees));
    let mentors = [
        (Some(1), [1, 1, 0]),
        (Some(2), [1, 1, 0]),
        (None, [1, 0, 0]),
    ];
    assert_eq!(by_rank(&wishes.mentors), BTreeMap::from(mentors));
    let text = outcome.report().to_string();
    let lines: Vec<_> = text
        .lines()
        .skip_while(|line| !line.starts_with("wishes"))
        .take(9)
        .collect();
    assert_eq!(
        lines,
        [
            "wishes of mentees granted",
            "   wish 1      1 of 2 people, 50.0%",
            "   wish 2      1 of 2 people, 50.0%; forbidden by rules: 1",
            "favourite      0 of 1 person, 0.0%; forbidden by rules: 1",
            "",
            "wishes of mentors granted",
            "   wish 1      1 of 1 person, 100.0%",
            "   wish 2      1 of 1 person, 100.0%",
            "favourite      0 of 1 person, 0.0%",
        ]
    );
}

#[test]
fn a_programme_without_wishes_says_nothing_of_them() {
    let cohort = Cohort::new(
        [Profile::new("ana").mentor(1)],
        [Profile::new("boris").mentee()],
    );
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .build()
        .unwrap();
    let outcome = Engine::new(programme).run(&cohort.unwrap()).unwrap();
    assert!(outcome.wishes().mentees.is_empty() && outcome.wishes().mentors.is_empty());
    assert!(!outcome.report().to_string().contains("wish"));
}
