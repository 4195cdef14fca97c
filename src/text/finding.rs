//! The sentence of every finding.

use super::answers::no_answer;
use super::dates::{report_day, report_moment, two};
use super::structure::{label, odd};
use super::tr;
use super::words::{clean, method, persons, role};
use crate::report::{Code, Finding};

/// The evidence of a finding, by name.
pub(super) struct Evidence<'a>(pub &'a Finding);

impl Evidence<'_> {
    /// As it stands in the finding; empty where it is missing.
    pub fn raw(&self, name: &str) -> &str {
        self.0.evidence.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str())
    }
    /// On one line, without what cannot be seen.
    pub fn text(&self, name: &str) -> String {
        clean(self.raw(name))
    }
    /// A list of addresses or names.
    pub fn list(&self, name: &str) -> String {
        persons(self.raw(name).split(", "))
    }
    /// A method.
    pub fn method(&self, name: &str) -> String {
        method(self.raw(name))
    }
    pub fn day(&self, name: &str) -> String {
        clean(&report_day(self.raw(name)))
    }
    pub fn moment(&self, name: &str) -> String {
        clean(&report_moment(self.raw(name)))
    }
    /// Two times beside each other.
    pub fn two(&self, one: &str, other: &str) -> (String, String) {
        let (one, other) = two(self.raw(one), self.raw(other));
        (clean(&one), clean(&other))
    }
    /// A code, in lower-case letters alone: the variants of a text are named so.
    pub fn key(&self, name: &str) -> String {
        self.raw(name).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    }
    pub fn number(&self, name: &str) -> u64 {
        self.raw(name).parse().unwrap_or(0)
    }
}

