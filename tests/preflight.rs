//! What a programme makes of a cohort, before any matching.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod roster;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use mentormatch::{
    Attribute, Barrier, CancelToken, CannotMeet, CheckError, CheckOptions, Cohort, CohortWarning,
    CommonLanguage, CriterionKind, CustomCriterion, Different, DifferentValue, Field, Finding,
    IfMissing, MeetingMode, MenteeIdx, MentorIdx, MissingPolicy, Preflight, Profile, Programme,
    ProgrammeBuilder, Refusal, Role, RuleKind, Same, SameValue, Score, Scorer, SeniorityGap,
    SetCoverage, SkillCoverage, StatedRule, Status, Supply, SupplyOf, TimeZoneDistance,
    TimeZonesFurtherThan,
};
use proptest::prelude::*;
use roster::{Dice, all_criteria, all_rules, half, people};

fn date() -> mentormatch::CalendarDate {
    "2026-03-20".parse().unwrap()
}

/// All criteria, the policies by turns, and all rules.
fn everything() -> Programme {
    let builder = all_rules()
        .into_iter()
        .fold(asking(), ProgrammeBuilder::forbid);
    preferred(builder).build().unwrap()
}

/// All criteria, the policies by turns.
fn asking() -> ProgrammeBuilder {
    use MissingPolicy::{Forbid, Neutral, Renormalise, Zero};
    let policies = [Neutral(half()), Zero, Renormalise];
    let named = all_criteria().into_iter().zip(0_u32..);
    let dated = Programme::builder().date(date());
    let dated = dated.period(date(), "2026-12-31".parse().unwrap());
    named.fold(dated, |builder, (own, at)| {
        let policy = match own {
            CriterionKind::TimeZoneDistance(_) => Forbid,
            _ => policies[at as usize % policies.len()],
        };
        builder.weigh_as(format!("c{at}"), at % 5, own, policy)
    })
}

/// Every rule once more, at a cost.
fn preferred(builder: ProgrammeBuilder) -> ProgrammeBuilder {
    let rules = all_rules().into_iter().zip(1_u32..);
    let priced = rules.filter(|(own, _)| own.as_rule().is_some()); // a floor has no cost
    priced.fold(builder, |builder, (forbid, at)| {
        builder.rule(StatedRule {
            name: format!("p{at}"),
            forbid,
            cost: Some(Score::from_ppm_saturating(1000 * at)),
        })
    })
}

/// Random people with capacities of 0 to 2, among them some without demand.
fn random(seed: u64, mentors: u64, mentees: u64) -> Cohort {
    let (mut mentors, mut mentees) = people(seed, mentors, mentees);
    let mut dice = Dice(seed ^ 0xBEEF);
    for mentor in &mut mentors {
        mentor.capacity.max = u32::try_from(dice.below(3)).unwrap();
    }
    for mentee in &mut mentees {
        mentee.demand.max = u32::from(!dice.once_in(6));
    }
    Cohort::new(mentors, mentees).unwrap()
}

fn active(profile: &Profile) -> bool {
    profile.status == Status::Active
}

/// Every pair of people who take part, with everything that forbids it.
fn refused(scorer: &Scorer, cohort: &Cohort) -> Vec<(MenteeIdx, MentorIdx, Vec<Refusal>)> {
    let mut found = Vec::new();
    for mentee in MenteeIdx::all(cohort.mentees().len()) {
        for mentor in MentorIdx::all(cohort.mentors().len()) {
            let both = [
                &cohort.mentees()[mentee].profile,
                &cohort.mentors()[mentor].profile,
            ];
            if both.into_iter().all(active) {
                let by = scorer.forbidden_by(mentee, mentor).unwrap();
                found.push((mentee, mentor, by));
            }
        }
    }
    found
}

/// How many allowed pairs each preferred rule of [`everything`] costs, judged as a rule that is
/// required, in a programme of its own.
fn costs(cohort: &Cohort, allowed: &[&(MenteeIdx, MentorIdx, Vec<Refusal>)]) -> Vec<u64> {
    let rules = all_rules().into_iter();
    let alone = rules.filter(|own| own.as_rule().is_some()).map(|rule| {
        let programme = Programme::builder()
            .date(date())
            .period(date(), "2026-12-31".parse().unwrap())
            .weigh(1, Same::new(Field::Site))
            .forbid(rule)
            .build()
            .unwrap();
        let alone = Scorer::new(&programme, cohort).unwrap();
        let name = alone.refusals().last().unwrap().clone();
        let against = allowed.iter().filter(|(mentee, mentor, _)| {
            alone
                .forbidden_by(*mentee, *mentor)
                .unwrap()
                .contains(&name)
        });
        against.count() as u64
    });
    alone.collect()
}

