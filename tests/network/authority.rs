//! An authority of openssl's making that issues, withdraws and tells.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use super::common::cli::{Cli, Report, file};
use super::common::pki::BOB;
use super::common::{folder, mail, program, run};

const CONFIG: &str = "[ca]\ndefault_ca=this\n[this]\ndatabase=index.txt\nserial=serial\ncrlnumber=crlnumber\nnew_certs_dir=.\n\
    default_md=sha256\npolicy=any\nunique_subject=no\ndefault_days=30\ndefault_crl_days=7\n[any]\nO=optional\nCN=supplied\n";

const LEAF: &str =
    "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nauthorityKeyIdentifier=keyid\n";

/// A folder with an authority (`ca.pem`), a stranger of the same name (`stranger.pem`), responders, and whoever is issued.
pub struct Authority {
    home: tempfile::TempDir,
}

impl Authority {
    pub fn new() -> Self {
        let authority = Self { home: folder() };
        authority.write("ca.conf", CONFIG.as_bytes());
        authority.write("index.txt", b"");
        authority.write("serial", b"1000\n");
        authority.write("crlnumber", b"01\n");
        authority.write(
            "ca.ext",
            b"basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n",
        );
        for name in ["ca", "stranger"] {
            authority.request(name, "Authority");
            authority.openssl(&format!(
                "x509 -req -in {name}.csr -signkey {name}.key -days 30 -sha256 -extfile ca.ext -out {name}.pem"
            ));
        }
        // Responders: one that the authority appointed, one that it did not.
        authority.issue("responder", "extendedKeyUsage=OCSPSigning\nnoCheck=yes\n");
        authority.issue("impostor", "extendedKeyUsage=emailProtection\n");
        authority
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).unwrap();
    }

    pub fn openssl(&self, words: &str) -> Vec<u8> {
        run(&mut program("openssl", self.home.path(), words), b"").unwrap_or_else(|error| panic!("{error}"))
    }

    fn request(&self, name: &str, title: &str) {
        let key = "ec -pkeyopt ec_paramgen_curve:P-256";
        self.openssl(&format!(
            "req -newkey {key} -nodes -keyout {name}.key -out {name}.csr -subj /O=Withdrawal/CN={title}"
        ));
    }

    /// Issues a certificate with more extensions.
    pub fn issue(&self, name: &str, extensions: &str) {
        self.write(&format!("{name}.ext"), format!("{LEAF}{extensions}").as_bytes());
        self.request(name, name);
        self.openssl(&format!("ca -batch -config ca.conf -cert ca.pem -keyfile ca.key -in {name}.csr -notext -extfile {name}.ext -out {name}.pem"));
    }

    /// Issues somebody a certificate for mail that names these places.
    pub fn issue_for_mail(&self, name: &str, responder: Option<&str>, list: Option<&str>) {
        let access = responder.map(|url| format!("authorityInfoAccess=OCSP;URI:{url}\n")).unwrap_or_default();
        let point = list.map(|url| format!("crlDistributionPoints=URI:{url}\n")).unwrap_or_default();
        self.issue(
            name,
            &format!("extendedKeyUsage=emailProtection\nsubjectAltName=email:{name}@example.org\n{access}{point}"),
        );
    }

    pub fn withdraw(&self, name: &str) {
        self.openssl(&format!(
            "ca -config ca.conf -cert ca.pem -keyfile ca.key -crl_reason keyCompromise -revoke {name}.pem"
        ));
    }

    /// The present list, in DER, signed by `ca` or `stranger`.
    pub fn list(&self, by: &str) -> Vec<u8> {
        self.openssl(&format!("ca -config ca.conf -cert {by}.pem -keyfile {by}.key -gencrl -out list.pem"));
        self.openssl("crl -in list.pem -outform DER -out list.der");
        self.read("list.der")
    }

    /// What a responder with that certificate answers to a request; `more`: options of `openssl ocsp`.
    pub fn respond(&self, request: &[u8], signer: &str, more: &str) -> Vec<u8> {
        let folder = folder();
        let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        fs::write(at("request"), request).unwrap();
        self.openssl(&format!(
            "ocsp -index index.txt -CA ca.pem -rsigner {signer}.pem -rkey {signer}.key {more} -reqin {} -respout {}",
            at("request"),
            at("response")
        ));
        fs::read(at("response")).unwrap()
    }

    /// A message that somebody signed.
    pub fn mail(&self, name: &str) -> PathBuf {
        let words = format!(
            "cms -sign -md sha256 -from {name}@example.org -to {BOB} -subject withdrawal -signer {name}.pem -inkey {name}.key"
        );
        let signed = run(&mut program("openssl", self.home.path(), &words), mail::TEXT.as_bytes()).unwrap();
        file(
            self.home.path(),
            &format!("{name}.eml"),
            &[format!("Date: {}\n", mail::date()).as_bytes(), &signed].concat(),
        )
    }

    /// Looks at somebody's message.
    pub fn look(&self, name: &str, words: &str, caches: &Path) -> Report {
        Cli::new("verify --no-builtin-roots --allow-private --trust")
            .arg(self.path("ca.pem"))
            .env("XDG_CACHE_HOME", caches)
            .words(words)
            .arg(self.mail(name))
            .report()
    }
}

/// `openssl ocsp` as a server of its own; it ends with its owner.
pub struct Responder {
    child: Child,
}

impl Responder {
    /// A port that is free and stays so: below those that the system gives to whoever asks for any.
    pub fn port() -> u16 {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let candidates = std::iter::repeat_with(|| std::process::id() + NEXT.fetch_add(1, Ordering::Relaxed));
        let mut ports = candidates.map(|number| 20_000 + (number % 10_000) as u16);
        ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap()
    }

    pub fn start(authority: &Authority, port: u16, signer: &str) -> Self {
        let words = format!(
            "ocsp -index index.txt -CA ca.pem -rsigner {signer}.pem -rkey {signer}.key -port {port} -nmin 60 -ignore_err"
        );
        let mut child = program("openssl", authority.home.path(), &words)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It says when it is ready; a connection that asks nothing would bring it to a halt.
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("waiting") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "no responder at port {port}");
        }
        thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Self { child }
    }
}

impl Drop for Responder {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
