//! Laws of the people layer, seen from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use mentormatch::{
    Attribute, Bounds, Cohort, CohortBuilder, CohortWarning, Mentee, Mentor, Need, Profile, Role,
};
use proptest::collection::vec;
use proptest::prelude::*;

fn assert_guest<T: Send + Sync + Clone + 'static>() {}

#[test]
fn cohorts_cross_threads_and_clone_cheaply() {
    assert_guest::<Cohort>();
    assert_guest::<CohortBuilder>();
}

/// A small population that hits every check: few ids, so that they repeat, look alike, report in
/// circles, wish for each other and for nobody.
fn person() -> impl Strategy<Value = Profile> {
    let name = || proptest::sample::select(vec!["", "a", "A", "b", "c", "d", "e\u{301}", "é", "f"]);
    let zone = proptest::sample::select(vec!["UTC", "Asia/Tokyo", "Nowhere"]);
    (
        name(),
        proptest::option::of(name()),
        vec((name(), 0..3_u32), 0..3),
        vec(name(), 0..2),
        (1..4_u16, 2..4_u16),
        proptest::option::of(zone),
    )
        .prop_map(|(id, manager, wishes, vetoes, (level, of), zone)| {
            let mut profile = Profile::new(id).attribute("grade", Attribute::Ordinal { level, of });
            profile.manager = manager.map(Into::into);
            profile.vetoes = vetoes.into_iter().map(Into::into).collect();
            profile.time_zone = zone.map(Into::into);
            wishes
                .into_iter()
                .fold(profile, |profile, (partner, rank)| {
                    profile.wish(partner, rank)
                })
        })
}

/// Everything a host can see of a cohort, or of its refusal.
fn seen(mentors: Vec<Mentor>, mentees: Vec<Mentee>, seed: u64) -> String {
    match Cohort::new(mentors, mentees) {
        Ok(cohort) => {
            let cohort = cohort.seeded(seed);
            let people = (cohort.mentors(), cohort.mentees());
            let keys = (cohort.mentor_keys(), cohort.mentee_keys());
            format!("{people:?} {keys:?} {:?}", cohort.warnings())
        }
        // Positions of people without an id are positions in the input: all but those.
        Err(error) => error
            .problems()
            .iter()
            .map(|problem| {
                format!(
                    "{:?} {:?} {}\n",
                    problem.role, problem.participant, problem.field
                )
            })
            .collect(),
    }
}

fn numbered(ids: &[u32]) -> (Vec<Mentor>, Vec<Mentee>) {
    let profile = |id: &u32| Profile::new(id.to_string());
    let mentors = ids.iter().map(|id| profile(id).mentor(1)).collect();
    (mentors, ids.iter().map(|id| profile(id).mentee()).collect())
}

proptest! {
    #[test]
    fn input_order_is_never_seen(
        (people, shuffled) in vec(person(), 0..6)
            .prop_flat_map(|people| (Just(people.clone()), Just(people).prop_shuffle())),
        (others, others_shuffled) in vec(person(), 0..4)
            .prop_flat_map(|people| (Just(people.clone()), Just(people).prop_shuffle())),
        seed in any::<u64>(),
    ) {
        let mentors = |people: Vec<Profile>| people.into_iter().map(|p| p.mentor(1)).collect();
        let mentees = |people: Vec<Profile>| people.into_iter().map(Profile::mentee).collect();
        prop_assert_eq!(
            seen(mentors(people), mentees(others), seed),
            seen(mentors(shuffled), mentees(others_shuffled), seed)
        );
    }

    #[test]
    fn everybody_is_found_under_every_seed(
        ids in proptest::collection::btree_set(any::<u32>(), 0..40),
        seed in any::<u64>(),
    ) {
        let ids: Vec<_> = ids.into_iter().collect();
        let (mentors, mentees) = numbered(&ids);
        let cohort = Cohort::new(mentors, mentees).unwrap().seeded(seed);
        for id in ids.iter().map(ToString::to_string) {
            let mentor = cohort.mentor_idx(&id).unwrap();
            let mentee = cohort.mentee_idx(&id).unwrap();
            prop_assert_eq!(cohort.mentors()[mentor].profile.id.as_str(), &id);
            prop_assert_eq!(cohort.mentees()[mentee].profile.id.as_str(), &id);
        }
        prop_assert_eq!(cohort.mentor_idx("nobody"), None);
        prop_assert!(cohort.mentor_keys().is_sorted());
    }
}

