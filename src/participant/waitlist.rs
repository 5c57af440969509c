//! Who waits for a partner, from one matching to the next, and what waiting is worth.

use std::fmt;

use super::checks::LAST_TIER;
use super::cohort::Cohort;
use super::draft::CohortDraft;
use super::profile::Profile;
use super::unmatched_kind::UnmatchedKind;
use crate::date::CalendarDate;
use crate::error::CarryOverError;
use crate::ids::{ParticipantId, Role};

/// Who waits for a partner, since when, for how many matchings, and why. The host keeps it between
/// matchings; [`Outcome::waitlist`](crate::Outcome::waitlist) gives the next one.
///
/// ```
/// use mentormatch::{CalendarDate, Cohort, Engine, Profile, Programme, SkillCoverage, UnmatchedKind, Waitlist};
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
/// let mentees = [("boris", 3), ("chen", 9)].map(|(id, level)| Profile::new(id).need("rust", level).mentee());
/// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
/// let outcome = Engine::new(programme).run(&Cohort::new([ana], mentees)?)?;
///
/// let spring = outcome.waitlist(&Waitlist::default(), CalendarDate::new(2026, 3, 1)?);
/// let autumn = outcome.waitlist(&spring, CalendarDate::new(2026, 9, 1)?);
/// let waits = &autumn.waiting[0];
/// assert_eq!((waits.participant.as_str(), waits.cycles), ("chen", 2));
/// assert_eq!(waits.since.to_string(), "2026-03-01");
/// assert_eq!(waits.why, UnmatchedKind::AllTaken);
/// assert_eq!(
///     waits.to_string(),
///     "The mentee “chen” has been waiting since 1 March 2026, for 2 matchings in a row. \
///      The last time: all allowed partners are taken."
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// It names nobody but those who wait, so that a file kept for years tells nothing of whom they could have had.
///
/// With the feature `serde`, in a file of `format_version` 2; unknown keys are refused, and no error
/// quotes a value. Of files of version 1, which gave the reason as a sentence, the kind of reason is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Waitlist {
    /// Mentors, then mentees, in the order of ids.
    pub waiting: Vec<Waiting>,
}

/// Somebody who waits, for the manager: [`Wording::own_waiting`](crate::Wording::own_waiting) tells the person. `Debug`
/// shows nothing of the person, `Display` is the manager's English.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Waiting {
    /// Whether the person waits for mentees or for a mentor.
    pub role: Role,
    /// Who.
    pub participant: ParticipantId,
    /// The day of the first matching that left the person without a partner.
    pub since: CalendarDate,
    /// How many matchings in a row have.
    pub cycles: u32,
    /// The priority that the person stated at the first of them; waiting raises it from there.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub stated: Option<u8>,
    /// Why the last one did.
    pub why: UnmatchedKind,
}

/// How waiting raises people's [priority](Profile::priority): so many tiers with each matching that left
/// them without a partner, up to a highest tier. Obeyed by the objectives
/// [`PriorityTiers`](crate::Objective::PriorityTiers) and [`MentorTiers`](crate::Objective::MentorTiers).
///
/// ```
/// use mentormatch::{CalendarDate, CarryOver, Cohort, Engine, Profile, Programme, SkillCoverage, Waitlist};
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
/// let mentees = [("boris", 3), ("chen", 9)].map(|(id, level)| Profile::new(id).need("rust", level).mentee());
/// let cohort = Cohort::new([ana], mentees)?;
/// # let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
/// let outcome = Engine::new(programme).run(&cohort)?;
/// let waitlist = outcome.waitlist(&Waitlist::default(), CalendarDate::new(2026, 3, 1)?);
///
/// let rule = CarryOver { start: 4, tiers_a_cycle: 1, highest: 1 };
/// let next = rule.apply(&cohort, &waitlist)?;
/// let chen = next.mentee_idx("chen").expect("chen still waits");
/// assert_eq!(next.mentees()[chen].profile.priority, Some(3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct CarryOver {
    /// The tier from which people rise who state no priority, 1 to 20.
    pub start: u8,
    /// Tiers risen with each matching that left the person without a partner.
    pub tiers_a_cycle: u8,
    /// The highest tier that waiting leads to, 1 to 20; 1 comes first. Whoever states a higher one
    /// keeps it.
    pub highest: u8,
}

