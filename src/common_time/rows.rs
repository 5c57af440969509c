//! One mentee's time in common with all mentors.
//!
//! # Idea
//! How many minutes of the interval `a..b` a mentor can begin a meeting at is `P(b) − P(a)`, where
//! `P(t)` counts those of the week's first `t` minutes. `P` is kept for the minutes at which some
//! mentee's interval begins or ends, with the mentors adjacent, so that a row is a few additions of
//! whole lines of `u16`, which the compiler vectorises, where intersecting two lists branches at
//! every interval.
//!
//! # Invariant
//! No sum exceeds the minutes of a week, since a mentee's intervals do not overlap.
//!
//! # Complexity
//! `P` takes 2 bytes for each distinct minute, mentor and kind of week. Windows usually begin and
//! end on quarters of an hour, of which a week has 672. Where it would exceed [`LARGEST`], pairs are
//! intersected after all.

use std::ops::Range;

use super::calendar::Calendar;
use super::facts::Measure;
use super::plan::{Plan, Step};
use super::span::{Span, WEEK, beginnings};
use crate::ids::{MenteeIdx, MentorIdx};

/// 256 MiB.
const LARGEST: usize = 1 << 27;

/// A calendar prepared for rows of one measure.
pub(crate) struct Rows {
    calendar: Calendar,
    measure: Measure,
    tables: Option<Tables>, // unless they are too large
}

/// Mentors are in columns, one for each class.
struct Tables {
    blocks: Vec<Range<usize>>,   // the columns of a mentors' clock, by clock
    steps: Vec<Vec<Step>>,       // by the mentee's clock × the mentor's
    cumulated: Vec<Vec<u16>>,    // P by Step::table, a line for each distinct minute
    lists: Vec<Vec<(u16, u16)>>, // lines at which a mentee class's intervals begin and end
    first_list: Vec<usize>,      // by mentee class; Step::list counts from there
}

impl Rows {
    pub(crate) fn new(calendar: Calendar, measure: Measure) -> Self {
        let tables = Tables::new(&calendar, measure, LARGEST);
        Self {
            calendar,
            measure,
            tables,
        }
    }

    /// As [`Calendar::pair`].
    pub(crate) fn pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Option<u16> {
        self.calendar.pair(mentee, mentor, self.measure)
    }

    /// Mentees of one class have the same windows on one clock, and so the same rows.
    pub(crate) fn class(&self, mentee: MenteeIdx) -> Option<u32> {
        u32::try_from(self.calendar.mentees.of[mentee]).ok()
    }

    /// Of the tables and of what people's weeks hold.
    pub(crate) fn bytes(&self) -> u64 {
        let tables = self.tables.as_ref().map_or(0, Tables::bytes);
        tables + self.calendar.mentees.bytes() + self.calendar.mentors.bytes()
    }

    /// Calls `put` with each entry of `row` and the verdict on its pair's weeks.
    pub(crate) fn row<E, V: Copy>(
        &self,
        mentee: MenteeIdx,
        row: &mut [E],
        verdict: impl Fn(Option<u16>) -> V,
        put: impl Fn(&mut E, V),
    ) {
        let missing = verdict(None);
        let mentors = &self.calendar.mentors;
        let class = self.calendar.mentees.of[mentee];
        if class == self.calendar.mentees.classes.len() {
            row.iter_mut().for_each(|entry| put(entry, missing));
            return;
        }
        let measured = self.measured(class);
        let verdicts = measured.into_iter().map(|own| verdict(Some(own)));
        let verdicts: Vec<V> = verdicts.chain([missing]).collect();
        for (entry, &class) in row.iter_mut().zip(&mentors.of) {
            put(entry, verdicts[class]);
        }
    }

    /// By mentor class.
    fn measured(&self, mentee: usize) -> Vec<u16> {
        let own = &self.calendar.mentees.classes[mentee];
        if let Some(tables) = &self.tables {
            return tables.measured(mentee, own.clock, self.measure);
        }
        let mentors = self.calendar.mentors.classes.iter();
        let weeks = mentors.map(|mentor| self.calendar.classes(own, mentor));
        weeks.map(|weeks| weeks.measure(self.measure)).collect()
    }
}

impl Tables {
    fn bytes(&self) -> u64 {
        let tables = self.cumulated.iter().map(|table| size_of_val(&**table));
        let lists = self.lists.iter().map(|list| size_of_val(&**list));
        (tables.sum::<usize>() + lists.sum::<usize>()) as u64
    }

