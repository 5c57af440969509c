//! Shortest paths from vacant places that have a price: somebody takes the place, or it gets cheaper.
//!
//! # Idea
//! The mirror image of [`augment`](super::augment). An item with a price and a vacant place gets
//! cheaper. At the distance at which it is worth to some bidder what her profit is, she can take it:
//! if she wants more, that is the end; else she gives up another item, which is vacant then. The path
//! may also end at an item whose price has come down to nothing. Prices of the items passed fall by
//! what they were nearer than the end, profits rise likewise.
//!
//! Whom an item is worth something to is read off the lists. A bidder whose list leaves the item out
//! can gain by it only when it has become so much cheaper than it was when the list was made that it
//! is worth more than her left-out worth. That distance waits in the heap; when its turn comes,
//! everybody is looked at.
//!
//! # Complexity
//! O(candidates · log) a place; O(bidders) more for an item at which everybody must be looked at.

use super::Market;
use super::augment::{Agenda, Distances, End, Event, Goal};
use crate::solver::control::{Control, Stop};

/// One search after another, on the same scratch.
struct Filler<'m, 'p> {
    market: &'m mut Market<'p>,
    /// Item `j` is on the lists of `listers[starts[j]..starts[j + 1]]`, with its score.
    starts: Vec<usize>,
    listers: Vec<(u32, i32)>,
    /// What a bidder's profit exceeds her left-out worth by, at least. Profits only rise here.
    margin: i64,
    items: Distances,
    bidders: Distances,
    agenda: Agenda,
    work: u64,
}

impl Market<'_> {
    /// Fills vacant places that have a price, or takes the price back.
    pub(super) fn fill_vacant(&mut self, control: &mut Control<'_>) -> Result<(), Stop> {
        let vacant: Vec<u32> = (0..)
            .take(self.sides.items())
            .filter(|&item| self.is_vacant(item))
            .collect();
        if vacant.is_empty() {
            return Ok(());
        }
        let mut filler = Filler::new(self, control);
        control.check()?;
        for item in vacant {
            while filler.market.is_vacant(item) {
                filler.fill(item, control)?;
            }
        }
        Ok(())
    }

    fn is_vacant(&self, item: u32) -> bool {
        self.price[item as usize] > 0 && self.has_room(item)
    }
}

impl<'m, 'p> Filler<'m, 'p> {
    fn new(market: &'m mut Market<'p>, control: &Control<'_>) -> Self {
        let (starts, listers) = listers(market, control);
        let exceeds = |(bidder, profit): (usize, &i64)| profit - market.lists.left_out(bidder);
        let margin = market.profit.iter().enumerate().map(exceeds).min();
        Self {
            starts,
            listers,
            margin: margin.unwrap_or(0),
            items: Distances::new(market.sides.items()),
            bidders: Distances::new(market.sides.bidders()),
            agenda: Agenda::default(),
            work: 0,
            market,
        }
    }

    fn fill(&mut self, item: u32, control: &mut Control<'_>) -> Result<(), Stop> {
        let goal = self.search(item, control)?;
        for (item, nearer) in self.items.nearer(goal.distance) {
            self.market.price[item] -= nearer;
        }
        for (bidder, nearer) in self.bidders.nearer(goal.distance) {
            self.market.profit[bidder] += nearer;
        }
        self.move_along(item, goal.end);
        Ok(())
    }

    fn search(&mut self, start: u32, control: &mut Control<'_>) -> Result<Goal, Stop> {
        self.items.begin();
        self.bidders.begin();
        self.agenda.begin();
        let mut goal = Goal {
            distance: i64::MAX,
            end: End::Item(start),
        };
        self.items.relax(start, 0, u32::MAX, i64::MAX);
        self.agenda.add(0, Event::Item(start));
        let mut booked = self.work;
        while let Some(event) = self.agenda.next(goal.distance) {
            control.spend(self.work - booked)?;
            booked = self.work;
            match event {
                Event::Item(item) => self.visit(item, &mut goal),
                Event::Bidder(bidder) => self.expand(bidder, &mut goal),
                Event::LeftOut(item) => {
                    control.spend(self.market.sides.bidders() as u64)?;
                    self.offer_to_all(item, &mut goal);
                }
            }
        }
        control.spend(self.work - booked)?;
        Ok(goal)
    }

