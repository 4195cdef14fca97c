//! Keys under a password.

use std::fs;

use waxwing::crypto::key::PrivateKeyOperations;
use waxwing::crypto::{DigestAlgorithm, Error, KeyKind, PrivateKey, kdf};

use crate::{folder, hex, openssl};

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
    let Some((_keep, folder)) = folder() else { return };
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
    let Some((_keep, folder)) = folder() else { return };
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
    let Some((_keep, folder)) = folder() else { return };
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
                    hex::encode(&password),
                    hex::encode(salt),
                    purpose as u8
                ),
            );
            assert_eq!(*ours, theirs, "{digest} {purpose:?}");
        }
    }
}
