//! The attribute macro of the `backprop` crate; see there for what it does and how it is used.

mod adjoint;
mod analysis;
mod args;
mod diag;
mod dump;
mod emit;
mod expand;
mod ir;
mod lower;
mod names;
mod paths;
mod resolve;
mod rules;
mod signature;
mod simplify;

#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// Differentiates a function.
#[proc_macro_attribute]
pub fn backprop(attr: TokenStream, item: TokenStream) -> TokenStream {
    expand::expand(attr.into(), item.into()).into()
}
