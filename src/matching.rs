//! The assignment back in the hosts' ids.

use crate::candidates::Candidates;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};
use crate::participant::Cohort;
use crate::score::Score;
use crate::scoring::{Part, Refusal, RuleCost, ScoringError, ViewScores};
use crate::solver::Assignment;

/// Who is matched with whom.
///
/// Everything is in the order of ids, and depends on people, programme and seed only.
///
/// ```
/// use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(0..=2);
/// let boris = Profile::new("boris").need("rust", 3).mentee();
/// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
/// let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?;
///
/// let matching = outcome.matching();
/// assert_eq!(matching.pairs[0].score.percent(), 100.0);
/// assert_eq!(matching.spare_places[0].places, 1);
/// assert_eq!(matching.totals.matched_mentees, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Matching {
    /// The pairs, ordered by mentee and then by mentor.
    pub pairs: Vec<Pair>,
    /// Mentors who take part and could take more mentees.
    pub spare_places: Vec<SparePlaces>,
    /// Sums over the pairs.
    pub totals: Totals,
}

/// A mentee and a mentor found for her.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Pair {
    /// The mentee.
    pub mentee: ParticipantId,
    /// The mentor.
    pub mentor: ParticipantId,
    /// Their match score.
    pub score: Score,
    /// What each side makes of the pair, where the sides weigh the criteria differently.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub views: Option<ViewScores>,
    /// What each criterion adds to it; the contributions less the costs are the score exactly.
    pub parts: Vec<Part>,
    /// What it loses for being against preferred rules.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub costs: Vec<RuleCost>,
    /// Whether the programme manager [locked](crate::Decisions::lock) the pair, or its state
    /// [froze](crate::Hold::Frozen) it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_no"))]
    pub locked: bool,
    /// What would forbid the pair, but for the programme manager's [override](crate::Override).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub lifted: Vec<Refusal>,
}

#[cfg(feature = "serde")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as `serde` calls it")]
fn is_no(flag: &bool) -> bool {
    !flag
}

/// A mentor who could take more mentees.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SparePlaces {
    /// The mentor.
    pub mentor: ParticipantId,
    /// How many more.
    pub places: u32,
}

/// Sums over a matching. People who are paused or gone do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Totals {
    /// Mentees who want a mentor.
    pub mentees: u32,
    /// Those of them who have one.
    pub matched_mentees: u32,
    /// Mentors who have places.
    pub mentors: u32,
    /// Those of them who have a mentee.
    pub matched_mentors: u32,
    /// The mentors' places.
    pub places: u64,
    /// Pairs.
    pub pairs: u64,
    /// All pairs' scores together, in parts per million.
    pub score_ppm: u64,
}

impl Matching {
    pub(crate) fn new(
        cohort: &Cohort,
        candidates: &Candidates,
        assignment: &Assignment,
    ) -> Result<Self, ScoringError> {
        let mut pairs = Vec::with_capacity(assignment.len());
        let mut loads = vec![0; cohort.mentors().len()];
        for (mentee, mentor) in assignment.pairs() {
            loads[mentor] += 1;
            let why = candidates.scorer().breakdown_of_allowed(mentee, mentor)?;
            pairs.push(Pair {
                mentee: cohort.mentees()[mentee].profile.id.clone(),
                mentor: cohort.mentors()[mentor].profile.id.clone(),
                score: candidates.score(mentee, mentor)?.unwrap_or_default(),
                views: why.views,
                parts: why.parts,
                costs: why.costs,
                locked: candidates.scorer().locks().contains(&(mentee, mentor)),
                lifted: why.lifted,
            });
        }
        pairs.sort_unstable_by(|a, b| (&a.mentee, &a.mentor).cmp(&(&b.mentee, &b.mentor)));
        let totals = totals(cohort, assignment, &loads, &pairs);
        Ok(Self {
            pairs,
            spare_places: spare_places(cohort, &loads),
            totals,
        })
    }

    /// The pairs that the run chose: all but those that the programme manager [locked](crate::Decisions::lock_all) or that
    /// were frozen.
    pub fn unlocked(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|pair| !pair.locked)
    }

    /// The mean score of the pairs; `None` when there are none.
    #[must_use]
    pub fn mean_score(&self) -> Option<Score> {
        let half = self.totals.pairs / 2;
        let mean = (self.totals.score_ppm + half).checked_div(self.totals.pairs)?;
        Some(Score::from_ppm_saturating(
            u32::try_from(mean).unwrap_or(u32::MAX),
        ))
    }
}

fn totals(cohort: &Cohort, assignment: &Assignment, loads: &[u32], pairs: &[Pair]) -> Totals {
    let mut totals = Totals {
        pairs: pairs.len() as u64,
        ..Totals::default()
    };
    totals.score_ppm = pairs.iter().map(|pair| u64::from(pair.score.ppm())).sum();
    for mentee in MenteeIdx::all(cohort.mentees().len()) {
        let person = &cohort.mentees()[mentee];
        let counts = person.profile.status.is_active() && person.demand.max > 0;
        totals.mentees += u32::from(counts);
        totals.matched_mentees += u32::from(!assignment.mentors_of(mentee).is_empty());
    }
    for mentor in MentorIdx::all(cohort.mentors().len()) {
        let person = &cohort.mentors()[mentor];
        let counts = person.profile.status.is_active() && person.capacity.max > 0;
        totals.mentors += u32::from(counts);
        totals.places += if counts {
            u64::from(person.capacity.max)
        } else {
            0
        };
        totals.matched_mentors += u32::from(loads[mentor] > 0);
    }
    totals
}

fn spare_places(cohort: &Cohort, loads: &[u32]) -> Vec<SparePlaces> {
    let mut spare: Vec<_> = (cohort.mentors().iter().zip(loads))
        .filter(|(mentor, _)| mentor.profile.status.is_active())
        .map(|(mentor, load)| SparePlaces {
            mentor: mentor.profile.id.clone(),
            places: mentor.capacity.max - load,
        })
        .filter(|spare| spare.places > 0)
        .collect();
    spare.sort_unstable_by(|a, b| a.mentor.cmp(&b.mentor));
    spare
}
