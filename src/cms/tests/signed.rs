//! Signatures: what holds, and why what does not hold does not.

use const_oid::ObjectIdentifier;

use super::*;
use crate::cms::attributes::SignedAttributes;
use crate::cms::signed::{Digests, SignatureProblem, SignerIdentifier};
use crate::cms::{Signature, VerifiedSignature};
use crate::crypto::Unsupported;

fn digests(signed: &SignedData, content: &[u8]) -> Digests {
    Digests::compute(&signed.digests, |out| out.write_all(content)).unwrap()
}

/// Every kind of key and method writes what the reader verifies, in both forms and in BER too.
#[test]
fn own_signatures_hold() {
    let rsa = Person::rsa();
    let people = [KeyKind::P384, KeyKind::P521, KeyKind::Ed25519].map(Person::new);
    let pss = SignatureAlgorithm::pss(DigestAlgorithm::Sha256);
    let signers: Vec<(&Person, Signer<'_>)> = [(rsa, rsa.usual()), (rsa, rsa.signer(pss))]
        .into_iter()
        .chain([Person::p256()].into_iter().chain(&people).map(|person| (person, person.usual())))
        .collect();
    let content = numbers(100_000);
    for (person, signer) in signers {
        let (algorithm, digest, time) = (signer.algorithm, signer.digest, signer.signing_time);
        let apart = detached(&signer, rfc5911::ID_DATA, &digest.digest(&content)).unwrap();
        let whole = opaque(signer, &content, 5000);
        for message in [as_ber(&apart, 7), apart, whole] {
            let signed = read_signed(&message);
            assert_eq!(signed.content_type, rfc5911::ID_DATA);
            if let Some(inside) = &signed.content {
                assert!(inside.read_all(content.len()).unwrap() == content);
            }
            let [signature] = &signed.signers[..] else { panic!("one signer") };
            assert!(signature.signer.matches(&person.certificate));
            let digests = digests(&signed, &content);
            let verified = signature.verify(&signed.certificates[0], &signed.content_type, &digests).unwrap();
            assert_eq!((verified.algorithm(), verified.digest()), (algorithm, digest));
            assert_eq!((verified.signing_time(), verified.certificate()), (Some(time), &person.certificate));
            let attributes = signature.attributes.as_ref().unwrap();
            assert_eq!(
                attributes.capabilities,
                [ContentCipher::Aes256Gcm, ContentCipher::Aes256Cbc, ContentCipher::Rc2Cbc(128)]
            );
            assert!(attributes.duplicates.is_empty() && attributes.damaged.is_empty());
        }
    }
}

/// Key, certificate, method and digest that do not belong together are refused before anything is written.
#[test]
fn what_does_not_fit_is_not_signed() {
    let (rsa, p256) = (Person::rsa(), Person::p256());
    let ed25519 = Person::new(KeyKind::Ed25519);
    let digest = DigestAlgorithm::Sha256.digest(b"");
    for signer in [
        Signer { key: &p256.key, ..rsa.usual() },
        Signer { digest: DigestAlgorithm::Sha512, ..rsa.usual() },
        Signer { digest: DigestAlgorithm::Sha256, ..ed25519.usual() },
        Signer { algorithm: SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256), ..rsa.usual() },
    ] {
        assert!(detached(&signer, rfc5911::ID_DATA, &digest).is_err());
    }
    assert!(detached(&rsa.usual(), rfc5911::ID_DATA, &digest[1..]).is_err());
}

/// Times from 2050 on need the other form, and both must come back.
#[test]
fn signing_times_come_back() {
    let person = Person::p256();
    for time in ["1970-01-01T00:00:00Z", "2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", "2400-02-29T12:00:00Z"] {
        let time: Timestamp = time.parse().unwrap();
        let signer = Signer { signing_time: time, ..person.usual() };
        let message = detached(&signer, rfc5911::ID_DATA, &DigestAlgorithm::Sha256.digest(b"")).unwrap();
        assert_eq!(read_signed(&message).signers[0].attributes.as_ref().unwrap().signing_time, Some(time));
    }
}

/// An attribute with these values.
fn attribute(oid: ObjectIdentifier, values: &[Vec<u8>]) -> Vec<u8> {
    let values: Vec<&[u8]> = values.iter().map(Vec::as_slice).collect();
    tlv(0x30, &[&oid.to_der().unwrap(), &tlv(0x31, &values)])
}

/// A signature by `person` over these attributes, in this order.
fn signature_over(person: &Person, attributes: &[Vec<u8>]) -> Signature {
    let content = attributes.concat();
    let algorithm = SignatureAlgorithm::for_key(person.certificate.public_key()).unwrap();
    let value = person.key.sign(algorithm, Input::Message(&tlv(0x31, &[&content]))).unwrap();
    Signature {
        signer: SignerIdentifier::SubjectKeyIdentifier(vec![]),
        digest: Ok(DigestAlgorithm::Sha256),
        algorithm: algorithm.cms_identifier(),
        attributes: Some(SignedAttributes::read(&content).unwrap()),
        value,
        unsigned: vec![],
        countersignatures: vec![],
    }
}

