//! An outcome in words.

use super::{OwnPair, OwnReason, OwnWarning, OwnWhyNot, Reader, Wording};
use crate::engine::{AskError, Outcome, RunWarning, WhatIfError};
use crate::ids::{ParticipantId, Role};
use crate::matching::Pair;
use crate::participant::Profile;
use crate::reasons::Unmatched;

/// An outcome with somebody who puts it into words.
#[derive(Clone, Copy)]
pub struct InWords<'a> {
    outcome: &'a Outcome,
    words: &'a dyn Wording,
}

impl Outcome {
    /// The outcome in words: reasons as sentences for a manager, a mentor or a mentee.
    ///
    /// ```
    /// use mentormatch::{Cohort, Engine, English, Profile, Programme, Reader, Role, SkillCoverage};
    ///
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// let mentees = ["boris", "chen"].map(|id| Profile::new(id).need("rust", 3).veto("ana").mentee());
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new([ana], mentees)?)?;
    ///
    /// let words = outcome.in_words(&English);
    /// let why = |reader| words.why_not("boris", "ana", reader);
    /// assert_eq!(why(Reader::Manager)?, "They may not be paired: a veto. They would score 100.0%.");
    /// assert_eq!(why(Reader::Participant(Role::Mentee))?, "You asked not to be matched with “ana”.");
    /// assert_eq!(why(Reader::Participant(Role::Mentor))?,
    ///     "“boris” is not your mentee in this round. All pairs are decided together, from everybody's answers \
    ///      and the programme's rules; what others answered is not disclosed.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn in_words<'a>(&'a self, words: &'a dyn Wording) -> InWords<'a> {
        InWords {
            outcome: self,
            words,
        }
    }
}

impl InWords<'_> {
    /// Why two people are a pair; to a participant, if they are one.
    ///
    /// # Errors
    /// As [`Outcome::why`].
    pub fn pair(&self, mentee: &str, mentor: &str, reader: Reader) -> Result<String, WhatIfError> {
        let Reader::Participant(role) = reader else {
            return Ok(self.words.why(&self.outcome.why(mentee, mentor)?));
        };
        if !self.are_partners(mentee, mentor) {
            return self.why_not(mentee, mentor, reader);
        }
        let sides = self.sides((mentee, mentor), role)?;
        let why = self.outcome.explain(mentee, mentor)?;
        let told = OwnPair::new(self.outcome.programme(), sides, &why);
        Ok(self.words.own_pair(role, &told))
    }

    /// Why two people are no pair.
    ///
    /// # Errors
    /// As [`Outcome::why_not`].
    pub fn why_not(
        &self,
        mentee: &str,
        mentor: &str,
        reader: Reader,
    ) -> Result<String, WhatIfError> {
        let Reader::Participant(role) = reader else {
            return Ok(self.words.why_not(&self.outcome.why_not(mentee, mentor)?));
        };
        let (own, partner) = self.sides((mentee, mentor), role)?;
        let told = OwnWhyNot::new((own, partner), self.are_partners(mentee, mentor));
        Ok(self.words.own_why_not(role, partner, told))
    }

    /// Why somebody has no partner. What a participant is told is told to the person it is about: of the reader only
    /// whether it is the manager counts, and the role is that of `one`.
    #[must_use]
    pub fn unmatched(&self, one: &Unmatched, reader: Reader) -> String {
        match reader {
            Reader::Manager => self.words.unmatched(one.role, &one.reason),
            Reader::Participant(_) => {
                let told = OwnReason::from(&one.reason);
                self.words.own_unmatched(one.role, told)
            }
        }
    }

    /// The same for a manager in full: what each rule removed, whom a mentee competes with, what she lacks. `None` if
    /// the person has a partner.
    ///
    /// # Errors
    /// As [`Outcome::why_unmatched`].
    pub fn why_unmatched(
        &self,
        role: Role,
        participant: &str,
    ) -> Result<Option<String>, WhatIfError> {
        let why = self.outcome.why_unmatched(role, participant)?;
        Ok(why.map(|why| self.words.why_unmatched(&why)))
    }

    /// What a manager should know about the run.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let warnings = self.outcome.warnings().iter();
        warnings.map(|own| self.words.warning(own)).collect()
    }

    /// What a participant should know about their own answers.
    #[must_use]
    pub fn own_warnings(&self, role: Role, participant: &str) -> Vec<String> {
        let reader = (role, &ParticipantId::from(participant));
        let told = |own: &RunWarning| OwnWarning::new(own, reader);
        let told = self.outcome.warnings().iter().filter_map(told);
        told.map(|own| self.words.own_warning(role, own)).collect()
    }

    /// The result at a glance, for a terminal.
    #[must_use]
    pub fn report(&self) -> String {
        self.words.report(&self.outcome.report())
    }

    fn are_partners(&self, mentee: &str, mentor: &str) -> bool {
        let pairs = &self.outcome.matching().pairs;
        let order = |own: &Pair| (own.mentee.as_str(), own.mentor.as_str()).cmp(&(mentee, mentor));
        pairs.binary_search_by(order).is_ok()
    }

    /// The reader's profile, and the other one's id.
    fn sides(
        &self,
        (mentee, mentor): (&str, &str),
        reader: Role,
    ) -> Result<(&Profile, &ParticipantId), AskError> {
        let cohort = self.outcome.cohort();
        let unknown = |role, id: &str| AskError::Unknown {
            role,
            id: id.into(),
        };
        let mentee = cohort
            .mentee_idx(mentee)
            .ok_or_else(|| unknown(Role::Mentee, mentee))?;
        let mentor = cohort
            .mentor_idx(mentor)
            .ok_or_else(|| unknown(Role::Mentor, mentor))?;
        let (mentee, mentor) = (
            &cohort.mentees()[mentee].profile,
            &cohort.mentors()[mentor].profile,
        );
        Ok(match reader {
            Role::Mentee => (mentee, &mentor.id),
            Role::Mentor => (mentor, &mentee.id),
        })
    }
}
