//! What an outcome says of its pairs is what another run shows.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::collections::BTreeSet;

use common::random::Random;
use mentormatch::{
    Attribute, Bounds, Cohort, CustomCriterion, Decisions, DifferentValue, Engine, Field,
    IfMissing, MissingPolicy, NamedPair, Objective, Outcome, PairPrice, Profile, Programme,
    ProgrammeBuilder, Role, RunOptions, Same, SetOverlap, Side, WhatIfError, WhyNot, WishFate,
    WishRank,
};

/// A cohort whose scores are drawn, as is who may not be paired.
#[derive(Clone)]
struct Case {
    mentors: Vec<(String, Bounds)>,
    mentees: Vec<(String, Bounds)>,
    scores: Vec<Vec<Option<u32>>>,
    objectives: Vec<Objective>,
}

impl Case {
    fn draw(random: &mut Random) -> Self {
        let (m, n) = (1 + random.below(4), 1 + random.below(5));
        let several = random.below(4) == 0;
        let wanted = |random: &mut Random| match several {
            true => Bounds::from(1 + random.below(2)),
            false => Bounds::from(1),
        };
        let objectives = [
            vec![Objective::Participation, Objective::TotalScore],
            vec![Objective::TotalScore],
            vec![
                Objective::Participation,
                Objective::WorstScore,
                Objective::TotalScore,
            ],
            vec![
                Objective::Participation,
                Objective::MentorsUsed,
                Objective::WorstScore,
            ],
            vec![Objective::MentorsUsed, Objective::TotalScore],
            vec![
                Objective::Participation,
                Objective::SpreadLoad,
                Objective::TotalScore,
            ],
        ];
        let mut score = || (random.below(4) > 0).then(|| 1_000 * random.below(1_001));
        let scores = (0..n).map(|_| (0..m).map(|_| score()).collect()).collect();
        let places = |random: &mut Random| Bounds::from(random.below(4));
        Self {
            scores,
            mentors: (0..m)
                .map(|at| (format!("r{at}"), places(random)))
                .collect(),
            mentees: (0..n)
                .map(|at| (format!("e{at}"), wanted(random)))
                .collect(),
            objectives: objectives[random.below(6) as usize].clone(),
        }
    }

    fn cohort(&self) -> Cohort {
        let mentors =
            (self.mentors.iter()).map(|(id, places)| Profile::new(id.as_str()).mentor(*places));
        let mentees = (self.mentees.iter())
            .map(|(id, wanted)| Profile::new(id.as_str()).mentee().demand(*wanted));
        Cohort::new(mentors, mentees).unwrap()
    }

    fn programme(&self) -> ProgrammeBuilder {
        let scores = self.scores.clone();
        let score = move |mentee: &str, mentor: &str| {
            let at = |id: &str| id[1..].parse::<usize>().unwrap();
            scores[at(mentee)][at(mentor)]
        };
        let drawn = CustomCriterion::pairwise("drawn", 1, move |mentee, mentor| {
            let (mentee, mentor) = (&mentee.profile.id, &mentor.profile.id);
            score(mentee.as_str(), mentor.as_str()).map(|ppm| f64::from(ppm) / 1e6)
        });
        Programme::builder()
            .weigh_with(1, drawn, MissingPolicy::Forbid)
            .objectives(self.objectives.clone())
    }

    fn run(&self, decisions: Decisions) -> Outcome {
        let options = RunOptions::default().decisions(decisions);
        let engine = Engine::new(self.programme().build().unwrap());
        engine.run_with(&self.cohort(), &options).unwrap()
    }

    fn score(&self, (mentee, mentor): &NamedPair) -> Option<u32> {
        let mut pairs = self.pairs();
        let own = pairs.find(|own| own.0 == mentee.as_str() && own.1 == mentor.as_str());
        own.unwrap().2
    }

    fn assert_legal(&self, pairs: &BTreeSet<NamedPair>) {
        assert!(pairs.iter().all(|pair| self.score(pair).is_some()));
        let load = |id: &str, is_mentor: bool| {
            let of = |pair: &&NamedPair| (if is_mentor { &pair.1 } else { &pair.0 }).as_str() == id;
            pairs.iter().filter(of).count()
        };
        for (people, is_mentor) in [(&self.mentees, false), (&self.mentors, true)] {
            for (id, bounds) in people {
                assert!(load(id, is_mentor) <= bounds.max as usize);
            }
        }
    }

