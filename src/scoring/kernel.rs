//! From a mentee's answers to her scores, all mentors at once.

use super::PreparedCriterion;
use super::layers::Layers;
use super::points::Points;
use super::views::Views;
use super::weights::{Totals, Weights};
use crate::criteria::{BadScore, RowException};
use crate::ids::MenteeIdx;
use crate::participant::Cohort;
use crate::programme::MissingPolicy;
use crate::score::Score;

/// A programme's criteria laid out for rows, with sums in `P`.
pub(super) struct Kernel<P: Points> {
    layers: Layers<P>,
    /// By view, then by criterion.
    weights: Vec<Vec<Weights>>,
    /// By view.
    totals: Vec<Totals<P>>,
}

/// Sums of one mentee, indexed by view and mentor.
#[derive(Default)]
pub(super) struct Sums<P> {
    points: Vec<Vec<P>>,
    left_out: Vec<Vec<u32>>, // empty unless the programme renormalises
}

impl<P: Points> Sums<P> {
    /// The sums, and the weights left out of them.
    pub(super) fn unrounded(&self) -> (Vec<Vec<u64>>, Vec<Vec<u32>>) {
        let points = self.points.iter();
        let points = points.map(|own| own.iter().map(|own| own.wide()).collect());
        (points.collect(), self.left_out.clone())
    }
}

/// Buffers for one criterion.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) row: Vec<Option<Score>>, // indexed by mentor
    pub(super) exceptions: Vec<RowException>,
}

/// A criterion's position, and what it gave.
pub(super) type Failure = (usize, BadScore);

impl<P: Points> Kernel<P> {
    pub(super) fn new(
        criteria: &[PreparedCriterion],
        views: &Views,
        cohort: &Cohort,
        renormalises: bool,
    ) -> Self {
        let mentors = cohort.mentors().len();
        let sides = views.sides.iter();
        let weights = sides.map(|side| {
            let all = 0..criteria.len();
            all.map(|at| Weights::new(side, at, mentors)).collect()
        });
        Self {
            layers: Layers::new(criteria, views, cohort, renormalises),
            weights: weights.collect(),
            totals: views
                .sides
                .iter()
                .map(|side| Totals::new(side, mentors))
                .collect(),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.layers.bytes()
    }

    /// A mentee's row in each view, one after the other.
    pub(super) fn score(
        &self,
        criteria: &[PreparedCriterion],
        views: &Views,
        mentee: MenteeIdx,
        (sums, answers): (&mut Sums<P>, &mut Answers),
        rows: &mut [Vec<Score>],
    ) -> Result<(), Failure> {
        sums.points.resize_with(rows.len(), Vec::new);
        sums.left_out.resize_with(rows.len(), Vec::new);
        for (view, row) in rows.iter().enumerate() {
            self.start(view, mentee, row.len(), sums);
        }
        let classes: Vec<usize> = views
            .sides
            .iter()
            .map(|side| side.mentee_class(mentee))
            .collect();
        for &at in &self.layers.shared {
            answers.exceptions.clear();
            criteria[at]
                .rows
                .exceptions(mentee, &mut answers.exceptions);
            self.correct(at, &classes, &answers.exceptions, sums);
        }
        for &at in &self.layers.own {
            answers.row.fill(None); // a host's row may leave out what it has no answer to
            let scored = criteria[at].rows.score_row(mentee, &mut answers.row);
            scored.map_err(|bad| (at, bad))?;
            self.weigh(at, &criteria[at], &classes, &answers.row, sums);
        }
        for (view, row) in rows.iter_mut().enumerate() {
            let (points, left_out) = (&sums.points[view], &sums.left_out[view]);
            self.totals[view].means(classes[view], points, left_out, row);
        }
        Ok(())
    }

    /// The sum of the layers.
    fn start(&self, view: usize, mentee: MenteeIdx, mentors: usize, sums: &mut Sums<P>) {
        let (points, left_out) = (&mut sums.points[view], &mut sums.left_out[view]);
        points.clear();
        left_out.clear();
        for layer in &self.layers.layers {
            let (more, out) = layer.row(view, mentee);
            if points.is_empty() {
                points.extend_from_slice(more);
                left_out.extend_from_slice(out);
                continue;
            }
            for (points, &more) in points.iter_mut().zip(more) {
                *points = points.plus(more);
            }
            for (left_out, &out) in left_out.iter_mut().zip(out) {
                *left_out += out;
            }
        }
        points.resize(mentors, P::default());
    }

    fn correct(
        &self,
        at: usize,
        classes: &[usize],
        exceptions: &[RowException],
        sums: &mut Sums<P>,
    ) {
        for ((weights, &class), points) in self.weights.iter().zip(classes).zip(&mut sums.points) {
            for exception in exceptions {
                let mentor = exception.mentor.index();
                let weight = weights[at].of(class, mentor);
                let sum = points[mentor].plus(P::of(weight, exception.score));
                points[mentor] = sum.minus(P::of(weight, exception.usual));
            }
        }
    }

    fn weigh(
        &self,
        at: usize,
        criterion: &PreparedCriterion,
        classes: &[usize],
        row: &[Option<Score>],
        sums: &mut Sums<P>,
    ) {
        let missing = criterion.missing.counted(None).unwrap_or(Score::ZERO);
        for (view, weights) in self.weights.iter().enumerate() {
            weights[at].weigh(classes[view], row, missing, &mut sums.points[view]);
            if criterion.missing == MissingPolicy::Renormalise {
                let left_out = &mut sums.left_out[view];
                left_out.resize(row.len(), 0);
                weights[at].leave_out(classes[view], row, left_out);
            }
        }
    }
}
