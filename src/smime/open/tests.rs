use std::sync::Arc;
use std::sync::OnceLock;

use const_oid::db::rfc5911::ID_DATA;
use proptest::prelude::*;

use super::*;
use crate::cms::enveloped::RecipientId;
use crate::cms::write::{self, EnvelopeWriter, RecipientCertificate};
use crate::crypto::transport::KeyTransport;
use crate::crypto::{ContentCipher, DigestAlgorithm, KeyKind, PrivateKey, SignatureAlgorithm};
use crate::pki::create::self_signed;
use crate::pki::path::Anchors;
use crate::pki::revocation::Nobody;
use crate::policy::Policy;
use crate::report::Integrity;
use crate::smime::{KeyLookup, Keys, Pin};

const NOW: &str = "2026-06-01T12:00:00Z";
const ALICE: &str = "alice@example.org";

/// Somebody with a key and a certificate, who trusts the own certificate.
struct Person {
    key: Arc<PrivateKey>,
    certificate: Certificate,
}

impl Keys for Person {
    fn find(&self, id: &RecipientId) -> KeyLookup {
        if id.matches(&self.certificate) {
            KeyLookup::Found(self.key.clone(), Some(self.certificate.clone()))
        } else {
            KeyLookup::Unknown
        }
    }
}

fn alice() -> &'static Person {
    static ALICE_HERSELF: OnceLock<Person> = OnceLock::new();
    ALICE_HERSELF.get_or_init(|| {
        let key = PrivateKey::generate(KeyKind::P256).unwrap();
        let certificate = self_signed(&key, "Alice", ALICE, NOW.parse().unwrap(), 30).unwrap();
        Person { key: Arc::new(key), certificate }
    })
}

impl Person {
    fn open(&self, message: &[u8]) -> Opened {
        let policy = Policy::at(NOW.parse().unwrap());
        let pins = [Pin { certificate: self.certificate.clone(), since: policy.now, address: None }];
        let anchors = Anchors::default();
        let context = Context {
            policy: &policy,
            anchors: &anchors,
            certificates: &[],
            pins: &pins,
            distrusted: &[],
            keys: self,
            content: None,
            crls: &[],
            lookup: &Nobody,
        };
        open(&Source::from_bytes(message), "message.eml", &context).unwrap()
    }

    fn sign(&self, signed: &[u8]) -> Vec<u8> {
        let signer = write::Signer {
            certificate: &self.certificate,
            chain: &[],
            key: self.key.as_ref(),
            algorithm: SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256),
            digest: DigestAlgorithm::Sha256,
            signing_time: NOW.parse().unwrap(),
            capabilities: &[ContentCipher::Aes256Gcm],
        };
        write::detached(&signer, ID_DATA, &DigestAlgorithm::Sha256.digest(signed)).unwrap()
    }

    fn encrypt(&self, cipher: ContentCipher, content: &[u8]) -> Vec<u8> {
        let to = [RecipientCertificate { certificate: &self.certificate, transport: KeyTransport::Pkcs1v15 }];
        let mut writer = EnvelopeWriter::new(cipher, &to, ID_DATA, Vec::new()).unwrap();
        std::io::Write::write_all(&mut writer, content).unwrap();
        writer.finish().unwrap()
    }
}

/// Keys of which nothing says whose they are.
struct Bare(Vec<Arc<dyn crate::crypto::PrivateKeyOperations>>);

impl Keys for Bare {
    fn find(&self, _: &RecipientId) -> KeyLookup {
        KeyLookup::Unknown
    }
    fn bare(&self) -> &[Arc<dyn crate::crypto::PrivateKeyOperations>] {
        &self.0
    }
}

