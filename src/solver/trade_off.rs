//! What a gain elsewhere costs of the total score: the supported points, and a bound on all others.
//!
//! # Problem
//! Of the assignments that are best at some levels, each has a total score and a *gain*: pairs kept of an
//! earlier assignment, or places of groups up to their targets less those beyond. To find the largest total for
//! each gain is exact matching, for which no polynomial algorithm is known. The *supported* points, which are
//! the corners of the concave envelope of all points, can be found.
//!
//! # Idea
//! The corners are what is best by `a · total + b · gain` for some weights. Find the two ends. Between two
//! neighbours, solve with the weights by which they are equally good: either nothing is better, and the
//! line through them bounds all assignments; or a new corner is found between them, and both halves are looked
//! at in the same way. Each solve proves its line, whatever comes of it: `a · total + b · gain` is never more.
//!
//! There are hundreds of corners among 10,000 people. So what is solved is made small ([`core`]), many proofs are
//! checked at once, and corners are guessed ([`chains`]): see [`search`].
//!
//! # Whole numbers
//! Weighed scores must fit 32 bits. Where the weights of two neighbours do not, take the nearest that do, from
//! below and from above. Totals and gains are whole, so the lines still bound each total between the two
//! neighbours to the last unit, or nearly: [`TradeOff::gap`] says.
//!
//! # Complexity
//! One to two solves a corner on the pairs that matter, and a pass over all pairs for each few dozen of them.
//!
//! # References
//! Y. P. Aneja and K. P. K. Nair, "Bicriteria transportation problem", 1979, which introduced the search.

mod chains;
mod check;
mod core;
mod search;
mod settle;
mod weights;

use std::collections::{BTreeMap, BTreeSet};

use self::core::Core;
use super::assignment::Assignment;
use super::certificate::Weighing;
use super::control::Control;
use super::error::{ProblemError, SolveError};
use super::level::{Level, ListedValues, PlaceValues, with_minimums};
use super::options::{SolveOptions, TieBreak};
use super::problem::{Problem, Weighed};
use super::solution::Solution;
use super::start::Start;
use crate::ids::{MenteeIdx, MentorIdx};
use search::Search;
use weights::Weights;

/// What is gained where some of the total score is given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Gain {
    /// Pairs, each worth 1: see [`pairs`](Self::pairs).
    Pairs(EachOnce),
    /// Places of groups of mentees and of mentors up to their targets, less those beyond; nothing for a side
    /// without groups.
    Groups([Option<Vec<Option<u32>>>; 2]),
}

/// Pairs that are listed, each with a value of 1: the weights of a trade-off leave room for no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EachOnce(ListedValues);

impl Gain {
    /// These pairs, of so many mentees; each is worth 1, however often it is listed.
    ///
    /// # Errors
    /// A mentee who is not there; 2²⁴ mentees or more.
    pub(crate) fn pairs(
        mentees: usize,
        pairs: impl IntoIterator<Item = (MenteeIdx, MentorIdx)>,
    ) -> Result<Self, ProblemError> {
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_unstable();
        pairs.dedup();
        let pairs = pairs
            .into_iter()
            .map(|(mentee, mentor)| (mentee, mentor, 1));
        ListedValues::new(mentees, pairs).map(|listed| Self::Pairs(EachOnce(listed)))
    }

    fn listed(&self) -> Option<&ListedValues> {
        match self {
            Self::Pairs(EachOnce(listed)) => Some(listed),
            Self::Groups(_) => None,
        }
    }
}

/// What is held while the total is traded.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// Levels that stay at their optimum; none of them looks at scores.
    pub(crate) levels: Vec<Level>,
    /// No pair scores less.
    pub(crate) floor: i32,
    /// No pair scores more: at least 1.
    pub(crate) highest: i32,
}

/// The supported points, with what proves them.
#[derive(Clone, Debug)]
pub(crate) struct TradeOff {
    /// The corners of the envelope: gains rise, totals fall.
    pub(crate) points: Vec<Point>,
    /// Other points that were met.
    pub(crate) others: Vec<Point>,
    lines: Vec<Line>,
    held: Held,
    gain: Gain,
    /// The pairs that the search has looked at.
    core: Core,
}

/// An assignment and what it is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) gain: i128,
    pub(crate) total: i128,
    pub(crate) assignment: Assignment,
}

/// Pairs that a mentee has to begin with among those that are solved on: enough that few are missing later.
const CORE: usize = 8;

/// A proof that no assignment is worth more by these weights.
#[derive(Clone, Debug)]
struct Line {
    weights: Weights,
    value: i128,
    solution: Solution,
}

