//! Shortest augmenting paths for [`pairing`](super): who has no item yet gets one, and others move on.
//!
//! # Idea
//! As in [`scan`](super::super::scan), but everybody holds one item at most, which is worth just her
//! profit to her. So whoever holds an item is as near as the item, and there is one way out only: an
//! item that nobody holds.
//!
//! # Complexity
//! O(items) a bidder visited.

use super::super::frontier::{Frontier, Visit};
use super::{NONE, Pairing};
use crate::solver::control::{Control, Stop};
use crate::solver::walk::position;

/// One search after another, on the same scratch.
pub(super) struct Search<'p, 's> {
    pairing: &'p mut Pairing<'s>,
    frontier: Frontier,
    /// Who has been visited, first of all with whom the search began.
    visited: Vec<u32>,
    /// Items closed, with their distance, nearest first.
    closed: Vec<(u32, i32)>,
    /// How many of their holders have been visited; the others are all at the same distance.
    expanded: usize,
}

impl<'p, 's> Search<'p, 's> {
    pub(super) fn new(pairing: &'p mut Pairing<'s>) -> Self {
        Self {
            frontier: Frontier::new(pairing.price.clone()),
            visited: Vec::new(),
            closed: Vec::new(),
            expanded: 0,
            pairing,
        }
    }

    /// Gives an item to each of these bidders.
    pub(super) fn serve(&mut self, open: &[u32], control: &mut Control<'_>) -> Result<(), Stop> {
        for &bidder in open {
            control.step();
            let (end, distance) = self.search(bidder, control)?;
            self.reprice(distance);
            self.move_along(end);
        }
        Ok(())
    }

    /// Finds the nearest item that nobody holds, and its distance.
    fn search(&mut self, start: u32, control: &mut Control<'_>) -> Result<(u32, i32), Stop> {
        self.frontier.begin();
        self.visited.clear();
        self.closed.clear();
        self.expanded = 0;
        self.visit(start, 0);
        loop {
            control.spend(self.pairing.work_of_row)?;
            let nearest = self.frontier.distance();
            let pending = self.closed.get(self.expanded);
            if pending.is_none_or(|&(_, distance)| distance == nearest)
                && let Some(end) = self.close_nearest(nearest)
            {
                return Ok((end, nearest));
            }
            let (item, distance) = self.closed[self.expanded];
            self.expanded += 1;
            let bidder = self.pairing.holder[item as usize];
            self.visit(bidder, distance + self.pairing.profit(bidder, item));
        }
    }

    /// Brings all items within reach of a bidder who can give up so much.
    fn visit(&mut self, bidder: u32, means: i32) {
        let visit = Visit {
            number: position(self.visited.len()),
            means,
            scores: self.pairing.row(bidder),
            absent: None,
        };
        self.visited.push(bidder);
        self.frontier.visit_all(&visit);
    }

    /// A nearest item that nobody holds; if there is none, all the nearest are closed.
    fn close_nearest(&mut self, distance: i32) -> Option<u32> {
        let first = self.closed.len();
        for item in self.frontier.at(distance) {
            if self.pairing.holder[item as usize] == NONE {
                self.closed.truncate(first);
                return Some(item);
            }
            self.closed.push((item, distance));
        }
        let closed = self.closed[first..].iter();
        self.frontier.close_all(closed.map(|closed| closed.0));
        None
    }

    /// Raises the prices of items passed by what they were nearer than the end.
    fn reprice(&mut self, distance: i32) {
        for &(item, nearer) in &self.closed {
            let price = &mut self.pairing.price[item as usize];
            *price += distance - nearer;
            self.frontier.open(item, *price);
        }
    }

    /// Moves everybody on the path on by one item, from its end back to where it began.
    fn move_along(&mut self, end: u32) {
        let mut item = end;
        loop {
            let visit = self.frontier.from(item);
            let bidder = self.visited[visit as usize];
            self.pairing.holder[item as usize] = bidder;
            let before = std::mem::replace(&mut self.pairing.item[bidder as usize], item);
            if visit == 0 {
                return;
            }
            item = before;
        }
    }
}
