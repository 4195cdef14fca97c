//! Address fields as they are written, by good and by bad senders.

use proptest::prelude::*;

use super::*;

/// `display|address` of each mailbox, and `!` where the field is malformed.
fn read(value: &str) -> String {
    let list = AddressList::parse(value);
    let mailbox = |mailbox: &Mailbox| format!("{}|{}", mailbox.display.as_deref().unwrap_or("-"), mailbox.address);
    let mailboxes: Vec<_> = list.mailboxes.iter().map(mailbox).collect();
    format!("{}{}", mailboxes.join(", "), if list.malformed { " !" } else { "" })
}

/// Every form that RFC 5322 allows is read, and what is shown is what people see.
#[test]
fn valid_fields_are_read_in_full() {
    let cases = [
        ("a@example.org", "-|a@example.org"),
        (" <a.b+c@Example.ORG> ", "-|a.b+c@example.org"),
        ("Alice B. Smith <a@b.c>", "Alice B. Smith|a@b.c"),
        ("\"Smith, \\\"A\\\" <x@y.z>\" <a@b.c>", "Smith, \"A\" <x@y.z>|a@b.c"),
        ("a@b.c, \"D\" <d@e.f>,, g@h.i,", "-|a@b.c, D|d@e.f, -|g@h.i"),
        ("\"a b\\\"\"@c.d", "-|\"a b\\\"\"@c.d"),
        ("\"plain\"@c.d", "-|plain@c.d"),
        ("a@[IPv6:::1]", "-|a@[ipv6:::1]"),
        ("Team: A <a@b.c>, d@e.f ; , g@h.i", "A|a@b.c, -|d@e.f, -|g@h.i"),
        ("undisclosed-recipients:;", ""),
        ("", ""),
        ("a@b.c (Alice (the \\) first))", "Alice (the ) first)|a@b.c"),
        ("(x) Bob (Sales) <a@b.c>", "Bob (x) (Sales)|a@b.c"),
        ("=?utf-8?q?J=C3=B6rg?= =?utf-8?B?IMOc?= <a@b.c>", "Jörg Ü|a@b.c"),
        ("=?utf-8?Q?M=C3=BC,_H.?= <a@b.c>", "Mü, H.|a@b.c"),
        ("\"=?utf-8?q?x?=\" <a@b.c>", "=?utf-8?q?x?=|a@b.c"),
        ("Jörg <jörg@Bücher.example>", "Jörg|jörg@xn--bcher-kva.example"),
        ("a@XN--BCHER-KVA.example", "-|a@xn--bcher-kva.example"),
        ("A\u{202e}B\u{a0}C <a@b.c>", "AB\u{a0}C|a@b.c"),
        ("a@localhost", "-|a@localhost"),
    ];
    for (value, expected) in cases {
        assert_eq!(read(value), expected, "{value}");
    }
}

/// Where programs disagree about the sender, the field is marked, and the address is the one that most of them use.
#[test]
fn doubtful_fields_are_marked() {
    let cases = [
        ("Alice", " !"),
        ("Smith, John <j@x.y>", "John|j@x.y !"),
        ("x@y.z <a@b.c>", "x@y.z|a@b.c !"),
        ("Alice a@b.c", "Alice|a@b.c !"),
        ("<a@b.c> <d@e.f>", "-|a@b.c !"),
        ("<a@b.c", "-|a@b.c !"),
        ("<a@b.c, d@e.f>", "-|a@b.c, -|d@e.f !"),
        ("a@b.c; d@e.f", "-|a@b.c, -|d@e.f !"),
        ("<@x.y,@z.z:a@b.c>", "-|a@b.c !"),
        ("[List] A <a@b.c>", "[List] A|a@b.c !"),
        ("a(x@y.z)@b.c", "x@y.z|a@b.c !"),
        ("<a@b.c (x)>", "x|a@b.c !"),
        ("a @b.c", "-|a@b.c !"),
        ("a..b@c.d", "-|\"a..b\"@c.d !"),
        ("a@b..c", "-|a@b..c !"),
        ("a@b.c.", "-|a@b.c. !"),
        ("a@b@c.d", "-|a@b !"),
        ("\"a\".b@c.d", "-|a.b@c.d !"),
        ("=?utf-8?q?a?=@b.c", "-|=?utf-8?q?a?=@b.c !"),
        ("=?utf-8?q?x@y.z?= <a@b.c>", "x@y.z|a@b.c !"),
        ("a\u{200b}@b.c", "-|a\u{200b}@b.c !"),
        ("a@b\u{ff20}c.d", "-|a@b\u{ff20}c.d !"),
        ("\"A <a@b.c>", " !"),
        ("(A a@b.c", " !"),
        ("<>", " !"),
        ("@b.c", " !"),
        ("a@", " !"),
        ("a@[b", " !"),
        ("Team: a@b.c", "-|a@b.c !"),
        ("\u{7}a@b.c", "-|a@b.c !"),
    ];
    for (value, expected) in cases {
        assert_eq!(read(value), expected, "{value}");
    }
}

