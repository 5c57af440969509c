//! Bidders who are alike: with the same scores for everybody.
//!
//! # Idea
//! There may be thousands of them. They compete for the same items, so a search that
//! meets one of them meets nearly all, and would look at the same long list for each. But who is
//! reached no nearer than a twin before her reaches nothing nearer than that one did, unless it is
//! what the twin holds. So one list serves all twins, and a search looks at it once.
//!
//! In an auction they would outbid each other by nothing again and again. What is worth most to one
//! is worth most to all; so they bid at once down to the *level*: what the best place is worth that is
//! left when each of them has one.
//!
//! Twins are looked for only where searches take long: it takes two passes over the pairs,
//! unless a few of each bidder's scores show that there are hardly any, or the first lists where
//! scores must be computed.
//!
//! # References
//! D. P. Bertsekas and D. A. Castañón, "The auction algorithm for the transportation problem", 1989
//! (similar persons).

use std::cmp::Reverse;
use std::ops::Range;

use super::Market;
use super::lists::Candidate;
use super::sides::Sides;
use crate::parallel;
use crate::solver::problem::{Access, Problem, Row, RowBuffer};
use crate::solver::sample;
use crate::solver::walk::position;

/// Columns that one task looks at.
const BAND: usize = 1 << 10;

/// Twins are worth knowing if the average bidder is one of so many at least: if few have many, or many have some. Where
/// each has one or two, bids and searches are as quick without.
const FEW: u64 = 4;

/// How many of a bidder's scores are compared before all of them are.
const SAMPLED: usize = 16;

/// How often twins find out anew how much they have to bid, while each of them bids once.
const LOOKS: u64 = 8;

/// Who is like whom.
pub(super) struct Twins {
    /// By bidder: the first bidder who is like her, herself if there is none before.
    first: Vec<u32>,
    /// By the first of them: how many they are, and how many items they want.
    families: Vec<Family>,
}

#[derive(Clone, Copy, Default)]
struct Family {
    size: u64,
    demand: u64,
}

/// What items are worth at least to twins who compete for them, as far as is known by now.
#[derive(Clone, Copy, Default)]
pub(super) struct Level {
    worth: i64,
    /// How many more bids it is good for.
    bids: u64,
}

impl Twins {
    /// Finds all twins; `None` if they are few, or if cancelled.
    pub(super) fn find(sides: &Sides<'_>) -> Option<Self> {
        if !may_be_many(sides) {
            return None;
        }
        let mut first = match sides.rows() {
            Some(rows) => of_rows(rows, sides),
            None => of_columns(sides.problem(), sides),
        };
        first.resize(sides.bidders(), 0);
        let mut families = vec![Family::default(); sides.bidders()];
        for (&first, &demand) in first.iter().zip(sides.demand.iter()) {
            families[first as usize].size += 1;
            families[first as usize].demand += u64::from(demand);
        }
        let is_whole = !sides.watch.is_cancelled();
        (are_many(&first) && is_whole).then_some(Self { first, families })
    }

    /// Whether most of so many bidders have one before them who is like them.
    pub(super) fn are_most(&self, bidders: usize) -> bool {
        2 * self.different() < bidders
    }

    /// The same for all but one in four.
    pub(super) fn are_nearly_all(&self, bidders: usize) -> bool {
        4 * self.different() < bidders
    }

    fn different(&self) -> usize {
        let families = self.families.iter().filter(|family| family.size > 0);
        families.count()
    }

    /// By bidder: whose list serves her.
    pub(super) fn listers(&self) -> Vec<u32> {
        self.first.clone()
    }

    pub(super) fn first(&self, bidder: u32) -> u32 {
        self.first[bidder as usize]
    }
}

impl Market<'_> {
    /// Whether twins may be many, by lists made at the same prices: twins have the same best scores,
    /// though perhaps not with the same items. Who wants or can have nothing is nobody's twin.
    pub(super) fn are_lists_alike(&self) -> bool {
        let hash = |bidder: u32| {
            let list = self.lists.of(bidder as usize);
            if list.is_empty() || self.sides.demand[bidder as usize] == 0 {
                return u64::from(bidder);
            }
            let worths = list.iter().map(|one| self.lists.listed_score(*one));
            worths.fold(0, mixed)
        };
        are_many(&by_hash(self.sides.all().map(hash)))
    }

    /// The level down to which a bidder bids for all her twins, if she has any.
    pub(super) fn level(&mut self, bidder: u32, levels: &mut [Level]) -> Option<i64> {
        let twins = self.twins.as_ref()?;
        let first = twins.first(bidder) as usize;
        let family = twins.families[first];
        if family.size == 1 {
            return None;
        }
        let level = &mut levels[first];
        if level.bids == 0 {
            // Prices only rise, and levels fall: an old one is only less bold.
            level.bids = family.size.div_ceil(LOOKS);
            level.worth = self.find_level(first, family);
        }
        level.bids -= 1;
        Some(level.worth)
    }

    fn find_level(&mut self, first: usize, family: Family) -> i64 {
        loop {
            let left_out = self.lists.left_out(first).unwrap_or(0);
            let listed = self.level_of_listed(first, family);
            if listed.is_some_and(|worth| worth >= left_out) || left_out <= 0 {
                return listed.unwrap_or_else(|| self.least_listed(first)).max(0);
            }
            self.lengthen(position(first));
        }
    }

    /// What the last place is worth to a family that takes all of them. If it wants no more, there is
    /// nothing to fight for; if it does, it comes here again at higher prices.
    fn least_listed(&self, first: usize) -> i64 {
        let listed = self.lists.of(first).iter();
        listed.map(|one| self.worth_now(one)).min().unwrap_or(0)
    }

    fn worth_now(&self, candidate: &Candidate) -> i64 {
        let price = self.price[candidate.item as usize];
        candidate.worth - self.lists.rise(candidate.item, price)
    }

    /// What the best listed place is worth that a family leaves; `None` if it takes all of them.
    fn level_of_listed(&self, first: usize, family: Family) -> Option<i64> {
        let now = |candidate: &Candidate| {
            let places = u64::from(self.sides.supply[candidate.item as usize]);
            (self.worth_now(candidate), places.min(family.size))
        };
        let mut listed: Vec<(i64, u64)> = self.lists.of(first).iter().map(now).collect();
        let by_worth = |&(worth, _): &(i64, u64)| Reverse(worth);
        let wanted = usize::try_from(family.demand).unwrap_or(usize::MAX);
        if wanted < listed.len() {
            // Each has a place at least, so no more than one more than are wanted can be needed.
            listed.select_nth_unstable_by_key(wanted, by_worth);
            listed.truncate(wanted + 1);
        }
        listed.sort_unstable_by_key(by_worth);
        let mut taken = 0;
        let has_more = |&&(_, places): &&(i64, u64)| {
            taken += places;
            taken > family.demand
        };
        listed.iter().find(has_more).map(|&(worth, _)| worth)
    }
}