    /// What some pairs are worth by each objective.
    fn worth(&self, pairs: &BTreeSet<NamedPair>) -> Vec<i128> {
        let mentees: BTreeSet<_> = pairs.iter().map(|pair| &pair.0).collect();
        let mentors: BTreeSet<_> = pairs.iter().map(|pair| &pair.1).collect();
        let shared = mentors.iter().map(|mentor| {
            let load = pairs.iter().filter(|pair| pair.1 == **mentor).count() as i128;
            load * (load - 1) / 2
        });
        let worth = |objective: &Objective| match objective {
            Objective::Participation => mentees.len() as i128,
            Objective::MentorsUsed => mentors.len() as i128,
            Objective::WorstScore => {
                let scores = pairs.iter().filter_map(|pair| self.score(pair));
                scores.min().unwrap_or(1_000_000).into()
            }
            Objective::SpreadLoad => -shared.clone().sum::<i128>(),
            _ => pairs
                .iter()
                .map(|pair| i128::from(self.score(pair).unwrap()))
                .sum(),
        };
        self.objectives.iter().map(worth).collect()
    }

    fn pairs(&self) -> impl Iterator<Item = (&str, &str, Option<u32>)> {
        let rows = self.mentees.iter().zip(&self.scores);
        rows.flat_map(|((mentee, _), row)| {
            let cells = self.mentors.iter().zip(row);
            cells.map(|((mentor, _), score)| (mentee.as_str(), mentor.as_str(), *score))
        })
    }
}

fn value(outcome: &Outcome) -> Vec<i128> {
    let objectives = outcome.objectives().into_iter();
    let signed = |own: mentormatch::ObjectiveValue| match own.objective {
        Objective::SpreadLoad => -i128::from(own.value),
        _ => i128::from(own.value),
    };
    objectives.map(signed).collect()
}

fn pairs(outcome: &Outcome) -> BTreeSet<NamedPair> {
    let pairs = outcome.matching().pairs.iter();
    pairs
        .map(|pair| (pair.mentee.clone(), pair.mentor.clone()))
        .collect()
}

/// A price says by how much another run's value differs, and its moves lead from the one matching to one of that
/// value.
fn assert_price(case: &Case, outcome: &Outcome, price: &PairPrice, other: &Outcome) {
    let (before, after) = (value(outcome), value(other));
    let differences = after.iter().zip(&before);
    let expected: Vec<_> = differences.map(|(after, before)| after - before).collect();
    let found: Vec<_> = price.change.iter().map(|change| change.by).collect();
    assert_eq!(found, expected);
    let mut moved = pairs(outcome);
    for one in &price.moves {
        let given_up = one.from.clone().map(|from| (one.mentee.clone(), from));
        assert!(given_up.is_none_or(|pair| moved.remove(&pair)), "{price}");
    }
    for one in &price.moves {
        let taken = one.to.clone().map(|to| (one.mentee.clone(), to));
        assert!(taken.is_none_or(|pair| moved.insert(pair)), "{price}");
    }
    case.assert_legal(&moved);
    assert_eq!(case.worth(&moved), after, "{price}");
}

#[test]
fn every_price_is_what_another_run_shows() {
    let mut random = Random::new(61);
    let mut asked = 0;
    for _ in 0..150 {
        let case = Case::draw(&mut random);
        let outcome = case.run(Decisions::new());
        for (mentee, mentor, score) in case.pairs() {
            let price = outcome.price_of(mentee, mentor).unwrap();
            let takes = |people: &[(String, Bounds)], id: &str| {
                people
                    .iter()
                    .any(|(own, bounds)| own == id && bounds.max > 0)
            };
            assert_eq!(
                price.is_some(),
                score.is_some() && takes(&case.mentors, mentor)
            );
            if let Some(price) = price {
                assert_price(
                    &case,
                    &outcome,
                    &price,
                    &case.run(Decisions::new().lock(mentee, mentor)),
                );
                asked += 1;
            }
            let without = outcome.price_without(mentee, mentor).unwrap();
            assert_price(
                &case,
                &outcome,
                &without,
                &case.run(Decisions::new().veto(mentee, mentor)),
            );
        }
        for (mentee, _) in &case.mentees {
            let vetoes = case
                .mentors
                .iter()
                .fold(Decisions::new(), |decisions, (mentor, _)| {
                    decisions.veto(mentee.as_str(), mentor.as_str())
                });
            let price = outcome.price_of_nobody(mentee).unwrap();
            assert_price(&case, &outcome, &price, &case.run(vetoes));
        }
    }
    assert!(asked > 520, "{asked}");
}

