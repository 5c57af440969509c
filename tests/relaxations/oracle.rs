//! Conflicts of a tiny case by every set of its pairs, in people's terms.

use mentormatch::{
    BoundOf, Cohort, MenteeIdx, Mentor, MentorIdx, Programme, Quota, Scorer, Shortfall,
    StatedBound, StatedValue,
};

use super::Case;

pub(crate) struct Oracle {
    case: Case,
    /// Pairs that are allowed and not locked, by position in the case's lists.
    pairs: Vec<(usize, usize)>,
    locks: Vec<(usize, usize)>,
}

pub(crate) fn is_of(quota: &Quota, mentor: &Mentor) -> bool {
    let is = |value: &StatedValue| match value {
        StatedValue::Text(text) => mentor.profile.department.as_ref() == Some(text),
        _ => false,
    };
    quota.one_of.iter().any(is)
}

pub(crate) fn without(bounds: &[StatedBound], at: usize) -> Vec<StatedBound> {
    [&bounds[..at], &bounds[at + 1..]].concat()
}

impl Oracle {
    pub(crate) fn new(case: &Case, cohort: &Cohort, programme: &Programme) -> Self {
        let scorer = Scorer::new(programme, cohort).unwrap();
        let position = |at: (usize, usize)| {
            let mentee = cohort
                .mentee_idx(case.mentees[at.0].profile.id.as_str())
                .unwrap();
            (
                mentee,
                cohort
                    .mentor_idx(case.mentors[at.1].profile.id.as_str())
                    .unwrap(),
            )
        };
        let is_allowed =
            |pair: (MenteeIdx, MentorIdx)| scorer.forbidden_by(pair.0, pair.1).unwrap().is_empty();
        let is_in = |list: &[mentormatch::DecidedPair], at: (usize, usize)| {
            list.iter().any(|own| {
                own.mentee == case.mentees[at.0].profile.id
                    && own.mentor == case.mentors[at.1].profile.id
            })
        };
        let mentors = case.mentors.len();
        let all = (0..case.mentees.len())
            .flat_map(|mentee| (0..mentors).map(move |mentor| (mentee, mentor)));
        let (locks, others): (Vec<_>, Vec<_>) =
            all.partition(|&at| is_in(&case.decisions.locks, at));
        let pairs = others
            .into_iter()
            .filter(|&at| !is_in(&case.decisions.vetoes, at) && is_allowed(position(at)));
        Self {
            case: case.clone(),
            pairs: pairs.collect(),
            locks,
        }
    }

    /// All sets of pairs with all locks.
    fn sets(&self) -> impl Iterator<Item = Vec<(usize, usize)>> + '_ {
        assert!(self.pairs.len() <= 12, "tiny");
        (0..1_u32 << self.pairs.len()).map(|set| {
            let chosen = self
                .pairs
                .iter()
                .enumerate()
                .filter(move |(at, _)| set >> at & 1 == 1);
            self.locks
                .iter()
                .copied()
                .chain(chosen.map(|(_, &pair)| pair))
                .collect()
        })
    }

    fn load(&self, of: &BoundOf, set: &[(usize, usize)]) -> u32 {
        let counts = |&&(mentee, mentor): &&(usize, usize)| match of {
            BoundOf::Mentee(id) => self.case.mentees[mentee].profile.id == *id,
            BoundOf::Mentor(id) => self.case.mentors[mentor].profile.id == *id,
            BoundOf::Quota(name) => {
                let quota = self
                    .case
                    .quotas
                    .iter()
                    .find(|own| own.name == *name)
                    .unwrap();
                is_of(quota, &self.case.mentors[mentor])
            }
            _ => panic!("{of:?}"),
        };
        u32::try_from(set.iter().filter(counts).count()).unwrap()
    }

    /// Whether no set of pairs keeps these bounds, were there no others.
    pub(crate) fn conflicts(&self, claims: &[StatedBound], limits: &[StatedBound]) -> bool {
        !self.sets().any(|set| {
            claims
                .iter()
                .all(|claim| self.load(&claim.of, &set) >= claim.places)
                && limits
                    .iter()
                    .all(|limit| self.load(&limit.of, &set) <= limit.places)
        })
    }

    /// The least shortfall of any set that keeps all maxima.
    pub(crate) fn least_missing(&self, about: Shortfall) -> u64 {
        let mut bounds = Vec::new();
        for own in &self.case.mentees {
            let least = match about {
                Shortfall::Participation => own.demand.min.max(own.demand.max.min(1)),
                _ => own.demand.min,
            };
            bounds.push((
                BoundOf::Mentee(own.profile.id.clone()),
                least,
                own.demand.max,
            ));
        }
        for own in &self.case.mentors {
            bounds.push((
                BoundOf::Mentor(own.profile.id.clone()),
                own.capacity.min,
                own.capacity.max,
            ));
        }
        for own in &self.case.quotas {
            bounds.push((
                BoundOf::Quota(own.name.clone()),
                own.at_least,
                own.at_most.unwrap(),
            ));
        }
        let missing = |set: &Vec<(usize, usize)>| {
            let short = bounds
                .iter()
                .map(|(of, least, _)| least.saturating_sub(self.load(of, set)));
            short.map(u64::from).sum()
        };
        let is_legal = |set: &Vec<(usize, usize)>| {
            bounds
                .iter()
                .all(|(of, _, most)| self.load(of, set) <= *most)
        };
        self.sets()
            .filter(is_legal)
            .map(|set| missing(&set))
            .min()
            .unwrap()
    }
}
