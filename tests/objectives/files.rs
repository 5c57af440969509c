//! Objectives as they are written down, built and refused, and what a report says of them.

use mentormatch::{
    Cohort, Engine, Field, Objective, ParameterProblem, Profile, Programme, ProgrammeBuilder,
    ProgrammeError, ProgrammeProblem, Quota, Role, RunOptions, Same, Score, WishOrder, WishesOf,
};

use crate::{percent, wishes};

fn build(objectives: &[Objective]) -> Result<Programme, ProgrammeError> {
    let builder = Programme::builder().weigh(1, Same::new(Field::Site));
    let quota = Quota::new(Role::Mentor, Field::Site, ["x"]).target(3);
    let builder = builder.quota(quota.named("home"));
    builder.objectives(objectives.to_vec()).build()
}

fn problems(objectives: &[Objective]) -> Vec<ProgrammeProblem> {
    build(objectives).unwrap_err().problems().to_vec()
}

#[test]
fn parts_out_of_bounds_are_refused() {
    let zero = Objective::Leximin {
        resolution: Score::ZERO,
    };
    let parameter = |owner: &str, parameter, problem| {
        let owner = owner.to_owned();
        [ProgrammeProblem::Parameter {
            owner,
            parameter,
            problem,
        }]
    };
    let expected = parameter("leximin", "resolution", ParameterProblem::Zero);
    assert_eq!(problems(&[zero]), expected);
    for ranks in [0, 101] {
        let (order, of) = (WishOrder::Generous, WishesOf::Both);
        let out_of_range = ParameterProblem::OutOfRange { low: 1, high: 100 };
        let expected = parameter("wishes", "ranks", out_of_range);
        assert_eq!(
            problems(&[Objective::Wishes { order, of, ranks }]),
            expected
        );
    }
}

#[test]
fn targets_must_be_there_and_within_their_bounds() {
    let built = |quotas: &[Quota]| {
        let builder = Programme::builder().weigh(1, Same::new(Field::Site));
        let builder = builder.objectives([Objective::GroupBalance]);
        let builder = quotas
            .iter()
            .cloned()
            .fold(builder, ProgrammeBuilder::quota);
        builder.build().map_err(|error| error.to_string())
    };
    let quota = || Quota::new(Role::Mentor, Field::Site, ["x"]).named("home");
    assert!(built(&[quota().target(0)]).is_ok());
    assert!(built(&[quota().at_least(2).target(2).at_most(2)]).is_ok());
    for (quotas, problem) in [
        (vec![], "group_balance needs a quota with a target"),
        (
            vec![quota().at_most(2)],
            "group_balance needs a quota with a target",
        ),
        (
            vec![quota().at_most(2).target(3)],
            "home: target is above at_most",
        ),
        (
            vec![quota().at_least(2).target(1)],
            "home: at_least is above target",
        ),
    ] {
        assert_eq!(built(&quotas).unwrap_err(), problem);
    }
}

#[test]
fn more_levels_than_there_can_be_are_refused() {
    let leximin = |ppm| Objective::Leximin {
        resolution: Score::from_ppm_saturating(ppm),
    };
    let (limit, needs) = (253, |found| ProgrammeProblem::TooManyLevels {
        found,
        limit: 253,
    });
    assert!(build(&[leximin(4_000), Objective::Pairs, Objective::TotalScore]).is_ok());
    assert_eq!(problems(&[leximin(1)]), [needs(1_000_000)]);
    let four = [
        leximin(4_000),
        Objective::Pairs,
        Objective::TotalScore,
        Objective::PriorityTiers,
    ];
    assert_eq!(problems(&four), [needs(272)]);
    let text = needs(272).to_string();
    assert!(
        text.contains("272") && text.contains(&limit.to_string()),
        "{text}"
    );
}

#[test]
fn an_objective_may_be_stated_twice_with_other_parts_only() {
    let fine_after_coarse = [10, 5].map(|step| Objective::Leximin {
        resolution: percent(step),
    });
    assert!(build(&fine_after_coarse).is_ok());
    let twice = [wishes(WishOrder::Generous, WishesOf::Both); 2];
    let objective = "wishes";
    assert_eq!(
        problems(&twice),
        [ProgrammeProblem::DuplicateObjective { objective }]
    );
}

