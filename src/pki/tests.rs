//! Paths over a small world of authorities that is made for each test.

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5280, rfc5912};
use der::Encode;
use jiff::{SignedDuration, Timestamp};

use super::create::{Extension, Template, common_name};
use super::path::{AnchorSource, Anchors, Path, PathError, Purpose, Request, Rule, Trust, build, classify, validate};
use super::{Certificate, bundle};
use crate::asn1::tlv;
use crate::crypto::{KeyKind, PrivateKey, PrivateKeyOperations};

const NOBODY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1");

fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn days(days: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * days)
}

/// Somebody with a key and a name.
struct Party {
    key: PrivateKey,
    name: Vec<u8>,
}

fn party(name: &str) -> Party {
    Party { key: PrivateKey::generate(KeyKind::P256).unwrap(), name: common_name(name).unwrap() }
}

fn basic(ca: bool, path_length: Option<u8>) -> Extension {
    let ca: &[u8] = if ca { &[1, 1, 0xff] } else { &[] };
    let length = path_length.map(|length| vec![2, 1, length]).unwrap_or_default();
    Extension::new(rfc5280::ID_CE_BASIC_CONSTRAINTS, true, tlv(0x30, &[ca, &length]))
}

fn usage(bits: u8) -> Extension {
    Extension::new(rfc5280::ID_CE_KEY_USAGE, true, vec![3, 2, 0, bits])
}

fn purpose(purpose: ObjectIdentifier) -> Extension {
    Extension::new(rfc5280::ID_CE_EXT_KEY_USAGE, false, tlv(0x30, &[&purpose.to_der().unwrap()]))
}

impl Party {
    fn issue(&self, subject: &Party, validity: (i64, i64), extensions: Vec<Extension>) -> Certificate {
        let template = Template {
            issuer: self.name.clone(),
            subject: subject.name.clone(),
            validity: (days(validity.0), days(validity.1)),
            key: subject.key.public_key(),
            extensions,
        };
        template.sign(&self.key).unwrap()
    }

    fn authority(&self, subject: &Party) -> Certificate {
        self.issue(subject, (-100, 100), vec![basic(true, None), usage(0x06)])
    }

    fn leaf(&self, subject: &Party) -> Certificate {
        self.issue(subject, (-10, 10), vec![basic(false, None), usage(0x88), purpose(rfc5912::ID_KP_EMAIL_PROTECTION)])
    }
}

/// Looks for a path with a budget of 50.
fn find(leaf: &Certificate, intermediates: &[&Certificate], anchors: &[&Certificate]) -> Result<Path, PathError> {
    let intermediates: Vec<_> = intermediates.iter().copied().cloned().collect();
    let mut all = Anchors::default();
    anchors.iter().for_each(|anchor| all.add((*anchor).clone(), AnchorSource::Wallet));
    let request = Request {
        leaf,
        intermediates: &intermediates,
        anchors: &all,
        at: now(),
        purpose: Purpose::Signing,
        budget: 50,
    };
    validate(&request)
}

fn path(certificates: &[&Certificate]) -> Vec<Certificate> {
    certificates.iter().copied().cloned().collect()
}

/// A path ends at the first anchor, be it a root, an authority below one, or the certificate itself.
#[test]
fn anchors_anywhere() {
    let (root, middle, anna) = (party("Root"), party("Middle"), party("Anna"));
    let (root_cert, middle_cert, leaf) = (root.authority(&root), root.authority(&middle), middle.leaf(&anna));
    for (intermediates, anchors, expected) in [
        (vec![&middle_cert, &root_cert], vec![&root_cert], path(&[&leaf, &middle_cert, &root_cert])),
        (vec![&middle_cert], vec![&root_cert, &middle_cert], path(&[&leaf, &middle_cert])),
        (vec![], vec![&leaf], path(&[&leaf])),
    ] {
        let found = find(&leaf, &intermediates, &anchors).unwrap();
        assert_eq!(found.certificates(), expected);
        assert_eq!((found.anchor_source(), found.is_weak()), (AnchorSource::Wallet, false));
        assert!(matches!(classify(Ok(found)), Trust::Anchored(_)));
    }
    // A trusted certificate of a person makes nobody an authority.
    let bert = party("Bert");
    let by_anna = anna.leaf(&bert);
    let error = find(&by_anna, &[], &[&leaf]).unwrap_err();
    assert_eq!((error.rule, error.certificate), (Rule::NotCa, leaf));
}

