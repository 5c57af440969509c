//! Words for people, which the table and the terminal share: the library's own English.

use mentormatch::{English, Refusal, Role, Unmatched, Wording};

/// What forbids a pair. The programme's rules have names of the programme's own; those of built-ins are put into
/// words.
pub(crate) fn refusal(by: &Refusal) -> String {
    English.refusal(by)
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
    English.unmatched(one.role, &one.reason)
}
