//! From figures to what is worth a look.

use std::cmp::Reverse;
use std::sync::Arc;

use super::finding::{Barrier, Finding, Silence, Unpairable};
use super::pairs::{Counted, Stranded};
use super::people::{self, Person, Questions};
use super::{
    CriterionCheck, Headcount, PreferenceCheck, Preflight, RuleCheck, Seen, kinds, supply,
};
use crate::ids::{ParticipantId, Role};
use crate::participant::{Bounds, Cohort, Profile};
use crate::programme::Programme;
use crate::scoring::{Quotas, Refusal};

/// Where a finding about a person stands: by kind, role and id.
type Place = (bool, Reverse<Role>, ParticipantId);

/// Everything that is known, to be put into words.
pub(super) struct Check<'a> {
    pub(super) programme: &'a Programme,
    pub(super) cohort: &'a Cohort,
    pub(super) refusals: &'a [Refusal],
    pub(super) quotas: &'a Quotas,
    pub(super) headcount: Headcount,
    pub(super) questions: Questions,
    pub(super) people: Vec<Person<'a>>,
    pub(super) counted: Counted,
}

impl Check<'_> {
    pub(super) fn finish(self) -> Preflight {
        let supply = supply::all((self.programme, &self.questions), self.cohort, &self.people);
        let (rules, criteria) = (self.rules(), self.criteria());
        let preferences = self.preferences();
        let mut findings = self.of_totals();
        findings.extend(self.of_rules(&rules));
        findings.extend(self.of_preferences(&preferences));
        findings.extend(self.questions.unanswered());
        findings.extend(self.of_criteria(&criteria));
        findings.extend(self.alike());
        findings.extend(self.stranded());
        let scarce = supply.iter().filter(|supply| supply.is_scarce());
        findings.extend(scarce.cloned().map(Finding::Scarce));
        findings.extend(people::unknown_most_important(self.programme, &self.people));
        findings.extend(people::unknown_weights(self.programme, &self.people));
        findings.extend(people::idle_weights(self.programme, &self.people));
        findings.extend(self.questions.incomplete(&self.people));
        let warnings = self.cohort.warnings().iter();
        findings.extend(warnings.cloned().map(Finding::Cohort));
        Preflight {
            programme: self.programme.name().to_owned(),
            headcount: self.headcount,
            seen: self.seen(),
            rules,
            preferences,
            criteria,
            supply,
            findings,
        }
    }

    fn seen(&self) -> Seen {
        Seen {
            mentees: self.counted.mentees,
            pairs: self.counted.pairs,
            allowed: self.counted.allowed,
            sampled: u64::from(self.counted.mentees) < self.headcount.mentees,
        }
    }

    fn rules(&self) -> Vec<RuleCheck> {
        let rules = self.refusals.iter().zip(&self.counted.forbids);
        let rules = rules.map(|(rule, &(forbids, alone))| RuleCheck {
            rule: rule.clone(),
            forbids,
            alone,
        });
        rules.collect()
    }

    fn preferences(&self) -> Vec<PreferenceCheck> {
        let preferences = self.programme.preferences().zip(&self.counted.against);
        let preferences = preferences.map(|((rule, cost), &against)| PreferenceCheck {
            rule: rule.into(),
            cost,
            against,
        });
        preferences.collect()
    }

    fn criteria(&self) -> Vec<CriterionCheck> {
        let criteria = self.programme.criteria().iter().zip(&self.counted.answers);
        let criteria = criteria.map(|(own, &answers)| CriterionCheck {
            criterion: own.name.as_str().into(),
            pairs: self.counted.answered,
            unanswered: answers.unanswered,
            constant: answers.is_constant(self.counted.answered),
            silent: self.questions.silences(&own.criterion.fields()),
        });
        criteria.collect()
    }

    fn of_totals(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        let Headcount {
            mentees,
            wanting_mentees,
            mentors,
            places,
        } = self.headcount;
        for (role, people) in [(Role::Mentee, mentees), (Role::Mentor, mentors)] {
            if people == 0 {
                found.push(Finding::NobodyThere { role });
            }
        }
        if places < wanting_mentees {
            let mentees = wanting_mentees;
            found.push(Finding::TooFewPlaces { places, mentees });
        }
        found.extend(kinds::too_few(self.quotas, self.cohort));
        let pairs = self.counted.pairs;
        if pairs > 0 && self.counted.allowed == 0 {
            found.push(Finding::NothingAllowed { pairs });
        }
        found
    }

    fn of_rules(&self, rules: &[RuleCheck]) -> Vec<Finding> {
        let (pairs, stated) = (self.counted.pairs, self.programme.rules());
        let is_stated = |rule: &Refusal| match rule {
            Refusal::Rule(name) => stated.iter().any(|own| *own.name == **name),
            _ => false,
        };
        let judge = |own: &RuleCheck| {
            let rule = own.rule.clone();
            match own.forbids {
                forbids if forbids == pairs => Some(Finding::ForbidsEverything { rule }),
                0 if is_stated(&rule) => Some(Finding::ForbidsNothing { rule }),
                _ => None,
            }
        };
        let mut found: Vec<_> = match pairs {
            0 => Vec::new(),
            _ => rules.iter().filter_map(judge).collect(),
        };
        found.sort_by_key(|finding| matches!(finding, Finding::ForbidsNothing { .. }));
        found
    }

    fn of_preferences(&self, preferences: &[PreferenceCheck]) -> Vec<Finding> {
        let pairs = self.counted.allowed;
        let judge = |own: &PreferenceCheck| {
            let rule = Arc::clone(&own.rule);
            match own.against {
                0 => Some(Finding::CostsNothing { rule }),
                against if against == pairs => Some(Finding::CostsEverything { rule, pairs }),
                _ => None,
            }
        };
        let mut found: Vec<_> = match pairs {
            0 => Vec::new(),
            _ => preferences.iter().filter_map(judge).collect(),
        };
        found.sort_by_key(|finding| matches!(finding, Finding::CostsNothing { .. }));
        found
    }

    /// Of the criteria that count.
    fn of_criteria(&self, criteria: &[CriterionCheck]) -> Vec<Finding> {
        let pairs = self.counted.answered;
        let weighed = criteria.iter().zip(self.programme.weights());
        let counting = || weighed.clone().filter(|(_, weight)| **weight > 0);
        let constant = counting().filter(|(own, _)| own.constant);
        let constant = constant.map(|(own, _)| Finding::Constant {
            criterion: Arc::clone(&own.criterion),
            pairs,
        });
        let is_open = |own: &CriterionCheck| {
            own.unanswered > pairs / 2 || own.silent.iter().any(Silence::is_most)
        };
        let open = counting().filter(|(own, _)| is_open(own));
        let open = open.map(|(own, _)| Finding::MostlyUnanswered {
            criterion: Arc::clone(&own.criterion),
            pairs,
            unanswered: own.unanswered,
            silent: own.silent.clone(),
        });
        constant.chain(open).collect()
    }

    fn alike(&self) -> Vec<Finding> {
        let weights = self.programme.weights();
        let name = |at: usize| self.programme.criteria()[at].name.as_str().into();
        let alike = self.counted.likeness.alike().into_iter();
        alike
            .filter(|alike| weights[alike.first] > 0 && weights[alike.second] > 0)
            .map(|alike| Finding::AlmostTheSame {
                first: name(alike.first),
                second: name(alike.second),
                opposite: alike.opposite,
                pairs: alike.pairs,
            })
            .collect()
    }

    /// Everybody who wants a partner and has no allowed one, or none with places: mentees, then
    /// mentors, in the order of ids.
    fn stranded(&self) -> Vec<Finding> {
        let mentees = self.counted.stranded.iter().filter_map(|stranded| {
            let own = &self.cohort.mentees()[stranded.person];
            self.strand(Role::Mentee, (&own.profile, own.demand), stranded)
        });
        let mentors = match self.seen().sampled {
            true => Vec::new(),
            false => self.counted.stranded_mentors(),
        };
        let mentors = mentors.iter().filter_map(|stranded| {
            let own = &self.cohort.mentors()[stranded.person];
            self.strand(Role::Mentor, (&own.profile, own.capacity), stranded)
        });
        let mut found: Vec<_> = mentees.chain(mentors).collect();
        found.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        found.into_iter().map(|(_, finding)| finding).collect()
    }

    fn strand<P>(
        &self,
        role: Role,
        (profile, bounds): (&Profile, Bounds),
        stranded: &Stranded<P>,
    ) -> Option<(Place, Finding)> {
        let partners = match role {
            Role::Mentee => self.headcount.mentors,
            Role::Mentor => self.headcount.mentees,
        };
        if partners == 0 || bounds.max == 0 || !profile.status.is_active() {
            return None;
        }
        let (participant, allowed) = (profile.id.clone(), stranded.allowed);
        let place = (allowed > 0, Reverse(role), participant.clone());
        if allowed > 0 {
            let finding = Finding::PartnersHaveNoPlaces {
                role,
                participant,
                allowed,
            };
            return Some((place, finding));
        }
        let finding = Finding::Unpairable(Unpairable {
            role,
            participant,
            partners: u32::try_from(partners).unwrap_or(u32::MAX),
            barriers: self.barriers(&stranded.barriers),
        });
        Some((place, finding))
    }

    fn barriers(&self, counts: &[(u32, u32)]) -> Vec<Barrier> {
        let named = self.refusals.iter().zip(counts);
        let mut barriers: Vec<_> = named
            .filter(|(_, (partners, _))| *partners > 0)
            .map(|(by, &(partners, alone))| Barrier {
                by: by.clone(),
                partners,
                alone,
            })
            .collect();
        barriers.sort_by_key(|barrier| Reverse(barrier.partners));
        barriers
    }
}
