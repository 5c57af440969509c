//! Which criteria went with good outcomes? What past pairs say, how sure that is, and what other weights would do.
//!
//!     cargo run --release --example calibrate --features simulate
//!     cargo run --release --example calibrate --features simulate -- --people 1200 --seed 3
//!
//! A host knows how its past pairs went. Here they are made up: people from `mentormatch::simulate`, matched once, whose
//! pairs go well by a secret that the example does not look at. Everything else is what a host would do:
//! the answers of each criterion (`outcome.explain`) against the outcome, by a logistic regression that is held
//! back by a penalty (ridge), with intervals by resampling (bootstrap). Where there are too few pairs to tell, it says so.
//!
//! Nothing is applied: what other weights would do to the matching is shown (`plan.effects`), and the decision left to
//! people. Past pairs are those that were made, so nothing is learned of pairs that never were.

use std::error::Error;

use mentormatch::simulate::Company;
use mentormatch::{Breakdown, Engine, Measure, Outcome, Programme, RunOptions, Weight};
use smartcore::linalg::basic::arrays::Array;
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linear::logistic_regression::{LogisticRegression, LogisticRegressionParameters};

/// How strongly effects are held back.
const RIDGE: f64 = 1.0;

/// Resamples, and how many of them lie beyond either end of an interval of 90%.
const RESAMPLES: usize = 200;
const BEYOND: usize = RESAMPLES / 20;

/// As many good pairs, and as many others, as there should be for each criterion (a rule of thumb of clinical statistics).
const OUTCOMES_A_CRITERION: usize = 10;

/// Past pairs: what each criterion gave, and whether the pair went well.
struct Past {
    criteria: Vec<String>,
    answers: Vec<Vec<f64>>,
    went_well: Vec<bool>,
}

/// What a criterion has to do with outcomes: log odds from its worst answer to its best.
struct Effect {
    criterion: String,
    estimate: f64,
    low: f64,
    high: f64,
}

#[expect(clippy::print_stdout, reason = "a program for a terminal")]
fn main() -> Result<(), Box<dyn Error>> {
    let (people, seed) = arguments()?;
    let mentors = people * 2 / 7;
    let company = Company::new(seed)
        .mentors(mentors)
        .mentees(people - mentors);
    let (programme, cohort) = (programme()?, company.people().cohort()?);
    let outcome = Engine::new(programme.clone()).run_with(&cohort, &RunOptions::default())?;
    let past = past_pairs(&outcome, seed)?;
    let good = past.went_well.iter().filter(|&&well| well).count();
    let others = past.went_well.len() - good;
    println!(
        "{} past pairs, of which {good} went well",
        past.went_well.len()
    );
    let wanted = OUTCOMES_A_CRITERION * past.criteria.len();
    if good.min(others) < wanted {
        println!(
            "too few to be sure of {} criteria: {wanted} pairs that went well and as many others are wanted",
            past.criteria.len()
        );
    }
    let effects = effects(&past, seed)?;
    println!("\n{:<24} effect    90% interval", "criterion");
    for own in &effects {
        let interval = format!("{:+.2} to {:+.2}", own.low, own.high);
        println!(
            "{:<24} {:+.2}     {interval:<16} {}",
            own.criterion,
            own.estimate,
            own.verdict()
        );
    }
    println!();
    for line in suggestions(&programme, &outcome, &effects)? {
        println!("{line}");
    }
    Ok(())
}

fn arguments() -> Result<(usize, u64), Box<dyn Error>> {
    let (mut people, mut seed) = (1_200, 1);
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        let value = given
            .next()
            .ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--people" => people = value.parse()?,
            "--seed" => seed = value.parse()?,
            _ => {
                return Err(
                    format!("unknown option: {name}; there are --people and --seed").into(),
                );
            }
        }
    }
    Ok((people, seed))
}

/// The sample programme, which the people were made for.
fn programme() -> Result<Programme, Box<dyn Error>> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/programme.toml");
    Ok(toml::from_str(&std::fs::read_to_string(file)?)?)
}

/// The matching's pairs, as if their time were over.
fn past_pairs(outcome: &Outcome, seed: u64) -> Result<Past, Box<dyn Error>> {
    let criteria = outcome.programme().criteria().iter();
    let mut past = Past {
        criteria: criteria.map(|own| own.name.clone()).collect(),
        answers: Vec::new(),
        went_well: Vec::new(),
    };
    let mut random = Random(seed);
    for pair in &outcome.matching().pairs {
        let why = outcome.explain(pair.mentee.as_str(), pair.mentor.as_str())?;
        let answers = answers(&why);
        past.went_well
            .push(secret::goes_well(&answers, &mut random));
        past.answers.push(answers);
    }
    Ok(past)
}

