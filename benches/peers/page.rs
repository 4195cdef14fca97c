//! docs/performance.md: what the benchmark found stands between two marks, what people say about it around them.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::tools::{Tools, version};

const BEGIN: &str = "<!-- written by make bench: begin -->";
const END: &str = "<!-- written by make bench: end -->";

pub struct Page {
    file: PathBuf,
    parts: Vec<String>,
}

impl Page {
    pub fn new(size: u64, tools: &Tools) -> Self {
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
        Self { file, parts: vec![machine(size, tools)] }
    }

    pub fn add(&mut self, part: &str) {
        println!("{part}");
        self.parts.push(part.to_owned());
    }

    /// Puts what is there into the page.
    pub fn write(&self) {
        let text = fs::read_to_string(&self.file).unwrap();
        let (before, rest) = text.split_once(BEGIN).expect("the mark where it begins");
        let (_, after) = rest.split_once(END).expect("the mark where it ends");
        let parts = self.parts.join("\n");
        fs::write(&self.file, format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", parts.trim())).unwrap();
    }
}

/// What it was measured with.
fn machine(size: u64, tools: &Tools) -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib: u64 = memory.split_whitespace().nth(1).and_then(|word| word.parse().ok()).unwrap_or_default();
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let ours = tools.ours("--version").output().map(|output| output.stdout).unwrap_or_default();
    let nss = Command::new("dpkg-query").args(["-W", "-f=${Version}", "libnss3-tools"]).output();
    let nss = nss.map(|output| output.stdout).unwrap_or_default();
    format!(
        "Measured on {} with a message of {size} MB: {cores} cores of{}, {} GiB of memory, Linux {}. {}, {}, {}, NSS {}. \
         Times are the best of up to ten runs in turns; CPU is user and system time of all cores.\n",
        &jiff::Timestamp::now().to_string()[..10],
        model.trim_start_matches([' ', '\t', ':']).split_whitespace().fold(String::new(), |all, word| all + " " + word),
        kib >> 20,
        kernel.trim(),
        String::from_utf8_lossy(&ours).trim(),
        version("openssl", &["version"]),
        version("gpgsm", &["--version"]),
        String::from_utf8_lossy(&nss).trim()
    )
}
