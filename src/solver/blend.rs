//! Several levels as one score, nearly: what the market is given, so that the network can start from there.
//!
//! # Idea
//! The market knows one score and no order of levels. So what pairs are listed with at levels before the total
//! score is added to their scores, weighed so that one level counts a few times more than all that is
//! below it, as far as 32 bits go; and mentors get no places beyond those that are worth having at these
//! levels, if everybody is placed. What comes out is next to the optimum of all levels, and so are
//! its prices.
//!
//! # Invariant
//! Nothing depends on it but time: the network makes the start exact, whatever it is.
//!
//! # Measured
//! 10,000 × 2,500, from a start by the total score alone to one by the blend: loads spread 5.5 → 0.5 s;
//! pairs kept that scores do not want, exactly as many places as mentees, 6.2 → 0.4 s.
//!
//! # Complexity
//! One pass over the pairs, and a copy of the scores where levels list pairs.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;

use super::candidate_lists::Pair;
use super::control::Control;
use super::level::{Level, ListedValues, Owner, for_each_segment};
use super::market::Market;
use super::problem::{Access, Problem, RowBuffer};
use crate::parallel;

/// A listed pair's score and values together stay below this, so that the market's sums do not grow.
const MOST_OF_A_PAIR: i64 = 1 << 29;

/// What a place is worth at all levels together stays within this, so that the places on a way through
/// everybody add up.
const MOST_OF_A_PLACE: i64 = 1 << 38;

/// How many times more than all below it a level counts: the first of these by which everything fits. The
/// market is slower the further scores lie apart: at 128 times it takes five times as long.
const RATIOS: [i64; 2] = [4, 2];

/// How much each level counts.
pub(super) struct Blend {
    /// By level; 0 for what the market cannot express, 1 for the total score.
    weights: Vec<i64>,
    /// How many levels come before the total score.
    before: usize,
}

impl Blend {
    /// The total score alone, or the first level where there is none.
    pub(super) fn of_total_score(levels: &[Level]) -> Self {
        let total = levels.iter().position(Level::is_score);
        let total = total.unwrap_or(0);
        let weights = (0..levels.len()).map(|level| i64::from(level == total));
        Self {
            weights: weights.collect(),
            before: total,
        }
    }

    /// The levels before the total score, as far as they can be expressed in it.
    pub(super) fn of(problem: &Problem<'_>, levels: &[Level], control: &Control<'_>) -> Self {
        let mut blend = Self::of_total_score(levels);
        let before = levels[..blend.before].iter();
        let valued = before.map(|level| (level, largest_value(problem, level)));
        let valued: Vec<_> = valued.collect();
        if valued.iter().any(|&(_, largest)| largest > 0) {
            let of_score = largest_score(problem, control);
            let weighed = RATIOS
                .iter()
                .find_map(|&ratio| weigh(ratio, of_score, &valued));
            let weights = weighed.unwrap_or_else(|| vec![0; valued.len()]);
            blend.weights[..weights.len()].copy_from_slice(&weights);
        }
        blend
    }

    /// Bytes that [`problem`](Self::problem) takes beside the scores at most.
    pub(super) fn bytes(problem: &Problem<'_>, levels: &[Level], access: Access) -> u64 {
        let lists = levels.iter().any(|level| matches!(level, Level::Listed(_)));
        match access {
            Access::InMemory if lists => 4 * problem.pairs() as u64,
            _ => 0,
        }
    }

