//! Programmes that are refused when built or prepared, and rules one by one.
#![allow(clippy::unwrap_used, reason = "a test")]

mod roster;

use mentormatch::{
    AtLeast, Attribute, BelowLevel, CalendarDate, Closeness, Cohort, Condition, CriterionKind,
    ExpectationGap, FewerCommonLanguages, Field, Gap, GapOutside, GapTable, IfMissing,
    MissingPolicy, Objective, OrderedScale, ParameterProblem, PastPairs, Profile, Programme,
    ProgrammeProblem, Role, Rule, RuleKind, Same, SameValue, Score, ScoreBelow, Scorer, Scratch,
    SeniorityGap, SetOverlap, Side, SkillCoverage, Stable, StatedValue, TimeZoneDistance,
    TimeZonesFurtherThan, Unprepared, ValueIs, ValueIsNot, ValueMatrix, WeightError, When,
    WishRank,
};
use roster::attribute;

fn problems(programme: mentormatch::ProgrammeBuilder) -> Vec<ProgrammeProblem> {
    programme.build().unwrap_err().problems().to_vec()
}

#[test]
fn weights_are_checked() {
    let weighed =
        |weight: f64| problems(Programme::builder().weigh(weight, SkillCoverage::default()));
    for (weight, problem) in [
        (f64::NAN, WeightError::NotANumber),
        (f64::INFINITY, WeightError::Infinite),
        (-1.0, WeightError::Negative),
        (1e9, WeightError::TooLarge),
    ] {
        let owner = "skill_coverage".to_owned();
        assert_eq!(
            weighed(weight),
            [ProgrammeProblem::Weight { owner, problem }]
        );
    }
    assert_eq!(weighed(0.0), [ProgrammeProblem::NoWeight]);
    assert_eq!(problems(Programme::builder()), [ProgrammeProblem::NoWeight]);
    let fine = Programme::builder()
        .weigh(1e6, SkillCoverage::default())
        .weigh(1e-9, SeniorityGap::levels(1, 2, 3));
    assert_eq!(
        problems(fine),
        [ProgrammeProblem::WeightsTooFine { limit: u32::MAX }]
    );
    let zero = Programme::builder()
        .weigh(0, SkillCoverage::default())
        .weigh(2, SeniorityGap::levels(1, 2, 3));
    assert!(zero.build().is_ok());
}

#[test]
fn parameters_are_checked() {
    let of = |criterion: CriterionKind| criterion.as_criterion().parameter_problems();
    let gap = |min, ideal, max| Gap::new(Field::TenureYears, min, ideal, max).into();
    assert_eq!(
        of(gap(0.0, f64::NAN, 1.0)),
        [("ideal", ParameterProblem::NotFinite)]
    );
    assert_eq!(
        of(gap(0.0, 2.0, 1.0)),
        [("ideal", ParameterProblem::Above("max"))]
    );
    assert_eq!(
        of(GapTable::new(Field::Seniority, []).into()),
        [("steps", ParameterProblem::Empty)]
    );
    let twice = GapTable::new(Field::Seniority, [(1, Score::ONE), (1, Score::ZERO)]);
    assert_eq!(of(twice.into()), [("steps", ParameterProblem::Repeats)]);
    for hours in [0.0, -1.0, 12.5, f64::NAN] {
        assert_eq!(
            of(TimeZoneDistance::zero_at_hours(hours).into()).len(),
            1,
            "{hours}"
        );
    }
    let rule = RuleKind::from(FewerCommonLanguages::than(0));
    assert_eq!(rule.as_rule().unwrap().parameter_problems().len(), 1);
    let unbounded = GapOutside {
        min: None,
        ..GapOutside::at_least(Field::Seniority, 1.0)
    };
    assert_eq!(
        RuleKind::from(unbounded)
            .as_rule()
            .unwrap()
            .parameter_problems(),
        [("min", ParameterProblem::Empty)]
    );
}

