//! The fast way for plain problems: an auction, then shortest augmenting paths.
//!
//! A problem is plain when mentees take at most one mentor, nothing must be filled, there are no
//! groups, there are places for everybody, and the total score is all that counts, or comes right
//! after participation. If everybody then has a mentor, participation is settled too: no assignment
//! has more. If not, another way must be found.
//!
//! Where places are scarce, every mentee who stays unmatched would search nearly everything before
//! she knows it; there the network, which starts from the places, is faster.

use super::assignment::Assignment;
use super::auction::Market;
use super::augment::Augmenter;
use super::candidate_lists::Pair;
use super::certificate::Prices;
use super::control::{Control, Stop};
use super::level::Level;
use super::problem::Problem;
use super::rows::Rows;

/// Whether this way is open for a problem and its levels.
pub(super) fn is_plain(problem: &Problem<'_>, levels: &[Level]) -> bool {
    let scored = match levels {
        [Level::TotalScore, rest @ ..] | [Level::Participation, Level::TotalScore, rest @ ..] => {
            rest.iter().all(|level| matches!(level, Level::TieBreak(_)))
        }
        _ => false,
    };
    scored
        && problem.mentees.max.iter().all(|&demand| demand <= 1)
        && problem.mentees.groups.is_empty()
        && problem.mentors.groups.is_empty()
        && problem.places() >= problem.mentees() as u64
}

/// Solves a plain problem for the total score, on rows of `length` to start with. When stopped, the
/// market holds the best assignment so far, and its prices bound what is missing.
pub(super) fn solve<'p>(
    problem: &'p Problem<'p>,
    length: usize,
    control: &mut Control<'_>,
) -> (Market<'p>, Result<(), Stop>) {
    let mut market = Market::new(problem, Rows::new(problem, length, control));
    let ended = market.auction(control).and_then(|left_over| {
        let mut augmenter = Augmenter::new(&mut market);
        left_over
            .into_iter()
            .try_for_each(|mentee| augmenter.place(mentee, control))
    });
    market.price_out_idle();
    (market, ended)
}

impl Market<'_> {
    /// Gives mentees who want nobody the profit that keeps every pair of theirs from gaining.
    fn price_out_idle(&mut self) {
        for mentee in 0..self.wants.len() {
            if !self.wants[mentee] {
                self.profit[mentee] = self.choose(mentee).worth;
            }
        }
    }

    /// Whether the market's assignment is optimal at every level up to the total score.
    pub(super) fn settles(&self, levels: &[Level]) -> bool {
        levels.first() == Some(&Level::TotalScore)
            || self
                .partner
                .iter()
                .zip(&self.wants)
                .all(|(partner, wants)| partner.is_some() || !wants)
    }

    pub(super) fn assignment(&self) -> Assignment {
        let pairs = (0..)
            .zip(&self.partner)
            .filter_map(|(i, mentor)| mentor.map(|j| (i, j)));
        Assignment::from_pairs(self.partner.len(), pairs)
    }

    /// Prices for every level: the market's for the total score, none for the others. Where
    /// everybody has a mentor, that proves participation: each place taken is worth 1.
    pub(super) fn prices(&self, levels: &[Level]) -> Vec<Prices> {
        let of_level = |level: &Level| match level {
            Level::TotalScore => Prices {
                mentees: self.profit.clone(),
                mentors: self.price.clone(),
                ..Prices::default()
            },
            _ => Prices {
                mentees: vec![0; self.profit.len()],
                mentors: vec![0; self.price.len()],
                ..Prices::default()
            },
        };
        levels.iter().map(of_level).collect()
    }

    /// Every pair that is listed at the end.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let row = |mentee: usize| {
            self.rows
                .row(mentee)
                .iter()
                .map(move |&(score, mentor)| (mentee, mentor as usize, score.0))
        };
        (0..self.partner.len()).flat_map(row).collect()
    }
}
