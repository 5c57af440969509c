//! What a measure would do is what a run with it does.

use mentormatch::{
    Engine, Event, Field, Measure, MeasureEffect, Plan, PlanError, Programme, ProgrammeBuilder,
    RunOptions, SameValue, Score, ScoreBelow, SeniorityGap, SkillCoverage, Weight,
};

use crate::common::random::Random;
use crate::people::{builder, cohort, mentor};
use crate::{check, pairs};

fn percent(value: u32) -> Score {
    Score::from_ppm_saturating(value * 10_000)
}

fn programme() -> ProgrammeBuilder {
    builder().forbid(SameValue::new(Field::Department))
}

fn plan(programme: Programme) -> Plan {
    let people = cohort(&mut Random::new(33), 30, 10);
    Engine::new(programme)
        .plan(&people, &RunOptions::default())
        .unwrap()
}

fn measures() -> Vec<Measure> {
    let mut random = Random::new(4);
    let recruits = (20..23).map(|number| Event::mentor_joins(mentor(&mut random, number)));
    let recruit = recruits.fold(Measure::named("recruit"), Measure::event);
    let seniority = "seniority_gap";
    vec![
        recruit,
        Measure::named("drop a rule").without_rule("same_value:department"),
        Measure::named("change a weight").weight(seniority, Weight::try_from(9_u32).unwrap()),
        Measure::named("raise the floor").floor(percent(40)),
        Measure::named("cut places")
            .event(Event::capacity("r1", 0))
            .event(Event::capacity("r3", 0)),
        Measure::named("both")
            .without_rule("same_value:department")
            .event(Event::capacity("r1", 0)),
        Measure::named("another programme").programme(builder().build().unwrap()),
    ]
}

#[test]
fn effects_are_those_of_full_runs() {
    let plan = plan(programme().build().unwrap());
    let effects = plan.effects(&measures()).unwrap();
    assert_eq!(effects.len(), measures().len());
    for effect in &effects {
        let MeasureEffect {
            name,
            before,
            after,
            changes,
            plan: with,
            ..
        } = effect;
        assert_eq!(*before, plan.figures());
        assert_eq!(*after, with.figures());
        // The run from nothing keeps the pairs before in mind, as the plan does.
        let cold = Engine::new(with.programme().clone())
            .run_with(with.cohort(), &with.options())
            .unwrap();
        check(with, with.cohort(), true, name);
        let totals = cold.matching().totals;
        assert_eq!(
            after.matched_mentees,
            u64::from(totals.matched_mentees),
            "{name}"
        );
        assert_eq!(
            after.matched_mentors,
            u64::from(totals.matched_mentors),
            "{name}"
        );
        assert_eq!(
            (after.mentees, after.mentors),
            (u64::from(totals.mentees), totals.mentors.into())
        );
        assert_eq!(
            (after.pairs, after.score_ppm),
            (totals.pairs, totals.score_ppm),
            "{name}"
        );
        assert_eq!(after.worst_score, cold.report().worst_score, "{name}");
        assert_eq!(after.mean_score, cold.matching().mean_score(), "{name}");
        // Who moves turns the pairs before into the pairs after.
        let mut moved = pairs(&plan);
        for one in changes.moves() {
            moved.retain(|own| {
                (&*own.0, Some(&*own.1))
                    != (one.mentee.as_str(), one.from.as_ref().map(|id| id.as_str()))
            });
            moved.extend(
                one.to
                    .iter()
                    .map(|to| (one.mentee.to_string(), to.to_string(), 0)),
            );
        }
        let names = |pairs: &[(String, String, u32)]| {
            let mut names: Vec<_> = pairs
                .iter()
                .map(|own| (own.0.clone(), own.1.clone()))
                .collect();
            names.sort();
            names
        };
        assert_eq!(names(&moved), names(&pairs(with)), "{name}");
    }
    let changed = programme_with_other_weight();
    assert_eq!(effects[2].plan.programme().criteria(), changed.criteria());
    let floor = |own: &Programme| own.rules().iter().any(|rule| rule.name == "score_below");
    assert!(floor(effects[3].plan.programme()) && !floor(plan.programme()));
}

fn programme_with_other_weight() -> Programme {
    let mut criteria = programme().build().unwrap().criteria().to_vec();
    criteria[1].weight = Weight::try_from(9_u32).unwrap();
    let names: Vec<_> = criteria.iter().map(|own| own.name.as_str()).collect();
    assert_eq!(names[1], "seniority_gap");
    let empty = Programme::builder()
        .weigh(5, SkillCoverage::default())
        .weigh(9, SeniorityGap::levels(1, 2, 4));
    let rest = criteria.into_iter().skip(2);
    rest.fold(empty, ProgrammeBuilder::criterion)
        .build()
        .unwrap()
}

#[test]
fn a_floor_takes_the_place_of_another() {
    let low = programme().forbid(ScoreBelow::new(percent(10)));
    let plan = plan(low.build().unwrap());
    let higher = [Measure::named("higher").floor(percent(60))];
    let effect = &plan.effects(&higher).unwrap()[0];
    assert_eq!(
        effect.plan.programme().rules().len(),
        plan.programme().rules().len()
    );
    assert!(effect.after.worst_score >= Some(percent(60)));
}

#[test]
fn what_helps_most_comes_first_and_equals_keep_their_order() {
    let plan = plan(programme().build().unwrap());
    let nothing = |name: &str| Measure::named(name);
    let mut listed = measures();
    listed.extend([nothing("first of equals"), nothing("second of equals")]);
    let ranked = plan.most_helpful(&listed).unwrap();
    let value = |own: &MeasureEffect| (own.after.matched_mentees, own.after.score_ppm);
    assert!(
        ranked
            .windows(2)
            .all(|two| value(&two[0]) >= value(&two[1]))
    );
    let place = |name: &str| ranked.iter().position(|own| own.name == name).unwrap();
    assert!(place("first of equals") < place("second of equals"));
    assert!(
        place("cut places") > place("first of equals"),
        "fewer places help nobody"
    );
}

#[test]
fn a_measure_that_cannot_be_taken_is_refused_by_name() {
    let plan = plan(programme().build().unwrap());
    let refused = |measure: Measure| plan.effects(&[measure]).unwrap_err();
    let no_rule = refused(Measure::named("x").without_rule("no such rule"));
    assert_eq!(
        no_rule.to_string(),
        "the programme has no rule or criterion \"no such rule\""
    );
    let weight = Weight::try_from(1_u32).unwrap();
    let no_criterion = refused(Measure::named("x").weight("same_value:department", weight));
    assert!(matches!(no_criterion, PlanError::NoSuchPart { .. }));
    let nobody = refused(Measure::named("x").event(Event::mentor_leaves("nobody")));
    assert!(matches!(nobody, PlanError::Unknown { event: 0, .. }));
}
