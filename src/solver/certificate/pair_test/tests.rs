//! The fast test of a row against the definition, pair by pair.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::super::kept_rows::KeptRows;
use super::super::super::problem::RowBuffer;
use super::*;
use crate::ids::MenteeIdx;

/// Scores: mostly near one another, so that ties are frequent; sometimes extreme.
fn score() -> impl Strategy<Value = i32> {
    prop_oneof![
        8 => -2i32..4,
        1 => prop::sample::select(vec![i32::MIN, i32::MIN + 1, i32::MAX - 1, i32::MAX]),
        1 => any::<i32>(),
    ]
}

/// Prices near the scores, on both sides of what 32 bits can add up, and extreme ones.
fn price(far: bool) -> BoxedStrategy<i64> {
    if !far {
        return (-2i64..4).boxed();
    }
    let edge = i64::from(NARROW);
    let edges = [
        1 << 60,
        1 << 31,
        1 << 30,
        edge + 1,
        edge,
        edge - 1,
        edge - 2,
    ];
    let far = prop::sample::select(edges.into_iter().flat_map(|p| [p, -p]).collect::<Vec<_>>());
    prop_oneof![6 => -2i64..4, 1 => far].boxed()
}

fn level(mentors: usize) -> impl Strategy<Value = Level> {
    let list = |values: &[i32]| {
        let mentors = (0..u32::try_from(mentors).unwrap()).step_by(5);
        let pairs = mentors.zip(values.iter().cycle());
        let pairs = pairs.map(|(j, &value)| (MenteeIdx::new(0), MentorIdx::new(j), value));
        ListedValues::new(1, pairs).unwrap()
    };
    prop::sample::select(vec![
        Level::Avoid { from: 0, to: 1 },
        Level::Avoid {
            from: i32::MIN,
            to: -1,
        },
        Level::Listed(list(&[1])),
        Level::Listed(list(&[1, -2, 0, i32::MAX, 3])),
        Level::ScoreAnd(list(&[-1, 0, 3, i32::MIN, i32::MAX])),
        Level::Participation,
        Level::Pairs,
        Level::TotalScore,
        Level::TotalScore,
    ])
}

/// Prices of one level: all mentors alike, all near, or some far away.
fn prices(mentors: usize) -> impl Strategy<Value = Prices> {
    let list = prop_oneof![
        price(true).prop_map(move |price| vec![price; mentors]),
        prop::collection::vec(price(false), mentors),
        prop::collection::vec(price(true), mentors),
    ];
    (price(true), list).prop_map(|(mentee, mentors)| Prices {
        mentees: vec![mentee],
        mentors,
        ..Prices::default()
    })
}

#[derive(Clone, Debug)]
struct Case {
    levels: Vec<(Level, Prices)>,
    scores: Vec<i32>,
    absent: Option<i32>,
    chosen: BTreeSet<usize>,
    /// Prices at which the row is summed up, where rows are kept.
    base: Vec<i64>,
}

fn case() -> impl Strategy<Value = Case> {
    let mentors = prop_oneof![1usize..8, BLOCK - 2..BLOCK + 3, 1usize..3 * BLOCK];
    mentors.prop_flat_map(|mentors| {
        let levels = prop::collection::vec((level(mentors), prices(mentors)), 0..4);
        let scores = prop::collection::vec(score(), mentors);
        let absent = prop::option::of(score());
        let chosen = prop::collection::btree_set(0..mentors, 0..4);
        let base = prop_oneof![
            3 => prop::collection::vec(price(false), mentors),
            1 => prop::collection::vec(price(true), mentors),
        ];
        let drawn = (levels, scores, absent, chosen, base);
        drawn.prop_map(|(levels, scores, absent, chosen, base)| Case {
            levels,
            scores,
            absent,
            chosen,
            base,
        })
    })
}

