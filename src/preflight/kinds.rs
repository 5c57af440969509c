//! Whether there are mentors of enough kinds, where those of one mentee must be of distinct ones.
//!
//! One count for all mentees: the kinds of all mentors with places. Rules may leave a mentee fewer; who wants more than
//! there are cannot have them under any rules.

use std::collections::BTreeSet;

use super::finding::Finding;
use crate::participant::{Bounds, Cohort};
use crate::scoring::Quotas;

/// Tells of mentees who want more mentors than there are kinds; nothing where each mentor is of another kind, since it is
/// mentors that are too few then.
pub(super) fn too_few(quotas: &Quotas, cohort: &Cohort) -> Option<Finding> {
    let field = quotas.kinds_of.clone()?;
    let mentors = cohort.mentors().iter().zip(&quotas.kinds);
    let with_places =
        mentors.filter(|(own, _)| own.profile.status.is_active() && own.capacity.max > 0);
    let kinds_of: Vec<_> = with_places.map(|(_, kind)| *kind).collect();
    let named: BTreeSet<u32> = kinds_of.iter().copied().flatten().collect();
    let of_their_own = kinds_of.iter().filter(|kind| kind.is_none()).count();
    let kinds = (named.len() + of_their_own) as u64;
    if kinds == kinds_of.len() as u64 {
        return None; // no two mentors are of one kind
    }
    let mentees = |bound: fn(Bounds) -> u32| {
        let active = cohort.mentees().iter();
        let active = active.filter(|own| own.profile.status.is_active());
        active
            .filter(|own| u64::from(bound(own.demand)) > kinds)
            .count() as u64
    };
    let (wanting_more, needing_more) = (mentees(|own| own.max), mentees(|own| own.min));
    (wanting_more > 0).then_some(Finding::TooFewKinds {
        field,
        kinds,
        wanting_more,
        needing_more,
    })
}
