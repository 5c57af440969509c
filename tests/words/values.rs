//! Small cases, worked out by hand.

use mentormatch::{
    Cohort, CohortWarning, CommonLanguage, Different, Direction, Engine, FewerCommonLanguages,
    Field, Membership, Need, Offer, Profile, Programme, ProgrammeProblem, Same, SkillCoverage,
    TaxonomyCredit, Vocabulary, VocabularyProblem,
};

use crate::answer;

fn programming() -> Vocabulary {
    Vocabulary::builder()
        .alias("Rust", "rustlang")
        .broader("Rust", "systems")
        .broader("C", "systems")
        .broader("systems", "programming")
        .broader("programming", "work")
        .broader("Rust", "safe languages")
        .broader("safe languages", "work") // two steps from Rust, where the other way takes three
        .build()
        .unwrap()
}

fn coverage(how: SkillCoverage, need: Need, offers: &[Offer]) -> u32 {
    let mut mentor = Profile::new("r");
    mentor.offers = offers.to_vec();
    let people = Cohort::builder()
        .mentors([mentor.mentor(1)])
        .mentees([Profile::new("e").add_need(need).mentee()]);
    let cohort = people.vocabulary(programming()).build().unwrap();
    answer(&cohort, how, ("e", "r")).unwrap()
}

#[test]
fn credit_falls_with_every_step() {
    let by = |steps, need: &str, offer: &str| {
        let taxonomy = TaxonomyCredit {
            steps,
            ..TaxonomyCredit::default()
        };
        let how = SkillCoverage::default().taxonomy(taxonomy);
        coverage(how, Need::new(need), &[Offer::new(offer)])
    };
    assert_eq!(by(2, "rust", "RustLang"), 1_000_000);
    assert_eq!(by(2, "systems", "rust"), 800_000);
    assert_eq!(by(2, "programming", "rust"), 640_000);
    assert_eq!(by(2, "rust", "systems"), 500_000);
    assert_eq!(by(2, "rust", "programming"), 250_000);
    assert_eq!(by(1, "rust", "programming"), 0);
    assert_eq!(by(2, "work", "c"), 0);
    assert_eq!(by(3, "work", "c"), 512_000);
    assert_eq!(by(3, "work", "rust"), 640_000, "the fewest steps count");
    assert_eq!(by(3, "rust", "c"), 0, "neighbours count nothing");
    assert_eq!(by(3, "rust", "cobol"), 0, "nor does what nobody knows");
    assert_eq!(by(0, "systems", "rust"), 0);
}

#[test]
fn levels_and_steps_multiply_and_the_best_offer_counts() {
    let how = SkillCoverage::default();
    let offer = |skill: &str, level| Offer::new(skill).level(level);
    let need = |skill: &str| Need::new(skill).level(4);
    assert_eq!(coverage(how, need("systems"), &[offer("rust", 3)]), 600_000);
    let two = [offer("rust", 1), offer("systems", 4)];
    assert_eq!(coverage(how, need("rust"), &two), 500_000);
    let two = [offer("rust", 3), offer("systems", 4)];
    assert_eq!(coverage(how, need("rust"), &two), 750_000);
    let spellings = [offer("rust", 1), offer("RUSTLANG", 4)];
    assert_eq!(coverage(how, need("rust"), &spellings), 1_000_000);
}

#[test]
fn several_offers_for_one_need_of_a_mentor_count_once() {
    let mentee = Profile::new("e").offer("rust", 4).offer("c", 4).mentee();
    let mentor = Profile::new("r").need("systems", 4).need("go", 1).mentor(1);
    let people = Cohort::builder().mentors([mentor]).mentees([mentee]);
    let cohort = people.vocabulary(programming()).build().unwrap();
    let how = SkillCoverage::new(Direction::MentorNeeds);
    assert_eq!(answer(&cohort, how, ("e", "r")), Some(400_000)); // (0.8 + 0) / 2
}

