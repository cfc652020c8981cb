//! Random programs over all of the Rust that the macro accepts, each held to a second derivative of its own.
//!
//! [`generate`] grows a program by the [`productions`]; the [`machine`] runs it on dual numbers; a [`batch`] of them is
//! compiled as a crate, where `check!` compares every generated function with what the machine found, and with central
//! differences where no kink is near; [`shrink()`] cuts what fails down to what matters.

pub mod batch;
pub mod child;
pub mod dice;
pub mod dual;
pub mod generate;
pub mod machine;
pub mod pattern;
pub mod point;
pub mod print;
pub mod productions;
pub mod scope;
pub mod shapes;
pub mod shrink;
pub mod subject;
pub mod tree;
pub mod ty;

pub use batch::{Batch, Failure, Kind};
pub use point::Point;
pub use shrink::shrink;
pub use subject::{Subject, Tally};
