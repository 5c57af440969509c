//! Headings, labels and nouns that every language has a word for.

/// A thing that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Noun {
    /// A mentee.
    Mentee,
    /// A mentor.
    Mentor,
    /// A pair.
    Pair,
    /// A place: one unit of capacity.
    Place,
    /// A participant of either role.
    Person,
    /// A partner of a participant.
    Partner,
    /// A granted wish.
    GrantedWish,
}

/// Defines captions together with the list of all of them.
macro_rules! captions {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {
        /// A heading or a label of a report.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Caption {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Caption {
            /// All of them.
            ///
            /// ```
            /// use mentormatch::{Caption, English, Wording};
            ///
            /// assert!(Caption::ALL.iter().all(|&own| !English.caption(own).is_empty()));
            /// ```
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
        }
    };
}

captions! {
    /// The kind of document.
    MatchingReport,
    /// The figures, objectives and charts.
    Result,
    /// Mentees who have a mentor.
    Matched,
    /// Mentors, as a label.
    Mentors,
    /// Mentees, as a label.
    Mentees,
    /// A mentor, as a heading of a column.
    Mentor,
    /// A mentee, as a heading of a column.
    Mentee,
    /// Pairs, as a heading.
    Pairs,
    /// Between a part and its whole: 3 *of* 4.
    Of,
    /// A part that has a partner.
    WithPartner,
    /// Places that are used.
    PlacesUsed,
    /// Scores, as a label.
    Scores,
    /// A match score.
    Score,
    /// The mean score.
    MeanScore,
    /// The lowest score.
    LowestScore,
    /// What was optimised first.
    Optimised,
    /// What was optimised next.
    Then,
    /// A proof, as a heading of a column.
    Proof,
    /// Proved to be the best there is.
    ProvenOptimal,
    /// Not proved to be the best.
    NotProvenOptimal,
    /// A stable matching.
    Stable,
    /// Proved to be stable, and the best for mentees.
    StableForMentees,
    /// The same for mentors.
    StableForMentors,
    /// Objectives, as a heading.
    Objectives,
    /// An objective, as a heading of a column.
    Objective,
    /// A value.
    Value,
    /// How pairs are spread over scores.
    ScoresOfPairs,
    /// How mentors are spread over loads.
    MenteesOfAMentor,
    /// Who takes part and has somebody.
    Participation,
    /// What became of mentees' wishes.
    WishesOfMentees,
    /// What became of mentors' wishes.
    WishesOfMentors,
    /// A wish; its rank follows.
    Wish,
    /// A wish without a rank.
    Favourite,
    /// Granted wishes.
    Granted,
    /// Wishes that rules forbid.
    ForbiddenByRules,
    /// Need against offer.
    SupplyAndDemand,
    /// What is needed.
    Needed,
    /// Mentees who need it.
    NeededBy,
    /// Places that offer it.
    PlacesOffered,
    /// At this level or above; the level follows.
    Level,
    /// Where the clocks of pairs are.
    TimeZonesOfPairs,
    /// Without a partner, as a heading.
    Unmatched,
    /// A person.
    Person,
    /// A role.
    Role,
    /// A reason.
    Reason,
    /// Pairs that could as well have been others, for people to look at.
    CloseCalls,
    /// What would change without a pair.
    WithoutPair,
    /// A matter of the lot: nothing would be lost.
    ByLot,
    /// Whom to recruit.
    Recruiting,
    /// What mentors have in common.
    MentorsWith,
    /// One more mentor of a kind, at best.
    OneMoreMentor,
    /// Two more mentors of a kind, at best.
    TwoMoreMentors,
    /// An area of time zones; its name follows.
    ZoneArea,
    /// What a place more is worth.
    PriceOfPlaces,
    /// One more place.
    OneMorePlace,
    /// One place fewer.
    OneFewer,
    /// How groups fared by answers that nothing is scored by.
    Fairness,
    /// How to read fairness figures: a flag is not a finding.
    FlagNotFinding,
    /// A group of people.
    Group,
    /// How many pairs the groups of quotas have.
    PairsOfGroups,
    /// How many people.
    People,
    /// Those who have a partner.
    Placed,
    /// A rate over the highest.
    ImpactRatio,
    /// How often chance alone makes such a difference.
    ChanceAlone,
    /// The mean of a group's lowest scores.
    LowScores,
    /// First wishes that were granted.
    FirstWishes,
    /// Groups that are too small to be shown, as a row.
    NotShown,
    /// What a manager should look at.
    WorthALook,
    /// The figures of a chart, as a table.
    Figures,
    /// A share.
    Share,
    /// A criterion.
    Criterion,
    /// A weight.
    Weight,
    /// How well a pair fits by a criterion.
    Fit,
    /// Points of the score.
    Points,
    /// A pair is against a preferred rule.
    AgainstRule,
    /// No answer.
    NoAnswer,
    /// The mentee's view.
    MenteesView,
    /// The mentor's view.
    MentorsView,
    /// The pair was decided before the run: the manager locked it, or its state froze it.
    Locked,
    /// An override lifted a rule; which one follows.
    Lifted,
    /// The explanation of a pair.
    Why,
    /// A field to search in.
    Search,
    /// Nothing was found.
    NothingFound,
    /// Shows more of a table.
    ShowMore,
    /// Shows all of a table.
    ShowAll,
    /// The page's tables need scripts.
    NeedsScript,
    /// How to read points and scores.
    HowToRead,
    /// The text of that.
    HowToReadText,
    /// A criterion or rule that reads the mentee's side; after its name.
    OnMenteesSide,
    /// A criterion or rule that reads the mentor's side; after its name.
    OnMentorsSide,
    /// A criterion that rewards difference; after its name.
    LessIsBetter,
    /// A rule that holds for some people only; after its name.
    ForSomeOnly,
}
