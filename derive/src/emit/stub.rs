//! What is emitted beside errors: the item with functions that have the right signatures, so that one mistake gives one
//! message, and calls of these functions give none.

use super::{item, split, types, wrappers};
use crate::names::Names;
use crate::signature::Signature;
use proc_macro2::TokenStream;
use quote::quote;

pub fn stub(signature: &Signature) -> TokenStream {
    let mut functions = Vec::new();
    let body = quote!({ ::core::unimplemented!() });
    if item::has_fused(signature) {
        let params = item::declared_params(signature);
        let buffers = signature.differentiable().map(|param| {
            let (name, ty) = (&param.grad, types::adjoint(param.inner()));
            quote!(#name: &mut #ty)
        });
        let output = item::output(signature);
        functions.push(quote!(pub fn value_and_grad_into(#(#params,)* #(#buffers),*) -> #output #body));
    }
    if signature.is_scalar {
        functions.push(wrappers::value_and_grad(signature));
        functions.push(wrappers::grad(signature));
    }
    functions.push(wrappers::vjp(signature, &Names::default()));
    functions.push(split::stub(signature));
    item::wrap(signature, &quote!(#(#functions)*))
}
