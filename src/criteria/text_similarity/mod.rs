//! How near texts are to each other, by vectors the host makes of them.

mod vectors;

use std::fmt;
use std::sync::Arc;

use self::vectors::Vectors;
use super::csr::Csr;
use super::{BadScore, Context, Criterion, CriterionKind, CustomCriterion, ScoreRow, bytes_of};
use crate::error::{ProgrammeError, ProgrammeProblem, VectorError};
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId, Role};
use crate::participant::{Cohort, Profile};
use crate::score::Score;

/// How near a mentee's text is to a mentor's: max(0, cos φ), φ the angle between two vectors that
/// the host makes of them, by TF-IDF, an embedding model or whatever suits the texts.
///
/// Symmetric, but each role has vectors of its own: what a mentee wants to learn is compared with
/// what a mentor can tell. Missing where either side has no vector. Cosine similarity of term vectors
/// is of Salton, Wong and Yang, *A vector space model for automatic indexing* (1975). It finds texts
/// that say similar things; it does not predict rapport.
///
/// A zero vector, a component that is not finite, and vectors of different lengths are refused, with
/// the person's id. Vectors are brought to length 1 once, in single precision; products are added in
/// double precision in the order of the components, so that the same vectors give the same score on
/// every platform. (Vectors themselves are the host's affair: where they come from logarithms or a
/// model, platforms may differ in them.) Components that are zero cost nothing: a row takes the time
/// of the mentee's components times the mentors that have them.
///
/// It is a criterion of the host's own: stored by name and version, and found in the `Registry` when a
/// programme is read. Raise the version whenever the vectors come to be made differently.
///
/// ```
/// use mentormatch::{Cohort, Engine, Profile, Programme, TextSimilarity};
///
/// let goals = TextSimilarity::from_vectors(
///     "goals",
///     1,
///     [("boris", vec![3.0_f32, 0.0, 4.0])],
///     [("ana", vec![0.0_f32, 5.0, 5.0]), ("chen", vec![6.0, 0.0, 8.0])],
/// )?;
/// let mentors = ["ana", "chen"].map(|id| Profile::new(id).mentor(1));
/// let cohort = Cohort::new(mentors, [Profile::new("boris").mentee()])?;
/// let programme = Programme::builder().weigh(1, goals).build()?;
///
/// let outcome = Engine::new(programme).run(&cohort)?;
/// assert_eq!(outcome.matching().pairs[0].mentor.as_str(), "chen"); // the same direction
/// assert_eq!(outcome.explain("boris", "ana")?.score.percent(), 56.5685); // 4 / (5 √2)
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct TextSimilarity {
    name: String,
    version: u32,
    source: Source,
}

#[derive(Clone)]
enum Source {
    Given(Arc<Vectors>),
    Made(Arc<VectorFunction>),
}

type VectorFunction = dyn Fn(Role, &Profile) -> Option<Vec<f64>> + Send + Sync;

impl TextSimilarity {
    /// Similarity of vectors that the host has made, as `f32` or `f64`. Vectors of people who do not
    /// take part are not looked at further.
    ///
    /// # Errors
    /// A vector that cannot be compared, or a second one for one person in one role.
    ///
    /// ```
    /// use mentormatch::{TextSimilarity, VectorProblem};
    ///
    /// let zero = [("ana", [0.0, 0.0])];
    /// let none: [(&str, [f64; 2]); 0] = [];
    /// let error = TextSimilarity::from_vectors("goals", 1, none, zero).unwrap_err();
    /// assert_eq!(error.problem, VectorProblem::Zero);
    /// assert_eq!(error.to_string(), "mentor \"ana\": the vector is zero");
    /// ```
    pub fn from_vectors<Id, V>(
        name: impl Into<String>,
        version: u32,
        mentees: impl IntoIterator<Item = (Id, V)>,
        mentors: impl IntoIterator<Item = (Id, V)>,
    ) -> Result<Self, VectorError>
    where
        Id: Into<ParticipantId>,
        V: IntoIterator<Item: Into<f64>>,
    {
        let of = |role| {
            move |(id, vector): (Id, V)| {
                let components = vector.into_iter().map(Into::into);
                (role, id.into(), components.collect())
            }
        };
        let mentees = mentees.into_iter().map(of(Role::Mentee));
        let all = mentees.chain(mentors.into_iter().map(of(Role::Mentor)));
        let vectors = Vectors::checked(all.collect())?;
        Ok(Self {
            name: name.into(),
            version,
            source: Source::Given(Arc::new(vectors)),
        })
    }

