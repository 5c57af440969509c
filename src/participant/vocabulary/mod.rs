//! The host's words: which of them mean the same, and which is broader than which.

mod builder;
mod cycles;
mod taxonomy;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use super::fold::fold;

pub use builder::VocabularyBuilder;
pub(crate) use taxonomy::Way;
pub(crate) use words::Words;

/// The host's words for skills, topics and roles: terms, their aliases and their broader terms.
///
/// Given to a cohort with [`CohortBuilder::vocabulary`](crate::CohortBuilder::vocabulary), it is what
/// needs, offers, topics, excluded topics, roles held and career goals are read through, and any set
/// that a criterion compares with one of these. An alias then is the term itself, everywhere.
/// [`SkillCoverage`](crate::SkillCoverage) gives partial credit along broader terms. A word that the
/// vocabulary does not know is a word of its own.
///
/// # When two words are the same
///
/// Skills, topics, languages, attributes and all other texts that criteria and rules compare
/// (departments, sites, …) are compared after folding, with or without a vocabulary: Unicode form
/// (NFKC) and case (full case folding) do not count, nor do invisible characters, nor white space at
/// the ends; a run of white space is one space. Ids alone are compared byte for byte.
///
/// - A term's own name wins over the same word as an alias of another term.
/// - An alias of two terms is *ambiguous*: nobody can tell which one is meant, so it stays a word of
///   its own. [`ambiguous`](Self::ambiguous) lists such aliases, and a cohort in which somebody uses
///   one warns of it ([`CohortWarning::AmbiguousWord`](crate::CohortWarning::AmbiguousWord)).
/// - Broader terms form a directed graph without cycles; a term may have several.
///
/// The order in which a vocabulary is built changes nothing. Cheap to clone. Looking a word up takes
/// the time of folding and hashing it; building takes n log n for n words and links.
///
/// ```
/// use mentormatch::{Cohort, Profile, Vocabulary};
///
/// let vocabulary = Vocabulary::builder()
///     .alias("JavaScript", "JS")
///     .alias("Java", "J2EE")
///     .broader("JavaScript", "programming")
///     .broader("Java", "programming")
///     .build()?;
/// assert_eq!(vocabulary.canonical(" js "), Some("JavaScript"));
/// assert_eq!(vocabulary.canonical("cobol"), None);
/// assert!(vocabulary.narrower("Programming").eq(["Java", "JavaScript"]));
///
/// let ana = Profile::new("ana").offer("js", 4).mentor(1);
/// let cohort = Cohort::builder().mentors([ana]).vocabulary(vocabulary).build()?;
/// assert_eq!(cohort.vocabulary().len(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// With the feature `serde`, it reads and writes itself; a cohort's stored form holds it under
/// `vocabulary`.
///
/// ```
/// # #[cfg(feature = "serde")] {
/// # use mentormatch::Vocabulary;
/// let stored = r#"{
///     "format_version": 1,
///     "terms": [
///         {"name": "Rust", "aliases": ["rustlang"], "broader": ["systems programming"]},
///         {"name": "systems programming"}
///     ]
/// }"#;
/// let vocabulary: Vocabulary = serde_json::from_str(stored)?;
/// assert!(vocabulary.broader("rustlang").eq(["systems programming"]));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Vocabulary(Arc<Terms>);

#[derive(Default, PartialEq, Eq)]
struct Terms {
    terms: Vec<Term>,                // by folded name, ascending
    words: HashMap<String, Meaning>, // by folded name or alias
}

#[derive(PartialEq, Eq)]
struct Term {
    name: String,
    aliases: Vec<String>, // as written, by folded alias
    broader: Vec<u32>,    // indices of terms, ascending
    narrower: Vec<u32>,   // indices of terms, ascending
}

/// What a word of the vocabulary stands for.
#[derive(PartialEq, Eq)]
enum Meaning {
    Term(u32),
    /// Ascending indices; at least two.
    Ambiguous(Vec<u32>),
}

/// An alias that stands for several terms, and is therefore read as none of them.
///
/// ```
/// use mentormatch::Vocabulary;
///
/// let vocabulary = Vocabulary::builder()
///     .aliases([("machine learning", "ML"), ("markup language", "ml")])
///     .build()?;
/// let ambiguous: Vec<_> = vocabulary.ambiguous().collect();
/// assert_eq!(ambiguous[0].alias, "ml");
/// assert_eq!(ambiguous[0].terms, ["machine learning", "markup language"]);
/// # Ok::<(), mentormatch::VocabularyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AmbiguousAlias<'a> {
    /// The alias, folded.
    pub alias: &'a str,
    /// The names of the terms, sorted; at least two.
    pub terms: Vec<&'a str>,
}

