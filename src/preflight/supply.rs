//! What mentees need, against the places of mentors who have it.
//!
//! Plain counts, each for itself: a place is counted for everything its mentor has, so that enough
//! places for every skill do not make enough places for everybody. Too few for one of them, though,
//! is too few.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::people::{Person, Questions};
use crate::criteria::{circular_minutes, minutes};
use crate::error::Redacted;
use crate::ids::Role;
use crate::participant::{Answer, Cohort, Field, MeetingMode, Vocabulary, fold};
use crate::period::Period;
use crate::programme::Programme;
use crate::rules::RuleKind;

/// How many mentees need something, and how many places are offered by mentors who have it.
///
/// `Display` and `Debug` hide what it is: a need may be told by one person only. In stored forms and in the manager's
/// sentence ([`Wording::finding`](crate::Wording::finding)) it stands in the clear, so that they are as confidential as
/// the profiles.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Supply {
    /// What kind of thing it is.
    pub of: SupplyOf,
    /// Which: a skill, a language, an offset from UTC like `+05:30`, a meeting mode, a topic.
    #[cfg_attr(feature = "serde", serde(serialize_with = "exposed"))]
    pub what: Redacted<String>,
    /// For skills: at this level or above; `None` at any.
    #[cfg_attr(feature = "serde", serde(serialize_with = "exposed"))]
    pub level: Redacted<Option<u8>>,
    /// Mentees who need it.
    pub needed_by: u64,
    /// Places of mentors who have it, no mentor counting more than there are mentees.
    pub places: u64,
}

/// What mentees need and mentors have, and when one serves the other. Everybody counts who takes
/// part and wants a partner. Told only where the programme reads both: where criteria that count, or
/// rules, [say so](crate::Criterion::fields).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum SupplyOf {
    /// Needs and offers, at every wanted level: an offer serves lower levels too, and any level if
    /// it states none.
    Skill,
    /// A language that is a mentee's only one, and mentors who speak it.
    Language,
    /// Clocks on the programme's date, or the first day of its period: mentees of an offset, and mentors no further away than the
    /// strictest [`TimeZonesFurtherThan`](crate::TimeZonesFurtherThan) allows, or of the same offset
    /// where the programme has no such rule. Nothing without a day.
    TimeZone,
    /// How to meet; a hybrid serves and is served by everybody who says how.
    MeetingMode,
    /// Topics mentees want help with, and mentors help with.
    Topic,
}

impl Supply {
    /// Whether fewer places offer it than mentees need it.
    ///
    /// ```
    /// use mentormatch::{Cohort, Profile, Programme, SkillCoverage};
    ///
    /// let ana = Profile::new("ana").offer("rust", 4).offer("go", 2).mentor(2);
    /// let mentees = ["boris", "chen", "dara"].map(|id| Profile::new(id).need("rust", 3).mentee());
    /// let cohort = Cohort::new([ana], mentees)?;
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    ///
    /// let rust = &programme.check(&cohort)?.supply[0];
    /// assert_eq!((rust.needed_by, rust.places, rust.is_scarce()), (3, 2, true));
    /// assert_eq!(rust.to_string(), "a skill: places: 2, mentees who need it: 3");
    /// assert_eq!((rust.what.expose().as_str(), *rust.level.expose()), ("rust", Some(3)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_scarce(&self) -> bool {
        self.needed_by > self.places
    }

    /// Places for each mentee who needs it, as a number that compares; then the most needed first.
    fn by_scarcity(&self, other: &Self) -> std::cmp::Ordering {
        let cross = |one: u64, other: u64| u128::from(one) * u128::from(other);
        let served = cross(self.places, other.needed_by).cmp(&cross(other.places, self.needed_by));
        let key = |own: &Self| (Reverse(own.needed_by), own.of);
        served
            .then_with(|| key(self).cmp(&key(other)))
            .then_with(|| {
                (self.what.expose(), self.level.expose())
                    .cmp(&(other.what.expose(), other.level.expose()))
            })
    }
}

#[cfg(feature = "serde")]
fn exposed<T: serde::Serialize, S: serde::Serializer>(
    value: &Redacted<T>,
    to: S,
) -> Result<S::Ok, S::Error> {
    value.expose().serialize(to)
}

impl fmt::Display for SupplyOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Skill => "skill",
            Self::Language => "language",
            Self::TimeZone => "time zone",
            Self::MeetingMode => "meeting mode",
            Self::Topic => "topic",
        })
    }
}

