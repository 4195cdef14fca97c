//! Signatures.

use std::fs;

use der::Decode;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use waxwing::crypto::cipher::{ContentAlgorithm, ContentCipher};
use waxwing::crypto::key::PrivateKeyOperations;
use waxwing::crypto::signature::{self, Input};
use waxwing::crypto::transport::{self, KeyTransport};
use waxwing::crypto::{DigestAlgorithm, Error, KeyKind, PrivateKey, SignatureAlgorithm, dsa};

use crate::{KEYS, folder, openssl};

/// What we sign openssl verifies, and the other way round, for every method; a changed message or signature is noticed.
#[test]
fn signatures_hold_both_ways() {
    let Some((_keep, folder)) = folder() else { return };
    fs::write(folder.join("message"), b"Lieber Jan, der Preis ist 100 EUR.").unwrap();
    let message = fs::read(folder.join("message")).unwrap();
    use DigestAlgorithm::{Sha1, Sha224, Sha256, Sha384, Sha512};
    use SignatureAlgorithm::{Ecdsa, RsaPkcs1v15};
    let pss = SignatureAlgorithm::pss;
    let salted = |digest, salt_len| SignatureAlgorithm::RsaPss { digest, mgf: digest, salt_len };
    let masked = |digest, mgf, salt_len| SignatureAlgorithm::RsaPss { digest, mgf, salt_len };
    let mut rows = vec![
        ("rsa2048", pss(Sha256), "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest"),
        ("rsa2056", pss(Sha384), "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest"),
        ("rsa2057", pss(Sha256), "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest"),
        ("rsa2057", salted(Sha256, 223), "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:max"),
        ("rsa2056", salted(Sha256, 223), "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:max"),
        ("rsa3072", pss(Sha512), "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest"),
        ("rsa3072", salted(Sha224, 0), "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:0"),
        ("rsa3072", salted(Sha256, 350), "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:max"),
        ("rsapss", pss(Sha256), "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest"),
    ];
    for digest in [Sha1, Sha224, Sha256, Sha384, Sha512] {
        rows.extend(["rsa1024", "rsa2048", "rsa2057", "rsa3072"].map(|key| (key, RsaPkcs1v15(digest), "")));
        rows.extend(["p256", "p384", "p521"].map(|key| (key, Ecdsa(digest), "")));
        rows.push((
            "rsa2048",
            masked(digest, Sha1, 20),
            "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20 -sigopt rsa_mgf1_md:sha1",
        ));
    }
    openssl(&folder, "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2057 -out rsa2057.pem");
    for (_, make) in KEYS {
        openssl(&folder, make);
    }
    for (name, algorithm, options) in rows {
        let case = format!("{name} {algorithm:?}");
        let digest = algorithm.digest().unwrap();
        let options = format!("-{} {options}", digest.to_string().replace('-', ""));
        let key = PrivateKey::from_any(&fs::read(folder.join(format!("{name}.pem"))).unwrap()).unwrap();
        let holds = |input, signature: &[u8]| signature::verify(key.public_key(), algorithm, input, signature);

        let theirs = openssl(&folder, &format!("dgst {options} -sign {name}.pem message"));
        let digested = digest.digest(&message);
        for input in [Input::Message(&message), Input::Digest(&digested)] {
            assert_eq!(holds(input, &theirs), Ok(()), "{case}");
        }
        assert_eq!(holds(Input::Message(b"900 EUR"), &theirs), Err(Error::Mismatch), "{case}");
        for at in [0, 20, theirs.len() - 1] {
            let mut changed = theirs.clone();
            changed[at] ^= 1;
            assert_eq!(holds(Input::Message(&message), &changed), Err(Error::Mismatch), "{case} changed at {at}");
        }
        for wrong in [&theirs[1..], &theirs[..0], &[&theirs[..], &[0]].concat(), &vec![255; theirs.len()]] {
            assert_eq!(holds(Input::Message(&message), wrong), Err(Error::Mismatch), "{case} of another length");
        }
        assert!(matches!(holds(Input::Digest(&digested[1..]), &theirs), Err(Error::Parameters(_))), "{case}");
        let identifier = algorithm.identifier();
        assert_eq!(SignatureAlgorithm::from_x509(&identifier), Ok(algorithm), "{case}");
        assert_eq!(SignatureAlgorithm::from_cms(&algorithm.cms_identifier(), digest), Ok(algorithm), "{case}");

        let one_hash = !matches!(algorithm, SignatureAlgorithm::RsaPss { digest, mgf, .. } if digest != mgf);
        if digest.is_weak() || key.kind().is_weak() || !one_hash {
            assert!(key.sign(algorithm, Input::Message(&message)).is_err(), "{case} is for reading only");
            continue;
        }
        let ours = key.sign(algorithm, Input::Digest(&digested)).unwrap();
        assert_eq!(holds(Input::Message(&message), &ours), Ok(()), "{case}");
        fs::write(folder.join("ours.sig"), &ours).unwrap();
        openssl(&folder, &format!("dgst {options} -prverify {name}.pem -signature ours.sig message"));
    }
}

