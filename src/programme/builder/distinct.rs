//! A mentee's mentors of distinct kinds: how that is stated, and what is wrong with it.

use super::ProgrammeBuilder;
use crate::error::ProgrammeProblem;
use crate::participant::Field;

impl ProgrammeBuilder {
    /// Asks that the mentors of one mentee are of distinct kinds: no two of them gave the same answer in this field,
    /// as where they are to come from different departments or sites. It concerns mentees who take several mentors.
    ///
    /// A mentor without an answer is of a kind of her own, and stands in nobody's way. Texts are compared after
    /// [folding](crate::Vocabulary#when-two-words-are-the-same). As for a [`Quota`](crate::Quota), the answer may be a
    /// [quota attribute](crate::Profile::quota_attribute): `Field::Attribute(name)` is looked for among these too,
    /// where no mentor has an attribute of that name. A field whose answers are lists tells no kinds, and is refused.
    ///
    /// It is a hard bound, which objectives never break, and is proved with the rest. Two
    /// [locks](crate::Decisions::lock) that break it are an error that names both pairs. A mentee who wants more mentors
    /// than there are kinds is found by [`Programme::check`](crate::Programme::check).
    ///
    /// ```
    /// use mentormatch::{Cohort, Engine, Field, Profile, Programme, SkillCoverage};
    ///
    /// let mentor = |id, level, department| {
    ///     Profile::new(id).offer("rust", level).department(department).mentor(1)
    /// };
    /// let mentors = [mentor("ana", 5, "Sales"), mentor("eve", 4, "Sales"), mentor("ida", 1, "Finance")];
    /// let boris = Profile::new("boris").need("rust", 5).mentee().demand(2);
    /// let programme = Programme::builder()
    ///     .weigh(1, SkillCoverage::default())
    ///     .distinct_mentors(Field::Department)
    ///     .build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new(mentors, [boris])?)?;
    /// // Eve knows more than Ida, and is of Ana's department.
    /// let names: Vec<_> = outcome.matching().pairs.iter().map(|pair| pair.mentor.as_str()).collect();
    /// assert_eq!(names, ["ana", "ida"]);
    /// let why_not = outcome.why_not("boris", "eve")?.to_string();
    /// assert!(why_not.contains("of the same department as \"ana\", and the mentee may have one of the two"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn distinct_mentors(mut self, field: Field) -> Self {
        if let Some(before) = self.distinct.replace(field.clone())
            && before != field
        {
            let (one, other) = (before.to_string(), field.to_string());
            self.problems
                .push(ProgrammeProblem::DistinctTwice { one, other });
        }
        self
    }

    pub(crate) fn without_distinct_mentors(mut self) -> Self {
        self.distinct = None;
        self
    }

    pub(super) fn check_distinct(&self, problems: &mut Vec<ProgrammeProblem>) {
        let Some(field) = &self.distinct else {
            return;
        };
        if !field.may_be_scalar() {
            problems.push(ProgrammeProblem::FieldKind {
                owner: "distinct_mentors".to_owned(),
                field: field.to_string(),
                wanted: "a single value",
            });
        }
        if self.stable.is_some() {
            problems.push(ProgrammeProblem::DistinctBesideStable);
        }
    }
}
