//! Why this pair, and why not that one.

use super::error::AskError;
use super::outcome::Outcome;
use super::what_if::WhatIfError;
use crate::ids::{MenteeIdx, MentorIdx};
use crate::reasons::{self, PairPrice, WhyNot, WhyPair};
use crate::scoring::ScoringError;

impl Outcome {
    /// Why two people are a pair: the parts of the score with the facts, what they wished for, where each stands among
    /// all whom the other may have, and who would have been next and why it is not them. It may be asked of any two.
    ///
    /// [`explain`](Self::explain) gives the parts of the score alone, in microseconds.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, SkillCoverage};
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// let eve = Profile::new("eve").offer("rust", 2).mentor(1);
    /// let boris = Profile::new("boris").need("rust", 4).wish("ana", 1).mentee();
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new([ana, eve], [boris])?)?;
    ///
    /// let why = outcome.why("boris", "ana")?;
    /// assert_eq!(why.facts[0].facts.in_common, ["rust"]);
    /// assert_eq!(why.rank_for_mentee.ok_or("allowed")?.to_string(), "1 of 2");
    /// let next = why.next_best.ok_or("eve")?;
    /// assert_eq!(next.mentor.as_str(), "eve");
    /// let price = next.price.ok_or("it is possible")?;
    /// assert_eq!(price.change[1].by, i128::from(next.score.ppm()) - 1_000_000);
    /// assert_eq!(price.moves[0].to_string(), r#""boris" from "ana" to "eve""#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Somebody who is not there in that role; a criterion of the host's own that gives something else when asked
    /// again.
    ///
    /// # Complexity
    /// A row and a column of scores and, for the next best, what [`price_of`](Self::price_of) takes.
    pub fn why(&self, mentee: &str, mentor: &str) -> Result<WhyPair, WhatIfError> {
        let (mentee, mentor) = self.find(mentee, mentor)?;
        let price = |other| self.price_if_proved(mentee, other);
        reasons::why(&self.evidence(), (mentee, mentor), price)
    }

    /// Why a mentee was not given a mentor: everything that forbids the pair, with the facts; or what it would cost,
    /// by how much each objective would fall at the least and who would move.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, ReportingLine, SkillCoverage};
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(0..=2);
    /// let boris = Profile::new("boris").need("rust", 3).manager("ana").mentee();
    /// let programme = Programme::builder()
    ///     .weigh(1, SkillCoverage::default())
    ///     .forbid(ReportingLine::any_distance())
    ///     .build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?;
    /// let why_not = outcome.why_not("boris", "ana")?;
    /// assert_eq!(why_not.to_string(), "forbidden by reporting_line");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// A rule that forbids a pair because somebody gave no answer says so:
    ///
    /// ```
    /// # use mentormatch::{Cohort, DifferentValue, Engine, Field, Profile, Programme, SkillCoverage};
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// let boris = Profile::new("boris").need("rust", 3).site("Porto").mentee();
    /// let programme = Programme::builder()
    ///     .weigh(1, SkillCoverage::default())
    ///     .forbid(DifferentValue::new(Field::Site))
    ///     .build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new([ana], [boris])?)?;
    /// assert_eq!(
    ///     outcome.why_not("boris", "ana")?.to_string(),
    ///     "forbidden by different_value:site (no answer from the mentor on site)"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`why`](Self::why).
    ///
    /// # Complexity
    /// What [`price_of`](Self::price_of) takes.
    pub fn why_not(&self, mentee: &str, mentor: &str) -> Result<WhyNot, WhatIfError> {
        let (mentee, mentor) = self.find(mentee, mentor)?;
        let price = || self.price_if_proved(mentee, mentor);
        reasons::why_not(&self.evidence(), (mentee, mentor), price)
    }

    /// What it would cost to match two people, if they can be and the run is proved optimal by objectives.
    fn price_if_proved(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Option<PairPrice>, WhatIfError> {
        let priced = self.what_if(|sensitivity| self.forced(sensitivity, mentee, mentor));
        match priced {
            Err(WhatIfError::NotOptimal | WhatIfError::Stable) => Ok(None),
            priced => priced,
        }
    }
}

impl From<ScoringError> for WhatIfError {
    fn from(error: ScoringError) -> Self {
        AskError::from(error).into()
    }
}