/// The text of a finding, with its evidence.
#[must_use]
#[rustfmt::skip]
pub fn finding(finding: &Finding) -> String {
    let e = Evidence(finding);
    let certificate = || e.text("certificate");
    match finding.code {
        Code::DigestMismatch => tr!("finding-digest-mismatch"),
        Code::SignatureMismatch => tr!("finding-signature-mismatch"),
        Code::AlteredByLineEnds => tr!("finding-altered-by-line-ends"),
        Code::AlteredByTrailingBlanks => tr!("finding-altered-by-trailing-blanks"),
        Code::AlteredByTrailingLines => tr!("finding-altered-by-trailing-lines"),
        Code::AlteredByFooter => tr!("finding-altered-by-footer", lines = e.number("lines")),
        Code::AlteredByEncoding =>
            tr!("finding-altered-by-encoding", signed = e.text("signed"), found = e.text("found")),
        Code::AlteredByCharset =>
            tr!("finding-altered-by-charset", signed = e.text("signed"), found = e.text("found")),
        Code::AlteredByFromEscaping => tr!("finding-altered-by-from-escaping"),
        Code::AlteredByDots => tr!("finding-altered-by-dot-escaping"),
        Code::AlteredByAddedPart => tr!("finding-altered-by-added-part", name = e.text("name")),
        Code::AlteredByRemovedPart => tr!("finding-altered-by-removed-part", name = e.text("name")),
        Code::AlteredByFolding => tr!("finding-altered-by-folding"),
        Code::AlteredByField => tr!("finding-altered-by-field", field = e.text("field")),
        Code::UnsupportedAlgorithm =>
            tr!("finding-unsupported-algorithm", algorithm = e.method("algorithm"), role = role(e.raw("role"))),
        Code::MissingCertificate => tr!("finding-missing-certificate", signer = e.text("signer")),
        Code::MissingContent => tr!("finding-missing-content"),
        Code::DamagedAttributes => tr!("finding-damaged-attributes", reason = e.text("reason")),
        Code::DamagedStructure => tr!("finding-damaged-structure", reason = e.text("reason")),
        Code::UnusableKey => tr!("finding-unusable-key", reason = e.text("reason")),
        Code::NoSigners => tr!("finding-no-signers"),
        Code::TooManySignatures => tr!("finding-too-many-signatures", limit = e.number("limit")),
        Code::TooManyLayers => tr!("finding-too-many-layers", limit = e.number("limit")),
        Code::NoIssuer => tr!("finding-no-issuer", certificate = certificate(), issuer = e.text("issuer")),
        Code::IssuerAvailable =>
            tr!("finding-issuer-available", certificate = certificate(), url = e.text("url")),
        Code::IssuerFetched => tr!("finding-issuer-fetched", certificate = certificate(), url = e.text("url")),
        Code::IssuerNotFetched => tr!("finding-issuer-not-fetched",
            certificate = certificate(), url = e.text("url"), reason = no_answer(&e.text("reason"))),
        Code::SelfSigned => tr!("finding-self-signed", certificate = certificate()),
        Code::PathBudget => tr!("finding-path-budget", limit = e.number("limit")),
        Code::TrustEnded => {
            let (end, start) = e.two("until", "not-before");
            tr!("finding-trust-ended", certificate = certificate(), end = end, start = start)
        }
        Code::BadIssuerSignature =>
            tr!("finding-bad-issuer-signature", certificate = certificate(), issuer = e.text("issuer")),
        Code::UnsupportedIssuerSignature =>
            tr!("finding-unsupported-issuer-signature", certificate = certificate(), algorithm = e.method("algorithm")),
        Code::NotYetValid => {
            let (start, at) = e.two("not-before", "at");
            tr!("finding-not-yet-valid", certificate = certificate(), start = start, at = at)
        }
        Code::ExpiredAtSigning => {
            let (end, at) = e.two("not-after", "at");
            tr!("finding-certificate-expired-at-signing", certificate = certificate(), end = end, at = at)
        }
        Code::ExpiredSince =>
            tr!("finding-certificate-expired-since", certificate = certificate(), end = e.day("not-after")),
        Code::NotCa => tr!("finding-issuer-not-ca", certificate = certificate(), found = authority(&e)),
        Code::CannotSignCertificates =>
            tr!("finding-issuer-key-usage", certificate = certificate(), found = usages(&e)),
        Code::PathLength => tr!("finding-path-length",
            certificate = certificate(), allowed = e.number("allowed"), found = e.number("found")),
        Code::KeyUsage => tr!("finding-key-usage", certificate = certificate(), found = usages(&e)),
        Code::NotForMail => tr!("finding-not-for-mail", certificate = certificate(), found = purposes(&e)),
        Code::NameConstraint => tr!("finding-name-constraint", certificate = certificate(), name = e.text("name"),
            issuer = e.text("issuer"), kind = vouching(&e), subtrees = e.text("subtrees")),
        Code::Policy => tr!("finding-certificate-policy",
            certificate = certificate(), found = policies(&e, "found"), needed = policies(&e, "needed")),
        Code::AnyPolicyInhibited =>
            tr!("finding-any-policy-inhibited", certificate = certificate(), found = policies(&e, "found")),
        Code::PolicyMappingInhibited =>
            tr!("finding-policy-mapping-inhibited", certificate = certificate(), found = e.text("found")),
        Code::MapsAnyPolicy => tr!("finding-maps-any-policy",
            certificate = certificate(), from = policies(&e, "from"), to = policies(&e, "to")),
        Code::UnknownCriticalExtension =>
            tr!("finding-unknown-critical-extension", certificate = certificate(), oid = e.text("oid")),
        Code::DuplicateExtension =>
            tr!("finding-duplicate-extension", certificate = certificate(), oid = e.text("oid")),
        Code::DamagedExtension =>
            tr!("finding-damaged-extension", certificate = certificate(), oid = e.text("oid")),
        Code::Distrusted => tr!("finding-distrusted", certificate = certificate()),
        Code::Pinned => tr!("finding-pinned-by-user", since = e.day("since")),
        Code::PinnedFor =>
            tr!("finding-pinned-for-address", since = e.day("since"), address = e.text("address")),
        Code::PinnedForAnother =>
            tr!("finding-pinned-for-another-address", since = e.day("since"), address = e.text("address")),
        Code::WeakChain => tr!("finding-weak-chain", certificate = certificate()),
        Code::EmbeddedContent => tr!("finding-embedded-content"),
        Code::AlgorithmMismatch => tr!("finding-algorithm-mismatch",
            certificate = certificate(), inside = e.text("inside"), outside = e.text("outside")),
        Code::AddressDiffers => tr!("finding-address-differs", from = e.list("from"), addresses = e.list("addresses")),
        Code::NoAddress => tr!("finding-no-address"),
        Code::AddressCase => tr!("finding-address-case", from = e.text("from"), address = e.text("address")),
        Code::FromMissing => tr!("finding-from-missing"),
        Code::FromSeveral => tr!("finding-from-several", addresses = e.list("addresses")),
        Code::FromMalformed => tr!("finding-from-malformed"),
        Code::LookAlike => tr!("finding-look-alike-address", shown = e.text("shown"), address = e.text("address")),
        Code::DisplayAddress => tr!("finding-display-address", shown = e.text("shown"), address = e.text("address")),
        Code::DisplayName => tr!("finding-display-name", shown = e.text("shown"), name = e.text("name")),
        Code::SenderDiffers => tr!("finding-sender-differs", sender = e.list("sender"), addresses = e.list("addresses")),
        Code::ReplyToDiffers => tr!("finding-reply-to-differs", replies = e.list("reply-to"), addresses = e.list("addresses")),
        Code::WeakDigest => tr!("finding-weak-digest", algorithm = e.method("algorithm")),
        Code::WeakSignature => tr!("finding-weak-signature", algorithm = e.method("algorithm")),
        Code::WeakKey => tr!("finding-weak-key", key = e.text("key")),
        Code::WeakCipher => tr!("finding-weak-cipher", algorithm = e.method("algorithm")),
        Code::Unauthenticated => tr!("finding-unauthenticated-cipher", algorithm = e.method("algorithm")),
        Code::SignedInFuture => {
            let (at, now) = e.two("at", "now");
            tr!("finding-signed-in-future", at = at, now = now)
        }
        Code::ClockDiffers => {
            let (at, now) = e.two("at", "now");
            tr!("finding-clock-differs", at = at, now = now)
        }
        Code::NoSigningTime => tr!("finding-no-signing-time"),
        Code::DateDiffers => {
            let (date, signed) = e.two("date", "signing-time");
            tr!("finding-date-differs", date = date, signed = signed)
        }
        Code::FromDiffersOutside =>
            tr!("finding-from-differs-outside", outside = e.list("outside"), inside = e.list("inside")),
        Code::FieldDiffers if e.text("outside").is_empty() =>
            tr!("finding-header-missing-outside", field = field(e.raw("field")), inside = e.text("inside")),
        Code::FieldDiffers => tr!("finding-header-differs",
            field = field(e.raw("field")), outside = e.text("outside"), inside = e.text("inside")),
        Code::FieldOutside =>
            tr!("finding-header-not-protected", field = field(e.raw("field")), outside = e.text("outside")),
        Code::FieldExposed => tr!("finding-header-exposed", field = field(e.raw("field"))),
        Code::FieldsHidden => tr!("finding-header-hidden", fields = fields(e.raw("fields"))),
        Code::ProtectionMode if e.key("claimed") == "clear" =>
            tr!("finding-header-protection-mode-clear", claimed = e.text("claimed")),
        Code::ProtectionMode => tr!("finding-header-protection-mode", claimed = e.text("claimed")),
        Code::MicalgDiffers => tr!("finding-micalg-differs", micalg = e.text("micalg"), used = e.text("used")),
        Code::ProtocolDiffers => tr!("finding-protocol-differs", protocol = e.text("protocol")),
        Code::Uncovered => tr!("finding-outside-signature"),
        Code::MissingFinalBoundary => tr!("finding-missing-final-boundary"),
        Code::NoHeader => tr!("finding-no-header"),
        Code::OddStructure => tr!("finding-odd-structure", what = odd(&e)),
        Code::ReceiptRequested => tr!("finding-receipt-requested", to = e.list("to")),
        Code::SecurityLabel => label(&e),
        Code::ListExpansion => tr!("finding-list-expansion", list = e.text("list"), at = e.moment("at")),
        Code::ContentHint => tr!("finding-content-hint", hint = e.text("hint")),
        Code::SignedReceipt => tr!("finding-signed-receipt"),
        Code::Countersigned => match e.moment("at") {
            at if at.is_empty() => tr!("finding-countersigned-no-time", name = e.text("name")),
            at => tr!("finding-countersigned", name = e.text("name"), at = at),
        },
        Code::CountersignedBySomebody => tr!("finding-countersigned-by-somebody", name = e.text("name")),
        Code::CountersignatureBroken => tr!("finding-countersignature-broken", name = e.text("name")),
        Code::CountersignatureUnchecked => tr!("finding-countersignature-unchecked", signer = e.text("signer")),
        Code::BringsCertificate => tr!("finding-brings-certificate",
            certificate = certificate(), issuer = e.text("issuer"), end = e.day("not-after")),
        Code::OpenPgpSigned => tr!("finding-openpgp-signed"),
        Code::OpenPgpEncrypted => tr!("finding-openpgp-encrypted"),
        Code::OutlookMessage => tr!("finding-outlook-message"),
        Code::PassedOnBy => tr!("finding-passed-on-by", name = e.text("name")),
        Code::RevocationNotChecked => tr!("finding-revocation-not-checked"),
        Code::RevocationUnknown => tr!("finding-revocation-status-unknown", certificate = certificate()),
        Code::NotWithdrawn => tr!("finding-not-withdrawn", by = e.text("by"), at = e.moment("at")),
        Code::RevocationSource => tr!("finding-revocation-source", source = e.text("source"), problem = problem(&e)),
        Code::RevocationAsked => tr!("finding-revocation-asked", url = e.text("url")),
        Code::SignedBeforeWithdrawal => {
            let (signed, at) = e.two("signed", "at");
            tr!("finding-signed-before-withdrawal", signed = signed, at = at)
        }
        Code::Revoked => tr!("finding-certificate-revoked",
            certificate = certificate(), at = e.day("at"), reason = revocation_reason(&e)),
        Code::ExpansionLimit => tr!("finding-expansion-limit", limit = e.number("limit")),
        Code::Checksum => tr!("finding-checksum"),
        Code::ChecksumDiffers => tr!("finding-checksum-differs"),
        Code::NeedsPassword => tr!("finding-needs-password"),
        Code::WrongPassword => tr!("finding-wrong-password"),
        Code::TooMuchWork => tr!("finding-too-much-work"),
        Code::TooManyAttempts => tr!("finding-too-many-attempts", limit = e.number("limit")),
        Code::NeedsSecretKey => tr!("finding-needs-secret-key"),
        Code::WrongSecretKey => tr!("finding-wrong-secret-key"),
        Code::KeysHeld => tr!("finding-keys-held", holders = persons(e.text("holders").split(", "))),
        Code::SignedForOther => tr!("finding-signed-for-other", from = e.text("from"), signer = e.text("signer")),
        Code::CipherOfCompatible => tr!("finding-cipher-of-compatible", cipher = e.method("cipher")),
        Code::CipherOfModern => tr!("finding-cipher-of-modern", cipher = e.method("cipher")),
        Code::CipherByKeys => tr!("finding-cipher-by-keys", cipher = e.method("cipher")),
        Code::CipherBySaid => tr!("finding-cipher-by-capabilities",
            cipher = e.method("cipher"), who = e.text("who"), since = e.day("since")),
        Code::CipherForAll => tr!("finding-cipher-for-all", cipher = e.method("cipher")),
        Code::NoKey => tr!("finding-no-key"),
        Code::WalletLocked => tr!("finding-wallet-locked"),
        Code::DecryptionFailed => tr!("finding-decryption-failed"),
    }
}

