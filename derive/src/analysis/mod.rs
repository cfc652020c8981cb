//! Facts about a lowered function, as side tables keyed by id. Nothing here changes the IR.

pub mod activity;
pub mod live;
pub mod owners;
pub mod recorded;
pub mod reshaped;
pub mod selected;
pub mod undone;
