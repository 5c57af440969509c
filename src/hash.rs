//! The hash that orders people and breaks ties: written down, versioned, and ours for ever.
//!
//! Dense indices follow `(H(seed, id), id)`, lots between equally good matchings are drawn by the same keys
//! ([`Lot`](crate::solver::Lot)) and ties in a person's own order are broken by [`pair`], so all must give the same
//! value in every release, on every platform. The standard library's hashers do not promise that. The definition:
//!
//! ```text
//! mix(z)               = the finaliser of splitmix64 (three xor-shifts, two multiplications)
//! H(s, id)             = mix(fnv1a64(id's UTF-8 bytes) ^ mix(s + GAMMA))
//! spread(z)            = mix(z + GAMMA)
//! pair(i, j)           = the top 31 bits of spread(spread(key of i) ^ key of j)
//! ```
//!
//! All sums and products are modulo 2^64. This is no defence against somebody who picks ids to
//! collide: two ids of equal FNV hash have equal keys under every seed, and the id then decides.
//!
//! # References
//! Fowler, Noll and Vo, *The FNV Non-Cryptographic Hash Algorithm* (RFC 9923), FNV-1a 64;
//! Steele, Lea and Flood, *Fast splittable pseudorandom number generators* (2014), mix64 variant 13.

/// The version of the definition above, stored with everything whose order depends on it.
///
/// ```
/// assert_eq!(mentormatch::H_VERSION, 2);
/// ```
pub const H_VERSION: u32 = 2;

/// The golden ratio as a fraction of 2^64: splitmix64's increment.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// `H(seed, id)`: a person's place in the dense order and in lots, and half of the hash of a [`pair`].
pub(crate) fn key(seed: u64, id: &str) -> u64 {
    mix(fnv1a(id.as_bytes()) ^ mix(seed.wrapping_add(GAMMA)))
}

/// The tie-breaking value of a pair, `0..2³¹`.
#[inline]
pub(crate) fn pair(mentee_key: u64, mentor_key: u64) -> u32 {
    (spread(spread(mentee_key) ^ mentor_key) >> 33) as u32
}

/// A bijection of which every output bit depends on every input bit.
pub(crate) fn spread(z: u64) -> u64 {
    mix(z.wrapping_add(GAMMA))
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fnv1a_gives_the_published_vectors() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn mix_gives_the_published_splitmix64_stream() {
        // The first outputs of splitmix64 seeded with 1234567.
        let stream = (1..=3).map(|step| mix(GAMMA.wrapping_mul(step).wrapping_add(1_234_567)));
        assert_eq!(
            stream.collect::<Vec<_>>(),
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn version_2_is_pinned() {
        assert_eq!(H_VERSION, 2);
        let keys = [key(0, ""), key(0, "ana"), key(1, "ana"), key(0, "Ána")];
        assert_eq!(
            keys,
            [
                0xaebe_53f8_5cdc_3c4c,
                0x9a36_bec5_2ac8_e368,
                0xbb53_30c9_eb62_f276,
                0xd369_29e0_8d0b_54c7
            ]
        );
        assert_eq!(
            spread(0),
            0xe220_a839_7b1d_cdaf,
            "splitmix64's first output for seed 0"
        );
        assert_eq!([pair(1, 3), pair(2, 4)], [1_131_118_282, 1_873_426_447]);
    }
}
