//! Kernel of skill coverage: who asks for, and who offers, which skill at which level.
//!
//! What a need makes of an offer depends on the two skills and levels only, so it is worked out once
//! for each kind of need, broader and narrower skills included. A row then walks the lists of the
//! mentee's skills, whichever side asks: it costs the number of skills that meet, not the size of
//! the vocabulary.

use std::cmp::Reverse;

use super::credit::{Credits, Need, Offer};
use super::rarity::rarity;
use super::skill_coverage::SkillCoverage;
use super::skill_rows::SkillRows;
use super::{BadScore, RowException, ScoreRow, bytes_of, bytes_of_lists};
use crate::ids::Role;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::participant::{Cohort, Profile, Words};
use crate::score::{Score, WeightedSum};

/// The needs of one side and the offers of the other.
pub(super) struct SkillIndex {
    asker: Role,
    askers: Vec<Vec<Need>>,   // indexed by asker
    weights: Vec<u64>,        // indexed by asker: of all needs
    helpers: Vec<Vec<Offer>>, // indexed by helper; each skill once
    credits: Credits,
    rows: SkillRows,
}

impl SkillIndex {
    pub(super) fn new(cohort: &Cohort, asker: Role, how: &SkillCoverage) -> Self {
        let mut words = Words::of(cohort.vocabulary());
        let mentees = cohort.mentees().iter().map(|mentee| &mentee.profile);
        let mentors = cohort.mentors().iter().map(|mentor| &mentor.profile);
        let (mut askers, helpers) = match asker {
            Role::Mentee => (needs(mentees, &mut words), offers(mentors, &mut words)),
            Role::Mentor => (needs(mentors, &mut words), offers(mentees, &mut words)),
        };
        if how.rarity {
            weigh_by_rarity(&mut askers, &helpers, words.len());
        }
        let credits = Credits::new(&words, how.taxonomy, &needed(&askers));
        let weight = |needs: &Vec<Need>| needs.iter().map(|need| need.weight).sum();
        Self {
            asker,
            rows: SkillRows::new(asker, &askers, &helpers, &credits),
            weights: askers.iter().map(weight).collect(),
            askers,
            helpers,
            credits,
        }
    }

    /// What the row of the mentee's class holds.
    pub(super) fn usual(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Option<Score> {
        self.score(0, mentee, mentor)
    }

    fn mentors(&self) -> usize {
        match self.asker {
            Role::Mentee => self.helpers.len(),
            Role::Mentor => self.askers.len(),
        }
    }

    /// Who asks and who helps.
    fn sides(&self, mentee: MenteeIdx, mentor: MentorIdx) -> (usize, usize) {
        match self.asker {
            Role::Mentee => (mentee.index(), mentor.index()),
            Role::Mentor => (mentor.index(), mentee.index()),
        }
    }

    fn score(&self, points: u64, mentee: MenteeIdx, mentor: MentorIdx) -> Option<Score> {
        let (asker, helper) = self.sides(mentee, mentor);
        if self.askers[asker].is_empty() || self.helpers[helper].is_empty() {
            return None;
        }
        if points == 0 {
            return Some(Score::ZERO); // most pairs: spare them the division
        }
        let weight = self.weights[asker];
        Some(WeightedSum { points, weight }.mean())
    }
}

impl ScoreRow for SkillIndex {
    fn bytes(&self) -> u64 {
        let people = bytes_of_lists(&self.askers) + bytes_of_lists(&self.helpers);
        people + bytes_of(&self.weights) + self.credits.bytes() + self.rows.bytes()
    }

    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        let (asker, helper) = self.sides(mentee, mentor);
        let needs = self.askers[asker].iter();
        let points = needs.map(|&need| {
            let credit = self.credits.best(need, &self.helpers[helper]);
            need.weight * u64::from(credit.ppm())
        });
        Ok(self.score(points.sum(), mentee, mentor))
    }

    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        let points = self.rows.points(mentee, row.len());
        for ((mentor, score), points) in MentorIdx::all(row.len()).zip(row).zip(points) {
            *score = self.score(points, mentee, mentor);
        }
        Ok(())
    }

    /// Mentees who answered share a row of zeros but for the mentors with some skill in common.
    fn row_class(&self, mentee: MenteeIdx) -> Option<u32> {
        let silent = match self.asker {
            Role::Mentee => self.askers[mentee.index()].is_empty(),
            Role::Mentor => self.helpers[mentee.index()].is_empty(),
        };
        Some(u32::from(silent))
    }

    fn class_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        for (mentor, score) in MentorIdx::all(row.len()).zip(row) {
            *score = self.score(0, mentee, mentor);
        }
        Ok(())
    }

    fn exceptions(&self, mentee: MenteeIdx, found: &mut Vec<RowException>) {
        self.rows
            .for_each_helped(mentee, self.mentors(), |mentor, points| {
                let score = self.score(points, mentee, mentor);
                found.extend(score.map(|score| RowException {
                    mentor,
                    usual: Score::ZERO,
                    score,
                }));
            });
    }
}

fn needs<'a>(people: impl Iterator<Item = &'a Profile>, words: &mut Words<'a>) -> Vec<Vec<Need>> {
    let needs = people.map(|person| {
        let needs = person.needs.iter().map(|need| Need {
            skill: words.number(&need.skill),
            level: need.level,
            weight: need.importance.into(),
        });
        needs.collect()
    });
    needs.collect()
}

fn offers<'a>(people: impl Iterator<Item = &'a Profile>, words: &mut Words<'a>) -> Vec<Vec<Offer>> {
    let offers = people.map(|person| {
        let offers = person.offers.iter().map(|offer| Offer {
            skill: words.number(&offer.skill),
            level: offer.level,
        });
        best_levels(offers.collect())
    });
    offers.collect()
}

/// Of several offers of one skill, keeps the one of the highest level; an open level is highest.
fn best_levels(mut offers: Vec<Offer>) -> Vec<Offer> {
    let rank = |offer: &Offer| offer.level.map_or(u16::MAX, u16::from);
    offers.sort_by_key(|offer| (offer.skill, Reverse(rank(offer))));
    offers.dedup_by_key(|offer| offer.skill);
    offers
}

/// Multiplies each need's weight by the rarity of its skill among those who offer anything, in units
/// of 2⁻⁸: a weight then stays below 2^20 and a person's sum of points within 64 bits.
fn weigh_by_rarity(askers: &mut [Vec<Need>], helpers: &[Vec<Offer>], skills: usize) {
    let mut offering = vec![0_u32; skills];
    for offer in helpers.iter().flatten() {
        offering[offer.skill as usize] += 1;
    }
    let people = helpers.iter().filter(|offers| !offers.is_empty()).count();
    let people = u32::try_from(people).unwrap_or(u32::MAX); // a cohort's people fit
    for need in askers.iter_mut().flatten() {
        need.weight *= rarity(people, offering[need.skill as usize].max(1)) >> 8;
    }
}

/// Every skill that somebody needs, once.
fn needed(askers: &[Vec<Need>]) -> Vec<u32> {
    let mut skills: Vec<u32> = askers.iter().flatten().map(|need| need.skill).collect();
    skills.sort_unstable();
    skills.dedup();
    skills
}
