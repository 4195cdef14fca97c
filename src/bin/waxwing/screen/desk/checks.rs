//! The checks one by one, and the chain of certificates as a picture.

use iced::widget::{Column, column, container, row};
use iced::{Center, Color, Length};
use waxwing::report::{
    CertificateReport, Code, IdentityState, Integrity, Rank, Report, Revocation, SignerReport, Tone, TrustState,
};
use waxwing::text::{self, tr};

use super::Message;
use crate::format;
use crate::theme::{Look, edge, space};
use crate::widget::sign::{Sign, sign};
use crate::widget::{Element, button, surface, words};

/// One check: what was looked at, how it came out, in words.
struct Check {
    tone: Tone,
    name: String,
    words: String,
}

/// The checks and the chain of the signer who speaks for the message.
pub fn column_of<'a>(look: Look, report: &Report) -> Option<Column<'a, Message>> {
    let speaker = text::speaker(report)?;
    let signers = report.layers.iter().flat_map(|layer| &layer.signers);
    let others = signers.filter(|signer| !std::ptr::eq(*signer, speaker)).map(|signer| of_signer(look, signer, true));
    Some(column![of_signer(look, speaker, false)].extend(others).spacing(space::XL).padding(space::L))
}

fn of_signer<'a>(look: Look, signer: &SignerReport, named: bool) -> Element<'a, Message> {
    let heading = if named { tr!("desk-checks-of", name = text::named(signer)) } else { tr!("desk-checks") };
    let rows = checks(signer).into_iter().map(|check| row_of(look, check));
    // What a row says already is not said twice.
    let said = |code: Code| {
        use Code::{DigestMismatch, NoAddress, NoSigningTime, RevocationNotChecked};
        matches!(code, DigestMismatch | NoAddress | NoSigningTime | RevocationNotChecked)
    };
    let findings = signer.findings.iter().filter(|finding| !said(finding.code)).map(|finding| {
        let tone = match finding.rank() {
            Rank::Error => Tone::Red,
            Rank::Warning => Tone::Amber,
            Rank::Note => Tone::Grey,
        };
        note(look, tone, text::finding(finding))
    });
    let chain = (!signer.chain_certificates.is_empty())
        .then(|| column![surface::heading(look, &tr!("desk-chain")), chain(look, signer)].spacing(space::M));
    column![surface::heading(look, &heading)]
        .extend(rows)
        .extend(findings)
        .push(chain.map(|chain| container(chain).padding(iced::Padding::ZERO.top(space::M))))
        .spacing(space::M)
        .into()
}

fn mark<'a>(look: Look, tone: Tone) -> Element<'a, Message> {
    let shape = match tone {
        Tone::Green => Sign::Check,
        Tone::Amber => Sign::Warning,
        Tone::Red => Sign::Cross,
        Tone::Grey | Tone::Neutral => Sign::Dash,
    };
    sign(look, shape, edge::SIGN, look.palette.tone(tone).text)
}

fn row_of<'a>(look: Look, check: Check) -> Element<'a, Message> {
    let name = words::strong(look, check.name).width(look.grown(edge::LABEL));
    row![mark(look, check.tone), name, words::soft(look, check.words).width(Length::Fill)].spacing(space::S).into()
}

fn note<'a>(look: Look, tone: Tone, said: String) -> Element<'a, Message> {
    let shape = match tone {
        Tone::Red => Sign::Cross,
        Tone::Amber => Sign::Warning,
        _ => Sign::Note,
    };
    let mark = sign(look, shape, edge::SIGN, look.palette.tone(tone).text);
    row![mark, words::body(look, said).width(Length::Fill)].spacing(space::S).into()
}

fn found(signer: &SignerReport, codes: &[Code]) -> bool {
    signer.findings.iter().any(|finding| codes.contains(&finding.code))
}

