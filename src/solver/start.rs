//! What an earlier solution tells a later solve.

use std::fmt;

use super::assignment::Assignment;
use super::certificate::Prices;
use super::kept_rows::KeptRows;
use super::level::Level;
use super::solution::Solution;
use crate::ids::{MenteeIdx, MentorIdx};

/// The pairs and prices of an earlier solution, to start from when little has changed since: scores,
/// capacities, people who joined or left.
///
/// A start is a hint. A bad one costs time; the answer is the optimum of today's problem either way,
/// with the same pairs under [`TieBreak::Canonical`](super::TieBreak::Canonical).
///
/// ```
/// use mentormatch::solver::{Level, Problem, SolveOptions, Start, solve, solve_from};
///
/// let options = SolveOptions::new([Level::TotalScore]);
/// let before = solve(&Problem::dense(2, 2, vec![70, 60, 20, 90], None)?, &options)?;
/// // One score has changed.
/// let today = Problem::dense(2, 2, vec![70, 60, 99, 90], None)?;
/// let solution = solve_from(&today, &options, &Start::of(&before))?;
/// assert_eq!(solution.value, [160]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Start {
    pub(super) pairs: Vec<(MenteeIdx, MentorIdx)>,
    /// By participant; `None` for those who are new.
    pub(super) mentees: Vec<Option<i64>>,
    pub(super) mentors: Vec<Option<i64>>,
    /// Prices at every level, for the network; none where they are not known.
    pub(super) levels: Vec<LevelPrices>,
}

/// Where few compete, prices are scores, which are personal data.
impl fmt::Debug for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Start")
            .field("mentees", &self.mentees.len())
            .field("mentors", &self.mentors.len())
            .field("pairs", &self.pairs.len())
            .finish_non_exhaustive()
    }
}

/// What an earlier solution tells of the prices at one level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LevelPrices {
    /// By participant; `None` for those who are new.
    pub(super) mentees: Vec<Option<i64>>,
    pub(super) mentors: Vec<Option<i64>>,
    pub(super) mentee_groups: Vec<i64>,
    pub(super) mentor_groups: Vec<i64>,
}

impl LevelPrices {
    fn of(prices: &Prices) -> Self {
        let known = |prices: &[i64]| prices.iter().copied().map(Some).collect();
        Self {
            mentees: known(&prices.mentees),
            mentors: known(&prices.mentors),
            mentee_groups: prices.mentee_groups.clone(),
            mentor_groups: prices.mentor_groups.clone(),
        }
    }

    #[cfg(test)]
    pub(super) fn guessed(mentees: &[Option<i64>], mentors: &[Option<i64>]) -> Self {
        Self {
            mentees: mentees.to_vec(),
            mentors: mentors.to_vec(),
            ..Self::default()
        }
    }

    /// The same for people who were at these places.
    fn moved(&self, mentees: &[Option<usize>], mentors: &[Option<usize>]) -> Self {
        Self {
            mentees: moved(&self.mentees, mentees),
            mentors: moved(&self.mentors, mentors),
            ..self.clone()
        }
    }
}

impl Start {
    /// What a solution tells about the same people. If anybody has joined or left since, everybody
    /// behind them has another position: tell with [`with_people`](Self::with_people).
    #[must_use]
    pub fn of(solution: &Solution) -> Self {
        let certificate = &solution.certificate;
        let total = certificate.levels.iter().position(Level::is_score);
        let none = Prices::default();
        let prices = total.map_or(&none, |level| &certificate.prices[level]);
        Self {
            pairs: solution.assignment.pairs().collect(),
            mentees: prices.mentees.iter().copied().map(Some).collect(),
            mentors: prices.mentors.iter().copied().map(Some).collect(),
            levels: certificate.prices.iter().map(LevelPrices::of).collect(),
        }
    }

    /// The same for scores that count otherwise: prices grow as the scores do.
    pub(super) fn scaled(mut self, from: i32, to: i32) -> Self {
        let scale = |price: &mut Option<i64>| {
            let scaled =
                price.map(|own| i128::from(own) * i128::from(to) / i128::from(from.max(1)));
            *price = scaled.and_then(|own| i64::try_from(own).ok());
        };
        self.mentees
            .iter_mut()
            .chain(&mut self.mentors)
            .for_each(scale);
        self.levels.clear();
        self
    }

    /// Whether there are pairs, and prices for so many levels.
    pub(super) fn tells_of(&self, levels: usize) -> bool {
        self.levels.len() == levels && !self.pairs.is_empty()
    }

