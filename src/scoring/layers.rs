//! Rows that mentees share, scored once.
//!
//! People give few different answers to most questions: of 10,000 mentees hardly a hundred differ in
//! department, site and language. A criterion that depends on such an answer has one row for all of
//! a class. The classes of several criteria are joined as long as few of them occur, and the weighted
//! sum over all joined criteria is kept for each: a *layer*. A mentee's row starts as the sum of a few
//! layers' rows, added as vectors.

use std::collections::HashMap;

use super::PreparedCriterion;
use super::points::Points;
use super::views::Views;
use super::weights::Weights;
use crate::ids::{MenteeIdx, Role};
use crate::parallel;
use crate::participant::Cohort;
use crate::programme::MissingPolicy;
use crate::score::Score;

/// All layers together hold at most about this many bytes.
const MOST_BYTES: usize = 64 << 20;

/// Which class each mentee belongs to, and a mentee of every class.
#[derive(Clone)]
pub(super) struct Classes {
    pub(super) of: Vec<u32>,            // indexed by mentee
    pub(super) example: Vec<MenteeIdx>, // indexed by class
}

/// The weighted sums of some criteria, by class.
pub(super) struct Layer<P> {
    classes: Classes,
    mentors: usize,
    /// By view: rows of points, one a class.
    points: Vec<Vec<P>>,
    /// By view: rows of weights left out for want of an answer, one a class; empty unless the
    /// programme renormalises.
    left_out: Vec<Vec<u32>>,
}

/// Layers, and what could not be put into one.
pub(super) struct Layers<P> {
    pub(super) layers: Vec<Layer<P>>,
    /// Positions of criteria that are scored mentee by mentee.
    pub(super) own: Vec<usize>,
    /// Positions of criteria in layers of which rows have exceptions, perhaps.
    pub(super) shared: Vec<usize>,
}

impl Classes {
    /// One class of all.
    fn one(mentees: usize) -> Self {
        let example = MenteeIdx::all(mentees.min(1)).collect();
        let of = vec![0; mentees];
        Self { of, example }
    }

    /// Numbers classes from 0 in the order of the mentees; `None` as soon as there are more than
    /// `most`, or if some mentee has none.
    pub(super) fn number<K: std::hash::Hash + Eq>(
        mentees: usize,
        most: usize,
        key: impl Fn(MenteeIdx) -> Option<K>,
    ) -> Option<Self> {
        let mut numbers: HashMap<K, u32> = HashMap::new(); // looked up only: its order is never seen
        let mut classes = Self {
            of: Vec::with_capacity(mentees),
            example: Vec::new(),
        };
        for mentee in MenteeIdx::all(mentees) {
            let next = u32::try_from(numbers.len()).ok()?;
            let class = *numbers.entry(key(mentee)?).or_insert(next);
            if class == next {
                classes.example.push(mentee);
            }
            if classes.example.len() > most {
                return None;
            }
            classes.of.push(class);
        }
        Some(classes)
    }

    fn joined(&self, other: &Self, most: usize) -> Option<Self> {
        Self::number(self.of.len(), most, |mentee| {
            Some((self.of[mentee], other.of[mentee]))
        })
    }
}

impl<P: Points> Layers<P> {
    /// Puts as many criteria as fit into layers, those with few classes first.
    pub(super) fn new(
        criteria: &[PreparedCriterion],
        views: &Views,
        cohort: &Cohort,
        renormalises: bool,
    ) -> Self {
        let (mentees, mentors) = (cohort.mentees().len(), cohort.mentors().len());
        let row =
            mentors.max(1) * size_of::<P>() * views.sides.len() * (1 + usize::from(renormalises));
        let mut most = (MOST_BYTES / row).min(mentees / 2);
        let weighing = weighing_classes(views, mentees);
        let (mut shared, mut own) = (Vec::new(), Vec::new());
        for (at, criterion) in criteria.iter().enumerate() {
            let class = |mentee| criterion.rows.row_class(mentee);
            match Classes::number(mentees, most, class) {
                Some(classes) => shared.push((at, classes)),
                None => own.push(at),
            }
        }
        shared.sort_by_key(|(_, classes)| classes.example.len()); // stable
        let mut built = Self {
            layers: Vec::new(),
            own,
            shared: Vec::new(),
        };
        let mut waiting = shared.into_iter().peekable();
        while waiting.peek().is_some() {
            let (mut joined, mut members) = (weighing.clone(), Vec::new());
            while let Some((_, classes)) = waiting.peek() {
                let Some(more) = joined.joined(classes, most) else {
                    break;
                };
                joined = more;
                members.extend(waiting.next().map(|(at, _)| at));
            }
            if members.is_empty() {
                built.own.extend(waiting.next().map(|(at, _)| at)); // too many for what is left
                continue;
            }
            most -= joined.example.len().min(most);
            built.add(joined, &members, criteria, views, (mentors, renormalises));
        }
        built.own.sort_unstable();
        built
    }

