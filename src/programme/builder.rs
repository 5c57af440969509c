//! A programme being put together.

use std::sync::Arc;

use super::objective::Objective;
use super::parts::{Balance, MissingPolicy, StatedRule, View, WeighedCriterion};
use super::quotas::Quota;
use super::stable::Stable;
use super::{Checked, Programme};
use crate::criteria::CriterionKind;
use crate::date::CalendarDate;
use crate::error::{ProgrammeError, ProgrammeProblem, WeightError};
use crate::participant::Field;
use crate::period::Period;
use crate::rules::RuleKind;
use crate::score::{Score, Weight, rank_order_centroids};

mod checks;
mod distinct;

/// A programme being put together; see [`Programme::builder`].
#[derive(Clone, Debug, Default)]
pub struct ProgrammeBuilder {
    name: String,
    date: Option<CalendarDate>,
    period: Option<Period>,
    criteria: Vec<WeighedCriterion>,
    rules: Vec<StatedRule>,
    quotas: Vec<Quota>,
    distinct: Option<Field>,
    objectives: Option<Vec<Objective>>,
    stable: Option<Stable>,
    balance: Balance,
    emphasis: Option<u8>,
    problems: Vec<ProgrammeProblem>, // found on the way
}

/// What the programme states, to be changed and built again.
///
/// ```
/// use mentormatch::{Field, Programme, ProgrammeBuilder, Same, SameValue};
///
/// let spring = Programme::builder().weigh(1, Same::new(Field::Site)).build()?;
/// let autumn = ProgrammeBuilder::from(&spring).name("Autumn").forbid(SameValue::new(Field::Team));
/// let autumn = autumn.build()?;
/// assert_eq!((autumn.criteria(), autumn.rules().len()), (spring.criteria(), 1));
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
impl From<&Programme> for ProgrammeBuilder {
    fn from(programme: &Programme) -> Self {
        Self {
            name: programme.name().to_owned(),
            date: programme.date(),
            period: programme.period(),
            criteria: programme.criteria().to_vec(),
            rules: programme.rules().to_vec(),
            quotas: programme.quotas().to_vec(),
            distinct: programme.distinct_mentors().cloned(),
            // The usual ones need not be stated, so that another way of matching may be.
            objectives: (programme.objectives() != usual_objectives())
                .then(|| programme.objectives().to_vec()),
            stable: programme.stable(),
            balance: programme.balance(),
            emphasis: programme.emphasis(),
            problems: Vec::new(),
        }
    }
}

impl ProgrammeBuilder {
    /// The same with these rules and no others.
    pub(crate) fn with_rules(self, rules: Vec<StatedRule>) -> Self {
        Self { rules, ..self }
    }

    /// The same with these criteria and no others.
    pub(crate) fn with_criteria(self, criteria: Vec<WeighedCriterion>) -> Self {
        Self { criteria, ..self }
    }

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

