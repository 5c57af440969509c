use std::collections::BTreeSet;

use super::*;
use crate::ids::ParticipantId;
use crate::score::Score;

#[test]
fn people_of_any_number_make_a_legal_cohort() {
    for (mentors, mentees, both) in [
        (0, 0, 0),
        (0, 5, 3),
        (5, 0, 9),
        (1, 1, 1),
        (40, 15, 15),
        (700, 2_500, 60),
    ] {
        let company = Company::new(3).mentors(mentors).mentees(mentees).both(both);
        let people = company.people();
        assert_eq!(
            (people.mentors.len(), people.mentees.len()),
            (mentors, mentees)
        );
        let cohort = people.cohort().unwrap();
        let of_mentors: BTreeSet<_> = cohort.mentors().iter().map(|own| &own.profile.id).collect();
        let of_mentees = cohort.mentees().iter();
        let in_both = of_mentees.filter(|own| of_mentors.contains(&own.profile.id));
        assert_eq!(in_both.count(), both.min(mentors).min(mentees));
    }
}

#[test]
fn everybody_joins_once_and_leaves_later_if_at_all() {
    let year = Year::of(Company::new(5));
    let mut there: BTreeSet<(bool, ParticipantId)> = BTreeSet::new();
    let mut left = 0;
    for event in year.events() {
        assert!(event.day < 365);
        match &event.change {
            Change::MentorJoins(own) => assert!(there.insert((true, own.profile.id.clone()))),
            Change::MenteeJoins(own) => assert!(there.insert((false, own.profile.id.clone()))),
            Change::Leaves(id) => {
                let roles = [true, false].map(|role| there.remove(&(role, id.clone())));
                assert!(roles[0] || roles[1], "who leaves has joined");
                left += 1;
            }
        }
    }
    assert!((10..60).contains(&left), "{left} of 244 leave");
}

#[test]
fn better_pairs_are_accepted_more_often() {
    let year = Year::of(Company::new(5));
    let accepted = |score| {
        let pairs = (0..2_000).map(|at| (format!("E{at}"), format!("E{}", 9 * at)));
        let answers = pairs.map(|(mentee, mentor)| year.answer(&mentee, &mentor, score));
        answers.filter(|answer| answer.accepts).count()
    };
    assert!((1_000..1_200).contains(&accepted(Score::ZERO)));
    assert!((1_850..1_950).contains(&accepted(Score::ONE)));
}
