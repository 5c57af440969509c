//! A cohort while some of its people change.
//!
//! # Idea
//! A roster of thousands is checked as a whole once. When a few people join, leave or change, all others
//! still fit together, so only what those few say is checked: alone, against their other role, against
//! what an attribute is for everybody else, and up the chain of managers. The result is the cohort
//! that a new check of everybody would give.
//!
//! Whoever leaves stays in the reporting lines: a chain of managers does not break because somebody in
//! it takes no part any more.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::agreement;
use super::between::PastPair;
use super::checks;
use super::cohort::{Cohort, Roster};
use super::entry::{Entry, entries, side};
use super::order::Side;
use super::profile::{Profile, Status};
use super::roles::{Bounds, Mentee, Mentor, Participant};
use crate::error::{CohortError, CohortProblem, CohortProblemKind as Kind, Redacted};
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};

/// A cohort being changed.
pub(crate) struct CohortDraft {
    roster: Roster,
    /// Who has joined or changed.
    touched: BTreeSet<(Role, ParticipantId)>,
    problems: Vec<CohortProblem>,
}

/// A cohort after some people changed, and whose pairs may have other scores for it.
pub(crate) struct ChangedCohort {
    pub(crate) cohort: Cohort,
    /// People who are there and whom it concerns, by position.
    pub(crate) mentees: BTreeSet<MenteeIdx>,
    pub(crate) mentors: BTreeSet<MentorIdx>,
}

impl CohortDraft {
    /// Nothing changed yet.
    pub(crate) fn of(cohort: &Cohort) -> Self {
        Self {
            roster: Roster {
                warnings: OnceLock::new(),
                ..cohort.roster().clone()
            },
            touched: BTreeSet::new(),
            problems: Vec::new(),
        }
    }

    /// The mentor of this id.
    pub(crate) fn mentor(&self, id: &ParticipantId) -> Option<&Mentor> {
        let at = self
            .roster
            .mentors
            .position(self.roster.seed, id.as_str())?;
        Some(&self.roster.mentors.people[at as usize])
    }

    /// The mentee of this id.
    pub(crate) fn mentee(&self, id: &ParticipantId) -> Option<&Mentee> {
        let at = self
            .roster
            .mentees
            .position(self.roster.seed, id.as_str())?;
        Some(&self.roster.mentees.people[at as usize])
    }

    /// Somebody joins as a mentor.
    pub(crate) fn add_mentor(&mut self, mentor: Mentor) {
        if self.mentor(&mentor.profile.id).is_some() {
            self.problems.push(twice(Role::Mentor, &mentor.profile));
        } else {
            self.put_mentor(mentor);
        }
    }

    /// Somebody joins as a mentee.
    pub(crate) fn add_mentee(&mut self, mentee: Mentee) {
        if self.mentee(&mentee.profile.id).is_some() {
            self.problems.push(twice(Role::Mentee, &mentee.profile));
        } else {
            self.put_mentee(mentee);
        }
    }

    /// A mentor says something else than before.
    pub(crate) fn put_mentor(&mut self, mentor: Mentor) {
        self.touched
            .insert((Role::Mentor, mentor.profile.id.clone()));
        self.roster.mentors.put(self.roster.seed, Arc::new(mentor));
    }

    /// A mentee says something else than before.
    pub(crate) fn put_mentee(&mut self, mentee: Mentee) {
        self.touched
            .insert((Role::Mentee, mentee.profile.id.clone()));
        self.roster.mentees.put(self.roster.seed, Arc::new(mentee));
    }

    /// Somebody pauses, leaves for a while or is back. Who takes no part has no places, whatever her pairs
    /// score: only who is back is touched.
    pub(crate) fn set_status(&mut self, role: Role, id: &ParticipantId, status: Status) {
        let touched = status.is_active();
        match role {
            Role::Mentor => {
                if let Some(own) = self.mentor(id).map(|own| own.with_status(status)) {
                    self.set_mentor(own, touched);
                }
            }
            Role::Mentee => {
                if let Some(own) = self.mentee(id).map(|own| own.with_status(status)) {
                    self.set_mentee(own, touched);
                }
            }
        }
    }

