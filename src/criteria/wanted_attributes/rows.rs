//! Rows of wanted attributes: who meets which wants, counted for all mentors at once.
//!
//! # Idea
//! Asking each want of each pair costs a search a want. Instead, a want for something in common is
//! met by the mentors in the lists of its items, and one for nothing in common by all who answered
//! but those. The mentors' wants are turned round: each item lists the wants that name it, so that a
//! mentee's answers find those they meet. A row so costs what is found, not what is asked.
//!
//! # Invariant
//! Each want is counted at most once a pair, however many of its items are found: `seen` tells.

use std::collections::BTreeMap;

use super::{Person, Want};
use crate::criteria::column::Columns;
use crate::criteria::csr::Csr;
use crate::criteria::{BadScore, ScoreRow, balanced, bytes_of, bytes_of_lists};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::score::{Score, ratio};

/// Both sides' wants and answers, prepared for rows.
pub(super) struct Rows {
    balance: Score,
    classes: Columns<usize>,
    people: Vec<Person>, // by class
    first: Vec<usize>,   // by field: the key of its first item; and the number of keys
    /// By item: the mentors who have it.
    holders: Csr<MentorIdx>,
    /// By field, then by mentor: whether the mentor answered.
    answered: Vec<Vec<u32>>,
    /// By item: the mentors' wants that name it.
    naming: Csr<usize>,
    /// The mentors' wants: whose, and whether for something in common.
    wants: Vec<(MentorIdx, bool)>,
    /// By field, then by mentor: how many wants for nothing in common the mentor has.
    different: Vec<Vec<u32>>,
    shares: Shares,
}

/// The views of those whose wants are met in part: what a want counts depends on how many there are.
struct Shares {
    tables: Vec<Score>, // for each number of wants that occurs: by how many are met
    start: Vec<usize>,  // by mentor: of its table; usize::MAX for a mentor without wants
}

impl Rows {
    pub(super) fn new(balance: Score, classes: Columns<usize>, people: Vec<Person>) -> Self {
        let first = keys(&people);
        let of_mentors = || MentorIdx::all(classes.mentors.len()).zip(&classes.mentors);
        let mut rows = Self {
            balance,
            holders: Csr::new(0, Vec::new()),
            answered: vec![vec![0; classes.mentors.len()]; first.len() - 1],
            naming: Csr::new(0, Vec::new()),
            wants: Vec::new(),
            different: vec![vec![0; classes.mentors.len()]; first.len() - 1],
            shares: Shares::new(of_mentors().map(|(_, &class)| people[class].wants.len())),
            classes: Columns {
                mentees: Vec::new(),
                mentors: Vec::new(),
            },
            people: Vec::new(),
            first,
        };
        let (mut holding, mut naming) = (Vec::new(), Vec::new());
        for (mentor, &class) in of_mentors() {
            let person = &people[class];
            rows.add_answers(mentor, person, &mut holding);
            rows.add_wants(mentor, person, &mut naming);
        }
        let keys = rows.first.last().copied().unwrap_or(0);
        rows.holders = Csr::new(keys, holding);
        rows.naming = Csr::new(keys, naming);
        Self {
            classes,
            people,
            ..rows
        }
    }

    fn add_answers(
        &mut self,
        mentor: MentorIdx,
        person: &Person,
        holding: &mut Vec<(usize, MentorIdx)>,
    ) {
        for (field, answer) in person.answers.iter().enumerate() {
            if let Some(items) = answer {
                self.answered[field][mentor] = 1;
                let first = self.first[field];
                holding.extend(items.iter().map(|&item| (first + item as usize, mentor)));
            }
        }
    }

    fn add_wants(&mut self, mentor: MentorIdx, person: &Person, naming: &mut Vec<(usize, usize)>) {
        for want in &person.wants {
            let Some(items) = &want.items else { continue }; // never met
            let number = self.wants.len();
            self.wants.push((mentor, want.common));
            self.different[want.field][mentor] += u32::from(!want.common);
            let first = self.first[want.field];
            naming.extend(items.iter().map(|&item| (first + item as usize, number)));
        }
    }

    /// How many of a person's wants each mentor meets.
    fn met_by_mentors(&self, wants: &[Want]) -> Vec<u32> {
        let mut met = vec![0; self.classes.mentors.len()];
        let mut seen = vec![0; met.len()]; // by mentor: the last want it was found for, from 1
        for (number, want) in (1_u32..).zip(wants) {
            let Some(items) = &want.items else { continue };
            if !want.common {
                add(&mut met, &self.answered[want.field]);
            }
            for &item in items {
                for &mentor in self.holders.list(self.first[want.field] + item as usize) {
                    let is_new = std::mem::replace(&mut seen[mentor], number) != number;
                    count(&mut met[mentor], want.common, is_new);
                }
            }
        }
        met
    }

