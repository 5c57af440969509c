//! Who is paired with whom, in dense indices.

use super::candidate_lists::Pair;
use super::level::{Level, Owner};
use super::problem::{Problem, RowBuffer, Side};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;

/// Chosen pairs, ordered by mentee and then by mentor.
///
/// ```
/// use mentormatch::solver::Assignment;
/// use mentormatch::{MenteeIdx, MentorIdx};
///
/// let chosen = Assignment::from_pairs(3, [(2, 0), (0, 1)]);
/// assert_eq!(chosen.len(), 2);
/// assert_eq!(chosen.mentors_of(MenteeIdx::new(2)), [MentorIdx::new(0)]);
/// assert!(chosen.mentors_of(MenteeIdx::new(1)).is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Assignment {
    /// Mentee `i` has `mentors[starts[i]..starts[i + 1]]`, ascending.
    starts: Vec<usize>,
    mentors: Vec<MentorIdx>,
}

impl Assignment {
    /// The assignment that consists of these `(mentee, mentor)` pairs, in any order; pairs of
    /// mentees that do not exist are left out.
    #[must_use]
    pub fn from_pairs(mentees: usize, pairs: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let pairs = pairs.into_iter();
        let pairs: Vec<_> = pairs
            .filter(|&(mentee, _)| (mentee as usize) < mentees)
            .collect();
        // Each mentee's pairs end where the next one's begin; as they are put in from behind, that becomes their start.
        let mut starts = vec![0; mentees + 1];
        for &(mentee, _) in &pairs {
            starts[mentee as usize] += 1;
        }
        for mentee in 0..mentees {
            starts[mentee + 1] += starts[mentee];
        }
        let mut mentors = vec![MentorIdx::new(0); pairs.len()];
        for (mentee, mentor) in pairs {
            let place = &mut starts[mentee as usize];
            *place -= 1;
            mentors[*place] = MentorIdx::new(mentor);
        }
        for own in starts.windows(2) {
            mentors[own[0]..own[1]].sort_unstable();
        }
        Self { starts, mentors }
    }

