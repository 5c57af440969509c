//! WORDS: reasons and reports as sentences, for three readers, in two languages.
//!
//! Reasons are data; text is a last step, and a host may replace it: [`Wording`] has a method for each
//! kind of statement. English is what the trait says by itself, [`German`] shows that another language needs
//! nothing but the trait.
//!
//! `Display` of a [`Report`](crate::Report) and of somebody who [waits](crate::Waiting) is this module's English. That of single reasons, warnings and findings is a short line for a
//! manager's console, in English and with the programme's own names for rules and criteria; sentences are made here.
//!
//! # Three readers
//! A programme manager may read everything. A mentor or a mentee may read about herself and her own
//! partners, and nothing about third people. That does not rest on careful phrasing: what a participant is
//! told is a type of its own ([`OwnPair`], [`OwnReason`], [`OwnWaiting`], [`OwnWhyNot`], [`OwnWarning`]) which has no room for
//! a third person's id, for a number of people or for anybody else's wish, and the renderer of participants'
//! texts is given nothing else.

mod ask;

mod caption;

mod display;

mod english;

mod german;

mod layout;

mod own;

pub use ask::InWords;
pub use caption::{Caption, Noun};
pub use german::German;
#[cfg(feature = "html")]
pub(crate) use layout::{capital, share, visible};
pub use own::{OwnPair, OwnReason, OwnWaiting, OwnWarning, OwnWhyNot};

use crate::date::CalendarDate;
use crate::engine::{RunWarning, WeightRange};
use crate::ids::{ParticipantId, Role};
use crate::participant::{Field, UnmatchedKind, Waiting};
use crate::preflight::Finding;
use crate::programme::Objective;
use crate::reasons::{ObjectiveChange, PairPrice, UnmatchedReason, WhyNot, WhyPair, WhyUnmatched};
use crate::report::{GroupPairs, ObjectiveValue, OptimalityGap, Report};
use crate::score::Score;
use crate::scoring::{Breakdown, Part, Refusal};

/// Who reads a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reader {
    /// Whoever runs the programme, and may read everything.
    Manager,
    /// A participant: the mentor that a statement is about, or the mentee.
    Participant(Role),
}

/// What was asked, where the answer is a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PriceOf {
    /// To match two people, or somebody with anybody: [`Outcome::price_of`](crate::Outcome::price_of).
    Pair,
    /// Not to match two people: [`Outcome::price_without`](crate::Outcome::price_without).
    WithoutPair,
    /// Nobody for a mentee: [`Outcome::price_of_nobody`](crate::Outcome::price_of_nobody).
    Nobody,
}

