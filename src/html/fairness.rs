//! How groups fared: a table an attribute.

use super::escape::escape;
use super::tables::{Table, table};
use crate::ids::Role;
use crate::report::{Fairness, GroupFigures, MonitoredAttribute, Share};
use crate::score::Score;
use crate::wording::{Caption, Wording, capital};

/// What stands where there is no figure.
const NONE: &str = "–";

/// What marks a flagged ratio; the text above the tables says what it means.
const FLAG: &str = " ⚑";

const HEADINGS: [Caption; 8] = [
    Caption::Group,
    Caption::People,
    Caption::Placed,
    Caption::ImpactRatio,
    Caption::ChanceAlone,
    Caption::MeanScore,
    Caption::LowScores,
    Caption::FirstWishes,
];

/// The section of fairness figures.
pub(super) fn section(fairness: &Fairness, words: &dyn Wording) -> String {
    let heading = escape(&capital(&words.caption(Caption::Fairness)));
    let note = escape(&words.caption(Caption::FlagNotFinding));
    let tables = fairness.attributes.iter().map(|own| attribute(own, words));
    let tables: String = tables.collect();
    format!(
        "<section id=\"fairness\"><h2>{heading}</h2><p class=\"note\">{note}</p>{tables}</section>\n"
    )
}

fn attribute(own: &MonitoredAttribute, words: &dyn Wording) -> String {
    let role = words.caption(match own.role {
        Role::Mentee => Caption::Mentees,
        Role::Mentor => Caption::Mentors,
    });
    let title = escape(&capital(&format!("{role}: {}", own.attribute)));
    let mut lines: Vec<_> = own.groups.iter().map(|group| line(group, words)).collect();
    if own.suppressed_groups > 0 {
        let mut hidden = vec![NONE.to_owned(); HEADINGS.len()];
        hidden[0] = words.caption(Caption::NotShown);
        hidden[1] = words.number(own.suppressed_people.into());
        lines.push(hidden);
    }
    let headings = HEADINGS.map(|own| words.caption(own)).to_vec();
    let table = table(&title, &Table::new(headings, lines));
    format!(
        "<h3>{title}</h3><div class=\"scroll fairness\" role=\"region\" aria-label=\"{title}\" tabindex=\"0\">{table}</div>"
    )
}

fn line(group: &GroupFigures, words: &dyn Wording) -> Vec<String> {
    let share = |own: Share| words.percent(Score::from_ppm_saturating(own.ppm()));
    let or_none = |own: Option<String>| own.unwrap_or_else(|| NONE.to_owned());
    let name = group.answer().map(str::to_owned);
    let ratio = group
        .impact
        .map(|own| share(own.ratio) + if own.is_flagged { FLAG } else { "" });
    vec![
        name.unwrap_or_else(|| words.caption(Caption::NoAnswer)),
        words.number(group.people.into()),
        share(group.placement_rate()),
        or_none(ratio),
        or_none(group.impact.map(|own| share(own.p_value))),
        or_none(group.mean_score.map(|own| words.percent(own))),
        or_none(group.mean_of_lowest.map(|own| words.percent(own))),
        or_none(group.first_wishes.map(|own| share(own.rate()))),
    ]
}
