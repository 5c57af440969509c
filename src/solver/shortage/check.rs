//! The check of a shortage: from the problem alone, by code that shares nothing with the search.
//!
//! For each bottleneck what enters and leaves its set is read off the problem again and compared
//! with what is listed: everything that enters, and no minimum but those that leave. The proof
//! itself is one line, see [`Shortage`].

use std::collections::BTreeSet;

use super::super::level::Owner;
use super::super::problem::{Problem, Row, RowBuffer};
use super::arcs::{node, place_arc};
use super::{Bottleneck, Bound, Scarce, Shortage, ShortageViolation as Violation};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;

impl Shortage {
    /// Checks that no assignment has a smaller [`shortfall`](Self::shortfall), from the problem
    /// alone.
    ///
    /// That a solution falls short by no more is seen from its value at
    /// [`Level::Minimums`](crate::solver::Level::Minimums): what all minimums add up to, less this.
    ///
    /// # Errors
    /// The first thing that fails, in the order of [`ShortageViolation`](Violation)'s variants.
    ///
    /// # Complexity
    /// One parallel pass over the pairs, or over those of the mentees concerned where mentors are
    /// scarce; O(people) beside.
    pub fn check(&self, problem: &Problem<'_>) -> Result<(), Violation> {
        let parts = &self.bottlenecks;
        let formed = |part| is_well_formed(problem, part);
        if let Some(bottleneck) = parts.iter().position(|part| !formed(part)) {
            return Err(Violation::Shape { bottleneck });
        }
        let check = Check::new(problem, parts);
        check.check_places()?;
        check.check_pairs()?;
        let is_usable = |part: &Bottleneck| part.usable == usable(problem, &part.pairs);
        if let Some(bottleneck) = parts.iter().position(|part| !is_usable(part)) {
            return Err(Violation::PairStated { bottleneck });
        }
        let total: u64 = parts.iter().map(Bottleneck::shortfall).sum();
        if total == self.shortfall && parts.iter().all(|part| part.shortfall() > 0) {
            Ok(())
        } else {
            let stated = self.shortfall;
            Err(Violation::Sum { stated })
        }
    }
}

fn is_well_formed(problem: &Problem<'_>, part: &Bottleneck) -> bool {
    let exists = |&owner: &Owner| exists(problem, owner);
    let ascend = |bounds: &[Bound]| bounds.is_sorted_by(|a, b| a.owner < b.owner);
    part.members.is_sorted_by(|a, b| a < b)
        && part.members.iter().all(exists)
        && ascend(&part.claims)
        && ascend(&part.limits)
        && part.pairs.is_sorted_by(|a, b| a < b)
}

/// How many of these pairs can be used together: one of a mentee with mentors of one kind.
fn usable(problem: &Problem<'_>, pairs: &[(MenteeIdx, MentorIdx)]) -> u64 {
    let slot = |&(mentee, mentor): &(MenteeIdx, MentorIdx)| {
        let kind = problem.kind_for(mentee.index(), mentor.index());
        (mentee, kind, kind.is_none().then_some(mentor))
    };
    pairs.iter().map(slot).collect::<BTreeSet<_>>().len() as u64
}

fn exists(problem: &Problem<'_>, owner: Owner) -> bool {
    match owner {
        Owner::Mentee(index) => index < problem.mentees(),
        Owner::Mentor(index) => index < problem.mentors(),
        Owner::MenteeGroup(index) => index < problem.mentees.groups.len(),
        Owner::MentorGroup(index) => index < problem.mentors.groups.len(),
    }
}

/// Bottlenecks beside the problem they are about.
struct Check<'a> {
    problem: &'a Problem<'a>,
    parts: &'a [Bottleneck],
    /// By node, the hub last: the bottlenecks it is a member of.
    of: Vec<Vec<usize>>,
}

/// What an arc is to a bottleneck's set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Crossing {
    Enters,
    Leaves,
}

/// The bounds that cross one bottleneck's set.
#[derive(Clone, Default)]
struct Crossed {
    /// Maxima of what enters.
    limits: Vec<Bound>,
    /// Minimums of what leaves.
    claims: Vec<Bound>,
}

impl<'a> Check<'a> {
    fn new(problem: &'a Problem<'a>, parts: &'a [Bottleneck]) -> Self {
        let mut of = vec![Vec::new(); problem.nodes() + 1];
        for (number, part) in parts.iter().enumerate() {
            for &member in &part.members {
                of[node(problem, member)].push(number);
            }
        }
        Self { problem, parts, of }
    }

    /// Calls `visit` with each bottleneck whose set the arc enters or leaves.
    fn for_each_crossing(&self, arc: (usize, usize), mut visit: impl FnMut(usize, Crossing)) {
        let (tail, head) = (&self.of[arc.0], &self.of[arc.1]);
        for &number in tail.iter().filter(|number| !head.contains(number)) {
            visit(
                number,
                match self.parts[number].scarce {
                    Scarce::Mentees => Crossing::Leaves,
                    Scarce::Mentors => Crossing::Enters,
                },
            );
        }
        for &number in head.iter().filter(|number| !tail.contains(number)) {
            visit(
                number,
                match self.parts[number].scarce {
                    Scarce::Mentees => Crossing::Enters,
                    Scarce::Mentors => Crossing::Leaves,
                },
            );
        }
    }

