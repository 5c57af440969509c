//! The textbook method for instances of every shape: add one pair at a time along the best
//! augmenting path, found by Bellman and Ford's method on the residual graph.
//!
//! Several levels become one number: each level's values are multiplied by more than all the values
//! of the later levels can add up to. Places never gain in value, so each path is the best of its
//! length and their gains never rise.

use mentormatch::solver::Level;

use super::instance::{Instance, Pairs, People, Side, pair_value};

/// What one unit may do: be a pair, or take a place.
struct Step {
    tail: usize,
    head: usize,
    room: u32,
    /// Indexed by level.
    values: Vec<i128>,
}

/// A step of the residual graph.
struct Arc {
    tail: usize,
    head: usize,
    room: u32,
    value: i128,
}

/// Arcs come in twos: a step and its way back.
struct Network {
    arcs: Vec<Arc>,
    source: usize,
    sink: usize,
}

/// Arcs from source to sink, and what one unit more gains along them.
struct Path {
    arcs: Vec<usize>,
    gain: i128,
}

/// The best value vector of any legal set of pairs.
pub fn optimum(instance: &Instance, levels: &[Level]) -> Vec<i128> {
    let mut network = Network::new(instance, levels);
    while let Some(path) = network.best_path().filter(|path| path.gain > 0) {
        network.augment(&path);
    }
    instance.value(&network.pairs(instance), levels)
}

/// The largest total of each number of pairs, from 0 pairs on. Minimums do not count.
pub fn best_totals(instance: &Instance) -> Vec<i128> {
    let mut network = Network::new(instance, &[Level::TotalScore]);
    let mut totals = vec![0];
    while let Some(path) = network.best_path() {
        totals.push(totals.last().unwrap() + path.gain);
        network.augment(&path);
    }
    totals
}

impl Network {
    /// Nodes: mentees, mentors, the groups of either side, source and sink; then one for each pair of a mentee and a
    /// kind, through which one unit may go from her to his mentors.
    fn new(instance: &Instance, levels: &[Level]) -> Self {
        let (n, m) = (instance.mentees.len(), instance.mentors.len());
        let mentor_groups = n + m + groups(&instance.mentees);
        let source = mentor_groups + groups(&instance.mentors);
        let sink = source + 1;
        let mut steps = pairs(instance, levels, sink + 1);
        for (above, node, values) in places(instance, Side::Mentees, levels, [0, n + m, source]) {
            push(&mut steps, above, node, values);
        }
        for (above, node, values) in
            places(instance, Side::Mentors, levels, [n, mentor_groups, sink])
        {
            push(&mut steps, node, above, values);
        }
        let weights = weights(&steps, levels.len());
        Self {
            arcs: steps.iter().flat_map(|step| step.arcs(&weights)).collect(),
            source,
            sink,
        }
    }

    /// The most valuable path, if the sink can be reached at all.
    fn best_path(&self) -> Option<Path> {
        let nodes = self.arcs.iter().map(|arc| arc.head + 1).max();
        let nodes = nodes.unwrap_or(0).max(self.sink + 1);
        let mut best: Vec<Option<i128>> = vec![None; nodes];
        let mut reached_by = vec![usize::MAX; nodes];
        best[self.source] = Some(0);
        let mut changed = true;
        while changed {
            changed = false;
            for (number, arc) in self.arcs.iter().enumerate() {
                let Some(value) = best[arc.tail].filter(|_| arc.room > 0) else {
                    continue;
                };
                let value = value + arc.value;
                if best[arc.head].is_none_or(|known| known < value) {
                    best[arc.head] = Some(value);
                    reached_by[arc.head] = number;
                    changed = true;
                }
            }
        }
        let gain = best[self.sink]?;
        let (mut arcs, mut node) = (Vec::new(), self.sink);
        while node != self.source {
            arcs.push(reached_by[node]);
            node = self.arcs[reached_by[node]].tail;
        }
        Some(Path { arcs, gain })
    }

    /// Sends one unit along the path.
    fn augment(&mut self, path: &Path) {
        for &number in &path.arcs {
            self.arcs[number].room -= 1;
            self.arcs[number ^ 1].room += 1;
        }
    }

