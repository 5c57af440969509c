//! Checking a programme: every problem is found, not only the first.

use super::super::objective::{Objective, check_objectives};
use super::super::parts::{StatedRule, WeighedCriterion};
use super::super::quotas::Quota;
use super::{ProgrammeBuilder, usual_objectives};
use crate::criteria::{CriterionKind, list_problem};
use crate::error::{ParameterProblem, ProgrammeProblem};
use crate::ids::Role;
use crate::rules::{PastPairs, RuleKind};
use crate::score::{Weight, integer_weights};

impl ProgrammeBuilder {
    /// The objectives; none beside a stable matching.
    pub(super) fn what_is_optimised(
        &mut self,
        problems: &mut Vec<ProgrammeProblem>,
    ) -> Vec<Objective> {
        let stated = self.objectives.take();
        if self.stable.is_some() {
            if stated.is_some_and(|stated| !stated.is_empty()) {
                problems.push(ProgrammeProblem::ObjectivesBesideStable);
            }
            return Vec::new();
        }
        let objectives = stated.unwrap_or_else(|| usual_objectives().to_vec());
        check_objectives(&objectives, problems);
        let has_target = self.quotas.iter().any(|quota| quota.target.is_some());
        if objectives.contains(&Objective::GroupBalance) && !has_target {
            problems.push(ProgrammeProblem::NoTarget);
        }
        objectives
    }

    pub(super) fn weights(&self, problems: &mut Vec<ProgrammeProblem>) -> Vec<u32> {
        let weights: Vec<Weight> = self.criteria.iter().map(|own| own.weight).collect();
        if problems.is_empty() && weights.iter().all(|weight| weight.is_zero()) {
            problems.push(ProgrammeProblem::NoWeight);
        }
        let most = u32::from(self.emphasis.unwrap_or(1).max(1));
        let integers = integer_weights(&weights);
        let fits = |weights: &Vec<u32>| weights.iter().sum::<u32>() <= u32::MAX / most;
        integers.filter(fits).unwrap_or_else(|| {
            let limit = u32::MAX / most;
            problems.push(ProgrammeProblem::WeightsTooFine { limit });
            Vec::new()
        })
    }

    /// Each side must have a view, and the parameters must be within their bounds.
    pub(super) fn check_balance(&self, problems: &mut Vec<ProgrammeProblem>) {
        if self
            .emphasis
            .is_some_and(|factor| !(1..=10).contains(&factor))
        {
            let problem = ParameterProblem::OutOfRange { low: 1, high: 10 };
            let (owner, parameter) = ("programme".to_owned(), "emphasis");
            problems.push(ProgrammeProblem::Parameter {
                owner,
                parameter,
                problem,
            });
        }
        for side in [Role::Mentee, Role::Mentor] {
            let counts = |own: &WeighedCriterion| own.view.is_of(side) && !own.weight.is_zero();
            let weighs = self.criteria.iter().any(|own| !own.weight.is_zero());
            if weighs && !self.criteria.iter().any(counts) {
                problems.push(ProgrammeProblem::NoView { side });
            }
        }
    }

    pub(super) fn check_criteria(&self, problems: &mut Vec<ProgrammeProblem>) {
        check_names(self.criteria.iter().map(|own| own.name.as_str()), problems);
        for WeighedCriterion {
            name, criterion, ..
        } in &self.criteria
        {
            let found = criterion.as_criterion().parameter_problems();
            problems.extend(parameters(name, found));
            match criterion {
                CriterionKind::TimeZoneDistance(_) => self.check_date(name, problems),
                CriterionKind::CommonTime(_) => self.check_period(name, problems),
                CriterionKind::Custom(custom) if !custom.is_registered() => {
                    problems.push(ProgrammeProblem::Unregistered {
                        kind: "criterion",
                        name: custom.name().to_owned(),
                        version: custom.version(),
                    });
                }
                _ => {}
            }
        }
    }

    pub(super) fn check_rules(&self, problems: &mut Vec<ProgrammeProblem>) {
        check_names(self.rules.iter().map(|own| own.name.as_str()), problems);
        for StatedRule { name, forbid, cost } in &self.rules {
            if matches!(forbid, RuleKind::ScoreBelow(_)) && cost.is_some() {
                let owner = name.clone();
                problems.push(ProgrammeProblem::CostOfFloor { owner });
            }
            if let Some(rule) = forbid.as_rule() {
                problems.extend(parameters(name, rule.parameter_problems()));
            }
            match forbid.unconditional() {
                RuleKind::TimeZonesFurtherThan(_)
                | RuleKind::PastPairs(PastPairs {
                    cool_down_months: Some(_),
                }) => self.check_date(name, problems),
                RuleKind::TooLittleCommonTime(_) => self.check_period(name, problems),
                RuleKind::Custom(custom) if !custom.is_registered() => {
                    problems.push(ProgrammeProblem::Unregistered {
                        kind: "rule",
                        name: custom.name().to_owned(),
                        version: custom.version(),
                    });
                }
                _ => {}
            }
        }
    }

    pub(super) fn check_quotas(&self, problems: &mut Vec<ProgrammeProblem>) {
        check_names(self.quotas.iter().map(|own| own.name.as_str()), problems);
        for quota in &self.quotas {
            let values = list_problem(&quota.field, &quota.one_of);
            let values = values.map(|problem| ("one_of", problem));
            let found = values.into_iter().chain(bounds_problem(quota)).collect();
            problems.extend(parameters(&quota.name, found));
        }
        if self.stable.is_some() && !self.quotas.is_empty() {
            problems.push(ProgrammeProblem::QuotasBesideStable);
        }
    }

    fn check_date(&self, owner: &str, problems: &mut Vec<ProgrammeProblem>) {
        if self.date.is_none() && self.period.is_none() {
            let owner = owner.to_owned();
            problems.push(ProgrammeProblem::NoDate { owner });
        }
    }

    fn check_period(&self, owner: &str, problems: &mut Vec<ProgrammeProblem>) {
        if self.period.is_none() {
            let owner = owner.to_owned();
            problems.push(ProgrammeProblem::NoPeriod { owner });
        }
    }
}

fn parameters(
    owner: &str,
    found: Vec<(&'static str, ParameterProblem)>,
) -> impl Iterator<Item = ProgrammeProblem> {
    found
        .into_iter()
        .map(move |(parameter, problem)| ProgrammeProblem::Parameter {
            owner: owner.to_owned(),
            parameter,
            problem,
        })
}

/// What is wrong with a quota's numbers.
fn bounds_problem(quota: &Quota) -> Option<(&'static str, ParameterProblem)> {
    let least = quota.at_least;
    match (quota.at_most, quota.target) {
        (Some(most), _) if least > most => Some(("at_least", ParameterProblem::Above("at_most"))),
        (Some(most), Some(target)) if target > most => {
            Some(("target", ParameterProblem::Above("at_most")))
        }
        (_, Some(target)) if least > target => {
            Some(("at_least", ParameterProblem::Above("target")))
        }
        (None, None) if least == 0 => Some(("at_least", ParameterProblem::Empty)),
        _ => None,
    }
}

fn check_names<'a>(names: impl Iterator<Item = &'a str>, problems: &mut Vec<ProgrammeProblem>) {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    if names.first().is_some_and(|name| name.is_empty()) {
        problems.push(ProgrammeProblem::EmptyName);
    }
    let repeated = names.chunk_by(|one, other| one == other);
    for group in repeated.filter(|group| group.len() > 1) {
        let owner = group[0].to_owned();
        problems.push(ProgrammeProblem::DuplicateName { owner });
    }
}
