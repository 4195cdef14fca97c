//! Certificate policies: what authorities say about them, and what is asked.

use super::*;
use crate::pki::policies::ValidPolicies;

/// Policies `1.2.1`, `1.2.2` and so on; 0 is anyPolicy.
fn id(number: u8) -> Vec<u8> {
    match number {
        0 => tlv(0x06, &[rfc5280::ANY_POLICY.as_bytes()]),
        number => tlv(0x06, &[&[0x2a, number]]),
    }
}

fn policies(all: &[u8]) -> Extension {
    let all: Vec<_> = all.iter().map(|number| tlv(0x30, &[&id(*number)])).collect();
    Extension::new(rfc5280::ID_CE_CERTIFICATE_POLICIES, true, tlv(0x30, &[&all.concat()]))
}

fn mappings(all: &[(u8, u8)]) -> Extension {
    let all: Vec<_> = all.iter().map(|(from, to)| tlv(0x30, &[&id(*from), &id(*to)])).collect();
    Extension::new(rfc5280::ID_CE_POLICY_MAPPINGS, true, tlv(0x30, &[&all.concat()]))
}

fn constraints(explicit: Option<u8>, mapping: Option<u8>) -> Extension {
    let skip = |tag: u8, skip: Option<u8>| skip.map(|skip| tlv(tag, &[&[skip]])).unwrap_or_default();
    let value = tlv(0x30, &[&skip(0x80, explicit), &skip(0x81, mapping)]);
    Extension::new(rfc5280::ID_CE_POLICY_CONSTRAINTS, true, value)
}

fn no_any(skip: u8) -> Extension {
    Extension::new(rfc5280::ID_CE_INHIBIT_ANY_POLICY, true, vec![2, 1, skip])
}

/// A path of three below its anchor: the extensions of the upper authority, of the lower one and of the leaf.
type Said = [Vec<Extension>; 3];

fn ask([upper, lower, leaf]: &Said, policies: &PolicyRequest) -> Result<ValidPolicies, (String, Rule)> {
    let [root, one, two, anna] = ["Root", "Upper", "Lower", "Anna"].map(party);
    let authority = |extensions: &[Extension]| [&[basic(true, None)], extensions].concat();
    let (upper, lower) = (root.issue(&one, (-9, 9), authority(upper)), one.issue(&two, (-9, 9), authority(lower)));
    let leaf = two.issue(&anna, (-9, 9), leaf.clone());
    let mut anchors = Anchors::default();
    anchors.add(root.issue(&root, (-9, 9), vec![basic(true, None)]), AnchorSource::Given);
    let found = build(&Request {
        leaf: &leaf,
        intermediates: &[upper, lower],
        anchors: &anchors,
        at: now(),
        purpose: Purpose::Signing,
        budget: 9,
        policies: policies.clone(),
    });
    found.map(|path| path.policies().clone()).map_err(|error| (error.certificate.name(), error.rule))
}

fn texts(all: &[u8]) -> Vec<String> {
    all.iter().map(|number| if *number == 0 { "anyPolicy".to_owned() } else { format!("1.2.{number}") }).collect()
}

fn numbers(all: &std::collections::BTreeSet<PolicyId>) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

/// Policies are kept to from the top down; what breaks them is named with what was found and what was needed. The request asks
/// first for nothing, then for any policy, then for 1.2.1.
#[test]
fn every_step() {
    let say = |all: &[u8]| vec![policies(all)];
    let policy = |found: &[u8], needed: &[u8]| Rule::Policy { found: texts(found), needed: texts(needed) };
    let with = |all: &[u8], more: Extension| vec![policies(all), more];
    let mapped = || Rule::PolicyMappingInhibited { found: vec!["1.2.1 → 1.2.3".to_owned()] };
    let maps_any = || Rule::MapsAnyPolicy { from: "anyPolicy".to_owned(), to: "1.2.3".to_owned() };
    let any_inhibited = |found: &[u8]| Rule::AnyPolicyInhibited { found: texts(found) };
    type Expected = Result<&'static [u8], (&'static str, Rule)>;
    let rows: Vec<(&str, Said, [Expected; 3])> = vec![
        (
            "none at all",
            [vec![], vec![], vec![]],
            [Ok(&[]), Err(("Upper", policy(&[], &[0]))), Err(("Upper", policy(&[], &[0])))],
        ),
        ("one", [say(&[1]), say(&[1]), say(&[1])], [Ok(&[1]), Ok(&[1]), Ok(&[1])]),
        ("another", [say(&[2]), say(&[2, 1]), say(&[2])], [Ok(&[2]), Ok(&[2]), Err(("Anna", policy(&[2], &[1])))]),
        (
            "lost on the way",
            [say(&[1, 2]), say(&[3]), say(&[1])],
            [Ok(&[]), Err(("Lower", policy(&[3], &[1, 2]))), Err(("Lower", policy(&[3], &[1, 2])))],
        ),
        ("any", [say(&[0]), say(&[0]), say(&[0])], [Ok(&[0]), Ok(&[0]), Ok(&[1])]),
        ("any, then one", [say(&[0]), say(&[0, 2]), say(&[1])], [Ok(&[1]), Ok(&[1]), Ok(&[1])]),
        (
            "asked for above",
            [with(&[1], constraints(Some(0), None)), say(&[1]), say(&[2])],
            [Err(("Anna", policy(&[2], &[1]))), Err(("Anna", policy(&[2], &[1]))), Err(("Anna", policy(&[2], &[1])))],
        ),
        (
            "asked for above, but for later",
            [with(&[1], constraints(Some(3), None)), say(&[1]), vec![]],
            [Ok(&[]), Err(("Anna", policy(&[], &[1]))), Err(("Anna", policy(&[], &[1])))],
        ),
        ("mapped", [with(&[1], mappings(&[(1, 3), (2, 4)])), say(&[3]), say(&[3])], [Ok(&[1]), Ok(&[1]), Ok(&[1])]),
        ("mapped out of any", [with(&[0], mappings(&[(1, 3)])), say(&[3]), say(&[0])], [Ok(&[1]), Ok(&[1]), Ok(&[1])]),
        (
            "mapped where it is forbidden",
            [with(&[1], constraints(None, Some(0))), with(&[1], mappings(&[(1, 3)])), say(&[3])],
            [Ok(&[]), Err(("Lower", mapped())), Err(("Lower", mapped()))],
        ),
        (
            "mapped from any",
            [with(&[1], mappings(&[(0, 3)])), say(&[3]), say(&[3])],
            [Err(("Upper", maps_any())), Err(("Upper", maps_any())), Err(("Upper", maps_any()))],
        ),
        (
            "any where it is forbidden",
            [with(&[1], no_any(0)), say(&[0, 2]), say(&[1])],
            [Ok(&[]), Err(("Lower", any_inhibited(&[0, 2]))), Err(("Lower", any_inhibited(&[0, 2])))],
        ),
        ("any where it is allowed once", [with(&[1], no_any(1)), say(&[0]), say(&[1])], [Ok(&[1]), Ok(&[1]), Ok(&[1])]),
    ];
    let one = Some([PolicyId::from(ObjectIdentifier::new_unwrap("1.2.1"))].into());
    let requests = [
        PolicyRequest::default(),
        PolicyRequest { explicit: true, ..PolicyRequest::default() },
        PolicyRequest { explicit: true, acceptable: one, ..PolicyRequest::default() },
    ];
    for (case, said, expected) in rows {
        for (request, expected) in requests.iter().zip(expected) {
            let found = ask(&said, request).map(|valid| numbers(&valid.user));
            let expected = expected.map(texts).map_err(|(name, rule)| (name.to_owned(), rule));
            assert_eq!(found, expected, "{case}, {request:?}");
        }
    }
}

