//! Every shape in which programs write the structure of a signature, and every way in which mail carries it: the same verdict.

use waxwing::asn1::{Header, tlv};
use waxwing::report::Verdict::{Pinned, SenderUnclear, Unreadable, Unsigned};

use crate::case::{Case, case};
use crate::generator::people::alice;
use crate::generator::structures::{Info, attributes, signed_data};
use crate::generator::{ENTITY, SIGNED, clear_with, message, multipart, opaque, signature_part};

pub fn cases() -> Vec<Case> {
    [every_shape_is_read(), every_variant_is_read(), every_way_to_carry_it_is_read()].into_iter().flatten().collect()
}

/// How a structure is written.
#[derive(Clone, Copy)]
struct Style {
    indefinite: bool,
    /// OCTET STRINGs are cut into pieces of this size; 0: not.
    pieces: usize,
    nested: bool,
    /// Lengths have this many octets; 0: as few as can be.
    length: usize,
}

const DER: Style = Style { indefinite: false, pieces: 0, nested: false, length: 0 };

/// DER in another style. Certificates stay as they are: they were signed so.
fn restyle(der: &[u8], style: Style) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = der;
    while !rest.is_empty() {
        let header = Header::parse(rest, 0).unwrap();
        let (content, end) = (header.content as usize, header.end().unwrap() as usize);
        let (whole, inside) = (&rest[..end], &rest[content..end]);
        if whole == alice().certificate.der() {
            out.extend_from_slice(whole);
        } else if header.constructed {
            put(rest[0], &restyle(inside, style), style, &mut out);
        } else if rest[0] == 4 && style.pieces > 0 {
            let mut pieces = Vec::new();
            for piece in inside.chunks(style.pieces) {
                let mut one = Vec::new();
                put(4, piece, Style { indefinite: false, ..style }, &mut one);
                if style.nested {
                    put(0x24, &one.clone(), style, &mut pieces);
                } else {
                    pieces.extend(one);
                }
            }
            put(0x24, &pieces, style, &mut out);
        } else {
            put(rest[0], inside, Style { indefinite: false, ..style }, &mut out);
        }
        rest = &rest[end..];
    }
    out
}

fn put(tag: u8, content: &[u8], style: Style, out: &mut Vec<u8>) {
    if style.indefinite {
        out.extend_from_slice(&[&[tag, 0x80], content, &[0, 0]].concat());
    } else if style.length > 0 {
        let octets = (content.len() as u64).to_be_bytes();
        out.extend_from_slice(&[&[tag, 0x80 | style.length as u8], &octets[8 - style.length..], content].concat());
    } else {
        out.extend(tlv(tag, &[content]));
    }
}

const STYLES: [(&str, Style); 6] = [
    ("DER", DER),
    ("indefinite lengths", Style { indefinite: true, ..DER }),
    ("strings in pieces", Style { pieces: 5, ..DER }),
    ("indefinite, pieces in pieces", Style { indefinite: true, pieces: 7, nested: true, ..DER }),
    ("lengths with five octets", Style { length: 5, ..DER }),
    ("long lengths and pieces", Style { length: 4, pieces: 11, nested: true, ..DER }),
];

fn base64(bytes: &[u8]) -> Vec<u8> {
    let text = base64_simd::STANDARD.encode_to_string(bytes);
    text.as_bytes().chunks(64).flat_map(|line| [line, b"\r\n"].concat()).collect()
}

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let text: Vec<String> = bytes.iter().map(|byte| format!("={byte:02X}")).collect();
    text.chunks(20).flat_map(|line| (line.concat() + "=\r\n").into_bytes()).collect()
}

