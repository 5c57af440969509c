//! Whom the two sides wish for.

use super::pair_views::{Opinion, PairViews};
use super::{Context, Criterion, ScoreRow};
use crate::error::ProgrammeError;
use crate::participant::Profile;
use crate::score::{Score, ratio};

/// How high the two sides rank each other among their wishes.
///
/// One side's view of a partner is 1 / rank: 1 for the first wish, 1/2 for the second, 1/3 for the
/// third, and 0 for somebody not wished for. It does not depend on how many wishes a person has, so
/// that naming more people costs nothing. Favourites, which have no order, share the rank after the
/// last ranked wish, and the first where there is none; of two wishes for one partner the better
/// counts.
///
/// The score is balance · mentee's view + (1 − balance) · mentor's view. Missing when a side that
/// counts has neither wishes nor favourites. Where one side is often silent, use two criteria,
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
        let views = PairViews::new(context.cohort, self.balance, opinion);
        Ok(Box::new(views))
    }
}

fn opinion(own: &Profile) -> Opinion<'_> {
    let last = own.wishes.iter().map(|wish| wish.rank).max().unwrap_or(0);
    let wishes = own.wishes.iter();
    let wishes = wishes.map(|wish| (&wish.partner, view_of(wish.rank)));
    let favourites = own.favourites.iter();
    let favourites = favourites.map(|partner| (partner, view_of(last.saturating_add(1))));
    let of: Vec<_> = wishes.chain(favourites).collect();
    let others = (!of.is_empty()).then_some(Score::ZERO);
    Opinion { of, others }
}

fn view_of(rank: u32) -> Score {
    ratio(1, rank.max(1).into())
}
