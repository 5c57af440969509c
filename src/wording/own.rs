//! What participants may be told: types without room for third people.
//!
//! A mentee may know who her mentor is and what of her own answers and the mentor's everyday ones speaks for
//! the pair. She may not learn whom others wished for or vetoed, how others ranked her, who else was possible
//! or how many, nor anything of the kind from the partner's side. So criteria about what people say of each
//! other, and about answers that nobody would put on a name badge, are left out; and so are all scores,
//! which such criteria are a part of.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::criteria::CriterionKind;
use crate::date::CalendarDate;
use crate::engine::RunWarning;
use crate::ids::{ParticipantId, Role};
use crate::participant::{CohortWarning, Field, Profile, UnmatchedKind, Waiting};
use crate::programme::Programme;
use crate::reasons::UnmatchedReason;
use crate::score::Score;
use crate::scoring::Breakdown;

/// What a participant is told of a partner of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnPair {
    /// The partner.
    pub partner: ParticipantId,
    /// The rank that the participant gave this partner among their own wishes.
    pub own_wish: Option<u32>,
    /// Criteria by which the two fit well, by the programme's names, what gives the most first. None about
    /// what people say of each other or about sensitive answers.
    pub strengths: Vec<Arc<str>>,
}

/// Why a participant has no partner, as far as they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OwnReason {
    /// Their status is paused or gone.
    NotTakingPart,
    /// They asked for nobody.
    WantsNobody,
    /// There is nobody in the other role.
    NobodyThere,
    /// Nobody was found. Rules, vetoes of whichever side, places that others got and a search that was stopped
    /// all look the same, so that no answer of anybody else can be told from it.
    NobodyFound,
}

/// Since when a participant waits for a partner, and why, as far as they are told.
///
/// ```
/// use mentormatch::{CalendarDate, English, OwnReason, OwnWaiting, Role, Wording};
/// # use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage, Waitlist};
/// # let ana = Profile::new("ana").offer("rust", 4).mentor(1);
/// # let mentees = [("boris", 3), ("chen", 9)].map(|(id, level)| Profile::new(id).need("rust", level).mentee());
/// # let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
/// # let outcome = Engine::new(programme).run(&Cohort::new([ana], mentees)?)?;
/// let waitlist = outcome.waitlist(&Waitlist::default(), CalendarDate::new(2026, 3, 1)?);
/// let own = OwnWaiting::from(&waitlist.waiting[0]);
/// assert_eq!(own.why, OwnReason::NobodyFound);
/// let text = English.own_waiting(Role::Mentee, own);
/// assert!(text.starts_with("You have been waiting for a mentor since 1 March 2026, for 1 round. In this round no mentor"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OwnWaiting {
    /// The day of the first matching that left them without a partner.
    pub since: CalendarDate,
    /// How many matchings in a row have.
    pub cycles: u32,
    /// Why the last one did.
    pub why: OwnReason,
}

/// Why somebody is not a participant's partner, as far as the participant is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OwnWhyNot {
    /// They are partners.
    Partners,
    /// The participant asked not to be matched with them.
    OwnVeto,
    /// Whatever else it is concerns others too. Rules, scores and vetoes of the other side look the same.
    NotTold,
}

/// What a participant should know about their own answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OwnWarning {
    /// The hours a month do not hold the meetings they expect with a single partner.
    TooFewHours,
    /// They wish for somebody whom they also vetoed; the veto stands.
    WishedAndVetoed,
    /// They have fewer partners than they said they need.
    BelowMinimum {
        /// Partners found.
        partners: u32,
        /// The stated minimum.
        minimum: u32,
    },
}

/// From this answer on a criterion speaks for a pair.
const GOOD: Score = Score::from_ppm_saturating(500_000);

/// As many strengths as a reader remembers.
const MOST: usize = 3;