    /// Somebody takes more or fewer partners, and says nothing else; `touched` tells whether that can
    /// change a score.
    pub(crate) fn set_places(
        &mut self,
        (role, id): (Role, &ParticipantId),
        places: Bounds,
        touched: bool,
    ) {
        match role {
            Role::Mentor => {
                if let Some(own) = self.mentor(id) {
                    let (profile, capacity) = (own.profile.clone(), places);
                    self.set_mentor(Mentor { profile, capacity }, touched);
                }
            }
            Role::Mentee => {
                if let Some(own) = self.mentee(id) {
                    let (profile, demand) = (own.profile.clone(), places);
                    self.set_mentee(Mentee { profile, demand }, touched);
                }
            }
        }
    }

    fn set_mentor(&mut self, mentor: Mentor, touched: bool) {
        if touched {
            return self.put_mentor(mentor);
        }
        self.check_alone(side([&mentor]));
        self.roster.mentors.put(self.roster.seed, Arc::new(mentor));
    }

    fn set_mentee(&mut self, mentee: Mentee, touched: bool) {
        if touched {
            return self.put_mentee(mentee);
        }
        self.check_alone(side([&mentee]));
        self.roster.mentees.put(self.roster.seed, Arc::new(mentee));
    }

    /// A person leaves the role; `false` if nobody of this id is in it.
    pub(crate) fn remove(&mut self, role: Role, id: &ParticipantId) -> bool {
        let seed = self.roster.seed;
        self.touched.remove(&(role, id.clone()));
        match role {
            Role::Mentor => remove(&mut self.roster.mentors, seed, id),
            Role::Mentee => remove(&mut self.roster.mentees, seed, id),
        }
    }

    /// People have been pairs.
    pub(crate) fn add_past_pairs(&mut self, pairs: impl IntoIterator<Item = PastPair>) {
        let between = Arc::make_mut(&mut self.roster.between);
        between.past_pairs.extend(pairs);
        *between = std::mem::take(between).sorted();
    }

    /// Checks what has changed.
    ///
    /// # Errors
    /// Every problem found, not only the first.
    pub(crate) fn build(mut self) -> Result<ChangedCohort, CohortError> {
        let lines = self.draw_lines();
        self.check_touched();
        let people = (
            self.roster.mentors.people.len(),
            self.roster.mentees.people.len(),
        );
        self.problems
            .extend(checks::too_many(Role::Mentor, people.0));
        self.problems
            .extend(checks::too_many(Role::Mentee, people.1));
        if !self.problems.is_empty() {
            return Err(CohortError::new(self.problems));
        }
        let touched = self.touched;
        let cohort = Cohort::of_roster(self.roster);
        let mut changed = ChangedCohort {
            mentees: BTreeSet::new(),
            mentors: BTreeSet::new(),
            cohort,
        };
        for (role, id) in &touched {
            changed.concern(*role, id);
        }
        for id in &lines {
            changed.concern(Role::Mentor, id);
            changed.concern(Role::Mentee, id);
        }
        Ok(changed)
    }

    /// Draws the reporting lines of those who changed; everybody whose chain of managers is another now.
    fn draw_lines(&mut self) -> BTreeSet<ParticipantId> {
        let mut moved = BTreeSet::new();
        let ids: BTreeSet<_> = self.touched.iter().map(|(_, id)| id.clone()).collect();
        for id in ids {
            let of_mentor = self.mentor(&id).and_then(|own| own.profile.manager.clone());
            let of_mentee = self.mentee(&id).and_then(|own| own.profile.manager.clone());
            if let (Some(one), Some(other)) = (&of_mentor, &of_mentee)
                && one != other
            {
                self.problems.push(managers_disagree(&id, [one, other]));
                continue;
            }
            let Some(manager) = of_mentor.or(of_mentee) else {
                continue;
            };
            let lines = Arc::make_mut(&mut self.roster.reporting_lines);
            if lines.set(&id, &manager) {
                self.problems.extend(lines.cycle_of(&id));
                moved.insert(id);
            }
        }
        if self.problems.is_empty() {
            let lines = &self.roster.reporting_lines;
            let below: Vec<_> = moved.iter().flat_map(|id| lines.below(id)).collect();
            moved.extend(below);
        }
        moved
    }

