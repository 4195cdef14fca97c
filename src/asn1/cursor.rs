//! Walks over values where they lie.

use super::header::Header;
use super::octets::{Octets, Pieces};
use super::tag::OCTET_STRING;
use super::window::Window;
use super::{Class, Error, Limits, to_der};
use crate::source::Source;

/// Walks over the values of a BER encoding without bringing them into memory.
#[derive(Debug)]
pub struct Cursor {
    source: Source,
    window: Window,
    offset: u64,
    next: Option<Header>,
    open: Vec<Open>,
    depth: usize,
    /// Bytes that may still be brought into memory.
    budget: usize,
}

/// A value that was entered.
#[derive(Debug, Clone, Copy)]
struct Open {
    /// Where it ends; `None`: at its end-of-contents octets.
    end: Option<u64>,
    /// The end of the innermost definite value around, or of this one: nothing inside may reach past it.
    bound: u64,
}

impl Cursor {
    /// Starts at the first byte. [`Limits::structure_bytes`] counts over all that this cursor brings into memory.
    #[must_use]
    pub fn new(source: Source, limits: Limits) -> Self {
        Self {
            source,
            window: Window::default(),
            offset: 0,
            next: None,
            open: Vec::new(),
            depth: limits.depth as usize,
            budget: limits.structure_bytes,
        }
    }

    /// Offset of the next value.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The next value's header without moving; `None` at the end of the enclosing value (its length, its end-of-contents
    /// octets, or the end of the bytes at the outermost level).
    ///
    /// # Errors
    /// When the bytes are no BER or end inside a header.
    pub fn peek(&mut self) -> Result<Option<Header>, Error> {
        if self.next.is_some() {
            return Ok(self.next);
        }
        let open = self.open.last().copied();
        let at_end = match open {
            None => self.window.at(&self.source, self.offset, 1)?.is_empty(),
            Some(Open { end: Some(end), .. }) => self.offset >= end,
            Some(Open { end: None, .. }) => self.window.at(&self.source, self.offset, 2)?.starts_with(&[0, 0]),
        };
        if at_end {
            return Ok(None);
        }
        let header = self.window.header(&self.source, self.offset)?;
        let bound = open.map_or(u64::MAX, |open| open.bound);
        if header.is_universal(0) {
            return Err(self.unexpected("a value"));
        }
        if header.end().unwrap_or(header.content) > bound {
            return Err(self.unexpected("a value that ends inside the one around it"));
        }
        self.next = Some(header);
        Ok(self.next)
    }

    /// The next value's header without moving.
    ///
    /// # Errors
    /// As [`Cursor::peek`], and when there is no next value.
    pub fn expect(&mut self, expected: &'static str) -> Result<Header, Error> {
        self.peek()?.ok_or(Error::Unexpected { offset: self.offset, expected })
    }

    /// Goes into the next value, which must be constructed.
    ///
    /// # Errors
    /// When there is no such value.
    pub fn enter(&mut self) -> Result<Header, Error> {
        let header = self.expect("a constructed value")?;
        if !header.constructed {
            return Err(self.unexpected("a constructed value"));
        }
        if self.open.len() >= self.depth {
            return Err(Error::Limit { what: "depth" });
        }
        let around = self.open.last().map_or(u64::MAX, |open| open.bound);
        self.open.push(Open { end: header.end(), bound: header.end().unwrap_or(around) });
        self.go_to(header.content);
        Ok(header)
    }

    /// Leaves the value entered last, skipping what is left in it.
    ///
    /// # Errors
    /// When the bytes end before it does.
    pub fn leave(&mut self) -> Result<(), Error> {
        match self.open.last() {
            None => Err(self.unexpected("the end of a value")),
            Some(&Open { end: Some(end), .. }) => {
                self.jump(self.offset, end)?;
                self.open.pop();
                Ok(())
            }
            Some(Open { end: None, .. }) => self.walk_out_to(self.open.len() - 1),
        }
    }

    /// Skips the next value.
    ///
    /// # Errors
    /// When the bytes end before it does.
    pub fn skip(&mut self) -> Result<Header, Error> {
        let header = self.expect("a value")?;
        match header.end() {
            Some(end) => self.jump(header.offset, end)?,
            None => {
                let level = self.open.len();
                self.enter()?;
                self.walk_out_to(level)?;
            }
        }
        Ok(header)
    }

    /// The next value in DER ([`to_der`]), within the size limit.
    ///
    /// # Errors
    /// When it is no BER, too large, or cut short.
    pub fn take_der(&mut self) -> Result<Vec<u8>, Error> {
        let offset = self.offset;
        let depth = self.depth.saturating_sub(self.open.len());
        let raw = self.take_raw()?;
        let limits = Limits { depth: u32::try_from(depth).unwrap_or(u32::MAX), structure_bytes: raw.len() };
        to_der(&raw, &limits).map_err(|error| error.moved_by(offset))
    }

