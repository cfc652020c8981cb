//! How generated code reaches into the gradient of an enum, whose path it does not know: by hidden methods.

use super::shape::{Field, Shape, Variant};
use super::{declaration, generics};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// `__payload_Variant_field` for every field, and `__variant`, the name of the variant for messages.
pub fn payloads(shape: &Shape) -> TokenStream {
    if !shape.is_enum {
        return TokenStream::new();
    }
    let name = shape.gradient_name();
    let generics = generics::of_gradient(shape);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let variant_name = shape.name_of_variant(&quote!(self));
    let payloads = shape.variants.iter().flat_map(|variant| {
        let fields = variant.fields.iter();
        fields.map(move |field| payload(shape, variant, field))
    });
    quote! {
        #[allow(dead_code, non_snake_case, unreachable_pub, trivial_bounds, clippy::all, clippy::pedantic)]
        impl #impl_generics #name #ty_generics #where_clause {
            #[doc(hidden)]
            pub fn __variant(&self) -> &'static str {
                #variant_name
            }

            #(#payloads)*
        }
    }
}

fn payload(shape: &Shape, variant: &Variant, field: &Field) -> TokenStream {
    let text = variant.text();
    let method = Ident::new(&format!("__payload_{text}_{}", field.text()), Span::call_site());
    let ty = declaration::gradient_of(shape, field);
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
