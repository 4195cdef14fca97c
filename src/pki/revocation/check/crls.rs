//! What lists say of a certificate (RFC 5280 §6.3.3).

use super::{Checker, Fresh, Known, LIST_WITHOUT_END};
use crate::pki::Certificate;
use crate::pki::revocation::crl::{Crl, Entry};
use crate::pki::revocation::outcome::{Evidence, Problem};
use crate::pki::revocation::point::{DistributionPoint, PointName};
use crate::pki::revocation::reason::{Reason, Reasons};
use crate::pki::revocation::source;

/// Whether a list is about a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Somebody else's list.
    Elsewhere,
    /// The right issuer's, but about other certificates.
    Outside,
    /// About it, as far as these reasons go.
    Within(Reasons),
}

impl Checker<'_> {
    /// Looks into all lists at hand.
    pub(super) fn look_into_crls(&mut self, certificate: &Certificate, above: &[Certificate], known: &mut Known) {
        let mut crls = self.crls.clone();
        crls.sort_by_key(|crl| std::cmp::Reverse(crl.this_update()));
        let mut points = source::distribution_points(certificate);
        points.push(DistributionPoint::of_issuer(certificate.issuer_key()));
        let (mut changes, mut complete) = (None, false);
        for point in &points {
            for crl in &crls {
                match scope(crl, point, certificate) {
                    Scope::Elsewhere => {}
                    Scope::Outside => known.looked = true,
                    Scope::Within(_) if crl.is_delta() => {
                        changes = Some(crl.issuer_name());
                        self.look_into_changes(crl, certificate, above, known);
                    }
                    Scope::Within(reasons) => {
                        complete = true;
                        self.look_into_complete(crl, reasons, &crls, certificate, above, known);
                    }
                }
            }
        }
        if let Some(name) = changes.filter(|_| !complete) {
            self.remark(name, Problem::NoBase);
        }
    }

    /// What a trusted list says of a certificate; nothing when it is not trusted or damaged.
    fn entry(
        &mut self,
        crl: &Crl,
        certificate: &Certificate,
        above: &[Certificate],
        known: &mut Known,
    ) -> Option<(Option<Entry>, Option<Problem>)> {
        known.looked = true;
        let signer = self.signer(crl, above);
        let found = signer.and_then(|signer| {
            let found = crl.find(certificate).map_err(Problem::Damaged)?;
            Ok((signer, found))
        });
        let (signer, found) = match found {
            Ok(found) => found,
            Err(problem) => {
                self.remark(crl.issuer_name(), problem);
                return None;
            }
        };
        // What keeps the list from saying that a certificate is good. An entry is believed all the same.
        let problem = match crl.unknown_critical() {
            Some(oid) => Some(Problem::UnknownCritical(oid.to_string())),
            None if found.unknown_critical => Some(Problem::UnknownCritical(String::new())),
            None if !signer.is_certain => Some(Problem::SignerNotTrusted),
            None => None,
        };
        Some((found.entry, problem))
    }

    /// A list of changes alone: what it withdraws for good is withdrawn, whatever it is based on; what it suspends is suspended until
    /// something newer says otherwise.
    fn look_into_changes(
        &mut self,
        changes: &Crl,
        certificate: &Certificate,
        above: &[Certificate],
        known: &mut Known,
    ) {
        let fresh = self.fresh(changes.this_update(), changes.next_update(), LIST_WITHOUT_END);
        let entry = self.entry(changes, certificate, above, known).and_then(|(entry, _)| entry);
        let lasts = |entry: &Entry| match entry.reason {
            Reason::RemoveFromCrl => false,
            Reason::CertificateHold => fresh == Fresh::Yes && !known.good_since(changes.this_update()),
            _ => true,
        };
        if let Some(entry) = entry.filter(lasts).map(Into::into)
            && self.counts(&entry, &fresh)
        {
            known.revoked(entry);
        }
    }

    /// A complete list, with the newest list of changes to it.
    fn look_into_complete(
        &mut self,
        crl: &Crl,
        reasons: Reasons,
        crls: &[Crl],
        certificate: &Certificate,
        above: &[Certificate],
        known: &mut Known,
    ) {
        let Some((entry, mut problem)) = self.entry(crl, certificate, above, known) else { return };
        let mut entry = entry.filter(|entry| entry.reason != Reason::RemoveFromCrl);
        let mut fresh = self.fresh(crl.this_update(), crl.next_update(), LIST_WITHOUT_END);
        let mut issued = crl.this_update();
        for changes in crls.iter().filter(|changes| changes.applies_to(crl)) {
            let Some((changed, hindrance)) = self.entry(changes, certificate, above, known) else { continue };
            // Older evidence of changes is worth less than a complete list that is still fresh.
            let changes_fresh = self.fresh(changes.this_update(), changes.next_update(), LIST_WITHOUT_END);
            if changes_fresh != Fresh::Yes && fresh == Fresh::Yes {
                continue;
            }
            entry = match changed {
                Some(changed) if changed.reason == Reason::RemoveFromCrl => None,
                Some(changed) => Some(changed),
                None => entry,
            };
            (fresh, issued, problem) = (changes_fresh, changes.this_update(), problem.or(hindrance));
            break;
        }
        let name = crl.issuer_name();
        if let Some(entry) = entry {
            // A newer list that does not have it any more has ended a suspension.
            let ended = entry.reason == Reason::CertificateHold
                && reasons.are_in(known.covered)
                && known.good_since(crl.this_update());
            match fresh {
                _ if ended => {}
                fresh if self.counts(&entry.into(), &fresh) => known.revoked(entry.into()),
                Fresh::No(problem) => self.remark(name, problem),
                Fresh::Yes => {}
            }
            return;
        }
        let keeps = crl.keeps_expired_since();
        let problem = match fresh {
            Fresh::No(problem) => Some(problem),
            Fresh::Yes if !self.still_tells(certificate, issued, keeps) => Some(Problem::Dropped),
            Fresh::Yes => problem,
        };
        match problem {
            Some(problem) => self.remark(name, problem),
            None => known.good(reasons, Evidence { by: name, as_of: issued }),
        }
    }
}

/// RFC 5280 §6.3.3 (b), (d).
fn scope(crl: &Crl, point: &DistributionPoint, certificate: &Certificate) -> Scope {
    let directories = point.issuer.iter().filter_map(|name| match name {
        PointName::Directory(key) => Some(key.as_slice()),
        _ => None,
    });
    let issuers: Vec<&[u8]> =
        if point.issuer.is_empty() { vec![certificate.issuer_key()] } else { directories.collect() };
    if !issuers.contains(&crl.issuer_key()) {
        return Scope::Elsewhere;
    }
    let Some(about) = crl.issuing_point() else {
        return if point.issuer.is_empty() { Scope::Within(point.reasons) } else { Scope::Outside };
    };
    let other_kind = about.attribute_certificates
        || about.user_certificates && certificate.is_ca()
        || about.ca_certificates && !certificate.is_ca();
    let other_place = about.location.as_ref().is_some_and(|location| {
        let here = location.names(crl.issuer_key());
        let there = match &point.location {
            Some(location) => issuers.iter().flat_map(|issuer| location.names(issuer)).collect(),
            None => point.issuer.clone(),
        };
        !here.iter().any(|name| there.contains(name))
    });
    let reasons = point.reasons.and(about.reasons);
    if other_kind || other_place || reasons.is_empty() || (!point.issuer.is_empty() && !about.indirect) {
        Scope::Outside
    } else {
        Scope::Within(reasons)
    }
}
