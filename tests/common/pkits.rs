//! NIST's Public Key Interoperability Test Suite: its certificates and lists.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use waxwing::pki::Certificate;
use waxwing::pki::path::{AnchorSource, Anchors, Path, PathError, Purpose, Request, validate};
use waxwing::pki::policies::PolicyRequest;

use super::corpora::corpus;

/// The files of the suite.
pub struct Pkits {
    pub folder: PathBuf,
    pub anchors: Anchors,
    pub authorities: Vec<Certificate>,
    /// The files of all lists of withdrawn certificates.
    pub lists: Vec<PathBuf>,
    /// By the name of the test: the file's without `EE.crt`.
    pub leaves: BTreeMap<String, Certificate>,
}

impl Pkits {
    pub fn find() -> Option<Self> {
        let folder = corpus("nist-pkits")?;
        let (mut leaves, mut authorities, mut anchors) = (BTreeMap::new(), Vec::new(), Anchors::default());
        for entry in fs::read_dir(folder.join("certs")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let certificate = Certificate::from_der(&fs::read(&path).unwrap()).unwrap();
            match name.strip_suffix("EE") {
                Some(name) => _ = leaves.insert(name.to_owned(), certificate),
                None if name == "TrustAnchorRootCertificate" => anchors.add(certificate, AnchorSource::Given),
                None => authorities.push(certificate),
            }
        }
        let lists = fs::read_dir(folder.join("crls")).unwrap().map(|entry| entry.unwrap().path()).collect();
        Some(Self { folder, anchors, authorities, lists, leaves })
    }

    /// The clock of the suite.
    pub fn now() -> Timestamp {
        "2020-06-01T00:00:00Z".parse().unwrap()
    }

    /// A path without regard to lists of withdrawn certificates.
    pub fn path(&self, leaf: &Certificate, policies: &PolicyRequest) -> Result<Path, PathError> {
        validate(&Request {
            leaf,
            intermediates: &self.authorities,
            anchors: &self.anchors,
            at: Self::now(),
            purpose: Purpose::Signing,
            budget: 200,
            policies: policies.clone(),
        })
    }
}
