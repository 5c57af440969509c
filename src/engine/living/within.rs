//! A proposal that gives up few pairs.
//!
//! # Problem
//! Of all matchings that give up at most `k` pairs of an earlier one, find a good one, and say how far from the
//! best it can be. (The best is exact matching with a number of marked pairs, for which no
//! deterministic polynomial algorithm is known.)
//!
//! # Idea
//! The earlier pairs that are still possible and the optimum of today differ by alternating chains: a pair
//! given up, the pair made with the place, the pair given up for that, … At each person, a pair given up
//! is linked with a pair made, so the chains share no place and any of them can be taken without the
//! others. None lowers the objectives, or the optimum would do without it. So the chains that gain most for
//! each pair given up are taken as long as they fit, and whoever is left over takes the best place that is
//! still free, which costs nobody anything. The optimum itself is the bound.
//!
//! # Complexity
//! A pass over the pairs for the objectives, and a sort of the chains.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use super::changes::{self, PlanChanges};
use super::event::PlanError;
use super::plan::{Plan, PlannedPair, State};
use crate::engine::error::RunError;
use crate::engine::worst;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::{Bounds, Profile};
use crate::report::ObjectiveValue;
use crate::scoring::{Family, PairIdx};
use crate::solver::{Assignment, Solution};

/// A matching of today's people that gives up few pairs of an earlier plan.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LimitedPlan {
    /// The pairs, ordered by mentee and then by mentor.
    pub pairs: Vec<PlannedPair>,
    /// How many pairs of the earlier plan are given up that need not be: their people are there, and they
    /// are still allowed.
    pub given_up: usize,
    /// Who moves, and what the objectives come to: `before` of the earlier plan, `after` of this matching.
    pub changes: PlanChanges,
    /// What the optimum is worth, however many pairs it gives up. No matching within the limit is worth
    /// more: this less `changes.after` is the gap.
    pub best: Vec<ObjectiveValue>,
}

impl Plan {
    /// A matching that gives up at most so many pairs of an earlier plan of the same programme, found by
    /// taking the best parts of the way to this plan; with the proven gap to the best there is. Pairs that
    /// are not possible any more, and what locked pairs need, do not count. Nothing is given up for its own
    /// sake, so a limit that suffices gives this plan's objectives.
    ///
    /// ```
    /// use mentormatch::{Cohort, Engine, Event, Profile, Programme, SkillCoverage};
    ///
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// let eve = Profile::new("eve").offer("rust", 2).mentor(1);
    /// let boris = Profile::new("boris").need("rust", 2).mentee();
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let plan = Engine::new(programme).run(&Cohort::new([ana, eve], [boris])?)?.plan()?;
    /// let plan = plan.apply(Event::lock("boris", "ana"))?.apply(Event::unlock("boris", "ana"))?;
    ///
    /// let chen = Profile::new("chen").need("rust", 4).mentee();
    /// let best = plan.apply(Event::mentee_joins(chen))?;
    /// // Nobody moves: chen takes the place that is free.
    /// let limited = best.within(&plan, 0)?;
    /// assert_eq!((limited.given_up, limited.pairs.len()), (0, 2));
    /// assert!(limited.changes.after[1].value <= limited.best[1].value);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// None that the plans did not have.
    pub fn within(&self, earlier: &Self, most: usize) -> Result<LimitedPlan, PlanError> {
        let (state, before) = (&*self.0, &*earlier.0);
        let mut draft = Draft::new(state, state.still_possible(before));
        let mut steps = draft.steps();
        steps.sort_by(Step::better_first);
        for step in &steps {
            if step.is_needed || draft.given_up + step.gone.len() <= most {
                draft.take(step);
            }
        }
        draft.fill();
        let (pairs, given_up) = (draft.pairs, draft.given_up);
        Ok(state.limited(before, pairs, given_up)?)
    }
}

/// Some pairs that are given up together, and those that are made instead.
struct Step {
    gone: Vec<PairIdx>,
    made: Vec<PairIdx>,
    /// Whether a locked pair is among those made.
    is_needed: bool,
    /// How many more pairs there are, and by how much the score rises.
    gain: (i64, i64),
}

impl Step {
    /// What must be, then what costs nothing, then by the gain for each pair given up.
    fn better_first(&self, other: &Self) -> Ordering {
        let cost = |own: &Self| i64::try_from(own.gone.len()).unwrap_or(i64::MAX);
        let per = |own: &Self, other: &Self| {
            let times = i128::from(cost(other));
            (
                i128::from(own.gain.0) * times,
                i128::from(own.gain.1) * times,
            )
        };
        (other.is_needed.cmp(&self.is_needed))
            .then_with(|| (cost(self) > 0).cmp(&(cost(other) > 0)))
            .then_with(|| per(other, self).cmp(&per(self, other)))
            .then_with(|| (&self.gone, &self.made).cmp(&(&other.gone, &other.made)))
    }
}

