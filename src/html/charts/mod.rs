//! Charts: `plotters` draws them, the page's style colours them.
//!
//! `plotters` writes fixed colours into its SVG. Each [`Tone`] is drawn in a colour that stands for a class, and
//! [`finish`] puts the class in its place: so one drawing serves light, dark and paper, and takes the page's font.

mod columns;

mod grid;

mod rows;

pub(super) use columns::{Column, columns};
pub(super) use grid::{Cell, grid};
pub(super) use rows::{Row, rows};

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// The width of every chart in units of its own: that of a column on a phone, so that text in a chart is as large
/// as text beside it.
pub(super) const WIDTH: u32 = 360;

/// The size of letters; `plotters` divides it by 1.24.
const LETTERS: f64 = 12.0 * 1.24;

/// What something drawn stands for, and the class of the page's style for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// What the chart is about.
    Main,
    /// What stands against it.
    Against,
    /// What is left of the whole.
    Rest,
    /// What rules forbid.
    Barred,
    /// Text that is read first.
    Ink,
    /// Text beside.
    Label,
    /// Lines to read values off.
    Line,
    /// A shade of the main tone, 0 to 4.
    Shade(u8),
    /// Text on the darker shades.
    OnShade,
}

const TONES: [(Tone, &str); 13] = [
    (Tone::Main, "main"),
    (Tone::Against, "against"),
    (Tone::Rest, "rest"),
    (Tone::Barred, "barred"),
    (Tone::Ink, "ink"),
    (Tone::Label, "label"),
    (Tone::Line, "line"),
    (Tone::Shade(0), "s0"),
    (Tone::Shade(1), "s1"),
    (Tone::Shade(2), "s2"),
    (Tone::Shade(3), "s3"),
    (Tone::Shade(4), "s4"),
    (Tone::OnShade, "on"),
];

impl Tone {
    /// The class.
    pub(super) fn class(self) -> &'static str {
        let own = TONES.iter().find(|(tone, _)| *tone == self);
        own.map_or("", |(_, class)| class)
    }

    /// The colour that stands for the class until the drawing is finished.
    fn stand_in(self) -> RGBColor {
        let at = TONES.iter().position(|(tone, _)| *tone == self);
        RGBColor(1, 2, u8::try_from(at.unwrap_or(0)).unwrap_or(0))
    }
}

/// Text of a tone.
fn text(tone: Tone, h_pos: HPos, v_pos: VPos) -> TextStyle<'static> {
    let font = ("sans-serif", LETTERS).into_font().color(&tone.stand_in());
    font.pos(Pos::new(h_pos, v_pos))
}

/// A drawing that cannot be made leaves the table of its figures.
type Drawn = Result<(), Box<dyn std::error::Error>>;

/// Draws on a sheet of this height and finishes it; `None` if there is nothing to draw on.
fn draw(
    height: u32,
    title: &str,
    on: impl FnOnce(&DrawingArea<SVGBackend<'_>, plotters::coord::Shift>) -> Drawn,
) -> Option<String> {
    let mut svg = String::new();
    {
        let sheet = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        on(&sheet).ok()?;
        sheet.present().ok()?;
    }
    Some(finish(&svg, height, title))
}

/// Classes instead of colours, the page's font, a title for those who do not see it.
fn finish(svg: &str, height: u32, title: &str) -> String {
    let mut svg = svg
        .replace(" font-family=\"sans-serif\"", "")
        .replace(" opacity=\"1\"", "");
    for (tone, class) in TONES {
        let RGBColor(red, green, blue) = tone.stand_in();
        let colour = format!("\"#{red:02X}{green:02X}{blue:02X}\"");
        for paint in ["fill", "stroke"] {
            svg = svg.replace(&format!("{paint}={colour}"), &format!("class=\"{class}\""));
        }
    }
    let start = svg.find('>').map_or(0, |at| at + 1);
    let title = super::escape::escape(title);
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\"><title>{title}</title>{}",
        svg[start..].replace('\n', "")
    )
}

/// A text that takes at most so much room, about.
fn shortened(text: &str, most: usize) -> String {
    match text.chars().count() {
        fits if fits <= most => text.to_owned(),
        _ => {
            let start: String = text.chars().take(most.saturating_sub(1)).collect();
            format!("{}…", start.trim_end())
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a pixel is coarser")]
fn float(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(values: &[u64]) -> Vec<Column> {
        let bars = values.iter().enumerate();
        let bars = bars.map(|(at, &value)| Column {
            label: format!("<{at}>"),
            value,
        });
        bars.collect()
    }

    #[test]
    fn a_drawing_has_classes_and_no_colour_or_font_of_its_own() {
        let svg = columns("a < b", &bars(&[3, 0, 7]), None).unwrap();
        assert!(
            svg.contains("class=\"main\"") && svg.contains("class=\"line\""),
            "{svg}"
        );
        assert!(!svg.contains('#') && !svg.contains("font-family"), "{svg}");
        assert!(svg.contains("<title>a &lt; b</title>") && svg.contains("&lt;1&gt;"));
        assert_eq!(svg.matches("<svg").count(), 1);
        assert!(svg.ends_with("</svg>"), "{svg}");
    }

    #[test]
    fn nothing_to_draw_is_no_drawing() {
        assert_eq!(columns("", &bars(&[0, 0]), None), None);
        assert_eq!(columns("", &[], None), None);
    }

    #[test]
    fn long_labels_are_cut_between_letters() {
        assert_eq!(shortened("Überlänge", 5), "Über…");
        assert_eq!(shortened("kurz", 5), "kurz");
    }
}
