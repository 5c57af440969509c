//! What could be given way on: read off the conflicts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::conflict::{BoundOf, Found, Shortfall, StatedBound, named_pair};
use super::super::outcome::{Outcome, Stages};
use super::Relaxed;
use crate::candidates::taking_part;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};
use crate::rules::RuleKind;
use crate::score::Score;
use crate::scoring::{Refusal, ScoringError};
use crate::solver::{Owner, Scarce};

/// Pairs that are looked at for what forbids them, as many of each conflict.
const LOOKED_AT: usize = 20_000;

impl Outcome {
    /// Everything in some conflicts that could be given way on, each once: what forbids pairs, locks, distinct mentors,
    /// quotas, and then people's bounds, maxima and minimums in turn.
    pub(super) fn relaxed(&self, conflicts: &[Found]) -> Result<Vec<Relaxed>, ScoringError> {
        let mut first = BTreeSet::new();
        let share = LOOKED_AT.div_ceil(conflicts.len().max(1));
        for found in conflicts {
            first.extend(forbidden(self.stages(), found, share)?);
            let locks = found.conflict.locks.iter().cloned();
            first.extend(locks.map(|(mentee, mentor)| Relaxed::LiftLock { mentee, mentor }));
            first.extend(distinct(self.stages(), found));
        }
        let raised = conflicts.iter().flat_map(|own| self.raised(own));
        let lowered = conflicts.iter().flat_map(|own| self.lowered(own));
        let (of_quotas, mut raised): (Vec<_>, Vec<_>) = raised.partition(is_of_quota);
        first.extend(of_quotas);
        let (of_quotas, lowered): (Vec<_>, Vec<_>) = lowered.partition(is_of_quota);
        first.extend(of_quotas);
        self.rank(&mut raised);
        let mut all: Vec<_> = first.into_iter().collect();
        let (mut raised, mut lowered) = (raised.into_iter(), lowered.into_iter());
        while raised.len() + lowered.len() > 0 {
            all.extend(raised.next());
            all.extend(lowered.next());
        }
        Ok(all)
    }

    /// Maxima, higher by what the conflict is short of.
    fn raised(&self, found: &Found) -> Vec<Relaxed> {
        let missing = missing(found);
        let limits = found.conflict.whole.limits.iter();
        let raised = limits.map(|StatedBound { of, places, .. }| Relaxed::RaiseMaximum {
            of: of.clone(),
            from: *places,
            to: places.saturating_add(missing),
        });
        raised.collect()
    }

    /// Minimums that are stated, lower by what the conflict is short of.
    fn lowered(&self, found: &Found) -> Vec<Relaxed> {
        let missing = missing(found);
        let is_stated = |bound: &&StatedBound| match (&bound.of, found.conflict.about) {
            (BoundOf::Mentee(id), Shortfall::Participation) => {
                let cohort = self.cohort();
                let own = cohort
                    .mentee_idx(id.as_str())
                    .map(|at| &cohort.mentees()[at]);
                own.is_some_and(|own| own.demand.min > 0)
            }
            _ => true,
        };
        let claims = found.conflict.whole.claims.iter().filter(is_stated);
        let lowered = claims.map(|bound| Relaxed::LowerMinimum {
            of: bound.of.clone(),
            from: bound.places,
            to: bound.places - missing.min(bound.free()),
        });
        lowered.collect()
    }

    /// Puts mentors first whose next place is worth most; by the order of ids where that cannot be told.
    fn rank(&self, raised: &mut [Relaxed]) {
        if raised.len() < 2 {
            return;
        }
        let places = self.place_prices().unwrap_or_default();
        let gain = |own: &super::super::what_if::MentorPlaces| {
            own.gain.iter().map(|one| one.by).collect::<Vec<_>>()
        };
        let gains = places.iter().map(|own| (&own.mentor, gain(own)));
        let gains: BTreeMap<&ParticipantId, Vec<i128>> = gains.collect();
        raised.sort_by_cached_key(|own| {
            let gain = match own {
                Relaxed::RaiseMaximum {
                    of: BoundOf::Mentor(id),
                    ..
                } => gains.get(id).cloned(),
                _ => None,
            };
            (Reverse(gain), own.clone())
        });
    }
}

fn is_of_quota(own: &Relaxed) -> bool {
    let (Relaxed::LowerMinimum { of, .. } | Relaxed::RaiseMaximum { of, .. }) = own else {
        return false;
    };
    matches!(of, BoundOf::Quota(_))
}

fn missing(found: &Found) -> u32 {
    u32::try_from(found.conflict.whole.missing()).unwrap_or(u32::MAX)
}

