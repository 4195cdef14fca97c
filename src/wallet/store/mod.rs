//! The SQLite file: certificates, what the user decided about them, settings and the history. No secret is in it.
//!
//! It keeps a rollback journal rather than a write-ahead log: the wallet is written seldom and little, at rest it is one file
//! that can be copied, and it may lie on a network drive, where a write-ahead log does not work. Two programs may use it at
//! once; each waits for the other for some seconds.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use super::{StoreFault, WalletError};

mod decisions;
mod entries;
mod records;
mod requests;
mod schema;
mod seen;

pub(super) use decisions::{add_certificate, add_identity};

/// How long one program waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// The database of a wallet.
pub(super) struct Store {
    connection: Mutex<Connection>,
}

impl Store {
    /// Opens the file, making it (mode 0600) when it does not exist, and brings an older one to the present form.
    pub fn open(path: &Path) -> Result<Self, WalletError> {
        make_private(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::prepare(Connection::open_with_flags(path, flags)?)
    }

    /// A database in memory.
    pub fn in_memory() -> Result<Self, WalletError> {
        Self::prepare(Connection::open_in_memory()?)
    }

    fn prepare(mut connection: Connection) -> Result<Self, WalletError> {
        connection.busy_timeout(PATIENCE)?;
        // What a damaged or hostile file may do is bounded: no code in the schema, cells are checked before use; what is removed
        // is overwritten.
        connection.execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON;",
        )?;
        schema::prepare(&mut connection)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// For reading. A panic elsewhere has rolled its transaction back.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes something as a whole or not at all. `action` may also do what must succeed for the change to stay.
    pub fn change<T>(&self, action: impl FnOnce(&Transaction) -> Result<T, WalletError>) -> Result<T, WalletError> {
        let mut connection = self.connection();
        // Immediate: a transaction that reads first and writes later could not wait for its turn.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = action(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }

    /// Reads several things that belong together.
    pub fn read<T>(&self, action: impl FnOnce(&Transaction) -> Result<T, WalletError>) -> Result<T, WalletError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        action(&transaction)
    }
}

impl From<rusqlite::Error> for WalletError {
    fn from(error: rusqlite::Error) -> Self {
        let fault = match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => StoreFault::Damaged,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreFault::Busy,
            Some(ErrorCode::DiskFull) => StoreFault::Full,
            Some(ErrorCode::ReadOnly) => StoreFault::ReadOnly,
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => StoreFault::Shut,
            _ => StoreFault::Other,
        };
        Self::Store(fault, error.to_string())
    }
}

fn cannot_write(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem)
}

/// Makes the file with mode 0600, or takes the rights of others away: SQLite would make it readable, and gives its journal the
/// mode of the file.
fn make_private(path: &Path) -> Result<(), WalletError> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = match options.open(path) {
        // What is there can still be read, and SQLite opens it for that.
        Err(error) if cannot_write(&error) && path.is_file() => return Ok(()),
        file => file?,
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = file.metadata()?.permissions().mode();
        if mode & 0o077 != 0 {
            file.set_permissions(std::fs::Permissions::from_mode(mode & 0o700))?;
        }
    }
    drop(file);
    Ok(())
}
