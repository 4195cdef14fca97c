//! Name constraints (RFC 5280 §4.2.1.10): rfc822Name, directoryName, dNSName, uniformResourceIdentifier, iPAddress, and of the
//! otherNames the user principal name. A constraint on any other form holds for no name of that form.

use std::net::IpAddr;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280::ID_CE_NAME_CONSTRAINTS;

use super::Certificate;
use super::extensions::{general_names, mailbox};
use super::name::{EMAIL_ADDRESS, Name, text};
use super::path::Rule;
use super::search::Effort;
use super::values::{Value, Values};
use crate::asn1::{Error, tag};
use crate::mime::address::Address;
use crate::mime::header::one_line;

/// Subtrees that an error names.
const NAMED: usize = 10;

/// szOID_NT_PRINCIPAL_NAME: the name by which somebody logs in to Windows, `user@domain` as a UTF8String.
const PRINCIPAL_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.311.20.2.3");

/// The form of a name: its number in GeneralName; otherName stands for as many forms as it has types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Form(u32, Option<ObjectIdentifier>);

impl Form {
    const MAILBOX: Self = Self(1, None);
    const DNS: Self = Self(2, None);
    const DIRECTORY: Self = Self(4, None);
    const URI: Self = Self(6, None);
    const ADDRESS: Self = Self(7, None);
    const PRINCIPAL: Self = Self(0, Some(PRINCIPAL_NAME));

    fn of(name: &Value<'_>) -> Self {
        let kind = || name.inside().any().ok()?.oid();
        Self(name.header.number, (name.header.number == 0).then(kind).flatten())
    }
}

impl std::fmt::Display for Form {
    /// The name of the form, for names that cannot be shown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self(0, Some(kind)) => write!(f, "otherName {kind}"),
            Self(number, _) => f.write_str(match number {
                0 => "otherName",
                1 => "rfc822Name",
                2 => "dNSName",
                3 => "x400Address",
                4 => "directoryName",
                5 => "ediPartyName",
                6 => "uniformResourceIdentifier",
                7 => "iPAddress",
                8 => "registeredID",
                _ => "name",
            }),
        }
    }
}

/// A name that is subject to constraints.
enum Subject {
    /// Before and after the last @.
    Mailbox(String, String),
    Directory(Vec<Vec<u8>>),
    Dns(String),
    /// The host of a URI.
    Host(String),
    Address(Vec<u8>),
    /// The domain of a user principal name.
    Principal(String),
    /// Of a form for which constraints are not understood, or damaged.
    Other(Form),
}

impl Subject {
    /// Of a form that no program has to know: other otherNames, x400Address, ediPartyName, registeredID. Only a critical extension
    /// asks that what limits them be obeyed (RFC 5280 §4.2.1.10).
    fn is_unheard_of(&self) -> bool {
        matches!(self, Self::Other(Form(0 | 3 | 5 | 8, _)))
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
    /// Every user principal name of a domain, or of those below it (with a leading dot).
    Principal(String),
    /// Of a form that is not understood.
    Other(Form),
}

/// A subtree, and how it is shown.
struct Subtree {
    base: Base,
    shown: String,
}

/// Checks the names of a certificate against the constraints of an authority above it.
pub(super) fn check(issuer: &Certificate, below: &Certificate, effort: &mut Effort) -> Result<(), (Certificate, Rule)> {
    let Some(value) = issuer.extensions().name_constraints.as_deref() else { return Ok(()) };
    let damaged = || (issuer.clone(), Rule::DamagedExtension { oid: ID_CE_NAME_CONSTRAINTS.to_string() });
    let (permitted, excluded) = subtrees(value).map_err(|_| damaged())?;
    let names = names(below);
    let comparisons = names.len().saturating_mul(permitted.len() + excluded.len());
    effort.compare(comparisons).map_err(|rule| (issuer.clone(), rule))?;
    let binding = issuer.extensions().name_constraints_critical;
    for Named { subject, shown } in names {
        if !binding && subject.is_unheard_of() {
            continue;
        }
        let fit = |subtree: &Subtree| matches(&subtree.base, &subject);
        let fits = permitted.iter().filter_map(|subtree| Some((subtree, fit(subtree)?)));
        let relevant: Vec<(&Subtree, Fit)> = fits.collect();
        let outside = !relevant.is_empty() && !relevant.iter().any(|(_, fit)| *fit == Fit::Inside);
        // What cannot be compared counts as excluded.
        let bars =
            |one: &Subtree| fit(one).is_some_and(|fit| fit != Fit::Outside) || same_but_for_case(&one.base, &subject);
        let barred = excluded.iter().find(|one| bars(one));
        let subtrees: Vec<String> = match barred {
            Some(barred) => vec![barred.shown.clone()],
            None if outside => relevant.iter().take(NAMED).map(|(subtree, _)| subtree.shown.clone()).collect(),
            None => continue,
        };
        let (name, issuer) = (one_line(&shown), issuer.name());
        let permitted = barred.is_none();
        return Err((below.clone(), Rule::NameConstraint { name, issuer, permitted, subtrees }));
    }
    Ok(())
}

/// ```text
/// NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL, excludedSubtrees [1] GeneralSubtrees OPTIONAL }
/// GeneralSubtrees ::= SEQUENCE SIZE (1..MAX) OF GeneralSubtree
/// GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] BaseDistance DEFAULT 0, maximum [1] BaseDistance OPTIONAL }
/// ```
fn subtrees(value: &[u8]) -> Result<(Vec<Subtree>, Vec<Subtree>), Error> {
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
            let shown = one_line(&shown(&base));
            list.push(Subtree { base: if plain { base_of(&base) } else { Base::Other(Form::of(&base)) }, shown });
        }
    }
    fields.finish()?;
    let [permitted, excluded] = lists;
    Ok((permitted, excluded))
}

