//! The page: its head, its sections in the order in which a manager reads them, its data and its script.

use super::HtmlReport;
use super::data::Data;
use super::escape::{escape, escape_json};
use super::fairness;
use super::figures::figures;
use super::tables::{self, Table, long_table};
use crate::ids::Role;
use crate::report::Report;
use crate::wording::{Caption, Wording, capital, share, visible};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The only style and the only script that the page may use, by SHA-256; a test computes them again.
const STYLE_HASH: &str = "sha256-/M9xbvNvBKevxwMtNPubjKsoTof4HGe8sLyXqUGTIYg=";
const SCRIPT_HASH: &str = "sha256-hjqhh/ItFiVN3AKHF3tvipTs4ycfD9F2s5afoIdw6q4=";

pub(super) fn page(html: &HtmlReport<'_>) -> String {
    let (words, report) = (html.words, html.outcome.report());
    let data = serde_json::to_string(&Data::new(html)).unwrap_or_default();
    let (head, data) = (head(&report, words), escape_json(&data));
    let sections = sections(html, &report);
    let contents = contents(html, &sections);
    let sections: String = sections.into_iter().map(|own| own.html).collect();
    let header = header(&report, words);
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n{head}<body>\n{header}{contents}<main>\n{sections}</main>\n{}\
         <script type=\"application/json\" id=\"data\">{data}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        escape(words.tag()),
        footer(words)
    )
}

fn head(report: &Report, words: &dyn Wording) -> String {
    let title = escape(&title(report, words));
    format!(
        "<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{STYLE_HASH}'; \
         script-src '{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n"
    )
}

fn title(report: &Report, words: &dyn Wording) -> String {
    match report.programme.as_str() {
        "" => words.caption(Caption::MatchingReport),
        programme => programme.to_owned(),
    }
}

fn header(report: &Report, words: &dyn Wording) -> String {
    let (kind, title) = (words.caption(Caption::MatchingReport), title(report, words));
    let proof = proof(report, words);
    let kind = if kind == title {
        String::new()
    } else {
        escape(&kind)
    };
    format!(
        "<header><p class=\"kind\">{kind}</p><h1><bdi>{}</bdi></h1>{proof}</header>\n",
        escape(&title)
    )
}

/// Whether what follows is proved.
fn proof(report: &Report, words: &dyn Wording) -> String {
    let is_proved = report.objectives.iter().all(|own| own.proved);
    let (class, text) = match (report.stable, report.gap) {
        (Some(stable), _) => {
            let best = match stable.proposing {
                Role::Mentee => Caption::StableForMentees,
                Role::Mentor => Caption::StableForMentors,
            };
            let (stable, best) = (words.caption(Caption::Stable), words.caption(best));
            ("proved", format!("{stable}: {best}"))
        }
        (None, None) if is_proved => ("proved", words.caption(Caption::ProvenOptimal)),
        (None, None) => ("open", words.caption(Caption::NotProvenOptimal)),
        (None, Some(gap)) => ("open", words.gap(gap)),
    };
    let proof = format!("<p class=\"proof {class}\">{}</p>", escape(&capital(&text)));
    match report.shortfall {
        0 => proof,
        places => {
            let short = escape(&capital(&words.shortfall(places)));
            format!("{proof}<p class=\"proof open\">{short}</p>")
        }
    }
}

/// A part of the page that can be jumped to.
struct Section {
    id: &'static str,
    heading: Caption,
    html: String,
}

fn sections(html: &HtmlReport<'_>, report: &Report) -> Vec<Section> {
    let words = html.words;
    let long = |id, heading, columns: &[(Caption, &str)]| {
        let step = if id == "pairs" { 100 } else { 10 };
        let html = long_table((id, heading, step), columns, words);
        Section { id, heading, html }
    };
    let mut all = vec![Section {
        id: "result",
        heading: Caption::Result,
        html: result(report, words),
    }];
    if !html.close_calls.is_empty() {
        let columns = [
            (Caption::Mentee, "person"),
            (Caption::Mentor, "person"),
            (Caption::WithoutPair, ""),
        ];
        all.push(long("close", Caption::CloseCalls, &columns));
    }
    if !html.recruiting.is_empty() {
        let columns = [
            (Caption::MentorsWith, ""),
            (Caption::OneMoreMentor, ""),
            (Caption::TwoMoreMentors, ""),
        ];
        all.push(long("recruiting", Caption::Recruiting, &columns));
    }
    if !html.prices.is_empty() {
        let columns = [
            (Caption::Mentor, "person"),
            (Caption::OneMorePlace, ""),
            (Caption::OneFewer, ""),
        ];
        all.push(long("prices", Caption::PriceOfPlaces, &columns));
    }
    if !html.outcome.unmatched().is_empty() {
        let columns = [
            (Caption::Person, "person"),
            (Caption::Role, ""),
            (Caption::Reason, ""),
        ];
        all.push(long("unmatched", Caption::Unmatched, &columns));
    }
    if let Some(own) = html.fairness.filter(|own| !own.attributes.is_empty()) {
        all.push(Section {
            id: "fairness",
            heading: Caption::Fairness,
            html: fairness::section(own, words),
        });
    }
    if !html.outcome.warnings().is_empty() {
        all.push(long(
            "warnings",
            Caption::WorthALook,
            &[(Caption::WorthALook, "")],
        ));
    }
    let columns = [
        (Caption::Mentee, "person"),
        (Caption::Mentor, "person"),
        (Caption::Score, "number"),
    ];
    all.push(long("pairs", Caption::Pairs, &columns));
    all
}

