//! JSON Schemas beside the readers: what both take, and what both refuse.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use mentormatch::{
    AuditRecord, Field, MissingPolicy, Objective, Preset, Programme, ProgrammeBuilder, Quota, Role,
    Score, Stable, StoredProgramme, View, WeighedCriterion, Weight, WishOrder, WishesOf,
};
use serde_json::{Map, Value, json};

use crate::cases::cases;
use crate::forgery::{changed, places};
use crate::roster::{all_criteria, all_rules, word_criteria};

fn programme_schema() -> Value {
    serde_json::from_str(Programme::JSON_SCHEMA).unwrap()
}

fn programmes() -> Validator {
    jsonschema::validator_for(&programme_schema()).unwrap()
}

fn records() -> Validator {
    let registry = jsonschema::Registry::new();
    let registry = registry
        .add("urn:mentormatch:programme:1", programme_schema())
        .unwrap();
    let registry = registry.prepare().unwrap();
    let schema = serde_json::from_str(AuditRecord::JSON_SCHEMA).unwrap();
    jsonschema::options()
        .with_registry(&registry)
        .build(&schema)
        .unwrap()
}

fn assert_valid(schema: &Validator, file: &Value, name: &str) {
    let problems = schema.iter_errors(file);
    let problems: Vec<_> = problems
        .map(|own| format!("{}: {own}", own.instance_path()))
        .collect();
    assert!(problems.is_empty(), "{name}: {problems:#?}");
}

/// A TOML file as JSON; its dates are texts.
fn json_of(text: &str) -> Value {
    fn convert(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(own) => own.to_string().into(),
            toml::Value::Array(own) => own.into_iter().map(convert).collect(),
            toml::Value::Table(own) => {
                let own = own.into_iter().map(|(key, value)| (key, convert(value)));
                Value::Object(own.collect::<Map<_, _>>())
            }
            other => serde_json::to_value(other).unwrap(),
        }
    }
    convert(toml::from_str(text).unwrap())
}

/// Every programme file in the tree, as it is written.
fn files() -> Vec<(String, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["tests/programmes", "src/programme/presets"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            found.push(entry.unwrap().path());
        }
    }
    found.push(root.join("examples/data/programme.toml"));
    found.sort();
    let read = |path: &std::path::PathBuf| json_of(&fs::read_to_string(path).unwrap());
    found
        .iter()
        .map(|path| (path.display().to_string(), read(path)))
        .collect()
}

/// Every criterion, rule and part that a programme can state.
fn everything() -> Vec<Value> {
    let policies = [
        MissingPolicy::default(),
        MissingPolicy::Zero,
        MissingPolicy::Renormalise,
        MissingPolicy::Forbid,
    ];
    let weights = ["0.25", "low", "must", "high", "3"];
    let named = all_criteria().into_iter().chain(word_criteria()).zip(0..);
    let full = named.fold(
        Programme::builder(),
        |builder, (criterion, at): (_, usize)| {
            let weight: Weight = weights[at % weights.len()]
                .parse()
                .unwrap_or_else(|_| "7".parse().unwrap());
            builder.weigh_as(
                format!("c{at}"),
                weight,
                criterion,
                policies[at % policies.len()],
            )
        },
    );
    let full = all_rules().into_iter().fold(full, ProgrammeBuilder::forbid);
    let quota = Quota::new(Role::Mentee, "attribute:team".parse().unwrap(), ["red"]);
    let (order, of) = (WishOrder::RankMaximal, WishesOf::Mentors);
    let full = full
        .name("All of it")
        .date("2026-03-20".parse().unwrap())
        .period("2026-09-01".parse().unwrap(), "2027-06-30".parse().unwrap())
        .distinct_mentors(Field::Region)
        .emphasis(3)
        .quota(quota.at_least(1).at_most(3).target(2))
        .objectives([
            Objective::PriorityTiers,
            Objective::Participation,
            Objective::Pairs,
            Objective::MentorsUsed,
            Objective::WorstScore,
            Objective::GroupBalance,
            Objective::Leximin {
                resolution: Score::from_ppm_saturating(100_000),
            },
            Objective::Wishes {
                order,
                of,
                ranks: 2,
            },
            Objective::SpreadLoad,
            Objective::KeepPairs,
            Objective::TotalScore,
        ])
        .build()
        .unwrap();
    let stable = ProgrammeBuilder::from(&small()).stable(Stable::new(Role::Mentor).wishes_first());
    let stable = stable
        .balance(mentormatch::Balance::Mean(Score::ZERO))
        .build()
        .unwrap();
    let sided = WeighedCriterion {
        view: View::Mentee,
        ..small().criteria()[0].clone()
    };
    let sided = ProgrammeBuilder::from(&small())
        .criterion(WeighedCriterion {
            name: "hers".to_owned(),
            ..sided
        })
        .balance(mentormatch::Balance::Minimum);
    let sided = sided
        .discourage(Score::ONE, mentormatch::CannotMeet::default())
        .build()
        .unwrap();
    [full, stable, sided]
        .iter()
        .map(|own| serde_json::to_value(own).unwrap())
        .collect()
}

