//! The draw against its definition, everything tried, and its proof against other assignments and other proofs.

use proptest::prelude::*;

use super::super::assignment::Assignment;
use super::super::certificate::{Certificate, Claim, Drawn, Violation};
use super::super::common::exhaustive;
use super::super::common::generate::{self, SMALL};
use super::super::common::instance::{Instance, pairs_of};
use super::super::common::lots;
use super::super::common::random::Random;
use super::super::face::Optimum;
use super::super::kept_rows::KeptRows;
use super::super::level::Level;
use super::super::level::ListedValues;
use super::super::options::{Method, SolveOptions, TieBreak};
use super::super::slots::Slots;
use super::super::solution::Solution;
use super::super::solve::solve;
use super::*;
use crate::ids::{MenteeIdx, MentorIdx};

fn case() -> impl Strategy<Value = (Instance, Vec<Level>, u64)> {
    generate::instance_and_levels(SMALL).prop_flat_map(|(instance, levels)| {
        (generate::of_kinds(instance), Just(levels), any::<u64>())
    })
}

fn optimum<'a>(problem: &'a Problem<'_>, solution: &'a Solution) -> Optimum<'a> {
    Optimum {
        problem,
        levels: solution.certificate.levels(),
        prices: solution.certificate.prices(),
        assignment: &solution.assignment,
    }
}

/// What is drawn on a face, with the proof.
fn drawn(problem: &Problem<'_>, mut face: Face, lot: &Lot) -> (Assignment, Drawn) {
    let draw = Draw::of(&mut face, lot, &mut Control::idle()).unwrap();
    let assignment = face.assignment(&draw.pairs);
    let drawn = draw.proof((problem, &face), lot.clone(), &assignment, &Control::idle());
    (assignment, drawn)
}

fn certificate(solution: &Solution, drawn: &Drawn) -> Certificate {
    Certificate {
        levels: solution.certificate.levels().to_vec(),
        prices: solution.certificate.prices().to_vec(),
        claim: Claim::Optimal,
        drawn: Some(drawn.clone()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn bits_and_lists_lead_to_the_pairs_that_the_lot_singles_out(
        (instance, levels, seed) in case(),
    ) {
        let problem = instance.dense();
        let solution = solve(&problem, &SolveOptions::new(levels)).unwrap();
        let (optimum, control) = (optimum(&problem, &solution), Control::idle());
        let lot = match seed % 2 {
            0 => Lot::by_position(&problem),
            _ => lots::lot(&instance, seed),
        };
        let all = [optimum.levels.to_vec(), lots::levels_of(&instance, &lot)].concat();
        let best = exhaustive::optimum(&instance, &all);
        for face in [optimum.face(usize::MAX, &control), optimum.listed_face(&control)] {
            let (assignment, drawn) = drawn(&problem, face.unwrap(), &lot);
            prop_assert_eq!(instance.value(&pairs_of(&assignment), &all), best.clone());
            let certificate = certificate(&solution, &drawn);
            prop_assert_eq!(certificate.check(&problem, &assignment), Ok(()));
        }
    }

    /// What was drawn by another lot is as good by the levels, but not what this lot says; and no line and no cuts prove
    /// that it is.
    #[test]
    fn nothing_proves_another_assignment(
        (instance, levels, seed) in case(),
        other in any::<u64>(),
        swaps in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..4),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0u32..6, 0u32..6), 0..6),
        rest in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let problem = instance.dense();
        let solution = solve(&problem, &SolveOptions::new(levels)).unwrap();
        let (optimum, control) = (optimum(&problem, &solution), Control::idle());
        let face = || optimum.face(usize::MAX, &control).unwrap();
        let [lot, other] = [seed, other].map(|seed| lots::lot(&instance, seed));
        let (right, mut proof) = drawn(&problem, face(), &lot);
        let (wrong, of_other) = drawn(&problem, face(), &other);
        if right == wrong {
            return Ok(());
        }
        let of_other = Drawn { lot, ..of_other };
        prop_assert!(certificate(&solution, &of_other).check(&problem, &wrong).is_err());
        prop_assert!(certificate(&solution, &proof).check(&problem, &wrong).is_err());
        let nodes = proof.line.len();
        for (one, other) in swaps.into_iter().filter(|_| nodes > 0) {
            proof.line.swap(one.index(nodes), other.index(nodes));
        }
        if let Some(rest) = rest {
            proof.rest = position(rest.index(proof.line.len() + 1));
        }
        for (at, turn, distance) in cuts {
            let at = at.index(proof.cuts.len());
            proof.cuts[at] = Moment::new(turn, distance);
        }
        prop_assert!(certificate(&solution, &proof).check(&problem, &wrong).is_err());
    }
}

