//! Problems of every shape, decoded from draws: what a property test, a seeded loop and a fuzzer
//! all feed with numbers of their own.
//!
//! A draw of 0 always chooses the plainest thing, so that shrunk bytes mean simple problems. Biased
//! to what goes wrong: ties in patterns, places that are just enough or just too few, huge bounds,
//! sentinels that look like scores.

use mentormatch::solver::{Level, ListedValues, PlaceValues, Problem};
use mentormatch::{MenteeIdx, MentorIdx};

use super::instance::{Forest, Instance, People};
use super::random::Random;

/// Where choices come from.
pub trait Draw {
    /// A number of `0..below`; `below` is at least 1.
    fn below(&mut self, below: u32) -> u32;

    /// A number of `from..=to`.
    fn between(&mut self, from: i32, to: i32) -> i32 {
        let span = i64::from(to) - i64::from(from) + 1;
        let below = u32::try_from(span).unwrap_or(u32::MAX);
        let number = i64::from(from) + i64::from(self.below(below));
        i32::try_from(number).unwrap()
    }

    /// One of these.
    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T
    where
        Self: Sized,
    {
        choices[self.below(u32::try_from(choices.len()).unwrap()) as usize]
    }

    /// Whether something rare happens: once in `times`.
    fn once_in(&mut self, times: u32) -> bool {
        self.below(times) == times - 1
    }
}

impl Draw for Random {
    fn below(&mut self, below: u32) -> u32 {
        Random::below(self, below)
    }
}

/// Choices from bytes, as few a choice as will do; 0 once they have run out.
pub struct Bytes<'a>(pub &'a [u8]);

impl Draw for Bytes<'_> {
    fn below(&mut self, below: u32) -> u32 {
        let (mut number, mut span) = (0, 1);
        while span < u64::from(below) {
            let (byte, rest) = self.0.split_first().unwrap_or((&0, &[]));
            self.0 = rest;
            number = number << 8 | u64::from(*byte);
            span <<= 8;
        }
        u32::try_from(number % u64::from(below)).unwrap()
    }
}

/// What problems of a family have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Demands of at most 1, places for everybody, total score alone or after participation: what
    /// the fast way takes.
    Plain,
    /// Capacities of every kind, demands of at most 1.
    Capacities,
    /// Demands above 1 and minimums too.
    Bounds,
    /// Groups too, on either side.
    Groups,
    /// And mentors of kinds.
    Kinds,
}

/// All of them; a fuzzer's first byte says which.
pub const EVERY_FAMILY: [Family; 5] = [
    Family::Plain,
    Family::Capacities,
    Family::Bounds,
    Family::Groups,
    Family::Kinds,
];

/// A problem, how its dense matrix marks forbidden pairs, and what is asked of it.
#[derive(Clone, Debug)]
pub struct Case {
    pub instance: Instance,
    pub absent: Option<i32>,
    pub levels: Vec<Level>,
}

impl Case {
    /// A problem of at most these sizes.
    pub fn draw(draw: &mut impl Draw, family: Family, (n, m): (u32, u32)) -> Self {
        let (n, m) = (draw.below(n + 1) as usize, draw.below(m + 1) as usize);
        Self::of_size(draw, family, (n, m))
    }

    /// A problem of exactly these sizes.
    pub fn of_size(draw: &mut impl Draw, family: Family, (n, m): (usize, usize)) -> Self {
        let demands = demands(draw, family, n);
        let capacities = capacities(draw, family, &demands, m);
        let (mentees, mentors) = (
            people(draw, family, demands),
            people(draw, family, capacities),
        );
        let groups = [&mentees, &mentors].map(|people: &People| people.groups.as_ref());
        let groups = groups.map(|groups| groups.map_or(0, |groups| groups.max.len()));
        let levels = levels(draw, family, (n, m), groups);
        let absent = absent(draw);
        // Last, so that bytes which run out leave equal scores and not plain bounds.
        let mut scores = scores(draw, n, m);
        forbid(draw, &mut scores, absent);
        let kinds = if family == Family::Kinds {
            kinds(draw, m)
        } else {
            Vec::new()
        };
        let instance = Instance {
            scores,
            mentees,
            mentors,
            kinds,
        };
        Self {
            instance,
            absent,
            levels,
        }
    }

    /// The same with this score where a pair was forbidden.
    pub fn with_every_pair(mut self, score: i32) -> Self {
        for known in self.instance.scores.iter_mut().flatten() {
            known.get_or_insert(score);
        }
        self.absent = None;
        self
    }

