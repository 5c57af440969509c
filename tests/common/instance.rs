//! An assignment problem in its plainest form, from which the solver's problems are built.

use std::ops::RangeInclusive;

use mentormatch::solver::{Assignment, Groups, Level, PlaceValues, Problem, RowSource};

/// A problem as lists of numbers.
#[derive(Clone, Debug, Default)]
pub struct Instance {
    /// By mentee, then by mentor; `None` is a forbidden pair.
    pub scores: Vec<Vec<Option<i32>>>,
    pub mentees: People,
    pub mentors: People,
    /// By mentor: her kind, of which a mentee has one; empty where there are none.
    pub kinds: Vec<Option<u32>>,
}

/// Which side people are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Mentees,
    Mentors,
}

/// One side's bounds.
#[derive(Clone, Debug, Default)]
pub struct People {
    pub min: Vec<u32>,
    pub max: Vec<u32>,
    pub groups: Option<Forest>,
}

/// A forest of groups; a parent comes after its children.
#[derive(Clone, Debug, Default)]
pub struct Forest {
    pub group_of: Vec<Option<u32>>,
    pub parent: Vec<Option<u32>>,
    pub min: Vec<u32>,
    pub max: Vec<u32>,
}

/// The allowed pairs as compressed rows.
pub struct Rows {
    pub starts: Vec<u64>,
    pub columns: Vec<u32>,
    pub scores: Vec<i32>,
}

/// Pairs of positions, ordered.
pub type Pairs = Vec<(usize, usize)>;

impl Instance {
    /// Everybody takes at most one partner, and there are no minimums and no groups.
    pub fn one_to_one(mentors: usize, scores: Vec<Vec<Option<i32>>>) -> Self {
        Self {
            mentees: People::ones(scores.len()),
            mentors: People::ones(mentors),
            scores,
            kinds: Vec::new(),
        }
    }

    /// The same with these capacities.
    pub fn with_capacities(mut self, max: Vec<u32>) -> Self {
        self.mentors.max = max;
        self
    }

