//! `#[derive(Differentiable)]`: a gradient type of the same shape as a struct or an enum, and what makes it one.
//!
//! Enters: the type. Leaves: `NameGradient` with a field for each field (its gradient, or `()` where a field cannot
//! vary), and the implementations of the runtime's traits. A type without fields has the gradient `()`, and with
//! `#[differentiable(gradient = Self)]` a type is its own gradient; for these no type is generated.
//!
//! `read` looks into the syntax and refuses, `shape` is what it leaves. Each other file makes one part of the output.

mod components;
mod declaration;
mod generics;
mod gradient;
mod payloads;
mod read;
mod shape;
mod value;

use crate::diag::Errors;
use proc_macro2::TokenStream;
use quote::quote;
use shape::{GradientType, Shape};
use syn::DeriveInput;

pub fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let shape = read::read(&input, &mut errors);
    match shape.filter(|_| errors.is_empty()) {
        Some(shape) => emit(&shape),
        None => errors.into_compile_errors(),
    }
}

fn emit(shape: &Shape) -> TokenStream {
    let differentiable = value::differentiable(shape);
    let of_value = components::of_value(shape);
    match &shape.gradient {
        GradientType::Unit => quote!(#differentiable #of_value),
        GradientType::Own => {
            let gradient = gradient::gradient(shape);
            let (payloads, own) = (payloads::payloads(shape), value::own_gradient(shape));
            quote!(#differentiable #gradient #of_value #payloads #own)
        }
        GradientType::New(_) => {
            let declaration = declaration::declaration(shape);
            let gradient = gradient::gradient(shape);
            let of_gradient = components::of_gradient(shape);
            let add_assign = gradient::add_assign(shape);
            let payloads = payloads::payloads(shape);
            quote!(#declaration #differentiable #gradient #of_value #of_gradient #add_assign #payloads)
        }
    }
}

/// What stands on every implementation: the user's lints are for what the user wrote.
fn attributes(shape: &Shape) -> TokenStream {
    let names = shape.is_enum.then(|| quote!(non_snake_case,));
    let bounds = shape.is_own_gradient().then(|| quote!(trivial_bounds,));
    quote! {
        #[automatically_derived]
        #[allow(#names #bounds deprecated, unused_variables, clippy::all, clippy::pedantic)]
    }
}
