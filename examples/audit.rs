//! A matching that is called into question: its record is verified, replayed, and tampered with.
//!
//!     cargo run --example audit
//!
//! What is kept for it: the people's file and the record. What is needed besides: the host's own criteria, if the
//! programme names any.

use mentormatch::{
    AuditRecord, Cohort, CustomCriterion, Decisions, Engine, Override, Profile, Programme,
    Registry, ReportingLine, RunOptions, SkillCoverage,
};

#[expect(clippy::print_stdout, reason = "a program for a terminal")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    // In spring: a run with a criterion of the host's own and an exception that two people agreed on.
    let options = RunOptions::default().seed(2026).decisions(decisions());
    let outcome = Engine::new(programme()?).run_with(&people()?, &options)?;
    let kept_people = serde_json::to_string(&people()?)?;
    let kept_record = serde_json::to_string(&outcome.audit()?)?;

    // In autumn: somebody asks.
    let cohort: Cohort = serde_json::from_str(&kept_people)?;
    let record: AuditRecord = serde_json::from_str(&kept_record)?;
    println!("record {}", record.fingerprint());
    println!(
        "made by version {} with seed {}",
        record.crate_version(),
        record.seed()
    );

    let forgotten = told(&record, &cohort, &Registry::new());
    println!("without the host's criterion: {forgotten}");
    let registry = Registry::new().criterion(commute());
    println!("with it: {}", told(&record, &cohort, &registry));
    let again = record.replay(&cohort, &registry)?;
    let same = serde_json::to_string(&again.audit()?)? == kept_record;
    println!(
        "done again: {}",
        if same {
            "the same to the byte"
        } else {
            "something else"
        }
    );

    let improved = kept_record.replacen("\"mentor\":\"dora\"", "\"mentor\":\"ana\"", 1);
    let forged: AuditRecord = serde_json::from_str(&improved)?;
    println!("somebody helped: {}", told(&forged, &cohort, &registry));
    let others = Cohort::new([Profile::new("ana").mentor(1)], [])?;
    println!("for other people: {}", told(&record, &others, &registry));
    Ok(())
}

/// What is proved: a run that was stopped early claims less than the optimum.
fn told(record: &AuditRecord, cohort: &Cohort, registry: &Registry) -> String {
    match record.verify(cohort, registry) {
        Err(error) => error.to_string(),
        Ok(()) if record.is_proven_optimal() => "proven optimal".to_owned(),
        Ok(()) => "proved as far as the search went".to_owned(),
    }
}

fn people() -> Result<Cohort, mentormatch::CohortError> {
    let ana = Profile::new("ana")
        .offer("rust", 4)
        .site("Aarhus")
        .mentor(1);
    let dora = Profile::new("dora").offer("go", 4).site("Odense").mentor(1);
    let boris = Profile::new("boris")
        .need("rust", 3)
        .site("Aarhus")
        .manager("ana")
        .mentee();
    let chen = Profile::new("chen").need("go", 3).site("Odense").mentee();
    Cohort::new([ana, dora], [boris, chen])
}

fn commute() -> CustomCriterion {
    CustomCriterion::pairwise("commute", 1, |mentee, mentor| {
        let same = mentee.profile.site.as_ref()? == mentor.profile.site.as_ref()?;
        Some(if same { 1.0 } else { 0.2 })
    })
}

fn programme() -> Result<Programme, mentormatch::ProgrammeError> {
    Programme::builder()
        .name("Spring")
        .weigh(3, SkillCoverage::default())
        .weigh(1, commute())
        .forbid(ReportingLine::any_distance())
        .build()
}

fn decisions() -> Decisions {
    let reason = "Ana hands her team over in April";
    Decisions::new().allow(Override::new("boris", "ana", "reporting_line", reason))
}
