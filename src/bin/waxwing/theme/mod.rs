//! The look: colours, spacing, radii and type. Screens take every colour, size and distance from here.

use iced::{Font, font};

mod palette;
mod scale;

pub use palette::Palette;
pub use scale::{Role, border, edge, radius, space};

/// The family that ships with the program.
pub const INTER: Font = Font::with_name("Inter");

/// The heavier cut of [`INTER`], for names and headlines.
pub const INTER_STRONG: Font = Font { weight: font::Weight::Semibold, ..INTER };

/// The font files that the program brings along.
pub const FONTS: [&[u8]; 2] = [
    include_bytes!("../../../../assets/fonts/Inter-Regular.otf"),
    include_bytes!("../../../../assets/fonts/Inter-SemiBold.otf"),
];

/// Smallest and largest magnification of text.
pub const TEXT_SCALES: [f32; 5] = [1.0, 1.25, 1.5, 1.75, 2.0];

/// Colours and the magnification of text; handed to every component.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The colours.
    pub palette: Palette,
    /// 1.0 to 2.0.
    pub scale: f32,
}

impl Look {
    /// Light or dark at the usual size.
    #[must_use]
    pub fn new(dark: bool) -> Self {
        Self { palette: if dark { Palette::DARK } else { Palette::LIGHT }, scale: 1.0 }
    }

    /// The same with text magnified.
    #[must_use]
    pub fn scaled(self, scale: f32) -> Self {
        Self { scale: scale.clamp(1.0, 2.0), ..self }
    }

    /// The size of text in a role, in logical pixels.
    #[must_use]
    pub fn size(self, role: Role) -> f32 {
        role.size() * self.scale
    }

    /// An extent that has to grow with the text in it.
    #[must_use]
    pub fn grown(self, extent: f32) -> f32 {
        extent * self.scale
    }

    /// The theme for what iced draws by itself.
    #[must_use]
    pub fn theme(self) -> iced::Theme {
        let palette = self.palette;
        iced::Theme::custom(
            "Waxwing",
            iced::theme::Palette {
                background: palette.paper,
                text: palette.ink,
                primary: palette.accent,
                success: palette.green.text,
                warning: palette.amber.text,
                danger: palette.red.text,
            },
        )
    }
}
