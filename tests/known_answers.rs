//! Published optima of other people's instances, read from `../shared/data` where that exists.
//!
//! Costs are solved as scores of opposite sign, with as many pairs as possible first.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use common::instance::{Instance, Pairs, pairs_of};
use flate2::read::GzDecoder;
use mentormatch::solver::{Level, Method, SolveOptions, solve};
use serde_json::Value;

/// A file's text, unpacked; `None`, and a printed line, where the data are not at hand.
fn text(file: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(file);
    let Ok(bytes) = fs::read(&path) else {
        println!("skipped: no {}", path.display());
        return None;
    };
    let mut text = String::new();
    if file.ends_with(".gz") {
        GzDecoder::new(bytes.as_slice())
            .read_to_string(&mut text)
            .unwrap();
    } else {
        text = String::from_utf8(bytes).unwrap();
    }
    Some(text)
}

fn json(file: &str) -> Option<Value> {
    text(file).map(|text| serde_json::from_str(&text).unwrap())
}

fn numbers(text: &str) -> Vec<i32> {
    text.split_whitespace()
        .map(|word| word.parse().unwrap())
        .collect()
}

/// Pairs above which the reference method takes too long in an unoptimised build.
const MANY: usize = 100_000;

/// The value at the two levels, and the pairs that have it.
fn best(instance: &Instance, first: Level) -> (Vec<i128>, Pairs) {
    let options = SolveOptions::new([first, Level::TotalScore]);
    let problem = instance.dense();
    let solution = solve(&problem, &options).unwrap();
    if problem.pairs() < MANY {
        let reference = solve(&problem, &options.method(Method::MinCostFlow)).unwrap();
        assert_eq!(solution.value, reference.value);
    }
    let pairs = pairs_of(&solution.assignment);
    instance.assert_legal(&pairs);
    (solution.value, pairs)
}

/// The number of pairs and the cost of a one-to-one instance of costs.
fn least_cost(mentors: usize, costs: &[Vec<Option<i32>>]) -> (i128, i128) {
    let negated = |row: &Vec<Option<i32>>| row.iter().map(|cost| cost.map(|cost| -cost)).collect();
    let instance = Instance::one_to_one(mentors, costs.iter().map(negated).collect());
    let (value, _) = best(&instance, Level::Pairs);
    (value[0], -value[1])
}

/// `n`, then `n` rows of `n` costs.
fn square(text: &str) -> Vec<Vec<Option<i32>>> {
    let numbers = numbers(text);
    let n = usize::try_from(numbers[0]).unwrap();
    assert_eq!(numbers.len(), n * n + 1);
    numbers[1..]
        .chunks(n)
        .map(|row| row.iter().copied().map(Some).collect())
        .collect()
}

/// `rows columns pairs`, then `row column cost` of each allowed pair.
fn triples(text: &str) -> Vec<Vec<Option<i32>>> {
    let numbers: Vec<_> = numbers(text);
    let size = |at: usize| usize::try_from(numbers[at]).unwrap();
    assert_eq!(numbers.len(), 3 + 3 * size(2));
    let mut costs = vec![vec![None; size(1)]; size(0)];
    for at in (3..numbers.len()).step_by(3) {
        costs[size(at)][size(at + 1)] = Some(numbers[at + 2]);
    }
    costs
}

#[test]
fn or_library_assignment() {
    let Some(expected) = json("orlib_assign/expected.json") else {
        return;
    };
    for (file, expected) in expected.as_object().unwrap() {
        let costs = square(&text(&format!("orlib_assign/{file}")).unwrap());
        let expected = i128::from(expected["min"].as_i64().unwrap());
        assert_eq!(
            least_cost(costs.len(), &costs),
            (costs.len() as i128, expected),
            "{file}"
        );
    }
}

#[test]
fn fixtures_of_other_libraries() {
    check_fixtures(|file| file != EPS && file != LARGEST);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "takes a minute in an unoptimised build")]
fn the_largest_fixture_of_other_libraries() {
    check_fixtures(|file| file == LARGEST);
}

fn check_fixtures(wanted: impl Fn(&str) -> bool) {
    let Some(expected) = json("lap_fixtures/expected.json") else {
        return;
    };
    let fixtures = expected.as_object().unwrap().iter();
    for (file, expected) in fixtures.filter(|(file, _)| wanted(file)) {
        let text = text(&format!("lap_fixtures/{file}")).unwrap();
        let is_square = file.starts_with("lap_dense");
        let costs = if is_square {
            square(&text)
        } else {
            triples(&text)
        };
        let expected = i128::from(expected["min_cost"].as_i64().unwrap());
        assert_eq!(
            least_cost(costs.len(), &costs),
            (costs.len() as i128, expected),
            "{file}"
        );
    }
}

const LARGEST: &str = "lap_dense1000_hard.txt.gz";
const EPS: &str = "lap_cost_eps.csv.gz";

/// The pairs that are best for costs rounded to whole steps of `1 / scale`, and their true cost.
///
/// Rounding moves a cost by at most half a step, so the pairs found cost at most one step a pair
/// more than the best ones.
fn least_rounded_cost(mentors: usize, costs: &[Vec<Option<f64>>], scale: f64) -> (usize, f64) {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the scale is chosen to fit"
    )]
    let score = |cost: f64| {
        let score = (-cost * scale).round();
        assert!(score.abs() <= f64::from(i32::MAX), "{cost} does not fit");
        score as i32
    };
    let rows = costs
        .iter()
        .map(|row| row.iter().map(|cost| cost.map(score)).collect());
    let instance = Instance::one_to_one(mentors, rows.collect());
    let (_, pairs) = best(&instance, Level::Pairs);
    let total = pairs
        .iter()
        .map(|&(row, column)| costs[row][column].unwrap())
        .sum();
    (pairs.len(), total)
}

