//! CMS structures between Waxwing and other programs: what openssl writes is read, in every form that it knows; what
//! Waxwing writes is read by openssl, gpgsm and NSS.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::fs;
use std::io::Write;

use common::openssl::{OpenSsl, openssl};
use common::peer::peers;
use common::pki::Pki;
use common::{folder, mail};
use const_oid::ObjectIdentifier;
use waxwing::asn1::Limits;
use waxwing::cms::enveloped::RecipientKind;
use waxwing::cms::signed::Digests;
use waxwing::cms::write::{EnvelopeWriter, OpaqueSigner, RecipientCertificate, Signer, certs_only, detached};
use waxwing::cms::{Content, Enveloped, SignatureProblem, SignedData, read};
use waxwing::crypto::transport::KeyTransport;
use waxwing::crypto::{ContentCipher, DigestAlgorithm, PrivateKey, SignatureAlgorithm, kdf, pem};
use waxwing::pki::Certificate;
use waxwing::source::Source;

const ID_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");

fn content() -> Vec<u8> {
    (0..100_003u32).map(|i| (i.wrapping_mul(i) % 251) as u8).collect()
}

fn certificate(name: &str) -> Certificate {
    let text = fs::read_to_string(Pki::get().file(&format!("{name}.pem"))).unwrap();
    Certificate::from_der(&pem::blocks(&text).next().unwrap().decode().unwrap()).unwrap()
}

fn key(name: &str) -> PrivateKey {
    PrivateKey::from_any(&fs::read(Pki::get().file(&format!("{name}.key"))).unwrap()).unwrap()
}

fn signed(der: &[u8]) -> SignedData {
    match read(&Source::from_bytes(der), &Limits::default()).unwrap() {
        Content::Signed(signed) => signed,
        other => panic!("{other:?}"),
    }
}

fn enveloped(der: &[u8]) -> Enveloped {
    match read(&Source::from_bytes(der), &Limits::default()).unwrap() {
        Content::Enveloped(enveloped) => enveloped,
        other => panic!("{other:?}"),
    }
}

/// Everything that openssl can be told about a signature is read, holds over the content, and does not over other content.
#[test]
fn signatures_by_openssl_hold() {
    if OpenSsl::find().is_none() {
        return;
    }
    let content = content();
    let alice = "-signer alice.pem -inkey alice.key";
    let elliptic = "-signer alice-ec.pem -inkey alice-ec.key";
    let words = [
        alice.to_owned(),
        elliptic.to_owned(),
        format!("{alice} -nodetach"),
        format!("{alice} -nodetach -stream"),
        format!("{alice} -nosmimecap"),
        format!("{alice} -noattr"),
        format!("{elliptic} -noattr -nodetach"),
        format!("{alice} -keyid"),
        format!("{elliptic} -keyid -nodetach -stream"),
        format!("{alice} -md sha1"),
        format!("{alice} -md sha384"),
        format!("{elliptic} -md sha512"),
        format!("{alice} -cades"),
        format!("{alice} -nocerts"),
        format!("{alice} -certfile chain.pem"),
        format!("{alice} -keyopt rsa_padding_mode:pss"),
        format!("{alice} -keyopt rsa_padding_mode:pss -md sha512"),
        format!("{alice} -keyopt rsa_padding_mode:pss -keyopt rsa_mgf1_md:sha1 -noattr"),
        format!("{alice} {elliptic}"),
        format!("{alice} {elliptic} -nodetach -stream -md sha384"),
        format!("{alice} -econtent_type 1.2.3.4 -nodetach"),
    ];
    let known = [certificate("alice"), certificate("alice-ec")];
    for words in words {
        let der = openssl(&format!("cms -sign -binary -outform DER {words}"), &content).unwrap();
        let signed = signed(&der);
        assert_eq!((signed.damaged_signers, signed.unusable_certificates), (0, 0), "{words}");
        assert_eq!(signed.content.is_some(), words.contains("-nodetach"), "{words}");
        if let Some(inside) = &signed.content {
            assert!(inside.read_all(content.len()).unwrap() == content, "{words}");
        }
        assert_eq!(signed.certificates.is_empty(), words.contains("-nocerts"), "{words}");
        assert_eq!(signed.signers.len(), words.matches("-signer").count(), "{words}");
        let digests = Digests::compute(&signed.digests, |out| out.write_all(&content)).unwrap();
        let others = Digests::compute(&signed.digests, |out| out.write_all(&content[1..])).unwrap();
        for signature in &signed.signers {
            let certificate = known.iter().find(|certificate| signature.signer.matches(certificate)).unwrap();
            let verified = signature.verify(certificate, &signed.content_type, &digests);
            assert!(verified.is_ok(), "{words}: {verified:?}");
            let problem = signature.verify(certificate, &signed.content_type, &others).unwrap_err();
            let expected = match words.contains("-noattr") {
                true => SignatureProblem::SignatureMismatch,
                false => SignatureProblem::DigestMismatch,
            };
            assert_eq!(problem, expected, "{words}");
            let attributes = signature.attributes.as_ref();
            assert_eq!(attributes.is_none(), words.contains("-noattr"), "{words}");
            if let Some(attributes) = attributes {
                assert!(attributes.signing_time.is_some() && attributes.damaged.is_empty(), "{words}");
                assert_eq!(attributes.capabilities.is_empty(), words.contains("-nosmimecap"), "{words}");
                assert_eq!(!attributes.signing_certificates.is_empty(), words.contains("-cades"), "{words}");
            }
        }
    }
}

