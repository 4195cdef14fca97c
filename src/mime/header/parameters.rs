//! A token with parameters (RFC 2045 §5.1), and parameters in pieces and charsets (RFC 2231).

use std::collections::HashMap;

use super::charset;
use super::words::digit;

/// Parameters that are read from one field; the rest is passed over.
const MOST: usize = 1024;

/// Splits a structured value into what stands before the first semicolon, in lower case without comments, and the parameters:
/// names in lower case, values decoded, in order. The first of several with the same name counts; a value with a charset
/// (RFC 2231) counts before one without.
pub(in crate::mime) fn structured(value: &str) -> (String, Vec<(String, String)>) {
    let mut reader = Reader(value);
    let head = reader.head();
    let mut names: Vec<String> = Vec::new();
    let mut forms: HashMap<String, Forms> = HashMap::new();
    for _ in 0..MOST {
        let Some((key, value)) = reader.parameter() else { break };
        let Some(key) = Key::parse(&key) else { continue };
        let form = forms.entry(key.name.clone()).or_insert_with(|| {
            names.push(key.name.clone());
            Forms::default()
        });
        form.add(&key, value);
    }
    let value = |name: String| {
        let value = forms.remove(&name)?.value()?;
        Some((name, value))
    };
    (head, names.into_iter().filter_map(value).collect())
}

/// Whether a parameter is given several times with values that differ.
pub(in crate::mime) fn is_ambiguous(value: &str, name: &str) -> bool {
    let mut reader = Reader(value);
    reader.head();
    let mut first: Option<(Option<u32>, bool, String)> = None;
    for _ in 0..MOST {
        let Some((key, value)) = reader.parameter() else { break };
        let Some(key) = Key::parse(&key).filter(|key| key.name == name) else { continue };
        match &first {
            None => first = Some((key.section, key.extended, value)),
            // The pieces of one value.
            Some((Some(number), ..)) if key.section.is_some_and(|section| section > *number) => {}
            Some((section, extended, before)) => {
                if (*section, *extended) != (key.section, key.extended) || *before != value {
                    return true;
                }
            }
        }
    }
    false
}

/// Whether a byte may stand in a token (RFC 2045 §5.1).
pub(in crate::mime) fn is_token(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?=".contains(&byte)
}

/// What is left of a value.
struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let mut chars = self.0.chars();
        let next = chars.next();
        self.0 = chars.as_str();
        next
    }

    /// Passes over blanks and comments, which may be nested (RFC 5322 §3.2.2).
    fn blanks(&mut self) {
        let mut depth = 0u32;
        loop {
            match self.0.chars().next() {
                Some('(') => depth += 1,
                Some(')') if depth > 0 => depth -= 1,
                Some('\\') if depth > 0 => _ = self.next(),
                Some(' ' | '\t') => {}
                Some(_) if depth > 0 => {}
                _ => return,
            }
            self.next();
        }
    }

    /// What stands before the first semicolon.
    fn head(&mut self) -> String {
        let mut head = String::new();
        loop {
            let before = self.0.len();
            self.blanks();
            if self.0.len() < before && !head.is_empty() {
                head.push(' ');
            }
            match self.0.chars().next() {
                None | Some(';') => break,
                Some(c) => head.push(c.to_ascii_lowercase()),
            }
            self.next();
        }
        head.truncate(head.trim_end().len());
        head
    }

    /// The next parameter as it is written, unquoted; `None` at the end.
    fn parameter(&mut self) -> Option<(String, String)> {
        loop {
            self.blanks();
            while self.0.starts_with(';') {
                self.next();
                self.blanks();
            }
            if self.0.is_empty() {
                return None;
            }
            let end = self.0.find(['=', ';']).unwrap_or(self.0.len());
            let (name, rest) = self.0.split_at_checked(end)?;
            self.0 = rest;
            if self.0.starts_with('=') {
                self.next();
                let name = name.split(['(', ' ', '\t']).next().unwrap_or_default().to_ascii_lowercase();
                let value = self.value(matches!(name.as_str(), "name" | "filename"));
                return Some((name, value));
            }
        }
    }

    /// A value. File names are often not quoted although they have blanks: then all up to the semicolon is meant.
    fn value(&mut self, blanks: bool) -> String {
        self.blanks();
        let value = if self.0.starts_with('"') {
            self.quoted()
        } else {
            let all = self.0.get(..self.0.find(';').unwrap_or(self.0.len())).unwrap_or_default();
            let end = if blanks { all.len() } else { all.find([' ', '\t', '(']).unwrap_or(all.len()) };
            let value = all.get(..end).unwrap_or_default().trim_end().to_owned();
            self.0 = self.0.get(end..).unwrap_or_default();
            value
        };
        self.blanks();
        self.0 = self.0.find(';').and_then(|at| self.0.get(at..)).unwrap_or_default();
        value
    }

    /// A quoted string; one that does not end takes the rest.
    fn quoted(&mut self) -> String {
        self.next();
        let mut text = String::new();
        while let Some(c) = self.next() {
            match c {
                '"' => break,
                '\\' => text.extend(self.next()),
                c => text.push(c),
            }
        }
        text
    }
}

