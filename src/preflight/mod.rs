//! What can be known before any matching: what the programme makes of a cohort.
//!
//! One pass over the pairs and a few over the people; no solver. Figures first ([`Preflight`]), then
//! what is worth a look ([`Finding`]), and text last.

mod find;

mod finding;

mod kinds;

mod likeness;

mod options;

mod pairs;

mod people;

mod supply;

mod text;

use std::sync::Arc;

pub use finding::{Barrier, Finding, Silence, Unpairable};
pub use options::{CheckError, CheckOptions};
pub use supply::{Supply, SupplyOf};

use crate::ids::Role;
use crate::participant::Cohort;
use crate::programme::Programme;
use crate::score::Score;
use crate::scoring::{Refusal, Scorer};
use find::Check;
use people::{Person, Questions};

/// What a programme makes of a cohort, before any matching.
///
/// People who are paused or gone do not count. Everything is in an order that depends on people and
/// programme only. Text and `Debug` name people, fields, criteria and rules, never an answer; what
/// is [scarce](Supply) stands in the clear in stored forms.
///
/// ```
/// use mentormatch::{Cohort, Field, Finding, Profile, Programme, ReportingLine, Same, SkillCoverage};
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
/// let boris = Profile::new("boris").need("rust", 3).manager("ana").mentee();
/// let chen = Profile::new("chen").need("go", 2).mentee();
/// let programme = Programme::builder()
///     .weigh(5, SkillCoverage::default())
///     .weigh(1, Same::new(Field::Attribute("colour".into())))
///     .forbid(ReportingLine::any_distance())
///     .build()?;
///
/// let preflight = programme.check(&Cohort::new([ana], [boris, chen])?)?;
/// assert_eq!((preflight.seen.pairs, preflight.seen.allowed), (2, 1));
/// let Finding::Unpairable(boris) = &preflight.findings[4] else { panic!() };
/// assert_eq!(boris.opens_most().map(|rule| rule.alone), Some(1));
/// let texts: Vec<_> = preflight.findings.iter().map(ToString::to_string).collect();
/// assert_eq!(texts, [
///     "places: 1, mentees who want a mentor: 2",
///     "same:attribute:colour: no mentee answers attribute:colour",
///     "same:attribute:colour: no mentor answers attribute:colour",
///     "same:attribute:colour: no answer for 1 of 1 allowed pairs; \
///      attribute:colour left open by 2 of 2 mentees, attribute:colour left open by 1 of 1 mentors",
///     "mentee \"boris\": no allowed partner among 1: reporting_line forbids 1; \
///      without reporting_line: 1 allowed",
///     "a skill: places: 0, mentees who need it: 1",
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Preflight {
    /// The programme's name.
    pub programme: String,
    /// Who takes part.
    pub headcount: Headcount,
    /// Which pairs were looked at.
    pub seen: Seen,
    /// What every rule does: those that always hold, the stated ones, then criteria that forbid
    /// missing answers.
    pub rules: Vec<RuleCheck>,
    /// What every preferred rule costs, in the programme's order.
    pub preferences: Vec<PreferenceCheck>,
    /// What every criterion says, in the programme's order.
    pub criteria: Vec<CriterionCheck>,
    /// What mentees need against what is offered, of what the programme reads, the scarcest first.
    pub supply: Vec<Supply>,
    /// What is worth a look, by kind in the order of [`Finding`].
    pub findings: Vec<Finding>,
}

/// Who takes part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Headcount {
    /// Mentees.
    pub mentees: u64,
    /// Those of them who want a mentor.
    pub wanting_mentees: u64,
    /// Mentors.
    pub mentors: u64,
    /// Their places.
    pub places: u64,
}

/// Which pairs of people who take part were looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Seen {
    /// Mentees who were looked at, each with every mentor.
    pub mentees: u32,
    /// Pairs that were looked at.
    pub pairs: u64,
    /// Those of them that are allowed.
    pub allowed: u64,
    /// Whether these were not all: figures about pairs are then those of a sample of mentees, drawn
    /// by the cohort's seed, and only these mentees, and no mentors, are judged one by one.
    pub sampled: bool,
}

/// What a rule does to the pairs that were looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct RuleCheck {
    /// The rule.
    pub rule: Refusal,
    /// Pairs it forbids.
    pub forbids: u64,
    /// Pairs that nothing else forbids.
    pub alone: u64,
}

/// What a rule that is only preferred makes of the allowed pairs that were looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PreferenceCheck {
    /// The rule, by the programme's name for it.
    pub rule: Arc<str>,
    /// What a pair against it loses of its score.
    pub cost: Score,
    /// Allowed pairs that are against it.
    pub against: u64,
}

