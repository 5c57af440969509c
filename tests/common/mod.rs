//! Helpers that several test files share. Nothing here calls the solver.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(unreachable_pub, reason = "pub here means: for the test files")]

pub mod exhaustive;
pub mod generate;
pub mod instance;
pub mod lots;
pub mod random;
pub mod shapes;
pub mod shortest_paths;