/// Puts reasons and reports into words: one method a kind of statement.
///
/// Every method but [`tag`](Self::tag) speaks English unless it is replaced, and calls the others for its
/// parts, so that a host may replace one sentence, one name or the format of percentages alone.
///
/// Methods named `own_…` speak to a participant, with “you”; the others to the programme manager.
///
/// ```
/// use mentormatch::{Cohort, Engine, English, German, Profile, Programme, Reader, Role, SkillCoverage, Wording};
///
/// /// English, with a word of the house for mentees' needs.
/// struct OurWords;
/// impl Wording for OurWords {
///     fn tag(&self) -> &str {
///         "en-GB"
///     }
///     fn criterion(&self, name: &str) -> String {
///         match name {
///             "skill_coverage" => "what you want to learn".into(),
///             other => English.criterion(other),
///         }
///     }
/// }
///
/// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
/// let boris = Profile::new("boris").need("rust", 3).mentee();
/// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
/// let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?;
///
/// let to_boris = |words| outcome.in_words(words).pair("boris", "ana", Reader::Participant(Role::Mentee));
/// assert_eq!(to_boris(&OurWords)?, "Your mentor is “ana”. What speaks for the two of you: what you want to learn.");
/// assert_eq!(to_boris(&German)?, "Deine Mentorin oder dein Mentor ist „ana“. Was für euch spricht: gesuchte und angebotene Fähigkeiten.");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Wording: Send + Sync {
    /// The language, as a BCP 47 tag: `en`, `de`, `da-DK`.
    fn tag(&self) -> &str;

    /// The decimal point, and what stands between thousands.
    fn marks(&self) -> (char, char) {
        ('.', ',')
    }

    /// A whole number.
    fn number(&self, number: u64) -> String {
        layout::grouped(number, self.marks().1)
    }

    /// A number of thousandths, with three decimals.
    fn thousandths(&self, thousandths: u64) -> String {
        let whole = self.number(thousandths / 1_000);
        format!("{whole}{}{:03}", self.marks().0, thousandths % 1_000)
    }

    /// What follows a number of per cent, with the space before it where the language has one.
    fn percent_sign(&self) -> &str {
        "%"
    }

    /// A score as a percentage with one decimal.
    fn percent(&self, score: Score) -> String {
        let tenths = (score.ppm() + 500) / 1_000;
        let (point, sign) = (self.marks().0, self.percent_sign());
        format!("{}{point}{}{sign}", tenths / 10, tenths % 10)
    }

    /// A time, in hours and minutes.
    fn duration(&self, minutes: u64) -> String {
        english::duration(minutes)
    }

    /// A day.
    fn date(&self, date: CalendarDate) -> String {
        english::date(date)
    }

    /// An id or another word of somebody's, in quotation marks; what cannot be seen in it is escaped.
    fn quoted(&self, word: &str) -> String {
        format!("“{}”", layout::visible(word))
    }

    /// A number of things, in the right form.
    fn counted(&self, count: u64, noun: Noun) -> String {
        english::counted(self, count, noun)
    }

    /// A heading or a label.
    fn caption(&self, caption: Caption) -> String {
        english::caption(caption).to_owned()
    }

    /// A field of profiles.
    fn field(&self, field: &Field) -> String {
        english::field(field)
    }

    /// A criterion, by the programme's name for it: that of a built-in in words, any other as it is.
    fn criterion(&self, name: &str) -> String {
        layout::named(self, name, english::criterion)
    }

    /// A rule, by the programme's name for it.
    fn rule(&self, name: &str) -> String {
        layout::named(self, name, english::rule)
    }

    /// What forbids a pair.
    fn refusal(&self, by: &Refusal) -> String {
        english::refusal(self, by)
    }

    /// An objective.
    fn objective(&self, objective: Objective) -> String {
        english::objective(self, objective)
    }

    /// What a matching of so many pairs is worth by an objective, in its own unit.
    fn objective_value(&self, own: &ObjectiveValue, pairs: u64) -> String {
        english::objective_value(self, own, pairs)
    }

    /// By how much an objective would change.
    fn change(&self, change: &ObjectiveChange) -> String {
        english::change(self, change)
    }

    /// How far a run that was stopped may fall short.
    fn gap(&self, gap: OptimalityGap) -> String {
        english::gap(self, gap)
    }

    /// How many places of stated minimums stay empty; at least one.
    fn shortfall(&self, places: u64) -> String {
        english::shortfall(self, places)
    }

    /// What a criterion counts in a pair: its weight as stated, and by whose word it counts otherwise in their view.
    fn weight(&self, part: &Part) -> String {
        english::weight(part)
    }

    /// Why a pair scores what it scores.
    fn pair(&self, why: &Breakdown) -> String {
        english::pair(self, why)
    }

    /// Why two people are a pair, in full.
    fn why(&self, why: &WhyPair) -> String {
        english::why(self, why)
    }

    /// Why two people were not matched.
    fn why_not(&self, why_not: &WhyNot) -> String {
        english::why_not(self, why_not)
    }

    /// What something would cost, and who would move.
    fn price(&self, of: PriceOf, price: &PairPrice) -> String {
        english::price(self, of, price)
    }

    /// Why somebody has no partner.
    fn unmatched(&self, role: Role, reason: &UnmatchedReason) -> String {
        english::unmatched(self, role, reason)
    }

    /// Why somebody has no partner, in full.
    fn why_unmatched(&self, why: &WhyUnmatched) -> String {
        english::why_unmatched(self, why)
    }

    /// The kind of such a reason, for many people at once, in a table: a few words without a full stop.
    fn unmatched_kind(&self, kind: UnmatchedKind) -> String {
        english::unmatched_kind(kind).to_owned()
    }

    /// What the group of a quota came to: its pairs, its target and its bounds.
    fn group_pairs(&self, own: &GroupPairs) -> String {
        english::group_pairs(self, own)
    }

    /// What a manager should know about a run.
    fn warning(&self, warning: &RunWarning) -> String {
        english::warning(self, warning)
    }

    /// What a manager should look at before a matching. It names what is scarce, which one person alone may have
    /// asked for: for managers, not for logs.
    fn finding(&self, finding: &Finding) -> String {
        english::finding(self, finding)
    }

    /// How far a criterion's weight can move while a pair stays: a line without a full stop.
    fn weight_range(&self, range: &WeightRange) -> String {
        english::weight_range(self, range)
    }

    /// Who waits for a partner, since when and why.
    fn waiting(&self, own: &Waiting) -> String {
        english::waiting(self, own)
    }

    /// The result at a glance, for a terminal of 80 columns.
    fn report(&self, report: &Report) -> String {
        layout::report(self, report)
    }

    /// To a participant of this role: a partner of theirs.
    fn own_pair(&self, role: Role, own: &OwnPair) -> String {
        english::own_pair(self, role, own)
    }

    /// To a participant of this role: why they have no partner.
    fn own_unmatched(&self, role: Role, own: OwnReason) -> String {
        english::own_unmatched(role, own).to_owned()
    }

    /// To a participant of this role: why this person is not their partner.
    fn own_why_not(&self, role: Role, partner: &ParticipantId, own: OwnWhyNot) -> String {
        english::own_why_not(self, (role, partner), own)
    }

    /// To a participant of this role: what they should know.
    fn own_warning(&self, role: Role, own: OwnWarning) -> String {
        english::own_warning(self, role, own)
    }

    /// To a participant of this role: since when they wait, and why.
    fn own_waiting(&self, role: Role, own: OwnWaiting) -> String {
        english::own_waiting(self, role, own)
    }
}

/// Plain English: what [`Wording`] says by itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct English;

impl Wording for English {
    fn tag(&self) -> &'static str {
        "en"
    }
}

#[cfg(test)]
mod tests;
