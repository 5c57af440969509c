//! A few people and a programme in, pairs and reasons out.

use mentormatch::{
    Cohort, Engine, Profile, Programme, ReportingLine, Score, SeniorityGap, SkillCoverage,
};

#[expect(clippy::print_stdout, reason = "a program for a terminal")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ana = Profile::new("ana").offer("rust", 5).offer("sql", 3);
    let boris = Profile::new("boris").offer("leadership", 4);
    let carla = Profile::new("carla").need("rust", 3).need("sql", 2);
    let dinh = Profile::new("dinh").need("leadership", 3).manager("boris");
    let efua = Profile::new("efua").need("sql", 2).need("leadership", 2);

    let mentors = [ana.seniority(7).mentor(1), boris.seniority(6).mentor(1)];
    let mentees = [carla.seniority(5), dinh.seniority(4), efua.seniority(4)];
    let cohort = Cohort::new(mentors, mentees.map(Profile::mentee))?;

    let programme = Programme::builder()
        .weigh(3, SkillCoverage::default())
        .weigh(1, SeniorityGap::levels(1, 2, 4))
        .forbid(ReportingLine::any_distance())
        .build()?;

    let outcome = Engine::new(programme).run(&cohort)?;
    for pair in &outcome.matching().pairs {
        println!("{} with {}: {}", pair.mentee, pair.mentor, pair.score);
        for part in &pair.parts {
            let points = Score::from_ppm_saturating(part.contribution);
            println!("    {} gives {points} of that", part.criterion);
        }
    }
    for one in outcome.unmatched() {
        println!("{} has nobody: {}", one.participant, one.reason);
    }
    Ok(())
}
