//! Answers that are kept for as long as the program runs: the certificates of a thousand messages are a handful.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Answers by what they depend on, and on nothing else.
pub(super) struct Remembered<Key, Answer> {
    /// What all of them may weigh; then all are forgotten, so that messages with ever new certificates fill no memory.
    most: usize,
    kept: Mutex<Option<Kept<Key, Answer>>>,
}

struct Kept<Key, Answer> {
    answers: HashMap<Key, Answer>,
    weight: usize,
}

impl<Key: Eq + Hash, Answer: Clone> Remembered<Key, Answer> {
    pub const fn new(most: usize) -> Self {
        Self { most, kept: Mutex::new(None) }
    }

    /// The answer that was given before, or else the one that `find` gives.
    pub fn once(&self, key: Key, weight: usize, find: impl FnOnce() -> Answer) -> Answer {
        // The lock is held for a look or a note only. Two threads may both find out; they find the same.
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept().as_ref().and_then(|kept| kept.answers.get(&key).cloned());
        if let Some(known) = known {
            return known;
        }
        let answer = find();
        if weight > self.most {
            return answer;
        }
        let mut kept = kept();
        let kept = kept.get_or_insert_with(|| Kept { answers: HashMap::new(), weight: 0 });
        if kept.weight + weight > self.most {
            kept.answers.clear();
            kept.weight = 0;
        }
        if kept.answers.insert(key, answer.clone()).is_none() {
            kept.weight += weight;
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An answer is found once, until there are too many; what is too large for all of the room is not kept.
    #[test]
    fn answers_are_found_once() {
        let remembered = Remembered::new(10);
        let mut found = Vec::new();
        let mut ask = |key: u32, weight| {
            let answer = remembered.once(key, weight, || {
                found.push(key);
                key * 2
            });
            assert_eq!(answer, key * 2);
        };
        for (key, weight) in [(1, 4), (2, 4), (1, 4), (2, 4), (3, 4), (1, 4), (9, 11), (9, 11), (1, 4)] {
            ask(key, weight);
        }
        assert_eq!(found, [1, 2, 3, 1, 9, 9]);
    }
}
