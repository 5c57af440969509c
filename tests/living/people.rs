//! Random people, programmes and events for a programme that goes on.

use mentormatch::{
    CalendarDate, Cohort, CriterionKind, Different, Event, Field, Mentee, Mentor, MissingPolicy,
    Objective, Override, PastPair, PastPairs, Plan, Profile, Programme, ProgrammeBuilder,
    ReportingLine, Role, RuleKind, SameValue, SeniorityGap, SkillCoverage, Status, WishRank,
};

use crate::common::random::Random;

const SKILLS: [&str; 6] = ["rust", "go", "sales", "law", "design", "talks"];
const DEPARTMENTS: [&str; 3] = ["Sales", "Legal", "Engineering"];

pub(crate) fn mentor_id(number: u32) -> String {
    format!("r{number}")
}

pub(crate) fn mentee_id(number: u32) -> String {
    format!("e{number}")
}

fn one_of<'a>(random: &mut Random, words: &[&'a str]) -> &'a str {
    words[random.below(u32::try_from(words.len()).unwrap()) as usize]
}

/// Somebody with a few answers. Managers have lower numbers, so that nobody is above herself; some are
/// people of the programme.
fn profile(random: &mut Random, id: String, number: u32) -> Profile {
    let mut own = Profile::new(id)
        .seniority(u16::try_from(random.below(6)).unwrap())
        .department(one_of(random, &DEPARTMENTS));
    for _ in 0..2 {
        own = own.offer(
            one_of(random, &SKILLS),
            1 + u8::try_from(random.below(4)).unwrap(),
        );
        own = own.need(
            one_of(random, &SKILLS),
            1 + u8::try_from(random.below(4)).unwrap(),
        );
    }
    if number > 0 && random.below(2) == 0 {
        own = own.manager(mentor_id(random.below(number)));
    }
    own
}

pub(crate) fn mentor(random: &mut Random, number: u32) -> Mentor {
    let mut own = profile(random, mentor_id(number), number);
    if random.below(8) == 0 {
        own = own.veto(mentee_id(random.below(30)));
    }
    own.mentor(random.below(4))
}

pub(crate) fn mentee(random: &mut Random, number: u32) -> Mentee {
    let mut own = profile(random, mentee_id(number), number);
    if random.below(3) == 0 {
        own = own.wish(mentor_id(random.below(14)), 1 + random.below(2));
    }
    own.mentee()
}

pub(crate) fn cohort(random: &mut Random, mentees: u32, mentors: u32) -> Cohort {
    let mentors: Vec<_> = (0..mentors).map(|at| mentor(random, at)).collect();
    let mentees: Vec<_> = (0..mentees).map(|at| mentee(random, at)).collect();
    Cohort::new(mentors, mentees).unwrap()
}

pub(crate) fn builder() -> ProgrammeBuilder {
    Programme::builder()
        .date(CalendarDate::new(2026, 9, 1).unwrap())
        .weigh(5, SkillCoverage::default())
        .weigh(3, SeniorityGap::levels(1, 2, 4))
        .weigh(2, Different::new(Field::Department))
        .weigh(2, WishRank::of_mentees())
        .forbid(ReportingLine::any_distance())
        .forbid(PastPairs::cool_down_months(12))
}

/// Programmes that differ in what events touch.
pub(crate) fn programmes() -> Vec<(&'static str, Programme)> {
    use Objective::{KeepPairs, Participation, TotalScore};
    let commute = CriterionKind::pairwise("capacity", 1, |_, mentor| {
        Some(f64::from(mentor.capacity.max.min(4)) / 4.0)
    });
    let never = RuleKind::pairwise("both senior", 1, |mentee, mentor| {
        mentee.profile.seniority == Some(5) && mentor.profile.seniority == Some(5)
    });
    let build = |builder: ProgrammeBuilder| builder.build().unwrap();
    vec![
        ("plain", build(builder())),
        (
            "total score alone",
            build(builder().objectives([TotalScore])),
        ),
        (
            "pairs kept",
            build(builder().objectives([Participation, KeepPairs, TotalScore])),
        ),
        (
            "lowest score",
            build(builder().objectives([Participation, Objective::WorstScore, TotalScore])),
        ),
        (
            "own closures",
            build(builder().weigh(4, commute).forbid(never)),
        ),
        (
            "rarity",
            build(builder().weigh_as(
                "rare skills",
                4,
                SkillCoverage::default().by_rarity(),
                MissingPolicy::Zero,
            )),
        ),
        (
            "same department only",
            build(builder().forbid(SameValue::new(Field::Department))),
        ),
        (
            "distinct departments",
            build(builder().distinct_mentors(Field::Department)),
        ),
    ]
}

/// Something that may happen, most of it to people who are there.
pub(crate) fn event(random: &mut Random, plan: &Plan) -> Event {
    let (mentee, mentor) = (mentee_id(random.below(36)), mentor_id(random.below(16)));
    let role = if random.below(2) == 0 {
        Role::Mentee
    } else {
        Role::Mentor
    };
    let of = |role| {
        if role == Role::Mentee {
            mentee.clone()
        } else {
            mentor.clone()
        }
    };
    let pairs = plan.pairs();
    let made = pairs.get(random.below(64) as usize % pairs.len().max(1));
    match random.below(16) {
        0 | 1 => Event::mentee_joins(self::mentee(random, random_number(&mentee))),
        2 => Event::mentor_joins(self::mentor(random, random_number(&mentor))),
        3 => Event::mentee_leaves(mentee),
        4 => Event::mentor_leaves(mentor),
        5 => Event::mentee_changes(self::mentee(random, random_number(&mentee))),
        6 => Event::mentor_changes(self::mentor(random, random_number(&mentor))),
        7 => Event::pauses(role, of(role)),
        8 => Event::returns(role, of(role)),
        9 => Event::Status {
            role,
            id: of(role).into(),
            status: Status::Withdrawn,
        },
        10 => Event::capacity(mentor, random.below(4)),
        11 => Event::veto(mentee, mentor),
        12 => Event::Allow(Override::new(mentee, mentor, "reporting_line", "agreed")),
        13 => made.map_or(Event::demand(&mentee, 1), |own| {
            Event::lock(&own.mentee, &own.mentor)
        }),
        14 => plan
            .decisions()
            .locks
            .first()
            .map_or(Event::demand(&mentee, 1), |own| {
                Event::unlock(&own.mentee, &own.mentor)
            }),
        _ => made.map_or(Event::demand(&mentee, 0), |own| {
            let ended = CalendarDate::new(2026, 8, 31).unwrap();
            Event::PairEnds(PastPair::new(&own.mentee, &own.mentor).ended(ended))
        }),
    }
}

fn random_number(id: &str) -> u32 {
    id[1..].parse().unwrap()
}
