//! Addresses in From, Sender, To, Cc, Bcc (RFC 5322 §3.4, RFC 6531, RFC 5890).

mod grammar;
mod look_alike;

#[cfg(test)]
mod tests;

use std::fmt;

use super::header::{decode_words, one_line};
use grammar::Parser;

/// One mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The display name, decoded and without characters that hide or reorder text; never what is compared. Comments stand in
    /// parentheses behind it, or take its place, since programs show them too.
    pub display: Option<String>,
    /// The address.
    pub address: Address,
}

/// `local@domain`; the local part unquoted, the domain in its lower-case A-label form for comparison.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// Before the @, with quoting removed.
    pub local: String,
    /// After the @: lower case, A-labels (RFC 5890).
    pub domain: String,
}

impl Address {
    /// Parses a bare address such as a certificate's rfc822Name; `None` when it is none, or has a domain that no A-label
    /// form exists of.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser::new(text);
        let address = parser.bare()?;
        (parser.is_done() && !parser.malformed).then_some(address)
    }

    /// The same mailbox: local part exactly, domain without regard to case or form (RFC 5321 §2.4, RFC 5280 §7.5).
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        self == other
    }

    /// The same but for the case of the local part.
    #[must_use]
    pub fn same_but_for_case(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }

    /// With the local part in lower case. No letter beyond ASCII becomes one of ASCII (the Kelvin sign no `k`).
    #[must_use]
    pub fn folded(&self) -> Self {
        let mut local = String::with_capacity(self.local.len());
        for c in self.local.chars() {
            if !c.is_ascii() && c.to_lowercase().any(|lower| lower.is_ascii()) {
                local.push(c);
            } else {
                local.extend(c.to_lowercase());
            }
        }
        Self { local, domain: self.domain.clone() }
    }

    /// For people: the domain in its U-label form (RFC 5890 §2.3.2.1), as other programs show it.
    #[must_use]
    pub fn to_unicode(&self) -> String {
        format!("{}@{}", self.local, idna::domain_to_unicode(&self.domain).0)
    }

    /// Whether people may take it for another address: it has letters of several scripts in one label, a label of nothing but
    /// letters that look like Latin ones, letters that are other forms of ASCII ones, or another @ before its own.
    #[must_use]
    pub fn is_look_alike(&self) -> bool {
        let domain = idna::domain_to_unicode(&self.domain).0;
        let labels = || self.local.split('.').chain(domain.split('.'));
        // A domain that is of another script to its end is read in that.
        let latin = domain.rsplit('.').next().is_some_and(str::is_ascii);
        self.local.contains('@')
            || self.local.chars().any(look_alike::stands_for_ascii)
            || labels().any(look_alike::mixes_scripts)
            || (latin && labels().any(look_alike::looks_latin))
    }
}

impl fmt::Display for Address {
    /// The address as it was compared, the local part quoted where it must be.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if grammar::is_dot_atom(&self.local) {
            write!(f, "{}", self.local)?;
        } else {
            write!(f, "\"{}\"", self.local.replace('\\', "\\\\").replace('"', "\\\""))?;
        }
        write!(f, "@{}", self.domain)
    }
}

/// What a header with addresses holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressList {
    /// Every mailbox, those in groups too.
    pub mailboxes: Vec<Mailbox>,
    /// There is a group, whose name programs show in place of its members.
    pub grouped: bool,
    /// Something could not be parsed, so that a program may show another address than the one compared.
    pub malformed: bool,
}

impl AddressList {
    /// Parses an unfolded value strictly, encoded words only where RFC 2047 §5 allows them (display names, never
    /// addresses).
    ///
    /// What breaks the rules is read as far as it goes and marked as [`AddressList::malformed`]; so is what keeps them but is
    /// read in several ways: a route, a comment or blank inside an address, an encoded word in one, characters in it that
    /// cannot be seen.
    #[must_use]
    pub fn parse(value: &str) -> Self {
        let mut parser = Parser::new(value);
        let mailboxes = parser.list();
        Self { mailboxes, grouped: parser.grouped, malformed: parser.malformed }
    }
}

/// An address inside a display name that differs from `actual`: what people see is not what is compared.
#[must_use]
pub fn misleading_display(mailbox: &Mailbox) -> Option<Address> {
    // Encoded words in quoted strings are none, but many programs decode them.
    let text = decode_words(mailbox.display.as_deref()?);
    let text: String = one_line(&text).chars().map(narrow).collect();
    let in_local = |c: char| c == '.' || grammar::is_atext(c) && !c.is_whitespace();
    let in_domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    text.match_indices('@').find_map(|(at, _)| {
        let (before, from) = text.split_at_checked(at)?;
        // Blanks beside the @ hide nothing from people.
        let (before, behind) = (before.trim_end(), from.get(1..)?.trim_start());
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| in_local(*c))
            .last()
            .map_or(before.len(), |(start, _)| start);
        let local = before.get(start..)?.trim_start_matches(['.', '\'', '`']);
        let domain = behind.split(|c| !in_domain(c)).next()?.trim_end_matches(['.', '-', '_']);
        let shown = Address::parse(&format!("{local}@{domain}")).filter(|_| domain.contains('.'))?;
        (!shown.same_but_for_case(&mailbox.address)).then_some(shown)
    })
}

/// The common form of characters that look like the ones in an address.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{fe6b}' => '@',
        '\u{3002}' | '\u{ff61}' | '\u{fe52}' => '.',
        c => c,
    }
}
