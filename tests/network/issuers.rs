//! Issuers that are missing: said, fetched with consent, and believed no more than any other certificate.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::common::cli::{Cli, Report, file};
use super::common::pki::{ALICE, BOB};
use super::common::web::{Server, ok};
use super::common::{folder, installed, mail, program, run};

/// A root, an authority below it, and Alice, whose certificate says where the authority's can be had.
struct Authority {
    home: tempfile::TempDir,
    mail: Vec<u8>,
}

impl Authority {
    /// `urls`: the places in Alice's certificate.
    fn new(urls: &[String]) -> Self {
        let home = folder();
        let at = home.path();
        let openssl =
            |words: &str| run(&mut program("openssl", at, words), b"").unwrap_or_else(|error| panic!("{error}"));
        let ca =
            "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n";
        let access: Vec<_> = urls.iter().map(|url| format!("caIssuers;URI:{url}")).collect();
        fs::write(at.join("ca.ext"), ca).unwrap();
        fs::write(
            at.join("alice.ext"),
            format!(
                "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=emailProtection\n\
                 subjectAltName=email:{ALICE}\nauthorityKeyIdentifier=keyid\nauthorityInfoAccess={}\n",
                access.join(",")
            ),
        )
        .unwrap();
        for (name, by) in [("root", "root"), ("issuer", "root"), ("alice", "issuer"), ("stranger", "stranger")] {
            let key = "ec -pkeyopt ec_paramgen_curve:P-256";
            openssl(&format!("req -newkey {key} -nodes -keyout {name}.key -out {name}.csr -subj /O=Fetched/CN={name}"));
            let extensions = if name == "alice" { "alice.ext" } else { "ca.ext" };
            let signer = if name == by {
                format!("-signkey {name}.key")
            } else {
                format!("-CA {by}.pem -CAkey {by}.key -CAcreateserial")
            };
            openssl(&format!(
                "x509 -req -in {name}.csr {signer} -days 30 -sha256 -extfile {extensions} -out {name}.pem"
            ));
        }
        openssl("x509 -in issuer.pem -outform DER -out issuer.der");
        openssl("crl2pkcs7 -nocrl -certfile stranger.pem -certfile issuer.pem -outform DER -out issuer.p7c");
        let words =
            format!("cms -sign -md sha256 -from {ALICE} -to {BOB} -subject fetched -signer alice.pem -inkey alice.key");
        let signed = run(&mut program("openssl", at, &words), mail::TEXT.as_bytes()).unwrap();
        let mail = [format!("Date: {}\n", mail::date()).as_bytes(), &signed].concat();
        Self { home, mail }
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.home.path().join(name)).unwrap()
    }

    /// Looks at Alice's message; `cache`: the user's caches.
    fn look(&self, words: &str, cache: &Path) -> Report {
        let mail = file(self.home.path(), "fetched.eml", &self.mail);
        Cli::new("verify --no-builtin-roots --revocation off --trust")
            .arg(self.home.path().join("root.pem"))
            .env("XDG_CACHE_HOME", cache)
            .words(words)
            .arg(mail)
            .report()
    }
}

/// The server that Alice's certificate names, which gives out what the test puts there later.
fn server() -> (Server, std::sync::Arc<std::sync::Mutex<Vec<u8>>>) {
    let answer = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let given = std::sync::Arc::clone(&answer);
    (Server::new(move |_, stream| stream.write_all(&ok(&given.lock().unwrap()))), answer)
}

/// A missing issuer is fetched when the user allows it and only then; nobody is asked otherwise.
#[test]
fn a_missing_issuer_is_fetched_with_consent() {
    if !installed("openssl") {
        return;
    }
    let (server, answer) = server();
    let url = server.url("/issuer.p7c");
    let authority = Authority::new(&["ldap://127.0.0.1/cn=issuer".to_owned(), url.clone()]);
    let caches = folder();
    let look = |words: &str| authority.look(words, caches.path());
    *answer.lock().unwrap() = authority.read("issuer.p7c");

    for (words, code, signature) in [
        ("--allow-private", "issuer-available", "unknown-issuer"),
        ("--allow-private --fetch-issuers ask", "issuer-available", "unknown-issuer"),
        ("--allow-private --fetch-issuers never", "no-issuer", "unknown-issuer"),
        ("--allow-private --fetch-issuers always --offline", "issuer-not-fetched", "unknown-issuer"),
        // The server is on this machine.
        ("--fetch-issuers always", "issuer-not-fetched", "unknown-issuer"),
    ] {
        let report = look(words);
        assert_eq!(report.signature(), signature, "{words}");
        assert!(report.findings().contains(&code), "{words}: {:?}", report.findings());
        assert_eq!(report.0.to_string().contains(&url), code != "no-issuer", "{words}: {}", report.0);
    }
    assert_eq!(server.connections(), 0);

    let report = look("--allow-private --fetch-issuers always");
    assert_eq!(report.signature(), "verified", "{:?}", report.findings());
    assert_eq!(report.signers()[0]["chain"].as_array().unwrap().len(), 3);
    let said = report.0.to_string();
    assert!(said.contains(&url) && said.contains("LDAP"), "what was asked of whom is said: {said}");
    // The next program finds it in the cache, also where nobody may be asked.
    let report = look("--fetch-issuers always --offline --allow-private");
    assert_eq!(report.signature(), "verified", "{:?}", report.findings());
    assert_eq!(server.connections(), 1);
}