/// What the request forbids counts from the first certificate on.
#[test]
fn requests_forbid() {
    let say = |all: &[u8]| vec![policies(all)];
    let explicit = PolicyRequest { explicit: true, ..PolicyRequest::default() };
    let any = [say(&[0]), say(&[1]), say(&[1])];
    assert!(ask(&any, &explicit).is_ok());
    let no_any = PolicyRequest { inhibit_any: true, ..explicit.clone() };
    assert_eq!(ask(&any, &no_any), Err(("Upper".to_owned(), Rule::AnyPolicyInhibited { found: texts(&[0]) })));
    let mapped = [vec![policies(&[1]), mappings(&[(1, 3)])], say(&[3]), say(&[3])];
    assert!(ask(&mapped, &explicit).is_ok());
    let no_mapping = PolicyRequest { inhibit_mapping: true, ..explicit };
    let rule = Rule::PolicyMappingInhibited { found: vec!["1.2.1 → 1.2.3".to_owned()] };
    assert_eq!(ask(&mapped, &no_mapping), Err(("Upper".to_owned(), rule)));
}

/// Authorities that map every policy to every other (which makes a tree grow beyond all memory, CVE-2023-0464) are dealt with at
/// once; damaged extensions and those beyond all measure break the path.
#[test]
fn hostile_policies() {
    let many: Vec<u8> = (1..=20).collect();
    let crossed: Vec<(u8, u8)> = many.iter().flat_map(|from| many.iter().map(move |to| (*from, *to))).collect();
    let authority = || vec![basic(true, None), policies(&many), mappings(&crossed)];
    let root = party("Root");
    let mut anchors = Anchors::default();
    anchors.add(root.authority(&root), AnchorSource::Given);
    let (mut last, mut chain) = (root, Vec::new());
    for number in 0..18 {
        let next = party(&format!("CA {number}"));
        chain.push(last.issue(&next, (-9, 9), authority()));
        last = next;
    }
    let leaf = last.issue(&party("Anna"), (-9, 9), vec![policies(&[7])]);
    let explicit = PolicyRequest { explicit: true, ..PolicyRequest::default() };
    let started = std::time::Instant::now();
    let path = build(&Request {
        leaf: &leaf,
        intermediates: &chain,
        anchors: &anchors,
        at: now(),
        purpose: Purpose::Signing,
        budget: 50,
        policies: explicit.clone(),
    });
    assert_eq!(numbers(&path.unwrap().policies().authority), texts(&many));
    assert!(started.elapsed().as_secs() < 20);

    let oid = |id: ObjectIdentifier| Rule::DamagedExtension { oid: id.to_string() };
    let of = |id, value: Vec<u8>| Extension::new(id, false, value);
    for (extension, id) in [
        (of(rfc5280::ID_CE_CERTIFICATE_POLICIES, vec![0x30, 2, 5, 0]), rfc5280::ID_CE_CERTIFICATE_POLICIES),
        (policies(&[1; 255].repeat(3)), rfc5280::ID_CE_CERTIFICATE_POLICIES),
        (mappings(&[(1, 2); 600]), rfc5280::ID_CE_POLICY_MAPPINGS),
        (of(rfc5280::ID_CE_POLICY_MAPPINGS, tlv(0x30, &[&tlv(0x30, &[&id(1)])])), rfc5280::ID_CE_POLICY_MAPPINGS),
        (constraints(Some(0xff), None), rfc5280::ID_CE_POLICY_CONSTRAINTS),
        (no_any(0x80), rfc5280::ID_CE_INHIBIT_ANY_POLICY),
    ] {
        let found = ask(&[vec![extension], vec![], vec![]], &PolicyRequest::default());
        assert_eq!(found, Err(("Upper".to_owned(), oid(id))));
    }
}
