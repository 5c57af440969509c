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
//! is linked with a pair made, so the chains share no place and each can be taken without the others, but
//! for quotas and distinct mentors. If the limit suffices, all are taken. Otherwise those that gain most together
//! within the limit are taken, others as long as they fit, and those who are left over are placed as well as can be
//! beside them. The optimum itself is the bound.
//!
//! Under objectives that add up over pairs or persons and without those two, no chain lowers anything, or the
//! optimum would do without it. Under others one may (two pairs of a group cross, the lowest score is that
//! of a pair made), so whatever makes the matching worse is left out: it is never worth less than the
//! pairs kept.
//!
//! # Complexity
//! A few passes over the pairs, a sort of the chains, and a solve of what the pairs taken leave. Where objectives do not
//! add up or quotas are stated, another pass over the pairs for each chain that is tried.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::changes::{self, PlanChanges};
use super::event::PlanError;
use super::plan::{Plan, PlannedPair, State};
use super::room::Room;
use super::step::Step;
use crate::engine::error::RunError;
use crate::engine::storage::tie_break;
use crate::engine::{levels, worst};
use crate::programme::Objective;
use crate::report::ObjectiveValue;
use crate::score::Score;
use crate::scoring::PairIdx;
use crate::solver::{self, Assignment, Level, ListedValues, Problem, Solution, SolveOptions};

/// A matching of today's people that gives up few pairs of an earlier plan.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LimitedPlan {
    /// The pairs, ordered by mentee and then by mentor.
    pub pairs: Vec<PlannedPair>,
    /// How many pairs of the earlier plan are given up that need not be: their people are there, and they
    /// are still allowed, together, beside what is locked.
    pub given_up: usize,
    /// Who moves, and what the objectives come to: `before` of the earlier plan, `after` of this matching.
    pub changes: PlanChanges,
    /// What the optimum is worth, however many pairs it gives up. No matching within the limit is better:
    /// at the first objective at which `changes.after` differs from this, the difference is the gap.
    ///
    /// Matchings are compared level by level, and not all levels are among the values. How much is
    /// missing to minimums comes before all objectives. How many mentees have a mentor comes just before
    /// [`WorstScore`](crate::Objective::WorstScore) and [`Leximin`](crate::Objective::Leximin) unless an
    /// objective before has settled it. Objectives of tiers, classes or ranks are compared by these
    /// ([`ObjectiveValue::levels`]). A matching that falls short there may have the better values after
    /// it: fewer pairs may all be good ones.
    pub best: Vec<ObjectiveValue>,
}

impl Plan {
    /// A matching that gives up at most so many pairs of an earlier plan of the same programme, found by
    /// taking the best parts of the way to this plan; with the proven gap to the best there is. Pairs that
    /// are not possible any more do not count: rules, places or quotas of today do not allow them, or not
    /// all of them together beside what is locked. Of these, those that this plan has are kept first, then
    /// those of the highest scores.
    ///
    /// Pairs given up are counted here, pairs kept in [`TradeOff::settle`](crate::TradeOff::settle): to give up at most 3 of
    /// 40 that are possible is to keep at least 37.
    ///
    /// If this plan itself gives up no more, it is the matching. Otherwise the matching is worth no less
    /// than the pairs kept, but it need not be the best within the limit: `settle` finds that, where it is asked for, and
    /// takes longer.
    ///
    /// A higher limit never brings worse parts of the way. But who is left over beside them may find less room than beside
    /// others, so that the matching can be worth less for one more pair that may be given up: only trying every
    /// limit below, a solve each, would rule that out. Ask for several limits, and keep the best.
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
        let optimum: Vec<_> = state.solution.assignment.pairs().collect();
        let mut draft = Draft::new(state, before)?;
        let (gone, made) = draft.way_to(&optimum);
        if gone.len() <= most {
            return Ok(state.limited(before, optimum, gone.len())?);
        }
        let mut left = most;
        for step in Step::best_within(state, (&gone, &made), most) {
            if step.gone.len() <= left && draft.change(&step.gone, &step.made) {
                left -= step.gone.len();
            }
        }
        draft.fill()?;
        let given_up = gone.iter().filter(|&own| !draft.pairs.contains(own));
        let given_up = given_up.count(); // less than was taken, if there was room for one after all
        Ok(state.limited(before, draft.pairs.into_iter().collect(), given_up)?)
    }
}

