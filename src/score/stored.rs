//! Scores are stored as numbers of `0.0..=1.0`: six decimals, which a float holds.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::Score;
use crate::plain::{Plain, Unfit, read};

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.ppm()) / 1e6)
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer, "a number of 0 to 1", |found| match found {
            Plain::Whole(0) => Ok(Self::ZERO),
            Plain::Whole(1) => Ok(Self::ONE),
            Plain::Whole(_) => Err(Unfit::because("the score is outside 0 to 1")),
            Plain::Number(value) => {
                let score = Self::from_unit(value);
                score.map_err(|problem| Unfit::because(format_args!("the score is {problem}")))
            }
            _ => Err(Unfit::Kind),
        })
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
