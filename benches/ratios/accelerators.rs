//! What each accelerator is worth where it is at work.

use super::common::{Family, Instance, Shape, Spec};
use super::{options, row};
use mentormatch::solver::{Accelerator, Level, Problem, SolveOptions, solve};

/// An instance, and accelerators that it needs.
type AtWork = (Spec, &'static [Accelerator]);

/// Those that the total score by itself sees at work.
fn at_work(size: u32) -> Vec<AtWork> {
    use Accelerator::{Agreed, Alone, Market, Pairing, RowSearches, Twins, WholeRows};
    let spec = |family, shape, mentees: u32, mentors: u32| {
        Spec::new(
            family,
            shape,
            (mentees / size).max(1),
            (mentors / size).max(1),
        )
    };
    vec![
        (
            spec(Family::Structured, Shape::Exact, 2_000, 500),
            &[Market, RowSearches],
        ),
        (
            spec(Family::Products, Shape::Exact, 400, 100),
            &[WholeRows, RowSearches],
        ),
        (spec(Family::Popular, Shape::Exact, 2_000, 500), &[Agreed]),
        (spec(Family::Profiles, Shape::Spare, 2_000, 500), &[Twins]),
        (
            spec(Family::Structured, Shape::Square, 1_000, 1),
            &[Pairing, WholeRows],
        ),
        (spec(Family::Uniform, Shape::Single, 10_000, 1), &[Alone]),
    ]
}

/// Times without each of them beside those with all.
pub(crate) fn accelerators(filter: &str, is_test: bool) {
    println!("| instance, without | all, ms | without, ms | ratio |");
    println!("|---|---|---|---|");
    let size = if is_test { 20 } else { 1 };
    for (spec, accelerators) in at_work(size) {
        let instance = spec.make();
        for &own in accelerators {
            without(own, (&spec.name(), filter, is_test), options(), || {
                instance.problem()
            });
        }
    }
    let instance = Spec::new(Family::Structured, Shape::Exact, 2_000 / size, 500 / size).make();
    raised(&instance, filter, is_test);
    in_parts(filter, is_test);
}

/// Everybody takes part, though each pair costs.
fn raised(instance: &Instance, filter: &str, is_test: bool) {
    let highest = instance.scores.iter().max().unwrap();
    let costs: Vec<i32> = instance
        .scores
        .iter()
        .map(|score| score - highest - 1)
        .collect();
    let problem = || {
        let problem = Problem::dense(instance.mentees, instance.mentors, &costs, None).unwrap();
        problem
            .with_capacities(instance.capacities.clone())
            .unwrap()
    };
    let options = SolveOptions::new([Level::Participation, Level::TotalScore]);
    let name = "structured costs of all who take part";
    without(
        Accelerator::Raise,
        (name, filter, is_test),
        options,
        problem,
    );
}

/// A hundred sites, whose people have pairs with each other only.
fn in_parts(filter: &str, is_test: bool) {
    let sites = if is_test { 3 } else { 100 };
    let site = Spec::new(Family::Uniform, Shape::Exact, 1_000, 250)
        .listed(20)
        .make();
    let (starts, mentors) = site.lists.as_ref().unwrap();
    let (mut all_starts, mut all_mentors) = (vec![0], Vec::new());
    for number in 0..sites {
        let (pairs, first) = (
            all_mentors.len() as u64,
            number * u32::try_from(site.mentors).unwrap(),
        );
        all_starts.extend(starts[1..].iter().map(|start| start + pairs));
        all_mentors.extend(mentors.iter().map(|mentor| mentor + first));
    }
    let times = usize::try_from(sites).unwrap();
    let (scores, capacities) = (site.scores.repeat(times), site.capacities.repeat(times));
    let problem = || {
        let all = site.mentors * times;
        let problem = Problem::sparse(all, &all_starts, &all_mentors, &scores).unwrap();
        problem.with_capacities(capacities.clone()).unwrap()
    };
    let name = format!("{sites} sites of 1000×250×20");
    without(
        Accelerator::Parts,
        (&name, filter, is_test),
        options(),
        problem,
    );
}

/// A row of the table.
fn without<'p>(
    accelerator: Accelerator,
    (name, filter, is_test): (&str, &str, bool),
    options: SolveOptions,
    problem: impl Fn() -> Problem<'p>,
) {
    let name = format!("{name}, {accelerator:?}");
    if name.to_lowercase().contains(filter) {
        let fewer = options.clone().without(accelerator);
        let with = || solve(&problem(), &options).unwrap();
        row(&name, is_test, with, || solve(&problem(), &fewer).unwrap());
    }
}
