//! What somebody may have meant.

use std::fmt;

use crate::ids::Role;

/// The end of an error's text that names what is most like the word it found.
pub(crate) struct DidYouMean(pub(crate) Option<&'static str>);

impl fmt::Display for DidYouMean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => write!(f, " (did you mean `{name}`?)"),
            None => Ok(()),
        }
    }
}

/// The end of an error's text that says in which other role somebody has the id.
pub(crate) struct HeldBy(pub(crate) Option<Role>);

impl fmt::Display for HeldBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(role) => write!(f, " (a {role} has this id)"),
            None => Ok(()),
        }
    }
}
