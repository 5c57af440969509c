//! Parts of a problem that have nobody in common: sites, say, whose people meet in person only.
//!
//! # Idea
//! What is best for one part does not depend on any other, so each is a problem of its own, whose searches are short
//! and whose rows are near in memory, and all of them can be solved at once. Their assignments and prices side by side
//! are those of the whole: no pair has its mentee in one part and its mentor in another.
//!
//! Most programmes are one piece and a few people beside it, which is seen at the first and last mentor of each mentee.
//!
//! # Invariant
//! The parts are the same for any number of threads.
//!
//! # Measured
//! 100 sites of 1,000 × 250 people with 10 or 20 pairs a mentee, exactly as many places as mentees, two threads: 195 ms
//! whole, 130 one after the other, 105 at once; with spare places 62, 37 and 36 (by hand; the first in
//! `cargo bench --bench ratios -- accelerators`).
//!
//! # Complexity
//! About O(pairs), and a copy of them.
//!
//! # References
//! R. E. Tarjan, "Efficiency of a good but not linear set union algorithm", 1975.

use super::assignment::Assignment;
use super::control::Watch;
use super::problem::{Problem, Row, RowBuffer};
use super::start::Start;
use super::walk::position;

/// Parts have a share of the pairs that is no smaller: what one takes beside its pairs is then little.
const MOST_PARTS: usize = 1 << 8;

/// The people of each part.
pub(super) struct Parts {
    pub(super) parts: Vec<People>,
    /// By mentor: where she stands in her part.
    place: Vec<u32>,
}

/// Mentees and mentors, ascending.
#[derive(Default)]
pub(super) struct People {
    pub(super) mentees: Vec<u32>,
    pub(super) mentors: Vec<u32>,
}

impl Parts {
    /// The parts of a problem whose pairs are listed, each of so many pairs at least; `None` if most mentees are in one.
    /// Any parts, or none, if cancelled.
    pub(super) fn of(problem: &Problem<'_>, pairs_of_part: usize, watch: &Watch) -> Option<Self> {
        if !problem.is_sparse() || problem.pairs() < 2 * pairs_of_part {
            return None;
        }
        let mut sets = Sets::new(problem.mentors());
        let mut first = vec![None; problem.mentees()];
        let mut lengths = vec![0; problem.mentees()];
        let mut buffer = RowBuffer::default();
        for mentee in watch.until_cancelled(0..problem.mentees()) {
            if let Some(Row::Sparse { mentors, .. }) = problem.row(mentee, &mut buffer)
                && let [one, .., last] | [one @ last] = *mentors
            {
                (first[mentee], lengths[mentee]) = (Some(one), mentors.len());
                sets.unite(one, last);
            }
        }
        if watch.is_cancelled() || sets.are_mostly_one(&first, watch) {
            return None;
        }
        for mentee in watch.until_cancelled(0..problem.mentees()) {
            if let Some(first) = first[mentee] {
                problem.for_each_allowed(mentee, &mut buffer, |mentor, _| {
                    sets.unite(first, mentor);
                });
            }
        }
        let are_left_together = watch.is_cancelled() || sets.are_mostly_one(&first, watch);
        (!are_left_together).then(|| {
            let least = pairs_of_part.max(problem.pairs() / MOST_PARTS);
            Self::gather(&mut sets, &first, &lengths, least, watch)
        })
    }

    /// Puts one set after another into a part, until it has enough pairs. Whoever has no pair is in the first.
    fn gather(
        sets: &mut Sets,
        first: &[Option<u32>],
        lengths: &[usize],
        least: usize,
        watch: &Watch,
    ) -> Self {
        let mut pairs = vec![0; sets.above.len()];
        for (&first, &length) in watch.until_cancelled(first.iter().zip(lengths)) {
            if let Some(first) = first {
                pairs[sets.root(first) as usize] += length;
            }
        }
        let (mut parts, mut filled) = (vec![People::default()], 0);
        let mut part_of = vec![0; pairs.len()];
        let roots = watch.until_cancelled(0..pairs.len());
        for root in roots.filter(|&root| pairs[root] > 0) {
            if filled >= least {
                parts.push(People::default());
                filled = 0;
            }
            part_of[root] = parts.len() - 1;
            filled += pairs[root];
        }
        for (mentee, &first) in watch.until_cancelled((0..).zip(first)) {
            let part = first.map_or(0, |first| part_of[sets.root(first) as usize]);
            parts[part].mentees.push(mentee);
        }
        let place = watch.until_cancelled(0..position(pairs.len()));
        let place = place.map(|mentor| {
            let mentors = &mut parts[part_of[sets.root(mentor) as usize]].mentors;
            mentors.push(mentor);
            position(mentors.len() - 1)
        });
        let place = place.collect();
        Self { parts, place }
    }

