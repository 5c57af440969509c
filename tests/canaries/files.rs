//! What reading and checking people says of answers that cannot be right.

use mentormatch::{Attribute, Bounds, Cohort, GapRange, Mentee, Profile};
use serde_json::{Value, json};

use crate::answers::picky;
use crate::{assert_debug_is_silent, assert_silent};

/// Every key of a stored person in turn holds what it must not; whatever is said of that, says no answer.
#[test]
fn errors_about_files_tell_no_answer() {
    let file = serde_json::to_value(picky().mentee()).unwrap();
    let wrong = [
        json!("canary"),
        json!(["canary", 7_391]),
        json!({"key": "canary"}),
        json!(739_173_917_391_i64),
        json!([[{"skill": "canary", "level": "canary"}]]),
        json!([{"skill": ["canary"]}]),
        json!(-73.91),
    ];
    let mut refused = 0;
    for key in file.as_object().unwrap().keys() {
        for value in &wrong {
            let mut other = file.clone();
            other[key] = value.clone();
            refused += u32::from(is_refused_in_silence(&other));
        }
    }
    assert!(refused > 200, "{refused}");
}

fn is_refused_in_silence(file: &Value) -> bool {
    let people = json!({"format_version": 1, "mentees": [file]});
    let errors = [
        serde_json::from_value::<Mentee>(file.clone()).err(),
        serde_json::from_str::<Mentee>(&file.to_string()).err(),
        serde_json::from_value::<Cohort>(people).err(),
    ];
    let errors: Vec<_> = errors.into_iter().flatten().collect();
    for error in &errors {
        assert_silent("an error", &error.to_string());
    }
    !errors.is_empty()
}

#[test]
fn errors_about_people_tell_no_answer() {
    let own = || Profile::new("ana");
    let people = [
        own().experience_years(f64::from(7_391)),
        own().tenure_years(-73.91),
        own().time_zone("Kiritimati"),
        own().comfortable_gap(GapRange::new(7_391, -7_391)),
        own().attribute(
            "steps",
            Attribute::Ordinal {
                level: 7_391,
                of: 3,
            },
        ),
        own().monitor_attribute("band", Attribute::Number(f64::NAN)),
        own().hours_per_month(7_391.0),
        own().wish("ana", 1).wish("canary", 0),
        own().need("canary", None).need("CANARY", None),
        own().rating("boris", 127),
        own().formality(73),
        own().priority(73),
    ];
    let mut told = 0;
    for profile in people {
        let Err(error) = Cohort::new([profile.mentor(Bounds { min: 3, max: 1 })], []) else {
            panic!()
        };
        assert_debug_is_silent("an error", &error);
        for problem in error.problems() {
            assert_silent("a problem", &problem.to_string());
            told += 1;
        }
    }
    assert!(told > 18, "{told}");
}
