//! What participants read tells nothing about third people: planted ids never show, and what others answer
//! changes no word.
#![allow(clippy::unwrap_used, reason = "tests")]

use mentormatch::{
    Cohort, Engine, English, Field, German, Objective, Outcome, Profile, Programme, Reader,
    ReportingLine, Role, RunOptions, Same, Shortfall, SkillCoverage, Stable, WishRank, Wording,
};

const LANGUAGES: [&dyn Wording; 2] = [&English, &German];

const SKILLS: [&str; 3] = ["rust", "go", "sql"];

/// A little crowd with wishes, vetoes, a reporting line and too few places. What `turn` changes are answers about
/// people: who wishes for whom and who vetoes whom.
fn crowd(turn: usize) -> (Vec<Profile>, Vec<Profile>) {
    let mentor = |at: usize| format!("canary-mentor-{at}-end");
    let mentee = |at: usize| format!("canary-mentee-{at}-end");
    let mentors = (0..4).map(|at| {
        let own = Profile::new(mentor(at))
            .offer(SKILLS[at % 3], 4)
            .site(["north", "south"][at % 2]);
        own.wish(mentee((at + turn) % 7), 1)
            .veto(mentee((at + turn + 3) % 7))
    });
    let mentees = (0..7).map(|at| {
        let own = Profile::new(mentee(at))
            .need(SKILLS[at % 3], 3)
            .site(["north", "south"][at % 2]);
        let own = own
            .wish(mentor((at + turn) % 4), 1)
            .veto(mentor((at + turn + 1) % 4));
        match at {
            6 => own.manager(mentor(0)),
            _ => own,
        }
    });
    (mentors.collect(), mentees.collect())
}

fn programmes() -> Vec<Programme> {
    let weighed = || {
        Programme::builder()
            .weigh(5, SkillCoverage::default())
            .weigh(
                2,
                WishRank {
                    balance: mentormatch::Score::from_ppm_saturating(500_000),
                    ..WishRank::of_mentees()
                },
            )
            .weigh(1, Same::new(Field::Site))
            .forbid(ReportingLine::any_distance())
    };
    vec![
        weighed().build().unwrap(),
        weighed()
            .objectives([Objective::TotalScore])
            .build()
            .unwrap(),
        weighed()
            .stable(Stable::new(Role::Mentee).wishes_first())
            .build()
            .unwrap(),
    ]
}

fn outcomes(turn: usize) -> Vec<Outcome> {
    let (mentors, mentees) = crowd(turn);
    let mentors: Vec<_> = mentors
        .into_iter()
        .zip([1, 2, 1, 0])
        .map(|(own, places)| own.mentor(places))
        .collect();
    let mentees: Vec<_> = mentees.into_iter().map(Profile::mentee).collect();
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let programmes = programmes().into_iter();
    programmes
        .map(|own| Engine::new(own).run(&cohort).unwrap())
        .collect()
}

/// Every id of a cohort, in both roles.
fn ids(outcome: &Outcome) -> Vec<String> {
    let cohort = outcome.cohort();
    let mentors = cohort.mentors().iter().map(|own| &own.profile.id);
    let mentees = cohort.mentees().iter().map(|own| &own.profile.id);
    mentors.chain(mentees).map(ToString::to_string).collect()
}

fn assert_no_third_person(text: &str, known: [&str; 2], ids: &[String]) {
    assert!(!text.is_empty());
    let third = ids.iter().filter(|id| !known.contains(&id.as_str()));
    for id in third {
        assert!(!text.contains(id.as_str()), "{text}");
    }
    // Nor any number: of people, places, ranks or points. Ids and one's own wish apart.
    let own_wish = ["(wish 1)", "(Wunsch 1)"];
    let bare = known
        .into_iter()
        .chain(own_wish)
        .fold(text.to_owned(), |text, id| text.replace(id, ""));
    assert!(!bare.contains(|c: char| c.is_ascii_digit()), "{text}");
}