    /// How many pairs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.mentors.len()
    }

    /// Whether nobody is paired.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.mentors.is_empty()
    }

    /// How many mentees the assignment is about, paired or not.
    #[must_use]
    pub fn mentees(&self) -> usize {
        self.starts.len() - 1
    }

    /// A mentee's mentors, ascending; none of a mentee who does not exist.
    #[must_use]
    pub fn mentors_of(&self, mentee: MenteeIdx) -> &[MentorIdx] {
        match self.starts.get(mentee.index()..=mentee.index() + 1) {
            Some(&[start, end]) => &self.mentors[start..end],
            _ => &[],
        }
    }

    /// All pairs, ordered by mentee and then by mentor.
    pub fn pairs(&self) -> impl Iterator<Item = (MenteeIdx, MentorIdx)> + '_ {
        MenteeIdx::all(self.mentees()).flat_map(|mentee| {
            self.mentors_of(mentee)
                .iter()
                .map(move |&mentor| (mentee, mentor))
        })
    }

    /// Whether these two are a pair.
    pub(super) fn has(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        self.mentors_of(mentee).binary_search(&mentor).is_ok()
    }

    /// The same of positions, which may be nobody's.
    pub(super) fn has_at(&self, mentee: usize, mentor: usize) -> bool {
        let row = match self.starts.get(mentee..) {
            Some(&[start, end, ..]) => &self.mentors[start..end],
            _ => &[],
        };
        row.iter().any(|own| own.index() == mentor)
    }

    /// Whether it is for as many mentees, and names no mentor that is not there.
    pub(super) fn fits(&self, problem: &Problem<'_>) -> bool {
        self.mentees() == problem.mentees()
            && self
                .mentors
                .iter()
                .all(|mentor| mentor.index() < problem.mentors())
    }

    /// A mentee with two mentors of one kind, if there is one.
    pub(super) fn of_one_kind(&self, problem: &Problem<'_>) -> Option<(MenteeIdx, [MentorIdx; 2])> {
        MenteeIdx::all(self.mentees()).find_map(|mentee| {
            let mentors = self.mentors_of(mentee).iter();
            let mentors = mentors.map(|&mentor| (mentor.index(), mentor));
            let (one, other) = problem.mentors.kinds.alike(mentors)?;
            Some((mentee, [one, other]))
        })
    }

    /// How many pairs each mentee and each of so many mentors has.
    pub(super) fn loads_by_side(&self, mentors: usize) -> (Vec<u64>, Vec<u64>) {
        let length = |bounds: &[usize]| (bounds[1] - bounds[0]) as u64;
        let by_mentee = self.starts.windows(2).map(length).collect();
        let mut by_mentor = vec![0; mentors];
        for mentor in &self.mentors {
            by_mentor[mentor.index()] += 1;
        }
        (by_mentee, by_mentor)
    }

    /// How many pairs each mentee, mentor, group of mentees and group of mentors has.
    pub(super) fn loads(&self, problem: &Problem<'_>) -> Loads {
        let (mentees, mentors) = self.loads_by_side(problem.mentors());
        let mentee_groups = group_loads(&problem.mentees, &mentees);
        let mentor_groups = group_loads(&problem.mentors, &mentors);
        Loads {
            mentees,
            mentors,
            mentee_groups,
            mentor_groups,
        }
    }

    /// What this assignment is worth at each level: pair values and place values added up.
    ///
    /// `None` when it contains a pair that is not allowed, or when it or a level is made for
    /// another number of people; whether anybody has too many partners is not looked at. O(pairs + people) a level, and
    /// the rows of those who have a partner where scores are computed on demand.
    ///
    /// ```
    /// use mentormatch::solver::{Assignment, Level, Problem};
    ///
    /// let problem = Problem::dense(2, 2, vec![70, -1, 20, 90], Some(-1))?;
    /// let levels = [Level::Pairs, Level::TotalScore];
    /// let chosen = Assignment::from_pairs(2, [(0, 0), (1, 1)]);
    /// assert_eq!(chosen.value(&problem, &levels), Some(vec![2, 160]));
    /// let forbidden = Assignment::from_pairs(2, [(0, 1)]);
    /// assert_eq!(forbidden.value(&problem, &levels), None);
    /// # Ok::<(), mentormatch::solver::ProblemError>(())
    /// ```
    #[must_use]
    pub fn value(&self, problem: &Problem<'_>, levels: &[Level]) -> Option<Vec<i128>> {
        if !self.fits(problem) || levels.iter().any(|level| level.check(problem).is_err()) {
            return None;
        }
        let scores = self.scores(problem)?;
        Some(self.value_of(problem, levels, &scores, &self.loads(problem)))
    }

    /// What it is worth, given the score of each of its pairs.
    fn value_of(
        &self,
        problem: &Problem<'_>,
        levels: &[Level],
        scores: &[i32],
        loads: &Loads,
    ) -> Vec<i128> {
        let value = |level: &Level| {
            let pairs = self.pairs().zip(scores).map(|((mentee, mentor), &score)| {
                i128::from(level.pair_value(mentee.index(), mentor.index(), score))
            });
            pairs.sum::<i128>() + loads.worth(problem, level)
        };
        levels.iter().map(value).collect()
    }

    /// The pairs with their scores; none if one is not allowed.
    pub(super) fn scored(&self, problem: &Problem<'_>) -> Vec<Pair> {
        let scores = self.scores(problem).unwrap_or_default();
        let pairs = self.pairs().zip(scores);
        let scored = pairs.map(|((mentee, mentor), score)| (mentee.index(), mentor.index(), score));
        scored.collect()
    }

    /// The score of each pair; `None` if one is not allowed.
    pub(super) fn scores(&self, problem: &Problem<'_>) -> Option<Vec<i32>> {
        let blocks = parallel::blocks(problem.lookup_extent(), |mentees| {
            let (mut buffer, mut scores) = (RowBuffer::default(), Vec::new());
            for mentee in mentees {
                let chosen = &self.mentors[self.starts[mentee]..self.starts[mentee + 1]];
                if !chosen.is_empty() {
                    let row = problem.row(mentee, &mut buffer)?;
                    for mentor in chosen {
                        scores.push(row.score(mentor.get())?);
                    }
                }
            }
            Some(scores)
        });
        let scores: Option<Vec<_>> = blocks.into_iter().collect();
        Some(scores?.concat())
    }
}

