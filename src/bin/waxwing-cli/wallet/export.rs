//! Writes an identity with its key, or a certificate.

use der::pem::{self, LineEnding};
use waxwing::report::Failure;
use waxwing::text::tr;
use waxwing::wallet::WalletError;
use waxwing::wallet::pkcs12::Protection;

use super::entry::{self, Shelf};
use crate::arguments::ExportForm;
use crate::ending::Ending;
use crate::files;
use crate::options::Options;
use crate::paper::{self, Paper};
use crate::secrets;
use crate::session::Session;
use crate::status::{Status, Trouble};

/// Writes it.
pub fn run(
    what: &str,
    form: &ExportForm,
    session: &Session,
    options: &Options,
    paper: &mut Paper,
) -> Result<Status, Ending> {
    match form {
        ExportForm { p12: Some(out), legacy, .. } => {
            let certificate = entry::find(&session.wallet, what, Shelf::Mine)?;
            let typed = || secrets::ask_twice(&tr!("cli-new-password"), &tr!("cli-new-password-again"));
            let password = match session.secrets.passwords.as_slice() {
                [] => typed().ok_or_else(no_password)?,
                [password] => password.clone(),
                // Nobody would know which of them it is under.
                _ => return Err(Trouble::usage(tr!("cli-one-password"), tr!("cli-one-password-todo")).into()),
            };
            let form = if *legacy { Protection::Legacy } else { Protection::Modern };
            let bytes = session.with_keys(|| session.wallet.export_p12_as(form, &certificate, &password))?;
            files::write_new(out, &bytes)?;
            if *legacy {
                let (what, todo) = (tr!("wallet-export-legacy"), tr!("wallet-export-legacy-todo"));
                paper::say(None, &Failure { code: "legacy".to_owned(), what, todo });
            }
        }
        ExportForm { cert: Some(out), .. } => {
            let certificate = entry::find(&session.wallet, what, Shelf::Any)?;
            let text = pem::encode_string("CERTIFICATE", LineEnding::LF, certificate.der());
            let text = text.map_err(|error| Trouble::from(WalletError::Export(error.to_string())))?;
            files::write_new(out, text.as_bytes())?;
        }
        // The command line asks for one of the two.
        ExportForm { p12: None, cert: None, .. } => {}
    }
    if let Some(out) = form.p12.as_ref().or(form.cert.as_ref()).filter(|out| !files::is_dash(out) && !options.json) {
        paper.aside(&format!("{} {}", tr!("cli-written"), out.to_string_lossy()))?;
    }
    Ok(Status::Done)
}

fn no_password() -> Trouble {
    let (what, todo) = (tr!("cli-no-new-password"), tr!("cli-password-todo"));
    Trouble::new(Failure { code: "needs-password".to_owned(), what, todo })
}
