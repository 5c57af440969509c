//! What a programme manager has decided about pairs before a run.

use std::fmt;

use crate::ids::ParticipantId;

/// What a programme manager has decided for one run, given to it by
/// [`RunOptions::decisions`](crate::RunOptions::decisions). The state stays with the host: a run keeps
/// nothing of it but its outcome.
///
/// - A *lock* makes a pair. It uses a place of both, counts towards everybody's minimum, maximum and
///   quotas, and is part of the matching; the rest is optimised around it. A lock against a rule,
///   a veto, a conflict, a maximum or another decision is an error that says all that stands against
///   it. To match only the remainder, [lock all](Self::lock_all) that is settled:
///   [`Matching::unlocked`](crate::Matching::unlocked) has the rest.
/// - A *veto* forbids a pair, as a rule does.
/// - An *override* allows one pair despite one required rule of the programme, with a reason in words.
///   It never makes the pair (a lock does), and lifts nothing that holds in every programme: what
///   participants have ruled out themselves, conflicts, people who take no part.
/// - A run of *only* some people leaves the others out, as though they were paused. Scores are those of
///   the whole cohort.
///
/// ```
/// use mentormatch::{Cohort, Decisions, Engine, Profile, Programme, RunOptions, SkillCoverage};
///
/// let mentors = ["ana", "eve"].map(|id| Profile::new(id).offer("rust", 4).mentor(1));
/// let mentees = ["boris", "chen"].map(|id| Profile::new(id).need("rust", 3).mentee());
/// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
///
/// let decisions = Decisions::new().lock("boris", "eve");
/// let options = RunOptions::default().decisions(decisions);
/// let outcome = Engine::new(programme).run_with(&Cohort::new(mentors, mentees)?, &options)?;
/// let pair = &outcome.matching().pairs[0];
/// assert_eq!((pair.mentee.as_str(), pair.mentor.as_str(), pair.locked), ("boris", "eve", true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// With the feature `serde`, in a file; unknown keys are refused, and no error shows a value:
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use mentormatch::Decisions;
///
/// let decisions: Decisions = toml::from_str(r#"
///     locks = [{ mentee = "boris", mentor = "eve" }]
///     vetoes = [{ mentee = "chen", mentor = "ana" }]
///
///     [[overrides]]
///     mentee = "dora"
///     mentor = "ana"
///     rule = "same_value:department"
///     reason = "agreed with both departments"
/// "#)?;
/// assert_eq!(decisions.overrides[0].rule, "same_value:department");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// `Debug` says how many decisions there are, and nothing of them.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Decisions {
    /// Pairs that are made. One that is listed twice is one.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub locks: Vec<DecidedPair>,
    /// Pairs that are not made.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub vetoes: Vec<DecidedPair>,
    /// Pairs that are allowed despite a rule.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub overrides: Vec<Override>,
    /// The mentees who take part in the run; `None` for all.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub only_mentees: Option<Vec<ParticipantId>>,
    /// The mentors who take part in the run; `None` for all.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub only_mentors: Option<Vec<ParticipantId>>,
}

/// A mentee and a mentor about whom something is decided. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct DecidedPair {
    /// The mentee.
    pub mentee: ParticipantId,
    /// The mentor.
    pub mentor: ParticipantId,
}

/// A rule that is not to hold for one pair, and why. `Debug` shows nothing of it.
///
/// ```
/// use mentormatch::Override;
///
/// let agreed = Override::new("boris", "ana", "same_value:department", "agreed with both departments");
/// assert_eq!(format!("{agreed:?}"), "Override { .. }");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Override {
    /// The mentee.
    pub mentee: ParticipantId,
    /// The mentor.
    pub mentor: ParticipantId,
    /// The programme's name for the rule, or for the criterion that forbids missing answers or is a must.
    pub rule: String,
    /// Why, in words; not blank. Kept with the outcome, and in no error.
    pub reason: String,
}

impl Decisions {
    /// Nothing decided.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is decided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// One more pair that is made.
    #[must_use]
    pub fn lock(
        mut self,
        mentee: impl Into<ParticipantId>,
        mentor: impl Into<ParticipantId>,
    ) -> Self {
        self.locks.push(DecidedPair::new(mentee, mentor));
        self
    }