    /// Pairs and prices that were kept elsewhere; by participant, `None` for whom nothing is known.
    pub(crate) fn known(
        pairs: Vec<(MenteeIdx, MentorIdx)>,
        mentees: Vec<Option<i64>>,
        mentors: Vec<Option<i64>>,
    ) -> Self {
        Self {
            pairs,
            mentees,
            mentors,
            levels: Vec::new(),
        }
    }

    /// These rows summed up at the prices of mentors that this start tells of, by their positions: so that solving from
    /// here on reads few of their scores.
    ///
    /// # Complexity
    /// One parallel pass over the rows.
    #[must_use]
    pub fn sum_up(&self, rows: &KeptRows) -> KeptRows {
        rows.at_prices(self.prices_of(rows.mentors()))
    }

    /// No rows yet, of so many mentors of today, to be summed up at these prices.
    pub(crate) fn keep_none(&self, mentors: usize, absent: Option<i32>) -> KeptRows {
        KeptRows::none(self.prices_of(mentors), absent)
    }

    /// What so many mentors cost, as far as it is known.
    fn prices_of(&self, mentors: usize) -> impl Iterator<Item = i64> {
        let known = self.mentors.iter().map(|price| price.unwrap_or_default());
        known.chain(std::iter::repeat(0)).take(mentors)
    }

    /// Its pairs of so many mentees.
    pub(super) fn paired(&self, mentees: usize) -> Assignment {
        let pairs = self.pairs.iter();
        Assignment::from_pairs(mentees, pairs.map(|pair| (pair.0.get(), pair.1.get())))
    }

    /// What this tells of some of the people, whose pairs `paired` are its own; `place` says by mentor where she stands
    /// among those who are meant.
    pub(super) fn among(
        &self,
        paired: &Assignment,
        (mentees, mentors): (&[u32], &[u32]),
        place: &[u32],
    ) -> Self {
        let of = |prices: &[Option<i64>], people: &[u32]| {
            let own = |&person: &u32| prices.get(person as usize).copied().flatten();
            people.iter().map(own).collect::<Vec<_>>()
        };
        let pairs = (0..).zip(mentees).flat_map(|(row, &mentee)| {
            let own = paired.mentors_of(MenteeIdx::new(mentee)).iter();
            own.filter_map(move |&mentor| {
                let other = *place.get(mentor.index())?;
                let is_one_of_them = mentors.get(other as usize) == Some(&mentor.get());
                is_one_of_them.then(|| (MenteeIdx::new(row), MentorIdx::new(other)))
            })
        });
        let levels = self.levels.iter().map(|level| LevelPrices {
            mentees: of(&level.mentees, mentees),
            mentors: of(&level.mentors, mentors),
            ..LevelPrices::default()
        });
        Self {
            pairs: pairs.collect(),
            mentees: of(&self.mentees, mentees),
            mentors: of(&self.mentors, mentors),
            levels: levels.collect(),
        }
    }

    /// The prices, by mentee and by mentor.
    pub(crate) fn prices(&self) -> (&[Option<i64>], &[Option<i64>]) {
        (&self.mentees, &self.mentors)
    }

    /// The same after people joined or left: says of each mentee and each mentor of today which
    /// position she had before, `None` if she is new.
    ///
    /// ```
    /// use mentormatch::solver::{Level, Problem, SolveOptions, Start, solve, solve_from};
    /// use mentormatch::{MenteeIdx, MentorIdx};
    ///
    /// let options = SolveOptions::new([Level::TotalScore]);
    /// let before = solve(&Problem::dense(2, 2, vec![70, 60, 20, 90], None)?, &options)?;
    /// // The first mentee has left, and a mentor has joined.
    /// let today = Problem::dense(1, 3, vec![20, 90, 95], None)?;
    /// let start = Start::of(&before).with_people(
    ///     [Some(MenteeIdx::new(1))],
    ///     [Some(MentorIdx::new(0)), Some(MentorIdx::new(1)), None],
    /// );
    /// assert_eq!(solve_from(&today, &options, &start)?.value, [95]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_people(
        &self,
        mentees: impl IntoIterator<Item = Option<MenteeIdx>>,
        mentors: impl IntoIterator<Item = Option<MentorIdx>>,
    ) -> Self {
        let mentees: Vec<_> = mentees
            .into_iter()
            .map(|i| i.map(MenteeIdx::index))
            .collect();
        let mentors: Vec<_> = mentors
            .into_iter()
            .map(|j| j.map(MentorIdx::index))
            .collect();
        let today_mentees = today(self.mentees.len(), &mentees);
        let today_mentors = today(self.mentors.len(), &mentors);
        let stays = |&(i, j): &(MenteeIdx, MentorIdx)| {
            let mentee = today_mentees.get(i.index()).copied().flatten()?;
            let mentor = today_mentors.get(j.index()).copied().flatten()?;
            Some((MenteeIdx::new(mentee), MentorIdx::new(mentor)))
        };
        let levels = self.levels.iter();
        Self {
            pairs: self.pairs.iter().filter_map(stays).collect(),
            mentees: moved(&self.mentees, &mentees),
            mentors: moved(&self.mentors, &mentors),
            levels: levels.map(|own| own.moved(&mentees, &mentors)).collect(),
        }
    }
}

