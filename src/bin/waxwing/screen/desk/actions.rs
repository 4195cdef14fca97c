//! What can be done with the open message.

use iced::widget::{column, container, row};
use iced::{Center, Length};
use waxwing::jobs::{Progress, Readers, Seal};
use waxwing::report::{Code, Privacy, Report, Tone};
use waxwing::text::{self, tr};

use super::Message;
use super::open::Open;
use super::update::trustable;
use crate::theme::{Look, edge, space};
use crate::widget::sign::{Sign, sign};
use crate::widget::{Element, button, surface, words};

/// The bar below the message.
pub fn bar<'a>(look: Look, open: &'a Open, progress: &Progress) -> Element<'a, Message> {
    let content: Element<'a, Message> = if open.busy {
        working(look, progress)
    } else if open.is_sealed() {
        opened(look, open)
    } else {
        plain(look, open)
    };
    let bar = surface::bar(look, content).padding([space::M, space::XL]).width(Length::Fill);
    column![surface::line(look), bar].into()
}

fn working<'a>(look: Look, progress: &Progress) -> Element<'a, Message> {
    let (done, total) = progress.get();
    #[allow(clippy::cast_precision_loss, reason = "a bar on a screen")]
    let share = if total == 0 { 0.0 } else { done as f32 / total as f32 };
    let cancel = button::quiet(look, tr!("window-cancel"), Some(Message::Cancel));
    let bar = column![words::body(look, tr!("desk-working")), surface::progress(look, share)].spacing(space::S);
    row![bar.width(Length::Fill), cancel].spacing(space::L).align_y(Center).into()
}

fn opened<'a>(look: Look, open: &'a Open) -> Element<'a, Message> {
    let report = open.report();
    let mut all = Vec::new();
    match report.privacy {
        Privacy::NeedsUnlock => all.push(button::primary(look, tr!("wallet-unlock"), Some(Message::Unlock))),
        Privacy::Locked if says(report, Code::NeedsPassword) || says(report, Code::WrongPassword) => {
            all.push(button::primary(look, tr!("desk-type-password"), Some(Message::AskPassword)));
        }
        // There is no place for such a key in the wallet.
        Privacy::Locked if says(report, Code::NeedsSecretKey) || says(report, Code::WrongSecretKey) => {}
        Privacy::Locked => all.push(button::primary(look, tr!("wallet-import"), Some(Message::Import))),
        Privacy::Opened | Privacy::OpenedUnauthenticated | Privacy::OpenedWeak => {
            all.push(button::primary(look, tr!("desk-save-decrypted"), Some(Message::SaveDecrypted)));
        }
        Privacy::None | Privacy::Damaged => {}
    }
    if says(report, Code::IssuerAvailable) {
        all.push(button::quiet(look, tr!("desk-fetch-issuers"), Some(Message::FetchIssuers)));
    }
    if trustable(report).is_some() {
        all.push(button::quiet(look, tr!("desk-trust"), Some(Message::Trust)));
    }
    if !open.introduced.is_empty() {
        all.push(button::quiet(look, tr!("desk-keep"), Some(Message::Keep)));
    }
    all.push(button::quiet(look, tr!("desk-save-evidence"), Some(Message::SaveEvidence)));
    let certificate = text::speaker(report).and_then(|signer| signer.certificate.clone()).map(|certificate| {
        button::quiet(look, tr!("desk-certificate"), Some(Message::Certificate(Box::new(certificate))))
    });
    row![row(all).spacing(space::S).wrap(), iced::widget::space::horizontal(), certificate]
        .spacing(space::S)
        .align_y(Center)
        .into()
}

/// Whether a finding is in a report.
fn says(report: &Report, code: Code) -> bool {
    let signers = report.layers.iter().flat_map(|layer| &layer.signers).flat_map(|signer| &signer.findings);
    report.layers.iter().flat_map(|layer| &layer.findings).chain(signers).any(|finding| finding.code == code)
}

