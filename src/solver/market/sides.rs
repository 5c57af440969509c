//! A problem seen from the side that bids.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::control::{Control, Watch};
use crate::solver::problem::{Problem, RowBuffer, Side};

/// Bidders, each of whom wants a number of different items, and items, of each of which there is a
/// number of places.
///
/// The side with fewer places bids: when there are too few mentors, a mentee who will get nobody
/// would have to look at nearly all of them before she knows, while a mentor soon has enough of the
/// mentees she scores best.
pub(in crate::solver) struct Sides<'p> {
    problem: &'p Problem<'p>,
    /// The same pairs with bidders as rows, unless mentors bid for the columns of a problem that is
    /// not sparse.
    pub(super) rows: Option<Cow<'p, Problem<'p>>>,
    pub(super) mentors_bid: bool,
    /// By bidder: how many different items she wants.
    pub(super) demand: Vec<u32>,
    /// By item: how many bidders can have it.
    pub(super) supply: Vec<u32>,
    /// For what takes long.
    pub(super) watch: Watch,
    /// A sparse problem with items as rows, once that is needed.
    by_item: OnceLock<Option<Problem<'static>>>,
}

impl<'p> Sides<'p> {
    pub(super) fn new(problem: &'p Problem<'p>, control: &Control<'_>) -> Self {
        let mentees = places(&problem.mentees, problem.mentors());
        let mentors = places(&problem.mentors, problem.mentees());
        let total = |places: &[u32]| places.iter().copied().map(u64::from).sum::<u64>();
        let mentors_bid = total(&mentors) < total(&mentees);
        let rows = if mentors_bid {
            problem.transposed(control.watch()).map(Cow::Owned)
        } else {
            Some(Cow::Borrowed(problem))
        };
        let (demand, supply) = if mentors_bid {
            (mentors, mentees)
        } else {
            (mentees, mentors)
        };
        Self {
            problem,
            rows,
            mentors_bid,
            demand,
            supply,
            watch: control.watch().clone(),
            by_item: OnceLock::new(),
        }
    }

    pub(super) fn problem(&self) -> &'p Problem<'p> {
        self.problem
    }

    pub(super) fn bidders(&self) -> usize {
        self.demand.len()
    }

    pub(super) fn items(&self) -> usize {
        self.supply.len()
    }

    /// Every bidder.
    pub(super) fn all(&self) -> impl Iterator<Item = u32> + use<> {
        (0..).take(self.bidders())
    }

    /// Every bidder who wants something.
    pub(super) fn eager(&self) -> Vec<u32> {
        let wants = |&bidder: &u32| self.demand[bidder as usize] > 0;
        self.all().filter(wants).collect()
    }

    /// A pair as mentee and mentor.
    pub(super) fn pair(&self, bidder: u32, item: u32) -> (u32, u32) {
        if self.mentors_bid {
            (item, bidder)
        } else {
            (bidder, item)
        }
    }

    pub(super) fn score(&self, bidder: u32, item: u32) -> Option<i32> {
        let (mentee, mentor) = self.pair(bidder, item);
        self.problem
            .score(MenteeIdx::new(mentee), MentorIdx::new(mentor))
    }

    /// Calls `visit(bidder, score)` for everybody who may have an item, unless cancelled. O(bidders), except that the
    /// first call for a sparse problem in which mentees bid lists everybody by item.
    pub(super) fn for_each_bidder(&self, item: u32, mut visit: impl FnMut(u32, i32)) {
        let by_item = if self.mentors_bid {
            Some(self.problem)
        } else {
            let by_item = self
                .by_item
                .get_or_init(|| self.problem.transposed(&self.watch));
            by_item.as_ref()
        };
        if let Some(by_item) = by_item {
            let mut buffer = RowBuffer::default();
            by_item.for_each_allowed(item as usize, &mut buffer, visit);
        } else {
            for bidder in self.all().take_while(|_| !self.watch.is_cancelled()) {
                if let Some(score) = self.score(bidder, item) {
                    visit(bidder, score);
                }
            }
        }
    }
}

/// How many partners everybody can have, there being only so many people on the other side.
fn places(side: &Side, others: usize) -> Vec<u32> {
    let others = u32::try_from(others).unwrap_or(u32::MAX);
    side.max.iter().map(|&max| max.min(others)).collect()
}
