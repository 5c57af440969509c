//! What a manager chooses from: suggestions, drafts and alternates, by trying everything; and a run on the remainder.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod oracle;
#[path = "../roster/mod.rs"]
mod roster;

use std::collections::BTreeSet;

use mentormatch::solver::{Level, Problem, Sensitivity, SolveError, SolveOptions, solve};
use mentormatch::{
    CancelToken, Cohort, Decisions, Different, DraftOptions, Engine, Field, Mentee, MenteeIdx,
    Mentor, MentorIdx, Objective, Outcome, Profile, Programme, ProgrammeBuilder, Quota,
    RelaxationOptions, Role, RunError, RunOptions, Same, SameValue, Score, Shortfall, Stable,
    SuggestionOptions, TieBreaking, WhatIfError,
};
use oracle::Oracle;
use proptest::prelude::*;
use roster::Dice;

/// A mentee and a mentor, by id.
pub(crate) type Two = (String, String);

#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) mentors: Vec<Mentor>,
    pub(crate) mentees: Vec<Mentee>,
    pub(crate) quotas: Vec<Quota>,
    pub(crate) decisions: Decisions,
    objectives: Vec<Objective>,
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
        .team(pick(dice, &["red", "green", "blue", "white"]))
        .seniority(u16::try_from(1 + dice.below(6)).unwrap())
}

impl Case {
    fn draw(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let (mentees, mentors) = (1 + dice.below(4), 1 + dice.below(3));
        let all_mentors = (0..mentors).map(|at| {
            let most = small(&mut dice, 3);
            let least = if dice.once_in(4) { most.min(1) } else { 0 };
            person(&mut dice, &format!("r{at}")).mentor(least..=most)
        });
        let all_mentors = all_mentors.collect();
        let all_mentees = (0..mentees).map(|at| {
            let most = if dice.once_in(3) { 2 } else { 1 };
            person(&mut dice, &format!("e{at}")).mentee().demand(most)
        });
        let all_mentees = all_mentees.collect();
        let mut decisions = Decisions::new();
        if dice.once_in(3) {
            decisions = decisions.lock(
                format!("e{}", dice.below(mentees)),
                format!("r{}", dice.below(mentors)),
            );
        }
        if dice.once_in(3) {
            decisions = decisions.veto(
                format!("e{}", dice.below(mentees)),
                format!("r{}", dice.below(mentors)),
            );
        }
        let quota = Quota::new(Role::Mentor, Field::Department, ["A"]).at_most(small(&mut dice, 3));
        let orders = [
            vec![Objective::Participation, Objective::TotalScore],
            vec![Objective::TotalScore],
            vec![
                Objective::Pairs,
                Objective::TotalScore,
                Objective::MentorsUsed,
            ],
        ];
        Self {
            mentors: all_mentors,
            mentees: all_mentees,
            quotas: if dice.once_in(3) {
                vec![quota]
            } else {
                Vec::new()
            },
            decisions,
            objectives: orders[usize::try_from(dice.below(3)).unwrap()].clone(),
        }
    }

    fn cohort(&self) -> Cohort {
        Cohort::new(self.mentors.clone(), self.mentees.clone()).unwrap()
    }

