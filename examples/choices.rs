//! What a programme manager asks of an outcome before deciding: what is short and what would help, whom people might
//! choose from, which other plans there are, and who could take somebody's place.

use mentormatch::{
    Cohort, Decisions, DraftOptions, Engine, Field, Profile, Programme, RelaxationOptions, Role,
    RunOptions, SameValue, Score, Shortfall, SkillCoverage, SuggestionOptions,
};

#[expect(clippy::print_stdout, reason = "a program for a terminal")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mentors = [
        ("ana", "sales", 5),
        ("boris", "finance", 4),
        ("carla", "sales", 3),
    ];
    let mentors = mentors.map(|(id, team, level)| {
        Profile::new(id)
            .team(team)
            .offer("rust", level)
            .mentor(0..=1)
    });
    let mentees = [
        ("dinh", "sales"),
        ("efua", "finance"),
        ("femi", "sales"),
        ("gita", "sales"),
    ];
    let mentees = mentees.map(|(id, team)| {
        Profile::new(id)
            .team(team)
            .need("rust", 5)
            .mentee()
            .demand(1..=1)
    });
    let cohort = Cohort::new(mentors, mentees)?;
    let programme = Programme::builder()
        .weigh(1, SkillCoverage::default())
        .forbid(SameValue::new(Field::Team))
        .build()?;
    let engine = Engine::new(programme);
    let outcome = engine.run(&cohort)?;

    println!("not everybody can have what she needs:");
    for conflict in outcome.conflicts(Shortfall::Minimums, None)? {
        println!("    {conflict}");
    }
    println!("what would help:");
    let options = RelaxationOptions::about(Shortfall::Minimums);
    for relaxation in outcome.relaxations(&options)?.found {
        println!("    {relaxation}");
    }

    println!("two suggestions for each mentee, nobody on more than two lists:");
    println!(
        "{}",
        outcome.suggestions(&SuggestionOptions::new(Role::Mentee, 2))?
    );

    println!("plans that differ:");
    for draft in outcome.drafts(&DraftOptions::new(2, Score::from_unit(0.5)?))? {
        let pairs = draft
            .pairs
            .iter()
            .map(|own| format!("{} with {}", own.mentee, own.mentor));
        println!("    {}: {draft}", pairs.collect::<Vec<_>>().join(", "));
    }

    println!("whom else efua could have:");
    for other in outcome.alternates("efua", 3)? {
        println!("    {other}");
    }
    let settled = outcome
        .matching()
        .pairs
        .iter()
        .filter(|pair| pair.mentee.as_str() == "efua");
    let settled = settled.map(|pair| (pair.mentee.clone(), pair.mentor.clone()));
    let options = RunOptions::default().decisions(Decisions::new().lock_all(settled));
    let rest = engine.run_with(&cohort, &options)?;
    println!(
        "with efua's mentor settled, other pairs: {}",
        rest.matching().unlocked().count()
    );
    Ok(())
}
