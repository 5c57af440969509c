//! The assignment problem as a circulation.
//!
//! One unit of flow is one pair: it leaves the hub, passes the groups above a mentee, the mentee,
//! the mentor and the groups above the mentor, and returns to the hub. A node of `c` places is one
//! node, joined to the node above it by as many arcs as its places have different values.
//!
//! ```text
//!          ┌─► mentee group ─► mentee ─► mentor ─► mentor group ─┐
//!    hub ──┤                   mentee ─► mentor                  ├──► hub
//!          └─────────────────► mentee            ────────────────┘
//! ```
//!
//! The potential of a mentee or group of mentees is its price, that of a mentor or group of mentors
//! the negative of its price, and the hub's is 0.
//!
//! Where a mentee has at most one mentor of each kind, those of her listed pairs that are of one kind pass one more
//! node on the way to the mentor, a [slot](slots), which takes one unit.

use super::assignment::Assignment;
use super::blend::Blend;
use super::candidate_lists::Pair;
use super::certificate::Prices;
use super::control::{Control, Stop};
use super::level::{Level, Owner, Segment, segments};
use super::network::{Arc, Network, OPEN};
use super::problem::Problem;
use super::walk::position;
use crate::ids::{MenteeIdx, MentorIdx};
use slots::Slots;

mod slots;

/// A problem restricted to listed pairs, as a network, with prices for every level.
pub(super) struct FlowModel<'p> {
    problem: &'p Problem<'p>,
    pub(super) levels: Vec<Level>,
    slots: Slots,
    /// Place arcs first, in the order of [`Owner::all`] and then one of each slot, then one arc a listed pair.
    network: Network,
    /// By place arc: its node, which is its position in [`Owner::all`] unless it is a slot.
    owners: Vec<u32>,
    /// Values of the place arcs: `place_values[arc * levels + level]`.
    place_values: Vec<i64>,
    /// Scores of the pair arcs.
    scores: Vec<i32>,
    /// By level: the potential of every node.
    potentials: Vec<Vec<i64>>,
    /// The first solved level at which a pair that has been added since gains within its slot, or anything behind.
    unsolved: usize,
}

/// What the place of somebody who has none is worth: what keeps her out of every pair, whatever the
/// other's price is.
const BEYOND: i64 = 1 << 58;

/// Values at one level are rarely further from 0 than this: twice the highest match score.
const USUAL: i64 = 1 << 21;

/// What an arc is worth at all levels together stays within this, so that the arcs on a way through
/// everybody add up.
const MOST_OF_AN_ARC: i64 = 1 << 38;

impl<'p> FlowModel<'p> {
    /// Without pairs; `None` if cancelled.
    pub(super) fn new(
        problem: &'p Problem<'p>,
        levels: Vec<Level>,
        control: &Control<'_>,
    ) -> Option<Self> {
        let (mut arcs, mut owners, mut place_values) = (Vec::new(), Vec::new(), Vec::new());
        let (mut above, mut sends) = (Vec::new(), Vec::new());
        let hub = problem.nodes();
        for (number, owner) in (0..).zip(control.until_cancelled(Owner::all(problem))) {
            above.push(number_of(&arcs));
            sends.push(matches!(owner, Owner::Mentor(_) | Owner::MentorGroup(_)));
            for segment in places_of(problem, &levels, owner) {
                let (tail, head) = place_arc((problem, hub), owner);
                arcs.push(Arc::new(tail, head, segment.places));
                owners.push(number);
                place_values.extend(segment.values);
            }
        }
        if control.is_cancelled() {
            return None;
        }
        let network = Network::new(arcs, above, &sends, control);
        let potentials = vec![vec![0; hub + 1]; levels.len()];
        (!control.is_cancelled()).then_some(Self {
            problem,
            levels,
            slots: Slots::none(hub + 1),
            network,
            owners,
            place_values,
            scores: Vec::new(),
            potentials,
            unsolved: usize::MAX,
        })
    }

    /// Bytes that solving a model with this many pairs takes at most.
    pub(super) fn bytes(problem: &Problem<'_>, levels: usize, pairs: u64) -> u64 {
        let (slots, of_kinds) = if problem.has_kinds() {
            ((pairs / 2).min(problem.slots() as u64), Slots::BYTES_A_PAIR)
        } else {
            (0, 0)
        };
        let nodes = problem.nodes() as u64 + slots;
        let (arc, node) = (Self::BYTES_AN_ARC, 60 + 24 * levels as u64);
        arc.saturating_mul(pairs.saturating_add(2 * nodes))
            .saturating_add(node.saturating_mul(nodes))
            .saturating_add(of_kinds.saturating_mul(pairs))
    }

