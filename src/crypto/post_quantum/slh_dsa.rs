//! SLH-DSA, pure, with an empty context, for verification (FIPS 205 §10.3; RFC 9814 §4).

use ::slh_dsa::signature::Verifier;
use ::slh_dsa::{ParameterSet, Signature, VerifyingKey};

use super::SlhDsa;
use crate::crypto::Error;

/// Checks a signature over a message.
pub(in crate::crypto) fn verify(set: SlhDsa, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Error> {
    let check = match set {
        SlhDsa::Sha2_128s => holds::<::slh_dsa::Sha2_128s>,
        SlhDsa::Sha2_128f => holds::<::slh_dsa::Sha2_128f>,
        SlhDsa::Sha2_192s => holds::<::slh_dsa::Sha2_192s>,
        SlhDsa::Sha2_192f => holds::<::slh_dsa::Sha2_192f>,
        SlhDsa::Sha2_256s => holds::<::slh_dsa::Sha2_256s>,
        SlhDsa::Sha2_256f => holds::<::slh_dsa::Sha2_256f>,
        SlhDsa::Shake128s => holds::<::slh_dsa::Shake128s>,
        SlhDsa::Shake128f => holds::<::slh_dsa::Shake128f>,
        SlhDsa::Shake192s => holds::<::slh_dsa::Shake192s>,
        SlhDsa::Shake192f => holds::<::slh_dsa::Shake192f>,
        SlhDsa::Shake256s => holds::<::slh_dsa::Shake256s>,
        SlhDsa::Shake256f => holds::<::slh_dsa::Shake256f>,
    };
    check(key, message, signature)
}

fn holds<P: ParameterSet>(key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Error> {
    let key = VerifyingKey::<P>::try_from(key).map_err(|_| Error::Key("it has another length"))?;
    let signature = Signature::<P>::try_from(signature).map_err(|_| Error::Mismatch)?;
    key.verify(message, &signature).map_err(|_| Error::Mismatch)
}

#[cfg(test)]
mod tests {
    use ::slh_dsa::SigningKey;
    use ::slh_dsa::signature::{Keypair, Signer};

    use super::*;

    /// A signature holds for its message and key alone, whatever its length. The fast sets of both families are signed with here;
    /// signatures of other programs are checked with the corpora.
    #[test]
    fn signatures_hold_for_their_message() {
        fn round<P: ParameterSet>(set: SlhDsa) {
            assert_eq!(P::ALGORITHM_OID, set.oid());
            let n = match set.name().get(set.name().len() - 4..set.name().len() - 1) {
                Some("128") => 16,
                _ => 24,
            };
            let key = SigningKey::<P>::slh_keygen_internal(&vec![1; n], &vec![2; n], &vec![3; n]);
            let signature = key.sign(b"message").to_vec();
            let public = key.verifying_key().to_vec();
            assert_eq!(verify(set, &public, b"message", &signature), Ok(()));
            assert_eq!(verify(set, &public, b"massage", &signature), Err(Error::Mismatch));
            assert_eq!(verify(set, &public, b"message", &signature[1..]), Err(Error::Mismatch));
            assert_eq!(verify(set, &public, b"message", &[]), Err(Error::Mismatch));
            assert!(matches!(verify(set, &public[1..], b"message", &signature), Err(Error::Key(_))));
            let mut other = signature;
            other[40] ^= 1;
            assert_eq!(verify(set, &public, b"message", &other), Err(Error::Mismatch));
        }
        round::<::slh_dsa::Sha2_128f>(SlhDsa::Sha2_128f);
        round::<::slh_dsa::Shake128f>(SlhDsa::Shake128f);
    }
}