/// A matching being changed step by step.
struct Draft<'a> {
    state: &'a State,
    problem: Problem<'a>,
    pairs: BTreeSet<PairIdx>,
    /// What the pairs leave.
    room: Room<'a>,
    /// What the pairs are worth, where a change that is possible may make them worse.
    worth: Option<Vec<i128>>,
}

impl<'a> Draft<'a> {
    /// The pairs that are locked, and those of an earlier plan that are still possible beside them.
    fn new(state: &'a State, earlier: &State) -> Result<Self, RunError> {
        let mut draft = Self {
            state,
            problem: state.problem()?,
            pairs: BTreeSet::new(),
            room: Room::of(state),
            worth: None,
        };
        let locks = state.decided.locks.iter().copied();
        for pair in locks.chain(state.still_there(earlier)) {
            draft.add(pair);
        }
        if !state.more_is_never_worse() {
            draft.worth = draft.worth_now();
        }
        Ok(draft)
    }

    /// The pairs that the optimum has not, and those that only the optimum has.
    fn way_to(&self, optimum: &[PairIdx]) -> (Vec<PairIdx>, Vec<PairIdx>) {
        let is_gone = |pair: &&PairIdx| optimum.binary_search(pair).is_err();
        let gone = self.pairs.iter().filter(is_gone).copied().collect();
        let is_new = |pair: &&PairIdx| !self.pairs.contains(pair);
        (gone, optimum.iter().filter(is_new).copied().collect())
    }

    /// Adds a pair, if it is not there and there is room for it.
    fn add(&mut self, pair: PairIdx) -> bool {
        !self.pairs.contains(&pair) && self.room.take(pair) && self.pairs.insert(pair)
    }

    fn remove(&mut self, pair: PairIdx) {
        if self.pairs.remove(&pair) {
            self.room.give_back(pair);
        }
    }

    /// Gives up some pairs for others, unless a quota stands against it or the matching would be worse.
    fn change(&mut self, gone: &[PairIdx], made: &[PairIdx]) -> bool {
        gone.iter().for_each(|&pair| self.remove(pair));
        let fit = made.iter().take_while(|&&pair| self.add(pair)).count();
        if fit == made.len() && self.is_no_worse() {
            return true;
        }
        made[..fit].iter().for_each(|&pair| self.remove(pair));
        for &pair in gone {
            self.add(pair);
        }
        false
    }

    /// Whether the pairs are worth no less than before they were changed.
    fn is_no_worse(&mut self) -> bool {
        if self.worth.is_none() {
            return true;
        }
        let now = self.worth_now();
        let is_no_worse = now >= self.worth;
        if is_no_worse {
            self.worth = now;
        }
        is_no_worse
    }

    /// What the pairs are worth, first things first.
    fn worth_now(&self) -> Option<Vec<i128>> {
        let state = self.state;
        let value = state
            .assignment(self.pairs.iter())
            .value(&self.problem, state.solution.certificate.levels())?;
        let scores = self.pairs.iter().filter_map(|&own| state.rows.score(own));
        Some(state.by_objectives(value, scores.min()))
    }

