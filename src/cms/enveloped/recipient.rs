//! RecipientInfo (RFC 5652 §6.2, RFC 5753 §3.1, RFC 9629 §3), and the way from it to the content-encryption key.

use std::sync::Arc;

use ::cms::enveloped_data::{KekRecipientInfo, OriginatorPublicKey, OtherRecipientInfo, PasswordRecipientInfo};
use const_oid::ObjectIdentifier;
use der::asn1::AnyRef;
use der::{Class, Tag, Tagged};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::secret::Protection;
use super::{ContentKey, RecipientId, RecipientKind};
use crate::cms::Error;
use crate::cms::identifier::CertificateId;
use crate::cms::structure::{KemRecipientInfo, KeyAgreeRecipientInfo, KeyTransRecipientInfo, as_sequence};
use crate::crypto::agreement::{self, KeyAgreement};
use crate::crypto::encapsulation::{self, Identifiers};
use crate::crypto::transport::KeyTransport;
use crate::crypto::{self, PrivateKeyOperations, Unsupported, kdf};
use crate::pki::Certificate;

/// id-ori-kem (RFC 9629 §3).
pub(in crate::cms) const ORI_KEM: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.13.3");

/// One way to the content-encryption key. A KeyAgreeRecipientInfo with several encrypted keys gives several of these.
#[derive(Debug, Clone)]
pub struct RecipientInfo {
    /// The kind.
    pub kind: RecipientKind,
    /// Who.
    pub id: RecipientId,
    /// `rsa-pkcs1v15`, `rsa-oaep`, `ecdh-…`, or the name or identifier of what is not built in.
    pub algorithm: String,
    method: Method,
    encrypted_key: Vec<u8>,
}

/// How the content key is encrypted, or why that cannot be undone.
#[derive(Debug, Clone)]
enum Method {
    Transport(KeyTransport),
    Agreement(Arc<Agreement>),
    Encapsulation(Arc<Encapsulation>),
    Password(AlgorithmIdentifierOwned, Protection),
    Secret(Protection),
    Unusable(crypto::Error),
}

/// What several recipients of one KeyAgreeRecipientInfo share.
#[derive(Debug)]
struct Agreement {
    agreement: KeyAgreement,
    originator: SubjectPublicKeyInfoOwned,
    ukm: Option<Vec<u8>>,
}

/// How a KEMRecipientInfo carries the content key.
#[derive(Debug)]
struct Encapsulation {
    encapsulation: encapsulation::Encapsulation,
    ciphertext: Vec<u8>,
    ukm: Option<Vec<u8>>,
}

/// Reads one RecipientInfo, DER. `certificates` are the originator's.
///
/// ```text
/// RecipientInfo ::= CHOICE { ktri KeyTransRecipientInfo, kari [1] KeyAgreeRecipientInfo, kekri [2] KEKRecipientInfo,
///     pwri [3] PasswordRecipientinfo, ori [4] OtherRecipientInfo }
/// ```
/// (RFC 5652 §6.2)
pub(super) fn read(der: &[u8], certificates: &[Certificate]) -> Result<Vec<RecipientInfo>, Error> {
    let value = AnyRef::try_from(der)?;
    if value.tag() == Tag::Sequence {
        return Ok(vec![transport(value)?]);
    }
    if value.tag().class() != Class::ContextSpecific {
        return Err(Error::Structure("no RecipientInfo"));
    }
    let inner = as_sequence(value)?;
    match value.tag().number().value() {
        1 => agreement(inner, certificates),
        2 => Ok(vec![key_encryption_key(inner)?]),
        3 => Ok(vec![password(inner)?]),
        4 => Ok(vec![other(inner)?]),
        _ => Err(Error::Structure("no RecipientInfo")),
    }
}

fn transport(value: AnyRef<'_>) -> Result<RecipientInfo, Error> {
    let info: KeyTransRecipientInfo<'_> = value.decode_as()?;
    let (algorithm, method) = match KeyTransport::from_identifier(&info.algorithm) {
        Ok(transport) => (transport.name().to_owned(), Method::Transport(transport)),
        Err(error) => (named(info.algorithm.oid), Method::Unusable(error)),
    };
    Ok(RecipientInfo {
        kind: RecipientKind::KeyTransport,
        id: CertificateId::read(info.rid)?.into(),
        algorithm,
        method,
        encrypted_key: info.encrypted_key.as_bytes().to_vec(),
    })
}

fn agreement(value: AnyRef<'_>, certificates: &[Certificate]) -> Result<Vec<RecipientInfo>, Error> {
    let info: KeyAgreeRecipientInfo<'_> = value.decode_as()?;
    let (algorithm, method) = match KeyAgreement::from_identifier(&info.algorithm) {
        Ok(agreement) => {
            let method = match originator(info.originator, certificates)? {
                Some(originator) => {
                    let ukm = info.ukm.map(|ukm| ukm.as_bytes().to_vec());
                    Method::Agreement(Arc::new(Agreement { agreement: agreement.clone(), originator, ukm }))
                }
                None => Method::Unusable(crypto::Error::Key("the originator's certificate is missing")),
            };
            (agreement.name(), method)
        }
        Err(error) => (named(info.algorithm.oid), Method::Unusable(error)),
    };
    let each = info.recipients.iter().map(|recipient| {
        Ok(RecipientInfo {
            kind: RecipientKind::KeyAgreement,
            id: CertificateId::read(recipient.rid)?.into(),
            algorithm: algorithm.clone(),
            method: method.clone(),
            encrypted_key: recipient.encrypted_key.as_bytes().to_vec(),
        })
    });
    each.collect()
}

