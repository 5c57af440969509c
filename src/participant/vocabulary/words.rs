//! Numbers for words, so that preparing and scoring compare numbers.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Meaning, Vocabulary, Way};
use crate::participant::fold::fold;

/// Numbers words in the order of first appearance; words that mean the same have one number.
///
/// Each spelling is folded once: the second time it is only looked up.
#[derive(Default)]
pub(crate) struct Words<'a> {
    vocabulary: Option<&'a Vocabulary>,
    spellings: HashMap<&'a str, u32>,
    numbers: HashMap<Word<'a>, u32>,
    terms: Vec<Option<u32>>, // indexed by number: the vocabulary's term, if it is one
}

#[derive(PartialEq, Eq, Hash)]
enum Word<'a> {
    Term(u32),
    Own(Cow<'a, str>), // folded
}

impl<'a> Words<'a> {
    /// Words that are folded only.
    pub(crate) fn folded() -> Self {
        Self::default()
    }

    /// Words that are read through a vocabulary.
    pub(crate) fn of(vocabulary: &'a Vocabulary) -> Self {
        Self {
            vocabulary: Some(vocabulary),
            ..Self::default()
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.terms.len()
    }

    pub(crate) fn number(&mut self, spelling: &'a str) -> u32 {
        if let Some(&number) = self.spellings.get(spelling) {
            return number;
        }
        let word = self.word(spelling);
        let term = match word {
            Word::Term(term) => Some(term),
            Word::Own(_) => None,
        };
        let next = u32::try_from(self.terms.len()).unwrap_or(u32::MAX); // no host has as many
        let number = *self.numbers.entry(word).or_insert(next);
        if number == next {
            self.terms.push(term);
        }
        self.spellings.insert(spelling, number);
        number
    }

    /// Those of the words one way from this one, each with the fewest steps to it. Bounded as
    /// [`Vocabulary::related`] is.
    pub(crate) fn related(&self, number: u32, way: Way, steps: u8) -> Vec<(u32, u8)> {
        let Some((vocabulary, term)) = self.vocabulary.zip(self.terms[number as usize]) else {
            return Vec::new();
        };
        let related = vocabulary.related(term, way, steps).into_iter();
        let numbered = related
            .filter_map(|(term, steps)| Some((*self.numbers.get(&Word::Term(term))?, steps)));
        numbered.collect()
    }

    fn word(&self, spelling: &'a str) -> Word<'a> {
        let folded = fold(spelling);
        let meaning = self.vocabulary.and_then(|own| own.0.words.get(&*folded));
        match meaning {
            Some(&Meaning::Term(term)) => Word::Term(term),
            Some(Meaning::Ambiguous(_)) | None => Word::Own(folded),
        }
    }
}
