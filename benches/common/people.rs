//! Structured scores: a few attributes of a mentee against the same of a mentor.
//!
//! Topics, seniority, site, department, format, rhythm and style count; some mentors are liked by
//! everybody, and the same few are wished for by name. Mentors who are junior to a mentee, or ten
//! hours away, are not allowed. Nothing is random but the people.

use super::random::Random;
use super::{ABSENT, FULL};

const TOPICS: u32 = 32;

/// Hours from UTC of each site.
const SITES: [i32; 12] = [0, 1, 1, 2, 3, 5, -5, -5, -6, -8, 8, 9];

/// What a wish adds, by its rank.
const WISHES: [i32; 4] = [150_000, 120_000, 90_000, 60_000];

pub struct People {
    mentees: Vec<Person>,
    mentors: Vec<Person>,
    /// Indexed by mentee: the mentors wished for.
    wishes: Vec<[u32; 4]>,
}

struct Person {
    topics: u32,
    /// What one topic of theirs adds to a score.
    share: u32,
    level: i32,
    hours: i32,
    department: u32,
    /// Remote, mixed or on site.
    format: i32,
    /// Meetings a month.
    rhythm: i32,
    style: u32,
    /// Of a mentor, 0 to 100.
    liked: i32,
}

impl Person {
    fn new(random: &mut Random, topics: u32, level: i32) -> Self {
        let topics = (0..topics).fold(0_u32, |bits, _| bits | 1 << random.popular(TOPICS));
        Self {
            topics,
            share: 350_000 / topics.count_ones(),
            level,
            hours: SITES[random.popular(12) as usize],
            department: random.popular(25),
            format: random.up_to(2),
            rhythm: random.up_to(3),
            style: random.below(6),
            liked: random.popular(101).cast_signed(),
        }
    }

    /// Without wishes.
    fn score(&self, mentor: &Self) -> i32 {
        let gap = mentor.level - self.level;
        let apart = (self.hours - mentor.hours).abs();
        let apart = apart.min(24 - apart);
        if gap < 0 || apart > 9 {
            return ABSENT;
        }
        let covered = (self.topics & mentor.topics).count_ones();
        let score = (covered * self.share).cast_signed()
            + (3 - (gap - 3).abs().min(3)) * 40_000
            + (8 - apart.min(8)) * 12_500
            + i32::from(self.department != mentor.department) * 60_000
            + (2 - (self.format - mentor.format).abs()) * 20_000
            + (3 - (self.rhythm - mentor.rhythm).abs()) * 10_000
            + i32::from(self.style == mentor.style) * 50_000
            + mentor.liked * 1_000;
        score.min(FULL)
    }
}

impl People {
    pub fn new(random: &mut Random, mentees: u32, mentors: u32) -> Self {
        Self {
            mentees: (0..mentees)
                .map(|_| {
                    let (topics, level) = (3 + random.below(4), 1 + random.up_to(6));
                    Person::new(random, topics, level)
                })
                .collect(),
            mentors: (0..mentors)
                .map(|_| {
                    let (topics, level) = (4 + random.below(8), 4 + random.up_to(6));
                    Person::new(random, topics, level)
                })
                .collect(),
            wishes: (0..mentees)
                .map(|_| std::array::from_fn(|_| random.popular(mentors)))
                .collect(),
        }
    }

    pub fn score(&self, mentee: usize, mentor: usize) -> i32 {
        let mut score = self.mentees[mentee].score(&self.mentors[mentor]);
        let wished = self.wishes[mentee]
            .iter()
            .position(|&wish| wish as usize == mentor);
        if let Some(rank) = wished {
            score = with_wish(score, rank);
        }
        score
    }

    /// The scores of a mentee with every mentor.
    pub fn fill(&self, mentee: usize, scores: &mut [i32]) {
        let own = &self.mentees[mentee];
        for (score, mentor) in scores.iter_mut().zip(&self.mentors) {
            *score = own.score(mentor);
        }
        for &wish in &self.wishes[mentee] {
            scores[wish as usize] = self.score(mentee, wish as usize);
        }
    }

    /// The scores of all pairs, row by row.
    pub fn matrix(&self) -> Vec<i32> {
        let mut scores = vec![ABSENT; self.mentees.len() * self.mentors.len()];
        for (mentee, row) in scores.chunks_exact_mut(self.mentors.len()).enumerate() {
            self.fill(mentee, row);
        }
        scores
    }

    /// Rows of the `pairs` best of six times as many mentors, half of them drawn as wishes are: where
    /// each row starts, the mentors and their scores.
    pub fn lists(&self, random: &mut Random, pairs: u32) -> (Vec<u64>, Vec<u32>, Vec<i32>) {
        let (mut starts, mut mentors, mut scores) = (vec![0], Vec::new(), Vec::new());
        let all = u32::try_from(self.mentors.len()).unwrap();
        for mentee in 0..self.mentees.len() {
            let mut drawn: Vec<u32> = (0..3 * pairs)
                .flat_map(|_| [random.below(all), random.popular(all)])
                .collect();
            drawn.sort_unstable();
            drawn.dedup();
            let mut row: Vec<(i32, u32)> = drawn
                .into_iter()
                .map(|mentor| (self.score(mentee, mentor as usize), mentor))
                .filter(|&(score, _)| score != ABSENT)
                .collect();
            row.sort_unstable_by_key(|&(score, mentor)| (-score, mentor));
            row.truncate(pairs as usize);
            row.sort_unstable_by_key(|&(_, mentor)| mentor);
            mentors.extend(row.iter().map(|&(_, mentor)| mentor));
            scores.extend(row.iter().map(|&(score, _)| score));
            starts.push(mentors.len() as u64);
        }
        (starts, mentors, scores)
    }
}

fn with_wish(score: i32, rank: usize) -> i32 {
    match score {
        ABSENT => ABSENT,
        _ => (score + WISHES[rank]).min(FULL),
    }
}
