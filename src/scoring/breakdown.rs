//! One pair, explained.

use std::fmt;
use std::sync::Arc;

use super::gates::{Gate, Refusal, Refusing};
use super::{Scorer, ScoringError};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::programme::MissingPolicy;
use crate::score::{Score, Weight, largest_remainder_parts};

/// A pair's match score and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Breakdown {
    /// The match score, as though no rule forbade the pair.
    pub score: Score,
    /// What each side makes of the pair, where the sides weigh the criteria differently.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub views: Option<ViewScores>,
    /// One part a criterion, in the programme's order. The contributions less the costs are the score
    /// exactly.
    pub parts: Vec<Part>,
    /// What the pair loses for being against preferred rules, in the programme's order; never more
    /// in all than the criteria contribute.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub costs: Vec<RuleCost>,
    /// What would forbid the pair, but for a programme manager's [override](crate::Override).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub lifted: Vec<Refusal>,
    /// Everything that forbids the pair; empty if it is allowed.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub forbidden: Vec<Refusal>,
}

/// What the two sides make of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ViewScores {
    /// The mentee's view.
    pub mentee: Score,
    /// The mentor's view.
    pub mentor: Score,
}

/// What a pair loses for being against a preferred rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct RuleCost {
    /// The programme's name for the rule.
    pub rule: Arc<str>,
    /// Parts per million of a whole score; less than the rule's cost where nothing more was left.
    pub cost: u32,
}

/// What one criterion contributes to a pair's match score.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Part {
    /// The programme's name for the criterion.
    pub criterion: Arc<str>,
    /// How much it counts, as stated.
    pub weight: Weight,
    /// By how much people's own word multiplies that in their side's view of this pair; `None` where nobody's does.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub emphasis: Option<Emphasis>,
    /// What it gives the pair; `None` where an answer is missing.
    pub answer: Option<Score>,
    /// What was counted instead or as well; `None` where it was left out of the mean.
    pub counted: Option<Score>,
    /// Its part of the match score, in parts per million of a whole score: the exact share rounded
    /// down, or up for the largest remainders. Where the sides' views differ, the score is first
    /// divided among them: as their mean counts them, to the lower one alone under
    /// [`Balance::Minimum`](crate::Balance::Minimum), so that a criterion of the other side adds
    /// nothing, and in proportion to the views under
    /// [`Balance::Geometric`](crate::Balance::Geometric).
    pub contribution: u32,
    /// How much of that comes through each side's view, where the sides weigh differently.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub sides: Option<SideParts>,
}

/// By how much the two people of a pair multiply a criterion's weight, each in their side's view: 1 where they say nothing.
///
/// ```
/// use mentormatch::{Cohort, Engine, Field, Profile, Programme, Same, SkillCoverage};
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
/// let mut boris = Profile::new("boris").need("rust", 4);
/// boris.most_important = Some("skill_coverage".into());
/// let programme = Programme::builder()
///     .weigh(3, SkillCoverage::default())
///     .weigh(1, Same::new(Field::Site))
///     .emphasis(2)
///     .build()?;
/// let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris.mentee()])?)?;
///
/// let why = outcome.explain("boris", "ana")?;
/// let emphasis = why.parts[0].emphasis.ok_or("his most important one")?;
/// assert_eq!((emphasis.mentee, emphasis.mentor), (2, 1));
/// assert!(why.to_string().contains("skill_coverage, weight 3 × 2 for the mentee: 100.0%"));
/// assert_eq!(why.parts[1].emphasis, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Emphasis {
    /// The mentee's factor.
    pub mentee: u32,
    /// The mentor's factor.
    pub mentor: u32,
}

/// A contribution by the side through whose view it comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SideParts {
    /// Parts per million through the mentee's view.
    pub mentee: u32,
    /// Parts per million through the mentor's view.
    pub mentor: u32,
}

/// A pair gained from answers left open, under [`MissingPolicy::Renormalise`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SilenceGain {
    /// The criteria that were left out for want of an answer.
    pub criteria: Vec<Arc<str>>,
    /// The match score, before the costs of preferred rules.
    pub score: Score,
    /// What it would be if each of those criteria counted one half.
    pub at_neutral: Score,
}

