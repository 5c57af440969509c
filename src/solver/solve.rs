//! One call: choose the method, solve, prove, check.

mod above;

mod parts;

mod raised;

use super::accelerators::Accelerator;
use super::answer::Answer;
use super::assignment::Assignment;
use super::blend::Blend;
use super::control::{Control, Stop};
use super::draw;
use super::error::SolveError;
use super::flow_model::FlowModel;
use super::forced::Forced;
use super::greedy;
use super::kuhn_munkres;
use super::level::{Level, with_minimums};
use super::lone;
use super::market::{Market, Tuning};
use super::network::OPEN;
use super::options::{Method, SolveOptions, TieBreak};
use super::plain;
use super::problem::{Access, Problem};
use super::run::{LIST_LENGTH, Run, check_budget};
use super::solution::{Solution, Stats};
use super::start::Start;
use above::Floored;

/// Below this many pairs, lists cost more than they save.
const SMALL: usize = 1 << 14;

/// Solves a problem, exactly, and checks the proof.
///
/// An unmatched mentee, an idle mentor or a minimum that cannot be met is part of the answer, never
/// an error. The call blocks; parallel passes run in the caller's rayon pool.
///
/// ```
/// use mentormatch::solver::{Level, Problem, SolveOptions, solve};
///
/// // One mentor with two places; the third mentee stays unmatched.
/// let problem = Problem::dense(3, 1, vec![50, 90, 70], None)?.with_capacities(vec![2])?;
/// let solution = solve(&problem, &SolveOptions::new([Level::Participation, Level::TotalScore]))?;
/// assert_eq!(solution.value, [2, 160]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Bad options; a method that cannot express the problem; cancellation; too little memory.
///
/// # Complexity
/// Without minimums, groups and mentors of kinds: a few passes over the pairs, an auction and short searches, close
/// to linear in the pairs in practice unless scores are sums or products of two sides, or a few mentors have hundreds
/// of places each; memory for a few dozen pairs a participant beside the scores, and, if the limit allows, for a copy
/// of the scores where they are in parts or more people can take part than the total score wants. Of
/// [`Problem::sparse`], parts that have nobody in common are solved at once, or where a hook but for cancellation is
/// set one after the other; a matrix is one piece. With minimums, groups or such mentors, or with other levels, the
/// network simplex method goes on from there on the listed pairs, with one more pass over all pairs a round: a few
/// times as long in practice.
pub fn solve(problem: &Problem<'_>, options: &SolveOptions) -> Result<Solution, SolveError> {
    solve_any(problem, options, None)
}

/// As [`solve`], starting from the pairs and prices of an earlier solution: much faster where little
/// has changed. Where prices prove to be far from right, it starts again from nothing. Methods other than
/// [`Method::Auto`] take no notice of the start.
///
/// # Errors
/// As [`solve`]; never because of the start.
///
/// # Complexity
/// One pass over the pairs, and a short search for each person whom a change concerns; as [`solve`]
/// where it starts again, as it does where all agree who is best, or when scarce places become spare. It may take
/// longer than [`solve`]: up to 1.8 times where scores have few values, 1.3 to 1.5 where 1 % of 100,000 mentees with
/// listed pairs are others, twice where minimums leave no place to spare. See [`Start`] for an example.
pub fn solve_from(
    problem: &Problem<'_>,
    options: &SolveOptions,
    start: &Start,
) -> Result<Solution, SolveError> {
    solve_any(problem, options, Some(start))
}

fn solve_any(
    problem: &Problem<'_>,
    options: &SolveOptions,
    start: Option<&Start>,
) -> Result<Solution, SolveError> {
    problem.forgive();
    let solved = solve_as_promised(problem, options, start);
    match problem.refused() {
        Some(mentee) if !matches!(solved, Err(SolveError::Cancelled)) => {
            Err(SolveError::RowOutOfRange { mentee })
        }
        _ => solved,
    }
}

