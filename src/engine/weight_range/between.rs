//! What a pair's score can be while a weight moves from one value to another.
//!
//! # Idea
//! A view with one weight `w` in motion is `e(w) = (a + w·b) / (p + w·q)`. Between two weights it moves from `e₀` to `e₁` and
//! never turns; how far it has come follows from the denominator `d = p + w·q` alone, as `τ·d₁ / ((1−τ)·d₀ + τ·d₁)`. So views of
//! one denominator move in step, and a parameter can be chosen that makes them straight lines: that of a *reference*
//! denominator `D`. Any other view is off its line by at most `|e₁ − e₀| · (x − 1) / (x + 3)`, where `x ≥ 1` is
//! the ratio of `d₁/d₀` to `D₁/D₀`: with `√x` for `x` it is `(√x − 1) / (√x + 1)`, and `(√x + 1)² ≥ x + 3`.
//!
//! What becomes of two lines is bounded by its own chord:
//! - their mean is one line;
//! - their minimum is above its chord by at most `u·v / (u + v)`, where they cross and are `u` and `v` apart at the ends;
//! - their geometric mean `g` is above its chord by at most `(√(e₀r₁) − √(e₁r₀))² / (8 min(g₀, g₁))`, and by at most half the
//!   root of that square;
//! - a cost that takes all that is left puts a kink below the chord, as a minimum does above.
//!
//! All in whole units, a thousand to a part per million; whatever is rounded is allowed for.

use crate::programme::Balance;

/// Units of a part per million. A whole score and as much again stay below 2³¹.
pub(super) const UNIT: i64 = 1_000;

/// What rounding to parts per million changes at most.
const HALF: i64 = UNIT / 2;

/// One whole in [`Balance::Mean`].
const WHOLE: i64 = 1_000_000;

/// A view before it is divided: `(others + t · own) / (rest + t · weight)`, where `t` is the weight as a multiple of today's.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct View {
    pub(super) others: u64,
    pub(super) own: u64,
    pub(super) rest: u32,
    pub(super) weight: u32,
}

/// Two weights as multiples of today's, in steps of `1 / today`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pub(super) today: u32,
    pub(super) steps: [u32; 2],
    /// The reference denominator at the two.
    pub(super) reference: [u64; 2],
}

/// A number that moves along a line, or nearly so: at the two ends, and by how much it may be off in between, and at the
/// ends by rounding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Near {
    at: [i64; 2],
    off: i64,
}

/// A score in units: a chord, and by how much the score may be above or below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Between {
    pub(super) at: [i64; 2],
    pub(super) up: i64,
    pub(super) down: i64,
}

impl View {
    /// The denominator at a weight.
    pub(super) fn denominator(self, today: u32, steps: u32) -> u64 {
        u64::from(today) * u64::from(self.rest) + u64::from(steps) * u64::from(self.weight)
    }

    /// The view between two weights.
    pub(super) fn between(self, ends: &Ends) -> Near {
        let at = ends.steps.map(|steps| self.at(ends.today, steps));
        let rounded = i64::from(at.iter().any(|(_, is_exact)| !is_exact));
        let at = at.map(|(value, _)| value);
        let moved = (at[1] - at[0]).abs() + rounded;
        let denominators = ends.steps.map(|own| self.denominator(ends.today, own));
        Near {
            at,
            off: bend(moved, denominators, ends.reference) + rounded,
        }
    }

    /// The view at a weight, rounded half up, and whether that is exact.
    fn at(self, today: u32, steps: u32) -> (i64, bool) {
        let of = |number: u64, times: u32| u128::from(number) * u128::from(times);
        let points = of(self.others, today) + of(self.own, steps);
        let points = points * u128::from(UNIT.unsigned_abs());
        match u128::from(self.denominator(today, steps)) {
            0 => (0, true),
            whole => (
                small((points + whole / 2) / whole),
                points.is_multiple_of(whole),
            ),
        }
    }
}

/// By how much a view that moves so far may be off the line of the reference.
fn bend(moved: i64, [d0, d1]: [u64; 2], [r0, r1]: [u64; 2]) -> i64 {
    let (one, other) = (
        u128::from(d1) * u128::from(r0),
        u128::from(d0) * u128::from(r1),
    );
    if one == other {
        return 0; // also where there is nothing to divide by
    }
    let (more, less) = (one.max(other), one.min(other));
    let moved = u128::from(moved.unsigned_abs());
    small((moved * (more - less)).div_ceil(more + 3 * less)) // moved < 2³², more < 2⁸⁷
}

