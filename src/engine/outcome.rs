//! What a run gives back.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::asked::Asked;
use super::decisions::{self, OverrideRecord};
use super::error::{AskError, RunError};
use super::gap::OptimalityGap;
use super::levels::{self, Ground};
use super::options::TieBreaking;
use super::previous::Previous;
use super::timings::{Stopwatch, Timings};
use super::warnings::{self, RunWarning};
use crate::candidates::{Candidates, GoesOn, minimums};
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::matching::Matching;
use crate::participant::{Cohort, Decisions};
use crate::programme::{Objective, Programme};
use crate::reasons::{self, Evidence, FullGroups, GapOf, GrantedWishes, Unmatched};
use crate::report::ObjectiveValue;
use crate::scoring::{Breakdown, Refusal, ScoringError};
use crate::solver::{
    Access, Certificate, Claim, Floor, Groundwork, Level, ProblemError, Solution, SolveError,
    Stats, Violation,
};

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
    #[cfg_attr(
        not(feature = "serde"),
        expect(dead_code, reason = "only audit records tell")
    )]
    pub(super) asked: Asked,
    pub(super) programme: Programme,
    pub(super) cohort: Cohort,
    pub(super) previous: Previous,
    pub(super) decisions: Decisions,
    pub(super) tie_breaking: TieBreaking,
    pub(super) candidates: Candidates,
    pub(super) solution: Solution,
    /// If the lowest score is an objective: what it can be at best, and why.
    pub(super) floor: Option<Floor>,
}

impl Stages {
    /// Whom objectives are about.
    pub(super) fn ground(&self) -> Ground<'_> {
        Ground::new(&self.cohort, self.candidates.scorer(), &self.previous.pairs)
    }

    /// The levels of a run for these objectives.
    pub(super) fn levels(&self, objectives: &[Objective]) -> Result<Vec<Level>, ProblemError> {
        self.ground().levels(objectives)
    }

    /// What a solution is worth by these objectives.
    pub(super) fn values_of(
        &self,
        objectives: &[Objective],
        solution: &Solution,
        floor: Option<&Floor>,
    ) -> Vec<ObjectiveValue> {
        let before = levels::before(solution, self.has_locks());
        levels::values_of(self.ground(), objectives, (solution, floor, before))
    }

    /// How many places of stated minimums stay empty.
    pub(super) fn shortfall(&self) -> u64 {
        let (solution, has_locks) = (&self.solution, self.has_locks());
        let stated = minimums(&self.cohort, self.candidates.scorer().quotas());
        levels::shortfall(solution, has_locks, stated)
    }

    /// Whether every objective is proved optimal.
    fn is_proved(&self) -> bool {
        let levels = self.solution.certificate.levels().len();
        levels::proved(&self.solution) == levels && self.floor.as_ref().is_none_or(Floor::is_proved)
    }

    /// Whether the first level is about locks.
    pub(super) fn has_locks(&self) -> bool {
        !self.candidates.scorer().locks().is_empty()
    }
}

struct Record {
    stages: Stages,
    mentees_by_mentor: Vec<Vec<MenteeIdx>>,
    matching: Matching,
    unmatched: Vec<Unmatched>,
    wishes: GrantedWishes,
    warnings: Vec<RunWarning>,
    overrides: Vec<OverrideRecord>,
    full_groups: FullGroups,
    statistics: Statistics,
    timings: Timings,
    /// What questions about what would be are answered from, once one has been asked.
    groundwork: OnceLock<Groundwork>,
}

/// How a run went. Search figures depend on the method and the memory limit, `on_demand` on the memory
/// limit; the rest does not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statistics {
    /// Mentees × mentors.
    pub pairs_considered: u64,
    /// Pairs that nothing forbids.
    pub pairs_allowed: u64,
    /// What forbade how many pairs; several may forbid the same one.
    pub pairs_refused: Vec<(Refusal, u64)>,
    /// Whether scores were computed again whenever they were asked for, because the
    /// [memory limit](super::RunOptions::memory_limit) does not allow all of them to be kept.
    pub on_demand: bool,
    /// The solver's search.
    pub search: Stats,
}

