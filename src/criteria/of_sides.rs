//! Whose opinion counts, for criteria made of what each side thinks of the other.

/// The constructors of a criterion with a `balance` of the two sides' opinions, which `$what` names,
/// and with further fields at the values given.
macro_rules! of_sides {
    ($name:ident { $($field:ident: $usual:expr),* }, $what:literal) => {
        impl $name {
            #[doc = concat!("Both sides' ", $what, ", the mentees' counting `balance`.")]
            ///
            /// ```
            #[doc = concat!("# use mentormatch::{Score, ", stringify!($name), "};")]
            #[doc = concat!("assert_eq!(", stringify!($name), "::balanced(Score::ONE), ", stringify!($name), "::of_mentees());")]
            /// ```
            #[must_use]
            pub const fn balanced(balance: Score) -> Self {
                Self { balance, $($field: $usual),* }
            }

            #[doc = concat!("The mentees' ", $what, " alone.")]
            #[must_use]
            pub const fn of_mentees() -> Self {
                Self::balanced(Score::ONE)
            }

            #[doc = concat!("The mentors' ", $what, " alone.")]
            ///
            /// ```
            #[doc = concat!("# use mentormatch::{Score, ", stringify!($name), "};")]
            #[doc = concat!("assert_eq!(", stringify!($name), "::of_mentors().balance, Score::ZERO);")]
            /// ```
            #[must_use]
            pub const fn of_mentors() -> Self {
                Self::balanced(Score::ZERO)
            }
        }
    };
}

pub(super) use of_sides;
