//! What became of the pairs that there were.

use std::fmt;

use crate::engine::outcome::Outcome;
use crate::ids::ParticipantId;
use crate::scoring::{PairIdx, Refusal, ScoringError};

/// A pair of the [earlier matching](crate::RunOptions::previous), and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PreviousPair {
    /// The mentee.
    pub mentee: ParticipantId,
    /// The mentor.
    pub mentor: ParticipantId,
    /// What became of the pair.
    pub fate: Fate,
}

/// What became of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Fate {
    /// It is a pair again.
    Kept,
    /// It could be one, and other pairs are worth more.
    GaveWay,
    /// It must not be one any more: what forbids it.
    Forbidden(Vec<Refusal>),
    /// One of the two is not there any more.
    NotThere,
}

impl Outcome {
    /// What became of every pair of the [earlier matching](crate::RunOptions::previous), in the order of
    /// ids: none goes unsaid, and one that rules forbid now names them.
    ///
    /// ```
    /// use mentormatch::{Cohort, Engine, Fate, Profile, Programme, ReportingLine, RunOptions, SkillCoverage};
    ///
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// let boris = Profile::new("boris").need("rust", 3).manager("ana").mentee();
    /// let programme = Programme::builder()
    ///     .weigh(1, SkillCoverage::default())
    ///     .forbid(ReportingLine::any_distance()) // since last year, boris reports to ana
    ///     .build()?;
    /// let options = RunOptions::default().previous([("boris", "ana"), ("chen", "ana")]);
    /// let outcome = Engine::new(programme).run_with(&Cohort::new([ana], [boris])?, &options)?;
    /// let [boris, chen] = &outcome.previous_pairs()?[..] else { panic!("two pairs") };
    /// let Fate::Forbidden(by) = &boris.fate else { panic!("a rule forbids it") };
    /// assert_eq!(by[0].to_string(), "reporting_line");
    /// assert_eq!(chen.fate, Fate::NotThere);
    /// assert_eq!(boris.to_string(), r#""boris" with "ana": forbidden by reporting_line"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A criterion of the host's own that gives something that is no score when it is asked again.
    pub fn previous_pairs(&self) -> Result<Vec<PreviousPair>, ScoringError> {
        let stages = self.stages();
        let (cohort, previous) = (&stages.cohort, &stages.previous);
        let gone = previous
            .unknown
            .iter()
            .map(|(mentee, mentor)| PreviousPair {
                mentee: mentee.clone(),
                mentor: mentor.clone(),
                fate: Fate::NotThere,
            });
        let mut found: Vec<_> = gone.collect();
        for &pair in &previous.pairs {
            found.push(PreviousPair {
                mentee: cohort.mentees()[pair.0].profile.id.clone(),
                mentor: cohort.mentors()[pair.1].profile.id.clone(),
                fate: self.fate(pair)?,
            });
        }
        found.sort_unstable_by(|a, b| (&a.mentee, &a.mentor).cmp(&(&b.mentee, &b.mentor)));
        Ok(found)
    }

    fn fate(&self, (mentee, mentor): PairIdx) -> Result<Fate, ScoringError> {
        let stages = self.stages();
        if stages
            .solution
            .assignment
            .mentors_of(mentee)
            .contains(&mentor)
        {
            return Ok(Fate::Kept);
        }
        let forbidden = stages.candidates.scorer().forbidden_by(mentee, mentor)?;
        Ok(if forbidden.is_empty() {
            Fate::GaveWay
        } else {
            Fate::Forbidden(forbidden)
        })
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kept => f.write_str("a pair again"),
            Self::GaveWay => f.write_str("made way for other pairs"),
            Self::NotThere => f.write_str("not both there any more"),
            Self::Forbidden(by) => {
                f.write_str("forbidden by ")?;
                let mut by = by.iter();
                by.next().map_or(Ok(()), |first| first.fmt(f))?;
                by.try_for_each(|own| write!(f, ", {own}"))
            }
        }
    }
}

/// The pair and its fate.
impl fmt::Display for PreviousPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mentee, mentor) = (&self.mentee, &self.mentor);
        write!(f, "{mentee:?} with {mentor:?}: {}", self.fate)
    }
}
