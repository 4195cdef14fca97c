//! Words for how a message is built, and how it is labelled.

use super::finding::Evidence;
use super::tr;

/// How the content is to be handled (RFC 2634 §3.2).
pub(super) fn label(e: &Evidence<'_>) -> String {
    let classification = match e.raw("classification") {
        "0" => tr!("label-unmarked"),
        "1" => tr!("label-unclassified"),
        "2" => tr!("label-restricted"),
        "3" => tr!("label-confidential"),
        "4" => tr!("label-secret"),
        "5" => tr!("label-top-secret"),
        _ => e.text("classification"),
    };
    match e.text("mark") {
        mark if mark.is_empty() => tr!("finding-security-label", label = classification),
        mark => tr!("finding-security-label-mark", label = classification, mark = mark),
    }
}

/// What is odd about a message.
pub(super) fn odd(e: &Evidence<'_>) -> String {
    match e.key("what").as_str() {
        "missingboundary" => tr!("odd-missing-boundary"),
        "noparts" => tr!("odd-no-parts"),
        "ambiguousboundary" => tr!("odd-ambiguous-boundary"),
        "duplicatefield" => tr!("odd-duplicate-field"),
        "malformedheaderline" => tr!("odd-malformed-header-line"),
        "missingbody" => tr!("odd-missing-body"),
        "severalmessages" => tr!("odd-several-messages"),
        "manyrecipients" => tr!("odd-many-recipients"),
        "severalprotectedfields" => tr!("odd-several-protected-fields"),
        "textoutsideparts" => tr!("odd-text-outside-parts"),
        "toodeep" => tr!("odd-too-deep"),
        "toomanyparts" => tr!("odd-too-many-parts"),
        _ => e.text("what"),
    }
}
