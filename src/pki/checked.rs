//! Signatures of certificates that were checked before: the authorities of a thousand messages are a handful.
//!
//! Whether a certificate is signed with a key depends on these two alone: not on the time, the policy, the anchors or what else is
//! known. So it is kept for as long as the program runs, by all bytes of both. The key is not always the one that stands in the
//! issuer's certificate: its parameters may be inherited.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use der::Encode;

use super::Certificate;
use super::path::Rule;
use crate::crypto::DigestAlgorithm;

/// Answers that are kept; then all are forgotten, so that messages with ever new certificates fill no memory.
const MOST: usize = 4096;

/// SHA-256 of a certificate and of the key that it is signed with.
type Pair = ([u8; 32], [u8; 32]);

static CHECKED: Mutex<Option<HashMap<Pair, Result<(), Rule>>>> = Mutex::new(None);

/// The answer that was given before, or else the one that `check` gives.
pub(super) fn once(
    certificate: &Certificate,
    issuer: &Certificate,
    check: impl FnOnce() -> Result<(), Rule>,
) -> Result<(), Rule> {
    let Ok(key) = issuer.public_key().to_der() else { return check() };
    let key = DigestAlgorithm::Sha256.digest(&key).try_into().unwrap_or_default();
    let pair = (certificate.sha256(), key);
    // The lock is held for a look or a note only. Two threads may both check; they find the same.
    let known = CHECKED.lock().unwrap_or_else(PoisonError::into_inner).as_ref().and_then(|all| all.get(&pair).cloned());
    known.unwrap_or_else(|| {
        let answer = check();
        let mut all = CHECKED.lock().unwrap_or_else(PoisonError::into_inner);
        let all = all.get_or_insert_default();
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(pair, answer.clone());
        answer
    })
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
