//! The grammar of RFC 5322 §3.4 with the letters of RFC 6532, read in one pass without recursion.

use std::borrow::Cow;

use idna::AsciiDenyList;

use super::{Address, Mailbox};
use crate::mime::header::{decode_words, encoded_word_len, one_line};

/// Comments inside comments that nobody writes for good.
const DEPTH: u32 = 16;

/// Bytes of a domain before its A-label form: 255 octets (RFC 5321 §4.5.3.1.2), as UTF-8.
const DOMAIN: usize = 1020;

/// Whether a character may stand in an atom (RFC 5322 §3.2.3, RFC 6532 §3.2).
pub(super) fn is_atext(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || (!c.is_ascii() && !c.is_control())
}

/// Whether a text is atoms with single dots between them.
pub(super) fn is_dot_atom(text: &str) -> bool {
    text.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atext))
}

/// An atom, a dot, or a quoted string.
struct Word {
    text: String,
    quoted: bool,
    /// An encoded word, as it is written.
    encoded: bool,
    /// Blanks or comments stand in front of it.
    spaced: bool,
}

/// Reads a value from its start.
pub(super) struct Parser<'a> {
    rest: &'a str,
    /// Something breaks the rules, or is read in several ways.
    pub malformed: bool,
    /// There was a group.
    pub grouped: bool,
    /// The comments of the mailbox that is being read.
    comments: Vec<String>,
    /// Blanks or comments stood behind the words that were read last.
    spaced: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, malformed: false, grouped: false, comments: Vec::new(), spaced: false }
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// `addr-spec` and nothing around it.
    pub(super) fn bare(&mut self) -> Option<Address> {
        let words = self.words();
        self.malformed |= words.first().is_some_and(|word| word.spaced);
        self.address(&words)
    }

    /// `address-list`: mailboxes and groups; empty members are obsolete and mean nothing (§4.4).
    pub(super) fn list(&mut self) -> Vec<Mailbox> {
        let mut mailboxes = Vec::new();
        let mut in_group = false;
        loop {
            self.comments.clear();
            let words = self.words();
            match self.peek() {
                Some('<' | '@') => mailboxes.extend(self.mailbox(&words)),
                Some(':') if !in_group => {
                    self.malformed |= words.is_empty();
                    in_group = true;
                    self.grouped = true;
                    self.next();
                    continue;
                }
                // A name without an address.
                _ => self.malformed |= !words.is_empty(),
            }
            self.end_member();
            match self.next() {
                None => break,
                Some(';') => {
                    self.malformed |= !in_group;
                    in_group = false;
                    self.blanks();
                    self.malformed |= !matches!(self.peek(), None | Some(','));
                }
                Some(_) => {}
            }
        }
        self.malformed |= in_group;
        mailboxes
    }

    /// `mailbox`, whose first words were read, with what follows it up to the next special character.
    fn mailbox(&mut self, words: &[Word]) -> Option<Mailbox> {
        let mut phrase = phrase(words);
        let mut address = None;
        if self.peek() == Some('@') {
            // Where blanks stand before the address, a name stands there without its angle brackets.
            let start = words.iter().rposition(|word| word.spaced).unwrap_or(0);
            let (name, local) = words.split_at_checked(start).unwrap_or_default();
            self.malformed |= !name.is_empty();
            let whole = self.rest;
            address = self.address(local);
            let domain = whole.get(..whole.len() - self.rest.len()).unwrap_or_default();
            self.blanks();
            if self.peek() == Some('<') {
                // An address in the place of a name.
                self.malformed = true;
                phrase += domain;
            } else {
                phrase = self::phrase(name);
            }
        }
        if self.peek() == Some('<') {
            address = self.angle();
        }
        self.blanks();
        let display = self.display(&phrase);
        address.map(|address| Mailbox { display, address })
    }

    /// `angle-addr`; a route (§4.4) is passed over.
    fn angle(&mut self) -> Option<Address> {
        self.next();
        self.malformed |= self.blanks();
        if let Some('@' | ',') = self.peek() {
            self.malformed = true;
            let colon =
                self.rest.find([':', '>']).filter(|at| self.rest.get(*at..).is_some_and(|at| at.starts_with(':')));
            self.rest = colon.and_then(|at| self.rest.get(at + 1..)).unwrap_or_default();
        }
        let comments = self.comments.len();
        let words = self.words();
        let start = words.iter().rposition(|word| word.spaced).unwrap_or(0);
        self.malformed |= start > 0;
        let address = self.address(words.get(start..).unwrap_or_default());
        self.blanks();
        self.malformed |= self.comments.len() > comments;
        if self.peek() == Some('>') {
            self.next();
        } else {
            self.malformed = true;
        }
        address
    }

    /// `addr-spec`, whose local part was read.
    fn address(&mut self, local: &[Word]) -> Option<Address> {
        if self.peek() != Some('@') {
            self.malformed = true;
            return None;
        }
        self.next();
        // Blanks and comments around the @ are allowed, and read in several ways.
        self.malformed |= self.spaced || self.rest.starts_with([' ', '\t', '(']);
        self.blanks();
        let text: String = local.iter().map(|word| word.text.as_str()).collect();
        let plain = local.iter().all(|word| !word.quoted && !word.encoded);
        let strict = if plain { is_dot_atom(&text) } else { matches!(local, [Word { quoted: true, .. }]) };
        let visible = one_line(&text) == text && !text.chars().any(|c| c.is_whitespace() && c != ' ');
        let joined = local.iter().skip(1).all(|word| !word.spaced);
        self.malformed |= !strict || !visible || !joined;
        let domain = self.domain()?;
        // An empty local part is no address, unless it says so itself.
        (!local.is_empty()).then_some(Address { local: text, domain })
    }

    /// `domain` in its A-label form.
    fn domain(&mut self) -> Option<String> {
        if self.peek() == Some('[') {
            let end = self.rest.find(']');
            let (literal, rest) = end.and_then(|end| self.rest.split_at_checked(end + 1)).or_else(|| {
                self.malformed = true;
                None
            })?;
            self.rest = rest;
            let inside = literal.get(1..literal.len() - 1).unwrap_or_default();
            self.malformed |= inside.is_empty() || !inside.bytes().all(|byte| byte.is_ascii_graphic());
            self.malformed |= inside.contains(['[', '\\']);
            return Some(literal.to_ascii_lowercase());
        }
        let end = self.rest.find(|c| c != '.' && !is_atext(c)).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        if text.is_empty() {
            self.malformed = true;
            return None;
        }
        match a_labels(text) {
            Some(domain) => Some(domain.into_owned()),
            None => {
                self.malformed = true;
                Some(text.to_lowercase())
            }
        }
    }

    /// Words as far as they go; none of them empty but a quoted one.
    fn words(&mut self) -> Vec<Word> {
        let mut words = Vec::new();
        loop {
            let before = self.rest.len();
            self.blanks();
            let spaced = self.rest.len() < before;
            let mut word = Word { text: String::new(), quoted: false, encoded: false, spaced };
            match self.peek() {
                Some('"') => {
                    word.quoted = true;
                    word.text = self.quoted();
                }
                Some('.') => word.text.extend(self.next()),
                Some(c) if is_atext(c) => {
                    let encoded = encoded_word_len(self.rest);
                    let end = self.rest.find(|c| !is_atext(c)).unwrap_or(self.rest.len());
                    let (text, rest) = self.rest.split_at_checked(encoded.unwrap_or(end)).unwrap_or((self.rest, ""));
                    word.encoded = encoded.is_some();
                    // RFC 2047 §5 (3): programs that split before they decode see something else here.
                    self.malformed |= text.contains(['@', '<', '>', '"', '(', ':', ';', '\\']);
                    word.text = text.to_owned();
                    self.rest = rest;
                }
                // Not allowed, but many write a list's name like this.
                Some('[' | ']' | '\\' | ')') => {
                    self.malformed = true;
                    word.text.extend(self.next());
                }
                Some(c) if c.is_control() => {
                    self.malformed = true;
                    self.next();
                    continue;
                }
                _ => {
                    self.spaced = spaced;
                    return words;
                }
            }
            words.push(word);
        }
    }

    /// A quoted string without its quotes.
    fn quoted(&mut self) -> String {
        self.next();
        let mut text = String::new();
        loop {
            match self.next() {
                Some('"') => return text,
                Some('\\') => match self.next() {
                    Some(c) => text.push(c),
                    None => break,
                },
                Some(c) => text.push(c),
                None => break,
            }
        }
        self.malformed = true;
        text
    }

    /// Passes over blanks and comments; whether there was a comment.
    fn blanks(&mut self) -> bool {
        let mut found = false;
        loop {
            match self.peek() {
                Some(' ' | '\t') => _ = self.next(),
                Some('(') => {
                    self.comment();
                    found = true;
                }
                _ => return found,
            }
        }
    }

    /// A comment, which may have others inside.
    fn comment(&mut self) {
        self.next();
        let mut text = String::new();
        let mut depth = 1;
        while let Some(c) = self.next() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            self.malformed |= depth > DEPTH;
            match c {
                _ if depth == 0 => {
                    self.comments.push(text);
                    return;
                }
                '\\' => text.extend(self.next()),
                c => text.push(c),
            }
        }
        self.malformed = true;
        self.comments.push(text);
    }

    /// Goes to the next comma or semicolon; what stands before it cannot be read.
    fn end_member(&mut self) {
        while let Some(c) = self.peek().filter(|c| !matches!(c, ',' | ';')) {
            self.malformed = true;
            match c {
                '"' => _ = self.quoted(),
                '(' => self.comment(),
                _ => _ = self.next(),
            }
        }
    }

    /// What people see of a mailbox besides its address.
    fn display(&self, phrase: &str) -> Option<String> {
        let comments = self.comments.iter().map(|comment| decode_words(comment));
        let text = if phrase.trim().is_empty() {
            comments.collect::<Vec<_>>().join(" ")
        } else {
            comments.fold(phrase.to_owned(), |text, comment| format!("{text} ({comment})"))
        };
        Some(one_line(&text).trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next();
        self.rest = chars.as_str();
        next
    }
}

/// Words as a text, encoded ones decoded but for those in quoted strings.
fn phrase(words: &[Word]) -> String {
    let mut text = String::new();
    let mut plain = String::new();
    for (place, word) in words.iter().enumerate() {
        if word.spaced && place > 0 {
            plain.push(' ');
        }
        if word.quoted {
            text.push_str(&decode_words(&std::mem::take(&mut plain)));
            text.push_str(&word.text);
        } else {
            plain.push_str(&word.text);
        }
    }
    text.push_str(&decode_words(&plain));
    text
}

/// The form in which domains are compared (RFC 5890 §2.3.2.1), if there is one.
fn a_labels(text: &str) -> Option<Cow<'_, str>> {
    if text.len() > DOMAIN || !is_dot_atom(text) {
        return None;
    }
    let domain = idna::domain_to_ascii_cow(text.as_bytes(), AsciiDenyList::URL).ok()?;
    let letters = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    domain.split('.').all(letters).then_some(domain)
}
