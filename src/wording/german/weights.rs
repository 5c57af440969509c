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
            let ends = ends.map(|at| Some(layout::times(&German, at?)));
            match ends {
                [Some(from), None] => format!(", vielleicht schon ab dem {from}-Fachen"),
                [None, Some(to)] => format!(", vielleicht bis zum {to}-Fachen"),
                [Some(from), Some(to)] => {
                    format!(", vielleicht vom {from}- bis zum {to}-Fachen")
                }
                [None, None] => String::new(),
            }
        }
    };
    format!("{}: {span}{further}", German.criterion(&range.criterion))
}
