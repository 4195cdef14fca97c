//! Hexadecimal, as fingerprints and serial numbers are written.

/// Two lower-case digits for each octet.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |value: u8| DIGITS.get(usize::from(value));
    bytes.iter().flat_map(|octet| [octet >> 4, octet & 15]).filter_map(digit).collect()
}

/// The octets that digits of either case stand for; `None` when something else stands among them, or half an octet.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let digit = |digit: &u8| char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let octet = |pair: &[u8]| match pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(octet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fingerprints are compared as text, and an initialisation vector must not lose an octet.
    #[test]
    fn there_and_back() {
        let all: Vec<u8> = (0..=255).collect();
        let text = encode(&all);
        assert!(text.starts_with("000102") && text.ends_with("fdfeff"), "{text}");
        assert_eq!(decode(&text), Some(all.clone()));
        assert_eq!(decode(&text.to_uppercase()), Some(all));
        for wrong in ["0", "0g", "+1", "ä", " 01"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
