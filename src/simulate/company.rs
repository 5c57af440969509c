//! The company: a maker of water-quality instruments that exists nowhere, with people everywhere.

use super::names::{self, Names};

/// Where people work.
pub(crate) struct Site {
    pub(crate) name: &'static str,
    pub(crate) region: &'static str,
    pub(crate) time_zone: &'static str,
    /// What its building offers.
    pub(crate) access: &'static [&'static str],
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
    pub(crate) teams: &'static [&'static str],
    /// From the first steps of the ladder to the last, two steps each.
    pub(crate) positions: [&'static str; 5],
    pub(crate) size: u16,
}

const STEP_FREE: &[&str] = &["step-free access"];
const QUIET: &[&str] = &["quiet room"];
const ALL: &[&str] = &["step-free access", "hearing loop", "quiet room"];

#[rustfmt::skip] // a table
pub(crate) static SITES: [Site; 15] = [
    Site { name: "Copenhagen", region: "Europe", time_zone: "Europe/Copenhagen", access: ALL, languages: &[("da", 85), ("en", 95), ("de", 30)], names: &names::DANISH, size: 14 },
    Site { name: "Lisbon", region: "Europe", time_zone: "Europe/Lisbon", access: STEP_FREE, languages: &[("pt", 95), ("en", 75), ("fr", 25)], names: &names::PORTUGUESE, size: 8 },
    Site { name: "Kraków", region: "Europe", time_zone: "Europe/Warsaw", access: STEP_FREE, languages: &[("pl", 95), ("en", 80), ("de", 25)], names: &names::POLISH, size: 9 },
    Site { name: "Nairobi", region: "Africa", time_zone: "Africa/Nairobi", access: ALL, languages: &[("sw", 95), ("en", 95)], names: &names::KENYAN, size: 8 },
    Site { name: "Lagos", region: "Africa", time_zone: "Africa/Lagos", access: QUIET, languages: &[("en", 97), ("yo", 55)], names: &names::NIGERIAN, size: 8 },
    Site { name: "Casablanca", region: "Africa", time_zone: "Africa/Casablanca", access: STEP_FREE, languages: &[("ar", 97), ("fr", 80), ("en", 40)], names: &names::MOROCCAN, size: 6 },
    Site { name: "Amman", region: "Middle East", time_zone: "Asia/Amman", access: QUIET, languages: &[("ar", 97), ("en", 65)], names: &names::JORDANIAN, size: 5 },
    Site { name: "Bengaluru", region: "Asia", time_zone: "Asia/Kolkata", access: ALL, languages: &[("en", 97), ("hi", 70), ("kn", 60)], names: &names::INDIAN, size: 14 },
    Site { name: "Osaka", region: "Asia", time_zone: "Asia/Tokyo", access: ALL, languages: &[("ja", 98), ("en", 55)], names: &names::JAPANESE, size: 8 },
    Site { name: "Hanoi", region: "Asia", time_zone: "Asia/Ho_Chi_Minh", access: QUIET, languages: &[("vi", 98), ("en", 60), ("fr", 8)], names: &names::VIETNAMESE, size: 7 },
    Site { name: "Toronto", region: "Americas", time_zone: "America/Toronto", access: ALL, languages: &[("en", 97), ("fr", 35)], names: &names::CANADIAN, size: 10 },
    Site { name: "Guadalajara", region: "Americas", time_zone: "America/Mexico_City", access: STEP_FREE, languages: &[("es", 98), ("en", 65)], names: &names::MEXICAN, size: 7 },
    Site { name: "São Paulo", region: "Americas", time_zone: "America/Sao_Paulo", access: STEP_FREE, languages: &[("pt", 98), ("en", 65), ("es", 30)], names: &names::BRAZILIAN, size: 9 },
    Site { name: "Bogotá", region: "Americas", time_zone: "America/Bogota", access: QUIET, languages: &[("es", 98), ("en", 60)], names: &names::COLOMBIAN, size: 6 },
    Site { name: "Auckland", region: "Oceania", time_zone: "Pacific/Auckland", access: ALL, languages: &[("en", 99), ("mi", 25)], names: &names::NEW_ZEALAND, size: 5 },
];