/// The barriers of one person, by brute force.
fn barriers(pairs: &[&Vec<Refusal>], refusals: &[Refusal]) -> Vec<(Refusal, u32, u32)> {
    let count = |test: &dyn Fn(&Vec<Refusal>) -> bool| {
        u32::try_from(pairs.iter().filter(|by| test(by)).count()).unwrap()
    };
    let each = refusals.iter().map(|rule| {
        let all = count(&|by| by.contains(rule));
        (rule.clone(), all, count(&|by| by[..] == [rule.clone()]))
    });
    let mut each: Vec<_> = each.filter(|(_, all, _)| *all > 0).collect();
    each.sort_by_key(|(_, all, _)| std::cmp::Reverse(*all));
    each
}

fn listed(barriers: &[Barrier]) -> Vec<(Refusal, u32, u32)> {
    let each = barriers.iter();
    each.map(|own| (own.by.clone(), own.partners, own.alone))
        .collect()
}

type Stuck = BTreeSet<(Role, String, Option<u32>)>;

/// Everybody who wants a partner and has no allowed one (`None`), or none with places.
fn stuck(preflight: &Preflight) -> Stuck {
    let found = preflight
        .findings
        .iter()
        .filter_map(|finding| match finding {
            Finding::Unpairable(own) => Some((own.role, own.participant.to_string(), None)),
            Finding::PartnersHaveNoPlaces {
                role,
                participant,
                allowed,
            } => Some((*role, participant.to_string(), Some(*allowed))),
            _ => None,
        });
    found.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn counts_are_those_of_single_pairs(seed: u64, mentors in 0_u64..12, mentees in 0_u64..14) {
        let (programme, cohort) = (everything(), random(seed, mentors, mentees));
        let preflight = programme.check(&cohort).unwrap();
        let scorer = Scorer::new(&programme, &cohort).unwrap();
        let pairs = refused(&scorer, &cohort);
        let allowed: Vec<_> = pairs.iter().filter(|(.., by)| by.is_empty()).collect();
        prop_assert_eq!(preflight.seen.pairs, pairs.len() as u64);
        prop_assert_eq!(preflight.seen.allowed, allowed.len() as u64);
        prop_assert_eq!(preflight.rules.len(), scorer.refusals().len());
        for own in &preflight.rules {
            let all = pairs.iter().filter(|(.., by)| by.contains(&own.rule));
            let alone = pairs.iter().filter(|(.., by)| by[..] == [own.rule.clone()]);
            prop_assert_eq!((own.forbids, own.alone), (all.count() as u64, alone.count() as u64));
        }
        let breakdowns: Vec<_> = allowed
            .iter()
            .map(|(mentee, mentor, _)| scorer.breakdown(*mentee, *mentor).unwrap().parts)
            .collect();
        let sums = costs(&cohort, &allowed);
        let counted = preflight.preferences.iter();
        let counted: Vec<_> = counted.map(|own| own.against).collect();
        prop_assert_eq!(counted, sums);
        for (at, own) in preflight.criteria.iter().enumerate() {
            let parts = || breakdowns.iter().map(|parts| &parts[at]);
            let unanswered = parts().filter(|part| part.answer.is_none()).count() as u64;
            let counted: BTreeSet<Option<Score>> = parts().map(|part| part.counted).collect();
            let constant = allowed.len() > 1 && counted.len() == 1 && unanswered < allowed.len() as u64;
            prop_assert_eq!((own.unanswered, own.constant), (unanswered, constant));
        }
    }

    #[test]
    fn exactly_those_without_a_partner_are_named(seed: u64, mentors in 1_u64..9, mentees in 1_u64..9) {
        let (programme, cohort) = (everything(), random(seed, mentors, mentees));
        let preflight = programme.check(&cohort).unwrap();
        let scorer = Scorer::new(&programme, &cohort).unwrap();
        let pairs = refused(&scorer, &cohort);
        let mut expected = Stuck::new();
        let mut judge = |role, id: &str, wants: bool, own: Vec<(&Vec<Refusal>, bool)>| {
            let allowed: Vec<_> = own.iter().filter(|(by, _)| by.is_empty()).collect();
            if wants && !own.is_empty() && !allowed.iter().any(|(_, room)| *room) {
                let count = u32::try_from(allowed.len()).unwrap();
                expected.insert((role, id.to_owned(), (count > 0).then_some(count)));
            }
            let person = preflight.findings.iter().find_map(|finding| match finding {
                Finding::Unpairable(own) if own.role == role && own.participant.as_str() == id => Some(own),
                _ => None,
            });
            if let Some(person) = person {
                let rules: Vec<_> = own.iter().map(|(by, _)| *by).collect();
                assert_eq!(listed(&person.barriers), barriers(&rules, scorer.refusals()));
                let most = person.barriers.iter().map(|own| own.alone).max().unwrap();
                assert_eq!(person.opens_most().map_or(0, |own| own.alone), most);
            }
        };
        for mentee in MenteeIdx::all(cohort.mentees().len()) {
            let person = &cohort.mentees()[mentee];
            let own = pairs.iter().filter(|(own, ..)| *own == mentee);
            let own = own.map(|(_, mentor, by)| (by, cohort.mentors()[*mentor].capacity.max > 0));
            judge(Role::Mentee, person.profile.id.as_str(), person.demand.max > 0, own.collect());
        }
        for mentor in MentorIdx::all(cohort.mentors().len()) {
            let person = &cohort.mentors()[mentor];
            let own = pairs.iter().filter(|(_, own, _)| *own == mentor);
            let own = own.map(|(mentee, _, by)| (by, cohort.mentees()[*mentee].demand.max > 0));
            judge(Role::Mentor, person.profile.id.as_str(), person.capacity.max > 0, own.collect());
        }
        prop_assert_eq!(stuck(&preflight), expected);
    }

    #[test]
    fn input_order_is_never_seen(
        (seed, (mentors, mentees)) in any::<u64>().prop_flat_map(|seed| {
            let (mentors, mentees) = people(seed, 12, 18);
            (Just(seed), (Just(mentors).prop_shuffle(), Just(mentees).prop_shuffle()))
        }),
        most in 1_u64..400,
    ) {
        let (programme, options) = (everything(), CheckOptions::default().most_pairs(most));
        let (listed_mentors, listed_mentees) = people(seed, 12, 18);
        let listed = Cohort::new(listed_mentors, listed_mentees).unwrap();
        let shuffled = Cohort::new(mentors, mentees).unwrap();
        for options in [CheckOptions::default(), options] {
            let one = programme.check_with(&listed, &options).unwrap();
            let other = programme.check_with(&shuffled, &options).unwrap();
            prop_assert_eq!(&one, &other);
            prop_assert_eq!(one.to_string(), other.to_string());
        }
        // Without a sample the seed of the order is not seen either.
        prop_assert_eq!(programme.check(&listed).unwrap(), programme.check(&listed.seeded(7)).unwrap());
    }

    #[test]
    fn a_sample_is_the_first_mentees_of_the_seed(seed: u64, rows in 1_u64..18) {
        let (programme, cohort) = (everything(), random(seed, 9, 18));
        let whole = programme.check(&cohort).unwrap();
        let mentors = whole.headcount.mentors;
        let options = CheckOptions::default().most_pairs(rows * mentors.max(1));
        let part = programme.check_with(&cohort, &options).unwrap();
        prop_assert_eq!(u64::from(part.seen.mentees), rows.min(whole.headcount.mentees));
        prop_assert_eq!(part.seen.sampled, rows < whole.headcount.mentees);
        prop_assert_eq!(part.headcount, whole.headcount);
        prop_assert_eq!(&part.supply, &whole.supply);

        let scorer = Scorer::new(&programme, &cohort).unwrap();
        let pairs = refused(&scorer, &cohort);
        let first: BTreeSet<_> = pairs.iter().map(|(mentee, ..)| *mentee).collect();
        let rows = usize::try_from(rows).unwrap();
        let first: BTreeSet<_> = first.into_iter().take(rows).collect();
        let seen = || pairs.iter().filter(|(mentee, ..)| first.contains(mentee));
        prop_assert_eq!(part.seen.pairs, seen().count() as u64);
        prop_assert_eq!(part.seen.allowed, seen().filter(|(.., by)| by.is_empty()).count() as u64);
        for own in &part.rules {
            let all = seen().filter(|(.., by)| by.contains(&own.rule)).count() as u64;
            prop_assert_eq!(own.forbids, all);
        }
        if part.seen.sampled {
            let mentees = stuck(&part).into_iter().all(|(role, ..)| role == Role::Mentee);
            prop_assert!(mentees && stuck(&part).is_subset(&stuck(&whole)));
        } else {
            prop_assert_eq!(part, whole);
        }
    }
}