    /// More pairs that are made, each a mentee and a mentor: what is settled, so that a run is about the remainder.
    ///
    /// ```
    /// use mentormatch::{Cohort, Decisions, Engine, Profile, Programme, RunOptions, SkillCoverage};
    ///
    /// let mentors = ["ana", "eve"].map(|id| Profile::new(id).offer("rust", 4).mentor(1));
    /// let mentees = ["boris", "chen"].map(|id| Profile::new(id).need("rust", 3).mentee());
    /// let engine = Engine::new(Programme::builder().weigh(1, SkillCoverage::default()).build()?);
    /// let settled = Decisions::new().lock_all([("boris", "eve")]);
    /// let options = RunOptions::default().decisions(settled);
    /// let outcome = engine.run_with(&Cohort::new(mentors, mentees)?, &options)?;
    /// let rest: Vec<_> = outcome.matching().unlocked().map(|pair| pair.mentee.as_str()).collect();
    /// assert_eq!(rest, ["chen"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn lock_all<E: Into<ParticipantId>, R: Into<ParticipantId>>(
        self,
        pairs: impl IntoIterator<Item = (E, R)>,
    ) -> Self {
        let pairs = pairs.into_iter();
        pairs.fold(self, |own, (mentee, mentor)| own.lock(mentee, mentor))
    }

    /// One more pair that is not made.
    ///
    /// ```
    /// # use mentormatch::Decisions;
    /// assert_eq!(Decisions::new().veto("boris", "ana").vetoes[0].mentor.as_str(), "ana");
    /// ```
    #[must_use]
    pub fn veto(
        mut self,
        mentee: impl Into<ParticipantId>,
        mentor: impl Into<ParticipantId>,
    ) -> Self {
        self.vetoes.push(DecidedPair::new(mentee, mentor));
        self
    }

    /// One more rule that is not to hold for one pair.
    ///
    /// ```
    /// use mentormatch::{Cohort, Decisions, Engine, Field, Override, Profile, Programme, RunOptions};
    /// use mentormatch::{Same, SameValue};
    ///
    /// let mentor = Profile::new("ana").department("Sales").mentor(1);
    /// let mentee = Profile::new("boris").department("Sales").mentee();
    /// let programme = Programme::builder()
    ///     .weigh(1, Same::new(Field::Site))
    ///     .forbid(SameValue::new(Field::Department))
    ///     .build()?;
    ///
    /// let agreed = Override::new("boris", "ana", "same_value:department", "both heads agree");
    /// let options = RunOptions::default().decisions(Decisions::new().allow(agreed));
    /// let outcome = Engine::new(programme).run_with(&Cohort::new([mentor], [mentee])?, &options)?;
    /// assert_eq!(outcome.matching().pairs[0].lifted[0].to_string(), "same_value:department");
    /// let used = &outcome.overrides()[0];
    /// assert_eq!((used.lifted, used.matched, used.reason()), (true, true, "both heads agree"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn allow(mut self, despite: Override) -> Self {
        self.overrides.push(despite);
        self
    }

    /// Leaves all other mentees out of the run.
    ///
    /// ```
    /// # use mentormatch::Decisions;
    /// let decisions = Decisions::new().only_mentees(["boris", "chen"]);
    /// assert_eq!(decisions.only_mentees.map(|ids| ids.len()), Some(2));
    /// ```
    #[must_use]
    pub fn only_mentees<I: Into<ParticipantId>>(
        mut self,
        ids: impl IntoIterator<Item = I>,
    ) -> Self {
        self.only_mentees = Some(ids.into_iter().map(Into::into).collect());
        self
    }

    /// Leaves all other mentors out of the run.
    #[must_use]
    pub fn only_mentors<I: Into<ParticipantId>>(
        mut self,
        ids: impl IntoIterator<Item = I>,
    ) -> Self {
        self.only_mentors = Some(ids.into_iter().map(Into::into).collect());
        self
    }
}

impl DecidedPair {
    /// This mentee and this mentor.
    ///
    /// ```
    /// # use mentormatch::DecidedPair;
    /// assert_eq!(DecidedPair::new("boris", "ana").mentee.as_str(), "boris");
    /// ```
    #[must_use]
    pub fn new(mentee: impl Into<ParticipantId>, mentor: impl Into<ParticipantId>) -> Self {
        Self {
            mentee: mentee.into(),
            mentor: mentor.into(),
        }
    }
}

impl Override {
    /// The rule of this name is not to hold for this mentee and this mentor.
    #[must_use]
    pub fn new(
        mentee: impl Into<ParticipantId>,
        mentor: impl Into<ParticipantId>,
        rule: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            mentee: mentee.into(),
            mentor: mentor.into(),
            rule: rule.into(),
            reason: reason.into(),
        }
    }
}

impl fmt::Debug for Decisions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decisions")
            .field("locks", &self.locks.len())
            .field("vetoes", &self.vetoes.len())
            .field("overrides", &self.overrides.len())
            .field("only_mentees", &self.only_mentees.as_ref().map(Vec::len))
            .field("only_mentors", &self.only_mentors.as_ref().map(Vec::len))
            .finish()
    }
}

impl fmt::Debug for DecidedPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecidedPair").finish_non_exhaustive()
    }
}

impl fmt::Debug for Override {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Override").finish_non_exhaustive()
    }
}
