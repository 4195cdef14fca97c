//! The library's desk, set up for one run.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use waxwing::jobs::{self, Desk, Input, Names, Output, Progress, Seal, Sealed};
use waxwing::report::Failure;
use waxwing::smime::Opened;
use waxwing::text::tr;
use waxwing::wallet::VaultError;

use crate::arguments::Target;
use crate::files;
use crate::given;
use crate::options::Options;
use crate::session::{Absent, Session};
use crate::status::{Trouble, no_output};

/// The wallet, what is given for this run, and the policy.
pub struct Bench {
    session: Session,
    desk: Desk,
    names: Arc<Names>,
    /// No identity is given for this run: the wallet's are used.
    given_nobody: bool,
}

impl Bench {
    /// Opens the wallet and reads what the options name.
    pub fn open(options: &Options) -> Result<Self, Trouble> {
        let session = Session::open(options, Absent::Ignore)?;
        let given = given::read(options, &session.secrets)?;
        let given_nobody = given.identities.is_empty();
        let (desk, names) = session.desk(given, options).with_names_together();
        Ok(Self { session, desk, names, given_nobody })
    }

    /// The desk.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The names of the files that were made.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Unlocks the private keys where they will be needed, so that no attempt without them stands in the history.
    pub fn unlock_early(&self) -> Result<(), Trouble> {
        let wallet = &self.session.wallet;
        let locked = wallet.vault().ready() == Err(VaultError::Locked);
        if locked && self.given_nobody && !wallet.identities()?.is_empty() {
            self.session.unlock()?;
        }
        Ok(())
    }

    /// Unlocks the private keys; whether they are unlocked now.
    pub fn unlock(&self) -> Result<bool, Trouble> {
        self.session.unlock()
    }

    /// Looks at a message.
    pub fn look(&self, input: &Input, progress: &Progress) -> Opened {
        self.desk.look(input, progress)
    }

    /// Signs or encrypts a message; unlocks the key where that is needed.
    pub fn seal(&self, input: &Input, seal: &Seal, target: &Target, progress: &Progress) -> Result<Sealed, Failure> {
        let sealed = |output: &Output| match self.desk.seal(input, seal, output, progress) {
            Err(failure) if failure.code == "locked" => match self.unlock() {
                Ok(true) => self.desk.seal(input, seal, output, progress),
                Ok(false) => Err(failure),
                Err(trouble) => Err(trouble.failure),
            },
            result => result,
        };
        to(target, |output| {
            let made = sealed(output)?;
            match target.output.as_deref() {
                Some(out) if files::is_dash(out) && !made.bcc.is_empty() => Err(several()),
                _ => Ok(made),
            }
        })
    }

    /// Saves a message without its encryption.
    pub fn decrypt(
        &self,
        input: &Input,
        opened: &Opened,
        target: &Target,
        progress: &Progress,
    ) -> Result<Sealed, Failure> {
        to(target, |output| {
            let main = self.desk.save_decrypted(input, opened, output, progress)?;
            Ok(Sealed { main, ..Sealed::default() })
        })
    }
}

/// Makes a result where the options want it. Standard output gets it when it is complete: until then it lies in a folder that
/// nobody else may enter.
fn to(target: &Target, make: impl FnOnce(&Output) -> Result<Sealed, Failure>) -> Result<Sealed, Failure> {
    let Some(out) = &target.output else { return make(&Output::folder_or_beside(target.out_dir.clone())) };
    if !files::is_dash(out) {
        return make(&Output::File(out.clone()));
    }
    let folder = tempfile::Builder::new().prefix("waxwing-").tempdir();
    let folder = folder.map_err(|error| jobs::failure::writing(&std::env::temp_dir().join("message.eml"), &error))?;
    let made = make(&Output::File(folder.path().join("message.eml")))?;
    let copied = std::fs::File::open(&made.main).and_then(|mut file| {
        let mut out = io::stdout().lock();
        io::copy(&mut file, &mut out)?;
        io::Write::flush(&mut out)
    });
    match copied {
        // Nobody reads on: that is no failure of ours.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(no_output(&error)),
        _ => Ok(Sealed { main: PathBuf::from("-"), ..made }),
    }
}

fn several() -> Failure {
    let (what, todo) = (tr!("cli-several-results"), tr!("cli-several-results-todo"));
    Failure { code: "several-results".to_owned(), what, todo }
}
