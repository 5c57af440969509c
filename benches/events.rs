//! What events take, one by one, and a rematch after a hundredth of the people changed.
//!
//! ```text
//! cargo bench --bench events                    # all
//! cargo bench --bench events -- spare_canonical # what matches
//! ```
//!
//! 10,000 mentees and 2,500 mentors with structured scores that are known: rows are read from a table. Events of
//! all kinds follow one another, each timed from the event to the proved plan; what a plan takes from nothing,
//! and what of that is solving, stands beside. Times are milliseconds, by the clock and of the processors: the
//! latter are for all threads together, from Linux, and say something on a machine that is busy with other things.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use common::random::Random;
use common::{ABSENT, Family, Instance, Shape, Spec};
use mentormatch::solver::{Level, Problem, SolveOptions, TieBreak, solve};
use mentormatch::{
    BadScore, Cohort, Context, Criterion, CustomCriterion, CustomRule, Engine, Event, ForbidRow,
    Mentee, MenteeIdx, Mentor, MentorIdx, Objective, Plan, Profile, Programme, ProgrammeBuilder,
    ProgrammeError, Rule, RunOptions, Score, ScoreRow, TieBreaking,
};

const EVENTS: u32 = 240;

fn main() {
    let words: Vec<String> = env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let is_test = words.iter().any(|word| word == "--test");
    let filter = words.iter().find(|word| !word.starts_with("--"));
    println!("| instance | event | number | median | worst | median CPU | worst CPU |");
    println!("|---|---|---|---|---|---|---|");
    for shape in [Shape::Spare, Shape::Exact, Shape::Scarce] {
        for ties in [TieBreaking::Fast, TieBreaking::Canonical] {
            let name = format!("{shape:?}_{ties:?}").to_lowercase();
            if filter.is_none_or(|word| name.contains(word.as_str())) {
                measure(&name, shape, ties, is_test);
            }
        }
    }
    if filter.is_none_or(|word| "pairs_kept_spare_fast".contains(word.as_str())) {
        measure_kept(is_test);
    }
}

/// A programme that keeps pairs before it looks at scores, which the network solves: a few mentees come and go.
fn measure_kept(is_test: bool) {
    let size = if is_test { 50 } else { 1 };
    let (mentees, mentors) = (10_000 / size, 2_500 / size);
    let all = Spec::new(Family::Structured, Shape::Spare, mentees * 11 / 10, mentors);
    let programmes = Programmes::new(all.make());
    let objectives = [
        Objective::Participation,
        Objective::KeepPairs,
        Objective::TotalScore,
    ];
    let programme = ProgrammeBuilder::from(&programmes.programme).objectives(objectives);
    let cohort = Cohort::new(
        (0..mentors)
            .map(|at| programmes.mentor(at))
            .collect::<Vec<_>>(),
        (0..mentees).map(mentee).collect::<Vec<_>>(),
    );
    let options = RunOptions::default().tie_breaking(TieBreaking::Fast);
    let engine = Engine::new(programme.build().unwrap());
    let mut plan = engine.plan(&cohort.unwrap(), &options).unwrap();
    let mut times = Vec::new();
    for at in 0..6 {
        for event in [
            Event::mentee_leaves(format!("e{at}")),
            Event::mentee_joins(mentee(mentees + at)),
        ] {
            let (next, time) = timed(|| plan.apply(event).unwrap());
            times.push(time);
            plan = next;
        }
    }
    row("pairs_kept_spare_fast", "a mentee comes or goes", &times);
}

/// People numbered as in an instance; the last of them come later.
struct Programmes {
    instance: Arc<Instance>,
    programme: Programme,
}

impl Programmes {
    fn new(instance: Instance) -> Self {
        let instance = Arc::new(instance);
        let programme = Programme::builder()
            .weigh(1, CustomCriterion::new(Known(Arc::clone(&instance))))
            .forbid(CustomRule::new(Known(Arc::clone(&instance))))
            .build();
        Self {
            programme: programme.unwrap(),
            instance,
        }
    }

    fn mentor(&self, number: u32) -> Mentor {
        let own = Profile::new(format!("r{number}")).seniority(u16::try_from(number).unwrap());
        let capacities = &self.instance.capacities;
        own.mentor(capacities[number as usize % capacities.len()])
    }
}

fn mentee(number: u32) -> Mentee {
    Profile::new(format!("e{number}"))
        .seniority(u16::try_from(number).unwrap())
        .mentee()
}

/// Scores that are known: a host's own table of them, of which rows are read.
struct Known(Arc<Instance>);

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Known")
    }
}

impl Criterion for Known {
    fn name(&self) -> &str {
        "structured"
    }