/// Every way of encrypting that openssl knows is opened by each of its recipients.
#[test]
fn encryption_by_openssl_is_opened() {
    if OpenSsl::find().is_none() {
        return;
    }
    let content = content();
    let legacy = "-provider default -provider legacy";
    let oaep = "-recip bob.pem -keyopt rsa_padding_mode:oaep";
    let words = [
        "-aes128 -recip bob.pem".to_owned(),
        "-aes192 -recip bob.pem -stream".to_owned(),
        "-aes256 -recip bob.pem".to_owned(),
        "-aes-128-gcm -recip bob.pem".to_owned(),
        "-aes-192-gcm -recip bob-ec.pem".to_owned(),
        "-aes-256-gcm -recip bob.pem -recip bob-ec.pem -stream".to_owned(),
        "-des3 -recip bob.pem".to_owned(),
        "-des3 -recip bob-ec.pem".to_owned(),
        format!("-rc2-40 -recip bob.pem {legacy}"),
        format!("-rc2-128 -recip bob.pem {legacy}"),
        format!("-des -recip bob.pem {legacy}"),
        "-aes128 -keyid -recip bob.pem".to_owned(),
        "-aes128 -keyid -recip bob-ec.pem".to_owned(),
        "-aes256 -recip bob-ec.pem".to_owned(),
        "-aes128 -recip bob-ec.pem -keyopt ecdh_kdf_md:sha384".to_owned(),
        "-aes128 -recip bob-ec.pem -keyopt ecdh_cofactor_mode:1".to_owned(),
        format!("-aes128 {oaep}"),
        format!("-aes128 {oaep} -keyopt rsa_oaep_md:sha256"),
        format!("-aes128 {oaep} -keyopt rsa_oaep_md:sha512 -keyopt rsa_mgf1_md:sha1"),
        format!("-aes-256-gcm {oaep} -keyopt rsa_oaep_md:sha256 -keyopt rsa_mgf1_md:sha256"),
        "-aes256 -recip alice.pem -recip alice-ec.pem -recip bob.pem -recip bob-ec.pem".to_owned(),
    ];
    let people = ["alice", "alice-ec", "bob", "bob-ec"].map(|name| (name, certificate(name), key(name)));
    for words in words {
        let der = openssl(&format!("cms -encrypt -binary -outform DER {words}"), &content).unwrap();
        let enveloped = enveloped(&der);
        let cipher = enveloped.algorithm.as_ref().unwrap().cipher;
        assert_eq!(enveloped.authentication.is_some(), words.contains("gcm"), "{words}");
        assert_eq!(cipher.is_authenticated(), words.contains("gcm"), "{words}");
        let mut opened = 0;
        for (name, certificate, key) in &people {
            for recipient in enveloped.recipients.iter().filter(|recipient| recipient.id.matches(certificate)) {
                let kind =
                    if name.ends_with("-ec") { RecipientKind::KeyAgreement } else { RecipientKind::KeyTransport };
                assert_eq!(recipient.kind, kind, "{words}");
                let content_key = recipient.unwrap_key(key, cipher.key_len()).unwrap();
                let plain = enveloped.open(&content_key).unwrap();
                assert!(plain.read_all(content.len()).unwrap() == content, "{words}");
                opened += 1;
            }
        }
        assert_eq!(opened, words.matches("-recip").count(), "{words}");
    }
}

