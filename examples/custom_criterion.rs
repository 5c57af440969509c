//! Criteria of your own: one from a closure, one that implements the trait; and the registry that
//! reads them back from a programme file, which knows them by name and version.

use mentormatch::{
    Attribute, BadScore, Cohort, Context, Criterion, CustomCriterion, Engine, MenteeIdx, MentorIdx,
    MissingPolicy, Profile, Programme, ProgrammeError, Registry, Score, ScoreRow,
};

/// From a closure: how well two profiles go together, or `None` where an answer is missing. Raise
/// the version whenever the same answers come to give another score.
fn commute() -> CustomCriterion {
    CustomCriterion::pairwise("commute", 1, |mentee, mentor| {
        let same = mentee.profile.site.as_ref()? == mentor.profile.site.as_ref()?;
        Some(if same { 1.0 } else { 0.2 })
    })
}

/// From the trait: mentors who have taken fewer mentees before come first.
///
/// It looks at the mentors once for each cohort instead of once for each pair.
#[derive(Debug)]
struct FreshMentors;

impl Criterion for FreshMentors {
    fn name(&self) -> &str {
        "fresh_mentors"
    }

    fn prepare(&self, context: &Context<'_>) -> Result<Box<dyn ScoreRow>, ProgrammeError> {
        let mentors = context.cohort.mentors().iter();
        let scores = mentors.map(
            |mentor| match mentor.profile.attributes.get("mentees so far") {
                Some(Attribute::Number(count)) => Score::from_unit(1.0 / (1.0 + count)).ok(),
                _ => None,
            },
        );
        Ok(Box::new(Prepared(scores.collect())))
    }
}

/// The score of every mentor, by index; it is the same for all mentees.
struct Prepared(Vec<Option<Score>>);

impl ScoreRow for Prepared {
    fn score_pair(&self, _: MenteeIdx, mentor: MentorIdx) -> Result<Option<Score>, BadScore> {
        Ok(self.0[mentor.index()])
    }
}

#[expect(clippy::print_stdout, reason = "a program for a terminal")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mentors = [
        ("ana", "Lagos", 4.0),
        ("boris", "Lagos", 0.0),
        ("chen", "Osaka", 0.0),
    ];
    let mentors = mentors.map(|(id, site, count)| {
        let count = Attribute::Number(count);
        Profile::new(id)
            .site(site)
            .attribute("mentees so far", count)
            .mentor(1)
    });
    let mentees = [("dora", "Lagos"), ("emil", "Osaka")];
    let mentees = mentees.map(|(id, site)| Profile::new(id).site(site).mentee());
    let cohort = Cohort::new(mentors, mentees)?;

    let fresh = CustomCriterion::new(FreshMentors);
    let programme = Programme::builder()
        .weigh(2, commute())
        .weigh_with(1, fresh.clone(), MissingPolicy::Zero)
        .build()?;

    // A file holds names and versions; the registry knows the code.
    let file = toml::to_string(&programme)?;
    println!("{file}");
    let registry = Registry::new().criterion(commute()).criterion(fresh);
    let programme = registry.read(toml::Deserializer::parse(&file)?)?;

    for pair in &Engine::new(programme).run(&cohort)?.matching().pairs {
        println!("{} with {}: {}", pair.mentee, pair.mentor, pair.score);
    }
    Ok(())
}
