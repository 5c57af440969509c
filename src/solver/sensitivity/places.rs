//! What one more place is worth, and one fewer, for everybody at once.
//!
//! # Idea
//! One more place at a mentor is a new step up from him. It gains if some way from the node above to him is
//! shorter than the step gains: that way closes the best cycle through it. One place fewer closes his last
//! one: its flow goes round by the shortest way from him to the node above. So one search from that node
//! and one to it tell both, for all its members; for mentees the two change roles.
//!
//! These are the smallest and the largest price that the place has in any proof: prices that prove an optimum
//! are not unique, but these two are.
//!
//! # References
//! R. K. Ahuja, T. L. Magnanti and J. B. Orlin, *Network Flows*, 1993, section 9.3 (the residual network);
//! M. H. Veinott's and L. S. Shapley's lattice of optimal prices, in L. S. Shapley and M. Shubik, "The
//! assignment game I: the core", 1971.

use super::super::level::Owner;
use super::approach;
use super::groundwork::Guides;
use super::length::Length;
use super::residual::Residual;
use super::search::Search;

/// What places are worth, exactly; one number a level.
///
/// ```
/// use mentormatch::solver::{Level, Problem, Sensitivity, SolveOptions, solve};
///
/// // Both mentees would be best with mentor 0, who takes one of them.
/// let problem = Problem::dense(2, 2, vec![90, 50, 80, 70], None)?;
/// let solution = solve(&problem, &SolveOptions::new([Level::TotalScore]))?;
/// let prices = Sensitivity::new(&problem, &solution)?.place_prices();
/// assert_eq!(prices.mentors[0].gain, [80 - 70]);
/// assert_eq!(prices.mentors[0].loss, Some(vec![90 - 50 + 70 - 0 - 20]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlacePrices {
    /// By mentee: of a mentor more or fewer.
    pub mentees: Vec<PlacePrice>,
    /// By mentor: of a mentee more or fewer.
    pub mentors: Vec<PlacePrice>,
}

/// What one place more is worth, and one fewer: by how much the optimum changes at each level if that alone
/// is changed. Lexicographically at least 0, so that after a first number above 0 others may be below.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlacePrice {
    /// By how much the optimum rises with one more place.
    pub gain: Vec<i128>,
    /// By how much the optimum falls with one place fewer; `None` if there is none to take away.
    pub loss: Option<Vec<i128>>,
}

/// Distances from and to one group, or the hub.
struct Junction {
    from: Vec<Option<Length>>,
    to: Vec<Option<Length>>,
}

pub(super) fn place_prices(residual: &Residual<'_>, guides: &Guides) -> PlacePrices {
    let problem = residual.problem;
    let owners = || {
        let mentees = (0..problem.mentees()).map(Owner::Mentee);
        mentees.chain((0..problem.mentors()).map(Owner::Mentor))
    };
    let mut prices = vec![None; problem.mentees() + problem.mentors()];
    let mut above: Vec<_> = owners()
        .map(|owner| residual.above(owner.number(problem)))
        .collect();
    above.sort_unstable();
    above.dedup();
    for junction in above {
        let distances = Junction::new(residual, junction, guides);
        for owner in owners() {
            let node = owner.number(problem);
            if residual.above(node) == junction {
                prices[node] = Some(distances.price(residual, owner));
            }
        }
    }
    let mut prices = prices.into_iter().flatten();
    PlacePrices {
        mentees: prices.by_ref().take(problem.mentees()).collect(),
        mentors: prices.collect(),
    }
}

/// By mentor: by how much the optimum rises at each level with one more mentor just like this one, who takes one mentee.
///
/// The newcomer would have the same scores with everybody and be in the same groups, and need not have a mentee: no
/// minimum comes with him. A way to him is a way to his twin, or one to a mentee of his twin's, who may have both
/// unless mentors of one kind bar each other.
pub(super) fn twins(residual: &Residual<'_>, guides: &Guides) -> Vec<Vec<i128>> {
    let problem = residual.problem;
    let mut gains = vec![Vec::new(); problem.mentors()];
    let above = |mentor: usize| residual.above(residual.mentor_node(mentor));
    let mut junctions: Vec<_> = (0..problem.mentors()).map(above).collect();
    junctions.sort_unstable();
    junctions.dedup();
    for junction in junctions {
        let from = distances_from(residual, junction, guides);
        for (mentor, gain) in gains.iter_mut().enumerate() {
            if above(mentor) == junction {
                *gain = twin(residual, mentor, &from);
            }
        }
    }
    gains
}

