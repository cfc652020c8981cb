//! `impl Gradient` for the gradient type, and `+=`.

use super::shape::Shape;
use super::{attributes, generics};
use proc_macro2::TokenStream;
use quote::quote;

pub fn gradient(shape: &Shape) -> TokenStream {
    let (attributes, name) = (attributes(shape), shape.gradient_name());
    let generics = generics::of_gradient(shape);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let accumulate = accumulate(shape);
    let scale = on_each_field(shape, &quote!(scale), &quote!(, factor));
    let set_zero = on_each_field(shape, &quote!(set_zero), &quote!());
    let is_zero = shape.for_each_variant(|variant| {
        let parts = variant.varying().map(|field| {
            let place = shape.place("self", false, field);
            quote!(::backprop::Gradient::is_zero(#place))
        });
        all(parts)
    });
    quote! {
        #attributes
        impl #impl_generics ::backprop::Gradient for #name #ty_generics #where_clause {
            #[inline]
            #[track_caller]
            fn accumulate(&mut self, other: &Self) {
                #accumulate
            }

            #[inline]
            fn scale(&mut self, factor: f64) {
                #scale
            }

            #[inline]
            fn set_zero(&mut self) {
                #set_zero
            }

            #[inline]
            fn is_zero(&self) -> bool {
                #is_zero
            }
        }
    }
}

fn accumulate(shape: &Shape) -> TokenStream {
    let otherwise = quote!((sum, term) => ::backprop::__private::variants_differ(sum.__variant(), term.__variant()),);
    let add = |variant: &super::shape::Variant| {
        let terms = variant.varying().map(|field| {
            let (sum, term) = (shape.place("self", true, field), shape.place("other", false, field));
            quote!(::backprop::Gradient::accumulate(#sum, #term);)
        });
        terms.collect()
    };
    shape.for_both("other", &quote!(Self), add, &otherwise)
}

/// `Gradient::method(field, …);` for each field that varies.
fn on_each_field(shape: &Shape, method: &TokenStream, arguments: &TokenStream) -> TokenStream {
    shape.for_each_variant(|variant| {
        let calls = variant.varying().map(|field| {
            let place = shape.place("self", true, field);
            quote!(::backprop::Gradient::#method(#place #arguments);)
        });
        calls.collect()
    })
}

/// `gradient += other;`. A type that is its own gradient is left alone: it may have a `+=`.
pub fn add_assign(shape: &Shape) -> TokenStream {
    let name = shape.gradient_name();
    let generics = generics::of_gradient(shape);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::core::ops::AddAssign for #name #ty_generics #where_clause {
            #[inline]
            #[track_caller]
            fn add_assign(&mut self, other: Self) {
                ::backprop::Gradient::accumulate(self, &other);
            }
        }
    }
}

/// `a && b && …`
pub fn all(parts: impl Iterator<Item = TokenStream>) -> TokenStream {
    parts.reduce(|all, part| quote!(#all && #part)).unwrap_or_else(|| quote!(true))
}
