//! Questions to responders, answered by openssl.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use waxwing::pki::revocation::{Answer, Lookup, LookupError, Outcome, Question, Response, Status};

use crate::authority::{Authority, LIST, RESPONDER, state};
use crate::common::installed;

/// How a responder behaves.
#[derive(Debug, Clone)]
enum Behaviour {
    /// openssl answers, with these words.
    Openssl(&'static str),
    /// The same answer whatever the question is.
    Fixed(Vec<u8>),
    /// It does not answer.
    Silent,
    /// Nobody may ask it.
    Forbidden,
}

/// The network: a responder, and the issuer's list if there is one.
struct Network {
    responder: Behaviour,
    list: Option<Vec<u8>>,
    asked: Mutex<Vec<String>>,
    kept: Mutex<Vec<(String, Answer, Timestamp)>>,
}

fn network(responder: Behaviour) -> Network {
    Network { responder, list: None, asked: Mutex::default(), kept: Mutex::default() }
}

fn name(question: &Question<'_>) -> String {
    match question {
        Question::Ocsp { url, request } => format!("{url} {request:?}"),
        other => other.url().to_owned(),
    }
}

impl Lookup for Network {
    fn ask(&self, question: &Question<'_>) -> Result<Answer, LookupError> {
        self.asked.lock().unwrap().push(question.url().to_owned());
        let bytes = match question {
            Question::Ocsp { request, url } => {
                assert_eq!(*url, RESPONDER);
                match &self.responder {
                    Behaviour::Openssl(words) => Authority::get().answer(request, words),
                    Behaviour::Fixed(bytes) => bytes.clone(),
                    Behaviour::Silent => return Err(LookupError::Failed("no route".to_owned())),
                    Behaviour::Forbidden => return Err(LookupError::Refused("private address")),
                }
            }
            Question::Crl { url } => {
                assert_eq!(*url, LIST);
                self.list.clone().ok_or(LookupError::Failed("status 404".to_owned()))?
            }
            Question::Issuer { .. } => panic!("nobody asks for issuers here"),
        };
        Ok(Answer { bytes, cached: false })
    }

    fn kept(&self, question: &Question<'_>) -> Option<Answer> {
        let kept = self.kept.lock().unwrap();
        kept.iter()
            .find(|(known, ..)| *known == name(question))
            .map(|(_, answer, _)| Answer { cached: true, ..answer.clone() })
    }

