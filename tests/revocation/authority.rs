//! An authority of openssl's that withdraws certificates, made once for all tests of this binary.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};

use jiff::Timestamp;
use tempfile::{NamedTempFile, TempDir};
use waxwing::pki::path::{AnchorSource, Anchors};
use waxwing::pki::revocation::{Checker, Crl, Lookup, Outcome, Response, Sources, Status, crls};
use waxwing::pki::{Certificate, bundle};
use waxwing::source::Source;

use crate::common::{folder, program, run};

/// The address in the certificates of people.
pub const PERSON: &str = "person@example.org";

/// Where answers come from, as certificates name it.
pub const RESPONDER: &str = "http://ocsp.example.org/";
pub const LIST: &str = "http://crl.example.org/issuer.crl";

/// People with a certificate of the issuer: name, what is added to the extensions, how it is withdrawn.
const PEOPLE: &[(&str, &str, &str)] = &[
    ("good", "", ""),
    ("stolen", "", "-crl_compromise 20250301120000Z"),
    ("replaced", "", "-crl_reason superseded"),
    ("held", "", "-crl_reason certificateHold"),
    ("silent", "", ""),
    ("online", "authorityInfoAccess=OCSP;URI:http://ocsp.example.org/\n", ""),
    ("online-stolen", "authorityInfoAccess=OCSP;URI:http://ocsp.example.org/\n", "-crl_reason keyCompromise"),
    ("listed", "crlDistributionPoints=URI:http://crl.example.org/issuer.crl\n", ""),
    (
        "both",
        "authorityInfoAccess=OCSP;URI:http://ocsp.example.org/\ncrlDistributionPoints=URI:http://crl.example.org/issuer.crl\n",
        "",
    ),
];

/// Who answers questions: name, extensions.
const RESPONDERS: &[(&str, &str)] = &[
    ("responder", "keyUsage=critical,digitalSignature\nextendedKeyUsage=OCSPSigning\nnoCheck=ignored\n"),
    ("responder-checked", "keyUsage=critical,digitalSignature\nextendedKeyUsage=OCSPSigning\n"),
    ("responder-withdrawn", "keyUsage=critical,digitalSignature\nextendedKeyUsage=OCSPSigning\n"),
    ("no-responder", "keyUsage=critical,digitalSignature\nextendedKeyUsage=emailProtection\n"),
];

/// Certificates for other keys of the issuer; the second was withdrawn.
const TWINS: [&str; 2] = ["twin", "twin-withdrawn"];

const AUTHORITY: &str =
    "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n";
const KEY: &str = "ec -pkeyopt ec_paramgen_curve:P-256";

/// `root.pem`, `issuer.pem` below it, `other.pem` (another root), people, responders; `NAME.key` beside each. The issuer's list
/// is `issuer.crl`, the root's `root.crl`.
pub struct Authority {
    folder: TempDir,
    /// openssl's database takes one change at a time.
    pub busy: Mutex<()>,
}

