//! How groups fared: figures by hand, groups nobody can be told from, and laws.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod roster;

use mentormatch::{
    Attribute, Cohort, Engine, Fairness, FairnessOptions, Field, FirstWishes, GroupFigures, Mentee,
    Mentor, MonitoredAttribute, Objective, Outcome, Profile, Programme, Role, Same, Status,
};
use proptest::prelude::*;

fn programme(objectives: &[Objective]) -> Programme {
    Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .objectives(objectives.iter().copied())
        .build()
        .unwrap()
}

const USUAL: [Objective; 2] = [Objective::Participation, Objective::TotalScore];

fn run(mentors: Vec<Mentor>, mentees: Vec<Mentee>) -> Outcome {
    let cohort = Cohort::new(mentors, mentees).unwrap();
    Engine::new(programme(&USUAL)).run(&cohort).unwrap()
}

/// People of one answer to `group`, of whom the first so many share a site with a mentor of their own.
fn group(answer: &str, placed: usize, people: usize) -> (Vec<Mentor>, Vec<Mentee>) {
    let id = |at: usize| format!("{answer}{at}");
    let profile = |id: String, site: String| Profile::new(id).site(site);
    let mentors = (0..placed).map(|at| profile(format!("for {}", id(at)), id(at)).mentor(1));
    let mentees = (0..people).map(|at| {
        let mut mentee = profile(id(at), id(at)).mentee();
        if !answer.is_empty() {
            let answer = Attribute::choice(answer);
            mentee.profile = mentee.profile.monitor_attribute("group", answer);
        }
        mentee
    });
    (mentors.collect(), mentees.collect())
}

fn run_groups(groups: &[(&str, usize, usize)]) -> Outcome {
    let made = groups
        .iter()
        .map(|&(answer, placed, people)| group(answer, placed, people));
    let (mentors, mentees): (Vec<_>, Vec<_>) = made.unzip();
    run(mentors.concat(), mentees.concat())
}

fn shown(own: &MonitoredAttribute) -> Vec<(Option<&str>, u32, u32)> {
    let groups = own.groups.iter();
    groups
        .map(|group| (group.answer(), group.placed, group.people))
        .collect()
}

fn ratios(own: &MonitoredAttribute) -> Vec<Option<(u32, bool, u32)>> {
    let impacts = own.groups.iter().map(|group| group.impact);
    impacts
        .map(|impact| impact.map(|own| (own.ratio.ppm(), own.is_flagged, own.p_value.ppm())))
        .collect()
}

#[test]
fn rates_ratios_and_chances_are_as_computed_by_hand() {
    // 9 of 10 against 4 of 10, 8 of 10 without an answer, and 18 of 25.
    let outcome = run_groups(&[("b", 4, 10), ("a", 9, 10), ("", 8, 10), ("c", 18, 25)]);
    let fairness = outcome.fairness(FairnessOptions::default());
    assert_eq!(fairness.attributes.len(), 1, "the mentors gave no answer");
    let own = &fairness.attributes[0];
    assert_eq!((own.role, own.attribute.as_str()), (Role::Mentee, "group"));
    let groups = [
        (Some("a"), 9, 10),
        (Some("b"), 4, 10),
        (Some("c"), 18, 25),
        (None, 8, 10),
    ];
    assert_eq!(shown(own), groups);
    // 0.4 / 0.9; 0.72 / 0.9 is four fifths exactly, and no flag. The chances are sums of binomials: for the first,
    // C(10,9) C(10,4) + C(10,10) C(10,3) = 2,220, twice, of C(20,13) = 77,520.
    let expected = [
        None,
        Some((444_444, true, 57_276)),
        Some((800_000, false, 390_499)),
        Some((888_889, false, 1_000_000)),
    ];
    assert_eq!(ratios(own), expected);
    assert!(fairness.is_flagged());
}

