//! Signing and encrypting a message into a new file.

use std::io;
use std::path::PathBuf;
use std::thread;

use super::failure::{self, failure};
use super::output::{Complete, Draft, publish, sibling};
use super::people::People;
use super::recipients::{Recipients, Unusable};
use super::{Desk, Input, Output, Progress, named, outcome};
use crate::mime::address::Address;
use crate::mime::{self, Entity};
use crate::pki::Certificate;
use crate::policy::Profile;
use crate::report::{Code, Failure, Finding};
use crate::smime::seal::{Encryption, Sealing, Signing, seal};
use crate::source::{Behind, Source};
use crate::text::tr;

/// How a message is to be sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seal {
    /// Signed, and by whom.
    pub sign: Option<SignWith>,
    /// Encrypted.
    pub encrypt: bool,
    /// Signed opaque (application/pkcs7-mime) rather than clear.
    pub opaque: bool,
    /// Signed once more around the encryption.
    pub triple: bool,
    /// Compressed (RFC 3274), which few programs read.
    pub compress: bool,
    /// Header fields are protected (RFC 9788); `None`: as the profile has it, modern does.
    pub protect: Option<bool>,
    /// Recipients' certificates instead of those of To, Cc, Bcc and sender: exactly these.
    pub to: Vec<Certificate>,
}

/// The signer of a new message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignWith {
    /// The preferred identity for the sender: the one in From; of several, the one in Sender, else the first.
    Sender,
    /// The preferred identity for this address.
    Address(String),
    /// This certificate's identity.
    Certificate(Certificate),
}

/// Who could read a message if it were encrypted now, and whose certificate is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readers {
    /// Address and certificate.
    pub known: Vec<(String, Certificate)>,
    /// Addresses without a usable certificate, with the reason.
    pub missing: Vec<(String, String)>,
    /// The From address has an identity that can sign.
    pub can_sign: bool,
}

/// The files of a sealed message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sealed {
    /// The message.
    pub main: PathBuf,
    /// For each recipient in Bcc a message of their own, so that nobody sees them among the recipients of another one
    /// (RFC 8551 §3.3): address and file.
    pub bcc: Vec<(String, PathBuf)>,
    /// What was chosen for the message, and why.
    pub chosen: Vec<Finding>,
}

/// One new message: for everybody, or for one hidden recipient.
#[derive(Debug, Default)]
struct Copy {
    hidden: Option<Address>,
    recipients: Vec<Certificate>,
}

impl Desk {
    /// Who could read this message if it were encrypted to everyone in To, Cc and Bcc, and to the sender.
    ///
    /// # Errors
    /// When it or the wallet cannot be read.
    pub fn readers(&self, input: impl Into<Input>) -> Result<Readers, Failure> {
        let input = input.into();
        let (_, entity) = self.parse(&input, &Progress::default(), 1)?;
        let people = People::of(&entity.fields);
        let recipients = self.recipients()?;
        let mut readers = Readers::default();
        if let Some(sender) = &people.sender {
            readers.can_sign = !self.signers()?.for_address(sender).is_empty();
        }
        let everybody = people.open.iter().chain(&people.hidden);
        let sender =
            people.sender.iter().filter(|sender| !people.open.contains(sender) && !people.hidden.contains(sender));
        for address in everybody.chain(sender) {
            match recipients.certificate_for(address) {
                Ok(certificate) => readers.known.push((address.to_string(), certificate)),
                Err(reason) => readers.missing.push((address.to_string(), reason.text())),
            }
        }
        readers.missing.extend(unclear(&people));
        Ok(readers)
    }

    /// The certificate that mail to an address is encrypted to.
    ///
    /// # Errors
    /// `missing-certificate`, with the reason; when the wallet cannot be read.
    pub fn recipient(&self, address: &str) -> Result<Certificate, Failure> {
        let found = match Address::parse(address) {
            Some(address) => self.recipients()?.certificate_for(&address).map_err(|reason| reason.text()),
            None => Err(tr!("jobs-reason-unclear")),
        };
        found.map_err(|reason| missing(&[(address.to_owned(), reason)]))
    }

