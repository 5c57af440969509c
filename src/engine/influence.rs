//! What each part of a programme changed: the run without it, solved again.
//!
//! Every re-solve is exact and starts from the run's own solution; ties are broken as in the run, so that pairs that
//! differ differ for a reason, not by lot.

use std::collections::BTreeSet;
use std::fmt;

use super::decisions;
use super::error::RunError;
use super::levels::Ground;
use super::outcome::{Outcome, Stages};
use super::storage::tie_break;
use super::variant::{goes_on, hooks};
use super::worst::{self, lowest_ppm};
use crate::candidates::Candidates;
use crate::criteria::CriterionKind;
use crate::ids::Role;
use crate::parallel;
use crate::participant::{Cohort, Decisions, Field};
use crate::programme::{Objective, Programme, ProgrammeBuilder};
use crate::reasons::ObjectiveChange;
use crate::score::Score;
use crate::solver::{Assignment, CancelToken, Level, Problem, SolveError, SolveOptions, Start};

/// Re-solves of more pairs than this come one after another, each of them in parallel: together they would need
/// too much memory.
const MOST_TOGETHER: usize = 1 << 20;

/// A part of a programme, or wishes of one rank.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum InfluenceOf {
    /// A criterion, by the programme's name for it.
    Criterion(String),
    /// A rule, by the programme's name for it.
    Rule(String),
    /// That a mentee's mentors must [differ](crate::ProgrammeBuilder::distinct_mentors) in this field.
    DistinctMentors(Field),
    /// The wishes of one rank.
    Wishes {
        /// Of which side.
        of: Role,
        /// The rank.
        rank: u32,
    },
}

/// What something changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Influence {
    /// What is left out.
    pub of: InfluenceOf,
    /// What the matching would be without it; `None` if there is no programme without it: it is the only criterion that
    /// counts.
    pub without: Option<Difference>,
}

/// How another matching differs from the run's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Difference {
    /// Pairs of the run's that the other does not have.
    pub pairs_lost: u64,
    /// Pairs of the other's that the run's does not have.
    pub pairs_gained: u64,
    /// Mentees whose mentors are not the same.
    pub mentees_moved: u64,
    /// By how much each objective differs, by the run's own scores. Without a required rule, or without distinct mentors,
    /// the first that is not 0 is better than the run's: what the rule costs. Without anything else it is worse: what is lost if that does not
    /// count. `None` where the other matching has pairs that the run forbids, though no rule was left out.
    pub change: Option<Vec<ObjectiveChange>>,
}

/// What is solved instead of the run.
struct Instead {
    programme: Programme,
    cohort: Cohort,
    decisions: Decisions,
    /// Whether pairs keep their scores, and some that were forbidden, or could not be had together, come to be allowed.
    is_relaxed: bool,
}

/// What an assignment is worth.
struct Worth {
    levels: Vec<i128>,
    /// The lowest score of its pairs, where that is an objective and there are any.
    lowest: Option<i32>,
}

impl Outcome {
    /// How much each criterion, each rule, distinct mentors and the wishes of each rank changed the result: the run solved
    /// again without each of them. Nothing for a stable matching.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Field, Profile, Programme, Same, SkillCoverage};
    /// let ana = Profile::new("ana").offer("rust", 4).site("Porto").mentor(1);
    /// let eve = Profile::new("eve").offer("go", 4).site("Lima").mentor(1);
    /// let boris = Profile::new("boris").need("rust", 4).site("Lima").mentee();
    /// let programme = Programme::builder()
    ///     .weigh(3, SkillCoverage::default())
    ///     .weigh(2, Same::new(Field::Site))
    ///     .build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new([ana, eve], [boris])?)?;
    ///
    /// let influence = outcome.influence(None)?;
    /// assert_eq!(
    ///     influence[0].to_string(),
    ///     "without skill_coverage: 1 mentees moved, participation +0, total score −0.200"
    /// );
    /// assert_eq!(influence[1].without.as_ref().ok_or("solved")?.mentees_moved, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Cancellation; a criterion of the host's own that gives something that is no score when asked again.
    ///
    /// # Complexity
    /// Every pair is scored and the problem solved once more for each of them; small ones at the same time.
    pub fn influence(&self, cancel: Option<CancelToken>) -> Result<Vec<Influence>, RunError> {
        let cancel = cancel.as_ref();
        if self.programme().stable().is_some() {
            return Ok(Vec::new());
        }
        let parts = self.parts();
        let influence = |at: usize| self.influence_of(&parts[at], cancel);
        let pairs = self.cohort().mentees().len() * self.cohort().mentors().len();
        if pairs > MOST_TOGETHER {
            return (0..parts.len()).map(influence).collect();
        }
        parallel::each(parts.len(), influence).into_iter().collect()
    }

