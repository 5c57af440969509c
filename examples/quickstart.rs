//! Two mentors, three mentees, one programme: the whole crate in a few lines.

use mentormatch::{Cohort, Engine, Profile, Programme, ReportingLine, SeniorityGap, SkillCoverage};

#[expect(clippy::print_stdout, reason = "a program for a terminal")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mentors = [
        Profile::new("ana")
            .offer("rust", 5)
            .offer("sql", 3)
            .seniority(7)
            .mentor(1),
        Profile::new("boris")
            .offer("leadership", 4)
            .seniority(6)
            .mentor(1),
    ];
    let mentees = [
        Profile::new("carla").need("rust", 3).seniority(5).mentee(),
        Profile::new("dinh")
            .need("leadership", 3)
            .seniority(4)
            .manager("boris")
            .mentee(),
        Profile::new("efua")
            .need("sql", 2)
            .need("leadership", 2)
            .seniority(4)
            .mentee(),
    ];
    let programme = Programme::builder()
        .weigh(3, SkillCoverage::default())
        .weigh(1, SeniorityGap::levels(1, 2, 4))
        .forbid(ReportingLine::any_distance())
        .build()?;

    let outcome = Engine::new(programme).run(&Cohort::new(mentors, mentees)?)?;
    for pair in &outcome.matching().pairs {
        println!(
            "{} learns from {}: {}",
            pair.mentee, pair.mentor, pair.score
        );
        for part in &pair.parts {
            println!("    {}: {} points", part.criterion, part.contribution);
        }
    }
    for one in outcome.unmatched() {
        println!("{} has no partner: {}", one.participant, one.reason);
    }
    Ok(())
}
