//! Which terms are broader or narrower than another, within a number of steps.

use std::collections::HashSet;

use super::Vocabulary;

/// Up or down the taxonomy.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Broader,
    Narrower,
}

/// How many related terms of one term are taken, each way. A term that is broader than thousands
/// says little about any of them, and bounds keep preparing linear.
const MOST_RELATED: usize = 4096;

/// How many links are followed at each step.
const MOST_LINKS: usize = 1 << 16;

impl Vocabulary {
    /// The terms one way from a term with the fewest steps to each: nearest first, those of a step
    /// in the order of their folded names; at most [`MOST_RELATED`] and over at most [`MOST_LINKS`]
    /// links a step.
    pub(crate) fn related(&self, term: u32, way: Way, steps: u8) -> Vec<(u32, u8)> {
        let mut seen = HashSet::from([term]);
        let mut found = Vec::new();
        let mut nearest = vec![term];
        for step in 1..=steps {
            let mut next: Vec<u32> = (nearest.iter())
                .flat_map(|&term| self.links(term, way))
                .take(MOST_LINKS)
                .copied()
                .filter(|&term| seen.insert(term))
                .collect();
            next.sort_unstable();
            next.truncate(MOST_RELATED - found.len());
            found.extend(next.iter().map(|&term| (term, step)));
            nearest = next;
        }
        found
    }

    fn links(&self, term: u32, way: Way) -> &[u32] {
        let term = &self.0.terms[term as usize];
        match way {
            Way::Broader => &term.broader,
            Way::Narrower => &term.narrower,
        }
    }
}
