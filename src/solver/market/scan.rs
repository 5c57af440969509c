//! Shortest augmenting paths that read whole rows.
//!
//! # Idea
//! Lists are short as long as few items matter to a bidder. Where everybody competes with everybody for
//! everything, or where ties hide the one place that has room, lists grow until they are rows, and
//! a row in memory is read ten times as fast as a list. So a search visits bidders as
//! [`augment`](super::augment) does, but has the distances of all items at once ([`frontier`]).
//!
//! It comes in at both ends: before lists are searched, as long as searches are short, and last of all,
//! where searches on lists have become long. Started from [`outside`], it finds who moves to a vacant place.
//!
//! # Complexity
//! O(items) a bidder visited.
//!
//! # References
//! R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear
//! assignment problems", 1987.

mod outside;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::frontier::{FAR, Frontier, MOST, Visit};
use super::{Accelerator, Market};
use crate::solver::control::{Control, Stop};
use crate::solver::problem::{Row, RowBuffer};
use crate::solver::walk::position;

/// How long to go on.
#[derive(Clone, Copy)]
pub(super) enum Until {
    /// Until everybody is placed.
    Placed,
    /// Until searches prove to be long.
    Long,
    /// Until they have taken as long as finding better prices.
    Worthwhile,
    /// Until it shows that placing so many will take longer.
    Promising(u64),
}

/// What a search looks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sought {
    /// An item with room, or a bidder who can do without one of hers.
    Room,
    /// An item with a price and a vacant place.
    Vacancy,
}

/// One search after another, on the same scratch.
struct Scanner<'m, 'p> {
    market: &'m mut Market<'p>,
    sought: Sought,
    frontier: Frontier,
    visited: Vec<Visited>,
    /// By bidder: the last search that has visited her.
    visited_by: Vec<u64>,
    /// Bidders who would lose by giving up what they hold, with their distance and the item.
    waiting: BinaryHeap<Reverse<(i32, u32, u32)>>,
    /// Items closed, with their distance.
    closed: Vec<(u32, i32)>,
    /// Those of them whose holders have not been asked yet: all at the distance the search has come to,
    /// since nothing further is looked at before them.
    pending: Vec<u32>,
    searches: u64,
    rows_read: u64,
    buffer: RowBuffer,
}

/// A bidder, and how the search came to her.
#[derive(Clone, Copy)]
struct Visited {
    bidder: u32,
    distance: i32,
    /// The item that she holds and may have to give up; none where the search began.
    via: Option<u32>,
}

/// The shortest way out found so far.
struct Goal {
    distance: i32,
    end: End,
}

impl Goal {
    const UNKNOWN: Self = Self {
        distance: FAR,
        end: End::Visit(0),
    };
}

/// Where a path ends.
enum End {
    Item(u32),
    /// With the bidder of this visit, who has one item less.
    Visit(u32),
}

impl Market<'_> {
    /// Whether searches may read rows: that is [on](Accelerator::RowSearches), rows lie in memory, and worths are small.
    ///
    /// A score that is not held is at most price and profit together, half of [`MOST`]. Profits only
    /// fall, and no price rises beyond such a score. So what somebody gives up later, again at price and
    /// profit together, is within three quarters.
    pub(super) fn can_scan(&self) -> bool {
        let is_narrow =
            |&price: &i64| price >= super::BEYOND || (0..=i64::from(MOST / 4)).contains(&price);
        self.tuning.uses(Accelerator::RowSearches)
            && self.sides.are_rows_whole()
            && self.price.iter().all(is_narrow)
            && self.profit.iter().all(is_narrow)
    }

    /// Places open demand by searches that read rows; whether all of it is.
    pub(super) fn scan_all(
        &mut self,
        open: &[u32],
        until: Until,
        control: &mut Control<'_>,
    ) -> Result<bool, Stop> {
        if open.is_empty() || !self.can_scan() {
            return Ok(open.is_empty());
        }
        let mut scanner = Scanner::new(self, Sought::Room);
        for &bidder in open {
            control.step();
            while scanner.market.wants_more(bidder) {
                if !scanner.goes_on(until) {
                    return Ok(false);
                }
                scanner.place(bidder, control)?;
            }
        }
        Ok(true)
    }
}

impl<'m, 'p> Scanner<'m, 'p> {
    fn new(market: &'m mut Market<'p>, sought: Sought) -> Self {
        let narrow = |&price: &i64| i32::try_from(price).unwrap_or(FAR);
        Self {
            frontier: Frontier::new(market.price.iter().map(narrow).collect()),
            visited: Vec::new(),
            visited_by: vec![0; market.sides.bidders()],
            waiting: BinaryHeap::new(),
            closed: Vec::new(),
            pending: Vec::new(),
            searches: 0,
            rows_read: 0,
            buffer: RowBuffer::default(),
            sought,
            market,
        }
    }

    fn goes_on(&self, until: Until) -> bool {
        let tuning = &self.market.tuning;
        match until {
            Until::Placed => true,
            Until::Worthwhile => {
                self.rows_read <= tuning.rows_before_prices * self.market.sides.bidders() as u64
            }
            Until::Promising(open) => {
                let bidders = self.market.sides.bidders() as u64;
                let most = tuning.rows_promising * bidders;
                self.rows_read <= bidders.min(most) || self.rows_read * open <= most * self.searches
            }
            Until::Long => {
                self.rows_read <= tuning.rows_at_first + tuning.rows_a_search * self.searches
            }
        }
    }

    /// Finds one more item for a bidder, or finds that she is to have no more.
    fn place(&mut self, bidder: u32, control: &mut Control<'_>) -> Result<(), Stop> {
        let goal = self.search(bidder, control)?;
        self.follow(goal.distance);
        self.move_along(goal.end);
        Ok(())
    }

