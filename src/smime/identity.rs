//! The sender line against the signer's certificate (RFC 8550 §3).

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::mime::Fields;
use crate::mime::address::{Address, AddressList, Mailbox, misleading_display};
use crate::pki::Certificate;
use crate::report::{Code, Finding, IdentityState};

/// Hours that Date and signing time may lie apart.
const DATE_HOURS: i64 = 24;

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
        let malformed = from.iter().any(|list| list.malformed);
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
        let date = fields.first("Date").and_then(|field| {
            DateTimeParser::new().relaxed_weekday(true).parse_timestamp(field.unfolded().trim()).ok()
        });
        Self { from, sender: mailboxes(list("Sender")), reply_to: mailboxes(list("Reply-To")), date, unclear }
    }

    /// Whether exactly one clear address is in From.
    pub(super) fn is_clear(&self) -> bool {
        self.unclear.is_empty()
    }

    /// The addresses in From.
    pub(super) fn addresses(&self) -> Vec<String> {
        self.from.iter().map(|mailbox| mailbox.address.to_string()).collect()
    }

    /// Compares with the addresses and the name of a signer, and the Date with the time that the signer claims.
    pub(super) fn compare(&self, certificate: &Certificate, signed: Option<Timestamp>) -> Identity {
        let names = Names::of(certificate);
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
        if self.from.iter().any(|mailbox| names.exact.contains(&mailbox.address)) {
            return IdentityState::Matches;
        }
        if self.from.iter().any(|mailbox| names.fit(&mailbox.address)) {
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

/// The addresses of a certificate.
struct Names {
    all: Vec<Address>,
    exact: HashSet<Address>,
    folded: HashSet<Address>,
}

impl Names {
    fn of(certificate: &Certificate) -> Self {
        let all = certificate.addresses();
        Self { exact: all.iter().cloned().collect(), folded: all.iter().map(folded).collect(), all }
    }

    fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether it is one of them, but for the case of the local part.
    fn fit(&self, address: &Address) -> bool {
        self.folded.contains(&folded(address))
    }

    fn listed(&self) -> String {
        listed(self.all.iter())
    }
}

fn folded(address: &Address) -> Address {
    Address { local: address.local.to_lowercase(), domain: address.domain.clone() }
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