#[test]
fn a_lock_stands_against_a_pair_that_would_break_it_and_falls_with_its_own() {
    let mentors = ["r0", "r1"].map(|id| Profile::new(id).mentor(1));
    let mentees = ["e0", "e1"].map(|id| Profile::new(id).mentee());
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Site))
        .build();
    let options = RunOptions::default().decisions(Decisions::new().lock("e0", "r0"));
    let cohort = Cohort::new(mentors, mentees).unwrap();
    let engine = Engine::new(programme.unwrap());
    let outcome = engine.run_with(&cohort, &options).unwrap();
    assert_eq!(outcome.price_of("e1", "r0").unwrap(), None);
    assert!(outcome.price_of("e1", "r1").unwrap().unwrap().is_free());
    let without = outcome.price_without("e0", "r0").unwrap();
    assert!(without.is_free() && without.moves.len() == 2, "{without}");
}

#[test]
fn an_answer_is_the_same_whatever_was_asked_before() {
    let mut random = Random::new(62);
    for _ in 0..60 {
        let case = Case::draw(&mut random);
        let asked = case.run(Decisions::new());
        let _ = asked.place_prices(); // of the lowest score it says nothing
        for (mentee, mentor, _) in case.pairs() {
            let fresh = case.run(Decisions::new());
            let ask = |outcome: &Outcome| {
                let why = outcome.why(mentee, mentor).unwrap();
                (why, outcome.why_not(mentee, mentor).unwrap())
            };
            assert_eq!(ask(&asked), ask(&fresh));
            assert_eq!(ask(&asked.clone()), ask(&fresh));
        }
        let fresh = case.run(Decisions::new());
        assert_eq!(asked.firmness().unwrap(), fresh.firmness().unwrap());
        assert_eq!(asked.place_prices(), fresh.place_prices());
    }
}

#[test]
fn ranks_count_who_is_better_and_the_next_best_is_the_best_of_the_others() {
    let mut random = Random::new(63);
    for _ in 0..150 {
        let case = Case::draw(&mut random);
        let outcome = case.run(Decisions::new());
        let has = pairs(&outcome);
        for (mentee, mentor, score) in case.pairs() {
            let why = outcome.why(mentee, mentor).unwrap();
            assert_eq!(why.matched, has.contains(&(mentee.into(), mentor.into())));
            let rank = |others: &dyn Fn(&str, &str) -> bool| {
                let others = case.pairs().filter(|own| others(own.0, own.1));
                let scores: Vec<_> = others.filter_map(|own| own.2).collect();
                score.map(|own| {
                    let higher = scores.iter().filter(|other| **other > own).count();
                    let level = scores.iter().filter(|other| **other == own).count();
                    (higher + 1, level - 1, scores.len())
                })
            };
            let found = |rank: Option<mentormatch::PartnerRank>| {
                rank.map(|own| {
                    (
                        own.rank as usize,
                        own.level_with as usize,
                        own.allowed as usize,
                    )
                })
            };
            assert_eq!(found(why.rank_for_mentee), rank(&|own, _| own == mentee));
            assert_eq!(found(why.rank_for_mentor), rank(&|_, own| own == mentor));
            let others = case
                .pairs()
                .filter(|own| own.0 == mentee && own.1 != mentor);
            let others = others.filter(|own| !has.contains(&(mentee.into(), own.1.into())));
            let best = others.filter_map(|own| own.2).max();
            let next = why.next_best.as_ref();
            assert_eq!(next.map(|next| next.score.ppm()), best);
            if let Some(next) = next {
                let price = outcome.price_of(mentee, next.mentor.as_str()).unwrap();
                assert_eq!(next.price, price);
            }
        }
    }
}

fn people() -> Cohort {
    let mentor = |id: &str| Profile::new(id).language("en").mentor(1);
    let ana = Profile::new("ana")
        .site("Porto")
        .language("en")
        .language("pt")
        .wish("boris", 1);
    let boris = Profile::new("boris")
        .site("Porto")
        .language("EN")
        .wish("eve", 1)
        .wish("ana", 2)
        .favourite("zoe")
        .attribute("grade", Attribute::Number(3.0));
    Cohort::new(
        [ana.mentor(1), mentor("eve"), mentor("zoe")],
        [boris.mentee()],
    )
    .unwrap()
}

fn asked(builder: ProgrammeBuilder) -> Outcome {
    Engine::new(builder.build().unwrap())
        .run(&people())
        .unwrap()
}

