//! Every criterion on pairs small enough to be worked out by hand.
#![allow(clippy::unwrap_used, reason = "a test")]

mod domain;
mod generic;
#[path = "../roster/mod.rs"]
mod roster;

use mentormatch::{
    Attribute, CappedCount, Cohort, CommonLanguage, CriterionKind, Different, Direction, Field,
    Gap, GapTable, Membership, MenteeIdx, MentorIdx, Need, Offer, OverlapMeasure, Profile,
    Programme, Same, Score, Scorer, SeniorityGap, SetOverlap, SkillCoverage, TimeZoneDistance,
    Wish, WishRank,
};
use roster::attribute;

/// What the criterion says of mentee `e` and mentor `r`, in parts per million.
fn answer(criterion: impl Into<CriterionKind>, mentee: &Profile, mentor: &Profile) -> Option<u32> {
    let mentee = mentee.clone().mentee();
    let cohort = Cohort::new([mentor.clone().mentor(1)], [mentee]).unwrap();
    let programme = Programme::builder()
        .date("2026-01-15".parse().unwrap())
        .weigh(1, criterion)
        .build()
        .unwrap();
    let scorer = Scorer::new(&programme, &cohort).unwrap();
    let why = scorer
        .breakdown(MenteeIdx::new(0), MentorIdx::new(0))
        .unwrap();
    why.parts[0].answer.map(Score::ppm)
}

fn person(id: &str, fill: impl FnOnce(&mut Profile)) -> Profile {
    let mut profile = Profile::new(id);
    fill(&mut profile);
    profile
}

fn silent(id: &str) -> Profile {
    Profile::new(id)
}

fn need(skill: &str, level: Option<u8>, importance: u8) -> Need {
    Need::new(skill).level(level).importance(importance)
}

fn offer(skill: &str, level: Option<u8>) -> Offer {
    Offer::new(skill).level(level)
}

#[test]
fn skill_coverage_weighs_credits_by_importance() {
    let mentee = person("e", |own| {
        own.needs = vec![
            need("rust", Some(4), 3),
            need("sql", None, 1),
            need("go", Some(2), 2),
        ];
        own.offers = vec![offer("css", Some(2))];
    });
    let mentor = person("r", |own| {
        own.offers = vec![offer("rust", Some(3)), offer("sql", Some(1))];
        own.needs = vec![need("css", Some(2), 1), need("law", None, 1)];
    });
    let towards = |direction| answer(SkillCoverage::new(direction), &mentee, &mentor);
    assert_eq!(towards(Direction::MenteeNeeds), Some(541_667)); // (3 · 3/4 + 1) / 6
    assert_eq!(towards(Direction::MentorNeeds), Some(500_000));
    let balance = Score::from_unit(0.8).unwrap();
    assert_eq!(towards(Direction::Both { balance }), Some(533_334));
    assert_eq!(
        answer(SkillCoverage::default(), &silent("e"), &mentor),
        None
    );
    assert_eq!(
        answer(SkillCoverage::default(), &mentee, &silent("r")),
        None
    );
}

#[test]
fn open_levels_satisfy_and_better_than_wanted_counts_no_more() {
    let mentee = |level| person("e", |own| own.needs = vec![need("rust", level, 1)]);
    let mentor = |level| person("r", |own| own.offers = vec![offer("rust", level)]);
    let credit =
        |wanted, offered| answer(SkillCoverage::default(), &mentee(wanted), &mentor(offered));
    assert_eq!(credit(Some(5), None), Some(1_000_000));
    assert_eq!(credit(None, Some(1)), Some(1_000_000));
    assert_eq!(credit(Some(2), Some(5)), Some(1_000_000));
    assert_eq!(credit(Some(3), Some(1)), Some(333_333));
}

fn sports(id: &str, sports: &[&str]) -> Profile {
    let sports = sports.iter().map(|&sport| sport.to_owned()).collect();
    person(id, |own| {
        own.attributes
            .insert("sports".into(), Attribute::Set(sports));
    })
}

#[test]
fn set_overlap_follows_its_measures() {
    let (mentee, mentor) = (sports("e", &["a", "b"]), sports("r", &["b", "c", "d"]));
    let by = |measure| {
        let field = || attribute("sports");
        answer(
            SetOverlap::between(field(), field(), measure),
            &mentee,
            &mentor,
        )
    };
    assert_eq!(by(OverlapMeasure::Jaccard), Some(250_000));
    assert_eq!(by(OverlapMeasure::CoverageOfMentee), Some(500_000));
    assert_eq!(by(OverlapMeasure::CoverageOfMentor), Some(333_333));
    let jaccard = || SetOverlap::jaccard(attribute("sports"));
    // Two people: "b" is had by both and weighs 1, the others 1 + log2(2 / 1) = 2.
    assert_eq!(
        answer(jaccard().by_rarity(), &mentee, &mentor),
        Some(142_857)
    );
    assert_eq!(answer(jaccard(), &sports("e", &[]), &mentor), Some(0));
    assert_eq!(
        answer(jaccard(), &sports("e", &[]), &sports("r", &[])),
        None
    );
    assert_eq!(answer(jaccard(), &silent("e"), &mentor), None);
    let count = |enough| {
        answer(
            CappedCount::new(attribute("sports"), enough),
            &mentee,
            &mentor,
        )
    };
    assert_eq!([count(1), count(3)], [Some(1_000_000), Some(333_333)]);
}

