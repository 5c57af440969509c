//! Who waits is told in every language, and nothing about anybody else.

use super::*;
use crate::date::CalendarDate;

fn since(month: u8) -> CalendarDate {
    CalendarDate::new(2026, month, 1).unwrap()
}

fn waits(role: Role, cycles: u32, reason: &UnmatchedReason) -> Waiting {
    Waiting {
        role,
        participant: id("chen"),
        since: since(3),
        cycles,
        stated: None,
        why: reason.into(),
    }
}

#[test]
fn every_reason_to_wait_is_told_to_both_readers_and_names_nobody_else() {
    for reason in &reasons() {
        for (role, cycles) in [(Role::Mentee, 1), (Role::Mentor, 7)] {
            let own = waits(role, cycles, reason);
            let manager = in_all(|words| words.waiting(&own));
            assert_spoken("manager", &manager);
            assert_eq!(own.to_string(), manager[0]);
            assert!(manager.iter().all(|text| text.contains("chen")));
            let told = in_all(|words| words.own_waiting(role, OwnWaiting::from(&own)));
            assert_spoken("participant", &told);
            for text in manager.iter().chain(&told) {
                assert!(
                    !["best", "other", "veto"].iter().any(|id| {
                        let names = [format!("“{id}”"), format!("„{id}“")];
                        names.iter().any(|name| text.contains(name))
                    }),
                    "{text}"
                );
            }
        }
    }
}

/// Whether rules, others' places or a stopped search left somebody: she is told the same.
#[test]
fn what_a_person_is_told_does_not_depend_on_anybody_else() {
    let told = |kind: &UnmatchedReason| {
        let own = OwnWaiting::from(&waits(Role::Mentee, 2, kind));
        in_all(|words| words.own_waiting(Role::Mentee, own))
    };
    let texts: BTreeSet<_> = reasons()[3..].iter().map(told).collect();
    assert_eq!(texts.len(), 1, "{texts:?}");
}

#[test]
fn a_turn_is_told_in_words() {
    let own = waits(Role::Mentor, 2, &UnmatchedReason::NobodyThere);
    assert_eq!(
        in_all(|words| words.waiting(&own)),
        [
            "The mentor “chen” has been waiting since 1 March 2026, for 2 matchings in a row. The last time: nobody to \
             be matched with.",
            "Mentor:in „chen“ wartet seit dem 1. März 2026 (Matchings in Folge: 2). Zuletzt: niemand auf der anderen \
             Seite.",
        ]
    );
    assert_eq!(
        in_all(|words| words.own_waiting(Role::Mentor, OwnWaiting::from(&own))),
        [
            "You have been waiting for a mentee since 1 March 2026, for 2 rounds in a row. No mentee takes part in this \
             round yet.",
            "Du wartest seit dem 1. März 2026 auf eine oder einen Mentee (Runden in Folge: 2). In dieser Runde ist noch \
             niemand als Mentee dabei.",
        ]
    );
}

#[test]
fn months_have_names_of_their_own() {
    for words in LANGUAGES {
        let dates: BTreeSet<_> = (1..=12).map(|month| words.date(since(month))).collect();
        assert_eq!(dates.len(), 12);
        let named = |text: &String| text.split(' ').count() == 3 && !text.contains("  ");
        assert!(dates.iter().all(named), "{dates:?}");
    }
}
