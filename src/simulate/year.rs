//! A programme's year: who joins and leaves when, and how people answer a proposal.
//!
//! # The rules
//! - Of those who take part, six mentors and four mentees in ten are there on the first day; everybody else joins on
//!   some later day, each as likely as the next.
//! - One in eight leaves again, on some day after joining.
//! - A proposed pair is answered after one to ten days. It is accepted more often the better it is: 55 times in a hundred
//!   at a match score of 0, 95 times at 100 %. What people answer depends on the seed and the pair alone, so that
//!   policies can be compared on the same people.

use std::collections::BTreeMap;

use super::Company;
use super::random::Random;
use crate::hash;
use crate::ids::ParticipantId;
use crate::participant::{Mentee, Mentor};
use crate::score::Score;

/// Days of a year.
const DAYS: u16 = 365;

/// How many in a hundred are there on the first day, and how many leave.
const MENTORS_AT_FIRST: u16 = 60;
const MENTEES_AT_FIRST: u16 = 40;
const LEAVE: u16 = 12;

/// How many in a hundred accept a pair of the lowest score, and how many more of the highest.
const ACCEPT: u64 = 55;
const ACCEPT_MORE: u64 = 40;

/// The longest that somebody thinks about a proposal, in days.
const THINK: u64 = 10;

/// Answers are drawn apart from people.
const SALT: u64 = 0x5945_4152;

/// A year in the programme of a made-up company.
///
/// ```
/// use mentormatch::simulate::{Change, Company, Year};
///
/// let year = Year::of(Company::new(7));
/// assert!(year.events().is_sorted_by_key(|event| event.day));
/// let joins = year.events().iter().filter(|event| !matches!(event.change, Change::Leaves(_)));
/// assert_eq!(joins.count(), 72 + 180);
/// ```
#[derive(Clone, Debug)]
pub struct Year {
    seed: u64,
    events: Vec<Dated>,
}

/// What happens on a day, counted from 0.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Dated {
    /// `0..365`.
    pub day: u16,
    /// What happens.
    pub change: Change,
}

/// Somebody comes or goes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// A mentor joins.
    MentorJoins(Box<Mentor>),
    /// A mentee joins.
    MenteeJoins(Box<Mentee>),
    /// Somebody leaves, in whatever role.
    Leaves(ParticipantId),
}

/// What becomes of a proposed pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// Whether both accept it.
    pub accepts: bool,
    /// After how many days it is known, 1 to 10.
    pub days: u16,
}

/// When somebody is there.
#[derive(Clone, Copy)]
struct Stay {
    from: u16,
    until: Option<u16>,
}

impl Year {
    /// The company's year. Who is paused or withdrawn joins all the same, and says so.
    #[must_use]
    pub fn of(company: Company) -> Self {
        let people = company.people();
        let mut random = Random::seeded(company.seed ^ SALT);
        let mut stays = BTreeMap::new();
        let mut events = Vec::new();
        for mentor in people.mentors {
            let mentor = mentor.person;
            let stay = Stay::draw(MENTORS_AT_FIRST, &mut random);
            stays.insert(mentor.profile.id.clone(), stay);
            let change = Change::MentorJoins(Box::new(mentor));
            events.push(stay.joins(change));
        }
        for mentee in people.mentees {
            let mentee = mentee.person;
            let stay = stays.entry(mentee.profile.id.clone());
            let stay = *stay.or_insert_with(|| Stay::draw(MENTEES_AT_FIRST, &mut random));
            let change = Change::MenteeJoins(Box::new(mentee));
            events.push(stay.joins(change));
        }
        for (id, stay) in stays {
            let change = Change::Leaves(id);
            events.extend(stay.until.map(|day| Dated { day, change }));
        }
        events.sort_by_key(|event| event.day); // stable: in the order of ids within a day
        let seed = company.seed;
        Self { seed, events }
    }

    /// Everything that happens, in the order of days.
    #[must_use]
    pub fn events(&self) -> &[Dated] {
        &self.events
    }

    /// What two people answer to a proposal of this match score.
    ///
    /// ```
    /// use mentormatch::Score;
    /// use mentormatch::simulate::{Company, Year};
    ///
    /// let year = Year::of(Company::new(7));
    /// let answer = year.answer("E1003", "E1042", Score::ONE);
    /// assert_eq!(answer, year.answer("E1003", "E1042", Score::ONE));
    /// assert!((1..=10).contains(&answer.days));
    /// ```
    #[must_use]
    pub fn answer(&self, mentee: &str, mentor: &str, score: Score) -> Answer {
        let key = |id| hash::key(self.seed ^ SALT, id);
        let drawn = u64::from(hash::pair(key(mentee), key(mentor)));
        let accepted = ACCEPT + ACCEPT_MORE * u64::from(score.ppm()) / u64::from(Score::ONE.ppm());
        let days = 1 + drawn / 100 % THINK;
        Answer {
            accepts: drawn % 100 < accepted,
            days: u16::try_from(days).unwrap_or(u16::MAX),
        }
    }
}

impl Stay {
    fn draw(at_first: u16, random: &mut Random) -> Self {
        let from = if random.chance(at_first) {
            0
        } else {
            random.between(1, DAYS - 1)
        };
        let leaves = random.chance(LEAVE) && from < DAYS - 1;
        let until = leaves.then(|| random.between(from + 1, DAYS - 1));
        Self { from, until }
    }

    fn joins(self, change: Change) -> Dated {
        let day = self.from;
        Dated { day, change }
    }
}
