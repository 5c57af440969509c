//! What another wish would cost: the solver's answers in people's names.

use std::sync::OnceLock;

use thiserror::Error;

use super::error::{AskError, RunError};
use super::outcome::{Outcome, Stages};
use super::plan::tie_break;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::participant::Cohort;
use crate::reasons::{GapOf, ObjectiveChange, PairPrice, PersonMove};
use crate::solver::{
    self, Assignment, Groundwork, Level, Move, Problem, Sensitivity, SensitivityError, Solution,
    SolveError, SolveOptions, Start,
};

/// What the places of a mentor are worth.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MentorPlaces {
    /// The mentor.
    pub mentor: ParticipantId,
    /// By how much the objectives would rise with one more place.
    pub gain: Vec<ObjectiveChange>,
    /// By how much they would fall with one place fewer; `None` if there is none to take away.
    pub loss: Option<Vec<ObjectiveChange>>,
}

/// A mentee and a mentor.
pub type NamedPair = (ParticipantId, ParticipantId);

/// Which pairs every optimal matching has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FirmPairs {
    /// Pairs in every matching that is as good by all objectives, in the order of ids.
    pub firm: Vec<NamedPair>,
    /// Pairs in some of them but not in all, in the order of ids; the run's were drawn by lot.
    pub possible: Vec<NamedPair>,
}

/// Why there is no answer to what would be.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum WhatIfError {
    /// Somebody is not there.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// A criterion of the host's own gave something that is no score, or another score, when asked again.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The run was stopped early.
    #[error("the run was stopped before its result was proved optimal")]
    NotOptimal,
    /// The programme asks for a stable matching, which has no objectives.
    #[error("a stable matching has no objectives that could change")]
    Stable,
}

