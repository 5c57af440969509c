//! People read from CSV and JSON, as the example `match_programme` reads them.
#![allow(clippy::unwrap_used, reason = "tests")]
#![cfg(feature = "serde")]

#[path = "../examples/match_programme/main.rs"]
#[expect(dead_code, reason = "its `main` is not called here")]
mod match_programme;

use std::fs;
use std::path::{Path, PathBuf};

use match_programme::{Files, arguments, input};
use mentormatch::{Attribute, Bounds, Mentor, Need, Profile, Status, Vocabulary, Wish};

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

fn read_people(mentors: &Path, mentees: &Path) -> Result<input::People, input::InputError> {
    input::read_people((mentors, mentees), Vocabulary::default())
}

fn problems(folder: &Folder, mentors: (&str, &str), mentees: (&str, &str)) -> Vec<String> {
    let mentors = folder.file(mentors.0, mentors.1);
    let mentees = folder.file(mentees.0, mentees.1);
    let error = read_people(&mentors, &mentees).unwrap_err();
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
    let people = read_people(
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
fn cells_about_help_time_and_partners_say_what_they_expect() {
    let folder = Folder::new("domain_cells");
    let mentors = "id,availability,motivation,voluntary,support,preparation,comfortable_gap,ratings,\
        wanted,weights,hours_per_month\nana,sometimes,high,maybe,money,born so,1-3,b,site,topics,some\n";
    let found = problems(
        &folder,
        ("mentors.csv", mentors),
        ("mentees.csv", "id\nb\n"),
    );
    assert_eq!(
        found,
        [
            "mentors.csv, line 2, availability: expected days and times, each as mon-fri 09:00-12:00",
            "mentors.csv, line 2, motivation: expected a whole number of 1 to 5",
            "mentors.csv, line 2, voluntary: expected yes or no",
            "mentors.csv, line 2, support: expected career, psychosocial, role_model or skills",
            "mentors.csv, line 2, preparation: expected trained, certified or references",
            "mentors.csv, line 2, comfortable_gap: expected two whole numbers, such as -1..3",
            "mentors.csv, line 2, ratings: expected ids with a whole number of -5 to 5, each as id:number",
            "mentors.csv, line 2, wanted: expected fields, each as field=same, field=different or field=this|that",
            "mentors.csv, line 2, weights: expected criteria with a factor of 0 to 10, each as criterion:factor",
            "mentors.csv, line 2, hours_per_month: expected a number, such as 7.5",
        ]
    );
}

#[test]
fn a_mentor_without_a_capacity_takes_as_many_as_the_hours_allow() {
    let folder = Folder::new("hours");
    let mentors = "id,capacity,hours_per_month,meetings_per_month,meeting_minutes\n\
        ana,,5,2,60\nboris,1,5,2,60\nchen,,,,\n";
    let mentees = folder.file("mentees.csv", "id\nb\n");
    let people = read_people(&folder.file("mentors.csv", mentors), &mentees).unwrap();
    let places = people.cohort.mentors().iter().map(|mentor| {
        let id = mentor.profile.id.as_str().to_owned();
        (id, mentor.capacity.max)
    });
    let places: std::collections::BTreeMap<_, _> = places.collect();
    assert_eq!((places["ana"], places["boris"], places["chen"]), (2, 1, 1));
}

#[test]
fn csv_and_json_say_the_same() {
    let folder = Folder::new("csv_and_json_say_the_same");
    let csv = "id,name,capacity,offers\nana,Ana,2,go:3\n";
    let json =
        r#"[{"id": "ana", "name": "Ana", "capacity": 2, "offers": [{"skill": "go", "level": 3}]}]"#;
    let mentees = folder.file("mentees.json", r#"[{"id": "b"}]"#);
    let from_csv = read_people(&folder.file("mentors.csv", csv), &mentees).unwrap();
    let from_json = read_people(&folder.file("mentors.json", json), &mentees).unwrap();
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
            "mentees.csv, line 1, capacity: mentors have it, and mentees have demand; perhaps the two files are swapped",
            "mentees.csv, line 1, name: this column is given twice",
            "mentees.csv, line 1, attr:x:colour: expected the kind choice, set, number, flag or ordinal:STEPS, with STEPS of 1 to 65535",
            "mentees.csv, line 2, needs: outside 1 to 100",
            "mentees.csv, line 3, needs: expected skills, each as skill, skill:level or skill:level:importance",
            "mentors.csv, line 2, capacity: expected whole numbers of 0 to 4294967295: one, such as 3, or two, such as 1-3",
            "mentors.csv, line 2, seniority: expected a whole number of 0 to 65535",
            "mentors.csv, line 2, offers: expected skills, each as skill or skill:level",
            "mentors.csv, line 2, attr:grade: outside 1 to 5",
            "mentors.csv, line 2, time_zone: not a known IANA time zone",
            "mentors.csv, line 3, id: missing",
            "mentors.csv, line 4: 2 cells, and 6 in the heading",
            "mentors.csv, lines 5 and 6, capacity: the minimum is above the maximum",
            "mentors.csv, lines 5 and 6, id: 2 people in this role have this id",
            "mentors.csv, line 6, offers: expected levels, the second in skill:level, of 0 to 255",
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
        vocabulary: None,
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
                "points_percent: reason",
                "points_percent: style",
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

#[test]
fn what_a_duplicated_id_is_blamed_for_names_all_of_its_lines() {
    let folder = Folder::new("duplicated_id");
    let mentors = "id,time_zone\nana,Mars/Olympus\nana,\nboris,\nana,Mars/Olympus\n";
    let mentees = r#"[{"id": "c"}, {"id": "c", "demand": {"min": 2, "max": 1}}]"#;
    assert_eq!(
        problems(&folder, ("mentors.csv", mentors), ("mentees.json", mentees)),
        [
            "mentees.json, entries 1 and 2, demand: the minimum is above the maximum",
            "mentees.json, entries 1 and 2, id: 2 people in this role have this id",
            "mentors.csv, lines 2, 3 and 5, id: 3 people in this role have this id",
            "mentors.csv, lines 2, 3 and 5, time_zone: not a known IANA time zone",
        ]
    );
}

#[test]
fn a_file_of_another_kind_is_recognised() {
    let folder = Folder::new("another_kind");
    let mentor = ("mentors.csv", "id\na\n");
    for (mentees, problem) in [
        (
            ("mentees.csv", "\u{feff}id;\"name\";needs\nb;B;go\n"),
            "mentees.csv, line 1: the cells are separated by semicolons; expected commas",
        ),
        (
            ("mentees.csv", "ID;Name\nb;B\n"),
            "mentees.csv, line 1: the cells are separated by semicolons; expected commas",
        ),
        (
            ("mentees.csv", "id,name,\nb,B,\n,,\n"),
            "mentees.csv, line 1: column 3 has no heading",
        ),
        (
            ("mentees.csv", "\n\nid,seniority\n\n\nb,x\n"),
            "mentees.csv, line 6, seniority: expected a whole number of 0 to 65535",
        ),
        (
            ("mentees.csv", "\u{feff}\r\nid,shoe\r\n\r\n\"b\nb\",\r\n"),
            "mentees.csv, line 2, shoe: no such column; answers of your own are written attr:NAME:KIND",
        ),
        (
            (
                "mentees.csv",
                "id,seniority\r\n\r\n\"b\r\nb\",\r\n\r\nc,x\r\n",
            ),
            "mentees.csv, line 6, seniority: expected a whole number of 0 to 65535",
        ),
        (
            ("mentees.csv", "name\tid\nB\tb\n"),
            "mentees.csv, line 1: the cells are separated by tabs; expected commas",
        ),
        (
            ("mentees.json", r#"[{"id": "b"},"#),
            "mentees.json, line 1: broken JSON, at column 13: EOF while parsing a value",
        ),
        (
            ("mentees.json", r#"[{"id": "b"}, {"id": "secret}]"#),
            "mentees.json, line 1: broken JSON, at column 30: EOF while parsing a string",
        ),
        (
            ("mentees.json", r#"{"id": "b"}"#),
            "mentees.json, line 1: expected a list of objects",
        ),
        (
            ("mentees.json", r#"[{"id": "b", "name": 7}]"#),
            "mentees.json, entry 1, name: expected text",
        ),
        (
            ("mentees.json", r#"[{"id": "b", "capacity": 2}]"#),
            "mentees.json, entry 1, capacity: mentors have it, and mentees have demand; perhaps the two files are swapped",
        ),
        (
            ("mentees.CSV", "id,needs\nb,go:256\n"),
            "mentees.CSV, line 2, needs: expected levels, the second in skill:level, of 0 to 255",
        ),
        (
            ("mentees.csv", "id,needs\nb,go:2:256\n"),
            "mentees.csv, line 2, needs: expected importances, the last in skill:level:importance, of 1 to 100",
        ),
        (
            ("mentees.csv", "id,seniority\nb,70000\n"),
            "mentees.csv, line 2, seniority: expected a whole number of 0 to 65535",
        ),
        (
            ("mentees.csv", "id,name\n"),
            "mentees.csv: lists nobody; expected at least one mentee",
        ),
        (
            ("mentees.csv", ""),
            "mentees.csv: lists nobody; expected at least one mentee",
        ),
        (
            ("mentees.Json", " []"),
            "mentees.Json: lists nobody; expected at least one mentee",
        ),
    ] {
        assert_eq!(problems(&folder, mentor, mentees), [problem]);
    }
}

const GUIDE: &str = include_str!("../examples/data/README.md");

/// The example of the guide whose fence says this.
fn block(fence: &str) -> &'static str {
    let start = format!("```{fence}\n");
    let (_, after) = GUIDE.split_once(&start).unwrap();
    after.split_once("```").unwrap().0
}

#[test]
fn the_guide_s_examples_read() {
    let folder = Folder::new("guide_examples");
    let mentees = folder.file("mentees.csv", block("csv mentees"));
    let read = |name: &str, text: &str| read_people(&folder.file(name, text), &mentees);
    let small = read("small.csv", block("csv mentors")).unwrap();
    assert_eq!(small.names["dora"], "Silva, Dora");
    let json = read("mentors.json", block("json mentors")).unwrap();
    let csv = read("mentors.csv", block("csv the same mentor")).unwrap();
    let same = |mentor: &Mentor| {
        let mut mentor = mentor.clone();
        mentor.profile.needs.sort_by(|a, b| a.skill.cmp(&b.skill));
        mentor
    };
    assert!(same(&json.cohort.mentors()[0]) == same(&csv.cohort.mentors()[0]));
    assert_eq!(json.names, csv.names);
}

#[test]
fn the_guide_s_table_reads_and_has_every_column() {
    let folder = Folder::new("guide_table");
    let somebody = folder.file("somebody.csv", "id\nsomebody\n");
    let rows = GUIDE.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.map(|row| row.split('|').map(|cell| cell.trim().trim_matches('`')));
    let columns: Vec<_> = cells
        .map(|mut row| (row.nth(1).unwrap(), row.nth(1).unwrap()))
        .collect();
    for (column, example) in &columns {
        let text = match *column {
            "id" => format!("id\n{example}\n"),
            _ => format!("id,{column}\nx,{example}\n"),
        };
        let file = folder.file("file.csv", &text);
        let read = match *column {
            "demand" => read_people(&somebody, &file),
            _ => read_people(&file, &somebody),
        };
        assert!(read.is_ok(), "{column}: {:?}", read.err());
    }
    let named = |name: &str| columns.iter().any(|(column, _)| *column == name);
    let full = block("csv the same mentor").lines().next().unwrap();
    for heading in full.split(',').filter(|heading| !heading.contains(':')) {
        assert!(named(heading), "{heading}");
    }
    assert!(named("demand"));
}

#[test]
fn options_are_explained_and_slips_in_them_are_named() {
    let files = |line: &str| Files::from_arguments(line.split_whitespace().map(str::to_owned));
    for (line, problem) in [
        ("--mentor m.csv", "unknown option: --mentor"),
        ("people.csv", "unknown option: people.csv"),
        ("--out", "--out needs a value"),
        ("--out --mentors m.csv", "--out needs a value"),
        ("--out= a", "--out needs a value"),
        ("--out a --out=b", "--out is given twice"),
        ("--mentors m.csv", "missing: --mentees and --programme"),
        ("--mentors m.csv --programme p.toml", "missing: --mentees"),
    ] {
        let error = files(line).err().unwrap().to_string();
        assert_eq!(error, format!("{problem}\n--help explains the options"));
    }
    for help in ["-h", "--help"] {
        assert!(arguments::ask_for_help(&[
            "--out".to_owned(),
            help.to_owned()
        ]));
    }
    for option in [
        "--mentors F ",
        "--mentees F ",
        "--programme F ",
        "--vocabulary F ",
        "--out DIR ",
    ] {
        assert!(arguments::HELP.contains(&format!("\n  {option}")));
    }
    let own = files("--programme=p.toml --out o").unwrap();
    assert_eq!(own.programme, PathBuf::from("p.toml"));
    assert_eq!(own.out, PathBuf::from("o"));
    assert!(own.mentors.ends_with("examples/data/mentors.csv"));
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = Folder::new("no_folder");
    let files = Files {
        mentors: folder.file("mentors.csv", "id,offers\na,go\n"),
        mentees: folder.file("mentees.csv", "id,needs\nb,go\n"),
        programme: folder.file("programme.toml", PROGRAMME),
        vocabulary: None,
        out: folder.file("taken", ""),
    };
    let error = match_programme::run(&files).unwrap_err().to_string();
    let path = files.out.display().to_string();
    assert!(
        error.starts_with(&format!("cannot write to {path}: ")),
        "{error}"
    );
}

#[test]
fn a_broken_programme_is_called_broken() {
    let folder = Folder::new("broken_programme");
    let files = Files {
        mentors: folder.file("mentors.csv", "id\na\n"),
        mentees: folder.file("mentees.csv", "id\nb\n"),
        programme: folder.file("programme.json", "{\n\"name\": }"),
        vocabulary: None,
        out: folder.0.join("out"),
    };
    let error = match_programme::run(&files).unwrap_err().to_string();
    assert_eq!(
        error,
        "1 problem in the input\n  programme.json, line 2: broken JSON, at column 9: expected value\n"
    );
}
