//! Candidate lists: solve on few pairs a mentee, prove over all.
//!
//! # Idea
//! Nearly every mentee gets one of the pairs she scores highest on. So the solver starts with each
//! mentee's best pairs only. Its prices then say of every pair left out whether it could matter:
//! one whose reduced value is not above zero cannot. The others are added, the flow and prices are
//! mended, and so on until none is left, when the solution is optimal over *all* allowed pairs.
//! This is column generation, and the last round's test is the optimality proof itself.
//!
//! # Complexity
//! A round is one parallel pass over the allowed pairs. Structured instances with enough places
//! close in one or two rounds.
//!
//! # References
//! L. R. Ford and D. R. Fulkerson, "A suggested computation for maximal multi-commodity network
//! flows", 1958, which introduced the idea.

use std::cmp::Reverse;

use super::best::Best;
use super::certificate::Prices;
use super::control::Control;
use super::kept_rows::Blocks;
use super::level::{Level, Owner};
use super::problem::{Problem, Row, RowBuffer};
use super::screen::Screen;
use super::walk::{self, position};
use crate::parallel;

/// Listed pairs: each mentee's mentors, ascending. No rows at all if every pair is listed.
///
/// In one piece: to free a million rows one by one takes longer than a cancelled call may.
pub(super) struct CandidateLists {
    /// Row `i` is `mentors[starts[i]..starts[i + 1]]`.
    starts: Vec<usize>,
    mentors: Vec<u32>,
}

/// With fewer listed pairs than this, a mentee has nothing to choose from.
const FEW: usize = 2;

/// A pair to be added, with its score.
pub(super) type Pair = (usize, usize, i32);

/// What the prices say about the pairs left out.
pub(super) struct Missing {
    /// The first level at which one of them would gain.
    pub(super) level: usize,
    /// The level from which to solve again: this, or the first at which the place of a kind that one of them wants has a
    /// price. What belongs to the place there and what to the pair in it is open, so that the two can be told apart
    /// from another pair of the kind that is worth as much only by solving with both.
    pub(super) again: usize,
    /// Pairs to add.
    pub(super) pairs: Vec<Pair>,
}

impl CandidateLists {
    /// Each mentee's `length` highest scores; fewer if cancelled.
    pub(super) fn best(
        problem: &Problem<'_>,
        length: usize,
        control: &Control<'_>,
    ) -> (Self, Vec<Pair>) {
        let rows = parallel::map(problem.extent(), RowBuffer::default, |buffer, row| {
            if control.is_cancelled() {
                return Vec::new();
            }
            let (best, _) = best(problem, row, length, buffer);
            best.into_iter()
                .map(|(Reverse(score), mentor)| (mentor, score))
                .collect()
        });
        let listed = if length < usize::MAX { rows.len() } else { 0 };
        let mut lists = Self::empty(listed);
        let pairs = lists.extend(rows, control);
        (lists, pairs)
    }

    /// The lists that hold these pairs, which are in the order of mentees; fewer if cancelled.
    pub(super) fn of(mentees: usize, pairs: &[Pair], control: &Control<'_>) -> Self {
        let mut lists = Self::empty(mentees);
        lists.merge(pairs, control);
        lists
    }

    fn empty(mentees: usize) -> Self {
        Self {
            starts: vec![0; mentees + 1],
            mentors: Vec::new(),
        }
    }

    fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    fn row(&self, mentee: usize) -> &[u32] {
        &self.mentors[self.starts[mentee]..self.starts[mentee + 1]]
    }

