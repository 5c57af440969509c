//! Scores computed on demand give what a matrix gives, whatever a host's criterion does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

use super::previous::Previous;
use super::storage::{Job, Storage};
use super::timings::Stopwatch;
use super::{Engine, Outcome, RunError, RunOptions, TieBreaking};
use crate::criteria::{CustomCriterion, SkillCoverage};
use crate::participant::{Cohort, Profile};
use crate::programme::{MissingPolicy, Objective, Programme};
use crate::scoring::Scorer;
use crate::solver::{Access, CancelToken, SolveError, Stage, Violation};

#[path = "../../tests/roster/mod.rs"]
mod roster;

use roster::{Dice, first_criteria, first_rules};

/// A run that keeps its scores like this, whatever the memory limit.
fn run(
    programme: &Programme,
    cohort: &Cohort,
    options: &RunOptions,
    access: Access,
) -> Result<Outcome, RunError> {
    let cohort = &cohort.seeded(options.seed);
    let scorer = Scorer::new(programme, cohort)?;
    let job = Job {
        given: cohort,
        programme,
        cohort,
        previous: &Previous::of(options, cohort),
        options,
    };
    let plan = Storage::new(job, &scorer, access)?;
    super::run(job, plan, scorer, Stopwatch::new(None))
}

/// Everybody a few places, some with a minimum, if there are to be minimums.
fn people(seed: u64, mentors: u64, mentees: u64, minimums: bool) -> Cohort {
    let (mut mentors, mut mentees) = roster::people(seed, mentors, mentees);
    let mut dice = Dice(seed ^ 0xBEAD);
    for mentor in &mut mentors {
        mentor.capacity.max = u32::try_from(dice.below(4)).unwrap();
        mentor.capacity.min = u32::from(minimums && dice.once_in(3)).min(mentor.capacity.max);
    }
    for mentee in &mut mentees {
        mentee.demand.max = u32::from(!dice.once_in(9)) + u32::from(minimums && dice.once_in(5));
    }
    Cohort::new(mentors, mentees).unwrap()
}

/// Many criteria, each under a policy for missing answers in turn, one of them the host's own.
fn criteria() -> crate::programme::ProgrammeBuilder {
    use MissingPolicy::{Renormalise, Zero};
    let policies = [Zero, Renormalise, MissingPolicy::default()];
    let (from, to) = ("2026-03-20".parse().unwrap(), "2026-12-31".parse().unwrap());
    let builder = Programme::builder().date(from).period(from, to);
    let criteria = first_criteria()
        .into_iter()
        .zip(policies.into_iter().cycle());
    criteria
        .zip(0..)
        .fold(builder, |builder, ((own, policy), at)| {
            builder.weigh_as(format!("c{at}"), 1 + at % 4, own, policy)
        })
}

/// Many rules, but not the strictest, and a criterion that forbids pairs for want of an answer.
fn everything() -> Programme {
    let kept = first_rules().into_iter();
    let kept = kept.filter(|rule| rule.default_name() != "fewer_common_languages");
    let strict = CustomCriterion::pairwise("strict", 1, |mentee, mentor| {
        let levels = (mentee.profile.seniority?, mentor.profile.seniority?);
        Some(f64::from(u8::from(levels.0 < levels.1)))
    });
    let builder = criteria().weigh_with(2, strict, MissingPolicy::Forbid);
    kept.fold(builder, |builder, rule| builder.forbid(rule))
        .build()
        .unwrap()
}

/// Few possible scores, so that there are many ties.
fn coarse() -> Programme {
    let same = CustomCriterion::pairwise("same", 1, |mentee, mentor| {
        Some(f64::from(u8::from(
            mentee.profile.site == mentor.profile.site,
        )))
    });
    Programme::builder()
        .weigh(1, same)
        .objectives([Objective::Participation, Objective::TotalScore])
        .build()
        .unwrap()
}

