//! Pairs who would both rather be together than as they were matched.

use super::error::RunError;
use super::outcome::{Outcome, Stages};
use crate::candidates::SidesAsked;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};
use crate::scoring::{ScoringError, ViewScores};
use crate::solver::{Access, Preferences, SolveError, Violation};

/// The pairs of an outcome who would both gain by being together: *justified envy*. A change between
/// partners of one view, or of one place among the wishes, is no gain.
///
/// ```
/// use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
///
/// // The best total gives ana to boris, since chen could have dora too.
/// let mentors = [Profile::new("ana").offer("rust", 4).mentor(1), Profile::new("dora").offer("rust", 3).mentor(1)];
/// let mentees = [Profile::new("boris").need("rust", 4).mentee(), Profile::new("chen").need("rust", 3).mentee()];
/// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
/// let outcome = Engine::new(programme).run(&Cohort::new(mentors, mentees)?)?;
/// assert_eq!(outcome.blocking_pairs(10)?.count, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct JustifiedEnvy {
    /// How many pairs there are.
    pub count: u64,
    /// Some of them, as many as were asked for, in the order of ids. Which ones, where there are more, is
    /// decided by the seed.
    pub pairs: Vec<BlockingPair>,
}

/// A mentee and a mentor who are no pair, could be one, and would both rather be: each has room, or has
/// somebody whom she likes less.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct BlockingPair {
    /// The mentee.
    pub mentee: ParticipantId,
    /// The mentor.
    pub mentor: ParticipantId,
    /// What each of them makes of the pair, less the costs of preferred rules.
    pub views: ViewScores,
    /// Whom the mentee has instead, in the order of ids, and what both sides make of each of these pairs.
    pub mentee_has: Vec<(ParticipantId, ViewScores)>,
    /// Whom the mentor has instead, likewise.
    pub mentor_has: Vec<(ParticipantId, ViewScores)>,
}

impl Outcome {
    /// The pairs who would both rather be together than as they were matched, at most `most` of them with
    /// names; none in a stable matching.
    ///
    /// Everybody's list is made as [`Stable`](crate::Stable) says, with wishes first if the
    /// programme says so there; any other programme's lists are by views alone. A minimum keeps
    /// nobody from giving somebody up, and neither does a lock, a quota or that her mentors are to be of
    /// [distinct kinds](crate::ProgrammeBuilder::distinct_mentors).
    ///
    /// # Errors
    /// A criterion of the host's own that gives something that is no score when it is asked again.
    ///
    /// # Complexity
    /// One pass over the pairs; where the two sides' views differ, both are computed again, twice.
    pub fn blocking_pairs(&self, most: usize) -> Result<JustifiedEnvy, RunError> {
        let assignment = &self.stages().solution.assignment;
        let found = self.ask_sides(|preferences| preferences.blocking_pairs(assignment, most))?;
        let pairs = found.pairs.into_iter();
        let named = pairs.map(|(mentee, mentor)| self.named(mentee, mentor));
        let mut pairs = named.collect::<Result<Vec<_>, _>>()?;
        pairs.sort_unstable_by(|a, b| (&a.mentee, &a.mentor).cmp(&(&b.mentee, &b.mentor)));
        let count = found.count;
        Ok(JustifiedEnvy { count, pairs })
    }

    /// Asks something of both sides' preferences, which are not kept: views are computed as they are
    /// asked for.
    pub(super) fn ask_sides<T>(
        &self,
        question: impl FnOnce(&Preferences<'_>) -> Result<T, Violation>,
    ) -> Result<T, RunError> {
        let stable = self.programme().stable();
        let asked = SidesAsked {
            cohort: self.cohort(),
            wishes_first: stable.is_some_and(|stable| stable.wishes_first),
            access: Access::OnDemand,
            goes_on: &|| true,
        };
        let candidates = &self.stages().candidates;
        candidates.ask_sides(asked, |preferences| {
            question(preferences).map_err(|violation| SolveError::from(violation).into())
        })
    }

    fn named(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<BlockingPair, ScoringError> {
        let Stages {
            cohort,
            candidates,
            solution,
            ..
        } = self.stages();
        let scorer = candidates.scorer();
        let mentee_id = |mentee: MenteeIdx| cohort.mentees()[mentee].profile.id.clone();
        let mentor_id = |mentor: MentorIdx| cohort.mentors()[mentor].profile.id.clone();
        let mentors = solution.assignment.mentors_of(mentee).iter();
        let mentors = mentors.map(|&own| Ok((mentor_id(own), scorer.sides_of_pair(mentee, own)?)));
        let mentees = self.mentees_of(mentor).iter();
        let mentees = mentees.map(|&own| Ok((mentee_id(own), scorer.sides_of_pair(own, mentor)?)));
        Ok(BlockingPair {
            mentee: mentee_id(mentee),
            mentor: mentor_id(mentor),
            views: scorer.sides_of_pair(mentee, mentor)?,
            mentee_has: by_id(mentors)?,
            mentor_has: by_id(mentees)?,
        })
    }
}

/// Partners with both sides' views, in the order of ids.
type Partners = Vec<(ParticipantId, ViewScores)>;

fn by_id(
    partners: impl Iterator<Item = Result<(ParticipantId, ViewScores), ScoringError>>,
) -> Result<Partners, ScoringError> {
    let mut partners = partners.collect::<Result<Partners, _>>()?;
    partners.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(partners)
}
