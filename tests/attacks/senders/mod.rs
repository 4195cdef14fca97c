//! From lines that show somebody else than the one who is compared with the signer.

mod certificates;
mod look_alikes;

use waxwing::report::Verdict;
use waxwing::report::Verdict::{OtherSigner, Pinned, SenderUnclear};

use crate::case::{Case, case};
use crate::generator::clear_from;
use crate::generator::people::{ALICE, MALLORY, alice};

pub fn cases() -> Vec<Case> {
    let confusions = [the_sender_line_names_the_signer_and_nobody_else(), certificates::names_in_certificates()];
    confusions.into_iter().flatten().chain(look_alikes::addresses_that_look_like_others()).collect()
}

/// Alice's signature under a From line that shows Mallory, or both.
fn the_sender_line_names_the_signer_and_nobody_else() -> Vec<Case> {
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
        ("a quoted local part", "From: \"alice\"@example.org".to_owned(), Pinned, ""),
        ("a quoted local part with a space", "From: \"alice \"@example.org".to_owned(), OtherSigner, ""),
        ("a quoted pair", "From: \"al\\ice\"@example.org".to_owned(), Pinned, ""),
        (
            "a percent sign for an @",
            format!("From: alice%example.org@example.net, {ALICE}"),
            SenderUnclear,
            "from-several",
        ),
        ("a path of hosts", "From: example.net!alice@example.org".to_owned(), OtherSigner, ""),
        ("an address of numbers", "From: alice@[192.0.2.1]".to_owned(), OtherSigner, ""),
        ("a semicolon between two", format!("From: {ALICE}; {MALLORY}"), SenderUnclear, ""),
        ("a comma in a name that is not quoted", format!("From: Mallory, Alice <{ALICE}>"), SenderUnclear, ""),
        ("a comma alone", format!("From: {ALICE},"), Pinned, ""),
        ("a quotation mark that is not closed", format!("From: \"Mallory <{MALLORY}> <{ALICE}>"), SenderUnclear, ""),
        ("a comment that is not closed", format!("From: {ALICE} (Mallory <{MALLORY}>"), SenderUnclear, ""),
        ("comments in comments", format!("From: (a (b) {MALLORY} (c)) {ALICE}"), SenderUnclear, "display-address"),
        ("a bracket that is not closed", format!("From: Alice <{ALICE}"), SenderUnclear, ""),
        ("an empty address", "From: Alice <>".to_owned(), SenderUnclear, ""),
        ("a group in a group", format!("From: a:b:{ALICE};;"), SenderUnclear, ""),
        (
            "encoded line ends and a field",
            format!("From: {} <{ALICE}>", b(&format!("x\r\nFrom: {MALLORY}"))),
            SenderUnclear,
            "",
        ),
        ("an encoded NUL", format!("From: {} <{ALICE}>", b("Mallory\0")), Pinned, "display-name"),
        (
            "an encoded word in two",
            format!("From: {} {} <{ALICE}>", b("mallory@exa"), b("mple.net")),
            SenderUnclear,
            "display-address",
        ),
        ("an address with blanks for a name", format!("From: \"mallory @ example.net\" <{ALICE}>"), SenderUnclear, ""),
        (
            "an address with words for signs",
            format!("From: \"mallory (at) example (dot) net\" <{ALICE}>"),
            Pinned,
            "display-name",
        ),
        ("a small @ in the name", format!("From: \"mallory\u{fe6b}example.net\" <{ALICE}>"), SenderUnclear, ""),
        ("soft hyphens in the address", "From: al\u{ad}ice@example.org".to_owned(), OtherSigner, ""),
        ("an invisible letter in the address", "From: alice\u{200b}@example.org".to_owned(), OtherSigner, ""),
        ("a blank before the colon", format!("From : {MALLORY}\r\nFrom: {ALICE}"), SenderUnclear, "from-several"),
        ("a tab before the colon", format!("From\t: {MALLORY}\r\nFrom: {ALICE}"), SenderUnclear, "from-several"),
        (
            "a second one behind a thousand fields",
            format!("From: {ALICE}\r\n{}From: {MALLORY}", "X-Note: x\r\n".repeat(1000)),
            SenderUnclear,
            "from-several",
        ),
        (
            "a second one behind a long field",
            format!("From: {ALICE}\r\nX-Note: {}\r\nFrom: {MALLORY}", "x".repeat(500_000)),
            SenderUnclear,
            "from-several",
        ),
        ("a name in two lines", format!("From\r\n : {MALLORY}\r\nFrom: {ALICE}"), Pinned, "odd-structure"),
        ("a field of no name", format!(": {MALLORY}\r\nFrom: {ALICE}"), Pinned, ""),
        ("sent again by somebody else", format!("Resent-From: {MALLORY}\r\nFrom: {ALICE}"), Pinned, ""),
        (
            "two mailboxes, a Sender of hers and one of his",
            format!("From: {MALLORY}, {ALICE}\r\nSender: {MALLORY}"),
            SenderUnclear,
            "",
        ),
        ("two Senders", format!("From: {ALICE}\r\nSender: {ALICE}\r\nSender: {MALLORY}"), Pinned, "sender-differs"),
        (
            "hundreds of mailboxes",
            format!("From: {}{ALICE}", format!("{MALLORY}, ").repeat(500)),
            SenderUnclear,
            "from-several",
        ),
    ];
    let row = |(name, lines, verdict, finding): (&str, String, _, _)| {
        case(name, clear_from(alice(), &lines), verdict, finding)
    };
    rows.into_iter().map(row).collect()
}
