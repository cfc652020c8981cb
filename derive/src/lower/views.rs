//! Views: what an expression gives that refers into other data, as a place that both sweeps can find.
//!
//! The item of a loop over `xs.iter().zip(ys)` is a pair of `xs[k]` and `ys[k]`; `xs.split_at(n)` is a pair of `xs[..n]`
//! and `xs[n..]`. The forward sweep keeps the user's words, whose names become aliases of these places.

use super::Lower;
use crate::ir::{Code, Place, StmtKind, Ty, VarId, VarKind};
use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Expr, Pat, parse_quote};

pub(super) enum View {
    Part(Part),
    /// An integer that both sweeps can find, at least where it is known to be a `usize`.
    Integer {
        value: Expr,
        is_usize: bool,
    },
    Pair(Box<View>, Box<View>),
}

/// A place, or a reference to it.
pub(super) struct Part {
    pub place: Place,
    pub by_value: bool,
    pub mutable: bool,
}

/// What a pattern bound.
#[derive(Default)]
pub(super) struct Bound {
    pub aliases: Vec<VarId>,
    pub integers: Vec<VarId>,
    /// Those among the integers, and other variables, that the reverse sweep finds again.
    pub derived: Vec<(VarId, Code)>,
}

impl View {
    pub(super) fn pair(first: View, second: View) -> View {
        View::Pair(Box::new(first), Box::new(second))
    }
}

impl Lower {
    /// Binds a pattern to a view; `body` is where its names are used.
    pub(super) fn bind_view(&mut self, pat: &Pat, view: &View, body: Option<&syn::Block>, bound: &mut Bound) {
        match (pat, view) {
            (Pat::Wild(_), _) => {}
            (Pat::Paren(paren), _) => self.bind_view(&paren.pat, view, body, bound),
            (Pat::Tuple(tuple), View::Pair(first, second)) if tuple.elems.len() == 2 => {
                self.bind_view(&tuple.elems[0], first, body, bound);
                self.bind_view(&tuple.elems[1], second, body, bound);
            }
            (_, View::Pair(..)) => self.errors.on(pat, "take the pair apart here, into names of its own: `(a, b)`"),
            (_, View::Part(part)) => {
                let place = Place { span: pat.span(), ..part.place.clone() };
                let aliases = self.bind_alias(pat, &place, part.by_value);
                self.make_mutable(&aliases, part.mutable);
                bound.aliases.extend(aliases);
            }
            (Pat::Ident(ident), View::Integer { value, is_usize }) if is_plain(ident) => {
                self.name_integer(&ident.ident, value, *is_usize, body, bound);
            }
            (_, View::Integer { .. }) => self.errors.on(pat, "use a plain name for the index"),
        }
    }

    fn name_integer(
        &mut self,
        name: &Ident,
        value: &Expr,
        is_usize: bool,
        body: Option<&syn::Block>,
        bound: &mut Bound,
    ) {
        // The name that counts the trips exists already.
        if self.vars.find(name).is_some() {
            return;
        }
        let var = self.declare(name, false, None, Ty::Passive);
        bound.integers.push(var);
        // An integer of another type is kept: what it is computed from may have that type in the forward sweep alone.
        if is_usize || body.is_some_and(|body| super::infer::is_index(name, body)) {
            self.vars[var].kind = VarKind::Index;
            let code = self.made(value.clone());
            bound.derived.push((var, code));
        }
    }

    /// Says in the current block that a pattern outside has bound its variables.
    pub(super) fn note_all_bound(&mut self, bound: &Bound) {
        for &var in bound.aliases.iter().chain(&bound.integers) {
            let code = self.code_of(var);
            self.push(self.vars[var].name.span(), StmtKind::Alias { var, code });
        }
    }

    /// An expression that was put together here, of the user's variables.
    pub(super) fn made(&self, expr: Expr) -> Code {
        struct Finder<'a>(&'a Lower, Vec<VarId>);
        impl Visit<'_> for Finder<'_> {
            fn visit_expr_path(&mut self, path: &syn::ExprPath) {
                let var = path.path.get_ident().and_then(|ident| self.0.vars.find(ident));
                self.1.extend(var.filter(|var| !self.1.contains(var)));
                visit::visit_expr_path(self, path);
            }
        }
        let mut finder = Finder(self, Vec::new());
        finder.visit_expr(&expr);
        let uses = finder.1;
        Code { expr, uses }
    }

    /// How many elements there are at a place, in terms of what never changes.
    pub(super) fn length(&mut self, place: &Place) -> Expr {
        if let Ty::Array(_, len) = self.vars.ty(place).deref() {
            return super::infer::with_usize(len);
        }
        let slice = self.place_expr(place);
        let length: Expr = parse_quote!(#slice.len());
        let is_fixed = place.is_var() && self.vars.has_fixed_length(place) && !self.lending;
        if is_fixed { length } else { self.frozen(&length).expr }
    }
}

pub(super) fn is_plain(ident: &syn::PatIdent) -> bool {
    ident.mutability.is_none() && ident.by_ref.is_none() && ident.subpat.is_none()
}

/// In parentheses where an operator or a method might take it apart.
pub(super) fn tight(expr: &Expr) -> Expr {
    match expr {
        Expr::Path(_)
        | Expr::Lit(_)
        | Expr::Paren(_)
        | Expr::Field(_)
        | Expr::Index(_)
        | Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Array(_)
        | Expr::Tuple(_)
        | Expr::Macro(_) => expr.clone(),
        other => parse_quote!((#other)),
    }
}
