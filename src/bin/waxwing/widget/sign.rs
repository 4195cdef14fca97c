//! Seals, locks and signs: drawings of ours, coloured when they are drawn.

use std::sync::LazyLock;

use iced::widget::svg;
use iced::{Color, Length};
use waxwing::report::{Privacy, Verdict};

use super::Element;
use crate::theme::Look;

macro_rules! drawings {
    ($(#[$doc:meta])* $name:ident in $folder:literal { $($variant:ident = $file:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the names say what is drawn")]
        pub enum $name { $($variant,)* }

        impl $name {
            /// Every drawing with the name of its file.
            #[cfg(test)]
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $file),)*];

            fn handle(self) -> svg::Handle {
                $(
                    #[allow(non_upper_case_globals, reason = "named after the variant")]
                    static $variant: LazyLock<svg::Handle> = LazyLock::new(|| {
                        svg::Handle::from_memory(
                            include_bytes!(concat!("../../../../assets/", $folder, "/", $file, ".svg")).as_slice(),
                        )
                    });
                )*
                match self { $(Self::$variant => $variant.clone(),)* }
            }
        }
    };
}

drawings! {
    /// What the seal of a verdict looks like; each differs in shape, so that it works without colour.
    Seal in "seals" {
        Altered = "altered",
        Revoked = "revoked",
        Rejected = "rejected",
        OtherSigner = "other-signer",
        Unreadable = "unreadable",
        PartlySigned = "partly-signed",
        SenderUnclear = "sender-unclear",
        UnknownIssuer = "unknown-issuer",
        NoAddress = "no-address",
        Weak = "weak",
        ExpiredAtSigning = "expired-at-signing",
        RevocationUnknown = "revocation-unknown",
        ExpiredSince = "expired-since",
        Pinned = "pinned",
        Verified = "verified",
        Unsigned = "unsigned",
        PrivacyDamaged = "privacy-damaged",
        PrivacyLocked = "privacy-locked",
        PrivacyNeedsUnlock = "privacy-needs-unlock",
        PrivacyOpenedWeak = "privacy-opened-weak",
        PrivacyOpenedUnauthenticated = "privacy-opened-unauthenticated",
        PrivacyOpened = "privacy-opened",
        PrivacyNone = "privacy-none",
    }
}

drawings! {
    /// Signs for places and things.
    Sign in "icons" {
        Authority = "authority",
        Certificate = "certificate",
        Check = "check",
        Cross = "cross",
        Dash = "dash",
        Desk = "desk",
        Drop = "drop",
        File = "file",
        History = "history",
        Import = "import",
        Key = "key",
        Layers = "layers",
        Lock = "lock",
        Note = "note",
        People = "people",
        Person = "person",
        Plus = "plus",
        Save = "save",
        Settings = "settings",
        Stamp = "sign",
        Star = "star",
        Trash = "trash",
        Wallet = "wallet",
        Warning = "warning",
    }
}

impl From<Verdict> for Seal {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Altered => Self::Altered,
            Verdict::Revoked => Self::Revoked,
            Verdict::Rejected => Self::Rejected,
            Verdict::OtherSigner => Self::OtherSigner,
            Verdict::Unreadable => Self::Unreadable,
            Verdict::PartlySigned => Self::PartlySigned,
            Verdict::SenderUnclear => Self::SenderUnclear,
            Verdict::UnknownIssuer => Self::UnknownIssuer,
            Verdict::NoAddress => Self::NoAddress,
            Verdict::Weak => Self::Weak,
            Verdict::ExpiredAtSigning => Self::ExpiredAtSigning,
            Verdict::RevocationUnknown => Self::RevocationUnknown,
            Verdict::ExpiredSince => Self::ExpiredSince,
            Verdict::Pinned => Self::Pinned,
            Verdict::Verified => Self::Verified,
            Verdict::Unsigned => Self::Unsigned,
        }
    }
}

impl From<Privacy> for Seal {
    fn from(privacy: Privacy) -> Self {
        match privacy {
            Privacy::Damaged => Self::PrivacyDamaged,
            Privacy::Locked => Self::PrivacyLocked,
            Privacy::NeedsUnlock => Self::PrivacyNeedsUnlock,
            Privacy::OpenedWeak => Self::PrivacyOpenedWeak,
            Privacy::OpenedUnauthenticated => Self::PrivacyOpenedUnauthenticated,
            Privacy::Opened => Self::PrivacyOpened,
            Privacy::None => Self::PrivacyNone,
        }
    }
}

fn drawn<'a, Message: 'a>(handle: svg::Handle, extent: f32, color: Color) -> Element<'a, Message> {
    svg(handle)
        .width(Length::Fixed(extent))
        .height(Length::Fixed(extent))
        .style(move |_, _| svg::Style { color: Some(color) })
        .into()
}

/// The seal of a verdict in its colour; `extent` grows with the text.
pub fn seal<'a, Message: 'a>(look: Look, verdict: Verdict, extent: f32) -> Element<'a, Message> {
    drawn(Seal::from(verdict).handle(), look.grown(extent), look.palette.tone(verdict.tone()).text)
}

/// The lock of a privacy state in its colour.
pub fn lock<'a, Message: 'a>(look: Look, privacy: Privacy, extent: f32) -> Element<'a, Message> {
    drawn(Seal::from(privacy).handle(), look.grown(extent), look.palette.tone(privacy.tone()).text)
}

/// A sign in a colour of the palette.
pub fn sign<'a, Message: 'a>(look: Look, sign: Sign, extent: f32, color: Color) -> Element<'a, Message> {
    drawn(sign.handle(), look.grown(extent), color)
}

/// The application's own seal in its own colours: the only wax red in the window.
pub fn waxwing<'a, Message: 'a>(look: Look, extent: f32) -> Element<'a, Message> {
    static WAXWING: LazyLock<svg::Handle> =
        LazyLock::new(|| svg::Handle::from_memory(include_bytes!("../../../../assets/waxwing.svg").as_slice()));
    let extent = Length::Fixed(look.grown(extent));
    svg(WAXWING.clone()).width(extent).height(extent).into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// Whoever sees no colours tells verdicts by their shapes: no two drawings are the same, and none lies about unused.
    #[test]
    fn every_drawing_is_used_and_its_own() {
        let seals = Seal::ALL.iter().map(|(_, name)| ("seals", *name));
        let signs = Sign::ALL.iter().map(|(_, name)| ("icons", *name));
        let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
        let mut known = BTreeSet::new();
        let mut shapes = BTreeSet::new();
        for (folder, name) in seals.chain(signs) {
            let file = assets.join(folder).join(format!("{name}.svg"));
            assert!(shapes.insert(std::fs::read(&file).unwrap()), "{name} looks like another one");
            known.insert(file);
        }
        let files = ["seals", "icons"].into_iter().flat_map(|folder| std::fs::read_dir(assets.join(folder)).unwrap());
        let files: BTreeSet<_> = files.map(|file| file.unwrap().path()).collect();
        assert_eq!(files, known);
    }
}