    fn reads_others(&self) -> bool {
        false
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        Ok(Box::new(Table::new(&self.0, context.cohort)))
    }
}

impl Rule for Known {
    fn name(&self) -> &str {
        "forbidden"
    }

    fn reads_others(&self) -> bool {
        false
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        Ok(Box::new(Table::new(&self.0, context.cohort)))
    }
}

/// The table, and where everybody stands in it: whoever comes when all are there is like somebody who came before.
struct Table {
    known: Arc<Instance>,
    /// By mentee.
    rows: Vec<usize>,
    /// By mentor.
    columns: Vec<usize>,
}

impl Table {
    fn new(known: &Arc<Instance>, cohort: &Cohort) -> Self {
        let place = |profile: &Profile, all| usize::from(profile.seniority.unwrap_or(0)) % all;
        let (mentees, mentors) = (cohort.mentees().iter(), cohort.mentors().iter());
        Self {
            rows: mentees
                .map(|own| place(&own.profile, known.mentees))
                .collect(),
            columns: mentors
                .map(|own| place(&own.profile, known.mentors))
                .collect(),
            known: Arc::clone(known),
        }
    }

    /// A mentee's scores, by mentor.
    fn row(&self, mentee: MenteeIdx) -> impl Iterator<Item = i32> {
        let row =
            &self.known.scores[self.rows[mentee] * self.known.mentors..][..self.known.mentors];
        self.columns.iter().map(|&column| row[column])
    }

    fn cell(&self, mentee: MenteeIdx, mentor: MentorIdx) -> i32 {
        self.known.scores[self.rows[mentee] * self.known.mentors + self.columns[mentor]]
    }
}

fn score_of(cell: i32) -> Option<Score> {
    Some(Score::from_ppm_saturating(u32::try_from(cell).unwrap_or(0)))
}

impl ScoreRow for Table {
    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        Ok(score_of(self.cell(mentee, mentor)))
    }

    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        for (score, cell) in row.iter_mut().zip(self.row(mentee)) {
            *score = score_of(cell);
        }
        Ok(())
    }
}

impl ForbidRow for Table {
    fn forbids(&self, mentee: MenteeIdx, mentor: MentorIdx) -> bool {
        self.cell(mentee, mentor) == ABSENT
    }

    fn forbid_row(&self, mentee: MenteeIdx, row: &mut [bool]) {
        for (forbidden, cell) in row.iter_mut().zip(self.row(mentee)) {
            *forbidden |= cell == ABSENT;
        }
    }
}

fn measure(name: &str, shape: Shape, ties: TieBreaking, is_test: bool) {
    let size = if is_test { 50 } else { 1 };
    let people = (10_000 / size, 2_500 / size);
    let (mentees, mentors) = people;
    let all = Spec::new(
        Family::Structured,
        shape,
        mentees * 11 / 10,
        mentors * 11 / 10,
    );
    let programmes = Programmes::new(all.make());
    let cohort = Cohort::new(
        (0..mentors)
            .map(|number| programmes.mentor(number))
            .collect::<Vec<_>>(),
        (0..mentees).map(mentee).collect::<Vec<_>>(),
    );
    let options = RunOptions::default().tie_breaking(ties);
    let engine = Engine::new(programmes.programme.clone());
    let cohort = cohort.unwrap();
    let planned = (0..5).map(|_| timed(|| engine.plan(&cohort, &options).unwrap()));
    let (mut plans, times): (Vec<_>, Vec<_>) = planned.unzip();
    row(name, "a plan from nothing", &times);
    let plan = plans.swap_remove(0);
    drop(plans);
    from_nothing(name, &programmes, people, ties);
    rematch(name, &plan, mentees);
    let plan = one_by_one(name, plan, &programmes, people);
    let cold = engine.run_with(plan.cohort(), &plan.options()).unwrap();
    assert_eq!(plan.objectives(), cold.objectives(), "{name}");
}

/// What the solver alone takes for the same people.
fn from_nothing(name: &str, own: &Programmes, (mentees, mentors): (u32, u32), ties: TieBreaking) {
    let all = &own.instance;
    let (mentees, mentors) = (mentees as usize, mentors as usize);
    let rows = all.scores.chunks(all.mentors).take(mentees);
    let rows = rows.map(|row| &row[..mentors]).collect();
    let problem = Problem::rows(mentors, rows, Some(ABSENT)).unwrap();
    let problem = problem
        .with_capacities(all.capacities[..mentors].to_vec())
        .unwrap();
    let options = SolveOptions::new([Level::Participation, Level::TotalScore]);
    let options = options.tie_break(match ties {
        TieBreaking::Canonical => TieBreak::Canonical,
        _ => TieBreak::Fast,
    });
    let solved = (0..5).map(|_| timed(|| solve(&problem, &options).unwrap()).1);
    row(name, "solving from nothing", &solved.collect::<Vec<_>>());
}

