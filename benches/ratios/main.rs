//! What one solve takes beside another that it should hardly differ from.
//!
//! ```text
//! cargo bench --bench ratios -- ties              # TieBreak::Canonical beside TieBreak::Fast
//! cargo bench --bench ratios -- warm              # solve_from after a small change beside solve
//! cargo bench --bench ratios -- levels            # several objectives beside the total score alone
//! cargo bench --bench ratios -- accelerators      # without an accelerator beside with all of them
//! cargo bench --bench ratios -- ties constant     # what matches
//! ```
//!
//! The two take turns in one process; times are the least of all turns in milliseconds, the
//! check of the proof included. Both must come to the same value, or with other objectives first to no
//! higher a score.
#![allow(clippy::unwrap_used, clippy::print_stdout)]
#![allow(clippy::cast_precision_loss, reason = "figures for people")]

mod accelerators;
#[path = "../common/mod.rs"]
mod common;

use std::env;
use std::time::Instant;

use common::random::Random;
use common::{ABSENT, Family, Instance, Shape, Spec};
use mentormatch::solver::{
    KeptRow, KeptRows, Level, ListedValues, PlaceValues, Problem, Solution, SolveOptions, Start,
    TieBreak, solve, solve_from, solve_with_floor,
};
use mentormatch::{MenteeIdx, MentorIdx};

/// The least time and the least number of turns that a row of the table takes.
const SECONDS: f64 = 0.4;
const TURNS: usize = 7;

fn main() {
    let words: Vec<String> = env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let is_test = words.iter().any(|word| word == "--test");
    let wanted = |word: &str| words.is_empty() || is_test || words[0] == word;
    let filter = words.get(1).map_or("", String::as_str);
    if wanted("ties") {
        ties(filter, is_test);
    }
    if wanted("warm") {
        warm(filter, is_test);
    }
    if wanted("levels") {
        levels(filter, is_test);
    }
    if wanted("accelerators") {
        accelerators::accelerators(filter, is_test);
    }
}

fn options() -> SolveOptions {
    SolveOptions::new([Level::TotalScore])
}

/// What canonical pairs cost, where more and more of the scores are equal.
fn ties(filter: &str, is_test: bool) {
    println!("| instance | fast, ms | canonical, ms | ratio |");
    println!("|---|---|---|---|");
    for spec in specs_of_ties(is_test) {
        if !spec.name().contains(filter) {
            continue;
        }
        let instance = spec.make();
        let canonical = options().tie_break(TieBreak::Canonical);
        let fast = || solve(&instance.problem(), &options()).unwrap();
        let canonical = || solve(&instance.problem(), &canonical).unwrap();
        row(&spec.name(), is_test, fast, canonical);
    }
    for spec in specs_of_several(is_test) {
        let name = format!("{}, three each", spec.name());
        if !name.contains(filter) {
            continue;
        }
        let instance = spec.make();
        let problem = || {
            let capacities = vec![3 * spec.mentees / spec.mentors; instance.mentors];
            let problem = instance.problem().with_capacities(capacities).unwrap();
            problem.with_demands(vec![3; instance.mentees]).unwrap()
        };
        let canonical = options().tie_break(TieBreak::Canonical);
        let fast = || solve(&problem(), &options()).unwrap();
        let canonical = || solve(&problem(), &canonical).unwrap();
        row(&name, is_test, fast, canonical);
    }
}

/// Mentees who take three mentors each.
fn specs_of_several(is_test: bool) -> Vec<Spec> {
    let size = if is_test { 20 } else { 1 };
    let mut specs = Vec::new();
    for family in [Family::Constant, Family::FiveValues, Family::Hundred] {
        specs.push(Spec::new(family, Shape::Exact, 2_000 / size, 500 / size));
    }
    specs
}

fn specs_of_ties(is_test: bool) -> Vec<Spec> {
    let families = [
        Family::Constant,
        Family::Columns,
        Family::Rows,
        Family::FiveValues,
        Family::Hundred,
        Family::Steps,
    ];
    let shapes = [Shape::Spare, Shape::Exact, Shape::Scarce];
    let size = if is_test { 20 } else { 1 };
    let mut specs = Vec::new();
    for family in families {
        for mentees in [500, 1_000, 4_000] {
            specs.push(Spec::new(family, Shape::Square, mentees / size, 1));
        }
        for shape in shapes {
            specs.push(Spec::new(family, shape, 2_000 / size, 500 / size));
        }
    }
    for family in [Family::Hundred, Family::Steps] {
        for shape in shapes {
            specs.push(Spec::new(family, shape, 10_000 / size, 2_500 / size));
        }
    }
    let all = 10_000 / size;
    for (shape, mentees, mentors) in [
        (Shape::Single, 1, all),
        (Shape::Single, all, 1),
        (Shape::Huge, all, 1),
    ] {
        specs.push(Spec::new(Family::Constant, shape, mentees, mentors));
    }
    specs
}

