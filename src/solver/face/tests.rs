//! The face against all optimal assignments of tiny instances, one by one.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::common::exhaustive;
use super::super::common::generate::{self, TINY};
use super::super::common::instance::{Instance, Pairs, pairs_of};
use super::super::control::Hooks;
use super::super::market::{Market, Tuning};
use super::super::plain;
use super::*;

/// Nothing must be filled; mentees take one mentor unless only the total score counts.
fn plain_instance() -> impl Strategy<Value = (Instance, Vec<Level>)> {
    (generate::instance(TINY), 0..3usize).prop_map(|(mut instance, kind)| {
        for side in [&mut instance.mentees, &mut instance.mentors] {
            side.min.fill(0);
            side.groups = None;
        }
        let levels = match kind {
            0 => return (instance, vec![Level::TotalScore]),
            1 => vec![Level::Participation, Level::TotalScore],
            _ => vec![Level::Pairs, Level::TotalScore],
        };
        let demands = instance.mentees.max.iter_mut();
        demands.for_each(|demand| *demand = (*demand).min(1));
        (instance, levels)
    })
}

/// Shows the face of the optimum that the market finds, in both forms, if the market can prove it.
fn with_faces(
    (instance, levels): &(Instance, Vec<Level>),
    show: impl Fn(&Face<'_>, &Control<'_>) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let (problem, hooks) = (instance.dense(), Hooks::default());
    let mut control = Control::new(&hooks);
    let (market, ended) = Market::solve(&problem, Tuning::default(), &mut control);
    prop_assert!(ended.is_ok());
    let assignment = &market.assignment();
    let Some(prices) = &plain::proof(&problem, levels, &market, assignment, &control) else {
        return Ok(());
    };
    let optimum = Optimum {
        problem: &problem,
        levels,
        prices,
        assignment,
    };
    let tight = || Tight::new(&optimum).unwrap();
    let listed = tight().list(usize::MAX, &control);
    show(&optimum.face_of(tight(), listed), &control)?;
    show(&optimum.face_of(tight(), None), &control)
}

fn tight_pairs(face: &Face<'_>) -> Vec<(usize, usize)> {
    let (mentees, mentors) = (face.mentee_bounds.max.len(), face.mentor_bounds.max.len());
    let pairs = (0..mentees).flat_map(|i| (0..mentors).map(move |j| (i, j)));
    let index = |(i, j)| (MenteeIdx::new(position(i)), MentorIdx::new(position(j)));
    pairs.filter(|&pair| face.has(index(pair))).collect()
}

fn subsets(pairs: &[(usize, usize)]) -> Vec<Pairs> {
    let mut sets = vec![Vec::new()];
    for &pair in pairs {
        let with = |set: &Pairs| [set.as_slice(), &[pair]].concat();
        sets.extend(sets.iter().map(with).collect::<Vec<_>>());
    }
    sets
}

fn optimal_assignments((instance, levels): &(Instance, Vec<Level>)) -> BTreeSet<Pairs> {
    let rows = instance.scores.iter().enumerate();
    let cells = rows.flat_map(|(i, row)| (0..row.len()).map(move |j| (i, j)));
    let allowed: Vec<_> = cells
        .filter(|&(i, j)| instance.scores[i][j].is_some())
        .collect();
    let optimum = exhaustive::optimum(instance, levels);
    let is_optimal = |pairs: &Pairs| {
        let (mentees, mentors) = instance.loads(pairs);
        instance.mentees.is_within_maxima(&mentees)
            && instance.mentors.is_within_maxima(&mentors)
            && instance.value(pairs, levels) == optimum
    };
    subsets(&allowed).into_iter().filter(is_optimal).collect()
}

