//! Headers of parts that were written anew: folded in another way, in another order, with more or fewer fields.

use std::io;

use super::entity::{Edit, Head, Line, Place, write};
use super::{Ends, Found, Search};
use crate::mime::Entity;
use crate::report::{Code, Finding};

/// Entities and fields that are tried one by one.
const ENTITIES: usize = 16;
const FIELDS: usize = 16;

/// How parameters of a field follow each other.
const FOLDS: [&str; 6] = [";\r\n ", ";\r\n\t", "; ", ";\r\n    ", ";\r\n        ", ";"];

/// Fields that gateways take away because they say nothing.
const NEEDLESS: [(&str, &str); 4] = [
    ("Content-Transfer-Encoding", "7bit"),
    ("MIME-Version", "1.0"),
    ("Content-Disposition", "inline"),
    ("Content-Transfer-Encoding", "8bit"),
];

/// What stands before the first part.
const PREAMBLES: [&[u8]; 4] = [
    b"",
    b"\r\n",
    b"This is a multi-part message in MIME format.\r\n",
    b"This is a multi-part message in MIME format.\r\n\r\n",
];

/// How values of parameters are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Kept,
    All,
    Needed,
}

/// Changes to the headers of all entities, or of the one that starts there.
struct Change<F> {
    only: Option<u64>,
    change: F,
}

impl<F: Fn(&mut Head)> Edit for Change<F> {
    fn head(&self, entity: &Entity, head: &mut Head) {
        if self.only.is_none_or(|start| start == entity.range.start) {
            (self.change)(head);
        }
    }
}

/// Another beginning of every multipart, or of the one that starts there.
struct Preamble {
    only: Option<u64>,
    text: &'static [u8],
}

impl Edit for Preamble {
    fn preamble(&self, entity: &Entity) -> Option<&'static [u8]> {
        self.only.is_none_or(|start| start == entity.range.start).then_some(self.text)
    }
}

