//! Why a run ends early.

use std::io;

use crate::status::{Status, Trouble};

/// What ends a run before its last step.
#[derive(Debug)]
pub enum Ending {
    /// Something did not work.
    Trouble(Trouble),
    /// Standard output cannot be written; how far the run was until then.
    Output(io::Error, Status),
}

impl From<Trouble> for Ending {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<io::Error> for Ending {
    fn from(error: io::Error) -> Self {
        Self::Output(error, Status::Done)
    }
}

impl Ending {
    /// Says what is to be said. Nobody reads a pipe that was closed: `| head` ends a run quietly.
    pub fn status(self) -> Status {
        match self {
            Self::Trouble(trouble) => trouble.say(),
            Self::Output(error, so_far) if error.kind() == io::ErrorKind::BrokenPipe => so_far,
            Self::Output(error, so_far) => so_far.max(Trouble::output(&error).say()),
        }
    }
}
