//! Numbers, sizes and dates as people write them.

use waxwing::text::tr;
pub use waxwing::text::{day, moment, report_day, report_moment};

/// A size in bytes: `12 KB`, `1.2 MB`; thousands, not 1024s.
pub fn size(bytes: u64) -> String {
    const STEP: u64 = 1000;
    let tenths = |unit: u64| {
        let tenths = bytes.saturating_mul(10).div_ceil(unit);
        if tenths >= 100 || tenths.is_multiple_of(10) {
            tenths.div_ceil(10).to_string()
        } else {
            format!("{}{}{}", tenths / 10, tr!("window-decimal-mark"), tenths % 10)
        }
    };
    match bytes {
        0..STEP => tr!("window-size-bytes", count = bytes),
        STEP..1_000_000 => tr!("window-size-kilobytes", count = bytes.div_ceil(STEP).to_string()),
        1_000_000..1_000_000_000 => tr!("window-size-megabytes", count = tenths(1_000_000)),
        _ => tr!("window-size-gigabytes", count = tenths(1_000_000_000)),
    }
}

/// A Date field (RFC 5322 §3.3) in the reader's language and time zone; as it stands there if it is no date.
pub fn mail_date(field: &str) -> String {
    let parser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    parser.parse_timestamp(field.trim()).map_or_else(|_| field.to_owned(), moment)
}

/// A fingerprint in groups of four, so that it can be read out.
pub fn fingerprint(hexadecimal: &str) -> String {
    let digits: Vec<char> = hexadecimal.to_uppercase().chars().collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The same as a block of lines, each short enough for every place where it is read.
pub fn fingerprint_lines(hexadecimal: &str) -> String {
    const GROUPS: usize = 4;
    let whole = fingerprint(hexadecimal);
    let groups: Vec<&str> = whole.split(' ').collect();
    groups.chunks(GROUPS).map(|line| line.join(" ")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list shows sizes in one short column.
    #[test]
    fn sizes_are_short() {
        let _english = crate::app::stage::english();
        for (bytes, text) in [
            (1, "1 byte"),
            (512, "512 bytes"),
            (11_800, "12 KB"),
            (1_180_000, "1.2 MB"),
            (2_000_000, "2 MB"),
            (48_300_000, "49 MB"),
            (5_400_000_000, "5.4 GB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }

    /// A date is read in one's own language; what is no date is shown as it came, not hidden.
    #[test]
    fn dates_of_messages_are_readable() {
        let _english = crate::app::stage::english();
        assert!(mail_date("Mon, 1 Jun 2026 12:00:00 +0000").contains("June 2026"));
        assert_eq!(mail_date("next Tuesday"), "next Tuesday");
    }

    /// Fingerprints are compared over the telephone.
    #[test]
    fn fingerprints_come_in_groups() {
        assert_eq!(fingerprint("0a1b2c3d4e"), "0A1B 2C3D 4E");
        assert_eq!(fingerprint_lines("0a1b2c3d4e5f60718293"), "0A1B 2C3D 4E5F 6071\n8293");
    }
}