/// A lot that no limit leaves time for is not drawn, and nothing is claimed of it.
#[test]
fn a_draw_that_is_stopped_leaves_an_optimum() {
    let problem = Problem::dense(40, 40, vec![5; 1_600], None).unwrap();
    let options = SolveOptions::new([Level::TotalScore]);
    let work = solve(&problem, &options).unwrap().stats.work;
    let mut options = options.tie_break(TieBreak::Canonical);
    options.hooks.work_limit = Some(work + 1);
    let stopped = solve(&problem, &options).unwrap();
    assert_eq!((stopped.gap(), stopped.certificate.lot()), (None, None));
    assert_eq!(stopped.value, [200]);
}

/// Blocks of kept rows are found by the first level of scores, and pairs whose values are listed there are not looked for;
/// the check of the lot once passed over them.
#[test]
fn listed_pairs_are_among_those_that_the_lot_is_checked_by() {
    let mut scores = vec![0; 40];
    (scores[0], scores[20]) = (10, 10);
    let kept = KeptRows::new(40, [scores.clone()], None).unwrap();
    let listed = [0, 20].map(|mentor| (MenteeIdx::new(0), MentorIdx::new(mentor), 50));
    let listed = Level::ScoreAnd(ListedValues::new(1, listed).unwrap());
    let options = SolveOptions::new([listed, Level::TotalScore]).tie_break(TieBreak::Canonical);
    for problem in [
        Problem::dense(1, 40, scores, None).unwrap(),
        Problem::kept(&kept).unwrap(),
    ] {
        let solution = solve(&problem, &options).unwrap();
        let [(0, right)] = pairs_of(&solution.assignment)[..] else {
            panic!("one pair");
        };
        let wrong = Assignment::from_pairs(1, [(0, if right == 0 { 20 } else { 0 })]);
        assert!(solution.certificate.check(&problem, &wrong).is_err());
        let whole = Drawn::whole(Lot::by_position(&problem));
        let forged = certificate(&solution, &whole);
        let refused = Violation::Turn {
            mentee: MenteeIdx::new(0),
        };
        assert_eq!(forged.check(&problem, &wrong), Err(refused));
    }
}

/// With many hands, pairs are found among bits.
#[test]
fn those_who_take_dozens_are_drawn_as_by_the_network() {
    let (mentees, mentors) = (12, 40);
    let scores: Vec<i32> = (0..3).cycle().take(mentees * mentors).collect();
    let problem = Problem::dense(mentees, mentors, scores, None).unwrap();
    let problem = problem.with_demands(vec![25; mentees]).unwrap();
    let problem = problem.with_capacities(vec![5; mentors]).unwrap();
    let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::Canonical);
    let found = solve(&problem, &options).unwrap();
    let expected = solve(&problem, &options.method(Method::MinCostFlow)).unwrap();
    assert_eq!(found.assignment, expected.assignment);
}

/// Of the pairs that a draw begins with only those are dealt anew that are the only one of somebody whom no kinds bind.
#[test]
fn those_whom_kinds_bind_keep_their_pairs_when_a_draw_begins() {
    let (mentees, mentors) = (20, 30);
    let kinds: Vec<_> = [Some(0), Some(1), None]
        .into_iter()
        .cycle()
        .take(mentors)
        .collect();
    let problem = Problem::dense(mentees, mentors, vec![5; mentees * mentors], None).unwrap();
    let problem = problem.with_demands([1, 2].repeat(mentees / 2)).unwrap();
    let problem = problem.with_mentor_kinds(&kinds).unwrap();
    let options = SolveOptions::new([Level::Pairs]);
    let drawn = solve(&problem, &options.tie_break(TieBreak::Canonical)).unwrap();
    assert_eq!(drawn.value, [30]);
    assert!(drawn.certificate.lot().is_some());
}

