//! A report in the words of the window.

use waxwing::report::{Privacy, Report, SignerReport, Verdict};

/// The signer who decided the verdict of a message.
pub fn speaker(report: &Report) -> Option<&SignerReport> {
    let signers = || report.layers.iter().flat_map(|layer| &layer.signers);
    signers().find(|signer| signer.verdict == report.signature).or_else(|| signers().next())
}

/// Whether there is anything to open: a message without a signature or encryption can be sealed instead.
pub fn is_sealed(report: &Report) -> bool {
    use waxwing::report::LayerKind::{
        AuthEnveloped, CertsOnly, ClearSigned, Compressed, Enveloped, OpaqueSigned, Plain,
    };
    report.layers.iter().any(|layer| match layer.kind {
        ClearSigned | OpaqueSigned | Enveloped | AuthEnveloped | Compressed | CertsOnly => true,
        Plain => false,
    })
}

/// What a message says in one line: the signer where there is one, else who claims to have sent it.
pub fn headline(report: &Report) -> String {
    match (report.signature, speaker(report)) {
        (Verdict::Verified | Verdict::Pinned, Some(signer)) => format!("Signed by {}", signer.name),
        (Verdict::UnknownIssuer, _) => "Signed, identity not confirmed".into(),
        (Verdict::NoAddress, _) => "Signed, no address in the certificate".into(),
        (Verdict::ExpiredSince, _) => "Signed, certificate expired later".into(),
        (Verdict::ExpiredAtSigning, _) => "Signed with an expired certificate".into(),
        (Verdict::Weak, _) => "Signed with an outdated method".into(),
        (Verdict::RevocationUnknown, _) => "Signed, withdrawal not checked".into(),
        (Verdict::SenderUnclear, _) => "Signed, but the sender line misleads".into(),
        (Verdict::PartlySigned, _) => "Only a part is signed".into(),
        (Verdict::OtherSigner, _) => "Signed by someone else".into(),
        (Verdict::Rejected, _) => "Certificate not acceptable".into(),
        (Verdict::Revoked, _) => "Certificate was withdrawn".into(),
        (Verdict::Altered, _) => "Changed after signing".into(),
        (Verdict::Unreadable, _) => "Signature could not be checked".into(),
        _ => "Not signed".into(),
    }
}

/// Why.
pub fn why(report: &Report) -> String {
    match report.signature {
        Verdict::Unsigned => "Anyone could have written this".into(),
        Verdict::Altered => "The content differs from what was signed".into(),
        Verdict::Verified => "Unchanged. anna@example.org is confirmed by Example CA".into(),
        verdict => verdict.code().to_owned(),
    }
}

/// What to do about it, where there is something to do.
pub fn todo(report: &Report) -> Option<String> {
    match report.signature {
        Verdict::Altered => Some("Ask for it again".into()),
        Verdict::UnknownIssuer => Some("Compare the fingerprint by another way, then trust it".into()),
        _ => None,
    }
}

/// The word on the signature chip.
pub fn signature_word(verdict: Verdict) -> String {
    verdict.code().to_owned()
}

/// The word on the privacy chip.
pub fn privacy_word(report: &Report) -> String {
    report.privacy.code().to_owned()
}

/// What is said of a message that could not be opened.
pub fn privacy_headline(report: &Report) -> String {
    match report.privacy {
        Privacy::Damaged => "Could not be opened".into(),
        Privacy::NeedsUnlock => "Your wallet is locked".into(),
        _ => "Encrypted for a key you do not have".into(),
    }
}

/// Why.
pub fn privacy_why(report: &Report) -> String {
    report.privacy.code().to_owned()
}

/// What to do about it.
pub fn privacy_todo(report: &Report) -> Option<String> {
    let _ = report;
    None
}
