//! The proof that an assignment is stable, and best for one side: its check, and the pairs that speak
//! against it.
//!
//! This file imports no solver. It reads the preferences and the assignment, and nothing else.
//!
//! # Stable
//! Everybody has a *bar*: the place of her worst partner if she has as many as she takes, else the
//! bottom of the list. A pair blocks if it is allowed, is not chosen, and each stands above the other's
//! bar. One pass over the pairs finds every one of them, in any assignment.
//!
//! # Best for the mentees (and for the mentors likewise)
//! In a stable assignment let each full mentor *look down*: at the best mentee below her bar whose bar she
//! is above. She points at the worst mentor of that mentee, if the mentee is full. The assignment
//! is the mentees' best one exactly if no circle of mentors point at one another.
//!
//! - A circle can be turned: each of its mentees moves up from her worst mentor to the one who looks at
//!   her. Nobody whom a mentor would rather have than what she gets is willing, by the choice of whom
//!   she looks at; so the result is stable again, and better for the mentees.
//! - If the mentees' best assignment is another one, look at the mentors who have other mentees there. What
//!   they get there lies below their bars and is willing, so each of them looks at somebody. Whom
//!   she looks at, if she does not have her there, would block that assignment unless she has only
//!   better mentors there, and so has left her worst; if she does have her there, the mentee has, in exchange,
//!   lost her worst, since she has the best of all her mentors in both assignments (Baïou and Balinski), and
//!   as many in each: those who are not full have the same partners in every stable assignment (Roth). So
//!   each of these mentors points at another of them, and there is a circle.
//!
//! # Complexity
//! One pass over the pairs, in parallel, and before it the rows of those who have a partner; a place a
//! person and thread beside.
//!
//! # References
//! D. Gusfield and R. W. Irving, *The Stable Marriage Problem*, 1989, section 2.5 (rotations: the circles);
//! A. E. Roth, "On the allocation of residents to rural hospitals", 1986; M. Baïou and M. Balinski,
//! "Many-to-many matching: stable polyandrous polygamy", 2000.

use super::super::assignment::Assignment;
use super::super::certificate::Violation;
use super::preferences::{Buffers, Preferences, Rank};
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::parallel;

mod bars;

use bars::{Bars, Pair};

/// Rows are checked in at most so many parts, each of which keeps a place a person.
pub(super) const PARTS: usize = 64;

/// Fewer cells than this are one part.
const CELLS: usize = 1 << 16;

/// Pairs who would both gain by being together instead of as they are: *justified envy*. Only values
/// count: whoever would change one partner for another of the same value gains nothing.
///
/// ```
/// use mentormatch::solver::{Assignment, Preferences, Problem};
///
/// let preferences = Preferences::alike(Problem::dense(2, 2, vec![9, 5, 8, 1], None)?)?;
/// let chosen = Assignment::from_pairs(2, [(0, 1), (1, 0)]); // the largest sum
/// let blocking = preferences.blocking_pairs(&chosen, usize::MAX)?;
/// assert_eq!(blocking.count, 1);
/// assert_eq!((blocking.pairs[0].0.get(), blocking.pairs[0].1.get()), (0, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BlockingPairs {
    /// How many there are.
    pub count: u64,
    /// The first of them, as many as were asked for, ordered by mentee and then by mentor.
    pub pairs: Vec<(MenteeIdx, MentorIdx)>,
}

/// What one part of the pass finds.
struct Found {
    blocking: BlockingPairs,
    /// Whose best it should be; nobody's where all that counts is who would gain.
    proposing: Option<Role>,
    /// By person who received proposals: where the best of those stands who would rather have her, and
    /// whom she would not have. Where these are mentees, only of the rows of this part.
    looks_at: Vec<Rank>,
}