/// What is reported when there is no anchor: how far it went, and whether anything is wrong with what is there.
#[test]
fn nobody_known() {
    let (root, middle, anna) = (party("Root"), party("Middle"), party("Anna"));
    let (root_cert, middle_cert, leaf) = (root.authority(&root), root.authority(&middle), middle.leaf(&anna));
    let stranger = party("Middle").authority(&middle);
    let impostor = Party { key: party("").key, name: root.name.clone() };
    let (impostor_cert, by_itself) = (impostor.authority(&impostor), anna.leaf(&anna));
    let mut changed = by_itself.der().to_vec();
    let serial = changed.windows(20).position(|window| window == by_itself.serial()).unwrap();
    changed[serial + 10] ^= 1;
    let changed = Certificate::from_der(&changed).unwrap();
    for (case, leaf, intermediates, anchors, certificate, rule, length, unknown) in [
        ("nothing", &leaf, vec![], vec![], &leaf, Rule::NoIssuer, 1, true),
        ("half of it", &leaf, vec![&middle_cert], vec![], &middle_cert, Rule::NoIssuer, 2, true),
        ("all but trust", &leaf, vec![&middle_cert, &root_cert], vec![], &root_cert, Rule::SelfSigned, 3, true),
        ("beside a stranger", &leaf, vec![&stranger, &middle_cert], vec![], &middle_cert, Rule::NoIssuer, 2, true),
        ("another root", &leaf, vec![&middle_cert], vec![&impostor_cert], &middle_cert, Rule::BadSignature, 2, false),
        ("its own", &by_itself, vec![], vec![&root_cert], &by_itself, Rule::SelfSigned, 1, true),
        ("its own, changed", &changed, vec![], vec![], &changed, Rule::BadSignature, 1, false),
    ] {
        let error = find(leaf, &intermediates, &anchors).unwrap_err();
        assert_eq!((&error.certificate, &error.rule, error.partial.len()), (certificate, &rule, length), "{case}");
        assert_eq!(matches!(classify(Err(error)), Trust::UnknownIssuer(_)), unknown, "{case}");
    }
}

/// Many certificates of one name, and authorities that certify each other, end within the budget.
#[test]
fn hostile_crowds() {
    let (root, a, b, anna) = (party("Root"), party("A"), party("B"), party("Anna"));
    let (leaf, root_cert) = (a.leaf(&anna), root.authority(&root));
    let circle = [b.authority(&a), a.authority(&b), a.authority(&b), b.authority(&a), a.authority(&a)];
    let circle: Vec<_> = circle.iter().collect();
    let error = find(&leaf, &circle, &[]).unwrap_err();
    assert!(matches!(error.rule, Rule::NoIssuer | Rule::SelfSigned), "{:?}", error.rule);
    let way_out = root.authority(&b);
    let with_way_out: Vec<_> = circle.iter().copied().chain([&way_out]).collect();
    assert_eq!(find(&leaf, &with_way_out, &[&root_cert]).unwrap().certificates().last(), Some(&root_cert));

    let strangers: Vec<_> = (0..60)
        .map(|_| root.authority(&Party { key: PrivateKey::generate(KeyKind::P256).unwrap(), name: a.name.clone() }))
        .collect();
    let error = find(&leaf, &strangers.iter().collect::<Vec<_>>(), &[&root_cert]).unwrap_err();
    assert_eq!(error.rule, Rule::Budget { looked_at: 50 });
    assert!(matches!(classify(Err(error)), Trust::UnknownIssuer(_)));

    let mut chain = vec![root.authority(&root)];
    let mut last = root;
    for number in 0..30 {
        let next = party(&format!("CA {number}"));
        chain.push(last.authority(&next));
        last = next;
    }
    let leaf = last.leaf(&anna);
    let error = find(&leaf, &chain.iter().skip(1).collect::<Vec<_>>(), &[&chain[0]]).unwrap_err();
    assert_eq!((error.rule, error.partial.len()), (Rule::NoIssuer, 20));
}

