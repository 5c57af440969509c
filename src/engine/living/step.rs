//! The way from one matching to another, in steps each of which can be taken without the others.
//!
//! Which of them gain most within a limit is a knapsack, solved exactly by dynamic programming over the pairs given
//! up: O(steps · limit) (R. Bellman, *Dynamic Programming*, 1957).

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::plan::State;
use crate::scoring::PairIdx;

/// Some pairs that are given up together, and those that are made instead.
pub(super) struct Step {
    pub(super) gone: Vec<PairIdx>,
    pub(super) made: Vec<PairIdx>,
    /// How many more pairs there are, and by how much the score rises.
    gain: (i64, i64),
}

impl Step {
    /// The chains of some pairs given up and some made: first those that gain most together while they give up no more
    /// than `most` pairs, then the rest, which may fit where others do not; of both the best first.
    pub(super) fn best_within(
        state: &State,
        (gone, made): (&[PairIdx], &[PairIdx]),
        most: usize,
    ) -> Vec<Self> {
        let chains = chains(gone, made).into_iter();
        let mut steps: Vec<_> = chains.map(|chain| Self::new(state, chain)).collect();
        steps.sort_by(Self::better_first);
        let gains = steps.iter().map(|step| (step.gone.len(), step.gain));
        let mut is_chosen = knapsack(&gains.collect::<Vec<_>>(), most).into_iter();
        let (chosen, others): (Vec<_>, Vec<_>) = steps
            .into_iter()
            .partition(|_| is_chosen.next().unwrap_or(false));
        chosen.into_iter().chain(others).collect()
    }

    fn new(state: &State, (gone, made): (Vec<PairIdx>, Vec<PairIdx>)) -> Self {
        let score = |pairs: &[PairIdx]| -> i64 {
            let scores = pairs.iter().filter_map(|&pair| state.rows.score(pair));
            scores.map(|score| i64::from(score.ppm())).sum()
        };
        let count = |pairs: &[PairIdx]| i64::try_from(pairs.len()).unwrap_or(i64::MAX);
        Self {
            gain: (count(&made) - count(&gone), score(&made) - score(&gone)),
            gone,
            made,
        }
    }

    /// What costs nothing, then by the gain for each pair given up.
    fn better_first(&self, other: &Self) -> Ordering {
        let cost = |own: &Self| i64::try_from(own.gone.len()).unwrap_or(i64::MAX);
        let per = |own: &Self, other: &Self| {
            let times = i128::from(cost(other));
            (
                i128::from(own.gain.0) * times,
                i128::from(own.gain.1) * times,
            )
        };
        ((cost(self) > 0).cmp(&(cost(other) > 0)))
            .then_with(|| per(other, self).cmp(&per(self, other)))
            .then_with(|| (&self.gone, &self.made).cmp(&(&other.gone, &other.made)))
    }
}

/// Larger tables are not made; then the best are taken one by one.
const MOST_CELLS: usize = 1 << 24;

/// Which of some steps, each with its cost and its gain, gain most together at a cost of `most` altogether.
fn knapsack(steps: &[(usize, (i64, i64))], most: usize) -> Vec<bool> {
    let mut is_chosen = vec![false; steps.len()];
    if steps.len().saturating_mul(most + 1) > MOST_CELLS {
        return is_chosen;
    }
    // By cost: the most that can be gained; by step and cost: whether it is among those that gain it.
    let mut best = vec![(0, 0); most + 1];
    let mut takes = Vec::with_capacity(steps.len());
    for &(cost, gain) in steps {
        let mut taken = vec![false; most + 1];
        for left in (cost..=most).rev() {
            let before = best[left - cost];
            let with = (before.0 + gain.0, before.1 + gain.1);
            if with > best[left] {
                (best[left], taken[left]) = (with, true);
            }
        }
        takes.push(taken);
    }
    let mut left = most;
    for (at, taken) in takes.iter().enumerate().rev() {
        if taken[left] {
            is_chosen[at] = true;
            left -= steps[at].0;
        }
    }
    is_chosen
}

/// Pairs given up and pairs made, as chains: at each person, one of each is linked.
fn chains(gone: &[PairIdx], made: &[PairIdx]) -> Vec<(Vec<PairIdx>, Vec<PairIdx>)> {
    let pairs: Vec<_> = gone.iter().chain(made).copied().collect();
    let mut group: Vec<usize> = (0..pairs.len()).collect();
    let mentee = |&(mentee, _): &PairIdx| mentee.index();
    let mentor = |&(_, mentor): &PairIdx| mentor.index();
    let ends: [&dyn Fn(&PairIdx) -> usize; 2] = [&mentee, &mentor];
    for end in ends {
        let mut waiting: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, pair) in gone.iter().enumerate() {
            waiting.entry(end(pair)).or_default().push(at);
        }
        for (at, pair) in pairs.iter().enumerate().skip(gone.len()) {
            let linked = waiting.get_mut(&end(pair)).and_then(Vec::pop);
            if let Some(linked) = linked {
                let (one, other) = (root(&mut group, at), root(&mut group, linked));
                group[one] = other;
            }
        }
    }
    let mut chains: BTreeMap<usize, (Vec<PairIdx>, Vec<PairIdx>)> = BTreeMap::new();
    for (at, &pair) in pairs.iter().enumerate() {
        let (given_up, got) = chains.entry(root(&mut group, at)).or_default();
        if at < gone.len() {
            given_up.push(pair);
        } else {
            got.push(pair);
        }
    }
    chains.into_values().collect()
}

/// What stands for the group of a pair.
fn root(group: &mut [usize], mut at: usize) -> usize {
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_other_steps_gain_more_within_the_limit(
            steps in prop::collection::vec((0usize..4, (-2i64..3, -9i64..10)), 0..9),
            most in 0usize..12,
        ) {
            let sum = |is_in: &dyn Fn(usize) -> bool| {
                let taken = steps.iter().enumerate().filter(|&(at, _)| is_in(at));
                taken.fold((0, (0, 0)), |(all, gains), (_, &(cost, gain))| {
                    (all + cost, (gains.0 + gain.0, gains.1 + gain.1))
                })
            };
            let chosen = knapsack(&steps, most);
            let (cost, gain) = sum(&|at| chosen[at]);
            prop_assert!(cost <= most);
            let all = (0..1usize << steps.len()).map(|set| sum(&|at| set >> at & 1 == 1));
            let best = all.filter(|own| own.0 <= most).map(|own| own.1).max();
            prop_assert_eq!(Some(gain), best);
        }
    }
}