#[test]
fn rare_skills_weigh_more() {
    let mentors = (0..8).map(|at| {
        let own = Profile::new(format!("r{at}")).offer("SQL", 1);
        match at {
            0 => own.offer("cobol", 1),
            _ => own,
        }
    });
    let silent = Profile::new("silent").mentor(1); // offers nothing, so counts for nothing
    let mentee = Profile::new("e")
        .add_need(Need::new("sql").importance(3))
        .add_need(Need::new("Cobol"));
    let lost = Profile::new("lost").need("sql", 1).need("latin", 1);
    let mentors = mentors.map(|own| own.mentor(1)).chain([silent]);
    let cohort = Cohort::new(mentors, [mentee.mentee(), lost.mentee()]).unwrap();
    let how = SkillCoverage::default().by_rarity();
    assert_eq!(answer(&cohort, how, ("e", "r0")), Some(1_000_000));
    assert_eq!(answer(&cohort, how, ("e", "r1")), Some(428_571)); // 3 · 1 / (3 · 1 + 1 · 4)
    assert_eq!(answer(&cohort, how, ("lost", "r1")), Some(200_000)); // latin weighs 4, as cobol
    assert_eq!(
        answer(&cohort, SkillCoverage::default(), ("e", "r1")),
        Some(750_000)
    );
}

#[test]
fn an_alias_of_two_terms_is_none_of_them_and_is_reported() {
    let vocabulary = Vocabulary::builder()
        .aliases([("machine learning", "ML"), ("markup language", "ml")])
        .aliases([("structured query language", "SQL"), ("SQL server", "SQL")])
        .term("sql")
        .build()
        .unwrap();
    assert_eq!(vocabulary.canonical("ml"), None);
    assert_eq!(vocabulary.canonical("SQL"), Some("sql"), "a name wins");
    assert_eq!(vocabulary.ambiguous().count(), 1);

    let ana = Profile::new("ana").offer("ML", 3).need("Ml", 1);
    let people = Cohort::builder()
        .mentors([
            ana.clone().mentor(1),
            Profile::new("boris").offer("machine learning", 3).mentor(1),
        ])
        .mentees([
            ana.mentee(),
            Profile::new("chen").need("ml", 3).topic("sql").mentee(),
        ]);
    let cohort = people.vocabulary(vocabulary).build().unwrap();
    let terms = ["machine learning", "markup language"].map(str::to_owned);
    let warning = CohortWarning::AmbiguousWord {
        word: "ml".to_owned(),
        terms: terms.to_vec(),
        people: 2,
    };
    assert_eq!(
        warning.to_string(),
        r#"vocabulary: "ml", used by 2, may mean any of ["machine learning", "markup language"]"#
    );
    assert_eq!(cohort.warnings(), [warning]);
    let how = SkillCoverage::default();
    assert_eq!(
        answer(&cohort, how, ("chen", "ana")),
        Some(1_000_000),
        "the same word"
    );
    assert_eq!(
        answer(&cohort, how, ("chen", "boris")),
        Some(0),
        "not merged"
    );
    assert_eq!(cohort.seeded(3).vocabulary(), cohort.vocabulary());
}

#[test]
fn texts_are_the_same_whatever_their_case_and_form() {
    let fill = |id: &str, site: &str, language: &str| {
        Profile::new(id)
            .site(site)
            .department(site)
            .language(language)
    };
    let mentor = fill("r", "ÅRHUS  Nord", "EN").mentor(1);
    let cohort = Cohort::new([mentor], [fill("e", " a\u{30a}rhus nord", "en").mentee()]).unwrap();
    let pair = ("e", "r");
    assert_eq!(
        answer(&cohort, Same::new(Field::Department), pair),
        Some(1_000_000)
    );
    assert_eq!(answer(&cohort, Different::new(Field::Site), pair), Some(0));
    assert_eq!(
        answer(&cohort, CommonLanguage::default(), pair),
        Some(1_000_000)
    );
    let elsewhere = Membership::mentee_chooses(Field::Department, Field::Site);
    assert_eq!(answer(&cohort, elsewhere, pair), Some(1_000_000));
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .forbid(FewerCommonLanguages::than(1))
        .forbid(mentormatch::DifferentValue::new(Field::Site))
        .build()
        .unwrap();
    let outcome = Engine::new(programme).run(&cohort).unwrap();
    assert_eq!(outcome.matching().pairs.len(), 1);

    let ids = ["ana", "Ana"].map(|id| Profile::new(id).mentor(1));
    assert_eq!(
        Cohort::new(ids, []).unwrap().mentors().len(),
        2,
        "ids are not"
    );
}

