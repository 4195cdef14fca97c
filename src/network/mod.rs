//! Asks others over the network: lists of withdrawn certificates, responders, certificates of issuers.
//!
//! The rules, for everything that is asked:
//!
//! - Only `http` and `https`, and exactly the URL that stands in the certificate. No user name in it, no port below 1024 but 80
//!   and 443: a certificate must not make anybody talk to a mail server or a printer.
//! - A redirect is followed to the same scheme alone, a few times at most.
//! - Private, loopback and link-local addresses are not connected to unless the user allowed it ([`address`]). What counts is the
//!   address that the connection is made to, after the name was looked up: a name that points elsewhere the second time gains
//!   nothing.
//! - No cookies, no Referer, no proxy from the environment, no compression, one connection for each question, the same User-Agent
//!   for everybody. OCSP goes by POST (RFC 6960 A.1), so that whose certificate is asked for stands in no log of URLs.
//! - Size and time are limited for each question, and time for each message ([`Limits`]). Who does not answer is left alone for
//!   a while; the same question is asked once, however many messages wait for the answer.
//! - Whatever comes is bytes: the content type proves nothing, and who asked checks signatures.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::crypto::DigestAlgorithm;
use crate::pki::revocation::{Answer, Lookup, LookupError, Question};
use cache::Cache;
use exchange::{Line, Order};
use memory::Memory;
use place::Place;

pub mod address;
mod cache;
mod exchange;
mod memory;
mod place;

/// What asking may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For finding a host and connecting to it.
    pub connect: Duration,
    /// For one question, redirects and all.
    pub question: Duration,
    /// For all that is asked because of one message.
    pub message: Duration,
    /// Redirects of one question.
    pub redirects: u32,
    /// Bytes of a list of withdrawn certificates; those of large authorities have tens of megabytes.
    pub list_bytes: u64,
    /// Bytes of a responder's answer.
    pub response_bytes: u64,
    /// Bytes of a file with an issuer's certificates.
    pub issuer_bytes: u64,
    /// How long an answer stays in memory, and who did not answer is left alone.
    pub remember: Duration,
    /// Bytes of all answers that are kept in memory.
    pub memory_bytes: u64,
    /// Bytes of all answers that are kept on the disk.
    pub disk_bytes: u64,
    /// How long an answer is kept on the disk at most: its issuer may say something new before it has to.
    pub keep: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self {
            connect: Duration::from_secs(5),
            question: Duration::from_secs(15),
            message: Duration::from_secs(30),
            redirects: 4,
            list_bytes: 64 * MIB,
            response_bytes: MIB,
            issuer_bytes: MIB,
            remember: Duration::from_secs(5 * 60),
            memory_bytes: 96 * MIB,
            disk_bytes: 256 * MIB,
            keep: Duration::from_secs(7 * 24 * 60 * 60),
        }
    }
}

impl Limits {
    fn bytes(&self, question: &Question<'_>) -> u64 {
        match question {
            Question::Crl { .. } => self.list_bytes,
            Question::Ocsp { .. } => self.response_bytes,
            Question::Issuer { .. } => self.issuer_bytes,
        }
    }
}

/// Within which rules somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Nobody is asked; what is kept on the disk is used.
    pub offline: bool,
    /// Private addresses may be connected to.
    pub private: bool,
    /// The time that "now" means: what is fresh.
    pub now: Timestamp,
    /// What it may cost.
    pub limits: Limits,
}

/// The way to the network, and what came over it: one for a program, shared by threads.
#[derive(Debug)]
pub struct Network {
    line: Line,
    memory: Memory,
    cache: Option<Cache>,
}

impl Network {
    /// With a folder for answers that stay fresh; it is made when there is one to keep. `None`: nothing is written.
    #[must_use]
    pub fn new(folder: Option<&Path>) -> Self {
        Self { line: Line::default(), memory: Memory::default(), cache: folder.map(Cache::new) }
    }

    /// Where the user's caches lie.
    #[must_use]
    pub fn default_folder() -> Option<PathBuf> {
        directories::ProjectDirs::from("", "", "waxwing").map(|dirs| dirs.cache_dir().join("answers"))
    }

