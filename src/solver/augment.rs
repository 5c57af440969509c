//! Shortest augmenting paths for a plain problem, over all pairs but looking at few.
//!
//! # Problem
//! As in [`auction`](super::auction), which leaves some mentees over.
//!
//! # Idea
//! Place one mentee at a time. Dijkstra's search runs over mentors; the length of a step is what a
//! mentee would lose by it. It ends at the nearest of three ways out: a mentor with room, a mentee
//! on the way who may as well have nobody, or nothing nearer left. The people on the path each move
//! on by one, and the prices of the mentors passed rise by what they were nearer than the end.
//!
//! Rows are short. What a row leaves out can come into play only at the distance at which its best
//! left-out score would, so that distance waits in the heap like a mentor; when its turn comes, the
//! row is widened and the search goes on. So the answer is exact over all pairs.
//!
//! # Invariant
//! As in the auction; and no mentee's profit is below the best score her row leaves out.
//!
//! # Complexity
//! O(pairs looked at · log) a mentee placed; a search usually meets a few dozen mentors.
//!
//! # References
//! R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear
//! assignment problems", 1987; the waiting bound is partial pricing as in A. Volgenant, "Linear
//! and semi-assignment problems: a core oriented approach", 1996.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::auction::Market;
use super::control::{Control, Stop};
use super::rows::Candidate;

/// Something that waits in the heap.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Mentor(u32),
    /// The pairs that this mentee's row leaves out.
    LeftOut(u32),
}

/// Where a path ends.
#[derive(Clone, Copy)]
enum End {
    /// A mentor with room.
    Room(u32),
    /// A mentee who is left with nobody.
    Nobody(u32),
}

/// The shortest way out found so far.
struct Goal {
    distance: i64,
    end: End,
}

/// One search after another, on the same scratch.
pub(super) struct Augmenter<'m, 'p> {
    market: &'m mut Market<'p>,
    /// By mentor: her mentees.
    held: Vec<Vec<u32>>,
    /// By mentee: where she stands among her mentor's mentees.
    slot: Vec<u32>,
    /// By mentor: what the best way found to her loses.
    distance: Vec<i64>,
    /// By mentor: the mentee who would move to her.
    via: Vec<u32>,
    state: Vec<State>,
    /// Mentors who are not unseen.
    seen: Vec<u32>,
    /// By mentee: the distance at which she can be moved.
    movable: Vec<i64>,
    /// Mentees who can be moved.
    moved: Vec<u32>,
    /// Mentors at the distance of the search.
    near: Vec<u32>,
    far: BinaryHeap<Reverse<(i64, Event)>>,
    reach: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    Open,
    Closed,
}

impl<'m, 'p> Augmenter<'m, 'p> {
    pub(super) fn new(market: &'m mut Market<'p>) -> Self {
        let (mentees, mentors) = (market.partner.len(), market.price.len());
        let mut held = vec![Vec::new(); mentors];
        let mut slot = vec![0; mentees];
        for (mentee, partner) in (0u32..).zip(&market.partner) {
            if let Some(mentor) = *partner {
                let held: &mut Vec<u32> = &mut held[mentor as usize];
                slot[mentee as usize] = position(held);
                held.push(mentee);
            }
        }
        Self {
            market,
            held,
            slot,
            distance: vec![0; mentors],
            via: vec![0; mentors],
            state: vec![State::Unseen; mentors],
            seen: Vec::new(),
            movable: vec![0; mentees],
            moved: Vec::new(),
            near: Vec::new(),
            far: BinaryHeap::new(),
            reach: 0,
        }
    }

    /// Finds a mentee the place that makes the total largest, or finds that she is to have nobody.
    pub(super) fn place(&mut self, mentee: u32, control: &mut Control<'_>) -> Result<(), Stop> {
        self.market.profit[mentee as usize] = self.market.choose(mentee as usize).worth;
        let goal = self.search(mentee, control)?;
        self.shift_prices(goal.distance);
        self.move_along(mentee, goal.end);
        Ok(())
    }

    fn search(&mut self, mentee: u32, control: &mut Control<'_>) -> Result<Goal, Stop> {
        self.begin();
        let mut goal = Goal {
            distance: i64::MAX,
            end: End::Nobody(mentee),
        };
        self.visit(mentee, 0, &mut goal, control)?;
        while self.reach < goal.distance {
            match self.next(goal.distance) {
                None => break,
                Some(Event::Mentor(mentor)) => self.expand(mentor, &mut goal, control)?,
                Some(Event::LeftOut(mentee)) => self.widen(mentee, &mut goal, control)?,
            }
        }
        Ok(goal)
    }

    fn begin(&mut self) {
        for mentor in self.seen.drain(..) {
            self.state[mentor as usize] = State::Unseen;
        }
        self.moved.clear();
        self.near.clear();
        self.far.clear();
        self.reach = 0;
    }

    /// The nearest event before `end`.
    fn next(&mut self, end: i64) -> Option<Event> {
        if let Some(mentor) = self.near.pop() {
            return Some(Event::Mentor(mentor));
        }
        let Reverse((distance, event)) = self.far.pop()?;
        if distance >= end {
            return None;
        }
        self.reach = distance;
        Some(event)
    }

