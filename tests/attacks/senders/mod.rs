//! From lines that show somebody else than the one who is compared with the signer.

use waxwing::report::Verdict::{OtherSigner, Pinned, SenderUnclear};

use super::people::{ALICE, MALLORY, Person, alice, bob};
use super::*;

/// A clear-signed message with these lines for its sender.
fn from(signer: &Person, lines: &str) -> Vec<u8> {
    let entity = ENTITY.as_bytes();
    let body = multipart("s", &[entity, &signature_part(&signer.sign(entity))]);
    [format!("{lines}\r\nMIME-Version: 1.0\r\nContent-Type: {SIGNED}\r\n\r\n").as_bytes(), &body].concat()
}

/// Alice's signature under a From line that shows Mallory, or both.
#[test]
fn the_sender_line_names_the_signer_and_nobody_else() {
    let b = |text: &str| format!("=?utf-8?Q?{}?=", text.bytes().map(|byte| format!("={byte:02X}")).collect::<String>());
    let rows: Vec<(&str, String, Verdict, &str)> = vec![
        ("plain", format!("From: {ALICE}"), Pinned, ""),
        ("with her name", format!("From: Alice <{ALICE}>"), Pinned, ""),
        ("her name in a comment", format!("From: {ALICE} (Alice)"), Pinned, ""),
        ("encoded name", format!("From: {} <{ALICE}>", b("Alice")), Pinned, ""),
        ("somebody else", format!("From: {MALLORY}"), OtherSigner, "address-differs"),
        ("two fields", format!("From: {ALICE}\r\nFrom: {MALLORY}"), SenderUnclear, "from-several"),
        ("two fields, the other first", format!("From: {MALLORY}\r\nfrom : {ALICE}"), SenderUnclear, "from-several"),
        ("two mailboxes", format!("From: {ALICE}, {MALLORY}"), SenderUnclear, "from-several"),
        ("two mailboxes, a Sender", format!("From: {MALLORY}, {ALICE}\r\nSender: {ALICE}"), SenderUnclear, ""),
        ("the same twice", format!("From: {ALICE}\r\nFrom: {ALICE}"), SenderUnclear, "from-several"),
        ("a group", format!("From: Friends:{ALICE};"), SenderUnclear, "from-malformed"),
        (
            "a group with an address for a name",
            format!("From: \"{MALLORY}\":{ALICE};"),
            SenderUnclear,
            "from-malformed",
        ),
        ("an empty group", "From: Friends:;".to_owned(), SenderUnclear, ""),
        ("an address for a name", format!("From: \"{MALLORY}\" <{ALICE}>"), SenderUnclear, "display-address"),
        ("an unquoted address for a name", format!("From: {MALLORY} <{ALICE}>"), SenderUnclear, ""),
        ("an encoded address for a name", format!("From: {} <{ALICE}>", b(MALLORY)), SenderUnclear, "display-address"),
        (
            "an encoded mailbox for a name",
            format!("From: {} <{ALICE}>", b("Mallory <mallory@example.net>")),
            SenderUnclear,
            "",
        ),
        ("a quoted encoded address", format!("From: \"{}\" <{ALICE}>", b(MALLORY)), SenderUnclear, "display-address"),
        ("an address in a comment", format!("From: {ALICE} ({MALLORY})"), SenderUnclear, "display-address"),
        ("a wide @ in the name", format!("From: \"mallory\u{ff20}example.net\" <{ALICE}>"), SenderUnclear, ""),
        (
            "an invisible letter in the name",
            format!("From: \"mallory@\u{200b}example.net\" <{ALICE}>"),
            SenderUnclear,
            "",
        ),
        ("turned around", format!("From: \"\u{202e}ten.elpmaxe@yrollam\" <{ALICE}>"), SenderUnclear, ""),
        ("an encoded address", format!("From: {}", b(ALICE)), SenderUnclear, "from-malformed"),
        ("an encoded address in brackets", format!("From: Alice <{}>", b(ALICE)), SenderUnclear, ""),
        ("a comment in the address", "From: alice(EVIL)@example.org".to_owned(), SenderUnclear, ""),
        ("a route", format!("From: <@example.net:{ALICE}>"), SenderUnclear, ""),
        ("two addresses in brackets", format!("From: <{ALICE}> <{MALLORY}>"), SenderUnclear, ""),
        ("a control character", format!("From: {ALICE}\u{0}{MALLORY}"), SenderUnclear, ""),
        ("a lone CR", format!("From: {ALICE}\rFrom: {MALLORY}"), SenderUnclear, ""),
        ("folded", format!("From: Alice\r\n <{ALICE}>"), Pinned, ""),
        ("folded with a second one", format!("From: {ALICE},\r\n\t{MALLORY}"), SenderUnclear, ""),
        ("missing", "To: bob@example.org".to_owned(), SenderUnclear, "from-missing"),
        ("empty", "From:".to_owned(), SenderUnclear, "from-missing"),
        ("Sender alone", format!("Sender: {ALICE}"), SenderUnclear, "from-missing"),
        ("Sender differs", format!("From: {ALICE}\r\nSender: {MALLORY}"), Pinned, "sender-differs"),
        ("Reply-To differs", format!("From: {ALICE}\r\nReply-To: {MALLORY}"), Pinned, "reply-to-differs"),
        ("upper case", "From: ALICE@EXAMPLE.ORG".to_owned(), Pinned, "address-case"),
        ("below the domain", "From: alice@evil.example.org".to_owned(), OtherSigner, ""),
        ("a dot behind", "From: alice@example.org.".to_owned(), OtherSigner, "from-malformed"),
        ("a plus", "From: alice+x@example.org".to_owned(), OtherSigner, ""),
        ("a name of a megabyte", format!("From: \"{}\" <{ALICE}>", "A".repeat(900_000)), Pinned, "display-name"),
        ("a quoted local part", "From: \"alice\"@example.org".to_owned(), Pinned, ""),
        ("a quoted local part with a space", "From: \"alice \"@example.org".to_owned(), OtherSigner, ""),
    ];
    let cases =
        rows.into_iter().map(|(name, lines, verdict, finding)| case(name, from(alice(), &lines), verdict, finding));
    hold(cases.collect());
}

