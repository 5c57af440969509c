//! The market on every [part](super::super::parts) of a problem by itself.

use super::super::certificate::Prices;
use super::super::control::Hooks;
use super::super::parts::{Parts, People};
use super::*;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel;

/// What was found of a part, if it does, and the work.
type Found = Result<(Option<Answer>, u64), SolveError>;

/// The answer of all parts together; `None` if there is one only or too little room, or if one needs another way.
pub(super) fn solve_parts(
    problem: &Problem<'_>,
    levels: &[Level],
    (options, start): (&SolveOptions, Option<&Start>),
    tuning: Tuning,
    control: &mut Control<'_>,
) -> Result<Option<Answer>, SolveError> {
    if !tuning.uses(Accelerator::Parts) {
        return Ok(None);
    }
    let parts = Parts::of(problem, tuning.pairs_of_part, control.watch());
    control.go_on()?;
    let Some(parts) = parts else {
        return Ok(None);
    };
    let needed =
        Market::bytes(problem, Access::InMemory, tuning).saturating_add(parts.bytes(problem));
    let left = options.memory_limit.map(|most| most.checked_sub(needed));
    if left == Some(None) {
        return Ok(None);
    }
    // All parts may be asked once more at a time.
    let memory_limit = left.flatten().map(|left| left / parts.parts.len() as u64);
    let paired = start.map(|start| start.paired(problem.mentees()));
    let answer = |part: &People, control: &mut Control<'_>| -> Found {
        let before = control.work();
        let own = parts.problem(problem, part);
        let start = start.zip(paired.as_ref());
        let start = start.map(|(start, paired)| parts.start(start, paired, part));
        let asked = Asked {
            start: start.as_ref(),
            whole: None,
            tuning,
            memory_limit,
        };
        let tried = asked.try_market(&own, levels.to_vec(), control)?;
        let answer = tried.is_solved.then_some(tried.answer);
        Ok((answer, control.work() - before))
    };
    control.begin_parts(parts.parts.len(), levels.len());
    let (mut answers, mut work) = (Vec::new(), 0);
    for found in of_each(&parts, &options.hooks, control, answer)? {
        let (answer, own) = found?;
        answers.extend(answer);
        work += own;
    }
    let are_all_solved = answers.len() == parts.parts.len();
    Ok(are_all_solved.then(|| together(problem, levels, &parts.parts, (answers, work))))
}

/// What is found of each part: of all at once, or of one after the other.
fn of_each(
    parts: &Parts,
    hooks: &Hooks,
    control: &mut Control<'_>,
    answer: impl Fn(&People, &mut Control<'_>) -> Found + Sync + Send,
) -> Result<Vec<Found>, SolveError> {
    // How far each part is tells nothing of the whole.
    let mut quiet = hooks.clone();
    quiet.progress = None;
    if is_heard(hooks) {
        let mut own = Control::new(&quiet);
        let one_by_one = parts.parts.iter().map(|part| {
            let found = answer(part, &mut own);
            control.step();
            let work = found.as_ref().map_or(0, |found| found.1);
            match control.spend(work) {
                Err(Stop::Cancelled) => Err(SolveError::Cancelled),
                _ => found, // at a limit, what is left is made do with
            }
        });
        return Ok(one_by_one.collect());
    }
    let found = parallel::each(parts.parts.len(), |part| {
        answer(&parts.parts[part], &mut Control::new(&quiet))
    });
    let work = found.iter().flatten().map(|found| found.1).sum();
    control.spend(work).map_err(|_| SolveError::Cancelled)?;
    Ok(found)
}

/// Whether somebody is to be told or asked on the way, or work is limited, so that parts come one after the other.
fn is_heard(hooks: &Hooks) -> bool {
    hooks.stop.is_some() || hooks.progress.is_some() || hooks.work_limit.is_some()
}

/// The parts' answers side by side.
fn together(
    problem: &Problem<'_>,
    levels: &[Level],
    parts: &[People],
    (found, work): (Vec<Answer>, u64),
) -> Answer {
    let mut pairs = Vec::new();
    let mut prices = vec![Prices::none(problem); levels.len()];
    let mut stats = Stats {
        pairs_listed: 0,
        rounds: 0,
        work,
    };
    let mut stopped: Option<usize> = None;
    for (part, own) in parts.iter().zip(found) {
        let whole = |(mentee, mentor): (MenteeIdx, MentorIdx)| {
            (part.mentees[mentee.index()], part.mentors[mentor.index()])
        };
        pairs.extend(own.assignment.pairs().map(whole));
        add_prices(problem, part, &own, &mut prices);
        stats.pairs_listed += own.stats.pairs_listed;
        stats.rounds = stats.rounds.max(own.stats.rounds);
        stopped = [stopped, own.stopped].into_iter().flatten().min();
    }
    Answer {
        assignment: Assignment::from_pairs(problem.mentees(), pairs),
        levels: levels.to_vec(),
        prices,
        stopped,
        stats,
    }
}

/// Adds the prices of a part to those of all. Whoever has everybody of her part and would take more had no place left
/// there, but has one now: she costs nothing, which no pair minds, since she has all of hers.
fn add_prices(problem: &Problem<'_>, part: &People, own: &Answer, prices: &mut [Prices]) {
    let (mentees, mentors) = own.assignment.loads_by_side(part.mentors.len());
    let fill = |people: &[u32],
                (own, loads): (&[i64], &[u64]),
                others: usize,
                max: &[u32],
                all: &mut [i64]| {
        for ((&person, &price), &load) in people.iter().zip(own).zip(loads) {
            let would_take_more = load == others as u64 && load < u64::from(max[person as usize]);
            all[person as usize] = if would_take_more { 0 } else { price };
        }
    };
    let numbers = (part.mentees.len(), part.mentors.len());
    let (of_mentees, of_mentors) = (&problem.mentees.max, &problem.mentors.max);
    for (all, own) in prices.iter_mut().zip(&own.prices) {
        fill(
            &part.mentees,
            (&own.mentees, &mentees),
            numbers.1,
            of_mentees,
            &mut all.mentees,
        );
        fill(
            &part.mentors,
            (&own.mentors, &mentors),
            numbers.0,
            of_mentors,
            &mut all.mentors,
        );
    }
}