#[test]
fn scores_and_first_wishes_are_those_of_the_group() {
    let wish = |id: u64, site: &str, wished: &str| {
        let profile = Profile::new(id).site(site).wish(wished, 1).wish("40", 2);
        profile
            .monitor_attribute("shift", Attribute::Flag(id < 6))
            .mentee()
    };
    // Six of one group, all of whom find a mentor: 20 and 21 wish for those they get; the others wished for 30 too.
    let mentees = (0..6).map(|id| wish(id, &format!("s{id}"), if id < 2 { "20" } else { "30" }));
    let mentees = mentees.collect();
    let mentors: Vec<_> = (0..6)
        .map(|at| {
            Profile::new(20 + at)
                .site(if at < 4 {
                    format!("s{at}")
                } else {
                    "far".into()
                })
                .mentor(1)
        })
        .collect();
    let outcome = run(mentors, mentees);
    let fairness = outcome.fairness(FairnessOptions::default());
    let [yes] = &fairness.attributes[0].groups[..] else {
        panic!()
    };
    assert_eq!(yes.answer(), Some("yes"));
    // 30 and 40 are nobody's ids: four people's first wishes count for nothing, and two are too few to be shown.
    assert_eq!(yes.first_wishes, None);
    let ppm = |group: &GroupFigures| {
        (
            group.mean_score.unwrap().ppm(),
            group.mean_of_lowest.unwrap().ppm(),
        )
    };
    // Four pairs of 1 and two of 0; the five lowest are three and two.
    assert_eq!(ppm(yes), (666_667, 600_000));
    let all = outcome.fairness(FairnessOptions::default().smallest_group(1));
    let yes = &all.attributes[0].groups[0];
    assert_eq!(ppm(yes), (666_667, 0), "the lowest itself");
    let FirstWishes {
        people, granted, ..
    } = yes.first_wishes.unwrap();
    assert_eq!((people, granted), (2, 1));
    assert_eq!(yes.first_wishes.unwrap().rate().ppm(), 500_000);
}

/// Whoever has many poor pairs is one person all the same, and does not make the figure alone.
#[test]
fn the_worst_score_is_about_as_many_people_as_a_group_must_have() {
    let monitored = |id: &str| Profile::new(id).monitor_attribute("shift", Attribute::Flag(true));
    // Five pairs of 0 with one mentor; five pairs of 1, each with a mentor of its own.
    let mentors = (0..5).map(|at| {
        monitored(&format!("near {at}"))
            .site(format!("s{at}"))
            .mentor(1)
    });
    let mentors = mentors.chain([monitored("far").site("far").mentor(5)]);
    let near = (0..5).map(|at| {
        Profile::new(format!("e{at}"))
            .site(format!("s{at}"))
            .mentee()
    });
    let others = (5..10).map(|at| Profile::new(format!("e{at}")).site("nowhere").mentee());
    let outcome = run(mentors.collect(), near.chain(others).collect());
    let figures = |smallest| {
        let fairness = outcome.fairness(FairnessOptions::default().smallest_group(smallest));
        let group = of_role(&fairness, Role::Mentor).next().unwrap();
        let [mean, worst] = [group.mean_score, group.mean_of_lowest].map(|own| own.unwrap().ppm());
        (group.placed, mean, worst)
    };
    // Of five mentors one has a lowest score of 0, and four have 1; of all six, five.
    assert_eq!(figures(5), (6, 500_000, 800_000));
    assert_eq!(figures(6), (6, 500_000, 833_333));
    assert_eq!(figures(2), (6, 500_000, 500_000));
    assert_eq!(figures(1), (6, 500_000, 0));
}

#[test]
fn a_small_group_is_not_shown_and_cannot_be_told_from_the_others() {
    let outcome = run_groups(&[("a", 9, 10), ("b", 5, 8), ("c", 0, 3)]);
    let own = &outcome.fairness(FairnessOptions::default()).attributes[0];
    assert_eq!(shown(own), [(Some("a"), 9, 10)]);
    assert_eq!((own.suppressed_groups, own.suppressed_people), (2, 11));
    assert_eq!(ratios(own), [None], "what is hidden is not compared with");
    let own = &outcome
        .fairness(FairnessOptions::default().smallest_group(3))
        .attributes[0];
    assert_eq!(shown(own).len(), 3);
    assert_eq!(own.suppressed_groups, 0);
    // Of two groups with enough people, one has too few pairs: so the scores of both are hidden.
    let outcome = run_groups(&[("a", 9, 10), ("b", 2, 8)]);
    let own = &outcome.fairness(FairnessOptions::default()).attributes[0];
    let scores: Vec<_> = own
        .groups
        .iter()
        .map(|group| group.mean_score.is_some())
        .collect();
    assert_eq!((shown(own).len(), scores), (2, vec![false, false]));
    // With a third there is somebody to hide among.
    let outcome = run_groups(&[("a", 9, 10), ("b", 2, 8), ("c", 7, 10)]);
    let own = &outcome.fairness(FairnessOptions::default()).attributes[0];
    let scores: Vec<_> = own
        .groups
        .iter()
        .map(|group| group.mean_score.is_some())
        .collect();
    assert_eq!(scores, [true, false, false]);
}

