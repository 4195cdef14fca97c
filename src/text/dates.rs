//! Days and moments as people write them, in their own time zone.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use super::tr;

/// A day in the reader's time zone: `14 May 2027`.
#[must_use]
pub fn day(at: Timestamp) -> String {
    day_of(&at.to_zoned_datetime(TimeZone::system()))
}

/// A day and a time in the reader's time zone.
#[must_use]
pub fn moment(at: Timestamp) -> String {
    let at = at.to_zoned_datetime(TimeZone::system());
    tr!("window-moment", day = day_of(&at), time = format!("{:02}:{:02}", at.hour(), at.minute()))
}

fn day_of(at: &ZonedDateTime) -> String {
    tr!("window-day", day = at.day().to_string(), month = at.month(), year = at.year().to_string())
}

/// A day out of a report (RFC 3339); as it stands there if it is no time.
#[must_use]
pub fn report_day(at: &str) -> String {
    at.parse().map_or_else(|_| at.to_owned(), day)
}

/// A moment out of a report (RFC 3339); as it stands there if it is no time.
#[must_use]
pub fn report_moment(at: &str) -> String {
    at.parse().map_or_else(|_| at.to_owned(), moment)
}

/// Two times of a report beside each other: as days, or as moments when both lie on one day.
pub(super) fn two(one: &str, other: &str) -> (String, String) {
    let days = (report_day(one), report_day(other));
    if days.0 == days.1 { (report_moment(one), report_moment(other)) } else { days }
}
