//! `impl Components`: the floats inside the type and inside its gradient, in the same order and under the same paths.

use super::shape::Shape;
use super::{attributes, generics};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Generics;

pub fn of_value(shape: &Shape) -> TokenStream {
    components(shape, shape.name, &generics::of_components(shape))
}

pub fn of_gradient(shape: &Shape) -> TokenStream {
    components(shape, shape.gradient_name(), &generics::of_gradient(shape))
}

fn components(shape: &Shape, name: &Ident, generics: &Generics) -> TokenStream {
    let (attributes, components) = (attributes(shape), quote!(::backprop::components));
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let (read, write) = (walk(shape, &quote!(visit), false), walk(shape, &quote!(visit_mut), true));
    quote! {
        #attributes
        impl #impl_generics #components::Components for #name #ty_generics #where_clause {
            fn visit(
                &self,
                path: &mut #components::Path,
                visit: &mut dyn ::core::ops::FnMut(&#components::Path, #components::Component),
            ) {
                #read
            }

            fn visit_mut(
                &mut self,
                path: &mut #components::Path,
                visit: &mut dyn ::core::ops::FnMut(&#components::Path, #components::ComponentMut<'_>),
            ) {
                #write
            }
        }
    }
}

fn walk(shape: &Shape, method: &TokenStream, mutable: bool) -> TokenStream {
    if shape.fields().next().is_none() {
        return TokenStream::new();
    }
    shape.for_each_variant(|variant| {
        let steps = variant.varying().map(|field| {
            let (place, segment) = (shape.place("self", mutable, field), field.segment());
            quote! {
                path.within(#segment, |path| {
                    ::backprop::components::Components::#method(#place, path, visit);
                });
            }
        });
        steps.collect()
    })
}
