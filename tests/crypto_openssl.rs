//! Algorithms against the openssl command, both ways: what one signs, encrypts or derives, the other accepts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use waxwing::crypto::cipher::{Authenticator, ContentAlgorithm, ContentCipher, Decryptor, Encryptor};
use waxwing::crypto::key::PrivateKeyOperations;
use waxwing::crypto::signature::{self, Input};
use waxwing::crypto::transport::{self, KeyTransport};
use waxwing::crypto::{DigestAlgorithm, Error, KeyKind, PrivateKey, SignatureAlgorithm, agreement, kdf};

fn openssl(folder: &Path, arguments: &str) -> Vec<u8> {
    let output = Command::new("openssl").current_dir(folder).args(arguments.split_whitespace()).output().unwrap();
    assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    (folder, path)
}

const KEYS: [(&str, &str); 10] = [
    ("rsa1024", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out rsa1024.pem"),
    ("rsa2048", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa2048.pem"),
    ("rsa3072", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out rsa3072.pem"),
    ("rsa2056", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2056 -out rsa2056.pem"),
    ("rsapss", "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out rsapss.pem"),
    ("p256", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.pem"),
    ("p384", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384.pem"),
    ("p521", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out p521.pem"),
    ("ed25519", "genpkey -algorithm ED25519 -out ed25519.pem"),
    ("x25519", "genpkey -algorithm X25519 -out x25519.pem"),
];

/// Every kind of key that openssl writes is read, in PKCS #8 and the older forms, and its public half is the same.
#[test]
fn keys_are_read_in_every_form() {
    let (_keep, folder) = folder();
    for (name, make) in KEYS {
        openssl(&folder, make);
        let public = openssl(&folder, &format!("pkey -in {name}.pem -pubout -outform DER"));
        openssl(&folder, &format!("pkcs8 -topk8 -nocrypt -in {name}.pem -outform DER -out {name}.p8"));
        let mut files = vec![format!("{name}.pem"), format!("{name}.p8")];
        if name.starts_with("rsa") && name != "rsapss" || name.starts_with('p') {
            openssl(&folder, &format!("pkey -in {name}.pem -traditional -out {name}.old.pem"));
            openssl(&folder, &format!("pkey -in {name}.pem -traditional -outform DER -out {name}.old.der"));
            files.extend([format!("{name}.old.pem"), format!("{name}.old.der")]);
        }
        for file in files {
            let key =
                PrivateKey::from_any(&fs::read(folder.join(&file)).unwrap()).unwrap_or_else(|e| panic!("{file}: {e}"));
            assert_eq!(der::Encode::to_der(key.public_key()).unwrap(), public, "{file}");
            let shown = format!("{key:?}");
            assert_eq!(shown, format!("PrivateKey({:?})", key.kind()), "Debug shows the kind alone");
            let again = PrivateKey::from_pkcs8(&key.to_pkcs8().unwrap()).unwrap();
            assert_eq!(again.public_key(), key.public_key(), "{file} written again");
            fs::write(folder.join("ours.p8"), &*key.to_pkcs8().unwrap()).unwrap();
            let read = openssl(&folder, "pkey -inform DER -in ours.p8 -pubout -outform DER");
            assert_eq!(read, public, "openssl reads {file} as we write it");
        }
    }
}

/// A key is found in a PEM file whatever stands before it, and openssl's encrypted forms are named as such.
#[test]
fn keys_are_found_among_other_pem_blocks() {
    let (_keep, folder) = folder();
    openssl(&folder, "ecparam -name prime256v1 -genkey -out with-parameters.pem");
    let text = fs::read_to_string(folder.join("with-parameters.pem")).unwrap();
    assert!(text.starts_with("-----BEGIN EC PARAMETERS"));
    assert_eq!(PrivateKey::from_any(text.as_bytes()).unwrap().kind(), KeyKind::P256);
    let text = format!("Bag Attributes\n  friendlyName: Ä\n{}", text.replace('\n', "\r\n"));
    assert_eq!(PrivateKey::from_any(text.as_bytes()).unwrap().kind(), KeyKind::P256);
    let encrypted = Err(Error::Key("it is encrypted"));
    for options in ["-aes128", "-traditional -aes128"] {
        let pem = openssl(&folder, &format!("pkey -in with-parameters.pem {options} -passout pass:x"));
        assert_eq!(PrivateKey::from_any(&pem).map(drop), encrypted, "{options}");
    }
}

/// What we sign openssl verifies, and the other way round, for every method; a changed message or signature is noticed.
#[test]
fn signatures_hold_both_ways() {
    let (_keep, folder) = folder();
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

/// Ed25519 signs messages, never digests.
#[test]
fn ed25519_works_both_ways() {
    let (_keep, folder) = folder();
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
    let (_keep, folder) = folder();
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
    let (_keep, folder) = folder();
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

/// Content keys reach openssl and come from it, by PKCS #1 v1.5 and OAEP with equal and different hashes and a label.
#[test]
fn key_transport_works_both_ways() {
    let (_keep, folder) = folder();
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
/// the same for the same.
#[test]
fn bad_padding_is_rejected_implicitly() {
    let key = PrivateKey::generate(KeyKind::Rsa(2048)).unwrap();
    let good = transport::encrypt(key.public_key(), &KeyTransport::Pkcs1v15, &[9; 16]).unwrap();
    let mut bad = good.clone();
    bad[100] ^= 1;
    for (encrypted, length) in
        [(&bad, 16), (&good, 32), (&bad, 32), (&vec![1; 256], 24), (&vec![], 16), (&vec![255; 256], 16)]
    {
        let first = key.decrypt(&KeyTransport::Pkcs1v15, encrypted, length).unwrap();
        assert_eq!(first.len(), length);
        assert!(first.iter().any(|byte| *byte != 0));
        assert_eq!(key.decrypt(&KeyTransport::Pkcs1v15, encrypted, length).unwrap(), first);
    }
    let other = |encrypted: &[u8]| key.decrypt(&KeyTransport::Pkcs1v15, encrypted, 16).unwrap();
    assert_ne!(other(&bad), other(&vec![1; 256]));
    assert_eq!(*key.decrypt(&KeyTransport::Pkcs1v15, &good, 16).unwrap(), [9; 16]);
}

/// CBC: openssl decrypts ours and we decrypt its output, from the front and from any block in the middle.
#[test]
fn cbc_works_both_ways_and_from_any_block() {
    let (_keep, folder) = folder();
    let plain: Vec<u8> = (0..100_003u32).map(|i| (i % 251) as u8).collect();
    fs::write(folder.join("plain"), &plain).unwrap();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    for (cipher, name) in [
        (ContentCipher::Aes128Cbc, "-aes-128-cbc"),
        (ContentCipher::Aes192Cbc, "-aes-192-cbc"),
        (ContentCipher::Aes256Cbc, "-aes-256-cbc"),
        (ContentCipher::TripleDesCbc, "-des-ede3-cbc"),
    ] {
        let key: Vec<u8> = (1..=cipher.key_len() as u8).collect();
        let iv: Vec<u8> = (100..100 + cipher.block_len() as u8).collect();
        let algorithm = ContentAlgorithm { cipher, iv: iv.clone(), tag_len: 0 };
        let theirs = openssl(&folder, &format!("enc {name} -K {} -iv {} -in plain", hex(&key), hex(&iv)));
        let decryptor = Decryptor::new(&algorithm, &key).unwrap();
        let mut whole = theirs.clone();
        decryptor.decrypt(0, &[], &mut whole).unwrap();
        assert!(whole[..plain.len()] == plain, "{cipher}");
        let block = cipher.block_len();
        for start in [block, 5 * block, 1000 * block] {
            let mut part = theirs[start..start + 64 * block].to_vec();
            decryptor.decrypt(start as u64, &theirs[start - block..start], &mut part).unwrap();
            assert!(part == plain[start..start + 64 * block], "{cipher} from {start}");
        }
        if !cipher.is_weak() {
            let mut encryptor = Encryptor::new(&algorithm, &key, &[]).unwrap();
            let mut ours = Vec::new();
            for piece in plain.chunks(777) {
                encryptor.update(piece, &mut ours).unwrap();
            }
            assert_eq!(encryptor.finish(&mut ours).unwrap(), None);
            assert!(ours == theirs, "{cipher}");
        }
    }
}

/// GCM against another implementation (AWS-LC), with associated data, odd lengths and random access; any change is noticed.
#[test]
fn gcm_equals_another_implementation() {
    use aws_lc_rs::aead;
    for (cipher, algorithm) in [
        (ContentCipher::Aes128Gcm, &aead::AES_128_GCM),
        (ContentCipher::Aes192Gcm, &aead::AES_192_GCM),
        (ContentCipher::Aes256Gcm, &aead::AES_256_GCM),
    ] {
        for length in [0usize, 1, 15, 16, 17, 31, 4096, 70_001] {
            let plain: Vec<u8> = (0..length).map(|i| (i % 253) as u8).collect();
            let key: Vec<u8> = (1..=cipher.key_len() as u8).collect();
            let nonce = [7; 12];
            let associated = b"attributes";
            let other = aead::LessSafeKey::new(aead::UnboundKey::new(algorithm, &key).unwrap());
            let mut expected = plain.clone();
            let nonce_value = aead::Nonce::assume_unique_for_key(nonce);
            other.seal_in_place_append_tag(nonce_value, aead::Aad::from(associated), &mut expected).unwrap();
            let (expected, tag) = expected.split_at(length);

            let ours = ContentAlgorithm { cipher, iv: nonce.to_vec(), tag_len: 16 };
            let mut encryptor = Encryptor::new(&ours, &key, associated).unwrap();
            let mut encrypted = Vec::new();
            for piece in plain.chunks(501) {
                encryptor.update(piece, &mut encrypted).unwrap();
            }
            assert_eq!(encryptor.finish(&mut encrypted).unwrap().unwrap(), tag, "{cipher} {length}");
            assert!(encrypted == expected, "{cipher} {length}");

            let check = |ciphertext: &[u8], tag: &[u8]| {
                let mut authenticator = Authenticator::new(&ours, &key, associated).unwrap();
                ciphertext.chunks(333).for_each(|piece| authenticator.update(piece));
                authenticator.verify(tag)
            };
            check(expected, tag).unwrap();
            assert_eq!(check(expected, &tag[..15]), Err(Error::Decryption));
            let mut changed = expected.to_vec();
            changed.push(0);
            assert_eq!(check(&changed, tag), Err(Error::Decryption));

            let decryptor = Decryptor::new(&ours, &key).unwrap();
            let start = length / 2 / 16 * 16;
            let mut part = expected[start..].to_vec();
            decryptor.decrypt(start as u64, &[], &mut part).unwrap();
            assert!(part == plain[start..], "{cipher} from {start}");
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

/// ```text
/// EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm AlgorithmIdentifier, encryptedData OCTET STRING }
/// ```
/// (RFC 5958 §3)
#[derive(der::Sequence)]
struct EncryptedKey {
    algorithm: spki::AlgorithmIdentifierOwned,
    data: der::asn1::OctetString,
}

/// Keys that openssl encrypted under a password open with it alone, in every scheme that files of the last 25 years use.
#[test]
fn encrypted_keys_of_every_scheme_open() {
    let (_keep, folder) = folder();
    openssl(&folder, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem");
    let key = PrivateKey::from_any(&fs::read(folder.join("key.pem")).unwrap()).unwrap();
    let schemes = [
        "-v2 aes-128-cbc -v2prf hmacWithSHA1",
        "-v2 aes-192-cbc -v2prf hmacWithSHA224",
        "-v2 aes-256-cbc -v2prf hmacWithSHA256",
        "-v2 aes-256-cbc -v2prf hmacWithSHA384",
        "-v2 aes-256-cbc -v2prf hmacWithSHA512",
        "-v2 des3 -iter 5000",
        "-v2 rc2 -provider default -provider legacy",
        "-v2 aes-256-cbc -scrypt",
        "-v2 aes-128-cbc -scrypt_N 1024 -scrypt_r 8 -scrypt_p 16",
        "-v1 PBE-SHA1-RC4-128 -provider default -provider legacy",
        "-v1 PBE-SHA1-RC4-40 -provider default -provider legacy",
        "-v1 PBE-SHA1-3DES",
        "-v1 PBE-SHA1-2DES",
        "-v1 PBE-SHA1-RC2-128 -provider default -provider legacy",
        "-v1 PBE-SHA1-RC2-40 -provider default -provider legacy",
        "-v1 PBE-MD5-DES -provider default -provider legacy",
        "-v1 PBE-SHA1-DES -provider default -provider legacy",
        "-v1 PBE-MD5-RC2-64 -provider default -provider legacy",
        "-v1 PBE-SHA1-RC2-64 -provider default -provider legacy",
    ];
    for scheme in schemes {
        for password in ["geheim", "gänseblümchen€"] {
            let arguments = format!("pkcs8 -topk8 -in key.pem -outform DER {scheme} -passout pass:{password}");
            let encrypted: EncryptedKey = der::Decode::from_der(&openssl(&folder, &arguments)).unwrap();
            let open = |password: &str| {
                let data = encrypted.data.as_bytes();
                kdf::decrypt_with_password(&encrypted.algorithm, password, data, &kdf::Limits::default())
            };
            let plain = open(password).unwrap_or_else(|error| panic!("{scheme}: {error}"));
            assert_eq!(PrivateKey::from_pkcs8(&plain).unwrap().public_key(), key.public_key(), "{scheme}");
            match open("falsch") {
                Err(error) => assert_eq!(error, Error::Decryption, "{scheme}"),
                // The padding fits by chance, or there is none.
                Ok(plain) => assert!(PrivateKey::from_pkcs8(&plain).is_err(), "{scheme}"),
            }
            let none = kdf::Limits { iterations: 1, memory: 1000 };
            let refused = kdf::decrypt_with_password(&encrypted.algorithm, password, encrypted.data.as_bytes(), &none);
            assert!(matches!(refused, Err(Error::Limit(_))), "{scheme}");
        }
    }
}

/// What we encrypt under a password openssl opens.
#[test]
fn openssl_opens_what_we_encrypt_under_a_password() {
    let (_keep, folder) = folder();
    let key = PrivateKey::generate(KeyKind::P256).unwrap();
    let plain = key.to_pkcs8().unwrap();
    for (algorithm, data) in
        [kdf::encrypt_with_password("gänse", 10_000, &plain), kdf::encrypt_with_scrypt("gänse", 12, 2, &plain)]
            .map(Result::unwrap)
    {
        assert_eq!(kdf::decrypt_with_password(&algorithm, "gänse", &data, &kdf::Limits::default()), Ok(plain.clone()));
        let data = der::asn1::OctetString::new(data).unwrap();
        let file = der::Encode::to_der(&EncryptedKey { algorithm, data }).unwrap();
        fs::write(folder.join("key.p8"), file).unwrap();
        let public = openssl(&folder, "pkey -inform DER -in key.p8 -passin pass:gänse -pubout -outform DER");
        assert_eq!(public, der::Encode::to_der(key.public_key()).unwrap());
    }
    assert!(kdf::encrypt_with_password("x", 0, &plain).is_err());
}

/// The KDF of PKCS#12, for keys longer than a hash and salts longer than a block too, and with an absent password.
#[test]
fn pkcs12_keys_are_derived_as_openssl_does() {
    let (_keep, folder) = folder();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let salts: [&[u8]; 2] = [b"saltsalt", &[0xa5; 130]];
    use kdf::Pkcs12Purpose::{Iv, Key, Mac};
    for (digest, name) in [
        (DigestAlgorithm::Md5, "MD5"),
        (DigestAlgorithm::Sha1, "SHA1"),
        (DigestAlgorithm::Sha256, "SHA256"),
        (DigestAlgorithm::Sha384, "SHA384"),
        (DigestAlgorithm::Sha512, "SHA512"),
    ] {
        for (password, salt, purpose, iterations, length) in [
            ("geheim", salts[0], Key, 1, 24),
            ("gänse€", salts[1], Iv, 2048, 8),
            ("", salts[0], Mac, 3, digest.output_len()),
            ("geheim", salts[1], Key, 2, 333),
        ] {
            let password = kdf::pkcs12_password(password);
            let ours = kdf::pkcs12_derive(digest, &password, salt, purpose, iterations, length);
            let theirs = openssl(
                &folder,
                &format!(
                    "kdf -keylen {length} -kdfopt digest:{name} -kdfopt hexpass:{} -kdfopt hexsalt:{} -kdfopt iter:{iterations} \
                     -kdfopt id:{} -binary PKCS12KDF",
                    hex(&password),
                    hex(salt),
                    purpose as u8
                ),
            );
            assert_eq!(*ours, theirs, "{digest} {purpose:?}");
        }
    }
}
