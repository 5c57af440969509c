//! How far weights can move, in German.

use super::German;
use crate::engine::{RangeEnd, WeightRange};
use crate::wording::{Wording, layout};

pub(super) fn weight_range(range: &WeightRange) -> String {
    let [from, to] = layout::ends(&German, range);
    let span = match (range.below, range.above) {
        (RangeEnd::Open, RangeEnd::Open) => "bei jedem Gewicht".to_owned(),
        (RangeEnd::Open, _) => format!("bis zum {to}-Fachen des Gewichts"),
        (_, RangeEnd::Open) => format!("ab dem {from}-Fachen des Gewichts"),
        _ => format!("vom {from}- bis zum {to}-Fachen des Gewichts"),
    };
    let further = match range.is_undecided() {
        true => ", vielleicht darüber hinaus",
        false => "",
    };
    format!("{}: {span}{further}", German.criterion(&range.criterion))
}
