//! Whom else somebody could have, and what that would cost.

use std::fmt;

use super::error::RunError;
use super::outcome::Outcome;
use super::what_if::WhatIfError;
use crate::ids::{MenteeIdx, ParticipantId};
use crate::reasons::{Changes, ObjectiveChange};
use crate::score::Score;
use crate::solver;

/// A mentor whom a mentee could have instead of, or beside, the one she has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Alternate {
    /// The mentor.
    pub mentor: ParticipantId,
    /// The pair's match score.
    pub score: Score,
    /// By how much each objective would fall at the least, first things first. Who would move,
    /// [`Outcome::price_of`] tells.
    pub change: Vec<ObjectiveChange>,
}

impl Outcome {
    /// The so many mentors whom a mentee could have at the least cost, beside her own: the cheapest first, by the
    /// objectives in their order. Mentors who cannot be had, since the pair is forbidden, somebody takes nobody or it
    /// would break a lock, are not among them.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
    /// let mentors = [("ana", 5), ("eve", 3), ("ida", 1)];
    /// let mentors = mentors.map(|(id, level)| Profile::new(id).offer("rust", level).mentor(1));
    /// let boris = Profile::new("boris").need("rust", 5).mentee();
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new(mentors, [boris])?)?;
    ///
    /// let others = outcome.alternates("boris", 5)?;
    /// let names: Vec<_> = others.iter().map(|own| own.mentor.as_str()).collect();
    /// assert_eq!(names, ["eve", "ida"]);
    /// assert!(others[0].change[1].by < 0, "ana is better");
    /// assert_eq!(others[0].to_string(), r#""eve" at 60.0%; total score −0.400"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`price_of`](Self::price_of); where the lowest score is an objective, there is no answer.
    ///
    /// # Complexity
    /// One pass over the mentee's row, and a search for each mentor who could be among the cheapest. The first question of
    /// this kind takes a few passes over all scores besides.
    pub fn alternates(&self, mentee: &str, most: usize) -> Result<Vec<Alternate>, WhatIfError> {
        self.no_floor()?;
        let mentee = self.find_mentee(mentee)?;
        let found = self.what_if(|sensitivity| Ok(sensitivity.alternates(mentee, most)?))?;
        Ok(self.named_alternates(mentee, &found)?)
    }

    /// The same for every mentee, in the order of ids.
    ///
    /// # Errors
    /// As [`alternates`](Self::alternates), people apart.
    ///
    /// # Complexity
    /// As [`alternates`](Self::alternates) for everybody, in parallel.
    pub fn all_alternates(
        &self,
        most: usize,
    ) -> Result<Vec<(ParticipantId, Vec<Alternate>)>, WhatIfError> {
        self.no_floor()?;
        let found = self.what_if(|sensitivity| Ok(sensitivity.all_alternates(most)))?;
        let mut all = Vec::with_capacity(found.len());
        for (mentee, found) in MenteeIdx::all(found.len()).zip(&found) {
            let id = self.cohort().mentees()[mentee].profile.id.clone();
            all.push((id, self.named_alternates(mentee, found)?));
        }
        all.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Ok(all)
    }

    fn named_alternates(
        &self,
        mentee: MenteeIdx,
        found: &[solver::Alternate],
    ) -> Result<Vec<Alternate>, RunError> {
        // The first level is that of the locks, if there are any: what breaks one comes last.
        let has_locks = self.stages().has_locks();
        let breaks_lock = |own: &&solver::Alternate| {
            has_locks && own.change.first().is_some_and(|&locks| locks < 0)
        };
        let named = found.iter().filter(|own| !breaks_lock(own)).map(|own| {
            let score = self.stages().candidates.score(mentee, own.mentor)?;
            Ok(Alternate {
                mentor: self.cohort().mentors()[own.mentor].profile.id.clone(),
                score: score.unwrap_or_default(),
                change: self.changes(&own.change),
            })
        });
        named.collect()
    }
}

/// The mentor, the score and the price.
impl fmt::Display for Alternate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let price = Changes(&self.change);
        write!(f, "{:?} at {}; {price}", self.mentor, self.score)
    }
}
