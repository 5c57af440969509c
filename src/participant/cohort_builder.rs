//! Gathering a roster before it is checked.

use super::between::{Between, PastPair};
use super::cohort::Cohort;
use super::entry::entries;
use super::reporting_lines::ReportingLines;
use super::roles::{Mentee, Mentor};
use super::vocabulary::Vocabulary;
use super::{agreement, checks, lookalikes, warnings};
use crate::error::CohortError;
use crate::ids::{ParticipantId, Role};

/// Gathers people and what is known beyond them, then checks everything at once.
///
/// ```
/// use mentormatch::{Cohort, Profile};
///
/// let cohort = Cohort::builder()
///     .mentors([Profile::new("ana").manager("boss").mentor(2)])
///     .mentees([Profile::new("boris").mentee()])
///     .reporting_line("boss", "chief") // neither of them takes part
///     .refuse_lookalikes()
///     .build()?;
/// assert_eq!(cohort.mentors().len(), 1);
/// # Ok::<(), mentormatch::CohortError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct CohortBuilder {
    mentors: Vec<Mentor>,
    mentees: Vec<Mentee>,
    /// Person and manager.
    reporting_lines: Vec<(ParticipantId, ParticipantId)>,
    between: Between,
    refuse_lookalikes: bool,
    vocabulary: Vocabulary,
}

impl Cohort {
    /// Checks the people and gives them dense indices.
    ///
    /// # Errors
    /// Every problem found, not only the first.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Profile};
    /// let cohort = Cohort::new([Profile::new("ana").mentor(2)], [Profile::new("boris").mentee()])?;
    /// assert!(cohort.warnings().is_empty());
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    pub fn new(
        mentors: impl IntoIterator<Item = Mentor>,
        mentees: impl IntoIterator<Item = Mentee>,
    ) -> Result<Self, CohortError> {
        Self::builder().mentors(mentors).mentees(mentees).build()
    }

    /// A cohort that more is to be said about than who takes part.
    ///
    /// ```
    /// # use mentormatch::Cohort;
    /// let cohort = Cohort::builder().reporting_line("boss", "chief").build()?;
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    pub fn builder() -> CohortBuilder {
        CohortBuilder::default()
    }
}

impl CohortBuilder {
    /// More mentors.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Profile};
    /// let cohort = Cohort::builder().mentors([Profile::new("ana").mentor(2)]).build()?;
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    pub fn mentors(mut self, mentors: impl IntoIterator<Item = Mentor>) -> Self {
        self.mentors.extend(mentors);
        self
    }

    /// More mentees.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Profile};
    /// let cohort = Cohort::builder().mentees([Profile::new("boris").mentee()]).build()?;
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    pub fn mentees(mut self, mentees: impl IntoIterator<Item = Mentee>) -> Self {
        self.mentees.extend(mentees);
        self
    }

    /// Says whom somebody reports to who does not take part, so that chains of managers do not
    /// break there. For participants the profile says it; saying it again does no harm.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Profile};
    /// let ana = Profile::new("ana").manager("boss").mentor(2);
    /// let cohort = Cohort::builder().mentors([ana]).reporting_line("boss", "chief").build()?;
    /// assert_eq!(cohort.managers_above(&"ana".into()).count(), 2);
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    pub fn reporting_line(
        mut self,
        person: impl Into<ParticipantId>,
        manager: impl Into<ParticipantId>,
    ) -> Self {
        self.reporting_lines.push((person.into(), manager.into()));
        self
    }

    /// Two people who must not be paired, in whichever roles: what the host's HR knows and no
    /// profile says. It holds in every programme, under the name `conflict`.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Profile};
    /// let ana = Profile::new("ana").mentor(2);
    /// let boris = Profile::new("boris").mentee();
    /// let cohort = Cohort::builder().mentors([ana]).mentees([boris]).conflict("boris", "ana");
    /// assert_eq!(cohort.build()?.conflicts(), [("ana".into(), "boris".into())]);
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    pub fn conflict(
        mut self,
        one: impl Into<ParticipantId>,
        other: impl Into<ParticipantId>,
    ) -> Self {
        self.between.conflicts.push((one.into(), other.into()));
        self
    }

    /// Two people who have been a pair before, or still are; what that means is up to the
    /// programme's rule [`PastPairs`](crate::PastPairs).
    ///
    /// ```
    /// # use mentormatch::{CalendarDate, Cohort, PastPair};
    /// let spring = PastPair::new("boris", "ana").ended(CalendarDate::new(2025, 6, 30)?);
    /// let cohort = Cohort::builder().past_pair(spring.clone()).build()?;
    /// assert_eq!(cohort.past_pairs(), [spring]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn past_pair(mut self, pair: PastPair) -> Self {
        self.between.past_pairs.push(pair);
        self
    }

    /// The host's words: what skills, topics and roles are read through. A vocabulary given later
    /// replaces an earlier one.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Vocabulary};
    /// let vocabulary = Vocabulary::builder().alias("rust", "rustlang").build()?;
    /// let cohort = Cohort::builder().vocabulary(vocabulary.clone()).build()?;
    /// assert_eq!(*cohort.vocabulary(), vocabulary);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn vocabulary(mut self, vocabulary: Vocabulary) -> Self {
        self.vocabulary = vocabulary;
        self
    }

    /// Makes people who look like one person listed twice a problem instead of a warning.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Profile};
    /// let people = Cohort::builder().mentors(["ana", "Ana"].map(|id| Profile::new(id).mentor(1)));
    /// assert!(people.clone().build().is_ok());
    /// assert!(people.refuse_lookalikes().build().is_err());
    /// ```
    pub fn refuse_lookalikes(mut self) -> Self {
        self.refuse_lookalikes = true;
        self
    }

    /// Checks the people and gives them dense indices.
    ///
    /// # Errors
    /// Every problem found, not only the first.
    ///
    /// ```
    /// # use mentormatch::Cohort;
    /// let empty = Cohort::builder().build()?;
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    pub fn build(self) -> Result<Cohort, CohortError> {
        let entries = entries(&self.mentors, &self.mentees);
        let (lines, line_problems) = ReportingLines::collect(&entries, &self.reporting_lines);
        let alike = lookalikes::groups(&entries);

        let mut problems = checks::problems(&entries);
        problems.extend(checks::too_many(Role::Mentor, self.mentors.len()));
        problems.extend(checks::too_many(Role::Mentee, self.mentees.len()));
        problems.extend(agreement::problems(&entries));
        problems.extend(line_problems);
        if self.refuse_lookalikes {
            problems.extend(alike.iter().map(lookalikes::LookAlikes::problem));
        }
        if !problems.is_empty() {
            return Err(CohortError::new(problems));
        }
        let between = self.between.sorted();
        let known = (&between, &self.vocabulary);
        let warnings = warnings::collect(&entries, &alike, known);
        Ok(Cohort::from_checked(
            (self.mentors, self.mentees),
            lines,
            between,
            warnings,
            self.vocabulary,
        ))
    }
}
