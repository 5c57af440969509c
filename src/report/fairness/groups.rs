//! Who is in which group, and what the groups come to.

use std::collections::{BTreeMap, BTreeSet};

use super::fisher::{self, Placed};
use super::people::Person;
use super::{FirstWishes, GroupFigures, Impact, MonitoredAttribute, Share, disclosure};
use crate::ids::Role;
use crate::participant::{Attribute, fold};
use crate::score::Score;

/// An answer, in the order in which groups are listed.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    Flag(bool),
    Step {
        level: u16,
        of: u16,
    },
    /// Folded.
    Words(String),
    Nothing,
}

/// What a group comes to, as if everything could be shown.
#[derive(Default)]
struct Tally {
    /// What the group is called: of all spellings, the first by the alphabet.
    name: Option<String>,
    people: u32,
    placed: u32,
    scores: Vec<Score>,
    /// The lowest of each person who is placed.
    lowest: Vec<Score>,
    wishers: u32,
    granted: u32,
}

/// The names of all attributes that these people have.
pub(super) fn attributes<'a>(people: &'a [Person<'_>]) -> BTreeSet<&'a str> {
    let names = people.iter().flat_map(|person| person.answers.keys());
    names.map(String::as_str).collect()
}

/// The groups of one attribute, with what may be shown of them. Whose they are is still to be said.
pub(super) fn of(people: &[Person<'_>], attribute: &str, smallest: u32) -> MonitoredAttribute {
    let mut by_answer: BTreeMap<Answer, Tally> = BTreeMap::new();
    for person in people {
        let (answer, name) = read(person.answers.get(attribute));
        by_answer.entry(answer).or_default().add(person, name);
    }
    let tallies: Vec<Tally> = by_answer.into_values().collect();
    let hidden = hide(&tallies, smallest, &vec![false; tallies.len()], |own| {
        own.people
    });
    let without_scores = hide(&tallies, smallest, &hidden, |own| own.placed);
    let without_wishes = hide(&tallies, smallest, &hidden, |own| own.wishers);
    let mut shown = MonitoredAttribute {
        role: Role::Mentee,
        attribute: String::new(),
        groups: Vec::new(),
        suppressed_groups: 0,
        suppressed_people: 0,
    };
    for (group, tally) in tallies.into_iter().enumerate() {
        if hidden[group] {
            shown.suppressed_groups += 1;
            shown.suppressed_people += tally.people;
        } else {
            let with = (!without_scores[group], !without_wishes[group]);
            shown.groups.push(tally.figures(with, smallest));
        }
    }
    compare(&mut shown.groups);
    shown
}

fn hide(
    tallies: &[Tally],
    smallest: u32,
    already: &[bool],
    count: impl Fn(&Tally) -> u32,
) -> Vec<bool> {
    let counts: Vec<u32> = tallies.iter().map(count).collect();
    disclosure::hide(&counts, already, smallest)
}

/// An answer and what it is called. A blank says nothing.
fn read(answer: Option<&Attribute>) -> (Answer, Option<String>) {
    match answer {
        Some(Attribute::Flag(yes)) => {
            let name = if *yes { "yes" } else { "no" };
            (Answer::Flag(*yes), Some(name.to_owned()))
        }
        Some(&Attribute::Ordinal { level, of }) => {
            let name = format!("{level} of {of}");
            (Answer::Step { level, of }, Some(name))
        }
        Some(Attribute::Number(number)) => words(&number.to_string()),
        Some(Attribute::Choice(text)) => words(text),
        Some(Attribute::Set(texts)) => {
            let all: BTreeSet<_> = texts.iter().map(|text| fold(text)).collect();
            let all: Vec<_> = all.iter().map(AsRef::as_ref).collect();
            words(&all.join(" + "))
        }
        None => (Answer::Nothing, None),
    }
}

fn words(text: &str) -> (Answer, Option<String>) {
    match text.trim() {
        "" => (Answer::Nothing, None),
        name => (
            Answer::Words(fold(name).into_owned()),
            Some(name.to_owned()),
        ),
    }
}

impl Tally {
    fn add(&mut self, person: &Person<'_>, name: Option<String>) {
        self.name = match self.name.take() {
            Some(known) => name.map(|name| name.min(known)),
            None => name,
        };
        self.people += 1;
        self.placed += u32::from(!person.scores.is_empty());
        self.scores.extend(&person.scores);
        self.lowest.extend(person.scores.iter().min());
        self.wishers += u32::from(person.first_wish.is_some());
        self.granted += u32::from(person.first_wish == Some(true));
    }

    /// The figures of a group that is shown: with scores and wishes, or without.
    fn figures(mut self, (scores, wishes): (bool, bool), smallest: u32) -> GroupFigures {
        self.lowest.sort_unstable();
        let shown = usize::try_from(smallest.max(1)).unwrap_or(usize::MAX);
        let lowest = &self.lowest[..shown.min(self.lowest.len())];
        GroupFigures {
            people: self.people,
            placed: self.placed,
            mean_score: mean(&self.scores).filter(|_| scores),
            mean_of_lowest: mean(lowest).filter(|_| scores),
            first_wishes: (wishes && self.wishers > 0).then_some(FirstWishes {
                people: self.wishers,
                granted: self.granted,
            }),
            impact: None,
            answer: self.name,
        }
    }
}

/// The mean, rounded half up.
fn mean(scores: &[Score]) -> Option<Score> {
    let total: u64 = scores.iter().map(|score| u64::from(score.ppm())).sum();
    let count = scores.len() as u64;
    let mean = (total + count / 2).checked_div(count)?;
    u32::try_from(mean).ok().map(Score::from_ppm_saturating)
}

/// Compares every group with the one of the highest rate.
fn compare(groups: &mut [GroupFigures]) {
    let Some(best) = highest(groups) else { return };
    let best_rate = placed(&groups[best]);
    for (at, group) in groups.iter_mut().enumerate() {
        group.impact = (at != best).then(|| impact(placed(group), best_rate));
    }
}

fn placed(group: &GroupFigures) -> Placed {
    (group.placed, group.people)
}

/// The group with the highest rate: of several the largest, and of several such the first. `None` if nobody is placed.
fn highest(groups: &[GroupFigures]) -> Option<usize> {
    let placed = (0..groups.len()).filter(|&at| groups[at].placed > 0);
    placed.reduce(|best, at| {
        let (known, own) = (&groups[best], &groups[at]);
        let known_rate = u64::from(known.placed) * u64::from(own.people);
        let own_rate = u64::from(own.placed) * u64::from(known.people);
        let is_better = (own_rate, own.people) > (known_rate, known.people);
        if is_better { at } else { best }
    })
}

fn impact(own: Placed, best: Placed) -> Impact {
    let part = u128::from(own.0) * u128::from(best.1);
    let whole = u128::from(own.1) * u128::from(best.0);
    Impact {
        ratio: Share::new(part, whole),
        is_flagged: 5 * part < 4 * whole,
        p_value: fisher::p_value(own, best),
    }
}