#[test]
fn languages_and_sites_are_not_read_through_the_vocabulary() {
    let vocabulary = Vocabulary::builder()
        .alias("data analysis", "da")
        .build()
        .unwrap();
    let own = |id: &str, word: &str| Profile::new(id).language(word).topic(word);
    let people = Cohort::builder()
        .mentors([own("r", "da").mentor(1)])
        .mentees([own("e", "data analysis").mentee()]);
    let cohort = people.vocabulary(vocabulary).build().unwrap();
    let jaccard = mentormatch::SetOverlap::jaccard;
    assert_eq!(
        answer(&cohort, jaccard(Field::Languages), ("e", "r")),
        Some(0)
    );
    assert_eq!(
        answer(&cohort, jaccard(Field::Topics), ("e", "r")),
        Some(1_000_000)
    );
}

#[test]
fn what_no_taxonomy_can_be_is_refused() {
    let steps = TaxonomyCredit {
        steps: 4,
        ..TaxonomyCredit::default()
    };
    let coverage = SkillCoverage::default().taxonomy(steps);
    let error = Programme::builder().weigh(1, coverage).build().unwrap_err();
    assert!(matches!(
        error.problems(),
        [ProgrammeProblem::Parameter {
            parameter: "taxonomy.steps",
            ..
        }]
    ));
    let empty = Vocabulary::builder()
        .alias("a", "\u{200b}")
        .term("")
        .build();
    let term = "a".to_owned();
    assert_eq!(
        empty.unwrap_err().problems(),
        [
            VocabularyProblem::EmptyName,
            VocabularyProblem::EmptyAlias { term }
        ]
    );
}

#[test]
fn huge_families_are_cut_off_and_still_fast() {
    let children = (0..200_000).map(|at| (format!("child {at:06}"), "parent"));
    let vocabulary = Vocabulary::builder()
        .broader_terms(children)
        .build()
        .unwrap();
    let mentor = |id: &str, skill: &str| Profile::new(id).offer(skill, 1).mentor(1);
    let people = Cohort::builder()
        .mentors([
            mentor("early", "child 000007"),
            mentor("late", "child 150000"),
        ])
        .mentees([Profile::new("e").need("parent", 1).mentee()]);
    let cohort = people.vocabulary(vocabulary).build().unwrap();
    let how = SkillCoverage::default();
    assert_eq!(answer(&cohort, how, ("e", "early")), Some(800_000));
    assert_eq!(answer(&cohort, how, ("e", "late")), Some(0));
}

#[cfg(feature = "serde")]
#[test]
fn vocabularies_read_back_alone_and_with_their_cohort() {
    let vocabulary = crate::roster::vocabulary();
    let text = serde_json::to_string(&vocabulary).unwrap();
    assert_eq!(
        serde_json::from_str::<Vocabulary>(&text).unwrap(),
        vocabulary
    );
    let table = toml::to_string(&vocabulary).unwrap();
    assert_eq!(toml::from_str::<Vocabulary>(&table).unwrap(), vocabulary);

    let cohort = crate::roster::cohort(5, 6, 6);
    let text = serde_json::to_string(&cohort).unwrap();
    let read: Cohort = serde_json::from_str(&text).unwrap();
    assert_eq!(*read.vocabulary(), vocabulary);
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    let bare = Cohort::new([], []).unwrap();
    assert!(!serde_json::to_string(&bare).unwrap().contains("vocabulary"));
}

#[cfg(feature = "serde")]
#[test]
fn stored_vocabularies_are_checked() {
    let refused = |text: &str| {
        serde_json::from_str::<Vocabulary>(text)
            .unwrap_err()
            .to_string()
    };
    for (text, problem) in [
        (r#"{"terms": []}"#, "format_version: missing"),
        (
            r#"{"format_version": 2}"#,
            "format_version: 2, where only 1 can be read",
        ),
        (
            r#"{"format_version": 1, "words": []}"#,
            "unknown key `words`",
        ),
        (
            r#"{"format_version": 1, "terms": [{"name": "a", "alias": []}]}"#,
            "terms[0]: unknown key `alias`",
        ),
        (
            r#"{"format_version": 1, "terms": [{"name": "a", "broader": ["A"]}]}"#,
            r#"broader terms form a cycle: "A" -> "A""#,
        ),
    ] {
        let error = refused(text);
        assert!(error.contains(problem), "{error}");
    }
    let in_cohort = r#"{"format_version": 1, "vocabulary": {"format_version": 1, "terms": [{}]}}"#;
    let error = serde_json::from_str::<Cohort>(in_cohort)
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("vocabulary.terms[0].name: missing"),
        "{error}"
    );
}
