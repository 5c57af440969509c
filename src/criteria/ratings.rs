//! What the two sides think of each other.

use super::of_sides::of_sides;
use super::pair_views::{Opinion, PairViews};
use super::{Context, Criterion, ScoreRow};
use crate::error::ProgrammeError;
use crate::participant::Profile;
use crate::score::{Score, ratio};

/// How the two sides rate each other, from −5 to 5.
///
/// One side's view of a partner is (rating + 5) / 10: 0 for −5, one half for 0, 1 for 5. Somebody
/// whom a person who rates others has not rated is worth one half, like a rating of 0; of two
/// ratings of one partner the better counts.
///
/// The score is balance · mentee's view + (1 − balance) · mentor's view. Missing when a side that
/// counts has rated nobody. A rating never forbids a pair; that is what a veto is for.
///
/// ```
/// use mentormatch::{Programme, Ratings, Score};
///
/// let both = Ratings::balanced(Score::from_unit(0.6)?);
/// let programme = Programme::builder().weigh(3, both).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Ratings {
    /// How much the mentee's ratings count; the mentor's count the rest.
    pub balance: Score,
}

of_sides!(Ratings {}, "ratings");

impl Criterion for Ratings {
    fn name(&self) -> &str {
        "ratings"
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let views = PairViews::new(context.cohort, self.balance, opinion);
        Ok(Box::new(views))
    }
}

fn opinion(own: &Profile) -> Opinion<'_> {
    let ratings = own.ratings.iter();
    Opinion {
        of: ratings
            .map(|own| (&own.partner, view_of(own.value)))
            .collect(),
        others: (!own.ratings.is_empty()).then(|| view_of(0)),
    }
}

fn view_of(rating: i8) -> Score {
    let above_worst = rating.saturating_add(5).max(0).unsigned_abs();
    ratio(above_worst.into(), 10)
}
