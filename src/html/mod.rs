//! The report as one HTML page: no network, no file beside it, readable on a phone, on a desk and on paper.
//!
//! Headings, captions and numbers come from [`Wording`], charts from `plotters`, colours from the page's style, in
//! light and dark. What may be long (pairs, people without a partner, prices, warnings) is written as compact data
//! and shown by a short script a hundred rows at a time, with a search: ten thousand pairs open as fast as ten.
//! Whatever comes from people is escaped, and the page's own policy forbids every other script, style and address.

mod charts;

mod data;

mod escape;

mod fairness;

mod figures;

mod page;

mod tables;

use std::fmt;

use crate::engine::{CloseCall, MentorPlaces, Outcome, TraitWorth};
use crate::ids::ParticipantId;
use crate::report::Fairness;
use crate::wording::{English, Wording};

/// An outcome as one self-contained HTML page.
///
/// It shows names, scores and reasons to whoever runs the programme: it is as confidential as the profiles.
///
/// ```
/// use mentormatch::{Cohort, Engine, German, HtmlReport, Profile, Programme, SkillCoverage};
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(0..=2);
/// let boris = Profile::new("boris").need("rust", 3).mentee();
/// let programme = Programme::builder().name("Spring <2026>").weigh(1, SkillCoverage::default()).build()?;
/// let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?;
///
/// let (prices, close) = (outcome.place_prices()?, outcome.close_calls(20)?);
/// let page = HtmlReport::new(&outcome).words(&German).prices(&prices).close_calls(&close).to_string();
/// assert!(page.starts_with("<!doctype html>\n<html lang=\"de\">"));
/// assert!(page.contains("Spring &lt;2026&gt;"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct HtmlReport<'a> {
    outcome: &'a Outcome,
    words: &'a dyn Wording,
    names: Option<Names<'a>>,
    prices: &'a [MentorPlaces],
    close_calls: &'a [CloseCall],
    recruiting: &'a [TraitWorth],
    fairness: Option<&'a Fairness>,
}

/// Gives people's names, which the library never sees.
type Names<'a> = &'a dyn Fn(&ParticipantId) -> Option<String>;

impl<'a> HtmlReport<'a> {
    /// The report of an outcome, in English, with ids for names.
    #[must_use]
    pub fn new(outcome: &'a Outcome) -> Self {
        Self {
            outcome,
            words: &English,
            names: None,
            prices: &[],
            close_calls: &[],
            recruiting: &[],
            fairness: None,
        }
    }

    /// In other words, or another language.
    #[must_use]
    pub const fn words(mut self, words: &'a dyn Wording) -> Self {
        self.words = words;
        self
    }

    /// With people's names beside their ids.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, HtmlReport, ParticipantId, Profile, Programme, SkillCoverage};
    /// # let ana = Profile::new("m1").offer("rust", 4).mentor(0..=2);
    /// # let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// # let outcome = Engine::new(programme).run(&Cohort::new([ana], [])?)?;
    /// let names = |id: &ParticipantId| (id.as_str() == "m1").then(|| "Ana Alvarez".to_owned());
    /// assert!(HtmlReport::new(&outcome).names(&names).to_string().contains("Ana Alvarez"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn names(mut self, names: Names<'a>) -> Self {
        self.names = Some(names);
        self
    }

    /// With what one more place of each mentor is worth, from [`Outcome::place_prices`].
    #[must_use]
    pub const fn prices(mut self, prices: &'a [MentorPlaces]) -> Self {
        self.prices = prices;
        self
    }

    /// With the pairs that were the closest calls, from [`Outcome::close_calls`].
    #[must_use]
    pub const fn close_calls(mut self, close_calls: &'a [CloseCall]) -> Self {
        self.close_calls = close_calls;
        self
    }

    /// With what more mentors of each kind would be worth, from [`Outcome::recruiting`].
    #[must_use]
    pub const fn recruiting(mut self, recruiting: &'a [TraitWorth]) -> Self {
        self.recruiting = recruiting;
        self
    }

    /// With how groups fared, from [`Outcome::fairness`].
    #[must_use]
    pub const fn fairness(mut self, fairness: &'a Fairness) -> Self {
        self.fairness = Some(fairness);
        self
    }

    /// A person for the page's script: the id, and the name if there is one.
    fn person(&self, id: &ParticipantId) -> data::Person {
        data::Person {
            id: crate::wording::visible(id.as_str()),
            name: self.names.and_then(|names| names(id)),
        }
    }
}

impl fmt::Display for HtmlReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&page::page(self))
    }
}

impl fmt::Debug for HtmlReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HtmlReport").finish_non_exhaustive()
    }
}