    /// `None` if they had more than `largest` entries.
    fn new(calendar: &Calendar, measure: Measure, largest: usize) -> Option<Self> {
        let plan = Plan::new(calendar, measure);
        let blocks = blocks(calendar);
        let mut spans = Vec::new();
        let mut first_list = Vec::new();
        for class in &calendar.mentees.classes {
            first_list.push(spans.len());
            let kinds = plan.lists[class.clock].iter();
            spans.extend(kinds.map(|kind| beginnings(&class.hours, kind, calendar.meeting)));
        }
        let lines = Lines::new(&spans);
        let columns: usize = plan
            .tables
            .iter()
            .map(|&(clock, _)| blocks[clock].len())
            .sum();
        if lines.minutes.len().saturating_mul(columns) > largest {
            return None;
        }
        let tables = plan.tables.iter();
        let cumulated = tables.map(|&(clock, kind)| {
            let classes = &calendar.mentors.classes[blocks[clock].clone()];
            let begin: Vec<&[Span]> = classes.iter().map(|own| &own.begin[kind][..]).collect();
            cumulated(&begin, &lines.minutes)
        });
        Some(Self {
            cumulated: cumulated.collect(),
            lists: spans.iter().map(|spans| lines.of(spans)).collect(),
            blocks,
            steps: plan.steps,
            first_list,
        })
    }

    /// By mentor class.
    fn measured(&self, mentee: usize, clock: usize, measure: Measure) -> Vec<u16> {
        let columns = self.blocks.last().map_or(0, |block| block.end);
        let mut measured = vec![0; columns];
        let steps = &self.steps[clock * self.blocks.len()..];
        let mut counted = Vec::new();
        for (block, steps) in self.blocks.iter().zip(steps) {
            let width = block.len();
            counted.clear();
            counted.resize(width * steps.len(), 0);
            for (at, step) in steps.iter().enumerate() {
                let list = &self.lists[self.first_list[mentee] + step.list];
                let table = &self.cumulated[step.table];
                let line = |at: u16| &table[usize::from(at) * width..][..width];
                count(&mut counted[at * width..][..width], list, line);
            }
            fold(measure, steps, &counted, &mut measured[block.clone()]);
        }
        measured
    }
}

/// The columns of every clock.
fn blocks(calendar: &Calendar) -> Vec<Range<usize>> {
    let classes = &calendar.mentors.classes;
    let before = |clock: usize| classes.partition_point(|class| class.clock < clock);
    let clocks = 0..calendar.clocks.len();
    clocks
        .map(|clock| before(clock)..before(clock + 1))
        .collect()
}

/// The minutes at which some interval begins or ends: the lines of the tables.
struct Lines {
    minutes: Vec<u16>,   // ascending
    of_minute: Vec<u16>, // by minute of the week; 0 where there is no line
}

impl Lines {
    fn new(lists: &[Vec<Span>]) -> Self {
        let mut there = vec![false; usize::from(WEEK) + 1];
        for span in lists.iter().flatten() {
            there[usize::from(span.from)] = true;
            there[usize::from(span.to)] = true;
        }
        let minutes: Vec<u16> = (0..=WEEK).filter(|&at| there[usize::from(at)]).collect();
        let mut of_minute = vec![0; there.len()];
        for (line, &minute) in (0..).zip(&minutes) {
            of_minute[usize::from(minute)] = line;
        }
        Self { minutes, of_minute }
    }

    fn of(&self, spans: &[Span]) -> Vec<(u16, u16)> {
        let line = |minute: u16| self.of_minute[usize::from(minute)];
        let lines = spans.iter().map(|span| (line(span.from), line(span.to)));
        lines.collect()
    }
}

/// How many of the week's first minutes are in each of the sets, a line for each of `minutes`.
fn cumulated(sets: &[&[Span]], minutes: &[u16]) -> Vec<u16> {
    let mut table = Vec::with_capacity(sets.len() * minutes.len());
    let mut behind = vec![(0, 0); sets.len()]; // spans that lie before the line, and their minutes
    for &minute in minutes {
        for (set, (spans, whole)) in sets.iter().zip(&mut behind) {
            while let Some(span) = set.get(*spans).filter(|span| span.to <= minute) {
                *whole += span.to - span.from;
                *spans += 1;
            }
            let begun = set
                .get(*spans)
                .map_or(0, |span| minute.saturating_sub(span.from));
            table.push(*whole + begun);
        }
    }
    table
}

/// Columns that are summed up together: as many as vector registers hold beside what is added.
const TOGETHER: usize = 64;

/// What the intervals cover of each column.
fn count<'t>(counted: &mut [u16], list: &[(u16, u16)], line: impl Fn(u16) -> &'t [u16]) {
    let width = counted.len();
    let whole = width - width % TOGETHER;
    for start in (0..whole).step_by(TOGETHER) {
        let mut sums = [0; TOGETHER];
        for &(from, to) in list {
            let (to, from) = (
                &line(to)[start..start + TOGETHER],
                &line(from)[start..start + TOGETHER],
            );
            for ((sum, to), from) in sums.iter_mut().zip(to).zip(from) {
                *sum += to - from;
            }
        }
        counted[start..start + TOGETHER].copy_from_slice(&sums);
    }
    for &(from, to) in list {
        let rest = line(to)[whole..].iter().zip(&line(from)[whole..]);
        for (counted, (to, from)) in counted[whole..].iter_mut().zip(rest) {
            *counted += to - from;
        }
    }
}