impl fmt::Display for Supply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (of, needed_by, places) = (self.of, self.needed_by, self.places);
        write!(
            f,
            "a {of}: places: {places}, mentees who need it: {needed_by}"
        )
    }
}

impl fmt::Debug for Supply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Supply")
            .field("of", &self.of)
            .field("needed_by", &self.needed_by)
            .field("places", &self.places)
            .finish_non_exhaustive()
    }
}

/// Those who count.
struct Sides<'a> {
    vocabulary: &'a Vocabulary,
    mentees: Vec<Person<'a>>,
    mentors: Vec<(Person<'a>, u64)>, // with their places
}

impl SupplyOf {
    const ALL: [Self; 5] = [
        Self::Skill,
        Self::Language,
        Self::TimeZone,
        Self::MeetingMode,
        Self::Topic,
    ];

    /// Where mentees say what they need.
    const fn needed(self) -> Field {
        match self {
            Self::Skill => Field::Needs,
            Self::Language => Field::Languages,
            Self::TimeZone => Field::TimeZone,
            Self::MeetingMode => Field::MeetingMode,
            Self::Topic => Field::Topics,
        }
    }

    /// Where mentors say what they have.
    const fn offered(self) -> Field {
        match self {
            Self::Skill => Field::Offers,
            _ => self.needed(),
        }
    }

    /// Whether the programme reads both.
    fn is_asked(self, questions: &Questions) -> bool {
        questions.asks(Role::Mentee, &self.needed())
            && questions.asks(Role::Mentor, &self.offered())
    }
}

