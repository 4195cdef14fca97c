//! Where a question goes: a URL that may be asked.

use ureq::http::Uri;

/// No URL is longer.
const LONGEST: usize = 2048;

/// A URL that the rules allow, as far as that can be seen before its name is looked up.
#[derive(Debug, Clone)]
pub(super) struct Place {
    uri: Uri,
    https: bool,
}

impl Place {
    /// Reads a URL; why it may not be asked: a code.
    pub fn parse(url: &str) -> Result<Self, &'static str> {
        let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let https = match scheme.as_str() {
            "http" => false,
            "https" => true,
            "ldap" | "ldaps" => return Err("ldap"),
            _ => return Err("scheme"),
        };
        if url.len() > LONGEST || !url.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("malformed-url");
        }
        let uri: Uri = url.parse().map_err(|_| "malformed-url")?;
        let authority = uri.authority().ok_or("malformed-url")?;
        if authority.as_str().contains('@') {
            return Err("user-info");
        }
        let host = authority.host();
        let name = |host: &str| host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        let literal = |host: &str| {
            let inside = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
            inside.is_some_and(|inside| inside.parse::<std::net::Ipv6Addr>().is_ok())
        };
        if host.is_empty() || !(name(host) || literal(host)) {
            return Err("malformed-url");
        }
        let port = &authority.as_str()[host.len()..];
        match (port.strip_prefix(':'), authority.port_u16()) {
            (None, None) | (Some(_), Some(80 | 443 | 1024..)) => Ok(Self { uri, https }),
            (Some(_), Some(_)) => Err("port"),
            _ => Err("malformed-url"),
        }
    }

    /// Where a redirect leads from here: an absolute URL, or what RFC 3986 §4.2 makes of a relative one.
    pub fn redirected(&self, location: &str) -> Result<Self, &'static str> {
        let scheme = if self.https { "https" } else { "http" };
        let authority = self.uri.authority().map_or("", |authority| authority.as_str());
        let path = self.uri.path();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let absolute = if let Some(rest) = location.strip_prefix("//") {
            format!("{scheme}://{rest}")
        } else if location.starts_with('/') {
            format!("{scheme}://{authority}{location}")
        } else if location.starts_with('?') {
            format!("{scheme}://{authority}{path}{location}")
        } else if has_scheme(location) {
            location.to_owned()
        } else {
            format!("{scheme}://{authority}{folder}/{location}")
        };
        let to = Self::parse(&absolute)?;
        if to.https == self.https { Ok(to) } else { Err("redirect-scheme") }
    }

    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// What is connected to, in lower case.
    pub fn host_and_port(&self) -> String {
        let host = self.uri.host().unwrap_or_default().to_ascii_lowercase();
        let port = self.uri.port_u16().unwrap_or(if self.https { 443 } else { 80 });
        format!("{host}:{port}")
    }
}

/// Whether a reference begins with a scheme (RFC 3986 §3.1).
fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// Only what is plainly a web address is asked; the rest is refused by name.
    #[test]
    fn urls_are_allowed_or_refused() {
        for (url, expected) in [
            ("http://crl.example.org/ca.crl", Ok("crl.example.org:80")),
            ("HTTP://CRL.example.org/ca.crl", Ok("crl.example.org:80")),
            ("https://crl.example.org", Ok("crl.example.org:443")),
            ("http://crl.example.org:8080/a?b=c&d", Ok("crl.example.org:8080")),
            ("http://[2001:db8::1]:8080/", Ok("[2001:db8::1]:8080")),
            ("http://crl.example.org:443/", Ok("crl.example.org:443")),
            ("ldap://ldap.example.org/cn=CA?certificateRevocationList", Err("ldap")),
            ("LDAPS://ldap.example.org/", Err("ldap")),
            ("ldap:///CN=CA,DC=example", Err("ldap")),
            ("file:///etc/passwd", Err("scheme")),
            ("ftp://example.org/ca.crl", Err("scheme")),
            ("javascript:alert(1)", Err("scheme")),
            ("data:,x", Err("scheme")),
            ("//example.org/", Err("scheme")),
            ("", Err("scheme")),
            ("http:", Err("malformed-url")),
            ("http:///path", Err("malformed-url")),
            ("http:example.org", Err("malformed-url")),
            ("http://user@example.org/", Err("user-info")),
            ("http://user:word@example.org/", Err("user-info")),
            ("http://example.org@evil.example/", Err("user-info")),
            ("http://example.org:25/", Err("port")),
            ("http://example.org:22/", Err("port")),
            ("http://example.org:0/", Err("port")),
            ("http://example.org:/", Err("malformed-url")),
            ("http://example.org:99999/", Err("malformed-url")),
            ("http://exa mple.org/", Err("malformed-url")),
            ("http://example.org/a\r\nX: y", Err("malformed-url")),
            ("http://example.org/ä", Err("malformed-url")),
            ("http://exämple.org/", Err("malformed-url")),
            ("http://example.org%2f@evil/", Err("user-info")),
            ("http://exa%6dple.org/", Err("malformed-url")),
            ("http://[fe80::1%25eth0]/", Err("malformed-url")),
            ("http://[::1/", Err("malformed-url")),
        ] {
            let found = Place::parse(url).map(|place| place.host_and_port());
            assert_eq!(found.as_deref().map_err(|code| *code), expected, "{url}");
        }
        assert!(Place::parse(&format!("http://example.org/{}", "a".repeat(LONGEST))).is_err());
    }

    /// A redirect never leaves the scheme, whatever way it is written in.
    #[test]
    fn redirects_stay_in_their_scheme() {
        let from = Place::parse("http://a.example/one/two?q").unwrap();
        for (location, expected) in [
            ("http://b.example:8080/x", Ok("http://b.example:8080/x")),
            ("//b.example/x", Ok("http://b.example/x")),
            ("/x", Ok("http://a.example/x")),
            ("three", Ok("http://a.example/one/three")),
            ("?r", Ok("http://a.example/one/two?r")),
            ("three:four/five", Err("scheme")),
            ("https://a.example/x", Err("redirect-scheme")),
            ("file:///etc/passwd", Err("scheme")),
            ("ldap://a.example/", Err("ldap")),
            ("http://user@b.example/", Err("user-info")),
            ("http://b.example:25/", Err("port")),
        ] {
            let found = from.redirected(location).map(|place| place.uri().to_string());
            assert_eq!(found.as_deref().map_err(|code| *code), expected, "{location}");
        }
        let https = Place::parse("https://a.example/").unwrap();
        assert_eq!(https.redirected("http://a.example/").err(), Some("redirect-scheme"));
    }
}
