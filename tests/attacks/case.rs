//! A mail, what it gets, and what holds for every mail.

use libtest_mimic::Trial;
use waxwing::pki::Certificate;
use waxwing::pki::path::AnchorSource;
use waxwing::report::{Covers, Report, Verdict};
use waxwing::smime::Opened;

use crate::common::named;
use crate::generator::people::{Reader, bob};

type Check = Box<dyn Fn(&Opened) + Send>;

/// A mail with what it gets.
pub struct Case {
    name: String,
    mail: Box<dyn FnOnce() -> Vec<u8> + Send>,
    reader: Reader,
    signature: Verdict,
    /// A finding that tells why; empty for any.
    finding: &'static str,
    checks: Vec<Check>,
}

/// A mail that Bob reads.
pub fn case(name: impl Into<String>, mail: impl Into<Vec<u8>>, signature: Verdict, finding: &'static str) -> Case {
    let mail = mail.into();
    made(name, move || mail, signature, finding)
}

/// The same for a mail that another program makes, when its turn comes.
pub fn made(
    name: impl Into<String>,
    mail: impl FnOnce() -> Vec<u8> + Send + 'static,
    signature: Verdict,
    finding: &'static str,
) -> Case {
    let (name, mail) = (name.into(), Box::new(mail));
    Case { name, mail, reader: Reader::default(), signature, finding, checks: Vec::new() }
}

impl Case {
    /// Bob trusts this certificate too.
    pub fn pinned(mut self, certificate: &Certificate) -> Self {
        self.reader.friends.push(certificate.clone());
        self
    }

    /// Bob trusts these authorities.
    pub fn anchored(mut self, certificates: &[Certificate]) -> Self {
        certificates.iter().for_each(|one| self.reader.anchors.add(one.clone(), AnchorSource::Given));
        self
    }

    /// Bob distrusts this certificate.
    pub fn distrusted(mut self, certificate: &Certificate) -> Self {
        self.reader.distrusted.push(certificate.clone());
        self
    }

    /// For Bob it is that time.
    pub fn at(mut self, now: jiff::Timestamp) -> Self {
        self.reader.now = now;
        self
    }

    /// Something more that must hold.
    pub fn and(mut self, check: impl Fn(&Opened) + Send + 'static) -> Self {
        self.checks.push(Box::new(check));
        self
    }

    /// Everything that says EVIL is there for the reader, and none of it counts as signed.
    pub fn shows_evil(self) -> Self {
        self.and(|opened| {
            let seen = pieces(opened);
            let evil: Vec<_> = seen.iter().filter(|(text, _)| text.contains("EVIL")).collect();
            assert!(!evil.is_empty(), "it is hidden: {seen:?}");
            assert!(evil.iter().all(|(_, signed)| !signed), "it is called signed: {seen:?}");
        })
    }

    /// No layer speaks for the whole message.
    pub fn covers_a_part(self) -> Self {
        self.and(|opened| assert!(opened.report.layers.iter().all(|layer| layer.covers == Covers::Part)))
    }

    /// So many texts and attachments.
    pub fn has_pieces(self, count: usize) -> Self {
        self.and(move |opened| assert_eq!(pieces(opened).len(), count))
    }

    /// The finding is not there.
    pub fn without(self, finding: &'static str) -> Self {
        self.and(move |opened| assert!(!codes(&opened.report).contains(&finding), "{finding}"))
    }

    /// The test of this mail.
    pub fn trial(self, class: &str) -> Trial {
        named::asserting(format!("{class}/{}", self.name), move || self.hold())
    }

    /// Opens the mail and holds it against what it should get and against what always holds.
    fn hold(self) {
        let mail = (self.mail)();
        let opened = bob().open_as(&mail, &self.reader);
        let report = &opened.report;
        let codes = codes(report);
        let seen = pieces(&opened);
        let context = || {
            let start = String::from_utf8_lossy(&mail[..mail.len().min(4000)]);
            format!("{codes:?} {:.2000}\n{start}", format!("{seen:?}"))
        };
        assert_eq!(report.signature, self.signature, "{}", context());
        assert!(self.finding.is_empty() || codes.contains(&self.finding), "no {}: {}", self.finding, context());
        if report.signature.is_good() {
            assert!(seen.iter().all(|(text, signed)| *signed && !text.contains("EVIL")), "{}", context());
        }
        assert!(!seen.iter().any(|(text, _)| text.contains("EVIL") && text.contains("SECRET")), "{}", context());
        // Scripts are told the same, and what is outside of a signature.
        let json = serde_json::to_value(report).unwrap();
        assert_eq!(json["signature"], self.signature.code());
        for (file, told) in report.attachments.iter().zip(json["attachments"].as_array().unwrap()) {
            let outside = !file.signed && self.signature != Verdict::Unsigned;
            assert_eq!(told["outside"].as_bool(), outside.then_some(true), "{}", context());
        }
        self.checks.iter().for_each(|check| check(&opened));
    }
}

/// The codes of all findings, those of layers and of signers.
pub fn codes(report: &Report) -> Vec<&'static str> {
    let layers = report.layers.iter().flat_map(|layer| &layer.findings);
    let signers = report.layers.iter().flat_map(|layer| &layer.signers).flat_map(|signer| &signer.findings);
    layers.chain(signers).map(|finding| finding.code.as_str()).collect()
}

/// Texts and attachments with whether they are signed.
pub fn pieces(opened: &Opened) -> Vec<(String, bool)> {
    let texts = opened.report.shown.texts.iter().map(|text| (text.text.clone(), text.signed));
    let files = opened.report.attachments.iter().map(|file| {
        let bytes = opened.attachments[file.index].read_all(1 << 20).unwrap();
        (format!("{} {}", file.name, String::from_utf8_lossy(&bytes)), file.signed)
    });
    texts.chain(files).collect()
}
