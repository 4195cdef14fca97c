//! `waxwing-cli history`

use waxwing::text::{self, tr};
use waxwing::wallet::HistoryEntry;

use crate::ending::Ending;
use crate::options::Options;
use crate::paper::Paper;
use crate::session::{Absent, Session};
use crate::status::{Status, Trouble};

/// Lists what was done, newest first.
pub fn run(limit: usize, options: &Options, paper: &mut Paper) -> Result<Status, Ending> {
    if limit == 0 {
        return Err(Trouble::usage(tr!("cli-no-lines"), tr!("cli-no-lines-todo")).into());
    }
    let session = Session::open(options, Absent::Ignore)?;
    let entries = session.wallet.history(limit).map_err(Trouble::from)?;
    for entry in &entries {
        if options.json {
            paper.raw(&serde_json::to_string(entry).map_err(std::io::Error::from)?)?;
        } else {
            paper.line(&line(entry))?;
        }
    }
    if entries.is_empty() && !options.json {
        paper.line(&tr!("history-empty"))?;
    }
    Ok(Status::Done)
}

fn line(entry: &HistoryEntry) -> String {
    let HistoryEntry { at, action, file, outcome, output, .. } = entry;
    let action = text::action(action);
    let output = output.as_ref().map(|output| format!(" → {output}")).unwrap_or_default();
    format!("{}  {action}  [{outcome}]  {file}{output}", text::moment(*at))
}