/// The originator's public key, unless it stands in a certificate that is not at hand.
///
/// ```text
/// OriginatorIdentifierOrKey ::= CHOICE { issuerAndSerialNumber IssuerAndSerialNumber,
///     subjectKeyIdentifier [0] SubjectKeyIdentifier, originatorKey [1] OriginatorPublicKey }
/// OriginatorPublicKey ::= SEQUENCE { algorithm AlgorithmIdentifier, publicKey BIT STRING }
/// ```
/// (RFC 5652 §6.2.2)
fn originator(value: AnyRef<'_>, certificates: &[Certificate]) -> Result<Option<SubjectPublicKeyInfoOwned>, Error> {
    let tag = value.tag();
    if tag.class() == Class::ContextSpecific && tag.number().value() == 1 {
        let OriginatorPublicKey { algorithm, public_key } = as_sequence(value)?.decode_as()?;
        return Ok(Some(SubjectPublicKeyInfoOwned { algorithm, subject_public_key: public_key }));
    }
    let id = RecipientId::from(CertificateId::read(value)?);
    let certificate = certificates.iter().find(|certificate| id.matches(certificate));
    Ok(certificate.map(|certificate| certificate.public_key().clone()))
}

/// ```text
/// KEKRecipientInfo ::= SEQUENCE { version CMSVersion, kekid KEKIdentifier,
///     keyEncryptionAlgorithm KeyEncryptionAlgorithmIdentifier, encryptedKey EncryptedKey }
/// ```
/// (RFC 5652 §6.2.3)
fn key_encryption_key(value: AnyRef<'_>) -> Result<RecipientInfo, Error> {
    let info: KekRecipientInfo = value.decode_as()?;
    let (algorithm, method) = secret(&info.key_enc_alg, Method::Secret);
    Ok(RecipientInfo {
        kind: RecipientKind::Kek,
        id: RecipientId::Other(info.kek_id.kek_identifier.into_bytes().into()),
        algorithm,
        method,
        encrypted_key: info.encrypted_key.as_bytes().to_vec(),
    })
}

/// ```text
/// PasswordRecipientInfo ::= SEQUENCE { version CMSVersion, keyDerivationAlgorithm [0] KeyDerivationAlgorithmIdentifier OPTIONAL,
///     keyEncryptionAlgorithm KeyEncryptionAlgorithmIdentifier, encryptedKey EncryptedKey }
/// ```
/// (RFC 5652 §6.2.4); without a derivation the key comes from elsewhere.
fn password(value: AnyRef<'_>) -> Result<RecipientInfo, Error> {
    let info: PasswordRecipientInfo = value.decode_as()?;
    let (algorithm, method) = secret(&info.key_enc_alg, |protection| match info.key_derivation_alg {
        Some(derivation) => Method::Password(derivation, protection),
        None => Method::Secret(protection),
    });
    Ok(RecipientInfo {
        kind: RecipientKind::Password,
        id: RecipientId::Other(Vec::new()),
        algorithm,
        method,
        encrypted_key: info.enc_key.as_bytes().to_vec(),
    })
}

/// The name of a key encryption and the way to undo it.
fn secret(algorithm: &AlgorithmIdentifierOwned, method: impl FnOnce(Protection) -> Method) -> (String, Method) {
    match Protection::from_identifier(algorithm) {
        Ok(protection) => (protection.name(), method(protection)),
        Err(error) => (named(algorithm.oid), Method::Unusable(error)),
    }
}

/// ```text
/// OtherRecipientInfo ::= SEQUENCE { oriType OBJECT IDENTIFIER, oriValue ANY DEFINED BY oriType }
/// ```
/// (RFC 5652 §6.2.5)
fn other(value: AnyRef<'_>) -> Result<RecipientInfo, Error> {
    let info: OtherRecipientInfo = value.decode_as()?;
    if info.ori_type == ORI_KEM {
        return encapsulation(info.ori_value.decode_as()?);
    }
    Ok(RecipientInfo {
        kind: RecipientKind::Other,
        id: RecipientId::Other(Vec::new()),
        algorithm: named(info.ori_type),
        method: Method::Unusable(Unsupported::new("recipient", info.ori_type).into()),
        encrypted_key: Vec::new(),
    })
}