/// What objectives before the total score cost, and minimums.
fn levels(filter: &str, is_test: bool) {
    println!("| instance and objectives | total score alone, ms | with them, ms | ratio |");
    println!("|---|---|---|---|");
    let size = if is_test { 20 } else { 1 };
    for family in [Family::Structured, Family::Steps] {
        for shape in [Shape::Spare, Shape::Exact, Shape::Scarce] {
            let spec = Spec::new(family, shape, 10_000 / size, 2_500 / size);
            if spec.name().contains(filter) {
                levels_of_one(&spec.name(), &spec.make(), is_test);
            }
        }
    }
}

fn levels_of_one(name: &str, instance: &Instance, is_test: bool) {
    let alone = || solve(&instance.problem(), &options()).unwrap();
    for (objectives, levels) in sequences(instance) {
        let options = SolveOptions::new(levels);
        let with = || solve(&instance.problem(), &options).unwrap();
        let name = format!("{name}: {objectives}");
        compared(&name, is_test, [&alone, &with], |alone, with| {
            with.value.last() <= alone.value.last()
        });
    }
    let [people, total] = [Level::Participation, Level::TotalScore];
    for (objectives, before) in [
        ("lowest score after participation", vec![people.clone()]),
        ("lowest score after pairs", vec![Level::Pairs, people]),
    ] {
        let at = before.len();
        let options = SolveOptions::new(before.into_iter().chain([total.clone()]));
        let with = || {
            solve_with_floor(&instance.problem(), &options, at)
                .unwrap()
                .0
        };
        let name = format!("{name}: {objectives}");
        compared(&name, is_test, [&alone, &with], |alone, with| {
            with.value.last() <= alone.value.last()
        });
    }
    let minimums = vec![1; instance.mentors];
    let minimums = instance.problem().with_minimum_loads(minimums).unwrap();
    let with = || solve(&minimums, &options()).unwrap();
    let name = format!("{name}: a mentee for every mentor");
    compared(&name, is_test, [&alone, &with], |alone, with| {
        with.value.last() <= alone.value.last()
    });
}

/// Sequences of objectives that programmes ask for; the total score comes last.
fn sequences(instance: &Instance) -> Vec<(&'static str, Vec<Level>)> {
    let of_mentors = |values: &dyn Fn(u32) -> Vec<i64>| Level::Places {
        mentees: None,
        mentors: Some(PlaceValues::new(instance.capacities.iter().map(|&c| values(c))).unwrap()),
    };
    let used = of_mentors(&|_| vec![1, 0]);
    let spread = of_mentors(&|capacity| (0..i64::from(capacity)).map(|place| -place).collect());
    let mentors: Vec<_> = MentorIdx::all(instance.mentors).collect();
    let mentor = |mentee: MenteeIdx| mentors[mentee.index() * 7 % mentors.len()];
    let before = MenteeIdx::all(instance.mentees).map(|i| (i, mentor(i), 1));
    let kept = Level::Listed(ListedValues::new(instance.mentees, before).unwrap());
    let tier = |mentee: usize| {
        if mentee.is_multiple_of(3) {
            vec![1, 0]
        } else {
            vec![]
        }
    };
    let tiers = Level::Places {
        mentees: Some(PlaceValues::new((0..instance.mentees).map(tier)).unwrap()),
        mentors: None,
    };
    let [people, total] = [Level::Participation, Level::TotalScore];
    vec![
        ("participation", vec![people.clone(), total.clone()]),
        ("mentors used", vec![people.clone(), used, total.clone()]),
        ("a tier first", vec![tiers, people.clone(), total.clone()]),
        ("pairs kept", vec![people.clone(), kept, total.clone()]),
        ("load spread", vec![people, spread, total]),
    ]
}

/// What a start saves, after a change of a hundredth of the people and after one event.
fn warm(filter: &str, is_test: bool) {
    println!("| instance and change | from nothing, ms | from the start, ms | ratio |");
    println!("|---|---|---|---|");
    let size = if is_test { 20 } else { 1 };
    for family in [
        Family::Structured,
        Family::Uniform,
        Family::Steps,
        Family::Hundred,
    ] {
        for shape in [Shape::Spare, Shape::Exact, Shape::Scarce] {
            let spec = Spec::new(family, shape, 10_200 / size, 2_500 / size);
            let name = format!("{family:?}_{shape:?}").to_lowercase();
            if name.contains(filter) {
                let instance = spec.make();
                warm_one(&name, &instance, is_test);
                if family == Family::Structured {
                    warm_levels(&name, &instance, is_test);
                }
            }
        }
    }
}

