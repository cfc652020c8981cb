//! Every path into the runtime crate that generated code names.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

/// `::backprop::__private::name`
pub fn private(name: &str) -> TokenStream {
    let name = Ident::new(name, Span::mixed_site());
    quote!(::backprop::__private::#name)
}

/// The same, where what is said against it is said of the user's words at `span`.
pub fn private_at(name: &str, span: Span) -> TokenStream {
    let name = Ident::new(name, span);
    quote_spanned!(span=> ::backprop::__private::#name)
}

/// `::backprop::__private::rules::name`
pub fn rule(name: &str) -> TokenStream {
    let name = Ident::new(name, Span::mixed_site());
    quote!(::backprop::__private::rules::#name)
}

pub fn differentiable() -> TokenStream {
    quote!(::backprop::Differentiable)
}

/// `<T as Differentiable>::Gradient`
pub fn gradient(ty: &Type) -> TokenStream {
    quote_spanned!(ty.span()=> <#ty as ::backprop::Differentiable>::Gradient)
}

/// `<T as Differentiable>::Adjoint`
pub fn adjoint(ty: &Type) -> TokenStream {
    quote_spanned!(ty.span()=> <#ty as ::backprop::Differentiable>::Adjoint)
}
