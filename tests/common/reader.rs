//! Bob, who reads messages through the library in this process: for tests with more messages than programs can be started.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use waxwing::cms::enveloped::RecipientId;
use waxwing::crypto::{PrivateKey, PrivateKeyOperations};
use waxwing::mime::{self, Entity};
use waxwing::pki::Certificate;
use waxwing::pki::bundle;
use waxwing::pki::path::{AnchorSource, Anchors};
use waxwing::pki::revocation::Nobody;
use waxwing::policy::{NetworkPolicy, Policy};
use waxwing::report::{Privacy, Report, Verdict};
use waxwing::smime::{self, Context, KeyLookup, Keys, Opened};
use waxwing::source::Source;

use super::mail;
use super::pki::Pki;

/// No message takes longer, however hostile it is, in a debug build on a machine that has other things to do. The costliest takes
/// two seconds there; what grows by the square of a size takes minutes.
pub const LONGEST: Duration = Duration::from_secs(10);

/// What this thread has worked, however busy the machine is with other things; where that is not told, what a clock says.
pub fn worked(start: Instant) -> Duration {
    let ticks = || {
        let text = fs::read_to_string("/proc/thread-self/stat").ok()?;
        let fields: Vec<&str> = text.rsplit(')').next()?.split_whitespace().collect();
        // utime and stime, in hundredths of a second.
        let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
        Some(Duration::from_millis(10 * (number(11)? + number(12)?)))
    };
    ticks().unwrap_or_else(|| start.elapsed())
}

/// Somebody with the keys of `bob` and `bob-ec` who trusts the root of the test certificates.
pub struct Reader {
    policy: Policy,
    anchors: Anchors,
    keys: Ring,
}

struct Ring(Vec<(Certificate, Arc<dyn PrivateKeyOperations>)>);

impl Keys for Ring {
    fn find(&self, id: &RecipientId) -> KeyLookup {
        match self.0.iter().find(|(certificate, _)| id.matches(certificate)) {
            Some((certificate, key)) => KeyLookup::Found(Arc::clone(key), Some(certificate.clone())),
            None => KeyLookup::Unknown,
        }
    }
}

impl Reader {
    pub fn new() -> Self {
        let pki = Pki::get();
        let certificate =
            |name: &str| bundle::certificates(&fs::read(pki.certificate(name)).unwrap()).unwrap().remove(0);
        let mut anchors = Anchors::default();
        anchors.add(certificate("root"), AnchorSource::Given);
        let key = |name: &str| {
            let key = PrivateKey::from_any(&fs::read(pki.file(&format!("{name}.key"))).unwrap()).unwrap();
            (certificate(name), Arc::new(key) as Arc<dyn PrivateKeyOperations>)
        };
        let mut policy = Policy::at(Timestamp::now());
        policy.network = NetworkPolicy::Offline;
        Self { policy, anchors, keys: Ring(vec![key("bob"), key("bob-ec")]) }
    }

    /// Opens a message, in time.
    pub fn open(&self, mail: &[u8]) -> Seen {
        let context = Context {
            policy: &self.policy,
            anchors: &self.anchors,
            certificates: &[],
            pins: &[],
            distrusted: &[],
            keys: &self.keys,
            content: None,
            crls: &[],
            lookup: &Nobody,
        };
        let start = Instant::now();
        let before = worked(start);
        let opened = match smime::open(&Source::from_bytes(mail), "mail.eml", &context) {
            Err(mime::Error::Limit { .. }) => Opened::of(Report::unread("mail.eml".to_owned())),
            opened => opened.unwrap(),
        };
        let content = content(&opened);
        let time = worked(start).saturating_sub(before);
        assert!(time < LONGEST, "{time:?} for {} bytes", mail.len());
        Seen { content, opened, time }
    }
}

/// The innermost entity.
fn content(opened: &Opened) -> Option<Vec<u8>> {
    bytes(opened.content.as_ref()?)
}

fn bytes((source, entity): &(Source, Entity)) -> Option<Vec<u8>> {
    // What cannot be read is not shown.
    source.slice(entity.range.clone()).read_all(64 << 20).ok()
}

/// What a reader sees of a message.
pub struct Seen {
    pub opened: Opened,
    pub content: Option<Vec<u8>>,
    /// What it cost.
    pub time: Duration,
}

impl Seen {
    pub fn signature(&self) -> Verdict {
        self.opened.report.signature
    }

    pub fn privacy(&self) -> Privacy {
        self.opened.report.privacy
    }

    /// Codes of all findings.
    pub fn findings(&self) -> Vec<&'static str> {
        let layers = &self.opened.report.layers;
        let signers = layers.iter().flat_map(|layer| &layer.signers).flat_map(|signer| &signer.findings);
        layers.iter().flat_map(|layer| &layer.findings).chain(signers).map(|finding| finding.code.as_str()).collect()
    }

    /// Whether the innermost entity is this one, whatever its line ends.
    pub fn is(&self, entity: &[u8]) -> bool {
        self.content.as_ref().is_some_and(|content| mail::canonical(content) == mail::canonical(entity))
    }

    /// Everything that is put before people or offered for saving.
    pub fn shown(&self) -> String {
        let mut shown: String = self.opened.report.shown.texts.iter().map(|text| text.text.as_str()).collect();
        for attachment in &self.opened.attachments {
            shown += &String::from_utf8_lossy(&attachment.read_all(64 << 20).unwrap_or_default());
        }
        let decrypted = self.opened.decrypted.as_ref().and_then(bytes);
        shown += &String::from_utf8_lossy(&decrypted.unwrap_or_default());
        shown
    }
}
