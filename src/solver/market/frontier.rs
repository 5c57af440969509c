//! How near each item is to a search that reads whole rows.
//!
//! # Idea
//! An item's distance is its price and, over the bidders visited, the least of what a bidder can give up
//! less her score. That least is kept for every item, its *reach*; so a row costs a subtraction and a
//! comparison a pair, in 32 bits and in order, which the compiler vectorises. A chunk of items knows
//! the least distance in it; so the nearest item is found among few.
//!
//! # Complexity
//! O(items) a row, O(items / [`CHUNK`] + [`CHUNK`]) a nearest item.

use super::selection::FLOOR;
use crate::lanes;
use crate::solver::walk::position;

/// Items that are looked at together.
const CHUNK: usize = 16;

/// What prices, means and the scores that count stay within, so that sums of four fit 32 bits.
pub(super) const MOST: i32 = 1 << 28;

/// Further than any distance that counts; twice as far still fits 32 bits.
pub(super) const FAR: i32 = (1 << 30) - 1;

/// The items that a search has not closed, by their distance.
pub(super) struct Frontier {
    /// By item: the least of what a bidder can give up less her score.
    reach: Vec<i32>,
    /// By item: the visit that its reach comes from.
    from: Vec<u32>,
    /// By item: its price, [`FAR`] when it is closed.
    price: Vec<i32>,
    /// By chunk: the least distance in it.
    least: Vec<i32>,
    /// Whether there is an item that nobody can have: a bidder's score with it may be of any size.
    hides_any: bool,
    /// What a bidder holds, with its reach and its visit: space that one row after another uses.
    held: Vec<(u32, i32, u32)>,
}

/// A bidder's row as a search visits it.
pub(super) struct Visit<'a> {
    pub(super) number: u32,
    /// What the bidder can give up: the distance of what is worth nothing to her.
    pub(super) means: i32,
    pub(super) scores: &'a [i32],
    /// What is no score at all.
    pub(super) absent: Option<i32>,
}

impl Frontier {
    /// All items open at these prices, each from 0 to [`MOST`], or [`FAR`] if nobody can have it.
    pub(super) fn new(price: Vec<i32>) -> Self {
        Self {
            reach: vec![FAR; price.len()],
            from: vec![0; price.len()],
            least: vec![FAR; price.len().div_ceil(CHUNK)],
            hides_any: price.contains(&FAR),
            held: Vec::new(),
            price,
        }
    }

    /// A search begins: nothing is within reach.
    pub(super) fn begin(&mut self) {
        self.reach.fill(FAR);
        self.least.fill(FAR);
    }

    /// A search begins with everything within reach at its price, from this visit.
    pub(super) fn begin_at_prices(&mut self, from: u32) {
        self.reach.fill(0);
        self.from.fill(from);
        for chunk in 0..self.least.len() {
            self.look_again(chunk);
        }
    }

    /// Brings a bidder's items within reach, but for those she holds.
    pub(super) fn visit(&mut self, visit: &Visit<'_>, held: impl Iterator<Item = u32>) {
        let known = |item: u32| (item, self.reach[item as usize], self.from[item as usize]);
        self.held.clear();
        self.held.extend(held.map(known));
        // One comparison serves where what is absent is as low as what is worth nothing.
        match visit.absent {
            None | Some(..=FLOOR) if !self.hides_any => self.read(
                visit,
                #[inline(always)]
                |score| score.max(FLOOR),
            ),
            absent => self.read(
                visit,
                #[inline(always)]
                |score| {
                    let is_absent = Some(score) == absent;
                    if is_absent {
                        FLOOR
                    } else {
                        score.clamp(FLOOR, MOST)
                    }
                },
            ),
        }
        for &(item, reach, from) in &self.held {
            (self.reach[item as usize], self.from[item as usize]) = (reach, from);
        }
        for at in 0..self.held.len() {
            self.look_again(self.held[at].0 as usize / CHUNK);
        }
    }

    /// The same for a bidder who may have everything, and to whom what is worth less than nothing or not
    /// allowed is worth nothing.
    pub(super) fn visit_all(&mut self, visit: &Visit<'_>) {
        self.read(
            visit,
            #[inline(always)]
            |score| score.max(0),
        );
    }

    fn read(&mut self, visit: &Visit<'_>, usable: impl Fn(i32) -> i32 + Copy) {
        lanes::widest(
            #[inline(always)]
            || self.read_chunks(visit, usable),
        );
    }

