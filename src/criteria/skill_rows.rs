//! Rows of skill coverage, from lists made once for each kind of skill a mentee names.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::credit::{Credits, Need, Offer, credit};
use super::csr::Csr;
use super::{bytes_of, bytes_of_lists};
use crate::ids::{MenteeIdx, MentorIdx, Role};

/// What a mentee's row is made from. A *kind* is a skill at a level, as mentees name it.
pub(super) enum SkillRows {
    /// The mentee asks.
    Needs {
        /// Indexed by mentee: the kind and the weight of each need.
        needs: Vec<Vec<(u32, u64)>>,
        /// By kind: every mentor who helps with it, and the credit of the best offer.
        helping: Csr<(MentorIdx, u32)>,
    },
    /// The mentor asks.
    Offers {
        /// Indexed by mentee: the kind of each offer.
        offers: Vec<Vec<u32>>,
        /// By kind: every need of a mentor that it helps with, and the credit.
        helped: Csr<(u32, u32)>,
        /// Whose each need is, and its weight.
        needs: Vec<(MentorIdx, u64)>,
    },
}

impl SkillRows {
    pub(super) fn new(
        asker: Role,
        askers: &[Vec<Need>],
        helpers: &[Vec<Offer>],
        credits: &Credits,
    ) -> Self {
        match asker {
            Role::Mentee => Self::of_needs(askers, helpers, credits),
            Role::Mentor => Self::of_offers(askers, helpers, credits),
        }
    }

    fn of_needs(askers: &[Vec<Need>], helpers: &[Vec<Offer>], credits: &Credits) -> Self {
        let mut kinds = Kinds::default();
        let needs = askers.iter().map(|needs| {
            let kinds = needs
                .iter()
                .map(|need| (kinds.number(need.skill, need.level), need.weight));
            kinds.collect()
        });
        let needs = needs.collect();
        let offers = offers_by_skill(helpers, credits);
        let mut helping = Vec::new();
        for (&(skill, level), &kind) in &kinds.0 {
            let related = credits.related(skill).iter();
            let mut credited: Vec<_> = related
                .flat_map(|&(offered, factor)| {
                    let offers = offers.list(offered as usize).iter();
                    offers.map(move |&(mentor, offered)| {
                        (mentor, Reverse(credit(level, offered, factor).ppm()))
                    })
                })
                .collect();
            credited.sort_unstable();
            credited.dedup_by_key(|&mut (mentor, _)| mentor);
            let best = credited.into_iter();
            helping.extend(best.map(|(mentor, Reverse(credit))| (kind as usize, (mentor, credit))));
        }
        Self::Needs {
            needs,
            helping: Csr::new(kinds.0.len(), helping),
        }
    }

    fn of_offers(askers: &[Vec<Need>], helpers: &[Vec<Offer>], credits: &Credits) -> Self {
        let mut kinds = Kinds::default();
        let offers = helpers.iter().map(|offers| {
            let kinds = offers
                .iter()
                .map(|offer| kinds.number(offer.skill, offer.level));
            kinds.collect()
        });
        let offers = offers.collect();
        let offered = kinds.0.iter();
        let offered = offered.map(|(&(skill, level), &kind)| (skill as usize, (kind, level)));
        let offered = Csr::new(credits.skills(), offered.collect());
        let (mut needs, mut helped) = (Vec::new(), Vec::new());
        let asking = MentorIdx::all(askers.len()).zip(askers);
        for (mentor, need) in
            asking.flat_map(|(mentor, needs)| needs.iter().map(move |need| (mentor, need)))
        {
            let number = u32::try_from(needs.len()).unwrap_or(u32::MAX); // so many fit no memory
            needs.push((mentor, need.weight));
            for &(skill, factor) in credits.related(need.skill) {
                for &(kind, level) in offered.list(skill as usize) {
                    let credit = credit(need.level, level, factor).ppm();
                    if credit > 0 {
                        helped.push((kind as usize, (number, credit)));
                    }
                }
            }
        }
        Self::Offers {
            offers,
            helped: Csr::new(kinds.0.len(), helped),
            needs,
        }
    }

    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::Needs { needs, helping } => bytes_of_lists(needs) + helping.bytes(),
            Self::Offers {
                offers,
                helped,
                needs,
            } => bytes_of_lists(offers) + helped.bytes() + bytes_of(needs),
        }
    }

    /// What every mentor's needs, or the mentee's own, add up to.
    pub(super) fn points(&self, mentee: MenteeIdx, mentors: usize) -> Vec<u64> {
        let mut points = vec![0; mentors];
        self.for_each_point(mentee, |mentor, more| points[mentor] += more);
        points
    }

    /// Calls `put` with each mentor whose points are not 0, and the points.
    pub(super) fn for_each_helped(
        &self,
        mentee: MenteeIdx,
        mentors: usize,
        mut put: impl FnMut(MentorIdx, u64),
    ) {
        let mut points = self.points(mentee, mentors);
        self.for_each_point(mentee, |mentor, _| {
            let points = std::mem::take(&mut points[mentor]); // each mentor once
            if points > 0 {
                put(mentor, points);
            }
        });
    }

    /// Calls `put` with points as they are found, of one mentor perhaps several times.
    fn for_each_point(&self, mentee: MenteeIdx, mut put: impl FnMut(MentorIdx, u64)) {
        match self {
            Self::Needs { needs, helping } => {
                for &(kind, weight) in &needs[mentee] {
                    for &(mentor, credit) in helping.list(kind as usize) {
                        put(mentor, weight * u64::from(credit));
                    }
                }
            }
            Self::Offers {
                offers,
                helped,
                needs,
            } => {
                let mut best = vec![0; needs.len()]; // of several offers for one need
                let mut met = Vec::new();
                for &(need, credit) in offers[mentee]
                    .iter()
                    .flat_map(|&kind| helped.list(kind as usize))
                {
                    let best: &mut u32 = &mut best[need as usize];
                    if *best == 0 {
                        met.push(need as usize);
                    }
                    *best = credit.max(*best);
                }
                for need in met {
                    let (mentor, weight) = needs[need];
                    put(mentor, weight * u64::from(best[need]));
                }
            }
        }
    }
}

/// Who offers each skill, at which level.
fn offers_by_skill(helpers: &[Vec<Offer>], credits: &Credits) -> Csr<(MentorIdx, Option<u8>)> {
    let helping = MentorIdx::all(helpers.len()).zip(helpers);
    let offers = helping.flat_map(|(mentor, offers)| {
        let offers = offers.iter();
        offers.map(move |offer| (offer.skill as usize, (mentor, offer.level)))
    });
    Csr::new(credits.skills(), offers.collect())
}

/// Numbers for skills at levels.
#[derive(Default)]
struct Kinds(BTreeMap<(u32, Option<u8>), u32>);

impl Kinds {
    fn number(&mut self, skill: u32, level: Option<u8>) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX); // so many fit no memory
        *self.0.entry((skill, level)).or_insert(next)
    }
}
