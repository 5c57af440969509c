//! Checking a programme: every problem is found, not only the first.

use std::sync::Arc;

use super::parts::{MissingPolicy, Objective, StatedRule, WeighedCriterion};
use super::{Checked, Programme};
use crate::criteria::CriterionKind;
use crate::date::CalendarDate;
use crate::error::{ParameterProblem, ProgrammeError, ProgrammeProblem, WeightError};
use crate::rules::{PastPairs, RuleKind};
use crate::score::{Weight, integer_weights};

/// A programme being put together; see [`Programme::builder`].
#[derive(Clone, Debug, Default)]
pub struct ProgrammeBuilder {
    name: String,
    date: Option<CalendarDate>,
    criteria: Vec<WeighedCriterion>,
    rules: Vec<StatedRule>,
    objectives: Option<Vec<Objective>>,
    problems: Vec<ProgrammeProblem>, // found on the way
}

impl ProgrammeBuilder {
    /// The programme's own name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The day at which time zones are compared and cool-downs are over.
    #[must_use]
    pub fn date(mut self, date: CalendarDate) -> Self {
        self.date = Some(date);
        self
    }

    /// Adds a criterion; a missing answer counts one half.
    #[must_use]
    pub fn weigh<W>(self, weight: W, criterion: impl Into<CriterionKind>) -> Self
    where
        W: TryInto<Weight, Error: Into<WeightError>>,
    {
        self.weigh_with(weight, criterion, MissingPolicy::default())
    }

    /// Adds a criterion with a policy for missing answers.
    #[must_use]
    pub fn weigh_with<W>(
        self,
        weight: W,
        criterion: impl Into<CriterionKind>,
        missing: MissingPolicy,
    ) -> Self
    where
        W: TryInto<Weight, Error: Into<WeightError>>,
    {
        let criterion = criterion.into();
        self.weigh_as(criterion.default_name(), weight, criterion, missing)
    }

    /// Adds a criterion under a name of its own, which two of one kind need.
    ///
    /// ```
    /// use mentormatch::{Field, Gap, MissingPolicy, Programme};
    ///
    /// let some = Gap::new(Field::TenureYears, 1.0, 3.0, 30.0);
    /// let much = Gap::new(Field::TenureYears, 10.0, 20.0, 40.0);
    /// let programme = Programme::builder()
    ///     .weigh(3, some)
    ///     .weigh_as("knows their way around", 1, much, MissingPolicy::Zero)
    ///     .build()?;
    /// assert_eq!(programme.criteria()[0].name, "gap:tenure_years");
    /// # Ok::<(), mentormatch::ProgrammeError>(())
    /// ```
    #[must_use]
    pub fn weigh_as<W>(
        mut self,
        name: impl Into<String>,
        weight: W,
        criterion: impl Into<CriterionKind>,
        missing: MissingPolicy,
    ) -> Self
    where
        W: TryInto<Weight, Error: Into<WeightError>>,
    {
        let name = name.into();
        let weight = weight.try_into().unwrap_or_else(|problem| {
            let (owner, problem) = (name.clone(), problem.into());
            self.problems
                .push(ProgrammeProblem::Weight { owner, problem });
            Weight::ZERO
        });
        self.criteria.push(WeighedCriterion {
            name,
            weight,
            criterion: criterion.into(),
            missing,
        });
        self
    }

    /// Adds a rule.
    #[must_use]
    pub fn forbid(self, rule: impl Into<RuleKind>) -> Self {
        let rule = rule.into();
        self.forbid_as(rule.default_name(), rule)
    }

    /// Adds a rule under a name of its own, which two of one kind need.
    #[must_use]
    pub fn forbid_as(mut self, name: impl Into<String>, rule: impl Into<RuleKind>) -> Self {
        self.rules.push(StatedRule {
            name: name.into(),
            forbid: rule.into(),
        });
        self
    }

    /// What is optimised, the most important first; participation and then the total score unless
    /// stated.
    #[must_use]
    pub fn objectives(mut self, objectives: impl IntoIterator<Item = Objective>) -> Self {
        self.objectives = Some(objectives.into_iter().collect());
        self
    }

    /// Checks the programme.
    ///
    /// # Errors
    /// Every problem found: weights that are no weights or all zero, parameters out of bounds,
    /// names given twice, objectives listed twice, time zones or a cool-down without a date, criteria and rules
    /// that were read by name and are not registered.
    pub fn build(mut self) -> Result<Programme, ProgrammeError> {
        let mut problems = std::mem::take(&mut self.problems);
        let defaults = vec![Objective::Participation, Objective::TotalScore];
        let objectives = self.objectives.take().unwrap_or(defaults);
        let weights = self.weights(&mut problems);
        self.check_criteria(&mut problems);
        self.check_rules(&mut problems);
        check_objectives(&objectives, &mut problems);
        ProgrammeError::unless_empty(problems)?;
        Ok(Programme(Arc::new(Checked {
            name: self.name,
            date: self.date,
            criteria: self.criteria,
            weights,
            rules: self.rules,
            objectives,
        })))
    }

    fn weights(&self, problems: &mut Vec<ProgrammeProblem>) -> Vec<u32> {
        let weights: Vec<Weight> = self.criteria.iter().map(|own| own.weight).collect();
        if problems.is_empty() && weights.iter().all(|weight| weight.is_zero()) {
            problems.push(ProgrammeProblem::NoWeight);
        }
        integer_weights(&weights).unwrap_or_else(|| {
            problems.push(ProgrammeProblem::WeightsTooFine { limit: u32::MAX });
            Vec::new()
        })
    }

    fn check_criteria(&self, problems: &mut Vec<ProgrammeProblem>) {
        check_names(self.criteria.iter().map(|own| own.name.as_str()), problems);
        for WeighedCriterion {
            name, criterion, ..
        } in &self.criteria
        {
            let found = criterion.as_criterion().parameter_problems();
            problems.extend(parameters(name, found));
            match criterion {
                CriterionKind::TimeZoneDistance(_) => self.check_date(name, problems),
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

    fn check_rules(&self, problems: &mut Vec<ProgrammeProblem>) {
        check_names(self.rules.iter().map(|own| own.name.as_str()), problems);
        for StatedRule { name, forbid } in &self.rules {
            if let Some(rule) = forbid.as_rule() {
                problems.extend(parameters(name, rule.parameter_problems()));
            }
            match forbid.unconditional() {
                RuleKind::TimeZonesFurtherThan(_)
                | RuleKind::PastPairs(PastPairs {
                    cool_down_months: Some(_),
                }) => self.check_date(name, problems),
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

    fn check_date(&self, owner: &str, problems: &mut Vec<ProgrammeProblem>) {
        if self.date.is_none() {
            let owner = owner.to_owned();
            problems.push(ProgrammeProblem::NoDate { owner });
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

fn check_objectives(objectives: &[Objective], problems: &mut Vec<ProgrammeProblem>) {
    if objectives.is_empty() {
        problems.push(ProgrammeProblem::NoObjective);
    }
    for (at, objective) in objectives.iter().enumerate() {
        if objectives[..at].contains(objective) {
            let objective = objective.name();
            problems.push(ProgrammeProblem::DuplicateObjective { objective });
        }
    }
}