/// Solves a problem whose rows are as they were promised; others lose their pairs.
fn solve_as_promised(
    problem: &Problem<'_>,
    options: &SolveOptions,
    start: Option<&Start>,
) -> Result<Solution, SolveError> {
    let levels = levels(problem, options)?;
    check_budget(options, bytes(problem, &levels, options, problem.access()))?;
    if let Some(solution) = solve_alone(problem, &levels, options)? {
        return Ok(solution);
    }
    if is_for_market(problem, &levels, options) {
        return solve_plain(problem, levels, options, start, tuning(options));
    }
    if options.uses(Accelerator::Forced)
        && let Some(forced) = Forced::take_out(problem, &levels)
    {
        return solve_forced(problem, levels, &forced, (options, start));
    }
    if options.uses(Accelerator::Floor)
        && let Some(floored) = Floored::take_out(problem, &levels)
    {
        return floored.solve(problem, options, start);
    }
    if options.uses(Accelerator::CandidateLists)
        && let Some(start) = start
        && let Some(solution) = resume(problem, &levels, options, start)?
    {
        return Ok(solution);
    }
    if starts_on_market(problem, &levels, options) {
        return solve_from_relaxed(problem, levels, options);
    }
    let length = list_length(problem, options);
    let mut run = Run::new(problem, levels, options, Control::new(&options.hooks))?;
    match options.method {
        Method::KuhnMunkres => run.by_kuhn_munkres()?,
        Method::MinCostFlow | Method::Auto => run.by_flow(length)?,
    }
    run.finish()
}

/// Gives who is alone on her side whoever suits her best; `None` if nobody is, or a limit is reached already.
fn solve_alone(
    problem: &Problem<'_>,
    levels: &[Level],
    options: &SolveOptions,
) -> Result<Option<Solution>, SolveError> {
    if !options.uses(Accelerator::Alone) || !plain::is_plain(problem, levels) {
        return Ok(None);
    }
    let mut control = Control::new(&options.hooks);
    control.begin_level(0, levels.len());
    if control.spend(0).is_err() {
        return Ok(None);
    }
    let found = lone::answer(problem, levels, &options.tie_break, &control);
    let proved = found.map(|(answer, drawn)| answer.prove(problem, drawn, &mut control));
    proved.transpose()
}

/// Solves any problem on the network, from an earlier solution; `None` if that tells too little, or there is too
/// little memory for what it tells.
fn resume(
    problem: &Problem<'_>,
    levels: &[Level],
    options: &SolveOptions,
    start: &Start,
) -> Result<Option<Solution>, SolveError> {
    if !start.tells_of(levels.len()) {
        return Ok(None);
    }
    let control = Control::new(&options.hooks);
    let mut run = Run::new(problem, levels.to_vec(), options, control)?;
    match run.by_start(start) {
        Ok(true) => run.finish().map(Some),
        Ok(false) | Err(SolveError::TooLarge { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Solves any problem on the network, starting from what the market makes of a blend of the levels
/// without minimums and groups.
fn solve_from_relaxed(
    problem: &Problem<'_>,
    levels: Vec<Level>,
    options: &SolveOptions,
) -> Result<Solution, SolveError> {
    let mut control = Control::new(&options.hooks);
    control.begin_level(0, levels.len());
    let are_blended = options.uses(Accelerator::Blend);
    let (blend, blended) = if are_blended {
        let blend = Blend::of(problem, &levels, &control);
        let blended = blend.problem(problem, &levels, &control);
        (blend, blended)
    } else {
        (Blend::of_total_score(&levels), problem.relaxed())
    };
    let mut market = ask_market(&blended, options, &mut control)?;
    let mut exact = blended.relaxed();
    if are_blended && let Some(places) = blend.exact_places(problem, &levels, &market, &control) {
        exact.mentors.max = places;
        market = ask_market(&exact, options, &mut control)?;
    }
    by_network_from(problem, (&market, &blend), levels, options, control)?.finish()
}

/// The market at its end, or where it was stopped.
fn ask_market<'p>(
    problem: &'p Problem<'p>,
    options: &SolveOptions,
    control: &mut Control<'_>,
) -> Result<Market<'p>, SolveError> {
    control.go_on()?; // not all of the problem may be there
    match Market::solve(problem, tuning(options), control) {
        (_, Err(Stop::Cancelled)) => Err(SolveError::Cancelled),
        (market, _) => Ok(market),
    }
}

/// Solves a plain problem on the market.
fn solve_plain(
    problem: &Problem<'_>,
    levels: Vec<Level>,
    options: &SolveOptions,
    start: Option<&Start>,
    tuning: Tuning,
) -> Result<Solution, SolveError> {
    let mut control = Control::new(&options.hooks);
    let asked = (options, start);
    if let Some(answer) = parts::solve_parts(problem, &levels, asked, tuning, &mut control)? {
        return answer.certify(problem, options, &mut control);
    }
    let asked = Asked {
        start,
        whole: None,
        tuning,
        memory_limit: options.memory_limit,
    };
    let tried = asked.try_market(problem, levels, &mut control)?;
    if tried.is_solved {
        return tried.answer.certify(problem, options, &mut control);
    }
    // No raise was high enough: the network says who more can take part.
    let (market, levels) = (&tried.market, tried.answer.levels);
    by_network(problem, market, levels, options, control)?.finish()
}

/// Solves on the market what is left of a problem without its forced pairs, which then come back.
fn solve_forced(
    problem: &Problem<'_>,
    mut levels: Vec<Level>,
    forced: &Forced<'_>,
    (options, start): (&SolveOptions, Option<&Start>),
) -> Result<Solution, SolveError> {
    let mut control = Control::new(&options.hooks);
    let first = levels.remove(0);
    let start = start.map(|start| forced.without(start));
    let asked = Asked {
        start: start.as_ref(),
        whole: None,
        tuning: tuning(options),
        memory_limit: options.memory_limit,
    };
    let tried = asked.try_market(&forced.rest, levels, &mut control)?;
    let answer = forced.put_back(problem, first, tried.answer);
    if tried.is_solved {
        return answer.certify(problem, options, &mut control);
    }
    by_network(problem, &tried.market, answer.levels, options, control)?.finish()
}

/// Solves these levels on the network, from what the market made of the same people's scores.
fn by_network<'a>(
    problem: &'a Problem<'a>,
    market: &Market<'_>,
    levels: Vec<Level>,
    options: &'a SolveOptions,
    control: Control<'a>,
) -> Result<Run<'a>, SolveError> {
    let blend = Blend::of_total_score(&levels);
    by_network_from(problem, (market, &blend), levels, options, control)
}