/// What a criterion says of the allowed pairs that it was asked of: of all that were looked at, or of
/// [so many](CheckOptions::most_answers) of a sample drawn by the cohort's seed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct CriterionCheck {
    /// The criterion.
    pub criterion: Arc<str>,
    /// Allowed pairs that it was asked of.
    pub pairs: u64,
    /// Those of them without an answer.
    pub unanswered: u64,
    /// Whether it counts the same for every one of these pairs, though it has answers.
    pub constant: bool,
    /// Who left open what it reads.
    pub silent: Vec<Silence>,
}

impl Programme {
    /// Checks the programme against a cohort before any matching, with the default options.
    ///
    /// # Errors
    /// See [`check_with`](Self::check_with).
    ///
    /// ```
    /// use mentormatch::{Cohort, DifferentValue, Field, Profile, Programme, Same};
    ///
    /// let at = |id: &str, site: &str| Profile::new(id).site(site);
    /// let mentors = [at("ana", "A").mentor(1), at("eve", "B").mentor(1)];
    /// let mentees = [at("boris", "A").mentee(), Profile::new("chen").mentee()];
    /// let programme = Programme::builder()
    ///     .weigh(1, Same::new(Field::Team))
    ///     .forbid(DifferentValue::new(Field::Site))
    ///     .build()?;
    ///
    /// let preflight = programme.check(&Cohort::new(mentors, mentees)?)?;
    /// let site = &preflight.rules[4]; // after the four rules that always hold
    /// assert_eq!(site.rule.to_string(), "different_value:site");
    /// assert_eq!((site.forbids, site.alone), (3, 3)); // an unknown site satisfies no rule
    /// let team = &preflight.criteria[0];
    /// assert_eq!((team.unanswered, team.constant), (1, false));
    /// assert_eq!((team.silent[0].silent, team.silent[0].people), (2, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check(&self, cohort: &Cohort) -> Result<Preflight, CheckError> {
        self.check_with(cohort, &CheckOptions::default())
    }

    /// Checks the programme against a cohort before any matching.
    ///
    /// # Errors
    /// A programme that does not fit the cohort's answers; a criterion of the host's own that gives
    /// something that is no score; cancellation.
    ///
    /// # Complexity
    /// Every rule once a pair, up to [`most_pairs`](CheckOptions::most_pairs), and every criterion, up
    /// to [`most_answers`](CheckOptions::most_answers), in the caller's rayon pool. 256 bytes a mentor
    /// and rule.
    ///
    /// ```
    /// use mentormatch::{CheckOptions, Cohort, Field, Profile, Programme, Same};
    ///
    /// let mentors = (0..10).map(|at| Profile::new(format!("mentor {at}")).mentor(1));
    /// let mentees = (0..90).map(|at| Profile::new(format!("mentee {at}")).mentee());
    /// let cohort = Cohort::new(mentors, mentees)?;
    /// let programme = Programme::builder().weigh(1, Same::new(Field::Site)).build()?;
    ///
    /// let options = CheckOptions::default().most_pairs(200);
    /// let seen = programme.check_with(&cohort, &options)?.seen;
    /// assert_eq!((seen.mentees, seen.pairs, seen.sampled), (20, 200, true));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_with(
        &self,
        cohort: &Cohort,
        options: &CheckOptions,
    ) -> Result<Preflight, CheckError> {
        let scorer = Scorer::new(self, cohort)?;
        let counted = pairs::count(self, &scorer, cohort, options)?;
        let people = people::taking_part(cohort);
        let check = Check {
            programme: self,
            cohort,
            refusals: scorer.refusals(),
            quotas: scorer.quotas(),
            headcount: headcount(&people),
            questions: Questions::new(self, &people),
            people,
            counted,
        };
        Ok(check.finish())
    }
}

fn headcount(people: &[Person<'_>]) -> Headcount {
    let mut sum = Headcount::default();
    for person in people {
        match person.role {
            Role::Mentee => {
                sum.mentees += 1;
                sum.wanting_mentees += u64::from(person.bounds.max > 0);
            }
            Role::Mentor => {
                sum.mentors += 1;
                sum.places += u64::from(person.bounds.max);
            }
        }
    }
    sum
}

/// What mentees need against what is offered, without looking at pairs.
pub(crate) fn supply(programme: &Programme, cohort: &Cohort) -> Vec<Supply> {
    let people = people::taking_part(cohort);
    let questions = Questions::new(programme, &people);
    supply::all((programme, &questions), cohort, &people)
}