    /// Adds pairs in the order of mentees; leaves rows that tell nothing if cancelled.
    ///
    /// Rows move back to where there is room for all, the last one first, each by as many places as pairs are still to
    /// be added: once none is, the rows before stay where they are.
    fn merge(&mut self, mut added: &[Pair], control: &Control<'_>) {
        if self.rows() == 0 {
            return;
        }
        self.mentors.resize(self.mentors.len() + added.len(), 0);
        for row in control.until_cancelled((0..self.rows()).rev()) {
            if added.is_empty() {
                return;
            }
            let (before, new) = added.split_at(added.partition_point(|pair| pair.0 < row));
            let listed = self.starts[row]..self.starts[row + 1];
            let end = listed.end + added.len();
            self.starts[row + 1] = end;
            self.mentors
                .copy_within(listed.clone(), listed.start + before.len());
            let first_new = end - new.len();
            for (place, pair) in self.mentors[first_new..end].iter_mut().zip(new) {
                *place = position(pair.1);
            }
            self.mentors[listed.start + before.len()..end].sort_unstable();
            added = before;
        }
    }

    /// Adds every allowed pair that has a value of its own at some level: what prices say of others does
    /// not hold for these.
    pub(super) fn add_listed(
        &mut self,
        problem: &Problem<'_>,
        levels: &[Level],
        control: &Control<'_>,
    ) -> Vec<Pair> {
        let lists: Vec<_> = levels.iter().filter_map(Level::listed).collect();
        if lists.is_empty() {
            return Vec::new();
        }
        let rows = parallel::map(
            problem.lookup_extent(),
            RowBuffer::default,
            |buffer, mentee| {
                let mut mentors: Vec<u32> = lists
                    .iter()
                    .flat_map(|list| list.of(mentee).iter().map(|&(mentor, _)| mentor))
                    .filter(|mentor| self.row(mentee).binary_search(mentor).is_err())
                    .collect();
                mentors.sort_unstable();
                mentors.dedup();
                let row = if mentors.is_empty() {
                    None
                } else {
                    problem.row(mentee, buffer)
                };
                let scored = |mentor: u32| Some((mentor, row.as_ref()?.score(mentor)?));
                mentors.into_iter().filter_map(scored).collect()
            },
        );
        self.extend(rows, control)
    }

    /// Adds the best pairs of mentees of whom hardly any are listed, as where a market had no use for them.
    pub(super) fn fill_short(
        &mut self,
        problem: &Problem<'_>,
        length: usize,
        control: &Control<'_>,
    ) -> Vec<Pair> {
        let is_short = |row: usize| self.row(row).len() < FEW;
        if !(0..self.rows()).any(is_short) {
            return Vec::new();
        }
        let rows = parallel::map(problem.extent(), RowBuffer::default, |buffer, row| {
            if !is_short(row) || control.is_cancelled() {
                return Vec::new();
            }
            let listed = self.row(row);
            let (best, _) = best(problem, row, length, buffer);
            best.into_iter()
                .filter(|(_, mentor)| listed.binary_search(mentor).is_err())
                .map(|(Reverse(score), mentor)| (mentor, score))
                .collect()
        });
        self.extend(rows, control)
    }

    /// Adds each mentor's highest scores, lower mentee first among equals: `length` of them and two
    /// more for each of her places. Where places are scarce, mentors choose.
    pub(super) fn add_best_of_mentors(
        &mut self,
        problem: &Problem<'_>,
        length: usize,
        control: &Control<'_>,
    ) -> Vec<Pair> {
        let lengths = (0..problem.mentors()).map(|mentor| {
            length + 2 * usize::try_from(Owner::Mentor(mentor).places(problem)).unwrap_or(0)
        });
        let mut columns: Vec<Best<_>> = lengths.map(Best::new).collect();
        let mut buffer = RowBuffer::default();
        for row in 0..problem.mentees() {
            if control.is_cancelled() {
                break;
            }
            problem.for_each_allowed(row, &mut buffer, |mentor, score| {
                columns[mentor as usize].offer((Reverse(score), row))
            });
        }
        let mut rows = vec![Vec::new(); problem.mentees()];
        for (mentor, column) in control.until_cancelled((0..).zip(columns)) {
            for (Reverse(score), row) in column.finish().0 {
                if self.row(row).binary_search(&mentor).is_err() {
                    rows[row].push((mentor, score));
                }
            }
        }
        self.extend(rows, control)
    }