/// The pieces of a value between semicolons that stand outside of quotes.
fn pieces(value: &str) -> Vec<&str> {
    let (mut pieces, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in value.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                pieces.extend(value.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.extend(value.get(start..));
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

fn quote(piece: &str, quotes: Quotes) -> String {
    let Some((name, value)) = piece.split_once('=') else { return piece.to_owned() };
    let (name, value) = (name.trim_end(), value.trim_start());
    let inside = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    match (quotes, inside) {
        (Quotes::All, None) => format!("{name}=\"{value}\""),
        (Quotes::Needed, Some(inside))
            if !inside.is_empty()
                && inside.bytes().all(|byte| byte.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?=".contains(&byte)) =>
        {
            format!("{name}={inside}")
        }
        _ => format!("{name}={value}"),
    }
}

/// Writes fields with parameters anew.
fn refold(head: &mut Head, fold: &str, quotes: Quotes) {
    for Line { name, bytes } in &mut head.lines {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let Some((_, value)) = text.split_once(':') else { continue };
        let value = value.replace("\r\n", "").replace('\n', "");
        let parts: Vec<String> = pieces(&value).into_iter().map(|piece| quote(piece, quotes)).collect();
        if parts.len() > 1 {
            *bytes = format!("{name}: {}\r\n", parts.join(fold)).into_bytes();
        }
    }
}

/// Every order of a few fields.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..count {
        let longer = |order: &Vec<usize>| -> Vec<Vec<usize>> {
            let left = (0..count).filter(|at| !order.contains(at));
            left.map(|at| [order.as_slice(), &[at]].concat()).collect()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    orders
}

impl Search<'_> {
    fn edited(&mut self, root: &Entity, edit: &dyn Edit, finding: Finding) -> io::Result<Found> {
        let source = self.covered.source;
        self.test(Some(finding), Ends::Canonical, |out| write(source, root, edit, out))
    }

    /// Headers that were written anew.
    pub(super) fn header(&mut self, root: &Entity) -> io::Result<Found> {
        let all_or_root: &[Option<u64>] =
            if root.children.is_empty() { &[None] } else { &[None, Some(root.range.start)] };
        for only in all_or_root.iter().copied() {
            for quotes in [Quotes::Kept, Quotes::All, Quotes::Needed] {
                for fold in FOLDS {
                    let edit = Change { only, change: |head: &mut Head| refold(head, fold, quotes) };
                    if let Some(found) = self.edited(root, &edit, Finding::new(Code::AlteredByFolding, []))? {
                        return Ok(Some(found));
                    }
                }
            }
            if root.children.is_empty() {
                continue;
            }
            for text in PREAMBLES {
                let finding = Finding::new(Code::AlteredByFolding, []);
                if let Some(found) = self.edited(root, &Preamble { only, text }, finding)? {
                    return Ok(Some(found));
                }
            }
        }
        match self.order(root)? {
            None => self.fields(root),
            found => Ok(found),
        }
    }

    fn order(&mut self, root: &Entity) -> io::Result<Found> {
        let count = root.fields.0.len();
        if !(2..=4).contains(&count) {
            return Ok(None);
        }
        for order in orders(count).into_iter().skip(1) {
            let change = |head: &mut Head| {
                head.lines = order.iter().filter_map(|at| head.lines.get(*at).cloned()).collect();
            };
            let edit = Change { only: Some(root.range.start), change };
            if let Some(found) = self.edited(root, &edit, Finding::new(Code::AlteredByFolding, []))? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Fields that were added, or taken away although they said nothing.
    fn fields(&mut self, root: &Entity) -> io::Result<Found> {
        for entity in root.walk().take(ENTITIES) {
            let only = Some(entity.range.start);
            for field in entity.fields.0.iter().take(FIELDS) {
                let edit = Change { only, change: |head: &mut Head| head.remove(&field.name) };
                let finding = Finding::new(Code::AlteredByField, [field.name.clone()]);
                if let Some(found) = self.edited(root, &edit, finding)? {
                    return Ok(Some(found));
                }
            }
            for (name, value) in NEEDLESS.into_iter().filter(|(name, _)| entity.fields.first(name).is_none()) {
                for place in [Place::BehindType, Place::Last, Place::First] {
                    let edit = Change { only, change: |head: &mut Head| head.set(name, value, place) };
                    let finding = Finding::new(Code::AlteredByField, [name.to_owned()]);
                    if let Some(found) = self.edited(root, &edit, finding)? {
                        return Ok(Some(found));
                    }
                }
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values are taken apart and put together as other programs write them.
    #[test]
    fn fields_are_folded_in_other_ways() {
        let field = "Content-Type: text/plain;\r\n charset=utf-8; name=\"a;b c\"; format=\"flowed\"\r\n";
        let folded = |fold: &str, quotes| {
            let line = Line { name: "Content-Type".to_owned(), bytes: field.into() };
            let mut head = Head { lines: vec![line] };
            refold(&mut head, fold, quotes);
            String::from_utf8(head.lines.remove(0).bytes).unwrap()
        };
        assert_eq!(
            folded("; ", Quotes::Kept),
            "Content-Type: text/plain; charset=utf-8; name=\"a;b c\"; format=\"flowed\"\r\n"
        );
        assert_eq!(
            folded(";\r\n\t", Quotes::All),
            "Content-Type: text/plain;\r\n\tcharset=\"utf-8\";\r\n\tname=\"a;b c\";\r\n\tformat=\"flowed\"\r\n"
        );
        assert_eq!(
            folded("; ", Quotes::Needed),
            "Content-Type: text/plain; charset=utf-8; name=\"a;b c\"; format=flowed\r\n"
        );
        assert_eq!(orders(3).len(), 6);
        assert_eq!(orders(3)[0], [0, 1, 2]);
    }
}
