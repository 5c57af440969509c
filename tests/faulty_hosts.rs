//! Criteria of a host's own that do less, or more, than they promise.
#![allow(clippy::unwrap_used, reason = "a test")]

use mentormatch::{
    BadScore, Cohort, Context, Criterion, CriterionKind, Engine, MenteeIdx, MentorIdx,
    MissingPolicy, Profile, Programme, ProgrammeError, RunError, Score, ScoreError, ScoreRow,
};

fn cohort(people: u64) -> Cohort {
    let mentors = (0..people).map(|id| Profile::new(id).mentor(1));
    let mentees = (people..2 * people).map(|id| Profile::new(id).mentee());
    Cohort::new(mentors, mentees.collect::<Vec<_>>()).unwrap()
}

fn run(own: impl Criterion + 'static, people: u64) -> Result<mentormatch::Outcome, RunError> {
    let own = CriterionKind::custom(own);
    let programme = Programme::builder().weigh_with(1, own, MissingPolicy::Zero);
    Engine::new(programme.build().unwrap()).run(&cohort(people))
}

/// Complains about a mentor who is not there.
#[derive(Debug)]
struct BlamesNobody;

impl Criterion for BlamesNobody {
    fn name(&self) -> &str {
        "blames_nobody"
    }

    fn prepare(&self, _: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        Ok(Box::new(Self))
    }
}

impl ScoreRow for BlamesNobody {
    fn score_pair(&self, _: MenteeIdx, _: MentorIdx) -> Result<Option<Score>, BadScore> {
        let (mentor, problem) = (MentorIdx::new(u32::MAX), ScoreError::NotANumber);
        Err(BadScore { mentor, problem })
    }
}

/// Writes the one mentor of a row that it has an answer for, and leaves the others as they are.
#[derive(Debug)]
struct WritesItsHitsOnly;

impl Criterion for WritesItsHitsOnly {
    fn name(&self) -> &str {
        "writes_its_hits_only"
    }

    fn prepare(&self, _: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        Ok(Box::new(Self))
    }
}

impl ScoreRow for WritesItsHitsOnly {
    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        Ok((mentee.get() == mentor.get()).then_some(Score::ONE))
    }

    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        row[mentee.index()] = Some(Score::ONE);
        Ok(())
    }
}

#[test]
fn a_complaint_about_nobody_is_an_error() {
    let error = run(BlamesNobody, 2).unwrap_err();
    assert!(matches!(error, RunError::Scoring(_)));
    assert!(error.to_string().contains("blames_nobody"));
}

#[test]
#[cfg(feature = "ndarray")]
fn no_answer_of_one_row_is_left_for_the_next() {
    let outcome = run(WritesItsHitsOnly, 40).unwrap();
    let best = outcome
        .scores()
        .unwrap()
        .iter()
        .filter(|&&score| score == 1_000_000)
        .count();
    assert_eq!(best, 40, "one mentor a mentee");
}

#[test]
fn positions_of_nobody_are_an_error() {
    let cohort = cohort(2);
    let own = CriterionKind::custom(WritesItsHitsOnly);
    let programme = Programme::builder().weigh(1, own).build().unwrap();
    let scorer = mentormatch::Scorer::new(&programme, &cohort).unwrap();
    let (there, nobody) = (MenteeIdx::new(0), MenteeIdx::new(9));
    assert!(scorer.breakdown(there, MentorIdx::new(9)).is_err());
    assert!(scorer.breakdown(nobody, MentorIdx::new(0)).is_err());
    assert!(scorer.forbidden_by(nobody, MentorIdx::new(0)).is_err());
}
