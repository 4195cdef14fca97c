//! Adding to the wallet: everything that belongs together, or nothing.

use jiff::Timestamp;
use spki::SubjectPublicKeyInfoOwned;

use super::vault::{VaultError, key_id};
use super::{Wallet, WalletError, store};
use crate::crypto::{PrivateKey, PrivateKeyOperations};
use crate::pki::Certificate;

/// What is added to a wallet at once.
#[derive(Default)]
pub(super) struct Addition<'a> {
    pub identities: Vec<NewIdentity<'a>>,
    /// Other people's certificates and authorities'.
    pub certificates: Vec<Certificate>,
}

/// An identity that is to be added.
pub(super) struct NewIdentity<'a> {
    pub certificate: Certificate,
    pub chain: Vec<Certificate>,
    pub label: Option<String>,
    pub key: KeyOf<'a>,
}

/// The key of an identity that is to be added.
pub(super) enum KeyOf<'a> {
    /// It came with the certificate.
    New(&'a PrivateKey),
    /// The vault holds it under this id: the certificate answers a request, or renews another.
    Held(String),
}

impl KeyOf<'_> {
    fn id(&self) -> String {
        match self {
            Self::New(key) => key_id(key.public_key()),
            Self::Held(id) => id.clone(),
        }
    }
}

/// What of an [`Addition`] was new.
pub(super) struct Added {
    pub identities: Vec<Certificate>,
    pub certificates: Vec<Certificate>,
}

impl Wallet {
    /// Adds everything or nothing: keys to the vault first, then what is known about them in one transaction. If that fails,
    /// the keys that are new are removed.
    pub(super) fn add(&self, addition: &Addition, now: Timestamp) -> Result<Added, WalletError> {
        let mut new_keys = Vec::new();
        let added = self.add_keys(addition, &mut new_keys).and_then(|()| {
            self.store.change(|transaction| {
                let mut added = Added { identities: Vec::new(), certificates: Vec::new() };
                for NewIdentity { certificate, chain, label, key } in &addition.identities {
                    if store::add_identity(transaction, certificate, chain, label.as_deref(), &key.id(), now)? {
                        added.identities.push(certificate.clone());
                    }
                }
                for certificate in &addition.certificates {
                    if store::add_certificate(transaction, certificate, now)? {
                        added.certificates.push(certificate.clone());
                    }
                }
                Ok(added)
            })
        });
        if added.is_err() {
            for id in new_keys {
                if let Err(error) = self.vault.remove(&id) {
                    tracing::warn!(%id, %error, "a key whose certificate could not be added stays in the vault");
                }
            }
        }
        added
    }

    /// Stores the keys of an addition; `new` gets the ids of those that the vault did not hold, also when a later one fails.
    fn add_keys(&self, addition: &Addition, new: &mut Vec<String>) -> Result<(), WalletError> {
        for identity in &addition.identities {
            let public = identity.certificate.public_key();
            let id = identity.key.id();
            match (&identity.key, self.vault.key(&id)) {
                (KeyOf::New(key), _) if !same_key(key.public_key(), public) => return Err(WalletError::OtherKey),
                (_, Ok(held)) if same_key(held.public_key(), public) => {}
                (_, Ok(_)) => return Err(WalletError::OtherKey),
                // A damaged entry is written anew.
                (KeyOf::New(key), Err(VaultError::Missing | VaultError::Damaged)) => {
                    new.push(id.clone());
                    self.vault.store(&id, key)?;
                }
                (_, Err(error)) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// Whether two structures hold the same public key. Only its bits are compared: the algorithm of an RSA key is written in
/// several ways (rsaEncryption, id-RSASSA-PSS; parameters NULL or absent).
pub(super) fn same_key(one: &SubjectPublicKeyInfoOwned, other: &SubjectPublicKeyInfoOwned) -> bool {
    one.subject_public_key == other.subject_public_key
}
