//! What stands in front of the desk: one certificate in full, the question for a message's password.

use iced::widget::{column, row};
use iced::{Center, Length};
use waxwing::text::tr;

use super::{Message, State};
use crate::format;
use crate::secret::Typed;
use crate::theme::{Look, edge, space};
use crate::widget::{Element, button, field, words};

/// The field of a message's password.
pub const PASSWORD: &str = "desk-password";

/// Asks for the password that a message was encrypted to.
fn password_of<'a>(look: Look, password: &'a Typed) -> Element<'a, Message> {
    let done = (!password.is_empty()).then_some(Message::PasswordDone);
    let typed = field::field(look, PASSWORD, "", password.as_str(), |text| Message::Password(Typed::new(text)))
        .secure(true)
        .on_submit_maybe(done.clone());
    let buttons = row![
        button::quiet(look, tr!("window-cancel"), Some(Message::CloseFront)),
        button::primary(look, tr!("desk-open-with-password"), done),
    ];
    column![
        words::title(look, tr!("desk-password-title")),
        words::soft(look, tr!("desk-password-hint")),
        field::named(look, tr!("wallet-password"), typed),
        buttons.spacing(space::S),
    ]
    .spacing(space::M)
    .into()
}

impl State {
    /// What stands in front of the desk.
    pub fn modal<'a>(&'a self, look: Look) -> Option<Element<'a, Message>> {
        if let Some(password) = &self.password {
            return Some(password_of(look, password));
        }
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
            words::mono(look, format::fingerprint_lines(&certificate.sha256)),
            words::caption(look, tr!("certificate-fingerprint-hint")),
        ]
        .spacing(space::XS);
        let buttons = row![
            button::quiet(look, tr!("certificate-copy"), Some(Message::Copy(fingerprint))),
            button::primary(look, tr!("window-close"), Some(Message::CloseFront)),
        ]
        .spacing(space::S)
        .align_y(Center);
        let all = column![words::title(look, certificate.name.as_str())].extend(facts).push(print).push(buttons);
        Some(all.spacing(space::M).into())
    }
}