    /// What a start with these pairs tells of a part.
    pub(super) fn start(&self, start: &Start, paired: &Assignment, part: &People) -> Start {
        start.among(paired, (&part.mentees, &part.mentors), &self.place)
    }

    /// What all parts take beside the problem, in bytes.
    pub(super) fn bytes(&self, problem: &Problem<'_>) -> u64 {
        let people = 4 * (self.place.len() + problem.mentees()) + 8 * problem.mentees();
        (size_of::<(u32, i32)>() * problem.pairs() + people) as u64
    }

    /// A part as a problem of its own.
    pub(super) fn problem(&self, problem: &Problem<'_>, part: &People) -> Problem<'static> {
        problem.among(&part.mentees, &part.mentors, &self.place)
    }
}

/// Disjoint sets of mentors.
struct Sets {
    /// A mentor of the same set who comes no later; herself at the root.
    above: Vec<u32>,
}

impl Sets {
    fn new(mentors: usize) -> Self {
        let above = (0..position(mentors)).collect();
        Self { above }
    }

    /// The first of a set.
    fn root(&mut self, mut mentor: u32) -> u32 {
        loop {
            let above = self.above[mentor as usize];
            if above == mentor {
                return mentor;
            }
            // Half the way is cut off for whoever comes after.
            self.above[mentor as usize] = self.above[above as usize];
            mentor = above;
        }
    }

    fn unite(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        self.above[one.max(other) as usize] = one.min(other);
    }

    /// Whether more than half of the mentees have their first mentor in one set.
    fn are_mostly_one(&mut self, first: &[Option<u32>], watch: &Watch) -> bool {
        let mut mentees = vec![0; self.above.len()];
        for &first in watch.until_cancelled(first.iter().flatten()) {
            mentees[self.root(first) as usize] += 1;
        }
        mentees
            .into_iter()
            .max()
            .is_none_or(|most: usize| 2 * most > first.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three sites: mentees 0, 2 and 4 with mentors 0 and 3, 1 and 5 with 1, 3 with 2. Mentee 6 and mentor 4 have nobody.
    fn three_sites() -> Problem<'static> {
        let mentors = &[0, 1, 0, 3, 2, 3, 1];
        Problem::sparse(
            5,
            &[0, 1, 2, 4, 5, 6, 7, 7],
            mentors,
            &[7, 6, 5, 4, 3, 2, 1],
        )
        .unwrap()
    }

    fn people(parts: &Parts) -> Vec<(Vec<u32>, Vec<u32>)> {
        let parts = parts.parts.iter();
        parts
            .map(|part| (part.mentees.clone(), part.mentors.clone()))
            .collect()
    }

    #[test]
    fn a_part_has_everybody_whom_its_people_can_be_paired_with() {
        let problem = three_sites().with_capacities(vec![1, 2, 3, 4, 5]).unwrap();
        let parts = Parts::of(&problem, 1, &Watch::default()).unwrap();
        let expected = [
            (vec![0, 2, 4, 6], vec![0, 3, 4]),
            (vec![1, 5], vec![1]),
            (vec![3], vec![2]),
        ];
        assert_eq!(people(&parts), expected);
        let own = parts.problem(&problem, &parts.parts[0]);
        assert_eq!(own.mentors.max, [1, 4, 5]);
        let mut listed = Vec::new();
        for mentee in 0..own.mentees() {
            own.for_each_allowed(mentee, &mut RowBuffer::default(), |mentor, score| {
                listed.push((mentee, mentor, score));
            });
        }
        assert_eq!(listed, [(0, 0, 7), (1, 0, 5), (1, 1, 4), (2, 1, 2)]);
    }

    #[test]
    fn small_parts_are_put_together() {
        let parts = Parts::of(&three_sites(), 3, &Watch::default()).unwrap();
        let sizes: Vec<_> = people(&parts).iter().map(|part| part.0.len()).collect();
        assert_eq!(sizes, [4, 3]);
        assert!(Parts::of(&three_sites(), 4, &Watch::default()).is_none());
    }

    #[test]
    fn most_people_in_one_part_are_left_together() {
        let problem = Problem::sparse(3, &[0, 1, 2, 3, 4, 5], &[0, 0, 0, 1, 2], &[1; 5]);
        assert!(Parts::of(&problem.unwrap(), 1, &Watch::default()).is_none());
        let dense = Problem::dense(2, 2, vec![1, -1, -1, 1], Some(-1)).unwrap();
        assert!(Parts::of(&dense, 1, &Watch::default()).is_none());
    }
}