#[test]
fn no_text_to_a_participant_names_or_counts_third_people() {
    let (mut pairs, mut alone) = (0, 0);
    for outcome in (0..4).flat_map(outcomes) {
        let ids = ids(&outcome);
        for words in LANGUAGES {
            let told = outcome.in_words(words);
            for mentee in outcome.cohort().mentees() {
                for mentor in outcome.cohort().mentors() {
                    let (mentee, mentor) = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
                    for role in [Role::Mentee, Role::Mentor] {
                        let reader = Reader::Participant(role);
                        let pair = told.pair(mentee, mentor, reader).unwrap();
                        assert_no_third_person(&pair, [mentee, mentor], &ids);
                        let why_not = told.why_not(mentee, mentor, reader).unwrap();
                        assert_no_third_person(&why_not, [mentee, mentor], &ids);
                        pairs += 1;
                    }
                }
            }
            for one in outcome.unmatched() {
                let text = told.unmatched(one, Reader::Participant(one.role));
                assert_no_third_person(&text, ["", one.participant.as_str()], &ids);
                alone += 1;
            }
            for mentor in outcome.cohort().mentors() {
                for text in told.own_warnings(Role::Mentor, mentor.profile.id.as_str()) {
                    assert_no_third_person(&text, ["", mentor.profile.id.as_str()], &ids);
                }
            }
        }
    }
    assert!(pairs > 1_000 && alone > 50, "{pairs} {alone}");
}

/// The test above would notice: the manager's texts do name third people.
#[test]
fn a_managers_texts_name_them() {
    let outcome = &outcomes(0)[0];
    let ids = ids(outcome);
    let told = outcome.in_words(&English);
    let named = |text: &str| ids.iter().filter(|id| text.contains(id.as_str())).count();
    let alone = outcome
        .unmatched()
        .iter()
        .map(|one| named(&told.unmatched(one, Reader::Manager)));
    assert!(alone.sum::<usize>() > 0);
}

/// Whether a rule forbids the pair, whether the other vetoed the reader, or whether the pair lost: all read the same.
#[test]
fn what_others_answered_changes_no_word() {
    let mut refusals = 0;
    for words in LANGUAGES {
        for role in [Role::Mentee, Role::Mentor] {
            let mut texts = std::collections::BTreeSet::new();
            for outcome in (0..4).flat_map(outcomes) {
                for mentee in outcome.cohort().mentees() {
                    for mentor in outcome.cohort().mentors() {
                        let [mentee, mentor] = [&mentee.profile, &mentor.profile];
                        let (own, other) = match role {
                            Role::Mentee => (mentee, mentor),
                            Role::Mentor => (mentor, mentee),
                        };
                        let (mentee, mentor) = (mentee.id.as_str(), mentor.id.as_str());
                        let mut pairs = outcome.matching().pairs.iter();
                        let is_pair = pairs.any(|one| {
                            one.mentee.as_str() == mentee && one.mentor.as_str() == mentor
                        });
                        if is_pair || own.vetoes.contains(&other.id) {
                            continue;
                        }
                        refusals += usize::from(other.vetoes.contains(&own.id));
                        let told = outcome.in_words(words);
                        let text = told
                            .why_not(mentee, mentor, Reader::Participant(role))
                            .unwrap();
                        texts.insert(text.replace(other.id.as_str(), ""));
                    }
                }
            }
            assert_eq!(texts.len(), 1, "{texts:?}");
        }
    }
    assert!(refusals > 20, "{refusals}");
}

