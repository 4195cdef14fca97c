//! Why something could not be done with the wallet: what happened, and what to do.

pub use waxwing::jobs::failure::{of_vault, of_wallet};
use waxwing::report::Failure;
use waxwing::text::tr;
use waxwing::wallet::ImportError;

fn failure(code: &str, what: String, todo: String) -> Failure {
    Failure { code: code.into(), what, todo }
}

/// Of an import. A wrong password, a damaged file and a key without its certificate are three different things to do.
pub fn of_import(error: &ImportError) -> Failure {
    match error {
        ImportError::NeedsPassword | ImportError::WrongPassword => {
            failure("wrong-password", tr!("wallet-wrong-password"), tr!("wallet-wrong-password-todo"))
        }
        ImportError::Damaged(reason) => {
            failure("damaged", tr!("wallet-damaged", reason = reason.clone()), tr!("wallet-damaged-todo"))
        }
        ImportError::KeyWithoutCertificate => failure(
            "key-without-certificate",
            tr!("wallet-key-without-certificate"),
            tr!("wallet-key-without-certificate-todo"),
        ),
        ImportError::Nothing => failure("nothing", tr!("wallet-nothing"), tr!("wallet-nothing-todo")),
        ImportError::Unsupported(_) | ImportError::Limit(_) => failure(
            "unsupported",
            tr!("wallet-unsupported", reason = error.to_string()),
            tr!("wallet-unsupported-todo"),
        ),
        ImportError::Wallet(error) => of_wallet(error),
    }
}

/// Of a file that cannot be read.
pub fn of_file(error: &std::io::Error) -> Failure {
    failure("read", tr!("wallet-unreadable", reason = error.to_string()), tr!("wallet-unreadable-todo"))
}
