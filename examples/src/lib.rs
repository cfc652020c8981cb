//! Three programs that differentiate ordinary Rust functions with `#[backprop]`, in reading order:
//!
//! | program | tells | run |
//! | --- | --- | --- |
//! | [`shopping`] | the chain rule on a shopping list, number by number | `cargo run --bin shopping` |
//! | [`orbit`] | the flight of three bodies, and what it conserves | `cargo run --release --bin orbit` |
//! | [`digits`] | a network that learns to read handwritten digits | `cargo run --release --bin digits` |

pub mod digits;
pub mod orbit;
pub mod shopping;
