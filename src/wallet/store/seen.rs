//! Certificates of authorities that were part of a good chain.

use jiff::Timestamp;
use rusqlite::params;

use super::super::WalletError;
use super::Store;
use crate::pki::Certificate;

/// The most that are kept; the oldest go.
const MOST: u32 = 1000;

impl Store {
    /// All of them, newest first.
    pub fn seen(&self) -> Result<Vec<Certificate>, WalletError> {
        self.read(|transaction| {
            let mut statement = transaction.prepare("SELECT der FROM seen ORDER BY at DESC, sha256")?;
            let found = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
            // One that cannot be read any more is as good as none.
            let found = found.collect::<Result<Vec<_>, _>>()?;
            Ok(found.iter().filter_map(|der| Certificate::from_der(der).ok()).collect())
        })
    }

    /// Adds some.
    pub fn add_seen(&self, certificates: &[Certificate], now: Timestamp) -> Result<(), WalletError> {
        self.change(|transaction| {
            let sql = "INSERT INTO seen (sha256, der, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
            for certificate in certificates {
                transaction.execute(sql, params![certificate.sha256(), certificate.der(), now.to_string()])?;
            }
            let sql = "DELETE FROM seen WHERE sha256 IN (SELECT sha256 FROM seen ORDER BY at DESC, sha256 LIMIT -1 OFFSET ?1)";
            transaction.execute(sql, [MOST])?;
            Ok(())
        })
    }
}