fn twin(residual: &Residual<'_>, mentor: usize, from: &[Option<Length>]) -> Vec<i128> {
    let node = residual.mentor_node(mentor);
    let may_have_both = !residual.problem.mentors.kinds.has(mentor);
    let mentees = residual.chosen(mentor).iter().filter(|_| may_have_both);
    let by_mentees = mentees.map(|&(mentee, score)| {
        let step = residual.pair(mentee as usize, mentor, score).negated();
        let way = way_to_another(residual, mentee as usize, from);
        way.map(|way| way.plus(&step))
    });
    let ways = by_mentees.chain([from[node].clone()]);
    let levels = residual.levels().len();
    let none = Length::new(levels, |_| 0);
    let place = residual.first_place(Owner::Mentor(mentor));
    let gain = ways.flatten().min().map(|way| place.plus(&way.negated()));
    gain.map_or(none.clone(), |gain| gain.max(none))
        .numbers(residual.objectives())
}

/// The shortest way to a mentee, who may take one more mentor than there are so far.
fn way_to_another(
    residual: &Residual<'_>,
    mentee: usize,
    from: &[Option<Length>],
) -> Option<Length> {
    let (load, max) = (residual.load(mentee), residual.problem.mentees.max[mentee]);
    let above = from[residual.above(mentee)].as_ref().filter(|_| load < max);
    let place = || residual.place(Owner::Mentee(mentee), load.saturating_add(1));
    let direct = above.map(|way| way.plus(&place().negated()));
    direct.into_iter().chain(from[mentee].clone()).min()
}

impl Junction {
    fn new(residual: &Residual<'_>, junction: usize, guides: &Guides) -> Self {
        let is_hub = junction == residual.hub();
        Self {
            from: distances_from(residual, junction, guides),
            to: if is_hub {
                guides.to_hub(residual).to_vec()
            } else {
                approach::distances_to(residual, junction)
            },
        }
    }

    fn price(&self, residual: &Residual<'_>, owner: Owner) -> PlacePrice {
        let node = owner.number(residual.problem);
        let (gain_way, loss_way) = match owner {
            Owner::Mentee(_) => (&self.to[node], &self.from[node]),
            _ => (&self.from[node], &self.to[node]),
        };
        let levels = residual.levels().len();
        let (load, max) = (residual.load(node), owner.max(residual.problem));
        let none = Length::new(levels, |_| 0);
        let is_full = load == max;
        let gain = gain_way.as_ref().filter(|_| is_full).map(|way| {
            let next = residual.place(owner, max.saturating_add(1));
            next.plus(&way.negated())
        });
        let loss = loss_way.as_ref().filter(|_| is_full && load > 0);
        let loss = loss.map(|way| residual.place(owner, load).plus(way));
        let numbers = |length: Option<Length>| {
            let length = length.filter(|length| *length > none);
            let length = length.unwrap_or_else(|| none.clone());
            length.numbers(residual.objectives())
        };
        PlacePrice {
            gain: numbers(gain),
            loss: (max > 0).then(|| numbers(loss)),
        }
    }
}

/// By node: its distance from a junction, if there is a way.
fn distances_from(
    residual: &Residual<'_>,
    junction: usize,
    guides: &Guides,
) -> Vec<Option<Length>> {
    let nodes = 0..residual.nodes();
    if junction == residual.hub() {
        let none = Length::new(residual.levels().len(), |_| 0);
        return nodes
            .map(|node| guides.tree.reaches(node).then(|| none.clone()))
            .collect();
    }
    let mut search = Search::new(residual);
    search.everywhere(junction);
    nodes
        .map(|node| search.distance_of(node).cloned())
        .collect()
}
