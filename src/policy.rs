//! The user's decisions: the clock, algorithms, revocation, trust sources, and what work may cost.

use jiff::Timestamp;

use crate::{asn1, crypto, mime, network};

/// Everything a verdict depends on besides the message and the wallet. "Now" is always a parameter.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The time that "now" means.
    pub now: Timestamp,
    /// Whether revocation is looked up.
    pub revocation: RevocationPolicy,
    /// Whether anybody may be asked over the network.
    pub network: NetworkPolicy,
    /// Whether addresses of this machine and of its own network may be asked too.
    pub private_addresses: bool,
    /// Whether an issuer that is missing is fetched.
    pub issuers: IssuerPolicy,
    /// What new messages are made with.
    pub profile: Profile,
    /// What work may cost.
    pub limits: Limits,
}

impl Policy {
    /// Defaults at that time.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self {
            now,
            revocation: RevocationPolicy::Prefer,
            network: NetworkPolicy::Allowed,
            private_addresses: false,
            issuers: IssuerPolicy::Ask,
            profile: Profile::Compatible,
            limits: Limits::default(),
        }
    }
}

/// Whether certificates are checked for withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RevocationPolicy {
    /// Not at all.
    Off,
    /// Where a list or responder is reachable; unknown is a note.
    Prefer,
    /// Unknown makes `revocation-unknown`.
    Require,
}

/// Whether the network may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NetworkPolicy {
    /// Lists and responders may be asked.
    Allowed,
    /// Nobody is asked.
    Offline,
}

/// Whether the certificate of an issuer that is missing is fetched from where the certificate says (id-ad-caIssuers, RFC 5280
/// §4.2.2.1). Nobody vouches for that place before its certificate is there: whoever made the message may learn that it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssuerPolicy {
    /// It is said where it could be had.
    Ask,
    /// Without asking.
    Always,
    /// Not at all.
    Never,
}

/// What new messages are made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// SHA-256, RSA PKCS #1 v1.5, AES-256-CBC: read by every client.
    Compatible,
    /// RSA-PSS or the key's own method, OAEP, AES-256-GCM (RFC 8551 §2.7).
    Modern,
}

/// What work may cost at most; reached limits are said, never silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Nesting, parts and header bytes of one MIME structure.
    pub mime: mime::Limits,
    /// Nesting and size of one ASN.1 structure.
    pub asn1: asn1::Limits,
    /// Password-based key derivation.
    pub kdf: crypto::kdf::Limits,
    /// Layers of signature and encryption, counted over the whole message.
    pub layers: u32,
    /// Signatures that are checked in one message.
    pub signatures: u32,
    /// Recipients of one layer that are looked at.
    pub recipients: usize,
    /// Password recipients of one message that are tried: each costs a key derivation.
    pub passwords: u32,
    /// Keys that are tried on one encrypted layer: each costs an operation with it.
    pub attempts: usize,
    /// Keys of them that are tried on its content where the cipher is authenticated: each costs a pass over the content.
    pub passes: usize,
    /// Bytes that are read in one message to find out how signed content was changed.
    pub altered_bytes: u64,
    /// Certificates looked at while building one path.
    pub path_steps: u32,
    /// Issuers that are fetched for one signature.
    pub issuers: u32,
    /// What is asked of others.
    pub network: network::Limits,
    /// Bytes of one list of withdrawn certificates.
    pub crl_bytes: u64,
    /// Lists and answers about withdrawn certificates that are taken from one message.
    pub revocation_parts: u32,
    /// Questions about withdrawn certificates that are asked over the network for one message.
    pub revocation_questions: u32,
    /// Bytes of message text that a report carries for display.
    pub display_bytes: usize,
    /// How many times as long as the file the content of all its compressed layers together may be.
    pub expansion: u64,
    /// Bytes that it may be long in any case.
    pub expanded_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            mime: mime::Limits::default(),
            asn1: asn1::Limits::default(),
            kdf: crypto::kdf::Limits::default(),
            layers: 16,
            signatures: 64,
            recipients: 1000,
            passwords: 4,
            attempts: 256,
            passes: 32,
            altered_bytes: 64 * 1024 * 1024,
            path_steps: 200,
            issuers: 4,
            network: network::Limits::default(),
            crl_bytes: 512 * 1024 * 1024,
            revocation_parts: 64,
            revocation_questions: 24,
            display_bytes: 1024 * 1024,
            expansion: 100,
            expanded_bytes: 64 * 1024 * 1024,
        }
    }
}
