//! Weekly windows as people write them: `mon-fri 12:00-13:00;wed 16:00-18:00`.

use mentormatch::Window;

/// Days in a row at the same time become one item; the windows are sorted by time and then by day.
pub(crate) fn text(windows: &[Window]) -> String {
    let runs = windows.chunk_by(|one, next| {
        (one.from, one.to) == (next.from, next.to)
            && one.day.days_after_monday() + 1 == next.day.days_after_monday()
    });
    runs.map(run).collect::<Vec<_>>().join(";")
}

fn run(windows: &[Window]) -> String {
    let (Some(first), Some(last)) = (windows.first(), windows.last()) else {
        return String::new();
    };
    if windows.len() == 1 {
        return first.to_string();
    }
    let times = last.to_string();
    let times = times.split_once(' ').map_or("", |(_, times)| times);
    format!("{}-{} {times}", first.day, last.day)
}
