//! Shortest augmenting paths, over all pairs but looking at few.
//!
//! # Idea
//! One unit of demand at a time. Dijkstra's search runs over items and bidders; the length of a step
//! is what a bidder loses by it. It ends at the nearest of two ways out: an item with room, or a
//! bidder on the way who may as well hold one item less. Everybody on the path moves on by one item,
//! prices of the items passed rise by what they were nearer than the end, and profits of the bidders
//! fall likewise.
//!
//! Lists are short. What a list leaves out can come into play only at the distance at which its best
//! left-out item would, so that distance waits in the heap like an item; when its turn comes, the list
//! is made longer and the search goes on. So the answer is exact over all pairs.
//!
//! # Complexity
//! O(candidates looked at · log) a unit of demand; a search usually meets a few dozen items.
//!
//! # References
//! R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear
//! assignment problems", 1987; the waiting bound is partial pricing as in A. Volgenant, "Linear
//! and semi-assignment problems: a core oriented approach", 1996.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Market;
use crate::solver::control::{Control, Stop};

/// Lists that memory is asked for at once.
const FETCHED: usize = 16;

/// Something that waits for its distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    Item(u32),
    Bidder(u32),
    /// What this node's list leaves out.
    LeftOut(u32),
}

/// The shortest way out found so far.
pub(super) struct Goal {
    pub(super) distance: i64,
    pub(super) end: End,
}

/// Where a path ends.
#[derive(Clone, Copy)]
pub(super) enum End {
    Item(u32),
    Bidder(u32),
}

/// Events in the order of their distances; those at the distance of the search wait on a stack, which
/// saves the heap nearly all the work where many scores are equal.
#[derive(Default)]
pub(super) struct Agenda {
    near: Vec<Event>,
    far: BinaryHeap<Reverse<(i64, Event)>>,
    /// The distance the search has reached.
    pub(super) reach: i64,
}

/// One side's distances from where the search began.
pub(super) struct Distances {
    nodes: Vec<Node>,
    /// Nodes that are not unseen.
    seen: Vec<u32>,
}

/// All that is known of a node, side by side: a search meets nodes far from one another. Its distance, the node of
/// the other side before it, and its state; numbers, since memory full of zeros is taken only where it is touched.
type Node = (i64, u32, u8);

const UNSEEN: u8 = 0;
const OPEN: u8 = 1;
const CLOSED: u8 = 2;

impl Agenda {
    pub(super) fn begin(&mut self) {
        self.near.clear();
        self.far.clear();
        self.reach = 0;
    }

    pub(super) fn add(&mut self, distance: i64, event: Event) {
        if distance <= self.reach {
            self.near.push(event);
        } else {
            self.far.push(Reverse((distance, event)));
        }
    }

    /// The same for an event that must not come before others at the same distance.
    pub(super) fn wait(&mut self, distance: i64, event: Event) {
        self.far.push(Reverse((distance.max(self.reach), event)));
    }

    /// The nearest event before `end`.
    pub(super) fn next(&mut self, end: i64) -> Option<Event> {
        if self.reach >= end {
            return None;
        }
        if let Some(event) = self.near.pop() {
            return Some(event);
        }
        let Reverse((distance, event)) = self.far.pop()?;
        if distance >= end {
            return None;
        }
        self.reach = distance;
        Some(event)
    }
}

impl Distances {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            nodes: vec![(0, 0, UNSEEN); nodes],
            seen: Vec::new(),
        }
    }

    pub(super) fn begin(&mut self) {
        for node in self.seen.drain(..) {
            self.nodes[node as usize].2 = UNSEEN;
        }
    }

    /// Notes a way to a node if it is shorter than the one known and than `limit`; whether it is.
    pub(super) fn relax(&mut self, node: u32, distance: i64, via: u32, limit: i64) -> bool {
        let known = &mut self.nodes[node as usize];
        let nearest = match *known {
            (_, _, CLOSED) => return false,
            (known, _, OPEN) => known,
            _ => i64::MAX,
        };
        if distance >= nearest.min(limit) {
            return false;
        }
        if known.2 == UNSEEN {
            self.seen.push(node);
        }
        *known = (distance, via, OPEN);
        true
    }

    /// Whether the node is reached for the first time; it is not reached again.
    pub(super) fn close(&mut self, node: u32) -> bool {
        let state = &mut self.nodes[node as usize].2;
        std::mem::replace(state, CLOSED) != CLOSED
    }

    pub(super) fn of(&self, node: u32) -> i64 {
        self.nodes[node as usize].0
    }

    pub(super) fn via(&self, node: u32) -> u32 {
        self.nodes[node as usize].1
    }

    /// The nodes nearer than `end`, and by how much.
    pub(super) fn nearer(&self, end: i64) -> impl Iterator<Item = (usize, i64)> + '_ {
        self.seen.iter().filter_map(move |&node| {
            let nearer = end - self.of(node);
            (nearer > 0).then_some((node as usize, nearer))
        })
    }
}

