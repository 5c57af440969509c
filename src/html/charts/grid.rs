//! A table of shades: how many there are of each two.

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::{Drawn, Tone, WIDTH, draw, float, text};

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
    let [across, up] = [columns.len(), rows.len()].map(|own| u32::try_from(own.max(1)));
    let (across, up) = (across.ok()?, up.ok()?);
    let width = ((WIDTH - LEFT) / across).clamp(6, 40);
    let height = width.min(34) * up + BELOW;
    let [last_column, last_row] = [across, up].map(f64::from);
    draw(height, title, |sheet| {
        let chart = ChartBuilder::on(sheet)
            .margin_left(LEFT)
            .margin_right(WIDTH.saturating_sub(LEFT + width * across))
            .margin_bottom(BELOW)
            .build_cartesian_2d(0.0..last_column, 0.0..last_row)?;
        let area = chart.plotting_area();
        let has_numbers = columns.len() <= READABLE;
        for cell in cells {
            draw_cell(area, cell, shade(cell.count, most))?;
            let (x, y) = (float(cell.column as u64), float(cell.row as u64));
            if has_numbers {
                let tone = if shade(cell.count, most) > 2 {
                    Tone::OnShade
                } else {
                    Tone::Ink
                };
                let middle = area.map_coordinate(&(x + 0.5, y + 0.5));
                let style = text(tone, HPos::Center, VPos::Center);
                sheet.draw(&Text::new(cell.count.to_string(), middle, style))?;
            }
        }
        for (row, label) in rows
            .iter()
            .enumerate()
            .step_by(rows.len().div_ceil(12).max(1))
        {
            let (_, y) = area.map_coordinate(&(0.0, float(row as u64) + 0.5));
            let style = text(Tone::Label, HPos::Right, VPos::Center);
            let beside = (i32::try_from(LEFT)? - 8, y);
            sheet.draw(&Text::new(label.clone(), beside, style))?;
        }
        for (column, label) in columns
            .iter()
            .enumerate()
            .step_by(columns.len().div_ceil(7).max(1))
        {
            let (x, _) = area.map_coordinate(&(float(column as u64) + 0.5, 0.0));
            let style = text(Tone::Label, HPos::Center, VPos::Top);
            let below = (x, i32::try_from(height)? - 16);
            sheet.draw(&Text::new(label.clone(), below, style))?;
        }
        Ok(())
    })
}

/// Where cells are drawn: columns to the right, rows upwards.
type Area<'a> = DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

fn draw_cell(area: &Area<'_>, cell: &Cell, shade: u8) -> Drawn {
    let (x, y, gap) = (float(cell.column as u64), float(cell.row as u64), 0.04);
    let corners = [(x + gap, y + gap), (x + 1.0 - gap, y + 1.0 - gap)];
    area.draw(&Rectangle::new(
        corners,
        Tone::Shade(shade).stand_in().filled(),
    ))?;
    Ok(())
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
