//! A password in the forms in which writers gave it to the key derivations, and how much deriving is allowed.

use const_oid::ObjectIdentifier;
use der::asn1::AnyRef;
use der::{Decode, Encode};
use spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use super::Pkcs12Error;
use super::structures::each;
use crate::crypto::{self, kdf};

/// pkcs-12PbeIds (RFC 7292 appendix C), above its schemes.
const PKCS12_SCHEMES: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1");
const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
pub(super) const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");

/// A file may ask for so many times the work that one derivation may cost, over all its parts.
const PARTS: u64 = 8;

/// One way to turn a password into octets.
#[derive(PartialEq, Eq)]
pub(super) struct Form {
    /// For the PKCS#12 key derivation.
    pub pkcs12: Zeroizing<Vec<u8>>,
    /// For PBKDF2, scrypt and what came before them (RFC 8018).
    pub pbes2: Zeroizing<Vec<u8>>,
}

/// The standard's form first (RFC 7292 B.1: BMPString with two zero octets; RFC 8018: UTF-8), then what else is met:
/// - an empty password as no octets at all;
/// - UTF-8 taken for Latin-1 and then widened (OpenSSL before 1.1);
/// - Latin-1 for PBES2 (programs for one country);
/// - the BMPString for PBES2 too (NSS before 3.31).
pub(super) fn forms(password: &str) -> Vec<Form> {
    let bmp = || kdf::pkcs12_password(password);
    let utf8 = || Zeroizing::new(password.as_bytes().to_vec());
    let mut forms = vec![Form { pkcs12: bmp(), pbes2: utf8() }];
    if password.is_empty() {
        forms.push(Form { pkcs12: Zeroizing::default(), pbes2: utf8() });
    }
    if !password.is_ascii() {
        let widened = password.bytes().chain([0]).flat_map(|byte| [0, byte]).collect();
        forms.push(Form { pkcs12: Zeroizing::new(widened), pbes2: utf8() });
        let mut latin1 = Zeroizing::new(Vec::with_capacity(password.len()));
        latin1.extend(password.chars().map_while(|character| u8::try_from(character).ok()));
        if latin1.len() == password.chars().count() {
            forms.push(Form { pkcs12: bmp(), pbes2: latin1 });
        }
    }
    forms.push(Form { pkcs12: bmp(), pbes2: bmp() });
    forms
}

/// The password's forms, the one that proved right first, and the work that may still be done.
pub(in super::super) struct Password {
    text: Zeroizing<String>,
    forms: Vec<Form>,
    limits: kdf::Limits,
    /// Iterations that are left.
    budget: u64,
}

impl Password {
    /// To open a file with.
    pub fn new(password: &str, limits: &kdf::Limits) -> Self {
        let budget = u64::from(limits.iterations).saturating_mul(PARTS);
        Self { text: Zeroizing::new(password.to_owned()), forms: forms(password), limits: *limits, budget }
    }

