//! A year of a programme under four policies: who is matched when, and what that does to waiting, fit and rest.
//!
//!     cargo run --release --example simulate_year --features html,simulate
//!     cargo run --release --example simulate_year --features html,simulate -- --people 5000 --seed 3 --out DIR
//!
//! The people are made up (`mentormatch::simulate`), and come, answer and leave alike under every policy:
//! - first come: whoever waits longest takes the best mentor who is free, day by day;
//! - instant: those who wait are matched with the free places every day, all at once;
//! - monthly and yearly: the same, on the first day of each month or once a year, with more to choose from.
//!
//! The table goes to the terminal, and `simulate_year.svg`, pairs under way over the year, to DIR
//! (`target/simulate_year` unless given).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use mentormatch::simulate::{Change, Company, Year};
use mentormatch::{
    Cohort, Engine, Mentee, Mentor, ParticipantId, Programme, RunOptions, Score, Scorer, Scratch,
};

const DAYS: u16 = 365;

type Pair = (ParticipantId, ParticipantId);

/// When people are matched, and how.
#[derive(Clone, Copy)]
enum Policy {
    FirstCome,
    Instant,
    Monthly,
    Yearly,
}

impl Policy {
    const ALL: [Self; 4] = [Self::FirstCome, Self::Instant, Self::Monthly, Self::Yearly];

    const fn name(self) -> &'static str {
        match self {
            Self::FirstCome => "first come",
            Self::Instant => "instant",
            Self::Monthly => "monthly",
            Self::Yearly => "yearly",
        }
    }

    const fn matches_on(self, day: u16) -> bool {
        match self {
            Self::FirstCome | Self::Instant => true,
            Self::Monthly => day.is_multiple_of(30),
            Self::Yearly => day == 0,
        }
    }
}

/// A proposal that waits for its answer, or a pair under way.
struct Bond {
    score: Score,
    /// The day of the answer while it is a proposal.
    answer: Option<u16>,
}

/// A programme on some day of its year.
#[derive(Default)]
struct State {
    mentors: BTreeMap<ParticipantId, Mentor>,
    /// With the day on which they joined.
    mentees: BTreeMap<ParticipantId, (u16, Mentee)>,
    bonds: BTreeMap<Pair, Bond>,
    /// Who has said no to whom.
    declined: BTreeSet<Pair>,
}

/// What a policy comes to.
#[derive(Default)]
struct Figures {
    joined: usize,
    placed: BTreeSet<ParticipantId>,
    /// In days, by accepted pair.
    waits: Vec<u16>,
    scores: Vec<Score>,
    declined: usize,
    /// Pairs that ended because somebody left.
    ended: usize,
    /// Pairs under way, by day.
    under_way: Vec<usize>,
}

#[expect(clippy::print_stdout, reason = "a program for a terminal")]
fn main() -> Result<(), Box<dyn Error>> {
    let (people, seed, out) = arguments()?;
    let company = Company::new(seed)
        .mentors(people * 2 / 7)
        .mentees(people - people * 2 / 7);
    let (year, engine) = (Year::of(company), Engine::new(programme()?));
    println!("{people} people, a year, seed {seed}");
    println!("policy       placed  median wait  mean score  declined  ended early");
    let mut lines = Vec::new();
    for policy in Policy::ALL {
        let figures = live(policy, &year, &engine)?;
        println!("{}", figures.row(policy));
        lines.push((policy.name(), figures.under_way));
    }
    std::fs::create_dir_all(&out)?;
    let file = out.join("simulate_year.svg");
    chart::draw(&file, &lines)?;
    println!("pairs under way over the year: {}", file.display());
    Ok(())
}

fn arguments() -> Result<(usize, u64, PathBuf), Box<dyn Error>> {
    let (mut people, mut seed, mut out) = (500, 1, PathBuf::from("target/simulate_year"));
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        let value = given
            .next()
            .ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--people" => people = value.parse()?,
            "--seed" => seed = value.parse()?,
            "--out" => out = value.into(),
            _ => {
                return Err(format!(
                    "unknown option: {name}; there are --people, --seed and --out"
                )
                .into());
            }
        }
    }
    Ok((people, seed, out))
}

/// The sample programme, which its people were made for.
fn programme() -> Result<Programme, Box<dyn Error>> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/programme.toml");
    Ok(toml::from_str(&std::fs::read_to_string(file)?)?)
}