    /// A vacant place may stay vacant at no price, or be taken by somebody who lists it.
    fn visit(&mut self, item: u32, goal: &mut Goal) {
        if !self.items.close(item) {
            return;
        }
        let distance = self.items.of(item);
        let for_nothing = distance + self.market.price[item as usize];
        if for_nothing < goal.distance {
            *goal = Goal {
                distance: for_nothing,
                end: End::Item(item),
            };
        }
        for at in self.starts[item as usize]..self.starts[item as usize + 1] {
            let (bidder, score) = self.listers[at];
            self.offer(item, bidder, score, goal);
        }
        let fallen = -self
            .market
            .lists
            .rise(item, self.market.price[item as usize]);
        let unlisted = distance + (self.margin - fallen).max(0);
        if unlisted < goal.distance {
            self.agenda.wait(unlisted, Event::LeftOut(item));
        }
    }

    fn offer_to_all(&mut self, item: u32, goal: &mut Goal) {
        let mut found = Vec::new();
        self.market
            .sides
            .for_each_bidder(item, |bidder, score| found.push((bidder, score)));
        for (bidder, score) in found {
            self.offer(item, bidder, score, goal);
        }
    }

    /// Somebody may take the place when it has got cheap enough.
    fn offer(&mut self, item: u32, bidder: u32, score: i32, goal: &mut Goal) {
        self.work += 1;
        let worth = i64::from(score) - self.market.price[item as usize];
        let slack = self.market.profit[bidder as usize] - worth;
        if slack < 0 || self.market.sides.demand[bidder as usize] == 0 {
            return; // she holds it, or wants nothing
        }
        let distance = self.items.of(item) + slack;
        if distance >= goal.distance || self.market.held.contains(bidder, item) {
            return;
        }
        if self.bidders.relax(bidder, distance, item, goal.distance) {
            if self.market.held.open(bidder) > 0 {
                *goal = Goal {
                    distance,
                    end: End::Bidder(bidder),
                };
            } else {
                self.agenda.add(distance, Event::Bidder(bidder));
            }
        }
    }

    /// A bidder who takes one more item gives up one of the others.
    fn expand(&mut self, bidder: u32, goal: &mut Goal) {
        if !self.bidders.close(bidder) {
            return;
        }
        let base = self.bidders.of(bidder) - self.market.profit[bidder as usize];
        for at in 0..self.market.held.of(bidder).len() {
            let (item, score) = self.market.held.of(bidder)[at];
            let distance = base + i64::from(score) - self.market.price[item as usize];
            self.work += 1;
            if self.items.relax(item, distance, bidder, goal.distance) {
                self.agenda.add(distance, Event::Item(item));
            }
        }
    }

    /// Hands places on, from the end of the path back to where it began.
    fn move_along(&mut self, start: u32, end: End) {
        let mut bidder = match end {
            End::Bidder(bidder) => bidder,
            End::Item(item) if item == start => return,
            End::Item(item) => self.vacate(item),
        };
        loop {
            let item = self.bidders.via(bidder);
            let next = (item != start).then(|| self.vacate(item));
            self.market.hold(bidder, item);
            match next {
                Some(next) => bidder = next,
                None => return,
            }
        }
    }

    /// The bidder by whom the search reached an item gives it up.
    fn vacate(&mut self, item: u32) -> u32 {
        let bidder = self.items.via(item);
        self.market.give_up(bidder, item);
        bidder
    }
}

/// Who lists each item, with the score; of no use if cancelled.
fn listers(market: &Market<'_>, control: &Control<'_>) -> (Vec<usize>, Vec<(u32, i32)>) {
    let mut starts = vec![0; market.sides.items() + 1];
    let each = |visit: &mut dyn FnMut(u32, u32, i32)| {
        for bidder in control.until_cancelled(market.sides.all()) {
            for &candidate in market.lists.of(bidder as usize) {
                visit(bidder, candidate.item, market.lists.listed_score(candidate));
            }
        }
    };
    each(&mut |_, item, _| starts[item as usize + 1] += 1);
    for item in 0..market.sides.items() {
        starts[item + 1] += starts[item];
    }
    let mut next = starts.clone();
    let mut listers = vec![(0, 0); market.lists.len()];
    each(&mut |bidder, item, score| {
        listers[next[item as usize]] = (bidder, score);
        next[item as usize] += 1;
    });
    (starts, listers)
}