    /// How many of each mentor's wants a person's answers meet.
    fn met_by_answers(&self, answers: &[Option<Vec<u32>>]) -> Vec<u32> {
        let mut met = vec![0; self.classes.mentors.len()];
        let mut seen = vec![false; self.wants.len()];
        for (field, answer) in answers.iter().enumerate() {
            let Some(items) = answer else { continue };
            add(&mut met, &self.different[field]);
            for &item in items {
                for &want in self.naming.list(self.first[field] + item as usize) {
                    let (mentor, common) = self.wants[want];
                    let is_new = !std::mem::replace(&mut seen[want], true);
                    count(&mut met[mentor], common, is_new);
                }
            }
        }
        met
    }

    fn people(&self, mentee: MenteeIdx, mentor: MentorIdx) -> (&Person, &Person) {
        let (mentee, mentor) = (self.classes.mentees[mentee], self.classes.mentors[mentor]);
        (&self.people[mentee], &self.people[mentor])
    }
}

/// One more want is met, or one less, where something in common has been found for it.
fn count(met: &mut u32, common: bool, is_new: bool) {
    let more = u32::from(is_new);
    *met = if common { *met + more } else { *met - more };
}

fn add(sums: &mut [u32], more: &[u32]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

/// Where the items of each field begin among the keys of all, and how many keys there are.
fn keys(people: &[Person]) -> Vec<usize> {
    let fields = people.iter().map(|own| own.answers.len()).max();
    let wanted = people.iter().flat_map(|own| &own.wants);
    let fields = wanted.map(|own| own.field + 1).max().max(fields);
    let mut items = vec![0; fields.unwrap_or(0)];
    for person in people {
        for (items, answer) in items.iter_mut().zip(&person.answers) {
            let last = answer.iter().flatten().max();
            *items = last.map_or(0, |&item| item as usize + 1).max(*items);
        }
        for want in &person.wants {
            let last = want.items.iter().flatten().max();
            let items = &mut items[want.field];
            *items = last.map_or(0, |&item| item as usize + 1).max(*items);
        }
    }
    let ends = items.iter().scan(0, |end, items| {
        *end += items;
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
}

impl Shares {
    /// Of mentors with so many wants each.
    fn new(wants: impl Iterator<Item = usize>) -> Self {
        let mut starts = BTreeMap::new();
        let mut tables = Vec::new();
        let mut start = Vec::new();
        for wanted in wants {
            start.push(*starts.entry(wanted).or_insert_with(|| match wanted {
                0 => usize::MAX,
                _ => {
                    let start = tables.len();
                    tables.extend(shares(wanted));
                    start
                }
            }));
        }
        Self { tables, start }
    }

    fn of(&self, mentor: usize, met: u32) -> Option<Score> {
        let start = self.start[mentor];
        (start < usize::MAX).then(|| self.tables[start + met as usize])
    }
}

/// What so many wants are worth, by how many of them are met.
fn shares(wanted: usize) -> impl Iterator<Item = Score> {
    let wanted = wanted as u64;
    (0..=wanted).map(move |met| ratio(met, wanted))
}

impl ScoreRow for Rows {
    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        let (mentee, mentor) = self.people(mentee, mentor);
        let views = (mentee.view_of(mentor), mentor.view_of(mentee));
        Ok(balanced(self.balance, views.0, views.1))
    }

    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        let own = &self.people[self.classes.mentees[mentee]];
        let by_mentors = self.met_by_mentors(&own.wants);
        let by_mentee = self.met_by_answers(&own.answers);
        let worth: Vec<Score> = shares(own.wants.len()).collect();
        let met = by_mentors.into_iter().zip(by_mentee);
        for (mentor, (score, (by_mentor, by_mentee))) in row.iter_mut().zip(met).enumerate() {
            let own = (!own.wants.is_empty()).then(|| worth[by_mentor as usize]);
            *score = balanced(self.balance, own, self.shares.of(mentor, by_mentee));
        }
        Ok(())
    }

    fn bytes(&self) -> u64 {
        let lists = self.people.iter().flat_map(|own| {
            let wanted = own.wants.iter().flat_map(|want| &want.items);
            wanted.chain(own.answers.iter().flatten())
        });
        let people: u64 = lists.map(|list| bytes_of(list)).sum();
        let by_field = bytes_of_lists(&self.answered) + bytes_of_lists(&self.different);
        people + by_field + self.holders.bytes() + self.naming.bytes() + bytes_of(&self.wants)
    }

    /// People who want the same and answer the same are one class.
    fn row_class(&self, mentee: MenteeIdx) -> Option<u32> {
        u32::try_from(self.classes.mentees[mentee]).ok()
    }
}
