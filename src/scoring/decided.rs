//! What a programme manager decided about pairs, as far as it bears on rules.

use std::collections::{BTreeMap, BTreeSet};

use super::gates::Refusal;
use super::{Scorer, ScoringError};
use crate::criteria::{Context, PairList};
use crate::error::ProgrammeError;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::rules::{ForbidRow, Rule};
use crate::score::Score;

/// A mentee and a mentor, by position.
pub(crate) type PairIdx = (MenteeIdx, MentorIdx);

/// What was decided, by position.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decided {
    /// Pairs that are made. They obey the rules, or there is no run.
    pub(crate) locks: BTreeSet<PairIdx>,
    /// Pairs that are forbidden.
    pub(crate) vetoes: BTreeSet<PairIdx>,
    /// By pair: names of rules, or of criteria that forbid pairs, that are not to hold for it.
    pub(crate) lifted: BTreeMap<PairIdx, Vec<String>>,
}

impl Decided {
    /// The same about people at other positions; what concerns somebody who has none is left out.
    pub(crate) fn moved(
        &self,
        mentee: impl Fn(MenteeIdx) -> Option<MenteeIdx>,
        mentor: impl Fn(MentorIdx) -> Option<MentorIdx>,
    ) -> Self {
        let place = |&(i, j): &PairIdx| Some((mentee(i)?, mentor(j)?));
        let lifted = self.lifted.iter();
        Self {
            locks: self.locks.iter().filter_map(place).collect(),
            vetoes: self.vetoes.iter().filter_map(place).collect(),
            lifted: lifted
                .filter_map(|(pair, names)| Some((place(pair)?, names.clone())))
                .collect(),
        }
    }
}

/// What a scorer makes of it.
#[derive(Default)]
pub(super) struct Standing {
    pub(super) locks: BTreeSet<PairIdx>,
    /// By pair: the refusals that are not to hold for it, by position.
    lifted: BTreeMap<PairIdx, Vec<usize>>,
    /// Refusals before this one cannot be lifted.
    first_liftable: usize,
}

impl Standing {
    pub(super) fn new(decided: Decided, refusals: &[Refusal], first_liftable: usize) -> Self {
        let positions = |names: Vec<String>| {
            let is_lifted = |refusal: &Refusal| names.iter().any(|name| refusal.is_of(name));
            let stated = refusals.iter().enumerate().skip(first_liftable);
            let lifted = stated.filter(|(_, refusal)| is_lifted(refusal));
            lifted.map(|(at, _)| at).collect()
        };
        let lifted = decided.lifted.into_iter();
        Self {
            locks: decided.locks,
            lifted: lifted
                .map(|(pair, names)| (pair, positions(names)))
                .collect(),
            first_liftable,
        }
    }

    /// Whether a refusal is not to hold for a pair.
    pub(super) fn lifts(&self, pair: PairIdx, refusal: usize) -> bool {
        let lifted = self.lifted.get(&pair);
        lifted.is_some_and(|lifted| lifted.contains(&refusal))
    }

    /// The pairs of a mentee for which something is not to hold.
    pub(super) fn of(&self, mentee: MenteeIdx) -> impl Iterator<Item = (PairIdx, &[usize])> {
        let (first, last) = (MentorIdx::new(0), MentorIdx::new(u32::MAX));
        let pairs = self.lifted.range((mentee, first)..=(mentee, last));
        pairs.map(|(&pair, lifted)| (pair, lifted.as_slice()))
    }
}

/// The manager's vetoes.
#[derive(Debug)]
pub(super) struct ManagersVeto<'a>(pub(super) &'a BTreeSet<PairIdx>);

impl Rule for ManagersVeto<'_> {
    fn name(&self) -> &str {
        "managers_veto"
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let pairs: BTreeMap<_, _> = self.0.iter().map(|&pair| (pair, ())).collect();
        Ok(Box::new(PairList::new(
            context.cohort.mentees().len(),
            pairs,
        )))
    }
}

impl Refusal {
    /// Whether a rule or a criterion of this name refuses.
    pub(crate) fn is_of(&self, name: &str) -> bool {
        match self {
            Self::Rule(own) | Self::MissingAnswer(own) | Self::MustNotBeZero(own) => **own == *name,
            Self::ManagersVeto => false,
        }
    }
}

/// What an override says of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Liftable {
    Yes,
    /// It holds in every programme.
    HoldsAlways,
    /// Nothing of that name forbids pairs.
    Unknown,
}

impl Scorer {
    /// The pairs that are made.
    pub(crate) fn locks(&self) -> &BTreeSet<PairIdx> {
        &self.standing.locks
    }

    /// Whether what has this name can be lifted from a pair.
    pub(crate) fn liftable(&self, name: &str) -> Liftable {
        let (always, stated) = self.refusals.split_at(self.standing.first_liftable);
        let is_of = |refusals: &[Refusal]| refusals.iter().any(|own| own.is_of(name));
        if is_of(stated) {
            Liftable::Yes
        } else if is_of(always) {
            Liftable::HoldsAlways
        } else {
            Liftable::Unknown
        }
    }

    /// What an override lifts from a pair: everything that would forbid it.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    pub(crate) fn lifted(&self, pair: PairIdx, score: Score) -> Result<Vec<Refusal>, ScoringError> {
        if !self.standing.lifted.contains_key(&pair) {
            return Ok(Vec::new());
        }
        let refused = self.refused(pair, score, &self.answers(pair.0, pair.1)?);
        let lifted = refused
            .into_iter()
            .filter(|&at| self.standing.lifts(pair, at));
        Ok(lifted.map(|at| self.refusals[at].clone()).collect())
    }

    /// What refuses a pair of this score and these answers, by position and ascending, whether or not
    /// an override lifts it.
    pub(super) fn refused(
        &self,
        (mentee, mentor): PairIdx,
        score: Score,
        answers: &[Option<Score>],
    ) -> Vec<usize> {
        let gates = self.gates.iter().enumerate();
        let gates = gates.filter(|(_, gate)| gate.forbids(mentee, mentor, score));
        let refusing = self.refusing.iter();
        let refusing = refusing.filter(|own| own.what.is(answers[own.criterion]));
        let refusing = refusing.map(|own| own.refusal);
        gates.map(|(at, _)| at).chain(refusing).collect()
    }
}