fn small() -> Programme {
    let site = mentormatch::Same::new(mentormatch::Field::Site);
    Programme::builder().weigh(1, site).build().unwrap()
}

fn reads(file: &Value) -> Result<(), String> {
    let read = serde_json::from_value::<StoredProgramme>(file.clone());
    read.map(|_| ()).map_err(|error| error.to_string())
}

#[test]
fn programmes_that_are_there_are_valid() {
    let schema = programmes();
    let files = files();
    assert!(files.len() >= 14, "presets, samples and fixtures");
    for (name, file) in &files {
        assert_valid(&schema, file, name);
        assert_eq!(reads(file), Ok(()), "{name}");
    }
    for preset in Preset::ALL {
        let programme: Programme = toml::from_str(preset.toml()).unwrap();
        assert_valid(
            &schema,
            &serde_json::to_value(&programme).unwrap(),
            programme.name(),
        );
    }
    for file in everything() {
        assert_valid(&schema, &file, "everything");
        assert_eq!(reads(&file), Ok(()));
    }
}

/// The file with the change of one place, or that place's object with one key more or less.
fn mutations(file: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    places(file, "", &mut all);
    let mut found = Vec::new();
    for place in all {
        let at = |change: &dyn Fn(&mut Value)| {
            let mut other = file.clone();
            change(other.pointer_mut(&place).unwrap());
            (place.clone(), other)
        };
        let value = file.pointer(&place).unwrap();
        found.push(at(&|value| *value = changed(value)));
        for other in [
            json!(null),
            json!([{"no": "such"}]),
            json!({"no": "such"}),
            json!("no such"),
            json!(-7),
        ] {
            found.push(at(&|value| *value = other.clone()));
        }
        for key in value.as_object().into_iter().flatten().map(|(key, _)| key) {
            found.push(at(&|value| {
                drop(value.as_object_mut().unwrap().remove(key))
            }));
        }
    }
    found
}

/// `null` where something may be left out, and a number for a word's number, are read though never written.
fn is_lenient(file: &Value) -> bool {
    file.to_string().contains("null")
}

fn agree(
    schema: &Validator,
    file: &Value,
    reads: impl Fn(&Value) -> Result<(), String>,
) -> (usize, usize) {
    let (mut both_take, mut both_refuse) = (0, 0);
    for (place, other) in mutations(file) {
        match (schema.is_valid(&other), reads(&other)) {
            (true, Ok(())) => both_take += 1,
            (false, Err(_)) => both_refuse += 1,
            (false, Ok(())) => assert!(is_lenient(&other), "{place}: {:?}", other.pointer(&place)),
            (true, Err(error)) => panic!("{place}: {:?}: {error}", other.pointer(&place)),
        }
    }
    (both_take, both_refuse)
}

#[test]
fn programmes_are_refused_by_both_or_by_neither() {
    let schema = programmes();
    for file in everything() {
        let (both_take, both_refuse) = agree(&schema, &file, reads);
        assert!(
            both_take > 10 && both_refuse > 80,
            "{both_take} {both_refuse}"
        );
    }
}

