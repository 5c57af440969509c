//! Seeded instances for the benches: how scores come about, and how many places there are.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "shared by the benches, each of which uses a part"
)]

pub mod people;
pub mod random;

use mentormatch::solver::Problem;
use people::People;
use random::Random;

/// Marks a pair that is not allowed; nobody's score.
pub const ABSENT: i32 = -1;

/// The highest score of the finely graded families.
pub const FULL: i32 = 1_000_000;

/// How scores come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Anything up to a million: no structure, hardly a tie.
    Uniform,
    /// As mentoring scores are: [`People`].
    Structured,
    /// Structured scores in 20 steps: thousands of equal optima.
    Steps,
    /// Anything of 0 to 100: nearly everybody can have 100.
    Hundred,
    /// Anything of 0 to 4.
    FiveValues,
    /// Every pair is as good as any other.
    Constant,
    /// A score depends on the mentor alone: everybody wants the same ones.
    Columns,
    /// A score depends on the mentee alone.
    Rows,
    /// The product of a mentee's number and a mentor's.
    Products,
    /// A mentor's popularity, and a tenth of each pair's own: everybody wants the same few, and nearly as much.
    Popular,
    /// Structured scores of 20 kinds of mentees and 12 kinds of mentors.
    Profiles,
    /// Nine in ten mentees are all the same to everybody, as if they had left the form empty.
    Alike,
    /// 2 or 3 in one's own of eight departments, 0 or 1 elsewhere.
    Departments,
    /// How near a mentee's number is to a mentor's, as where a gap in seniority decides.
    Nearness,
    /// A mentee's level, and a twenty-fifth of each pair's own.
    Levels,
}

impl Family {
    pub const ALL: [Self; 15] = [
        Self::Uniform,
        Self::Structured,
        Self::Steps,
        Self::Hundred,
        Self::FiveValues,
        Self::Constant,
        Self::Columns,
        Self::Rows,
        Self::Products,
        Self::Popular,
        Self::Profiles,
        Self::Alike,
        Self::Departments,
        Self::Nearness,
        Self::Levels,
    ];

    /// A row-major matrix; the same on every machine.
    fn scores(self, random: &mut Random, mentees: u32, mentors: u32) -> Vec<i32> {
        let mut up_to = |highest: i32| matrix(mentees, mentors, |_, _| random.up_to(highest));
        match self {
            Self::Uniform => up_to(FULL),
            Self::Hundred => up_to(100),
            Self::FiveValues => up_to(4),
            Self::Structured => People::new(random, mentees, mentors).matrix(),
            Self::Steps => {
                let scores = People::new(random, mentees, mentors).matrix();
                scores.into_iter().map(in_steps).collect()
            }
            Self::Popular => {
                let popularity = random.list(mentors, FULL / 10 * 9);
                matrix(mentees, mentors, |_, mentor| {
                    popularity[mentor] + random.up_to(FULL / 10)
                })
            }
            // The products of `factors`.
            Self::Constant | Self::Columns | Self::Rows | Self::Products => Vec::new(),
            Self::Alike => {
                let empty = random.list(mentors, FULL);
                let is_empty = random.list(mentees, 9);
                matrix(mentees, mentors, |mentee, mentor| match is_empty[mentee] {
                    0 => random.up_to(FULL),
                    _ => empty[mentor],
                })
            }
            Self::Departments => {
                let (own, others) = (random.list(mentees, 7), random.list(mentors, 7));
                matrix(mentees, mentors, |mentee, mentor| {
                    2 * i32::from(own[mentee] == others[mentor]) + random.up_to(1)
                })
            }
            Self::Nearness => {
                let (own, others) = (random.list(mentees, 1_000), random.list(mentors, 1_000));
                matrix(mentees, mentors, |mentee, mentor| {
                    1_000 - (own[mentee] - others[mentor]).abs()
                })
            }
            Self::Levels => {
                let levels = random.list(mentees, FULL / 25 * 24);
                matrix(mentees, mentors, |mentee, _| {
                    levels[mentee] + random.up_to(FULL / 25)
                })
            }
            Self::Profiles => {
                let kinds = People::new(random, 20, 12);
                matrix(mentees, mentors, |mentee, mentor| {
                    kinds.score(mentee % 20, mentor % 12)
                })
            }
        }
    }

    /// A number for each mentee and each mentor, whose products are the scores of the families that
    /// have such numbers; the highest total is known of these.
    fn factors(
        self,
        random: &mut Random,
        mentees: u32,
        mentors: u32,
    ) -> Option<(Vec<i32>, Vec<i32>)> {
        let ones = |len: u32| vec![1; len as usize];
        Some(match self {
            Self::Columns => (ones(mentees), random.list(mentors, FULL)),
            Self::Rows => (random.list(mentees, FULL), ones(mentors)),
            Self::Products => (random.list(mentees, 1_000), random.list(mentors, 1_000)),
            Self::Constant => (ones(mentees), vec![FULL / 2; mentors as usize]),
            _ => return None,
        })
    }
}

