//! Whom a message is from, and whom it goes to.

use crate::mime::Fields;
use crate::mime::address::{Address, AddressList};

/// The people that a header names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct People {
    /// Who sent it: the one in From; of several, the one in Sender (RFC 5322 §3.6.2), else the first.
    pub sender: Option<Address>,
    /// To and Cc, each once.
    pub open: Vec<Address>,
    /// Bcc without those in To and Cc: each of them must not be seen by the others.
    pub hidden: Vec<Address>,
    /// Fields in which not everybody could be made out.
    pub unclear: Vec<String>,
}

impl People {
    /// Of a message's header.
    pub fn of(fields: &Fields) -> Self {
        let mut people = Self::default();
        let from = people.addresses(fields, "From", false);
        people.sender = match from.as_slice() {
            [one] => Some(one.clone()),
            _ => people.addresses(fields, "Sender", false).into_iter().next().or_else(|| from.into_iter().next()),
        };
        for name in ["To", "Cc"] {
            let addresses = people.addresses(fields, name, true);
            add(&mut people.open, addresses);
        }
        let mut hidden = people.addresses(fields, "Bcc", true);
        hidden.retain(|address| !people.open.contains(address));
        add(&mut people.hidden, hidden);
        people
    }

    fn addresses(&mut self, fields: &Fields, name: &str, all_matter: bool) -> Vec<Address> {
        let mut found = Vec::new();
        for field in fields.all(name) {
            let list = AddressList::parse(&field.unfolded());
            if list.malformed && all_matter {
                self.unclear.push(format!("{}: {}", field.name, field.text()));
            }
            found.extend(list.mailboxes.into_iter().map(|mailbox| mailbox.address));
        }
        found
    }
}

fn add(all: &mut Vec<Address>, addresses: Vec<Address>) {
    // Thousands of addresses stand in real headers: not every pair is compared.
    let mut seen: std::collections::HashSet<Address> = all.iter().cloned().collect();
    all.extend(addresses.into_iter().filter(|address| seen.insert(address.clone())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mime;
    use crate::source::Source;

    fn people(header: &str) -> People {
        let source = Source::from_bytes(format!("{header}\r\n\r\ntext\r\n").into_bytes());
        People::of(&mime::parse(&source, &mime::Limits::default()).unwrap().fields)
    }

    fn addresses(texts: &[&str]) -> Vec<Address> {
        texts.iter().map(|text| Address::parse(text).unwrap()).collect()
    }

    /// Everybody gets the message once, a hidden recipient stays hidden, and nobody is left out in silence.
    #[test]
    fn a_header_names_its_people() {
        let all = people(
            "From: Anna <anna@example.org>\r\nTo: jan@example.org, Team: eva@example.org, Jan <jan@example.org>;\r\n\
             Cc: eva@EXAMPLE.org\r\nBcc: boss@example.org, jan@example.org\r\nBcc: boss@example.org",
        );
        assert_eq!(all.sender, Address::parse("anna@example.org"));
        assert_eq!(all.open, addresses(&["jan@example.org", "eva@example.org"]));
        assert_eq!(all.hidden, addresses(&["boss@example.org"]));
        assert_eq!(all.unclear, Vec::<String>::new());
        let several = people("From: a@example.org, b@example.org\r\nSender: b@example.org\r\nTo: jan at home");
        assert_eq!(several.sender, Address::parse("b@example.org"));
        assert_eq!(several.unclear.len(), 1);
        assert_eq!(people("From: a@example.org, b@example.org").sender, Address::parse("a@example.org"));
        assert_eq!(people("Subject: nobody"), People::default());
    }
}
