//! Every signature algorithm there and back: what our writer makes our reader accepts, nothing else is; Bouncy Castle makes what
//! the other peers cannot, and checks ours.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::fs;
use std::io::Write;

use common::bouncycastle::BouncyCastle;
use common::cli::Cli;
use common::folder;
use const_oid::db::rfc5911::ID_DATA;
use jiff::Timestamp;
use proptest::prelude::*;
use secrecy::SecretString;
use waxwing::asn1::Limits;
use waxwing::cms::signed::Digests;
use waxwing::cms::write::{OpaqueSigner, Signer, detached};
use waxwing::cms::{Content, SignatureProblem, SignedData, read};
use waxwing::crypto::{DigestAlgorithm, KeyKind, MlDsa, PrivateKey, SignatureAlgorithm};
use waxwing::pki::{Certificate, create};
use waxwing::source::Source;
use waxwing::wallet::pkcs12;

struct Person {
    key: PrivateKey,
    certificate: Certificate,
}

impl Person {
    fn new(kind: KeyKind) -> Self {
        let key = PrivateKey::generate(kind).unwrap();
        let certificate = create::self_signed(&key, "Alice", "alice@example.org", Timestamp::now(), 2).unwrap();
        Self { key, certificate }
    }

    fn signer(&self, algorithm: SignatureAlgorithm) -> Signer<'_> {
        Signer {
            certificate: &self.certificate,
            chain: &[],
            key: &self.key,
            algorithm,
            digest: algorithm.content_digest(),
            signing_time: Timestamp::now(),
            capabilities: &[],
        }
    }

    fn opaque(&self, algorithm: SignatureAlgorithm, content: &[u8]) -> Vec<u8> {
        let mut signer = OpaqueSigner::new(self.signer(algorithm), ID_DATA, Vec::new()).unwrap();
        signer.write_all(content).unwrap();
        signer.finish().unwrap()
    }
}

/// Every key that signs, with everything that it signs with.
fn algorithms() -> Vec<(KeyKind, Vec<SignatureAlgorithm>)> {
    use SignatureAlgorithm::{Ecdsa, Ed448, Ed25519, RsaPkcs1v15, RsaPss};
    let digests: Vec<_> = DigestAlgorithm::ALL
        .into_iter()
        .filter(|digest| !digest.is_weak() && *digest != DigestAlgorithm::Shake256Len)
        .collect();
    // PKCS #1 v1.5 and PSS are not made with SHAKE.
    let fixed = || digests.iter().copied().filter(|digest| !digest.is_extendable());
    let mut rsa: Vec<_> = fixed().map(RsaPkcs1v15).chain(fixed().map(SignatureAlgorithm::pss)).collect();
    rsa.extend([0, 7, 100].map(|salt_len| RsaPss { digest: digests[1], mgf: digests[1], salt_len }));
    let ecdsa: Vec<_> = digests.iter().copied().map(Ecdsa).collect();
    let mut all = vec![(KeyKind::Rsa(2048), rsa)];
    all.extend([KeyKind::P256, KeyKind::P384, KeyKind::P521].map(|kind| (kind, ecdsa.clone())));
    all.extend([(KeyKind::Ed25519, vec![Ed25519]), (KeyKind::Ed448, vec![Ed448])]);
    all.extend(MlDsa::ALL.iter().map(|set| (KeyKind::MlDsa(*set), vec![SignatureAlgorithm::MlDsa(*set)])));
    all
}

fn signed(bytes: &[u8]) -> SignedData {
    match read(&Source::from_bytes(bytes), &Limits::default()).unwrap() {
        Content::Signed(signed) => signed,
        other => panic!("{other:?}"),
    }
}

fn verify(signed: &SignedData, person: &Person, content: &[u8]) -> Result<SignatureAlgorithm, SignatureProblem> {
    let digests = Digests::compute(&signed.digests, |out| out.write_all(content)).unwrap();
    let signature = &signed.signers[0];
    signature.verify(&person.certificate, &signed.content_type, &digests).map(|verified| verified.algorithm())
}

