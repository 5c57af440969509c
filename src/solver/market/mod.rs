//! The fast way for plain problems: an auction sets prices, short searches finish.
//!
//! A problem is plain when nothing must be filled and there are no groups; see [`plain`](super::plain)
//! for the levels. One side bids for the other (see [`sides`]), and the state is one price an item,
//! one profit a bidder, and who holds what:
//!
//! 1. [`lists`]: each bidder's best items, and a bound on what they leave out; where rows are short,
//!    bidders look at [`whole`] rows instead;
//! 2. [`auction`]: bidders raise prices until hardly anybody is left over;
//! 3. [`claim`]: at these prices everybody takes what suits her best, as far as there is room;
//! 4. [`augment`]: shortest augmenting paths place those who got less than they want, or [`scan`] does,
//!    reading whole rows, where that is faster;
//! 5. where that takes long, because everybody competes with everybody, auctions with small raises
//!    first [approach] prices that are nearly right, and 3 and 4 are short; before that, those who are
//!    alike ([`twins`]) bid as one;
//! 6. [`flip`]: places that have a price but no taker are filled, or their price taken back.
//!
//! Where a row must be computed to be read, [`dear`] has few of them read, and many at once.
//!
//! Where all agree which items are worth most, prices are what they [agree](agreed) on to begin with.
//!
//! Where a market proves to have begun at the wrong end, it begins [anew].
//!
//! Where everybody wants one item, every item has one place, and all rows fit the cache or all agree, [`pairing`]
//! does all of this in one go, in 32 bits.
//!
//! From an earlier solution it [goes on](resume) at 3, with lists of what is [`near`] its prices; at 6, it may also
//! search [from outside](scan).
//!
//! # Invariant
//! After 3, *complementary slackness* but for open demand and vacant places: prices and profits are
//! never negative, a bidder holds what is worth more to her than her profit and nothing that is worth
//! less, and she has a profit only if she holds as many items as she wants. Step 4 removes the
//! bidders who want more at a profit, step 6 the items with a price and a vacant place; then the
//! assignment is optimal, and prices and profits prove it.

mod agreed;
mod anew;
mod approach;
mod auction;
mod augment;
mod choice;
mod claim;
mod dear;
mod flip;
mod frontier;
mod holders;
mod holdings;
mod lists;
mod make_do;
mod near;
mod on_use;
mod pairing;
mod place;
mod resume;
mod scan;
mod selection;
mod sides;
mod size;
mod tuning;
mod twins;
mod whole;

use super::accelerators::Accelerator;
use super::assignment::Assignment;
use super::candidate_lists::Pair;
use super::certificate::Prices;
use super::control::{Control, Stop};
use super::problem::{Access, Problem, Side};
use super::start::Start;
use anew::Anew;
use auction::{Hands, Limit};
use augment::Patience;
use dear::FirstLook;
use holders::Holders;
use holdings::Holdings;
use lists::{Base, Lists};
use sides::Sides;
pub(super) use tuning::Tuning;
use twins::Twins;
use whole::Whole;

/// Where the phases end, in thousandths of the whole: the first auction, searches, auctions with small
/// raises, searches.
const SHARES: [u64; 4] = [200, 400, 700, 1_000];

/// What keeps people who can have nobody out of every pair, whatever the other's price is.
const BEYOND: i64 = 1 << 58;

/// Prices, profits and who holds what.
pub(super) struct Market<'p> {
    sides: Sides<'p>,
    tuning: Tuning,
    lists: Lists,
    /// By item: what a place costs.
    price: Vec<i64>,
    /// By bidder: what she gains at least by each item she holds.
    profit: Vec<i64>,
    held: Holdings,
    /// Of an item: who holds a place, with their scores; kept from the first claim on, if there is any.
    holders: Holders,
    /// Where bidders look at whole rows instead of lists: today's prices.
    whole: Option<Whole>,
    /// Who is like whom, once that is needed.
    twins: Option<Twins>,
    /// Where rows are dear: what the first lists told.
    first_look: Option<FirstLook>,
    /// Whether lists hold what is [`near`] and little else.
    are_near: bool,
    /// Whether prices were what bidders [agree](agreed) on to begin with, and not nothing.
    are_agreed: bool,
}