/// The start brings those in for whom nobody was left, or is given up where that takes too long; the draw comes to the same.
#[test]
fn a_start_is_completed_or_given_up() {
    let mut random = Random::new(5);
    let cells = 0..120 * 120;
    let drawn = cells.clone().map(|_| i32::from(random.below(10) == 0));
    let nested = cells.map(|at| i32::from(at % 120 >= at / 120));
    let cases: [(Vec<_>, _); 2] = [(nested.collect(), true), (drawn.collect(), false)];
    for (scores, is_given_up) in cases {
        let problem = Problem::dense(120, 120, scores, None).unwrap();
        let options = SolveOptions::new([Level::TotalScore]);
        let solution = solve(&problem, &options).unwrap();
        let (lot, mut control) = (Lot::by_position(&problem), Control::idle());
        let optimum = optimum(&problem, &solution);
        let bits = optimum.face(usize::MAX, &control).unwrap();
        for mut face in [bits, optimum.listed_face(&control).unwrap()] {
            let mut before = face.chosen.clone();
            before.sort_unstable();
            let start = Start::of(&face, &lot, &mut control).unwrap();
            assert_ne!(start.pairs.len(), before.len());
            let mut drawing = Drawing::new(&mut face, &lot, &start.pairs, &control).unwrap();
            drawing.complete(start, &mut control).unwrap();
            let begun: Vec<_> = drawing.scene.holdings.pairs().collect();
            assert_eq!((begun.len(), begun == before), (before.len(), is_given_up));
        }
        let canonical = options.tie_break(TieBreak::Canonical);
        let by_network = canonical.clone().method(Method::MinCostFlow);
        let pairs = [canonical, by_network].map(|one| solve(&problem, &one).unwrap().assignment);
        assert_eq!(pairs[0], pairs[1]);
    }
}

/// With mentees of one mentor or several, and as many pairs as let the start go by turn.
#[test]
fn many_bits_and_lists_lead_to_the_same_pairs() {
    let mut random = Random::new(9);
    for _ in 0..40 {
        let scores: Vec<_> = (0..60 * 50)
            .map(|_| i32::from(random.below(4) == 0))
            .collect();
        let demands: Vec<_> = (0..60).map(|_| 1 + random.below(4) / 3 * 2).collect();
        let problem = Problem::dense(60, 50, scores, None).unwrap();
        let problem = problem.with_demands(demands).unwrap();
        let problem = problem
            .with_capacities(vec![1 + random.below(3); 50])
            .unwrap();
        let solution = solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
        let (optimum, control) = (optimum(&problem, &solution), Control::idle());
        let lot = Lot::by_position(&problem);
        let bits = optimum.face(usize::MAX, &control).unwrap();
        let lists = optimum.listed_face(&control).unwrap();
        assert!(bits.open.is_wide() && !lists.open.is_wide());
        let [one, other] = [bits, lists].map(|face| {
            let (assignment, drawn) = drawn(&problem, face, &lot);
            let certificate = certificate(&solution, &drawn);
            assert_eq!(certificate.check(&problem, &assignment), Ok(()));
            assignment
        });
        assert_eq!(one, other);
    }
}

