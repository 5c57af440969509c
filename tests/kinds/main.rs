//! A mentee's mentors of distinct kinds: the bound holds everywhere, and everything else means what it means without.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

#[path = "../common/mod.rs"]
mod common;

mod explained;
mod lifted;
mod people;
mod programmes;
mod solver;
