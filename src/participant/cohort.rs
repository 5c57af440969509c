//! The checked roster of one run.

use std::fmt;
use std::sync::Arc;

use super::between::{Between, PastPair};
use super::order::Side;
use super::reporting_lines::ReportingLines;
use super::roles::{Bounds, Mentee, Mentor};
use super::time_zones::{Offset, Stretch};
use super::vocabulary::Vocabulary;
use super::warnings::CohortWarning;
use crate::date::CalendarDate;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};

/// The checked roster of one run: unique ids, valid answers, dense indices in seeded order.
///
/// The same people give the same cohort, in whatever order they are listed. Cheap to clone.
///
/// ```
/// use mentormatch::{Cohort, Profile};
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(0..=3);
/// let boris = Profile::new("boris").need("rust", 3).mentee();
/// let cohort = Cohort::new([ana], [boris])?;
///
/// let ana = cohort.mentor_idx("ana").expect("ana is a mentor");
/// assert_eq!(cohort.mentors()[ana].capacity.max, 3);
/// assert_eq!(format!("{cohort:?}"), "Cohort { mentors: 1, mentees: 1, .. }");
/// # Ok::<(), mentormatch::CohortError>(())
/// ```
///
/// With the feature `serde`, a cohort is stored as its people in the order of their ids and checked
/// again when read. The form carries a `format_version`; this release reads version 1 and refuses
/// any other, and refuses keys it does not know. The seed belongs to a run and is not stored.
///
/// ```
/// # #[cfg(feature = "serde")] {
/// # use mentormatch::Cohort;
/// let stored = r#"{
///     "format_version": 1,
///     "mentors": [{"id": "ana", "manager": "boss", "capacity": 3}],
///     "mentees": [{"id": "boris", "needs": ["rust"]}],
///     "reporting_lines": {"boss": "chief"}
/// }"#;
/// let cohort: Cohort = serde_json::from_str(stored)?;
/// assert_eq!(cohort.managers_above(&"ana".into()).count(), 2);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Cohort(Arc<Roster>);

struct Roster {
    /// What both sides are ordered by.
    seed: u64,
    mentors: Side<Mentor>,
    mentees: Side<Mentee>,
    reporting_lines: Arc<ReportingLines>,
    between: Arc<Between>,
    warnings: Arc<[CohortWarning]>,
    vocabulary: Vocabulary,
}

impl Cohort {
    /// The cohort of people who have passed every check.
    pub(super) fn from_checked(
        (mentors, mentees): (Vec<Mentor>, Vec<Mentee>),
        reporting_lines: ReportingLines,
        between: Between,
        warnings: Vec<CohortWarning>,
        vocabulary: Vocabulary,
    ) -> Self {
        let seed = 0;
        Self(Arc::new(Roster {
            seed,
            mentors: Side::new(mentors.into_iter().map(Arc::new), seed),
            mentees: Side::new(mentees.into_iter().map(Arc::new), seed),
            reporting_lines: Arc::new(reporting_lines),
            between: Arc::new(between),
            warnings: warnings.into(),
            vocabulary,
        }))
    }

    /// Everybody's manager, for storing.
    #[cfg(feature = "serde")]
    pub(super) fn reporting_lines(&self) -> &ReportingLines {
        &self.0.reporting_lines
    }

    /// The same people in the order of another seed. The people themselves are shared.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Profile};
    /// let cohort = Cohort::new((0..9).map(|id| Profile::new(id).mentor(1)), [])?;
    /// let other = cohort.seeded(7);
    /// assert_eq!((cohort.seed(), other.seed()), (0, 7));
    /// assert_ne!(cohort.mentors(), other.mentors());
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    #[must_use]
    pub fn seeded(&self, seed: u64) -> Self {
        if seed == self.0.seed {
            return self.clone();
        }
        Self(Arc::new(Roster {
            seed,
            mentors: self.0.mentors.reordered(seed),
            mentees: self.0.mentees.reordered(seed),
            reporting_lines: self.0.reporting_lines.clone(),
            between: self.0.between.clone(),
            warnings: self.0.warnings.clone(),
            vocabulary: self.0.vocabulary.clone(),
        }))
    }

    /// The same people, of whom all but these are paused, where some are named. Whoever takes no part
    /// anyway keeps her status.
    pub(crate) fn only(
        &self,
        mentees: Option<&[ParticipantId]>,
        mentors: Option<&[ParticipantId]>,
    ) -> Self {
        let roster = &self.0;
        Self(Arc::new(Roster {
            seed: roster.seed,
            mentors: roster.mentors.only(mentors),
            mentees: roster.mentees.only(mentees),
            reporting_lines: roster.reporting_lines.clone(),
            between: roster.between.clone(),
            warnings: roster.warnings.clone(),
            vocabulary: roster.vocabulary.clone(),
        }))
    }