impl Preferences<'_> {
    /// Checks that an assignment is legal and stable, and the best stable one for the side that is said to
    /// have proposed: everybody there is as well off as in any stable assignment, partner by partner.
    ///
    /// # Errors
    /// The first thing that fails, in the order of [`Violation`]'s variants.
    ///
    /// ```
    /// use mentormatch::Role;
    /// use mentormatch::solver::{Assignment, Preferences, Problem, Violation};
    ///
    /// let mentees = Problem::dense(2, 2, vec![9, 1, 1, 9], None)?;
    /// let mentors = Problem::dense(2, 2, vec![1, 9, 9, 1], None)?;
    /// let preferences = Preferences::new(mentees, mentors)?;
    /// let chosen = Assignment::from_pairs(2, [(0, 0), (1, 1)]);
    /// assert_eq!(preferences.check(&chosen, Role::Mentee), Ok(()));
    /// let refused = preferences.check(&chosen, Role::Mentor);
    /// assert_eq!(refused, Err(Violation::NotBestFor { side: Role::Mentor }));
    /// # Ok::<(), mentormatch::solver::ProblemError>(())
    /// ```
    pub fn check(&self, assignment: &Assignment, proposing: Role) -> Result<(), Violation> {
        self.check_unless(assignment, proposing, &|| false)
    }

    /// The same; a call that is given up passes no proof.
    pub(super) fn check_unless(
        &self,
        assignment: &Assignment,
        proposing: Role,
        given_up: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), Violation> {
        let bars = self.bars(assignment)?;
        let found = self.pass(assignment, &bars, (Some(proposing), 1), given_up)?;
        if let Some(&(mentee, mentor)) = found.blocking.pairs.first() {
            return Err(Violation::Blocked { mentee, mentor });
        }
        let next = |looks_at: &Rank| bars.points_at(*looks_at, proposing);
        let next: Vec<Option<u32>> = found.looks_at.iter().map(next).collect();
        if has_circle(&next) {
            return Err(Violation::NotBestFor { side: proposing });
        }
        Ok(())
    }

    /// The pairs who would both gain by being together instead of as they are in this assignment, which may
    /// come from anywhere; at most `most` of them are listed.
    ///
    /// # Errors
    /// An assignment that is not legal.
    pub fn blocking_pairs(
        &self,
        assignment: &Assignment,
        most: usize,
    ) -> Result<BlockingPairs, Violation> {
        let bars = self.bars(assignment)?;
        let found = self.pass(assignment, &bars, (None, most), &|| false)?;
        Ok(found.blocking)
    }

    /// One pass over all pairs.
    fn pass(
        &self,
        assignment: &Assignment,
        bars: &Bars,
        (proposing, most): (Option<Role>, usize),
        given_up: &(dyn Fn() -> bool + Sync),
    ) -> Result<Found, Violation> {
        let rows = assignment.mentees();
        let parts = (self.problem().pairs() / CELLS).clamp(1, PARTS);
        let length = rows.div_ceil(parts);
        let found = parallel::each(parts, |part| {
            let mut found = Found::new(bars, proposing);
            let mut buffers = Buffers::default();
            for row in (part * length..(part + 1) * length).take_while(|&row| row < rows) {
                if given_up() {
                    break;
                }
                self.look(row, (assignment, bars), &mut buffers, most, &mut found);
            }
            found
        });
        self.check_promise()?;
        let joined = found.into_iter().reduce(|one, other| one.join(other, most));
        Ok(joined.unwrap_or_else(|| Found::new(bars, proposing)))
    }

    /// One row of the pass.
    fn look(
        &self,
        row: usize,
        (assignment, bars): (&Assignment, &Bars),
        buffers: &mut Buffers,
        most: usize,
        found: &mut Found,
    ) {
        found.begin_row();
        let Some(mentee) = MenteeIdx::all(assignment.mentees()).nth(row) else {
            return;
        };
        let (partners, own_bar) = (assignment.mentors_of(mentee), bars.mentees[mentee]);
        let all = 0..self.people(Role::Mentor);
        self.for_each(row, &all, buffers, |mentor, by_mentee, by_mentor| {
            let mentor = MentorIdx::new(mentor);
            let other_bar = bars.mentors[mentor];
            let sides = [(own_bar, by_mentee), (other_bar, by_mentor)];
            if found.is_settled(mentor, sides) || partners.binary_search(&mentor).is_ok() {
                return;
            }
            let (own, other) = self.ranks(Pair {
                mentee: mentee.get(),
                mentor: mentor.get(),
                by_mentee,
                by_mentor,
            });
            let wants = match found.proposing {
                Some(_) => (own > own_bar, other > other_bar),
                None => (own_bar.gains_by(by_mentee), other_bar.gains_by(by_mentor)),
            };
            match wants {
                (true, true) => found.block(mentee, mentor, most),
                (false, false) => {}
                (wants, _) => found.look_at(mentor, (own, wants), other),
            }
        });
    }
}

