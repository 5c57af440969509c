//! What can be said of the page without a browser: its policy, its contrast, and that nothing escapes.

use sha2::{Digest, Sha256};

use super::{SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH};
use crate::{
    Cohort, Engine, HtmlReport, MissingPolicy, ParticipantId, Profile, Programme, SkillCoverage,
};

/// Bytes in the alphabet of RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups = bytes.chunks(3).map(|group| {
        let bits = (0..3).fold(0_u32, |bits, at| {
            bits << 8 | u32::from(*group.get(at).unwrap_or(&0))
        });
        let letter = |at: usize| match at <= group.len() {
            true => alphabet[(bits >> (18 - 6 * at) & 63) as usize] as char,
            false => '=',
        };
        (0..4).map(letter).collect::<String>()
    });
    groups.collect()
}

#[test]
fn the_policy_names_the_style_and_the_script_that_are_there() {
    assert_eq!(base64(b"light w"), "bGlnaHQgdw==");
    for (text, hash) in [(STYLE, STYLE_HASH), (SCRIPT, SCRIPT_HASH)] {
        assert_eq!(hash, format!("sha256-{}", base64(&Sha256::digest(text))));
    }
}

/// The relative luminance of a colour, and the contrast of two, as WCAG 2 defines them.
fn luminance(colour: &str) -> f64 {
    let channel =
        |at: usize| f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
    let linear = |at| match channel(at) {
        dark if dark <= 0.040_45 => dark / 12.92,
        light => ((light + 0.055) / 1.055).powf(2.4),
    };
    0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_text_has_contrast_in_light_and_in_dark() {
    let schemes: Vec<_> = STYLE.split(":root {").skip(1).take(2).collect();
    for scheme in schemes {
        let colour = |name: &str| {
            let (_, value) = scheme.split_once(&format!("--{name}: ")).unwrap();
            value[..7].to_owned()
        };
        let texts = ["ink", "label", "main", "good", "open"]
            .map(|text| (text, ["paper", "sheet", "hover"]));
        let on_shades = [("ink", ["s0", "s1", "s2"]), ("on", ["s3", "s4", "s4"])];
        for (text, grounds) in texts.into_iter().chain(on_shades) {
            for ground in grounds {
                let found = contrast(&colour(text), &colour(ground));
                assert!(found >= 4.5, "{text} on {ground}: {found}");
            }
        }
        for shape in ["main", "against", "barred"] {
            let found = contrast(&colour(shape), &colour("sheet"));
            assert!(found >= 3.0, "{shape}: {found}");
        }
    }
}

#[test]
fn what_people_write_stays_text() {
    let evil = "</script><img src=x onerror=alert(1)>'\"&\u{202e}";
    let ana = Profile::new(format!("ana{evil}"))
        .offer(evil, 4)
        .mentor(0..=2);
    let boris = Profile::new(format!("boris{evil}"))
        .need(evil, 3)
        .wish("nobody", 1)
        .mentee();
    let chen = Profile::new(format!("chen{evil}"))
        .veto(format!("ana{evil}"))
        .mentee();
    let programme = Programme::builder()
        .name(evil)
        .weigh_as(evil, 1, SkillCoverage::default(), MissingPolicy::default())
        .build()
        .unwrap();
    let outcome = Engine::new(programme)
        .run(&Cohort::new([ana], [boris, chen]).unwrap())
        .unwrap();
    let prices = outcome.place_prices().unwrap();
    let names = |_: &ParticipantId| Some(evil.to_owned());
    let page = HtmlReport::new(&outcome)
        .names(&names)
        .prices(&prices)
        .to_string();
    assert_eq!(
        page.matches("<script").count(),
        2,
        "the data and the script"
    );
    assert_eq!(page.matches("</script>").count(), 2);
    assert!(!page.contains("<img"));
    let data = page
        .split_once("id=\"data\">")
        .unwrap()
        .1
        .split_once("</script>")
        .unwrap()
        .0;
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["pairs"]["rows"][0][0]["name"], evil);
    assert_eq!(data["pairs"]["criteria"][0][0], evil);
    assert_eq!(data["unmatched"].as_array().unwrap().len(), 1);
    assert!(
        !page.contains("http:") || page.matches("http:").count() == 1,
        "the name of SVG"
    );
    assert!(!page.contains("https:") && !page.contains("url("));
}
