//! Looks for a path from a certificate to an anchor, depth first (RFC 4158).

use std::collections::{HashMap, HashSet};

use super::path::{AnchorSource, Path, PathError, Request, Rule};
use super::{Certificate, checked, inherited, policies, rules};
use crate::crypto::signature::{Input, verify};
use crate::crypto::{Error, SignatureAlgorithm};

/// The most certificates in a path.
const LONGEST: usize = 20;

/// Comparisons of a name with a constraint that may be made for each certificate of the budget: more than honest ones ask for.
const COMPARISONS: usize = 1 << 10;

/// How much an error tells: whether its path reached an anchor, how long it was, whether what was found keeps to the rules.
type Weight = (bool, usize, bool);

pub(super) struct Search<'a> {
    request: &'a Request<'a>,
    /// Intermediates by the name of their subject, each once.
    by_subject: HashMap<&'a [u8], Vec<&'a Certificate>>,
    effort: Effort,
    /// A path that only time is against.
    untimely: Option<Path>,
    error: Option<(Weight, PathError)>,
}

/// The budget is used up.
struct Exhausted;

/// What a search did, and how much it may do.
pub(super) struct Effort {
    /// Certificates that may be looked at.
    budget: u32,
    looked_at: u32,
    compared: usize,
}

impl Effort {
    fn look(&mut self) -> Result<(), Exhausted> {
        if self.looked_at >= self.budget {
            return Err(Exhausted);
        }
        self.looked_at += 1;
        Ok(())
    }

    /// Counts comparisons of names with constraints, over all paths that are tried.
    pub(super) fn compare(&mut self, count: usize) -> Result<(), Rule> {
        self.compared = self.compared.saturating_add(count);
        match self.compared / COMPARISONS < self.budget as usize {
            true => Ok(()),
            false => Err(self.spent()),
        }
    }

    fn spent(&self) -> Rule {
        Rule::Budget { looked_at: self.looked_at }
    }
}

impl<'a> Search<'a> {
    pub fn new(request: &'a Request<'a>) -> Self {
        let mut seen = HashSet::new();
        let mut by_subject: HashMap<_, Vec<_>> = HashMap::new();
        for certificate in request.intermediates.iter().filter(|certificate| seen.insert(certificate.sha256())) {
            by_subject.entry(certificate.subject_key()).or_default().push(certificate);
        }
        Self {
            request,
            by_subject,
            effort: Effort { budget: request.budget, looked_at: 0, compared: 0 },
            untimely: None,
            error: None,
        }
    }

    pub fn run(mut self) -> Result<Path, PathError> {
        let leaf = self.request.leaf;
        let found = self.extend(&mut vec![leaf.clone()]);
        let broken = |rule, error: Option<(Weight, PathError)>| match error {
            Some((_, error)) => PathError { rule, ..error },
            None => PathError { certificate: leaf.clone(), rule, partial: vec![leaf.clone()] },
        };
        match (found, self.untimely, self.error) {
            (Ok(Some(path)), ..) | (_, Some(path), _) => Ok(path),
            (_, None, Some((weight @ (true, ..), error))) => Err(broken(error.rule.clone(), Some((weight, error)))),
            (Err(Exhausted), None, error) => Err(broken(self.effort.spent(), error)),
            (Ok(None), None, Some((_, error))) => Err(error),
            (Ok(None), None, None) => Err(broken(Rule::NoIssuer, None)),
        }
    }

    /// Goes on from the last certificate of a chain whose signatures hold.
    fn extend(&mut self, chain: &mut Vec<Certificate>) -> Result<Option<Path>, Exhausted> {
        let Some(top) = chain.last().cloned() else { return Ok(None) };
        if let Some(anchor) = self.request.anchors.find(&top) {
            match (self.anchored(chain, anchor.source), anchor.distrust_after) {
                (Ok(_), Some(distrust_after)) if !anchor.vouches_for(self.request.leaf) => {
                    // Somebody else may have certified it and still be trusted.
                    let not_before = self.request.leaf.not_before();
                    self.note(chain, top.clone(), Rule::TrustEnded { distrust_after, not_before }, false);
                }
                (Ok(path), _) => return Ok(self.complete(path)),
                (Err((certificate, rule)), _) => {
                    self.note(chain, certificate, rule, true);
                    return Ok(None);
                }
            }
        }
        let candidates = if chain.len() < LONGEST { self.issuers(&top, chain) } else { Vec::new() };
        if candidates.is_empty() {
            self.dead_end(chain, top)?;
            return Ok(None);
        }
        for issuer in candidates {
            self.effort.look()?;
            let checked = match issuer.inherits_parameters() {
                // When the path is whole, see there.
                true => Ok(()),
                false => check_signature(&top, issuer),
            };
            match checked {
                Ok(()) => {
                    chain.push(issuer.clone());
                    let found = self.extend(chain)?;
                    chain.pop();
                    if found.is_some() {
                        return Ok(found);
                    }
                }
                // An older or newer key of the same authority: who issued the certificate is not at hand.
                Err(_) if names_another_key(&top, issuer) => self.note(chain, top.clone(), Rule::NoIssuer, false),
                Err(rule) => self.note(chain, top.clone(), rule, false),
            }
        }
        Ok(None)
    }

