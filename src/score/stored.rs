//! Scores are stored as numbers of `0.0..=1.0`: six decimals, which a float holds.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use super::Score;

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.ppm()) / 1e6)
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScoreVisitor)
    }
}

struct ScoreVisitor;

impl Visitor<'_> for ScoreVisitor {
    type Value = Score;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of 0 to 1")
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Score, E> {
        match value {
            0 => Ok(Score::ZERO),
            1 => Ok(Score::ONE),
            _ => Err(E::custom("the score is outside 0 to 1")),
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Score, E> {
        match u64::try_from(value) {
            Ok(value) => self.visit_u64(value),
            Err(_) => Err(E::custom("the score is outside 0 to 1")),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Score, E> {
        Score::from_unit(value).map_err(|problem| E::custom(format!("the score is {problem}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_score_reads_back() {
        for ppm in (0..=1_000_000).step_by(37) {
            let score = Score::from_ppm_saturating(ppm);
            let text = serde_json::to_string(&score).unwrap();
            assert_eq!(
                serde_json::from_str::<Score>(&text).unwrap(),
                score,
                "{text}"
            );
        }
        for text in ["-1", "2", "1.5", "-0.1", "\"0.5\""] {
            assert!(serde_json::from_str::<Score>(text).is_err(), "{text}");
        }
    }
}