/// How long searches may take.
#[derive(Clone, Copy)]
pub(super) enum Patience {
    Endless,
    /// So many candidates, looked at or read.
    Candidates(u64),
    /// At least so many, and as long as a bidder's list takes less time than her row.
    WhileShort(u64),
}

/// Searches among twins are long but light, and new prices by small raises take them long to find.
const WITH_TWINS: u64 = 16;

impl Patience {
    /// The same for searches among twins.
    pub(super) fn with_twins(self) -> Self {
        match self {
            Self::Candidates(work) => Self::Candidates(work.saturating_mul(WITH_TWINS)),
            other => other,
        }
    }
}

/// One search after another, on the same scratch.
struct Augmenter<'m, 'p> {
    market: &'m mut Market<'p>,
    items: Distances,
    bidders: Distances,
    agenda: Agenda,
    /// By item: the last search step whose bidder holds it.
    held_at: Vec<u64>,
    step: u64,
    /// Candidates looked at.
    work: u64,
    /// The same for what is read to make lists longer.
    reading: u64,
    visits: u64,
    patience: Patience,
    /// Work after which patience may run out, and what had been visited when it was last asked for.
    ask_at: u64,
    asked_at: (u64, u64),
    searches: u64,
    /// By bidder who waits for what her list leaves out: how long it was.
    looked_at: Vec<usize>,
    /// By the first of some twins: which of them has looked last.
    looks: Vec<Look>,
}

/// Somebody looked at her list for all her twins.
#[derive(Clone, Copy, Default)]
struct Look {
    search: u64,
    base: i64,
    bidder: u32,
}