/// Few mentees and mentors of two kinds and of none, to whom many are the same.
fn of_two_kinds(random: &mut Random) -> Problem<'static> {
    let (mentees, mentors) = (1 + random.below(3) as usize, 2 + random.below(5) as usize);
    let worths = [&[1, 1, 1], &[0, 1, 1], &[i32::MIN, 0, i32::MAX]][random.below(3) as usize];
    let mut any_of = |worths: &[i32]| worths[random.below(3) as usize];
    let scores: Vec<_> = (0..mentees * mentors).map(|_| any_of(worths)).collect();
    let demands = (0..mentees).map(|_| any_of(&[1, 2, 3]).cast_unsigned());
    let demands: Vec<_> = demands.collect();
    let capacities = (0..mentors).map(|_| any_of(&[1, 1, 2]).cast_unsigned());
    let capacities: Vec<_> = capacities.collect();
    let kinds = (0..mentors).map(|_| random.below(5).checked_sub(1).map(|kind| kind % 2));
    let kinds: Vec<_> = kinds.collect();
    let problem = Problem::dense(mentees, mentors, scores, None).unwrap();
    let problem = problem.with_demands(demands).unwrap();
    let problem = problem.with_capacities(capacities).unwrap();
    problem.with_mentor_kinds(&kinds).unwrap()
}

/// A line of so many nodes that tells all of them, the last one as the rest.
fn told_in_full(drawn: &Drawn, nodes: usize) -> (Vec<u32>, Vec<Moment>) {
    let (rest, mut line, mut cuts) = (drawn.rest as usize, drawn.line.clone(), drawn.cuts.clone());
    let is_untold = |node: &u32| !drawn.line.contains(node);
    let untold: Vec<u32> = (0..position(nodes)).filter(is_untold).collect();
    cuts.splice(rest + 1..rest + 1, vec![Moment::NEVER; untold.len() - 1]);
    line.splice(rest..rest, untold);
    (line, cuts)
}

/// Where two mentors change places on the circle, hardly anything is drawn anew; what proves it, and what is near to that,
/// proves nothing by the circle as it was.
#[test]
fn nothing_near_to_the_proof_of_a_lot_that_hardly_differs_proves_what_it_drew() {
    let mut forged = 0;
    for seed in 0..2_000 {
        let mut random = Random::new(seed * 7_919 + 13);
        let problem = of_two_kinds(&mut random);
        let solution = solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
        let (optimum, control) = (optimum(&problem, &solution), Control::idle());
        let key = |_| u64::from(random.below(u32::MAX)) << 32;
        let mentees: Vec<u64> = (0..problem.mentees()).map(key).collect();
        let key = |_| u64::from(random.below(u32::MAX)) << 32;
        let mut mentors: Vec<u64> = (0..problem.mentors()).map(key).collect();
        let lot = Lot::new(&mentees, &mentors);
        let next = random.below(position(problem.mentors()) - 1) as usize;
        let both = [next, next + 1].map(|place| lot.circle()[place] as usize);
        mentors.swap(both[0], both[1]);
        let draw = |lot| drawn(&problem, optimum.face(usize::MAX, &control).unwrap(), lot);
        let (right, _) = draw(&lot);
        let (wrong, of_other) = draw(&Lot::new(&mentees, &mentors));
        if right == wrong {
            continue;
        }
        let slots = Slots::new(&problem, &wrong, |mentee| problem.has_kinds_for(mentee));
        let nodes = problem.nodes() + 1 + slots.all.len();
        let full = told_in_full(&of_other, nodes);
        for _ in 0..100 {
            let (mut line, mut cuts) = full.clone();
            let mut any = |all: usize| random.below(position(all)) as usize;
            for _ in 0..any(3) {
                let node = line.remove(any(nodes));
                line.insert(any(nodes), node);
            }
            for _ in 0..any(4) {
                let now = lot.moment(any(problem.mentees()), any(problem.mentors()));
                let (turn, _) = now.parts().unwrap();
                let moments = [now, now.next(), Moment::of_turn(turn), cuts[any(nodes)]];
                cuts[any(nodes)] = moments[any(4)];
            }
            line.pop();
            let near = Drawn {
                lot: lot.clone(),
                rest: position(line.len()),
                line,
                cuts,
            };
            assert!(
                certificate(&solution, &near)
                    .check(&problem, &wrong)
                    .is_err()
            );
            forged += 1;
        }
    }
    assert!(forged > 20_000, "{forged}");
}
