//! A programme that goes on: people come and go for half a year, and the matching follows.
//!
//! ```sh
//! cargo run --release --example rematch
//! ```
//!
//! Prints a line for each event: who moves, and what the matching is worth afterwards. Then who
//! waits, and which measure would help most.
#![expect(clippy::print_stdout, reason = "a program for a terminal")]

use std::error::Error;

use mentormatch::{
    CalendarDate, CarryOver, Cohort, Engine, Event, Measure, Mentee, Mentor, Objective, PersonMove,
    Plan, PlanChanges, Profile, Programme, ReportingLine, Role, RunOptions, SeniorityGap,
    SkillCoverage, TieBreaking, Waitlist,
};

fn main() -> Result<(), Box<dyn Error>> {
    let programme = Programme::builder()
        .weigh(4, SkillCoverage::default())
        .weigh(2, SeniorityGap::levels(1, 2, 5))
        .forbid(ReportingLine::any_distance())
        .objectives([
            Objective::PriorityTiers,
            Objective::Participation,
            Objective::TotalScore,
        ])
        .build()?;
    let engine = Engine::new(programme);
    let cohort = Cohort::new(mentors(), mentees())?;
    // Of equally good matchings, the one that moves fewest people will do.
    let options = RunOptions::default().tie_breaking(TieBreaking::Fast);

    let mut plan = engine.plan(&cohort, &options)?;
    println!("January: {} pairs\n", plan.pairs().len());
    println!("{:<38}{:>8}{:>9}  who moves", "event", "matched", "score");
    for (what, event) in half_a_year() {
        let next = plan.apply(event)?; // a proposal: the plan before is as it was
        print_event(what, &next, &next.changes_since(&plan));
        plan = next;
    }

    let today = CalendarDate::new(2026, 7, 1)?;
    let waitlist = plan.outcome()?.waitlist(&Waitlist::default(), today);
    println!("\nWaiting in July");
    for own in &waitlist.waiting {
        println!("  {own}");
    }
    print_turns(&CarryOver::default().apply(plan.cohort(), &waitlist)?);
    print_measures(&plan)
}

fn mentor(id: &str, offers: [(&str, u8); 2], seniority: u16, capacity: u32) -> Mentor {
    let own = Profile::new(id).seniority(seniority);
    let own = offers
        .iter()
        .fold(own, |own, &(skill, level)| own.offer(skill, level));
    own.mentor(capacity)
}

fn mentee(id: &str, needs: [(&str, u8); 2], seniority: u16) -> Mentee {
    let own = Profile::new(id).seniority(seniority);
    let own = needs
        .iter()
        .fold(own, |own, &(skill, level)| own.need(skill, level));
    own.mentee()
}

fn mentors() -> [Mentor; 3] {
    [
        mentor("ana", [("rust", 5), ("speaking", 3)], 6, 2),
        mentor("boris", [("leading", 5), ("speaking", 4)], 7, 1),
        mentor("chen", [("sales", 4), ("leading", 3)], 5, 1),
    ]
}

fn mentees() -> [Mentee; 4] {
    [
        mentee("dinh", [("rust", 4), ("speaking", 2)], 4),
        mentee("efua", [("leading", 3), ("speaking", 3)], 5),
        mentee("farid", [("rust", 2), ("leading", 2)], 3),
        mentee("greta", [("sales", 3), ("leading", 1)], 3),
    ]
}

fn half_a_year() -> Vec<(&'static str, Event)> {
    let hana = mentee("hana", [("leading", 5), ("rust", 1)], 5);
    let ilya = mentor("ilya", [("rust", 4), ("leading", 4)], 6, 1);
    let jo = mentee("jo", [("sales", 4), ("speaking", 1)], 4);
    vec![
        (
            "February: hana joins as a mentee",
            Event::mentee_joins(hana),
        ),
        ("March: ilya joins as a mentor", Event::mentor_joins(ilya)),
        (
            "April: greta and chen are not to meet",
            Event::veto("greta", "chen"),
        ),
        (
            "May: ana has room for one mentee only",
            Event::capacity("ana", 1),
        ),
        (
            "May: boris goes on leave",
            Event::pauses(Role::Mentor, "boris"),
        ),
        ("June: jo joins as a mentee", Event::mentee_joins(jo)),
        ("June: boris is back", Event::returns(Role::Mentor, "boris")),
        ("June: efua leaves", Event::mentee_leaves("efua")),
    ]
}

fn print_event(what: &str, plan: &Plan, changes: &PlanChanges) {
    let figures = plan.figures();
    let matched = format!("{} of {}", figures.matched_mentees, figures.mentees);
    let score = figures
        .mean_score
        .map_or_else(String::new, |score| score.to_string());
    let chains: Vec<_> = changes.chains.iter().map(|chain| named(chain)).collect();
    println!("{what:<38}{matched:>8}{score:>9}  {}", chains.join("; "));
}

/// A chain of people, each of whom takes the place of the next.
fn named(chain: &[PersonMove]) -> String {
    let moves = chain.iter().map(|one| match (&one.from, &one.to) {
        (None, Some(to)) => format!("{} to {to}", one.mentee),
        (Some(from), Some(to)) => format!("{} from {from} to {to}", one.mentee),
        (Some(from), None) => format!("{} loses {from}", one.mentee),
        (None, None) => one.mentee.to_string(),
    });
    moves.collect::<Vec<_>>().join(", ")
}

fn print_turns(next: &Cohort) {
    for mentee in next.mentees() {
        if let Some(tier) = mentee.profile.priority {
            println!(
                "  {} goes into the next matching in tier {tier}",
                mentee.profile.id
            );
        }
    }
}

fn print_measures(plan: &Plan) -> Result<(), Box<dyn Error>> {
    let recruit = mentor("new", [("sales", 5), ("leading", 4)], 6, 1);
    let measures = [
        Measure::named("ask ana for a second place").event(Event::capacity("ana", 2)),
        Measure::named("recruit somebody from sales").event(Event::mentor_joins(recruit)),
        Measure::named("let reporting lines be").without_rule("reporting_line"),
    ];
    println!(
        "\n{:<30}{:>8}{:>9}{:>8}",
        "what would help most", "matched", "score", "moves"
    );
    for effect in plan.most_helpful(&measures)? {
        let score = effect
            .after
            .mean_score
            .map_or_else(String::new, |score| score.to_string());
        let moves = effect.changes.moves().count();
        println!(
            "{:<30}{:>8}{score:>9}{moves:>8}",
            effect.name, effect.after.matched_mentees
        );
    }
    Ok(())
}