#[test]
fn levels_lists_and_scales_are_checked() {
    use ParameterProblem::{Above, Empty, JudgesScores, NotFinite, OutOfRange, Repeats};
    let of = |criterion: CriterionKind| criterion.as_criterion().parameter_problems();
    let rule = |rule: RuleKind| rule.as_rule().unwrap().parameter_problems();
    let far = |low| OutOfRange {
        low,
        high: 1_000_000_000,
    };
    for (zero_at, problem) in [(0.0, far(0)), (-1.0, far(0)), (f64::NAN, NotFinite)] {
        let closest = Closeness::closest(Field::Seniority, zero_at);
        assert_eq!(of(closest.into()), [("zero_at", problem)]);
        let gap = ExpectationGap {
            formality: Some(zero_at),
            ..ExpectationGap::default()
        };
        assert_eq!(of(gap.into()), [("formality", problem)]);
    }
    let upside_down = AtLeast::new(Field::Readiness, Side::Mentee, 2.0).zero_at(3.0);
    assert_eq!(of(upside_down.into()), [("zero_at", Above("level"))]);
    let scale = |texts: &[&str]| OrderedScale::new(Field::Region, texts.to_vec(), [0, 1, 2]);
    assert_eq!(of(scale(&[]).into()), [("scale", Empty)]);
    assert_eq!(of(scale(&["a", "b", "a"]).into()), [("scale", Repeats)]);
    let matrix = || ValueMatrix::new(Field::Region, Field::Region);
    assert_eq!(of(matrix().into()), [("entries", Empty)]);
    let entries = matrix()
        .entry("a", "b", Score::ONE)
        .entry("a", "c", Score::ONE);
    assert_eq!(of(entries.clone().into()), []);
    assert_eq!(
        of(entries.entry("a", "b", Score::ZERO).into()),
        [("entries", Repeats)]
    );
    assert_eq!(of(WishRank::of_mentees().favourites_as(0).into()).len(), 1);

    let none = ValueIs::new::<&str>(Field::Region, Side::Both, []);
    assert_eq!(rule(none.into()), [("one_of", Empty)]);
    let large = ValueIsNot::new(Field::Seniority, Side::Both, [1e10]);
    assert_eq!(rule(large.into()), [("one_of", far(-1_000_000_000))]);
    let floor = BelowLevel::new(Field::Readiness, Side::Both, f64::INFINITY);
    assert_eq!(rule(floor.into()), [("level", NotFinite)]);
    assert_eq!(rule(Unprepared::without([]).into()), [("require", Empty)]);
    let unconditional = When::mentee([]).then(SameValue::new(Field::Site));
    assert_eq!(rule(unconditional.into()), [("mentee", Empty)]);
    let always = Condition::one_of::<&str>(Field::Site, []);
    let by_score = When::mentor([always]).then(ScoreBelow::new(Score::ONE));
    assert_eq!(
        rule(by_score.into()),
        [("mentor", Empty), ("then", JudgesScores)]
    );
}

#[test]
fn a_value_that_no_answer_can_be_is_refused_with_the_nearest_that_can() {
    let of = |field: Field, value: StatedValue| {
        let forbid = ValueIs::new(field.clone(), Side::Both, [value.clone()]);
        let when = When::mentee([Condition::one_of(field.clone(), [value.clone()])]);
        let when = when.then(SameValue::new(Field::Site));
        let matrix = ValueMatrix::new(Field::Team, field).entry("any", value, Score::ONE);
        let rules = [RuleKind::from(forbid), when.into()];
        let rules = rules.map(|rule| rule.as_rule().unwrap().parameter_problems());
        let criterion = CriterionKind::from(matrix);
        let criterion = criterion.as_criterion().parameter_problems();
        let found = rules.into_iter().chain([criterion]);
        let found: Vec<_> = found
            .map(|problems| problems.first().map(|(_, problem)| *problem))
            .collect();
        assert!(
            found.iter().all(|problem| *problem == found[0]),
            "{found:?}"
        );
        found[0]
    };
    let no = |nearest| Some(ParameterProblem::NoAnswer { nearest });
    let (mode, support) = (Field::MeetingMode, Field::Support);
    assert_eq!(of(mode.clone(), "in-person".into()), no(Some("in_person")));
    assert_eq!(
        of(mode.clone(), "In_Person".into()),
        None,
        "words are folded"
    );
    assert_eq!(of(mode.clone(), "by carrier pigeon".into()), no(None));
    assert_eq!(of(mode, 1.into()), no(None));
    assert_eq!(
        of(support.clone(), "role model".into()),
        no(Some("role_model"))
    );
    assert_eq!(of(support, "skills".into()), None);
    assert_eq!(
        of(Field::Preparation, "trainned".into()),
        no(Some("trained"))
    );
    assert_eq!(of(Field::Voluntary, "no".into()), no(None));
    assert_eq!(of(Field::Voluntary, false.into()), None);
    assert_eq!(of(Field::Seniority, "senior".into()), no(None));
    assert_eq!(of(Field::Department, "anything".into()), None);
    assert_eq!(of(Field::Department, true.into()), no(None));
    for value in [StatedValue::from("x"), 1.into(), true.into()] {
        assert_eq!(of(attribute("own"), value), None, "only people know");
    }
    let text = no(Some("in_person")).unwrap().to_string();
    assert_eq!(
        text,
        "holds what no answer can be (did you mean `in_person`?)"
    );
}