/// A certificate's address is that and nothing else; domains agree in every form.
#[test]
fn bare_addresses_are_compared_by_their_domain_form() {
    for text in
        ["", "a", "a@", "@b", " a@b.c", "a@b.c ", "<a@b.c>", "a@b.c,d@e.f", "a(b)@c.d", "a@b.c.", "a@b c", "a b@c.d"]
    {
        assert_eq!(Address::parse(text), None, "{text}");
    }
    let same = |a: &str, b: &str| Address::parse(a).unwrap().same(&Address::parse(b).unwrap());
    assert!(same("a@BÜCHER.example", "a@xn--bcher-kva.EXAMPLE"));
    assert!(!same("A@b.c", "a@b.c"));
    assert!(Address::parse("A@b.c").unwrap().same_but_for_case(&Address::parse("a@b.c").unwrap()));
    assert_eq!(Address::parse("\"a b\"@c.d").unwrap().to_string(), "\"a b\"@c.d");
}

/// A name that shows another address than the one that is compared is the oldest trick there is.
#[test]
fn addresses_in_names_are_found() {
    let cases = [
        ("boss@bank.example", Some("boss@bank.example")),
        ("The Boss <boss@bank.example>", Some("boss@bank.example")),
        ("'boss@bank.example' via List", Some("boss@bank.example")),
        ("boss\u{ff20}bank\u{3002}example", Some("boss@bank.example")),
        ("bo\u{200b}ss@bank.example", Some("boss@bank.example")),
        ("=?utf-8?q?boss=40bank.example?=", Some("boss@bank.example")),
        ("me@real.example or boss@bank.example.", Some("boss@bank.example")),
        ("Me@REAL.example", None),
        ("Boss @ bank.example", Some("Boss@bank.example")),
        ("Boss @ Bank", None),
        ("@boss", None),
        ("lunch@home", None),
        ("Boss", None),
    ];
    let address = Address::parse("me@real.example").unwrap();
    for (display, expected) in cases {
        let mailbox = Mailbox { display: Some(display.to_owned()), address: address.clone() };
        assert_eq!(misleading_display(&mailbox).map(|shown| shown.to_string()).as_deref(), expected, "{display}");
    }
}

/// A field of a mebibyte must not take a minute, whatever is repeated in it.
#[test]
fn hostile_fields_take_linear_time() {
    for piece in ["(", "\"", "<", "@", "a@", "a ", "a,", ":", ";", "=?", "=?a?q?", "<@", "\\", "[", "a@b.c ", "ü@ü."]
    {
        let value = piece.repeat((1 << 18) / piece.len());
        let start = std::time::Instant::now();
        let list = AddressList::parse(&value);
        list.mailboxes.iter().for_each(|mailbox| _ = misleading_display(mailbox));
        let _ = misleading_display(&Mailbox { display: Some(value), address: Address::parse("a@b.c").unwrap() });
        assert!(start.elapsed().as_secs() < 10, "{piece}: {:?}", start.elapsed());
    }
}

proptest! {
    /// Whatever a sender writes; and what is displayed is read as the same address again.
    #[test]
    fn no_field_panics_and_shown_addresses_parse(value in "([a-c.]|[<>@,:;()\"\\\\ \\[\\]]|=\\?|utf-8\\?q\\?|\\?=|[ü＠\u{200b}]|@b.c){0,24}") {
        let list = AddressList::parse(&value);
        for mailbox in &list.mailboxes {
            let _ = misleading_display(mailbox);
            if !list.malformed {
                prop_assert_eq!(Address::parse(&mailbox.address.to_string()), Some(mailbox.address.clone()));
            }
        }
    }
}