/// What a certificate is meant for (extKeyUsage, RFC 5280 §4.2.1.12); identifiers that people have no word for stay.
fn purposes(e: &Evidence<'_>) -> String {
    let named = e.raw("found").split([',', ' ']).filter(|oid| !oid.is_empty()).map(|oid| match oid {
        "1.3.6.1.5.5.7.3.1" => tr!("purpose-server"),
        "1.3.6.1.5.5.7.3.2" => tr!("purpose-client"),
        "1.3.6.1.5.5.7.3.3" => tr!("purpose-code"),
        "1.3.6.1.5.5.7.3.8" => tr!("purpose-time"),
        "1.3.6.1.5.5.7.3.9" => tr!("purpose-ocsp"),
        other => other.to_owned(),
    });
    let named: Vec<String> = named.collect();
    persons(named.iter().map(String::as_str))
}

/// What a key may be used for (keyUsage, RFC 5280 §4.2.1.3).
fn usages(e: &Evidence<'_>) -> String {
    let named = e.raw("found").split(", ").map(|usage| match usage {
        "digitalSignature" => tr!("usage-digital-signature"),
        "nonRepudiation" => tr!("usage-non-repudiation"),
        "keyEncipherment" => tr!("usage-key-encipherment"),
        "keyAgreement" => tr!("usage-key-agreement"),
        "keyCertSign" => tr!("usage-key-cert-sign"),
        "cRLSign" => tr!("usage-crl-sign"),
        "" => tr!("usage-other"),
        other => clean(other),
    });
    let named: Vec<String> = named.collect();
    persons(named.iter().map(String::as_str))
}

