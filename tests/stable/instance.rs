//! Instances of two views, and stability by its definition. Nothing here calls the solver but [`Instance::solve`].

use std::cmp::Reverse;

use mentormatch::Role;
use mentormatch::solver::{Assignment, Claim, Hooks, PairHash, Preferences, Problem, solve_stable};

use crate::common::random::Random;

pub const ABSENT: i32 = -1;
pub const SIDES: [Role; 2] = [Role::Mentee, Role::Mentor];

/// A problem small enough to look at, with two views of each pair.
#[derive(Clone, Debug)]
pub struct Instance {
    pub demands: Vec<u32>,
    pub capacities: Vec<u32>,
    /// Row by row: what the mentee and what the mentor makes of the pair.
    pub by_mentee: Vec<i32>,
    pub by_mentor: Vec<i32>,
    pub ties: PairHash,
}

impl Instance {
    pub fn draw(random: &mut Random, (mentees, mentors): (u32, u32), most: u32) -> Self {
        let highest = [1, 3, 1_000][random.below(3) as usize];
        let absent = random.below(3);
        let fewest = random.below(2);
        let mut side = |people: u32| {
            (0..people)
                .map(|_| fewest + random.below(most + 1 - fewest))
                .collect()
        };
        let (demands, capacities): (Vec<u32>, Vec<u32>) = (side(mentees), side(mentors));
        let mut view = || {
            let pairs = 0..mentees * mentors;
            let value = |random: &mut Random| match random.below(10) < absent {
                true => ABSENT,
                false => random.between(0, highest),
            };
            pairs.map(|_| value(random)).collect::<Vec<i32>>()
        };
        let (mut by_mentee, mut by_mentor) = (view(), view());
        if random.below(2) == 0 {
            oppose(mentors, &mut by_mentee, &mut by_mentor);
        }
        let mut keys = |people: u32| (0..people).map(|_| random.next()).collect();
        let ties = PairHash::new(keys(mentees), keys(mentors));
        Self {
            demands,
            capacities,
            by_mentee,
            by_mentor,
            ties,
        }
    }

    /// Everybody takes one partner, and these are their lists, best first.
    pub fn of_lists(mentees: &[&[usize]], mentors: &[&[usize]]) -> Self {
        let place = |list: &[usize], who: usize| match list.iter().position(|&own| own == who) {
            Some(at) => i32::try_from(list.len() - at).unwrap(),
            None => ABSENT,
        };
        let pairs = || (0..mentees.len()).flat_map(|i| (0..mentors.len()).map(move |j| (i, j)));
        Self {
            demands: vec![1; mentees.len()],
            capacities: vec![1; mentors.len()],
            by_mentee: pairs().map(|(i, j)| place(mentees[i], j)).collect(),
            by_mentor: pairs().map(|(i, j)| place(mentors[j], i)).collect(),
            ties: PairHash::new(vec![0; mentees.len()], vec![0; mentors.len()]),
        }
    }