/// A hundredth of the mentees are others.
fn rematch(name: &str, plan: &Plan, mentees: u32) {
    let others = (0..mentees / 100).flat_map(|at| {
        let leaver = at * 97 % mentees;
        [
            Event::mentee_leaves(format!("e{leaver}")),
            Event::mentee_joins(mentee(mentees + at)),
        ]
    });
    let events: Vec<_> = others.collect();
    let mut times = Vec::new();
    for _ in 0..7 {
        let events = events.clone();
        let (next, time) = timed(|| plan.apply_all(events).unwrap());
        times.push(time);
        assert_eq!(next.verify(), Ok(()));
    }
    row(name, "1 % of the mentees are others", &times);
}

fn one_by_one(name: &str, mut plan: Plan, own: &Programmes, people: (u32, u32)) -> Plan {
    let mut random = Random::new(7);
    let mut next = people;
    let mut times: BTreeMap<&'static str, Vec<Time>> = BTreeMap::new();
    for _ in 0..EVENTS {
        let (kind, event) = event(&mut random, &plan, own, (people, &mut next));
        let (Ok(after), time) = timed(|| plan.apply(event)) else {
            continue; // somebody has left before
        };
        times.entry(kind).or_default().push(time);
        plan = after;
    }
    for (kind, times) in &times {
        row(name, kind, times);
    }
    let all: Vec<Time> = times.into_values().flatten().collect();
    row(name, "all events", &all);
    plan
}

fn event(
    random: &mut Random,
    plan: &Plan,
    own: &Programmes,
    (people, next): ((u32, u32), &mut (u32, u32)),
) -> (&'static str, Event) {
    let (mentees, mentors) = people;
    let old = format!("e{}", random.below(mentees));
    let mentor = format!("r{}", random.below(mentors));
    match random.below(20) {
        0..=5 => {
            next.0 += 1;
            ("a mentee joins", Event::mentee_joins(mentee(next.0 - 1)))
        }
        6..=10 => ("a mentee leaves", Event::mentee_leaves(old)),
        11 if next.1 < mentors * 11 / 10 => {
            next.1 += 1;
            (
                "a mentor joins",
                Event::mentor_joins(own.mentor(next.1 - 1)),
            )
        }
        11 | 12 => ("a mentor leaves", Event::mentor_leaves(mentor)),
        13 | 14 => ("a mentor has one place", Event::capacity(mentor, 1)),
        15 | 16 => ("a mentor has nine places", Event::capacity(mentor, 9)),
        17 => {
            let (number, place) = (mentees + random.below(mentees / 10), &old[1..]);
            let other = u16::try_from(number).unwrap();
            let profile = Profile::new(format!("e{place}")).seniority(other);
            (
                "a mentee has another profile",
                Event::mentee_changes(profile.mentee()),
            )
        }
        _ => {
            let pairs = plan.pairs();
            let made = &pairs[random.below(u32::try_from(pairs.len()).unwrap()) as usize];
            ("a pair is vetoed", Event::veto(&made.mentee, &made.mentor))
        }
    }
}

/// Seconds by the clock, and of all threads on a processor.
type Time = (f64, f64);

fn timed<T>(act: impl FnOnce() -> T) -> (T, Time) {
    let (started, before) = (Instant::now(), on_processor());
    let made = act();
    (
        made,
        (started.elapsed().as_secs_f64(), on_processor() - before),
    )
}

/// Seconds that all threads of this process have spent on a processor; 0 where that is not to be had.
fn on_processor() -> f64 {
    let threads = fs::read_dir("/proc/self/task")
        .into_iter()
        .flatten()
        .flatten();
    let of_thread = |path: PathBuf| -> Option<f64> {
        let text = fs::read_to_string(path.join("schedstat")).ok()?;
        text.split(' ').next()?.parse().ok()
    };
    let nanoseconds: f64 = threads.filter_map(|own| of_thread(own.path())).sum();
    nanoseconds / 1e9
}

fn row(name: &str, event: &str, times: &[Time]) {
    let (Some(clock), Some(processor)) = (
        spread(times.iter().map(|time| time.0)),
        spread(times.iter().map(|time| time.1)),
    ) else {
        return;
    };
    println!(
        "| {name} | {event} | {} | {clock} | {processor} |",
        times.len()
    );
}

/// Median and worst, in milliseconds.
fn spread(times: impl Iterator<Item = f64>) -> Option<String> {
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    let (worst, median) = (times.last()?, times[times.len() / 2]);
    Some(format!("{:.2} | {:.2}", median * 1e3, worst * 1e3))
}
