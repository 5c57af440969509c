//! What a run gives back.

use std::fmt;
use std::sync::Arc;

use super::timings::{Stopwatch, Timings};
use crate::candidates::Candidates;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::matching::Matching;
use crate::participant::{Cohort, CohortWarning};
use crate::programme::{Objective, Programme};
use crate::reasons::{self, Evidence, Unmatched, WhyNot};
use crate::report::{ObjectiveValue, Report};
use crate::scoring::{Breakdown, Refusal, Scorer, ScoringError, SilenceGain};
use crate::solver::{Certificate, Claim, Level, Solution, Stats, Violation};

/// The result of a run: a matching, its proof and its reasons.
///
/// Cheap to clone, and to be shared between threads.
///
/// With the feature `serde` an outcome writes itself, with a `format_version`: everything that
/// people, programme and seed decide, and nothing else, so that the same run gives the same bytes.
#[derive(Clone)]
pub struct Outcome(Arc<Record>);

/// What the stages of a run made.
pub(super) struct Stages {
    pub(super) programme: Programme,
    pub(super) cohort: Cohort,
    pub(super) scorer: Scorer,
    pub(super) candidates: Candidates,
    pub(super) solution: Solution,
}

struct Record {
    stages: Stages,
    mentees_by_mentor: Vec<Vec<MenteeIdx>>,
    matching: Matching,
    unmatched: Vec<Unmatched>,
    warnings: Vec<RunWarning>,
    statistics: Statistics,
    timings: Timings,
}

/// Something about a run that a programme manager should know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RunWarning {
    /// Something in the roster is legal, but probably not meant.
    Cohort(CohortWarning),
    /// A criterion has an answer for no pair at all: a question nobody was asked, or an attribute
    /// under another name.
    NoAnswers {
        /// The criterion's name.
        criterion: Arc<str>,
    },
    /// Somebody has fewer partners than the stated minimum. No matching leaves fewer places short
    /// in all.
    BelowMinimum {
        /// The role in which the minimum was stated.
        role: Role,
        /// The person.
        participant: ParticipantId,
        /// Partners found.
        partners: u32,
        /// The stated minimum.
        minimum: u32,
    },
    /// A pair scores higher because answers were left open and left out of the mean.
    SilenceRewarded {
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
        /// What the pair gained.
        gain: SilenceGain,
    },
}

impl fmt::Display for RunWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cohort(warning) => warning.fmt(f),
            Self::NoAnswers { criterion } => write!(f, "{criterion}: no answer for any pair"),
            Self::BelowMinimum {
                role,
                participant,
                partners,
                minimum,
            } => {
                write!(
                    f,
                    "{role} {participant:?}: {partners} partners, fewer than {minimum}"
                )
            }
            Self::SilenceRewarded {
                mentee,
                mentor,
                gain,
            } => write!(
                f,
                "{mentee:?} with {mentor:?}: {} instead of {}, for want of an answer to {}",
                gain.score,
                gain.at_neutral,
                gain.criteria.join(", ")
            ),
        }
    }
}

/// How a run went. Search figures depend on the method; the rest does not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statistics {
    /// Mentees × mentors.
    pub pairs_considered: u64,
    /// Pairs that nothing forbids.
    pub pairs_allowed: u64,
    /// What forbade how many pairs; several may forbid the same one.
    pub pairs_refused: Vec<(Refusal, u64)>,
    /// The solver's search.
    pub search: Stats,
}

impl Outcome {
    pub(super) fn new(stages: Stages, mut watch: Stopwatch<'_>) -> Result<Self, ScoringError> {
        let Stages {
            cohort,
            scorer,
            candidates,
            solution,
            ..
        } = &stages;
        let mentees_by_mentor = mentees_by_mentor(cohort, solution);
        let evidence = evidence(&stages, &mentees_by_mentor);
        let matching = Matching::new(cohort, candidates, scorer, &solution.assignment)?;
        let unmatched = reasons::unmatched(&evidence)?;
        let warnings = warnings(&evidence)?;
        let statistics = statistics(&stages);
        watch.lap(|timings| &mut timings.explaining);
        let timings = watch.timings;
        Ok(Self(Arc::new(Record {
            stages,
            mentees_by_mentor,
            matching,
            unmatched,
            warnings,
            statistics,
            timings,
        })))
    }

    /// Who is matched with whom.
    #[must_use]
    pub fn matching(&self) -> &Matching {
        &self.0.matching
    }

    /// Everybody without a partner, with the reason: mentees, then mentors, in the order of ids.
    #[must_use]
    pub fn unmatched(&self) -> &[Unmatched] {
        &self.0.unmatched
    }

    /// What a programme manager should know.
    #[must_use]
    pub fn warnings(&self) -> &[RunWarning] {
        &self.0.warnings
    }

