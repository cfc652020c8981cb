//! Whatever a user writes, the macro answers with tokens: no panic, no endless loop, no end of the stack.
//!
//! Functions of all tests and of every kind of syntax ([`corpus`]) suffer accidents, either to their tokens ([`tokens`]),
//! after which most are no Rust any more, or to their syntax trees ([`trees`]), after which all still are.
//! `BACKPROP_MUTANTS=200000 BACKPROP_SEED=2 cargo test -p backprop-derive mutilated` tries so many of others.

mod corpus;
mod nested;
mod syntax;
mod tokens;
mod trees;

use crate::dump::Dump;
use proc_macro2::{TokenStream, TokenTree};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use syn::visit::Visit;

/// So many take a few seconds.
const MUTANTS: usize = 2000;

/// A run is given up after so many.
const ENOUGH_FAILURES: usize = 20;

/// No mutant is larger than a few hundred lines.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn no_mutilated_function_makes_the_macro_panic() {
    let number = |name, otherwise| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (count, seed) = (number("BACKPROP_MUTANTS", MUTANTS), number("BACKPROP_SEED", 1));
    let failures = on_a_compilers_stack(move || {
        let mut mutants = Mutants::new(seed);
        let failures = (0..count).filter_map(|at| {
            let (attr, item) = mutants.next(at);
            answer(&attr, item).err()
        });
        failures.take(ENOUGH_FAILURES).collect::<Vec<_>>()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn what_mutants_are_made_of_is_answered() {
    let failures = on_a_compilers_stack(|| {
        let corpus = corpus::functions();
        assert!(corpus.len() > 100, "the other tests are found");
        corpus.into_iter().filter_map(|(attr, item)| answer(&attr, item).err()).collect::<Vec<_>>()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// The compiler's own thread has 8 MiB, of which some is in use.
fn on_a_compilers_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(6 << 20).spawn(run).expect("a thread can be made");
    thread.join().expect("no panic gets out")
}

struct Mutants {
    corpus: Vec<(TokenStream, TokenStream)>,
    /// Those of the corpus that are functions to `syn`.
    parsed: Vec<Option<syn::ItemFn>>,
    /// What is put into others.
    strangers: Vec<TokenTree>,
    parts: trees::Parts,
    random: Random,
}

impl Mutants {
    fn new(seed: usize) -> Mutants {
        let corpus = corpus::functions();
        let parsed: Vec<Option<syn::ItemFn>> = corpus.iter().map(|(_, item)| syn::parse2(item.clone()).ok()).collect();
        let mut parts = trees::Parts::default();
        parsed.iter().flatten().for_each(|function| parts.visit_item_fn(function));
        let strangers = corpus.iter().flat_map(|(_, item)| all(item.clone())).collect();
        Mutants { corpus, parsed, strangers, parts, random: Random(0x9E37_79B9_7F4A_7C15 ^ seed as u64) }
    }

    /// The options of the attribute, and what it stands on.
    fn next(&mut self, at: usize) -> (TokenStream, TokenStream) {
        let Mutants { corpus, parsed, strangers, parts, random } = self;
        let (attr, item) = &corpus[at % corpus.len()];
        let mutant = match &parsed[at % corpus.len()] {
            Some(function) if random.below(2) == 0 => trees::spliced(function, parts, random),
            _ => (0..=random.below(3)).fold(item.clone(), |item, _| tokens::mutilated(item, strangers, random)),
        };
        // The options are short, and suffer rarely.
        let attr = match random.below(16) {
            0 => tokens::mutilated(attr.clone(), strangers, random),
            _ => attr.clone(),
        };
        (attr, mutant)
    }
}

/// Checks that the expansion is tokens that can be read again, and items if a function came in.
fn answer(attr: &TokenStream, item: TokenStream) -> Result<(), String> {
    let start = Instant::now();
    let expand = || crate::expand::expand_dumping(attr.clone(), item.clone(), &mut Dump::everything()).to_string();
    let expansion =
        catch_unwind(AssertUnwindSafe(expand)).map_err(|_| format!("a panic on #[backprop({attr})] {item}"))?;
    if start.elapsed() > PATIENCE {
        return Err(format!("{:?} for {item}", start.elapsed()));
    }
    let read: TokenStream = expansion.parse().map_err(|error| format!("{error} after {item}:\n{expansion}"))?;
    if is_function(item.clone()) {
        syn::parse2::<syn::File>(read).map_err(|error| format!("{error} after {item}:\n{expansion}"))?;
    }
    Ok(())
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

/// All tokens, of inner groups as well.
fn all(tokens: TokenStream) -> Vec<TokenTree> {
    let inner = |token: TokenTree| match &token {
        TokenTree::Group(group) => std::iter::once(token.clone()).chain(all(group.stream())).collect(),
        _ => vec![token],
    };
    tokens.into_iter().flat_map(inner).collect()
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
