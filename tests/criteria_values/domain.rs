//! Criteria that know what mentoring is about.

use mentormatch::{
    Attribute, ExpectationGap, Field, Profile, Ratings, Score, Wanted, WantedAttributes, WishRank,
};

use super::{answer, silent};

fn expects(id: &str, meetings: f64, months: f64, formality: u8, minutes: u16) -> Profile {
    silent(id)
        .meetings_per_month(meetings)
        .duration_months(months)
        .formality(formality)
        .meeting_minutes(minutes)
}

#[test]
fn expectations_count_by_their_scales() {
    let all = ExpectationGap::default();
    let mentee = expects("e", 2.0, 6.0, 2, 60);
    assert_eq!(
        answer(all, &mentee, &expects("r", 2.0, 6.0, 2, 60)),
        Some(1_000_000)
    );
    // 3/4, 1/2, 1/4 and 0
    let other = expects("r", 1.0, 12.0, 5, 180);
    assert_eq!(answer(all, &mentee, &other), Some(375_000));
    let formality = ExpectationGap {
        formality: Some(6.0),
        ..all
    };
    assert_eq!(answer(formality, &mentee, &other), Some(500_000));
}

#[test]
fn an_expectation_that_is_compared_must_be_answered_by_both() {
    let all = ExpectationGap::default();
    let mentee = expects("e", 2.0, 6.0, 2, 60);
    let vague = silent("r").meetings_per_month(2.0).formality(2);
    assert_eq!(answer(all, &mentee, &vague), None);
    let stated = ExpectationGap {
        meetings_per_month: Some(4.0),
        formality: Some(4.0),
        ..all
    };
    assert_eq!(answer(stated, &mentee, &vague), Some(1_000_000));
    assert_eq!(answer(stated, &silent("e"), &vague), None);
}

#[test]
fn ratings_map_to_the_unit_and_those_not_rated_are_in_the_middle() {
    for (rating, score) in [
        (-5, 0),
        (-1, 400_000),
        (0, 500_000),
        (3, 800_000),
        (5, 1_000_000),
    ] {
        let rates = silent("e").rating("r", rating);
        assert_eq!(
            answer(Ratings::of_mentees(), &rates, &silent("r")),
            Some(score)
        );
    }
    let elsewhere = silent("e").rating("x", -5);
    assert_eq!(
        answer(Ratings::of_mentees(), &elsewhere, &silent("r")),
        Some(500_000)
    );
    assert_eq!(
        answer(Ratings::of_mentees(), &silent("e"), &silent("r")),
        None
    );
    let (mentee, mentor) = (silent("e").rating("r", 5), silent("r").rating("e", -3));
    assert_eq!(
        answer(Ratings::of_mentors(), &mentee, &mentor),
        Some(200_000)
    );
    let both = Ratings::balanced(Score::from_unit(0.75).unwrap());
    assert_eq!(answer(both, &mentee, &mentor), Some(800_000));
    assert_eq!(answer(both, &mentee, &silent("r")), None);
}

#[test]
fn favourites_share_a_rank() {
    let of = |criterion: WishRank, mentee: Profile| answer(criterion, &mentee, &silent("r"));
    let first = WishRank::of_mentees();
    assert_eq!(
        of(first, silent("e").favourite("x").favourite("r")),
        Some(1_000_000)
    );
    assert_eq!(of(first, silent("e").favourite("x")), Some(0));
    let after_three = first.favourites_as(4);
    assert_eq!(
        of(after_three, silent("e").wish("x", 1).favourite("r")),
        Some(250_000)
    );
    assert_eq!(
        of(after_three, silent("e").wish("r", 2).favourite("r")),
        Some(500_000)
    );
}

#[test]
fn wanted_attributes_count_by_the_share_that_is_met() {
    let by_mentee =
        |mentee: &Profile, mentor: &Profile| answer(WantedAttributes::of_mentees(), mentee, mentor);
    let mentee = silent("e")
        .site("Oslo")
        .department("Law")
        .wants(Wanted::same(Field::Site))
        .wants(Wanted::different(Field::Department))
        .wants(Wanted::one_of(Field::Languages, ["DA", "sv"]));
    let perfect = silent("r").site("Oslo").department("Tax").language("da");
    assert_eq!(by_mentee(&mentee, &perfect), Some(1_000_000));
    let two = silent("r").site("Oslo").department("Law").language("sv");
    assert_eq!(by_mentee(&mentee, &two), Some(666_667));
    let none = silent("r").site("Rome").department("Law").language("it");
    assert_eq!(by_mentee(&mentee, &none), Some(0));
    assert_eq!(by_mentee(&mentee, &silent("r")), Some(0)); // the unknown is not met
    assert_eq!(by_mentee(&silent("e"), &perfect), None);
    let rootless = silent("e").wants(Wanted::different(Field::Site));
    assert_eq!(by_mentee(&rootless, &perfect), Some(0)); // different from what?
}

#[test]
fn what_is_wanted_of_sets_is_something_or_nothing_in_common() {
    let hobbies =
        |id, own: &[&str]| silent(id).attribute("hobbies", Attribute::set(own.iter().copied()));
    let field = || Field::Attribute("hobbies".into());
    let of = |wanted, mentor: &[&str]| {
        let mentee = hobbies("e", &["chess", "tennis"]).wants(wanted);
        answer(
            WantedAttributes::of_mentees(),
            &mentee,
            &hobbies("r", mentor),
        )
    };
    assert_eq!(
        of(Wanted::same(field()), &["golf", "chess"]),
        Some(1_000_000)
    );
    assert_eq!(of(Wanted::same(field()), &["golf"]), Some(0));
    assert_eq!(of(Wanted::different(field()), &["golf"]), Some(1_000_000));
    assert_eq!(of(Wanted::different(field()), &["golf", "chess"]), Some(0));
}

#[test]
fn both_sides_wants_are_balanced() {
    let mentee = silent("e")
        .region("north")
        .wants(Wanted::same(Field::Region));
    let mentor = silent("r")
        .region("south")
        .wants(Wanted::different(Field::Region));
    let balance = Score::from_unit(0.7).unwrap();
    let both = WantedAttributes::balanced(balance);
    assert_eq!(answer(both, &mentee, &mentor), Some(300_000));
    assert_eq!(
        answer(WantedAttributes::of_mentors(), &mentee, &mentor),
        Some(1_000_000)
    );
    assert_eq!(answer(both, &mentee, &silent("r").region("south")), None);
}
