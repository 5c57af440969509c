//! What another wish would cost: the solver's answers in people's names.

use thiserror::Error;

use super::error::{AskError, RunError};
use super::gap::GapOf;
use super::outcome::{Outcome, Stages};
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};
use crate::participant::Cohort;
use crate::solver::{Move, Sensitivity, SensitivityError, SolveError};

/// What a matching with one more condition would be, compared with the run's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PairPrice {
    /// By how much each objective would change, first things first: the first that is not 0 falls.
    pub change: Vec<ObjectiveChange>,
    /// Who would move.
    pub moves: Vec<PersonMove>,
}

/// An objective and by how much the best that it can be would change. An objective of several levels
/// (tiers, ranks, classes of scores) has an entry for each, first things first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ObjectiveChange {
    /// What changes.
    pub of: GapOf,
    /// By how much: places for minimums, mentees for participation, parts per million for the total score.
    pub by: i128,
}

/// One mentee's change of mentor.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PersonMove {
    /// Who moves.
    pub mentee: ParticipantId,
    /// The mentor she gives up, if any.
    pub from: Option<ParticipantId>,
    /// The mentor she gets, if any.
    pub to: Option<ParticipantId>,
}

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
    /// The lowest score is an objective, and might be another with other places: only a run anew tells.
    #[error("the lowest score might change, which only another run can tell")]
    LowestScore,
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
    /// A few passes over the scores, which check the proof and find the smallest prices, and one search. Where the
    /// lowest score is an objective and the pair would change it, or what comes before it, another solve.
    pub fn price_of(&self, mentee: &str, mentor: &str) -> Result<Option<PairPrice>, WhatIfError> {
        let (mentee, mentor) = self.find(mentee, mentor)?;
        let price = self.what_if(|sensitivity| {
            let forced = match sensitivity.forced(mentee, mentor) {
                Err(SensitivityError::NotAllowed { .. }) => None,
                forced => forced?,
            };
            Ok(forced.map(|forced| (forced.change, forced.moves)))
        })?;
        let Some((change, moves)) = price else {
            return Ok(None);
        };
        // A condition more can only lower the lowest score, and that shows at the levels up to its own.
        let floor = self.stages().floor_level();
        if floor.is_some_and(|(at, _)| change.iter().take(at + 1).any(|&by| by != 0)) {
            return self.price_by_solving(mentee, mentor).map(Some);
        }
        let moves = moves.iter().map(|one| named_move(self.cohort(), *one));
        Ok(Some(PairPrice {
            change: changes(&self.concerns(), &change),
            moves: moves.collect(),
        }))
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
        if self.stages().floor.is_some() {
            return Err(WhatIfError::LowestScore);
        }
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

    fn what_if<T>(
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
            let answer =
                Sensitivity::new(problem, solution).and_then(|sensitivity| question(&sensitivity));
            Ok::<_, RunError>(answer)
        })?;
        answer.map_err(|error| match error {
            SensitivityError::NotProved(violation) => {
                RunError::Solve(SolveError::CheckFailed(violation)).into()
            }
            SensitivityError::Stable => WhatIfError::Stable,
            _ => WhatIfError::NotOptimal,
        })
    }
}

/// The changes of what levels are about; how ties are broken is nobody's gain.
pub(super) fn changes(concerns: &[Option<GapOf>], numbers: &[i128]) -> Vec<ObjectiveChange> {
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

pub(super) fn id_of_mentee(cohort: &Cohort, mentee: MenteeIdx) -> ParticipantId {
    cohort.mentees()[mentee].profile.id.clone()
}

pub(super) fn id_of_mentor(cohort: &Cohort, mentor: MentorIdx) -> ParticipantId {
    cohort.mentors()[mentor].profile.id.clone()
}
