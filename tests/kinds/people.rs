//! The bound among people: against every set of pairs there is, and in whatever is asked of an outcome.

use std::collections::{BTreeMap, BTreeSet};

use mentormatch::{
    AgainstLock, Attribute, Cohort, CustomCriterion, DecisionProblem, Decisions, DraftOptions,
    Engine, Event, Field, Mentee, Mentor, Objective, Outcome, PairPrice, Profile, Programme,
    ProgrammeBuilder, Role, RunError, RunOptions, RunWarning, Score, Shortfall, SuggestionOptions,
};

use crate::common::random::Random;

pub(crate) type Two = (String, String);

/// Scores by lot, in twelfths.
fn lot(seed: u64) -> CustomCriterion {
    CustomCriterion::pairwise("lot", 1, move |mentee, mentor| {
        let ids = format!("{}{}", mentee.profile.id, mentor.profile.id);
        let drawn = ids.bytes().fold(seed, |sum, byte| {
            Random::new(sum.wrapping_mul(31) ^ u64::from(byte)).next()
        });
        Some(f64::from(u32::try_from(drawn % 13).unwrap()) / 12.0)
    })
}

pub(crate) fn builder(seed: u64) -> ProgrammeBuilder {
    let objectives: &[Objective] = match seed % 4 {
        0 => &[Objective::TotalScore],
        1 => &[Objective::Participation, Objective::TotalScore],
        2 => &[Objective::Pairs, Objective::TotalScore],
        _ => &[
            Objective::Participation,
            Objective::SpreadLoad,
            Objective::TotalScore,
        ],
    };
    Programme::builder()
        .weigh(1, lot(seed))
        .objectives(objectives.to_vec())
}

pub(crate) fn distinct(seed: u64) -> Programme {
    builder(seed)
        .distinct_mentors(Field::Department)
        .build()
        .unwrap()
}

/// Mentees who want two or three, and mentors of few departments; some have none.
pub(crate) fn people(seed: u64, mentees: u32, mentors: u32) -> (Vec<Mentor>, Vec<Mentee>) {
    let mut random = Random::new(seed);
    let mentors = (0..mentors).map(|at| {
        let own = Profile::new(format!("r{at}"));
        let department = ["Sales", "sales ", "Finance", ""][random.below(4) as usize];
        let own = match department {
            "" => own,
            some => own.department(some),
        };
        own.mentor(1 + random.below(2))
    });
    let mentors = mentors.collect();
    let mentees = (0..mentees).map(|at| {
        let mentee = Profile::new(format!("e{at}")).mentee();
        mentee.demand(1 + random.below(3))
    });
    (mentors, mentees.collect())
}

pub(crate) fn pairs(outcome: &Outcome) -> Vec<Two> {
    let pairs = outcome.matching().pairs.iter();
    pairs
        .map(|own| (own.mentee.to_string(), own.mentor.to_string()))
        .collect()
}

pub(crate) fn department(cohort: &Cohort, mentor: &str) -> Option<String> {
    let mentor = cohort.mentor_idx(mentor).unwrap();
    let own = cohort.mentors()[mentor].profile.department.clone()?;
    Some(own.trim().to_lowercase())
}

/// Two mentors of one mentee and one department.
pub(crate) fn alike<'p>(cohort: &Cohort, pairs: impl IntoIterator<Item = &'p Two>) -> Option<Two> {
    let mut seen: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for (mentee, mentor) in pairs {
        if let Some(department) = department(cohort, mentor)
            && let Some(before) = seen.insert((mentee, department), mentor)
        {
            return Some((before.to_owned(), mentor.clone()));
        }
    }
    None
}