/// Nearest twentieth; absent pairs stay absent.
fn in_steps(score: i32) -> i32 {
    match score {
        ABSENT => ABSENT,
        _ => (score * 20 + FULL / 2) / FULL,
    }
}

fn matrix(mentees: u32, mentors: u32, mut score: impl FnMut(usize, usize) -> i32) -> Vec<i32> {
    let cells =
        (0..mentees as usize).flat_map(|row| (0..mentors as usize).map(move |to| (row, to)));
    cells.map(|(row, column)| score(row, column)).collect()
}

/// How many places there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Five for four mentees.
    Spare,
    /// As many as mentees.
    Exact,
    /// Seven for ten mentees.
    Scarce,
    /// One a mentor, as many mentors as mentees.
    Square,
    /// One a mentor, but for the first, who takes everybody.
    Huge,
    /// One a mentor, however many there are.
    Single,
}

impl Shape {
    fn capacities(self, random: &mut Random, mentees: u32, mentors: u32) -> Vec<u32> {
        match self {
            Self::Spare => some_of(random, mentors, mentees + mentees / 4),
            Self::Exact => some_of(random, mentors, mentees),
            Self::Scarce => some_of(random, mentors, mentees * 7 / 10),
            Self::Square | Self::Single => vec![1; mentors as usize],
            Self::Huge => {
                let mut capacities = vec![1; mentors as usize];
                capacities[0] = u32::MAX;
                capacities
            }
        }
    }
}

/// Capacities of 1 to twice the mean, less one, that sum to `places`; of 0 and 1 where these do not
/// suffice for everybody.
pub fn some_of(random: &mut Random, mentors: u32, places: u32) -> Vec<u32> {
    let least = u32::from(places >= mentors);
    let spread = (2 * places / mentors).saturating_sub(2 * least) + 1;
    let mut capacities: Vec<u32> = (0..mentors).map(|_| least + random.below(spread)).collect();
    let mut sum: u32 = capacities.iter().sum();
    while sum != places {
        let capacity = &mut capacities[random.below(mentors) as usize];
        if sum < places {
            *capacity += 1;
            sum += 1;
        } else if *capacity > least {
            *capacity -= 1;
            sum -= 1;
        }
    }
    capacities
}

/// What to make, by its name.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    pub family: Family,
    pub shape: Shape,
    pub mentees: u32,
    pub mentors: u32,
    /// Each mentee has at most this many allowed pairs, kept in lists.
    pub listed: Option<u32>,
}

impl Spec {
    /// A square instance has `mentees` mentors.
    pub fn new(family: Family, shape: Shape, mentees: u32, mentors: u32) -> Self {
        let mentors = match shape {
            Shape::Square => mentees,
            _ => mentors,
        };
        Self {
            family,
            shape,
            mentees,
            mentors,
            listed: None,
        }
    }

    pub fn listed(self, pairs: u32) -> Self {
        Self {
            listed: Some(pairs),
            ..self
        }
    }

    /// `family_shape_n×m`, with `×k` for lists.
    pub fn name(&self) -> String {
        let Self {
            family,
            shape,
            mentees,
            mentors,
            ..
        } = self;
        let lists = self
            .listed
            .map_or(String::new(), |pairs| format!("×{pairs}"));
        format!("{family:?}_{shape:?}_{mentees}×{mentors}{lists}").to_lowercase()
    }

    pub fn make(&self) -> Instance {
        let seed = u64::from(self.mentees) << 32 | u64::from(self.mentors);
        let mut random = Random::new(seed);
        let factors = self.family.factors(&mut random, self.mentees, self.mentors);
        let scores = match &factors {
            None => self.family.scores(&mut random, self.mentees, self.mentors),
            Some((rows, columns)) => {
                let product = |mentee: usize, mentor: usize| rows[mentee] * columns[mentor];
                matrix(self.mentees, self.mentors, product)
            }
        };
        let mut instance = Instance {
            mentees: self.mentees as usize,
            mentors: self.mentors as usize,
            scores,
            factors,
            lists: None,
            capacities: self
                .shape
                .capacities(&mut random, self.mentees, self.mentors),
        };
        if let Some(pairs) = self.listed {
            instance.keep_some(&mut random, pairs);
        }
        instance
    }
}

