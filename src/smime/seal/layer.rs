//! One layer around the next: each writes its own Content-* fields and a body that the next one is written into.

use std::io::{self, Write};
use std::thread;

use const_oid::db::rfc5911::ID_DATA;

use super::method::{CAPABILITIES, signature_for, transport_for};
use super::{Encryption, SealError, Sealing, Signing};
use crate::cms::write::{Compressor, EnvelopeWriter, OpaqueSigner, RecipientCertificate, Signer, detached};
use crate::crypto::{self, ContentCipher, DigestAlgorithm, Hasher, SignatureAlgorithm};
use crate::mime::Entity;
use crate::mime::canonical::{Base64Writer, Extra, write_entity};
use crate::policy::Profile;
use crate::source::{Behind, Source};

/// A layer with its method.
pub(super) enum Layer<'a> {
    /// multipart/signed (RFC 8551 §3.5.3).
    Clear(Signed<'a>),
    /// application/pkcs7-mime; smime-type=signed-data (RFC 8551 §3.5.2).
    Opaque(Signed<'a>),
    /// application/pkcs7-mime; smime-type=enveloped-data or authEnveloped-data (RFC 8551 §3.3, §3.4).
    Encrypted(&'a Encryption, Profile),
    /// application/pkcs7-mime; smime-type=compressed-data (RFC 8551 §3.6).
    Compressed,
}

/// A signer with the method.
pub(super) struct Signed<'a> {
    who: &'a Signing,
    algorithm: SignatureAlgorithm,
    digest: DigestAlgorithm,
}

impl Signed<'_> {
    fn signer(&self) -> Signer<'_> {
        Signer {
            certificate: &self.who.certificate,
            chain: &self.who.chain,
            key: self.who.key.as_ref(),
            algorithm: self.algorithm,
            digest: self.digest,
            signing_time: self.who.at,
            capabilities: &CAPABILITIES,
        }
    }
}

/// The layers of a message, outermost first.
pub(super) fn stack(sealing: &Sealing) -> Result<Vec<Layer<'_>>, SealError> {
    let mut layers = Vec::new();
    if let Some(encryption) = &sealing.encrypt {
        if let Some(who) = sealing.sign.as_ref().filter(|_| sealing.triple) {
            layers.push(signed(who, sealing.profile)?);
        }
        layers.push(Layer::Encrypted(encryption, sealing.profile));
        layers.extend(sealing.compress.then_some(Layer::Compressed));
    }
    if let Some(who) = &sealing.sign {
        layers.push(signed(who, sealing.profile)?);
    }
    if sealing.encrypt.is_none() {
        // Whoever does not know compression can still check the signature around it.
        layers.extend(sealing.compress.then_some(Layer::Compressed));
    }
    Ok(layers)
}

fn signed(who: &Signing, profile: Profile) -> Result<Layer<'_>, SealError> {
    let (algorithm, digest) = signature_for(&who.certificate, profile)?;
    let signed = Signed { who, algorithm, digest };
    Ok(if who.opaque { Layer::Opaque(signed) } else { Layer::Clear(signed) })
}

/// Writes the layers and, innermost, the entity of the message. What makes a large message slow is done on several cores: the
/// content is prepared and hashed, then encrypted, then encoded.
pub(super) fn write(
    layers: &[Layer<'_>],
    source: &Source,
    entity: &Entity,
    extra: &Extra<'_>,
    out: &mut (dyn Write + Send),
) -> Result<(), SealError> {
    let Some((outermost, inner)) = layers.split_first() else {
        return Ok(write_entity(source, entity, extra, out)?);
    };
    match outermost {
        Layer::Clear(signed) => clear(signed, out, |out| write(inner, source, entity, extra, out)),
        Layer::Opaque(signed) => {
            pkcs7_fields("signed-data", out)?;
            thread::scope(move |scope| {
                let out = Behind::new(scope, Base64Writer::new(out));
                let mut content = OpaqueSigner::new(signed.signer(), ID_DATA, out)?;
                write(inner, source, entity, extra, &mut content)?;
                content.finish()?.finish()?.finish()?;
                Ok(())
            })
        }
        Layer::Encrypted(encryption, profile) => {
            pkcs7_fields(smime_type(encryption.cipher), out)?;
            let recipients: Vec<_> = encryption
                .recipients
                .iter()
                .map(|certificate| RecipientCertificate {
                    certificate,
                    transport: transport_for(certificate, *profile),
                })
                .collect();
            thread::scope(move |scope| {
                let out = Behind::new(scope, Base64Writer::new(out));
                let mut content = EnvelopeWriter::new(encryption.cipher, &recipients, ID_DATA, out)?;
                if inner.is_empty() {
                    write(inner, source, entity, extra, &mut content)?;
                } else {
                    let mut signed = Behind::new(scope, content);
                    write(inner, source, entity, extra, &mut signed)?;
                    content = signed.finish()?;
                }
                content.finish()?.finish()?.finish()?;
                Ok(())
            })
        }
        Layer::Compressed => {
            pkcs7_fields("compressed-data", out)?;
            let mut content = Compressor::new(ID_DATA, Base64Writer::new(out))?;
            write(inner, source, entity, extra, &mut content)?;
            content.finish()?.finish()?;
            Ok(())
        }
    }
}

/// RFC 8551 §3.2.2.
fn smime_type(cipher: ContentCipher) -> &'static str {
    if cipher.is_authenticated() { "authEnveloped-data" } else { "enveloped-data" }
}

/// The fields of an application/pkcs7-mime entity, and the empty line after them.
fn pkcs7_fields(smime_type: &str, out: &mut dyn Write) -> io::Result<()> {
    // RFC 8551 §3.2.1.
    let name = if smime_type == "compressed-data" { "smime.p7z" } else { "smime.p7m" };
    write!(
        out,
        "Content-Type: application/pkcs7-mime; smime-type={smime_type};\r\n name={name}\r\n\
         Content-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename={name}\r\n\r\n"
    )
}

/// Writes a multipart/signed entity: the content goes to the output and to the hash in the same step, so that what is signed
/// is what is written.
fn clear(
    signed: &Signed<'_>,
    out: &mut (dyn Write + Send),
    content: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), SealError>,
) -> Result<(), SealError> {
    let boundary = boundary()?;
    // No preamble: it would stand in the message without being signed.
    write!(
        out,
        "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";\r\n micalg={};\r\n \
         boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\n",
        signed.digest.micalg()
    )?;
    let mut tee = Tee { out, hasher: Hasher::new(signed.digest) };
    content(&mut tee)?;
    let Tee { out, hasher } = tee;
    let signature = detached(&signed.signer(), ID_DATA, &hasher.finalize())?;
    write!(
        out,
        "\r\n--{boundary}\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\
         Content-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=smime.p7s\r\n\r\n"
    )?;
    let mut base64 = Base64Writer::new(&mut *out);
    base64.write_all(&signature)?;
    base64.finish()?;
    write!(out, "--{boundary}--\r\n")?;
    Ok(())
}

/// A boundary of 128 random bits, which no content holds by chance and nobody foresees. `=_` stands in no line of
/// quoted-printable or base64 (RFC 2045 §6.7).
fn boundary() -> Result<String, crypto::Error> {
    let mut random = [0; 16];
    crypto::random(&mut random)?;
    Ok(format!("=_{}", crypto::hex::encode(&random)))
}

/// Writes to an output and to a hash.
struct Tee<'a> {
    out: &'a mut (dyn Write + Send),
    hasher: Hasher,
}

impl Write for Tee<'_> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        let written = self.out.write(block)?;
        self.hasher.update(block.get(..written).unwrap_or(block));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
