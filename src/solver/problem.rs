//! The assignment problem in dense indices: who may be paired, at which score, how often.
//!
//! # Shape
//! `n` mentees (rows) and `m` mentors (columns). A pair is allowed or absent; an allowed pair has
//! an `i32` score of either sign. Mentee `i` takes between `min` and `max` mentors, mentor `j`
//! between `min` and `max` mentees, and nobody the same partner twice. Above either side there
//! may be a forest of groups, each with bounds of its own. Mentors may be of kinds, of which no mentee has two.
//!
//! # No sum overflows
//! With fewer than 2²⁴ people and groups and all values within ±2³², a price is the value of a
//! path that visits everybody at most once, so it stays below 2·2²⁴·2³² = 2⁵⁷, and what the
//! search adds up (a value and the difference of two prices) below 2⁶². [`Problem`] refuses more
//! people; nothing is checked afterwards.

use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::error::ProblemError;
use super::groups::{
    Bounded, Groups, check_minima, check_people, expect_length, expect_row_length,
};
use super::kept_rows::KeptRows;
use super::kinds::Kinds;
use crate::ids::{MenteeIdx, MentorIdx};

mod reading;

mod row;

mod listed;

mod above;

mod among;

mod minima;

mod weighed;

mod part;

pub(super) use above::Above;
pub(super) use listed::ListedRows;
use listed::check_rows;
use minima::Minima;
pub(crate) use reading::Access;
use row::OnDemand;
pub use row::RowSource;
pub(super) use row::{Row, RowBuffer};
pub(super) use weighed::Weighed;

/// Who may be paired with whom, at which score, and how often.
///
/// Scores are borrowed, never copied: from a [`dense`](Self::dense) matrix, from the
/// [`rows`](Self::rows) of one wherever they lie, [`kept`](Self::kept) or not, from [`sparse`](Self::sparse) rows, or from a [`RowSource`]
/// that computes them [`on_demand`](Self::on_demand).
///
/// ```
/// use mentormatch::solver::Problem;
///
/// // Two mentees, three mentors; -1 marks a pair that is not allowed.
/// let scores = [70, -1, 30, 20, 90, -1];
/// let problem = Problem::dense(2, 3, &scores, Some(-1))?.with_capacities(vec![1, 2, 1])?;
/// assert_eq!(problem.places(), 4);
/// # Ok::<(), mentormatch::solver::ProblemError>(())
/// ```
#[derive(Clone)]
pub struct Problem<'a> {
    scores: Scores<'a>,
    pub(super) mentees: Side,
    pub(super) mentors: Side,
}

/// The allowed pairs and their scores.
#[derive(Clone)]
enum Scores<'a> {
    /// Row-major; `absent` marks a pair that is not allowed.
    Dense {
        scores: Cow<'a, [i32]>,
        absent: Option<i32>,
    },
    /// One row a mentee, each anywhere in memory and as long as there are mentors.
    Rows {
        rows: Arc<[&'a [i32]]>,
        absent: Option<i32>,
        /// The same rows with their peaks, if they are kept.
        kept: Option<&'a KeptRows>,
    },
    /// Compressed rows: row `i` is `starts[i]..starts[i + 1]` of `mentors` and `scores`.
    Sparse {
        starts: Cow<'a, [u64]>,
        mentors: Cow<'a, [u32]>,
        scores: Cow<'a, [i32]>,
    },
    /// Computed row by row; no matrix is kept.
    OnDemand(OnDemand<'a>),
}

/// No scores, which are personal data.
impl fmt::Debug for Problem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("mentees", &self.mentees())
            .field("mentors", &self.mentors())
            .field("places", &self.places())
            .finish_non_exhaustive()
    }
}

/// One side's bounds.
#[derive(Clone, Debug)]
pub(super) struct Side {
    /// Indexed by participant: at least this many partners, if that can be arranged.
    pub(super) min: Minima,
    /// Indexed by participant: never more partners than this.
    pub(super) max: Vec<u32>,
    /// The groups above.
    pub(super) groups: Groups,
    /// Of mentors: the kinds of which a mentee has one each.
    pub(super) kinds: Kinds,
}

