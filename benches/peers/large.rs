//! One large message.

use std::fmt::Write;
use std::fs;

use crate::common::gpgsm::fingerprint;
use crate::common::pki::ALICE;
use crate::letters;
use crate::measure::{Cost, Make, bounded, in_turns};
use crate::tools::Tools;

/// One thing to do, by Waxwing and by its peers.
struct Row<'a> {
    name: &'a str,
    ours: Make<'a>,
    /// What it is called, how it is run, and the ratio of times that is aimed at.
    peers: Vec<(&'a str, Make<'a>, Option<f64>)>,
}

/// The table for a message of so many megabytes.
pub fn table(tools: &Tools, megabytes: u64) -> String {
    let (letter, entity) = (tools.file("letter.eml"), tools.file("entity"));
    letters::write(&letter, megabytes * 1_000_000);
    letters::entity(&letter, &entity);
    let bob = tools.pki.certificate("bob");
    let sign = format!("sign --as {ALICE}");
    let opaque = format!("{sign} --opaque");
    let seal = format!("encrypt --to {}", bob.display());
    let modern = format!("{seal} --profile modern");
    let both = format!("{seal} --sign --as {ALICE}");
    let mut out = String::from(
        "| what | waxwing-cli | memory | peer | its time | its memory | time ratio | CPU ratio | aim |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    let mut show = |rows: Vec<Row<'_>>| rows.into_iter().for_each(|row| add(&mut out, row));
    let signer = "cms -sign -signer alice.pem -inkey alice.key -certfile issuer.pem -md sha256 -stream";

    show(vec![
        Row {
            name: "sign clear",
            ours: Box::new(|| tools.ours_to_out(&sign, &letter)),
            peers: vec![peer("openssl", Box::new(|| tools.openssl(signer, &entity)), Some(0.5))],
        },
        Row {
            name: "sign opaque",
            ours: Box::new(|| tools.ours_to_out(&opaque, &letter)),
            peers: vec![
                peer("openssl", Box::new(|| tools.openssl(&format!("{signer} -nodetach"), &entity)), Some(0.5)),
                peer(
                    "gpgsm",
                    Box::new(|| tools.gpgsm(&["-u", &fingerprint("alice"), "--sign"], &[&entity]).unwrap()),
                    None,
                ),
                peer("NSS", Box::new(|| tools.cmsutil("-S -N alice -H SHA256", &entity).unwrap()), None),
            ],
        },
    ]);

    let clear = tools.keep("clear.eml", &sign, &letter);
    let (content, signature) = (tools.file("content"), tools.file("signature"));
    letters::detached(&clear, &content, &signature);
    let verify = |file: std::path::PathBuf| {
        move || {
            let mut command = tools.ours("verify");
            command.arg(&file);
            command
        }
    };
    let nss_detached = format!("-D -c {}", content.display());
    show(vec![Row {
        name: "verify clear",
        ours: Box::new(verify(clear.clone())),
        peers: vec![
            peer("openssl dgst", Box::new(|| tools.dgst(&clear)), Some(1.25)),
            peer("openssl", Box::new(|| tools.openssl("cms -verify -CAfile root.pem", &clear)), None),
            peer("gpgsm", Box::new(|| tools.gpgsm(&["--verify"], &[&signature, &content]).unwrap()), None),
            peer("NSS", Box::new(|| tools.cmsutil(&nss_detached, &signature).unwrap()), None),
        ],
    }]);
    [&clear, &content, &signature].into_iter().for_each(|file| fs::remove_file(file).unwrap());

    let opaque = tools.keep("opaque.eml", &opaque, &letter);
    let binary = tools.file("binary");
    letters::structure(&opaque, &binary);
    show(vec![Row {
        name: "verify opaque",
        ours: Box::new(verify(opaque.clone())),
        peers: vec![
            peer("openssl dgst", Box::new(|| tools.dgst(&opaque)), Some(1.5)),
            peer("openssl", Box::new(|| tools.openssl("cms -verify -CAfile root.pem", &opaque)), None),
            peer("gpgsm", Box::new(|| tools.gpgsm(&["--verify"], &[&binary]).unwrap()), None),
            peer("NSS", Box::new(|| tools.cmsutil("-D", &binary).unwrap()), None),
        ],
    }]);
    fs::remove_file(opaque).unwrap();

    let encrypt = |cipher: &str| format!("cms -encrypt -stream -{cipher} -recip bob.pem");
    show(vec![
        Row {
            name: "encrypt AES-256-CBC",
            ours: Box::new(|| tools.ours_to_out(&seal, &letter)),
            peers: vec![
                peer("openssl", Box::new(|| tools.openssl(&encrypt("aes-256-cbc"), &entity)), Some(0.6)),
                peer(
                    "gpgsm",
                    Box::new(|| {
                        let words = ["--cipher-algo", "AES256", "-r", &fingerprint("bob"), "--encrypt"];
                        tools.gpgsm(&words, &[&entity]).unwrap()
                    }),
                    None,
                ),
                peer("NSS", Box::new(|| tools.cmsutil("-E -r bob", &entity).unwrap()), None),
            ],
        },
        Row {
            name: "encrypt AES-256-GCM",
            ours: Box::new(|| tools.ours_to_out(&modern, &letter)),
            peers: vec![peer("openssl", Box::new(|| tools.openssl(&encrypt("aes-256-gcm"), &entity)), Some(0.6))],
        },
    ]);

    let decrypt = "cms -decrypt -recip bob.pem -inkey bob.key";
    for (name, words, aim) in [("decrypt AES-256-CBC", &seal, 0.25), ("decrypt AES-256-GCM", &modern, 0.2)] {
        let sealed = tools.keep("sealed.eml", words, &letter);
        letters::structure(&sealed, &binary);
        let mut peers = vec![peer("openssl", Box::new(|| tools.openssl(decrypt, &sealed)), Some(aim))];
        if words == &seal {
            peers.push(peer("gpgsm", Box::new(|| tools.gpgsm(&["--decrypt"], &[&binary]).unwrap()), None));
            peers.push(peer("NSS", Box::new(|| tools.cmsutil("-D", &binary).unwrap()), None));
        }
        show(vec![Row { name, ours: Box::new(|| tools.ours_to_out("decrypt", &sealed)), peers }]);
        fs::remove_file(sealed).unwrap();
    }

    let signed_and_sealed = tools.keep("both.eml", &both, &letter);
    let sealed = tools.keep("sealed.eml", &seal, &letter);
    show(vec![
        Row {
            name: "sign and encrypt in one pass",
            ours: Box::new(|| tools.ours_to_out(&both, &letter)),
            peers: vec![peer("encrypting alone", Box::new(|| tools.ours_to_out(&seal, &letter)), Some(1.3))],
        },
        Row {
            name: "decrypt and verify in one pass",
            ours: Box::new(|| tools.ours_to_out("decrypt", &signed_and_sealed)),
            peers: vec![peer("decrypting alone", Box::new(|| tools.ours_to_out("decrypt", &sealed)), Some(1.3))],
        },
    ]);
    for file in [signed_and_sealed, sealed, binary, letter, entity] {
        fs::remove_file(file).unwrap();
    }
    _ = fs::remove_file(&tools.out);
    format!("## One message of {megabytes} MB\n\n{out}")
}

fn add(out: &mut String, row: Row<'_>) {
    let (names, makes): (Vec<_>, Vec<_>) = row.peers.into_iter().map(|(name, make, aim)| ((name, aim), make)).unzip();
    let all: Vec<Make<'_>> = std::iter::once(row.ours).chain(makes).collect();
    let mut costs = in_turns(&all).into_iter();
    let mine = bounded(row.name, costs.next().unwrap().unwrap_or_else(|error| panic!("{error}")));
    for ((name, aim), cost) in names.into_iter().zip(costs) {
        let line = match cost {
            Ok(theirs) => line(row.name, mine, name, theirs, aim),
            Err(error) => {
                format!("| {} | {:.2} s | {:.0} MiB | {name} | {error} | | | | |", row.name, mine.time, mine.memory)
            }
        };
        eprintln!("{line}");
        writeln!(out, "{line}").unwrap();
    }
}

fn peer<'a>(
    name: &'a str,
    make: Box<dyn Fn() -> std::process::Command + 'a>,
    aim: Option<f64>,
) -> (&'a str, Make<'a>, Option<f64>) {
    (name, make, aim)
}

pub fn line(what: &str, mine: Cost, name: &str, theirs: Cost, aim: Option<f64>) -> String {
    let ratio = mine.time / theirs.time;
    let aim = aim.map_or_else(String::new, |aim| {
        let kept = if ratio <= aim { "kept" } else { "missed" };
        format!("≤ {aim}: {kept}")
    });
    let cpu = if theirs.cpu > 0.0 { format!("{:.2}", mine.cpu / theirs.cpu) } else { String::new() };
    format!(
        "| {what} | {:.2} s | {:.0} MiB | {name} | {:.2} s | {:.0} MiB | {ratio:.2} | {cpu} | {aim} |",
        mine.time, mine.memory, theirs.time, theirs.memory
    )
}