/// Time is in the way only where nothing else is, and a path that is valid now is preferred.
#[test]
fn time() {
    let (root, middle, anna) = (party("Root"), party("Middle"), party("Anna"));
    let ca = |validity| root.issue(&middle, validity, vec![basic(true, None), usage(0x06)]);
    let (root_cert, old, good, future) = (root.authority(&root), ca((-90, -1)), ca((-90, 90)), ca((1, 90)));
    let leaf = middle.leaf(&anna);
    let found = find(&leaf, &[&old, &future, &good], &[&root_cert]).unwrap();
    assert_eq!(found.certificates(), path(&[&leaf, &good, &root_cert]));
    let error = find(&leaf, &[&old], &[&root_cert]).unwrap_err();
    assert_eq!(error.rule, Rule::Expired { not_after: days(-1), at: now() });
    assert_eq!((error.certificate, error.partial), (old.clone(), path(&[&leaf, &old, &root_cert])));
    let error = find(&leaf, &[&future], &[&root_cert]).unwrap_err();
    assert_eq!(error.rule, Rule::NotYetValid { not_before: days(1), at: now() });

    let mut anchors = Anchors::default();
    anchors.add(root_cert.clone(), AnchorSource::Given);
    let request = Request {
        leaf: &leaf,
        intermediates: std::slice::from_ref(&old),
        anchors: &anchors,
        at: now(),
        purpose: Purpose::Signing,
        budget: 9,
    };
    let built = build(&request).unwrap();
    assert!(built.check_time(days(-5)).is_ok());
    assert!(built.check_time(days(-1) + SignedDuration::from_millis(999)).is_ok(), "the last second belongs to it");
    assert!(built.check_time(days(-1) + SignedDuration::from_secs(1)).is_err());
    assert_eq!(built.check_time(days(200)).unwrap_err().certificate, leaf, "the leaf tells most");

    let web = root.issue(&anna, (-90, -1), vec![purpose(rfc5912::ID_KP_SERVER_AUTH)]);
    let error = find(&web, &[], &[&root_cert]).unwrap_err();
    assert!(matches!(error.rule, Rule::NotForMail { .. }), "not only the time: {:?}", error.rule);
    let ended = root.issue(&root, (-90, -1), vec![basic(true, None)]);
    let by_ended = root.leaf(&anna);
    assert!(matches!(find(&by_ended, &[], &[&ended]).unwrap_err().rule, Rule::Expired { .. }), "anchors end too");
    assert!(find(&by_ended, &[], &[&ended, &root_cert]).is_ok());
}

