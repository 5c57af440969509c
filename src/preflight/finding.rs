//! What a programme manager should look at before a matching.

use std::fmt;
use std::sync::Arc;

use super::supply::Supply;
use crate::ids::{ParticipantId, Role};
use crate::participant::{CohortWarning, Field};
use crate::scoring::Refusal;

/// Something that a programme manager should look at before a matching.
///
/// `Display` and `Debug` name people, fields, criteria and rules, never an answer. The manager's sentence,
/// [`Wording::finding`](crate::Wording::finding), also names what is [scarce](Self::Scarce).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Finding {
    /// Nobody of a role takes part.
    NobodyThere {
        /// The role.
        role: Role,
    },
    /// Fewer places than mentees who want a mentor.
    TooFewPlaces {
        /// The mentors' places.
        places: u64,
        /// Mentees who want a mentor.
        mentees: u64,
    },
    /// The mentors of one mentee must be [of distinct kinds](crate::ProgrammeBuilder::distinct_mentors), and some mentees
    /// want more mentors than there are kinds. Kinds are counted over all mentors with places, whoever may have them.
    TooFewKinds {
        /// The field whose answers tell kinds.
        field: Field,
        /// How many kinds there are: the most mentors that one mentee can have.
        kinds: u64,
        /// Mentees whose demand is higher.
        wanting_more: u64,
        /// Those of them whose minimum is higher.
        needing_more: u64,
    },
    /// All rules together forbid every pair.
    NothingAllowed {
        /// How many pairs that are.
        pairs: u64,
    },
    /// A rule forbids every pair by itself.
    ForbidsEverything {
        /// The rule.
        rule: Refusal,
    },
    /// A stated rule forbids no pair.
    ForbidsNothing {
        /// The rule.
        rule: Refusal,
    },
    /// Every allowed pair is against a preferred rule, which then lowers all scores alike and decides
    /// nothing.
    CostsEverything {
        /// The rule.
        rule: Arc<str>,
        /// Allowed pairs.
        pairs: u64,
    },
    /// No allowed pair is against a preferred rule.
    CostsNothing {
        /// The rule.
        rule: Arc<str>,
    },
    /// Nobody of a role gave an answer that a criterion or a rule reads: a question nobody was
    /// asked, or an attribute under another name.
    NobodyAnswers {
        /// The criterion or the rule.
        owner: String,
        /// The role.
        role: Role,
        /// The field.
        field: Field,
    },
    /// A criterion counts the same for every allowed pair, and so decides nothing.
    Constant {
        /// The criterion.
        criterion: Arc<str>,
        /// Allowed pairs.
        pairs: u64,
    },
    /// A criterion has no answer for more than half of the allowed pairs, or reads a field that more
    /// than half of a role's people left open.
    MostlyUnanswered {
        /// The criterion.
        criterion: Arc<str>,
        /// Allowed pairs.
        pairs: u64,
        /// Those of them without an answer.
        unanswered: u64,
        /// Who left open what it reads; empty for a criterion that does not say what it reads.
        silent: Vec<Silence>,
    },
    /// Two criteria correlate almost fully, |r| ≥ 0.98: the second says hardly anything new.
    AlmostTheSame {
        /// The criterion stated first.
        first: Arc<str>,
        /// The other.
        second: Arc<str>,
        /// Whether one is high where the other is low.
        opposite: bool,
        /// The allowed pairs with an answer to both that were compared.
        pairs: u64,
    },
    /// Somebody has no allowed partner.
    Unpairable(Unpairable),
    /// Somebody has allowed partners, and none of them has a place or wants anybody.
    PartnersHaveNoPlaces {
        /// The person's role.
        role: Role,
        /// The person.
        participant: ParticipantId,
        /// Allowed partners.
        allowed: u32,
    },
    /// Less is offered of something than mentees need.
    Scarce(Supply),
    /// Somebody's most important criterion is none of this programme's.
    UnknownMostImportant {
        /// The person's role.
        role: Role,
        /// The person.
        participant: ParticipantId,
    },
    /// Somebody weighs a criterion that is none of this programme's.
    UnknownWeight {
        /// The person's role.
        role: Role,
        /// The person.
        participant: ParticipantId,
    },
    /// People say how much criteria matter to them, which counts for nothing, since the programme
    /// states no emphasis.
    IdleWeights {
        /// How many.
        people: usize,
    },
    /// Somebody left open what the programme reads and others have answered.
    Incomplete {
        /// The person's role.
        role: Role,
        /// The person.
        participant: ParticipantId,
        /// What is missing.
        fields: Vec<Field>,
    },
    /// Something in the roster is legal, but probably not meant. Stored as its text.
    #[cfg_attr(feature = "serde", serde(serialize_with = "as_text"))]
    Cohort(CohortWarning),
}

/// Somebody without an allowed partner, and what is in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Unpairable {
    /// The person's role.
    pub role: Role,
    /// The person.
    pub participant: ParticipantId,
    /// People in the other role who take part.
    pub partners: u32,
    /// What forbids any of them, the most forbidding first.
    pub barriers: Vec<Barrier>,
}

