//! Whom a person without a partner could have had: how many, and the best of them.
//!
//! One pass over the rows serves everybody at once, mentees by rows and mentors by columns, and keeps a
//! few partners each: a row may have to be computed, and all columns together are as large as all rows.

use super::{Evidence, UnmatchedReason};
use crate::candidates::Row;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::participant::Profile;
use crate::score::Score;
use crate::scoring::ScoringError;

/// A mentee or a mentor, by position.
pub(super) trait Person: Copy {
    const ROLE: Role;
    fn profile<'a>(self, evidence: &Evidence<'a>) -> &'a Profile;
    /// Partners this one takes at most.
    fn places(self, evidence: &Evidence<'_>) -> u32;
    /// Whom this one has, in the order of ids.
    fn has(self, evidence: &Evidence<'_>) -> Vec<ParticipantId>;
    fn load(self, evidence: &Evidence<'_>) -> usize;
    /// The smallest group of this one's whose quota is used up.
    fn full_group<'a>(self, evidence: &'a Evidence<'_>) -> Option<&'a str>;
    /// People in the other role.
    fn others(evidence: &Evidence<'_>) -> usize;
    /// By refusal: how many people in the other role it forbids.
    fn refusals(self, evidence: &Evidence<'_>) -> Result<Vec<u32>, ScoringError>;

    fn id<'a>(self, evidence: &Evidence<'a>) -> &'a ParticipantId {
        &self.profile(evidence).id
    }

    fn has_room(self, evidence: &Evidence<'_>) -> bool {
        (self.load(evidence) as u64) < u64::from(self.places(evidence))
            && self.full_group(evidence).is_none()
    }
}

impl Person for MentorIdx {
    const ROLE: Role = Role::Mentor;

    fn profile<'a>(self, evidence: &Evidence<'a>) -> &'a Profile {
        &evidence.cohort.mentors()[self].profile
    }

    fn places(self, evidence: &Evidence<'_>) -> u32 {
        evidence.cohort.mentors()[self].capacity.max
    }

    fn has(self, evidence: &Evidence<'_>) -> Vec<ParticipantId> {
        ids(evidence, &evidence.mentees_by_mentor[self])
    }

    fn load(self, evidence: &Evidence<'_>) -> usize {
        evidence.mentees_by_mentor[self].len()
    }

    fn full_group<'a>(self, evidence: &'a Evidence<'_>) -> Option<&'a str> {
        evidence.full_group_of_mentor(self)
    }

    fn others(evidence: &Evidence<'_>) -> usize {
        evidence.cohort.mentees().len()
    }

    fn refusals(self, evidence: &Evidence<'_>) -> Result<Vec<u32>, ScoringError> {
        let refusals = evidence.scorer.refusals();
        let mut counts = vec![0; refusals.len()];
        let mentees = MenteeIdx::all(evidence.cohort.mentees().len());
        for mentee in mentees.take_while(|_| (evidence.goes_on)()) {
            for refusal in evidence.scorer.forbidden_by(mentee, self)? {
                for (count, known) in counts.iter_mut().zip(refusals) {
                    *count += u32::from(*known == refusal);
                }
            }
        }
        Ok(counts)
    }
}

impl Person for MenteeIdx {
    const ROLE: Role = Role::Mentee;

    fn profile<'a>(self, evidence: &Evidence<'a>) -> &'a Profile {
        &evidence.cohort.mentees()[self].profile
    }

    fn places(self, evidence: &Evidence<'_>) -> u32 {
        evidence.cohort.mentees()[self].demand.max
    }

    fn has(self, evidence: &Evidence<'_>) -> Vec<ParticipantId> {
        ids(evidence, evidence.assignment.mentors_of(self))
    }

    fn load(self, evidence: &Evidence<'_>) -> usize {
        evidence.assignment.mentors_of(self).len()
    }

    fn full_group<'a>(self, evidence: &'a Evidence<'_>) -> Option<&'a str> {
        evidence.full_group_of_mentee(self)
    }

    fn others(evidence: &Evidence<'_>) -> usize {
        evidence.cohort.mentors().len()
    }

    fn refusals(self, evidence: &Evidence<'_>) -> Result<Vec<u32>, ScoringError> {
        Ok(evidence.candidates.removed(self).collect())
    }
}

fn ids<P: Person>(evidence: &Evidence<'_>, people: &[P]) -> Vec<ParticipantId> {
    let ids = people.iter().map(|person| person.id(evidence).clone());
    let mut ids: Vec<_> = ids.collect();
    ids.sort_unstable();
    ids
}

