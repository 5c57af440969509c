//! One person alone on her side: a mentee and all mentors, or a mentor and all mentees.
//!
//! # Idea
//! Nobody competes with her, so she has those who suit her best, as many as she has places. Her price is the score
//! of the last of them, since that is what one place less would cost, and each of them pays what a pair is worth
//! beyond that. If she has a place left, or is a mentor who serves every mentee, her price is nothing. Where a pair
//! gains nothing and need not be, there is none; and whoever has nobody costs nothing.
//!
//! # Complexity
//! One pass over her pairs, and a price for each of the others. Where she has several places, a selection in linear
//! time beside.

use std::cmp::Reverse;
use std::iter;

use super::answer::Answer;
use super::assignment::Assignment;
use super::certificate::Prices;
use super::control::Control;
use super::level::Level;
use super::plain;
use super::problem::{Problem, Row, RowBuffer};
use super::solution::Stats;
use super::walk::position;
use crate::ids::Role;
use crate::lanes;

/// Scores that are looked at together.
const BLOCK: usize = 1024;

/// The optimum of a plain problem of one mentee or one mentor, where everybody has a place; `None` for any other.
pub(super) fn answer(
    problem: &Problem<'_>,
    levels: &[Level],
    control: &Control<'_>,
) -> Option<Answer> {
    let (Level::TotalScore, before) = levels.split_last()? else {
        return None;
    };
    let lone = Lone::of(problem)?;
    // For the total score alone, whoever adds nothing to it is left out.
    let least = if before.is_empty() { 1 } else { i32::MIN };
    let chosen = lone.choose(problem, least, control);
    let assignment = Assignment::from_pairs(
        problem.mentees(),
        chosen.iter().map(|&(other, _)| lone.pair(other)),
    );
    let prices = before
        .iter()
        .map(|level| plain::participation(problem, level, &assignment, control))
        .chain(iter::once_with(|| Some(lone.prices(&chosen))));
    Some(Answer {
        prices: prices.collect::<Option<_>>()?,
        assignment,
        levels: levels.to_vec(),
        stopped: None,
        stats: Stats {
            pairs_listed: problem.pairs(),
            rounds: 1,
            work: 0,
        },
    })
}

/// Somebody who has the other side to herself.
struct Lone {
    role: Role,
    /// How many of the others she can have.
    places: usize,
    others: usize,
}

/// One of the others, with the score of the pair.
type Other = (u32, i32);

impl Lone {
    /// `None` where there are several, or somebody without a place.
    fn of(problem: &Problem<'_>) -> Option<Self> {
        let (role, max, others) = match (&*problem.mentees.max, &*problem.mentors.max) {
            (&[max], mentors) => (Role::Mentee, max, mentors),
            (mentees, &[max]) => (Role::Mentor, max, mentees),
            _ => return None,
        };
        let fewest = lanes::widest(
            #[inline(always)]
            || others.iter().copied().fold(max, u32::min),
        );
        let places = usize::try_from(max).ok()?.min(others.len());
        (fewest > 0).then_some(Self {
            role,
            places,
            others: others.len(),
        })
    }

    /// A pair of hers, as mentee and mentor.
    fn pair(&self, other: u32) -> (u32, u32) {
        match self.role {
            Role::Mentee => (0, other),
            Role::Mentor => (other, 0),
        }
    }

    /// Those who suit her best, of no lower a score than this; anybody if cancelled.
    fn choose(&self, problem: &Problem<'_>, least: i32, control: &Control<'_>) -> Vec<Other> {
        if self.role == Role::Mentee {
            let mut buffer = RowBuffer::default();
            let row = problem.row(0, &mut buffer);
            return row.map_or_else(Vec::new, |row| best(&row, self.places, least));
        }
        // The one column of a matrix lies as a row does.
        if let Some((scores, absent)) = problem.matrix() {
            return best(&Row::Dense { scores, absent }, self.places, least);
        }
        let (mentees, scores) = column(problem, control);
        let (mentors, scores) = (&mentees[..], &scores[..]);
        best(&Row::Sparse { mentors, scores }, self.places, least)
    }

