//! What went wrong in real matching programmes, each named after where it was seen.

use mentormatch::{
    Cohort, CohortWarning, CommonLanguage, CriterionKind, Engine, FewerCommonLanguages, Field,
    Mentee, Mentor, MissingPolicy, Objective, Outcome, Profile, Programme, Refusal, ReportingLine,
    Role, RunOptions, RunWarning, Same, Status, TimeZonesFurtherThan, UnmatchedReason, WhyNot,
    WishRank,
};

use crate::{disqualified, indifferent, mentees, mentors, pairs, reason, run, run_on, scored};

#[test]
fn mentor_match_a_disqualified_pair_takes_no_place() {
    let programme = scored([(("e0", "r0"), 1.0), (("e1", "r1"), 1.0)])
        .forbid(disqualified([("e0", "r0"), ("e1", "r1")]));
    let outcome = run(programme, mentors(["r0", "r1"], 1), mentees(["e0", "e1"]));
    assert_eq!(pairs(&outcome), [("e0", "r1"), ("e1", "r0")]);
    assert!(outcome.unmatched().is_empty());
}

#[test]
fn mentor_match_and_kahliloppenheimer_input_order_decides_nothing() {
    let (mut mentors, mut mentees) = (
        mentors(["r0", "r1", "r2"], 1),
        mentees(["e0", "e1", "e2", "e3", "e4"]),
    );
    let usual = run(indifferent(), mentors.clone(), mentees.clone());
    for _ in 0..4 {
        mentors.rotate_left(1);
        mentees.rotate_right(2);
        let other = run(indifferent(), mentors.clone(), mentees.clone());
        assert_eq!(other.matching(), usual.matching());
        assert_eq!(other.unmatched(), usual.unmatched());
    }
}

#[test]
fn civil_service_most_people_or_most_points_is_one_setting() {
    use Objective::{Participation, TotalScore};
    let programme = || {
        scored([
            (("e0", "r0"), 1.0),
            (("e0", "r1"), 0.3),
            (("e1", "r0"), 0.6),
        ])
        .forbid(disqualified([("e1", "r1")]))
    };
    let people = || (mentors(["r0", "r1"], 1), mentees(["e0", "e1"]));
    let run = |programme| run(programme, people().0, people().1);
    let both = run(programme());
    assert_eq!(pairs(&both), [("e0", "r1"), ("e1", "r0")]);
    assert_eq!(both.matching().totals.score_ppm, 900_000);
    let total = run(programme().objectives([TotalScore]));
    assert_eq!(pairs(&total), [("e0", "r0")]);
    assert_eq!(total.matching().totals.score_ppm, 1_000_000);

    let used = |outcome: &Outcome| {
        let objectives = outcome.report().objectives.into_iter();
        objectives.map(|own| own.objective).collect::<Vec<_>>()
    };
    assert_eq!(used(&both), [Participation, TotalScore]);
    assert_eq!(used(&total), [TotalScore]);
    let text = both.report().to_string();
    assert!(
        text.contains("participation: 2 mentees, proven optimal"),
        "{text}"
    );
}

#[test]
fn sap_3729786_a_wish_never_beats_a_rule() {
    let mentor = Profile::new("boss").wish("ana", 1).mentor(1);
    let other = Profile::new("other").mentor(1);
    let mentee = Profile::new("ana").wish("boss", 1).manager("boss").mentee();
    let programme = Programme::builder()
        .weigh(1_000, WishRank::of_mentees())
        .forbid(ReportingLine::any_distance());
    let outcome = run(programme, vec![mentor, other], vec![mentee]);
    assert_eq!(pairs(&outcome), [("ana", "other")]);
    let by = vec![Refusal::Rule("reporting_line".into())];
    let why = outcome.why_not("ana", "boss").unwrap();
    let WhyNot::Forbidden { by: found, .. } = why else {
        unreachable!("{why}");
    };
    let found: Vec<_> = found.into_iter().map(|own| own.by).collect();
    assert_eq!(found, by);
}

#[test]
fn hotcrp_264_pioneers_and_openreview_required_is_a_rule_not_a_bonus() {
    let mentor = Profile::new("r").language("da").site("Aarhus").mentor(1);
    let mentee = Profile::new("e").language("es").site("Aarhus").mentee();
    let bonus = || {
        Programme::builder()
            .weigh(1, CommonLanguage::default())
            .weigh(1_000, Same::new(Field::Site))
    };
    let people = || (vec![mentor.clone()], vec![mentee.clone()]);
    assert_eq!(pairs(&run(bonus(), people().0, people().1)), [("e", "r")]);
    let required = bonus().forbid(FewerCommonLanguages::than(1));
    let outcome = run(required, people().0, people().1);
    let text = reason(&outcome, Role::Mentee, "e").to_string();
    assert_eq!(
        text,
        "no allowed partner among 1: fewer_common_languages forbids 1"
    );
}

