//! What one signer is worth: integrity, trust, validity, identity, and the verdict that they make.

use jiff::{SignedDuration, Timestamp};

use super::Capabilities;
use super::header::{Header, is_bound};
use super::layers::unsupported;
use super::signed::Checked;
use super::trust::Standing;
use super::withdrawal::Withdrawals;
use crate::cms::SignatureProblem;
use crate::crypto::{KeyKind, SignatureAlgorithm, Unsupported};
use crate::pki::Certificate;
use crate::report::{
    CertificateReport, Code, Covers, Facts, Finding, IdentityState, Integrity, Revocation, SignerReport, TrustState,
    Validity, judge,
};
use crate::smime::Context;
use crate::smime::identity::Identity;

/// How far the signer's clock may be ahead before anybody hears of it.
const NOTICED: SignedDuration = SignedDuration::from_mins(1);

/// How far clocks may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(10);

/// What every signer is judged with.
pub(super) struct Judge<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) header: &'a Header,
    /// Certificates from the message and from the user that may stand in a chain.
    pub(super) intermediates: &'a [Certificate],
    /// Certificates between signers and somebody trusted, until now.
    pub(super) authorities: Vec<Certificate>,
    pub(super) withdrawal: Withdrawals<'a>,
}

impl Judge<'_> {
    pub(super) fn report(&mut self, checked: &Checked, covers: Covers) -> SignerReport {
        let signed = signing_time(checked);
        let (integrity, mut findings) = integrity(checked);
        let Some(certificate) = &checked.certificate else {
            return self.unknown(checked, integrity, findings, covers);
        };
        let standing = self.standing(certificate, signed);
        if standing.state == TrustState::Anchored {
            self.note_authorities(&standing.chain);
        }
        let (Identity { state: identity, findings: about_sender }, sender_clear) =
            self.identity(checked.layer, certificate, signed, (integrity, &standing));
        let weak = weak(checked, certificate);
        // Nobody is asked about a signature that does not hold anyway.
        let withdrawal = match integrity {
            Integrity::Intact => self.withdrawal.check(&standing, signed),
            Integrity::Altered | Integrity::Unchecked => self.withdrawal.unchecked(),
        };
        let facts = Facts {
            integrity,
            trust: standing.state,
            validity: standing.validity,
            identity,
            sender_clear,
            revocation: withdrawal.state,
            weak: !weak.is_empty() || standing.weak,
            covers,
        };
        let Standing { chain, findings: about_trust, .. } = standing;
        findings.extend(about_trust);
        findings.extend(about_sender);
        findings.extend(weak);
        findings.extend(self.about_time(signed));
        findings.extend(about_micalg(checked));
        findings.extend(withdrawal.findings);
        findings.extend(self.services(checked));
        let chain_certificates: Vec<_> = chain.iter().map(certificate_report).collect();
        SignerReport {
            verdict: judge(&facts, self.context.policy.revocation),
            name: certificate.name(),
            addresses: certificate.addresses().iter().map(ToString::to_string).collect(),
            integrity,
            trust: facts.trust,
            identity,
            revocation: facts.revocation,
            signing_time: signed.map(|time| time.to_string()),
            digest: digest_name(checked),
            algorithm: algorithm_name(checked),
            certificate: Some(certificate_report(certificate)),
            chain: chain_certificates.iter().map(|certificate| certificate.sha256.clone()).collect(),
            chain_certificates,
            chain_revocation: withdrawal.each,
            findings,
        }
    }

    /// The signer against From, and whether From can be relied on.
    ///
    /// The field inside counts, if there is one. Where the one outside names somebody else, it counts alone only for a signer who is
    /// trusted, whom it names, and whose signature covers it; for any other the worse of both counts (RFC 9788 §4.4).
    fn identity(
        &self,
        layer: usize,
        certificate: &Certificate,
        signed: Option<Timestamp>,
        (integrity, standing): (Integrity, &Standing),
    ) -> (Identity, bool) {
        let pinned = standing.pinned_for.as_ref();
        let mut identity = self.header.sender.compare(certificate, pinned, signed);
        let mut clear = self.header.sender.is_clear();
        if let Some((other, covered)) = self.header.doubt(layer)
            && !(covered && is_bound(integrity, standing.state, identity.state))
        {
            let outside = other.compare(certificate, pinned, signed);
            clear &= other.is_clear();
            if outside.state == IdentityState::Differs && identity.state != IdentityState::Differs {
                identity = outside;
            }
        }
        (identity, clear)
    }

    /// Keeps what stands between the ends of a good chain.
    fn note_authorities(&mut self, chain: &[Certificate]) {
        let Some((_, [between @ .., _])) = chain.split_first() else { return };
        for authority in between {
            if !self.authorities.contains(authority) {
                self.authorities.push(authority.clone());
            }
        }
    }

    /// A signer whose certificate is not at hand.
    fn unknown(
        &self,
        checked: &Checked,
        integrity: Integrity,
        mut findings: Vec<Finding>,
        covers: Covers,
    ) -> SignerReport {
        findings.extend(self.services(checked));
        let facts = Facts {
            integrity,
            trust: TrustState::UnknownIssuer,
            validity: Validity::Valid,
            identity: IdentityState::NoAddress,
            sender_clear: self.header.sender.is_clear(),
            revocation: Revocation::NotChecked,
            weak: false,
            covers,
        };
        SignerReport {
            verdict: judge(&facts, self.context.policy.revocation),
            name: String::new(),
            addresses: Vec::new(),
            integrity,
            trust: facts.trust,
            identity: facts.identity,
            revocation: facts.revocation,
            signing_time: signing_time(checked).map(|time| time.to_string()),
            digest: digest_name(checked),
            algorithm: algorithm_name(checked),
            certificate: None,
            chain: Vec::new(),
            chain_certificates: Vec::new(),
            chain_revocation: Vec::new(),
            findings,
        }
    }

    fn about_time(&self, signed: Option<Timestamp>) -> Option<Finding> {
        match signed {
            None => Some(Finding::new(Code::NoSigningTime, [])),
            Some(time) => {
                let now = self.context.policy.now;
                let evidence = [time.to_string(), now.to_string()];
                let ahead = time.duration_since(now);
                match self.is_future(time) {
                    true => Some(Finding::new(Code::SignedInFuture, evidence)),
                    false if ahead > NOTICED => Some(Finding::new(Code::ClockDiffers, evidence)),
                    false => None,
                }
            }
        }
    }

    fn is_future(&self, time: Timestamp) -> bool {
        time.duration_since(self.context.policy.now) > SKEW
    }

    /// What a signer can read, if the signature holds and its time can be.
    pub(super) fn capabilities(&self, checked: &Checked) -> Option<Capabilities> {
        let verified = checked.result.as_ref().ok()?;
        let ciphers = &checked.signature.attributes.as_ref()?.capabilities;
        let signed = verified.signing_time().filter(|time| !self.is_future(*time))?;
        (!ciphers.is_empty()).then(|| Capabilities {
            certificate: verified.certificate().clone(),
            ciphers: ciphers.clone(),
            signed,
        })
    }
}