/// The same, the market having known this blend of the levels.
fn by_network_from<'a>(
    problem: &'a Problem<'a>,
    (market, blend): (&Market<'_>, &Blend),
    levels: Vec<Level>,
    options: &'a SolveOptions,
    control: Control<'a>,
) -> Result<Run<'a>, SolveError> {
    let of_market = Market::bytes(problem, problem.access(), tuning(options));
    let of_blend = Blend::bytes(problem, &levels, problem.access());
    let mut run = Run::new(problem, levels, options, control)?;
    run.beside = of_market.saturating_add(of_blend);
    run.by_market(market, blend)?;
    Ok(run)
}

/// How the market is to go about it.
#[derive(Clone, Copy)]
struct Asked<'a> {
    start: Option<&'a Start>,
    /// The problem of which the market gets a part, if it does: participation is proved of the whole.
    whole: Option<&'a Problem<'a>>,
    tuning: Tuning,
    memory_limit: Option<u64>,
}

/// What the market made of a plain problem.
struct Tried<'p> {
    market: Market<'p>,
    answer: Answer,
    /// Whether the answer can be certified; if not, another way must be found.
    is_solved: bool,
}

impl Asked<'_> {
    fn try_market<'p>(
        self,
        problem: &'p Problem<'_>,
        levels: Vec<Level>,
        control: &mut Control<'_>,
    ) -> Result<Tried<'p>, SolveError> {
        control.begin_level(0, levels.len());
        let (market, ended) = match self.start {
            None => Market::solve(problem, self.tuning, control),
            Some(start) => Market::solve_from(problem, start, self.tuning, control),
        };
        control.begin_level(1, levels.len());
        let assignment = served(problem, &levels, &market, ended, control)?;
        let whole = self.whole.unwrap_or(problem);
        control.go_on()?;
        let total = market.prices();
        let (stopped, proof) = match ended {
            Ok(()) => (
                None,
                plain::proof(whole, &levels, total, &assignment, control),
            ),
            Err(_) => {
                let total = (&total, market.is_led_by_mentors());
                let (level, prices) = plain::bounds(whole, &levels, total, &assignment, control);
                (Some(level), Some(prices))
            }
        };
        let mut is_solved = proof.is_some();
        let mut answer = Answer {
            prices: proof.unwrap_or_default(),
            assignment,
            stats: stats(&market, 1, control),
            levels,
            stopped,
        };
        if !is_solved
            && let Some(raised) = self.try_raised(problem, (&market, &answer.levels), control)?
        {
            (answer, is_solved) = (raised, true);
        }
        Ok(Tried {
            market,
            answer,
            is_solved,
        })
    }
}

