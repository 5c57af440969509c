//! What an offer counts for a need: by level, and along the host's taxonomy.

use super::csr::Csr;
use crate::error::ParameterProblem;
use crate::participant::{Way, Words};
use crate::score::{Score, ratio};

/// What an offer counts for a need of a broader or narrower skill, each step of the cohort's
/// [`Vocabulary`](crate::Vocabulary): factor^steps, the fewest steps counting.
///
/// The default gives 0.8 for an offer that is narrower than the need by a step (who helps with Rust
/// helps with programming), 0.5 for one that is broader (who helps with programming may help with
/// Rust), over at most two steps. Neighbours under one broader skill count nothing. Without a
/// vocabulary there are no steps and only the skill itself counts.
///
/// At most 4,096 related terms of a need are looked at each way, the nearest first and those of one
/// step in the order of their names, over at most 65,536 links a step.
///
/// ```
/// use mentormatch::{Score, SkillCoverage, TaxonomyCredit};
///
/// let exact_only = SkillCoverage::default().taxonomy(TaxonomyCredit::NONE);
/// assert_eq!(exact_only.taxonomy.steps, 0);
/// assert_eq!(TaxonomyCredit::default().narrower, Score::from_unit(0.8)?);
/// # Ok::<(), mentormatch::ScoreError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields, default))]
pub struct TaxonomyCredit {
    /// The factor for each step from the need down to a narrower offer.
    pub narrower: Score,
    /// The factor for each step from the need up to a broader offer.
    pub broader: Score,
    /// The most steps: `0..=3`.
    pub steps: u8,
}

/// Beyond three steps a taxonomy is about everything.
const MOST_STEPS: u8 = 3;

impl TaxonomyCredit {
    /// No credit for any but the skill itself.
    pub const NONE: Self = Self {
        narrower: Score::ZERO,
        broader: Score::ZERO,
        steps: 0,
    };

    pub(super) fn problem(self) -> Option<(&'static str, ParameterProblem)> {
        let high = MOST_STEPS.into();
        let problem = ParameterProblem::OutOfRange { low: 0, high };
        (self.steps > MOST_STEPS).then_some(("taxonomy.steps", problem))
    }

    /// `factor^steps`, rounded half up once.
    fn after(factor: Score, steps: u8) -> Score {
        let steps = steps.min(MOST_STEPS).into(); // 10^18 and its half fit
        ratio(u64::from(factor.ppm()).pow(steps), 1_000_000_u64.pow(steps))
    }
}

impl Default for TaxonomyCredit {
    fn default() -> Self {
        Self {
            narrower: Score::from_ppm_saturating(800_000),
            broader: Score::from_ppm_saturating(500_000),
            steps: 2,
        }
    }
}

/// A skill somebody needs.
#[derive(Clone, Copy)]
pub(super) struct Need {
    pub(super) skill: u32,
    pub(super) level: Option<u8>,
    pub(super) weight: u64,
}

/// A skill somebody offers.
#[derive(Clone, Copy)]
pub(super) struct Offer {
    pub(super) skill: u32,
    pub(super) level: Option<u8>,
}

/// Which offers count for which needs, and how much.
pub(super) struct Credits {
    /// By skill needed: skills that count, by skill ascending, each with its factor above 0.
    related: Csr<(u32, Score)>,
    skills: usize,
}

impl Credits {
    pub(super) fn bytes(&self) -> u64 {
        self.related.bytes()
    }

    /// For all of these skills, one way or the other.
    pub(super) fn new(words: &Words<'_>, taxonomy: TaxonomyCredit, needed: &[u32]) -> Self {
        let mut related = Vec::new();
        for &skill in needed {
            let mut counting = vec![(skill, Score::ONE)];
            for (way, factor) in [
                (Way::Narrower, taxonomy.narrower),
                (Way::Broader, taxonomy.broader),
            ] {
                let reached = words.related(skill, way, taxonomy.steps).into_iter();
                let factors =
                    reached.map(|(other, steps)| (other, TaxonomyCredit::after(factor, steps)));
                counting.extend(factors.filter(|&(_, factor)| factor > Score::ZERO));
            }
            counting.sort_unstable();
            related.extend(counting.into_iter().map(|entry| (skill as usize, entry)));
        }
        Self {
            related: Csr::new(words.len(), related),
            skills: words.len(),
        }
    }

    /// How many skills anybody names.
    pub(super) fn skills(&self) -> usize {
        self.skills
    }

    /// The skills that count for one that is needed, each with its factor.
    pub(super) fn related(&self, skill: u32) -> &[(u32, Score)] {
        self.related.list(skill as usize)
    }

    /// What the best of the offers counts for the need.
    pub(super) fn best(&self, need: Need, offers: &[Offer]) -> Score {
        let related = self.related(need.skill);
        let credits = offers.iter().filter_map(|offer| {
            let at = related.binary_search_by_key(&offer.skill, |&(skill, _)| skill);
            Some(credit(need.level, offer.level, related[at.ok()?].1))
        });
        credits.max().unwrap_or_default()
    }
}

/// The credit of the level times the factor of the skill, each rounded half up.
pub(super) fn credit(wanted: Option<u8>, offered: Option<u8>, factor: Score) -> Score {
    let by_level = match (wanted, offered) {
        (Some(wanted), Some(offered)) if offered < wanted => ratio(offered.into(), wanted.into()),
        _ => Score::ONE,
    };
    let product = u64::from(by_level.ppm()) * u64::from(factor.ppm());
    ratio(product, 1_000_000_000_000)
}
