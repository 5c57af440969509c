//! A table of shades: how many there are of each two.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::{Tone, WIDTH, draw, float, text};

/// One field: its column, its row, and how many.
pub(in crate::html) struct Cell {
    pub(in crate::html) column: usize,
    pub(in crate::html) row: usize,
    pub(in crate::html) count: u64,
}

/// Room for the labels of rows, and of columns.
const LEFT: u32 = 58;
const BELOW: u32 = 22;

/// Numbers are written into fields up to so many a side; labels beside every second, third, … from then on.
const READABLE: usize = 8;

/// A table of shades with labels, rows from below; `None` if there is no field.
pub(in crate::html) fn grid(
    title: &str,
    (columns, rows): (&[String], &[String]),
    cells: &[Cell],
) -> Option<String> {
    let most = cells.iter().map(|cell| cell.count).max()?;
    let field = 30_u32
        .min((WIDTH - LEFT) / u32::try_from(columns.len().max(1)).ok()?)
        .max(6);
    let field = if columns.len() <= READABLE {
        (WIDTH - LEFT) / 8
    } else {
        field
    };
    let across = field * u32::try_from(columns.len()).ok()?;
    let height = field.min(34) * u32::try_from(rows.len()).ok()? + BELOW;
    draw(height, title, |sheet| {
        let chart = ChartBuilder::on(sheet)
            .margin_left(LEFT)
            .margin_right(WIDTH.saturating_sub(LEFT + across))
            .margin_bottom(BELOW)
            .build_cartesian_2d(
                0.0..float(columns.len() as u64),
                0.0..float(rows.len() as u64),
            )?;
        let area = chart.plotting_area();
        let at = |column: f64, row: f64| area.map_coordinate(&(column, row));
        for cell in cells {
            let (x, y) = (float(cell.column as u64), float(cell.row as u64));
            let (shade, gap) = (shade(cell.count, most), 0.04);
            let corners = [(x + gap, y + gap), (x + 1.0 - gap, y + 1.0 - gap)];
            area.draw(&Rectangle::new(
                corners,
                Tone::Shade(shade).stand_in().filled(),
            ))?;
            if columns.len() <= READABLE {
                let tone = if shade > 2 { Tone::OnShade } else { Tone::Ink };
                let number = text(tone, HPos::Center, VPos::Center);
                sheet.draw(&Text::new(
                    cell.count.to_string(),
                    at(x + 0.5, y + 0.5),
                    number,
                ))?;
            }
        }
        for (row, label) in rows
            .iter()
            .enumerate()
            .step_by(rows.len().div_ceil(12).max(1))
        {
            let (_, y) = at(0.0, float(row as u64) + 0.5);
            let beside = (i32::try_from(LEFT).unwrap_or(0) - 8, y);
            let style = text(Tone::Label, HPos::Right, VPos::Center);
            sheet.draw(&Text::new(label.clone(), beside, style))?;
        }
        for (column, label) in columns
            .iter()
            .enumerate()
            .step_by(columns.len().div_ceil(7).max(1))
        {
            let (x, _) = at(float(column as u64) + 0.5, 0.0);
            let below = (x, i32::try_from(height).unwrap_or(0) - 16);
            let style = text(Tone::Label, HPos::Center, VPos::Top);
            sheet.draw(&Text::new(label.clone(), below, style))?;
        }
        Ok(())
    })
}

/// The darker, the more: in five steps of the square root, so that few can be told from none.
fn shade(count: u64, most: u64) -> u8 {
    let step = (25 * count).div_ceil(most.max(1)).max(1);
    match step {
        0..=1 => 0,
        2..=4 => 1,
        5..=9 => 2,
        10..=16 => 3,
        _ => 4,
    }
}
