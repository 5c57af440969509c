//! Input that looks wrong and is legal: it works, and says so where it matters.

use mentormatch::{
    CohortWarning, Field, Mentor, Profile, Programme, ProgrammeBuilder, Role, RunWarning, Same,
    SkillCoverage, UnmatchedReason, WishRank,
};

use crate::{indifferent, mentees, mentors, pairs, reason, run};

#[test]
fn capacities_up_to_the_largest_number_add_up() {
    let outcome = run(
        indifferent(),
        mentors(["r0", "r1", "r2"], u32::MAX),
        mentees(["e0", "e1"]),
    );
    let totals = outcome.matching().totals;
    assert_eq!((totals.pairs, totals.places), (2, 3 * u64::from(u32::MAX)));
    let spare: u64 = outcome
        .matching()
        .spare_places
        .iter()
        .map(|own| u64::from(own.places))
        .sum();
    assert_eq!(spare, totals.places - 2);
}

#[test]
fn a_demand_for_everybody_takes_everybody_once() {
    let mentee = Profile::new("e").mentee().demand(u32::MAX);
    let outcome = run(indifferent(), mentors(["r0", "r1"], u32::MAX), vec![mentee]);
    assert_eq!(pairs(&outcome), [("e", "r0"), ("e", "r1")]);
}

#[test]
fn one_role_or_both_may_be_empty() {
    let nobody = run(indifferent(), vec![], vec![]);
    assert!(nobody.matching().pairs.is_empty() && nobody.unmatched().is_empty());
    assert_eq!(nobody.report().mean_score, None);
    let no_mentors = run(indifferent(), vec![], mentees(["e"]));
    let no_mentees = run(indifferent(), mentors(["r"], 1), vec![]);
    for (outcome, role, id) in [
        (no_mentors, Role::Mentee, "e"),
        (no_mentees, Role::Mentor, "r"),
    ] {
        assert_eq!(*reason(&outcome, role, id), UnmatchedReason::NobodyThere);
        assert_eq!(outcome.unmatched().len(), 1);
    }
}

#[test]
fn one_person_in_both_roles_is_never_matched_with_themself() {
    let ana = Profile::new("ana").wish("ana", 1);
    let programme = || Programme::builder().weigh(1, WishRank::of_mentees());
    let alone = run(
        programme(),
        vec![ana.clone().mentor(9)],
        vec![ana.clone().mentee()],
    );
    let text = reason(&alone, Role::Mentee, "ana").to_string();
    assert_eq!(text, "no allowed partner among 1: same_person forbids 1");
    let boris = || Profile::new("boris");
    let two = run(
        programme(),
        vec![ana.clone().mentor(1), boris().mentor(1)],
        vec![ana.mentee(), boris().mentee()],
    );
    assert_eq!(pairs(&two), [("ana", "boris"), ("boris", "ana")]);
}

#[test]
fn a_weight_of_0_is_explained_and_decides_nothing() {
    let mentors = ["here", "there"].map(|site| Profile::new(site).site(site).mentor(1));
    let people = |cohort: Vec<Mentor>| (cohort, vec![Profile::new("e").site("here").mentee()]);
    let weighed = |programme: ProgrammeBuilder| {
        let (mentors, mentees) = people(mentors.clone().into());
        run(programme, mentors, mentees)
    };
    let with = weighed(indifferent().weigh(0, Same::new(Field::Site)));
    let without = weighed(indifferent());
    assert_eq!(pairs(&with), pairs(&without));
    let part = &with.matching().pairs[0].parts[1];
    assert_eq!((&*part.criterion, part.contribution), ("same:site", 0));
    assert!(part.answer.is_some());
}

#[test]
fn a_megabyte_of_text_is_only_text() {
    let long = "長い文".repeat(120_000);
    let person = |id: String| {
        Profile::new(id)
            .department(&*long)
            .need(&*long, 3)
            .offer(&*long, 3)
    };
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Department))
        .weigh(1, SkillCoverage::default());
    let mentor = person(format!("r{long}")).mentor(1);
    let outcome = run(
        programme,
        vec![mentor],
        vec![person(format!("e{long}")).mentee()],
    );
    assert_eq!(outcome.matching().pairs[0].score.ppm(), 1_000_000);
}

#[test]
fn ids_are_compared_byte_for_byte_whatever_they_hold() {
    let ids = [
        "é",
        "e\u{301}",
        "E\u{301}",
        " é",
        "\0",
        "\n",
        "👩‍🏫",
        "\u{202e}é",
        "-1",
        "01",
        "1",
    ];
    let outcome = run(indifferent(), mentors(ids, 1), mentees(ids));
    assert_eq!(outcome.matching().pairs.len(), ids.len());
    for pair in &outcome.matching().pairs {
        assert_ne!(pair.mentee, pair.mentor, "nobody is matched with themself");
    }
    for id in ids {
        assert!(outcome.explain(id, ids[0]).is_ok(), "{id:?}");
    }
    assert!(outcome.explain("e", ids[0]).is_err());
    let invisible = |warning: &RunWarning| {
        matches!(
            warning,
            RunWarning::Cohort(CohortWarning::InvisibleCharacters { .. })
        )
    };
    assert!(outcome.warnings().iter().any(invisible));
}

#[test]
fn a_wish_for_somebody_unknown_is_a_warning_in_the_outcome() {
    let mentee = Profile::new("e").wish("nobody", 1).wish("r", 2).mentee();
    let programme = Programme::builder().weigh(1, WishRank::of_mentees());
    let outcome = run(programme, mentors(["r"], 1), vec![mentee]);
    let [
        RunWarning::Cohort(CohortWarning::UnknownPartner {
            participant,
            field,
            partner,
            ..
        }),
    ] = outcome.warnings()
    else {
        panic!("{:?}", outcome.warnings());
    };
    assert_eq!((participant.as_str(), *field), ("e", "wishes"));
    assert_eq!(partner.expose().as_str(), "nobody");
    assert_eq!(outcome.matching().pairs[0].score.ppm(), 500_000);
}

#[test]
fn a_criterion_that_nobody_answers_is_a_warning_in_the_outcome() {
    let programme = indifferent()
        .weigh(1, Same::new(Field::Site))
        .weigh(1, Same::new(Field::Department));
    let mentor = Profile::new("r").site("Aarhus").department("Law").mentor(1);
    let mentee = Profile::new("e").site("Bogotá").mentee();
    let outcome = run(programme, vec![mentor], vec![mentee]);
    let criterion = "same:department".into();
    assert_eq!(outcome.warnings(), [RunWarning::NoAnswers { criterion }]);
}
