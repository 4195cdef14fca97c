//! What is asked of others over the network. This room asks; who carries the questions stands elsewhere.

use jiff::Timestamp;

/// What is asked of whom. URLs come from certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Question<'a> {
    /// A list of withdrawn certificates (cRLDistributionPoints, freshestCRL; RFC 5280 §4.2.1.13, §4.2.1.15).
    Crl {
        /// Where it lies.
        url: &'a str,
    },
    /// A question to a responder (RFC 6960 §4.1, appendix A).
    Ocsp {
        /// Who answers.
        url: &'a str,
        /// DER of the OCSPRequest.
        request: &'a [u8],
    },
    /// Certificates of the issuer (id-ad-caIssuers, RFC 5280 §4.2.2.1).
    Issuer {
        /// Where they lie.
        url: &'a str,
    },
}

impl<'a> Question<'a> {
    /// Whom it is asked of.
    #[must_use]
    pub fn url(&self) -> &'a str {
        match self {
            Self::Crl { url } | Self::Ocsp { url, .. } | Self::Issuer { url } => url,
        }
    }
}

/// Asks others over the network within the user's rules; answers may come from a cache.
pub trait Lookup: Send + Sync {
    /// The bytes of the answer, as they came.
    ///
    /// # Errors
    /// When there is none.
    fn ask(&self, question: &Question<'_>) -> Result<Answer, LookupError>;
    /// An answer that was kept, without asking anybody. Questions to responders are kept as they are without a nonce.
    fn kept(&self, question: &Question<'_>) -> Option<Answer> {
        let _ = question;
        None
    }
    /// Keeps an answer that was checked, until it is not fresh any more.
    fn keep(&self, question: &Question<'_>, answer: &Answer, until: Timestamp);
}

/// An answer, unchecked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What came.
    pub bytes: Vec<u8>,
    /// Whether it was kept from before, so that nobody was asked now.
    pub cached: bool,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// Nobody may be asked.
    #[error("nobody may be asked")]
    Offline,
    /// The rules for the network forbid this URL; which one.
    #[error("it may not be asked: {0}")]
    Refused(&'static str),
    /// The host did not answer properly; what happened.
    #[error("no proper answer: {0}")]
    Failed(String),
}

impl LookupError {
    /// Why, as a code of lower-case words: `timeout`, `private-address`, `status-404`.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Offline => "offline",
            Self::Refused(code) => code,
            Self::Failed(code) => code,
        }
    }
}

/// Asks nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nobody;

impl Lookup for Nobody {
    fn ask(&self, _question: &Question<'_>) -> Result<Answer, LookupError> {
        Err(LookupError::Offline)
    }

    fn keep(&self, _question: &Question<'_>, _answer: &Answer, _until: Timestamp) {}
}
