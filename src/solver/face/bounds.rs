//! How many places of a person or a group are taken in optimal assignments.

use std::cmp::Ordering;

use super::Optimum;
use crate::solver::level::{Owner, segments};

impl Optimum<'_> {
    /// The fewest and the most.
    pub(super) fn bounds(&self, owner: Owner) -> (u32, u32) {
        let places = owner.places(self.problem);
        if places == 0 {
            return (0, 0);
        }
        // Values never rise, so that mostly the first and the last place tell of all.
        let first = self.sign_of_place(owner, 1);
        if places == 1 || first == self.sign_of_place(owner, places) {
            return of_sign(first, places);
        }
        let (mut low, mut high) = (0, 0);
        for segment in segments(self.problem, self.levels, owner) {
            let (least, most) = of_sign(self.sign(owner, &segment.values), segment.places);
            (low, high) = (low + least, high + most);
        }
        (low, high)
    }

    fn sign_of_place(&self, owner: Owner, place: u32) -> Ordering {
        let levels = self.levels.iter().zip(self.prices);
        let worths = levels.map(|(level, prices)| {
            let (own, above) = prices.of(self.problem, owner);
            level.place_value(self.problem, owner, place) + own - above
        });
        first_sign(worths)
    }

    fn sign(&self, owner: Owner, values: &[i64]) -> Ordering {
        let levels = values.iter().zip(self.prices);
        let worths = levels.map(|(value, prices)| {
            let (own, above) = prices.of(self.problem, owner);
            value + own - above
        });
        first_sign(worths)
    }
}

/// The fewest and the most taken of places that are all worth more than nothing, nothing, or less.
fn of_sign(sign: Ordering, places: u32) -> (u32, u32) {
    match sign {
        Ordering::Greater => (places, places),
        Ordering::Equal => (0, places),
        Ordering::Less => (0, 0),
    }
}

fn first_sign(mut worths: impl Iterator<Item = i64>) -> Ordering {
    let sign = worths.find(|&worth| worth != 0);
    sign.map_or(Ordering::Equal, |worth| worth.cmp(&0))
}
