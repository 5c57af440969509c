//! Kernel for what people say of named partners: a score for each of a few pairs, and one for
//! everybody else.

use std::collections::BTreeMap;

use super::pair_list::PairList;
use super::{BadScore, RowException, ScoreRow, balanced, bytes_of};
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};
use crate::participant::{Cohort, Profile};
use crate::score::Score;

/// What one person says of partners.
pub(super) struct Opinion<'a> {
    /// Of partners by name; of two of one partner the better counts.
    pub(super) of: Vec<(&'a ParticipantId, Score)>,
    /// Of everybody else; `None` from somebody who says nothing.
    pub(super) others: Option<Score>,
}

/// Both sides' views of each other, the mentee's counting `balance`.
pub(super) struct PairViews {
    balance: Score,
    views: PairList<Views>,
    mentees: Vec<Option<Score>>, // indexed by mentee: the view of somebody not named
    mentors: Vec<Option<Score>>, // indexed by mentor: likewise
}

/// What the sides of a pair think of each other, where they said so.
#[derive(Clone, Copy, Default)]
struct Views {
    mentee: Option<Score>,
    mentor: Option<Score>,
}

impl PairViews {
    pub(super) fn new(
        cohort: &Cohort,
        balance: Score,
        opinion: impl Fn(&Profile) -> Opinion<'_>,
    ) -> Self {
        let mut views: BTreeMap<(MenteeIdx, MentorIdx), Views> = BTreeMap::new();
        let (mut mentees, mut mentors) = (Vec::new(), Vec::new());
        for (mentee, person) in MenteeIdx::all(cohort.mentees().len()).zip(cohort.mentees()) {
            let Opinion { of, others } = opinion(&person.profile);
            mentees.push(others);
            for (partner, score) in of {
                if let Some(mentor) = cohort.mentor_idx(partner.as_str()) {
                    let view = &mut views.entry((mentee, mentor)).or_default().mentee;
                    *view = (*view).max(Some(score));
                }
            }
        }
        for (mentor, person) in MentorIdx::all(cohort.mentors().len()).zip(cohort.mentors()) {
            let Opinion { of, others } = opinion(&person.profile);
            mentors.push(others);
            for (partner, score) in of {
                if let Some(mentee) = cohort.mentee_idx(partner.as_str()) {
                    let view = &mut views.entry((mentee, mentor)).or_default().mentor;
                    *view = (*view).max(Some(score));
                }
            }
        }
        let views = PairList::new(mentees.len(), views);
        Self {
            balance,
            views,
            mentees,
            mentors,
        }
    }

    fn score(&self, views: Views, mentee: MenteeIdx, mentor: MentorIdx) -> Option<Score> {
        let mentees = views.mentee.or(self.mentees[mentee]);
        let mentors = views.mentor.or(self.mentors[mentor]);
        balanced(self.balance, mentees, mentors)
    }
}

impl ScoreRow for PairViews {
    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        let views = self.views.get(mentee, mentor).unwrap_or_default();
        Ok(self.score(views, mentee, mentor))
    }

    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        self.class_row(mentee, row)?;
        for &(mentor, views) in self.views.row(mentee) {
            row[mentor] = self.score(views, mentee, mentor);
        }
        Ok(())
    }

    /// Those who name nobody share a row, and so do all others, but for those whom they name.
    fn row_class(&self, mentee: MenteeIdx) -> Option<u32> {
        Some(self.mentees[mentee].map_or(0, |others| others.ppm() + 1))
    }

    fn class_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        for (score, &mentors) in row.iter_mut().zip(&self.mentors) {
            *score = balanced(self.balance, self.mentees[mentee], mentors);
        }
        Ok(())
    }

    fn bytes(&self) -> u64 {
        self.views.bytes() + bytes_of(&self.mentees) + bytes_of(&self.mentors)
    }

    /// Who names somebody has a view of everybody, so an exception is missing in neither row.
    fn exceptions(&self, mentee: MenteeIdx, found: &mut Vec<RowException>) {
        for &(mentor, views) in self.views.row(mentee) {
            let usual = self.score(Views::default(), mentee, mentor);
            let scores = usual.zip(self.score(views, mentee, mentor));
            found.extend(scores.map(|(usual, score)| RowException {
                mentor,
                usual,
                score,
            }));
        }
    }
}