impl Outcome {
    /// What it would cost to match these two: by how much each objective would fall at the least, and who would move.
    /// `None` if they cannot be matched, since the pair is forbidden or one of them takes nobody; no change if they are
    /// a pair.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// let boris = Profile::new("boris").need("rust", 4).mentee();
    /// let chen = Profile::new("chen").need("go", 4).mentee();
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris, chen])?)?;
    ///
    /// let price = outcome.price_of("chen", "ana")?.ok_or("it is possible")?;
    /// assert_eq!(price.change.iter().map(|change| change.by).collect::<Vec<_>>(), [0, -1_000_000]);
    /// let movers: Vec<_> = price.moves.iter().map(|one| one.mentee.as_str()).collect();
    /// assert_eq!(movers, ["chen", "boris"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Somebody who is not there in that role; a run that was stopped early; a criterion of the host's own that gives
    /// something else when asked again.
    ///
    /// # Complexity
    /// One search. The first question of this kind that an outcome is asked takes a few passes over the scores
    /// besides, which check the proof and find the smallest prices; what they find is kept, some 200 bytes a person.
    pub fn price_of(&self, mentee: &str, mentor: &str) -> Result<Option<PairPrice>, WhatIfError> {
        let (mentee, mentor) = self.find(mentee, mentor)?;
        self.what_if(|sensitivity| self.forced(sensitivity, mentee, mentor))
    }

    /// What it would cost to match two people, if they can be.
    pub(super) fn forced(
        &self,
        sensitivity: &Sensitivity<'_>,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Option<PairPrice>, SensitivityError> {
        let forced = match sensitivity.forced(mentee, mentor) {
            Err(SensitivityError::NotAllowed { .. }) => None,
            forced => forced?,
        };
        Ok(forced.map(|forced| self.priced(&forced.change, &forced.moves)))
    }

    /// What it would cost if these two were not a pair: what if she could not take him? No change if they are none.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
    /// # let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// # let boris = Profile::new("boris").need("rust", 4).mentee();
    /// # let chen = Profile::new("chen").need("go", 4).mentee();
    /// # let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// # let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris, chen])?)?;
    /// let price = outcome.price_without("boris", "ana")?;
    /// // Chen would have ana instead.
    /// assert_eq!(price.change.iter().map(|change| change.by).collect::<Vec<_>>(), [0, -1_000_000]);
    /// assert_eq!(price.moves.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`price_of`](Self::price_of).
    pub fn price_without(&self, mentee: &str, mentor: &str) -> Result<PairPrice, WhatIfError> {
        let (mentee, mentor) = self.find(mentee, mentor)?;
        self.what_if(|sensitivity| match sensitivity.forbidden(mentee, mentor) {
            Err(SensitivityError::NotAllowed { .. }) => {
                Ok(self.priced(&no_change(sensitivity), &[]))
            }
            forbidden => {
                let forbidden = forbidden?;
                Ok(self.priced(&forbidden.change, &forbidden.moves))
            }
        })
    }

    /// What it would cost to leave a mentee without a mentor: why not nobody? No change if she has none.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
    /// # let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// # let boris = Profile::new("boris").need("rust", 4).mentee();
    /// # let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// # let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?;
    /// let price = outcome.price_of_nobody("boris")?;
    /// assert_eq!(price.change.iter().map(|change| change.by).collect::<Vec<_>>(), [-1, -1_000_000]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`price_of`](Self::price_of).
    ///
    /// # Complexity
    /// One search, or another solve if she has several mentors.
    pub fn price_of_nobody(&self, mentee: &str) -> Result<PairPrice, WhatIfError> {
        let mentee = self.find_mentee(mentee)?;
        let mentors = self.stages().solution.assignment.mentors_of(mentee);
        if mentors.len() < 2 {
            return self.what_if(|sensitivity| {
                let fewer = sensitivity.one_mentor_fewer(mentee)?;
                Ok(self.priced(&fewer.change, &fewer.moves))
            });
        }
        self.what_if(|_| Ok(()))?; // there is no price unless the run is proved optimal
        Ok(self.solved_without(mentee)?)
    }

    /// What one more place is worth at each mentor, and one fewer; in the order of ids. Whom to recruit, exactly.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
    /// # let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// # let boris = Profile::new("boris").need("rust", 4).mentee();
    /// # let chen = Profile::new("chen").need("go", 4).mentee();
    /// # let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// # let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris, chen])?)?;
    /// let ana = &outcome.place_prices()?[0];
    /// // One more mentee would take part.
    /// assert_eq!((ana.mentor.as_str(), ana.gain[0].by), ("ana", 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`price_of`](Self::price_of), people apart.
    pub fn place_prices(&self) -> Result<Vec<MentorPlaces>, WhatIfError> {
        self.what_if(|sensitivity| {
            let concerns = self.concerns();
            let prices = sensitivity.place_prices().mentors;
            let all = MentorIdx::all(prices.len()).zip(&prices);
            let places = all.map(|(mentor, price)| MentorPlaces {
                mentor: id_of_mentor(self.cohort(), mentor),
                gain: changes(&concerns, &price.gain),
                loss: price.loss.as_ref().map(|loss| changes(&concerns, loss)),
            });
            let mut places: Vec<_> = places.collect();
            places.sort_unstable_by(|a, b| a.mentor.cmp(&b.mentor));
            Ok(places)
        })
    }

    /// Which pairs every optimal matching has, and which only some have: those fell by lot.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
    /// # let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// # let boris = Profile::new("boris").need("rust", 4).mentee();
    /// # let chen = Profile::new("chen").need("go", 4).mentee();
    /// # let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// # let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris, chen])?)?;
    /// let pairs = outcome.firmness()?;
    /// assert_eq!(pairs.firm, [("boris".into(), "ana".into())]);
    /// assert!(pairs.possible.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`price_of`](Self::price_of), people apart.
    pub fn firmness(&self) -> Result<FirmPairs, WhatIfError> {
        self.what_if(|sensitivity| {
            let firmness = sensitivity.firmness();
            Ok(FirmPairs {
                firm: named_pairs(self.cohort(), firmness.firm()),
                possible: named_pairs(self.cohort(), firmness.possible()),
            })
        })
    }

    pub(super) fn what_if<T>(
        &self,
        question: impl FnOnce(&Sensitivity<'_>) -> Result<T, SensitivityError>,
    ) -> Result<T, WhatIfError> {
        let Stages {
            cohort,
            candidates,
            solution,
            ..
        } = self.stages();
        let answer = candidates.ask(cohort, &|| true, |problem| {
            let asked = (problem, solution);
            Ok::<_, RunError>(answered(self.groundwork(), asked, question))
        })?;
        answer.map_err(|error| match error {
            SensitivityError::NotProved(violation) => {
                RunError::Solve(SolveError::CheckFailed(violation)).into()
            }
            SensitivityError::Stable => WhatIfError::Stable,
            _ => WhatIfError::NotOptimal,
        })
    }

    /// What the best matching without a mentee is worth, compared with the run's.
    fn solved_without(&self, mentee: MenteeIdx) -> Result<PairPrice, RunError> {
        let Stages {
            cohort,
            candidates,
            solution,
            tie_breaking,
            ..
        } = self.stages();
        let levels = solution.certificate.levels().iter();
        let levels = levels.filter(|level| !matches!(level, Level::TieBreak(_)));
        let options =
            SolveOptions::new(levels.cloned()).tie_break(tie_break(*tie_breaking, cohort));
        let again = candidates.ask(cohort, &|| true, |problem| {
            let (problem, start) = (problem.clone().without_mentee(mentee), Start::of(solution));
            solver::solve_from(&problem, &options, &start).map_err(RunError::from)
        })?;
        let values = again.value.iter().zip(&solution.value);
        let change: Vec<_> = values.map(|(again, value)| again - value).collect();
        let moves = moves_between(&solution.assignment, &again.assignment);
        Ok(self.priced(&change, &moves))
    }

    /// A change at each level and its moves, as people see them.
    pub(super) fn priced(&self, change: &[i128], moves: &[Move]) -> PairPrice {
        let moves = moves.iter().map(|one| named_move(self.cohort(), *one));
        PairPrice {
            change: self.changes(change),
            moves: moves.collect(),
        }
    }

    /// The changes of what levels are about; how ties are broken is nobody's gain.
    pub(super) fn changes(&self, numbers: &[i128]) -> Vec<ObjectiveChange> {
        changes(&self.concerns(), numbers)
    }

    pub(super) fn find_mentor(&self, mentor: &str) -> Result<MentorIdx, AskError> {
        self.cohort()
            .mentor_idx(mentor)
            .ok_or_else(|| AskError::Unknown {
                role: Role::Mentor,
                id: mentor.into(),
            })
    }

    pub(super) fn find_mentee(&self, mentee: &str) -> Result<MenteeIdx, AskError> {
        self.cohort()
            .mentee_idx(mentee)
            .ok_or_else(|| AskError::Unknown {
                role: Role::Mentee,
                id: mentee.into(),
            })
    }
}

