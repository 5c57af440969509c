//! The report as text for a terminal of 80 columns, in any language.

use crate::ids::Role;
use crate::reasons::WishCount;
use crate::report::Report;
use crate::score::Score;
use crate::wording::{Caption, Noun, Wording};

use super::visible;

/// The longest bar of a histogram.
const BAR: u64 = 40;

/// A label before the bars of a histogram.
const LABEL: usize = 9;

/// A number at the beginning of a line.
const NUMBER: usize = 7;

pub(in crate::wording) fn report<W: Wording + ?Sized>(words: &W, report: &Report) -> String {
    let mut lines = Lines {
        words,
        text: String::new(),
    };
    if !report.programme.is_empty() {
        lines.line(&format!("{}\n", report.programme));
    }
    lines.labelled(&glance(words, report));
    lines.groups(report);
    lines.scores(report);
    lines.loads(report);
    lines.wishes(report);
    lines.unmatched(report);
    lines.text
}

/// The first lines, each with its label.
fn glance<W: Wording + ?Sized>(words: &W, report: &Report) -> Vec<(String, String)> {
    let totals = &report.totals;
    let (of, number) = (words.caption(Caption::Of), |n| words.number(n));
    let mentees = words.counted(totals.mentees.into(), Noun::Mentee);
    let mentors = words.counted(totals.mentors.into(), Noun::Mentor);
    let mut lines = vec![
        (
            words.caption(Caption::Matched),
            format!("{} {of} {mentees}", number(totals.matched_mentees.into())),
        ),
        (
            words.caption(Caption::Mentors),
            format!(
                "{} {of} {mentors} {}; {}: {} {of} {}",
                number(totals.matched_mentors.into()),
                words.caption(Caption::WithPartner),
                words.caption(Caption::PlacesUsed),
                number(totals.pairs),
                number(totals.places)
            ),
        ),
    ];
    if let (Some(mean), Some(worst)) = (report.mean_score, report.worst_score) {
        let [mean_score, lowest] = [Caption::MeanScore, Caption::LowestScore];
        let (mean, worst) = (words.percent(mean), words.percent(worst));
        let [mean_score, lowest] = [mean_score, lowest].map(|own| words.caption(own));
        let scores = format!("{mean_score} {mean}, {lowest} {worst}");
        lines.push((words.caption(Caption::Scores), scores));
    }
    if report.shortfall > 0 {
        lines.push((String::new(), words.shortfall(report.shortfall)));
    }
    lines.extend(objectives(words, report));
    lines
}

fn objectives<W: Wording + ?Sized>(words: &W, report: &Report) -> Vec<(String, String)> {
    let objectives = report.objectives.iter().enumerate().map(|(at, own)| {
        let title = if at == 0 {
            Caption::Optimised
        } else {
            Caption::Then
        };
        let proof = match own.proved {
            true => Caption::ProvenOptimal,
            false => Caption::NotProvenOptimal,
        };
        let value = words.objective_value(own, report.totals.pairs);
        let (objective, proof) = (words.objective(own.objective), words.caption(proof));
        (
            words.caption(title),
            format!("{objective}: {value}, {proof}"),
        )
    });
    let mut lines: Vec<_> = objectives.collect();
    lines.extend(report.gap.map(|gap| (String::new(), words.gap(gap))));
    lines.extend(report.stable.map(|stable| {
        let proof = match stable.proposing {
            Role::Mentee => Caption::StableForMentees,
            Role::Mentor => Caption::StableForMentors,
        };
        (words.caption(Caption::Stable), words.caption(proof))
    }));
    lines
}

struct Lines<'a, W: ?Sized> {
    words: &'a W,
    text: String,
}

