//! Private keys as bytes: PKCS #8 (RFC 5958), RSAPrivateKey (RFC 8017), ECPrivateKey (RFC 5915), the curves of RFC 8410, ML-DSA
//! (RFC 9881), ML-KEM (RFC 9935); DER and PEM (RFC 7468).

use const_oid::db::{rfc5912, rfc8410};
use der::asn1::{Any, AnyRef, OctetStringRef};
use der::{Decode, Encode, Sequence};
use pkcs8::PrivateKeyInfoRef;
use sec1::EcPrivateKey;
use spki::{AlgorithmIdentifier, AlgorithmIdentifierOwned, AlgorithmIdentifierRef};
use zeroize::Zeroizing;

use super::{ID_ED_448, ID_X_448, KeyKind, PrivateKey, Secret};
use crate::crypto::post_quantum::{MlDsaPrivate, MlKemPrivate};
use crate::crypto::{Error, Unsupported, curve, curve448, ec, pem, rsa};

/// ```text
/// ECPrivateKey ::= SEQUENCE { version INTEGER { ecPrivkeyVer1(1) }, privateKey OCTET STRING,
///     parameters [0] ECParameters {{ NamedCurve }} OPTIONAL, publicKey [1] BIT STRING OPTIONAL }
/// ```
/// (RFC 5915 §3; the parameters may be written out, which X9.62 allows)
#[derive(Sequence)]
struct EcPrivateKeyFields<'a> {
    version: u8,
    private_key: &'a OctetStringRef,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    parameters: Option<AnyRef<'a>>,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    public_key: Option<AnyRef<'a>>,
}

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
                // Where it is missing, the key inside may name it.
                let curve = info.algorithm.parameters.filter(|curve| !curve.is_null());
                Self::from_sec1(inner, curve.map(curve::of).transpose()?)
            }
            rfc8410::ID_ED_25519 | rfc8410::ID_X_25519 | ID_ED_448 | ID_X_448 => {
                let string = <&OctetStringRef>::from_der(inner).map_err(damaged)?.as_bytes();
                match info.algorithm.oid {
                    ID_ED_448 => Self::from_curve448(KeyKind::Ed448, curve448::Private::new(KeyKind::Ed448, string)?),
                    ID_X_448 => Self::from_curve448(KeyKind::X448, curve448::Private::new(KeyKind::X448, string)?),
                    rfc8410::ID_X_25519 => Self::from_ec(KeyKind::X25519, ec::Private::new(KeyKind::X25519, string)?),
                    _ => Self::from_ec(KeyKind::Ed25519, ec::Private::new(KeyKind::Ed25519, string)?),
                }
            }
            other => match KeyKind::of_post_quantum(other) {
                Some(KeyKind::MlDsa(set)) => Self::from_ml_dsa(MlDsaPrivate::from_inner(set, inner)?),
                Some(KeyKind::MlKem(set)) => Self::from_ml_kem(MlKemPrivate::from_inner(set, inner)?),
                _ => Err(Unsupported::new("key", other).into()),
            },
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
    fn from_sec1(der: &[u8], outside: Option<KeyKind>) -> Result<Self, Error> {
        let key = EcPrivateKeyFields::from_der(der).map_err(|_| Error::Key("it is no EC key"))?;
        let kind = match (outside, key.parameters) {
            (Some(kind), _) => kind,
            (None, Some(inside)) => curve::of(inside)?,
            (None, None) => return Err(Error::Parameters("a curve is missing")),
        };
        Self::from_ec(kind, ec::Private::new(kind, key.private_key.as_bytes())?)
    }

    /// As PKCS #8, for the vault and for export only.
    ///
    /// # Errors
    /// When encoding fails.
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let inner = match &self.secret {
            Secret::Rsa(key) => key.to_der()?,
            Secret::MlDsa(key) => key.to_inner()?,
            Secret::MlKem(key) => key.to_inner()?,
            Secret::Curve448(key) => {
                let string = OctetStringRef::new(key.secret()).and_then(|string| string.to_der());
                Zeroizing::new(string.map_err(|_| UNENCODABLE)?)
            }
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