    /// The same people in the same order, who want and take other numbers of partners.
    pub(crate) fn rebounded(
        &self,
        demand: impl Fn(MenteeIdx, &Mentee) -> Bounds,
        capacity: impl Fn(MentorIdx, &Mentor) -> Bounds,
    ) -> Self {
        let roster = &self.0;
        let mentees = MenteeIdx::all(self.mentees().len());
        let demands: Vec<_> = mentees
            .zip(self.mentees())
            .map(|(at, own)| demand(at, own))
            .collect();
        let mentors = MentorIdx::all(self.mentors().len());
        let capacities: Vec<_> = mentors
            .zip(self.mentors())
            .map(|(at, own)| capacity(at, own))
            .collect();
        Self(Arc::new(Roster {
            seed: roster.seed,
            mentors: roster.mentors.rebounded(&capacities),
            mentees: roster.mentees.rebounded(&demands),
            reporting_lines: roster.reporting_lines.clone(),
            between: roster.between.clone(),
            warnings: roster.warnings.clone(),
            vocabulary: roster.vocabulary.clone(),
        }))
    }

    /// The same people in the same order, of whom those in one role have no wishes of a rank.
    pub(crate) fn without_wishes(&self, of: Role, rank: u32) -> Self {
        let roster = &self.0;
        let (mentors, mentees) = match of {
            Role::Mentor => (roster.mentors.without_wishes(rank), roster.mentees.same()),
            Role::Mentee => (roster.mentors.same(), roster.mentees.without_wishes(rank)),
        };
        Self(Arc::new(Roster {
            seed: roster.seed,
            mentors,
            mentees,
            reporting_lines: roster.reporting_lines.clone(),
            between: roster.between.clone(),
            warnings: roster.warnings.clone(),
            vocabulary: roster.vocabulary.clone(),
        }))
    }

