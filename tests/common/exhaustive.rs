//! The lexicographic optimum of a small instance by trying everything.
//!
//! Mentees choose in turn, each among all sets of allowed mentors. Of the choices so far that leave
//! the same loads, only the best value is kept: what follows depends on nothing else, and adding
//! the same vector to both sides keeps lexicographic order.

use std::collections::HashMap;

use mentormatch::solver::Level;

use super::instance::{Instance, Side, pair_value};

/// What later choices depend on: the loads of the mentors and of the groups of mentees.
type State = (Vec<u32>, Vec<u32>);

/// The best value vector of any legal set of pairs.
pub fn optimum(instance: &Instance, levels: &[Level]) -> Vec<i128> {
    let nobody = (
        vec![0; instance.mentors.len()],
        instance
            .mentees
            .group_loads(&vec![0; instance.mentees.len()]),
    );
    let mut best = HashMap::from([(nobody, vec![0; levels.len()])]);
    for mentee in 0..instance.mentees.len() {
        best = after_choice(instance, levels, mentee, &best);
    }
    best.into_iter()
        .map(|((mentors, groups), value)| {
            sum(&value, levels, |level| {
                instance.mentors.value(level, Side::Mentors, &mentors)
                    + instance.mentees.groups_value(level, Side::Mentees, &groups)
            })
        })
        .max()
        .unwrap()
}

/// The best value of each state once `mentee` has chosen too.
fn after_choice(
    instance: &Instance,
    levels: &[Level],
    mentee: usize,
    best: &HashMap<State, Vec<i128>>,
) -> HashMap<State, Vec<i128>> {
    let mut next: HashMap<State, Vec<i128>> = HashMap::new();
    for set in sets(instance, mentee) {
        for (state, value) in best {
            if let Some(state) = seated(instance, mentee, &set, state) {
                let value = sum(value, levels, |level| {
                    set_value(instance, level, mentee, &set)
                });
                let known = next.entry(state).or_insert_with(|| value.clone());
                if *known < value {
                    *known = value;
                }
            }
        }
    }
    next
}

/// Every set of allowed mentors of different kinds that is no larger than the mentee's demand.
fn sets(instance: &Instance, mentee: usize) -> Vec<Vec<usize>> {
    let mut sets = vec![Vec::new()];
    for (mentor, score) in instance.scores[mentee].iter().enumerate() {
        if score.is_some() {
            let with = |set: &Vec<usize>| [set.as_slice(), &[mentor]].concat();
            sets.extend(sets.iter().map(with).collect::<Vec<_>>());
        }
    }
    sets.retain(|set| {
        let pairs: Vec<_> = set.iter().map(|&mentor| (mentee, mentor)).collect();
        set.len() <= instance.mentees.max[mentee] as usize && instance.has_distinct_kinds(&pairs)
    });
    sets
}

/// The loads with the set added; `None` if that passes a maximum.
fn seated(instance: &Instance, mentee: usize, set: &[usize], state: &State) -> Option<State> {
    let (mut mentors, mut groups) = state.clone();
    for &mentor in set {
        mentors[mentor] += 1;
    }
    let mut alone = vec![0; instance.mentees.len()];
    alone[mentee] = u32::try_from(set.len()).unwrap();
    for (group, load) in groups.iter_mut().zip(instance.mentees.group_loads(&alone)) {
        *group += load;
    }
    let legal = instance.mentors.is_within_maxima(&mentors)
        && instance.mentees.are_groups_within_maxima(&groups);
    legal.then_some((mentors, groups))
}

/// What choosing the set adds to a level.
fn set_value(instance: &Instance, level: &Level, mentee: usize, set: &[usize]) -> i128 {
    let load = u32::try_from(set.len()).unwrap();
    let pairs = set.iter().map(|&mentor| {
        pair_value(
            level,
            mentee,
            mentor,
            instance.scores[mentee][mentor].unwrap(),
        )
    });
    pairs.sum::<i128>()
        + instance
            .mentees
            .person_value(level, Side::Mentees, mentee, load)
}

fn sum(value: &[i128], levels: &[Level], more: impl Fn(&Level) -> i128) -> Vec<i128> {
    value
        .iter()
        .zip(levels)
        .map(|(value, level)| value + more(level))
        .collect()
}
