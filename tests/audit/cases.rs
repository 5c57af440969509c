//! Runs of every kind.

use mentormatch::{
    Cohort, CriterionKind, Decisions, DifferentValue, Engine, Field, Mentee, Mentor, MissingPolicy,
    Objective, Outcome, Override, Programme, ProgrammeBuilder, Quota, Registry, Role, RuleKind,
    RunOptions, Same, Score, Stable, TieBreaking, WishOrder, WishRank, WishesOf,
};

use mentormatch::RunError;
use mentormatch::solver::SolveError;

use crate::roster::{self, Dice, all_criteria, all_rules, custom_criterion, custom_rule};

pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) cohort: Cohort,
    pub(crate) programme: Programme,
    pub(crate) registry: Registry,
    pub(crate) options: RunOptions,
    pub(crate) may_be_empty: bool,
}

impl Case {
    pub(crate) fn run(&self) -> Outcome {
        let engine = Engine::new(self.programme.clone());
        engine.run_with(&self.cohort, &self.options).unwrap()
    }
}

fn case(
    name: &'static str,
    cohort: &Cohort,
    programme: ProgrammeBuilder,
    options: RunOptions,
) -> Case {
    Case {
        name,
        cohort: cohort.clone(),
        programme: programme.build().unwrap(),
        registry: Registry::new()
            .criterion(custom_criterion())
            .rule(custom_rule()),
        options,
        may_be_empty: name == "nobody",
    }
}

fn period() -> ProgrammeBuilder {
    let (from, to) = ("2026-03-20".parse().unwrap(), "2026-12-31".parse().unwrap());
    Programme::builder()
        .name("Case")
        .date(from)
        .period(from, to)
}

/// Every criterion and the rules that leave somebody, those of the host's own among them.
fn everything() -> ProgrammeBuilder {
    let criteria = all_criteria().into_iter().zip(0u32..);
    let builder = criteria.fold(period(), |builder, (criterion, at)| {
        let policy = [MissingPolicy::Neutral(roster::half()), MissingPolicy::Zero][at as usize % 2];
        builder.weigh_as(format!("c{at}"), 1 + at % 5, criterion, policy)
    });
    let is_lenient = |rule: &RuleKind| {
        ["same_value", "custom", "when", "reporting_line"]
            .iter()
            .any(|kind| rule.default_name().starts_with(kind))
            || matches!(rule, RuleKind::Custom(_))
    };
    let mut rules: Vec<_> = all_rules().into_iter().filter(is_lenient).collect();
    rules.dedup_by_key(|rule| rule.default_name());
    let cost = Score::from_ppm_saturating(10_000);
    rules
        .into_iter()
        .fold(builder, |builder, rule| builder.discourage(cost, rule))
}

fn simple() -> ProgrammeBuilder {
    Programme::builder()
        .weigh(3, Same::new(Field::Site))
        .weigh(2, WishRank::of_mentees())
        .weigh(
            1,
            CriterionKind::from(mentormatch::SkillCoverage::default()),
        )
        .forbid(DifferentValue::new(Field::MeetingMode))
}

fn people(seed: u64, mentors: u64, mentees: u64) -> (Vec<Mentor>, Vec<Mentee>) {
    let (mut mentors, mut mentees) = roster::people(seed, mentors, mentees);
    let mut dice = Dice(seed ^ 0xA0D1);
    for mentor in &mut mentors {
        mentor.capacity.max = 1 + u32::try_from(dice.below(3)).unwrap();
        mentor.capacity.min = u32::from(dice.once_in(4));
    }
    for mentee in &mut mentees {
        mentee.profile.priority =
            (!dice.once_in(2)).then_some(1 + u8::try_from(dice.below(3)).unwrap());
        mentee.demand.max = 1 + u32::from(dice.once_in(4));
    }
    (mentors, mentees)
}

fn no_minimums((mut mentors, mentees): (Vec<Mentor>, Vec<Mentee>)) -> (Vec<Mentor>, Vec<Mentee>) {
    for mentor in &mut mentors {
        mentor.capacity.min = 0;
    }
    (mentors, mentees)
}

fn objectives() -> [Objective; 6] {
    let (order, of, ranks) = (WishOrder::Generous, WishesOf::Both, 3);
    [
        Objective::PriorityTiers,
        Objective::Leximin {
            resolution: Score::from_ppm_saturating(250_000),
        },
        Objective::Wishes { order, of, ranks },
        Objective::KeepPairs,
        Objective::SpreadLoad,
        Objective::TotalScore,
    ]
}

const LOWEST_FIRST: [Objective; 3] = [
    Objective::Participation,
    Objective::WorstScore,
    Objective::TotalScore,
];

/// Where covers do not prove the floor.
const LOWEST_LATER: [Objective; 4] = [
    Objective::PriorityTiers,
    Objective::WorstScore,
    Objective::GroupBalance,
    Objective::TotalScore,
];