    /// Finds the best of all matchings that have these pairs: one more solve, of what they leave.
    fn fill(&mut self) -> Result<(), RunError> {
        let state = self.state;
        let kept = self
            .pairs
            .iter()
            .map(|&(mentee, mentor)| (mentee, mentor, 1));
        let kept = Level::Listed(ListedValues::new(state.cohort.mentees().len(), kept)?);
        let all = state.solution.certificate.levels();
        let (before, has_locks) = (&state.solution, state.has_locks());
        let minimums = all.iter().filter(|own| **own == Level::Minimums);
        // Locked pairs are among those that are kept.
        let later = all[levels::before(before, has_locks)..].iter();
        let levels = [kept].into_iter().chain(minimums.chain(later).cloned());
        let options = SolveOptions::new(levels.collect::<Vec<_>>())
            .tie_break(tie_break(state.tie_breaking, &state.cohort));
        let solution = solver::solve(&self.problem, &options)?;
        self.pairs.extend(solution.assignment.pairs());
        Ok(())
    }
}

impl State {
    /// The pairs of an earlier plan whose people are there and that are allowed: first those that the
    /// optimum has, then those of the highest scores.
    fn still_there(&self, earlier: &Self) -> Vec<PairIdx> {
        let named = |(mentee, mentor): PairIdx| {
            let mentee = &earlier.cohort.mentees()[mentee].profile.id;
            let mentor = &earlier.cohort.mentors()[mentor].profile.id;
            let mentee = self.cohort.mentee_idx(mentee.as_str())?;
            let pair = (mentee, self.cohort.mentor_idx(mentor.as_str())?);
            Some((pair, self.rows.score(pair)?))
        };
        let assignment = &self.solution.assignment;
        let mut pairs: Vec<_> = earlier
            .solution
            .assignment
            .pairs()
            .filter_map(named)
            .collect();
        pairs.sort_by_key(|&(pair, score)| {
            let is_in_optimum = assignment.mentors_of(pair.0).contains(&pair.1);
            (!is_in_optimum, Reverse(score), pair)
        });
        pairs.into_iter().map(|(pair, _)| pair).collect()
    }

    /// Whether no chain and no pair added, where there is room for it, can make a matching worse.
    fn more_is_never_worse(&self) -> bool {
        let adds_up = |own: &Objective| {
            matches!(
                own,
                Objective::PriorityTiers
                    | Objective::MentorTiers
                    | Objective::Participation
                    | Objective::Pairs
                    | Objective::MentorsUsed
                    | Objective::KeepPairs
                    | Objective::TotalScore
            )
        };
        let is_free = self.programme.quotas().is_empty() && self.quotas.kinds.is_empty();
        is_free && self.programme.objectives().iter().all(adds_up)
    }

    fn assignment<'p>(&self, pairs: impl Iterator<Item = &'p PairIdx>) -> Assignment {
        let plain = pairs.map(|&(mentee, mentor)| (mentee.get(), mentor.get()));
        Assignment::from_pairs(self.cohort.mentees().len(), plain)
    }

    /// Values by level, with the lowest score in the place of what is below the floor.
    fn by_objectives(&self, mut value: Vec<i128>, lowest: Option<Score>) -> Vec<i128> {
        let (people, has_locks) = (
            (&self.cohort, self.programme.objectives()),
            self.has_locks(),
        );
        if let Some(at) = worst::floor_level(&self.solution, people, has_locks) {
            value[at] = lowest.unwrap_or(Score::ONE).ppm().into();
        }
        value
    }

    fn limited(
        &self,
        earlier: &Self,
        pairs: Vec<PairIdx>,
        given_up: usize,
    ) -> Result<LimitedPlan, RunError> {
        let best = self.objectives();
        let assignment = self.assignment(pairs.iter());
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
        self.state_proved(&mut after, (&solution.value, &best));
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

    /// States what is proved of another matching: what it has in common with the optimum, from the first
    /// level on.
    fn state_proved(
        &self,
        after: &mut [ObjectiveValue],
        (value, best): (&[i128], &[ObjectiveValue]),
    ) {
        let owners = levels::owners(&self.cohort, self.programme.objectives());
        let mut level = levels::before(&self.solution, self.has_locks());
        for (own, best) in after.iter_mut().zip(best) {
            level += owners.iter().filter(|&&of| of == own.objective).count();
            let is_best = value.get(..level) == self.solution.value.get(..level);
            own.proved = is_best && own.value == best.value && best.proved;
        }
    }
}
