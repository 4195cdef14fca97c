//! The sender line against the signer's certificate (RFC 8550 §3).

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::mime::Fields;
use crate::mime::address::{Address, AddressList, Mailbox, misleading_display};
use crate::mime::header::decode_words;
use crate::pki::Certificate;
use crate::report::{Code, Finding, IdentityState};

/// Hours that Date and signing time may lie apart.
const DATE_HOURS: i64 = 24;

/// Characters that turn the direction of letters: no name needs them (UAX #9, LRO and RLO).
const TURNING: [char; 2] = ['\u{202d}', '\u{202e}'];

/// Addresses that one finding names.
const NAMED: usize = 10;

/// What a header says of its sender.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    from: Vec<Mailbox>,
    sender: Vec<Mailbox>,
    reply_to: Vec<Mailbox>,
    date: Option<Timestamp>,
    /// Why the sender line cannot be relied on, whoever signed.
    unclear: Vec<Finding>,
}

/// What the comparison gives.
#[derive(Debug)]
pub(super) struct Identity {
    pub(super) state: IdentityState,
    pub(super) findings: Vec<Finding>,
}

impl Sender {
    /// Of a message's header; of an empty one where there is none.
    pub(super) fn of(fields: &Fields) -> Self {
        let list = |name: &str| -> Vec<AddressList> {
            fields.all(name).map(|field| AddressList::parse(&field.unfolded())).collect()
        };
        let mailboxes = |lists: Vec<AddressList>| lists.into_iter().flat_map(|list| list.mailboxes).collect::<Vec<_>>();
        let from = list("From");
        let several_fields = from.len() > 1;
        // Programs show a group's name where others show its members (RFC 6854 §4).
        let malformed = from.iter().any(|list| list.malformed || list.grouped)
            // Waxwing does not turn a name around, but others do.
            || fields.all("From").any(|field| decode_words(&field.unfolded()).contains(TURNING));
        let from = mailboxes(from);
        let mut unclear = Vec::new();
        if malformed {
            unclear.push(Finding::new(Code::FromMalformed, []));
        }
        if from.is_empty() && !malformed {
            unclear.push(Finding::new(Code::FromMissing, []));
        }
        if from.len() > 1 || several_fields {
            unclear.push(Finding::new(Code::FromSeveral, [listed(from.iter().map(|mailbox| &mailbox.address))]));
        }
        let shown = |mailbox: &Mailbox| {
            let shown = misleading_display(mailbox)?;
            Some(Finding::new(Code::DisplayAddress, [shown.to_string(), mailbox.address.to_string()]))
        };
        unclear.extend(from.iter().filter_map(shown).take(NAMED));
        let look_alike = from.iter().map(|mailbox| &mailbox.address).filter(|address| address.is_look_alike());
        let evidence = |address: &Address| [address.to_unicode(), address.to_string()];
        unclear.extend(look_alike.take(NAMED).map(|address| Finding::new(Code::LookAlike, evidence(address))));
        let date = fields.first("Date").and_then(|field| {
            DateTimeParser::new().relaxed_weekday(true).parse_timestamp(field.unfolded().trim()).ok()
        });
        Self { from, sender: mailboxes(list("Sender")), reply_to: mailboxes(list("Reply-To")), date, unclear }
    }

    /// Whether exactly one clear address is in From.
    pub(super) fn is_clear(&self) -> bool {
        self.unclear.is_empty()
    }

    /// Whether From names that address, but for the case of its local part.
    pub(super) fn is_from(&self, address: &Address) -> bool {
        self.from.iter().any(|mailbox| mailbox.address.same_but_for_case(address))
    }

    /// The addresses in From.
    pub(super) fn addresses(&self) -> Vec<String> {
        self.from.iter().map(|mailbox| mailbox.address.to_string()).collect()
    }

    /// Whether From has any address.
    pub(super) fn is_named(&self) -> bool {
        !self.from.is_empty()
    }

