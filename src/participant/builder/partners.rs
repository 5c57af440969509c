//! Whom somebody wants as a partner, and whom not.

use crate::ids::ParticipantId;
use crate::participant::{Profile, Rating, Wanted, Wish};
use crate::score::Score;

impl Profile {
    /// One more wanted partner; rank 1 is the first wish, and ranks may be shared.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").wish("boris", 1).wish("carol", 2);
    /// assert_eq!(ana.wishes[1], Wish::new("carol", 2));
    /// ```
    #[must_use]
    pub fn wish(mut self, partner: impl Into<ParticipantId>, rank: u32) -> Self {
        self.wishes.push(Wish::new(partner, rank));
        self
    }

    /// Nobody but a partner wished for at this rank or a better one: "one of my first three, or nobody"
    /// is 3. Holds in every programme, for every pair of this person's in this role.
    ///
    /// ```
    /// use mentormatch::{Cohort, Engine, Profile, Programme, WishRank};
    ///
    /// let mentors = ["ana", "eve"].map(|id| Profile::new(id).mentor(1));
    /// let boris = Profile::new("boris").wish("ana", 1).wish("eve", 2).only_wishes_up_to(1).mentee();
    /// let programme = Programme::builder().weigh(1, WishRank::of_mentees()).build()?;
    /// let outcome = Engine::new(programme).run(&Cohort::new(mentors, [boris])?)?;
    /// assert_eq!(outcome.why_not("boris", "eve")?.to_string(), "forbidden by only_wishes");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn only_wishes_up_to(mut self, rank: u32) -> Self {
        self.only_wishes_up_to = Some(rank);
        self
    }

    /// No partner with whom the match score is below this. Holds in every programme, like a
    /// [`ScoreBelow`](crate::ScoreBelow) of this person's own in this role.
    ///
    /// ```
    /// # use mentormatch::{Profile, Score};
    /// let ana = Profile::new("ana").minimum_score(Score::from_unit(0.6)?);
    /// assert_eq!(ana.minimum_score.map(|score| score.percent()), Some(60.0));
    /// # Ok::<(), mentormatch::ScoreError>(())
    /// ```
    #[must_use]
    pub fn minimum_score(mut self, least: Score) -> Self {
        self.minimum_score = Some(least);
        self
    }

    /// One more partner the person would like, in no order.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").favourite("boris").favourites, ["boris".into()]);
    /// ```
    #[must_use]
    pub fn favourite(mut self, partner: impl Into<ParticipantId>) -> Self {
        self.favourites.push(partner.into());
        self
    }

    /// One more opinion of a partner, from −5 to 5.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").rating("boris", -2).ratings[0].value, -2);
    /// ```
    #[must_use]
    pub fn rating(mut self, partner: impl Into<ParticipantId>, value: i8) -> Self {
        self.ratings.push(Rating::new(partner, value));
        self
    }

    /// One more thing the person would like a partner to be.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").wants(Wanted::different(Field::Department));
    /// assert_eq!(ana.wanted.len(), 1);
    /// ```
    #[must_use]
    pub fn wants(mut self, wanted: Wanted) -> Self {
        self.wanted.push(wanted);
        self
    }

    /// The programme's criterion that matters most to the person, by its name.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert!(Profile::new("ana").most_important("skill_coverage").most_important.is_some());
    /// ```
    #[must_use]
    pub fn most_important(mut self, criterion: impl Into<String>) -> Self {
        self.most_important = Some(criterion.into());
        self
    }

    /// How many times its weight a criterion of the programme counts to the person, `0..=10`.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").weight("skill_coverage", 3).weights["skill_coverage"], 3);
    /// ```
    #[must_use]
    pub fn weight(mut self, criterion: impl Into<String>, factor: u8) -> Self {
        self.weights.insert(criterion.into(), factor);
        self
    }

    /// One more partner this person must not be given.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").veto("eve").vetoes, ["eve".into()]);
    /// ```
    #[must_use]
    pub fn veto(mut self, partner: impl Into<ParticipantId>) -> Self {
        self.vetoes.push(partner.into());
        self
    }
}