fn texts(preflight: &Preflight) -> Vec<String> {
    preflight.findings.iter().map(ToString::to_string).collect()
}

/// Two mentors, three mentees, one of everything that can be found about a programme and its people.
#[test]
fn a_programme_full_of_mistakes_is_told_each_of_them() {
    let ana = Profile::new("ana").site("A").organisation("X").seniority(5);
    let eve = Profile::new("eve").site("A").organisation("X");
    let mentee = |id: &str| Profile::new(id).site("A").organisation("X").seniority(3);
    let boris = mentee("boris").most_important("no such thing");
    let chen = mentee("chen").wish("nobody", 1).most_important("level");
    let dara = Profile::new("dara").site("B").seniority(1);
    let dara = dara.weight("no such thing", 2);
    let cohort = Cohort::new(
        [ana.mentor(1), eve.mentor(0)],
        [boris.mentee(), chen.mentee(), dara.mentee()],
    );
    let programme = Programme::builder()
        .weigh_as(
            "level",
            1,
            SeniorityGap::levels(1, 2, 4),
            MissingPolicy::default(),
        )
        .weigh(1, Same::new(Field::Organisation))
        .weigh(0, Same::new(Field::Team)) // of no weight: of no interest
        .weigh(1, CriterionKind::pairwise("silent", 1, |_, _| None))
        .forbid(DifferentValue::new(Field::Site))
        .forbid(SameValue::new(Field::Region).if_missing(IfMissing::Allow))
        .build()
        .unwrap();
    let preflight = programme.check(&cohort.unwrap()).unwrap();
    assert_eq!(
        texts(&preflight),
        [
            "places: 1, mentees who want a mentor: 3",
            "same_value:region: forbids no pair",
            "same_value:region: no mentee answers region",
            "same_value:region: no mentor answers region",
            "same:organisation: the same for all 4 allowed pairs",
            "silent: no answer for 4 of 4 allowed pairs",
            "mentee \"dara\": no allowed partner among 2: different_value:site forbids 2; \
             without different_value:site: 2 allowed",
            "mentee \"boris\": most_important: no criterion of this programme",
            "mentee \"dara\": weights: no criterion of this programme",
            "what criteria matter to people counts for nothing without an emphasis: 3 say so",
            "mentee \"dara\": no answer to organisation",
            "mentor \"eve\": no answer to seniority",
            "mentee \"chen\": wishes: somebody who is no mentor here",
        ]
    );
    let rules: Vec<_> = preflight
        .rules
        .iter()
        .map(|own| (own.rule.to_string(), own.forbids, own.alone))
        .collect();
    let expected = [
        ("same_person", 0, 0),
        ("not_active", 0, 0),
        ("veto", 0, 0),
        ("conflict", 0, 0),
        ("different_value:site", 2, 2),
        ("same_value:region", 0, 0),
    ];
    assert_eq!(
        rules,
        expected.map(|(name, all, alone)| (name.to_owned(), all, alone))
    );
    assert!(matches!(
        preflight.findings.last(),
        Some(Finding::Cohort(CohortWarning::UnknownPartner { .. }))
    ));
    assert_eq!(
        preflight.to_string().lines().take(2).collect::<Vec<_>>(),
        [
            "mentees: 3, mentors: 2, places: 1",
            "4 of 6 pairs are allowed"
        ]
    );
}

