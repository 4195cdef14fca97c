//! The form of the database and how older forms become the present one.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::super::{StoreFault, WalletError};

/// Marks the file as a wallet (`PRAGMA application_id`): "Wxwg".
const APPLICATION: i32 = 0x5778_7767;

/// Each step leads from the form of its index to the next; their number is the present form (`PRAGMA user_version`).
/// A step that was published is never changed.
const STEPS: &[&str] = &[
    "
    CREATE TABLE certificates (
        sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
        der BLOB NOT NULL
    ) WITHOUT ROWID;
    -- One row for each address in a certificate, its letters in lower case.
    CREATE TABLE addresses (
        address TEXT NOT NULL,
        certificate BLOB NOT NULL REFERENCES certificates ON DELETE CASCADE,
        PRIMARY KEY (address, certificate)
    ) WITHOUT ROWID;
    CREATE INDEX addresses_certificate ON addresses (certificate);
    -- Times are in RFC 3339 form.
    CREATE TABLE identities (
        id INTEGER PRIMARY KEY,
        certificate BLOB NOT NULL UNIQUE REFERENCES certificates ON DELETE CASCADE,
        key TEXT NOT NULL,
        label TEXT,
        signing INTEGER NOT NULL DEFAULT 0,
        encryption INTEGER NOT NULL DEFAULT 0,
        added TEXT NOT NULL
    );
    -- The chain of an identity; its certificates are kept here as a whole, whatever becomes of the authorities.
    CREATE TABLE chains (
        identity INTEGER NOT NULL REFERENCES identities ON DELETE CASCADE,
        position INTEGER NOT NULL,
        der BLOB NOT NULL,
        PRIMARY KEY (identity, position)
    ) WITHOUT ROWID;
    CREATE TABLE contacts (
        id INTEGER PRIMARY KEY,
        certificate BLOB NOT NULL UNIQUE REFERENCES certificates ON DELETE CASCADE,
        pinned TEXT,
        distrusted INTEGER NOT NULL DEFAULT 0,
        capabilities TEXT,
        capabilities_signed TEXT,
        added TEXT NOT NULL
    );
    CREATE TABLE authorities (
        id INTEGER PRIMARY KEY,
        certificate BLOB NOT NULL UNIQUE REFERENCES certificates ON DELETE CASCADE,
        trusted TEXT,
        distrusted INTEGER NOT NULL DEFAULT 0,
        added TEXT NOT NULL
    );
    CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE history (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        action TEXT NOT NULL,
        file TEXT NOT NULL,
        outcome TEXT NOT NULL,
        certificate TEXT,
        output TEXT
    );
",
    "
    -- Requests for certificates that have not come yet; the key lies in the vault under its id.
    CREATE TABLE requests (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        address TEXT NOT NULL,
        der BLOB NOT NULL,
        made TEXT NOT NULL
    );
",
    "
    -- Authorities' certificates that were part of a good chain. They build chains; nobody is trusted for standing here.
    CREATE TABLE seen (
        sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
        der BLOB NOT NULL,
        at TEXT NOT NULL
    ) WITHOUT ROWID;
",
    "
    -- The only address that a pinned certificate is trusted for; NULL: all that it names.
    ALTER TABLE contacts ADD COLUMN pinned_for TEXT;
",
];

/// Checks that the database is a wallet and brings it to the present form.
///
/// # Errors
/// [`WalletError::Newer`] when a newer version wrote it.
pub(super) fn prepare(connection: &mut Connection) -> Result<(), WalletError> {
    if version(connection)? == STEPS.len() {
        return Ok(());
    }
    // Two programs may come here at once: the second finds the work done.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version(&transaction)?;
    for step in STEPS.iter().skip(from) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", STEPS.len() as i64)?;
    Ok(Transaction::commit(transaction)?)
}

/// The form that the file is in.
fn version(connection: &Connection) -> Result<usize, WalletError> {
    let number = |name: &str| connection.pragma_query_value::<i64, _>(None, name, |row| row.get(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let objects: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != i64::from(APPLICATION) && (application, version, objects) != (0, 0, 0) {
        return Err(WalletError::Store(StoreFault::Foreign, "the file is a database of another program".to_owned()));
    }
    match usize::try_from(version) {
        Ok(version) if version <= STEPS.len() => Ok(version),
        _ => Err(WalletError::Newer),
    }
}