/// What is seen of the row of the only mentee.
fn seen(test: &PairTest<'_>, problem: &Problem<'_>, chosen: &[MentorIdx]) -> Seen {
    let mut tallies = [None; BAND];
    let rows = problem.listed_rows().unwrap();
    test.look(rows, 0..1, |_| chosen, &mut tallies);
    assert!(tallies[1..].iter().all(Option::is_none));
    match tallies[0] {
        Some(tally) => Seen::Tallied(tally),
        None => {
            let mut buffer = RowBuffer::default();
            let row = problem.row(0, &mut buffer).unwrap();
            Seen::Above(test.count_above(0, (&row, None)))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_fast_test_says_what_the_definition_says(
        case in case(),
        choose_all_above in any::<bool>(),
    ) {
        let (levels, prices): (Vec<_>, Vec<_>) = case.levels.iter().cloned().unzip();
        let test = PairTest::new(&levels, &prices);
        let allowed: Vec<(u32, i32)> = (0u32..)
            .zip(case.scores.iter().copied())
            .filter(|&(_, score)| Some(score) != case.absent)
            .collect();
        let sign = |mentor: u32, score| test.sign(0, mentor as usize, score);
        let is_chosen = |mentor: u32, score| {
            case.chosen.contains(&(mentor as usize))
                || choose_all_above && sign(mentor, score).is_gt()
        };
        let chosen = allowed.iter().filter(|&&(mentor, score)| is_chosen(mentor, score));
        let (chosen, chosen_scores): (Vec<_>, Vec<_>) =
            chosen.map(|&(mentor, score)| (MentorIdx::new(mentor), score)).unzip();
        let above = allowed.iter().filter(|&&(mentor, score)| sign(mentor, score).is_gt()).count();
        let proved = allowed.iter().all(|&(mentor, score)| match sign(mentor, score) {
            Ordering::Greater => is_chosen(mentor, score),
            Ordering::Equal => true,
            Ordering::Less => !is_chosen(mentor, score),
        });
        let (mentors, scores): (Vec<_>, Vec<_>) = allowed.iter().copied().unzip();
        let dense = Row::Dense { scores: &case.scores, absent: case.absent };
        let sparse = Row::Sparse { mentors: &mentors, scores: &scores };
        for row in [dense, sparse] {
            prop_assert_eq!(test.count_above(0, (&row, None)), above);
            let verdict = test.judge(0, (&row, None), Seen::Above(above), (&chosen, &chosen_scores));
            prop_assert_eq!(verdict == Verdict::Proved, proved);
        }
        for &(mentor, score) in &allowed {
            prop_assert_eq!(test.quick_sign(0, mentor as usize, score), sign(mentor, score));
        }
        let starts = [0, mentors.len() as u64];
        let problem = Problem::sparse(case.scores.len(), &starts, &mentors, &scores).unwrap();
        for finds_ties in [false, true] {
            let test = PairTest::new(&levels, &prices).with_ties(finds_ties).of_rows(&problem);
            let seen = seen(&test, &problem, &chosen);
            let reaches = |&&(mentor, score): &&(u32, i32)| {
                sign(mentor, score).is_gt() || finds_ties && sign(mentor, score).is_eq()
            };
            match seen {
                Seen::Above(seen) => prop_assert_eq!(seen, above),
                Seen::Tallied(tally) => {
                    let is_left = |pair: &&(u32, i32)| chosen.len() != 1 || pair.0 != chosen[0].get();
                    let left = allowed.iter().filter(reaches).filter(is_left).count();
                    prop_assert!(tally.others() >= left);
                    prop_assert!(proved || !tally.is_proof());
                    let own = chosen_scores.first().filter(|_| chosen.len() == 1);
                    prop_assert_eq!(tally.own(), own.copied());
                }
            }
            let verdict = test.judge(0, (&sparse, None), seen, (&chosen, &chosen_scores));
            prop_assert_eq!(verdict != Verdict::Open, proved);
            if verdict == Verdict::Settled {
                let mut others = allowed.iter().filter(|&&(mentor, score)| !is_chosen(mentor, score));
                prop_assert!(others.all(|&(mentor, score)| sign(mentor, score).is_lt()));
            }
            for &(mentor, score) in &allowed {
                prop_assert_eq!(test.quick_sign(0, mentor as usize, score), sign(mentor, score));
            }
        }
        let kept = KeptRows::new(case.scores.len(), [case.scores.clone()], case.absent).unwrap();
        let kept = kept.at_prices(case.base.iter().copied());
        let problem = Problem::kept(&kept).unwrap();
        let test = test.of_rows(&problem);
        let found = test.find(0..1);
        prop_assert_eq!(test.count_above(0, (&dense, found.of(0))), above);
    }
}

#[test]
fn a_row_without_mentors_has_none_above_zero() {
    let (levels, prices) = (
        [Level::TotalScore],
        [Prices {
            mentees: vec![0],
            ..Prices::default()
        }],
    );
    let row = Row::Dense {
        scores: &[],
        absent: None,
    };
    assert_eq!(
        PairTest::new(&levels, &prices).count_above(0, (&row, None)),
        0
    );
}

/// No result depends on it, but no pair of such rows is looked at.
#[test]
fn rows_are_decided_by_prices_alone_where_these_suffice() {
    let levels = [Level::Pairs, Level::TotalScore];
    let outlook = |mentee: i64, mentors: &[i64]| {
        let of_pairs = Prices {
            mentees: vec![mentee],
            mentors: mentors.to_vec(),
            ..Prices::default()
        };
        let of_scores = Prices {
            mentees: vec![0],
            mentors: vec![0; mentors.len()],
            ..Prices::default()
        };
        match PairTest::new(&levels, &[of_pairs, of_scores]).outlook(0, 0) {
            Outlook::NoneAbove => "none above",
            Outlook::AllAbove => "all above",
            Outlook::From(0, _) => "from prices on",
            Outlook::From(..) => "from scores on",
        }
    };
    // A pair is worth 1: it is above zero where both prices together are less.
    assert_eq!(outlook(0, &[2, 2, 2]), "none above");
    assert_eq!(outlook(0, &[2, 3, 2]), "none above");
    assert_eq!(outlook(-1, &[1, 0, 1]), "all above");
    assert_eq!(outlook(-1, &[2, 2, 2]), "from scores on");
    assert_eq!(outlook(-1, &[2, 1, 2]), "from prices on");
    assert_eq!(outlook(-1, &[2, 3, 2]), "from prices on");
    let far = 1 << 40;
    assert_eq!(outlook(far, &[2, 2, 2]), "from prices on");
}

#[test]
fn levels_at_which_every_pair_is_just_zero_come_first_or_not_at_all() {
    let of = |mentees: [i64; 3], mentors: [i64; 2]| Prices {
        mentees: mentees.to_vec(),
        mentors: mentors.to_vec(),
        ..Prices::default()
    };
    let levels = [Level::Pairs, Level::Participation, Level::TotalScore];
    let zero_levels = |pairs: Prices, people: Prices| {
        let of_scores = of([0; 3], [0; 2]);
        PairTest::new(&levels, &[pairs, people, of_scores]).zero_levels
    };
    let (of_pairs, of_people) = (of([-1; 3], [2; 2]), of([5; 3], [-5; 2]));
    assert_eq!(zero_levels(of_pairs.clone(), of_people.clone()), 2);
    assert_eq!(zero_levels(of_pairs.clone(), of([5, 5, 4], [-5; 2])), 1);
    assert_eq!(zero_levels(of_pairs.clone(), of([5; 3], [-5, -4])), 1);
    assert_eq!(zero_levels(of([0; 3], [2; 2]), of_people.clone()), 0);
    assert_eq!(zero_levels(of([-1, -1, 0], [2; 2]), of_people), 0);
}

/// What may come before scores and hashes: nothing, or a level at which most pairs are equal.
fn before(mentors: usize) -> impl Strategy<Value = Option<Level>> {
    let list = |values: &[i32]| {
        let mentors = (0..u32::try_from(mentors).unwrap()).step_by(3);
        let pairs = mentors.zip(values.iter().cycle());
        let pairs = pairs.map(|(j, &value)| (MenteeIdx::new(0), MentorIdx::new(j), value));
        Level::Listed(ListedValues::new(1, pairs).unwrap())
    };
    let (from, to) = (i32::MIN, -1);
    prop::sample::select(vec![
        None,
        Some(Level::Participation),
        Some(Level::Pairs),
        Some(Level::Avoid { from: 0, to: 1 }),
        Some(Level::Avoid { from, to }),
        Some(list(&[0, 1])),
        Some(list(&[0])),
    ])
}

/// Prices of a mentee and her mentors that are the pairs' values together, or off by so much.
fn off_by(own: i64, values: impl Iterator<Item = i64>, off: &[i64]) -> Prices {
    let mentors = values.zip(off).map(|(value, off)| value + off - own);
    Prices {
        mentees: vec![own],
        mentors: mentors.collect(),
        ..Prices::default()
    }
}

/// Levels that end with scores and listed values, at prices at which pairs are equal at each of them or nearly so.
fn near_ties() -> impl Strategy<Value = (Vec<Level>, Vec<Prices>, Vec<i32>)> {
    let mentors = prop_oneof![1usize..8, BLOCK - 2..BLOCK + 3];
    mentors.prop_flat_map(|mentors| {
        let off = || prop::collection::vec(-1i64..2, mentors);
        let scores = prop::collection::vec(-1i32..3, mentors);
        let listed = prop::collection::vec(-1i32..3, mentors);
        let drawn = (before(mentors), off(), off(), scores, listed);
        drawn.prop_map(move |(before, of_scores, of_listed, scores, listed)| {
            let pairs = (0..).map(MentorIdx::new).zip(&listed);
            let pairs = pairs.map(|(mentor, &value)| (MenteeIdx::new(0), mentor, value));
            let listed = ListedValues::new(1, pairs).unwrap();
            let usual = |level: &Level| {
                let is_worth_one = matches!(level, Level::Participation | Level::Pairs);
                let values = std::iter::repeat_n(i64::from(is_worth_one), mentors);
                off_by(7, values, &vec![0; mentors])
            };
            let by_score = off_by(3, scores.iter().map(|&score| score.into()), &of_scores);
            let by_list = off_by(
                5,
                (0..mentors).map(|j| listed.value(0, j).into()),
                &of_listed,
            );
            let prices = before.iter().map(usual).chain([by_score, by_list]);
            let prices: Vec<_> = prices.collect();
            let last = [Level::TotalScore, Level::Listed(listed)];
            let levels = before.into_iter().chain(last).collect();
            (levels, prices, scores)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn ties_of_scores_are_decided_by_listed_values_as_the_definition_says(
        (levels, prices, scores) in near_ties(),
    ) {
        let test = PairTest::new(&levels, &prices);
        let above = scores.iter().enumerate().filter(|&(mentor, &score)| test.sign(0, mentor, score).is_gt());
        let dense = Row::Dense { scores: &scores, absent: None };
        prop_assert_eq!(test.count_above(0, (&dense, None)), above.count());
    }
}

/// Wider ones would do no harm to a result as long as two add up, nor would `None`, which is slow.
#[test]
fn prices_are_told_in_32_bits_where_two_add_up() {
    let most = (1 << 30) - 2;
    let told = [0, 5, -5, most, -most];
    let far = [most + 1, 1 << 31, 1 << 60];
    for values in [Values::Score, Values::Same(1)] {
        for price in told {
            assert_eq!(values.narrowed(price).map(i64::from), Some(price));
        }
        for price in far {
            assert_eq!(values.narrowed(-price), None);
        }
    }
    for price in far {
        assert_eq!(Values::Score.narrowed(price).map(i64::from), Some(most));
        assert_eq!(Values::Same(0).narrowed(price), None);
    }
}

/// No result depends on it, but no pair of such rows is looked at by itself.
#[test]
fn rows_that_name_their_mentors_are_mostly_proved_by_one_count() {
    let levels = [Level::Participation, Level::TotalScore];
    let prices = [
        Prices {
            mentees: vec![-1],
            mentors: vec![1; 3],
            ..Prices::default()
        },
        Prices {
            mentees: vec![5],
            mentors: vec![1, 0, 2],
            ..Prices::default()
        },
    ];
    let (starts, mentors, chosen) = ([0, 3], [0, 1, 2], [MentorIdx::new(1)]);
    let verdict = |finds_ties, scores: &[i32; 3]| {
        let problem = Problem::sparse(3, &starts, &mentors, scores).unwrap();
        let test = PairTest::new(&levels, &prices).with_ties(finds_ties);
        let test = test.of_rows(&problem);
        let row = Row::Sparse {
            mentors: &mentors,
            scores,
        };
        let seen = seen(&test, &problem, &chosen);
        let Seen::Tallied(tally) = seen else {
            panic!("looked at by itself");
        };
        let verdict = test.judge(0, (&row, None), seen, (&chosen, &scores[1..2]));
        assert!(!tally.is_proof() || verdict != Verdict::Open);
        (tally.others(), verdict)
    };
    // Worth just their price: 6, 5 and 7.
    assert_eq!(verdict(false, &[6, 5, 6]), (0, Verdict::Proved));
    assert_eq!(verdict(false, &[6, 9, 6]), (0, Verdict::Proved));
    assert_eq!(verdict(false, &[7, 5, 6]), (1, Verdict::Open));
    assert_eq!(verdict(true, &[5, 5, 6]), (0, Verdict::Settled));
    assert_eq!(verdict(true, &[6, 5, 6]), (1, Verdict::Proved));
    // Her own is below zero.
    assert_eq!(verdict(false, &[6, 4, 6]), (0, Verdict::Open));
    assert_eq!(verdict(true, &[5, 4, 6]), (0, Verdict::Open));
}

/// At the ends of 32 bits no sum may wrap: the highest score is above the highest price that is told, and a price far
/// beyond is above every score.
#[test]
fn extreme_prices_and_scores_are_screened_as_the_definition_says() {
    let edge = i64::from(NARROW) - 1;
    let (starts, mentors) = ([0, 1], [0]);
    for own in [-edge, 0, edge, edge + 1, 1 << 31, 1 << 60] {
        for price in [-edge, 0, edge, edge + 1, 1 << 31, 1 << 60] {
            let prices = [Prices {
                mentees: vec![own],
                mentors: vec![price],
                ..Prices::default()
            }];
            for score in [i32::MIN, -1, 0, 1, i32::MAX] {
                let scores = [score];
                let problem = Problem::sparse(1, &starts, &mentors, &scores).unwrap();
                let row = Row::Sparse {
                    mentors: &mentors,
                    scores: &scores,
                };
                for finds_ties in [false, true] {
                    let test = PairTest::new(&[Level::TotalScore], &prices);
                    let test = test.with_ties(finds_ties).of_rows(&problem);
                    let seen = seen(&test, &problem, &[]);
                    let verdict = test.judge(0, (&row, None), seen, (&[], &[]));
                    let is_above = i128::from(score) > i128::from(own) + i128::from(price);
                    assert_eq!(verdict == Verdict::Open, is_above, "{own} {price} {score}");
                    assert_eq!(test.quick_sign(0, 0, score), test.sign(0, 0, score));
                }
            }
        }
    }
}