#[test]
fn rules_that_leave_nothing_are_named_one_by_one_and_together() {
    let person = |id: &str, site: &str| Profile::new(id).site(site).department("D");
    let mentors = [person("ana", "A").mentor(1), person("eve", "B").mentor(1)];
    let mentees = [person("boris", "A").mentee()];
    let nobody = RuleKind::pairwise("nobody", 1, |_, _| true);
    let programme = |rules: Vec<RuleKind>| {
        let builder = Programme::builder().weigh(1, Different::new(Field::Site));
        rules
            .into_iter()
            .fold(builder, ProgrammeBuilder::forbid)
            .build()
            .unwrap()
    };
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let checked = programme(vec![nobody]).check(&cohort).unwrap();
    assert_eq!(
        texts(&checked)[..2],
        ["none of 2 pairs is allowed", "nobody: forbids every pair"]
    );

    // Each forbids one pair; together they forbid both.
    let together = vec![
        SameValue::new(Field::Site).into(),
        DifferentValue::new(Field::Site).into(),
    ];
    let checked = programme(together).check(&cohort).unwrap();
    assert_eq!(
        texts(&checked),
        [
            "none of 2 pairs is allowed",
            "mentee \"boris\": no allowed partner among 2: same_value:site forbids 1, \
             different_value:site forbids 1; without same_value:site: 1 allowed",
            "mentor \"ana\": no allowed partner among 1: same_value:site forbids 1; \
             without same_value:site: 1 allowed",
            "mentor \"eve\": no allowed partner among 1: different_value:site forbids 1; \
             without different_value:site: 1 allowed",
        ]
    );
}

