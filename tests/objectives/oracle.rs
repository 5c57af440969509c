//! Every matching of a few people, and what each is worth by each objective: straight from the objectives'
//! definitions, with scores as the outcome explains them.

use std::collections::BTreeMap;

use mentormatch::{Objective, Outcome, Profile, Quota, Role, StatedValue, WishOrder, WishesOf};

/// Pairs of a mentee's and a mentor's position in [`Town`].
pub(crate) type Pairs = Vec<(usize, usize)>;

/// Who there is, and who may be paired at what score.
pub(crate) struct Town<'a> {
    pub(crate) mentees: Vec<(&'a Profile, u32, u32)>,
    pub(crate) mentors: Vec<(&'a Profile, u32, u32)>,
    allowed: Vec<(usize, usize)>,
    scores: BTreeMap<(usize, usize), u64>,
    previous: &'a [(String, String)],
    quotas: &'a [Quota],
    /// Whether a mentee's mentors are of distinct teams.
    is_distinct: bool,
}

impl<'a> Town<'a> {
    pub(crate) fn of(outcome: &'a Outcome, previous: &'a [(String, String)]) -> Self {
        let cohort = outcome.cohort();
        let mentees = cohort.mentees().iter();
        let mentees: Vec<_> = mentees
            .map(|own| (&own.profile, own.demand.min, own.demand.max))
            .collect();
        let mentors = cohort.mentors().iter();
        let mentors: Vec<_> = mentors
            .map(|own| (&own.profile, own.capacity.min, own.capacity.max))
            .collect();
        let (mut allowed, mut scores) = (Vec::new(), BTreeMap::new());
        for (e, (mentee, ..)) in mentees.iter().enumerate() {
            for (r, (mentor, ..)) in mentors.iter().enumerate() {
                let ids = (mentee.id.as_str(), mentor.id.as_str());
                let score = outcome.explain(ids.0, ids.1).unwrap().score.ppm();
                scores.insert((e, r), score.into());
                if !mentee.vetoes.contains(&mentor.id) {
                    allowed.push((e, r));
                }
            }
        }
        Self {
            mentees,
            mentors,
            allowed,
            scores,
            previous,
            quotas: outcome.programme().quotas(),
            is_distinct: outcome.programme().distinct_mentors().is_some(),
        }
    }

    /// Every legal matching.
    pub(crate) fn matchings(&self) -> Vec<Pairs> {
        let mut all = vec![Pairs::new()];
        for &(mentee, mentor) in &self.allowed {
            let fits = |pairs: &&Pairs| {
                load(pairs, |pair| pair.0 == mentee) < self.mentees[mentee].2
                    && load(pairs, |pair| pair.1 == mentor) < self.mentors[mentor].2
                    && !(self.is_distinct && self.has_alike(pairs, mentee, mentor))
            };
            let longer: Vec<Pairs> = all
                .iter()
                .filter(fits)
                .map(|pairs| [&pairs[..], &[(mentee, mentor)]].concat())
                .collect();
            all.extend(longer);
        }
        all
    }

    /// Whether a mentee has a mentor of the same team.
    fn has_alike(&self, pairs: &Pairs, mentee: usize, mentor: usize) -> bool {
        let team = |mentor: usize| self.mentors[mentor].0.team.as_deref();
        let mut own = pairs.iter().filter(|pair| pair.0 == mentee);
        own.any(|pair| team(pair.1) == team(mentor))
    }

    /// The pairs of an outcome.
    pub(crate) fn pairs(&self, outcome: &Outcome) -> Pairs {
        let at = |people: &[(&Profile, u32, u32)], id: &str| {
            people
                .iter()
                .position(|own| own.0.id.as_str() == id)
                .unwrap()
        };
        let pairs = outcome.matching().pairs.iter();
        pairs
            .map(|pair| {
                let mentee = at(&self.mentees, pair.mentee.as_str());
                (mentee, at(&self.mentors, pair.mentor.as_str()))
            })
            .collect()
    }

    /// Minimum places that are filled.
    pub(crate) fn minimums(&self, pairs: &Pairs) -> i64 {
        let mentees = self.mentees.iter().enumerate();
        let mentees = mentees.map(|(at, own)| own.1.min(load(pairs, |pair| pair.0 == at)));
        let mentors = self.mentors.iter().enumerate();
        let mentors = mentors.map(|(at, own)| own.1.min(load(pairs, |pair| pair.1 == at)));
        mentees.chain(mentors).map(i64::from).sum()
    }

    /// What a matching is worth: the larger of two vectors is the better, first things first.
    pub(crate) fn value(&self, objective: Objective, pairs: &Pairs) -> Vec<i64> {
        match objective {
            Objective::PriorityTiers => (1..=20)
                .map(|tier| self.matched(pairs, |own| own.priority == Some(tier)))
                .collect(),
            Objective::Participation => vec![self.matched(pairs, |_| true)],
            Objective::Pairs => vec![count(pairs)],
            Objective::MentorTiers => {
                let loads = self.loads(pairs);
                let used = |tier| {
                    let of_tier = |&&mentor: &&usize| self.mentors[mentor].0.priority == Some(tier);
                    count(loads.keys().filter(of_tier))
                };
                (1..=20).map(used).collect()
            }
            Objective::MentorsUsed => vec![count(self.loads(pairs))],
            Objective::TotalScore => {
                let scores = pairs.iter().map(|pair| self.scores[pair].cast_signed());
                vec![scores.sum()]
            }
            Objective::WorstScore => {
                let lowest = self.lowest(pairs).cast_signed();
                vec![self.matched(pairs, |_| true), lowest]
            }
            Objective::Leximin { resolution } => {
                let mut value = vec![self.matched(pairs, |_| true)];
                let classes = self.classes(pairs, resolution.ppm().into());
                let last = 1_000_000_u64.div_ceil(resolution.ppm().into()) - 1;
                let of = |class: u64| classes.iter().filter(|&&own| own == class).count();
                value.extend((0..last).map(|class| -(of(class) as i64)));
                value
            }
            Objective::Wishes { order, of, ranks } => {
                let granted = self.granted(pairs, of);
                let of_rank = |rank: u32| count(granted.iter().filter(|&&own| own == rank));
                match order {
                    WishOrder::RankMaximal => (1..=ranks).map(of_rank).collect(),
                    WishOrder::Generous => {
                        let all: i64 = (1..=ranks).map(of_rank).sum();
                        let late = (2..=ranks).rev().map(|rank| -of_rank(rank));
                        std::iter::once(all).chain(late).collect()
                    }
                    _ => panic!("an order without an oracle"),
                }
            }
            Objective::SpreadLoad => {
                let loads = self.loads(pairs);
                vec![
                    -loads
                        .values()
                        .map(|load| load * (load - 1) / 2)
                        .sum::<i64>(),
                ]
            }
            Objective::GroupBalance => vec![-self.off_target(pairs)],
            Objective::KeepPairs => {
                let was = |&&(mentee, mentor): &&(usize, usize)| {
                    let (mentee, mentor) = (self.mentees[mentee].0, self.mentors[mentor].0);
                    let before = self.previous.iter();
                    before
                        .filter(|own| own.0 == mentee.id.as_str() && own.1 == mentor.id.as_str())
                        .count()
                        > 0
                };
                vec![count(pairs.iter().filter(was))]
            }
            _ => panic!("an objective without an oracle"),
        }
    }

    /// The lowest score; the highest there is without pairs.
    pub(crate) fn lowest(&self, pairs: &Pairs) -> u64 {
        let scores = pairs.iter().map(|pair| self.scores[pair]);
        scores.min().unwrap_or(1_000_000)
    }

    /// Pairs too many or too few, over all groups.
    fn off_target(&self, pairs: &Pairs) -> i64 {
        let team = |own: &Profile| StatedValue::from(own.team.as_deref().unwrap());
        let off = self.quotas.iter().map(|quota| {
            let is_in = |pair: &&(usize, usize)| match quota.side {
                Role::Mentee => quota.one_of.contains(&team(self.mentees[pair.0].0)),
                Role::Mentor => quota.one_of.contains(&team(self.mentors[pair.1].0)),
            };
            let pairs = count(pairs.iter().filter(is_in));
            (pairs - i64::from(quota.target.unwrap())).abs()
        });
        off.sum()
    }

    /// The pairs' classes of scores.
    pub(crate) fn classes(&self, pairs: &Pairs, width: u64) -> Vec<u64> {
        let last = 1_000_000_u64.div_ceil(width) - 1;
        let class = |pair| (self.scores[pair] / width).min(last);
        pairs.iter().map(class).collect()
    }

    pub(crate) fn matched(&self, pairs: &Pairs, counts: impl Fn(&Profile) -> bool) -> i64 {
        let has_one = |at: usize| pairs.iter().any(|pair| pair.0 == at);
        let mentees = self.mentees.iter().enumerate();
        count(mentees.filter(|(at, own)| counts(own.0) && has_one(*at)))
    }

    fn loads(&self, pairs: &Pairs) -> BTreeMap<usize, i64> {
        let mut loads = BTreeMap::new();
        for pair in pairs {
            *loads.entry(pair.1).or_insert(0) += 1;
        }
        loads
    }

    /// The rank of every wish that is granted.
    fn granted(&self, pairs: &Pairs, of: WishesOf) -> Vec<u32> {
        let rank = |own: &Profile, partner: &Profile| {
            let wishes = own.wishes.iter().filter(|wish| wish.partner == partner.id);
            wishes.map(|wish| wish.rank).min()
        };
        let mut granted = Vec::new();
        for &(mentee, mentor) in pairs {
            let (mentee, mentor) = (self.mentees[mentee].0, self.mentors[mentor].0);
            if of != WishesOf::Mentors {
                granted.extend(rank(mentee, mentor));
            }
            if of != WishesOf::Mentees {
                granted.extend(rank(mentor, mentee));
            }
        }
        granted
    }
}

fn load(pairs: &[(usize, usize)], is_own: impl Fn(&(usize, usize)) -> bool) -> u32 {
    pairs.iter().filter(|pair| is_own(pair)).count() as u32
}

fn count<T>(things: impl IntoIterator<Item = T>) -> i64 {
    things.into_iter().count() as i64
}
