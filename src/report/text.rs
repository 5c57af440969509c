//! The report as text for a terminal of 80 columns.

use std::fmt;

use super::{ObjectiveValue, Report};
use crate::ids::Role;
use crate::programme::Objective;
use crate::reasons::WishCount;
use crate::score::Score;

/// The longest bar of a histogram.
const BAR: u64 = 40;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let totals = &self.totals;
        if !self.programme.is_empty() {
            writeln!(f, "{}\n", self.programme)?;
        }
        writeln!(
            f,
            "matched    {} of {} mentees",
            totals.matched_mentees, totals.mentees
        )?;
        writeln!(
            f,
            "mentors    {} of {} have a mentee; {} of {} places used",
            totals.matched_mentors, totals.mentors, totals.pairs, totals.places
        )?;
        if let (Some(mean), Some(worst)) = (self.mean_score, self.worst_score) {
            writeln!(f, "scores     mean {mean}, lowest {worst}")?;
        }
        self.write_objectives(f)?;
        if let Some(stable) = self.stable {
            let side = stable.proposing;
            writeln!(f, "stable     proven, and the best one for the {side}s")?;
        }
        self.write_scores(f)?;
        self.write_loads(f)?;
        self.write_wishes(f)?;
        self.write_unmatched(f)
    }
}

impl Report {
    fn write_objectives(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, own) in self.objectives.iter().enumerate() {
            let title = if at == 0 { "optimised" } else { "then" };
            let proof = if own.proved {
                "proven optimal"
            } else {
                "not proven optimal"
            };
            let value = self.in_words(own);
            writeln!(f, "{title:<11}{}: {value}, {proof}", own.objective)?;
        }
        Ok(())
    }

    /// What an objective came to, in its own unit.
    fn in_words(&self, own: &ObjectiveValue) -> String {
        let value = own.value;
        match own.objective {
            Objective::Participation => counted(value, "mentee"),
            Objective::PriorityTiers => with_levels(own, counted(value, "mentee"), "tier"),
            Objective::Pairs | Objective::KeepPairs => counted(value, "pair"),
            Objective::MentorTiers => with_levels(own, counted(value, "mentor"), "tier"),
            Objective::MentorsUsed => counted(value, "mentor"),
            Objective::TotalScore => {
                let thousandths = (value + 500) / 1_000;
                let (whole, rest) = (thousandths / 1_000, thousandths % 1_000);
                format!("{whole}.{rest:03} of {}", self.totals.pairs)
            }
            Objective::Leximin { .. } => lowest_class(own),
            Objective::Wishes { .. } => with_levels(own, format!("{value} granted"), "rank"),
            Objective::SpreadLoad => {
                format!("{} of mentees who share a mentor", counted(value, "pair"))
            }
        }
    }

    fn write_scores(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nscore of the pairs")?;
        let most = self.score_bands.iter().copied().max().unwrap_or(0);
        for (band, &count) in self.score_bands.iter().enumerate().rev() {
            let label = format!("{}–{} %", 10 * band, 10 * band + 10);
            write_bar(f, &label, count, most)?;
        }
        Ok(())
    }

    fn write_loads(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nmentees of a mentor")?;
        let most = self.loads.iter().copied().max().unwrap_or(0);
        for (load, &count) in self.loads.iter().enumerate() {
            write_bar(f, &load.to_string(), count, most)?;
        }
        Ok(())
    }

    fn write_wishes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roles = [
            (Role::Mentee, &self.wishes.mentees),
            (Role::Mentor, &self.wishes.mentors),
        ];
        for (role, wishes) in roles.into_iter().filter(|(_, own)| !own.is_empty()) {
            writeln!(f, "\nwishes of {role}s granted")?;
            for (rank, &count) in &wishes.by_rank {
                write_wish(f, &format!("wish {rank}"), count)?;
            }
            if wishes.favourites.people > 0 {
                write_wish(f, "favourite", wishes.favourites)?;
            }
        }
        Ok(())
    }

    fn write_unmatched(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unmatched.is_empty() {
            return Ok(());
        }
        writeln!(f, "\nwithout a partner")?;
        for (role, reason, count) in &self.unmatched {
            writeln!(
                f,
                "{count:>7} {role}{}: {reason}",
                if *count == 1 { "" } else { "s" }
            )?;
        }
        Ok(())
    }
}

/// The whole, and what each level adds to it.
fn with_levels(own: &ObjectiveValue, whole: String, level: &str) -> String {
    if own.levels.is_empty() {
        return whole;
    }
    let counts = own.levels.iter();
    let counts: Vec<_> = counts
        .map(|one| format!("{level} {}: {}", one.level, one.count))
        .collect();
    format!("{whole} ({})", counts.join(", "))
}

fn counted(count: u64, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// How many pairs there are in the lowest class that has any.
fn lowest_class(own: &ObjectiveValue) -> String {
    let limit = Score::from_ppm_saturating(u32::try_from(own.value).unwrap_or(u32::MAX));
    match own.levels.iter().find(|one| one.count > 0) {
        Some(lowest) => format!("none below {limit}, {} right above", lowest.count),
        None => format!("none below {limit}"),
    }
}

fn write_wish(f: &mut fmt::Formatter<'_>, label: &str, count: WishCount) -> fmt::Result {
    let WishCount {
        people,
        granted,
        forbidden,
    } = count;
    let percent = (200 * u64::from(granted) + u64::from(people)) / (2 * u64::from(people.max(1)));
    write!(f, "{label:>9} {granted:>6} of {people} people, {percent} %")?;
    if forbidden > 0 {
        write!(f, "; rules forbid it for {forbidden}")?;
    }
    writeln!(f)
}

fn write_bar(f: &mut fmt::Formatter<'_>, label: &str, count: u64, most: u64) -> fmt::Result {
    let length = usize::try_from((count * BAR).div_ceil(most.max(1))).unwrap_or(0);
    writeln!(
        f,
        "{}",
        format!("{label:>9} {count:>6} {}", "█".repeat(length)).trim_end()
    )
}
