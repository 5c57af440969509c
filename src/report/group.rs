//! What the groups of quotas came to.

/// How many pairs the group of a quota has, and how many it should have.
///
/// ```
/// use mentormatch::{Cohort, Engine, Field, Profile, Programme, Quota, Role, Same};
///
/// let mentors = [Profile::new("ana").site("Porto").mentor(2)];
/// let mentees = ["boris", "chen"].map(|id| Profile::new(id).site("Lima").mentee());
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Site))
///     .quota(Quota::new(Role::Mentee, Field::Site, ["Lima"]).at_most(1))
///     .build()?;
/// let report = Engine::new(programme).run(&Cohort::new(mentors, mentees)?)?.report();
///
/// let group = &report.groups[0];
/// assert_eq!((group.pairs, group.at_most, group.target), (1, Some(1), None));
/// assert!(report.to_string().contains("1 pair; at most 1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct GroupPairs {
    /// The quota's name.
    pub group: String,
    /// Pairs of the group's members.
    pub pairs: u64,
    /// The fewest it should have; 0 for any.
    pub at_least: u32,
    /// The most it may have; `None` for any number.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub at_most: Option<u32>,
    /// The number it had best have; `None` for any.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub target: Option<u32>,
}
