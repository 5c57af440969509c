//! A node's places at all levels at once.

use super::{Level, Owner, Step};
use crate::solver::problem::Problem;

/// Consecutive places of one node that are worth the same at every level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::solver) struct Segment {
    pub(in crate::solver) places: u32,
    /// Indexed by level.
    pub(in crate::solver) values: Vec<i64>,
}

/// A node's places, cut where a value changes at any level.
pub(in crate::solver) fn segments(
    problem: &Problem<'_>,
    levels: &[Level],
    owner: Owner,
) -> Vec<Segment> {
    let mut found = Vec::new();
    for_each_segment(problem, levels, owner, |places, values| {
        let values = values.to_vec();
        found.push(Segment { places, values });
    });
    found
}

/// Visits them: how many places, and what one is worth by level. One walk along all levels' steps at once.
pub(in crate::solver) fn for_each_segment(
    problem: &Problem<'_>,
    levels: &[Level],
    owner: Owner,
    mut visit: impl FnMut(u32, &[i64]),
) {
    let steps: Vec<_> = levels
        .iter()
        .map(|level| level.steps(problem, owner))
        .collect();
    let mut walks: Vec<_> = steps.iter().map(|steps| Walk::along(steps)).collect();
    let mut values = Vec::with_capacity(levels.len());
    let mut left = owner.places(problem);
    while left > 0 {
        let nearest = walks.iter().map(|walk| walk.places).min();
        let places = nearest.unwrap_or(left).min(left);
        values.clear();
        values.extend(walks.iter().map(|walk| walk.value));
        visit(places, &values);
        left -= places;
        walks.iter_mut().for_each(|walk| walk.pass(places));
    }
}

/// The step of one level that the next place is on.
struct Walk<'a> {
    /// How many places of it are left; at least one.
    places: u32,
    value: i64,
    rest: std::slice::Iter<'a, Step>,
}

impl<'a> Walk<'a> {
    fn along(steps: &'a [Step]) -> Self {
        let mut walk = Self {
            places: 0,
            value: 0,
            rest: steps.iter(),
        };
        walk.pass(0);
        walk
    }

    /// Leaves so many places of this step behind. Beyond the last step, places are worth nothing.
    fn pass(&mut self, places: u32) {
        self.places -= places;
        while self.places == 0 {
            let beyond = Step {
                places: u32::MAX,
                value: 0,
            };
            let next = self.rest.next().copied().unwrap_or(beyond);
            (self.places, self.value) = (next.places, next.value);
        }
    }
}