#[test]
fn facts_and_wishes_are_those_of_the_two() {
    let programme = Programme::builder()
        .weigh(1, SetOverlap::jaccard(Field::Languages))
        .weigh(10, Same::new(Field::Site))
        .weigh(1, WishRank::of_mentees());
    let why = asked(programme).why("boris", "ana").unwrap();
    assert_eq!(why.facts[0].facts.in_common, ["EN"]);
    let open: Vec<_> = why.facts[1].facts.unanswered().collect();
    assert_eq!(open, []);
    let wishes: Vec<_> = why
        .wishes
        .iter()
        .map(|own| (own.role, own.partner.as_str(), own.rank, own.fate))
        .collect();
    assert_eq!(
        wishes,
        [
            (Role::Mentee, "eve", Some(1), WishFate::NotGranted),
            (Role::Mentee, "ana", Some(2), WishFate::Granted),
            (Role::Mentee, "zoe", None, WishFate::NotGranted),
            (Role::Mentor, "boris", Some(1), WishFate::Granted),
        ]
    );
    let text = why.to_string();
    assert!(
        text.contains("wishes of the mentee granted: 1 of 3"),
        "{text}"
    );
    assert!(text.contains("next best: \"eve\""), "{text}");
    assert!(
        !format!("{why:?}").contains("zoe"),
        "whom somebody wants is personal"
    );
}

#[test]
fn what_is_forbidden_for_silence_alone_is_told_apart() {
    let rules = || Programme::builder().weigh(1, SetOverlap::jaccard(Field::Languages));
    let why_not = |outcome: &Outcome, mentor: &str| outcome.why_not("boris", mentor).unwrap();
    let strict = asked(rules().forbid(DifferentValue::new(Field::Site)));
    let WhyNot::Forbidden { by, .. } = why_not(&strict, "eve") else {
        panic!("her site is not known");
    };
    assert_eq!(by[0].unanswered, [(Role::Mentor, Field::Site)]);
    assert!(by[0].is_for_silence());
    let lenient = DifferentValue::new(Field::Site).if_missing(IfMissing::Allow);
    let lenient = asked(rules().forbid(lenient));
    assert!(!matches!(
        why_not(&lenient, "eve"),
        WhyNot::Forbidden { .. }
    ));
    let grade = Field::Attribute("grade".into());
    let below = mentormatch::BelowLevel::new(grade, Side::Mentee, 4.0);
    let WhyNot::Forbidden { by, .. } = why_not(&asked(rules().forbid(below)), "eve") else {
        panic!("his grade is too low");
    };
    assert!(!by[0].is_for_silence(), "he answered");
    assert_eq!(by[0].facts.answers.len(), 1);
}

#[test]
fn a_stable_matching_and_an_unproved_one_have_no_prices() {
    let stable = mentormatch::Stable::new(Role::Mentee);
    let programme = || Programme::builder().weigh(1, SetOverlap::jaccard(Field::Languages));
    let outcome = asked(programme().stable(stable));
    let WhyNot::NotChosen { price, .. } = outcome.why_not("boris", "ana").unwrap() else {
        panic!("she may have her");
    };
    assert_eq!(price, None);
    assert!(outcome.why("boris", "ana").is_ok());
    assert_eq!(
        outcome.price_without("boris", "ana"),
        Err(WhatIfError::Stable)
    );
    assert_eq!(outcome.price_of_nobody("boris"), Err(WhatIfError::Stable));
}

/// The mentees who may have only mentors with fewer places than there are of them.
fn is_short(case: &Case, mentees: &[&str]) -> bool {
    let pairs = case
        .pairs()
        .filter(|own| own.2.is_some() && mentees.contains(&own.0));
    let mentors: BTreeSet<_> = pairs.map(|own| own.1).collect();
    let places = case
        .mentors
        .iter()
        .filter(|own| mentors.contains(own.0.as_str()));
    (mentees.len() as u64) > places.map(|own| u64::from(own.1.max)).sum()
}

