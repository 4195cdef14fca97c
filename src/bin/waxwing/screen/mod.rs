//! The screens. Each owns its state, messages, actions, `update` and `view`.

pub mod desk;
