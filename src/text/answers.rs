//! Why somebody who was asked over the network did not answer.

use super::tr;

/// The words for a code of [`crate::report::Code`] evidence: what went wrong, as the rest of a sentence.
pub(super) fn no_answer(code: &str) -> String {
    match code {
        "offline" => tr!("no-answer-offline"),
        "ldap" => tr!("no-answer-ldap"),
        "scheme" | "malformed-url" | "user-info" | "port" => tr!("no-answer-url"),
        "private-address" => tr!("no-answer-private-address"),
        "redirect-scheme" => tr!("no-answer-redirect-scheme"),
        "too-many-redirects" => tr!("no-answer-too-many-redirects"),
        "timeout" => tr!("no-answer-timeout"),
        "host-down" => tr!("no-answer-host-down"),
        "too-many-questions" => tr!("no-answer-too-many-questions"),
        "no-time-left" => tr!("no-answer-no-time-left"),
        "too-large" => tr!("no-answer-too-large"),
        "host-not-found" => tr!("no-answer-host-not-found"),
        "connection-refused" | "unreachable" => tr!("no-answer-unreachable"),
        "connection-lost" => tr!("no-answer-connection-lost"),
        "tls" => tr!("no-answer-tls"),
        "no-http" => tr!("no-answer-no-http"),
        "no-certificate" => tr!("no-answer-no-certificate"),
        "another-issuer" => tr!("no-answer-another-issuer"),
        other => match other.strip_prefix("status-") {
            Some(status) => tr!("no-answer-status", status = super::words::clean(status)),
            None => super::words::clean(other),
        },
    }
}