/// The first people of an instance solve a problem; then something changes.
fn warm_one(name: &str, instance: &Instance, is_test: bool) {
    let before = instance.mentees * 100 / 102;
    let original = Today::new(instance, before);
    let solution = solve(&original.problem(), &options()).unwrap();
    let start = Start::of(&solution);
    let kept = start.sum_up(&original.kept_rows());
    for change in Change::ALL {
        let mut today = original.clone();
        change.apply(&mut today, instance, &solution);
        let start = match change {
            Change::Joins => start.with_people(
                MenteeIdx::all(before).map(Some).chain([None]),
                MentorIdx::all(instance.mentors).map(Some),
            ),
            _ => start.clone(),
        };
        let problem = today.problem();
        let cold = || solve(&problem, &options()).unwrap();
        let warm = || solve_from(&problem, &options(), &start).unwrap();
        let name = format!("{name}: {}", change.name());
        row(&name, is_test, cold, warm);
        let rows = today.rows_after(&original);
        let warm = || {
            let kept = kept.followed_by(today.mentees, |mentee| rows[mentee].clone());
            let kept = kept.unwrap();
            let problem = today.bounded(Problem::kept(&kept).unwrap());
            solve_from(&problem, &options(), &start).unwrap()
        };
        row(&format!("{name}, rows kept"), is_test, cold, warm);
    }
}

/// The same where the network solves it: pairs are to be kept, loads spread, or every mentor to have a mentee.
fn warm_levels(name: &str, instance: &Instance, is_test: bool) {
    let before = instance.mentees * 100 / 102;
    let original = Today::new(instance, before);
    let matched = solve(&original.problem(), &options()).unwrap();
    let kept = matched.assignment.pairs().map(|(i, j)| (i, j, 1));
    let kept = Level::Listed(ListedValues::new(before, kept).unwrap());
    let spread = instance.capacities.iter();
    let spread = spread.map(|&places| (0..i64::from(places)).map(|place| -place).collect());
    let spread = Level::Places {
        mentees: None,
        mentors: Some(PlaceValues::new(spread.collect::<Vec<Vec<i64>>>()).unwrap()),
    };
    let [people, total] = [Level::Participation, Level::TotalScore];
    for (objectives, minimum, levels) in [
        ("pairs kept", 0, vec![people.clone(), kept, total.clone()]),
        ("load spread", 0, vec![people, spread, total.clone()]),
        ("a mentee for every mentor", 1, vec![total]),
    ] {
        let options = SolveOptions::new(levels);
        let minimums = vec![minimum; instance.mentors];
        let bounded = |today: &Today| {
            let own = minimums.iter().zip(&today.capacities);
            let own = own.map(|(&min, &max)| min.min(max)).collect();
            Problem::dense(
                today.mentees,
                today.mentors,
                today.scores.clone(),
                Some(ABSENT),
            )
            .and_then(|problem| problem.with_capacities(today.capacities.clone()))
            .and_then(|problem| problem.with_demands(today.demands.clone()))
            .and_then(|problem| problem.with_minimum_loads(own))
            .unwrap()
        };
        let solution = solve(&bounded(&original), &options).unwrap();
        let start = Start::of(&solution);
        for change in [
            Change::Mentees,
            Change::MenteeLeaves,
            Change::MentorLeaves,
            Change::Veto,
        ] {
            let mut today = original.clone();
            change.apply(&mut today, instance, &solution);
            let problem = bounded(&today);
            let cold = || solve(&problem, &options).unwrap();
            let warm = || solve_from(&problem, &options, &start).unwrap();
            let name = format!("{name}, {objectives}: {}", change.name());
            compared(&name, is_test, [&cold, &warm], |cold, warm| {
                cold.value == warm.value
            });
        }
    }
}

/// The people of today.
#[derive(Clone)]
struct Today {
    mentees: usize,
    mentors: usize,
    scores: Vec<i32>,
    capacities: Vec<u32>,
    demands: Vec<u32>,
}

impl Today {
    fn new(instance: &Instance, mentees: usize) -> Self {
        Self {
            mentees,
            mentors: instance.mentors,
            scores: instance.scores[..mentees * instance.mentors].to_vec(),
            capacities: instance.capacities.clone(),
            demands: vec![1; mentees],
        }
    }

