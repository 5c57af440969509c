//! Every finding of a check is told in every language.

use std::mem::discriminant;

use super::*;
use crate::participant::Cohort;
use crate::preflight::{Barrier, Silence, Supply, SupplyOf, Unpairable};

fn rules_and_criteria() -> Vec<Finding> {
    let rule = || Refusal::Rule("same_value:site".into());
    let criterion: Arc<str> = "same:site".into();
    let silent = vec![Silence {
        role: Role::Mentor,
        field: Field::Site,
        silent: 2,
        people: 3,
    }];
    vec![
        Finding::NothingAllowed { pairs: 4 },
        Finding::ForbidsEverything { rule: rule() },
        Finding::ForbidsNothing { rule: rule() },
        Finding::CostsEverything {
            rule: "same_value:site".into(),
            pairs: 4,
        },
        Finding::CostsNothing {
            rule: "same_value:site".into(),
        },
        Finding::NobodyAnswers {
            owner: "same_value:site".into(),
            role: Role::Mentor,
            field: Field::Site,
        },
        Finding::Constant {
            criterion: Arc::clone(&criterion),
            pairs: 4,
        },
        Finding::MostlyUnanswered {
            criterion: Arc::clone(&criterion),
            pairs: 4,
            unanswered: 3,
            silent,
        },
        Finding::AlmostTheSame {
            first: Arc::clone(&criterion),
            second: "same:team".into(),
            opposite: true,
            pairs: 4,
        },
    ]
}

fn people() -> Vec<Finding> {
    let (role, participant) = (Role::Mentee, id("boris"));
    let barrier = |name: &str, alone| Barrier {
        by: Refusal::Rule(name.into()),
        partners: 2,
        alone,
    };
    vec![
        Finding::Unpairable(Unpairable {
            role,
            participant: participant.clone(),
            partners: 2,
            barriers: vec![barrier("veto", 0), barrier("reporting_line", 1)],
        }),
        Finding::PartnersHaveNoPlaces {
            role,
            participant: participant.clone(),
            allowed: 2,
        },
        Finding::UnknownMostImportant {
            role,
            participant: participant.clone(),
        },
        Finding::UnknownWeight {
            role,
            participant: participant.clone(),
        },
        Finding::Incomplete {
            role,
            participant: participant.clone(),
            fields: vec![Field::Site, Field::Team],
        },
        Finding::Cohort(CohortWarning::InvisibleCharacters { participant }),
    ]
}

fn supply(of: SupplyOf) -> Supply {
    Supply {
        of,
        what: Redacted::new("s3cret".to_owned()),
        level: Redacted::new(Some(3)),
        needed_by: 2,
        places: 1,
    }
}

/// One of each kind.
fn findings() -> Vec<Finding> {
    let mut all = vec![
        Finding::NobodyThere { role: Role::Mentee },
        Finding::TooFewPlaces {
            places: 1,
            mentees: 2,
        },
        Finding::TooFewKinds {
            field: Field::Department,
            kinds: 2,
            wanting_more: 3,
            needing_more: 1,
        },
        Finding::IdleWeights { people: 1 },
    ];
    all.extend(rules_and_criteria());
    all.extend(people());
    let scarce = [
        SupplyOf::Skill,
        SupplyOf::Language,
        SupplyOf::TimeZone,
        SupplyOf::MeetingMode,
        SupplyOf::Topic,
    ];
    all.extend(scarce.map(|of| Finding::Scarce(supply(of))));
    all
}

/// The position of a kind; a new kind fails to compile here, and then wants a finding above.
const fn kind(finding: &Finding) -> usize {
    match finding {
        Finding::NobodyThere { .. } => 0,
        Finding::TooFewPlaces { .. } => 1,
        Finding::TooFewKinds { .. } => 2,
        Finding::NothingAllowed { .. } => 3,
        Finding::ForbidsEverything { .. } => 4,
        Finding::ForbidsNothing { .. } => 5,
        Finding::CostsEverything { .. } => 6,
        Finding::CostsNothing { .. } => 7,
        Finding::NobodyAnswers { .. } => 8,
        Finding::Constant { .. } => 9,
        Finding::MostlyUnanswered { .. } => 10,
        Finding::AlmostTheSame { .. } => 11,
        Finding::Unpairable(_) => 12,
        Finding::PartnersHaveNoPlaces { .. } => 13,
        Finding::Scarce(_) => 14,
        Finding::UnknownMostImportant { .. } => 15,
        Finding::UnknownWeight { .. } => 16,
        Finding::IdleWeights { .. } => 17,
        Finding::Incomplete { .. } => 18,
        Finding::Cohort(_) => 19,
    }
}

