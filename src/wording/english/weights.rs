//! How far weights can move, in English.

use crate::engine::{Further, RangeEnd, WeightRange};
use crate::wording::{Wording, layout};

pub(in crate::wording) fn weight_range<W: Wording + ?Sized>(
    words: &W,
    range: &WeightRange,
) -> String {
    let [from, to] = layout::ends(words, range);
    let span = match (range.below, range.above) {
        (RangeEnd::Open, RangeEnd::Open) => "at any weight".to_owned(),
        (RangeEnd::Open, _) => format!("up to {to} times its weight"),
        (_, RangeEnd::Open) => format!("from {from} times its weight"),
        _ => format!("from {from} to {to} times its weight"),
    };
    let further = match range.further() {
        Further::Nowhere => String::new(),
        Further::Unknown => ", perhaps further".to_owned(),
        Further::Within(ends) => {
            let ends = ["from", "to"].into_iter().zip(ends);
            let ends =
                ends.filter_map(|(to, at)| Some(format!(" {to} {}", layout::times(words, at?))));
            format!(", perhaps{}", ends.collect::<String>())
        }
    };
    format!("{}: {span}{further}", words.criterion(&range.criterion))
}
