//! Random people with gaps in their answers, and one of every criterion and rule over them.
//!
//! What [`domain`] adds stands apart, so that the people, criteria and rules of the golden run stay
//! what they are.

#![allow(dead_code, reason = "no test file uses all of it")]

mod domain;

use mentormatch::{
    Attribute, CappedCount, Cohort, CohortBuilder, CommonLanguage, CriterionKind, CustomCriterion,
    CustomRule, Different, DifferentValue, Direction, FewerCommonLanguages, Field, Gap, GapOutside,
    GapTable, IfMissing, MeetingMode, Membership, Mentee, Mentor, Need, Offer, OverlapMeasure,
    Profile, ReportingLine, Role, RuleKind, Same, SameValue, Score, ScoreBelow, SeniorityGap,
    SetOverlap, SkillCoverage, Status, TaxonomyCredit, TextSimilarity, TimeZoneDistance,
    TimeZonesFurtherThan, Vocabulary, Weekday, Window, Wish, WishRank,
};

/// SplitMix64.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let at = usize::try_from(self.below(from.len() as u64)).unwrap();
        from[at]
    }

    /// An answer, or none one time in five.
    fn maybe<T>(&mut self, answer: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.once_in(5) {
            return None;
        }
        Some(answer(self))
    }

    fn several<T>(&mut self, most: u64, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| item(self)).collect()
    }

    fn small(&mut self, bound: u8) -> u8 {
        u8::try_from(self.below(bound.into())).unwrap()
    }
}

const SITES: [&str; 4] = ["Aarhus", "Bogotá", "Chennai", "Denver"];
const ZONES: [&str; 5] = [
    "Europe/Copenhagen",
    "America/Bogota",
    "Asia/Kolkata",
    "America/Denver",
    "Pacific/Kiritimati",
];
/// Four to twelve hours on some day, over midnight now and then.
pub(crate) fn window(dice: &mut Dice) -> Window {
    let day = Weekday::ALL[usize::from(dice.small(7))];
    let quarters = |count: u64| u16::try_from(count * 15).unwrap();
    let from = quarters(32 + dice.below(60));
    let to = from + quarters(16 + dice.below(33));
    Window::new(day, from, if to > 1440 { to - 1440 } else { to })
}

const TAGS: [&str; 5] = ["da", "es", "hi", "en", "EN"];

