//! What all languages share: numbers in groups, names in words, the report's lines.

mod report;

pub(super) use report::report;
#[cfg(feature = "html")]
pub(crate) use report::share;

use super::{Caption, Noun, Wording};
use crate::date::CalendarDate;
use crate::engine::WeightRange;
use crate::participant::Field;

/// A number with a mark between thousands.
pub(super) fn grouped(number: u64, mark: char) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// A number of pairs, and what bounds it: `12 pairs; target 10, at most 15`.
pub(super) fn bounded<W: Wording + ?Sized>(
    words: &W,
    pairs: u64,
    bounds: [Option<(&str, u32)>; 3],
) -> String {
    let bounds = bounds.into_iter().flatten();
    let bounds = bounds.map(|(name, number)| format!("{name} {}", words.number(number.into())));
    let pairs = words.counted(pairs, Noun::Pair);
    match bounds.collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => pairs,
        bounds => format!("{pairs}; {bounds}"),
    }
}

/// The month of a day, of the names of all twelve.
pub(super) fn month(date: CalendarDate, names: &[&'static str; 12]) -> &'static str {
    let mut months = (1..).zip(names);
    let own = months.find(|(month, _)| *month == date.month());
    own.map_or("", |(_, name)| name)
}

/// A criterion or a rule, whichever has this name.
pub(super) fn criterion_or_rule<W: Wording + ?Sized>(words: &W, name: &str) -> String {
    match words.criterion(name) {
        unchanged if unchanged == name => words.rule(name),
        criterion => criterion,
    }
}

/// The two ends of a range of weights, as multiples of the stated one in hundredths, with as many digits as it takes.
pub(super) fn ends<W: Wording + ?Sized>(words: &W, range: &WeightRange) -> [String; 2] {
    range.inwards().map(|own| times(words, own))
}

/// A multiple of a weight, with as many digits as it takes.
pub(super) fn times<W: Wording + ?Sized>(words: &W, multiple: f64) -> String {
    let point = words.marks().0.to_string();
    multiple.to_string().replace('.', &point)
}

/// A sum of scores in parts per million: with three decimals, or six where three would say nothing.
pub(super) fn sum<W: Wording + ?Sized>(words: &W, ppm: u64) -> String {
    match ppm {
        0..10_000 => format!("0{}{ppm:06}", words.marks().0),
        _ => words.thousandths((ppm + 500) / 1_000),
    }
}

/// An offset from UTC like `-06:00`, with the sign that is a minus.
pub(super) fn offset(offset: &str) -> String {
    format!("UTC{}", offset.replace('-', "−"))
}

/// A word with everything escaped that cannot be seen, or that would turn the direction of the text.
pub(crate) fn visible(word: &str) -> String {
    let hidden = |c: char| c.is_control() || c.escape_debug().len() > 1 && !"\"'\\".contains(c);
    let mut text = String::with_capacity(word.len());
    for c in word.chars() {
        match hidden(c) {
            true => text.extend(c.escape_debug()),
            false => text.push(c),
        }
    }
    text
}

/// A text that begins with a capital letter, as headings do.
#[cfg(feature = "html")]
pub(crate) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + rest.as_str()
}

/// What a built-in's default name says (the kind, then fields and sides), in words; any other name as it is.
pub(super) fn named<W: Wording + ?Sized>(
    words: &W,
    name: &str,
    phrase: fn(&str) -> Option<&'static str>,
) -> String {
    let (kind, rest) = name.split_once(':').unwrap_or((name, ""));
    match (kind, phrase(kind)) {
        ("when", _) => {
            let rule = named(words, rest, phrase);
            format!("{rule} ({})", words.caption(Caption::ForSomeOnly))
        }
        (_, Some(phrase)) => with_fields(words, phrase, rest),
        (_, None) => name.to_owned(),
    }
}

fn with_fields<W: Wording + ?Sized>(words: &W, phrase: &str, rest: &str) -> String {
    let unlike = rest.strip_prefix("unlike:");
    let (rest, side) = side(unlike.unwrap_or(rest));
    let fields = rest.split('/').filter(|field| !field.is_empty());
    let fields: Vec<_> = fields.map(|field| one_field(words, field)).collect();
    let mut text = phrase.to_owned();
    if !fields.is_empty() {
        text = format!("{text}: {}", fields.join(" / "));
    }
    let notes = unlike.map(|_| Caption::LessIsBetter).into_iter();
    for note in notes.chain(side) {
        text = format!("{text}, {}", words.caption(note));
    }
    text
}

/// What a name says of sides, apart from the rest.
fn side(rest: &str) -> (&str, Option<Caption>) {
    for (suffix, side) in [
        ("mentee", Caption::OnMenteesSide),
        ("mentor", Caption::OnMentorsSide),
    ] {
        if let Some(rest) = rest.strip_suffix(suffix)
            && (rest.is_empty() || rest.ends_with(':'))
        {
            return (rest.trim_end_matches(':'), Some(side));
        }
    }
    (rest, None)
}

fn one_field<W: Wording + ?Sized>(words: &W, name: &str) -> String {
    let field = name.parse::<Field>();
    field.map_or_else(|_| name.to_owned(), |field| words.field(&field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::{English, German};

    #[test]
    fn numbers_come_in_groups() {
        let texts = [0, 999, 1_000, 1_234_567].map(|number| grouped(number, ','));
        assert_eq!(texts, ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(German.thousandths(1_234_567_891), "1.234.567,891");
        assert_eq!(sum(&English, 1_234_567), "1.235");
        assert_eq!(sum(&English, 42), "0.000042");
    }

    #[test]
    fn what_cannot_be_seen_is_escaped_and_what_can_is_not() {
        assert_eq!(visible("Zoë O'Brien \"x\""), "Zoë O'Brien \"x\"");
        assert_eq!(visible("a\u{202e}b\n"), "a\\u{202e}b\\n");
    }

    #[test]
    fn default_names_are_read_to_the_end() {
        for (name, text) in [
            ("skill_coverage", "skills wanted and offered"),
            (
                "skill_coverage:mentor",
                "skills wanted and offered, on the mentor's side",
            ),
            (
                "closeness:unlike:tenure_years",
                "near each other: years in the organisation, the less the better",
            ),
            (
                "value_matrix:team/attribute:x/y",
                "fitting answers: team / x / y",
            ),
            ("tenure ratio", "tenure ratio"),
        ] {
            assert_eq!(English.criterion(name), text);
        }
        assert_eq!(
            English.rule("when:same_value:site"),
            "same answer: site (for some people only)"
        );
        assert_eq!(
            English.rule("below_level:readiness:mentor"),
            "too low: readiness, on the mentor's side"
        );
    }
}
