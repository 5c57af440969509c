//! Why a record is not confirmed.

use thiserror::Error;

use crate::engine::error::RunError;
use crate::error::ProgrammeError;
use crate::ids::{ParticipantId, Role};
use crate::solver::Violation;

/// Why an audit record is not verified or cannot be replayed.
///
/// ```
/// use mentormatch::{AuditError, Cohort, Engine, Field, Profile, Programme, Registry, Same};
///
/// let cohort = |site| Cohort::new([Profile::new("ana").site(site).mentor(1)], []);
/// let programme = Programme::builder().weigh(1, Same::new(Field::Site)).build()?;
/// let record = Engine::new(programme).run(&cohort("Aarhus")?)?.audit()?;
///
/// let error = record.verify(&cohort("Odense")?, &Registry::new()).unwrap_err();
/// assert_eq!(error, AuditError::OtherPeople);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum AuditError {
    /// The record's fingerprint is not its own: it has been changed.
    #[error("the record has been changed since it was made")]
    Changed,
    /// The fingerprint of the result is not that of the pairs.
    #[error("the fingerprint of the result is not that of the pairs")]
    OtherResult,
    /// The record rests on another version of the hash that orders people and draws lots.
    #[error("the record rests on version {found} of the hash, this crate on {known}")]
    HashVersion {
        /// The record's.
        found: u32,
        /// This crate's.
        known: u32,
    },
    /// The people, or what they answered, are not those of the run.
    #[error("the people are not those of the record")]
    OtherPeople,
    /// The programme cannot be built: a criterion or a rule of the host's own, which it names, is not registered, say.
    #[error(transparent)]
    Programme(#[from] ProgrammeError),
    /// The run cannot be prepared, or done again.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The pairs are not in the order of ids, or one is listed twice.
    #[error("the pairs are not in the order of ids, each once")]
    PairsOutOfOrder,
    /// A pair names somebody who is not there.
    #[error("no {role} {id:?} among the people")]
    Unknown {
        /// The role.
        role: Role,
        /// The id.
        id: ParticipantId,
    },
    /// A pair does not score what the record says.
    #[error("mentee {mentee:?} and mentor {mentor:?} do not have the score that is recorded")]
    Score {
        /// The mentee.
        mentee: ParticipantId,
        /// The mentor.
        mentor: ParticipantId,
    },
    /// The levels are not those of the programme and the people.
    #[error("the levels are not those of the programme for these people")]
    OtherLevels,
    /// The record does not say how its lot was drawn, though no limit came before.
    #[error("nothing is recorded of the lot that decides among equals")]
    NoLot,
    /// A level does not come to what the record says.
    #[error("level {level} does not come to what is recorded")]
    Value {
        /// Which level, from 0.
        level: usize,
    },
    /// The proof does not hold.
    #[error("the proof does not hold: {0}")]
    NotProved(#[from] Violation),
    /// The host stopped the run's search when it saw fit, which nobody can do again.
    #[error("the search was stopped by the host, and cannot be stopped there again")]
    StoppedByHost,
    /// Which of several results this is depends on the version of the crate.
    #[error("only version {found} of the crate is bound to give this result")]
    OtherVersion {
        /// The record's.
        found: String,
    },
    /// Another run gives something else.
    #[error("another run gives another {part}")]
    Differs {
        /// The first part of the record that differs.
        part: &'static str,
    },
    /// Something cannot be written down, and so has no fingerprint.
    #[error("the record cannot be written")]
    Unwritable,
}
