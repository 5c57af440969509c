//! How far weights can move, in German.

use super::German;
use crate::engine::{Further, RangeEnd, WeightRange};
use crate::wording::{Wording, layout};

pub(super) fn weight_range(range: &WeightRange) -> String {
    let [from, to] = layout::ends(&German, range);
    let span = match (range.below, range.above) {
        (RangeEnd::Open, RangeEnd::Open) => "bei jedem Gewicht".to_owned(),
        (RangeEnd::Open, _) => format!("bis zum {to}-Fachen des Gewichts"),
        (_, RangeEnd::Open) => format!("ab dem {from}-Fachen des Gewichts"),
        _ => format!("vom {from}- bis zum {to}-Fachen des Gewichts"),
    };
    let further = match range.further() {
        Further::Nowhere => String::new(),
        Further::Unknown => ", vielleicht darüber hinaus".to_owned(),
        Further::Within(ends) => {
            let ends = ["vom", "bis zum"].into_iter().zip(ends);
            let ends = ends.filter_map(|(to, at)| {
                Some(format!(" {to} {}-Fachen", layout::times(&German, at?)))
            });
            format!(", vielleicht{}", ends.collect::<String>())
        }
    };
    format!("{}: {span}{further}", German.criterion(&range.criterion))
}