impl<W: Wording + ?Sized> Lines<'_, W> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end_matches(' '));
        self.text.push('\n');
    }

    fn heading(&mut self, caption: Caption) {
        let heading = self.words.caption(caption);
        self.line(&format!("\n{heading}"));
    }

    /// Lines whose labels take the room of the longest.
    fn labelled(&mut self, lines: &[(String, String)]) {
        let width = lines.iter().map(|(label, _)| label.chars().count()).max();
        let width = width.unwrap_or(0).max(LABEL) + 2;
        for (label, text) in lines {
            self.line(&format!("{label:<width$}{text}"));
        }
    }

    fn groups(&mut self, report: &Report) {
        if report.groups.is_empty() {
            return;
        }
        self.heading(Caption::PairsOfGroups);
        let groups = report.groups.iter();
        let groups = groups.map(|own| (visible(&own.group), self.words.group_pairs(own)));
        self.labelled(&groups.collect::<Vec<_>>());
    }

    fn scores(&mut self, report: &Report) {
        self.heading(Caption::ScoresOfPairs);
        let most = report.score_bands.iter().copied().max().unwrap_or(0);
        for (band, &count) in report.score_bands.iter().enumerate().rev() {
            let sign = self.words.percent_sign();
            let label = format!("{}–{}{sign}", 10 * band, 10 * band + 10);
            self.bar(&label, count, most);
        }
    }

    fn loads(&mut self, report: &Report) {
        self.heading(Caption::MenteesOfAMentor);
        let most = report.loads.iter().copied().max().unwrap_or(0);
        for (load, &count) in report.loads.iter().enumerate() {
            self.bar(&load.to_string(), count, most);
        }
    }

    fn bar(&mut self, label: &str, count: u64, most: u64) {
        let length = usize::try_from((count * BAR).div_ceil(most.max(1))).unwrap_or(0);
        let bar = "█".repeat(length);
        self.line(&format!("{label:>LABEL$} {count:>6} {bar}"));
    }

    fn wishes(&mut self, report: &Report) {
        let roles = [
            (Caption::WishesOfMentees, &report.wishes.mentees),
            (Caption::WishesOfMentors, &report.wishes.mentors),
        ];
        for (heading, wishes) in roles.into_iter().filter(|(_, own)| !own.is_empty()) {
            self.heading(heading);
            let wish = self.words.caption(Caption::Wish);
            for (rank, &count) in &wishes.by_rank {
                self.wish(&format!("{wish} {rank}"), count);
            }
            if wishes.favourites.people > 0 {
                self.wish(&self.words.caption(Caption::Favourite), wishes.favourites);
            }
        }
    }

    fn wish(&mut self, label: &str, count: WishCount) {
        let WishCount {
            people,
            granted,
            forbidden,
        } = count;
        let words = self.words;
        let share = share(granted.into(), people.into());
        let of = words.caption(Caption::Of);
        let people = words.counted(people.into(), Noun::Person);
        let mut line = format!(
            "{label:>LABEL$} {granted:>6} {of} {people}, {}",
            words.percent(share)
        );
        if forbidden > 0 {
            line += &format!(
                "; {}: {forbidden}",
                words.caption(Caption::ForbiddenByRules)
            );
        }
        self.line(&line);
    }

    fn unmatched(&mut self, report: &Report) {
        if report.unmatched.is_empty() {
            return;
        }
        self.heading(Caption::Unmatched);
        for &(role, kind, count) in &report.unmatched {
            let noun = match role {
                Role::Mentee => Noun::Mentee,
                Role::Mentor => Noun::Mentor,
            };
            let people = self.words.counted(count, noun);
            let reason = self.words.unmatched_kind(kind);
            let indent = NUMBER.saturating_sub(self.words.number(count).chars().count());
            self.line(&format!("{}{people}: {reason}", " ".repeat(indent)));
        }
    }
}

/// A part of a whole; nothing of nothing.
pub(crate) fn share(part: u64, whole: u64) -> Score {
    let ppm = (part * 1_000_000 + whole / 2).checked_div(whole);
    Score::from_ppm_saturating(u32::try_from(ppm.unwrap_or(0)).unwrap_or(u32::MAX))
}
