//! Fingerprints: SHA-256 of what is written down, and how that is done to the byte.
//!
//! A value is written as JSON without white space, its keys in the order of the stored form, which is documented and
//! versioned with that. Numbers that are not integers by their kind are the shortest decimal that reads back, with a
//! point and a digit behind it, and no exponent. Texts are UTF-8, with `"`, `\` and control characters escaped and
//! nothing else. For numbers that are neither very small nor very large that is what `serde_json::to_string` gives; it
//! is stated here since a fingerprint must outlive its versions.
//!
//! # References
//! NIST, *Secure Hash Standard*, FIPS 180-4, 2015.

use std::io;

use serde::{Deserialize, Serialize};
use serde_json::Serializer;
use serde_json::ser::Formatter;
use sha2::{Digest, Sha256};

use super::AuditError;

/// `sha256:` and 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Fingerprint(String);

impl Fingerprint {
    /// Of a value in its canonical form.
    pub(super) fn of(value: &impl Serialize) -> Result<Self, AuditError> {
        let mut hash = Hashing(Sha256::new());
        let mut serializer = Serializer::with_formatter(&mut hash, Canonical);
        let written = value.serialize(&mut serializer);
        written.map_err(|_| AuditError::Unwritable)?;
        let digits: Vec<String> = (hash.0.finalize().iter())
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Ok(Self(format!("sha256:{}", digits.concat())))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Hashes what is written to it.
struct Hashing(Sha256);

impl io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// JSON without white space, with numbers as the header says.
struct Canonical;

impl Formatter for Canonical {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, number: f64) -> io::Result<()> {
        let whole = if number.fract() == 0.0 { ".0" } else { "" };
        write!(writer, "{number}{whole}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_those_of_other_programs() {
        // printf '[1,"ana\\n",0.5,null]' | sha256sum
        let value = (1, "ana\n", 0.5, ());
        let expected = "sha256:f29bb353f12ac15a60880d4acfbd2f51646b75074e6f8a39903b8db6cdc17071";
        assert_eq!(Fingerprint::of(&value).unwrap().as_str(), expected);
    }

    #[test]
    fn numbers_are_written_as_the_header_says() {
        let written = |number: f64| {
            let mut bytes = Vec::new();
            let mut serializer = Serializer::with_formatter(&mut bytes, Canonical);
            number.serialize(&mut serializer).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let numbers = [0.0, 1.0, 0.1, -2.5, 0.735_4, 7.7e-5, 1e6, 1e17].map(written);
        assert_eq!(
            numbers,
            [
                "0.0",
                "1.0",
                "0.1",
                "-2.5",
                "0.7354",
                "0.000077",
                "1000000.0",
                "100000000000000000.0"
            ]
        );
    }
}
