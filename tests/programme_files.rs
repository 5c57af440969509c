//! Programmes as files: what reads back, and what is refused with which words.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, reason = "a test")]

mod roster;

use mentormatch::{
    CriterionKind, Engine, MissingPolicy, Objective, Preset, Programme, Registry, Role, RuleKind,
    Score, Stable, Weight,
};
use roster::{all_rules, custom_criterion, custom_rule, text_similarity};

fn all_criteria() -> Vec<CriterionKind> {
    let mut all = roster::all_criteria();
    all.extend(roster::word_criteria());
    all
}

fn everything() -> Programme {
    let policies = [
        MissingPolicy::default(),
        MissingPolicy::Neutral(Score::from_unit(0.123_457).unwrap()),
        MissingPolicy::Zero,
        MissingPolicy::Renormalise,
        MissingPolicy::Forbid,
    ];
    let mut builder = Programme::builder()
        .name("All of it")
        .date("2026-03-20".parse().unwrap())
        .period("2026-09-01".parse().unwrap(), "2027-06-30".parse().unwrap())
        .objectives([Objective::TotalScore]);
    for (at, criterion) in all_criteria().into_iter().enumerate() {
        let weight: Weight = format!("{at}.25").parse().unwrap();
        let name = format!("criterion {at}");
        builder = builder.weigh_as(name, weight, criterion, policies[at % policies.len()]);
    }
    for rule in all_rules() {
        builder = builder.forbid(rule);
    }
    builder.build().unwrap()
}

fn registry() -> Registry {
    Registry::new()
        .criterion(custom_criterion())
        .criterion(text_similarity().into())
        .rule(custom_rule())
}

#[test]
fn json_reads_back() {
    let programme = everything();
    let text = serde_json::to_string_pretty(&programme).unwrap();
    let read = registry()
        .read(&mut serde_json::Deserializer::from_str(&text))
        .unwrap();
    assert_eq!(read, programme);
    assert_eq!(serde_json::to_string_pretty(&read).unwrap(), text);
}

#[test]
fn toml_reads_back() {
    let programme = everything();
    let text = toml::to_string(&programme).unwrap();
    let read = registry()
        .read(toml::Deserializer::parse(&text).unwrap())
        .unwrap();
    assert_eq!(read, programme);
}

#[test]
fn the_hosts_own_are_found_by_name_and_version() {
    let text = serde_json::to_string(&everything()).unwrap();
    let error = serde_json::from_str::<Programme>(&text)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("no criterion tenure ratio of version 3 is registered"),
        "{error}"
    );
    assert!(
        error.contains("no rule no hybrids of version 1 is registered"),
        "{error}"
    );

    let newer = text.replace("\"version\":3", "\"version\":4");
    let error = registry()
        .read(&mut serde_json::Deserializer::from_str(&newer))
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("no criterion tenure ratio of version 4"),
        "{error}"
    );
}

fn refused(text: &str) -> String {
    toml::from_str::<Programme>(text).unwrap_err().to_string()
}