#[test]
fn whoever_is_unmatched_competes_in_the_smallest_short_set_and_lacks_what_would_place_her() {
    let mut random = Random::new(64);
    let (mut short, mut lacking) = (0, 0);
    for _ in 0..400 {
        let mut case = Case::draw(&mut random);
        case.objectives = vec![Objective::Participation, Objective::TotalScore];
        case.mentees
            .iter_mut()
            .for_each(|own| own.1 = Bounds::from(1));
        let outcome = case.run(Decisions::new());
        for (at, (mentee, _)) in case.mentees.iter().enumerate() {
            let why = outcome.why_unmatched(Role::Mentee, mentee).unwrap();
            let is_unmatched = outcome
                .unmatched()
                .iter()
                .any(|own| own.participant.as_str() == mentee);
            assert_eq!(why.is_some(), is_unmatched);
            let Some(why) = why else { continue };
            if let Some(competition) = &why.competition {
                let set: Vec<_> = competition.mentees.iter().map(|id| id.as_str()).collect();
                assert!(set.contains(&mentee.as_str()) && is_short(&case, &set));
                assert!(competition.places > 0 && !competition.mentors.is_empty());
                for left_out in &set {
                    let rest: Vec<_> = set.iter().copied().filter(|id| id != left_out).collect();
                    assert!(!is_short(&case, &rest));
                }
                short += 1;
            }
            let Some(lacks) = why.lacks() else { continue };
            let placed_with = |more: u64| {
                let mut better = case.scores.clone();
                let more = u32::try_from(more).unwrap();
                // Halved, so that nobody's score is above one.
                let half = |score: u32, more: u32| (score + more) / 2;
                for (row, scores) in better.iter_mut().enumerate() {
                    let more = if row == at { more } else { 0 };
                    scores
                        .iter_mut()
                        .flatten()
                        .for_each(|score| *score = half(*score, more));
                }
                let raised = Case {
                    scores: better,
                    ..case.clone()
                };
                let price = raised.run(Decisions::new());
                let price = price.why_unmatched(Role::Mentee, mentee).unwrap();
                price.is_none_or(|own| own.price.is_some_and(|price| price.is_free()))
            };
            assert!(lacks % 2 == 0 && placed_with(lacks) && !placed_with(lacks - 2));
            lacking += 1;
        }
    }
    assert!(short > 120 && lacking > 100, "{short} {lacking}");
}

#[test]
fn removals_count_what_would_be_allowed_without_each_rule() {
    let site = |site: &str| Profile::new(site).site(site);
    let mentors = [
        site("far").language("pt"),
        site("Porto").language("de"),
        Profile::new("silent").language("en"),
        Profile::new("both").site("far"),
    ];
    let mentors = mentors.map(|own| own.mentor(1));
    let boris = Profile::new("boris").site("Porto").language("pt").mentee();
    let programme = Programme::builder()
        .weigh(1, Same::new(Field::Team))
        .forbid(DifferentValue::new(Field::Site))
        .forbid(mentormatch::FewerCommonLanguages::than(1))
        .build()
        .unwrap();
    let outcome = Engine::new(programme)
        .run(&Cohort::new(mentors, [boris]).unwrap())
        .unwrap();
    let why = outcome
        .why_unmatched(Role::Mentee, "boris")
        .unwrap()
        .unwrap();
    let rows: Vec<_> = why
        .removed
        .iter()
        .map(|own| (own.by.to_string(), own.partners, own.for_silence, own.alone))
        .collect();
    assert_eq!(
        rows,
        [
            ("different_value:site".to_owned(), 3, 1, 1),
            ("fewer_common_languages".to_owned(), 3, 1, 1),
        ]
    );
    assert_eq!(why.removed[0].best.as_ref().unwrap().0.as_str(), "far");
    let mentor = outcome
        .why_unmatched(Role::Mentor, "silent")
        .unwrap()
        .unwrap();
    assert_eq!((mentor.removed.len(), mentor.removed[0].alone), (2, 0));
}

#[test]
fn an_explanation_says_what_forbids_the_pair() {
    let mut random = Random::new(65);
    let (mut forbidden, mut allowed) = (0, 0);
    for _ in 0..100 {
        let case = Case::draw(&mut random);
        let outcome = case.run(Decisions::new().veto("e0", "r0"));
        for (mentee, mentor, score) in case.pairs() {
            let own = outcome.explain(mentee, mentor).unwrap();
            let mut expected = Vec::new();
            if (mentee, mentor) == ("e0", "r0") {
                expected.push("the manager's veto");
            }
            if score.is_none() {
                expected.push("missing answer for drawn");
            }
            let said: BTreeSet<_> = own.forbidden.iter().map(ToString::to_string).collect();
            assert!(
                said.iter().map(String::as_str).eq(sorted(&expected)),
                "{own}"
            );
            let text = own.to_string();
            assert!(
                said.iter()
                    .all(|by| text.contains(&format!("\n  forbidden by {by}")))
            );
            match expected.is_empty() {
                true => allowed += 1,
                false => forbidden += 1,
            }
        }
        for pair in &outcome.matching().pairs {
            let own = outcome.explain(pair.mentee.as_str(), pair.mentor.as_str());
            assert_eq!(own.unwrap().parts, pair.parts);
        }
    }
    assert!(forbidden > 150 && allowed > 300, "{forbidden} {allowed}");
}

fn sorted<'t>(texts: &[&'t str]) -> BTreeSet<&'t str> {
    texts.iter().copied().collect()
}
