//! Ranges as text.

use std::fmt;

use super::{RangeEnd, WeightRange};

impl WeightRange {
    /// Both ends in hundredths, rounded inwards, so that what is said holds.
    pub(crate) fn inwards(&self) -> [f64; 2] {
        let [from, to] = [(self.from * 100.0).ceil(), (self.to * 100.0).floor()];
        [from / 100.0, to / 100.0]
    }

    /// Whether the pair may stay beyond an end too.
    pub(crate) fn is_undecided(&self) -> bool {
        let is_unknown = |end| matches!(end, RangeEnd::Undecided(_));
        is_unknown(self.below) || is_unknown(self.above)
    }
}

impl fmt::Display for WeightRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.criterion)?;
        let [from, to] = self.inwards();
        match (self.below, self.above) {
            (RangeEnd::Open, RangeEnd::Open) => f.write_str("at any weight"),
            (RangeEnd::Open, _) => write!(f, "up to {to} times its weight"),
            (_, RangeEnd::Open) => write!(f, "from {from} times its weight"),
            _ => write!(f, "from {from} to {to} times its weight"),
        }?;
        match self.is_undecided() {
            true => f.write_str(", perhaps further"),
            false => Ok(()),
        }
    }
}
