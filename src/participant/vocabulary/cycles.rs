//! Cycles in a graph that should have none.

/// Cycles of a graph given by each node's links: for each the nodes in order, from the smallest,
/// which is repeated at the end. At least one where there are any; each node is in at most one.
///
/// A walk by depth colours nodes; a link back into the current path closes a cycle. Linear in
/// nodes and links. Its own stack: chains of links may be longer than the machine's.
pub(super) fn find(links: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut walk = Walk {
        links,
        state: vec![State::New; links.len()],
        path: Vec::new(),
        cycles: Vec::new(),
    };
    for start in (0..).take(links.len()) {
        walk.from(start);
    }
    walk.cycles
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    OnPath,
    InCycle, // on the path, and part of a cycle that has been reported
    Done,
}

struct Walk<'a> {
    links: &'a [Vec<u32>],
    state: Vec<State>,       // indexed by node
    path: Vec<(u32, usize)>, // node, and how many of its links have been followed
    cycles: Vec<Vec<u32>>,
}

impl Walk<'_> {
    fn from(&mut self, start: u32) {
        self.enter(start);
        while let Some((node, followed)) = self.path.last_mut() {
            let node = *node as usize;
            let next = self.links[node].get(*followed).copied();
            *followed += 1;
            match next {
                Some(next) if self.state[next as usize] == State::OnPath => self.close(next),
                Some(next) => self.enter(next),
                None => {
                    self.state[node] = State::Done;
                    self.path.pop();
                }
            }
        }
    }

    fn enter(&mut self, node: u32) {
        let state = &mut self.state[node as usize];
        if *state == State::New {
            *state = State::OnPath;
            self.path.push((node, 0));
        }
    }

    /// Notes the cycle from `first` along the path and back, unless part of it is in another one.
    fn close(&mut self, first: u32) {
        let at = self.path.iter().rposition(|&(node, _)| node == first);
        let nodes = self.path[at.unwrap_or(0)..].iter().map(|&(node, _)| node);
        let mut cycle: Vec<u32> = nodes.collect();
        let state = &mut self.state;
        if cycle
            .iter()
            .any(|&node| state[node as usize] == State::InCycle)
        {
            return;
        }
        for &node in &cycle {
            state[node as usize] = State::InCycle;
        }
        let smallest = (0..cycle.len()).min_by_key(|&at| cycle[at]);
        cycle.rotate_left(smallest.unwrap_or(0));
        cycle.extend(cycle.first().copied());
        self.cycles.push(cycle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycles_are_found_once_from_their_smallest_node() {
        assert!(find(&[]).is_empty());
        assert!(find(&[vec![1, 2], vec![2], vec![]]).is_empty(), "a diamond");
        assert_eq!(find(&[vec![0]]), [[0, 0]]);
        let two = [vec![1], vec![2], vec![1], vec![4], vec![3]];
        assert_eq!(find(&two), [[1, 2, 1], [3, 4, 3]]);
        assert_eq!(find(&[vec![2], vec![0], vec![1]]), [[0, 2, 1, 0]]);
    }

    #[test]
    fn long_chains_do_not_overflow_the_stack() {
        let mut chain: Vec<_> = (1..=1_000_000).map(|next| vec![next]).collect();
        chain.push(vec![]);
        assert!(find(&chain).is_empty());
        chain[1_000_000].push(0);
        assert_eq!(find(&chain)[0].len(), 1_000_002);
    }
}
