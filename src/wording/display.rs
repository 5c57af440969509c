//! `Display` is the manager's English.

use std::fmt;

use super::{English, Wording};
use crate::report::Report;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&English.report(self))
    }
}