/// For each algorithm and any content: signed apart and around, the signature holds, says the algorithm, and holds for no other
/// content, no other key and no other value.
#[test]
fn what_is_written_is_read() {
    let mut seen = 0;
    for (kind, algorithms) in algorithms() {
        let (person, other) = (Person::new(kind), Person::new(kind));
        for algorithm in algorithms {
            let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3) };
            let mut runner = proptest::test_runner::TestRunner::new(config);
            let content = proptest::collection::vec(any::<u8>(), 0..3000);
            let check = |content: Vec<u8>, at: usize| {
                let name = format!("{kind} {algorithm:?} {}", content.len());
                let digest = algorithm.content_digest().digest(&content);
                let apart = detached(&person.signer(algorithm), ID_DATA, &digest).unwrap();
                let around = person.opaque(algorithm, &content);
                for bytes in [&apart, &around] {
                    let mut signed = signed(bytes);
                    prop_assert_eq!(verify(&signed, &person, &content).ok(), Some(algorithm), "{}", name);
                    let inside = signed.content.as_ref().map(|source| source.read_all(10_000).unwrap());
                    prop_assert!(inside.is_none_or(|inside| inside == content), "{}", name);
                    let mut changed = content.clone();
                    changed.push(1);
                    let altered = verify(&signed, &person, &changed);
                    prop_assert!(matches!(altered, Err(SignatureProblem::DigestMismatch)), "{}: {:?}", name, altered);
                    let strange = verify(&signed, &other, &content);
                    prop_assert!(
                        matches!(strange, Err(SignatureProblem::SignatureMismatch)),
                        "{}: {:?}",
                        name,
                        strange
                    );
                    let value = &mut signed.signers[0].value;
                    let at = at % value.len();
                    value[at] ^= 0x10;
                    let broken = verify(&signed, &person, &content);
                    prop_assert!(matches!(broken, Err(SignatureProblem::SignatureMismatch)), "{}: {:?}", name, broken);
                }
                Ok(())
            };
            runner.run(&(content, any::<usize>()), |(content, at)| check(content, at)).unwrap();
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
}

/// What Bouncy Castle is asked for: algorithm, key; and what the report says then.
#[rustfmt::skip]
const THEIRS: &[(&str, &str, &str, &str)] = &[
    ("SHA512withRSAandMGF1", "RSA", "rsa-pss", "sha-512"),
    ("SHA3-256withRSA", "RSA", "rsa-pkcs1v15", "sha3-256"),
    ("SHA3-256withRSAandMGF1", "RSA", "rsa-pss", "sha3-256"),
    ("SHA512(256)WITHRSA", "RSA", "rsa-pkcs1v15", "sha-512-256"),
    ("SHAKE128withRSAPSS", "RSA", "rsa-pss", "shake128"),
    ("SHAKE256WITHRSAPSS", "RSA", "rsa-pss", "shake256"),
    ("SHA3-224withECDSA", "P-256", "ecdsa", "sha3-224"),
    ("SHAKE256WITHECDSA", "P-384", "ecdsa", "shake256"),
    ("SHA3-512withECDSA", "P-521", "ecdsa", "sha3-512"),
    ("SHA256withECDSA", "brainpoolP256r1", "ecdsa", "sha-256"),
    ("SHA256withECDSA", "brainpoolP256t1", "ecdsa", "sha-256"),
    ("SHA384withECDSA", "brainpoolP384r1", "ecdsa", "sha-384"),
    ("SHA512withECDSA", "brainpoolP384t1", "ecdsa", "sha-512"),
    ("Ed25519", "Ed25519", "ed25519", "sha-512"),
    ("Ed448", "Ed448", "ed448", "shake256"),
];

