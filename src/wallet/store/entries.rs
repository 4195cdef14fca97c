//! Reading certificates with what is known about them.

use std::collections::HashMap;

use const_oid::ObjectIdentifier;
use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Row, Transaction};

use super::super::{Authority, Contact, Identity, WalletError};
use super::Store;
use crate::crypto::ContentCipher;
use crate::mime::address::Address;
use crate::pki::Certificate;

impl Store {
    /// Identities, newest first.
    pub fn identities(&self) -> Result<Vec<Identity>, WalletError> {
        self.read(|transaction| {
            let mut chains = chains(transaction)?;
            let columns = "t.id, t.label, t.signing, t.encryption, t.added";
            rows(transaction, "identities", columns, "DESC", |row, certificate| {
                Ok(Identity {
                    certificate,
                    chain: chains.remove(&row.get(1)?).unwrap_or_default(),
                    label: row.get(2)?,
                    default_signing: row.get(3)?,
                    default_encryption: row.get(4)?,
                    added: time(row, 5)?,
                })
            })
        })
    }

    /// Contacts in the order in which they came.
    pub fn contacts(&self) -> Result<Vec<Contact>, WalletError> {
        self.read(|transaction| {
            let columns = "t.pinned, t.distrusted, t.added, t.capabilities, t.capabilities_signed, t.pinned_for";
            rows(transaction, "contacts", columns, "ASC", |row, certificate| {
                let ciphers = row.get::<_, Option<String>>(4)?.map(|text| read_ciphers(&text));
                Ok(Contact {
                    certificate,
                    pinned: optional_time(row, 1)?,
                    pinned_for: optional_address(row, 6)?,
                    distrusted: row.get(2)?,
                    added: time(row, 3)?,
                    capabilities: ciphers.zip(optional_time(row, 5)?),
                })
            })
        })
    }

    /// Authorities in the order in which they came.
    pub fn authorities(&self) -> Result<Vec<Authority>, WalletError> {
        self.read(|transaction| {
            let columns = "t.trusted, t.distrusted";
            rows(transaction, "authorities", columns, "ASC", |row, certificate| {
                Ok(Authority { certificate, trusted: optional_time(row, 1)?, distrusted: row.get(2)? })
            })
        })
    }

    /// Every certificate once.
    pub fn certificates(&self) -> Result<Vec<Certificate>, WalletError> {
        self.read(|transaction| {
            let mut statement = transaction.prepare("SELECT der FROM certificates")?;
            let found = statement.query_map([], |row| certificate(row, 0))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

/// Rows of a table of certificates; `read` gets the row, whose column 0 is the certificate and whose others are `columns`.
fn rows<T>(
    transaction: &Transaction,
    table: &str,
    columns: &str,
    order: &str,
    mut read: impl FnMut(&Row, Certificate) -> rusqlite::Result<T>,
) -> Result<Vec<T>, WalletError> {
    let mut statement = transaction.prepare_cached(&format!(
        "SELECT c.der, {columns} FROM {table} t JOIN certificates c ON c.sha256 = t.certificate ORDER BY t.id {order}"
    ))?;
    let found = statement.query_map([], |row| read(row, certificate(row, 0)?))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The chains of all identities, by the identity's row.
fn chains(transaction: &Transaction) -> Result<HashMap<i64, Vec<Certificate>>, WalletError> {
    let mut statement = transaction.prepare_cached("SELECT identity, der FROM chains ORDER BY identity, position")?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, certificate(row, 1)?)))?;
    let mut chains = HashMap::<i64, Vec<Certificate>>::new();
    for link in found {
        let (identity, certificate) = link?;
        chains.entry(identity).or_default().push(certificate);
    }
    Ok(chains)
}

fn certificate(row: &Row, column: usize) -> rusqlite::Result<Certificate> {
    let der = row.get_ref(column)?.as_blob().map_err(|error| unreadable(column, Type::Blob, error))?;
    Certificate::from_der(der).map_err(|error| unreadable(column, Type::Blob, error))
}

pub(super) fn time(row: &Row, column: usize) -> rusqlite::Result<Timestamp> {
    row.get::<_, String>(column)?.parse().map_err(|error| unreadable(column, Type::Text, error))
}

pub(super) fn optional_time(row: &Row, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    let text = row.get::<_, Option<String>>(column)?;
    text.map(|text| text.parse()).transpose().map_err(|error| unreadable(column, Type::Text, error))
}

/// An address that cannot be read is an error: without it, the pin would hold for more than the user said.
fn optional_address(row: &Row, column: usize) -> rusqlite::Result<Option<Address>> {
    let Some(text) = row.get::<_, Option<String>>(column)? else { return Ok(None) };
    let damaged = || unreadable(column, Type::Text, std::io::Error::other("no address"));
    Address::parse(&text).map(Some).ok_or_else(damaged)
}

fn unreadable(column: usize, kind: Type, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, kind, Box::new(error))
}

/// Ciphers as they are stored: their object identifiers in words, RC2 with its bits behind a colon.
pub(super) fn write_ciphers(ciphers: &[ContentCipher]) -> String {
    let word = |cipher: &ContentCipher| match cipher {
        ContentCipher::Rc2Cbc(bits) => format!("{}:{bits}", cipher.oid()),
        _ => cipher.oid().to_string(),
    };
    ciphers.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// What a newer version may have stored and this one does not know is left out.
fn read_ciphers(text: &str) -> Vec<ContentCipher> {
    let read = |word: &str| match word.split_once(':') {
        Some((_, bits)) => bits.parse().ok().map(ContentCipher::Rc2Cbc),
        None => word.parse::<ObjectIdentifier>().ok().and_then(|oid| ContentCipher::from_oid(&oid)),
    };
    text.split_whitespace().filter_map(read).collect()
}
