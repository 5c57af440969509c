//! Forged draws among many mentors, whose pairs are screened in blocks.

use super::super::Certificate;
use super::*;
use crate::solver::{SolveOptions, solve};

const MENTORS: usize = 150;

/// Mentors at both ends of the blocks of 64, and of what is left behind the last.
const PLACES: [usize; 7] = [0, 63, 64, 127, 128, 148, 149];

/// A mentee who may have nobody, and one to whom some mentors are worth the same and more than the others.
fn alike(mentors: &[usize]) -> Problem<'static> {
    let mut scores = vec![-1; 2 * MENTORS];
    scores[MENTORS..].fill(0);
    for mentor in mentors {
        scores[MENTORS + mentor] = 5;
    }
    Problem::dense(2, MENTORS, scores, Some(-1)).unwrap()
}

/// The proof of what is optimal, and a line of what was drawn.
fn forged(problem: &Problem<'_>, drawn: Drawn) -> Certificate {
    let solution = solve(problem, &SolveOptions::new([Level::TotalScore])).unwrap();
    Certificate {
        drawn: Some(drawn),
        ..solution.certificate
    }
}

/// Mentors in a block in front of all others from the first turn on.
fn in_front(problem: &Problem<'_>, mentors: &[usize]) -> Drawn {
    let nodes = mentors
        .iter()
        .map(|mentor| number(problem.mentees() + mentor));
    let mut cuts = vec![Moment::NEVER; mentors.len() + 1];
    cuts[mentors.len()] = Moment::of_turn(0);
    Drawn {
        line: nodes.collect(),
        rest: number(mentors.len()),
        cuts,
        ..Drawn::whole(Lot::by_position(problem))
    }
}

#[test]
fn nobody_whom_a_mentee_prefers_is_passed_over_in_a_crowd() {
    let pairs = PLACES
        .iter()
        .flat_map(|own| PLACES.map(|other| (*own, other)));
    for (own, other) in pairs.filter(|(own, other)| own / 2 != other / 2) {
        for others in [&[other][..], &[other, other ^ 1]] {
            let problem = alike(&[&[own], others].concat());
            let lot = Lot::by_position(&problem);
            let is_preferred = |&other: &usize| lot.distance(1, other) < lot.distance(1, own);
            let is_passed_over = others.iter().any(is_preferred);
            let assignment = Assignment::from_pairs(2, [(1, number(own))]);
            let check = |drawn| forged(&problem, drawn).check(&problem, &assignment);
            let mentee = mentee_of(1);
            let refused = Err(Violation::Turn { mentee });
            let expected = if is_passed_over {
                refused.clone()
            } else {
                Ok(())
            };
            assert_eq!(check(Drawn::whole(lot.clone())), expected);
            assert_eq!(check(in_front(&problem, others)), refused);
        }
    }
}

/// A mentee who takes two, and has one or nobody: another would be worth nothing to her, and cost nothing.
#[test]
fn nobody_whom_a_mentee_could_have_beside_is_passed_over_in_a_crowd() {
    for (own, other) in [(0, 149), (149, 0), (63, 64), (64, 63)] {
        for has_one in [true, false] {
            let mut scores = vec![-1; MENTORS];
            scores[other] = 0;
            if has_one {
                scores[own] = 5;
            }
            let problem = Problem::dense(1, MENTORS, scores, Some(-1)).unwrap();
            let problem = problem.with_demands(vec![2]).unwrap();
            let pair = has_one.then_some((0, number(own)));
            let assignment = Assignment::from_pairs(1, pair);
            let whole = forged(&problem, Drawn::whole(Lot::by_position(&problem)));
            let mentee = mentee_of(0);
            let refused = Err(Violation::Turn { mentee });
            assert_eq!(whole.check(&problem, &assignment), refused);
        }
    }
}

#[test]
fn a_line_has_no_node_twice_and_a_cut_for_each() {
    let problem = alike(&[0]);
    let assignment = Assignment::from_pairs(2, [(1, 0)]);
    let nodes = number(problem.nodes() + 1);
    let check = |line: &[u32], rest, cuts| {
        let drawn = Drawn {
            line: line.to_vec(),
            rest,
            cuts: vec![Moment::NEVER; cuts],
            ..Drawn::whole(Lot::by_position(&problem))
        };
        forged(&problem, drawn).check(&problem, &assignment)
    };
    assert_eq!(check(&[3], 0, 2), Ok(()));
    for (line, rest, cuts) in [
        (&[3, 3][..], 0, 3),
        (&[nodes], 0, 2),
        (&[3], 2, 2),
        (&[3], 0, 1),
        (&[3], 0, 3),
    ] {
        assert_eq!(check(line, rest, cuts), Err(Violation::Shape));
    }
}

/// The hub gives a place back that is worth nothing: whoever has it may not stand in front of the hub.
#[test]
fn a_place_that_is_free_for_ever_leads_to_no_earlier_block() {
    let problem = alike(&[0]);
    let assignment = Assignment::from_pairs(2, [(1, 0)]);
    let behind = Drawn {
        line: vec![number(problem.nodes())],
        rest: 0,
        cuts: vec![Moment::NEVER, Moment::of_turn(0)],
        ..Drawn::whole(Lot::by_position(&problem))
    };
    let mut forged = forged(&problem, behind);
    forged.prices[0] = Prices::none(&problem);
    forged.prices[0].mentees[1] = 5;
    let checked = forged.check(&problem, &assignment);
    assert_eq!(checked, Err(Violation::Lot));
}
