//! HOW TO ASSIGN: exact assignment with capacities and a proof, in dense indices and integers.
//!
//! This module knows no people: hosts with scores of their own use it directly.
//!
//! ```
//! use mentormatch::solver::{Level, Problem, SolveOptions, solve};
//!
//! // Three mentees, two mentors; mentor 1 takes two mentees; -1 marks a forbidden pair.
//! let scores = [
//!     80, 60, //
//!     70, -1, //
//!     90, 50,
//! ];
//! let problem = Problem::dense(3, 2, &scores, Some(-1))?.with_capacities(vec![1, 2])?;
//! let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
//! let pairs: Vec<_> = solution.assignment.pairs().map(|(i, j)| (i.get(), j.get())).collect();
//! assert_eq!(pairs, [(0, 1), (1, 0), (2, 1)]);
//! assert_eq!(solution.value, [180]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Three doors
//! [`Problem::dense`] borrows a matrix, [`Problem::sparse`] borrows rows of allowed pairs, and
//! [`Problem::on_demand`] asks a [`RowSource`] for a row at a time and keeps no matrix. (A matrix may lie in
//! [rows](Problem::rows), and rows that are [kept](KeptRows) between solves are read the fastest.) The same
//! scores have the same value through each of them and, with [`TieBreak::Canonical`], the same pairs.
//!
//! A score may be any `i32`. A pair of a negative score costs what it says, so for the total score alone
//! it is left out, as a pair of score 0 may be: put [`Level::Participation`] or [`Level::Pairs`] first
//! where everybody is to be placed.
//!
//! # Which method, and why
//! Use [`Method::Auto`]. The others are there so that an answer can be compared: each gives the same
//! value at every level and, with [`TieBreak::Canonical`], the same pairs. So does `Auto` without any of its
//! [accelerators](Accelerator).
//!
//! A problem without minimums, groups and mentors of kinds is solved by an auction and short searches; everything else as
//! a network flow that starts from there, which takes a few times as long. [`solve_from`] starts from an earlier solution when little has
//! changed: at its best on [`KeptRows`].
//!
//! # Stable matching
//! [`solve_stable`] is another notion of best: no objective, but no two people who would both rather be a
//! pair, by what each side makes of the pairs ([`Preferences`]). Which pairs would rather can be asked of
//! any assignment: [`Preferences::blocking_pairs`].
//!
//! # What is guaranteed
//! Every [`Solution`] has passed the check of its [`Certificate`], by code that shares nothing with
//! the solvers. Where minimums cannot all be met, [`Solution::shortage`] says why, with a check of its
//! own: [`Shortage`]. There is no randomness, no clock and no float in here.

mod error;

mod control;

mod components;

mod groups;

mod kinds;

mod kept_rows;

mod problem;

mod pair_hash;

mod walk;

mod sample;

mod lot;

mod level;

mod assignment;

mod slots;

mod certificate;

mod accelerators;

mod options;

mod parts;

mod network;

mod blend;

mod flow_model;

mod best;

mod screen;

mod candidate_lists;

mod greedy;

mod solution;

mod start;

mod market;

mod face;

mod draw;

mod plain;

mod kuhn_munkres;

mod answer;

mod forced;

mod lone;

mod bottleneck;

mod run;

mod solve;

mod floor;

mod frontier;

mod trade_off;

mod shortage;

mod stable;

mod sensitivity;

#[cfg(test)]
#[path = "../../tests/common/mod.rs"]
mod common;

pub use accelerators::{Accelerator, Accelerators};
pub use assignment::Assignment;
pub use certificate::{Certificate, Claim, Violation};
#[allow(unused_imports, reason = "only stored forms write prices down")]
pub(crate) use certificate::{Drawn, Prices};
pub use control::{CancelToken, Hooks, Progress, ProgressHook, Stage, StopHook};
pub use error::{ProblemError, SolveError};
pub use floor::{Floor, solve_with_floor};
pub(crate) use frontier::{Frontier, frontier};
pub use groups::Groups;
pub use kept_rows::{KeptRow, KeptRows};
pub use level::{Level, ListedValues, Owner, PlaceValues, Unchanged};
pub use lot::Lot;
#[allow(unused_imports, reason = "only stored forms write lots down")]
pub(crate) use lot::Moment;
pub use options::{Method, SolveOptions, TieBreak};
pub use pair_hash::PairHash;
pub(crate) use problem::Access;
pub use problem::{Problem, RowSource};
pub(crate) use sensitivity::Groundwork;
pub use sensitivity::{
    Alternate, Competition, Firmness, Move, PlacePrice, PlacePrices, Sensitivity, SensitivityError,
    Standing, WhatIf,
};
pub use shortage::{Bottleneck, Bound, Core, Scarce, Shortage, ShortageViolation};
pub use solution::{Solution, Stats};
pub(crate) use solve::check_memory;
pub use solve::{solve, solve_from};
pub(crate) use stable::bytes as bytes_stable;
pub use stable::{BlockingPairs, Preferences, solve_stable};
pub use start::Start;
pub(crate) use trade_off::{Gain, Held, TradeOff, trade_off};
