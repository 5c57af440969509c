//! People read from CSV and JSON, as the example `match_programme` reads them.
#![allow(clippy::unwrap_used, reason = "tests")]
#![cfg(feature = "serde")]

#[path = "../examples/match_programme/main.rs"]
#[expect(dead_code, reason = "its `main` is not called here")]
mod match_programme;

use std::fs;
use std::path::PathBuf;

use match_programme::{Files, input};
use mentormatch::{Attribute, Bounds, Mentor, Need, Profile, Status, Wish};

/// A folder of its own for each test.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

fn problems(folder: &Folder, mentors: (&str, &str), mentees: (&str, &str)) -> Vec<String> {
    let mentors = folder.file(mentors.0, mentors.1);
    let mentees = folder.file(mentees.0, mentees.1);
    let error = input::read_people(&mentors, &mentees).unwrap_err();
    error.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn every_column_is_read() {
    let folder = Folder::new("every_column_is_read");
    let mentors = "\u{feff}id,name,capacity,status,needs,offers,languages,seniority,\
        experience_years,tenure_years,department,site,organisation,external_id,manager,time_zone,\
        meeting_mode,wishes,vetoes,attr:goal:choice,attr:tags:set,attr:grade:ordinal:11,\
        attr:km:number,quota:team:choice,monitor:carer:flag\n\
        ana,\"Dahl, Ana\",1-3,paused,sql:3; rust:4:5;go::2;c,sql:4;tact,en;da,5,7.5,0.5,Finance,\
        Lyon,Acme,a@example.org,boss,Asia/Amman,in_person,b;c=d;e,x;y,lead,p;q,3,-1.5,red,yes\n";
    let mentees = "id,demand\nb,\nc,2\nd,\ne,\nx,\ny,0-0\n";
    let people = input::read_people(
        &folder.file("mentors.csv", mentors),
        &folder.file("mentees.csv", mentees),
    );
    let people = people.unwrap();
    let mut ana = Profile::new("ana")
        .status(Status::Paused)
        .need("sql", 3)
        .add_need(Need::new("rust").level(4).importance(5))
        .add_need(Need::new("go").importance(2))
        .need("c", None)
        .offer("sql", 4)
        .offer("tact", None)
        .language("en")
        .language("da")
        .seniority(5)
        .experience_years(7.5)
        .tenure_years(0.5)
        .department("Finance")
        .site("Lyon")
        .organisation("Acme")
        .external_id("a@example.org")
        .manager("boss")
        .time_zone("Asia/Amman")
        .meeting_mode(mentormatch::MeetingMode::InPerson)
        .veto("x")
        .veto("y")
        .attribute("goal", Attribute::choice("lead"))
        .attribute("tags", Attribute::set(["p", "q"]))
        .attribute("grade", Attribute::Ordinal { level: 3, of: 11 })
        .attribute("km", Attribute::Number(-1.5))
        .quota_attribute("team", Attribute::choice("red"))
        .monitor_attribute("carer", Attribute::Flag(true));
    ana.wishes = [("b", 1), ("c", 2), ("d", 2), ("e", 3)]
        .map(|(id, rank)| Wish::new(id, rank))
        .into();
    let ana: Mentor = ana.mentor(1..=3);
    assert!(*people.cohort.mentors()[0] == ana);
    assert_eq!(people.names["ana"], "Dahl, Ana");
    let demand = |id| people.cohort.mentees()[people.cohort.mentee_idx(id).unwrap().index()].demand;
    assert_eq!(demand("b"), Bounds::default());
    assert_eq!(demand("c"), Bounds::from(2));
    assert_eq!(demand("y"), Bounds::from(0..=0));
}

#[test]
fn csv_and_json_say_the_same() {
    let folder = Folder::new("csv_and_json_say_the_same");
    let csv = "id,name,capacity,offers\nana,Ana,2,go:3\n";
    let json =
        r#"[{"id": "ana", "name": "Ana", "capacity": 2, "offers": [{"skill": "go", "level": 3}]}]"#;
    let mentees = folder.file("mentees.json", "[]");
    let from_csv = input::read_people(&folder.file("mentors.csv", csv), &mentees).unwrap();
    let from_json = input::read_people(&folder.file("mentors.json", json), &mentees).unwrap();
    assert!(from_csv.cohort.mentors() == from_json.cohort.mentors());
    assert_eq!(from_csv.names, from_json.names);
}

#[test]
fn all_problems_of_both_files_are_reported_with_their_places() {
    let folder = Folder::new("all_problems");
    let mentors = "id,capacity,seniority,time_zone,attr:grade:ordinal:5,offers\n\
        ana,many,high,Mars/Olympus,9,a:b:c\n\
        ,1,,,,\n\
        boris,3-1\n\
        carol,3-1,,,,\n\
        carol,1,,,,go:300\n";
    let mentees = "id,demand,capacity,name,name,attr:x:colour,needs\n\
        dora,1,,,,,go:1:0\n\
        emil,,,,,,:3\n";
    assert_eq!(
        problems(&folder, ("mentors.csv", mentors), ("mentees.csv", mentees)),
        [
            "mentees.csv, line 1, capacity: no such column; answers of your own are written attr:NAME:KIND",
            "mentees.csv, line 1, name: this column is given twice",
            "mentees.csv, line 1, attr:x:colour: expected the kind choice, set, number, flag or ordinal:STEPS",
            "mentees.csv, line 2, needs: outside 1 to 100",
            "mentees.csv, line 3, needs: expected skills, each as skill, skill:level or skill:level:importance",
            "mentors.csv, line 2, capacity: expected a whole number, such as 3, or two, such as 1-3",
            "mentors.csv, line 2, seniority: expected a whole number",
            "mentors.csv, line 2, offers: expected skills, each as skill or skill:level",
            "mentors.csv, line 2, attr:grade: outside 1 to 5",
            "mentors.csv, line 2, time_zone: not a known IANA time zone",
            "mentors.csv, line 3, id: missing",
            "mentors.csv, line 4: 2 cells, and 6 in the heading",
            "mentors.csv, line 5, capacity: the minimum is above the maximum",
            "mentors.csv, line 5, id: 2 people in this role have this id",
            "mentors.csv, line 6, offers: expected skills, each as skill or skill:level",
            "mentors.csv, line 6, capacity: the minimum is above the maximum",
            "mentors.csv, line 6, id: 2 people in this role have this id",
        ]
    );
}

#[test]
fn json_problems_name_the_entry_and_quote_nothing() {
    let folder = Folder::new("json_problems");
    let mentors = r#"[{"id": "ana", "seniority": "secret"}, {"id": "boris", "shoe_size": 41}, {}]"#;
    assert_eq!(
        problems(&folder, ("mentors.json", mentors), ("mentees.json", "[1]")),
        [
            "mentees.json, line 1: expected a list of objects",
            r#"mentors.json, entry 1: mentor "ana": seniority: expected a whole number of 0 to 65535"#,
            r#"mentors.json, entry 2: mentor "boris": unknown key `shoe_size`"#,
            "mentors.json, entry 3: id: missing",
        ]
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = Folder::new("no_file");
    let found = problems(&folder, ("mentors.txt", ""), ("mentees.csv", "name\nAna\n"));
    assert_eq!(
        found,
        [
            "mentees.csv, line 1, id: this column is missing",
            "mentors.txt: expected a file named .csv or .json",
        ]
    );
}

const PROGRAMME: &str = r#"format_version = 1
[[criteria]]
name = "reason"
weight = 3
criterion.skill_coverage = {}
[[criteria]]
name = "style"
weight = 1
criterion.same = { field = "attribute:style" }
missing = "zero"
"#;

/// The example's summary and the lines of its `matching.csv`.
fn matched(folder: &Folder, mentors: &str, mentees: &str) -> (String, Vec<Vec<String>>) {
    let files = Files {
        mentors: folder.file("mentors.csv", mentors),
        mentees: folder.file("mentees.csv", mentees),
        programme: folder.file("programme.toml", PROGRAMME),
        out: folder.0.join("out"),
    };
    let summary = match_programme::run(&files).unwrap();
    let mut table = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(folder.0.join("out/matching.csv"))
        .unwrap();
    let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    let lines = table.records().map(|record| cells(record.unwrap()));
    (summary, lines.collect())
}

#[test]
fn the_table_has_no_formulas_and_no_points_for_silence() {
    let folder = Folder::new("no_formulas");
    let mentors = "id,name,offers\n=1+1,@SUM(A1),go:3\n";
    let mentees = "id,name,needs,vetoes\n+b,\"-cmd|' /C calc'!A0\",go:3,\nc,=c,go:3,=1+1\n";
    let (summary, lines) = matched(&folder, mentors, mentees);
    assert_eq!(
        lines,
        [
            vec![
                "mentee",
                "mentee_name",
                "mentor",
                "mentor_name",
                "score_percent",
                "reason",
                "points: reason",
                "points: style",
            ],
            vec![
                "'+b",
                "'-cmd|' /C calc'!A0",
                "'=1+1",
                "'@SUM(A1)",
                "75.0000",
                "",
                "75.0000",
                "",
            ],
            vec![
                "c",
                "'=c",
                "",
                "",
                "",
                "the only mentor is not allowed; ruled out by: a veto (1)",
                "",
                "",
            ],
        ]
    );
    assert!(summary.contains("the only mentor is not allowed"));
    assert!(summary.contains("ruled out by: a veto"));
}

#[test]
fn a_list_that_is_cut_says_how_much_is_left() {
    let folder = Folder::new("cut_lists");
    let mentors = "id,offers\na,go:3\nb,go:3\nc,go:3\n";
    let mentees = "id,needs\nk,go:3\nl,go:3\nm,go:3\nn,go:3:9;sql:1\n";
    let (summary, _) = matched(&folder, mentors, mentees);
    assert!(summary.contains("allowed: 3, all taken"), "{summary}");
    assert!(summary.contains("… and 1 more"), "{summary}");
}