#[test]
fn the_order_of_version_1_is_pinned() {
    let (mentors, _) = numbered(&[1, 2, 3, 4, 5]);
    let cohort = Cohort::new(mentors, []).unwrap();
    let order = |cohort: &Cohort| {
        let ids = cohort
            .mentors()
            .iter()
            .map(|mentor| mentor.profile.id.to_string());
        ids.collect::<String>()
    };
    assert_eq!(
        [order(&cohort), order(&cohort.seeded(1))],
        ["25143", "34152"]
    );
    assert_eq!(order(&cohort.seeded(1).seeded(0)), order(&cohort));
}

/// A profile with a secret in every field that holds an answer.
fn confidant(id: &str) -> Profile {
    let answer = || Attribute::choice("s3cret");
    Profile::new(id)
        .external_id("s3cret")
        .need("s3cret", 77)
        .add_need(Need::new("s3cret").importance(77))
        .offer("s3cret", 77)
        .language("s3cret")
        .seniority(7_777)
        .experience_years(77.0)
        .tenure_years(7.7)
        .department("s3cret")
        .site("s3cret")
        .organisation("s3cret")
        .manager("s3cret")
        .wish("s3cret", 77)
        .veto("s3cret")
        .attribute("choice", answer())
        .attribute("set", Attribute::set(["s3cret"]))
        .attribute("number", Attribute::Number(7_777.0))
        .attribute("ordinal", Attribute::Ordinal { level: 77, of: 100 })
        .quota_attribute("choice", answer())
        .monitor_attribute("choice", answer())
}

fn assert_silent(text: &str) {
    assert!(!text.contains("s3cret") && !text.contains("77"), "{text}");
}

#[test]
fn nothing_shows_an_answer() {
    let ana = confidant("ana");
    assert_silent(&format!(
        "{ana:?} {:?} {:?} {:?}",
        ana.needs, ana.offers, ana.wishes
    ));
    assert_silent(&format!("{:?}", ana.attributes));
    let people = Cohort::builder()
        .mentors([ana.clone().mentor(1), confidant("boris").mentor(1)])
        .mentees([ana.mentee()]);
    assert_silent(&format!("{people:?}"));
    let cohort = people.build().unwrap();
    assert_eq!(cohort.warnings().len(), 10, "{:?}", cohort.warnings());
    assert_silent(&format!(
        "{cohort:?} {:?} {:?}",
        cohort.mentors(),
        cohort.mentees()
    ));
    for warning in cohort.warnings() {
        assert_silent(&format!("{warning} {warning:?}"));
    }
}

#[test]
fn no_error_shows_an_answer() {
    let wrong = |id: &str| {
        confidant(id)
            .time_zone("s3cret")
            .add_need(Need::new("s3cret").importance(177))
            .experience_years(777.0)
            .tenure_years(f64::INFINITY)
            .attribute(
                "ordinal",
                Attribute::Ordinal {
                    level: 177,
                    of: 100,
                },
            )
    };
    let other = wrong("ana")
        .site("s3cret too")
        .manager("s3cret too")
        .attribute("number", Attribute::choice("s3cret"))
        .attribute("ordinal", Attribute::Ordinal { level: 1, of: 77 });
    let error = Cohort::builder()
        .mentors([
            wrong("ana").mentor(Bounds { min: 777, max: 77 }),
            wrong("boris").mentor(1),
        ])
        .mentees([other.mentee().demand(Bounds { min: 77, max: 1 })])
        .refuse_lookalikes()
        .build()
        .unwrap_err();
    assert!(error.problems().len() >= 18, "{error}");
    assert_silent(&format!("{error} {error:?}"));
    for problem in error.problems() {
        assert_silent(&format!("{problem} {problem:?}"));
    }
}

#[test]
fn a_long_list_of_problems_is_counted_in_the_text_and_whole_in_the_data() {
    let people = (0..1_000).map(|id| Profile::new(id).mentor(Bounds { min: 2, max: 1 }));
    let error = Cohort::new(people, []).unwrap_err();
    assert_eq!(error.problems().len(), 1_000);
    let text = error.to_string();
    assert_eq!(text.lines().count(), 22);
    assert!(text.ends_with("and 980 more"), "{text}");
}

#[test]
fn paused_people_are_counted_by_role() {
    let paused = |id: &str| Profile::new(id).status(mentormatch::Status::Paused);
    let cohort = Cohort::new(
        [paused("a").mentor(1)],
        [paused("b").mentee(), paused("c").mentee()],
    );
    let counted = |role, count| CohortWarning::NotActive { role, count };
    let expected = [counted(Role::Mentor, 1), counted(Role::Mentee, 2)];
    assert_eq!(cohort.unwrap().warnings(), expected);
}
