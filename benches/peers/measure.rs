//! What a run of a program costs.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// Runs of each program at most, and the seconds of all its runs after which it is not run again.
const RUNS: usize = 10;
const LONG: f64 = 24.0;

/// Ticks of the processor times in /proc.
const TICKS: f64 = 100.0;

/// Seconds, seconds of all cores, and the most memory in MiB.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub time: f64,
    pub cpu: f64,
    pub memory: f64,
}

/// MiB that no run of ours may take.
pub const MOST: f64 = 64.0;

/// What took more.
static OVER: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Holds a run of ours to its bound.
pub fn bounded(what: &str, cost: Cost) -> Cost {
    if cost.memory > MOST {
        OVER.lock().unwrap().push(format!("{what} takes {:.0} MiB, more than {MOST}", cost.memory));
    }
    cost
}

/// What took more memory than it may.
pub fn over() -> Vec<String> {
    std::mem::take(&mut OVER.lock().unwrap())
}

/// Makes a run of a program.
pub type Make<'a> = Box<dyn Fn() -> Command + 'a>;

/// Reads the files that a command names, so that every program finds its input in the memory of the system, whoever ran before.
fn warm(command: &Command) {
    let folder = command.get_current_dir().unwrap_or(Path::new(""));
    for file in command.get_args().map(|word| folder.join(word)).filter(|file| file.is_file()) {
        let read = File::open(file).and_then(|mut file| io::copy(&mut file, &mut io::sink()));
        read.unwrap();
    }
}

/// Brings to the disk what others wrote: nobody waits for it in their place.
fn settle() {
    assert!(Command::new("sync").status().unwrap().success());
}

/// One run; what it said when it failed.
pub fn once(mut command: Command) -> Result<Cost, String> {
    warm(&command);
    settle();
    let before = children();
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
    let status = format!("/proc/{}/status", child.id());
    let mut memory = 0.0f64;
    let code = loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or_default();
        memory = memory.max(kib / 1024.0);
        if let Some(code) = child.try_wait().unwrap() {
            break code;
        }
        thread::sleep(Duration::from_micros(if start.elapsed().as_millis() < 100 { 200 } else { 2000 }));
    };
    let time = start.elapsed().as_secs_f64();
    if code.success() {
        return Ok(Cost { time, cpu: children() - before, memory });
    }
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default().to_owned();
    eprintln!("{command:?}: {code}: {said}");
    // What the kernel takes away for want of memory says nothing itself.
    Err(if said.is_empty() { format!("failed: {code}") } else { format!("failed: {said}") })
}

/// The best run of each, in turns; the first failure of those that fail.
pub fn in_turns(all: &[Make<'_>]) -> Vec<Result<Cost, String>> {
    let mut best: Vec<Option<Result<Cost, String>>> = vec![None; all.len()];
    let mut spent = vec![0.0; all.len()];
    for _ in 0..RUNS {
        for ((make, best), spent) in all.iter().zip(&mut best).zip(&mut spent) {
            if matches!(best, Some(Err(_))) || *spent > LONG {
                continue;
            }
            let cost = once(make());
            *spent += cost.as_ref().map_or(0.0, |cost| cost.time);
            match (&best, &cost) {
                (Some(Ok(before)), Ok(now)) if before.time <= now.time => {}
                _ => *best = Some(cost),
            }
        }
    }
    best.into_iter().map(|cost| cost.unwrap_or_else(|| Err("not run".to_owned()))).collect()
}

/// Processor seconds of all children that ended.
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().filter_map(|word| word.parse().ok()).collect();
    // The state, a letter, is left out: cutime and cstime are fields 16 and 17.
    fields.iter().skip(12).take(2).sum::<f64>() / TICKS
}