    /// The path that a chain to an anchor is, if it keeps to all rules but time.
    fn anchored(&mut self, chain: &[Certificate], anchor: AnchorSource) -> Result<Path, (Certificate, Rule)> {
        rules::check(chain, self.request.purpose, true, &mut self.effort)?;
        let certificates = inherited::complete(chain)?;
        let policies = policies::check(chain, &self.request.policies)?;
        Ok(Path { certificates, anchor, policies })
    }

    /// Who may have issued a certificate, the likely ones first: anchors, then those whose key has the identifier that the
    /// certificate names. What is in the chain already (the same name with the same key) would only go in circles.
    fn issuers(&self, certificate: &Certificate, chain: &[Certificate]) -> Vec<&'a Certificate> {
        let name = certificate.issuer_key();
        if name.is_empty() {
            return Vec::new();
        }
        let anchors = self.request.anchors.with_subject(name).map(|anchor| (true, &anchor.certificate));
        let others = self.by_subject.get(name).into_iter().flatten().map(|other| (false, *other));
        let same = |one: &Certificate, other: &Certificate| {
            one.subject_key() == other.subject_key() && one.public_key() == other.public_key()
        };
        let mut candidates: Vec<_> = anchors
            .chain(others)
            .filter(|(is_anchor, candidate)| {
                // A certificate of an anchor's key under its name (an older one, say) leads to the anchor.
                !chain.iter().any(|link| same(link, candidate)) || *is_anchor && !chain.contains(candidate)
            })
            .collect();
        candidates.sort_by_key(|(is_anchor, candidate)| (names_another_key(certificate, candidate), !is_anchor));
        candidates.into_iter().map(|(_, candidate)| candidate).collect()
    }

    /// Takes a path that keeps to the rules, at once if it is valid in time.
    fn complete(&mut self, path: Path) -> Option<Path> {
        if path.check_time(self.request.at).is_ok() {
            return Some(path);
        }
        self.untimely.get_or_insert(path);
        None
    }

    /// Nobody known issued the last certificate.
    fn dead_end(&mut self, chain: &[Certificate], top: Certificate) -> Result<(), Exhausted> {
        let checked = rules::check(chain, self.request.purpose, top.is_self_issued(), &mut self.effort);
        if let Err((certificate, rule)) = checked {
            self.note(chain, certificate, rule, false);
            return Ok(());
        }
        let rule = if top.is_self_issued() && !top.issuer_key().is_empty() {
            self.effort.look()?;
            match check_signature(&top, &top) {
                Ok(()) => Rule::SelfSigned,
                Err(_) if names_another_key(&top, &top) => Rule::NoIssuer,
                Err(rule) => rule,
            }
        } else {
            Rule::NoIssuer
        };
        self.note(chain, top, rule, false);
        Ok(())
    }

    /// Keeps an error if it tells more than the one before.
    fn note(&mut self, chain: &[Certificate], certificate: Certificate, rule: Rule, anchored: bool) {
        let weight = (anchored, chain.len(), rule.is_open());
        if self.error.as_ref().is_none_or(|(before, _)| weight > *before) {
            self.error = Some((weight, PathError { certificate, rule, partial: chain.to_vec() }));
        }
    }
}

/// Whether a certificate names another key of its issuer than that one; identifiers are hints, not proof (RFC 5280 §4.2.1.1).
fn names_another_key(certificate: &Certificate, issuer: &Certificate) -> bool {
    let wanted = certificate.extensions().authority_key_identifier.as_deref();
    let found = issuer.extensions().subject_key_identifier.as_deref();
    matches!((wanted, found), (Some(wanted), Some(found)) if wanted != found)
}

/// Whether a certificate is signed with the key of another.
pub(super) fn check_signature(certificate: &Certificate, issuer: &Certificate) -> Result<(), Rule> {
    checked::once(certificate, issuer, || compute_signature(certificate, issuer))
}

fn compute_signature(certificate: &Certificate, issuer: &Certificate) -> Result<(), Rule> {
    let unsupported = |error: Error| match error {
        Error::Mismatch => Rule::BadSignature,
        other => Rule::UnsupportedSignature(other.to_string()),
    };
    let parsed = certificate.parsed();
    let algorithm = SignatureAlgorithm::from_x509(parsed.signature_algorithm()).map_err(unsupported)?;
    let signature = parsed.signature().as_bytes().ok_or(Rule::BadSignature)?;
    verify(issuer.public_key(), algorithm, Input::Message(certificate.tbs()), signature).map_err(unsupported)
}