    /// The people, in the order of the run's seed.
    #[must_use]
    pub fn cohort(&self) -> &Cohort {
        &self.0.stages.cohort
    }

    /// The programme.
    #[must_use]
    pub fn programme(&self) -> &Programme {
        &self.0.stages.programme
    }

    /// The proof. It has been checked.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.0.stages.solution.certificate
    }

    /// Checks the proof once more. One pass over the pairs.
    ///
    /// # Errors
    /// The first thing that is not proved.
    pub fn verify(&self) -> Result<(), Violation> {
        let Stages {
            cohort,
            candidates,
            solution,
            ..
        } = &self.0.stages;
        let problem = candidates.problem(cohort).map_err(|_| Violation::Shape)?;
        solution.certificate.check(&problem, &solution.assignment)
    }

    /// By how much the first objective that is not proved optimal may fall short of its optimum;
    /// `None` when everything is proved, as it is unless the run was stopped early.
    #[must_use]
    pub fn gap(&self) -> Option<i128> {
        self.0.stages.solution.gap()
    }

    /// What the matching is worth by each of the programme's objectives, first things first.
    #[must_use]
    pub fn objectives(&self) -> Vec<ObjectiveValue> {
        let solution = &self.0.stages.solution;
        let proved = proved_levels(solution);
        let levels = solution
            .certificate
            .levels()
            .iter()
            .zip(&solution.value)
            .enumerate();
        let stated = levels.filter_map(|(at, (level, &value))| {
            let objective = objective(level)?;
            let value = u64::try_from(value).unwrap_or(u64::MAX);
            Some(ObjectiveValue {
                objective,
                value,
                proved: at < proved,
            })
        });
        stated.collect()
    }

    /// Why a mentee and a mentor score what they score, whether or not they were matched or are
    /// allowed; `None` for people who are not there.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
    /// # let ana = Profile::new("ana").offer("rust", 4).mentor(0..=2);
    /// # let boris = Profile::new("boris").need("rust", 3).mentee();
    /// # let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// # let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?;
    /// let why = outcome.explain("boris", "ana")?.expect("both are there");
    /// let sum: u32 = why.parts.iter().map(|part| part.contribution).sum();
    /// assert_eq!(sum, why.score.ppm());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(&self, mentee: &str, mentor: &str) -> Result<Option<Breakdown>, ScoringError> {
        let Some((mentee, mentor)) = self.find(mentee, mentor) else {
            return Ok(None);
        };
        self.0.stages.scorer.breakdown(mentee, mentor).map(Some)
    }

    /// Why a mentee was not given a mentor; `None` for people who are not there.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    pub fn why_not(&self, mentee: &str, mentor: &str) -> Result<Option<WhyNot>, ScoringError> {
        let Some((mentee, mentor)) = self.find(mentee, mentor) else {
            return Ok(None);
        };
        let evidence = evidence(&self.0.stages, &self.0.mentees_by_mentor);
        reasons::why_not(&evidence, mentee, mentor).map(Some)
    }

    /// Every pair's match score in parts per million, `-1` where the pair is not allowed: one row a
    /// mentee, one column a mentor, in the order of [`cohort`](Self::cohort).
    #[cfg(feature = "ndarray")]
    #[must_use]
    pub fn scores(&self) -> ndarray::ArrayView2<'_, i32> {
        self.0.stages.candidates.view()
    }

    /// The result at a glance.
    #[must_use]
    pub fn report(&self) -> Report {
        Report::new(
            self.programme().name(),
            self.matching(),
            self.objectives(),
            self.unmatched(),
            self.loads(),
        )
    }

    /// How the run went.
    #[must_use]
    pub fn statistics(&self) -> &Statistics {
        &self.0.statistics
    }

    /// How long the stages took, if the host gave a clock.
    #[must_use]
    pub fn timings(&self) -> Timings {
        self.0.timings
    }

    fn find(&self, mentee: &str, mentor: &str) -> Option<(MenteeIdx, MentorIdx)> {
        Some((
            self.cohort().mentee_idx(mentee)?,
            self.cohort().mentor_idx(mentor)?,
        ))
    }

    /// How many mentors who take part have 0, 1, 2, … mentees.
    fn loads(&self) -> Vec<u64> {
        let mut counts = Vec::new();
        for (mentor, mentees) in self
            .cohort()
            .mentors()
            .iter()
            .zip(&self.0.mentees_by_mentor)
        {
            if mentor.profile.status.is_active() && mentor.capacity.max > 0 {
                counts.resize(counts.len().max(mentees.len() + 1), 0);
                counts[mentees.len()] += 1;
            }
        }
        counts
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let totals = &self.0.matching.totals;
        f.debug_struct("Outcome")
            .field("totals", totals)
            .finish_non_exhaustive()
    }
}