/// What is fetched is believed no more than what came with a message.
#[test]
fn what_is_fetched_is_not_believed() {
    if !installed("openssl") {
        return;
    }
    let (server, answer) = server();
    let authority = Authority::new(&[server.url("/issuer")]);
    for (given, signature, words) in [
        (authority.read("issuer.der"), "verified", ""),
        (authority.read("issuer.pem"), "verified", ""),
        (authority.read("stranger.pem"), "unknown-issuer", "certificate of somebody else"),
        (authority.read("root.pem"), "unknown-issuer", "certificate of somebody else"),
        (b"<html>not found</html>".to_vec(), "unknown-issuer", "no certificate"),
        (Vec::new(), "unknown-issuer", "no certificate"),
        (vec![0x30; 20_000], "unknown-issuer", "no certificate"),
        (vec![0; 3 << 20], "unknown-issuer", "more than is taken"),
    ] {
        *answer.lock().unwrap() = given;
        let report = authority.look("--allow-private --fetch-issuers always", folder().path());
        assert_eq!(report.signature(), signature, "{:?}", report.findings());
        assert!(report.0.to_string().contains(words), "{words}: {}", report.0);
    }
}

/// An issuer that was part of a good chain is remembered in the wallet: the next message needs nobody's answer.
#[test]
fn what_was_seen_is_remembered() {
    if !installed("openssl") {
        return;
    }
    let (server, answer) = server();
    let authority = Authority::new(&[server.url("/issuer")]);
    *answer.lock().unwrap() = authority.read("issuer.der");
    let wallet = folder();
    let at = format!("--wallet {}/w --vault memory", wallet.path().display());
    // Nobody can follow the chain yet, and looking without trust in its end teaches nothing.
    let first = authority.look(&format!("--offline {at}"), folder().path());
    assert_eq!(first.signature(), "unknown-issuer");
    let fetched = authority.look(&format!("--allow-private --fetch-issuers always {at}"), folder().path());
    assert_eq!(fetched.signature(), "verified", "{:?}", fetched.findings());
    let again = authority.look(&format!("--offline {at}"), folder().path());
    assert_eq!(again.signature(), "verified", "{:?}", again.findings());
    assert!(!again.findings().contains(&"issuer-fetched"));
    assert_eq!(server.connections(), 1);
    // It is no authority of the user's: it stands in no list, and is trusted no more than before.
    let listed = Cli::new("wallet list").words(&at).ok().stdout;
    assert!(!String::from_utf8(listed).unwrap().contains("issuer"));
}

/// `openssl s_server`, which ends with its owner.
struct Tls(std::process::Child);

impl Drop for Tls {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An https address is asked only if the system vouches for its host, whatever the certificate says that names it.
#[test]
fn https_is_asked_of_whom_the_system_trusts() {
    if !installed("openssl") {
        return;
    }
    let port = super::authority::Responder::port();
    let authority = Authority::new(&[format!("https://localhost:{port}/issuer.der")]);
    let at = authority.home.path();
    let openssl = |words: &str| run(&mut program("openssl", at, words), b"").unwrap_or_else(|error| panic!("{error}"));
    fs::write(
        at.join("web.ext"),
        "subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\nauthorityKeyIdentifier=keyid\n",
    )
    .unwrap();
    openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout web.key -out web.csr -subj /CN=localhost");
    openssl(
        "x509 -req -in web.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 -sha256 -extfile web.ext -out web.pem",
    );
    let words = format!("s_server -accept {port} -cert web.pem -key web.key -WWW");
    let mut server = program("openssl", at, &words);
    let piped = server.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut server = Tls(piped.stderr(std::process::Stdio::null()).spawn().unwrap());
    let mut said = std::io::BufReader::new(server.0.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("ACCEPT") {
        line.clear();
        assert!(std::io::BufRead::read_line(&mut said, &mut line).unwrap() > 0, "no server at port {port}");
    }
    std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));

    let mail = file(at, "https.eml", &authority.mail);
    for (roots, signature, code) in
        [("stranger.pem", "unknown-issuer", "issuer-not-fetched"), ("root.pem", "verified", "issuer-fetched")]
    {
        let report =
            Cli::new("verify --no-builtin-roots --revocation off --allow-private --fetch-issuers always --trust")
                .arg(at.join("root.pem"))
                .env("XDG_CACHE_HOME", folder().path())
                .env("SSL_CERT_FILE", at.join(roots))
                .arg(&mail)
                .report();
        assert_eq!(report.signature(), signature, "{roots}: {}", report.0["layers"]);
        assert!(report.findings().contains(&code), "{roots}: {:?}", report.findings());
    }
}
