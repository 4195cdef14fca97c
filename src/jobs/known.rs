//! All that is known when a message is looked at or sealed: the wallet and what was given for this run, as one.

use std::sync::Arc;

use secrecy::{SecretSlice, SecretString};

use super::given::GivenIdentity;
use super::recipients::ByAddress;
use super::{Given, named};
use crate::cms::enveloped::RecipientId;
use crate::crypto::PrivateKeyOperations;
use crate::pki::path::{AnchorSource, Anchors};
use crate::pki::revocation::Lookup;
use crate::pki::{Certificate, roots, system};
use crate::policy::Policy;
use crate::smime::{Context, KeyLookup, Keys, Pin};
use crate::wallet::{Contact, Identity, VaultError, Wallet, WalletError};

/// What the wallet and the run know, read once.
#[derive(Debug)]
pub(super) struct Known {
    /// My certificates in the wallet.
    pub identities: Vec<Identity>,
    /// Other people's certificates in the wallet.
    pub contacts: Vec<Contact>,
    /// What is trusted.
    pub anchors: Anchors,
    /// Certificates to build paths from and to find signers among.
    pub certificates: Vec<Certificate>,
    /// Mine, then all of those.
    pub by_address: ByAddress,
    /// Certificates that are trusted by themselves.
    pub pins: Vec<Pin>,
    /// Certificates that are not trusted.
    pub distrusted: Vec<Certificate>,
}

impl Known {
    /// Reads the wallet and adds what was given.
    pub fn gather(wallet: &Wallet, given: &Given) -> Result<Self, WalletError> {
        let (identities, contacts, authorities) = (wallet.identities()?, wallet.contacts()?, wallet.authorities()?);
        let mut anchors = Anchors::default();
        let mut certificates = given.certificates.clone();
        let mut distrusted = Vec::new();
        for anchor in &given.anchors {
            anchors.add(anchor.clone(), AnchorSource::Given);
        }
        for GivenIdentity { certificate, chain, .. } in &given.identities {
            certificates.push(certificate.clone());
            certificates.extend_from_slice(chain);
        }
        for authority in authorities {
            if authority.distrusted {
                distrusted.push(authority.certificate.clone());
            } else if authority.trusted.is_some() {
                anchors.add(authority.certificate.clone(), AnchorSource::Wallet);
            }
            certificates.push(authority.certificate);
        }
        if given.built_in_roots.map_or_else(|| wallet.trusts_built_in_roots(), Ok)? {
            roots::built_in().roots.iter().for_each(|root| anchors.add_root(root));
        }
        if given.system_roots.map_or_else(|| wallet.trusts_system_roots(), Ok)? {
            system::roots().iter().for_each(|root| anchors.add(root.clone(), AnchorSource::System));
        }
        for Identity { certificate, chain, .. } in &identities {
            certificates.push(certificate.clone());
            certificates.extend_from_slice(chain);
        }
        let mut pins = Vec::new();
        for Contact { certificate, pinned, pinned_for, distrusted: bad, .. } in &contacts {
            certificates.push(certificate.clone());
            if *bad {
                distrusted.push(certificate.clone());
            } else if let Some(since) = pinned {
                pins.push(Pin { certificate: certificate.clone(), since: *since, address: pinned_for.clone() });
            }
        }
        certificates.extend(wallet.seen()?);
        let mut seen = std::collections::HashSet::new();
        certificates.retain(|certificate| seen.insert(certificate.sha256()));
        let mut by_address = ByAddress::default();
        identities.iter().for_each(|mine| by_address.add(&mine.certificate, mine.default_encryption));
        certificates.iter().for_each(|other| by_address.add(other, false));
        Ok(Self { identities, contacts, anchors, certificates, by_address, pins, distrusted })
    }

    /// What opening a message depends on.
    pub fn context<'a>(&'a self, policy: &'a Policy, keys: &'a KeyRing<'a>, lookup: &'a dyn Lookup) -> Context<'a> {
        Context {
            policy,
            anchors: &self.anchors,
            certificates: &self.certificates,
            pins: &self.pins,
            distrusted: &self.distrusted,
            keys,
            content: keys.given.content.clone(),
            crls: &keys.given.crls,
            lookup,
        }
    }
}

/// The keys of the wallet and those of the run. The wallet's are fetched when a message asks for them.
pub(super) struct KeyRing<'a> {
    pub wallet: &'a Wallet,
    pub known: &'a Known,
    pub given: &'a Given,
}

impl Keys for KeyRing<'_> {
    fn find(&self, id: &RecipientId) -> KeyLookup {
        let given = self.given.identities.iter().find(|identity| id.matches(&identity.certificate));
        if let Some(identity) = given {
            return KeyLookup::Found(Arc::clone(&identity.key), Some(identity.certificate.clone()));
        }
        let mut locked = None;
        for Identity { certificate, .. } in self.known.identities.iter().filter(|mine| id.matches(&mine.certificate)) {
            match self.wallet.key(certificate) {
                Ok(key) => return KeyLookup::Found(key, Some(certificate.clone())),
                Err(WalletError::Vault(VaultError::Missing | VaultError::Damaged) | WalletError::Missing) => {
                    tracing::warn!(certificate = %certificate.name(), "the wallet does not hold the key of an identity");
                }
                Err(error) => {
                    tracing::debug!(%error, certificate = %certificate.name(), "a key cannot be used now");
                    locked = locked.or_else(|| Some(certificate.clone()));
                }
            }
        }
        locked.map_or(KeyLookup::Unknown, KeyLookup::Locked)
    }

    fn holders(&self) -> Vec<String> {
        let given = self.given.identities.iter().map(|identity| &identity.certificate);
        let mine = self.known.identities.iter().map(|identity| &identity.certificate);
        let mut holders: Vec<String> = given.chain(mine).filter(|mine| mine.can_encrypt()).map(named).collect();
        holders.sort();
        holders.dedup();
        holders
    }

    fn bare(&self) -> &[Arc<dyn PrivateKeyOperations>] {
        &self.given.keys
    }

    fn password(&self) -> Option<&SecretString> {
        self.given.message_password.as_ref()
    }

    fn secrets(&self) -> &[SecretSlice<u8>] {
        &self.given.secret_keys
    }
}
