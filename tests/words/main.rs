//! Words: when two are one, what broader and narrower ones are worth, and texts as vectors.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "../roster/mod.rs"]
mod roster;

#[cfg(feature = "serde")]
mod esco;
mod laws;
mod similarity;
mod values;

use mentormatch::{Cohort, CriterionKind, MenteeIdx, MentorIdx, Profile, Programme, Score, Scorer};

/// What a criterion alone says of a pair, in parts per million.
fn answer(cohort: &Cohort, criterion: impl Into<CriterionKind>, pair: (&str, &str)) -> Option<u32> {
    let scorer = scorer(cohort, criterion);
    let mentee = cohort.mentee_idx(pair.0).unwrap();
    let mentor = cohort.mentor_idx(pair.1).unwrap();
    let why = scorer.breakdown(mentee, mentor).unwrap();
    why.parts[0].answer.map(Score::ppm)
}

/// What it says of all pairs, by id.
fn answers(
    cohort: &Cohort,
    criterion: impl Into<CriterionKind>,
) -> Vec<(String, String, Option<Score>)> {
    let scorer = scorer(cohort, criterion);
    let mentors = || MentorIdx::all(cohort.mentors().len());
    let pairs = MenteeIdx::all(cohort.mentees().len())
        .flat_map(|mentee| mentors().map(move |mentor| (mentee, mentor)));
    let mut all: Vec<_> = pairs
        .map(|(mentee, mentor)| {
            let why = scorer.breakdown(mentee, mentor).unwrap();
            let id = |own: &Profile| own.id.to_string();
            let people = (&cohort.mentees()[mentee], &cohort.mentors()[mentor]);
            let (mentee, mentor) = (id(&people.0.profile), id(&people.1.profile));
            (mentee, mentor, why.parts[0].answer)
        })
        .collect();
    all.sort();
    all
}

fn scorer(cohort: &Cohort, criterion: impl Into<CriterionKind>) -> Scorer {
    let programme = Programme::builder().weigh(1, criterion).build().unwrap();
    Scorer::new(&programme, cohort).unwrap()
}
