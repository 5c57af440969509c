//! The audit record: what was matched, by what, and the proof, for somebody who was not there.
//!
//! # What is in it
//! The version of the crate; the programme in its stored form; fingerprints of the people, of the result and of the
//! record itself; seed and options that can matter; what the programme manager decided, with reasons; each level of
//! the objectives with its value and the prices that prove it; the pairs. Of people, their ids, and what the manager wrote:
//! no answer of anybody's.
//!
//! # What can be done with it
//! [*Verify*](verify): build the problem again from people and programme, and check the proof. No solver takes part: the
//! checker imports none. [*Replay*](replay): run again, and compare every byte.
//!
//! # How much that shows
//! The proof shows that the pairs are the best by the programme for these people, whoever found them. Of what cannot be
//! derived, such as the crate's version, the fingerprint shows only that nobody has changed it since: whoever writes the
//! whole record anew writes a new fingerprint. Keep that elsewhere, or sign it.
//!
//! How things are written down, to the byte: [`canonical`]. The proof: [`proof`].

mod canonical;

mod error;

mod floor;

mod proof;

mod replay;

mod request;

mod verify;

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error};
use serde::{Deserialize as Read, Serialize as Write};

use super::outcome::Outcome;
use crate::hash::H_VERSION;
use crate::ids::ParticipantId;
use crate::programme::StoredProgramme;
use crate::score::Score;
use canonical::Fingerprint;
pub use error::AuditError;
use floor::FloorRecord;
use proof::{ClaimRecord, LevelRecord, LotRecord};
use request::Request;

/// The record of a run: what was asked, what came of it, and why it is the best.
///
/// Everything in it follows from people, programme, options and the version of the crate: the same run gives the same
/// bytes, on any number of threads. It holds ids and what the programme manager wrote, and no answer of anybody's;
/// `Debug` shows less. Its JSON Schema is [`JSON_SCHEMA`](Self::JSON_SCHEMA). Unknown keys and newer versions are
/// refused when it is read.
///
/// The fingerprint of the people is the SHA-256 of their stored form as compact JSON: the same people give the same
/// one, in whatever order they are listed (but answers that are lists are as they are listed), and one more answer gives
/// another. Record and people are to be kept together, for without them nothing can be verified.
///
/// ```
/// use mentormatch::{AuditRecord, Cohort, Engine, Profile, Programme, Registry, SkillCoverage};
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
/// let mentees = ["boris", "chen"].map(|id| Profile::new(id).need("rust", 3).mentee());
/// let cohort = Cohort::new([ana], mentees)?;
/// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
/// let outcome = Engine::new(programme).run(&cohort)?;
///
/// let written = serde_json::to_string(&outcome.audit()?)?;
///
/// // Years later, with the people's file at hand:
/// let record: AuditRecord = serde_json::from_str(&written)?;
/// let registry = Registry::new(); // no criteria of the host's own
/// record.verify(&cohort, &registry)?; // it was the best by the programme
/// let again = record.replay(&cohort, &registry)?; // and this is it
/// assert_eq!(serde_json::to_string(&again.audit()?)?, written);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Read, Write)]
#[serde(deny_unknown_fields)]
pub struct AuditRecord {
    format_version: FormatVersion,
    crate_version: String,
    /// Of the hash behind the order of people and the lot.
    hash_version: u32,
    /// Of the people as they were handed in.
    people: Fingerprint,
    programme: StoredProgramme,
    request: Request,
    claim: ClaimRecord,
    /// Levels of the objectives, first things first; none of a stable matching.
    levels: Vec<LevelRecord>,
    /// How the lot was drawn, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lot: Option<LotRecord>,
    /// Why the lowest score cannot be higher, if it is an objective.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    floor: Option<FloorRecord>,
    /// In the order of ids.
    pairs: Vec<PairRecord>,
    /// Of the pairs.
    result: Fingerprint,
    /// Of the record without this; a record without it is neither written nor read.
    #[serde(
        deserialize_with = "fingerprint",
        skip_serializing_if = "Option::is_none"
    )]
    record: Option<Fingerprint>,
}

fn fingerprint<'de, D: Deserializer<'de>>(of: D) -> Result<Option<Fingerprint>, D::Error> {
    Fingerprint::deserialize(of).map(Some)
}

#[derive(Clone, PartialEq, Read, Write)]
#[serde(deny_unknown_fields)]
struct PairRecord {
    mentee: ParticipantId,
    mentor: ParticipantId,
    score: Score,
}

#[derive(Clone, Copy, PartialEq, Write)]
#[serde(transparent)]
struct FormatVersion(u32);

impl<'de> Deserialize<'de> for FormatVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (found, known) = (u32::deserialize(deserializer)?, AuditRecord::FORMAT_VERSION);
        if found == known {
            return Ok(Self(found));
        }
        Err(D::Error::custom(format_args!(
            "audit record of format version {found}; this version of the crate reads version {known}"
        )))
    }
}

