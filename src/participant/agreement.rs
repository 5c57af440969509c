//! Checks of people against each other: one type and one scale for each attribute, and one truth
//! about a person who has both roles.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::attribute::Attribute;
use super::entry::Entry;
use super::profile::Profile;
use crate::error::{CohortProblem, CohortProblemKind as Kind, Redacted};
use crate::ids::Role;

/// Everything that is fine alone but does not fit together.
pub(super) fn problems(entries: &[Entry<'_>]) -> Vec<CohortProblem> {
    let mut found = attribute_problems(entries);
    found.extend(role_problems(entries));
    found
}

/// The attributes of some people that are of another type or scale than others' of the same name. All
/// others agree already, so the first one who has the attribute says what it is.
pub(super) fn misfits<'a>(
    some: &'a [Entry<'a>],
    others: impl Iterator<Item = &'a Profile> + Clone,
) -> Vec<CohortProblem> {
    let usual = |group: &str, name: &str| {
        let attributes = |own: &'a Profile| match group {
            "attributes" => &own.attributes,
            "quota_attributes" => &own.quota_attributes,
            _ => &own.monitor_attributes,
        };
        let mut known = others.clone();
        known.find_map(|own| attributes(own).get(name)).map(shape)
    };
    let found = answers(some).filter_map(|(entry, group, name, answer)| {
        let kind = misfit(shape(answer), usual(group, name)?)?;
        Some(entry.problem(format!("{group}.{name}"), kind))
    });
    found.collect()
}

/// The type of an attribute, with the steps of its scale (0 unless ordinal).
type Shape = (&'static str, u16);

/// How many people have an attribute in each shape.
type Shapes = BTreeMap<Shape, usize>;

fn shape(answer: &Attribute) -> Shape {
    let steps = match *answer {
        Attribute::Ordinal { of, .. } => of,
        _ => 0,
    };
    (answer.type_name(), steps)
}

/// Whoever differs from most people is reported; nobody can know which side is right, but the
/// smaller one is the shorter list.
fn attribute_problems(entries: &[Entry<'_>]) -> Vec<CohortProblem> {
    let mut usual: BTreeMap<(&str, &str), Shapes> = BTreeMap::new();
    for (_, group, name, answer) in answers(entries) {
        let shapes = usual.entry((group, name)).or_default();
        *shapes.entry(shape(answer)).or_default() += 1;
    }
    usual.retain(|_, shapes| shapes.len() > 1);
    if usual.is_empty() {
        return Vec::new();
    }
    let usual: BTreeMap<_, _> = usual
        .iter()
        .map(|(name, shapes)| (name, most_common(shapes)))
        .collect();
    answers(entries)
        .filter_map(|(entry, group, name, answer)| {
            let kind = misfit(shape(answer), *usual.get(&(group, name))?)?;
            Some(entry.problem(format!("{group}.{name}"), kind))
        })
        .collect()
}

fn answers<'a>(
    entries: &'a [Entry<'a>],
) -> impl Iterator<Item = (&'a Entry<'a>, &'static str, &'a str, &'a Attribute)> {
    entries.iter().flat_map(|entry| {
        entry
            .attributes()
            .into_iter()
            .flat_map(move |(group, attributes)| {
                let named = attributes.iter();
                named.map(move |(name, answer)| (entry, group, name.as_str(), answer))
            })
    })
}

/// The most common type and, within it, the most common scale; of equally common ones the first
/// type by name and the longest scale.
fn most_common(shapes: &Shapes) -> Shape {
    let mut types: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (&(type_name, _), count) in shapes {
        *types.entry(type_name).or_default() += count;
    }
    let most = types
        .iter()
        .max_by_key(|&(&name, &count)| (count, Reverse(name)));
    let type_name = most.map_or("", |(&name, _)| name);
    let of_type = shapes.iter().filter(|((name, _), _)| *name == type_name);
    let steps = of_type.max_by_key(|&(&(_, steps), count)| (count, steps));
    (type_name, steps.map_or(0, |(&(_, steps), _)| steps))
}

fn misfit(found: Shape, usual: Shape) -> Option<Kind> {
    if found.0 != usual.0 {
        let (usual, found) = (usual.0, Redacted::new(found.0));
        Some(Kind::AttributeType { usual, found })
    } else if found.1 != usual.1 {
        let (usual, found) = (usual.1, Redacted::new(found.1));
        Some(Kind::ScaleMismatch { usual, found })
    } else {
        None
    }
}

/// One answer that describes the person and therefore cannot depend on the role.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Fact<'a> {
    Text(&'a str),
    Step(u16),
    /// A float's bits: equal answers have equal bits, as NaN is refused elsewhere.
    Years(u64),
}