fn verify(signature: &Signature, person: &Person, content: &[u8]) -> Result<VerifiedSignature, SignatureProblem> {
    let digests = Digests::compute(&[DigestAlgorithm::Sha256], |out| out.write_all(content)).unwrap();
    signature.verify(&person.certificate, &rfc5911::ID_DATA, &digests)
}

/// The attributes are what ties a signature to content: each way in which they may fail to do so has its answer (RFC 5652
/// §5.4, §5.6, §11; RFC 5035 §5.4).
#[test]
fn damaged_attributes_are_noticed() {
    let person = Person::p256();
    let content_type = attribute(rfc5911::ID_CONTENT_TYPE, &[rfc5911::ID_DATA.to_der().unwrap()]);
    let other_type = attribute(rfc5911::ID_CONTENT_TYPE, &[rfc5911::ID_SIGNED_DATA.to_der().unwrap()]);
    let digest_of = |content: &[u8]| tlv(0x04, &[&DigestAlgorithm::Sha256.digest(content)]);
    let digest = attribute(rfc5911::ID_MESSAGE_DIGEST, &[digest_of(b"content")]);
    let two_digests = attribute(rfc5911::ID_MESSAGE_DIGEST, &[digest_of(b"content"), digest_of(b"other")]);
    let no_digest = attribute(rfc5911::ID_MESSAGE_DIGEST, &[]);
    let certificate = |digest: &[u8]| {
        let id = tlv(0x30, &[&tlv(0x04, &[digest])]);
        attribute(rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2, &[tlv(0x30, &[&tlv(0x30, &[&id])])])
    };
    let own = certificate(&person.certificate.sha256());
    let foreign = certificate(&Person::rsa().certificate.sha256());
    let odd = attribute(rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2, &[tlv(0x04, &[])]);
    let no_time = attribute(rfc5911::ID_SIGNING_TIME, &[tlv(0x04, &[])]);
    let cases: &[(&str, &[&Vec<u8>], bool)] = &[
        ("damaged signing-time", &[&content_type, &digest, &no_time], false),
        ("whole", &[&content_type, &digest], true),
        ("whole, in another order", &[&digest, &content_type], true),
        ("own certificate", &[&content_type, &digest, &own], true),
        ("no attribute", &[], false),
        ("no digest", &[&content_type], false),
        ("no type", &[&digest], false),
        ("other type", &[&other_type, &digest], false),
        ("two digests in one", &[&content_type, &two_digests], false),
        ("two digests apart", &[&content_type, &digest, &digest], false),
        ("a digest without value", &[&content_type, &no_digest], false),
        ("two types", &[&content_type, &digest, &content_type], false),
        ("foreign certificate", &[&content_type, &digest, &foreign], false),
        ("damaged signing-certificate", &[&content_type, &digest, &odd], false),
    ];
    for (name, attributes, holds) in cases {
        let attributes: Vec<Vec<u8>> = attributes.iter().copied().cloned().collect();
        let signature = signature_over(person, &attributes);
        match verify(&signature, person, b"content") {
            Ok(_) => assert!(holds, "{name}"),
            Err(SignatureProblem::Attributes(_)) => assert!(!holds, "{name}"),
            Err(other) => panic!("{name}: {other}"),
        }
    }

    let whole = [content_type, digest];
    let signature = signature_over(person, &whole);
    assert_eq!(verify(&signature, person, b"other").unwrap_err(), SignatureProblem::DigestMismatch);
    assert_eq!(verify(&signature, &Person::new(KeyKind::P256), b"").unwrap_err(), SignatureProblem::SignatureMismatch);
    let missing = signature.verify(&person.certificate, &rfc5911::ID_DATA, &Digests::default());
    assert_eq!(missing.unwrap_err(), SignatureProblem::MissingContent);

    // Not signed, though it must be.
    let outside = Signature { unsigned: vec![rfc5911::ID_SIGNING_TIME], ..signature.clone() };
    assert!(matches!(verify(&outside, person, b"content").unwrap_err(), SignatureProblem::Attributes(_)));

    // Signed in DER order, sent in another.
    let mut sent = Signature { attributes: None, ..signature.clone() };
    let [content_type, digest] = &whole;
    sent.attributes = Some(SignedAttributes::read(&[digest.clone(), content_type.clone()].concat()).unwrap());
    assert!(verify(&sent, person, b"content").is_ok());
}