    fn add(
        &mut self,
        classes: Classes,
        members: &[usize],
        criteria: &[PreparedCriterion],
        views: &Views,
        (mentors, renormalises): (usize, bool),
    ) {
        let mut layer = Layer::empty(classes, views.sides.len(), mentors, renormalises);
        for &at in members {
            if layer.include(at, &criteria[at], views) {
                self.shared.push(at);
            } else {
                self.own.push(at); // fails: the mentee's own row will say so again
            }
        }
        self.layers.push(layer);
    }

    /// Bytes the layers hold.
    pub(super) fn bytes(&self) -> usize {
        let cells =
            |layer: &Layer<P>| layer.classes.example.len() * layer.mentors * layer.points.len();
        let cells: usize = self.layers.iter().map(cells).sum();
        let left_out = self.layers.iter().flat_map(|layer| &layer.left_out);
        let left_out: usize = left_out.map(Vec::len).sum();
        cells * size_of::<P>() + left_out * size_of::<u32>()
    }
}

/// Mentees who weigh the criteria alike.
fn weighing_classes(views: &Views, mentees: usize) -> Classes {
    let mut views = views.sides.iter();
    match views.find(|side| side.weighed_by() == Some(Role::Mentee)) {
        None => Classes::one(mentees),
        Some(side) => {
            let class = |mentee: MenteeIdx| Some(side.class(mentee.index()));
            Classes::number(mentees, usize::MAX, class).unwrap_or_else(|| Classes::one(mentees))
        }
    }
}

impl<P: Points> Layer<P> {
    fn empty(classes: Classes, views: usize, mentors: usize, renormalises: bool) -> Self {
        let cells = classes.example.len() * mentors;
        let left_out = if renormalises { cells } else { 0 };
        Self {
            classes,
            mentors,
            points: vec![vec![P::default(); cells]; views],
            left_out: vec![vec![0; left_out]; views],
        }
    }

    /// Adds a criterion to all rows; `false`, and nothing added, if it cannot be scored.
    fn include(&mut self, at: usize, criterion: &PreparedCriterion, views: &Views) -> bool {
        let Some((of, rows)) = class_rows(criterion, &self.classes, self.mentors) else {
            return false;
        };
        let mentors = self.mentors;
        for (view, side) in views.sides.iter().enumerate() {
            let weights = Weights::new(side, at, mentors);
            let of_missing = criterion.missing.counted(None).unwrap_or(Score::ZERO);
            let left_out = &mut self.left_out[view];
            let points = self.points[view].chunks_mut(mentors.max(1));
            for ((class, points), answers) in points.enumerate().zip(&of) {
                let answers = &rows[*answers * mentors..][..mentors];
                let whose = side.mentee_class(self.classes.example[class]);
                weights.weigh(whose, answers, of_missing, points);
                if criterion.missing == MissingPolicy::Renormalise {
                    let left_out = &mut left_out[class * mentors..][..mentors];
                    weights.leave_out(whose, answers, left_out);
                }
            }
        }
        true
    }

    /// The rows of a mentee's class in a view: points, and weights left out.
    pub(super) fn row(&self, view: usize, mentee: MenteeIdx) -> (&[P], &[u32]) {
        let start = self.classes.of[mentee] as usize * self.mentors;
        let left_out = &self.left_out[view];
        let left_out = if left_out.is_empty() {
            &[][..]
        } else {
            &left_out[start..start + self.mentors]
        };
        (&self.points[view][start..start + self.mentors], left_out)
    }
}

/// The different rows of a criterion, one after the other, and which of them each class of a layer
/// has; `None` if one cannot be scored.
fn class_rows(
    criterion: &PreparedCriterion,
    classes: &Classes,
    mentors: usize,
) -> Option<(Vec<usize>, Vec<Option<Score>>)> {
    let mut examples = Vec::new();
    let mut numbers = HashMap::new(); // looked up only
    let mut of = Vec::with_capacity(classes.example.len());
    for &mentee in &classes.example {
        let row = *numbers
            .entry(criterion.rows.row_class(mentee)?)
            .or_insert_with(|| {
                examples.push(mentee);
                examples.len() - 1
            });
        of.push(row);
    }
    let mut rows = vec![None; examples.len() * mentors];
    let score = |(): &mut (), at: usize, row: &mut [Option<Score>]| {
        criterion.rows.class_row(examples[at], row)
    };
    let scored = parallel::fill_rows(&mut rows, mentors, || (), score);
    scored.iter().all(Result::is_ok).then_some((of, rows))
}
