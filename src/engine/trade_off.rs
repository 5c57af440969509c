//! What fewer changes, or groups nearer to their targets, cost of the total score.

mod settled;

use thiserror::Error;

use super::error::RunError;
use super::frontier::{FrontierOptions, ask, held};
use super::outcome::{Outcome, Stages};
use super::worst;
use crate::matching::Matching;
use crate::programme::Objective;
use crate::score::Score;
use crate::scoring::Family;
use crate::solver::{
    self, Gain, Held, Level, ProblemError, SolveOptions, TradeOff as Proof, Violation,
};

pub use settled::Settled;

/// What the total score is traded against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Against {
    /// Pairs of an earlier matching that are changed: those of [`RunOptions::previous`](crate::RunOptions::previous).
    /// Figures are pairs kept.
    Changes,
    /// Groups that miss their [targets](crate::Quota::target). Figures are pairs too many or too few, over all
    /// groups.
    GroupGap,
}

/// The total score against changes, or against what groups miss: the corners of the concave envelope of all
/// matchings, exact and proved, and for everything between them the best that was found with a proven gap.
///
/// That a corner is best is proved; between two corners a matching may lie on the line through them or below it,
/// never above. To find the best matching of exactly so many changes is exact matching, for which no
/// polynomial algorithm is known: [`TradeOff::settle`] looks for it on request.
///
/// What is held: locks, minimums and quotas, and the [objectives](Self::held) that stand before the total score
/// in the run, each at its optimum, but for the one that is traded; participation is held too, if none of them
/// settles it.
///
/// ```
/// use mentormatch::{
///     Against, Cohort, CustomCriterion, Engine, FrontierOptions, Profile, Programme, RunOptions,
/// };
///
/// // Everybody has got a better mentor than last year's by now: boris by far, chen by a little.
/// let fit = CustomCriterion::pairwise("fit", 1, |mentee, mentor| {
///     let pair = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
///     Some(match pair {
///         ("boris", "eve") => 0.9,
///         ("boris", "ana") => 0.3,
///         ("chen", "finn") => 0.7,
///         ("chen", "dora") => 0.6,
///         _ => 0.1,
///     })
/// });
/// let mentors = ["ana", "dora", "eve", "finn"].map(|id| Profile::new(id).mentor(1));
/// let mentees = ["boris", "chen"].map(|id| Profile::new(id).mentee());
/// let programme = Programme::builder().weigh(1, fit).build()?;
/// let before = RunOptions::default().previous([("boris", "ana"), ("chen", "dora")]);
/// let outcome = Engine::new(programme).run_with(&Cohort::new(mentors, mentees)?, &before)?;
///
/// let curve = outcome.trade_off(Against::Changes, &FrontierOptions::default())?;
/// let figures: Vec<_> = curve.points().iter().map(|at| (at.figure, at.score_ppm)).collect();
/// assert_eq!(figures, [(0, 1_600_000), (1, 1_500_000), (2, 900_000)]);
/// assert_eq!(curve.best(1).expect("it can be had").short_by, 0);
/// assert_eq!(curve.gap(), 0);
/// assert_eq!(curve.verify(), Ok(()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct TradeOff {
    outcome: Outcome,
    against: Against,
    held: Vec<Objective>,
    points: Vec<TradeOffPoint>,
    /// Of a figure and a gain, which are told apart by what groups aim at, together.
    aim: Option<i128>,
    proof: Proof,
}

/// A figure that the total is traded against, and the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct TradeOffPoint {
    /// Pairs kept, or pairs too many or too few for groups: see [`Against`].
    pub figure: u64,
    /// All pairs' scores together, in parts per million.
    pub score_ppm: u64,
}

/// The best that was found for a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BestFound {
    /// What was found.
    pub point: TradeOffPoint,
    /// By how much another matching's total may be larger, in parts per million; 0 if that is proved to be
    /// impossible.
    pub short_by: u64,
}