/// All ways to choose among tight pairs within the face's bounds.
fn choices(face: &Face<'_>) -> Vec<Pairs> {
    let (mentees, mentors) = (&face.mentee_bounds, &face.mentor_bounds);
    let are_used = |bounds: &Bounds, ends: Vec<usize>| {
        (0..bounds.max.len()).all(|at| {
            let load = ends.iter().filter(|&&end| end == at).count();
            (bounds.min[at] as usize..=bounds.max[at] as usize).contains(&load)
        })
    };
    let mut choices = subsets(&tight_pairs(face));
    choices.retain(|pairs| {
        let (rows, columns) = pairs.iter().copied().unzip();
        are_used(mentees, rows) && are_used(mentors, columns)
    });
    choices
}

/// Two mentees can only have mentor 0, who has one place; the third could take it at no loss of
/// score, but then fewer would take part.
#[test]
fn a_pair_that_is_tight_at_one_level_alone_is_not_on_the_face() {
    let (scores, starts) = ([1, 1, 1, 0], [0, 1, 2, 4]);
    let problem = Problem::sparse(2, &starts, &[0, 0, 0, 1], &scores).unwrap();
    let prices = |mentees: [i64; 3], mentors: [i64; 2]| Prices {
        mentees: mentees.to_vec(),
        mentors: mentors.to_vec(),
        ..Prices::default()
    };
    let hooks = Hooks::default();
    let optimum = Optimum {
        problem: &problem,
        levels: &[Level::Participation, Level::TotalScore],
        prices: &[prices([-1, -1, 0], [1, 0]), prices([0; 3], [1, 0])],
        assignment: &Assignment::from_pairs(3, [(0, 0), (2, 1)]),
    };
    let face = optimum.face(usize::MAX, &Control::new(&hooks)).unwrap();
    assert_eq!(tight_pairs(&face), [(0, 0), (1, 0), (2, 1)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn choices_on_the_face_are_the_optimal_assignments(case in plain_instance()) {
        with_faces(&case, |face, _| {
            let whole = |pairs: Pairs| {
                let index = |(i, j): (usize, usize)| (position(i), position(j));
                let chosen = pairs.into_iter().map(index);
                let rows = face.mentee_bounds.max.len();
                pairs_of(&face.assignment(&Assignment::from_pairs(rows, chosen)))
            };
            let found: BTreeSet<Pairs> = choices(face).into_iter().map(whole).collect();
            prop_assert_eq!(found, optimal_assignments(&case));
            Ok(())
        })?;
    }

    /// Scores of few values stand for hashes that collide.
    #[test]
    fn a_choice_is_unique_if_no_other_is_as_good(
        case in plain_instance(),
        drawn in proptest::collection::vec(0i32..4, 9),
    ) {
        with_faces(&case, |face, control| {
            let tight = tight_pairs(face);
            let mut scores = drawn[..tight.len()].to_vec();
            if face.is_wide() {
                let columns = face.mentor_bounds.max.len();
                scores = vec![NOT_TIGHT; face.mentee_bounds.max.len() * columns];
                for (&(i, j), &score) in tight.iter().zip(&drawn) {
                    scores[i * columns + j] = score;
                }
            }
            let problem = face.with_minimums(face.problem(&scores).unwrap()).unwrap();
            let hooks = Hooks::default();
            let mut searching = Control::new(&hooks);
            let (market, ended) = Market::solve(&problem, Tuning::default(), &mut searching);
            prop_assert!(ended.is_ok());
            let (chosen, prices) = (market.assignment(), market.prices());
            if !face.is_met_by(&chosen) {
                prop_assert!(face.is_wide());
                return Ok(());
            }
            let worth = |pairs: &Pairs| -> i32 {
                let at = |pair: &(usize, usize)| tight.iter().position(|tight| tight == pair);
                pairs.iter().map(|pair| drawn[at(pair).unwrap()]).sum()
            };
            let worths: Vec<i32> = choices(face).iter().map(worth).collect();
            let best = worths.iter().max().unwrap();
            prop_assert_eq!(worth(&pairs_of(&chosen)), *best);
            let is_unique = worths.iter().filter(|&worth| worth == best).count() == 1;
            prop_assert_eq!(face.is_unique(&problem, &chosen, &prices, control), is_unique);
            Ok(())
        })?;
    }
}
