//! All pairs' scores at a weight, and between two weights, as whole numbers for the solver.

use super::super::outcome::Stages;
use super::between::{Between, Ends, Near, UNIT, View};
use super::sums::{Own, Parts, Sums, mentor_at};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;
use crate::programme::Balance;
use crate::scoring::{PairIdx, Scorer};
use crate::solver::Assignment;

/// The largest sum of weights for which all sums of a score stay below 2³¹.
const MOST_WEIGHT: u32 = 2_147;

/// Marks a pair that is not allowed: below every score, also one that is taken at its lowest.
pub(super) const ABSENT: i32 = i32::MIN;

/// Where scores are no lines, a step is divided once more into so many: a pair that comes to be allowed is told apart from the
/// next.
const FINER: u32 = 16;

/// Today's weight has at least so many steps, however little it is of all.
const FEWEST: u32 = 1_000;

/// The weights that are looked at, in steps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    pub(super) today: u32,
    pub(super) least: u32,
    pub(super) most: u32,
    /// If every score is one mean of weights that are not too fine: how many steps make one of weight. Then scores
    /// are scaled by the sum of weights, which changes no optimum and leaves nothing to round.
    exact: Option<u32>,
}

/// What a criterion counts to people who weigh alike.
#[derive(Clone, Copy, Debug)]
struct Weighing {
    all: u32,
    own: u32,
}

/// The scores of all pairs with one criterion's weight in motion.
pub(super) struct Scores<'a> {
    sums: &'a Sums,
    own: Own,
    scorer: &'a Scorer,
    balance: Balance,
    pub(super) grid: Grid,
    /// By view, by class.
    weighings: Vec<Vec<Weighing>>,
    /// The denominator by which most views move, as a view of nothing.
    reference: View,
    mentees: usize,
    mentors: usize,
}

/// Scores at a weight.
pub(super) struct AtWeight {
    /// Row by row.
    pub(super) scores: Vec<i32>,
    /// By mentee: by how much a score of hers may be off, up or down.
    pub(super) off: Vec<i64>,
    /// Whether some pair is so near a floor that it may be either side of it.
    pub(super) is_vague: bool,
}

/// What a matching comes to at the two ends of a stretch, at the least, if all its pairs are allowed all the way.
pub(super) type Line = Option<[i128; 2]>;

/// Of pairs that may be on either side of a floor: some that are taken to be allowed, some that are taken to be forbidden. Of
/// all others it is open.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    pub(super) allowed: Vec<PairIdx>,
    pub(super) forbidden: Vec<PairIdx>,
}

impl Taken {
    /// Whether a pair may be allowed that stands so to its floor.
    fn may_be(&self, pair: impl Fn() -> PairIdx, floor: Floor) -> bool {
        floor.is_reached() || floor.may_be_reached() && !self.forbidden.contains(&pair())
    }

    /// Whether it is allowed for certain.
    fn must_be(&self, pair: PairIdx, floor: Floor) -> bool {
        floor.is_reached() || self.allowed.contains(&pair)
    }
}

/// How a pair stands to the floor that it must reach: what its score is at the least and at the most, rounded as the
/// run rounds, less the floor, in units.
#[derive(Clone, Copy)]
struct Floor {
    least: i64,
    most: i64,
}

impl Floor {
    /// Every pair reaches a floor of nothing.
    const NONE: Self = Self { least: 0, most: 0 };

    fn is_reached(self) -> bool {
        self.least >= 0
    }

    fn may_be_reached(self) -> bool {
        self.most >= 0
    }

    /// Whether the pair may be on either side.
    fn is_doubtful(self) -> bool {
        self.may_be_reached() && !self.is_reached()
    }
}

