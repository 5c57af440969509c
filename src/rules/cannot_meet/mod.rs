//! Partners must have a way to meet.

mod rows;

use super::{ForbidRow, IfMissing, Rule};
use crate::criteria::{Columns, Context, UnitedSets, fields_of, numbered};
use crate::error::ProgrammeError;
use crate::ids::Role;
use crate::participant::{Cohort, Field, MeetingMode};
use rows::Rows;

/// Forbids pairs who cannot meet in the way both want to.
///
/// | one side, the other | may be paired |
/// |---|---|
/// | in person, virtual | never |
/// | in person, in person or hybrid | if they can meet in person |
/// | hybrid or virtual, hybrid or virtual | always: they meet online |
///
/// They can meet in person if they have a place in common (site and `meets_at` of each side
/// together) and if what either side needs there (`accessibility_needs`) is among what either side
/// says its places offer (`accessibility_offered`). Symmetric. `if_missing` decides where a side
/// states no meeting mode, and, for those who must meet in person, where a side states no place, or
/// somebody has a need and neither side says what its places offer.
///
/// ```
/// use mentormatch::{CannotMeet, Field, IfMissing, Programme, Same};
///
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Department))
///     .forbid(CannotMeet::default().if_missing(IfMissing::Allow))
///     .build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct CannotMeet {
    /// What to make of a missing answer.
    #[cfg_attr(feature = "serde", serde(default))]
    pub if_missing: IfMissing,
}

impl CannotMeet {
    /// The same with another verdict on missing answers.
    ///
    /// ```
    /// # use mentormatch::{CannotMeet, IfMissing};
    /// assert_eq!(CannotMeet::default().if_missing, IfMissing::Forbid);
    /// ```
    #[must_use]
    pub const fn if_missing(self, if_missing: IfMissing) -> Self {
        Self { if_missing }
    }

    /// What two modes mean for a pair.
    fn verdict(self, mentee: Option<MeetingMode>, mentor: Option<MeetingMode>) -> Verdict {
        use MeetingMode::{InPerson, Virtual};
        match (mentee, mentor) {
            (Some(InPerson), Some(Virtual)) | (Some(Virtual), Some(InPerson)) => Verdict::Never,
            (None, _) | (_, None) if self.if_missing.forbids() => Verdict::Never,
            (Some(InPerson), _) | (_, Some(InPerson)) => Verdict::InPerson,
            _ => Verdict::Online,
        }
    }

    fn forbids(self, mentee: &Terms, mentor: &Terms) -> bool {
        match self.verdict(mentee.mode, mentor.mode) {
            Verdict::Never => true,
            Verdict::Online => false,
            Verdict::InPerson => {
                let known_or = !self.if_missing.forbids();
                let (place, access) = (mentee.meets(mentor), mentee.is_served_with(mentor));
                !(place.unwrap_or(known_or) && access.unwrap_or(known_or))
            }
        }
    }
}

/// Whether two people can meet, by their modes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Never,
    Online,
    /// If there is a place for them.
    InPerson,
}

/// How and where one person can meet.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Terms {
    mode: Option<MeetingMode>,
    places: Option<Vec<u32>>, // sorted, like the other lists
    needs: Option<Vec<u32>>,
    offered: Option<Vec<u32>>,
}

impl Terms {
    /// Whether the two have a place in common; `None` where that is unknown.
    fn meets(&self, other: &Self) -> Option<bool> {
        let (own, theirs) = (self.places.as_ref()?, other.places.as_ref()?);
        Some(own.iter().any(|place| theirs.binary_search(place).is_ok()))
    }

    /// Whether everything either needs is offered by either; `None` where that is unknown.
    fn is_served_with(&self, other: &Self) -> Option<bool> {
        let mut needs = self.needs.iter().chain(&other.needs).flatten().peekable();
        if needs.peek().is_none() {
            return Some(true);
        }
        let offers = [&self.offered, &other.offered];
        if offers.iter().all(|offered| offered.is_none()) {
            return None;
        }
        let has = |need, offered: &Option<Vec<u32>>| {
            let offered = offered.as_ref();
            offered.is_some_and(|items| items.binary_search(need).is_ok())
        };
        Some(needs.all(|need| offers.iter().any(|offered| has(need, offered))))
    }
}

impl Rule for CannotMeet {
    fn name(&self) -> &str {
        "cannot_meet"
    }

    fn fields(&self) -> Vec<(Role, Field)> {
        let read = [
            Field::MeetingMode,
            Field::Site,
            Field::MeetsAt,
            Field::AccessibilityNeeds,
            Field::AccessibilityOffered,
        ];
        let read = read.iter();
        read.flat_map(|field| fields_of(field, field)).collect()
    }

    /// People who meet on the same terms are one class.
    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ForbidRow>, ProgrammeError> {
        let (classes, terms) = numbered(read(context.cohort, self.name())?);
        Ok(Box::new(Rows::new(*self, classes, terms)))
    }
}

fn read(cohort: &Cohort, owner: &str) -> Result<Columns<Terms>, ProgrammeError> {
    let modes = Columns::read(cohort, |own| Ok(own.meeting_mode))?;
    let mut sets = UnitedSets::new();
    let places = sets.read(cohort, owner, &[Field::Site, Field::MeetsAt])?;
    let needs = sets.read(cohort, owner, &[Field::AccessibilityNeeds])?;
    let offered = sets.read(cohort, owner, &[Field::AccessibilityOffered])?;
    Ok(Columns {
        mentees: terms(
            modes.mentees,
            [places.mentees, needs.mentees, offered.mentees],
        ),
        mentors: terms(
            modes.mentors,
            [places.mentors, needs.mentors, offered.mentors],
        ),
    })
}

/// One side's terms, from its modes and its places, needs and offers.
fn terms(
    modes: Vec<Option<MeetingMode>>,
    [places, needs, offered]: [Vec<Option<Vec<u32>>>; 3],
) -> Vec<Terms> {
    let people = modes.into_iter().zip(places).zip(needs).zip(offered);
    let terms = people.map(|(((mode, places), needs), offered)| Terms {
        mode,
        places,
        needs,
        offered,
    });
    terms.collect()
}
