//! Signatures of certificates that were checked before: the authorities of a thousand messages are a handful.
//!
//! Whether a certificate is signed with a key depends on these two alone: not on the time, the policy, the anchors or what else is
//! known. So it is kept for as long as the program runs, by all bytes of both. The key is not always the one that stands in the
//! issuer's certificate: its parameters may be inherited.

use der::Encode;

use super::Certificate;
use super::path::Rule;
use super::remembered::Remembered;
use crate::crypto::DigestAlgorithm;

/// By SHA-256 of a certificate and of the key that it is signed with.
static CHECKED: Remembered<([u8; 32], [u8; 32]), Result<(), Rule>> = Remembered::new(4096);

/// The answer that was given before, or else the one that `check` gives.
pub(super) fn once(
    certificate: &Certificate,
    issuer: &Certificate,
    check: impl FnOnce() -> Result<(), Rule>,
) -> Result<(), Rule> {
    let Ok(key) = issuer.public_key().to_der() else { return check() };
    let key = DigestAlgorithm::Sha256.digest(&key).try_into().unwrap_or_default();
    CHECKED.once((certificate.sha256(), key), 1, check)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::{KeyKind, PrivateKey};
    use crate::pki::create::self_signed;

    /// An answer is given for the pair that it was found for and for no other, and asked for once.
    #[test]
    fn answers_are_kept_by_both_certificates() {
        let now = "2026-06-01T12:00:00Z".parse().unwrap();
        let make =
            || self_signed(&PrivateKey::generate(KeyKind::P256).unwrap(), "a", "a@example.org", now, 30).unwrap();
        let (one, other) = (make(), make());
        let mut asked = 0;
        for (certificate, issuer, answer) in
            [(&one, &other, Err(Rule::BadSignature)), (&one, &one, Ok(())), (&other, &one, Err(Rule::BadSignature))]
        {
            for _ in 0..2 {
                let check = || {
                    asked += 1;
                    answer.clone()
                };
                assert_eq!(once(certificate, issuer, check), answer);
            }
        }
        assert_eq!(asked, 3);
    }
}
