//! Criteria over any field.

use mentormatch::{
    AtLeast, Attribute, Closeness, Field, OrderedScale, Preparation, Profile, Role, Score,
    SetCoverage, SetOverlap, Side, Support, ValueMatrix,
};

use super::{answer, attribute, silent, sports};

#[test]
fn coverage_is_the_askers_share() {
    let mentee = silent("e").topic("law").topic("tax").topic("pay");
    let mentor = silent("r").topic("tax").topic("art");
    let topics = SetCoverage::topics;
    assert_eq!(answer(topics(), &mentee, &mentor), Some(333_333));
    let asked_by_mentor = topics().asked_by(Role::Mentor);
    assert_eq!(answer(asked_by_mentor, &mentee, &mentor), Some(500_000));
    assert_eq!(answer(topics(), &silent("e"), &mentor), None);
    assert_eq!(answer(topics(), &mentee, &silent("r")), None);
}

#[test]
fn coverage_reads_the_wanted_from_the_asker_and_the_offered_from_the_other() {
    let goals = silent("e").career_goal("head").role_held("clerk");
    let walked = silent("r").role_held("head").career_goal("chair");
    let path = SetCoverage::career_path;
    assert_eq!(answer(path(), &goals, &walked), Some(1_000_000));
    let reverse = || path().asked_by(Role::Mentor);
    assert_eq!(answer(reverse(), &goals, &walked), Some(0));
    let chair = silent("e").role_held("chair");
    assert_eq!(answer(reverse(), &chair, &walked), Some(1_000_000));

    let sought = silent("e").supports([Support::Career, Support::Skills]);
    let given = silent("r").supports([Support::Skills]);
    assert_eq!(
        answer(SetCoverage::support(), &sought, &given),
        Some(500_000)
    );
}

#[test]
fn the_least_in_common_can_be_best() {
    let (mentee, mentor) = (sports("e", &["a", "b"]), sports("r", &["b", "c", "d"]));
    let unlike = || SetOverlap::jaccard(attribute("sports")).unlike();
    assert_eq!(answer(unlike(), &mentee, &mentor), Some(750_000));
    assert_eq!(
        answer(unlike(), &mentee, &sports("r", &["c"])),
        Some(1_000_000)
    );
    assert_eq!(answer(unlike(), &mentee, &silent("r")), None);
}

#[test]
fn closeness_does_not_ask_who_is_ahead() {
    let years = |id, years| silent(id).tenure_years(years);
    let close = || Closeness::closest(Field::TenureYears, 4.0);
    let far = || Closeness::furthest(Field::TenureYears, 4.0);
    for (one, other, near) in [
        (2.0, 2.0, 1_000_000),
        (2.0, 3.0, 750_000),
        (3.3, 2.3, 750_000),
        (0.0, 4.0, 0),
        (9.0, 1.0, 0),
    ] {
        let (mentee, mentor) = (years("e", one), years("r", other));
        assert_eq!(answer(close(), &mentee, &mentor), Some(near));
        assert_eq!(answer(far(), &mentee, &mentor), Some(1_000_000 - near));
    }
    assert_eq!(answer(close(), &silent("e"), &years("r", 1.0)), None);
    assert_eq!(answer(far(), &years("e", 1.0), &silent("r")), None);
}

#[test]
fn a_level_is_reached_by_the_side_that_counts() {
    let at = |id, level| silent(id).motivation(level);
    let level = |side| AtLeast::new(Field::Motivation, side, 4.0).zero_at(1.0);
    let (low, high) = (at("e", 2), at("r", 5));
    assert_eq!(answer(level(Side::Mentee), &low, &high), Some(333_333));
    assert_eq!(answer(level(Side::Mentor), &low, &high), Some(1_000_000));
    assert_eq!(answer(level(Side::Both), &low, &high), Some(333_333));
    assert_eq!(
        answer(level(Side::Both), &at("e", 4), &at("r", 3)),
        Some(666_667)
    );
    assert_eq!(answer(level(Side::Both), &at("e", 1), &high), Some(0));
    assert_eq!(
        answer(level(Side::Mentee), &low, &silent("r")),
        Some(333_333)
    );
    assert_eq!(answer(level(Side::Mentee), &silent("e"), &high), None);
    assert_eq!(answer(level(Side::Both), &silent("e"), &high), None);
    let step = || AtLeast::new(Field::Motivation, Side::Mentee, 4.0);
    assert_eq!(answer(step(), &at("e", 3), &high), Some(0));
    assert_eq!(answer(step(), &at("e", 4), &high), Some(1_000_000));
}