/// Finds the supported points. After so many solves it ends with those that it has met.
///
/// # Errors
/// As [`solve`](super::solve()). A solve that is stopped ends the call as if cancelled.
pub(crate) fn trade_off(
    problem: &Problem<'_>,
    (held, gain): (Held, Gain),
    options: &SolveOptions,
    most_solves: usize,
) -> Result<TradeOff, SolveError> {
    trade_off_on(problem, (held, gain), options, (most_solves, CORE))
}

/// The same on a core that has so many pairs a mentee to begin with.
fn trade_off_on(
    problem: &Problem<'_>,
    (held, gain): (Held, Gain),
    options: &SolveOptions,
    (most_solves, each): (usize, usize),
) -> Result<TradeOff, SolveError> {
    let mut options = options.clone();
    options.tie_break = TieBreak::Fast;
    let hooks = options.hooks.clone();
    let mut search = Search {
        progress: options.hooks.progress.take(),
        options,
        problem,
        found: TradeOff {
            points: Vec::new(),
            others: Vec::new(),
            lines: Vec::new(),
            core: Core::empty(problem.mentees(), held.floor, gain.listed().cloned()),
            held,
            gain,
        },
        most_solves,
        each,
        watch: Control::new(&hooks).watch().clone(),
        points: BTreeMap::new(),
        solves: 0,
        failures: BTreeMap::new(),
    };
    search.run()?;
    let is_over = search.solves >= most_solves;
    let mut found = search.found;
    found.take(search.points);
    if !is_over {
        found.forget_lines_within();
    }
    found
        .check_points(problem)
        .map_err(SolveError::CheckFailed)?;
    Ok(found)
}

impl Point {
    /// Whether it lies above the line through two others.
    fn is_above(&self, low: &Self, high: &Self) -> bool {
        let (wide, deep) = (high.gain - low.gain, low.total - high.total);
        wide * (self.total - low.total) + deep * (self.gain - low.gain) > 0
    }
}

impl TradeOff {
    fn weighed<'p>(&'p self, whole: &'p Problem<'p>, weights: Weights) -> Weighed<'p> {
        Weighed {
            whole,
            floor: self.held.floor,
            weight: weights.score,
            listed: self.listed(),
            weight_of_listed: weights.gain,
            barred: &[],
        }
    }

    fn listed(&self) -> Option<&ListedValues> {
        self.gain.listed()
    }

    /// The levels of a solve with these weights.
    fn levels(&self, problem: &Problem<'_>, weights: Weights) -> Vec<Level> {
        let last = match &self.gain {
            Gain::Pairs(_) => Level::TotalScore,
            Gain::Groups(targets) => {
                let [mentees, mentors] = places(targets, weights.gain.unsigned_abs());
                Level::ScoreWithGroups { mentees, mentors }
            }
        };
        let levels: Vec<_> = self.held.levels.iter().cloned().chain([last]).collect();
        with_minimums(problem, &levels)
    }

    fn gain_level(&self) -> Level {
        match &self.gain {
            Gain::Pairs(EachOnce(listed)) => Level::Listed(listed.clone()),
            Gain::Groups(targets) => {
                let [mentees, mentors] = places(targets, 1);
                Level::GroupPlaces { mentees, mentors }
            }
        }
    }

    /// What an assignment is worth; `None` if it is not one of this problem.
    fn point(&self, problem: &Problem<'_>, assignment: Assignment) -> Option<Point> {
        let levels = [self.gain_level(), Level::TotalScore];
        let value = assignment.value(problem, &levels)?;
        Some(Point {
            gain: value[0],
            total: value[1],
            assignment,
        })
    }

    /// The same of a solution by weights, whose value is known.
    fn point_by(
        &self,
        weighed: &Problem<'_>,
        weights: Weights,
        solution: &Solution,
    ) -> Option<Point> {
        let gain = solution.assignment.value(weighed, &[self.gain_level()])?[0];
        let rest = solution.value.last()? - i128::from(weights.gain) * gain;
        Some(Point {
            gain,
            total: rest.checked_div(weights.score.into())?,
            assignment: solution.assignment.clone(),
        })
    }

    /// A line as a proof about weighed scores.
    fn weighing<'l>(&'l self, problem: &'l Problem<'l>, line: &'l Line) -> Weighing<'l> {
        Weighing {
            scores: self.weighed(problem, line.weights),
            certificate: &line.solution.certificate,
            assignment: &line.solution.assignment,
        }
    }

    /// The largest total that is possible with a gain, for all that is proved; `None` if the gain is not.
    pub(crate) fn bound(&self, gain: i128) -> Option<i128> {
        let bounds = self.lines.iter().map(|line| line.bound(gain));
        bounds.min().flatten()
    }

    /// Takes points by their gains, and tells corners from others.
    fn take(&mut self, points: BTreeMap<i128, Point>) {
        let is_corner = |gain: &i128, corners: &[i128]| corners.binary_search(gain).is_ok();
        let gains: Vec<_> = corners(points.values())
            .iter()
            .map(|own| own.gain)
            .collect();
        for (gain, point) in points {
            let list = if is_corner(&gain, &gains) {
                &mut self.points
            } else {
                &mut self.others
            };
            list.push(point);
        }
    }

    /// Forgets lines that no edge between corners lies on: they say nothing that the others do not.
    fn forget_lines_within(&mut self) {
        let ends = Weights::ends(self.held.highest);
        let of_edge = |two: &[Point]| Weights::of_line(&two[0], &two[1], self.held.highest);
        let edges = self.points.windows(2).flat_map(of_edge);
        let kept: BTreeSet<_> = edges.chain(ends).collect();
        self.lines.retain(|line| kept.contains(&line.weights));
    }

    /// Of the points that were met, the best total with at least so much gain, and by how much it may fall
    /// short; `None` if there is none with as much.
    pub(crate) fn best(&self, gain: i128) -> Option<(&Point, i128)> {
        let met = self.points.iter().chain(&self.others);
        let best = met
            .filter(|point| point.gain >= gain)
            .max_by_key(|point| (point.total, point.gain))?;
        let most = self.points.last().map_or(gain, |last| last.gain);
        let bounds = (gain..=most.max(gain)).filter_map(|gain| self.bound(gain));
        let bound = bounds.max().unwrap_or(best.total);
        Some((best, bound - best.total))
    }

    /// By how much a total between the corners may be larger than the envelope says; 0 if every corner has been
    /// found.
    pub(crate) fn gap(&self) -> i128 {
        let of_two = |two: &[Point]| {
            let [low, high] = two else { return 0 };
            let (wide, deep) = (high.gain - low.gain, low.total - high.total);
            let over = |gain: i128| {
                let line = (low.total * wide - deep * (gain - low.gain)).div_euclid(wide);
                self.bound(gain).map_or(0, |bound| bound - line)
            };
            (low.gain + 1..high.gain).map(over).max().unwrap_or(0)
        };
        let at_corner = |point: &Point| {
            let bound = self.bound(point.gain);
            bound.map_or(0, |bound| bound - point.total)
        };
        let edges = self.points.windows(2).map(of_two);
        edges
            .chain(self.points.iter().map(at_corner))
            .max()
            .unwrap_or(0)
            .max(0)
    }
}

