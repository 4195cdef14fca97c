//! Requests for certificates that have not come yet.

use rusqlite::{Transaction, params};

use super::super::{Request, WalletError};
use super::Store;
use super::decisions::needs_key;
use super::entries::time;

impl Store {
    /// Requests, newest first.
    pub fn requests(&self) -> Result<Vec<Request>, WalletError> {
        self.read(|transaction| {
            let mut statement =
                transaction.prepare("SELECT key, name, address, der, made FROM requests ORDER BY id DESC")?;
            let found = statement.query_map([], |row| {
                Ok(Request {
                    key: row.get(0)?,
                    name: row.get(1)?,
                    address: row.get(2)?,
                    der: row.get(3)?,
                    made: time(row, 4)?,
                })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// Adds one.
    pub fn add_request(&self, request: &Request) -> Result<(), WalletError> {
        self.change(|transaction| {
            let sql = "INSERT INTO requests (key, name, address, der, made) VALUES (?1, ?2, ?3, ?4, ?5)";
            let Request { key, name, address, der, made } = request;
            transaction.execute(sql, params![key, name, address, der, made.to_string()])?;
            Ok(())
        })
    }

    /// Removes one. `last` is called with its key if no identity has it; when it fails nothing is removed.
    pub fn remove_request(
        &self,
        key: &str,
        last: impl FnOnce(&str) -> Result<(), WalletError>,
    ) -> Result<(), WalletError> {
        self.change(|transaction| {
            if answered(transaction, key)? == 0 {
                return Err(WalletError::Missing);
            }
            if needs_key(transaction, key)? { Ok(()) } else { last(key) }
        })
    }
}

/// Its certificate has come; how many requests that were.
pub(super) fn answered(transaction: &Transaction, key: &str) -> Result<usize, WalletError> {
    Ok(transaction.execute("DELETE FROM requests WHERE key = ?1", [key])?)
}
