//! Kernel of skill coverage: who asks for, and who offers, which skill at which level.
//!
//! A row walks the mentee's skills and, for each, the mentors on the other side of it, whichever
//! side asks; it costs the number of skills that meet, not the size of the vocabulary.

use std::collections::BTreeMap;

use super::csr::Csr;
use super::{BadScore, ScoreRow};
use crate::ids::Role;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::{Cohort, Profile};
use crate::score::{Score, WeightedSum, ratio};

/// The needs of one side and the offers of the other.
pub(super) struct SkillIndex {
    asker: Role,
    mentees: Vec<Entries>,             // indexed by mentee
    mentors: Vec<Entries>,             // indexed by mentor
    by_skill: Csr<(MentorIdx, Entry)>, // the mentors' entries
}

/// What one person asks for, or what one person offers.
struct Entries {
    entries: Vec<Entry>, // by skill, ascending
    importance: u64,     // of all of them; 0 for offers
}

/// One skill somebody needs or offers.
#[derive(Clone, Copy)]
struct Entry {
    skill: u32,
    level: Option<u8>,
    importance: u32, // 0 for an offer
}

impl SkillIndex {
    pub(super) fn new(cohort: &Cohort, asker: Role) -> Self {
        let mut skills = BTreeMap::new();
        let mentees = cohort.mentees().iter();
        let mentees: Vec<_> = mentees
            .map(|m| Entries::read(&m.profile, asker == Role::Mentee, &mut skills))
            .collect();
        let mentors = cohort.mentors().iter();
        let mentors: Vec<_> = mentors
            .map(|m| Entries::read(&m.profile, asker == Role::Mentor, &mut skills))
            .collect();
        let mut by_skill = Vec::new();
        for (mentor, own) in MentorIdx::all(mentors.len()).zip(&mentors) {
            by_skill.extend(own.entries.iter().map(|&e| (e.skill as usize, (mentor, e))));
        }
        Self {
            asker,
            by_skill: Csr::new(skills.len(), by_skill),
            mentees,
            mentors,
        }
    }

    fn points(&self, mentee: Entry, mentor: Entry) -> u64 {
        match self.asker {
            Role::Mentee => points(mentee, mentor),
            Role::Mentor => points(mentor, mentee),
        }
    }

    fn score(&self, points: u64, mentee: &Entries, mentor: &Entries) -> Option<Score> {
        if mentee.entries.is_empty() || mentor.entries.is_empty() {
            return None;
        }
        let weight = match self.asker {
            Role::Mentee => mentee.importance,
            Role::Mentor => mentor.importance,
        };
        if points == 0 {
            return Some(Score::ZERO); // most pairs: spare them the division
        }
        Some(WeightedSum { points, weight }.mean())
    }
}

/// Importance times credit, in parts per million.
fn points(need: Entry, offer: Entry) -> u64 {
    let credit = match (need.level, offer.level) {
        (Some(wanted), Some(offered)) if offered < wanted => ratio(offered.into(), wanted.into()),
        _ => Score::ONE,
    };
    u64::from(need.importance) * u64::from(credit.ppm())
}

impl ScoreRow for SkillIndex {
    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        let (mentee, mentor) = (&self.mentees[mentee], &self.mentors[mentor]);
        let mut sum = 0;
        for &own in &mentee.entries {
            let theirs = mentor
                .entries
                .iter()
                .filter(|entry| entry.skill == own.skill);
            sum += theirs.map(|&theirs| self.points(own, theirs)).sum::<u64>();
        }
        Ok(self.score(sum, mentee, mentor))
    }

    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        let mentee = &self.mentees[mentee];
        let mut points = vec![0; row.len()];
        for &own in &mentee.entries {
            for &(mentor, theirs) in self.by_skill.list(own.skill as usize) {
                points[mentor] += self.points(own, theirs);
            }
        }
        for ((score, points), mentor) in row.iter_mut().zip(points).zip(&self.mentors) {
            *score = self.score(points, mentee, mentor);
        }
        Ok(())
    }
}

impl Entries {
    fn read<'a>(profile: &'a Profile, asks: bool, skills: &mut BTreeMap<&'a str, u32>) -> Self {
        let mut number = |skill: &'a String| {
            let next = u32::try_from(skills.len()).unwrap_or(u32::MAX);
            *skills.entry(skill).or_insert(next)
        };
        let mut entries: Vec<Entry> = if asks {
            let needs = profile.needs.iter();
            needs
                .map(|need| Entry {
                    skill: number(&need.skill),
                    level: need.level,
                    importance: need.importance.into(),
                })
                .collect()
        } else {
            let offers = profile.offers.iter();
            offers
                .map(|offer| Entry {
                    skill: number(&offer.skill),
                    level: offer.level,
                    importance: 0,
                })
                .collect()
        };
        entries.sort_by_key(|entry| entry.skill);
        if !asks {
            keep_best_levels(&mut entries);
        }
        let importance = entries.iter().map(|e| u64::from(e.importance)).sum();
        Self {
            entries,
            importance,
        }
    }
}

/// Of several offers of one skill, keeps the one of the highest level; an open level is highest.
fn keep_best_levels(offers: &mut Vec<Entry>) {
    let rank = |offer: &Entry| offer.level.map_or(u16::MAX, u16::from);
    offers.sort_by_key(|offer| (offer.skill, std::cmp::Reverse(rank(offer))));
    offers.dedup_by_key(|offer| offer.skill);
}