    /// Similarity of vectors that a function makes of each person's profile in a role, once for each
    /// cohort; `None` where there is nothing to make one of. It must be pure. A vector that cannot be
    /// compared stops the run with [`ProgrammeProblem::Vector`](crate::ProgrammeProblem::Vector).
    ///
    /// ```
    /// use mentormatch::{Cohort, Context, Criterion, Profile, TextSimilarity};
    ///
    /// let letters = TextSimilarity::from_function("letters", 1, |_role, profile| {
    ///     let text = profile.department.as_deref()?;
    ///     Some(('a'..='z').map(|letter| text.matches(letter).count() as f64).collect())
    /// });
    /// let person = |id: &str, text: &str| Profile::new(id).department(text);
    /// let mentors = [person("ana", "sales").mentor(1)];
    /// let cohort = Cohort::new(mentors, [person("boris", "42").mentee()])?;
    /// let error = letters.prepare(&Context::new(&cohort)).err().expect("no letter, no direction");
    /// assert_eq!(error.to_string(), "letters: mentee \"boris\": the vector is zero");
    /// # Ok::<(), mentormatch::CohortError>(())
    /// ```
    #[must_use]
    pub fn from_function<F>(name: impl Into<String>, version: u32, vector: F) -> Self
    where
        F: Fn(Role, &Profile) -> Option<Vec<f64>> + Send + Sync + 'static,
    {
        Self {
            name: name.into(),
            version,
            source: Source::Made(Arc::new(vector)),
        }
    }

    fn vectors(&self, cohort: &Cohort) -> Result<Arc<Vectors>, VectorError> {
        let make = match &self.source {
            Source::Given(vectors) => return Ok(Arc::clone(vectors)),
            Source::Made(make) => make,
        };
        let vector =
            |role, profile: &Profile| Some((role, profile.id.clone(), make(role, profile)?));
        let mentees = cohort.mentees().iter();
        let mentees = mentees.filter_map(|mentee| vector(Role::Mentee, &mentee.profile));
        let mentors = cohort.mentors().iter();
        let mentors = mentors.filter_map(|mentor| vector(Role::Mentor, &mentor.profile));
        Vectors::checked(mentees.chain(mentors).collect()).map(Arc::new)
    }
}

impl Criterion for TextSimilarity {
    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn reads_others(&self) -> bool {
        false
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let vectors = self.vectors(context.cohort);
        let vectors = vectors.map_err(|problem| ProgrammeProblem::Vector {
            owner: self.name.clone(),
            problem,
        })?;
        Ok(Box::new(Similarity::new(context.cohort, &vectors)))
    }
}

impl From<TextSimilarity> for CustomCriterion {
    fn from(own: TextSimilarity) -> Self {
        Self::new(own)
    }
}

impl From<TextSimilarity> for CriterionKind {
    fn from(own: TextSimilarity) -> Self {
        CustomCriterion::from(own).into()
    }
}

impl fmt::Debug for TextSimilarity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextSimilarity")
            .field("name", &self.name)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// A vector of length 1: its components that are not zero, in order.
type Unit = [(u32, f32)];

/// Both sides' vectors.
struct Similarity {
    mentees: Vec<Option<Box<Unit>>>, // indexed by mentee
    mentors: Vec<Option<Box<Unit>>>, // indexed by mentor
    columns: Columns,
}

/// The mentors' vectors by component.
enum Columns {
    /// A number for every mentor, mentors adjacent: the next component starts after the last mentor.
    Dense(Vec<f32>),
    /// The mentors whose component is not zero.
    Sparse(Csr<(MentorIdx, f32)>),
}

