//! The method against an exhaustive search, and what holds after every exchange.

use super::*;
use crate::solver::common::random::Random;
use crate::solver::walk::position;

/// Mentees 0..n and mentors n..n+m with places, pairs between them, and the root.
fn network(random: &mut Random) -> Network {
    let (n, m) = (1 + random.below(4) as usize, 1 + random.below(4) as usize);
    let root = n + m;
    let mut arcs = Vec::new();
    let value = |random: &mut Random| i64::from(random.below(7)) - 2;
    for mentee in 0..n {
        arcs.push(Arc::new(root, mentee, 1 + random.below(2)));
    }
    for mentor in n..root {
        arcs.push(Arc::new(mentor, root, 1 + random.below(3)));
    }
    for mentee in 0..n {
        for mentor in n..root {
            arcs.push(Arc::new(mentee, mentor, 1));
        }
    }
    for arc in &mut arcs {
        arc.value = value(random);
    }
    let sends: Vec<bool> = (0..root).map(|node| node >= n).collect();
    let above = (0..).take(root).collect();
    Network::new(arcs, above, &sends, &Control::idle())
}

impl Network {
    fn value(&self) -> i64 {
        let values = self.arcs.iter().map(|arc| i64::from(arc.flow) * arc.value);
        values.sum()
    }

    fn assert_legal(&self, nodes: usize) {
        let mut balance = vec![0i64; nodes];
        for arc in &self.arcs {
            assert!(arc.flow <= arc.capacity);
            balance[arc.tail as usize] -= i64::from(arc.flow);
            balance[arc.head as usize] += i64::from(arc.flow);
        }
        assert!(balance.iter().all(|&balance| balance == 0), "{balance:?}");
    }

    /// Every arc of the tree has room both ways if nodes need a little of their own, and is worth
    /// nothing; arcs outside of it are empty or full.
    fn assert_invariant(&self, potentials: &[i64]) {
        let mut is_in_tree = vec![false; self.arcs.len()];
        for node in (0..self.tree.end()).filter(|&node| node != self.tree.root()) {
            is_in_tree[self.tree.arc_above(node) as usize] = true;
            assert!(self.room(node, true) > (0, 0), "{node} cannot send");
            assert!(self.room(node, false) > (0, 0), "{node} cannot receive");
        }
        for (arc, is_in_tree) in self.arcs.iter().zip(is_in_tree) {
            if is_in_tree {
                assert_eq!(arc.reduced_value(potentials), 0);
            } else {
                assert!(arc.flow == 0 || arc.flow == arc.capacity);
            }
        }
    }

    /// The best legal flow, by trying all.
    fn best(&mut self, nodes: usize, at: usize) -> i64 {
        if at == self.arcs.len() {
            let mut balance = vec![0i64; nodes];
            for arc in &self.arcs {
                balance[arc.tail as usize] -= i64::from(arc.flow);
                balance[arc.head as usize] += i64::from(arc.flow);
            }
            let is_legal = balance.iter().all(|&balance| balance == 0);
            return if is_legal { self.value() } else { i64::MIN };
        }
        let capacity = self.arcs[at].capacity;
        let tries = (0..=capacity).map(|flow| {
            self.arcs[at].flow = flow;
            self.best(nodes, at + 1)
        });
        tries.max().unwrap()
    }
}

#[test]
fn small_networks_are_solved_and_every_exchange_keeps_the_invariant() {
    let mut random = Random::new(7);
    let mut exchanges = 0;
    for _ in 0..400 {
        let mut network = network(&mut random);
        let nodes = network.tree.end() as usize;
        let mut potentials = vec![0; nodes];
        network.tree.find_potentials(&network.arcs, &mut potentials);
        let mut control = Control::idle();
        let mut queue = Queue::new(&network.arcs, 0, &control);
        while let Some(arc) = queue
            .best(&network.arcs, &potentials, &mut control)
            .unwrap()
        {
            network
                .exchange(arc, &mut potentials, &mut control)
                .unwrap();
            network.assert_invariant(&potentials);
            network.assert_legal(nodes);
            exchanges += 1;
        }
        let found = network.value();
        if network.arcs.len() <= 12 {
            assert_eq!(found, network.best(nodes, 0));
        }
    }
    assert!(exchanges > 1_000, "{exchanges}");
}

