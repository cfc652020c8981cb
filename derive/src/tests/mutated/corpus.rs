//! The functions that mutants are made of: those of all the other tests, found in their text, and every kind of syntax.

use super::syntax::{ITEMS, STATEMENTS};
use proc_macro2::TokenStream;
use quote::ToTokens;
use std::path::Path;
use syn::visit::Visit;

/// Each with the options of its attribute.
pub fn functions() -> Vec<(TokenStream, TokenStream)> {
    let bodies = STATEMENTS
        .iter()
        .map(|body| format!("fn f(x: f64, mut xs: Vec<f64>, p: &mut P, n: usize) -> f64 {{ {body} }}"));
    let listed = bodies.chain(ITEMS.iter().map(|&item| item.to_owned()));
    let listed = listed.map(|text| (TokenStream::new(), text.parse().expect("the lists hold tokens")));
    listed.chain(of_other_tests()).collect()
}

/// What the texts of the tests say behind `#[backprop]`, also where it is inside a string.
fn of_other_tests() -> Vec<(TokenStream, TokenStream)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src/tests", "../tests/tests/gradients", "../tests/tests/ui", "../examples/src"];
    let mut found = Annotated::default();
    for folder in folders {
        // The other packages are not there when this one is tested by itself.
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else { continue };
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
            let text = std::fs::read_to_string(path).expect("the file can be read");
            // A few are no Rust on purpose.
            if let Ok(file) = syn::parse_file(&text) {
                found.visit_file(&file);
            }
        }
    }
    found.0
}

/// Finds what the attribute stands on, also in texts.
#[derive(Default)]
struct Annotated(Vec<(TokenStream, TokenStream)>);

impl<'ast> Visit<'ast> for Annotated {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if let Some(at) = function.attrs.iter().position(|attr| attr.path().is_ident("backprop")) {
            let mut function = function.clone();
            let options = match function.attrs.remove(at).meta {
                syn::Meta::List(list) => list.tokens,
                _ => TokenStream::new(),
            };
            self.0.push((options, function.into_token_stream()));
        }
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        if let Ok(function) = syn::parse_str::<syn::ItemFn>(&text.value()) {
            self.visit_item_fn(&function);
        }
    }
}