/// What is known today, by where everybody was before.
fn moved(prices: &[Option<i64>], before: &[Option<usize>]) -> Vec<Option<i64>> {
    let of = |before: &Option<usize>| prices.get((*before)?).copied().flatten();
    before.iter().map(of).collect()
}

/// By position before: the position today.
fn today(people: usize, before: &[Option<usize>]) -> Vec<Option<u32>> {
    let mut today = vec![None; people];
    for (now, &before) in (0..).zip(before) {
        if let Some(place) = before.and_then(|before| today.get_mut(before)) {
            *place = Some(now);
        }
    }
    today
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solver::{Problem, SolveOptions, solve};

    fn solved(levels: &[Level]) -> Solution {
        let problem = Problem::dense(3, 2, vec![5, 7, 6, 9, 2, 3], None).unwrap();
        solve(&problem, &SolveOptions::new(levels.to_vec())).unwrap()
    }

    #[test]
    fn a_start_tells_the_pairs_and_the_prices_of_the_total_score() {
        let solution = solved(&[Level::Participation, Level::TotalScore]);
        let start = Start::of(&solution);
        let pairs: Vec<_> = solution.assignment.pairs().collect();
        let prices = &solution.certificate.prices[1];
        let all = |prices: &[i64]| prices.iter().copied().map(Some).collect::<Vec<_>>();
        assert_eq!(start.pairs, pairs);
        assert_eq!(start.mentees, all(&prices.mentees));
        assert_eq!(start.mentors, all(&prices.mentors));
        assert_eq!(start.levels[1].mentees, start.mentees);
        assert_eq!(start.levels.len(), 2);
        assert_eq!(Start::of(&solved(&[Level::Pairs])).mentees, []);
    }

    #[test]
    fn pairs_and_prices_follow_people_to_their_new_positions() {
        let (mentee, mentor) = (MenteeIdx::new, MentorIdx::new);
        let before = Start {
            pairs: vec![
                (mentee(0), mentor(1)),
                (mentee(1), mentor(0)),
                (mentee(2), mentor(1)),
            ],
            mentees: vec![Some(10), Some(11), Some(12)],
            mentors: vec![Some(20), Some(21)],
            levels: vec![LevelPrices {
                mentees: vec![Some(30), Some(31), Some(32)],
                mentors: vec![Some(40), Some(41)],
                mentor_groups: vec![50],
                ..LevelPrices::default()
            }],
        };
        let today = before.with_people(
            [None, Some(mentee(2)), Some(mentee(1)), Some(mentee(7))],
            [Some(mentor(1)), None],
        );
        assert_eq!(today.pairs, [(mentee(1), mentor(0))]);
        assert_eq!(today.mentees, [None, Some(12), Some(11), None]);
        assert_eq!(today.mentors, [Some(21), None]);
        assert_eq!(today.levels[0].mentees, [None, Some(32), Some(31), None]);
        assert_eq!(today.levels[0].mentors, [Some(41), None]);
        assert_eq!(today.levels[0].mentor_groups, [50]);
    }

    #[test]
    fn some_of_the_people_keep_their_own_pairs_and_prices() {
        let pair = |(i, j)| (MenteeIdx::new(i), MentorIdx::new(j));
        let start = Start {
            pairs: [(3, 0), (1, 2), (0, 1), (3, 2)].map(pair).to_vec(),
            mentees: vec![Some(10), Some(11), None, Some(13)],
            mentors: vec![Some(20), Some(21), Some(22)],
            levels: vec![LevelPrices::guessed(&[Some(30), Some(31)], &[Some(40)])],
        };
        let paired = start.paired(8);
        let own = start.among(&paired, (&[1, 3, 7], &[0, 2]), &[0, 0, 1]);
        assert_eq!(own.pairs, [(0, 1), (1, 0), (1, 1)].map(pair));
        assert_eq!(own.mentees, [Some(11), Some(13), None]);
        assert_eq!(own.mentors, [Some(20), Some(22)]);
        assert_eq!(own.levels[0].mentees, [Some(31), None, None]);
        assert_eq!(own.levels[0].mentors, [Some(40), None]);
    }
}
