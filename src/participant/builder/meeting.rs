//! When, where and how often somebody can meet.

use crate::participant::{GapRange, Profile, Window};

impl Profile {
    /// More weekly times the person has, in their own time zone.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").available(Window::parse("mon-fri 12:00-13:00")?);
    /// assert_eq!(ana.availability.len(), 5);
    /// # Ok::<(), WindowError>(())
    /// ```
    #[must_use]
    pub fn available(mut self, windows: impl IntoIterator<Item = Window>) -> Self {
        self.availability.extend(windows);
        self
    }

    /// One more site where the person can meet besides their own.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").can_meet_at("Aarhus").meets_at, ["Aarhus"]);
    /// ```
    #[must_use]
    pub fn can_meet_at(mut self, site: impl Into<String>) -> Self {
        self.meets_at.push(site.into());
        self
    }

    /// One more thing a place must offer so that the person can meet there.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").accessibility_need("step-free").accessibility_needs, ["step-free"]);
    /// ```
    #[must_use]
    pub fn accessibility_need(mut self, need: impl Into<String>) -> Self {
        self.accessibility_needs.push(need.into());
        self
    }

    /// One more thing the places this person can meet at offer.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").offers_accessibility("step-free").accessibility_offered, ["step-free"]);
    /// ```
    #[must_use]
    pub fn offers_accessibility(mut self, offer: impl Into<String>) -> Self {
        self.accessibility_offered.push(offer.into());
        self
    }

    /// Hours a month the person has for the programme, `0.0..=744.0`.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert!(Profile::new("ana").hours_per_month(4.0).hours_per_month.is_some());
    /// ```
    #[must_use]
    pub fn hours_per_month(mut self, hours: f64) -> Self {
        self.hours_per_month = Some(hours);
        self
    }

    /// Meetings a month the person expects with each partner, `0.0..=100.0`.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert!(Profile::new("ana").meetings_per_month(2.0).meetings_per_month.is_some());
    /// ```
    #[must_use]
    pub fn meetings_per_month(mut self, meetings: f64) -> Self {
        self.meetings_per_month = Some(meetings);
        self
    }

    /// Minutes the person expects a meeting to take, `1..=1440`.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert!(Profile::new("ana").meeting_minutes(60).meeting_minutes.is_some());
    /// ```
    #[must_use]
    pub fn meeting_minutes(mut self, minutes: u16) -> Self {
        self.meeting_minutes = Some(minutes);
        self
    }

    /// Months the person expects the relationship to last, `0.0..=600.0`.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert!(Profile::new("ana").duration_months(9.0).duration_months.is_some());
    /// ```
    #[must_use]
    pub fn duration_months(mut self, months: f64) -> Self {
        self.duration_months = Some(months);
        self
    }

    /// How formal the person expects the relationship to be: 1 (chats) to 5 (agenda and minutes).
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert!(Profile::new("ana").formality(2).formality.is_some());
    /// ```
    #[must_use]
    pub fn formality(mut self, level: u8) -> Self {
        self.formality = Some(level);
        self
    }

    /// Steps of seniority between mentor and mentee that the person is comfortable with: *mentor
    /// minus mentee*, whoever says it.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let boris = Profile::new("boris").comfortable_gap(GapRange::new(0, 2));
    /// assert!(boris.comfortable_gap.is_some());
    /// ```
    #[must_use]
    pub fn comfortable_gap(mut self, range: GapRange) -> Self {
        self.comfortable_gap = Some(range);
        self
    }
}
