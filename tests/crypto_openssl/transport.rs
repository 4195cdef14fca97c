//! Content keys on their way: RSA key transport and key agreement.

use std::fs;

use const_oid::ObjectIdentifier;
use der::asn1::{AnyRef, OctetStringRef};
use der::{Choice, Decode, Sequence, Tag};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use waxwing::crypto::cipher::{ContentAlgorithm, Decryptor};
use waxwing::crypto::key::PrivateKeyOperations;
use waxwing::crypto::transport::{self, KeyTransport};
use waxwing::crypto::{DigestAlgorithm, Error, KeyKind, PrivateKey, agreement};

use crate::{KEYS, folder, openssl};

/// Content keys reach openssl and come from it, by PKCS #1 v1.5 and OAEP with equal and different hashes and a label.
#[test]
fn key_transport_works_both_ways() {
    let Some((_keep, folder)) = folder() else { return };
    openssl(&folder, KEYS[1].1);
    openssl(&folder, "pkey -in rsa2048.pem -pubout -out rsa2048.pub");
    let key = PrivateKey::from_any(&fs::read(folder.join("rsa2048.pem")).unwrap()).unwrap();
    let content_key = [7; 32];
    fs::write(folder.join("key"), content_key).unwrap();
    let oaep = |digest, mgf, label: &[u8]| KeyTransport::Oaep { digest, mgf, label: label.to_vec() };
    use DigestAlgorithm::{Sha1, Sha256, Sha512};
    let rows = [
        (KeyTransport::Pkcs1v15, "-pkeyopt rsa_padding_mode:pkcs1"),
        (oaep(Sha1, Sha1, b""), "-pkeyopt rsa_padding_mode:oaep"),
        (oaep(Sha256, Sha256, b""), "-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256"),
        (
            oaep(Sha512, Sha1, b""),
            "-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha512 -pkeyopt rsa_mgf1_md:sha1",
        ),
        (
            oaep(Sha256, Sha256, b"\x0a\x0b"),
            "-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_oaep_label:0a0b",
        ),
    ];
    for (transport, options) in rows {
        let identifier = transport.identifier();
        assert_eq!(KeyTransport::from_identifier(&identifier).unwrap(), transport);
        let theirs = openssl(&folder, &format!("pkeyutl -encrypt -pubin -inkey rsa2048.pub {options} -in key"));
        assert_eq!(*key.decrypt(&transport, &theirs, 32).unwrap(), content_key, "{options}");
        fs::write(folder.join("ours"), transport::encrypt(key.public_key(), &transport, &content_key).unwrap())
            .unwrap();
        assert_eq!(openssl(&folder, &format!("pkeyutl -decrypt -inkey rsa2048.pem {options} -in ours")), content_key);
    }
}

