//! One person alone on her side: a mentee and all mentors, or a mentor and all mentees.
//!
//! # Idea
//! Nobody competes with her, so she has those who suit her best, as many as she has places. Her price is the score
//! of the last of them, since that is what one place less would cost, and each of them pays what a pair is worth
//! beyond that. If she has a place left, or is a mentor who serves every mentee, her price is nothing. Where a pair
//! gains nothing and need not be, there is none; and whoever has nobody costs nothing.
//!
//! Of equals she has those whose turns a [lot](super::lot) puts first. That is proved by a line of two blocks: once
//! all her places are taken nothing leads to a mentee any more, nor from a mentor, so she is cut off, with those who
//! are worth more to her than the last of hers.
//!
//! # Complexity
//! One pass over her pairs, and a price for each of the others. Where she has several places, a selection in linear
//! time beside.

use std::cmp::Reverse;
use std::iter;

use super::answer::Answer;
use super::assignment::Assignment;
use super::certificate::{Drawn, Prices};
use super::control::Control;
use super::level::Level;
use super::lot::{Lot, Moment};
use super::options::TieBreak;
use super::plain;
use super::problem::{Problem, Row, RowBuffer};
use super::solution::Stats;
use super::walk::position;
use crate::ids::Role;
use crate::lanes;

/// Scores that are looked at together.
const BLOCK: usize = 1024;

/// The optimum of a plain problem of one mentee or one mentor, where everybody has a place, and how it was drawn;
/// `None` for any other.
pub(super) fn answer(
    problem: &Problem<'_>,
    levels: &[Level],
    ties: &TieBreak,
    control: &Control<'_>,
) -> Option<(Answer, Option<Drawn>)> {
    let (Level::TotalScore, before) = levels.split_last()? else {
        return None;
    };
    let lone = Lone::of(problem)?;
    let lot = ties.lot(problem);
    let order = Order::of(lone.role, lot.as_ref());
    // For the total score alone, whoever lowers it is left out; and whoever adds nothing, unless she is drawn.
    let least = match (before, &lot) {
        ([], None) => 1,
        ([], Some(_)) => 0,
        _ => i32::MIN,
    };
    let chosen = lone.choose(problem, least, &order, control);
    let assignment = Assignment::from_pairs(
        problem.mentees(),
        chosen.iter().map(|&(other, _)| lone.pair(other)),
    );
    let prices = before
        .iter()
        .map(|level| plain::participation(problem, level, &assignment, control))
        .chain(iter::once_with(|| Some(lone.prices(&chosen))));
    let answer = Answer {
        prices: prices.collect::<Option<_>>()?,
        assignment,
        levels: levels.to_vec(),
        stopped: None,
        stats: Stats {
            pairs_listed: problem.pairs(),
            rounds: 1,
            work: 0,
        },
    };
    Some((answer, lot.map(|lot| lone.drawn(&chosen, lot))))
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

/// Who of equals comes first: by position, or by a lot.
enum Order<'a> {
    Positions,
    Lot {
        /// By the others: a place on a circle on which they are met from this one on.
        places: &'a [u32],
        first: u32,
        /// By place.
        others: &'a [u32],
    },
}

impl<'a> Order<'a> {
    fn of(role: Role, lot: Option<&'a Lot>) -> Self {
        match (lot, role) {
            (None, _) => Self::Positions,
            (Some(lot), Role::Mentee) => Self::Lot {
                places: lot.places(),
                first: lot.start(0),
                others: lot.circle(),
            },
            (Some(lot), Role::Mentor) => Self::Lot {
                places: lot.turns(),
                first: 0,
                others: lot.order(),
            },
        }
    }

    fn rank(&self, other: u32) -> u32 {
        match self {
            Self::Positions => other,
            Self::Lot { places, first, .. } => places[other as usize].wrapping_sub(*first),
        }
    }

    /// The first of those from a position on who have this score; anybody or nobody if none has.
    fn first_of(&self, scores: &[i32], highest: i32, from: usize) -> Option<u32> {
        let scores = &scores[from..];
        match *self {
            Self::Positions => {
                let place = scores.iter().position(|&score| score == highest);
                place.map(|place| position(from + place))
            }
            Self::Lot {
                places,
                first,
                others,
            } => {
                let rank = lanes::widest(
                    #[inline(always)]
                    || lowest_rank((scores, highest), (&places[from..], first)),
                );
                others.get(rank.wrapping_add(first) as usize).copied()
            }
        }
    }
}

