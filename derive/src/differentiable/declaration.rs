//! The gradient type itself, with `Clone`, `Debug`, `PartialEq`, and `Default` where that is known to exist.

use super::read::holds_passive;
use super::shape::{Field, Role, Shape, Style, Variant};
use super::{attributes, generics};
use crate::ir::Ty;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Generics, Member, Type};

pub fn declaration(shape: &Shape) -> TokenStream {
    let generics = generics::of_gradient(shape);
    let (vis, gradient, where_clause) = (shape.vis, shape.gradient_name(), &generics.where_clause);
    let attributes = declaration_attributes(shape);
    let (derives, implementations) = if generics.type_params().next().is_some() {
        (TokenStream::new(), implementations(shape, &generics))
    } else {
        (derives(shape), TokenStream::new())
    };
    let item = if shape.is_enum {
        let variants = shape.variants.iter().map(|variant| declared_variant(shape, variant));
        quote!(#vis enum #gradient #generics #where_clause { #(#variants,)* })
    } else {
        let fields = shape.variants.iter().map(|variant| declared_fields(shape, variant));
        match shape.variants.first().map(|variant| variant.style) {
            Some(Style::Named) => quote!(#vis struct #gradient #generics #where_clause #(#fields)*),
            _ => quote!(#vis struct #gradient #generics #(#fields)* #where_clause;),
        }
    };
    quote!(#attributes #derives #item #implementations)
}

fn declaration_attributes(shape: &Shape) -> TokenStream {
    let (name, non_exhaustive) = (shape.name.unraw(), shape.non_exhaustive);
    let doc = if shape.is_enum {
        format!("The gradient by a [`{name}`]: the same variant, with the derivative by each field.")
    } else {
        format!("The gradient by a [`{name}`]: for each field the derivative by it, `()` where it cannot vary.")
    };
    quote! {
        #[doc = #doc]
        #non_exhaustive
        #[allow(dead_code, missing_copy_implementations, non_camel_case_types, non_snake_case)]
        #[allow(clippy::all, clippy::pedantic)]
    }
}

fn declared_variant(shape: &Shape, variant: &Variant) -> TokenStream {
    let (name, fields, non_exhaustive) = (variant.name, declared_fields(shape, variant), variant.non_exhaustive);
    let doc = format!("The gradient by a value that is `{}`.", variant.text());
    quote!(#[doc = #doc] #non_exhaustive #name #fields)
}

fn declared_fields(shape: &Shape, variant: &Variant) -> TokenStream {
    let fields = variant.fields.iter().map(|field| {
        let (vis, ty) = (field.vis, gradient_of(shape, field));
        match &field.member {
            Member::Named(name) => {
                let doc = format!("The derivative by `{}`.", field.text());
                quote!(#[doc = #doc] #vis #name: #ty)
            }
            Member::Unnamed(_) => quote!(#vis #ty),
        }
    });
    match variant.style {
        Style::Named => quote!({ #(#fields,)* }),
        Style::Tuple => quote!((#(#fields,)*)),
        Style::Unit => TokenStream::new(),
    }
}

/// The type of a field's gradient, by its name where that is known.
pub fn gradient_of(shape: &Shape, field: &Field) -> TokenStream {
    match field.role {
        _ if shape.is_own_gradient() => field.ty.to_token_stream(),
        Role::Constant | Role::Phantom => quote!(()),
        Role::Varying => match Ty::from_syn(&field.ty) {
            Ty::Passive => quote!(()),
            ty if ty.is_made_of_floats() && !holds_passive(&ty) => field.ty.to_token_stream(),
            _ => crate::paths::gradient(&field.ty),
        },
    }
}

fn derives(shape: &Shape) -> TokenStream {
    let default = !shape.is_enum && shape.varying().all(|field| has_default(&field.ty));
    let default = default.then(|| quote!(, ::core::default::Default));
    quote!(#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq #default)])
}

/// Whether the gradient of a type is known to have a default.
fn has_default(ty: &Type) -> bool {
    match ty {
        Type::Array(array) => {
            let short = array.len.to_token_stream().to_string().parse::<usize>().is_ok_and(|len| len <= 32);
            short && has_default(&array.elem)
        }
        Type::Tuple(tuple) => tuple.elems.iter().all(has_default),
        other => matches!(Ty::from_syn(other), Ty::Float(_) | Ty::Passive | Ty::Vec(_) | Ty::Unit),
    }
}

/// What `derive` cannot do for a generic type, because the bounds are on the gradients of its parameters.
fn implementations(shape: &Shape, generics: &Generics) -> TokenStream {
    let clone = quote!(fn clone(&self) -> Self);
    let eq = quote!(fn eq(&self, other: &Self) -> bool);
    let fmt = quote!(fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result);
    let impls = [
        (quote!(::core::clone::Clone), clone, cloned(shape)),
        (quote!(::core::cmp::PartialEq), eq, equal(shape)),
        (quote!(::core::fmt::Debug), fmt, shown(shape)),
    ];
    let impls = impls.map(|(bound, signature, body)| {
        let (attributes, gradient) = (attributes(shape), shape.gradient_name());
        let mut generics = generics.clone();
        let clause = generics.make_where_clause();
        for part in generics::parts(shape) {
            clause.predicates.push(syn::parse_quote!(<#part as ::backprop::Differentiable>::Gradient: #bound));
        }
        let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
        quote! {
            #attributes
            impl #impl_generics #bound for #gradient #ty_generics #where_clause {
                #[inline]
                #signature { #body }
            }
        }
    });
    impls.into_iter().collect()
}

fn cloned(shape: &Shape) -> TokenStream {
    shape.for_each_variant(|variant| {
        variant.with(&quote!(Self), |field| match field.role {
            Role::Varying => {
                let place = shape.place("self", false, field);
                quote!(::core::clone::Clone::clone(#place))
            }
            Role::Constant | Role::Phantom => quote!(()),
        })
    })
}

fn equal(shape: &Shape) -> TokenStream {
    let fields = |variant: &Variant| {
        let fields = variant.varying().map(|field| {
            let (own, other) = (shape.place("self", false, field), shape.place("other", false, field));
            quote!(::core::cmp::PartialEq::eq(#own, #other))
        });
        super::gradient::all(fields)
    };
    shape.for_both("other", &quote!(Self), fields, &quote!(_ => false,))
}

fn shown(shape: &Shape) -> TokenStream {
    shape.for_each_variant(|variant| {
        let name = if shape.is_enum { variant.text() } else { shape.gradient_name().unraw().to_string() };
        let (begin, named) = match variant.style {
            Style::Named => (quote!(debug_struct), true),
            Style::Tuple | Style::Unit => (quote!(debug_tuple), false),
        };
        let fields = variant.fields.iter().map(|field| {
            let name = named.then(|| field.text()).map(|name| quote!(#name,));
            let place = match field.role {
                Role::Varying => shape.place("self", false, field),
                Role::Constant | Role::Phantom => quote!(&()),
            };
            quote!(.field(#name #place))
        });
        quote!(f.#begin(#name)#(#fields)*.finish())
    })
}
