//! Lists by openssl, in every form that they come in.

use jiff::{SignedDuration, Timestamp};
use waxwing::pki::revocation::{Nobody, Status, crls};
use waxwing::source::Source;

use crate::authority::{Authority, state};
use crate::common::installed;
use crate::common::openssl::openssl;

fn now() -> Timestamp {
    Timestamp::now()
}

fn in_days(days: i64) -> Timestamp {
    now().checked_add(SignedDuration::from_hours(24 * days)).unwrap()
}

/// Each person as the issuer's list has it, with the day and what the issuer says about it; the issuer by the root's list.
#[test]
fn people_are_as_the_list_says() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    let lists = [authority.read("issuer.crl"), authority.read("root.crl")];
    for (person, expected) in [
        ("good", "good"),
        ("stolen", "revoked keyCompromise"),
        ("replaced", "revoked superseded"),
        ("held", "revoked certificateHold"),
        ("unlisted", "good"),
    ] {
        let outcome = authority.check(person, now(), &lists, &[], &Nobody);
        assert_eq!(state(&outcome), expected, "{person}");
        assert!(matches!(outcome.certificates[1].1, Status::Good(_)) && outcome.certificates.len() == 2);
        assert!(outcome.remarks.is_empty() && outcome.asked.is_empty(), "{person}: {outcome:?}");
        if let Status::Revoked(withdrawal) = &outcome.certificates[0].1 {
            let since = withdrawal.invalid_since.map(|since| since.to_string());
            assert_eq!(since.as_deref(), (person == "stolen").then_some("2025-03-01T12:00:00Z"), "{person}");
        }
    }
}

/// What a list is worth at another time, in another's name, about other certificates, or changed.
#[test]
fn what_a_list_is_worth() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    let list = authority.read("issuer.crl");
    let der = |words: &str| authority.list("issuer", words);
    let mut changed = authority.list("issuer", "");
    changed = crl_der(&changed);
    let last = changed.len() - 1;
    changed[last] ^= 1;
    let rows = [
        ("good", "nothing at hand", now(), vec![], "not-checked []"),
        ("good", "another authority's", now(), vec![authority.list("other", "")], "not-checked []"),
        ("good", "too old", in_days(31), vec![list.clone()], "unknown [Stale"),
        ("stolen", "too old, but it says enough", in_days(31), vec![list.clone()], "revoked keyCompromise"),
        ("held", "too old: the suspension may have ended", in_days(31), vec![list.clone()], "unknown [Stale"),
        ("good", "from the future", in_days(-1), vec![list.clone()], "unknown [NotYet"),
        ("good", "changed", now(), vec![changed.clone()], "unknown [BadSignature"),
        ("stolen", "changed", now(), vec![changed], "unknown [BadSignature"),
        ("good", "a good one beside one that is too old", in_days(31), vec![list.clone(), der("-crldays 60")], "good"),
        ("good", "about people", now(), vec![der("-crlexts user")], "good"),
        ("good", "about authorities", now(), vec![der("-crlexts ca_only")], "unknown []"),
        ("stolen", "about authorities", now(), vec![der("-crlexts ca_only")], "unknown []"),
        ("good", "with something that nobody knows", now(), vec![der("-crlexts odd")], "unknown [UnknownCritical("),
        ("stolen", "with something that nobody knows", now(), vec![der("-crlexts odd")], "revoked keyCompromise"),
    ];
    for (person, what, at, lists, expected) in rows {
        let outcome = authority.check(person, at, &lists, &[], &Nobody);
        let problems: Vec<_> = outcome.remarks.iter().map(|remark| &remark.problem).collect();
        let found = format!("{} {problems:?}", state(&outcome));
        assert!(found.starts_with(expected), "{person}, {what}: {found}");
    }
}

fn crl_der(pem: &[u8]) -> Vec<u8> {
    openssl("crl -outform DER", pem).unwrap_or_else(|error| panic!("{error}"))
}

/// PEM, DER, BER with indefinite lengths, bundles, several in one file; what is none or is cut short is said.
#[test]
fn every_form_of_file_is_read() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    let pem = authority.read("issuer.crl");
    let der = crl_der(&pem);
    authority.openssl("crl2pkcs7 -in issuer.crl -certfile root.pem -outform DER -out bundle.p7b");
    authority.openssl("crl2pkcs7 -in issuer.crl -certfile root.pem -out bundle.pem");
    // The outer SEQUENCE with an indefinite length: header, the same content, end-of-contents octets.
    let content = &der[if der[1] == 0x82 { 4 } else { 3 }..];
    let indefinite = [&[0x30, 0x80], content, &[0, 0]].concat();
    let latin = [b"Liste f\xfcr alle\n".as_slice(), &pem].concat();
    let read = |bytes: &[u8]| {
        crls(&Source::from_bytes(bytes), 1 << 20).map(|found| found.len()).map_err(|error| error.to_string())
    };
    for (what, bytes, expected) in [
        ("PEM", pem.clone(), 1),
        ("DER", der.clone(), 1),
        ("BER", indefinite.clone(), 1),
        ("text in Latin-1 before", latin, 1),
        ("two in PEM", pem.repeat(2), 2),
        ("two in DER", der.repeat(2), 2),
        ("a bundle", authority.read("bundle.p7b"), 1),
        ("a bundle in PEM", authority.read("bundle.pem"), 1),
    ] {
        assert_eq!(read(&bytes), Ok(expected), "{what}");
    }
    let outcome = authority.check("stolen", now(), &[indefinite], &[], &Nobody);
    assert_eq!(state(&outcome), "revoked keyCompromise");
    for (what, bytes, expected) in [
        ("a certificate", authority.read("root.pem"), "no list"),
        ("nothing", Vec::new(), "no list"),
        ("text", b"hello".to_vec(), "no list"),
        ("PEM cut short", pem[..pem.len() / 2].to_vec(), "damaged"),
        ("DER cut short", der[..der.len() / 2].to_vec(), "damaged"),
        ("too large", vec![0; (1 << 20) + 1], "larger than 1048576"),
    ] {
        let error = read(&bytes).unwrap_err();
        assert!(error.contains(expected), "{what}: {error}");
    }
}