    fn keep(&self, question: &Question<'_>, answer: &Answer, until: Timestamp) {
        self.kept.lock().unwrap().push((name(question), answer.clone(), until));
    }
}

fn now() -> Timestamp {
    Timestamp::now()
}

/// The root's list says that the issuer is good, so that only the person is asked about.
fn check(person: &str, at: Timestamp, network: &Network) -> Outcome {
    let authority = Authority::get();
    authority.check(person, at, &[authority.read("root.crl")], &[], network)
}

fn problems(outcome: &Outcome) -> String {
    format!("{} {:?}", state(outcome), outcome.remarks.iter().map(|remark| &remark.problem).collect::<Vec<_>>())
}

/// Who may answer for the issuer, and who may not, whatever the answer says.
#[test]
fn answers_count_as_who_gives_them() {
    use Behaviour::{Fixed, Forbidden, Openssl, Silent};
    if !installed("openssl") {
        return;
    }
    const DELEGATED: &str = "-rsigner responder.pem -rkey responder.key -ndays 1";
    let other = {
        let outcome = network(Openssl(DELEGATED));
        check("online", now(), &outcome);
        let kept = outcome.kept.lock().unwrap();
        kept[0].1.bytes.clone()
    };
    for (person, responder, expected) in [
        ("online", Openssl("-rsigner issuer.pem -rkey issuer.key -ndays 1"), "good []"),
        ("online", Openssl(DELEGATED), "good []"),
        ("online", Openssl("-rsigner responder.pem -rkey responder.key -ndays 1 -resp_key_id"), "good []"),
        ("online", Openssl("-rsigner responder.pem -rkey responder.key -ndays 1 -rmd sha512"), "good []"),
        ("online", Openssl("-rsigner responder.pem -rkey responder.key"), "good []"),
        ("online", Openssl("-rsigner responder-checked.pem -rkey responder-checked.key -ndays 1"), "good []"),
        ("online-stolen", Openssl(DELEGATED), "revoked keyCompromise []"),
        ("unlisted", Openssl(DELEGATED), "unknown [NotKnown]"),
        ("online", Openssl("-rsigner responder.pem -rkey responder.key -ndays 1 -resp_no_certs"), "unknown [NoSigner]"),
        ("online", Openssl("-rsigner no-responder.pem -rkey no-responder.key -ndays 1"), "unknown [SignerNotTrusted]"),
        ("online-stolen", Openssl("-rsigner stranger.pem -rkey stranger.key -ndays 1"), "unknown [NoSigner]"),
        ("online", Openssl("-rsigner responder.pem -rkey responder.key -ndays 1 -badsig"), "unknown [BadSignature]"),
        ("online", Silent, "unknown [NoAnswer(\"no route\")]"),
        ("online", Forbidden, "unknown [Refused(\"private address\")]"),
        // RFC 6960 §4.2.1: tryLater.
        ("online", Fixed(vec![0x30, 3, 0x0a, 1, 3]), "unknown [Unsuccessful(\"tryLater\")]"),
        ("online", Fixed(b"<html>".to_vec()), "unknown [Damaged"),
        ("online", Fixed(Vec::new()), "unknown [Damaged"),
        ("online", Fixed(other.clone()), "unknown [OtherQuestion]"),
        ("online-stolen", Fixed(other), "unknown [OtherCertificate]"),
    ] {
        let network = network(responder.clone());
        let found = check(person, now(), &network);
        assert!(problems(&found).starts_with(expected), "{person} {responder:?}: {}", problems(&found));
        let asked = network.asked.lock().unwrap();
        let noted: Vec<_> = found.asked.iter().map(|asked| asked.url.as_str()).collect();
        let silent = matches!(responder, Forbidden);
        assert_eq!(noted, if silent { vec![] } else { vec![RESPONDER] }, "{responder:?}");
        assert_eq!(*asked, [RESPONDER], "{responder:?}");
    }
}

/// An answer is good for its time; a withdrawal stays one.
#[test]
fn answers_grow_old() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    let answer = |person: &str, words: &'static str| {
        let network = network(Behaviour::Openssl(words));
        check(person, now(), &network);
        network.kept.lock().unwrap().first().map(|(_, answer, until)| (answer.bytes.clone(), *until))
    };
    let words = "-rsigner issuer.pem -rkey issuer.key -ndays 2";
    let (good, until) = answer("online", words).unwrap();
    let (stolen, _) = answer("online-stolen", words).unwrap();
    assert!(until > now() && until <= now().checked_add(SignedDuration::from_hours(49)).unwrap());
    // Without an end it is good for this once.
    assert_eq!(answer("online", "-rsigner issuer.pem -rkey issuer.key"), None);
    let root = [authority.list("root", "-crldays 90")];
    for (person, bytes, days, expected) in [
        ("online", &good, 0, "good []"),
        ("online", &good, 3, "unknown [Stale"),
        ("online", &good, -1, "unknown [NotYet"),
        ("online-stolen", &stolen, 0, "revoked keyCompromise []"),
        ("online-stolen", &stolen, 3, "revoked keyCompromise []"),
        // Not about this certificate: as if it were not there.
        ("online-stolen", &good, 0, "unknown [NoAnswer"),
    ] {
        let at = now().checked_add(SignedDuration::from_hours(24 * days)).unwrap();
        let found = authority.check(person, at, &root, std::slice::from_ref(bytes), &network(Behaviour::Silent));
        assert!(problems(&found).starts_with(expected), "{person} after {days} days: {}", problems(&found));
    }
    assert!(Response::read(&good).unwrap().certificates().len() <= 1);
}

/// What was kept is used before anybody is asked; where a responder fails, the list is fetched, checked and kept.
#[test]
fn others_are_asked_only_if_need_be() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    let network = network(Behaviour::Openssl("-rsigner issuer.pem -rkey issuer.key -ndays 1"));
    for round in 0..2 {
        let found = check("online", now(), &network);
        assert_eq!(problems(&found), "good []");
        assert_eq!((network.asked.lock().unwrap().len(), found.asked.len()), (1, 1 - round), "{round}");
    }
    let list = authority.read("issuer.crl");
    let network = Network { list: Some(list.clone()), ..super::responders::network(Behaviour::Silent) };
    for round in 0..2 {
        let found = check("both", now(), &network);
        assert_eq!(problems(&found), "good []");
        let asked: &[&str] = if round == 0 { &[RESPONDER, LIST] } else { &[] };
        assert_eq!(found.asked.iter().map(|asked| asked.url.as_str()).collect::<Vec<_>>(), asked);
        assert_eq!(*network.asked.lock().unwrap(), [RESPONDER, LIST]);
    }
    assert_eq!(network.kept.lock().unwrap()[0].1.bytes, list);
    // A list that somebody else signed is neither believed nor kept.
    let forged = Network { list: Some(authority.list("other", "")), ..super::responders::network(Behaviour::Silent) };
    assert_eq!(state(&check("listed", now(), &forged)), "unknown");
    assert!(forged.kept.lock().unwrap().is_empty());
}

/// A responder of whose own withdrawal nothing is known is believed; a list that tells of both decides by itself.
#[test]
fn responders_are_believed_until_more_is_known() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    let network =
        network(Behaviour::Openssl("-rsigner responder-withdrawn.pem -rkey responder-withdrawn.key -ndays 1"));
    let root = authority.read("root.crl");
    let found = authority.check("online", now(), std::slice::from_ref(&root), &[], &network);
    // Nothing says that the responder was withdrawn: it may still answer.
    assert_eq!(problems(&found), "good []");
    let answer = network.kept.lock().unwrap()[0].1.bytes.clone();
    let silent = super::responders::network(Behaviour::Silent);
    let found = authority.check("online", now(), &[root, authority.read("issuer.crl")], &[answer], &silent);
    assert!(matches!(found.certificates[0].1, Status::Good(_)), "the list says so: {found:?}");
}
