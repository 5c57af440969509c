//! Tables that are written out, and those that the script fills.

use super::escape::escape;
use crate::wording::{Caption, Wording, capital};

/// Lines of a written table; there are never many more that anybody reads.
const MOST: usize = 200;

/// A table of texts; the first cell of each line is its heading, numbers stand right.
pub(super) struct Table {
    headings: Vec<String>,
    lines: Vec<Vec<String>>,
}

impl Table {
    pub(super) const fn new(headings: Vec<String>, lines: Vec<Vec<String>>) -> Self {
        Self { headings, lines }
    }
}

impl Table {
    /// Whether a column holds numbers only.
    fn is_numeric(&self, column: usize) -> bool {
        let is_number = |cell: &String| !cell.is_empty() && !cell.contains(char::is_alphabetic);
        column > 0
            && self
                .lines
                .iter()
                .all(|line| line.get(column).is_some_and(is_number))
    }
}

/// A table with a caption for those who do not see the heading above.
pub(super) fn table(caption: &str, table: &Table) -> String {
    let classes = (0..table.headings.len()).map(|at| match table.is_numeric(at) {
        true => " class=\"number\"",
        false => "",
    });
    let classes: Vec<_> = classes.collect();
    let headings = table.headings.iter().zip(&classes).map(|(own, class)| {
        let own = escape(&capital(own));
        format!("<th scope=\"col\"{class}>{own}</th>")
    });
    let headings: String = headings.collect();
    let lines = table
        .lines
        .iter()
        .take(MOST)
        .map(|line| one_line(line, &classes));
    let lines: String = lines.collect();
    let rest = match table.lines.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!("<tr><td>… + {more}</td></tr>"),
    };
    format!(
        "<table><caption class=\"unseen\">{caption}</caption><thead><tr>{headings}</tr></thead>\
         <tbody>{lines}{rest}</tbody></table>"
    )
}

fn one_line(line: &[String], classes: &[&str]) -> String {
    let cells = line.iter().zip(classes).enumerate();
    let cells = cells.map(|(at, (cell, class))| match (at, escape(cell)) {
        (0, cell) => format!("<th scope=\"row\">{cell}</th>"),
        (_, cell) => format!("<td{class}>{cell}</td>"),
    });
    format!("<tr>{}</tr>", cells.collect::<String>())
}

/// A section whose table the script fills from the data of this name, so many rows at a time.
pub(super) fn long_table(
    (name, heading, step): (&str, Caption, usize),
    columns: &[(Caption, &str)],
    words: &dyn Wording,
) -> String {
    let caption = |own: Caption| escape(&capital(&words.caption(own)));
    let title = caption(heading);
    let headings = columns.iter().map(|(own, class)| {
        let label = caption(*own);
        format!(
            "<th scope=\"col\" class=\"{class}\"><button type=\"button\" class=\"sort\">{label}</button></th>"
        )
    });
    let headings: String = headings.collect();
    let shape = match columns.iter().any(|(_, class)| *class == "number") {
        true => "",
        false if columns.len() == 1 => "stacked lone",
        false => "stacked",
    };
    let (search, more, all, script) = (
        caption(Caption::Search),
        caption(Caption::ShowMore),
        caption(Caption::ShowAll),
        caption(Caption::NeedsScript),
    );
    format!(
        "<section id=\"{name}\" data-table=\"{name}\" data-step=\"{step}\"><h2 id=\"{name}-h\">{title}</h2>\
         <noscript><p class=\"note\">{script}</p></noscript>\
         <div class=\"tools\"><label>{search} <input type=\"search\" autocomplete=\"off\" spellcheck=\"false\"></label>\
         <output aria-live=\"polite\"></output></div>\
         <div class=\"scroll\" role=\"region\" aria-labelledby=\"{name}-h\" tabindex=\"0\">\
         <table class=\"long {shape}\"><caption class=\"unseen\">{title}</caption>\
         <thead><tr>{headings}</tr></thead><tbody></tbody></table></div>\
         <p class=\"more\"><button type=\"button\" class=\"step\">{more}</button> \
         <button type=\"button\" class=\"all\">{all}</button></p></section>\n"
    )
}