#[test]
fn long_lists_are_checked_and_read_like_short_ones() {
    let many = 60_000;
    let values = || (0..many).map(|at| format!("value {at}"));
    let list = |last: &str| ValueIs::new(Field::Team, Side::Mentor, values().chain([last.into()]));
    assert!(list("another").parameter_problems().is_empty());
    let twice = [("one_of", ParameterProblem::Repeats)];
    assert_eq!(list("value 7").parameter_problems(), twice);
    let zero = StatedValue::from;
    let zeros = ValueIs::new(attribute("own"), Side::Both, [zero(0.0), zero(-0.0)]);
    assert_eq!(zeros.parameter_problems(), twice);
    let team = |team: &str| with("r", |own| own.team = Some(team.into()));
    let barred = |name: &str| forbids(list("another"), Profile::new("e"), team(name));
    assert!(barred("VALUE 59999") && barred("another") && !barred("value 60000"));
}

#[test]
fn what_depends_on_the_day_needs_one_even_inside_a_condition() {
    let cool_down = || PastPairs::cool_down_months(6);
    let answered = Condition::answered(Field::Site);
    let builder = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .forbid(cool_down())
        .forbid(When::mentee([answered.clone()]).then(cool_down()))
        .forbid_as("ever", PastPairs::ever());
    let no_date = |owner: &str| ProgrammeProblem::NoDate {
        owner: owner.to_owned(),
    };
    let expected = [no_date("past_pairs"), no_date("when:past_pairs")];
    assert_eq!(problems(builder.clone()), expected);
    assert!(builder.date("2026-01-01".parse().unwrap()).build().is_ok());
}

#[test]
fn answers_that_are_not_on_a_scale_name_everybody_and_no_value() {
    let grade =
        |id: &str, grade: &str| Profile::new(id).attribute("grade", Attribute::choice(grade));
    let mentors = [grade("r", "canary").mentor(1), grade("s", "low").mentor(1)];
    let mentees = [grade("e", "lowest").mentee(), Profile::new("f").mentee()];
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let scale = OrderedScale::new(attribute("grade"), ["low", "high"], [0, 0, 1]);
    let programme = Programme::builder().weigh(1, scale).build().unwrap();
    let error = Scorer::new(&programme, &cohort).err().unwrap();
    assert_eq!(
        error.to_string(),
        "ordered_scale:attribute:grade: mentor \"r\": attribute:grade holds an answer that is not on \
         the scale; ordered_scale:attribute:grade: mentee \"e\": attribute:grade holds an answer that \
         is not on the scale"
    );
    assert!(!format!("{error:?}").contains("canary"));
}

#[test]
fn names_and_objectives_are_checked() {
    let same = || Same::new(Field::Site);
    let twice = Programme::builder().weigh(1, same()).weigh(2, same());
    let owner = "same:site".to_owned();
    assert_eq!(problems(twice), [ProgrammeProblem::DuplicateName { owner }]);
    let nameless = Programme::builder().weigh_as("", 1, same(), MissingPolicy::Zero);
    assert_eq!(problems(nameless), [ProgrammeProblem::EmptyName]);
    let none = Programme::builder().weigh(1, same()).objectives([]);
    assert_eq!(problems(none), [ProgrammeProblem::NoObjective]);
    let twice = Programme::builder()
        .weigh(1, same())
        .objectives([Objective::TotalScore; 2]);
    let objective = "total_score";
    assert_eq!(
        problems(twice),
        [ProgrammeProblem::DuplicateObjective { objective }]
    );
    let both = Programme::builder()
        .weigh(1, same())
        .objectives([Objective::TotalScore])
        .stable(Stable::new(Role::Mentee));
    assert_eq!(problems(both), [ProgrammeProblem::ObjectivesBesideStable]);
}

#[test]
fn fields_of_another_kind_are_refused_by_name_and_without_values() {
    let mut own = Profile::new("r");
    own.attributes
        .insert("secret".into(), Attribute::Choice("canary".into()));
    let cohort = Cohort::new([own.mentor(1)], [Profile::new("e").mentee()]).unwrap();
    let programme = Programme::builder()
        .weigh(1, Gap::new(attribute("secret"), 0.0, 1.0, 2.0))
        .weigh(1, SetOverlap::jaccard(Field::Seniority))
        .forbid(SameValue::new(Field::Needs))
        .build()
        .unwrap();
    let error = Scorer::new(&programme, &cohort).err().unwrap();
    assert_eq!(error.problems().len(), 3);
    let text = format!("{error} {error:?}");
    assert!(
        text.contains("gap:attribute:secret: attribute:secret does not hold a number"),
        "{text}"
    );
    assert!(!text.contains("canary"), "{text}");
}