    fn programme(&self) -> Programme {
        let builder = Programme::builder()
            .weigh(3, Same::new(Field::Site))
            .weigh(2, Different::new(Field::Department))
            .weigh(4, mentormatch::SeniorityGap::levels(1, 2, 4))
            .forbid(SameValue::new(Field::Team))
            .objectives(self.objectives.clone());
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
}

fn pairs_of(outcome: &Outcome) -> BTreeSet<Two> {
    let pairs = outcome.matching().pairs.iter();
    pairs
        .map(|pair| {
            (
                pair.mentee.as_str().to_owned(),
                pair.mentor.as_str().to_owned(),
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_other_suggestions_come_to_more(seed: u64, each in 1_u32..=3, times in 1_u32..=2, first: bool) {
        let case = Case::draw(seed);
        let Some(outcome) = case.run() else { return Ok(()) };
        let oracle = case.oracle();
        for of in [Role::Mentee, Role::Mentor] {
            let options = SuggestionOptions::new(of, each).times(times);
            let options = if first { options.everybody_first() } else { options };
            let found = outcome.suggestions(&options).unwrap();
            let named = found.lists.iter().flat_map(|list| {
                list.suggestions.iter().map(move |own| (list.participant.as_str(), own.partner.as_str()))
            });
            let pairs = named.map(|(own, other)| match of {
                Role::Mentee => (own.to_owned(), other.to_owned()),
                Role::Mentor => (other.to_owned(), own.to_owned()),
            });
            let pairs: BTreeSet<Two> = pairs.collect();
            prop_assert_eq!(pairs.len(), found.lists.iter().map(|list| list.suggestions.len()).sum::<usize>());
            prop_assert!(oracle.may_be_suggested(&pairs, (of, each, times)));
            let worth = oracle.worth_of_suggestions(&pairs, of, first);
            prop_assert_eq!(worth.last(), Some(&i64::try_from(found.score_ppm).unwrap()));
            prop_assert_eq!(worth, oracle.best_suggestions((of, each, times), first));
            for list in &found.lists {
                prop_assert!(list.suggestions.is_sorted_by(|a, b| (b.score, &a.partner) < (a.score, &b.partner)));
            }
        }
    }

    #[test]
    fn every_draft_is_the_best_less_its_penalties(seed: u64, tenths in 0_u32..=9, worst: bool) {
        let mut case = Case::draw(seed);
        if worst {
            case.objectives = vec![Objective::Participation, Objective::WorstScore, Objective::TotalScore];
        }
        let Some(outcome) = case.run() else { return Ok(()) };
        let oracle = case.oracle();
        let penalty = Score::from_unit(f64::from(tenths) / 10.0).unwrap();
        let drafts = outcome.drafts(&DraftOptions::new(3, penalty)).unwrap();
        prop_assert_eq!(drafts.len(), 3);
        prop_assert_eq!(&drafts[0].values, &outcome.objectives());
        let mut earlier: Vec<BTreeSet<Two>> = Vec::new();
        for draft in &drafts {
            let pairs = draft.pairs.iter().map(|own| (own.mentee.as_str().to_owned(), own.mentor.as_str().to_owned()));
            let pairs: BTreeSet<Two> = pairs.collect();
            if earlier.is_empty() {
                prop_assert_eq!(&pairs, &pairs_of(&outcome));
            }
            let shared: Vec<_> = earlier.iter().map(|other| other.intersection(&pairs).count() as u64).collect();
            prop_assert_eq!(&draft.shared, &shared);
            prop_assert_eq!(draft.penalty_ppm, u64::from(penalty.ppm()) * shared.iter().sum::<u64>());
            let less = |pair: &Two| {
                let count = earlier.iter().filter(|other| other.contains(pair)).count();
                i64::from(penalty.ppm()) * i64::try_from(count).unwrap()
            };
            let worth = oracle.worth(&pairs, &case.objectives, &less);
            prop_assert_eq!(worth, oracle.best(&case.objectives, &less));
            let nothing = |_: &Two| 0;
            let as_stated = oracle.worth(&pairs, &case.objectives, &nothing);
            let values: Vec<_> = draft.values.iter().map(|own| i64::try_from(own.value).unwrap()).collect();
            prop_assert_eq!(&as_stated[1..], &values);
            let best = oracle.best(&case.objectives, &nothing);
            let is_best = draft.values.iter().all(|own| own.proved);
            prop_assert_eq!(is_best, as_stated == best);
            earlier.push(pairs);
        }
    }

    #[test]
    fn alternates_are_the_cheapest_of_all_who_can_be_had(seed: u64, most in 0_usize..=3) {
        let case = Case::draw(seed);
        let Some(outcome) = case.run() else { return Ok(()) };
        let made = pairs_of(&outcome);
        for (mentee, in_bulk) in outcome.all_alternates(most).unwrap() {
            let others = case.mentors.iter().map(|own| own.profile.id.as_str());
            let others = others.filter(|id| !made.contains(&(mentee.as_str().to_owned(), (*id).to_owned())));
            let prices = others.filter_map(|id| outcome.price_of(mentee.as_str(), id).unwrap());
            let keeps_locks = |price: &mentormatch::PairPrice| {
                let mut moves = price.moves.iter();
                !moves.any(|one| case.decisions.locks.iter().any(|own| own.mentee == one.mentee && Some(&own.mentor) == one.from.as_ref()))
            };
            let prices = prices.filter(keeps_locks);
            let mut changes: Vec<Vec<i128>> = prices.map(|own| own.change.iter().map(|one| one.by).collect()).collect();
            changes.sort_by(|a, b| b.cmp(a));
            changes.truncate(most);
            let found = outcome.alternates(mentee.as_str(), most).unwrap();
            prop_assert_eq!(&found, &in_bulk);
            let of_found = found.iter().map(|own| own.change.iter().map(|one| one.by).collect());
            prop_assert_eq!(of_found.collect::<Vec<Vec<i128>>>(), changes);
            for own in &found {
                let price = outcome.price_of(mentee.as_str(), own.mentor.as_str()).unwrap().unwrap();
                prop_assert_eq!(&own.change, &price.change);
            }
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
        let all = |outcome: &Outcome| {
            let suggestions = SuggestionOptions::new(Role::Mentee, 2);
            let drafts = DraftOptions::new(3, Score::from_unit(0.2).unwrap());
            (
                outcome.suggestions(&suggestions).unwrap(),
                outcome.drafts(&drafts).unwrap(),
                outcome.all_alternates(2).unwrap(),
            )
        };
        prop_assert_eq!(all(&outcome), all(&other));
        #[cfg(feature = "parallel")]
        {
            let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
            prop_assert_eq!(alone.install(|| all(&outcome)), all(&outcome));
        }
    }

    /// With some pairs settled, the rest is what a run gives that knows nothing of them but the places left.
    #[test]
    fn the_remainder_is_matched_as_if_what_is_settled_were_not_there(seed: u64) {
        let mut case = Case { quotas: Vec::new(), decisions: Decisions::new(), ..Case::draw(seed) };
        for mentor in &mut case.mentors {
            mentor.capacity.min = 0;
        }
        case.objectives = vec![Objective::Pairs, Objective::TotalScore];
        let free = case.run().unwrap();
        let settled: Vec<Two> = pairs_of(&free).into_iter().step_by(2).collect();
        let mut locked = case.clone();
        locked.decisions = Decisions::new().lock_all(settled.clone());
        let locked = locked.run().unwrap();

        let mut rest = case.clone();
        for (mentee, mentor) in &settled {
            let own = rest.mentees.iter_mut().find(|own| own.profile.id.as_str() == mentee).unwrap();
            own.demand.max -= 1;
            let own = rest.mentors.iter_mut().find(|own| own.profile.id.as_str() == mentor).unwrap();
            own.capacity.max -= 1;
            rest.decisions = rest.decisions.veto(mentee.clone(), mentor.clone());
        }
        let rest = rest.run().unwrap();
        let unlocked = locked.matching().unlocked();
        let scores: (u64, u64) = unlocked.fold((0, 0), |sum, pair| (sum.0 + 1, sum.1 + u64::from(pair.score.ppm())));
        prop_assert_eq!(scores, (rest.matching().totals.pairs, rest.matching().totals.score_ppm));
        prop_assert!(settled.iter().all(|pair| pairs_of(&locked).contains(pair)));
    }
}

/// On a problem of a fair size, against the answer for every pair.
#[test]
fn alternates_end_early_and_miss_nothing() {
    let (n, m) = (60, 40);
    let mut dice = Dice(5);
    for demand in [1, 2] {
        let scores: Vec<i32> = (0..n * m)
            .map(|_| i32::try_from(dice.below(30)).unwrap() - 1)
            .collect();
        let problem = Problem::dense(n, m, scores, Some(-1))
            .unwrap()
            .with_demands(vec![demand; n])
            .unwrap();
        let solution = solve(
            &problem,
            &SolveOptions::new([Level::Participation, Level::TotalScore]),
        )
        .unwrap();
        let sensitivity = Sensitivity::new(&problem, &solution).unwrap();
        let in_bulk = sensitivity.all_alternates(6);
        for mentee in MenteeIdx::all(n) {
            let own = solution.assignment.mentors_of(mentee);
            let others = MentorIdx::all(m).filter(|mentor| !own.contains(mentor));
            let forced = others.filter_map(|mentor| {
                Some((sensitivity.forced(mentee, mentor).ok()??.change, mentor))
            });
            let mut forced: Vec<_> = forced.collect();
            forced.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            forced.truncate(6);
            let found = sensitivity.alternates(mentee, 6).unwrap();
            assert_eq!(in_bulk[mentee.index()], found);
            let found = found.into_iter().map(|own| (own.change, own.mentor));
            let found: Vec<_> = found.collect();
            assert_eq!(found, forced);
        }
    }
}

fn two_of_each() -> Cohort {
    let mentors = ["ana", "eve"].map(|id| Profile::new(id).site("X").mentor(1));
    let mentees = ["boris", "chen"].map(|id| Profile::new(id).site("X").mentee());
    Cohort::new(mentors, mentees).unwrap()
}

#[test]
fn a_programme_without_a_total_score_shares_as_few_pairs_as_possible() {
    let resolution = Score::from_unit(0.01).unwrap();
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .objectives([Objective::Leximin { resolution }]);
    let outcome = Engine::new(programme.build().unwrap())
        .run(&two_of_each())
        .unwrap();
    let drafts = outcome.drafts(&DraftOptions::new(3, Score::ZERO)).unwrap();
    assert_eq!(
        (&drafts[1].shared[..], drafts[2].shared.iter().sum::<u64>()),
        (&[0][..], 2)
    );
}

#[test]
fn a_cancelled_search_gives_nothing_and_a_stable_matching_has_no_drafts() {
    let programme = Programme::builder().weigh(1, Same::new(Field::Site));
    let outcome = Engine::new(programme.clone().build().unwrap())
        .run(&two_of_each())
        .unwrap();
    let cancel = CancelToken::default();
    cancel.cancel();
    let drafts = outcome.drafts(&DraftOptions::new(2, Score::ZERO).cancel(cancel.clone()));
    assert!(matches!(drafts.unwrap_err(), WhatIfError::Run(error) if error.is_cancelled()));
    let suggestions = outcome.suggestions(&SuggestionOptions::new(Role::Mentor, 2).cancel(cancel));
    assert!(suggestions.unwrap_err().is_cancelled());
    let stable = Engine::new(programme.stable(Stable::new(Role::Mentee)).build().unwrap());
    let outcome = stable.run(&two_of_each()).unwrap();
    assert_eq!(
        outcome
            .drafts(&DraftOptions::new(2, Score::ZERO))
            .unwrap_err(),
        WhatIfError::Stable
    );
    assert!(
        outcome
            .suggestions(&SuggestionOptions::new(Role::Mentor, 2))
            .is_ok(),
        "suggestions have objectives of their own"
    );
}

/// A run with as little memory as it asks for.
fn in_little_memory(engine: &Engine, cohort: &Cohort, options: &RunOptions) -> Outcome {
    let mut limit = 0;
    loop {
        match engine.run_with(cohort, &options.clone().memory_limit(limit)) {
            Err(RunError::Solve(SolveError::TooLarge { needed, .. })) => limit = needed,
            run => return run.unwrap(),
        }
    }
}

/// A run whose scores are computed on demand answers as one that keeps them.
#[test]
fn where_scores_are_kept_changes_nothing() {
    let mut dice = Dice(11);
    let mentors =
        (0..300).map(|at| person(&mut dice, &format!("r{at}")).mentor(u32::from(at % 2 == 0)));
    let mentors: Vec<_> = mentors.collect();
    let mentees = (0..1_000).map(|at| person(&mut dice, &format!("e{at}")).mentee());
    let cohort = Cohort::new(mentors, mentees.collect::<Vec<_>>()).unwrap();
    let programme = Programme::builder()
        .weigh(3, Same::new(Field::Site))
        .weigh(4, mentormatch::SeniorityGap::levels(1, 2, 4))
        .forbid(SameValue::new(Field::Department))
        .build()
        .unwrap();
    let engine = Engine::new(programme);
    let free = engine.run(&cohort).unwrap();
    let locked = free
        .matching()
        .pairs
        .iter()
        .take(3)
        .map(|pair| (pair.mentee.clone(), pair.mentor.clone()));
    let options = RunOptions::default()
        .tie_breaking(TieBreaking::Fast)
        .decisions(Decisions::new().lock_all(locked));
    let kept = engine.run_with(&cohort, &options).unwrap();
    let computed = in_little_memory(&engine, &cohort, &options);
    assert!(computed.statistics().on_demand);

    let about = Shortfall::Participation;
    let conflicts = kept.conflicts(about, None).unwrap();
    assert!(!conflicts.is_empty());
    assert_eq!(conflicts, computed.conflicts(about, None).unwrap());
    let options = RelaxationOptions::about(about).most(3);
    let relaxations = kept.relaxations(&options).unwrap();
    assert_eq!(relaxations, computed.relaxations(&options).unwrap());
    let suggestions = SuggestionOptions::new(Role::Mentee, 2);
    let total = |outcome: &Outcome| outcome.suggestions(&suggestions).unwrap().score_ppm;
    assert_eq!(total(&kept), total(&computed));
}

#[cfg(feature = "serde")]
#[test]
fn everything_is_written_as_data() {
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .build()
        .unwrap();
    let mentors = [Profile::new("ana").site("X").mentor(1)];
    let mentees = ["boris", "chen"].map(|id| Profile::new(id).site("X").mentee().demand(1..=1));
    let outcome = Engine::new(programme)
        .run(&Cohort::new(mentors, mentees).unwrap())
        .unwrap();
    let json = |value: serde_json::Result<serde_json::Value>| value.unwrap();
    let conflicts = json(serde_json::to_value(
        outcome.conflicts(Shortfall::Minimums, None).unwrap(),
    ));
    assert_eq!(conflicts[0]["core"]["claims"][1]["of"]["mentee"], "chen");
    let options = RelaxationOptions::about(Shortfall::Minimums);
    let relaxations = json(serde_json::to_value(outcome.relaxations(&options).unwrap()));
    assert_eq!(relaxations["found"][0]["relaxed"]["raise_maximum"]["to"], 2);
    let suggestions = json(serde_json::to_value(
        outcome
            .suggestions(&SuggestionOptions::new(Role::Mentor, 2))
            .unwrap(),
    ));
    assert_eq!(
        suggestions["lists"][0]["suggestions"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let drafts = json(serde_json::to_value(
        outcome.drafts(&DraftOptions::new(2, Score::ONE)).unwrap(),
    ));
    assert_eq!(drafts[1]["shared"][0], 0);
    let without = if outcome.matching().pairs[0].mentee.as_str() == "boris" {
        "chen"
    } else {
        "boris"
    };
    let alternates = json(serde_json::to_value(
        outcome.alternates(without, 1).unwrap(),
    ));
    assert_eq!(alternates[0]["change"].as_array().unwrap().len(), 3);
}
