//! Distances and sizes, in logical pixels.

/// Distances between things.
pub mod space {
    /// Between a sign and its word.
    pub const XS: f32 = 4.0;
    /// Between things that belong together.
    pub const S: f32 = 8.0;
    /// Inside chips and rows.
    pub const M: f32 = 12.0;
    /// Inside cards.
    pub const L: f32 = 16.0;
    /// Between groups.
    pub const XL: f32 = 24.0;
    /// Around a screen.
    pub const XXL: f32 = 32.0;
}

/// Rounded corners.
pub mod radius {
    /// Boxes to tick.
    pub const TINY: f32 = 4.0;
    /// Buttons, fields, small cards.
    pub const SMALL: f32 = 8.0;
    /// Cards and modals.
    pub const LARGE: f32 = 12.0;
    /// Chips and everything that is round.
    pub const ROUND: f32 = 999.0;
}

/// Widths of lines.
pub mod border {
    /// Around cards and between panes.
    pub const THIN: f32 = 1.0;
    /// The focus ring and whatever must be noticed.
    pub const STRONG: f32 = 2.0;
}

/// Extents of things that are not text.
pub mod edge {
    /// The window when it opens.
    pub const WINDOW: (f32, f32) = (1280.0, 820.0);
    /// The smallest useful window.
    pub const WINDOW_LEAST: (f32, f32) = (720.0, 520.0);
    /// The navigation on the left.
    pub const NAVIGATION: f32 = 92.0;
    /// The list of messages.
    pub const LIST: f32 = 368.0;
    /// The column of checks beside a message.
    pub const CHECKS: f32 = 316.0;
    /// Below this width the checks stand under the message.
    pub const SIDE_BY_SIDE: f32 = 760.0;
    /// How far before the end of what is shown the rest of a text is laid out.
    pub const AHEAD: f32 = 400.0;
    /// Below this width of the window the list gives way to the open message.
    pub const ONE_PANE: f32 = 820.0;
    /// Below this height the head of a message scrolls with it.
    pub const LOW: f32 = 440.0;
    /// Below this height the list has no room to spare for a place to drop files.
    pub const LIST_LOW: f32 = 600.0;
    /// Lines of reading are not longer than this.
    pub const READING: f32 = 720.0;
    /// A modal.
    pub const MODAL: f32 = 480.0;
    /// A large modal.
    pub const MODAL_WIDE: f32 = 640.0;
    /// One message in the list.
    pub const ROW: f32 = 63.0;
    /// The seal in the banner.
    pub const SEAL_BANNER: f32 = 80.0;
    /// The seal in a row.
    pub const SEAL_ROW: f32 = 32.0;
    /// The seal where nothing else is on the screen.
    pub const SEAL_HERO: f32 = 120.0;
    /// A seal or sign beside one line of text.
    pub const SIGN: f32 = 16.0;
    /// The tick in a box.
    pub const TICK: f32 = 12.0;
    /// A sign in the navigation.
    pub const SIGN_NAVIGATION: f32 = 24.0;
    /// The scroll bar.
    pub const SCROLLER: f32 = 6.0;
    /// The scroll bar's handle is never shorter.
    pub const SCROLLER_LEAST: f32 = 32.0;
    /// How far the focus ring stands off.
    pub const RING: f32 = 2.0;
    /// The bar that marks the selected row.
    pub const MARK: f32 = 3.0;
    /// How far the last word stands above the foot of the window, where the actions are.
    pub const ABOVE_ACTIONS: f32 = 72.0;
    /// A progress bar.
    pub const PROGRESS: f32 = 4.0;
    /// Names of header fields and checks.
    pub const LABEL: f32 = 84.0;
    /// The keys in the list of shortcuts.
    pub const KEYS: f32 = 160.0;
    /// A line between certificates of a chain.
    pub const LINK: f32 = 16.0;
}

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The headline of a verdict.
    Display,
    /// The title of a group, a card, a modal.
    Title,
    /// Everything that is read.
    Body,
    /// What explains something else.
    Caption,
    /// Fingerprints and source text.
    Mono,
}

impl Role {
    /// Size at a scale of 1.
    #[must_use]
    pub const fn size(self) -> f32 {
        match self {
            Self::Display => 24.0,
            Self::Title => 18.0,
            Self::Body => 14.0,
            Self::Caption => 12.0,
            Self::Mono => 13.0,
        }
    }
}
