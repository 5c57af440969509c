//! Conflicts and relaxations: what is in conflict, by trying everything, and what giving way brings, by running again.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod oracle;
#[path = "../roster/mod.rs"]
mod roster;

use mentormatch::{
    BoundOf, CancelToken, Cohort, Decisions, Different, Engine, Field, Mentee, Mentor, Objective,
    Outcome, Profile, Programme, ProgrammeBuilder, Quota, Relaxation, RelaxationOptions, Relaxed,
    Role, RunOptions, Same, SameValue, Score, ScoreBelow, Shortfall, StatedRule, WhatIfError,
};
use oracle::Oracle;
use proptest::prelude::*;
use roster::Dice;

/// People, a programme and decisions, to be changed and run.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) mentors: Vec<Mentor>,
    pub(crate) mentees: Vec<Mentee>,
    pub(crate) rules: Vec<StatedRule>,
    pub(crate) quotas: Vec<Quota>,
    pub(crate) decisions: Decisions,
    /// Whether the lowest score is an objective.
    pub(crate) worst: bool,
}

fn pick(dice: &mut Dice, from: &[&str]) -> String {
    from[usize::try_from(dice.below(from.len() as u64)).unwrap()].to_owned()
}

fn small(dice: &mut Dice, bound: u64) -> u32 {
    u32::try_from(dice.below(bound)).unwrap()
}

fn person(dice: &mut Dice, id: &str) -> Profile {
    Profile::new(id)
        .department(pick(dice, &["A", "B"]))
        .site(pick(dice, &["X", "Y"]))
        .team(pick(dice, &["red", "green", "blue"]))
}

impl Case {
    /// Tiny, with minimums that can often not be met.
    fn draw(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let (mentees, mentors) = (1 + dice.below(4), 1 + dice.below(3));
        let all_mentors = (0..mentors).map(|at| {
            let own = person(&mut dice, &format!("r{at}"));
            let most = small(&mut dice, 3);
            let least = small(&mut dice, u64::from(most) + 1);
            own.mentor(least..=most)
        });
        let all_mentors = all_mentors.collect();
        let all_mentees = (0..mentees).map(|at| {
            let own = person(&mut dice, &format!("e{at}"));
            let most = 1 + small(&mut dice, 2);
            let least = small(&mut dice, 2);
            own.mentee().demand(least..=most)
        });
        let all_mentees = all_mentees.collect();
        let mut decisions = Decisions::new();
        if dice.once_in(3) {
            decisions = decisions.veto(format!("e{}", dice.below(mentees)), "r0");
        }
        if dice.once_in(3) {
            decisions = decisions.lock(
                format!("e{}", dice.below(mentees)),
                format!("r{}", dice.below(mentors)),
            );
        }
        let rule = |name: &str, forbid: mentormatch::RuleKind| StatedRule {
            name: name.into(),
            forbid,
            cost: None,
        };
        let floor = ScoreBelow::new(Score::from_unit(0.5).unwrap());
        let mut quotas = Vec::new();
        if dice.once_in(2) {
            let of = |departments: &[&str]| {
                Quota::new(Role::Mentor, Field::Department, departments.to_vec())
            };
            quotas.push(of(&["A", "B"]).at_least(small(&mut dice, 4)).at_most(5));
            quotas.push(of(&["A"]).at_most(small(&mut dice, 3)));
        }
        Self {
            mentors: all_mentors,
            mentees: all_mentees,
            rules: vec![
                rule("other team", SameValue::new(Field::Team).into()),
                rule("floor", floor.into()),
            ],
            quotas,
            decisions,
            worst: false,
        }
    }

    fn cohort(&self) -> Cohort {
        Cohort::new(self.mentors.clone(), self.mentees.clone()).unwrap()
    }

    fn programme(&self) -> Programme {
        let mut objectives = vec![Objective::Participation, Objective::TotalScore];
        if self.worst {
            objectives.insert(1, Objective::WorstScore);
        }
        let builder = Programme::builder()
            .weigh(3, Same::new(Field::Site))
            .weigh(2, Different::new(Field::Department))
            .objectives(objectives);
        let rules = self.rules.iter().cloned();
        let builder = rules.fold(builder, ProgrammeBuilder::rule);
        let quotas = self.quotas.iter().cloned();
        quotas
            .fold(builder, ProgrammeBuilder::quota)
            .build()
            .unwrap()
    }

