//! What can be wrong with people.

use std::fmt;

use thiserror::Error;

use super::Redacted;
use crate::ids::{ParticipantId, Role};

/// How many problems the text of a [`CohortError`] lists before it only counts them.
const LISTED: usize = 20;

/// Every problem found in a roster, not only the first.
///
/// The text lists the first twenty; [`problems`](Self::problems) has them all.
///
/// ```
/// use mentormatch::{Cohort, Profile};
///
/// let boris = Profile::new("boris").time_zone("Mars/Olympus");
/// let error = Cohort::new([Profile::new("ana").mentor(3..=1)], [boris.mentee()]).unwrap_err();
///
/// assert_eq!(error.problems().len(), 2);
/// assert_eq!(
///     error.to_string(),
///     "2 problems in the roster\n\
///      mentor \"ana\": capacity: the minimum is above the maximum\n\
///      mentee \"boris\": time_zone: not a known IANA time zone"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Error)]
pub struct CohortError {
    problems: Vec<CohortProblem>,
}

/// One problem: who, which field, what.
///
/// The text and `Debug` name all three, and never the value.
///
/// ```
/// use mentormatch::{Cohort, CohortProblemKind, Profile};
///
/// let ana = Profile::new("ana").time_zone("Mars/Olympus").mentor(1);
/// let error = Cohort::new([ana], []).unwrap_err();
/// let problem = &error.problems()[0];
/// assert_eq!(problem.to_string(), "mentor \"ana\": time_zone: not a known IANA time zone");
///
/// let CohortProblemKind::UnknownTimeZone { name } = &problem.kind else { panic!() };
/// assert_eq!(name.expose(), "Mars/Olympus"); // for the form, not for the log
/// ```
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{}{}: {kind}", Whose(self.role, self.participant.as_ref()), field.escape_debug())]
#[non_exhaustive]
pub struct CohortProblem {
    /// The role it was found in; `None` where the role does not matter.
    pub role: Option<Role>,
    /// The person; `None` where it is nobody's in particular.
    pub participant: Option<ParticipantId>,
    /// The field as a path from the person, for instance `needs[2].importance`.
    pub field: String,
    /// What is wrong with it.
    pub kind: CohortProblemKind,
}

/// What is wrong with a field.
///
/// ```
/// use mentormatch::{Cohort, CohortProblemKind, Profile};
///
/// let people = ["ana", "boris"].map(|id| Profile::new(id).tenure_years(120.0).mentor(1));
/// let error = Cohort::new(people, []).unwrap_err();
/// let out_of_range = |kind: &_| matches!(kind, CohortProblemKind::OutOfRange { most: 100, .. });
/// assert!(error.problems().iter().all(|problem| out_of_range(&problem.kind)));
/// ```
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum CohortProblemKind {
    /// Several people of one role share an id.
    #[error("{times} people in this role have this id")]
    DuplicateId {
        /// How many.
        times: usize,
    },
    /// Ids of no characters at all.
    #[error("empty (at {})", Positions(positions))]
    EmptyId {
        /// Where the people without an id stand in the list that was given, counted from 0.
        positions: Vec<usize>,
    },
    /// A reference to somebody with an empty id.
    #[error("empty")]
    EmptyReference,
    /// A capacity or a demand that no number satisfies.
    #[error("the minimum is above the maximum")]
    MinimumAboveMaximum {
        /// The minimum.
        min: Redacted<u32>,
        /// The maximum.
        max: Redacted<u32>,
    },
    /// NaN or an infinity.
    /// A range whose lower end is above its upper one.
    #[error("the lower end is above the upper end")]
    RangeReversed {
        /// The lower end.
        min: Redacted<i32>,
        /// The upper end.
        max: Redacted<i32>,
    },
    /// A partner is wished to be something in a field that holds no texts.
    #[error("a field without texts")]
    HoldsNoTexts,
    /// A window with a time that is not on a clock, or that ends where it begins.
    #[error("a time outside 00:00 to 24:00, or an end at the beginning")]
    NotOnTheClock,
    /// A number is NaN or infinite.
    #[error("not a finite number")]
    NotFinite {
        /// The number.
        value: Redacted<f64>,
    },
    /// A number outside its range.
    #[error("outside {least} to {most}")]
    OutOfRange {
        /// The least that is allowed.
        least: i64,
        /// The most that is allowed.
        most: i64,
        /// The number.
        value: Redacted<f64>,
    },
    /// A rank of 0.
    #[error("ranks count from 1")]
    RankZero,
    /// The bundled time-zone database has no such zone.
    #[error("not a known IANA time zone")]
    UnknownTimeZone {
        /// The name.
        name: Redacted<String>,
    },
    /// An attribute is of one type here and of another with most people.
    #[error("not of the type {usual}, as it is with most people")]
    AttributeType {
        /// The type with most people, by its name in stored forms.
        usual: &'static str,
        /// The type here.
        found: Redacted<&'static str>,
    },
    /// An ordinal attribute's scale has no steps at all.
    #[error("the scale has no steps")]
    EmptyScale,
    /// An ordinal attribute has another number of steps here than with most people.
    #[error("not on the scale of {usual} steps that most people's answers are on")]
    ScaleMismatch {
        /// The number of steps with most people.
        usual: u16,
        /// The number of steps here.
        found: Redacted<u16>,
    },
    /// An answer that describes the person, not the role, differs between the two roles.
    #[error("differs between this person's two roles")]
    RolesDisagree,
    /// The person is said to report to different people.
    #[error("more than one manager is given for this person")]
    ManagersDisagree {
        /// The managers, in the order of their ids.
        managers: Redacted<Vec<ParticipantId>>,
    },
    /// People who, each reporting to the next, report to themselves.
    #[error("a cycle: {}", Chain(people))]
    ReportingCycle {
        /// Everybody on the cycle, each followed by their manager; the least id comes first.
        people: Vec<ParticipantId>,
    },
    /// People who look like one person listed twice, where the host refuses that.
    #[error("looks the same for {}", Listed(people))]
    LookAlikes {
        /// The people, in the order of their ids.
        people: Vec<ParticipantId>,
    },
    /// More people in one role than dense indices can number.
    #[error("{count} people, more than {most}")]
    TooManyPeople {
        /// How many there are.
        count: usize,
        /// The most that is allowed.
        most: u32,
    },
}

