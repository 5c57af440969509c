//! Conflicts, found by the solver and named.
//!
//! Locked pairs are made whatever happens. So they are taken out before: a place that a lock uses is there for
//! nobody else, and what it fills of a minimum need not be filled again.

use std::collections::BTreeSet;

use super::super::error::RunError;
use super::super::outcome::Stages;
use super::super::variant::{goes_on, hooks};
use super::super::what_if::NamedPair;
use super::{BoundOf, ConflictingBounds, ConflictingSet, Shortfall, StatedBound};
use crate::candidates::taking_part;
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::{Bounds, Cohort};
use crate::programme::Quota;
use crate::scoring::{Family, PairIdx, Quotas};
use crate::solver::{
    Bottleneck, Bound, CancelToken, Core, Level, Owner, Problem, Scarce, SolveOptions, TieBreak,
    solve,
};

/// A conflict, and where the solver found it.
pub(in crate::engine) struct Found {
    pub(in crate::engine) conflict: ConflictingSet,
    pub(in crate::engine) bottleneck: Bottleneck,
}

/// All conflicts, the largest first.
pub(in crate::engine) fn find(
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
        .ask_about(bounds, &locked.barred(), &goes_on, |problem| {
            let solution = solve(problem, &options)?;
            let shortage = solution.shortage(problem);
            let parts = shortage.map_or(Vec::new(), |shortage| shortage.bottlenecks);
            let parts = parts.into_iter().take_while(|_| goes_on());
            let cored = parts.map(|part| cored(part, problem));
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
            pairs: part.usable,
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

    /// Pairs that are no help: those that are locked, and others of a locked mentee with a mentor of the same kind.
    fn barred(&self) -> BTreeSet<PairIdx> {
        let quotas = self.stages.candidates.scorer().quotas();
        let mentors = || MentorIdx::all(self.stages.cohort.mentors().len());
        let alike = self.pairs.iter().flat_map(|&(mentee, locked)| {
            let alike = mentors().filter(move |&own| quotas.are_alike(own, locked));
            alike.map(move |own| (mentee, own))
        });
        let alike = (!quotas.kinds.is_empty()).then_some(alike);
        self.pairs
            .iter()
            .copied()
            .chain(alike.into_iter().flatten())
            .collect()
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
            whole: part(&all.claims, &all.limits, all.usable),
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

pub(in crate::engine) fn named_pair(
    cohort: &Cohort,
    (mentee, mentor): (MenteeIdx, MentorIdx),
) -> NamedPair {
    let mentee = cohort.mentees()[mentee].profile.id.clone();
    (mentee, cohort.mentors()[mentor].profile.id.clone())
}