    /// The problem with a dense matrix.
    pub fn dense(&self) -> Problem<'static> {
        self.dense_marked(Some(self.unused_score()))
    }

    /// The same with a mark of the caller's for forbidden pairs; without one, all are allowed.
    pub fn dense_marked(&self, absent: Option<i32>) -> Problem<'static> {
        let cells = self.rows_marked(absent).concat();
        let problem = Problem::dense(self.scores.len(), self.mentors.len(), cells, absent);
        self.bounded(problem.unwrap())
    }

    /// The rows of a matrix that has this mark for forbidden pairs.
    pub fn rows_marked(&self, absent: Option<i32>) -> Vec<Vec<i32>> {
        let cell = |score: &Option<i32>| score.or(absent).unwrap();
        let rows = self.scores.iter();
        rows.map(|row| row.iter().map(cell).collect()).collect()
    }

    /// The problem with compressed rows.
    pub fn sparse<'a>(&self, rows: &'a Rows) -> Problem<'a> {
        let problem = Problem::sparse(
            self.mentors.len(),
            &rows.starts,
            &rows.columns,
            &rows.scores,
        );
        self.bounded(problem.unwrap())
    }

    /// The problem with rows that are computed.
    pub fn on_demand<'a>(
        &self,
        source: &'a dyn RowSource,
        range: RangeInclusive<i32>,
        absent: Option<i32>,
    ) -> Problem<'a> {
        let (n, m) = (self.scores.len(), self.mentors.len());
        let problem = Problem::on_demand(n, m, source, range, absent);
        self.bounded(problem.unwrap())
    }

    pub fn rows(&self) -> Rows {
        let (mut starts, mut columns, mut scores) = (vec![0], Vec::new(), Vec::new());
        for row in &self.scores {
            for (column, score) in (0..).zip(row) {
                if let Some(score) = score {
                    columns.push(column);
                    scores.push(*score);
                }
            }
            starts.push(columns.len() as u64);
        }
        Rows {
            starts,
            columns,
            scores,
        }
    }

    /// A problem of these scores with the bounds of this one.
    pub fn bounded<'a>(&self, problem: Problem<'a>) -> Problem<'a> {
        let mut problem = problem
            .with_capacities(self.mentors.max.clone())
            .and_then(|p| p.with_minimum_loads(self.mentors.min.clone()))
            .and_then(|p| p.with_demands(self.mentees.max.clone()))
            .and_then(|p| p.with_minimum_demands(self.mentees.min.clone()))
            .unwrap();
        if let Some(groups) = &self.mentors.groups {
            problem = problem.with_mentor_groups(groups.build()).unwrap();
        }
        if let Some(groups) = &self.mentees.groups {
            problem = problem.with_mentee_groups(groups.build()).unwrap();
        }
        if !self.kinds.is_empty() {
            problem = problem.with_mentor_kinds(&self.kinds).unwrap();
        }
        problem
    }

    /// A number that is nobody's score.
    pub fn unused_score(&self) -> i32 {
        (-1..i32::MAX)
            .find(|value| !self.scores.iter().flatten().any(|s| *s == Some(*value)))
            .unwrap()
    }

    pub fn has_minimum(&self) -> bool {
        self.mentees.has_minimum() || self.mentors.has_minimum()
    }

    pub fn has_groups(&self) -> bool {
        self.mentees.groups.is_some() || self.mentors.groups.is_some()
    }

    /// Whether every pair is allowed.
    pub fn is_complete(&self) -> bool {
        self.scores.iter().flatten().all(Option::is_some)
    }

    /// Whether the Hungarian method can express the instance with these levels.
    pub fn is_hungarian(&self, levels: &[Level]) -> bool {
        let levels_fit = matches!(
            levels,
            [Level::TotalScore] | [Level::Participation | Level::Pairs, Level::TotalScore]
        );
        let demands_fit = self.mentees.max.iter().all(|&max| max <= 1);
        levels_fit && demands_fit && self.is_complete() && !self.has_minimum() && !self.has_groups()
    }

    /// The levels the solver is to report for these: the minimums first, where there are any.
    pub fn expected_levels(&self, levels: &[Level]) -> Vec<Level> {
        let mut all = levels.to_vec();
        if self.has_minimum() && !levels.contains(&Level::Minimums) {
            all.insert(0, Level::Minimums);
        }
        all
    }

    /// All allowed pairs.
    pub fn allowed(&self) -> Pairs {
        let rows = self.scores.iter().enumerate();
        let pairs = rows.flat_map(|(mentee, row)| {
            let allowed = row.iter().enumerate().filter(|(_, score)| score.is_some());
            allowed.map(move |(mentor, _)| (mentee, mentor))
        });
        pairs.collect()
    }

    /// Fails unless the pairs are allowed, different and within every maximum.
    pub fn assert_legal(&self, pairs: &Pairs) {
        assert!(
            pairs.is_sorted_by(|a, b| a < b),
            "unordered or repeated: {pairs:?}"
        );
        for &(mentee, mentor) in pairs {
            assert!(
                self.scores[mentee][mentor].is_some(),
                "forbidden: {mentee}, {mentor}"
            );
        }
        assert!(self.has_distinct_kinds(pairs), "of one kind: {pairs:?}");
        let (mentees, mentors) = self.loads(pairs);
        self.mentees.assert_within_maxima(&mentees);
        self.mentors.assert_within_maxima(&mentors);
    }

    /// Whether mentors of two pairs are of one kind.
    pub fn are_alike(&self, one: usize, other: usize) -> bool {
        let kind = |mentor: usize| self.kinds.get(mentor).copied().flatten();
        kind(one).is_some() && kind(one) == kind(other)
    }

    /// Whether no mentee has two mentors of one kind.
    pub fn has_distinct_kinds(&self, pairs: &[(usize, usize)]) -> bool {
        let before = |at: usize| pairs[..at].iter().filter(move |own| own.0 == pairs[at].0);
        (0..pairs.len()).all(|at| before(at).all(|own| !self.are_alike(own.1, pairs[at].1)))
    }

    /// Everybody's number of partners.
    pub fn loads(&self, pairs: &Pairs) -> (Vec<u32>, Vec<u32>) {
        let (mut mentees, mut mentors) = (vec![0; self.mentees.len()], vec![0; self.mentors.len()]);
        for &(mentee, mentor) in pairs {
            mentees[mentee] += 1;
            mentors[mentor] += 1;
        }
        (mentees, mentors)
    }

    /// What pairs are worth at each level, from the definition of the levels.
    pub fn value(&self, pairs: &Pairs, levels: &[Level]) -> Vec<i128> {
        let (mentees, mentors) = self.loads(pairs);
        let score = |&(i, j): &(usize, usize)| self.scores[i][j].unwrap();
        levels
            .iter()
            .map(|level| {
                let by_pair =
                    |pair: &(usize, usize)| pair_value(level, pair.0, pair.1, score(pair));
                pairs.iter().map(by_pair).sum::<i128>()
                    + self.mentees.value(level, Side::Mentees, &mentees)
                    + self.mentors.value(level, Side::Mentors, &mentors)
            })
            .collect()
    }
}

