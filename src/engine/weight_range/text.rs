//! Ranges as text.

use std::fmt;

use super::{RangeEnd, WeightRange};

/// Ends are told in hundredths: a bracket that is no wider says nothing more.
const WIDE: f64 = 0.015;

/// How far a pair may stay beyond the ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Further {
    /// Nowhere further than told.
    Nowhere,
    /// At most from one weight, or up to another, or both.
    Within([Option<f64>; 2]),
    /// It is not known how far.
    Unknown,
}

impl WeightRange {
    /// Both ends in hundredths, rounded inwards, so that what is said holds.
    pub(crate) fn inwards(&self) -> [f64; 2] {
        let [from, to] = [(self.from * 100.0).ceil(), (self.to * 100.0).floor()];
        [from / 100.0, to / 100.0]
    }

    /// How far the pair may stay beyond, in hundredths, rounded outwards.
    pub(crate) fn further(&self) -> Further {
        let is_unknown = |end| matches!(end, RangeEnd::Undecided(_));
        if is_unknown(self.below) || is_unknown(self.above) {
            return Further::Unknown;
        }
        let [from, to] = self.inwards();
        let below = match self.below {
            RangeEnd::ChangesBy(at) => Some((at * 100.0).floor() / 100.0),
            _ => None,
        };
        let above = match self.above {
            RangeEnd::ChangesBy(at) => Some((at * 100.0).ceil() / 100.0),
            _ => None,
        };
        match [
            below.filter(|at| from - at > WIDE),
            above.filter(|at| at - to > WIDE),
        ] {
            [None, None] => Further::Nowhere,
            ends => Further::Within(ends),
        }
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
        match self.further() {
            Further::Nowhere => Ok(()),
            Further::Unknown => f.write_str(", perhaps further"),
            Further::Within(ends) => {
                f.write_str(", perhaps")?;
                let [from, to] = ends;
                from.map_or(Ok(()), |from| write!(f, " from {from}"))?;
                to.map_or(Ok(()), |to| write!(f, " to {to}"))
            }
        }
    }
}
