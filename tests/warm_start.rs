//! Starting from an earlier solution: the same answer, whatever has changed.
#![allow(clippy::unwrap_used)]

mod common;

use common::random::Random;
use mentormatch::solver::{
    Groups, KeptRow, KeptRows, Level, ListedValues, PlaceValues, Problem, SolveError, SolveOptions,
    Start, TieBreak, solve, solve_from,
};
use mentormatch::{MenteeIdx, MentorIdx};

const ABSENT: i32 = -1;

/// Scores of a few hundred mentees, with favourites among the mentors and pairs that are not allowed.
fn scores(random: &mut Random, mentees: usize, mentors: usize) -> Vec<i32> {
    let mut favour = Vec::new();
    favour.resize_with(mentors, || random.between(0, 500));
    let mut row = |_| {
        let score = |favour: &i32| match random.below(12) {
            0 => ABSENT,
            _ => favour + random.between(0, 500),
        };
        favour.iter().map(score).collect::<Vec<i32>>()
    };
    (0..mentees).flat_map(&mut row).collect()
}

/// Some rows change, some mentees leave, and some mentors take one more or nobody.
#[test]
fn small_changes_lead_to_the_same_pairs_from_an_earlier_solution() {
    let (n, m) = (300usize, 80usize);
    let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::Canonical);
    for seed in 0..24u8 {
        let mut random = Random::new(u64::from(seed));
        let mut today = scores(&mut random, n, m);
        let mut capacities = vec![[5, 4, 3][usize::from(seed % 3)]; m];
        let problem = |scores: &[i32], capacities: &[u32]| {
            let problem = Problem::dense(n, m, scores.to_vec(), Some(ABSENT)).unwrap();
            problem.with_capacities(capacities.to_vec()).unwrap()
        };
        let before = solve(&problem(&today, &capacities), &options).unwrap();
        for _ in 0..6 {
            let row = random.below(300) as usize * m;
            match random.below(3) {
                0 => today[row..row + m].fill(ABSENT),
                _ => today[row..row + m].fill_with(|| random.between(0, 1_000)),
            }
            let mentor = random.below(80) as usize;
            capacities[mentor] = random.below(2) * (capacities[mentor] + 1);
        }
        let problem = problem(&today, &capacities);
        let cold = solve(&problem, &options).unwrap();
        let warm = solve_from(&problem, &options, &Start::of(&before)).unwrap();
        assert_eq!(warm.value, cold.value, "{seed}");
        assert_eq!(warm.assignment, cold.assignment, "{seed}");
        assert_eq!(warm.certificate.check(&problem, &warm.assignment), Ok(()));
    }
}

/// Mentors come whom nobody knows, and others whom all know better than before, where places are spare,
/// exact and scarce.
#[test]
fn new_mentors_and_better_ones_lead_to_the_same_pairs_from_an_earlier_solution() {
    let (n, m) = (300usize, 80usize);
    let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::Canonical);
    for seed in 0..24u8 {
        let mut random = Random::new(u64::from(seed));
        let mut all = scores(&mut random, n, m);
        let capacities = [vec![[5, 4, 3][usize::from(seed % 3)]; m - 2], vec![9; 2]].concat();
        let without_two = |row: &[i32]| row[..m - 2].to_vec();
        let known: Vec<i32> = all.chunks(m).flat_map(without_two).collect();
        let before = Problem::dense(n, m - 2, known, Some(ABSENT)).unwrap();
        let before = before.with_capacities(capacities[..m - 2].to_vec());
        let before = solve(&before.unwrap(), &options).unwrap();
        let better = random.below(70) as usize;
        for score in all.iter_mut().skip(better).step_by(m) {
            *score = (*score + 400).max(0);
        }
        let start = Start::of(&before).with_people(
            MenteeIdx::all(n).map(Some),
            MentorIdx::all(m).map(|mentor| (mentor.index() < m - 2).then_some(mentor)),
        );
        let problem = Problem::dense(n, m, &all, Some(ABSENT)).unwrap();
        let problem = problem.with_capacities(capacities).unwrap();
        let cold = solve(&problem, &options).unwrap();
        let warm = solve_from(&problem, &options, &start).unwrap();
        assert_eq!(warm.value, cold.value, "{seed}");
        assert_eq!(warm.assignment, cold.assignment, "{seed}");
    }
}