/// Addresses that are not what they look like, each with a certificate that names just them: the mailbox is confirmed, and yet
/// it is not the one that people read.
#[test]
fn addresses_that_look_like_others() {
    for (name, address, clear) in [
        ("plain", "alice@example.org", true),
        ("letters of one script", "j\u{f6}rg@m\u{fc}ller.example", true),
        ("the same in A-labels", "j\u{f6}rg@xn--mller-kva.example", true),
        (
            "all of one script",
            "\u{438}\u{432}\u{430}\u{43d}@\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.\u{440}\u{444}",
            true,
        ),
        ("a Cyrillic word in a Latin domain", "ivan@\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.example", true),
        ("Japanese", "\u{592a}\u{90ce}@\u{30c6}\u{30b9}\u{30c8}\u{592a}abc.example", true),
        ("one Cyrillic letter", "alice@ex\u{430}mple.org", false),
        ("the same in A-labels", "alice@xn--exmple-4nf.org", false),
        ("one Greek letter", "alice@examp\u{3bb}e.org", false),
        ("nothing but look-alikes", "alice@\u{430}\u{440}\u{440}\u{4cf}\u{435}.com", false),
        ("a Cyrillic letter before the @", "\u{430}lice@example.org", false),
        ("phonetic letters", "alice@\u{261}oo\u{261}le.example", false),
        ("an address before the @", "\"alice@example.org\"@example.net", false),
    ] {
        let person = Person::new("Alice", address);
        let report = bob()
            .open_with(
                &from(&person, &format!("From: {address}")),
                std::slice::from_ref(&person.certificate),
                &people::anchors(&[]),
            )
            .report;
        let expected = if clear { Pinned } else { SenderUnclear };
        assert_eq!(report.signature, expected, "{name}: {:?}", codes(&report));
        assert_eq!(codes(&report).contains(&"look-alike-address"), !clear, "{name}");
    }
    // Letters that become others in lower case belong to another mailbox.
    let kelvin = Person::new("Kate", "\u{212a}ate@example.org");
    let mail = from(&kelvin, "From: kate@example.org");
    let report = bob().open_with(&mail, std::slice::from_ref(&kelvin.certificate), &people::anchors(&[])).report;
    assert_eq!(report.signature, OtherSigner, "{:?}", codes(&report));
}

/// What people read of a signer and of a header has nothing in it that turns, hides or drives.
#[test]
fn names_are_shown_as_they_are() {
    let name = "Alice\u{202e}\u{200b} ecilA\u{2066}";
    let person = Person::new(name, ALICE);
    let lines = format!("From: {ALICE}\r\nSubject: \u{202e}EVIL\u{2066} =?utf-8?Q?=1B[2J=E2=80=AEx=0D=0AFrom:_eve?=");
    let report = bob()
        .open_with(&from(&person, &lines), std::slice::from_ref(&person.certificate), &people::anchors(&[]))
        .report;
    let signer = &report.layers[0].signers[0];
    let hidden = |text: &str| {
        text.chars().any(|c| {
            c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
    };
    let shown = report.shown.fields.iter().map(|field| field.value.as_str());
    for text in shown.chain([report.subject.as_str(), signer.name.as_str()]) {
        assert!(!hidden(text), "{text:?}");
    }
    // A common name that is somebody else's address does not stand in the headline.
    let liar = Person::new(ALICE, MALLORY);
    let report = bob()
        .open_with(
            &from(&liar, &format!("From: {MALLORY}")),
            std::slice::from_ref(&liar.certificate),
            &people::anchors(&[]),
        )
        .report;
    assert_eq!((report.signature, report.layers[0].signers[0].name.as_str()), (Pinned, MALLORY));
}
