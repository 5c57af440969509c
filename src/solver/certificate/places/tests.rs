//! Blocks of nodes against the definition, node by node.

use proptest::prelude::*;

use super::super::Prices;
use super::*;

/// Mostly worth nothing or little, sometimes the most that a price may be.
fn price() -> impl Strategy<Value = i64> {
    prop_oneof![
        60 => Just(0i64),
        6 => -1i64..2,
        1 => prop::sample::select(vec![1i64 << 60, -(1 << 60)]),
    ]
}

#[derive(Clone, Debug)]
struct Case {
    mentees: Vec<(u32, u64)>,
    mentors: Vec<(u32, u64)>,
    levels: Vec<(Level, Prices)>,
}

/// Somebody's maximum, and a load within it.
fn node() -> impl Strategy<Value = (u32, u64)> {
    prop_oneof![
        Just((1, 1)),
        Just((1, 0)),
        Just((0, 0)),
        Just((2, 1)),
        Just((3, 2)),
        Just((9, 9))
    ]
}

fn case() -> impl Strategy<Value = Case> {
    let side = || prop_oneof![1usize..5, BLOCK - 1..2 * BLOCK + 2];
    (side(), side()).prop_flat_map(|(mentees, mentors)| {
        let level = prop::sample::select(vec![
            Level::Participation,
            Level::Pairs,
            Level::Minimums,
            Level::TotalScore,
        ]);
        let prices = [mentees, mentors].map(|people| prop::collection::vec(price(), people));
        let prices = prices.prop_map(|[mentees, mentors]| Prices {
            mentees,
            mentors,
            ..Prices::default()
        });
        let people = [mentees, mentors].map(|people| prop::collection::vec(node(), people));
        let levels = prop::collection::vec((level, prices), 0..3);
        (people, levels).prop_map(|([mentees, mentors], levels)| Case {
            mentees,
            mentors,
            levels,
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_first_place_that_is_not_proved_is_named(case in case()) {
        let (levels, prices): (Vec<_>, Vec<_>) = case.levels.iter().cloned().unzip();
        let (demands, by_mentee): (Vec<u32>, Vec<u64>) = case.mentees.iter().copied().unzip();
        let (capacities, by_mentor): (Vec<u32>, Vec<u64>) = case.mentors.iter().copied().unzip();
        let scores = vec![0; demands.len() * capacities.len()];
        let problem = Problem::dense(demands.len(), capacities.len(), scores, None).unwrap();
        let problem = problem.with_demands(demands).unwrap().with_capacities(capacities).unwrap();
        let proof = Proof { problem: &problem, levels: &levels, prices: &prices, given_up: &|| false };
        let loads = Loads {
            mentees: by_mentee,
            mentors: by_mentor,
            mentee_groups: Vec::new(),
            mentor_groups: Vec::new(),
        };
        let is_open = |&(owner, load): &(Owner, u64)| !proof.is_place_proved(owner, load, levels.len());
        let expected = loads.owners().find(is_open).map_or(Ok(()), |(owner, _)| {
            let (what, index) = owner.name();
            Err(Violation::Place { what, index })
        });
        prop_assert_eq!(proof.check_places(&loads, levels.len()), expected);
    }
}

/// A price of one person in a crowd, of either sign, and whether she is full.
#[test]
fn one_place_in_a_crowd_is_looked_at() {
    let people = 3 * BLOCK;
    let problem = Problem::dense(people, 1, vec![0; people], None).unwrap();
    let check = |price: i64, load: u64, levels: &[Level]| {
        let mut prices = Prices::none(&problem);
        prices.mentees[BLOCK + 7] = price;
        let mut loads = Loads {
            mentees: vec![0; people],
            mentors: vec![1],
            mentee_groups: Vec::new(),
            mentor_groups: Vec::new(),
        };
        loads.mentees[BLOCK + 7] = load;
        let prices = vec![prices; levels.len()];
        let proof = Proof {
            problem: &problem,
            levels,
            prices: &prices,
            given_up: &|| false,
        };
        proof.check_places(&loads, levels.len())
    };
    let total = [Level::TotalScore];
    let what = "mentee";
    let index = BLOCK + 7;
    assert_eq!(check(0, 0, &total), Ok(()));
    assert_eq!(check(5, 1, &total), Ok(()));
    assert_eq!(check(-5, 0, &total), Ok(()));
    assert_eq!(check(5, 0, &total), Err(Violation::Place { what, index }));
    assert_eq!(check(-5, 1, &total), Err(Violation::Place { what, index }));
    // Everybody else should have a mentor then.
    let participation = [Level::Participation];
    let first = Err(Violation::Place { what, index: 0 });
    assert_eq!(check(-1, 0, &participation), first);
}