impl Grid {
    /// Steps of about a thousandth of all weights, or less: down to nothing, and up until the criterion counts for as much as
    /// all others together.
    pub(super) fn new(scorer: &Scorer, weights: &[u32], criterion: usize) -> Self {
        let all: u32 = weights.iter().sum();
        let (own, rest) = (weights[criterion], all - weights[criterion]);
        let steps = (MOST_WEIGHT / 2 / all.max(1)).max(1);
        let is_wide_enough = u64::from(rest) * u64::from(2 * steps) <= MOST_WEIGHT.into();
        if scorer.is_one_mean() && all <= MOST_WEIGHT && is_wide_enough {
            return Self {
                today: own * steps,
                least: u32::from(rest == 0), // somebody must count
                most: MOST_WEIGHT - rest * steps,
                exact: Some(steps),
            };
        }
        let most = MOST_WEIGHT * FINER;
        let in_steps = |weight: u32| u64::from(weight) * u64::from(most / 2) / u64::from(all);
        let today = to_u32(in_steps(own)).max(FEWEST);
        let is_alone = |weights: &Vec<u32>| weights.iter().sum::<u32>() == weights[criterion];
        let mut classes = scorer.weights().flatten();
        // Where nothing else is left a view has no value: there the weight stops short of nothing.
        let may_be_alone = scorer.renormalises() || classes.any(is_alone);
        Self {
            today,
            least: may_be_alone.into(),
            // However little the criterion counts, as far as all others together.
            most: to_u32((u64::from(today) * u64::from(rest)).div_ceil(own.max(1).into()))
                .max(most.saturating_sub(to_u32(in_steps(rest))))
                .max(today),
            exact: None,
        }
    }
}

