//! The sums that a weight in motion leaves alone, and those it moves.

use super::super::outcome::Stages;
use super::super::variant::goes_on;
use super::ABSENT;
use crate::candidates::Row;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::scoring::{Scorer, ScoringError};
use crate::solver::CancelToken;

/// By pair: the other criteria times their weights in steps, [`ABSENT`] where it is not allowed; and what the criterion
/// gives.
pub(super) fn sums(
    stages: &Stages,
    (criterion, steps): (usize, u32),
    cancel: Option<&CancelToken>,
) -> Result<(Vec<i32>, Vec<i32>), ScoringError> {
    let (candidates, cohort) = (&stages.candidates, &stages.cohort);
    let scorer = candidates.scorer();
    let weights = scorer.linear().unwrap_or_default();
    let mentees: Vec<_> = MenteeIdx::all(cohort.mentees().len()).collect();
    let goes_on = || goes_on(cancel);
    let mut sums = Sums::default();
    let add = |made: &mut Result<Sums, ScoringError>, mentee, row: Row<'_>| {
        let added = match made {
            Ok(sums) => sums.add(scorer, (weights, criterion, steps), (mentee, row)),
            Err(_) => return,
        };
        if let Err(error) = added {
            *made = Err(error);
        }
    };
    for part in candidates.by_stretches(&mentees, &goes_on, || Ok(Sums::default()), add)? {
        let part = part?;
        sums.others.extend(part.others);
        sums.own.extend(part.own);
    }
    let pairs = mentees.len() * cohort.mentors().len();
    sums.others.resize(pairs, ABSENT); // shorter only if nobody waits any more
    sums.own.resize(pairs, 0);
    Ok((sums.others, sums.own))
}

/// Rows of sums, one after another.
#[derive(Default)]
struct Sums {
    others: Vec<i32>,
    own: Vec<i32>,
}

impl Sums {
    /// Adds a mentee's row.
    fn add(
        &mut self,
        scorer: &Scorer,
        (weights, criterion, steps): (&[u32], usize, u32),
        (mentee, row): (MenteeIdx, Row<'_>),
    ) -> Result<(), ScoringError> {
        let first = self.others.len();
        let mentors = MentorIdx::all(row.len());
        let allowed = mentors.map(|mentor| {
            if row.score(mentor).is_some() {
                0
            } else {
                ABSENT
            }
        });
        self.others.extend(allowed);
        self.own.resize(self.others.len(), 0);
        let mut counted = vec![None; row.len()];
        for (at, &weight) in weights
            .iter()
            .enumerate()
            .filter(|(_, weight)| **weight > 0)
        {
            scorer.counted_row(at, mentee, &mut counted)?;
            let weight = (weight * steps).cast_signed();
            let cells = self.others[first..].iter_mut().zip(&mut self.own[first..]);
            for ((others, own), counted) in cells.zip(&counted) {
                let points = counted.unwrap_or_default().ppm().cast_signed();
                if *others == ABSENT {
                    continue;
                }
                match at == criterion {
                    true => *own = points,
                    false => *others += weight * points,
                }
            }
        }
        Ok(())
    }
}
