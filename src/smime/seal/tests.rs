use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::crypto::{ContentCipher, DigestAlgorithm, KeyKind, PrivateKey, SignatureAlgorithm};
use crate::mime::TransferEncoding;
use crate::pki::create::self_signed;

const LETTER: &str = "Received: by example.org\nFrom: Anna <anna@example.org>\nTo: jan@example.org\nBcc: boss@example.org\n\
    Subject: A letter\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\
    Content-Transfer-Encoding: 8bit\n\nGrüße,\nAnna\n";

fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

fn signing(kind: KeyKind, opaque: bool) -> Signing {
    let key = PrivateKey::generate(kind).unwrap();
    let certificate = self_signed(&key, "Anna", "anna@example.org", now(), 365).unwrap();
    Signing { certificate, chain: Vec::new(), key: Arc::new(key), at: now(), opaque }
}

fn sealed(letter: &str, sealing: &Sealing) -> Vec<u8> {
    let source = Source::from_bytes(letter.as_bytes());
    let entity = mime::parse(&source, &mime::Limits::default()).unwrap();
    let mut out = Vec::new();
    seal(&source, &entity, sealing, &mut out).unwrap();
    out
}

fn parsed(message: &[u8]) -> (Source, Entity) {
    let source = Source::from_bytes(message);
    let entity = mime::parse(&source, &mime::Limits::default()).unwrap();
    (source, entity)
}

fn sealing(sign: Option<Signing>, encrypt: Option<Encryption>, profile: Profile) -> Sealing {
    Sealing { sign, encrypt, triple: false, compress: false, protect: false, profile }
}

fn encryption(signing: &Signing, cipher: ContentCipher) -> Encryption {
    Encryption { recipients: vec![signing.certificate.clone()], cipher }
}

/// The table of RFC 8551 §2.7: what recipients said they read is what they get; nothing goes below AES-128.
#[test]
fn the_cipher_is_one_that_everybody_reads() {
    use ContentCipher::{Aes128Cbc, Aes128Gcm, Aes256Cbc, Aes256Gcm, TripleDesCbc};
    let (rsa, new) = (KeyKind::Rsa(2048), KeyKind::X25519);
    for (profile, key, said, expected) in [
        (Profile::Modern, rsa, vec![], (Aes256Gcm, Reason::Profile)),
        (Profile::Compatible, rsa, vec![], (Aes256Cbc, Reason::Profile)),
        (Profile::Compatible, new, vec![vec![]], (Aes256Gcm, Reason::Keys)),
        (Profile::Compatible, KeyKind::MlKem(crate::crypto::MlKem::MlKem768), vec![vec![]], (Aes256Gcm, Reason::Keys)),
        (Profile::Compatible, new, vec![vec![Aes256Cbc]], (Aes256Cbc, Reason::Said(0))),
        (Profile::Modern, rsa, vec![vec![Aes256Cbc, Aes128Cbc]], (Aes256Cbc, Reason::Said(0))),
        (
            Profile::Modern,
            rsa,
            vec![vec![Aes256Gcm, Aes128Gcm], vec![Aes128Gcm, Aes256Cbc]],
            (Aes128Gcm, Reason::Said(1)),
        ),
        (Profile::Modern, rsa, vec![vec![]], (Aes256Gcm, Reason::Profile)),
        (
            Profile::Compatible,
            rsa,
            vec![vec![Aes128Cbc, TripleDesCbc], CAPABILITIES.to_vec()],
            (Aes128Cbc, Reason::Said(0)),
        ),
        (Profile::Compatible, rsa, vec![vec![Aes256Gcm]], (Aes256Gcm, Reason::Said(0))),
        (Profile::Modern, rsa, vec![vec![TripleDesCbc]], (Aes128Cbc, Reason::Nothing)),
    ] {
        let reads: Vec<_> = said.iter().map(|said| Reads { key, said }).collect();
        assert_eq!(cipher_for(profile, &reads), expected, "{profile:?} {key} {said:?}");
    }
    // One old key among new ones decides.
    let mixed = [Reads { key: new, said: &[] }, Reads { key: rsa, said: &[] }];
    assert_eq!(cipher_for(Profile::Compatible, &mixed), (Aes256Cbc, Reason::Profile));
}