    /// Seals a message into a new file named `NAME.signed.eml` or `NAME.encrypted.eml`; what stands there already is never
    /// replaced. Recipients in Bcc get files of their own: `NAME.encrypted.bcc-1.eml` and so on. All files appear, or none.
    ///
    /// # Errors
    /// What happened and what to do; no file is left then.
    pub fn seal(
        &self,
        input: impl Into<Input>,
        seal: &Seal,
        output: &Output,
        progress: &Progress,
    ) -> Result<Sealed, Failure> {
        let input = input.into();
        let mut signer = None;
        let mut result = self.seal_unrecorded(&input, seal, output, progress, &mut signer);
        if result.is_err() && progress.is_cancelled() {
            result = Err(failure::cancelled());
        }
        let action = match (&seal.sign, seal.encrypt) {
            (Some(_), true) => "sign-encrypt",
            (_, true) => "encrypt",
            _ => "sign",
        };
        let written = result.as_ref().ok().map(|sealed| Input::from(&sealed.main).lasting_name());
        self.record(action, &input, outcome(&result), signer, written);
        result
    }

    fn seal_unrecorded(
        &self,
        input: &Input,
        seal: &Seal,
        output: &Output,
        progress: &Progress,
        signer: &mut Option<String>,
    ) -> Result<Sealed, Failure> {
        let (source, entity) = self.parse_by(mime::parse_to_seal, input, progress, 1)?;
        let people = People::of(&entity.fields);
        let sign = match &seal.sign {
            Some(with) => Some(self.signers()?.choose(with, people.sender.as_ref(), seal.opaque)?),
            None => None,
        };
        *signer = sign.as_ref().map(|sign| sign.certificate.fingerprint());
        let recipients = self.recipients()?;
        let copies = match (seal.encrypt, seal.to.as_slice()) {
            (false, _) if sign.is_none() => return Err(nothing_to_do()),
            (false, _) => vec![Copy::default()],
            (true, []) => everybody(&people, sign.as_ref(), &recipients)?,
            (true, to) => vec![Copy { hidden: None, recipients: chosen(to, &recipients)? }],
        };
        // One pass chose transfer encodings; each copy takes one to write.
        let length = progress.get().1;
        progress.set_total(length.saturating_mul(1 + copies.len() as u64));
        let target = output.target(input, if seal.encrypt { "encrypted.eml" } else { "signed.eml" });
        let (mut drafts, mut chosen) = (Vec::new(), Vec::new());
        chosen.extend(sign.as_ref().and_then(|sign| for_other(&sign.certificate, people.sender.as_ref()?)));
        for (number, copy) in copies.iter().enumerate() {
            let target = if number == 0 { target.clone() } else { sibling(&target, &format!("bcc-{number}")) };
            let encrypt = seal.encrypt.then(|| {
                let (cipher, why) = recipients.cipher(&copy.recipients);
                chosen.extend((number == 0).then_some(why));
                Encryption { cipher, recipients: copy.recipients.clone() }
            });
            let profile = self.policy.profile;
            let sealing = Sealing {
                sign: sign.clone(),
                encrypt,
                triple: seal.triple,
                compress: seal.compress,
                protect: seal.protect.unwrap_or(profile == Profile::Modern),
                profile,
            };
            drafts.push(write(input, &source, &entity, &sealing, target)?);
        }
        if progress.is_cancelled() {
            return Err(failure::cancelled());
        }
        let mut files = publish(drafts, &self.names).map_err(|error| failure::writing(&target, &error))?.into_iter();
        let main = files.next().unwrap_or(target);
        let hidden = copies.into_iter().filter_map(|copy| copy.hidden).map(|address| address.to_string());
        progress.complete();
        Ok(Sealed { main, bcc: hidden.zip(files).collect(), chosen })
    }

    /// The bytes and the structure of a message.
    pub(super) fn parse(&self, input: &Input, progress: &Progress, passes: u64) -> Result<(Source, Entity), Failure> {
        self.parse_by(mime::parse, input, progress, passes)
    }

    fn parse_by(
        &self,
        parse: fn(&Source, &mime::Limits) -> Result<Entity, mime::Error>,
        input: &Input,
        progress: &Progress,
        passes: u64,
    ) -> Result<(Source, Entity), Failure> {
        let name = input.name();
        let source = input.message(progress, passes).map_err(|error| failure::reading(&name, &error))?;
        let entity = parse(&source, &self.policy.limits.mime).map_err(|error| failure::structure(&name, &error))?;
        Ok((source, entity))
    }
}

