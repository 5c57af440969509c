//! Something of each node, made when it is first used.
//!
//! Of a hundred thousand items three may ever be bid for: a list of its own for each of them would be
//! most of what such a problem takes.

use crate::solver::walk::position;

/// What each node has: nothing until it is used.
#[derive(Clone)]
pub(super) struct OnUse<T> {
    /// By node: where in `made` it is; 0 if there is none yet.
    slots: Vec<u32>,
    /// What has been made, after one that stays empty.
    made: Vec<T>,
}

impl<T: Default> OnUse<T> {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            slots: vec![0; nodes],
            made: Self::room(nodes),
        }
    }

    /// Room for all of them, which takes no memory as long as it is not touched.
    fn room(nodes: usize) -> Vec<T> {
        let mut made = Vec::with_capacity(nodes + 1);
        made.push(T::default());
        made
    }

    pub(super) fn of(&self, node: u32) -> &T {
        &self.made[self.slots[node as usize] as usize]
    }

    pub(super) fn of_mut(&mut self, node: u32) -> &mut T {
        let slot = &mut self.slots[node as usize];
        if *slot == 0 {
            *slot = position(self.made.len());
            self.made.push(T::default());
        }
        &mut self.made[*slot as usize]
    }

    /// What has been made, in no particular order.
    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.made.iter_mut()
    }
}
