//! How generated code reaches into the gradient of an enum, whose path it does not know: by hidden methods.
//!
//! A struct's gradient has them too: where a pattern may fail, a name without a path may be a struct or a variant that was
//! imported.

use super::shape::{Field, Shape, Variant};
use super::{declaration, generics};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

/// `__payload_Variant_field` for every field, and `__variant`, the name of the variant for messages.
pub fn payloads(shape: &Shape) -> TokenStream {
    let name = shape.gradient_name();
    let generics = generics::of_gradient(shape);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let variant_name = shape.is_enum.then(|| {
        let name = shape.name_of_variant(&quote!(self));
        quote! {
            #[doc(hidden)]
            pub fn __variant(&self) -> &'static str {
                #name
            }
        }
    });
    let payloads = shape.variants.iter().flat_map(|variant| {
        let fields = variant.fields.iter();
        fields.map(move |field| payload(shape, variant, field))
    });
    quote! {
        #[allow(
            dead_code, non_snake_case, private_interfaces, unreachable_pub, trivial_bounds, clippy::all, clippy::pedantic
        )]
        impl #impl_generics #name #ty_generics #where_clause {
            #variant_name
            #(#payloads)*
        }
    }
}

fn payload(shape: &Shape, variant: &Variant, field: &Field) -> TokenStream {
    let text = variant.name.unwrap_or(shape.name).unraw().to_string();
    let method = Ident::new(&format!("__payload_{text}_{}", field.text()), Span::call_site());
    let ty = declaration::gradient_of(shape, field);
    if !shape.is_enum {
        let member = &field.member;
        return quote! {
            #[doc(hidden)]
            #[inline]
            pub fn #method(&mut self) -> &mut #ty {
                &mut self.#member
            }
        };
    }
    let pattern =
        variant.with(&quote!(Self), |part| if part.member == field.member { quote!(payload) } else { quote!(_) });
    let other = (shape.variants.len() > 1)
        .then(|| quote!(other => ::backprop::__private::no_payload(#text, other.__variant()),));
    quote! {
        #[doc(hidden)]
        #[inline]
        #[track_caller]
        pub fn #method(&mut self) -> &mut #ty {
            match self {
                #pattern => payload,
                #other
            }
        }
    }
}
