//! Words for people, which the table and the terminal share.

use mentormatch::{Refusal, Role, Unmatched, UnmatchedReason};

/// What forbids a pair. The programme's rules have names of the programme's own; those that always
/// hold have names for programs, and are put into words here.
pub(crate) fn refusal(by: &Refusal) -> String {
    match by {
        Refusal::Rule(name) => match &**name {
            "same_person" => "the same person",
            "not_active" => "paused or gone",
            "veto" => "a veto",
            "conflict" => "a conflict",
            stated => stated,
        }
        .to_owned(),
        other => other.to_string(),
    }
}

/// Nobody in the other role is allowed for somebody in this one.
pub(crate) fn none_allowed(role: Role, partners: u32) -> String {
    let partner = match role {
        Role::Mentee => "mentor",
        Role::Mentor => "mentee",
    };
    match partners {
        1 => format!("the only {partner} is not allowed"),
        _ => format!("none of {partners} {partner}s is allowed"),
    }
}

/// Why somebody has nobody, in one line.
pub(crate) fn reason(one: &Unmatched) -> String {
    let UnmatchedReason::NoAllowedPartner { partners, refused } = &one.reason else {
        return one.reason.to_string();
    };
    let refused = refused
        .iter()
        .map(|rule| format!("{} ({})", refusal(&rule.by), rule.partners));
    let refused: Vec<_> = refused.collect();
    let none = none_allowed(one.role, *partners);
    format!("{none}; ruled out by: {}", refused.join(", "))
}
