//! Changing what is known about certificates.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::super::WalletError;
use super::Store;
use super::entries::write_ciphers;
use super::requests::answered;
use crate::crypto::ContentCipher;
use crate::mime::address::Address;
use crate::pki::Certificate;

/// Adds a certificate itself.
fn keep(transaction: &Transaction, certificate: &Certificate) -> Result<(), WalletError> {
    let sha256 = certificate.sha256();
    let sql = "INSERT INTO certificates (sha256, der) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    if transaction.execute(sql, params![sha256, certificate.der()])? > 0 {
        for address in certificate.addresses() {
            let sql = "INSERT INTO addresses (address, certificate) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
            transaction.execute(sql, params![index_key(&address), sha256])?;
        }
    }
    Ok(())
}

/// Whether a table of certificates has it.
fn holds(transaction: &Transaction, table: &str, certificate: &Certificate) -> Result<bool, WalletError> {
    let sql = format!("SELECT 1 FROM {table} WHERE certificate = ?1");
    Ok(transaction.query_row(&sql, [certificate.sha256()], |_| Ok(())).optional()?.is_some())
}

/// Whether the wallet has it, on whichever shelf.
fn holds_any(transaction: &Transaction, certificate: &Certificate) -> Result<bool, WalletError> {
    for table in ["identities", "contacts", "authorities"] {
        if holds(transaction, table, certificate)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Where somebody else's certificate stands.
fn shelf(certificate: &Certificate) -> &'static str {
    if certificate.is_ca() { "authorities" } else { "contacts" }
}

/// Adds an identity, or gives a known one the label and chain that it lacks; whether it is new. A certificate that was
/// somebody else's becomes mine with its key.
pub(in super::super) fn add_identity(
    transaction: &Transaction,
    certificate: &Certificate,
    chain: &[Certificate],
    label: Option<&str>,
    key: &str,
    now: Timestamp,
) -> Result<bool, WalletError> {
    keep(transaction, certificate)?;
    let sha256 = certificate.sha256();
    let new = !holds(transaction, "identities", certificate)?;
    if new {
        transaction
            .execute("DELETE FROM contacts WHERE certificate = ?1 AND pinned IS NULL AND NOT distrusted", [sha256])?;
        let sql = "INSERT INTO identities (certificate, key, label, added) VALUES (?1, ?2, ?3, ?4)";
        transaction.execute(sql, params![sha256, key, label, now.to_string()])?;
        answered(transaction, key)?;
    } else {
        let sql = "UPDATE identities SET label = coalesce(label, ?2) WHERE certificate = ?1";
        transaction.execute(sql, params![sha256, label])?;
    }
    let sql = "SELECT id, (SELECT count(*) FROM chains WHERE identity = id) FROM identities WHERE certificate = ?1";
    let (row, links): (i64, i64) = transaction.query_row(sql, [sha256], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if links == 0 {
        for (position, link) in chain.iter().enumerate() {
            let sql = "INSERT INTO chains (identity, position, der) VALUES (?1, ?2, ?3)";
            transaction.execute(sql, params![row, position as i64, link.der()])?;
        }
    }
    Ok(new)
}

/// Adds somebody's certificate to the contacts or authorities; false when the wallet has it.
pub(in super::super) fn add_certificate(
    transaction: &Transaction,
    certificate: &Certificate,
    now: Timestamp,
) -> Result<bool, WalletError> {
    if holds_any(transaction, certificate)? {
        return Ok(false);
    }
    place(transaction, certificate, now)?;
    Ok(true)
}

fn place(transaction: &Transaction, certificate: &Certificate, now: Timestamp) -> Result<(), WalletError> {
    keep(transaction, certificate)?;
    let sql = format!("INSERT INTO {} (certificate, added) VALUES (?1, ?2)", shelf(certificate));
    transaction.execute(&sql, params![certificate.sha256(), now.to_string()])?;
    Ok(())
}

/// Ensures that somebody decides about a certificate that the wallet has. A decision about one of mine (a test identity that
/// nobody issued) stands among the contacts.
fn placed(transaction: &Transaction, certificate: &Certificate, now: Timestamp) -> Result<(), WalletError> {
    if holds(transaction, shelf(certificate), certificate)? {
        return Ok(());
    }
    if holds(transaction, "identities", certificate)? {
        return place(transaction, certificate, now);
    }
    Err(WalletError::Missing)
}

/// An address as the index has it, by which identities are found that have one in common.
fn index_key(address: &Address) -> String {
    format!("{}@{}", address.local.to_lowercase(), address.domain)
}

impl Store {
    /// Pins, for one address or all, or trusts; trust takes distrust back.
    pub fn set_trust(
        &self,
        certificate: &Certificate,
        since: Option<Timestamp>,
        address: Option<&Address>,
    ) -> Result<(), WalletError> {
        self.change(|transaction| {
            placed(transaction, certificate, since.unwrap_or_else(Timestamp::now))?;
            let (table, column) = if certificate.is_ca() { ("authorities", "trusted") } else { ("contacts", "pinned") };
            let sql = format!(
                "UPDATE {table} SET {column} = ?2, distrusted = distrusted AND ?2 IS NULL WHERE certificate = ?1"
            );
            transaction.execute(&sql, params![certificate.sha256(), since.map(|since| since.to_string())])?;
            if !certificate.is_ca() {
                let sql = "UPDATE contacts SET pinned_for = ?2 WHERE certificate = ?1";
                transaction.execute(sql, params![certificate.sha256(), address.map(ToString::to_string)])?;
            }
            Ok(())
        })
    }

    /// Distrusts; that takes trust back.
    pub fn set_distrust(&self, certificate: &Certificate, distrusted: bool) -> Result<(), WalletError> {
        self.change(|transaction| {
            placed(transaction, certificate, Timestamp::now())?;
            let (table, column) = if certificate.is_ca() { ("authorities", "trusted") } else { ("contacts", "pinned") };
            let sql = format!(
                "UPDATE {table} SET distrusted = ?2, {column} = CASE WHEN ?2 THEN NULL ELSE {column} END WHERE certificate = ?1"
            );
            transaction.execute(&sql, params![certificate.sha256(), distrusted])?;
            Ok(())
        })
    }

    /// Prefers an identity over those that have an address in common with it.
    pub fn set_default(&self, certificate: &Certificate, signing: bool, encryption: bool) -> Result<(), WalletError> {
        self.change(|transaction| {
            if !holds(transaction, "identities", certificate)? {
                return Err(WalletError::Missing);
            }
            for (column, _) in [("signing", signing), ("encryption", encryption)].into_iter().filter(|(_, set)| *set) {
                let sql = format!(
                    "UPDATE identities SET {column} = (certificate = ?1) WHERE certificate = ?1 OR certificate IN (
                        SELECT others.certificate FROM addresses mine JOIN addresses others USING (address)
                        WHERE mine.certificate = ?1)"
                );
                transaction.execute(&sql, [certificate.sha256()])?;
            }
            Ok(())
        })
    }

    /// Remembers what a signer can read, if it was signed later than what is known.
    pub fn remember_capabilities(
        &self,
        certificate: &Certificate,
        ciphers: &[ContentCipher],
        signed: Timestamp,
    ) -> Result<(), WalletError> {
        self.change(|transaction| {
            let sql = "SELECT capabilities_signed FROM contacts WHERE certificate = ?1";
            let known = transaction
                .query_row(sql, [certificate.sha256()], |row| super::entries::optional_time(row, 0))
                .optional()?
                .ok_or(WalletError::Missing)?;
            if known.is_none_or(|known| known < signed) {
                let sql = "UPDATE contacts SET capabilities = ?2, capabilities_signed = ?3 WHERE certificate = ?1";
                transaction.execute(sql, params![certificate.sha256(), write_ciphers(ciphers), signed.to_string()])?;
            }
            Ok(())
        })
    }

    /// The vault's id of an identity's key.
    pub fn key_of(&self, certificate: &Certificate) -> Result<String, WalletError> {
        self.read(|transaction| key_of(transaction, certificate)?.ok_or(WalletError::Missing))
    }

    /// Removes every trace of a certificate but the chains that it is part of. `last` is called with the id of a key that no
    /// identity and no request has any more; when it fails nothing is removed.
    pub fn remove(
        &self,
        certificate: &Certificate,
        last: impl FnOnce(&str) -> Result<(), WalletError>,
    ) -> Result<(), WalletError> {
        self.change(|transaction| {
            let key = key_of(transaction, certificate)?;
            let sql = "DELETE FROM certificates WHERE sha256 = ?1";
            if transaction.execute(sql, [certificate.sha256()])? == 0 {
                return Err(WalletError::Missing);
            }
            let Some(key) = key else { return Ok(()) };
            if needs_key(transaction, &key)? { Ok(()) } else { last(&key) }
        })
    }
}

/// Whether an identity or a request has a key.
pub(super) fn needs_key(transaction: &Transaction, key: &str) -> Result<bool, WalletError> {
    let sql = "SELECT 1 FROM identities WHERE key = ?1 UNION SELECT 1 FROM requests WHERE key = ?1";
    Ok(transaction.query_row(sql, [key], |_| Ok(())).optional()?.is_some())
}

fn key_of(transaction: &Transaction, certificate: &Certificate) -> Result<Option<String>, WalletError> {
    let sql = "SELECT key FROM identities WHERE certificate = ?1";
    Ok(transaction.query_row(sql, [certificate.sha256()], |row| row.get(0)).optional()?)
}