    fn problem(&self) -> Problem<'_> {
        let scores = &self.scores[..];
        self.bounded(Problem::dense(self.mentees, self.mentors, scores, Some(ABSENT)).unwrap())
    }

    fn bounded<'p>(&self, problem: Problem<'p>) -> Problem<'p> {
        let problem = problem.with_capacities(self.capacities.clone()).unwrap();
        problem.with_demands(self.demands.clone()).unwrap()
    }

    fn kept_rows(&self) -> KeptRows {
        let rows = self.scores.chunks(self.mentors).map(<[i32]>::to_vec);
        KeptRows::new(self.mentors, rows, Some(ABSENT)).unwrap()
    }

    /// By mentee: the row of before, or what it is now.
    fn rows_after(&self, before: &Self) -> Vec<KeptRow> {
        let mut rows = before.scores.chunks(before.mentors);
        let after = self.scores.chunks(self.mentors);
        let row = |(mentee, row): (MenteeIdx, &[i32])| match rows.next() {
            Some(before) if before == row => KeptRow::Same(mentee),
            _ => KeptRow::New(row.to_vec()),
        };
        MenteeIdx::all(self.mentees).zip(after).map(row).collect()
    }
}

/// What has changed since.
#[derive(Clone, Copy)]
enum Change {
    /// A hundredth of the mentees are others.
    Mentees,
    /// A hundredth of the mentors have one place more or less.
    Places,
    Joins,
    MenteeLeaves,
    MentorLeaves,
    Veto,
}

impl Change {
    const ALL: [Self; 6] = [
        Self::Mentees,
        Self::Places,
        Self::Joins,
        Self::MenteeLeaves,
        Self::MentorLeaves,
        Self::Veto,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Mentees => "1 % of the mentees",
            Self::Places => "1 % of the mentors' places",
            Self::Joins => "a mentee joins",
            Self::MenteeLeaves => "a mentee leaves",
            Self::MentorLeaves => "a mentor leaves",
            Self::Veto => "a pair is vetoed",
        }
    }

    fn apply(self, today: &mut Today, instance: &Instance, before: &Solution) {
        let mut random = Random::new(1);
        let mentors = today.mentors;
        let mut below = |people: usize| random.below(u32::try_from(people).unwrap()) as usize;
        let (mentee, mentor) = before.assignment.pairs().nth(77).unwrap();
        let [mentee, mentor] = [mentee.index(), mentor.index()];
        match self {
            Self::Mentees => {
                for newcomer in 0..today.mentees / 100 {
                    let row = (today.mentees + newcomer) * mentors;
                    let place = below(today.mentees) * mentors;
                    today.scores[place..][..mentors]
                        .copy_from_slice(&instance.scores[row..][..mentors]);
                }
            }
            Self::Places => {
                for at in 0..mentors / 100 {
                    let capacity = &mut today.capacities[below(mentors)];
                    *capacity = if at % 2 == 0 {
                        *capacity + 1
                    } else {
                        capacity.saturating_sub(1)
                    };
                }
            }
            Self::Joins => {
                let row = today.mentees * mentors;
                today
                    .scores
                    .extend_from_slice(&instance.scores[row..][..mentors]);
                today.demands.push(1);
                today.mentees += 1;
            }
            Self::MenteeLeaves => today.demands[mentee] = 0,
            Self::MentorLeaves => today.capacities[mentor] = 0,
            Self::Veto => today.scores[mentee * mentors + mentor] = ABSENT,
        }
    }
}

/// A way to solve.
type Way<'a> = &'a dyn Fn() -> Solution;

/// Has two ways take turns that must come to the same value.
fn row(name: &str, is_test: bool, one: impl Fn() -> Solution, other: impl Fn() -> Solution) {
    compared(name, is_test, [&one, &other], |one, other| {
        one.value[0] == other.value[0]
    });
}

/// Has two ways take turns whose solutions must agree.
fn compared(
    name: &str,
    is_test: bool,
    [one, other]: [Way<'_>; 2],
    agree: fn(&Solution, &Solution) -> bool,
) {
    let (mut of_one, mut of_other, mut turns) = (Vec::new(), Vec::new(), 0);
    let started = Instant::now();
    let least = if is_test { 1 } else { TURNS };
    while turns < least || (!is_test && started.elapsed().as_secs_f64() < SECONDS) {
        let (expected, seconds) = timed(one);
        of_one.push(seconds);
        let (found, seconds) = timed(other);
        of_other.push(seconds);
        assert!(agree(&expected, &found), "{name}");
        turns += 1;
    }
    let [one, other] = [of_one, of_other].map(least_of);
    println!(
        "| {name} | {:.2} | {:.2} | {:.2} |",
        one * 1e3,
        other * 1e3,
        other / one
    );
}

fn timed(solve: Way<'_>) -> (Solution, f64) {
    let started = Instant::now();
    let solution = solve();
    (solution, started.elapsed().as_secs_f64())
}

fn least_of(times: Vec<f64>) -> f64 {
    times.into_iter().fold(f64::INFINITY, f64::min)
}
