//! Lists by key in two flat arrays (compressed sparse rows).

/// For each key below a bound, a list of values.
pub(crate) struct Csr<T> {
    starts: Vec<usize>, // indexed by key, plus one at the end
    values: Vec<T>,     // grouped by key, in the order given
}

impl<T: Copy> Csr<T> {
    /// Groups `entries` by key; every key is below `keys`.
    pub(crate) fn new(keys: usize, mut entries: Vec<(usize, T)>) -> Self {
        entries.sort_by_key(|&(key, _)| key); // stable
        let mut starts = vec![0; keys + 1];
        for &(key, _) in &entries {
            starts[key + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let values = entries.into_iter().map(|(_, value)| value).collect();
        Self { starts, values }
    }

    pub(crate) fn bytes(&self) -> u64 {
        (size_of_val(&*self.starts) + size_of_val(&*self.values)) as u64
    }

    pub(crate) fn list(&self, key: usize) -> &[T] {
        &self.values[self.starts[key]..self.starts[key + 1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_the_order_given() {
        let lists = Csr::new(3, vec![(2, 'a'), (0, 'b'), (2, 'c')]);
        assert_eq!(
            [lists.list(0), lists.list(1), lists.list(2)],
            [&['b'][..], &[], &['a', 'c']]
        );
    }
}
