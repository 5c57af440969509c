//! What makes solving faster, and can be left out to see that it changes nothing else.

use std::fmt;

/// Something that makes [`Method::Auto`](super::Method::Auto) faster on some problems and changes no value: without
/// it, something slower does the same. All are on unless [`SolveOptions::without`](super::SolveOptions::without) says
/// otherwise, which serves comparison only: [`TieBreak::Canonical`](super::TieBreak::Canonical) gives the same pairs
/// then too, [`TieBreak::Fast`](super::TieBreak::Fast) perhaps others of the same value.
///
/// ```
/// use mentormatch::solver::{Accelerator, Level, Problem, SolveOptions, TieBreak, solve};
///
/// let problem = Problem::dense(3, 2, vec![7, 5, 7, 5, 7, 5], None)?; // three who are alike
/// let options = SolveOptions::new([Level::TotalScore]).tie_break(TieBreak::Canonical);
/// let usual = solve(&problem, &options)?;
/// for &accelerator in Accelerator::ALL {
///     let other = solve(&problem, &options.clone().without(accelerator))?;
///     assert_eq!((&other.value, &other.assignment), (&usual.value, &usual.assignment));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Accelerator {
    /// Short lists of pairs to start with, and all that rests on them. Without it all pairs are taken at once, as by
    /// [`Method::MinCostFlow`](super::Method::MinCostFlow), and no other accelerator is used.
    CandidateLists,
    /// Which of the pairs left out could gain is told for most of a row at once, and not pair by pair.
    Screen,
    /// One person alone on her side has whoever suits her best.
    Alone,
    /// An auction and short searches, for problems without minimums, groups and mentors of kinds; the network starts
    /// from what they find. Without it the network starts from nothing, and none of those below is used.
    Market,
    /// Parts of a [`Problem::sparse`](super::Problem::sparse) that have nobody in common are solved each by itself, and at
    /// once where nobody listens for progress. A matrix is one piece, whatever is absent from it: list the pairs where
    /// few are allowed.
    Parts,
    /// Where more people can take part than the total score wants, the market is asked once more, with higher scores.
    /// Without it the network says who.
    Raise,
    /// Pairs that a first level lists are taken out, if that leaves something for the market.
    Forced,
    /// Pairs below a floor are left out, if that leaves something for the market.
    Floor,
    /// Before the network, the market is given several levels as one score, and not the total score alone.
    Blend,
    /// Those who are alike bid as one.
    Twins,
    /// What everybody agrees on is priced from the beginning.
    Agreed,
    /// Who bids looks at her whole row where that is faster than a list of its best.
    WholeRows,
    /// Searches read whole rows where that is faster than lists.
    RowSearches,
    /// Where everybody gets one, all are paired off in one go. Not used without [`WholeRows`](Self::WholeRows).
    Pairing,
}

impl Accelerator {
    /// All of them.
    ///
    /// ```
    /// use mentormatch::solver::Accelerator;
    ///
    /// assert_eq!(Accelerator::ALL.first(), Some(&Accelerator::CandidateLists));
    /// ```
    pub const ALL: &[Self] = &[
        Self::CandidateLists,
        Self::Screen,
        Self::Alone,
        Self::Market,
        Self::Parts,
        Self::Raise,
        Self::Forced,
        Self::Floor,
        Self::Blend,
        Self::Twins,
        Self::Agreed,
        Self::WholeRows,
        Self::RowSearches,
        Self::Pairing,
    ];

    /// What it is no use without.
    fn rests_on(self) -> Option<Self> {
        match self {
            Self::CandidateLists => None,
            Self::Screen | Self::Alone | Self::Market => Some(Self::CandidateLists),
            Self::Pairing => Some(Self::WholeRows),
            _ => Some(Self::Market),
        }
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// Which accelerators are on: all of them by default.
///
/// ```
/// use mentormatch::solver::{Accelerator, Accelerators, Level, SolveOptions};
///
/// let options = SolveOptions::new([Level::TotalScore]);
/// assert_eq!(options.accelerators, Accelerators::default());
/// let others = options.accelerators.without(Accelerator::Twins);
/// assert!(others.contains(Accelerator::Screen) && !others.contains(Accelerator::Twins));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Accelerators {
    /// Bit by bit: those that are off.
    off: u16,
}

impl Accelerators {
    /// The same without this one.
    #[must_use]
    pub fn without(self, accelerator: Accelerator) -> Self {
        Self {
            off: self.off | accelerator.bit(),
        }
    }

    /// Whether this one is on.
    #[must_use]
    pub fn contains(self, accelerator: Accelerator) -> bool {
        self.off & accelerator.bit() == 0
    }

    /// Whether this one is to be used: it is on, and so is what it rests on.
    pub(super) fn are_to_use(self, accelerator: Accelerator) -> bool {
        let rests_on = accelerator.rests_on();
        self.contains(accelerator) && rests_on.is_none_or(|other| self.are_to_use(other))
    }
}

impl fmt::Debug for Accelerators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let on = Accelerator::ALL.iter().filter(|&&own| self.contains(own));
        f.debug_set().entries(on).finish()
    }
}
