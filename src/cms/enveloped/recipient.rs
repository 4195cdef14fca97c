//! RecipientInfo (RFC 5652 §6.2, RFC 5753 §3.1, RFC 9629 §3), and the way from it to the content-encryption key.

use std::sync::Arc;

use ::cms::enveloped_data::{KekRecipientInfo, OriginatorPublicKey, OtherRecipientInfo, PasswordRecipientInfo};
use const_oid::ObjectIdentifier;
use der::asn1::AnyRef;
use der::{Class, Tag, Tagged};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use zeroize::Zeroizing;

use super::{ContentKey, RecipientId, RecipientKind};
use crate::cms::Error;
use crate::cms::identifier::CertificateId;
use crate::cms::structure::{KemRecipientInfo, KeyAgreeRecipientInfo, KeyTransRecipientInfo, as_sequence};
use crate::crypto::agreement::{self, KeyAgreement};
use crate::crypto::cipher::Decryptor;
use crate::crypto::transport::KeyTransport;
use crate::crypto::{self, ContentAlgorithm, PrivateKeyOperations, Unsupported, kdf};
use crate::pki::Certificate;

/// id-ori-kem (RFC 9629 §3).
const ORI_KEM: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.13.3");
/// id-alg-PWRI-KEK (RFC 3370 §4.4.1).
const PWRI_KEK: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.3.9");

/// One way to the content-encryption key. A KeyAgreeRecipientInfo with several encrypted keys gives several of these.
#[derive(Debug, Clone)]
pub struct RecipientInfo {
    /// The kind.
    pub kind: RecipientKind,
    /// Who.
    pub id: RecipientId,
    /// `rsa-pkcs1v15`, `rsa-oaep`, `ecdh-…`, or the identifier of what is not built in.
    pub algorithm: String,
    method: Method,
    encrypted_key: Vec<u8>,
}

/// How the content key is encrypted, or why that cannot be undone.
#[derive(Debug, Clone)]
enum Method {
    Transport(KeyTransport),
    Agreement(Arc<Agreement>),
    Password { derivation: AlgorithmIdentifierOwned, cipher: ContentAlgorithm },
    Unusable(crypto::Error),
}