/// A person with random answers; wishes and vetoes name `e0..` (mentees) and `r0..` (mentors).
pub(crate) fn person(
    dice: &mut Dice,
    id: &str,
    partners: &str,
    partner_count: u64,
    skills: u64,
) -> Profile {
    let mut own = Profile::new(id);
    let skill = |dice: &mut Dice| format!("skill {}", dice.below(skills));
    own.needs = dice.several(4, |dice| {
        Need::new(skill(dice))
            .level(dice.maybe(|dice| 1 + dice.small(5)))
            .importance(1 + dice.small(3))
    });
    own.needs.sort_by(|a, b| a.skill.cmp(&b.skill));
    own.needs.dedup_by(|a, b| a.skill == b.skill);
    own.offers = dice.several(6, |dice| {
        Offer::new(skill(dice)).level(dice.maybe(|dice| 1 + dice.small(5)))
    });
    own.offers.sort_by(|a, b| a.skill.cmp(&b.skill));
    own.offers.dedup_by(|a, b| a.skill == b.skill);
    own.languages = dice.several(2, |dice| dice.pick(&TAGS).to_owned());
    own.languages.sort_by_key(|tag| tag.to_ascii_lowercase());
    own.languages.dedup_by_key(|tag| tag.to_ascii_lowercase());
    own.seniority = dice.maybe(|dice| 1 + u16::from(dice.small(9)));
    own.experience_years = dice.maybe(|dice| f64::from(dice.small(80)) / 2.0);
    own.tenure_years = dice.maybe(|dice| f64::from(dice.small(100)) / 10.0);
    own.department = dice.maybe(|dice| format!("department {}", dice.below(6)));
    own.site = dice.maybe(|dice| dice.pick(&SITES).to_owned());
    own.organisation = dice.maybe(|dice| format!("organisation {}", dice.below(9)));
    own.time_zone = dice.maybe(|dice| dice.pick(&ZONES).to_owned());
    let mut aside = Dice(dice.0 ^ 0x1_0000_0000); // leaves the answers below as they were
    own.availability = aside.several(6, window);
    own.meeting_mode = dice.maybe(|dice| match dice.below(3) {
        0 => MeetingMode::InPerson,
        1 => MeetingMode::Hybrid,
        _ => MeetingMode::Virtual,
    });
    own.wishes = dice.several(3, |dice| {
        let partner = format!("{partners}{}", dice.below(partner_count));
        Wish::new(partner, 1 + u32::from(dice.small(4)))
    });
    own.wishes.sort_by(|a, b| a.partner.cmp(&b.partner));
    own.wishes.dedup_by(|a, b| a.partner == b.partner);
    if dice.once_in(6) {
        own.vetoes = vec![format!("{partners}{}", dice.below(partner_count)).into()];
    }
    if dice.once_in(12) {
        own.status = Status::Paused;
    }
    let attributes: [(&str, Option<Attribute>); 4] = [
        (
            "grade",
            dice.maybe(|dice| Attribute::Ordinal {
                level: 1 + u16::from(dice.small(8)),
                of: 8,
            }),
        ),
        (
            "budget",
            dice.maybe(|dice| Attribute::Number(f64::from(dice.small(200)) - 100.0)),
        ),
        (
            "sport",
            dice.maybe(|dice| Attribute::Choice(format!("sport {}", dice.below(5)))),
        ),
        (
            "sports",
            dice.maybe(|dice| {
                let mut sports = dice.several(3, |dice| format!("sport {}", dice.below(5)));
                sports.sort();
                sports.dedup();
                Attribute::Set(sports)
            }),
        ),
    ];
    let answered = attributes.into_iter();
    own.attributes = answered
        .filter_map(|(name, answer)| Some((name.to_owned(), answer?)))
        .collect();
    own
}

/// Mentors `r0..` and mentees `e0..`, some of them both, over a dozen skills.
pub(crate) fn people(seed: u64, mentors: u64, mentees: u64) -> (Vec<Mentor>, Vec<Mentee>) {
    people_over(seed, mentors, mentees, 12)
}

/// The same over any number of skills.
pub(crate) fn people_over(
    seed: u64,
    mentors: u64,
    mentees: u64,
    skills: u64,
) -> (Vec<Mentor>, Vec<Mentee>) {
    let (mut mentors, mut mentees) = first_people(seed, mentors, mentees, skills);
    let mut dice = Dice(seed ^ 0xD0_3A17);
    let (mentor_count, mentee_count) = (mentors.len() as u64, mentees.len() as u64);
    for mentor in &mut mentors {
        domain::fill(&mut dice, &mut mentor.profile, "e", mentee_count.max(1));
    }
    for mentee in &mut mentees {
        domain::fill(&mut dice, &mut mentee.profile, "r", mentor_count.max(1));
    }
    (mentors, mentees)
}

/// The same without the answers that [`domain::fill`] gives.
pub(crate) fn first_people(
    seed: u64,
    mentors: u64,
    mentees: u64,
    skills: u64,
) -> (Vec<Mentor>, Vec<Mentee>) {
    let mut dice = Dice(seed);
    let partners = mentees.max(1);
    let mentors: Vec<Mentor> = (0..mentors)
        .map(|at| person(&mut dice, &format!("r{at}"), "e", partners, skills).mentor(1))
        .collect();
    let partners = mentors.len().max(1) as u64;
    let mentees = (0..mentees).map(|at| {
        let twin = mentors.get(usize::try_from(at).unwrap());
        match twin {
            Some(mentor) if dice.once_in(8) => mentor.profile.clone().mentee(),
            _ => person(&mut dice, &format!("e{at}"), "r", partners, skills).mentee(),
        }
    });
    let mentees = mentees.collect();
    (mentors, mentees)
}