    /// The arc, its two ends in the index of a start, its score, its place in a list and in the queue, and the
    /// pair on its way in (or, later, its values at a start, or the edges of the test for uniqueness).
    pub(super) const BYTES_AN_ARC: u64 = size_of::<Arc>() as u64 + 2 * 4 + 4 + 4 + 4 + 24;

    /// Adds pairs, as `(mentee, mentor, score)`, without flow.
    pub(super) fn add_pairs(&mut self, pairs: Vec<Pair>, control: &Control<'_>) {
        self.network.arcs.reserve_exact(pairs.len());
        self.scores.reserve_exact(pairs.len());
        let (first, places) = (self.pairs(), self.place_arcs());
        for (mentee, mentor, score) in control.until_cancelled(pairs) {
            let number = number_of(&self.network.arcs);
            let tail = (self.slots).add(self.problem, (mentee, mentor), number - position(places));
            let head = self.problem.mentees() + mentor;
            self.network.arcs.push(Arc::new(tail, head, 1));
            self.scores.push(score);
        }
        if self.problem.has_kinds() && !control.is_cancelled() {
            self.add_slots(control);
            self.find_gain_within_slots(first);
        }
    }

    /// Begins with an assignment of listed pairs, and prices by which it should be nearly the best for
    /// this blend of the levels. To be called before anything is solved.
    pub(super) fn start_from(
        &mut self,
        assignment: &Assignment,
        (blend, prices): (&Blend, &Prices),
        control: &Control<'_>,
    ) {
        self.load(assignment, control);
        self.set_blended_values(blend, control);
        if control.is_cancelled() {
            return;
        }
        let potentials = self.potentials_of(prices);
        self.network.start_from_flow(&potentials, control);
    }

    /// The same from prices at every level.
    pub(super) fn start_at(
        &mut self,
        assignment: &Assignment,
        prices: &[Prices],
        control: &Control<'_>,
    ) {
        self.load(assignment, control);
        let mut packed = Packed::of(self.network.arcs.len());
        for (level, prices) in prices.iter().enumerate() {
            self.set_values(level, control);
            let potentials = self.potentials_of(prices);
            let of = |arc: &Arc| match arc.capacity {
                0 => 0,
                _ => arc.reduced_value(&potentials),
            };
            if !packed.add(self.network.arcs.iter().map(of).collect()) {
                break;
            }
        }
        for (arc, value) in control.until_cancelled(self.network.arcs.iter_mut().zip(packed.values))
        {
            arc.value = value;
        }
        let flat = vec![0; self.slots.end()];
        self.network.start_from_flow(&flat, control);
    }

    /// Puts the flow of an assignment on the network. A node's arcs come in the order of its
    /// places, so filling them in turn takes the most valuable places first.
    fn load(&mut self, assignment: &Assignment, control: &Control<'_>) {
        let (places, mentees) = (self.place_arcs(), self.problem.mentees());
        let (place_arcs, pair_arcs) = self.network.arcs.split_at_mut(places);
        let loads = assignment.loads(self.problem);
        let mut left: Vec<u64> = loads.owners().map(|(_, load)| load).collect();
        left.resize(self.slots.end(), 0);
        for arc in control.until_cancelled(pair_arcs) {
            #[expect(clippy::cast_possible_truncation, reason = "fewer than 2^24 nodes")]
            let (mentee, mentor) = (
                self.slots.mentee(arc.tail as usize) as u32,
                arc.head - mentees as u32,
            );
            let pair = (MenteeIdx::new(mentee), MentorIdx::new(mentor));
            arc.flow = u32::from(assignment.has(pair.0, pair.1));
            if arc.tail as usize > self.problem.nodes() {
                left[arc.tail as usize] += u64::from(arc.flow);
            }
        }
        let place_arcs = place_arcs.iter_mut().zip(&self.owners);
        for (arc, &owner) in control.until_cancelled(place_arcs) {
            let left = &mut left[owner as usize];
            arc.flow = u32::try_from(*left).unwrap_or(u32::MAX).min(arc.capacity);
            *left -= u64::from(arc.flow);
        }
    }

    /// The number of listed pairs.
    pub(super) fn pairs(&self) -> usize {
        self.scores.len()
    }