/// From tier 5, one tier a matching, up to tier 1.
impl Default for CarryOver {
    fn default() -> Self {
        Self {
            start: 5,
            tiers_a_cycle: 1,
            highest: 1,
        }
    }
}

impl Waitlist {
    /// What is known about somebody's waiting.
    #[must_use]
    pub fn of(&self, role: Role, id: &str) -> Option<&Waiting> {
        let mut all = self.waiting.iter();
        all.find(|own| own.role == role && own.participant.as_str() == id)
    }

    /// Mentors whom more matchings in a row than these have left without a mentee, in the order of ids.
    ///
    /// ```
    /// # use mentormatch::Waitlist;
    /// assert_eq!(Waitlist::default().idle_mentors(1).count(), 0);
    /// ```
    pub fn idle_mentors(&self, cycles: u32) -> impl Iterator<Item = &Waiting> {
        let mentors = self.waiting.iter().filter(|own| own.role == Role::Mentor);
        mentors.filter(move |own| own.cycles > cycles)
    }
}

impl CarryOver {
    /// The tier of somebody who states this one, or none, and has waited for so many matchings.
    ///
    /// ```
    /// # use mentormatch::CarryOver;
    /// let rule = CarryOver::default();
    /// assert_eq!([0, 1, 9].map(|cycles| rule.tier(None, cycles)), [5, 4, 1]);
    /// assert_eq!(rule.tier(Some(12), 2), 10);
    /// ```
    #[must_use]
    pub fn tier(&self, stated: Option<u8>, cycles: u32) -> u8 {
        let start = stated.unwrap_or(self.start);
        let risen = cycles.saturating_mul(self.tiers_a_cycle.into());
        let risen = u8::try_from(risen).unwrap_or(u8::MAX);
        start.saturating_sub(risen).max(self.highest.min(start))
    }

    /// The same people with their priority raised who wait, from the one they
    /// [stated](Waiting::stated) when they began to; nobody's is lowered. Everybody else is as before.
    ///
    /// It does not matter whether the host keeps the cohort that this gives for the next matching or the one
    /// that people stated: applied again, it changes nothing. In a cohort that is kept, whoever has got a
    /// partner keeps the tier she waited for until the host states another.
    ///
    /// # Errors
    /// A tier outside 1 to 20: by name where the rule states it, with the person where she did.
    pub fn apply(&self, cohort: &Cohort, waitlist: &Waitlist) -> Result<Cohort, CarryOverError> {
        for (option, tier) in [("start", self.start), ("highest", self.highest)] {
            if !(1..=LAST_TIER).contains(&tier) {
                return Err(CarryOverError::NoTier { option, tier });
            }
        }
        let mut draft = CohortDraft::of(cohort);
        for own in &waitlist.waiting {
            let raise = |profile: &mut Profile| {
                let risen = self.tier(own.stated, own.cycles);
                profile.priority = Some(profile.priority.map_or(risen, |tier| tier.min(risen)));
            };
            match own.role {
                Role::Mentor => {
                    if let Some(mut mentor) = draft.mentor(&own.participant).cloned() {
                        raise(&mut mentor.profile);
                        draft.put_mentor(mentor);
                    }
                }
                Role::Mentee => {
                    if let Some(mut mentee) = draft.mentee(&own.participant).cloned() {
                        raise(&mut mentee.profile);
                        draft.put_mentee(mentee);
                    }
                }
            }
        }
        Ok(draft.build()?.cohort)
    }
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiting")
            .field("role", &self.role)
            .field("since", &self.since)
            .field("cycles", &self.cycles)
            .finish_non_exhaustive()
    }
}
