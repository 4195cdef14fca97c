//! Messages that each show one thing, made by openssl from the test certificates.

use super::mail;
use super::openssl::openssl;
use super::pki::{ALICE, BOB};

/// Makes the case of that name (see `tests/cases.rs` for what each is for).
pub fn make(name: &str) -> Vec<u8> {
    let entity = mail::TEXT.as_bytes();
    let from = |address: &str| format!("-from {address} -to {BOB} -subject {name}");
    let headers = from(ALICE);
    let by = |person: &str| format!("-signer {person}.pem -inkey {person}.key -certfile issuer.pem");
    let sign = |words: &str| said(&format!("cms -sign -md sha256 {words}"), entity);
    let encrypt = |words: &str, content: &[u8]| said(&format!("cms -encrypt {headers} {words}"), content);
    let inner = || sign(&by("alice"));
    let text = |mail: Vec<u8>, old: &str, new: &str| {
        let text = String::from_utf8(mail).unwrap();
        assert!(text.contains(old), "{old:?} is not in {name}");
        text.replacen(old, new, 1).into_bytes()
    };
    let mail = match name {
        "clear" => sign(&format!("{headers} {}", by("alice"))),
        "opaque" => sign(&format!("{headers} -nodetach {}", by("alice"))),
        "ecdsa" => sign(&format!("{headers} {}", by("alice-ec"))),
        "pss" => sign(&format!("{headers} {} -keyopt rsa_padding_mode:pss", by("alice"))),
        "sha-1" => said(&format!("cms -sign -md sha1 {headers} {}", by("alice")), entity),
        "body-changed" => text(make("clear"), "at noon", "at nine"),
        "signature-changed" => {
            // The last line of base64 before the closing boundary is the end of the signature value.
            let mail = String::from_utf8(make("clear")).unwrap();
            let end = mail.rfind("\n------").unwrap();
            let at = mail[..end].trim_end().len() - 8;
            let other = if &mail[at..=at] == "A" { "B" } else { "A" };
            [&mail[..at], other, &mail[at + 1..]].concat().into_bytes()
        }
        "other-from" => sign(&format!("{} {}", from("mallory@example.net"), by("alice"))),
        "no-from" => text(make("clear"), &format!("From: {ALICE}\n"), ""),
        "display-address" => {
            text(make("clear"), &format!("From: {ALICE}"), &format!("From: \"ceo@example.com\" <{ALICE}>"))
        }
        "other-sender" => text(make("clear"), "To:", "Sender: mallory@example.net\nTo:"),
        "self-signed" => sign(&format!("{headers} -signer alice-self.pem -inkey alice-self.key")),
        "expired" => sign(&format!("{headers} {}", by("alice-old"))),
        "two-signers" => sign(&format!("{headers} {} -signer bob.pem -inkey bob.key", by("alice"))),
        "not-for-mail" => sign(&format!("{headers} {}", by("alice-web"))),
        "no-certificates" => sign(&format!("{headers} -nocerts -signer alice.pem -inkey alice.key")),
        "no-intermediate" => sign(&format!("{headers} -signer alice.pem -inkey alice.key")),
        "footer" => {
            let signed = String::from_utf8(make("clear")).unwrap();
            let (fields, rest) = signed.split_once("MIME-Version").unwrap();
            format!(
                "{fields}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"list\"\n\n--list\nMIME-Version{rest}\n\
                 --list\nContent-Type: text/plain\n\nsent through a list\n--list--\n"
            )
            .into_bytes()
        }
        "cbc" => encrypt("-aes-256-cbc -recip bob.pem", entity),
        "gcm" => encrypt("-aes-256-gcm -recip bob.pem", entity),
        "3des" => encrypt("-des3 -recip bob.pem", entity),
        "rc2" => encrypt("-provider legacy -provider default -rc2-40 -recip bob.pem", entity),
        "oaep" => encrypt("-aes-256-cbc -recip bob.pem -keyopt rsa_padding_mode:oaep", entity),
        "ecdh" => encrypt("-aes-256-cbc -recip bob-ec.pem", entity),
        "signed-then-encrypted" => encrypt("-aes-256-cbc -recip bob.pem", &inner()),
        "triple-wrapped" => {
            let sealed = said("cms -encrypt -aes-256-cbc -recip bob.pem", &inner());
            said(&format!("cms -sign -md sha256 {headers} {}", by("alice")), &sealed)
        }
        "cut-short" => {
            let mut mail = make("cbc");
            mail.truncate(mail.len() * 3 / 4);
            mail
        }
        "plain" => return mail::message("plain", mail::TEXT),
        _ => panic!("no such case: {name}"),
    };
    if mail.starts_with(b"Date:") {
        return mail;
    }
    [format!("Date: {}\nMessage-ID: <{name}@example.org>\n", mail::date()).as_bytes(), &mail].concat()
}

fn said(words: &str, input: &[u8]) -> Vec<u8> {
    openssl(words, input).unwrap_or_else(|error| panic!("{error}"))
}
