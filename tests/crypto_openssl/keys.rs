//! Private keys in all their forms.

use std::fs;

use waxwing::crypto::key::PrivateKeyOperations;
use waxwing::crypto::{Error, KeyKind, PrivateKey};

use crate::{KEYS, folder, openssl};

/// Every kind of key that openssl writes is read, in PKCS #8 and the older forms, and its public half is the same.
#[test]
fn keys_are_read_in_every_form() {
    let Some((_keep, folder)) = folder() else { return };
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
    let Some((_keep, folder)) = folder() else { return };
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
