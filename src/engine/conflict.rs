//! Why not all minimums can be met, or not everybody can have a mentor, in people's terms.
//!
//! The solver's [`Shortage`](crate::solver::Shortage) tells where and proves by how much; this names the people.
//! Locked pairs are made whatever happens. So they are taken out before: a place that a lock uses is there for
//! nobody else, and what it fills of a minimum need not be filled again.

use std::collections::BTreeSet;
use std::fmt;

use super::error::RunError;
use super::outcome::{Outcome, Stages};
use super::variant::{goes_on, hooks};
use super::what_if::NamedPair;
use crate::candidates::taking_part;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::participant::{Bounds, Cohort};
use crate::programme::Quota;
use crate::scoring::{Family, PairIdx, Quotas};
use crate::solver::{
    Bottleneck, Bound, CancelToken, Core, Level, Owner, Problem, Scarce, SolveOptions, TieBreak,
    solve,
};

/// What there may be too little for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Shortfall {
    /// The minimums that people and quotas state.
    #[default]
    Minimums,
    /// A mentor for every mentee who takes part and wants one, beside the minimums.
    Participation,
}

/// Bounds that cannot all be kept: what some need is more than others may give them.
///
/// Each conflict is proved, by counting: every pair that helps those who need something uses one of the places that
/// are listed, or is one of the single pairs. All conflicts together account for everything that is missing.
///
/// ```
/// use mentormatch::{Cohort, Engine, Field, Shortfall, Profile, Programme, Same};
///
/// // Three mentors want two mentees each, and there are five.
/// let mentors = ["ana", "eve", "ida"].map(|id| Profile::new(id).mentor(2..=3));
/// let mentees = (0..5).map(|at| Profile::new(format!("e{at}")).mentee());
/// let programme = Programme::builder().weigh(1, Same::new(Field::Site)).build()?;
/// let cohort = Cohort::new(mentors, mentees.collect::<Vec<_>>())?;
/// let outcome = Engine::new(programme).run(&cohort)?;
///
/// let conflicts = outcome.conflicts(Shortfall::Minimums, None)?;
/// assert_eq!(
///     conflicts[0].to_string(),
///     "3 minimum loads (ana 2, eve 2, ida 2) exceed 5 willing mentees (e0, e1, e2, e3, e4)",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ConflictingSet {
    /// What there is too little for.
    pub about: Shortfall,
    /// In which role people are scarce.
    pub scarce: Role,
    /// Everybody who falls short here.
    pub whole: ConflictingBounds,
    /// Some of them, who are in conflict by themselves: see [`irreducible`](Self::irreducible).
    pub core: ConflictingBounds,
    /// Whether without any one of the core's claims and limits the others can be kept, were there no other bounds:
    /// proved, as it is but in very large conflicts and in some of nested quotas.
    pub irreducible: bool,
    /// Locks that use places of the limits, in the order of ids.
    pub locks: Vec<NamedPair>,
}

/// Claims and the limits that they exceed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ConflictingBounds {
    /// Minimums, in order.
    pub claims: Vec<StatedBound>,
    /// Maxima, in order.
    pub limits: Vec<StatedBound>,
    /// How many allowed pairs help and use none of the limits; each can be used once.
    pub single_pairs: u64,
}

/// A minimum or a maximum, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct StatedBound {
    /// Whose it is.
    pub of: BoundOf,
    /// The minimum or maximum as stated; 1 for a mentee who should have a mentor and states no minimum.
    pub places: u32,
    /// Places that locks fill already.
    pub locked: u32,
}

/// Whose a bound is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum BoundOf {
    /// A mentee.
    Mentee(ParticipantId),
    /// A mentor.
    Mentor(ParticipantId),
    /// A quota, by its name.
    Quota(String),
}

impl StatedBound {
    /// What is left of it beside locks.
    #[must_use]
    pub fn free(&self) -> u32 {
        self.places.saturating_sub(self.locked)
    }
}

impl ConflictingBounds {
    /// What the claims add up to, beside locks.
    #[must_use]
    pub fn needed(&self) -> u64 {
        total(&self.claims)
    }

    /// What they can have at the most.
    #[must_use]
    pub fn available(&self) -> u64 {
        total(&self.limits) + self.single_pairs
    }

    /// What is missing.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.needed().saturating_sub(self.available())
    }
}

