//! Open-ended, typed answers: whatever the host knows beyond the standard fields.

use std::collections::BTreeMap;

/// One typed answer.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Attribute {
    /// One of several texts.
    Choice(String),
    /// Any number of texts; order and repetition mean nothing.
    Set(Vec<String>),
    /// A step on an ordered scale: `level` of `1..=of`.
    Ordinal {
        /// The step, `1..=of`.
        level: u16,
        /// How many steps the scale has; the same for everybody in a cohort.
        of: u16,
    },
    /// A finite number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// Attributes by name, in the order of their names.
pub type Attributes = BTreeMap<String, Attribute>;
