//! What one criterion, and all of them together, count in one view, laid out for rows.

use super::points::Points;
use super::views::SideView;
use crate::ids::Role;
use crate::score::{Score, WeightedSum};

/// What one criterion counts.
pub(super) struct Weights {
    /// By class of mentees who weigh alike.
    by_class: Vec<u32>,
    /// By mentor, where mentors weigh differently; else empty.
    by_mentor: Vec<u32>,
}

/// What all criteria count together.
pub(super) struct Totals<P: Points> {
    by_class: Vec<(u32, P::Mean)>,  // likewise
    by_mentor: Vec<(u32, P::Mean)>, // likewise
}

impl Weights {
    pub(super) fn new(side: &SideView, criterion: usize, mentors: usize) -> Self {
        let (by_class, by_mentor) = laid_out(side, mentors, |weights| weights[criterion]);
        Self {
            by_class,
            by_mentor,
        }
    }

    /// What it counts for a mentee of this class with a mentor.
    pub(super) fn of(&self, class: usize, mentor: usize) -> u32 {
        let own = self.by_mentor.get(mentor);
        own.copied().unwrap_or(self.by_class[class])
    }

    /// Adds a row's weighted answers, a missing one as `missing`.
    pub(super) fn weigh<P: Points>(
        &self,
        class: usize,
        answers: &[Option<Score>],
        missing: Score,
        points: &mut [P],
    ) {
        let answered = points.iter_mut().zip(answers);
        if self.by_mentor.is_empty() {
            let weight = self.by_class[class];
            for (points, answer) in answered {
                *points = points.plus(P::of(weight, answer.unwrap_or(missing)));
            }
            return;
        }
        for ((points, answer), &weight) in answered.zip(&self.by_mentor) {
            *points = points.plus(P::of(weight, answer.unwrap_or(missing)));
        }
    }

    /// Adds the weight of each missing answer to what is taken out of the mean.
    pub(super) fn leave_out(&self, class: usize, answers: &[Option<Score>], left_out: &mut [u32]) {
        for (mentor, (left_out, answer)) in left_out.iter_mut().zip(answers).enumerate() {
            if answer.is_none() {
                *left_out += self.of(class, mentor);
            }
        }
    }
}

impl<P: Points> Totals<P> {
    pub(super) fn new(side: &SideView, mentors: usize) -> Self {
        let total = |weights: &[u32]| {
            let total = weights.iter().sum(); // fits: checked when the programme is built
            (total, P::mean_over(total))
        };
        let (by_class, by_mentor) = laid_out(side, mentors, total);
        Self {
            by_class,
            by_mentor,
        }
    }

    /// From a mentee's sums to her means; `left_out` is empty where nothing is.
    pub(super) fn means(&self, class: usize, points: &[P], left_out: &[u32], row: &mut [Score]) {
        if !left_out.is_empty() {
            for (mentor, (mean, (&points, &left_out))) in
                row.iter_mut().zip(points.iter().zip(left_out)).enumerate()
            {
                let (total, _) = *self.by_mentor.get(mentor).unwrap_or(&self.by_class[class]);
                let (points, weight) = (points.wide(), u64::from(total - left_out));
                *mean = WeightedSum { points, weight }.mean();
            }
        } else if self.by_mentor.is_empty() {
            let (_, over) = self.by_class[class];
            for (mean, &points) in row.iter_mut().zip(points) {
                *mean = points.mean(over);
            }
        } else {
            let sums = points.iter().zip(&self.by_mentor);
            for (mean, (&points, &(_, over))) in row.iter_mut().zip(sums) {
                *mean = points.mean(over);
            }
        }
    }
}

/// A value of each class of mentees and, where mentors weigh differently, of each mentor.
fn laid_out<T: Copy>(
    side: &SideView,
    mentors: usize,
    value: impl Fn(&[u32]) -> T,
) -> (Vec<T>, Vec<T>) {
    let by_class: Vec<T> = side.weights().iter().map(|own| value(own)).collect();
    let by_mentor = match side.weighed_by() {
        Some(Role::Mentor) => (0..mentors)
            .map(|mentor| by_class[side.class(mentor)])
            .collect(),
        _ => Vec::new(),
    };
    (by_class, by_mentor)
}
