//! Every accelerator can be switched off, and that changes nothing, nor does another method or another door: all
//! combinations agree ([`judge::setting`]).
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod common;
mod judge;

use common::instance::Instance;
use common::random::Random;
use common::shapes::{Case, Draw, EVERY_FAMILY, Family};
use judge::{
    agreed, agreed_from, bounded, combinations, each_switch, setting, settings, within_memory,
};
use mentormatch::solver::{Accelerator, Level, ListedValues, SolveOptions, solve};
use mentormatch::{MenteeIdx, MentorIdx};

/// A family, by turns.
fn family(turn: u32) -> Family {
    EVERY_FAMILY[turn as usize % EVERY_FAMILY.len()]
}

/// As usual, with each switch in another position, and in a few of the combinations.
fn settings_agree(case: &Case, turn: u32, share: u32) {
    let usual = [setting(case, 0), setting(case, 1)]; // with ties broken too
    let mut others = each_switch(case, turn);
    others.extend(combinations(case, turn, share));
    agreed(case, &usual, &others, turn as usize);
}

#[test]
fn on_small_problems_of_every_shape() {
    let (turns, share) = (1_600, 16);
    assert!(turns * share >= settings(), "all combinations are compared");
    for turn in 0..turns {
        let mut random = Random::new(40_000 + u64::from(turn));
        let case = Case::draw(&mut random, family(turn), (9, 20));
        settings_agree(&case, turn, share);
    }
}

/// Where a solve starts, and what it may take, changes no more than a switch does.
#[test]
fn from_the_day_before_and_within_limits() {
    for seed in 0..800 {
        let mut random = Random::new(70_000 + seed);
        let family = random.one_of(&EVERY_FAMILY);
        let case = Case::draw(&mut random, family, (9, 20));
        let best = agreed(&case, &[setting(&case, 0)], &[], 0);
        let options = setting(&case, random.below(settings()));
        agreed_from(&case, &mut random, &options);
        let most = random.one_of(&[1, 30, 300, 3_000]);
        bounded(&case, &options, u64::from(random.below(most)), &best);
        within_memory(&case, &options, 1 << random.between(6, 20), &best);
    }
}

/// What all methods can express: no pair is forbidden and nobody wants two.
#[test]
fn on_small_problems_for_the_hungarian_method() {
    for turn in 0..150 {
        let mut random = Random::new(50_000 + u64::from(turn));
        let mut case = Case::draw(&mut random, Family::Capacities, (8, 8)).with_every_pair(5);
        case.levels = vec![Level::TotalScore];
        settings_agree(&case, turn, 0);
        case.levels.insert(0, Level::Pairs);
        settings_agree(&case, turn, 0);
    }
}

/// More than 2¹⁴ pairs, where candidate lists are at work.
#[test]
fn on_problems_large_enough_for_lists() {
    for turn in 0..8 {
        let mut random = Random::new(60_000 + u64::from(turn));
        let case = Case::of_size(&mut random, family(turn), (190, 90));
        settings_agree(&case, turn, 12);
    }
}

/// Whoever has a hundred mentees or more looks them up, and bids for all of them at once.
#[test]
fn on_few_mentors_of_many_places() {
    for turn in 0..18 {
        let mut random = Random::new(90_000 + u64::from(turn));
        let (mentors, highest) = (2 + turn as usize % 3, [2, 30, 100_000][turn as usize / 6]);
        let size = (300, mentors, [60, 150, 180][turn as usize / 2 % 3]);
        let levels = total(&mut random);
        let case = with_scores(size, levels, |_, _| random.between(0, highest));
        settings_agree(&case, turn, 12);
    }
}

/// A floor that leaves nothing out, and sites in which somebody goes without a mentor: whoever proves participation of
/// all the sites at once must have its total score proved beside the same proof.
#[test]
fn on_sites_above_a_floor() {
    let levels = [
        Level::Participation,
        Level::Avoid {
            from: i32::MIN,
            to: -101,
        },
        Level::TotalScore,
    ];
    for turn in 0..3 {
        let mut random = Random::new(75_000 + u64::from(turn));
        let mut case = with_scores((228, 227, 1), levels.to_vec(), |_, _| {
            random.between(-100, 899)
        });
        for (i, row) in case.instance.scores.iter_mut().enumerate() {
            for (j, score) in row.iter_mut().enumerate() {
                *score = score.filter(|_| i % 3 == j % 3 && random.below(10) == 0);
            }
        }
        case.absent = Some(i32::MIN);
        settings_agree(&case, turn, 2);
    }
}