/// The score, then a line for each criterion and cost: its part of the score, its name and weight, its answer.
///
/// ```
/// # use mentormatch::{Cohort, Engine, Field, Profile, Programme, Same, SkillCoverage};
/// # let ana = Profile::new("ana").offer("rust", 4).mentor(1);
/// # let boris = Profile::new("boris").need("rust", 4).mentee();
/// let programme = Programme::builder()
///     .weigh(3, SkillCoverage::default())
///     .weigh(1, Same::new(Field::Site))
///     .build()?;
/// # let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?;
/// assert_eq!(
///     outcome.explain("boris", "ana")?.to_string(),
///     "87.5%\n  75.0%  skill_coverage, weight 3: 100.0%\n  12.5%  same:site, weight 1: no answer, counted as 50.0%"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl fmt::Display for Breakdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.score.fmt(f)?;
        for part in &self.parts {
            write!(
                f,
                "\n{:>7}  ",
                Score::from_ppm_saturating(part.contribution).to_string()
            )?;
            write!(f, "{}, weight {}", part.criterion, part.weight)?;
            if let Some(own) = part.emphasis {
                write!(f, "{own}")?;
            }
            f.write_str(": ")?;
            match (part.answer, part.counted) {
                (Some(answer), Some(counted)) if answer != counted => {
                    write!(f, "{answer}, counted as {counted}")?;
                }
                (Some(answer), _) => answer.fmt(f)?,
                (None, Some(counted)) => write!(f, "no answer, counted as {counted}")?,
                (None, None) => f.write_str("no answer, left out")?,
            }
        }
        for own in &self.costs {
            let cost = Score::from_ppm_saturating(own.cost).to_string();
            write!(
                f,
                "\n{:>7}  for being against {}",
                format!("−{cost}"),
                own.rule
            )?;
        }
        for own in &self.lifted {
            write!(f, "\n  allowed by an override of {own}")?;
        }
        for own in &self.forbidden {
            write!(f, "\n  forbidden by {own}")?;
        }
        Ok(())
    }
}

/// ` × 2 for the mentee`: what follows a weight.
impl fmt::Display for Emphasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.mentee, self.mentor) {
            (mentee, 1) => write!(f, " × {mentee} for the mentee"),
            (1, mentor) => write!(f, " × {mentor} for the mentor"),
            (mentee, mentor) => {
                write!(
                    f,
                    " × {mentee} for the mentee and × {mentor} for the mentor"
                )
            }
        }
    }
}