/// A mentor with more places than pairs can have them all: no room is made for more.
#[test]
fn places_without_end_take_no_memory() {
    let people: u32 = 50_000;
    let starts: Vec<u64> = (0..=u64::from(people)).collect();
    let mentors: Vec<u32> = (0..people).map(|mentee| mentee / 2).collect();
    let scores = vec![3; people as usize];
    let all = people as usize;
    let problem = Problem::sparse(all, &starts, &mentors, &scores).unwrap();
    let options = SolveOptions::new([Level::TotalScore]);
    let before = solve(&problem, &options).unwrap();
    assert_eq!(before.value, [3 * i128::from(people / 2)]);
    let problem = problem.with_capacities(vec![u32::MAX; all]).unwrap();
    let problem = problem.with_demands(vec![u32::MAX; all]).unwrap();
    let limited = options.memory_limit(64 << 20);
    let after = solve_from(&problem, &limited, &Start::of(&before)).unwrap();
    assert_eq!(after.value, [3 * i128::from(people)]);
}

/// A start that lists more pairs than there is memory for is forgotten.
#[test]
fn a_start_needs_no_more_memory_than_there_is() {
    let (n, m) = (400usize, 100usize);
    let scores = scores(&mut Random::new(7), n, m);
    let problem = Problem::rows(m, scores.chunks(m).collect(), Some(ABSENT)).unwrap();
    let problem = problem.with_minimum_loads(vec![1; m]).unwrap();
    let problem = problem.with_capacities(vec![5; m]).unwrap();
    let everybody = MenteeIdx::all(n).flat_map(|i| MentorIdx::all(m).map(move |j| (i, j, 1)));
    let wished = Level::Listed(ListedValues::new(n, everybody).unwrap());
    let options = SolveOptions::new([wished]).tie_break(TieBreak::Canonical);
    let before = solve(&problem, &options).unwrap();
    let needed = match solve(&problem, &options.clone().memory_limit(1)) {
        Err(SolveError::TooLarge { needed, .. }) => needed,
        _ => 0,
    };
    let limited = options.memory_limit(needed);
    let cold = solve(&problem, &limited).unwrap();
    let warm = solve_from(&problem, &limited, &Start::of(&before)).unwrap();
    assert_eq!(warm.assignment, cold.assignment);
    assert_eq!(
        warm.stats.pairs_listed, cold.stats.pairs_listed,
        "it starts from nothing"
    );
}

/// Locked pairs are taken out before the market solves the rest, from a start as from nothing.
#[test]
fn with_forced_pairs_a_start_leads_to_the_same_pairs() {
    let (n, m) = (120usize, 30usize);
    let mentee = |at: usize| MenteeIdx::new(u32::try_from(at).unwrap());
    for seed in 0..16u8 {
        let mut random = Random::new(u64::from(seed) + 50);
        let scores = scores(&mut random, n, m);
        let solved = |locked: &[(MenteeIdx, MentorIdx)], demands: &[u32], start: Option<&Start>| {
            let places = vec![[5, 4, 3][usize::from(seed % 3)]; m];
            let rows = scores.chunks(m).collect();
            let problem = Problem::rows(m, rows, Some(ABSENT)).unwrap();
            let problem = problem.with_capacities(places).unwrap();
            let problem = problem.with_demands(demands.to_vec()).unwrap();
            let pairs = locked.iter().map(|&(mentee, mentor)| (mentee, mentor, 1));
            let first = Level::Listed(ListedValues::new(n, pairs).unwrap());
            let options =
                SolveOptions::new([first, Level::TotalScore]).tie_break(TieBreak::Canonical);
            match start {
                Some(start) => solve_from(&problem, &options, start).unwrap(),
                None => solve(&problem, &options).unwrap(),
            }
        };
        let free = solved(&[], &vec![1; n], None);
        let locked: Vec<_> = free.assignment.pairs().step_by(3).collect();
        let before = solved(&locked, &vec![1; n], None);
        let mut demands = vec![1; n];
        for _ in 0..4 {
            let leaver = random.below(120) as usize;
            demands[leaver] = u32::from(locked.iter().any(|pair| pair.0 == mentee(leaver)));
        }
        let fewer = &locked[..locked.len() / 2];
        let cold = solved(fewer, &demands, None);
        let warm = solved(fewer, &demands, Some(&Start::of(&before)));
        assert_eq!(warm.value, cold.value, "{seed}");
        assert_eq!(warm.assignment, cold.assignment, "{seed}");
    }
}