/// Everything that any mentee needs and the programme asks for, the scarcest first.
pub(super) fn all(
    (programme, questions): (&Programme, &Questions),
    cohort: &Cohort,
    people: &[Person<'_>],
) -> Vec<Supply> {
    let of = |role| {
        let all = people.iter().copied();
        all.filter(move |own| own.role == role && own.bounds.max > 0)
    };
    let mentees: Vec<_> = of(Role::Mentee).collect();
    let most = mentees.len() as u64;
    let mentors = of(Role::Mentor).map(|own| (own, u64::from(own.bounds.max).min(most)));
    let mentors = mentors.collect();
    let sides = Sides {
        vocabulary: cohort.vocabulary(),
        mentees,
        mentors,
    };
    let asked = SupplyOf::ALL.into_iter();
    let asked = asked.filter(|of| of.is_asked(questions));
    let mut found: Vec<_> = asked
        .flat_map(|of| match of {
            SupplyOf::Skill => sides.skills(),
            SupplyOf::Language => sides.sets(of, |own| own == 1),
            SupplyOf::TimeZone => sides.time_zones(programme, cohort),
            SupplyOf::MeetingMode => sides.meeting_modes(),
            SupplyOf::Topic => sides.sets(of, |_| true),
        })
        .collect();
    found.sort_by(Supply::by_scarcity);
    found
}

fn supply(of: SupplyOf, what: impl Into<String>, needed_by: u64, places: u64) -> Supply {
    Supply {
        of,
        what: Redacted::new(what.into()),
        level: Redacted::new(None),
        needed_by,
        places,
    }
}

/// Mentees by the level they want, and places by the level they offer, of one skill.
#[derive(Default)]
struct Levels {
    wanted: BTreeMap<Option<u8>, u64>,
    offered: Vec<(Option<u8>, u64)>,
}

impl Levels {
    /// One figure a wanted level.
    fn supplies<'a>(&'a self, skill: &'a str) -> impl Iterator<Item = Supply> + 'a {
        self.wanted.keys().map(move |&level| {
            let needed_by = self.wanted.range(level..).map(|(_, mentees)| mentees).sum();
            let serves = |offered: Option<u8>| offered.is_none() || offered >= level;
            let offers = self.offered.iter().filter(|(offered, _)| serves(*offered));
            Supply {
                level: Redacted::new(level),
                ..supply(
                    SupplyOf::Skill,
                    skill,
                    needed_by,
                    offers.map(|(_, places)| places).sum(),
                )
            }
        })
    }
}

impl Sides<'_> {
    fn skills(&self) -> Vec<Supply> {
        let mut skills: BTreeMap<Cow<'_, str>, Levels> = BTreeMap::new();
        for need in self.mentees.iter().flat_map(|own| &own.profile.needs) {
            let levels = skills.entry(self.vocabulary.read(&need.skill)).or_default();
            *levels.wanted.entry(need.level).or_default() += 1;
        }
        for (mentor, places) in &self.mentors {
            for offer in &mentor.profile.offers {
                if let Some(levels) = skills.get_mut(&*self.vocabulary.read(&offer.skill)) {
                    levels.offered.push((offer.level, *places));
                }
            }
        }
        let skills = skills.iter();
        skills
            .flat_map(|(skill, levels)| levels.supplies(skill))
            .collect()
    }

    /// Items of a set; a mentee needs hers if they are as many as `needs` says.
    fn sets(&self, of: SupplyOf, needs: impl Fn(usize) -> bool) -> Vec<Supply> {
        let field = &of.needed();
        let mut found: BTreeMap<Cow<'_, str>, (u64, u64)> = BTreeMap::new();
        for mentee in &self.mentees {
            let items = self.items(field, mentee);
            if needs(items.len()) {
                for item in items {
                    found.entry(item).or_default().0 += 1;
                }
            }
        }
        for (mentor, places) in &self.mentors {
            for item in self.items(field, mentor) {
                if let Some((_, sum)) = found.get_mut(&item) {
                    *sum += places;
                }
            }
        }
        let found = found.into_iter();
        let supplies = found.map(|(item, (mentees, places))| supply(of, item, mentees, places));
        supplies.collect()
    }

    /// A person's items, by the names of the vocabulary where it has them.
    fn items<'a>(&'a self, field: &Field, person: &Person<'a>) -> BTreeSet<Cow<'a, str>> {
        let read = |item: &'a str| match field.has_vocabulary() {
            true => self.vocabulary.read(item),
            false => fold(item),
        };
        match field.of(person.profile) {
            Some(Answer::Set(items)) => items.into_iter().map(read).collect(),
            _ => BTreeSet::new(),
        }
    }

    fn meeting_modes(&self) -> Vec<Supply> {
        use MeetingMode::{Hybrid, InPerson, Virtual};
        let mut found = Vec::new();
        for mode in [InPerson, Hybrid, Virtual] {
            let wanted = |own: &&Person<'_>| own.profile.meeting_mode == Some(mode);
            let mentees = self.mentees.iter().filter(wanted).count() as u64;
            let serves = |other| mode == Hybrid || other == Hybrid || other == mode;
            let mentors = (self.mentors.iter())
                .filter(|(mentor, _)| mentor.profile.meeting_mode.is_some_and(serves));
            if mentees > 0 {
                let places = mentors.map(|(_, places)| places).sum();
                found.push(supply(SupplyOf::MeetingMode, mode.name(), mentees, places));
            }
        }
        found
    }

    fn time_zones(&self, programme: &Programme, cohort: &Cohort) -> Vec<Supply> {
        let first_day = programme.period().map(Period::first_day);
        let Some(date) = programme.date().or(first_day) else {
            return Vec::new();
        };
        let (mut wanted, mut offered) = (BTreeMap::new(), BTreeMap::new());
        for mentee in &self.mentees {
            let found = cohort.mentee_idx(mentee.profile.id.as_str());
            let offset = found.and_then(|own| cohort.mentee_utc_offset_minutes(own, date));
            *offset.map_or(&mut 0, |offset| wanted.entry(offset).or_insert(0_u64)) += 1;
        }
        for (mentor, places) in &self.mentors {
            let found = cohort.mentor_idx(mentor.profile.id.as_str());
            let offset = found.and_then(|own| cohort.mentor_utc_offset_minutes(own, date));
            *offset.map_or(&mut 0, |offset| offered.entry(offset).or_insert(0_u64)) += places;
        }
        let furthest = furthest_minutes(programme);
        let found = wanted.iter().map(|(&offset, &mentees)| {
            let near = offered.iter();
            let near = near.filter(|(other, _)| circular_minutes(offset, **other) <= furthest);
            let places = near.map(|(_, places)| places).sum();
            supply(SupplyOf::TimeZone, clock(offset), mentees, places)
        });
        found.collect()
    }
}

/// How far apart clocks may be.
fn furthest_minutes(programme: &Programme) -> u32 {
    let rules = programme.rules().iter();
    let limits = rules.filter_map(|own| match &own.forbid {
        RuleKind::TimeZonesFurtherThan(own) => minutes(own.hours).ok(),
        _ => None,
    });
    limits.min().unwrap_or(0)
}

/// An offset as `+05:30`.
fn clock(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