/// What a certificate says of being an authority's (basicConstraints, RFC 5280 §4.2.1.9).
fn authority(e: &Evidence<'_>) -> String {
    match e.raw("found") {
        "nothing" => tr!("authority-not-said"),
        "no" => tr!("authority-denied"),
        _ => e.text("found"),
    }
}

/// What an authority may do with the names of its nameConstraints.
fn vouching(e: &Evidence<'_>) -> String {
    match e.raw("kind") {
        "permitted" => tr!("names-permitted"),
        "excluded" => tr!("names-excluded"),
        _ => e.text("kind"),
    }
}

/// Policies, which have numbers for names.
fn policies(e: &Evidence<'_>, name: &str) -> String {
    let named = e.raw(name).split(", ").map(|policy| match policy {
        "anyPolicy" => tr!("policy-any"),
        "" => tr!("policy-none"),
        other => clean(other),
    });
    let named: Vec<String> = named.collect();
    persons(named.iter().map(String::as_str))
}

/// A header field for people.
#[must_use]
pub fn field(name: &str) -> String {
    match name {
        "From" => tr!("desk-field-from"),
        "Sender" => tr!("desk-field-sender"),
        "Reply-To" => tr!("desk-field-reply-to"),
        "To" => tr!("desk-field-to"),
        "Cc" => tr!("desk-field-cc"),
        "Date" => tr!("desk-field-date"),
        "Subject" => tr!("desk-field-subject"),
        other => clean(other),
    }
}

