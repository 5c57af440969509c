//! The way from one matching to another, in steps each of which can be taken without the others.

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
    /// The chains of some pairs given up and some made, the best first.
    pub(super) fn best_first(state: &State, gone: &[PairIdx], made: &[PairIdx]) -> Vec<Self> {
        let chains = chains(gone, made).into_iter();
        let mut steps: Vec<_> = chains.map(|chain| Self::new(state, chain)).collect();
        steps.sort_by(Self::better_first);
        steps
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
