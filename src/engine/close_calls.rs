//! Which pairs were close calls.

use std::fmt;

use super::outcome::Outcome;
use super::what_if::{WhatIfError, id_of_mentee, id_of_mentor};
use crate::ids::ParticipantId;
use crate::reasons::{Changes, ObjectiveChange};

/// A pair and by how little it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct CloseCall {
    /// The mentee.
    pub mentee: ParticipantId,
    /// The mentor.
    pub mentor: ParticipantId,
    /// By how much the objectives would fall without this pair: the first number that is not 0 is above 0. All are
    /// 0 if another matching is as good, and the pair was drawn by lot.
    pub margin: Vec<ObjectiveChange>,
}

impl Outcome {
    /// The so many pairs that were the closest calls, the closest first: those without which the objectives would fall
    /// least. What somebody should look at first. With [`usize::MAX`], all pairs and their margins.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// let eve = Profile::new("eve").offer("rust", 3).mentor(1);
    /// let boris = Profile::new("boris").need("rust", 4).mentee();
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new([ana, eve], [boris])?)?;
    ///
    /// let closest = &outcome.close_calls(1)?[0];
    /// assert_eq!((closest.mentee.as_str(), closest.mentor.as_str()), ("boris", "ana"));
    /// let eve = outcome.explain("boris", "eve")?.score;
    /// assert_eq!(closest.margin[1].by, 1_000_000 - i128::from(eve.ppm()));
    /// assert_eq!(closest.to_string(), r#""boris" with "ana"; without the pair: total score −0.250"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`place_prices`](Self::place_prices).
    ///
    /// # Complexity
    /// As [`Sensitivity::closest_calls`](crate::solver::Sensitivity::closest_calls).
    pub fn close_calls(&self, most: usize) -> Result<Vec<CloseCall>, WhatIfError> {
        self.no_floor()?;
        let cohort = self.cohort();
        let closest = self.what_if(|sensitivity| Ok(sensitivity.closest_calls(most)))?;
        let calls = closest
            .into_iter()
            .map(|((mentee, mentor), margin)| CloseCall {
                mentee: id_of_mentee(cohort, mentee),
                mentor: id_of_mentor(cohort, mentor),
                margin: self.changes(&margin),
            });
        Ok(calls.collect())
    }
}

/// The pair, and what would change without it.
impl fmt::Display for CloseCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let without = self.margin.iter();
        let without = without.map(|own| ObjectiveChange {
            by: -own.by,
            ..*own
        });
        let without: Vec<_> = without.collect();
        let (mentee, mentor) = (&self.mentee, &self.mentor);
        write!(
            f,
            "{mentee:?} with {mentor:?}; without the pair: {}",
            Changes(&without)
        )
    }
}
