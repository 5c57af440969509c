//! What people say of mentoring itself, and the criteria and rules that read it.

use mentormatch::{
    AtLeast, Attribute, BelowLevel, CannotMeet, Closeness, CohortBuilder, CommonTime, Condition,
    CriterionKind, DifferentValue, ExcludedTopic, ExpectationGap, Field, GapRange, IfMissing,
    JudgedWeek, OrderedScale, OutsideComfort, PastPair, PastPairs, Preparation, Profile, Rating,
    Ratings, ReportingLine, Role, RuleKind, SameValue, Score, SetCoverage, SetOverlap, Side,
    Support, TooLittleCommonTime, Unprepared, ValueIs, ValueIsNot, ValueMatrix, Wanted,
    WantedAttributes, When, WishRank,
};

use super::{Dice, SITES, attribute, half};

const RANKS: [&str; 4] = ["clerk", "lead", "head", "chair"];
const REGIONS: [&str; 3] = ["north", "south", "west"];
const NEEDS: [&str; 3] = ["lift", "loop", "quiet"];

/// Adds random answers to a person's others.
pub(crate) fn fill(dice: &mut Dice, own: &mut Profile, partners: &str, partner_count: u64) {
    let texts = |dice: &mut Dice, from: &[&str], most| {
        let mut texts = dice.several(most, |dice| dice.pick(from).to_owned());
        texts.sort();
        texts.dedup();
        texts
    };
    own.team = dice.maybe(|dice| format!("team {}", dice.below(12)));
    own.region = dice.maybe(|dice| dice.pick(&REGIONS).to_owned());
    own.roles_held = texts(dice, &RANKS, 3);
    own.career_goals = texts(dice, &RANKS, 2);
    own.topics = dice.several(3, |dice| format!("topic {}", dice.below(6)));
    own.excluded_topics = dice.several(1, |dice| format!("topic {}", dice.below(6)));
    own.support = dice.several(2, |dice| match dice.below(4) {
        0 => Support::Career,
        1 => Support::Psychosocial,
        2 => Support::RoleModel,
        _ => Support::Skills,
    });
    own.preparation = dice.several(2, |dice| match dice.below(3) {
        0 => Preparation::Trained,
        1 => Preparation::Certified,
        _ => Preparation::References,
    });
    own.meets_at = texts(dice, &SITES, 2);
    own.accessibility_needs = match dice.once_in(4) {
        true => texts(dice, &NEEDS, 2),
        false => Vec::new(),
    };
    own.accessibility_offered = texts(dice, &NEEDS, 3);
    own.meetings_per_month = dice.maybe(|dice| f64::from(dice.small(12)) / 2.0);
    own.meeting_minutes = dice.maybe(|dice| 15 * (1 + u16::from(dice.small(8))));
    own.duration_months = dice.maybe(|dice| f64::from(dice.small(24)));
    own.formality = dice.maybe(|dice| 1 + dice.small(5));
    own.motivation = dice.maybe(|dice| 1 + dice.small(5));
    own.readiness = dice.maybe(|dice| 1 + dice.small(5));
    own.voluntary = dice.maybe(|dice| !dice.once_in(6));
    own.comfortable_gap = dice.maybe(|dice| {
        let least = i32::from(dice.small(7)) - 6;
        GapRange::new(least, least + 6 + i32::from(dice.small(4)))
    });
    let partner = |dice: &mut Dice| format!("{partners}{}", dice.below(partner_count));
    own.favourites = dice.several(2, |dice| partner(dice).into());
    own.ratings = dice.several(3, |dice| {
        Rating::new(partner(dice), dice.small(11).cast_signed() - 5)
    });
    own.wanted = dice.several(2, wanted);
    if dice.once_in(4) {
        own.most_important = Some(format!("c{}", dice.below(12)));
    }
    if dice.once_in(4) {
        own.weights
            .insert(format!("c{}", dice.below(12)), dice.small(4));
    }
    if let Some(rank) = dice.maybe(|dice| dice.pick(&RANKS).to_owned()) {
        own.attributes
            .insert("rank".into(), Attribute::Choice(rank));
    }
}

fn wanted(dice: &mut Dice) -> Wanted {
    match dice.below(5) {
        0 => Wanted::same(Field::Department),
        1 => Wanted::different(Field::Region),
        2 => Wanted::one_of(Field::Region, REGIONS.into_iter().take(2)),
        3 => Wanted::one_of(Field::Languages, ["DA", "en"]),
        _ => Wanted::same(attribute("sports")),
    }
}

