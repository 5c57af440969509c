//! A problem seen from the side that bids.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::ids::{MenteeIdx, MentorIdx};
use crate::solver::control::{Control, Watch};
use crate::solver::problem::{Access, Problem};

/// Bidders, each of whom wants a number of different items, and items, of each of which there is a
/// number of places.
///
/// The side with fewer places bids: when there are too few mentors, a mentee who will get nobody
/// would have to look at nearly all of them before she knows, while a mentor soon has enough of the
/// mentees she scores best.
pub(in crate::solver) struct Sides<'p> {
    problem: &'p Problem<'p>,
    pub(super) mentors_bid: bool,
    /// By bidder: how many different items she wants.
    pub(super) demand: Cow<'p, [u32]>,
    /// By item: how many bidders can have it.
    pub(super) supply: Cow<'p, [u32]>,
    /// For what takes long.
    pub(super) watch: Watch,
    /// The problem with mentors as rows, once that is needed.
    by_mentor: OnceLock<Option<Problem<'static>>>,
    /// Whether mentors bid to begin with, so that this is needed often enough to be worth a copy of a
    /// matrix; turning round does not change it.
    are_led_by_mentors: bool,
}

impl<'p> Sides<'p> {
    pub(super) fn new(problem: &'p Problem<'p>, control: &Control<'_>) -> Self {
        let [mentees, mentors] = places(problem, control.watch());
        let mentors_bid = should_mentors_bid(problem, &mentees, &mentors);
        Self::led_by(mentors_bid, problem, [mentees, mentors], control)
    }

    /// The same with mentees as bidders, however many they are.
    pub(super) fn led_by_mentees(problem: &'p Problem<'p>, control: &Control<'_>) -> Self {
        Self::led_by(false, problem, places(problem, control.watch()), control)
    }

    fn led_by(
        mentors_bid: bool,
        problem: &'p Problem<'p>,
        [mentees, mentors]: [Cow<'p, [u32]>; 2],
        control: &Control<'_>,
    ) -> Self {
        let (demand, supply) = if mentors_bid {
            (mentors, mentees)
        } else {
            (mentees, mentors)
        };
        Self {
            problem,
            mentors_bid,
            demand,
            supply,
            watch: control.watch().clone(),
            by_mentor: OnceLock::new(),
            are_led_by_mentors: mentors_bid,
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

    /// Whether everybody wants one item, and there is an item of one place for each of them and for as
    /// many again at most.
    pub(super) fn are_one_to_one(&self) -> bool {
        let is_one = |&places: &u32| places == 1;
        let numbers = self.bidders()..=2 * self.bidders();
        numbers.contains(&self.items())
            && self.demand.iter().all(is_one)
            && self.supply.iter().all(is_one)
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

    /// How long it takes to read all of a bidder's pairs, in candidates looked at: a row's pairs lie
    /// side by side, a column's far apart, and what must be computed takes some dozen times as long.
    pub(super) fn reading(&self) -> u64 {
        let items = self.items() as u64;
        match self.rows() {
            Some(rows) if rows.access() == Access::OnDemand => items * 2,
            Some(rows) => rows.extent().columns as u64 / 16,
            None => items / 4,
        }
    }

    /// What belongs to bidders and to items, as that of mentees and that of mentors.
    pub(super) fn by_role<'a, T: ?Sized>(&self, bidders: &'a T, items: &'a T) -> [&'a T; 2] {
        if self.mentors_bid {
            [items, bidders]
        } else {
            [bidders, items]
        }
    }

    /// A mentee and a mentor as bidder and item.
    pub(super) fn of_pair(&self, mentee: u32, mentor: u32) -> (u32, u32) {
        self.pair(mentee, mentor) // the two change places either way, or neither does
    }

    /// Whether items are columns that have to be read across all rows.
    pub(super) fn items_are_columns(&self) -> bool {
        !self.mentors_bid && !self.problem.is_sparse()
    }

    pub(super) fn score(&self, bidder: u32, item: u32) -> Option<i32> {
        let (mentee, mentor) = self.pair(bidder, item);
        self.problem
            .score(MenteeIdx::new(mentee), MentorIdx::new(mentor))
    }

    /// The same pairs with bidders as rows; none where mentors are the bidders and a copy of the matrix
    /// would be large, or serve only the few who look for somebody after the sides have turned.
    pub(super) fn rows(&self) -> Option<&Problem<'_>> {
        if self.mentors_bid && !(self.are_led_by_mentors || self.problem.is_sparse()) {
            None
        } else if self.mentors_bid {
            let by_mentor = self
                .by_mentor
                .get_or_init(|| self.problem.transposed(&self.watch));
            by_mentor.as_ref()
        } else {
            Some(self.problem)
        }
    }

    /// Whether bidders' pairs lie side by side in memory, those that are not allowed too.
    pub(super) fn are_rows_whole(&self) -> bool {
        self.rows().is_some_and(Problem::is_matrix)
    }

    /// Frees the memory of [`rows`](Self::rows) until they are asked for again.
    pub(super) fn forget_copy(&mut self) {
        self.by_mentor = OnceLock::new();
    }

    /// Makes bidders of items and items of bidders.
    pub(super) fn turn(&mut self) {
        std::mem::swap(&mut self.demand, &mut self.supply);
        self.mentors_bid = !self.mentors_bid;
    }
}

/// How many partners everybody can have, there being only so many people on the other side, or so many
/// pairs.
fn places<'p>(problem: &'p Problem<'_>, watch: &Watch) -> [Cow<'p, [u32]>; 2] {
    let (mentees, mentors) = (&problem.mentees.max, &problem.mentors.max);
    if let Some(pairs) = problem.pairs_of_each(watch) {
        let at_most = |max: &[u32], pairs: Vec<u32>| -> Cow<'p, [u32]> {
            let places = max.iter().zip(pairs);
            places.map(|(&max, pairs)| max.min(pairs)).collect()
        };
        let [of_mentees, of_mentors] = pairs;
        return [at_most(mentees, of_mentees), at_most(mentors, of_mentors)];
    }
    [
        at_most(mentees, problem.mentors()),
        at_most(mentors, problem.mentees()),
    ]
}

/// As many places as there are others at most.
fn at_most(max: &[u32], others: usize) -> Cow<'_, [u32]> {
    let others = u32::try_from(others).unwrap_or(u32::MAX);
    if max.iter().all(|&max| max <= others) {
        Cow::Borrowed(max)
    } else {
        max.iter().map(|&max| max.min(others)).collect()
    }
}

/// The side with fewer places bids, unless they are hardly fewer and lie with a few mentors who have
/// many each: their mentees have few mentors to look at, while a mentor's search passes all whom she
/// holds.
fn should_mentors_bid(problem: &Problem<'_>, mentees: &[u32], mentors: &[u32]) -> bool {
    let total = |places: &[u32]| places.iter().copied().map(u64::from).sum::<u64>();
    let (wanted, there) = (total(mentees), total(mentors));
    let square = |&places: &u32| u64::from(places) * u64::from(places);
    let held = || mentors.iter().map(square).fold(0, u64::saturating_add);
    there < wanted && (there < wanted - wanted / 10 || held() <= problem.pairs() as u64)
}
