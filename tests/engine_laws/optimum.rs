//! Small cohorts against every assignment there is, by the scorer's own scores.

use mentormatch::solver::Level;
use mentormatch::{
    Bounds, Cohort, MenteeIdx, MentorIdx, Objective, Outcome, Programme, Score, ScoreBelow, Scorer,
};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::common::exhaustive;
use crate::common::instance::{Instance, Pairs, People};
use crate::{coarse, cohort, criteria, everything, people, run, values};

fn instance(programme: &Programme, cohort: &Cohort) -> Instance {
    let scorer = Scorer::new(programme, cohort).unwrap();
    let score = |mentee, mentor| {
        let score = scorer.score_pair(mentee, mentor).unwrap()?;
        Some(score.ppm().cast_signed())
    };
    let row = |mentee| {
        let mentors = MentorIdx::all(cohort.mentors().len());
        mentors.map(|mentor| score(mentee, mentor)).collect()
    };
    let bounds = |bounds: Vec<Bounds>| People {
        min: bounds.iter().map(|own| own.min).collect(),
        max: bounds.iter().map(|own| own.max).collect(),
        groups: None,
    };
    Instance {
        scores: MenteeIdx::all(cohort.mentees().len()).map(row).collect(),
        mentees: bounds(cohort.mentees().iter().map(|own| own.demand).collect()),
        mentors: bounds(cohort.mentors().iter().map(|own| own.capacity).collect()),
        kinds: Vec::new(),
    }
}

fn positions(outcome: &Outcome, cohort: &Cohort) -> Pairs {
    let pairs = outcome.matching().pairs.iter();
    let mut positions: Pairs = pairs
        .map(|pair| {
            let mentee = cohort.mentee_idx(pair.mentee.as_str()).unwrap();
            let mentor = cohort.mentor_idx(pair.mentor.as_str()).unwrap();
            (mentee.index(), mentor.index())
        })
        .collect();
    positions.sort_unstable();
    positions
}

/// The objectives as the oracle knows them.
fn levels(programme: &Programme) -> Vec<Level> {
    let level = |objective: &Objective| match objective {
        Objective::Participation => Level::Participation,
        _ => Level::TotalScore,
    };
    programme.objectives().iter().map(level).collect()
}

fn programmes() -> Vec<Programme> {
    use Objective::{Participation, TotalScore};
    let floor = || criteria(1).forbid(ScoreBelow::new(Score::from_unit(0.45).unwrap()));
    let orders: [&[Objective]; 3] = [
        &[Participation, TotalScore],
        &[TotalScore],
        &[TotalScore, Participation],
    ];
    let orders = orders.map(|order| floor().objectives(order.to_vec()).build().unwrap());
    [&orders[..], &[everything(1), coarse()]].concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_run_finds_the_best_of_all_assignments(
        seed: u64,
        mentors in 1_u64..=5,
        mentees in 1_u64..=5,
        bounds in vec((0_u32..=2, 0_u32..=2), 10),
    ) {
        let (mut mentors, mut mentees) = people(seed, mentors, mentees);
        let drawn = |(min, more)| Bounds { min, max: min + more };
        for (mentor, &own) in mentors.iter_mut().zip(&bounds) {
            mentor.capacity = drawn(own);
        }
        for (mentee, &(min, more)) in mentees.iter_mut().zip(&bounds[5..]) {
            mentee.demand = Bounds { min: min / 2, max: 1 + more / 2 };
        }
        let cohort = cohort((mentors, mentees));
        for programme in programmes() {
            let outcome = run(&programme, &cohort);
            let instance = instance(&programme, &cohort);
            let pairs = positions(&outcome, &cohort);
            instance.assert_legal(&pairs);
            let stated = levels(&programme);
            let levels = instance.expected_levels(&stated);
            let optimum = exhaustive::optimum(&instance, &levels);
            prop_assert_eq!(&instance.value(&pairs, &levels), &optimum);
            let own: Vec<i128> = values(&outcome).into_iter().map(i128::from).collect();
            prop_assert_eq!(&own[..], &optimum[levels.len() - stated.len()..]);
        }
    }
}