/// Where more keys are given than are tried, "none of your keys" would be a guess: it is said that it stopped, and after how many.
#[test]
fn what_was_not_tried_is_not_called_wrong() {
    for kind in [KeyKind::P256, KeyKind::Rsa(2048)] {
        let keys: Vec<_> = (0..4).map(|_| Arc::new(PrivateKey::generate(kind).unwrap())).collect();
        let now = NOW.parse().unwrap();
        let certificate = self_signed(keys.last().unwrap(), "Alice", ALICE, now, 30).unwrap();
        let last = Person { key: Arc::clone(keys.last().unwrap()), certificate };
        let sealed = last.encrypt(ContentCipher::Aes256Gcm, ENTITY.as_bytes());
        let message = message("application/pkcs7-mime; smime-type=authEnveloped-data", &sealed);
        let bare = Bare(keys.iter().map(|key| Arc::clone(key) as _).collect());
        let anchors = Anchors::default();
        let look = |attempts: usize, passes: usize| {
            let mut policy = Policy::at(now);
            (policy.limits.attempts, policy.limits.passes) = (attempts, passes);
            let context = Context {
                policy: &policy,
                anchors: &anchors,
                certificates: &[],
                pins: &[],
                distrusted: &[],
                keys: &bare,
                content: None,
                crls: &[],
                lookup: &Nobody,
            };
            open(&Source::from_bytes(message.clone()), "message.eml", &context).unwrap()
        };
        let opened = look(4, 4);
        assert_eq!(opened.report.privacy, Privacy::Opened, "{kind:?}: {:?}", codes(&opened));
        // A wrong RSA key gives a content key all the same (RFC 3218), a wrong one of a curve does not.
        let stopped = if matches!(kind, KeyKind::Rsa(_)) { (256, 3) } else { (3, 32) };
        let shut = look(stopped.0, stopped.1);
        assert_eq!((shut.report.privacy, codes(&shut)), (Privacy::Locked, vec!["too-many-attempts"]), "{kind:?}");
        let expected = crate::report::Finding::new(crate::report::Code::TooManyAttempts, ["3".to_owned()]);
        assert_eq!(shut.report.layers[0].findings, [expected], "{kind:?}");
    }
}

/// A message from Alice with this type, these bytes as the body.
fn message(kind: &str, body: &[u8]) -> Vec<u8> {
    let header =
        format!("From: Alice <{ALICE}>\r\nSubject: hello\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n");
    [header.as_bytes(), body].concat()
}

/// A multipart/signed over `entity` with a signature over `signed`; binary, so that the test needs no encoder.
fn clear(entity: &[u8], signed: &[u8]) -> Vec<u8> {
    let part = b"\r\n--b\r\nContent-Type: application/pkcs7-signature\r\nContent-Transfer-Encoding: binary\r\n\r\n";
    let body = [b"--b\r\n", entity, part, &alice().sign(signed), b"\r\n--b--\r\n"].concat();
    message("multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=b", &body)
}

const ENTITY: &str = "Content-Type: text/plain\r\n\r\nThe meeting\r\nis at noon.\r\n";

fn codes(opened: &Opened) -> Vec<&'static str> {
    let layers = &opened.report.layers;
    let of_layers = layers.iter().flat_map(|layer| &layer.findings);
    let of_signers = layers.iter().flat_map(|layer| &layer.signers).flat_map(|signer| &signer.findings);
    of_layers.chain(of_signers).map(|finding| finding.code.as_str()).collect()
}

/// Files on disk often end their lines with LF; the signature is over CRLF. Some signers hash what stands in their file.
#[test]
fn line_ends_do_not_break_a_signature() {
    let lf = ENTITY.replace("\r\n", "\n");
    let other = ENTITY.replace("noon", "nine");
    for (name, entity, signed, expected) in [
        ("as sent", ENTITY, ENTITY, Integrity::Intact),
        ("saved with LF", lf.as_str(), ENTITY, Integrity::Intact),
        ("signed with LF", lf.as_str(), lf.as_str(), Integrity::Intact),
        ("changed", other.as_str(), ENTITY, Integrity::Altered),
    ] {
        let opened = alice().open(&clear(entity.as_bytes(), signed.as_bytes()));
        let signer = &opened.report.layers[0].signers[0];
        assert_eq!(signer.integrity, expected, "{name}");
        assert_eq!(
            opened.report.signature == Verdict::Pinned,
            expected == Integrity::Intact,
            "{name}: {:?}",
            codes(&opened)
        );
        assert_eq!(opened.capabilities.len(), usize::from(expected == Integrity::Intact), "{name}");
    }
}

/// What is shown in which order, what can be saved, and what of it is signed.
#[test]
fn texts_and_attachments_are_found() {
    let entity = "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
        --a\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe\r\n\
        --a\r\nContent-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\n<p>No</p>\r\n\
        --r\r\nContent-Type: image/png; name=\"../seal.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--r--\r\n--a--\r\n\
        --m\r\nContent-Type: text/html\r\n\r\n<p>and <b>more</b></p>\r\n\
        --m\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"notes.txt\"\r\n\r\nnotes\r\n--m--\r\n";
    let opened = alice().open(&clear(entity.as_bytes(), entity.as_bytes()));
    let texts: Vec<_> =
        opened.report.shown.texts.iter().map(|text| (text.text.as_str(), text.from_html, text.signed)).collect();
    assert_eq!(texts, [("Grüße", false, true), ("and more", true, true)]);
    let attachments: Vec<_> =
        opened.report.attachments.iter().map(|file| (file.name.as_str(), file.size, file.signed)).collect();
    assert_eq!(attachments, [("seal.png", 3, true), ("notes.txt", 5, true)]);
    assert_eq!(opened.attachments[0].read_all(10).unwrap(), [0, 1, 2]);
    assert_eq!(opened.report.signature, Verdict::Pinned);
}