impl Similarity {
    fn new(cohort: &Cohort, vectors: &Vectors) -> Self {
        let of = |role, profile: &Profile| vectors.get(role, &profile.id).map(Box::from);
        let mentees = cohort.mentees().iter();
        let mentors = cohort.mentors().iter();
        let mentors: Vec<_> = mentors
            .map(|mentor| of(Role::Mentor, &mentor.profile))
            .collect();
        Self {
            mentees: mentees
                .map(|mentee| of(Role::Mentee, &mentee.profile))
                .collect(),
            columns: Columns::new(&mentors, vectors.length()),
            mentors,
        }
    }
}

impl Columns {
    fn new(mentors: &[Option<Box<Unit>>], length: usize) -> Self {
        let all = MentorIdx::all(mentors.len()).zip(mentors);
        let entries: Vec<_> = all
            .flat_map(|(mentor, unit)| {
                unit.iter()
                    .flatten()
                    .map(move |&(at, x)| (at as usize, (mentor, x)))
            })
            .collect();
        // A number in a dense column takes a quarter of the time of one in a list.
        if entries.len() < length.saturating_mul(mentors.len()) / 4 {
            return Self::Sparse(Csr::new(length, entries));
        }
        let mut dense = vec![0.0; length * mentors.len()];
        for (at, (mentor, x)) in entries {
            dense[at * mentors.len() + mentor.index()] = x;
        }
        Self::Dense(dense)
    }

    fn bytes(&self) -> u64 {
        match self {
            Self::Dense(dense) => bytes_of(dense),
            Self::Sparse(lists) => lists.bytes(),
        }
    }

    /// Adds one component of a mentee's times the mentors'.
    fn add(&self, at: u32, x: f32, sums: &mut [f64]) {
        match self {
            Self::Dense(dense) => {
                let start = at as usize * sums.len();
                let column = &dense[start..start + sums.len()];
                for (sum, &y) in sums.iter_mut().zip(column) {
                    *sum += f64::from(x) * f64::from(y);
                }
            }
            Self::Sparse(lists) => {
                for &(mentor, y) in lists.list(at as usize) {
                    sums[mentor] += f64::from(x) * f64::from(y);
                }
            }
        }
    }
}

impl ScoreRow for Similarity {
    fn bytes(&self) -> u64 {
        let people = self.mentees.iter().chain(&self.mentors).flatten();
        let people: u64 = people.map(|unit| bytes_of(unit)).sum();
        people + self.columns.bytes()
    }

    fn score_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        let (Some(own), Some(theirs)) = (&self.mentees[mentee], &self.mentors[mentor]) else {
            return Ok(None);
        };
        score(mentor, dot(own, theirs)).map(Some)
    }

    fn score_row(&self, mentee: MenteeIdx, row: &mut [Option<Score>]) -> Result<(), BadScore> {
        let Some(own) = &self.mentees[mentee] else {
            row.fill(None);
            return Ok(());
        };
        let mut sums = vec![0.0; row.len()];
        for &(at, x) in own {
            self.columns.add(at, x, &mut sums);
        }
        let mentors = MentorIdx::all(row.len()).zip(&self.mentors);
        for (((mentor, theirs), entry), sum) in mentors.zip(row).zip(sums) {
            *entry = match theirs {
                Some(_) => Some(score(mentor, sum)?),
                None => None,
            };
        }
        Ok(())
    }
}

/// The products of common components, added in their order as a row adds them: a product with zero
/// would change nothing.
fn dot(own: &Unit, theirs: &Unit) -> f64 {
    let mut sum = 0.0;
    let mut rest = theirs;
    for &(at, x) in own {
        rest = &rest[rest.partition_point(|&(other, _)| other < at)..];
        match rest.first() {
            Some(&(other, y)) if other == at => sum += f64::from(x) * f64::from(y),
            _ => {}
        }
    }
    sum
}

fn score(mentor: MentorIdx, cosine: f64) -> Result<Score, BadScore> {
    let score = Score::from_unit(cosine.clamp(0.0, 1.0));
    score.map_err(|problem| BadScore { mentor, problem })
}