impl<'a> Scores<'a> {
    pub(super) fn new(
        stages: &'a Stages,
        (sums, own): (&'a Sums, Own),
        criterion: usize,
        grid: Grid,
    ) -> Self {
        let scorer = stages.candidates.scorer();
        let weighing = |own: &Vec<u32>| Weighing {
            all: own.iter().sum(),
            own: own[criterion],
        };
        let weighings = scorer
            .weights()
            .map(|view| view.iter().map(weighing).collect());
        let weighings: Vec<Vec<_>> = weighings.collect();
        // As stated, in the views in which the criterion counts.
        let stated = weighings.iter().filter_map(|view| view.first());
        let stated = stated.filter(|own| own.own > 0);
        let reference = stated.fold(View::default(), |sum, own| View {
            rest: sum.rest.saturating_add(own.all - own.own),
            weight: sum.weight.saturating_add(own.own),
            ..sum
        });
        Self {
            sums,
            own,
            scorer,
            balance: scorer.balance(),
            grid,
            weighings,
            reference,
            mentees: stages.cohort.mentees().len(),
            mentors: stages.cohort.mentors().len(),
        }
    }

    /// Whether scores are lines, without any rounding, and no pair comes to be allowed or forbidden.
    pub(super) fn are_exact(&self) -> bool {
        self.grid.exact.is_some()
    }

    /// All scores at a weight.
    pub(super) fn at(&self, steps: u32) -> AtWeight {
        let mut scores = vec![ABSENT; self.mentees * self.mentors];
        let ends = self.ends([steps; 2]);
        let fill = |(): &mut (), row: usize, cells: &mut [i32]| {
            let (mut most, mut is_vague) = (0, false);
            for (at, cell) in cells.iter_mut().enumerate() {
                let Some((between, floor)) = self.between(&ends, row, at) else {
                    continue;
                };
                is_vague |= floor.is_doubtful();
                // In doubt as it is more likely: the middle of what it may be.
                if floor.least + floor.most >= 0 {
                    *cell = to_cell(between.at[0]);
                    most = most.max(between.up).max(between.down);
                }
            }
            (most, is_vague)
        };
        let rows = parallel::fill_rows(&mut scores, self.mentors, || (), fill);
        AtWeight {
            scores,
            is_vague: rows.iter().any(|row| row.1),
            off: rows.into_iter().map(|row| row.0).collect(),
        }
    }

    /// All scores at the two ends of a stretch: at their highest, but for pairs that both of two matchings have, which are
    /// at their lowest.
    pub(super) fn without(
        &self,
        ends: &Ends,
        [one, other]: [&Assignment; 2],
        taken: &Taken,
    ) -> [Vec<i32>; 2] {
        let mut scores = [0, 1].map(|_| vec![ABSENT; self.mentees * self.mentors]);
        let [low, high] = &mut scores;
        let both = [low.as_mut_slice(), high.as_mut_slice()];
        parallel::fill_rows_of_two(both, self.mentors, |row, [low, high]| {
            let mentee = MenteeIdx::new(u32::try_from(row).unwrap_or(u32::MAX));
            let (theirs, others) = (one.mentors_of(mentee), other.mentors_of(mentee));
            for (at, cells) in low.iter_mut().zip(high).enumerate() {
                let Some((between, floor)) = self.between(ends, row, at) else {
                    continue;
                };
                if !taken.may_be(|| (mentee, mentor_at(at)), floor) {
                    continue;
                }
                let is_common = [theirs, others].map(|own| own.contains(&mentor_at(at)));
                let off = match is_common {
                    [true, true] => -between.down,
                    _ => between.up,
                };
                *cells.0 = to_cell(between.at[0] + off);
                *cells.1 = to_cell(between.at[1] + off);
            }
        });
        scores
    }

    /// What a matching comes to at the two ends of a stretch, at the least.
    pub(super) fn line(&self, ends: &Ends, matching: &Assignment, taken: &Taken) -> Line {
        let mut pairs = matching.pairs();
        pairs.try_fold([0; 2], |sums: [i128; 2], pair| {
            let (between, floor) = self.between(ends, pair.0.index(), pair.1.index())?;
            let low = |end: usize| sums[end] + i128::from(between.at[end] - between.down);
            taken.must_be(pair, floor).then_some([low(0), low(1)])
        })
    }

    /// Whether a pair may be on either side of a floor.
    pub(super) fn is_doubtful(&self, ends: &Ends, (mentee, mentor): PairIdx) -> bool {
        let between = self.between(ends, mentee.index(), mentor.index());
        between.is_some_and(|(_, floor)| floor.is_doubtful())
    }

    /// The two ends of a stretch.
    pub(super) fn ends(&self, steps: [u32; 2]) -> Ends {
        let today = self.grid.today;
        Ends {
            today,
            steps,
            reference: steps.map(|own| self.reference.denominator(today, own)),
        }
    }

    /// A pair's score in units, and how it stands to its floor; `None` where something else forbids it.
    fn between(&self, ends: &Ends, mentee: usize, mentor: usize) -> Option<(Between, Floor)> {
        let parts = self.sums.of(&self.own, mentee, mentor);
        let floor = i64::from(parts.floor()?.ppm()) * UNIT;
        if let Some(steps) = self.grid.exact {
            return Some((self.scaled(&parts, ends, steps), Floor::NONE));
        }
        let pair = (mentee, mentor);
        let near = |view| self.view(&parts, view, pair).between(ends);
        let cost = i64::from(parts.cost()) * UNIT;
        let both = match self.weighings.len() {
            1 => (near(0), None),
            _ => (near(0), Some(near(1))),
        };
        let between = self.balanced(both).less(cost);
        if floor == 0 {
            return Some((between, Floor::NONE));
        }
        let rounded = self.balanced((both.0.rounded(), both.1.map(Near::rounded)));
        let (least, most) = rounded.less(cost).rounded(both.1.map(|_| self.balance));
        let (least, most) = (least - floor, most - floor);
        Some((between, Floor { least, most }))
    }

    /// One score of one view or two.
    fn balanced(&self, (one, other): (Near, Option<Near>)) -> Between {
        match other {
            None => one.alone(),
            Some(other) => one.balanced(other, self.balance),
        }
    }

    /// A score times the sum of weights.
    fn scaled(&self, parts: &Parts<'_>, ends: &Ends, steps: u32) -> Between {
        let (points, _) = parts.view(0);
        let own = u64::from(parts.own.unwrap_or_default().ppm());
        let weight = self.weighings[0][0].own;
        let others = (points - own * u64::from(weight)) * u64::from(steps);
        let at = ends.steps.map(|at| others + own * u64::from(at));
        Between {
            at: at.map(|own| i64::try_from(own).unwrap_or(i64::MAX)),
            up: 0,
            down: 0,
        }
    }

    /// A view of a pair. A weight that emphasis raises moves as today's weight does.
    fn view(&self, parts: &Parts<'_>, view: usize, (mentee, mentor): (usize, usize)) -> View {
        let mentee = MenteeIdx::new(u32::try_from(mentee).unwrap_or(u32::MAX));
        let class = self.scorer.weighing_class(view, mentee, mentor_at(mentor));
        let Weighing { all, own } = self.weighings[view][class];
        let (points, left_out) = parts.view(view);
        let answered = all - left_out; // of which the criterion's own weight is one, if it is answered
        match parts.own {
            None => View {
                others: points,
                rest: answered,
                ..View::default()
            },
            Some(score) => {
                let moving = u64::from(own) * u64::from(score.ppm());
                View {
                    others: points - moving,
                    own: moving,
                    rest: answered - own,
                    weight: own,
                }
            }
        }
    }

    /// The position of a pair in a matrix.
    pub(super) fn cell(&self, (mentee, mentor): (MenteeIdx, MentorIdx)) -> usize {
        mentee.index() * self.mentors + mentor.index()
    }
}

/// A number of units of at most twice a whole score, or a scaled score.
fn to_cell(units: i64) -> i32 {
    i32::try_from(units).unwrap_or(i32::MAX)
}

fn to_u32(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
