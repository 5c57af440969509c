//! Which mentors are missing: what one more like those there are would be worth, by what they have in common.
//!
//! # What the figures mean
//! The *worth* of a mentor is by how much the objectives would rise, exactly, if one more mentor just like her joined, who
//! takes one mentee: a twin with the same answers and so the same scores with everybody, though wishes and vetoes are
//! hers too. The worth of a trait (a skill, a language, a zone) is the mean over the mentors who have it: what one more
//! of them is worth if she is as likely to be like any of those. The mean and not the sum, which would be large for
//! whatever many mentors have; and not the best, which may be due to anything else about one of them. Both are told
//! as well.
//!
//! Worths do not add up: two twins may be after the same mentee. What two more are worth is found by adding the best one
//! and solving again. That is exact, since the optimum as a function of the places of mentors is M♮-concave: the
//! best two are the best one and another.
//!
//! # References
//! K. Murota, *Discrete Convex Analysis*, 2003, chapters 6 and 9; A. W. M. Dress and W. Wenzel, "Valuated matroids: a
//! new look at the greedy algorithm", 1990.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::error::RunError;
use super::outcome::{Outcome, Stages};
use super::what_if::WhatIfError;
use crate::ids::{MentorIdx, ParticipantId};
use crate::participant::{Answer, Cohort, Field, Profile, Words};
use crate::reasons::ObjectiveChange;
use crate::solver::{
    self, Level, Problem, Sensitivity, SensitivityError, Solution, SolveOptions, Start,
};

/// Two traits together are looked at if at least so many mentors have both: otherwise they are one person's.
const LEAST_WITH_BOTH: u32 = 3;

/// What mentors may have in common.
///
/// `Debug` shows nothing of the answer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum MentorTrait {
    /// An answer, or one of several to the same field.
    Answer {
        /// The field.
        field: Field,
        /// The answer as the first mentor by id who has it spells it.
        value: String,
    },
    /// The area of the time zone: what the name has before the first stroke, as in `Europe/Lisbon`.
    ZoneArea(String),
}

/// What more mentors with some traits would be worth.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct TraitWorth {
    /// What the mentors have in common: one trait, or two of different kinds.
    pub traits: Vec<MentorTrait>,
    /// How many mentors have it.
    pub mentors: u32,
    /// By how much each objective would rise with one more of each of them, one at a time, summed up: divided by
    /// [`mentors`](Self::mentors), the worth of one more.
    pub total: Vec<ObjectiveChange>,
    /// One more of whom is worth most; of equals the first by id.
    pub best: ParticipantId,
    /// By how much each objective would rise with one more of that one.
    pub one: Vec<ObjectiveChange>,
    /// By how much they would rise with the best two more with these traits, who may be alike. `None` where an objective
    /// counts mentors or their places, so that a newcomer is not worth what a place is.
    pub two: Option<Vec<ObjectiveChange>>,
}

/// Mentors with something in common.
#[derive(Clone)]
struct Group {
    traits: Vec<MentorTrait>,
    members: Vec<MentorIdx>,
    total: Vec<i128>,
}

