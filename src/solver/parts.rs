//! Parts of a problem that have nobody in common: sites, say, whose people meet in person only.
//!
//! # Idea
//! What is best for one part does not depend on any other, so each is a problem of its own, whose searches are short
//! and whose rows are near in memory, and all of them can be solved at once. Their assignments and prices side by side
//! are those of the whole: no pair has its mentee in one part and its mentor in another.
//!
//! Most programmes are one piece and a few people beside it. That is seen at few mentees: first some of them are asked
//! with whom they may be paired, then 16 times as many, and so on until all are. Of one piece too, if it is a matrix that
//! is mostly empty, the pairs are read faster where they are listed.
//!
//! # Invariant
//! The parts are the same for any number of threads.
//!
//! # Measured
//! 100 sites of 1,000 × 250 people with 10 or 20 pairs a mentee, exactly as many places as mentees, two threads: 195 ms
//! whole, 130 one after the other, 105 at once; with spare places 62, 37 and 36 (by hand; the first in
//! `cargo bench --bench ratios -- accelerators`). 20 sites in a matrix of 6,000 × 1,500, sums of two sides, exactly full:
//! 120 ms whole, 25 in parts; with one pair in 20 allowed, all in one piece: 90 and 63 (by hand).
//!
//! # Complexity
//! About O(pairs), and a copy of them; of a matrix, a pass over it too.
//!
//! # References
//! R. E. Tarjan, "Efficiency of a good but not linear set union algorithm", 1975.

use super::assignment::Assignment;
use super::control::Watch;
use super::problem::{Problem, RowBuffer};
use super::start::Start;
use super::walk::position;
use crate::parallel;

/// Parts have a share of the pairs that is no smaller: what one takes beside its pairs is then little.
const MOST_PARTS: usize = 1 << 8;

/// Mentees who are asked at first, about, and how many times as many from time to time.
const FIRST_ASKED: usize = 1 << 6;
const TIMES_ASKED: usize = 1 << 4;

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
    /// How many pairs they have.
    pairs: usize,
}

impl Parts {
    /// The parts of a problem whose scores are in memory, each of so many pairs at least; `None` if most mentees are in
    /// one. Any parts if cancelled.
    pub(super) fn of(problem: &Problem<'_>, pairs_of_part: usize, watch: &Watch) -> Option<Self> {
        if !problem.may_have_parts(2 * pairs_of_part) {
            return None;
        }
        let mut sets = Sets::new(problem.mentors());
        let mut stride = problem.mentees().div_ceil(FIRST_ASKED);
        loop {
            let rows = watch.until_cancelled(some(problem.mentees(), stride));
            let rows: Vec<_> = rows.map(|row| sets.unite_row(problem, row)).collect();
            if sets.are_mostly_one(&rows) {
                let is_empty = problem.is_mostly_empty(rows.len(), pairs_of(&rows));
                return is_empty.then(|| Self::whole(problem, watch)).flatten();
            }
            if stride == 1 {
                return Self::gather(&mut sets, &rows, pairs_of_part);
            }
            stride = stride.div_ceil(TIMES_ASKED);
        }
    }

    /// Everybody in one part, if the pairs are as few as they seem.
    fn whole(problem: &Problem<'_>, watch: &Watch) -> Option<Self> {
        let all = |people: usize| (0..position(people)).collect::<Vec<_>>();
        let allowed = parallel::map(problem.extent(), RowBuffer::default, |buffer, mentee| {
            let row = problem.row(mentee, buffer);
            row.filter(|_| !watch.is_cancelled())
                .map_or(0, |row| row.allowed())
        });
        let everybody = People {
            mentees: all(problem.mentees()),
            mentors: all(problem.mentors()),
            pairs: allowed.into_iter().sum(),
        };
        let place = everybody.mentors.clone();
        let is_empty = problem.is_mostly_empty(problem.mentees(), everybody.pairs);
        is_empty.then(|| Self {
            parts: vec![everybody],
            place,
        })
    }

    /// Puts one set after another into a part, until it has enough pairs. Whoever has no pair is in the first.
    fn gather(sets: &mut Sets, rows: &[RowOf], pairs_of_part: usize) -> Option<Self> {
        let mut pairs = vec![0; sets.above.len()];
        for row in rows {
            if let Some(first) = row.first {
                pairs[sets.root(first) as usize] += row.pairs;
            }
        }
        let least = pairs_of_part.max(pairs_of(rows) / MOST_PARTS);
        let mut parts = vec![People::default()];
        let mut part_of = vec![0; pairs.len()];
        for root in (0..pairs.len()).filter(|&root| pairs[root] > 0) {
            if parts[parts.len() - 1].pairs >= least {
                parts.push(People::default());
            }
            part_of[root] = parts.len() - 1;
            parts[part_of[root]].pairs += pairs[root];
        }
        for (mentee, row) in (0..).zip(rows) {
            let part = row
                .first
                .map_or(0, |first| part_of[sets.root(first) as usize]);
            parts[part].mentees.push(mentee);
        }
        let place = (0..position(pairs.len())).map(|mentor| {
            let mentors = &mut parts[part_of[sets.root(mentor) as usize]].mentors;
            mentors.push(mentor);
            position(mentors.len() - 1)
        });
        let place = place.collect();
        (parts.len() > 1).then_some(Self { parts, place })
    }

    /// What a start with these pairs tells of a part.
    pub(super) fn start(&self, start: &Start, paired: &Assignment, part: &People) -> Start {
        start.among(paired, part.people(), &self.place)
    }