    /// Asks for one message.
    #[must_use]
    pub fn asking(&self, rules: Rules) -> Asking<'_> {
        Asking { network: self, rules, spent: Mutex::default() }
    }
}

/// Asks for one message, within its time.
#[derive(Debug)]
pub struct Asking<'a> {
    network: &'a Network,
    rules: Rules,
    spent: Mutex<Duration>,
}

impl Asking<'_> {
    fn key(&self, question: &Question<'_>) -> memory::Key {
        memory::Key { question: key(question), private: self.rules.private }
    }

    fn left(&self) -> Duration {
        let spent = *self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        self.rules.limits.message.saturating_sub(spent)
    }

    fn spend(&self, since: Instant) {
        *self.spent.lock().unwrap_or_else(PoisonError::into_inner) += since.elapsed();
    }

    /// Asks the host, if that may be and nobody found out a moment ago that it does not answer.
    fn fetch(&self, question: &Question<'_>, place: Place, time: Duration) -> Result<Vec<u8>, LookupError> {
        if self.network.memory.is_down(&place.host_and_port()) {
            return Err(LookupError::Refused(HOST_DOWN));
        }
        let limits = &self.rules.limits;
        let body = match question {
            Question::Ocsp { request, .. } => Some(*request),
            Question::Crl { .. } | Question::Issuer { .. } => None,
        };
        let order = Order { place, body, time, bytes: limits.bytes(question), limits, private: self.rules.private };
        self.network.line.ask(order).map_err(|trouble| {
            // Who was given hardly any time is not to blame.
            if let Some(host) = trouble.unreachable.filter(|_| time >= limits.connect) {
                self.network.memory.note_down(host, limits.remember);
            }
            trouble.error
        })
    }
}

/// Why there is no answer: a host that did not answer a moment ago.
const HOST_DOWN: &str = "host-down";
/// Why there is no answer: the time for this message is used up.
const NO_TIME: &str = "no-time-left";
/// Why there is no answer: the host took too long.
const TIMEOUT: &str = "timeout";

impl Lookup for Asking<'_> {
    fn ask(&self, question: &Question<'_>) -> Result<Answer, LookupError> {
        let place = Place::parse(question.url()).map_err(LookupError::Refused)?;
        if let Some(answer) = self.kept(question) {
            return Ok(answer);
        }
        let limits = &self.rules.limits;
        if self.rules.offline {
            return Err(LookupError::Offline);
        }
        let time = limits.question.min(self.left());
        if time.is_zero() {
            return Err(LookupError::Refused(NO_TIME));
        }
        let start = Instant::now();
        let found = self.network.memory.once(self.key(question), time, limits, || self.fetch(question, place, time));
        self.spend(start);
        found.map(|(bytes, cached)| Answer { bytes, cached })
    }

    fn kept(&self, question: &Question<'_>) -> Option<Answer> {
        let key = self.key(question);
        let on_disk = || {
            let limit = self.rules.limits.bytes(question);
            self.network.cache.as_ref()?.get(&key.question, question.url(), self.rules.now, limit)
        };
        let bytes = self.network.memory.recall(&key).or_else(on_disk)?;
        Some(Answer { bytes, cached: true })
    }

    fn keep(&self, question: &Question<'_>, answer: &Answer, until: Timestamp) {
        let limits = &self.rules.limits;
        if answer.cached {
            return;
        }
        self.network.memory.put(self.key(question), Ok(answer.bytes.as_slice().into()), limits);
        if let Some(cache) = &self.network.cache {
            let latest = self.rules.now.checked_add(limits.keep).unwrap_or(until);
            cache.put(&key(question), question.url(), &answer.bytes, until.min(latest), limits.disk_bytes);
        }
    }
}

/// What tells questions apart.
fn key(question: &Question<'_>) -> [u8; 32] {
    let (kind, request): (u8, &[u8]) = match question {
        Question::Crl { .. } => (0, &[]),
        Question::Ocsp { request, .. } => (1, request),
        Question::Issuer { .. } => (2, &[]),
    };
    let url = question.url().as_bytes();
    let text = [&[kind][..], &(url.len() as u64).to_be_bytes(), url, request].concat();
    DigestAlgorithm::Sha256.digest(&text).try_into().unwrap_or_default()
}