#[test]
fn preferred_rules_that_decide_nothing_are_told_from_one_that_does() {
    let at = |id: &str, site: &str| Profile::new(id).site(site).region("R").department(id);
    let mentors = [at("ana", "A").mentor(2), at("eve", "B").mentor(2)];
    let mentees = [
        at("boris", "A").mentee(),
        at("chen", "A").veto("eve").mentee(),
    ];
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let cost = Score::from_unit(0.1).unwrap();
    let prefer = |builder: ProgrammeBuilder, rule: RuleKind| {
        builder.rule(StatedRule {
            name: rule.default_name(),
            forbid: rule,
            cost: Some(cost),
        })
    };
    let rules: [RuleKind; 3] = [
        SameValue::new(Field::Department).into(),
        SameValue::new(Field::Region).into(),
        DifferentValue::new(Field::Site).into(),
    ];
    let builder = Programme::builder().weigh(1, Same::new(Field::Site));
    let programme = rules.into_iter().fold(builder, prefer).build().unwrap();
    let checked = programme.check(&cohort).unwrap();
    let counted = checked.preferences.iter();
    let counted: Vec<_> = counted
        .map(|own| (&*own.rule, own.cost, own.against))
        .collect();
    assert_eq!(
        counted,
        [
            ("same_value:department", cost, 0),
            ("same_value:region", cost, 3),
            ("different_value:site", cost, 1), // the vetoed pair does not count
        ]
    );
    assert_eq!(
        texts(&checked),
        [
            "same_value:region: all 3 allowed pairs are against it",
            "same_value:department: no allowed pair is against it",
        ]
    );
    assert_eq!(checked.rules.len(), 4, "those that always hold");
}

#[test]
fn nobody_is_no_error() {
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .build()
        .unwrap();
    let nobody = programme.check(&Cohort::new([], []).unwrap()).unwrap();
    assert_eq!(
        texts(&nobody),
        ["no mentee takes part", "no mentor takes part"]
    );
    let paused = Profile::new("ana")
        .site("A")
        .status(Status::Paused)
        .mentor(1);
    let cohort = Cohort::new([paused], [Profile::new("boris").site("A").mentee()]).unwrap();
    assert_eq!(
        texts(&programme.check(&cohort).unwrap()),
        [
            "no mentor takes part",
            "places: 0, mentees who want a mentor: 1",
            "mentors not active: 1"
        ]
    );
}

#[test]
fn somebody_whose_every_allowed_partner_is_full_is_named() {
    let mentors = [
        Profile::new("ana").mentor(0),
        Profile::new("eve").veto("boris").mentor(2),
    ];
    let mentees = [
        Profile::new("boris").mentee(),
        Profile::new("chen").mentee(),
    ];
    let own = CustomCriterion::pairwise("own", 1, |_, _| Some(0.5));
    let programme = Programme::builder().weigh(1, own).build().unwrap();
    let checked = programme
        .check(&Cohort::new(mentors, mentees).unwrap())
        .unwrap();
    assert_eq!(
        texts(&checked),
        [
            "own: the same for all 3 allowed pairs",
            "mentee \"boris\": no allowed partner has places; allowed: 1",
        ]
    );
}