    /// Prices at the level of the total score.
    fn prices(&self, chosen: &[Other]) -> Prices {
        let lowest = chosen.iter().map(|&(_, score)| i64::from(score)).min();
        let is_full = chosen.len() == self.places;
        // If participation comes first, mentees who all take part pay whatever a pair is worth, be it below nothing.
        let all_served = self.role == Role::Mentor && chosen.len() == self.others;
        let own = lowest.filter(|_| is_full && !all_served).unwrap_or(0);
        let mut others = vec![0; self.others];
        for &(other, score) in chosen {
            others[other as usize] = i64::from(score) - own;
        }
        let (mentees, mentors) = match self.role {
            Role::Mentee => (vec![own], others),
            Role::Mentor => (others, vec![own]),
        };
        Prices {
            mentees,
            mentors,
            ..Prices::default()
        }
    }
}

/// The mentees who may have the one mentor, with their scores; some of them if cancelled.
fn column(problem: &Problem<'_>, control: &Control<'_>) -> (Vec<u32>, Vec<i32>) {
    let mut buffer = RowBuffer::default();
    let (mut mentees, mut scores) = (Vec::new(), Vec::new());
    for mentee in control.until_cancelled(0..problem.mentees()) {
        problem.for_each_allowed(mentee, &mut buffer, |_, score| {
            mentees.push(position(mentee));
            scores.push(score);
        });
    }
    (mentees, scores)
}

/// The so many of the highest scores, the first of equals, as far as there are any of no lower a score than this.
fn best(row: &Row<'_>, places: usize, least: i32) -> Vec<Other> {
    if let (&Row::Dense { scores, absent }, 1) = (row, places) {
        let first = first_highest(scores, absent);
        return first
            .into_iter()
            .filter(|&(_, score)| score >= least)
            .collect();
    }
    let mut open = Vec::new();
    row.for_each(|other, score| {
        if score >= least {
            open.push((other, score));
        }
    });
    if places < open.len() {
        let rank = |&(other, score): &Other| (Reverse(score), other);
        open.select_nth_unstable_by_key(places, rank);
        open.truncate(places);
    }
    open
}

/// The highest score of a row, and the first who has it, if anybody is allowed.
fn first_highest(scores: &[i32], absent: Option<i32>) -> Option<Other> {
    // In blocks, so that nearly all scores are looked at once only.
    let mut found: Option<(usize, i32)> = None;
    for (number, block) in scores.chunks(BLOCK).enumerate() {
        let highest = lanes::widest(
            #[inline(always)]
            || highest(block, absent),
        );
        if found.is_none_or(|(_, before)| highest > before) {
            found = Some((number, highest));
        }
    }
    let (block, highest) = found?;
    let start = block * BLOCK;
    let is_first = |&score: &i32| score == highest && Some(score) != absent;
    let place = scores[start..].iter().position(is_first)?;
    Some((position(start + place), highest))
}

