//! Turns the IR and the reverse sweep into tokens. The only place with `quote!`; nothing here can fail.
//!
//! One function becomes an item with the user-facing functions ([`item`]) around two bodies: the *fused* one, with both
//! sweeps in one function, and the *split* one for callers, which ends between them with a closure. Both are made from the
//! same forward ([`forward`]) and reverse ([`reverse`]) statements.

mod add;
mod by_pullback;
mod docs;
mod edit;
mod expr;
mod forward;
mod frames;
mod fused;
mod inline;
mod item;
mod record;
mod reverse;
mod split;
mod stub;
mod types;
mod wrappers;
mod zero;

pub use item::item;
pub use stub::stub;

use crate::adjoint::Reverse;
use crate::adjoint::storage::Storage;
use crate::analysis::activity::Activity;
use crate::analysis::recorded::Recorded;
use crate::ir::reverse::{Atom, Rev};
use crate::ir::{Function, Stmt, StmtId, VarId, Vars};
use crate::names::Names;
use crate::rules::Formula;
use crate::signature::{Passing, Signature};
use crate::simplify::simplify;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use std::collections::{HashMap, HashSet};

/// Everything that emission reads.
pub struct Unit<'a> {
    pub signature: &'a Signature,
    pub function: &'a Function,
    pub activity: &'a Activity,
    pub recorded: &'a Recorded,
    pub storage: &'a Storage,
    pub reverse: &'a Reverse,
}

/// Which of the two bodies is being written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Fused,
    Split,
}

/// Writes one body.
struct Emit<'a> {
    unit: &'a Unit<'a>,
    mode: Mode,
    names: Names,
    stmts: HashMap<StmtId, &'a Stmt>,
    /// Temporaries that are written where they are used.
    inlined: HashSet<VarId>,
    /// The expressions of those that were met and not used yet.
    pending: Vec<(VarId, expr::Fragment)>,
    /// The blocks being written, innermost last.
    frames: Vec<frames::Frame>,
    /// What has been asserted to be a scalar.
    asserted: HashSet<String>,
    /// Whether the reverse sweep is being written: the forward sweep's aliases are gone there.
    reversing: bool,
    /// The adjoint of the result.
    seed: Ident,
    /// The reverse sweep.
    body: Vec<Rev>,
    /// Adjoints that are changed after they began.
    changed: HashSet<VarId>,
}

impl<'a> Emit<'a> {
    fn new(unit: &'a Unit<'a>, mode: Mode, names: &Names) -> Emit<'a> {
        let mut names = names.clone();
        let seed = names.fresh("value_bar");
        let params = unit.function.params.iter().copied().collect();
        let one = match mode {
            Mode::Fused => Formula::Number("1.0".to_owned()),
            Mode::Split => Formula::Leaf(Atom::Seed),
        };
        let body = simplify(&unit.reverse.body, &one, &params, unit.recorded, &unit.function.vars);
        Emit {
            unit,
            mode,
            stmts: unit.function.stmts(),
            inlined: inline::find(unit),
            pending: Vec::new(),
            frames: Vec::new(),
            asserted: HashSet::new(),
            reversing: false,
            seed,
            changed: reverse::changed(&body),
            body,
            names,
        }
    }

    fn vars(&self) -> &'a Vars {
        &self.unit.function.vars
    }

    fn in_reverse(&self) -> bool {
        self.reversing
    }

    /// The adjoint that comes in: of a scalar result it is one, unless a caller gives it.
    fn seed(&self) -> TokenStream {
        match self.mode {
            Mode::Fused => quote!(1.0),
            Mode::Split => {
                let seed = &self.seed;
                quote!(#seed)
            }
        }
    }

    /// The parameter behind a variable, with its position.
    fn param(&self, var: VarId) -> Option<(usize, &'a crate::signature::Param)> {
        let at = self.unit.function.params.iter().position(|&param| param == var)?;
        Some((at, &self.unit.signature.params[at]))
    }

    /// In the split form, whether the adjoint of a shared reference is wanted is up to the caller: the constant that
    /// tells.
    fn switch(&self, var: VarId) -> Option<Ident> {
        let (_, param) = self.param(var)?;
        let switched = self.mode == Mode::Split && param.differentiable && param.passing == Passing::Ref;
        switched.then(|| param.switch.clone())
    }
}

/// The label of the forward sweep of a function that returns early.
fn forward_label() -> syn::Lifetime {
    syn::Lifetime::new("'forward", proc_macro2::Span::mixed_site())
}

/// The trait whose methods the reverse loops call must be in scope, whatever prelude there is.
fn with_iterator(body: TokenStream) -> TokenStream {
    let import = mentions_rev(body.clone()).then(|| {
        quote!(
            use ::core::iter::Iterator as _;
        )
    });
    quote!(#import #body)
}

fn mentions_rev(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "rev",
        TokenTree::Group(group) => mentions_rev(group.stream()),
        _ => false,
    })
}
