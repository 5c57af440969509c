//! Lying bars, each made of parts: shares of wholes, or one amount against another.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::{Tone, WIDTH, draw, float, shortened, text};

/// One row: a label, and its bars from top to bottom.
pub(in crate::html) struct Row {
    /// What the row is about.
    pub(in crate::html) label: String,
    /// Each bar with its parts from left to right.
    pub(in crate::html) bars: Vec<Vec<(Tone, u64)>>,
    /// What is written at the right end.
    pub(in crate::html) note: String,
}

/// The height of a row.
const ROW: u32 = 34;

/// The room for labels, and for notes.
const LABELS: u32 = 116;
const NOTES: u32 = 62;

/// As many letters fit into the room for labels.
const LETTERS: usize = 18;

/// A chart of lying bars on one scale; `None` if all are 0.
pub(in crate::html) fn rows(title: &str, rows: &[Row]) -> Option<String> {
    let all = rows.iter().flat_map(|row| &row.bars);
    let sums = all.map(|bar| bar.iter().map(|(_, value)| value).sum::<u64>());
    let most = float(sums.max().filter(|most| *most > 0)?);
    let height = ROW * u32::try_from(rows.len()).unwrap_or(1);
    draw(height, title, |sheet| {
        let last = float(rows.len() as u64);
        let chart = ChartBuilder::on(sheet)
            .margin_left(LABELS + 8)
            .margin_right(NOTES)
            .build_cartesian_2d(0.0..most, last..0.0)?;
        for (at, row) in rows.iter().enumerate() {
            let top = float(at as u64);
            for corners in bars_of(row, top) {
                let (tone, corners) = corners;
                let shape = Rectangle::new(corners, tone.stand_in().filled());
                chart.plotting_area().draw(&shape)?;
            }
            let (_, y) = chart.plotting_area().map_coordinate(&(0.0, top + 0.5));
            let label = text(Tone::Label, HPos::Right, VPos::Center);
            let at = (i32::try_from(LABELS).unwrap_or(0), y);
            sheet.draw(&Text::new(shortened(&row.label, LETTERS), at, label))?;
            let note = text(Tone::Ink, HPos::Left, VPos::Center);
            let at = (i32::try_from(WIDTH - NOTES).unwrap_or(0) + 6, y);
            sheet.draw(&Text::new(row.note.clone(), at, note))?;
        }
        Ok(())
    })
}

type Corners = [(f64, f64); 2];

/// The parts of a row's bars as shapes.
fn bars_of(row: &Row, top: f64) -> Vec<(Tone, Corners)> {
    let (free, count) = (0.2, float(row.bars.len() as u64));
    let height = (1.0 - 2.0 * free) / count;
    let mut shapes = Vec::new();
    for (at, bar) in row.bars.iter().enumerate() {
        let top = top + free + height * float(at as u64);
        let mut left = 0;
        for &(tone, value) in bar {
            let corners = [(float(left), top), (float(left + value), top + height)];
            shapes.push((tone, corners));
            left += value;
        }
    }
    shapes
}