impl<'p> Market<'p> {
    /// Solves a plain problem for the total score. When stopped, the market holds a legal assignment,
    /// and its prices bound what is missing.
    pub(super) fn solve(
        problem: &'p Problem<'p>,
        tuning: Tuning,
        control: &mut Control<'_>,
    ) -> (Self, Result<(), Stop>) {
        let mut market = Self::new(problem, tuning, control);
        let mut ended = market.run(control);
        if ended == Err(Stop::Limit) {
            ended = market.make_do(control);
        }
        (market, ended)
    }

    /// The same, starting from what an earlier solution tells.
    pub(super) fn solve_from(
        problem: &'p Problem<'p>,
        start: &Start,
        tuning: Tuning,
        control: &mut Control<'_>,
    ) -> (Self, Result<(), Stop>) {
        let mut market = Self::resumed(problem, start, tuning, control);
        let mut ended = control.check().and_then(|()| market.resume(control));
        if ended == Err(Stop::Limit) {
            ended = market.make_do(control);
        }
        (market, ended)
    }

    /// Bytes that solving a plain problem takes at most, unless lists grow far beyond the usual.
    pub(super) fn bytes(problem: &Problem<'_>, access: Access, tuning: Tuning) -> u64 {
        size::bytes(problem, access, tuning)
    }

    /// A market in which nobody has anything, and every place is free of charge or costs what all agree on.
    fn new(problem: &'p Problem<'p>, tuning: Tuning, control: &Control<'_>) -> Self {
        let sides = Sides::new(problem, control);
        let agreed = agreed::prices(&sides, tuning, control.watch());
        Self::at_first(sides, agreed, tuning)
    }

    /// A market in which nobody has anything yet.
    fn at_first(sides: Sides<'p>, agreed: Option<Vec<i64>>, tuning: Tuning) -> Self {
        let are_agreed = agreed.is_some();
        let price = agreed.unwrap_or_else(|| free(&sides.supply));
        let length = match sides.rows() {
            Some(rows) if rows.access() == Access::OnDemand => tuning.length_at_prices,
            Some(_) => tuning.length,
            None => tuning.column_length,
        };
        let base = Base::new(&price, 0);
        let whole = match are_agreed {
            true => Whole::will_do(&sides, tuning).then(|| Whole::at(&price, 0)),
            false => Whole::to_begin_with(&sides, tuning, &price),
        };
        let lists = match whole {
            Some(_) => Lists::empty(sides.bidders(), base, length),
            None => Lists::new(&sides, base, length),
        };
        let profit = free(&sides.demand);
        Self {
            whole,
            are_agreed,
            ..Self::with_lists(sides, lists, price, profit, tuning)
        }
    }

    fn with_lists(
        sides: Sides<'p>,
        lists: Lists,
        price: Vec<i64>,
        profit: Vec<i64>,
        tuning: Tuning,
    ) -> Self {
        Self {
            held: Holdings::new(&sides.demand),
            holders: Holders::new(&sides.supply, &sides.demand),
            profit,
            price,
            lists,
            tuning,
            sides,
            twins: None,
            whole: None,
            first_look: None,
            are_near: false,
            are_agreed: false,
        }
    }

    fn run(&mut self, control: &mut Control<'_>) -> Result<(), Stop> {
        control.check()?;
        control.spend(0)?;
        let before = control.work();
        control.begin_phase(SHARES[0], self.sides.bidders());
        if self.pair_off(control)? {
            return Ok(());
        }
        self.first_look = self.first_look();
        self.auction(Hands::Empty, 0, self.bids(), control)?;
        match self.settle(before, control)? {
            None => self.place_last(control),
            Some(anew) => self.begin_anew(anew, control),
        }
    }

