//! How many partners everybody on a side should have at least.

use std::ops::Index;

/// A number for each participant; nothing is kept where it is 0 for all, as it mostly is.
#[derive(Clone, Debug, Default)]
pub(in crate::solver) struct Minima(Vec<u32>);

impl Minima {
    pub(in crate::solver) fn new(min: Vec<u32>) -> Self {
        match min.iter().any(|&min| min > 0) {
            true => Self(min),
            false => Self::default(),
        }
    }

    /// Whether nobody must have anybody.
    pub(in crate::solver) fn are_none(&self) -> bool {
        self.0.is_empty()
    }

    /// By participant; nothing if there are none.
    pub(in crate::solver) fn listed(&self) -> &[u32] {
        &self.0
    }
}

impl Index<usize> for Minima {
    type Output = u32;

    #[inline]
    fn index(&self, participant: usize) -> &u32 {
        match self.0.is_empty() {
            true => &0,
            false => &self.0[participant],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minima_that_are_all_nothing_are_none_and_read_the_same() {
        for listed in [vec![0, 0], vec![0, 3]] {
            let minima = Minima::new(listed.clone());
            assert_eq!(minima.are_none(), listed == [0, 0]);
            assert_eq!([minima[0], minima[1]], listed[..]);
        }
    }
}