impl Line {
    fn new(weights: Weights, solution: Solution) -> Self {
        Self {
            weights,
            value: solution.value.last().copied().unwrap_or_default(),
            solution,
        }
    }

    /// Whether another solution by some weights is worth as much at what is held.
    fn is_held_by(&self, other: &Solution) -> bool {
        let before = |value: &[i128]| value.split_last().map(|(_, before)| before.to_vec());
        before(&self.solution.value) == before(&other.value)
    }

    /// The largest total with a gain; `None` if the gain is too much.
    fn bound(&self, gain: i128) -> Option<i128> {
        let rest = self.value - i128::from(self.weights.gain) * gain;
        match self.weights.score {
            0 if rest < 0 => None,
            0 => Some(i128::MAX),
            weight => Some(rest.div_euclid(weight.into())),
        }
    }
}

/// A start from the one of these solutions that is by the most similar weights.
fn nearest<'l>(lines: impl IntoIterator<Item = &'l Line>, weights: Weights) -> Start {
    let lines = lines.into_iter();
    let near = lines.min_by_key(|line| line.weights.distance(weights));
    near.map_or_else(Start::default, |line| {
        Start::of(&line.solution).scaled(line.weights.score, weights.score)
    })
}

/// The corners of the concave envelope of points in the order of their gains.
fn corners<'p>(points: impl IntoIterator<Item = &'p Point>) -> Vec<&'p Point> {
    let mut corners: Vec<&Point> = Vec::new();
    for point in points {
        while corners.last().is_some_and(|last| last.total <= point.total) {
            corners.pop();
        }
        while let [.., before, last] = &corners[..]
            && !last.is_above(before, point)
        {
            corners.pop();
        }
        corners.push(point);
    }
    corners
}

/// Values of the places of groups of mentees and of mentors.
fn places(targets: &[Option<Vec<Option<u32>>>; 2], worth: u32) -> [Option<PlaceValues>; 2] {
    let values = |own: &Option<Vec<Option<u32>>>| {
        let own = own.as_ref()?;
        Some(PlaceValues::towards_at(own.iter().copied(), worth))
    };
    [values(&targets[0]), values(&targets[1])]
}

#[cfg(test)]
mod tests;
