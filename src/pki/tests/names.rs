//! Name constraints and addresses.

use super::*;
use crate::pki::extensions::SMTP_UTF8_MAILBOX;

fn alternative(names: &[&[u8]]) -> Extension {
    Extension::new(rfc5280::ID_CE_SUBJECT_ALT_NAME, false, tlv(0x30, names))
}

fn mail(text: &str) -> Vec<u8> {
    tlv(0x81, &[text.as_bytes()])
}

fn utf8_mail(text: &str) -> Vec<u8> {
    tlv(0xa0, &[&SMTP_UTF8_MAILBOX.to_der().unwrap(), &tlv(0xa0, &[&tlv(0x0c, &[text.as_bytes()])])])
}

/// What PKITS does not ask for: single mailboxes, mailboxes beyond ASCII, IP addresses, forms that are not understood, and
/// names that cannot be compared. Nothing unclear passes.
#[test]
fn constraints() {
    let (root, middle, anna) = (party("Root"), party("Middle"), party("Anna"));
    let root_cert = root.authority(&root);
    let (permitted, excluded, broken) = (0xa0, 0xa1, 0x04);
    let nobody = tlv(0xa0, &[&NOBODY.to_der().unwrap(), &tlv(0xa0, &[&[5, 0]])]);
    let other = |kind: &ObjectIdentifier, text: &str| {
        tlv(0xa0, &[&kind.to_der().unwrap(), &tlv(0xa0, &[&tlv(0x0c, &[text.as_bytes()])])])
    };
    let login = |text: &str| other(&ObjectIdentifier::new_unwrap("1.3.6.1.4.1.311.20.2.3"), text);
    let dns = |text: &str| tlv(0x82, &[text.as_bytes()]);
    let uri = |text: &str| tlv(0x86, &[text.as_bytes()]);
    let ip = |octets: &[u8]| tlv(0x87, &[octets]);
    let net = || ip(&[10, 1, 0, 0, 255, 255, 0, 0]);
    for (list, base, name, passes) in [
        (permitted, mail("anna@example.org"), mail("anna@EXAMPLE.org"), true),
        (permitted, mail("anna@example.org"), mail("Anna@example.org"), false),
        (permitted, mail("example.org"), utf8_mail("j\u{f6}rg@example.org"), true),
        (permitted, mail("example.org"), utf8_mail("j\u{f6}rg@sub.example.org"), false),
        (excluded, mail(".example.org"), utf8_mail("j\u{f6}rg@sub.example.org"), false),
        (excluded, mail("example.com"), mail("anna@example.org"), true),
        (excluded, mail("example.com"), mail("no address"), false),
        // Other spellings of what is excluded.
        (excluded, mail("example.org"), utf8_mail("anna@\u{ff25}xample.org"), false),
        (excluded, mail("xn--mller-kva.example"), utf8_mail("anna@m\u{fc}ller.example"), false),
        (excluded, mail("anna@example.org"), mail("\"anna\"@example.org"), false),
        (excluded, mail("anna@example.org"), mail("Anna@example.org"), false),
        (permitted, mail("anna@example.org"), mail("Anna@example.org"), false),
        (permitted, mail("xn--mller-kva.example"), utf8_mail("anna@m\u{fc}ller.example"), true),
        (permitted, mail(""), mail("anna@example.org"), true),
        (permitted, dns("example.org"), mail("anna@example.com"), true),
        (permitted, dns("example.org"), dns("WWW.example.org"), true),
        (permitted, dns("example.org"), dns("notexample.org"), false),
        (permitted, dns(".example.org"), dns("example.org"), false),
        (permitted, net(), ip(&[10, 1, 2, 3]), true),
        (permitted, net(), ip(&[10, 2, 2, 3]), false),
        (excluded, net(), ip(&[0; 16]), true),
        (excluded, ip(&[10, 1, 0, 0, 255]), ip(&[10, 1, 2, 3]), false),
        (permitted, uri(".example.org"), uri("https://user@a.example.org:443/b@c"), true),
        (excluded, uri("example.org"), uri("https://10.0.0.1/"), false),
        (excluded, nobody.clone(), nobody.clone(), false),
        (permitted, nobody.clone(), nobody.clone(), false),
        (permitted, nobody.clone(), mail("anna@example.org"), true),
        (permitted, nobody.clone(), login("anna@example.org"), true),
        (permitted, login("example.org"), nobody.clone(), true),
        (permitted, login("example.org"), login("Anna@EXAMPLE.org"), true),
        (permitted, login("@example.org"), login("anna@example.org"), true),
        (permitted, login("example.org"), login("anna@sub.example.org"), false),
        (permitted, login(".example.org"), login("anna@sub.example.org"), true),
        (permitted, login("example.org"), login("anna"), false),
        (excluded, login("example.org"), login("anna@example.org"), false),
        (excluded, login("example.com"), login("anna@example.org"), true),
        (broken, mail("example.org"), mail("anna@example.org"), false),
    ] {
        let subtrees = tlv(0x30, &[&tlv(list, &[&tlv(0x30, &[&base])])]);
        let limits = Extension::new(rfc5280::ID_CE_NAME_CONSTRAINTS, true, subtrees);
        let authority = root.issue(&middle, (-9, 9), vec![basic(true, None), limits]);
        let leaf = middle.issue(&anna, (-9, 9), vec![alternative(&[&name])]);
        let found = find(&leaf, &[&authority], &[&root_cert]);
        assert_eq!(found.is_ok(), passes, "{list:02x} {base:02x?} {name:02x?}");
        match found.map_err(|error| error.rule) {
            Err(Rule::NameConstraint { name, issuer, permitted: is_permitted, subtrees }) => {
                assert_ne!(list, broken);
                assert_eq!((issuer.as_str(), is_permitted, subtrees.len()), ("Middle", list == permitted, 1));
                assert!(
                    subtrees.iter().all(|shown| shown.chars().all(|c| c.is_ascii_graphic() || c == ' ')),
                    "{subtrees:?}"
                );
                assert!(
                    name.chars().all(|c| c.is_ascii_graphic() || c == ' ' || c.is_alphabetic()),
                    "raw bytes: {name:?}"
                );
            }
            Err(rule) => assert!(matches!(rule, Rule::DamagedExtension { .. }) && list == broken, "{rule:?}"),
            Ok(_) => {}
        }
    }
}

