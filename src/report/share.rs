//! A part of a whole, as a number for people.

use std::fmt;

/// A part of a whole in parts per million, `0..=1_000_000`, rounded half up.
///
/// ```
/// use mentormatch::{Cohort, Engine, FairnessOptions, Field, Profile, Programme, Same, Attribute};
///
/// let mentees = (0..8).map(|id| {
///     Profile::new(id).monitor_attribute("shift", Attribute::choice("night")).mentee()
/// });
/// let mentors = (10..15).map(|id| Profile::new(id).mentor(1));
/// let programme = Programme::builder().weigh(1, Same::new(Field::Site)).build()?;
/// let outcome = Engine::new(programme).run(&Cohort::new(mentors, mentees)?)?;
/// let fairness = outcome.fairness(FairnessOptions::default());
/// let rate = fairness.attributes[0].groups[0].placement_rate();
/// assert_eq!((rate.ppm(), rate.to_string()), (625_000, "62.5%".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Share(u32);

impl Share {
    /// The whole.
    pub(crate) const ONE: Self = Self(1_000_000);

    /// So much of so much, rounded half up and at most [`ONE`](Self::ONE); nothing of nothing. Both numbers stay
    /// below 2¹⁰⁰.
    pub(crate) fn new(part: u128, whole: u128) -> Self {
        let halves = (part * 2_000_000 + whole).checked_div(2 * whole);
        let ppm = halves.map_or(0, |ppm| u32::try_from(ppm).unwrap_or(u32::MAX));
        Self(ppm.min(Self::ONE.0))
    }

    /// Parts per million.
    #[must_use]
    pub const fn ppm(self) -> u32 {
        self.0
    }

    /// The same as a percentage.
    #[must_use]
    pub fn percent(self) -> f64 {
        f64::from(self.0) / 1e4
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1}%", self.percent())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_rounded_half_up() {
        assert_eq!(Share::new(1, 3).ppm(), 333_333);
        assert_eq!(Share::new(2, 3).ppm(), 666_667);
        assert_eq!(Share::new(1, 2_000_000).ppm(), 1);
        assert_eq!(Share::new(1, 2_000_001).ppm(), 0);
        assert_eq!(Share::new(0, 0).ppm(), 0);
        assert_eq!(Share::new(5, 5), Share::ONE);
        assert_eq!(Share::new(6, 5), Share::ONE);
    }
}