/// Why there is no trade-off.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum TradeOffError {
    /// Cancelled; a criterion of the host's own gave something that is no score when asked again.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The programme asks for a stable matching, which has no total score to trade.
    #[error("a stable matching has no objectives that could be traded")]
    Stable,
    /// `Leximin` stands before the total score. It leaves next to nothing to trade, and its classes of scores
    /// cannot be held while scores are weighed.
    #[error("leximin stands before the total score: there is nothing to trade")]
    Leximin,
}

impl From<ProblemError> for TradeOffError {
    fn from(problem: ProblemError) -> Self {
        RunError::from(problem).into()
    }
}

impl Outcome {
    /// The total score against changes or against what groups miss; see [`TradeOff`].
    ///
    /// A run that was told of no earlier pairs has none to keep, and without targets groups miss nothing. That is no
    /// error, so that the first year of a programme is asked like any other: there is one point then, the largest total.
    ///
    /// # Errors
    /// See [`TradeOffError`].
    ///
    /// # Complexity
    /// One or two solves a corner on the few pairs that matter, and a pass over all pairs for every few dozen of them;
    /// each corner keeps a proof of some 20 bytes a person. With [`FrontierOptions::solves`] fewer: what is not found by then
    /// shows in [`TradeOff::gap`].
    pub fn trade_off(
        &self,
        against: Against,
        options: &FrontierOptions,
    ) -> Result<TradeOff, TradeOffError> {
        if self.programme().stable().is_some() {
            return Err(TradeOffError::Stable);
        }
        let stages = self.stages();
        let traded = match against {
            Against::Changes => Objective::KeepPairs,
            Against::GroupGap => Objective::GroupBalance,
        };
        let held = held(self.programme().objectives(), &[traded]);
        if held
            .iter()
            .any(|own| matches!(own, Objective::Leximin { .. }))
        {
            return Err(TradeOffError::Leximin);
        }
        let asked = (stages.held(&held, options)?, stages.gain(against)?);
        let solving = SolveOptions::new([Level::TotalScore]).hooks(options.hooks.clone());
        let most = options.solves.unwrap_or(usize::MAX);
        let proof = ask(stages, options, |problem| {
            solver::trade_off(problem, asked, &solving, most).map_err(RunError::from)
        })?;
        let aim = (against == Against::GroupGap).then(|| stages.aim());
        let mut curve = TradeOff {
            outcome: self.clone(),
            against,
            held,
            points: Vec::new(),
            aim,
            proof,
        };
        let points = curve.proof.points.iter();
        curve.points = points.map(|own| curve.point(own.gain, own.total)).collect();
        Ok(curve)
    }
}

impl TradeOff {
    /// What the total is traded against.
    #[must_use]
    pub fn against(&self) -> Against {
        self.against
    }

    /// The objectives that every point leaves at their optimum, first things first.
    #[must_use]
    pub fn held(&self) -> &[Objective] {
        &self.held
    }

    /// The corners of the envelope, the largest total first: pairs kept rise, or what groups miss falls. At each of them as
    /// many people take part as can, at the least: participation is [held](Self::held), whether it is among the
    /// objectives or not, and so is what stands before the total score.
    #[must_use]
    pub fn points(&self) -> &[TradeOffPoint] {
        &self.points
    }

    /// The best that was found with at least so many pairs kept, or at most so many too many or too few, and by
    /// how much it may fall short. `None` if that cannot be had, or was not found.
    #[must_use]
    pub fn best(&self, figure: u64) -> Option<BestFound> {
        let (found, gap) = self.proof.best(self.gain(figure))?;
        Some(BestFound {
            point: self.point(found.gain, found.total),
            short_by: u64::try_from(gap).unwrap_or_default(),
        })
    }

    /// By how much a total may be larger than the corners say, on the lines between them or at them, in parts per
    /// million: 0 if every corner was found.
    #[must_use]
    pub fn gap(&self) -> u64 {
        u64::try_from(self.proof.gap()).unwrap_or(u64::MAX)
    }

