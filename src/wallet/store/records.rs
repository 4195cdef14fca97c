//! Settings, the history, and the health of the file.

use rusqlite::{OptionalExtension, params};

use super::super::{Fault, HistoryEntry, WalletError};
use super::Store;
use crate::crypto::DigestAlgorithm;
use crate::crypto::hex;

/// Lines of history that are kept.
const HISTORY: i64 = 10_000;

impl Store {
    /// A setting.
    pub fn setting(&self, name: &str) -> Result<Option<String>, WalletError> {
        let sql = "SELECT value FROM settings WHERE name = ?1";
        Ok(self.connection().query_row(sql, [name], |row| row.get(0)).optional()?)
    }

    /// Changes a setting.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<(), WalletError> {
        let sql = "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2";
        self.connection().execute(sql, [name, value])?;
        Ok(())
    }

    /// Adds lines to the history; the oldest beyond [`HISTORY`] go.
    pub fn record(&self, entries: &[HistoryEntry]) -> Result<(), WalletError> {
        self.change(|transaction| {
            let sql =
                "INSERT INTO history (at, action, file, outcome, certificate, output) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let mut insert = transaction.prepare(sql)?;
            for HistoryEntry { at, action, file, outcome, certificate, output } in entries {
                insert.execute(params![at.to_string(), action, file, outcome, certificate, output])?;
            }
            let newest = transaction.last_insert_rowid();
            transaction.execute("DELETE FROM history WHERE id <= ?1", [newest.saturating_sub(HISTORY)])?;
            Ok(())
        })
    }

    /// The newest lines of the history first.
    pub fn history(&self, limit: usize) -> Result<Vec<HistoryEntry>, WalletError> {
        let connection = self.connection();
        let sql = "SELECT at, action, file, outcome, certificate, output FROM history ORDER BY id DESC LIMIT ?1";
        let mut statement = connection.prepare(sql)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let lines = statement.query_map([limit], |row| {
            Ok(HistoryEntry {
                at: super::entries::time(row, 0)?,
                action: row.get(1)?,
                file: row.get(2)?,
                outcome: row.get(3)?,
                certificate: row.get(4)?,
                output: row.get(5)?,
            })
        })?;
        Ok(lines.collect::<Result<_, _>>()?)
    }

    /// What is wrong with the file itself.
    pub fn check(&self) -> Result<Vec<Fault>, WalletError> {
        let connection = self.connection();
        let mut statement = connection.prepare("PRAGMA integrity_check")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut wrong: Vec<Fault> = lines.map(|line| line.map(Fault::Database)).collect::<Result<_, _>>()?;
        wrong.retain(|fault| !matches!(fault, Fault::Database(line) if line == "ok"));
        let mut statement = connection.prepare("SELECT sha256, der FROM certificates")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (sha256, der): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
            if DigestAlgorithm::Sha256.digest(&der) != sha256 {
                wrong.push(Fault::Certificate(hex::encode(&sha256)));
            }
        }
        Ok(wrong)
    }
}