impl Near {
    /// The same view once it is rounded to parts per million.
    pub(super) fn rounded(self) -> Self {
        Self {
            off: self.off + HALF,
            ..self
        }
    }

    /// One view is the score.
    pub(super) fn alone(self) -> Between {
        Between {
            at: self.at,
            up: self.off,
            down: self.off,
        }
    }

    /// What a programme makes of two views.
    pub(super) fn balanced(self, other: Self, balance: Balance) -> Between {
        match balance {
            Balance::Mean(share) => self.mean(other, i64::from(share.ppm())),
            Balance::Minimum => self.minimum(other),
            Balance::Geometric => self.geometric(other),
        }
    }

    fn mean(self, other: Self, share: i64) -> Between {
        let sum = |one: i64, other: i64| share * one + (WHOLE - share) * other;
        let sums = [0, 1].map(|end| sum(self.at[end], other.at[end]));
        let rounded = i64::from(sums.iter().any(|sum| sum % WHOLE != 0));
        let off = div_up(sum(self.off, other.off), WHOLE) + rounded;
        Between {
            at: sums.map(|sum| (sum + WHOLE / 2) / WHOLE),
            up: off,
            down: off,
        }
    }

    fn minimum(self, other: Self) -> Between {
        let off = self.off.max(other.off);
        let apart = [0, 1].map(|end| other.at[end] - self.at[end]);
        Between {
            at: [0, 1].map(|end| self.at[end].min(other.at[end])),
            up: off + kink(apart),
            down: off,
        }
    }

    fn geometric(self, other: Self) -> Between {
        let products = [0, 1].map(|end| self.at[end] * other.at[end]); // below 2⁶²
        let at = products.map(i64::isqrt);
        let rounded = i64::from([0, 1].iter().any(|&end| at[end] * at[end] != products[end]));
        let least = at[0].min(at[1]);
        let cross = [self.at[0] * other.at[1], self.at[1] * other.at[0]];
        let apart = match cross[0] == cross[1] {
            true => 0,
            false => (cross[0].isqrt() - cross[1].isqrt()).abs() + 1,
        };
        let half = div_up(apart, 2);
        let most = [self, other].map(|own| own.at[0].max(own.at[1]) + own.off);
        let slope = self.off * most[1] + other.off * most[0];
        match (slope, least) {
            (0, 0) => Between {
                at,
                up: half + rounded,
                down: rounded,
            },
            (_, 0) => Between {
                at,
                up: (most[0] * most[1]).isqrt() + 1,
                down: at[0].max(at[1]) + rounded,
            },
            _ => {
                let off = div_up(slope, least) + rounded;
                let gap = half.min(div_up(apart * apart, 8 * least));
                Between {
                    at,
                    up: off + gap,
                    down: off,
                }
            }
        }
    }
}

impl Between {
    /// Less a cost, but not below nothing.
    pub(super) fn less(self, cost: i64) -> Self {
        let left = self.at.map(|own| own - cost);
        Self {
            at: left.map(|own| own.max(0)),
            down: self.down + kink(left),
            ..self
        }
    }

    /// The lowest and the highest it may be once it is rounded to parts per million, as scores are before they are
    /// compared with floors.
    pub(super) fn rounded(self, balance: Option<Balance>) -> (i64, i64) {
        let (low, high) = self.range();
        match balance {
            // Half up; the lower of two views is one of them, and rounded already.
            None | Some(Balance::Minimum) => (low, high),
            Some(Balance::Mean(_)) => (low - HALF, high + HALF),
            Some(Balance::Geometric) => (low - UNIT, high), // down
        }
    }

    /// The lowest and the highest it may be.
    pub(super) fn range(self) -> (i64, i64) {
        let [one, other] = self.at;
        (one.min(other) - self.down, one.max(other) + self.up)
    }
}

/// By how much a line, cut off where it crosses zero, is off the chord of what is left; nothing if it does not cross.
fn kink([one, other]: [i64; 2]) -> i64 {
    if one.signum() * other.signum() >= 0 {
        return 0;
    }
    let (one, other) = (one.abs(), other.abs()); // below 2³¹
    div_up(one * other, one + other)
}