    /// Prices of what is nearer than this rise by as much, and profits of those who are fall.
    fn follow(&mut self, distance: i32) {
        for &(item, own) in &self.closed {
            let price = &mut self.market.price[item as usize];
            *price += i64::from(distance - own);
            self.frontier
                .open(item, i32::try_from(*price).unwrap_or(FAR));
        }
        for visited in &self.visited {
            let nearer = i64::from(distance - visited.distance);
            self.market.profit[visited.bidder as usize] -= nearer;
        }
    }

    fn search(&mut self, start: u32, control: &mut Control<'_>) -> Result<Goal, Stop> {
        self.frontier.begin();
        self.begin();
        let mut goal = Goal::UNKNOWN;
        self.visit(start, 0, None, &mut goal, control)?;
        self.walk(goal, control)
    }

    fn begin(&mut self) {
        self.visited.clear();
        self.waiting.clear();
        self.closed.clear();
        self.pending.clear();
        self.searches += 1;
    }

    /// Goes on from what has been visited to the nearest end.
    fn walk(&mut self, mut goal: Goal, control: &mut Control<'_>) -> Result<Goal, Stop> {
        let mut gone = 0;
        loop {
            control.spend(1)?;
            let pending = if self.pending.is_empty() { FAR } else { gone };
            let waiting = self.waiting.peek().map_or(FAR, |first| first.0.0);
            let nearest = self.frontier.distance();
            gone = nearest.min(pending).min(waiting);
            if gone >= goal.distance {
                return Ok(goal);
            } else if gone == nearest {
                self.close_nearest(gone, &mut goal);
            } else if gone == pending {
                self.expand(gone, &mut goal, control)?;
            } else if let Some(Reverse((_, bidder, item))) = self.waiting.pop() {
                self.visit(bidder, gone, Some(item), &mut goal, control)?;
            }
        }
    }

    /// Ends at a nearest item that is sought, or closes them all.
    fn close_nearest(&mut self, distance: i32, goal: &mut Goal) {
        let before = self.closed.len();
        for item in self.frontier.nearest() {
            if self.is_end(item) {
                let end = End::Item(item);
                *goal = Goal { distance, end };
                return self.closed.truncate(before);
            }
            self.closed.push((item, distance));
        }
        for &(item, _) in &self.closed[before..] {
            self.frontier.close(item);
            self.pending.push(item);
        }
    }

    fn is_end(&self, item: u32) -> bool {
        match self.sought {
            Sought::Room => self.market.has_room(item),
            Sought::Vacancy => self.market.is_vacant(item),
        }
    }

    /// Whoever holds an item may have to give it up.
    fn expand(
        &mut self,
        distance: i32,
        goal: &mut Goal,
        control: &mut Control<'_>,
    ) -> Result<(), Stop> {
        let Some(item) = self.pending.pop() else {
            return Ok(());
        };
        for at in 0..self.market.holders.of(item).len() {
            let (bidder, score) = self.market.holders.of(item)[at];
            let loss = self.loss(bidder, (item, score));
            if loss == 0 {
                self.visit(bidder, distance, Some(item), goal, control)?;
            } else if loss < i64::from(goal.distance - distance) {
                let distance = distance + i32::try_from(loss).unwrap_or(FAR);
                self.waiting.push(Reverse((distance, bidder, item)));
            }
        }
        Ok(())
    }

    /// What a bidder gains by an item she holds beyond her profit.
    fn loss(&self, bidder: u32, held: (u32, i32)) -> i64 {
        self.market.worth_to_holder(&held) - self.market.profit[bidder as usize]
    }

    /// A bidder who can do without one of her items may end up with one less, or take another.
    fn visit(
        &mut self,
        bidder: u32,
        distance: i32,
        via: Option<u32>,
        goal: &mut Goal,
        control: &mut Control<'_>,
    ) -> Result<(), Stop> {
        let last = &mut self.visited_by[bidder as usize];
        if std::mem::replace(last, self.searches) == self.searches {
            return Ok(());
        }
        control.spend(self.market.row_in_candidates() + 1)?;
        let number = position(self.visited.len());
        self.visited.push(Visited {
            bidder,
            distance,
            via,
        });
        let profit = i32::try_from(self.market.profit[bidder as usize]).unwrap_or(FAR);
        let means = distance + profit;
        if means < goal.distance && self.sought == Sought::Room {
            *goal = Goal {
                distance: means,
                end: End::Visit(number),
            };
        }
        self.rows_read += 1;
        let rows = self.market.sides.rows();
        let row = rows.and_then(|rows| rows.row(bidder as usize, &mut self.buffer));
        if let Some(Row::Dense { scores, absent }) = row {
            let visit = Visit {
                number,
                means,
                scores,
                absent,
            };
            let held = self.market.held.of(bidder).iter().map(|held| held.0);
            self.frontier.visit(&visit, held);
        }
        Ok(())
    }

    /// Moves everybody on the path on by one item, from its end back to where it began.
    fn move_along(&mut self, end: End) {
        let mut next = match end {
            End::Item(item) => Some(item),
            End::Visit(visit) => self.leave(visit),
        };
        while let Some(item) = next {
            let visit = self.frontier.from(item);
            next = self.leave(visit);
            self.market
                .hand_over(self.visited[visit as usize].bidder, item);
        }
    }

    /// A bidder gives up the item by which the search reached her, if it did not begin with her.
    fn leave(&mut self, visit: u32) -> Option<u32> {
        let Visited { bidder, via, .. } = self.visited[visit as usize];
        let item = via?;
        self.market.give_up(bidder, item);
        Some(item)
    }
}