    /// The matching of a corner, by its position; `None` if there is no such corner. Of several that are
    /// equally good it is one that the search met: the same for the same people, seed and version.
    ///
    /// # Errors
    /// A criterion of the host's own that gives something that is no score when asked again.
    pub fn matching(&self, at: usize) -> Result<Option<Matching>, RunError> {
        let Some(point) = self.proof.points.get(at) else {
            return Ok(None);
        };
        let stages = self.outcome.stages();
        let matching = Matching::new(&stages.cohort, &stages.candidates, &point.assignment)?;
        Ok(Some(matching))
    }

    /// Checks the proof once more: that every point can be had, and that no matching lies above the lines that
    /// give the gaps. A pass over the pairs a line.
    ///
    /// # Errors
    /// The first thing that is not proved.
    pub fn verify(&self) -> Result<(), Violation> {
        let mut checked = Err(Violation::Shape);
        let options = FrontierOptions::default();
        // A row that cannot be scored any more fails the check by itself.
        let _: Result<(), RunError> = ask(self.outcome.stages(), &options, |problem| {
            checked = self.proof.check(problem);
            Ok(())
        });
        checked
    }

    fn point(&self, gain: i128, total: i128) -> TradeOffPoint {
        let figure = self.aim.map_or(gain, |aim| aim - gain);
        TradeOffPoint {
            figure: u64::try_from(figure).unwrap_or_default(),
            score_ppm: u64::try_from(total).unwrap_or_default(),
        }
    }

    fn gain(&self, figure: u64) -> i128 {
        let figure = i128::from(figure);
        self.aim.map_or(figure, |aim| aim - figure)
    }
}

impl Stages {
    /// What is held while scores are weighed: a floor under them instead of the lowest score's level.
    fn held(&self, objectives: &[Objective], options: &FrontierOptions) -> Result<Held, RunError> {
        let mut others: Vec<Objective> = Vec::new();
        for &own in objectives {
            let own = match own {
                Objective::WorstScore => Objective::Participation, // which it settles
                own => own,
            };
            if !others.contains(&own) {
                others.push(own);
            }
        }
        Ok(Held {
            levels: self.levels(&others)?,
            floor: self.floor_under(objectives, options)?,
            highest: Score::ONE.ppm().cast_signed(),
        })
    }

    /// The highest floor under the scores, if the lowest score is held.
    fn floor_under(
        &self,
        objectives: &[Objective],
        options: &FrontierOptions,
    ) -> Result<i32, RunError> {
        if !objectives.contains(&Objective::WorstScore) {
            return Ok(0);
        }
        let objectives = [objectives, &[Objective::TotalScore]].concat();
        let mut asked = SolveOptions::new(self.levels(&objectives)?).hooks(options.hooks.clone());
        asked.hooks.progress = None;
        let solved = ask(self, options, |problem| {
            worst::solve(problem, (&self.cohort, &objectives), &asked, None).map_err(RunError::from)
        })?;
        Ok(solved.floor.map_or(0, |floor| floor.score))
    }

    fn gain(&self, against: Against) -> Result<Gain, RunError> {
        let quotas = self.candidates.scorer().quotas();
        let targets = |family: &Family| {
            let targets = family.quotas.iter().map(|quota| quota.target);
            (!family.quotas.is_empty()).then(|| targets.collect())
        };
        Ok(match against {
            Against::Changes => {
                let kept = self.previous.pairs.iter().copied();
                Gain::pairs(self.cohort.mentees().len(), kept)?
            }
            Against::GroupGap => Gain::Groups([targets(&quotas.mentees), targets(&quotas.mentors)]),
        })
    }

    /// All groups' targets together.
    fn aim(&self) -> i128 {
        let quotas = self.candidates.scorer().quotas();
        let all = quotas.mentees.quotas.iter().chain(&quotas.mentors.quotas);
        all.filter_map(|quota| quota.target).map(i128::from).sum()
    }
}
