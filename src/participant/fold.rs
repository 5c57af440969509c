//! When two texts are the same word.
//!
//! Tags and single texts (skills, languages, departments, sites, …) are compared after folding;
//! ids are not, and are compared byte for byte.

use std::borrow::Cow;

use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;

/// What of a text counts when texts are compared: case and Unicode form are folded (NFKC around full
/// case folding, close to Unicode's `NFKC_Casefold`), invisible characters are dropped, white space
/// is trimmed and each run of it is one space.
///
/// Folding what is folded changes nothing. Texts in plain lower-case ASCII, which are most, are
/// given back as they are.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let folded = match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => caseless(text, |c| !is_invisible(c)),
    };
    let mut words = folded.split_whitespace();
    let mut spaced = words.next().unwrap_or_default().to_owned();
    for word in words {
        spaced.push(' ');
        spaced.push_str(word);
    }
    Cow::Owned(spaced)
}

/// The characters of a text to be kept, in one case and one Unicode form.
///
/// Compatibility forms (ligatures, full-width letters) count as forms. Letters of different
/// scripts that resemble each other do not: that takes a confusables table, and honest names in
/// two scripts would meet in it.
pub(super) fn caseless(text: &str, keep: impl Fn(char) -> bool) -> String {
    let kept: String = text.nfkc().filter(|&c| keep(c)).collect();
    let folded = UniCase::unicode(kept).to_folded_case();
    folded.nfkc().collect()
}

/// Whether folding leaves a text as it is, as far as a look at its bytes tells.
fn is_plain(text: &str) -> bool {
    let mut after_space = true; // a leading space is one too many
    for &byte in text.as_bytes() {
        match byte {
            b' ' if after_space => return false,
            b' ' => after_space = true,
            b'!'..=b'@' | b'['..=b'~' => after_space = false,
            _ => return false,
        }
    }
    !after_space || text.is_empty()
}

/// Whether a text holds characters that change what is seen without being seen.
pub(super) fn has_invisible(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_invisible)
}

/// Zero-width characters and those that control the direction of text.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'                    // soft hyphen
        | '\u{61c}'                 // Arabic letter mark
        | '\u{180e}'                // Mongolian vowel separator
        | '\u{200b}'..='\u{200f}'   // zero-width space, (non-)joiner, direction marks
        | '\u{202a}'..='\u{202e}'   // direction embeddings and overrides
        | '\u{2060}'..='\u{206f}'   // word joiner, invisible operators, direction isolates
        | '\u{feff}' // byte-order mark
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn looks_do_not_tell_words_apart() {
        for (written, folded) in [
            ("", ""),
            (" \t\n", ""),
            ("rust", "rust"),
            ("  Project \t Management ", "project management"),
            ("C++", "c++"),
            ("Straße", "strasse"),
            ("BOGOTÁ", "bogotá"),
            ("bogota\u{301}", "bogotá"),
            ("ＳＱＬ", "sql"),
            ("ﬁnance", "finance"),
            ("e\u{ad}mail", "email"),
            ("data\u{a0}science", "data science"),
            ("ΣΟΦΟΣ", "σοφοσ"),
        ] {
            assert_eq!(fold(written), folded, "{written:?}");
        }
        assert_ne!(fold("c"), fold("с"), "a Cyrillic letter is another letter");
        assert_ne!(fold("c"), fold("c++"));
    }

    #[test]
    fn plain_words_are_not_copied() {
        for plain in ["rust", "systems programming", "c++", "node.js", ""] {
            assert!(matches!(fold(plain), Cow::Borrowed(_)), "{plain:?}");
        }
        for other in ["Rust", " rust", "rust ", "a  b", "é", "a\tb"] {
            assert!(matches!(fold(other), Cow::Owned(_)), "{other:?}");
        }
    }

    #[test]
    fn every_character_folds_once() {
        for c in '\0'..'\u{30000}' {
            // beyond are neither cases nor forms
            for text in [c.to_string(), format!("{c}\u{301}")] {
                let once = fold(&text).into_owned();
                assert_eq!(fold(&once), once, "{:x}", u32::from(c));
            }
        }
    }

    proptest! {
        #[test]
        fn folding_what_is_folded_changes_nothing(text in "\\PC{0,12}", marks in "[\u{300}-\u{345}aAΑ \u{a8}]{0,8}") {
            for text in [text, marks] {
                let once = fold(&text).into_owned();
                prop_assert_eq!(&fold(&once), &once);
            }
        }
    }
}
