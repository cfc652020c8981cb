//! Two programs that differentiate ordinary Rust functions with `#[backprop]`, in reading order:
//!
//! | program | tells | run |
//! | --- | --- | --- |
//! | [`shopping`] | the chain rule on a shopping list, number by number | `cargo run --bin shopping` |
//! | [`digits`] | a network that learns to read handwritten digits | `cargo run --release --bin digits` |

pub mod digits;
pub mod shopping;
