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
use super::listers::Listers;
use crate::solver::control::{Control, Stop};

/// One search after another, on the same scratch.
struct Filler<'m, 'p> {
    market: &'m mut Market<'p>,
    listers: &'m Listers,
    items: Distances,
    bidders: Distances,
    agenda: Agenda,
    work: u64,
}

impl Market<'_> {
    /// Fills vacant places that have a price, or takes the price back.
    pub(super) fn fill_vacant(&mut self, control: &mut Control<'_>) -> Result<(), Stop> {
        let vacant = self.vacant();
        if vacant.is_empty() {
            return Ok(());
        }
        let listers = Listers::new(self);
        self.lower(&vacant, &listers, self.patience_to_lower(), control)?;
        let vacant = self.vacant();
        let mut filler = Filler::new(self, &listers);
        for item in vacant {
            let mut has_way = true;
            while has_way && filler.market.is_vacant(item) {
                has_way = filler.fill(item, control)?;
            }
        }
        Ok(())
    }
}

impl Market<'_> {
    fn vacant(&self) -> Vec<u32> {
        let items = (0..).take(self.sides.items());
        items.filter(|&item| self.is_vacant(item)).collect()
    }

    /// How long prices may be lowered one by one before searches take over.
    fn patience_to_lower(&self) -> u64 {
        let looked = self.sides.problem().pairs() as u64 / self.tuning.pairs_a_look;
        looked.max(self.tuning.patience * self.lists.len() as u64)
    }
}

impl<'m, 'p> Filler<'m, 'p> {
    fn new(market: &'m mut Market<'p>, listers: &'m Listers) -> Self {
        Self {
            listers,
            items: Distances::new(market.sides.items()),
            bidders: Distances::new(market.sides.bidders()),
            agenda: Agenda::default(),
            work: 0,
            market,
        }
    }

    /// Fills one place or takes its price back; `false` if it must be filled and there is no way.
    fn fill(&mut self, item: u32, control: &mut Control<'_>) -> Result<bool, Stop> {
        let before = self.work;
        let goal = self.search(item, control)?;
        control.spend(self.work - before)?;
        if goal.distance == i64::MAX {
            return Ok(false);
        }
        for (item, nearer) in self.items.nearer(goal.distance) {
            self.market.price[item] -= nearer;
        }
        for (bidder, nearer) in self.bidders.nearer(goal.distance) {
            self.market.profit[bidder] += nearer;
        }
        self.move_along(item, goal.end);
        Ok(true)
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
        while let Some(event) = self.agenda.next(goal.distance) {
            match event {
                Event::Item(item) => self.visit(item, &mut goal),
                Event::Bidder(bidder) => self.expand(bidder, &mut goal),
                Event::LeftOut(item) => {
                    control.spend(self.market.sides.bidders() as u64)?;
                    self.offer_to_all(item, &mut goal);
                }
            }
        }
        Ok(goal)
    }

    /// A vacant place may stay vacant at no price, or be taken by somebody who lists it.
    fn visit(&mut self, item: u32, goal: &mut Goal) {
        if !self.items.close(item) {
            return;
        }
        let distance = self.items.of(item);
        let for_nothing = distance + self.market.price[item as usize];
        if for_nothing < goal.distance && !self.market.sides.must_fill(item) {
            *goal = Goal {
                distance: for_nothing,
                end: End::Item(item),
            };
        }
        let listers = self.listers;
        for &(bidder, score) in listers.of(item) {
            self.offer(item, bidder, score, goal);
        }
        let above = self.market.price[item as usize] - listers.unlisted(self.market, item);
        let unlisted = distance + above.max(0);
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