#[test]
fn answers_of_every_kind_make_groups() {
    let answers = [
        Attribute::choice(" Night "),
        Attribute::choice("NIGHT"),
        Attribute::choice(" "),
    ];
    let make = |name: &str, answers: &[Attribute]| {
        let mentees = answers.iter().enumerate().map(|(id, answer)| {
            Profile::new(id as u64)
                .monitor_attribute(name, answer.clone())
                .mentee()
        });
        let fairness =
            run(vec![], mentees.collect()).fairness(FairnessOptions::default().smallest_group(1));
        let groups = fairness.attributes[0].groups.iter();
        groups
            .map(|own| (own.answer().map(str::to_owned), own.people))
            .collect::<Vec<_>>()
    };
    let named = |name: &str, people| (Some(name.to_owned()), people);
    assert_eq!(
        make("shift", &answers),
        [named("NIGHT", 2), (None, 1)],
        "a blank says nothing"
    );
    let steps = [10, 9, 10].map(|level| Attribute::Ordinal { level, of: 11 });
    assert_eq!(
        make("grade", &steps),
        [named("9 of 11", 1), named("10 of 11", 2)]
    );
    let sets = [
        Attribute::set(["b", "A"]),
        Attribute::set(["a", "B", "b"]),
        Attribute::set(["a"]),
    ];
    assert_eq!(make("roots", &sets), [named("a", 1), named("a + b", 2)]);
    assert_eq!(make("age", &[Attribute::Number(40.5)]), [named("40.5", 1)]);
}

#[test]
fn people_without_places_or_part_do_not_count() {
    let answered = |id: u64| Profile::new(id).monitor_attribute("x", Attribute::Flag(true));
    let mentees = vec![
        answered(1).mentee(),
        answered(2).mentee().demand(0),
        answered(3).status(Status::Paused).mentee(),
    ];
    let mentors = vec![answered(4).mentor(2), answered(5).mentor(0)];
    let fairness = run(mentors, mentees).fairness(FairnessOptions::default().smallest_group(1));
    let counts: Vec<_> = fairness
        .attributes
        .iter()
        .map(|own| (own.role, shown(own)))
        .collect();
    assert_eq!(
        counts,
        [
            (Role::Mentee, vec![(Some("yes"), 1, 1)]),
            (Role::Mentor, vec![(Some("yes"), 1, 1)])
        ]
    );
}