fn signing_time(checked: &Checked) -> Option<Timestamp> {
    checked.signature.attributes.as_ref().and_then(|attributes| attributes.signing_time)
}

/// Whether the content is what was signed, and why not or why that is not known.
fn integrity(checked: &Checked) -> (Integrity, Vec<Finding>) {
    if let Some(limit) = checked.over_limit {
        return (Integrity::Unchecked, vec![Finding::new(Code::TooManySignatures, [limit.to_string()])]);
    }
    let (integrity, finding) = match &checked.result {
        Ok(_) => return (Integrity::Intact, Vec::new()),
        Err(SignatureProblem::DigestMismatch) => (Integrity::Altered, Finding::new(Code::DigestMismatch, [])),
        Err(SignatureProblem::SignatureMismatch) => (Integrity::Altered, Finding::new(Code::SignatureMismatch, [])),
        Err(SignatureProblem::Unsupported(algorithm)) => (Integrity::Unchecked, unsupported(algorithm)),
        Err(SignatureProblem::Attributes(reason)) => {
            (Integrity::Unchecked, Finding::new(Code::DamagedAttributes, [(*reason).to_owned()]))
        }
        Err(SignatureProblem::Key(reason)) => (Integrity::Unchecked, Finding::new(Code::UnusableKey, [reason.clone()])),
        Err(SignatureProblem::MissingCertificate) => {
            (Integrity::Unchecked, Finding::new(Code::MissingCertificate, [checked.signature.signer.to_string()]))
        }
        Err(SignatureProblem::MissingContent) => (Integrity::Unchecked, Finding::new(Code::MissingContent, [])),
    };
    (integrity, std::iter::once(finding).chain(checked.changes.iter().cloned()).collect())
}

