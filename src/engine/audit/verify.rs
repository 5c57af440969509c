//! A record checked against people and programme, without a solver.
//!
//! # Idea
//! People and programme make the scores, the places and the levels again; the record adds the pairs, the prices and the
//! claim; and the checker of certificates reads all of them, as it did after the run. A stable matching needs no prices.

use super::canonical::Fingerprint;
use super::proof::{LevelOf, LevelRecord, Order};
use super::{AuditError, AuditRecord};
use crate::candidates::{Candidates, SidesAsked, has_minimums};
use crate::engine::decisions;
use crate::engine::error::RunError;
use crate::engine::levels::{self, Ground};
use crate::engine::previous::Previous;
use crate::engine::storage;
use crate::hash::H_VERSION;
use crate::ids::{ParticipantId, Role};
use crate::participant::Cohort;
use crate::programme::{Programme, Registry};
use crate::solver::{
    Access, Assignment, Certificate, Claim, Drawn, Floor, Level, Problem, ProblemError, SolveError,
    Violation,
};

impl AuditRecord {
    /// Whether the recorded pairs are what the record claims for these people: the best by the programme's objectives,
    /// each level worth what is recorded, or stable, or as near to the best as is said. Nothing is solved.
    ///
    /// Among results that are as good by all objectives a lot decides, which follows from the seed. That the pairs are
    /// the ones that it singles out is checked too, unless the record says that a limit came
    /// [before it was drawn](Self::is_drawn).
    ///
    /// The registry has the host's own criteria and rules, as they were.
    ///
    /// # Errors
    /// A record that has been changed; other people; something of the host's own that is not registered; whatever is not
    /// proved. See [`AuditError`].
    ///
    /// # Complexity
    /// Scores every pair once or twice, keeping none.
    pub fn verify(&self, cohort: &Cohort, registry: &Registry) -> Result<(), AuditError> {
        self.check_origin(cohort)?;
        let programme = self.programme().resolve(registry)?;
        let ground = Rebuilt::new(self, &programme, cohort)?;
        let assignment = ground.assignment(self)?;
        match self.claim.into() {
            Claim::Stable { proposing } => ground.check_stable(self, &assignment, proposing),
            claim => ground.check_levels(self, &assignment, claim),
        }
    }

    /// That the record is as it was made, and about these people.
    pub(super) fn check_origin(&self, cohort: &Cohort) -> Result<(), AuditError> {
        if self.record != self.clone().sealed()?.record {
            return Err(AuditError::Changed);
        }
        if self.hash_version != H_VERSION {
            let (found, known) = (self.hash_version, H_VERSION);
            return Err(AuditError::HashVersion { found, known });
        }
        if self.result != Fingerprint::of(&self.pairs)? {
            return Err(AuditError::OtherResult);
        }
        if self.people != Fingerprint::of(cohort)? {
            return Err(AuditError::OtherPeople);
        }
        Ok(())
    }
}

/// What people and programme make, as it was before the run was solved.
struct Rebuilt<'a> {
    programme: &'a Programme,
    cohort: Cohort,
    candidates: Candidates,
    previous: Previous,
}

impl<'a> Rebuilt<'a> {
    fn new(
        record: &AuditRecord,
        programme: &'a Programme,
        cohort: &Cohort,
    ) -> Result<Self, RunError> {
        let options = record.request.options();
        let cohort = cohort.seeded(options.seed);
        let (cohort, scorer) = decisions::prepare(programme, &cohort, &options.decisions)?;
        let previous = Previous::of(&options, &cohort);
        let candidates = Candidates::collect(scorer, &cohort, Access::OnDemand, &|| true)?;
        Ok(Self {
            programme,
            cohort,
            candidates: candidates.ok_or(SolveError::Cancelled)?,
            previous,
        })
    }

    /// The recorded pairs, which score what is recorded.
    fn assignment(&self, record: &AuditRecord) -> Result<Assignment, AuditError> {
        let ids = |pair: &super::PairRecord| (pair.mentee.clone(), pair.mentor.clone());
        if !record.pairs.is_sorted_by(|a, b| ids(a) < ids(b)) {
            return Err(AuditError::PairsOutOfOrder);
        }
        let mut pairs = Vec::with_capacity(record.pairs.len());
        for pair in &record.pairs {
            let mentee = self.cohort.mentee_idx(pair.mentee.as_str());
            let mentee = mentee.ok_or_else(|| unknown(Role::Mentee, &pair.mentee))?;
            let mentor = self.cohort.mentor_idx(pair.mentor.as_str());
            let mentor = mentor.ok_or_else(|| unknown(Role::Mentor, &pair.mentor))?;
            let score = self.candidates.score(mentee, mentor);
            if score.map_err(RunError::from)? != Some(pair.score) {
                let (mentee, mentor) = ids(pair);
                return Err(AuditError::Score { mentee, mentor });
            }
            pairs.push((mentee.get(), mentor.get()));
        }
        Ok(Assignment::from_pairs(self.cohort.mentees().len(), pairs))
    }

    fn check_stable(
        &self,
        record: &AuditRecord,
        assignment: &Assignment,
        proposing: Role,
    ) -> Result<(), AuditError> {
        let stable = self.programme.stable();
        let stable = stable.filter(|own| own.proposing == proposing && record.levels.is_empty());
        let asked = SidesAsked {
            cohort: &self.cohort,
            wishes_first: stable.ok_or(AuditError::OtherLevels)?.wishes_first,
            access: Access::OnDemand,
            goes_on: &|| true,
        };
        let checked = self.candidates.ask_sides(asked, |preferences| {
            Ok::<_, RunError>(preferences.check(assignment, proposing))
        });
        Ok(checked??)
    }

