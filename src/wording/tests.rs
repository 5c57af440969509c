//! Every kind of statement has a text, for every reader, in every language.

mod findings;

mod waiting;

mod weights;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::engine::RunWarning;
use crate::error::Redacted;
use crate::participant::CohortWarning;
use crate::reasons::{Refused, TakenPartner};
use crate::scoring::SilenceGain;

const LANGUAGES: [&dyn Wording; 2] = [&English, &German];

const ROLES: [Role; 2] = [Role::Mentee, Role::Mentor];

fn id(text: &str) -> ParticipantId {
    text.into()
}

fn taken() -> Vec<TakenPartner> {
    vec![TakenPartner {
        partner: id("best"),
        score: Score::ONE,
        has: vec![id("other")],
    }]
}

/// One of each kind; the match makes a new kind fail to compile here.
fn reasons() -> Vec<UnmatchedReason> {
    let refused = vec![Refused {
        by: Refusal::Rule("veto".into()),
        partners: 2,
    }];
    let allowed = 2;
    let all = vec![
        UnmatchedReason::NotTakingPart,
        UnmatchedReason::NoPlaces,
        UnmatchedReason::NobodyThere,
        UnmatchedReason::NoAllowedPartner {
            partners: 2,
            refused,
        },
        UnmatchedReason::PartnersHaveNoPlaces { allowed },
        UnmatchedReason::QuotaUsedUp {
            allowed,
            quota: "sales".into(),
        },
        UnmatchedReason::AllTaken {
            allowed,
            best: taken(),
        },
        UnmatchedReason::AllPreferOthers {
            allowed,
            best: taken(),
        },
        UnmatchedReason::NothingToGain {
            allowed,
            with_room: taken(),
        },
        UnmatchedReason::SearchStopped {
            allowed,
            best: taken(),
        },
    ];
    let kinds: BTreeSet<_> = all.iter().map(UnmatchedKind::from).collect();
    assert_eq!(kinds.len(), all.len());
    assert_eq!(
        kinds.last(),
        Some(&UnmatchedKind::SearchStopped),
        "the last kind there is"
    );
    all
}

fn warnings() -> Vec<RunWarning> {
    let (participant, partner) = (id("ana"), Redacted::new(id("s3cret")));
    let role = Role::Mentor;
    let of_cohort = [
        CohortWarning::LookAlikes {
            field: "id",
            people: vec![id("ana"), id("Ana")],
        },
        CohortWarning::InvisibleCharacters {
            participant: participant.clone(),
        },
        CohortWarning::TooFewHours {
            role,
            participant: participant.clone(),
        },
        CohortWarning::UnknownPartner {
            role,
            participant: participant.clone(),
            field: "wishes",
            partner: partner.clone(),
        },
        CohortWarning::WishedAndVetoed {
            role,
            participant: participant.clone(),
            partner,
        },
        CohortWarning::UnknownInConflict {
            participant: participant.clone(),
        },
        CohortWarning::NotActive { role, count: 1 },
        CohortWarning::AmbiguousWord {
            word: "c".into(),
            terms: vec!["C".into()],
            people: 1,
        },
    ];
    let gain = SilenceGain {
        criteria: vec!["same:site".into()],
        score: Score::ONE,
        at_neutral: Score::ZERO,
    };
    let (mentee, mentor) = (id("boris"), id("ana"));
    let mut all = vec![
        RunWarning::NoAnswers {
            criterion: "same:site".into(),
        },
        RunWarning::BelowMinimum {
            role,
            participant,
            partners: 1,
            minimum: 2,
        },
        RunWarning::PreviousUnknown {
            mentee: mentee.clone(),
            mentor: mentor.clone(),
        },
        RunWarning::QuotaBelowMinimum {
            quota: "sales".into(),
            pairs: 1,
            minimum: 2,
        },
        RunWarning::SilenceRewarded {
            mentee,
            mentor,
            gain,
        },
    ];
    all.extend(of_cohort.map(RunWarning::Cohort));
    all
}