fn contents(html: &HtmlReport<'_>, sections: &[Section]) -> String {
    let links = sections.iter().map(|own| {
        let heading = escape(&capital(&html.words.caption(own.heading)));
        format!("<a href=\"#{}\">{heading}</a>", own.id)
    });
    format!("<nav>{}</nav>\n", links.collect::<String>())
}

/// Key figures, objectives, charts.
fn result(report: &Report, words: &dyn Wording) -> String {
    let heading = escape(&capital(&words.caption(Caption::Result)));
    format!(
        "<section id=\"result\"><h2 class=\"unseen\">{heading}</h2>{}{}{}<div class=\"charts\">{}</div></section>\n",
        keys(report, words),
        objectives(report, words),
        groups(report, words),
        figures(report, words)
    )
}

fn keys(report: &Report, words: &dyn Wording) -> String {
    let totals = &report.totals;
    let of = words.caption(Caption::Of);
    let part = |caption, part: u64, whole: u64, what| {
        let detail = format!("{} {of} {} {what}", words.number(part), words.number(whole));
        key(
            detail.trim_end(),
            &words.percent(share(part, whole)),
            &words.caption(caption),
        )
    };
    let with = words.caption(Caption::WithPartner);
    let mut all = vec![
        part(
            Caption::Mentees,
            totals.matched_mentees.into(),
            totals.mentees.into(),
            &with[..],
        ),
        part(
            Caption::Mentors,
            totals.matched_mentors.into(),
            totals.mentors.into(),
            &with,
        ),
        part(Caption::PlacesUsed, totals.pairs, totals.places, ""),
    ];
    if let (Some(mean), Some(worst)) = (report.mean_score, report.worst_score) {
        let lowest = words.caption(Caption::LowestScore);
        let lowest = format!("{lowest} {}", words.percent(worst));
        let label = format!(
            "{}, {}",
            words.caption(Caption::Score),
            words.caption(Caption::MeanScore)
        );
        all.push(key(&lowest, &words.percent(mean), &label));
    }
    format!("<dl class=\"keys\">{}</dl>", all.concat())
}

fn key(detail: &str, value: &str, label: &str) -> String {
    let [detail, value, label] = [detail, value, &capital(label)].map(escape);
    format!("<div><dt>{label}</dt><dd><strong>{value}</strong><span>{detail}</span></dd></div>")
}

fn objectives(report: &Report, words: &dyn Wording) -> String {
    if report.objectives.is_empty() {
        return String::new();
    }
    let lines = report.objectives.iter().map(|own| {
        let proof = match own.proved {
            true => Caption::ProvenOptimal,
            false => Caption::NotProvenOptimal,
        };
        let value = words.objective_value(own, report.totals.pairs);
        vec![
            capital(&words.objective(own.objective)),
            value,
            words.caption(proof),
        ]
    });
    let headings = [Caption::Objective, Caption::Value, Caption::Proof];
    let headings = headings.map(|own| words.caption(own)).to_vec();
    let title = escape(&capital(&words.caption(Caption::Objectives)));
    let table = tables::table(&title, &Table::new(headings, lines.collect()));
    format!("<h3>{title}</h3><div class=\"scroll objectives\">{table}</div>")
}

fn groups(report: &Report, words: &dyn Wording) -> String {
    if report.groups.is_empty() {
        return String::new();
    }
    let lines = report.groups.iter();
    let lines = lines.map(|own| vec![visible(&own.group), words.group_pairs(own)]);
    let headings = [Caption::Group, Caption::Pairs].map(|own| words.caption(own));
    let title = escape(&capital(&words.caption(Caption::PairsOfGroups)));
    let table = tables::table(&title, &Table::new(headings.to_vec(), lines.collect()));
    format!("<h3>{title}</h3><div class=\"scroll objectives\">{table}</div>")
}

fn footer(words: &dyn Wording) -> String {
    let heading = escape(&capital(&words.caption(Caption::HowToRead)));
    let text = escape(&words.caption(Caption::HowToReadText));
    let version = env!("CARGO_PKG_VERSION");
    format!("<footer><h2>{heading}</h2><p>{text}</p><p>mentormatch {version}</p></footer>\n")
}

#[cfg(test)]
mod tests;