impl Scorer {
    /// The pair's match score with its parts, whether or not the pair is allowed, and what forbids it if not.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    pub fn breakdown(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Breakdown, ScoringError> {
        Ok(Breakdown {
            forbidden: self.forbidden_by(mentee, mentor)?,
            ..self.breakdown_of_allowed(mentee, mentor)?
        })
    }

    /// The same of a pair of which it is known that nothing forbids it: no rule is asked.
    pub(crate) fn breakdown_of_allowed(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Breakdown, ScoringError> {
        self.check_there(mentee, Some(mentor))?;
        let answers = self.answers(mentee, mentor)?;
        let counted = self.counted(&answers);
        let (before_costs, views) = self.views.score(&counted, mentee, mentor);
        let contributions = self.contributions(&counted, (mentee, mentor), before_costs, &views);
        let parts = self
            .criteria
            .iter()
            .zip(answers)
            .zip(counted)
            .zip(contributions)
            .enumerate();
        let parts = parts.map(|(at, (((criterion, answer), counted), sides))| Part {
            criterion: Arc::clone(&criterion.name),
            weight: criterion.stated_weight,
            emphasis: self.views.emphasis(at, mentee, mentor),
            answer,
            counted,
            contribution: sides.mentee + sides.mentor,
            sides: (views.len() > 1).then_some(sides),
        });
        let costs = self.costs(mentee, mentor, before_costs);
        let score = before_costs.less(costs.iter().map(|own| own.cost).sum());
        Ok(Breakdown {
            score,
            views: match *views {
                [mentee, mentor] => Some(ViewScores { mentee, mentor }),
                _ => None,
            },
            parts: parts.collect(),
            costs,
            lifted: self.lifted((mentee, mentor), score)?,
            forbidden: Vec::new(),
        })
    }

    /// What each side makes of a pair, less what it costs, whether or not it is allowed.
    pub(crate) fn sides_of_pair(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<ViewScores, ScoringError> {
        let answers = self.answers(mentee, mentor)?;
        let (before_costs, views) = self.views.score(&self.counted(&answers), mentee, mentor);
        let against = self
            .preferences
            .iter()
            .filter(|own| own.is_against(mentee, mentor));
        let cost = against.fold(0, |cost: u32, own| cost.saturating_add(own.cost.ppm()));
        let [mentee, mentor] = match *views {
            [mentee, mentor] => [mentee, mentor],
            _ => [before_costs; 2],
        };
        Ok(ViewScores {
            mentee: mentee.less(cost),
            mentor: mentor.less(cost),
        })
    }

    /// Whether the two sides may make different things of a pair.
    pub(crate) fn has_two_sides(&self) -> bool {
        self.views.sides.len() > 1
    }

    /// The pair's match score; `None` where the pair is forbidden.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    pub fn score_pair(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Option<Score>, ScoringError> {
        self.check_there(mentee, Some(mentor))?;
        let answers = self.answers(mentee, mentor)?;
        let score = self.match_score(&answers, mentee, mentor);
        let pair = (mentee, mentor);
        let refuses = |own: &Refusing| {
            own.what.is(answers[own.criterion]) && !self.standing.lifts(pair, own.refusal)
        };
        let forbids = |(at, gate): (usize, &Gate)| {
            gate.forbids(mentee, mentor, score) && !self.standing.lifts(pair, at)
        };
        let mut gates = self.gates.iter().enumerate();
        let is_allowed = !self.refusing.iter().any(refuses) && !gates.any(forbids);
        Ok(is_allowed.then_some(score))
    }

    /// The match score of a pair with these answers, as though nothing forbade it.
    pub(super) fn match_score(
        &self,
        answers: &[Option<Score>],
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Score {
        let (before_costs, _) = self.views.score(&self.counted(answers), mentee, mentor);
        let costs = self.costs(mentee, mentor, before_costs);
        before_costs.less(costs.iter().map(|own| own.cost).sum())
    }

    /// What each criterion gives a pair.
    pub(super) fn answers(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Vec<Option<Score>>, ScoringError> {
        let criteria = self.criteria.iter();
        criteria
            .map(|criterion| self.answer(criterion, mentee, mentor))
            .collect()
    }

    fn counted(&self, answers: &[Option<Score>]) -> Vec<Option<Score>> {
        let answered = self.criteria.iter().zip(answers);
        answered
            .map(|(criterion, &answer)| criterion.missing.counted(answer))
            .collect()
    }

    /// What each criterion adds to a score, by side: the score is first divided among the views, then
    /// each view's part among its criteria. Where the views are one, it is the mentee's.
    fn contributions(
        &self,
        counted: &[Option<Score>],
        (mentee, mentor): (MenteeIdx, MentorIdx),
        score: Score,
        views: &[Score],
    ) -> Vec<SideParts> {
        let amounts = match *views {
            [mentee, mentor] => {
                largest_remainder_parts(&self.views.shares(mentee, mentor), score.ppm())
            }
            _ => vec![score.ppm()],
        };
        let mut parts = vec![SideParts::default(); counted.len()];
        for (at, (side, amount)) in self.views.sides.iter().zip(amounts).enumerate() {
            let weighed = side.of_pair(mentee, mentor).iter().zip(counted);
            let shares: Vec<u64> = weighed
                .map(|(&weight, counted)| {
                    u64::from(weight) * u64::from(counted.unwrap_or(Score::ZERO).ppm())
                })
                .collect();
            for (parts, part) in parts
                .iter_mut()
                .zip(largest_remainder_parts(&shares, amount))
            {
                if at == 0 {
                    parts.mentee = part;
                } else {
                    parts.mentor = part;
                }
            }
        }
        parts
    }

    fn costs(&self, mentee: MenteeIdx, mentor: MentorIdx, before: Score) -> Vec<RuleCost> {
        let mut left = before.ppm();
        let against = self
            .preferences
            .iter()
            .filter(|own| own.is_against(mentee, mentor));
        against
            .map(|own| {
                let cost = own.cost.ppm().min(left);
                left -= cost;
                let rule = Arc::clone(&own.name);
                RuleCost { rule, cost }
            })
            .collect()
    }

    /// Whether the pair gained from answers left open.
    ///
    /// A pair gains when some criterion under [`MissingPolicy::Renormalise`] was left out, and the
    /// score is higher than it would be if each such criterion counted one half, as it does under
    /// the default policy. No other policy rewards silence.
    ///
    /// # Errors
    /// When a criterion of the host's own gives something that is no score.
    pub fn silence_gain(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Option<SilenceGain>, ScoringError> {
        if !self.renormalises {
            return Ok(None);
        }
        let answers = self.answers(mentee, mentor)?;
        let counted = self.counted(&answers);
        let (score, _) = self.views.score(&counted, mentee, mentor);
        let neutral = |own: &Option<Score>| Some(own.unwrap_or(MissingPolicy::NEUTRAL));
        let neutral: Vec<_> = counted.iter().map(neutral).collect();
        let (at_neutral, _) = self.views.score(&neutral, mentee, mentor);
        let weighs = |at: usize| {
            self.views
                .sides
                .iter()
                .any(|side| side.of_pair(mentee, mentor)[at] > 0)
        };
        let left_out = (0..counted.len()).filter(|&at| counted[at].is_none() && weighs(at));
        let criteria = left_out
            .map(|at| Arc::clone(&self.criteria[at].name))
            .collect();
        Ok((score > at_neutral).then_some(SilenceGain {
            criteria,
            score,
            at_neutral,
        }))
    }
}