/// What somebody without a partner could have had.
#[derive(Clone)]
pub(super) struct Prospects<P> {
    /// Allowed partners.
    pub(super) allowed: u32,
    /// Those of them who have places.
    pub(super) with_places: u32,
    /// The best of these, best first, at most [`UnmatchedReason::LISTED`].
    pub(super) best: Vec<(P, Score)>,
    /// The same among those with room.
    pub(super) with_room: Vec<(P, Score)>,
}

/// What matters of a partner, looked up once.
#[derive(Clone, Copy)]
struct Partner<P> {
    person: P,
    has_places: bool,
    has_room: bool,
}

impl<P: Person> Partner<P> {
    fn new(evidence: &Evidence<'_>, person: P) -> Self {
        Self {
            person,
            has_places: person.places(evidence) > 0,
            has_room: person.has_room(evidence),
        }
    }
}

impl<P: Person> Prospects<P> {
    fn none() -> Self {
        Self {
            allowed: 0,
            with_places: 0,
            best: Vec::new(),
            with_room: Vec::new(),
        }
    }

    fn add(&mut self, evidence: &Evidence<'_>, partner: Partner<P>, score: Score) {
        self.allowed += 1;
        if partner.has_places {
            self.with_places += 1;
            insert(evidence, &mut self.best, (partner.person, score));
        }
        if partner.has_room {
            insert(evidence, &mut self.with_room, (partner.person, score));
        }
    }

    /// The same of more partners.
    fn merge(&mut self, evidence: &Evidence<'_>, more: Self) {
        self.allowed += more.allowed;
        self.with_places += more.with_places;
        for own in more.best {
            insert(evidence, &mut self.best, own);
        }
        for own in more.with_room {
            insert(evidence, &mut self.with_room, own);
        }
    }
}

/// Takes a partner into the best, if she is one of them. In whatever order they come, the best are the
/// same: no two have the same id.
fn insert<P: Person>(evidence: &Evidence<'_>, best: &mut Vec<(P, Score)>, own: (P, Score)) {
    let is_before = |known: &(P, Score)| {
        known.1 > own.1 || (known.1 == own.1 && known.0.id(evidence) < own.0.id(evidence))
    };
    let is_full = best.len() == UnmatchedReason::LISTED;
    if is_full && best.last().is_some_and(is_before) {
        return;
    }
    let at = best.partition_point(is_before);
    best.insert(at, own);
    best.truncate(UnmatchedReason::LISTED);
}

/// Of mentees, and of mentors.
type OfBoth = (Vec<Prospects<MentorIdx>>, Vec<Prospects<MenteeIdx>>);

/// The prospects of some mentees and some mentors, each in ascending order; of fewer if nobody waits
/// any more.
pub(super) fn of(
    evidence: &Evidence<'_>,
    mentees: &[MenteeIdx],
    mentors: &[MentorIdx],
) -> Result<OfBoth, ScoringError> {
    let by_mentor: Vec<_> = MentorIdx::all(evidence.cohort.mentors().len())
        .map(|mentor| Partner::new(evidence, mentor))
        .collect();
    let everybody: Vec<_> = MenteeIdx::all(evidence.cohort.mentees().len()).collect();
    let rows = if mentors.is_empty() {
        mentees
    } else {
        &everybody
    };
    let nothing = || Found {
        of_mentees: Vec::new(),
        of_mentors: vec![Prospects::none(); mentors.len()],
    };
    let look = |found: &mut Found, mentee: MenteeIdx, row: Row<'_>| {
        if mentees.binary_search(&mentee).is_ok() {
            let mut prospects = Prospects::none();
            for (mentor, score) in row.allowed() {
                prospects.add(evidence, by_mentor[mentor], score);
            }
            found.of_mentees.push(prospects);
        }
        let partner = Partner::new(evidence, mentee);
        for (&mentor, prospects) in mentors.iter().zip(&mut found.of_mentors) {
            if let Some(score) = row.score(mentor) {
                prospects.add(evidence, partner, score);
            }
        }
    };
    let candidates = evidence.candidates;
    let stretches = candidates.by_stretches(rows, evidence.goes_on, nothing, look)?;
    let mut all = nothing();
    for found in stretches {
        all.of_mentees.extend(found.of_mentees);
        for (prospects, more) in all.of_mentors.iter_mut().zip(found.of_mentors) {
            prospects.merge(evidence, more);
        }
    }
    Ok((all.of_mentees, all.of_mentors))
}

/// What a stretch of rows tells.
struct Found {
    of_mentees: Vec<Prospects<MentorIdx>>,
    of_mentors: Vec<Prospects<MenteeIdx>>,
}
