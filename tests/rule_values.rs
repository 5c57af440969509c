//! Every rule on pairs small enough to be judged by hand.
#![allow(clippy::unwrap_used, reason = "a test")]

use mentormatch::{
    Attribute, BelowLevel, CannotMeet, Cohort, CohortBuilder, Condition, DifferentValue,
    ExcludedTopic, Field, GapRange, IfMissing, MeetingMode, MenteeIdx, MentorIdx, OutsideComfort,
    PastPair, PastPairs, Preparation, Profile, Programme, Refusal, RuleKind, Same, SameValue,
    Scorer, Scratch, Side, Unprepared, ValueIs, ValueIsNot, When,
};

/// What forbids the only pair of a roster, on 1 March 2026; rows and pairs say the same.
fn refusals(rule: impl Into<RuleKind>, roster: CohortBuilder) -> Vec<Refusal> {
    let cohort = roster.build().unwrap();
    let programme = Programme::builder()
        .date("2026-03-01".parse().unwrap())
        .weigh(1, Same::new(Field::Department))
        .forbid_as("the rule", rule)
        .build()
        .unwrap();
    let scorer = Scorer::new(&programme, &cohort).unwrap();
    let (mentee, mentor) = (MenteeIdx::new(0), MentorIdx::new(0));
    let refusals = scorer.forbidden_by(mentee, mentor).unwrap();
    let mut row = [None];
    scorer
        .score_row(mentee, &mut Scratch::default(), &mut row)
        .unwrap();
    assert_eq!(row[0].is_none(), !refusals.is_empty());
    refusals
}

fn pair(mentee: Profile, mentor: Profile) -> CohortBuilder {
    Cohort::builder()
        .mentees([mentee.mentee()])
        .mentors([mentor.mentor(1)])
}

/// Whether a rule forbids the pair of these two.
fn forbids(rule: impl Into<RuleKind>, mentee: Profile, mentor: Profile) -> bool {
    !refusals(rule, pair(mentee, mentor)).is_empty()
}

fn e() -> Profile {
    Profile::new("e")
}

fn r() -> Profile {
    Profile::new("r")
}

#[test]
fn a_floor_holds_for_the_side_it_names() {
    let floor = |side| BelowLevel::new(Field::Motivation, side, 3.0);
    let (low, high) = (|| e().motivation(2), || r().motivation(3));
    assert!(forbids(floor(Side::Mentee), low(), high()));
    assert!(!forbids(floor(Side::Mentor), low(), high()));
    assert!(forbids(floor(Side::Both), low(), high()));
    assert!(!forbids(floor(Side::Mentor), e(), high()));
    assert!(forbids(floor(Side::Mentor), low(), r()));
    let lenient = floor(Side::Both).if_missing(IfMissing::Allow);
    assert!(!forbids(lenient, e(), high()));
    let two_steps = || BelowLevel::new(Field::Preparation, Side::Mentor, 2.0);
    let trained = || r().prepared([Preparation::Trained]);
    assert!(forbids(two_steps(), e(), trained()));
    let both = trained().prepared([Preparation::References]);
    assert!(!forbids(two_steps(), e(), both));
}

#[test]
fn answers_are_forbidden_or_alone_allowed() {
    let region = |region: &str| e().region(region);
    let is = || ValueIs::new(Field::Region, Side::Mentee, ["north", "east"]);
    let is_not = || ValueIsNot::new(Field::Region, Side::Mentee, ["north", "east"]);
    for (own, listed) in [
        ("north", true),
        ("east", true),
        ("west", false),
        ("North", true),
    ] {
        assert_eq!(forbids(is(), region(own), r()), listed);
        assert_eq!(forbids(is_not(), region(own), r()), !listed);
    }
    assert!(forbids(is(), e(), r()));
    assert!(forbids(is_not(), e(), r()));
    assert!(!forbids(is().if_missing(IfMissing::Allow), e(), r()));
    assert!(!forbids(is_not().if_missing(IfMissing::Allow), e(), r()));
}