/// The lowest rank of those who have this score.
#[inline(always)]
fn lowest_rank((scores, highest): (&[i32], i32), (places, first): (&[u32], u32)) -> u32 {
    let rank = |(&score, &place): (&i32, &u32)| match score == highest {
        true => place.wrapping_sub(first),
        false => u32::MAX,
    };
    scores.iter().zip(places).map(rank).fold(u32::MAX, u32::min)
}

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

    /// Her own node.
    fn node(&self) -> u32 {
        match self.role {
            Role::Mentee => 0,
            Role::Mentor => position(self.others),
        }
    }

    /// The node of one of the others.
    fn node_of(&self, other: u32) -> u32 {
        match self.role {
            Role::Mentee => 1 + other,
            Role::Mentor => other,
        }
    }

    /// Those who suit her best, of no lower a score than this; anybody if cancelled.
    fn choose(
        &self,
        problem: &Problem<'_>,
        least: i32,
        order: &Order<'_>,
        control: &Control<'_>,
    ) -> Vec<Other> {
        let best = |row: &Row<'_>| best(row, self.places, least, order);
        if self.role == Role::Mentee {
            let mut buffer = RowBuffer::default();
            let row = problem.row(0, &mut buffer);
            return row.map_or_else(Vec::new, |row| best(&row));
        }
        // The one column of a matrix lies as a row does.
        if let Some((scores, absent)) = problem.matrix() {
            return best(&Row::Dense { scores, absent });
        }
        let (mentees, scores) = column(problem, control);
        let (mentors, scores) = (&mentees[..], &scores[..]);
        best(&Row::Sparse { mentors, scores })
    }

    /// The proof that of equals those were chosen whom the lot puts first.
    fn drawn(&self, chosen: &[Other], lot: Lot) -> Drawn {
        let lowest = chosen.iter().map(|&(_, score)| score).min();
        let (lowest, is_full) = (lowest.unwrap_or(0), chosen.len() == self.places);
        if !is_full || chosen.len() == self.others {
            return Drawn::whole(lot); // nobody is left who could have been had
        }
        let (last, above): (Vec<Other>, Vec<Other>) =
            chosen.iter().partition(|own| own.1 == lowest);
        let pairs = last.iter().map(|own| self.pair(own.0));
        let moments = pairs.map(|(mentee, mentor)| lot.moment(mentee as usize, mentor as usize));
        let cut = moments.max().map_or(Moment::NEVER, Moment::next);
        let above = above.iter().map(|own| self.node_of(own.0));
        let line: Vec<u32> = iter::once(self.node()).chain(above).collect();
        let (rest, at) = match self.role {
            Role::Mentee => (line.len(), line.len()),
            Role::Mentor => (0, 1),
        };
        let mut cuts = vec![Moment::NEVER; line.len() + 1];
        cuts[at] = cut;
        Drawn {
            lot,
            line,
            rest: position(rest),
            cuts,
        }
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
fn best(row: &Row<'_>, places: usize, least: i32, order: &Order<'_>) -> Vec<Other> {
    if let (&Row::Dense { scores, absent }, 1) = (row, places) {
        let first = first_highest(scores, absent, order);
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
        let rank = |&(other, score): &Other| (Reverse(score), order.rank(other));
        open.select_nth_unstable_by_key(places, rank);
        open.truncate(places);
    }
    open
}

/// The highest score of a row, and the first who has it, if anybody is allowed.
fn first_highest(scores: &[i32], absent: Option<i32>, order: &Order<'_>) -> Option<Other> {
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
    let (block, highest) = found.filter(|&(_, highest)| Some(highest) != absent)?;
    let first = order.first_of(scores, highest, block * BLOCK)?;
    (scores[first as usize] == highest).then_some((first, highest)) // unless nobody is allowed
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
    use std::collections::BTreeSet;
    use std::sync::{Arc, Mutex};

    use proptest::prelude::*;

    use super::*;
    use crate::solver::{Hooks, Method, SolveOptions, solve};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn those_who_suit_best_are_had_the_first_of_equals(
            scores in prop::collection::vec(prop_oneof![-2i32..3, Just(i32::MIN), Just(i32::MAX)], 1..7),
            absent in prop_oneof![Just(None), (-2i32..3).prop_map(Some), Just(Some(i32::MIN))],
            first in prop_oneof![Just(None), Just(Some(Level::Participation)), Just(Some(Level::Pairs))],
            (is_mentee, places) in (any::<bool>(), 1u32..8),
            keys in prop::option::of(prop::collection::vec(any::<u64>(), 7)),
        ) {
            let places = if is_mentee && first.is_some() { 1 } else { places };
            let levels: Vec<_> = first.into_iter().chain([Level::TotalScore]).collect();
            let others = scores.len();
            let (mentees, mentors) = if is_mentee { (1, others) } else { (others, 1) };
            let ties = match keys {
                None => TieBreak::Fast,
                Some(keys) => TieBreak::CanonicalBy(Lot::new(&keys[..mentees], &keys[..mentors])),
            };
            let lot = match &ties {
                TieBreak::CanonicalBy(lot) => Some(lot),
                _ => None,
            };
            let rank = |other: usize| match (lot, is_mentee) {
                (None, _) => position(other),
                (Some(lot), true) => lot.distance(0, other),
                (Some(lot), false) => lot.turn(other),
            };
            let least = if lot.is_some() { 0 } else { 1 };
            let is_had = |&(_, score): &(usize, i32)| {
                Some(score) != absent && (levels.len() > 1 || score >= least)
            };
            let mut had: Vec<_> = scores.iter().copied().enumerate().filter(is_had).collect();
            had.sort_by_key(|&(other, score)| (Reverse(score), rank(other)));
            had.truncate(places as usize);
            let expected: i128 = had.iter().map(|own| i128::from(own.1)).sum();
            let others_had: BTreeSet<_> = had.iter().map(|own| own.0).collect();
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
                prop_assert!(answer(&problem, &levels, &ties, &Control::idle()).is_some());
                let mut options = SolveOptions::new(levels.clone()).tie_break(ties.clone());
                let solution = solve(&problem, &options).unwrap();
                prop_assert_eq!(*solution.value.last().unwrap(), expected);
                let pairs = solution.assignment.pairs();
                let pairs = pairs.map(|(mentee, mentor)| mentee.index() + mentor.index());
                prop_assert_eq!(pairs.collect::<BTreeSet<_>>(), others_had.clone());
                options.method = Method::MinCostFlow;
                let other = solve(&problem, &options).unwrap();
                if lot.is_some() {
                    prop_assert_eq!(other.assignment, solution.assignment);
                }
            }
        }
    }

    #[test]
    fn the_first_of_equals_is_had_wherever_it_lies() {
        let mut scores = vec![-1; 3 * BLOCK + 7];
        let keys = vec![1 << 63; scores.len()]; // the start is behind all of them
        let lot = Lot::new(&[0], &keys);
        let by_lot = Order::of(Role::Mentee, Some(&lot));
        let orders = [&Order::Positions, &by_lot];
        let all = |scores: &[i32], absent| orders.map(|order| first_highest(scores, absent, order));
        assert_eq!(all(&scores, Some(-1)), [None; 2]);
        for at in [3 * BLOCK + 6, 2 * BLOCK, BLOCK + 1, BLOCK] {
            scores[at] = i32::MIN;
            assert_eq!(all(&scores, Some(-1)), [Some((position(at), i32::MIN)); 2]);
        }
        for at in [3 * BLOCK + 6, 2 * BLOCK, BLOCK + 1, 5] {
            scores[at] = 7;
            assert_eq!(all(&scores, None), [Some((position(at), 7)); 2]);
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
            answer(&problem, levels, &TieBreak::Fast, &Control::idle()).is_some()
        };
        assert!(of(1, vec![1, 3], &[Level::TotalScore]));
        assert!(!of(2, vec![1, 3], &[Level::TotalScore]));
        assert!(!of(1, vec![1, 0], &[Level::TotalScore]));
        assert!(!of(1, vec![1, 3], &[]));
        assert!(!of(0, vec![1, 3], &[Level::TotalScore]));
    }
}