#[test]
fn of_a_set_the_things_in_it_are_counted() {
    use Preparation::{Certified, References, Trained};
    let prepared = || AtLeast::new(Field::Preparation, Side::Mentor, 3.0).zero_at(0.0);
    let with = |steps: &[Preparation]| silent("r").prepared(steps.iter().copied());
    assert_eq!(
        answer(prepared(), &silent("e"), &with(&[Trained])),
        Some(333_333)
    );
    let all = with(&[Trained, Certified, References]);
    assert_eq!(answer(prepared(), &silent("e"), &all), Some(1_000_000));
    assert_eq!(answer(prepared(), &silent("e"), &silent("r")), None);
    let two = AtLeast::new(attribute("sports"), Side::Mentee, 2.0);
    assert_eq!(
        answer(two, &sports("e", &["a", "a"]), &silent("r")),
        Some(0)
    );
}

#[test]
fn a_matrix_looks_up_the_mentees_answer_first() {
    let says = |id, word: &str| silent(id).attribute("style", Attribute::choice(word));
    let matrix = || {
        let style = || attribute("style");
        ValueMatrix::new(style(), style())
            .entry("listens", "tells", Score::ONE)
            .entry("tells", "listens", Score::from_ppm_saturating(4))
            .otherwise(Score::from_ppm_saturating(7))
    };
    let of = |mentee, mentor| answer(matrix(), &says("e", mentee), &says("r", mentor));
    assert_eq!(of("listens", "tells"), Some(1_000_000));
    assert_eq!(of("tells", "listens"), Some(4));
    assert_eq!(of("tells", "tells"), Some(7));
    assert_eq!(of("sings", "tells"), Some(7));
    assert_eq!(answer(matrix(), &silent("e"), &says("r", "tells")), None);
}

#[test]
fn a_matrix_knows_numbers_and_flags() {
    let matrix = || {
        ValueMatrix::new(Field::Voluntary, Field::Seniority)
            .entry(true, 3, Score::ONE)
            .entry(true, 2, Score::from_ppm_saturating(9))
    };
    let of = |voluntary, level| {
        let mentee = silent("e").voluntary(voluntary);
        answer(matrix(), &mentee, &silent("r").seniority(level))
    };
    assert_eq!([of(true, 3), of(true, 2)], [Some(1_000_000), Some(9)]);
    assert_eq!([of(false, 3), of(true, 1)], [Some(0), Some(0)]);
}

#[test]
fn steps_of_a_scale_are_counted_from_the_mentee_up() {
    let at = |id, word: &str| -> Profile { silent(id).attribute("level", Attribute::choice(word)) };
    let scale = || OrderedScale::new(attribute("level"), ["low", "mid", "high", "top"], [0, 1, 3]);
    let of = |mentee, mentor| answer(scale(), &at("e", mentee), &at("r", mentor));
    assert_eq!(of("low", "mid"), Some(1_000_000));
    assert_eq!(of("low", "high"), Some(750_000));
    assert_eq!(of("mid", "mid"), Some(500_000));
    assert_eq!(of("high", "low"), Some(0));
    assert_eq!(answer(scale(), &at("e", "low"), &silent("r")), None);
    let strict = scale().edge(Score::ZERO);
    assert_eq!(answer(strict, &at("e", "low"), &at("r", "top")), Some(0));
}
