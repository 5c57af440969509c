//! The values of one list of places: what is refused, and which place is worth what.

use super::Step;
use crate::solver::error::ProblemError;

/// Refuses a list of the values of somebody's places, naming the first place that is wrong.
pub(super) fn check(index: usize, list: &[i64]) -> Result<(), ProblemError> {
    let is_large = |value: &i64| value.unsigned_abs() > 1 << 31;
    if let Some(at) = list.iter().position(is_large) {
        let (place, value) = (at + 1, list[at]);
        return Err(ProblemError::PlaceValueRange {
            index,
            place,
            value,
        });
    }
    match list.windows(2).position(|pair| pair[0] < pair[1]) {
        None => Ok(()),
        Some(at) => Err(ProblemError::RisingPlaces {
            index,
            place: at + 2,
            value: list[at + 1],
            before: list[at],
        }),
    }
}

/// The value of a place, counted from 1; 0 beyond all steps.
pub(super) fn value_of(steps: &[Step], place: u32) -> i64 {
    let mut before = 0u64;
    for step in steps {
        before += u64::from(step.places);
        if u64::from(place) <= before {
            return step.value;
        }
    }
    0
}