/// A lock, a veto and an override of pairs that can have them, and all mentees but one.
fn decisions(cohort: &Cohort, programme: &Programme) -> Decisions {
    let outcome = Engine::new(programme.clone()).run(cohort).unwrap();
    let pairs = &outcome.matching().pairs;
    let mentees = cohort.mentees().iter().map(|own| &own.profile.id);
    let but_one: Vec<_> = mentees.filter(|id| **id != pairs[3].mentee).collect();
    let agreed = Override::new(
        &pairs[2].mentee,
        &pairs[0].mentor,
        "different_value:meeting_mode",
        "both heads agree",
    );
    Decisions::new()
        .lock(&pairs[0].mentee, &pairs[0].mentor)
        .lock(&pairs[0].mentee, &pairs[0].mentor)
        .veto(&pairs[1].mentee, &pairs[1].mentor)
        .allow(agreed)
        .only_mentees(but_one)
}

fn quotas(builder: ProgrammeBuilder) -> ProgrammeBuilder {
    let of = |side, departments: &[&str]| Quota::new(side, Field::Department, departments.to_vec());
    builder
        .quota(
            of(
                Role::Mentee,
                &["department 0", "department 1", "department 2"],
            )
            .at_most(4),
        )
        .quota(of(Role::Mentee, &["department 1"]).at_least(1).at_most(2))
        .quota(of(Role::Mentee, &["department 2"]).at_most(0))
        .quota(of(Role::Mentor, &["department 3"]).at_least(2).target(3))
}

pub(crate) fn cases(seed: u64) -> Vec<Case> {
    let usual = RunOptions::default;
    let cohort = |(mentors, mentees)| roster::known(seed, mentors, mentees);
    let all = cohort(people(seed, 12, 20));
    let free = cohort(no_minimums(people(seed, 12, 20)));
    let decided = usual()
        .decisions(decisions(&all, &simple().build().unwrap()))
        .seed(seed);
    let stable = |stable| simple().stable(stable);
    let previous = [("e1", "r2"), ("e4", "r0"), ("gone", "r1")];
    vec![
        case("everything", &all, everything(), usual()),
        case(
            "objectives",
            &all,
            everything().objectives(objectives()),
            usual().previous(previous),
        ),
        case(
            "lowest score",
            &free,
            simple().objectives(LOWEST_FIRST),
            usual(),
        ),
        case(
            "lowest score later",
            &all,
            quotas(simple()).objectives(LOWEST_LATER),
            usual(),
        ),
        case("decisions", &all, simple(), decided),
        case("quotas", &all, quotas(simple()), usual().seed(7)),
        case(
            "distinct mentors",
            &all,
            simple().distinct_mentors(Field::Department),
            usual(),
        ),
        case(
            "stable for mentees",
            &free,
            stable(Stable::new(Role::Mentee).wishes_first()),
            usual(),
        ),
        case(
            "stable for mentors",
            &free,
            stable(Stable::new(Role::Mentor)),
            usual().seed(3),
        ),
        case("stopped", &all, simple(), usual().work_limit(1)),
        case(
            "stopped below the lowest score",
            &all,
            simple().objectives(LOWEST_FIRST),
            usual().work_limit(1),
        ),
        case(
            "fast",
            &free,
            simple(),
            usual().tie_breaking(TieBreaking::Fast),
        ),
        case(
            "fast and all pairs",
            &all,
            everything(),
            usual().tie_breaking(TieBreaking::Fast).all_pairs(true),
        ),
        case("nobody", &Cohort::new([], []).unwrap(), simple(), usual()),
    ]
}

/// A memory limit that has no room for all scores.
#[cfg(feature = "parallel")]
fn least_memory(cohort: &Cohort) -> RunOptions {
    let options = RunOptions::default().memory_limit(1);
    let refused = Engine::new(simple().build().unwrap()).run_with(cohort, &options);
    let RunError::Solve(SolveError::TooLarge { needed, .. }) = refused.unwrap_err() else {
        panic!()
    };
    options.memory_limit(needed)
}

/// Enough pairs for candidate lists and for rows on several threads.
#[cfg(feature = "parallel")]
pub(crate) fn large() -> Vec<Case> {
    let usual = RunOptions::default;
    let (all, free) = (people(11, 70, 300), no_minimums(people(11, 70, 300)));
    let all = Cohort::new(all.0, all.1).unwrap();
    let free = Cohort::new(free.0, free.1).unwrap();
    let fast = usual().tie_breaking(TieBreaking::Fast);
    vec![
        case("plain", &free, simple(), usual()),
        case("minimums", &all, simple(), usual()),
        case(
            "distinct mentors",
            &free,
            simple().distinct_mentors(Field::Site),
            usual(),
        ),
        case("fast", &free, simple(), fast),
        case(
            "lowest score",
            &free,
            simple().objectives(LOWEST_FIRST),
            usual(),
        ),
        case(
            "lowest score and minimums",
            &all,
            simple().objectives(LOWEST_FIRST),
            usual(),
        ),
        case("stopped", &free, simple(), usual().work_limit(400)),
        case(
            "stopped with minimums",
            &all,
            simple(),
            usual().work_limit(2_000),
        ),
        case("on demand", &free, simple(), least_memory(&free)),
    ]
}