/// `name*number*`: the parts of a parameter's name (RFC 2231 §3–4.1).
struct Key {
    name: String,
    section: Option<u32>,
    extended: bool,
}

impl Key {
    fn parse(key: &str) -> Option<Self> {
        let (name, rest) = key.split_once('*').map_or((key, None), |(name, rest)| (name, Some(rest)));
        let (section, extended) = match rest {
            None => (None, false),
            Some("") => (None, true),
            Some(rest) => {
                let number = rest.strip_suffix('*').unwrap_or(rest);
                (Some(number.parse().ok()?), rest.ends_with('*'))
            }
        };
        (!name.is_empty()).then(|| Self { name: name.to_owned(), section, extended })
    }
}

/// The forms in which one parameter was given.
#[derive(Default)]
struct Forms {
    plain: Option<String>,
    extended: Option<String>,
    sections: Vec<(u32, bool, String)>,
}

impl Forms {
    fn add(&mut self, key: &Key, value: String) {
        match key.section {
            Some(number) => self.sections.push((number, key.extended, value)),
            None if key.extended => _ = self.extended.get_or_insert(value),
            None => _ = self.plain.get_or_insert(value),
        }
    }

    fn value(mut self) -> Option<String> {
        if let Some(extended) = self.extended {
            self.sections = vec![(0, true, extended)];
        }
        // Stable: of two sections with the same number the first counts.
        self.sections.sort_by_key(|(number, ..)| *number);
        self.sections.dedup_by_key(|(number, ..)| *number);
        let whole = self.sections.into_iter().zip(0..).take_while(|((number, ..), place)| number == place);
        join(whole.map(|((_, extended, text), _)| (extended, text))).or(self.plain)
    }
}

/// Joins sections; the first one names the charset. A character may be split between two of them.
fn join(sections: impl Iterator<Item = (bool, String)>) -> Option<String> {
    let mut sections = sections.peekable();
    let mut charset = String::new();
    if let Some((true, first)) = sections.peek_mut() {
        let mut parts = first.splitn(3, '\'');
        if let (Some(name), Some(_language), Some(text)) = (parts.next(), parts.next(), parts.next()) {
            charset = name.to_owned();
            *first = text.to_owned();
        }
    }
    sections.peek()?;
    let mut out = String::new();
    let mut bytes = Vec::new();
    for (extended, text) in sections {
        if extended {
            percent(&text, &mut bytes);
        } else {
            out.push_str(&charset::decode(&charset, &std::mem::take(&mut bytes)));
            out.push_str(&text);
        }
    }
    out.push_str(&charset::decode(&charset, &bytes));
    Some(out)
}

/// Undoes `%XX`; what is no valid escape stays as it is.
fn percent(text: &str, out: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        if let (b'%', [high, low, behind @ ..]) = (first, behind)
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            out.push(high << 4 | low);
            rest = behind;
        } else {
            out.push(*first);
        }
    }
}
