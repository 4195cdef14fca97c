//! Addresses in From, Sender, To, Cc, Bcc (RFC 5322 §3.4, RFC 6531, RFC 5890).

/// One mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The display name, decoded; never what is compared.
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
    /// Parses a bare address such as a certificate's rfc822Name; `None` when it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let _ = text;
        todo!()
    }

    /// The same mailbox: local part exactly, domain without regard to case or form (RFC 5321 §2.4, RFC 5280 §7.5).
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        self == other
    }

    /// The same but for the case of the local part.
    #[must_use]
    pub fn same_but_for_case(&self, other: &Self) -> bool {
        self.domain == other.domain && self.local.to_lowercase() == other.local.to_lowercase()
    }
}

impl std::fmt::Display for Address {
    /// The address as it was compared, the local part quoted where it must be.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let _ = f;
        todo!()
    }
}

/// What a header with addresses holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressList {
    /// Every mailbox, those in groups too.
    pub mailboxes: Vec<Mailbox>,
    /// Something could not be parsed, so that a program may show another address than the one compared.
    pub malformed: bool,
}

impl AddressList {
    /// Parses an unfolded value strictly, encoded words only where RFC 2047 §5 allows them (display names, never
    /// addresses).
    #[must_use]
    pub fn parse(value: &str) -> Self {
        let _ = value;
        todo!()
    }
}

/// An address inside a display name that differs from `actual`: what people see is not what is compared.
#[must_use]
pub fn misleading_display(mailbox: &Mailbox) -> Option<Address> {
    let _ = mailbox;
    todo!()
}
