//! Properties of a message or an attachment (MS-OXMSG §2.1.2, §2.4).

use std::io;

use jiff::Timestamp;

use super::TEXT;
use super::view::Compound;
use crate::mime::header::text_of;
use crate::source::Source;

/// Identifiers of properties (MS-OXPROPS).
pub(super) mod id {
    pub const MESSAGE_CLASS: u16 = 0x001a;
    pub const SUBJECT: u16 = 0x0037;
    pub const CLIENT_SUBMIT_TIME: u16 = 0x0039;
    pub const SENT_REPRESENTING_NAME: u16 = 0x0042;
    pub const SENT_REPRESENTING_EMAIL: u16 = 0x0065;
    pub const TRANSPORT_HEADERS: u16 = 0x007d;
    pub const SENDER_NAME: u16 = 0x0c1a;
    pub const SENDER_EMAIL: u16 = 0x0c1f;
    pub const DISPLAY_CC: u16 = 0x0e03;
    pub const DISPLAY_TO: u16 = 0x0e04;
    pub const BODY: u16 = 0x1000;
    pub const HTML: u16 = 0x1013;
    pub const MESSAGE_ID: u16 = 0x1035;
    pub const ATTACH_DATA: u16 = 0x3701;
    pub const ATTACH_NAME: u16 = 0x3704;
    pub const ATTACH_LONG_NAME: u16 = 0x3707;
    pub const ATTACH_MIME_TAG: u16 = 0x370e;
    pub const SENDER_SMTP: u16 = 0x5d01;
    pub const SENT_REPRESENTING_SMTP: u16 = 0x5d02;
}

/// Types of properties (MS-OXCDATA §2.11.1).
const UNICODE: u16 = 0x001f;
const STRING8: u16 = 0x001e;
const BINARY: u16 = 0x0102;
const TIME: u16 = 0x0040;

/// Bytes in front of the list of a message's properties, and of an attachment's.
const MESSAGE_HEAD: usize = 32;
const ATTACHMENT_HEAD: usize = 8;

/// Bytes of the list that are read.
const LIST: usize = 1024 * 1024;

/// 100-nanosecond steps from 1601 to 1970.
const EPOCH: u64 = 116_444_736_000_000_000;

/// What is known of one object.
pub(super) struct Properties<'a> {
    compound: &'a Compound,
    storage: String,
    /// Properties with their values where they have a fixed size.
    list: Vec<u8>,
}

impl<'a> Properties<'a> {
    /// Of the message itself; `None`: the compound file is no message.
    pub fn of_message(compound: &'a Compound) -> io::Result<Option<Self>> {
        Self::read(compound, "", MESSAGE_HEAD)
    }

    /// Of the attachment in that storage.
    pub fn of_attachment(compound: &'a Compound, storage: &str) -> io::Result<Option<Self>> {
        Self::read(compound, storage, ATTACHMENT_HEAD)
    }

    fn read(compound: &'a Compound, storage: &str, head: usize) -> io::Result<Option<Self>> {
        let storage = format!("{storage}/");
        let Some(list) = compound.stream(&format!("/{storage}__properties_version1.0"))? else { return Ok(None) };
        let list = list.slice(head as u64..(head + LIST) as u64).read_all(LIST)?;
        Ok(Some(Self { compound, storage, list }))
    }

    fn raw(&self, id: u16, kind: u16) -> io::Result<Option<Source>> {
        self.compound.stream(&format!("/{}__substg1.0_{id:04X}{kind:04X}", self.storage))
    }

    /// A text.
    pub fn text(&self, id: u16) -> io::Result<Option<String>> {
        if let Some(text) = self.raw(id, UNICODE)? {
            let bytes = text.slice(0..TEXT as u64).read_all(TEXT)?;
            let units = bytes.chunks_exact(2).map(|pair| match pair {
                [low, high] => u16::from_le_bytes([*low, *high]),
                _ => 0,
            });
            let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
            return Ok(Some(text.trim_end_matches('\0').to_owned()));
        }
        let Some(text) = self.raw(id, STRING8)? else { return Ok(None) };
        let bytes = text.slice(0..TEXT as u64).read_all(TEXT)?;
        Ok(Some(text_of(&bytes).trim_end_matches('\0').to_owned()))
    }

    /// Bytes, read where they lie.
    pub fn stream(&self, id: u16) -> io::Result<Option<Source>> {
        self.raw(id, BINARY)
    }

    /// A time, as a Date field says it (RFC 5322 §3.3).
    pub fn time(&self, id: u16) -> Option<String> {
        // PropertyTag, flags, value (MS-OXMSG §2.4.2.1).
        let entry = self.list.chunks_exact(16).find(|entry| {
            let [kind_low, kind_high, id_low, id_high, ..] = **entry else { return false };
            u16::from_le_bytes([kind_low, kind_high]) == TIME && u16::from_le_bytes([id_low, id_high]) == id
        })?;
        let value = u64::from_le_bytes(entry.get(8..16)?.try_into().ok()?);
        let seconds = i64::try_from(value.checked_sub(EPOCH)? / 10_000_000).ok()?;
        let time = Timestamp::from_second(seconds).ok()?;
        jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_string(&time).ok()
    }
}