/// What each criterion gave a pair; half where an answer is missing.
fn answers(why: &Breakdown) -> Vec<f64> {
    let parts = why.parts.iter();
    let answer = parts.map(|part| {
        part.answer
            .map_or(0.5, |answer| f64::from(answer.ppm()) / 1e6)
    });
    answer.collect()
}

/// The effect of every criterion, with an interval of 90%.
fn effects(past: &Past, seed: u64) -> Result<Vec<Effect>, Box<dyn Error>> {
    let all: Vec<usize> = (0..past.went_well.len()).collect();
    let estimates = fit(past, &all)?;
    let mut random = Random(seed);
    let mut resampled = vec![Vec::new(); past.criteria.len()];
    for _ in 0..RESAMPLES {
        let sample: Vec<usize> = all.iter().map(|_| random.below(all.len())).collect();
        for (own, effect) in resampled.iter_mut().zip(fit(past, &sample)?) {
            own.push(effect);
        }
    }
    let effect = |((criterion, estimate), mut own): ((&String, f64), Vec<f64>)| {
        own.sort_by(f64::total_cmp);
        Effect {
            criterion: criterion.clone(),
            estimate,
            low: own[BEYOND],
            high: own[RESAMPLES - 1 - BEYOND],
        }
    };
    let stated = past.criteria.iter().zip(estimates).zip(resampled);
    Ok(stated.map(effect).collect())
}

/// A logistic regression with a ridge penalty, on some of the pairs.
fn fit(past: &Past, pairs: &[usize]) -> Result<Vec<f64>, Box<dyn Error>> {
    let went_well: Vec<u32> = pairs.iter().map(|&at| past.went_well[at].into()).collect();
    if went_well.iter().all(|own| *own == went_well[0]) {
        return Ok(vec![0.0; past.criteria.len()]); // a sample in which nothing differs
    }
    let answers = pairs.iter().map(|&at| past.answers[at].clone()).collect();
    let answers = DenseMatrix::from_2d_vec(&answers)?;
    let parameters = LogisticRegressionParameters::default().with_alpha(RIDGE);
    let fitted = LogisticRegression::fit(&answers, &went_well, parameters)?;
    let effects = fitted.coefficients();
    Ok((0..past.criteria.len())
        .map(|at| *effects.get((0, at)))
        .collect())
}

impl Effect {
    fn verdict(&self) -> &'static str {
        if self.low > 0.0 {
            "goes with good outcomes"
        } else if self.high < 0.0 {
            "goes with poor outcomes"
        } else {
            "cannot tell"
        }
    }
}

/// What other weights would do to the matching of today, for criteria of which something can be told. A `must` is a
/// rule as well, which no figures should undo.
fn suggestions(
    programme: &Programme,
    outcome: &Outcome,
    effects: &[Effect],
) -> Result<Vec<String>, Box<dyn Error>> {
    let mut measures = Vec::new();
    let stated = programme.criteria().iter().zip(effects);
    for (own, effect) in stated.filter(|(own, _)| !own.weight.is_must()) {
        let factor = match effect.verdict() {
            "goes with good outcomes" => 1.5,
            "goes with poor outcomes" => 0.5,
            _ => continue,
        };
        let weight = Weight::try_from(own.weight.as_f64() * factor)?;
        let name = format!("{} at {weight} instead of {}", own.name, own.weight);
        measures.push(Measure::named(name).weight(own.name.clone(), weight));
    }
    if measures.is_empty() {
        return Ok(vec!["nothing to suggest".to_owned()]);
    }
    let mut lines = vec![
        "what other weights would do to the matching, one at a time (nothing is applied):"
            .to_owned(),
    ];
    for effect in outcome.plan()?.effects(&measures)? {
        let (before, after) = (effect.before.matched_mentees, effect.after.matched_mentees);
        lines.push(format!(
            "    {}: {} pairs would change, {after} mentees with a mentor ({before} now)",
            effect.name,
            effect.changes.pairs_given_up()
        ));
    }
    Ok(lines)
}

/// SplitMix64 (Steele, Lea and Flood, 2014), so that the example prints the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or_default()
    }

    /// From 0 to 1.
    fn unit(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap_or_default()) / f64::from(u32::MAX)
    }
}

/// How pairs go, which no host is told.
mod secret {
    use super::Random;

    /// The first criterion helps much, the fourth a little, the last harms, and the rest is chance.
    pub(crate) fn goes_well(answers: &[f64], random: &mut Random) -> bool {
        let at = |at: usize| answers.get(at).copied().unwrap_or(0.5) - 0.5;
        let odds = 0.3 + 4.0 * at(0) + 1.5 * at(3) - 3.0 * at(answers.len().saturating_sub(1));
        random.unit() < 1.0 / (1.0 + (-odds).exp())
    }
}