/// Every legal set of pairs, with what it is worth by the objectives.
fn best(
    cohort: &Cohort,
    outcome: &Outcome,
    wanted: impl Fn(&BTreeSet<Two>) -> bool,
) -> Option<Vec<i64>> {
    let mut all = Vec::new();
    for mentee in cohort.mentees() {
        for mentor in cohort.mentors() {
            let (e, r) = (mentee.profile.id.to_string(), mentor.profile.id.to_string());
            let score = outcome.explain(&e, &r).unwrap().score.ppm();
            all.push(((e, r), i64::from(score)));
        }
    }
    assert!(all.len() <= 12, "tiny");
    let sets = (0..1_u32 << all.len()).map(|set| {
        let chosen = all.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
        chosen.map(|(_, own)| own).collect::<Vec<_>>()
    });
    let worth = |set: Vec<&(Two, i64)>| {
        let named: BTreeSet<Two> = set.iter().map(|own| own.0.clone()).collect();
        let load = |is: &dyn Fn(&Two) -> bool| {
            u32::try_from(named.iter().filter(|own| is(own)).count()).unwrap()
        };
        let mentees = cohort.mentees().iter();
        let fits = mentees
            .clone()
            .all(|own| load(&|pair| pair.0 == own.profile.id.as_str()) <= own.demand.max)
            && cohort
                .mentors()
                .iter()
                .all(|own| load(&|pair| pair.1 == own.profile.id.as_str()) <= own.capacity.max);
        if !fits || alike(cohort, &named).is_some() || !wanted(&named) {
            return None;
        }
        let served = mentees
            .filter(|own| load(&|pair| pair.0 == own.profile.id.as_str()) > 0)
            .count();
        let spread = cohort.mentors().iter().map(|own| {
            let load = i64::from(load(&|pair| pair.1 == own.profile.id.as_str()));
            load * (load - 1) / 2
        });
        let spread: i64 = spread.sum();
        let value = outcome
            .programme()
            .objectives()
            .iter()
            .map(|objective| match objective {
                Objective::Participation => i64::try_from(served).unwrap(),
                Objective::Pairs => i64::try_from(set.len()).unwrap(),
                Objective::SpreadLoad => -spread,
                _ => set.iter().map(|own| own.1).sum(),
            });
        Some(value.collect::<Vec<i64>>())
    };
    sets.filter_map(worth).max()
}

pub(crate) fn values(outcome: &Outcome) -> Vec<i64> {
    let values = outcome.objectives().into_iter().map(|own| {
        let value = i64::try_from(own.value).unwrap();
        if own.objective == Objective::SpreadLoad {
            -value
        } else {
            value
        }
    });
    values.collect()
}

pub(crate) fn changes(price: &PairPrice) -> Vec<i64> {
    price
        .change
        .iter()
        .map(|own| i64::try_from(own.by).unwrap())
        .collect()
}

/// Runs, prices of pairs and alternates are what trying everything finds.
#[test]
fn a_run_and_its_prices_are_those_of_all_matchings() {
    let mut bound = 0;
    for seed in 0..24 {
        let (mentors, mentees) = people(seed, 3, 4);
        let cohort = Cohort::new(mentors, mentees).unwrap();
        let outcome = Engine::new(distinct(seed)).run(&cohort).unwrap();
        assert_eq!(alike(&cohort, &pairs(&outcome)), None);
        assert_eq!(outcome.verify(), Ok(()));
        let optimum = values(&outcome);
        assert_eq!(
            Some(&optimum),
            best(&cohort, &outcome, |_| true).as_ref(),
            "{seed}"
        );
        let free = Engine::new(builder(seed).build().unwrap())
            .run(&cohort)
            .unwrap();
        bound += i32::from(alike(&cohort, &pairs(&free)).is_some());
        for mentee in cohort.mentees() {
            let e = mentee.profile.id.as_str();
            for mentor in cohort.mentors() {
                let pair: Two = (e.to_owned(), mentor.profile.id.to_string());
                let price = outcome.price_of(e, &pair.1).unwrap().unwrap();
                let forced = best(&cohort, &outcome, |set| set.contains(&pair)).unwrap();
                let expected: Vec<_> = forced.iter().zip(&optimum).map(|(a, b)| a - b).collect();
                assert_eq!(changes(&price), expected, "{seed} {pair:?}");
                let lock = Decisions::new().lock(e, pair.1.as_str());
                let locked = RunOptions::default().decisions(lock);
                let again = Engine::new(distinct(seed))
                    .run_with(&cohort, &locked)
                    .unwrap();
                assert_eq!(values(&again), forced, "the price is that of another run");
                assert_eq!(alike(&cohort, &pairs(&again)), None);
            }
            for own in outcome.alternates(e, 9).unwrap() {
                let price = outcome.price_of(e, own.mentor.as_str()).unwrap().unwrap();
                assert_eq!(own.change, price.change);
            }
        }
    }
    assert!(bound > 8, "without the bound two are often alike: {bound}");
}

#[test]
fn the_order_of_people_changes_nothing() {
    for seed in 0..60 {
        let (mut mentors, mut mentees) = people(seed, 12, 9);
        let run = |mentors: &[Mentor], mentees: &[Mentee]| {
            let cohort = Cohort::new(mentors.to_vec(), mentees.to_vec()).unwrap();
            pairs(&Engine::new(distinct(seed)).run(&cohort).unwrap())
        };
        let first = run(&mentors, &mentees);
        mentors.reverse();
        mentees.rotate_left(5);
        assert_eq!(run(&mentors, &mentees), first);
    }
}

