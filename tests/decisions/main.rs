//! What a programme manager decides: locks, vetoes, overrides, a subset; quotas and people's own limits.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_wrap,
    reason = "a test"
)]

mod errors;
mod oracle;
#[path = "../roster/mod.rs"]
mod roster;

use std::collections::BTreeSet;

use mentormatch::{
    Cohort, Decisions, Different, Engine, Field, Mentee, Mentor, Method, Objective, Outcome,
    Override, Profile, Programme, Quota, Role, RunError, RunOptions, Same, SameValue, Score,
    ScoreBelow, TieBreaking, WishRank,
};
use oracle::{Oracle, Two};
use proptest::prelude::*;
use roster::Dice;

const DEPARTMENTS: [&str; 3] = ["A", "B", "C"];
const SITES: [&str; 2] = ["X", "Y"];
const TEAMS: [&str; 3] = ["red", "green", "blue"];

fn pick(dice: &mut Dice, from: &[&str]) -> String {
    from[usize::try_from(dice.below(from.len() as u64)).unwrap()].to_owned()
}

fn small(dice: &mut Dice, bound: u64) -> u32 {
    u32::try_from(dice.below(bound)).unwrap()
}

fn person(dice: &mut Dice, id: &str, partners: &str, others: u64) -> Profile {
    let mut own = Profile::new(id)
        .department(pick(dice, &DEPARTMENTS))
        .site(pick(dice, &SITES))
        .team(pick(dice, &TEAMS));
    for rank in 1..=small(dice, 4) {
        own = own.wish(format!("{partners}{}", dice.below(others)), rank);
    }
    if dice.once_in(5) {
        own = own.veto(format!("{partners}{}", dice.below(others)));
    }
    if dice.once_in(5) {
        own = own.only_wishes_up_to(1 + small(dice, 3));
    }
    if dice.once_in(5) {
        let least = f64::from(small(dice, 6)) / 10.0;
        own = own.minimum_score(Score::from_unit(least).unwrap());
    }
    own
}

fn people(seed: u64, mentors: u64, mentees: u64) -> (Vec<Mentor>, Vec<Mentee>) {
    let mut dice = Dice(seed);
    let mentors = (0..mentors).map(|at| {
        let own = person(&mut dice, &format!("r{at}"), "e", mentees);
        let most = small(&mut dice, 3);
        let least = if dice.once_in(4) { most.min(1) } else { 0 };
        own.mentor(least..=most)
    });
    let mentors: Vec<_> = mentors.collect();
    let mentees = (0..mentees).map(|at| {
        let own = person(&mut dice, &format!("e{at}"), "r", mentors.len() as u64);
        let most = if dice.once_in(3) { 2 } else { 1 };
        let least = u32::from(dice.once_in(4));
        own.mentee().demand(least..=most)
    });
    let mentees = mentees.collect();
    (mentors, mentees)
}

/// With quotas of nested groups on one side, and of one group on the other.
fn programme(objectives: &[Objective], quotas: bool) -> Programme {
    let mut builder = Programme::builder()
        .weigh(3, Same::new(Field::Site))
        .weigh(2, Different::new(Field::Department))
        .weigh(2, WishRank::of_mentees())
        .forbid(SameValue::new(Field::Team))
        .forbid(ScoreBelow::new(Score::from_unit(0.2).unwrap()))
        .objectives(objectives.to_vec());
    if quotas {
        let of =
            |side, departments: &[&str]| Quota::new(side, Field::Department, departments.to_vec());
        builder = builder
            .quota(of(Role::Mentor, &["A", "B"]).at_least(1).at_most(2))
            .quota(of(Role::Mentor, &["A"]).at_most(1))
            .quota(Quota::new(Role::Mentee, Field::Site, ["X"]).at_most(2));
    }
    builder.build().unwrap()
}

/// Any pairs are locked and vetoed, any rules overridden.
fn decisions(seed: u64, mentors: u64, mentees: u64) -> Decisions {
    let mut dice = Dice(seed ^ 0xDEC1);
    let mut pair = || {
        (
            format!("e{}", dice.below(mentees)),
            format!("r{}", dice.below(mentors)),
        )
    };
    let mut decisions = Decisions::new();
    for _ in 0..seed % 3 {
        let (mentee, mentor) = pair();
        decisions = decisions.lock(mentee, mentor);
    }
    for _ in 0..seed / 3 % 2 {
        let (mentee, mentor) = pair();
        decisions = decisions.veto(mentee, mentor);
    }
    for at in 0..seed / 6 % 4 {
        let (mentee, mentor) = pair();
        let rule = if at < 2 {
            "same_value:team"
        } else {
            "score_below"
        };
        decisions = decisions.allow(Override::new(mentee, mentor, rule, "agreed"));
    }
    if seed.is_multiple_of(7) {
        decisions = decisions.only_mentees((1..mentees).map(|at| format!("e{at}")));
    }
    decisions
}