/// Each key signs by its own method, and RSA by the profile's; micalg follows from it.
#[test]
fn the_signature_method_follows_key_and_profile() {
    use DigestAlgorithm::{Sha256, Sha384, Sha512};
    for (kind, profile, algorithm, digest) in [
        (KeyKind::Rsa(2048), Profile::Compatible, SignatureAlgorithm::RsaPkcs1v15(Sha256), Sha256),
        (KeyKind::Rsa(2048), Profile::Modern, SignatureAlgorithm::pss(Sha256), Sha256),
        (KeyKind::P256, Profile::Modern, SignatureAlgorithm::Ecdsa(Sha256), Sha256),
        (KeyKind::P384, Profile::Compatible, SignatureAlgorithm::Ecdsa(Sha384), Sha384),
        (KeyKind::P521, Profile::Compatible, SignatureAlgorithm::Ecdsa(Sha512), Sha512),
        (KeyKind::Ed25519, Profile::Compatible, SignatureAlgorithm::Ed25519, Sha512),
    ] {
        let signing = signing(kind, false);
        let method = method::signature_for(&signing.certificate, profile).unwrap();
        assert_eq!(method, (algorithm, digest), "{kind} {profile:?}");
        let message = sealed(LETTER, &sealing(Some(signing), None, profile));
        let (_, entity) = parsed(&message);
        assert_eq!(entity.content_type.parameter("micalg"), Some(digest.micalg()), "{kind}");
    }
}

/// The outer fields stay byte for byte and in order, Bcc among them; Content-* goes inside; what is signed is a part of its own
/// in seven bits (RFC 1847 §2.1, RFC 8551 §3.5.3).
#[test]
fn a_clear_signature_leaves_the_header_outside() {
    let message = sealed(LETTER, &sealing(Some(signing(KeyKind::P256, false)), None, Profile::Compatible));
    let text = String::from_utf8(message.clone()).unwrap();
    let outer = "Received: by example.org\r\nFrom: Anna <anna@example.org>\r\nTo: jan@example.org\r\n\
        Bcc: boss@example.org\r\nSubject: A letter\r\nMIME-Version: 1.0\r\nContent-Type: multipart/signed;";
    assert!(text.starts_with(outer), "{text}");
    assert_eq!(text.matches("MIME-Version").count(), 1);
    assert!(text.is_ascii() && text.lines().all(|line| line.len() < 78), "{text}");
    assert!(text.split_inclusive('\n').all(|line| line.ends_with("\r\n")));
    let (source, entity) = parsed(&message);
    assert!(entity.content_type.is("multipart", "signed"));
    assert_eq!(entity.content_type.parameter("protocol"), Some("application/pkcs7-signature"));
    assert!(entity.defects.is_empty());
    let [content, signature] = entity.children.as_slice() else { panic!("{:?}", entity.children) };
    assert_eq!(content.content_type.parameter("charset"), Some("utf-8"));
    assert_eq!(content.decoded_body(&source).read_all(100).unwrap(), "Grüße,\r\nAnna\r\n".as_bytes());
    assert_eq!(signature.file_name().as_deref(), Some("smime.p7s"));
    assert_eq!(signature.encoding, TransferEncoding::Base64);
    // Nothing stands before, between or after the parts.
    let first = entity.body.start..content.range.start;
    assert!(source.slice(first).read_all(100).unwrap().starts_with(b"--"));
}

/// The media types that other programs look for (RFC 8551 §3.2.2), each with the transfer encoding that survives the way.
#[test]
fn opaque_layers_name_what_they_are() {
    let (signer, modern, compatible) = (signing(KeyKind::P256, true), Profile::Modern, Profile::Compatible);
    let gcm = encryption(&signer, ContentCipher::Aes256Gcm);
    let cbc = encryption(&signer, ContentCipher::Aes256Cbc);
    for (sealing, kind) in [
        (sealing(Some(signer.clone()), None, compatible), "signed-data"),
        (sealing(None, Some(cbc.clone()), compatible), "enveloped-data"),
        (sealing(Some(signer), Some(gcm), modern), "authEnveloped-data"),
    ] {
        let message = sealed(LETTER, &sealing);
        let (source, entity) = parsed(&message);
        assert_eq!(entity.content_type.essence(), "application/pkcs7-mime", "{kind}");
        assert_eq!(entity.content_type.parameter("smime-type"), Some(kind));
        assert_eq!(entity.file_name().as_deref(), Some("smime.p7m"), "{kind}");
        assert_eq!(entity.encoding, TransferEncoding::Base64, "{kind}");
        assert!(crate::cms::read(&entity.decoded_body(&source), &crate::asn1::Limits::default()).is_ok(), "{kind}");
        let text = String::from_utf8(message).unwrap();
        assert_eq!(text.contains("Bcc:"), sealing.encrypt.is_none(), "{kind}");
        assert!(!text.contains("boss@") || sealing.encrypt.is_none(), "{kind}");
    }
}