/// It makes no difference whether the rows of a matrix lie in one piece.
#[test]
fn rows_that_lie_apart_are_solved_as_a_matrix_is() {
    for seed in 0..16u8 {
        let mut random = Random::new(u64::from(seed) + 90);
        let (n, m) = [(150usize, 40usize), (40, 40), (30, 60)][usize::from(seed % 3)];
        let scores = scores(&mut random, n, m);
        let places = vec![[5, 4, 3][usize::from(seed % 3)]; m];
        let matrix = Problem::dense(n, m, &scores, Some(ABSENT)).unwrap();
        let rows = Problem::rows(m, scores.chunks(m).collect(), Some(ABSENT)).unwrap();
        let [matrix, rows] = [matrix, rows].map(|own| own.with_capacities(places.clone()).unwrap());
        for levels in [
            vec![Level::TotalScore],
            vec![Level::Participation, Level::TotalScore],
        ] {
            let options = SolveOptions::new(levels).tie_break(TieBreak::Canonical);
            let (one, other) = (
                solve(&matrix, &options).unwrap(),
                solve(&rows, &options).unwrap(),
            );
            assert_eq!(
                (one.value, one.assignment),
                (other.value, other.assignment),
                "{seed}"
            );
        }
    }
    assert!(Problem::rows(3, vec![&[1, 2, 3], &[1, 2]], None).is_err());
}

fn mentee(at: usize) -> MenteeIdx {
    MenteeIdx::new(u32::try_from(at).unwrap())
}

/// Mentees come, go and change one after another; their rows are kept, and summed up at prices of long ago.
#[test]
fn kept_rows_lead_to_the_same_pairs_as_a_matrix() {
    for seed in 0..24u8 {
        let mut random = Random::new(u64::from(seed) + 700);
        let m = 70;
        let mut today: Vec<Vec<i32>> = scores(&mut random, 200, m)
            .chunks(m)
            .map(<[i32]>::to_vec)
            .collect();
        let places = vec![[4, 3, 2][usize::from(seed % 3)]; m];
        let wished = |n: usize| {
            let wished = (0..n)
                .step_by(3)
                .map(|at| (mentee(at), MentorIdx::new(7), 1));
            Level::Listed(ListedValues::new(n, wished).unwrap())
        };
        let options = |n: usize| {
            let levels = match seed % 4 {
                0 => vec![Level::TotalScore],
                1 => vec![Level::Participation, Level::TotalScore],
                2 => vec![wished(n), Level::TotalScore],
                _ => vec![Level::Participation, wished(n), Level::TotalScore],
            };
            SolveOptions::new(levels).tie_break(TieBreak::Canonical)
        };
        let kept = KeptRows::new(m, today.clone(), Some(ABSENT)).unwrap();
        let problem = Problem::kept(&kept)
            .unwrap()
            .with_capacities(places.clone())
            .unwrap();
        let mut before = solve(&problem, &options(today.len())).unwrap();
        let mut kept = Start::of(&before).sum_up(&kept);
        for _ in 0..8 {
            let at = random.below(150) as usize;
            let new = scores(&mut random, 1, m);
            // By mentee of today: where she stood before.
            let mut stood: Vec<Option<usize>> = (0..today.len()).map(Some).collect();
            match random.below(3) {
                0 => {
                    today.remove(at);
                    stood.remove(at);
                }
                1 => {
                    today.insert(at, new.clone());
                    stood.insert(at, None);
                }
                _ => {
                    today[at].clone_from(&new);
                    stood[at] = None;
                }
            }
            let stood = |at: usize| stood[at].map(mentee);
            let n = today.len();
            let next = kept.followed_by(n, |mentee| match stood(mentee.index()) {
                Some(stood) => KeptRow::Same(stood),
                None => KeptRow::New(new.clone()),
            });
            kept = next.unwrap();
            let all = today.concat();
            let matrix = Problem::dense(n, m, &all, Some(ABSENT)).unwrap();
            let matrix = matrix.with_capacities(places.clone()).unwrap();
            let problem = Problem::kept(&kept)
                .unwrap()
                .with_capacities(places.clone())
                .unwrap();
            let mentors = (0..70).map(|at| Some(MentorIdx::new(at)));
            let start = Start::of(&before).with_people((0..n).map(stood), mentors);
            let cold = solve(&matrix, &options(n)).unwrap();
            before = solve_from(&problem, &options(n), &start).unwrap();
            assert_eq!(before.value, cold.value, "{seed}");
            assert_eq!(before.assignment, cold.assignment, "{seed}");
            assert_eq!(
                before.certificate.check(&matrix, &before.assignment),
                Ok(())
            );
        }
    }
}