#[test]
fn flags_numbers_and_sets_are_compared_with_what_is_stated() {
    let volunteers = || ValueIs::not_voluntary(Side::Both);
    assert!(!forbids(
        volunteers(),
        e().voluntary(true),
        r().voluntary(true)
    ));
    assert!(forbids(
        volunteers(),
        e().voluntary(true),
        r().voluntary(false)
    ));
    let level = || ValueIsNot::new(Field::Seniority, Side::Mentor, [5, 6]);
    assert!(!forbids(level(), e(), r().seniority(6)));
    assert!(forbids(level(), e(), r().seniority(7)));
    let speaks = || ValueIsNot::new(Field::Languages, Side::Mentor, ["DA"]);
    assert!(!forbids(speaks(), e(), r().language("en").language("da")));
    assert!(forbids(speaks(), e(), r().language("en")));
    let club = |own: &[&str]| r().attribute("clubs", Attribute::set(own.iter().copied()));
    let chess = || ValueIs::new(Field::Attribute("clubs".into()), Side::Mentor, ["chess"]);
    assert!(forbids(chess(), e(), club(&["golf", "chess"])));
    assert!(!forbids(chess(), e(), club(&["golf"])));
    assert!(!forbids(chess(), e(), club(&[])));
}

#[test]
fn mentors_must_have_done_everything_required() {
    use Preparation::{Certified, References, Trained};
    let rule = || Unprepared::without([Trained, References]);
    assert!(forbids(rule(), e(), r()));
    assert!(forbids(rule(), e(), r().prepared([Trained, Certified])));
    assert!(!forbids(
        rule(),
        e(),
        r().prepared([References, Certified, Trained])
    ));
    assert!(forbids(rule(), e().prepared([Trained, References]), r()));
}

#[test]
fn topics_are_excluded_one_by_one_or_altogether() {
    let asks = || e().topic("law").topic("pay");
    let one = || r().topic("tax").excluded_topic("pay");
    let all = || one().excluded_topic("law").excluded_topic("art");
    let other = || r().excluded_topic("art");
    for (mentor, any, every) in [
        (one(), true, false),
        (all(), true, true),
        (other(), false, false),
    ] {
        assert_eq!(
            forbids(ExcludedTopic::any(Side::Mentor), asks(), mentor.clone()),
            any
        );
        assert_eq!(
            forbids(ExcludedTopic::all(Side::Mentor), asks(), mentor),
            every
        );
    }
    assert!(!forbids(ExcludedTopic::any(Side::Mentor), e(), all()));
    assert!(!forbids(ExcludedTopic::all(Side::Mentor), e(), all()));
    let no_tax = || asks().excluded_topic("tax");
    assert!(forbids(ExcludedTopic::any(Side::Mentee), no_tax(), one()));
    assert!(forbids(ExcludedTopic::all(Side::Mentee), no_tax(), one()));
    assert!(!forbids(
        ExcludedTopic::all(Side::Mentee),
        no_tax(),
        one().topic("law")
    ));
    assert!(!forbids(
        ExcludedTopic::any(Side::Mentor),
        no_tax(),
        r().topic("tax")
    ));
    assert!(forbids(
        ExcludedTopic::any(Side::Both),
        no_tax(),
        r().topic("tax")
    ));
}

fn meets(own: Profile, mode: MeetingMode, site: &str) -> Profile {
    own.meeting_mode(mode).site(site)
}

#[test]
fn modes_exclude_each_other_as_the_table_says() {
    use MeetingMode::{Hybrid, InPerson, Virtual};
    for (mentee, mentor, together, apart) in [
        (InPerson, InPerson, false, true),
        (InPerson, Hybrid, false, true),
        (InPerson, Virtual, true, true),
        (Hybrid, Hybrid, false, false),
        (Hybrid, Virtual, false, false),
        (Virtual, Virtual, false, false),
    ] {
        for (mentee, mentor) in [(mentee, mentor), (mentor, mentee)] {
            let judged = |site| {
                let people = (meets(e(), mentee, "Oslo"), meets(r(), mentor, site));
                forbids(CannotMeet::default(), people.0, people.1)
            };
            assert_eq!([judged("Oslo"), judged("Rome")], [together, apart]);
        }
    }
}

