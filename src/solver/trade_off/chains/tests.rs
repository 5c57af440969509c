//! Ways from one point to another, against all steps taken in every order.

use super::*;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::common::instance::{Instance, Pairs, pairs_of};
use crate::solver::common::random::Random;
use crate::solver::level::{Level, ListedValues};
use crate::solver::{SolveOptions, solve};

const PEOPLE: (u32, u32) = (7, 5);

/// Two points, all pairs between them, and what is listed.
struct Two {
    instance: Instance,
    levels: [Level; 2],
    core: Core,
    low: Point,
    high: Point,
}

fn two(seed: u64) -> Two {
    let mut random = Random::new(seed);
    let (n, m) = (PEOPLE.0 as usize, PEOPLE.1 as usize);
    let mut row = || (0..m).map(|_| Some(random.between(0, 12))).collect();
    let scores: Vec<Vec<_>> = (0..n).map(|_| row()).collect();
    let pairs = (0..PEOPLE.0).flat_map(|i| (0..PEOPLE.1).map(move |j| (i, j)));
    let pair = |(i, j)| (MenteeIdx::new(i), MentorIdx::new(j), random.between(0, 3));
    let listed = ListedValues::new(n, pairs.clone().map(pair)).unwrap();
    let instance = Instance::one_to_one(m, scores).with_capacities(vec![2; m]);
    let mut core = Core::empty(n, 0, Some(listed.clone()));
    let score = |i: u32, j: u32| instance.scores[i as usize][j as usize].unwrap();
    core.add(pairs.map(|(i, j)| (i, j, score(i, j))));
    let levels = [Level::Listed(listed), Level::TotalScore];
    let point = |levels: [Level; 2]| {
        let options = SolveOptions::new(levels);
        let solution = solve(&instance.dense(), &options).unwrap();
        solution.assignment
    };
    let [gain, total] = levels.clone();
    let ends = [[total.clone(), gain.clone()], [gain, total]].map(point);
    let [low, high] = ends.map(|assignment| {
        let value = instance.value(&pairs_of(&assignment), &levels);
        Point {
            gain: value[0],
            total: value[1],
            assignment,
        }
    });
    Two {
        instance,
        levels,
        core,
        low,
        high,
    }
}

impl Two {
    /// Fails unless the point is an assignment that is worth what it says.
    fn judge(&self, point: &Point) {
        let pairs: Pairs = pairs_of(&point.assignment);
        self.instance.assert_legal(&pairs);
        let value = self.instance.value(&pairs, &self.levels);
        assert_eq!(value, [point.gain, point.total]);
    }
}

#[test]
fn the_steps_that_bring_enough_are_the_cheapest_of_all_sets() {
    let (mut several, mut none) = (0, 0);
    for seed in 0..150 {
        let two = two(seed);
        let steps = measured(&two.low, &two.high, &two.core).unwrap();
        let steps: Vec<_> = steps.iter().filter(|own| own.gain >= 0).collect();
        let sets = (0..1_usize << steps.len()).map(|set| {
            let taken = steps
                .iter()
                .enumerate()
                .filter(|(at, _)| set >> at & 1 == 1);
            taken.fold((two.low.gain, two.low.total), |sum, (_, own)| {
                (sum.0 + own.gain, sum.1 + own.total)
            })
        });
        let sets: Vec<_> = sets.collect();
        for gain in two.low.gain..=two.high.gain + 1 {
            let enough = sets.iter().filter(|own| own.0 >= gain);
            let best = enough.map(|own| own.1).max();
            let found = cheapest(&two.low, &two.high, &two.core, gain);
            assert_eq!(found.as_ref().map(|own| own.total), best, "{seed} {gain}");
            match found {
                Some(point) => {
                    two.judge(&point);
                    assert!(point.gain >= gain);
                }
                None => none += 1,
            }
        }
        several += usize::from(steps.len() > 2);
    }
    assert!(several > 20 && none > 20, "{several} {none}");
}

#[test]
fn the_way_between_bends_at_every_point_and_never_back() {
    let mut bends = 0;
    for seed in 0..150 {
        let two = two(seed);
        let points = between(&two.low, &two.high, &two.core);
        points.iter().for_each(|point| two.judge(point));
        let steps = measured(&two.low, &two.high, &two.core).unwrap();
        let gains = steps.iter().filter(|own| own.gain > 0);
        let mut gains: Vec<_> = gains.map(|own| (own.gain, own.total)).collect();
        gains.sort_by(|a, b| (b.1 * a.0).cmp(&(a.1 * b.0)));
        gains.dedup_by(|a, b| a.1 * b.0 == b.1 * a.0);
        assert_eq!(points.len(), gains.len().saturating_sub(1), "{seed}");
        let all: Vec<_> = points.iter().chain([&two.high]).collect();
        for own in all.windows(3) {
            let step = |at: usize| {
                let (one, next) = (own[at], own[at + 1]);
                (next.gain - one.gain, next.total - one.total)
            };
            let (first, second) = (step(0), step(1));
            assert!(first.0 > 0 && second.0 > 0);
            assert!(second.1 * first.0 < first.1 * second.0, "{seed}");
            bends += 1;
        }
    }
    assert!(bends > 10, "{bends}");
}
