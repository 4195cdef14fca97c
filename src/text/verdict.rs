//! What a signature is worth, in words (`docs/verdicts.md`).

use super::dates::{report_day, two};
use super::finding::{Evidence, finding};
use super::words::{clean, named, persons};
use super::{Statement, tr};
use crate::report::message::{layer_verdict, passed_on_by};
use crate::report::{Code, Covers, Finding, Layer, Rank, Report, Revocation, SignerReport, Verdict};

/// The signer who decides the verdict on a message: the worst of those who speak for it; any signer where none does.
#[must_use]
pub fn speaker(report: &Report) -> Option<&SignerReport> {
    speaking(report).and_then(|layer| worst(&layer.signers)).or_else(|| {
        let signers = || report.layers.iter().flat_map(|layer| &layer.signers);
        signers().find(|signer| signer.verdict == report.signature).or_else(|| signers().next())
    })
}

/// The layer that decides the verdict on a message.
fn speaking(report: &Report) -> Option<&Layer> {
    let passed_on = passed_on_by(&report.layers);
    let of = |covers: Covers| {
        let layers =
            report.layers.iter().enumerate().filter(move |(at, layer)| {
                layer.covers == covers && (covers == Covers::Part || Some(*at) != passed_on)
            });
        layers.filter_map(|(_, layer)| layer_verdict(layer).map(|verdict| (verdict, layer))).min_by_key(|found| found.0)
    };
    of(Covers::Whole).or_else(|| of(Covers::Part)).map(|(_, layer)| layer)
}

fn worst(signers: &[SignerReport]) -> Option<&SignerReport> {
    signers.iter().min_by_key(|signer| signer.verdict)
}

/// What is said about the signature of a message.
#[must_use]
pub fn signature(report: &Report) -> Statement {
    if report.signature == Verdict::Unsigned && report.privacy.is_shut() {
        // What stays shut may well be signed.
        let word = tr!("verdict-unsigned-shut");
        return Statement { title: word.clone(), word, why: tr!("verdict-unsigned-shut-why"), todo: None };
    }
    let layer = speaking(report);
    let (signer, layer_findings) = (speaker(report), layer.map_or(&[][..], |layer| layer.findings.as_slice()));
    Speech { verdict: report.signature, signer, from: &report.from, layer: layer_findings }.statement()
}

/// What is said about one signer of a message whose From field names `from`.
#[must_use]
pub fn signer(signer: &SignerReport, from: &[String]) -> Statement {
    Speech { verdict: signer.verdict, signer: Some(signer), from, layer: &[] }.statement()
}

/// What is said about the signatures of one layer, the worst of them; `None` for layers that are not signed.
#[must_use]
pub fn layer(layer: &Layer, from: &[String]) -> Option<Statement> {
    let verdict = layer_verdict(layer)?;
    Some(Speech { verdict, signer: worst(&layer.signers), from, layer: &layer.findings }.statement())
}

/// One or two words for a verdict.
#[must_use]
pub fn signature_word(verdict: Verdict) -> String {
    match verdict {
        Verdict::Altered => tr!("verdict-altered-word"),
        Verdict::Revoked => tr!("verdict-revoked-word"),
        Verdict::Rejected => tr!("verdict-rejected-word"),
        Verdict::OtherSigner => tr!("verdict-other-signer-word"),
        Verdict::Unreadable => tr!("verdict-unreadable-word"),
        Verdict::PartlySigned => tr!("verdict-partly-signed-word"),
        Verdict::SenderUnclear => tr!("verdict-sender-unclear-word"),
        Verdict::UnknownIssuer => tr!("verdict-unknown-issuer-word"),
        Verdict::NoAddress => tr!("verdict-no-address-word"),
        Verdict::Weak => tr!("verdict-weak-word"),
        Verdict::ExpiredAtSigning => tr!("verdict-expired-at-signing-word"),
        Verdict::RevocationUnknown => tr!("verdict-revocation-unknown-word"),
        Verdict::ExpiredSince => tr!("verdict-expired-since-word"),
        Verdict::Pinned => tr!("verdict-pinned-word"),
        Verdict::Verified => tr!("verdict-verified-word"),
        Verdict::Unsigned => tr!("verdict-unsigned-word"),
    }
}

