//! Everybody's bar in an assignment, which must be legal: nobody has too many partners, and only pairs that
//! are allowed.

use super::super::super::assignment::Assignment;
use super::super::super::certificate::Violation;
use super::super::preferences::{Buffers, Preferences, Rank};
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::parallel;

/// Where everybody's worst partner stands, by person; the bottom of the list if there is room.
pub(super) struct Bars {
    pub(super) mentees: Vec<Rank>,
    pub(super) mentors: Vec<Rank>,
}

/// One pair in one pass.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) mentee: u32,
    pub(super) mentor: u32,
    pub(super) by_mentee: i32,
    pub(super) by_mentor: i32,
}

impl Preferences<'_> {
    /// Everybody's bar, if the assignment is legal.
    pub(super) fn bars(&self, assignment: &Assignment) -> Result<Bars, Violation> {
        if !assignment.fits(self.problem()) {
            return Err(Violation::Shape);
        }
        let [mut mentees, mut mentors] = [(Role::Mentee, "mentee"), (Role::Mentor, "mentor")]
            .map(|(role, what)| Places::new(what, self.maxima(role)));
        let seats = parallel::map(
            self.problem().lookup_extent(),
            Buffers::default,
            |buffers, row| self.seats(assignment, row, buffers),
        );
        self.check_promise()?;
        for (own, other) in seats.into_iter().collect::<Result<Vec<_>, _>>()?.concat() {
            mentees.seat(other.partner(), own);
            mentors.seat(own.partner(), other);
        }
        Ok(Bars {
            mentees: mentees.bars()?,
            mentors: mentors.bars()?,
        })
    }

    /// Where both stand with the other in each of a mentee's pairs.
    fn seats(
        &self,
        assignment: &Assignment,
        row: usize,
        buffers: &mut Buffers,
    ) -> Result<Vec<(Rank, Rank)>, Violation> {
        let mentee = MenteeIdx::new(u32::try_from(row).unwrap_or(u32::MAX));
        let partners = assignment.mentors_of(mentee);
        let (Some(first), Some(last)) = (partners.first(), partners.last()) else {
            return Ok(Vec::new());
        };
        let mut seats = Vec::with_capacity(partners.len());
        let within = first.index()..last.index() + 1;
        self.for_each(row, &within, buffers, |mentor, by_mentee, by_mentor| {
            if partners.binary_search(&MentorIdx::new(mentor)).is_ok() {
                seats.push(self.ranks(Pair {
                    mentee: mentee.get(),
                    mentor,
                    by_mentee,
                    by_mentor,
                }));
            }
        });
        // Both ascend; where a seat is missing, the pair is not allowed or is there twice.
        let mut found = seats.iter().map(|(own, _)| own.partner());
        let wrong = partners
            .iter()
            .find(|mentor| found.next() != Some(mentor.get()));
        match wrong {
            Some(&mentor) => Err(Violation::NotAllowed { mentee, mentor }),
            None => Ok(seats),
        }
    }

    pub(super) fn check_promise(&self) -> Result<(), Violation> {
        match self.refused() {
            Some(mentee) => Err(Violation::RowOutOfRange { mentee }),
            None => Ok(()),
        }
    }

    /// Where the mentor stands with the mentee, and the mentee with the mentor.
    pub(super) fn ranks(&self, pair: Pair) -> (Rank, Rank) {
        let hash = self.hash(Role::Mentee, pair.mentee, pair.mentor);
        (
            Rank::new(pair.by_mentee, hash, pair.mentor),
            Rank::new(pair.by_mentor, hash, pair.mentee),
        )
    }
}

/// The places of one side, and who sits there.
struct Places<'a> {
    what: &'static str,
    maxima: &'a [u32],
    loads: Vec<u64>,
    worst: Vec<Rank>,
}

impl<'a> Places<'a> {
    fn new(what: &'static str, maxima: &'a [u32]) -> Self {
        Self {
            what,
            maxima,
            loads: vec![0; maxima.len()],
            worst: vec![Rank::HIGHEST; maxima.len()],
        }
    }

    fn seat(&mut self, person: u32, partner: Rank) {
        let person = person as usize;
        self.loads[person] += 1;
        self.worst[person] = self.worst[person].min(partner);
    }

    fn bars(mut self) -> Result<Vec<Rank>, Violation> {
        for (index, (&load, &max)) in self.loads.iter().zip(self.maxima).enumerate() {
            if load > u64::from(max) {
                let what = self.what;
                return Err(Violation::Overloaded {
                    what,
                    index,
                    load,
                    max,
                });
            }
            if load < u64::from(max) {
                self.worst[index] = Rank::LOWEST;
            }
        }
        Ok(self.worst)
    }
}

impl Bars {
    /// Whom somebody points at who looks at the proposer of this rank: the proposer's worst partner.
    pub(super) fn points_at(&self, looks_at: Rank, proposing: Role) -> Option<u32> {
        if looks_at == Rank::LOWEST {
            return None; // she looks at nobody
        }
        let bars = match proposing {
            Role::Mentee => &self.mentees,
            Role::Mentor => &self.mentors,
        };
        let worst = bars[looks_at.partner() as usize];
        (worst != Rank::LOWEST).then_some(worst.partner())
    }
}