#[test]
fn kinds_of_one_mentor_are_no_bound() {
    for seed in 0..40 {
        let (mut mentors, mentees) = people(seed, 10, 8);
        for (at, mentor) in mentors.iter_mut().enumerate() {
            mentor.profile.department = (at % 3 > 0).then(|| format!("Department {at}"));
        }
        let cohort = Cohort::new(mentors, mentees).unwrap();
        let bound = Engine::new(distinct(seed)).run(&cohort).unwrap();
        let free = Engine::new(builder(seed).build().unwrap())
            .run(&cohort)
            .unwrap();
        assert_eq!(pairs(&bound), pairs(&free));
        assert_eq!(bound.objectives(), free.objectives());
    }
}

fn two_of_sales() -> Cohort {
    let mentor = |id: &str, department: &str| Profile::new(id).department(department).mentor(2);
    let mentors = [
        mentor("ana", "Sales"),
        mentor("eve", "SALES"),
        mentor("ida", "Finance"),
    ];
    let mentees = ["boris", "chen"].map(|id| Profile::new(id).mentee().demand(3));
    Cohort::new(mentors, mentees).unwrap()
}

#[test]
fn two_locks_of_one_kind_are_an_error_that_names_both() {
    let decisions = Decisions::new()
        .lock("boris", "ana")
        .lock("boris", "eve")
        .lock("chen", "eve");
    let options = RunOptions::default().decisions(decisions);
    let error = Engine::new(distinct(1))
        .run_with(&two_of_sales(), &options)
        .unwrap_err();
    let RunError::Decisions(error) = error else {
        panic!("{error}");
    };
    assert_eq!(
        error.to_string(),
        "the lock of mentee \"boris\" and mentor \"ana\": mentor \"eve\", who is locked or frozen with the same mentee, is of the same department; \
         the lock of mentee \"boris\" and mentor \"eve\": mentor \"ana\", who is locked or frozen with the same mentee, is of the same department"
    );
    let against = error.problems().iter().map(|problem| match problem {
        DecisionProblem::Lock { against, .. } => against.clone(),
        _ => Vec::new(),
    });
    let of_one_kind = |own: &AgainstLock| matches!(own, AgainstLock::OfOneKind { .. });
    assert!(against.flatten().all(|own| of_one_kind(&own)));
    let free = builder(1).build().unwrap();
    assert!(
        Engine::new(free)
            .run_with(&two_of_sales(), &options)
            .is_ok()
    );
}

/// A lock leaves no place for another of its kind, and a price that would undo it is none.
#[test]
fn a_lock_takes_the_place_of_its_kind() {
    let decisions = Decisions::new().lock("boris", "ana");
    let options = RunOptions::default().decisions(decisions);
    let outcome = Engine::new(distinct(2))
        .run_with(&two_of_sales(), &options)
        .unwrap();
    assert!(pairs(&outcome).contains(&("boris".into(), "ana".into())));
    assert_eq!(alike(&two_of_sales(), &pairs(&outcome)), None);
    assert_eq!(outcome.price_of("boris", "eve").unwrap(), None);
}

#[test]
fn answers_for_quotas_tell_kinds_too() {
    let mentor = |id: &str, union: Option<&str>| {
        let own = Profile::new(id);
        let own = match union {
            Some(union) => own.quota_attribute("union", Attribute::choice(union)),
            None => own,
        };
        own.mentor(1)
    };
    let mentors = [
        mentor("ana", Some("red")),
        mentor("eve", Some("Red ")),
        mentor("ida", None),
        mentor("olga", None),
    ];
    let boris = Profile::new("boris").mentee().demand(4);
    let cohort = Cohort::new(mentors, [boris]).unwrap();
    let programme = Programme::builder()
        .weigh(1, lot(3))
        .distinct_mentors(Field::Attribute("union".into()))
        .objectives([Objective::Pairs])
        .build()
        .unwrap();
    let outcome = Engine::new(programme).run(&cohort).unwrap();
    assert_eq!(
        outcome.matching().pairs.len(),
        3,
        "who gave no answer is like nobody"
    );
}

#[test]
fn drafts_and_lists_keep_to_the_bound_or_say_that_they_need_not() {
    for seed in 0..20 {
        let (mentors, mentees) = people(seed, 9, 7);
        let cohort = Cohort::new(mentors, mentees).unwrap();
        let outcome = Engine::new(distinct(seed)).run(&cohort).unwrap();
        for draft in outcome
            .drafts(&DraftOptions::new(3, Score::from_unit(0.1).unwrap()))
            .unwrap()
        {
            let named = draft.pairs.iter();
            let named: Vec<Two> = named
                .map(|own| (own.mentee.to_string(), own.mentor.to_string()))
                .collect();
            assert_eq!(alike(&cohort, &named), None);
        }
        let lists = outcome
            .suggestions(&SuggestionOptions::new(Role::Mentee, 4))
            .unwrap();
        assert!(lists.lists.iter().any(|list| list.suggestions.len() > 2));
    }
}

