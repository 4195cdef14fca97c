//! Many messages at once: what is asked once, what is kept, who is left alone.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use waxwing::network::{Limits, Network, Rules};
use waxwing::pki::revocation::{Lookup, LookupError, Question};

use super::common::folder;
use super::common::web::{Server, ok};
use super::{ask, came, later, rules};

/// Many messages with the same list need it once, also when they come at the same time.
#[test]
fn the_same_question_is_asked_once() {
    let server = Server::new(|_, stream| {
        thread::sleep(Duration::from_millis(200));
        stream.write_all(&ok(b"list"))
    });
    let network = Network::new(None);
    let asked_now = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                let answer = ask(&network, &server.url("/list")).unwrap();
                assert_eq!(answer.bytes, b"list");
                asked_now.fetch_add(usize::from(!answer.cached), Ordering::SeqCst);
            });
        }
    });
    assert_eq!((server.connections(), asked_now.into_inner()), (1, 1));
    assert!(ask(&network, &server.url("/list")).unwrap().cached);
    assert!(!ask(&network, &server.url("/other")).unwrap().cached);
    // The same place for another kind of question, and another request, are other questions.
    let asking = network.asking(rules());
    let url = server.url("/list");
    for question in [
        Question::Issuer { url: &url },
        Question::Ocsp { url: &url, request: &[1] },
        Question::Ocsp { url: &url, request: &[2] },
    ] {
        assert!(!asking.ask(&question).unwrap().cached, "{question:?}");
    }
    assert_eq!(server.connections(), 5);
}

/// A thousand messages do not wait a thousand times for a host that does not answer.
#[test]
fn who_does_not_answer_is_left_alone() {
    let server = Server::new(|_, _| {
        thread::sleep(Duration::from_secs(30));
        Ok(())
    });
    let network = Network::new(None);
    let start = Instant::now();
    assert_eq!(came(&ask(&network, &server.url("/0"))), Err("timeout"));
    for number in 1..1000 {
        assert_eq!(came(&ask(&network, &server.url(&format!("/{number}")))), Err("host-down"));
    }
    assert!(start.elapsed() < Duration::from_secs(6), "{:?}", start.elapsed());
    assert_eq!(server.connections(), 1);

    // After a while it is given another chance.
    let limits = Limits { remember: Duration::ZERO, ..rules().limits };
    let network = Network::new(None);
    for _ in 0..2 {
        let found = network.asking(Rules { limits, ..rules() }).ask(&Question::Crl { url: &server.url("/again") });
        assert_eq!(came(&found), Err("timeout"));
    }
}

/// What went wrong for a question is not tried for each message, but its host is asked other things.
#[test]
fn failures_are_remembered() {
    let server = Server::new(|asked, stream| match asked.path() {
        "/list" => stream.write_all(&ok(b"list")),
        _ => stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
    });
    let network = Network::new(None);
    for _ in 0..5 {
        assert_eq!(came(&ask(&network, &server.url("/missing"))), Err("status-404"));
    }
    assert!(ask(&network, &server.url("/list")).is_ok());
    assert_eq!(server.connections(), 2);
}

/// One message with many addresses waits no longer than a message may.
#[test]
fn a_message_has_so_much_time() {
    let servers: Vec<_> = (0..6)
        .map(|_| {
            Server::new(|_, _| {
                thread::sleep(Duration::from_secs(30));
                Ok(())
            })
        })
        .collect();
    let network = Network::new(None);
    let asking = network.asking(rules());
    let start = Instant::now();
    let found: Vec<_> = servers.iter().map(|server| asking.ask(&Question::Crl { url: &server.url("/") })).collect();
    assert!(start.elapsed() < rules().limits.message + Duration::from_secs(3), "{:?}", start.elapsed());
    assert_eq!(found.last().unwrap(), &Err(LookupError::Refused("no-time-left")));
    assert_eq!(servers.last().unwrap().connections(), 0);
    // The next message has its own time.
    assert_eq!(came(&ask(&network, &servers.last().unwrap().url("/"))), Err("timeout"));
}

/// What is kept is there for the next program, while it is fresh, and also for one that may ask nobody.
#[test]
fn answers_are_kept_on_the_disk() {
    let server = Server::of(b"list".to_vec());
    let home = folder();
    let url = server.url("/list");
    let question = Question::Crl { url: &url };
    let offline = Rules { offline: true, ..rules() };
    let network = |home: &tempfile::TempDir| Network::new(Some(home.path()));
    assert_eq!(network(&home).asking(offline).ask(&question), Err(LookupError::Offline));
    // Only what was checked is kept.
    let first = network(&home);
    let answer = first.asking(rules()).ask(&question).unwrap();
    assert_eq!(network(&home).asking(offline).ask(&question), Err(LookupError::Offline));
    first.asking(rules()).keep(&question, &answer, later(1));

    assert!(network(&home).asking(offline).ask(&question).unwrap().cached);
    assert!(network(&home).asking(rules()).ask(&question).unwrap().cached);
    assert_eq!(server.connections(), 1);
    let tomorrow = Rules { now: later(1), ..rules() };
    assert_eq!(network(&home).asking(Rules { offline: true, ..tomorrow }).ask(&question), Err(LookupError::Offline));
    assert!(!network(&home).asking(tomorrow).ask(&question).unwrap().cached);
    assert_eq!(server.connections(), 2);
    // A list that says to be fresh for a year is asked for again after a week.
    first.asking(rules()).keep(&question, &answer, later(365));
    assert!(network(&home).asking(Rules { offline: true, now: later(6), ..rules() }).ask(&question).is_ok());
    assert!(network(&home).asking(Rules { offline: true, now: later(8), ..rules() }).ask(&question).is_err());
}

/// A folder that is cleared away, or cannot be written to, while a program runs: everything is answered as before, by asking again.
#[test]
fn a_folder_that_vanishes_fails_no_check() {
    let server = Server::of(b"list".to_vec());
    let home = folder();
    let answers = home.path().join("answers");
    let url = server.url("/list");
    let question = Question::Crl { url: &url };
    for round in 0..3 {
        let network = Network::new(Some(&answers));
        let asking = network.asking(rules());
        let answer = asking.ask(&question).unwrap();
        assert_eq!((answer.bytes.as_slice(), answer.cached), (&b"list"[..], false), "{round}");
        asking.keep(&question, &answer, later(1));
        match round {
            0 => std::fs::remove_dir_all(&answers).unwrap(),
            // A file in its place.
            1 => {
                std::fs::remove_dir_all(&answers).unwrap();
                std::fs::write(&answers, b"").unwrap();
            }
            _ => {}
        }
        // Kept in memory all the same.
        assert!(network.asking(rules()).ask(&question).unwrap().cached, "{round}");
    }
    assert_eq!(server.connections(), 3);
}

/// Nobody is asked offline: not even a connection is opened.
#[test]
fn offline_asks_nobody() {
    let server = Server::of(b"list".to_vec());
    let network = Network::new(None);
    let url = server.url("/");
    let asking = network.asking(Rules { offline: true, ..rules() });
    for question in
        [Question::Crl { url: &url }, Question::Issuer { url: &url }, Question::Ocsp { url: &url, request: &[] }]
    {
        assert_eq!(asking.ask(&question), Err(LookupError::Offline));
    }
    assert_eq!(server.connections(), 0);
}