fn evidence<'a>(stages: &'a Stages, mentees_by_mentor: &'a [Vec<MenteeIdx>]) -> Evidence<'a> {
    Evidence {
        cohort: &stages.cohort,
        scorer: &stages.scorer,
        candidates: &stages.candidates,
        assignment: &stages.solution.assignment,
        mentees_by_mentor,
        proved: is_proved(&stages.solution),
    }
}

/// Whether every objective is proved optimal, whatever is left of the tie-break.
fn is_proved(solution: &Solution) -> bool {
    let open = &solution.certificate.levels()[proved_levels(solution)..];
    open.iter().all(|level| matches!(level, Level::TieBreak(_)))
}

/// How many levels, from the first on, are proved optimal.
fn proved_levels(solution: &Solution) -> usize {
    match solution.certificate.claim() {
        Claim::Bounded { level, .. } => level,
        _ => solution.value.len(),
    }
}

fn mentees_by_mentor(cohort: &Cohort, solution: &Solution) -> Vec<Vec<MenteeIdx>> {
    let mut mentees = vec![Vec::new(); cohort.mentors().len()];
    for (mentee, mentor) in solution.assignment.pairs() {
        mentees[mentor].push(mentee);
    }
    mentees
}

fn objective(level: &Level) -> Option<Objective> {
    match level {
        Level::Participation => Some(Objective::Participation),
        Level::TotalScore => Some(Objective::TotalScore),
        _ => None,
    }
}

fn warnings(evidence: &Evidence<'_>) -> Result<Vec<RunWarning>, ScoringError> {
    let cohort = evidence.cohort;
    let mut warnings: Vec<_> = cohort
        .warnings()
        .iter()
        .cloned()
        .map(RunWarning::Cohort)
        .collect();
    let unanswered = evidence.scorer.unanswered()?.into_iter();
    warnings.extend(unanswered.map(|criterion| RunWarning::NoAnswers { criterion }));
    warnings.extend(below_minimum(evidence));
    let mut gains = Vec::new();
    for (mentee, mentor) in evidence.assignment.pairs() {
        if let Some(gain) = evidence.scorer.silence_gain(mentee, mentor)? {
            gains.push((
                cohort.mentees()[mentee].profile.id.clone(),
                cohort.mentors()[mentor].profile.id.clone(),
                gain,
            ));
        }
    }
    gains.sort_unstable_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    warnings.extend(
        gains
            .into_iter()
            .map(|(mentee, mentor, gain)| RunWarning::SilenceRewarded {
                mentee,
                mentor,
                gain,
            }),
    );
    Ok(warnings)
}

/// Everybody who takes part with fewer partners than their minimum, mentees first, in the order of ids.
fn below_minimum(evidence: &Evidence<'_>) -> Vec<RunWarning> {
    let cohort = evidence.cohort;
    let mentees = MenteeIdx::all(cohort.mentees().len()).map(|mentee| {
        let person = &cohort.mentees()[mentee];
        let partners = evidence.assignment.mentors_of(mentee).len();
        (Role::Mentee, &person.profile, partners, person.demand.min)
    });
    let mentors = MentorIdx::all(cohort.mentors().len()).map(|mentor| {
        let person = &cohort.mentors()[mentor];
        let partners = evidence.mentees_by_mentor[mentor].len();
        (Role::Mentor, &person.profile, partners, person.capacity.min)
    });
    let mut below: Vec<_> = (mentees.chain(mentors))
        .filter(|(_, profile, ..)| profile.status.is_active())
        .map(|(role, profile, partners, minimum)| {
            let partners = u32::try_from(partners).unwrap_or(u32::MAX);
            (role, profile.id.clone(), partners, minimum)
        })
        .filter(|(_, _, partners, minimum)| partners < minimum)
        .collect();
    below.sort_unstable_by(|a, b| (b.0 == Role::Mentee, &a.1).cmp(&(a.0 == Role::Mentee, &b.1)));
    let warn = |(role, participant, partners, minimum)| RunWarning::BelowMinimum {
        role,
        participant,
        partners,
        minimum,
    };
    below.into_iter().map(warn).collect()
}

fn statistics(stages: &Stages) -> Statistics {
    let Stages {
        cohort,
        scorer,
        candidates,
        solution,
        ..
    } = stages;
    let mut refused = vec![0; scorer.refusals().len()];
    for mentee in MenteeIdx::all(cohort.mentees().len()) {
        for (total, &removed) in refused.iter_mut().zip(candidates.removed(mentee)) {
            *total += u64::from(removed);
        }
    }
    Statistics {
        pairs_considered: cohort.mentees().len() as u64 * cohort.mentors().len() as u64,
        pairs_allowed: candidates.allowed(),
        pairs_refused: scorer.refusals().iter().cloned().zip(refused).collect(),
        search: solution.stats,
    }
}
