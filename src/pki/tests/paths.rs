//! Which path is found, and what is said when none is.

use super::*;

/// A path ends at the first anchor, be it a root, an authority below one, or the certificate itself.
#[test]
fn anchors_anywhere() {
    let (root, middle, anna) = (party("Root"), party("Middle"), party("Anna"));
    let (root_cert, middle_cert, leaf) = (root.authority(&root), root.authority(&middle), middle.leaf(&anna));
    for (intermediates, anchors, expected) in [
        (vec![&middle_cert, &root_cert], vec![&root_cert], path(&[&leaf, &middle_cert, &root_cert])),
        (vec![&middle_cert], vec![&root_cert, &middle_cert], path(&[&leaf, &middle_cert])),
        (vec![], vec![&leaf], path(&[&leaf])),
    ] {
        let found = find(&leaf, &intermediates, &anchors).unwrap();
        assert_eq!(found.certificates(), expected);
        assert_eq!((found.anchor_source(), found.is_weak()), (AnchorSource::Wallet, false));
        assert!(matches!(classify(Ok(found)), Trust::Anchored(_)));
    }
    // A trusted certificate of a person makes nobody an authority.
    let bert = party("Bert");
    let by_anna = anna.leaf(&bert);
    let error = find(&by_anna, &[], &[&leaf]).unwrap_err();
    assert_eq!((error.rule, error.certificate), (Rule::NotCa { stated: true }, leaf));
}

/// What is reported when there is no anchor: how far it went, and whether anything is wrong with what is there.
#[test]
fn nobody_known() {
    let (root, middle, anna) = (party("Root"), party("Middle"), party("Anna"));
    let (root_cert, middle_cert, leaf) = (root.authority(&root), root.authority(&middle), middle.leaf(&anna));
    let stranger = party("Middle").authority(&middle);
    let impostor = Party { key: party("").key, name: root.name.clone() };
    let (impostor_cert, by_itself) = (impostor.authority(&impostor), anna.leaf(&anna));
    let mut changed = by_itself.der().to_vec();
    let serial = changed.windows(20).position(|window| window == by_itself.serial()).unwrap();
    changed[serial + 10] ^= 1;
    let changed = Certificate::from_der(&changed).unwrap();
    for (case, leaf, intermediates, anchors, certificate, rule, length, unknown) in [
        ("nothing", &leaf, vec![], vec![], &leaf, Rule::NoIssuer, 1, true),
        ("half of it", &leaf, vec![&middle_cert], vec![], &middle_cert, Rule::NoIssuer, 2, true),
        ("all but trust", &leaf, vec![&middle_cert, &root_cert], vec![], &root_cert, Rule::SelfSigned, 3, true),
        ("beside a stranger", &leaf, vec![&stranger, &middle_cert], vec![], &middle_cert, Rule::NoIssuer, 2, true),
        ("another root", &leaf, vec![&middle_cert], vec![&impostor_cert], &middle_cert, Rule::BadSignature, 2, false),
        ("its own", &by_itself, vec![], vec![&root_cert], &by_itself, Rule::SelfSigned, 1, true),
        ("its own, changed", &changed, vec![], vec![], &changed, Rule::BadSignature, 1, false),
    ] {
        let error = find(leaf, &intermediates, &anchors).unwrap_err();
        assert_eq!((&error.certificate, &error.rule, error.partial.len()), (certificate, &rule, length), "{case}");
        assert_eq!(matches!(classify(Err(error)), Trust::UnknownIssuer(_)), unknown, "{case}");
    }
}

/// Many certificates of one name, and authorities that certify each other, end within the budget.
#[test]
fn hostile_crowds() {
    let (root, a, b, anna) = (party("Root"), party("A"), party("B"), party("Anna"));
    let (leaf, root_cert) = (a.leaf(&anna), root.authority(&root));
    let circle = [b.authority(&a), a.authority(&b), a.authority(&b), b.authority(&a), a.authority(&a)];
    let circle: Vec<_> = circle.iter().collect();
    let error = find(&leaf, &circle, &[]).unwrap_err();
    assert!(matches!(error.rule, Rule::NoIssuer | Rule::SelfSigned), "{:?}", error.rule);
    let way_out = root.authority(&b);
    let with_way_out: Vec<_> = circle.iter().copied().chain([&way_out]).collect();
    assert_eq!(find(&leaf, &with_way_out, &[&root_cert]).unwrap().certificates().last(), Some(&root_cert));

    let strangers: Vec<_> = (0..60)
        .map(|_| root.authority(&Party { key: PrivateKey::generate(KeyKind::P256).unwrap(), name: a.name.clone() }))
        .collect();
    let error = find(&leaf, &strangers.iter().collect::<Vec<_>>(), &[&root_cert]).unwrap_err();
    assert_eq!(error.rule, Rule::Budget { looked_at: 50 });
    assert!(matches!(classify(Err(error)), Trust::UnknownIssuer(_)));

    let mut chain = vec![root.authority(&root)];
    let mut last = root;
    for number in 0..30 {
        let next = party(&format!("CA {number}"));
        chain.push(last.authority(&next));
        last = next;
    }
    let leaf = last.leaf(&anna);
    let error = find(&leaf, &chain.iter().skip(1).collect::<Vec<_>>(), &[&chain[0]]).unwrap_err();
    assert_eq!((error.rule, error.partial.len()), (Rule::NoIssuer, 20));
}

