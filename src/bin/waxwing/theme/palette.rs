//! The colours, light and dark. Red, amber, green and grey belong to verdicts alone.

use iced::{Color, color};
use waxwing::report::Tone;

/// A verdict's colour and the tint behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Toned {
    /// For text, seals and lines.
    pub text: Color,
    /// For areas.
    pub tint: Color,
}

/// All colours of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Whether it is the dark one.
    pub dark: bool,
    /// Behind everything.
    pub paper: Color,
    /// Cards and fields.
    pub surface: Color,
    /// What stands out a little: navigation, hovered rows.
    pub raised: Color,
    /// Lines between and around.
    pub line: Color,
    /// Around what is typed into or ticked, around the place for drops, handles of scroll bars: seen without looking for it.
    pub outline: Color,
    /// Text.
    pub ink: Color,
    /// Text that explains.
    pub soft: Color,
    /// What can be done.
    pub accent: Color,
    /// What stands behind a modal; with transparency.
    pub shade: Color,
    /// Everything holds.
    pub green: Toned,
    /// Look twice.
    pub amber: Toned,
    /// Do not rely on it.
    pub red: Toned,
    /// Nothing to say.
    pub grey: Toned,
}

impl Palette {
    /// By day.
    pub const LIGHT: Self = Self {
        dark: false,
        paper: color!(0xFAF7F2),
        surface: color!(0xFFFFFF),
        raised: color!(0xF1ECE4),
        line: color!(0xDDD5C9),
        outline: color!(0x8C8279),
        ink: color!(0x2A2522),
        soft: color!(0x655C55),
        accent: color!(0x8C5B3E),
        shade: color!(0x2A2522, 0.45),
        green: Toned { text: color!(0x1E7A46), tint: color!(0xE6F3EA) },
        amber: Toned { text: color!(0x8A5A00), tint: color!(0xFBF0DA) },
        red: Toned { text: color!(0xB3261E), tint: color!(0xFBE7E4) },
        grey: Toned { text: color!(0x6B6560), tint: color!(0xEFECE7) },
    };

    /// By night.
    pub const DARK: Self = Self {
        dark: true,
        paper: color!(0x1D1A18),
        surface: color!(0x262220),
        raised: color!(0x302B28),
        line: color!(0x453E39),
        outline: color!(0x857B73),
        ink: color!(0xF2ECE5),
        soft: color!(0xB8ADA3),
        accent: color!(0xD19A74),
        shade: color!(0x000000, 0.55),
        green: Toned { text: color!(0x63C58C), tint: color!(0x1F3327) },
        amber: Toned { text: color!(0xE3AE4B), tint: color!(0x3A2E17) },
        red: Toned { text: color!(0xF28B82), tint: color!(0x3D2220) },
        grey: Toned { text: color!(0xA79E96), tint: color!(0x302C29) },
    };

    /// The colours of a verdict; what is neutral speaks in the colour of text.
    #[must_use]
    pub fn tone(&self, tone: Tone) -> Toned {
        match tone {
            Tone::Green => self.green,
            Tone::Amber => self.amber,
            Tone::Red => self.red,
            Tone::Grey => self.grey,
            Tone::Neutral => Toned { text: self.soft, tint: self.raised },
        }
    }

    /// Text on the accent colour.
    #[must_use]
    pub fn on_accent(&self) -> Color {
        if self.dark { self.paper } else { self.surface }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Color) -> f32 {
        let linear = |c: f32| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
        0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
    }

    fn contrast(a: Color, b: Color) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Whoever sees little must still be able to read every word (WCAG 2.2, AA).
    #[test]
    fn every_text_colour_reaches_four_and_a_half_to_one() {
        for palette in [Palette::LIGHT, Palette::DARK] {
            let Palette { paper, surface, raised, .. } = palette;
            let plain = [("ink", palette.ink), ("soft", palette.soft), ("accent", palette.accent)];
            let toned =
                [("green", palette.green), ("amber", palette.amber), ("red", palette.red), ("grey", palette.grey)];
            let tints = toned.map(|(_, toned)| toned.tint);
            let pairs = plain
                .into_iter()
                .map(|(name, text)| (name, text, vec![paper, surface, raised]))
                .chain(toned.map(|(name, toned)| (name, toned.text, vec![paper, surface, raised, toned.tint])))
                .chain([("ink", palette.ink), ("soft", palette.soft)].map(|(name, text)| (name, text, tints.to_vec())))
                .chain([
                    ("on accent", palette.on_accent(), vec![palette.accent]),
                    ("inverted", palette.paper, vec![palette.ink]),
                ]);
            for (name, text, grounds) in pairs {
                for ground in grounds {
                    let reached = contrast(text, ground);
                    assert!(reached >= 4.5, "{name} on {ground:?}: {reached:.2} (dark: {})", palette.dark);
                }
            }
        }
    }

    /// Whoever sees little must still find the fields, boxes and scroll bars (WCAG 2.2, 1.4.11).
    #[test]
    fn outlines_reach_three_to_one() {
        for palette in [Palette::LIGHT, Palette::DARK] {
            for ground in [palette.paper, palette.surface] {
                let reached = contrast(palette.outline, ground);
                assert!(reached >= 3.0, "on {ground:?}: {reached:.2} (dark: {})", palette.dark);
            }
        }
    }
}
