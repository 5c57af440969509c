//! What a start tells, by its definition, and when it is gone on from: nothing else depends on it but time.

use std::collections::BTreeSet;

use super::*;
use crate::solver::common::random::Random;
use crate::solver::level::ListedValues;
use crate::solver::solve::solve;
use crate::solver::start::LevelPrices;

const ABSENT: i32 = -9;

/// Small scores, so that many are equal, and some pairs that are not allowed.
fn problem(random: &mut Random, (n, m): (usize, usize)) -> Problem<'static> {
    let score = |random: &mut Random| match random.below(5) {
        0 => ABSENT,
        _ => i32::try_from(random.below(7)).unwrap(),
    };
    let scores: Vec<_> = (0..n * m).map(|_| score(random)).collect();
    Problem::dense(n, m, scores, Some(ABSENT)).unwrap()
}

fn pairs(problem: &Problem<'_>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for mentee in 0..problem.mentees() {
        for mentor in 0..problem.mentors() {
            let own = (
                MenteeIdx::new(position(mentee)),
                MentorIdx::new(position(mentor)),
            );
            let score = problem.score(own.0, own.1);
            pairs.extend(score.map(|score| (mentee, mentor, score)));
        }
    }
    pairs
}

/// What may come before the total score, it, and what may come behind.
fn levels(random: &mut Random) -> Vec<Level> {
    match random.below(5) {
        0 => vec![Level::TotalScore],
        1 => vec![Level::Pairs, Level::TotalScore],
        2 => vec![Level::Pairs],
        3 => vec![Level::Participation],
        _ => vec![Level::Participation, Level::TotalScore],
    }
}

/// Prices at every level near what pairs are worth there.
fn prices(random: &mut Random, problem: &Problem<'_>, levels: &[Level]) -> Vec<Prices> {
    let most = |level: &Level| if level.is_score() { 8 } else { 2 };
    let mut list = |people: usize, most: u32| -> Vec<i64> {
        (0..people).map(|_| i64::from(random.below(most))).collect()
    };
    let of = |level: &Level| Prices {
        mentees: list(problem.mentees(), most(level)),
        mentors: list(problem.mentors(), most(level) / 2),
        ..Prices::none(problem)
    };
    levels.iter().map(of).collect()
}

/// The reduced values of a pair at every level.
fn reduced(levels: &[Level], prices: &[Prices], (mentee, mentor, score): Pair) -> Vec<i64> {
    let both = levels.iter().zip(prices);
    both.map(|(level, prices)| prices.reduced(level, mentee, mentor, score))
        .collect()
}

fn is_above(values: &[i64]) -> bool {
    values > &vec![0; values.len()][..]
}

#[test]
fn earlier_pairs_count_once_where_they_are_possible_today() {
    let mut random = Random::new(51);
    for _ in 0..200 {
        let problem = problem(&mut random, (4, 3));
        let mut drawn = || (random.below(6), random.below(5));
        let drawn: Vec<_> = (0..12).map(|_| drawn()).collect();
        let named = drawn
            .iter()
            .map(|&(i, j)| (MenteeIdx::new(i), MentorIdx::new(j)));
        let start = Start {
            pairs: named.collect(),
            ..Start::default()
        };
        let is_drawn = |&(i, j, _): &Pair| drawn.contains(&(position(i), position(j)));
        let expected: Vec<_> = pairs(&problem).into_iter().filter(is_drawn).collect();
        assert_eq!(known(&problem, &start), expected);
    }
}

#[test]
fn the_margin_leaves_a_few_pairs_each_to_a_sample() {
    let mut random = Random::new(52);
    let (mut bound, mut open) = (0, 0);
    for _ in 0..300 {
        let n = [1, 5, 63, 64, 65, 130, 193][random.below(7) as usize];
        let m = 1 + random.below(40) as usize;
        let problem = problem(&mut random, (n, m));
        let levels = [Level::Participation, Level::TotalScore];
        let prices = prices(&mut random, &problem, &levels);
        let sample: Vec<_> = sample::about(64, n).collect();
        let pairs = pairs(&problem)
            .into_iter()
            .filter(|own| sample.contains(&own.0));
        let losses = pairs.filter_map(|own| match reduced(&levels, &prices, own)[..] {
            [0, gain] if gain <= 0 => Some(-gain),
            _ => None,
        });
        let mut losses: Vec<_> = losses.collect();
        losses.sort_unstable();
        let beyond = losses.get(3 * sample.len());
        let expected = beyond.or(losses.last()).copied().unwrap_or(0);
        assert_eq!(margin(&problem, &levels, &prices), expected);
        match beyond {
            Some(_) => bound += 1,
            None => open += 1,
        }
    }
    assert!(bound > 50 && open > 50, "{bound} {open}");
}

