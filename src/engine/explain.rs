//! Why this pair, and why not that one.

use super::error::AskError;
use super::outcome::Outcome;
use super::what_if::WhatIfError;
use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::Cohort;
use crate::reasons::{self, Competitors, PairPrice, Unmatched, WhyNot, WhyPair, WhyUnmatched};
use crate::scoring::ScoringError;
use crate::solver::Competition;

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
    /// What [`price_of`](Self::price_of) takes: on thousands of people milliseconds, and fewer once
    /// [`place_prices`](Self::place_prices) or [`close_calls`](Self::close_calls) have been asked for.
    pub fn why_not(&self, mentee: &str, mentor: &str) -> Result<WhyNot, WhatIfError> {
        let (mentee, mentor) = self.find(mentee, mentor)?;
        let price = || self.price_if_proved(mentee, mentor);
        reasons::why_not(&self.evidence(), (mentee, mentor), price)
    }

    /// Why somebody has no partner, in full: what each rule removed and which one alone would open most, whom a mentee
    /// competes with and for which places, and what it would cost to place her. `None` if the person has a partner.
    ///
    /// [`unmatched`](Self::unmatched) has the reasons of everybody at once.
    ///
    /// ```
    /// # use mentormatch::{Cohort, Engine, Profile, Programme, Role, SkillCoverage};
    /// let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    /// let eve = Profile::new("eve").offer("go", 4).mentor(0);
    /// let boris = Profile::new("boris").need("rust", 4).mentee();
    /// let chen = Profile::new("chen").need("rust", 8).veto("eve").mentee();
    /// let programme = Programme::builder().weigh(1, SkillCoverage::default()).build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new([ana, eve], [boris, chen])?)?;
    ///
    /// let why = outcome.why_unmatched(Role::Mentee, "chen")?.ok_or("ana has boris")?;
    /// assert_eq!(why.removed[0].to_string(), "veto forbids 1; without it 1 allowed, the best \"eve\" at 0.0%");
    /// assert_eq!(
    ///     why.competition.as_ref().ok_or("places are short")?.to_string(),
    ///     "2 mentees compete for 1 place of 1 mentor"
    /// );
    /// let lacks = why.lacks().ok_or("she lacks score only")?;
    /// # assert!(lacks > 0 && lacks < 1_000_000);
    /// assert_eq!(outcome.why_unmatched(Role::Mentee, "boris")?, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`why`](Self::why).
    ///
    /// # Complexity
    /// A row, or a column, of pairs explained; a search, and the rows of whom she competes with.
    pub fn why_unmatched(
        &self,
        role: Role,
        participant: &str,
    ) -> Result<Option<WhyUnmatched>, WhatIfError> {
        let (mentees, mentors) = self.positions(role, participant)?;
        let is_it = |own: &&Unmatched| own.role == role && own.participant.as_str() == participant;
        let Some(unmatched) = self.unmatched().iter().find(is_it) else {
            return Ok(None);
        };
        let pairs = mentees.clone().flat_map(|mentee| {
            let mentors = mentors.clone();
            mentors.map(move |mentor| (mentee, mentor))
        });
        let cohort = self.cohort();
        let partner = |(mentee, mentor): (MenteeIdx, MentorIdx)| match role {
            Role::Mentee => &cohort.mentors()[mentor].profile.id,
            Role::Mentor => &cohort.mentees()[mentee].profile.id,
        };
        let mut why = WhyUnmatched {
            unmatched: unmatched.clone(),
            removed: self.evidence().removals(pairs, partner)?,
            competition: None,
            price: None,
        };
        if let (Role::Mentee, Some(mentee)) = (role, mentees.clone().next()) {
            (why.competition, why.price) = self.place_for(mentee)?;
        }
        Ok(Some(why))
    }

    /// The positions that a person may be paired in: one on the own side, all of the other.
    fn positions(
        &self,
        role: Role,
        participant: &str,
    ) -> Result<(Positions<MenteeIdx>, Positions<MentorIdx>), AskError> {
        let cohort = self.cohort();
        let mentees: Vec<_> = match role {
            Role::Mentee => vec![self.find_mentee(participant)?],
            Role::Mentor => MenteeIdx::all(cohort.mentees().len()).collect(),
        };
        let mentors: Vec<_> = match role {
            Role::Mentee => MentorIdx::all(cohort.mentors().len()).collect(),
            Role::Mentor => vec![self.find_mentor(participant)?],
        };
        Ok((mentees.into_iter(), mentors.into_iter()))
    }

    /// Whom a mentee without a mentor competes with, and what a mentor for her would cost, if there is an answer.
    fn place_for(
        &self,
        mentee: MenteeIdx,
    ) -> Result<(Option<Competitors>, Option<PairPrice>), WhatIfError> {
        let asked = self.what_if(|sensitivity| {
            let competition = sensitivity.competition(mentee)?;
            let competition = competition.filter(|own| own.places > 0); // else there is nothing to compete for
            let matched = sensitivity.matched(mentee)?;
            let matched = matched.map(|own| self.priced(&own.change, &own.moves));
            Ok((
                competition.map(|own| named_competition(self.cohort(), &own)),
                matched.transpose()?,
            ))
        });
        match asked {
            Err(error) if error.is_of_the_run() => Ok((None, None)),
            asked => asked,
        }
    }

    /// What it would cost to match two people, if they can be and the run is proved optimal by objectives.
    fn price_if_proved(
        &self,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Result<Option<PairPrice>, WhatIfError> {
        let priced = self.forced(mentee, mentor);
        match priced {
            Err(error) if error.is_of_the_run() => Ok(None),
            priced => priced,
        }
    }
}

/// Positions of people.
type Positions<P> = std::vec::IntoIter<P>;

fn named_competition(cohort: &Cohort, competition: &Competition) -> Competitors {
    let mentees = competition.mentees.iter();
    // Whoever has no places is no one to compete for.
    let has_places = |own: &&MentorIdx| {
        let mentor = &cohort.mentors()[**own];
        mentor.capacity.max > 0 && mentor.profile.status.is_active()
    };
    let mentors = competition.mentors.iter().filter(has_places);
    let mut named = Competitors {
        mentees: mentees
            .map(|&own| cohort.mentees()[own].profile.id.clone())
            .collect(),
        mentors: mentors
            .map(|&own| cohort.mentors()[own].profile.id.clone())
            .collect(),
        places: competition.places,
    };
    named.mentees.sort_unstable();
    named.mentors.sort_unstable();
    named
}

impl From<ScoringError> for WhatIfError {
    fn from(error: ScoringError) -> Self {
        AskError::from(error).into()
    }
}