/// Whether the average bidder is one of many, by the first who is like each.
fn are_many(first: &[u32]) -> bool {
    let mut alike = vec![0u64; first.len()];
    first.iter().for_each(|&first| alike[first as usize] += 1);
    alike.iter().map(|size| size * size).sum::<u64>() >= FEW * first.len() as u64
}

/// Whether twins may be many, by a few of each bidder's scores: without reading all pairs.
fn may_be_many(sides: &Sides<'_>) -> bool {
    if sides.problem().access() == Access::OnDemand {
        return true; // a single score would cost a row
    }
    let items: Vec<u32> = sample::about(SAMPLED, sides.items())
        .map(position)
        .collect();
    let sampled = |bidder: u32| {
        items.iter().fold(0, |hash, &item| {
            mixed(hash, sides.score(bidder, item).unwrap_or(-1))
        })
    };
    are_many(&by_hash(sides.all().map(sampled)))
}

/// The first with the same hash, for each.
fn by_hash(hashes: impl Iterator<Item = u64>) -> Vec<u32> {
    let mut numbered: Vec<(u64, u32)> = hashes.zip(0..).collect();
    numbered.sort_unstable();
    let mut first = vec![0; numbered.len()];
    for alike in numbered.chunk_by(|one, next| one.0 == next.0) {
        for (_, number) in alike {
            first[*number as usize] = alike[0].1;
        }
    }
    first
}

/// A hash that differs for any two scores; two rows may have the same by chance.
fn mixed(hash: u64, score: i32) -> u64 {
    let sum = hash ^ u64::from(score.cast_unsigned());
    let product = sum
        .wrapping_add(1 << 40)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ (product >> 32)
}

fn of_rows(rows: &Problem<'_>, sides: &Sides<'_>) -> Vec<u32> {
    let hash = |buffer: &mut RowBuffer, row: usize| match rows.row(row, buffer) {
        _ if sides.watch.is_cancelled() => 0,
        Some(Row::Dense { scores, .. }) => scores.iter().fold(0, |hash, &score| mixed(hash, score)),
        Some(Row::Sparse { mentors, scores }) => {
            let pairs = mentors.iter().zip(scores);
            pairs.fold(1, |hash, (mentor, &score)| {
                mixed(mixed(hash, mentor.cast_signed()), score)
            })
        }
        None => 2,
    };
    let hashes = parallel::map(rows.extent(), RowBuffer::default, hash);
    let likely = by_hash(hashes.into_iter());
    let is_like = |(buffer, other): &mut (RowBuffer, RowBuffer), row: usize| {
        let first = likely[row] as usize;
        first == row
            || sides.watch.is_cancelled()
            || rows.row(row, buffer) == rows.row(first, other)
    };
    let are_like = parallel::map(rows.extent(), <_>::default, is_like);
    let own = (0u32..).zip(likely.iter().zip(are_like));
    own.map(|(row, (&first, is_like))| if is_like { first } else { row })
        .collect()
}

fn of_columns(problem: &Problem<'_>, sides: &Sides<'_>) -> Vec<u32> {
    let hashes = by_bands(problem, sides, |hashes: &mut [u64], band, row| {
        for (hash, &score) in hashes.iter_mut().zip(&row[band]) {
            *hash = mixed(*hash, score);
        }
    });
    let mut first = by_hash(hashes.into_iter());
    // A different column with the same hash is nobody's twin.
    let differs = by_bands(problem, sides, |differs: &mut [u64], band, row| {
        for (differs, column) in differs.iter_mut().zip(band) {
            *differs |= u64::from(row[column] != row[first[column] as usize]);
        }
    });
    for (column, differs) in (0u32..).zip(differs) {
        if differs != 0 {
            first[column as usize] = column;
        }
    }
    first
}

/// A value for each column, made row by row: from the values of a band of columns, and the row.
fn by_bands(
    problem: &Problem<'_>,
    sides: &Sides<'_>,
    update: impl Fn(&mut [u64], Range<usize>, &[i32]) + Sync + Send,
) -> Vec<u64> {
    let bands = problem.by_bands(BAND..=BAND, |band| {
        let (mut values, mut buffer) = (vec![0; band.len()], RowBuffer::default());
        for mentee in sides.watch.until_cancelled(0..problem.mentees()) {
            if let Some(Row::Dense { scores, .. }) = problem.row(mentee, &mut buffer) {
                update(&mut values, band.clone(), scores);
            }
        }
        values
    });
    bands.concat()
}

#[cfg(test)]
mod tests;
