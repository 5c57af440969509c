//! What became of people's wishes.

use std::collections::BTreeMap;
use std::fmt;

use super::Evidence;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::participant::Profile;
use crate::scoring::ScoringError;

/// What became of people's wishes, by role and rank.
///
/// People who take part count, and wishes that name somebody in the other role; the cohort warns of
/// the others. A wish never beats a rule: a pair that a rule forbids is not made, whatever the
/// wishes and their weight.
///
/// ```
/// use mentormatch::{Cohort, Engine, Profile, Programme, WishRank};
///
/// let mentors = ["ana", "eve"].map(|id| Profile::new(id).mentor(1));
/// let boris = Profile::new("boris").wish("eve", 1).wish("ana", 2).mentee();
/// let chen = Profile::new("chen").wish("eve", 1).veto("eve").mentee();
/// let programme = Programme::builder().weigh(1, WishRank::of_mentees()).build()?;
/// let outcome = Engine::new(programme).run(&Cohort::new(mentors, [boris, chen])?)?;
///
/// let wishes = &outcome.wishes().mentees;
/// let first = wishes.by_rank[&1];
/// assert_eq!((first.people, first.granted, first.forbidden), (2, 1, 1));
/// assert_eq!(wishes.by_rank[&2].granted, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct GrantedWishes {
    /// The mentees' wishes.
    pub mentees: RoleWishes,
    /// The mentors' wishes.
    pub mentors: RoleWishes,
}

/// What became of the wishes of one role's people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct RoleWishes {
    /// Ranked wishes: 1 for the first ones, and so on.
    pub by_rank: BTreeMap<u32, WishCount>,
    /// Favourites, which have no rank.
    pub favourites: WishCount,
}

/// What became of wishes of one kind. Somebody with several of them counts once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct WishCount {
    /// People with a wish of this kind.
    pub people: u32,
    /// Those who have a partner they wished for.
    pub granted: u32,
    /// Those who could have none of them: rules forbid them all.
    pub forbidden: u32,
}

/// What became of one wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum WishFate {
    /// They are a pair.
    Granted,
    /// The pair is not allowed.
    Forbidden,
    /// The pair is allowed, and was not made.
    NotGranted,
}

/// One person's wish for one partner, and what became of it.
///
/// `Debug` shows nothing of whom it names: who wants whom is a personal answer.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct StatedWish {
    /// In which role the person wished.
    pub role: Role,
    /// Whom the person wished for.
    pub partner: ParticipantId,
    /// The rank, 1 for a first wish; `None` for a favourite.
    pub rank: Option<u32>,
    /// What became of it.
    pub fate: WishFate,
}

impl fmt::Debug for StatedWish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatedWish")
            .field("role", &self.role)
            .field("fate", &self.fate)
            .finish_non_exhaustive()
    }
}

/// Counts everybody's wishes.
pub(crate) fn granted_wishes(evidence: &Evidence<'_>) -> Result<GrantedWishes, ScoringError> {
    let cohort = evidence.cohort;
    let mut wishes = GrantedWishes::default();
    for mentee in MenteeIdx::all(cohort.mentees().len()) {
        let fate = |id: &ParticipantId| {
            let mentor = cohort.mentor_idx(id.as_str());
            mentor
                .map(|mentor| evidence.fate(mentee, mentor))
                .transpose()
        };
        (wishes.mentees).add(&cohort.mentees()[mentee].profile, fate)?;
    }
    for mentor in MentorIdx::all(cohort.mentors().len()) {
        let fate = |id: &ParticipantId| {
            let mentee = cohort.mentee_idx(id.as_str());
            mentee
                .map(|mentee| evidence.fate(mentee, mentor))
                .transpose()
        };
        (wishes.mentors).add(&cohort.mentors()[mentor].profile, fate)?;
    }
    Ok(wishes)
}

impl Evidence<'_> {
    /// A mentee's wishes for mentors who are there, the first ones first and favourites last.
    pub(super) fn wishes_of_mentee(
        &self,
        mentee: MenteeIdx,
    ) -> Result<Vec<StatedWish>, ScoringError> {
        let fate = |id: &ParticipantId| {
            let mentor = self.cohort.mentor_idx(id.as_str());
            mentor.map(|mentor| self.fate(mentee, mentor)).transpose()
        };
        stated(Role::Mentee, &self.cohort.mentees()[mentee].profile, fate)
    }

    /// The same of a mentor.
    pub(super) fn wishes_of_mentor(
        &self,
        mentor: MentorIdx,
    ) -> Result<Vec<StatedWish>, ScoringError> {
        let fate = |id: &ParticipantId| {
            let mentee = self.cohort.mentee_idx(id.as_str());
            mentee.map(|mentee| self.fate(mentee, mentor)).transpose()
        };
        stated(Role::Mentor, &self.cohort.mentors()[mentor].profile, fate)
    }

    fn fate(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<WishFate, ScoringError> {
        if self.assignment.mentors_of(mentee).contains(&mentor) {
            return Ok(WishFate::Granted);
        }
        let score = self.candidates.score(mentee, mentor)?;
        Ok(match score {
            None => WishFate::Forbidden,
            Some(_) => WishFate::NotGranted,
        })
    }
}

/// A person's wishes for those who have a fate, in order.
fn stated(
    role: Role,
    person: &Profile,
    fate: impl Fn(&ParticipantId) -> Result<Option<WishFate>, ScoringError>,
) -> Result<Vec<StatedWish>, ScoringError> {
    let mut wishes = Vec::new();
    for (rank, partner) in ranked_and_favourites(person) {
        if let Some(fate) = fate(partner)? {
            let partner = partner.clone();
            wishes.push(StatedWish {
                role,
                partner,
                rank,
                fate,
            });
        }
    }
    wishes.sort_by(|a, b| {
        (a.rank.is_none(), a.rank, &a.partner).cmp(&(b.rank.is_none(), b.rank, &b.partner))
    });
    Ok(wishes)
}

/// A person's wishes with their ranks, and favourites without.
fn ranked_and_favourites(person: &Profile) -> impl Iterator<Item = (Option<u32>, &ParticipantId)> {
    let ranked = (person.wishes.iter()).map(|wish| (Some(wish.rank), &wish.partner));
    let favourites = person.favourites.iter().map(|partner| (None, partner));
    ranked.chain(favourites)
}

impl RoleWishes {
    /// Whether nobody wished for anybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_rank.is_empty() && self.favourites.people == 0
    }

    fn add(
        &mut self,
        person: &Profile,
        fate: impl Fn(&ParticipantId) -> Result<Option<WishFate>, ScoringError>,
    ) -> Result<(), ScoringError> {
        if !person.status.is_active() {
            return Ok(());
        }
        let mut fates: BTreeMap<Option<u32>, Vec<WishFate>> = BTreeMap::new();
        for (rank, partner) in ranked_and_favourites(person) {
            if let Some(fate) = fate(partner)? {
                fates.entry(rank).or_default().push(fate);
            }
        }
        for (rank, fates) in fates {
            match rank {
                Some(rank) => self.by_rank.entry(rank).or_default().add(&fates),
                None => self.favourites.add(&fates),
            }
        }
        Ok(())
    }
}

impl WishCount {
    fn add(&mut self, fates: &[WishFate]) {
        self.people += 1;
        self.granted += u32::from(fates.contains(&WishFate::Granted));
        self.forbidden += u32::from(fates.iter().all(|&fate| fate == WishFate::Forbidden));
    }
}