    /// The problem with a dense matrix.
    pub fn dense(&self) -> Problem<'static> {
        self.instance.dense_marked(self.absent)
    }

    /// What the problem may have been the day before, when the same people wanted other things: pairs
    /// had each other's scores, and people each other's places and kinds, or one more.
    pub fn day_before(&self, draw: &mut impl Draw) -> Self {
        let mut before = self.clone();
        let instance = &mut before.instance;
        for _ in 0..draw.below(5) {
            match draw.below(4) {
                0 => exchange_scores(draw, &mut instance.scores),
                1 => exchange(draw, &mut instance.kinds),
                2 => give_one_more(draw, &mut instance.mentees.max),
                _ => give_one_more(draw, &mut instance.mentors.max),
            }
        }
        before
    }
}

/// Two, the same one twice if need be, of the positions in a list; `None` in an empty one.
fn two_of(draw: &mut impl Draw, len: usize) -> Option<[usize; 2]> {
    let len = u32::try_from(len).unwrap();
    (len > 0).then(|| [draw.below(len), draw.below(len)].map(|at| at as usize))
}

fn exchange<T>(draw: &mut impl Draw, list: &mut [T]) {
    if let Some([one, other]) = two_of(draw, list.len()) {
        list.swap(one, other);
    }
}

/// What two pairs of different mentees score, if they are allowed.
fn exchange_scores(draw: &mut impl Draw, scores: &mut [Vec<Option<i32>>]) {
    let columns = scores.first().map_or(0, Vec::len);
    let both = two_of(draw, scores.len()).zip(two_of(draw, columns));
    if let Some(([one, other], [column, there])) = both {
        let score = scores[one][column];
        scores[one][column] = std::mem::replace(&mut scores[other][there], score);
    }
}

fn give_one_more(draw: &mut impl Draw, max: &mut [u32]) {
    if let Some([one, _]) = two_of(draw, max.len()) {
        max[one] = max[one].saturating_add(1);
    }
}

/// Numbers that are likely to be treated as special.
const SPECIAL: [i32; 7] = [0, -1, i32::MIN, i32::MAX, 1, i32::MIN + 1, i32::MAX - 1];

fn absent(draw: &mut impl Draw) -> Option<i32> {
    draw.one_of(&[
        None,
        Some(-1),
        Some(0),
        Some(i32::MIN),
        Some(i32::MAX),
        Some(7),
    ])
}

/// A matrix of scores in one of several patterns.
fn scores<D: Draw>(draw: &mut D, n: usize, m: usize) -> Vec<Vec<Option<i32>>> {
    type Cell = fn(i32, i32, i32) -> i32;
    // From a number of the row, one of the column and one of the cell.
    let patterns: [Cell; 8] = [
        |row, column, _| row.saturating_add(column).signum(), // few different values
        |_, _, cell| cell,
        |row, _, _| row,
        |_, column, _| column,
        |row, column, _| row.saturating_mul(column),
        |row, column, _| row.saturating_add(column), // every full assignment is as good
        |row, column, cell| row.saturating_add(column).saturating_add(cell.signum()),
        |_, column, cell| column.max(cell), // rows nearly alike
    ];
    let pattern = draw.one_of(&patterns);
    let style = draw.below(6);
    let rows: Vec<_> = (0..n).map(|_| number(draw, style)).collect();
    let wanted = draw.once_in(3);
    let mut columns: Vec<_> = (0..m).map(|_| number(draw, style)).collect();
    if let (true, Some(column)) = (wanted, columns.first_mut()) {
        *column = 1_000; // everybody wants this one
    }
    let cell = |draw: &mut D, row, column| Some(pattern(row, column, number(draw, style)));
    rows.iter()
        .map(|&row| {
            columns
                .iter()
                .map(|&column| cell(draw, row, column))
                .collect()
        })
        .collect()
}

/// A score: the fewer different ones, the more ties.
fn number(draw: &mut impl Draw, style: u32) -> i32 {
    match style {
        0 => draw.between(0, 1),
        1 => draw.between(0, 6),
        2 => draw.between(-2, 2),
        3 => draw.between(-900, 900),
        4 => draw.one_of(&SPECIAL),
        _ => draw.between(i32::MIN, i32::MAX),
    }
}

