//! The best matching for a figure between the corners, on request.

use super::super::error::RunError;
use super::super::frontier::{FrontierOptions, ask};
use super::{BestFound, TradeOff};
use crate::matching::Matching;
use crate::solver::{Level, SolveOptions};

/// The best matching that was found for a figure, and how far from the best it may be.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Settled {
    /// What it comes to; [`short_by`](BestFound::short_by) is 0 if it is proved that nothing is better.
    pub best: BestFound,
    /// The matching. Of several that are equally good it is one that the search met: the same for the same people,
    /// seed and version.
    pub matching: Matching,
    /// How many solves that took.
    pub solves: usize,
}

impl TradeOff {
    /// The best matching with at least so many pairs kept, or at most so many too many or too few, where
    /// [`best`](Self::best) leaves a gap: by branch and bound, until it is exact or
    /// [`FrontierOptions::solves`] is reached. What is left of the gap is proved either way. `None` if the figure cannot
    /// be had, or was not found.
    ///
    /// Against changes, the figure counts pairs kept, while [`Plan::within`](crate::Plan::within) counts pairs given up: to
    /// give up at most so many, ask for as many fewer than the last corner keeps.
    ///
    /// ```
    /// use mentormatch::{
    ///     Against, Cohort, CustomCriterion, Engine, FrontierOptions, Profile, Programme, RunOptions,
    /// };
    ///
    /// // To swap mentors would suit boris and chen; if one of them keeps his, the other could only have dora.
    /// let fit = CustomCriterion::pairwise("fit", 1, |mentee, mentor| {
    ///     let pair = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
    ///     Some(match pair {
    ///         ("boris", "eve") | ("chen", "ana") => 0.9,
    ///         ("boris", "ana") | ("chen", "eve") => 0.6,
    ///         _ => 0.1,
    ///     })
    /// });
    /// let mentors = ["ana", "dora", "eve"].map(|id| Profile::new(id).mentor(1));
    /// let mentees = ["boris", "chen"].map(|id| Profile::new(id).mentee());
    /// let programme = Programme::builder().weigh(1, fit).build()?;
    /// let before = RunOptions::default().previous([("boris", "ana"), ("chen", "eve")]);
    /// let outcome = Engine::new(programme).run_with(&Cohort::new(mentors, mentees)?, &before)?;
    ///
    /// let curve = outcome.trade_off(Against::Changes, &FrontierOptions::default())?;
    /// let figures: Vec<_> = curve.points().iter().map(|at| (at.figure, at.score_ppm)).collect();
    /// assert_eq!(figures, [(0, 1_800_000), (2, 1_200_000)]);
    /// assert_eq!(curve.best(1).expect("it can be had").short_by, 300_000);
    /// let settled = curve.settle(1, &FrontierOptions::default().solves(100))?.expect("it can be had");
    /// assert_eq!((settled.best.point.score_ppm, settled.best.short_by), (1_200_000, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Cancellation; a criterion of the host's own that gives something that is no score when asked again.
    ///
    /// # Complexity
    /// To find the best matching of exactly so many changes is exact matching, for which no deterministic polynomial
    /// algorithm is known. So there is no bound on the solves but the one that is asked for, each of which takes a pass
    /// over the pairs besides. Between corners that differ in a few pairs, a few dozen mostly suffice.
    pub fn settle(
        &self,
        figure: u64,
        options: &FrontierOptions,
    ) -> Result<Option<Settled>, RunError> {
        let stages = self.outcome.stages();
        let solving = SolveOptions::new([Level::TotalScore]).hooks(options.hooks.clone());
        let most = options.solves.unwrap_or(usize::MAX);
        let gain = self.gain(figure);
        let found = ask(stages, options, |problem| {
            let settled = self.proof.settle(problem, gain, &solving, most);
            settled.map_err(RunError::from)
        })?;
        let Some(found) = found else { return Ok(None) };
        let short_by = found.bound - found.point.total;
        Ok(Some(Settled {
            best: BestFound {
                point: self.point(found.point.gain, found.point.total),
                short_by: u64::try_from(short_by).unwrap_or_default(),
            },
            matching: Matching::new(&stages.cohort, &stages.candidates, &found.point.assignment)?,
            solves: found.solves,
        }))
    }
}
