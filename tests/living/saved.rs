//! A plan put aside and taken up again is the same plan, and nothing in the file is trusted.

use mentormatch::{DecidedPair, Engine, Event, Plan, RunOptions, TieBreaking};

use crate::common::random::Random;
use crate::people::{self, cohort, event, programmes};
use crate::{check, pairs};

fn plan(programme: &str, ties: TieBreaking, seed: u64) -> Plan {
    let (_, programme) = programmes()
        .into_iter()
        .find(|own| own.0 == programme)
        .unwrap();
    let mut random = Random::new(seed);
    let people = cohort(&mut random, 30, 12);
    let options = RunOptions::default().seed(9).tie_breaking(ties);
    let mut plan = Engine::new(programme).plan(&people, &options).unwrap();
    for _ in 0..40 {
        let event = event(&mut random, &plan);
        plan = plan.apply(event).unwrap_or(plan);
    }
    plan
}

#[test]
fn a_saved_plan_is_taken_up_with_its_pairs() {
    for ties in [TieBreaking::Canonical, TieBreaking::Fast] {
        for (programme, _) in programmes() {
            for seed in 0..3 {
                let before = plan(programme, ties, seed);
                let engine = Engine::new(before.programme().clone());
                let after = engine.resume(before.cohort(), &before.save()).unwrap();
                assert_eq!(pairs(&after), pairs(&before), "{programme} {ties:?}");
                assert_eq!(after.decisions(), before.decisions());
                assert_eq!(after.save().pairs, before.save().pairs);
                // It goes on as the plan itself does.
                let joins = Event::mentee_joins(people::mentee(&mut Random::new(seed), 77));
                let on = [
                    after.apply(joins.clone()).unwrap(),
                    before.apply(joins).unwrap(),
                ];
                assert_eq!(on[0].objectives(), on[1].objectives());
            }
        }
    }
}

#[test]
fn whatever_a_saved_plan_says_the_optimum_is_found_and_proved() {
    let before = plan("plain", TieBreaking::Fast, 5);
    let engine = Engine::new(before.programme().clone());
    let mut saved = before.save();
    let mut random = Random::new(1);
    for price in saved
        .mentee_prices
        .values_mut()
        .chain(saved.mentor_prices.values_mut())
    {
        *price = [i64::MIN, -1, 0, 7, 999_999, i64::MAX][random.below(6) as usize];
    }
    saved.pairs.reverse();
    saved.pairs.truncate(9);
    saved.pairs.push(DecidedPair::new("nobody", "r1"));
    let after = engine.resume(before.cohort(), &saved).unwrap();
    assert_eq!(after.objectives(), before.objectives());
    check(&after, after.cohort(), false, "garbage");
}

#[cfg(feature = "serde")]
#[test]
fn a_saved_plan_is_stored_and_read_and_errors_quote_nothing() {
    let saved = plan("plain", TieBreaking::Fast, 2).save();
    let stored = serde_json::to_string(&saved).unwrap();
    assert!(stored.starts_with(r#"{"format_version":1,"seed":9,"canonical":false,"#));
    assert_eq!(
        serde_json::from_str::<mentormatch::SavedPlan>(&stored).unwrap(),
        saved
    );
    let wrong = stored.replace(r#""seed":9"#, r#""seed":"secret""#);
    let error = serde_json::from_str::<mentormatch::SavedPlan>(&wrong)
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("seed: expected a whole number"),
        "{error}"
    );
    let newer = stored.replace(r#""format_version":1"#, r#""format_version":2"#);
    assert!(serde_json::from_str::<mentormatch::SavedPlan>(&newer).is_err());
}