impl Vocabulary {
    /// An empty vocabulary to be filled.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// assert!(Vocabulary::builder().build()?.is_empty());
    /// # Ok::<(), mentormatch::VocabularyError>(())
    /// ```
    pub fn builder() -> VocabularyBuilder {
        VocabularyBuilder::default()
    }

    /// How many terms there are.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// assert_eq!(Vocabulary::builder().terms(["a", "b", "A"]).build()?.len(), 2);
    /// # Ok::<(), mentormatch::VocabularyError>(())
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.terms.len()
    }

    /// Whether there is no term.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// assert!(Vocabulary::default().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.terms.is_empty()
    }

    /// The names of all terms, in the order of their folded forms.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// let vocabulary = Vocabulary::builder().terms(["go", "C"]).build()?;
    /// assert!(vocabulary.terms().eq(["C", "go"]));
    /// # Ok::<(), mentormatch::VocabularyError>(())
    /// ```
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        self.0.terms.iter().map(|term| term.name.as_str())
    }

    /// The name of the term that a word stands for; `None` if it is unknown or ambiguous.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// let vocabulary = Vocabulary::builder().alias("Go", "golang").build()?;
    /// assert_eq!(vocabulary.canonical("GoLang"), Some("Go"));
    /// assert_eq!(vocabulary.canonical("go"), Some("Go"));
    /// # Ok::<(), mentormatch::VocabularyError>(())
    /// ```
    #[must_use]
    pub fn canonical(&self, word: &str) -> Option<&str> {
        self.term(word).map(|term| term.name.as_str())
    }

    /// What a word means: the name of the term it stands for, or the word itself, folded.
    pub(crate) fn read<'a>(&'a self, word: &'a str) -> Cow<'a, str> {
        self.canonical(word)
            .map_or_else(|| fold(word), Cow::Borrowed)
    }

    /// The aliases of the term a word stands for; none if it stands for none.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// let vocabulary = Vocabulary::builder().alias("Go", "golang").build()?;
    /// assert!(vocabulary.aliases("go").eq(["golang"]));
    /// # Ok::<(), mentormatch::VocabularyError>(())
    /// ```
    pub fn aliases(&self, word: &str) -> impl Iterator<Item = &str> {
        let aliases = self.term(word).map(|term| &term.aliases);
        aliases.into_iter().flatten().map(String::as_str)
    }

    /// The terms directly broader than the one a word stands for; none if it stands for none.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// let vocabulary = Vocabulary::builder().broader("Go", "programming").build()?;
    /// assert!(vocabulary.broader("go").eq(["programming"]));
    /// # Ok::<(), mentormatch::VocabularyError>(())
    /// ```
    pub fn broader(&self, word: &str) -> impl Iterator<Item = &str> {
        self.names(self.term(word).map(|term| &term.broader))
    }

    /// The terms directly narrower than the one a word stands for; none if it stands for none.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// let vocabulary = Vocabulary::builder().broader("Go", "programming").build()?;
    /// assert!(vocabulary.narrower("programming").eq(["Go"]));
    /// # Ok::<(), mentormatch::VocabularyError>(())
    /// ```
    pub fn narrower(&self, word: &str) -> impl Iterator<Item = &str> {
        self.names(self.term(word).map(|term| &term.narrower))
    }

    /// Every alias that stands for several terms, sorted.
    pub fn ambiguous(&self) -> impl Iterator<Item = AmbiguousAlias<'_>> {
        let mut found: Vec<_> = self.0.words.iter().collect();
        found.sort_unstable_by_key(|&(word, _)| word);
        found.into_iter().filter_map(|(alias, meaning)| {
            let terms = self.ambiguous_terms(meaning)?;
            Some(AmbiguousAlias { alias, terms })
        })
    }

    /// The same of one word, if it is such an alias.
    pub(super) fn ambiguity(&self, word: &str) -> Option<AmbiguousAlias<'_>> {
        let (alias, meaning) = self.0.words.get_key_value(&*fold(word))?;
        let terms = self.ambiguous_terms(meaning)?;
        Some(AmbiguousAlias { alias, terms })
    }

    fn ambiguous_terms<'a>(&'a self, meaning: &'a Meaning) -> Option<Vec<&'a str>> {
        match meaning {
            Meaning::Term(_) => None,
            Meaning::Ambiguous(terms) => Some(self.names(Some(terms)).collect()),
        }
    }

    fn term(&self, word: &str) -> Option<&Term> {
        match self.0.words.get(&*fold(word))? {
            Meaning::Term(term) => self.0.terms.get(*term as usize),
            Meaning::Ambiguous(_) => None,
        }
    }

    fn names<'a>(&'a self, terms: Option<&'a Vec<u32>>) -> impl Iterator<Item = &'a str> {
        let terms = terms.into_iter().flatten();
        terms.map(|&term| self.0.terms[term as usize].name.as_str())
    }
}

impl fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocabulary")
            .field("terms", &self.len())
            .finish_non_exhaustive()
    }
}
