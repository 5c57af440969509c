//! Rows of who can meet: the mentors at a mentee's places are looked up in lists, and what places
//! must offer is compared as bits, all of it at once.

use std::collections::{BTreeMap, BTreeSet};

use super::{CannotMeet, Terms, Verdict};
use crate::criteria::{Columns, Csr, bytes_of};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::MeetingMode;
use crate::rules::ForbidRow;

/// Both sides' terms, prepared for rows.
pub(super) struct Rows {
    rule: CannotMeet,
    classes: Columns<usize>,
    terms: Vec<Terms>, // by class
    mentors: Vec<Mentor>,
    at_place: Csr<MentorIdx>,    // by place: the mentors who can meet there
    access: Option<Vec<Access>>, // by class; unless bits do not suffice
}

/// What a row reads of a mentor.
#[derive(Clone, Copy)]
struct Mentor {
    mode: usize, // a position in `MODES`
    has_places: bool,
    class: usize,
}

/// What somebody needs and what their places offer, a bit for each thing.
#[derive(Clone, Copy)]
struct Access {
    needs: u64,
    offers: u64,
    says: bool, // what their places offer
}

const MODES: [Option<MeetingMode>; 4] = [
    None,
    Some(MeetingMode::InPerson),
    Some(MeetingMode::Hybrid),
    Some(MeetingMode::Virtual),
];

impl Rows {
    pub(super) fn new(rule: CannotMeet, classes: Columns<usize>, terms: Vec<Terms>) -> Self {
        let of_mentors = || MentorIdx::all(classes.mentors.len()).zip(&classes.mentors);
        let mentors = of_mentors().map(|(_, &class)| Mentor {
            mode: MODES
                .iter()
                .position(|mode| *mode == terms[class].mode)
                .unwrap_or(0),
            has_places: terms[class].places.is_some(),
            class,
        });
        let places = terms.iter().flat_map(|own| own.places.iter().flatten());
        let places = places.max().map_or(0, |&last| last as usize + 1);
        let at_place = of_mentors().flat_map(|(mentor, &class)| {
            let places = terms[class].places.iter().flatten();
            places.map(move |&place| (place as usize, mentor))
        });
        Self {
            rule,
            mentors: mentors.collect(),
            at_place: Csr::new(places, at_place.collect()),
            access: Access::of_all(&terms),
            classes,
            terms,
        }
    }

    /// By mentor: whether the two have no place in common, as far as that is known.
    fn apart(&self, own: &Terms) -> Vec<bool> {
        let unknown = self.rule.if_missing.forbids();
        let Some(places) = &own.places else {
            return vec![unknown; self.mentors.len()];
        };
        let apart = self.mentors.iter().map(|own| own.has_places || unknown);
        let mut apart: Vec<bool> = apart.collect();
        for &place in places {
            for &mentor in self.at_place.list(place as usize) {
                apart[mentor] = false;
            }
        }
        apart
    }

    /// Whether the places of a pair do not offer what it needs, as far as that is known.
    fn lacks(&self, mentee: usize, mentor: usize) -> bool {
        let unknown = self.rule.if_missing.forbids();
        match &self.access {
            Some(access) => access[mentee].lacks(access[mentor], unknown),
            None => {
                let served = self.terms[mentee].is_served_with(&self.terms[mentor]);
                !served.unwrap_or(!unknown)
            }
        }
    }
}

impl Access {
    /// Of everybody; `None` if more than 64 things occur.
    fn of_all(terms: &[Terms]) -> Option<Vec<Self>> {
        let things = terms.iter();
        let things = things.flat_map(|own| own.needs.iter().chain(&own.offered).flatten());
        let things: BTreeSet<u32> = things.copied().collect();
        if things.len() > 64 {
            return None;
        }
        let bits: BTreeMap<u32, u32> = things.into_iter().zip(0..).collect();
        let set = |items: &Option<Vec<u32>>| {
            let items = items.iter().flatten();
            items.fold(0, |set, item| set | 1 << bits[item])
        };
        let access = terms.iter().map(|own| Self {
            needs: set(&own.needs),
            offers: set(&own.offered),
            says: own.offered.is_some(),
        });
        Some(access.collect())
    }