impl AuditRecord {
    /// The version of the form that this version of the crate writes, and the only one it reads.
    pub const FORMAT_VERSION: u32 = 2;

    /// The JSON Schema (draft 2020-12) of the stored form. It refers to that of
    /// [programmes](crate::Programme::JSON_SCHEMA) by its `$id`.
    ///
    /// ```
    /// assert!(mentormatch::AuditRecord::JSON_SCHEMA.contains("urn:mentormatch:audit:2"));
    /// ```
    pub const JSON_SCHEMA: &'static str = include_str!("../schemas/audit.schema.json");

    /// The version of the crate that made the record.
    #[must_use]
    pub fn crate_version(&self) -> &str {
        &self.crate_version
    }

    /// The programme, as it was.
    #[must_use]
    pub fn programme(&self) -> &StoredProgramme {
        &self.programme
    }

    /// The seed of the run.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.request.seed()
    }

    /// Whether the record claims that nothing is better by the programme's objectives, or that the matching is the
    /// stable one it asks for. Of a run that was stopped early it claims less, and [`verify`](Self::verify) confirms
    /// that. No more than the record says: verify it too.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Field, Profile, Programme, Registry, RunOptions, Same};
    /// # let programme = Programme::builder().weigh(1, Same::new(Field::Site)).build()?;
    /// # let cohort = Cohort::new([Profile::new("ana").mentor(1)], [Profile::new("boris").mentee()])?;
    /// let engine = Engine::new(programme);
    /// let record = engine.run(&cohort)?.audit()?;
    /// assert!(record.is_proven_optimal() && record.verify(&cohort, &Registry::new()).is_ok());
    ///
    /// let stopped = engine.run_with(&cohort, &RunOptions::default().work_limit(0))?.audit()?;
    /// assert!(stopped.verify(&cohort, &Registry::new()).is_ok());
    /// assert!(!stopped.is_proven_optimal());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_proven_optimal(&self) -> bool {
        self.claim.is_settled() && self.floor.as_ref().is_none_or(FloorRecord::is_settled)
    }

    /// Whether the record claims that the pairs are those which the lot singles out of all that are as good, and not
    /// just any of them: of a run with [`TieBreaking::Canonical`](crate::TieBreaking::Canonical), unless a limit came
    /// first.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        self.lot.is_some()
    }

    /// The fingerprint of the people, as `sha256:` and 64 hexadecimal digits.
    #[must_use]
    pub fn people_fingerprint(&self) -> &str {
        self.people.as_str()
    }

    /// The fingerprint of the pairs.
    #[must_use]
    pub fn result_fingerprint(&self) -> &str {
        self.result.as_str()
    }

    /// The fingerprint of the whole record, which is worth keeping elsewhere.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        self.record.as_ref().map_or("", Fingerprint::as_str)
    }

    /// The pairs, each a mentee and a mentor, in the order of ids.
    pub fn pairs(&self) -> impl ExactSizeIterator<Item = (&ParticipantId, &ParticipantId)> {
        self.pairs.iter().map(|pair| (&pair.mentee, &pair.mentor))
    }

    /// The same with the fingerprint it should have.
    fn sealed(mut self) -> Result<Self, AuditError> {
        self.record = None;
        self.record = Some(Fingerprint::of(&self)?);
        Ok(self)
    }
}

impl Outcome {
    /// The record of the run, to be kept.
    ///
    /// An example is at [`AuditRecord`].
    ///
    /// # Errors
    /// None in practice: what was read or checked can be written.
    ///
    /// # Complexity
    /// One pass over the people, whose answers are hashed; nothing is scored or solved.
    pub fn audit(&self) -> Result<AuditRecord, AuditError> {
        let stages = self.stages();
        let pairs = self.matching().pairs.iter().map(|pair| PairRecord {
            mentee: pair.mentee.clone(),
            mentor: pair.mentor.clone(),
            score: pair.score,
        });
        let pairs: Vec<_> = pairs.collect();
        let record = AuditRecord {
            format_version: FormatVersion(AuditRecord::FORMAT_VERSION),
            crate_version: env!("CARGO_PKG_VERSION").to_owned(),
            hash_version: H_VERSION,
            people: Fingerprint::of(&stages.asked.cohort)?,
            programme: StoredProgramme::from(self.programme()),
            request: Request::of(stages),
            claim: self.certificate().claim().into(),
            levels: proof::levels(self),
            lot: self.certificate().drawn().map(LotRecord::of),
            floor: FloorRecord::of(self),
            result: Fingerprint::of(&pairs)?,
            pairs,
            record: None,
        };
        record.sealed()
    }
}

impl fmt::Debug for AuditRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuditRecord")
            .field("crate_version", &self.crate_version)
            .field("pairs", &self.pairs.len())
            .field("fingerprint", &self.fingerprint())
            .finish_non_exhaustive()
    }
}