/// The whole year under a policy.
fn live(policy: Policy, year: &Year, engine: &Engine) -> Result<Figures, Box<dyn Error>> {
    let (mut state, mut figures) = (State::default(), Figures::default());
    let mut events = year.events().iter().peekable();
    for day in 0..DAYS {
        while let Some(event) = events.next_if(|event| event.day == day) {
            state.change(&event.change, day, &mut figures);
        }
        state.hear_answers(year, day, &mut figures);
        if policy.matches_on(day) {
            for (pair, score) in state.choose(policy, engine)? {
                let answer = day + year.answer(pair.0.as_str(), pair.1.as_str(), score).days;
                let answer = Some(answer);
                state.bonds.insert(pair, Bond { score, answer });
            }
        }
        let under_way = state.bonds.values().filter(|bond| bond.answer.is_none());
        figures.under_way.push(under_way.count());
    }
    Ok(figures)
}

impl State {
    fn change(&mut self, change: &Change, day: u16, figures: &mut Figures) {
        match change {
            Change::MentorJoins(mentor) => {
                self.mentors
                    .insert(mentor.profile.id.clone(), (**mentor).clone());
            }
            Change::MenteeJoins(mentee) => {
                figures.joined += 1;
                self.mentees
                    .insert(mentee.profile.id.clone(), (day, (**mentee).clone()));
            }
            Change::Leaves(id) => {
                self.mentors.remove(id);
                self.mentees.remove(id);
                self.bonds.retain(|(mentee, mentor), bond| {
                    let stays = mentee != id && mentor != id;
                    figures.ended += usize::from(!stays && bond.answer.is_none());
                    stays
                });
            }
            _ => {}
        }
    }

    fn hear_answers(&mut self, year: &Year, day: u16, figures: &mut Figures) {
        let Self {
            bonds,
            mentees,
            declined,
            ..
        } = self;
        bonds.retain(|pair, bond| {
            if bond.answer != Some(day) {
                return true;
            }
            let accepts = year
                .answer(pair.0.as_str(), pair.1.as_str(), bond.score)
                .accepts;
            if accepts {
                bond.answer = None;
                figures
                    .waits
                    .extend(mentees.get(&pair.0).map(|(joined, _)| day - joined));
                figures.scores.push(bond.score);
                figures.placed.insert(pair.0.clone());
            } else {
                declined.insert(pair.clone());
                figures.declined += 1;
            }
            accepts
        });
    }

    /// Whom the policy pairs today.
    fn choose(
        &self,
        policy: Policy,
        engine: &Engine,
    ) -> Result<Vec<(Pair, Score)>, Box<dyn Error>> {
        let (mentors, mut mentees) = (self.free_mentors(), self.waiting());
        if mentors.is_empty() || mentees.is_empty() {
            return Ok(Vec::new());
        }
        let Policy::FirstCome = policy else {
            let mentees = mentees.into_iter().map(|(_, mentee)| mentee);
            return best(engine, &Cohort::new(mentors, mentees)?);
        };
        mentees.sort_by_key(|(joined, _)| *joined);
        let mentees = mentees.into_iter().map(|(_, mentee)| mentee);
        first_come(engine, mentors, mentees.collect())
    }

    /// Mentees without a bond, less whom they have said no to.
    fn waiting(&self) -> Vec<(u16, Mentee)> {
        let bound: BTreeSet<_> = self.bonds.keys().map(|(mentee, _)| mentee).collect();
        let waiting = self.mentees.iter().filter(|(id, _)| !bound.contains(id));
        let vetoing = |(id, (joined, mentee)): (&ParticipantId, &(u16, Mentee))| {
            let mut mentee = mentee.clone();
            let first = (id.clone(), ParticipantId::from(""));
            let own = self
                .declined
                .range(first..)
                .take_while(|(own, _)| own == id);
            mentee
                .profile
                .vetoes
                .extend(own.map(|(_, mentor)| mentor.clone()));
            (*joined, mentee)
        };
        waiting.map(vetoing).collect()
    }

    /// Mentors with the places that are left.
    fn free_mentors(&self) -> Vec<Mentor> {
        let mut taken: BTreeMap<&ParticipantId, u32> = BTreeMap::new();
        for (_, mentor) in self.bonds.keys() {
            *taken.entry(mentor).or_default() += 1;
        }
        let with_rest = self.mentors.values().filter_map(|mentor| {
            let taken = taken.get(&mentor.profile.id).copied().unwrap_or(0);
            let left = mentor.capacity.max.checked_sub(taken)?;
            let mut mentor = mentor.clone();
            (mentor.capacity.min, mentor.capacity.max) = (0, left);
            (left > 0).then_some(mentor)
        });
        with_rest.collect()
    }
}