    /// Checks those who changed, alone and against what others say.
    fn check_touched(&mut self) {
        let is_touched = |role: Role, own: &Profile| self.touched.contains(&(role, own.id.clone()));
        let (mentors, mentees) = (&self.roster.mentors.people, &self.roster.mentees.people);
        let find = |role| self.touched.iter().filter(move |(own, _)| *own == role);
        let touched_mentors = find(Role::Mentor).filter_map(|(_, id)| self.mentor(id));
        let touched_mentees = find(Role::Mentee).filter_map(|(_, id)| self.mentee(id));
        let touched = entries(touched_mentors, touched_mentees);
        let ids: BTreeSet<_> = self.touched.iter().map(|(_, id)| id).collect();
        let both = entries(
            ids.iter().filter_map(|id| self.mentor(id)),
            ids.iter().filter_map(|id| self.mentee(id)),
        );
        let mentors = mentors.iter().map(|own| (Role::Mentor, &own.profile));
        let mentees = mentees.iter().map(|own| (Role::Mentee, &own.profile));
        let others = mentors.chain(mentees);
        let others = others.filter(|(role, own)| !is_touched(*role, own));
        let mut found = checks::problems(&touched);
        found.extend(agreement::role_problems(&both));
        found.extend(agreement::misfits(&touched, others.map(|(_, own)| own)));
        self.problems.extend(found);
    }

    fn check_alone<'a>(&mut self, entry: impl Iterator<Item = Entry<'a>>) {
        let entry: Vec<_> = entry.collect();
        self.problems.extend(checks::problems(&entry));
    }
}

impl ChangedCohort {
    fn concern(&mut self, role: Role, id: &ParticipantId) {
        match role {
            Role::Mentor => self.mentors.extend(self.cohort.mentor_idx(id.as_str())),
            Role::Mentee => self.mentees.extend(self.cohort.mentee_idx(id.as_str())),
        }
    }
}

impl Cohort {
    /// Only these people, in the same order, with all that is known about them.
    pub(crate) fn part(
        &self,
        mentees: impl Iterator<Item = MenteeIdx> + Clone,
        mentors: impl Iterator<Item = MentorIdx> + Clone,
    ) -> Self {
        let roster = self.roster();
        Self::of_roster(Roster {
            seed: roster.seed,
            mentees: roster.mentees.part(mentees.map(MenteeIdx::index)),
            mentors: roster.mentors.part(mentors.map(MentorIdx::index)),
            reporting_lines: roster.reporting_lines.clone(),
            between: roster.between.clone(),
            warnings: OnceLock::new(),
            vocabulary: roster.vocabulary.clone(),
        })
    }

    /// By position, where each mentee and each mentor stood in an earlier state of this cohort, of the
    /// same seed; `None` for those who are new.
    pub(crate) fn places_in(&self, before: &Self) -> (Vec<Option<u32>>, Vec<Option<u32>>) {
        let (now, before) = (self.roster(), before.roster());
        (
            now.mentees.places_in(&before.mentees),
            now.mentors.places_in(&before.mentors),
        )
    }
}

fn remove<P: Participant>(side: &mut Side<P>, seed: u64, id: &ParticipantId) -> bool {
    let place = side.position(seed, id.as_str());
    place.map(|at| side.remove(at as usize)).is_some()
}

fn twice(role: Role, profile: &Profile) -> CohortProblem {
    CohortProblem {
        role: Some(role),
        participant: Some(profile.id.clone()),
        field: "id".to_owned(),
        kind: Kind::DuplicateId { times: 2 },
    }
}

fn managers_disagree(id: &ParticipantId, managers: [&ParticipantId; 2]) -> CohortProblem {
    let mut managers = managers.map(Clone::clone).to_vec();
    managers.sort_unstable();
    CohortProblem {
        role: None,
        participant: Some(id.clone()),
        field: "manager".to_owned(),
        kind: Kind::ManagersDisagree {
            managers: Redacted::new(managers),
        },
    }
}
