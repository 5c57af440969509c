//! The optimal face of the levels before a tie-break, as a problem of its own.
//!
//! # Idea
//! Prices that prove an assignment optimal say of every pair what any other optimal assignment does
//! with it: one of positive reduced value is in all of them, one of negative reduced value in none, and
//! the rest, the *tight* pairs, are free to choose. Of places they say the same. So the optimal
//! assignments are the ways to choose among tight pairs that use in full whoever is worth more than
//! nothing, and ties are broken by solving that problem with pair hashes for scores.
//!
//! # Complexity
//! One parallel pass over the pairs; memory for the [`tight`] ones only.
//!
//! # References
//! A. Schrijver, *Combinatorial Optimization*, 2003, section 5.6 (complementary slackness and faces).

mod tight;

use std::cmp::Ordering;
use std::ops::Range;

use super::assignment::Assignment;
use super::certificate::Prices;
use super::control::Control;
use super::error::ProblemError;
use super::level::{Level, Owner};
use super::problem::{Problem, RowBuffer};
use super::tie_break::PairHash;
use super::unique::components;
use super::walk::position;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel::{self, Extent};
use tight::{AtPrice, Listed, NOT_TIGHT, Tight};

/// A plain problem with an optimal assignment and the prices that prove it at all levels but the
/// tie-break.
pub(super) struct Optimum<'a> {
    pub(super) problem: &'a Problem<'a>,
    pub(super) levels: &'a [Level],
    /// By level.
    pub(super) prices: &'a [Prices],
    pub(super) assignment: &'a Assignment,
}

/// What optimal assignments have in common, and what is left to choose.
pub(super) struct Face<'a> {
    tight: Tight<'a>,
    /// The tight pairs; nothing where a matrix serves better.
    listed: Option<Listed>,
    /// Pairs in every optimal assignment.
    forced: Vec<(u32, u32)>,
    mentee_bounds: Bounds,
    mentor_bounds: Bounds,
}

/// By participant: the least and the most tight pairs she has.
#[derive(Default)]
struct Bounds {
    min: Vec<u32>,
    max: Vec<u32>,
}