fn run(programme: &Programme, cohort: &Cohort, options: &RunOptions) -> Result<Outcome, RunError> {
    Engine::new(programme.clone()).run_with(cohort, options)
}

fn positions(outcome: &Outcome, cohort: &Cohort) -> BTreeSet<Two> {
    let pairs = outcome.matching().pairs.iter();
    pairs
        .map(|pair| {
            let mentee = cohort.mentee_idx(pair.mentee.as_str()).unwrap();
            (
                mentee.index(),
                cohort.mentor_idx(pair.mentor.as_str()).unwrap().index(),
            )
        })
        .collect()
}

const ORDERS: [&[Objective]; 3] = [
    &[Objective::Participation, Objective::TotalScore],
    &[Objective::TotalScore],
    &[Objective::TotalScore, Objective::Participation],
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_run_finds_the_best_of_all_matchings_that_obey_every_decision(
        seed: u64,
        mentors in 1_u64..=3,
        mentees in 1_u64..=4,
        order in 0_usize..3,
        quotas: bool,
    ) {
        let (own_mentors, own_mentees) = people(seed, mentors, mentees);
        let cohort = Cohort::new(own_mentors, own_mentees).unwrap();
        let programme = programme(ORDERS[order], quotas);
        let decisions = decisions(seed, mentors, mentees);
        let oracle = Oracle::new(&cohort, &programme, &decisions);
        let left_out = |role: Role, at: usize| {
            let only = &decisions.only_mentees;
            role == Role::Mentee
                && only.as_ref().is_some_and(|ids| !ids.contains(&cohort.mentees()[at].profile.id))
        };
        let expected = oracle.optimum(left_out);
        let options = RunOptions::default().decisions(decisions.clone());
        let Some(expected) = expected else {
            let error = run(&programme, &cohort, &options).unwrap_err();
            prop_assert!(matches!(error, RunError::Decisions(_)), "{error}");
            return Ok(());
        };
        let mut seen = None;
        for options in [
            options.clone(),
            options.clone().method(Method::MinCostFlow),
            options.clone().memory_limit(1 << 22),
        ] {
            let outcome = run(&programme, &cohort, &options).unwrap();
            prop_assert_eq!(outcome.verify(), Ok(()));
            prop_assert!(outcome.is_proven_optimal());
            let set = positions(&outcome, &cohort);
            prop_assert!(oracle.is_legal(&set));
            prop_assert_eq!(&oracle.value(&set, &left_out), &expected);
            let values: Vec<i64> =
                outcome.objectives().iter().map(|own| own.value as i64).collect();
            prop_assert_eq!(&values[..], &expected[1..]);
            let locked = outcome.matching().pairs.iter().filter(|pair| pair.locked);
            let stated: BTreeSet<_> = decisions.locks.iter().cloned().collect();
            prop_assert_eq!(locked.count(), stated.len());
            prop_assert_eq!(seen.get_or_insert_with(|| set.clone()), &set);
        }
    }

    #[test]
    fn a_search_that_is_stopped_still_has_every_lock(seed: u64, work in 0_u64..400, order in 0_usize..3) {
        let mut dice = Dice(seed);
        let mentors = (0..12).map(|at| Profile::new(format!("r{at}")).site(pick(&mut dice, &SITES)).mentor(2));
        let mentors: Vec<_> = mentors.collect();
        let mentees = (0..30).map(|at| {
            let own = Profile::new(format!("e{at}")).site(pick(&mut dice, &SITES));
            own.mentee().demand(1 + small(&mut dice, 2))
        });
        let mentees: Vec<_> = mentees.collect();
        let cohort = Cohort::new(mentors, mentees).unwrap();
        let locks = (0..8).fold(Decisions::new(), |own, at| own.lock(format!("e{at}"), format!("r{}", at / 2)));
        let options = RunOptions::default().decisions(locks).work_limit(work);
        let programme = Programme::builder().weigh(1, Same::new(Field::Site)).objectives(ORDERS[order].to_vec());
        let programme = programme.build().unwrap();
        for options in [options.clone(), options.method(Method::MinCostFlow)] {
            let outcome = run(&programme, &cohort, &options).unwrap();
            prop_assert_eq!(outcome.verify(), Ok(()));
            let locked = outcome.matching().pairs.iter().filter(|pair| pair.locked);
            prop_assert_eq!(locked.count(), 8);
            prop_assert_eq!(outcome.gap().is_none(), outcome.is_proven_optimal());
        }
    }

    #[test]
    fn the_order_of_people_and_decisions_is_never_seen(
        seed: u64,
        order in Just((0..4_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let programme = programme(ORDERS[0], true);
        let (mentors, mentees) = people(seed, 3, 4);
        let stated = decisions(seed, 3, 4);
        let mut shuffled = stated.clone();
        shuffled.locks.reverse();
        shuffled.vetoes.reverse();
        shuffled.overrides.reverse();
        let turned: Vec<_> = order.iter().map(|&at| mentees[at].clone()).collect();
        let usual = Cohort::new(mentors.clone(), mentees).unwrap();
        let other = Cohort::new(mentors.into_iter().rev(), turned).unwrap();
        let usual = run(&programme, &usual, &RunOptions::default().decisions(stated));
        let other = run(&programme, &other, &RunOptions::default().decisions(shuffled));
        match (usual, other) {
            (Ok(usual), Ok(other)) => {
                prop_assert_eq!(usual.matching(), other.matching());
                prop_assert_eq!(usual.unmatched(), other.unmatched());
                prop_assert_eq!(usual.overrides(), other.overrides());
                prop_assert_eq!(usual.warnings(), other.warnings());
            }
            (Err(usual), Err(other)) => prop_assert_eq!(usual.to_string(), other.to_string()),
            _ => prop_assert!(false, "one run has an outcome, the other has none"),
        }
    }
}

fn at_site(id: &str, site: &str) -> Profile {
    Profile::new(id).site(site)
}

fn by_site() -> Programme {
    Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .build()
        .unwrap()
}

/// openreview-matcher writes a forced pair as "least cost − 1", which others outweigh.
#[test]
fn a_lock_holds_whatever_it_costs() {
    let mentors = (0..40).map(|at| at_site(&format!("r{at}"), "X").mentor(1));
    let mentees = (0..60).map(|at| at_site(&format!("e{at}"), "X").mentee());
    let far = at_site("far", "Y").mentee();
    let cohort = Cohort::new(mentors, mentees.chain([far])).unwrap();
    let locked = RunOptions::default().decisions(Decisions::new().lock("far", "r7"));
    for tie_breaking in [TieBreaking::Fast, TieBreaking::Canonical] {
        let options = locked.clone().tie_breaking(tie_breaking);
        let outcome = run(&by_site(), &cohort, &options).unwrap();
        let totals = outcome.matching().totals;
        assert_eq!((totals.matched_mentees, totals.score_ppm), (40, 39_000_000));
        assert!(
            outcome
                .matching()
                .pairs
                .iter()
                .any(|pair| pair.mentee.as_str() == "far")
        );
    }
}

/// Together and Qooper forget pairs that were made outside the run.
#[test]
fn a_locked_pair_uses_a_place_of_both() {
    let cohort = Cohort::new(
        [at_site("ana", "X").mentor(2), at_site("eve", "Y").mentor(1)],
        ["a", "b", "c"].map(|id| at_site(id, "X").mentee()),
    );
    let cohort = cohort.unwrap();
    let options =
        RunOptions::default().decisions(Decisions::new().lock("a", "ana").lock("a", "ana"));
    let outcome = run(&by_site(), &cohort, &options).unwrap();
    let pairs = outcome.matching().pairs.iter();
    let with_ana = pairs.clone().filter(|pair| pair.mentor.as_str() == "ana");
    assert_eq!((pairs.count(), with_ana.count()), (3, 2));
    assert_eq!(
        outcome.objectives()[0].value,
        3,
        "a locked mentee takes part"
    );
}

#[test]
fn a_lock_counts_towards_minimums_and_comes_before_them() {
    let cohort = Cohort::new(
        [
            at_site("ana", "X").mentor(1..=1),
            at_site("eve", "X").mentor(0..=1),
        ],
        [at_site("a", "X").mentee()],
    );
    let cohort = cohort.unwrap();
    let lock = |mentor| RunOptions::default().decisions(Decisions::new().lock("a", mentor));
    let outcome = run(&by_site(), &cohort, &lock("ana")).unwrap();
    assert!(outcome.warnings().is_empty());
    let outcome = run(&by_site(), &cohort, &lock("eve")).unwrap();
    assert_eq!(outcome.matching().pairs[0].mentor.as_str(), "eve");
    assert_eq!(outcome.warnings().len(), 1);
}

#[test]
fn a_managers_veto_is_named_and_counted() {
    let cohort = Cohort::new(
        [Profile::new("ana").mentor(1)],
        [Profile::new("a").mentee()],
    );
    let options = RunOptions::default().decisions(Decisions::new().veto("a", "ana"));
    let outcome = run(&by_site(), &cohort.unwrap(), &options).unwrap();
    assert_eq!(
        outcome.why_not("a", "ana").unwrap().to_string(),
        "forbidden by the manager's veto"
    );
    assert_eq!(
        outcome.unmatched()[0].reason.to_string(),
        "no allowed partner among 1: the manager's veto forbids 1"
    );
    let refused = &outcome.statistics().pairs_refused;
    assert!(refused.contains(&(mentormatch::Refusal::ManagersVeto, 1)));
}

#[test]
fn an_override_is_recorded_whether_or_not_it_was_needed() {
    let team = |id: &str, team: &str| Profile::new(id).team(team);
    let cohort = Cohort::new(
        [team("ana", "red").mentor(1)],
        [team("a", "red").mentee(), team("b", "blue").mentee()],
    );
    let forbid = Programme::builder().weigh(1, Same::new(Field::Team));
    let programme = forbid.forbid(SameValue::new(Field::Team)).build().unwrap();
    let allow = |mentee| Override::new(mentee, "ana", "same_value:team", "they asked for it");
    let decisions = Decisions::new().allow(allow("a")).allow(allow("b"));
    let options = RunOptions::default().decisions(decisions);
    let outcome = run(&programme, &cohort.unwrap(), &options).unwrap();
    let records: Vec<_> = outcome
        .overrides()
        .iter()
        .map(|own| (own.lifted, own.matched))
        .collect();
    assert_eq!(records, [(true, true), (false, false)]);
    assert_eq!(outcome.explain("a", "ana").unwrap().lifted.len(), 1);
    assert!(outcome.explain("b", "ana").unwrap().lifted.is_empty());
    let refused = outcome.statistics().pairs_refused.iter();
    assert_eq!(
        refused.map(|(_, pairs)| pairs).sum::<u64>(),
        0,
        "what is lifted forbids nothing"
    );
}

#[test]
fn a_subset_scores_as_the_whole() {
    let (mentors, mentees) = people(11, 3, 4);
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let programme = programme(ORDERS[0], false);
    let whole = run(&programme, &cohort, &RunOptions::default()).unwrap();
    let decisions = Decisions::new()
        .only_mentees(["e1", "e2"])
        .only_mentors(["r0", "r1"]);
    let part = run(
        &programme,
        &cohort,
        &RunOptions::default().decisions(decisions),
    )
    .unwrap();
    for pair in &part.matching().pairs {
        assert!(["e1", "e2"].contains(&pair.mentee.as_str()));
        assert!(["r0", "r1"].contains(&pair.mentor.as_str()));
        let (mentee, mentor) = (pair.mentee.as_str(), pair.mentor.as_str());
        assert_eq!(whole.explain(mentee, mentor).unwrap().score, pair.score);
    }
    assert_eq!(
        whole.cohort().mentees().len(),
        part.cohort().mentees().len()
    );
}

/// More mentees than lists hold: locks are solved on the market, on the network, and on demand.
#[test]
fn a_large_run_with_locks_is_the_same_every_way() {
    let mut dice = Dice(3);
    let mentors: Vec<_> = (0..90)
        .map(|at| person(&mut dice, &format!("r{at}"), "e", 400).mentor(3))
        .collect();
    let mentees: Vec<_> = (0..400)
        .map(|at| person(&mut dice, &format!("e{at}"), "r", 90).mentee())
        .collect();
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let programme = programme(ORDERS[0], false);
    let free = run(&programme, &cohort, &RunOptions::default()).unwrap();
    let lockable = free.matching().pairs.iter().skip(1).step_by(9);
    let decisions = lockable.fold(Decisions::new(), |own, pair| {
        own.lock(pair.mentee.clone(), pair.mentor.clone())
    });
    let options = RunOptions::default().decisions(decisions);
    let locked = run(&programme, &cohort, &options).unwrap();
    let pairs = |outcome: &Outcome| -> Vec<_> {
        let pairs = outcome.matching().pairs.iter();
        pairs
            .map(|pair| (pair.mentee.clone(), pair.mentor.clone()))
            .collect()
    };
    assert_eq!(
        pairs(&locked),
        pairs(&free),
        "locking what is made anyway changes nothing"
    );
    for options in [
        options.clone().all_pairs(true),
        options.clone().method(Method::MinCostFlow),
        options.memory_limit(6_000_000),
    ] {
        let other = run(&programme, &cohort, &options).unwrap();
        assert_eq!(pairs(&other), pairs(&locked));
        assert_eq!(other.objectives(), locked.objectives());
    }
}
