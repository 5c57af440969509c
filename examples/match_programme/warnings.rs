//! What a programme manager should know, in words.

use mentormatch::{Outcome, RunWarning};

pub(crate) fn warnings(outcome: &Outcome) -> Vec<String> {
    outcome.warnings().iter().map(text).collect()
}

fn text(warning: &RunWarning) -> String {
    match warning {
        RunWarning::Cohort(warning) => warning.to_string(),
        RunWarning::BelowMinimum {
            role,
            participant,
            partners,
            minimum,
        } => format!("{role} {participant}: {partners} partners, and at least {minimum} wanted"),
        RunWarning::SilenceRewarded {
            mentee,
            mentor,
            gain,
        } => format!(
            "{mentee} with {mentor}: {} instead of {}, for want of an answer to {}",
            gain.score,
            gain.at_neutral,
            gain.criteria.join(", ")
        ),
        other => format!("{other:?}"),
    }
}
