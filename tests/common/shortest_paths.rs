//! The textbook method for one-to-one and capacitated instances: add one pair at a time along the
//! best augmenting path, found by Bellman and Ford's method on the residual graph.
//!
//! Only maxima are considered. Each path is the best of its length, so the totals of 1, 2, 3 …
//! pairs come out in order, and their gains never rise.

use super::instance::Instance;

/// A step of the residual graph. Nodes: mentees, mentors, then source and sink.
struct Arc {
    tail: usize,
    head: usize,
    room: u32,
    value: i64,
}

/// The largest total of each number of pairs, from 0 pairs on.
pub fn best_totals(instance: &Instance) -> Vec<i64> {
    let mut arcs = arcs(instance);
    let mut totals = vec![0];
    while let Some(gain) = augment(&mut arcs, instance.mentees.len() + instance.mentors.len()) {
        totals.push(totals.last().unwrap() + gain);
    }
    totals
}

/// Arcs in twos: a step and its way back.
fn arcs(instance: &Instance) -> Vec<Arc> {
    let (n, m) = (instance.mentees.len(), instance.mentors.len());
    let (source, sink) = (n + m, n + m + 1);
    let mut arcs = Vec::new();
    let mut add = |tail, head, room, value| {
        arcs.push(Arc {
            tail,
            head,
            room,
            value,
        });
        arcs.push(Arc {
            tail: head,
            head: tail,
            room: 0,
            value: -value,
        });
    };
    for (i, row) in instance.scores.iter().enumerate() {
        add(source, i, instance.mentees.max[i], 0);
        for (j, score) in row.iter().enumerate() {
            if let Some(score) = score {
                add(i, n + j, 1, i64::from(*score));
            }
        }
    }
    for (j, &max) in instance.mentors.max.iter().enumerate() {
        add(n + j, sink, max, 0);
    }
    arcs
}

/// Sends one unit along the most valuable path; what it gains, `None` if there is no path.
fn augment(arcs: &mut [Arc], source: usize) -> Option<i64> {
    let sink = source + 1;
    let mut best: Vec<Option<i64>> = vec![None; sink + 1];
    let mut reached_by = vec![usize::MAX; sink + 1];
    best[source] = Some(0);
    let mut changed = true;
    while changed {
        changed = false;
        for (number, arc) in arcs.iter().enumerate().filter(|(_, arc)| arc.room > 0) {
            let Some(value) = best[arc.tail].map(|value| value + arc.value) else {
                continue;
            };
            if best[arc.head].is_none_or(|known| known < value) {
                best[arc.head] = Some(value);
                reached_by[arc.head] = number;
                changed = true;
            }
        }
    }
    let gain = best[sink]?;
    let mut node = sink;
    while node != source {
        let number = reached_by[node];
        arcs[number].room -= 1;
        arcs[number ^ 1].room += 1;
        node = arcs[number].tail;
    }
    Some(gain)
}