/// Every rule about what a certificate says, on the leaf and on the authority above it.
#[test]
fn rules() {
    let mail = || purpose(rfc5912::ID_KP_EMAIL_PROTECTION);
    let twice = || vec![usage(0x86), usage(0x86)];
    let damaged = || Extension::new(rfc5280::ID_CE_KEY_USAGE, true, vec![3, 1, 0, 0]);
    let unknown = |critical| Extension::new(NOBODY, critical, vec![5, 0]);
    let usage_oid = || rfc5280::ID_CE_KEY_USAGE.to_string();
    let server = || Rule::NotForMail { found: vec![rfc5912::ID_KP_SERVER_AUTH.to_string()] };
    let leaves = [
        (vec![], None),
        (vec![usage(0x40), mail()], None),
        (vec![purpose(rfc5912::ANY_EXTENDED_KEY_USAGE), unknown(false)], None),
        (vec![usage(0x20)], Some(Rule::KeyUsage)),
        (vec![purpose(rfc5912::ID_KP_SERVER_AUTH)], Some(server())),
        (vec![unknown(true)], Some(Rule::UnknownCriticalExtension { oid: NOBODY.to_string() })),
        (twice(), Some(Rule::DuplicateExtension { oid: usage_oid() })),
        (vec![damaged()], Some(Rule::DamagedExtension { oid: usage_oid() })),
    ];
    let ca = || basic(true, None);
    let authorities = [
        (vec![ca()], None),
        (vec![ca(), usage(0x04), mail()], None),
        (vec![basic(true, Some(0))], None),
        (vec![], Some(Rule::NotCa)),
        (vec![usage(0x04)], Some(Rule::NotCa)),
        (vec![basic(false, None), usage(0x04)], Some(Rule::NotCa)),
        (vec![ca(), usage(0x82)], Some(Rule::CannotSignCertificates)),
        (vec![ca(), purpose(rfc5912::ID_KP_SERVER_AUTH)], Some(server())),
        (vec![ca(), unknown(true)], Some(Rule::UnknownCriticalExtension { oid: NOBODY.to_string() })),
        ([twice(), vec![ca()]].into_iter().flatten().collect(), Some(Rule::DuplicateExtension { oid: usage_oid() })),
        (vec![ca(), damaged()], Some(Rule::DamagedExtension { oid: usage_oid() })),
    ];
    let (root, middle, anna) = (party("Root"), party("Middle"), party("Anna"));
    let root_cert = root.issue(&root, (-90, 90), vec![ca(), usage(0x04)]);
    for (extensions, rule) in leaves {
        let leaf = root.issue(&anna, (-9, 9), extensions);
        let found = find(&leaf, &[], &[&root_cert]);
        assert_eq!(found.err().map(|error| (error.rule, error.certificate)), rule.map(|rule| (rule, leaf)));
    }
    for (extensions, rule) in authorities {
        let (authority, leaf) = (root.issue(&middle, (-90, 90), extensions), middle.leaf(&anna));
        let found = find(&leaf, &[&authority], &[&root_cert]);
        assert_eq!(found.err().map(|error| (error.rule, error.certificate)), rule.map(|rule| (rule, authority)));
    }
    let shallow = root.issue(&root, (-90, 90), vec![basic(true, Some(0))]);
    let (authority, leaf) = (root.authority(&middle), middle.leaf(&anna));
    let error = find(&leaf, &[&authority], &[&shallow]).unwrap_err();
    assert_eq!((error.rule, error.certificate), (Rule::PathLength { allowed: 0, found: 1 }, shallow));
}

/// Encryption asks for another key usage than signing.
#[test]
fn purposes() {
    let (root, anna) = (party("Root"), party("Anna"));
    let root_cert = root.authority(&root);
    let mut anchors = Anchors::default();
    anchors.add(root_cert, AnchorSource::System);
    for (bits, signs, encrypts) in [(0x80, true, false), (0x08, false, true), (0x88, true, true), (0x20, false, false)]
    {
        let leaf = root.issue(&anna, (-9, 9), vec![usage(bits)]);
        let ask = |purpose| {
            let request = Request { leaf: &leaf, intermediates: &[], anchors: &anchors, at: now(), purpose, budget: 9 };
            validate(&request).is_ok()
        };
        assert_eq!((ask(Purpose::Signing), ask(Purpose::Encryption)), (signs, encrypts), "{bits:02x}");
        assert_eq!((leaf.can_sign(), leaf.can_encrypt()), (signs, encrypts), "{bits:02x}");
    }
}

