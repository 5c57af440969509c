//! The parts of the library's test helpers that need no property tests.
#![allow(dead_code, reason = "the tests use the rest")]
#![allow(unreachable_pub, reason = "pub here means: for the test files")]

#[path = "../../../tests/common/instance.rs"]
pub mod instance;
#[path = "../../../tests/common/lots.rs"]
pub mod lots;
#[path = "../../../tests/common/random.rs"]
pub mod random;
#[path = "../../../tests/common/shapes.rs"]
pub mod shapes;