/// What several recipients of one KeyAgreeRecipientInfo share.
#[derive(Debug)]
struct Agreement {
    agreement: KeyAgreement,
    originator: SubjectPublicKeyInfoOwned,
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
        Err(error) => (info.algorithm.oid.to_string(), Method::Unusable(error)),
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
        Err(error) => (info.algorithm.oid.to_string(), Method::Unusable(error)),
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

fn key_encryption_key(value: AnyRef<'_>) -> Result<RecipientInfo, Error> {
    let info: KekRecipientInfo = value.decode_as()?;
    Ok(RecipientInfo {
        kind: RecipientKind::Kek,
        id: RecipientId::Other(info.kek_id.kek_identifier.into_bytes().into()),
        algorithm: info.key_enc_alg.oid.to_string(),
        method: Method::Unusable(Unsupported::new("key encryption", info.key_enc_alg.oid).into()),
        encrypted_key: info.encrypted_key.as_bytes().to_vec(),
    })
}

fn password(value: AnyRef<'_>) -> Result<RecipientInfo, Error> {
    let info: PasswordRecipientInfo = value.decode_as()?;
    let oid = info.key_enc_alg.oid;
    let cipher = match &info.key_enc_alg.parameters {
        _ if oid != PWRI_KEK => Err(Unsupported::new("key encryption", oid).into()),
        None => Err(crypto::Error::Parameters("of the key encryption")),
        Some(parameters) => parameters
            .decode_as()
            .map_err(|_| crypto::Error::Parameters("of the key encryption"))
            .and_then(|cipher| ContentAlgorithm::from_identifier(&cipher)),
    };
    let (algorithm, method) = match (cipher, info.key_derivation_alg) {
        (Ok(cipher), Some(derivation)) => ("pwri-kek".to_owned(), Method::Password { derivation, cipher }),
        (Ok(_), None) => {
            let missing = crypto::Error::Parameters("how the key is derived from the password is not said");
            (oid.to_string(), Method::Unusable(missing))
        }
        (Err(error), _) => (oid.to_string(), Method::Unusable(error)),
    };
    Ok(RecipientInfo {
        kind: RecipientKind::Password,
        id: RecipientId::Other(Vec::new()),
        algorithm,
        method,
        encrypted_key: info.enc_key.as_bytes().to_vec(),
    })
}

fn other(value: AnyRef<'_>) -> Result<RecipientInfo, Error> {
    let info: OtherRecipientInfo = value.decode_as()?;
    let (kind, id, oid, role) = if info.ori_type == ORI_KEM {
        let kem: KemRecipientInfo<'_> = info.ori_value.decode_as()?;
        (RecipientKind::Kem, CertificateId::read(kem.rid)?.into(), kem.kem.oid, "key encapsulation")
    } else {
        (RecipientKind::Other, RecipientId::Other(Vec::new()), info.ori_type, "recipient")
    };
    Ok(RecipientInfo {
        kind,
        id,
        algorithm: oid.to_string(),
        method: Method::Unusable(Unsupported::new(role, oid).into()),
        encrypted_key: Vec::new(),
    })
}

impl RecipientInfo {
    /// Whether the content key is encrypted with an outdated cipher; the recipient's own key is not looked at.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        match &self.method {
            Method::Agreement(shared) => shared.agreement.is_weak(),
            Method::Password { cipher, .. } => cipher.cipher.is_weak(),
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
            Method::Password { .. } => return Err(crypto::Error::Key("a password is asked for")),
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
            Method::Password { derivation, cipher } => {
                let key = kdf::derive(derivation, password.as_bytes(), cipher.cipher.key_len(), limits)?;
                of_length(unwrap_pwri(cipher, &key, &self.encrypted_key)?, expected_len)
            }
            Method::Unusable(error) => Err(error.clone()),
            _ => Err(crypto::Error::Key("no password opens this")),
        }
    }
}

fn of_length(content_key: ContentKey, expected_len: usize) -> Result<ContentKey, crypto::Error> {
    if content_key.len() == expected_len { Ok(content_key) } else { Err(crypto::Error::Decryption) }
}

/// PWRI-KEK (RFC 3211 §2.3.2): encrypted twice with CBC, the second time with the last block of the first as IV; inside, a
/// length, the complement of the key's first three bytes, the key, and padding.
fn unwrap_pwri(cipher: &ContentAlgorithm, key: &[u8], encrypted: &[u8]) -> Result<ContentKey, crypto::Error> {
    const FAILED: crypto::Error = crypto::Error::Decryption;
    let block = cipher.cipher.block_len();
    if cipher.cipher.is_authenticated() || !encrypted.len().is_multiple_of(block) || encrypted.len() < 2 * block {
        return Err(FAILED);
    }
    let decryptor = Decryptor::new(cipher, key)?;
    let mut plain = Zeroizing::new(encrypted.to_vec());
    let (front, last) = plain.split_at_mut_checked(encrypted.len() - block).ok_or(FAILED)?;
    // Any position but 0 takes the block before from the argument.
    let before = front.rchunks(block).next().ok_or(FAILED)?;
    decryptor.decrypt(block as u64, before, last)?;
    decryptor.decrypt(block as u64, last, front)?;
    decryptor.decrypt(0, &[], &mut plain)?;
    let (head, rest) = plain.split_first_chunk::<4>().ok_or(FAILED)?;
    let [length, check @ ..] = *head;
    let holds = rest.iter().zip(check).take(3).fold(0xff, |all, (byte, check)| all & (byte ^ check)) == 0xff;
    match rest.get(..usize::from(length)) {
        Some(content_key) if holds && content_key.len() >= 3 => Ok(Zeroizing::new(content_key.to_vec())),
        _ => Err(FAILED),
    }
}
