//! How high the lowest score can be, with as many mentees matched as can be, each with one mentor.
//!
//! # Problem
//! Of all assignments that match as many mentees as possible, find one whose lowest score is highest. For
//! problems without minimums, groups and demands above 1 the answer is exact, and the covers found on the
//! way prove it; for others it is a good guess.
//!
//! # Idea
//! Search for the threshold by halving. At each one drop the pairs below it from the best assignment so
//! far, and find everybody who has lost hers another place by an augmenting path, breadth first. The
//! mentors that a search in vain has seen stay of no use to anybody, whatever else changes; so the first
//! search in vain, beyond those of mentees who cannot be matched at all, shows that the threshold is too
//! high. A search looks at short lists of the best pairs first, and at whole rows if they do not do.
//!
//! # Invariant
//! `mentor_of` and `holders` agree. Dead mentors have no room, and their mentees may have dead mentors
//! only: so those who wait are more than the places that they compete for, which is the cover.
//!
//! # Complexity
//! One pass over the pairs to list the best; for each of some 20 thresholds a few short searches, and the rows
//! of those who wait where it is too high.
//!
//! # References
//! H. N. Gabow and R. E. Tarjan, "Algorithms for two bottleneck optimization problems", 1988, section 2;
//! D. Kőnig, "Gráfok és mátrixok", 1931, for covers.

use super::assignment::Assignment;
use super::candidate_lists::CandidateLists;
use super::control::{Control, Stop};
use super::level::Owner;
use super::plain::Waiting;
use super::problem::{Problem, RowBuffer};
use super::walk::position;

/// Best pairs of a mentee.
const LIST_LENGTH: usize = 48;

const NOBODY: u32 = u32::MAX;

/// The highest threshold, and why it is.
pub(super) struct Bottleneck {
    /// Reached by every pair of `best`.
    pub(super) floor: i32,
    /// An assignment of as many mentees as can be matched.
    pub(super) best: Assignment,
    /// Who waits there, and for whom.
    pub(super) waiting: Waiting,
    /// Who waits if all scores are to be above the floor; `None` if the search was stopped.
    pub(super) beyond: Option<Waiting>,
}

/// Finds the highest threshold; `None` where nobody can be matched, or if stopped before anything is found.
///
/// # Errors
/// Cancellation only.
pub(super) fn bottleneck(
    problem: &Problem<'_>,
    control: &mut Control<'_>,
) -> Result<Option<Bottleneck>, Stop> {
    let mut search = Search::new(problem, control);
    control.check()?;
    let begun = search.begin(control);
    let Some(mut found) = begun.or_else(unless_cancelled)? else {
        return Ok(None);
    };
    let climbed = search.climb(&mut found, control);
    climbed.or_else(|stop| unless_cancelled(stop).map(|_: Option<()>| ()))?;
    Ok(Some(found))
}

fn unless_cancelled<T>(stop: Stop) -> Result<Option<T>, Stop> {
    match stop {
        Stop::Cancelled => Err(stop),
        Stop::Limit => Ok(None),
    }
}

/// Who has whom.
#[derive(Clone)]
struct State {
    /// By mentee; [`NOBODY`] for one who is free.
    mentor_of: Vec<u32>,
    /// By mentee: the score of her pair.
    score: Vec<i32>,
    /// By mentor.
    holders: Vec<Vec<u32>>,
}

/// What a search looks at.
#[derive(Clone, Copy, PartialEq)]
enum Reach {
    Listed,
    All,
}

struct Search<'a> {
    problem: &'a Problem<'a>,
    /// By mentee: her best pairs, `(score, mentor)`, the highest score first.
    lists: Vec<Vec<(i32, u32)>>,
    /// By mentor.
    places: Vec<usize>,
    state: State,
    threshold: i32,
    seen: Seen,
    /// By mentor who has been seen: from whom, at which score.
    from: Vec<(u32, i32)>,
    /// The mentees that the present search looks at.
    queue: Vec<u32>,
    buffer: RowBuffer,
}

/// Who has been seen.
struct Seen {
    /// By mentor: the number of the last search that saw her.
    last: Vec<u32>,
    search: u32,
    /// Mentors seen by the present search.
    mentors: Vec<u32>,
    /// Mentors not seen by the present search, if it looks at whole rows.
    unseen: Vec<u32>,
    /// By mentor: of no use on the lists, and of no use at all.
    dead: [Vec<bool>; 2],
    /// Mentors who are not dead.
    alive: Vec<u32>,
    /// By mentee: whether she waits in vain.
    waits: Vec<bool>,
}

