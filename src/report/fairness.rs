//! Fairness figures: how groups of people fared, by answers that nothing was scored by.
//!
//! The groups are those of [monitor-only](crate::Profile::monitor_attribute) attributes, which no criterion, no
//! rule and no quota can read: what is measured here cannot have been aimed at.
//!
//! # What is compared
//! The *impact ratio* of a group is its placement rate over that of the group with the highest one. Below four
//! fifths it is *flagged*: the rule of thumb of the US Uniform Guidelines on Employee Selection Procedures (29 CFR
//! 1607.4 D). **A flag, not a finding**: with few people chance alone makes such ratios, which is what the
//! [exact test](fisher) beside it is for; and groups may differ in what they asked for. No ratio says why.
//!
//! # What is not shown
//! [`disclosure`] leaves out what would tell about single persons.
//!
//! Who is who is found in [`people`], in which group in [`groups`].

mod disclosure;

mod fisher;

mod groups;

mod people;

mod text;

use std::fmt;

use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::Cohort;
use crate::score::Score;

use super::share::Share;
use people::Person;

/// What fairness figures show. Default: nothing of fewer than five people.
///
/// ```
/// use mentormatch::FairnessOptions;
///
/// assert_eq!(FairnessOptions::default().smallest_group, 5);
/// assert_eq!(FairnessOptions::default().smallest_group(10).smallest_group, 10);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FairnessOptions {
    /// Figures are about so many people at least; 0 and 1 show everything, which is for nobody's eyes but those
    /// of somebody who may know everybody's answers.
    pub smallest_group: u32,
}

impl Default for FairnessOptions {
    fn default() -> Self {
        Self { smallest_group: 5 }
    }
}

impl FairnessOptions {
    /// The same with another least number of people.
    #[must_use]
    pub fn smallest_group(self, people: u32) -> Self {
        Self {
            smallest_group: people,
        }
    }
}

/// How the groups of every monitor-only attribute fared: a flag here is a flag, not a finding.
///
/// People count who take part and have places, as in [`Totals`](crate::Totals). `Debug` shows no answer.
/// As data and text it is as confidential as a summary of people's answers is.
///
/// ```
/// use mentormatch::{Attribute, Cohort, Engine, FairnessOptions, Field, Profile, Programme, Same};
///
/// // Six early birds and six night owls; there are eight mentors, six of whom work where the early birds do.
/// let early = (0..6).map(|id| (id, "early", "Aarhus"));
/// let late = (6..12).map(|id| (id, "late", "Odense"));
/// let mentees = early.chain(late).map(|(id, shift, site)| {
///     Profile::new(id).site(site).monitor_attribute("shift", Attribute::choice(shift)).mentee()
/// });
/// let mentors = (20..28).map(|id| Profile::new(id).site(if id < 26 { "Aarhus" } else { "Odense" }).mentor(1));
/// let programme = Programme::builder().weigh(1, Same::new(Field::Site)).build()?;
/// let outcome = Engine::new(programme).run(&Cohort::new(mentors, mentees)?)?;
///
/// let fairness = outcome.fairness(FairnessOptions::default());
/// let shift = &fairness.attributes[0];
/// let late = &shift.groups[1];
/// assert_eq!((late.answer(), late.people, late.placed), (Some("late"), 6, 2));
/// let impact = late.impact.ok_or("early birds have the higher rate")?;
/// assert_eq!(impact.ratio.to_string(), "33.3%");
/// assert!(impact.is_flagged);
/// // And yet so few people fall out like this in six of a hundred draws of lots.
/// assert_eq!(impact.p_value.ppm(), 60_606);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Fairness {
    /// The least number of people that a figure is about.
    pub smallest_group: u32,
    /// Mentees' attributes, then mentors', each in the order of their names.
    pub attributes: Vec<MonitoredAttribute>,
}

