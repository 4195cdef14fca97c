//! What a certificate's key may be used for (RFC 5280 §4.2.1.3, §4.2.1.12; RFC 8550 §4.4).

use const_oid::db::rfc5912;

use super::Certificate;
use crate::crypto::KeyKind;

/// What a key may be used for (RFC 5280 §4.2.1.3); an absent extension allows everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub struct KeyUsage {
    pub digital_signature: bool,
    pub non_repudiation: bool,
    pub key_encipherment: bool,
    pub key_agreement: bool,
    pub key_cert_sign: bool,
    pub crl_sign: bool,
}

impl KeyUsage {
    /// The names of what it allows, `digitalSignature`, `nonRepudiation` and so on.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        let all = [
            (self.digital_signature, "digitalSignature"),
            (self.non_repudiation, "nonRepudiation"),
            (self.key_encipherment, "keyEncipherment"),
            (self.key_agreement, "keyAgreement"),
            (self.key_cert_sign, "keyCertSign"),
            (self.crl_sign, "cRLSign"),
        ];
        all.into_iter().filter_map(|(allowed, name)| allowed.then_some(name)).collect()
    }
}

impl Certificate {
    /// The keyUsage extension, `None` when absent.
    #[must_use]
    pub fn key_usage(&self) -> Option<KeyUsage> {
        self.extensions().key_usage
    }

    /// Whether extKeyUsage allows mail: absent, emailProtection or any (RFC 8550 §4.4.4).
    #[must_use]
    pub fn is_for_mail(&self) -> bool {
        self.extensions().is_for_mail()
    }

    /// Whether mail may be encrypted to this key: for mail, not a CA, a key that can, and keyEncipherment (RSA) or
    /// keyAgreement (EC) when keyUsage is present.
    #[must_use]
    pub fn can_encrypt(&self) -> bool {
        self.is_for_mail() && !self.is_ca() && self.usage_allows_encryption()
    }

    /// Whether mail may be signed with this key: for mail, a key that can, and digitalSignature or nonRepudiation when
    /// keyUsage is present.
    #[must_use]
    pub fn can_sign(&self) -> bool {
        let algorithm = self.public_key().algorithm.oid;
        let signs = algorithm != rfc5912::ID_RSAES_OAEP && KeyKind::of(self.public_key()).is_ok_and(KeyKind::can_sign);
        self.is_for_mail() && signs && self.usage_allows_signing()
    }

    /// digitalSignature or nonRepudiation, or no keyUsage (RFC 8550 §4.4.2).
    pub(super) fn usage_allows_signing(&self) -> bool {
        self.key_usage().is_none_or(|usage| usage.digital_signature || usage.non_repudiation)
    }

    /// keyEncipherment or keyAgreement as the key asks, or no keyUsage; never for keys that are for signing alone.
    pub(super) fn usage_allows_encryption(&self) -> bool {
        let signs_only = self.public_key().algorithm.oid == rfc5912::ID_RSASSA_PSS;
        let usage = self.key_usage();
        match KeyKind::of(self.public_key()) {
            Ok(KeyKind::Rsa(_)) => !signs_only && usage.is_none_or(|usage| usage.key_encipherment),
            // RFC 9935 §4: keyEncipherment, for encapsulation.
            Ok(KeyKind::MlKem(_)) => usage.is_none_or(|usage| usage.key_encipherment),
            Ok(kind) => kind.can_encrypt() && usage.is_none_or(|usage| usage.key_agreement),
            Err(_) => false,
        }
    }
}
