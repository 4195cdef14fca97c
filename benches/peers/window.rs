//! The window: how soon it shows itself, how soon it lists thousands of files, and how long it is deaf while they are looked at.

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ChangeWindowAttributesAux, ClientMessageEvent, ConnectionExt, EventMask, Window,
};
use x11rb::rust_connection::RustConnection;

use crate::common::display::{Display, PATIENCE};
use crate::common::installed;
use crate::common::pki::ALICE;
use crate::many;
use crate::tools::Tools;

/// The colour of paper by day, and as much of it as only a window has.
const PAPER: ([u8; 3], usize) = ([0xFA, 0xF7, 0xF2], 100_000);

/// Messages that are given to the window at once.
const COUNT: usize = 10_000;

pub fn table(tools: &Tools) -> String {
    if !["Xvfb", "openbox"].into_iter().all(installed) {
        return "The window was not measured: there is no Xvfb here.\n".to_owned();
    }
    let first = (0..5).map(|_| first_frame()).min_by(f64::total_cmp).unwrap();
    let first = many::said("The window, from its start to the first frame on the display of an Xvfb", first, 0.25);
    let queue = queue(tools);
    format!(
        "{first}\n## {COUNT} signed messages given to the window\n\n\
         How long the window is deaf is measured from outside: it is asked every other millisecond whether it is alive \
         (`_NET_WM_PING`), which it answers between two frames.\n\n{}\n{}\nAll are looked at after {:.1} s.\n",
        many::said("From the start of the window until all are listed", queue.listed, 1.0),
        many::said("The longest time without an answer while they are looked at", queue.deaf, 0.05),
        queue.done
    )
}

fn start(display: &Display, words: &[&Path]) -> crate::common::display::Running {
    let wallet = display.home().join("wallet");
    // A window that comes before its manager is not shown.
    sleep(Duration::from_secs(1));
    let options = [Path::new("--vault"), Path::new("memory"), Path::new("--wallet"), &wallet];
    display.start_program(env!("CARGO_BIN_EXE_waxwing"), &[&options, words].concat())
}

/// Seconds until the window is drawn, with an empty wallet.
fn first_frame() -> f64 {
    let display = Display::start();
    let started = Instant::now() + Duration::from_secs(1);
    let _window = start(&display, &[]);
    while !display.shows(PAPER.0, PAPER.1) {
        assert!(started.elapsed() < PATIENCE, "the window shows nothing");
        sleep(Duration::from_millis(1));
    }
    started.elapsed().as_secs_f64()
}

/// Seconds until all messages are listed, without an answer, and until all are looked at.
struct Queue {
    listed: f64,
    deaf: f64,
    done: f64,
}

fn queue(tools: &Tools) -> Queue {
    let (letters, signed) = (tools.file("letters"), tools.file("signed"));
    many::write(&letters, COUNT);
    let made =
        many::ours(tools, &format!("sign --as {ALICE}"), &letters, &many::names(COUNT, ""), Some(&signed)).output();
    assert!(made.unwrap().status.success());
    let display = Display::start();
    let started = Instant::now() + Duration::from_secs(1);
    let _window = start(&display, &[&signed]);
    let asker = Asker::new(&display);
    let window = asker.window();
    let (mut listed, mut deaf) = (None, Duration::ZERO);
    let begun = || started.elapsed().as_secs_f64();
    loop {
        let waited = asker.ask(window);
        let waiting = asker.waiting(window);
        match listed {
            // The title says how many messages wait.
            None if waiting > COUNT / 2 => listed = Some(begun()),
            None => {}
            Some(listed) => {
                if waited > deaf {
                    eprintln!("{:.3} s after the start: {waited:.1?} without an answer, {waiting} wait", begun());
                    deaf = waited;
                }
                if waiting == 0 {
                    let done = begun();
                    [&letters, &signed].into_iter().for_each(|folder| tools.set_aside(folder));
                    return Queue { listed, deaf: deaf.as_secs_f64(), done };
                }
            }
        }
        sleep(Duration::from_millis(2));
    }
}

/// Asks windows whether they are alive, as window managers do.
struct Asker {
    connection: RustConnection,
    root: Window,
    protocols: u32,
    ping: u32,
    name: u32,
    clients: u32,
}

impl Asker {
    fn new(display: &Display) -> Self {
        let (connection, screen) = x11rb::connect(Some(display.name())).unwrap();
        let root = connection.setup().roots[screen].root;
        let listen = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_NOTIFY);
        connection.change_window_attributes(root, &listen).unwrap().check().unwrap();
        let atom = |name: &str| connection.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
        let [protocols, ping, name, clients] =
            ["WM_PROTOCOLS", "_NET_WM_PING", "_NET_WM_NAME", "_NET_CLIENT_LIST"].map(atom);
        Self { connection, root, protocols, ping, name, clients }
    }

    /// The only window there is.
    fn window(&self) -> Window {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let clients = self.connection.get_property(false, self.root, self.clients, AtomEnum::WINDOW, 0, 1).unwrap();
            if let Some(window) = clients.reply().unwrap().value32().and_then(|mut windows| windows.next()) {
                return window;
            }
            assert!(Instant::now() < deadline, "there is no window");
            sleep(Duration::from_millis(1));
        }
    }

    /// How long it takes to answer.
    fn ask(&self, window: Window) -> Duration {
        let asked = Instant::now();
        // The time stands for the question: window managers use times of the server, which never are this one.
        let question = ClientMessageEvent::new(32, window, self.protocols, [self.ping, 1, window, 0, 0]);
        self.connection.send_event(false, window, EventMask::NO_EVENT, question).unwrap();
        self.connection.flush().unwrap();
        loop {
            if let Event::ClientMessage(answer) = self.connection.wait_for_event().unwrap()
                && answer.type_ == self.protocols
                && answer.data.as_data32()[..3] == [self.ping, 1, window]
            {
                return asked.elapsed();
            }
        }
    }

    /// The number in the title; 0 when there is none.
    fn waiting(&self, window: Window) -> usize {
        let title =
            self.connection.get_property(false, window, self.name, AtomEnum::ANY, 0, 256).unwrap().reply().unwrap();
        String::from_utf8_lossy(&title.value)
            .chars()
            .filter_map(|letter| letter.to_digit(10))
            .fold(0, |number, digit| number * 10 + digit as usize)
    }
}