/// From the counts of every step, a line each, to the measure of all weeks.
fn fold(measure: Measure, steps: &[Step], counted: &[u16], measured: &mut [u16]) {
    let width = measured.len();
    let counts = |step: usize| &counted[step * width..][..width];
    match measure {
        _ if width == 0 => {}
        Measure::Typical if steps.len() == 1 => measured.copy_from_slice(counted),
        Measure::Typical => typical(steps, counted, measured),
        Measure::Minimum => {
            measured.fill(WEEK);
            for step in 0..steps.len() {
                for (least, &own) in measured.iter_mut().zip(counts(step)) {
                    *least = own.min(*least);
                }
            }
        }
        Measure::WeeksBelow(minutes) => {
            for (at, step) in steps.iter().enumerate() {
                for (weeks, &own) in measured.iter_mut().zip(counts(at)) {
                    *weeks += if own < minutes { step.weeks } else { 0 };
                }
            }
        }
    }
}

/// The lower median is the least count that more than half of the weeks, or exactly half, do not
/// exceed. Comparing every step with every other has no branches and few steps to compare.
fn typical(steps: &[Step], counted: &[u16], measured: &mut [u16]) {
    let width = measured.len();
    let all: u16 = steps.iter().map(|step| step.weeks).sum();
    let half = all.div_ceil(2);
    let mut up_to = vec![0; width]; // weeks that do not exceed the step's
    measured.fill(WEEK);
    for own in counted.chunks_exact(width) {
        up_to.fill(0);
        for (other, step) in counted.chunks_exact(width).zip(steps) {
            for ((up_to, own), other) in up_to.iter_mut().zip(own).zip(other) {
                *up_to += if other <= own { step.weeks } else { 0 };
            }
        }
        for ((median, &own), &up_to) in measured.iter_mut().zip(own).zip(&up_to) {
            *median = if up_to >= half {
                own.min(*median)
            } else {
                *median
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::participant::{Cohort, Profile, Window};
    use crate::period::Period;

    /// A dozen people on clocks that change at different times, some alike, some without answers.
    fn calendar(period: Period, meeting: u16) -> Calendar {
        let zones = [
            "Europe/Copenhagen",
            "America/New_York",
            "Australia/Lord_Howe",
            "UTC",
        ];
        let windows = [
            "mon-fri 09:00-17:00",
            "sat,sun 21:07-03:30",
            "wed 12:00-12:45",
        ];
        let person = |at: usize, role: &str| {
            let mut own = Profile::new(format!("{role}{at}")).time_zone(zones[at % 4]);
            for text in &windows[..at % 3 + 1] {
                own.availability.extend(Window::parse(text).unwrap());
            }
            if at == 5 {
                own.availability.clear();
            }
            own
        };
        let mentors = (0..12).map(|at| person(at, "r").mentor(1));
        let mentees = (0..12).map(|at| person(at * 7, "e").mentee());
        Calendar::new(&Cohort::new(mentors, mentees).unwrap(), period, meeting)
    }

    #[test]
    fn rows_and_pairs_agree_with_and_without_tables() {
        for (from, to) in [
            ("2026-01-01", "2026-12-30"), // the typical week has no majority
            ("2026-09-07", "2027-03-07"),
            ("2026-03-26", "2026-04-01"), // clocks change in the only week
        ] {
            let period = Period::new(from.parse().unwrap(), to.parse().unwrap()).unwrap();
            for measure in [Measure::Typical, Measure::Minimum, Measure::WeeksBelow(90)] {
                let with = Rows::new(calendar(period, 45), measure);
                assert!(with.tables.is_some());
                assert!(Tables::new(&with.calendar, measure, 10).is_none());
                let without = Rows {
                    calendar: calendar(period, 45),
                    measure,
                    tables: None,
                };
                for rows in [with, without] {
                    for mentee in MenteeIdx::all(12) {
                        let mut row = [Some(9999); 12];
                        rows.row(mentee, &mut row, |own| own, |entry, own| *entry = own);
                        let pairs = MentorIdx::all(12).map(|mentor| rows.pair(mentee, mentor));
                        assert!(pairs.eq(row));
                    }
                }
            }
        }
    }

    #[test]
    fn the_typical_row_is_the_lower_median_of_its_steps() {
        let step = |weeks| Step {
            list: 0,
            table: 0,
            weeks,
        };
        let typical = |weeks: [u16; 3], counted: [u16; 3]| {
            let mut median = [0];
            typical(&weeks.map(step), &counted, &mut median);
            median[0]
        };
        assert_eq!(typical([2, 1, 1], [60, 0, 30]), 30);
        assert_eq!(typical([2, 1, 2], [60, 0, 30]), 30);
        assert_eq!(typical([3, 1, 1], [60, 0, 30]), 60);
        assert_eq!(typical([1, 1, 1], [7, 7, 0]), 7);
    }
}