#[test]
fn membership_reads_the_choice_from_the_chooser() {
    let chooses = |id, sport: &str| {
        let sport = Attribute::Choice(sport.to_owned());
        person(id, |own| {
            own.attributes.insert("sport".into(), sport);
        })
    };
    let by_mentee = || Membership::mentee_chooses(attribute("sport"), attribute("sports"));
    let by_mentor = || Membership::mentor_chooses(attribute("sport"), attribute("sports"));
    assert_eq!(
        answer(by_mentee(), &chooses("e", "a"), &sports("r", &["a"])),
        Some(1_000_000)
    );
    assert_eq!(
        answer(by_mentee(), &chooses("e", "a"), &sports("r", &[])),
        Some(0)
    );
    assert_eq!(
        answer(by_mentee(), &silent("e"), &sports("r", &["a"])),
        None
    );
    assert_eq!(
        answer(by_mentor(), &sports("e", &["a"]), &chooses("r", "b")),
        Some(0)
    );
    assert_eq!(
        answer(by_mentor(), &sports("e", &["b"]), &chooses("r", "b")),
        Some(1_000_000)
    );
}

#[test]
fn languages_are_compared_without_case() {
    let speaks = |id, tag: &str| person(id, |own| own.languages = vec![tag.to_owned()]);
    let common = |one: &str, other: &str| {
        answer(
            CommonLanguage::default(),
            &speaks("e", one),
            &speaks("r", other),
        )
    };
    assert_eq!(
        [common("pt-BR", "pt-br"), common("da", "nb")],
        [Some(1_000_000), Some(0)]
    );
}

#[test]
fn gaps_are_mentor_minus_mentee() {
    let at = |id, level| person(id, |own| own.seniority = Some(level));
    let levels = |mentee, mentor| {
        answer(
            SeniorityGap::levels(1, 2, 4),
            &at("e", mentee),
            &at("r", mentor),
        )
    };
    assert_eq!(
        [levels(1, 2), levels(1, 3), levels(3, 1)],
        [Some(500_000), Some(1_000_000), Some(0)]
    );
    assert_eq!(
        answer(SeniorityGap::levels(1, 2, 4), &silent("e"), &at("r", 1)),
        None
    );
    let years = |id, years| person(id, |own| own.experience_years = Some(years));
    let gap = Gap::new(Field::ExperienceYears, 0.0, 10.0, 10.0).edge(Score::ZERO);
    assert_eq!(
        answer(gap, &years("e", 0.3), &years("r", 2.8)),
        Some(250_000)
    );
    let table = || {
        GapTable::new(Field::Seniority, [(1, Score::ONE)]).otherwise(Score::from_ppm_saturating(7))
    };
    assert_eq!(answer(table(), &at("e", 1), &at("r", 2)), Some(1_000_000));
    assert_eq!(answer(table(), &at("e", 2), &at("r", 1)), Some(7));
}

#[test]
fn likeness_difference_and_clocks() {
    let at = |id, site: &str| person(id, |own| own.site = Some(site.to_owned()));
    let same =
        |one: &str, other: &str| answer(Same::new(Field::Site), &at("e", one), &at("r", other));
    assert_eq!([same("x", "X"), same("x", "y")], [Some(1_000_000), Some(0)]);
    assert_eq!(
        answer(Different::new(Field::Site), &at("e", "x"), &at("r", "y")),
        Some(1_000_000)
    );
    assert_eq!(
        answer(Different::new(Field::Site), &at("e", "x"), &silent("r")),
        None
    );
    let zone = |id, zone: &str| person(id, |own| own.time_zone = Some(zone.to_owned()));
    let (here, there) = (zone("e", "Europe/Copenhagen"), zone("r", "Asia/Kathmandu"));
    // 4 h 45 min apart in January.
    assert_eq!(
        answer(TimeZoneDistance::zero_at_hours(9.5), &here, &there),
        Some(500_000)
    );
    assert_eq!(
        answer(TimeZoneDistance::zero_at_hours(4.0), &here, &there),
        Some(0)
    );
}

#[test]
fn wishes_count_by_rank_and_only_where_there_are_any() {
    let wishes =
        |id, partner: &str, rank| person(id, |own| own.wishes = vec![Wish::new(partner, rank)]);
    let third = wishes("e", "r", 3);
    assert_eq!(
        answer(WishRank::of_mentees(), &third, &silent("r")),
        Some(333_333)
    );
    assert_eq!(answer(WishRank::of_mentors(), &third, &silent("r")), None);
    assert_eq!(
        answer(WishRank::of_mentees(), &wishes("e", "x", 1), &silent("r")),
        Some(0)
    );
    let both = WishRank::balanced(Score::from_unit(0.75).unwrap());
    assert_eq!(
        answer(both, &wishes("e", "r", 2), &wishes("r", "e", 1)),
        Some(625_000)
    );
    assert_eq!(answer(both, &third, &silent("r")), None);
}