/// Authorities of companies limit login names too, in an extension that is not critical: what no program has to know does not
/// spoil the mail address beside it, which is held to its own limits all the same (RFC 5280 §4.2.1.10).
#[test]
fn constraints_that_need_not_be_known() {
    let (root, middle, anna) = (party("Root"), party("Middle"), party("Anna"));
    let root_cert = root.authority(&root);
    let login = tlv(0xa0, &[&NOBODY.to_der().unwrap(), &tlv(0xa0, &[&[5, 0]])]);
    for (critical, address, passes) in
        [(false, "anna@example.org", true), (true, "anna@example.org", false), (false, "anna@example.com", false)]
    {
        let subtrees = [mail("example.org"), login.clone()].map(|base| tlv(0x30, &[&base])).concat();
        let subtrees = tlv(0x30, &[&tlv(0xa0, &[&subtrees])]);
        let limits = Extension::new(rfc5280::ID_CE_NAME_CONSTRAINTS, critical, subtrees);
        let authority = root.issue(&middle, (-9, 9), vec![basic(true, None), limits]);
        let leaf = middle.issue(&anna, (-9, 9), vec![alternative(&[&login, &mail(address)])]);
        let found = find(&leaf, &[&authority], &[&root_cert]);
        assert_eq!(found.is_ok(), passes, "{critical} {address}");
    }
}