pub(crate) fn cohort(seed: u64, mentors: u64, mentees: u64) -> Cohort {
    let (mentors, mentees) = people(seed, mentors, mentees);
    known(seed, mentors, mentees)
}

/// A cohort with managers, conflicts and past pairs beyond what people say.
pub(crate) fn known(seed: u64, mentors: Vec<Mentor>, mentees: Vec<Mentee>) -> Cohort {
    worded_as(mentors, mentees, |builder| {
        domain::know(&mut Dice(seed ^ 0xF00D), builder)
    })
}

/// A cohort that reads skills through [`vocabulary`].
pub(crate) fn worded(mentors: Vec<Mentor>, mentees: Vec<Mentee>) -> Cohort {
    worded_as(mentors, mentees, |builder| builder)
}

fn worded_as(
    mentors: Vec<Mentor>,
    mentees: Vec<Mentee>,
    more: impl FnOnce(CohortBuilder) -> CohortBuilder,
) -> Cohort {
    let people = Cohort::builder().mentors(mentors).mentees(mentees);
    more(people.vocabulary(vocabulary())).build().unwrap()
}

/// Skills 0 to 11 as a tree of four levels with one more link, each with an alias of its own; skills
/// 1 and 2 share one.
pub(crate) fn vocabulary() -> Vocabulary {
    let skill = |at: u32| format!("skill {at}");
    Vocabulary::builder()
        .aliases((0..12).map(|at| (skill(at), format!("s{at}"))))
        .aliases([(skill(1), "one of two"), (skill(2), "one of two")])
        .broader_terms((1..12).map(|at| (skill(at), skill((at - 1) / 2))))
        .broader(skill(11), skill(2))
        .build()
        .unwrap()
}

pub(crate) fn half() -> Score {
    Score::from_unit(0.5).unwrap()
}

pub(crate) fn attribute(name: &str) -> Field {
    Field::Attribute(name.to_owned())
}

/// One of every criterion, in several variants, with names of their own.
pub(crate) fn all_criteria() -> Vec<CriterionKind> {
    let mut all = first_criteria();
    all.extend(domain::criteria());
    all
}

/// One of every rule.
pub(crate) fn all_rules() -> Vec<RuleKind> {
    let mut all = first_rules();
    all.extend(domain::rules());
    all
}

/// Those of the golden run.
pub(crate) fn first_criteria() -> Vec<CriterionKind> {
    use OverlapMeasure::{CoverageOfMentee, CoverageOfMentor, Jaccard};
    let both = Direction::Both {
        balance: Score::from_unit(0.7).unwrap(),
    };
    vec![
        SkillCoverage::default().into(),
        SkillCoverage::new(Direction::MentorNeeds).into(),
        SkillCoverage::new(both).into(),
        SetOverlap::jaccard(Field::Languages).into(),
        SetOverlap::jaccard(attribute("sports")).by_rarity().into(),
        SetOverlap::between(Field::Needs, Field::Offers, CoverageOfMentee).into(),
        SetOverlap::between(Field::Offers, Field::Needs, CoverageOfMentor)
            .by_rarity()
            .into(),
        SetOverlap::between(Field::Needs, attribute("sports"), Jaccard).into(),
        CappedCount::new(attribute("sports"), 2).into(),
        Membership::mentee_chooses(attribute("sport"), attribute("sports")).into(),
        Membership::mentor_chooses(attribute("sport"), attribute("sports")).into(),
        CommonLanguage::default().into(),
        SeniorityGap::levels(1, 2, 4).into(),
        Gap::new(Field::ExperienceYears, 2.5, 8.0, 20.0)
            .edge(Score::ZERO)
            .into(),
        Gap::new(attribute("budget"), -20.0, 0.0, 20.0).into(),
        GapTable::new(attribute("grade"), [(1, half()), (2, Score::ONE)]).into(),
        Same::new(Field::Department).into(),
        Same::new(Field::MeetingMode).into(),
        Different::new(Field::Site).into(),
        TimeZoneDistance::zero_at_hours(8.5).into(),
        WishRank::of_mentees().into(),
        WishRank::of_mentors().into(),
        WishRank::balanced(Score::from_unit(0.6).unwrap()).into(),
        custom_criterion().into(),
    ]
}