/// All are there, all are different, and no language speaks another.
fn assert_spoken(statement: &str, texts: &[String]) {
    let [english, german] = texts else {
        panic!("{statement}: one text a language")
    };
    for text in texts {
        assert!(text.len() > 2 && !text.contains('{'), "{statement}: {text}");
    }
    assert_ne!(english, german, "{statement}");
}

fn in_all(say: impl Fn(&dyn Wording) -> String) -> Vec<String> {
    LANGUAGES.iter().map(|words| say(*words)).collect()
}

#[test]
fn every_reason_has_a_text_for_every_reader_in_every_language() {
    for reason in &reasons() {
        let kind = UnmatchedKind::from(reason);
        assert_spoken("kind", &in_all(|words| words.unmatched_kind(kind)));
        for role in ROLES {
            assert_spoken("manager", &in_all(|words| words.unmatched(role, reason)));
            let own = OwnReason::from(reason);
            assert_spoken(
                "participant",
                &in_all(|words| words.own_unmatched(role, own)),
            );
        }
    }
}

#[test]
fn every_warning_has_a_text_in_every_language_and_tells_no_hidden_name() {
    for warning in &warnings() {
        let texts = in_all(|words| words.warning(warning));
        assert_spoken("warning", &texts);
        assert!(texts.iter().all(|text| !text.contains("s3cret")));
    }
}

#[test]
fn participants_are_warned_of_their_own_answers_only() {
    let told = |reader: &str| {
        let reader = id(reader);
        let warnings = warnings();
        let told = warnings
            .iter()
            .filter_map(|own| OwnWarning::new(own, (Role::Mentor, &reader)));
        told.collect::<Vec<_>>()
    };
    assert_eq!(told("ana").len(), 3);
    assert!(told("boris").is_empty());
    for own in told("ana") {
        for role in ROLES {
            assert_spoken("own warning", &in_all(|words| words.own_warning(role, own)));
        }
    }
}

#[test]
fn every_answer_to_a_participant_has_a_text_in_every_language() {
    let partner = id("ana");
    for role in ROLES {
        for own in [OwnWhyNot::Partners, OwnWhyNot::OwnVeto, OwnWhyNot::NotTold] {
            assert_spoken(
                "own why not",
                &in_all(|words| words.own_why_not(role, &partner, own)),
            );
        }
        for own_wish in [None, Some(1)] {
            let strengths: Vec<Arc<str>> = vec!["common_time".into()];
            let own = OwnPair {
                partner: partner.clone(),
                own_wish,
                strengths,
            };
            assert_spoken("own pair", &in_all(|words| words.own_pair(role, &own)));
        }
    }
}

#[test]
fn every_objective_has_a_name_a_change_and_a_gap_in_every_language() {
    use crate::programme::{WishOrder, WishesOf};
    use crate::reasons::GapOf;
    let wishes = Objective::Wishes {
        order: WishOrder::Generous,
        of: WishesOf::Both,
        ranks: 3,
    };
    let all = [
        Objective::PriorityTiers,
        Objective::Participation,
        Objective::Pairs,
        Objective::MentorTiers,
        Objective::MentorsUsed,
        Objective::TotalScore,
        Objective::Leximin {
            resolution: Score::ONE,
        },
        wishes,
        Objective::SpreadLoad,
        Objective::KeepPairs,
        Objective::WorstScore,
        Objective::GroupBalance,
    ];
    for objective in all {
        assert_spoken("objective", &in_all(|words| words.objective(objective)));
    }
    let concerns = all.into_iter().map(GapOf::Objective);
    for of in concerns.chain([GapOf::Minimums]) {
        for by in [-1, 1, 7] {
            let change = ObjectiveChange { of, by };
            let texts = in_all(|words| words.change(&change));
            // “1 Mentee mit …” and “1 mentee with …” differ, and so do all others but pairs.
            assert_spoken("change", &texts);
        }
        let gap = OptimalityGap { of, short_by: 1 };
        assert_spoken("gap", &in_all(|words| words.gap(gap)));
    }
}

