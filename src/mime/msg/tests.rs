//! Message files as Outlook writes them, made here property by property.

use std::io::{Cursor, Write};

use super::*;
use crate::mime::{self, Limits};

/// A message file with these properties (storage, identifier and type, value).
fn file(properties: &[(&str, &str, Vec<u8>)]) -> Source {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let mut write = |path: String, bytes: &[u8]| {
        let storage = path.rsplit_once('/').unwrap().0;
        if !storage.is_empty() {
            file.create_storage_all(storage).unwrap();
        }
        file.create_stream(path).unwrap().write_all(bytes).unwrap();
    };
    let mut list = vec![0; 32];
    // PidTagClientSubmitTime: 2026-06-01T12:00:00Z.
    list.extend_from_slice(&[0x40, 0, 0x39, 0, 6, 0, 0, 0]);
    list.extend_from_slice(&(EPOCH + 1_780_315_200 * 10_000_000).to_le_bytes());
    write("/__properties_version1.0".to_owned(), &list);
    let mut storages: Vec<&str> = Vec::new();
    for (storage, id, value) in properties {
        if !storage.is_empty() && !storages.contains(storage) {
            storages.push(storage);
            write(format!("/{storage}/__properties_version1.0"), &[0; 8]);
        }
        let folder = if storage.is_empty() { String::new() } else { format!("/{storage}") };
        write(format!("{folder}/__substg1.0_{id}"), value);
    }
    file.flush().unwrap();
    Source::from_bytes(file.into_inner().into_inner())
}

const EPOCH: u64 = 116_444_736_000_000_000;
const ATTACHED: &str = "__attach_version1.0_#00000000";

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn text(message: &Message) -> String {
    String::from_utf8_lossy(&message.source.read_all(1 << 20).unwrap()).into_owned()
}

/// A signed message comes out byte for byte, with the header that it had and without Outlook's own.
#[test]
fn signed_messages_are_put_together_again() {
    let entity = "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n--b--\r\n";
    let sent = "Microsoft Mail Internet Headers Version 2.0\r\nFrom: Alice <alice@example.org>\r\nSubject: hello\r\n world\r\n\
                Content-Type: multipart/signed;\r\n boundary=other\r\nMIME-Version: 1.0\r\n\r\n";
    let message = read(&file(&[
        ("", "001A001F", wide("IPM.Note.SMIME.MultipartSigned")),
        ("", "007D001F", wide(sent)),
        (ATTACHED, "37010102", entity.into()),
        (ATTACHED, "370E001F", wide("multipart/signed")),
    ]));
    let message = message.unwrap().unwrap();
    assert!(message.smime);
    let header = "From: Alice <alice@example.org>\r\nSubject: hello\r\n world\r\n";
    assert_eq!(text(&message), format!("{header}{entity}"));
}

/// An encrypted or opaque message has no header of its own; without the one that it came with, the properties make one.
#[test]
fn structures_get_a_header() {
    let der = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02".repeat(2000);
    let message = read(&file(&[
        ("", "001A001E", b"IPM.Note.SMIME".to_vec()),
        ("", "0037001F", wide("Grüße")),
        ("", "0042001F", wide("Alice \"A\"")),
        ("", "5D02001F", wide("alice@example.org")),
        ("", "0E04001F", wide("Bob")),
        (ATTACHED, "37010102", der.clone()),
        (ATTACHED, "3707001F", wide("smime.p7m")),
    ]));
    let message = message.unwrap().unwrap();
    assert!(message.smime);
    let entity = mime::parse(&message.source, &Limits::default()).unwrap();
    assert!(entity.content_type.is("application", "pkcs7-mime"));
    assert_eq!(entity.fields.first("From").unwrap().unfolded(), "\"Alice \\\"A\\\"\" <alice@example.org>");
    assert_eq!(entity.fields.first("Subject").unwrap().text(), "Grüße");
    assert!(entity.fields.first("Date").unwrap().unfolded().contains("1 Jun 2026 12:00:00"));
    assert!(entity.decoded_body(&message.source).read_all(1 << 20).unwrap() == der);
}

/// An ordinary message can be read and its attachments saved; it is not taken for what was sent.
#[test]
fn ordinary_messages_are_shown() {
    let message = read(&file(&[
        ("", "001A001F", wide("IPM.Note")),
        ("", "0037001F", wide("lunch")),
        ("", "1000001F", wide("At noon.\r\n--b--\r\n")),
        (ATTACHED, "37010102", b"\x00\x01\x02".to_vec()),
        (ATTACHED, "3707001F", wide("menu.bin")),
    ]));
    let message = message.unwrap().unwrap();
    assert!(!message.smime);
    let entity = mime::parse(&message.source, &Limits::default()).unwrap();
    let [body, attached] = entity.children.as_slice() else { panic!("{entity:?}") };
    assert_eq!(body.decoded_body(&message.source).read_all(100).unwrap(), b"At noon.\r\n--b--\r\n");
    assert_eq!(attached.file_name().unwrap(), "menu.bin");
    assert_eq!(attached.decoded_body(&message.source).read_all(100).unwrap(), b"\x00\x01\x02");
}

/// What is no message file is none, and a damaged one neither panics nor is taken for one that can be read.
#[test]
fn damage_ends_in_nothing() {
    assert!(read(&Source::from_bytes(&b"From: a@example.org\r\n\r\n"[..])).unwrap().is_none());
    assert!(read(&Source::from_bytes(MAGIC)).unwrap().is_none());
    let empty = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap().into_inner().into_inner();
    assert!(read(&Source::from_bytes(empty)).unwrap().is_none(), "a compound file of another program");
    let whole = file(&[("", "001A001F", wide("IPM.Note.SMIME")), (ATTACHED, "37010102", vec![48; 9000])]);
    let whole = whole.read_all(1 << 20).unwrap();
    for at in (0..whole.len()).step_by(97) {
        for changed in [whole[..at].to_vec(), [&whole[..at], &[0xff], &whole[at + 1..]].concat()] {
            if let Ok(Some(message)) = read(&Source::from_bytes(changed)) {
                let _ = message.source.read_all(1 << 20);
            }
        }
    }
}
