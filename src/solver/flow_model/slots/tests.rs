//! What slots that are new hang by and are worth at levels that are solved, by the values of their arcs.

use super::*;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::common::random::Random;
use crate::solver::control::Control;
use crate::solver::level::Level;
use crate::solver::options::SolveOptions;
use crate::solver::solve::solve;

/// A few mentees who take several mentors of few kinds.
fn problem(random: &mut Random) -> Problem<'static> {
    let (n, m) = (1 + random.below(3) as usize, 3 + random.below(5) as usize);
    let scores = (0..n * m).map(|_| i32::try_from(random.below(12)).unwrap());
    let problem = Problem::dense(n, m, scores.collect::<Vec<_>>(), None).unwrap();
    let demands = (0..n).map(|_| 1 + random.below(3)).collect();
    let capacities = (0..m).map(|_| 1 + random.below(2)).collect();
    let kinds: Vec<_> = (0..m)
        .map(|_| Some(random.below(3)).filter(|&kind| kind < 2))
        .collect();
    let problem = problem.with_demands(demands).unwrap();
    let problem = problem.with_capacities(capacities).unwrap();
    problem.with_mentor_kinds(&kinds).unwrap()
}

fn score(problem: &Problem<'_>, mentee: usize, mentor: usize) -> i32 {
    let [mentee, mentor] = [mentee, mentor].map(position);
    let score = problem.score(MenteeIdx::new(mentee), MentorIdx::new(mentor));
    score.unwrap()
}

/// All pairs in any order, a few at a time.
fn batches(problem: &Problem<'_>, random: &mut Random) -> Vec<Vec<(usize, usize, i32)>> {
    let mut pairs = Vec::new();
    for mentee in 0..problem.mentees() {
        for mentor in 0..problem.mentors() {
            pairs.push((mentee, mentor, score(problem, mentee, mentor)));
        }
    }
    for at in (1..pairs.len()).rev() {
        pairs.swap(at, random.below(u32::try_from(at + 1).unwrap()) as usize);
    }
    let size = 1 + random.below(u32::try_from(pairs.len()).unwrap()) as usize;
    pairs.chunks(size).map(<[_]>::to_vec).collect()
}

impl FlowModel<'_> {
    /// By level: the reduced value of an arc.
    fn reduced_values(&mut self, arc: usize, control: &Control<'_>) -> Vec<i64> {
        let levels = 0..self.levels.len();
        let of = |level: usize| {
            self.set_values(level, control);
            self.network.arcs[arc].reduced_value(&self.potentials[level])
        };
        levels.map(of).collect()
    }

    /// The arcs that touch a node, and among them the pairs.
    fn touching(&self, node: usize) -> (Vec<usize>, Vec<usize>) {
        let touches = |at: &usize| {
            let arc = &self.network.arcs[*at];
            [arc.tail, arc.head].contains(&position(node))
        };
        let all: Vec<_> = (0..self.network.arcs.len()).filter(touches).collect();
        let places = self.place_arcs();
        let pairs = all.iter().copied().filter(|&arc| arc >= places);
        (all.clone(), pairs.collect())
    }
}

/// The first level at which one of these pairs gains, and nothing before is lost.
fn gains(values: &[i64]) -> Option<usize> {
    let first = values.iter().position(|&value| value != 0)?;
    (values[first] > 0).then_some(first)
}

#[test]
fn slots_that_are_new_hang_by_an_arc_that_is_worth_nothing_and_none_of_their_new_pairs_gains() {
    let mut random = Random::new(41);
    let (mut fresh, mut several, mut unsolved) = (0, 0, 0);
    for _ in 0..600 {
        let problem = problem(&mut random);
        let levels = vec![Level::Participation, Level::TotalScore];
        let mut control = Control::idle();
        let mut model = FlowModel::new(&problem, levels.clone(), &Control::idle()).unwrap();
        for batch in batches(&problem, &mut random) {
            let (first, slots) = (model.pairs(), model.slots.end());
            model.add_pairs(batch, &control);
            let places = model.place_arcs();
            for node in slots..model.slots.end() {
                let (touching, pairs) = model.touching(node);
                let mut values = touching
                    .iter()
                    .map(|&arc| model.reduced_values(arc, &control));
                assert!(
                    values.any(|values| values.iter().all(|&value| value == 0)),
                    "it hangs"
                );
                if pairs.iter().all(|&pair| pair >= places + first) {
                    let gain = |pair: &usize| gains(&model.reduced_values(*pair, &control));
                    assert_eq!(pairs.iter().find_map(gain), None, "by the best of them");
                    several += usize::from(pairs.len() > 2);
                }
                fresh += 1;
            }
            let mut expected = usize::MAX;
            for pair in places + first..places + model.pairs() {
                if model.network.arcs[pair].tail as usize > problem.nodes() {
                    let level = gains(&model.reduced_values(pair, &control));
                    expected = expected.min(level.unwrap_or(usize::MAX));
                }
            }
            assert_eq!(model.unsolved, expected);
            unsolved += usize::from(expected < usize::MAX);
            model.solve(0, &mut control).unwrap();
        }
        let best = solve(&problem, &SolveOptions::new(levels.clone())).unwrap();
        let found = model.assignment().value(&problem, &levels).unwrap();
        assert_eq!(found, best.value[..levels.len()]);
    }
    assert!(
        fresh > 500 && several > 30 && unsolved > 50,
        "{fresh} {several} {unsolved}"
    );
}

#[test]
fn a_pair_leaves_by_its_slot_once_the_network_has_it() {
    let problem = Problem::dense(1, 5, vec![1; 5], None).unwrap();
    let problem = problem.with_demands(vec![2]).unwrap();
    let kinds = [0, 0, 0, 1, 1].map(Some);
    let problem = problem.with_mentor_kinds(&kinds).unwrap();
    let mut slots = Slots::none(10);
    let tails: Vec<_> = (0..3)
        .map(|mentor| slots.add(&problem, (0, mentor), position(mentor)))
        .collect();
    assert_eq!(tails, [0; 3], "by its mentee, for now");
    assert_eq!(slots.take_fresh(), [[0, 1, 2]]);
    assert_eq!((slots.end(), slots.mentee(10)), (11, 0));
    assert_eq!(slots.add(&problem, (0, 0), 3), 10);
    let others = [3, 4, 3].map(|mentor| slots.add(&problem, (0, mentor), 4));
    assert_eq!(others, [0; 3], "of the next slot, which is new");
    assert_eq!(slots.take_fresh(), [[4, 4, 4]]);
    assert_eq!(
        [3, 0].map(|mentor| slots.add(&problem, (0, mentor), 5)),
        [11, 10]
    );
}
