//! The proof that a floor under all scores is the highest.
//!
//! # What is proved
//! Of all assignments that are best at some levels, none has only scores above `floor`. As a level, to
//! *avoid* the scores up to `floor` is worth the number of pairs with such a score, taken negative. So a
//! certificate of those levels, with this one behind them, will do if it shows that the last comes to less
//! than 0 in every assignment that is best at the others: either because it is solved, or by a bound.

use super::super::assignment::Assignment;
use super::super::level::Level;
use super::super::problem::Problem;
use super::{Certificate, Claim, GivenUp, Violation};

/// Why no floor under all scores is higher than the one that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::solver) enum Ceiling {
    /// No number is higher.
    Top,
    /// What is best at the levels before has a pair with a score no higher.
    Proved(Box<CeilingProof>),
    /// The search was stopped: there may be a higher floor.
    Open,
}

/// A certificate with the assignment that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::solver) struct CeilingProof {
    pub(in crate::solver) certificate: Certificate,
    pub(in crate::solver) assignment: Assignment,
}

impl Ceiling {
    /// Checks that no assignment that is best at these levels has all its scores above `floor`; nothing is
    /// claimed where that is open.
    pub(in crate::solver) fn check(
        &self,
        problem: &Problem<'_>,
        before: &[Level],
        floor: i32,
    ) -> Result<(), Violation> {
        self.check_unless(problem, before, floor, &|| false)
    }

    /// The same unless the caller has lost interest; not proved then.
    pub(in crate::solver) fn check_unless(
        &self,
        problem: &Problem<'_>,
        before: &[Level],
        floor: i32,
        given_up: GivenUp<'_>,
    ) -> Result<(), Violation> {
        match self {
            Self::Open => Ok(()),
            Self::Top if floor == i32::MAX => Ok(()),
            Self::Top => Err(Violation::Bound),
            Self::Proved(proof) => proof.check(problem, before, floor, given_up),
        }
    }
}

impl CeilingProof {
    fn check(
        &self,
        problem: &Problem<'_>,
        before: &[Level],
        floor: i32,
        given_up: GivenUp<'_>,
    ) -> Result<(), Violation> {
        let is_about = (self.certificate.levels.split_at_checked(before.len()))
            .is_some_and(|(own, rest)| own == before && rest.first() == Some(&Level::up_to(floor)));
        if !is_about {
            return Err(Violation::Shape);
        }
        let value = (self.certificate).check_unless(problem, &self.assignment, given_up)?;
        let at = before.len();
        let highest = match self.certificate.claim {
            Claim::Bounded { level, .. } if level < at => None,
            Claim::Bounded { level, bound } if level == at => Some(bound),
            _ => value.get(at).copied(),
        };
        if highest.is_some_and(|highest| highest < 0) {
            Ok(())
        } else {
            Err(Violation::Bound)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solver::{SolveOptions, solve};

    /// A pair that scores 3: it cannot be avoided if all who can are to be paired.
    #[test]
    fn a_bound_proves_the_ceiling_only_at_the_level_of_the_floor_and_below_zero() {
        let problem = Problem::dense(1, 1, vec![3], None).unwrap();
        let levels = [Level::Pairs, Level::up_to(3), Level::TotalScore];
        let solution = solve(&problem, &SolveOptions::new(levels)).unwrap();
        assert_eq!(solution.value, [1, -1, 3]);
        let check = |claim| {
            let certificate = Certificate {
                claim,
                ..solution.certificate.clone()
            };
            let assignment = solution.assignment.clone();
            let ceiling = Ceiling::Proved(Box::new(CeilingProof {
                certificate,
                assignment,
            }));
            ceiling.check(&problem, &[Level::Pairs], 3)
        };
        let bounded = |level, bound| check(Claim::Bounded { level, bound });
        assert_eq!(check(Claim::Optimal), Ok(()));
        assert_eq!(bounded(0, 1), Err(Violation::Bound));
        assert_eq!(bounded(1, 0), Err(Violation::Bound));
        assert_eq!(bounded(1, -1), Ok(()));
        assert_eq!(bounded(2, 3), Ok(()));
    }
}
