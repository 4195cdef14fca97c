//! What opening a message depends on besides the message.

use std::sync::Arc;

use jiff::Timestamp;
use secrecy::{SecretSlice, SecretString};

use crate::cms::enveloped::RecipientId;
use crate::crypto::PrivateKeyOperations;
use crate::mime::address::Address;
use crate::pki::Certificate;
use crate::pki::path::Anchors;
use crate::pki::revocation::{Crl, Lookup};
use crate::policy::Policy;
use crate::source::Source;

/// What a recipient's name leads to.
pub enum KeyLookup {
    /// A key that can be used, and its certificate where there is one.
    Found(Arc<dyn PrivateKeyOperations>, Option<Certificate>),
    /// A key is there, but locked away; the caller unlocks and opens the message again.
    Locked(Certificate),
    /// No such key.
    Unknown,
}

/// Private keys by recipient.
pub trait Keys: Send + Sync {
    /// The key for a recipient.
    fn find(&self, id: &RecipientId) -> KeyLookup;
    /// Bare keys without a certificate, to be tried when nothing else fits.
    fn bare(&self) -> &[Arc<dyn PrivateKeyOperations>] {
        &[]
    }
    /// Whose keys are at hand: addresses or names, for people.
    fn holders(&self) -> Vec<String> {
        Vec::new()
    }
    /// The password of a message that was encrypted to one.
    fn password(&self) -> Option<&SecretString> {
        None
    }
    /// Keys that sender and recipient share.
    fn secrets(&self) -> &[SecretSlice<u8>] {
        &[]
    }
}

/// A certificate that the user trusts by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// The certificate.
    pub certificate: Certificate,
    /// When the user said so.
    pub since: Timestamp,
    /// The only address that it is trusted for; `None`: those that it names.
    pub address: Option<Address>,
}

/// Policy, trust, certificates and keys.
pub struct Context<'a> {
    /// The user's decisions and the clock.
    pub policy: &'a Policy,
    /// Trust anchors.
    pub anchors: &'a Anchors,
    /// Contacts and intermediates from the wallet and the arguments.
    pub certificates: &'a [Certificate],
    /// Pinned certificates.
    pub pins: &'a [Pin],
    /// Distrusted certificates.
    pub distrusted: &'a [Certificate],
    /// Private keys.
    pub keys: &'a dyn Keys,
    /// What a detached signature in a file of its own (.p7s) signs.
    pub content: Option<Source>,
    /// Lists of withdrawn certificates that the user gave.
    pub crls: &'a [Crl],
    /// Asks others whether certificates were withdrawn.
    pub lookup: &'a dyn Lookup,
}
