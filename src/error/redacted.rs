//! Values that errors carry but never show.

use std::fmt;

/// A personal answer inside an error or a warning: `Debug` hides it, there is no `Display`, and
/// only [`expose`](Self::expose) gives it away.
///
/// Errors end up in logs. Who needs the value, for instance to show a form again, asks for it.
///
/// ```
/// use mentormatch::Redacted;
///
/// let zone = Redacted::new("Europe/Kopenhagen");
/// assert_eq!(format!("{zone:?}"), "[redacted]");
/// assert_eq!(*zone.expose(), "Europe/Kopenhagen");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Redacted<T>(T);

impl<T> Redacted<T> {
    /// Hides a value.
    ///
    /// ```
    /// # use mentormatch::Redacted;
    /// let years = Redacted::new(140.0);
    /// # assert_eq!(*years.expose(), 140.0);
    /// ```
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself: keep it out of logs.
    ///
    /// ```
    /// # use mentormatch::Redacted;
    /// assert_eq!(*Redacted::new(7).expose(), 7);
    /// ```
    #[must_use]
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
