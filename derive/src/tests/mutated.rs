//! Whatever tokens a user writes, the macro answers with tokens: the functions of the other tests, each with a few
//! tokens left out, doubled or exchanged.

use super::{
    annotated, arithmetic, arrays, arrays_of_arrays, assignment, blocks, calls, calls_and_state, casts,
    compound_assignment, constant_parameters, deferred_init, fill_copy_swap_clone, float_methods, for_range, for_slice,
    for_slice_mut, if_else, in_place, integer_code, interface, let_patterns, literals_and_constants, nested_loops,
    overflow, passing_through, paths, results, shadowing, single_precision, stop_gradient, sub_slices, tuple_fields,
    vec_macro,
};
use crate::dump::Dump;
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::panic::{AssertUnwindSafe, catch_unwind};

const FUNCTIONS: &[&str] = &[
    arithmetic::GROUPED,
    arrays::LITERAL,
    arrays_of_arrays::ROWS_MOVED,
    assignment::OVERWRITTEN,
    blocks::LEFT_OPERAND_FIRST,
    calls::LAYER,
    calls_and_state::SCRATCH_IN_A_LOOP,
    casts::THERE_AND_BACK,
    compound_assignment::VARIABLE,
    constant_parameters::SQUARED_ERROR,
    deferred_init::BY_BRANCH,
    fill_copy_swap_clone::MOVED_ABOUT,
    float_methods::RULES,
    for_range::RECURRENCE,
    for_slice::ENUMERATED,
    for_slice_mut::SCALED,
    if_else::STATEMENT,
    in_place::SQUARED_AGAIN_AND_AGAIN,
    integer_code::BOTH_ENDS,
    interface::BILL,
    let_patterns::TAKEN_APART,
    literals_and_constants::CIRCLE_AREA,
    nested_loops::MATRIX_VECTOR,
    overflow::MASKED,
    passing_through::ASSERTED,
    paths::BY_PATH,
    results::TUPLE,
    shadowing::REFINED,
    single_precision::RATIONAL,
    stop_gradient::SHIFTED,
    sub_slices::MUTABLE_PART,
    tuple_fields::COMPLEX_POWER,
    vec_macro::REPEATED,
];

const MUTANTS_OF_EACH: usize = 20;

#[test]
fn no_mutilated_function_makes_the_macro_panic() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for function in FUNCTIONS {
        let (attr, item) = annotated(function);
        let pieces = pieces(item);
        let mutants = std::iter::repeat_with(|| mutilated(&pieces, &mut random)).filter_map(|text| text.parse().ok());
        for mutant in mutants.take(MUTANTS_OF_EACH) {
            assert_answered(&attr, mutant);
        }
    }
}

/// The expansion is tokens that can be read again, and items if a function came in.
fn assert_answered(attr: &TokenStream, item: TokenStream) {
    let expand = || crate::expand::expand_dumping(attr.clone(), item.clone(), &mut Dump::everything()).to_string();
    let expansion = catch_unwind(AssertUnwindSafe(expand)).unwrap_or_else(|_| panic!("a panic on {item}"));
    let expansion: TokenStream = expansion.parse().unwrap_or_else(|error| panic!("{error} after {item}:\n{expansion}"));
    if is_function(item.clone()) {
        let items = syn::parse2::<syn::File>(expansion.clone());
        assert!(items.is_ok(), "{} after {item}:\n{expansion}", items.unwrap_err());
    }
}

fn is_function(item: TokenStream) -> bool {
    // `x: f64 +` is a type to syn, as `dyn` once could be left out, but to nobody else.
    let is_type = |ty: &syn::Type| !matches!(ty, syn::Type::TraitObject(_));
    syn::parse2::<syn::ItemFn>(item).is_ok_and(|function| {
        let params = function.sig.inputs.iter().all(|param| match param {
            syn::FnArg::Typed(param) => is_type(&param.ty),
            syn::FnArg::Receiver(_) => true,
        });
        params && !matches!(&function.sig.output, syn::ReturnType::Type(_, ty) if !is_type(ty))
    })
}

/// The text after one to three accidents. Much of it is no token stream any more: a lone bracket, say.
fn mutilated(pieces: &[String], random: &mut Random) -> String {
    let mut pieces = pieces.to_vec();
    for _ in 0..=random.below(3) {
        let (at, other) = (random.below(pieces.len()), random.below(pieces.len()));
        match random.below(6) {
            0 => drop(pieces.remove(at)),
            1 => pieces.insert(other, pieces[at].clone()),
            2 => pieces.swap(at, other),
            // The likeliest to be a function still.
            _ if is_word(&pieces[at]) && is_word(&pieces[other]) => pieces[at] = pieces[other].clone(),
            _ => {}
        }
    }
    pieces.join(" ")
}

fn is_word(piece: &str) -> bool {
    piece.starts_with(|first: char| first.is_alphanumeric() || first == '_')
}

/// The tokens one by one, brackets as well, operators of several characters whole.
fn pieces(tokens: TokenStream) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut joint = String::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                pieces.push(std::mem::take(&mut joint) + open);
                pieces.extend(self::pieces(group.stream()));
                pieces.push(close.to_owned());
            }
            TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint => joint.push(punct.as_char()),
            other => pieces.push(std::mem::take(&mut joint) + &other.to_string()),
        }
    }
    pieces
}

/// Marsaglia's xorshift: the same mutants in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits fit") % bound
    }
}
