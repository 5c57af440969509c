//! What can be wrong with a vocabulary.

use std::fmt;

use thiserror::Error;

/// Everything found wrong with a vocabulary; the same whatever order it was built in.
///
/// ```
/// use mentormatch::{Vocabulary, VocabularyProblem};
///
/// let error = Vocabulary::builder().broader("a", "b").broader("b", "a").build().unwrap_err();
/// assert_eq!(error.to_string(), r#"broader terms form a cycle: "a" -> "b" -> "a""#);
/// assert!(matches!(error.problems(), [VocabularyProblem::Cycle { .. }]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", Listed(.problems))]
pub struct VocabularyError {
    problems: Vec<VocabularyProblem>,
}

impl VocabularyError {
    /// The problems; at least one.
    #[must_use]
    pub fn problems(&self) -> &[VocabularyProblem] {
        &self.problems
    }

    /// `Ok` if the list is empty, the list as an error otherwise.
    pub(crate) fn unless_empty(problems: Vec<VocabularyProblem>) -> Result<(), Self> {
        if problems.is_empty() {
            return Ok(());
        }
        Err(Self { problems })
    }
}

/// One thing wrong with a vocabulary. The host's words are shown: they are nobody's answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum VocabularyProblem {
    /// A term's name holds nothing that can be seen.
    #[error("a term has an empty name")]
    EmptyName,
    /// An alias holds nothing that can be seen.
    #[error("an alias of {term:?} is empty")]
    EmptyAlias {
        /// The term.
        term: String,
    },
    /// A term is broader than itself.
    #[error("broader terms form a cycle: {}", Chain(.chain))]
    Cycle {
        /// Each term's broader one comes next; the last is the first again.
        chain: Vec<String>,
    },
}

struct Chain<'a>(&'a [String]);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, term) in self.0.iter().enumerate() {
            let arrow = if at > 0 { " -> " } else { "" };
            write!(f, "{arrow}{term:?}")?;
        }
        Ok(())
    }
}

struct Listed<'a>(&'a [VocabularyProblem]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("; ")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}
