//! Ranges as text.

use std::fmt;

use super::{RangeEnd, WeightRange};

impl fmt::Display for WeightRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.criterion)?;
        // Rounded inwards, so that what is said holds.
        let from = Multiple((self.from * 100.0).ceil());
        let to = Multiple((self.to * 100.0).floor());
        match (self.below, self.above) {
            (RangeEnd::Open, RangeEnd::Open) => f.write_str("at any weight"),
            (RangeEnd::Open, _) => write!(f, "up to {to} times its weight"),
            (_, RangeEnd::Open) => write!(f, "from {from} times its weight"),
            _ => write!(f, "from {from} to {to} times its weight"),
        }?;
        let is_unknown = |end| matches!(end, RangeEnd::Undecided(_));
        match is_unknown(self.below) || is_unknown(self.above) {
            true => f.write_str(", perhaps further"),
            false => Ok(()),
        }
    }
}

/// Hundredths, with as many digits as it takes.
struct Multiple(f64);

impl fmt::Display for Multiple {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0 / 100.0)
    }
}