/// How many pairs each node of the problem has.
pub(super) struct Loads {
    pub(super) mentees: Vec<u64>,
    pub(super) mentors: Vec<u64>,
    pub(super) mentee_groups: Vec<u64>,
    pub(super) mentor_groups: Vec<u64>,
}

/// The loads of all nodes of one sort, with what the nodes are called.
pub(super) type OfSort<'l> = (fn(usize) -> Owner, &'l [u64]);

impl Loads {
    /// Every node with its load.
    pub(super) fn owners(&self) -> impl Iterator<Item = (Owner, u64)> + '_ {
        each(&self.mentees, Owner::Mentee)
            .chain(each(&self.mentors, Owner::Mentor))
            .chain(each(&self.mentee_groups, Owner::MenteeGroup))
            .chain(each(&self.mentor_groups, Owner::MentorGroup))
    }

    /// The node of a [number](Owner::number), with its load; `None` of a number beyond all.
    pub(super) fn owner(&self, number: usize) -> Option<(Owner, u64)> {
        let mut index = number;
        for (owner, loads) in self.by_sort() {
            match loads.get(index) {
                Some(&load) => return Some((owner(index), load)),
                None => index -= loads.len(),
            }
        }
        None
    }

    /// What the places that are taken are worth at a level.
    pub(super) fn worth(&self, problem: &Problem<'_>, level: &Level) -> i128 {
        // Mentees' first places, counted at once: to walk along everybody's takes 4 ms for 1,000,000 mentees.
        if *level == Level::Participation {
            let taken = self.mentees.iter().filter(|&&load| load > 0);
            return taken.count() as i128;
        }
        let owners = level.values_places().then(|| self.owners());
        let places = owners.into_iter().flatten();
        (places.map(|(owner, load)| worth(problem, level, owner, load))).sum()
    }

    /// Mentees, mentors, groups of mentees, groups of mentors.
    pub(super) fn by_sort(&self) -> [OfSort<'_>; 4] {
        [
            (Owner::Mentee, &self.mentees),
            (Owner::Mentor, &self.mentors),
            (Owner::MenteeGroup, &self.mentee_groups),
            (Owner::MentorGroup, &self.mentor_groups),
        ]
    }
}

fn each(loads: &[u64], owner: impl Fn(usize) -> Owner) -> impl Iterator<Item = (Owner, u64)> {
    loads
        .iter()
        .enumerate()
        .map(move |(index, &load)| (owner(index), load))
}

fn group_loads(side: &Side, loads: &[u64]) -> Vec<u64> {
    if side.groups.is_empty() {
        return Vec::new();
    }
    let mut totals = vec![0; side.groups.len()];
    for (participant, load) in loads.iter().enumerate() {
        if let Some(group) = side.groups.of(participant) {
            totals[group] += load;
        }
    }
    for group in 0..totals.len() {
        if let Some(above) = side.groups.above(group) {
            totals[above] += totals[group];
        }
    }
    totals
}

fn worth(problem: &Problem<'_>, level: &Level, owner: Owner, load: u64) -> i128 {
    let mut left = load;
    let mut total = 0;
    for step in level.steps(problem, owner).iter() {
        let places = left.min(u64::from(step.places));
        total += i128::from(places) * i128::from(step.value);
        left -= places;
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_mentees_who_do_not_exist_are_left_out() {
        let of_two = Assignment::from_pairs(2, [(2, 0), (0, 1), (7, 0)]);
        assert_eq!(of_two, Assignment::from_pairs(2, [(0, 1)]));
    }
}
