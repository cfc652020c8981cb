//! `impl Differentiable` for the type.

use super::shape::{Field, GradientType, Role, Shape, Variant};
use super::{attributes, generics};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

pub fn differentiable(shape: &Shape) -> TokenStream {
    let (attributes, name) = (attributes(shape), shape.name);
    let generics = generics::of_value(shape);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let (gradient, zero, mismatch) = match &shape.gradient {
        GradientType::Unit => (quote!(()), quote!(), quote!(::core::option::Option::None)),
        GradientType::Own => (quote!(Self), zero_gradient(shape), shape_mismatch(shape)),
        GradientType::New(gradient) => {
            let of_gradient = generics::of_gradient(shape);
            let (_, arguments, _) = of_gradient.split_for_impl();
            (quote!(#gradient #arguments), zero_gradient(shape), shape_mismatch(shape))
        }
    };
    quote! {
        #attributes
        impl #impl_generics ::backprop::Differentiable for #name #ty_generics #where_clause {
            type Gradient = #gradient;
            type Adjoint = #gradient;

            #[inline]
            fn zero_gradient(&self) -> Self::Gradient {
                #zero
            }

            fn shape_mismatch(&self, adjoint: &Self::Adjoint) -> ::core::option::Option<::backprop::ShapeMismatch> {
                #mismatch
            }
        }
    }
}

/// Says of a type that it is its own gradient, which types that hold it ask for.
pub fn own_gradient(shape: &Shape) -> TokenStream {
    let name = shape.name;
    let generics = generics::of_own_gradient_mark(shape);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        #[allow(trivial_bounds)]
        impl #impl_generics ::backprop::__private::OwnGradient for #name #ty_generics #where_clause {}
    }
}

/// The gradient type as a path to its variants.
fn gradient_path(shape: &Shape) -> TokenStream {
    match &shape.gradient {
        GradientType::New(gradient) => quote!(#gradient),
        GradientType::Own | GradientType::Unit => quote!(Self),
    }
}

fn zero_gradient(shape: &Shape) -> TokenStream {
    let gradient = gradient_path(shape);
    shape.for_each_variant(|variant| variant.with(&gradient, |field| zero_of(shape, field)))
}

fn zero_of(shape: &Shape, field: &Field) -> TokenStream {
    match field.role {
        Role::Varying => {
            let (ty, place) = (&field.ty, shape.place("self", false, field));
            quote_spanned!(ty.span()=> <#ty as ::backprop::Differentiable>::zero_gradient(#place))
        }
        Role::Phantom if shape.is_own_gradient() => quote!(::core::marker::PhantomData),
        Role::Constant | Role::Phantom => quote!(()),
    }
}

fn shape_mismatch(shape: &Shape) -> TokenStream {
    let expected = shape.name_of_variant(&quote!(value));
    let otherwise = quote! {
        (value, gradient) => ::core::option::Option::Some(::backprop::ShapeMismatch::new(
            ::backprop::Shape::Variant(#expected),
            ::backprop::Shape::Variant(gradient.__variant()),
        )),
    };
    shape.for_both("adjoint", &gradient_path(shape), |variant| mismatch_of_fields(shape, variant), &otherwise)
}

fn mismatch_of_fields(shape: &Shape, variant: &Variant) -> TokenStream {
    let mismatches = variant.varying().map(|field| {
        let (ty, segment) = (&field.ty, field.segment());
        let (value, adjoint) = (shape.place("self", false, field), shape.place("adjoint", false, field));
        quote_spanned! {ty.span()=>
            if let ::core::option::Option::Some(mismatch) = <#ty as ::backprop::Differentiable>::shape_mismatch(
                #value,
                ::core::borrow::Borrow::borrow(#adjoint),
            ) {
                return ::core::option::Option::Some(mismatch.under(#segment));
            }
        }
    });
    quote!(#(#mismatches)* ::core::option::Option::None)
}
