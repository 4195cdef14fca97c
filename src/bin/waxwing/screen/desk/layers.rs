//! The layers as envelopes in envelopes, and in the innermost the message itself.

use iced::widget::{Column, column, container, row, sensor};
use iced::{Center, Length};
use waxwing::cms::enveloped::RecipientKind;
use waxwing::report::{Covers, Layer, LayerKind, RecipientReport, Report, ShownField, Tone, Verdict};
use waxwing::text::{self, tr};

use super::Message;
use super::open::{Open, Piece};
use crate::format;
use crate::theme::{Look, edge, space};
use crate::widget::sign::{Sign, lock, seal, sign};
use crate::widget::{Element, button, reader, surface, words};

/// More attachments than this are counted, not shown.
const MOST_ATTACHMENTS: usize = 200;

/// The whole message, envelope by envelope.
pub fn envelopes<'a>(look: Look, open: &'a Open) -> Element<'a, Message> {
    let report = open.report();
    let outermost: Vec<usize> = children(&report.layers, None);
    let outside = parts(look, open, None);
    if outermost.is_empty() {
        return surface::card(look, 0, column![message(look, open), outside].spacing(space::L)).into();
    }
    let cards = outermost.iter().map(|at| envelope(look, open, *at, 0));
    // Where only a part is sealed, header and the text around it stand outside of every envelope.
    let head = (spine(report).is_none()).then(|| message(look, open));
    column![head].extend(cards).push(outside).spacing(space::L).into()
}

/// Layers directly inside a layer (or outermost).
fn children(layers: &[Layer], of: Option<usize>) -> Vec<usize> {
    let depth = of.and_then(|at| layers.get(at)).map_or(0, |layer| layer.depth.saturating_add(1));
    let after = of.map_or(0, |at| at + 1);
    let rest = layers.iter().enumerate().skip(after);
    rest.take_while(|(_, layer)| layer.depth >= depth || of.is_none())
        .filter(|(_, layer)| layer.depth == depth)
        .map(|(at, _)| at)
        .collect()
}

/// The innermost layer that covers the whole message: there its header is shown.
fn spine(report: &Report) -> Option<usize> {
    let whole = |layer: &Layer| layer.covers == Covers::Whole && !layer.privacy.is_shut();
    report.layers.iter().rposition(whole)
}

fn envelope<'a>(look: Look, open: &'a Open, at: usize, level: u32) -> Element<'a, Message> {
    let report = open.report();
    let Some(layer) = report.layers.get(at) else { return column![].into() };
    let inside = children(&report.layers, Some(at)).into_iter().map(|child| envelope(look, open, child, level + 1));
    let here = (spine(report) == Some(at)).then(|| message(look, open));
    let content = column![describe(look, layer)]
        .extend(layer.findings.iter().map(|finding| words::caption(look, text::finding(finding)).into()))
        .push(layer.privacy.is_shut().then(|| recipients(look, layer)))
        .push(here)
        .push(parts(look, open, Some(at)))
        .extend(inside)
        .spacing(space::M);
    let part = layer.covers == Covers::Part && layer.kind != LayerKind::Plain;
    let card = surface::card(look, level, content);
    if part {
        column![words::caption(look, tr!("desk-layer-part")), card].spacing(space::XS).into()
    } else {
        card.into()
    }
}

/// The line at the top of an envelope: its seal or lock, and how it was made.
fn describe<'a>(look: Look, layer: &Layer) -> Element<'a, Message> {
    let line = |mark: Element<'a, Message>, said: String| {
        row![mark, words::caption(look, said).width(Length::Fill)].spacing(space::S).align_y(Center).into()
    };
    match layer.kind {
        LayerKind::ClearSigned | LayerKind::OpaqueSigned => {
            let lines = layer.signers.iter().map(|signer| {
                let methods = [&signer.algorithm, &signer.digest].map(|code| text::method(code));
                let method = methods.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ");
                let said = tr!("desk-layer-signed", name = text::named(signer), method = method);
                line(seal(look, signer.verdict, edge::SIGN), said)
            });
            Column::with_children(lines).spacing(space::XS).into()
        }
        LayerKind::Enveloped | LayerKind::AuthEnveloped => {
            let cipher = text::method(layer.cipher.as_deref().unwrap_or_default());
            let count = layer.recipients.len();
            let password = |recipient: &RecipientReport| recipient.kind == RecipientKind::Password;
            let said = if count > 0 && layer.recipients.iter().all(password) {
                tr!("desk-layer-encrypted-password", cipher = cipher)
            } else {
                tr!("desk-layer-encrypted", cipher = cipher, count = count)
            };
            line(lock(look, layer.privacy, edge::SIGN), said)
        }
        LayerKind::Compressed => line(sign_of(look, Sign::Layers), tr!("desk-layer-compressed")),
        LayerKind::CertsOnly => line(sign_of(look, Sign::Certificate), tr!("desk-layer-certificates")),
        LayerKind::Plain => line(seal(look, Verdict::Unsigned, edge::SIGN), tr!("desk-layer-plain")),
    }
}

fn sign_of<'a>(look: Look, mark: Sign) -> Element<'a, Message> {
    sign(look, mark, edge::SIGN, look.palette.soft)
}

