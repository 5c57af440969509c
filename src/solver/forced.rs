//! Pairs that a first level forces, taken out before anything is solved.
//!
//! # Problem
//! A first level may list pairs that can all be had at once: locks, pairs to keep. It is at its optimum
//! exactly when all of them are had, so there is nothing to solve at it.
//!
//! # Idea
//! Take the pairs out: each uses a place of both its people. The rest has one level less, and is often
//! [plain](super::plain), so that the market solves it. Prices that prove the rest prove the whole:
//! at the first level every price is 0. There a listed pair is worth more than its people cost, as a
//! chosen pair may be, and no later level asks anything of it; all other pairs and places are worth 0.
//! At the later levels a place that is full in the rest is full in the whole. Whoever has no places left in
//! the rest may have any price there, but is somebody in the whole, whose other pairs must not seem
//! to gain: at the first of the later levels such a person's price is above all there is to gain.
//!
//! # When it is open
//! All listed values are positive (pairs of value 0 say nothing), all listed pairs are allowed, nobody
//! has more of them than places, and what is left is plain. A pair must not be found once more in the
//! rest, so one of its people has no place left there.
//!
//! An earlier solution to start from tells of the rest what it tells of the whole, less the forced pairs.
//!
//! # Complexity
//! One row is read for each mentee with listed pairs.

use super::answer::Answer;
use super::assignment::Assignment;
use super::certificate::Prices;
use super::level::{Level, ListedValues};
use super::plain;
use super::problem::{Problem, RowBuffer};
use super::start::Start;
use super::walk::position;
use crate::ids::{MenteeIdx, MentorIdx};

/// A problem with its forced pairs taken out.
pub(super) struct Forced<'p> {
    /// Mentee and mentor, in their order.
    pairs: Vec<(usize, u32)>,
    /// The same problem, in which nobody has the places of these pairs.
    pub(super) rest: Problem<'p>,
}

impl<'p> Forced<'p> {
    /// Takes out what the first level forces; `None` where this way is not open.
    pub(super) fn take_out(problem: &'p Problem<'_>, levels: &[Level]) -> Option<Self> {
        let [Level::Listed(listed), later @ ..] = levels else {
            return None;
        };
        if !plain::is_plain(problem, later) {
            return None;
        }
        let pairs = allowed_pairs(problem, listed)?;
        let mut rest = problem.relaxed(); // of a plain problem, this leaves nothing out
        for &(mentee, mentor) in &pairs {
            take_place(&mut rest.mentees.max[mentee])?;
            take_place(&mut rest.mentors.max[mentor as usize])?;
        }
        let is_gone = |&(mentee, mentor): &(usize, u32)| {
            rest.mentees.max[mentee] == 0 || rest.mentors.max[mentor as usize] == 0
        };
        pairs.iter().all(is_gone).then_some(Self { pairs, rest })
    }

    /// What an earlier solution tells of the rest: the pairs that are taken out hold no place in it.
    pub(super) fn without(&self, start: &Start) -> Start {
        let is_rest = |&(mentee, mentor): &(MenteeIdx, MentorIdx)| {
            let pair = (mentee.index(), mentor.get());
            self.pairs.binary_search(&pair).is_err()
        };
        Start {
            pairs: start.pairs.iter().copied().filter(is_rest).collect(),
            ..start.clone()
        }
    }

    /// What was found of the rest, with the pairs and the level that were taken out.
    pub(super) fn put_back(&self, problem: &Problem<'_>, first: Level, rest: Answer) -> Answer {
        let forced = self.pairs.iter();
        let forced = forced.map(|&(mentee, mentor)| (position(mentee), mentor));
        let found = rest.assignment.pairs();
        let found = found.map(|(mentee, mentor)| (mentee.get(), mentor.get()));
        let (mut levels, mut prices) = (rest.levels, rest.prices);
        if let (Some(level), Some(prices)) = (levels.first(), prices.first_mut()) {
            self.close(level, prices);
        }
        levels.insert(0, first);
        prices.insert(0, plain::flat(problem, 0, 0));
        Answer {
            assignment: Assignment::from_pairs(problem.mentees(), forced.chain(found)),
            levels,
            prices,
            stopped: rest.stopped.map(|level| level + 1),
            stats: rest.stats,
        }
    }
}

