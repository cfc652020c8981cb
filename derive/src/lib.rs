//! The attribute macro of the crate `backprop`.

use proc_macro::TokenStream;

/// Placeholder: leaves the function as it was written.
#[proc_macro_attribute]
pub fn backprop(_options: TokenStream, item: TokenStream) -> TokenStream {
    item
}
