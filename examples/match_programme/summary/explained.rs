//! Three pairs, and what their scores are made of.

use std::cmp::Reverse;
use std::fmt;

use mentormatch::{English, Pair, Part, ParticipantId, Profile, Score, View, ViewScores, Wording};

use super::Summary;

/// A tenth of a per cent, in parts per million.
const TENTH: u32 = 1_000;

/// Criteria that are shown one by one: those that give the most.
const SHOWN: usize = 8;

impl Summary<'_> {
    /// The best pair, the one in the middle, and the poorest.
    pub(super) fn write_explained(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pairs: Vec<&Pair> = self.outcome.matching().pairs.iter().collect();
        pairs.sort_by_key(|pair| Reverse(pair.score));
        let Some(last) = pairs.len().checked_sub(1) else {
            return Ok(());
        };
        let mut places: Vec<_> = (0..3).map(|half| last * half / 2).collect();
        places.dedup();
        let count = places.len();
        writeln!(f, "\n{count} pairs explained, from the best to the poorest")?;
        writeln!(
            f,
            "how well each criterion fits × its weight{}, in points that sum to the score",
            if self.two_views() {
                " in whose view"
            } else {
                ""
            }
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
        let (views, costs) = (pair.views, &pair.costs);
        let lost = costs.iter().map(|own| own.cost).sum::<u32>();
        self.write_parts(f, pair, pair.score.ppm() + lost)?;
        for own in costs {
            let rule = English.rule(&own.rule);
            writeln!(
                f,
                "    {:<59} {:>6}",
                format!("against the rule “{rule}”"),
                format!("−{}", points(rounded(own.cost)))
            )?;
        }
        let score = points(rounded(pair.score.ppm()));
        writeln!(f, "  {:<61} {score:>6}%", "match score")?;
        if let Some(ViewScores { mentee, mentor, .. }) = views {
            writeln!(f, "    the mentee's view {mentee}, the mentor's {mentor}")?;
        }
        let mut emphasised = pair.parts.iter();
        emphasised.try_for_each(|part| match part.emphasis {
            Some(emphasis) => {
                let criterion = English.criterion(&part.criterion);
                writeln!(f, "    {criterion} counts{emphasis}")
            }
            None => Ok(()),
        })
    }

    /// The parts that give the most, and the others in one line.
    fn write_parts(&self, f: &mut fmt::Formatter<'_>, pair: &Pair, sum: u32) -> fmt::Result {
        let criteria = self.outcome.programme().criteria();
        let tenths = tenths(pair, sum);
        let mut parts: Vec<_> = pair.parts.iter().zip(criteria).zip(tenths).collect();
        parts.sort_by_key(|((part, _), _)| Reverse(part.contribution)); // else as in the programme
        let others = parts.split_off(parts.len().min(SHOWN));
        for ((part, own), tenths) in parts {
            let weight = match own.view {
                _ if !self.two_views() => part.weight.to_string(),
                View::Both => format!("{} both", part.weight),
                View::Mentee => format!("{} mentee", part.weight),
                View::Mentor => format!("{} mentor", part.weight),
            };
            write_part(f, part, &weight, tenths)?;
        }
        let rest = others.iter().map(|(_, tenths)| tenths).sum();
        let others = match others.len() {
            0 => return Ok(()),
            1 => "another criterion".to_owned(),
            more => format!("{more} other criteria"),
        };
        writeln!(f, "    {others:<60} {:>5}", points(rest))
    }

    /// Whether mentees and mentors weigh criteria differently.
    fn two_views(&self) -> bool {
        let mut criteria = self.outcome.programme().criteria().iter();
        criteria.any(|own| own.view != View::Both)
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

fn write_part(f: &mut fmt::Formatter<'_>, part: &Part, weight: &str, tenths: u32) -> fmt::Result {
    let (bar, fit) = match (part.answer, part.counted) {
        (Some(score), _) => (bar(score), score.to_string()),
        (None, Some(score)) => (bar(score), "no answer".to_owned()),
        (None, None) => (" ".repeat(10), "left out".to_owned()),
    };
    let (criterion, points) = (English.criterion(&part.criterion), points(tenths));
    writeln!(
        f,
        "    {criterion:<24} {bar} {fit:>9} × {weight:<12} {points:>5}"
    )
}

/// The parts in tenths of a per cent, rounded so that they sum to their sum as it is shown: all down
/// first, then those with the largest remainders up.
fn tenths(pair: &Pair, sum: u32) -> Vec<u32> {
    let mut tenths: Vec<u32> = pair
        .parts
        .iter()
        .map(|part| part.contribution / TENTH)
        .collect();
    let missing = rounded(sum).saturating_sub(tenths.iter().sum());
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

fn rounded(ppm: u32) -> u32 {
    (ppm + TENTH / 2) / TENTH
}

fn points(tenths: u32) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn bar(score: Score) -> String {
    let full = usize::try_from((score.ppm() + 50_000) / 100_000).unwrap_or(0);
    format!("{}{}", "█".repeat(full), "░".repeat(10 - full))
}