    /// `None` where the decisions cannot be obeyed.
    fn run(&self) -> Option<Outcome> {
        let options = RunOptions::default().decisions(self.decisions.clone());
        Engine::new(self.programme())
            .run_with(&self.cohort(), &options)
            .ok()
    }

    fn oracle(&self) -> Oracle {
        Oracle::new(self, &self.cohort(), &self.programme())
    }

    fn bounds(&mut self, of: &BoundOf) -> [&mut u32; 2] {
        match of {
            BoundOf::Mentee(id) => {
                let own = self
                    .mentees
                    .iter_mut()
                    .find(|own| own.profile.id == *id)
                    .unwrap();
                [&mut own.demand.min, &mut own.demand.max]
            }
            BoundOf::Mentor(id) => {
                let own = self
                    .mentors
                    .iter_mut()
                    .find(|own| own.profile.id == *id)
                    .unwrap();
                [&mut own.capacity.min, &mut own.capacity.max]
            }
            BoundOf::Quota(name) => {
                let own = self
                    .quotas
                    .iter_mut()
                    .find(|own| own.name == *name)
                    .unwrap();
                [&mut own.at_least, own.at_most.as_mut().unwrap()]
            }
            _ => panic!("{of:?}"),
        }
    }

    /// The case with something given way on, put together from the start.
    fn without(&self, relaxed: &Relaxed) -> Self {
        let mut case = self.clone();
        match relaxed {
            Relaxed::DropRule { rule } => case.rules.retain(|own| own.name != *rule),
            Relaxed::SoftenRule { rule, cost } => {
                let own = case.rules.iter_mut().find(|own| own.name == *rule).unwrap();
                own.cost = Some(*cost);
            }
            Relaxed::LowerFloor { rule, to, .. } => {
                let own = case.rules.iter_mut().find(|own| own.name == *rule).unwrap();
                own.forbid = ScoreBelow::new(*to).into();
            }
            Relaxed::LiftLock { mentee, mentor } => {
                let is =
                    |own: &mentormatch::DecidedPair| own.mentee == *mentee && own.mentor == *mentor;
                case.decisions.locks.retain(|own| !is(own));
            }
            Relaxed::LiftVeto { mentee, mentor } => {
                let is =
                    |own: &mentormatch::DecidedPair| own.mentee == *mentee && own.mentor == *mentor;
                case.decisions.vetoes.retain(|own| !is(own));
            }
            Relaxed::LowerMinimum { of, to, .. } => *case.bounds(of)[0] = *to,
            Relaxed::RaiseMaximum { of, to, .. } => *case.bounds(of)[1] = *to,
            _ => panic!("{relaxed:?}"),
        }
        case
    }

    /// By how much minimums fall short, and what the objectives are worth.
    fn worth(&self) -> (u64, Vec<u64>) {
        let outcome = self.run().unwrap();
        let missing = self.missing(&outcome);
        (
            missing,
            outcome.objectives().iter().map(|own| own.value).collect(),
        )
    }

    /// What is missing in a matching, counted.
    fn missing(&self, outcome: &Outcome) -> u64 {
        let pairs = &outcome.matching().pairs;
        let short = |least: u32, load: usize| u64::from(least).saturating_sub(load as u64);
        let mentees = self.mentees.iter().map(|own| {
            let load = pairs
                .iter()
                .filter(|pair| pair.mentee == own.profile.id)
                .count();
            short(own.demand.min, load)
        });
        let mentors = self.mentors.iter().map(|own| {
            let load = pairs
                .iter()
                .filter(|pair| pair.mentor == own.profile.id)
                .count();
            short(own.capacity.min, load)
        });
        let quotas = self.quotas.iter().map(|own| {
            let is = |id: &mentormatch::ParticipantId| {
                let mentor = self
                    .mentors
                    .iter()
                    .find(|mentor| mentor.profile.id == *id)
                    .unwrap();
                oracle::is_of(own, mentor)
            };
            short(
                own.at_least,
                pairs.iter().filter(|pair| is(&pair.mentor)).count(),
            )
        });
        mentees.chain(mentors).chain(quotas).sum()
    }
}

fn all(outcome: &Outcome, about: Shortfall) -> mentormatch::Relaxations {
    outcome
        .relaxations(&RelaxationOptions::about(about).most(usize::MAX))
        .unwrap()
}

fn worth_of(own: &Relaxation) -> (u64, Vec<u64>) {
    (
        own.missing,
        own.values.iter().map(|value| value.value).collect(),
    )
}

