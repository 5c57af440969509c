//! Whom people might like to choose from: lists that do not point everybody to the same few.
//!
//! # Idea
//! The best few of each row would name the same mentors over and over. So all lists are made at once, as one assignment:
//! each person of one side gets up to so many different partners, each partner is on a limited number of lists, and
//! the lists' scores add up to the most that is possible.

use std::collections::BTreeSet;
use std::fmt;

use super::error::RunError;
use super::levels::Ground;
use super::outcome::{Outcome, Stages};
use super::storage::tie_break;
use super::variant::{goes_on, hooks};
use crate::candidates::taking_part;
use crate::ids::{ParticipantId, Role};
use crate::participant::{Bounds, Cohort};
use crate::programme::Objective;
use crate::score::Score;
use crate::scoring::{Family, PairIdx, Quotas};
use crate::solver::{Assignment, CancelToken, SolveOptions, solve};

/// Whose lists, how long, and how often somebody may be on them.
///
/// ```
/// use mentormatch::{Role, SuggestionOptions};
///
/// let options = SuggestionOptions::new(Role::Mentee, 5).times(3);
/// assert_eq!((options.each, options.times), (5, 3));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SuggestionOptions {
    /// Who gets lists.
    pub of: Role,
    /// The most suggestions on a list.
    pub each: u32,
    /// On how many lists somebody may be, for each partner that she takes. Default: as many as a list is long, so
    /// that, with as many places as are wanted, there is room for every list.
    pub times: u32,
    /// Whether as many people as possible get a suggestion before scores count. Default: only scores count.
    pub everybody_first: bool,
    /// Ends the search with nothing.
    pub cancel: Option<CancelToken>,
}

impl SuggestionOptions {
    /// Lists of so many for everybody in this role.
    #[must_use]
    pub fn new(of: Role, each: u32) -> Self {
        Self {
            of,
            each,
            times: each,
            everybody_first: false,
            cancel: None,
        }
    }

    /// The same with somebody on so many lists at the most, for each partner that she takes.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    /// The same, as many people as possible getting a suggestion first.
    #[must_use]
    pub fn everybody_first(self) -> Self {
        Self {
            everybody_first: true,
            ..self
        }
    }

    /// The same with a token that ends the search.
    #[must_use]
    pub fn cancel(self, cancel: CancelToken) -> Self {
        let cancel = Some(cancel);
        Self { cancel, ..self }
    }
}

/// Lists to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Suggestions {
    /// Who gets them.
    pub of: Role,
    /// Everybody's who takes part and wants somebody, in the order of ids; some may be empty.
    pub lists: Vec<SuggestionList>,
    /// All scores together, in parts per million: no other lists come to more.
    pub score_ppm: u64,
}

/// One person's suggestions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SuggestionList {
    /// Who may choose.
    pub participant: ParticipantId,
    /// From whom: the best first, then in the order of ids.
    pub suggestions: Vec<Suggestion>,
}

/// A partner on somebody's list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Suggestion {
    /// The partner.
    pub partner: ParticipantId,
    /// The match score.
    pub score: Score,
}

impl Outcome {
    /// Lists of partners to choose from, for everybody in one role: exact, and proved like a matching. Only pairs that
    /// are allowed are suggested. Nobody is on more lists than [`SuggestionOptions::times`] for each partner that she
    /// takes, and a quota's maximum holds in proportion. Minimums do not count, and mentors on one list may be of one
    /// [kind](crate::ProgrammeBuilder::distinct_mentors), since it is there to choose from; locked pairs come first.
    ///
    /// ```
    /// use mentormatch::{Cohort, Engine, Profile, Programme, Role, SkillCoverage, SuggestionOptions};
    ///
    /// let mentors = [("ana", 5), ("eve", 3), ("ida", 2)];
    /// let mentors = mentors.map(|(id, level)| Profile::new(id).offer("rust", level).mentor(1));
    /// let mentees = ["boris", "chen", "dora"].map(|id| Profile::new(id).need("rust", 5).mentee());
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new(mentors, mentees)?)?;
    ///
    /// // Ana would be best for all three, and is on two lists.
    /// let suggestions = outcome.suggestions(&SuggestionOptions::new(Role::Mentee, 2))?;
    /// let names_ana = |list: &&mentormatch::SuggestionList| list.suggestions[0].partner.as_str() == "ana";
    /// assert_eq!(suggestions.lists.iter().filter(names_ana).count(), 2);
    /// assert!(suggestions.lists.iter().all(|list| list.suggestions.len() == 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Cancellation; a criterion of the host's own that gives something that is no score when it is asked again.
    ///
    /// # Complexity
    /// One solve, in which everybody wants as many partners as a list is long. No memory limit applies.
    pub fn suggestions(&self, options: &SuggestionOptions) -> Result<Suggestions, RunError> {
        let stages = self.stages();
        let cohort = choosing(&stages.cohort, options);
        let quotas = in_proportion(stages.candidates.scorer().quotas(), options);
        let ground = Ground {
            cohort: &cohort,
            quotas: &quotas,
            ..stages.ground()
        };
        let levels = ground.levels(objectives(options))?;
        let solving = SolveOptions::new(levels)
            .tie_break(tie_break(stages.tie_breaking, &cohort))
            .hooks(hooks(options.cancel.as_ref()));
        let goes_on = || goes_on(options.cancel.as_ref());
        let bounds = (&cohort, &quotas);
        let solution =
            stages
                .candidates
                .ask_about(bounds, &BTreeSet::new(), &goes_on, |problem| {
                    Ok::<_, RunError>(solve(problem, &solving)?)
                })?;
        listed(stages, &cohort, options.of, &solution.assignment)
    }
}

