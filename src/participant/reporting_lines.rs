//! Who reports to whom, inside the programme and above it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::entry::Entry;
use crate::error::{CohortProblem, CohortProblemKind as Kind, Redacted};
use crate::ids::ParticipantId;

/// Everybody's manager, as far as the roster and the host say.
///
/// Only ever asked by id: the map's own order, which is random, cannot show.
pub(super) struct ReportingLines(HashMap<ParticipantId, ParticipantId>);

impl ReportingLines {
    /// The lines in the profiles and those the host adds, with what is wrong with them.
    pub(super) fn collect(
        entries: &[Entry<'_>],
        added: &[(ParticipantId, ParticipantId)],
    ) -> (Self, Vec<CohortProblem>) {
        let in_profiles = entries
            .iter()
            .filter_map(|entry| Some((entry.id(), entry.profile.manager.as_ref()?)));
        let added = added.iter().map(|(person, manager)| (person, manager));
        let mut managers: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (person, manager) in in_profiles.chain(added) {
            managers.entry(person).or_default().insert(manager);
        }
        let mut problems = disagreements(&managers);
        let manager_of: BTreeMap<_, _> = managers
            .into_iter()
            .filter_map(|(person, managers)| Some((person, *managers.first()?)))
            .collect();
        problems.extend(cycles(&manager_of).into_iter().map(cycle_problem));
        let owned = manager_of
            .into_iter()
            .map(|(person, manager)| (person.clone(), manager.clone()));
        (Self(owned.collect()), problems)
    }

    /// The chain above a person, nearest first. It ends, as a checked roster has no cycles.
    pub(super) fn above<'a>(
        &'a self,
        id: &ParticipantId,
    ) -> impl Iterator<Item = &'a ParticipantId> + use<'a> {
        std::iter::successors(self.0.get(id), |manager| self.0.get(*manager))
    }
}

fn disagreements(
    managers: &BTreeMap<&ParticipantId, BTreeSet<&ParticipantId>>,
) -> Vec<CohortProblem> {
    let several = managers.iter().filter(|(_, managers)| managers.len() > 1);
    several
        .map(|(person, managers)| CohortProblem {
            role: None,
            participant: Some((*person).clone()),
            field: "manager".to_owned(),
            kind: Kind::ManagersDisagree {
                managers: Redacted::new(managers.iter().copied().cloned().collect()),
            },
        })
        .collect()
}

/// All cycles, each starting with its least id and following the managers.
///
/// Everybody has at most one manager, so a walk upwards ends, meets an earlier walk, or meets
/// itself; only the last is a cycle, and a new one. Linear in the number of lines, apart from the
/// look-ups.
fn cycles(manager_of: &BTreeMap<&ParticipantId, &ParticipantId>) -> Vec<Vec<ParticipantId>> {
    let mut walked_by: HashMap<&ParticipantId, &ParticipantId> = HashMap::new();
    let mut found = Vec::new();
    for &start in manager_of.keys() {
        let mut at = start;
        while !walked_by.contains_key(at) {
            walked_by.insert(at, start);
            match manager_of.get(at) {
                Some(manager) => at = manager,
                None => break,
            }
        }
        let met_itself = walked_by.get(at) == Some(&start) && manager_of.contains_key(at);
        if met_itself {
            found.push(cycle_through(at, manager_of));
        }
    }
    found
}

fn cycle_through(
    at: &ParticipantId,
    manager_of: &BTreeMap<&ParticipantId, &ParticipantId>,
) -> Vec<ParticipantId> {
    let upwards = std::iter::successors(manager_of.get(at), |person| manager_of.get(**person));
    let others = upwards
        .take_while(|person| **person != at)
        .map(|&person| person.clone());
    let mut people: Vec<_> = std::iter::once(at.clone()).chain(others).collect();
    let least = people
        .iter()
        .enumerate()
        .min_by_key(|&(_, id)| id)
        .map_or(0, |(place, _)| place);
    people.rotate_left(least);
    people
}

fn cycle_problem(people: Vec<ParticipantId>) -> CohortProblem {
    CohortProblem {
        role: None,
        participant: people.first().cloned(),
        field: "manager".to_owned(),
        kind: Kind::ReportingCycle { people },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cohort, CohortError, Mentor, Profile};

    fn person(id: &str, manager: &str) -> Mentor {
        Profile::new(id).manager(manager).mentor(1)
    }

    fn cycles_of(error: &CohortError) -> Vec<Vec<&str>> {
        let cycle = |problem: &'_ CohortProblem| match &problem.kind {
            Kind::ReportingCycle { people } => Some(people.clone()),
            _ => None,
        };
        let all = error.problems().iter().filter_map(cycle);
        all.map(|people| {
            people
                .iter()
                .map(|id| id.to_string().leak() as &str)
                .collect()
        })
        .collect()
    }

    #[test]
    fn every_cycle_is_named_once_with_everybody_on_it() {
        let people = [
            person("d", "c"), // leads into the cycle without being on it
            person("c", "a"),
            person("b", "c"),
            person("a", "b"),
            person("self", "self"),
            person("x", "outside"),
        ];
        let error = Cohort::new(people, []).unwrap_err();
        assert_eq!(cycles_of(&error), [vec!["a", "b", "c"], vec!["self"]]);
        let text = error.to_string();
        let chain = r#""a": manager: a cycle: "a" reports to "b" reports to "c" reports to "a""#;
        assert!(text.contains(chain), "{text}");
    }

    #[test]
    fn a_cycle_through_people_outside_is_found() {
        let error = Cohort::builder()
            .mentors([person("a", "boss")])
            .reporting_line("boss", "chief")
            .reporting_line("chief", "a")
            .build()
            .unwrap_err();
        assert_eq!(cycles_of(&error), [["a", "boss", "chief"]]);
    }

    #[test]
    fn chains_run_through_people_outside_the_programme() {
        let cohort = Cohort::builder()
            .mentors([person("a", "boss")])
            .mentees([Profile::new("a").mentee(), Profile::new("chief").mentee()])
            .reporting_line("boss", "chief")
            .reporting_line("a", "boss")
            .build()
            .unwrap();
        let above = |id: &str| {
            let id = ParticipantId::from(id);
            cohort
                .managers_above(&id)
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(above("a"), ["boss", "chief"]);
        assert_eq!(above("boss"), ["chief"]);
        assert!(above("chief").is_empty() && above("nobody").is_empty());
    }

    #[test]
    fn two_managers_for_one_person_are_refused() {
        let error = Cohort::builder()
            .mentors([person("a", "boss")])
            .mentees([Profile::new("a").manager("chief").mentee()])
            .build()
            .unwrap_err();
        let [problem] = error.problems() else {
            panic!("one problem")
        };
        let Kind::ManagersDisagree { managers } = &problem.kind else {
            panic!("managers disagree")
        };
        assert_eq!(*managers.expose(), ["boss".into(), "chief".into()]);
    }

    #[test]
    fn a_long_line_is_no_problem() {
        let people = (0..50_000_u64).map(|level| Profile::new(level).manager(level + 1).mentor(1));
        let cohort = Cohort::new(people, []).unwrap();
        assert_eq!(cohort.managers_above(&0.into()).count(), 50_000);
    }
}
