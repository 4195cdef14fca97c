//! Name constraints (RFC 5280 §4.2.1.10): rfc822Name, directoryName, dNSName, uniformResourceIdentifier, iPAddress.

use const_oid::db::rfc5280::ID_CE_NAME_CONSTRAINTS;

use super::Certificate;
use super::extensions::{general_names, mailbox};
use super::name::{EMAIL_ADDRESS, Name};
use super::path::Rule;
use super::values::{Value, Values, tag};
use crate::asn1::Error;
use crate::mime::header::without_controls;

/// Names times subtrees: comparing more of them is work that no honest certificate asks for.
const MOST_COMPARISONS: usize = 1 << 20;

/// A name that is subject to constraints.
enum Subject {
    /// Before and after the last @.
    Mailbox(String, String),
    Directory(Vec<Vec<u8>>),
    Dns(String),
    /// The host of a URI.
    Host(String),
    Address(Vec<u8>),
    /// Of a form for which constraints are not understood, or damaged: the number of the form.
    Other(u32),
}

impl Subject {
    /// Of a form that no program has to know: otherName, x400Address, ediPartyName, registeredID. Only a critical extension
    /// asks that what limits them be obeyed (RFC 5280 §4.2.1.10).
    fn is_unheard_of(&self) -> bool {
        matches!(self, Self::Other(0 | 3 | 5 | 8))
    }
}

/// One name of a certificate.
struct Named {
    subject: Subject,
    shown: String,
}

/// What stands in a subtree.
enum Base {
    /// Exactly this mailbox.
    Mailbox(String, String),
    /// Every mailbox of a host, or of the hosts below a domain (with a leading dot).
    MailHost(String),
    Directory(Vec<Vec<u8>>),
    Dns(String),
    Host(String),
    /// Address and mask.
    Address(Vec<u8>, Vec<u8>),
    /// Of a form that is not understood: its number.
    Other(u32),
}

/// Checks the names of a certificate against the constraints of an authority above it.
pub(super) fn check(issuer: &Certificate, below: &Certificate) -> Result<(), (Certificate, Rule)> {
    let Some(value) = issuer.extensions().name_constraints.as_deref() else { return Ok(()) };
    let damaged = || (issuer.clone(), Rule::DamagedExtension { oid: ID_CE_NAME_CONSTRAINTS.to_string() });
    let (permitted, excluded) = subtrees(value).map_err(|_| damaged())?;
    let names = names(below);
    if names.len().saturating_mul(permitted.len() + excluded.len()) > MOST_COMPARISONS {
        return Err(damaged());
    }
    let binding = issuer.extensions().name_constraints_critical;
    for Named { subject, shown } in names {
        if !binding && subject.is_unheard_of() {
            continue;
        }
        let mut relevant = permitted.iter().filter_map(|base| matches(base, &subject)).peekable();
        let outside = relevant.peek().is_some() && !relevant.any(|fit| fit == Fit::Inside);
        // What cannot be compared counts as excluded.
        let inside_excluded = excluded.iter().filter_map(|base| matches(base, &subject)).any(|fit| fit != Fit::Outside);
        if outside || inside_excluded {
            return Err((below.clone(), Rule::NameConstraint { name: without_controls(&shown) }));
        }
    }
    Ok(())
}

/// ```text
/// NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL, excludedSubtrees [1] GeneralSubtrees OPTIONAL }
/// GeneralSubtrees ::= SEQUENCE SIZE (1..MAX) OF GeneralSubtree
/// GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] BaseDistance DEFAULT 0, maximum [1] BaseDistance OPTIONAL }
/// ```
fn subtrees(value: &[u8]) -> Result<(Vec<Base>, Vec<Base>), Error> {
    let mut fields = Values::only(value, tag::SEQUENCE)?;
    let mut lists = [Vec::new(), Vec::new()];
    for (number, list) in (0..).zip(&mut lists) {
        let Some(subtrees) = fields.next_if(|header| header.is_context(number))? else { continue };
        for subtree in subtrees.inside() {
            let mut fields = subtree?.inside();
            let base = fields.any()?;
            let minimum = fields.next_if(|header| header.is_context(0))?;
            // RFC 5280: minimum is zero and maximum absent; other values are not understood.
            fields.finish()?;
            let plain = minimum.is_none_or(|minimum| minimum.content() == [0]);
            list.push(if plain { base_of(&base) } else { Base::Other(base.header.number) });
        }
    }
    fields.finish()?;
    let [permitted, excluded] = lists;
    Ok((permitted, excluded))
}

fn base_of(name: &Value<'_>) -> Base {
    let number = name.header.number;
    let text = || std::str::from_utf8(name.content()).ok().map(str::to_ascii_lowercase);
    let base = match number {
        1 => match std::str::from_utf8(name.content()).ok().map(|text| (text, text.rsplit_once('@'))) {
            Some((_, Some((local, host)))) => Some(Base::Mailbox(local.to_owned(), host.to_ascii_lowercase())),
            Some((host, None)) => Some(Base::MailHost(host.to_ascii_lowercase())),
            None => None,
        },
        2 => text().map(Base::Dns),
        4 => directory(name).map(Base::Directory),
        6 => text().map(Base::Host),
        7 => {
            let (address, mask) = name.content().split_at(name.content().len() / 2);
            matches!(address.len(), 4 | 16).then(|| Base::Address(address.to_vec(), mask.to_vec()))
        }
        _ => None,
    };
    base.unwrap_or(Base::Other(number))
}

