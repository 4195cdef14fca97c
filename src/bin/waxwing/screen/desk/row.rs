//! One file in the list.

use std::path::{Path, PathBuf};

use waxwing::jobs::Progress;
use waxwing::report::{Privacy, Report, Tone, Verdict};
use waxwing::text;

/// Names a file in the list for as long as the program runs.
pub type Id = u64;

/// A file in the list.
#[derive(Debug)]
pub struct Row {
    /// Its name for the program.
    pub id: Id,
    /// Where it lies.
    pub path: PathBuf,
    /// How far the work on it has come, and the way to stop it.
    pub progress: Progress,
    /// What is known of it.
    pub summary: Option<Summary>,
}

impl Row {
    /// A file that nobody has looked at yet.
    pub fn new(id: Id, path: PathBuf) -> Self {
        Self { id, path, progress: Progress::default(), summary: None }
    }

    /// The name of its file.
    pub fn file_name(&self) -> String {
        file_name(&self.path)
    }

    /// Whether it belongs to a search and a filter.
    pub fn matches(&self, needle: &str, filter: Filter) -> bool {
        let summary = self.summary.as_ref();
        if !summary.map_or(filter == Filter::All, |summary| filter.lets(summary)) {
            return false;
        }
        let has = |text: &str| text.to_lowercase().contains(needle);
        needle.is_empty()
            || has(&self.file_name())
            || summary.is_some_and(|summary| has(&summary.who) || has(&summary.subject) || has(&summary.addresses))
    }
}

/// The name of a file for people.
pub fn file_name(file: &Path) -> String {
    file.file_name().map_or_else(|| file.to_string_lossy(), |name| name.to_string_lossy()).into_owned()
}

/// What the list shows of a message; small, so that thousands can be kept.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The signature chip.
    pub signature: Verdict,
    /// The privacy chip.
    pub privacy: Privacy,
    /// The signer, or who claims to have sent it.
    pub who: String,
    /// The subject.
    pub subject: String,
    /// Addresses of signer and sender, for the search.
    pub addresses: String,
    /// Bytes of the file.
    pub size: u64,
    /// What happened when it could not be looked at.
    pub failed: Option<String>,
}

impl Summary {
    /// Of a report.
    pub fn new(report: &Report, size: u64) -> Self {
        let signer = text::speaker(report);
        let sender = report.from.first().cloned().unwrap_or_default();
        let who = signer.map(|signer| signer.name.clone()).filter(|name| !name.is_empty()).unwrap_or(sender);
        let signers = report.layers.iter().flat_map(|layer| &layer.signers);
        let addresses = signers.flat_map(|signer| &signer.addresses).chain(&report.from);
        Self {
            signature: report.signature,
            privacy: report.privacy,
            who,
            subject: report.subject.clone(),
            addresses: addresses.cloned().collect::<Vec<_>>().join(" "),
            size,
            failed: report.error.as_ref().map(|failure| failure.what.clone()),
        }
    }
}

/// Which messages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// The signature holds.
    Good,
    /// Something is to be looked at.
    Doubtful,
    /// Not to be relied on, or not readable.
    Bad,
    /// Not signed.
    Unsigned,
}

impl Filter {
    /// In the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::All, Self::Good, Self::Doubtful, Self::Bad, Self::Unsigned];

    fn lets(self, summary: &Summary) -> bool {
        let bad = summary.failed.is_some()
            || summary.signature.tone() == Tone::Red
            || matches!(summary.privacy, Privacy::Damaged)
            || summary.signature == Verdict::Unreadable;
        match self {
            Self::All => true,
            Self::Good => summary.signature.is_good() && !bad,
            Self::Doubtful => summary.signature.tone() == Tone::Amber && !bad,
            Self::Bad => bad,
            Self::Unsigned => summary.signature == Verdict::Unsigned && !bad,
        }
    }
}
