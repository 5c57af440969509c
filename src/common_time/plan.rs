//! Which weeks have to be counted for a measure, every two clocks.
//!
//! Where neither clock changes, the count depends on the distance between the clocks only: such
//! weeks are one step, with the mentor at their usual place and the mentee moved to the distance.
//! A kind of more than half of all weeks holds the median: no other needs to be counted.

use std::collections::BTreeMap;

use super::calendar::Calendar;
use super::clock::{Clock, JointKind, WeekKind};
use super::facts::Measure;
use super::span::WEEK;

/// Count one kind of week.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) list: usize,  // of Plan::lists of the mentee's clock
    pub(super) table: usize, // of Plan::tables
    pub(super) weeks: u16,   // at least 1
}

/// What has to be counted.
pub(super) struct Plan {
    pub(super) steps: Vec<Vec<Step>>, // by the mentee's clock × the mentor's
    /// Kinds of week that mentees' beginnings are needed for, by the mentee's clock.
    pub(super) lists: Vec<Vec<WeekKind>>,
    /// Clocks, and their kinds of week, that mentors' beginnings are needed for.
    pub(super) tables: Vec<(usize, usize)>,
}

impl Plan {
    pub(super) fn new(calendar: &Calendar, measure: Measure) -> Self {
        let clocks = &calendar.clocks;
        let homes: Vec<Option<usize>> = clocks.iter().map(home).collect();
        let mut plan = Self {
            steps: Vec::with_capacity(calendar.kinds.len()),
            lists: vec![Vec::new(); clocks.len()],
            tables: Vec::new(),
        };
        let mentors = calendar.mentors.classes.chunk_by(|a, b| a.clock == b.clock);
        let mut of_mentors = vec![false; clocks.len()];
        for classes in mentors {
            of_mentors[classes[0].clock] = true;
        }
        for (mentee, mentee_clock) in clocks.iter().enumerate() {
            for (mentor, mentor_clock) in clocks.iter().enumerate() {
                let kinds = calendar.kinds(mentee, mentor);
                let mut moved = BTreeMap::new();
                for &kind in kinds.iter().filter(|_| of_mentors[mentor]) {
                    let key = moved_home((mentee_clock, mentor_clock), kind, homes[mentor]);
                    *moved.entry(key).or_insert(0) += kind.weeks;
                }
                let steps = needed(moved, measure).into_iter();
                let steps = steps.map(|((list, kind), weeks)| Step {
                    list: position(&mut plan.lists[mentee], list),
                    table: position(&mut plan.tables, (mentor, kind)),
                    weeks,
                });
                plan.steps.push(steps.collect());
            }
        }
        plan
    }
}

/// The steady kind of the most weeks.
fn home(clock: &Clock) -> Option<usize> {
    let weeks = |kind: usize| clock.of_week.iter().filter(|&&own| own == kind).count();
    let steady = (0..clock.kinds.len()).filter(|&kind| clock.kinds[kind].as_steady().is_some());
    steady.max_by_key(|&kind| weeks(kind))
}

/// The mentee's kind of week and the mentor's, moved together to where the mentor is at home.
fn moved_home(
    (mentee, mentor): (&Clock, &Clock),
    kind: JointKind,
    home: Option<usize>,
) -> (WeekKind, usize) {
    let (one, other) = (&mentee.kinds[kind.mentee], &mentor.kinds[kind.mentor]);
    let steady = one.as_steady().zip(other.as_steady()).zip(home);
    let moved = steady.and_then(|((one, other), home)| {
        let at_home = mentor.kinds[home].as_steady()?;
        let ahead = (one + at_home + WEEK - other) % WEEK;
        Some((WeekKind::steady(ahead), home))
    });
    moved.unwrap_or_else(|| (one.clone(), kind.mentor))
}

/// Without the kinds of week that do not matter to the measure.
fn needed<K: Ord>(kinds: BTreeMap<K, u16>, measure: Measure) -> Vec<(K, u16)> {
    let all: u16 = kinds.values().sum();
    let mut kinds: Vec<(K, u16)> = kinds.into_iter().collect();
    if measure == Measure::Typical
        && let Some(most) = kinds.iter().position(|&(_, weeks)| weeks > all / 2)
    {
        kinds = vec![kinds.swap_remove(most)];
    }
    kinds
}

/// Where the item is; it is added if it is not there.
fn position<T: PartialEq>(items: &mut Vec<T>, item: T) -> usize {
    let known = items.iter().position(|known| *known == item);
    known.unwrap_or_else(|| {
        items.push(item);
        items.len() - 1
    })
}