impl Outcome {
    /// What more mentors of each kind would be worth: whom to recruit. The so many traits, and pairs of traits, of which
    /// one more mentor is worth most on average, the most first; of those that are worth as much, the one that more
    /// mentors have. Only what is worth anything is listed.
    ///
    /// Traits are skills, topics, languages, sites, regions, departments, organisations, time zones and their areas. The
    /// worth of one more mentor is exact, as is that of two; [the mean](TraitWorth::total) says how far it is due to the
    /// trait.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// let eve = Profile::new("eve").offer("go", 4).mentor(1);
    /// let mentees = ["boris", "chen", "dora"].map(|id| Profile::new(id).need("rust", 4).mentee());
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new([ana, eve], mentees)?)?;
    ///
    /// let advice = outcome.recruiting(5)?;
    /// assert_eq!(
    ///     advice[0].to_string(),
    ///     "mentors with offers rust: one more is worth participation +1, total score +1.000; \
    ///      two more participation +1, total score +2.000"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`place_prices`](Self::place_prices).
    ///
    /// # Complexity
    /// O(pairs of traits of each mentor) for the first one; for two, another solve for each trait that is listed.
    pub fn recruiting(&self, most: usize) -> Result<Vec<TraitWorth>, WhatIfError> {
        self.no_floor()?;
        let gains = self.what_if(|sensitivity| Ok(sensitivity.twins()))?;
        let mut groups = groups(self.cohort(), &gains);
        groups.retain(|own| own.total.iter().any(|&number| number != 0));
        groups.sort_by(|a, b| a.compare(b));
        groups.truncate(most);
        let worth = groups.into_iter().map(|own| self.worth(own, &gains));
        worth.collect()
    }

    fn worth(&self, group: Group, gains: &[Vec<i128>]) -> Result<TraitWorth, WhatIfError> {
        let (cohort, gain) = (self.cohort(), |mentor: MentorIdx| &gains[mentor.index()]);
        let id = |mentor: MentorIdx| &cohort.mentors()[mentor].profile.id;
        let members = group.members.iter().copied();
        let best = members.max_by(|&a, &b| (gain(a), id(b)).cmp(&(gain(b), id(a))));
        let best = best.unwrap_or(MentorIdx::new(0)); // no group is empty
        let two = self.two_more(&group.members, best)?;
        Ok(TraitWorth {
            mentors: u32::try_from(group.members.len()).unwrap_or(u32::MAX),
            total: self.changes(&group.total),
            best: id(best).clone(),
            one: self.changes(gain(best)),
            two: two.map(|two| self.changes(&two)),
            traits: group.traits,
        })
    }

    /// By how much the best two more of some mentors would raise the objectives, if the best one is known.
    fn two_more(
        &self,
        members: &[MentorIdx],
        best: MentorIdx,
    ) -> Result<Option<Vec<i128>>, WhatIfError> {
        let Stages {
            cohort,
            candidates,
            solution,
            ..
        } = self.stages();
        let levels = solution.certificate.levels().to_vec();
        if !levels.iter().all(counts_people_and_pairs) {
            return Ok(None);
        }
        let both = candidates.ask(cohort, &|| true, |problem| {
            let problem = problem.clone().with_another_place(best);
            let start = Start::of(solution);
            let again = solver::solve_from(&problem, &SolveOptions::new(levels), &start)?;
            Ok::<_, RunError>(with_another(&problem, &again, members))
        })?;
        let both = both.map_err(WhatIfError::from)?;
        let rise = both.iter().zip(&solution.value);
        Ok(Some(rise.map(|(both, before)| both - before).collect()))
    }
}

/// What a solution would be worth with the best one more of some mentors.
fn with_another(
    problem: &Problem<'_>,
    solution: &Solution,
    members: &[MentorIdx],
) -> Result<Vec<i128>, SensitivityError> {
    let twins = Sensitivity::new(problem, solution)?.twins();
    let best = members.iter().map(|&mentor| &twins[mentor.index()]).max();
    let values = solution.value.iter().enumerate();
    let with = values.map(|(level, value)| value + best.map_or(0, |gain| gain[level]));
    Ok(with.collect())
}

/// Whether a level says nothing of mentors, so that one more place of a mentor is worth what one more mentor is.
fn counts_people_and_pairs(level: &Level) -> bool {
    match level {
        Level::Places { mentors, .. } | Level::GroupPlaces { mentors, .. } => mentors.is_none(),
        Level::Minimums => false,
        _ => true,
    }
}

/// Everything that mentors have in common, with what one more of each is worth.
fn groups(cohort: &Cohort, gains: &[Vec<i128>]) -> Vec<Group> {
    let (traits, by_mentor) = traits(cohort);
    let mut found: BTreeMap<Vec<usize>, Vec<MentorIdx>> = BTreeMap::new();
    for (mentor, own) in MentorIdx::all(by_mentor.len()).zip(&by_mentor) {
        for &one in own {
            found.entry(vec![one]).or_default().push(mentor);
            for &other in own.range(one + 1..) {
                if traits[one].kind() != traits[other].kind() {
                    found.entry(vec![one, other]).or_default().push(mentor);
                }
            }
        }
    }
    let size = |traits: &[usize]| found.get(traits).map_or(0, Vec::len);
    let narrows = |(own, members): &(&Vec<usize>, &Vec<MentorIdx>)| match own[..] {
        [one, other] => {
            let least = usize::try_from(LEAST_WITH_BOTH).unwrap_or(usize::MAX);
            let narrower = size(&[one]).min(size(&[other]));
            members.len() >= least && members.len() < narrower
        }
        _ => true,
    };
    let levels = gains.first().map_or(0, Vec::len);
    let groups = found.iter().filter(narrows).map(|(own, members)| Group {
        traits: own.iter().map(|&at| traits[at].clone()).collect(),
        total: (0..levels)
            .map(|level| members.iter().map(|own| gains[own.index()][level]).sum())
            .collect(),
        members: members.clone(),
    });
    groups.collect()
}