/// Time is in the way only where nothing else is, and a path that is valid now is preferred.
#[test]
fn time() {
    let (root, middle, anna) = (party("Root"), party("Middle"), party("Anna"));
    let ca = |validity| root.issue(&middle, validity, vec![basic(true, None), usage(0x06)]);
    let (root_cert, old, good, future) = (root.authority(&root), ca((-90, -1)), ca((-90, 90)), ca((1, 90)));
    let leaf = middle.leaf(&anna);
    let found = find(&leaf, &[&old, &future, &good], &[&root_cert]).unwrap();
    assert_eq!(found.certificates(), path(&[&leaf, &good, &root_cert]));
    let error = find(&leaf, &[&old], &[&root_cert]).unwrap_err();
    assert_eq!(error.rule, Rule::Expired { not_after: days(-1), at: now() });
    assert_eq!((error.certificate, error.partial), (old.clone(), path(&[&leaf, &old, &root_cert])));
    let error = find(&leaf, &[&future], &[&root_cert]).unwrap_err();
    assert_eq!(error.rule, Rule::NotYetValid { not_before: days(1), at: now() });

    let mut anchors = Anchors::default();
    anchors.add(root_cert.clone(), AnchorSource::Given);
    let request = Request {
        leaf: &leaf,
        intermediates: std::slice::from_ref(&old),
        anchors: &anchors,
        at: now(),
        purpose: Purpose::Signing,
        budget: 9,
        policies: PolicyRequest::default(),
    };
    let built = build(&request).unwrap();
    assert!(built.check_time(days(-5)).is_ok());
    assert!(built.check_time(days(-1) + SignedDuration::from_millis(999)).is_ok(), "the last second belongs to it");
    assert!(built.check_time(days(-1) + SignedDuration::from_secs(1)).is_err());
    assert_eq!(built.check_time(days(200)).unwrap_err().certificate, leaf, "the leaf tells most");

    let web = root.issue(&anna, (-90, -1), vec![purpose(rfc5912::ID_KP_SERVER_AUTH)]);
    let error = find(&web, &[], &[&root_cert]).unwrap_err();
    assert!(matches!(error.rule, Rule::NotForMail { .. }), "not only the time: {:?}", error.rule);
    let ended = root.issue(&root, (-90, -1), vec![basic(true, None)]);
    let by_ended = root.leaf(&anna);
    assert!(matches!(find(&by_ended, &[], &[&ended]).unwrap_err().rule, Rule::Expired { .. }), "anchors end too");
    assert!(find(&by_ended, &[], &[&ended, &root_cert]).is_ok());
}

/// A built-in root that lost its trust vouches for what it issued before, and for no more; neither the user's own trust nor
/// another authority that certified it is touched by that.
#[test]
fn roots_that_ended() {
    let (root, other, anna) = (party("Root"), party("Other"), party("Anna"));
    let (root_cert, other_cert, leaf) = (root.authority(&root), other.authority(&other), root.leaf(&anna));
    let cross = other.authority(&root);
    let ended = |after| Root { certificate: root_cert.clone(), distrust_after: Some(days(after)) };
    let find = |anchors: &Anchors, intermediates: &[Certificate]| {
        let (leaf, purpose) = (&leaf, Purpose::Signing);
        validate(&Request {
            leaf,
            intermediates,
            anchors,
            at: now(),
            purpose,
            budget: 50,
            policies: PolicyRequest::default(),
        })
    };
    let rule = Rule::TrustEnded { distrust_after: days(-11), not_before: days(-10) };
    for (after, expected) in [(-9, None), (-10, None), (-11, Some(rule))] {
        let mut anchors = Anchors::default();
        anchors.add_root(&ended(after));
        let found = find(&anchors, &[]);
        let source = found.as_ref().ok().map(Path::anchor_source);
        assert_eq!(source, expected.is_none().then_some(AnchorSource::BuiltIn));
        let error = found.err();
        assert_eq!(error.as_ref().map(|error| &error.rule), expected.as_ref(), "{after}");
        assert!(error.is_none_or(|error| error.certificate == root_cert && error.rule.is_open()));

        anchors.add(other_cert.clone(), AnchorSource::Given);
        let found = find(&anchors, std::slice::from_ref(&cross)).unwrap();
        let is_other = found.certificates().last() == Some(&other_cert);
        assert_eq!(is_other, after == -11);

        let mut wallet_first = Anchors::default();
        wallet_first.add(root_cert.clone(), AnchorSource::Wallet);
        wallet_first.add_root(&ended(after));
        anchors.add(root_cert.clone(), AnchorSource::Wallet);
        let mut system_too = Anchors::default();
        system_too.add_root(&ended(after));
        system_too.add(root_cert.clone(), AnchorSource::System);
        assert_eq!(system_too.find(&root_cert).map(|anchor| anchor.distrust_after), Some(Some(days(after))));
        for anchors in [wallet_first, anchors] {
            assert_eq!(find(&anchors, &[]).unwrap().anchor_source(), AnchorSource::Wallet, "{after}");
            assert_eq!(anchors.with_subject(root_cert.subject_key()).count(), 1);
        }
    }
}

