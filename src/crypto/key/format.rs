//! Private keys as bytes: PKCS #8 (RFC 5958), RSAPrivateKey (RFC 8017), ECPrivateKey (RFC 5915), Ed25519 and X25519
//! (RFC 8410); DER and PEM (RFC 7468).

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5912, rfc8410};
use der::asn1::{Any, AnyRef, OctetStringRef};
use der::{Decode, Encode};
use pkcs8::PrivateKeyInfoRef;
use sec1::EcPrivateKey;
use spki::{AlgorithmIdentifier, AlgorithmIdentifierOwned, AlgorithmIdentifierRef};
use zeroize::Zeroizing;

use super::{KeyKind, PrivateKey, Secret};
use crate::crypto::{Error, Unsupported, ec, pem, rsa};

const UNENCODABLE: Error = Error::Key("it cannot be encoded");

impl PrivateKey {
    /// From PKCS #8 `PrivateKeyInfo` (RFC 5958), DER.
    ///
    /// # Errors
    /// When it is damaged or of a kind that is not built in.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, Error> {
        let damaged = |_| Error::Key("it is no PKCS #8 structure");
        let info = PrivateKeyInfoRef::from_der(der).map_err(damaged)?;
        let inner = info.private_key.as_bytes();
        match info.algorithm.oid {
            rfc5912::RSA_ENCRYPTION => Self::from_pkcs1(inner),
            // What these keys are restricted to goes on with them.
            rfc5912::ID_RSASSA_PSS | rfc5912::ID_RSAES_OAEP => {
                let AlgorithmIdentifierRef { oid, parameters } = info.algorithm;
                let parameters = parameters.map(Any::from);
                Self::from_rsa(rsa::Private::from_der(inner)?, AlgorithmIdentifierOwned { oid, parameters })
            }
            rfc5912::ID_EC_PUBLIC_KEY => {
                let curve = info.algorithm.parameters.and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok());
                Self::from_sec1(inner, curve)
            }
            rfc8410::ID_ED_25519 | rfc8410::ID_X_25519 => {
                let ed = info.algorithm.oid == rfc8410::ID_ED_25519;
                let kind = if ed { KeyKind::Ed25519 } else { KeyKind::X25519 };
                let string = <&OctetStringRef>::from_der(inner).map_err(damaged)?;
                Self::from_ec(kind, ec::Private::new(kind, string.as_bytes())?)
            }
            other => Err(Unsupported::new("key", other).into()),
        }
    }

    /// From any unencrypted form: PKCS #8, RSAPrivateKey (RFC 8017), ECPrivateKey (RFC 5915); DER, or the first of them in
    /// a PEM file that may hold other things too.
    ///
    /// # Errors
    /// As [`PrivateKey::from_pkcs8`].
    pub fn from_any(bytes: &[u8]) -> Result<Self, Error> {
        let mut failure = Error::Key("it is no private key");
        if let Some(text) = pem::text(bytes) {
            for block in pem::blocks(&text) {
                if block.label.ends_with("PRIVATE KEY") {
                    if block.is_encrypted() {
                        return Err(Error::Key("it is encrypted"));
                    }
                    let der = block.decode()?;
                    return match block.label {
                        "PRIVATE KEY" => Self::from_pkcs8(&der),
                        "RSA PRIVATE KEY" => Self::from_pkcs1(&der),
                        "EC PRIVATE KEY" => Self::from_sec1(&der, None),
                        _ => Err(Error::Key("its PEM block is of an unknown kind")),
                    };
                }
            }
        }
        for read in [Self::from_pkcs8, Self::from_pkcs1, |der: &_| Self::from_sec1(der, None)] {
            match read(bytes) {
                Ok(key) => return Ok(key),
                // Only one of the forms can have been recognised so far that its algorithm is known.
                Err(error @ Error::Unsupported(_)) => failure = error,
                Err(_) => {}
            }
        }
        Err(failure)
    }

    /// `RSAPrivateKey` (RFC 8017 A.1.2).
    fn from_pkcs1(der: &[u8]) -> Result<Self, Error> {
        let key = rsa::Private::from_der(der)?;
        let algorithm = KeyKind::Rsa(key.bits()).identifier();
        Self::from_rsa(key, algorithm)
    }

    /// `ECPrivateKey` (RFC 5915 §3); the curve may stand outside.
    fn from_sec1(der: &[u8], curve: Option<ObjectIdentifier>) -> Result<Self, Error> {
        let key = EcPrivateKey::from_der(der).map_err(|_| Error::Key("it is no EC key"))?;
        let inner = key.parameters.and_then(|parameters| parameters.named_curve());
        let kind = KeyKind::from_curve(curve.or(inner).ok_or(Error::Parameters("a curve is missing"))?)?;
        Self::from_ec(kind, ec::Private::new(kind, key.private_key)?)
    }

    /// As PKCS #8, for the vault and for export only.
    ///
    /// # Errors
    /// When encoding fails.
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let inner = match &self.secret {
            Secret::Rsa(key) => key.to_der()?,
            Secret::Ec(key) => Zeroizing::new(
                match self.kind {
                    KeyKind::Ed25519 | KeyKind::X25519 => OctetStringRef::new(key.secret()).and_then(|it| it.to_der()),
                    _ => EcPrivateKey { private_key: key.secret(), parameters: None, public_key: Some(key.point()) }
                        .to_der(),
                }
                .map_err(|_| UNENCODABLE)?,
            ),
        };
        let AlgorithmIdentifier { oid, parameters } = &self.public.algorithm;
        let algorithm = AlgorithmIdentifierRef { oid: *oid, parameters: parameters.as_ref().map(AnyRef::from) };
        let inner = OctetStringRef::new(&inner).map_err(|_| UNENCODABLE)?;
        PrivateKeyInfoRef::new(algorithm, inner).to_der().map(Zeroizing::new).map_err(|_| UNENCODABLE)
    }
}