impl Outcome {
    /// Something that is not looked at if `goes_on` turns false.
    pub(super) fn new(
        stages: Stages,
        mut watch: Stopwatch<'_>,
        goes_on: GoesOn<'_>,
    ) -> Result<Self, ScoringError> {
        let Stages {
            cohort,
            candidates,
            solution,
            ..
        } = &stages;
        let mentees_by_mentor = mentees_by_mentor(cohort, solution);
        let full_groups = FullGroups::new(
            candidates.scorer().quotas(),
            &solution.assignment,
            &mentees_by_mentor,
        );
        let evidence = evidence(&stages, (&mentees_by_mentor, &full_groups), goes_on);
        let matching = Matching::new(cohort, candidates, &solution.assignment)?;
        let unmatched = reasons::unmatched(&evidence)?;
        let wishes = reasons::granted_wishes(&evidence)?;
        let warnings = warnings::collect(&evidence, &stages.previous)?;
        let overrides = decisions::records(&stages, &stages.decisions.overrides)?;
        let statistics = statistics(&stages);
        watch.lap(|timings| &mut timings.explaining);
        let timings = watch.timings;
        Ok(Self(Arc::new(Record {
            stages,
            mentees_by_mentor,
            matching,
            unmatched,
            wishes,
            warnings,
            overrides,
            full_groups,
            statistics,
            timings,
            groundwork: OnceLock::new(),
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

    /// What became of people's wishes, by role and rank.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, WishRank};
    /// let ana = Profile::new("ana").mentor(1);
    /// let boris = Profile::new("boris").wish("ana", 1).mentee();
    /// let programme = Programme::builder().weigh(1, WishRank::of_mentees()).build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?;
    /// assert_eq!(outcome.wishes().mentees.by_rank[&1].granted, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn wishes(&self) -> &GrantedWishes {
        &self.0.wishes
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

    /// The proof. It has been checked. That of a [stable](crate::Stable) matching is about both sides'
    /// views, so [`verify`](Self::verify) is what checks it again.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.0.stages.solution.certificate
    }

    /// Checks the proof once more. One pass over the pairs.
    ///
    /// # Errors
    /// The first thing that is not proved.
    pub fn verify(&self) -> Result<(), Violation> {
        if let Claim::Stable { proposing } = self.certificate().claim() {
            return self.verify_stable(proposing);
        }
        let stages = &self.0.stages;
        let mut checked = Err(Violation::Shape);
        // A row that cannot be scored any more fails the check by itself.
        let all = &|| true;
        let _: Result<(), RunError> = stages.candidates.ask(&stages.cohort, all, |problem| {
            checked = stages.check(problem);
            Ok(())
        });
        checked
    }

    fn verify_stable(&self, proposing: Role) -> Result<(), Violation> {
        let assignment = &self.0.stages.solution.assignment;
        let checked = self.ask_sides(|preferences| preferences.check(assignment, proposing));
        checked.map_err(|error| match error {
            RunError::Solve(SolveError::CheckFailed(violation)) => violation,
            _ => Violation::Shape, // a row cannot be scored any more
        })
    }

    /// Whether every objective is proved optimal, as it is unless the run was stopped early. A stable
    /// matching has none: it is proved stable, and the proposing side's best, or there is no outcome.
    #[must_use]
    pub fn is_proven_optimal(&self) -> bool {
        self.0.stages.is_proved()
    }

    /// How far the first objective that is not proved optimal may fall short of its optimum; `None`
    /// when all of them are proved, as they are unless the run was stopped early.
    #[must_use]
    pub fn gap(&self) -> Option<OptimalityGap> {
        let solution = &self.0.stages.solution;
        if let Some(gap) = self.0.stages.gap_of_floor() {
            return Some(gap);
        }
        let Claim::Bounded { level, .. } = solution.certificate.claim() else {
            return None;
        };
        let of = (*self.concerns().get(level)?)?;
        let short_by = u64::try_from(solution.gap()?).unwrap_or(u64::MAX);
        Some(OptimalityGap { of, short_by })
    }

    /// What each level of the solution is about; nothing where ties are broken.
    pub(super) fn concerns(&self) -> Vec<Option<GapOf>> {
        let solution = &self.0.stages.solution;
        let owners = levels::owners(self.cohort(), self.programme().objectives());
        let has_locks = self.0.stages.has_locks();
        let locks = has_locks.then_some(None).into_iter();
        let minimums = levels::before(solution, has_locks) - usize::from(has_locks);
        let minimums = locks.chain(std::iter::repeat_n(Some(GapOf::Minimums), minimums));
        let objectives = owners.into_iter().map(|own| Some(GapOf::Objective(own)));
        let rest = std::iter::repeat(None);
        let levels = solution.certificate.levels().len();
        minimums
            .chain(objectives)
            .chain(rest)
            .take(levels)
            .collect()
    }

    /// What the matching is worth by each of the programme's objectives, first things first; nothing if
    /// it is a stable one.
    #[must_use]
    pub fn objectives(&self) -> Vec<ObjectiveValue> {
        let solution = &self.0.stages.solution;
        let objectives = self.programme().objectives();
        let floor = self.0.stages.floor.as_ref();
        self.0.stages.values_of(objectives, solution, floor)
    }

    /// Why a mentee and a mentor score what they score, whether or not they were matched or are
    /// allowed; [`forbidden`](Breakdown::forbidden) says what is against a pair that is not.
    /// [`why_not`](Self::why_not) has more of that: whose answer is missing, and what it read.
    ///
    /// # Errors
    /// Somebody who is not there in that role; a criterion of the host's own that gives something
    /// that is no score.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
    /// # let ana = Profile::new("ana").offer("rust", 4).mentor(0..=2);
    /// # let boris = Profile::new("boris").need("rust", 3).mentee();
    /// # let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// # let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?;
    /// let why = outcome.explain("boris", "ana")?;
    /// let sum: u32 = why.parts.iter().map(|part| part.contribution).sum();
    /// assert_eq!(sum, why.score.ppm());
    /// assert!(outcome.explain("ana", "boris").is_err(), "the mentee comes first");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(&self, mentee: &str, mentor: &str) -> Result<Breakdown, AskError> {
        let (mentee, mentor) = self.find(mentee, mentor)?;
        Ok(self
            .0
            .stages
            .candidates
            .scorer()
            .breakdown(mentee, mentor)?)
    }

    /// Every pair's match score in parts per million, `-1` where the pair is not allowed: one row a
    /// mentee, one column a mentor. `None` where a [memory limit](super::RunOptions::memory_limit) kept
    /// them from being kept; a [`Scorer`](crate::Scorer) of the programme and the outcome's cohort gives
    /// any row of them.
    ///
    /// Positions are those of [`cohort`](Self::cohort), which is in the order of the run's seed; the
    /// cohort that was handed in may be in another.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
    /// # let ana = Profile::new("ana").offer("rust", 4).mentor(0..=2);
    /// # let boris = Profile::new("boris").need("rust", 3).mentee();
    /// # let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// # let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?;
    /// let scores = outcome.scores().expect("no memory limit was set");
    /// assert_eq!(scores[[0, 0]], 1_000_000);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "ndarray")]
    #[must_use]
    pub fn scores(&self) -> Option<ndarray::ArrayView2<'_, i32>> {
        self.0.stages.candidates.view()
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

    pub(super) fn mentees_of(&self, mentor: MentorIdx) -> &[MenteeIdx] {
        &self.0.mentees_by_mentor[mentor]
    }

    pub(super) fn override_records(&self) -> &[OverrideRecord] {
        &self.0.overrides
    }

    /// What reasons are read from.
    pub(super) fn evidence(&self) -> Evidence<'_> {
        let found = (&self.0.mentees_by_mentor[..], &self.0.full_groups);
        evidence(&self.0.stages, found, &|| true)
    }

    pub(super) fn groundwork(&self) -> &OnceLock<Groundwork> {
        &self.0.groundwork
    }

    pub(super) fn stages(&self) -> &Stages {
        &self.0.stages
    }

    pub(super) fn find(
        &self,
        mentee: &str,
        mentor: &str,
    ) -> Result<(MenteeIdx, MentorIdx), AskError> {
        Ok((self.find_mentee(mentee)?, self.find_mentor(mentor)?))
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

fn evidence<'a>(
    stages: &'a Stages,
    (mentees_by_mentor, full_groups): (&'a [Vec<MenteeIdx>], &'a FullGroups),
    goes_on: GoesOn<'a>,
) -> Evidence<'a> {
    Evidence {
        programme: &stages.programme,
        cohort: &stages.cohort,
        scorer: stages.candidates.scorer(),
        candidates: &stages.candidates,
        assignment: &stages.solution.assignment,
        mentees_by_mentor,
        full_groups,
        proved: stages.is_proved(),
        is_stable: stages.programme.stable().is_some(),
        goes_on,
    }
}

fn mentees_by_mentor(cohort: &Cohort, solution: &Solution) -> Vec<Vec<MenteeIdx>> {
    let mut mentees = vec![Vec::new(); cohort.mentors().len()];
    for (mentee, mentor) in solution.assignment.pairs() {
        mentees[mentor].push(mentee);
    }
    mentees
}

fn statistics(stages: &Stages) -> Statistics {
    let Stages {
        cohort,
        candidates,
        solution,
        ..
    } = stages;
    let scorer = candidates.scorer();
    let mut refused = vec![0; scorer.refusals().len()];
    for mentee in MenteeIdx::all(cohort.mentees().len()) {
        for (total, removed) in refused.iter_mut().zip(candidates.removed(mentee)) {
            *total += u64::from(removed);
        }
    }
    Statistics {
        pairs_considered: cohort.mentees().len() as u64 * cohort.mentors().len() as u64,
        pairs_allowed: candidates.allowed(),
        on_demand: candidates.access() == Access::OnDemand,
        pairs_refused: scorer.refusals().iter().cloned().zip(refused).collect(),
        search: solution.stats,
    }
}
