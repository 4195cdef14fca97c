//! Files that options name: small ones, read as a whole, from wherever they come.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use waxwing::report::Failure;
use waxwing::source::read_secret;
use waxwing::text::tr;
use zeroize::Zeroizing;

use crate::status::{Status, Trouble};

/// Certificates and keys are small; what is larger is something else.
pub const LARGEST: usize = 16 * 1024 * 1024;

/// Whether a path means standard input or output.
pub fn is_dash(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// The bytes of a file, which may be a pipe: passwords and keys often come out of another program.
pub fn read(file: &Path, limit: usize) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let read = || -> io::Result<Zeroizing<Vec<u8>>> {
        let stream: &mut dyn Read = if is_dash(file) { &mut io::stdin().lock() } else { &mut File::open(file)? };
        read_secret(stream, limit)
    };
    read().map_err(|error| Trouble::unreadable(file, &error))
}

/// Writes a new file of mode 0600, as a whole or not at all; an existing one is never replaced. `-` is standard output.
pub fn write_new(file: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    if is_dash(file) {
        let mut out = io::stdout().lock();
        return out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| Trouble::output(&error));
    }
    let write = || -> io::Result<()> {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut temporary = tempfile::Builder::new().prefix(".waxwing-").tempfile_in(folder)?;
        temporary.write_all(bytes)?;
        temporary.as_file().sync_all()?;
        temporary.persist_noclobber(file)?;
        Ok(())
    };
    write().map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            let (what, todo) = (tr!("cli-exists", file = file.to_string_lossy().into_owned()), tr!("cli-exists-todo"));
            let failure = Failure { code: "exists".to_owned(), what, todo };
            Trouble { status: Status::File, ..Trouble::new(failure) }
        }
        _ => Trouble::unwritable(file, &error),
    })
}