/// Passwords and symmetric keys open what was encrypted with them, and no other ones do.
#[test]
fn passwords_open() {
    if OpenSsl::find().is_none() {
        return;
    }
    for cipher in ["-aes128", "-aes192", "-aes256", "-des3"] {
        let words = format!(
            "cms -encrypt -binary -outform DER {cipher} -pwri_password secret -recip bob.pem \
             -secretkey 000102030405060708090a0b0c0d0e0f -secretkeyid c0ffee"
        );
        let enveloped = enveloped(&openssl(&words, b"content").unwrap());
        let length = enveloped.algorithm.as_ref().unwrap().cipher.key_len();
        let by_kind = |kind| enveloped.recipients.iter().find(|recipient| recipient.kind == kind).unwrap();
        let recipient = by_kind(RecipientKind::Password);
        let limits = kdf::Limits::default();
        let content_key = recipient.unwrap_with_password("secret", length, &limits).unwrap();
        assert_eq!(enveloped.open(&content_key).unwrap().read_all(100).unwrap(), b"content");
        assert!(recipient.unwrap_with_password("Secret", length, &limits).is_err());
        assert!(recipient.unwrap_key(&key("bob"), length).is_err());
        let kek = by_kind(RecipientKind::Kek);
        assert_eq!(kek.id.to_string(), "key c0ffee");
        assert_eq!(kek.algorithm, "aes-128-wrap");
        assert!(kek.unwrap_key(&key("bob"), length).is_err());
        let secret: Vec<u8> = (0..16).collect();
        assert_eq!(kek.unwrap_with_secret(&secret, length).unwrap(), content_key);
        assert!(kek.unwrap_with_secret(&[7; 16], length).is_err() && kek.unwrap_with_secret(&[7; 24], length).is_err());
        assert!(recipient.unwrap_with_secret(&secret, length).is_err());
        assert!(by_kind(RecipientKind::KeyTransport).unwrap_with_password("secret", length, &limits).is_err());
    }
}

fn signer<'a>(
    certificate: &'a Certificate,
    chain: &'a [Certificate],
    key: &'a PrivateKey,
    algorithm: SignatureAlgorithm,
) -> Signer<'a> {
    Signer {
        certificate,
        chain,
        key,
        algorithm,
        digest: algorithm.digest().unwrap(),
        signing_time: jiff::Timestamp::now(),
        capabilities: &[ContentCipher::Aes256Gcm, ContentCipher::Aes256Cbc, ContentCipher::Aes128Cbc],
    }
}