/// What must not differ between a person's two roles, where both answer. (The manager is checked
/// with the reporting lines. Needs, offers, languages, meeting mode, wishes and attributes may
/// well depend on the role.)
fn facts(profile: &Profile) -> impl Iterator<Item = (&'static str, Fact<'_>)> {
    let texts = [
        ("external_id", &profile.external_id),
        ("department", &profile.department),
        ("site", &profile.site),
        ("organisation", &profile.organisation),
        ("time_zone", &profile.time_zone),
    ];
    let years = [
        ("experience_years", profile.experience_years),
        ("tenure_years", profile.tenure_years),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(field, text)| Some((field, Fact::Text(text.as_deref()?))));
    let years = years
        .into_iter()
        .filter_map(|(field, years)| Some((field, Fact::Years((years? + 0.0).to_bits()))));
    let step = profile
        .seniority
        .map(|step| ("seniority", Fact::Step(step)));
    texts.chain(years).chain(step)
}

/// What people's two roles say of them that cannot both be so.
pub(super) fn role_problems(entries: &[Entry<'_>]) -> Vec<CohortProblem> {
    let in_role = |role| {
        let of_role = entries.iter().filter(move |entry| entry.role == role);
        of_role.map(Entry::id).collect::<BTreeSet<_>>()
    };
    let (mentors, mentees) = (in_role(Role::Mentor), in_role(Role::Mentee));
    let mut said: BTreeMap<_, BTreeSet<Fact<'_>>> = BTreeMap::new();
    for entry in entries {
        if mentors.contains(entry.id()) && mentees.contains(entry.id()) {
            for (field, fact) in facts(entry.profile) {
                said.entry((entry.id(), field)).or_default().insert(fact);
            }
        }
    }
    let contradictory = said.into_iter().filter(|(_, facts)| facts.len() > 1);
    contradictory
        .map(|((id, field), _)| CohortProblem {
            role: None,
            participant: Some(id.clone()),
            field: field.to_owned(),
            kind: Kind::RolesDisagree,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cohort, Mentor};

    fn graded(id: &str, answer: Attribute) -> Mentor {
        Profile::new(id).attribute("grade", answer).mentor(1)
    }

    #[test]
    fn the_few_whose_scale_differs_are_named() {
        let step = |of| Attribute::Ordinal { level: 1, of };
        let mentors = [
            graded("a", step(11)),
            graded("b", step(7)),
            graded("c", step(11)),
        ];
        let error = Cohort::new(mentors, []).unwrap_err();
        let [problem] = error.problems() else {
            panic!("one problem")
        };
        assert_eq!(problem.participant, Some("b".into()));
        let found = Redacted::new(7);
        assert_eq!(problem.kind, Kind::ScaleMismatch { usual: 11, found });
    }

    #[test]
    fn the_few_whose_type_differs_are_named() {
        let mentors = [
            graded("a", Attribute::Number(1.0)),
            graded("b", Attribute::Number(2.0)),
            graded("c", Attribute::Flag(true)),
        ];
        let mentee = Profile::new("d")
            .attribute("grade", Attribute::choice("high"))
            .mentee();
        let error = Cohort::new(mentors, [mentee]).unwrap_err();
        let named: Vec<_> = error
            .problems()
            .iter()
            .map(|problem| problem.participant.clone())
            .collect();
        assert_eq!(named, [Some("c".into()), Some("d".into())]);
    }

    #[test]
    fn one_name_may_be_scored_and_monitored_in_different_forms() {
        let ana = Profile::new("ana")
            .attribute("age", Attribute::Number(41.0))
            .monitor_attribute("age", Attribute::choice("40-49"));
        assert!(Cohort::new([ana.mentor(1)], []).is_ok());
    }

    #[test]
    fn a_person_is_the_same_in_both_roles() {
        let person = || Profile::new("ana").site("Aarhus").tenure_years(3.0);
        let silent = Profile::new("ana").need("go", 1);
        assert!(Cohort::new([person().mentor(1)], [silent.mentee()]).is_ok());

        let other = person()
            .site("Odense")
            .tenure_years(4.0)
            .seniority(1)
            .department("X");
        let error = Cohort::new([person().mentor(1)], [other.mentee()]).unwrap_err();
        let fields: Vec<_> = error
            .problems()
            .iter()
            .map(|problem| problem.field.as_str())
            .collect();
        assert_eq!(fields, ["site", "tenure_years"]);
        assert!(
            error
                .problems()
                .iter()
                .all(|problem| problem.kind == Kind::RolesDisagree)
        );
    }
}
