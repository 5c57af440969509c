//! How many pairs whole groups of people have.

use crate::criteria::StatedValue;
use crate::ids::Role;
use crate::participant::Field;

/// What the pairs of a group of people of one side are to number: those who gave one of some answers. A
/// most and a least are hard bounds; a [target](Self::target) is what
/// [`Objective::GroupBalance`](crate::Objective::GroupBalance) aims at, and binds nothing by itself.
///
/// Every pair of somebody in the group counts, locked ones too. Groups of one side must be nested or share
/// nobody (a *laminar family*, which is what can be solved exactly and fast): which ones cross depends
/// on the people, so it is the run, or the check, that refuses quotas that do, with the two names.
/// The most is never exceeded. The least is reached as far as can be: with all other minimums it is met
/// with the least total shortfall, and a [warning](crate::RunWarning::QuotaBelowMinimum) says what is
/// missing.
///
/// The answer may be a [quota attribute](crate::Profile::quota_attribute), which no criterion and no rule can
/// read: `Field::Attribute(name)` is looked for among these too, where no attribute has that name.
///
/// ```
/// use mentormatch::{Cohort, Engine, Field, Profile, Programme, Quota, Role, Same};
///
/// let mentors = ["ana", "eve"].map(|id| Profile::new(id).department("Sales").mentor(3));
/// let mentees = ["boris", "chen", "dora"].map(|id| Profile::new(id).mentee());
/// let programme = Programme::builder()
///     .weigh(1, Same::new(Field::Site))
///     .quota(Quota::new(Role::Mentor, Field::Department, ["Sales"]).at_most(2))
///     .build()?;
/// let outcome = Engine::new(programme).run(&Cohort::new(mentors, mentees)?)?;
/// assert_eq!(outcome.matching().pairs.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// In a file:
///
#[cfg_attr(feature = "serde", doc = "```")]
#[cfg_attr(not(feature = "serde"), doc = "```ignore")]
/// # use mentormatch::Programme;
/// let programme: Programme = toml::from_str(r#"
///     format_version = 1
///
///     [[criteria]]
///     weight = 5
///     criterion.skill_coverage = {}
///
///     [[quotas]]
///     name = "the north"
///     side = "mentee"
///     field = "region"
///     one_of = ["Aalborg", "Skagen"]
///     at_least = 5
/// "#)?;
/// assert_eq!(programme.quotas()[0].at_least, 5);
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Quota {
    /// What reports call it; differs from those of the other quotas.
    pub name: String,
    /// Of which side the group is.
    pub side: Role,
    /// The answer that makes somebody one of the group.
    pub field: Field,
    /// These answers do; of a set, anything in it.
    pub one_of: Vec<StatedValue>,
    /// The fewest pairs, if that can be arranged.
    pub at_least: u32,
    /// The most pairs; `None` for any number.
    pub at_most: Option<u32>,
    /// The number of pairs that the group had best have; `None` for any.
    pub target: Option<u32>,
}

impl Quota {
    /// A group without bounds yet: those of a side whose answer is one of these. Its name is made of the
    /// side and the field.
    #[must_use]
    pub fn new<V: Into<StatedValue>>(
        side: Role,
        field: Field,
        one_of: impl IntoIterator<Item = V>,
    ) -> Self {
        let one_of: Vec<StatedValue> = one_of.into_iter().map(Into::into).collect();
        Self {
            name: default_name(side, &field, &one_of),
            side,
            field,
            one_of,
            at_least: 0,
            at_most: None,
            target: None,
        }
    }

    /// The same under a name of its own.
    ///
    /// ```
    /// # use mentormatch::{Field, Quota, Role};
    /// let quota = Quota::new(Role::Mentor, Field::Site, ["Aarhus"]);
    /// assert_eq!(quota.name, "mentor:site=Aarhus");
    /// assert_eq!(quota.named("at home").name, "at home");
    /// ```
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        let name = name.into();
        Self { name, ..self }
    }

    /// The same with a minimum of pairs.
    #[must_use]
    pub fn at_least(self, at_least: u32) -> Self {
        Self { at_least, ..self }
    }

    /// The same with a maximum of pairs.
    #[must_use]
    pub fn at_most(self, at_most: u32) -> Self {
        let at_most = Some(at_most);
        Self { at_most, ..self }
    }

    /// The same with a number of pairs to come near to, where
    /// [`Objective::GroupBalance`](crate::Objective::GroupBalance) is stated.
    ///
    /// ```
    /// use mentormatch::{Cohort, Engine, Field, Objective, Profile, Programme, Quota, Role, Same};
    ///
    /// let mentors = [("ana", "North"), ("eve", "South")]
    ///     .map(|(id, department)| Profile::new(id).department(department).site("Aarhus").mentor(3));
    /// let mentees = ["boris", "chen", "dora"].map(|id| Profile::new(id).site("Aarhus").mentee());
    /// let programme = Programme::builder()
    ///     .weigh(1, Same::new(Field::Site))
    ///     .quota(Quota::new(Role::Mentor, Field::Department, ["North"]).target(1))
    ///     .objectives([Objective::Participation, Objective::GroupBalance, Objective::TotalScore])
    ///     .build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new(mentors, mentees)?)?;
    /// // One of three pairs is of the north, as it was to be.
    /// assert_eq!(outcome.objectives()[1].value, 0);
    /// assert_eq!(outcome.quota_loads()[0].pairs, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn target(self, target: u32) -> Self {
        let target = Some(target);
        Self { target, ..self }
    }
}

pub(super) fn default_name(side: Role, field: &Field, one_of: &[StatedValue]) -> String {
    let values: Vec<String> = one_of.iter().map(ToString::to_string).collect();
    format!("{side}:{field}={}", values.join("|"))
}