#[test]
fn a_field_most_people_left_open_is_found_even_where_rules_hide_it() {
    let mentors = (0..2).map(|at| Profile::new(format!("r{at}")).seniority(5).mentor(9));
    let mentees = (0..5).map(|at| {
        let own = Profile::new(format!("e{at}"));
        if at < 2 {
            own.seniority(at + 2).mentee()
        } else {
            own.mentee()
        }
    });
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let open = |policy| {
        let builder = Programme::builder().weigh_with(1, SeniorityGap::levels(1, 2, 4), policy);
        builder.build().unwrap().check(&cohort).unwrap()
    };
    let found = |checked: &Preflight| {
        checked.findings.iter().find_map(|finding| match finding {
            Finding::MostlyUnanswered {
                pairs,
                unanswered,
                silent,
                ..
            } => {
                let silent = silent.iter().map(|own| (own.role, own.silent, own.people));
                Some((*pairs, *unanswered, silent.collect::<Vec<_>>()))
            }
            _ => None,
        })
    };
    let silent = vec![(Role::Mentee, 3, 5)];
    assert_eq!(
        found(&open(MissingPolicy::Zero)),
        Some((10, 6, silent.clone()))
    );
    assert_eq!(found(&open(MissingPolicy::Forbid)), Some((4, 0, silent)));
}

#[test]
fn criteria_that_say_the_same_are_found_in_both_directions() {
    let mut dice = Dice(3);
    let mut person = |id: String| {
        let (site, team) = (dice.below(3).to_string(), dice.below(4).to_string());
        Profile::new(id).site(&site).region(site).team(team)
    };
    let mentors: Vec<_> = (0..12)
        .map(|at| person(format!("r{at}")).mentor(1))
        .collect();
    let mentees: Vec<_> = (0..12)
        .map(|at| person(format!("e{at}")).mentee())
        .collect();
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .weigh(1, Same::new(Field::Team))
        .weigh(1, Same::new(Field::Region))
        .weigh(1, Different::new(Field::Region))
        .build()
        .unwrap();
    assert_eq!(
        texts(&programme.check(&cohort).unwrap()),
        [
            "same:region: says almost the same as same:site",
            "different:region: says almost the opposite of same:site",
            "different:region: says almost the opposite of same:region",
        ]
    );
}

fn supplies(checked: &Preflight, of: SupplyOf) -> Vec<(&str, Option<u8>, u64, u64)> {
    let found = checked.supply.iter().filter(|own| own.of == of);
    let figures = |own: &'_ Supply| (*own.level.expose(), own.needed_by, own.places);
    found
        .map(|own| {
            let (level, needed_by, places) = figures(own);
            (own.what.expose().as_str(), level, needed_by, places)
        })
        .collect()
}

#[test]
fn supply_is_counted_in_places_by_level_language_zone_mode_and_topic() {
    use MeetingMode::{Hybrid, InPerson, Virtual};
    let ana = Profile::new("ana")
        .offer("rust", 2)
        .offer("go", None)
        .language("en");
    let ana = ana.time_zone("Europe/Copenhagen").meeting_mode(InPerson);
    let eve = Profile::new("eve")
        .offer("rust", 5)
        .language("da")
        .language("EN");
    let eve = eve.time_zone("America/New_York").meeting_mode(Hybrid);
    let gone = Profile::new("gone")
        .offer("rust", 5)
        .status(Status::Withdrawn);
    let mut mentors = [ana.mentor(2), eve.mentor(u32::MAX), gone.mentor(9)];
    mentors[0].profile.topics = vec!["career".into()];

    let boris = Profile::new("boris")
        .need("rust", 3)
        .need("go", 9)
        .language("en");
    let boris = boris.time_zone("Europe/Berlin").meeting_mode(Virtual);
    let chen = Profile::new("chen")
        .need("rust", None)
        .language("da")
        .language("en");
    let chen = chen.time_zone("Asia/Kathmandu").meeting_mode(InPerson);
    let dara = Profile::new("dara")
        .need("rust", 5)
        .need("sql", None)
        .language("hi");
    let unwanting = Profile::new("x").need("rust", 1).mentee().demand(0);
    let mut mentees = [boris.mentee(), chen.mentee(), dara.mentee(), unwanting];
    mentees[0].profile.topics = vec!["career".into(), "stress".into()];

    let builder = || {
        Programme::builder()
            .weigh(1, SkillCoverage::default())
            .weigh(1, CommonLanguage::default())
            .weigh(1, SetCoverage::topics())
            .forbid(CannotMeet::default().if_missing(IfMissing::Allow))
    };
    let near = builder()
        .date(date())
        .forbid(TimeZonesFurtherThan::hours(5.0));
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let checked = near.build().unwrap().check(&cohort).unwrap();
    assert_eq!(
        supplies(&checked, SupplyOf::Skill),
        [
            ("sql", None, 1, 0),
            ("rust", Some(3), 2, 3),
            ("rust", None, 3, 5),
            ("go", Some(9), 1, 2),
            ("rust", Some(5), 1, 3),
        ]
    );
    assert_eq!(
        supplies(&checked, SupplyOf::Language),
        [("hi", None, 1, 0), ("en", None, 1, 5)]
    );
    // New York is five hours from Copenhagen on that day, and Kathmandu 4 h 45 min.
    assert_eq!(
        supplies(&checked, SupplyOf::TimeZone),
        [("+05:45", None, 1, 2), ("+01:00", None, 1, 5)]
    );
    assert_eq!(
        supplies(&checked, SupplyOf::MeetingMode),
        [("virtual", None, 1, 3), ("in_person", None, 1, 5)]
    );
    assert_eq!(
        supplies(&checked, SupplyOf::Topic),
        [("stress", None, 1, 0), ("career", None, 1, 2)]
    );
    let scarce: Vec<_> = checked
        .supply
        .iter()
        .filter(|own| own.is_scarce())
        .collect();
    assert_eq!(scarce.len(), 3);
    assert!(
        checked.supply[..3].iter().all(Supply::is_scarce),
        "the scarce ones come first"
    );
}

