//! Who holds places of an item.
//!
//! Searches go from an item to whoever holds it, far from where they were: side by side in one list, holders are
//! met sooner. Where there are many more places than could ever be held, each item has a list of its own.

use super::holdings::Holdings;
use super::on_use::OnUse;

/// The bidders that hold each item, with their scores, in no particular order.
#[derive(Clone)]
pub(super) enum Holders {
    /// Room for all places.
    Together(Holdings),
    /// Room for as many as there have been.
    Apart(OnUse<Vec<(u32, i32)>>),
}

impl Holders {
    /// Nobody holds anything of this supply yet, which may come to be held as far as there is demand.
    pub(super) fn new(supply: &[u32], demand: &[u32]) -> Self {
        let total = |places: &[u32]| places.iter().copied().map(u64::from).sum::<u64>();
        if total(supply) <= total(demand).saturating_mul(2) {
            Self::Together(Holdings::new(supply))
        } else {
            Self::Apart(OnUse::new(supply.len()))
        }
    }

    pub(super) fn of(&self, item: u32) -> &[(u32, i32)] {
        match self {
            Self::Together(all) => all.of(item),
            Self::Apart(all) => all.of(item),
        }
    }

    /// The item must have room.
    pub(super) fn add(&mut self, item: u32, bidder: u32, score: i32) {
        match self {
            Self::Together(all) => all.add(item, bidder, score),
            Self::Apart(all) => all.of_mut(item).push((bidder, score)),
        }
    }

    pub(super) fn remove(&mut self, item: u32, bidder: u32) {
        match self {
            Self::Together(all) => all.remove(item, bidder),
            Self::Apart(all) => {
                let holders = all.of_mut(item);
                if let Some(at) = holders.iter().position(|holder| holder.0 == bidder) {
                    holders.swap_remove(at);
                }
            }
        }
    }

    pub(super) fn clear(&mut self) {
        match self {
            Self::Together(all) => all.clear(),
            Self::Apart(all) => all.all_mut().for_each(Vec::clear),
        }
    }
}