/// Forbids some pairs, or all of a row or column; a score that looks like the mark is one.
fn forbid(draw: &mut impl Draw, scores: &mut [Vec<Option<i32>>], absent: Option<i32>) {
    if absent.is_none() {
        return;
    }
    let (sparsity, rows, columns) = (draw.one_of(&[0, 3, 7]), draw.once_in(4), draw.once_in(4));
    for row in scores.iter_mut() {
        let empty = rows && draw.once_in(4);
        for score in row {
            if empty || draw.below(10) < sparsity || *score == absent {
                *score = None;
            }
        }
    }
    let empty = draw.below(16) as usize;
    if columns {
        for score in scores.iter_mut().filter_map(|row| row.get_mut(empty)) {
            *score = None;
        }
    }
}

fn demands(draw: &mut impl Draw, family: Family, n: usize) -> Vec<u32> {
    let choices: &[u32] = match family {
        Family::Plain | Family::Capacities => draw.one_of(&[&[1][..], &[1, 1, 1, 0]]),
        Family::Kinds => draw.one_of(&[&[2][..], &[1, 2], &[0, 1, 2, 3], &[2, u32::MAX]]),
        Family::Bounds | Family::Groups => {
            draw.one_of(&[&[1][..], &[1, 2], &[0, 1, 2, 3], &[2, u32::MAX]])
        }
    };
    (0..n).map(|_| draw.one_of(choices)).collect()
}

/// Capacities that together are plenty, just enough or too few, with a few odd ones.
fn capacities(draw: &mut impl Draw, family: Family, demands: &[u32], m: usize) -> Vec<u32> {
    let wanted = demands.iter().map(|&demand| demand.min(3)).sum::<u32>();
    let too_few = wanted - wanted * 3 / 10;
    let kind = draw.below(6);
    let mut max: Vec<u32> = match kind {
        0 => vec![1; m],
        1 => (0..m).map(|_| draw.below(4)).collect(),
        2 => vec![3; m],
        3 => spread(draw, wanted, m),
        4 => spread(draw, too_few, m),
        _ => (0..m).map(|_| draw.one_of(&[1, 2, 0, u32::MAX])).collect(),
    };
    if let (true, Some(first)) = (draw.once_in(4), max.first_mut()) {
        *first = draw.one_of(&[u32::MAX, 0, 1 << 20]);
    }
    let places: u64 = max.iter().map(|&max| u64::from(max)).sum();
    if let (Family::Plain, Some(last)) = (family, max.last_mut()) {
        let missing = (demands.len() as u64).saturating_sub(places);
        *last += u32::try_from(missing).unwrap();
    }
    max
}

/// So many places, dealt out one by one.
fn spread(draw: &mut impl Draw, places: u32, m: usize) -> Vec<u32> {
    let mut max = vec![0; m];
    if m > 0 {
        for _ in 0..places {
            max[draw.below(u32::try_from(m).unwrap()) as usize] += 1;
        }
    }
    max
}

fn people<D: Draw>(draw: &mut D, family: Family, max: Vec<u32>) -> People {
    let bounded = matches!(family, Family::Bounds | Family::Groups | Family::Kinds);
    let most = if bounded {
        draw.one_of(&[0, 0, 1, 2, u32::MAX])
    } else {
        0
    };
    let min = |draw: &mut D, max: u32| match most {
        0 => 0,
        most if draw.once_in(8) => max.min(most),
        most => draw.below(3).min(max).min(most),
    };
    let grouped = match family {
        Family::Groups => !draw.once_in(3),
        Family::Kinds => draw.once_in(3),
        _ => false,
    };
    People {
        min: max.iter().map(|&max| min(draw, max)).collect(),
        groups: grouped.then(|| forest(draw, max.len())),
        max,
    }
}

/// Kinds of mentors: few, so that many are alike, or many.
fn kinds(draw: &mut impl Draw, mentors: usize) -> Vec<Option<u32>> {
    let (kinds, without) = (draw.one_of(&[2, 1, 3, 9]), draw.one_of(&[0, 1, 4]));
    let kind = |_| Some(7 * draw.below(kinds + without)).filter(|&kind| kind < 7 * kinds);
    (0..mentors).map(kind).collect()
}

