//! A display without a screen: programs with a window run on it, and what they show can be read.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// No step takes longer.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// A program that ends with the test.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display without a screen, a window manager on it, and a home for the programs there.
pub struct Display {
    name: String,
    home: tempfile::TempDir,
    _server: Running,
    _manager: Running,
}

impl Display {
    pub fn start() -> Self {
        let home = super::folder();
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", "1600x900x24", "-nolisten", "tcp", "-fbdir"]).arg(home.path());
        let mut server = server.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let name = format!(":{}", number.trim());
        let server = Running(server);
        let manager = Running(prepared("openbox", &name, home.path()).spawn().unwrap());
        Self { name, home, _server: server, _manager: manager }
    }

    /// What it is called, as in `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the programs on it are at home.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Whether so many pixels on it have this colour; read from the server's own memory, which costs it no time.
    pub fn shows(&self, [red, green, blue]: [u8; 3], least: usize) -> bool {
        let frame = fs::read(self.home.path().join("Xvfb_screen0")).unwrap_or_default();
        let pixels = frame.chunks_exact(4);
        pixels.filter(|pixel| pixel[..3] == [blue, green, red]).take(least).count() == least
    }

    pub fn command(&self, program: &str) -> Command {
        prepared(program, &self.name, self.home.path())
    }

    pub fn start_program(&self, program: &str, arguments: &[&Path]) -> Running {
        Running(self.command(program).args(arguments).spawn().unwrap())
    }

    /// Moves the mouse, looks for windows; what it says.
    pub fn xdotool(&self, words: &str) -> String {
        let output = self.command("xdotool").args(words.split_whitespace()).stdout(Stdio::piped()).output().unwrap();
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// The number of the window whose title begins so.
    pub fn window(&self, title: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut search = self.command("xdotool");
            search.args(["search", "--onlyvisible", "--name", &format!("^{title}")]).stdout(Stdio::piped());
            let found = String::from_utf8(search.output().unwrap().stdout).unwrap();
            if let Some(window) = found.lines().next() {
                return window.to_owned();
            }
            assert!(Instant::now() < deadline, "there is no window called {title}");
            sleep(Duration::from_millis(50));
        }
    }

    /// Takes hold of what lies at one point and lets go of it at another, as a hand does: with a way between them.
    pub fn drag(&self, from: (i32, i32), to: (i32, i32)) {
        self.xdotool(&format!("mousemove {} {} mousedown 1", from.0, from.1));
        for step in 1..=12 {
            let between = |from: i32, to: i32| from + (to - from) * step / 12;
            self.xdotool(&format!("mousemove {} {}", between(from.0, to.0), between(from.1, to.1)));
            sleep(Duration::from_millis(30));
        }
        sleep(Duration::from_millis(300));
        self.xdotool("mouseup 1");
    }

    /// A picture of the display, for people to look at.
    pub fn picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("artefacts");
        fs::create_dir_all(&folder).unwrap();
        let taken = self.command("import").args(["-window", "root"]).arg(folder.join(name)).status();
        assert!(taken.unwrap().success());
    }
}

/// A program on a display, in a home of its own, out of reach of the bus and the keyring of whoever runs the test.
fn prepared(program: &str, display: &str, home: &Path) -> Command {
    let mut command = Command::new(program);
    command.env("DISPLAY", display).env("HOME", home).env("XDG_RUNTIME_DIR", home).env("LC_ALL", "C.UTF-8");
    command.env("NO_AT_BRIDGE", "1").env("GTK_THEME", "Adwaita").env("GDK_BACKEND", "x11");
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    for name in ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LANGUAGE"]
    {
        command.env_remove(name);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}
