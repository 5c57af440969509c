//! How firmly a pair rests on the weights.

use std::fmt;

use mentormatch::{English, NamedPair, WeightRange, Wording};

use super::Summary;

impl Summary<'_> {
    /// How far each weight could move before the pair changes.
    pub(super) fn write_weights(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(((mentee, mentor), ranges)) = self.ranges else {
            return Ok(());
        };
        let (mentee, mentor) = (self.called(mentee), self.called(mentor));
        writeln!(
            f,
            "\nthe poorest pair, {mentee} with {mentor}, stays while one weight alone moves"
        )?;
        let mut ranges = ranges.iter();
        ranges.try_for_each(|own| writeln!(f, "  {}", English.weight_range(own)))
    }
}

/// The pair, and how far each weight can move.
pub(crate) type PairRanges = (NamedPair, Vec<WeightRange>);