/// Two sites whose last mentees can only be served below the floor: a search that is stopped claims no more than is so.
#[test]
fn on_sites_above_a_floor_within_limits() {
    let levels = vec![
        Level::Participation,
        Level::Avoid {
            from: i32::MIN,
            to: 50,
        },
        Level::TotalScore,
    ];
    let mut random = Random::new(76_000);
    let mut case = with_scores((120, 120, 1), levels, |i, _| match i {
        118.. => 5,
        _ => random.between(100, 999),
    });
    for (i, row) in case.instance.scores.iter_mut().enumerate() {
        for (j, score) in row.iter_mut().enumerate() {
            *score = score.filter(|_| i % 2 == j % 2);
        }
    }
    case.absent = Some(i32::MIN);
    let best = agreed(&case, &[setting(&case, 0)], &[], 0);
    for limit in (0..2_000).step_by(29) {
        bounded(&case, &setting(&case, 0), limit, &best);
    }
}

/// So many mentees and mentors of so many places each, with these scores.
fn with_scores(
    (mentees, mentors, places): (usize, usize, u32),
    levels: Vec<Level>,
    mut score: impl FnMut(usize, usize) -> i32,
) -> Case {
    let mut row = |i| (0..mentors).map(|j| Some(score(i, j))).collect();
    let instance = Instance::one_to_one(mentors, (0..mentees).map(&mut row).collect());
    Case {
        instance: instance.with_capacities(vec![places; mentors]),
        absent: None,
        levels,
    }
}

/// The same with scores that say nothing of one another.
fn of_any_scores(random: &mut Random, size: (usize, usize, u32), levels: Vec<Level>) -> Case {
    with_scores(size, levels, |_, _| random.between(0, 1_000))
}

/// The total score, by itself or after participation.
fn total(random: &mut Random) -> Vec<Level> {
    let levels = [Level::Participation, Level::TotalScore];
    levels[random.below(2) as usize..].to_vec()
}

/// A few pairs that are to be had or kept, each of another mentee.
fn listed(random: &mut Random, (pairs, mentees, mentors): (u32, usize, u32)) -> Level {
    let pairs = (0..pairs).map(|i| {
        let mentor = MentorIdx::new(random.below(mentors));
        (MenteeIdx::new(i), mentor, 1)
    });
    Level::Listed(ListedValues::new(mentees, pairs.collect::<Vec<_>>()).unwrap())
}

/// Every row is one of a few.
fn alike(random: &mut Random) -> Case {
    let profiles = [(); 4].map(|()| [(); 24].map(|()| random.between(0, 1_000)));
    let of = [(); 60].map(|()| random.below(4) as usize);
    with_scores((60, 24, 3), total(random), |i, j| profiles[of[i]][j])
}

/// All agree that later mentors are better.
fn agreed_on(random: &mut Random) -> Case {
    let (levels, part) = (total(random), |at: usize| i32::try_from(at).unwrap());
    with_scores((40, 20, 3), levels, |i, j| {
        1_000 * part(j) + 7 * part(i) + random.between(0, 50)
    })
}

fn square(random: &mut Random) -> Case {
    let levels = total(random);
    of_any_scores(random, (30, 30, 1), levels)
}

fn alone(random: &mut Random) -> Case {
    let (size, levels) = (random.one_of(&[(1, 30, 1), (30, 1, 4)]), total(random));
    with_scores(size, levels, |_, _| random.between(0, 5))
}

fn above_a_floor(random: &mut Random) -> Case {
    let avoided = Level::Avoid {
        from: i32::MIN,
        to: 100,
    };
    let levels = vec![Level::Participation, avoided, Level::TotalScore];
    of_any_scores(random, (40, 20, 2), levels)
}

