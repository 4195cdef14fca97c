//! Findings: stable codes with evidence.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum Rank {
    Error,
    Warning,
    Note,
}

/// A value that a finding's text names.
pub type Evidence = (&'static str, String);

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $rank:ident, [$($argument:literal),*];)*) => {
        /// What was noticed; stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code of the contract; the text's id is `finding-` and this.
            #[must_use]
            pub fn as_str(self) -> &'static str { match self { $(Self::$name => $code,)* } }

            /// How much it weighs.
            #[must_use]
            pub fn rank(self) -> Rank { match self { $(Self::$name => Rank::$rank,)* } }

            /// Names of the evidence that its text uses.
            #[must_use]
            pub fn arguments(self) -> &'static [&'static str] { match self { $(Self::$name => &[$($argument),*],)* } }
        }
    };
}

codes! {
    /// The content's digest differs from the signed one.
    DigestMismatch = "digest-mismatch", Error, [];
    /// The signature value does not match.
    SignatureMismatch = "signature-mismatch", Error, [];
    /// Undoing a change of line ends gives what was signed.
    AlteredByLineEnds = "altered-by-line-ends", Note, [];
    /// Undoing a change of blanks at the ends of lines gives what was signed.
    AlteredByTrailingBlanks = "altered-by-trailing-blanks", Note, [];
    /// With other line ends at its end, the content is what was signed.
    AlteredByTrailingLines = "altered-by-trailing-lines", Note, [];
    /// Without its last lines, the content or one of its texts is what was signed.
    AlteredByFooter = "altered-by-footer", Note, ["lines"];
    /// In another transfer encoding, the content is what was signed.
    AlteredByEncoding = "altered-by-encoding", Note, ["signed", "found"];
    /// In another charset, the content is what was signed.
    AlteredByCharset = "altered-by-charset", Note, ["signed", "found"];
    /// Undoing or making the escape of lines that begin with `From ` gives what was signed.
    AlteredByFromEscaping = "altered-by-from-escaping", Note, [];
    /// Undoing or making the escape of lines that begin with a dot gives what was signed.
    AlteredByDots = "altered-by-dot-escaping", Note, [];
    /// Without a part, the content is what was signed.
    AlteredByAddedPart = "altered-by-added-part", Note, ["name"];
    /// With a part that stands outside of it, the content is what was signed.
    AlteredByRemovedPart = "altered-by-removed-part", Note, ["name"];
    /// With header lines of parts folded, quoted or ordered in another way, the content is what was signed.
    AlteredByFolding = "altered-by-folding", Note, [];
    /// With a header field of a part more or less, the content is what was signed.
    AlteredByField = "altered-by-field", Note, ["field"];
    /// A method that is not built in.
    UnsupportedAlgorithm = "unsupported-algorithm", Error, ["role", "algorithm"];
    /// The signer's certificate is not in the message, the wallet or the arguments.
    MissingCertificate = "missing-certificate", Error, ["signer"];
    /// A detached signature without its content.
    MissingContent = "missing-content", Error, [];
    /// Signed attributes are missing, doubled or contradict the content.
    DamagedAttributes = "damaged-attributes", Error, ["reason"];
    /// The CMS structure is damaged.
    DamagedStructure = "damaged-structure", Error, ["reason"];
    /// The signer's key cannot be used.
    UnusableKey = "unusable-key", Error, ["reason"];
    /// A signed layer without any signature.
    NoSigners = "no-signers", Error, [];
    /// More signatures than are checked.
    TooManySignatures = "too-many-signatures", Error, ["limit"];
    /// More layers than are opened.
    TooManyLayers = "too-many-layers", Error, ["limit"];
    /// Nobody known issued the certificate.
    NoIssuer = "no-issuer", Warning, ["certificate", "issuer"];
    /// The issuer's certificate is missing, and the certificate says where it could be had; nobody was asked.
    IssuerAvailable = "issuer-available", Note, ["certificate", "url"];
    /// The issuer's certificate was missing and came from there.
    IssuerFetched = "issuer-fetched", Note, ["certificate", "url"];
    /// The issuer's certificate is missing and could not be had from there.
    IssuerNotFetched = "issuer-not-fetched", Note, ["certificate", "url", "reason"];
    /// The certificate is issued by itself and nobody trusts it.
    SelfSigned = "self-signed", Warning, ["certificate"];
    /// Building the chain went past the budget.
    PathBudget = "path-budget", Warning, ["limit"];
    /// A built-in root is trusted for older certificates alone.
    TrustEnded = "trust-ended", Warning, ["certificate", "until", "not-before"];
    /// An issuer's signature does not hold.
    BadIssuerSignature = "bad-issuer-signature", Error, ["certificate", "issuer"];
    /// A certificate is signed with a method that is not built in.
    UnsupportedIssuerSignature = "unsupported-issuer-signature", Error, ["certificate", "algorithm"];
    /// A certificate was not valid yet.
    NotYetValid = "not-yet-valid", Error, ["certificate", "not-before", "at"];
    /// A certificate was not valid any more at the signing time.
    ExpiredAtSigning = "certificate-expired-at-signing", Warning, ["certificate", "not-after", "at"];
    /// A certificate expired after signing.
    ExpiredSince = "certificate-expired-since", Note, ["certificate", "not-after"];
    /// An issuer is no CA.
    NotCa = "issuer-not-ca", Error, ["certificate", "found"];
    /// An issuer may not sign certificates.
    CannotSignCertificates = "issuer-key-usage", Error, ["certificate", "found"];
    /// Too many CAs below an issuer.
    PathLength = "path-length", Error, ["certificate", "allowed", "found"];
    /// The certificate's key usage does not allow signing.
    KeyUsage = "key-usage", Error, ["certificate", "found"];
    /// The certificate is not meant for mail.
    NotForMail = "not-for-mail", Error, ["certificate", "found"];
    /// A name is outside an issuer's constraints.
    NameConstraint = "name-constraint", Error, ["certificate", "name", "issuer", "kind", "subtrees"];
    /// A certificate policy is asked for, and this certificate has none that is valid.
    Policy = "certificate-policy", Error, ["certificate", "found", "needed"];
    /// A certificate policy is asked for, and anyPolicy does not count any more.
    AnyPolicyInhibited = "any-policy-inhibited", Error, ["certificate", "found"];
    /// A certificate policy is asked for, and an authority maps all of them where it may not.
    PolicyMappingInhibited = "policy-mapping-inhibited", Error, ["certificate", "found"];
    /// An authority maps from or to anyPolicy.
    MapsAnyPolicy = "maps-any-policy", Error, ["certificate", "from", "to"];
    /// A critical extension is not understood.
    UnknownCriticalExtension = "unknown-critical-extension", Error, ["certificate", "oid"];
    /// An extension that stands twice in a certificate, so that programs read it differently.
    DuplicateExtension = "duplicate-extension", Error, ["certificate", "oid"];
    /// An extension that is known but cannot be decoded.
    DamagedExtension = "damaged-extension", Error, ["certificate", "oid"];
    /// The user said not to trust it.
    Distrusted = "distrusted", Error, ["certificate"];
    /// The user trusted this very certificate.
    Pinned = "pinned-by-user", Note, ["since"];
    /// The user trusted this very certificate for one address, which is the sender's.
    PinnedFor = "pinned-for-address", Note, ["since", "address"];
    /// The user trusted this very certificate for one address, which is not the sender's.
    PinnedForAnother = "pinned-for-another-address", Warning, ["since", "address"];
    /// A certificate of the chain is signed with an outdated method.
    WeakChain = "weak-chain", Warning, ["certificate"];
    /// A detached signature that carries content of its own, which is not the one shown.
    EmbeddedContent = "embedded-content", Warning, [];
    /// A certificate's two signature algorithms differ.
    AlgorithmMismatch = "algorithm-mismatch", Error, ["certificate", "inside", "outside"];
    /// The signer's addresses are not those in From.
    AddressDiffers = "address-differs", Error, ["from", "addresses"];
    /// The certificate has no address.
    NoAddress = "no-address", Warning, [];
    /// The address matches but for upper and lower case before the @.
    AddressCase = "address-case", Note, ["from", "address"];
    /// No From field, or an empty one.
    FromMissing = "from-missing", Warning, [];
    /// Several addresses or several From fields.
    FromSeveral = "from-several", Warning, ["addresses"];
    /// The From field cannot be parsed without doubt.
    FromMalformed = "from-malformed", Warning, [];
    /// The address in From is written so that people take it for another: letters of several scripts, letters that look like
    /// Latin ones, a second address before the @.
    LookAlike = "look-alike-address", Warning, ["shown", "address"];
    /// A display name shows another address than the one it carries.
    DisplayAddress = "display-address", Warning, ["shown", "address"];
    /// The display name differs from the certificate's name.
    DisplayName = "display-name", Note, ["shown", "name"];
    /// Sender names somebody else than the signer.
    SenderDiffers = "sender-differs", Warning, ["sender", "addresses"];
    /// Reply-To names somebody else than the signer.
    ReplyToDiffers = "reply-to-differs", Warning, ["reply-to", "addresses"];
    /// An outdated digest.
    WeakDigest = "weak-digest", Warning, ["algorithm"];
    /// An outdated method of signing.
    WeakSignature = "weak-signature", Warning, ["algorithm"];
    /// A key that is too short.
    WeakKey = "weak-key", Warning, ["key"];
    /// An outdated cipher.
    WeakCipher = "weak-cipher", Warning, ["algorithm"];
    /// A cipher that does not notice changes.
    Unauthenticated = "unauthenticated-cipher", Note, ["algorithm"];
    /// Signed at a time in the future.
    SignedInFuture = "signed-in-future", Warning, ["at", "now"];
    /// Signed at a time that is ahead by no more than clocks may differ.
    ClockDiffers = "clock-differs", Note, ["at", "now"];
    /// The signer claims no time.
    NoSigningTime = "no-signing-time", Note, [];
    /// The signing time and the Date field are more than a day apart.
    DateDiffers = "date-differs", Note, ["date", "signing-time"];
    /// From outside names other addresses than the protected one.
    FromDiffersOutside = "from-differs-outside", Warning, ["outside", "inside"];
    /// A protected header field was changed outside.
    FieldDiffers = "header-differs", Warning, ["field", "outside", "inside"];
    /// A header field outside is not among the protected ones.
    FieldOutside = "header-not-protected", Warning, ["field", "outside"];
    /// A header field that the author meant to hide stands outside.
    FieldExposed = "header-exposed", Warning, ["field"];
    /// Protected header fields that the author hid outside.
    FieldsHidden = "header-hidden", Note, ["fields"];
    /// The author says to have encrypted the message, and it is not; or the other way round.
    ProtectionMode = "header-protection-mode", Note, ["claimed"];
    /// micalg names another digest than the one used.
    MicalgDiffers = "micalg-differs", Note, ["micalg", "used"];
    /// The protocol parameter is not application/pkcs7-signature.
    ProtocolDiffers = "protocol-differs", Note, ["protocol"];
    /// Something in the message is outside of the signature.
    Uncovered = "outside-signature", Warning, [];
    /// The message may be cut short: its final boundary is missing.
    MissingFinalBoundary = "missing-final-boundary", Warning, [];
    /// The file has no header: it is no message.
    NoHeader = "no-header", Warning, [];
    /// The structure of the message is odd.
    OddStructure = "odd-structure", Note, ["what"];
    /// The signer wants receipts.
    ReceiptRequested = "receipt-requested", Note, ["to"];
    /// How the content is to be handled.
    SecurityLabel = "security-label", Note, ["classification", "mark"];
    /// A mailing list passed it on.
    ListExpansion = "list-expansion", Note, ["list", "at"];
    /// The signer's words for the content.
    ContentHint = "content-hint", Note, ["hint"];
    /// The content is a signed receipt.
    SignedReceipt = "signed-receipt", Note, [];
    /// Somebody trusted signed the signature.
    Countersigned = "countersigned", Note, ["name", "at"];
    /// Somebody for whom nobody trusted vouches signed the signature.
    CountersignedBySomebody = "countersigned-by-somebody", Note, ["name"];
    /// A signature over the signature does not hold.
    CountersignatureBroken = "countersignature-broken", Warning, ["name"];
    /// A signature over the signature could not be checked.
    CountersignatureUnchecked = "countersignature-unchecked", Note, ["signer"];
    /// A certificate in a message that brings nothing else.
    BringsCertificate = "brings-certificate", Note, ["certificate", "issuer", "not-after"];
    /// Signed with OpenPGP, which is not checked.
    OpenPgpSigned = "openpgp-signed", Note, [];
    /// Encrypted with OpenPGP, which is not opened.
    OpenPgpEncrypted = "openpgp-encrypted", Note, [];
    /// An ordinary message in Outlook's own form.
    OutlookMessage = "outlook-message", Note, [];
    /// An intact outer signature by somebody else over an inner one that matches From.
    PassedOnBy = "passed-on-by", Note, ["name"];
    /// Withdrawal was not checked.
    RevocationNotChecked = "revocation-not-checked", Note, [];
    /// Withdrawal could not be checked.
    RevocationUnknown = "revocation-status-unknown", Note, ["certificate"];
    /// No certificate of the chain was withdrawn: who says so, and when.
    NotWithdrawn = "not-withdrawn", Note, ["by", "at"];
    /// A list or an answer about withdrawn certificates that tells nothing, and why.
    RevocationSource = "revocation-source", Note, ["source", "problem", "detail"];
    /// Somebody was asked over the network.
    RevocationAsked = "revocation-asked", Note, ["url"];
    /// The signature claims to be older than the withdrawal, which only the signer's clock says.
    SignedBeforeWithdrawal = "signed-before-withdrawal", Note, ["signed", "at"];
    /// The certificate was withdrawn.
    Revoked = "certificate-revoked", Error, ["certificate", "at", "reason"];
    /// The content of compressed layers is longer than is allowed; the limit in MiB.
    ExpansionLimit = "expansion-limit", Error, ["limit"];
    /// Content with a checksum that matches.
    Checksum = "checksum", Note, [];
    /// Content with a checksum that does not match.
    ChecksumDiffers = "checksum-differs", Error, [];
    /// A password opens it, and none was given.
    NeedsPassword = "needs-password", Error, [];
    /// The password that was given does not open it.
    WrongPassword = "wrong-password", Error, [];
    /// Deriving a key from the password would take more work than is allowed.
    TooMuchWork = "too-much-work", Error, [];
    /// More keys might open it than are tried.
    TooManyAttempts = "too-many-attempts", Error, ["limit"];
    /// A key that sender and recipient share opens it, and none was given.
    NeedsSecretKey = "needs-secret-key", Error, [];
    /// The shared keys that were given do not open it.
    WrongSecretKey = "wrong-secret-key", Error, [];
    /// Nothing opens it; the keys that are held.
    KeysHeld = "keys-held", Note, ["holders"];
    /// A new message is signed by somebody whom From does not name: readers will see that.
    SignedForOther = "signed-for-other", Warning, ["from", "signer"];
    /// A new message has the cipher of the profile `compatible`.
    CipherOfCompatible = "cipher-of-compatible", Note, ["cipher"];
    /// A new message has the cipher of the profile `modern`.
    CipherOfModern = "cipher-of-modern", Note, ["cipher"];
    /// A new message has a cipher that goes with the keys of all recipients.
    CipherByKeys = "cipher-by-keys", Note, ["cipher"];
    /// A new message has a cipher that a recipient said to read.
    CipherBySaid = "cipher-by-capabilities", Note, ["cipher", "who", "since"];
    /// A new message has a cipher that every program reads, since the recipients said nothing in common.
    CipherForAll = "cipher-for-all", Note, ["cipher"];
    /// No key here opens it.
    NoKey = "no-key", Error, [];
    /// Keys exist but the wallet is locked.
    WalletLocked = "wallet-locked", Error, [];
    /// Decryption failed: the message is damaged, or it was not made for this key.
    DecryptionFailed = "decryption-failed", Error, [];
}

/// Something noticed, with the values that its text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// The values, by the names in [`Code::arguments`].
    pub evidence: Vec<Evidence>,
}

impl Finding {
    /// A finding with its evidence in the order of [`Code::arguments`].
    #[must_use]
    pub fn new<const N: usize>(code: Code, values: [String; N]) -> Self {
        debug_assert_eq!(code.arguments().len(), N, "{code:?}");
        Self { code, evidence: code.arguments().iter().copied().zip(values).collect() }
    }

    /// How much it weighs.
    #[must_use]
    pub fn rank(&self) -> Rank {
        self.code.rank()
    }
}

/// `{"code","rank","text"}`; the text in the language set with [`crate::text`].
impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Finding", 3)?;
        fields.serialize_field("code", self.code.as_str())?;
        fields.serialize_field("rank", &self.rank())?;
        fields.serialize_field("text", &crate::text::finding(self))?;
        fields.end()
    }
}
