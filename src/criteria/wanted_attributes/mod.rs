//! Whether the partner is what somebody would like a partner to be.

mod rows;

use std::collections::BTreeSet;

use super::column::Columns;
use super::listed::{SetsAndTexts, sets_and_texts};
use super::numbered::numbered;
use super::of_sides::of_sides;
use super::{Context, Criterion, ScoreRow};
use crate::error::ProgrammeError;
use crate::participant::{Cohort, Field, Profile, Wanted, WantedAnswer};
use crate::score::{Score, ratio};
use rows::Rows;

/// How much of what each side would like a partner to be the partner is.
///
/// One side's view of a partner is the share of its wanted attributes
/// ([`Profile::wants`](crate::Profile::wants)) that the partner meets. `Same` is met by something in
/// common with the person's own answer, `Different` by an answer with nothing in common, a list by
/// an answer on it. What is not known of either is not met. Texts are compared as by
/// [`SetOverlap`](crate::SetOverlap).
///
/// The score is balance · mentee's view + (1 − balance) · mentor's view. Missing when a side that
/// counts wants nothing in particular.
///
/// This is the place for likeness in gender, ethnicity and the like: as the person's own preference
/// only (Blake-Beard, Bayne, Crosby & Muller 2011). Surface-level likeness predicts little (Eby et
/// al. 2013); this criterion respects a wish.
///
/// # Errors
/// A field that holds neither texts nor sets cannot be wanted.
///
/// ```
/// use mentormatch::{Field, Profile, Programme, Score, Wanted, WantedAttributes};
///
/// let boris = Profile::new("boris").wants(Wanted::one_of(Field::Languages, ["da", "sv"]));
/// let programme = Programme::builder().weigh(2, WantedAttributes::of_mentees()).build()?;
/// # Ok::<(), mentormatch::ProgrammeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct WantedAttributes {
    /// How much what the mentee wants counts; what the mentor wants counts the rest.
    pub balance: Score,
}

of_sides!(WantedAttributes {}, "wanted attributes");

/// Everything about a person that this criterion reads.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Person {
    wants: Vec<Want>,
    answers: Vec<Option<Vec<u32>>>, // indexed by field; sorted, without repetition
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Want {
    field: usize,
    /// What the partner's answer is held against; `None` where that is the own answer and missing.
    items: Option<Vec<u32>>,
    /// Whether there should be something in common, or nothing.
    common: bool,
}

impl Criterion for WantedAttributes {
    fn name(&self) -> &str {
        "wanted_attributes"
    }

    /// People who want the same and answer the same are one class.
    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let balance = self.balance;
        let (mentees_want, mentors_want) = (balance > Score::ZERO, balance < Score::ONE);
        let mut people = read(context.cohort, self.name());
        for person in &mut people.mentees {
            person.keep(mentees_want, mentors_want);
        }
        for person in &mut people.mentors {
            person.keep(mentors_want, mentees_want);
        }
        let (classes, people) = numbered(people);
        Ok(Box::new(Rows::new(balance, classes, people)))
    }
}

impl Person {
    /// Forgets what no score depends on, so that more people are alike.
    fn keep(&mut self, wants: bool, answers: bool) {
        if !wants {
            self.wants.clear();
        }
        if !answers {
            self.answers.clear();
        }
    }

    fn view_of(&self, partner: &Self) -> Option<Score> {
        let met = self.wants.iter().filter(|want| want.is_met_by(partner));
        let (met, wanted) = (met.count(), self.wants.len());
        let counted = (u64::try_from(met).ok()?, u64::try_from(wanted).ok()?);
        (wanted > 0).then(|| ratio(counted.0, counted.1))
    }
}

impl Want {
    fn is_met_by(&self, partner: &Person) -> bool {
        let answer = partner.answers.get(self.field).and_then(Option::as_ref);
        let (Some(wanted), Some(answer)) = (&self.items, answer) else {
            return false;
        };
        let common = wanted.iter().any(|item| answer.binary_search(item).is_ok());
        common == self.common
    }
}

fn read(cohort: &Cohort, owner: &str) -> Columns<Person> {
    let nothing = || Person {
        wants: Vec::new(),
        answers: Vec::new(),
    };
    let mut people = Columns {
        mentees: cohort
            .mentees()
            .iter()
            .map(|_| nothing())
            .collect::<Vec<_>>(),
        mentors: cohort.mentors().iter().map(|_| nothing()).collect(),
    };
    let fields = profiles(cohort).flat_map(|own| own.wanted.iter().map(|wanted| &wanted.field));
    for field in fields.collect::<BTreeSet<_>>() {
        let listed = profiles(cohort).flat_map(|own| texts(own, field));
        let listed: Vec<_> = listed.collect::<BTreeSet<_>>().into_iter().collect();
        let read = sets_and_texts(cohort, owner, field, listed.iter().copied());
        let answers = read.unwrap_or_else(|_| unreadable(cohort)); // a wish must not stop a run
        let number = |text: &str| {
            let at = listed.binary_search(&text).ok()?;
            answers.texts.get(at).copied()
        };
        let mentees = cohort.mentees().iter().map(|m| &m.profile);
        add(
            &mut people.mentees,
            mentees,
            field,
            answers.sets.mentees,
            &number,
        );
        let mentors = cohort.mentors().iter().map(|m| &m.profile);
        add(
            &mut people.mentors,
            mentors,
            field,
            answers.sets.mentors,
            &number,
        );
    }
    people
}

fn profiles(cohort: &Cohort) -> impl Iterator<Item = &Profile> {
    let mentees = cohort.mentees().iter().map(|m| &m.profile);
    mentees.chain(cohort.mentors().iter().map(|m| &m.profile))
}

/// The texts somebody lists for a field.
fn texts<'a>(own: &'a Profile, field: &Field) -> impl Iterator<Item = &'a str> {
    let of_field = own
        .wanted
        .iter()
        .filter(move |wanted| wanted.field == *field);
    of_field.flat_map(|wanted| match &wanted.answer {
        WantedAnswer::OneOf(texts) => texts.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    })
}

/// What a field holds that holds no texts: nothing anybody could wish for.
fn unreadable(cohort: &Cohort) -> SetsAndTexts {
    SetsAndTexts {
        sets: Columns {
            mentees: vec![None; cohort.mentees().len()],
            mentors: vec![None; cohort.mentors().len()],
        },
        texts: Vec::new(),
    }
}

/// Adds what people say of one more field.
fn add<'a>(
    people: &mut [Person],
    profiles: impl Iterator<Item = &'a Profile>,
    field: &Field,
    answers: Vec<Option<Vec<u32>>>,
    number: &dyn Fn(&str) -> Option<u32>,
) {
    for ((person, profile), answer) in people.iter_mut().zip(profiles).zip(answers) {
        let at = person.answers.len();
        let wanted = profile.wanted.iter().filter(|own| own.field == *field);
        person
            .wants
            .extend(wanted.map(|own| want(own, at, answer.as_ref(), number)));
        person.answers.push(answer);
    }
}

fn want(
    wanted: &Wanted,
    field: usize,
    own: Option<&Vec<u32>>,
    number: &dyn Fn(&str) -> Option<u32>,
) -> Want {
    let items = match &wanted.answer {
        WantedAnswer::OneOf(texts) => Some(texts.iter().filter_map(|text| number(text)).collect()),
        _ => own.cloned(),
    };
    Want {
        field,
        items,
        common: !matches!(wanted.answer, WantedAnswer::Different),
    }
}