impl Side {
    fn ones(len: usize) -> Self {
        Self::up_to(vec![1; len])
    }

    /// Nobody has to have anybody, or may have more than so many.
    fn up_to(max: Vec<u32>) -> Self {
        Self {
            min: Minima::default(),
            max,
            groups: Groups::default(),
            kinds: Kinds::default(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.max.len()
    }

    pub(super) fn has_minimum(&self) -> bool {
        !self.min.are_none() || self.groups.min.iter().any(|&min| min > 0)
    }
}

impl<'a> Problem<'a> {
    /// A problem from a row-major matrix of `mentees × mentors` scores; cells that equal `absent`
    /// are pairs that are not allowed and never enter arithmetic.
    ///
    /// Everybody takes at most one partner until [`with_capacities`](Self::with_capacities) or
    /// [`with_demands`](Self::with_demands) says otherwise.
    ///
    /// # Errors
    /// A matrix of another size; 2²⁴ people or more.
    pub fn dense(
        mentees: usize,
        mentors: usize,
        scores: impl Into<Cow<'a, [i32]>>,
        absent: Option<i32>,
    ) -> Result<Self, ProblemError> {
        let scores = scores.into();
        let expected = mentees.saturating_mul(mentors);
        expect_length("the score matrix", scores.len(), expected)?;
        Self::new(mentees, mentors, Scores::Dense { scores, absent })
    }

    /// A problem from a matrix of one row a mentee and one column a mentor, like
    /// [`dense`](Self::dense). A matrix in row-major layout is borrowed, any other is copied.
    ///
    /// ```
    /// use mentormatch::ndarray::array;
    /// use mentormatch::solver::Problem;
    ///
    /// let scores = array![[70, -1, 30], [20, 90, -1]];
    /// let problem = Problem::from_array(scores.view(), Some(-1))?;
    /// assert_eq!((problem.mentees(), problem.mentors()), (2, 3));
    /// # Ok::<(), mentormatch::solver::ProblemError>(())
    /// ```
    ///
    /// # Errors
    /// 2²⁴ people or more.
    #[cfg(feature = "ndarray")]
    pub fn from_array(
        scores: ndarray::ArrayView2<'a, i32>,
        absent: Option<i32>,
    ) -> Result<Self, ProblemError> {
        let (mentees, mentors) = scores.dim();
        let cells: Cow<'a, [i32]> = match scores.to_slice() {
            Some(cells) => cells.into(),
            None => scores.iter().copied().collect(),
        };
        Self::dense(mentees, mentors, cells, absent)
    }

    /// A problem from the rows of a matrix that lie anywhere: one row a mentee, like
    /// [`dense`](Self::dense). A row can be kept by whoever shares it while others come and go.
    ///
    /// ```
    /// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
    ///
    /// let (ana, boris, chen) = ([70, -1, 30], [20, 90, -1], [80, 60, 10]);
    /// let options = SolveOptions::new([Level::TotalScore]);
    /// let before = Problem::rows(3, vec![&ana, &boris], Some(-1))?;
    /// assert_eq!(solve(&before, &options)?.value, [160]);
    /// let after = Problem::rows(3, vec![&ana, &chen], Some(-1))?;
    /// assert_eq!(solve(&after, &options)?.value, [130]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A row of another length; 2²⁴ people or more.
    pub fn rows(
        mentors: usize,
        rows: Vec<&'a [i32]>,
        absent: Option<i32>,
    ) -> Result<Self, ProblemError> {
        for (mentee, row) in rows.iter().enumerate() {
            expect_row_length(mentee, row.len(), mentors)?;
        }
        let mentees = rows.len();
        let scores = Scores::Rows {
            rows: rows.into(),
            absent,
            kept: None,
        };
        Self::new(mentees, mentors, scores)
    }

    /// A problem from rows that are kept between solves: the same as of [`rows`](Self::rows), and
    /// faster where little has changed. See [`KeptRows`] for an example.
    ///
    /// # Errors
    /// 2²⁴ people or more.
    pub fn kept(kept: &'a KeptRows) -> Result<Self, ProblemError> {
        let (mentees, mentors) = (kept.mentees(), kept.mentors());
        let scores = Scores::Rows {
            rows: kept.rows().collect(),
            absent: kept.absent(),
            kept: Some(kept),
        };
        Self::new(mentees, mentors, scores)
    }

    /// A problem from compressed rows: row `i` lists the allowed mentors of mentee `i`, strictly
    /// ascending, at `starts[i]..starts[i + 1]` of `columns`, with their scores. So there is one start more
    /// than there are mentees: the last is the number of pairs.
    ///
    /// ```
    /// use mentormatch::solver::Problem;
    ///
    /// let problem = Problem::sparse(2, &[0, 2, 3], &[0, 1, 1], &[70, 20, 90])?;
    /// assert_eq!((problem.mentees(), problem.pairs()), (2, 3));
    /// # Ok::<(), mentormatch::solver::ProblemError>(())
    /// ```
    ///
    /// # Errors
    /// Starts that do not ascend from 0 to the number of pairs, or none at all; not as many scores as columns;
    /// a row with mentors out of order, repeated or out of range; 2²⁴ people or more.
    pub fn sparse(
        mentors: usize,
        starts: &'a [u64],
        columns: &'a [u32],
        scores: &'a [i32],
    ) -> Result<Self, ProblemError> {
        expect_length("scores, one a column", scores.len(), columns.len())?;
        check_rows(mentors, starts, columns)?;
        let rows = starts.len() - 1;
        let scores = Scores::Sparse {
            starts: starts.into(),
            mentors: columns.into(),
            scores: scores.into(),
        };
        Self::new(rows, mentors, scores)
    }

    /// A problem whose scores are computed when they are asked for, so that no matrix is ever in
    /// memory. A cell that equals `absent` is a pair that is not allowed; every other score lies in
    /// `range`, and each row that is computed is checked against it.
    ///
    /// A row is computed a few times in a solve: when its best pairs are looked for, when they do
    /// not suffice, and when the proof is checked; a dozen times or more where all agree who is best.
    /// [`Method::KuhnMunkres`](super::Method::KuhnMunkres)
    /// needs a matrix and makes one.
    ///
    /// ```
    /// use mentormatch::MenteeIdx;
    /// use mentormatch::solver::{Level, Problem, SolveError, SolveOptions, solve};
    ///
    /// let products = |mentee: MenteeIdx, scores: &mut [i32]| {
    ///     for (score, mentor) in scores.iter_mut().zip(1..) {
    ///         *score = (mentee.index() as i32 + 1) * mentor;
    ///     }
    /// };
    /// let problem = Problem::on_demand(3, 3, &products, 1..=9, None)?;
    /// let options = SolveOptions::new([Level::TotalScore]);
    /// assert_eq!(solve(&problem, &options)?.value, [1 + 4 + 9]);
    ///
    /// // A source that breaks its promise is found out.
    /// let problem = Problem::on_demand(3, 3, &products, 1..=8, None)?;
    /// let mentee = MenteeIdx::new(2);
    /// assert_eq!(solve(&problem, &options).unwrap_err(), SolveError::RowOutOfRange { mentee });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// An empty range; 2²⁴ people or more.
    pub fn on_demand(
        mentees: usize,
        mentors: usize,
        source: &'a dyn RowSource,
        range: RangeInclusive<i32>,
        absent: Option<i32>,
    ) -> Result<Self, ProblemError> {
        if range.is_empty() {
            let (low, high) = range.into_inner();
            return Err(ProblemError::EmptyRange { low, high });
        }
        let scores = Scores::OnDemand(OnDemand::new(source, range, absent));
        Self::new(mentees, mentors, scores)
    }

    fn new(mentees: usize, mentors: usize, scores: Scores<'a>) -> Result<Self, ProblemError> {
        check_people(mentees.saturating_add(mentors))?;
        Ok(Self {
            scores,
            mentees: Side::ones(mentees),
            mentors: Side::ones(mentors),
        })
    }

    /// The most mentees each mentor takes; 0 and `u32::MAX` are legal.
    ///
    /// # Errors
    /// A list of another length; a capacity below the mentor's minimum.
    pub fn with_capacities(mut self, max: Vec<u32>) -> Result<Self, ProblemError> {
        self.mentors.max = checked_maxima(OF_MENTORS, max, &self.mentors)?;
        Ok(self)
    }

    /// The fewest mentees each mentor should get. A minimum is unconditional ("none or at least three" is refused, since
    /// to find the best of such assignments is NP-hard); where minima cannot all be met, the solution leaves the least
    /// total shortfall. Set capacities first: until then everybody has one place.
    ///
    /// ```
    /// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
    ///
    /// let problem = Problem::dense(2, 2, vec![9, 1, 9, 2], None)?
    ///     .with_capacities(vec![2, 2])?
    ///     .with_minimum_loads(vec![0, 1])?;
    /// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
    /// assert_eq!(solution.certificate.levels(), [Level::Minimums, Level::TotalScore]);
    /// assert_eq!(solution.value, [1, 11]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A list of another length; a minimum above the mentor's capacity.
    pub fn with_minimum_loads(mut self, min: Vec<u32>) -> Result<Self, ProblemError> {
        check_minima(OF_MENTORS, &min, &self.mentors.max)?;
        self.mentors.min = Minima::new(min);
        Ok(self)
    }

    /// The same problem where a mentor has one more place.
    pub(crate) fn with_another_place(mut self, mentor: MentorIdx) -> Self {
        let places = &mut self.mentors.max[mentor.index()];
        *places = places.saturating_add(1);
        self
    }

    /// The most mentors each mentee wants.
    ///
    /// ```
    /// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
    ///
    /// let problem = Problem::dense(1, 3, vec![50, 90, 70], None)?.with_demands(vec![2])?;
    /// assert_eq!(solve(&problem, &SolveOptions::new([Level::TotalScore]))?.value, [160]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A list of another length; a demand below the mentee's minimum; too many slots for
    /// [kinds of mentors](Self::with_mentor_kinds).
    pub fn with_demands(mut self, max: Vec<u32>) -> Result<Self, ProblemError> {
        self.mentees.max = checked_maxima(OF_MENTEES, max, &self.mentees)?;
        check_people(self.nodes().saturating_add(self.slots()))?;
        Ok(self)
    }

    /// Kinds of mentors, of which no mentee has two: one entry a mentor, equal ones for one kind, `None` for a
    /// kind of her own. They bind only mentees who want several mentors.
    ///
    /// ```
    /// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
    ///
    /// // The two best mentors are of one department.
    /// let problem = Problem::dense(1, 3, vec![90, 80, 50], None)?
    ///     .with_demands(vec![2])?
    ///     .with_mentor_kinds(&[Some(0), Some(0), None])?;
    /// assert_eq!(solve(&problem, &SolveOptions::new([Level::TotalScore]))?.value, [90 + 50]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A list of another length; 2²⁴ people, groups and *slots* or more, where a mentee who wants several mentors has
    /// as many slots as there are kinds of several mentors.
    pub fn with_mentor_kinds(mut self, kinds: &[Option<u32>]) -> Result<Self, ProblemError> {
        self.mentors.kinds = Kinds::new(kinds, self.mentors())?;
        check_people(self.nodes().saturating_add(self.slots()))?;
        Ok(self)
    }

    /// The fewest mentors each mentee should get, like
    /// [`with_minimum_loads`](Self::with_minimum_loads).
    ///
    /// # Errors
    /// A list of another length; a minimum above the mentee's demand.
    pub fn with_minimum_demands(mut self, min: Vec<u32>) -> Result<Self, ProblemError> {
        check_minima(OF_MENTEES, &min, &self.mentees.max)?;
        self.mentees.min = Minima::new(min);
        Ok(self)
    }

    /// Groups of mentors with bounds of their own.
    ///
    /// # Errors
    /// Groups made for another number of mentors; 2²⁴ people and groups or more.
    pub fn with_mentor_groups(mut self, groups: Groups) -> Result<Self, ProblemError> {
        expect_length(
            "groups of mentors, one entry a mentor",
            groups.group_of.len(),
            self.mentors(),
        )?;
        self.mentors.groups = groups;
        check_people(self.nodes())?;
        Ok(self)
    }

    /// Groups of mentees with bounds of their own.
    ///
    /// # Errors
    /// Groups made for another number of mentees; 2²⁴ people and groups or more.
    pub fn with_mentee_groups(mut self, groups: Groups) -> Result<Self, ProblemError> {
        expect_length(
            "groups of mentees, one entry a mentee",
            groups.group_of.len(),
            self.mentees(),
        )?;
        self.mentees.groups = groups;
        check_people(self.nodes())?;
        Ok(self)
    }

    /// The number of mentees (rows).
    #[must_use]
    pub fn mentees(&self) -> usize {
        self.mentees.len()
    }

    /// The number of mentors (columns).
    #[must_use]
    pub fn mentors(&self) -> usize {
        self.mentors.len()
    }

    /// The number of pairs looked at: allowed ones of a sparse problem, else all.
    #[must_use]
    pub fn pairs(&self) -> usize {
        match &self.scores {
            Scores::Dense { scores, .. } | Scores::Sparse { scores, .. } => scores.len(),
            Scores::Rows { .. } | Scores::OnDemand(_) => {
                self.mentees().saturating_mul(self.mentors())
            }
        }
    }

    /// All mentors' capacities together.
    #[must_use]
    pub fn places(&self) -> u64 {
        self.mentors.max.iter().map(|&max| u64::from(max)).sum()
    }

    /// The score of a pair, `None` if it is not allowed (or its row breaks the promise of an
    /// on-demand source). O(1) dense, O(log candidates) sparse, a whole row on demand.
    ///
    /// ```
    /// use mentormatch::{MenteeIdx, MentorIdx, solver::Problem};
    ///
    /// let problem = Problem::dense(1, 2, vec![50, -1], Some(-1))?;
    /// assert_eq!(problem.score(MenteeIdx::new(0), MentorIdx::new(0)), Some(50));
    /// assert_eq!(problem.score(MenteeIdx::new(0), MentorIdx::new(1)), None);
    /// # Ok::<(), mentormatch::solver::ProblemError>(())
    /// ```
    #[must_use]
    pub fn score(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Option<i32> {
        if mentee.index() >= self.mentees() || mentor.index() >= self.mentors() {
            return None;
        }
        self.row(mentee.index(), &mut RowBuffer::default())?
            .score(mentor.get())
    }

    /// The kind of a mentor of whose like a mentee may have no other, if there is any other.
    #[inline]
    pub(super) fn kind_for(&self, mentee: usize, mentor: usize) -> Option<usize> {
        let kind = self.mentors.kinds.of(mentor)?;
        (self.mentees.max[mentee] > 1).then_some(kind)
    }

    /// Whether kinds bind a mentee.
    #[inline]
    pub(super) fn has_kinds_for(&self, mentee: usize) -> bool {
        !self.mentors.kinds.is_empty() && self.mentees.max[mentee] > 1
    }

    /// Whether kinds bind anybody.
    pub(super) fn has_kinds(&self) -> bool {
        !self.mentors.kinds.is_empty() && self.mentees.max.iter().any(|&max| max > 1)
    }

    /// How many slots there are for pairs of a mentee and a kind that binds her.
    pub(super) fn slots(&self) -> usize {
        let kinds = self.mentors.kinds.len();
        if kinds == 0 {
            return 0;
        }
        let bound = self.mentees.max.iter().filter(|&&max| max > 1).count();
        bound.saturating_mul(kinds)
    }

    /// People and groups on both sides.
    pub(super) fn nodes(&self) -> usize {
        self.mentees() + self.mentors() + self.mentees.groups.len() + self.mentors.groups.len()
    }
}

const OF_MENTEES: Bounded = Bounded {
    one: "mentee",
    minima: "minimum demands, one a mentee",
    maxima: "demands, one a mentee",
};

const OF_MENTORS: Bounded = Bounded {
    one: "mentor",
    minima: "minimum loads, one a mentor",
    maxima: "capacities, one a mentor",
};

fn checked_maxima(of: Bounded, max: Vec<u32>, side: &Side) -> Result<Vec<u32>, ProblemError> {
    expect_length(of.maxima, max.len(), side.len())?;
    if !side.min.are_none() {
        check_minima(of, side.min.listed(), &max)?;
    }
    Ok(max)
}

#[cfg(test)]
mod tests;
