//! What match scores are made of before anything is rounded, for whoever moves a weight.

use super::{Kernels, Scorer, ScoringError, Scratch};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::programme::Balance;
use crate::score::Score;

/// One mentee's pairs before anything is rounded, indexed by mentor.
pub(crate) struct Unrounded {
    /// What the score must reach; `None` where something else forbids the pair.
    pub(crate) floors: Vec<Option<Score>>,
    /// By view: Σ weight · score over the criteria.
    pub(crate) points: Vec<Vec<u64>>,
    /// By view: the weights of criteria that are left out; empty unless some are, in a programme that renormalises.
    pub(crate) left_out: Vec<Vec<u32>>,
    /// What preferred rules take, in parts per million; empty where there are none.
    pub(crate) costs: Vec<u32>,
}

impl Scorer {
    /// Whether every match score is one weighted mean and nothing else: sides weigh alike, so do people, no criterion is
    /// left out for want of an answer, no rule costs points, and no floor forbids pairs by their scores.
    pub(crate) fn is_one_mean(&self) -> bool {
        let is_one_view = matches!(&self.views.sides[..], [side] if side.weights().len() == 1);
        let is_plain = !self.renormalises && self.preferences.is_empty();
        is_one_view && is_plain && !self.gates.iter().any(|gate| gate.floor().is_some())
    }

    /// Whether a criterion may be left out for want of an answer.
    pub(crate) fn renormalises(&self) -> bool {
        self.renormalises
    }

    /// The balance of two views.
    pub(crate) fn balance(&self) -> Balance {
        self.views.balance
    }

    /// What the criteria count: by view, by class of people who weigh alike (as stated first), by criterion.
    pub(crate) fn weights(&self) -> impl Iterator<Item = &[Vec<u32>]> {
        self.views.sides.iter().map(|side| side.weights())
    }

    /// The class that weighs a pair in a view.
    pub(crate) fn weighing_class(
        &self,
        view: usize,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> usize {
        self.views.sides[view].class_of_pair(mentee, mentor)
    }

    /// What one criterion counts for a mentee with each mentor, before its weight.
    pub(crate) fn counted_row(
        &self,
        criterion: usize,
        mentee: MenteeIdx,
    ) -> Result<Vec<Option<Score>>, ScoringError> {
        let own = &self.criteria[criterion];
        let mut counted = vec![None; self.cohort.mentors().len()];
        let scored = own.rows.score_row(mentee, &mut counted);
        scored.map_err(|bad| self.error(own, mentee, bad))?;
        for answer in &mut counted {
            *answer = own.missing.counted(*answer);
        }
        Ok(counted)
    }

    /// A mentee's pairs before anything is rounded.
    pub(crate) fn unrounded(
        &self,
        mentee: MenteeIdx,
        scratch: &mut Scratch,
    ) -> Result<Unrounded, ScoringError> {
        self.look_at(mentee, scratch)?;
        let (points, left_out) = match &self.kernels {
            Kernels::Narrow(_) => scratch.narrow.unrounded(),
            Kernels::Wide(_) => scratch.wide.unrounded(),
        };
        for (pair, lifted) in self.standing.of(mentee) {
            let answers = self.answers(mentee, pair.1)?;
            let refused = self.refused(pair, Score::ONE, &answers); // by anything but floors
            scratch.forbidden[pair.1] = !refused.iter().all(|at| lifted.contains(at));
        }
        let mentors = MentorIdx::all(scratch.forbidden.len()).zip(&scratch.forbidden);
        let floors = mentors.map(|(mentor, &forbidden)| {
            let floor = self.floor_of((mentee, mentor));
            (!forbidden).then_some(floor)
        });
        Ok(Unrounded {
            floors: floors.collect(),
            points,
            left_out,
            costs: scratch.costs.clone(),
        })
    }

    /// The score that a pair must reach.
    fn floor_of(&self, pair: (MenteeIdx, MentorIdx)) -> Score {
        let floors = self.gates.iter().enumerate().filter_map(|(at, gate)| {
            let floor = gate.floor()?.of(pair.0, pair.1);
            (!self.standing.lifts(pair, at)).then_some(floor)
        });
        floors.max().unwrap_or_default()
    }
}