/// BER of every shape, for a signature beside its content and around it.
fn every_shape_is_read() -> Vec<Case> {
    let entity = ENTITY.as_bytes();
    let infos = [Info::of(alice(), entity)];
    let mut cases = Vec::new();
    for (name, style) in STYLES {
        let apart = restyle(&signed_data(None, &infos, &[alice()]), style);
        let around = restyle(&signed_data(Some(entity), &infos, &[alice()]), style);
        let cut = &around[..around.len() - around.len() / 3];
        cases.extend([
            case(format!("{name}, clear"), clear_with(entity, &apart), Pinned, ""),
            case(format!("{name}, opaque"), opaque(&around), Pinned, ""),
            case(
                format!("{name}, clear, bytes behind"),
                clear_with(entity, &[&apart[..], b"\r\n\0\0trailing"].concat()),
                Pinned,
                "",
            ),
            case(format!("{name}, opaque, zeros behind"), opaque(&[&around[..], &[0; 100]].concat()), Pinned, ""),
            // A file without a header names no sender.
            case(format!("{name}, a file"), around.clone(), SenderUnclear, "from-missing"),
            case(format!("{name}, cut"), opaque(cut), Unreadable, ""),
        ]);
    }
    cases
}

/// Versions, parameters, order and absent fields as programs differ in them.
fn every_variant_is_read() -> Vec<Case> {
    let usual = Info::of(alice(), ENTITY.as_bytes());
    let structure = |info: &Info| signed_data(None, std::slice::from_ref(info), &[alice()]);
    let reversed: Vec<Vec<u8>> = attributes(ENTITY.as_bytes()).into_iter().rev().collect();
    let der = structure(&usual);
    let replaced = |from: &[u8], to: &[u8]| {
        // Of the same length, so that nothing around changes.
        let at = der.windows(from.len()).position(|window| window == from).unwrap();
        [&der[..at], to, &der[at + from.len()..]].concat()
    };
    let ski = alice().certificate.subject_key_identifier().map(|id| tlv(0x80, &[&id]));
    let mut cases = vec![
        case(
            "attributes in another order",
            clear_with(ENTITY.as_bytes(), &structure(&Info::with(alice(), &reversed))),
            Pinned,
            "",
        ),
        case(
            "no certificate",
            clear_with(ENTITY.as_bytes(), &signed_data(None, std::slice::from_ref(&usual), &[])),
            Pinned,
            "",
        ),
        case("version 3", clear_with(ENTITY.as_bytes(), &replaced(&[2, 1, 1, 0x31], &[2, 1, 3, 0x31])), Pinned, ""),
        case("version 4", clear_with(ENTITY.as_bytes(), &replaced(&[2, 1, 1, 0x31], &[2, 1, 4, 0x31])), Pinned, ""),
        case("version 0", clear_with(ENTITY.as_bytes(), &replaced(&[2, 1, 1, 0x31], &[2, 1, 0, 0x31])), Pinned, ""),
    ];
    // Outlook with some smartcards: an attribute with lengths that are longer than need be, signed as it is sent.
    let mut long = Vec::new();
    put(0x30, &attributes(ENTITY.as_bytes())[1][2..], Style { length: 1, ..DER }, &mut long);
    let sent = [&attributes(ENTITY.as_bytes())[0][..], &long, &attributes(ENTITY.as_bytes())[2]].map(<[u8]>::to_vec);
    cases.push(case(
        "attributes that are no DER",
        clear_with(ENTITY.as_bytes(), &structure(&Info::with(alice(), &sent))),
        Pinned,
        "",
    ));
    if let Some(identifier) = ski {
        cases.push(case(
            "by key identifier",
            clear_with(ENTITY.as_bytes(), &structure(&Info { identifier, ..usual })),
            Pinned,
            "",
        ));
    }
    cases
}