/// Whether a rule forbids the only pair of these two.
fn forbids(rule: impl Into<RuleKind>, mentee: Profile, mentor: Profile) -> bool {
    let cohort = Cohort::new([mentor.mentor(1)], [mentee.mentee()]).unwrap();
    let programme = Programme::builder()
        .date(CalendarDate::new(2026, 1, 15).unwrap())
        .weigh_with(1, Same::new(Field::Department), MissingPolicy::Zero)
        .forbid(rule)
        .build()
        .unwrap();
    let scorer = Scorer::new(&programme, &cohort).unwrap();
    let mut row = [None];
    let mentee = mentormatch::MenteeIdx::new(0);
    scorer
        .score_row(mentee, &mut Scratch::default(), &mut row)
        .unwrap();
    row[0].is_none()
}

fn with(id: &str, fill: impl FnOnce(&mut Profile)) -> Profile {
    let mut profile = Profile::new(id);
    fill(&mut profile);
    profile
}

#[test]
fn an_unknown_does_not_satisfy_a_hard_rule_unless_allowed() {
    let rule = || GapOutside::at_least(Field::ExperienceYears, 8.0);
    let years = |id, years| with(id, |own| own.experience_years = years);
    assert!(forbids(rule(), years("e", None), years("r", Some(30.0))));
    let lenient = rule().if_missing(IfMissing::Allow);
    assert!(!forbids(lenient, years("e", None), years("r", Some(30.0))));
}

#[test]
fn gaps_are_exact_decimals() {
    let rule = || GapOutside::new(Field::ExperienceYears, 8.0, 8.0);
    let years = |id, years| with(id, |own| own.experience_years = Some(years));
    assert!(!forbids(rule(), years("e", 0.3), years("r", 8.3))); // 8.3 - 0.3 > 8 in floats
    assert!(!forbids(rule(), years("e", 2.1), years("r", 10.1)));
    assert!(forbids(rule(), years("e", 2.1), years("r", 10.100_001)));
}

#[test]
fn zones_are_compared_around_the_clock_on_the_stated_date() {
    let zone = |id, zone: &str| with(id, |own| own.time_zone = Some(zone.into()));
    let rule = || TimeZonesFurtherThan::hours(0.0);
    assert!(!forbids(
        rule(),
        zone("e", "Pacific/Kiritimati"),
        zone("r", "Pacific/Honolulu")
    ));
    assert!(!forbids(
        rule(),
        zone("e", "Europe/Lisbon"),
        zone("r", "Africa/Accra")
    )); // winter
    assert!(forbids(
        rule(),
        zone("e", "Europe/Lisbon"),
        zone("r", "Europe/Madrid")
    ));
    let hour = TimeZonesFurtherThan::hours(1.0);
    assert!(!forbids(
        hour,
        zone("e", "Europe/Lisbon"),
        zone("r", "Europe/Madrid")
    ));
}

#[test]
fn vetoes_of_either_side_and_oneself_are_always_forbidden() {
    let harmless = || ScoreBelow::new(Score::ZERO);
    let (e, r) = (|| Profile::new("e"), || Profile::new("r"));
    assert!(!forbids(harmless(), e(), r()));
    assert!(forbids(
        harmless(),
        with("e", |own| own.vetoes.push("r".into())),
        r()
    ));
    assert!(forbids(
        harmless(),
        e(),
        with("r", |own| own.vetoes.push("e".into()))
    ));
    assert!(forbids(harmless(), e(), e()));
    let paused = |own: &mut Profile| own.status = mentormatch::Status::Paused;
    assert!(forbids(harmless(), with("e", paused), r()));
    assert!(forbids(harmless(), e(), with("r", paused)));
}

#[test]
fn a_floor_allows_its_own_score() {
    let at = |ppm| ScoreBelow::new(Score::from_ppm_saturating(ppm));
    let same = |id| with(id, |own| own.department = Some("x".into()));
    assert!(!forbids(at(1_000_000), same("e"), same("r")));
    assert!(forbids(at(1), same("e"), Profile::new("r")));
    assert!(!forbids(at(0), same("e"), Profile::new("r")));
}
