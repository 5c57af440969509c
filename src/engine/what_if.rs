//! What another wish would cost: the solver's answers in people's names.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use thiserror::Error;

use super::error::{AskError, RunError};
use super::outcome::{Outcome, Stages};
use super::price_again::Condition;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::participant::Cohort;
use crate::reasons::{GapOf, ObjectiveChange, PairPrice, PersonMove};
use crate::solver::{
    Groundwork, Move, Problem, Sensitivity, SensitivityError, Solution, SolveError, WhatIf,
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
    /// The lowest score is an objective, and might be another then: only a run anew tells.
    #[error("the lowest score might change, which only another run can tell")]
    LowestScore,
    /// The programme asks for a stable matching, which has no objectives.
    #[error("a stable matching has no objectives that could change")]
    Stable,
    /// No criterion of that name counts.
    #[error("no criterion named {name:?} counts in this programme; these do: {}", .counting.join(", "))]
    NoSuchCriterion {
        /// The name asked for.
        name: String,
        /// The names of those that count, in the programme's order.
        counting: Vec<String>,
    },
    /// The total score is no objective of the programme, or one before it depends on scores.
    #[error("the total score is no objective, or one before it depends on scores")]
    NoTotalScore,
}

impl Outcome {
    /// What it would cost to match these two: by how much each objective would fall at the least, and who would move.
    /// `None` if they cannot be matched, since the pair is forbidden, one of them takes nobody, or a lock stands against
    /// it; no change if they are a pair.
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
    /// One search, or another solve if the lowest score is an objective and would change. The first question of this kind that an outcome is asked takes a few passes over the scores
    /// besides, which check the proof and find the smallest prices; what they find is kept, some 200 bytes a person.
    pub fn price_of(&self, mentee: &str, mentor: &str) -> Result<Option<PairPrice>, WhatIfError> {
        let (mentee, mentor) = self.find(mentee, mentor)?;
        self.forced(mentee, mentor)
    }

