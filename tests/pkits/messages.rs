//! The message of a row, by `waxwing-cli verify`. Its From line names nobody of the suite, so what is looked at is whether the
//! signature holds and the signer is trusted, apart from the address.

use crate::common::cli::{Cli, Report};
use crate::common::pkits::Pkits;
use crate::suite::{Row, Suite};

/// The signer is trusted or not as the table says, and the findings name the reason.
pub fn check(suite: &Suite, row: &Row) -> Result<(), String> {
    let root = suite.files.folder.join("certs/TrustAnchorRootCertificate.crt");
    let cli =
        Cli::new("verify --offline --no-builtin-roots --at").arg(Pkits::now().to_string()).arg("--trust").arg(root);
    let cli =
        suite.files.lists.iter().fold(cli.arg("--revocation").arg("require"), |cli, list| cli.arg("--crl").arg(list));
    let report = cli.arg(suite.files.folder.join(&row.file)).report();
    let signers = report.signers();
    let [signer] = signers.as_slice() else { return Err(format!("{} signers", signers.len())) };
    if signer["integrity"] != "intact" {
        return Err(format!("{}: {:?}", signer["integrity"], report.findings()));
    }
    if report.signature() != signer["verdict"] {
        return Err("the message's verdict is another than its signer's".to_owned());
    }
    let findings = report.findings();
    let late = findings.contains(&"certificate-expired-at-signing");
    let trusted = signer["trust"] == "anchored" && report.signature() != "rejected" && !late;
    let revocation = signer["revocation"].as_str().unwrap_or_default();
    match row.error.as_deref() {
        None if trusted && revocation == "good" => Ok(()),
        None if trusted => Err(format!("it should not be withdrawn: {revocation} {findings:?}")),
        None => Err(format!("it should be trusted: {} {findings:?}", report.signature())),
        Some(expected) if row.is_about_lists() => {
            let right = match expected {
                "CERT_REVOKED" => ["revoked"].as_slice(),
                // What a list says that cannot be relied on for the rest may be taken all the same.
                _ => &["unknown", "revoked"],
            };
            let worst = revocation != "revoked" || report.signature() == "revoked";
            match trusted && worst && right.contains(&revocation) {
                true => Ok(()),
                false => Err(format!("{revocation} {findings:?}, expected {expected}")),
            }
        }
        Some(expected) if trusted => Err(format!("trusted, though it should break {expected}: {}", report.signature())),
        Some(expected) if reasons(expected).iter().any(|reason| findings.contains(reason)) => {
            verdict(&report, expected)
        }
        Some(expected) => Err(format!("{findings:?}, expected {:?}", reasons(expected))),
    }
}

fn verdict(report: &Report, expected: &str) -> Result<(), String> {
    let right = match expected {
        "UNABLE_TO_GET_ISSUER" => ["unknown-issuer", "rejected"].as_slice(),
        "CERT_HAS_EXPIRED" => &["expired-at-signing", "no-address", "other-signer"],
        _ => &["rejected"],
    };
    if right.contains(&report.signature()) {
        Ok(())
    } else {
        Err(format!("{}, expected {right:?}", report.signature()))
    }
}

/// Codes of findings that say what OpenSSL calls so.
fn reasons(error: &str) -> &'static [&'static str] {
    match error {
        "CERT_SIGNATURE_FAILURE" => &["bad-issuer-signature"],
        "CERT_NOT_YET_VALID" => &["not-yet-valid"],
        "CERT_HAS_EXPIRED" => &["certificate-expired-at-signing"],
        "UNABLE_TO_GET_ISSUER" => &["no-issuer", "issuer-key-usage"],
        "INVALID_CA" => &["issuer-not-ca"],
        "PATH_LENGTH_EXCEEDED" => &["path-length"],
        "PERMITTED_VIOLATION" | "EXCLUDED_VIOLATION" => &["name-constraint"],
        "UNHANDLED_CRITICAL_EXTENSION" => &["unknown-critical-extension"],
        "INVALID_POLICY_EXT" => &["maps-any-policy"],
        "NO_EXPLICIT_POLICY" => &["certificate-policy", "any-policy-inhibited", "policy-mapping-inhibited"],
        _ => &[],
    }
}
