//! A memory limit decides where scores are kept, and nothing else.

use mentormatch::solver::SolveError;
use mentormatch::{
    Cohort, CustomCriterion, Different, Engine, Field, Method, Objective, Outcome, Profile,
    Programme, RunError, RunOptions, Same, TieBreaking,
};

use crate::{coarse, cohort, everything, people, record, run, run_with, values};

/// The smallest limit under which a run begins; the refusals name it.
fn least(programme: &Programme, cohort: &Cohort, options: &RunOptions) -> u64 {
    let refused = |limit| {
        let options = options.clone().memory_limit(limit);
        match Engine::new(programme.clone()).run_with(cohort, &options) {
            Err(RunError::Solve(SolveError::TooLarge { needed, budget })) => {
                assert_eq!(budget, limit);
                Some(needed)
            }
            Err(error) => panic!("{error}"),
            Ok(_) => None,
        }
    };
    std::iter::successors(Some(0), |&limit| refused(limit))
        .last()
        .unwrap()
}

/// The same people and programme without a limit, and with the least that is enough.
fn both(programme: &Programme, cohort: &Cohort, options: &RunOptions) -> [Outcome; 2] {
    let limit = least(programme, cohort, options);
    let tight = run_with(programme, cohort, &options.clone().memory_limit(limit));
    assert!(tight.statistics().on_demand, "{limit} bytes are not tight");
    let usual = run_with(programme, cohort, options);
    assert!(!usual.statistics().on_demand);
    [usual, tight]
}

fn assert_same(usual: &Outcome, tight: &Outcome) {
    assert_eq!(record(usual), record(tight));
    let (usual, tight) = (usual.statistics(), tight.statistics());
    assert_eq!(usual.pairs_allowed, tight.pairs_allowed);
    assert_eq!(usual.pairs_refused, tight.pairs_refused);
}

/// A criterion and a rule or two that are quick to judge, with few scores or many.
fn quick(scores: u32) -> Programme {
    let own = CustomCriterion::pairwise("own", 1, move |mentee, mentor| {
        let number = |profile: &Profile| profile.id.as_str()[1..].parse::<u32>().ok();
        let mixed = number(&mentee.profile)?.wrapping_mul(2_654_435_761) ^ number(&mentor.profile)?;
        Some(f64::from(mixed.wrapping_mul(40_503) % scores) / f64::from(scores))
    });
    Programme::builder()
        .weigh(2, own)
        .weigh(1, Same::new(Field::Department))
        .weigh(1, Different::new(Field::Site))
        .objectives([Objective::Participation, Objective::TotalScore])
        .build()
        .unwrap()
}

/// Enough on both sides that a matrix is what takes the room.
fn crowd(mentors: u32, mentees: u32, places: u32, minimum: u32) -> Cohort {
    let sites = ["Aarhus", "Bogotá", "Chennai"];
    let person = |id: String, at: u32| {
        let mut own = Profile::new(id.as_str());
        own.site = Some(sites[at as usize % 3].into());
        own.department = (!at.is_multiple_of(7)).then(|| format!("department {}", at % 7));
        own.vetoes = (0..3)
            .map(|other| format!("r{}", at * 3 + other).into())
            .collect();
        own
    };
    let mentors = (0..mentors).map(|at| person(format!("r{at}"), at).mentor(minimum..=places));
    let mentees = (0..mentees).map(|at| person(format!("e{at}"), at).mentee());
    Cohort::new(mentors.collect::<Vec<_>>(), mentees.collect::<Vec<_>>()).unwrap()
}

#[test]
fn a_tight_limit_changes_no_byte() {
    for (cohort, programme) in [
        (crowd(2_000, 400, 2, 0), quick(1_000)), // places to spare
        (crowd(1_800, 500, 1, 0), quick(9)),     // many ties
        (crowd(300, 2_000, 1, 0), quick(1_000)), // places are scarce
    ] {
        let [usual, tight] = both(&programme, &cohort, &RunOptions::default());
        assert_same(&usual, &tight);
    }
}

#[test]
fn a_tight_limit_changes_no_byte_where_there_are_minimums() {
    let [usual, tight] = both(
        &quick(50),
        &crowd(1_200, 1_300, 3, 1),
        &RunOptions::default(),
    );
    assert_same(&usual, &tight);
}

#[test]
fn a_fast_tie_break_is_as_good_under_a_tight_limit() {
    let options = RunOptions::default().tie_breaking(TieBreaking::Fast);
    for cohort in [crowd(2_000, 400, 2, 0), crowd(300, 2_000, 1, 0)] {
        let [usual, tight] = both(&quick(9), &cohort, &options);
        assert_eq!(values(&usual), values(&tight));
    }
}

/// From refused to on demand to a matrix, and no limit in between is refused again.
#[test]
fn more_memory_is_never_worse() {
    let (programme, cohort) = (quick(1_000), crowd(2_000, 400, 2, 0));
    let options = RunOptions::default().tie_breaking(TieBreaking::Fast);
    let (least, matrix) = (least(&programme, &cohort, &options), 4 * 2_000 * 400);
    let limits = (0..=3).map(|third| least + matrix * third / 3);
    let on_demand = limits.map(|limit| {
        let outcome = run_with(&programme, &cohort, &options.clone().memory_limit(limit));
        outcome.statistics().on_demand
    });
    let on_demand: Vec<_> = on_demand.collect();
    assert!(on_demand[0] && !on_demand[3], "{on_demand:?}");
    assert!(
        on_demand.is_sorted_by(|before, after| before >= after),
        "{on_demand:?}"
    );
}

/// With few people, lists take more room than a matrix: it is kept, or the run is refused.
#[test]
fn a_small_matrix_is_kept() {
    let cohort = cohort(people(3, 14, 24));
    for programme in [everything(1), coarse()] {
        let limit = least(&programme, &cohort, &RunOptions::default());
        let tight = run_with(
            &programme,
            &cohort,
            &RunOptions::default().memory_limit(limit),
        );
        assert!(!tight.statistics().on_demand);
        assert_eq!(record(&tight), record(&run(&programme, &cohort)));
    }
}

/// The Hungarian method makes a matrix of its own: one more would not spare anything.
#[test]
fn the_hungarian_method_keeps_its_matrix() {
    let options = RunOptions::default()
        .method(Method::KuhnMunkres)
        .tie_breaking(TieBreaking::Fast);
    let cohort = Cohort::new(
        (0..40).map(|at| Profile::new(format!("r{at}")).mentor(1)),
        (0..40)
            .map(|at| Profile::new(format!("e{at}")).mentee())
            .collect::<Vec<_>>(),
    );
    let (programme, cohort) = (quick(9), cohort.unwrap());
    let limit = least(&programme, &cohort, &options);
    let tight = run_with(&programme, &cohort, &options.memory_limit(limit));
    assert!(!tight.statistics().on_demand);
}