fn plain<'a>(look: Look, open: &'a Open) -> Element<'a, Message> {
    let readers = open.readers.as_ref().and_then(|readers| readers.as_ref().ok());
    let can_sign = readers.is_some_and(|readers| readers.can_sign);
    let can_encrypt = readers.is_some_and(|readers| readers.missing.is_empty() && !readers.known.is_empty());
    let seal = |sign: bool, encrypt: bool| {
        let sign = sign.then_some(waxwing::jobs::SignWith::Sender);
        let triple = open.triple && sign.is_some() && encrypt;
        Some(Message::Seal(Seal { sign, encrypt, triple, protect: Some(open.protect), ..Seal::default() }))
    };
    let ways = row![
        button::tick(look, tr!("desk-protect-headers"), open.protect, Message::Protect(!open.protect)),
        button::tick(look, tr!("desk-triple"), open.triple, Message::Triple(!open.triple)),
    ];
    let buttons = row![
        button::primary(look, tr!("desk-sign-and-encrypt"), seal(true, true).filter(|_| can_sign && can_encrypt)),
        button::signed(look, Sign::Stamp, tr!("desk-sign"), seal(true, false).filter(|_| can_sign)),
        button::signed(look, Sign::Lock, tr!("desk-encrypt"), seal(false, true).filter(|_| can_encrypt)),
        button::quiet(look, tr!("desk-save-evidence"), Some(Message::SaveEvidence)),
    ];
    // What a message is made with stands before what makes it.
    column![ways.spacing(space::S).wrap(), buttons.spacing(space::S).wrap()].spacing(space::S).into()
}

/// For a message that can be sealed: who could read it, and whose certificate is missing.
pub fn readers<'a>(look: Look, open: &'a Open) -> Option<Element<'a, Message>> {
    if open.is_sealed() {
        return None;
    }
    Some(match open.readers.as_ref()? {
        Ok(readers) => readable_by(look, readers),
        Err(failure) => {
            let said = column![words::strong(look, failure.what.as_str()), words::body(look, failure.todo.as_str())];
            surface::notice(look, Tone::Grey, said).into()
        }
    })
}

fn readable_by<'a>(look: Look, readers: &'a Readers) -> Element<'a, Message> {
    let palette = look.palette;
    let known = readers.known.iter().map(|(address, certificate)| {
        let issuer = words::caption(look, tr!("desk-reader-known", issuer = certificate.issuer_name()));
        let who = column![words::body(look, address.as_str()), issuer].width(Length::Fill);
        row![sign(look, Sign::Check, edge::SIGN, palette.green.text), who].spacing(space::S).into()
    });
    let missing = readers.missing.iter().map(|(address, reason)| {
        let who =
            column![words::body(look, address.as_str()), words::caption(look, reason.as_str())].width(Length::Fill);
        row![sign(look, Sign::Cross, edge::SIGN, palette.amber.text), who].spacing(space::S).into()
    });
    let import = (!readers.missing.is_empty()).then(|| {
        let hint = words::body(look, tr!("desk-missing-hint", count = readers.missing.len())).width(Length::Fill);
        let import = button::signed(look, Sign::Import, tr!("wallet-import"), Some(Message::Import));
        row![hint, import].spacing(space::M).align_y(Center)
    });
    let no_signer = (!readers.can_sign).then(|| {
        let mark = sign(look, Sign::Note, edge::SIGN, palette.soft);
        row![mark, words::body(look, tr!("desk-cannot-sign")).width(Length::Fill)].spacing(space::S)
    });
    let nobody =
        (readers.known.is_empty() && readers.missing.is_empty()).then(|| words::body(look, tr!("desk-no-readers")));
    let heading = surface::heading(look, &tr!("desk-readers"));
    let list = column![heading, nobody].extend(known).extend(missing).spacing(space::S);
    surface::card(look, 0, container(column![list, import, no_signer].spacing(space::M))).into()
}