    /// The problem for the market: without minimums and groups, with the blended scores.
    pub(super) fn problem<'p>(
        &self,
        problem: &'p Problem<'_>,
        levels: &[Level],
        control: &Control<'_>,
    ) -> Problem<'p> {
        let mut blended = problem.relaxed();
        let places = self.worthwhile_places(problem, levels, control).into_iter();
        blended.mentors.max = places.map(|[sure, open]| sure + open).collect();
        if self.listed(levels).next().is_some() {
            blended.add_to_scores(control.watch(), |mentee, add| {
                for (weight, listed) in self.listed(levels) {
                    for &(mentor, value) in listed.of(mentee) {
                        add(mentor, weight * i64::from(value));
                    }
                }
            });
        }
        blended
    }

    /// Pairs with their scores, of pairs with blended ones.
    pub(super) fn scores_of(&self, levels: &[Level], mut pairs: Vec<Pair>) -> Vec<Pair> {
        if self.listed(levels).next().is_some() {
            for (mentee, mentor, score) in &mut pairs {
                *score -= self.bonus(levels, *mentee, *mentor);
            }
        }
        pairs
    }

    /// What a pair of this score is worth.
    pub(super) fn pair_value(&self, levels: &[Level], (mentee, mentor, score): Pair) -> i64 {
        let value = match levels.get(self.before) {
            Some(level) => level.pair_value(mentee, mentor, score),
            None => 0,
        };
        value + i64::from(self.bonus(levels, mentee, mentor))
    }

    /// What is added to the score of a pair.
    fn bonus(&self, levels: &[Level], mentee: usize, mentor: usize) -> i32 {
        let valued = self.listed(levels);
        let sum: i64 = valued
            .map(|(weight, listed)| weight * i64::from(listed.value(mentee, mentor)))
            .sum();
        i32::try_from(sum).unwrap_or_default() // `MOST_OF_A_PAIR` is smaller
    }

    /// What a place is worth that has these values, by level.
    pub(super) fn place_value(&self, values: &[i64]) -> i64 {
        let weighed = self.weights.iter().zip(values);
        let terms = weighed.map(|(&weight, &value)| weight.saturating_mul(value));
        let sum = terms.fold(0, i64::saturating_add);
        sum.clamp(-MOST_OF_A_PLACE, MOST_OF_A_PLACE)
    }

    /// The levels that list pairs, as far as they count.
    fn listed<'l>(
        &'l self,
        levels: &'l [Level],
    ) -> impl Iterator<Item = (i64, &'l ListedValues)> + Clone {
        let weighed = self.weights[..self.before].iter().zip(levels);
        weighed.filter_map(|(&weight, level)| match level {
            Level::Listed(listed) if weight > 0 => Some((weight, listed)),
            _ => None,
        })
    }

    /// The places of each mentor that are worth having at the levels before the total score, if everybody is
    /// placed: how many are taken in any case, and how many are as good as the last one taken. Of fewer mentors if
    /// cancelled.
    fn worthwhile_places(
        &self,
        problem: &Problem<'_>,
        levels: &[Level],
        control: &Control<'_>,
    ) -> Vec<[u32; 2]> {
        let all = Stretches::of_mentors(problem, &levels[..self.before], control);
        let mut best: Vec<usize> = (0..all.places.len()).collect();
        if control.is_cancelled() {
            return Vec::new();
        }
        best.sort_unstable_by(|&a, &b| all.values(b).cmp(all.values(a)));
        let mut wanted = wanted(problem);
        let last = best.into_iter().find(|&stretch| {
            wanted = wanted.saturating_sub(all.places[stretch].into());
            wanted == 0
        });
        let both = |own: Range<usize>| {
            let (mut sure, mut open) = (0, 0);
            for stretch in own {
                let values = all.values(stretch);
                let order = last.map_or(Ordering::Greater, |last| values.cmp(all.values(last)));
                match order {
                    Ordering::Greater => sure += all.places[stretch],
                    Ordering::Equal => open += all.places[stretch],
                    Ordering::Less => {}
                }
            }
            [sure, open]
        };
        control.until_cancelled(all.by_mentor()).map(both).collect()
    }

    /// The places to fill exactly, where mentors have at most one each about which only the total score can
    /// decide: the market, which knows no minimums, leaves others idle. Those get theirs for whom
    /// it asks the highest prices.
    pub(super) fn exact_places(
        &self,
        problem: &Problem<'_>,
        levels: &[Level],
        market: &Market<'_>,
        control: &Control<'_>,
    ) -> Option<Vec<u32>> {
        let places = self.worthwhile_places(problem, levels, control);
        if control.is_cancelled() {
            return None;
        }
        let sure: u64 = places.iter().map(|&[sure, _]| u64::from(sure)).sum();
        let is_open = |&mentor: &usize| places[mentor][1] > 0;
        let mut open: Vec<usize> = (0..places.len()).filter(is_open).collect();
        if sure == 0 || open.iter().any(|&mentor| places[mentor][1] > 1) {
            return None;
        }
        let prices = market.prices().mentors;
        let mut exact: Vec<u32> = places.iter().map(|&[sure, _]| sure).collect();
        let left = usize::try_from(wanted(problem).saturating_sub(sure)).unwrap_or(usize::MAX);
        if left < open.len() {
            open.select_nth_unstable_by_key(left, |&mentor| (Reverse(prices[mentor]), mentor));
        }
        for &mentor in open.iter().take(left) {
            exact[mentor] += 1;
        }
        Some(exact)
    }
}