impl Optimum<'_> {
    /// The face; `None` if it has more than `most` tight pairs, or if cancelled.
    pub(super) fn face(&self, most: usize, control: &Control<'_>) -> Option<Face<'_>> {
        let tight = Tight::new(self)?;
        let listed = if tight.is_for_matrix(most) {
            None
        } else {
            Some(tight.list(most, control)?)
        };
        Some(self.face_of(tight, listed))
    }

    /// The face of these tight pairs.
    fn face_of<'a>(&'a self, tight: Tight<'a>, listed: Option<Listed>) -> Face<'a> {
        let mut face = Face {
            tight,
            listed,
            forced: Vec::new(),
            mentee_bounds: Bounds::default(),
            mentor_bounds: Bounds::default(),
        };
        self.bound(&mut face);
        face
    }

    /// Whether a pair is worth just its price at every level.
    fn is_tight(&self, mentee: usize, mentor: usize, score: i32) -> bool {
        let mut levels = self.levels.iter().zip(self.prices);
        levels.all(|(level, prices)| prices.reduced(level, mentee, mentor, score) == 0)
    }

    /// Tells forced pairs, and how often everybody is used beside them.
    fn bound(&self, face: &mut Face<'_>) {
        let forced = self.assignment.pairs().filter(|pair| !face.has(*pair));
        let forced: Vec<_> = forced.map(|(i, j)| (i.get(), j.get())).collect();
        let loads = self.assignment.loads(self.problem);
        let bounds = |owner: fn(usize) -> Owner, loads: &[u64]| {
            let mut bounds = Bounds::default();
            for (index, &load) in loads.iter().enumerate() {
                let owner = owner(index);
                let places = owner.places(self.problem);
                let (min, max) = match self.sign_of_places(owner) {
                    Ordering::Greater if load > 0 => (places, places),
                    Ordering::Less => (0, 0),
                    _ => (0, places),
                };
                bounds.min.push(min);
                bounds.max.push(max);
            }
            bounds
        };
        let mut mentees = bounds(Owner::Mentee, &loads.mentees);
        let mut mentors = bounds(Owner::Mentor, &loads.mentors);
        for &(mentee, mentor) in &forced {
            mentees.take_one(mentee);
            mentors.take_one(mentor);
        }
        (face.mentee_bounds, face.mentor_bounds, face.forced) = (mentees, mentors, forced);
    }

    /// Whether a place gains or loses at the first level at which it does either: then all are used in
    /// every optimal assignment, or none is. In a plain problem all places of one participant are worth
    /// the same.
    fn sign_of_places(&self, owner: Owner) -> Ordering {
        let worth = |(level, prices): (&Level, &Prices)| {
            level.place_value(self.problem, owner, 1) + prices.of(self.problem, owner).0
        };
        let worths = self.levels.iter().zip(self.prices).map(worth);
        worths
            .map(|worth| worth.cmp(&0))
            .find(|sign| sign.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl Bounds {
    fn take_one(&mut self, index: u32) {
        let at = index as usize;
        self.max[at] = self.max[at].saturating_sub(1);
        self.min[at] = self.min[at].saturating_sub(1);
    }

    fn places(&self) -> u64 {
        self.max.iter().copied().map(u64::from).sum()
    }

    fn are_met_by(&self, loads: &[u64]) -> bool {
        let mut all = self.min.iter().zip(loads);
        all.all(|(&min, &load)| load >= u64::from(min))
    }

    /// Who could as well have one more (`true`) or one less.
    fn open<'a>(
        &'a self,
        loads: &'a [u64],
        prices: &'a [i64],
    ) -> impl Iterator<Item = (usize, bool)> + 'a {
        let is_free = |&at: &usize| self.min[at] == 0 && prices[at] == 0;
        (0..self.max.len()).filter(is_free).flat_map(move |at| {
            let more = (loads[at] < u64::from(self.max[at])).then_some((at, true));
            let less = (loads[at] > 0).then_some((at, false));
            more.into_iter().chain(less)
        })
    }
}

impl Listed {
    fn span(&self, mentee: usize) -> Range<usize> {
        let at = |index: usize| usize::try_from(self.starts[index]).unwrap_or(usize::MAX);
        at(mentee)..at(mentee + 1)
    }

    fn row(&self, mentee: usize) -> &[u32] {
        &self.mentors[self.span(mentee)]
    }

    /// By tight pair: its hash; of no use if cancelled.
    fn scores(&self, hash: &PairHash, control: &Control<'_>) -> Vec<i32> {
        let rows = self.starts.len() - 1;
        let columns = self.mentors.len() / rows.max(1);
        let parts = parallel::blocks(Extent { rows, columns }, |mentees| {
            let mut scores = Vec::new();
            for mentee in mentees.take_while(|_| !control.watch().is_cancelled()) {
                let value = hash.values_of(mentee);
                scores.extend(
                    self.row(mentee)
                        .iter()
                        .map(|&mentor| value(mentor as usize)),
                );
            }
            scores
        });
        parts.concat()
    }
}

impl Face<'_> {
    /// Whether a chosen pair is tight.
    fn has(&self, (mentee, mentor): (MenteeIdx, MentorIdx)) -> bool {
        let optimum = self.tight.optimum;
        match &self.listed {
            Some(listed) => listed
                .row(mentee.index())
                .binary_search(&mentor.get())
                .is_ok(),
            None => optimum
                .problem
                .score(mentee, mentor)
                .is_some_and(|score| optimum.is_tight(mentee.index(), mentor.index(), score)),
        }
    }

    /// Whether a good part of all pairs is tight, so that scores are a matrix.
    pub(super) fn is_wide(&self) -> bool {
        self.listed.is_none()
    }

    /// Lists the tight pairs; `None` if they are more than `most`, or if cancelled.
    pub(super) fn list(&mut self, most: usize, control: &Control<'_>) -> Option<()> {
        self.listed = Some(self.tight.list(most, control)?);
        Some(())
    }

    /// The tight pairs' hashes, for [`problem`](Self::problem); of no use if cancelled.
    pub(super) fn scores(&self, hash: &PairHash, control: &Control<'_>) -> Vec<i32> {
        match &self.listed {
            Some(listed) => listed.scores(hash, control),
            None => self.tight.matrix(hash, control),
        }
    }

    /// The problem of choosing among tight pairs by these scores, where nobody must be used.
    pub(super) fn problem<'f>(&'f self, scores: &'f [i32]) -> Result<Problem<'f>, ProblemError> {
        let (mentees, mentors) = (&self.mentee_bounds.max, &self.mentor_bounds.max);
        let problem = match &self.listed {
            Some(Listed {
                starts,
                mentors: columns,
            }) => Problem::sparse(mentors.len(), starts, columns, scores),
            None => Problem::dense(mentees.len(), mentors.len(), scores, Some(NOT_TIGHT)),
        };
        problem?
            .with_demands(mentees.clone())?
            .with_capacities(mentors.clone())
    }

    /// The same problem with those used who must be, but for those who are nearly sure to be: its optimum
    /// mostly [meets](Self::is_met_by) all minimums, and always where tight pairs are listed.
    ///
    /// Where many pairs are tight, everybody on the side with fewer places is used without being told, as
    /// that brings more hash and hashes are hardly ever nothing. A minimum of the other side decides which
    /// of its places are left over. One that tells nothing new would only lengthen searches.
    pub(super) fn with_minimums<'f>(
        &self,
        problem: Problem<'f>,
    ) -> Result<Problem<'f>, ProblemError> {
        let order = self
            .mentee_bounds
            .places()
            .cmp(&self.mentor_bounds.places());
        let are_told = |larger: Ordering| !self.is_wide() || order == larger;
        let problem = if are_told(Ordering::Greater) {
            problem.with_minimum_demands(self.mentee_bounds.min.clone())?
        } else {
            problem
        };
        if are_told(Ordering::Less) {
            problem.with_minimum_loads(self.mentor_bounds.min.clone())
        } else {
            Ok(problem)
        }
    }

    /// Whether a choice uses everybody who must be.
    pub(super) fn is_met_by(&self, chosen: &Assignment) -> bool {
        let (mentees, mentors) = chosen.loads_by_side(self.mentor_bounds.max.len());
        self.mentee_bounds.are_met_by(&mentees) && self.mentor_bounds.are_met_by(&mentors)
    }

    /// The assignment that a choice among tight pairs stands for.
    pub(super) fn assignment(&self, chosen: &Assignment) -> Assignment {
        let chosen = chosen.pairs().map(|(i, j)| (i.get(), j.get()));
        let forced = self.forced.iter().copied();
        Assignment::from_pairs(self.mentee_bounds.max.len(), chosen.chain(forced))
    }

    /// Whether no other choice is as good in this problem as one that these prices prove the best: no
    /// cycle of tight pairs, chosen ones backwards, leads from one to another.
    pub(super) fn is_unique(
        &self,
        problem: &Problem<'_>,
        chosen: &Assignment,
        prices: &Prices,
        control: &Control<'_>,
    ) -> bool {
        let mentees = position(self.mentee_bounds.max.len());
        let hub = mentees + position(self.mentor_bounds.max.len());
        let open = open(problem, prices, control);
        let direct = |&(i, j): &(u32, u32)| {
            let is_chosen = has(chosen, i, j - mentees);
            if is_chosen { (j, i) } else { (i, j) }
        };
        let mut edges: Vec<_> = control.until_cancelled(&open).map(direct).collect();
        let (mentee_loads, mentor_loads) = chosen.loads_by_side(self.mentor_bounds.max.len());
        // A unit of flow runs from the hub to a mentee, a mentor and back.
        let entries = self.mentee_bounds.open(&mentee_loads, &prices.mentees);
        edges.extend(entries.map(|(i, more)| {
            let i = position(i);
            if more { (hub, i) } else { (i, hub) }
        }));
        let exits = self.mentor_bounds.open(&mentor_loads, &prices.mentors);
        edges.extend(exits.map(|(j, more)| {
            let j = mentees + position(j);
            if more { (j, hub) } else { (hub, j) }
        }));
        let component = components(hub as usize + 1, &edges, control);
        let is_on_cycle = |&(i, j): &(u32, u32)| component[i as usize] == component[j as usize];
        !control.until_cancelled(&open).any(is_on_cycle)
    }
}

/// The pairs, as nodes of which mentors come after mentees, that are worth just their price; any of
/// them if cancelled.
fn open(problem: &Problem<'_>, prices: &Prices, control: &Control<'_>) -> Vec<(u32, u32)> {
    let (mentees, at_price) = (position(problem.mentees()), AtPrice::new(problem, prices));
    let parts = parallel::blocks(problem.extent(), |rows| {
        let (mut open, mut buffer) = (Vec::new(), RowBuffer::default());
        for mentee in rows.take_while(|_| !control.watch().is_cancelled()) {
            if let Some(row) = problem.row(mentee, &mut buffer) {
                at_price.visit(mentee, (&row, None), |mentor, _| {
                    open.push((position(mentee), mentees + mentor));
                });
            }
        }
        open
    });
    parts.concat()
}

fn has(assignment: &Assignment, mentee: u32, mentor: u32) -> bool {
    let mentors = assignment.mentors_of(MenteeIdx::new(mentee));
    mentors.binary_search(&MentorIdx::new(mentor)).is_ok()
}

#[cfg(test)]
mod tests;
