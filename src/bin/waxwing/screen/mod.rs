//! The screens. Each owns its state, messages, actions, `update` and `view`.

pub mod desk;
pub mod history;
pub mod settings;
pub mod wallet;