#[test]
fn supply_is_told_of_what_the_programme_reads_on_both_sides() {
    let both = |id: &str| {
        let own = Profile::new(id).need("rust", 3).language("da");
        own.time_zone("Asia/Kathmandu").topic("career")
    };
    let cohort = Cohort::new([both("ana").mentor(1)], [both("boris").mentee()]).unwrap();
    let of = |builder: ProgrammeBuilder| {
        let supply = builder.build().unwrap().check(&cohort).unwrap().supply;
        supply
            .into_iter()
            .map(|own| own.of)
            .collect::<BTreeSet<_>>()
    };
    use SupplyOf::{Language, Skill, TimeZone, Topic};
    let skills = Programme::builder().weigh(1, SkillCoverage::default());
    assert_eq!(of(skills.clone()), [Skill].into());
    let of_no_weight = skills.clone().weigh(0, SetCoverage::topics());
    assert_eq!(of(of_no_weight), [Skill].into());
    let preferred = RuleKind::from(mentormatch::FewerCommonLanguages::than(1));
    let preferred = skills.weigh(1, SetCoverage::topics()).rule(StatedRule {
        name: "speak".into(),
        forbid: preferred,
        cost: Some(half()),
    });
    assert_eq!(of(preferred), [Skill, Language, Topic].into());
    let learning = SkillCoverage::new(mentormatch::Direction::MentorNeeds);
    let reverse = Programme::builder().weigh(1, learning);
    let reverse = reverse.forbid(mentormatch::ExcludedTopic::any(mentormatch::Side::Mentor));
    assert_eq!(of(reverse), [].into(), "no need is held against an offer");
    let zones = || Programme::builder().weigh(1, TimeZoneDistance::zero_at_hours(6.0));
    assert_eq!(of(zones().date(date())), [TimeZone].into());
    let period = zones().period(date(), "2026-12-31".parse().unwrap());
    assert_eq!(of(period), [TimeZone].into(), "on its first day");
}

#[test]
fn a_misspelt_attribute_is_told_from_one_that_few_answered() {
    let ana = Profile::new("ana")
        .attribute("goal", Attribute::choice("x"))
        .mentor(1);
    let mentees = [
        Profile::new("boris")
            .attribute("goal", Attribute::choice("x"))
            .mentee(),
        Profile::new("chen").mentee(),
    ];
    let cohort = Cohort::new([ana], mentees).unwrap();
    let of = |name: &str| {
        let field = Field::Attribute(name.into());
        let programme = Programme::builder()
            .weigh(1, Same::new(field))
            .build()
            .unwrap();
        programme.check(&cohort).unwrap().findings
    };
    let nobody = |finding: &Finding| matches!(finding, Finding::NobodyAnswers { .. });
    let incomplete = |finding: &Finding| matches!(finding, Finding::Incomplete { .. });
    assert_eq!(of("gaol").iter().filter(|own| nobody(own)).count(), 2);
    assert!(!of("gaol").iter().any(incomplete), "nobody is to blame");
    assert!(!of("goal").iter().any(nobody));
    let [
        Finding::Incomplete {
            participant,
            fields,
            ..
        },
    ] = &of("goal")
        .into_iter()
        .filter(incomplete)
        .collect::<Vec<_>>()[..]
    else {
        panic!("one person")
    };
    assert_eq!(participant.as_str(), "chen");
    assert_eq!(fields[..], [Field::Attribute("goal".into())]);
}