/// A start is a hint: one that tells of other people, and of more of them, costs time and nothing else.
#[test]
fn a_start_of_others_does_no_harm() {
    let options = SolveOptions::new([Level::TotalScore]);
    for seed in 0..200u8 {
        let mut random = Random::new(u64::from(seed) + 1_300);
        let mut size = || (1 + random.below(9) as usize, 1 + random.below(40) as usize);
        let ((n, m), (others, more)) = (size(), size());
        let elsewhere = scores(&mut random, others, more);
        let elsewhere = Problem::dense(others, more, &elsewhere, Some(ABSENT)).unwrap();
        let start = Start::of(&solve(&elsewhere, &options).unwrap());
        let all = scores(&mut random, n, m);
        let rows: Vec<&[i32]> = all.chunks(m).collect();
        let kept = rows.iter().map(|row| row.to_vec());
        let kept = KeptRows::new(m, kept, Some(ABSENT)).unwrap();
        let kept = [start.sum_up(&kept), kept];
        let cold = Problem::dense(n, m, &all, Some(ABSENT)).unwrap();
        let cold = solve(&cold, &options).unwrap();
        let doors = [
            Problem::rows(m, rows, Some(ABSENT)).unwrap(),
            Problem::kept(&kept[0]).unwrap(),
            Problem::kept(&kept[1]).unwrap(),
        ];
        for problem in doors {
            let warm = solve_from(&problem, &options, &start).unwrap();
            assert_eq!(warm.value, cold.value, "{seed}");
        }
    }
}

/// So far from right it is quicker to begin anew than to mend what is left.
#[test]
fn where_nobody_is_as_before_a_start_takes_hardly_more_work_than_none() {
    let (n, m) = (2_000usize, 600usize);
    let options = SolveOptions::new([Level::TotalScore]);
    let mut random = Random::new(3);
    for places in [9, 5] {
        let mut problem = || {
            let problem = Problem::dense(n, m, scores(&mut random, n, m), Some(ABSENT)).unwrap();
            problem.with_capacities(vec![places; m]).unwrap()
        };
        let before = solve(&problem(), &options).unwrap();
        let today = problem();
        let cold = solve(&today, &options).unwrap();
        let warm = solve_from(&today, &options, &Start::of(&before)).unwrap();
        assert_eq!(warm.value, cold.value);
        let most = cold.stats.work + cold.stats.work / 50;
        assert!(warm.stats.work <= most, "{} of {most}", warm.stats.work);
    }
}