#[rustfmt::skip] // a table
pub(crate) static DEPARTMENTS: [Department; 11] = [
    Department { name: "Engineering", families: &[0, 1], teams: &["Firmware", "Platform", "Field Devices"], size: 22,
        positions: ["software engineer", "senior engineer", "engineering lead", "engineering manager", "director of engineering"] },
    Department { name: "Data", families: &[1, 0], teams: &["Forecasting", "Analytics"], size: 10,
        positions: ["data analyst", "data scientist", "data lead", "data manager", "director of data"] },
    Department { name: "Research", families: &[2, 1], teams: &["Optics Lab", "Chemistry Lab"], size: 9,
        positions: ["research assistant", "scientist", "senior scientist", "lab manager", "director of research"] },
    Department { name: "Product", families: &[3, 6], teams: &["Probes", "Dashboards"], size: 10,
        positions: ["product analyst", "product manager", "senior product manager", "group product manager", "director of product"] },
    Department { name: "Design", families: &[3], teams: &["Interfaces", "Enclosures"], size: 6,
        positions: ["designer", "senior designer", "design lead", "design manager", "director of design"] },
    Department { name: "Manufacturing", families: &[4, 2], teams: &["Assembly", "Calibration", "Logistics"], size: 13,
        positions: ["technician", "process engineer", "shift supervisor", "plant manager", "director of operations"] },
    Department { name: "Sales", families: &[5, 6], teams: &["Utilities", "Industry"], size: 12,
        positions: ["sales associate", "account manager", "senior account manager", "regional sales manager", "director of sales"] },
    Department { name: "Marketing", families: &[5, 3], teams: &["Brand", "Trade Fairs"], size: 6,
        positions: ["marketing associate", "campaign manager", "marketing lead", "marketing manager", "director of marketing"] },
    Department { name: "Finance", families: &[7, 1], teams: &["Accounts", "Planning"], size: 6,
        positions: ["accountant", "controller", "senior controller", "finance manager", "finance director"] },
    Department { name: "People", families: &[6, 7], teams: &["Hiring", "Learning"], size: 6,
        positions: ["people associate", "people partner", "senior people partner", "people manager", "director of people"] },
    Department { name: "Legal", families: &[7, 6], teams: &["Contracts", "Patents"], size: 3,
        positions: ["paralegal", "counsel", "senior counsel", "head of compliance", "general counsel"] },
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

/// What people write for a skill now and then; `vocabulary.toml` knows what they mean, but for `pm`,
/// which may be two things.
pub(crate) const ALIASES: [(&str, &str); 5] = [
    ("machine learning", "ML"),
    ("data visualisation", "dataviz"),
    ("giving feedback", "feedback"),
    ("leading a team", "team leadership"),
    ("project management", "pm"),
];

/// What mentees want to talk about, the most asked for first.
#[rustfmt::skip] // a table
pub(crate) const TOPICS: [&str; 14] = [
    "next career step", "leading a team", "confidence", "finding my way around", "networking",
    "changing field", "work and family", "speaking up", "working abroad", "difficult colleagues",
    "first months", "further study", "stress", "salary",
];

/// Topics that some would rather not be asked about.
pub(crate) const DELICATE: [&str; 5] = [
    "salary",
    "stress",
    "difficult colleagues",
    "work and family",
    "changing field",
];

/// When office people have time: some of these.
#[rustfmt::skip] // a table
pub(crate) const OFFICE_HOURS: [&str; 9] = [
    "mon-fri 09:00-11:30", "mon-fri 12:00-13:00", "mon-thu 14:00-17:00", "mon 08:00-10:00",
    "tue 13:00-18:00", "wed 16:00-18:00", "thu 09:00-12:00", "fri 09:00-15:00",
    "mon-thu 19:00-21:00",
];

/// When people on shifts have time: one of these, before, after or at night.
pub(crate) const SHIFT_HOURS: [&str; 4] = [
    "mon-fri 14:30-17:00",
    "mon-fri 10:00-13:30",
    "tue-thu 22:00-00:30",
    "sat 09:00-12:00",
];

/// When part-timers have time: one of these.
pub(crate) const PART_TIME_HOURS: [&str; 3] = [
    "mon-wed 09:00-12:30",
    "tue-thu 08:30-11:30",
    "wed-fri 10:00-15:00",
];
