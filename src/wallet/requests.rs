//! Asking an authority for a certificate: the key waits in the vault until the certificate is imported.

use der::Decode;
use jiff::Timestamp;
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::request::CertReq;

use super::vault::key_id;
use super::{Identity, Request, Wallet, WalletError};
use crate::crypto::{PrivateKey, PrivateKeyOperations};
use crate::pki::{Certificate, create};

impl Wallet {
    /// Makes a request for a mail certificate (RFC 2986) and keeps its key in the vault. [`super::import::import`] brings the
    /// two together when the certificate has come.
    ///
    /// # Errors
    /// [`WalletError::Export`] when the name, the address or the key is of no use; when the vault or the database refuses. No
    /// key is kept then.
    pub fn request(&self, key: &PrivateKey, name: &str, address: &str, now: Timestamp) -> Result<Request, WalletError> {
        let der = create::request(key, name, address).map_err(|error| WalletError::Export(error.to_string()))?;
        let id = key_id(key.public_key());
        let request = Request { key: id, name: name.to_owned(), address: address.to_owned(), der, made: now };
        self.vault.store(&request.key, key)?;
        if let Err(error) = self.store.add_request(&request) {
            if let Err(error) = self.vault.remove(&request.key) {
                tracing::warn!(id = %request.key, %error, "a key whose request could not be added stays in the vault");
            }
            return Err(error);
        }
        Ok(request)
    }

    /// Requests whose certificates have not come yet, newest first.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn requests(&self) -> Result<Vec<Request>, WalletError> {
        self.store.requests()
    }

    /// Gives a request up and removes its key, unless an identity has the same.
    ///
    /// # Errors
    /// [`WalletError::Missing`] when there is none for that key; when the vault refuses, nothing is removed.
    pub fn remove_request(&self, key: &str) -> Result<(), WalletError> {
        self.store.remove_request(key, |key| Ok(self.vault.remove(key)?))
    }

    /// The public keys whose private halves the vault holds, with their ids: of requests and of identities.
    pub(super) fn held_keys(&self) -> Result<Vec<(SubjectPublicKeyInfoOwned, String)>, WalletError> {
        let mut held = Vec::new();
        for request in self.requests()? {
            // What cannot be read any more is answered by nothing.
            if let Ok(asked) = CertReq::from_der(&request.der) {
                held.push((asked.info.public_key, request.key));
            }
        }
        for Identity { certificate, .. } in self.identities()? {
            held.push((certificate.public_key().clone(), self.store.key_of(&certificate)?));
        }
        Ok(held)
    }

    /// Whether a certificate is one of mine.
    pub(super) fn is_identity(&self, certificate: &Certificate) -> Result<bool, WalletError> {
        match self.store.key_of(certificate) {
            Ok(_) => Ok(true),
            Err(WalletError::Missing) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