/// Asking criteria of fewer pairs changes what is said of criteria only: whatever reads answers to
/// forbid pairs still does.
#[test]
fn criteria_can_be_asked_of_a_sample_while_rules_judge_everybody() {
    let programme = preferred(asking()).build().unwrap();
    let cohort = random(11, 20, 40);
    let all = programme.check(&cohort).unwrap();
    let options = CheckOptions::default().most_answers(7 * 20);
    let some = programme.check_with(&cohort, &options).unwrap();
    assert_eq!((&some.rules, &some.seen), (&all.rules, &all.seen));
    assert_eq!(some.preferences, all.preferences);
    assert_eq!(stuck(&some), stuck(&all));
    assert!(all.criteria.iter().all(|own| own.pairs == all.seen.allowed));
    let few = CheckOptions::default().most_pairs(7 * 20);
    let few = programme.check_with(&cohort, &few).unwrap();
    assert!(0 < few.seen.allowed && few.seen.allowed < all.seen.allowed);
    assert_eq!(some.criteria, few.criteria);
}

#[test]
fn a_check_is_heard_and_can_be_cancelled() {
    let (mentors, mentees) = people(1, 5, 20);
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&heard);
    let options = CheckOptions::default().progress(move |progress| {
        listener
            .lock()
            .unwrap()
            .push((progress.done, progress.total))
    });
    let seen = everything().check_with(&cohort, &options).unwrap().seen;
    let mut heard = heard.lock().unwrap().clone();
    heard.sort_unstable();
    let total = u64::from(seen.mentees);
    assert_eq!(
        heard,
        (1..=total).map(|done| (done, total)).collect::<Vec<_>>()
    );

    let token = CancelToken::default();
    let raised = token.clone();
    let options = CheckOptions::default()
        .cancel(token)
        .progress(move |_| raised.cancel());
    let cancelled = everything().check_with(&cohort, &options);
    assert_eq!(cancelled, Err(CheckError::Cancelled));
}

#[test]
fn what_does_not_fit_is_an_error() {
    let cohort = Cohort::new([Profile::new("r").mentor(1)], [Profile::new("e").mentee()]).unwrap();
    let check = |own: CriterionKind| {
        let programme = Programme::builder().weigh(1, own).build().unwrap();
        programme.check(&cohort)
    };
    let set = check(Same::new(Field::Needs).into());
    assert!(matches!(set, Err(CheckError::Programme(_))));
    let bad = check(CriterionKind::pairwise("bad", 1, |_, _| Some(f64::NAN)));
    assert!(matches!(bad, Err(CheckError::Scoring(_))));
}

#[cfg(feature = "parallel")]
#[test]
fn threads_change_nothing() {
    let (programme, cohort) = (everything(), random(5, 300, 300)); // large enough to be shared
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build()
            .unwrap()
            .install(|| programme.check(&cohort).unwrap())
    };
    assert_eq!(with(1), with(3));
}

#[cfg(feature = "serde")]
#[test]
fn the_stored_form_names_what_is_scarce() {
    let ana = Profile::new("ana").offer("go", 1).language("da").mentor(1);
    let boris = Profile::new("boris")
        .need("rust", 3)
        .wish("nobody", 1)
        .mentee();
    let programme = Programme::builder()
        .weigh(1, SkillCoverage::default())
        .forbid(mentormatch::FewerCommonLanguages::than(1))
        .build()
        .unwrap();
    let checked = programme
        .check(&Cohort::new([ana], [boris]).unwrap())
        .unwrap();
    let stored = serde_json::to_value(&checked).unwrap();
    assert_eq!(
        stored["supply"],
        serde_json::json!([
            {"of": "skill", "what": "rust", "level": 3, "needed_by": 1, "places": 0}
        ])
    );
    assert_eq!(
        stored["rules"][4]["rule"],
        serde_json::json!({"rule": "fewer_common_languages"})
    );
    let findings = stored["findings"].as_array().unwrap();
    assert_eq!(
        findings.last().unwrap()["cohort"],
        "mentee \"boris\": wishes: somebody who is no mentor here"
    );
    assert_eq!(
        findings[0],
        serde_json::json!({"nothing_allowed": {"pairs": 1}})
    );
}