    /// Solves the levels from one on, those before being solved for all pairs but those that have been
    /// added since. Earlier ones too, where one of these gains within its slot.
    ///
    /// On `Err((level, stop))`, everything before `level` is solved, and the flow is a legal one.
    pub(super) fn solve(
        &mut self,
        from: usize,
        control: &mut Control<'_>,
    ) -> Result<(), (usize, Stop)> {
        let from = from.min(std::mem::replace(&mut self.unsolved, usize::MAX));
        self.reopen(from, control);
        for level in from..self.levels.len() {
            control.begin_level(level, self.levels.len());
            self.set_values(level, control);
            let potentials = &mut self.potentials[level];
            if let Err(stop) = self.network.optimise(rank(level), potentials, control) {
                self.price_mentees(level, control);
                return Err((level, stop));
            }
            self.network
                .settle(rank(level), &self.potentials[level], control);
            control.check().map_err(|stop| (level, stop))?;
        }
        Ok(())
    }

    /// The pairs that carry flow.
    pub(super) fn assignment(&self) -> Assignment {
        let chosen = self
            .pair_arcs()
            .filter(|arc| arc.flow > 0)
            .map(|arc| self.pair_of(arc));
        Assignment::from_pairs(self.problem.mentees(), chosen)
    }

    /// The same with their scores.
    pub(super) fn chosen(&self) -> Vec<Pair> {
        let scored = self.pair_arcs().zip(&self.scores);
        let chosen = scored.filter(|(arc, _)| arc.flow > 0);
        let pair = |(arc, &score): (&Arc, &i32)| {
            let (mentee, mentor) = self.pair_of(arc);
            (mentee as usize, mentor as usize, score)
        };
        chosen.map(pair).collect()
    }

    /// The prices the potentials stand for.
    pub(super) fn prices(&self) -> Vec<Prices> {
        self.potentials
            .iter()
            .map(|potentials| self.prices_of(potentials))
            .collect()
    }

    /// Forgets what levels from `level` on settled, and recalls what those before did.
    fn reopen(&mut self, level: usize, control: &Control<'_>) {
        for arc in control.until_cancelled(&mut self.network.arcs) {
            if usize::from(arc.settled) >= level {
                arc.settled = OPEN;
            }
        }
        // New pairs know nothing of the levels before.
        for earlier in 0..level {
            self.set_values(earlier, control);
            self.network
                .settle(rank(earlier), &self.potentials[earlier], control);
        }
    }

    fn set_values(&mut self, level: usize, control: &Control<'_>) {
        let (levels, places) = (self.levels.len(), self.place_arcs());
        let (place_arcs, pair_arcs) = self.network.arcs.split_at_mut(places);
        for (number, arc) in control.until_cancelled(place_arcs.iter_mut().enumerate()) {
            arc.value = self.place_values[number * levels + level];
        }
        let mentees = self.problem.mentees();
        for (arc, &score) in control.until_cancelled(pair_arcs.iter_mut().zip(&self.scores)) {
            let (mentee, mentor) = (
                self.slots.mentee(arc.tail as usize),
                arc.head as usize - mentees,
            );
            arc.value = self.levels[level].pair_value(mentee, mentor, score);
        }
    }

    fn set_blended_values(&mut self, blend: &Blend, control: &Control<'_>) {
        let (levels, places) = (self.levels.len(), self.place_arcs());
        let (place_arcs, pair_arcs) = self.network.arcs.split_at_mut(places);
        for (number, arc) in control.until_cancelled(place_arcs.iter_mut().enumerate()) {
            arc.value = blend.place_value(&self.place_values[number * levels..][..levels]);
        }
        let mentees = self.problem.mentees();
        for (arc, &score) in control.until_cancelled(pair_arcs.iter_mut().zip(&self.scores)) {
            let (mentee, mentor) = (
                self.slots.mentee(arc.tail as usize),
                arc.head as usize - mentees,
            );
            arc.value = blend.pair_value(&self.levels, (mentee, mentor, score));
        }
    }

    /// Raises mentees' prices until no pair gains, so that the prices of a search that was stopped bound
    /// what is missing.
    fn price_mentees(&mut self, level: usize, control: &Control<'_>) {
        let potentials = &mut self.potentials[level];
        for arc in control.until_cancelled(&self.network.arcs[self.owners.len()..]) {
            if arc.settled >= rank(level) {
                let mentor = potentials[arc.head as usize];
                let mentee = &mut potentials[self.slots.mentee(arc.tail as usize)];
                *mentee = (*mentee).max(arc.value + mentor);
            }
        }
    }

    fn place_arcs(&self) -> usize {
        self.owners.len()
    }

