//! How much a rare item counts, from an integer logarithm: the same on every platform.

/// The resolution of [`log2`]: sixteenth binary digits.
const FRACTION_BITS: u32 = 16;

/// The weight `1 + log2(people / having)` of an item that `having` of `people` have, in units of
/// 2⁻¹⁶: an item that everybody has counts 1, one that an eighth has counts 4.
pub(super) fn rarity(people: u32, having: u32) -> u64 {
    (1 << FRACTION_BITS) + log2(people).saturating_sub(log2(having))
}

/// The binary logarithm in units of 2⁻¹⁶, rounded down; 0 for 0.
///
/// The digits come out one by one: squaring the mantissa doubles the logarithm, and whether the
/// square reaches 2 is the next digit.
fn log2(number: u32) -> u64 {
    let number = number.max(1);
    let whole = number.ilog2();
    let mut mantissa = u64::from(number) << (31 - whole); // 1 ≤ mantissa / 2^31 < 2
    let mut digits = u64::from(whole);
    for _ in 0..FRACTION_BITS {
        mantissa = (mantissa * mantissa) >> 31;
        digits <<= 1;
        if mantissa >> 32 != 0 {
            mantissa >>= 1;
            digits |= 1;
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_two_are_exact() {
        for power in 0..32_u32 {
            assert_eq!(log2(1 << power), u64::from(power) << FRACTION_BITS);
        }
        assert_eq!(rarity(800, 100), 4 << FRACTION_BITS);
        assert_eq!(rarity(7, 7), 1 << FRACTION_BITS);
    }

    #[test]
    fn digits_agree_with_the_float_logarithm() {
        for number in (1..100_000).chain([u32::MAX, u32::MAX - 1]) {
            let float = (f64::from(number).log2() * 65_536.0).floor();
            let own = f64::from(u32::try_from(log2(number)).unwrap());
            assert!((own - float).abs() <= 1.0, "{number}: {own} {float}");
        }
    }
}