fn encapsulation(info: KemRecipientInfo<'_>) -> Result<RecipientInfo, Error> {
    let KemRecipientInfo { rid, kem, ciphertext, kdf, kek_length, ukm, wrap, encrypted_key, .. } = info;
    let oid = kem.oid;
    let identifiers = Identifiers { kem, kdf, kek_length, wrap };
    let (algorithm, method) = match encapsulation::Encapsulation::from_identifiers(&identifiers) {
        Ok(encapsulation) => {
            let algorithm = encapsulation.name().to_owned();
            let (ciphertext, ukm) = (ciphertext.as_bytes().to_vec(), ukm.map(|ukm| ukm.as_bytes().to_vec()));
            (algorithm, Method::Encapsulation(Arc::new(Encapsulation { encapsulation, ciphertext, ukm })))
        }
        Err(error) => (named(oid), Method::Unusable(error)),
    };
    Ok(RecipientInfo {
        kind: RecipientKind::Kem,
        id: CertificateId::read(rid)?.into(),
        algorithm,
        method,
        encrypted_key: encrypted_key.as_bytes().to_vec(),
    })
}

impl RecipientInfo {
    /// Whether the content key is encrypted with an outdated cipher; the recipient's own key is not looked at.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        match &self.method {
            Method::Agreement(shared) => shared.agreement.is_weak(),
            Method::Encapsulation(shared) => shared.encapsulation.is_weak(),
            Method::Password(_, protection) | Method::Secret(protection) => protection.is_weak(),
            Method::Transport(_) | Method::Unusable(_) => false,
        }
    }

    /// The content-encryption key by this recipient's private key.
    ///
    /// `expected_len`: the cipher's key length, so that PKCS #1 v1.5 can reject implicitly.
    ///
    /// # Errors
    /// When the method is not built in, the key is of another kind, or (ECDH, OAEP) unwrapping fails.
    pub fn unwrap_key(&self, key: &dyn PrivateKeyOperations, expected_len: usize) -> Result<ContentKey, crypto::Error> {
        let content_key = match &self.method {
            Method::Transport(transport) => key.decrypt(transport, &self.encrypted_key, expected_len)?,
            Method::Agreement(shared) => {
                let Agreement { agreement, originator, ukm } = shared.as_ref();
                agreement::unwrap(key, originator, agreement, ukm.as_deref(), &self.encrypted_key)?
            }
            Method::Encapsulation(shared) => {
                let Encapsulation { encapsulation, ciphertext, ukm } = shared.as_ref();
                encapsulation::unwrap(key, encapsulation, ciphertext, ukm.as_deref(), &self.encrypted_key)?
            }
            Method::Password(..) => return Err(crypto::Error::Key("a password is asked for")),
            Method::Secret(_) => return Err(crypto::Error::Key("a secret key is asked for")),
            Method::Unusable(error) => return Err(error.clone()),
        };
        of_length(content_key, expected_len)
    }

    /// The content-encryption key by a password (RFC 3370 §4.4.1, RFC 3211).
    ///
    /// `expected_len`: the cipher's key length.
    ///
    /// # Errors
    /// When this recipient is no password, the method is not built in, the derivation asks for more than `limits` allow, or
    /// the password is wrong.
    pub fn unwrap_with_password(
        &self,
        password: &str,
        expected_len: usize,
        limits: &kdf::Limits,
    ) -> Result<ContentKey, crypto::Error> {
        match &self.method {
            Method::Password(derivation, protection) => {
                let key = protection.unwrap_with_password(derivation, password, &self.encrypted_key, limits)?;
                of_length(key, expected_len)
            }
            Method::Unusable(error) => Err(error.clone()),
            _ => Err(crypto::Error::Key("no password opens this")),
        }
    }

    /// The content-encryption key by a key that both sides have (RFC 5652 §6.2.3).
    ///
    /// `expected_len`: the cipher's key length.
    ///
    /// # Errors
    /// When this recipient needs something else, the method is not built in, or the key is another one.
    pub fn unwrap_with_secret(&self, key: &[u8], expected_len: usize) -> Result<ContentKey, crypto::Error> {
        match &self.method {
            Method::Secret(protection) if key.len() == protection.key_len() => {
                of_length(protection.unwrap(key, &self.encrypted_key)?, expected_len)
            }
            Method::Secret(_) => Err(crypto::Error::Key("the secret key has another length")),
            Method::Unusable(error) => Err(error.clone()),
            _ => Err(crypto::Error::Key("no secret key opens this")),
        }
    }

    /// Why nothing here opens it, whatever key or password there is.
    #[must_use]
    pub fn unusable(&self) -> Option<&crypto::Error> {
        if let Method::Unusable(error) = &self.method { Some(error) } else { None }
    }

    /// Whether a password opens it.
    #[must_use]
    pub fn takes_password(&self) -> bool {
        matches!(self.method, Method::Password(..))
    }

    /// Whether a key that both sides have opens it.
    #[must_use]
    pub fn takes_secret(&self) -> bool {
        matches!(self.method, Method::Secret(_))
    }
}

/// The name of an algorithm that is not built in, else its identifier.
fn named(oid: ObjectIdentifier) -> String {
    Unsupported::new("", oid).name.map_or_else(|| oid.to_string(), str::to_owned)
}

fn of_length(content_key: ContentKey, expected_len: usize) -> Result<ContentKey, crypto::Error> {
    if content_key.len() == expected_len { Ok(content_key) } else { Err(crypto::Error::Decryption) }
}