    fn pair_arcs(&self) -> impl Iterator<Item = &Arc> {
        self.network.arcs[self.place_arcs()..].iter()
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "problems have fewer than 2^24 nodes"
    )]
    fn pair_of(&self, arc: &Arc) -> (u32, u32) {
        let mentee = self.slots.mentee(arc.tail as usize);
        (mentee as u32, arc.head - self.problem.mentees() as u32)
    }

    /// The potentials that stand for prices; groups may have none yet.
    fn potentials_of(&self, prices: &Prices) -> Vec<i64> {
        let negated = |own: &[i64]| own.iter().map(|price| -price).collect();
        let mut potentials = prices.mentees.clone();
        let mentors: Vec<i64> = negated(&prices.mentors);
        potentials.extend(mentors);
        potentials.extend(&prices.mentee_groups);
        let people = self.problem.mentees() + self.problem.mentors();
        potentials.resize(people + self.problem.mentees.groups.len(), 0);
        let groups: Vec<i64> = negated(&prices.mentor_groups);
        potentials.extend(groups);
        potentials.resize(self.problem.nodes(), 0);
        potentials.push(0);
        let of_slots = (potentials.len()..self.slots.end()).map(|node| self.slots.mentee(node));
        potentials.extend(of_slots.map(|mentee| prices.mentees[mentee]));
        potentials
    }

    fn prices_of(&self, potentials: &[i64]) -> Prices {
        let (n, m) = (self.problem.mentees(), self.problem.mentors());
        let groups = n + m + self.problem.mentees.groups.len();
        let negated = |range: &[i64]| range.iter().map(|potential| -potential).collect();
        Prices {
            mentees: potentials[..n].to_vec(),
            mentors: negated(&potentials[n..n + m]),
            mentee_groups: potentials[n + m..groups].to_vec(),
            mentor_groups: negated(&potentials[groups..self.problem.nodes()]),
        }
    }
}

/// Values of the arcs at several levels as one value each, in which an earlier level counts for more than all
/// later ones, as far as that stays small; further out than usual is as far as usual.
struct Packed {
    values: Vec<i64>,
    /// So many values an arc may have.
    most: i64,
}

impl Packed {
    fn of(arcs: usize) -> Self {
        Self {
            values: vec![0; arcs],
            most: 1,
        }
    }

    /// Adds the next level; `false`, and nothing is added, if there is no room for it.
    fn add(&mut self, level: Vec<i64>) -> bool {
        let usual = level
            .iter()
            .filter(|value| value.unsigned_abs() <= USUAL.unsigned_abs());
        let largest = usual.map(|value| value.abs()).max().unwrap_or(0);
        let span = 2 * largest + 1;
        self.most = self.most.saturating_mul(span);
        if self.most > MOST_OF_AN_ARC {
            return false;
        }
        for (packed, value) in self.values.iter_mut().zip(level) {
            *packed = *packed * span + value.clamp(-largest, largest);
        }
        true
    }
}

fn rank(level: usize) -> u8 {
    u8::try_from(level).unwrap_or(OPEN - 1)
}

/// The places of one node, or the arc that a node without any has to hang on.
fn places_of(problem: &Problem<'_>, levels: &[Level], owner: Owner) -> Vec<Segment> {
    let mut places = segments(problem, levels, owner);
    if places.is_empty() {
        let mut values = vec![0; levels.len()];
        if let (Some(first), false) = (values.first_mut(), is_below_closed(problem, owner)) {
            *first = -BEYOND;
        }
        places.push(Segment { places: 0, values });
    }
    places
}

/// Whether a group above the node has no places, so that nobody below it can be in a pair anyway: prices
/// would add up from group to group.
fn is_below_closed(problem: &Problem<'_>, owner: Owner) -> bool {
    let mut above = std::iter::successors(owner.above(problem), |group| group.above(problem));
    above.any(|group| group.places(problem) == 0)
}

/// The number of the next arc.
fn number_of(arcs: &[Arc]) -> u32 {
    u32::try_from(arcs.len()).unwrap_or(u32::MAX)
}

/// Tail and head of the arc that a node's places are on.
fn place_arc((problem, hub): (&Problem<'_>, usize), owner: Owner) -> (usize, usize) {
    let (n, m) = (problem.mentees(), problem.mentors());
    let (mentees, mentors) = (&problem.mentees.groups, &problem.mentors.groups);
    let mentee_group = |group: Option<usize>| group.map_or(hub, |group| n + m + group);
    let mentor_group = |group: Option<usize>| group.map_or(hub, |g| n + m + mentees.len() + g);
    match owner {
        Owner::Mentee(i) => (mentee_group(mentees.of(i)), i),
        Owner::MenteeGroup(g) => (mentee_group(mentees.above(g)), n + m + g),
        Owner::Mentor(j) => (n + j, mentor_group(mentors.of(j))),
        Owner::MentorGroup(g) => (n + m + mentees.len() + g, mentor_group(mentors.above(g))),
    }
}
