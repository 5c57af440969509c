//! Upright bars: how many there are of each.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::{Tone, draw, float, text};

/// One bar.
pub(in crate::html) struct Column {
    /// What is counted; below the bar, or at its left edge where the bars are stretches of a scale.
    pub(in crate::html) label: String,
    /// How many there are.
    pub(in crate::html) value: u64,
}

const HEIGHT: u32 = 190;

/// Room beside the bars, for half a label.
const SIDE: u32 = 14;

/// How much of its room a bar leaves free, on each side.
const FREE: f64 = 0.14;

/// A chart of upright bars, each with its number above; `None` if all are 0. Bars that are stretches of a scale
/// come with the label of its end.
pub(in crate::html) fn columns(title: &str, bars: &[Column], end: Option<&str>) -> Option<String> {
    let most = bars
        .iter()
        .map(|bar| bar.value)
        .max()
        .filter(|most| *most > 0)?;
    let most = float(most);
    draw(HEIGHT, title, |sheet| {
        let mut chart = ChartBuilder::on(sheet)
            .margin_top(18)
            .margin_right(SIDE)
            .margin_left(SIDE)
            .x_label_area_size(20)
            .build_cartesian_2d(0.0..float(bars.len() as u64), 0.0..most)?;
        let ground = [(0.0, 0.0), (float(bars.len() as u64), 0.0)];
        chart.draw_series([PathElement::new(ground, Tone::Line.stand_in())])?;
        for (at, bar) in bars.iter().enumerate() {
            let (left, value) = (float(at as u64), float(bar.value));
            let corners = [(left + FREE, 0.0), (left + 1.0 - FREE, value)];
            let area = chart.plotting_area();
            area.draw(&Rectangle::new(corners, Tone::Main.stand_in().filled()))?;
            let number = text(Tone::Ink, HPos::Center, VPos::Bottom);
            let middle = area.map_coordinate(&(left + 0.5, value));
            if bar.value > 0 {
                let number = Text::new(bar.value.to_string(), (middle.0, middle.1 - 3), number);
                sheet.draw(&number)?;
            }
            let shift = if end.is_some() { 0.0 } else { 0.5 };
            let x = area.map_coordinate(&(left + shift, 0.0)).0;
            sheet.draw(&below(x, &bar.label))?;
        }
        let last = chart
            .plotting_area()
            .map_coordinate(&(float(bars.len() as u64), 0.0))
            .0;
        if let Some(end) = end {
            sheet.draw(&below(last, end))?;
        }
        Ok(())
    })
}

/// A label below the bars.
fn below(x: i32, label: &str) -> Text<'static, (i32, i32), String> {
    let style = text(Tone::Label, HPos::Center, VPos::Top);
    let y = i32::try_from(HEIGHT).unwrap_or(0) - 15;
    Text::new(label.to_owned(), (x, y), style)
}
