//! One mentee against all mentors.

use super::gates::Refusing;
use super::kernel::{Answers, Failure, Sums};
use super::masks::count;
use super::{Kernels, Scorer, ScoringError};
use crate::ids::MenteeIdx;
use crate::score::Score;

/// Buffers of [`Scorer::score_row`], to be used again for the next row, of any scorer.
#[derive(Default)]
pub struct Scratch {
    answers: Answers,             // of one criterion
    pub(super) narrow: Sums<u32>, // one of the two is used
    pub(super) wide: Sums<u64>,
    views: Vec<Vec<Score>>,          // by view, indexed by mentor
    bits: Vec<u32>,                  // of the scores that are allowed, indexed by mentor
    pub(super) costs: Vec<u32>, // ppm so far, indexed by mentor; empty where no rule has a cost
    verdicts: Vec<bool>,        // of one rule, indexed by mentor
    pub(super) forbidden: Vec<bool>, // by any rule so far, indexed by mentor
    removed: Vec<u32>,          // how many mentors, indexed by refusal
}

impl Scratch {
    /// How many mentors each of [`Scorer::refusals`] forbade to the mentee of the last row. A pair
    /// that several forbid counts for each of them.
    #[must_use]
    pub fn removed(&self) -> &[u32] {
        &self.removed
    }

    fn reset(&mut self, scorer: &Scorer) {
        let mentors = scorer.cohort.mentors().len();
        let costs = if scorer.preferences.is_empty() {
            0
        } else {
            mentors
        };
        self.answers.row.resize(mentors, None); // cleared for every criterion
        self.verdicts.resize(mentors, false); // cleared for every rule
        self.bits.resize(mentors, 0); // overwritten
        self.views.resize_with(scorer.views.sides.len(), Vec::new);
        for view in &mut self.views {
            view.resize(mentors, Score::ZERO); // overwritten
        }
        refill(&mut self.costs, costs, 0);
        refill(&mut self.forbidden, mentors, false);
        refill(&mut self.removed, scorer.refusals.len(), 0);
    }

    /// What the last rule or criterion forbids.
    fn forbid(&mut self, refusal: usize) {
        for (forbidden, &verdict) in self.forbidden.iter_mut().zip(&self.verdicts) {
            *forbidden |= verdict;
        }
        self.removed[refusal] += count(&self.verdicts);
    }
}

fn refill<T: Clone>(buffer: &mut Vec<T>, len: usize, value: T) {
    buffer.clear();
    buffer.resize(len, value);
}

impl Scorer {
    /// Scores one mentee against every mentor; `None` where the pair is forbidden.
    ///
    /// `row` has one entry a mentor. Rows of different mentees can be scored by different threads,
    /// each with a scratch of its own.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    ///
    /// # Complexity
    /// A few additions a mentor for all criteria whose rows many mentees share, and one pass for each
    /// of the others.
    pub fn score_row(
        &self,
        mentee: MenteeIdx,
        scratch: &mut Scratch,
        row: &mut [Option<Score>],
    ) -> Result<(), ScoringError> {
        self.look_at(mentee, scratch)?;
        self.finish(mentee, scratch, row)
    }

    /// The same from each side: what the mentee and what each mentor makes of their pair, less what it
    /// costs; `None` where the pair is forbidden.
    pub(crate) fn score_sides(
        &self,
        mentee: MenteeIdx,
        scratch: &mut Scratch,
        [mentees, mentors]: [&mut [Option<Score>]; 2],
    ) -> Result<(), ScoringError> {
        self.look_at(mentee, scratch)?;
        for (entry, &view) in mentees.iter_mut().zip(&scratch.views[0]) {
            *entry = Some(view);
        }
        self.finish(mentee, scratch, mentors)?;
        let Some(mentors_view) = scratch.views.get(1) else {
            mentees.copy_from_slice(mentors); // one view, which is the score
            return Ok(());
        };
        for (at, (mentee, mentor)) in mentees.iter_mut().zip(mentors).enumerate() {
            let cost = scratch.costs.get(at).copied().unwrap_or(0);
            *mentee = mentee
                .filter(|_| mentor.is_some())
                .map(|view| view.less(cost));
            *mentor = mentor.map(|_| mentors_view[at].less(cost));
        }
        Ok(())
    }

    /// All there is to know about a mentee's pairs, before views become scores.
    pub(super) fn look_at(
        &self,
        mentee: MenteeIdx,
        scratch: &mut Scratch,
    ) -> Result<(), ScoringError> {
        self.check_there(mentee, None)?;
        scratch.reset(self);
        self.judge(mentee, scratch);
        self.weigh(mentee, scratch)
            .and_then(|()| self.refuse_answers(mentee, scratch))
            .map_err(|(at, bad)| self.error(&self.criteria[at], mentee, bad))
    }