fn no_change(sensitivity: &Sensitivity<'_>) -> Vec<i128> {
    vec![0; sensitivity.levels().len()]
}

/// An answer from what was worked out when the first question was asked; now, if this is the first.
fn answered<T>(
    kept: &OnceLock<Groundwork>,
    (problem, solution): (&Problem<'_>, &Solution),
    question: impl FnOnce(&Sensitivity<'_>) -> Result<T, SensitivityError>,
) -> Result<T, SensitivityError> {
    let groundwork = match kept.get() {
        Some(groundwork) => groundwork,
        None => {
            let fresh = Sensitivity::new(problem, solution)?.into_groundwork();
            kept.get_or_init(|| fresh) // another thread may have been first, with the same
        }
    };
    question(&Sensitivity::on(groundwork, problem, solution)?)
}

/// Who moves from one assignment to another, in the order of mentees.
fn moves_between(before: &Assignment, after: &Assignment) -> Vec<Move> {
    let moves_of = |mentee: MenteeIdx| {
        let (had, has) = (before.mentors_of(mentee), after.mentors_of(mentee));
        let only = |these: &[MentorIdx], others: &[MentorIdx]| {
            let these = these.iter().copied();
            these
                .filter(|one| !others.contains(one))
                .collect::<Vec<_>>()
        };
        let (from, to) = (only(had, has), only(has, had));
        let moves = 0..from.len().max(to.len());
        moves.map(move |at| Move {
            mentee,
            from: from.get(at).copied(),
            to: to.get(at).copied(),
        })
    };
    MenteeIdx::all(before.mentees())
        .flat_map(moves_of)
        .collect()
}

/// The changes of what levels are about; how ties are broken is nobody's gain.
fn changes(concerns: &[Option<GapOf>], numbers: &[i128]) -> Vec<ObjectiveChange> {
    let changes = concerns.iter().zip(numbers);
    changes
        .filter_map(|(&of, &by)| Some(ObjectiveChange { of: of?, by }))
        .collect()
}

fn named_move(cohort: &Cohort, one: Move) -> PersonMove {
    PersonMove {
        mentee: id_of_mentee(cohort, one.mentee),
        from: one.from.map(|mentor| id_of_mentor(cohort, mentor)),
        to: one.to.map(|mentor| id_of_mentor(cohort, mentor)),
    }
}

fn named_pairs(cohort: &Cohort, pairs: &[(MenteeIdx, MentorIdx)]) -> Vec<NamedPair> {
    let named = pairs.iter();
    let named = named.map(|&(i, j)| (id_of_mentee(cohort, i), id_of_mentor(cohort, j)));
    let mut named: Vec<_> = named.collect();
    named.sort_unstable();
    named
}

fn id_of_mentee(cohort: &Cohort, mentee: MenteeIdx) -> ParticipantId {
    cohort.mentees()[mentee].profile.id.clone()
}

fn id_of_mentor(cohort: &Cohort, mentor: MentorIdx) -> ParticipantId {
    cohort.mentors()[mentor].profile.id.clone()
}