impl Authority {
    pub fn get() -> &'static Self {
        static AUTHORITY: OnceLock<Authority> = OnceLock::new();
        AUTHORITY.get_or_init(|| {
            let authority = Self { folder: folder(), busy: Mutex::default() };
            authority.make();
            authority
        })
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.file(name)).unwrap()
    }

    /// Tests that run at a time write the same messages: whoever reads one finds it whole.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let mut file = NamedTempFile::new_in(self.folder.path()).unwrap();
        file.write_all(bytes.as_ref()).unwrap();
        file.persist(self.file(name)).unwrap();
    }

    pub fn openssl(&self, words: &str) -> Vec<u8> {
        run(&mut program("openssl", self.folder.path(), words), b"").unwrap_or_else(|error| panic!("{error}"))
    }

    /// A list of an authority with more words for `openssl ca -gencrl`.
    pub fn list(&self, by: &str, words: &str) -> Vec<u8> {
        let _turn = self.busy.lock().unwrap();
        self.openssl(&format!("ca -config ca.conf -name {by} -gencrl {words} -out new.crl"));
        self.read("new.crl")
    }

    /// The answer of a responder to a request.
    pub fn answer(&self, request: &[u8], words: &str) -> Vec<u8> {
        let _turn = self.busy.lock().unwrap();
        self.write("request.der", request);
        self.openssl(&format!(
            "ocsp -index issuer.txt -CA issuer.pem -reqin request.der -respout response.der -noverify {words}"
        ));
        self.read("response.der")
    }

    fn make(&self) {
        let section = |name: &str| {
            for (end, content) in [("txt", ""), ("serial", "1000\n"), ("crlnumber", "01\n")] {
                self.write(&format!("{name}.{end}"), content);
            }
            format!(
                "[{name}]\ndatabase={name}.txt\nserial={name}.serial\ncrlnumber={name}.crlnumber\nnew_certs_dir=.\n\
                 certificate={name}.pem\nprivate_key={name}.key\ndefault_md=sha256\npolicy=any\nunique_subject=no\n\
                 email_in_dn=yes\ndefault_crl_days=30\ndefault_days=365\n"
            )
        };
        let configuration = ["root", "issuer", "other"].map(section).concat();
        self.write(
            "ca.conf",
            format!("[ca]\ndefault_ca=issuer\n{configuration}[any]\nO=optional\nCN=supplied\n[user]\nissuingDistributionPoint=critical,@user_point\n[user_point]\nonlyuser=TRUE\n[ca_only]\nissuingDistributionPoint=critical,@ca_point\n[ca_point]\nonlyCA=TRUE\n[odd]\n1.2.3.4=critical,ASN1:NULL\n"),
        );
        for root in ["root", "other"] {
            self.request(root, root);
            self.write("authority.ext", AUTHORITY);
            self.openssl(&format!(
                "x509 -req -in {root}.csr -signkey {root}.key -days 3650 -extfile authority.ext -out {root}.pem"
            ));
        }
        self.issue("issuer", "root", AUTHORITY);
        // Other keys of the issuer: the same name.
        for twin in TWINS {
            self.request(twin, "issuer");
            self.sign(twin, "root", AUTHORITY);
        }
        for (name, more, _) in PEOPLE {
            self.issue(name, "issuer", &format!("{}{more}", person()));
        }
        for (name, extensions) in RESPONDERS {
            self.issue(name, "issuer", extensions);
        }
        self.issue("stranger", "other", RESPONDERS[0].1);
        // A certificate that the issuer's database does not know.
        self.request("unlisted", "unlisted");
        self.write("unlisted.ext", format!("{}authorityInfoAccess=OCSP;URI:{RESPONDER}\n", person()));
        self.openssl("x509 -req -in unlisted.csr -CA issuer.pem -CAkey issuer.key -set_serial 77 -days 365 -extfile unlisted.ext -out unlisted.pem");
        let withdrawn = PEOPLE
            .iter()
            .map(|(name, _, how)| (*name, *how))
            .chain([("responder-withdrawn", "-crl_reason keyCompromise")]);
        for (name, how) in withdrawn.filter(|(_, how)| !how.is_empty()) {
            self.openssl(&format!("ca -config ca.conf -name issuer -revoke {name}.pem {how}"));
        }
        self.openssl("ca -config ca.conf -name root -revoke twin-withdrawn.pem -crl_reason keyCompromise");
        for by in ["issuer", "root"] {
            let list = self.list(by, "");
            self.write(&format!("{by}.crl"), list);
        }
    }

    /// One person more, with these extensions beside the usual ones.
    pub fn issue_person(&self, name: &str, more: &str) {
        let _turn = self.busy.lock().unwrap();
        self.issue(name, "issuer", &format!("{}{more}", person()));
    }

    fn request(&self, name: &str, title: &str) {
        self.write(
            &format!("{name}.conf"),
            format!("[req]\nprompt=no\ndistinguished_name=dn\n[dn]\nO=Waxwing Tests\nCN={title}\n"),
        );
        self.openssl(&format!("req -config {name}.conf -newkey {KEY} -nodes -keyout {name}.key -out {name}.csr"));
    }

    fn issue(&self, name: &str, by: &str, extensions: &str) {
        self.request(name, name);
        self.sign(name, by, extensions);
    }

    fn sign(&self, name: &str, by: &str, extensions: &str) {
        self.write(&format!("{name}.ext"), format!("{extensions}authorityKeyIdentifier=keyid\n"));
        self.openssl(&format!(
            "ca -batch -config ca.conf -name {by} -in {name}.csr -notext -extfile {name}.ext -out {name}.pem"
        ));
    }

    pub fn certificate(&self, name: &str) -> Certificate {
        bundle::certificates(&self.read(&format!("{name}.pem"))).unwrap().remove(0)
    }

    /// What is known of a person at a time.
    pub fn check(
        &self,
        person: &str,
        at: Timestamp,
        lists: &[Vec<u8>],
        answers: &[Vec<u8>],
        lookup: &dyn Lookup,
    ) -> Outcome {
        let chain = [person, "issuer", "root"].map(|name| self.certificate(name));
        let mut anchors = Anchors::default();
        anchors.add(chain[2].clone(), AnchorSource::Given);
        let known = [chain.to_vec(), TWINS.map(|twin| self.certificate(twin)).to_vec()].concat();
        let sources = Sources {
            anchors: &anchors,
            certificates: &known,
            lookup,
            now: at,
            path_steps: 100,
            crl_bytes: 1 << 24,
            questions: 10,
        };
        let lists: Vec<Crl> =
            lists.iter().flat_map(|list| crls(&Source::from_bytes(list.as_slice()), 1 << 24).unwrap()).collect();
        let answers: Vec<Response> = answers.iter().map(|answer| Response::read(answer).unwrap()).collect();
        Checker::new(sources, lists, answers).chain(&chain)
    }
}

fn person() -> String {
    format!(
        "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=emailProtection\n\
         subjectAltName=email:{PERSON}\nsubjectKeyIdentifier=hash\n"
    )
}

/// `good`, `unknown`, `not-checked`, or `revoked` with the reason.
pub fn state(outcome: &Outcome) -> String {
    match &outcome.certificates[0].1 {
        Status::Good(_) => "good".to_owned(),
        Status::Revoked(withdrawal) => format!("revoked {}", withdrawal.reason.name()),
        Status::Unknown => "unknown".to_owned(),
        Status::NotChecked => "not-checked".to_owned(),
    }
}