    /// Pairs left out that would gain at the first level where they matter at all; `None` if the
    /// prices prove that none does. At most `length` a mentee are reported in one round.
    pub(super) fn missing(&mut self, test: &PricingTest<'_, '_>, length: usize) -> Option<Missing> {
        let extent = test.problem.extent();
        let priced = (test.levels, test.prices);
        let screen = match test.is_screened {
            true => Screen::new(test.problem, priced),
            false => Screen::open(priced),
        };
        let parts = parallel::blocks(extent, |rows| {
            let (found, mut buffer) = (screen.find(rows.clone()), RowBuffer::default());
            let gains = rows.enumerate().map(|(at, row)| {
                let listed = (row, self.row(row));
                test.row((&screen, found.of(at)), listed, length, &mut buffer)
            });
            gains.collect::<Vec<_>>()
        });
        let found: Vec<Vec<Gain>> = parts.into_iter().flatten().collect();
        let level = found.iter().flatten().map(|gain| gain.level).min()?;
        let again = found.iter().flatten().map(|gain| gain.again).min()?;
        let mentors = test.problem.mentors();
        let rows = found.into_iter().enumerate().map(|(row, gains)| {
            let start = walk::start(row, mentors);
            let mentor = |step: u32| walk::at(step as usize, start, mentors);
            gains
                .into_iter()
                .map(|gain| (mentor(gain.step), gain.score.0))
                .collect()
        });
        Some(Missing {
            level,
            again,
            pairs: self.extend(rows.collect(), test.control),
        })
    }

    /// Adds pairs that are not listed yet, and gives them in the order of the rows; fewer if
    /// cancelled.
    fn extend(&mut self, rows: Vec<Vec<(u32, i32)>>, control: &Control<'_>) -> Vec<Pair> {
        let mut pairs = Vec::with_capacity(rows.iter().map(Vec::len).sum());
        for (row, mut added) in control.until_cancelled(rows.into_iter().enumerate()) {
            if added.is_empty() {
                continue;
            }
            added.sort_unstable();
            pairs.extend(
                added
                    .into_iter()
                    .map(|(mentor, score)| (row, mentor as usize, score)),
            );
        }
        self.merge(&pairs, control);
        pairs
    }
}

/// The test whether a pair that is left out could gain.
pub(super) struct PricingTest<'a, 'p> {
    pub(super) problem: &'a Problem<'p>,
    pub(super) levels: &'a [Level],
    pub(super) prices: &'a [Prices],
    pub(super) control: &'a Control<'p>,
    /// By mentee whom kinds of mentors bind: the pairs that she has. Empty where nobody is bound.
    pub(super) taken: &'a [Vec<Pair>],
    /// Whether most pairs are passed over by a [`Screen`].
    pub(super) is_screened: bool,
}

/// A pair that would gain: at which level, and how much. Of those that gain as much, as very many do where
/// places decide and not scores, the highest score comes first, and then what a [`walk`] meets first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Gain {
    level: usize,
    gain: Reverse<i64>,
    score: Reverse<i32>,
    /// Of the walk on which the mentor is met.
    step: u32,
    /// The level from which to solve again.
    again: usize,
}

impl PricingTest<'_, '_> {
    fn row(
        &self,
        (screen, found): (&Screen<'_>, Blocks<'_>),
        (row, listed): (usize, &[u32]),
        length: usize,
        buffer: &mut RowBuffer,
    ) -> Vec<Gain> {
        let mut listed = listed.iter().copied().peekable();
        let mut gains = Best::new(length);
        if self.control.is_cancelled() {
            return Vec::new();
        }
        let Some(pairs) = self.problem.row(row, buffer) else {
            return Vec::new();
        };
        screen.for_each(row, (&pairs, found), |mentor, score| {
            // A source that breaks its promise may have dropped a pair that is listed.
            while listed.next_if(|&listed| listed < mentor).is_some() {}
            if listed.next_if_eq(&mentor).is_some() {
                return;
            }
            if let Some(gain) = self.gain(row, mentor, score) {
                gains.offer(gain);
            }
        });
        gains.finish().0
    }

