//! Why a run ends early.

use std::io;

use crate::status::{Status, Trouble};

/// What ends a run before its last step.
#[derive(Debug)]
pub enum Ending {
    /// Something did not work.
    Trouble(Trouble),
    /// Standard output cannot be written.
    Output(io::Error),
}

impl From<Trouble> for Ending {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<io::Error> for Ending {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Ending {
    /// Says what is to be said. Nobody reads a pipe that was closed: `| head` ends a run quietly.
    pub fn status(self, so_far: Status) -> Status {
        match self {
            Self::Trouble(trouble) => so_far.max(trouble.say()),
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => so_far,
            Self::Output(error) => so_far.max(Trouble::output(&error).say()),
        }
    }
}