    /// The rules that need no score.
    fn judge(&self, mentee: MenteeIdx, scratch: &mut Scratch) {
        for (at, gate) in self.gates.iter().enumerate() {
            let Some(rule) = gate.rule() else { continue };
            if let Some(count) = rule.mark_listed(mentee, &mut scratch.forbidden) {
                scratch.removed[at] += count;
            } else if let Some((forbidden, count)) = rule.shared_row(mentee) {
                for (so_far, &verdict) in scratch.forbidden.iter_mut().zip(forbidden) {
                    *so_far |= verdict;
                }
                scratch.removed[at] += count;
            } else {
                rule.judge(mentee, &mut scratch.verdicts);
                scratch.forbid(at);
            }
        }
        for preference in &self.preferences {
            preference.rule.judge(mentee, &mut scratch.verdicts);
            for (cost, &verdict) in scratch.costs.iter_mut().zip(&scratch.verdicts) {
                let more = if verdict { preference.cost.ppm() } else { 0 };
                *cost = cost.saturating_add(more);
            }
        }
    }

    fn weigh(&self, mentee: MenteeIdx, scratch: &mut Scratch) -> Result<(), Failure> {
        let (criteria, views) = (&self.criteria, &self.views);
        let (answers, rows) = (&mut scratch.answers, &mut scratch.views);
        match &self.kernels {
            Kernels::Narrow(kernel) => kernel.score(
                criteria,
                views,
                mentee,
                (&mut scratch.narrow, answers),
                rows,
            ),
            Kernels::Wide(kernel) => {
                kernel.score(criteria, views, mentee, (&mut scratch.wide, answers), rows)
            }
        }
    }

    /// The criteria that forbid what they have no answer to, or score 0.
    fn refuse_answers(&self, mentee: MenteeIdx, scratch: &mut Scratch) -> Result<(), Failure> {
        for refusing in &self.refusing {
            let Refusing {
                criterion,
                refusal,
                what,
                ..
            } = *refusing;
            let rows = &*self.criteria[criterion].rows;
            if let Some((forbidden, _)) = refusing.shared_row(mentee) {
                scratch.verdicts.copy_from_slice(forbidden);
                let exceptions = &mut scratch.answers.exceptions;
                exceptions.clear();
                rows.exceptions(mentee, exceptions);
                for exception in exceptions {
                    scratch.verdicts[exception.mentor] = what.is(Some(exception.score));
                }
            } else {
                let answers = &mut scratch.answers.row;
                answers.fill(None);
                rows.score_row(mentee, answers)
                    .map_err(|bad| (criterion, bad))?;
                for (verdict, &answer) in scratch.verdicts.iter_mut().zip(&*answers) {
                    *verdict = what.is(answer);
                }
            }
            scratch.forbid(refusal);
        }
        Ok(())
    }

    /// From views to scores, and what costs, floors and overrides make of them.
    fn finish(
        &self,
        mentee: MenteeIdx,
        scratch: &mut Scratch,
        row: &mut [Option<Score>],
    ) -> Result<(), ScoringError> {
        if let [mentees, mentors] = &mut scratch.views[..] {
            for (mentee, &mentor) in mentees.iter_mut().zip(&*mentors) {
                *mentee = self.views.balanced(&[*mentee, mentor]);
            }
        }
        let Some(scores) = scratch.views.first_mut() else {
            return Ok(());
        };
        for (score, &cost) in scores.iter_mut().zip(&scratch.costs) {
            *score = score.less(cost);
        }
        for (at, gate) in self.gates.iter().enumerate() {
            let Some(floor) = gate.floor() else { continue };
            scratch.removed[at] += floor.mark(mentee, scores, &mut scratch.forbidden);
        }
        for (pair, lifted) in self.standing.of(mentee) {
            let (answers, score) = (self.answers(mentee, pair.1)?, scores[pair.1]);
            let refused = self.refused(pair, score, &answers);
            let is_lifted = |at: &usize| lifted.contains(at);
            for &at in refused.iter().filter(|at| is_lifted(at)) {
                scratch.removed[at] -= 1;
            }
            scratch.forbidden[pair.1] = !refused.iter().all(is_lifted);
        }
        // Two loops: in one, the compiler would branch on each verdict, and guess wrong often.
        let judged = scores.iter().zip(&scratch.forbidden);
        for (bits, (score, &forbidden)) in scratch.bits.iter_mut().zip(judged) {
            *bits = score.bits_unless(forbidden);
        }
        for (entry, &bits) in row.iter_mut().zip(&scratch.bits) {
            *entry = Score::of_bits(bits);
        }
        Ok(())
    }
}