    /// As it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Tries the forms in turn until `attempt` finds something; `octets` says which octets of a form it uses, so that none are
    /// tried twice. The form that was right is tried first from then on.
    pub(super) fn try_forms<T>(
        &mut self,
        octets: fn(&Form) -> &[u8],
        cost: u64,
        mut attempt: impl FnMut(&Form, &kdf::Limits) -> Result<Option<T>, Pkcs12Error>,
    ) -> Result<Option<T>, Pkcs12Error> {
        for index in 0..self.forms.len() {
            let (before, rest) = self.forms.split_at(index);
            let Some(form) = rest.first() else { break };
            if before.iter().any(|earlier| octets(earlier) == octets(form)) {
                continue;
            }
            self.budget = self.budget.checked_sub(cost).ok_or(Pkcs12Error::Limit("iterations"))?;
            if let Some(found) = attempt(form, &self.limits)? {
                self.forms.swap(0, index);
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Decrypts; `None` when no form of the password yields something that `check` accepts.
    pub fn decrypt<T>(
        &mut self,
        algorithm: &AlgorithmIdentifierOwned,
        encrypted: &[u8],
        mut check: impl FnMut(Zeroizing<Vec<u8>>) -> Option<T>,
    ) -> Result<Option<T>, Pkcs12Error> {
        let of_pkcs12 = algorithm.oid.as_bytes().starts_with(PKCS12_SCHEMES.as_bytes());
        let octets: fn(&Form) -> &[u8] = if of_pkcs12 { |form| &form.pkcs12 } else { |form| &form.pbes2 };
        self.try_forms(octets, cost(algorithm), |form, limits| {
            match kdf::decrypt_with_passwords(algorithm, &form.pbes2, &form.pkcs12, encrypted, limits) {
                Ok(plain) => Ok(check(plain)),
                Err(crypto::Error::Decryption) => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
    }
}

/// Iterations that an algorithm asks for; what is damaged or unknown costs nothing, as it is refused before any work.
pub(super) fn cost(algorithm: &AlgorithmIdentifierOwned) -> u64 {
    fn of(algorithm: &AlgorithmIdentifierOwned, depth: u32) -> der::Result<u64> {
        let parameters = algorithm.parameters.as_ref().ok_or(der::ErrorKind::Failed)?;
        let fields = each::<AnyRef>(parameters.value())?;
        if let Some(inner) = fields.first().filter(|_| algorithm.oid == PBES2 && depth == 0) {
            return of(&AlgorithmIdentifierOwned::from_der(&inner.to_der()?)?, 1);
        }
        let numbers = fields.iter().skip(1).map_while(|field| field.decode_as::<u64>().ok());
        if algorithm.oid == PBKDF2 {
            return Ok(numbers.into_iter().next().unwrap_or(0));
        }
        // The PKCS#12 schemes: salt and iterations, for a key of up to two hashes and an initialisation vector. scrypt: N, r,
        // p (and a key length).
        let numbers: Vec<u64> = numbers.collect();
        Ok(match numbers.as_slice() {
            [iterations] => iterations.saturating_mul(3),
            [cost, block, parallel, ..] => cost.saturating_mul(*block).saturating_mul(*parallel),
            _ => 0,
        })
    }
    of(algorithm, 0).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// A file cannot ask for much work in many small pieces, nor with a password that can be written in many ways.
    #[test]
    fn work_is_counted_over_all_parts() {
        let limits = kdf::Limits { iterations: 1000, ..kdf::Limits::default() };
        let (algorithm, encrypted) = kdf::encrypt_with_password("right", 1000, b"text").unwrap();
        let mut password = Password::new("right", &limits);
        for _ in 0..PARTS {
            assert!(password.decrypt(&algorithm, &encrypted, Some).unwrap().is_some());
        }
        let refused = password.decrypt(&algorithm, &encrypted, Some).unwrap_err();
        assert_eq!(refused, Pkcs12Error::Limit("iterations"));

        let mut password = Password::new("r\u{f6}ng", &limits);
        let tried = std::iter::repeat_with(|| {
            password.decrypt(&algorithm, &encrypted, |plain| (*plain == b"text").then_some(()))
        });
        assert_eq!(tried.take_while(Result::is_ok).count(), 2, "UTF-8, Latin-1 and BMPString each cost a thousand");
        let (algorithm, encrypted) = kdf::encrypt_with_scrypt("right", 10, 5, b"text").unwrap();
        assert_eq!(cost(&algorithm), 1024 * 8 * 5);
        assert!(Password::new("right", &limits).decrypt(&algorithm, &encrypted, Some).is_err());
    }

    /// Files of NSS before 3.31 open, and from then on their form is tried first.
    #[test]
    fn the_form_that_was_right_is_remembered() {
        let limits = kdf::Limits { iterations: 1000, ..kdf::Limits::default() };
        let as_bmp = "\0a\0b\0\0";
        let (algorithm, encrypted) = kdf::encrypt_with_password(as_bmp, 1000, b"text").unwrap();
        let mut password = Password::new("ab", &limits);
        // A wrong form ends a padding by chance, one time in 255.
        let opened = std::iter::repeat_with(|| {
            password.decrypt(&algorithm, &encrypted, |plain| (*plain == b"text").then_some(()))
        });
        let opened = opened.take_while(|opened| opened.as_ref().is_ok_and(Option::is_some)).count();
        assert_eq!(opened as u64, PARTS - 1, "two attempts for the first part, one for the others");
    }

    /// Each form once, the standard's first.
    #[test]
    fn forms_of_a_password() {
        for (password, count) in [("ascii", 2), ("", 3), ("Gr\u{fc}\u{df}e", 4), ("\u{3c3}\u{3cd}\u{3bd}", 3)] {
            let forms = forms(password);
            assert_eq!(forms.len(), count, "{password}");
            assert_eq!(*forms.first().unwrap().pkcs12, *kdf::pkcs12_password(password));
            assert_eq!(forms.first().unwrap().pbes2.as_slice(), password.as_bytes());
        }
    }
}
