//! What went wrong in real mentoring programmes and with real rosters, each named after where it
//! was seen.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod legal_input;
mod programmes;
mod refused_input;

use mentormatch::{
    Cohort, CriterionKind, Engine, Mentee, Mentor, Outcome, Profile, Programme, ProgrammeBuilder,
    Role, RuleKind, UnmatchedReason,
};

fn mentors<const N: usize>(ids: [&str; N], capacity: u32) -> Vec<Mentor> {
    ids.map(|id| Profile::new(id).mentor(capacity)).into()
}

fn mentees<const N: usize>(ids: [&str; N]) -> Vec<Mentee> {
    ids.map(|id| Profile::new(id).mentee()).into()
}

/// A pair of a mentee and a mentor.
type Ids = (&'static str, &'static str);

/// A programme that scores the listed pairs so and all others 0.
fn scored<const N: usize>(pairs: [(Ids, f64); N]) -> ProgrammeBuilder {
    Programme::builder().weigh(
        1,
        CriterionKind::pairwise("table", 1, move |mentee, mentor| {
            let ids = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
            let known = pairs.iter().find(|(pair, _)| *pair == ids);
            Some(known.map_or(0.0, |(_, score)| *score))
        }),
    )
}

fn disqualified<const N: usize>(pairs: [Ids; N]) -> RuleKind {
    RuleKind::pairwise("disqualified", 1, move |mentee, mentor| {
        pairs.contains(&(mentee.profile.id.as_str(), mentor.profile.id.as_str()))
    })
}

fn run(programme: ProgrammeBuilder, mentors: Vec<Mentor>, mentees: Vec<Mentee>) -> Outcome {
    run_on(programme, &Cohort::new(mentors, mentees).unwrap())
}

fn run_on(programme: ProgrammeBuilder, cohort: &Cohort) -> Outcome {
    let outcome = Engine::new(programme.build().unwrap()).run(cohort).unwrap();
    assert_eq!((outcome.verify(), outcome.gap()), (Ok(()), None));
    outcome
}

fn pairs(outcome: &Outcome) -> Vec<(&str, &str)> {
    let pairs = outcome.matching().pairs.iter();
    pairs
        .map(|pair| (pair.mentee.as_str(), pair.mentor.as_str()))
        .collect()
}

fn reason<'a>(outcome: &'a Outcome, role: Role, id: &str) -> &'a UnmatchedReason {
    let mut unmatched = outcome.unmatched().iter();
    let found = unmatched.find(|person| (person.role, person.participant.as_str()) == (role, id));
    &found.unwrap().reason
}

/// Everybody likes everybody equally.
fn indifferent() -> ProgrammeBuilder {
    Programme::builder().weigh(1, CriterionKind::pairwise("equal", 1, |_, _| Some(0.5)))
}
