//! The generated item: a type with the name of the function, and the functions on it.

use super::{Unit, docs, fused, split, wrappers};
use crate::names::Names;
use crate::signature::{Param, Signature};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

/// Emits everything that the attribute adds beside the function.
pub fn item(unit: &Unit, names: &Names) -> TokenStream {
    let mut bodies = Vec::new();
    if has_fused(unit.signature) {
        bodies.push(fused::functions(unit, names));
    }
    if unit.signature.is_scalar {
        bodies.push(wrappers::grad(unit.signature));
    }
    bodies.push(wrappers::vjp(unit.signature, names));
    bodies.push(split::forward(unit, names));
    wrap(unit.signature, &quote!(#(#bodies)*))
}

/// The type and its `impl` around `functions`.
pub fn wrap(signature: &Signature, functions: &TokenStream) -> TokenStream {
    let Signature { name, item, vis, cfgs, .. } = signature;
    let doc = docs::item(signature);
    // A clash with another type is reported at the function's name.
    let declaration = quote_spanned!(item.span()=> struct #item {});
    quote! {
        #(#cfgs)*
        #[doc = #doc]
        #[allow(non_camel_case_types, dead_code)]
        #[non_exhaustive]
        #vis #declaration

        // A function of which only the derivative is used is used.
        #(#cfgs)*
        #[allow(unused)]
        const _: () = {
            let _ = #name;
        };

        #(#cfgs)*
        #[automatically_derived]
        #[allow(warnings, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        impl #item {
            #functions
        }
    }
}

/// Whether both sweeps can run in one function: the adjoint of the result is known.
pub fn has_fused(signature: &Signature) -> bool {
    !signature.returns_value() || signature.is_scalar
}

/// The parameters as they are declared.
pub fn declared_params(signature: &Signature) -> Vec<TokenStream> {
    let declare = |param: &Param| {
        let Param { name, syn_ty, mutable, .. } = param;
        let mutability = mutable.then(|| quote!(mut));
        quote!(#mutability #name: #syn_ty)
    };
    signature.params.iter().map(declare).collect()
}

/// The type that the function returns.
pub fn output(signature: &Signature) -> TokenStream {
    match &signature.output {
        Some(ty) => quote!(#ty),
        None => quote!(()),
    }
}

/// The same as a type.
pub fn output_type(signature: &Signature) -> syn::Type {
    signature.output.clone().unwrap_or_else(|| syn::parse_quote!(()))
}
