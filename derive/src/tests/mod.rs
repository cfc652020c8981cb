//! Snapshots of the IR and of whole expansions, per construct. `UPDATE_EXPECT=1 cargo test` blesses.

use crate::dump::Dump;
use proc_macro2::TokenStream;

/// The expansion of an annotated function, formatted.
fn expansion(attr: &str, function: &str) -> String {
    let parse = |text: &str| text.parse::<TokenStream>().expect("the test's text is Rust");
    let tokens = crate::expand::expand_dumping(parse(attr), parse(function), &mut Dump::everything());
    prettyplease::unparse(&syn::parse2(tokens).expect("the expansion is Rust"))
}

/// What the phase `lower`, `activity`, `adjoint` or `recorded` prints for a function.
#[allow(dead_code)]
fn phase(name: &str, function: &str) -> String {
    let mut dump = Dump::everything();
    let function = function.parse::<TokenStream>().expect("the test's text is Rust");
    crate::expand::expand_dumping(TokenStream::new(), function, &mut dump);
    dump.text(name).to_owned()
}