/// The best matching of those who wait. A plan has no reasons, which would take most of the time of these runs.
fn best(engine: &Engine, cohort: &Cohort) -> Result<Vec<(Pair, Score)>, Box<dyn Error>> {
    let plan = engine.plan(cohort, &RunOptions::default())?;
    let pairs = plan.pairs().into_iter();
    Ok(pairs
        .map(|own| ((own.mentee, own.mentor), own.score))
        .collect())
}

/// Each in turn takes the best mentor who is free.
fn first_come(
    engine: &Engine,
    mentors: Vec<Mentor>,
    mentees: Vec<Mentee>,
) -> Result<Vec<(Pair, Score)>, Box<dyn Error>> {
    let turns: Vec<_> = mentees.iter().map(|own| own.profile.id.clone()).collect();
    let cohort = Cohort::new(mentors, mentees)?;
    let scorer = Scorer::new(engine.programme(), &cohort)?;
    let (mut scratch, mut row) = (Scratch::default(), vec![None; cohort.mentors().len()]);
    let takes_part = |mentor: &Arc<Mentor>| mentor.profile.status.is_active();
    let places = |mentor| u32::from(takes_part(mentor)) * mentor.capacity.max;
    let mut left: Vec<u32> = cohort.mentors().iter().map(places).collect();
    let mut chosen = Vec::new();
    for id in turns {
        let Some(at) = cohort.mentee_idx(id.as_str()) else {
            continue;
        };
        if !cohort.mentees()[at].profile.status.is_active() {
            continue;
        }
        scorer.score_row(at, &mut scratch, &mut row)?;
        let free = row
            .iter()
            .enumerate()
            .filter(|(mentor, _)| left[*mentor] > 0);
        let scored = free.filter_map(|(mentor, score)| Some((*score.as_ref()?, mentor)));
        if let Some((score, mentor)) =
            scored.max_by_key(|&(score, mentor)| (score, Reverse(mentor)))
        {
            left[mentor] -= 1;
            let mentor = cohort.mentors()[mentor].profile.id.clone();
            chosen.push(((id, mentor), score));
        }
    }
    Ok(chosen)
}

impl Figures {
    fn row(&self, policy: Policy) -> String {
        let mut waits = self.waits.clone();
        waits.sort_unstable();
        let median = waits.get(waits.len() / 2).copied().unwrap_or(0);
        let total: u64 = self.scores.iter().map(|score| u64::from(score.ppm())).sum();
        let mean = total / (self.scores.len() as u64).max(1);
        let mean = Score::from_ppm_saturating(u32::try_from(mean).unwrap_or(u32::MAX));
        let placed = 100 * self.placed.len() / self.joined.max(1);
        format!(
            "{:<11} {placed:>5} %  {median:>6} days  {:>10}  {:>8}  {:>11}",
            policy.name(),
            mean.to_string(),
            self.declined,
            self.ended
        )
    }
}

/// The chart.
mod chart {
    use std::error::Error;
    use std::path::Path;

    use plotters::prelude::*;

    const SIZE: (u32, u32) = (880, 420);
    const COLOURS: [RGBColor; 4] = [
        RGBColor(178, 92, 34),
        RGBColor(31, 97, 141),
        RGBColor(62, 124, 82),
        RGBColor(110, 90, 140),
    ];

    /// Pairs under way by day, a line a policy.
    pub(crate) fn draw(
        file: &Path,
        lines: &[(&'static str, Vec<usize>)],
    ) -> Result<(), Box<dyn Error>> {
        let sheet = SVGBackend::new(file, SIZE).into_drawing_area();
        sheet.fill(&WHITE)?;
        let all = lines.iter().flat_map(|(_, line)| line);
        let most = all.copied().max().unwrap_or(1).max(1);
        let days = lines.first().map_or(1, |(_, line)| line.len());
        let mut chart = ChartBuilder::on(&sheet)
            .caption("Pairs under way over the year", ("sans-serif", 20))
            .margin(16)
            .x_label_area_size(36)
            .y_label_area_size(52)
            .build_cartesian_2d(0..days, 0..most + most / 20)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .x_desc("day")
            .light_line_style(TRANSPARENT)
            .draw()?;
        for ((name, line), colour) in lines.iter().zip(COLOURS) {
            let points: Vec<_> = line.iter().copied().enumerate().collect();
            let series = [PathElement::new(points, colour.stroke_width(2))];
            let key = move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2));
            chart.draw_series(series)?.label(*name).legend(key);
        }
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::LowerRight)
            .background_style(WHITE.mix(0.9))
            .draw()?;
        sheet.present()?;
        Ok(())
    }
}
