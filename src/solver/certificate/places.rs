//! Complementary slackness of places, and what they add to a bound; what both prove is said in
//! [`certificate`](super).
//!
//! # How it is fast
//! Nodes are looked at in blocks. Where nobody has a group above and all places of a sort are worth the same at every
//! level but for the first of each mentee, what a node's places are worth is a sum of two lists: so a block is proved
//! by a few comparisons a node, which the compiler vectorises. Only in other blocks each node is looked at by
//! itself.

use std::cmp::Ordering;
use std::ops::Range;

use super::super::assignment::Loads;
use super::super::level::{Level, Owner, segments};
use super::super::problem::{Problem, Side};
use super::proof::{Proof, gain_of, sign};
use super::{Prices, Violation};
use crate::lanes;
use crate::parallel::{self, Extent};

/// Nodes whose places are looked at together.
const BLOCK: usize = 64;

/// Of mentees, mentors, groups of mentees and groups of mentors, the number of mentees among these.
const MENTEES: usize = 0;

/// The nodes of one sort: how many pairs each has, and may have.
struct Nodes<'a> {
    sort: usize,
    loads: &'a [u64],
    max: &'a [u32],
    /// There are so many on the other side.
    partners: u32,
}

impl Proof<'_> {
    pub(super) fn check_loads(&self, loads: &Loads) -> Result<(), Violation> {
        let maxima = maxima(self.problem);
        for ((owner, loads), maxima) in loads.by_sort().into_iter().zip(maxima) {
            if !is_any_above(loads, maxima) {
                continue;
            }
            let mut pairs = loads.iter().zip(maxima);
            if let Some(index) = pairs.position(|(&load, &max)| load > u64::from(max)) {
                let (what, index) = owner(index).name();
                let (load, max) = (loads[index], maxima[index]);
                return Err(Violation::Overloaded {
                    what,
                    index,
                    load,
                    max,
                });
            }
        }
        Ok(())
    }

    /// Complementary slackness of places at the first `levels` levels; not proved if given up.
    pub(super) fn check_places(&self, loads: &Loads, levels: usize) -> Result<(), Violation> {
        let maxima = maxima(self.problem);
        let partners = [self.problem.mentors(), self.problem.mentees(), 0, 0];
        for (sort, (owner, loads)) in loads.by_sort().into_iter().enumerate() {
            let nodes = Nodes {
                sort,
                loads,
                max: maxima[sort],
                partners: u32::try_from(partners[sort]).unwrap_or(u32::MAX),
            };
            if let Some(node) = self.first_open(&nodes, owner, levels) {
                let (what, index) = owner(node).name();
                return Err(Violation::Place { what, index });
            }
        }
        Ok(())
    }

    /// The first node of a sort with a place that is not proved.
    fn first_open(
        &self,
        nodes: &Nodes<'_>,
        owner: fn(usize) -> Owner,
        levels: usize,
    ) -> Option<usize> {
        let first_places = self.worth_of_first_places(nodes.sort, levels);
        let is_open = |&node: &usize| !self.is_place_proved(owner(node), nodes.loads[node], levels);
        let extent = Extent {
            rows: nodes.loads.len().div_ceil(BLOCK),
            columns: BLOCK,
        };
        let open = parallel::blocks(extent, |blocks| {
            blocks.into_iter().find_map(|block| {
                let mut block = block * BLOCK..nodes.loads.len().min((block + 1) * BLOCK);
                if (self.given_up)() {
                    return Some(block.start);
                }
                let worth = first_places.as_deref();
                let is_proved = worth.is_some_and(|worth| self.are_proved(nodes, worth, &block));
                if is_proved { None } else { block.find(is_open) }
            })
        });
        open.into_iter().flatten().next()
    }

    /// By level, what the first place of everybody of a sort is worth, all others being worth nothing; `None` where
    /// places may differ otherwise, or belong to groups.
    fn worth_of_first_places(&self, sort: usize, levels: usize) -> Option<Vec<i64>> {
        let sides: [&Side; 2] = [&self.problem.mentees, &self.problem.mentors];
        let worth = |level: &Level| match level {
            Level::Participation => Some(i64::from(sort == MENTEES)),
            level => (!level.values_places()).then_some(0),
        };
        let has_groups = sides.into_iter().any(|side| !side.groups.is_empty());
        let levels = self.levels[..levels].iter();
        (!has_groups).then(|| levels.map(worth).collect())?
    }

    /// Whether all places of a block are proved, first places being worth so much at each level. `false` says nothing.
    fn are_proved(&self, nodes: &Nodes<'_>, worth: &[i64], block: &Range<usize>) -> bool {
        let (loads, max) = (&nodes.loads[block.clone()], &nodes.max[block.clone()]);
        let mut signs = [[0i64; 2]; BLOCK];
        let signs = &mut signs[..loads.len()];
        let is_any_open = lanes::widest(
            #[inline(always)]
            || {
                for (&worth, prices) in worth.iter().zip(self.prices) {
                    let prices = &prices.by_sort()[nodes.sort][block.clone()];
                    for ((signs, &load), price) in signs.iter_mut().zip(loads).zip(prices) {
                        let reduced = |is_first| price + if is_first { worth } else { 0 };
                        let [last, next] = *signs;
                        signs[0] = if last == 0 { reduced(load == 1) } else { last };
                        signs[1] = if next == 0 { reduced(load == 0) } else { next };
                    }
                }
                let is_open = |((&[last, next], &load), &max): ((&[i64; 2], &u64), &u32)| {
                    let has_room = load != u64::from(max.min(nodes.partners));
                    ((load > 0) & (last < 0)) | (has_room & (next > 0))
                };
                let nodes = signs.iter().zip(loads).zip(max);
                nodes.fold(false, |any, node| any | is_open(node))
            },
        );
        !is_any_open
    }

    /// The last place taken loses nothing and the next one, if anybody is left to take it, gains
    /// nothing. Values never rise from place to place, so the others follow.
    #[inline]
    fn is_place_proved(&self, owner: Owner, load: u64, levels: usize) -> bool {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "loads were checked against u32 maxima"
        )]
        let load = load as u32;
        let sign = |place| self.place_sign(levels, owner, place);
        (load == 0 || sign(load) != Ordering::Less)
            && (load == owner.places(self.problem) || sign(load + 1) != Ordering::Greater)
    }

    /// Whether one more place, and the last one taken, are worth nothing at any level.
    pub(super) fn free_places(&self, owner: Owner, load: u64) -> (bool, bool) {
        let load = u32::try_from(load).unwrap_or(u32::MAX);
        let is_free = |place| self.place_sign(self.levels.len(), owner, place).is_eq();
        let has_room = load < owner.places(self.problem);
        (has_room && is_free(load + 1), load > 0 && is_free(load))
    }

    /// The lexicographic sign of the reduced value of a node's `place`-th place.
    #[inline]
    fn place_sign(&self, levels: usize, owner: Owner, place: u32) -> Ordering {
        for (level, prices) in self.levels.iter().zip(self.prices).take(levels) {
            let (own, above) = prices.of(self.problem, owner);
            let reduced = level.place_value(self.problem, owner, place) + own - above;
            if reduced != 0 {
                return reduced.cmp(&0);
            }
        }
        Ordering::Equal
    }

    /// What all places together could add at `level`; less if given up.
    pub(super) fn place_gains(&self, level: usize) -> i128 {
        Owner::all(self.problem)
            .take_while(|_| !(self.given_up)())
            .map(|owner| self.place_gain(level, owner))
            .sum()
    }

    fn place_gain(&self, level: usize, owner: Owner) -> i128 {
        let price = |prices: &Prices| {
            let (own, above) = prices.of(self.problem, owner);
            own - above
        };
        let mut gain = 0;
        for segment in segments(self.problem, self.levels, owner) {
            let reduced = (segment.values.iter().zip(self.prices))
                .map(|(value, prices)| value + price(prices));
            let before = sign(reduced.take(level));
            let reduced = segment.values[level] + price(&self.prices[level]);
            gain += i128::from(segment.places) * gain_of(before, reduced);
        }
        gain
    }
}

/// Whether any load is above its maximum, without a word on whose.
fn is_any_above(loads: &[u64], maxima: &[u32]) -> bool {
    lanes::widest(
        #[inline(always)]
        || {
            let pairs = loads.iter().zip(maxima);
            pairs.fold(false, |any, (&load, &max)| any | (load > u64::from(max)))
        },
    )
}

/// How many pairs each node of each sort may have.
fn maxima<'a>(problem: &'a Problem<'_>) -> [&'a [u32]; 4] {
    let (mentees, mentors): (&Side, &Side) = (&problem.mentees, &problem.mentors);
    [
        &mentees.max,
        &mentors.max,
        &mentees.groups.max,
        &mentors.groups.max,
    ]
}

#[cfg(test)]
mod tests;