#[test]
fn places_are_sites_and_wherever_else_people_can_meet() {
    use MeetingMode::{Hybrid, InPerson, Virtual};
    let rule = CannotMeet::default;
    let lenient = || rule().if_missing(IfMissing::Allow);
    let here = || meets(e(), InPerson, "Oslo");
    let travels = || {
        meets(r(), Hybrid, "Rome")
            .can_meet_at("Bern")
            .can_meet_at("Oslo")
    };
    assert!(!forbids(rule(), here(), travels()));
    let bern = || here().can_meet_at("Bern").site("Lima");
    assert!(!forbids(rule(), bern(), travels()));
    let nowhere = || r().meeting_mode(Hybrid);
    assert!(forbids(rule(), here(), nowhere()));
    assert!(!forbids(lenient(), here(), nowhere()));
    assert!(forbids(rule(), here(), r().site("Oslo"))); // no mode
    assert!(!forbids(lenient(), here(), r().site("Oslo")));
    assert!(forbids(lenient(), here(), r().site("Rome")));
    assert!(forbids(lenient(), here(), r().meeting_mode(Virtual)));
}

#[test]
fn who_meets_in_person_gets_what_they_need() {
    use MeetingMode::{Hybrid, InPerson};
    let rule = CannotMeet::default;
    let needs = |mode| {
        meets(e(), mode, "Oslo")
            .accessibility_need("lift")
            .accessibility_need("loop")
    };
    let place = || meets(r(), Hybrid, "Oslo").offers_accessibility("lift");
    assert!(forbids(rule(), needs(InPerson), place()));
    let whole = place().offers_accessibility("loop");
    assert!(!forbids(rule(), needs(InPerson), whole));
    let own = needs(InPerson).offers_accessibility("loop");
    assert!(!forbids(rule(), own, place()));
    assert!(!forbids(rule(), needs(Hybrid), place())); // online
    let silent = || meets(r(), Hybrid, "Oslo");
    assert!(forbids(rule(), needs(InPerson), silent()));
    assert!(!forbids(
        rule().if_missing(IfMissing::Allow),
        needs(InPerson),
        silent()
    ));
    let mentors_need = || silent().accessibility_need("lift");
    assert!(forbids(
        rule(),
        meets(e(), InPerson, "Oslo").offers_accessibility("loop"),
        mentors_need()
    ));
}

#[test]
fn comfort_is_each_sides_own_and_stretches_online() {
    let at = |own: Profile, level| own.seniority(level);
    let range = |own: Profile| own.comfortable_gap(GapRange::new(0, 2));
    let strict = OutsideComfort::default;
    for (gap, outside) in [(0, false), (2, false), (3, true)] {
        assert_eq!(
            forbids(strict(), range(at(e(), 4)), at(r(), 4 + gap)),
            outside
        );
        assert_eq!(
            forbids(strict(), at(e(), 4), range(at(r(), 4 + gap))),
            outside
        );
    }
    assert!(forbids(strict(), range(at(e(), 4)), at(r(), 3)));
    assert!(!forbids(strict(), at(e(), 4), at(r(), 90)));
    let slack = || OutsideComfort::with_virtual_slack(2);
    let online = |own: Profile| own.meeting_mode(MeetingMode::Virtual);
    assert!(forbids(slack(), range(at(e(), 4)), at(r(), 8)));
    assert!(!forbids(slack(), range(at(e(), 4)), online(at(r(), 8))));
    assert!(!forbids(slack(), online(range(at(e(), 4))), at(r(), 2)));
    assert!(forbids(slack(), online(range(at(e(), 4))), at(r(), 9)));
    assert!(forbids(strict(), range(e()), at(r(), 4)));
    assert!(!forbids(
        strict().if_missing(IfMissing::Allow),
        range(e()),
        at(r(), 4)
    ));
    assert!(!forbids(strict(), e(), r()));
}

#[test]
fn a_past_pair_cools_down_by_the_calendar() {
    let after = |ended: Option<&str>, rule: PastPairs| {
        let past = PastPair::new("e", "r");
        let past = match ended {
            Some(day) => past.ended(day.parse().unwrap()),
            None => past,
        };
        !refusals(rule, pair(e(), r()).past_pair(past)).is_empty()
    };
    let year = || PastPairs::cool_down_months(12);
    assert!(!after(Some("2025-03-01"), year()));
    assert!(after(Some("2025-03-02"), year()));
    assert!(after(None, year()));
    assert!(after(Some("1999-01-01"), PastPairs::ever()));
    assert!(after(Some("2026-03-02"), PastPairs::cool_down_months(0)));
    assert!(!after(Some("2026-03-01"), PastPairs::cool_down_months(0)));
    let reverse = pair(e(), r()).past_pair(PastPair::new("r", "e"));
    assert!(refusals(PastPairs::ever(), reverse).is_empty());
    let twice = pair(e(), r())
        .past_pair(PastPair::new("e", "r").ended("2020-01-01".parse().unwrap()))
        .past_pair(PastPair::new("e", "r").ended("2026-01-01".parse().unwrap()));
    assert!(!refusals(year(), twice).is_empty());
}