    /// The seed of the dense order; 0 unless [`seeded`](Self::seeded) says otherwise.
    ///
    /// ```
    /// # use mentormatch::Cohort;
    /// assert_eq!(Cohort::new([], [])?.seed(), 0);
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.0.seed
    }

    /// All mentors, in the order of their [`MentorIdx`].
    ///
    /// ```
    /// # use mentormatch::{Cohort, Profile};
    /// let cohort = Cohort::new([Profile::new("ana").mentor(2)], [])?;
    /// assert_eq!(cohort.mentors()[0].profile.id.as_str(), "ana");
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    #[must_use]
    pub fn mentors(&self) -> &[Arc<Mentor>] {
        &self.0.mentors.people
    }

    /// All mentees, in the order of their [`MenteeIdx`].
    ///
    /// ```
    /// # use mentormatch::{Cohort, Profile};
    /// let cohort = Cohort::new([], [Profile::new("boris").mentee()])?;
    /// assert_eq!(cohort.mentees()[0].profile.id.as_str(), "boris");
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    #[must_use]
    pub fn mentees(&self) -> &[Arc<Mentee>] {
        &self.0.mentees.people
    }

    /// The mentor with this id. A binary search.
    ///
    /// ```
    /// # use mentormatch::{Cohort, MentorIdx, Profile};
    /// let cohort = Cohort::new([Profile::new("ana").mentor(2)], [])?;
    /// assert_eq!(cohort.mentor_idx("ana"), Some(MentorIdx::new(0)));
    /// assert_eq!(cohort.mentor_idx("Ana"), None);
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    #[must_use]
    pub fn mentor_idx(&self, id: &str) -> Option<MentorIdx> {
        self.0.mentors.position(self.0.seed, id).map(MentorIdx::new)
    }

    /// The mentee with this id. A binary search.
    ///
    /// ```
    /// # use mentormatch::{Cohort, MenteeIdx, Profile};
    /// let cohort = Cohort::new([], [Profile::new("boris").mentee()])?;
    /// assert_eq!(cohort.mentee_idx("boris"), Some(MenteeIdx::new(0)));
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    #[must_use]
    pub fn mentee_idx(&self, id: &str) -> Option<MenteeIdx> {
        self.0.mentees.position(self.0.seed, id).map(MenteeIdx::new)
    }

    /// `H(seed, id)` of every mentor, indexed by [`MentorIdx`] and ascending: what the dense order
    /// and the breaking of ties rest on. Stable as long as [`H_VERSION`](crate::H_VERSION) is.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Profile};
    /// let cohort = Cohort::new((0..9).map(|id| Profile::new(id).mentor(1)), [])?;
    /// assert!(cohort.mentor_keys().is_sorted());
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    #[must_use]
    pub fn mentor_keys(&self) -> &[u64] {
        &self.0.mentors.keys
    }

    /// `H(seed, id)` of every mentee, indexed by [`MenteeIdx`] and ascending.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Profile};
    /// let cohort = Cohort::new([], (0..9).map(|id| Profile::new(id).mentee()))?;
    /// assert!(cohort.mentee_keys().is_sorted());
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    #[must_use]
    pub fn mentee_keys(&self) -> &[u64] {
        &self.0.mentees.keys
    }

    /// How many minutes a mentor's clock is ahead of UTC at noon UTC of a day, daylight saving
    /// included; `None` if the mentor names no time zone.
    ///
    /// ```
    /// # use mentormatch::{Cohort, MentorIdx, Profile};
    /// let ana = Profile::new("ana").time_zone("Asia/Kathmandu").mentor(1);
    /// let cohort = Cohort::new([ana], [])?;
    /// let offset = cohort.mentor_utc_offset_minutes(MentorIdx::new(0), "2026-03-29".parse()?);
    /// assert_eq!(offset, Some(5 * 60 + 45));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn mentor_utc_offset_minutes(&self, mentor: MentorIdx, on: CalendarDate) -> Option<i32> {
        let zone = self.0.mentors.zones.get(mentor.index())?.as_ref()?;
        Some(zone.offset_minutes(on))
    }

    /// How many minutes a mentee's clock is ahead of UTC at noon UTC of a day, daylight saving
    /// included; `None` if the mentee names no time zone.
    ///
    /// ```
    /// # use mentormatch::{Cohort, MenteeIdx, Profile};
    /// let boris = Profile::new("boris").time_zone("America/New_York").mentee();
    /// let cohort = Cohort::new([], [boris])?;
    /// let offset = cohort.mentee_utc_offset_minutes(MenteeIdx::new(0), "2026-07-01".parse()?);
    /// assert_eq!(offset, Some(-4 * 60));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn mentee_utc_offset_minutes(&self, mentee: MenteeIdx, on: CalendarDate) -> Option<i32> {
        let zone = self.0.mentees.zones.get(mentee.index())?.as_ref()?;
        Some(zone.offset_minutes(on))
    }

    /// A mentor's minutes ahead of UTC over a stretch of time, as [`Zone::offsets`] gives them.
    pub(crate) fn mentor_offsets(&self, mentor: MentorIdx, over: Stretch) -> Option<Vec<Offset>> {
        let zone = self.0.mentors.zones.get(mentor.index())?.as_ref()?;
        Some(zone.offsets(over))
    }

    /// A mentee's minutes ahead of UTC over a stretch of time, as [`Zone::offsets`] gives them.
    pub(crate) fn mentee_offsets(&self, mentee: MenteeIdx, over: Stretch) -> Option<Vec<Offset>> {
        let zone = self.0.mentees.zones.get(mentee.index())?.as_ref()?;
        Some(zone.offsets(over))
    }

    /// The chain of managers above a person, nearest first, as far as profiles and
    /// [`CohortBuilder::reporting_line`](crate::CohortBuilder::reporting_line) tell. The person need not take part.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Profile};
    /// let ana = Profile::new("ana").manager("boss").mentor(1);
    /// let cohort = Cohort::builder().mentors([ana]).reporting_line("boss", "chief").build()?;
    /// let above: Vec<_> = cohort.managers_above(&"ana".into()).map(|id| id.as_str()).collect();
    /// assert_eq!(above, ["boss", "chief"]);
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    pub fn managers_above<'a>(
        &'a self,
        id: &ParticipantId,
    ) -> impl Iterator<Item = &'a ParticipantId> + use<'a> {
        self.0.reporting_lines.above(id)
    }

    /// Who must not be paired with whom, in whichever roles: the lesser id first, sorted, each once.
    /// See [`CohortBuilder::conflict`](crate::CohortBuilder::conflict).
    #[must_use]
    pub fn conflicts(&self) -> &[(ParticipantId, ParticipantId)] {
        &self.0.between.conflicts
    }

    /// Who has been paired with whom before; sorted, each once. See
    /// [`CohortBuilder::past_pair`](crate::CohortBuilder::past_pair).
    #[must_use]
    pub fn past_pairs(&self) -> &[PastPair] {
        &self.0.between.past_pairs
    }

    /// The host's words, as [`CohortBuilder::vocabulary`](crate::CohortBuilder::vocabulary) was
    /// given them; empty without.
    ///
    /// ```
    /// # use mentormatch::Cohort;
    /// assert!(Cohort::new([], [])?.vocabulary().is_empty());
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.0.vocabulary
    }

    /// What is legal, but probably not meant; sorted, each once.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Profile};
    /// let cohort = Cohort::new(["ana", "Ana"].map(|id| Profile::new(id).mentor(1)), [])?;
    /// assert_eq!(cohort.warnings()[0].to_string(), r#"id: looks the same for ["Ana", "ana"]"#);
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> &[CohortWarning] {
        &self.0.warnings
    }
}

impl fmt::Debug for Cohort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cohort")
            .field("mentors", &self.mentors().len())
            .field("mentees", &self.mentees().len())
            .finish_non_exhaustive()
    }
}
