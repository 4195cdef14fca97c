//! The verdict is a pure function of facts: every row of docs/verdicts.md, and what must hold over all combinations.

use waxwing::policy::RevocationPolicy::{self, Off, Prefer, Require};
use waxwing::report::{
    Covers, Facts, IdentityState, Integrity, Layer, LayerKind, Privacy, Revocation, SignerReport, TrustState, Validity,
    Verdict, judge, message,
};

const GOOD: Facts = Facts {
    integrity: Integrity::Intact,
    trust: TrustState::Anchored,
    validity: Validity::Valid,
    identity: IdentityState::Matches,
    sender_clear: true,
    revocation: Revocation::Good,
    weak: false,
    covers: Covers::Whole,
};

/// Each flaw alone gives its own verdict, and every verdict about a signature is reached.
#[test]
fn every_flaw_has_its_verdict() {
    let rows: &[(Facts, RevocationPolicy, Verdict)] = &[
        (GOOD, Require, Verdict::Verified),
        (Facts { trust: TrustState::Pinned, ..GOOD }, Require, Verdict::Pinned),
        (Facts { trust: TrustState::UnknownIssuer, ..GOOD }, Prefer, Verdict::UnknownIssuer),
        (Facts { trust: TrustState::Rejected, ..GOOD }, Prefer, Verdict::Rejected),
        (Facts { identity: IdentityState::NoAddress, ..GOOD }, Prefer, Verdict::NoAddress),
        (Facts { identity: IdentityState::Differs, ..GOOD }, Prefer, Verdict::OtherSigner),
        (Facts { validity: Validity::ExpiredSince, ..GOOD }, Prefer, Verdict::ExpiredSince),
        (Facts { validity: Validity::ExpiredAtSigning, ..GOOD }, Prefer, Verdict::ExpiredAtSigning),
        (Facts { validity: Validity::NotYetValid, ..GOOD }, Prefer, Verdict::Rejected),
        (Facts { weak: true, ..GOOD }, Prefer, Verdict::Weak),
        (Facts { sender_clear: false, ..GOOD }, Prefer, Verdict::SenderUnclear),
        (Facts { covers: Covers::Part, ..GOOD }, Prefer, Verdict::PartlySigned),
        (Facts { revocation: Revocation::Revoked, ..GOOD }, Off, Verdict::Revoked),
        (Facts { revocation: Revocation::Unknown, ..GOOD }, Require, Verdict::RevocationUnknown),
        (Facts { revocation: Revocation::NotChecked, ..GOOD }, Require, Verdict::RevocationUnknown),
        (Facts { revocation: Revocation::Unknown, ..GOOD }, Prefer, Verdict::Verified),
        (Facts { revocation: Revocation::NotChecked, ..GOOD }, Off, Verdict::Verified),
        (Facts { integrity: Integrity::Altered, ..GOOD }, Prefer, Verdict::Altered),
        (Facts { integrity: Integrity::Unchecked, ..GOOD }, Prefer, Verdict::Unreadable),
    ];
    for (facts, policy, expected) in rows {
        assert_eq!(judge(facts, *policy), *expected, "{facts:?} {policy:?}");
    }
    let reached: Vec<_> = rows.iter().map(|(_, _, verdict)| *verdict).collect();
    for verdict in Verdict::ALL.iter().filter(|verdict| **verdict != Verdict::Unsigned) {
        assert!(reached.contains(verdict), "{verdict:?} is in no row");
    }
}

fn combinations() -> impl Iterator<Item = (Facts, RevocationPolicy)> {
    use IdentityState::{Differs, Matches, NoAddress};
    use Integrity::{Altered, Intact, Unchecked};
    use Revocation::{Good, NotChecked, Revoked, Unknown};
    use TrustState::{Anchored, Pinned, Rejected, UnknownIssuer};
    let mut all = Vec::new();
    for integrity in [Intact, Altered, Unchecked] {
        for trust in [Anchored, Pinned, UnknownIssuer, Rejected] {
            for validity in [Validity::Valid, Validity::ExpiredSince, Validity::ExpiredAtSigning, Validity::NotYetValid]
            {
                for identity in [Matches, Differs, NoAddress] {
                    for revocation in [Good, Revoked, Unknown, NotChecked] {
                        for flags in 0..8 {
                            let (sender_clear, weak) = (flags & 1 == 0, flags & 2 != 0);
                            let covers = if flags & 4 == 0 { Covers::Whole } else { Covers::Part };
                            for policy in [Off, Prefer, Require] {
                                let facts = Facts {
                                    integrity,
                                    trust,
                                    validity,
                                    identity,
                                    sender_clear,
                                    revocation,
                                    weak,
                                    covers,
                                };
                                all.push((facts, policy));
                            }
                        }
                    }
                }
            }
        }
    }
    all.into_iter()
}

