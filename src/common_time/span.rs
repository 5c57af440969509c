//! Sets of minutes of a week, as intervals.

use super::clock::WeekKind;
use crate::participant::Window;

/// Minutes of a week.
pub(crate) const WEEK: u16 = 7 * 24 * 60;
/// Minutes of the longest meeting: a day.
pub(crate) const LONGEST_MEETING: u16 = 24 * 60;

/// The minutes `from..to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) from: u16,
    pub(super) to: u16,
}

/// Windows as minutes of the local week from Monday on: ascending, with gaps between them. A
/// window that runs over the week's end is one at each end.
pub(super) fn hours(windows: &[Window]) -> Vec<Span> {
    let mut spans = Vec::with_capacity(windows.len() + 1);
    for window in windows {
        let from = window.day.days_after_monday() * (24 * 60) + window.from;
        let to = from + window.minutes();
        spans.push(Span {
            from,
            to: to.min(WEEK),
        });
        if to > WEEK {
            let to = to - WEEK;
            spans.push(Span { from: 0, to });
        }
    }
    spans.sort_unstable();
    joined(spans)
}

/// The minutes of a week of this kind, counted from its beginning in UTC, at which somebody with
/// these hours can begin a meeting.
pub(super) fn beginnings(hours: &[Span], kind: &WeekKind, meeting: u16) -> Vec<Span> {
    let more = meeting - 1; // minutes of a meeting after its first
    let mut spans = joined(available(hours, kind, WEEK + more));
    for span in &mut spans {
        span.to = span.to.saturating_sub(more);
    }
    spans.retain(|span| span.from < span.to);
    spans
}

/// The minutes before `end` at which somebody has time, ascending.
fn available(hours: &[Span], kind: &WeekKind, end: u16) -> Vec<Span> {
    let mut spans = Vec::with_capacity(hours.len() + 2);
    let stretches = kind.stretches();
    for (at, stretch) in stretches.iter().enumerate() {
        let until = stretches.get(at + 1).map_or(end, |next| next.at.min(end));
        // In local minutes, from the Monday before the week begins.
        let (first, last) = (stretch.at + stretch.ahead, until + stretch.ahead);
        for monday in [0, WEEK, 2 * WEEK] {
            for own in hours {
                let from = (own.from + monday).max(first);
                let to = (own.to + monday).min(last);
                if from < to {
                    let (from, to) = (from - stretch.ahead, to - stretch.ahead);
                    spans.push(Span { from, to });
                }
            }
        }
    }
    spans
}

/// The same minutes as intervals with gaps between them, from ascending ones.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => joined.push(span),
        }
    }
    joined
}

/// How many minutes are in both.
pub(super) fn in_common(mut one: &[Span], mut other: &[Span]) -> u16 {
    let mut minutes = 0;
    while let ([a, rest_of_one @ ..], [b, rest_of_other @ ..]) = (one, other) {
        minutes += a.to.min(b.to).saturating_sub(a.from.max(b.from));
        if a.to < b.to {
            one = rest_of_one;
        } else {
            other = rest_of_other;
        }
    }
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn windows(texts: &[&str]) -> Vec<Window> {
        let windows = texts.iter().flat_map(|text| Window::parse(text).unwrap());
        windows.collect()
    }

    fn pairs(spans: &[Span]) -> Vec<(u16, u16)> {
        spans.iter().map(|span| (span.from, span.to)).collect()
    }

    #[test]
    fn windows_that_touch_or_overlap_are_one() {
        let texts = ["tue 09:00-10:00", "tue 09:30-11:00", "tue 11:00-12:00"];
        assert_eq!(pairs(&hours(&windows(&texts))), [(1980, 2160)]);
    }

    #[test]
    fn a_window_over_the_week_s_end_is_one_at_each_end() {
        let late = hours(&windows(&["sun 23:00-01:00", "mon 01:00-02:00"]));
        assert_eq!(pairs(&late), [(0, 120), (WEEK - 60, WEEK)]);
    }

    #[test]
    fn meetings_run_over_the_week_s_end() {
        let late = hours(&windows(&["sun 23:00-01:00"]));
        let steady = WeekKind::steady(0);
        let begin = |meeting| pairs(&beginnings(&late, &steady, meeting));
        assert_eq!(begin(1), [(0, 60), (WEEK - 60, WEEK)]);
        assert_eq!(begin(60), [(0, 1), (WEEK - 60, WEEK)]);
        assert_eq!(begin(61), [(WEEK - 60, WEEK)]);
        assert_eq!(begin(120), [(WEEK - 60, WEEK - 59)]);
        assert_eq!(begin(121), []);
        let always = hours(&windows(&["mon-sun 00:00-24:00"]));
        for meeting in [1, 60, LONGEST_MEETING] {
            assert_eq!(pairs(&beginnings(&always, &steady, meeting)), [(0, WEEK)]);
        }
    }

    #[test]
    fn the_minutes_of_two_sets_in_common() {
        let set = |pairs: &[(u16, u16)]| -> Vec<Span> {
            let spans = pairs.iter().map(|&(from, to)| Span { from, to });
            spans.collect()
        };
        let one = set(&[(0, 10), (20, 30), (40, 50)]);
        let other = set(&[(5, 25), (28, 45), (60, 70)]);
        assert_eq!(in_common(&one, &other), 5 + 5 + 2 + 5);
        assert_eq!(in_common(&one, &one), 30);
        assert_eq!(in_common(&one, &[]), 0);
    }
}
