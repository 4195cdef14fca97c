//! Legacy display elements: header fields that stand in the text once more, for programs that do not read protected ones
//! (RFC 9788 §2.1.2, §4.5.3).
//!
//! They are left out of what is shown only where every line of them is a protected field that is shown anyway: nobody can hide
//! a text by calling it one.

use std::collections::HashSet;

use super::header::one_blank;
use crate::mime::header::ContentType;
use crate::mime::{Field, Fields};

/// The element of an HTML text (RFC 9788 §5.2.3).
pub(in crate::smime) const CLASS: &str = "header-protection-legacy-display";

/// The lines that such an element may have.
pub(super) struct Legacy {
    lines: HashSet<(String, String)>,
    /// The older form: a part of its own, marked like the payload.
    draft: bool,
}

impl Legacy {
    /// `shown`: whether a protected field of that name is shown to people.
    pub(super) fn of(fields: &Fields, draft: bool, shown: impl Fn(&str) -> bool) -> Self {
        let line = |field: &Field| (field.name.to_ascii_lowercase(), one_blank(&field.text()));
        Self { lines: fields.0.iter().filter(|field| shown(&field.name)).map(line).collect(), draft }
    }

    /// Whether a text part is said to begin with an element.
    pub(super) fn begins(kind: &ContentType) -> bool {
        kind.parameter("hp-legacy-display").is_some_and(|value| value.trim() == "1")
    }

    /// Whether a part is said to be nothing but an element.
    pub(super) fn is_part(&self, kind: &ContentType) -> bool {
        let text = kind.is("text", "plain") || kind.is("text", "rfc822-headers");
        self.draft && text && kind.parameter("protected-headers").is_some_and(|value| value.trim() == "v1")
    }

    /// A plain text without the element at its start, which ends at the first empty line (RFC 9788 §4.5.3.2).
    pub(super) fn without<'t>(&self, text: &'t str) -> &'t str {
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            if line.trim().is_empty() {
                let (element, rest) = (text.get(..end), text.get(end + line.len()..));
                return match (element, rest) {
                    (Some(element), Some(rest)) if self.is_element(element) => rest,
                    _ => text,
                };
            }
            end += line.len();
        }
        text
    }

    /// Whether a text holds protected fields and nothing else.
    pub(super) fn is_element(&self, text: &str) -> bool {
        let mut lines: Vec<String> = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            match lines.last_mut() {
                Some(last) if line.starts_with([' ', '\t']) => {
                    last.push(' ');
                    last.push_str(line);
                }
                _ => lines.push(line.to_owned()),
            }
        }
        let known = |line: &String| {
            line.split_once(':')
                .is_some_and(|(name, value)| self.lines.contains(&(name.trim().to_ascii_lowercase(), one_blank(value))))
        };
        !lines.is_empty() && lines.iter().all(known)
    }
}