#[test]
fn a_tree_of_shortest_ways_proves_the_best_flow_at_once() {
    let mut random = Random::new(8);
    for _ in 0..400 {
        let mut network = network(&mut random);
        let nodes = network.tree.end() as usize;
        let (mut potentials, mut control) = (vec![0; nodes], Control::idle());
        network.optimise(0, &mut potentials, &mut control).unwrap();
        let found = network.value();
        network.start_from_flow(&potentials, &control);
        let mut again = vec![0; nodes];
        network.tree.find_potentials(&network.arcs, &mut again);
        network.assert_invariant(&again);
        let mut queue = Queue::new(&network.arcs, 0, &control);
        let next = queue.best(&network.arcs, &again, &mut control);
        assert_eq!(next, Ok(None));
        assert_eq!(network.value(), found);
    }
}

#[test]
fn any_legal_flow_is_a_start() {
    let mut random = Random::new(9);
    for _ in 0..400 {
        let mut network = network(&mut random);
        let nodes = network.tree.end() as usize;
        let (mut potentials, mut control) = (vec![0; nodes], Control::idle());
        // The best flow by other values is a legal one.
        let values: Vec<i64> = network.arcs.iter().map(|arc| arc.value).collect();
        for arc in &mut network.arcs {
            arc.value = i64::from(random.below(5)) - 1;
        }
        network.optimise(0, &mut potentials, &mut control).unwrap();
        for (arc, &value) in network.arcs.iter_mut().zip(&values) {
            arc.value = value;
        }
        network.start_from_flow(&potentials, &control);
        network.tree.find_potentials(&network.arcs, &mut potentials);
        network.assert_invariant(&potentials);
        network.optimise(0, &mut potentials, &mut control).unwrap();
        network.assert_invariant(&potentials);
        if network.arcs.len() <= 12 {
            let found = network.value();
            assert_eq!(found, network.best(nodes, 0));
        }
    }
}

#[test]
fn forks_keep_the_flow_and_the_invariant_and_bind_their_arcs() {
    let mut random = Random::new(10);
    let mut tight = 0;
    for _ in 0..400 {
        let mut network = network(&mut random);
        let nodes = network.tree.end() as usize;
        let (mut potentials, mut control) = (vec![0; nodes], Control::idle());
        network.optimise(0, &mut potentials, &mut control).unwrap();
        let found = network.value();
        // Of every mentee, one pair that was there and one that is new share a fork.
        let places = nodes - 1;
        let mut forks = Vec::new();
        for mentee in 0..network
            .arcs
            .iter()
            .filter(|arc| arc.tail as usize == places)
            .count()
        {
            let pair = |(_, arc): &(usize, &Arc)| arc.tail as usize == mentee;
            let pairs: Vec<_> = network.arcs.iter().enumerate().filter(pair).collect();
            let (number, arc) = pairs[random.below(u32::try_from(pairs.len()).unwrap()) as usize];
            let mut new = Arc::new(mentee, arc.head as usize, 1);
            new.value = i64::from(random.below(9)) - 2;
            forks.push([number, network.arcs.len()].map(position).to_vec());
            network.arcs.push(new);
        }
        network.add_forks(places, &forks, &Control::idle());
        let nodes = nodes + forks.len();
        for node in (0..nodes).filter(|&node| node != places) {
            let above = &network.arcs[network.arc_above(node)];
            assert!([above.tail, above.head].contains(&position(node)), "{node}");
        }
        assert_eq!(network.value(), found);
        network.assert_legal(nodes);
        potentials = vec![0; nodes];
        network.tree.find_potentials(&network.arcs, &mut potentials);
        network.assert_invariant(&potentials);
        network.optimise(0, &mut potentials, &mut control).unwrap();
        network.assert_invariant(&potentials);
        network.assert_legal(nodes);
        tight += usize::from(
            network.arcs[places..][..forks.len()]
                .iter()
                .any(|arc| arc.flow == 1 && arc.reduced_value(&potentials) > 0),
        );
        if network.arcs.len() <= 14 {
            let found = network.value();
            assert_eq!(found, network.best(nodes, 0));
        }
    }
    assert!(tight > 40, "{tight}");
}
