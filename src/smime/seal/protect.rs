//! Header fields that go inside the signature and the encryption (RFC 9788 §5.2).

use std::io::{self, Write};

use super::{HIDDEN_FIELDS, Sealing};
use crate::mime::canonical::{Extra, takes_parameters, write_fields};
use crate::mime::{Defect, Entity, Field};
use crate::smime::detect::{self, Shape};
use crate::source::Source;

/// What stands outside instead of a Subject that is hidden (hcp_baseline, RFC 9788 §3.2.1).
const SUBJECT: &[u8] = b"Subject: [...]\r\n";

/// Fields that the same policy leaves out outside.
const INFORMATIONAL: [&str; 2] = ["Comments", "Keywords"];

/// Fields that are not the author's: what was written on the way (RFC 5322 §3.6.7) stays where it is.
const TRACE: [&str; 6] =
    ["Return-Path", "Received", "Delivered-To", "DKIM-Signature", "Authentication-Results", "HP-Outer"];

/// The parameters of other forms, and of what was protected before.
const STALE: [(&str, Option<&str>); 2] = [("hp", None), ("protected-headers", None)];

/// What protects the header fields of one message.
pub(super) struct Inside {
    /// Fields of the payload, with what stands outside by HP-Outer (RFC 9788 §2.2).
    fields: Vec<u8>,
    parameters: Vec<(&'static str, Option<&'static str>)>,
    /// The Subject is another one outside.
    hides_subject: bool,
    /// Fields that do not stand outside.
    without: Vec<&'static str>,
}

impl Inside {
    /// Nothing is protected where nothing is asked for, and where the payload lies deeper: what is signed or encrypted already keeps
    /// its header outside; and so where the Content-Type is such that readers could not find what it says.
    pub(super) fn of(entity: &Entity, sealing: &Sealing) -> io::Result<Self> {
        let encrypted = sealing.encrypt.is_some();
        let hp = if encrypted { "cipher" } else { "clear" };
        let parameters = vec![("hp", Some(hp)), ("protected-headers", None)];
        let hidden = if encrypted { HIDDEN_FIELDS.to_vec() } else { Vec::new() };
        let possible = detect::shape(entity, false) == Shape::Other
            && !entity.defects.contains(&Defect::DuplicateField)
            && takes_parameters(entity, &parameters);
        if !sealing.protect || !possible {
            let stale = if detect::shape(entity, false) == Shape::Other { STALE.to_vec() } else { Vec::new() };
            return Ok(Self { fields: Vec::new(), parameters: stale, hides_subject: false, without: hidden });
        }
        let is_one = |field: &Field, names: &[&str]| names.iter().any(|name| field.name.eq_ignore_ascii_case(name));
        let own = |field: &&Field| {
            let content = field.name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("Content-"));
            !content && !is_one(field, &["MIME-Version"]) && !is_one(field, &TRACE) && !is_one(field, &HIDDEN_FIELDS)
        };
        let own: Vec<&Field> = entity.fields.0.iter().filter(own).collect();
        let mut fields = b"MIME-Version: 1.0\r\n".to_vec();
        write_fields(own.iter().copied(), &mut fields)?;
        let mut without = [hidden, vec!["HP-Outer"]].concat();
        let hides_subject = encrypted && own.iter().any(|field| is_one(field, &["Subject"]));
        if encrypted {
            without.extend(INFORMATIONAL);
            if hides_subject {
                without.push("Subject");
                record(&mut fields, SUBJECT);
            }
            for field in own.iter().filter(|field| !is_one(field, &without)) {
                let mut outside = Vec::new();
                write_fields([*field], &mut outside)?;
                record(&mut fields, &outside);
            }
        }
        Ok(Self { fields, parameters, hides_subject, without })
    }

    /// What the payload gets.
    pub(super) fn extra(&self) -> Extra<'_> {
        Extra { fields: &self.fields, parameters: &self.parameters }
    }

    /// Writes the header outside.
    pub(super) fn write_outside(
        &self,
        source: &Source,
        entity: &Entity,
        out: &mut dyn Write,
    ) -> Result<(), crate::mime::Error> {
        crate::mime::canonical::write_outer_fields(source, entity, &self.without, out)?;
        if self.hides_subject {
            out.write_all(SUBJECT)?;
        }
        Ok(out.write_all(b"MIME-Version: 1.0\r\n")?)
    }
}

fn record(fields: &mut Vec<u8>, outside: &[u8]) {
    fields.extend_from_slice(b"HP-Outer: ");
    fields.extend_from_slice(outside);
}