/// A check that passes blocks over refuses what a check of all pairs refuses, and for the same reason.
#[test]
fn kept_rows_hide_nothing_from_a_check() {
    let (n, m) = (60usize, 50usize);
    let (mut refused, mut accepted) = (0, 0);
    for seed in 0..40u8 {
        let mut random = Random::new(u64::from(seed) + 900);
        let all = scores(&mut random, n, m);
        let rows = all.chunks(m).map(<[i32]>::to_vec);
        let kept = KeptRows::new(m, rows.clone(), Some(ABSENT)).unwrap();
        let options = SolveOptions::new([Level::TotalScore]);
        let solution = solve(&Problem::kept(&kept).unwrap(), &options).unwrap();
        let kept = Start::of(&solution).sum_up(&kept);
        for _ in 0..20 {
            // One score is another one: most of them do not matter.
            let (row, column) = (random.below(60) as usize, random.below(50) as usize);
            let mut other = all.clone();
            other[row * m + column] = random.between(0, 1_200);
            let next = kept.followed_by(n, |mentee| match mentee.index() == row {
                true => KeptRow::New(other[row * m..][..m].to_vec()),
                false => KeptRow::Same(mentee),
            });
            let next = next.unwrap();
            let check =
                |problem: &Problem<'_>| solution.certificate.check(problem, &solution.assignment);
            let found = check(&Problem::kept(&next).unwrap());
            assert_eq!(
                found,
                check(&Problem::dense(n, m, &other, Some(ABSENT)).unwrap())
            );
            match found {
                Ok(()) => accepted += 1,
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 50 && accepted > 50, "{refused} {accepted}");
}

/// With as many places as mentees all prices hang together: one who leaves or a pair that is vetoed moves them all.
#[test]
fn where_places_are_just_enough_a_small_change_leads_to_the_same_pairs() {
    let (n, m) = (320usize, 80usize);
    let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::Canonical);
    for seed in 0..24u8 {
        let mut random = Random::new(u64::from(seed) + 200);
        let mut scores = scores(&mut random, n, m);
        let (mut demands, mut capacities) = (vec![1; n], vec![4; m]);
        let solved =
            |scores: &[i32], demands: &[u32], capacities: &[u32], start: Option<&Start>| {
                let problem = Problem::dense(n, m, scores.to_vec(), Some(ABSENT)).unwrap();
                let problem = problem.with_capacities(capacities.to_vec()).unwrap();
                let problem = problem.with_demands(demands.to_vec()).unwrap();
                match start {
                    Some(start) => solve_from(&problem, &options, start).unwrap(),
                    None => solve(&problem, &options).unwrap(),
                }
            };
        let mut before = solved(&scores, &demands, &capacities, None);
        for _ in 0..4 {
            let made: Vec<_> = before.assignment.pairs().collect();
            let (mentee, mentor) = made[random.below(300) as usize];
            match random.below(4) {
                0 => demands[mentee.index()] = 0,
                1 => scores[mentee.index() * m + mentor.index()] = ABSENT,
                2 => capacities[mentor.index()] += 3,
                _ => demands = vec![1; n],
            }
            let cold = solved(&scores, &demands, &capacities, None);
            let start = Start::of(&before);
            let warm = solved(&scores, &demands, &capacities, Some(&start));
            assert_eq!(warm.value, cold.value, "{seed}");
            assert_eq!(warm.assignment, cold.assignment, "{seed}");
            before = warm;
        }
    }
}

/// Levels that no market knows: pairs to keep, loads to spread, minimums and groups.
#[test]
fn a_start_leads_to_the_same_pairs_whatever_the_levels_are() {
    let (n, m) = (240usize, 80usize);
    for seed in 0..16u8 {
        let mut random = Random::new(u64::from(seed) + 400);
        let mut scores = scores(&mut random, n, m);
        let which = seed % 4;
        let group = |at: usize| Some(u32::try_from(at % 5).unwrap());
        let solved = |scores: &[i32],
                      demands: &[u32],
                      kept: &[(MenteeIdx, MentorIdx)],
                      start: Option<&Start>| {
            let mut problem = Problem::dense(n, m, scores.to_vec(), Some(ABSENT))
                .and_then(|problem| problem.with_capacities(vec![4; m]))
                .and_then(|problem| problem.with_demands(demands.to_vec()))
                .unwrap();
            if which == 1 {
                problem = problem.with_minimum_loads(vec![2; m]).unwrap();
            } else if which == 2 {
                let groups = Groups::new((0..m).map(group).collect(), vec![None; 5], vec![45; 5]);
                problem = problem.with_mentor_groups(groups.unwrap()).unwrap();
            }
            let kept = kept.iter().map(|&(mentee, mentor)| (mentee, mentor, 1));
            let kept = Level::Listed(ListedValues::new(n, kept).unwrap());
            let spread = Level::Places {
                mentees: None,
                mentors: Some(PlaceValues::new(vec![vec![0, -1, -2, -3]; m]).unwrap()),
            };
            let levels = match which {
                0 => vec![Level::Participation, kept, Level::TotalScore],
                3 => vec![Level::Participation, spread, kept, Level::TotalScore],
                _ => vec![Level::Participation, Level::TotalScore],
            };
            let options = SolveOptions::new(levels).tie_break(TieBreak::Canonical);
            match start {
                Some(start) => solve_from(&problem, &options, start).unwrap(),
                None => solve(&problem, &options).unwrap(),
            }
        };
        let mut demands = vec![1; n];
        let mut before = solved(&scores, &demands, &[], None);
        for _ in 0..3 {
            let made: Vec<_> = before.assignment.pairs().collect();
            let (mentee, mentor) = made[random.below(100) as usize];
            match random.below(3) {
                0 => demands[mentee.index()] = 0,
                1 => scores[mentee.index() * m + mentor.index()] = ABSENT,
                _ => demands = vec![1; n],
            }
            let cold = solved(&scores, &demands, &made, None);
            let warm = solved(&scores, &demands, &made, Some(&Start::of(&before)));
            assert_eq!(warm.value, cold.value, "{seed}");
            assert_eq!(warm.assignment, cold.assignment, "{seed}");
            before = warm;
        }
    }
}

/// Found by trying: a mentor with two places fewer, and several vacancies to fill from outside by mentors who bid.
#[test]
fn who_takes_several_may_take_several_more_from_outside() {
    let scores = vec![
        -1, 52, -1, 61, -1, 39, 70, -1, 46, -1, -1, -1, 41, -1, 19, 67, 49, 43, 45, 27, -1, -1, -1,
        26,
    ];
    let problem = |capacities: Vec<u32>| {
        let problem = Problem::dense(8, 3, scores.clone(), Some(ABSENT)).unwrap();
        problem.with_capacities(capacities).unwrap()
    };
    let options = SolveOptions::new([Level::TotalScore]);
    let before = solve(&problem(vec![3, 3, 3]), &options).unwrap();
    let today = problem(vec![3, 1, 3]);
    let warm = solve_from(&today, &options, &Start::of(&before)).unwrap();
    assert_eq!(warm.value, solve(&today, &options).unwrap().value);
}

/// Favourites, mentees who are easily pleased, and little else, so that small searches tie and go far.
fn small_scores(random: &mut Random, (n, m): (usize, usize), vetoes: u32) -> Vec<i32> {
    let top = [3, 10, 40][random.below(3) as usize];
    let mut parts = |people: usize| (0..people).map(|_| random.between(0, top)).collect();
    let (rows, columns): (Vec<i32>, Vec<i32>) = (parts(n), parts(m));
    let mut score = |at: usize| match random.below(100) < vetoes {
        true => ABSENT,
        false => rows[at / m] + columns[at % m] + random.between(0, 2),
    };
    (0..n * m).map(&mut score).collect()
}

/// Capacities, demands, rows and vetoes at once, so that many places are vacant: so small that every search is cut short.
#[test]
fn many_vacancies_at_once_lead_to_the_same_value() {
    let options = SolveOptions::new([Level::TotalScore]);
    let mut random = Random::new(11);
    for case in 0..5_000 {
        let one_each = case % 4 == 0;
        let (n, m) = (2 + random.below(8) as usize, 2 + random.below(5) as usize);
        let mut scores = small_scores(&mut random, (n, m), if one_each { 30 } else { 0 });
        let most = random.below(2);
        let places = |random: &mut Random| 1 + random.below(if one_each { 4 } else { 1 + most });
        let mut demands: Vec<u32> = (0..n).map(|_| random.below(4)).collect();
        let mut capacities: Vec<u32> = (0..m).map(|_| places(&mut random)).collect();
        if one_each {
            demands.fill(1);
        }
        let problem = |scores: &[i32], demands: &[u32], capacities: &[u32]| {
            let problem = Problem::dense(n, m, scores.to_vec(), Some(ABSENT)).unwrap();
            let problem = problem.with_demands(demands.to_vec()).unwrap();
            problem.with_capacities(capacities.to_vec()).unwrap()
        };
        let before = solve(&problem(&scores, &demands, &capacities), &options).unwrap();
        for _ in 0..1 + random.below(3) {
            let mentee = random.below(u32::try_from(n).unwrap()) as usize;
            let mentor = random.below(u32::try_from(m).unwrap()) as usize;
            match random.below(6) {
                0 | 1 => demands[mentee] = random.below(if one_each { 2 } else { 4 }),
                2 | 3 => capacities[mentor] = random.below(6),
                4 => scores[mentee * m + mentor] = ABSENT,
                _ => scores[mentee * m..][..m].fill(random.between(0, 40)),
            }
        }
        let today = problem(&scores, &demands, &capacities);
        let warm = solve_from(&today, &options, &Start::of(&before)).unwrap();
        assert_eq!(
            warm.value,
            solve(&today, &options).unwrap().value,
            "case {case}"
        );
    }
}