fn total(bounds: &[StatedBound]) -> u64 {
    bounds.iter().map(|bound| u64::from(bound.free())).sum()
}

impl Outcome {
    /// Why not all minimums can be met, or why not everybody can have a mentor: nothing if they can. The largest
    /// shortage first. What a programme prefers does not matter here, only what it allows.
    ///
    /// # Errors
    /// Cancellation; a criterion of the host's own that gives something that is no score when it is asked again.
    ///
    /// # Complexity
    /// One solve for what can be met, and one search a unit of each conflict's needs for its core. No memory limit
    /// applies.
    pub fn conflicts(
        &self,
        about: Shortfall,
        cancel: Option<CancelToken>,
    ) -> Result<Vec<ConflictingSet>, RunError> {
        let found = find(self.stages(), about, cancel.as_ref())?;
        Ok(found.into_iter().map(|own| own.conflict).collect())
    }
}

/// A conflict, and where the solver found it.
pub(super) struct Found {
    pub(super) conflict: ConflictingSet,
    pub(super) bottleneck: Bottleneck,
}

/// All conflicts, the largest first.
pub(super) fn find(
    stages: &Stages,
    about: Shortfall,
    cancel: Option<&CancelToken>,
) -> Result<Vec<Found>, RunError> {
    let locked = Locked::new(stages);
    let stated = stated(stages, about);
    let (cohort, quotas) = (locked.cohort(&stated), locked.quotas());
    let options = SolveOptions::new([Level::Minimums, Level::TotalScore])
        .tie_break(TieBreak::Fast)
        .hooks(hooks(cancel));
    let goes_on = || goes_on(cancel);
    let bounds = (&cohort, &quotas);
    let parts = stages
        .candidates
        .ask_about(bounds, locked.pairs, &goes_on, |problem| {
            let solution = solve(problem, &options)?;
            let shortage = solution.shortage(problem);
            let parts = shortage.map_or(Vec::new(), |shortage| shortage.bottlenecks);
            let cored = parts.into_iter().map(|part| cored(part, problem));
            Ok::<_, RunError>(cored.collect::<Vec<_>>())
        })?;
    let found = parts.into_iter().map(|(bottleneck, core)| Found {
        conflict: locked.named(about, &stated, (&bottleneck, &core)),
        bottleneck,
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by(|a, b| {
        let missing = |own: &Found| own.conflict.whole.missing();
        let claims = |own: &Found| own.conflict.whole.claims.clone();
        (missing(b).cmp(&missing(a))).then_with(|| claims(a).cmp(&claims(b)))
    });
    Ok(found)
}

/// A bottleneck with its core, or all of it where that cannot be had.
fn cored(part: Bottleneck, problem: &Problem<'_>) -> (Bottleneck, Part) {
    let core = match part.core(problem) {
        Some(Core {
            claims,
            limits,
            pairs,
            is_irreducible,
            ..
        }) => Part {
            claims,
            limits,
            pairs,
            is_irreducible,
        },
        None => Part {
            claims: part.claims.clone(),
            limits: part.limits.clone(),
            pairs: part.pairs.len() as u64,
            is_irreducible: false,
        },
    };
    (part, core)
}

struct Part {
    claims: Vec<Bound>,
    limits: Vec<Bound>,
    pairs: u64,
    is_irreducible: bool,
}

/// The people with the minimums that are to be met.
fn stated(stages: &Stages, about: Shortfall) -> Cohort {
    let demand = |bounds: Bounds| match about {
        Shortfall::Minimums => bounds,
        Shortfall::Participation => Bounds {
            min: bounds.min.max(bounds.max.min(1)),
            ..bounds
        },
    };
    stages.cohort.rebounded(
        |_, own| demand(taking_part(&own.profile, own.demand)),
        |_, own| taking_part(&own.profile, own.capacity),
    )
}

/// What locks fill of everybody's places, and of every quota.
struct Locked<'a> {
    stages: &'a Stages,
    pairs: &'a BTreeSet<PairIdx>,
    mentees: Vec<u32>,
    mentors: Vec<u32>,
    /// Of mentees, and of mentors.
    groups: [Vec<u32>; 2],
}

impl<'a> Locked<'a> {
    fn new(stages: &'a Stages) -> Self {
        let scorer = stages.candidates.scorer();
        let mut mentees = vec![0; stages.cohort.mentees().len()];
        let mut mentors = vec![0; stages.cohort.mentors().len()];
        for &(mentee, mentor) in scorer.locks() {
            mentees[mentee] += 1;
            mentors[mentor] += 1;
        }
        let quotas = scorer.quotas();
        Self {
            stages,
            pairs: scorer.locks(),
            groups: [
                loads(&quotas.mentees, &mentees),
                loads(&quotas.mentors, &mentors),
            ],
            mentees,
            mentors,
        }
    }

    /// The people with what locks leave of their bounds.
    fn cohort(&self, stated: &Cohort) -> Cohort {
        let left = |bounds: Bounds, locked: u32| Bounds {
            min: bounds.min.saturating_sub(locked),
            max: bounds.max.saturating_sub(locked),
        };
        stated.rebounded(
            |at, own| left(own.demand, self.mentees[at]),
            |at, own| left(own.capacity, self.mentors[at]),
        )
    }

    fn quotas(&self) -> Quotas {
        let mut quotas = self.stages.candidates.scorer().quotas().clone();
        let families = [&mut quotas.mentees, &mut quotas.mentors];
        for (family, locked) in families.into_iter().zip(&self.groups) {
            for (quota, locked) in family.quotas.iter_mut().zip(locked) {
                quota.at_least = quota.at_least.saturating_sub(*locked);
                quota.at_most = quota.at_most.map(|most| most.saturating_sub(*locked));
            }
        }
        quotas
    }

    fn named(
        &self,
        about: Shortfall,
        stated: &Cohort,
        (all, core): (&Bottleneck, &Part),
    ) -> ConflictingSet {
        let part = |claims: &[Bound], limits: &[Bound], single_pairs| ConflictingBounds {
            claims: self.bounds(stated, claims, true),
            limits: self.bounds(stated, limits, false),
            single_pairs,
        };
        ConflictingSet {
            about,
            scarce: match all.scarce {
                Scarce::Mentees => Role::Mentee,
                Scarce::Mentors => Role::Mentor,
            },
            whole: part(&all.claims, &all.limits, all.pairs.len() as u64),
            core: part(&core.claims, &core.limits, core.pairs),
            irreducible: core.is_irreducible,
            locks: self.locks_of(&all.limits),
        }
    }

    fn bounds(&self, stated: &Cohort, bounds: &[Bound], is_minimum: bool) -> Vec<StatedBound> {
        let named = bounds.iter().map(|bound| {
            let (of, own, locked) = self.look_up(stated, bound.owner);
            StatedBound {
                of,
                places: if is_minimum { own.min } else { own.max },
                locked,
            }
        });
        let mut named: Vec<_> = named.collect();
        named.sort_unstable();
        named
    }

    /// Whose a bound is, both of the owner's bounds, and what locks fill of them.
    fn look_up(&self, stated: &Cohort, owner: Owner) -> (BoundOf, Bounds, u32) {
        let quotas = self.stages.candidates.scorer().quotas();
        match owner {
            Owner::Mentee(at) => {
                let own = &stated.mentees()[at];
                (
                    BoundOf::Mentee(own.profile.id.clone()),
                    own.demand,
                    self.mentees[at],
                )
            }
            Owner::Mentor(at) => {
                let own = &stated.mentors()[at];
                (
                    BoundOf::Mentor(own.profile.id.clone()),
                    own.capacity,
                    self.mentors[at],
                )
            }
            Owner::MenteeGroup(at) => of_quota(&quotas.mentees.quotas[at], self.groups[0][at]),
            Owner::MentorGroup(at) => of_quota(&quotas.mentors.quotas[at], self.groups[1][at]),
        }
    }

    /// The locks that use places of these limits.
    fn locks_of(&self, limits: &[Bound]) -> Vec<NamedPair> {
        let quotas = self.stages.candidates.scorer().quotas();
        let limits: BTreeSet<Owner> = limits.iter().map(|limit| limit.owner).collect();
        let uses = |&&(mentee, mentor): &&PairIdx| {
            let mut mentee_groups = quotas.mentees.chain(mentee.index()).map(Owner::MenteeGroup);
            let mut mentor_groups = quotas.mentors.chain(mentor.index()).map(Owner::MentorGroup);
            limits.contains(&Owner::Mentee(mentee.index()))
                || limits.contains(&Owner::Mentor(mentor.index()))
                || mentee_groups.any(|group| limits.contains(&group))
                || mentor_groups.any(|group| limits.contains(&group))
        };
        let used = self.pairs.iter().filter(uses);
        let mut named: Vec<_> = used
            .map(|&pair| named_pair(&self.stages.cohort, pair))
            .collect();
        named.sort_unstable();
        named
    }
}

fn of_quota(quota: &Quota, locked: u32) -> (BoundOf, Bounds, u32) {
    let bounds = Bounds {
        min: quota.at_least,
        max: quota.at_most.unwrap_or(u32::MAX),
    };
    (BoundOf::Quota(quota.name.clone()), bounds, locked)
}

fn loads(family: &Family, each: &[u32]) -> Vec<u32> {
    let loads = family
        .loads(each.iter().map(|&load| load as usize))
        .into_iter();
    loads
        .map(|load| u32::try_from(load).unwrap_or(u32::MAX))
        .collect()
}

pub(super) fn named_pair(cohort: &Cohort, (mentee, mentor): (MenteeIdx, MentorIdx)) -> NamedPair {
    let mentee = cohort.mentees()[mentee].profile.id.clone();
    (mentee, cohort.mentors()[mentor].profile.id.clone())
}

impl fmt::Display for BoundOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mentee(id) | Self::Mentor(id) => write!(f, "{id}"),
            Self::Quota(name) => write!(f, "the quota {name}"),
        }
    }
}