/// A verdict and what is known around it.
struct Speech<'a> {
    verdict: Verdict,
    signer: Option<&'a SignerReport>,
    from: &'a [String],
    /// Findings of the layer itself: a damaged one has no signers that could carry them.
    layer: &'a [Finding],
}

impl Speech<'_> {
    fn statement(&self) -> Statement {
        Statement { word: signature_word(self.verdict), title: self.title(), why: self.why(), todo: self.todo() }
    }

    fn name(&self) -> String {
        self.signer.map_or_else(|| tr!("verdict-somebody"), named)
    }

    fn issuer(&self) -> String {
        let issuer = self.signer.and_then(|signer| signer.certificate.as_ref()).map(|it| clean(&it.issuer_name));
        issuer.filter(|name| !name.is_empty()).unwrap_or_else(|| tr!("verdict-somebody"))
    }

    /// Whether the signer's certificate itself vouches for itself, not only a root above it.
    fn is_self_signed(&self) -> bool {
        let certificate = self.signer.and_then(|signer| signer.certificate.as_ref());
        certificate.is_some_and(|certificate| certificate.subject == certificate.issuer)
    }

    /// The address that the certificate confirms: that in From where it names it, else its first.
    fn address(&self) -> String {
        let addresses = self.signer.map_or(&[][..], |signer| signer.addresses.as_slice());
        let same = |one: &&String| self.from.iter().any(|from| from.eq_ignore_ascii_case(one));
        addresses.iter().find(same).or(addresses.first()).map_or_else(|| self.name(), |address| clean(address))
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.signer.map_or(&[][..], |signer| signer.findings.as_slice()).iter().chain(self.layer)
    }

    fn find(&self, codes: &[Code]) -> Option<&Finding> {
        // In the order of the codes: the more telling one comes first.
        codes.iter().find_map(|code| self.findings().find(|finding| finding.code == *code))
    }

    fn title(&self) -> String {
        match self.verdict {
            Verdict::Altered => tr!("verdict-altered"),
            Verdict::Revoked => tr!("verdict-revoked"),
            Verdict::Rejected => tr!("verdict-rejected"),
            Verdict::OtherSigner => tr!("verdict-other-signer"),
            Verdict::Unreadable => tr!("verdict-unreadable"),
            Verdict::PartlySigned => tr!("verdict-partly-signed"),
            Verdict::SenderUnclear => tr!("verdict-sender-unclear"),
            Verdict::UnknownIssuer => tr!("verdict-unknown-issuer"),
            Verdict::NoAddress => tr!("verdict-no-address"),
            Verdict::Weak => tr!("verdict-weak"),
            Verdict::ExpiredAtSigning => tr!("verdict-expired-at-signing"),
            Verdict::RevocationUnknown => tr!("verdict-revocation-unknown"),
            Verdict::ExpiredSince => tr!("verdict-expired-since"),
            Verdict::Pinned => tr!("verdict-pinned", name = self.name()),
            Verdict::Verified => tr!("verdict-verified", name = self.name()),
            Verdict::Unsigned => tr!("verdict-unsigned"),
        }
    }

    fn why(&self) -> String {
        match self.verdict {
            Verdict::Altered => self.altered(),
            Verdict::Revoked => match self.find(&[Code::Revoked]) {
                Some(found) => finding(found),
                None => tr!("verdict-revoked-why", issuer = self.issuer()),
            },
            Verdict::Rejected => self.reason(REJECTING).unwrap_or_else(|| tr!("verdict-rejected-why")),
            Verdict::OtherSigner => self.other_signer(),
            Verdict::Unreadable => self.reason(UNREADABLE).unwrap_or_else(|| tr!("verdict-unreadable-why")),
            Verdict::PartlySigned => tr!("verdict-partly-signed-why", name = self.name()),
            Verdict::SenderUnclear => match self.find(UNCLEAR).map(finding) {
                Some(reason) => tr!("verdict-sender-unclear-why-reason", reason = reason, name = self.name()),
                None => tr!("verdict-sender-unclear-why", name = self.name()),
            },
            Verdict::UnknownIssuer if self.is_self_signed() => {
                tr!("verdict-unknown-issuer-why-self", name = self.name())
            }
            Verdict::UnknownIssuer => {
                tr!("verdict-unknown-issuer-why", name = self.name(), issuer = self.issuer())
            }
            Verdict::NoAddress => tr!("verdict-no-address-why", name = self.name()),
            Verdict::Weak => {
                match self.find(&[Code::WeakDigest, Code::WeakSignature, Code::WeakKey, Code::WeakChain]).map(finding) {
                    Some(reason) => tr!("verdict-weak-why-reason", reason = reason),
                    None => tr!("verdict-weak-why"),
                }
            }
            Verdict::ExpiredAtSigning => self.expired_at_signing(),
            Verdict::RevocationUnknown => match self.signer.map(|signer| signer.revocation) {
                Some(Revocation::NotChecked) => tr!("verdict-revocation-unknown-why-not-checked"),
                _ => tr!("verdict-revocation-unknown-why", issuer = self.issuer()),
            },
            Verdict::ExpiredSince => self.expired_since(),
            Verdict::Pinned => {
                match self.find(&[Code::Pinned, Code::PinnedFor]).map(|found| Evidence(found).day("since")) {
                    Some(since) => tr!("verdict-pinned-why-since", since = since),
                    None => tr!("verdict-pinned-why"),
                }
            }
            Verdict::Verified => tr!("verdict-verified-why", address = self.address(), issuer = self.issuer()),
            Verdict::Unsigned => tr!("verdict-unsigned-why"),
        }
    }

    fn altered(&self) -> String {
        let known = self.find(CHANGES).map(finding);
        let why = match self.find(&[Code::DigestMismatch, Code::SignatureMismatch]).map(|found| found.code) {
            Some(Code::SignatureMismatch) => tr!("verdict-altered-why-signature", name = self.name()),
            _ => tr!("verdict-altered-why", name = self.name()),
        };
        known.map_or(why.clone(), |known| format!("{why} {known}"))
    }

    fn other_signer(&self) -> String {
        let found = self.find(&[Code::AddressDiffers]).map(Evidence);
        let from = found.as_ref().map(|evidence| evidence.list("from")).filter(|from| !from.is_empty());
        let from = from.unwrap_or_else(|| persons(self.from.iter().map(String::as_str)));
        let addresses = self.signer.map_or(&[][..], |signer| signer.addresses.as_slice());
        let addresses = persons(addresses.iter().map(String::as_str));
        let signer = self.name();
        let signer =
            if addresses.is_empty() || addresses == signer { signer } else { format!("{signer} ({addresses})") };
        tr!("verdict-other-signer-why", from = from, signer = signer)
    }

    fn expired_at_signing(&self) -> String {
        let claimed = self.signer.and_then(|signer| signer.signing_time.as_deref());
        let (certificate, end) = self.ended(&[Code::ExpiredAtSigning]);
        match claimed {
            _ if end.is_empty() => tr!("verdict-expired-at-signing-why-plain"),
            Some(claimed) => {
                let (end, claimed) = two(&end, claimed);
                tr!("verdict-expired-at-signing-why", certificate = certificate, end = end, claimed = claimed)
            }
            None => tr!("verdict-expired-at-signing-why-no-time", certificate = certificate, end = report_day(&end)),
        }
    }

    fn expired_since(&self) -> String {
        let claimed = self.signer.and_then(|signer| signer.signing_time.as_deref());
        let (certificate, end) = self.ended(&[Code::ExpiredSince]);
        let Some(claimed) = claimed.filter(|_| !end.is_empty()) else {
            return tr!("verdict-expired-since-why-plain");
        };
        let (end, claimed) = two(&end, claimed);
        tr!("verdict-expired-since-why", certificate = certificate, end = end, claimed = claimed)
    }

    /// Whose certificate ended, and when (RFC 3339).
    fn ended(&self, codes: &[Code]) -> (String, String) {
        let raw = |found: &Finding, name: &str| {
            found.evidence.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
        };
        let found = self.find(codes);
        let certificate = found.and_then(|found| raw(found, "certificate")).map(|name| clean(&name));
        let own = self.signer.and_then(|signer| signer.certificate.as_ref()).map(|own| own.not_after.clone());
        let end = found.and_then(|found| raw(found, "not-after")).or(own).unwrap_or_default();
        (certificate.unwrap_or_else(|| self.name()), end)
    }

    /// The sentence of the most telling finding: of those codes, else the first error.
    fn reason(&self, codes: &[Code]) -> Option<String> {
        let found = self.find(codes).or_else(|| self.findings().find(|finding| finding.rank() == Rank::Error));
        found.map(finding)
    }

    fn todo(&self) -> Option<String> {
        let from = || persons(self.from.iter().map(String::as_str));
        Some(match self.verdict {
            Verdict::Altered => tr!("verdict-altered-todo"),
            Verdict::Revoked => tr!("verdict-revoked-todo"),
            Verdict::Rejected => match self.find(&[Code::NotYetValid, Code::Distrusted]).map(|found| found.code) {
                Some(Code::NotYetValid) => tr!("verdict-rejected-todo-clock"),
                Some(Code::Distrusted) => tr!("verdict-rejected-todo-distrusted"),
                _ => tr!("verdict-rejected-todo"),
            },
            Verdict::OtherSigner => tr!("verdict-other-signer-todo", from = from()),
            Verdict::Unreadable => match self.find(UNREADABLE).map(|found| found.code) {
                Some(Code::MissingCertificate) => tr!("verdict-unreadable-todo-certificate"),
                Some(Code::MissingContent) => tr!("verdict-unreadable-todo-content"),
                Some(Code::UnsupportedAlgorithm) => tr!("verdict-unreadable-todo-method"),
                _ => tr!("verdict-unreadable-todo"),
            },
            Verdict::PartlySigned => tr!("verdict-partly-signed-todo"),
            Verdict::SenderUnclear => tr!("verdict-sender-unclear-todo"),
            Verdict::UnknownIssuer => tr!("verdict-unknown-issuer-todo"),
            Verdict::NoAddress => tr!("verdict-no-address-todo"),
            Verdict::Weak => tr!("verdict-weak-todo"),
            Verdict::ExpiredAtSigning => tr!("verdict-expired-at-signing-todo"),
            Verdict::RevocationUnknown => tr!("verdict-revocation-unknown-todo"),
            Verdict::ExpiredSince => tr!("verdict-expired-since-todo"),
            Verdict::Pinned | Verdict::Verified | Verdict::Unsigned => return None,
        })
    }
}