#[test]
fn near_are_all_pairs_that_gain_or_would_for_a_little_less() {
    let mut random = Random::new(53);
    let (mut near, mut gaining) = (0, 0);
    for _ in 0..400 {
        let size = (1 + random.below(9) as usize, 1 + random.below(9) as usize);
        let problem = problem(&mut random, size);
        let levels = levels(&mut random);
        let prices = prices(&mut random, &problem, &levels);
        let options = SolveOptions::new(levels.clone());
        let mut run = Run::new(&problem, levels.clone(), &options, Control::idle()).unwrap();
        let all = pairs(&problem);
        run.known = all
            .iter()
            .copied()
            .filter(|_| random.below(6) == 0)
            .collect();
        let mut lists = CandidateLists::of(problem.mentees(), &run.known, &run.control);
        let found: BTreeSet<_> = run.near(&mut lists, prices.clone()).into_iter().collect();

        let is_score = |level: &Level| *level == Level::TotalScore;
        let mut lower = prices.clone();
        let last = match levels.iter().position(is_score) {
            Some(total) => {
                let margin = margin(&problem, &levels[..=total], &prices);
                lower[total]
                    .mentees
                    .iter_mut()
                    .for_each(|price| *price -= margin);
                total
            }
            None => levels.len() - 1,
        };
        let would = |own: &Pair| is_above(&reduced(&levels[..=last], &lower[..=last], *own));
        let is_left_out = |own: &Pair| !run.known.contains(own);
        let expected = all
            .iter()
            .copied()
            .filter(|own| is_left_out(own) && would(own));
        assert_eq!(found, expected.collect());
        for &own in &all {
            let gains = is_above(&reduced(&levels, &prices, own));
            assert_eq!(run.gains(&prices, own), gains);
            gaining += usize::from(gains);
        }
        near += found.len();
    }
    assert!(near > 2_000 && gaining > 500, "{near} {gaining}");
}

/// All prices are nothing, and so many pairs that were none gain.
fn with_gains(gaining: usize) -> (Problem<'static>, Start) {
    let (n, m) = (100, 16);
    let mut scores = vec![0; n * m];
    // Not the first pair, which is one already; the others in different rows.
    for at in 0..gaining {
        scores[at % n * m + 1 + at / n] = 1;
    }
    let nothing = LevelPrices::guessed(&vec![Some(0); n], &vec![Some(0); m]);
    let start = Start {
        pairs: vec![(MenteeIdx::new(0), MentorIdx::new(0))],
        levels: vec![nothing],
        ..Start::default()
    };
    (Problem::dense(n, m, scores, None).unwrap(), start)
}

#[test]
fn a_start_is_gone_on_from_where_few_pairs_gain() {
    let most = 64 + (100 + 16) / 4;
    for (gaining, goes_on) in [(0, true), (most, true), (most + 1, false), (300, false)] {
        let (problem, start) = with_gains(gaining);
        let options = SolveOptions::new([Level::TotalScore]);
        let control = Control::new(&options.hooks);
        let mut run = Run::new(&problem, vec![Level::TotalScore], &options, control).unwrap();
        assert_eq!(run.by_start(&start), Ok(goes_on), "{gaining}");
        assert_eq!(
            run.model.pairs() > 0,
            goes_on,
            "nothing is listed for nothing"
        );
        if goes_on {
            let best = solve(&problem, &options).unwrap();
            assert_eq!(run.finish().unwrap().value, best.value);
        }
    }
    let (problem, start) = with_gains(0);
    let options = SolveOptions::new([Level::TotalScore]);
    for silent in [
        Start::default(),
        Start {
            levels: Vec::new(),
            ..start
        },
    ] {
        let control = Control::new(&options.hooks);
        let mut run = Run::new(&problem, vec![Level::TotalScore], &options, control).unwrap();
        assert_eq!(run.by_start(&silent), Ok(false));
    }
}

#[test]
fn a_start_takes_the_memory_of_the_pairs_that_it_lists() {
    let scores = vec![0, 1, 1, 1, 1, 1, 1, 1, 1];
    let problem = Problem::dense(3, 3, scores, None).unwrap();
    let pair = |at: u32| (MenteeIdx::new(at), MentorIdx::new(at));
    let listed = ListedValues::new(3, [(pair(1).0, pair(1).1, 1)]).unwrap();
    let levels = vec![Level::Listed(listed), Level::TotalScore];
    let nothing = LevelPrices::guessed(&[Some(0); 3], &[Some(0); 3]);
    let start = Start {
        pairs: vec![pair(0)],
        levels: vec![nothing.clone(), nothing],
        ..Start::default()
    };
    // One that was, one that is listed, and seven that gain: all there are.
    let needed = FlowModel::bytes(&problem, 2, 9);
    for (bytes, is_enough) in [(needed, true), (needed - 1, false)] {
        let options = SolveOptions::new(levels.clone()).memory_limit(bytes);
        let mut run = Run::new(
            &problem,
            levels.clone(),
            &options,
            Control::new(&options.hooks),
        )
        .unwrap();
        match run.by_start(&start) {
            Ok(goes_on) => assert!(goes_on && is_enough && run.model.pairs() == 9),
            Err(error) => {
                let budget = bytes;
                assert_eq!(error, SolveError::TooLarge { needed, budget });
                assert!(!is_enough);
            }
        }
    }
}
