//! Gathering a vocabulary before it is checked.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::cycles;
use super::{Meaning, Term, Terms, Vocabulary};
use crate::error::{VocabularyError, VocabularyProblem};
use crate::participant::fold::fold;

/// Gathers terms, aliases and broader terms, in any order.
///
/// Naming a term, wherever, makes it part of the vocabulary; naming it again, in any spelling that
/// folds to the same, adds to it. Of several spellings the first in byte order is its name.
///
/// ```
/// use mentormatch::Vocabulary;
///
/// let vocabulary = Vocabulary::builder()
///     .term("writing")
///     .alias("Rust", "rustlang")
///     .broader("Rust", "systems programming")
///     .build()?;
/// assert!(vocabulary.terms().eq(["Rust", "systems programming", "writing"]));
/// # Ok::<(), mentormatch::VocabularyError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct VocabularyBuilder {
    terms: BTreeMap<String, Gathered>, // by folded name
}

#[derive(Clone, Debug, Default)]
struct Gathered {
    name: String,                      // the first spelling in byte order
    aliases: BTreeMap<String, String>, // likewise, by folded alias
    broader: BTreeSet<String>,         // folded names
}

impl VocabularyBuilder {
    /// A term.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// assert_eq!(Vocabulary::builder().term("rust").build()?.canonical("RUST"), Some("rust"));
    /// # Ok::<(), mentormatch::VocabularyError>(())
    /// ```
    pub fn term(mut self, name: impl Into<String>) -> Self {
        self.gather(name.into());
        self
    }

    /// Another word for a term.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// let vocabulary = Vocabulary::builder().alias("rust", "rustlang").build()?;
    /// assert_eq!(vocabulary.canonical("rustlang"), Some("rust"));
    /// # Ok::<(), mentormatch::VocabularyError>(())
    /// ```
    pub fn alias(mut self, term: impl Into<String>, alias: impl Into<String>) -> Self {
        let (_, term) = self.gather(term.into());
        keep_first(&mut term.aliases, alias.into());
        self
    }

    /// A broader term of a term: who helps with `broader` may help with `term` too, to a degree.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// let vocabulary = Vocabulary::builder().broader("rust", "programming").build()?;
    /// assert!(vocabulary.broader("rust").eq(["programming"]));
    /// # Ok::<(), mentormatch::VocabularyError>(())
    /// ```
    pub fn broader(mut self, term: impl Into<String>, broader: impl Into<String>) -> Self {
        let (broader, _) = self.gather(broader.into());
        let (_, term) = self.gather(term.into());
        term.broader.insert(broader);
        self
    }

    /// Many terms.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// assert_eq!(Vocabulary::builder().terms(["rust", "go"]).build()?.len(), 2);
    /// # Ok::<(), mentormatch::VocabularyError>(())
    /// ```
    pub fn terms<T: Into<String>>(self, names: impl IntoIterator<Item = T>) -> Self {
        names.into_iter().fold(self, Self::term)
    }

    /// Many pairs of term and alias.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// let aliases = [("JavaScript", "JS"), ("TypeScript", "TS")];
    /// assert_eq!(Vocabulary::builder().aliases(aliases).build()?.len(), 2);
    /// # Ok::<(), mentormatch::VocabularyError>(())
    /// ```
    pub fn aliases<T: Into<String>, A: Into<String>>(
        self,
        aliases: impl IntoIterator<Item = (T, A)>,
    ) -> Self {
        let aliases = aliases.into_iter();
        aliases.fold(self, |builder, (term, alias)| builder.alias(term, alias))
    }

    /// Many pairs of term and broader term.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// let links = [("rust", "programming"), ("go", "programming")];
    /// assert_eq!(Vocabulary::builder().broader_terms(links).build()?.len(), 3);
    /// # Ok::<(), mentormatch::VocabularyError>(())
    /// ```
    pub fn broader_terms<T: Into<String>, B: Into<String>>(
        self,
        links: impl IntoIterator<Item = (T, B)>,
    ) -> Self {
        let links = links.into_iter();
        links.fold(self, |builder, (term, broader)| {
            builder.broader(term, broader)
        })
    }