impl CohortError {
    /// At least one problem, sorted here so that the order of the input does not show.
    pub(crate) fn new(mut problems: Vec<CohortProblem>) -> Self {
        problems.sort_by_cached_key(|problem| {
            let (role, id) = (problem.role, problem.participant.clone());
            (role, id, problem.field.clone(), problem.kind.to_string())
        });
        Self { problems }
    }

    /// All problems, sorted by role, person and field; those of no one role come first.
    ///
    /// ```
    /// use mentormatch::{Cohort, CohortProblemKind, Profile, Role};
    ///
    /// let ana = || Profile::new("ana").mentor(1);
    /// let error = Cohort::new([ana(), ana()], []).unwrap_err();
    ///
    /// let problem = &error.problems()[0];
    /// assert_eq!(problem.role, Some(Role::Mentor));
    /// assert_eq!(problem.participant, Some("ana".into()));
    /// assert_eq!(problem.field, "id");
    /// assert_eq!(problem.kind, CohortProblemKind::DuplicateId { times: 2 });
    /// ```
    #[must_use]
    pub fn problems(&self) -> &[CohortProblem] {
        &self.problems
    }
}

impl fmt::Display for CohortError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.problems.len() == 1 { "" } else { "s" };
        write!(f, "{} problem{plural} in the roster", self.problems.len())?;
        for problem in self.problems.iter().take(LISTED) {
            write!(f, "\n{problem}")?;
        }
        match self.problems.len().saturating_sub(LISTED) {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

/// Whose problem it is. Ids are quoted with `Debug`, which escapes line breaks and the like.
struct Whose<'a>(Option<Role>, Option<&'a ParticipantId>);

impl fmt::Display for Whose<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (Some(role), Some(id)) => write!(f, "{role} {id:?}: "),
            (Some(role), None) => write!(f, "all {role}s: "),
            (None, Some(id)) => write!(f, "{id:?}: "),
            (None, None) => Ok(()),
        }
    }
}

struct Positions<'a>(&'a [usize]);

impl fmt::Display for Positions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.iter().take(LISTED).map(ToString::to_string);
        write_joined(f, shown, ", ", self.0.len())
    }
}

struct Listed<'a>(&'a [ParticipantId]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.iter().take(LISTED).map(|id| format!("{id:?}"));
        write_joined(f, shown, ", ", self.0.len())
    }
}

struct Chain<'a>(&'a [ParticipantId]);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.iter().take(LISTED).map(|id| format!("{id:?}"));
        write_joined(f, shown, " reports to ", self.0.len())?;
        match self.0.first() {
            Some(first) => write!(f, " reports to {first:?}"),
            None => Ok(()),
        }
    }
}

fn write_joined(
    f: &mut fmt::Formatter<'_>,
    shown: impl Iterator<Item = String>,
    separator: &str,
    total: usize,
) -> fmt::Result {
    for (at, text) in shown.enumerate() {
        if at > 0 {
            f.write_str(separator)?;
        }
        f.write_str(&text)?;
    }
    match total.saturating_sub(LISTED) {
        0 => Ok(()),
        more => write!(f, "{separator}({more} more)"),
    }
}
