//! Every pair there is, the highest score first, a band of scores at a time.
//!
//! # Idea
//! A list of all pairs in order would take three times the memory of the scores, and long to sort, while most
//! people are served by the first few of it. So a sample of rows says down to which score the highest
//! sixteenth of the pairs goes, of those between people who have room; these are collected, sorted and offered. Then
//! the next band, of whoever is left. Of equals the first mentee comes first, and of hers the first mentor.
//!
//! Scores of few values do not split into bands: a score that many pairs have is a band of its own, which is in
//! order as it stands and need not be collected.
//!
//! # Complexity
//! Two to three passes over the pairs in all, for each band serves people and so leaves far fewer; a sixteenth of them is
//! sorted and kept at a time, 12 bytes each.

use std::cmp::Reverse;
use std::ops::Range;

use super::Greedy;
use crate::parallel::{self, Extent};
use crate::solver::control::Control;
use crate::solver::level::Owner;
use crate::solver::problem::RowBuffer;
use crate::solver::walk::position;

/// A band is this part of the pairs that are left.
const PART: usize = 16;

/// A band is no smaller than this unless nothing is left.
const LEAST: usize = 1 << 16;

/// Rows that tell where a band ends.
const SAMPLE: usize = 256;

/// In the order in which pairs are offered: score, mentee, mentor.
type Offer = (Reverse<i32>, u32, u32);

/// Where a band ends.
enum End {
    /// No pair is left below it.
    Last,
    /// With this score, which few pairs have.
    With(i32),
    /// Above this score, which is a band of its own.
    Above(i32),
}

impl Greedy<'_> {
    /// Offers all pairs, highest score first; fewer if cancelled.
    pub(in crate::solver) fn offer_best_first(&mut self, control: &Control<'_>) {
        // Scores below which nothing was offered yet.
        let mut below = i64::from(i32::MAX) + 1;
        loop {
            let mentees = self.mentees_with_room();
            if mentees.is_empty() || control.is_cancelled() {
                return;
            }
            let end = self.end_of_band(&mentees, below, control);
            let from = match end {
                End::Last => i64::from(i32::MIN),
                End::With(score) => score.into(),
                End::Above(score) => i64::from(score) + 1,
            };
            self.offer_band(&mentees, from..below, control);
            below = match end {
                End::Last => return,
                End::With(score) => score.into(),
                End::Above(score) => {
                    self.offer_all_at(&mentees, score, control);
                    score.into()
                }
            };
        }
    }

    fn mentees_with_room(&self) -> Vec<usize> {
        let mentees = 0..self.problem.mentees();
        mentees
            .filter(|&mentee| self.has_room(Owner::Mentee(mentee)))
            .collect()
    }

    /// Where the next band ends, by the scores of some rows.
    fn end_of_band(&self, mentees: &[usize], below: i64, control: &Control<'_>) -> End {
        let step = mentees.len().div_ceil(SAMPLE);
        let (mut scores, mut buffer) = (Vec::new(), RowBuffer::default());
        for &mentee in control.until_cancelled(mentees.iter().step_by(step)) {
            self.for_each_with_room(mentee, i64::MIN..below, &mut buffer, |_, score| {
                scores.push(Reverse(score));
            });
        }
        let all = scores.len().saturating_mul(step);
        let wanted = LEAST.max(all / PART);
        if wanted >= all {
            return End::Last;
        }
        let (above, &mut Reverse(last), after) = scores.select_nth_unstable(wanted / step);
        let equals = above
            .iter()
            .chain(&*after)
            .filter(|&&other| other.0 == last);
        if equals.count() > above.len() / 2 {
            End::Above(last)
        } else {
            End::With(last)
        }
    }

    /// Offers what these mentees have of pairs with scores in this range.
    fn offer_band(&mut self, mentees: &[usize], range: Range<i64>, control: &Control<'_>) {
        let extent = Extent {
            rows: mentees.len(),
            columns: self.problem.extent().columns,
        };
        let blocks = parallel::blocks(extent, |block| {
            let (mut offers, mut buffer): (Vec<Offer>, _) = (Vec::new(), RowBuffer::default());
            for &mentee in control.until_cancelled(&mentees[block]) {
                self.for_each_with_room(mentee, range.clone(), &mut buffer, |mentor, score| {
                    offers.push((Reverse(score), position(mentee), mentor));
                });
            }
            offers.sort_unstable();
            offers
        });
        let mut offers = blocks.concat();
        offers.sort(); // which merges what is sorted
        for (Reverse(score), mentee, mentor) in control.until_cancelled(offers) {
            self.offer((mentee as usize, mentor as usize, score));
        }
    }

    /// Offers what these mentees have of pairs with this score.
    fn offer_all_at(&mut self, mentees: &[usize], wanted: i32, control: &Control<'_>) {
        let range = i64::from(wanted)..i64::from(wanted) + 1;
        let (mut mentors, mut buffer) = (Vec::new(), RowBuffer::default());
        for &mentee in control.until_cancelled(mentees) {
            if !self.has_room(Owner::Mentee(mentee)) {
                continue;
            }
            mentors.clear();
            self.for_each_with_room(mentee, range.clone(), &mut buffer, |mentor, _| {
                mentors.push(mentor as usize);
            });
            for &mentor in &mentors {
                self.offer((mentee, mentor, wanted));
            }
        }
    }

    /// Visits a mentee's pairs with scores in this range whose mentors have room.
    fn for_each_with_room(
        &self,
        mentee: usize,
        range: Range<i64>,
        buffer: &mut RowBuffer,
        mut visit: impl FnMut(u32, i32),
    ) {
        self.problem
            .for_each_allowed(mentee, buffer, |mentor, score| {
                let is_in = range.contains(&score.into());
                if is_in && self.has_room(Owner::Mentor(mentor as usize)) {
                    visit(mentor, score);
                }
            });
    }
}
