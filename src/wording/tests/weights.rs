//! How far weights can move is told in every language.

use super::*;
use crate::engine::RangeEnd;
use crate::score::Weight;

fn range(below: RangeEnd, above: RangeEnd) -> WeightRange {
    WeightRange {
        criterion: "skill_coverage".into(),
        from: 0.421,
        to: 1.5,
        from_weight: Weight::ZERO,
        to_weight: Weight::LOW,
        below,
        above,
        tolerance_ppm: 0,
    }
}

#[test]
fn every_range_is_told_in_every_language() {
    use RangeEnd::{Changes, ChangesBy, Open, Undecided};
    let mut said = BTreeSet::new();
    for below in [Open, Changes(0.42), ChangesBy(0.405), Undecided(0.4)] {
        for above in [Open, Changes(1.51), ChangesBy(1.594), Undecided(1.6)] {
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
    // Of an open end, one, both: as it is, perhaps a little further, perhaps further.
    assert_eq!(said.len(), 2 * (1 + 2 * 3 + 5));
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

#[test]
fn a_bracket_is_told_where_it_is_wider_than_the_digits() {
    use RangeEnd::{Changes, ChangesBy};
    let english = |below, above| English.weight_range(&range(below, above));
    let told = "skills wanted and offered: from 0.43 to 1.5 times its weight";
    assert_eq!(english(ChangesBy(0.4205), ChangesBy(1.5099)), told);
    assert_eq!(
        english(ChangesBy(0.411), Changes(1.51)),
        format!("{told}, perhaps from 0.41")
    );
    assert_eq!(
        english(ChangesBy(0.4205), ChangesBy(1.511)),
        format!("{told}, perhaps to 1.52")
    );
    assert_eq!(
        in_all(|words| words.weight_range(&range(ChangesBy(0.4), ChangesBy(1.6)))),
        [
            "skills wanted and offered: from 0.43 to 1.5 times its weight, perhaps from 0.4 to 1.6",
            "gesuchte und angebotene Fähigkeiten: vom 0,43- bis zum 1,5-Fachen des Gewichts, vielleicht vom 0,4- \
             bis zum 1,6-Fachen",
        ]
    );
    let german = |below, above| German.weight_range(&range(below, above));
    let told = "gesuchte und angebotene Fähigkeiten: vom 0,43- bis zum 1,5-Fachen des Gewichts";
    assert_eq!(
        german(ChangesBy(0.411), Changes(1.51)),
        format!("{told}, vielleicht schon ab dem 0,41-Fachen")
    );
    assert_eq!(
        german(ChangesBy(0.4205), ChangesBy(1.511)),
        format!("{told}, vielleicht bis zum 1,52-Fachen")
    );
}