/// Minimums that kinds do not leave room for stay open, with a warning and no error; what is told of a conflict is
/// proved.
#[test]
fn a_minimum_may_be_out_of_reach_for_kinds() {
    let mentor = |id: &str| Profile::new(id).department("Sales").mentor(2);
    let boris = Profile::new("boris").mentee().demand(2..=2);
    let cohort = Cohort::new(["ana", "eve"].map(mentor), [boris]).unwrap();
    let outcome = Engine::new(distinct(1)).run(&cohort).unwrap();
    assert_eq!(outcome.matching().pairs.len(), 1);
    assert!(outcome.is_proven_optimal());
    let short = |own: &RunWarning| matches!(own, RunWarning::BelowMinimum { .. });
    assert!(
        outcome.warnings().iter().any(short),
        "{:?}",
        outcome.warnings()
    );
    let conflicts = outcome.conflicts(Shortfall::Minimums, None).unwrap();
    let whole: Vec<_> = conflicts.iter().map(|own| &own.whole).collect();
    assert_eq!(whole.len(), 1);
    let numbers = (
        whole[0].needed(),
        whole[0].available(),
        whole[0].single_pairs,
    );
    assert_eq!(numbers, (2, 1, 1), "both mentors count as one");
}

/// A conflict is told of exactly where minimums are short, by as much, with locks and without.
#[test]
fn conflicts_add_up_to_what_is_missing() {
    let (mut short, mut locked) = (0, 0);
    for seed in 0..120 {
        let (mentors, mut mentees) = people(seed, 3, 4);
        let mut random = Random::new(seed);
        for mentee in &mut mentees {
            mentee.demand.min = mentee.demand.max - random.below(2);
        }
        let cohort = Cohort::new(mentors, mentees).unwrap();
        let engine = Engine::new(distinct(seed));
        let lock = Decisions::new().lock("e0", format!("r{}", random.below(4)));
        let decisions = [Decisions::new(), lock][random.below(2) as usize].clone();
        locked += decisions.locks.len();
        let options = RunOptions::default().decisions(decisions);
        let outcome = engine.run_with(&cohort, &options).unwrap();
        let made = pairs(&outcome);
        let missing = cohort.mentees().iter().map(|own| {
            let has = made.iter().filter(|pair| pair.0 == own.profile.id.as_str());
            u64::from(own.demand.min).saturating_sub(has.count() as u64)
        });
        let missing: u64 = missing.sum();
        let conflicts = outcome.conflicts(Shortfall::Minimums, None).unwrap();
        let told: u64 = conflicts.iter().map(|own| own.whole.missing()).sum();
        assert_eq!(told, missing, "{seed}");
        short += usize::from(missing > 0);
    }
    assert!(short > 40 && locked > 40, "{short} {locked}");
}

/// Who would both rather be a pair is asked of people, whatever binds them.
#[test]
fn envy_knows_no_kinds() {
    let outcome = Engine::new(distinct(2)).run(&two_of_sales()).unwrap();
    assert!(outcome.blocking_pairs(9).is_ok());
}

/// Whatever happens, the plan is what a run from nothing would find, also where only a department changes.
#[test]
fn a_plan_follows_who_changes_department() {
    for seed in 0..12 {
        let (mentors, mentees) = people(seed, 8, 6);
        let cohort = Cohort::new(mentors.clone(), mentees).unwrap();
        let mut plan = Engine::new(distinct(seed))
            .plan(&cohort, &RunOptions::default())
            .unwrap();
        let mut random = Random::new(seed);
        for _ in 0..6 {
            let mut own = mentors[random.below(6) as usize].clone();
            own.profile.department =
                [Some("Sales"), Some("Finance"), None][random.below(3) as usize].map(String::from);
            let before = plan.clone();
            plan = plan.apply(Event::mentor_changes(own)).unwrap();
            let cold = Engine::new(distinct(seed)).run(plan.cohort()).unwrap();
            let planned: Vec<Two> = (plan.pairs().iter())
                .map(|own| (own.mentee.to_string(), own.mentor.to_string()))
                .collect();
            assert_eq!(planned, pairs(&cold));
            assert_eq!(plan.verify(), Ok(()));
            for most in [0, 1, 3] {
                let limited = plan.within(&before, most).unwrap();
                let kept: Vec<Two> = (limited.pairs.iter())
                    .map(|own| (own.mentee.to_string(), own.mentor.to_string()))
                    .collect();
                assert_eq!(alike(plan.cohort(), &kept), None);
            }
        }
    }
}