fn with_locks(random: &mut Random) -> Case {
    let levels = vec![listed(random, (3, 40, 20)), Level::TotalScore];
    of_any_scores(random, (40, 20, 3), levels)
}

/// Two sites, whose people have no pair with each other; at one of them all pairs cost.
fn at_two_sites(random: &mut Random) -> Case {
    let levels = vec![Level::Participation, Level::TotalScore];
    let mut case = of_any_scores(random, (70, 60, 1), levels);
    for (i, row) in case.instance.scores.iter_mut().enumerate() {
        for (j, score) in row.iter_mut().enumerate() {
            let own = score.filter(|_| i % 2 == j % 2);
            *score = own.map(|own| if i % 2 == 0 { own } else { -1 - own });
        }
    }
    case.absent = Some(i32::MIN);
    case
}

/// All pairs cost, but everybody is to take part.
fn at_a_cost(random: &mut Random) -> Case {
    let levels = vec![Level::Participation, Level::TotalScore];
    with_scores((40, 20, 2), levels, |_, _| random.between(-90, -1))
}

/// Large, and for the network.
fn with_kept_pairs(random: &mut Random) -> Case {
    let kept = listed(random, (100, 190, 90));
    let levels = vec![Level::Participation, kept, Level::TotalScore];
    of_any_scores(random, (190, 90, 3), levels)
}

/// Problems on which accelerators are seen at work, by what a solve tells of itself.
struct AtWork {
    draw: fn(&mut Random) -> Case,
    cases: u32,
    accelerators: [Accelerator; 2],
}

/// All but [`Accelerator::Screen`], with which the same is done in less time.
const AT_WORK: [AtWork; 9] = [
    AtWork {
        draw: alike,
        cases: 8,
        accelerators: [Accelerator::Twins, Accelerator::RowSearches],
    },
    AtWork {
        draw: agreed_on,
        cases: 8,
        accelerators: [Accelerator::Agreed, Accelerator::WholeRows],
    },
    AtWork {
        draw: square,
        cases: 8,
        accelerators: [Accelerator::Pairing, Accelerator::Market],
    },
    AtWork {
        draw: alone,
        cases: 8,
        accelerators: [Accelerator::Alone, Accelerator::CandidateLists],
    },
    AtWork {
        draw: with_locks,
        cases: 8,
        accelerators: [Accelerator::Forced, Accelerator::Market],
    },
    AtWork {
        draw: above_a_floor,
        cases: 8,
        accelerators: [Accelerator::Floor, Accelerator::Market],
    },
    AtWork {
        draw: at_two_sites,
        cases: 2,
        accelerators: [Accelerator::Parts, Accelerator::Market],
    },
    AtWork {
        draw: at_a_cost,
        cases: 8,
        accelerators: [Accelerator::Raise, Accelerator::Market],
    },
    AtWork {
        draw: with_kept_pairs,
        cases: 2,
        accelerators: [Accelerator::Blend, Accelerator::CandidateLists],
    },
];

/// Whether a solve tells something else of itself without an accelerator, be its pairs a matrix or listed.
fn is_at_work(case: &Case, accelerator: Accelerator) -> bool {
    let (options, rows) = (setting(case, 0), case.instance.rows());
    let told = |options: &SolveOptions| {
        [case.dense(), case.instance.sparse(&rows)].map(|problem| {
            let stats = solve(&problem, options).unwrap().stats;
            (stats.pairs_listed, stats.rounds, stats.work)
        })
    };
    told(&options) != told(&options.clone().without(accelerator))
}

#[test]
fn where_each_accelerator_is_at_work() {
    let mut turns = 0..;
    for at_work in &AT_WORK {
        let mut random = Random::new(80_000);
        for turn in turns.by_ref().take(at_work.cases as usize) {
            let case = (at_work.draw)(&mut random);
            for own in at_work.accelerators {
                assert!(is_at_work(&case, own), "{own:?}: {case:?}");
            }
            settings_agree(&case, turn, 12);
        }
    }
    let seen: Vec<_> = AT_WORK.iter().flat_map(|own| own.accelerators).collect();
    let unseen = Accelerator::ALL.iter().filter(|own| !seen.contains(own));
    assert!(unseen.eq([&Accelerator::Screen]));
}