/// Scores and capacities as a host has them.
pub struct Instance {
    pub mentees: usize,
    pub mentors: usize,
    /// Of all pairs, row by row, or of those listed.
    pub scores: Vec<i32>,
    /// Where each row starts, and the mentor of each allowed pair.
    pub lists: Option<(Vec<u64>, Vec<u32>)>,
    pub capacities: Vec<u32>,
    /// What scores are products of, if they are: of the mentees, of the mentors.
    factors: Option<(Vec<i32>, Vec<i32>)>,
}

impl Instance {
    pub fn problem(&self) -> Problem<'_> {
        let problem = match &self.lists {
            None => Problem::dense(self.mentees, self.mentors, &self.scores, Some(ABSENT)),
            Some((starts, mentors)) => Problem::sparse(self.mentors, starts, mentors, &self.scores),
        };
        problem
            .and_then(|problem| problem.with_capacities(self.capacities.clone()))
            .unwrap()
    }

    /// Keeps `pairs` random allowed pairs of each mentee, or a few less, in lists.
    fn keep_some(&mut self, random: &mut Random, pairs: u32) {
        let all = u32::try_from(self.mentors).unwrap();
        let (mut starts, mut mentors, mut scores) = (vec![0], Vec::new(), Vec::new());
        for row in self.scores.chunks_exact(self.mentors) {
            let mut drawn: Vec<u32> = (0..pairs)
                .map(|_| random.below(all))
                .filter(|&mentor| row[mentor as usize] != ABSENT)
                .collect();
            drawn.sort_unstable();
            drawn.dedup();
            scores.extend(drawn.iter().map(|&mentor| row[mentor as usize]));
            mentors.extend(drawn);
            starts.push(mentors.len() as u64);
        }
        self.scores = scores;
        self.lists = Some((starts, mentors));
    }

    /// For solvers that know no capacities: the mentor of each place, no more than there are
    /// mentees to take it.
    pub fn places(&self) -> Vec<usize> {
        let most = |&capacity: &u32| (capacity as usize).min(self.mentees);
        let capacities = self.capacities.iter().map(most).enumerate();
        capacities
            .flat_map(|(mentor, places)| std::iter::repeat_n(mentor, places))
            .collect()
    }

    /// The score of a pair, 0 where it is not allowed: then being unmatched is worth the same, for no
    /// score is below 0.
    pub fn gain(&self, mentee: usize, mentor: usize) -> i32 {
        let Some((starts, mentors)) = &self.lists else {
            return self.scores[mentee * self.mentors + mentor].max(0);
        };
        let [start, end] =
            [starts[mentee], starts[mentee + 1]].map(|at| usize::try_from(at).unwrap());
        let row = start..end;
        let listed = mentors[row.clone()].binary_search_by_key(&mentor, |&listed| listed as usize);
        listed.map_or(0, |at| self.scores[row][at])
    }

    /// The highest total, from code that shares nothing with the solver.
    pub fn optimum(&self) -> i128 {
        let places = self.places();
        if let Some((rows, columns)) = &self.factors {
            return best_products(rows, places.iter().map(|&mentor| columns[mentor]));
        }
        if self.mentors == 1 {
            return sum_of_best(self.scores.clone(), places.len());
        }
        if self.mentees == 1 {
            let gains = places.iter().map(|&mentor| self.gain(0, mentor));
            return sum_of_best(gains.collect(), 1);
        }
        let gains = self.gains_of_places(&places);
        let (rows, columns) = lsap::solve(self.mentees, places.len(), &gains, true).unwrap();
        let pairs = rows.into_iter().zip(columns);
        pairs
            .map(|(row, column)| i128::from(self.gain(row, places[column])))
            .sum()
    }

    /// One row a mentee, one column a place.
    pub fn gains_of_places(&self, places: &[usize]) -> Vec<f64> {
        let rows = 0..self.mentees;
        let gains = rows.flat_map(|row| places.iter().map(move |&to| self.gain(row, to)));
        gains.map(f64::from).collect()
    }
}

/// The highest total where a score is a product: the best with the best, and so on.
fn best_products(rows: &[i32], places: impl Iterator<Item = i32>) -> i128 {
    let (mut rows, mut places) = (rows.to_vec(), places.collect::<Vec<_>>());
    rows.sort_unstable_by(|a, b| b.cmp(a));
    places.sort_unstable_by(|a, b| b.cmp(a));
    let pairs = rows.into_iter().zip(places);
    pairs
        .map(|(row, place)| i128::from(row) * i128::from(place))
        .sum()
}

/// The total of the `count` highest scores, those of absent pairs being nothing.
fn sum_of_best(mut scores: Vec<i32>, count: usize) -> i128 {
    scores.sort_unstable_by(|a, b| b.cmp(a));
    let best = scores.into_iter().take(count);
    best.map(|score| i128::from(score.max(0))).sum()
}