impl<'a> Search<'a> {
    fn new(problem: &'a Problem<'a>, control: &Control<'_>) -> Self {
        let (_, pairs) = CandidateLists::best(problem, LIST_LENGTH, control);
        let (mentees, mentors) = (problem.mentees(), problem.mentors());
        let mut lists = vec![Vec::new(); mentees];
        for (mentee, mentor, score) in control.until_cancelled(pairs) {
            lists[mentee].push((score, position(mentor)));
        }
        for list in control.until_cancelled(&mut lists) {
            list.sort_unstable_by(|one, other| other.cmp(one));
        }
        let places = |mentor| usize::try_from(Owner::Mentor(mentor).places(problem)).unwrap_or(0);
        Self {
            problem,
            lists,
            places: (0..mentors).map(places).collect(),
            state: State {
                mentor_of: vec![NOBODY; mentees],
                score: vec![0; mentees],
                holders: vec![Vec::new(); mentors],
            },
            threshold: i32::MIN,
            seen: Seen::nobody(mentees, mentors),
            from: vec![(NOBODY, 0); mentors],
            queue: Vec::new(),
            buffer: RowBuffer::default(),
        }
    }

    /// Matches as many mentees as can be.
    fn begin(&mut self, control: &mut Control<'_>) -> Result<Option<Bottleneck>, Stop> {
        self.mend(i32::MIN, usize::MAX, control)?;
        Ok(self.worst().map(|floor| Bottleneck {
            floor,
            best: self.state.assignment(),
            waiting: self.seen.waiting(),
            beyond: None,
        }))
    }

    /// Raises the threshold as far as all who can be matched still are.
    fn climb(&mut self, found: &mut Bottleneck, control: &mut Control<'_>) -> Result<(), Stop> {
        let unserved = self.unserved();
        let mut best = self.state.clone();
        let mut high = i64::from(self.best_of_worst(unserved).max(found.floor)) + 1;
        while i64::from(found.floor) < i64::from(i32::MAX) {
            let low = i64::from(found.floor) + 1;
            let middle = low + (high.max(low) - low) / 2;
            let threshold = i32::try_from(middle).unwrap_or(i32::MAX);
            self.state.clone_from(&best);
            if self.mend(threshold, unserved, control)? {
                found.floor = self.worst().unwrap_or(threshold);
                best.clone_from(&self.state);
                found.best = best.assignment();
            } else if middle == low {
                found.beyond = Some(self.seen.waiting());
                break;
            } else {
                high = middle;
            }
        }
        Ok(())
    }

    /// Drops pairs below a threshold, and finds their mentees other places; whether no more than so many
    /// are left without one. It ends with the first who is one too many, or when as many are matched.
    fn mend(
        &mut self,
        threshold: i32,
        unserved: usize,
        control: &mut Control<'_>,
    ) -> Result<bool, Stop> {
        self.threshold = threshold;
        self.seen.forget();
        let all = 0..position(self.lists.len());
        let (mut free, mut before) = (Vec::new(), Vec::new());
        for mentee in all {
            match self.state.score_of(mentee) {
                Some(score) if score < threshold => free.push(mentee),
                None if self.is_free(mentee) => before.push(mentee),
                _ => {}
            }
        }
        free.iter().for_each(|&mentee| self.state.part(mentee));
        let mut missing = free.len();
        let mut left = unserved;
        free.extend(before);
        for mentee in free {
            if missing == 0 && unserved < usize::MAX {
                return Ok(true);
            }
            if self.augment(mentee, Reach::Listed, control)?
                || self.augment(mentee, Reach::All, control)?
            {
                missing = missing.saturating_sub(1);
                continue;
            }
            if left == 0 {
                return Ok(false);
            }
            left -= 1;
        }
        Ok(true)
    }

    fn is_free(&self, mentee: u32) -> bool {
        self.state.mentor_of[mentee as usize] == NOBODY
            && Owner::Mentee(mentee as usize).places(self.problem) > 0
    }

    /// Mentees without a mentor who would have one.
    fn unserved(&self) -> usize {
        let all = 0..position(self.lists.len());
        all.filter(|&mentee| self.is_free(mentee)).count()
    }

    fn worst(&self) -> Option<i32> {
        let all = 0..position(self.lists.len());
        all.filter_map(|mentee| self.state.score_of(mentee)).min()
    }

    /// What no threshold can exceed: all but so many mentees have a score as high.
    fn best_of_worst(&self, unserved: usize) -> i32 {
        let wanting =
            (0..self.lists.len()).filter(|&mentee| Owner::Mentee(mentee).places(self.problem) > 0);
        let best = |mentee: usize| self.lists[mentee].first().map_or(i32::MIN, |pair| pair.0);
        let mut bests: Vec<_> = wanting.map(best).collect();
        bests.sort_unstable();
        bests.get(unserved).copied().unwrap_or(i32::MAX - 1)
    }

    /// Finds a place for a free mentee by moving others.
    fn augment(
        &mut self,
        mentee: u32,
        reach: Reach,
        control: &mut Control<'_>,
    ) -> Result<bool, Stop> {
        self.seen.begin(reach);
        self.queue.clear();
        self.queue.push(mentee);
        let mut next = 0;
        while let Some(&mentee) = self.queue.get(next) {
            next += 1;
            if let Some(mentor) = self.look(mentee, reach, control)? {
                self.shift(mentor);
                return Ok(true);
            }
        }
        self.seen.bury(reach, &self.queue);
        Ok(false)
    }