/// What by itself forbids pairs that would help.
fn forbidden(stages: &Stages, found: &Found, most: usize) -> Result<Vec<Relaxed>, ScoringError> {
    let scorer = stages.candidates.scorer();
    // By what forbids pairs: the highest score of one that nothing else forbids.
    let mut alone: BTreeMap<Refusal, Score> = BTreeMap::new();
    let mut relaxed = Vec::new();
    let (mentees, mentors) = helpful(stages, found);
    let pairs = mentees
        .iter()
        .flat_map(|&mentee| mentors.iter().map(move |&mentor| (mentee, mentor)));
    for pair in pairs.take(most) {
        if let [refusal] = &scorer.forbidden_by(pair.0, pair.1)?[..] {
            if *refusal == Refusal::ManagersVeto {
                let (mentee, mentor) = named_pair(&stages.cohort, pair);
                relaxed.push(Relaxed::LiftVeto { mentee, mentor });
            } else {
                let score = scorer.breakdown(pair.0, pair.1)?.score;
                let best = alone.entry(refusal.clone()).or_default();
                *best = score.max(*best);
            }
        }
    }
    let named = alone
        .iter()
        .flat_map(|(refusal, best)| given_way(stages, refusal, *best));
    relaxed.extend(named);
    Ok(relaxed)
}

/// Distinct mentors, if pairs that would help are not made because of them: of those into the conflict only some can
/// be used together, or one is of a locked mentee with another mentor of the locked one's kind.
fn distinct(stages: &Stages, found: &Found) -> Option<Relaxed> {
    let field = stages.programme.distinct_mentors()?;
    let bottleneck = &found.bottleneck;
    let binds = bottleneck.usable < bottleneck.pairs.len() as u64 || shuts_out(stages, found);
    binds.then(|| Relaxed::LiftDistinctMentors {
        field: field.clone(),
    })
}

/// Whether a locked pair keeps a mentor of the same kind from helping.
fn shuts_out(stages: &Stages, found: &Found) -> bool {
    let scorer = stages.candidates.scorer();
    let (locks, quotas) = (scorer.locks(), scorer.quotas());
    let (mentees, mentors) = helpful(stages, found);
    let mut of_helpful = locks
        .iter()
        .filter(|own| mentees.binary_search(&own.0).is_ok());
    of_helpful.any(|&(_, locked)| {
        let mut others = mentors.iter().filter(|own| **own != locked);
        others.any(|&own| quotas.are_alike(own, locked))
    })
}

/// Who need somebody, and who are outside and have places, in order: any pair of both would help.
fn helpful(stages: &Stages, found: &Found) -> (Vec<MenteeIdx>, Vec<MentorIdx>) {
    let members: BTreeSet<Owner> = found.bottleneck.members.iter().copied().collect();
    let (mentees, mentors) = (stages.cohort.mentees(), stages.cohort.mentors());
    let are_mentors_scarce = found.bottleneck.scarce == Scarce::Mentors;
    // Those who need somebody are members; those who could help are not, and take part.
    let mentee_counts = |at: MenteeIdx| {
        let own = &mentees[at];
        let is_member = members.contains(&Owner::Mentee(at.index()));
        is_member == are_mentors_scarce && taking_part(&own.profile, own.demand).max > 0
    };
    let mentor_counts = |at: MentorIdx| {
        let own = &mentors[at];
        let is_member = members.contains(&Owner::Mentor(at.index()));
        is_member != are_mentors_scarce && taking_part(&own.profile, own.capacity).max > 0
    };
    let all_mentees = MenteeIdx::all(mentees.len()).filter(|&at| mentee_counts(at));
    let all_mentors = MentorIdx::all(mentors.len()).filter(|&at| mentor_counts(at));
    (all_mentees.collect(), all_mentors.collect())
}

/// How a programme can give way on what forbids pairs; in no way on what participants rule out.
fn given_way(stages: &Stages, refusal: &Refusal, best: Score) -> Vec<Relaxed> {
    match refusal {
        Refusal::Rule(name) => {
            let mut rules = stages.programme.rules().iter();
            let stated = rules.find(|own| own.name == **name && own.cost.is_none());
            let rule = name.to_string();
            match stated.map(|own| &own.forbid) {
                Some(RuleKind::ScoreBelow(floor)) => vec![
                    Relaxed::DropRule { rule: rule.clone() },
                    Relaxed::LowerFloor {
                        rule,
                        from: floor.score,
                        to: best,
                    },
                ],
                Some(_) => vec![
                    Relaxed::DropRule { rule: rule.clone() },
                    Relaxed::SoftenRule {
                        rule,
                        cost: Score::ONE,
                    },
                ],
                None => Vec::new(),
            }
        }
        Refusal::MissingAnswer(name) => vec![Relaxed::AcceptMissing {
            criterion: name.to_string(),
        }],
        Refusal::MustNotBeZero(name) => vec![Relaxed::LoosenMust {
            criterion: name.to_string(),
        }],
        Refusal::ManagersVeto => Vec::new(),
    }
}