/// A signature inside makes up for a cipher that shows no changes, if it covers everything and holds.
#[test]
fn only_a_signature_over_everything_makes_up_for_cbc() {
    let good = clear(ENTITY.as_bytes(), ENTITY.as_bytes());
    let bad = clear(ENTITY.as_bytes(), b"something else");
    let part =
        message("multipart/mixed; boundary=m", &[b"--m\r\n", &good[..], b"\r\n--m\r\n\r\nmore\r\n--m--\r\n"].concat());
    for (name, cipher, content, privacy, signature) in [
        ("gcm", ContentCipher::Aes128Gcm, ENTITY.as_bytes(), Privacy::Opened, Verdict::Unsigned),
        ("cbc", ContentCipher::Aes128Cbc, ENTITY.as_bytes(), Privacy::OpenedUnauthenticated, Verdict::Unsigned),
        ("signed", ContentCipher::Aes128Cbc, &good, Privacy::Opened, Verdict::Pinned),
        ("altered", ContentCipher::Aes128Cbc, &bad, Privacy::OpenedUnauthenticated, Verdict::Altered),
        ("part", ContentCipher::Aes128Cbc, &part, Privacy::OpenedUnauthenticated, Verdict::PartlySigned),
    ] {
        let sealed = alice().encrypt(cipher, content);
        let kind = "application/pkcs7-mime; smime-type=enveloped-data\r\nContent-Transfer-Encoding: binary";
        let opened = alice().open(&message(kind, &sealed));
        assert_eq!(
            (opened.report.privacy, opened.report.signature),
            (privacy, signature),
            "{name}: {:?}",
            codes(&opened)
        );
        assert_eq!(opened.report.layers[0].recipients[0].id, ALICE, "{name}");
        assert!(opened.decrypted.is_some(), "{name}");

        // The same without a header of its own: the sender is the one inside.
        let bare = alice().open(&sealed);
        assert_eq!(bare.report.privacy, privacy, "{name}");
        assert_eq!(bare.report.from.is_empty(), content == ENTITY.as_bytes(), "{name}");
    }
}

/// A message whose parts are all damaged still gives a report with a layer.
#[test]
fn there_is_always_a_layer() {
    for bytes in [
        &b""[..],
        b"\n",
        b"x",
        b"0\x80",
        b"-----BEGIN PKCS7-----\n",
        b"MIAGCSqGSIb3DQEHAqCA",
        b"0\x80\x06\x09*\x86H\x86\xf7\r\x01\x07\x02\xa0\x80",
    ] {
        let report = alice().open(bytes).report;
        assert!(!report.layers.is_empty(), "{bytes:?}");
        assert!(!report.signature.is_good(), "{bytes:?}");
    }
}

fn changed(bytes: &[u8], changes: &[(prop::sample::Index, u8, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, how, value) in changes {
        let at = at.index(bytes.len());
        match how {
            0 => bytes[at] = *value,
            1 => bytes.insert(at, *value),
            2 => drop(bytes.remove(at)),
            3 => bytes[at] ^= 1 << (value % 8),
            _ => {
                // A line twice, or moved.
                let line = bytes[at..].iter().take(usize::from(*value)).copied().collect::<Vec<_>>();
                bytes.extend(line);
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is changed on the way: it is looked at without failing, and what is called signed is what was signed.
    #[test]
    fn no_change_passes_as_signed(changes in prop::collection::vec((any::<prop::sample::Index>(), 0u8..5, any::<u8>()), 1..6)) {
        static SIGNED: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
        let messages = SIGNED.get_or_init(|| {
            let clear = clear(ENTITY.as_bytes(), ENTITY.as_bytes());
            let kind = "application/pkcs7-mime\r\nContent-Transfer-Encoding: binary";
            let sealed = message(kind, &alice().encrypt(ContentCipher::Aes128Cbc, &clear));
            [clear, sealed]
        });
        for original in messages {
            let report = alice().open(&changed(original, &changes)).report;
            prop_assert!(!report.layers.is_empty());
            if report.signature.is_good() {
                for text in &report.shown.texts {
                    prop_assert_eq!(text.text.trim_end(), "The meeting\nis at noon.");
                    prop_assert!(text.signed);
                }
            }
        }
    }
}
