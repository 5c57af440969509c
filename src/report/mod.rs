//! The programme's result at a glance, as data.
//!
//! [`Wording::report`](crate::Wording::report) puts it into words, as `Display` does in English; with the
//! feature `html` an `HtmlReport` makes a page of it.
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
//! assert!(report.to_string().contains("1 of 1 mentee\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod share;

mod fairness;

pub(crate) mod gap;

mod group;

mod kind;

pub use gap::OptimalityGap;
pub use group::GroupPairs;

pub use fairness::{
    Fairness, FairnessOptions, FirstWishes, GroupFigures, Impact, MonitoredAttribute,
};
pub use share::Share;

use crate::ids::Role;
use crate::matching::{Matching, Totals};
use crate::participant::UnmatchedKind;
use crate::preflight::Supply;
use crate::programme::{Objective, Stable};
use crate::reasons::{GrantedWishes, Unmatched};
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
    /// How far the result of a run that was stopped may fall short.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub gap: Option<OptimalityGap>,
    /// How many places of stated minimums stay empty; the run's [warnings](crate::Outcome::warnings) say whose.
    pub shortfall: u64,
    /// What the groups of quotas came to, in the programme's order.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub groups: Vec<GroupPairs>,
    /// How many people have no partner, by role and kind of reason.
    pub unmatched: Vec<(Role, UnmatchedKind, u64)>,
    /// What became of people's wishes, by role and rank.
    pub wishes: GrantedWishes,
    /// What mentees need against what is offered, of what the programme reads, the scarcest first. What it is
    /// stands in the clear in stored forms.
    pub supply: Vec<Supply>,
    /// How many pairs have their clocks where, in the order of offsets; nothing where the programme states no
    /// date and no period.
    pub clocks: Vec<Clocks>,
}

/// Pairs whose clocks are ahead of UTC by as much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Clocks {
    /// Minutes ahead of UTC, on the mentee's side, on the programme's date or the first day of its period.
    pub mentee_minutes: i32,
    /// The same on the mentor's side.
    pub mentor_minutes: i32,
    /// How many pairs.
    pub pairs: u64,
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
    pub(crate) gap: Option<OptimalityGap>,
    pub(crate) shortfall: u64,
    pub(crate) groups: Vec<GroupPairs>,
    pub(crate) supply: Vec<Supply>,
    /// The minutes ahead of UTC of mentee and mentor, by pair.
    pub(crate) clocks: Vec<(i32, i32)>,
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
            gap: figures.gap,
            shortfall: figures.shortfall,
            groups: figures.groups,
            unmatched: kind::count(figures.unmatched),
            wishes: figures.wishes,
            supply: figures.supply,
            clocks: count_clocks(figures.clocks),
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

fn count_clocks(mut clocks: Vec<(i32, i32)>) -> Vec<Clocks> {
    clocks.sort_unstable();
    let same = clocks.chunk_by(|a, b| a == b);
    same.map(|own| Clocks {
        mentee_minutes: own[0].0,
        mentor_minutes: own[0].1,
        pairs: own.len() as u64,
    })
    .collect()
}
