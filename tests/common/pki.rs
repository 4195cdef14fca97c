//! Certificates for tests, made by openssl once and kept under `target/tmp` for every test binary.
//!
//! A root, an issuing authority below it, and people with a PKCS #12 file each, in the form that OpenSSL 3 writes by default
//! and in the one that older programs write.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use super::{program, run};

/// Password of every PKCS #12 file.
pub const PASSWORD: &str = "correct horse";

/// Changes whenever this file makes something else.
const EDITION: &str = "pki-2";

/// After this time they are made anew, long before they expire.
const FRESH: Duration = Duration::from_secs(30 * 24 * 3600);

const RSA: &str = "rsa:2048";
const P256: &str = "ec -pkeyopt ec_paramgen_curve:P-256";
const RSA_USAGE: &str = "digitalSignature,nonRepudiation,keyEncipherment";
const EC_USAGE: &str = "digitalSignature,nonRepudiation,keyAgreement";

/// Name, address, key, key usage, extended key usage.
const PEOPLE: &[(&str, &str, &str, &str, &str)] = &[
    ("alice", ALICE, RSA, RSA_USAGE, "emailProtection"),
    ("bob", BOB, RSA, RSA_USAGE, "emailProtection"),
    ("alice-ec", ALICE, P256, EC_USAGE, "emailProtection"),
    ("bob-ec", BOB, P256, EC_USAGE, "emailProtection"),
    ("dana-sign", DANA, RSA, "digitalSignature,nonRepudiation", "emailProtection"),
    ("dana-read", DANA, RSA, "keyEncipherment", "emailProtection"),
    ("alice-web", ALICE, RSA, RSA_USAGE, "serverAuth"),
];

/// The address in the certificates `alice`, `alice-ec` and some damaged ones.
pub const ALICE: &str = "alice@example.org";

/// The address in the certificates `bob` and `bob-ec`.
pub const BOB: &str = "bob@example.org";

/// The address in the certificates `dana-sign` and `dana-read`: each is for one thing alone.
pub const DANA: &str = "dana@example.org";

/// Where the files are: `root.pem`, `issuer.pem`, and for each person `NAME.pem`, `.key`, `.p12`, `.legacy.p12`. Beside the
/// people of [`PEOPLE`] there are `alice-old` (expired) and `alice-self` (self-signed), without PKCS #12 files.
pub struct Pki(PathBuf);

impl Pki {
    /// Makes the certificates unless another test did.
    pub fn get() -> &'static Self {
        static PKI: OnceLock<Pki> = OnceLock::new();
        PKI.get_or_init(|| {
            let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
            let lock = File::create(base.join("pki.lock")).unwrap();
            lock.lock().unwrap();
            let home = base.join(EDITION);
            let age = fs::metadata(&home).and_then(|data| data.modified()).ok().and_then(|time| time.elapsed().ok());
            if age.is_none_or(|age| age > FRESH) {
                let new = base.join("pki-new");
                for old in [&new, &home] {
                    if old.exists() {
                        fs::remove_dir_all(old).unwrap();
                    }
                }
                fs::create_dir(&new).unwrap();
                make(&new);
                fs::rename(&new, &home).unwrap();
            }
            Self(home)
        })
    }

    pub fn folder(&self) -> &Path {
        &self.0
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn root(&self) -> PathBuf {
        self.file("root.pem")
    }

    pub fn issuer(&self) -> PathBuf {
        self.file("issuer.pem")
    }

    pub fn certificate(&self, person: &str) -> PathBuf {
        self.file(&format!("{person}.pem"))
    }

    pub fn p12(&self, person: &str) -> PathBuf {
        self.file(&format!("{person}.p12"))
    }
}

fn make(folder: &Path) {
    let openssl = |words: &str| {
        run(&mut program("openssl", folder, words), b"").unwrap_or_else(|error| panic!("{error}"));
    };
    fs::write(folder.join("password"), PASSWORD).unwrap();
    let authority =
        "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n";
    let write = |name: &str, text: String| fs::write(folder.join(name), text).unwrap();
    write("root.ext", authority.to_owned());
    write("issuer.ext", format!("{authority}authorityKeyIdentifier=keyid\n"));
    // A subject in a file: names with spaces do not pass as words.
    let request = |name: &str, address: Option<&str>, key: &str, title: &str| {
        let mail = address.map(|address| format!("emailAddress={address}\n")).unwrap_or_default();
        write(
            &format!("{name}.conf"),
            format!("[req]\nprompt=no\ndistinguished_name=dn\n[dn]\nC=DE\nO=Waxwing Tests\nCN={title}\n{mail}"),
        );
        openssl(&format!("req -config {name}.conf -newkey {key} -nodes -keyout {name}.key -out {name}.csr"));
    };
    request("root", None, RSA, "Waxwing Test Root");
    openssl("x509 -req -in root.csr -signkey root.key -days 3650 -sha256 -extfile root.ext -out root.pem");
    request("issuer", None, RSA, "Waxwing Test Issuer");
    let issue = |name: &str, by: &str, days: u32| {
        openssl(&format!(
            "x509 -req -in {name}.csr -CA {by}.pem -CAkey {by}.key -CAcreateserial -days {days} -sha256 -extfile {name}.ext -out {name}.pem"
        ));
    };
    issue("issuer", "root", 3000);

    let extensions = |address: &str, usage: &str, purpose: &str| {
        format!(
            "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,{usage}\nextendedKeyUsage={purpose}\n\
             subjectAltName=email:{address}\nsubjectKeyIdentifier=hash\n"
        )
    };
    let chain = [fs::read(folder.join("issuer.pem")).unwrap(), fs::read(folder.join("root.pem")).unwrap()].concat();
    fs::write(folder.join("chain.pem"), chain).unwrap();
    for (name, address, key, usage, purpose) in PEOPLE {
        request(name, Some(address), key, name);
        write(&format!("{name}.ext"), extensions(address, usage, purpose) + "authorityKeyIdentifier=keyid\n");
        issue(name, "issuer", 730);
        for (form, file) in [("", "p12"), ("-legacy", "legacy.p12")] {
            openssl(&format!(
                "pkcs12 -export {form} -inkey {name}.key -in {name}.pem -certfile chain.pem -name {name} \
                 -passout file:password -out {name}.{file}"
            ));
        }
    }

    request("alice-self", Some(ALICE), RSA, "alice-self");
    write("alice-self.ext", extensions(ALICE, RSA_USAGE, "emailProtection"));
    openssl(
        "x509 -req -in alice-self.csr -signkey alice-self.key -days 730 -sha256 -extfile alice-self.ext -out alice-self.pem",
    );

    // Only `openssl ca` takes a time in the past on every version.
    request("alice-old", Some(ALICE), RSA, "alice-old");
    write("alice-old.ext", extensions(ALICE, RSA_USAGE, "emailProtection") + "authorityKeyIdentifier=keyid\n");
    write("index.txt", String::new());
    write("serial", "1000\n".to_owned());
    write(
        "ca.conf",
        "[ca]\ndefault_ca=this\n[this]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\n\
         policy=any\nunique_subject=no\nemail_in_dn=yes\n[any]\nC=optional\nO=optional\nCN=supplied\nemailAddress=optional\n"
            .to_owned(),
    );
    openssl(
        "ca -batch -config ca.conf -cert issuer.pem -keyfile issuer.key -in alice-old.csr -notext \
         -startdate 20240101000000Z -enddate 20250101000000Z -extfile alice-old.ext -out alice-old.pem",
    );
}
