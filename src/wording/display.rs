//! `Display` is the manager's English.

use std::fmt;

use super::{English, Wording};
use crate::participant::Waiting;
use crate::report::Report;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&English.report(self))
    }
}

impl fmt::Display for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&English.waiting(self))
    }
}