/// Every rule about what a certificate says, on the leaf and on the authority above it.
#[test]
fn rules() {
    let mail = || purpose(rfc5912::ID_KP_EMAIL_PROTECTION);
    let twice = || vec![usage(0x86), usage(0x86)];
    let damaged = || Extension::new(rfc5280::ID_CE_KEY_USAGE, true, vec![3, 1, 0, 0]);
    let unknown = |critical| Extension::new(NOBODY, critical, vec![5, 0]);
    let usage_oid = || rfc5280::ID_CE_KEY_USAGE.to_string();
    let server = || Rule::NotForMail { found: vec![rfc5912::ID_KP_SERVER_AUTH.to_string()] };
    let leaves = [
        (vec![], None),
        (vec![usage(0x40), mail()], None),
        (vec![purpose(rfc5912::ANY_EXTENDED_KEY_USAGE), unknown(false)], None),
        (
            vec![usage(0x20)],
            Some(Rule::KeyUsage { found: vec!["keyEncipherment"], needed: vec!["digitalSignature", "nonRepudiation"] }),
        ),
        (vec![purpose(rfc5912::ID_KP_SERVER_AUTH)], Some(server())),
        (vec![unknown(true)], Some(Rule::UnknownCriticalExtension { oid: NOBODY.to_string() })),
        (twice(), Some(Rule::DuplicateExtension { oid: usage_oid() })),
        (vec![damaged()], Some(Rule::DamagedExtension { oid: usage_oid() })),
    ];
    let ca = || basic(true, None);
    let authorities = [
        (vec![ca()], None),
        (vec![ca(), usage(0x04), mail()], None),
        (vec![basic(true, Some(0))], None),
        (vec![], Some(Rule::NotCa { stated: false })),
        (vec![usage(0x04)], Some(Rule::NotCa { stated: false })),
        (vec![basic(false, None), usage(0x04)], Some(Rule::NotCa { stated: true })),
        (vec![ca(), usage(0x82)], Some(Rule::CannotSignCertificates { found: vec!["digitalSignature", "cRLSign"] })),
        (vec![ca(), purpose(rfc5912::ID_KP_SERVER_AUTH)], Some(server())),
        (vec![ca(), unknown(true)], Some(Rule::UnknownCriticalExtension { oid: NOBODY.to_string() })),
        ([twice(), vec![ca()]].into_iter().flatten().collect(), Some(Rule::DuplicateExtension { oid: usage_oid() })),
        (vec![ca(), damaged()], Some(Rule::DamagedExtension { oid: usage_oid() })),
    ];
    let (root, middle, anna) = (party("Root"), party("Middle"), party("Anna"));
    let root_cert = root.issue(&root, (-90, 90), vec![ca(), usage(0x04)]);
    for (extensions, rule) in leaves {
        let leaf = root.issue(&anna, (-9, 9), extensions);
        let found = find(&leaf, &[], &[&root_cert]);
        assert_eq!(found.err().map(|error| (error.rule, error.certificate)), rule.map(|rule| (rule, leaf)));
    }
    for (extensions, rule) in authorities {
        let (authority, leaf) = (root.issue(&middle, (-90, 90), extensions), middle.leaf(&anna));
        let found = find(&leaf, &[&authority], &[&root_cert]);
        assert_eq!(found.err().map(|error| (error.rule, error.certificate)), rule.map(|rule| (rule, authority)));
    }
    let shallow = root.issue(&root, (-90, 90), vec![basic(true, Some(0))]);
    let (authority, leaf) = (root.authority(&middle), middle.leaf(&anna));
    let error = find(&leaf, &[&authority], &[&shallow]).unwrap_err();
    assert_eq!((error.rule, error.certificate), (Rule::PathLength { allowed: 0, found: 1 }, shallow));
}

/// Encryption asks for another key usage than signing.
#[test]
fn purposes() {
    let (root, anna) = (party("Root"), party("Anna"));
    let root_cert = root.authority(&root);
    let mut anchors = Anchors::default();
    anchors.add(root_cert, AnchorSource::System);
    for (bits, signs, encrypts) in [(0x80, true, false), (0x08, false, true), (0x88, true, true), (0x20, false, false)]
    {
        let leaf = root.issue(&anna, (-9, 9), vec![usage(bits)]);
        let ask = |purpose| {
            let request = Request {
                leaf: &leaf,
                intermediates: &[],
                anchors: &anchors,
                at: now(),
                purpose,
                budget: 9,
                policies: PolicyRequest::default(),
            };
            validate(&request).is_ok()
        };
        assert_eq!((ask(Purpose::Signing), ask(Purpose::Encryption)), (signs, encrypts), "{bits:02x}");
        assert_eq!((leaf.can_sign(), leaf.can_encrypt()), (signs, encrypts), "{bits:02x}");
    }
}