/// Several header fields.
fn fields(names: &str) -> String {
    let names: Vec<String> = names.split(", ").map(field).collect();
    names.join(", ")
}

/// Why a list or an answer about withdrawn certificates tells nothing.
fn problem(e: &Evidence<'_>) -> String {
    let detail = || e.text("detail");
    match e.key("problem").as_str() {
        "stale" => tr!("revocation-stale", at = e.moment("detail")),
        "notyet" => tr!("revocation-not-yet", at = e.moment("detail")),
        "badsignature" => tr!("revocation-bad-signature"),
        "unsupportedsignature" => tr!("revocation-unsupported-signature", reason = detail()),
        "nosigner" => tr!("revocation-no-signer"),
        "maynotsign" => tr!("revocation-may-not-sign"),
        "signernottrusted" => tr!("revocation-signer-not-trusted"),
        "signerwithdrawn" => tr!("revocation-signer-withdrawn"),
        "unknowncritical" => tr!("revocation-unknown-critical"),
        "nobase" => tr!("revocation-no-base"),
        "dropped" => tr!("revocation-dropped"),
        "unsuccessful" => tr!("revocation-unsuccessful", status = detail()),
        "othercertificate" => tr!("revocation-other-certificate"),
        "otherquestion" => tr!("revocation-other-question"),
        "notknown" => tr!("revocation-not-known"),
        // No rule forbids these; nobody was asked because there would be no answer in time.
        "refused" if ["host-down", "no-time-left"].contains(&e.raw("detail")) => {
            tr!("revocation-no-answer", reason = no_answer(&detail()))
        }
        "refused" => tr!("revocation-refused", reason = no_answer(&detail())),
        "noanswer" => tr!("revocation-no-answer", reason = no_answer(&detail())),
        "damaged" => tr!("revocation-damaged", reason = detail()),
        _ => format!("{} ({})", e.text("problem"), detail()),
    }
}

/// Why an issuer withdrew a certificate (CRLReason, RFC 5280 §5.3.1).
fn revocation_reason(e: &Evidence<'_>) -> String {
    match e.key("reason").as_str() {
        "keycompromise" => tr!("revoked-key-compromise"),
        "cacompromise" | "aacompromise" => tr!("revoked-ca-compromise"),
        "affiliationchanged" => tr!("revoked-affiliation-changed"),
        "superseded" => tr!("revoked-superseded"),
        "cessationofoperation" => tr!("revoked-cessation"),
        "certificatehold" => tr!("revoked-hold"),
        "privilegewithdrawn" => tr!("revoked-privilege-withdrawn"),
        "" | "unspecified" => tr!("revoked-unspecified"),
        _ => e.text("reason"),
    }
}
