//! Laws of scoring, over random people with gaps in their answers.
#![allow(clippy::unwrap_used, reason = "a test")]

mod roster;

use std::collections::BTreeSet;

use mentormatch::{
    Attribute, Balance, CalendarDate, Cohort, CommonLanguage, Conflict, CriterionKind,
    CustomCriterion, Field, IfMissing, Mentee, MenteeIdx, Mentor, MentorIdx, MissingPolicy,
    NotActive, Profile, Programme, ProgrammeBuilder, Role, Rule, RuleKind, Same, SamePerson,
    SameValue, Score, ScoreError, Scorer, Scratch, SetCoverage, StatedRule, Veto, View, Wanted,
    WantedAttributes, WeighedCriterion, Weight,
};
use proptest::prelude::*;
use roster::{all_rules, cohort, half, people, worded};

fn all_criteria() -> Vec<CriterionKind> {
    let mut all = roster::all_criteria();
    all.extend(roster::word_criteria());
    all
}

fn date() -> CalendarDate {
    "2026-03-20".parse().unwrap()
}

/// A programme over a year and a half, with its clock changes.
fn dated() -> ProgrammeBuilder {
    let to = "2027-06-30".parse().unwrap();
    Programme::builder().date(date()).period(date(), to)
}

/// All criteria, the policies by turns, and all rules.
fn everything(policies: &[MissingPolicy], with_rules: bool) -> Programme {
    let mut builder = dated();
    for (at, criterion) in all_criteria().into_iter().enumerate() {
        let weight = u32::try_from(at % 5).unwrap() * 3;
        builder = builder.weigh_as(
            format!("c{at}"),
            weight,
            criterion,
            policies[at % policies.len()],
        );
    }
    for rule in all_rules().into_iter().filter(|_| with_rules) {
        builder = builder.forbid(rule);
    }
    builder.build().unwrap()
}

/// Views of both sides, participants' own weights, a must and rules at a cost, weighed so finely (`fine`)
/// that sums need 64 bits, or not.
fn two_sided(balance: Balance, policies: &[MissingPolicy], fine: bool) -> Programme {
    let views = [View::Both, View::Mentee, View::Mentor];
    let mut builder = dated().balance(balance).emphasis(3);
    for (at, criterion) in all_criteria().into_iter().enumerate() {
        let steps = u32::try_from(1 + at % 5).unwrap();
        builder = builder.criterion(WeighedCriterion {
            name: format!("c{at}"),
            weight: match at {
                2 => Weight::MUST,
                _ if fine => Weight::try_from(steps * 1_009).unwrap(),
                _ => Weight::try_from(steps).unwrap(),
            },
            criterion,
            missing: policies[at % policies.len()],
            view: views[at % 3],
        });
    }
    for (at, rule) in all_rules().into_iter().enumerate() {
        builder = match (&rule, at % 2) {
            (RuleKind::ScoreBelow(_), _) | (_, 1) => builder.forbid(rule),
            _ => builder.discourage(Score::from_unit(0.07).unwrap(), rule),
        };
    }
    builder.build().unwrap()
}

fn neutral() -> MissingPolicy {
    MissingPolicy::Neutral(half())
}

fn pairs(cohort: &Cohort) -> impl Iterator<Item = (MenteeIdx, MentorIdx)> {
    let mentors = cohort.mentors().len();
    MenteeIdx::all(cohort.mentees().len())
        .flat_map(move |mentee| MentorIdx::all(mentors).map(move |mentor| (mentee, mentor)))
}

