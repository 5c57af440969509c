//! The first tree against the shortest ways of a textbook.

use super::*;
use crate::solver::common::random::Random;

/// What it costs to go along an arc from one of its ends; nothing along one that must be in the tree.
fn cost(growth: &Growth<'_>, arc: &Arc, from: u32) -> Option<i64> {
    match 0 < arc.flow && arc.flow < arc.capacity {
        true => Some(0),
        false => growth.loss(arc, from),
    }
}

/// Bellman and Ford: the shortest ways from the root, by node.
fn shortest(growth: &Growth<'_>, nodes: usize) -> Vec<Option<i64>> {
    let mut lengths = vec![None; nodes];
    lengths[growth.root as usize] = Some(0);
    for _ in 0..nodes {
        for arc in growth.arcs {
            for (from, to) in [(arc.tail, arc.head), (arc.head, arc.tail)] {
                // A way to the root is found from its end.
                let (Some(length), Some(cost)) = (lengths[from as usize], cost(growth, arc, to))
                else {
                    continue;
                };
                let known = &mut lengths[to as usize];
                *known = Some(known.map_or(length + cost, |known: i64| known.min(length + cost)));
            }
        }
    }
    lengths
}

/// How long a node's way is in the tree; `None` if it has none.
fn way(growth: &Growth<'_>, node: u32) -> Option<i64> {
    let (mut node, mut length) = (node, 0);
    while node != growth.root {
        let arc = &growth.arcs[growth.above[node as usize]? as usize];
        length += cost(growth, arc, node)?;
        node = if arc.tail == node { arc.head } else { arc.tail };
    }
    Some(length)
}

#[test]
fn ways_to_the_root_are_the_shortest() {
    let mut random = Random::new(17);
    for _ in 0..2_000 {
        let nodes = 2 + random.below(9);
        let arcs: Vec<Arc> = (0..random.below(40))
            .map(|_| {
                let ends = [random.below(nodes) as usize, random.below(nodes) as usize];
                let mut arc = Arc::new(ends[0], ends[1], random.below(3));
                arc.flow = random.below(arc.capacity + 1);
                arc.value = random.between(-3, 9).into();
                arc
            })
            .filter(|arc| arc.tail != arc.head)
            .collect();
        let potentials: Vec<i64> = (0..nodes).map(|_| random.between(-3, 3).into()).collect();
        let control = Control::idle();
        let mut growth = Growth::new(&arcs, (nodes - 1, &potentials), &control);
        growth.grow(&control);
        let expected = shortest(&growth, nodes as usize);
        let found: Vec<_> = (0..nodes).map(|node| way(&growth, node)).collect();
        assert_eq!(found, expected);
    }
}