/// The highest score of those who are allowed, the lowest there is if nobody is.
#[inline(always)]
fn highest(scores: &[i32], absent: Option<i32>) -> i32 {
    let all = || scores.iter().copied();
    let highest = all().fold(i32::MIN, i32::max);
    if Some(highest) != absent {
        return highest; // mostly, as what marks the others is below all scores
    }
    let allowed = all().filter(|&score| Some(score) != absent);
    allowed.fold(i32::MIN, i32::max)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use proptest::prelude::*;

    use super::*;
    use crate::solver::{Hooks, SolveOptions, solve};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn those_who_suit_best_are_had_unless_nobody_gains(
            scores in prop::collection::vec(prop_oneof![-2i32..3, Just(i32::MIN), Just(i32::MAX)], 1..7),
            absent in prop_oneof![Just(None), (-2i32..3).prop_map(Some), Just(Some(i32::MIN))],
            first in prop_oneof![Just(None), Just(Some(Level::Participation)), Just(Some(Level::Pairs))],
            (is_mentee, places) in (any::<bool>(), 1u32..8),
        ) {
            let places = if is_mentee && first.is_some() { 1 } else { places };
            let levels: Vec<_> = first.into_iter().chain([Level::TotalScore]).collect();
            let allowed = scores.iter().filter(|&&score| Some(score) != absent);
            let mut had: Vec<_> = allowed.filter(|&&score| levels.len() > 1 || score > 0).collect();
            had.sort_by(|a, b| b.cmp(a));
            had.truncate(places as usize);
            let expected: i128 = had.iter().map(|&&score| i128::from(score)).sum();
            let others = scores.len();
            let (mentees, mentors) = if is_mentee { (1, others) } else { (others, 1) };
            let (mut starts, mut columns, mut values) = (vec![0], Vec::new(), Vec::new());
            for row in scores.chunks(mentors) {
                let row = (0u32..).zip(row).filter(|pair| Some(*pair.1) != absent);
                let (own, scores): (Vec<u32>, Vec<i32>) = row.unzip();
                columns.extend(own);
                values.extend(scores);
                starts.push(values.len() as u64);
            }
            for problem in [
                Problem::dense(mentees, mentors, &scores[..], absent),
                Problem::rows(mentors, scores.chunks(mentors).collect(), absent),
                Problem::sparse(mentors, &starts, &columns, &values),
            ] {
                let problem = match is_mentee {
                    true => problem.unwrap().with_demands(vec![places]),
                    false => problem.unwrap().with_capacities(vec![places]),
                };
                let problem = problem.unwrap();
                prop_assert!(answer(&problem, &levels, &Control::idle()).is_some());
                let solution = solve(&problem, &SolveOptions::new(levels.clone())).unwrap();
                prop_assert_eq!(*solution.value.last().unwrap(), expected);
                prop_assert_eq!(solution.assignment.len(), had.len());
            }
        }
    }

    #[test]
    fn the_first_of_equals_is_had_wherever_it_lies() {
        let mut scores = vec![-1; 3 * BLOCK + 7];
        assert_eq!(first_highest(&scores, Some(-1)), None);
        for at in [3 * BLOCK + 6, 2 * BLOCK, BLOCK + 1, BLOCK] {
            scores[at] = i32::MIN;
            assert_eq!(
                first_highest(&scores, Some(-1)),
                Some((position(at), i32::MIN))
            );
        }
        for at in [3 * BLOCK + 6, 2 * BLOCK, BLOCK + 1, 5] {
            scores[at] = 7;
            assert_eq!(first_highest(&scores, None), Some((position(at), 7)));
        }
    }

    #[test]
    fn progress_has_a_whole_of_which_something_is_done() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let listener = Arc::clone(&told);
        let hooks = Hooks {
            progress: Some(Arc::new(move |progress| {
                listener
                    .lock()
                    .unwrap()
                    .push((progress.done, progress.total));
            })),
            ..Hooks::default()
        };
        let problem = Problem::dense(1, 2, vec![5, 7], None).unwrap();
        let options = SolveOptions::new([Level::TotalScore]).hooks(hooks);
        assert_eq!(solve(&problem, &options).unwrap().value, [7]);
        let told = told.lock().unwrap();
        assert!(told.len() > 1 && told.iter().all(|&(done, total)| done <= total && total > 0));
    }

    #[test]
    fn others_are_left_to_other_ways() {
        let of = |mentees: usize, places: Vec<u32>, levels: &[Level]| {
            let problem = Problem::dense(mentees, 2, vec![1; 2 * mentees], None).unwrap();
            let problem = problem.with_capacities(places).unwrap();
            answer(&problem, levels, &Control::idle()).is_some()
        };
        assert!(of(1, vec![1, 3], &[Level::TotalScore]));
        assert!(!of(2, vec![1, 3], &[Level::TotalScore]));
        assert!(!of(1, vec![1, 0], &[Level::TotalScore]));
        assert!(!of(1, vec![1, 3], &[]));
        assert!(!of(0, vec![1, 3], &[Level::TotalScore]));
    }
}
