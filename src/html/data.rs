//! What the page's script shows: long tables as compact data.
//!
//! A pair is a row of numbers: ten thousand pairs of eight criteria take about 1.5 MB, and their explanations are
//! made when somebody opens them. Names of mentors, criteria and rules are written once.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::HtmlReport;
use crate::engine::{MentorPlaces, MentorTrait};
use crate::ids::{ParticipantId, Role};
use crate::matching::Pair;
use crate::reasons::{ObjectiveChange, UnmatchedReason};
use crate::scoring::Part;
use crate::wording::{Caption, Wording};

/// Everything the script reads.
#[derive(Serialize)]
pub(super) struct Data {
    format: Format,
    labels: HashMap<&'static str, String>,
    pairs: Pairs,
    unmatched: Vec<(Person, String, String)>,
    close: Vec<(Person, Person, String)>,
    recruiting: Vec<[String; 3]>,
    prices: Vec<(Person, String, String)>,
    warnings: Vec<(String,)>,
}

/// How numbers are written.
#[derive(Serialize)]
struct Format {
    point: char,
    thousands: char,
    percent: String,
}

/// A person: the id, and the name if the host knows it.
#[derive(Serialize)]
pub(super) struct Person {
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
}

#[derive(Serialize)]
struct Pairs {
    /// Names and weights.
    criteria: Vec<(String, String)>,
    mentors: Vec<Person>,
    rows: Vec<Row>,
}

/// The mentee, the mentor's position, the score, and by criterion points and fit, all in parts per million.
#[derive(Serialize)]
struct Row(Person, usize, u32, Vec<u32>, Vec<i64>, Extra);