    /// All maxima that limit a bottleneck are listed; each minimum that is listed leaves, and is
    /// listed once; and no member is idle.
    fn check_places(&self) -> Result<(), Violation> {
        let crossed = self.crossed();
        let mut counted = Vec::new();
        for (part, crossed) in self.parts.iter().zip(&crossed) {
            let leaves = |claim: &&Bound| find(&crossed.claims, claim.owner) == Some(*claim);
            if let Some(claim) = part.claims.iter().find(|claim| !leaves(claim)) {
                return Err(Violation::Claim { owner: claim.owner });
            }
            // A member whose own minimum leaves is there to claim it; anybody else is no member.
            let claims = |owner| find(&part.claims, owner).is_some();
            let is_member = |owner| part.members.binary_search(&owner).is_ok();
            let idle = |owner: &Owner| is_member(*owner) && !claims(*owner);
            if let Some(owner) = crossed.claims.iter().map(|claim| claim.owner).find(idle) {
                return Err(Violation::Claim { owner });
            }
            counted.extend(part.claims.iter().map(|claim| claim.owner));
        }
        counted.sort_unstable();
        if let Some(twice) = counted.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Violation::Claim { owner: twice[0] });
        }
        for (part, crossed) in self.parts.iter().zip(&crossed) {
            if let Some(owner) = first_difference(&part.limits, &crossed.limits) {
                return Err(Violation::Limit { owner });
            }
        }
        Ok(())
    }

    fn crossed(&self) -> Vec<Crossed> {
        let mut crossed = vec![Crossed::default(); self.parts.len()];
        for owner in Owner::all(self.problem) {
            let places = [owner.min(self.problem), owner.max(self.problem)];
            let [claim, limit] = places.map(|places| Bound { owner, places });
            self.for_each_crossing(
                place_arc(self.problem, owner),
                |number, crossing| match crossing {
                    Crossing::Enters => crossed[number].limits.push(limit),
                    Crossing::Leaves => crossed[number].claims.push(claim),
                },
            );
        }
        crossed
    }

    /// All allowed pairs that could help a bottleneck are listed, and no others.
    fn check_pairs(&self) -> Result<(), Violation> {
        let draws_on_all = (self.parts.iter()).any(|part| part.scarce == Scarce::Mentees);
        let gives = |number: &usize| self.parts[*number].scarce == Scarce::Mentors;
        let blocks = parallel::blocks(self.problem.extent(), |mentees| {
            let mut found = vec![0; self.parts.len()];
            let mut buffer = RowBuffer::default();
            for mentee in mentees.filter(|&at| draws_on_all || self.of[at].iter().any(gives)) {
                let row = self.problem.row(mentee, &mut buffer);
                self.check_row(mentee_at(mentee), row, &mut found)?;
            }
            Ok(found)
        });
        let mut found = vec![0; self.parts.len()];
        for block in blocks {
            found
                .iter_mut()
                .zip(block?)
                .for_each(|(sum, found)| *sum += found);
        }
        let unlike = |(part, &found): (&Bottleneck, &usize)| part.pairs.len() != found;
        match self.parts.iter().zip(&found).position(unlike) {
            Some(bottleneck) => Err(Violation::PairStated { bottleneck }),
            None => Ok(()),
        }
    }

    /// Counts the pairs of a row that could help each bottleneck.
    fn check_row(
        &self,
        mentee: MenteeIdx,
        row: Option<Row<'_>>,
        found: &mut [usize],
    ) -> Result<(), Violation> {
        let mut missing = None;
        let row = row.ok_or(Violation::RowOutOfRange { mentee })?;
        row.for_each(|at, _| {
            let mentor = MentorIdx::new(at);
            let arc = (mentee.index(), self.problem.mentees() + mentor.index());
            self.for_each_crossing(arc, |number, crossing| {
                if crossing == Crossing::Enters {
                    found[number] += 1;
                    let pairs = &self.parts[number].pairs;
                    if pairs.binary_search(&(mentee, mentor)).is_err() {
                        missing.get_or_insert(mentor);
                    }
                }
            });
        });
        missing.map_or(Ok(()), |mentor| {
            Err(Violation::PairMissing { mentee, mentor })
        })
    }
}

/// The bound of `owner` in a list ordered by owners.
fn find(bounds: &[Bound], owner: Owner) -> Option<&Bound> {
    let at = bounds.binary_search_by_key(&owner, |bound| bound.owner);
    Some(&bounds[at.ok()?])
}

/// The first owner whose bound only one list has.
fn first_difference(stated: &[Bound], found: &[Bound]) -> Option<Owner> {
    let same = stated.iter().zip(found).take_while(|(a, b)| a == b).count();
    let (stated, found) = (stated.get(same), found.get(same));
    // The lists ascend, so what comes earlier is what the other one lacks.
    stated
        .into_iter()
        .chain(found)
        .map(|bound| bound.owner)
        .min()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a problem has fewer than 2^24 people"
)]
fn mentee_at(row: usize) -> MenteeIdx {
    MenteeIdx::new(row as u32)
}