/// Of numbers that are not negative.
fn div_up(number: i64, by: i64) -> i64 {
    (number + by - 1) / by
}

/// A number of units: a score has at most 10⁹.
fn small(number: u128) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[expect(clippy::cast_precision_loss, reason = "numbers below 2⁵³")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::score::Score;

    fn view() -> impl Strategy<Value = View> {
        // One answer each for the others and the criterion, a few of them 0 or whole.
        let answer = prop_oneof![Just(0_u64), Just(1_000_000), 0..=1_000_000_u64];
        (0..20_u32, 0..20_u32, answer.clone(), answer).prop_map(|(rest, weight, others, own)| {
            View {
                others: others * u64::from(rest),
                own: own * u64::from(weight),
                rest,
                weight,
            }
        })
    }

    /// The view's value at a weight between steps, in units.
    fn exact(view: View, today: u32, steps: f64) -> f64 {
        let (today, unit) = (f64::from(today), UNIT as f64);
        let below = today * f64::from(view.rest) + steps * f64::from(view.weight);
        let above = today * view.others as f64 + steps * view.own as f64;
        if below == 0.0 {
            0.0
        } else {
            above / below * unit
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]
        /// Wherever the weight is, the score is within what is allowed of the chord, at the parameter of the reference.
        #[test]
        fn scores_stay_near_their_chords(
            views in [view(), view()],
            reference in (0..20_u32, 1..20_u32),
            (low, length) in (1..2_000_u32, prop_oneof![0..5_u32, 0..800_u32]),
            cost in prop_oneof![Just(0), 0..1_000_000_000_i64],
            way in 0..4_usize,
        ) {
            let (today, steps) = (300, [low, low + length]);
            let like = View { rest: reference.0, weight: reference.1, ..View::default() };
            let ends = Ends { today, steps, reference: steps.map(|own| like.denominator(today, own)) };
            let balance = [Balance::Mean(Score::from_unit(0.6).unwrap()), Balance::Minimum, Balance::Geometric];
            let near = views.map(|own| own.between(&ends));
            let between = match balance.get(way) {
                Some(&balance) => near[0].balanced(near[1], balance),
                None => near[0].alone(),
            }.less(cost);
            let rounded = match balance.get(way) {
                Some(&balance) => near[0].rounded().balanced(near[1].rounded(), balance),
                None => near[0].rounded().alone(),
            }.less(cost / UNIT * UNIT).rounded(balance.get(way).copied());
            for part in 0..=40 {
                let tau = f64::from(part) / 40.0;
                let weight = f64::from(low) + tau * f64::from(length);
                let [e, r] = views.map(|own| exact(own, today, weight));
                let scored = [e, r].map(|own| Score::from_unit((own / 1e9).clamp(0.0, 1.0)).unwrap());
                let scored = balance.get(way).map_or(scored[0], |own| own.of(scored[0], scored[1]));
                let scored = (i64::from(scored.ppm()) - cost / UNIT).max(0) * UNIT;
                prop_assert!(rounded.0 <= scored && scored <= rounded.1, "{scored} of {rounded:?} at {tau}");
                let score = match way { 0_usize => 0.6 * e + 0.4 * r, 1 => e.min(r), 2 => (e * r).sqrt(), _ => e };
                let score = (score - cost as f64).max(0.0);
                let [d0, d1] = ends.reference.map(|own| own as f64);
                let along = if d0 + d1 == 0.0 { tau } else { tau * d1 / ((1.0 - tau) * d0 + tau * d1) };
                let [c0, c1] = between.at.map(|own| own as f64);
                let off = score - (c0 + along * (c1 - c0));
                let (up, down) = (between.up as f64 + 1e-3, between.down as f64 + 1e-3);
                prop_assert!(off <= up && -off <= down, "{off} of {between:?} at {tau}");
            }
        }
    }

    #[test]
    fn views_of_the_reference_are_lines() {
        let view = View {
            others: 7_000_000,
            own: 3_000_000,
            rest: 13,
            weight: 5,
        };
        let reference = [1, 1_000].map(|steps| view.denominator(100, steps));
        let ends = Ends {
            today: 100,
            steps: [1, 1_000],
            reference,
        };
        assert_eq!(view.between(&ends).off, 1, "rounding only");
    }
}
