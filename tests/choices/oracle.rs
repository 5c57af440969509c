//! Every set of pairs of a tiny case, judged in people's terms.

use std::collections::BTreeSet;

use mentormatch::{Cohort, Objective, Programme, Role, Scorer, StatedValue};

use super::{Case, Two};

pub(crate) struct Oracle {
    case: Case,
    /// Allowed pairs with their scores.
    pairs: Vec<(Two, i64)>,
    locks: BTreeSet<Two>,
}

/// Whose lists, how long, and how often somebody is on them.
pub(crate) type Lists = (Role, u32, u32);

impl Oracle {
    pub(crate) fn new(case: &Case, cohort: &Cohort, programme: &Programme) -> Self {
        let scorer = Scorer::new(programme, cohort).unwrap();
        let is_in = |list: &[mentormatch::DecidedPair], pair: &Two| {
            list.iter()
                .any(|own| own.mentee.as_str() == pair.0 && own.mentor.as_str() == pair.1)
        };
        let (mut pairs, mut locks) = (Vec::new(), BTreeSet::new());
        for mentee in &case.mentees {
            for mentor in &case.mentors {
                let (e, r) = (&mentee.profile.id, &mentor.profile.id);
                let pair = (e.as_str().to_owned(), r.as_str().to_owned());
                let at = (
                    cohort.mentee_idx(&pair.0).unwrap(),
                    cohort.mentor_idx(&pair.1).unwrap(),
                );
                let score = scorer.score_pair(at.0, at.1).unwrap();
                if is_in(&case.decisions.locks, &pair) {
                    locks.insert(pair.clone());
                }
                if let Some(score) = score.filter(|_| !is_in(&case.decisions.vetoes, &pair)) {
                    pairs.push((pair, i64::from(score.ppm())));
                }
            }
        }
        Self {
            case: case.clone(),
            pairs,
            locks,
        }
    }

    fn sets(&self) -> impl Iterator<Item = BTreeSet<Two>> + '_ {
        assert!(self.pairs.len() <= 12, "tiny");
        (0..1_u32 << self.pairs.len()).map(|set| {
            let chosen = self
                .pairs
                .iter()
                .enumerate()
                .filter(move |(at, _)| set >> at & 1 == 1);
            chosen.map(|(_, (pair, _))| pair.clone()).collect()
        })
    }

    fn score(&self, pair: &Two) -> Option<i64> {
        self.pairs
            .iter()
            .find(|(own, _)| own == pair)
            .map(|(_, score)| *score)
    }

    /// Whether nobody, and no quota, has more pairs than these factors allow.
    fn fits(&self, set: &BTreeSet<Two>, [mentees, mentors]: [&dyn Fn(u32) -> u32; 2]) -> bool {
        let load = |is: &dyn Fn(&Two) -> bool| {
            u32::try_from(set.iter().filter(|pair| is(pair)).count()).unwrap()
        };
        let quotas_fit = self.case.quotas.iter().all(|quota| {
            let is_of = |id: &str| {
                let own = self
                    .case
                    .mentors
                    .iter()
                    .find(|own| own.profile.id.as_str() == id)
                    .unwrap();
                let is = |value: &StatedValue| match value {
                    StatedValue::Text(text) => own.profile.department.as_ref() == Some(text),
                    _ => false,
                };
                quota.one_of.iter().any(is)
            };
            load(&|pair| is_of(&pair.1)) <= quota.at_most.unwrap()
        });
        quotas_fit
            && self.case.mentees.iter().all(|own| {
                load(&|pair| pair.0 == own.profile.id.as_str()) <= mentees(own.demand.max)
            })
            && self.case.mentors.iter().all(|own| {
                load(&|pair| pair.1 == own.profile.id.as_str()) <= mentors(own.capacity.max)
            })
            && set.iter().all(|pair| self.score(pair).is_some())
    }

    pub(crate) fn may_be_suggested(&self, set: &BTreeSet<Two>, (of, each, times): Lists) -> bool {
        let listed = |places: u32| if places == 0 { 0 } else { each };
        let on_lists = |places: u32| places * times;
        let bounds: [&dyn Fn(u32) -> u32; 2] = match of {
            Role::Mentee => [&listed, &on_lists],
            Role::Mentor => [&on_lists, &listed],
        };
        let factor = if of == Role::Mentor { each } else { times };
        let mut scaled = Self {
            case: self.case.clone(),
            pairs: self.pairs.clone(),
            locks: BTreeSet::new(),
        };
        for quota in &mut scaled.case.quotas {
            quota.at_most = quota.at_most.map(|most| most * factor);
        }
        scaled.fits(set, bounds)
    }

    /// Locks, then people with a suggestion where they count, then scores.
    pub(crate) fn worth_of_suggestions(
        &self,
        set: &BTreeSet<Two>,
        of: Role,
        first: bool,
    ) -> Vec<i64> {
        let own = |pair: &Two| {
            if of == Role::Mentee {
                pair.0.clone()
            } else {
                pair.1.clone()
            }
        };
        let people = set.iter().map(own).collect::<BTreeSet<_>>().len();
        let locks = set.intersection(&self.locks).count();
        let scores = set.iter().map(|pair| self.score(pair).unwrap()).sum();
        let people = if first {
            i64::try_from(people).unwrap()
        } else {
            0
        };
        vec![i64::try_from(locks).unwrap(), people, scores]
    }

    pub(crate) fn best_suggestions(&self, lists: Lists, first: bool) -> Vec<i64> {
        let legal = self.sets().filter(|set| self.may_be_suggested(set, lists));
        legal
            .map(|set| self.worth_of_suggestions(&set, lists.0, first))
            .max()
            .unwrap()
    }

    fn is_legal(&self, set: &BTreeSet<Two>) -> bool {
        self.locks.is_subset(set) && self.fits(set, [&|places| places, &|places| places])
    }

    /// What is missing of minimums, negative; then the objectives, with less for some pairs in the total score.
    pub(crate) fn worth(
        &self,
        set: &BTreeSet<Two>,
        objectives: &[Objective],
        less: &dyn Fn(&Two) -> i64,
    ) -> Vec<i64> {
        let count = |count: usize| i64::try_from(count).unwrap();
        let missing = self.case.mentors.iter().map(|own| {
            let load = set
                .iter()
                .filter(|pair| pair.1 == own.profile.id.as_str())
                .count();
            (i64::from(own.capacity.min) - count(load)).max(0)
        });
        let mut worth = vec![-missing.sum::<i64>()];
        for objective in objectives {
            worth.push(match objective {
                Objective::Participation => count(
                    set.iter()
                        .map(|pair| &pair.0)
                        .collect::<BTreeSet<_>>()
                        .len(),
                ),
                Objective::MentorsUsed => count(
                    set.iter()
                        .map(|pair| &pair.1)
                        .collect::<BTreeSet<_>>()
                        .len(),
                ),
                Objective::Pairs => count(set.len()),
                Objective::WorstScore => {
                    let scores = set.iter().map(|pair| self.score(pair).unwrap());
                    scores.min().unwrap_or(1_000_000)
                }
                _ => set
                    .iter()
                    .map(|pair| self.score(pair).unwrap() - less(pair))
                    .sum(),
            });
        }
        worth
    }

    pub(crate) fn best(&self, objectives: &[Objective], less: &dyn Fn(&Two) -> i64) -> Vec<i64> {
        let legal = self.sets().filter(|set| self.is_legal(set));
        legal
            .map(|set| self.worth(&set, objectives, less))
            .max()
            .unwrap()
    }
}
