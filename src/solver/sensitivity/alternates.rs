//! Whom else a mentee could have: the mentors who cost least, and what each costs at the objectives alone.
//!
//! # Idea
//! A pair that must be chosen costs its own step and the shortest way back from the mentor to the mentee. By way of the
//! hub, from which everybody can be reached at no length, it is as long as the mentor is far from the hub; and it is
//! never shorter than that less the mentee's own distance. Where the two agree, as they do for whoever could go without
//! at no loss, nothing is left to find. Elsewhere mentors are looked at in the order of the lower bound, each search goes
//! no farther than the upper one or the last cost that is kept, and it ends when no other mentor can be among the best.
//!
//! # Complexity
//! One pass over the mentee's row, and a short search for each mentor whose lower bound is below the last cost that is
//! kept. The distances to the hub are found when they are first asked for, which takes a few passes over all rows.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::groundwork::Guides;
use super::length::Length;
use super::residual::{Residual, number};
use super::search::{Reach, Search};
use super::{Sensitivity, SensitivityError};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;
use crate::solver::problem::RowBuffer;

/// A mentor whom a mentee could have, and what that would cost.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alternate {
    /// The mentor.
    pub mentor: MentorIdx,
    /// What the optimum's value changes by if the two must be a pair, one number a level: the same as
    /// [`Sensitivity::forced`] says, which tells who would move as well.
    pub change: Vec<i128>,
}

/// A mentor whom a mentee may have and has not; those who cost less at the least come first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Bounded {
    /// What it costs at the least.
    least: Length,
    mentor: u32,
    score: i32,
}

impl Sensitivity<'_> {
    /// The so many mentors beside a mentee's own whom she could have at the least cost: the cheapest first, equal ones
    /// by position.
    ///
    /// ```
    /// use mentormatch::MenteeIdx;
    /// use mentormatch::solver::{Level, Problem, Sensitivity, SolveOptions, solve};
    ///
    /// let problem = Problem::dense(2, 3, vec![90, 70, 80, 60, 50, 90], None)?;
    /// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?; // 90 + 90
    /// let sensitivity = Sensitivity::new(&problem, &solution)?;
    /// let others = sensitivity.alternates(MenteeIdx::new(0), 2)?;
    /// let costs: Vec<_> = others.iter().map(|own| (own.mentor.get(), own.change[0])).collect();
    /// // Mentor 1 is free; mentor 2 is had by mentee 1, who would take mentor 0.
    /// assert_eq!(costs, [(1, -20), (2, -40)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A mentee who does not exist.
    pub fn alternates(
        &self,
        mentee: MenteeIdx,
        most: usize,
    ) -> Result<Vec<Alternate>, SensitivityError> {
        let mentee = self.mentee(mentee)?;
        let (residual, guides) = self.at_objectives();
        let mut search = Search::new(&residual);
        Ok(cheapest((&residual, guides), &mut search, mentee, most))
    }

    /// The same for every mentee, in parallel.
    #[must_use]
    pub fn all_alternates(&self, most: usize) -> Vec<Vec<Alternate>> {
        let (residual, guides) = self.at_objectives();
        let extent = residual.problem.extent();
        let scratch = || Search::new(&residual);
        parallel::map(extent, scratch, |search, mentee| {
            cheapest((&residual, guides), search, mentee, most)
        })
    }
}

fn cheapest<'s>(
    (residual, guides): (&'s Residual<'s>, &'s Guides),
    search: &mut Search<'s>,
    mentee: usize,
    most: usize,
) -> Vec<Alternate> {
    let levels = residual.levels().len();
    let mut kept: Vec<(Length, MentorIdx)> = Vec::new();
    let mut bounded = bounded((residual, guides), mentee);
    while let Some(Reverse(own)) = bounded.pop() {
        let last = kept.last().filter(|_| kept.len() >= most);
        let limit = last.map(|(cost, _)| cost.clone());
        if most == 0 || limit.as_ref().is_some_and(|limit| own.least > *limit) {
            break;
        }
        if let Some(cost) = cost((residual, guides), (mentee, &own), search, limit.as_ref()) {
            let entry = (cost, MentorIdx::new(own.mentor));
            let at = kept.partition_point(|other| *other < entry);
            kept.insert(at, entry);
            kept.truncate(most);
        }
    }
    let named = kept.into_iter().map(|(cost, mentor)| Alternate {
        mentor,
        change: cost.negated().numbers(levels),
    });
    named.collect()
}

/// What it costs, if that can be had at all and is not beyond the limit.
fn cost<'s>(
    (residual, guides): (&'s Residual<'s>, &'s Guides),
    (mentee, own): (usize, &Bounded),
    search: &mut Search<'s>,
    limit: Option<&Length>,
) -> Option<Length> {
    let start = residual.mentor_node(own.mentor as usize);
    let tail = residual.tail(mentee, own.mentor as usize);
    let to_hub = guides.to_hub(residual);
    // The pair's own part, and what it costs by way of the hub, if there is one.
    let step = residual
        .pair(mentee, own.mentor as usize, own.score)
        .negated();
    let from = to_hub[start].as_ref();
    let most = from.filter(|_| to_hub[tail].is_some());
    let Some(most) = most.map(|from| step.plus(from)) else {
        let way = search.way((start, tail), None, guides)?;
        return Some(step.plus(&way.length));
    };
    let within = limit.map(|limit| limit.next(residual.levels().len()));
    let bound = within
        .filter(|within| *within < most)
        .unwrap_or_else(|| most.clone());
    let is_shortest = own.least == most;
    let by_hub = Some(most).filter(|most| bound == *most);
    if is_shortest {
        return by_hub;
    }
    let bound = bound.plus(&step.negated());
    let reach = Reach::new(to_hub, tail, bound);
    let way = search.length_within((start, tail), reach);
    way.map(|way| step.plus(&way)).or(by_hub)
}

/// The mentors whom a mentee may have and has not. Few of them are ever looked at, so they are not sorted.
fn bounded(
    (residual, guides): (&Residual<'_>, &Guides),
    mentee: usize,
) -> BinaryHeap<Reverse<Bounded>> {
    let to_hub = guides.to_hub(residual);
    let (mut bounds, mut buffer) = (Vec::new(), RowBuffer::default());
    let own = residual
        .assignment
        .mentors_of(MenteeIdx::new(number(mentee)));
    let is_reached = guides.tree.reaches(mentee);
    let row = residual.problem.row(mentee, &mut buffer);
    let Some(row) = row.filter(|_| is_reached) else {
        return BinaryHeap::new();
    };
    row.for_each(|mentor, score| {
        if own.binary_search(&MentorIdx::new(mentor)).is_err() {
            let tail = residual.tail(mentee, mentor as usize);
            let step = residual.pair(mentee, mentor as usize, score).negated();
            let from = to_hub[residual.mentor_node(mentor as usize)].as_ref();
            let least = match (from, &to_hub[tail]) {
                (Some(from), Some(to)) if from > to => step.plus(&from.plus(&to.negated())),
                _ => step,
            };
            let bounded = Bounded {
                least,
                mentor,
                score,
            };
            bounds.push(Reverse(bounded));
        }
    });
    BinaryHeap::from(bounds)
}
