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
    pub key: &'a PrivateKey,
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
                    let id = key_id(key.public_key());
                    if store::add_identity(transaction, certificate, chain, label.as_deref(), &id, now)? {
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
            if !same_key(identity.key.public_key(), identity.certificate.public_key()) {
                return Err(WalletError::OtherKey);
            }
            let id = key_id(identity.key.public_key());
            match self.vault.key(&id) {
                Ok(_) => {}
                // A damaged entry is written anew.
                Err(VaultError::Missing | VaultError::Damaged) => {
                    new.push(id.clone());
                    self.vault.store(&id, identity.key)?;
                }
                Err(error) => return Err(error.into()),
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
