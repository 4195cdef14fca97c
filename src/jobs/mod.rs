//! Work on files for the window and the command line: open, decrypt, sign, encrypt; progress, cancel, atomic output.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::pki::Certificate;
use crate::policy::Policy;
use crate::report::{Attachment, Failure, Report};
use crate::smime::Opened;
use crate::wallet::Wallet;

/// Progress of one job, shared with whoever shows it; also the way to stop it.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    done: Arc<AtomicU64>,
    total: Arc<AtomicU64>,
    cancelled: Arc<AtomicBool>,
}

impl Progress {
    /// Bytes done and bytes in all (0 while unknown).
    #[must_use]
    pub fn get(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
    /// Asks the job to stop; it does so between blocks and leaves no file behind.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
    /// Whether somebody asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
    /// Called by the work.
    pub fn advance(&self, bytes: u64) {
        self.done.fetch_add(bytes, Ordering::Relaxed);
    }
    /// Called by the work.
    pub fn set_total(&self, bytes: u64) {
        self.total.store(bytes, Ordering::Relaxed);
    }
}

/// How a message is to be sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Signed, and by whom; `None` uses the preferred identity for the From address.
    pub sign: Option<SignWith>,
    /// Encrypted.
    pub encrypt: bool,
    /// Signed opaque (application/pkcs7-mime) rather than clear.
    pub opaque: bool,
    /// Recipients' certificates instead of those of To, Cc, Bcc and sender.
    pub to: Vec<Certificate>,
}

/// The signer of a new message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignWith {
    /// The preferred identity for the From address.
    Sender,
    /// This certificate's identity.
    Certificate(Certificate),
}

/// Who could read a message if it were encrypted now, and whose certificate is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readers {
    /// Address and certificate.
    pub known: Vec<(String, Certificate)>,
    /// Addresses without a usable certificate, with the reason.
    pub missing: Vec<(String, String)>,
    /// The From address has an identity that can sign.
    pub can_sign: bool,
}

/// Wallet and policy together: what jobs run in. Cheap to clone, shared by threads.
#[derive(Clone)]
pub struct Desk {
    pub(crate) wallet: Arc<Wallet>,
    pub(crate) policy: Policy,
}

impl Desk {
    /// Over a wallet.
    #[must_use]
    pub fn new(wallet: Arc<Wallet>, policy: Policy) -> Self {
        Self { wallet, policy }
    }
    /// The wallet.
    #[must_use]
    pub fn wallet(&self) -> &Arc<Wallet> {
        &self.wallet
    }

    /// Looks at a file: every layer is opened that can be. Writes nothing. A file that cannot be read gives a report with
    /// [`Report::error`].
    #[must_use]
    pub fn look(&self, file: &Path, progress: &Progress) -> Opened {
        let _ = (file, progress);
        todo!()
    }

    /// Who could read this message.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn readers(&self, file: &Path) -> Result<Readers, Failure> {
        let _ = file;
        todo!()
    }

    /// Seals a file beside itself (or in `dir`), never overwriting; returns the new file.
    ///
    /// # Errors
    /// What happened and what to do; no file is left then.
    pub fn seal(&self, file: &Path, seal: &Seal, dir: Option<&Path>, progress: &Progress) -> Result<PathBuf, Failure> {
        let _ = (file, seal, dir, progress);
        todo!()
    }

    /// Saves the decrypted message beside its file (or in `dir`), never overwriting; returns the new file.
    ///
    /// # Errors
    /// As [`Desk::seal`].
    pub fn save_decrypted(
        &self,
        file: &Path,
        opened: &Opened,
        dir: Option<&Path>,
        progress: &Progress,
    ) -> Result<PathBuf, Failure> {
        let _ = (file, opened, dir, progress);
        todo!()
    }

    /// Saves an attachment to `target`, never overwriting; returns the new file.
    ///
    /// # Errors
    /// As [`Desk::seal`].
    pub fn save_attachment(
        &self,
        opened: &Opened,
        attachment: &Attachment,
        target: &Path,
        progress: &Progress,
    ) -> Result<PathBuf, Failure> {
        let _ = (opened, attachment, target, progress);
        todo!()
    }

    /// The evidence: the report as JSON, for a file.
    #[must_use]
    pub fn evidence(&self, report: &Report) -> String {
        let _ = report;
        todo!()
    }
}
