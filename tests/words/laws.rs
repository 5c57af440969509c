//! Laws of vocabularies and of credit along them, over random ones.

use std::collections::BTreeSet;
use std::slice::from_ref as one;

use mentormatch::{
    Attribute, Cohort, CriterionKind, Direction, Field, Mentee, Mentor, Need, Offer,
    OverlapMeasure, Profile, Score, SetOverlap, SkillCoverage, TaxonomyCredit, Vocabulary,
};
use proptest::prelude::*;

use crate::roster::{self, Dice};
use crate::{answer, answers};

/// A random acyclic taxonomy over terms `t0` to `t9`: a link leads to a smaller number.
fn taxonomy(seed: u64) -> Vocabulary {
    let mut dice = Dice(seed);
    let links: Vec<_> = (0..14)
        .map(|_| {
            let from = 1 + dice.below(9);
            (format!("t{from}"), format!("T{}", dice.below(from)))
        })
        .collect();
    let terms = (0..10).map(|at| format!("t{at}"));
    let builder = Vocabulary::builder().terms(terms).broader_terms(links);
    builder.build().unwrap()
}

/// The fewest links from one term up to another, by trying all chains.
fn steps_up(vocabulary: &Vocabulary, from: &str, to: &str, most: u8) -> Option<u8> {
    if vocabulary.canonical(from) == vocabulary.canonical(to) {
        return Some(0);
    }
    let above = vocabulary.broader(from).filter(|_| most > 0);
    let fewest = above.filter_map(|above| steps_up(vocabulary, above, to, most - 1));
    fewest.min().map(|steps| steps + 1)
}

fn power(factor: Score, steps: u8) -> u128 {
    let whole = 1_000_000_u128.pow(steps.into());
    (u128::from(factor.ppm()).pow(steps.into()) * 2_000_000 + whole) / (2 * whole)
}

/// The credit by its definition.
fn expected(vocabulary: &Vocabulary, how: TaxonomyCredit, need: &Need, offer: &Offer) -> u32 {
    let down = steps_up(vocabulary, &offer.skill, &need.skill, how.steps);
    let up = steps_up(vocabulary, &need.skill, &offer.skill, how.steps);
    let factor = match (down, up) {
        (Some(steps), _) => power(how.narrower, steps),
        (None, Some(steps)) => power(how.broader, steps),
        (None, None) => 0,
    };
    let level = match (need.level, offer.level) {
        (Some(wanted), Some(offered)) if offered < wanted => {
            let (wanted, offered) = (u128::from(wanted), u128::from(offered));
            (offered * 2_000_000 + wanted) / (2 * wanted)
        }
        _ => 1_000_000,
    };
    u32::try_from((level * factor * 2 + 1_000_000) / 2_000_000).unwrap()
}

fn pair(vocabulary: &Vocabulary, needs: &[Need], offers: &[Offer]) -> Cohort {
    let (mut asker, mut helper) = (Profile::new("asker"), Profile::new("helper"));
    asker.needs = needs.to_vec();
    helper.offers = offers.to_vec();
    let both = [asker, helper];
    Cohort::builder()
        .mentors(both.clone().map(|own| own.mentor(1)))
        .mentees(both.map(Profile::mentee))
        .vocabulary(vocabulary.clone())
        .build()
        .unwrap()
}

/// Random people who write `skill N` in other ways that mean the same, and the same people.
fn respelled(seed: u64) -> [(Vec<Mentor>, Vec<Mentee>); 2] {
    let (mentors, mentees) = roster::people(seed, 9, 7);
    let mut dice = Dice(seed);
    let mut respell = |text: &mut String| {
        let number = text.strip_prefix("skill ").unwrap();
        *text = match dice.below(4) {
            0 => format!("s{number}"),
            1 => format!(" S{number}\u{a0}"),
            2 => format!("SKILL \u{2003} {number}"),
            _ => format!("ｓkill {number}"),
        };
    };
    let mut others = (mentors.clone(), mentees.clone());
    let profiles = others.0.iter_mut().map(|own| &mut own.profile);
    for own in profiles.chain(others.1.iter_mut().map(|own| &mut own.profile)) {
        own.needs
            .iter_mut()
            .for_each(|need| respell(&mut need.skill));
        own.offers
            .iter_mut()
            .for_each(|offer| respell(&mut offer.skill));
    }
    // Who is mentor and mentee is so with the same answers.
    for mentee in &mut others.1 {
        let twin = others
            .0
            .iter()
            .find(|own| own.profile.id == mentee.profile.id);
        if let Some(twin) = twin {
            mentee.profile = twin.profile.clone();
        }
    }
    [(mentors, mentees), others]
}

