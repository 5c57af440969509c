//! Questions that are answered for everybody at once: places, margins, standing, competition.

use super::competition::{self, Competition};
use super::firmness::{self, Firmness};
use super::margins;
use super::places::{self, PlacePrices};
use super::{Sensitivity, SensitivityError};
use crate::ids::{MenteeIdx, MentorIdx};

impl Sensitivity<'_> {
    /// By how much the optimum falls at each level if a pair must not be chosen, for each chosen pair in the order of
    /// [`Assignment::pairs`](crate::solver::Assignment::pairs). The smaller, the closer the call.
    ///
    /// ```
    /// use mentormatch::solver::{Level, Problem, Sensitivity, SolveOptions, solve};
    ///
    /// let problem = Problem::dense(2, 2, vec![90, 10, 10, 80], None)?;
    /// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
    /// // One pair alone is better than two at 10.
    /// assert_eq!(Sensitivity::new(&problem, &solution)?.margins(), [[90], [80]]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// A few parallel passes over the rows, and a search for each pair that bounds do not settle, in parallel.
    #[must_use]
    pub fn margins(&self) -> Vec<Vec<i128>> {
        let (residual, guides) = self.at_objectives();
        let mut margins = margins::all(&residual, guides);
        margins.sort_unstable_by_key(|own| own.pair);
        let levels = self.residual.objectives();
        let numbers = margins.iter().map(|own| own.margin.numbers(levels));
        numbers.collect()
    }

    /// The so many chosen pairs of the smallest margins with these, the smallest first, equal ones by pair. Where scores
    /// tie a lot many margins are 0, and that is all it tells; [`Sensitivity::firmness`] counts those pairs.
    ///
    /// ```
    /// use mentormatch::solver::{Level, Problem, Sensitivity, SolveOptions, solve};
    /// use mentormatch::{MenteeIdx, MentorIdx};
    ///
    /// let problem = Problem::dense(2, 2, vec![90, 10, 10, 80], None)?;
    /// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
    /// let closest = Sensitivity::new(&problem, &solution)?.closest_calls(1);
    /// assert_eq!(closest, [((MenteeIdx::new(1), MentorIdx::new(1)), vec![80])]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// As [`margins`](Self::margins), but searches end when no other pair can be as close.
    #[must_use]
    pub fn closest_calls(&self, count: usize) -> Vec<((MenteeIdx, MentorIdx), Vec<i128>)> {
        let (residual, guides) = self.at_objectives();
        let closest = margins::closest(&residual, guides, count);
        let levels = self.residual.objectives();
        let closest = closest.into_iter();
        closest
            .map(|own| (own.pair, own.margin.numbers(levels)))
            .collect()
    }

    /// What one more place is worth, and one fewer, for everybody.
    ///
    /// # Complexity
    /// A pass over all rows and a few parallel ones; as much again for each group that has members of its own.
    #[must_use]
    pub fn place_prices(&self) -> PlacePrices {
        places::place_prices(&self.residual, &self.guides)
    }

    /// What one more mentor would be worth who is just like an existing one and takes one mentee, by mentor: by how much
    /// the optimum would rise at each level. He would have the same scores with everybody, be in the same groups, and
    /// need not have a mentee.
    ///
    /// ```
    /// use mentormatch::solver::{Level, Problem, Sensitivity, SolveOptions, solve};
    ///
    /// let problem = Problem::dense(2, 2, vec![90, 50, 80, 70], None)?;
    /// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?; // 90 + 70
    /// // Another mentor 0 would have mentee 1; another mentor 1 would have nobody.
    /// assert_eq!(Sensitivity::new(&problem, &solution)?.twins(), [[10], [0]]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// O(people + pairs chosen), and a search for each group that has mentors of its own.
    #[must_use]
    pub fn twins(&self) -> Vec<Vec<i128>> {
        places::twins(&self.residual, &self.guides)
    }

    /// Which pairs are in every optimal assignment, in some, and in none.
    ///
    /// # Complexity
    /// One parallel pass over the pairs; O(people + pairs that may as well be chosen as not) beside.
    #[must_use]
    pub fn firmness(&self) -> Firmness {
        firmness::firmness(&self.residual, self.residual.objectives())
    }

    /// Whom a mentee without a mentor competes with: the smallest set of mentees, her among them, who may have only
    /// mentors that have no place for one more of them. `None` if she has a mentor, or if a mentor with room is met, so
    /// that places are not what is short.
    ///
    /// ```
    /// use mentormatch::MenteeIdx;
    /// use mentormatch::solver::{Level, Problem, Sensitivity, SolveOptions, solve};
    ///
    /// // Mentees 0 and 2 share mentor 0; mentee 1 has mentor 1 for herself.
    /// let problem = Problem::dense(3, 2, vec![90, -1, -1, 75, 60, -1], Some(-1))?;
    /// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
    /// let competition = Sensitivity::new(&problem, &solution)?.competition(MenteeIdx::new(2))?;
    /// let competition = competition.ok_or("there is one")?;
    /// assert_eq!(competition.mentees, [MenteeIdx::new(0), MenteeIdx::new(2)]);
    /// assert_eq!((competition.mentors.len(), competition.places), (1, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A mentee who does not exist.
    pub fn competition(&self, mentee: MenteeIdx) -> Result<Option<Competition>, SensitivityError> {
        let node = self.mentee(mentee)?;
        if self.residual.load(node) > 0 || self.residual.problem.mentees.max[node] == 0 {
            return Ok(None);
        }
        Ok(competition::competition(&self.residual, node))
    }
}