impl Group {
    /// The larger mean first, level by level; then the larger group.
    fn compare(&self, other: &Self) -> Ordering {
        let size = |own: &Self| i128::try_from(own.members.len()).unwrap_or(i128::MAX);
        let (own, others) = (size(self), size(other));
        let scaled = |total: &[i128], by: i128| total.iter().map(|number| number * by).collect();
        let (a, b): (Vec<i128>, Vec<i128>) =
            (scaled(&self.total, others), scaled(&other.total, own));
        b.cmp(&a)
            .then(others.cmp(&own))
            .then_with(|| self.traits.cmp(&other.traits))
    }
}

/// All traits, in order, and by mentor the positions of those she has.
fn traits(cohort: &Cohort) -> (Vec<MentorTrait>, Vec<BTreeSet<usize>>) {
    let mut by_id: Vec<_> = MentorIdx::all(cohort.mentors().len()).collect();
    by_id.sort_unstable_by_key(|&mentor| &cohort.mentors()[mentor].profile.id);
    let mut names: BTreeMap<(u8, u32), MentorTrait> = BTreeMap::new();
    let mut has = vec![BTreeSet::new(); cohort.mentors().len()];
    for (kind, field) in (0..).zip(FIELDS) {
        let mut words = match field.has_vocabulary() {
            true => Words::of(cohort.vocabulary()),
            false => Words::folded(),
        };
        for &mentor in &by_id {
            for value in values(&cohort.mentors()[mentor].profile, &field) {
                let key = (kind, words.number(value));
                names.entry(key).or_insert_with(|| MentorTrait::Answer {
                    field: field.clone(),
                    value: value.trim().to_owned(),
                });
                has[mentor].insert(key);
            }
        }
    }
    let mut words = Words::folded();
    for &mentor in &by_id {
        let zone = cohort.mentors()[mentor].profile.time_zone.as_deref();
        if let Some((area, _)) = zone.and_then(|zone| zone.split_once('/')) {
            let key = (u8::MAX, words.number(area));
            names
                .entry(key)
                .or_insert_with(|| MentorTrait::ZoneArea(area.to_owned()));
            has[mentor].insert(key);
        }
    }
    let positions: BTreeMap<_, _> = names.keys().copied().zip(0..).collect();
    let has = has
        .iter()
        .map(|own| own.iter().map(|key| positions[key]).collect());
    (names.values().cloned().collect(), has.collect())
}

/// What mentors are told apart by.
const FIELDS: [Field; 8] = [
    Field::Offers,
    Field::Topics,
    Field::Languages,
    Field::Site,
    Field::Region,
    Field::Department,
    Field::Organisation,
    Field::TimeZone,
];

fn values<'a>(profile: &'a Profile, field: &Field) -> Vec<&'a str> {
    match field.of(profile) {
        Some(Answer::Text(text)) => vec![text],
        Some(Answer::Set(items)) => items,
        _ => Vec::new(),
    }
}

impl MentorTrait {
    /// What it is a trait of; the area of a zone is one of the zone.
    fn kind(&self) -> &Field {
        match self {
            Self::Answer { field, .. } => field,
            Self::ZoneArea(_) => &Field::TimeZone,
        }
    }
}

impl fmt::Debug for MentorTrait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer { field, .. } => write!(f, "{field}"),
            Self::ZoneArea(_) => f.write_str("zone area"),
        }
    }
}

impl fmt::Display for MentorTrait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer { field, value } => write!(f, "{field} {value}"),
            Self::ZoneArea(area) => write!(f, "a time zone in {area}"),
        }
    }
}

/// Who is wanted, and what one more and two more are worth at best.
impl fmt::Display for TraitWorth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, own) in self.traits.iter().enumerate() {
            write!(
                f,
                "{}{own}",
                if at == 0 { "mentors with " } else { " and " }
            )?;
        }
        f.write_str(": one more is worth ")?;
        write_changes(f, &self.one)?;
        match &self.two {
            Some(two) => {
                f.write_str("; two more ")?;
                write_changes(f, two)
            }
            None => Ok(()),
        }
    }
}

fn write_changes(f: &mut fmt::Formatter<'_>, changes: &[ObjectiveChange]) -> fmt::Result {
    let changes = changes.iter().filter(|change| change.by != 0);
    for (at, change) in changes.enumerate() {
        write!(f, "{}{change}", if at == 0 { "" } else { ", " })?;
    }
    Ok(())
}
