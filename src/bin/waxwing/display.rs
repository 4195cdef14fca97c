//! Whether there is a display to open a window on; looked at before the window library is, which panics without one.

/// What the environment offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// A compositor or server answers.
    Ready,
    /// Only X answers, although a Wayland display is named: the program has to start again without that name.
    OnlyX11,
    /// Nothing answers.
    None,
}

/// Looks for a display that answers.
#[cfg(all(unix, not(target_os = "macos")))]
pub fn look() -> Display {
    let wayland = unix::is_named(&["WAYLAND_DISPLAY", "WAYLAND_SOCKET"]);
    match (wayland, unix::wayland_answers(), unix::x11_answers()) {
        (_, true, _) | (false, _, true) => Display::Ready,
        (true, false, true) => Display::OnlyX11,
        (_, false, false) => Display::None,
    }
}

/// These systems always have a display, or tell it themselves.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub fn look() -> Display {
    Display::Ready
}

/// Starts the program again without a Wayland display; returns only when that fails.
#[cfg(unix)]
pub fn restart_on_x11() -> std::io::Error {
    use std::os::unix::process::CommandExt;
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return error,
    };
    let mut command = std::process::Command::new(program);
    command.args(std::env::args_os().skip(1)).env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET").exec()
}

/// There is no other display here.
#[cfg(not(unix))]
pub fn restart_on_x11() -> std::io::Error {
    std::io::Error::from(std::io::ErrorKind::Unsupported)
}

#[cfg(all(unix, not(target_os = "macos")))]
mod unix {
    use std::env::var_os;
    use std::net::{TcpStream, ToSocketAddrs};
    use std::os::unix::net::UnixStream;
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    /// A display on another machine that does not answer in this time is none.
    const PATIENCE: Duration = Duration::from_secs(3);

    pub fn is_named(variables: &[&str]) -> bool {
        variables.iter().any(|name| var_os(name).is_some_and(|value| !value.is_empty()))
    }

    pub fn wayland_answers() -> bool {
        if is_named(&["WAYLAND_SOCKET"]) {
            return true;
        }
        let Some(name) = var_os("WAYLAND_DISPLAY").filter(|name| !name.is_empty()) else { return false };
        let socket = match var_os("XDG_RUNTIME_DIR") {
            Some(dir) => PathBuf::from(dir).join(&name),
            None => PathBuf::from(&name),
        };
        UnixStream::connect(socket).is_ok()
    }

    pub fn x11_answers() -> bool {
        let Some(name) = var_os("DISPLAY") else { return false };
        answers(&name.to_string_lossy(), Path::new("/tmp/.X11-unix"))
    }

    /// Whether `host:display.screen` answers (X(7), "Display names").
    pub fn answers(name: &str, sockets: &Path) -> bool {
        let Some((host, rest)) = name.rsplit_once(':') else { return false };
        let number = rest.split('.').next().unwrap_or(rest);
        let Ok(number) = number.parse::<u16>() else { return false };
        if host.starts_with('/') {
            return UnixStream::connect(name).or_else(|_| UnixStream::connect(host)).is_ok();
        }
        if host.is_empty() || host == "unix" {
            return local(number, sockets);
        }
        let Some(port) = number.checked_add(6000) else { return false };
        let addresses = (host, port).to_socket_addrs().into_iter().flatten();
        addresses.take(4).any(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok())
    }

    fn local(number: u16, sockets: &Path) -> bool {
        let path = sockets.join(format!("X{number}"));
        UnixStream::connect(&path).is_ok() || abstract_answers(&path)
    }

    #[cfg(target_os = "linux")]
    fn abstract_answers(path: &Path) -> bool {
        use std::os::linux::net::SocketAddrExt;
        use std::os::unix::ffi::OsStrExt;
        let address = std::os::unix::net::SocketAddr::from_abstract_name(path.as_os_str().as_bytes());
        address.and_then(|address| UnixStream::connect_addr(&address)).is_ok()
    }

    #[cfg(not(target_os = "linux"))]
    fn abstract_answers(_: &Path) -> bool {
        false
    }

    #[cfg(test)]
    mod tests {
        #![allow(clippy::unwrap_used, reason = "tests")]
        use super::*;
        use std::os::unix::net::UnixListener;

        /// A display that is named but gone must be told from one that answers, or the window library panics.
        #[test]
        fn stale_displays_are_told_from_living_ones() {
            let dir = tempfile::tempdir().unwrap();
            let living = UnixListener::bind(dir.path().join("X7")).unwrap();
            drop(UnixListener::bind(dir.path().join("X8")).unwrap());
            for (name, expected) in [
                (":7", true),
                (":7.0", true),
                ("unix:7", true),
                (":8", false),
                (":9", false),
                ("", false),
                (":x", false),
            ] {
                assert_eq!(answers(name, dir.path()), expected, "{name}");
            }
            drop(living);
        }
    }
}
