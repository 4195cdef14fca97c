//! Lists the wallet.

use serde_json::{Value, json};
use waxwing::pki::Certificate;
use waxwing::text::{self, tr};
use waxwing::wallet::{Authority, Contact, Identity, Request, Wallet};

use super::entry;
use super::request;
use crate::ending::Ending;
use crate::options::Options;
use crate::paper::Paper;
use crate::status::{Status, Trouble};

/// Lists every entry: for people in three groups, with `--json` one object for each.
pub fn run(wallet: &Wallet, options: &Options, paper: &mut Paper) -> Result<Status, Ending> {
    let identities = wallet.identities().map_err(Trouble::from)?;
    let contacts = wallet.contacts().map_err(Trouble::from)?;
    let authorities = wallet.authorities().map_err(Trouble::from)?;
    let requests = wallet.requests().map_err(Trouble::from)?;
    if options.json {
        let objects = identities.iter().map(identity).chain(contacts.iter().map(contact));
        for object in objects.chain(authorities.iter().map(authority)).chain(requests.iter().map(asked)) {
            paper.raw(&object.to_string())?;
        }
        return Ok(Status::Done);
    }
    if identities.is_empty() && contacts.is_empty() && authorities.is_empty() && requests.is_empty() {
        paper.aside(&tr!("cli-wallet-empty"))?;
    }
    group(
        paper,
        &tr!("wallet-identities"),
        identities.iter().map(|identity| {
            let preferred = identity.default_signing || identity.default_encryption;
            (&identity.certificate, preferred.then(|| tr!("wallet-is-preferred")))
        }),
    )?;
    group(paper, &tr!("wallet-contacts"), contacts.iter().map(|contact| (&contact.certificate, of_contact(contact))))?;
    group(
        paper,
        &tr!("wallet-authorities"),
        authorities.iter().map(|authority| {
            let decided = decision(authority.trusted, authority.distrusted);
            (&authority.certificate, decided.or_else(|| Some(tr!("wallet-not-trusted"))))
        }),
    )?;
    if !requests.is_empty() {
        paper.heading(&tr!("wallet-requests"))?;
        for request in &requests {
            paper.line(&format!("  {}", request::one_line(request)))?;
        }
    }
    Ok(Status::Done)
}

fn decision(trusted: Option<jiff::Timestamp>, distrusted: bool) -> Option<String> {
    let since = trusted.map(|since| tr!("wallet-trusted-since", day = text::day(since)));
    if distrusted { Some(tr!("wallet-is-distrusted")) } else { since }
}

fn of_contact(contact: &Contact) -> Option<String> {
    match (contact.pinned, &contact.pinned_for) {
        (Some(since), Some(address)) if !contact.distrusted => {
            Some(tr!("wallet-trusted-since-for", day = text::day(since), address = address.to_string()))
        }
        (since, _) => decision(since, contact.distrusted),
    }
}

fn group<'a>(
    paper: &mut Paper,
    title: &str,
    entries: impl Iterator<Item = (&'a Certificate, Option<String>)>,
) -> Result<(), Ending> {
    let mut entries = entries.peekable();
    if entries.peek().is_none() {
        return Ok(());
    }
    paper.heading(title)?;
    for (certificate, said) in entries {
        let addresses: Vec<String> = certificate.addresses().iter().map(ToString::to_string).collect();
        let mut pieces = vec![entry::one_line(certificate)];
        pieces.extend((!addresses.is_empty()).then(|| addresses.join(", ")));
        pieces.push(tr!("wallet-issued-by", issuer = certificate.issuer_name()));
        pieces.extend(said);
        paper.line(&format!("  {}", pieces.join(" · ")))?;
    }
    Ok(())
}

fn identity(identity: &Identity) -> Value {
    let Identity { certificate, label, default_signing, default_encryption, added, .. } = identity;
    with(
        certificate,
        "identity",
        json!({
            "label": label, "default_signing": default_signing, "default_encryption": default_encryption,
            "added": added.to_string(),
        }),
    )
}

fn contact(contact: &Contact) -> Value {
    let Contact { certificate, pinned, pinned_for, distrusted, added, .. } = contact;
    with(
        certificate,
        "contact",
        json!({
            "trusted": pinned.map(|since| since.to_string()), "distrusted": distrusted, "added": added.to_string(),
            "trusted_for": pinned_for.as_ref().map(ToString::to_string),
        }),
    )
}

fn authority(authority: &Authority) -> Value {
    let Authority { certificate, trusted, distrusted } = authority;
    with(
        certificate,
        "authority",
        json!({
            "trusted": trusted.map(|since| since.to_string()), "distrusted": distrusted,
        }),
    )
}

fn asked(Request { key, name, address, made, .. }: &Request) -> Value {
    json!({
        "schema": waxwing::report::SCHEMA, "kind": "request", "name": name, "addresses": [address], "key": key,
        "made": made.to_string(),
    })
}

/// What every entry has, and what its kind adds.
fn with(certificate: &Certificate, kind: &str, more: Value) -> Value {
    let addresses: Vec<String> = certificate.addresses().iter().map(ToString::to_string).collect();
    let mut entry = json!({
        "schema": waxwing::report::SCHEMA,
        "kind": kind,
        "name": certificate.name(),
        "addresses": addresses,
        "certificate": waxwing::smime::certificate_report(certificate),
    });
    if let (Value::Object(entry), Value::Object(more)) = (&mut entry, more) {
        entry.extend(more);
    }
    entry
}
