//! What is caught: any change, and lies by somebody who knows how fingerprints are made.

use std::collections::BTreeSet;

use mentormatch::solver::Violation;
use mentormatch::{
    AuditError, AuditRecord, Cohort, Field, Outcome, Profile, Programme, Registry, RunOptions, Same,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::cases::{Case, cases};

pub(crate) fn sha256(text: &str) -> String {
    let digits = Sha256::digest(text.as_bytes());
    let digits: Vec<String> = digits.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{}", digits.concat())
}

/// The record of a file, with fingerprints of the result and of the record that fit.
pub(crate) fn sealed(mut file: Value) -> AuditRecord {
    let text = unsealed(&file);
    let pairs = text.rfind("\"pairs\":").unwrap() + "\"pairs\":".len();
    let end = text.find(",\"result\":").unwrap();
    file["result"] = sha256(&text[pairs..end]).into();
    sealed_with_this_result(file)
}

fn sealed_with_this_result(mut file: Value) -> AuditRecord {
    file["record"] = sha256(&unsealed(&file)).into();
    serde_json::from_value(file).unwrap()
}

/// A record as it is hashed: its keys in their order, without its own fingerprint.
fn unsealed(file: &Value) -> String {
    let record: AuditRecord = serde_json::from_value(file.clone()).unwrap();
    let text = serde_json::to_string(&record).unwrap();
    let (text, _) = text.rsplit_once(",\"record\":").unwrap();
    format!("{text}}}")
}

/// Every place in a value.
pub(crate) fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(own) => {
            for (key, value) in own {
                places(value, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(own) => {
            for (index, value) in own.iter().enumerate() {
                places(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// The value changed a little.
pub(crate) fn changed(value: &Value) -> Value {
    match value {
        Value::Null => json!(0),
        Value::Bool(own) => json!(!own),
        Value::Number(own) if own.is_f64() => json!(own.as_f64().unwrap() / 2.0 + 0.125),
        Value::Number(own) => match own.as_u64() {
            Some(own) => json!(own ^ 1),
            None => json!(own.as_i64().unwrap() + 1),
        },
        Value::String(own) => json!(format!("{own}x")),
        Value::Array(own) => own.split_last().map_or(json!([0]), |(_, rest)| json!(rest)),
        Value::Object(own) => {
            let mut other = own.clone();
            other.insert("added".to_owned(), json!(1));
            Value::Object(other)
        }
    }
}

#[test]
fn any_change_of_any_field_is_caught() {
    for case in cases(5) {
        let record = case.run().audit().unwrap();
        let file = serde_json::to_value(&record).unwrap();
        let mut all = Vec::new();
        places(&file, "", &mut all);
        assert!(all.len() > 20, "{}", case.name);
        let mut caught = 0;
        for place in all {
            let mut other = file.clone();
            let value = other.pointer_mut(&place).unwrap();
            *value = changed(value);
            let Ok(forged) = serde_json::from_value::<AuditRecord>(other) else {
                continue;
            };
            if forged == record {
                continue; // 1 and 1.0 are the same weight
            }
            let verified = forged.verify(&case.cohort, &case.registry);
            assert_eq!(verified, Err(AuditError::Changed), "{}: {place}", case.name);
            caught += 1;
        }
        assert!(caught > 10, "{}: {caught}", case.name);
    }
}

fn verify(case: &Case, file: Value) -> Result<(), AuditError> {
    sealed(file).verify(&case.cohort, &case.registry)
}

fn file(case: &Case) -> Value {
    serde_json::to_value(case.run().audit().unwrap()).unwrap()
}

/// The pairs with the mentors of two of them exchanged, and scores that are true if they can be.
fn exchanged(outcome: &Outcome, file: &Value, (one, other): (usize, usize)) -> Option<Value> {
    let mut file = file.clone();
    let pairs = file["pairs"].as_array_mut().unwrap();
    let mentor = |at: usize| pairs[at]["mentor"].clone();
    let (first, second) = (mentor(one), mentor(other));
    (pairs[one]["mentor"], pairs[other]["mentor"]) = (second, first);
    for pair in [one, other] {
        let ids = (
            pairs[pair]["mentee"].as_str()?.to_owned(),
            pairs[pair]["mentor"].as_str()?.to_owned(),
        );
        let score = outcome.explain(&ids.0, &ids.1).ok()?.score;
        pairs[pair]["score"] = serde_json::to_value(score).unwrap();
    }
    pairs.sort_by_key(|pair| (pair["mentee"].to_string(), pair["mentor"].to_string()));
    Some(file)
}

/// In a run that breaks ties by lot, no other pairs can be passed off as the result.
#[test]
fn no_exchange_of_mentors_passes() {
    let cases = cases(5).into_iter();
    for case in cases.filter(|case| !case.name.starts_with("stopped")) {
        let (outcome, file) = (case.run(), file(&case));
        assert_eq!(verify(&case, file.clone()), Ok(()), "{}", case.name);
        let pairs = file["pairs"].as_array().unwrap().len();
        let is_by_lot = !case.name.starts_with("fast");
        let mut refused = 0;
        for one in 0..pairs {
            for other in one + 1..pairs.min(one + 4) {
                let Some(forged) = exchanged(&outcome, &file, (one, other)) else {
                    continue;
                };
                if forged["pairs"] == file["pairs"] {
                    continue;
                }
                let verified = verify(&case, forged);
                assert!(
                    verified.is_err() || !is_by_lot,
                    "{}: {one} {other}",
                    case.name
                );
                refused += usize::from(verified.is_err());
            }
        }
        assert!(refused > 0 || case.may_be_empty, "{}", case.name);
    }
}

/// A run with decisions, and the record of it.
fn honest() -> (Case, Value) {
    let all = cases(5).into_iter();
    let case = { all }.find(|case| case.name == "decisions").unwrap();
    let file = file(&case);
    (case, file)
}

/// What is said of a record in which something is told otherwise, and the fingerprints fit.
fn said_of((case, file): &(Case, Value), lie: impl Fn(&mut Value)) -> AuditError {
    let mut file = file.clone();
    lie(&mut file);
    verify(case, file).unwrap_err()
}

fn is_not_proved(error: &AuditError) -> bool {
    matches!(error, AuditError::NotProved(_))
}

fn list<'a>(file: &'a mut Value, place: &str) -> &'a mut Vec<Value> {
    file.pointer_mut(place).unwrap().as_array_mut().unwrap()
}

#[test]
fn lies_about_the_result_are_caught() {
    use AuditError::{OtherLevels, PairsOutOfOrder};
    let honest = honest();
    let said = |lie: &dyn Fn(&mut Value)| said_of(&honest, lie);
    let less = |place: &'static str| said(&|file| drop(list(file, place).pop()));
    assert!(is_not_proved(&less("/pairs")));
    assert_eq!(less("/levels"), OtherLevels);
    assert_eq!(less("/levels/1/prices/mentors"), OtherLevels);
    assert_eq!(
        said(&|file| list(file, "/pairs").reverse()),
        PairsOutOfOrder
    );
    let twice = said(&|file| {
        let pair = file["pairs"][0].clone();
        list(file, "/pairs").insert(0, pair);
    });
    assert_eq!(twice, PairsOutOfOrder);
    let told = |place: &'static str, what: Value| {
        said(&|file| *file.pointer_mut(place).unwrap() = what.clone())
    };
    assert!(matches!(
        told("/pairs/0/score", json!(0.012_345)),
        AuditError::Score { .. }
    ));
    assert!(matches!(
        told("/pairs/0/mentee", json!("!")),
        AuditError::Unknown { .. }
    ));
    assert_eq!(
        told("/levels/2/value", json!(99)),
        AuditError::Value { level: 2 }
    );
    let stable = json!({"stable": {"proposing": "mentee"}});
    assert_eq!(told("/claim", stable), OtherLevels);
    let bounded = json!({"bounded": {"level": 2, "bound": 1}});
    assert!(is_not_proved(&told("/claim", bounded)));
    let free = said(&|file| list(file, "/levels/3/prices/mentors").fill(json!(0)));
    assert!(is_not_proved(&free));
    // A fingerprint of other pairs, in a record that is sealed with it.
    let mut other = honest.1.clone();
    other["result"] = json!(sha256("other pairs"));
    let record = sealed_with_this_result(other);
    let (case, _) = &honest;
    let verified = record.verify(&case.cohort, &case.registry);
    assert_eq!(verified, Err(AuditError::OtherResult));
}

#[test]
fn lies_about_the_question_are_caught() {
    let honest = honest();
    let said = |lie: &dyn Fn(&mut Value)| said_of(&honest, lie);
    let told = |place: &'static str, what: Value| {
        said(&|file| *file.pointer_mut(place).unwrap() = what.clone())
    };
    assert_eq!(
        told("/people", json!(sha256("others"))),
        AuditError::OtherPeople
    );
    let versions = AuditError::HashVersion { found: 1, known: 2 };
    assert_eq!(told("/hash_version", json!(1)), versions);
    assert!(
        is_not_proved(&told("/request/seed", json!(12_345))),
        "another lot"
    );
    let weights = told("/programme/criteria/0/weight", json!(300));
    assert!(matches!(weights, AuditError::Score { .. }), "{weights}");
    let objectives = told("/programme/objectives", json!(["pairs", "total_score"]));
    assert_eq!(objectives, AuditError::OtherLevels);
    let locks = said(&|file| {
        let decisions = file["request"]["decisions"].as_object_mut().unwrap();
        decisions.remove("locks");
    });
    assert_eq!(locks, AuditError::OtherLevels);
    let veto = said(&|file| {
        let pair = &file["pairs"][1];
        let veto = json!({"mentee": pair["mentee"], "mentor": pair["mentor"]});
        file["request"]["decisions"]["vetoes"] = json!([veto]);
    });
    assert!(matches!(veto, AuditError::Score { .. }), "{veto}");
    let others = told("/request/decisions/locks/0/mentee", json!("!"));
    assert!(matches!(others, AuditError::Run(_)), "{others}");
}

#[test]
fn lies_about_the_lowest_score_are_caught() {
    for name in ["lowest score", "lowest score later"] {
        let case = cases(5).into_iter().find(|case| case.name == name).unwrap();
        let file = file(&case);
        let honest = (case, file);
        let lowest = honest.1["floor"]["lowest"].as_i64().unwrap();
        assert_eq!(honest.1["floor"]["score"], json!(lowest), "{name}");
        let told = |place: &'static str, what: Value| {
            said_of(&honest, |file| {
                *file.pointer_mut(place).unwrap() = what.clone()
            })
        };
        let value = told("/floor/lowest", json!(lowest + 1));
        assert!(matches!(value, AuditError::Value { .. }), "{name}: {value}");
        for score in [lowest - 1, lowest + 1] {
            assert!(is_not_proved(&told("/floor/score", json!(score))), "{name}");
        }
        let less = |place: &'static str| said_of(&honest, |file| drop(list(file, place).pop()));
        assert!(is_not_proved(&less("/floor/proof/pairs")), "{name}");
        assert!(is_not_proved(&less("/floor/proof/prices")), "{name}");
        assert_eq!(
            less("/floor/proof/prices/0/mentors"),
            AuditError::OtherLevels,
            "{name}"
        );
        let nobody = json!([{"mentee": "!", "mentor": "!"}]);
        let unknown = told("/floor/proof/pairs", nobody);
        assert!(matches!(unknown, AuditError::Unknown { .. }), "{name}");
        // Without the proof nothing else need be a lie: no level, no pair, no number.
        let open = AuditError::NotProved(Violation::OpenFloor);
        let unproved = said_of(&honest, |file| {
            drop(file["floor"].as_object_mut().unwrap().remove("proof"))
        });
        assert_eq!(unproved, open, "{name}");
        let none = said_of(&honest, |file| {
            drop(file.as_object_mut().unwrap().remove("floor"))
        });
        assert_eq!(none, AuditError::OtherLevels, "{name}");
    }
}

/// Two mentees as good as each other and one place, which is drawn.
fn drawn() -> (Case, Value) {
    let mentees = ["boris", "chen"].map(|id| Profile::new(id).site("Aarhus").mentee());
    let mentor = Profile::new("ana").site("Aarhus").mentor(1);
    let case = Case {
        name: "drawn",
        cohort: Cohort::new([mentor], mentees).unwrap(),
        programme: (Programme::builder()
            .weigh(1, Same::new(Field::Site))
            .build())
        .unwrap(),
        registry: Registry::new(),
        options: RunOptions::default().seed(7),
        may_be_empty: false,
    };
    let file = file(&case);
    (case, file)
}

/// All orders of the numbers below `len`.
fn orders(len: u32) -> Vec<Vec<u32>> {
    if len == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(len - 1).into_iter();
    let longer = shorter.flat_map(|order| {
        (0..=order.len()).map(move |at| [&order[..at], &[len - 1], &order[at..]].concat())
    });
    longer.collect()
}

/// All lines of two mentees, a mentor and what is above them that name all or at most two, with all cuts that matter.
fn lots() -> Vec<Value> {
    let lines: BTreeSet<_> = orders(4)
        .into_iter()
        .flat_map(|order| [0, 1, 2, 4].map(|len| order[..len].to_vec()))
        .flat_map(|line| {
            let first = if line.len() == 4 { 4 } else { 0 }; // where nobody is left, any place is as good
            (first..=line.len()).map(move |rest| (line.clone(), rest))
        })
        .collect();
    let moments = [None, Some(0), Some(1), Some(2)];
    let of_line = |(line, rest): (Vec<u32>, usize)| {
        let cuts = if line.len() == 4 { 64 } else { 16 };
        (0..cuts).map(move |cuts: usize| {
            let turns = [cuts % 4, cuts / 4 % 4, cuts / 16].map(|at| moments[at]);
            let cuts = (1..=line.len()).zip(turns).filter_map(|(before, turn)| {
                Some(json!({"before": before, "turn": turn?, "distance": 0}))
            });
            json!({"line": line, "rest": rest, "cuts": cuts.collect::<Vec<_>>()})
        })
    };
    lines.into_iter().flat_map(of_line).collect()
}

/// Whoever writes the record cannot have anybody win but the one whom the seed lets win: no line and no cuts prove it.
#[test]
fn no_lot_but_that_of_the_seed_is_believed() {
    let (case, file) = drawn();
    assert_eq!(verify(&case, file.clone()), Ok(()));
    let winner = file["pairs"][0]["mentee"].clone();
    let others = ["boris", "chen"].map(|id| json!(id));
    let mut forged = file.clone();
    forged["pairs"][0]["mentee"] = others.into_iter().find(|id| *id != winner).unwrap();
    for lot in lots() {
        forged["lot"] = lot;
        let said = verify(&case, forged.clone()).unwrap_err();
        assert!(is_not_proved(&said), "{said}");
    }
    let far = json!({"before": 9, "turn": 0, "distance": 0});
    forged["lot"] = json!({"line": [0, 1], "rest": 0, "cuts": [far]});
    assert!(is_not_proved(&verify(&case, forged.clone()).unwrap_err()));
    drop(forged.as_object_mut().unwrap().remove("lot"));
    assert_eq!(verify(&case, forged), Err(AuditError::NoLot));
}
