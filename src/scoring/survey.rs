//! One mentee's row from inside: what each rule says of every pair, and what each criterion answers.
//!
//! For questions about the programme itself. A matching wants the finished row
//! ([`Scorer::score_row`]), which is what is left of this one, at a fraction of its cost.

use super::gates::Gate;
use super::{Scorer, ScoringError};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::score::Score;

/// Buffers of [`Scorer::survey_row`], and its answer.
#[derive(Default)]
pub(crate) struct Survey {
    /// By [`Scorer::refusals`], then by mentor: whether it forbids the pair.
    pub(crate) verdicts: Vec<Vec<bool>>,
    /// By preferred rule, in the programme's order, then by mentor: whether the pair is against it.
    pub(crate) against: Vec<Vec<bool>>,
    /// By criterion of the programme, then by mentor; no answers where they were not asked for.
    pub(crate) answers: Vec<Vec<Option<Score>>>,
}

impl Survey {
    fn reset(&mut self, scorer: &Scorer) {
        let mentors = scorer.cohort.mentors().len();
        self.verdicts.resize_with(scorer.refusals.len(), Vec::new);
        self.against.resize_with(scorer.preferences.len(), Vec::new);
        self.answers.resize_with(scorer.criteria.len(), Vec::new);
        for verdicts in self.verdicts.iter_mut().chain(&mut self.against) {
            verdicts.clear();
            verdicts.resize(mentors, false);
        }
        for answers in &mut self.answers {
            answers.clear();
            answers.resize(mentors, None);
        }
    }
}

impl Scorer {
    /// Asks every rule, and every criterion if it `asks` them, about one mentee and every mentor.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    pub(crate) fn survey_row(
        &self,
        mentee: MenteeIdx,
        asks: bool,
        survey: &mut Survey,
    ) -> Result<(), ScoringError> {
        self.check_there(mentee, None)?;
        survey.reset(self);
        let Survey {
            verdicts,
            against,
            answers,
        } = survey;
        for (preference, verdicts) in self.preferences.iter().zip(against) {
            preference.rule.judge(mentee, verdicts);
        }
        for (at, (criterion, answers)) in self.criteria.iter().zip(&mut *answers).enumerate() {
            if !asks && !self.rules_read(at) {
                continue;
            }
            let scored = criterion.rows.score_row(mentee, answers);
            scored.map_err(|bad| self.error(criterion, mentee, bad))?;
        }
        for refusing in &self.refusing {
            let answers = answers[refusing.criterion].iter();
            let refused = answers.map(|&answer| refusing.what.is(answer));
            verdicts[refusing.refusal]
                .iter_mut()
                .zip(refused)
                .for_each(set);
        }
        let mut scores = None; // needed by floors only
        for (gate, verdicts) in self.gates.iter().zip(verdicts) {
            match gate {
                Gate::Rule(rule) => rule.judge(mentee, verdicts),
                Gate::Floor(floor) => {
                    let scores = scores.get_or_insert_with(|| self.scores_of(mentee, answers));
                    floor.mark(mentee, scores, verdicts);
                }
            }
        }
        Ok(())
    }

    /// Whether what forbids pairs depends on a criterion's answers.
    fn rules_read(&self, criterion: usize) -> bool {
        let has_floor = self.gates.iter().any(|gate| gate.floor().is_some());
        has_floor || self.refusing.iter().any(|own| own.criterion == criterion)
    }

    /// The match scores that follow from these answers, as though nothing forbade a pair.
    fn scores_of(&self, mentee: MenteeIdx, answers: &[Vec<Option<Score>>]) -> Vec<Score> {
        let mentors = MentorIdx::all(self.cohort.mentors().len());
        mentors
            .map(|mentor| {
                let own: Vec<_> = answers.iter().map(|row| row[mentor]).collect();
                self.match_score(&own, mentee, mentor)
            })
            .collect()
    }
}

fn set((verdict, value): (&mut bool, bool)) {
    *verdict = value;
}
