//! Vectors by role and person, checked and brought to length 1.

use std::collections::BTreeMap;

use super::Unit;
use crate::error::{VectorError, VectorProblem};
use crate::ids::{ParticipantId, Role};

pub(super) struct Vectors {
    units: BTreeMap<(Role, ParticipantId), Box<Unit>>,
    length: usize,
}

impl Vectors {
    pub(super) fn checked(
        mut all: Vec<(Role, ParticipantId, Vec<f64>)>,
    ) -> Result<Self, VectorError> {
        all.sort_by(|(a_role, a, _), (b_role, b, _)| (a_role, a).cmp(&(b_role, b)));
        let length = all.first().map_or(0, |(_, _, vector)| vector.len());
        let mut units = BTreeMap::new();
        for (role, participant, vector) in all {
            let unit = unit(&vector, length).and_then(|unit| {
                let repeated = units.contains_key(&(role, participant.clone()));
                (!repeated).then_some(unit).ok_or(VectorProblem::Repeated)
            });
            match unit {
                Ok(unit) => units.insert((role, participant), unit),
                Err(problem) => {
                    return Err(VectorError {
                        role,
                        participant,
                        problem,
                    });
                }
            };
        }
        Ok(Self { units, length })
    }

    pub(super) fn get(&self, role: Role, person: &ParticipantId) -> Option<&Unit> {
        self.units.get(&(role, person.clone())).map(|unit| &**unit)
    }

    pub(super) fn length(&self) -> usize {
        self.length
    }
}

/// The vector divided by its length: first by its largest component, so that no square overflows or
/// vanishes.
fn unit(vector: &[f64], expected: usize) -> Result<Box<Unit>, VectorProblem> {
    let found = vector.len();
    if found != expected {
        return Err(VectorProblem::Length { found, expected });
    }
    if vector.iter().any(|x| !x.is_finite()) {
        return Err(VectorProblem::NotFinite);
    }
    let largest = vector.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    if largest == 0.0 {
        return Err(VectorProblem::Zero);
    }
    let scaled = vector.iter().map(|x| x / largest);
    let length = scaled.clone().fold(0.0, |sum, x| sum + x * x).sqrt();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most 1, and single precision is exact to a tenth of a part per million"
    )]
    let unit = (0..).zip(scaled.map(|x| (x / length) as f32));
    Ok(unit.filter(|&(_, x)| x != 0.0).collect())
}
