//! One question over HTTP, with its redirects.

use std::io::{self, Read};
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::config::Config;
use ureq::http::{Request, Uri, header};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use super::address::is_public;
use super::place::Place;
use super::{Limits, LookupError, TIMEOUT};

/// What everybody says of themselves.
const USER_AGENT: &str = "waxwing";
/// Bytes of the header of an answer.
const HEADER_BYTES: usize = 32 * 1024;

/// A question that is to be sent.
pub(super) struct Order<'a> {
    pub place: Place,
    /// What is posted; `None`: it is fetched.
    pub body: Option<&'a [u8]>,
    pub time: Duration,
    pub bytes: u64,
    pub limits: &'a Limits,
    pub private: bool,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) struct Trouble {
    pub error: LookupError,
    /// A host that cannot be reached, or does not answer.
    pub unreachable: Option<String>,
}

impl Trouble {
    fn refused(code: &'static str) -> Self {
        Self { error: LookupError::Refused(code), unreachable: None }
    }
    fn failed(code: impl Into<String>) -> Self {
        Self { error: LookupError::Failed(code.into()), unreachable: None }
    }
}

/// The ways out: one to the public network, one to every address.
#[derive(Debug, Default)]
pub(super) struct Line {
    public: OnceLock<Agent>,
    everywhere: OnceLock<Agent>,
}

impl Line {
    /// Sends a question and follows redirects.
    pub fn ask(&self, order: Order<'_>) -> Result<Vec<u8>, Trouble> {
        let way = if order.private { &self.everywhere } else { &self.public };
        let agent = way.get_or_init(|| agent(if order.private { |_| true } else { is_public }));
        let end = Instant::now() + order.time;
        let mut place = order.place.clone();
        for _ in 0..=order.limits.redirects {
            let time = end.saturating_duration_since(Instant::now());
            match send(agent, &place, &order, time)? {
                Came::Bytes(bytes) => return Ok(bytes),
                Came::Redirect(location) => place = place.redirected(&location).map_err(Trouble::refused)?,
            }
        }
        Err(Trouble::failed("too-many-redirects"))
    }
}

enum Came {
    Bytes(Vec<u8>),
    Redirect(String),
}

fn send(agent: &Agent, place: &Place, order: &Order<'_>, time: Duration) -> Result<Came, Trouble> {
    let trouble = |error: ureq::Error| trouble(error, place);
    if time.is_zero() {
        return Err(trouble(ureq::Error::Timeout(ureq::Timeout::Global)));
    }
    let malformed = |_| Trouble::refused("malformed-url");
    let sent = match order.body {
        None => {
            let request = Request::get(place.uri()).body(()).map_err(malformed)?;
            agent.run(limited(agent, request, order, time))
        }
        Some(body) => {
            let request = Request::post(place.uri()).header(header::CONTENT_TYPE, "application/ocsp-request");
            let request = request.header(header::ACCEPT, "application/ocsp-response").body(body).map_err(malformed)?;
            agent.run(limited(agent, request, order, time))
        }
    };
    let response = sent.map_err(trouble)?;
    let status = response.status().as_u16();
    match (status, order.body) {
        (200, _) => {}
        // A redirect that would make another question of a posted one leads nowhere.
        (301 | 302 | 307 | 308, _) | (303, None) => {
            let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
            return location
                .map(|location| Came::Redirect(location.to_owned()))
                .ok_or_else(|| Trouble::failed(format!("status-{status}")));
        }
        _ => return Err(Trouble::failed(format!("status-{status}"))),
    }
    let body = response.into_body();
    let announced = body.content_length().unwrap_or(0);
    if announced > order.bytes {
        return Err(Trouble::failed("too-large"));
    }
    let mut bytes = Vec::new();
    let mut reader = body.into_with_config().reader().take(order.bytes.saturating_add(1));
    reader.read_to_end(&mut bytes).map_err(|error| trouble(ureq::Error::from(error)))?;
    if bytes.len() as u64 > order.bytes {
        return Err(Trouble::failed("too-large"));
    }
    Ok(Came::Bytes(bytes))
}