fn checks(signer: &SignerReport) -> Vec<Check> {
    let check = |tone, name, words| Check { tone, name, words };
    let mut all = vec![match signer.integrity {
        Integrity::Intact => check(Tone::Green, tr!("desk-check-content"), tr!("desk-content-intact")),
        Integrity::Altered => check(Tone::Red, tr!("desk-check-content"), tr!("desk-content-altered")),
        Integrity::Unchecked => check(Tone::Grey, tr!("desk-check-content"), tr!("desk-content-unchecked")),
    }];
    let Some(certificate) = &signer.certificate else {
        all.push(check(Tone::Grey, tr!("desk-check-certificate"), tr!("desk-certificate-missing")));
        return all;
    };
    let addresses = signer.addresses.join(", ");
    all.push(match signer.identity {
        IdentityState::Matches => {
            check(Tone::Green, tr!("desk-check-signer"), tr!("desk-signer-matches", address = addresses))
        }
        IdentityState::Differs => {
            check(Tone::Red, tr!("desk-check-signer"), tr!("desk-signer-differs", address = addresses))
        }
        IdentityState::NoAddress => check(Tone::Amber, tr!("desk-check-signer"), tr!("desk-signer-no-address")),
    });
    let until = format::report_day(&certificate.not_after);
    let (tone, words) = if found(signer, &[Code::NotYetValid]) {
        let from = format::report_day(&certificate.not_before);
        (Tone::Red, tr!("desk-certificate-not-yet", day = from))
    } else if found(signer, &[Code::ExpiredAtSigning]) {
        (Tone::Amber, tr!("desk-certificate-expired", day = until))
    } else if found(signer, &[Code::ExpiredSince]) {
        (Tone::Amber, tr!("desk-certificate-expired-since", day = until))
    } else if found(signer, &[Code::NotForMail, Code::KeyUsage]) {
        (Tone::Red, tr!("desk-certificate-not-for-mail"))
    } else {
        (Tone::Green, tr!("desk-certificate-valid", day = until))
    };
    all.push(check(tone, tr!("desk-check-certificate"), words));
    let issuer = certificate.issuer_name.clone();
    all.push(match signer.trust {
        TrustState::Anchored => {
            check(Tone::Green, tr!("desk-check-issuer"), tr!("desk-issuer-anchored", issuer = issuer))
        }
        TrustState::Pinned => check(Tone::Green, tr!("desk-check-issuer"), tr!("desk-issuer-pinned")),
        TrustState::UnknownIssuer => {
            check(Tone::Amber, tr!("desk-check-issuer"), tr!("desk-issuer-unknown", issuer = issuer))
        }
        TrustState::Rejected => {
            check(Tone::Red, tr!("desk-check-issuer"), tr!("desk-issuer-rejected", issuer = issuer))
        }
    });
    all.push(match signer.revocation {
        Revocation::Good => check(Tone::Green, tr!("desk-check-withdrawal"), tr!("desk-withdrawal-good")),
        Revocation::Revoked => check(Tone::Red, tr!("desk-check-withdrawal"), tr!("desk-withdrawal-revoked")),
        Revocation::Unknown => check(Tone::Grey, tr!("desk-check-withdrawal"), tr!("desk-withdrawal-unknown")),
        Revocation::NotChecked => check(Tone::Grey, tr!("desk-check-withdrawal"), tr!("desk-withdrawal-not-checked")),
    });
    all.push(match &signer.signing_time {
        Some(time) => {
            check(Tone::Neutral, tr!("desk-check-time"), tr!("desk-time-claimed", moment = format::report_moment(time)))
        }
        None => check(Tone::Neutral, tr!("desk-check-time"), tr!("desk-time-none")),
    });
    all
}

/// From the signer up to the anchor: a card for each, linked.
fn chain<'a>(look: Look, signer: &SignerReport) -> Element<'a, Message> {
    let tone = match signer.trust {
        TrustState::Anchored | TrustState::Pinned => Tone::Green,
        TrustState::UnknownIssuer => Tone::Amber,
        TrustState::Rejected => Tone::Red,
    };
    let last = signer.chain_certificates.len().saturating_sub(1);
    let mut all = Column::new();
    for (at, certificate) in signer.chain_certificates.iter().enumerate() {
        if at > 0 {
            all = all.push(link(look));
        }
        let anchored = at == last && signer.trust == TrustState::Anchored;
        let tone = match signer.chain_revocation.get(at) {
            Some(Revocation::Revoked) => Tone::Red,
            _ => tone,
        };
        let shape = match (tone, anchored) {
            (_, true) => Sign::Star,
            (Tone::Green, _) => Sign::Check,
            (Tone::Red, _) => Sign::Cross,
            _ => Sign::Dash,
        };
        all = all.push(link_card(look, tone, shape, certificate, describe(signer, certificate, at, anchored)));
    }
    all.into()
}

fn describe(signer: &SignerReport, certificate: &CertificateReport, at: usize, anchored: bool) -> String {
    let until = format::report_day(&certificate.not_after);
    let about = match (at, anchored) {
        (0, _) => match signer.addresses.first() {
            Some(address) => tr!("desk-chain-signer", address = address.clone(), day = until),
            None => tr!("desk-chain-until", day = until),
        },
        (_, true) => tr!("desk-chain-anchor"),
        _ => tr!("desk-chain-issuer", day = until),
    };
    match signer.chain_revocation.get(at) {
        Some(Revocation::Revoked) => tr!("desk-chain-revoked", about = about),
        Some(Revocation::Unknown) => tr!("desk-chain-unknown", about = about),
        Some(Revocation::Good | Revocation::NotChecked) | None => about,
    }
}

fn link<'a>(look: Look) -> Element<'a, Message> {
    let line = container(surface::upright(look)).height(edge::LINK);
    row![line].padding(iced::Padding::ZERO.left(look.grown(edge::SIGN) / 2.0 + space::M)).into()
}

fn link_card<'a>(
    look: Look,
    tone: Tone,
    shape: Sign,
    certificate: &CertificateReport,
    about: String,
) -> Element<'a, Message> {
    let color: Color = look.palette.tone(tone).text;
    let names = column![words::strong(look, certificate.name.clone()), words::caption(look, about)]
        .spacing(space::XS)
        .width(Length::Fill);
    let inner = row![sign(look, shape, edge::SIGN, color), names].spacing(space::M).align_y(Center);
    button::card(look, tone, inner, Message::Certificate(Box::new(certificate.clone())))
}
