//! Snapshots of the IR and of whole expansions, per construct. `UPDATE_EXPECT=1 cargo test` blesses.

mod scratch;

use proc_macro2::TokenStream;

/// The expansion of an annotated function, formatted.
fn expansion(attr: &str, function: &str) -> String {
    let parse = |text: &str| text.parse::<TokenStream>().expect("the test's text is Rust");
    let tokens = crate::expand::expand(parse(attr), parse(function));
    prettyplease::unparse(&syn::parse2(tokens).expect("the expansion is Rust"))
}