    /// Whether From names the same addresses, but for upper and lower case.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let addresses = |sender: &Self| -> HashSet<Address> {
            sender.from.iter().map(|mailbox| mailbox.address.folded()).collect()
        };
        addresses(self) == addresses(other)
    }

    /// Compares with the addresses and the name of a signer, and the Date with the time that the signer claims.
    /// `pinned`: the address that the user trusts the certificate for, in place of those that it names.
    pub(super) fn compare(
        &self,
        certificate: &Certificate,
        pinned: Option<&Address>,
        signed: Option<Timestamp>,
    ) -> Identity {
        let names =
            pinned.map_or_else(|| Names::of(certificate.addresses()), |address| Names::of(vec![address.clone()]));
        let mut findings = self.unclear.clone();
        let state = self.state(&names, &mut findings);
        if state == IdentityState::Matches {
            findings.extend(self.display_name(certificate));
        }
        for (mailboxes, code) in [(&self.sender, Code::SenderDiffers), (&self.reply_to, Code::ReplyToDiffers)] {
            let other = mailboxes.iter().find(|mailbox| !names.fit(&mailbox.address));
            // A certificate without an address names nobody.
            if let Some(other) = other.filter(|_| !names.is_empty()) {
                findings.push(Finding::new(code, [other.address.to_string(), names.listed()]));
            }
        }
        if let (Some(date), Some(signed)) = (self.date, signed)
            && date.duration_since(signed).abs().as_hours() >= DATE_HOURS
        {
            findings.push(Finding::new(Code::DateDiffers, [date.to_string(), signed.to_string()]));
        }
        Identity { state, findings }
    }

    fn state(&self, names: &Names, findings: &mut Vec<Finding>) -> IdentityState {
        let from = || listed(self.from.iter().map(|mailbox| &mailbox.address));
        if names.is_empty() {
            findings.push(Finding::new(Code::NoAddress, []));
            return IdentityState::NoAddress;
        }
        if self.from.is_empty() {
            // There is nothing to compare with, which is neither a match nor a difference.
            return IdentityState::NoAddress;
        }
        // Which of several in From sent it, Sender says (RFC 5322 §3.6.2), so that a certificate may name either (RFC 8550 §3).
        let several = self.from.len() > 1;
        let mut named = self.from.iter().chain(self.sender.iter().filter(|_| several));
        if named.clone().any(|mailbox| names.exact.contains(&mailbox.address)) {
            return IdentityState::Matches;
        }
        if named.any(|mailbox| names.fit(&mailbox.address)) {
            findings.push(Finding::new(Code::AddressCase, [from(), names.listed()]));
            return IdentityState::Matches;
        }
        findings.push(Finding::new(Code::AddressDiffers, [from(), names.listed()]));
        IdentityState::Differs
    }

    /// A display name that is not the certificate's name, in whatever order its words stand.
    fn display_name(&self, certificate: &Certificate) -> Option<Finding> {
        let [mailbox] = self.from.as_slice() else { return None };
        let shown = mailbox.display.as_deref().filter(|shown| !shown.trim().is_empty())?;
        let name = certificate.name();
        let is_address = |text: &str| text.contains('@');
        let differs = !is_address(shown) && !is_address(&name) && words(shown) != words(&name);
        differs.then(|| Finding::new(Code::DisplayName, [shown.to_owned(), name.clone()]))
    }
}

/// The addresses that a signer is known by.
struct Names {
    all: Vec<Address>,
    exact: HashSet<Address>,
    folded: HashSet<Address>,
}

impl Names {
    fn of(all: Vec<Address>) -> Self {
        Self { exact: all.iter().cloned().collect(), folded: all.iter().map(Address::folded).collect(), all }
    }

    fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether it is one of them, but for the case of the local part.
    fn fit(&self, address: &Address) -> bool {
        self.folded.contains(&address.folded())
    }

    fn listed(&self) -> String {
        listed(self.all.iter())
    }
}

fn listed<'a>(addresses: impl Iterator<Item = &'a Address>) -> String {
    let mut named: Vec<String> = addresses.take(NAMED + 1).map(ToString::to_string).collect();
    if named.len() > NAMED {
        named.truncate(NAMED);
        named.push("…".to_owned());
    }
    named.join(", ")
}

fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = name
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::{KeyKind, PrivateKey};
    use crate::mime::{self, Limits};
    use crate::pki::create::self_signed;
    use crate::source::Source;

    /// Each way in which a header can mislead has its finding, and decides whether the sender line can be relied on.
    #[test]
    fn headers_are_compared_with_the_signer() {
        use IdentityState::{Differs, Matches, NoAddress};
        let now = "2026-06-01T12:00:00Z".parse().unwrap();
        let key = PrivateKey::generate(KeyKind::P256).unwrap();
        let certificate = self_signed(&key, "Anna Kovács", "Anna@example.org", now, 30).unwrap();
        let rows: &[(&str, IdentityState, bool, &[&str])] = &[
            ("From: Anna@example.org", Matches, true, &[]),
            ("From: \"Kovács, Anna\" <Anna@EXAMPLE.org>", Matches, true, &[]),
            ("From: Boss <Anna@example.org>", Matches, true, &["display-name"]),
            ("From: anna@example.org", Matches, true, &["address-case"]),
            ("From: eve@example.org", Differs, true, &["address-differs"]),
            ("From: \"boss@example.com\" <Anna@example.org>", Matches, false, &["display-address"]),
            ("From: Anna@example.org, eve@example.org", Matches, false, &["from-several"]),
            ("From: eve@example.org\nFrom: Anna@example.org", Matches, false, &["from-several"]),
            ("From: ", NoAddress, false, &["from-missing"]),
            ("To: Anna@example.org", NoAddress, false, &["from-missing"]),
            ("From: Anna@example.org\nSender: eve@example.org", Matches, true, &["sender-differs"]),
            ("From: Anna@example.org\nSender: anna@example.org\nReply-To: Anna@example.org", Matches, true, &[]),
            ("From: a@example.org, b@example.org\nSender: Anna@example.org", Matches, false, &["from-several"]),
            (
                "From: a@example.org, b@example.org\nSender: eve@example.org",
                Differs,
                false,
                &["from-several", "address-differs", "sender-differs"],
            ),
            ("From: a@example.org\nSender: Anna@example.org", Differs, true, &["address-differs"]),
            ("From: Anna@example.org\nReply-To: eve@example.org", Matches, true, &["reply-to-differs"]),
            ("From: Anna@example.org\nDate: Mon, 1 Jun 2026 21:00:00 +0900", Matches, true, &[]),
            ("From: Anna@example.org\nDate: Wed, 3 Jun 2026 12:00:00 +0000", Matches, true, &["date-differs"]),
            ("From: Anna@example.org\nDate: yesterday", Matches, true, &[]),
        ];
        for (header, state, clear, expected) in rows {
            let source = Source::from_bytes(format!("{header}\n\nbody\n").into_bytes());
            let sender = Sender::of(&mime::parse(&source, &Limits::default()).unwrap().fields);
            let Identity { state: found, findings } = sender.compare(&certificate, None, Some(now));
            let codes: Vec<_> = findings.iter().map(|finding| finding.code.as_str()).collect();
            assert_eq!((found, sender.is_clear(), codes.as_slice()), (*state, *clear, *expected), "{header}");
        }
    }

    /// The addresses of a certificate are compared with From in every form that both may have; nothing that only looks or begins
    /// like one of them is it.
    #[test]
    fn forms_of_one_address() {
        use IdentityState::{Differs, Matches, NoAddress};
        let now = "2026-06-01T12:00:00Z".parse().unwrap();
        let key = PrivateKey::generate(KeyKind::P256).unwrap();
        for (certified, from, state, code) in [
            ("j\u{f6}rg@m\u{fc}ller.example", "j\u{f6}rg@m\u{fc}ller.example", Matches, ""),
            ("j\u{f6}rg@m\u{fc}ller.example", "J\u{f6}rg@M\u{dc}LLER.example", Matches, "address-case"),
            ("j\u{f6}rg@m\u{fc}ller.example", "j\u{f6}rg@XN--MLLER-KVA.example", Matches, ""),
            ("anna@m\u{fc}ller.example", "anna@xn--mller-kva.example", Matches, ""),
            ("anna@xn--mller-kva.example", "anna@m\u{fc}ller.example", Matches, ""),
            ("anna@xn--mller-kva.example", "anna@muller.example", Differs, "address-differs"),
            ("anna@example.org", "Anna <anna@example.org>", Matches, ""),
            ("anna@example.org", "anna@example.org (Anna)", Matches, ""),
            ("anna@example.org", "\"anna\"@example.org", Matches, ""),
            ("anna@example.org", "\"an\\na\"@example.org", Matches, ""),
            ("anna@example.org", "ANNA@example.org", Matches, "address-case"),
            ("anna@example.org", "anna+x@example.org", Differs, "address-differs"),
            ("anna@example.org", "anna@sub.example.org", Differs, "address-differs"),
            ("anna@example.org", "anna@example.org.example", Differs, "address-differs"),
            ("anna@example.org", "anna\u{0}@example.org", Matches, "from-malformed"),
            ("anna@example.org", "=?utf-8?q?anna?=@example.org", Differs, "address-differs"),
            ("anna@example.org", "anna@exam\u{440}le.org", Differs, "look-alike-address"),
            ("anna@example.org", "Friends: anna@example.org;", Matches, "from-malformed"),
            ("anna@example.org", "Friends:;", NoAddress, ""),
        ] {
            let certificate = self_signed(&key, "", certified, now, 30).unwrap();
            let source = Source::from_bytes(format!("From: {from}\n\nbody\n").into_bytes());
            let sender = Sender::of(&mime::parse(&source, &Limits::default()).unwrap().fields);
            let Identity { state: found, findings } = sender.compare(&certificate, None, Some(now));
            let codes: Vec<_> = findings.iter().map(|finding| finding.code.as_str()).collect();
            assert_eq!(found, state, "{certified} {from}: {codes:?}");
            assert!(code.is_empty() || codes.contains(&code), "{certified} {from}: {codes:?}");
        }
        // A pin for one address stands in place of those that the certificate names.
        let certificate = self_signed(&key, "", "anna@example.org", now, 30).unwrap();
        let source = Source::from_bytes(b"From: boss@example.org\n\n".to_vec());
        let sender = Sender::of(&mime::parse(&source, &Limits::default()).unwrap().fields);
        for (pinned, state) in
            [(None, Differs), (Some("boss@example.org"), Matches), (Some("eve@example.org"), Differs)]
        {
            let pinned = pinned.and_then(Address::parse);
            assert_eq!(sender.compare(&certificate, pinned.as_ref(), None).state, state, "{pinned:?}");
        }
    }
}
