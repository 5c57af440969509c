//! When everybody of one side can begin a meeting.

use std::collections::BTreeMap;

use super::clock::{Clock, stretch};
use super::span::{Span, beginnings, hours};
use crate::participant::{Offset, Profile, Stretch};
use crate::period::Period;

/// The clocks that people of either side go by, each once, under however many names.
pub(super) struct Clocks<'a> {
    period: Period,
    meeting: u16,
    all: Vec<Clock>,
    by_name: BTreeMap<&'a str, usize>, // the clock, by time zone
}

impl<'a> Clocks<'a> {
    pub(super) fn new(period: Period, meeting: u16) -> Self {
        Self {
            period,
            meeting,
            all: Vec::new(),
            by_name: BTreeMap::new(),
        }
    }

    pub(super) fn into_vec(self) -> Vec<Clock> {
        self.all
    }

    fn of(
        &mut self,
        zone: &'a str,
        offsets: impl FnOnce(Stretch) -> Option<Vec<Offset>>,
    ) -> Option<usize> {
        if let Some(&known) = self.by_name.get(zone) {
            return Some(known);
        }
        let offsets = offsets(stretch(self.period, self.meeting))?;
        let clock = Clock::new(&offsets, self.period, self.meeting);
        let known = self.all.iter().position(|known| *known == clock);
        if known.is_none() {
            self.all.push(clock);
        }
        let at = known.unwrap_or(self.all.len() - 1);
        self.by_name.insert(zone, at);
        Some(at)
    }
}

/// People with the same hours on the same clock.
pub(super) struct Class {
    pub(super) clock: usize,
    pub(super) hours: Vec<Span>,
    pub(super) begin: Vec<Vec<Span>>, // by the clock's kinds of week
}

/// One side's people, those alike as one.
pub(super) struct Diaries {
    pub(super) classes: Vec<Class>, // those of one clock adjacent, clocks ascending
    pub(super) of: Vec<usize>, // the class, indexed by person; classes.len() where an answer is missing
}

impl Diaries {
    pub(super) fn bytes(&self) -> u64 {
        let spans = |class: &Class| {
            let begin: usize = class.begin.iter().map(|spans| size_of_val(&**spans)).sum();
            begin + size_of_val(&*class.hours)
        };
        let spans: usize = self.classes.iter().map(spans).sum();
        (spans + size_of_val(&*self.of)) as u64
    }

    /// `offsets` gives those of the person at a position.
    pub(super) fn read<'a>(
        people: impl Iterator<Item = &'a Profile>,
        clocks: &mut Clocks<'a>,
        offsets: impl Fn(usize, Stretch) -> Option<Vec<Offset>>,
    ) -> Self {
        let mut read = |(at, own): (usize, &'a Profile)| {
            if own.availability.is_empty() {
                return None;
            }
            let zone = own.time_zone.as_deref()?;
            let clock = clocks.of(zone, |over| offsets(at, over))?;
            Some((clock, hours(&own.availability)))
        };
        let each: Vec<_> = people.enumerate().map(&mut read).collect();
        let mut distinct: Vec<_> = each.iter().flatten().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let of = each.iter().map(|own| match own {
            Some(own) => distinct.binary_search(&own).unwrap_or(distinct.len()),
            None => distinct.len(),
        });
        let of = of.collect();
        let classes = distinct.into_iter().map(|(clock, hours)| Class {
            clock: *clock,
            hours: hours.clone(),
            begin: clocks.all[*clock]
                .kinds
                .iter()
                .map(|kind| beginnings(hours, kind, clocks.meeting))
                .collect(),
        });
        let classes = classes.collect();
        Self { classes, of }
    }
}