/// More names than this are counted, not listed.
const NAMED: usize = 8;

/// `(ana 2, eve 1 and 5 more)`, with numbers where they say something; nothing of nobody.
struct Names<'a> {
    bounds: &'a [StatedBound],
    numbers: bool,
}

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, bound) in self.bounds.iter().take(NAMED).enumerate() {
            write!(f, "{}{}", if at == 0 { " (" } else { ", " }, bound.of)?;
            if self.numbers {
                write!(f, " {}", bound.free())?;
            }
        }
        match self.bounds.len() {
            0 => Ok(()),
            len if len > NAMED => write!(f, " and {} more)", len - NAMED),
            _ => f.write_str(")"),
        }
    }
}

/// One sentence.
impl fmt::Display for ConflictingBounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all =
            |bounds: &[StatedBound], is: fn(&BoundOf) -> bool| bounds.iter().all(|own| is(&own.of));
        let is_mentee = |of: &BoundOf| matches!(of, BoundOf::Mentee(_));
        let is_mentor = |of: &BoundOf| matches!(of, BoundOf::Mentor(_));
        let is_one = |bounds: &[StatedBound]| bounds.iter().all(|bound| bound.free() == 1);
        let (claims, limits) = (&self.claims[..], &self.limits[..]);
        let asked = Names {
            bounds: claims,
            numbers: !(is_one(claims) && all(claims, is_mentee)),
        };
        let given = Names {
            bounds: limits,
            numbers: !(is_one(limits) && all(limits, is_mentee)),
        };
        let (count, needed, available) = (claims.len(), self.needed(), self.available());
        if all(claims, is_mentee) && is_one(claims) {
            write!(
                f,
                "{count} mentees{asked} can only be mentored by {available} places{given}"
            )?;
        } else if all(claims, is_mentor) && all(limits, is_mentee) && is_one(limits) {
            write!(
                f,
                "{count} minimum loads{asked} exceed {available} willing mentees{given}"
            )?;
        } else {
            write!(
                f,
                "{needed} pairs are needed{asked}, and {available} can be had{given}"
            )?;
        }
        match self.single_pairs {
            0 => Ok(()),
            1 => f.write_str(", 1 of them by a single pair"),
            pairs => write!(f, ", {pairs} of them by single pairs"),
        }
    }
}

/// A sentence, and more of them where fewer people are in conflict already, or locks have to do with it.
impl fmt::Display for ConflictingSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.whole.fmt(f)?;
        if self.core != self.whole {
            write!(f, "; already {}", self.core)?;
        }
        for (at, (mentee, mentor)) in self.locks.iter().take(NAMED).enumerate() {
            write!(
                f,
                "{}{mentee} with {mentor}",
                if at == 0 { "; locked: " } else { ", " }
            )?;
        }
        match self.locks.len() {
            len if len > NAMED => write!(f, " and {} more", len - NAMED),
            _ => Ok(()),
        }
    }
}
