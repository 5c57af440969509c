//! How eagerly the market looks before it thinks again. Any values lead to an optimum; these lead
//! there fast.

use crate::solver::accelerators::{Accelerator, Accelerators};

/// Lengths and limits, measured on dense problems of up to 10,000 × 10,000 and sparse ones of up to
/// twenty million pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::solver) struct Tuning {
    /// Candidates a bidder to start with: the median bidder gets her second best, and one in a
    /// hundred her fourteenth or later.
    pub(in crate::solver) length: usize,
    /// The same for lists taken at prices, from which many will be outbid once more.
    pub(in crate::solver) length_at_prices: usize,
    /// The same for a bidder who is a column, which is slow to read again.
    pub(in crate::solver) column_length: usize,
    /// Bids a bidder on average before the rest is left to searches.
    pub(in crate::solver) bids: u64,
    /// The same where whole rows are looked at and there are no more pairs than this, so that searches are short.
    pub(in crate::solver) bids_of_few: u64,
    pub(in crate::solver) pairs_of_few: usize,
    /// The same in each auction with small raises.
    pub(in crate::solver) bids_to_approach: u64,
    /// Candidates that such an auction looks at for a bidder on average.
    pub(in crate::solver) looks_to_approach: u64,
    /// Rows that searches may read before it is asked how many there were.
    pub(in crate::solver) rows_at_first: u64,
    /// Rows that a search reads on average before all are left to lists.
    pub(in crate::solver) rows_a_search: u64,
    /// Searches read rows until all are placed where reading all pairs for each bidder comes to no more pairs than
    /// this, unless most have twins: searches are longer the more bidders there are, whom a few items are full of.
    pub(in crate::solver) pairs_to_scan: usize,
    /// The same only for so many pairs, so that rows stay in the cache; and whole rows are looked at
    /// when prices are approached.
    pub(in crate::solver) pairs_in_cache: usize,
    /// With fewer pairs than this, all is over sooner than it pays to ask whether bidders agree.
    pub(in crate::solver) pairs_to_sample: usize,
    /// With no more items than this, bidders look at whole rows instead of lists to begin with.
    pub(in crate::solver) items_to_read_whole: usize,
    /// Bids a bidder on average where everybody gets one item, and one more for so many items.
    pub(in crate::solver) bids_to_pair: usize,
    pub(in crate::solver) items_a_bid: usize,
    /// How often searches may read everybody's row before prices are approached instead.
    pub(in crate::solver) rows_before_prices: u64,
    /// The same after searches of lists, by how many rows all will read if they read as many as the first ones.
    pub(in crate::solver) rows_promising: u64,
    /// Pairs of a row that are read in the time that a list takes for one candidate.
    pub(in crate::solver) pairs_a_candidate: u64,
    /// Candidates that searches look at, by those listed, before prices are approached first.
    pub(in crate::solver) patience: u64,
    /// The same by all pairs: a new look at all of them takes as long as so many steps of a search.
    pub(in crate::solver) pairs_a_look: u64,
    /// Searches from vacant places that take as long, where each must read columns, as one pass over
    /// all pairs.
    pub(in crate::solver) searches_a_pass: usize,
    /// Bidders, of whom one may have a place left for all to be placed one by one once scores are higher.
    pub(in crate::solver) bidders_an_open: usize,
    /// Pairs that are copied in the time of a few searches.
    pub(in crate::solver) pairs_to_copy: usize,
    /// Pairs of a part that is solved by itself.
    pub(in crate::solver) pairs_of_part: usize,
    /// The first small raise is the highest worth of the median bidder divided by this. Halving or doubling it
    /// changes little.
    pub(in crate::solver) raise: i64,
    /// What may be used at all.
    pub(in crate::solver) accelerators: Accelerators,
}

impl Tuning {
    /// These accelerators, and all else as measured.
    pub(in crate::solver) fn with(accelerators: Accelerators) -> Self {
        Self {
            accelerators,
            ..Self::default()
        }
    }

    pub(in crate::solver) fn uses(self, accelerator: Accelerator) -> bool {
        self.accelerators.are_to_use(accelerator)
    }
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            length: 16,
            length_at_prices: 64,
            column_length: 64,
            bids: 12,
            bids_of_few: 2,
            pairs_of_few: 1 << 14,
            bids_to_approach: 40,
            looks_to_approach: 4_000,
            rows_at_first: 16,
            rows_a_search: 1,
            pairs_to_scan: 1 << 28,
            pairs_in_cache: 1 << 21,
            pairs_to_sample: 1 << 9,
            items_to_read_whole: 256,
            bids_to_pair: 1,
            items_a_bid: 100,
            rows_before_prices: 8,
            rows_promising: 24,
            pairs_a_candidate: 16,
            patience: 3,
            pairs_a_look: 16,
            searches_a_pass: 8,
            bidders_an_open: 16,
            pairs_to_copy: 1 << 21,
            pairs_of_part: 1 << 10,
            raise: 256,
            accelerators: Accelerators::default(),
        }
    }
}