fn rows(scorer: &Scorer, cohort: &Cohort) -> Vec<Vec<Option<Score>>> {
    let mut scratch = Scratch::default();
    MenteeIdx::all(cohort.mentees().len())
        .map(|mentee| {
            let mut row = vec![None; cohort.mentors().len()];
            scorer.score_row(mentee, &mut scratch, &mut row).unwrap();
            row
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn rows_and_pairs_give_the_same_integers(seed: u64, mentors in 0_u64..24, mentees in 1_u64..16) {
        use MissingPolicy::{Forbid, Renormalise, Zero};
        let cohort = cohort(seed, mentors, mentees);
        let programmes = [
            everything(&[neutral(), Zero], true),
            everything(&[Renormalise], true),
            everything(&[neutral(), Zero, Renormalise], true),
            two_sided(Balance::default(), &[neutral(), Zero], false),
            two_sided(Balance::Minimum, &[neutral(), neutral(), neutral(), Forbid], true),
            two_sided(Balance::Geometric, &[neutral(), Zero, Renormalise], true),
        ];
        for programme in programmes {
            let scorer = Scorer::new(&programme, &cohort).unwrap();
            let mut scratch = Scratch::default();
            let mut row = vec![None; cohort.mentors().len()];
            for mentee in MenteeIdx::all(cohort.mentees().len()) {
                scorer.score_row(mentee, &mut scratch, &mut row).unwrap();
                let mut removed = vec![0; scorer.refusals().len()];
                for mentor in MentorIdx::all(row.len()) {
                    prop_assert_eq!(row[mentor], scorer.score_pair(mentee, mentor).unwrap());
                    let refusals = scorer.forbidden_by(mentee, mentor).unwrap();
                    prop_assert_eq!(row[mentor].is_none(), !refusals.is_empty());
                    for refusal in refusals {
                        removed[scorer.refusals().iter().position(|own| *own == refusal).unwrap()] += 1;
                    }
                }
                prop_assert_eq!(scratch.removed(), &removed);
            }
        }
    }

    #[test]
    fn every_criterion_alone_gives_the_same_rows_and_pairs(seed: u64) {
        let cohort = cohort(seed, 20, 8);
        for criterion in all_criteria() {
            let programme = dated()
                .weigh_with(1, criterion, MissingPolicy::Forbid)
                .build()
                .unwrap();
            let scorer = Scorer::new(&programme, &cohort).unwrap();
            let rows = rows(&scorer, &cohort);
            for (mentee, mentor) in pairs(&cohort) {
                prop_assert_eq!(rows[mentee][mentor], scorer.score_pair(mentee, mentor).unwrap());
            }
        }
    }

    #[test]
    fn parts_sum_to_the_score(seed: u64) {
        let cohort = cohort(seed, 10, 6);
        let policies = [neutral(), MissingPolicy::Renormalise, MissingPolicy::Zero];
        let programmes = [
            everything(&policies, true),
            two_sided(Balance::Mean(Score::from_unit(0.7).unwrap()), &policies, false),
            two_sided(Balance::Minimum, &policies, true),
            two_sided(Balance::Geometric, &policies, false),
        ];
        for programme in programmes {
            let scorer = Scorer::new(&programme, &cohort).unwrap();
            for (mentee, mentor) in pairs(&cohort) {
                let why = scorer.breakdown(mentee, mentor).unwrap();
                let sum: u32 = why.parts.iter().map(|part| part.contribution).sum();
                let costs: u32 = why.costs.iter().map(|own| own.cost).sum();
                prop_assert_eq!(sum - costs, why.score.ppm());
                for part in &why.parts {
                    let sides = part.sides.map_or(part.contribution, |own| own.mentee + own.mentor);
                    prop_assert_eq!(sides, part.contribution);
                }
                if let Some(views) = why.views {
                    let (low, high) = (views.mentee.min(views.mentor), views.mentee.max(views.mentor));
                    prop_assert!(low.ppm() <= sum && sum <= high.ppm());
                }
            }
        }
    }

    #[test]
    fn silence_is_never_rewarded_unseen(seed: u64, who in 0_usize..6, field in 0_usize..FIELDS) {
        let (mentors, mentees) = people(seed, 8, 6);
        let before = worded(mentors.clone(), mentees.clone());
        let mut silent = mentees;
        clear(&mut silent[who].profile, field);
        let id = silent[who].profile.id.clone();
        let after = worded(mentors, silent);
        let at = |cohort: &Cohort| cohort.mentee_idx(id.as_str()).unwrap();

        let zero = everything(&[MissingPolicy::Zero], false);
        let scorers = [&before, &after].map(|people| Scorer::new(&zero, people).unwrap());
        for mentor in before.mentors() {
            let mentor = |people: &Cohort| people.mentor_idx(mentor.profile.id.as_str()).unwrap();
            let spoken = scorers[0].breakdown(at(&before), mentor(&before)).unwrap().score;
            let silent = scorers[1].breakdown(at(&after), mentor(&after)).unwrap().score;
            prop_assert!(silent <= spoken);
        }

        let scorer = Scorer::new(&everything(&[neutral()], false), &after).unwrap();
        for (mentee, mentor) in pairs(&after) {
            for part in scorer.breakdown(mentee, mentor).unwrap().parts {
                prop_assert_eq!(part.counted, Some(part.answer.unwrap_or(half())));
            }
        }
    }

    #[test]
    fn renormalising_names_exactly_those_who_gain(seed: u64) {
        let cohort = cohort(seed, 8, 6);
        let renormalising = everything(&[MissingPolicy::Renormalise], false);
        let scorer = Scorer::new(&renormalising, &cohort).unwrap();
        let neutral = Scorer::new(&everything(&[neutral()], false), &cohort).unwrap();
        for (mentee, mentor) in pairs(&cohort) {
            let with = scorer.breakdown(mentee, mentor).unwrap().score;
            let without = neutral.breakdown(mentee, mentor).unwrap().score;
            let gain = scorer.silence_gain(mentee, mentor).unwrap();
            prop_assert_eq!(gain.is_some(), with > without);
            if let Some(gain) = gain {
                prop_assert!(!gain.criteria.is_empty());
                prop_assert_eq!((gain.score, gain.at_neutral), (with, without));
            }
            prop_assert!(neutral.silence_gain(mentee, mentor).unwrap().is_none());
        }
    }

    #[test]
    fn the_order_of_people_and_a_factor_on_weights_change_no_score(seed: u64, factor in 1_u32..500) {
        let (mut mentors, mut mentees) = people(seed, 9, 7);
        let before = worded(mentors.clone(), mentees.clone());
        mentors.rotate_left(4);
        mentees.reverse();
        let after = worded(mentors, mentees);
        let programme = |factor: u32| {
            let criteria = all_criteria().into_iter().zip(0_u32..);
            let builder = criteria.fold(dated(), |builder, (own, at)| {
                builder.weigh_as(format!("c{at}"), at * factor, own, neutral())
            });
            builder.build().unwrap()
        };
        let first = Scorer::new(&programme(1), &before).unwrap();
        let second = Scorer::new(&programme(factor), &after).unwrap();
        for (mentee, mentor) in pairs(&before) {
            let (e, r) = (&before.mentees()[mentee].profile.id, &before.mentors()[mentor].profile.id);
            let there = (after.mentee_idx(e.as_str()).unwrap(), after.mentor_idx(r.as_str()).unwrap());
            let one = first.breakdown(mentee, mentor).unwrap().score;
            prop_assert_eq!(one, second.breakdown(there.0, there.1).unwrap().score);
        }
    }
}

const FIELDS: usize = 40;

fn clear(own: &mut Profile, field: usize) {
    match field {
        0 => own.needs.clear(),
        1 => own.offers.clear(),
        2 => own.languages.clear(),
        3 => own.seniority = None,
        4 => own.experience_years = None,
        5 => own.tenure_years = None,
        6 => own.department = None,
        7 => own.site = None,
        8 => own.organisation = None,
        9 => own.time_zone = None,
        10 => own.meeting_mode = None,
        11 => own.wishes.clear(),
        12 => own.team = None,
        13 => own.region = None,
        14 => own.roles_held.clear(),
        15 => own.career_goals.clear(),
        16 => own.topics.clear(),
        17 => own.excluded_topics.clear(),
        18 => own.support.clear(),
        19 => own.preparation.clear(),
        20 => own.meetings_per_month = None,
        21 => own.meeting_minutes = None,
        22 => own.duration_months = None,
        23 => own.formality = None,
        24 => own.motivation = None,
        25 => own.readiness = None,
        26 => own.voluntary = None,
        27 => own.favourites.clear(),
        28 => own.ratings.clear(),
        29 => own.wanted.clear(),
        30 => own.comfortable_gap = None,
        31 => own.availability.clear(),
        32 => own.meets_at.clear(),
        33 => own.accessibility_needs.clear(),
        34 => own.accessibility_offered.clear(),
        _ => {
            let name = ["grade", "budget", "sport", "sports", "rank"][field - 35];
            let _: Option<Attribute> = own.attributes.remove(name);
        }
    }
}

/// Otherwise the laws above would say little.
#[test]
fn every_criterion_distinguishes_and_every_rule_forbids_some_pairs_of_the_roster() {
    let cohort = cohort(5, 30, 20);
    for criterion in all_criteria() {
        let name = criterion.default_name();
        let programme = dated().weigh_with(1, criterion, MissingPolicy::Forbid);
        let scorer = Scorer::new(&programme.build().unwrap(), &cohort).unwrap();
        let answers: BTreeSet<_> = pairs(&cohort)
            .map(|(mentee, mentor)| scorer.breakdown(mentee, mentor).unwrap().parts[0].answer)
            .collect();
        assert!(answers.len() >= 2, "{name}: {answers:?}");
    }
    let always = [
        SamePerson.name(),
        NotActive.name(),
        Veto.name(),
        Conflict.name(),
    ];
    let scorer = Scorer::new(&everything(&[neutral()], true), &cohort).unwrap();
    let mut forbidden = vec![0; scorer.refusals().len()];
    for (mentee, mentor) in pairs(&cohort) {
        for refusal in scorer.forbidden_by(mentee, mentor).unwrap() {
            forbidden[scorer
                .refusals()
                .iter()
                .position(|own| *own == refusal)
                .unwrap()] += 1;
        }
    }
    let names = scorer.refusals().iter().map(ToString::to_string);
    for (name, forbidden) in names.zip(forbidden) {
        assert!(
            forbidden > 0 || name == "score_below",
            "{name} forbids nothing"
        );
        assert!(forbidden < 600, "{name} forbids everything");
    }
    let first = scorer.refusals().iter().take(4).map(ToString::to_string);
    assert_eq!(first.collect::<Vec<_>>(), always);
}

/// A programme of one criterion, or of one rule beside a criterion that is silent.
fn alone(criterion: CriterionKind, rule: Option<RuleKind>) -> Programme {
    let builder = dated().weigh_with(1, criterion, MissingPolicy::Forbid);
    rule.into_iter()
        .fold(builder, ProgrammeBuilder::forbid)
        .build()
        .unwrap()
}

/// The verdict on every pair, whatever order the people are in.
fn verdicts(programme: &Programme, people: (Vec<Mentor>, Vec<Mentee>)) -> Vec<Vec<Option<Score>>> {
    let cohort = roster::known(1, people.0, people.1);
    rows(&Scorer::new(programme, &cohort).unwrap(), &cohort)
}

/// The roster's answers that are fields, each with its number in [`clear`].
fn asked() -> Vec<(usize, Field)> {
    let names = "needs offers languages seniority experience_years tenure_years department site \
        organisation time_zone meeting_mode - team region roles_held career_goals topics \
        excluded_topics support preparation meetings_per_month meeting_minutes duration_months \
        formality motivation readiness voluntary - - - - availability meets_at accessibility_needs \
        accessibility_offered attribute:grade attribute:budget attribute:sport attribute:sports \
        attribute:rank";
    let named = names.split_whitespace().enumerate();
    let fields = named.filter(|(_, name)| *name != "-");
    fields
        .map(|(at, name)| (at, name.parse().unwrap()))
        .collect()
}

fn without(
    (mut mentors, mut mentees): (Vec<Mentor>, Vec<Mentee>),
    open: impl Fn(Role, &Field) -> bool,
) -> (Vec<Mentor>, Vec<Mentee>) {
    for (at, field) in &asked() {
        let at = *at;
        if open(Role::Mentor, field) {
            mentors
                .iter_mut()
                .for_each(|own| clear(&mut own.profile, at));
        }
        if open(Role::Mentee, field) {
            mentees
                .iter_mut()
                .for_each(|own| clear(&mut own.profile, at));
        }
    }
    (mentors, mentees)
}

/// What a criterion or a rule says that it reads is what it reads: the other answers do not matter,
/// and each of these does.
#[test]
fn criteria_and_rules_read_the_fields_they_name() {
    let constant = || CriterionKind::pairwise("constant", 1, |_, _| Some(1.0));
    let criteria = all_criteria().into_iter();
    let criteria = criteria.map(|own| (own.fields(), alone(own, None)));
    let rules = all_rules().into_iter();
    let rules = rules.map(|own| (own.fields(), alone(constant(), Some(own))));
    for (fields, programme) in criteria.chain(rules) {
        let name = programme.rules().first().map_or_else(
            || programme.criteria()[0].name.clone(),
            |own| own.name.clone(),
        );
        if ["tenure ratio", "skill vectors", "no hybrids"].contains(&name.as_str()) {
            assert_eq!(fields, [], "a host's own says nothing");
            continue;
        }
        if name.starts_with("wanted_attributes") {
            continue; // reads what people want
        }
        let reads = |role, field: &Field| fields.contains(&(role, field.clone()));
        for seed in 0..8 {
            let people = || people(seed, 12, 12);
            let others = without(people(), |role, field| !reads(role, field));
            assert_eq!(
                verdicts(&programme, people()),
                verdicts(&programme, others),
                "{name}"
            );
        }
        for (role, field) in &fields {
            let matters = (0..8).any(|seed| {
                let people = || people(seed, 12, 12);
                let open = without(people(), |own, other| own == *role && other == field);
                verdicts(&programme, people()) != verdicts(&programme, open)
            });
            assert!(matters, "{name}: {role} {field}");
        }
    }
}

#[test]
fn a_value_that_is_no_score_is_refused_with_criterion_and_both_ids() {
    let cohort = cohort(1, 2, 2);
    for (value, problem) in [
        (f64::NAN, ScoreError::NotANumber),
        (f64::INFINITY, ScoreError::Infinite),
        (-0.001, ScoreError::OutOfRange),
        (1.001, ScoreError::OutOfRange),
    ] {
        let bad = CustomCriterion::pairwise("bad", 1, move |mentee, mentor| {
            let culprits = (mentee.profile.id.as_str(), mentor.profile.id.as_str()) == ("e1", "r1");
            Some(if culprits { value } else { 0.5 })
        });
        let programme = Programme::builder().weigh(1, bad).build().unwrap();
        let scorer = Scorer::new(&programme, &cohort).unwrap();
        let (mentee, mentor) = (
            cohort.mentee_idx("e1").unwrap(),
            cohort.mentor_idx("r1").unwrap(),
        );
        let mut row = vec![None; 2];
        let error = scorer
            .score_row(mentee, &mut Scratch::default(), &mut row)
            .unwrap_err();
        assert_eq!((error.mentee.as_str(), error.mentor.as_str()), ("e1", "r1"));
        assert_eq!((&*error.criterion, error.problem), ("bad", problem));
        assert_eq!(scorer.breakdown(mentee, mentor).unwrap_err(), error);
    }
}

#[test]
fn a_score_that_rests_on_nothing_is_zero() {
    let people = (Profile::new("r").mentor(1), Profile::new("e").mentee());
    let cohort = Cohort::new([people.0], [people.1]).unwrap();
    let criterion = CriterionKind::pairwise("silent", 1, |_, _| None);
    let programme = Programme::builder()
        .weigh_with(1, criterion, MissingPolicy::Renormalise)
        .build()
        .unwrap();
    let scorer = Scorer::new(&programme, &cohort).unwrap();
    assert_eq!(rows(&scorer, &cohort), [[Some(Score::ZERO)]]);
}

#[test]
fn scorers_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Scorer>();
    shared::<Programme>();
}

/// However many preferred rules a pair is against, it loses no more than it has.
#[test]
fn costs_never_wrap_around() {
    let person = |id: &str| Profile::new(id).site("a").department("b");
    let cohort = Cohort::new([person("r").mentor(1)], [person("e").mentee()]).unwrap();
    let mut builder = Programme::builder().weigh(1, Same::new(Field::Site));
    for at in 0..4_296 {
        builder = builder.rule(StatedRule {
            name: format!("rule {at}"),
            forbid: SameValue::new(Field::Department).into(),
            cost: Some(Score::ONE),
        });
    }
    let scorer = Scorer::new(&builder.build().unwrap(), &cohort).unwrap();
    assert_eq!(rows(&scorer, &cohort), [[Some(Score::ZERO)]]);
}

#[test]
fn a_blank_says_nothing() {
    let blank = |id: &str| {
        Profile::new(id)
            .department(" ")
            .team("")
            .language("")
            .topic(" ")
    };
    let cohort = Cohort::new([blank("r").mentor(1)], [blank("e").mentee()]).unwrap();
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Department))
        .weigh(1, Same::new(Field::Languages))
        .build()
        .unwrap();
    assert!(
        Scorer::new(&programme, &cohort).is_err(),
        "languages are a set"
    );
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Department))
        .weigh(1, CommonLanguage::default())
        .weigh(1, SetCoverage::topics())
        .forbid(SameValue::new(Field::Team).if_missing(IfMissing::Allow))
        .build()
        .unwrap();
    let scorer = Scorer::new(&programme, &cohort).unwrap();
    assert_eq!(rows(&scorer, &cohort), [[Some(half())]]);
}

/// What somebody wishes for is no reason for a run to stop.
#[test]
fn a_wish_for_something_in_numbers_is_unmet() {
    let grade = |id: &str| Profile::new(id).attribute("grade", Attribute::Number(3.0));
    let wishes = Wanted::one_of(roster::attribute("grade"), ["3"]);
    let cohort = Cohort::new([grade("r").mentor(1)], [grade("e").wants(wishes).mentee()]).unwrap();
    let programme = Programme::builder()
        .weigh(1, WantedAttributes::of_mentees())
        .build()
        .unwrap();
    let scorer = Scorer::new(&programme, &cohort).unwrap();
    assert_eq!(rows(&scorer, &cohort), [[Some(Score::ZERO)]]);
    let wishes = Wanted::one_of(Field::Seniority, ["3"]);
    assert!(Cohort::new([], [grade("e").wants(wishes).mentee()]).is_err());
}