/// Header fields go inside, with what stands outside (RFC 9788 §5.2); the Subject is hidden outside of an encryption, and no hidden
/// recipient is named anywhere.
#[test]
fn header_fields_go_inside() {
    let signer = signing(KeyKind::P256, false);
    let letter =
        LETTER.replace("Subject: A letter", "Subject: Grüße,\n and more\nComments: for nobody\nhp-outer: Subject: x");
    let protect = |encrypt| Sealing { protect: true, ..sealing(Some(signer.clone()), encrypt, Profile::Modern) };
    let entity = |message: &[u8]| {
        let (source, entity) = parsed(message);
        let inner = source.slice(entity.children[0].range.clone()).read_all(100_000).unwrap();
        (entity, String::from_utf8(inner).unwrap())
    };
    let (outer, inner) = entity(&sealed(&letter, &protect(None)));
    let subject = "=?utf-8?B?R3LDvMOfZQ==?=, and more";
    let fields = format!(
        "From: Anna <anna@example.org>\r\nTo: jan@example.org\r\nSubject: {subject}\r\nComments: for nobody\r\n"
    );
    let kind = |hp: &str| format!("Content-Type: text/plain; charset=utf-8;\r\n hp=\"{hp}\"\r\n");
    assert!(inner.starts_with(&format!("MIME-Version: 1.0\r\n{fields}{}", kind("clear"))), "{inner}");
    assert_eq!(outer.fields.first("Subject").unwrap().text(), "Grüße, and more");
    assert!(outer.fields.first("Bcc").is_some() && outer.fields.first("HP-Outer").is_none());

    // What an encryption holds is what Sealing without one writes, but for its own word and records.
    let encrypted = sealed(&letter, &protect(Some(encryption(&signer, ContentCipher::Aes256Gcm))));
    let (_, outer) = parsed(&encrypted);
    let outside: Vec<_> = outer.fields.0.iter().map(|field| format!("{}: {}", field.name, field.text())).collect();
    let expected = [
        "Received: by example.org",
        "From: Anna <anna@example.org>",
        "To: jan@example.org",
        "Subject: [...]",
        "MIME-Version: 1.0",
    ];
    assert_eq!(outside[..5], expected);
    assert!(!outside.iter().any(|field| field.starts_with("Comments") || field.starts_with("Bcc")), "{outside:?}");
    let (source, whole) = parsed(letter.as_bytes());
    let inside = Inside::of(&whole, &protect(Some(encryption(&signer, ContentCipher::Aes256Gcm)))).unwrap();
    let mut payload = Vec::new();
    mime::canonical::write_entity(&source, &whole, &inside.extra(), &mut payload).unwrap();
    let records =
        "HP-Outer: Subject: [...]\r\nHP-Outer: From: Anna <anna@example.org>\r\nHP-Outer: To: jan@example.org\r\n";
    let payload = String::from_utf8(payload).unwrap();
    assert!(payload.starts_with(&format!("MIME-Version: 1.0\r\n{fields}{records}{}", kind("cipher"))), "{payload}");
    assert!(!payload.contains("boss") && !payload.contains("Received"));
}