/// What makes a signature outdated: its digests, its method or its key.
fn weak(checked: &Checked, certificate: &Certificate) -> Vec<Finding> {
    let own = checked.signature.digest.as_ref().ok().copied();
    let algorithm = algorithm(checked).and_then(|algorithm| algorithm.digest());
    let mut digests: Vec<_> = [own, algorithm].into_iter().flatten().filter(|digest| digest.is_weak()).collect();
    digests.dedup();
    let key = KeyKind::of(certificate.public_key()).ok().filter(|kind| kind.is_weak());
    let method = matches!(key, Some(KeyKind::Dsa(_))).then(|| Finding::new(Code::WeakSignature, ["dsa".to_owned()]));
    // Of DSA the method is outdated, whatever the size.
    let short = key.filter(|key| !matches!(key, KeyKind::Dsa(2048..)));
    digests
        .into_iter()
        .map(|digest| Finding::new(Code::WeakDigest, [digest.to_string()]))
        .chain(method)
        .chain(short.map(|key| Finding::new(Code::WeakKey, [key.to_string()])))
        .collect()
}

fn about_micalg(checked: &Checked) -> Option<Finding> {
    let micalg = checked.micalg.clone()?;
    Some(Finding::new(Code::MicalgDiffers, [micalg, digest_name(checked)]))
}

fn algorithm(checked: &Checked) -> Option<SignatureAlgorithm> {
    let digest = checked.signature.digest.as_ref().ok()?;
    SignatureAlgorithm::from_cms(&checked.signature.algorithm, *digest).ok()
}

fn algorithm_name(checked: &Checked) -> String {
    let other = || named(&Unsupported::new("signature", checked.signature.algorithm.oid));
    algorithm(checked).map_or_else(other, |algorithm| algorithm.name().to_owned())
}

fn digest_name(checked: &Checked) -> String {
    match &checked.signature.digest {
        Ok(digest) => digest.to_string(),
        Err(other) => named(other),
    }
}

fn named(algorithm: &Unsupported) -> String {
    algorithm.name.map_or_else(|| algorithm.oid.to_string(), str::to_owned)
}

/// A certificate as reports show it.
#[must_use]
pub fn certificate_report(certificate: &Certificate) -> CertificateReport {
    let key = match KeyKind::of(certificate.public_key()) {
        Ok(kind) => kind.to_string(),
        Err(_) => named(&Unsupported::new("key", certificate.public_key().algorithm.oid)),
    };
    CertificateReport {
        sha256: certificate.fingerprint(),
        subject: certificate.subject(),
        issuer: certificate.issuer(),
        serial: certificate.serial_hex(),
        not_before: certificate.not_before().to_string(),
        not_after: certificate.not_after().to_string(),
        name: certificate.name(),
        issuer_name: certificate.issuer_name(),
        key,
    }
}
