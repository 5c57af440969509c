//! A plan put aside, and taken up again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::apply::find;
use super::event::PlanError;
use super::plan::{Plan, State};
use crate::engine::Engine;
use crate::engine::options::{RunOptions, TieBreaking};
use crate::ids::ParticipantId;
use crate::participant::{Cohort, DecidedPair, Decisions, SavedPlan};
use crate::solver::{Hooks, Start};

impl Plan {
    /// What a host keeps of a plan beside its [`cohort`](Self::cohort) and programme, to
    /// [resume](Engine::resume) it in another process.
    #[must_use]
    pub fn save(&self) -> SavedPlan {
        let state = &*self.0;
        let start = Start::of(&state.solution);
        let pairs = self.pairs().into_iter();
        let mentees = state.cohort.mentees().iter().map(|own| &own.profile.id);
        let mentors = state.cohort.mentors().iter().map(|own| &own.profile.id);
        SavedPlan {
            seed: state.cohort.seed(),
            canonical: state.tie_breaking == TieBreaking::Canonical,
            decisions: Decisions::clone(&state.decisions),
            pairs: pairs
                .map(|own| DecidedPair::new(own.mentee, own.mentor))
                .collect(),
            mentee_prices: named(mentees, start.prices().0),
            mentor_prices: named(mentors, start.prices().1),
        }
    }
}

fn named<'a>(
    ids: impl Iterator<Item = &'a ParticipantId>,
    prices: &[Option<i64>],
) -> BTreeMap<ParticipantId, i64> {
    let known = ids.zip(prices);
    known
        .filter_map(|(id, price)| Some((id.clone(), (*price)?)))
        .collect()
}

impl Engine {
    /// Takes up a plan that was [saved](Plan::save), for the people as they are now: whoever has come or
    /// gone since is taken as they are. Every pair is scored and the matching solved and proved, whatever
    /// was saved; where ties do not fall by lot, a search from the saved pairs and prices keeps those, as long as
    /// participation and the total score are all that counts. With minimums, quotas or other objectives, of pairs
    /// that are as good others may be found.
    /// Decisions about people who are not there any more are let go.
    ///
    /// ```
    /// use mentormatch::{Cohort, Engine, Profile, Programme, RunOptions, SkillCoverage};
    ///
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// let boris = Profile::new("boris").need("rust", 4).mentee();
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let (engine, cohort) = (Engine::new(programme), Cohort::new([ana], [boris])?);
    /// let saved = engine.plan(&cohort, &RunOptions::default())?.save();
    /// // Another day, in another process:
    /// let plan = engine.resume(&cohort, &saved)?;
    /// assert_eq!(plan.pairs()[0].mentor.as_str(), "ana");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A programme that does not fit the people, or wants a stable matching; locked pairs against which
    /// something stands; a criterion of the host's own that gives something that is no score.
    pub fn resume(&self, cohort: &Cohort, saved: &SavedPlan) -> Result<Plan, PlanError> {
        let pairs = saved.pairs.iter().map(|own| (&own.mentee, &own.mentor));
        let pairs = pairs.filter(|(mentee, mentor)| find(cohort, mentee, mentor).is_some());
        let options = RunOptions::default()
            .seed(saved.seed)
            .previous(pairs)
            .decisions(still_there(cohort, &saved.decisions));
        if saved.canonical {
            return self.plan(cohort, &options); // the lots have not changed
        }
        let plan = self.plan(cohort, &options.tie_breaking(TieBreaking::Fast))?;
        let mut state = State::clone(&plan.0);
        let start = start(&state.cohort, saved);
        state.solve(&start, &Hooks::default())?;
        Ok(Plan(Arc::new(state)))
    }
}

/// The saved pairs and prices, by the positions of these people.
fn start(cohort: &Cohort, saved: &SavedPlan) -> Start {
    let pairs = saved.pairs.iter();
    let pairs = pairs.filter_map(|own| find(cohort, &own.mentee, &own.mentor));
    let mentees = cohort.mentees().iter().map(|own| &own.profile.id);
    let mentors = cohort.mentors().iter().map(|own| &own.profile.id);
    let mentees = mentees.map(|id| saved.mentee_prices.get(id).copied());
    let mentors = mentors.map(|id| saved.mentor_prices.get(id).copied());
    Start::known(pairs.collect(), mentees.collect(), mentors.collect())
}

/// The decisions about people who are there.
fn still_there(cohort: &Cohort, decisions: &Decisions) -> Decisions {
    let is_there =
        |mentee: &ParticipantId, mentor: &ParticipantId| find(cohort, mentee, mentor).is_some();
    let mut decisions = decisions.clone();
    decisions
        .locks
        .retain(|own| is_there(&own.mentee, &own.mentor));
    decisions
        .vetoes
        .retain(|own| is_there(&own.mentee, &own.mentor));
    decisions
        .overrides
        .retain(|own| is_there(&own.mentee, &own.mentor));
    decisions
}
