//! Relaxations in words.

use std::fmt;

use super::{Relaxation, Relaxations, Relaxed};

impl fmt::Display for Relaxed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DropRule { rule } => write!(f, "drop the rule {rule}"),
            Self::SoftenRule { rule, cost } => {
                write!(f, "prefer the rule {rule} at a cost of {cost}")
            }
            Self::LowerFloor { rule, from, to } => write!(f, "lower {rule} from {from} to {to}"),
            Self::AcceptMissing { criterion } => {
                write!(f, "accept missing answers for {criterion}")
            }
            Self::LoosenMust { criterion } => {
                write!(f, "let {criterion} weigh high instead of being a must")
            }
            Self::LiftLock { mentee, mentor } => {
                write!(f, "lift the lock of {mentee} and {mentor}")
            }
            Self::LiftVeto { mentee, mentor } => {
                write!(f, "lift the veto of {mentee} and {mentor}")
            }
            Self::LiftDistinctMentors { field } => {
                write!(f, "let mentors of a mentee be alike in {field}")
            }
            Self::LowerMinimum { of, from, to } => {
                write!(f, "lower the minimum of {of} from {from} to {to}")
            }
            Self::RaiseMaximum { of, from, to } => {
                write!(f, "raise the maximum of {of} from {from} to {to}")
            }
        }
    }
}

/// One line.
impl fmt::Display for Relaxation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.missing {
            0 => write!(f, "{}: minimums met", self.relaxed)?,
            missing => write!(f, "{}: {missing} missing of minimums", self.relaxed)?,
        }
        write!(f, "; {} mentees matched", self.matched_mentees)
    }
}

/// One line each.
impl fmt::Display for Relaxations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, relaxation) in self.found.iter().enumerate() {
            write!(f, "{}{relaxation}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}