fn objectives(options: &SuggestionOptions) -> &'static [Objective] {
    match (options.everybody_first, options.of) {
        (false, _) => &[Objective::TotalScore],
        (true, Role::Mentee) => &[Objective::Participation, Objective::TotalScore],
        (true, Role::Mentor) => &[Objective::MentorsUsed, Objective::TotalScore],
    }
}

/// Those who get lists take as many as fit on one, the others are on so many.
fn choosing(cohort: &Cohort, options: &SuggestionOptions) -> Cohort {
    let bounds = |role: Role, stated: Bounds| {
        let most = match stated.max {
            0 => 0,
            _ if role == options.of => options.each,
            places => places.saturating_mul(options.times),
        };
        Bounds::from(most)
    };
    cohort.rebounded(
        |_, own| bounds(Role::Mentee, taking_part(&own.profile, own.demand)),
        |_, own| bounds(Role::Mentor, taking_part(&own.profile, own.capacity)),
    )
}

/// The quotas' maxima for lists.
fn in_proportion(quotas: &Quotas, options: &SuggestionOptions) -> Quotas {
    let of = |role: Role, family: &Family| {
        let factor = if role == options.of {
            options.each
        } else {
            options.times
        };
        let mut family = family.clone();
        for quota in &mut family.quotas {
            quota.at_least = 0;
            quota.at_most = quota.at_most.map(|most| most.saturating_mul(factor));
        }
        family
    };
    Quotas {
        mentees: of(Role::Mentee, &quotas.mentees),
        mentors: of(Role::Mentor, &quotas.mentors),
        kinds: Vec::new(), // a list is there to choose from
        kinds_of: None,
    }
}

fn listed(
    stages: &Stages,
    cohort: &Cohort,
    of: Role,
    chosen: &Assignment,
) -> Result<Suggestions, RunError> {
    let (mentees, mentors) = (cohort.mentees(), cohort.mentors());
    let mut lists: Vec<_> = match of {
        Role::Mentee => mentees
            .iter()
            .map(|own| (&own.profile.id, own.demand.max, Vec::new()))
            .collect(),
        Role::Mentor => mentors
            .iter()
            .map(|own| (&own.profile.id, own.capacity.max, Vec::new()))
            .collect(),
    };
    let mut score_ppm = 0;
    for (mentee, mentor) in chosen.pairs() {
        let score = score_of(stages, (mentee, mentor))?;
        score_ppm += u64::from(score.ppm());
        let (at, partner) = match of {
            Role::Mentee => (mentee.index(), &mentors[mentor].profile.id),
            Role::Mentor => (mentor.index(), &mentees[mentee].profile.id),
        };
        lists[at].2.push(Suggestion {
            partner: partner.clone(),
            score,
        });
    }
    lists.retain(|(_, most, _)| *most > 0);
    lists.sort_unstable_by_key(|(id, ..)| *id);
    let lists = lists.into_iter().map(|(id, _, mut suggestions)| {
        suggestions.sort_unstable_by(|a, b| (b.score, &a.partner).cmp(&(a.score, &b.partner)));
        SuggestionList {
            participant: id.clone(),
            suggestions,
        }
    });
    Ok(Suggestions {
        of,
        lists: lists.collect(),
        score_ppm,
    })
}

fn score_of(stages: &Stages, (mentee, mentor): PairIdx) -> Result<Score, RunError> {
    Ok(stages.candidates.score(mentee, mentor)?.unwrap_or_default())
}

/// One line: the person, and from whom to choose.
impl fmt::Display for SuggestionList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.participant)?;
        if self.suggestions.is_empty() {
            return f.write_str(" nobody");
        }
        for (at, own) in self.suggestions.iter().enumerate() {
            write!(
                f,
                "{} {} {}",
                if at == 0 { "" } else { "," },
                own.partner,
                own.score
            )?;
        }
        Ok(())
    }
}

/// One line a list.
impl fmt::Display for Suggestions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, list) in self.lists.iter().enumerate() {
            write!(f, "{}{list}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}