/// What one rule forbids a person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Barrier {
    /// What forbids.
    pub by: Refusal,
    /// How many partners it forbids.
    pub partners: u32,
    /// How many only it forbids: without it they would be allowed.
    pub alone: u32,
}

/// How many people of a role left a field open.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Silence {
    /// The role.
    pub role: Role,
    /// The field.
    pub field: Field,
    /// People without an answer.
    pub silent: u32,
    /// People of the role who take part.
    pub people: u32,
}

impl Unpairable {
    /// The single rule without which most partners would be allowed; `None` if every partner is
    /// forbidden by several.
    #[must_use]
    pub fn opens_most(&self) -> Option<&Barrier> {
        let opening = self.barriers.iter().filter(|barrier| barrier.alone > 0);
        opening.rev().max_by_key(|barrier| barrier.alone) // of equal ones the first
    }
}

impl Silence {
    pub(super) fn is_most(&self) -> bool {
        self.silent > self.people / 2
    }
}

#[cfg(feature = "serde")]
fn as_text<S: serde::Serializer>(warning: &CohortWarning, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(warning)
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NobodyThere { role } => write!(f, "no {role} takes part"),
            Self::TooFewPlaces { places, mentees } => {
                write!(f, "places: {places}, mentees who want a mentor: {mentees}")
            }
            Self::TooFewKinds {
                field,
                kinds,
                wanting_more,
                needing_more,
            } => write!(
                f,
                "mentors distinct by {field}: at most {kinds} for one mentee; mentees who want more: {wanting_more}, \
                 who need more: {needing_more}"
            ),
            Self::NothingAllowed { pairs } => write!(f, "none of {pairs} pairs is allowed"),
            Self::ForbidsEverything { rule } => write!(f, "{rule}: forbids every pair"),
            Self::ForbidsNothing { rule } => write!(f, "{rule}: forbids no pair"),
            Self::CostsEverything { rule, pairs } => {
                write!(f, "{rule}: all {pairs} allowed pairs are against it")
            }
            Self::CostsNothing { rule } => write!(f, "{rule}: no allowed pair is against it"),
            Self::NobodyAnswers { owner, role, field } => {
                write!(f, "{owner}: no {role} answers {field}")
            }
            Self::Constant { criterion, pairs } => {
                write!(f, "{criterion}: the same for all {pairs} allowed pairs")
            }
            Self::MostlyUnanswered {
                criterion,
                pairs,
                unanswered,
                silent,
            } => {
                write!(
                    f,
                    "{criterion}: no answer for {unanswered} of {pairs} allowed pairs"
                )?;
                write_silent(f, silent)
            }
            Self::AlmostTheSame {
                first,
                second,
                opposite,
                ..
            } => {
                let how = if *opposite {
                    "the opposite of"
                } else {
                    "the same as"
                };
                write!(f, "{second}: says almost {how} {first}")
            }
            Self::Scarce(supply) => supply.fmt(f),
            Self::Cohort(warning) => warning.fmt(f),
            person => person.write_person(f),
        }
    }
}

impl Finding {
    fn write_person(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unpairable(person) => write!(f, "{person}"),
            Self::PartnersHaveNoPlaces {
                role,
                participant,
                allowed,
            } => write!(
                f,
                "{role} {participant:?}: no allowed partner has places; allowed: {allowed}"
            ),
            Self::UnknownMostImportant { role, participant } => write!(
                f,
                "{role} {participant:?}: most_important: no criterion of this programme"
            ),
            Self::UnknownWeight { role, participant } => write!(
                f,
                "{role} {participant:?}: weights: no criterion of this programme"
            ),
            Self::IdleWeights { people } => write!(
                f,
                "what criteria matter to people counts for nothing without an emphasis: {people} say so"
            ),
            Self::Incomplete {
                role,
                participant,
                fields,
            } => {
                let fields: Vec<_> = fields.iter().map(Field::to_string).collect();
                write!(
                    f,
                    "{role} {participant:?}: no answer to {}",
                    fields.join(", ")
                )
            }
            _ => Ok(()),
        }
    }
}

fn write_silent(f: &mut fmt::Formatter<'_>, silent: &[Silence]) -> fmt::Result {
    for (at, own) in silent.iter().enumerate() {
        let Silence {
            role,
            field,
            silent,
            people,
        } = own;
        let start = if at == 0 { "; " } else { ", " };
        write!(
            f,
            "{start}{field} left open by {silent} of {people} {role}s"
        )?;
    }
    Ok(())
}

impl fmt::Display for Unpairable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            role,
            participant,
            partners,
            barriers,
        } = self;
        write!(
            f,
            "{role} {participant:?}: no allowed partner among {partners}: "
        )?;
        for (at, barrier) in barriers.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{} forbids {}", barrier.by, barrier.partners)?;
        }
        match self.opens_most() {
            Some(Barrier { by, alone, .. }) => write!(f, "; without {by}: {alone} allowed"),
            None => Ok(()),
        }
    }
}
