//! Programmes to start from.

/// A programme file for one type of mentoring programme: a start, not a cage.
///
/// Each file says at its top what it is for and why its criteria are what they are. A host reads one,
/// changes what differs in its own organisation, the dates first of all, and keeps the result as its
/// own: files of presets may change between versions of this crate.
///
#[cfg_attr(feature = "serde", doc = "```")]
#[cfg_attr(not(feature = "serde"), doc = "```ignore")]
/// use mentormatch::{Preset, Programme};
///
/// let programme: Programme = toml::from_str(Preset::Leadership.toml())?;
/// assert_eq!(programme.name(), "Leadership");
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Preset {
    /// Graduates and new hires find their way around, with somebody who is no boss of theirs.
    Graduates,
    /// Coming leaders learn from those who have walked the path; both sides must gain.
    Leadership,
    /// Women in leadership and other programmes of inclusion: sponsors and role models whom the
    /// participants themselves ask for.
    Inclusion,
    /// Juniors teach seniors.
    Reverse,
    /// Colleagues of one step learn from each other.
    Peers,
    /// Across sites and time zones, online.
    VirtualGlobal,
    /// Face to face, in professions with shifts and little time.
    InPersonHealth,
    /// Somebody to learn certain skills from.
    Skills,
    /// Alumni show students what working life is like.
    AlumniStudents,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Graduates,
        Self::Leadership,
        Self::Inclusion,
        Self::Reverse,
        Self::Peers,
        Self::VirtualGlobal,
        Self::InPersonHealth,
        Self::Skills,
        Self::AlumniStudents,
    ];

    /// The programme file, as TOML.
    ///
    /// ```
    /// # use mentormatch::Preset;
    /// assert!(Preset::ALL.iter().all(|preset| preset.toml().starts_with("format_version = 1")));
    /// ```
    #[must_use]
    pub const fn toml(self) -> &'static str {
        match self {
            Self::Graduates => include_str!("presets/graduates.toml"),
            Self::Leadership => include_str!("presets/leadership.toml"),
            Self::Inclusion => include_str!("presets/inclusion.toml"),
            Self::Reverse => include_str!("presets/reverse.toml"),
            Self::Peers => include_str!("presets/peers.toml"),
            Self::VirtualGlobal => include_str!("presets/virtual_global.toml"),
            Self::InPersonHealth => include_str!("presets/in_person_health.toml"),
            Self::Skills => include_str!("presets/skills.toml"),
            Self::AlumniStudents => include_str!("presets/alumni_students.toml"),
        }
    }
}