/// The places of all mentors, cut where a value changes at a level, in one piece: to free a list of each of a million
/// mentors takes longer than a cancellation may.
struct Stretches {
    /// By stretch.
    places: Vec<u32>,
    /// By stretch: so many values, what a place of it is worth at each level.
    values: Vec<i64>,
    width: usize,
    /// By mentor: where his stretches end.
    ends: Vec<usize>,
}

impl Stretches {
    /// Of fewer mentors if cancelled.
    fn of_mentors(problem: &Problem<'_>, levels: &[Level], control: &Control<'_>) -> Self {
        let mut all = Self {
            places: Vec::with_capacity(problem.mentors()),
            values: Vec::with_capacity(problem.mentors() * levels.len()),
            width: levels.len(),
            ends: Vec::with_capacity(problem.mentors()),
        };
        for mentor in control.until_cancelled(0..problem.mentors()) {
            for_each_segment(problem, levels, Owner::Mentor(mentor), |places, values| {
                all.places.push(places);
                all.values.extend(values);
            });
            all.ends.push(all.places.len());
        }
        all
    }

    fn values(&self, stretch: usize) -> &[i64] {
        &self.values[stretch * self.width..(stretch + 1) * self.width]
    }

    /// Each mentor's.
    fn by_mentor(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| start..end)
    }
}

/// How many mentors all mentees want together.
fn wanted(problem: &Problem<'_>) -> u64 {
    let mentees = (0..problem.mentees()).map(Owner::Mentee);
    mentees.map(|own| u64::from(own.places(problem))).sum()
}

/// The largest value, in size, of a pair that the level lists, or of a mentor's place.
fn largest_value(problem: &Problem<'_>, level: &Level) -> i64 {
    if let Level::Listed(listed) = level {
        return match problem.access() {
            Access::InMemory => listed.largest(),
            Access::OnDemand => 0,
        };
    }
    let mentors = (0..problem.mentors()).map(Owner::Mentor);
    let of = |own| {
        let steps = level.steps(problem, own);
        let sizes = steps.iter().map(|step| step.value.abs());
        sizes.max().unwrap_or(0)
    };
    mentors.map(of).max().unwrap_or(0)
}

/// The largest score in size.
fn largest_score(problem: &Problem<'_>, control: &Control<'_>) -> i64 {
    let largest = parallel::map(problem.extent(), RowBuffer::default, |buffer, row| {
        let mut largest = 0;
        if !control.is_cancelled() {
            problem.for_each_allowed(row, buffer, |_, score| {
                largest = score.unsigned_abs().max(largest);
            });
        }
        largest
    });
    largest.into_iter().max().unwrap_or(0).into()
}

/// How much each level counts, if each counts so many times more than all below it; `None` if that
/// becomes too much. Levels come with their largest value.
fn weigh(ratio: i64, of_score: i64, levels: &[(&Level, i64)]) -> Option<Vec<i64>> {
    let mut weights = vec![0; levels.len()];
    let (mut below, mut of_pair) = (of_score.max(1), of_score);
    for (weight, &(level, largest)) in weights.iter_mut().zip(levels).rev() {
        if largest == 0 {
            continue;
        }
        *weight = ratio.checked_mul(below)?;
        let most = weight.checked_mul(largest)?;
        below = below.checked_add(most)?;
        if let Level::Listed(_) = level {
            of_pair += most;
        }
        if of_pair >= MOST_OF_A_PAIR || below >= MOST_OF_A_PLACE {
            return None;
        }
    }
    Some(weights)
}

#[cfg(test)]
mod tests;