/// Says that the signer is not who the message is from.
fn for_other(signer: &Certificate, from: &Address) -> Option<Finding> {
    (!signer.names_but_for_case(from)).then(|| Finding::new(Code::SignedForOther, [from.to_string(), named(signer)]))
}

/// Writes one sealed message.
fn write(
    input: &Input,
    source: &Source,
    entity: &Entity,
    sealing: &Sealing,
    target: PathBuf,
) -> Result<Complete, Failure> {
    let unwritten = |error: io::Error| failure::writing(&target, &error);
    let draft = Draft::new(target.clone()).map_err(unwritten)?;
    let draft = thread::scope(|scope| {
        let mut out = Behind::new(scope, draft);
        seal(source, entity, sealing, &mut out).map_err(|error| failure::sealing(&input.name(), &target, &error))?;
        out.finish().map_err(unwritten)
    })?;
    draft.complete().map_err(unwritten)
}

/// The message for To, Cc and the sender, and one for each in Bcc. If one certificate is missing, there is none at all.
fn everybody(people: &People, sign: Option<&Signing>, recipients: &Recipients<'_>) -> Result<Vec<Copy>, Failure> {
    if people.open.is_empty() && people.hidden.is_empty() && people.unclear.is_empty() {
        return Err(failure("no-recipients", tr!("jobs-no-recipients"), tr!("jobs-no-recipients-todo")));
    }
    let mut absent = Vec::new();
    let mut find = |address: &Address, otherwise: Option<&Certificate>| -> Option<Certificate> {
        match recipients.certificate_for(address) {
            Ok(certificate) => Some(certificate),
            Err(_) if otherwise.is_some() => otherwise.cloned(),
            Err(reason) => {
                absent.push((address.to_string(), reason.text()));
                None
            }
        }
    };
    let mut main = Copy::default();
    main.recipients.extend(people.open.iter().filter_map(|address| find(address, None)));
    // The sender reads it by the signing certificate where no other one names them.
    let signer = sign.map(|sign| &sign.certificate).filter(|certificate| recipients.check(certificate).is_ok());
    match &people.sender {
        Some(sender) => main.recipients.extend(find(sender, signer)),
        None => main.recipients.extend(signer.cloned()),
    }
    let mut seen = std::collections::HashSet::new();
    main.recipients.retain(|certificate| seen.insert(certificate.sha256()));
    let mut copies = vec![main];
    for address in people.hidden.iter().filter(|address| people.sender.as_ref() != Some(*address)) {
        let certificate = find(address, None);
        copies.push(Copy { hidden: Some(address.clone()), recipients: certificate.into_iter().collect() });
    }
    absent.extend(unclear(people));
    if !absent.is_empty() {
        return Err(missing(&absent));
    }
    if copies.first().is_some_and(|main| main.recipients.is_empty()) {
        return Err(failure("no-sender", tr!("jobs-no-sender"), tr!("jobs-no-sender-todo")));
    }
    Ok(copies)
}

/// The recipients that somebody chose; each must be one that mail can be encrypted to.
fn chosen(to: &[Certificate], recipients: &Recipients<'_>) -> Result<Vec<Certificate>, Failure> {
    let reason = |certificate| recipients.check(certificate).err().as_ref().map(Unusable::text);
    let absent: Vec<_> = to.iter().filter_map(|certificate| Some((named(certificate), reason(certificate)?))).collect();
    if !absent.is_empty() {
        return Err(missing(&absent));
    }
    let mut seen = std::collections::HashSet::new();
    Ok(to.iter().filter(|certificate| seen.insert(certificate.sha256())).cloned().collect())
}

/// What stands in a field and is no address: nobody is left out in silence.
fn unclear(people: &People) -> impl Iterator<Item = (String, String)> {
    people.unclear.iter().map(|field| (field.clone(), tr!("jobs-reason-unclear")))
}

fn missing(absent: &[(String, String)]) -> Failure {
    let names: Vec<_> = absent.iter().map(|(name, reason)| format!("{name} ({reason})")).collect();
    let (names, count) = (names.join(", "), absent.len());
    failure(
        "missing-certificate",
        tr!("jobs-missing-certificate", names = names, count = count),
        tr!("jobs-missing-certificate-todo"),
    )
}

fn nothing_to_do() -> Failure {
    failure("nothing-to-do", tr!("jobs-nothing-to-do"), tr!("jobs-nothing-to-do-todo"))
}