/// Green only where integrity, trust, validity, identity and policy all hold; never `unsigned`.
#[test]
fn green_means_everything_holds() {
    for (facts, policy) in combinations() {
        let verdict = judge(&facts, policy);
        let holds = facts.integrity == Integrity::Intact
            && matches!(facts.trust, TrustState::Anchored | TrustState::Pinned)
            && facts.validity == Validity::Valid
            && facts.identity == IdentityState::Matches
            && facts.sender_clear
            && !facts.weak
            && facts.covers == Covers::Whole
            && facts.revocation != Revocation::Revoked
            && (policy != Require || facts.revocation == Revocation::Good);
        assert_eq!(verdict.is_good(), holds, "{facts:?} {policy:?} gave {verdict:?}");
        assert_ne!(verdict, Verdict::Unsigned);
    }
}

/// A second flaw never makes a verdict better: the worst counts.
#[test]
fn another_flaw_never_improves_a_verdict() {
    for (facts, policy) in combinations().filter(|(facts, _)| facts.integrity != Integrity::Unchecked) {
        let before = judge(&facts, policy);
        for worse in [
            Facts { integrity: Integrity::Altered, ..facts },
            Facts { revocation: Revocation::Revoked, ..facts },
            Facts { trust: TrustState::Rejected, ..facts },
            Facts { identity: IdentityState::Differs, ..facts },
            Facts { covers: Covers::Part, ..facts },
            Facts { sender_clear: false, ..facts },
            Facts { weak: true, ..facts },
        ] {
            assert!(judge(&worse, policy) <= before, "{facts:?} to {worse:?} under {policy:?}");
        }
    }
}

fn signer(verdict: Verdict) -> SignerReport {
    let identity = if verdict == Verdict::OtherSigner { IdentityState::Differs } else { IdentityState::Matches };
    let integrity = if verdict == Verdict::Altered { Integrity::Altered } else { Integrity::Intact };
    SignerReport {
        verdict,
        name: "Anna".into(),
        addresses: vec![],
        integrity,
        trust: TrustState::Anchored,
        identity,
        revocation: Revocation::NotChecked,
        signing_time: None,
        digest: "sha-256".into(),
        algorithm: "rsa-pkcs1v15".into(),
        certificate: None,
        chain: vec![],
        chain_certificates: vec![],
        chain_revocation: Vec::new(),
        findings: vec![],
    }
}

fn signed(covers: Covers, verdicts: &[Verdict]) -> Layer {
    let mut layer = Layer::new(LayerKind::ClearSigned, covers, 0);
    layer.signers = verdicts.iter().copied().map(signer).collect();
    layer
}

fn encrypted(covers: Covers, privacy: Privacy) -> Layer {
    Layer { privacy, ..Layer::new(LayerKind::Enveloped, covers, 0) }
}

/// What several signers and layers say of the whole message.
#[test]
fn the_message_takes_the_worst_of_what_speaks_for_it() {
    use Covers::{Part, Whole};
    use Verdict::{Altered, ExpiredSince, OtherSigner, PartlySigned, Unreadable, Unsigned, Verified};
    let plain = || Layer::new(LayerKind::Plain, Whole, 0);
    let rows: Vec<(&str, Vec<Layer>, Verdict)> = vec![
        ("nothing", vec![plain()], Unsigned),
        ("certificates only", vec![Layer::new(LayerKind::CertsOnly, Whole, 0)], Unsigned),
        ("encrypted only", vec![encrypted(Whole, Privacy::Opened)], Unsigned),
        ("one signer", vec![signed(Whole, &[Verified])], Verified),
        ("two signers, the worst", vec![signed(Whole, &[Verified, ExpiredSince])], ExpiredSince),
        ("claims to be signed, no signer", vec![signed(Whole, &[])], Unreadable),
        ("inside encryption", vec![encrypted(Whole, Privacy::Opened), signed(Whole, &[Verified])], Verified),
        ("nested, the worst", vec![signed(Whole, &[Verified]), signed(Whole, &[Altered])], Altered),
        ("a good part", vec![signed(Part, &[Verified])], PartlySigned),
        ("a bad part", vec![signed(Part, &[Altered])], Altered),
        ("a part inside a whole", vec![signed(Whole, &[Verified]), signed(Part, &[Altered])], Verified),
        ("passed on", vec![signed(Whole, &[OtherSigner]), signed(Whole, &[Verified])], Verified),
        ("passed on, inner altered", vec![signed(Whole, &[OtherSigner]), signed(Whole, &[Altered])], Altered),
        ("foreign alone", vec![signed(Whole, &[OtherSigner])], OtherSigner),
        ("foreign outer altered", vec![signed(Whole, &[Altered]), signed(Whole, &[Verified])], Altered),
    ];
    for (name, layers, expected) in rows {
        assert_eq!(message::signature(&layers), expected, "{name}");
    }
}

/// Encryption of a part says nothing about the whole.
#[test]
fn privacy_is_the_worst_of_the_whole() {
    use Covers::{Part, Whole};
    let rows = [
        (vec![signed(Whole, &[Verdict::Verified])], Privacy::None),
        (vec![encrypted(Whole, Privacy::Opened), encrypted(Whole, Privacy::Locked)], Privacy::Locked),
        (vec![encrypted(Part, Privacy::Damaged)], Privacy::None),
    ];
    for (layers, expected) in rows {
        assert_eq!(message::privacy(&layers), expected, "{layers:?}");
    }
}