/// What a Content-Type says of protection is what this program did, whatever it said before; and where readers could not find
/// it, nothing is protected and nothing hidden.
#[test]
fn protection_is_announced_where_it_is_read() {
    let signer = signing(KeyKind::P256, false);
    let letter = |kind: &str| format!("From: anna@example.org\nSubject: A letter\n{kind}\n\ntext\n");
    for (kind, protect, hp) in [
        ("Content-Type: text/plain", true, Some("clear")),
        ("X-Nothing: here", true, Some("clear")),
        ("Content-Type: text/plain; charset=us-ascii; ", true, Some("clear")),
        ("Content-Type: text/plain; hp=\"cipher\"; charset=us-ascii", true, Some("clear")),
        ("Content-Type: text/plain; hp*=utf-8''cipher", true, Some("clear")),
        ("Content-Type: text/plain; name=\"open", true, Some("clear")),
        ("Content-Type: text/plain (open", true, Some("clear")),
        ("Content-Type: nothing", true, None),
        ("Content-Type: text/plain\nContent-Type: text/html", true, None),
        ("Content-Type: text/plain; hp=\"cipher\"; protected-headers=v1", false, None),
    ] {
        let sealing = Sealing { protect, ..sealing(Some(signer.clone()), None, Profile::Compatible) };
        let (_, entity) = parsed(&sealed(&letter(kind), &sealing));
        let content = &entity.children[0];
        assert_eq!(content.content_type.parameter("hp"), hp, "{kind}");
        assert_eq!(content.content_type.parameter("protected-headers"), None, "{kind}");
        assert_eq!(content.fields.first("Subject").is_some(), hp.is_some(), "{kind}");
        let hidden = Sealing { encrypt: Some(encryption(&signer, ContentCipher::Aes256Gcm)), ..sealing };
        let (_, outer) = parsed(&sealed(&letter(kind), &hidden));
        let subject = if hp.is_some() { "[...]" } else { "A letter" };
        assert_eq!(outer.fields.first("Subject").unwrap().text(), subject, "{kind}");
    }
    // What is signed already has its header outside of what this program writes.
    let first =
        String::from_utf8(sealed(&letter("X: y"), &sealing(Some(signer.clone()), None, Profile::Compatible))).unwrap();
    let again = Sealing { protect: true, ..sealing(Some(signer), None, Profile::Compatible) };
    let (_, entity) = parsed(&sealed(&first, &again));
    assert!(entity.children[0].fields.first("Subject").is_none());
}

/// A message that is sealed already, a message without a header, an empty one: each is an entity, none stops the work.
#[test]
fn anything_can_be_sealed_again() {
    let signer = signing(KeyKind::P256, false);
    let once = sealing(Some(signer.clone()), None, Profile::Compatible);
    let first = String::from_utf8(sealed(LETTER, &once)).unwrap();
    let again = sealed(&first, &once);
    let (source, entity) = parsed(&again);
    let inner = source.slice(entity.children[0].range.clone()).read_all(100_000).unwrap();
    let (_, inner_body) = first.split_once("MIME-Version: 1.0\r\n").unwrap();
    // The line end before the boundary belongs to the boundary.
    assert_eq!(String::from_utf8(inner).unwrap(), inner_body);
    let triple = Sealing {
        triple: true,
        ..sealing(Some(signer.clone()), Some(encryption(&signer, ContentCipher::Aes256Cbc)), Profile::Compatible)
    };
    let (_, entity) = parsed(&sealed(LETTER, &triple));
    assert!(entity.content_type.is("multipart", "signed"));
    assert!(entity.children[0].content_type.is("application", "pkcs7-mime"));
    for odd in ["", "\n", "no header at all", "From: anna@example.org", "From: a@b.example\n\n"] {
        let (_, entity) = parsed(&sealed(odd, &once));
        assert_eq!(entity.children.len(), 2, "{odd:?}");
    }
}

/// A disk that is full stops the work where it is.
#[test]
fn errors_of_the_output_come_back() {
    struct Full(usize);
    impl Write for Full {
        fn write(&mut self, block: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(block.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(block.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let signer = signing(KeyKind::P256, true);
    let encrypt = Some(encryption(&signer, ContentCipher::Aes256Gcm));
    let sealing = sealing(Some(signer), encrypt, Profile::Modern);
    let letter = format!("{LETTER}{}", "a line of text\n".repeat(10_000));
    let (source, entity) = parsed(letter.as_bytes());
    for room in [0, 100, 100_000] {
        match seal(&source, &entity, &sealing, &mut Full(room)) {
            Err(SealError::Io(error)) => assert_eq!(error.kind(), io::ErrorKind::StorageFull),
            other => panic!("{other:?}"),
        }
    }
}
