//! The lowest score as an objective, and what trading the total score takes.
//!
//! ```text
//! cargo bench --bench frontier                # 10,000 × 2,500
//! cargo bench --bench frontier -- changes     # what matches
//! cargo bench --bench frontier -- --test      # small, each once
//! ```
//!
//! Times are of one call, the check of every proof included. The earlier matching is the best one of a programme
//! that weighs two of its eight criteria otherwise.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench"
)]

#[path = "../tests/roster/mod.rs"]
mod roster;

mod programme;

use std::env;
use std::time::{Duration, Instant};

use mentormatch::{
    Against, Cohort, Engine, Field, FrontierOptions, Mentee, Mentor, Objective, Outcome, Programme,
    ProgrammeBuilder, Quota, Role, RunOptions, Score, TradeOff, TradeOffPoint,
};

fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    let is_test = words.iter().any(|word| word == "--test");
    let filter = words.iter().find(|word| !word.starts_with("--"));
    let wants = |name: &str| filter.is_none_or(|filter| name.contains(filter.as_str()));
    let (mentees, mentors) = if is_test { (100, 25) } else { (10_000, 2_500) };
    println!("| people | question | seconds | points | gap |");
    println!("|---|---|---|---|---|");
    for (people, capacities) in [("spare", &[1, 3, 5, 7, 9][..]), ("scarce", &[1, 2])] {
        let town = Town {
            people,
            cohort: programme::cohort(mentees, mentors, capacities),
        };
        if wants("objective") {
            town.objectives();
        }
        if wants("lowest") {
            town.lowest_scores();
        }
        if wants("changes") {
            town.changes();
        }
        if wants("groups") {
            town.groups();
        }
    }
}

struct Town {
    people: &'static str,
    cohort: Cohort,
}

impl Town {
    fn run(&self, programme: &Programme, before: Option<&Outcome>) -> Outcome {
        let started = Instant::now();
        let pairs = before.into_iter().flat_map(|own| &own.matching().pairs);
        let pairs = pairs.map(|pair| (pair.mentee.clone(), pair.mentor.clone()));
        let options = RunOptions::default()
            .previous(pairs)
            .clock(move || started.elapsed());
        let engine = Engine::new(programme.clone());
        engine.run_with(&self.cohort, &options).unwrap()
    }

    fn told(&self, question: &str, time: Duration, points: usize, gap: u64) {
        let seconds = time.as_secs_f64();
        let people = self.people;
        println!("| {people} | {question} | {seconds:.2} | {points} | {gap} |");
    }

    /// Solving with and without the lowest score, canonical pairs.
    fn objectives(&self) {
        let usual = programme::weighing(programme::eight_criteria());
        let total = usual.clone().build().unwrap();
        let [first, last] = [Objective::Participation, Objective::TotalScore];
        let lowest = usual.objectives([first, Objective::WorstScore, last]);
        let lowest = lowest.build().unwrap();
        let least = |programme: &Programme| {
            let solving = (0..5).map(|_| self.run(programme, None).timings().solving);
            solving.min().unwrap()
        };
        self.told("objective: without the lowest score", least(&total), 1, 0);
        self.told("objective: with the lowest score", least(&lowest), 1, 0);
    }

    fn lowest_scores(&self) {
        let programme = programme::weighing(programme::eight_criteria());
        let outcome = self.run(&programme.build().unwrap(), None);
        let steps = FrontierOptions::default().step(Score::from_unit(0.01).unwrap());
        for (name, options) in [
            ("lowest scores in steps of 1 %", steps),
            ("lowest scores, all", FrontierOptions::default()),
        ] {
            let started = Instant::now();
            let found = outcome.frontier_of_worst_score(&options).unwrap();
            self.told(name, started.elapsed(), found.points().len(), 0);
        }
    }

    /// Since the earlier matching, two criteria weigh otherwise, or some people have joined.
    fn changes(&self) {
        let now = programme::weighing(programme::eight_criteria());
        let now = now.build().unwrap();
        let mut turned = programme::eight_criteria();
        turned.swap(3, 4);
        let before = self.run(&programme::weighing(turned).build().unwrap(), None);
        self.curve("criteria", &now, &before);
        for (name, share) in [("1 % new", 100), ("10 % new", 10)] {
            let before = Town {
                people: self.people,
                cohort: self.without_every(share),
            };
            self.curve(name, &now, &before.run(&now, None));
        }
    }

    fn curve(&self, since: &str, now: &Programme, before: &Outcome) {
        let outcome = self.run(now, Some(before));
        for most in [20, usize::MAX] {
            let options = match most {
                usize::MAX => FrontierOptions::default(),
                most => FrontierOptions::default().solves(most),
            };
            self.trade((&outcome, since), Against::Changes, &options);
        }
    }

    /// The people without every so many of them on both sides.
    fn without_every(&self, share: usize) -> Cohort {
        let mentors = self.cohort.mentors().iter().enumerate();
        let mentees = self.cohort.mentees().iter().enumerate();
        let mentors = mentors.filter(|(at, _)| at % share > 0);
        let mentees = mentees.filter(|(at, _)| at % share > 0);
        Cohort::new(
            mentors.map(|(_, own)| Mentor::clone(own)),
            mentees.map(|(_, own)| Mentee::clone(own)),
        )
        .unwrap()
    }

    fn groups(&self) {
        let programme = programme::weighing(programme::eight_criteria());
        let outcome = self.run(&targets(programme).build().unwrap(), None);
        let options = FrontierOptions::default().solves(20);
        self.trade((&outcome, "targets"), Against::GroupGap, &options);
    }

    fn trade(
        &self,
        (outcome, since): (&Outcome, &str),
        against: Against,
        options: &FrontierOptions,
    ) {
        let started = Instant::now();
        let found = outcome.trade_off(against, options).unwrap();
        let time = started.elapsed();
        let solves = options.solves;
        let solves = solves.map_or("all".into(), |most| format!("{most} solves"));
        let question = format!("{against:?}, {since}, {solves}");
        self.told(&question, time, found.points().len(), found.gap());
        if options.solves.is_none() {
            self.settle(&found);
        }
    }

    /// The best for the figure in the middle of the widest edge.
    fn settle(&self, found: &TradeOff) {
        let width = |two: &&[TradeOffPoint]| two[0].figure.abs_diff(two[1].figure);
        let Some(edge) = found.points().windows(2).max_by_key(width) else {
            return;
        };
        let figure = edge[0].figure.midpoint(edge[1].figure);
        let before = found.best(figure).unwrap().short_by;
        let started = Instant::now();
        let options = FrontierOptions::default().solves(100);
        let settled = found.settle(figure, &options).unwrap().unwrap();
        let (time, width) = (started.elapsed(), width(&edge));
        let question = format!(
            "… the middle of an edge of {width}, gap {before} before, {} solves",
            settled.solves
        );
        self.told(&question, time, 1, settled.best.short_by);
    }
}

/// A tenth of the mentees' pairs for each department of mentors.
fn targets(mut builder: ProgrammeBuilder) -> ProgrammeBuilder {
    for department in (0..6).map(|at| format!("department {at}")) {
        let quota = Quota::new(Role::Mentor, Field::Department, [department.as_str()]);
        builder = builder.quota(quota.target(1_000));
    }
    builder
}