    /// Checks everything.
    ///
    /// # Errors
    /// Every empty word, and cycles of broader terms, each with its chain; at least one where
    /// there are any.
    ///
    /// ```
    /// # use mentormatch::Vocabulary;
    /// assert!(Vocabulary::builder().term(" ").build().is_err());
    /// assert!(Vocabulary::builder().broader("a", "A").build().is_err());
    /// ```
    pub fn build(self) -> Result<Vocabulary, VocabularyError> {
        let broader = self.links();
        let mut problems = self.empty_words();
        problems.extend(self.cycles(&broader));
        VocabularyError::unless_empty(problems)?;

        let words = self.words();
        let narrower = reversed(&broader);
        let terms = self
            .terms
            .into_iter()
            .zip(broader.into_iter().zip(narrower));
        let terms = terms.map(|((folded, mut term), (broader, narrower))| {
            term.aliases.remove(&folded); // says nothing
            Term {
                name: term.name,
                aliases: term.aliases.into_values().collect(),
                broader,
                narrower,
            }
        });
        let terms = terms.collect();
        Ok(Vocabulary(Arc::new(Terms { terms, words })))
    }

    /// The term of this name, and its folded form.
    fn gather(&mut self, name: String) -> (String, &mut Gathered) {
        let folded = fold(&name).into_owned();
        let fresh = || Gathered {
            name: name.clone(),
            ..Gathered::default()
        };
        let term = self.terms.entry(folded.clone()).or_insert_with(fresh);
        if name < term.name {
            term.name = name;
        }
        (folded, term)
    }

    /// The broader terms of each, as indices; both in the order of folded names.
    fn links(&self) -> Vec<Vec<u32>> {
        let index: HashMap<&str, u32> = self.terms.keys().map(String::as_str).zip(0..).collect();
        let links = self.terms.values().map(|term| {
            let broader = term.broader.iter();
            broader
                .filter_map(|name| index.get(&**name).copied())
                .collect()
        });
        links.collect()
    }

    fn empty_words(&self) -> Vec<VocabularyProblem> {
        let name = self.terms.contains_key("");
        let mut found: Vec<_> = name
            .then_some(VocabularyProblem::EmptyName)
            .into_iter()
            .collect();
        let of_empty = self
            .terms
            .values()
            .filter(|term| term.aliases.contains_key(""));
        found.extend(of_empty.map(|term| VocabularyProblem::EmptyAlias {
            term: term.name.clone(),
        }));
        found
    }

    fn cycles(&self, broader: &[Vec<u32>]) -> Vec<VocabularyProblem> {
        let names: Vec<&str> = self.terms.values().map(|term| &*term.name).collect();
        let chains = cycles::find(broader).into_iter().map(|chain| {
            let chain = chain.into_iter().map(|at| names[at as usize].to_owned());
            VocabularyProblem::Cycle {
                chain: chain.collect(),
            }
        });
        chains.collect()
    }

    /// What every folded name and alias stands for. Names win over aliases.
    fn words(&self) -> HashMap<String, Meaning> {
        let mut meant: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (term, gathered) in (0..).zip(self.terms.values()) {
            for alias in gathered.aliases.keys() {
                meant.entry(alias).or_default().push(term);
            }
        }
        let aliases = meant.into_iter().map(|(alias, terms)| match *terms {
            [term] => (alias.to_owned(), Meaning::Term(term)),
            _ => (alias.to_owned(), Meaning::Ambiguous(terms)),
        });
        let names = (0..).zip(self.terms.keys());
        let names = names.map(|(term, name)| (name.clone(), Meaning::Term(term)));
        aliases.chain(names).collect() // of one word the last meaning stays
    }
}

/// Of several spellings of an alias, keeps the first in byte order.
fn keep_first(aliases: &mut BTreeMap<String, String>, alias: String) {
    let kept = aliases.entry(fold(&alias).into_owned());
    let kept = kept.or_insert_with(|| alias.clone());
    if alias < *kept {
        *kept = alias;
    }
}

/// The links the other way round, each list ascending.
fn reversed(links: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut back = vec![Vec::new(); links.len()];
    for (from, to) in (0..).zip(links) {
        for &to in to {
            back[to as usize].push(from);
        }
    }
    back
}