    /// The pairs whose step is taken.
    fn pairs(&self, instance: &Instance) -> Pairs {
        let (n, m) = (instance.mentees.len(), instance.mentors.len());
        let slots = self.sink + 1;
        let is_pair =
            |arc: &&Arc| (arc.tail < n || arc.tail >= slots) && (n..n + m).contains(&arc.head);
        let steps = self.arcs.iter().step_by(2);
        let taken = steps.filter(|arc| arc.room == 0).filter(is_pair);
        let mentee = |tail: usize| tail.checked_sub(slots).map_or(tail, |slot| slot / m);
        let mut pairs: Pairs = taken.map(|arc| (mentee(arc.tail), arc.head - n)).collect();
        pairs.sort_unstable();
        pairs
    }
}

impl Step {
    fn arcs(&self, weights: &[i128]) -> [Arc; 2] {
        let weighted = self.values.iter().zip(weights);
        let value = weighted.map(|(value, weight)| value * weight).sum();
        let arc = |tail, head, room, value| Arc {
            tail,
            head,
            room,
            value,
        };
        [
            arc(self.tail, self.head, self.room, value),
            arc(self.head, self.tail, 0, -value),
        ]
    }
}

/// More than all the values of the later levels add up to, for each level.
fn weights(steps: &[Step], levels: usize) -> Vec<i128> {
    let mut weights = vec![1; levels];
    for level in (1..levels).rev() {
        let most = |step: &Step| step.values[level].abs() * i128::from(step.room);
        let range = 2 * steps.iter().map(most).sum::<i128>() + 1;
        weights[level - 1] = weights[level] * range;
    }
    weights
}

fn pairs(instance: &Instance, levels: &[Level], slots: usize) -> Vec<Step> {
    let (n, m) = (instance.mentees.len(), instance.mentors.len());
    let mut steps = Vec::new();
    for (i, row) in instance.scores.iter().enumerate() {
        for (j, score) in row.iter().enumerate() {
            if let Some(score) = *score {
                let values = levels.iter().map(|level| pair_value(level, i, j, score));
                // The slot of a mentor and those like her is that of the first.
                let first = (0..j).find(|&other| instance.are_alike(other, j));
                let slot = slots + i * m + first.unwrap_or(j);
                push(&mut steps, slot, n + j, values.collect());
                if !steps.iter().any(|step| (step.tail, step.head) == (i, slot)) {
                    push(&mut steps, i, slot, vec![0; levels.len()]);
                }
            }
        }
    }
    steps
}

/// A place: what stands above its owner, the owner, and what it is worth at each level.
type Place = (usize, usize, Vec<i128>);

/// All places of one side, whose first person, first group and end of the network are given.
fn places(instance: &Instance, side: Side, levels: &[Level], nodes: [usize; 3]) -> Vec<Place> {
    let [first, first_group, end] = nodes;
    let (people, partners) = match side {
        Side::Mentees => (&instance.mentees, instance.mentors.len()),
        Side::Mentors => (&instance.mentors, instance.mentees.len()),
    };
    let above = |group: Option<u32>| group.map_or(end, |group| first_group + group as usize);
    let mut places = Vec::new();
    for person in 0..people.len() {
        let group = people.groups.as_ref().and_then(|g| g.group_of[person]);
        let value = |level: &Level, load| people.person_value(level, side, person, load);
        for place in 1..=at_most(people.max[person], partners) {
            let values = levels.iter().map(|l| value(l, place) - value(l, place - 1));
            places.push((above(group), first + person, values.collect()));
        }
    }
    for group in 0..groups(people) {
        let forest = people.groups.as_ref().unwrap();
        for place in 1..=at_most(forest.max[group], people.len() * partners) {
            let value = |level: &Level, load| people.group_value(level, side, group, load);
            let values = levels.iter().map(|l| value(l, place) - value(l, place - 1));
            places.push((
                above(forest.parent[group]),
                first_group + group,
                values.collect(),
            ));
        }
    }
    places
}

fn at_most(max: u32, partners: usize) -> u32 {
    max.min(u32::try_from(partners).unwrap())
}

fn groups(people: &People) -> usize {
    people.groups.as_ref().map_or(0, |groups| groups.max.len())
}

/// Adds a step, as more room in the last one where that is the same.
fn push(steps: &mut Vec<Step>, tail: usize, head: usize, values: Vec<i128>) {
    match steps.last_mut() {
        Some(last) if (last.tail, last.head) == (tail, head) && last.values == values => {
            last.room += 1;
        }
        _ => steps.push(Step {
            tail,
            head,
            room: 1,
            values,
        }),
    }
}
