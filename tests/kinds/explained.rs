//! The bound in what is told of it: why not that pair, what it changed, and what a check before a run finds.

use mentormatch::{
    Cohort, CustomCriterion, Engine, English, Field, Finding, German, InfluenceOf, Objective,
    Outcome, Profile, Programme, Reader, Role, RunOptions, Status, WhyNot, Wording,
};

use crate::common::random::Random;
use crate::people::{alike, builder, department, distinct, pairs, people, values};

/// Boris wants two, and both who have places are of Sales. Chen's mentor could be either.
fn two_of_sales() -> Outcome {
    let score = CustomCriterion::pairwise("score", 1, |mentee, mentor| {
        let ids = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
        Some(match ids {
            ("boris", "eve") | ("chen", "eve") => 0.75,
            _ => 0.5,
        })
    });
    let mentor = |id: &str| Profile::new(id).department("Sales").mentor(2);
    let mentees = [
        Profile::new("boris").mentee().demand(2),
        Profile::new("chen").mentee(),
    ];
    let programme = Programme::builder()
        .weigh(1, score)
        .distinct_mentors(Field::Department)
        .build()
        .unwrap();
    let cohort = Cohort::new(["ana", "eve"].map(mentor), mentees).unwrap();
    Engine::new(programme).run(&cohort).unwrap()
}

#[test]
fn why_not_says_whom_of_the_same_kind_the_mentee_has() {
    let outcome = two_of_sales();
    let why_not = outcome.why_not("boris", "ana").unwrap();
    let WhyNot::NotChosen {
        of_one_kind: Some(own),
        ..
    } = &why_not
    else {
        panic!("{why_not}");
    };
    assert_eq!(
        (own.mentor.as_str(), &own.field),
        ("eve", &Field::Department)
    );
    let told = why_not.to_string();
    let expected = "and room; of the same department as \"eve\", and the mentee may have one of the two; to match them:";
    assert!(told.contains(expected), "{told}");
    let english = English.why_not(&why_not);
    let expected = "room for more. The mentor gave the same answer as “eve” (department), in which the mentors of one \
                    mentee must differ. Matching them";
    assert!(english.contains(expected), "{english}");
    let german = German.why_not(&why_not);
    let expected = "noch Platz. Dieselbe Angabe hat schon „eve“ (Abteilung); darin müssen sich die Mentor:innen derselben \
                    Person unterscheiden. Als Paar";
    assert!(german.contains(expected), "{german}");
}

/// A participant reads the same of a pair, whether it is for the bound or not, and nobody else's name.
#[test]
fn participants_are_not_told_of_others_of_the_kind() {
    let outcome = two_of_sales();
    let languages: [&dyn Wording; 2] = [&English, &German];
    for words in languages {
        let told = outcome.in_words(words);
        let by = |mentee| {
            let reader = Reader::Participant(Role::Mentee);
            told.why_not(mentee, "ana", reader).unwrap()
        };
        assert_eq!(by("boris"), by("chen"));
        assert!(
            !by("boris").contains(&words.quoted("eve")),
            "{}",
            by("boris")
        );
    }
}

/// The partner is named exactly where the matching with the pair added would break the bound.
#[test]
fn the_partner_named_is_the_one_who_is_alike() {
    let (mut named, mut free) = (0, 0);
    for seed in 0..60 {
        let (mentors, mentees) = people(seed, 4, 5);
        let cohort = Cohort::new(mentors, mentees).unwrap();
        let outcome = Engine::new(distinct(seed)).run(&cohort).unwrap();
        let made = pairs(&outcome);
        for mentee in cohort.mentees() {
            for mentor in cohort.mentors() {
                let pair = (mentee.profile.id.to_string(), mentor.profile.id.to_string());
                let why_not = outcome.why_not(&pair.0, &pair.1).unwrap();
                let WhyNot::NotChosen { of_one_kind, .. } = why_not else {
                    continue;
                };
                let both = made.iter().chain([&pair]);
                let breaks = alike(&cohort, both).is_some() && mentee.demand.max > 1;
                assert_eq!(of_one_kind.is_some(), breaks, "{seed} {pair:?}");
                let Some(own) = of_one_kind else {
                    free += 1;
                    continue;
                };
                let other = own.mentor.to_string();
                assert_eq!(department(&cohort, &other), department(&cohort, &pair.1));
                assert!(made.contains(&(pair.0, other)), "the mentee's own");
                named += 1;
            }
        }
    }
    assert!(named > 40 && free > 100, "{named} {free}");
}

#[test]
fn without_a_bound_nobody_is_named() {
    for seed in 0..20 {
        let (mentors, mentees) = people(seed, 4, 5);
        let cohort = Cohort::new(mentors, mentees).unwrap();
        let free = Engine::new(builder(seed).build().unwrap());
        let outcome = free.run(&cohort).unwrap();
        for mentee in cohort.mentees() {
            for mentor in cohort.mentors() {
                let ids = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
                if let WhyNot::NotChosen { of_one_kind, .. } =
                    outcome.why_not(ids.0, ids.1).unwrap()
                {
                    assert_eq!(of_one_kind, None);
                }
            }
        }
    }
}

