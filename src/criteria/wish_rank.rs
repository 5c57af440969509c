//! Whom the two sides wish for.

use super::of_sides::of_sides;
use super::pair_views::{Opinion, PairViews};
use super::{Context, Criterion, ScoreRow};
use crate::error::{ParameterProblem, ProgrammeError};
use crate::participant::Profile;
use crate::score::{Score, ratio};

/// How high the two sides rank each other among their wishes.
///
/// One side's view of a partner is 1 / rank: 1 for the first wish, 1/2 for the second, 1/3 for the
/// third, and 0 for somebody not wished for. It does not depend on how many wishes a person has, so
/// that naming more people costs nothing. Favourites, which have no order, share a rank: the first,
/// or what [`favourites_as`](Self::favourites_as) says. Of two wishes for one partner the better
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
    /// The rank that favourites share, at least 1; 1 unless stated.
    #[cfg_attr(feature = "serde", serde(default = "first"))]
    pub favourites: u32,
}

/// The rank of favourites unless stated.
#[cfg(feature = "serde")]
const fn first() -> u32 {
    1
}

of_sides!(WishRank { favourites: 1 }, "wishes");

impl WishRank {
    /// The same, with favourites as good as wishes of this rank. Where people rank a few partners
    /// and mark the others they would like, that is the rank after the last they can give.
    ///
    /// ```
    /// # use mentormatch::WishRank;
    /// assert_eq!(WishRank::of_mentees().favourites_as(4).favourites, 4);
    /// ```
    #[must_use]
    pub const fn favourites_as(self, rank: u32) -> Self {
        Self {
            favourites: rank,
            ..self
        }
    }
}

impl Criterion for WishRank {
    fn name(&self) -> &str {
        "wish_rank"
    }

    fn parameter_problems(&self) -> Vec<(&'static str, ParameterProblem)> {
        if self.favourites > 0 {
            return Vec::new();
        }
        let high = u32::MAX.into();
        vec![("favourites", ParameterProblem::OutOfRange { low: 1, high })]
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let favourite = view_of(self.favourites);
        let views = PairViews::new(context.cohort, self.balance, |own| opinion(own, favourite));
        Ok(Box::new(views))
    }
}

fn opinion(own: &Profile, favourite: Score) -> Opinion<'_> {
    let wishes = own.wishes.iter();
    let wishes = wishes.map(|wish| (&wish.partner, view_of(wish.rank)));
    let favourites = own.favourites.iter();
    let favourites = favourites.map(|partner| (partner, favourite));
    let of: Vec<_> = wishes.chain(favourites).collect();
    let others = (!of.is_empty()).then_some(Score::ZERO);
    Opinion { of, others }
}

fn view_of(rank: u32) -> Score {
    ratio(1, rank.max(1).into())
}