/// What a market makes of a plain problem. Where participation comes first, pairs that it sees no gain in are made for
/// those left over. If it was stopped, what it holds is filled up, or [the best pair first](greedy) is given if that is
/// worth more.
fn served(
    problem: &Problem<'_>,
    levels: &[Level],
    market: &Market<'_>,
    ended: Result<(), Stop>,
    control: &Control<'_>,
) -> Result<Assignment, SolveError> {
    match ended {
        Err(Stop::Cancelled) => Err(SolveError::Cancelled),
        Err(Stop::Limit) => {
            let held = market.assignment().scored(problem);
            let best = greedy::best(problem, levels, (&[], &[held]), control);
            Ok(best.assignment())
        }
        Ok(()) if levels.len() > 1 => Ok(plain::filled(problem, market.assignment(), control)),
        Ok(()) => Ok(market.assignment()),
    }
}

fn stats(market: &Market<'_>, rounds: usize, control: &Control<'_>) -> Stats {
    Stats {
        pairs_listed: market.listed(),
        rounds,
        work: control.work(),
    }
}

fn is_for_market(problem: &Problem<'_>, levels: &[Level], options: &SolveOptions) -> bool {
    options.uses(Accelerator::Market) && plain::is_plain(problem, levels)
}

/// Whether the total score is asked for, so that the market makes a good start.
fn starts_on_market(problem: &Problem<'_>, levels: &[Level], options: &SolveOptions) -> bool {
    let is_large = list_length(problem, options) < usize::MAX;
    is_large && options.uses(Accelerator::Market) && levels.iter().any(Level::is_score)
}

fn tuning(options: &SolveOptions) -> Tuning {
    Tuning::with(options.accelerators)
}

fn list_length(problem: &Problem<'_>, options: &SolveOptions) -> usize {
    if options.uses(Accelerator::CandidateLists) && problem.pairs() > SMALL {
        LIST_LENGTH
    } else {
        usize::MAX
    }
}

/// Bytes that [`solve`] takes at first, beside the scores, if the rows are to be had like this. Refuses
/// what it would refuse.
pub(crate) fn check_memory(
    problem: &Problem<'_>,
    options: &SolveOptions,
    access: Access,
) -> Result<u64, SolveError> {
    let levels = levels(problem, options)?;
    let needed = bytes(problem, &levels, options, access);
    check_budget(options, needed).map(|()| needed)
}

fn bytes(problem: &Problem<'_>, levels: &[Level], options: &SolveOptions, access: Access) -> u64 {
    let ties = match options.tie_break {
        TieBreak::Fast => 0,
        TieBreak::Canonical | TieBreak::CanonicalBy(_) => draw::bytes(problem),
    };
    let stopped = match options.hooks.may_stop() {
        true => greedy::bytes(problem),
        false => 0,
    };
    if is_for_market(problem, levels, options) {
        let market = Market::bytes(problem, access, tuning(options));
        return market.saturating_add(ties).saturating_add(stopped);
    }
    let listed = (problem.mentees() as u64)
        .saturating_mul(list_length(problem, options) as u64)
        .min(problem.pairs() as u64);
    let matrix = match options.method {
        Method::KuhnMunkres => kuhn_munkres::bytes(problem, access),
        _ => 0,
    };
    let start = if starts_on_market(problem, levels, options) {
        let market = Market::bytes(problem, access, tuning(options));
        market.saturating_add(Blend::bytes(problem, levels, access))
    } else {
        0
    };
    let model = FlowModel::bytes(problem, levels.len(), listed);
    let parts = [matrix, start, model, ties, stopped];
    parts.into_iter().fold(0, u64::saturating_add)
}

fn levels(problem: &Problem<'_>, options: &SolveOptions) -> Result<Vec<Level>, SolveError> {
    if options.levels.is_empty() {
        return Err(SolveError::NoObjective);
    }
    let levels = with_minimums(problem, &options.levels);
    options.tie_break.check(problem)?;
    let (found, limit) = (levels.len(), usize::from(OPEN));
    if found > limit {
        return Err(SolveError::TooManyLevels { found, limit });
    }
    for (level, values) in levels.iter().enumerate() {
        values
            .check(problem)
            .map_err(|problem| SolveError::Level { level, problem })?;
    }
    Ok(levels)
}

#[cfg(test)]
mod tests;