    pub fn preferences(&self) -> Preferences<'_> {
        let (mentees, mentors) = (self.demands.len(), self.capacities.len());
        let view = |values| Problem::dense(mentees, mentors, values, Some(ABSENT)).unwrap();
        self.bounded(view(&self.by_mentee[..]), view(&self.by_mentor[..]))
    }

    pub fn bounded<'a>(&self, mentees: Problem<'a>, mentors: Problem<'a>) -> Preferences<'a> {
        let bounded = mentees.with_capacities(self.capacities.clone()).unwrap();
        let bounded = bounded.with_demands(self.demands.clone()).unwrap();
        let preferences = Preferences::new(bounded, mentors).unwrap();
        preferences.with_ties(self.ties.clone()).unwrap()
    }

    pub fn solve(&self, proposing: Role) -> Assignment {
        let preferences = self.preferences();
        let solution = solve_stable(&preferences, proposing, &Hooks::default()).unwrap();
        assert_eq!(solution.certificate.claim(), Claim::Stable { proposing });
        solution.assignment
    }

    pub fn at(&self, mentee: usize, mentor: usize) -> usize {
        mentee * self.capacities.len() + mentor
    }

    pub fn is_allowed(&self, mentee: usize, mentor: usize) -> bool {
        let at = self.at(mentee, mentor);
        self.by_mentee[at] != ABSENT && self.by_mentor[at] != ABSENT
    }

    pub fn allowed(&self) -> Vec<(u32, u32)> {
        let pairs = (0..self.demands.len())
            .flat_map(|mentee| (0..self.capacities.len()).map(move |mentor| (mentee, mentor)));
        let allowed = pairs.filter(|&(mentee, mentor)| self.is_allowed(mentee, mentor));
        allowed
            .map(|(mentee, mentor)| {
                (
                    u32::try_from(mentee).unwrap(),
                    u32::try_from(mentor).unwrap(),
                )
            })
            .collect()
    }

    /// How much somebody likes a partner: values, then hashes, then the first.
    pub fn liking(&self, side: Role, (mentee, mentor): (u32, u32)) -> (i32, i64, Reverse<u32>) {
        let (row, column) = (mentee as usize, mentor as usize);
        let hash = self.ties.value(row, column);
        match side {
            Role::Mentee => (self.by_mentee[self.at(row, column)], hash, Reverse(mentor)),
            Role::Mentor => (self.by_mentor[self.at(row, column)], hash, Reverse(mentee)),
        }
    }

    pub fn is_legal(&self, pairs: &[(u32, u32)]) -> bool {
        let load = |pick: fn(&(u32, u32)) -> u32, who: usize| {
            pairs
                .iter()
                .filter(|pair| pick(pair) as usize == who)
                .count() as u64
        };
        let within = |max: &[u32], pick: fn(&(u32, u32)) -> u32| {
            (0..max.len()).all(|who| load(pick, who) <= u64::from(max[who]))
        };
        within(&self.demands, |pair| pair.0) && within(&self.capacities, |pair| pair.1)
    }

    /// By the definition, pair by pair.
    pub fn blocking(&self, pairs: &[(u32, u32)]) -> Vec<(u32, u32)> {
        let wants = |side: Role, pair: (u32, u32)| {
            let (max, own): (u32, Vec<_>) = match side {
                Role::Mentee => (
                    self.demands[pair.0 as usize],
                    with(pairs, |own| own.0 == pair.0),
                ),
                Role::Mentor => (
                    self.capacities[pair.1 as usize],
                    with(pairs, |own| own.1 == pair.1),
                ),
            };
            let better = |&own: &(u32, u32)| self.liking(side, pair) > self.liking(side, own);
            own.len() < max as usize || own.iter().any(better)
        };
        let free = |pair: &(u32, u32)| !pairs.contains(pair);
        let all = self.allowed().into_iter().filter(free);
        all.filter(|&pair| SIDES.iter().all(|&side| wants(side, pair)))
            .collect()
    }

    /// Whether both have room, or somebody of less value.
    pub fn both_gain(&self, pairs: &[(u32, u32)], pair: (u32, u32)) -> bool {
        SIDES.iter().all(|&side| {
            let (max, who) = match side {
                Role::Mentee => (self.demands[pair.0 as usize], pair.0),
                Role::Mentor => (self.capacities[pair.1 as usize], pair.1),
            };
            let has = self.fortune(pairs, side, who);
            let value = self.liking(side, pair).0;
            has.len() < max as usize || has.iter().any(|own| own.0 < value)
        })
    }

    /// Every stable set of pairs.
    pub fn all_stable(&self) -> Vec<Vec<(u32, u32)>> {
        let allowed = self.allowed();
        let sets = (0..1u32 << allowed.len()).map(|set| {
            let chosen = (0..allowed.len()).filter(|at| set >> at & 1 == 1);
            chosen.map(|at| allowed[at]).collect::<Vec<_>>()
        });
        sets.filter(|pairs| self.is_legal(pairs) && self.blocking(pairs).is_empty())
            .collect()
    }

    /// How much a person likes each of her partners, best first.
    pub fn fortune(
        &self,
        pairs: &[(u32, u32)],
        side: Role,
        who: u32,
    ) -> Vec<(i32, i64, Reverse<u32>)> {
        let own = pairs.iter().filter(|pair| match side {
            Role::Mentee => pair.0 == who,
            Role::Mentor => pair.1 == who,
        });
        let mut fortune: Vec<_> = own.map(|&pair| self.liking(side, pair)).collect();
        fortune.sort_unstable_by_key(|&liking| Reverse(liking));
        fortune
    }
}

/// Everybody wants somebody else first, and is wanted least there: so there are many stable matchings.
fn oppose(mentors: u32, by_mentee: &mut [i32], by_mentor: &mut [i32]) {
    for (at, (own, theirs)) in (0..).zip(by_mentee.iter_mut().zip(by_mentor)) {
        let place = i32::try_from((at / mentors + at % mentors) % mentors).unwrap();
        if *own != ABSENT {
            *own = place;
        }
        if *theirs != ABSENT {
            *theirs = 1_000 - place;
        }
    }
}

pub fn with(pairs: &[(u32, u32)], mut own: impl FnMut(&(u32, u32)) -> bool) -> Vec<(u32, u32)> {
    pairs.iter().copied().filter(|pair| own(pair)).collect()
}
