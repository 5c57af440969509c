//! Fairness figures as text for a terminal of 80 columns.

use std::fmt;

use super::{Fairness, GroupFigures, Impact, MonitoredAttribute};

impl fmt::Display for Fairness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.attributes.is_empty() {
            return writeln!(f, "nobody gave an answer that only fairness figures read");
        }
        for attribute in &self.attributes {
            attribute.fmt(f)?;
        }
        let lowest = match self.smallest_group {
            0 | 1 => "the lowest score".to_owned(),
            people => format!("the mean of the {people} lowest scores"),
        };
        writeln!(f)?;
        if self.attributes.iter().any(is_any_flagged) {
            writeln!(
                f,
                "* below four fifths of the highest rate: a flag, not a finding"
            )?;
        }
        writeln!(
            f,
            "p: how often chance alone makes so rare a difference (Fisher's exact test)\n\
             low mean: {lowest}"
        )
    }
}

fn is_any_flagged(attribute: &MonitoredAttribute) -> bool {
    let is_flagged = |own: &GroupFigures| own.impact.is_some_and(|impact| impact.is_flagged);
    attribute.groups.iter().any(is_flagged)
}

impl fmt::Display for MonitoredAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{}s by {}", self.role, self.attribute)?;
        writeln!(
            f,
            "{:<20}{:>7}{:>9}{:>9}{:>9}{:>9}{:>9}{:>8}",
            "", "people", "placed", "ratio", "p", "mean", "low mean", "wish 1"
        )?;
        for group in &self.groups {
            group.fmt(f)?;
        }
        let (groups, people) = (self.suppressed_groups, self.suppressed_people);
        if groups > 0 {
            let ending = if groups == 1 { "" } else { "s" };
            writeln!(
                f,
                "{groups} group{ending} of {people} people together: not shown"
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for GroupFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.answer().unwrap_or("(no answer)");
        write!(
            f,
            "{name:<20}{:>7}{:>9}",
            self.people,
            percent(Some(self.placement_rate().percent()))
        )?;
        match self.impact {
            Some(Impact {
                ratio,
                is_flagged,
                p_value,
            }) => {
                let ratio = percent(Some(ratio.percent())) + if is_flagged { "*" } else { " " };
                let p = f64::from(p_value.ppm()) / 1e6;
                write!(f, "{ratio:>9}{p:>9.4}")?;
            }
            None => write!(f, "{:>8} {:>9}", "–", "–")?,
        }
        let mean = percent(self.mean_score.map(|score| score.percent()));
        let lowest = percent(self.mean_of_lowest.map(|score| score.percent()));
        let wishes = percent(self.first_wishes.map(|wishes| wishes.rate().percent()));
        writeln!(f, "{mean:>9}{lowest:>9}{wishes:>8}")
    }
}

fn percent(number: Option<f64>) -> String {
    number.map_or("–".to_owned(), |number| format!("{number:.1}%"))
}
