//! Texts as vectors.

use mentormatch::{
    Cohort, Context, Criterion, CustomCriterion, MenteeIdx, MentorIdx, Profile, Programme, Role,
    Score, Scorer, Scratch, TextSimilarity, VectorError, VectorProblem,
};
use proptest::prelude::*;

use crate::answer;
use crate::roster::Dice;

fn people(mentees: usize, mentors: usize) -> Cohort {
    let mentors = (0..mentors).map(|at| Profile::new(format!("r{at}")).mentor(1));
    let mentees = (0..mentees).map(|at| Profile::new(format!("e{at}")).mentee());
    Cohort::new(mentors, mentees).unwrap()
}

fn named(role: &str, vectors: &[Vec<f64>]) -> Vec<(String, Vec<f64>)> {
    let named = vectors.iter().enumerate();
    named
        .map(|(at, own)| (format!("{role}{at}"), own.clone()))
        .collect()
}

fn similarity(mentees: &[Vec<f64>], mentors: &[Vec<f64>]) -> Result<TextSimilarity, VectorError> {
    TextSimilarity::from_vectors("texts", 1, named("e", mentees), named("r", mentors))
}

fn cosine(own: &[f64], theirs: &[f64]) -> Option<u32> {
    let similarity = similarity(&[own.to_vec()], &[theirs.to_vec()]).unwrap();
    answer(&people(1, 1), similarity, ("e0", "r0"))
}

#[test]
fn angles_are_measured() {
    assert_eq!(cosine(&[3.0, 4.0], &[3.0, 4.0]), Some(1_000_000));
    assert_eq!(cosine(&[3.0, 4.0], &[4.0, 3.0]), Some(960_000));
    assert_eq!(cosine(&[3.0, 4.0], &[-4.0, 3.0]), Some(0), "a right angle");
    assert_eq!(cosine(&[3.0, 4.0], &[-3.0, -4.0]), Some(0), "an obtuse one");
    assert_eq!(cosine(&[1.0, 0.0], &[1.0, 1.0]), Some(707_107));
    assert_eq!(cosine(&[7.0], &[0.1]), Some(1_000_000));
}

#[test]
fn lengths_do_not_count_however_long_or_short() {
    for scale in [1e300, 1e-300, 5e-324, 0.3] {
        let long = [3.0 * scale, 3.0 * scale];
        assert_eq!(cosine(&long, &[1.0, 0.0]), Some(707_107), "{scale}");
    }
}

#[test]
fn who_has_no_vector_is_missing() {
    let similarity = similarity(&[vec![1.0]], &[vec![1.0], vec![2.0]]).unwrap();
    let cohort = people(2, 1); // nobody has the second mentor's vector
    assert_eq!(
        answer(&cohort, similarity.clone(), ("e0", "r0")),
        Some(1_000_000)
    );
    assert_eq!(answer(&cohort, similarity, ("e1", "r0")), None);
}

#[test]
fn what_has_no_direction_is_refused_by_name() {
    let good = || vec![1.0, 2.0];
    let refused = |bad: Vec<f64>| {
        let error = similarity(&[bad], &[good()]).unwrap_err();
        assert_eq!(
            (error.role, error.participant.as_str()),
            (Role::Mentee, "e0")
        );
        error.problem
    };
    assert_eq!(refused(vec![0.0, -0.0]), VectorProblem::Zero);
    assert_eq!(refused(vec![1.0, f64::NAN]), VectorProblem::NotFinite);
    assert_eq!(
        refused(vec![f64::NEG_INFINITY, 1.0]),
        VectorProblem::NotFinite
    );
    let (found, expected) = (1, 2);
    assert_eq!(
        refused(vec![1.0]),
        VectorProblem::Length { found, expected }
    );
    let twice = [("e", [1.0]), ("e", [2.0])];
    let error = TextSimilarity::from_vectors("texts", 1, twice, []).unwrap_err();
    assert_eq!(error.to_string(), "mentee \"e\": the vector is given twice");
    assert!(similarity(&[], &[vec![]]).is_err());
    assert!(similarity(&[], &[]).is_ok());
}

#[test]
fn a_function_is_asked_once_for_each_person_in_each_role() {
    let cohort = people(2, 2);
    let by_name = TextSimilarity::from_function("names", 1, |role, profile| {
        let mentee = role == Role::Mentee;
        assert_eq!(profile.id.as_str().starts_with('e'), mentee);
        let last = profile.id.as_str().ends_with('1');
        Some(vec![1.0, f64::from(u8::from(last))])
    });
    assert_eq!(
        answer(&cohort, by_name.clone(), ("e0", "r0")),
        Some(1_000_000)
    );
    assert_eq!(
        answer(&cohort, by_name.clone(), ("e0", "r1")),
        Some(707_107)
    );
    assert_eq!(
        format!("{by_name:?}"),
        r#"TextSimilarity { name: "names", version: 1, .. }"#
    );
    let bad = TextSimilarity::from_function("bad", 1, |_, _| Some(vec![]));
    let error = bad.prepare(&Context::new(&cohort)).err().unwrap();
    assert_eq!(error.to_string(), "bad: mentor \"r0\": the vector is zero");
}

#[test]
fn it_is_stored_by_name_and_version() {
    let one = CustomCriterion::from(similarity(&[vec![1.0]], &[]).unwrap());
    let other = TextSimilarity::from_function("texts", 1, |_, _| None);
    assert_eq!(one, CustomCriterion::from(other));
    assert_eq!((one.name(), one.version()), ("texts", 1));
}

/// Random vectors; of `zeros` in ten components so many are zero.
fn vectors(dice: &mut Dice, count: u64, length: u64, zeros: u64) -> Vec<Vec<f64>> {
    let mut vector = || {
        let mut own: Vec<f64> = (0..length)
            .map(|_| match dice.below(10) < zeros {
                true => 0.0,
                false => f64::from(u32::try_from(dice.below(2001)).unwrap()) / 7.0 - 140.0,
            })
            .collect();
        own[0] += 0.5; // no zero vector
        own
    };
    (0..count).map(|_| vector()).collect()
}

fn plainly(own: &[f64], theirs: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    dot(own, theirs) / (dot(own, own) * dot(theirs, theirs)).sqrt()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn rows_and_pairs_are_the_same_and_near_the_plain_formula(
        seed: u64, length in 1_u64..70, zeros in 0_u64..10,
    ) {
        let mut dice = Dice(seed);
        let (mentees, mentors) = (vectors(&mut dice, 4, length, zeros), vectors(&mut dice, 9, length, zeros));
        let cohort = people(4, 9);
        let texts = similarity(&mentees, &mentors).unwrap();
        let programme = Programme::builder().weigh(1, texts).build().unwrap();
        let scorer = Scorer::new(&programme, &cohort).unwrap();
        let mut row = vec![None; 9];
        for mentee in MenteeIdx::all(4) {
            scorer.score_row(mentee, &mut Scratch::default(), &mut row).unwrap();
            for mentor in MentorIdx::all(9) {
                prop_assert_eq!(row[mentor], scorer.score_pair(mentee, mentor).unwrap());
                let at = |id: &str| id[1..].parse::<usize>().unwrap();
                let own = &mentees[at(cohort.mentees()[mentee].profile.id.as_str())];
                let theirs = &mentors[at(cohort.mentors()[mentor].profile.id.as_str())];
                let plain = Score::from_unit(plainly(own, theirs).clamp(0.0, 1.0)).unwrap();
                prop_assert!(row[mentor].unwrap().ppm().abs_diff(plain.ppm()) <= 1);
            }
        }
    }
}
