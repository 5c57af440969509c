//! The setters a profile is built with in code: who somebody is, here; what they expect of meetings,
//! of help and of partners, a file each.

mod help;

mod meeting;

mod partners;

use super::attribute::Attribute;
use super::profile::{Language, MeetingMode, Profile, Status};
use super::skills::{Need, Offer};
use crate::ids::ParticipantId;

impl Profile {
    /// A second key of the host's, used only to find people who are listed twice.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").external_id("ana@example.org");
    /// # assert!(ana.external_id.is_some());
    /// ```
    #[must_use]
    pub fn external_id(mut self, key: impl Into<String>) -> Self {
        self.external_id = Some(key.into());
        self
    }

    /// Whether this person takes part; [`Status::Active`] unless said otherwise.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").status(Status::Paused);
    /// # assert!(!ana.status.is_active());
    /// ```
    #[must_use]
    pub fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// One more skill this person wants to learn, of importance 1, from a mentor of this proficiency
    /// (`None`: any).
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").need("go", 3).need("sql", None);
    /// assert_eq!(ana.needs[1], Need::new("sql"));
    /// ```
    #[must_use]
    pub fn need(self, skill: impl Into<String>, level: impl Into<Option<u8>>) -> Self {
        self.add_need(Need::new(skill).level(level))
    }

    /// One more need, where the importance is not 1.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").add_need(Need::new("go").importance(5));
    /// assert_eq!(ana.needs[0].importance, 5);
    /// ```
    #[must_use]
    pub fn add_need(mut self, need: Need) -> Self {
        self.needs.push(need);
        self
    }

    /// One more skill this person can help with, at this proficiency (`None`: enough for anybody).
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").offer("rust", 4).offer("writing", None);
    /// assert_eq!(ana.offers[0], Offer::new("rust").level(4));
    /// ```
    #[must_use]
    pub fn offer(mut self, skill: impl Into<String>, level: impl Into<Option<u8>>) -> Self {
        self.offers.push(Offer::new(skill).level(level));
        self
    }

    /// One more language this person can hold a conversation in.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").language("en").language("da");
    /// assert_eq!(ana.languages, ["en", "da"]);
    /// ```
    #[must_use]
    pub fn language(mut self, tag: impl Into<Language>) -> Self {
        self.languages.push(tag.into());
        self
    }

    /// Step on the organisation's ladder; larger is more senior.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").seniority(5).seniority, Some(5));
    /// ```
    #[must_use]
    pub fn seniority(mut self, step: u16) -> Self {
        self.seniority = Some(step);
        self
    }

    /// As a mentee: how early the person is to get a mentor, from 1 (first) to 20, where the programme has
    /// [`Objective::PriorityTiers`](crate::Objective::PriorityTiers).
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("left out last time").priority(1).priority, Some(1));
    /// ```
    #[must_use]
    pub fn priority(mut self, tier: u8) -> Self {
        self.priority = Some(tier);
        self
    }

    /// Years in the profession, `0.0..=100.0`.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").experience_years(12.5).experience_years, Some(12.5));
    /// ```
    #[must_use]
    pub fn experience_years(mut self, years: f64) -> Self {
        self.experience_years = Some(years);
        self
    }

    /// Years in the organisation, `0.0..=100.0`.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").tenure_years(0.5).tenure_years, Some(0.5));
    /// ```
    #[must_use]
    pub fn tenure_years(mut self, years: f64) -> Self {
        self.tenure_years = Some(years);
        self
    }

    /// The person's department.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").department("Platform");
    /// assert_eq!(ana.department.as_deref(), Some("Platform"));
    /// ```
    #[must_use]
    pub fn department(mut self, department: impl Into<String>) -> Self {
        self.department = Some(department.into());
        self
    }

    /// The person's site.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").site("Aarhus");
    /// assert_eq!(ana.site.as_deref(), Some("Aarhus"));
    /// ```
    #[must_use]
    pub fn site(mut self, site: impl Into<String>) -> Self {
        self.site = Some(site.into());
        self
    }

    /// The person's organisation.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").organisation("Acme");
    /// assert_eq!(ana.organisation.as_deref(), Some("Acme"));
    /// ```
    #[must_use]
    pub fn organisation(mut self, organisation: impl Into<String>) -> Self {
        self.organisation = Some(organisation.into());
        self
    }

    /// The person's team.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert!(Profile::new("ana").team("Compilers").team.is_some());
    /// ```
    #[must_use]
    pub fn team(mut self, team: impl Into<String>) -> Self {
        self.team = Some(team.into());
        self
    }

    /// The person's region.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert!(Profile::new("ana").region("Jutland").region.is_some());
    /// ```
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// One more position the person holds or has held.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").role_held("Team lead").roles_held, ["Team lead"]);
    /// ```
    #[must_use]
    pub fn role_held(mut self, position: impl Into<String>) -> Self {
        self.roles_held.push(position.into());
        self
    }

    /// One more position the person wants to reach.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").career_goal("Head of finance").career_goals, ["Head of finance"]);
    /// ```
    #[must_use]
    pub fn career_goal(mut self, position: impl Into<String>) -> Self {
        self.career_goals.push(position.into());
        self
    }

    /// The person this one reports to, who need not take part.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").manager("boss").manager, Some("boss".into()));
    /// ```
    #[must_use]
    pub fn manager(mut self, manager: impl Into<ParticipantId>) -> Self {
        self.manager = Some(manager.into());
        self
    }

    /// IANA time zone name.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").time_zone("Asia/Kathmandu");
    /// # assert!(ana.time_zone.is_some());
    /// ```
    #[must_use]
    pub fn time_zone(mut self, name: impl Into<String>) -> Self {
        self.time_zone = Some(name.into());
        self
    }

    /// How this person can meet.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").meeting_mode(MeetingMode::Hybrid);
    /// # assert!(ana.meeting_mode.is_some());
    /// ```
    #[must_use]
    pub fn meeting_mode(mut self, mode: MeetingMode) -> Self {
        self.meeting_mode = Some(mode);
        self
    }

    /// An answer of the host's own; a second one of the same name replaces the first.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").attribute("remote", Attribute::Flag(true));
    /// assert_eq!(ana.attributes["remote"], Attribute::Flag(true));
    /// ```
    #[must_use]
    pub fn attribute(mut self, name: impl Into<String>, value: Attribute) -> Self {
        self.attributes.insert(name.into(), value);
        self
    }

    /// An answer that only quotas may use, for instance to balance groups, and what asks for
    /// [distinct mentors](crate::ProgrammeBuilder::distinct_mentors).
    ///
    /// There is no getter: what a criterion, a rule or a host's closure cannot read, it cannot score
    /// by.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").quota_attribute("gender", Attribute::choice("f"));
    /// assert!(ana.attributes.is_empty());
    /// ```
    #[must_use]
    pub fn quota_attribute(mut self, name: impl Into<String>, value: Attribute) -> Self {
        self.quota_attributes.insert(name.into(), value);
        self
    }

    /// An answer that only fairness figures may use, after the matching is made.
    ///
    /// There is no getter: what a criterion, a rule or a host's closure cannot read, it cannot score
    /// by.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").monitor_attribute("age group", Attribute::choice("50+"));
    /// assert!(ana.attributes.is_empty());
    /// ```
    #[must_use]
    pub fn monitor_attribute(mut self, name: impl Into<String>, value: Attribute) -> Self {
        self.monitor_attributes.insert(name.into(), value);
        self
    }
}