    /// The next value's bytes exactly as they stand, within the size limit.
    ///
    /// # Errors
    /// As [`Cursor::take_der`].
    pub fn take_raw(&mut self) -> Result<Vec<u8>, Error> {
        let too_large = Error::Limit { what: "size" };
        let header = self.expect("a value")?;
        if header.length.is_some_and(|length| length > self.budget as u64) {
            return Err(too_large);
        }
        self.skip()?;
        let length = usize::try_from(self.offset - header.offset).unwrap_or(usize::MAX);
        let Some(budget) = self.budget.checked_sub(length) else { return Err(too_large) };
        self.budget = budget;
        let mut bytes = vec![0; length];
        let mut filled = 0;
        while filled < length {
            let from = header.offset + filled as u64;
            let room = bytes.get_mut(filled..).unwrap_or_default();
            let read = match self.window.held(from) {
                [] => self.source.read_at(from, room)?,
                held => std::io::Read::read(&mut &*held, room)?,
            };
            if read == 0 {
                return Err(Error::Truncated { offset: header.offset });
            }
            filled += read;
        }
        Ok(bytes)
    }

    /// The content of the next value, an OCTET STRING (or an implicit tag for one) of either form, as a lazy view:
    /// pieces are joined while reading, with sparse checkpoints. Moves behind the value.
    ///
    /// # Errors
    /// When the next value is not such a string, or the bytes end inside it.
    pub fn take_octets(&mut self) -> Result<Source, Error> {
        let header = self.expect("an OCTET STRING")?;
        if !header.is_universal(OCTET_STRING) && header.class != Class::Context {
            return Err(self.unexpected("an OCTET STRING"));
        }
        if let (false, Some(end)) = (header.constructed, header.end()) {
            self.skip()?;
            return Ok(self.source.slice(header.content..end));
        }
        // One walk over the headers of the pieces: where the string ends is known only then when lengths are indefinite,
        // and reading later can rely on a structure that was checked.
        let mut pieces = Pieces::default();
        let level = self.open.len();
        self.enter()?;
        while self.open.len() > level {
            match self.peek()? {
                None => self.close()?,
                Some(piece) if !piece.is_universal(OCTET_STRING) => {
                    return Err(self.unexpected("a piece of an OCTET STRING"));
                }
                Some(Header { constructed: true, .. }) => {
                    self.enter()?;
                }
                Some(piece) => {
                    pieces.add(&piece);
                    self.go_to(piece.end().unwrap_or(piece.content));
                }
            }
        }
        self.must_reach(header.offset, self.offset)?;
        Ok(Octets::view(self.source.clone(), pieces, self.offset))
    }

    /// Goes on until only `level` values are open, all values in between skipped.
    fn walk_out_to(&mut self, level: usize) -> Result<(), Error> {
        while self.open.len() > level {
            match self.peek()? {
                None => self.close()?,
                Some(header) => match header.end() {
                    Some(end) => self.go_to(end),
                    None => {
                        self.enter()?;
                    }
                },
            }
        }
        Ok(())
    }

    /// Leaves the innermost value, at whose end the cursor stands.
    fn close(&mut self) -> Result<(), Error> {
        if let Some(Open { end: None, bound }) = self.open.pop() {
            let behind = self.offset.saturating_add(2);
            if behind > bound {
                return Err(self.unexpected("end-of-contents octets inside the value around"));
            }
            self.go_to(behind);
        }
        Ok(())
    }

    /// Goes to the end of a value, which must be there.
    fn jump(&mut self, value: u64, end: u64) -> Result<(), Error> {
        self.must_reach(value, end)?;
        self.go_to(end);
        Ok(())
    }

    fn go_to(&mut self, offset: u64) {
        self.offset = offset;
        self.next = None;
    }

    /// Whether the bytes of the value at offset `value` go as far as `end`.
    fn must_reach(&self, value: u64, end: u64) -> Result<(), Error> {
        match end.checked_sub(1) {
            Some(last) if self.window.held(last).is_empty() && self.source.read_at(last, &mut [0])? == 0 => {
                Err(Error::Truncated { offset: value })
            }
            _ => Ok(()),
        }
    }

    fn unexpected(&self, expected: &'static str) -> Error {
        Error::Unexpected { offset: self.offset, expected }
    }
}

impl Error {
    /// The same error in a value that stands that much later.
    fn moved_by(self, by: u64) -> Self {
        match self {
            Self::Truncated { offset } => Self::Truncated { offset: offset.saturating_add(by) },
            Self::Unexpected { offset, expected } => Self::Unexpected { offset: offset.saturating_add(by), expected },
            other => other,
        }
    }
}
