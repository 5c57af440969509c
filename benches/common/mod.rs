//! Seeded instance families for the benches.
//!
//! | family | scores |
//! |---|---|
//! | `uniform` | anything of `0..1_000_000`: no structure, hardly a tie |
//! | `structured` | a mentee's needs against a mentor's offers, seniority and a little taste |
//! | `ties` | the structured scores in 20 steps: thousands of equal optima |
//!
//! | shape | places |
//! |---|---|
//! | `enough` | twice as many as mentees |
//! | `exact` | as many as mentees |
//! | `scarce` | seven for ten mentees |
//! | `square` | one a mentor, as many mentors as mentees |
#![allow(
    dead_code,
    unreachable_pub,
    reason = "shared by the benches, each of which uses a part"
)]

use mentormatch::solver::Problem;

/// How scores come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Uniform,
    Structured,
    Ties,
}

/// How many places there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Enough,
    Exact,
    Scarce,
    Square,
}

/// A dense instance; all pairs are allowed.
pub struct Instance {
    pub name: String,
    pub mentees: usize,
    pub mentors: usize,
    pub scores: Vec<i32>,
    pub capacities: Vec<u32>,
}

impl Instance {
    /// Named `family_shape_n×m`; the same on every machine. A square instance has `mentees`
    /// mentors.
    pub fn new(family: Family, shape: Shape, mentees: u32, mentors: u32) -> Self {
        let mentors = if shape == Shape::Square {
            mentees
        } else {
            mentors
        };
        let mut random = Random::new(u64::from(mentees) << 32 | u64::from(mentors));
        let scores = match family {
            Family::Uniform => (0..mentees * mentors)
                .map(|_| random.below(1_000_000))
                .collect(),
            Family::Structured => structured(&mut random, mentees, mentors),
            Family::Ties => coarse(structured(&mut random, mentees, mentors)),
        };
        let name = format!("{family:?}_{shape:?}_{mentees}×{mentors}").to_lowercase();
        Self {
            name,
            mentees: mentees as usize,
            mentors: mentors as usize,
            scores: scores.into_iter().map(u32::cast_signed).collect(),
            capacities: capacities(&mut random, shape, mentees, mentors),
        }
    }

    pub fn problem(&self) -> Problem<'_> {
        Problem::dense(self.mentees, self.mentors, &self.scores, None)
            .and_then(|problem| problem.with_capacities(self.capacities.clone()))
            .unwrap_or_else(|error| unreachable!("{error}"))
    }
}

/// The places of a shape, dealt out one by one; everybody has at least one where they suffice.
fn capacities(random: &mut Random, shape: Shape, mentees: u32, mentors: u32) -> Vec<u32> {
    let places = match shape {
        Shape::Enough => 2 * mentees,
        Shape::Exact => mentees,
        Shape::Scarce => mentees * 7 / 10,
        Shape::Square => return vec![1; mentors as usize],
    };
    let mut capacities = vec![u32::from(places >= mentors); mentors as usize];
    for _ in capacities.iter().sum::<u32>()..places {
        capacities[random.below(mentors) as usize] += 1;
    }
    capacities
}

/// Topics a person may need or offer.
const TOPICS: u32 = 24;

/// A person as far as scores go: topics as bits, and a level.
struct Person {
    topics: u32,
    level: u32,
}

fn people(random: &mut Random, len: u32, topics: u32, levels: std::ops::Range<u32>) -> Vec<Person> {
    let mut person = || Person {
        topics: (0..topics).fold(0, |bits, _| bits | 1 << random.below(TOPICS)),
        level: levels.start + random.below(levels.end - levels.start),
    };
    (0..len).map(|_| person()).collect()
}

/// Seven tenths for needs that are covered, a quarter for the gap in level, the rest taste.
fn structured(random: &mut Random, mentees: u32, mentors: u32) -> Vec<u32> {
    let (rows, columns) = (
        people(random, mentees, 4, 0..4),
        people(random, mentors, 7, 1..7),
    );
    let mut score = |mentee: &Person, mentor: &Person| {
        let covered = (mentee.topics & mentor.topics).count_ones();
        let gap = mentor.level.abs_diff(mentee.level + 2);
        700_000 * covered / mentee.topics.count_ones() + 250_000 / (1 + gap) + random.below(50_000)
    };
    let pairs = rows
        .iter()
        .flat_map(|row| columns.iter().map(move |column| (row, column)));
    pairs
        .map(|(mentee, mentor)| score(mentee, mentor))
        .collect()
}

fn coarse(scores: Vec<u32>) -> Vec<u32> {
    scores.into_iter().map(|score| score / 50_000).collect()
}

/// Seeded numbers: splitmix64.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number of `0..below`, from the high bits.
    fn below(&mut self, below: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        (((bits >> 32) * u64::from(below)) >> 32) as u32
    }
}