/// What a pair of this score adds to a level.
pub fn pair_value(level: &Level, mentee: usize, mentor: usize, score: i32) -> i128 {
    match level {
        Level::TotalScore => i128::from(score),
        Level::Pairs => 1,
        Level::Listed(listed) => i128::from(listed.value(mentee, mentor)),
        Level::Unchanged(own) => i128::from(own.value(mentee, mentor)),
        Level::Avoid { from, to } if score >= *from && score <= *to => -1,
        _ => 0,
    }
}

/// What the places that somebody, or a group, fills are worth together.
fn value_of_places(values: &PlaceValues, at: usize, load: u32) -> i128 {
    (1..=load)
        .map(|place| i128::from(values.value(at, place)))
        .sum()
}

/// An assignment's pairs as plain positions.
pub fn pairs_of(assignment: &Assignment) -> Pairs {
    assignment
        .pairs()
        .map(|(mentee, mentor)| (mentee.index(), mentor.index()))
        .collect()
}

impl People {
    pub fn ones(len: usize) -> Self {
        Self {
            min: vec![0; len],
            max: vec![1; len],
            groups: None,
        }
    }

    pub fn len(&self) -> usize {
        self.max.len()
    }

    fn has_minimum(&self) -> bool {
        let groups = self.groups.iter().flat_map(|groups| &groups.min);
        self.min.iter().chain(groups).any(|&min| min > 0)
    }

    /// What all loads of one side add to a level.
    pub fn value(&self, level: &Level, side: Side, loads: &[u32]) -> i128 {
        let people = (0..loads.len()).map(|p| self.person_value(level, side, p, loads[p]));
        people.sum::<i128>() + self.groups_value(level, side, &self.group_loads(loads))
    }

    /// What one person's load adds to a level.
    pub fn person_value(&self, level: &Level, side: Side, person: usize, load: u32) -> i128 {
        let values = match (level, side) {
            (Level::Minimums, _) => return i128::from(load.min(self.min[person])),
            (Level::Participation, Side::Mentees) => return i128::from(load.min(1)),
            (Level::Places { mentees, .. }, Side::Mentees) => mentees,
            (Level::Places { mentors, .. }, Side::Mentors) => mentors,
            _ => return 0,
        };
        values
            .as_ref()
            .map_or(0, |values| value_of_places(values, person, load))
    }

    /// What the groups' loads add to a level.
    pub fn groups_value(&self, level: &Level, side: Side, loads: &[u32]) -> i128 {
        let groups =
            (0..loads.len()).map(|group| self.group_value(level, side, group, loads[group]));
        groups.sum()
    }

    /// What one group's load adds to a level.
    pub fn group_value(&self, level: &Level, side: Side, group: usize, load: u32) -> i128 {
        let min = self.groups.as_ref().map_or(0, |groups| groups.min[group]);
        let values = match (level, side) {
            (Level::Minimums, _) => return i128::from(load.min(min)),
            (Level::GroupPlaces { mentees, .. }, Side::Mentees) => mentees,
            (Level::GroupPlaces { mentors, .. }, Side::Mentors) => mentors,
            _ => return 0,
        };
        values
            .as_ref()
            .map_or(0, |values| value_of_places(values, group, load))
    }

    /// Each group's load, from its members'.
    pub fn group_loads(&self, loads: &[u32]) -> Vec<u32> {
        self.groups
            .as_ref()
            .map_or(Vec::new(), |groups| groups.loads(loads))
    }

    /// Whether no group's maximum is passed.
    pub fn are_groups_within_maxima(&self, loads: &[u32]) -> bool {
        self.groups
            .as_ref()
            .is_none_or(|groups| within(loads, &groups.max))
    }

    /// Whether no maximum is passed, neither a person's nor a group's.
    pub fn is_within_maxima(&self, loads: &[u32]) -> bool {
        within(loads, &self.max) && self.are_groups_within_maxima(&self.group_loads(loads))
    }

    fn assert_within_maxima(&self, loads: &[u32]) {
        assert!(self.is_within_maxima(loads), "loads {loads:?} of {self:?}");
    }
}

fn within(loads: &[u32], max: &[u32]) -> bool {
    loads.iter().zip(max).all(|(load, max)| load <= max)
}

impl Forest {
    fn build(&self) -> Groups {
        Groups::new(self.group_of.clone(), self.parent.clone(), self.max.clone())
            .and_then(|groups| groups.with_minima(self.min.clone()))
            .unwrap()
    }

    /// Each group's load, from its members'.
    pub fn loads(&self, members: &[u32]) -> Vec<u32> {
        let mut loads = vec![0; self.max.len()];
        for (member, load) in members.iter().enumerate() {
            let mut group = self.group_of[member];
            while let Some(g) = group {
                loads[g as usize] += load;
                group = self.parent[g as usize];
            }
        }
        loads
    }
}