impl OwnPair {
    pub(super) fn new(
        programme: &Programme,
        (reader, partner): (&Profile, &ParticipantId),
        why: &Breakdown,
    ) -> Self {
        let told = programme.criteria().iter().zip(&why.parts);
        let told = told.filter(|(own, part)| {
            is_told(&own.criterion) && part.answer >= Some(GOOD) && part.contribution > 0
        });
        let mut parts: Vec<_> = told.map(|(_, part)| part).collect();
        parts.sort_by_key(|part| Reverse(part.contribution)); // else as in the programme
        let wish = reader.wishes.iter().filter(|wish| wish.partner == *partner);
        Self {
            partner: partner.clone(),
            own_wish: wish.map(|wish| wish.rank).min(),
            strengths: (parts.iter().take(MOST))
                .map(|part| Arc::clone(&part.criterion))
                .collect(),
        }
    }
}

/// Whether a participant may be told that a pair fits by this criterion. A host's own is told if it says
/// what it reads.
fn is_told(criterion: &CriterionKind) -> bool {
    let about_people = matches!(
        criterion,
        CriterionKind::WishRank(_) | CriterionKind::Ratings(_) | CriterionKind::WantedAttributes(_)
    );
    let fields = criterion.fields();
    !about_people && !fields.is_empty() && fields.iter().all(|(_, field)| is_everyday(field))
}

/// Answers that colleagues know of each other anyway, or that a pair talks about first.
fn is_everyday(field: &Field) -> bool {
    !matches!(
        field,
        Field::AccessibilityNeeds
            | Field::AccessibilityOffered
            | Field::ExcludedTopics
            | Field::Motivation
            | Field::Readiness
            | Field::Voluntary
            | Field::Attribute(_)
    )
}

impl From<&UnmatchedReason> for OwnReason {
    /// ```
    /// # use mentormatch::{OwnReason, UnmatchedReason};
    /// let crowded = UnmatchedReason::PartnersHaveNoPlaces { allowed: 3 };
    /// assert_eq!(OwnReason::from(&crowded), OwnReason::NobodyFound);
    /// ```
    fn from(reason: &UnmatchedReason) -> Self {
        UnmatchedKind::from(reason).into()
    }
}

impl From<UnmatchedKind> for OwnReason {
    /// ```
    /// # use mentormatch::{OwnReason, UnmatchedKind};
    /// assert_eq!(OwnReason::from(UnmatchedKind::AllTaken), OwnReason::NobodyFound);
    /// ```
    fn from(kind: UnmatchedKind) -> Self {
        match kind {
            UnmatchedKind::NotTakingPart => Self::NotTakingPart,
            UnmatchedKind::NoPlaces => Self::WantsNobody,
            UnmatchedKind::NobodyThere => Self::NobodyThere,
            UnmatchedKind::NoAllowedPartner
            | UnmatchedKind::PartnersHaveNoPlaces
            | UnmatchedKind::QuotaUsedUp
            | UnmatchedKind::AllTaken
            | UnmatchedKind::AllPreferOthers
            | UnmatchedKind::NothingToGain
            | UnmatchedKind::SearchStopped => Self::NobodyFound,
        }
    }
}

impl From<&Waiting> for OwnWaiting {
    fn from(own: &Waiting) -> Self {
        Self {
            since: own.since,
            cycles: own.cycles,
            why: own.why.into(),
        }
    }
}

impl OwnWhyNot {
    /// What the participant is told of somebody, given whether they are partners. Nothing else is looked at but the
    /// participant's own vetoes.
    pub(super) fn new((reader, partner): (&Profile, &ParticipantId), are_partners: bool) -> Self {
        match are_partners {
            true => Self::Partners,
            false if reader.vetoes.contains(partner) => Self::OwnVeto,
            false => Self::NotTold,
        }
    }
}

impl OwnWarning {
    /// What of a warning the participant is told, if it is about them.
    pub(super) fn new(warning: &RunWarning, reader: (Role, &ParticipantId)) -> Option<Self> {
        let (about, own) = match warning {
            RunWarning::BelowMinimum {
                role,
                participant,
                partners,
                minimum,
            } => {
                let (partners, minimum) = (*partners, *minimum);
                let own = Self::BelowMinimum { partners, minimum };
                ((*role, participant), own)
            }
            RunWarning::Cohort(CohortWarning::TooFewHours { role, participant }) => {
                ((*role, participant), Self::TooFewHours)
            }
            RunWarning::Cohort(CohortWarning::WishedAndVetoed {
                role, participant, ..
            }) => ((*role, participant), Self::WishedAndVetoed),
            _ => return None,
        };
        (about == reader).then_some(own)
    }
}