/// openssl checks what Waxwing signs, in both forms, by every method; the other programs check the usual ones as mail.
#[test]
fn others_check_our_signatures() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let content = content();
    let content_file = folder.path().join("content");
    fs::write(&content_file, &content).unwrap();
    let chain = [certificate("issuer")];
    let methods = [
        ("alice", SignatureAlgorithm::RsaPkcs1v15(DigestAlgorithm::Sha256)),
        ("alice", SignatureAlgorithm::RsaPkcs1v15(DigestAlgorithm::Sha512)),
        ("alice", SignatureAlgorithm::pss(DigestAlgorithm::Sha256)),
        ("alice-ec", SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256)),
        ("alice-ec", SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha384)),
    ];
    let peers = peers();
    for (name, algorithm) in methods {
        let (certificate, key) = (certificate(name), key(name));
        let signer = || signer(&certificate, &chain, &key, algorithm);
        let digest = algorithm.digest().unwrap();
        let verify = "cms -verify -binary -inform DER -purpose smimesign -CAfile root.pem -out /dev/null";
        let apart = detached(&signer(), ID_DATA, &digest.digest(&content)).unwrap();
        openssl(&format!("{verify} -content {}", content_file.display()), &apart).unwrap();
        let mut writer = OpaqueSigner::new(signer(), ID_DATA, Vec::new()).unwrap();
        content.chunks(777).for_each(|chunk| writer.write_all(chunk).unwrap());
        openssl(verify, &writer.finish().unwrap()).unwrap();

        let entity = mail::canonical(mail::PARTS.as_bytes());
        for peer in &peers {
            // PSS is not known to all of them.
            if peer.name() != "openssl" && matches!(algorithm, SignatureAlgorithm::RsaPss { .. }) {
                continue;
            }
            let apart = detached(&signer(), ID_DATA, &digest.digest(&entity)).unwrap();
            let mut writer = OpaqueSigner::new(signer(), ID_DATA, Vec::new()).unwrap();
            writer.write_all(&entity).unwrap();
            let whole = writer.finish().unwrap();
            for message in [mail::clear(&entity, &apart, digest.micalg()), mail::opaque("signed-data", &whole)] {
                let found = peer.verify(&message).unwrap_or_else(|error| panic!("{} {name}: {error}", peer.name()));
                assert_eq!(mail::canonical(&found), entity, "{} {name}", peer.name());
            }
        }
    }
}

/// openssl opens what Waxwing encrypts, for every cipher and kind of recipient; the other programs open the usual ones.
#[test]
fn others_open_our_encryption() {
    if OpenSsl::find().is_none() {
        return;
    }
    let content = mail::canonical(mail::PARTS.as_bytes());
    let (rsa, elliptic) = (certificate("bob"), certificate("bob-ec"));
    let oaep = KeyTransport::Oaep { digest: DigestAlgorithm::Sha256, mgf: DigestAlgorithm::Sha256, label: Vec::new() };
    for cipher in [
        ContentCipher::Aes128Cbc,
        ContentCipher::Aes192Cbc,
        ContentCipher::Aes256Cbc,
        ContentCipher::Aes128Gcm,
        ContentCipher::Aes192Gcm,
        ContentCipher::Aes256Gcm,
    ] {
        for transport in [KeyTransport::Pkcs1v15, oaep.clone()] {
            let to =
                [&rsa, &elliptic].map(|certificate| RecipientCertificate { certificate, transport: transport.clone() });
            let mut writer = EnvelopeWriter::new(cipher, &to, ID_DATA, Vec::new()).unwrap();
            content.chunks(777).for_each(|chunk| writer.write_all(chunk).unwrap());
            let message = writer.finish().unwrap();
            for name in ["bob", "bob-ec"] {
                let words = format!("cms -decrypt -binary -inform DER -recip {name}.pem -inkey {name}.key");
                assert!(openssl(&words, &message).unwrap() == content, "{cipher} {name}");
            }
            if transport != KeyTransport::Pkcs1v15 || cipher.is_authenticated() {
                continue;
            }
            // Older versions of the others know no key agreement by ECDH.
            for peer in peers() {
                let to = [RecipientCertificate { certificate: &rsa, transport: transport.clone() }];
                let mut writer = EnvelopeWriter::new(cipher, &to, ID_DATA, Vec::new()).unwrap();
                writer.write_all(&content).unwrap();
                let message = mail::opaque("enveloped-data", &writer.finish().unwrap());
                let found = peer.decrypt("bob", &message).unwrap_or_else(|error| panic!("{}: {error}", peer.name()));
                assert_eq!(mail::canonical(&found), content, "{} {cipher}", peer.name());
            }
        }
    }
}

/// A certs-only message is a bundle for openssl too.
#[test]
fn openssl_reads_our_bundle() {
    if OpenSsl::find().is_none() {
        return;
    }
    let bundle = certs_only(&[certificate("alice"), certificate("issuer")]).unwrap();
    let said = openssl("pkcs7 -inform DER -print_certs -noout", &bundle).unwrap();
    assert_eq!(String::from_utf8_lossy(&said).matches("subject=").count(), 2);
}