/// Who can read what is shut here.
fn recipients<'a>(look: Look, layer: &Layer) -> Element<'a, Message> {
    let each = layer.recipients.iter().map(|recipient| {
        let who = text::reader(recipient);
        let mark = sign(look, if recipient.mine { Sign::Key } else { Sign::Person }, edge::SIGN, look.palette.soft);
        row![mark, words::body(look, who).width(Length::Fill)].spacing(space::S).into()
    });
    column![words::label(look, tr!("desk-recipients"))].extend(each).spacing(space::S).into()
}

/// Header, and what can be saved.
fn message<'a>(look: Look, open: &'a Open) -> Element<'a, Message> {
    let report = open.report();
    let fields = report.shown.fields.iter().map(|shown| field(look, shown));
    Column::with_children(fields).spacing(space::XS).into()
}

fn field<'a>(look: Look, shown: &'a ShownField) -> Element<'a, Message> {
    let name = words::soft(look, text::field(&shown.name)).width(look.grown(edge::LABEL));
    let value: Element<'a, Message> = match (shown.name.as_str(), shown.value.split_once(" <")) {
        // The name is what people look for; the address beside it is what they should look at.
        ("From", Some((name, address))) if !address.contains('<') => {
            let address = words::body(look, format!("<{address}"));
            row![words::strong(look, name), address].spacing(space::XS).wrap().into()
        }
        ("From", _) => words::strong(look, shown.value.as_str()).into(),
        ("Date", _) => words::body(look, format::mail_date(&shown.value)).into(),
        _ => words::body(look, shown.value.as_str()).into(),
    };
    let protected = shown.protected.then(|| {
        // Not green: whose signature it is, the banner says.
        let mark = sign(look, Sign::Stamp, edge::SIGN, look.palette.soft);
        row![mark, words::caption(look, tr!("desk-field-protected"))].spacing(space::XS).align_y(Center)
    });
    // What stands outside, where others read and change it, beside what stands inside.
    let outside = shown.outside.as_ref().map(|outside| {
        words::caption(look, tr!("desk-field-outside", value = outside.clone())).color(look.palette.amber.text)
    });
    let value = column![value, outside].width(Length::Fill);
    row![name, value, protected].spacing(space::S).into()
}

/// The pieces of text that lie directly in a layer, and after the last the attachments.
fn parts<'a>(look: Look, open: &'a Open, layer: Option<usize>) -> Option<Element<'a, Message>> {
    let report = open.report();
    let lies_here = |at: usize| report.layers.get(at).map(|_| at);
    let mut all: Vec<Element<'a, Message>> = Vec::new();
    let mut at = 0;
    for pieces in open.pieces.chunk_by(|one, other| one.text == other.text) {
        let first = at;
        at += pieces.len();
        let Some(shown) = pieces.first().and_then(|piece| report.shown.texts.get(piece.text)) else { continue };
        if lies_here(shown.layer) != layer {
            continue;
        }
        if !all.is_empty() {
            all.push(surface::line(look));
        }
        all.push(text_of(look, open, first, pieces, !shown.signed && text::speaker(report).is_some()));
    }
    // Attachments lie where the header is, and that is nowhere inside when only parts are sealed.
    if layer == spine(report) && !report.attachments.is_empty() {
        all.push(attachments(look, open));
    }
    (!all.is_empty()).then(|| Column::with_children(all).spacing(space::M).into())
}

/// A text, as much of it as was asked for; the next piece comes when its end is scrolled to, or by a button.
fn text_of<'a>(look: Look, open: &'a Open, first: usize, pieces: &'a [Piece], outside: bool) -> Element<'a, Message> {
    let read = pieces
        .iter()
        .enumerate()
        .map(|(at, piece)| reader::reader(look, &piece.content, move |action| Message::Text(first + at, action)));
    let more = pieces.last().map(|piece| piece.text).filter(|text| open.has_more(*text)).map(|text| {
        let button = button::plain(look, tr!("desk-more"), Some(Message::More(text)));
        sensor(button).key((text, pieces.len())).anticipate(edge::AHEAD).on_show(move |_| Message::More(text))
    });
    let all = column![Column::with_children(read), more].spacing(space::S);
    if outside { surface::outside(look, Tone::Amber, tr!("desk-text-outside"), all) } else { all.into() }
}

fn attachments<'a>(look: Look, open: &'a Open) -> Element<'a, Message> {
    let all = &open.report().attachments;
    let rows = all.iter().take(MOST_ATTACHMENTS).enumerate().map(|(at, attachment)| {
        let mark = sign(look, Sign::File, edge::SIGN, look.palette.soft);
        // The whole name, with its ending: however long, what stands beside it keeps its room.
        let name = words::strong(look, attachment.name.as_str()).width(Length::Fill);
        let size = words::soft(look, format::size(attachment.size));
        let save = button::plain(look, tr!("desk-save"), (!open.busy).then_some(Message::SaveAttachment(at)));
        let file = row![mark, name, words::one_line(size), save].spacing(space::S).align_y(Center);
        container(surface::file(look, file)).max_width(look.grown(edge::LIST)).into()
    });
    let more = all.len().saturating_sub(MOST_ATTACHMENTS);
    let more = (more > 0).then(|| words::caption(look, tr!("desk-attachments-more", count = more)));
    column![row(rows).spacing(space::S).wrap(), more].spacing(space::S).into()
}
