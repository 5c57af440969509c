//! Whom the two sides wish for.

use std::collections::BTreeMap;

use super::pair_list::PairList;
use super::{BadScore, Context, Criterion, ScoreRow, balanced};
use crate::error::ProgrammeError;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::Cohort;
use crate::score::{Score, ratio};

/// How high the two sides rank each other among their wishes.
///
/// One side's view of a partner is 1 / rank: 1 for the first wish, 1/2 for the second, 1/3 for the
/// third, and 0 for somebody not wished for. It does not depend on how many wishes a person has, so
/// that naming more people costs nothing.
///
/// The score is balance · mentee's view + (1 − balance) · mentor's view. Missing when a side that
/// counts has no wishes at all. Where one side is often silent, use two criteria,
/// [`of_mentees`](Self::of_mentees) and [`of_mentors`](Self::of_mentors), each with a
/// missing-answer policy of its own.
///
/// ```
/// use mentormatch::{Programme, Score, WishRank};
///
/// let programme = Programme::builder().weigh(4, WishRank::of_mentees()).build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct WishRank {
    /// How much the mentee's wishes count; the mentor's count the rest.
    pub balance: Score,
}

impl WishRank {
    /// Both sides' wishes, the mentees' counting `balance`.
    ///
    /// ```
    /// # use mentormatch::{Score, WishRank};
    /// assert_eq!(WishRank::balanced(Score::ONE), WishRank::of_mentees());
    /// ```
    #[must_use]
    pub const fn balanced(balance: Score) -> Self {
        Self { balance }
    }

    /// The mentees' wishes alone.
    #[must_use]
    pub const fn of_mentees() -> Self {
        Self::balanced(Score::ONE)
    }

    /// The mentors' wishes alone.
    ///
    /// ```
    /// # use mentormatch::{Score, WishRank};
    /// assert_eq!(WishRank::of_mentors().balance, Score::ZERO);
    /// ```
    #[must_use]
    pub const fn of_mentors() -> Self {
        Self::balanced(Score::ZERO)
    }
}

impl Criterion for WishRank {
    fn name(&self) -> &str {
        "wish_rank"
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let (mentees, mentors) = (context.cohort.mentees(), context.cohort.mentors());
        let unwished = |wishes: bool| wishes.then_some(Score::ZERO);
        Ok(Box::new(Wishes {
            balance: self.balance,
            views: PairList::new(mentees.len(), views(context.cohort)),
            mentees: mentees
                .iter()
                .map(|m| unwished(!m.profile.wishes.is_empty()))
                .collect(),
            mentors: mentors
                .iter()
                .map(|m| unwished(!m.profile.wishes.is_empty()))
                .collect(),
        }))
    }
}

struct Wishes {
    balance: Score,
    views: PairList<Views>,
    mentees: Vec<Option<Score>>, // indexed by mentee: the view of somebody not wished for
    mentors: Vec<Option<Score>>, // indexed by mentor: likewise
}

/// What the sides of a pair think of each other, where they said so.
#[derive(Clone, Copy, Default)]
struct Views {
    mentee: Option<Score>,
    mentor: Option<Score>,
}

/// Every pair that somebody wishes for; of two wishes for one partner the better counts.
fn views(cohort: &Cohort) -> BTreeMap<(MenteeIdx, MentorIdx), Views> {
    let mut views: BTreeMap<(MenteeIdx, MentorIdx), Views> = BTreeMap::new();
    let mentees = cohort.mentees();
    for (mentee, person) in MenteeIdx::all(mentees.len()).zip(mentees) {
        for wish in &person.profile.wishes {
            if let Some(mentor) = cohort.mentor_idx(wish.partner.as_str()) {
                let view = &mut views.entry((mentee, mentor)).or_default().mentee;
                *view = (*view).max(Some(view_of(wish.rank)));
            }
        }
    }
    let mentors = cohort.mentors();
    for (mentor, person) in MentorIdx::all(mentors.len()).zip(mentors) {
        for wish in &person.profile.wishes {
            if let Some(mentee) = cohort.mentee_idx(wish.partner.as_str()) {
                let view = &mut views.entry((mentee, mentor)).or_default().mentor;
                *view = (*view).max(Some(view_of(wish.rank)));
            }
        }
    }
    views
}

fn view_of(rank: u32) -> Score {
    ratio(1, rank.max(1).into())
}

impl Wishes {
    fn score(&self, views: Views, mentee: MenteeIdx, mentor: MentorIdx) -> Option<Score> {
        let mentees = views.mentee.or(self.mentees[mentee]);
        let mentors = views.mentor.or(self.mentors[mentor]);
        balanced(self.balance, mentees, mentors)
    }
}

impl ScoreRow for Wishes {
    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        let views = self.views.get(mentee, mentor).unwrap_or_default();
        Ok(self.score(views, mentee, mentor))
    }

    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        for (score, &mentors) in row.iter_mut().zip(&self.mentors) {
            *score = balanced(self.balance, self.mentees[mentee], mentors);
        }
        for &(mentor, views) in self.views.row(mentee) {
            row[mentor] = self.score(views, mentee, mentor);
        }
        Ok(())
    }
}
