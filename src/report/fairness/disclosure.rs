//! What is left out, so that no figure is about single persons.
//!
//! A figure of a group of fewer people than the smallest group that may be shown is left out (*primary suppression*).
//! But totals are told elsewhere, and what all shown groups have together, taken from a total, is what the hidden ones have
//! together. So if those are too few still, the smallest shown group is hidden beside them (*complementary suppression*).
//! What can be computed about hidden groups is then about as many people as anything that is shown.
//!
//! This is done for people, for placed people (whom scores are about) and for people with a first wish; a group that is
//! hidden once stays so. It protects against readers who know the totals; not against one who compares two runs of nearly
//! the same people, or who knows that a group was placed as a whole.

/// Which of these groups' figures are left out: those that are already, and those of too few people.
/// A group of nobody has nothing to be left out.
pub(super) fn hide(counts: &[u32], already: &[bool], smallest: u32) -> Vec<bool> {
    let is_small = |count: u32| 0 < count && count < smallest;
    let mut hidden: Vec<bool> = (counts.iter().zip(already))
        .map(|(&count, &already)| already || is_small(count))
        .collect();
    while is_small(hidden_people(counts, &hidden)) {
        let shown = (0..counts.len()).filter(|&group| !hidden[group] && counts[group] > 0);
        let Some(next) = shown.min_by_key(|&group| counts[group]) else {
            break; // nothing is shown, and nothing told from it
        };
        hidden[next] = true;
    }
    hidden
}

fn hidden_people(counts: &[u32], hidden: &[bool]) -> u32 {
    let hidden = counts.iter().zip(hidden).filter(|(_, hidden)| **hidden);
    hidden.map(|(count, _)| count).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hide_among(counts: &[u32]) -> Vec<bool> {
        hide(counts, &vec![false; counts.len()], 5)
    }

    #[test]
    fn a_small_group_takes_the_next_one_with_it() {
        assert_eq!(hide_among(&[9, 20, 3, 8]), [false, false, true, true]);
        assert_eq!(
            hide_among(&[9, 2, 3, 8]),
            [false, true, true, false],
            "5 together"
        );
        assert_eq!(hide_among(&[9, 1, 2, 8]), [false, true, true, true]);
        assert_eq!(hide_among(&[5, 6, 0]), [false; 3]);
        assert_eq!(hide_among(&[4]), [true]);
        assert_eq!(
            hide(&[1, 1], &[false; 2], 1),
            [false; 2],
            "everything may be shown"
        );
    }

    #[test]
    fn what_is_hidden_stays_so_and_counts() {
        assert_eq!(
            hide(&[9, 2, 8], &[false, true, false], 5),
            [false, true, true]
        );
        assert_eq!(
            hide(&[9, 0, 8], &[false, true, false], 5),
            [false, true, false]
        );
    }

    proptest! {
        #[test]
        fn nothing_that_can_be_told_is_about_few_people(
            groups in prop::collection::vec((0..30u32, any::<bool>()), 0..9),
            smallest in 0..12u32,
        ) {
            let (counts, already): (Vec<_>, Vec<_>) = groups.into_iter().unzip();
            let hidden = hide(&counts, &already, smallest);
            let mut some_shown = false;
            for ((&count, &already), &hidden) in counts.iter().zip(&already).zip(&hidden) {
                prop_assert!(hidden || count == 0 || count >= smallest);
                prop_assert!(hidden || !already);
                some_shown |= !hidden && count > 0;
            }
            let rest = hidden_people(&counts, &hidden);
            prop_assert!(rest == 0 || rest >= smallest || !some_shown);
        }
    }
}