/// DSA by openssl holds for every size and digest that is in use, and for nothing that was changed; a key that takes its
/// parameters from its issuer needs them.
#[test]
fn dsa_is_verified() {
    let Some((_keep, folder)) = folder() else { return };
    fs::write(folder.join("message"), b"Lieber Jan").unwrap();
    use DigestAlgorithm::{Sha1, Sha224, Sha256, Sha384, Sha512};
    for (bits, q_bits) in [(1024, 160), (2048, 224), (2048, 256), (3072, 256)] {
        openssl(
            &folder,
            &format!(
                "genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:{bits} -pkeyopt dsa_paramgen_q_bits:{q_bits} \
                 -pkeyopt dsa_paramgen_md:sha{} -out parameters.pem",
                if q_bits == 160 { 1 } else { q_bits },
            ),
        );
        openssl(&folder, "genpkey -paramfile parameters.pem -out dsa.pem");
        let public = openssl(&folder, "pkey -in dsa.pem -pubout -outform DER");
        let public = SubjectPublicKeyInfoOwned::from_der(&public).unwrap();
        let kind = KeyKind::of(&public).unwrap();
        assert_eq!((kind, kind.is_weak()), (KeyKind::Dsa(bits), true));
        let bare = AlgorithmIdentifierOwned { parameters: None, ..public.algorithm.clone() };
        let bare = SubjectPublicKeyInfoOwned { algorithm: bare, ..public.clone() };
        assert_eq!(KeyKind::of(&bare), Ok(KeyKind::Dsa(bits)), "but for a vanishing chance");
        for digest in [Sha1, Sha224, Sha256, Sha384, Sha512] {
            let option = digest.to_string().replace('-', "");
            let theirs = openssl(&folder, &format!("dgst -{option} -sign dsa.pem message"));
            let algorithm = SignatureAlgorithm::Dsa(digest);
            assert_eq!(SignatureAlgorithm::from_x509(&algorithm.identifier()), Ok(algorithm));
            let holds =
                |key, message, signature: &[u8]| signature::verify(key, algorithm, Input::Message(message), signature);
            let case = format!("{bits} {digest:?}");
            assert_eq!(holds(&public, b"Lieber Jan", &theirs), Ok(()), "{case}");
            assert_eq!(holds(&public, b"Lieber Jon", &theirs), Err(Error::Mismatch), "{case}");
            for at in [0, 1, 2, 10, theirs.len() - 1] {
                let mut changed = theirs.clone();
                changed[at] ^= 1;
                assert_eq!(holds(&public, b"Lieber Jan", &changed), Err(Error::Mismatch), "{case} {at}");
            }
            assert!(matches!(holds(&bare, b"Lieber Jan", &theirs), Err(Error::Parameters(_))), "{case}");
            let complete = dsa::inherit(&bare, &public).unwrap();
            assert_eq!(holds(&complete, b"Lieber Jan", &theirs), Ok(()), "{case}");
        }
        assert_eq!((dsa::inherit(&public, &public), dsa::inherit(&bare, &bare)), (None, None));
    }
}

