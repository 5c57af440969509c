//! From an earlier solution to the optimum of today, on the network.
//!
//! # Idea
//! Earlier pairs are the flow to begin with, as far as they are possible today, and [earlier] prices at every
//! level say which arcs hardly lose by it: the tree of shortest ways by these is nearly that of the optimum. So
//! only what has changed is exchanged, at whatever levels there are: minimums, quotas, kept pairs.
//!
//! One pass over the pairs lists those that are *near*: that gain at earlier prices, or would if each mentee
//! had a little less at the total score. Where others gain later, they are added as ever.
//!
//! # Invariant
//! Nothing depends on the start but time.
//!
//! # Complexity
//! A pass over the pairs, another for each round, and a search through the listed pairs. On 10,000 × 2,500 pairs to
//! be kept a mentee has a handful of them, where the market from nothing lists dozens.
//!
//! # References
//! See [`network`](super::super::network) and its start.

use super::super::problem::RowBuffer;
use super::super::sample;
use super::earlier;
use super::*;

/// Pairs within the margin that a mentee is to have on average.
const EACH: usize = 3;

/// No mentee gets more pairs by one pass.
const LENGTH: usize = 16;

/// If more pairs gain than this and one for every fourth of all people, prices are far from right.
const FEW_GAIN: usize = 64;

/// Rows that tell the margin.
const SAMPLED: usize = 64;

impl Run<'_> {
    /// Goes on from an earlier solution; `false`, and nothing is solved, if it tells too little, or too much has
    /// changed.
    ///
    /// # Errors
    /// As a solve from nothing, which may need less memory.
    pub(in crate::solver) fn by_start(&mut self, start: &Start) -> Result<bool, SolveError> {
        self.known = known(self.problem, start);
        let prices = earlier::prices(self.problem, &self.model.levels, start, &self.control);
        self.control.go_on()?;
        let Some(prices) = prices else {
            return Ok(false);
        };
        let mut lists = CandidateLists::of(self.problem.mentees(), &self.known, &self.control);
        let more = lists.add_listed(self.problem, &self.model.levels, &self.control);
        let near = self.near(&mut lists, prices.clone());
        self.control.go_on()?;
        let gain = near.iter().filter(|&&pair| self.gains(&prices, pair));
        if gain.count() > FEW_GAIN + (self.problem.mentees() + self.problem.mentors()) / 4 {
            return Ok(false);
        }
        self.check_model(self.known.len() + more.len() + near.len())?;
        for pairs in [self.known.clone(), more, near] {
            self.model.add_pairs(pairs, &self.control);
        }
        self.known.sort_by_key(|&(_, _, score)| Reverse(score));
        let mut legal = Greedy::new(self.problem, &self.model.levels);
        legal.offer_all(&self.known, &self.control);
        self.model
            .start_at(&legal.assignment(), &prices, &self.control);
        self.control.go_on()?;
        self.solve_levels(0)?;
        self.close(&mut lists, LIST_LENGTH)?;
        Ok(true)
    }

    /// Whether a pair gains at these prices.
    fn gains(&self, prices: &[Prices], (mentee, mentor, score): Pair) -> bool {
        let both = self.model.levels.iter().zip(prices);
        let mut reduced = both.map(|(level, prices)| prices.reduced(level, mentee, mentor, score));
        reduced.find(|&gain| gain != 0).is_some_and(|gain| gain > 0)
    }

    /// Lists pairs that hardly lose at these prices, and all that gain.
    fn near(&self, lists: &mut CandidateLists, mut prices: Vec<Prices>) -> Vec<Pair> {
        let levels = &self.model.levels;
        let total = levels.iter().position(Level::is_score);
        let known = total.map_or(levels.len(), |total| total + 1);
        if let Some(total) = total {
            let margin = margin(self.problem, &levels[..=total], &prices);
            for price in &mut prices[total].mentees {
                *price -= margin;
            }
        }
        let taken = self.taken(self.known.iter().copied());
        let test = PricingTest {
            problem: self.problem,
            levels: &levels[..known],
            prices: &prices[..known],
            control: &self.control,
            taken: &taken,
            is_screened: self.options.uses(Accelerator::Screen),
        };
        let missing = lists.missing(&test, LENGTH);
        missing.map_or(Vec::new(), |missing| missing.pairs)
    }
}

/// Earlier pairs that are possible today, with their scores.
fn known(problem: &Problem<'_>, start: &Start) -> Vec<Pair> {
    let scored = start.pairs.iter().filter_map(|&(mentee, mentor)| {
        let score = problem.score(mentee, mentor)?; // none where somebody is not there any more
        Some((mentee.index(), mentor.index(), score))
    });
    let mut known: Vec<Pair> = scored.collect();
    known.sort_unstable();
    known.dedup();
    known
}

/// What is little to lose at the last of these levels, for pairs that lose nothing before.
fn margin(problem: &Problem<'_>, levels: &[Level], prices: &[Prices]) -> i64 {
    let (mut losses, mut rows, mut buffer) = (Vec::new(), 0, RowBuffer::default());
    let (before, last) = levels.split_at(levels.len() - 1);
    for mentee in sample::about(SAMPLED, problem.mentees()) {
        rows += 1;
        problem.for_each_allowed(mentee, &mut buffer, |mentor, score| {
            let reduced = |(level, prices): (&Level, &Prices)| {
                prices.reduced(level, mentee, mentor as usize, score)
            };
            if before.iter().zip(prices).all(|both| reduced(both) == 0) {
                losses.push(-reduced((&last[0], &prices[before.len()])));
            }
        });
    }
    losses.retain(|&loss| loss >= 0);
    let wanted = EACH * rows;
    if wanted < losses.len() {
        *losses.select_nth_unstable(wanted).1
    } else {
        losses.into_iter().max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