    #[inline(always)]
    fn read_chunks(&mut self, visit: &Visit<'_>, usable: impl Fn(i32) -> i32 + Copy) {
        let (scores, last_scores) = visit.scores.as_chunks::<CHUNK>();
        let (prices, last_prices) = self.price.as_chunks::<CHUNK>();
        let (reach, last_reach) = self.reach.as_chunks_mut::<CHUNK>();
        let (from, last_from) = self.from.as_chunks_mut::<CHUNK>();
        let (least, last_least) = self.least.split_at_mut(scores.len());
        let chunks = scores.iter().zip(prices).zip(reach.iter_mut().zip(from));
        for (((scores, prices), (reach, from)), least) in chunks.zip(least) {
            *least = read_chunk(visit, scores, prices, reach, from, usable);
        }
        for least in last_least {
            *least = read_chunk(
                visit,
                last_scores,
                last_prices,
                last_reach,
                last_from,
                usable,
            );
        }
    }

    /// The distance of the nearest open item.
    pub(super) fn distance(&self) -> i32 {
        self.least.iter().copied().fold(FAR, i32::min)
    }

    /// The open items at the distance of the nearest.
    pub(super) fn nearest(&self) -> impl Iterator<Item = u32> + '_ {
        self.at(self.distance())
    }

    /// The open items at this distance, which is that of the nearest.
    pub(super) fn at(&self, distance: i32) -> impl Iterator<Item = u32> + '_ {
        let chunks = (0..).step_by(CHUNK).zip(&self.least);
        let near = chunks.filter(move |chunk| *chunk.1 == distance);
        near.flat_map(move |(start, _)| {
            let items = self.reach[start..].iter().zip(&self.price[start..]);
            let items = (position(start)..).zip(items.take(CHUNK));
            items.filter_map(move |(item, (reach, price))| {
                (reach + price == distance).then_some(item)
            })
        })
    }

    /// Closes an item: it is not to be found again.
    pub(super) fn close(&mut self, item: u32) {
        self.price[item as usize] = FAR;
        self.look_again(item as usize / CHUNK);
    }

    /// Closes items that come in ascending order.
    pub(super) fn close_all(&mut self, items: impl Iterator<Item = u32>) {
        let mut before = None;
        for item in items {
            let chunk = item as usize / CHUNK;
            self.price[item as usize] = FAR;
            if let Some(before) = before.replace(chunk).filter(|&before| before != chunk) {
                self.look_again(before);
            }
        }
        if let Some(last) = before {
            self.look_again(last);
        }
    }

    /// Opens a closed item at a new price, before the next search begins.
    pub(super) fn open(&mut self, item: u32, price: i32) {
        self.price[item as usize] = price;
    }

    /// The visit from which an item is reached.
    pub(super) fn from(&self, item: u32) -> u32 {
        self.from[item as usize]
    }

    fn look_again(&mut self, chunk: usize) {
        let (reach, price) = (&self.reach[chunk * CHUNK..], &self.price[chunk * CHUNK..]);
        // Chunks of a constant length are what the compiler makes the most of.
        self.least[chunk] = match (reach.first_chunk::<CHUNK>(), price.first_chunk::<CHUNK>()) {
            (Some(reach), Some(price)) => least_of(reach, price),
            _ => least_of(reach, price),
        };
    }
}

/// The least distance in a chunk.
#[inline(always)]
fn least_of(reach: &[i32], price: &[i32]) -> i32 {
    let distances = reach.iter().zip(price).map(|(reach, price)| reach + price);
    distances.fold(FAR, i32::min)
}

/// Reads a chunk of a row; gives its least distance.
#[inline(always)]
fn read_chunk(
    visit: &Visit<'_>,
    scores: &[i32],
    prices: &[i32],
    reach: &mut [i32],
    from: &mut [u32],
    usable: impl Fn(i32) -> i32,
) -> i32 {
    let mut least = FAR;
    let noted = reach.iter_mut().zip(from);
    for ((&score, &price), (reach, from)) in scores.iter().zip(prices).zip(noted) {
        let new = visit.means - usable(score);
        // A mask, not a truth value: of that the compiler makes a branch a pair.
        let nearer = u32::from(new < *reach).wrapping_neg();
        *from = (*from & !nearer) | (visit.number & nearer);
        *reach = new.min(*reach);
        least = least.min(*reach + price);
    }
    least
}

#[cfg(test)]
mod tests;
