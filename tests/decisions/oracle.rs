//! Every set of pairs of a tiny cohort, judged in people's terms: what the manager decided, the rules by
//! their names, quotas by people's answers.

use std::collections::BTreeSet;

use mentormatch::{
    Bounds, Cohort, DecidedPair, Decisions, Field, MenteeIdx, MentorIdx, Objective, Profile,
    Programme, Quota, Refusal, Role, Scorer, StatedValue, Status,
};

/// A mentee and a mentor, by position.
pub(crate) type Two = (usize, usize);

/// A cohort, a programme and decisions, with what every pair is worth; `None` where it is forbidden.
pub(crate) struct Oracle<'a> {
    cohort: &'a Cohort,
    programme: &'a Programme,
    locks: BTreeSet<Two>,
    scores: Vec<Vec<Option<u32>>>,
}

impl<'a> Oracle<'a> {
    pub(crate) fn new(cohort: &'a Cohort, programme: &'a Programme, decisions: &Decisions) -> Self {
        let scorer = Scorer::new(programme, cohort).unwrap();
        let is = |own: &DecidedPair, (mentee, mentor): Two| {
            own.mentee == cohort.mentees()[mentee].profile.id
                && own.mentor == cohort.mentors()[mentor].profile.id
        };
        let score = |pair: Two| {
            let mentee = MenteeIdx::new(u32::try_from(pair.0).unwrap());
            let mentor = MentorIdx::new(u32::try_from(pair.1).unwrap());
            let is_lifted = |refusal: &Refusal| {
                let Refusal::Rule(rule) = refusal else {
                    return false;
                };
                decisions.overrides.iter().any(|own| {
                    is(
                        &DecidedPair::new(own.mentee.clone(), own.mentor.clone()),
                        pair,
                    ) && *own.rule == **rule
                })
            };
            let forbidden = scorer.forbidden_by(mentee, mentor).unwrap();
            let takes_part = takes_part(&cohort.mentees()[pair.0].profile, &decisions.only_mentees)
                && takes_part(&cohort.mentors()[pair.1].profile, &decisions.only_mentors);
            let is_allowed = forbidden.iter().all(is_lifted)
                && takes_part
                && !decisions.vetoes.iter().any(|own| is(own, pair));
            is_allowed.then(|| scorer.breakdown(mentee, mentor).unwrap().score.ppm())
        };
        let (mentees, mentors) = (cohort.mentees().len(), cohort.mentors().len());
        let all = (0..mentees).flat_map(|mentee| (0..mentors).map(move |mentor| (mentee, mentor)));
        let is_locked = |pair: &Two| decisions.locks.iter().any(|own| is(own, *pair));
        Self {
            cohort,
            programme,
            locks: all.filter(is_locked).collect(),
            scores: (0..mentees)
                .map(|mentee| (0..mentors).map(|mentor| score((mentee, mentor))).collect())
                .collect(),
        }
    }

    /// The best value by minimums and then the programme's objectives of any legal set of pairs with all
    /// locks; `None` if there is no such set.
    pub(crate) fn optimum(&self, left_out: impl Fn(Role, usize) -> bool) -> Option<Vec<i64>> {
        let pairs: Vec<Two> = self.allowed().collect();
        assert!(pairs.len() <= 12, "tiny");
        let sets = (0..1_u32 << pairs.len()).map(|set| {
            let has = |at: &usize| set >> at & 1 == 1;
            let chosen = (0..pairs.len()).filter(has).map(|at| pairs[at]);
            chosen.collect::<BTreeSet<Two>>()
        });
        let legal = sets.filter(|set| self.locks.is_subset(set) && self.is_legal(set));
        legal.map(|set| self.value(&set, &left_out)).max()
    }

    fn allowed(&self) -> impl Iterator<Item = Two> {
        let rows = self.scores.iter().enumerate();
        rows.flat_map(|(mentee, row)| {
            let allowed = row.iter().enumerate().filter(|(_, score)| score.is_some());
            allowed.map(move |(mentor, _)| (mentee, mentor))
        })
    }

    pub(crate) fn is_legal(&self, set: &BTreeSet<Two>) -> bool {
        let within = |(load, bounds): (usize, Bounds)| load <= bounds.max as usize;
        set.iter()
            .all(|&(mentee, mentor)| self.scores[mentee][mentor].is_some())
            && self.locks.is_subset(set)
            && self.mentees(set).all(within)
            && self.mentors(set).all(within)
            && self.programme.quotas().iter().all(|quota| {
                let most = quota.at_most.map_or(usize::MAX, |most| most as usize);
                self.load_of(quota, set) <= most
            })
    }

    pub(crate) fn value(
        &self,
        set: &BTreeSet<Two>,
        left_out: &impl Fn(Role, usize) -> bool,
    ) -> Vec<i64> {
        let short = |load: usize, least: u32| i64::from(least).saturating_sub(load as i64).max(0);
        let mentees = self.mentees(set).enumerate();
        let mentees = mentees.filter(|(at, _)| !left_out(Role::Mentee, *at));
        let mentees = mentees.map(|(_, (load, bounds))| short(load, bounds.min));
        let mentors = self.mentors(set).enumerate();
        let mentors = mentors.filter(|(at, _)| !left_out(Role::Mentor, *at));
        let mentors = mentors.map(|(_, (load, bounds))| short(load, bounds.min));
        let quotas = self.programme.quotas().iter();
        let quotas = quotas.map(|quota| short(self.load_of(quota, set), quota.at_least));
        let mut value = vec![-mentees.chain(mentors).chain(quotas).sum::<i64>()];
        for objective in self.programme.objectives() {
            value.push(match objective {
                Objective::Participation => {
                    let matched = self.mentees(set).filter(|(load, _)| *load > 0);
                    matched.count() as i64
                }
                _ => {
                    let score = |&(mentee, mentor): &Two| self.scores[mentee][mentor].unwrap();
                    set.iter().map(score).map(i64::from).sum()
                }
            });
        }
        value
    }

    fn mentees(&self, set: &BTreeSet<Two>) -> impl Iterator<Item = (usize, Bounds)> {
        let load = |at| set.iter().filter(|pair| pair.0 == at).count();
        let people = self.cohort.mentees().iter().enumerate();
        people.map(move |(at, own)| (load(at), own.demand))
    }

    fn mentors(&self, set: &BTreeSet<Two>) -> impl Iterator<Item = (usize, Bounds)> {
        let load = |at| set.iter().filter(|pair| pair.1 == at).count();
        let people = self.cohort.mentors().iter().enumerate();
        people.map(move |(at, own)| (load(at), own.capacity))
    }

    /// Quotas of these tests are by department or site.
    fn load_of(&self, quota: &Quota, set: &BTreeSet<Two>) -> usize {
        let counts = |&&(mentee, mentor): &&Two| {
            let person = match quota.side {
                Role::Mentee => &self.cohort.mentees()[mentee].profile,
                Role::Mentor => &self.cohort.mentors()[mentor].profile,
            };
            let answer = match quota.field {
                Field::Department => person.department.as_ref(),
                _ => person.site.as_ref(),
            };
            let is = |value: &StatedValue| match value {
                StatedValue::Text(text) => answer == Some(text),
                _ => false,
            };
            quota.one_of.iter().any(is)
        };
        set.iter().filter(counts).count()
    }
}

fn takes_part(person: &Profile, only: &Option<Vec<mentormatch::ParticipantId>>) -> bool {
    let is_named = only.as_ref().is_none_or(|ids| ids.contains(&person.id));
    person.status == Status::Active && is_named
}