/// All that an outcome tells, but for how it was found.
fn told(outcome: &Outcome) -> String {
    let cohort = outcome.cohort();
    let mut told = format!(
        "{:?}\n{:?}\n{:?}\n{}\n{:?}",
        outcome.matching(),
        outcome.unmatched(),
        outcome.warnings(),
        outcome.report(),
        outcome.gap(),
    );
    let mut statistics = outcome.statistics().clone();
    (statistics.search, statistics.on_demand) = Default::default();
    told.push_str(&format!("{statistics:?}"));
    for mentee in cohort.mentees().iter() {
        for mentor in cohort.mentors().iter() {
            let ids = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
            told.push_str(&format!("{:?}", outcome.why_not(ids.0, ids.1)));
        }
    }
    for objectives in [vec![Objective::TotalScore], vec![Objective::Participation]] {
        told.push_str(&format!("{:?}", outcome.under(&objectives, None)));
    }
    #[cfg(feature = "serde")]
    told.push_str(&serde_json::to_string(outcome).unwrap());
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn rows_on_demand_are_never_seen(
        seed: u64, mentors in 0_u64..14, mentees in 0_u64..24, minimums: bool
    ) {
        let cohort = people(seed, mentors, mentees, minimums);
        let options = RunOptions::default();
        for programme in [everything(), coarse()] {
            let kept = run(&programme, &cohort, &options, Access::InMemory).unwrap();
            let computed = run(&programme, &cohort, &options, Access::OnDemand).unwrap();
            prop_assert_eq!(told(&kept), told(&computed));
            prop_assert_eq!([&kept, &computed].map(|own| own.statistics().on_demand), [false, true]);
            prop_assert_eq!(computed.verify(), Ok(()));
            #[cfg(feature = "ndarray")]
            prop_assert!(kept.scores().is_some() && computed.scores().is_none());
        }
    }

    #[test]
    fn a_fast_tie_break_is_as_good_on_demand(seed: u64, minimums: bool) {
        let cohort = people(seed, 14, 24, minimums);
        let options = RunOptions::default().tie_breaking(TieBreaking::Fast);
        for programme in [everything(), coarse()] {
            let [kept, computed] = [Access::InMemory, Access::OnDemand]
                .map(|access| run(&programme, &cohort, &options, access).unwrap());
            prop_assert_eq!(kept.objectives(), computed.objectives());
            prop_assert_eq!(computed.verify(), Ok(()));
        }
    }

    /// A host's criterion that stops giving scores at some point.
    #[test]
    fn a_criterion_that_breaks_down_ends_in_its_own_error(seed: u64, calls in 0_usize..4_000) {
        let cohort = people(seed, 14, 24, seed % 2 == 0);
        let asked = Arc::new(AtomicUsize::new(0));
        let own = CustomCriterion::pairwise("tired", 1, move |mentee, mentor| {
            let is_tired = asked.fetch_add(1, Ordering::Relaxed) >= calls;
            let alike = mentee.profile.site == mentor.profile.site;
            Some(if is_tired { f64::NAN } else { f64::from(u8::from(alike)) })
        });
        let programme = Programme::builder().weigh(1, own).build().unwrap();
        match run(&programme, &cohort, &RunOptions::default(), Access::OnDemand) {
            Err(RunError::Scoring(error)) => prop_assert_eq!(&*error.criterion, "tired"),
            Err(error) => prop_assert!(false, "{}", error),
            Ok(outcome) => {
                while outcome.verify().is_ok() {}
                let broken = matches!(outcome.verify(), Err(Violation::RowOutOfRange { .. }));
                prop_assert!(broken);
                let under = outcome.under(&[Objective::TotalScore], None);
                prop_assert!(matches!(under, Err(RunError::Scoring(_))), "{:?}", under);
            }
        }
    }

    #[test]
    fn no_score_is_the_same_error_on_demand(seed: u64, mentee in 0_u64..24, mentor in 0_u64..14) {
        let cohort = people(seed, 14, 24, false);
        let bad = (format!("e{mentee}"), format!("r{mentor}"));
        let own = CustomCriterion::pairwise("own", 1, move |mentee, mentor| {
            let (mentee, mentor) = (mentee.profile.id.as_str(), mentor.profile.id.as_str());
            Some(if mentee == bad.0 || mentor == bad.1 { 7.0 } else { 0.5 })
        });
        let programme = Programme::builder().weigh(1, own).build().unwrap();
        let options = RunOptions::default();
        let [kept, computed] = [Access::InMemory, Access::OnDemand]
            .map(|access| run(&programme, &cohort, &options, access).unwrap_err());
        prop_assert_eq!(&kept, &computed);
        prop_assert!(matches!(kept, RunError::Scoring(_)));
    }
}

/// Rows are computed in every stage: cancelled after any number of calls, a run ends with nothing.
#[test]
fn a_run_on_demand_is_cancelled_at_any_time() {
    let cohort = people(5, 14, 24, false);
    let ask = |patience: usize| {
        let (asked, token) = (Arc::new(AtomicUsize::new(0)), CancelToken::default());
        let (count, handle) = (Arc::clone(&asked), token.clone());
        let own = CustomCriterion::pairwise("own", 1, move |mentee, mentor| {
            if count.fetch_add(1, Ordering::Relaxed) + 1 >= patience {
                handle.cancel();
            }
            Some(f64::from(u8::from(
                mentee.profile.site == mentor.profile.site,
            )))
        });
        let programme = Programme::builder().weigh(1, own).build().unwrap();
        let options = RunOptions::default().cancel(token);
        let ended = run(&programme, &cohort, &options, Access::OnDemand);
        (ended.map(|_| ()), asked.load(Ordering::Relaxed))
    };
    let (ended, all) = ask(usize::MAX);
    assert_eq!(ended, Ok(()));
    for patience in (1..=all).step_by(97).chain([all]) {
        let (ended, asked) = ask(patience);
        assert_eq!(
            ended,
            Err(SolveError::Cancelled.into()),
            "at {patience} of {all}"
        );
        assert!(
            asked < patience + 200,
            "{asked} calls, cancelled at {patience}"
        );
    }
}

#[test]
fn progress_is_heard_of_every_stage_on_demand() {
    let heard = Arc::new(std::sync::Mutex::new(Vec::new()));
    let listener = Arc::clone(&heard);
    let options = RunOptions::default().progress(move |progress| {
        listener.lock().unwrap().push(progress.stage);
    });
    run(
        &coarse(),
        &people(1, 14, 24, false),
        &options,
        Access::OnDemand,
    )
    .unwrap();
    let mut heard = heard.lock().unwrap().clone();
    heard.dedup();
    assert_eq!(heard, [Stage::Scoring, Stage::Solving, Stage::Verifying]);
}

#[test]
fn a_report_counts_the_places_of_minimums_that_stay_empty() {
    let mentors = ["ana", "eve"].map(|id| Profile::new(id).mentor(2..=2));
    let mentees = ["boris", "chen", "dinh"].map(|id| Profile::new(id).mentee());
    let programme = Programme::builder().weigh(1, SkillCoverage::default());
    let engine = Engine::new(programme.build().unwrap());
    let report = engine
        .run(&Cohort::new(mentors, mentees).unwrap())
        .unwrap()
        .report();
    assert_eq!(report.shortfall, 1);
    let text = report.to_string();
    assert!(text.contains("1 place short of stated minimums"), "{text}");
}