impl Found {
    fn new(bars: &Bars, proposing: Option<Role>) -> Self {
        let mentors = match proposing {
            Some(Role::Mentee) => bars.mentors.len(),
            _ => 0,
        };
        Self {
            blocking: BlockingPairs::default(),
            proposing,
            looks_at: vec![Rank::LOWEST; mentors],
        }
    }

    fn begin_row(&mut self) {
        if self.proposing == Some(Role::Mentor) {
            self.looks_at.push(Rank::LOWEST);
        }
    }

    fn block(&mut self, mentee: MenteeIdx, mentor: MentorIdx, most: usize) {
        self.blocking.count += 1;
        if self.blocking.pairs.len() < most {
            self.blocking.pairs.push((mentee, mentor));
        }
    }

    /// Whether values alone say that a pair neither blocks nor changes whom anybody looks at.
    fn is_settled(&self, mentor: MentorIdx, sides: [(Rank, i32); 2]) -> bool {
        let ([(bar, value), (other_bar, liked)], best) = match self.proposing {
            Some(Role::Mentee) => (sides, self.looks_at.get(mentor.index())),
            Some(Role::Mentor) => ([sides[1], sides[0]], self.looks_at.last()),
            None => (sides, Some(&Rank::HIGHEST)), // nobody looks at anybody
        };
        bar.is_above_all_of(value)
            || (other_bar.is_above_all_of(liked)
                && best.is_some_and(|best| best.is_above_all_of(liked)))
    }

    /// A pair of which one would and the other would not.
    fn look_at(&mut self, mentor: MentorIdx, (own, wants): (Rank, bool), other: Rank) {
        let (best, proposer) = match self.proposing {
            Some(Role::Mentee) if wants => (self.looks_at.get_mut(mentor.index()), other),
            Some(Role::Mentor) if !wants => (self.looks_at.last_mut(), own),
            _ => return,
        };
        if let Some(best) = best {
            *best = proposer.max(*best);
        }
    }

    fn join(mut self, other: Self, most: usize) -> Self {
        self.blocking.count += other.blocking.count;
        self.blocking.pairs.extend(other.blocking.pairs);
        self.blocking.pairs.truncate(most);
        if self.proposing == Some(Role::Mentor) {
            self.looks_at.extend(other.looks_at);
            return self;
        }
        for (best, more) in self.looks_at.iter_mut().zip(other.looks_at) {
            *best = more.max(*best);
        }
        self
    }
}

/// Whether following the pointers from somewhere leads round.
fn has_circle(next: &[Option<u32>]) -> bool {
    let mut seen_from = vec![None; next.len()];
    for start in 0..next.len() {
        let mut at = Some(start);
        while let Some(here) = at {
            match seen_from[here] {
                Some(from) if from == start => return true,
                Some(_) => break,
                None => seen_from[here] = Some(start),
            }
            at = next[here].map(|next| next as usize);
        }
    }
    false
}