fn skill_criteria() -> Vec<CriterionKind> {
    let mut all = roster::word_criteria();
    all.pop(); // vectors are the host's
    let wanted = SetOverlap::between(Field::Needs, Field::Offers, OverlapMeasure::Jaccard);
    all.push(wanted.into());
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_order_of_statements_changes_nothing(seed: u64) {
        let mut dice = Dice(seed);
        let statement = |dice: &mut Dice| {
            let word = |dice: &mut Dice| ["a", "A", "b", "c ", "C", "d", "ｄ"][usize::try_from(dice.below(7)).unwrap()];
            (dice.below(3), word(dice), word(dice))
        };
        let mut stated: Vec<_> = (0..12).map(|_| statement(&mut dice)).collect();
        let build = |stated: &[(u64, &str, &str)]| {
            let builder = stated.iter().fold(Vocabulary::builder(), |builder, &(kind, a, b)| match kind {
                0 => builder.term(a),
                1 => builder.alias(a, b),
                _ => builder.broader(a, b),
            });
            builder.build()
        };
        let forwards = build(&stated);
        stated.reverse();
        prop_assert_eq!(&forwards, &build(&stated));
        stated.rotate_left(5);
        prop_assert_eq!(&forwards, &build(&stated));
    }

    #[test]
    fn an_alias_matches_exactly_as_the_term_does(seed: u64) {
        let [plain, other] = respelled(seed).map(|(mentors, mentees)| roster::worded(mentors, mentees));
        for criterion in skill_criteria() {
            prop_assert_eq!(answers(&plain, criterion.clone()), answers(&other, criterion));
        }
    }

    #[test]
    fn credit_is_level_times_factor_to_the_steps(
        seed: u64, narrower in 0_u32..=1_000_000, broader in 0_u32..=1_000_000, steps in 0_u8..=3,
    ) {
        let vocabulary = taxonomy(seed);
        let mut dice = Dice(seed);
        let (narrower, broader) = (Score::from_ppm_saturating(narrower), Score::from_ppm_saturating(broader));
        let how = TaxonomyCredit { narrower, broader, steps };
        let mut named = || (format!("t{}", dice.below(10)), Some(u8::try_from(1 + dice.below(5)).unwrap()));
        let (skill, level) = named();
        let need = Need::new(skill).level(level);
        let offers: Vec<_> = (0..3).map(|_| named()).map(|(skill, level)| Offer::new(skill).level(level)).collect();

        let cohort = pair(&vocabulary, one(&need), &offers);
        let coverage = SkillCoverage::default().taxonomy(how);
        let found = answer(&cohort, coverage, ("asker", "helper")).unwrap();
        let best = offers.iter().map(|offer| expected(&vocabulary, how, &need, offer)).max();
        prop_assert_eq!(Some(found), best);
        let reverse = SkillCoverage { direction: Direction::MentorNeeds, ..coverage };
        prop_assert_eq!(answer(&cohort, reverse, ("helper", "asker")), best);

        // Offering the very skill is never worth less, and without a taxonomy nothing is worth more.
        let exact: Vec<_> = offers.iter().map(|offer| Offer::new(&*need.skill).level(offer.level)).collect();
        prop_assert!(answer(&pair(&vocabulary, one(&need), &exact), coverage, ("asker", "helper")) >= Some(found));
        let strict = SkillCoverage::default().taxonomy(TaxonomyCredit::NONE);
        prop_assert!(answer(&cohort, strict, ("asker", "helper")) <= Some(found));
        let plain = pair(&Vocabulary::default(), &[need], &offers);
        prop_assert_eq!(answer(&plain, coverage, ("asker", "helper")), answer(&cohort, strict, ("asker", "helper")));
    }

    #[test]
    fn a_cycle_is_refused_and_named(seed: u64, length in 1_u64..6) {
        let mut dice = Dice(seed);
        let first = dice.below(10);
        let ring: Vec<_> = (0..length).map(|at| format!("r{}", (first + at) % length)).collect();
        let links = (0..ring.len()).map(|at| (ring[at].clone(), ring[(at + 1) % ring.len()].clone()));
        let error = Vocabulary::builder().broader("below", "r0").broader_terms(links).build().unwrap_err();
        let [mentormatch::VocabularyProblem::Cycle { chain }] = error.problems() else {
            panic!("one cycle")
        };
        prop_assert_eq!(chain.len(), ring.len() + 1);
        prop_assert_eq!(chain.iter().collect::<BTreeSet<_>>(), ring.iter().collect());
        prop_assert_eq!((&*chain[0], chain.last()), ("r0", chain.first()));
    }
}

#[test]
fn attributes_are_folded_too() {
    let own = |id: &str, sport: &str| {
        let sports = Attribute::Set(vec![sport.to_owned()]);
        Profile::new(id).attribute("sports", sports)
    };
    let cohort = Cohort::new(
        [own("r", "ＲＵＮＮING").mentor(1)],
        [own("e", "running ").mentee()],
    );
    let shared = SetOverlap::jaccard(roster::attribute("sports"));
    assert_eq!(
        answer(&cohort.unwrap(), shared, ("e", "r")),
        Some(1_000_000)
    );
}
