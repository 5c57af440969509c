//! Every pair there is, the highest score first, a band at a time.
//!
//! # Idea
//! A list of all pairs in order would take three times the memory of the scores, and long to sort, while most
//! people are served by the first few of it. So a sample of pairs says where a band ends that holds about so many of
//! those between people who have room; these are collected, sorted and offered. Then the next band, of whoever is left.
//! Of equals the first mentee comes first, and of hers the first mentor, so that a band may end between them.
//!
//! # Complexity
//! Each band serves people and so leaves far fewer pairs: two to three passes over all of them, where people want few.
//! Where nobody gets full, a pass for each sixteenth of the pairs, or each two million. A band takes 30 bytes a pair
//! while it is sorted.

use std::cmp::Reverse;
use std::iter::successors;

use super::Greedy;
use crate::parallel::{self, Extent};
use crate::solver::control::Control;
use crate::solver::level::{Level, Owner};
use crate::solver::problem::{Problem, RowBuffer};
use crate::solver::sample;
use crate::solver::walk::position;

/// How bands are cut.
#[derive(Clone, Copy)]
pub(super) struct Cuts {
    /// A band is this part of the pairs, but no fewer than the least and no more than the most.
    pub(super) part: usize,
    pub(super) least: usize,
    pub(super) most: usize,
    /// Rows that tell where a band ends, and what is kept of one.
    pub(super) rows: usize,
    pub(super) pairs_a_row: usize,
}

/// A sort of the most pairs takes less than a cancelled call may.
const CUTS: Cuts = Cuts {
    part: 16,
    least: 1 << 16,
    most: 1 << 21,
    rows: 256,
    pairs_a_row: 1 << 9,
};

/// What a pair of a band takes: where it is collected, in the list of all, and a half of that again to sort it.
const BYTES_A_PAIR: u64 = size_of::<Offer>() as u64 * 5 / 2;

/// In the order in which pairs are offered: score, mentee, mentor.
type Offer = (Reverse<i32>, u32, u32);

/// Pairs after `after`, up to `last` if there are others.
struct Band {
    after: Option<Offer>,
    last: Option<Offer>,
}

impl Band {
    fn contains(&self, offer: Offer) -> bool {
        self.after.is_none_or(|after| offer > after) && self.last.is_none_or(|last| offer <= last)
    }
}

/// Bytes that it takes to offer all pairs.
pub(in crate::solver) fn bytes(problem: &Problem<'_>) -> u64 {
    let sample = CUTS.rows * CUTS.pairs_a_row;
    let most = CUTS.length(problem).max(sample).min(problem.pairs());
    2 * BYTES_A_PAIR * most as u64 // bands are cut by a sample
}

impl Cuts {
    fn length(self, problem: &Problem<'_>) -> usize {
        (problem.pairs() / self.part).clamp(self.least, self.most)
    }
}

impl Greedy<'_> {
    /// Offers all pairs that can gain, highest score first; fewer if cancelled.
    pub(super) fn offer_best_first(&mut self, control: &Control<'_>) {
        self.offer_in_bands(CUTS, control);
    }

    pub(super) fn offer_in_bands(&mut self, cuts: Cuts, control: &Control<'_>) {
        let mut after = None;
        while !control.is_cancelled() {
            let mentees = self.mentees_with_room();
            let last = self.end_of_band(&mentees, after, cuts, control);
            self.offer_band(&mentees, &Band { after, last }, control);
            if last.is_none() {
                return;
            }
            after = last;
        }
    }

    fn mentees_with_room(&self) -> Vec<usize> {
        let mentees = 0..self.problem.mentees();
        mentees
            .filter(|&mentee| self.has_room_up(Owner::Mentee(mentee)))
            .collect()
    }

    /// The last pair of the next band, by a sample; `None` if it takes all that are left.
    fn end_of_band(
        &self,
        mentees: &[usize],
        after: Option<Offer>,
        cuts: Cuts,
        control: &Control<'_>,
    ) -> Option<Offer> {
        let stretch = mentees.len().div_ceil(cuts.rows);
        let rows = sample::one_in(stretch, mentees.len()).map(|at| mentees[at]);
        let every = (self.problem.extent().columns)
            .div_ceil(cuts.pairs_a_row)
            .max(1);
        let band = Band { after, last: None };
        let (mut sample, mut buffer, mut seen) = (Vec::new(), RowBuffer::default(), 0usize);
        for mentee in rows.take_while(|_| !control.is_cancelled()) {
            self.for_each_in(&band, mentee, &mut buffer, |offer| {
                if seen % every == 0 {
                    sample.push(offer);
                }
                seen += 1;
            });
        }
        let left = seen.saturating_mul(stretch);
        let wanted = cuts.length(self.problem);
        let at = (sample.len() as u128 * wanted as u128 / left.max(1) as u128) as usize;
        (at < sample.len()).then(|| *sample.select_nth_unstable(at).1)
    }

    /// Offers what these mentees have of a band.
    fn offer_band(&mut self, mentees: &[usize], band: &Band, control: &Control<'_>) {
        let extent = Extent {
            rows: mentees.len(),
            columns: self.problem.extent().columns,
        };
        let blocks = parallel::blocks(extent, |block| {
            let (mut offers, mut buffer) = (Vec::new(), RowBuffer::default());
            for &mentee in control.until_cancelled(&mentees[block]) {
                self.for_each_in(band, mentee, &mut buffer, |offer| offers.push(offer));
            }
            offers.sort_unstable();
            offers
        });
        let mut offers = blocks.concat();
        drop(blocks);
        offers.sort(); // which merges what is sorted
        for (Reverse(score), mentee, mentor) in control.until_cancelled(offers) {
            self.offer((mentee as usize, mentor as usize, score));
        }
    }

    /// Visits a mentee's pairs of a band whose mentors have room, and which can gain.
    #[inline]
    fn for_each_in(
        &self,
        band: &Band,
        mentee: usize,
        buffer: &mut RowBuffer,
        mut visit: impl FnMut(Offer),
    ) {
        let least = self.least_score();
        let number = position(mentee);
        self.problem
            .for_each_allowed(mentee, buffer, |mentor, score| {
                let offer = (Reverse(score), number, mentor);
                let is_in = score >= least && band.contains(offer);
                if is_in && self.may_take(mentee, mentor as usize) {
                    visit(offer);
                }
            });
    }

    /// Pairs of lower scores gain nothing, whoever has room.
    fn least_score(&self) -> i32 {
        match self.levels.first() {
            Some(Level::TotalScore) => 0,
            _ => i32::MIN,
        }
    }

    /// Whether a mentor has room, and one of the two gains where every pair must.
    fn may_take(&self, mentee: usize, mentor: usize) -> bool {
        let (mentee, mentor) = (Owner::Mentee(mentee), Owner::Mentor(mentor));
        let gains_at = |level: usize| {
            let mut owners = self.upwards(mentee).chain(self.upwards(mentor));
            owners.any(|owner| self.next_place_value(&self.levels[level], owner) > 0)
        };
        self.has_room_up(mentor) && self.must_gain_at.is_none_or(gains_at)
    }

    /// Whether somebody has room, and all groups above her.
    fn has_room_up(&self, owner: Owner) -> bool {
        self.upwards(owner).all(|owner| self.has_room(owner))
    }

    /// Somebody, and the groups above her.
    fn upwards(&self, owner: Owner) -> impl Iterator<Item = Owner> {
        let above = |owner: &Owner| owner.above(self.problem);
        successors(Some(owner), above)
    }
}