/// Adds managers, conflicts and past pairs, some of people who do not take part.
pub(crate) fn know(dice: &mut Dice, mut builder: CohortBuilder) -> CohortBuilder {
    for at in (0..20).filter(|at| at % 3 > 0) {
        builder = builder.reporting_line(format!("e{at}"), format!("r{}", dice.below(24)));
    }
    for _ in 0..6 {
        let two = [
            format!("r{}", dice.below(30)),
            format!("e{}", dice.below(20)),
        ];
        let past = PastPair::new(&*two[1], &*two[0]);
        let past = match dice.below(3) {
            0 => past,
            years => past.ended(format!("202{}-03-20", 3 + years).parse().unwrap()),
        };
        let [one, other] = two;
        builder = builder
            .past_pair(past)
            .conflict(one, format!("e{}", dice.below(20)));
        builder = builder.conflict(other, format!("r{}", dice.below(30)));
    }
    builder
}

/// What the first criteria leave out.
pub(crate) fn criteria() -> Vec<CriterionKind> {
    let balance = Score::from_unit(0.3).unwrap();
    let gap = ExpectationGap {
        formality: Some(4.0),
        meeting_minutes: Some(45.5),
        ..ExpectationGap::default()
    };
    vec![
        SetOverlap::jaccard(Field::RolesHeld).unlike().into(),
        CommonTime::enough_minutes(180).into(),
        CommonTime::enough_minutes(60)
            .meeting_minutes(1)
            .judge(JudgedWeek::Minimum)
            .into(),
        SetCoverage::topics().into(),
        SetCoverage::career_path().asked_by(Role::Mentor).into(),
        SetCoverage::support().into(),
        Closeness::closest(Field::TenureYears, 7.5).into(),
        Closeness::furthest(Field::Seniority, 5.0).into(),
        AtLeast::new(Field::Motivation, Side::Both, 4.0)
            .zero_at(1.0)
            .into(),
        AtLeast::new(Field::Preparation, Side::Mentor, 2.0).into(),
        AtLeast::new(attribute("budget"), Side::Mentee, 50.0)
            .zero_at(-50.0)
            .into(),
        OrderedScale::new(attribute("rank"), RANKS, [0, 1, 2]).into(),
        ValueMatrix::new(attribute("rank"), Field::Region)
            .entry("clerk", "north", Score::ONE)
            .entry("lead", "west", half())
            .otherwise(Score::from_ppm_saturating(77))
            .into(),
        ValueMatrix::new(Field::Voluntary, Field::Formality)
            .entry(true, 3, Score::ONE)
            .entry(false, 2.0, half())
            .into(),
        ExpectationGap::default().into(),
        gap.into(),
        WishRank::balanced(balance).favourites_as(3).into(),
        Ratings::of_mentees().into(),
        Ratings::of_mentors().into(),
        Ratings::balanced(balance).into(),
        WantedAttributes::of_mentees().into(),
        WantedAttributes::of_mentors().into(),
        WantedAttributes::balanced(balance).into(),
    ]
}

/// What the first rules leave out.
pub(crate) fn rules() -> Vec<RuleKind> {
    let in_person = || Condition::one_of(Field::MeetingMode, ["in_person"]);
    let experienced = Condition::at_least(Field::Seniority, 4.0);
    let few_topics = Condition::at_most(Field::Topics, 1.0);
    let no_region = Condition::missing(Field::Region);
    let speaks = Condition::one_of(Field::Languages, ["EN", "da"]);
    vec![
        TooLittleCommonTime::minutes(30)
            .meeting_minutes(30)
            .weeks_below(20)
            .if_missing(IfMissing::Allow)
            .into(),
        BelowLevel::new(Field::Motivation, Side::Both, 2.0).into(),
        BelowLevel::new(Field::Preparation, Side::Mentor, 2.0)
            .if_missing(IfMissing::Allow)
            .into(),
        ValueIs::not_voluntary(Side::Mentee)
            .if_missing(IfMissing::Allow)
            .into(),
        ValueIs::new(attribute("sports"), Side::Mentor, ["sport 1"])
            .if_missing(IfMissing::Allow)
            .into(),
        ValueIsNot::new(Field::Region, Side::Both, ["north", "south"])
            .if_missing(IfMissing::Allow)
            .into(),
        ValueIsNot::new(attribute("grade"), Side::Mentor, [2, 3, 4, 5, 6, 7]).into(),
        Unprepared::without([Preparation::Trained]).into(),
        ExcludedTopic::any(Side::Both).into(),
        ExcludedTopic::all(Side::Mentor).into(),
        ExcludedTopic::all(Side::Mentee).into(),
        CannotMeet::default().if_missing(IfMissing::Allow).into(),
        OutsideComfort::with_virtual_slack(1)
            .if_missing(IfMissing::Allow)
            .into(),
        PastPairs::cool_down_months(18).into(),
        When::mentee([in_person()])
            .then(DifferentValue::new(Field::Site))
            .into(),
        When::mentee([experienced, no_region])
            .and_mentor([few_topics, Condition::answered(Field::Team)])
            .then(When::mentor([speaks]).then(SameValue::new(Field::Department)))
            .into(),
        When::mentor([in_person()])
            .then(ReportingLine::within(1))
            .into(),
    ]
}