/// Criteria that weigh words by their meaning, rarity or likeness.
pub(crate) fn word_criteria() -> Vec<CriterionKind> {
    let both = Direction::Both { balance: half() };
    let far = TaxonomyCredit {
        narrower: Score::ONE,
        broader: Score::from_unit(0.3).unwrap(),
        steps: 3,
    };
    vec![
        SkillCoverage::default()
            .taxonomy(TaxonomyCredit::NONE)
            .into(),
        SkillCoverage::new(both).taxonomy(far).into(),
        SkillCoverage::default().by_rarity().into(),
        SkillCoverage::new(Direction::MentorNeeds)
            .taxonomy(far)
            .by_rarity()
            .into(),
        SetOverlap::jaccard(Field::Offers).by_rarity().into(),
        text_similarity().into(),
    ]
}

/// What a mentee needs against what a mentor offers, as vectors of signed levels.
pub(crate) fn text_similarity() -> TextSimilarity {
    TextSimilarity::from_function("skill vectors", 2, |role, profile| {
        let needs = profile.needs.iter().map(|need| (&need.skill, need.level));
        let offers = profile
            .offers
            .iter()
            .map(|offer| (&offer.skill, offer.level));
        let named: Vec<_> = match role {
            Role::Mentee => needs.collect(),
            Role::Mentor => offers.collect(),
        };
        let mut vector = vec![0.0; 12];
        for (skill, level) in &named {
            let at: usize = skill.rsplit(' ').next()?.parse().ok()?;
            let level = f64::from(level.unwrap_or(1));
            *vector.get_mut(at)? = if at.is_multiple_of(3) { -level } else { level };
        }
        (!named.is_empty()).then_some(vector)
    })
}

pub(crate) fn custom_criterion() -> CustomCriterion {
    CustomCriterion::pairwise("tenure ratio", 3, |mentee, mentor| {
        let (less, more) = (mentee.profile.tenure_years?, mentor.profile.tenure_years?);
        Some(if more > 0.0 {
            (less / more).min(1.0)
        } else {
            0.0
        })
    })
}

/// Those of the golden run.
pub(crate) fn first_rules() -> Vec<RuleKind> {
    vec![
        ReportingLine::any_distance().into(),
        SameValue::new(Field::Organisation)
            .if_missing(IfMissing::Allow)
            .into(),
        DifferentValue::new(attribute("sport"))
            .if_missing(IfMissing::Allow)
            .into(),
        GapOutside::new(attribute("grade"), -6.0, 6.0).into(),
        FewerCommonLanguages::than(1)
            .if_missing(IfMissing::Allow)
            .into(),
        TimeZonesFurtherThan::hours(10.0)
            .if_missing(IfMissing::Allow)
            .into(),
        ScoreBelow::new(Score::from_unit(0.2).unwrap()).into(),
        custom_rule().into(),
    ]
}

pub(crate) fn custom_rule() -> CustomRule {
    CustomRule::pairwise("no hybrids", 1, |mentee, mentor| {
        mentee.profile.meeting_mode == Some(MeetingMode::Hybrid)
            && mentor.profile.meeting_mode == Some(MeetingMode::Hybrid)
    })
}
