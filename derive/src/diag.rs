//! Errors, collected so that one run reports them all.

use proc_macro2::Span;
use quote::ToTokens;

#[derive(Default)]
pub struct Errors {
    errors: Option<syn::Error>,
}

impl Errors {
    /// Reports `message` (the refusal, then the remedy) on all of `tokens`.
    pub fn on(&mut self, tokens: &dyn ToTokens, message: impl Into<String>) {
        self.push(syn::Error::new_spanned(tokens.to_token_stream(), message.into()));
    }

    /// Reports `message` at one token.
    pub fn at(&mut self, span: Span, message: impl Into<String>) {
        self.push(syn::Error::new(span, message.into()));
    }

    pub fn push(&mut self, error: syn::Error) {
        match &mut self.errors {
            Some(errors) => errors.combine(error),
            none => *none = Some(error),
        }
    }

    pub fn extend(&mut self, more: Errors) {
        if let Some(error) = more.errors {
            self.push(error);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.errors.is_none()
    }

    pub fn count(&self) -> usize {
        self.errors.as_ref().map_or(0, |errors| errors.into_iter().count())
    }

    /// The errors as `compile_error!` invocations.
    pub fn into_compile_errors(self) -> proc_macro2::TokenStream {
        self.errors.map(|errors| errors.to_compile_error()).unwrap_or_default()
    }
}
