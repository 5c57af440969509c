//! Who works where, since when, and for whom: what does not depend on a role in the programme.

use std::collections::BTreeSet;

use crate::participant::Profile;

use super::Company;
use super::company::{DEPARTMENTS, Department, SITES, Site};
use super::facts;
use super::random::Random;

/// The lowest number of an employee.
const FIRST: u32 = 1_000;

/// As many numbers as a company has at least, whether or not anybody has them.
const NUMBERS: u32 = 1_000;

/// After so many names that somebody else has, people share one.
const NAMES_TO_TRY: usize = 100;

/// Somebody in the company, with the answers that are the same in both roles.
pub(crate) struct Employee {
    pub(crate) profile: Profile,
    pub(crate) name: String,
    pub(crate) gender: &'static str,
    pub(crate) site: &'static Site,
    pub(crate) department: &'static Department,
    /// Known to the generator even where the profile is silent.
    pub(crate) seniority: u16,
    roles: Roles,
}

#[derive(Clone, Copy, PartialEq)]
enum Roles {
    Mentor,
    Both,
    Mentee,
}

impl Employee {
    pub(crate) fn is_mentor(&self) -> bool {
        self.roles != Roles::Mentee
    }

    pub(crate) fn is_mentee(&self) -> bool {
        self.roles != Roles::Mentor
    }
}

/// Everybody in the programme, in the order of their ids, and the number from which on nobody has one.
pub(crate) fn hire(company: Company, random: &mut Random) -> (Vec<Employee>, u32) {
    let people = company.mentors + company.mentees - company.both;
    let end = FIRST + NUMBERS.max(2 * u32::try_from(people).unwrap_or(u32::MAX / 4));
    let numbers: Vec<u32> = (FIRST..end).collect();
    let numbers = random.pick_some(&numbers, people);
    let mut names = BTreeSet::new();
    let mut employees: Vec<_> = numbers
        .into_iter()
        .enumerate()
        .map(|(at, number)| employee(roles(company, at), number, &mut names, random))
        .collect();
    employees.sort_by(|a, b| a.profile.id.cmp(&b.profile.id));
    appoint_managers(&mut employees, end, random);
    (employees, end)
}

fn roles(company: Company, at: usize) -> Roles {
    match at {
        _ if at < company.mentors - company.both => Roles::Mentor,
        _ if at < company.mentors => Roles::Both,
        _ => Roles::Mentee,
    }
}

fn employee(
    roles: Roles,
    number: u32,
    names: &mut BTreeSet<String>,
    random: &mut Random,
) -> Employee {
    let site = &SITES[random.weighted(&SITES.each_ref().map(|site| site.size))];
    let department = &DEPARTMENTS[random.weighted(&DEPARTMENTS.each_ref().map(|one| one.size))];
    let seniority = match roles {
        Roles::Mentor => 4 + step(random, &[8, 16, 22, 24, 18, 9, 3]),
        Roles::Both => random.between(4, 6),
        Roles::Mentee => 1 + step(random, &[16, 26, 26, 18, 10, 4]),
    };
    let woman = random.chance(51);
    let at = (site, department);
    let profile = facts::of_person(format!("E{number}"), at, seniority, random);
    Employee {
        profile,
        gender: gender(woman, random),
        name: new_name(site, woman, names, random),
        site,
        department,
        seniority,
        roles,
    }
}

fn step(random: &mut Random, weights: &[u16]) -> u16 {
    u16::try_from(random.weighted(weights)).unwrap_or_default()
}

fn gender(woman: bool, random: &mut Random) -> &'static str {
    match random.below(100) {
        0..2 => "non-binary",
        2..6 => "not said",
        _ if woman => "woman",
        _ => "man",
    }
}

/// Most people have a name of the place; some have come from elsewhere.
fn new_name(site: &Site, woman: bool, names: &mut BTreeSet<String>, random: &mut Random) -> String {
    let mut tries = 0;
    loop {
        let origin = if random.chance(82) {
            site.names
        } else {
            random.pick(&SITES).names
        };
        let given = if woman { &origin.women } else { &origin.men };
        let name = format!("{} {}", random.pick(given), random.pick(&origin.family));
        tries += 1;
        if names.insert(name.clone()) || tries == NAMES_TO_TRY {
            return name;
        }
    }
}

/// About half of all managers are mentors of the same department, one to three steps up, at the same
/// site if there is one; the others take no part. As a manager is always more senior, there are
/// chains but no cycles.
fn appoint_managers(employees: &mut [Employee], outside: u32, random: &mut Random) {
    let managers: Vec<_> = employees
        .iter()
        .map(|one| manager(one, employees, outside, random))
        .collect();
    for (one, manager) in employees.iter_mut().zip(managers) {
        one.profile.manager = manager.map(Into::into);
    }
}

fn manager(
    of: &Employee,
    employees: &[Employee],
    outside: u32,
    random: &mut Random,
) -> Option<String> {
    if of.seniority == 10 || random.chance(3) {
        return None;
    }
    let outside = format!("E{}", outside + u32::from(random.below(100)));
    let steps_up = of.seniority + 1..=of.seniority + 3;
    let colleagues: Vec<_> = employees
        .iter()
        .filter(|one| one.is_mentor() && one.department.name == of.department.name)
        .filter(|one| steps_up.contains(&one.seniority))
        .collect();
    let same_site = colleagues.iter().find(|one| one.site.name == of.site.name);
    if let Some(manager) = same_site {
        return Some(manager.profile.id.to_string());
    }
    if colleagues.is_empty() || random.chance(60) {
        return Some(outside);
    }
    Some(random.pick(&colleagues).profile.id.to_string())
}
