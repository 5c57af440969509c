//! The report's charts, each with its figures as a table.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::charts::{Cell, Column, Row, Tone, columns, grid, rows};
use super::escape::escape;
use super::tables::{self, Table};
use crate::preflight::{Supply, SupplyOf};
use crate::reasons::RoleWishes;
use crate::report::Report;
use crate::wording::{Caption, Wording, capital, share};

/// As many skills as a chart shows; the table has more.
const SKILLS: usize = 10;

/// Loads above this one are shown together.
const LOADS: usize = 9;

/// All charts there is something to draw for, as figures.
pub(super) fn figures(report: &Report, words: &dyn Wording) -> String {
    let all = [
        participation(report, words),
        scores(report, words),
        loads(report, words),
        wishes(Caption::WishesOfMentees, &report.wishes.mentees, words),
        wishes(Caption::WishesOfMentors, &report.wishes.mentors, words),
        supply(report, words),
        clocks(report, words),
    ];
    all.into_iter().flatten().collect()
}

/// A chart under its heading, its legend, and its figures below.
fn figure(
    (caption, legend): (Caption, &[(Tone, String)]),
    drawing: Option<String>,
    table: &Table,
    words: &dyn Wording,
) -> Option<String> {
    let drawing = drawing?;
    let title = escape(&capital(&words.caption(caption)));
    let legend = legend.iter().map(|(tone, label)| {
        let label = escape(label);
        format!(
            "<li><span class=\"key {}\"></span>{label}</li>",
            tone.class()
        )
    });
    let legend: String = legend.collect();
    let legend = match legend.is_empty() {
        true => String::new(),
        false => format!("<ul class=\"legend\">{legend}</ul>"),
    };
    let figures = escape(&capital(&words.caption(Caption::Figures)));
    let table = tables::table(&title, table);
    Some(format!(
        "<figure><figcaption><h3>{title}</h3></figcaption>{legend}{drawing}\
         <details><summary>{figures}</summary><div class=\"scroll\">{table}</div></details></figure>"
    ))
}

fn captions<const N: usize>(words: &dyn Wording, captions: [Caption; N]) -> Vec<String> {
    captions.map(|own| words.caption(own)).to_vec()
}

fn participation(report: &Report, words: &dyn Wording) -> Option<String> {
    let totals = &report.totals;
    let wholes = [
        (
            Caption::Mentees,
            totals.matched_mentees.into(),
            totals.mentees.into(),
        ),
        (
            Caption::Mentors,
            totals.matched_mentors.into(),
            totals.mentors.into(),
        ),
        (Caption::PlacesUsed, totals.pairs, totals.places),
    ];
    let bars = wholes.map(|(caption, part, whole): (_, u64, u64)| {
        // One scale for shares: in thousandths of each whole.
        let used = u64::from(share(part, whole).ppm() / 1_000);
        Row {
            label: words.caption(caption),
            bars: vec![vec![(Tone::Main, used), (Tone::Rest, 1_000 - used)]],
            note: words.percent(share(part, whole)),
        }
    });
    let lines = wholes.map(|(caption, part, whole)| {
        let share = words.percent(share(part, whole));
        vec![
            words.caption(caption),
            words.number(part),
            words.number(whole),
            share,
        ]
    });
    let columns = [
        Caption::Participation,
        Caption::WithPartner,
        Caption::Of,
        Caption::Share,
    ];
    let table = Table::new(captions(words, columns), lines.to_vec());
    let title = words.caption(Caption::Participation);
    figure(
        (Caption::Participation, &[]),
        rows(&title, &bars),
        &table,
        words,
    )
}

fn scores(report: &Report, words: &dyn Wording) -> Option<String> {
    let sign = words.percent_sign();
    let bands = report.score_bands.iter().enumerate();
    let bars = bands.clone().map(|(band, &value)| Column {
        label: match band {
            0 => format!("0{sign}"),
            _ => (10 * band).to_string(),
        },
        value,
    });
    let bars: Vec<_> = bars.collect();
    let lines = bands.map(|(band, &value)| {
        let band = format!("{}–{}{sign}", 10 * band, 10 * band + 10);
        vec![band, words.number(value)]
    });
    let table = Table::new(
        captions(words, [Caption::Score, Caption::Pairs]),
        lines.collect(),
    );
    let title = words.caption(Caption::ScoresOfPairs);
    figure(
        (Caption::ScoresOfPairs, &[]),
        columns(&title, &bars, Some("100")),
        &table,
        words,
    )
}

fn loads(report: &Report, words: &dyn Wording) -> Option<String> {
    let (shown, more) = report.loads.split_at(report.loads.len().min(LOADS));
    let column = |(load, &value): (usize, &u64)| Column {
        label: load.to_string(),
        value,
    };
    let mut bars: Vec<_> = shown.iter().enumerate().map(column).collect();
    if !more.is_empty() {
        bars.push(Column {
            label: format!("{LOADS}+"),
            value: more.iter().sum(),
        });
    }
    let lines = report.loads.iter().enumerate();
    let lines = lines.map(|(load, &value)| vec![load.to_string(), words.number(value)]);
    let table = Table::new(
        captions(words, [Caption::Mentees, Caption::Mentors]),
        lines.collect(),
    );
    let title = words.caption(Caption::MenteesOfAMentor);
    figure(
        (Caption::MenteesOfAMentor, &[]),
        columns(&title, &bars, None),
        &table,
        words,
    )
}