/// The names that a reader would have known, by its own words.
fn known_names(error: &str) -> BTreeSet<&str> {
    let (_, names) = error.split_once("expected").unwrap_or_default();
    names.split('`').skip(1).step_by(2).collect()
}

fn keys(of: &Value) -> BTreeSet<&str> {
    let keys = of["properties"].as_object().into_iter().flatten();
    keys.map(|(key, _)| key.as_str()).collect()
}

/// Every kind, and every key of every kind, so that one that is added to the reader is missed here.
#[test]
fn the_schema_knows_every_key_that_the_reader_knows() {
    let schema = programme_schema();
    let kinds = [
        ("criterion", "criteria", "weight"),
        ("rule", "rules", "name"),
    ];
    for (kind, list, other_key) in kinds {
        let said = |entry: Value| {
            let own = if kind == "rule" {
                "forbid"
            } else {
                "criterion"
            };
            let filler = if kind == "rule" { json!("x") } else { json!(1) };
            let mut file = json!({"format_version": 1, "criteria": []});
            file[list] = json!([{own: entry, other_key: filler}]);
            reads(&file).unwrap_err()
        };
        let known = &schema["$defs"][kind];
        assert_eq!(
            known_names(&said(json!({"no_such": {}}))),
            keys(known),
            "{kind}"
        );
        for name in keys(known) {
            let own = match &known["properties"][name]["$ref"] {
                Value::String(_) => &schema["$defs"]["custom"],
                _ => &known["properties"][name],
            };
            let said = said(json!({name: {"no_such": 1}}));
            assert_eq!(known_names(&said), keys(own), "{kind} {name}: {said}");
        }
    }
    let objectives =
        reads(&json!({"format_version": 1, "objectives": ["no_such"], "criteria": []}));
    let own = &schema["$defs"]["objective"]["oneOf"];
    let words = own[0]["enum"]
        .as_array()
        .unwrap()
        .iter()
        .map(|word| word.as_str().unwrap());
    let all: BTreeSet<_> = words.chain(keys(&own[1])).collect();
    assert_eq!(known_names(&objectives.unwrap_err()), all);
    let top = reads(&json!({"format_version": 1, "no_such": 1})).unwrap_err();
    assert_eq!(known_names(&top), keys(&schema));
}

#[test]
fn the_schema_knows_every_field() {
    let fields = &programme_schema()["$defs"]["field"]["oneOf"];
    let named = fields[0]["enum"].as_array().unwrap();
    for name in named {
        let name = name.as_str().unwrap();
        assert_eq!(
            name.parse::<mentormatch::Field>().unwrap().to_string(),
            name
        );
    }
    assert_eq!(named.len(), 31, "as in the table of `Field`");
}

fn reads_record(file: &Value) -> Result<(), String> {
    let read = serde_json::from_value::<AuditRecord>(file.clone());
    read.map(|_| ()).map_err(|error| error.to_string())
}

#[test]
fn records_of_every_kind_of_run_are_valid() {
    let schema = records();
    for case in cases(2_026) {
        let file = serde_json::to_value(case.run().audit().unwrap()).unwrap();
        assert_valid(&schema, &file, case.name);
    }
}

/// Leaves three of each list: there are many pairs and prices of one form, and programmes are tried whole above.
fn shorten(file: &mut Value) {
    match file {
        Value::Array(list) => {
            list.truncate(3);
            list.iter_mut().for_each(shorten);
        }
        Value::Object(fields) => fields.values_mut().for_each(shorten),
        _ => {}
    }
}

#[test]
fn records_are_refused_by_both_or_by_neither() {
    let schema = records();
    for case in cases(5)
        .into_iter()
        .filter(|case| !["everything", "objectives"].contains(&case.name))
    {
        let mut file = serde_json::to_value(case.run().audit().unwrap()).unwrap();
        shorten(&mut file);
        let (both_take, both_refuse) = agree(&schema, &file, reads_record);
        assert!(
            both_take > 10 && both_refuse > 80,
            "{}: {both_take} {both_refuse}",
            case.name
        );
    }
}