/// Whether the only mentor vetoed a mentee, gave the place to another or the search was stopped: those who have nobody read
/// the same.
#[test]
fn who_has_nobody_cannot_tell_a_veto_from_a_lack_of_places() {
    let programme = Programme::builder()
        .weigh(1, SkillCoverage::default())
        .objectives([Objective::PriorityTiers, Objective::TotalScore])
        .build()
        .unwrap();
    let engine = Engine::new(programme);
    let told = |ana: Profile, options: &RunOptions| {
        let boris = Profile::new("boris").mentee();
        let chen = Profile::new("chen").priority(1).mentee();
        let cohort = Cohort::new([ana.mentor(1)], [boris, chen]).unwrap();
        let outcome = engine.run_with(&cohort, options).unwrap();
        let reader = Reader::Participant(Role::Mentee);
        let of_mentees = outcome.unmatched().iter();
        let of_mentees = of_mentees.filter(|one| one.role == Role::Mentee);
        let texts = of_mentees
            .flat_map(|one| LANGUAGES.map(|own| outcome.in_words(own).unmatched(one, reader)));
        texts.collect::<std::collections::BTreeSet<_>>()
    };
    let (ana, finished) = (Profile::new("ana"), RunOptions::default());
    let crowded_out = told(ana.clone(), &finished);
    assert_eq!(crowded_out.len(), 2, "in two languages");
    assert_eq!(told(ana.clone().veto("boris"), &finished), crowded_out);
    let stopped = RunOptions::default().work_limit(0);
    assert_eq!(told(ana.clone(), &stopped), crowded_out);
    assert_eq!(told(ana.veto("boris").veto("chen"), &stopped), crowded_out);
}

#[test]
fn a_pair_is_praised_for_everyday_answers_only() {
    let ana = Profile::new("ana")
        .offer("rust", 4)
        .wish("boris", 1)
        .mentor(1);
    let boris = Profile::new("boris")
        .need("rust", 3)
        .wish("ana", 2)
        .mentee();
    let programme = Programme::builder()
        .weigh(1, SkillCoverage::default())
        .weigh(9, WishRank::of_mentors())
        .weigh(9, Same::new(Field::Attribute("faith".into())))
        .build()
        .unwrap();
    let outcome = Engine::new(programme)
        .run(&Cohort::new([ana], [boris]).unwrap())
        .unwrap();
    let told = outcome.in_words(&English);
    assert_eq!(
        told.pair("boris", "ana", Reader::Participant(Role::Mentee))
            .unwrap(),
        "Your mentor is “ana”, whom you wished for (wish 2). What speaks for the two of you: skills wanted and offered."
    );
    let manager = told.pair("boris", "ana", Reader::Manager).unwrap();
    assert!(
        manager.contains("wishes, on the mentor's side"),
        "{manager}"
    );
}

#[test]
fn the_report_speaks_both_languages_and_its_plurals_are_right() {
    let ana = Profile::new("ana").mentor(1);
    let boris = Profile::new("boris").site("north").mentee();
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .build()
        .unwrap();
    let outcome = Engine::new(programme)
        .run(&Cohort::new([ana], [boris]).unwrap())
        .unwrap();
    let english = outcome.in_words(&English).report();
    assert_eq!(english, outcome.report().to_string());
    assert!(english.contains("1 of 1 mentee\n"), "{english}");
    let german = outcome.in_words(&German).report();
    assert!(
        german.contains("1 von 1 Mentee\n") && german.contains("50,0\u{a0}%"),
        "{german}"
    );
}

#[test]
fn a_stopped_run_says_what_it_may_miss() {
    let (mentors, mentees) = crowd(0);
    let mentors: Vec<_> = mentors.into_iter().map(|own| own.mentor(1)).collect();
    let mentees: Vec<_> = mentees.into_iter().map(Profile::mentee).collect();
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let options = RunOptions::default().work_limit(0);
    let engine = Engine::new(programmes().remove(0));
    let stopped = engine.run_with(&cohort, &options).unwrap();
    let gap = stopped.gap().unwrap();
    assert_eq!(stopped.report().gap, Some(gap));
    let text = stopped.report().to_string();
    assert!(text.contains(&English.gap(gap)), "{text}");
    assert_eq!(engine.run(&cohort).unwrap().report().gap, None);
}