/// An issuer is found however its name is written, and names are shown so that they cannot pretend.
#[test]
fn names() {
    let name = |kind: u8, text: &[u8]| {
        let attribute = tlv(0x30, &[&[6, 3, 0x55, 4, 3], &tlv(kind, &[text])]);
        tlv(0x30, &[&tlv(0x31, &[&attribute])])
    };
    let key = || PrivateKey::generate(KeyKind::P256).unwrap();
    let as_certificate = |name: Vec<u8>| {
        let party = Party { key: key(), name };
        party.authority(&party)
    };
    let same = [
        name(0x0c, "Zo\u{eb} ROOT".as_bytes()),
        name(0x13, "  Zo\u{eb}   root ".as_bytes()),
        name(0x14, b"zo\xeb root"),
        name(0x1e, b"\0Z\0o\0\xeb\0 \0R\0o\0o\0t"),
        name(0x1c, b"\0\0\0Z\0\0\0o\0\0\0\xeb\0\0\0 \0\0\0R\0\0\0o\0\0\0o\0\0\0t"),
    ];
    let keys: Vec<_> = same.into_iter().map(|name| as_certificate(name).subject_key().to_vec()).collect();
    assert!(keys.iter().all(|key| *key == keys[0]));
    for other in [name(0x0c, "Zoe root".as_bytes()), name(0x0c, "Zo\u{eb}root".as_bytes()), name(0x0c, b"")] {
        assert_ne!(as_certificate(other).subject_key(), keys[0]);
    }
    for (kind, text, subject, short) in [
        (0x0c, &b"Anna, \"A+B\" <x>"[..], "CN=Anna\\, \\\"A\\+B\\\" \\<x\\>", "Anna, \"A+B\" <x>"),
        (0x0c, "a\u{202e}b\u{200b}\n\0c".as_bytes(), "CN=ab c", "ab c"),
        (0x0c, b" #", "CN=\\ #", "#"),
        (0x0c, b"#1", "CN=\\#1", "#1"),
        (0x0c, b"\xff", "CN=#0c01ff", "CN=#0c01ff"),
        (0x04, b"\x01", "CN=#040101", "CN=#040101"),
        (0x13, b"M\xfcller", "CN=M\u{fc}ller", "M\u{fc}ller"),
    ] {
        let certificate = as_certificate(name(kind, text));
        assert_eq!((certificate.subject(), certificate.name()), (subject.to_owned(), short.to_owned()));
        assert_eq!(certificate.subject_der(), name(kind, text));
    }
    let nameless = Party { key: key(), name: tlv(0x30, &[]) };
    let empty = nameless.leaf(&nameless);
    assert_eq!((empty.subject(), empty.name()), (String::new(), empty.serial_hex()));
    assert_eq!(find(&empty, &[], &[]).unwrap_err().rule, Rule::NoIssuer);
}

/// A certificate with unusual times, truth values or lengths is read; its bytes stay as they are and its signature counts over
/// them.
#[test]
fn unusual_encodings() {
    let (root, anna) = (party("Root"), party("Anna"));
    let (root_cert, leaf) = (root.authority(&root), root.leaf(&anna));
    let der = leaf.der();
    let replace = |from: &[u8], to: &[u8]| {
        let at = der.windows(from.len()).position(|window| window == from).unwrap();
        [&der[..at], to, &der[at + from.len()..]].concat()
    };
    for changed in [replace(&[1, 1, 0xff], &[1, 1, 1]), replace(b"\x17\x0d2512", b"\x17\x0d5012")] {
        let certificate = Certificate::from_der(&changed).unwrap();
        assert_eq!(certificate.der(), changed);
        assert_eq!(find(&certificate, &[], &[&root_cert]).unwrap_err().rule, Rule::BadSignature);
    }
    // Indefinite length around: the DER form is kept, and the signature holds.
    let (_, content) = der.split_at(4);
    assert_eq!(der[1], 0x82);
    let ber = [&[0x30, 0x80][..], content, &[0, 0]].concat();
    let certificate = Certificate::from_der(&ber).unwrap();
    assert_eq!(certificate, leaf);
    assert!(find(&certificate, &[], &[&root_cert]).is_ok());
    assert_eq!(bundle::certificates(&[der, &ber].concat()).unwrap(), [leaf.clone(), leaf.clone()]);
    for cut in 0..ber.len() {
        assert!(Certificate::from_der(&ber[..cut]).is_err(), "{cut}");
    }
}