#[test]
fn every_finding_has_a_sentence_of_its_own_in_every_language() {
    let all = findings();
    let kinds: BTreeSet<_> = all.iter().map(kind).collect();
    assert_eq!(kinds, (0..20).collect(), "one of each kind");
    let mut said = BTreeSet::new();
    for finding in &all {
        let texts = in_all(|words| words.finding(finding));
        assert_spoken("finding", &texts);
        for text in texts {
            assert!(text.ends_with('.'), "{text}");
            // What there is too little of is the manager's to know; a partner's id is nobody's.
            let is_scarce = matches!(finding, Finding::Scarce(_));
            assert_eq!(text.contains("s3cret"), is_scarce, "{text}");
            assert!(said.insert(text), "{finding:?} is told as another one");
        }
    }
}

#[test]
fn findings_are_told_with_the_names_of_the_house() {
    let says = |at: usize| in_all(|words| words.finding(&rules_and_criteria()[at]));
    assert_eq!(
        says(5),
        [
            "No mentor answers what “same answer: site” reads: site.",
            "Was „gleiche Angabe: Standort“ liest, hat auf der Seite der Mentor:innen niemand angegeben: Standort.",
        ]
    );
    let boris = in_all(|words| words.finding(&people()[0]));
    assert_eq!(
        boris,
        [
            "The mentee “boris”: none of 2 mentors is allowed; ruled out by: a veto (2), one reports to the other (2). \
             Lifting this one would allow most: one reports to the other (1).",
            "Mentee „boris“: von 2 Mentor:innen ist niemand zulässig; ausgeschlossen durch: ein Veto (2), \
             unterstellt oder vorgesetzt (2). Am meisten erlaubte es, darauf zu verzichten: unterstellt oder vorgesetzt (1).",
        ]
    );
}

#[test]
fn a_check_s_findings_are_told_as_they_come() {
    let chen = crate::Profile::new("chen").need("go", 2).mentee();
    let programme = crate::Programme::builder()
        .weigh(5, crate::SkillCoverage::default())
        .build()
        .unwrap();
    let preflight = programme.check(&Cohort::new([], [chen]).unwrap()).unwrap();
    let told = preflight.findings.iter().map(|own| English.finding(own));
    let told: Vec<_> = told.collect();
    assert_eq!(told[0], "No mentor takes part.");
    assert_eq!(
        told.last().map(String::as_str),
        Some("The skill “go” at level 2 or above is scarce: 0 places for 1 mentee in need of it.")
    );
    let own = |at: usize| discriminant(&preflight.findings[at]);
    assert_eq!(own(0), discriminant(&findings()[0]));
}

#[test]
fn what_is_scarce_is_named_as_people_write_it() {
    let says = |of: SupplyOf, what: &str| {
        let what = Redacted::new(what.to_owned());
        let scarce = Finding::Scarce(Supply {
            what,
            level: Redacted::new(None),
            ..supply(of)
        });
        in_all(|words| words.finding(&scarce))
    };
    assert_eq!(
        says(SupplyOf::TimeZone, "-06:00"),
        [
            "The time zone UTC−06:00 is scarce: 1 place for 2 mentees in need of it.",
            "Die Zeitzone UTC−06:00 ist knapp: 1 Platz für 2 Mentees mit diesem Bedarf.",
        ]
    );
    assert_eq!(
        says(SupplyOf::MeetingMode, "in_person"),
        [
            "The way to meet “in person” is scarce: 1 place for 2 mentees in need of it.",
            "Die Art der Treffen „persönlich“ ist knapp: 1 Platz für 2 Mentees mit diesem Bedarf.",
        ]
    );
}
