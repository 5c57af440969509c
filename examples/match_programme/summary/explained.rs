//! Five pairs, and what their scores are made of.

use std::cmp::Reverse;
use std::fmt;

use mentormatch::{Pair, Part, ParticipantId, Profile, Score};

use super::Summary;

/// A tenth of a per cent, in parts per million.
const TENTH: u32 = 1_000;

impl Summary<'_> {
    /// The best pair, the poorest, and three evenly between.
    pub(super) fn write_explained(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pairs: Vec<&Pair> = self.outcome.matching().pairs.iter().collect();
        pairs.sort_by_key(|pair| Reverse(pair.score));
        let Some(last) = pairs.len().checked_sub(1) else {
            return Ok(());
        };
        let mut places: Vec<_> = (0..5).map(|quarter| last * quarter / 4).collect();
        places.dedup();
        let count = places.len();
        writeln!(f, "\n{count} pairs explained, from the best to the poorest")?;
        writeln!(
            f,
            "how well each criterion fits × its weight, in points that sum to the score"
        )?;
        places
            .into_iter()
            .try_for_each(|place| self.write_pair(f, pairs[place]))
    }

    fn write_pair(&self, f: &mut fmt::Formatter<'_>, pair: &Pair) -> fmt::Result {
        let cohort = self.outcome.cohort();
        let mentee = cohort.mentee_idx(pair.mentee.as_str());
        let mentor = cohort.mentor_idx(pair.mentor.as_str());
        let mentee = mentee.map(|at| &cohort.mentees()[at].profile);
        let mentor = mentor.map(|at| &cohort.mentors()[at].profile);
        writeln!(f, "\n  mentee  {}", self.introduced(&pair.mentee, mentee))?;
        writeln!(f, "  mentor  {}", self.introduced(&pair.mentor, mentor))?;
        let tenths = tenths(pair);
        for (part, &tenths) in pair.parts.iter().zip(&tenths) {
            write_part(f, part, tenths)?;
        }
        writeln!(
            f,
            "  {:<58} {:>6}",
            "match score",
            points(tenths.iter().sum())
        )
    }

    fn introduced(&self, id: &ParticipantId, profile: Option<&Profile>) -> String {
        let mut words = vec![self.called(id)];
        if let Some(profile) = profile {
            words.extend(profile.department.clone());
            words.extend(profile.site.clone());
            words.extend(profile.seniority.map(|step| format!("level {step}")));
        }
        words.join(", ")
    }
}

fn write_part(f: &mut fmt::Formatter<'_>, part: &Part, tenths: u32) -> fmt::Result {
    let (bar, fit) = match (part.answer, part.counted) {
        (Some(score), _) => (bar(score), score.to_string()),
        (None, Some(score)) => (bar(score), "no answer".to_owned()),
        (None, None) => (" ".repeat(10), "left out".to_owned()),
    };
    let (criterion, weight, points) = (&part.criterion, part.weight.to_string(), points(tenths));
    writeln!(
        f,
        "    {criterion:<26} {bar} {fit:>9} × {weight:<5} {points:>5}"
    )
}

/// The parts in tenths of a per cent, rounded so that they sum to the score as it is shown: all down
/// first, then those with the largest remainders up.
fn tenths(pair: &Pair) -> Vec<u32> {
    let mut tenths: Vec<u32> = pair
        .parts
        .iter()
        .map(|part| part.contribution / TENTH)
        .collect();
    let shown = (pair.score.ppm() + TENTH / 2) / TENTH;
    let missing = shown.saturating_sub(tenths.iter().sum());
    let mut by_remainder: Vec<usize> = (0..tenths.len()).collect();
    by_remainder.sort_by_key(|&at| Reverse(pair.parts[at].contribution % TENTH));
    for at in by_remainder
        .into_iter()
        .take(usize::try_from(missing).unwrap_or(0))
    {
        tenths[at] += 1;
    }
    tenths
}

fn points(tenths: u32) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn bar(score: Score) -> String {
    let full = usize::try_from((score.ppm() + 50_000) / 100_000).unwrap_or(0);
    format!("{}{}", "█".repeat(full), "░".repeat(10 - full))
}
