//! The attribute macro of the crate [`backprop`](https://docs.rs/backprop).
//!
//! Use it from there. That crate exports the macro together with what the generated code names, and its documentation
//! says what is generated. How the macro works is told in `docs/pipeline.md` of the repository; in the source,
//! `expand.rs` calls its phases in order.

mod adjoint;
mod analysis;
mod args;
mod desugar;
mod diag;
mod differentiable;
mod dump;
mod emit;
mod expand;
mod ir;
mod known;
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

/// Generated code names the crate `backprop` by its absolute path, so a package that uses the attribute depends on it
/// under this name.
#[proc_macro_attribute]
pub fn backprop(attr: TokenStream, item: TokenStream) -> TokenStream {
    expand::expand(attr.into(), item.into()).into()
}

/// Makes a gradient type for a struct or an enum; see the trait `backprop::Differentiable`.
#[proc_macro_derive(Differentiable, attributes(constant, differentiable))]
pub fn derive_differentiable(input: TokenStream) -> TokenStream {
    differentiable::derive(input.into()).into()
}