#[test]
fn text_says_that_a_flag_is_no_finding_and_debug_says_no_answer() {
    let outcome = run_groups(&[
        ("mine", 9, 10),
        ("yours", 4, 10),
        ("ours", 1, 5),
        ("", 0, 3),
    ]);
    let fairness = outcome.fairness(FairnessOptions::default());
    let text = fairness.to_string();
    for expected in [
        "a flag, not a finding",
        "mentees by group",
        "44.4%*",
        "0.0573",
        "2 groups of 8 people together: not shown",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    let debug = format!("{fairness:?}");
    assert!(
        !debug.contains("mine") && !debug.contains("yours"),
        "{debug}"
    );
    assert!(debug.contains("people: 10"));
    let nobody = run(vec![], vec![]).fairness(FairnessOptions::default());
    assert!(nobody.to_string().contains("nobody gave an answer"));
}

fn answered(seed: u64, groups: u64) -> (Vec<Mentor>, Vec<Mentee>) {
    let (mut mentors, mut mentees) = roster::people(seed, 30, 40);
    let answer = |at: usize, side: u64| {
        let drawn = (at as u64 + side) * (seed % 97 + 3) % (groups + 1);
        (drawn < groups).then(|| Attribute::choice(format!("g{drawn}")))
    };
    let add = |profile: &Profile, answer: Option<Attribute>| match answer {
        Some(answer) => profile.clone().monitor_attribute("m", answer),
        None => profile.clone(),
    };
    for (at, mentor) in mentors.iter_mut().enumerate() {
        mentor.profile = add(&mentor.profile, answer(at, 1));
    }
    for (at, mentee) in mentees.iter_mut().enumerate() {
        mentee.profile = add(&mentee.profile, answer(at, 2));
    }
    (mentors, mentees)
}

fn outcome_of(people: (Vec<Mentor>, Vec<Mentee>), objectives: &[Objective]) -> Outcome {
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Department))
        .weigh(2, Same::new(Field::Site))
        .objectives(objectives.iter().copied())
        .build()
        .unwrap();
    let cohort = Cohort::new(people.0, people.1).unwrap();
    Engine::new(programme).run(&cohort).unwrap()
}

fn of_role(fairness: &Fairness, role: Role) -> impl Iterator<Item = &GroupFigures> {
    let attributes = fairness
        .attributes
        .iter()
        .filter(move |own| own.role == role);
    attributes.flat_map(|own| &own.groups)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn groups_add_up_to_the_totals(seed in any::<u64>(), groups in 1..5u64) {
        let outcome = outcome_of(answered(seed, groups), &USUAL);
        let totals = outcome.matching().totals;
        let fairness = outcome.fairness(FairnessOptions::default().smallest_group(0));
        let sum = |role, count: fn(&GroupFigures) -> u32| of_role(&fairness, role).map(count).sum::<u32>();
        prop_assert_eq!(sum(Role::Mentee, |own| own.people), totals.mentees);
        prop_assert_eq!(sum(Role::Mentee, |own| own.placed), totals.matched_mentees);
        prop_assert_eq!(sum(Role::Mentor, |own| own.people), totals.mentors);
        prop_assert_eq!(sum(Role::Mentor, |own| own.placed), totals.matched_mentors);
        for (role, wishes) in [(Role::Mentee, &outcome.wishes().mentees), (Role::Mentor, &outcome.wishes().mentors)] {
            let first = wishes.by_rank.get(&1).copied().unwrap_or_default();
            let granted = sum(role, |own| own.first_wishes.map_or(0, |own| own.granted));
            prop_assert_eq!(granted, first.granted);
        }
        let worst = of_role(&fairness, Role::Mentee).filter_map(|own| own.mean_of_lowest).min();
        prop_assert_eq!(worst, outcome.report().worst_score);
    }

    #[test]
    fn neither_the_order_of_people_nor_answers_to_be_monitored_change_anything(seed in any::<u64>()) {
        let (mentors, mentees) = answered(seed, 3);
        let outcome = outcome_of((mentors.clone(), mentees.clone()), &USUAL);
        let turned = (mentors.into_iter().rev().collect(), mentees.into_iter().rev().collect());
        let options = FairnessOptions::default();
        prop_assert_eq!(outcome_of(turned, &USUAL).fairness(options), outcome.fairness(options));
        let plain = outcome_of(roster::people(seed, 30, 40), &USUAL);
        prop_assert_eq!(&plain.matching().pairs, &outcome.matching().pairs);
        prop_assert!(plain.fairness(options).attributes.is_empty());
    }

    #[test]
    fn what_would_be_is_what_another_run_gives(seed in any::<u64>()) {
        use Objective::{MentorsUsed, Participation, SpreadLoad, TotalScore, WorstScore};
        let outcome = outcome_of(answered(seed, 3), &USUAL);
        let options = FairnessOptions::default();
        for others in [[Participation, WorstScore, TotalScore], [MentorsUsed, SpreadLoad, TotalScore]] {
            let would_be = outcome.fairness_under(&others, options, None).unwrap();
            let other = outcome_of(answered(seed, 3), &others);
            prop_assert_eq!(would_be, other.fairness(options));
        }
    }
}