/// What only some pairs have.
#[derive(Serialize)]
struct Extra {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    costs: Vec<(String, u32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    views: Option<[u32; 2]>,
    /// By the position of a criterion: what it counts, where that is not what is stated.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    weights: BTreeMap<usize, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lifted: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    locked: bool,
}

/// Captions that the script needs, by the names it has for them.
const LABELS: [(&str, Caption); 14] = [
    ("of", Caption::Of),
    ("nothing", Caption::NothingFound),
    ("criterion", Caption::Criterion),
    ("weight", Caption::Weight),
    ("fit", Caption::Fit),
    ("points", Caption::Points),
    ("score", Caption::Score),
    ("against", Caption::AgainstRule),
    ("noAnswer", Caption::NoAnswer),
    ("menteesView", Caption::MenteesView),
    ("mentorsView", Caption::MentorsView),
    ("locked", Caption::Locked),
    ("lifted", Caption::Lifted),
    ("why", Caption::Why),
];

impl Data {
    pub(super) fn new(report: &HtmlReport<'_>) -> Self {
        let words = report.words;
        let (point, thousands) = words.marks();
        let labels = LABELS.map(|(name, caption)| (name, words.caption(caption)));
        let warnings = report.outcome.warnings().iter();
        Self {
            format: Format {
                point,
                thousands,
                percent: words.percent_sign().to_owned(),
            },
            labels: labels.into_iter().collect(),
            pairs: pairs(report),
            unmatched: unmatched(report),
            close: close_calls(report),
            recruiting: recruiting(report),
            prices: prices(report),
            warnings: warnings.map(|own| (words.warning(own),)).collect(),
        }
    }
}

fn pairs(report: &HtmlReport<'_>) -> Pairs {
    let words = report.words;
    let criteria = report.outcome.programme().criteria().iter();
    let criteria = criteria.map(|own| (words.criterion(&own.name), own.weight.to_string()));
    let (mut mentors, mut known) = (Vec::new(), HashMap::new());
    let mut position = |id: &ParticipantId| {
        *known.entry(id.clone()).or_insert_with(|| {
            mentors.push(report.person(id));
            mentors.len() - 1
        })
    };
    let pairs = report.outcome.matching().pairs.iter();
    let rows = pairs.map(|pair| {
        Row(
            report.person(&pair.mentee),
            position(&pair.mentor),
            pair.score.ppm(),
            pair.parts.iter().map(|part| part.contribution).collect(),
            pair.parts.iter().map(fit).collect(),
            extra(words, pair),
        )
    });
    Pairs {
        criteria: criteria.collect(),
        rows: rows.collect(),
        mentors,
    }
}

/// The answer; below 0 where there is none: −1 if it was left out, else −2 less what was counted instead.
fn fit(part: &Part) -> i64 {
    match (part.answer, part.counted) {
        (Some(answer), _) => answer.ppm().into(),
        (None, Some(counted)) => -2 - i64::from(counted.ppm()),
        (None, None) => -1,
    }
}

fn extra(words: &dyn Wording, pair: &Pair) -> Extra {
    let costs = pair
        .costs
        .iter()
        .map(|own| (words.rule(&own.rule), own.cost));
    Extra {
        costs: costs.collect(),
        views: pair.views.map(|own| [own.mentee.ppm(), own.mentor.ppm()]),
        weights: emphasised(words, pair),
        lifted: pair.lifted.iter().map(|own| words.refusal(own)).collect(),
        locked: pair.locked,
    }
}

/// By criterion: what it counts where that is not what is stated.
fn emphasised(words: &dyn Wording, pair: &Pair) -> BTreeMap<usize, String> {
    let parts = pair.parts.iter().enumerate();
    let emphasised = parts.filter(|(_, own)| own.emphasis.is_some());
    emphasised
        .map(|(at, own)| (at, words.weight(own)))
        .collect()
}

fn unmatched(report: &HtmlReport<'_>) -> Vec<(Person, String, String)> {
    let words = report.words;
    let [mentor, mentee] = [Caption::Mentor, Caption::Mentee].map(|own| words.caption(own));
    let people = report.outcome.unmatched().iter();
    let rows = people.map(|one| {
        let role = match one.role {
            Role::Mentor => mentor.clone(),
            Role::Mentee => mentee.clone(),
        };
        let reason = words.unmatched(one.role, &one.reason);
        let reason = with_names(report, reason, &one.reason);
        (report.person(&one.participant), role, reason)
    });
    rows.collect()
}

/// A reason with the names of the partners it mentions, where the host knows them.
fn with_names(report: &HtmlReport<'_>, mut text: String, reason: &UnmatchedReason) -> String {
    let partners = match reason {
        UnmatchedReason::AllTaken { best, .. }
        | UnmatchedReason::AllPreferOthers { best, .. }
        | UnmatchedReason::SearchStopped { best, .. } => best,
        UnmatchedReason::NothingToGain { with_room, .. } => with_room,
        _ => return text,
    };
    for Person { id, name } in partners.iter().map(|own| report.person(&own.partner)) {
        if let Some(name) = name {
            text = text.replace(&report.words.quoted(&id), &format!("{name} ({id})"));
        }
    }
    text
}

/// Mentors whose places are worth something, the dearest first.
fn prices(report: &HtmlReport<'_>) -> Vec<(Person, String, String)> {
    let worth =
        |changes: &[ObjectiveChange]| -> Vec<i128> { changes.iter().map(|own| own.by).collect() };
    let gains = |own: &&MentorPlaces| own.gain.iter().any(|change| change.by != 0);
    let mut dear: Vec<_> = report.prices.iter().filter(gains).collect();
    dear.sort_by_cached_key(|own| std::cmp::Reverse(worth(&own.gain))); // else in the order of ids
    let rows = dear.into_iter().map(|own| {
        let loss = own.loss.as_deref();
        let loss = loss.map_or_else(String::new, |loss| in_words(report, loss, -1));
        (
            report.person(&own.mentor),
            in_words(report, &own.gain, 1),
            loss,
        )
    });
    rows.collect()
}

/// What changes, as rises (1) or as falls (−1).
fn in_words(report: &HtmlReport<'_>, changes: &[ObjectiveChange], sign: i128) -> String {
    let changes = changes.iter().filter(|own| own.by != 0);
    let changes = changes.map(|own| {
        let (of, by) = (own.of, sign * own.by);
        report.words.change(&ObjectiveChange { of, by })
    });
    changes.collect::<Vec<_>>().join(", ")
}

fn close_calls(report: &HtmlReport<'_>) -> Vec<(Person, Person, String)> {
    let rows = report.close_calls.iter().map(|own| {
        let change = match in_words(report, &own.margin, -1) {
            nothing if nothing.is_empty() => report.words.caption(Caption::ByLot),
            change => change,
        };
        (
            report.person(&own.mentee),
            report.person(&own.mentor),
            change,
        )
    });
    rows.collect()
}

fn recruiting(report: &HtmlReport<'_>) -> Vec<[String; 3]> {
    let words = report.words;
    let called = |own: &MentorTrait| match own {
        MentorTrait::Answer { field, value } => format!("{}: {value}", words.field(field)),
        MentorTrait::ZoneArea(area) => format!("{} {area}", words.caption(Caption::ZoneArea)),
    };
    let rows = report.recruiting.iter().map(|own| {
        let traits: Vec<_> = own.traits.iter().map(called).collect();
        let two = own.two.as_deref();
        [
            traits.join(" + "),
            in_words(report, &own.one, 1),
            two.map_or_else(String::new, |two| in_words(report, two, 1)),
        ]
    });
    rows.collect()
}
