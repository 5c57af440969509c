//! What is legal in a roster, but probably not meant.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use super::between::Between;
use super::entry::Entry;
use super::fold;
use super::lookalikes::LookAlikes;
use super::vocabulary::Vocabulary;
use crate::error::Redacted;
use crate::ids::{ParticipantId, Role};

/// Something in a checked roster that is legal, but probably not meant.
///
/// Text and `Debug` name people and fields, never an answer: who wished for whom is to be had
/// through [`Redacted::expose`] only.
///
/// ```
/// use mentormatch::{Cohort, CohortWarning, Profile};
///
/// let boris = Profile::new("boris").wish("nobody", 1).mentee();
/// let cohort = Cohort::new([], [boris])?;
///
/// let [warning @ CohortWarning::UnknownPartner { partner, .. }] = cohort.warnings() else {
///     panic!("one unknown partner");
/// };
/// assert!(partner.expose().as_str().starts_with("nobody"));
/// assert_eq!(warning.to_string(), "mentee \"boris\": wishes: somebody who is no mentor here");
/// # Ok::<(), mentormatch::CohortError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CohortWarning {
    /// People who look like one person listed twice: their ids or external ids differ at most in
    /// case, spaces, invisible characters or Unicode form.
    LookAlikes {
        /// Which field looks the same: `id` or `external_id`.
        field: &'static str,
        /// At least two people, in the order of their ids.
        people: Vec<ParticipantId>,
    },
    /// An id with zero-width characters or ones that control the direction of text.
    InvisibleCharacters {
        /// The id.
        participant: ParticipantId,
    },
    /// Somebody takes part and takes no partner, whose hours a month do not hold the meetings they
    /// expect with a single one.
    TooFewHours {
        /// The person's role.
        role: Role,
        /// The person.
        participant: ParticipantId,
    },
    /// A wish, a favourite, a rating or a veto that names nobody in the other role.
    UnknownPartner {
        /// The role of the person whose answer it is.
        role: Role,
        /// The person whose answer it is.
        participant: ParticipantId,
        /// `wishes`, `favourites`, `ratings` or `vetoes`.
        field: &'static str,
        /// Who is named.
        partner: Redacted<ParticipantId>,
    },
    /// Somebody is both wished for, or a favourite, and vetoed by the same person; the veto stands.
    WishedAndVetoed {
        /// The role of the person whose answers they are.
        role: Role,
        /// The person whose answers they are.
        participant: ParticipantId,
        /// Who is named in both.
        partner: Redacted<ParticipantId>,
    },
    /// Somebody in a conflict takes no part.
    UnknownInConflict {
        /// Who takes no part.
        participant: ParticipantId,
    },
    /// People who are listed, but paused or withdrawn.
    NotActive {
        /// Their role.
        role: Role,
        /// How many; at least 1.
        count: usize,
    },
    /// A word that people use is an alias of several terms of the vocabulary, so that it counts as
    /// none of them. Word and terms are the host's vocabulary; who uses the word is not told.
    AmbiguousWord {
        /// The word, folded.
        word: String,
        /// The names of the terms, sorted.
        terms: Vec<String>,
        /// How many people use it; at least 1. Somebody in both roles is one person.
        people: usize,
    },
}