    fn expand(
        &mut self,
        mentor: u32,
        goal: &mut Goal,
        control: &mut Control<'_>,
    ) -> Result<(), Stop> {
        if self.state[mentor as usize] == State::Closed {
            return Ok(());
        }
        self.state[mentor as usize] = State::Closed;
        for at in 0..self.held[mentor as usize].len() {
            let mentee = self.held[mentor as usize][at];
            self.visit(mentee, self.reach, goal, control)?;
            if goal.distance <= self.reach {
                break;
            }
        }
        Ok(())
    }

    /// A mentee who can be moved at this distance: she may end up with nobody, or move on.
    fn visit(
        &mut self,
        mentee: u32,
        distance: i64,
        goal: &mut Goal,
        control: &mut Control<'_>,
    ) -> Result<(), Stop> {
        self.moved.push(mentee);
        self.movable[mentee as usize] = distance;
        let alone = distance + self.market.profit[mentee as usize];
        if alone < goal.distance {
            *goal = Goal {
                distance: alone,
                end: End::Nobody(mentee),
            };
        }
        self.relax_from(mentee, 0, goal, control)
    }

    /// The pairs that a row left out come into play.
    fn widen(
        &mut self,
        mentee: u32,
        goal: &mut Goal,
        control: &mut Control<'_>,
    ) -> Result<(), Stop> {
        let known = self.market.rows.row(mentee as usize).len();
        self.market.rows.widen(mentee as usize);
        self.relax_from(mentee, known, goal, control)
    }

    /// Looks at a mentee's pairs from the `first` on, and has what the row leaves out wait.
    fn relax_from(
        &mut self,
        mentee: u32,
        first: usize,
        goal: &mut Goal,
        control: &mut Control<'_>,
    ) -> Result<(), Stop> {
        let base = self.movable[mentee as usize] + self.market.profit[mentee as usize];
        let length = self.market.rows.row(mentee as usize).len();
        control.spend((length - first) as u64)?;
        for at in first..length {
            let (Reverse(score), mentor): Candidate = self.market.rows.row(mentee as usize)[at];
            let least = base - i64::from(score); // prices are never negative
            if least >= goal.distance {
                return Ok(());
            }
            self.relax(
                mentee,
                mentor,
                least + self.market.price[mentor as usize],
                goal,
            );
            if goal.distance <= self.reach {
                return Ok(());
            }
        }
        if let Some(left_out) = self.market.rows.left_out(mentee as usize) {
            let least = base - i64::from(left_out);
            if least < goal.distance {
                self.far.push(Reverse((least, Event::LeftOut(mentee))));
            }
        }
        Ok(())
    }

    fn relax(&mut self, mentee: u32, mentor: u32, distance: i64, goal: &mut Goal) {
        let at = mentor as usize;
        let known = match self.state[at] {
            State::Closed => return,
            State::Open => self.distance[at],
            State::Unseen => i64::MAX,
        };
        if distance >= known.min(goal.distance) {
            return;
        }
        if self.state[at] == State::Unseen {
            self.state[at] = State::Open;
            self.seen.push(mentor);
        }
        self.distance[at] = distance;
        self.via[at] = mentee;
        if (self.held[at].len() as u64) < u64::from(self.market.capacity[at]) {
            *goal = Goal {
                distance,
                end: End::Room(mentor),
            };
        } else if distance <= self.reach {
            self.near.push(mentor);
        } else {
            self.far.push(Reverse((distance, Event::Mentor(mentor))));
        }
    }

    /// Mentors nearer than the end get dearer by the difference, and their mentees poorer.
    fn shift_prices(&mut self, end: i64) {
        for &mentor in &self.seen {
            let nearer = (end - self.distance[mentor as usize]).max(0);
            self.market.price[mentor as usize] += nearer;
        }
        for &mentee in &self.moved {
            let nearer = (end - self.movable[mentee as usize]).max(0);
            self.market.profit[mentee as usize] -= nearer;
        }
    }

    /// Moves everybody on the path on by one, from its end back to the mentee it began with.
    fn move_along(&mut self, start: u32, end: End) {
        let mut mover = match end {
            End::Room(mentor) => {
                let mover = self.via[mentor as usize];
                let slot = position(&self.held[mentor as usize]);
                self.held[mentor as usize].push(mover);
                self.seat(mover, mentor, slot)
            }
            End::Nobody(mentee) => (
                self.market.partner[mentee as usize].take(),
                self.slot[mentee as usize],
            ),
        };
        while let (Some(mentor), slot) = mover {
            let successor = self.via[mentor as usize];
            self.held[mentor as usize][slot as usize] = successor;
            mover = self.seat(successor, mentor, slot);
        }
        debug_assert!(
            self.market.partner[start as usize].is_some()
                || matches!(end, End::Nobody(mentee) if mentee == start)
        );
    }

    /// Gives a mentee a place; the place she leaves, if she had one.
    fn seat(&mut self, mentee: u32, mentor: u32, slot: u32) -> (Option<u32>, u32) {
        let left = self.market.partner[mentee as usize].replace(mentor);
        let left_slot = std::mem::replace(&mut self.slot[mentee as usize], slot);
        (left, left_slot)
    }
}

fn position(held: &[u32]) -> u32 {
    u32::try_from(held.len()).unwrap_or(u32::MAX)
}
