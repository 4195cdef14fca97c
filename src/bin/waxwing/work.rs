//! Work beside the window: as many threads as cores, a queue of any length, results in batches.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use iced::futures::StreamExt;
use iced::futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use iced::futures::executor::block_on;

/// How much the threads leave to the window (nice).
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Something to do that ends in a message.
pub struct Job<Message> {
    run: Box<dyn FnOnce() -> Message + Send>,
    /// What is said when it breaks down.
    otherwise: Option<Box<dyn FnOnce() -> Message + Send>>,
    urgent: bool,
}

impl<Message: 'static> Job<Message> {
    /// Done in its turn.
    pub fn new(run: impl FnOnce() -> Message + Send + 'static) -> Self {
        Self { run: Box::new(run), otherwise: None, urgent: false }
    }

    /// Done before everything that is not urgent: somebody is waiting for it.
    pub fn urgent(run: impl FnOnce() -> Message + Send + 'static) -> Self {
        Self { run: Box::new(run), otherwise: None, urgent: true }
    }

    /// With a message for the case that it breaks down: somebody waits for its end.
    #[must_use]
    pub fn otherwise(self, message: impl FnOnce() -> Message + Send + 'static) -> Self {
        Self { otherwise: Some(Box::new(message)), ..self }
    }

    /// With its message put into another one.
    pub fn map<Other>(self, wrap: impl Fn(Message) -> Other + Copy + Send + 'static) -> Job<Other> {
        let Self { run, otherwise, urgent } = self;
        let otherwise = otherwise.map(|message| Box::new(move || wrap(message())) as Box<dyn FnOnce() -> Other + Send>);
        Job { run: Box::new(move || wrap(run())), otherwise, urgent }
    }
}

impl<Message> std::fmt::Debug for Job<Message> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job").field("urgent", &self.urgent).finish_non_exhaustive()
    }
}

struct Queue<Message> {
    urgent: VecDeque<Job<Message>>,
    patient: VecDeque<Job<Message>>,
    closed: bool,
}

struct Shared<Message> {
    queue: Mutex<Queue<Message>>,
    more: Condvar,
    unfinished: AtomicUsize,
}

impl<Message> Shared<Message> {
    fn queue(&self) -> MutexGuard<'_, Queue<Message>> {
        // A queue is whole between any two of its operations, whoever panicked.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<Job<Message>> {
        let mut queue = self.queue();
        loop {
            if queue.closed {
                return None;
            }
            if let Some(job) = queue.urgent.pop_front() {
                return Some(job);
            }
            if let Some(job) = queue.patient.pop_front() {
                return Some(job);
            }
            queue = self.more.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The threads. They end when the pool is dropped.
pub struct Pool<Message> {
    shared: Arc<Shared<Message>>,
}

impl<Message: Send + 'static> Pool<Message> {
    /// Starts a thread for each core; results come out of the receiver.
    pub fn start() -> (Self, UnboundedReceiver<Message>) {
        let (sender, receiver) = unbounded();
        let queue = Mutex::new(Queue { urgent: VecDeque::new(), patient: VecDeque::new(), closed: false });
        let shared = Arc::new(Shared { queue, more: Condvar::new(), unfinished: AtomicUsize::new(0) });
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            let (shared, sender) = (Arc::clone(&shared), sender.clone());
            thread::spawn(move || work(&shared, &sender));
        }
        (Self { shared }, receiver)
    }

    /// Puts a job into the queue.
    pub fn submit(&self, job: Job<Message>) {
        self.shared.unfinished.fetch_add(1, Ordering::Relaxed);
        let mut queue = self.shared.queue();
        if job.urgent {
            queue.urgent.push_back(job);
        } else {
            queue.patient.push_back(job);
        }
        drop(queue);
        self.shared.more.notify_one();
    }

    /// Whether anything is being done or waiting.
    pub fn is_busy(&self) -> bool {
        self.shared.unfinished.load(Ordering::Relaxed) > 0
    }
}

/// Results that are taken up at once, so that thousands do not redraw the window thousands of times.
pub const BATCH: usize = 1024;

/// How long results gather after some were taken up: between two frames the window listens, and the threads get on.
const PAUSE: Duration = Duration::from_millis(40);

/// Results, several at once where there are many.
pub fn batches<Message: Send + 'static>(mut results: UnboundedReceiver<Message>) -> UnboundedReceiver<Vec<Message>> {
    let (sender, receiver) = unbounded();
    thread::spawn(move || {
        while let Some(first) = block_on(results.next()) {
            let mut batch = vec![first];
            while batch.len() < BATCH
                && let Ok(next) = results.try_recv()
            {
                batch.push(next);
            }
            if sender.unbounded_send(batch).is_err() {
                return;
            }
            thread::sleep(PAUSE);
        }
    });
    receiver
}

fn work<Message>(shared: &Shared<Message>, sender: &UnboundedSender<Message>) {
    // The window goes first where it has to share a core; here a thread has a priority of its own.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, NICE);
    while let Some(job) = shared.next() {
        // One message must not take the thread, and with it all that still wait, down.
        let done = catch_unwind(AssertUnwindSafe(job.run)).ok().or_else(|| job.otherwise.map(|message| message()));
        // Sent before it counts as finished: whoever sees that nothing is being done has all results.
        let heard = done.is_none_or(|message| sender.unbounded_send(message).is_ok());
        shared.unfinished.fetch_sub(1, Ordering::Relaxed);
        if !heard {
            return;
        }
    }
}

impl<Message> Drop for Pool<Message> {
    fn drop(&mut self) {
        self.shared.queue().closed = true;
        self.shared.more.notify_all();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;

    /// Thousands of files are dropped at once: each must come back, also after one that failed badly.
    #[test]
    fn every_job_comes_back_even_after_a_panic() {
        let (pool, results) = Pool::start();
        pool.submit(Job::new(|| panic!("one bad job")));
        pool.submit(Job::new(|| panic!("one that somebody waits for")).otherwise(|| -1));
        for number in 0..3000 {
            pool.submit(Job::new(move || number));
        }
        let mut all = block_on(results.take(3001).collect::<Vec<i32>>());
        all.sort_unstable();
        assert_eq!(all, (-1..3000).collect::<Vec<_>>());
    }

    /// All results come through, in few batches when they come at once; a single one does not wait for others.
    #[test]
    fn batches_hold_everything() {
        let (sender, results) = unbounded();
        let mut batches = batches(results);
        sender.unbounded_send(0).unwrap();
        assert_eq!(block_on(batches.next()), Some(vec![0]));
        (1..=3000).for_each(|number| sender.unbounded_send(number).unwrap());
        drop(sender);
        let rest = block_on(batches.collect::<Vec<_>>());
        assert!(rest.len() <= 4, "{} batches", rest.len());
        assert_eq!(rest.concat(), (1..=3000).collect::<Vec<_>>());
    }

    /// The message that somebody looks at must not wait for the thousands that were dropped with it.
    #[test]
    fn urgent_jobs_overtake() {
        let (pool, results) = Pool::start();
        // Nobody gets further than one job before all wait.
        let (allow, allowed) = std::sync::mpsc::channel::<()>();
        let allowed = Arc::new(Mutex::new(allowed));
        for _ in 0..200 {
            let allowed = Arc::clone(&allowed);
            pool.submit(Job::new(move || {
                _ = allowed.lock().unwrap().recv();
                "patient"
            }));
        }
        pool.submit(Job::urgent(|| "urgent"));
        allow.send(()).unwrap();
        assert!(block_on(results.take(2).collect::<Vec<_>>()).contains(&"urgent"));
        drop(allow);
    }
}