#[test]
fn a_report_names_every_objective() {
    let mentors = [
        Profile::new("ana").wish("boris", 1).site("x").mentor(2),
        Profile::new("dora").mentor(1),
    ];
    let mentees = [
        Profile::new("boris")
            .wish("ana", 2)
            .site("x")
            .priority(1)
            .mentee(),
        Profile::new("chen")
            .wish("ana", 1)
            .site("x")
            .priority(3)
            .veto("dora")
            .mentee(),
    ];
    let objectives = [
        Objective::PriorityTiers,
        Objective::Participation,
        Objective::Pairs,
        wishes(WishOrder::RankMaximal, WishesOf::Mentees),
        wishes(WishOrder::Generous, WishesOf::Both),
        Objective::WorstScore,
        Objective::Leximin {
            resolution: percent(25),
        },
        Objective::MentorsUsed,
        Objective::SpreadLoad,
        Objective::GroupBalance,
        Objective::KeepPairs,
        Objective::TotalScore,
    ];
    let options = RunOptions::default().previous([("boris", "dora")]);
    let engine = Engine::new(build(&objectives).unwrap());
    let outcome = engine
        .run_with(&Cohort::new(mentors, mentees).unwrap(), &options)
        .unwrap();
    let report = outcome.report().to_string();
    let lines: Vec<_> = report
        .lines()
        .filter(|line| line.ends_with("proven optimal"))
        .collect();
    assert_eq!(
        lines,
        [
            "optimised  priority: 2 mentees (tier 1: 1, tier 3: 1), proven optimal",
            "then       participation: 2 mentees, proven optimal",
            "then       pairs: 2 pairs, proven optimal",
            "then       wishes of mentees to rank 3, first ones first: 2 granted (rank 1: 1, rank 2: 1, rank 3: 0), proven optimal",
            "then       wishes of both sides to rank 3, fewest late ones: 3 granted (rank 1: 2, rank 2: 1, rank 3: 0), proven optimal",
            "then       lowest score: 100.0%, proven optimal",
            "then       lowest scores, in steps of 25.0%: none below 75.0%, proven optimal",
            "then       mentors used: 1 mentor, proven optimal",
            "then       load: 1 pair of mentees who share a mentor, proven optimal",
            "then       groups' targets: 1 pair off, proven optimal",
            "then       pairs kept: 0 pairs, proven optimal",
            "then       total score: 2.000 of 2, proven optimal",
        ]
    );
}

#[cfg(feature = "serde")]
mod stored {
    use super::*;
    use crate::all;

    fn file(objectives: &str) -> String {
        format!(
            "format_version = 1\nobjectives = {objectives}\n[[criteria]]\nweight = 1\n\
             criterion.same = {{ field = \"site\" }}\n"
        )
    }

    #[test]
    fn objectives_come_back_as_they_were_written() {
        let programme = build(&all()).unwrap();
        let toml = toml::to_string(&programme).unwrap();
        assert_eq!(toml::from_str::<Programme>(&toml).unwrap(), programme);
        let json = serde_json::to_string(&programme).unwrap();
        assert_eq!(serde_json::from_str::<Programme>(&json).unwrap(), programme);
    }

    #[test]
    fn objectives_are_words_or_tables() {
        let text = file(
            "[\"priority_tiers\", \"mentors_used\", \"spread_load\", \"keep_pairs\", \
             { leximin = { resolution = 0.01 } }, \
             { wishes = { order = \"generous\", of = \"both\", ranks = 3 } }]",
        );
        let read: Programme = toml::from_str(&text).unwrap();
        let expected = [
            Objective::PriorityTiers,
            Objective::MentorsUsed,
            Objective::SpreadLoad,
            Objective::KeepPairs,
            Objective::Leximin {
                resolution: percent(1),
            },
            wishes(WishOrder::Generous, WishesOf::Both),
        ];
        assert_eq!(read.objectives(), expected);
    }

    #[test]
    fn what_is_not_known_is_refused_with_its_path() {
        for (objectives, path, words) in [
            ("[\"pairs\", \"everything\"]", "objectives[1]", "everything"),
            (
                "[{ leximin = { step = 0.1 } }]",
                "objectives[0].leximin",
                "step",
            ),
            (
                "[{ leximin = { resolution = 2 } }]",
                "objectives[0].leximin.resolution",
                "",
            ),
            (
                "[\"pairs\", \"leximin\"]",
                "objectives[1].leximin.resolution: missing",
                "as in { leximin = { resolution = 0.05 } }",
            ),
            (
                "[{ leximin = {} }]",
                "objectives[0].leximin.resolution: missing",
                "above 0",
            ),
            (
                "[\"wishes\"]",
                "objectives[0].wishes.order: missing",
                "ranks = 3",
            ),
            ("[{}]", "objectives[0]", "expected one objective"),
            ("[3]", "objectives[0]", "expected an objective"),
            (
                "[{ leximin = { resolution = 0.1 }, wishes = {} }]",
                "objectives[0]",
                "expected one objective",
            ),
            (
                "[{ wishes = { order = \"generous\", of = \"both\" } }]",
                "objectives[0].wishes.ranks: missing",
                "1 to 100",
            ),
            (
                "[{ wishes = { order = \"best\", of = \"both\", ranks = 1 } }]",
                "objectives[0].wishes.order",
                "best",
            ),
            (
                "[{ leximin = { resolution = 0.0001 } }]",
                "",
                "up to 10000 levels, of 253",
            ),
        ] {
            let error = toml::from_str::<Programme>(&file(objectives))
                .unwrap_err()
                .to_string();
            assert!(
                error.contains(path) && error.contains(words),
                "{objectives}: {error}"
            );
        }
    }

    #[test]
    fn an_outcome_states_the_levels_of_an_objective() {
        let mentors = [Profile::new("ana").mentor(1)];
        let mentees = [Profile::new("boris").priority(2).mentee()];
        let objectives = [Objective::PriorityTiers, Objective::Participation];
        let engine = Engine::new(build(&objectives).unwrap());
        let outcome = engine.run(&Cohort::new(mentors, mentees).unwrap()).unwrap();
        let stored = serde_json::to_value(&outcome).unwrap();
        let expected = serde_json::json!([
            {
                "objective": "priority_tiers",
                "value": 1,
                "levels": [{ "level": 2, "count": 1 }],
                "proved": true
            },
            { "objective": "participation", "value": 1, "proved": true },
        ]);
        assert_eq!(stored["objectives"], expected);
    }
}