    fn check_levels(
        &self,
        record: &AuditRecord,
        assignment: &Assignment,
        claim: Claim,
    ) -> Result<(), AuditError> {
        if self.programme.stable().is_some() {
            return Err(AuditError::OtherLevels);
        }
        let levels = self.levels(record)?;
        let order = Order::of(&self.cohort);
        let prices = (record.levels.iter()).map(|level| order.prices(&level.prices));
        let prices: Option<Vec<_>> = prices.collect();
        let prices = prices.ok_or(AuditError::OtherLevels)?;
        let floor = self.floor(record, &levels)?;
        let drawn = self.drawn(record)?;
        let certificate = Certificate::stated(levels, prices, claim, drawn);
        let all = &|| true;
        let checked: Result<_, RunError> = self.candidates.ask(&self.cohort, all, |problem| {
            let checked = check(&certificate, (problem, assignment), &record.levels);
            Ok(checked.and_then(|()| check_floor(&certificate, problem, floor.as_ref())))
        });
        checked?
    }

    /// The levels of the programme and these people, if they are the recorded ones.
    fn levels(&self, record: &AuditRecord) -> Result<Vec<Level>, AuditError> {
        let (stated, mut levels) = self.levels_of_objectives().map_err(RunError::from)?;
        if let (Some(at), Some(floor)) = (self.floor_level(levels.len()), &record.floor) {
            levels[at] = Level::below(floor.score);
        }
        let (objectives, rest) = record
            .levels
            .split_at_checked(stated.len())
            .ok_or(AuditError::OtherLevels)?;
        if !(objectives.iter()).map(|level| level.of).eq(stated) {
            return Err(AuditError::OtherLevels);
        }
        if rest.is_empty() {
            Ok(levels)
        } else {
            Err(AuditError::OtherLevels)
        }
    }

    /// What is recorded of the lot, in which nobody but the seed has a say.
    fn drawn(&self, record: &AuditRecord) -> Result<Option<Drawn>, AuditError> {
        let Some(own) = &record.lot else {
            let may_be_missing = record.request.leaves_ties() || record.request.has_limits();
            return match may_be_missing {
                true => Ok(None),
                false => Err(AuditError::NoLot),
            };
        };
        let drawn = own.drawn(storage::lot(&self.cohort));
        drawn.map(Some).ok_or(Violation::Shape.into())
    }

    /// All levels, and what they are about.
    fn levels_of_objectives(&self) -> Result<(Vec<LevelOf>, Vec<Level>), ProblemError> {
        let (cohort, scorer) = (&self.cohort, self.candidates.scorer());
        let objectives = self.programme.objectives();
        let ground = Ground::new(cohort, scorer, &self.previous.pairs);
        let mut levels = ground.levels_of_locks()?;
        let mut about = Vec::new();
        if levels.is_empty() {
            levels.extend(has_minimums(cohort, scorer.quotas()).then_some(Level::Minimums));
        } else {
            about.push(LevelOf::Locks);
        }
        about.resize(levels.len(), LevelOf::Minimums);
        levels.extend(ground.levels_of(objectives)?);
        let owners = levels::owners(cohort, objectives).into_iter();
        about.extend(owners.map(LevelOf::Objective));
        Ok((about, levels))
    }

    /// Which of so many levels keeps the highest floor, if one does: those of the objectives come last.
    fn floor_level(&self, levels: usize) -> Option<usize> {
        let objectives = self.programme.objectives();
        let own = levels::floor_among(&self.cohort, objectives)?;
        let owners = levels::owners(&self.cohort, objectives).len();
        Some(levels.saturating_sub(owners) + own)
    }

    /// Where the recorded floor stands among all levels, and the floor, which the pairs are on.
    fn floor(
        &self,
        record: &AuditRecord,
        levels: &[Level],
    ) -> Result<Option<(usize, Floor)>, AuditError> {
        let at = self.floor_level(levels.len());
        let (at, own) = match (at, &record.floor) {
            (None, None) => return Ok(None),
            (Some(at), Some(own)) => (at, own),
            _ => return Err(AuditError::OtherLevels),
        };
        let scores = record
            .pairs
            .iter()
            .map(|pair| pair.score.ppm().cast_signed());
        if scores.min().unwrap_or(i32::MAX) != own.lowest {
            return Err(AuditError::Value { level: at });
        }
        let floor = own.stated(&self.cohort, &levels[..at])?;
        Ok(Some((at, floor)))
    }
}

/// The proof holds, and every level comes to what is recorded.
fn check(
    certificate: &Certificate,
    (problem, assignment): (&Problem<'_>, &Assignment),
    recorded: &[LevelRecord],
) -> Result<(), AuditError> {
    certificate.check(problem, assignment)?;
    let values = assignment.value(problem, certificate.levels());
    let values = values.unwrap_or_default();
    for (level, own) in recorded.iter().enumerate() {
        if values.get(level) != Some(&own.value) {
            return Err(AuditError::Value { level });
        }
    }
    Ok(())
}

/// No floor under all scores is higher, unless the record leaves that open.
fn check_floor(
    certificate: &Certificate,
    problem: &Problem<'_>,
    floor: Option<&(usize, Floor)>,
) -> Result<(), AuditError> {
    let Some((at, floor)) = floor else {
        return Ok(());
    };
    Ok(floor.check_beside(problem, (certificate, *at))?)
}

pub(super) fn unknown(role: Role, id: &ParticipantId) -> AuditError {
    let id = id.clone();
    AuditError::Unknown { role, id }
}
