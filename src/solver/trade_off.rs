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
//! # Whole numbers
//! Weighed scores must fit 32 bits. Where the weights of two neighbours do not, take the nearest that do, from
//! below and from above. Totals and gains are whole, so the lines still bound each total between the two
//! neighbours to the last unit, or nearly: [`TradeOff::gap`] says.
//!
//! # Complexity
//! About two solves a corner.
//!
//! # References
//! Y. P. Aneja and K. P. K. Nair, "Bicriteria transportation problem", 1979, which introduced the search.

mod check;
mod weights;

use std::borrow::Cow;

use super::assignment::Assignment;
use super::control::{Control, Progress, Stage, Watch};
use super::error::SolveError;
use super::level::{Level, ListedValues, PlaceValues, with_minimums};
use super::options::{SolveOptions, TieBreak};
use super::problem::{Problem, Weighed};
use super::solution::Solution;
use super::solve::solve_from;
use super::start::Start;
use weights::Weights;

/// What is gained where some of the total score is given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Gain {
    /// Pairs that are listed; each is worth 1.
    Pairs(ListedValues),
    /// Places of groups of mentees and of mentors up to their targets, less those beyond; nothing for a side
    /// without groups.
    Groups([Option<Vec<Option<u32>>>; 2]),
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
}

/// An assignment and what it is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) gain: i128,
    pub(crate) total: i128,
    pub(crate) assignment: Assignment,
}

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
            held,
            gain,
        },
        most_solves,
        watch: Control::new(&hooks).watch().clone(),
    };
    search.run()?;
    Ok(search.found.with_corners())
}

struct Search<'a> {
    problem: &'a Problem<'a>,
    options: SolveOptions,
    progress: Option<super::ProgressHook>,
    /// Points in the order of their gains while the search goes on.
    found: TradeOff,
    most_solves: usize,
    watch: Watch,
}

impl Search<'_> {
    /// Both ends, then what lies between neighbours.
    fn run(&mut self) -> Result<(), SolveError> {
        let ends = Weights::ends(self.found.held.highest);
        let mut met = Vec::new();
        for weights in ends {
            met.extend(self.solve(weights, 0)?);
        }
        met.sort_by_key(|point| (point.gain, point.total));
        let mut open: Vec<(Point, Point)> = match (met.first(), met.last()) {
            (Some(first), Some(last)) => vec![(first.clone(), last.clone())],
            _ => Vec::new(),
        };
        self.found.points = met;
        while let Some((low, high)) = widest(&mut open) {
            if let Some(between) = self.between(&low, &high, open.len())? {
                open.push((between.clone(), high));
                open.push((low, between));
            }
        }
        Ok(())
    }

    /// A point above the line through two, if there is one.
    fn between(
        &mut self,
        low: &Point,
        high: &Point,
        open: usize,
    ) -> Result<Option<Point>, SolveError> {
        for weights in Weights::of_line(low, high, self.found.held.highest) {
            if self.found.is_closed(low, high) {
                return Ok(None);
            }
            let point = self.solve(weights, open + 1)?;
            let is_between = |own: &Point| {
                low.gain < own.gain && own.gain < high.gain && own.is_above(low, high)
            };
            if let Some(point) = point {
                self.found.points.push(point.clone());
                if is_between(&point) {
                    return Ok(Some(point));
                }
            }
        }
        Ok(None)
    }

    /// The best by these weights, and the line that it proves; nothing if there have been enough solves.
    fn solve(&mut self, weights: Weights, open: usize) -> Result<Option<Point>, SolveError> {
        let done = self.found.lines.len();
        if done >= self.most_solves {
            return Ok(None);
        }
        if let Some(tell) = &self.progress {
            let total = (done + open + 1) as u64;
            tell(Progress::new(Stage::Solving, done as u64, total));
        }
        let weighed = self.found.weighed(self.problem, weights);
        let Some(problem) = weighed.problem() else {
            return Ok(None); // never: it is as large as the whole
        };
        // A solve from the start reads rows so often that a matrix of its own is worth having.
        let problem = if self.problem.is_matrix() && done == 0 {
            problem.in_memory(&self.watch)
        } else {
            Cow::Borrowed(&problem)
        };
        self.options.levels = self.found.levels(&problem, weights);
        let start = self.nearest(weights);
        let solution = solve_from(&problem, &self.options, &start)?;
        if let Some(mentee) = self.problem.refused() {
            return Err(SolveError::RowOutOfRange { mentee });
        }
        if solution.gap().is_some() {
            return Err(SolveError::Cancelled);
        }
        let point = self.found.point(self.problem, solution.assignment.clone());
        let value = solution.value.last().copied().unwrap_or_default();
        self.found.lines.push(Line {
            weights,
            value,
            solution,
        });
        Ok(point)
    }

    /// A start from the solution by the most similar weights.
    fn nearest(&self, weights: Weights) -> Start {
        let lines = self.found.lines.iter();
        let near = lines.min_by_key(|line| line.weights.distance(weights));
        near.map_or_else(Start::default, |line| {
            Start::of(&line.solution).scaled(line.weights.score, weights.score)
        })
    }
}

/// Takes the two neighbours between which there is most to find.
fn widest(open: &mut Vec<(Point, Point)>) -> Option<(Point, Point)> {
    let area = |(low, high): &(Point, Point)| (high.gain - low.gain) * (low.total - high.total);
    let at = (0..open.len()).max_by_key(|&at| area(&open[at]))?;
    Some(open.swap_remove(at))
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
            listed: match &self.gain {
                Gain::Pairs(listed) => Some(listed),
                Gain::Groups(_) => None,
            },
            weight_of_listed: weights.gain,
        }
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
            Gain::Pairs(listed) => Level::Listed(listed.clone()),
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

    /// The largest total that is possible with a gain, for all that is proved; `None` if the gain is not.
    pub(crate) fn bound(&self, gain: i128) -> Option<i128> {
        let bounds = self.lines.iter().map(|line| line.bound(gain));
        bounds.min().flatten()
    }

    /// Whether no point between two can be above the line through them, for all that is proved.
    fn is_closed(&self, low: &Point, high: &Point) -> bool {
        let (wide, deep) = (high.gain - low.gain, low.total - high.total);
        let mut between = low.gain + 1..high.gain;
        between.all(|gain| {
            let line = low.total * wide - deep * (gain - low.gain);
            let bound = self.bound(gain);
            bound.is_none_or(|bound| bound <= line.div_euclid(wide))
        })
    }

    /// Tells corners from other points.
    fn with_corners(mut self) -> Self {
        let mut all = std::mem::take(&mut self.points);
        all.sort_by(|a, b| (a.gain, b.total).cmp(&(b.gain, a.total)));
        all.dedup_by(|b, a| a.gain == b.gain);
        let mut corners: Vec<Point> = Vec::new();
        for point in all {
            while corners.last().is_some_and(|last| last.total <= point.total) {
                self.others.extend(corners.pop());
            }
            while let [.., before, last] = &corners[..]
                && !last.is_above(before, &point)
            {
                self.others.extend(corners.pop());
            }
            corners.push(point);
        }
        self.points = corners;
        self
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