fn programme(line: &str) -> String {
    format!(
        "format_version = 1
        {line}
        [[criteria]]
        weight = 1
        criterion.same = {{ field = \"department\" }}"
    )
}

#[test]
fn unknown_keys_are_refused_with_their_path() {
    for (text, path, key) in [
        (programme("objective = []"), "", "objective"),
        (programme("") + "\nwait = 3", "criteria[0]", "wait"),
        (
            programme("") + "\nmissing = \"nought\"",
            "criteria[0].missing",
            "nought",
        ),
        (
            programme("[[rules]]\nforbid.same_value = { field = \"site\", x = 1 }"),
            "rules[0].forbid.same_value",
            "`x`",
        ),
        (
            programme("[[rules]]\nforbid.same_values = {}"),
            "rules[0].forbid",
            "same_values",
        ),
        (
            programme("[[rules]]\nforbid.same_value = { field = \"attributes:x\" }"),
            "rules[0].forbid.same_value.field",
            "no such field",
        ),
        (
            programme("[[criteria]]\nweight = -1\ncriterion.common_language = {}"),
            "criteria[0].weight",
            "negative",
        ),
        (
            programme("[[criteria]]\nweight = nan\ncriterion.common_language = {}"),
            "criteria[0].weight",
            "not a number",
        ),
        (
            programme(
                "[[criteria]]\nweight = 1\ncriterion.common_language = {}\nmissing.neutral = 1.5",
            ),
            "criteria[0].missing.neutral",
            "outside 0 to 1",
        ),
        (programme("date = \"2026-02-30\""), "date", "no such day"),
    ] {
        let error = refused(&text);
        assert!(
            error.contains(path) && error.contains(key),
            "{path} {key}: {error}"
        );
    }
}

#[test]
fn dates_may_be_written_as_toml_writes_them() {
    let file = |date: &str, from: &str| {
        format!(
            "format_version = 1\ndate = {date}\nperiod = {{ from = {from}, to = \"2027-06-30\" }}\n\
             [[criteria]]\nweight = 1\ncriterion.same = {{ field = \"site\" }}\n"
        )
    };
    let read = |text: &str| toml::from_str::<Programme>(text);
    let native = read(&file("2026-08-20", "2026-09-01")).unwrap();
    let quoted = read(&file("\"2026-08-20\"", "\"2026-09-01\"")).unwrap();
    assert_eq!(native, quoted);
    assert_eq!(native.date().unwrap().to_string(), "2026-08-20");
    for wrong in ["2026-08-20T10:00:00Z", "10:00:00", "{ a = 1 }", "2026"] {
        let error = read(&file(wrong, "2026-09-01")).unwrap_err().to_string();
        assert!(error.contains("date"), "{error}");
    }
}

#[test]
fn a_stable_matching_is_stored_and_knows_no_objectives() {
    let text = programme("stable = { proposing = \"mentor\", wishes_first = true }");
    let read: Programme = toml::from_str(&text).unwrap();
    assert_eq!(
        read.stable(),
        Some(Stable::new(Role::Mentor).wishes_first())
    );
    assert!(read.objectives().is_empty());
    for written in [
        toml::to_string(&read).unwrap(),
        serde_json::to_string(&read).unwrap(),
    ] {
        assert!(!written.contains("objectives"), "{written}");
    }
    let written = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Programme>(&written).unwrap(), read);
    for (line, words) in [
        ("stable = {}", "proposing"),
        ("stable = { proposing = \"both\" }", "both"),
        (
            "stable = { proposing = \"mentee\", optimal = true }",
            "optimal",
        ),
        (
            "stable = { proposing = \"mentee\" }\nobjectives = [\"total_score\"]",
            "a stable matching has no objectives",
        ),
    ] {
        let error = refused(&programme(line));
        assert!(error.contains(words), "{words}: {error}");
    }
}

#[test]
fn newer_and_unknown_formats_are_refused() {
    let newer = programme("").replace("format_version = 1", "format_version = 2");
    let words = "format_version 2 is newer than 1, the newest this version reads";
    assert!(refused(&newer).contains(words), "{}", refused(&newer));
    let unknown = programme("").replace("format_version = 1", "format_version = 0");
    assert!(refused(&unknown).contains("format_version 0 does not exist"));
    let missing = programme("").replace("format_version = 1", "");
    assert!(refused(&missing).contains("format_version"));
}

#[test]
fn every_problem_of_a_file_is_named_at_once() {
    let error = refused(
        "format_version = 1
        objectives = [\"total_score\", \"total_score\"]
        [[criteria]]
        weight = 0
        criterion.seniority_gap = { min = 3, ideal = 2, max = 4 }
        [[criteria]]
        weight = 0
        criterion.time_zone_distance = { zero_at_hours = 13.0 }
        [[rules]]
        forbid.reporting_line = { within = 0 }
        [[rules]]
        forbid.reporting_line = {}",
    );
    for words in [
        "no criterion has a weight above 0",
        "seniority_gap: min is above ideal",
        "time_zone_distance: zero_at_hours is outside 0 to 12",
        "time_zone_distance depends on the day, so the programme must state a date or a period",
        "reporting_line: within is outside 1 to 4294967295",
        "reporting_line is stated twice",
        "objective total_score is listed twice",
    ] {
        assert!(error.contains(words), "{words}: {error}");
    }
}

#[test]
fn kinds_are_written_by_name() {
    for criterion in all_criteria() {
        let text = serde_json::to_string(&criterion).unwrap();
        if !matches!(criterion, CriterionKind::Custom(_)) {
            let name = criterion.as_criterion().name();
            assert!(text.starts_with(&format!("{{\"{name}\":{{")), "{text}");
        }
        assert_eq!(
            serde_json::from_str::<CriterionKind>(&text).unwrap(),
            criterion
        );
    }
    for rule in all_rules() {
        let text = serde_json::to_string(&rule).unwrap();
        if let (Some(own), false) = (rule.as_rule(), matches!(rule, RuleKind::Custom(_))) {
            assert!(
                text.starts_with(&format!("{{\"{}\":{{", own.name())),
                "{text}"
            );
        }
        assert_eq!(serde_json::from_str::<RuleKind>(&text).unwrap(), rule);
    }
}

/// Every preset is a programme, writes itself back, and makes a matching of people who leave half of
/// the questions open.
#[test]
fn presets_run() {
    let cohort = roster::cohort(5, 12, 30);
    for preset in Preset::ALL {
        let programme: Programme = toml::from_str(preset.toml()).unwrap();
        let written = toml::to_string(&programme).unwrap();
        assert_eq!(toml::from_str::<Programme>(&written).unwrap(), programme);
        let outcome = Engine::new(programme).run(&cohort).unwrap();
        let pair = outcome.matching().pairs.first().unwrap();
        let (mentee, mentor) = (pair.mentee.as_str(), pair.mentor.as_str());
        // Of each criterion it can be told how far its weight can move, whatever the balance, emphasis, costs and floors.
        let ranges = outcome.weight_ranges(mentee, mentor, None).unwrap();
        let count = ranges.unwrap().len();
        assert_eq!(count, outcome.programme().criteria().len(), "{preset:?}");
    }
}
