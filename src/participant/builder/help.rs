//! What help somebody seeks or gives, and how ready they are for it.

use crate::participant::{Preparation, Profile, Support};

impl Profile {
    /// One more topic a mentee wants help with, or a mentor helps with.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").topic("giving feedback").topics, ["giving feedback"]);
    /// ```
    #[must_use]
    pub fn topic(mut self, topic: impl Into<String>) -> Self {
        self.topics.push(topic.into());
        self
    }

    /// One more topic the person does not want to be asked about.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert_eq!(Profile::new("ana").excluded_topic("salary").excluded_topics, ["salary"]);
    /// ```
    #[must_use]
    pub fn excluded_topic(mut self, topic: impl Into<String>) -> Self {
        self.excluded_topics.push(topic.into());
        self
    }

    /// More kinds of support a mentee seeks, or a mentor gives.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").supports([Support::Career]);
    /// assert_eq!(ana.support, [Support::Career]);
    /// ```
    #[must_use]
    pub fn supports(mut self, kinds: impl IntoIterator<Item = Support>) -> Self {
        self.support.extend(kinds);
        self
    }

    /// More of what the person has done to be ready for mentoring.
    ///
    /// ```
    /// # use mentormatch::*;
    /// let ana = Profile::new("ana").prepared([Preparation::Trained]);
    /// assert_eq!(ana.preparation, [Preparation::Trained]);
    /// ```
    #[must_use]
    pub fn prepared(mut self, steps: impl IntoIterator<Item = Preparation>) -> Self {
        self.preparation.extend(steps);
        self
    }

    /// How much the person wants to take part: 1 (little) to 5 (very much).
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert!(Profile::new("ana").motivation(4).motivation.is_some());
    /// ```
    #[must_use]
    pub fn motivation(mut self, level: u8) -> Self {
        self.motivation = Some(level);
        self
    }

    /// How ready the person is for mentoring: 1 (not yet) to 5 (fully).
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert!(Profile::new("ana").readiness(4).readiness.is_some());
    /// ```
    #[must_use]
    pub fn readiness(mut self, level: u8) -> Self {
        self.readiness = Some(level);
        self
    }

    /// Whether the person takes part of their own will.
    ///
    /// ```
    /// # use mentormatch::*;
    /// assert!(Profile::new("ana").voluntary(true).voluntary.is_some());
    /// ```
    #[must_use]
    pub fn voluntary(mut self, voluntary: bool) -> Self {
        self.voluntary = Some(voluntary);
        self
    }
}
