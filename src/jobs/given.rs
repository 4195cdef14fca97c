//! What was given for one run, beside the wallet.

use std::sync::Arc;

use secrecy::{SecretSlice, SecretString};

use crate::crypto::PrivateKeyOperations;
use crate::pki::Certificate;
use crate::pki::revocation::Crl;
use crate::source::Source;

/// Trust, certificates and keys for one run: the command line's `--trust`, `--cert`, `--p12`, `--key` and so on.
#[derive(Clone, Default)]
pub struct Given {
    /// Trust anchors.
    pub anchors: Vec<Certificate>,
    /// Whether the built-in list of authorities is trusted; `None`: as the wallet has it
    /// ([`crate::wallet::Wallet::trusts_built_in_roots`]).
    pub built_in_roots: Option<bool>,
    /// Whether the system's list of authorities is trusted; `None`: as the wallet has it
    /// ([`crate::wallet::Wallet::trusts_system_roots`]).
    pub system_roots: Option<bool>,
    /// Certificates of contacts and of authorities between.
    pub certificates: Vec<Certificate>,
    /// Certificates with their keys.
    pub identities: Vec<GivenIdentity>,
    /// Keys without certificates, for reading.
    pub keys: Vec<Arc<dyn PrivateKeyOperations>>,
    /// Lists of withdrawn certificates.
    pub crls: Vec<Crl>,
    /// What a detached signature signs.
    pub content: Option<Source>,
    /// The password of a message that was encrypted to one.
    pub message_password: Option<SecretString>,
    /// Keys that sender and recipient share.
    pub secret_keys: Vec<SecretSlice<u8>>,
}

impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Given")
            .field("anchors", &self.anchors)
            .field("certificates", &self.certificates)
            .field("identities", &self.identities)
            .finish_non_exhaustive()
    }
}

/// A certificate with its key.
#[derive(Clone)]
pub struct GivenIdentity {
    /// The certificate.
    pub certificate: Certificate,
    /// Certificates that came with it, issuer first.
    pub chain: Vec<Certificate>,
    /// The key.
    pub key: Arc<dyn PrivateKeyOperations>,
}

impl std::fmt::Debug for GivenIdentity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GivenIdentity").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}
