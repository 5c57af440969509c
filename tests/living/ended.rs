//! Pairs that have ended are none to keep, and who leaves stands where her place is taken.

use mentormatch::{
    Cohort, Engine, Event, Objective, PastPair, Profile, Programme, Role, RunOptions, SkillCoverage,
};

/// Ana is the better one for boris; chen could have either.
fn cohort() -> Cohort {
    let ana = Profile::new("ana").offer("rust", 4).mentor(1);
    let eve = Profile::new("eve").offer("rust", 2).mentor(1);
    let boris = Profile::new("boris").need("rust", 3).mentee();
    let chen = Profile::new("chen").need("rust", 2).mentee();
    Cohort::new([ana, eve], [boris, chen]).unwrap()
}

fn engine() -> Engine {
    let programme = Programme::builder()
        .weigh(1, SkillCoverage::default())
        .objectives([
            Objective::Participation,
            Objective::KeepPairs,
            Objective::TotalScore,
        ]);
    Engine::new(programme.build().unwrap())
}

const CROSSED: [(&str, &str); 2] = [("boris", "eve"), ("chen", "ana")];

fn previous() -> RunOptions {
    RunOptions::default().previous(CROSSED)
}

#[test]
fn a_plan_does_not_keep_pairs_that_have_ended() {
    let plan = engine().plan(&cohort(), &previous()).unwrap();
    let mentor_of_boris = |plan: &mentormatch::Plan| plan.pairs()[0].mentor.to_string();
    assert_eq!(mentor_of_boris(&plan), "eve", "kept, though ana is better");
    let ends = CROSSED.map(|(mentee, mentor)| Event::PairEnds(PastPair::new(mentee, mentor)));
    let next = plan.apply_all(ends).unwrap();
    assert_eq!(mentor_of_boris(&next), "ana");
    let cold = engine().plan(next.cohort(), &next.options()).unwrap();
    assert_eq!(cold.pairs(), next.pairs());
    let after = next.apply(Event::capacity("ana", 2)).unwrap();
    assert_eq!(mentor_of_boris(&after), "ana", "a pair again, and kept");
}

#[test]
fn who_leaves_ends_the_chain_of_who_takes_her_place_whatever_she_is_called() {
    for leaver in ["a", "z"] {
        let mentors = ["m7", "m8"].map(|id| Profile::new(id).offer("rust", 4).mentor(1));
        let stays = Profile::new("f").need("rust", 4).mentee();
        let leaves = Profile::new(leaver).need("rust", 4).mentee();
        let pairs = [("f", "m7"), (leaver, "m8")];
        let options = RunOptions::default().previous(pairs);
        let cohort = Cohort::new(mentors, [stays, leaves]).unwrap();
        let plan = engine().plan(&cohort, &options).unwrap();
        let next = plan
            .apply_all([
                Event::mentee_leaves(leaver),
                Event::pauses(Role::Mentor, "m7"),
            ])
            .unwrap();
        let chains = next.changes_since(&plan).chains;
        let movers: Vec<Vec<_>> = chains
            .iter()
            .map(|chain| chain.iter().map(|one| one.mentee.as_str()).collect())
            .collect();
        assert_eq!(movers, [["f", leaver]]);
    }
}