impl Market<'_> {
    /// Places all open demand; `false` if patience runs out before.
    pub(super) fn place_all(
        &mut self,
        open: Vec<u32>,
        patience: Patience,
        control: &mut Control<'_>,
    ) -> Result<bool, Stop> {
        let mut augmenter = Augmenter::new(self, patience);
        for bidder in open {
            control.step();
            let mut has_way = true;
            while has_way && augmenter.market.wants_more(bidder) {
                has_way = augmenter.place(bidder, control)?;
                if augmenter.is_out_of_patience() {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

impl<'m, 'p> Augmenter<'m, 'p> {
    fn new(market: &'m mut Market<'p>, patience: Patience) -> Self {
        let (bidders, items) = (market.sides.bidders(), market.sides.items());
        let looks = match market.twins {
            Some(_) => vec![Look::default(); bidders],
            None => Vec::new(),
        };
        Self {
            market,
            items: Distances::new(items),
            bidders: Distances::new(bidders),
            agenda: Agenda::default(),
            held_at: vec![0; items],
            step: 0,
            work: 0,
            reading: 0,
            visits: 0,
            ask_at: match patience {
                Patience::Endless => u64::MAX,
                Patience::Candidates(work) | Patience::WhileShort(work) => work,
            },
            asked_at: (0, 0),
            patience,
            searches: 0,
            looked_at: vec![0; bidders],
            looks,
        }
    }

    /// Whether searches have taken too long; asked once more only as it changes.
    fn is_out_of_patience(&mut self) -> bool {
        let work = self.work + self.reading;
        if work <= self.ask_at {
            return false;
        }
        if let Patience::WhileShort(_) = self.patience {
            let (work_before, visits_before) = self.asked_at;
            let row = self.market.row_in_candidates();
            if work - work_before <= row * (self.visits - visits_before) {
                (self.ask_at, self.asked_at) = (2 * work, (work, self.visits));
                return false;
            }
        }
        true
    }

    /// Finds one more item for a bidder, or finds that she is to have no more; `false` if she must
    /// have more and there is no way, or patience runs out.
    fn place(&mut self, bidder: u32, control: &mut Control<'_>) -> Result<bool, Stop> {
        let goal = self.search(bidder, control)?;
        if goal.distance == i64::MAX || self.is_out_of_patience() {
            return Ok(false);
        }
        for (item, nearer) in self.items.nearer(goal.distance) {
            self.market.price[item] += nearer;
        }
        for (bidder, nearer) in self.bidders.nearer(goal.distance) {
            self.market.profit[bidder] -= nearer;
        }
        self.move_along(bidder, goal.end);
        Ok(true)
    }

    /// Finds the shortest way out, if patience lasts.
    fn search(&mut self, start: u32, control: &mut Control<'_>) -> Result<Goal, Stop> {
        self.items.begin();
        self.bidders.begin();
        self.agenda.begin();
        self.searches += 1;
        let mut goal = Goal {
            distance: i64::MAX,
            end: End::Bidder(start),
        };
        self.bidders.relax(start, 0, u32::MAX, i64::MAX);
        let mut booked = self.work;
        self.visit(start, &mut goal);
        while let Some(event) = self.agenda.next(goal.distance) {
            control.spend(self.work - booked)?;
            booked = self.work;
            if self.is_out_of_patience() {
                return Ok(goal);
            }
            match event {
                Event::Item(item) => self.expand(item, &mut goal),
                Event::Bidder(bidder) => self.visit(bidder, &mut goal),
                Event::LeftOut(bidder) => {
                    let mut known = self.looked_at[bidder as usize];
                    if known == self.market.lists.of(bidder as usize).len() {
                        self.market.lengthen(bidder);
                        self.reading += self.market.sides.reading();
                        control.spend(known as u64)?;
                    }
                    if self.market.are_rows_dear() {
                        known = 0; // the list is another one
                    }
                    self.relax_from(bidder, known, &mut goal);
                }
            }
        }
        control.spend(self.work - booked)?;
        Ok(goal)
    }

    /// Whoever holds an item may have to give it up.
    fn expand(&mut self, item: u32, goal: &mut Goal) {
        if !self.items.close(item) {
            return;
        }
        self.fetch_lists(item);
        for at in 0..self.market.holders.of(item).len() {
            let (bidder, score) = self.market.holders.of(item)[at];
            let distance = self.agenda.reach + self.slack(bidder, (item, score));
            if self.bidders.relax(bidder, distance, item, goal.distance) {
                if distance > self.agenda.reach {
                    self.agenda.add(distance, Event::Bidder(bidder));
                } else {
                    self.visit(bidder, goal);
                }
            }
            if goal.distance <= self.agenda.reach {
                return;
            }
        }
    }

    /// Has memory bring the lists of those who hold an item, before any of them is waited for; of more than a
    /// few, the first would be gone again.
    fn fetch_lists(&self, item: u32) {
        let holders = self.market.holders.of(item).iter().take(FETCHED);
        let first = |bidder: usize| {
            self.market
                .lists
                .of(bidder)
                .first()
                .map_or(0, |one| one.worth)
        };
        let touched = holders.fold(0, |any, holder| any ^ first(holder.0 as usize));
        std::hint::black_box(touched);
    }

    /// What a bidder gains by an item she holds beyond her profit.
    fn slack(&self, bidder: u32, (item, score): (u32, i32)) -> i64 {
        let worth = i64::from(score) - self.market.price[item as usize];
        worth - self.market.profit[bidder as usize]
    }

    /// A bidder who can do without one of her items may end up with one less, or take another.
    fn visit(&mut self, bidder: u32, goal: &mut Goal) {
        if !self.bidders.close(bidder) {
            return;
        }
        self.visits += 1;
        let one_less = self.base(bidder);
        if one_less < goal.distance {
            *goal = Goal {
                distance: one_less,
                end: End::Bidder(bidder),
            };
        }
        match self.looked_for(bidder) {
            Some(twin) => self.relax_held_by(twin, bidder, goal),
            None => self.relax_from(bidder, 0, goal),
        }
    }

    /// The twin who has looked at the list on this search, for somebody reached no nearer; otherwise
    /// it is the bidder who does.
    fn looked_for(&mut self, bidder: u32) -> Option<u32> {
        let first = self.market.twins.as_ref()?.first(bidder);
        let base = self.base(bidder);
        let look = &mut self.looks[first as usize];
        if look.search == self.searches && look.base <= base {
            return Some(look.bidder);
        }
        *look = Look {
            search: self.searches,
            base,
            bidder,
        };
        None
    }

    /// What a twin holds was not in her reach.
    fn relax_held_by(&mut self, twin: u32, bidder: u32, goal: &mut Goal) {
        let base = self.base(bidder);
        self.mark_held(bidder);
        for at in 0..self.market.held.of(twin).len() {
            let (item, score) = self.market.held.of(twin)[at];
            let distance = base - (i64::from(score) - self.market.price[item as usize]);
            if distance < goal.distance && self.held_at[item as usize] != self.step {
                self.relax(bidder, item, distance, goal);
            }
        }
    }

    /// The distance of what is worth nothing to a bidder.
    fn base(&self, bidder: u32) -> i64 {
        self.bidders.of(bidder) + self.market.profit[bidder as usize]
    }

    /// Looks at a bidder's list from the `first` on, and has what it leaves out wait.
    fn relax_from(&mut self, bidder: u32, first: usize, goal: &mut Goal) {
        let base = self.base(bidder);
        self.mark_held(bidder);
        for at in first..self.market.lists.of(bidder as usize).len() {
            let candidate = self.market.lists.of(bidder as usize)[at];
            let least = base - candidate.worth; // prices only rise
            if least >= goal.distance {
                return;
            }
            self.work += 1;
            let item = candidate.item;
            let price = self.market.price[item as usize];
            let distance = least + self.market.lists.rise(item, price);
            if distance < goal.distance && self.held_at[item as usize] != self.step {
                self.relax(bidder, item, distance, goal);
            }
            if goal.distance <= self.agenda.reach {
                return;
            }
        }
        if let Some(left_out) = self.market.lists.left_out(bidder as usize)
            && base - left_out < goal.distance
        {
            self.looked_at[bidder as usize] = self.market.lists.of(bidder as usize).len();
            self.agenda.wait(base - left_out, Event::LeftOut(bidder));
        }
    }

    /// Marks what a bidder holds, unless it is one item at most: that one is closed already.
    fn mark_held(&mut self, bidder: u32) {
        self.step += 1;
        if self.market.sides.demand[bidder as usize] > 1 {
            for &(item, _) in self.market.held.of(bidder) {
                self.held_at[item as usize] = self.step;
            }
        }
    }

    fn relax(&mut self, bidder: u32, item: u32, distance: i64, goal: &mut Goal) {
        if !self.items.relax(item, distance, bidder, goal.distance) {
            return;
        }
        if self.market.has_room(item) {
            *goal = Goal {
                distance,
                end: End::Item(item),
            };
        } else {
            self.agenda.add(distance, Event::Item(item));
        }
    }

    /// Moves everybody on the path on by one item, from its end back to where it began.
    fn move_along(&mut self, start: u32, end: End) {
        let mut item = match end {
            End::Item(item) => item,
            End::Bidder(bidder) if bidder == start => return,
            End::Bidder(bidder) => self.leave(bidder),
        };
        loop {
            let bidder = self.items.via(item);
            let left = (bidder != start).then(|| self.leave(bidder));
            self.market.hand_over(bidder, item);
            match left {
                Some(left) => item = left,
                None => return,
            }
        }
    }

    /// A bidder gives up the item by which the search reached her.
    fn leave(&mut self, bidder: u32) -> u32 {
        let item = self.bidders.via(bidder);
        self.market.give_up(bidder, item);
        item
    }
}

impl Market<'_> {
    /// Hands over an item that is worth to a bidder just her profit.
    pub(super) fn hand_over(&mut self, bidder: u32, item: u32) {
        let score = self.profit[bidder as usize] + self.price[item as usize];
        let score = self.lists.score(score);
        self.held.add(bidder, item, score);
        self.holders.add(item, bidder, score);
    }
}