/// How a message was changed, the most telling first.
const CHANGES: &[Code] = &[
    Code::AlteredByFooter,
    Code::AlteredByAddedPart,
    Code::AlteredByRemovedPart,
    Code::AlteredByEncoding,
    Code::AlteredByCharset,
    Code::AlteredByFromEscaping,
    Code::AlteredByDots,
    Code::AlteredByLineEnds,
    Code::AlteredByTrailingBlanks,
    Code::AlteredByFolding,
    Code::AlteredByField,
    Code::AlteredByTrailingLines,
    Code::MissingFinalBoundary,
];

/// Findings that make a certificate unacceptable, the most telling first.
const REJECTING: &[Code] = &[
    Code::Distrusted,
    Code::BadIssuerSignature,
    Code::AlgorithmMismatch,
    Code::NotForMail,
    Code::KeyUsage,
    Code::NotYetValid,
    Code::NameConstraint,
    Code::NotCa,
    Code::CannotSignCertificates,
    Code::PathLength,
    Code::UnknownCriticalExtension,
    Code::DuplicateExtension,
    Code::DamagedExtension,
    Code::UnsupportedIssuerSignature,
    Code::ExpiredAtSigning,
    Code::ExpiredSince,
];

/// Findings that keep a signature from being checked, the most telling first.
const UNREADABLE: &[Code] = &[
    Code::MissingCertificate,
    Code::MissingContent,
    Code::UnsupportedAlgorithm,
    Code::UnusableKey,
    Code::DamagedAttributes,
    Code::DamagedStructure,
    Code::NoSigners,
    Code::TooManySignatures,
];

/// Findings that make the sender unclear, the most telling first.
const UNCLEAR: &[Code] =
    &[Code::DisplayAddress, Code::LookAlike, Code::FromMissing, Code::FromSeveral, Code::FromMalformed];
