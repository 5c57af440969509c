//! Who reports to whom, inside the programme and above it.

use super::entry::Entry;
use crate::error::{CohortProblem, CohortProblemKind as Kind, Redacted};
use crate::ids::ParticipantId;

/// Everybody's manager, as far as the roster and the host say: one line a person, in the order of
/// their ids.
#[derive(Clone)]
pub(super) struct ReportingLines(Vec<Line>);

#[derive(Clone)]
struct Line {
    person: ParticipantId,
    manager: ParticipantId,
    /// Where the manager's own line is; `None` at the top.
    above: Option<usize>,
}

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
        let mut said: Vec<_> = in_profiles.chain(added).collect();
        said.sort_unstable();
        said.dedup();
        let mut problems = disagreements(&said);
        said.dedup_by_key(|(person, _)| *person);
        let lines = Self(lines(&said));
        problems.extend(lines.cycles().into_iter().map(cycle_problem));
        (lines, problems)
    }

    /// The chain above a person, nearest first. It ends, as a checked roster has no cycles.
    pub(super) fn above<'a>(
        &'a self,
        id: &ParticipantId,
    ) -> impl Iterator<Item = &'a ParticipantId> + use<'a> {
        let own = self.0.binary_search_by(|line| line.person.cmp(id)).ok();
        self.upwards(own).map(|line| &self.0[line].manager)
    }

    /// Gives a person another manager, or a first one; `false` if that is what was known.
    pub(super) fn set(&mut self, person: &ParticipantId, manager: &ParticipantId) -> bool {
        let place = self.0.binary_search_by(|line| line.person.cmp(person));
        if place.is_ok_and(|at| self.0[at].manager == *manager) {
            return false;
        }
        let line = |above| Line {
            person: person.clone(),
            manager: manager.clone(),
            above,
        };
        match place {
            Ok(at) => self.0[at] = line(None),
            Err(at) => {
                for above in self.0.iter_mut().filter_map(|line| line.above.as_mut()) {
                    *above += usize::from(*above >= at);
                }
                self.0.insert(at, line(None));
                for line in self.0.iter_mut().filter(|line| line.manager == *person) {
                    line.above = Some(at);
                }
            }
        }
        let (Ok(at) | Err(at)) = place;
        self.0[at].above = self
            .0
            .binary_search_by(|line| line.person.cmp(manager))
            .ok();
        true
    }

    /// Everybody who reports to somebody, at whatever distance.
    pub(super) fn below(&self, id: &ParticipantId) -> Vec<ParticipantId> {
        let is_boss = |line: usize| self.0[line].manager == *id;
        if !(0..self.0.len()).any(is_boss) {
            return Vec::new();
        }
        let all = (0..self.0.len()).filter(|&line| self.upwards(Some(line)).any(is_boss));
        all.map(|line| self.0[line].person.clone()).collect()
    }

    /// The cycle that a person's line is on, if there is one: what is wrong.
    pub(super) fn cycle_of(&self, person: &ParticipantId) -> Option<CohortProblem> {
        let own = self
            .0
            .binary_search_by(|line| line.person.cmp(person))
            .ok()?;
        // On a cycle that this line does not close, the walk is longer than there are lines.
        let mut above = self.upwards(self.0[own].above).take(self.0.len());
        above.find(|&line| line == own)?;
        Some(cycle_problem(self.cycle_through(own)))
    }

    /// Everybody's line as `(person, manager)`, in the order of the persons' ids.
    #[cfg(feature = "serde")]
    pub(super) fn all(&self) -> impl Iterator<Item = (&ParticipantId, &ParticipantId)> {
        self.0.iter().map(|line| (&line.person, &line.manager))
    }

    /// The lines from one upwards, itself first.
    fn upwards(&self, from: Option<usize>) -> impl Iterator<Item = usize> + use<'_> {
        std::iter::successors(from, |&line| self.0[line].above)
    }

    /// All cycles, each starting with its least id and following the managers.
    ///
    /// Everybody has at most one manager, so a walk upwards ends, meets an earlier walk, or meets
    /// itself; only the last is a cycle, and a new one. Linear in the number of lines.
    fn cycles(&self) -> Vec<Vec<ParticipantId>> {
        let mut walked_from: Vec<Option<usize>> = vec![None; self.0.len()];
        let mut found = Vec::new();
        for start in 0..self.0.len() {
            let met = self.upwards(Some(start)).find(|&line| {
                let met = walked_from[line].is_some();
                walked_from[line].get_or_insert(start);
                met
            });
            if let Some(met) = met.filter(|&line| walked_from[line] == Some(start)) {
                found.push(self.cycle_through(met));
            }
        }
        found
    }

    fn cycle_through(&self, line: usize) -> Vec<ParticipantId> {
        let others = self.upwards(self.0[line].above);
        let others = others.take_while(|&other| other != line);
        let mut cycle: Vec<_> = std::iter::once(line).chain(others).collect();
        let least = (0..cycle.len()).min_by_key(|&place| cycle[place]);
        cycle.rotate_left(least.unwrap_or(0));
        let people = cycle.into_iter().map(|line| self.0[line].person.clone());
        people.collect()
    }
}

/// Who reports to whom, as `(person, manager)`.
type Said<'a> = (&'a ParticipantId, &'a ParticipantId);

/// The lines of people who each have one manager, sorted by person.
fn lines(said: &[Said<'_>]) -> Vec<Line> {
    let line_of = |id: &ParticipantId| said.binary_search_by(|(person, _)| (*person).cmp(id)).ok();
    let line = |&(person, manager): &Said<'_>| Line {
        person: person.clone(),
        manager: manager.clone(),
        above: line_of(manager),
    };
    said.iter().map(line).collect()
}

fn disagreements(said: &[Said<'_>]) -> Vec<CohortProblem> {
    let by_person = said.chunk_by(|(person, _), (next, _)| person == next);
    let several = by_person.filter(|managers| managers.len() > 1);
    several
        .map(|managers| CohortProblem {
            role: None,
            participant: managers.first().map(|(person, _)| (*person).clone()),
            field: "manager".to_owned(),
            kind: Kind::ManagersDisagree {
                managers: Redacted::new(managers.iter().map(|(_, id)| (*id).clone()).collect()),
            },
        })
        .collect()
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