impl Answer {
    /// Where a search was stopped at a first level that lists pairs, but all of them are had, that level
    /// is proved without prices, and the next one is open.
    pub(super) fn settle_listed(&mut self, problem: &Problem<'_>) {
        let is_settled = self.stopped == Some(0) && has_all_listed(&self.levels, &self.assignment);
        if is_settled {
            self.prices = vec![plain::flat(problem, 0, 0); self.levels.len()];
            self.stopped = (self.levels.len() > 1).then_some(1);
        }
    }
}

impl Forced<'_> {
    /// Raises the prices of those whose places are all forced above whatever a pair of theirs could add.
    fn close(&self, level: &Level, prices: &mut Prices) {
        let all = prices.mentees.iter().chain(&prices.mentors);
        let highest = all.map(|price| price.abs()).max().unwrap_or(0);
        let largest = match level {
            Level::TotalScore => i64::from(i32::MAX),
            _ => 1, // as small as can be: small prices are checked faster
        };
        let above_all = highest + largest + 1;
        for &(mentee, mentor) in &self.pairs {
            let mentor = mentor as usize;
            if self.rest.mentees.max[mentee] == 0 {
                prices.mentees[mentee] = above_all;
            }
            if self.rest.mentors.max[mentor] == 0 {
                prices.mentors[mentor] = above_all;
            }
        }
    }
}

/// The pairs that a level lists; `None` if some are not allowed, or are worth less than nothing.
fn allowed_pairs(problem: &Problem<'_>, listed: &ListedValues) -> Option<Vec<(usize, u32)>> {
    let mut pairs = Vec::new();
    let mut buffer = RowBuffer::default();
    for mentee in 0..problem.mentees() {
        if listed.of(mentee).is_empty() {
            continue;
        }
        let row = problem.row(mentee, &mut buffer)?;
        for &(mentor, value) in listed.of(mentee) {
            if value < 0 || row.score(mentor).is_none() {
                return None;
            }
            pairs.extend((value > 0).then_some((mentee, mentor)));
        }
    }
    Some(pairs)
}

fn take_place(places: &mut u32) -> Option<()> {
    *places = places.checked_sub(1)?;
    Some(())
}

/// The pairs that are worth something at the first level, if it lists pairs, the dearest first: a
/// search that ends early offers them before all others, so that those that can all be had are.
pub(super) fn first_listed(problem: &Problem<'_>, levels: &[Level]) -> Vec<(usize, usize, i32)> {
    let Some(Level::Listed(listed)) = levels.first() else {
        return Vec::new();
    };
    let mut worth: Vec<(i32, (usize, usize, i32))> = Vec::new();
    let mut buffer = RowBuffer::default();
    for mentee in (0..problem.mentees()).filter(|&mentee| !listed.of(mentee).is_empty()) {
        let Some(row) = problem.row(mentee, &mut buffer) else {
            continue;
        };
        for &(mentor, value) in listed.of(mentee).iter().filter(|&&(_, value)| value > 0) {
            let score = row.score(mentor);
            worth.extend(score.map(|score| (value, (mentee, mentor as usize, score))));
        }
    }
    worth.sort_by_key(|&(value, _)| std::cmp::Reverse(value));
    worth.into_iter().map(|(_, pair)| pair).collect()
}

/// Whether the first level lists pairs, and nothing could be worth more at it than an assignment is.
fn has_all_listed(levels: &[Level], assignment: &Assignment) -> bool {
    let Some(Level::Listed(listed)) = levels.first() else {
        return false;
    };
    MenteeIdx::all(assignment.mentees()).all(|mentee| {
        let mut pairs = listed.of(mentee.index()).iter();
        pairs.all(|&(mentor, value)| {
            let is_chosen = assignment.has(mentee, MentorIdx::new(mentor));
            value == 0 || is_chosen == (value > 0)
        })
    })
}