/// All warnings, sorted, each once.
pub(super) fn collect(
    entries: &[Entry<'_>],
    alike: &[LookAlikes],
    (between, vocabulary): (&Between, &Vocabulary),
) -> Vec<CohortWarning> {
    let mut found: Vec<_> = alike.iter().map(look_alikes).collect();
    found.extend(between.warnings(entries));
    found.extend(entries.iter().filter_map(invisible_characters));
    found.extend(entries.iter().filter_map(too_few_hours));
    found.extend(unknown_partners(entries));
    found.extend(entries.iter().flat_map(wished_and_vetoed));
    found.extend(
        [Role::Mentor, Role::Mentee]
            .into_iter()
            .filter_map(|role| not_active(entries, role)),
    );
    found.extend(ambiguous_words(entries, vocabulary));
    found.sort();
    found.dedup();
    found
}

fn look_alikes(group: &LookAlikes) -> CohortWarning {
    CohortWarning::LookAlikes {
        field: group.field,
        people: group.people.clone(),
    }
}

fn invisible_characters(entry: &Entry<'_>) -> Option<CohortWarning> {
    let participant = entry.id().clone();
    fold::has_invisible(participant.as_str())
        .then_some(CohortWarning::InvisibleCharacters { participant })
}

fn too_few_hours(entry: &Entry<'_>) -> Option<CohortWarning> {
    let own = entry.profile;
    let takes_nobody = own.status.is_active() && entry.bounds.max == 0;
    let no_time = takes_nobody && own.partners_within_budget() == Some(0);
    no_time.then(|| CohortWarning::TooFewHours {
        role: entry.role,
        participant: entry.id().clone(),
    })
}

fn unknown_partners(entries: &[Entry<'_>]) -> Vec<CohortWarning> {
    let listed: HashSet<_> = entries
        .iter()
        .map(|entry| (entry.role, entry.id()))
        .collect();
    let mut found = Vec::new();
    for entry in entries {
        let wishes = entry
            .profile
            .wishes
            .iter()
            .map(|wish| ("wishes", &wish.partner));
        let vetoes = entry
            .profile
            .vetoes
            .iter()
            .map(|partner| ("vetoes", partner));
        let favourites = (entry.profile.favourites.iter()).map(|partner| ("favourites", partner));
        let ratings = entry.profile.ratings.iter();
        let ratings = ratings.map(|rating| ("ratings", &rating.partner));
        let named = wishes.chain(favourites).chain(ratings).chain(vetoes);
        let unknown =
            named.filter(|(_, partner)| !listed.contains(&(entry.role.other(), *partner)));
        found.extend(
            unknown.map(|(field, partner)| CohortWarning::UnknownPartner {
                role: entry.role,
                participant: entry.id().clone(),
                field,
                partner: Redacted::new(partner.clone()),
            }),
        );
    }
    found
}

fn wished_and_vetoed(entry: &Entry<'_>) -> Vec<CohortWarning> {
    if entry.profile.vetoes.is_empty() {
        return Vec::new();
    }
    let vetoed: HashSet<_> = entry.profile.vetoes.iter().collect();
    let wished = entry.profile.wishes.iter().map(|wish| &wish.partner);
    let wished = wished.chain(&entry.profile.favourites);
    wished
        .filter(|partner| vetoed.contains(partner))
        .map(|partner| CohortWarning::WishedAndVetoed {
            role: entry.role,
            participant: entry.id().clone(),
            partner: Redacted::new(partner.clone()),
        })
        .collect()
}

fn not_active(entries: &[Entry<'_>], role: Role) -> Option<CohortWarning> {
    let of_role = entries.iter().filter(|entry| entry.role == role);
    let count = of_role
        .filter(|entry| !entry.profile.status.is_active())
        .count();
    (count > 0).then_some(CohortWarning::NotActive { role, count })
}

fn ambiguous_words(entries: &[Entry<'_>], vocabulary: &Vocabulary) -> Vec<CohortWarning> {
    if vocabulary.ambiguous().next().is_none() {
        return Vec::new();
    }
    let mut users: BTreeMap<&str, HashSet<&ParticipantId>> = BTreeMap::new();
    let mut terms = BTreeMap::new();
    for entry in entries {
        for word in entry.profile.vocabulary_words() {
            if let Some(found) = vocabulary.ambiguity(word) {
                users.entry(found.alias).or_default().insert(entry.id());
                terms.insert(found.alias, found.terms);
            }
        }
    }
    let used = users.into_iter().zip(terms.into_values());
    used.map(|((word, people), terms)| CohortWarning::AmbiguousWord {
        word: word.to_owned(),
        terms: terms.into_iter().map(str::to_owned).collect(),
        people: people.len(),
    })
    .collect()
}

impl fmt::Display for CohortWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LookAlikes { field, people } => {
                write!(f, "{field}: looks the same for {people:?}")
            }
            Self::InvisibleCharacters { participant } => {
                write!(f, "{participant:?}: id: holds invisible characters")
            }
            Self::TooFewHours { role, participant } => write!(
                f,
                "{role} {participant:?}: hours_per_month: too few for the meetings expected with one partner"
            ),
            Self::UnknownPartner {
                role,
                participant,
                field,
                ..
            } => {
                let other = role.other();
                write!(
                    f,
                    "{role} {participant:?}: {field}: somebody who is no {other} here"
                )
            }
            Self::WishedAndVetoed {
                role, participant, ..
            } => write!(
                f,
                "{role} {participant:?}: wishes: somebody who is also vetoed"
            ),
            Self::UnknownInConflict { participant } => {
                write!(f, "conflicts: {participant:?} takes no part")
            }
            Self::NotActive { role, count } => write!(f, "{role}s not active: {count}"),
            Self::AmbiguousWord {
                word,
                terms,
                people,
            } => write!(
                f,
                "vocabulary: {word:?}, used by {people}, may mean any of {terms:?}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Cohort, CohortWarning, Profile, Status};

    #[test]
    fn every_way_to_name_somebody_unknown_is_reported() {
        let ana = Profile::new("ana")
            .wish("nobody", 1)
            .favourite("nobody")
            .rating("nobody", 3)
            .veto("nobody else");
        let cohort = Cohort::new([], [ana.mentee()]).unwrap();
        let fields = cohort
            .warnings()
            .iter()
            .filter_map(|warning| match warning {
                CohortWarning::UnknownPartner { field, partner, .. } => {
                    assert!(partner.expose().as_str().starts_with("nobody"));
                    Some(*field)
                }
                _ => None, // wished for and vetoed
            });
        let fields: Vec<_> = fields.collect();
        assert_eq!(fields, ["favourites", "ratings", "vetoes", "wishes"]);
    }

    #[test]
    fn whoever_is_in_a_conflict_and_takes_no_part_is_named_once() {
        let cohort = Cohort::builder()
            .mentors([Profile::new("ana").mentor(1)])
            .conflict("ana", "zoe")
            .conflict("zoe", "ana")
            .conflict("ana", "eve");
        let cohort = cohort.build().unwrap();
        let texts: Vec<_> = cohort.warnings().iter().map(ToString::to_string).collect();
        assert_eq!(
            texts,
            [
                "conflicts: \"eve\" takes no part",
                "conflicts: \"zoe\" takes no part"
            ]
        );
    }

    #[test]
    fn who_has_no_time_for_a_single_partner_is_named_in_either_role() {
        let busy = |id: &str| {
            let own = Profile::new(id).hours_per_month(1.5);
            own.meetings_per_month(1.0).meeting_minutes(120)
        };
        let gone = busy("gone").status(Status::Paused);
        let finds_time = busy("eve").mentor(2);
        let mentors = [
            busy("ana").mentor_within_budget(),
            finds_time,
            gone.mentor(0),
        ];
        let in_time = busy("chen").meeting_minutes(90).mentee_within_budget();
        let mentees = [busy("boris").mentee_within_budget(), in_time];
        assert_eq!(mentees.each_ref().map(|own| own.demand.max), [0, 1]);
        let cohort = Cohort::new(mentors, mentees).unwrap();
        let texts: Vec<_> = cohort.warnings().iter().map(ToString::to_string).collect();
        let text = "hours_per_month: too few for the meetings expected with one partner";
        assert_eq!(
            texts,
            [
                format!("mentor \"ana\": {text}"),
                format!("mentee \"boris\": {text}"),
                "mentors not active: 1".to_owned(),
            ]
        );
    }

    #[test]
    fn every_warning_is_typed_sorted_and_given_once() {
        let ana = Profile::new("ana")
            .wish("boris", 1) // known
            .wish("ana", 1) // a mentor, not a mentee
            .wish("ana", 2)
            .veto("boris")
            .veto("zoe");
        let gone = Profile::new("x\u{202e}").status(Status::Withdrawn);
        let cohort = Cohort::new(
            [ana.mentor(1), gone.mentor(1)],
            [Profile::new("boris").mentee()],
        );
        let texts: Vec<_> = cohort
            .unwrap()
            .warnings()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            texts,
            [
                r#""x\u{202e}": id: holds invisible characters"#,
                r#"mentor "ana": vetoes: somebody who is no mentee here"#,
                r#"mentor "ana": wishes: somebody who is no mentee here"#,
                r#"mentor "ana": wishes: somebody who is also vetoed"#,
                "mentors not active: 1",
            ]
        );
    }
}
