//! People who look like one person listed twice.
//!
//! Ids are compared byte for byte, so `Ana`, `ana` and `ana ` are three people to every other part
//! of the crate. To a reader they are one, and a conflict of interest recorded for one of them
//! protects nobody from the others.

use super::entry::Entry;
use super::fold::{caseless, is_invisible};
use crate::error::{CohortProblem, CohortProblemKind};
use crate::ids::ParticipantId;

/// People whose ids, or whose external ids, differ at most in looks.
pub(super) struct LookAlikes {
    /// Which field looks the same: `id` or `external_id`.
    pub(super) field: &'static str,
    /// At least two people, in the order of their ids.
    pub(super) people: Vec<ParticipantId>,
}

impl LookAlikes {
    /// The same as a problem, for hosts that refuse look-alikes.
    pub(super) fn problem(&self) -> CohortProblem {
        let people = self.people.clone();
        CohortProblem {
            role: None,
            participant: people.first().cloned(),
            field: self.field.to_owned(),
            kind: CohortProblemKind::LookAlikes { people },
        }
    }
}

/// Every group of look-alikes. One id in both roles is one person, not two.
pub(super) fn groups(entries: &[Entry<'_>]) -> Vec<LookAlikes> {
    let ids = entries
        .iter()
        .map(|entry| (look(entry.id().as_str()), entry.id()));
    let external_ids = entries.iter().filter_map(|entry| {
        let key = look(entry.profile.external_id.as_deref()?);
        (!key.is_empty()).then_some((key, entry.id()))
    });
    let mut found = groups_of("id", ids.collect());
    found.extend(groups_of("external_id", external_ids.collect()));
    found
}

fn groups_of(field: &'static str, mut looks: Vec<(String, &ParticipantId)>) -> Vec<LookAlikes> {
    looks.sort_unstable();
    looks.dedup();
    let by_look = looks.chunk_by(|(look, _), (next, _)| look == next);
    let several = by_look.filter(|people| people.len() > 1);
    several
        .map(|people| LookAlikes {
            field,
            people: people.iter().map(|(_, id)| (*id).clone()).collect(),
        })
        .collect()
}

/// What is left of a text when case, spaces, invisible characters and Unicode form are taken away.
fn look(text: &str) -> String {
    if text.is_ascii() {
        let visible = text.chars().filter(|c| !c.is_whitespace());
        return visible.map(|c| c.to_ascii_lowercase()).collect();
    }
    caseless(text, |c| !c.is_whitespace() && !is_invisible(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cohort, CohortWarning, Profile};

    fn alike(people: impl IntoIterator<Item = Profile>) -> Vec<(&'static str, Vec<String>)> {
        let mentors = people.into_iter().map(|profile| profile.mentor(1));
        let cohort = Cohort::new(mentors, []).unwrap();
        let groups = cohort
            .warnings()
            .iter()
            .filter_map(|warning| match warning {
                CohortWarning::LookAlikes { field, people } => {
                    Some((*field, people.iter().map(ToString::to_string).collect()))
                }
                _ => None,
            });
        groups.collect()
    }

    #[test]
    fn case_space_and_unicode_form_do_not_tell_people_apart() {
        for (one, other) in [
            ("Ana", "ana"),
            ("ana smith", " Ana\u{a0}Smith"),
            ("Zoë", "Zoe\u{308}"),
            ("Strauß", "STRAUSS"),
            ("ΣΟΦΟΣ", "σοφος"),
            ("ﬁona", "fiona"),
            ("an\u{200b}a", "ana"),
            ("x\u{202e}", "x"),
        ] {
            assert_eq!(look(one), look(other), "{one:?} and {other:?}");
        }
        assert_ne!(look("ana"), look("anä"));
        assert_ne!(
            look("ana"),
            look("аna"),
            "a Cyrillic letter is another letter"
        );
    }

    #[test]
    fn all_of_a_group_are_named_once() {
        let people = ["bo", "Ana", "ana", "ANA"].map(Profile::new);
        let names = ["ANA", "Ana", "ana"].map(str::to_owned).to_vec();
        assert_eq!(alike(people), [("id", names)]);
    }

    #[test]
    fn external_ids_name_the_people_who_share_them() {
        let people = [
            Profile::new("1").external_id("ana@example.org"),
            Profile::new("2").external_id("Ana@Example.org "),
            Profile::new("3").external_id(""),
            Profile::new("4").external_id(" "),
            Profile::new("5"),
        ];
        let names = ["1", "2"].map(str::to_owned).to_vec();
        assert_eq!(alike(people), [("external_id", names)]);
    }

    #[test]
    fn one_person_in_two_roles_is_no_look_alike() {
        let ana = || Profile::new("ana").external_id("a");
        let cohort = Cohort::new([ana().mentor(1)], [ana().mentee()]).unwrap();
        assert!(cohort.warnings().is_empty());
    }

    #[test]
    fn look_alikes_are_refused_on_request() {
        let error = Cohort::builder()
            .mentors([Profile::new("Ana").mentor(1)])
            .mentees([Profile::new("ana").mentee()])
            .refuse_lookalikes()
            .build()
            .unwrap_err();
        let text = "1 problem in the roster\n\"Ana\": id: looks the same for \"Ana\", \"ana\"";
        assert_eq!(error.to_string(), text);
    }
}