/// Less missing first, then better objectives.
fn key((missing, values): (u64, Vec<u64>)) -> (std::cmp::Reverse<u64>, Vec<u64>) {
    (std::cmp::Reverse(missing), values)
}

/// Every conflict is one, all of them account for what is missing, and of a core nothing can be left out.
fn check_conflicts(case: &Case, about: Shortfall) {
    let Some(outcome) = case.run() else { return };
    let oracle = case.oracle();
    let conflicts = outcome.conflicts(about, None).unwrap();
    let missing: u64 = conflicts.iter().map(|own| own.whole.missing()).sum();
    assert_eq!(missing, oracle.least_missing(about));
    for own in &conflicts {
        assert!(own.whole.missing() > 0);
        assert!(oracle.conflicts(&own.whole.claims, &own.whole.limits));
        let (claims, limits) = (&own.core.claims, &own.core.limits);
        assert!(oracle.conflicts(claims, limits), "{own:?}");
        assert!(own.irreducible || !case.quotas.is_empty());
        for at in (0..claims.len()).filter(|_| own.irreducible) {
            let fewer = oracle::without(claims, at);
            assert!(!oracle.conflicts(&fewer, limits), "{own:?}");
        }
        for at in (0..limits.len()).filter(|_| own.irreducible) {
            let fewer = oracle::without(limits, at);
            assert!(!oracle.conflicts(claims, &fewer), "{own:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn every_conflict_is_one_and_its_core_is_irreducible(seed: u64, of_people: bool) {
        let about = if of_people { Shortfall::Participation } else { Shortfall::Minimums };
        check_conflicts(&Case::draw(seed), about);
    }

    #[test]
    fn a_relaxation_brings_what_another_run_gives(seed: u64, of_people: bool, worst: bool) {
        let mut case = Case::draw(seed);
        case.worst = worst;
        let Some(outcome) = case.run() else { return Ok(()) };
        let about = if of_people { Shortfall::Participation } else { Shortfall::Minimums };
        let relaxations = all(&outcome, about);
        prop_assert_eq!(relaxations.missing, case.missing(&outcome));
        let mut before = None;
        for own in &relaxations.found {
            let worth = key(worth_of(own));
            prop_assert_eq!(&worth, &key(case.without(&own.relaxed).worth()), "{:?}", &own.relaxed);
            prop_assert!(worth > key(case.worth()));
            prop_assert!(before.is_none_or(|before| worth <= before), "the best first");
            before = Some(worth);
        }
    }

    /// Whatever single bound or decision of the case would lessen the shortfall of minimums is found.
    #[test]
    fn nothing_that_helps_is_passed_over(seed: u64) {
        let case = Case::draw(seed);
        let Some(outcome) = case.run() else { return Ok(()) };
        let now = case.missing(&outcome);
        let found = all(&outcome, Shortfall::Minimums).found;
        let has = |is: &dyn Fn(&Relaxed) -> bool| found.iter().any(|own| is(&own.relaxed) && own.missing < now);
        for own in &case.mentors {
            let of = BoundOf::Mentor(own.profile.id.clone());
            let mut more = case.clone();
            *more.bounds(&of)[1] += 1;
            let is = |relaxed: &Relaxed| matches!(relaxed, Relaxed::RaiseMaximum { of: found, .. } if *found == of);
            prop_assert!(more.worth().0 >= now || has(&is), "{of:?}");
        }
        for own in &case.rules {
            let dropped = Relaxed::DropRule { rule: own.name.clone() };
            prop_assert!(case.without(&dropped).worth().0 >= now || has(&|relaxed| *relaxed == dropped));
        }
        for own in &case.decisions.vetoes {
            let lifted = Relaxed::LiftVeto { mentee: own.mentee.clone(), mentor: own.mentor.clone() };
            prop_assert!(case.without(&lifted).worth().0 >= now || has(&|relaxed| *relaxed == lifted));
        }
    }

    #[test]
    fn the_order_of_people_and_the_number_of_threads_change_nothing(seed: u64) {
        let case = Case::draw(seed);
        let Some(outcome) = case.run() else { return Ok(()) };
        let mut turned = case.clone();
        turned.mentors.reverse();
        turned.mentees.reverse();
        let other = turned.run().unwrap();
        for about in [Shortfall::Minimums, Shortfall::Participation] {
            prop_assert_eq!(all(&outcome, about), all(&other, about));
            prop_assert_eq!(outcome.conflicts(about, None).unwrap(), other.conflicts(about, None).unwrap());
        }
        #[cfg(feature = "parallel")]
        {
            let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
            let by_one = alone.install(|| all(&outcome, Shortfall::Minimums));
            prop_assert_eq!(by_one, all(&outcome, Shortfall::Minimums));
        }
    }
}

/// A case that was found once: a quota inside another one, with a minimum inside that one.
#[test]
fn cores_in_nested_quotas_are_irreducible() {
    let case = Case::draw(12_292_554_521_690_273_314);
    check_conflicts(&case, Shortfall::Minimums);
    let conflicts = case
        .run()
        .unwrap()
        .conflicts(Shortfall::Minimums, None)
        .unwrap();
    assert!(conflicts[0].irreducible);
}

fn nine_for_six() -> Outcome {
    let mentors = [("ana", 2), ("eve", 4)].map(|(id, places)| Profile::new(id).mentor(places));
    let mentees = (0..9).map(|at| Profile::new(format!("e{at}")).mentee().demand(1..=1));
    let cohort = Cohort::new(mentors, mentees.collect::<Vec<_>>()).unwrap();
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .build()
        .unwrap();
    Engine::new(programme).run(&cohort).unwrap()
}

#[test]
fn a_conflict_says_who_and_how_few_are_too_many_already() {
    let outcome = nine_for_six();
    let conflicts = outcome.conflicts(Shortfall::Minimums, None).unwrap();
    let text = conflicts[0].to_string();
    assert!(
        text.starts_with(
            "9 mentees (e0, e1, e2, e3, e4, e5, e6, e7 and 1 more) can only be mentored by 6 places (ana 2, eve 4); \
             already 7 mentees ("
        ),
        "{text}"
    );
    assert_eq!(conflicts[0].whole.missing(), 3);
    assert_eq!(
        outcome.conflicts(Shortfall::Participation, None).unwrap()[0].whole,
        conflicts[0].whole
    );
}

#[test]
fn no_more_are_tried_than_was_asked_for() {
    let outcome = nine_for_six();
    let few = outcome
        .relaxations(&RelaxationOptions::about(Shortfall::Minimums).most(3))
        .unwrap();
    assert_eq!((few.tried, few.untried), (3, 8));
    // Three places more at either mentor meet everybody's minimum.
    assert_eq!((few.found[0].missing, few.found[0].matched_mentees), (0, 9));
    assert!(
        few.found[0]
            .to_string()
            .starts_with("raise the maximum of "),
        "{few}"
    );
}

#[test]
fn a_cancelled_search_gives_nothing_and_a_stable_matching_has_no_relaxations() {
    let cancel = CancelToken::default();
    cancel.cancel();
    let options = RelaxationOptions::about(Shortfall::Minimums).cancel(cancel.clone());
    let error = nine_for_six().relaxations(&options).unwrap_err();
    assert!(matches!(error, WhatIfError::Run(error) if error.is_cancelled()));
    assert!(
        nine_for_six()
            .conflicts(Shortfall::Minimums, Some(cancel))
            .unwrap_err()
            .is_cancelled()
    );

    let stable = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .stable(mentormatch::Stable::new(Role::Mentee));
    let cohort = Cohort::new(
        [Profile::new("ana").mentor(1)],
        [Profile::new("boris").mentee()],
    )
    .unwrap();
    let outcome = Engine::new(stable.build().unwrap()).run(&cohort).unwrap();
    let options = RelaxationOptions::about(Shortfall::Participation);
    assert_eq!(
        outcome.relaxations(&options).unwrap_err(),
        WhatIfError::Stable
    );
}

#[test]
fn more_places_count_as_they_would_where_load_is_spread() {
    let mentors = [("ana", 1), ("eve", 1)].map(|(id, places)| Profile::new(id).mentor(places));
    let mentees = (0..4).map(|at| Profile::new(format!("e{at}")).mentee());
    let cohort = Cohort::new(mentors, mentees.collect::<Vec<_>>()).unwrap();
    let objectives = [Objective::Participation, Objective::SpreadLoad];
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .objectives(objectives);
    let outcome = Engine::new(programme.build().unwrap())
        .run(&cohort)
        .unwrap();
    let found = all(&outcome, Shortfall::Participation).found;
    // Two more at one mentor: three share her, which are three pairs of mentees who share a mentor.
    assert_eq!(worth_of(&found[0]).1, [4, 3]);
}
