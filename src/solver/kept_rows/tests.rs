use proptest::prelude::*;

use super::*;
use crate::solver::common::random::Random;

/// Numbers near one another, and extreme ones.
fn number() -> impl Strategy<Value = i32> {
    let edge = NARROW - 1;
    let edges = [
        i32::MIN,
        i32::MIN + 1,
        -edge,
        edge,
        edge + 2,
        i32::MAX - 1,
        i32::MAX,
    ];
    prop_oneof![
        12 => -9i32..9,
        1 => prop::sample::select(edges.to_vec()),
        1 => any::<i32>(),
    ]
}

#[derive(Clone, Debug)]
struct Case {
    scores: Vec<i32>,
    base: Vec<i32>,
    prices: Vec<i32>,
}

fn case() -> impl Strategy<Value = Case> {
    let mentors = prop_oneof![0..3 * BLOCK, BLOCK * SCREEN - 2..BLOCK * SCREEN + 20];
    mentors.prop_flat_map(|mentors| {
        let list = || prop::collection::vec(number(), mentors);
        let near = || prop::collection::vec(-9i32..9, mentors);
        let some = || prop_oneof![3 => near(), 1 => list()];
        let drawn = (list(), some(), some());
        drawn.prop_map(|(scores, base, prices)| Case {
            scores,
            base,
            prices,
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn no_score_that_exceeds_its_price_by_more_than_the_bar_is_passed_over(
        Case { scores, base, prices } in case(),
        absent in prop::option::of(-9i32..9),
        bar in number(),
    ) {
        let kept = KeptRows::new(scores.len(), [scores.clone()], absent).unwrap();
        let kept = kept.at_prices(base.iter().copied().map(i64::from));
        let Some(peaks) = Peaks::new(&kept, &prices) else {
            // Prices have fallen by more than is worth the trouble.
            let mut both = base.iter().zip(&prices);
            let fallen = |(&base, &price): (&i32, &i32)| {
                i64::from(base.clamp(0, NARROW)) - i64::from(price)
            };
            prop_assert!(both.any(|both| fallen(both) >= i64::from(NARROW)));
            return Ok(());
        };
        let found = peaks.find(0..1, |_| Some(bar));
        let Some(blocks) = found.of(0) else {
            prop_assert!(bar < -NARROW);
            return Ok(());
        };
        prop_assert!(blocks.iter().all(|block| block.end <= scores.len() && !block.is_empty()));
        prop_assert!(blocks.is_sorted_by(|one, next| one.end <= next.start));
        for (mentor, (&score, &price)) in scores.iter().zip(&prices).enumerate() {
            let exceeds = i64::from(score) - i64::from(price) > i64::from(bar);
            let is_found = blocks.iter().any(|block| block.contains(&mentor));
            prop_assert!(is_found || !exceeds || Some(score) == absent);
        }
    }
}

/// At the prices of the time itself, a block is found exactly if a score of its exceeds the bar.
#[test]
fn at_unchanged_prices_only_blocks_that_hold_something_are_found() {
    let mut random = Random::new(4);
    let mentors = 40 * BLOCK + 3;
    let mut found_some = 0;
    for _ in 0..50 {
        let mut numbers = |highest: u32| -> Vec<i32> {
            let number = |_| i32::try_from(random.below(highest)).unwrap();
            (0..mentors).map(number).collect()
        };
        let (scores, prices) = (numbers(1_000), numbers(500));
        let kept = KeptRows::new(mentors, [scores.clone()], None).unwrap();
        let kept = kept.at_prices(prices.iter().copied().map(i64::from));
        let peaks = Peaks::new(&kept, &prices).unwrap();
        let found = peaks.find(0..1, |_| Some(950));
        let both = scores.chunks(BLOCK).zip(prices.chunks(BLOCK));
        let holds = both.map(|(scores, prices)| {
            scores
                .iter()
                .zip(prices)
                .any(|(score, price)| score - price > 950)
        });
        let expected: Vec<_> = holds
            .enumerate()
            .filter(|block| block.1)
            .map(|block| block.0)
            .collect();
        let blocks: Vec<_> = found
            .of(0)
            .unwrap()
            .iter()
            .map(|block| block.start / BLOCK)
            .collect();
        assert_eq!(blocks, expected);
        found_some += expected.len();
    }
    assert!((50..1_000).contains(&found_some), "{found_some}");
}

#[test]
fn rows_without_a_bar_are_to_be_read_as_a_whole() {
    let kept = KeptRows::new(2, [vec![1, 2], vec![3, 4], vec![5, 6]], None).unwrap();
    let peaks = Peaks::new(&kept, &[0, 0]).unwrap();
    let found = peaks.find([2, 0, 1].into_iter(), |mentee| (mentee != 0).then_some(4));
    assert_eq!(found.of(0).map(|blocks| blocks[0].clone()), Some(0..2));
    assert_eq!(found.of(1), None);
    assert_eq!(found.of(2), Some(&[][..]));
    assert_eq!(found.of(3), None);
}

#[test]
fn rows_that_stay_are_shared_and_others_are_summed_up_at_the_same_prices() {
    let mentee = MenteeIdx::new;
    let kept = KeptRows::new(2, [vec![7, 9], vec![3, 4]], Some(9)).unwrap();
    let kept = kept.at_prices([5, 1].into_iter());
    let today = kept.followed_by(2, |own| match own.get() {
        0 => KeptRow::Same(mentee(1)),
        _ => KeptRow::New(vec![9, 8]),
    });
    let today = today.unwrap();
    assert_eq!(
        (today.mentees(), today.mentors(), today.absent()),
        (2, 2, Some(9))
    );
    assert!(Arc::ptr_eq(&kept.rows[1].scores, &today.rows[0].scores));
    assert_eq!(today.row(mentee(1)), Some(&[9, 8][..]));
    assert_eq!(today.row(mentee(2)), None);
    let peaks: Vec<_> = [&kept, &today].map(|rows| rows.rows[1].peaks[0]).into();
    assert_eq!(peaks, [3, 7]);
    assert_eq!(
        format!("{today:?}"),
        "KeptRows { mentees: 2, mentors: 2, .. }"
    );
}

#[test]
fn rows_that_do_not_fit_are_refused() {
    let length = |mentee, found, expected| ProblemError::RowLength {
        mentee,
        found,
        expected,
    };
    let refused = KeptRows::new(2, [vec![1, 2], vec![1]], None).unwrap_err();
    assert_eq!(refused, length(1, 1, 2));
    for people in [1 << 24, 1 << 40, usize::MAX] {
        let limit = 1 << 24;
        let refused = KeptRows::new(people, [], None).unwrap_err();
        assert_eq!(refused, ProblemError::TooManyPeople { people, limit });
    }
    let kept = KeptRows::new(2, [vec![1, 2]], None).unwrap();
    let refused = kept.followed_by(usize::MAX, KeptRow::Same).unwrap_err();
    assert!(matches!(refused, ProblemError::TooManyPeople { .. }));
    let refused = kept
        .followed_by(1, |_| KeptRow::New(vec![1, 2, 3]))
        .unwrap_err();
    assert_eq!(refused, length(0, 3, 2));
    let refused = kept
        .followed_by(1, |_| KeptRow::Same(MenteeIdx::new(4)))
        .unwrap_err();
    let (mentee, of, rows) = (0, 4, 1);
    assert_eq!(refused, ProblemError::NoSuchRow { mentee, of, rows });
}
