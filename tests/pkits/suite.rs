//! The files of the suite and its expected table.

use std::collections::HashMap;
use std::sync::Arc;

use waxwing::jobs::{Desk, Given, Progress};
use waxwing::pki::Certificate;
use waxwing::pki::policies::{PolicyId, PolicyRequest};
use waxwing::policy::{NetworkPolicy, Policy};
use waxwing::wallet::Wallet;

use crate::EXCEPTIONS;
use crate::common::corpora::expected;
use crate::common::pkits::Pkits;

/// What OpenSSL calls errors that have to do with lists of withdrawn certificates.
const ABOUT_LISTS: &[&str] = &[
    "UNABLE_TO_GET_CRL",
    "CERT_REVOKED",
    "CRL_SIGNATURE_FAILURE",
    "UNHANDLED_CRITICAL_CRL_EXTENSION",
    "CRL_HAS_EXPIRED",
    "CRL_PATH_VALIDATION_ERROR",
    "KEYUSAGE_NO_CRL_SIGN",
    "DIFFERENT_CRL_SCOPE",
];

/// All of it.
pub struct Suite {
    pub files: Pkits,
    pub rows: Vec<Row>,
}

/// One row of the expected table.
#[derive(Debug, Clone)]
pub struct Row {
    pub file: String,
    /// `4.8.1.2`.
    pub section: String,
    /// The name of OpenSSL's error, or `None` where the path is valid.
    pub error: Option<String>,
    pub request: PolicyRequest,
    /// explicit_policy, authority_set, user_set, where the table has them.
    pub policies: Option<(bool, Vec<String>, Vec<String>)>,
}

impl Row {
    fn read(row: &HashMap<String, String>) -> Self {
        let note = row["note"].as_str();
        let between = |start: &str, end: &str| {
            let rest = &note[note.find(start)? + start.len()..];
            Some(rest.split(end).next().unwrap_or(rest).trim())
        };
        let set = |name: &str| {
            let text = between(name, ";")?;
            Some(text.split(':').filter(|policy| *policy != "<empty>").map(str::to_owned).collect::<Vec<_>>())
        };
        let policies = between("explicit_policy=", ";")
            .map(|explicit| (explicit == "True", set("authority_set=").unwrap(), set("user_set=").unwrap()));
        Self {
            file: row["file"].clone(),
            section: between("PKITS ", " ").unwrap().to_owned(),
            error: row["expected"].strip_prefix("invalid:").map(str::to_owned),
            request: request(between("policy args:", ";").unwrap()),
            policies,
        }
    }

    pub fn name(&self) -> String {
        let test = self.file.trim_start_matches("smime/Signed").trim_end_matches(".eml");
        format!("{}_{test}", self.section)
    }

    /// Whether nothing is asked of policies, as for mail.
    pub fn asks_nothing(&self) -> bool {
        self.request == PolicyRequest::default()
    }

    /// Whether the path itself is valid, and only a list of withdrawn certificates is in its way.
    pub fn is_about_lists(&self) -> bool {
        self.error.as_deref().is_some_and(|error| ABOUT_LISTS.contains(&error))
    }
}

/// The words of `openssl verify`.
pub fn request(words: &str) -> PolicyRequest {
    let mut request = PolicyRequest::default();
    let mut words = words.split_whitespace();
    while let Some(word) = words.next() {
        match word {
            "-policy" => match words.next().unwrap() {
                "anyPolicy" => {}
                policy => {
                    let policy = PolicyId::from(const_oid::ObjectIdentifier::new(policy).unwrap());
                    request.acceptable.get_or_insert_default().insert(policy);
                }
            },
            "-explicit_policy" => request.explicit = true,
            "-inhibit_map" => request.inhibit_mapping = true,
            "-inhibit_any" => request.inhibit_any = true,
            other => panic!("{other}"),
        }
    }
    request
}

impl Suite {
    pub fn find() -> Option<Self> {
        let files = Pkits::find()?;
        let rows = expected(&files.folder).iter().map(Row::read).collect();
        Some(Self { files, rows })
    }

    /// The number of everything, so that nothing is left out unseen.
    pub fn is_whole(&self) -> Result<(), String> {
        let Pkits { leaves, authorities, lists, .. } = &self.files;
        let found = (self.rows.len(), leaves.len(), authorities.len(), lists.len());
        if found != (152, 223, 181, 173) {
            return Err(format!("rows, leaves, authorities, lists: {found:?}"));
        }
        if EXCEPTIONS.len() > 2 {
            return Err("too many exceptions".into());
        }
        Ok(())
    }

    /// Who signed the message of a row.
    pub fn signer(&self, row: &Row) -> Result<&Certificate, String> {
        let wallet = Arc::new(Wallet::in_memory().unwrap());
        let policy = Policy { network: NetworkPolicy::Offline, ..Policy::at(Pkits::now()) };
        let desk = Desk::new(wallet, policy).with(Given { built_in_roots: Some(false), ..Given::default() });
        let report = desk.look(&self.files.folder.join(&row.file), &Progress::default()).report;
        let signer = report.layers.first().and_then(|layer| layer.signers.first()).ok_or("no signer")?;
        let sha256 = &signer.certificate.as_ref().ok_or("no certificate")?.sha256;
        self.files.leaves.values().find(|leaf| leaf.fingerprint() == *sha256).ok_or("an unknown certificate".to_owned())
    }
}