fn limited<S: ureq::AsSendBody>(agent: &Agent, request: Request<S>, order: &Order<'_>, time: Duration) -> Request<S> {
    let connect = order.limits.connect.min(time);
    let config = agent.configure_request(request).timeout_global(Some(time));
    config.timeout_resolve(Some(connect)).timeout_connect(Some(connect)).build()
}

/// What went wrong, as a code.
fn trouble(error: ureq::Error, place: &Place) -> Trouble {
    let code = match &error {
        ureq::Error::Other(other) if other.is::<Private>() => return Trouble::refused("private-address"),
        ureq::Error::Timeout(_) => TIMEOUT,
        ureq::Error::HostNotFound => "host-not-found",
        ureq::Error::Io(error) => match error.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => TIMEOUT,
            io::ErrorKind::ConnectionRefused => "connection-refused",
            io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown => {
                "unreachable"
            }
            // That is how the system says that there is no such name.
            _ if error.to_string().contains("lookup address") => "host-not-found",
            _ => "connection-lost",
        },
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::TlsRequired => "tls",
        ureq::Error::LargeResponseHeader(..) | ureq::Error::BodyExceedsLimit(_) => "too-large",
        _ => "no-http",
    };
    tracing::debug!(%error, host = %place.host_and_port(), "no answer");
    let unreachable = matches!(code, TIMEOUT | "host-not-found" | "connection-refused" | "unreachable" | "tls");
    Trouble { unreachable: unreachable.then(|| place.host_and_port()), ..Trouble::failed(code) }
}

fn agent(permits: fn(IpAddr) -> bool) -> Agent {
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .build();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None)
        .max_redirects(0)
        .user_agent(USER_AGENT)
        .accept_encoding("")
        .max_response_header_size(HEADER_BYTES)
        .max_idle_connections(0)
        .tls_config(tls)
        .build();
    let resolver = Permitted { permits, system: DefaultResolver::default() };
    Agent::with_parts(config, DefaultConnector::default(), resolver)
}

/// Looks names up, and gives out the addresses that may be connected to: the connection is made to one of these, so there is no
/// second look-up that could say something else.
#[derive(Debug)]
struct Permitted {
    permits: fn(IpAddr) -> bool,
    system: DefaultResolver,
}

/// Every address of a host is private.
#[derive(Debug, thiserror::Error)]
#[error("a private address")]
struct Private;

impl Resolver for Permitted {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.system.resolve(uri, config, timeout)?;
        let mut permitted = self.empty();
        for address in found.iter().filter(|address| (self.permits)(address.ip())) {
            // There are never more than were found.
            let _ = permitted.try_push(*address);
        }
        if permitted.is_empty() { Err(ureq::Error::Other(Box::new(Private))) } else { Ok(permitted) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::io::Write;
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    /// A host of the public network that sends on into the reader's own: the second step is held to the same rule as the first.
    /// Here 127.0.0.1 stands for the public network, and 127.0.0.2 for the reader's own.
    #[test]
    fn no_redirect_leads_inside() {
        let inside = TcpListener::bind("127.0.0.2:0").unwrap();
        let outside = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", outside.local_addr().unwrap());
        let to = format!("http://{}/", inside.local_addr().unwrap());
        let server = std::thread::spawn(move || {
            let (mut stream, _) = outside.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]);
            write!(stream, "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").unwrap();
        });
        let line = Line::default();
        line.public.set(agent(|address| address == Ipv4Addr::LOCALHOST)).unwrap();
        let limits = Limits::default();
        let place = Place::parse(&url).unwrap();
        let order = Order { place, body: None, time: limits.question, bytes: 100, limits: &limits, private: false };
        let error = line.ask(order).unwrap_err().error;
        assert_eq!(error, LookupError::Refused("private-address"));
        server.join().unwrap();
        inside.set_nonblocking(true).unwrap();
        assert!(inside.accept().is_err(), "nobody came");
    }
}