/// Costs between 0.1 and 2.1 with 18 digits, in steps of 10⁻⁹: 368 pairs are within 3.7·10⁻⁷.
#[test]
fn the_matrix_made_against_careless_epsilons() {
    let Some(expected) = json("lap_fixtures/expected.json") else {
        return;
    };
    let text = text(&format!("lap_fixtures/{EPS}")).unwrap();
    let parse = |word: &str| Some(word.parse::<f64>().unwrap());
    let costs: Vec<Vec<_>> = text
        .lines()
        .map(|line| line.split(',').map(parse).collect())
        .collect();
    let (pairs, total) = least_rounded_cost(368, &costs, 1e9);
    let published = expected[EPS]["published"].as_f64().unwrap();
    assert_eq!(pairs, 368);
    assert!(
        (total - published).abs() <= 368.0 * 1e-9,
        "{total} for {published}"
    );
}

/// In steps of 10⁻⁶, which is exact for all but one case.
#[test]
fn small_cases_of_other_libraries() {
    let Some(cases) = json("lap_fixtures/small_cases.json") else {
        return;
    };
    for case in cases["cases"].as_array().unwrap() {
        let sign = if case["sense"] == "max" { -1.0 } else { 1.0 };
        let rows = case["cost"].as_array().unwrap().iter();
        let row = |row: &Value| {
            row.as_array()
                .unwrap()
                .iter()
                .map(|c| c.as_f64().map(|c| c * sign))
                .collect()
        };
        let costs: Vec<Vec<Option<f64>>> = rows.map(row).collect();
        let (pairs, total) = least_rounded_cost(costs[0].len(), &costs, 1e6);
        let full = costs.len().min(costs[0].len());
        match case["optimal"].as_f64() {
            Some(optimal) => {
                assert_eq!(pairs, full, "{}", case["id"]);
                assert!(
                    (total * sign - optimal).abs()
                        <= 1e-6 * f64::from(u32::try_from(full).unwrap()),
                    "{}",
                    case["id"]
                );
            }
            None => assert_eq!(pairs, full - 1, "{}", case["id"]),
        }
    }
}

/// Students with demands above 1 and conflicts, courses with seats.
fn courses(seats: Option<u32>) -> Option<Instance> {
    let columns = |file: &str| -> Option<Vec<csv::StringRecord>> {
        let text = text(&format!("ariel_courses/{file}"))?;
        Some(
            csv::Reader::from_reader(text.as_bytes())
                .records()
                .map(Result::unwrap)
                .collect(),
        )
    };
    let (students, courses) = (columns("students.csv")?, columns("courses.csv")?);
    let position =
        |list: &[csv::StringRecord], id: &str| list.iter().position(|r| &r[0] == id).unwrap();
    let mut instance = Instance::one_to_one(
        courses.len(),
        vec![vec![None; courses.len()]; students.len()],
    );
    for record in columns("valuations.csv")? {
        let (student, course) = (
            position(&students, &record[0]),
            position(&courses, &record[1]),
        );
        let allowed = &record[3] == "0";
        instance.scores[student][course] = allowed.then(|| record[2].parse().unwrap());
    }
    instance.mentees.max = students
        .iter()
        .map(|record| record[1].parse().unwrap())
        .collect();
    let own = |record: &csv::StringRecord| record[1].parse().unwrap();
    instance.mentors.max = courses
        .iter()
        .map(|record| seats.unwrap_or_else(|| own(record)))
        .collect();
    Some(instance)
}

#[test]
fn ariel_course_bids() {
    let Some(instance) = courses(None) else {
        return;
    };
    assert_eq!(best(&instance, Level::TotalScore).0[0], 22_955);
    assert_eq!(best(&instance, Level::Pairs).0, [125, 22_955]);
    for (seats, total) in [(3, 13_094), (4, 15_511), (5, 17_470)] {
        let scarce = courses(Some(seats)).unwrap();
        assert_eq!(
            best(&scarce, Level::TotalScore).0[0],
            total,
            "{seats} seats each"
        );
    }
}

#[test]
fn naor_course_bids() {
    let Some(data) = json("ariel_courses/naor_4x6.json") else {
        return;
    };
    let bounds = |side: &str| -> Vec<u32> {
        let people = data[side].as_object().unwrap().values();
        people
            .map(|max| u32::try_from(max.as_u64().unwrap()).unwrap())
            .collect()
    };
    let rows = data["valuations"].as_object().unwrap().values();
    let score = |score: &Value| Some(i32::try_from(score.as_i64().unwrap()).unwrap());
    let scores = rows
        .map(|row| row.as_object().unwrap().values().map(score).collect())
        .collect();
    let seats = bounds("item_capacities");
    let mut instance = Instance::one_to_one(seats.len(), scores).with_capacities(seats);
    instance.mentees.max = bounds("agent_capacities");
    assert_eq!(data["expected_max_total"].as_f64(), Some(3_447.0));
    assert_eq!(best(&instance, Level::TotalScore).0[0], 3_447);
}