/// Ed25519 signs messages, never digests.
#[test]
fn ed25519_works_both_ways() {
    let Some((_keep, folder)) = folder() else { return };
    fs::write(folder.join("message"), b"Lieber Jan").unwrap();
    openssl(&folder, "genpkey -algorithm ED25519 -out ed25519.pem");
    let key = PrivateKey::from_any(&fs::read(folder.join("ed25519.pem")).unwrap()).unwrap();
    let ours = key.sign(SignatureAlgorithm::Ed25519, Input::Message(b"Lieber Jan")).unwrap();
    fs::write(folder.join("ours.sig"), ours).unwrap();
    openssl(&folder, "pkeyutl -verify -inkey ed25519.pem -rawin -in message -sigfile ours.sig");
    let theirs = openssl(&folder, "pkeyutl -sign -inkey ed25519.pem -rawin -in message");
    let holds = |input| signature::verify(key.public_key(), SignatureAlgorithm::Ed25519, input, &theirs);
    assert_eq!(holds(Input::Message(b"Lieber Jan")), Ok(()));
    assert_eq!(holds(Input::Message(b"Lieber Jon")), Err(Error::Mismatch));
    assert!(matches!(holds(Input::Digest(&[0; 32])), Err(Error::Parameters(_))));
    assert!(matches!(key.sign(SignatureAlgorithm::Ed25519, Input::Digest(&[0; 64])), Err(Error::Parameters(_))));
}

/// A key that its owner restricted to PSS, or to PSS with one hash and a least salt, makes and verifies nothing else.
#[test]
fn restricted_keys_keep_to_their_algorithm() {
    let Some((_keep, folder)) = folder() else { return };
    use DigestAlgorithm::{Sha256, Sha384};
    let salted = |salt_len| SignatureAlgorithm::RsaPss { digest: Sha256, mgf: Sha256, salt_len };
    openssl(
        &folder,
        "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_pss_keygen_md:sha256 \
         -pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32 -out strict.pem",
    );
    let key = PrivateKey::from_any(&fs::read(folder.join("strict.pem")).unwrap()).unwrap();
    assert_eq!(SignatureAlgorithm::for_key(key.public_key()), Ok(salted(32)));
    for (algorithm, allowed) in [
        (salted(32), true),
        (salted(40), true),
        (salted(20), false),
        (SignatureAlgorithm::pss(Sha384), false),
        (SignatureAlgorithm::RsaPkcs1v15(Sha256), false),
    ] {
        let made = key.sign(algorithm, Input::Message(b"x"));
        assert_eq!(made.is_ok(), allowed, "{algorithm:?}");
        let verified = signature::verify(key.public_key(), algorithm, Input::Message(b"x"), &made.unwrap_or_default());
        assert_eq!(verified.is_ok(), allowed, "{algorithm:?}");
        assert_eq!(matches!(verified, Err(Error::Key(_))), !allowed, "{algorithm:?}");
    }
    for transport in [KeyTransport::Pkcs1v15, KeyTransport::Oaep { digest: Sha256, mgf: Sha256, label: vec![] }] {
        assert!(matches!(transport::encrypt(key.public_key(), &transport, &[1; 16]), Err(Error::Key(_))));
        assert!(matches!(key.decrypt(&transport, &[1; 256], 16), Err(Error::Key(_))));
    }
}

/// Old mail is still verified with SHA-1 and MD5 and short keys, but nothing new is made with them.
#[test]
fn outdated_methods_are_for_reading_only() {
    let Some((_keep, folder)) = folder() else { return };
    fs::write(folder.join("message"), b"old").unwrap();
    openssl(&folder, KEYS[0].1);
    let short = PrivateKey::from_any(&fs::read(folder.join("rsa1024.pem")).unwrap()).unwrap();
    for (digest, option) in [(DigestAlgorithm::Sha1, "-sha1"), (DigestAlgorithm::Md5, "-md5")] {
        let algorithm = SignatureAlgorithm::RsaPkcs1v15(digest);
        let theirs = openssl(&folder, &format!("dgst {option} -sign rsa1024.pem message"));
        signature::verify(short.public_key(), algorithm, Input::Message(b"old"), &theirs).unwrap();
        assert!(matches!(short.sign(algorithm, Input::Message(b"new")), Err(Error::Parameters(_))));
    }
    let sha256 = SignatureAlgorithm::RsaPkcs1v15(DigestAlgorithm::Sha256);
    assert!(matches!(short.sign(sha256, Input::Message(b"new")), Err(Error::Key(_))));
    assert!(matches!(transport::encrypt(short.public_key(), &KeyTransport::Pkcs1v15, &[1; 32]), Err(Error::Key(_))));
    for cipher in [ContentCipher::TripleDesCbc, ContentCipher::DesCbc, ContentCipher::Rc2Cbc(40)] {
        assert!(ContentAlgorithm::generate(cipher).is_err(), "{cipher}");
    }
}