/// In floats, 0.1 + 0.2 is more than 0.3.
#[test]
fn sap_2956394_equal_is_equal() {
    let answer = |name: &'static str, split: f64, whole: f64| {
        let by_mentor = move |_: &Mentee, mentor: &Mentor| {
            Some(if mentor.profile.id.as_str() == "split" {
                split
            } else {
                whole
            })
        };
        CriterionKind::pairwise(name, 1, by_mentor)
    };
    let programme = Programme::builder()
        .weigh(0.7, answer("a", 0.1, 0.3))
        .weigh(0.7, answer("b", 0.2, 0.0));
    let outcome = run(
        programme,
        mentors(["split", "whole"], 1),
        mentees(["e0", "e1"]),
    );
    let [one, other] = &outcome.matching().pairs[..] else {
        panic!("two pairs");
    };
    assert_eq!(one.score, other.score);
    assert_eq!(one.score.to_string(), other.score.to_string());
}

#[test]
fn openreview_102_equal_people_are_drawn_by_lot_not_taken_in_order() {
    let ids = ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"];
    let cohort = Cohort::new(mentors(ids, 1), mentees(["e0"])).unwrap();
    let engine = Engine::new(indifferent().build().unwrap());
    let mut drawn = [0; 8];
    for seed in 0..80 {
        let outcome = engine.run_with(&cohort, &RunOptions::default().seed(seed));
        let mentor = outcome.unwrap().matching().pairs[0].mentor.clone();
        drawn[ids.iter().position(|id| *id == mentor.as_str()).unwrap()] += 1;
    }
    assert!(
        drawn.iter().all(|times| (2..=25).contains(times)),
        "{drawn:?}"
    );
}

#[test]
fn csm_web_333_silence_is_never_rewarded_unseen() {
    let policies = [
        MissingPolicy::Zero,
        MissingPolicy::default(),
        MissingPolicy::Renormalise,
    ];
    let outcomes = policies.map(|missing| {
        let programme = Programme::builder()
            .weigh_with(1, Same::new(Field::Site), missing)
            .weigh_with(1, Same::new(Field::Department), missing);
        let mentor = Profile::new("r").site("Aarhus").department("Law").mentor(1);
        let frank = Profile::new("frank")
            .site("Bogotá")
            .department("Law")
            .mentee();
        let silent = Profile::new("silent").department("Law").mentee();
        run(programme, vec![mentor], vec![frank, silent])
    });
    let [zero, neutral, renormalise] = &outcomes;
    let score = |outcome: &Outcome, mentee| {
        let why = outcome.explain(mentee, "r").unwrap();
        why.score.ppm()
    };
    assert_eq!(
        (score(zero, "silent"), score(zero, "frank")),
        (500_000, 500_000)
    );
    assert_eq!(score(neutral, "silent"), 750_000);
    assert_eq!(score(renormalise, "silent"), 1_000_000);
    assert!(zero.warnings().is_empty() && neutral.warnings().is_empty());
    let [
        RunWarning::SilenceRewarded {
            mentee,
            mentor,
            gain,
        },
    ] = renormalise.warnings()
    else {
        panic!("{:?}", renormalise.warnings());
    };
    assert_eq!((mentee.as_str(), mentor.as_str()), ("silent", "r"));
    assert_eq!(gain.criteria, ["same:site".into()]);
    assert_eq!(
        (gain.score.ppm(), gain.at_neutral.ppm()),
        (1_000_000, 750_000)
    );
}

#[test]
fn openreview_301_look_alikes_are_reported_and_refused_on_request() {
    let people = || {
        let twins = ["Ana", "ana "].map(|id| Profile::new(id).mentor(1));
        Cohort::builder().mentors(twins).mentees(mentees(["e"]))
    };
    let outcome = run_on(indifferent(), &people().build().unwrap());
    let [
        RunWarning::Cohort(CohortWarning::LookAlikes {
            field,
            people: alike,
        }),
    ] = outcome.warnings()
    else {
        panic!("{:?}", outcome.warnings());
    };
    assert_eq!(
        (*field, &alike[..]),
        ("id", &["Ana".into(), "ana ".into()][..])
    );
    assert!(people().refuse_lookalikes().build().is_err());
}

