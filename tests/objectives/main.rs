//! Objectives in any order, against every matching there is.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a test"
)]

mod files;
mod frontier;
mod oracle;
mod prices;
mod search;

use mentormatch::{
    Attribute, Bounds, Cohort, CustomCriterion, Engine, Field, Mentee, Mentor, Objective, Outcome,
    Profile, Programme, Quota, Role, RunOptions, Score, WishOrder, WishesOf,
};

type People = (Vec<Mentor>, Vec<Mentee>);

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }
}

/// How wide the bounds of people are.
#[derive(Clone, Copy, PartialEq)]
enum Demands {
    /// Everybody wants one mentor, and nobody has a minimum.
    One,
    /// Some want two, and some state minimums.
    Several,
}

/// Three mentors and four mentees with wishes, vetoes and priorities.
fn people(seed: u64, demands: Demands) -> People {
    let mut dice = Dice(seed);
    let mut own = |id: String, partners: &str, among: u64| {
        let mut own = Profile::new(id);
        for _ in 0..dice.below(4) {
            let rank = 1 + dice.below(3) as u32;
            own = own.wish(format!("{partners}{}", dice.below(among)), rank);
        }
        let priority = dice.below(5) as u8;
        own.priority = (1..=3).contains(&priority).then_some(priority);
        if partners == "r" && dice.below(3) == 0 {
            own = own.veto(format!("{partners}{}", dice.below(among)));
        }
        let team = ["red", "blue", "green"][dice.below(3) as usize];
        own = own
            .team(team)
            .quota_attribute("team", Attribute::choice(team));
        let max = 1 + dice.below(2) as u32;
        let min = u32::from(dice.below(4) == 0);
        (own, Bounds { min, max })
    };
    let keep_minimum = |bounds: Bounds| match demands {
        Demands::One => Bounds::from(bounds.max),
        Demands::Several => bounds,
    };
    let mentors = (0..3)
        .map(|at| own(format!("r{at}"), "e", 4))
        .collect::<Vec<_>>();
    let mentees = (0..4)
        .map(|at| own(format!("e{at}"), "r", 3))
        .collect::<Vec<_>>();
    let mentors = mentors.into_iter();
    let mentors = mentors.map(|(own, bounds)| own.mentor(keep_minimum(bounds)));
    let mentees = mentees.into_iter().map(|(own, bounds)| match demands {
        Demands::One => own.mentee(),
        Demands::Several => own.mentee().demand(bounds),
    });
    (mentors.collect(), mentees.collect())
}

/// Scores in eighths, by lot.
fn scores(seed: u64) -> CustomCriterion {
    CustomCriterion::pairwise("lot", 1, move |mentee, mentor| {
        let ids = format!("{}{}", mentee.profile.id, mentor.profile.id);
        let drawn = ids
            .bytes()
            .fold(seed, |sum, byte| Dice(sum ^ u64::from(byte)).below(1 << 40));
        Some(f64::from((drawn % 9) as u32) / 8.0)
    })
}

/// With distinct mentors for some seeds, and targets for groups if they are to be balanced, so that other programmes have none.
fn programme(seed: u64, objectives: &[Objective]) -> Programme {
    let builder = Programme::builder().weigh(1, scores(seed));
    let builder = builder.objectives(objectives.to_vec());
    let builder = match seed % 3 {
        0 => builder.distinct_mentors(Field::Team),
        _ => builder,
    };
    let wants_balance = objectives.contains(&Objective::GroupBalance);
    let quotas = wants_balance.then(|| targets(seed)).into_iter().flatten();
    quotas
        .fold(builder, |builder, (side, teams, target)| {
            let field = match side {
                Role::Mentor => Field::Team,
                Role::Mentee => Field::Attribute("team".into()), // which only quotas can read
            };
            let quota = Quota::new(side, field, teams.iter().copied());
            builder.quota(quota.target(target))
        })
        .build()
        .unwrap()
}

/// Groups of both sides, one of them inside another, and how many pairs they should have.
fn targets(seed: u64) -> [(Role, &'static [&'static str], u32); 4] {
    let mut dice = Dice(seed ^ 0xF00D);
    let mut target = |side, teams| (side, teams, dice.below(4) as u32);
    [
        target(Role::Mentee, &["red"][..]),
        target(Role::Mentee, &["red", "blue"][..]),
        target(Role::Mentor, &["blue"][..]),
        target(Role::Mentor, &["green"][..]),
    ]
}

/// Pairs of an earlier matching, some of people who are not there.
fn previous(seed: u64) -> Vec<(String, String)> {
    let mut dice = Dice(seed ^ 0xBEEF);
    let pairs = (0..4).map(|_| (format!("e{}", dice.below(5)), format!("r{}", dice.below(4))));
    pairs.collect()
}

fn run(seed: u64, objectives: &[Objective], people: People) -> Outcome {
    let cohort = Cohort::new(people.0, people.1).unwrap();
    let options = RunOptions::default().previous(previous(seed));
    let engine = Engine::new(programme(seed, objectives));
    let outcome = engine.run_with(&cohort, &options).unwrap();
    assert_eq!(outcome.gap(), None);
    assert_eq!(outcome.verify(), Ok(()));
    outcome
}

fn percent(percent: u32) -> Score {
    Score::from_ppm_saturating(percent * 10_000)
}

fn wishes(order: WishOrder, of: WishesOf) -> Objective {
    let ranks = 3;
    Objective::Wishes { order, of, ranks }
}

/// Every objective, with parts of every kind.
fn all() -> Vec<Objective> {
    use WishOrder::{Generous, RankMaximal};
    vec![
        Objective::PriorityTiers,
        Objective::MentorTiers,
        Objective::Participation,
        Objective::Pairs,
        Objective::MentorsUsed,
        Objective::TotalScore,
        Objective::WorstScore,
        Objective::Leximin {
            resolution: percent(20),
        },
        Objective::Leximin {
            resolution: percent(30),
        },
        wishes(RankMaximal, WishesOf::Mentees),
        wishes(Generous, WishesOf::Mentors),
        wishes(RankMaximal, WishesOf::Both),
        wishes(Generous, WishesOf::Mentees),
        Objective::SpreadLoad,
        Objective::GroupBalance,
        Objective::KeepPairs,
    ]
}
