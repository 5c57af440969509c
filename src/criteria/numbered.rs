//! Numbers for people who are alike in everything that matters.

use std::collections::BTreeMap;

use super::column::Columns;

/// Gives equal values one number, both sides together, so that a class table can be made of what is
/// too large to be copied. The second part lists the values by number.
pub(crate) fn numbered<V: Ord + Clone>(columns: Columns<V>) -> (Columns<usize>, Vec<V>) {
    let mut numbers: BTreeMap<V, usize> = BTreeMap::new();
    let mut values = Vec::new();
    let mut number = |value: V| {
        *numbers.entry(value).or_insert_with_key(|value| {
            values.push(value.clone());
            values.len() - 1
        })
    };
    let mentees = columns.mentees.into_iter().map(&mut number).collect();
    let mentors = columns.mentors.into_iter().map(&mut number).collect();
    (Columns { mentees, mentors }, values)
}