fn wishes(caption: Caption, wishes: &RoleWishes, words: &dyn Wording) -> Option<String> {
    let wish = words.caption(Caption::Wish);
    let ranked = wishes.by_rank.iter();
    let mut counts: Vec<_> = ranked
        .map(|(rank, &own)| (format!("{wish} {rank}"), own))
        .collect();
    if wishes.favourites.people > 0 {
        counts.push((words.caption(Caption::Favourite), wishes.favourites));
    }
    let bars = counts.iter().map(|(label, own)| {
        let [people, granted, forbidden] = [own.people, own.granted, own.forbidden].map(u64::from);
        let rest = people - granted - forbidden.min(people - granted);
        let parts = vec![
            (Tone::Main, granted),
            (Tone::Rest, rest),
            (Tone::Barred, people - granted - rest),
        ];
        let of = words.caption(Caption::Of);
        Row {
            label: label.clone(),
            bars: vec![parts],
            note: format!("{granted} {of} {people}"),
        }
    });
    let bars: Vec<_> = bars.take(SKILLS).collect();
    let lines = counts.iter().map(|(label, own)| {
        let numbers = [own.people, own.granted, own.forbidden].map(|one| words.number(one.into()));
        [vec![label.clone()], numbers.to_vec()].concat()
    });
    let headings = [
        Caption::Wish,
        Caption::Person,
        Caption::Granted,
        Caption::ForbiddenByRules,
    ];
    let table = Table::new(captions(words, headings), lines.collect());
    let legend = [
        (Tone::Main, words.caption(Caption::Granted)),
        (Tone::Barred, words.caption(Caption::ForbiddenByRules)),
    ];
    figure(
        (caption, &legend),
        rows(&words.caption(caption), &bars),
        &table,
        words,
    )
}

fn supply(report: &Report, words: &dyn Wording) -> Option<String> {
    let skills: Vec<_> = report
        .supply
        .iter()
        .filter(|own| own.of == SupplyOf::Skill)
        .collect();
    let bars = most_needed(&skills).into_iter().map(|own| Row {
        label: own.what.expose().clone(),
        bars: vec![
            vec![(Tone::Against, own.needed_by)],
            vec![(Tone::Main, own.places)],
        ],
        note: format!("{} / {}", own.needed_by, own.places),
    });
    let bars: Vec<_> = bars.collect();
    let level = words.caption(Caption::Level);
    let lines = skills.iter().map(|own| {
        let what = match own.level.expose() {
            Some(least) => format!("{}, {level} {least}+", own.what.expose()),
            None => own.what.expose().clone(),
        };
        vec![what, words.number(own.needed_by), words.number(own.places)]
    });
    let headings = [Caption::Needed, Caption::NeededBy, Caption::PlacesOffered];
    let table = Table::new(captions(words, headings), lines.collect());
    let legend = [
        (Tone::Against, words.caption(Caption::NeededBy)),
        (Tone::Main, words.caption(Caption::PlacesOffered)),
    ];
    let title = words.caption(Caption::SupplyAndDemand);
    figure(
        (Caption::SupplyAndDemand, &legend),
        rows(&title, &bars),
        &table,
        words,
    )
}

/// Of each skill the lowest level that is needed, which all mentees who need the skill need; the most needed first.
fn most_needed<'a>(skills: &[&'a Supply]) -> Vec<&'a Supply> {
    let mut widest: BTreeMap<&str, &Supply> = BTreeMap::new();
    for &own in skills {
        let known = widest.entry(own.what.expose()).or_insert(own);
        if own.needed_by > known.needed_by {
            *known = own;
        }
    }
    let mut widest: Vec<_> = widest.into_values().collect();
    widest.sort_by_key(|own| Reverse(own.needed_by)); // else by name
    widest.truncate(SKILLS);
    widest
}

fn clocks(report: &Report, words: &dyn Wording) -> Option<String> {
    let sides = |minutes: &mut dyn Iterator<Item = i32>| {
        let mut all: Vec<_> = minutes.collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let mentees = sides(&mut report.clocks.iter().map(|own| own.mentee_minutes));
    let mentors = sides(&mut report.clocks.iter().map(|own| own.mentor_minutes));
    let position = |all: &[i32], minutes| all.iter().position(|own| *own == minutes).unwrap_or(0);
    let cells = report.clocks.iter().map(|own| Cell {
        column: position(&mentees, own.mentee_minutes),
        row: position(&mentors, own.mentor_minutes),
        count: own.pairs,
    });
    let cells: Vec<_> = cells.collect();
    let labels = |all: &[i32]| all.iter().map(|own| clock(*own)).collect::<Vec<_>>();
    let title = words.caption(Caption::TimeZonesOfPairs);
    let drawing = grid(&title, (&labels(&mentees), &labels(&mentors)), &cells);
    let lines = report.clocks.iter().map(|own| {
        vec![
            clock(own.mentee_minutes),
            clock(own.mentor_minutes),
            words.number(own.pairs),
        ]
    });
    let headings = [Caption::Mentee, Caption::Mentor, Caption::Pairs];
    let table = Table::new(captions(words, headings), lines.collect());
    let legend = [
        (
            Tone::Label,
            format!("→ {} (UTC)", words.caption(Caption::Mentee)),
        ),
        (
            Tone::Label,
            format!("↑ {} (UTC)", words.caption(Caption::Mentor)),
        ),
    ];
    figure((Caption::TimeZonesOfPairs, &legend), drawing, &table, words)
}

/// An offset as `+5:30` or `−4`.
fn clock(minutes: i32) -> String {
    let sign = if minutes < 0 { '−' } else { '+' };
    let minutes = minutes.unsigned_abs();
    match minutes % 60 {
        0 => format!("{sign}{}", minutes / 60),
        rest => format!("{sign}{}:{rest:02}", minutes / 60),
    }
}