/// Bad PKCS #1 v1.5 padding cannot be told from good: a key of the expected length comes back, another for each input and
/// the same for the same, and nothing of what was padded. With keys of both implementations: aws-lc-rs takes 2048 bits.
#[test]
fn bad_padding_is_rejected_implicitly() {
    let Some((_keep, folder)) = folder() else { return };
    for (name, size) in [("rsa1024", 128), ("rsa2048", 256), ("rsa2056", 257)] {
        openssl(&folder, KEYS.iter().find(|(known, _)| *known == name).unwrap().1);
        let key = PrivateKey::from_any(&fs::read(folder.join(format!("{name}.pem"))).unwrap()).unwrap();
        let raw = |encoded: &[u8]| {
            fs::write(folder.join("encoded"), encoded).unwrap();
            openssl(&folder, &format!("pkeyutl -encrypt -inkey {name}.pem -pkeyopt rsa_padding_mode:none -in encoded"))
        };
        let open = |encrypted: &[u8], length| {
            let opened = key.decrypt(&KeyTransport::Pkcs1v15, encrypted, length).unwrap();
            assert_eq!(opened, key.decrypt(&KeyTransport::Pkcs1v15, encrypted, length).unwrap(), "{name}");
            assert_eq!(opened.len(), length, "{name}");
            opened
        };
        // 00 || 02 || octets that are not 0 || 00 || the content key
        let good = [&[0, 2], &vec![7; size - 19][..], &[0], &[9; 16]].concat();
        assert_eq!(*open(&raw(&good), 16), [9; 16], "{name}");
        let changed = |at: usize, octet| {
            let mut encoded = good.clone();
            encoded[at] = octet;
            encoded
        };
        let bad = [
            ("another first octet", raw(&changed(0, 1))),
            ("another type", raw(&changed(1, 1))),
            ("no second octet", raw(&changed(1, 0))),
            ("a padding of 7", raw(&changed(9, 0))),
            ("no padding", raw(&changed(2, 0))),
            ("a longer key", raw(&changed(size - 18, 0))),
            ("a shorter key", raw(&[&good[..size - 17], &[7, 0], &[9; 15]].concat())),
            ("no end of the padding", raw(&changed(size - 17, 7))),
            ("nothing but zeros", raw(&vec![0; size])),
            ("a number of its own", vec![1; size]),
            ("a number above the modulus", vec![255; size]),
            ("an octet less", vec![1; size - 1]),
            ("an octet more", vec![1; size + 1]),
            ("nothing", Vec::new()),
        ];
        let mut seen = Vec::new();
        for (what, encrypted) in &bad {
            let opened = open(encrypted, 16);
            assert!(!seen.contains(&opened), "{name}: {what} is as another");
            assert!(!opened.windows(4).any(|window| window == [9; 4]), "{name}: {what} shows what was padded");
            seen.push(opened);
        }
        // The right padding around a key of another length than the cipher takes.
        for length in [8, 15, 17, 24, 32] {
            assert!(!open(&raw(&good), length).windows(4).any(|window| window == [9; 4]), "{name}: {length}");
        }
    }
}

/// ECDH: what is wrapped to a key is unwrapped with it alone, for every curve, and the identifiers survive.
#[test]
fn agreement_reaches_its_recipient_alone() {
    for kind in [KeyKind::P256, KeyKind::P384, KeyKind::P521, KeyKind::X25519] {
        let recipient = PrivateKey::generate(kind).unwrap();
        let stranger = PrivateKey::generate(kind).unwrap();
        for (length, ukm) in [(16, None), (24, Some(&b"ukm"[..])), (32, None)] {
            let content_key = vec![5; length];
            let method = agreement::KeyAgreement::for_recipient(recipient.public_key(), length).unwrap();
            let again = agreement::KeyAgreement::from_identifier(&method.identifier()).unwrap();
            assert_eq!(again, method);
            let (originator, wrapped) = agreement::wrap(recipient.public_key(), &method, ukm, &content_key).unwrap();
            let open = |key: &PrivateKey| agreement::unwrap(key, &originator, &again, ukm, &wrapped);
            assert_eq!(*open(&recipient).unwrap(), content_key, "{kind}");
            assert_eq!(open(&stranger), Err(Error::Decryption), "{kind}");
        }
    }
}

/// What openssl writes (RFC 5652 §3), as far as it is looked at here: read apart from the code that is tested.
#[derive(Sequence)]
struct ContentInfo<'a> {
    kind: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    content: Enveloped<'a>,
}

/// EnvelopedData (RFC 5652 §6.1).
#[derive(Sequence)]
struct Enveloped<'a> {
    version: u8,
    recipients: AnyRef<'a>,
    content: EncryptedContent<'a>,
}

/// EncryptedContentInfo (RFC 5652 §6.1).
#[derive(Sequence)]
struct EncryptedContent<'a> {
    kind: ObjectIdentifier,
    algorithm: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT")]
    encrypted: &'a OctetStringRef,
}

/// KeyAgreeRecipientInfo (RFC 5652 §6.2.2).
#[derive(Sequence)]
struct Recipient<'a> {
    version: u8,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    originator: Originator,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    ukm: Option<&'a OctetStringRef>,
    algorithm: AlgorithmIdentifierOwned,
    keys: Vec<EncryptedKey<'a>>,
}

/// The originatorKey of OriginatorIdentifierOrKey (RFC 5652 §6.2.2).
#[derive(Choice)]
enum Originator {
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", constructed = "true")]
    Key(SubjectPublicKeyInfoOwned),
}