/// Many names against many constraints, again and again on every path that is tried, end within the budget of the search.
#[test]
fn hostile_constraints() {
    let (root, middle, anna) = (party("Root"), party("Middle"), party("Anna"));
    let root_cert = root.authority(&root);
    let authority = |count: usize, domain: &str, mark: u8| {
        let hosts = (0..count).map(|n| format!("h{n}.example")).chain([domain.to_owned()]);
        let subtrees: Vec<u8> = hosts.flat_map(|host| tlv(0x30, &[&mail(&host)])).collect();
        let limits = Extension::new(rfc5280::ID_CE_NAME_CONSTRAINTS, true, tlv(0x30, &[&tlv(0xa0, &[&subtrees])]));
        let mark = Extension::new(NOBODY, false, vec![4, 1, mark]);
        root.issue(&middle, (-9, 9), vec![basic(true, None), limits, mark])
    };
    let leaf = |count: usize| {
        let names: Vec<_> = (0..count).map(|n| mail(&format!("a{n}@example.org"))).collect();
        middle.issue(&anna, (-9, 9), vec![alternative(&names.iter().map(Vec::as_slice).collect::<Vec<_>>())])
    };
    assert!(find(&leaf(100), &[&authority(100, "example.org", 0)], &[&root_cert]).is_ok());
    let error = find(&leaf(400), &[&authority(400, "example.org", 0)], &[&root_cert]).unwrap_err();
    assert!(matches!(error.rule, Rule::Budget { .. }), "{:?}", error.rule);
    // Each path within it, but not all of them together.
    let many: Vec<_> = (1..9).map(|mark| authority(100, "example.com", mark)).collect();
    let last = authority(100, "example.org", 0);
    let with = |count: usize| many.iter().take(count).chain([&last]).collect::<Vec<_>>();
    assert!(find(&leaf(100), &with(2), &[&root_cert]).is_ok());
    let error = find(&leaf(100), &with(8), &[&root_cert]).unwrap_err();
    assert!(matches!(error.rule, Rule::Budget { .. } | Rule::NameConstraint { .. }), "{:?}", error.rule);
}

/// Addresses stand in subjectAltName, and only where it has none in the subject; what is no address is none.
#[test]
fn addresses() {
    let name = |text: &str| {
        let kind = crate::pki::name::EMAIL_ADDRESS.to_der().unwrap();
        tlv(0x30, &[&tlv(0x31, &[&tlv(0x30, &[&kind, &tlv(0x16, &[text.as_bytes()])])])])
    };
    let san = |names: &[Vec<u8>]| vec![alternative(&names.iter().map(Vec::as_slice).collect::<Vec<_>>())];
    let twice = || [san(&[mail("a@example.org")]), san(&[mail("b@example.org")])].into_iter().flatten().collect();
    let dns = tlv(0x82, &[b"example.org"]);
    for (case, subject, extensions, expected) in [
        ("in the name", "anna@example.org", vec![], vec!["anna@example.org"]),
        ("in both", "eve@example.org", san(&[mail("anna@example.org")]), vec!["anna@example.org"]),
        ("no address in it", "anna@example.org", san(&[dns]), vec!["anna@example.org"]),
        ("a bad address in it", "eve@example.org", san(&[mail("anna@example.org\0.evil.example")]), vec![]),
        ("zero octet in the name", "anna@example.org\0.evil.example", vec![], vec![]),
        (
            "several",
            "",
            san(&[mail("a@EXAMPLE.org"), utf8_mail("\u{e4}@example.org"), mail("a@example.org")]),
            vec!["a@example.org", "\u{e4}@example.org"],
        ),
        ("not ASCII", "", san(&[mail("\u{e4}@example.org")]), vec![]),
        ("twice", "anna@example.org", twice(), vec![]),
    ] {
        let party = Party { key: PrivateKey::generate(KeyKind::P256).unwrap(), name: name(subject) };
        let certificate = party.issue(&party, (-9, 9), extensions);
        let found: Vec<_> = certificate.addresses().iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{case}");
    }
}
