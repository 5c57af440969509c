//! The company: a maker of water-quality instruments that exists nowhere, with people everywhere.

use super::names::{self, Names};

/// Where people work.
pub(crate) struct Site {
    pub(crate) name: &'static str,
    pub(crate) time_zone: &'static str,
    /// Languages, and how many people in a hundred speak each.
    pub(crate) languages: &'static [(&'static str, u16)],
    /// What most people here are called.
    pub(crate) names: &'static Names,
    /// How likely somebody is to work here, against the other sites.
    pub(crate) size: u16,
}

/// What people do, and the families of skills that most of them have or want.
pub(crate) struct Department {
    pub(crate) name: &'static str,
    pub(crate) families: &'static [usize],
    pub(crate) size: u16,
}

const fn site(
    (name, time_zone): (&'static str, &'static str),
    languages: &'static [(&'static str, u16)],
    names: &'static Names,
    size: u16,
) -> Site {
    Site {
        name,
        time_zone,
        languages,
        names,
        size,
    }
}

const fn department(name: &'static str, families: &'static [usize], size: u16) -> Department {
    Department {
        name,
        families,
        size,
    }
}

#[rustfmt::skip] // a table
pub(crate) static SITES: [Site; 15] = [
    site(("Copenhagen", "Europe/Copenhagen"), &[("da", 85), ("en", 95), ("de", 30)], &names::DANISH, 14),
    site(("Lisbon", "Europe/Lisbon"), &[("pt", 95), ("en", 75), ("fr", 25)], &names::PORTUGUESE, 8),
    site(("Kraków", "Europe/Warsaw"), &[("pl", 95), ("en", 80), ("de", 25)], &names::POLISH, 9),
    site(("Nairobi", "Africa/Nairobi"), &[("sw", 95), ("en", 95)], &names::KENYAN, 8),
    site(("Lagos", "Africa/Lagos"), &[("en", 97), ("yo", 55)], &names::NIGERIAN, 8),
    site(("Casablanca", "Africa/Casablanca"), &[("ar", 97), ("fr", 80), ("en", 40)], &names::MOROCCAN, 6),
    site(("Amman", "Asia/Amman"), &[("ar", 97), ("en", 65)], &names::JORDANIAN, 5),
    site(("Bengaluru", "Asia/Kolkata"), &[("en", 97), ("hi", 70), ("kn", 60)], &names::INDIAN, 14),
    site(("Osaka", "Asia/Tokyo"), &[("ja", 98), ("en", 55)], &names::JAPANESE, 8),
    site(("Hanoi", "Asia/Ho_Chi_Minh"), &[("vi", 98), ("en", 60), ("fr", 8)], &names::VIETNAMESE, 7),
    site(("Toronto", "America/Toronto"), &[("en", 97), ("fr", 35)], &names::CANADIAN, 10),
    site(("Guadalajara", "America/Mexico_City"), &[("es", 98), ("en", 65)], &names::MEXICAN, 7),
    site(("São Paulo", "America/Sao_Paulo"), &[("pt", 98), ("en", 65), ("es", 30)], &names::BRAZILIAN, 9),
    site(("Bogotá", "America/Bogota"), &[("es", 98), ("en", 60)], &names::COLOMBIAN, 6),
    site(("Auckland", "Pacific/Auckland"), &[("en", 99), ("mi", 25)], &names::NEW_ZEALAND, 5),
];

pub(crate) static DEPARTMENTS: [Department; 11] = [
    department("Engineering", &[0, 1], 22),
    department("Data", &[1, 0], 10),
    department("Research", &[2, 1], 9),
    department("Product", &[3, 6], 10),
    department("Design", &[3], 6),
    department("Manufacturing", &[4, 2], 13),
    department("Sales", &[5, 6], 12),
    department("Marketing", &[5, 3], 6),
    department("Finance", &[7, 1], 6),
    department("People", &[6, 7], 6),
    department("Legal", &[7, 6], 3),
];

/// Skills by family, each family's most popular first.
#[rustfmt::skip] // a table
pub(crate) static SKILLS: [&[&str]; 8] = [
    &["python", "cloud", "rust", "embedded systems", "testing", "security", "devops", "frontend"],
    &["sql", "statistics", "machine learning", "data visualisation", "forecasting", "data governance", "experiments"],
    &["water chemistry", "optics", "sensor design", "lab methods", "scientific writing", "patents", "field studies"],
    &["user research", "roadmapping", "prototyping", "interaction design", "accessibility", "pricing", "localisation"],
    &["lean", "quality control", "supply chain", "safety", "procurement", "maintenance", "certification"],
    &["negotiation", "key accounts", "storytelling", "partnerships", "public tenders", "brand", "events"],
    &["leading a team", "giving feedback", "public speaking", "coaching", "conflict", "hiring", "facilitation", "change", "delegation"],
    &["budgeting", "project management", "contracts", "compliance", "reporting", "risk", "data protection", "audit"],
];

/// The family that everybody draws on, whatever they do.
pub(crate) const LEADERSHIP: usize = 6;

#[rustfmt::skip] // a table
pub(crate) const INTERESTS: [&str; 16] = [
    "cooking", "running", "football", "gardening", "chess", "music", "hiking", "film",
    "photography", "reading", "cycling", "dance", "volunteering", "cricket", "languages", "crafts",
];

/// What a mentee wants from the programme, and what a mentor has helped others with.
pub(crate) const GOALS: [&str; 5] = [
    "lead a team",
    "go deeper in my field",
    "change field",
    "build a network",
    "work abroad",
];

/// How somebody likes to mentor or to be mentored.
pub(crate) const STYLES: [&str; 4] = ["coach", "teacher", "sponsor", "sounding board"];