/// Media types, names, parameters and transfer encodings of the part that holds the structure.
fn every_way_to_carry_it_is_read() -> Vec<Case> {
    let infos = [Info::of(alice(), ENTITY.as_bytes())];
    let (apart, around) =
        (signed_data(None, &infos, &[alice()]), signed_data(Some(ENTITY.as_bytes()), &infos, &[alice()]));
    let armoured = |label: &str, bytes: &[u8]| {
        let text = String::from_utf8(base64(bytes)).unwrap();
        format!("-----BEGIN {label}-----\r\n{text}-----END {label}-----\r\n").into_bytes()
    };
    let one_line = |header: &str| header.replace("\r\n", ", ");
    let mut cases = Vec::new();
    for (kind, body, expected) in [
        ("application/pkcs7-mime\r\nContent-Transfer-Encoding: binary", around.clone(), Pinned),
        (
            "application/pkcs7-mime; smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64",
            base64(&around),
            Pinned,
        ),
        (
            "application/x-pkcs7-mime; smime-type=SIGNED-DATA\r\nContent-Transfer-Encoding: BASE64",
            base64(&around),
            Pinned,
        ),
        ("application/pkcs7-mime; smime-type=certs-only\r\nContent-Transfer-Encoding: base64", base64(&around), Pinned),
        ("application/pkcs7-signature; name=smime.p7m\r\nContent-Transfer-Encoding: base64", base64(&around), Pinned),
        ("application/octet-stream; name=smime.p7m\r\nContent-Transfer-Encoding: base64", base64(&around), Pinned),
        (
            "application/octet-stream\r\nContent-Disposition: attachment; filename=\"smime.P7M\"\r\nContent-Transfer-Encoding: base64",
            base64(&around),
            Pinned,
        ),
        ("application/pkcs7-mime\r\nContent-Transfer-Encoding: quoted-printable", quoted_printable(&around), Pinned),
        ("application/pkcs7-mime\r\nContent-Transfer-Encoding: 8bit", around.clone(), Pinned),
        ("application/pkcs7-mime\r\nContent-Transfer-Encoding: x-unknown", around.clone(), Pinned),
        ("application/pkcs7-mime\r\nContent-Transfer-Encoding: 7bit", base64(&around), Pinned),
        ("application/pkcs7-mime", armoured("PKCS7", &around), Pinned),
        ("application/x-pkcs7-mime", armoured("CMS", &around), Pinned),
        ("application/pkcs7-mime\r\nContent-Transfer-Encoding: base64", base64(&armoured("PKCS7", &around)), Pinned),
        ("text/plain; name=smime.p7m\r\nContent-Transfer-Encoding: base64", base64(&around), Unsigned),
        ("application/octet-stream; name=letter.bin\r\nContent-Transfer-Encoding: base64", base64(&around), Unsigned),
    ] {
        cases.push(case(one_line(kind), message(kind, &body), expected, ""));
    }
    let part = |header: &str, body: &[u8]| [header.as_bytes(), b"\r\n\r\n", body].concat();
    for (header, body) in [
        ("Content-Type: application/pkcs7-signature\r\nContent-Transfer-Encoding: base64", base64(&apart)),
        (
            "Content-Type: application/x-pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: quoted-printable",
            quoted_printable(&apart),
        ),
        ("Content-Type: application/octet-stream; name=smime.p7s\r\nContent-Transfer-Encoding: base64", base64(&apart)),
        ("Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64", base64(&apart)),
        ("Content-Type: application/pkcs7-signature", armoured("PKCS7", &apart)),
        ("Content-Type: application/pkcs7-signature; name=smime.p7s", base64(&apart)),
    ] {
        let body = multipart("s", &[ENTITY.as_bytes(), &part(header, &body)]);
        cases.push(case(format!("part: {}", one_line(header)), message(SIGNED, &body), Pinned, ""));
    }
    let body = multipart("s", &[ENTITY.as_bytes(), &signature_part(&apart)]);
    for (kind, finding) in [
        ("multipart/signed; boundary=s", "protocol-differs"),
        ("multipart/signed; protocol=\"application/x-pkcs7-signature\"; boundary=s", ""),
        ("multipart/signed; protocol=\"APPLICATION/PKCS7-SIGNATURE\"; micalg=SHA256; boundary=s", ""),
        ("multipart/signed; protocol=\"application/pkcs7-mime\"; boundary=s", "protocol-differs"),
        ("multipart/signed; protocol=\"application/pgp-signature\"; boundary=s", "protocol-differs"),
        ("multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=md5; boundary=s", "micalg-differs"),
        ("multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=unknown; boundary=s", "micalg-differs"),
    ] {
        cases.push(case(kind, message(kind, &body), Pinned, finding));
    }
    cases
}