    /// The days over which the programme runs, both included: 7 days to 10 years.
    ///
    /// Time in common is counted over its weeks, and time zones are compared on its first day if
    /// the programme states no [`date`](Self::date).
    ///
    /// ```
    /// use mentormatch::{CommonTime, Programme};
    ///
    /// let programme = Programme::builder()
    ///     .period("2026-09-01".parse()?, "2027-06-30".parse()?)
    ///     .weigh(1, CommonTime::enough_minutes(120))
    ///     .build()?;
    /// assert_eq!(programme.period().map(|period| period.weeks()), Some(43));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn period(mut self, from: CalendarDate, to: CalendarDate) -> Self {
        match Period::new(from, to) {
            Ok(period) => self.period = Some(period),
            Err(problem) => self.problems.push(ProgrammeProblem::Period(problem)),
        }
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
        self.criterion(WeighedCriterion {
            name,
            weight,
            criterion: criterion.into(),
            missing,
            view: View::Both,
        })
    }

    /// Adds a criterion that is part of one side's view only; a missing answer counts one half.
    ///
    /// ```
    /// use mentormatch::{Balance, Direction, Programme, SkillCoverage, View};
    ///
    /// let programme = Programme::builder()
    ///     .weigh_in(View::Mentee, 5, SkillCoverage::default())
    ///     .weigh_in(View::Mentor, 1, SkillCoverage::new(Direction::MentorNeeds))
    ///     .balance(Balance::Minimum)
    ///     .build()?;
    /// # Ok::<(), mentormatch::ProgrammeError>(())
    /// ```
    #[must_use]
    pub fn weigh_in<W>(self, view: View, weight: W, criterion: impl Into<CriterionKind>) -> Self
    where
        W: TryInto<Weight, Error: Into<WeightError>>,
    {
        let mut builder = self.weigh(weight, criterion);
        if let Some(added) = builder.criteria.last_mut() {
            added.view = view;
        }
        builder
    }

    /// Adds criteria in the order of their priority, the most important first, for those who can
    /// rank criteria but not weigh them.
    ///
    /// The k-th of n gets the weight (1/k + 1/(k+1) + … + 1/n) / n, rounded to thousandths: the mean
    /// of all weights that agree with the order (*rank order centroid*; Barron and Barrett, *Decision
    /// quality using ranked attribute weights*, 1996). Of three: 0.611, 0.278, 0.111.
    ///
    /// ```
    /// use mentormatch::{CommonLanguage, CriterionKind, Field, Programme, Same, SkillCoverage};
    ///
    /// let programme = Programme::builder()
    ///     .prioritise([
    ///         CriterionKind::from(SkillCoverage::default()),
    ///         CommonLanguage::default().into(),
    ///         Same::new(Field::Site).into(),
    ///     ])
    ///     .build()?;
    /// assert_eq!(programme.criteria()[0].weight.to_string(), "0.611");
    /// # Ok::<(), mentormatch::ProgrammeError>(())
    /// ```
    #[must_use]
    pub fn prioritise(self, criteria: impl IntoIterator<Item = CriterionKind>) -> Self {
        let criteria: Vec<CriterionKind> = criteria.into_iter().collect();
        let weights = rank_order_centroids(criteria.len());
        let weighed = weights.into_iter().zip(criteria);
        weighed.fold(self, |builder, (weight, criterion)| {
            builder.weigh(weight, criterion)
        })
    }

    /// Adds a criterion with everything there is to say about it.
    #[must_use]
    pub fn criterion(mut self, criterion: WeighedCriterion) -> Self {
        self.criteria.push(criterion);
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
    pub fn forbid_as(self, name: impl Into<String>, rule: impl Into<RuleKind>) -> Self {
        self.rule(StatedRule {
            name: name.into(),
            forbid: rule.into(),
            cost: None,
        })
    }

    /// Adds a rule that is preferred, not required: a pair against it scores this much less.
    ///
    /// ```
    /// use mentormatch::{Field, Programme, Same, SameValue, Score};
    ///
    /// let programme = Programme::builder()
    ///     .weigh(1, Same::new(Field::Site))
    ///     .discourage(Score::from_unit(0.2)?, SameValue::new(Field::Department))
    ///     .build()?;
    /// assert_eq!(programme.rules()[0].name, "same_value:department");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn discourage(self, cost: Score, rule: impl Into<RuleKind>) -> Self {
        let forbid = rule.into();
        self.rule(StatedRule {
            name: forbid.default_name(),
            forbid,
            cost: Some(cost),
        })
    }

    /// Adds a rule with everything there is to say about it.
    #[must_use]
    pub fn rule(mut self, rule: StatedRule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Bounds the pairs of a group of people; see [`Quota`].
    #[must_use]
    pub fn quota(mut self, quota: Quota) -> Self {
        self.quotas.push(quota);
        self
    }

    /// How the mentee's and the mentor's view of a pair make one score; the mean of both unless
    /// stated. See [`View`].
    #[must_use]
    pub fn balance(mut self, balance: Balance) -> Self {
        self.balance = balance;
        self
    }

    /// Lets participants weigh the programme's criteria themselves: the criterion that a profile
    /// calls [`most_important`](crate::Profile::most_important) counts this many times its weight in
    /// that person's view of a pair, and the factors of [`weights`](crate::Profile::weights) hold as
    /// far as they are not above this. At least 1, at most 10; what participants say about weights
    /// counts for nothing unless this is stated.
    ///
    /// ```
    /// use mentormatch::{Programme, SkillCoverage};
    ///
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).emphasis(3).build()?;
    /// assert_eq!(programme.emphasis(), Some(3));
    /// # Ok::<(), mentormatch::ProgrammeError>(())
    /// ```
    #[must_use]
    pub fn emphasis(mut self, factor: u8) -> Self {
        self.emphasis = Some(factor);
        self
    }

    /// What is optimised, the most important first; participation and then the total score unless
    /// stated.
    #[must_use]
    pub fn objectives(mut self, objectives: impl IntoIterator<Item = Objective>) -> Self {
        self.objectives = Some(objectives.into_iter().collect());
        self
    }

    /// Asks for a stable matching, beside which there are no objectives.
    #[must_use]
    pub fn stable(mut self, stable: Stable) -> Self {
        self.stable = Some(stable);
        self
    }

    /// The same with other rules and criteria.
    pub(crate) fn changed(
        mut self,
        change: impl FnOnce(&mut Vec<StatedRule>, &mut Vec<WeighedCriterion>),
    ) -> Self {
        change(&mut self.rules, &mut self.criteria);
        self
    }

    /// Checks the programme.
    ///
    /// # Errors
    /// Every problem found: weights that are no weights or all zero, parameters out of bounds,
    /// names given twice, objectives listed twice, with parts out of bounds, too finely divided or beside a
    /// stable matching, quotas or distinct mentors beside one, distinct mentors by two fields or by one of lists, quotas without bounds or target, groups to be balanced without a
    /// target, a period that is none, time zones or a
    /// cool-down without a date, time in common without a period, criteria and rules that were read by name and are
    /// not registered.
    pub fn build(mut self) -> Result<Programme, ProgrammeError> {
        let mut problems = std::mem::take(&mut self.problems);
        let weights = self.weights(&mut problems);
        self.check_criteria(&mut problems);
        self.check_rules(&mut problems);
        self.check_quotas(&mut problems);
        self.check_distinct(&mut problems);
        self.check_balance(&mut problems);
        let objectives = self.what_is_optimised(&mut problems);
        ProgrammeError::unless_empty(problems)?;
        Ok(Programme(Arc::new(Checked {
            name: self.name,
            date: self.date,
            period: self.period,
            criteria: self.criteria,
            weights,
            rules: self.rules,
            quotas: self.quotas,
            distinct: self.distinct,
            objectives,
            stable: self.stable,
            balance: self.balance,
            emphasis: self.emphasis,
        })))
    }
}

/// What is optimised where nothing is stated.
fn usual_objectives() -> [Objective; 2] {
    [Objective::Participation, Objective::TotalScore]
}
