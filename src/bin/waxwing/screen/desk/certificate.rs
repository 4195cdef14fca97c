//! One certificate in full.

use iced::widget::{column, row};
use iced::{Center, Length};
use waxwing::text::tr;

use super::{Message, State};
use crate::format;
use crate::theme::{Look, edge, space};
use crate::widget::{Element, button, words};

impl State {
    /// What stands in front of the desk.
    pub fn modal<'a>(&'a self, look: Look) -> Option<Element<'a, Message>> {
        let certificate = self.certificate.as_ref()?;
        let fact = |name: String, value: String| {
            let name = words::soft(look, name).width(look.grown(edge::LABEL));
            row![name, words::body(look, value).width(Length::Fill)].spacing(space::M).into()
        };
        let validity = tr!(
            "window-from-to",
            from = format::report_day(&certificate.not_before),
            to = format::report_day(&certificate.not_after)
        );
        let fingerprint = format::fingerprint(&certificate.sha256);
        let facts = [
            fact(tr!("certificate-subject"), certificate.subject.clone()),
            fact(tr!("certificate-issuer"), certificate.issuer.clone()),
            fact(tr!("certificate-validity"), validity),
            fact(tr!("certificate-serial"), certificate.serial.clone()),
            fact(tr!("certificate-key"), certificate.key.clone()),
        ];
        let print = column![
            words::soft(look, tr!("certificate-fingerprint")),
            words::mono(look, fingerprint.clone()),
            words::caption(look, tr!("certificate-fingerprint-hint")),
        ]
        .spacing(space::XS);
        let buttons = row![
            button::quiet(look, tr!("certificate-copy"), Some(Message::Copy(fingerprint))),
            button::primary(look, tr!("window-close"), Some(Message::CloseCertificate)),
        ]
        .spacing(space::S)
        .align_y(Center);
        let all = column![words::title(look, certificate.name.as_str())].extend(facts).push(print).push(buttons);
        Some(all.spacing(space::M).into())
    }
}
