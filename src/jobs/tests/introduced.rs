use super::*;

/// Only a signature that is good makes its signer known, and only to somebody who does not know them yet.
#[test]
fn a_good_signature_makes_its_signer_known() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible);
    let sealed = office.seal(&signed()).unwrap();
    assert!(introduced_to(&office.desk(), &sealed.main).is_empty(), "it is mine");

    let stranger = Arc::new(Wallet::in_memory().unwrap());
    let to = |anchors: Vec<Certificate>| {
        introduced_to(&desk(&stranger, Profile::Compatible).with(Given { anchors, ..Given::default() }), &sealed.main)
    };
    assert!(to(Vec::new()).is_empty(), "nobody vouches for it");
    assert_eq!(to(vec![office.anna.clone()]), std::slice::from_ref(&office.anna));
    stranger.add_certificate(&office.anna, now()).unwrap();
    assert!(to(vec![office.anna.clone()]).is_empty(), "it is there");
}

fn introduced_to(desk: &Desk, message: &Path) -> Vec<Certificate> {
    desk.introduced(&desk.look(message, &Progress::default())).unwrap()
}
