//! Stable matching instead of objectives.

use crate::ids::Role;

/// A programme that wants a stable matching: nobody and no pair has a reason to leave it.
///
/// There is no objective then. Everybody has a list of the partners she may have, by her own side's
/// view of each pair ([`View`](crate::View)) less the costs of the preferred rules that it is against;
/// partners of one view come in the order of the seeded hash. A matching is stable if no two people who
/// may be paired would both rather be: each has room, or has somebody whom she likes less. There always is
/// one, and of all of them this is the one that the proposing side likes best, person by person.
///
/// Everybody takes as many partners as her maximum says, on both sides. Sets of partners are compared
/// partner by partner: each partner is worth what she is worth, whoever else is there. Minimums are
/// refused: there need not be a stable matching that meets them. So are objectives, and
/// [distinct mentors](crate::ProgrammeBuilder::distinct_mentors).
///
/// ```
/// use mentormatch::{Cohort, Engine, Profile, Programme, Role, Stable, WishRank};
///
/// let programme = Programme::builder()
///     .weigh(1, WishRank::of_mentees())
///     .stable(Stable::new(Role::Mentee).wishes_first())
///     .build()?;
/// let mentors = [Profile::new("ana").wish("chen", 1).mentor(1), Profile::new("boris").mentor(1)];
/// let mentees = [Profile::new("chen").wish("ana", 1).mentee(), Profile::new("dora").wish("ana", 1).mentee()];
/// let outcome = Engine::new(programme).run(&Cohort::new(mentors, mentees)?)?;
/// let pairs: Vec<_> = outcome.matching().pairs.iter().map(|pair| pair.mentor.as_str()).collect();
/// assert_eq!(pairs, ["ana", "boris"], "ana would rather have chen");
/// assert_eq!(outcome.blocking_pairs(10)?.count, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// In a file:
///
#[cfg_attr(feature = "serde", doc = "```")]
#[cfg_attr(not(feature = "serde"), doc = "```ignore")]
/// # use mentormatch::{Programme, Role};
/// let programme: Programme = toml::from_str(r#"
///     format_version = 1
///     stable = { proposing = "mentee", wishes_first = true }
///
///     [[criteria]]
///     weight = 5
///     criterion.skill_coverage = {}
/// "#)?;
/// assert_eq!(programme.stable().map(|stable| stable.proposing), Some(Role::Mentee));
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Stable {
    /// The side that proposes, and gets its best stable matching; for the other side it is the worst.
    pub proposing: Role,
    /// Whether those a participant has [wished for](crate::Profile::wish) come first in her list, in the
    /// order of her ranks and within one rank by her view; everybody else comes after them, by
    /// her view. Favourites have no rank and count as a criterion counts them.
    #[cfg_attr(feature = "serde", serde(default))]
    pub wishes_first: bool,
}

impl Stable {
    /// A stable matching for which this side proposes; lists are by views alone.
    #[must_use]
    pub const fn new(proposing: Role) -> Self {
        Self {
            proposing,
            wishes_first: false,
        }
    }

    /// The same with ranked wishes first in everybody's list.
    #[must_use]
    pub const fn wishes_first(mut self) -> Self {
        self.wishes_first = true;
        self
    }
}
