//! What people read of a signer, of a header and of files has nothing in it that turns, hides or drives, however long it is.

use waxwing::report::Verdict::{Pinned, SenderUnclear};
use waxwing::smime::Opened;

use crate::case::{Case, case};
use crate::generator::certificates::{common_name, mailbox, person};
use crate::generator::people::{ALICE, MALLORY, Person, alice};
use crate::generator::{clear_from, clear_of};

pub fn cases() -> Vec<Case> {
    [names_are_shown_as_they_are(), long_names()].into_iter().flatten().collect()
}

/// Nothing that is shown has control characters or such that turn the direction of letters.
fn is_plain(opened: &Opened) {
    let hidden = |text: &str| {
        text.chars().any(|c| {
            c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
    };
    let report = &opened.report;
    let fields = report.shown.fields.iter().map(|field| field.value.as_str());
    let signers = report.layers.iter().flat_map(|layer| &layer.signers).flat_map(|signer| {
        let certificate =
            signer.certificate.iter().flat_map(|it| [it.subject.as_str(), it.issuer.as_str(), it.name.as_str()]);
        certificate.chain([signer.name.as_str()]).chain(signer.addresses.iter().map(String::as_str))
    });
    let files = report.attachments.iter().map(|file| file.name.as_str());
    let shown: Vec<_> = fields.chain(signers).chain(files).chain([report.subject.as_str()]).collect();
    assert!(shown.iter().all(|text| !hidden(text)), "{shown:?}");
}

fn names_are_shown_as_they_are() -> Vec<Case> {
    let turned = Person::new("Alice\u{202e}\u{200b} ecilA\u{2066}", ALICE);
    let subject = format!("From: {ALICE}\r\nSubject: \u{202e}EVIL\u{2066} =?utf-8?Q?=1B[2J=E2=80=AEx=0D=0AFrom:_eve?=");
    let controls = person(&[common_name("Alice\r\n\u{1b}[2J\0verified")], &[mailbox(ALICE.as_bytes())]);
    let file = "Content-Type: application/octet-stream; name=\"gpj.\u{202e}exe\"\r\nContent-Disposition: attachment; \
                filename*=utf-8''seal%E2%80%AEgnp.exe%00%0D%0A\r\n\r\nwell\r\n";
    // A common name that is somebody else's address does not stand in the headline.
    let liar = Person::new(ALICE, MALLORY);
    let two_names = person(&[common_name("Mallory"), common_name("Alice")], &[mailbox(MALLORY.as_bytes())]);
    let from = |person: &Person, lines: &str| clear_from(person, lines);
    vec![
        case("letters turned around", from(&turned, &subject), Pinned, "").pinned(&turned.certificate).and(is_plain),
        case("a name with line ends", from(&controls, &format!("From: {ALICE}")), Pinned, "")
            .pinned(&controls.certificate)
            .and(is_plain),
        case(
            "a display name turned around",
            from(alice(), &format!("From: \"\u{202e}ecilA\" <{ALICE}>")),
            SenderUnclear,
            "from-malformed",
        )
        .and(is_plain),
        case("a file name turned around", clear_of(alice(), &format!("From: {ALICE}"), file.as_bytes()), Pinned, "")
            .and(is_plain),
        case("an address for a common name", from(&liar, &format!("From: {MALLORY}")), Pinned, "")
            .pinned(&liar.certificate)
            .and(|opened| assert_eq!(opened.report.layers[0].signers[0].name, MALLORY)),
        case("two common names", from(&two_names, &format!("From: {MALLORY}")), Pinned, "")
            .pinned(&two_names.certificate)
            .and(|opened| assert!(!opened.report.layers[0].signers[0].name.is_empty())),
    ]
}

/// Names that push the rest out of sight are cut where they are shown.
fn long_names() -> Vec<Case> {
    let long = "A".repeat(100_000);
    let named = person(&[common_name(&long)], &[mailbox(ALICE.as_bytes())]);
    let many: Vec<Vec<u8>> = (0..2000).map(|number| mailbox(format!("a{number}@example.org").as_bytes())).collect();
    let many = person(&[common_name("Alice")], &[many, vec![mailbox(ALICE.as_bytes())]].concat());
    let local = format!("{}@example.org", "a".repeat(5000));
    let lines = |from: &str| format!("From: {from}");
    let file =
        format!("Content-Type: text/plain\r\nContent-Disposition: attachment; filename={long}.txt\r\n\r\nwell\r\n");
    let is_short = |opened: &Opened| {
        let title = waxwing::text::signature(&opened.report).title;
        assert!(title.chars().count() < 300, "{} characters", title.chars().count());
    };
    vec![
        case(
            "a display name of a megabyte",
            clear_from(alice(), &lines(&format!("\"{}\" <{ALICE}>", "A".repeat(900_000)))),
            Pinned,
            "display-name",
        )
        .and(is_short),
        case(
            "a subject of a megabyte",
            clear_from(alice(), &format!("From: {ALICE}\r\nSubject: {}", "A".repeat(900_000))),
            Pinned,
            "",
        )
        .and(is_short),
        case("a common name of a hundred thousand letters", clear_from(&named, &lines(ALICE)), Pinned, "")
            .pinned(&named.certificate)
            .and(is_short),
        case("two thousand addresses", clear_from(&many, &lines(ALICE)), Pinned, "")
            .pinned(&many.certificate)
            .and(is_short),
        case("a long address", clear_from(alice(), &lines(&local)), waxwing::report::Verdict::OtherSigner, ""),
        case("a long file name", clear_of(alice(), &lines(ALICE), file.as_bytes()), Pinned, "")
            .and(|opened| assert!(opened.report.attachments[0].name.len() < 300)),
    ]
}
