//! Addresses that look like others.

use waxwing::report::Verdict::{OtherSigner, Pinned, SenderUnclear};

use crate::case::{Case, case, codes};
use crate::generator::clear_from;
use crate::generator::people::Person;

/// Addresses that are not what they look like, each with a certificate that names just them: the mailbox is confirmed, and yet
/// it is not the one that people read.
pub fn addresses_that_look_like_others() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, address, clear) in [
        ("plain", "alice@example.org", true),
        ("letters of one script", "j\u{f6}rg@m\u{fc}ller.example", true),
        ("letters of one script in A-labels", "j\u{f6}rg@xn--mller-kva.example", true),
        (
            "all of one script",
            "\u{438}\u{432}\u{430}\u{43d}@\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.\u{440}\u{444}",
            true,
        ),
        ("a Cyrillic word in a Latin domain", "ivan@\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.example", true),
        ("Japanese", "\u{592a}\u{90ce}@\u{30c6}\u{30b9}\u{30c8}\u{592a}abc.example", true),
        ("one Cyrillic letter", "alice@ex\u{430}mple.org", false),
        ("one Cyrillic letter in A-labels", "alice@xn--exmple-4nf.org", false),
        ("one Greek letter", "alice@examp\u{3bb}e.org", false),
        ("nothing but look-alikes", "alice@\u{430}\u{440}\u{440}\u{4cf}\u{435}.com", false),
        ("a Cyrillic letter before the @", "\u{430}lice@example.org", false),
        ("phonetic letters", "alice@\u{261}oo\u{261}le.example", false),
        ("the Kelvin sign", "\u{212a}ate@example.org", false),
        ("a wide letter before the @", "\u{ff41}lice@example.org", false),
        ("a mathematical letter", "\u{1d41a}lice@example.org", false),
        ("a ligature", "\u{fb01}nance@example.org", false),
        ("a letter with a sharp s", "stra\u{df}e@example.org", true),
        ("an address before the @", "\"alice@example.org\"@example.net", false),
    ] {
        let person = Person::new("Alice", address);
        let mail = clear_from(&person, &format!("From: {address}"));
        let expected = if clear { Pinned } else { SenderUnclear };
        let read = case(format!("its own: {name}"), mail, expected, "").pinned(&person.certificate);
        cases.push(read.and(move |opened| {
            assert_eq!(codes(&opened.report).contains(&"look-alike-address"), !clear);
        }));
    }
    // Letters that become others in lower case belong to another mailbox.
    let kelvin = Person::new("Kate", "\u{212a}ate@example.org");
    for (name, person, from, verdict) in [
        ("a letter that becomes another in lower case", kelvin, "kate@example.org", OtherSigner),
        (
            "both forms of a domain",
            Person::new("Jörg", "joerg@xn--mller-kva.example"),
            "joerg@m\u{fc}ller.example",
            Pinned,
        ),
        (
            "the other form of a domain",
            Person::new("Jörg", "joerg@m\u{fc}ller.example"),
            "joerg@xn--mller-kva.example",
            Pinned,
        ),
        ("a letter in two ways", Person::new("Jörg", "j\u{f6}rg@example.org"), "jo\u{308}rg@example.org", OtherSigner),
        ("a sharp s for two", Person::new("Eve", "eve@strasse.example"), "eve@stra\u{df}e.example", OtherSigner),
        ("another dot", Person::new("Eve", "eve@example.org"), "eve@example\u{3002}org", Pinned),
    ] {
        let mail = clear_from(&person, &format!("From: {from}"));
        cases.push(case(name, mail, verdict, "").pinned(&person.certificate));
    }
    cases
}
