//! Zeros: the adjoint of a value before anything is added to it.

use crate::ir::Ty;
use crate::paths;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

/// A zero in the shape of a variable of type `ty`, whose value is `value` (for a reference: what it refers to).
pub fn zero(ty: &Ty, value: &TokenStream) -> TokenStream {
    fixed(ty).unwrap_or_else(|| match ty.deref() {
        Ty::Vec(elem) | Ty::Slice(elem) if elem.is_scalar() => quote!(::std::vec![0.0; #value.len()]),
        _ => {
            let function = paths::private("zero_gradient");
            // A missing gradient is reported where the value gets its name.
            let span = value.span();
            let borrow = (!ty.is_ref()).then(|| quote_spanned!(span=> &));
            quote_spanned!(span=> #function(#borrow #value))
        }
    })
}

/// The zero of a type whose values all have the same shape.
fn fixed(ty: &Ty) -> Option<TokenStream> {
    match ty.deref() {
        Ty::Float(_) => Some(quote!(0.0)),
        Ty::Unit => Some(quote!(())),
        Ty::Array(elem, len) if elem.is_scalar() => Some(quote!([0.0; #len])),
        Ty::Tuple(elems) if elems.iter().all(Ty::is_scalar) => {
            let zeros = elems.iter().map(|_| quote!(0.0));
            Some(quote!((#(#zeros,)*)))
        }
        _ => None,
    }
}
