//! How far weights can move is told in every language.

use super::*;
use crate::engine::RangeEnd;

fn range(below: RangeEnd, above: RangeEnd) -> WeightRange {
    WeightRange {
        criterion: "skill_coverage".into(),
        from: 0.421,
        to: 1.5,
        below,
        above,
        tolerance_ppm: 0,
    }
}

#[test]
fn every_range_is_told_in_every_language() {
    use RangeEnd::{Changes, Open, Undecided};
    let mut said = BTreeSet::new();
    for below in [Open, Changes(0.42), Undecided(0.4)] {
        for above in [Open, Changes(1.51), Undecided(1.6)] {
            let range = range(below, above);
            let texts = in_all(|words| words.weight_range(&range));
            assert_spoken("range", &texts);
            let [english, german] = [0, 1].map(|at| texts[at].as_str());
            let (_, short) = english.split_once(": ").unwrap();
            assert!(range.to_string().ends_with(short), "{english}");
            assert!(!german.contains('.'), "{german}");
            said.extend(texts);
        }
    }
    assert_eq!(said.len(), 2 * 7, "open, one end, both; perhaps further");
}

#[test]
fn a_range_is_rounded_inwards_and_written_as_the_language_does() {
    let range = range(RangeEnd::Changes(0.42), RangeEnd::Undecided(1.6));
    assert_eq!(
        in_all(|words| words.weight_range(&range)),
        [
            "skills wanted and offered: from 0.43 to 1.5 times its weight, perhaps further",
            "gesuchte und angebotene Fähigkeiten: vom 0,43- bis zum 1,5-Fachen des Gewichts, vielleicht darüber hinaus",
        ]
    );
}
