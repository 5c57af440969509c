//! Whom else a mentee could have: the mentors who cost least, with what each costs.
//!
//! # Idea
//! A pair that must be chosen costs its own step and the shortest way back. The step is known at once, and the way is
//! at least as long as the mentor is farther from the hub than the mentee. So mentors are looked at in the order of
//! that bound, and the search ends when no other can be among the best: few ways are searched for, of thousands.
//!
//! # Complexity
//! One pass over the mentee's row, and one search for each mentor whose bound is below the last cost that is kept. The
//! distances to the hub are found when they are first asked for, which takes a few passes over all rows.

use super::Sensitivity;
use super::chain::WhatIf;
use super::length::Length;
use super::residual::number;
use super::search::Search;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel::{self, Extent};
use crate::solver::problem::RowBuffer;

/// A mentor whom a mentee could have, and what that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alternate {
    /// The mentor.
    pub mentor: MentorIdx,
    /// What if the two must be a pair.
    pub what_if: WhatIf,
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
    /// let costs: Vec<_> = others.iter().map(|own| (own.mentor.get(), own.what_if.change[0])).collect();
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
    ) -> Result<Vec<Alternate>, super::SensitivityError> {
        let mentee = self.mentee(mentee)?;
        Ok(self.cheapest(&mut Search::new(&self.residual), mentee, most))
    }

    /// The same for every mentee, in parallel.
    #[must_use]
    pub fn all_alternates(&self, most: usize) -> Vec<Vec<Alternate>> {
        let problem = self.residual.problem;
        let extent = Extent {
            rows: problem.mentees(),
            columns: problem.mentors(),
        };
        let scratch = || Search::new(&self.residual);
        parallel::map(extent, scratch, |search, mentee| {
            self.cheapest(search, mentee, most)
        })
    }

    fn cheapest(&self, search: &mut Search<'_>, mentee: usize, most: usize) -> Vec<Alternate> {
        let levels = self.residual.levels.len();
        // With what each costs: one number a level, 0 or more lexicographically.
        let mut found: Vec<(Vec<i128>, Alternate)> = Vec::new();
        for (bound, mentor, step) in self.bounds(mentee) {
            let last = found.last().filter(|_| found.len() >= most);
            if most == 0 || last.is_some_and(|(last, _)| bound.numbers(levels) > *last) {
                break;
            }
            let node = self.residual.mentor_node(mentor as usize);
            let closed = Some((node, mentee));
            let Some(what_if) = self.round_with(search, (mentee, node), &step, closed) else {
                continue; // one of the two takes nobody
            };
            let cost: Vec<_> = what_if.change.iter().map(|number| -number).collect();
            let mentor = MentorIdx::new(mentor);
            let is_before =
                |(other, own): &(Vec<i128>, Alternate)| (other, own.mentor) < (&cost, mentor);
            let at = found.partition_point(is_before);
            found.insert(at, (cost, Alternate { mentor, what_if }));
            found.truncate(most);
        }
        found.into_iter().map(|(_, own)| own).collect()
    }

    /// By mentor whom the mentee may have and does not: what it costs at the least, ascending, and its step.
    fn bounds(&self, mentee: usize) -> Vec<(Length, u32, Length)> {
        let residual = &self.residual;
        let to_hub = self.guides.to_hub(residual);
        let (mut bounds, mut buffer) = (Vec::new(), RowBuffer::default());
        let own = residual
            .assignment
            .mentors_of(MenteeIdx::new(number(mentee)));
        let Some(row) = residual.problem.row(mentee, &mut buffer) else {
            return bounds;
        };
        row.for_each(|mentor, score| {
            if own.binary_search(&MentorIdx::new(mentor)).is_err() {
                let step = residual.pair(mentee, mentor as usize, score).negated();
                let from = to_hub[residual.mentor_node(mentor as usize)].as_ref();
                let bound = match (from, &to_hub[mentee]) {
                    (Some(from), Some(to)) if from > to => step.plus(&from.plus(&to.negated())),
                    _ => step.clone(),
                };
                bounds.push((bound, mentor, step));
            }
        });
        bounds.sort_unstable();
        bounds
    }
}
