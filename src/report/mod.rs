//! The programme's result at a glance, as data; `Display` renders it for a terminal.
//!
//! ```
//! use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
//!
//! let ana = Profile::new("ana").offer("rust", 4).mentor(0..=2);
//! let boris = Profile::new("boris").need("rust", 3).mentee();
//! let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
//! let report = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?.report();
//!
//! assert_eq!(report.totals.matched_mentees, 1);
//! assert!(report.to_string().contains("1 of 1 mentees"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod share;

mod fairness;

mod text;

pub use fairness::{
    Fairness, FairnessOptions, FirstWishes, GroupFigures, Impact, MonitoredAttribute,
};
pub use share::Share;

use crate::ids::Role;
use crate::matching::{Matching, Totals};
use crate::programme::{Objective, Stable};
use crate::reasons::{GrantedWishes, Unmatched, UnmatchedReason};
use crate::score::Score;

/// A programme's result at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Report {
    /// The programme's name.
    pub programme: String,
    /// Sums over the matching.
    pub totals: Totals,
    /// The mean match score; `None` without pairs.
    pub mean_score: Option<Score>,
    /// The lowest match score of any pair.
    pub worst_score: Option<Score>,
    /// How many pairs score 0–10 %, 10–20 %, …, 90–100 %; a limit belongs to the upper band.
    pub score_bands: [u64; 10],
    /// How many mentors who take part have 0, 1, 2, … mentees.
    pub loads: Vec<u64>,
    /// What was optimised, first things first.
    pub objectives: Vec<ObjectiveValue>,
    /// What stable matching it is, if it is one; then nothing was optimised.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub stable: Option<Stable>,
    /// How many people have no partner, by role and kind of reason.
    pub unmatched: Vec<(Role, &'static str, u64)>,
    /// What became of people's wishes, by role and rank.
    pub wishes: GrantedWishes,
}

/// An objective and what the matching is worth by it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ObjectiveValue {
    /// The objective.
    pub objective: Objective,
    /// Its value, in the unit that the table of [`Objective`] gives: mentees for participation, parts per
    /// million for the total score.
    pub value: u64,
    /// Where an objective has several levels, what each came to: tiers and ranks from the first, classes
    /// of scores from the lowest, without the highest.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub levels: Vec<LevelCount>,
    /// Whether this is proved to be the best there is, given the objectives before.
    pub proved: bool,
}

/// What one level of an objective came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct LevelCount {
    /// Which level: the tier, the rank, or the lower limit of the class in parts per million.
    pub level: u32,
    /// Mentees of that tier with a mentor, granted wishes of that rank, or pairs of that class.
    pub count: u64,
}

impl LevelCount {
    pub(crate) const fn new(level: u32, count: u64) -> Self {
        Self { level, count }
    }
}

/// What a report shows beside the matching.
pub(crate) struct Figures<'a> {
    pub(crate) objectives: Vec<ObjectiveValue>,
    pub(crate) stable: Option<Stable>,
    pub(crate) unmatched: &'a [Unmatched],
    pub(crate) wishes: GrantedWishes,
    pub(crate) loads: Vec<u64>,
}

impl Report {
    pub(crate) fn new(programme: &str, matching: &Matching, figures: Figures<'_>) -> Self {
        Self {
            programme: programme.to_owned(),
            totals: matching.totals,
            mean_score: matching.mean_score(),
            worst_score: matching.pairs.iter().map(|pair| pair.score).min(),
            score_bands: score_bands(matching),
            loads: figures.loads,
            objectives: figures.objectives,
            stable: figures.stable,
            unmatched: count_reasons(figures.unmatched),
            wishes: figures.wishes,
        }
    }
}

fn score_bands(matching: &Matching) -> [u64; 10] {
    let mut bands = [0; 10];
    for pair in &matching.pairs {
        bands[(pair.score.ppm() as usize / 100_000).min(9)] += 1;
    }
    bands
}

fn count_reasons(unmatched: &[Unmatched]) -> Vec<(Role, &'static str, u64)> {
    let mut counts: Vec<(Role, &'static str, u64)> = Vec::new();
    for person in unmatched {
        let kind = kind(&person.reason);
        match counts
            .iter_mut()
            .find(|(role, known, _)| (*role, *known) == (person.role, kind))
        {
            Some((_, _, count)) => *count += 1,
            None => counts.push((person.role, kind, 1)),
        }
    }
    counts.sort_unstable();
    counts
}

fn kind(reason: &UnmatchedReason) -> &'static str {
    match reason {
        UnmatchedReason::NotTakingPart => "do not take part",
        UnmatchedReason::NoPlaces => "want no partner",
        UnmatchedReason::NobodyThere => "nobody to be matched with",
        UnmatchedReason::NoAllowedPartner { .. } => "no allowed partner",
        UnmatchedReason::PartnersHaveNoPlaces { .. } => "allowed partners have no places",
        UnmatchedReason::QuotaUsedUp { .. } => "the quota of their group is used up",
        UnmatchedReason::AllTaken { .. } => "all allowed partners are taken",
        UnmatchedReason::AllPreferOthers { .. } => "all allowed partners prefer others",
        UnmatchedReason::NothingToGain { .. } => "no objective would gain",
        UnmatchedReason::SearchStopped { .. } => "the search was stopped",
    }
}
