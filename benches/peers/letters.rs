//! The messages that are measured with.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use base64_simd::STANDARD;

use crate::common::mail;

/// Bytes of an attachment that are made at once: whole lines.
const STEP: usize = 57 * 4096;

/// Writes a message of about so many bytes: a text and an attachment in base64, or, when there is no room for one, text alone.
pub fn write(path: &Path, bytes: u64) {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path).unwrap());
    if bytes < 1 << 20 {
        out.write_all(&mail::long_message("letter", bytes as usize)).unwrap();
        return;
    }
    out.write_all(&mail::message("letter", HEAD)).unwrap();
    let (mut written, mut random) = (0, 0x9e37_79b9_7f4a_7c15_u64);
    let mut block = vec![0; STEP];
    while written < bytes {
        for word in block.chunks_mut(8) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            word.copy_from_slice(&random.to_le_bytes()[..word.len()]);
        }
        let text = STANDARD.encode_to_string(&block);
        for line in text.as_bytes().chunks(76) {
            out.write_all(line).unwrap();
            out.write_all(b"\r\n").unwrap();
            written += line.len() as u64 + 2;
        }
    }
    out.write_all(b"--parts--\r\n").unwrap();
    out.flush().unwrap();
}

const HEAD: &str = "Content-Type: multipart/mixed; boundary=\"parts\"\r\n\r\n--parts\r\n\
    Content-Type: text/plain; charset=us-ascii\r\n\r\nSee the attachment.\r\n--parts\r\n\
    Content-Type: application/octet-stream; name=\"large.bin\"\r\nContent-Transfer-Encoding: base64\r\n\
    Content-Disposition: attachment; filename=\"large.bin\"\r\n\r\n";

/// The entity inside a message: from its first Content-* field on.
pub fn entity(message: &Path, to: &Path) {
    let mut from = File::open(message).unwrap();
    let mut head = [0; 4096];
    let read = std::io::Read::read(&mut from, &mut head).unwrap();
    let at = head[..read].windows(13).position(|window| window == b"Content-Type:").unwrap();
    std::io::Seek::seek(&mut from, std::io::SeekFrom::Start(at as u64)).unwrap();
    std::io::copy(&mut from, &mut File::create(to).unwrap()).unwrap();
}

/// The CMS structure in a message with a body in base64, as DER or BER: what programs without MIME read.
pub fn structure(message: &Path, to: &Path) {
    let source = waxwing::source::Source::open(message).unwrap();
    let entity = waxwing::mime::parse(&source, &waxwing::mime::Limits::default()).unwrap();
    entity.decoded_body(&source).copy_to(&mut File::create(to).unwrap()).unwrap();
}

/// Content and signature of a clear-signed message, each in a file.
pub fn detached(message: &Path, content: &Path, signature: &Path) {
    let source = waxwing::source::Source::open(message).unwrap();
    let entity = waxwing::mime::parse(&source, &waxwing::mime::Limits::default()).unwrap();
    source.slice(entity.children[0].range.clone()).copy_to(&mut File::create(content).unwrap()).unwrap();
    entity.children[1].decoded_body(&source).copy_to(&mut File::create(signature).unwrap()).unwrap();
}
