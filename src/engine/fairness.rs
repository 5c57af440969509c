//! Fairness figures of a run, and of what another order of objectives would give.

use super::error::RunError;
use super::outcome::Outcome;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::programme::Objective;
use crate::report::{Fairness, FairnessOptions};
use crate::score::Score;
use crate::scoring::ScoringError;
use crate::solver::{Assignment, CancelToken};

impl Outcome {
    /// How groups of people fared, by answers that [nothing was scored by](crate::Profile::monitor_attribute).
    ///
    /// An example is at [`Fairness`].
    ///
    /// # Complexity
    /// One pass over the people for each attribute.
    #[must_use]
    pub fn fairness(&self, options: FairnessOptions) -> Fairness {
        let cohort = self.cohort();
        let pairs = self.matching().pairs.iter().filter_map(|pair| {
            let mentee = cohort.mentee_idx(pair.mentee.as_str())?;
            Some((mentee, cohort.mentor_idx(pair.mentor.as_str())?, pair.score))
        });
        Fairness::new(cohort, &pairs.collect::<Vec<_>>(), options)
    }

    /// How the same groups would fare if the matching were the best by other objectives: what a ratio would be, say, if
    /// the lowest score came first. Ties are broken as in the run.
    ///
    /// ```
    /// # use mentormatch::{Attribute, Cohort, Engine, Field, Profile, Programme, Same};
    /// use mentormatch::{FairnessOptions, Objective};
    /// # let mentor = Profile::new("ana").mentor(1);
    /// # let mentee = Profile::new("boris").monitor_attribute("shift", Attribute::choice("night")).mentee();
    /// # let programme = Programme::builder().weigh(1, Same::new(Field::Site)).build()?;
    /// # let outcome = Engine::new(programme).run(&Cohort::new([mentor], [mentee])?)?;
    ///
    /// let options = FairnessOptions::default();
    /// let lowest_first = [Objective::WorstScore, Objective::TotalScore];
    /// let other = outcome.fairness_under(&lowest_first, options, None)?;
    /// // Each group as it is, beside what it would be.
    /// for (is, would_be) in outcome.fairness(options).attributes.iter().zip(&other.attributes) {
    ///     assert_eq!((is.role, &is.attribute), (would_be.role, &would_be.attribute));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`under`](Self::under).
    ///
    /// # Complexity
    /// That of [`under`](Self::under): it solves once more.
    pub fn fairness_under(
        &self,
        objectives: &[Objective],
        options: FairnessOptions,
        cancel: Option<CancelToken>,
    ) -> Result<Fairness, RunError> {
        let (solved, _) = self.solution_under(objectives, self.stages().tie_breaking, cancel)?;
        let pairs = self.scored(&solved.solution.assignment)?;
        Ok(Fairness::new(self.cohort(), &pairs, options))
    }

    fn scored(
        &self,
        assignment: &Assignment,
    ) -> Result<Vec<(MenteeIdx, MentorIdx, Score)>, ScoringError> {
        let candidates = &self.stages().candidates;
        let pairs = assignment.pairs();
        let scored = pairs.map(|(mentee, mentor)| {
            let score = candidates.score(mentee, mentor)?.unwrap_or_default();
            Ok((mentee, mentor, score))
        });
        scored.collect()
    }
}
