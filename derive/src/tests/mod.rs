//! Snapshots of the IR and of the expansion, a module per construct, named as the module of its gradients in the tests
//! package. `UPDATE_EXPECT=1 cargo test` blesses.
//!
//! Snapshots show what changes; that it is right is held by the gradients.

mod arithmetic;
mod arrays;
mod arrays_of_arrays;
mod assignment;
mod blocks;
mod boxes;
mod calls;
mod calls_and_state;
mod casts;
mod closures;
mod compound_assignment;
mod constant_parameters;
mod deferred_init;
mod differentiable;
mod early_exits;
mod enums;
mod fill_copy_swap_clone;
mod float_methods;
mod for_adaptors;
mod for_chunks;
mod for_range;
mod for_slice;
mod for_slice_mut;
mod for_zip;
mod growth;
mod if_else;
mod in_place;
mod integer_code;
mod integer_parts;
mod interface;
mod iterator_chains;
mod labelled_blocks;
mod late_values;
mod let_patterns;
mod literals_and_constants;
mod match_arms;
mod mem_swap;
mod mutated;
mod nested_loops;
mod option_methods;
mod options;
mod overflow;
mod pages;
mod parameter_patterns;
mod passing_through;
mod paths;
mod permutations;
mod pipeline;
mod question_mark;
mod readme;
mod results;
mod shadowing;
mod single_precision;
mod slice_patterns;
mod split_slices;
mod steps;
mod stop_gradient;
mod struct_update;
mod structs;
mod sub_slices;
mod tuple_fields;
mod vec_edits;
mod vec_lengths;
mod vec_macro;
mod vec_push;
mod while_loops;

use crate::dump::Dump;
use proc_macro2::TokenStream;
use quote::ToTokens;

/// The expansion of a function that begins with `#[backprop]`, formatted.
fn expansion(function: &str) -> String {
    prettyplease::unparse(&expand(function, &mut Dump::everything()))
}

/// What the phase `lower`, `activity`, `adjoint` or `recorded` prints for a function.
fn phase(name: &str, function: &str) -> String {
    let mut dump = Dump::everything();
    expand(function, &mut dump);
    unindented(dump.text(name))
}

/// `expect!` takes off the indentation that all lines share; so does this.
fn unindented(text: &str) -> String {
    let shared = text.lines().map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    text.lines().map(|line| format!("{}\n", &line[shared..])).collect()
}

/// One function of the generated item, formatted, without its attributes; `both sweeps` is the one that has both.
fn generated(name: &str, function: &str) -> String {
    let file = expand(function, &mut Dump::everything());
    let found = associated_functions(&file).find(|found| match name {
        "both sweeps" => has_both_sweeps(found),
        name => found.sig.ident == name,
    });
    let syn::ImplItemFn { vis, sig, block, .. } = found.expect("the item has that function");
    prettyplease::unparse(&syn::parse_quote!(#vis #sig #block))
}

/// The others call it.
fn has_both_sweeps(function: &syn::ImplItemFn) -> bool {
    let name = function.sig.ident.to_string();
    let calls = function.block.to_token_stream().to_string().contains("Self ::");
    matches!(name.as_str(), "value_and_grad" | "value_and_grad_into" | "both_sweeps") && !calls
}

fn associated_functions(file: &syn::File) -> impl Iterator<Item = &syn::ImplItemFn> {
    let impls = file.items.iter().filter_map(|item| match item {
        syn::Item::Impl(block) => Some(&block.items),
        _ => None,
    });
    impls.flatten().filter_map(|item| match item {
        syn::ImplItem::Fn(function) => Some(function),
        _ => None,
    })
}

fn expand(function: &str, dump: &mut Dump) -> syn::File {
    let (attr, item) = annotated(function);
    let expanded = crate::expand::expand_dumping(attr, item, dump);
    let text = expanded.to_string();
    let refusal = text.find("compile_error").map(|at| &text[at..]);
    assert_eq!(refusal, None, "the function is refused");
    syn::parse2(expanded).expect("the expansion is Rust")
}

/// The options of `#[backprop]`, and what it stands on.
fn annotated(function: &str) -> (TokenStream, TokenStream) {
    let mut function: syn::ItemFn = syn::parse_str(function).expect("the test's text is a function");
    let at = function.attrs.iter().position(|attr| attr.path().is_ident("backprop")).expect("it is annotated");
    let attr = match function.attrs.remove(at).meta {
        syn::Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    };
    (attr, function.into_token_stream())
}