#[test]
fn yuanjian_a_shortage_is_normal_and_says_who_has_the_places() {
    let programme = scored([(("e0", "r"), 0.9), (("e1", "r"), 0.8), (("e2", "r"), 0.7)]);
    let outcome = run(programme, mentors(["r"], 2), mentees(["e0", "e1", "e2"]));
    assert_eq!(pairs(&outcome), [("e0", "r"), ("e1", "r")]);
    let UnmatchedReason::AllTaken { allowed: 1, best } = reason(&outcome, Role::Mentee, "e2")
    else {
        panic!("{:?}", outcome.unmatched());
    };
    assert_eq!(
        (best[0].partner.as_str(), best[0].score.ppm()),
        ("r", 700_000)
    );
    assert_eq!(best[0].has, ["e0".into(), "e1".into()]);
}

#[test]
fn matching_112_a_mentor_without_places_is_legal_and_has_nobody_instead() {
    let outcome = run(indifferent(), mentors(["r"], 0), mentees(["e"]));
    assert!(pairs(&outcome).is_empty());
    let mentor = reason(&outcome, Role::Mentor, "r");
    assert_eq!(*mentor, UnmatchedReason::NoPlaces);
    let mentee = reason(&outcome, Role::Mentee, "e");
    assert_eq!(
        *mentee,
        UnmatchedReason::PartnersHaveNoPlaces { allowed: 1 }
    );
}

#[cfg(feature = "serde")]
#[test]
fn matching_141_half_a_place_is_refused_by_name() {
    let text = r#"{"format_version": 1, "mentees": [],
        "mentors": [{"id": "ana", "capacity": 1.5}]}"#;
    let error = serde_json::from_str::<Cohort>(text)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("ana") && error.contains("capacity"),
        "{error}"
    );
}

/// Between the second and the last Sunday of March they are four hours apart, otherwise five.
#[test]
fn together_time_zones_are_compared_on_the_programme_s_date() {
    let pairs_on = |date: &str| {
        let programme = indifferent()
            .date(date.parse().unwrap())
            .forbid(TimeZonesFurtherThan::hours(4.0));
        let mentor = Profile::new("r").time_zone("Europe/London").mentor(1);
        let mentee = Profile::new("e").time_zone("America/New_York").mentee();
        run(programme, vec![mentor], vec![mentee])
            .matching()
            .pairs
            .len()
    };
    let dates = ["2026-01-15", "2026-03-20", "2026-04-15"];
    assert_eq!(dates.map(pairs_on), [0, 1, 0]);
}

#[test]
fn openreview_27_and_101_a_minimum_load_is_honoured_before_anybody_s_score() {
    let programme = scored([(("e0", "liked"), 1.0), (("e1", "liked"), 1.0)]);
    let liked = Profile::new("liked").mentor(2);
    let lonely = Profile::new("lonely").mentor(1..=2);
    let outcome = run(programme, vec![liked, lonely], mentees(["e0", "e1"]));
    let with = |id| {
        pairs(&outcome)
            .into_iter()
            .filter(|(_, mentor)| *mentor == id)
            .count()
    };
    assert_eq!((with("liked"), with("lonely")), (1, 1));
    assert!(outcome.warnings().is_empty());
}

#[test]
fn openreview_pr_226_a_minimum_that_cannot_be_met_is_reported_by_name() {
    let programme = indifferent().forbid(disqualified([("e1", "strict")]));
    let strict = Profile::new("strict").mentor(2..=3);
    let outcome = run(programme, vec![strict], mentees(["e0", "e1"]));
    assert_eq!(pairs(&outcome), [("e0", "strict")]);
    let warning = RunWarning::BelowMinimum {
        role: Role::Mentor,
        participant: "strict".into(),
        partners: 1,
        minimum: 2,
    };
    assert_eq!(outcome.warnings(), [warning]);
}

#[test]
fn a_minimum_of_somebody_who_does_not_take_part_binds_nobody() {
    let paused = Profile::new("paused").status(Status::Paused).mentor(1..=2);
    let outcome = run(indifferent(), vec![paused], mentees(["e"]));
    let counted = CohortWarning::NotActive {
        role: Role::Mentor,
        count: 1,
    };
    assert_eq!(outcome.warnings(), [RunWarning::Cohort(counted)]);
}
