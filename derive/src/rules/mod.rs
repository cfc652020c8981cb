//! The derivatives of scalar operations, as data.
//!
//! A rule names an operation and gives, for each operand, the formula of what flows back to it. What a rule needs
//! saved follows from what its formulas mention. To add a rule is to add a line to [`table`] and a row to the table
//! test of the tests package.

mod table;
mod template;
#[cfg(test)]
mod tests;

pub use table::{Notation, Rule, Shape, TABLE, binary, method, neg};
pub use template::{Formula, Leaf};