/// directoryName is a CHOICE and therefore tagged explicitly.
fn directory(name: &Value<'_>) -> Option<Vec<Vec<u8>>> {
    Some(Name::parse(name.inside().any().ok()?.bytes()).ok()?.keys())
}

/// All names of a certificate that constraints apply to: the subject, subjectAltName, and where that has no mailbox the
/// emailAddress attributes of the subject.
fn names(certificate: &Certificate) -> Vec<Named> {
    let subject = certificate.subject_name();
    let mut names = Vec::new();
    if !subject.is_empty() {
        names.push(Named { subject: Subject::Directory(subject.keys()), shown: subject.to_string() });
    }
    let alternative = certificate.extensions().subject_alt_name.as_deref().map(general_names).unwrap_or_default();
    let mut has_mailbox = false;
    for name in &alternative {
        let shown = String::from_utf8_lossy(name.content()).into_owned();
        let number = name.header.number;
        let lower = shown.to_ascii_lowercase();
        let mailbox = mailbox(name);
        has_mailbox |= mailbox.is_some();
        names.push(match (mailbox, number) {
            // An otherName that is a mailbox is held to what is said about mailboxes (RFC 9598 §6).
            (Some(Some(text)), _) => of_mailbox(&text),
            (Some(None), _) => Named { subject: Subject::Other(1), shown },
            (None, 2) => Named { subject: Subject::Dns(lower), shown },
            (None, 4) => Named {
                subject: directory(name).map_or(Subject::Other(4), Subject::Directory),
                shown: name
                    .inside()
                    .any()
                    .ok()
                    .and_then(|name| Name::parse(name.bytes()).ok())
                    .map(|name| name.to_string())
                    .unwrap_or_default(),
            },
            (None, 6) => Named { subject: host(&lower).map_or(Subject::Other(6), Subject::Host), shown },
            (None, 7) => {
                Named { subject: Subject::Address(name.content().to_vec()), shown: format!("{:?}", name.content()) }
            }
            (None, _) => Named { subject: Subject::Other(number), shown },
        });
    }
    if !has_mailbox {
        names.extend(subject.all(EMAIL_ADDRESS).map(of_mailbox));
    }
    names
}

fn of_mailbox(text: &str) -> Named {
    let subject = match text.rsplit_once('@') {
        Some((local, host)) => Subject::Mailbox(local.to_owned(), host.to_ascii_lowercase()),
        None => Subject::Other(1),
    };
    Named { subject, shown: text.to_owned() }
}

/// The host of a URI with an authority; none for an IP address (RFC 5280 §4.2.1.10).
fn host(uri: &str) -> Option<String> {
    let (_, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(host, |(host, _)| host);
    let is_name = host.contains(|character: char| character.is_ascii_alphabetic()) && !host.starts_with('[');
    is_name.then(|| host.to_owned())
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Fit {
    Inside,
    Outside,
    /// The constraint or the name is not understood.
    Unknown,
}

/// How a name lies to a subtree; `None` when they are of different forms.
fn matches(base: &Base, name: &Subject) -> Option<Fit> {
    let below =
        |host: &str, domain: &str| host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    // With a leading dot: the hosts below a domain; without: that host.
    let host_fits = |base: &str, host: &str| match base.strip_prefix('.') {
        Some(_) => host.len() > base.len() && host.ends_with(base),
        None => base.is_empty() || base == host,
    };
    let inside = match (base, name) {
        (Base::Mailbox(local, host), Subject::Mailbox(this_local, this_host)) => {
            local == this_local && host == this_host
        }
        (Base::MailHost(base), Subject::Mailbox(_, host)) | (Base::Host(base), Subject::Host(host)) => {
            host_fits(base, host)
        }
        (Base::Directory(base), Subject::Directory(name)) => name.starts_with(base),
        (Base::Dns(base), Subject::Dns(name)) => match base.strip_prefix('.') {
            Some(_) => host_fits(base, name),
            None => base.is_empty() || below(name, base),
        },
        (Base::Address(address, mask), Subject::Address(this)) => {
            let masked = |bytes: &[u8]| bytes.iter().zip(mask).map(|(byte, mask)| byte & mask).collect::<Vec<_>>();
            this.len() == address.len() && masked(this) == masked(address)
        }
        _ => return (form(base) == form_of(name)).then_some(Fit::Unknown),
    };
    Some(if inside { Fit::Inside } else { Fit::Outside })
}

/// The number of a base's form in GeneralName.
fn form(base: &Base) -> u32 {
    match base {
        Base::Mailbox(..) | Base::MailHost(_) => 1,
        Base::Dns(_) => 2,
        Base::Directory(_) => 4,
        Base::Host(_) => 6,
        Base::Address(..) => 7,
        Base::Other(number) => *number,
    }
}

fn form_of(name: &Subject) -> u32 {
    match name {
        Subject::Mailbox(..) => 1,
        Subject::Dns(_) => 2,
        Subject::Directory(_) => 4,
        Subject::Host(_) => 6,
        Subject::Address(_) => 7,
        Subject::Other(number) => *number,
    }
}