    fn lacks(self, other: Self, unknown: bool) -> bool {
        let needs = self.needs | other.needs;
        let missing = needs & !(self.offers | other.offers) != 0;
        (needs != 0)
            & if self.says | other.says {
                missing
            } else {
                unknown
            }
    }
}

impl ForbidRow for Rows {
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        let (mentee, mentor) = (self.classes.mentees[mentee], self.classes.mentors[mentor]);
        self.rule.forbids(&self.terms[mentee], &self.terms[mentor])
    }

    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]) {
        let class = self.classes.mentees[mentee];
        let own = &self.terms[class];
        let verdicts = MODES.map(|mode| self.rule.verdict(own.mode, mode));
        let never = verdicts.map(|verdict| verdict == Verdict::Never);
        let in_person = verdicts.map(|verdict| verdict == Verdict::InPerson);
        if !in_person.contains(&true) {
            for (forbidden, mentor) in row.iter_mut().zip(&self.mentors) {
                *forbidden |= never[mentor.mode];
            }
            return;
        }
        let pairs = self.mentors.iter().zip(self.apart(own));
        for (forbidden, (mentor, apart)) in row.iter_mut().zip(pairs) {
            let there = in_person[mentor.mode];
            *forbidden |=
                never[mentor.mode] | (there && (apart || self.lacks(class, mentor.class)));
        }
    }

    fn bytes(&self) -> u64 {
        let people = bytes_of(&self.classes.mentees) + bytes_of(&self.classes.mentors);
        let terms = bytes_of(&self.terms) + bytes_of(&self.mentors);
        people + terms + self.at_place.bytes()
    }

    /// People who meet on the same terms are one class.
    fn row_class(&self, mentee: MenteeIdx) -> Option<u32> {
        u32::try_from(self.classes.mentees[mentee]).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::Context;
    use crate::participant::{Cohort, Profile};
    use crate::rules::{IfMissing, Rule};

    /// Somebody whose answers follow from a number, among so many things.
    fn person(id: String, at: usize, things: usize) -> Profile {
        let named = |of: &str, from: usize, count: usize| -> Vec<String> {
            let numbers = (from..from + count).map(|number| number * 7 % things);
            numbers.map(|number| format!("{of} {number}")).collect()
        };
        let mut own = Profile::new(id);
        own.meeting_mode = MODES[at % 4];
        own.meets_at = named("place", at, at % 3);
        own.accessibility_needs = named("thing", at, at % 5 / 2);
        own.accessibility_offered = named("thing", at / 3, at % 7);
        own
    }

    #[test]
    fn rows_and_pairs_agree_whether_or_not_bits_suffice() {
        for (things, fit) in [(6, true), (60, true), (80, false)] {
            let mentors = (0..120).map(|at| person(format!("r{at}"), at, things).mentor(1));
            let mentees = (0..120).map(|at| person(format!("e{at}"), at * 5, things).mentee());
            let cohort = Cohort::new(mentors, mentees).unwrap();
            for if_missing in [IfMissing::Forbid, IfMissing::Allow] {
                let rule = CannotMeet { if_missing };
                let terms = super::super::read(&cohort, rule.name()).unwrap();
                let (classes, terms) = crate::criteria::numbered(terms);
                assert_eq!(Access::of_all(&terms).is_some(), fit, "{things} things");
                let rows = Rows::new(rule, classes, terms);
                let mut forbidden = 0;
                for mentee in MenteeIdx::all(120) {
                    let mut row = vec![false; 120];
                    rows.forbid_row(mentee, &mut row);
                    for mentor in MentorIdx::all(120) {
                        assert_eq!(row[mentor], rows.forbids(mentee, mentor));
                        forbidden += u32::from(row[mentor]);
                    }
                }
                assert!((1_000..14_000).contains(&forbidden), "{forbidden}");
                assert!(rule.prepare(&Context::new(&cohort)).unwrap().bytes() > 0);
            }
        }
    }
}