/// Every method that signs certificates signs lists too.
#[test]
fn every_signature_method_is_checked() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    for (key, words) in [
        ("rsa:2048", "-md sha256"),
        ("rsa:2048", "-md sha1"),
        ("rsa:2048", "-md sha384 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:48"),
        ("ec -pkeyopt ec_paramgen_curve:P-384", "-md sha384"),
        ("ed25519", "-md null"),
    ] {
        let root = waxwing::pki::bundle::certificates(&made(authority, key, words)).unwrap().remove(0);
        let list = crls(&Source::open(&authority.file("method.crl")).unwrap(), 1 << 20).unwrap().remove(0);
        let leaf = waxwing::pki::bundle::certificates(&authority.read("method-leaf.pem")).unwrap().remove(0);
        let mut anchors = waxwing::pki::path::Anchors::default();
        anchors.add(root.clone(), waxwing::pki::path::AnchorSource::Given);
        let sources = waxwing::pki::revocation::Sources {
            anchors: &anchors,
            certificates: &[],
            lookup: &Nobody,
            now: now(),
            path_steps: 10,
            crl_bytes: 1 << 20,
            questions: 0,
        };
        let outcome = waxwing::pki::revocation::Checker::new(sources, vec![list], Vec::new()).chain(&[leaf, root]);
        assert_eq!(state(&outcome), "revoked unspecified", "{key} {words}: {:?}", outcome.remarks);
    }
}

/// A root with that key, and its list, which withdraws a leaf.
fn made(authority: &Authority, key: &str, words: &str) -> Vec<u8> {
    for (end, content) in [("txt", ""), ("serial", "01\n"), ("crlnumber", "01\n")] {
        authority.write(&format!("method.{end}"), content);
    }
    authority.write(
        "method.conf",
        "[req]\nprompt=no\ndistinguished_name=dn\nx509_extensions=ca_ext\n[dn]\nCN=Method\n[ca_ext]\nbasicConstraints=critical,CA:TRUE\n\
         keyUsage=critical,keyCertSign,cRLSign\n[ca]\ndefault_ca=this\n[this]\ndatabase=method.txt\nserial=method.serial\n\
         crlnumber=method.crlnumber\nnew_certs_dir=.\ncertificate=method.pem\nprivate_key=method.key\ndefault_md=sha256\n\
         policy=any\nunique_subject=no\ndefault_crl_days=30\ndefault_days=30\n[any]\nCN=supplied\n",
    );
    authority.openssl(&format!(
        "req -x509 -config method.conf -newkey {key} -nodes -keyout method.key -out method.pem -days 30"
    ));
    authority.openssl(&format!("ca -batch -config method.conf {words} -in good.csr -notext -out method-leaf.pem"));
    authority.openssl("ca -config method.conf -revoke method-leaf.pem");
    authority.openssl(&format!("ca -config method.conf -gencrl {words} -out method.crl"));
    authority.read("method.pem")
}

/// A list with 200,000 entries is read from where it lies, piece by piece, once for each certificate.
#[test]
fn large_lists_are_read_piece_by_piece() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    let entries: String = (0..200_000)
        .map(|number| format!("R\t350101000000Z\t250101000000Z\t{:08X}\tunknown\t/CN=x\n", number + 0x0100_0000))
        .collect();
    let stolen = String::from_utf8(authority.read("issuer.txt")).unwrap();
    authority.write("large.txt", entries + &stolen);
    let configuration = String::from_utf8(authority.read("ca.conf")).unwrap();
    authority.write("large.conf", configuration.replace("database=issuer.txt", "database=large.txt"));
    let turn = authority.busy.lock().unwrap();
    authority.openssl("ca -config large.conf -name issuer -gencrl -out large.pem");
    drop(turn);
    authority.openssl("crl -in large.pem -outform DER -out large.crl");
    let file = Source::open(&authority.file("large.crl")).unwrap();
    assert!(file.len().unwrap() > 4_000_000);
    let list = authority.read("large.crl");
    for (person, expected) in [("good", "good"), ("stolen", "revoked keyCompromise")] {
        assert_eq!(state(&authority.check(person, now(), std::slice::from_ref(&list), &[], &Nobody)), expected);
    }
}