    /// From prices, and who held what, to the optimum, but for those who want more since prices have fallen; or to
    /// what suits better to begin with.
    fn settle(&mut self, before: u64, control: &mut Control<'_>) -> Result<Option<Anew<'p>>, Stop> {
        let open = self.claim(control)?;
        control.begin_phase(SHARES[1], open.len());
        if !self.place_nearly_all(&open, control)? {
            let twins = self.led_by_twins(control);
            if twins.is_some() {
                return Ok(twins);
            }
            control.begin_phase(SHARES[2], self.sides.bidders());
            let open = self.approach(control)?;
            control.begin_phase(SHARES[3], open.len());
            self.place_whole(open, control)?;
        }
        let patience = self.patience_with_agreed(control.work() - before);
        let is_full = self.fill_vacant(patience, control)?;
        Ok((!is_full).then(|| self.without_agreed(control)))
    }

    /// Has bidders look at lists from now on.
    fn list(&mut self, control: &Control<'_>) -> Result<(), Stop> {
        match self.whole.take() {
            Some(_) => self.list_best(0, self.tuning.length, control),
            None => Ok(()),
        }
    }

    /// Who wants more.
    fn open(&self) -> Vec<u32> {
        let mut open = self.sides.eager();
        open.retain(|&bidder| self.wants_more(bidder));
        open
    }

    /// How long searches may take before prices are approached.
    fn patience(&self) -> Patience {
        let listed = self.tuning.patience * self.lists.len() as u64;
        let looked = self.sides.problem().pairs() as u64 / self.tuning.pairs_a_look;
        Patience::Candidates(listed.max(looked))
    }

    /// How long it takes to read a bidder's row, in candidates of a list.
    fn row_in_candidates(&self) -> u64 {
        self.sides.items() as u64 / self.tuning.pairs_a_candidate
    }

    /// How long bidders bid before searches take over.
    fn bids(&self) -> Limit {
        let pairs = self.sides.problem().pairs();
        let are_few = self.whole.is_some() && pairs <= self.tuning.pairs_of_few;
        let bids = if are_few {
            self.tuning.bids_of_few
        } else {
            self.tuning.bids
        };
        Limit {
            bids,
            looks: u64::MAX,
        }
    }

    /// Takes new lists at today's prices.
    fn relist(&mut self, shift: u32, control: &Control<'_>) -> Result<(), Stop> {
        self.list_best(shift, self.tuning.length_at_prices, control)
    }

    /// The same of this length, unless bidders are columns.
    fn list_best(&mut self, shift: u32, length: usize, control: &Control<'_>) -> Result<(), Stop> {
        let length = match self.sides.rows() {
            Some(_) => length,
            None => self.tuning.column_length,
        };
        let base = Base::new(&self.price, shift);
        self.are_near = false;
        self.lists = Lists::default(); // freed before the new ones are made
        self.lists = Lists::new(&self.sides, base, length);
        if let Some(twins) = &self.twins {
            self.lists.share(twins.listers());
        }
        control.check()
    }

    /// Whether a bidder is to look for one more item.
    fn wants_more(&self, bidder: u32) -> bool {
        self.profit[bidder as usize] > 0 && self.held.open(bidder) > 0
    }

    /// Whether an item is to look for one more bidder.
    fn is_vacant(&self, item: u32) -> bool {
        self.price[item as usize] > 0 && self.has_room(item)
    }

    fn has_room(&self, item: u32) -> bool {
        (self.holders.of(item).len() as u64) < u64::from(self.sides.supply[item as usize])
    }

    pub(super) fn assignment(&self) -> Assignment {
        let pairs = self.sides.all().flat_map(|bidder| {
            let held = self.held.of(bidder).iter();
            held.map(move |&(item, _)| self.sides.pair(bidder, item))
        });
        Assignment::from_pairs(self.sides.problem().mentees(), pairs)
    }

    /// The pairs of the assignment with their scores.
    pub(super) fn held(&self) -> Vec<Pair> {
        let pairs = self.sides.all().flat_map(|bidder| {
            let held = self.held.of(bidder).iter();
            held.map(move |&(item, score)| {
                let (mentee, mentor) = self.sides.pair(bidder, item);
                (mentee as usize, mentor as usize, score)
            })
        });
        pairs.collect()
    }

    /// Whether there are fewer places than mentees want.
    pub(super) fn is_led_by_mentors(&self) -> bool {
        self.sides.mentors_bid
    }

    /// The prices that prove the total score.
    pub(super) fn prices(&self) -> Prices {
        let [of_mentees, of_mentors] = self.sides.by_role(&self.profit, &self.price);
        let [mentees, mentors] = self.sides.by_role(&*self.sides.demand, &*self.sides.supply);
        let problem = self.sides.problem();
        Prices {
            mentees: proving(of_mentees, mentees, &problem.mentees, problem.mentors()),
            mentors: proving(of_mentors, mentors, &problem.mentors, problem.mentees()),
            ..Prices::default()
        }
    }

    /// Every pair that is listed at the end or held, or would be if lists were made now; fewer if
    /// cancelled.
    pub(super) fn pairs(&self, control: &Control<'_>) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = Vec::with_capacity(self.lists.len());
        let made = self.whole.as_ref().map(|_| {
            let base = Base::new(&self.price, 0);
            Lists::new(&self.sides, base, self.tuning.length_at_prices)
        });
        let lists = made.as_ref().unwrap_or(&self.lists);
        for bidder in control.until_cancelled(self.sides.all()) {
            let first = pairs.len();
            let listed = lists.of(bidder as usize).iter();
            let listed = listed.map(|&pair| (pair.item, lists.listed_score(pair)));
            for (item, score) in listed.chain(self.held.of(bidder).iter().copied()) {
                let (mentee, mentor) = self.sides.pair(bidder, item);
                pairs.push((mentee as usize, mentor as usize, score));
            }
            sort_and_dedup(&mut pairs, first);
        }
        if self.sides.mentors_bid {
            by_mentee(&pairs, self.sides.items(), control)
        } else {
            pairs
        }
    }

    /// Pairs listed at present; all of them where bidders look at whole rows.
    pub(super) fn listed(&self) -> usize {
        match self.whole {
            Some(_) => self.sides.problem().pairs(),
            None => self.lists.len(),
        }
    }
}

/// Prices of one side, of which nobody asks for anything.
fn free(places: &[u32]) -> Vec<i64> {
    priced(places, |_| 0)
}

/// Prices of one side; what has no place costs more than anything can be worth.
fn priced(places: &[u32], price: impl Fn(usize) -> i64) -> Vec<i64> {
    let price_of = |(at, &places): (usize, &u32)| {
        if places == 0 { BEYOND } else { price(at) }
    };
    mostly_nothing(places.iter().enumerate().map(price_of))
}

/// A list of prices. As long as they are nothing, pages of memory stay untouched, which takes most of the
/// time where one person has a hundred thousand to choose from.
fn mostly_nothing(prices: impl ExactSizeIterator<Item = i64>) -> Vec<i64> {
    let mut list = vec![0; prices.len()];
    for (at, price) in prices.enumerate().filter(|price| price.1 != 0) {
        list[at] = price;
    }
    list
}

/// One side's prices as a proof has them. People without places are out of every pair; those with more
/// places than pairs have all of them, whatever the price, so that it can be nothing.
fn proving(prices: &[i64], places: &[u32], side: &Side, others: usize) -> Vec<i64> {
    let people = prices.iter().zip(places).zip(&side.max);
    let price = |((&price, &places), &max): ((&i64, &u32), &u32)| {
        if (places as usize) < others && places < max {
            0
        } else if places == 0 {
            BEYOND
        } else {
            price
        }
    };
    mostly_nothing(people.map(price))
}

/// Sorts the pairs from `first` on and drops what is there twice.
fn sort_and_dedup(pairs: &mut Vec<Pair>, first: usize) {
    pairs[first..].sort_unstable();
    let mut kept = first;
    for at in first..pairs.len() {
        if kept == first || (pairs[kept - 1].0, pairs[kept - 1].1) != (pairs[at].0, pairs[at].1) {
            pairs[kept] = pairs[at];
            kept += 1;
        }
    }
    pairs.truncate(kept);
}

/// The same pairs ordered by mentee, whose order among a mentee's stays.
fn by_mentee(pairs: &[Pair], mentees: usize, control: &Control<'_>) -> Vec<Pair> {
    let mut starts = vec![0; mentees + 1];
    for pair in control.until_cancelled(pairs) {
        starts[pair.0 + 1] += 1;
    }
    for mentee in 0..mentees {
        starts[mentee + 1] += starts[mentee];
    }
    let mut sorted = vec![(0, 0, 0); pairs.len()];
    for &pair in control.until_cancelled(pairs) {
        sorted[starts[pair.0]] = pair;
        starts[pair.0] += 1;
    }
    sorted
}