/// Signatures of Bouncy Castle with methods that the other peers do not have, over content and certificate; a curve that is not
/// built in is named.
#[test]
fn bouncy_castle_signs() {
    let Some(peer) = BouncyCastle::start() else { return };
    let home = folder();
    let path = |name: String| home.path().join(name);
    let make = |algorithm: &str, key: &str, number: usize| {
        let (out, certificate) = (path(format!("{number}.p7m")), path(format!("{number}.cer")));
        let names = [&out, &certificate].map(|path| path.to_string_lossy().into_owned());
        peer.ask(&["make", algorithm, key, &names[0], &names[1]])
            .unwrap_or_else(|error| panic!("{algorithm}: {error}"));
        let cli = Cli::new("verify --offline --no-builtin-roots --trust").arg(certificate);
        (cli.arg(&out).reports().remove(0), out)
    };
    let mut wrong = Vec::new();
    for (number, (algorithm, key, name, digest)) in THEIRS.iter().enumerate() {
        let (report, out) = make(algorithm, key, number);
        let said =
            ["integrity", "trust", "algorithm", "digest"].map(|it| report.text(&format!("/layers/0/signers/0/{it}")));
        if said[..3] != ["intact", "anchored", name] || !said[3].starts_with(digest) {
            wrong.push(format!("{algorithm} {key}: {said:?} {:?}", report.findings()));
        }
        // The text stands in it as it is.
        let mut bytes = fs::read(&out).unwrap();
        let at = bytes.windows(6).position(|window| window == b"Lieber").unwrap();
        bytes[at] ^= 1;
        fs::write(&out, bytes).unwrap();
        let report = Cli::new("verify --offline --no-builtin-roots").arg(&out).reports().remove(0);
        let said = report.text("/layers/0/signers/0/integrity");
        if said != "altered" {
            wrong.push(format!("{algorithm} {key}, changed: {said}"));
        }
    }
    let (report, _) = make("SHA512withECDSA", "brainpoolP512r1", THEIRS.len());
    let text = report.0.to_string();
    if report.text("/layers/0/signers/0/integrity") != "unchecked" || !text.to_lowercase().contains("brainpoolp512r1") {
        wrong.push(format!("brainpoolP512r1: {text}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Bouncy Castle accepts what we sign with methods that the other peers do not have, and loads the PKCS #12 file of such a key.
#[test]
fn bouncy_castle_checks() {
    let Some(peer) = BouncyCastle::start() else { return };
    use DigestAlgorithm::{Sha3_256, Sha3_512, Sha512_256, Shake256};
    use SignatureAlgorithm::{Ecdsa, Ed448, Ed25519, RsaPkcs1v15};
    let home = folder();
    let cases = [
        (
            KeyKind::Rsa(2048),
            vec![RsaPkcs1v15(Sha3_256), RsaPkcs1v15(Sha512_256), SignatureAlgorithm::pss(Sha3_512)],
            "RSA",
        ),
        (KeyKind::P384, vec![Ecdsa(Sha3_512), Ecdsa(Shake256)], "EC"),
        (KeyKind::P521, vec![Ecdsa(Sha3_512)], "EC"),
        (KeyKind::Ed25519, vec![Ed25519], "Ed25519"),
        (KeyKind::Ed448, vec![Ed448], "Ed448"),
    ];
    let mut wrong = Vec::new();
    for (kind, algorithms, name) in cases {
        let person = Person::new(kind);
        let place = |name: &str, bytes: &[u8]| {
            let path = home.path().join(name);
            fs::write(&path, bytes).unwrap();
            path.to_string_lossy().into_owned()
        };
        let certificate = place("own.cer", person.certificate.der());
        for algorithm in algorithms {
            let cms = place("signed.p7m", &person.opaque(algorithm, b"Lieber Bob"));
            if let Err(error) = peer.ask(&["check", &cms, &certificate]) {
                wrong.push(format!("{kind} {algorithm:?}: {error}"));
            }
        }
        let password = SecretString::from("secret");
        for form in [pkcs12::Protection::Modern, pkcs12::Protection::Legacy] {
            let p12 = pkcs12::write_as(form, &person.key, &person.certificate, &[], "Alice", &password).unwrap();
            let said = peer.ask(&["p12", &place("own.p12", &p12), "secret"]);
            if !said.as_ref().is_ok_and(|said| said.starts_with(name)) {
                wrong.push(format!("{kind} {form:?}: {said:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Mail is signed with an ML-DSA or Ed448 key like with any other: `--as` finds it in its PKCS #12 file, the digest is the one
/// that goes with it, and the report says both.
#[test]
fn the_command_line_signs_with_new_keys() {
    let home = folder();
    let letter = home.path().join("letter.eml");
    fs::write(&letter, "From: alice@example.org\r\nTo: bob@example.org\r\nSubject: new\r\n\r\nHallo\r\n").unwrap();
    let mldsa = |set| (KeyKind::MlDsa(set), "sha-512");
    for (kind, digest) in
        [mldsa(MlDsa::MlDsa44), mldsa(MlDsa::MlDsa65), mldsa(MlDsa::MlDsa87), (KeyKind::Ed448, "shake256-512")]
    {
        let person = Person::new(kind);
        let p12 = home.path().join(format!("{kind}.p12"));
        let password = SecretString::from(common::pki::PASSWORD);
        fs::write(&p12, &*pkcs12::write(&person.key, &person.certificate, &[], "Alice", &password).unwrap()).unwrap();
        let certificate = home.path().join(format!("{kind}.cer"));
        fs::write(&certificate, person.certificate.der()).unwrap();
        for form in ["", "--opaque"] {
            let out = home.path().join(format!("{kind}{form}.eml"));
            let words = format!("sign --offline --no-builtin-roots --as alice@example.org {form} --p12");
            Cli::new(&words).arg(&p12).arg("-o").arg(&out).arg(&letter).ok();
            let report =
                Cli::new("verify --offline --no-builtin-roots --trust").arg(&certificate).arg(&out).reports().remove(0);
            let said = ["algorithm", "digest"].map(|it| report.text(&format!("/layers/0/signers/0/{it}")));
            assert_eq!(report.signature(), "verified", "{kind}: {}", report.0);
            assert_eq!(said, [kind.to_string().to_lowercase().as_str(), digest], "{kind}");
        }
    }
}