/// Up to three groups, each of which may stand above those before it, or many in one line.
fn forest<D: Draw>(draw: &mut D, members: usize) -> Forest {
    let in_line = draw.once_in(8);
    let groups = if in_line {
        4 + draw.below(40)
    } else {
        1 + draw.below(3)
    };
    let often: &[u32] = if in_line {
        &[0, u32::MAX, 9]
    } else {
        &[2, 1, 4, 0, 7, u32::MAX]
    };
    let max: Vec<u32> = (0..groups).map(|_| draw.one_of(often)).collect();
    let above = |draw: &mut D, group: u32| {
        let later = groups - group - 1;
        if in_line {
            return (later > 0).then_some(group + 1);
        }
        (later > 0 && draw.once_in(2)).then(|| group + 1 + draw.below(later))
    };
    Forest {
        group_of: (0..members)
            .map(|_| Some(draw.below(groups + 1)).filter(|&group| group < groups))
            .collect(),
        parent: (0..groups).map(|group| above(draw, group)).collect(),
        min: max
            .iter()
            .map(|&max| draw.one_of(&[0, 1, 3]).min(max))
            .collect(),
        max,
    }
}

/// What is asked for: the usual objectives and those with place values.
fn levels<D: Draw>(
    draw: &mut D,
    family: Family,
    (n, m): (usize, usize),
    groups: [usize; 2],
) -> Vec<Level> {
    let usual = [
        vec![Level::TotalScore],
        vec![Level::Participation, Level::TotalScore],
        vec![Level::Pairs, Level::TotalScore],
        vec![Level::TotalScore, Level::Participation],
        vec![Level::Pairs],
        vec![Level::Minimums, Level::Participation, Level::TotalScore],
        vec![Level::TotalScore, Level::Minimums],
    ];
    if family == Family::Plain {
        return usual[draw.below(2) as usize].clone();
    }
    let kind = draw.below(16) as usize;
    if let Some(levels) = usual.get(kind) {
        return levels.clone();
    }
    let places = Level::Places {
        mentees: draw.once_in(2).then(|| place_values(draw, n)),
        mentors: (!draw.once_in(3)).then(|| place_values(draw, m)),
    };
    match kind {
        7 => vec![places],
        8 => vec![places, Level::TotalScore],
        9 => vec![Level::Participation, places, Level::TotalScore],
        11 => vec![listed(draw, n, m), Level::TotalScore],
        14 => {
            let [mentees, mentors] = groups.map(|groups| Some(place_values(draw, groups)));
            vec![Level::GroupPlaces { mentees, mentors }, Level::TotalScore]
        }
        12 => vec![
            Level::Participation,
            avoided(draw),
            avoided(draw),
            Level::TotalScore,
        ],
        13 => vec![
            avoided(draw),
            listed(draw, n, m),
            places,
            listed(draw, n, m),
        ],
        _ => vec![Level::Pairs, Level::TotalScore, places],
    }
}

/// Values of a few pairs, allowed or not.
fn listed(draw: &mut impl Draw, n: usize, m: usize) -> Level {
    let pairs = if n == 0 || m == 0 { 0 } else { draw.below(5) };
    let values = (0..pairs).map(|_| {
        let mentee = draw.below(u32::try_from(n).unwrap());
        let mentor = draw.below(u32::try_from(m).unwrap());
        let value = draw.one_of(&[1, 1, 2, -1, 0, 1 << 28]);
        (MenteeIdx::new(mentee), MentorIdx::new(mentor), value)
    });
    let values: Vec<_> = values.collect();
    Level::Listed(ListedValues::new(n, values).unwrap())
}

/// A range of scores that some pairs have.
fn avoided(draw: &mut impl Draw) -> Level {
    let from = draw.one_of(&[0, -2, 1, 3, i32::MIN]);
    let to = from.saturating_add(draw.one_of(&[0, 1, 5, i32::MAX]));
    Level::Avoid { from, to }
}

/// Values that never rise from one place to the next, now and then as far out as they may be.
fn place_values<D: Draw>(draw: &mut D, people: usize) -> PlaceValues {
    let spread = draw.once_in(2);
    let list = |draw: &mut D| {
        let mut list: Vec<i64> = (0..draw.below(4)).map(|_| place_value(draw)).collect();
        list.sort_unstable_by_key(|&value| std::cmp::Reverse(value));
        list
    };
    if spread {
        return PlaceValues::new(vec![[0, -1, -3]; people]).unwrap();
    }
    PlaceValues::new((0..people).map(|_| list(draw)).collect::<Vec<_>>()).unwrap()
}

fn place_value(draw: &mut impl Draw) -> i64 {
    match draw.below(9) {
        7 => 1 << 31,
        8 => -(1 << 31),
        small => i64::from(small) - 3,
    }
}
