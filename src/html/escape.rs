//! Text into HTML, so that no text can become anything else.

use std::fmt::Write;

/// A text as it may stand between tags and in attributes with double quotes.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// JSON as it may stand in a `script` that holds data: nothing in it can end the element.
pub(super) fn escape_json(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _: std::fmt::Result = write!(safe, "\\u{:04x}", u32::from(c));
            }
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_an_element_or_an_attribute() {
        assert_eq!(
            escape("</script><b title='x' id=\"y\">&"),
            "&lt;/script&gt;&lt;b title=&#39;x&#39; id=&quot;y&quot;&gt;&amp;"
        );
        let json = serde_json::to_string("</script>\u{2028}&").unwrap();
        let safe = escape_json(&json);
        assert!(!safe.contains(['<', '&', '\u{2028}']), "{safe}");
        assert_eq!(
            serde_json::from_str::<String>(&safe).unwrap(),
            "</script>\u{2028}&"
        );
    }
}