    /// All that can be left out, in the programme's order.
    fn parts(&self) -> Vec<InfluenceOf> {
        let programme = self.programme();
        let criteria = programme.criteria().iter().zip(programme.weights());
        let criteria = criteria.filter(|(_, weight)| **weight > 0);
        let criteria = criteria.map(|(own, _)| InfluenceOf::Criterion(own.name.clone()));
        let rules = programme.rules().iter();
        let rules = rules.map(|own| InfluenceOf::Rule(own.name.clone()));
        let mut parts: Vec<_> = criteria.chain(rules).collect();
        let distinct = programme.distinct_mentors().cloned();
        parts.extend(distinct.map(InfluenceOf::DistinctMentors));
        if reads_wishes(programme) {
            let cohort = self.cohort();
            let mentees = cohort.mentees().iter();
            let mentees = mentees.map(|own| (Role::Mentee, &own.profile));
            let mentors = cohort.mentors().iter();
            let mentors = mentors.map(|own| (Role::Mentor, &own.profile));
            let wishes = mentees.chain(mentors).flat_map(|(of, own)| {
                // A wish for somebody who is not there changes nothing.
                let is_there = move |id: &str| match of {
                    Role::Mentee => cohort.mentor_idx(id).is_some(),
                    Role::Mentor => cohort.mentee_idx(id).is_some(),
                };
                let there = own.wishes.iter();
                let there = there.filter(move |wish| is_there(wish.partner.as_str()));
                there.map(move |wish| InfluenceOf::Wishes {
                    of,
                    rank: wish.rank,
                })
            });
            parts.extend(wishes.collect::<BTreeSet<_>>());
        }
        parts
    }

    fn influence_of(
        &self,
        of: &InfluenceOf,
        cancel: Option<&CancelToken>,
    ) -> Result<Influence, RunError> {
        let instead = self.stages().instead(of);
        let solved = instead.map(|instead| self.stages().solve_instead(&instead, cancel));
        let without = solved.transpose()?.map(|(assignment, worth)| {
            let run = &self.stages().solution;
            let change = worth.map(|worth| self.changes(&self.stages().differences(&worth)));
            difference(&run.assignment, &assignment, change)
        });
        Ok(Influence {
            of: of.clone(),
            without,
        })
    }
}

impl Stages {
    /// The run without something; `None` if nothing would be left to match by.
    fn instead(&self, of: &InfluenceOf) -> Option<Instead> {
        let builder = ProgrammeBuilder::from(&self.programme);
        let mut decisions = self.decisions.clone();
        if let InfluenceOf::Criterion(name) | InfluenceOf::Rule(name) = of {
            decisions.overrides.retain(|own| own.rule != *name);
        }
        let builder = match of {
            InfluenceOf::Criterion(name) => {
                builder.changed(|_, criteria| criteria.retain(|own| own.name != *name))
            }
            InfluenceOf::Rule(name) => {
                builder.changed(|rules, _| rules.retain(|own| own.name != *name))
            }
            InfluenceOf::DistinctMentors(_) => builder.without_distinct_mentors(),
            InfluenceOf::Wishes { .. } => builder,
        };
        let cohort = match of {
            InfluenceOf::Wishes { of, rank } => self.cohort.without_wishes(*of, *rank),
            _ => self.cohort.clone(),
        };
        let mut rules = self.programme.rules().iter();
        let is_relaxed = match of {
            InfluenceOf::Rule(name) => rules.any(|own| own.name == *name && own.cost.is_none()),
            InfluenceOf::DistinctMentors(_) => true,
            _ => false,
        };
        Some(Instead {
            programme: builder.build().ok()?,
            cohort,
            decisions,
            is_relaxed,
        })
    }