    /// What it would cost to match two people, if they can be.
    pub(super) fn forced(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Option<PairPrice>, WhatIfError> {
        let condition = Condition {
            with: Some((mentee, mentor)),
            ..Condition::default()
        };
        self.or_again(&condition, |sensitivity| {
            let forced = match sensitivity.forced(mentee, mentor) {
                Err(SensitivityError::NotAllowed { .. }) => None,
                forced => forced?,
            };
            let breaks_a_lock = |own: &WhatIf| self.stages().has_locks() && own.change[0] != 0;
            let forced = forced.filter(|own| !breaks_a_lock(own));
            let priced = forced.map(|own| self.priced(&own.change, &own.moves));
            priced.transpose()
        })
    }

    /// The answer to a question about one more condition; by another solve where the lowest score would change.
    fn or_again(
        &self,
        condition: &Condition,
        question: impl FnOnce(&Sensitivity<'_>) -> Result<Option<PairPrice>, WhatIfError>,
    ) -> Result<Option<PairPrice>, WhatIfError> {
        match self.what_if(question) {
            Err(WhatIfError::LowestScore) => Ok(self.price_again(condition)?),
            answer => answer,
        }
    }

    /// What it would cost if these two were not a pair: what if she could not take him? No change if they are none. A
    /// lock on them is lifted.
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
        let condition = Condition {
            without: BTreeSet::from([(mentee, mentor)]),
            ..Condition::default()
        };
        let price = self.or_again(&condition, |sensitivity| {
            match sensitivity.forbidden(mentee, mentor) {
                Err(SensitivityError::NotAllowed { .. }) => Ok(None),
                forbidden => {
                    let forbidden = forbidden?;
                    self.priced(&forbidden.change, &forbidden.moves).map(Some)
                }
            }
        });
        Ok(price?.unwrap_or_else(|| self.no_price()))
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
        let mentors = self.stages().solution.assignment.mentors_of(mentee).len();
        let all = MentorIdx::all(self.cohort().mentors().len());
        let condition = Condition {
            without: all.map(|mentor| (mentee, mentor)).collect(),
            ..Condition::default()
        };
        let price = self.or_again(&condition, |sensitivity| {
            let fewer = sensitivity.one_mentor_fewer(mentee)?;
            match mentors {
                0 | 1 => self.priced(&fewer.change, &fewer.moves).map(Some),
                _ => Ok(self.price_again(&condition)?),
            }
        });
        Ok(price?.unwrap_or_else(|| self.no_price()))
    }

    /// The price of what is so already.
    fn no_price(&self) -> PairPrice {
        PairPrice {
            change: self.changes(&vec![0; self.stages().solution.value.len()]),
            moves: Vec::new(),
        }
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
    /// As [`price_of`](Self::price_of), people apart; where the lowest score is an objective, there is no
    /// answer.
    pub fn place_prices(&self) -> Result<Vec<MentorPlaces>, WhatIfError> {
        self.no_floor()?;
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
        question: impl FnOnce(&Sensitivity<'_>) -> Result<T, WhatIfError>,
    ) -> Result<T, WhatIfError> {
        let Stages {
            cohort,
            candidates,
            solution,
            floor,
            ..
        } = self.stages();
        if floor.as_ref().is_some_and(|floor| !floor.is_proved()) {
            return Err(WhatIfError::NotOptimal);
        }
        candidates.ask(cohort, &|| true, |problem| {
            let asked = (problem, solution);
            Ok::<_, RunError>(answered(self.groundwork(), asked, question))
        })?
    }

    /// Refuses where the lowest score is an objective, of which one more place or mentor would say nothing.
    pub(super) fn no_floor(&self) -> Result<(), WhatIfError> {
        match self.stages().floor {
            Some(_) => Err(WhatIfError::LowestScore),
            None => Ok(()),
        }
    }

    /// What one more condition changes at each level, and its moves, as people see them. The lowest score can only
    /// fall by it, and that shows at the levels up to its own: how far it falls is not known then.
    pub(super) fn priced(&self, change: &[i128], moves: &[Move]) -> Result<PairPrice, WhatIfError> {
        let floor = self.stages().floor_level();
        if floor.is_some_and(|(at, _)| change.iter().take(at + 1).any(|&by| by != 0)) {
            return Err(WhatIfError::LowestScore);
        }
        let moves = moves.iter().map(|one| named_move(self.cohort(), *one));
        Ok(PairPrice {
            change: self.changes(change),
            moves: moves.collect(),
        })
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

impl WhatIfError {
    /// Whether it is the way the run went for which there is no answer, and nothing is wrong.
    pub(super) fn is_of_the_run(&self) -> bool {
        matches!(self, Self::NotOptimal | Self::LowestScore | Self::Stable)
    }
}

impl From<SensitivityError> for WhatIfError {
    fn from(error: SensitivityError) -> Self {
        match error {
            SensitivityError::NotProved(violation) => {
                RunError::Solve(SolveError::CheckFailed(violation)).into()
            }
            SensitivityError::Stable => Self::Stable,
            _ => Self::NotOptimal,
        }
    }
}

/// An answer from what was worked out when the first question was asked; now, if this is the first.
fn answered<T>(
    kept: &OnceLock<Groundwork>,
    (problem, solution): (&Problem<'_>, &Solution),
    question: impl FnOnce(&Sensitivity<'_>) -> Result<T, WhatIfError>,
) -> Result<T, WhatIfError> {
    let groundwork = match kept.get() {
        Some(groundwork) => groundwork,
        None => {
            let fresh = Sensitivity::new(problem, solution)?.into_groundwork();
            kept.get_or_init(|| fresh) // another thread may have been first, with the same
        }
    };
    question(&Sensitivity::on(groundwork, problem, solution)?)
}

/// The changes of what levels are about; how ties are broken is nobody's gain.
fn changes(concerns: &[Option<GapOf>], numbers: &[i128]) -> Vec<ObjectiveChange> {
    let changes = concerns.iter().zip(numbers);
    changes
        .filter_map(|(&of, &by)| Some(ObjectiveChange { of: of?, by }))
        .collect()
}

pub(super) fn named_move(cohort: &Cohort, one: Move) -> PersonMove {
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

pub(super) fn id_of_mentee(cohort: &Cohort, mentee: MenteeIdx) -> ParticipantId {
    cohort.mentees()[mentee].profile.id.clone()
}

pub(super) fn id_of_mentor(cohort: &Cohort, mentor: MentorIdx) -> ParticipantId {
    cohort.mentors()[mentor].profile.id.clone()
}