/// What the bound changed is the difference to a run without it, and that is never worse.
#[test]
fn its_influence_is_the_difference_to_a_run_without_it() {
    let mut moved = 0;
    for seed in 0..60 {
        let (mentors, mentees) = people(seed, 5, 5);
        let cohort = Cohort::new(mentors, mentees).unwrap();
        let options = RunOptions::default().seed(seed);
        let run = |programme| Engine::new(programme).run_with(&cohort, &options).unwrap();
        let outcome = run(distinct(seed));
        let free = run(builder(seed).build().unwrap());
        let influence = outcome.influence(None).unwrap();
        let wanted = InfluenceOf::DistinctMentors(Field::Department);
        let own = influence.iter().find(|own| own.of == wanted).unwrap();
        let expected: Vec<i128> = values(&free)
            .iter()
            .zip(&values(&outcome))
            .map(|(after, before)| i128::from(after - before))
            .collect();
        assert!(expected >= vec![0; expected.len()], "{seed}");
        let found = own.without.as_ref().unwrap();
        let change = found.change.as_ref().unwrap();
        let by: Vec<_> = change.iter().map(|own| own.by).collect();
        assert_eq!(by, expected, "{seed} {own}");
        let (now, then) = (pairs(&outcome), pairs(&free));
        let lost = now.iter().filter(|pair| !then.contains(pair)).count();
        assert_eq!(found.pairs_lost, lost as u64, "{seed}");
        assert!(own.to_string().contains("distinct mentors by department"));
        moved += found.mentees_moved;
        let of_free = free.influence(None).unwrap();
        assert!(of_free.iter().all(|own| own.of != wanted));
    }
    assert!(moved > 60, "{moved}");
}

/// How many mentors one mentee gets who wants all and has no rival.
fn most_for_one(cohort: &Cohort, seed: u64) -> u64 {
    let one = Profile::new("one").mentee().demand(99);
    let alone = Cohort::new(cohort.mentors().iter().map(|own| (**own).clone()), [one]).unwrap();
    let builder = builder(seed).objectives([Objective::Pairs]);
    let programme = builder.distinct_mentors(Field::Department).build().unwrap();
    let outcome = Engine::new(programme).run(&alone).unwrap();
    outcome.matching().pairs.len() as u64
}

/// A check tells of demand out of reach exactly where a matching for one mentee alone falls short by the bound.
#[test]
fn a_check_finds_demand_beyond_the_number_of_kinds() {
    let (mut found, mut needing, mut none) = (0, 0, 0);
    for seed in 0..120 {
        let mut random = Random::new(seed);
        let (mut mentors, mut mentees) = people(seed, 4, 1 + random.below(4));
        for own in &mut mentees {
            own.demand.min = random.below(own.demand.max + 1);
        }
        if random.below(3) == 0 {
            mentors[0].profile.status = Status::Paused;
        }
        let cohort = Cohort::new(mentors, mentees).unwrap();
        let most = most_for_one(&cohort, seed);
        let mentors = cohort.mentors().iter();
        let with_places = mentors.filter(|own| own.profile.status.is_active()).count() as u64;
        let demands: Vec<_> = cohort.mentees().iter().map(|own| own.demand).collect();
        let above = |bound: &u32| u64::from(*bound) > most;
        let more = (
            demands.iter().map(|own| own.max).filter(above).count() as u64,
            demands.iter().map(|own| own.min).filter(above).count() as u64,
        );
        let expected = (most < with_places && more.0 > 0).then_some(Finding::TooFewKinds {
            field: Field::Department,
            kinds: most,
            wanting_more: more.0,
            needing_more: more.1,
        });
        let findings = distinct(seed).check(&cohort).unwrap().findings;
        let is_it = |own: &&Finding| matches!(own, Finding::TooFewKinds { .. });
        assert_eq!(findings.iter().find(is_it), expected.as_ref(), "{seed}");
        needing += more.1.min(u64::from(expected.is_some()));
        match expected {
            Some(_) => found += 1,
            None => none += 1,
        }
        let free = builder(seed).build().unwrap();
        assert!(
            !free
                .check(&cohort)
                .unwrap()
                .findings
                .iter()
                .any(|own| is_it(&own))
        );
    }
    assert!(
        found > 20 && needing > 10 && none > 20,
        "{found} {needing} {none}"
    );
}

#[test]
fn the_finding_is_told_in_words() {
    let mentor = |id: &str| Profile::new(id).department("Sales").mentor(2);
    let mentees = [
        Profile::new("boris").mentee().demand(2),
        Profile::new("chen").mentee().demand(2..=2),
        Profile::new("dara").mentee(),
    ];
    let cohort = Cohort::new(["ana", "eve"].map(mentor), mentees).unwrap();
    let findings = distinct(1).check(&cohort).unwrap().findings;
    let is_it = |own: &&Finding| matches!(own, Finding::TooFewKinds { .. });
    let own = findings.iter().find(is_it).unwrap();
    assert_eq!(
        own.to_string(),
        "mentors distinct by department: at most 1 for one mentee; mentees who want more: 2, who need more: 1"
    );
    assert_eq!(
        English.finding(own),
        "The mentors of one mentee must differ in an answer (department), so nobody can have more than 1. The demand is \
         higher for 2 mentees, the minimum for 1 mentee."
    );
    assert_eq!(
        German.finding(own),
        "Die Mentor:innen derselben Person müssen sich in einer Angabe unterscheiden (Abteilung), mehr als 1 kann deshalb \
         niemand haben. Gewünscht sind mehr für 2 Mentees, mindestens gebraucht für 1 Mentee."
    );
}
