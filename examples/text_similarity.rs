//! Free-text goals, compared by TF-IDF: the host turns texts into vectors, the crate compares them.
//!
//! Every word of a text is a component: how often the text has it (term frequency), times the
//! natural logarithm of how rare it is among all texts (inverse document frequency; Spärck Jones,
//! 1972). Logarithms are left to the platform, so scores are as stable as its `ln`; a host that needs
//! the same bytes everywhere keeps the vectors it has computed once.

use std::collections::{BTreeMap, BTreeSet};

use mentormatch::{
    Cohort, Engine, Field, MissingPolicy, Profile, Programme, SetOverlap, TextSimilarity,
};

/// What mentors say they can tell.
const MENTORS: [(&str, &str); 5] = [
    (
        "ana",
        "I led the move of our billing platform to the cloud and can talk about migrations, cost and incident reviews.",
    ),
    (
        "boris",
        "Twenty years in sales: negotiating contracts, key accounts and leading a sales team through a merger.",
    ),
    (
        "chen",
        "I moved from engineering to people leadership and like to help new managers with feedback and delegation.",
    ),
    (
        "dora",
        "Clinical trials, statistics and writing papers; I went back to research after parental leave.",
    ),
    (
        "emil",
        "Public speaking, presenting to the board and telling a story with data.",
    ),
];

/// What mentees want to learn.
const MENTEES: [(&str, &str); 7] = [
    (
        "fatou",
        "I just became a manager of five engineers and want to get better at feedback and delegation.",
    ),
    (
        "goran",
        "Our team runs its first cloud migration; I want to learn how others planned cost and incident reviews.",
    ),
    (
        "hana",
        "I want to present data to the board without losing the story, and be less nervous about public speaking.",
    ),
    (
        "ivan",
        "I would like to grow from account support into sales and learn negotiating contracts.",
    ),
    (
        "jun",
        "After my leave I want to return to clinical research and publish papers again.",
    ),
    (
        "kofi",
        "Statistics for trials: which test when, and how to explain it to colleagues.",
    ),
    ("lena", ""), // said nothing, so there is nothing to compare
];

/// The words of a text in lower case, without the shortest.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let long = words.filter(|word| word.chars().count() > 3);
    long.map(str::to_lowercase).collect()
}

/// A TF-IDF vector for every text that has words; all are over the same words.
struct TfIdf {
    weights: BTreeMap<String, (usize, f64)>, // by word: its component, and its idf
}

impl TfIdf {
    #[expect(clippy::cast_precision_loss, reason = "counts of texts are small")]
    fn over<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut having: BTreeMap<String, usize> = BTreeMap::new();
        let mut count = 0;
        for text in texts {
            count += 1;
            for word in words(text).into_iter().collect::<BTreeSet<_>>() {
                *having.entry(word).or_default() += 1;
            }
        }
        let idf = |having: usize| (1.0 + count as f64 / having as f64).ln();
        let numbered = having.into_iter().enumerate();
        let weights = numbered.map(|(at, (word, having))| (word, (at, idf(having))));
        Self {
            weights: weights.collect(),
        }
    }

    fn vector(&self, text: &str) -> Option<Vec<f64>> {
        let mut vector = vec![0.0; self.weights.len()];
        for (at, idf) in words(text).iter().filter_map(|word| self.weights.get(word)) {
            vector[*at] += idf;
        }
        vector.iter().any(|&x| x > 0.0).then_some(vector)
    }

    fn vectors<'a>(&self, texts: &[(&'a str, &str)]) -> Vec<(&'a str, Vec<f64>)> {
        let vectors = texts.iter();
        let vectors = vectors.filter_map(|&(id, text)| Some((id, self.vector(text)?)));
        vectors.collect()
    }
}

#[expect(clippy::print_stdout, reason = "a program for a terminal")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let texts = MENTORS.iter().chain(&MENTEES).map(|&(_, text)| text);
    let tf_idf = TfIdf::over(texts);
    let goals = TextSimilarity::from_vectors(
        "goals",
        1,
        tf_idf.vectors(&MENTEES),
        tf_idf.vectors(&MENTORS),
    )?;

    let german = ["boris", "emil", "hana", "ivan"];
    let speaking = |id: &str| {
        let second = if german.contains(&id) { "de" } else { "da" };
        Profile::new(id).language("en").language(second)
    };
    let cohort = Cohort::new(
        MENTORS.map(|(id, _)| speaking(id).mentor(2)),
        MENTEES.map(|(id, _)| speaking(id).mentee()),
    )?;
    let programme = Programme::builder()
        .weigh_with(3, goals, MissingPolicy::default())
        .weigh(1, SetOverlap::jaccard(Field::Languages))
        .build()?;

    let outcome = Engine::new(programme).run(&cohort)?;
    for pair in &outcome.matching().pairs {
        let why = outcome.explain(pair.mentee.as_str(), pair.mentor.as_str())?;
        let goals = why.parts[0].answer;
        let said = goals.map_or("no text".to_owned(), |score| format!("goals {score}"));
        println!(
            "{} with {}: {} ({said})",
            pair.mentee, pair.mentor, pair.score
        );
    }
    Ok(())
}