    /// Sees the mentors whom a mentee may have; one with room, if any has.
    fn look(
        &mut self,
        mentee: u32,
        reach: Reach,
        control: &mut Control<'_>,
    ) -> Result<Option<u32>, Stop> {
        let (at, threshold) = (mentee as usize, self.threshold);
        if reach == Reach::Listed || self.is_all_listed(at) {
            let list = std::mem::take(&mut self.lists[at]);
            let high = list.iter().take_while(|pair| pair.0 >= threshold);
            let open = high.copied().find(|&pair| self.see(mentee, pair, reach));
            self.lists[at] = list;
            control.spend(LIST_LENGTH as u64)?;
            return Ok(open.map(|pair| pair.1));
        }
        let (problem, mut buffer) = (self.problem, std::mem::take(&mut self.buffer));
        let mut unseen = std::mem::take(&mut self.seen.unseen);
        let mut open = None;
        control.spend(unseen.len() as u64)?;
        if let Some(row) = problem.row(at, &mut buffer).filter(|_| !unseen.is_empty()) {
            unseen.retain(|&mentor| {
                let score = row.score(mentor).filter(|&score| score >= threshold);
                if let (Some(score), None) = (score, open)
                    && self.see(mentee, (score, mentor), reach)
                {
                    open = Some(mentor);
                }
                score.is_none()
            });
        }
        (self.buffer, self.seen.unseen) = (buffer, unseen);
        Ok(open)
    }

    /// Whether no pair from the threshold on is left out of a mentee's list.
    fn is_all_listed(&self, mentee: usize) -> bool {
        let list = &self.lists[mentee];
        let last = list.last().map(|pair| pair.0);
        list.len() < LIST_LENGTH || last.is_some_and(|last| last < self.threshold)
    }

    /// Sees a mentor from a mentee; whether she has room.
    fn see(&mut self, mentee: u32, (score, mentor): (i32, u32), reach: Reach) -> bool {
        let at = mentor as usize;
        if !self.seen.is_new(mentor, reach) {
            return false;
        }
        self.from[at] = (mentee, score);
        let holders = &self.state.holders[at];
        if holders.len() < self.places[at] {
            return true;
        }
        self.queue.extend(holders);
        false
    }

    /// Moves everybody on the way to a mentor who has room.
    fn shift(&mut self, mut mentor: u32) {
        while mentor != NOBODY {
            let (mentee, score) = self.from[mentor as usize];
            let before = self.state.mentor_of[mentee as usize];
            self.state.part(mentee);
            self.state.mentor_of[mentee as usize] = mentor;
            self.state.score[mentee as usize] = score;
            self.state.holders[mentor as usize].push(mentee);
            mentor = before;
        }
    }
}

impl State {
    fn score_of(&self, mentee: u32) -> Option<i32> {
        let at = mentee as usize;
        (self.mentor_of[at] != NOBODY).then(|| self.score[at])
    }

    fn part(&mut self, mentee: u32) {
        let mentor = std::mem::replace(&mut self.mentor_of[mentee as usize], NOBODY);
        if let Some(holders) = self.holders.get_mut(mentor as usize) {
            holders.retain(|&own| own != mentee);
        }
    }

    fn assignment(&self) -> Assignment {
        let pairs = (0..).zip(self.mentor_of.iter().copied());
        let pairs = pairs.filter(|&(_, mentor)| mentor != NOBODY);
        Assignment::from_pairs(self.mentor_of.len(), pairs)
    }
}

impl Seen {
    fn nobody(mentees: usize, mentors: usize) -> Self {
        Self {
            last: vec![0; mentors],
            search: 0,
            mentors: Vec::new(),
            unseen: Vec::new(),
            dead: [vec![false; mentors], vec![false; mentors]],
            alive: Vec::new(),
            waits: vec![false; mentees],
        }
    }

    /// A new threshold is tried.
    fn forget(&mut self) {
        self.dead.iter_mut().for_each(|dead| dead.fill(false));
        self.waits.fill(false);
        self.last.fill(0);
        self.search = 0;
        self.alive = (0..position(self.last.len())).collect();
    }

    fn begin(&mut self, reach: Reach) {
        self.search += 1;
        self.mentors.clear();
        if reach == Reach::All {
            self.unseen.clone_from(&self.alive);
        }
    }

    fn is_new(&mut self, mentor: u32, reach: Reach) -> bool {
        let at = mentor as usize;
        if self.last[at] == self.search || self.dead[reach as usize][at] {
            return false;
        }
        self.last[at] = self.search;
        self.mentors.push(mentor);
        true
    }

    /// The present search has been in vain.
    fn bury(&mut self, reach: Reach, mentees: &[u32]) {
        for &mentor in &self.mentors {
            self.dead[reach as usize][mentor as usize] = true;
        }
        if reach == Reach::All {
            for &mentee in mentees {
                self.waits[mentee as usize] = true;
            }
            let dead = &self.dead[Reach::All as usize];
            self.alive.retain(|&mentor| !dead[mentor as usize]);
        }
    }

    fn waiting(&self) -> Waiting {
        Waiting {
            mentees: self.waits.clone(),
            mentors: self.dead[Reach::All as usize].clone(),
        }
    }
}