#[test]
fn a_conflict_holds_in_every_programme_and_both_ways() {
    let harmless = || PastPairs::ever();
    let conflict = [Refusal::Rule("conflict".into())];
    for (one, other) in [("e", "r"), ("r", "e")] {
        assert_eq!(
            refusals(harmless(), pair(e(), r()).conflict(one, other)),
            conflict
        );
    }
    assert!(refusals(harmless(), pair(e(), r()).conflict("e", "x")).is_empty());
}

#[test]
fn a_conditional_rule_holds_where_both_sides_meet_its_conditions() {
    let in_person = || Condition::one_of(Field::MeetingMode, ["in_person"]);
    let same_site = || When::mentee([in_person()]).then(DifferentValue::new(Field::Site));
    let mentee = |mode| meets(e(), mode, "Oslo");
    assert!(forbids(
        same_site(),
        mentee(MeetingMode::InPerson),
        r().site("Rome")
    ));
    assert!(!forbids(
        same_site(),
        mentee(MeetingMode::InPerson),
        r().site("Oslo")
    ));
    assert!(!forbids(
        same_site(),
        mentee(MeetingMode::Hybrid),
        r().site("Rome")
    ));
    assert!(!forbids(same_site(), e().site("Oslo"), r().site("Rome")));

    let senior = || Condition::at_least(Field::Seniority, 5.0);
    let both = || {
        let conditions = When::mentee([in_person()]).and_mentor([senior()]);
        conditions.then(DifferentValue::new(Field::Site))
    };
    let rome = |level| r().site("Rome").seniority(level);
    assert!(forbids(both(), mentee(MeetingMode::InPerson), rome(5)));
    assert!(!forbids(both(), mentee(MeetingMode::InPerson), rome(4)));
    assert!(!forbids(both(), mentee(MeetingMode::Hybrid), rome(5)));
}

#[test]
fn every_condition_must_be_met_and_a_missing_answer_meets_one_only() {
    let when = |condition: Condition, mentor: Profile| {
        let rule = When::mentor([condition]).then(SameValue::new(Field::Site));
        forbids(rule, e().site("Oslo"), mentor.site("Oslo"))
    };
    let years = || Field::TenureYears;
    assert!(when(
        Condition::at_most(years(), 2.0),
        r().tenure_years(2.0)
    ));
    assert!(!when(
        Condition::at_most(years(), 2.0),
        r().tenure_years(2.1)
    ));
    assert!(!when(Condition::at_most(years(), 2.0), r()));
    assert!(!when(Condition::at_least(years(), 0.0), r()));
    assert!(when(Condition::missing(years()), r()));
    assert!(!when(Condition::missing(years()), r().tenure_years(1.0)));
    assert!(when(Condition::answered(years()), r().tenure_years(1.0)));
    assert!(!when(Condition::answered(years()), r()));
    assert!(when(
        Condition::at_least(Field::Topics, 2.0),
        r().topic("a").topic("b")
    ));
    let two = [
        Condition::answered(years()),
        Condition::missing(Field::Region),
    ];
    let rule = || When::mentor(two.clone()).then(SameValue::new(Field::Site));
    let (mentee, mentor) = (e().site("Oslo"), r().site("Oslo").tenure_years(1.0));
    assert!(forbids(rule(), mentee.clone(), mentor.clone()));
    assert!(!forbids(rule(), mentee, mentor.region("north")));
}

#[test]
fn conditions_nest() {
    let north = |side: fn([Condition; 1]) -> mentormatch::Conditions| {
        side([Condition::one_of(Field::Region, ["north"])])
    };
    let inner = || north(When::mentor).then(SameValue::new(Field::Team));
    let rule = || north(When::mentee).then(inner());
    let from = |own: Profile, region: &str| own.team("t").region(region);
    assert!(forbids(rule(), from(e(), "north"), from(r(), "north")));
    assert!(!forbids(rule(), from(e(), "north"), from(r(), "south")));
    assert!(!forbids(rule(), from(e(), "south"), from(r(), "north")));
    let name = RuleKind::from(rule()).default_name();
    assert_eq!(
        name, "when:same_value:team",
        "two sets of conditions are one"
    );
}