    /// The best matching instead, and what it is worth by the run's scores, level by level.
    fn solve_instead(
        &self,
        instead: &Instead,
        cancel: Option<&CancelToken>,
    ) -> Result<(Assignment, Option<Worth>), RunError> {
        let (programme, goes_on) = (&instead.programme, || goes_on(cancel));
        let (cohort, scorer) = decisions::prepare(programme, &instead.cohort, &instead.decisions)?;
        let ground = Ground::new(&cohort, &scorer, &self.previous.pairs);
        let levels = ground.levels(programme.objectives())?;
        let options = SolveOptions::new(levels)
            .tie_break(tie_break(self.tie_breaking, &cohort))
            .hooks(hooks(cancel));
        let scored = Candidates::collect(scorer, &cohort, self.candidates.access(), &goes_on)?;
        let scored = scored.ok_or(SolveError::Cancelled)?;
        let start = Start::of(&self.solution);
        let (assignment, worth) = scored.ask(&cohort, &goes_on, |problem| {
            let objectives = (&cohort, programme.objectives());
            let solved = worst::solve(problem, objectives, &options, Some(&start))?;
            let assignment = solved.solution.assignment;
            let worth = self.worth(problem, &assignment);
            Ok::<_, RunError>((assignment, worth))
        })?;
        if instead.is_relaxed {
            return Ok((assignment, worth));
        }
        let worth = self.candidates.ask(&self.cohort, &goes_on, |problem| {
            Ok::<_, RunError>(self.worth(problem, &assignment))
        })?;
        Ok((assignment, worth))
    }

    /// What an assignment is worth by the run's levels, if all its pairs are allowed.
    fn worth(&self, problem: &Problem<'_>, assignment: &Assignment) -> Option<Worth> {
        let levels = assignment.value(problem, &self.levels_of_objectives())?;
        let mut lowest = None;
        if self.floor.is_some() {
            let scores = assignment.pairs().filter_map(|(i, j)| problem.score(i, j));
            lowest = scores.min();
        }
        Some(Worth { levels, lowest })
    }

    /// By how much something is worth more than the run's solution, level by level; the lowest score by itself.
    fn differences(&self, worth: &Worth) -> Vec<i128> {
        let values = worth.levels.iter().zip(&self.solution.value);
        let mut differences: Vec<_> = values.map(|(worth, value)| worth - value).collect();
        if let Some((at, floor)) = self.floor_level() {
            let highest = Score::ONE.ppm().cast_signed(); // of nobody
            let lowest = worth.lowest.unwrap_or(highest).min(highest);
            differences[at] = i128::from(lowest) - i128::from(lowest_ppm(floor));
        }
        differences
    }

    /// The levels of the run's solution.
    fn levels_of_objectives(&self) -> Vec<Level> {
        self.solution.certificate.levels().to_vec()
    }
}

/// Whether wishes count for anything.
fn reads_wishes(programme: &Programme) -> bool {
    let mut criteria = programme.criteria().iter();
    let mut objectives = programme.objectives().iter();
    criteria.any(|own| matches!(own.criterion, CriterionKind::WishRank(_)))
        || objectives.any(|own| matches!(own, Objective::Wishes { .. }))
}

fn difference(
    run: &Assignment,
    other: &Assignment,
    change: Option<Vec<ObjectiveChange>>,
) -> Difference {
    let only = |these: &Assignment, others: &Assignment| {
        let others: BTreeSet<_> = others.pairs().collect();
        let only = these.pairs().filter(|pair| !others.contains(pair));
        only.collect::<Vec<_>>()
    };
    let (lost, gained) = (only(run, other), only(other, run));
    let both = lost.iter().chain(&gained);
    let moved: BTreeSet<_> = both.map(|&(mentee, _)| mentee).collect();
    Difference {
        pairs_lost: lost.len() as u64,
        pairs_gained: gained.len() as u64,
        mentees_moved: moved.len() as u64,
        change,
    }
}

impl fmt::Display for InfluenceOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Criterion(name) | Self::Rule(name) => f.write_str(name),
            Self::DistinctMentors(field) => write!(f, "distinct mentors by {field}"),
            Self::Wishes { of, rank } => write!(f, "wishes {rank} of {of}s"),
        }
    }
}

impl fmt::Display for Influence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "without {}: ", self.of)?;
        let Some(without) = &self.without else {
            return f.write_str("no criterion would count");
        };
        write!(f, "{} mentees moved", without.mentees_moved)?;
        for change in without.change.iter().flatten() {
            write!(f, ", {change}")?;
        }
        Ok(())
    }
}