/// A matching being changed step by step.
struct Draft<'a> {
    state: &'a State,
    pairs: Vec<PairIdx>,
    given_up: usize,
}

impl<'a> Draft<'a> {
    fn new(state: &'a State, mut pairs: Vec<PairIdx>) -> Self {
        pairs.sort_unstable();
        Self {
            state,
            pairs,
            given_up: 0,
        }
    }

    /// The chains by which the optimum differs.
    fn steps(&self) -> Vec<Step> {
        let optimum: Vec<_> = self.state.solution.assignment.pairs().collect();
        let is_new = |pair: &&PairIdx| self.pairs.binary_search(pair).is_err();
        let made: Vec<_> = optimum.iter().filter(is_new).copied().collect();
        let is_gone = |pair: &&PairIdx| optimum.binary_search(pair).is_err();
        let gone: Vec<_> = self.pairs.iter().filter(is_gone).copied().collect();
        let chains = chains(&gone, &made);
        chains
            .into_iter()
            .map(|(gone, made)| self.step(gone, made))
            .collect()
    }

    fn step(&self, gone: Vec<PairIdx>, made: Vec<PairIdx>) -> Step {
        let score = |pairs: &[PairIdx]| -> i64 {
            let scores = pairs.iter().filter_map(|&pair| self.state.rows.score(pair));
            scores.map(|score| i64::from(score.ppm())).sum()
        };
        let count = |pairs: &[PairIdx]| i64::try_from(pairs.len()).unwrap_or(i64::MAX);
        let locks = &self.state.decided.locks;
        Step {
            gain: (count(&made) - count(&gone), score(&made) - score(&gone)),
            is_needed: made.iter().any(|pair| locks.contains(pair)),
            gone,
            made,
        }
    }

    /// Takes a step, unless a quota stands against it.
    fn take(&mut self, step: &Step) {
        let mut pairs = self.pairs.clone();
        pairs.retain(|pair| !step.gone.contains(pair));
        pairs.extend(&step.made);
        pairs.sort_unstable();
        if step.is_needed || self.state.keeps_quotas(&pairs) {
            self.pairs = pairs;
            self.given_up += step.gone.len();
        }
    }

    /// Gives everybody who could take one more the best partner who could, one after the other.
    fn fill(&mut self) {
        let state = self.state;
        let (mut of_mentees, mut of_mentors) = state.room(&self.pairs);
        let mut held: BTreeSet<_> = self.pairs.iter().copied().collect();
        for mentee in MenteeIdx::all(of_mentees.len()) {
            while of_mentees[mentee] > 0 {
                let free = MentorIdx::all(of_mentors.len()).filter(|&own| of_mentors[own] > 0);
                let free = free.filter(|&mentor| !held.contains(&(mentee, mentor)));
                let scored = free.filter_map(|own| Some((state.rows.score((mentee, own))?, own)));
                let best = scored.max_by_key(|&(score, mentor)| (score, Reverse(mentor)));
                let Some((_, mentor)) = best else {
                    break;
                };
                self.pairs.push((mentee, mentor));
                if !state.keeps_quotas(&self.pairs) {
                    self.pairs.pop();
                    break;
                }
                held.insert((mentee, mentor));
                of_mentees[mentee] -= 1;
                of_mentors[mentor] -= 1;
            }
        }
        self.pairs.sort_unstable();
    }
}

/// Pairs given up and pairs made, as chains: at each person, one of each is linked.
fn chains(gone: &[PairIdx], made: &[PairIdx]) -> Vec<(Vec<PairIdx>, Vec<PairIdx>)> {
    let pairs: Vec<_> = gone.iter().chain(made).copied().collect();
    let mut group: Vec<usize> = (0..pairs.len()).collect();
    let mentee = |&(mentee, _): &PairIdx| mentee.index();
    let mentor = |&(_, mentor): &PairIdx| mentor.index();
    let ends: [&dyn Fn(&PairIdx) -> usize; 2] = [&mentee, &mentor];
    for end in ends {
        let mut waiting: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, pair) in gone.iter().enumerate() {
            waiting.entry(end(pair)).or_default().push(at);
        }
        for (at, pair) in pairs.iter().enumerate().skip(gone.len()) {
            let linked = waiting.get_mut(&end(pair)).and_then(Vec::pop);
            if let Some(linked) = linked {
                let (one, other) = (root(&mut group, at), root(&mut group, linked));
                group[one] = other;
            }
        }
    }
    let mut chains: BTreeMap<usize, (Vec<PairIdx>, Vec<PairIdx>)> = BTreeMap::new();
    for (at, &pair) in pairs.iter().enumerate() {
        let (given_up, got) = chains.entry(root(&mut group, at)).or_default();
        if at < gone.len() {
            given_up.push(pair);
        } else {
            got.push(pair);
        }
    }
    chains.into_values().collect()
}