/// Without attributes the value is over the content; that is for plain data alone (RFC 5652 §5.3).
#[test]
fn signatures_without_attributes() {
    let new = [KeyKind::Ed25519, KeyKind::Ed448, KeyKind::MlDsa(crate::crypto::MlDsa::MlDsa44)].map(Person::new);
    for person in [Person::p256(), Person::rsa()].into_iter().chain(&new) {
        let message = &b"content"[..];
        let algorithm = SignatureAlgorithm::for_key(person.certificate.public_key()).unwrap();
        let value = person.key.sign(algorithm, Input::Message(message)).unwrap();
        let algorithm = algorithm.cms_identifier();
        let signature = Signature { attributes: None, value, algorithm, ..signature_over(person, &[]) };
        let check = |content: &[u8], keeps| {
            let digests = [signature.digest.clone().unwrap(), DigestAlgorithm::Sha256];
            let digests = Digests::compute_for(&digests, keeps, |out| out.write_all(content)).unwrap();
            signature.verify(&person.certificate, &rfc5911::ID_DATA, &digests).map(|_| ())
        };
        assert_eq!(check(message, true), Ok(()));
        assert_eq!(check(b"other", true), Err(SignatureProblem::SignatureMismatch));
        // Attributes of another signature that stand where the content should (RFC 5652 §11).
        assert!(matches!(check(&tlv(0x31, &[&tlv(0x30, &[b"x"])]), true), Err(SignatureProblem::Attributes(_))));
        if signature.needs_content() {
            // What is too long to be kept is not called forged.
            let long = vec![0; 1024 * 1024 + 1];
            for result in [check(message, false), check(&long, true)] {
                assert!(matches!(result, Err(SignatureProblem::Unsupported(_))), "{result:?}");
            }
        } else {
            assert_eq!(check(message, false), Ok(()));
        }
        let digests = Digests::compute(&[DigestAlgorithm::Sha256], |out| out.write_all(message)).unwrap();
        let wrong_type = signature.verify(&person.certificate, &rfc5911::ID_SIGNED_DATA, &digests);
        assert!(matches!(wrong_type, Err(SignatureProblem::Attributes(_))));
    }
}

/// What is not built in is called so, and never forged; PSS must agree with digestAlgorithm (RFC 4056 §3).
#[test]
fn methods_that_cannot_be_checked() {
    let person = Person::rsa();
    let oid = ObjectIdentifier::new_unwrap("1.2.3.4");
    let unknown = Unsupported::new("digest", oid);
    let signature = signature_over(person, &[]);
    let no_digest = Signature { digest: Err(unknown.clone()), ..signature.clone() };
    assert_eq!(verify(&no_digest, person, b"").unwrap_err(), SignatureProblem::Unsupported(unknown));
    let no_method =
        Signature { algorithm: spki::AlgorithmIdentifierOwned { oid, parameters: None }, ..signature.clone() };
    assert!(matches!(verify(&no_method, person, b"").unwrap_err(), SignatureProblem::Unsupported(_)));
    let pss = SignatureAlgorithm::pss(DigestAlgorithm::Sha512).cms_identifier();
    let other_digest = Signature { algorithm: pss, ..signature };
    assert!(matches!(verify(&other_digest, person, b"").unwrap_err(), SignatureProblem::Key(_)));
}

/// One damaged signer or certificate must not hide the others; it is counted.
#[test]
fn damage_stays_where_it_is() {
    let person = Person::p256();
    let message = detached(&person.usual(), rfc5911::ID_DATA, &DigestAlgorithm::Sha256.digest(b"content")).unwrap();
    // Taken apart, put together with foreign values, and read again.
    let parts = children(children(children(&message)[1])[0]);
    let [version, digests, encapsulated, certificates, signers] = parts[..] else { panic!("{} parts", parts.len()) };
    let damaged = tlv(0x30, &[&[0x02, 0x01, 0x01]]);
    let attribute_certificate = tlv(0xa2, &[b"\x02\x01\x01"]);
    let certificates = tlv(0xa0, &[&damaged, content(certificates), &attribute_certificate]);
    let signers = tlv(0x31, &[&damaged, content(signers)]);
    let signed_data = tlv(0x30, &[version, digests, encapsulated, &certificates, &signers]);
    let message = tlv(0x30, &[&rfc5911::ID_SIGNED_DATA.to_der().unwrap(), &tlv(0xa0, &[&signed_data])]);
    let signed = read_signed(&message);
    assert_eq!((signed.certificates.len(), signed.unusable_certificates), (1, 2));
    assert_eq!((signed.signers.len(), signed.damaged_signers), (1, 1));
    assert!(verify(&signed.signers[0], person, b"content").is_ok());
}

/// PKCS #7 has any value where CMS has an OCTET STRING; its content octets are what is signed (RFC 5652 §5.2.1).
#[test]
fn pkcs7_content_is_any_value() {
    let value = tlv(0x30, &[b"\x02\x01\x05"]);
    let content = tlv(0x30, &[&rfc5911::ID_DATA.to_der().unwrap(), &tlv(0xa0, &[&value])]);
    let none = tlv(0x31, &[]);
    let signed_data = tlv(0x30, &[b"\x02\x01\x01", &none, &content, &none]);
    let message = tlv(0x30, &[&rfc5911::ID_SIGNED_DATA.to_der().unwrap(), &tlv(0xa0, &[&signed_data])]);
    for message in [as_ber(&message, 1), message] {
        assert_eq!(read_signed(&message).content.unwrap().read_all(100).unwrap(), b"\x02\x01\x05");
    }
}