    /// What all parts take beside the problem, in bytes.
    pub(super) fn bytes(&self, problem: &Problem<'_>) -> u64 {
        let people = 4 * (self.place.len() + problem.mentees()) + 8 * problem.mentees();
        let bytes = |part: &People| problem.bytes_among(part.people(), part.pairs);
        self.parts.iter().map(bytes).sum::<u64>() + people as u64
    }

    /// A part as a problem of its own.
    pub(super) fn problem(&self, problem: &Problem<'_>, part: &People) -> Problem<'static> {
        problem.among(part.people(), &self.place, part.pairs)
    }
}

impl People {
    fn people(&self) -> (&[u32], &[u32]) {
        (&self.mentees, &self.mentors)
    }
}

/// What is to be known of a mentee's pairs.
struct RowOf {
    /// The first mentor with whom she has one.
    first: Option<u32>,
    pairs: usize,
}

/// One in so many people, of every site where sites come by turns: multiples of the golden ratio are everywhere.
fn some(people: usize, stride: usize) -> impl Iterator<Item = usize> {
    const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
    let one_of = move |at: usize| {
        let part = u128::from((at as u64).wrapping_mul(GOLDEN)); // of 2^64
        let beside = (part * stride as u128) >> u64::BITS;
        at * stride + usize::try_from(beside).unwrap_or_default() // below the stride
    };
    let all = (0..people.div_ceil(stride)).map(one_of);
    all.filter(move |&person| person < people)
}

fn pairs_of(rows: &[RowOf]) -> usize {
    rows.iter().map(|row| row.pairs).sum()
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

    /// Unites all with whom a mentee has a pair.
    fn unite_row(&mut self, problem: &Problem<'_>, mentee: usize) -> RowOf {
        let mut row = RowOf {
            first: None,
            pairs: 0,
        };
        if let Some(found) = problem.row(mentee, &mut RowBuffer::default()) {
            found.for_each_of_few(|mentor, _| {
                self.unite(*row.first.get_or_insert(mentor), mentor);
                row.pairs += 1;
            });
        }
        row
    }

    /// Whether more than three quarters of these mentees have their first mentor in one set.
    fn are_mostly_one(&mut self, rows: &[RowOf]) -> bool {
        let mut mentees = vec![0; self.above.len()];
        for first in rows.iter().filter_map(|row| row.first) {
            mentees[self.root(first) as usize] += 1;
        }
        mentees
            .into_iter()
            .max()
            .is_none_or(|most: usize| 4 * most > 3 * rows.len())
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

    /// A matrix in which −1 is no score.
    fn matrix(mentees: usize, mentors: usize, score: fn(usize, usize) -> i32) -> Problem<'static> {
        let mentees_and = (0..mentees).flat_map(|i| (0..mentors).map(move |j| (i, j)));
        let cells = mentees_and.map(|(i, j)| score(i, j)).collect::<Vec<_>>();
        Problem::dense(mentees, mentors, cells, Some(-1)).unwrap()
    }

    #[test]
    fn parts_of_a_matrix_are_matrices_unless_they_are_mostly_empty() {
        let by_turns = |i: usize, j: usize| if i % 3 == j % 3 { 7 } else { -1 };
        let problem = matrix(6, 6, by_turns);
        let parts = Parts::of(&problem, 1, &Watch::default()).unwrap();
        assert_eq!(people(&parts)[1], (vec![1, 4], vec![1, 4]));
        let own = parts.problem(&problem, &parts.parts[1]);
        assert_eq!(own.matrix(), Some((&[7; 4][..], None)));
        let problem = matrix(64, 64, |i, j| if i == j { 7 } else { -1 });
        let parts = Parts::of(&problem, 32, &Watch::default()).unwrap(); // of 32 × 32 each
        assert_eq!(parts.parts.len(), 2);
        assert!(parts.problem(&problem, &parts.parts[0]).is_sparse());
    }

    #[test]
    fn some_are_of_every_site_where_sites_come_by_turns() {
        for (stride, sites) in [(2, 2), (2, 4), (6, 3), (100, 10), (1, 7)] {
            let mut of_site = vec![0; sites];
            some(10_000, stride).for_each(|person| of_site[person % sites] += 1);
            assert!(
                of_site.iter().all(|&own| own * sites * stride >= 9_000),
                "{of_site:?}"
            );
        }
        assert!(some(10, 1).eq(0..10));
    }

    #[test]
    fn a_matrix_that_is_mostly_empty_is_listed_as_a_whole() {
        let problem = matrix(40, 40, |i, j| if j == 0 || i == j { 7 } else { -1 });
        let parts = Parts::of(&problem, 1, &Watch::default()).unwrap();
        assert_eq!((parts.parts.len(), parts.parts[0].pairs), (1, 79));
        assert!(parts.problem(&problem, &parts.parts[0]).is_sparse());
        assert_eq!(parts.bytes(&problem), 8 * (79 + 40) + 12 * 40 + 4 * 40);
        // Most of those who are asked first have one pair.
        let problem = matrix(640, 40, |i, j| {
            if j == 0 || i % 10 != i / 10 % 10 {
                7
            } else {
                -1
            }
        });
        assert!(Parts::of(&problem, 1, &Watch::default()).is_none());
    }

    #[test]
    fn most_people_in_one_part_are_left_together() {
        let problem = Problem::sparse(3, &[0, 1, 2, 3, 4, 5, 6], &[0, 0, 0, 0, 0, 1], &[1; 6]);
        assert!(Parts::of(&problem.unwrap(), 1, &Watch::default()).is_none());
        let full = Problem::dense(4, 4, vec![1; 16], Some(-1)).unwrap();
        assert!(Parts::of(&full, 1, &Watch::default()).is_none());
    }
}