fn base_of(name: &Value<'_>) -> Base {
    let text = || std::str::from_utf8(name.content()).ok().map(str::to_ascii_lowercase);
    let base = match name.header.number {
        0 => principal(name).map(|domain| Base::Principal(domain.trim_start_matches('@').to_owned())),
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
    base.unwrap_or_else(|| Base::Other(Form::of(name)))
}

/// The text of a user principal name in lower case, without regard to whether anything stands before the @.
fn principal(name: &Value<'_>) -> Option<String> {
    let mut fields = Some(name).filter(|name| Form::of(name) == Form::PRINCIPAL)?.inside();
    fields.any().ok()?;
    let value = fields.any().ok()?.inside().any().ok()?;
    Some(text(value.universal()?, value.content())?.to_lowercase())
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
        let form = Form::of(name);
        let shown = shown(name);
        let lower = shown.to_ascii_lowercase();
        let mailbox = mailbox(name);
        has_mailbox |= mailbox.is_some();
        names.push(match (mailbox, form.0) {
            // An otherName that is a mailbox is held to what is said about mailboxes (RFC 9598 §6).
            (Some(Some(text)), _) => of_mailbox(&text),
            (Some(None), _) => Named { subject: Subject::Other(Form::MAILBOX), shown },
            (None, 0) => match principal(name) {
                Some(text) => {
                    let domain = text.rsplit_once('@').map(|(_, domain)| Subject::Principal(domain.to_owned()));
                    Named { subject: domain.unwrap_or(Subject::Other(form)), shown: text }
                }
                None => Named { subject: Subject::Other(form), shown },
            },
            (None, 2) => Named { subject: Subject::Dns(lower), shown },
            (None, 4) => Named { subject: directory(name).map_or(Subject::Other(form), Subject::Directory), shown },
            (None, 6) => Named { subject: host(&lower).map_or(Subject::Other(form), Subject::Host), shown },
            (None, 7) => Named { subject: Subject::Address(name.content().to_vec()), shown },
            (None, _) => Named { subject: Subject::Other(form), shown },
        });
    }
    if !has_mailbox {
        names.extend(subject.all(EMAIL_ADDRESS).map(of_mailbox));
    }
    names
}

/// A name as people read it; where they cannot, its form.
fn shown(name: &Value<'_>) -> String {
    let form = Form::of(name);
    let text = match form.0 {
        1 | 2 | 6 => Some(String::from_utf8_lossy(name.content()).into_owned()),
        4 => {
            let value = name.inside().any().ok();
            value.and_then(|name| Name::parse(name.bytes()).ok()).map(|name| name.to_string())
        }
        7 => Some(network(name.content())),
        _ => principal(name),
    };
    text.filter(|text| !text.is_empty()).unwrap_or_else(|| form.to_string())
}

/// In the form in which it is compared with a sender, so that no other spelling of a name evades what is said about it.
fn of_mailbox(text: &str) -> Named {
    let subject = match (Address::parse(text), text.rsplit_once('@')) {
        (Some(Address { local, domain }), _) => Subject::Mailbox(local, domain),
        (None, Some((local, host))) => Subject::Mailbox(local.to_owned(), host.to_ascii_lowercase()),
        (None, None) => Subject::Other(Form::MAILBOX),
    };
    Named { subject, shown: text.to_owned() }
}

/// An address, or one and its mask.
fn network(bytes: &[u8]) -> String {
    match bytes.len() {
        8 | 32 => {
            let (address, mask) = bytes.split_at(bytes.len() / 2);
            format!("{}/{}", ip_address(address), ip_address(mask))
        }
        _ => ip_address(bytes),
    }
}

/// An address in the form that people write, if it is one.
fn ip_address(bytes: &[u8]) -> String {
    let address = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    let address = address.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from));
    address.map_or_else(|_| Form::ADDRESS.to_string(), |address| address.to_string())
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

/// Whether both are one mailbox but for the case of the local part: a sender may be written with either.
fn same_but_for_case(base: &Base, name: &Subject) -> bool {
    let (Base::Mailbox(local, domain), Subject::Mailbox(this_local, this_domain)) = (base, name) else { return false };
    let address = |local: &String, domain: &String| Address { local: local.clone(), domain: domain.clone() };
    address(local, domain).same_but_for_case(&address(this_local, this_domain))
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
        (Base::MailHost(base), Subject::Mailbox(_, host))
        | (Base::Host(base), Subject::Host(host))
        | (Base::Principal(base), Subject::Principal(host)) => host_fits(base, host),
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

/// The form that a constraint is about.
fn form(base: &Base) -> Form {
    match base {
        Base::Mailbox(..) | Base::MailHost(_) => Form::MAILBOX,
        Base::Dns(_) => Form::DNS,
        Base::Directory(_) => Form::DIRECTORY,
        Base::Host(_) => Form::URI,
        Base::Address(..) => Form::ADDRESS,
        Base::Principal(_) => Form::PRINCIPAL,
        Base::Other(form) => *form,
    }
}

fn form_of(name: &Subject) -> Form {
    match name {
        Subject::Mailbox(..) => Form::MAILBOX,
        Subject::Dns(_) => Form::DNS,
        Subject::Directory(_) => Form::DIRECTORY,
        Subject::Host(_) => Form::URI,
        Subject::Address(_) => Form::ADDRESS,
        Subject::Principal(_) => Form::PRINCIPAL,
        Subject::Other(form) => *form,
    }
}