/// RecipientEncryptedKey (RFC 5652 §6.2.2).
#[derive(Sequence)]
struct EncryptedKey<'a> {
    recipient: AnyRef<'a>,
    key: &'a OctetStringRef,
}

/// What openssl wraps to an EC key is unwrapped: every KDF digest, cofactor ECDH, each key wrap with 3DES among them.
#[test]
fn agreement_reads_what_openssl_writes() {
    let Some((_keep, folder)) = folder() else { return };
    fs::write(folder.join("message"), b"Lieber Jan").unwrap();
    for (curve, options) in [
        ("P-256", "-aes128"),
        ("P-256", "-aes256 -keyopt ecdh_kdf_md:sha256"),
        ("P-256", "-des3 -keyopt ecdh_kdf_md:sha256"),
        ("P-256", "-aes128 -keyopt ecdh_kdf_md:sha256 -keyopt ecdh_cofactor_mode:1"),
        ("P-384", "-aes192 -keyopt ecdh_kdf_md:sha384"),
        ("P-384", "-aes128 -keyopt ecdh_kdf_md:sha224"),
        ("P-521", "-aes256 -keyopt ecdh_kdf_md:sha512"),
        ("brainpoolP256r1", "-aes128 -keyopt ecdh_kdf_md:sha256"),
        ("brainpoolP256t1", "-aes256 -keyopt ecdh_kdf_md:sha512"),
        ("brainpoolP384r1", "-aes256 -keyopt ecdh_kdf_md:sha384"),
        ("brainpoolP384t1", "-des3 -keyopt ecdh_kdf_md:sha256"),
    ] {
        openssl(&folder, &format!("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:{curve} -out key.pem"));
        openssl(&folder, "req -new -x509 -key key.pem -subj /CN=jan -out certificate.pem");
        let der = openssl(
            &folder,
            &format!("cms -encrypt -binary -in message -outform DER -recip certificate.pem {options}"),
        );
        let ContentInfo { content: enveloped, .. } = Decode::from_der(&der).unwrap();
        let recipient = AnyRef::from_der(enveloped.recipients.value()).unwrap();
        let recipient: Recipient<'_> = AnyRef::new(Tag::Sequence, recipient.value()).unwrap().decode_as().unwrap();
        let Originator::Key(originator) = recipient.originator;
        let key = PrivateKey::from_any(&fs::read(folder.join("key.pem")).unwrap()).unwrap();
        let method = agreement::KeyAgreement::from_identifier(&recipient.algorithm).unwrap();
        assert_eq!(method.identifier(), recipient.algorithm, "{curve} {options}");
        let ukm = recipient.ukm.map(OctetStringRef::as_bytes);
        let wrapped = recipient.keys[0].key.as_bytes();
        let content_key = agreement::unwrap(&key, &originator, &method, ukm, wrapped).unwrap();

        let content = &enveloped.content;
        let algorithm = ContentAlgorithm::from_identifier(&content.algorithm).unwrap();
        assert_eq!(method.is_weak(), algorithm.cipher.is_weak(), "{curve} {options}");
        let mut plain = content.encrypted.as_bytes().to_vec();
        Decryptor::new(&algorithm, &content_key).unwrap().decrypt(0, &[], &mut plain).unwrap();
        assert!(plain.starts_with(b"Lieber Jan"), "{curve} {options}");

        // An originator key that leaves its curve to the recipient's, absent or NULL (RFC 5753 §3.1.1).
        for parameters in [None, Some(der::asn1::Any::null())] {
            let mut originator = originator.clone();
            originator.algorithm.parameters = parameters;
            assert_eq!(agreement::unwrap(&key, &originator, &method, ukm, wrapped), Ok(content_key.clone()));
        }
        let mut off_curve = originator.clone();
        let mut point = off_curve.subject_public_key.raw_bytes().to_vec();
        *point.last_mut().unwrap() ^= 1;
        off_curve.subject_public_key = der::asn1::BitString::from_bytes(&point).unwrap();
        assert!(matches!(agreement::unwrap(&key, &off_curve, &method, ukm, wrapped), Err(Error::Key(_))));
    }
}
