//! The types of gradients and of buffers, written out where they are known.

use crate::ir::Ty;
use crate::paths;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

/// The type of an owned gradient of a value of type `ty`; a reference's is that of what it refers to.
pub fn gradient(ty: &Type) -> TokenStream {
    let inner = behind_reference(ty);
    known(inner, true).unwrap_or_else(|| paths::gradient(inner))
}

/// The type of the buffer that a derivative by a value of type `ty` is added to.
pub fn adjoint(ty: &Type) -> TokenStream {
    let inner = behind_reference(ty);
    known(inner, false).unwrap_or_else(|| paths::adjoint(inner))
}

fn behind_reference(ty: &Type) -> &Type {
    match ty {
        Type::Reference(reference) => &reference.elem,
        other => other,
    }
}

fn known(ty: &Type, owned: bool) -> Option<TokenStream> {
    match ty {
        Type::Slice(slice) if Ty::from_syn(&slice.elem).is_scalar() => {
            let elem = &slice.elem;
            Some(if owned { quote!(::std::vec::Vec<#elem>) } else { quote!([#elem]) })
        }
        Type::Array(array) if Ty::from_syn(&array.elem).is_scalar() => Some(quote!(#array)),
        Type::Tuple(tuple) if tuple.elems.is_empty() => Some(quote!(())),
        Type::Tuple(tuple) => {
            let elems: Option<Vec<TokenStream>> = tuple.elems.iter().map(|elem| known(elem, true)).collect();
            elems.map(|elems| quote!((#(#elems,)*)))
        }
        other => match Ty::from_syn(other) {
            Ty::Float(_) => Some(quote!(#other)),
            Ty::Vec(elem) if elem.is_scalar() => Some(quote!(#other)),
            _ => None,
        },
    }
}