/// An objective that loses by a pair in a low class has one more there, not one fewer fewer.
#[test]
fn signs_are_those_of_what_is_named() {
    use crate::reasons::GapOf;
    let said = |objective, by| {
        let of = GapOf::Objective(objective);
        in_all(|words| words.change(&ObjectiveChange { of, by }))
    };
    let leximin = Objective::Leximin {
        resolution: Score::ONE,
    };
    assert_eq!(
        said(leximin, -1),
        [
            "+1 pair in a low class",
            "+1 Paar in einer niedrigen Klasse"
        ]
    );
    assert_eq!(
        said(Objective::SpreadLoad, 2),
        [
            "−2 pairs of mentees who share a mentor",
            "−2 Paare von Mentees mit derselben Mentor:in"
        ]
    );
    assert_eq!(said(Objective::Pairs, -1), ["−1 pair", "−1 Paar"]);
}

#[test]
fn a_price_says_of_what_it_is() {
    let price = PairPrice {
        change: Vec::new(),
        moves: Vec::new(),
    };
    let asked = [PriceOf::Pair, PriceOf::WithoutPair, PriceOf::Nobody];
    let mut texts = BTreeSet::new();
    for of in asked {
        let said = in_all(|words| words.price(of, &price));
        assert_spoken("price", &said);
        texts.extend(said);
    }
    assert_eq!(texts.len(), 2 * asked.len(), "{texts:?}");
}

#[test]
fn all_captions_are_there_in_every_language() {
    for &caption in Caption::ALL {
        for words in LANGUAGES {
            assert!(!words.caption(caption).is_empty(), "{caption:?}");
        }
    }
}

#[test]
fn one_is_singular_and_none_is_plural() {
    let english = [0, 1, 2].map(|count| English.counted(count, Noun::Mentee));
    assert_eq!(english, ["0 mentees", "1 mentee", "2 mentees"]);
    let german = [0, 1, 2].map(|count| German.counted(count, Noun::Place));
    assert_eq!(german, ["0 Plätze", "1 Platz", "2 Plätze"]);
    let alone = UnmatchedReason::AllTaken {
        allowed: 1,
        best: taken(),
    };
    assert_eq!(
        English.unmatched(Role::Mentee, &alone),
        "the only allowed mentor is taken; the best would be “best” at 100.0%"
    );
}

/// Every kind that a programme's file can name, as its reader lists them.
#[cfg(feature = "serde")]
fn kinds<T: serde::de::DeserializeOwned>() -> Vec<String> {
    let error = serde_json::from_str::<T>(r#"{"no such": {}}"#)
        .err()
        .unwrap();
    let text = error.to_string();
    let mut kinds: Vec<_> = text
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect();
    assert_eq!(kinds.remove(0), "no such", "{text}");
    kinds
}

#[cfg(feature = "serde")]
#[test]
fn every_built_in_criterion_and_rule_has_a_name_in_every_language() {
    let criteria = kinds::<crate::criteria::CriterionKind>();
    assert!(criteria.len() > 20, "{criteria:?}");
    for kind in criteria.iter().filter(|kind| *kind != "custom") {
        assert_spoken("criterion", &in_all(|words| words.criterion(kind)));
        assert_ne!(&English.criterion(kind), kind);
    }
    let rules = kinds::<crate::rules::RuleKind>();
    assert!(rules.len() > 15, "{rules:?}");
    let always = [
        "same_person",
        "not_active",
        "veto",
        "conflict",
        "only_wishes",
        "minimum_score",
    ];
    let rules = rules.iter().map(String::as_str).chain(always);
    for kind in rules.filter(|kind| !["custom", "when"].contains(kind)) {
        assert_spoken("rule", &in_all(|words| words.rule(kind)));
        assert_ne!(English.rule(kind), kind);
    }
}