/// What stands for the group of a pair.
fn root(group: &mut [usize], mut at: usize) -> usize {
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

impl State {
    /// The pairs of an earlier plan that could be pairs today: of those of somebody with fewer places now,
    /// as many as there are places, and first those that the optimum has.
    fn still_possible(&self, earlier: &Self) -> Vec<PairIdx> {
        let named = earlier
            .solution
            .assignment
            .pairs()
            .filter_map(|(mentee, mentor)| {
                let mentee = earlier.cohort.mentees()[mentee].profile.id.as_str();
                let mentor = earlier.cohort.mentors()[mentor].profile.id.as_str();
                Some((
                    self.cohort.mentee_idx(mentee)?,
                    self.cohort.mentor_idx(mentor)?,
                ))
            });
        let mut pairs: Vec<_> = named
            .filter(|&pair| self.rows.score(pair).is_some())
            .collect();
        let assignment = &self.solution.assignment;
        pairs.sort_by_key(|&(mentee, mentor)| !assignment.mentors_of(mentee).contains(&mentor));
        let (mut of_mentees, mut of_mentors) = self.room(&[]);
        pairs.retain(|&(mentee, mentor)| {
            let has_room = of_mentees[mentee] > 0 && of_mentors[mentor] > 0;
            of_mentees[mentee] -= u64::from(has_room);
            of_mentors[mentor] -= u64::from(has_room);
            has_room
        });
        pairs
    }

    /// How many more partners each mentee and each mentor could take beside these pairs.
    fn room(&self, pairs: &[PairIdx]) -> (Vec<u64>, Vec<u64>) {
        let places = |own: &Profile, bounds: Bounds| {
            if own.status.is_active() {
                u64::from(bounds.max)
            } else {
                0
            }
        };
        let mentees = self.cohort.mentees().iter();
        let mut mentees: Vec<_> = mentees
            .map(|own| places(&own.profile, own.demand))
            .collect();
        let mentors = self.cohort.mentors().iter();
        let mut mentors: Vec<_> = mentors
            .map(|own| places(&own.profile, own.capacity))
            .collect();
        for &(mentee, mentor) in pairs {
            mentees[mentee] = mentees[mentee].saturating_sub(1);
            mentors[mentor] = mentors[mentor].saturating_sub(1);
        }
        (mentees, mentors)
    }

    fn keeps_quotas(&self, pairs: &[PairIdx]) -> bool {
        let keeps = |family: &Family, people: usize, person: &dyn Fn(&PairIdx) -> usize| {
            let mut loads = vec![0; people];
            pairs.iter().for_each(|pair| loads[person(pair)] += 1);
            let groups = family.loads(loads.into_iter());
            let quotas = family.quotas.iter().zip(groups);
            quotas
                .into_iter()
                .all(|(quota, load)| quota.at_most.is_none_or(|most| load as u64 <= most.into()))
        };
        let has_any = !self.programme.quotas().is_empty();
        !has_any
            || keeps(&self.quotas.mentees, self.cohort.mentees().len(), &|pair| {
                pair.0.index()
            }) && keeps(&self.quotas.mentors, self.cohort.mentors().len(), &|pair| {
                pair.1.index()
            })
    }

    fn limited(
        &self,
        earlier: &Self,
        pairs: Vec<PairIdx>,
        given_up: usize,
    ) -> Result<LimitedPlan, RunError> {
        let best = self.objectives();
        let plain = pairs
            .iter()
            .map(|&(mentee, mentor)| (mentee.get(), mentor.get()));
        let assignment = Assignment::from_pairs(self.cohort.mentees().len(), plain);
        let levels = self.solution.certificate.levels();
        let value = assignment
            .value(&self.problem()?, levels)
            .unwrap_or_default();
        let solution = Solution {
            assignment,
            value,
            ..self.solution.clone()
        };
        let pairs = self.planned(&solution.assignment);
        let mut after = self.values_of(&solution);
        worst::state_lowest(&mut after, pairs.iter().map(|own| own.score).min());
        let mut is_best = true;
        for (own, best) in after.iter_mut().zip(&best) {
            is_best &= own == best;
            own.proved = is_best && best.proved;
        }
        let moves = changes::moves(earlier, (self, &solution.assignment));
        Ok(LimitedPlan {
            pairs,
            given_up,
            changes: PlanChanges {
                chains: changes::chains(moves),
                before: earlier.objectives(),
                after,
            },
            best,
        })
    }
}
