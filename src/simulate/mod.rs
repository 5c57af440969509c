//! Made-up people, for tests, benches and trials: a seeded generator of realistic cohorts, and of a
//! programme's year.
//!
//! The people work for a maker of water-quality instruments that exists nowhere, with fifteen sites on six continents.
//! They speak seventeen languages, want to learn what others can teach, work in offices and on shifts, wish for
//! the same few famous mentors, and leave questions unanswered here and there. The same seed gives the same
//! people on every machine.
//!
//! ```
//! use mentormatch::simulate::Company;
//! use mentormatch::{Engine, Programme, SkillCoverage};
//!
//! let people = Company::new(7).mentors(20).mentees(50).both(3).people();
//! let cohort = people.cohort()?;
//! assert_eq!((cohort.mentors().len(), cohort.mentees().len()), (20, 50));
//! let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
//! let outcome = Engine::new(programme).run(&cohort)?;
//! assert!(outcome.is_proven_optimal());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answers;
mod company;
mod employees;
mod facts;
mod help;
mod names;
mod partners;
mod random;
mod year;

pub use year::{Answer, Change, Dated, Year};

use crate::error::CohortError;
use crate::participant::{Cohort, Mentee, Mentor};
use employees::Employee;
use random::Random;

/// The company whose people take part, and how many of them. Another seed is another company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Company {
    seed: u64,
    mentors: usize,
    mentees: usize,
    both: usize,
}

/// A participant with what no criterion is to see.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Named<P> {
    /// Given and family name. Put together at random, it is nobody's.
    pub name: String,
    /// As the person would state it, or that they would not.
    pub gender: &'static str,
    /// The mentor or the mentee.
    pub person: P,
}

/// Everybody who takes part, in the order of ids; somebody in both roles is in both lists.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct People {
    /// The mentors.
    pub mentors: Vec<Named<Mentor>>,
    /// The mentees.
    pub mentees: Vec<Named<Mentee>>,
}

impl Company {
    /// A company of 72 mentors and 180 mentees, of whom 8 are both: with seed 1, that of the sample programme.
    ///
    /// ```
    /// use mentormatch::simulate::Company;
    ///
    /// assert_eq!(Company::new(1).people(), Company::new(1).people());
    /// assert_ne!(Company::new(1).people(), Company::new(2).people());
    /// ```
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            mentors: 72,
            mentees: 180,
            both: 8,
        }
    }

    /// So many mentors, up to 2²⁴.
    #[must_use]
    pub const fn mentors(self, mentors: usize) -> Self {
        Self { mentors, ..self }
    }

    /// So many mentees, up to 2²⁴.
    #[must_use]
    pub const fn mentees(self, mentees: usize) -> Self {
        Self { mentees, ..self }
    }

    /// So many who are mentors of some and mentees of others; no more than there are of either.
    #[must_use]
    pub const fn both(self, both: usize) -> Self {
        Self { both, ..self }
    }

    /// The people.
    ///
    /// # Complexity
    /// O(people²) comparisons of departments and regions, to find managers and partners to wish for: 5,000 people
    /// take about a second.
    #[must_use]
    pub fn people(&self) -> People {
        const MOST: usize = 1 << 24;
        let (mentors, mentees) = (self.mentors.min(MOST), self.mentees.min(MOST));
        let company = Self {
            mentors,
            mentees,
            both: self.both.min(mentors).min(mentees),
            ..*self
        };
        let mut random = Random::seeded(self.seed);
        let (employees, outside) = employees::hire(company, &mut random);
        let in_role = |role: fn(&Employee) -> bool| employees.iter().filter(move |one| role(one));
        let mentors = in_role(Employee::is_mentor);
        let mut mentors: Vec<_> = mentors
            .map(|one| answers::as_mentor(one, &mut random))
            .collect();
        let mentees = in_role(Employee::is_mentee);
        let mut mentees: Vec<_> = mentees
            .map(|one| answers::as_mentee(one, &mut random))
            .collect();
        let who_left = format!("E{}", outside + 100);
        partners::choose(&mut mentors, &mut mentees, &who_left, &mut random);
        People { mentors, mentees }
    }
}

impl People {
    /// The roster of them all.
    ///
    /// # Errors
    /// None is known: what is made up is legal.
    pub fn cohort(&self) -> Result<Cohort, CohortError> {
        let mentors = self.mentors.iter().map(|own| own.person.clone());
        let mentees = self.mentees.iter().map(|own| own.person.clone());
        Cohort::new(mentors, mentees)
    }
}

#[cfg(test)]
mod tests;