/// How the groups of one attribute fared in one role.
///
/// ```
/// # use mentormatch::{Attribute, Cohort, Engine, FairnessOptions, Field, Profile, Programme, Role, Same};
/// let mentee = Profile::new("boris").monitor_attribute("shift", Attribute::choice("night")).mentee();
/// # let programme = Programme::builder().weigh(1, Same::new(Field::Site)).build()?;
/// # let outcome = Engine::new(programme).run(&Cohort::new([Profile::new("ana").mentor(1)], [mentee])?)?;
/// let shift = &outcome.fairness(FairnessOptions::default()).attributes[0];
/// assert_eq!((shift.role, shift.attribute.as_str()), (Role::Mentee, "shift"));
/// // Boris is nobody else's business.
/// assert!(shift.groups.is_empty());
/// assert_eq!((shift.suppressed_groups, shift.suppressed_people), (1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct MonitoredAttribute {
    /// In which role the people of the groups are meant.
    pub role: Role,
    /// The attribute's name.
    pub attribute: String,
    /// The groups that are shown: in the order of their answers, and those without an answer last.
    pub groups: Vec<GroupFigures>,
    /// Groups that are not shown, since they, or others that could be told from the totals, are small.
    pub suppressed_groups: u32,
    /// How many people those have together.
    pub suppressed_people: u32,
}

/// How one group fared.
///
/// Texts are one answer as everywhere (see [`Vocabulary`](crate::Vocabulary)); several answers together are one, and
/// every number is an answer of its own, so give bands. `Debug` does not show the answer.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct GroupFigures {
    answer: Option<String>,
    /// Its people.
    pub people: u32,
    /// Those of them who have a partner.
    pub placed: u32,
    /// The mean score of its pairs; `None` if it, or another group's that could be told from it, is about too few.
    pub mean_score: Option<Score>,
    /// How low scores get: of each person the lowest, and of these the mean of the lowest ones, as many as the
    /// smallest group has people. Fewer, or several pairs of one person, would point at somebody (with a smallest
    /// group of 1 it is the lowest score of all). `None` where the mean is.
    pub mean_of_lowest: Option<Score>,
    /// What became of its people's first wishes; `None` if too few have one.
    pub first_wishes: Option<FirstWishes>,
    /// How its placement rate compares with the highest; `None` for the group that has that (of several, the largest),
    /// and where nobody is placed.
    pub impact: Option<Impact>,
}

/// What became of a group's first wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct FirstWishes {
    /// People who have one, for somebody who is there.
    pub people: u32,
    /// Those who have such a partner.
    pub granted: u32,
}

/// How a group's placement rate compares with the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Impact {
    /// Its rate over the highest.
    pub ratio: Share,
    /// Whether the ratio is below four fifths, exactly. A flag, not a finding.
    pub is_flagged: bool,
    /// How often chance alone makes a difference that is as rare as this between two groups of these sizes: Fisher's
    /// exact test, both tails, not corrected for how many groups are compared.
    pub p_value: Share,
}

impl GroupFigures {
    /// The answer that makes the group; `None` for those who gave none. As confidential as answers are.
    #[must_use]
    pub fn answer(&self) -> Option<&str> {
        self.answer.as_deref()
    }

    /// Those who have a partner, of all.
    #[must_use]
    pub fn placement_rate(&self) -> Share {
        Share::new(self.placed.into(), self.people.into())
    }
}

impl FirstWishes {
    /// Those who were granted it, of all who have one.
    #[must_use]
    pub fn rate(self) -> Share {
        Share::new(self.granted.into(), self.people.into())
    }
}

impl Fairness {
    /// Whether any group's ratio is flagged.
    #[must_use]
    pub fn is_flagged(&self) -> bool {
        let groups = self.attributes.iter().flat_map(|own| &own.groups);
        let mut impacts = groups.filter_map(|group| group.impact);
        impacts.any(|impact| impact.is_flagged)
    }

    /// The figures of a matching of these pairs.
    pub(crate) fn new(
        cohort: &Cohort,
        pairs: &[(MenteeIdx, MentorIdx, Score)],
        options: FairnessOptions,
    ) -> Self {
        let smallest = options.smallest_group;
        let sides = [
            (Role::Mentee, people::mentees(cohort, pairs)),
            (Role::Mentor, people::mentors(cohort, pairs)),
        ];
        let sides = sides.iter();
        let attributes = sides.flat_map(|(role, people)| side(*role, people, smallest));
        Self {
            smallest_group: smallest,
            attributes: attributes.collect(),
        }
    }
}

fn side<'a>(
    role: Role,
    people: &'a [Person<'a>],
    smallest: u32,
) -> impl Iterator<Item = MonitoredAttribute> + 'a {
    let names = groups::attributes(people).into_iter();
    names.map(move |name| MonitoredAttribute {
        role,
        attribute: name.to_owned(),
        ..groups::of(people, name, smallest)
    })
}

impl fmt::Debug for GroupFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GroupFigures")
            .field("people", &self.people)
            .field("placed", &self.placed)
            .field("impact", &self.impact)
            .finish_non_exhaustive()
    }
}