    fn gain(&self, row: usize, mentor: u32, score: i32) -> Option<Gain> {
        let found = |level: usize, gain: i64, again: usize| {
            let (column, mentors) = (mentor as usize, self.problem.mentors());
            Gain {
                level,
                gain: Reverse(gain),
                score: Reverse(score),
                step: walk::steps(column, walk::start(row, mentors), mentors),
                again,
            }
        };
        let mut priced = None;
        let taken = self.taken_instead(row, mentor as usize);
        for (level, (values, prices)) in self.levels.iter().zip(self.prices).enumerate() {
            let reduced = |mentor, score| prices.reduced(values, row, mentor, score);
            let own = taken.map_or(0, |(_, mentor, score)| reduced(mentor, score));
            let gain = reduced(mentor as usize, score) - own;
            if own != 0 {
                priced.get_or_insert(level);
            }
            if gain != 0 {
                return (gain > 0).then(|| found(level, gain, priced.unwrap_or(level)));
            }
        }
        None
    }

    /// The pair that a mentee would have to give up for this one, as a mentor of one kind.
    fn taken_instead(&self, mentee: usize, mentor: usize) -> Option<Pair> {
        let taken = self.taken.get(mentee).filter(|taken| !taken.is_empty())?;
        let kind = self.problem.kind_for(mentee, mentor)?;
        let is_of_kind = |own: &&Pair| self.problem.kind_for(mentee, own.1) == Some(kind);
        taken.iter().find(is_of_kind).copied()
    }
}

/// Scores compared with the threshold at once.
const BLOCK: usize = 32;

/// The best pairs of one row, and the highest score left out.
///
/// Among equal scores those come first that a walk around the mentors meets first, and every mentee
/// starts that walk at a mentor of her own: if all did at the same one, they would all list the same
/// few mentors whenever scores are equal.
fn best(
    problem: &Problem<'_>,
    row: usize,
    length: usize,
    buffer: &mut RowBuffer,
) -> (Vec<(Reverse<i32>, u32)>, Option<i32>) {
    let start = walk::start(row, problem.mentors());
    let mut best = Best::new(length);
    match problem.row(row, buffer) {
        Some(Row::Dense { scores, absent }) => {
            let (before, after) = scores.split_at(start);
            offer_all(&mut best, after, absent, 0);
            offer_all(&mut best, before, absent, after.len());
        }
        Some(sparse) => sparse.for_each(|mentor, score| {
            let step = walk::steps(mentor as usize, start, problem.mentors());
            best.offer((Reverse(score), step));
        }),
        None => {}
    }
    let (found, left_out) = best.finish();
    let at = |step: u32| walk::at(step as usize, start, problem.mentors());
    let candidates = found.into_iter().map(|(score, step)| (score, at(step)));
    (
        candidates.collect(),
        left_out.map(|(Reverse(score), _)| score),
    )
}

/// Offers a run of scores, the first of them at this step of the walk.
fn offer_all(
    best: &mut Best<(Reverse<i32>, u32)>,
    scores: &[i32],
    absent: Option<i32>,
    first: usize,
) {
    for (block, steps) in scores.chunks(BLOCK).zip((first..).step_by(BLOCK)) {
        let highest = block
            .iter()
            .fold(i32::MIN, |highest, &score| highest.max(score));
        if best
            .left_out()
            .is_none_or(|(Reverse(left_out), _)| highest > left_out)
        {
            for (&score, step) in block.iter().zip(steps..) {
                if Some(score) != absent {
                    best.offer((Reverse(score), walk::position(step)));
                }
            }
        }
    }
}
