//! What somebody may have meant who wrote a word that is on no list.

/// The name that a text is most like: that with the least edit distance (letters put in, taken out or
/// replaced; Levenshtein 1966), of equals the first in order. `None` where more than a third of the
/// letters would have to change, which makes another word of it.
pub(crate) fn nearest<'n>(text: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let names = names.into_iter();
    let (edits, name) = names.map(|name| (edits(text, name), name)).min()?;
    let longer = text.chars().count().max(name.chars().count());
    (3 * edits <= longer).then_some(name)
}

/// Row by row of the table of distances between beginnings of the two.
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (column, &theirs) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != theirs);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_literature() {
        for (one, other, distance) in [
            ("kitten", "sitting", 3),
            ("saturday", "sunday", 3),
            ("", "abc", 3),
            ("flaw", "lawn", 2),
            ("blåbær", "blabaer", 3),
        ] {
            assert_eq!((edits(one, other), edits(other, one)), (distance, distance));
        }
    }

    #[test]
    fn only_a_slip_is_mended() {
        let names = ["in_person", "hybrid", "virtual"];
        assert_eq!(nearest("in-person", names), Some("in_person"));
        assert_eq!(nearest("hibryd", names), Some("hybrid"));
        assert_eq!(nearest("online", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest("x", []), None);
    }
}