/// In full, in both languages, for every two people and everybody alone.
#[test]
fn a_manager_is_told_everything_in_either_language() {
    let (mut pairs, mut alone) = (0, 0);
    for outcome in outcomes(1) {
        let [english, german] = LANGUAGES.map(|words| outcome.in_words(words));
        for mentee in outcome.cohort().mentees() {
            for mentor in outcome.cohort().mentors() {
                let (mentee, mentor) = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
                let reader = Reader::Manager;
                let why = [&english, &german].map(|own| own.pair(mentee, mentor, reader).unwrap());
                let not =
                    [&english, &german].map(|own| own.why_not(mentee, mentor, reader).unwrap());
                assert!(why[0] != why[1] && not[0] != not[1], "{why:?} {not:?}");
                pairs += 1;
            }
        }
        for one in outcome.unmatched() {
            let id = one.participant.as_str();
            let why =
                [&english, &german].map(|own| own.why_unmatched(one.role, id).unwrap().unwrap());
            assert!(why[0] != why[1], "{why:?}");
            alone += 1;
        }
    }
    assert!(pairs > 80 && alone > 5, "{pairs} {alone}");
}

/// Ana has boris; chen is asked about.
fn ana_has_boris(chen: Profile, places: u32) -> Outcome {
    let mentors = [
        Profile::new("ana").offer("rust", 4).mentor(places),
        Profile::new("eve").offer("go", 4).mentor(places),
    ];
    let boris = Profile::new("boris").need("rust", 4).veto("eve").mentee();
    let programme = Programme::builder()
        .weigh(1, SkillCoverage::default())
        .build()
        .unwrap();
    let cohort = Cohort::new(mentors, [boris, chen.mentee()]).unwrap();
    Engine::new(programme).run(&cohort).unwrap()
}

#[test]
fn a_manager_reads_first_that_two_are_no_pair() {
    let outcome = ana_has_boris(Profile::new("chen").need("go", 4), 1);
    let told = |words| {
        let pair = |mentee| {
            let told = outcome.in_words(words);
            told.pair(mentee, "ana", Reader::Manager).unwrap()
        };
        ["boris", "chen"].map(pair)
    };
    let [boris, chen] = told(&English);
    assert!(!boris.contains("not a pair"), "{boris}");
    assert!(chen.starts_with("They are not a pair. As one: "), "{chen}");
    assert!(!chen.contains("next best"), "{chen}");
    let [boris, chen] = told(&German);
    assert!(!boris.contains("kein Paar"), "{boris}");
    assert!(chen.starts_with("Sie sind kein Paar. Als Paar: "), "{chen}");
    let why = |mentee| outcome.why(mentee, "ana").unwrap().to_string();
    assert!(why("chen").starts_with("not a pair; as one: "));
    assert!(!why("boris").contains("not a pair"));
}

#[test]
fn who_has_no_allowed_partner_competes_for_nothing() {
    let chen = Profile::new("chen").veto("ana").veto("eve");
    for (chen, places) in [(chen, 1), (Profile::new("chen"), 0)] {
        let outcome = ana_has_boris(chen, places);
        let why = outcome.why_unmatched(Role::Mentee, "chen").unwrap();
        assert_eq!(why.unwrap().competition, None);
        for words in LANGUAGES {
            let told = outcome.in_words(words);
            let text = told.why_unmatched(Role::Mentee, "chen").unwrap().unwrap();
            assert!(
                !text.contains("0 places") && !text.contains("0 Plätze"),
                "{text}"
            );
        }
    }
}

#[test]
fn a_conflict_says_that_nobody_is_allowed() {
    let mentee = Profile::new("chen").veto("ana").mentee();
    let cohort = Cohort::new([Profile::new("ana").mentor(1)], [mentee]).unwrap();
    let outcome = Engine::new(programmes().remove(0)).run(&cohort).unwrap();
    let conflicts = outcome.conflicts(Shortfall::Participation, None).unwrap();
    assert_eq!(
        conflicts[0].to_string(),
        "nobody with a place is allowed to mentor 1 mentee (chen)"
    );
}
