//! What refers into a slice: `split_at`, `first().unwrap()` and their like, and patterns that may not fit.
//!
//! The forward sweep keeps the user's words, with their checks and panics, and binds what they give; that is another name
//! of a place.

use super::loops::strip;
use super::views::{Bound, Part, View, tight};
use super::{Lower, refuse};
use crate::ir::{Code, Operand, Place, Projection, StmtKind, Ty, VarId, VarKind};
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, Pat, Stmt, parse_quote};

/// The call that refers into a slice: `xs.first()` in `xs.first().copied().unwrap()`.
fn accessed(expr: &Expr) -> Option<&ExprMethodCall> {
    let Expr::MethodCall(call) = strip(expr) else { return None };
    match (call.method.to_string().as_str(), call.args.len()) {
        ("split_at" | "split_at_mut", 1) | ("as_slice" | "as_mut_slice", 0) => Some(call),
        ("unwrap", 0) | ("expect", 1) => optional(&call.receiver),
        _ => None,
    }
}

/// The same where it may give nothing.
fn optional(expr: &Expr) -> Option<&ExprMethodCall> {
    let Expr::MethodCall(call) = strip(expr) else { return None };
    match (call.method.to_string().as_str(), call.args.len()) {
        ("copied" | "cloned", 0) => optional(&call.receiver),
        ("first" | "last" | "split_first" | "split_last", 0) => Some(call),
        ("first_mut" | "last_mut" | "split_first_mut" | "split_last_mut", 0) => Some(call),
        // By reference it is the key of a map.
        ("get" | "get_mut", 1) if !matches!(call.args[0], Expr::Reference(_)) => Some(call),
        _ => None,
    }
}

/// Whether a call that refers into a slice gives two parts of it.
fn gives_pair(call: &ExprMethodCall) -> bool {
    call.method.to_string().starts_with("split")
}

fn is_mutable(call: &ExprMethodCall) -> bool {
    call.method.to_string().ends_with("_mut") || call.method == "as_mut_slice"
}

/// Whether the value is copied out of the slice.
fn is_copied(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::MethodCall(call) => call.method == "copied" || call.method == "cloned" || is_copied(&call.receiver),
        _ => false,
    }
}

/// `expr` with `new` in place of the innermost call.
fn around(expr: &Expr, innermost: &ExprMethodCall, new: Expr) -> Expr {
    match strip(expr) {
        Expr::MethodCall(call) => {
            let is_innermost = std::ptr::eq(call, innermost);
            if is_innermost {
                return new;
            }
            let receiver = Box::new(around(&call.receiver, innermost, new));
            Expr::MethodCall(ExprMethodCall { receiver, ..call.clone() })
        }
        _ => new,
    }
}

/// Whether all names of a pattern may be other names of places; passive code may bind any.
fn has_plain_names(pat: &Pat) -> bool {
    match pat {
        Pat::Ident(ident) => super::views::is_plain(ident),
        Pat::Tuple(tuple) => tuple.elems.iter().all(has_plain_names),
        Pat::Paren(paren) => has_plain_names(&paren.pat),
        Pat::Reference(reference) => matches!(*reference.pat, Pat::Ident(_)),
        Pat::Wild(_) => true,
        _ => false,
    }
}

/// Whether a place is reached by a method, which borrows what it is a part of.
fn is_borrowed(place: &Expr) -> bool {
    match place {
        Expr::MethodCall(_) => true,
        Expr::Paren(paren) => is_borrowed(&paren.expr),
        Expr::Unary(unary) => is_borrowed(&unary.expr),
        Expr::Index(index) => is_borrowed(&index.expr),
        Expr::Field(field) => is_borrowed(&field.base),
        _ => false,
    }
}

impl Lower {
    /// What `xs.last().unwrap()` and its like refer to, under a name of its own; `None` for other expressions.
    pub(super) fn lower_access(&mut self, expr: &Expr) -> Option<Place> {
        let (part, written) = self.accessed_part(expr)?;
        let ty = self.type_of(&part);
        let var = self.new_alias(part.place, ty, expr.span());
        self.push_alias(var, written);
        Some(Place::var(var, expr.span()))
    }

    /// Reads a value that is a part of what the target of an assignment borrows.
    pub(super) fn settle_before(&mut self, target: &Expr, value: Operand) -> Operand {
        if !is_borrowed(target) {
            return value;
        }
        let borrowed = self.root_of(target);
        let is_apart = match &value {
            Operand::Place(place) => {
                let resolved = self.vars.resolve(place);
                let indices = resolved.codes().flat_map(|code| &code.uses);
                let mut read = indices.map(|&var| self.vars.root(&Place::var(var, place.span)));
                Some(resolved.root) != borrowed && read.all(|root| Some(root) != borrowed)
            }
            Operand::Passive(_) => false,
        };
        if is_apart { value } else { self.settle(value) }
    }

    /// Whether `expr` refers to one place in a slice.
    pub(super) fn is_access(&self, expr: &Expr) -> bool {
        match strip(expr) {
            Expr::Field(field) => accessed(&field.base).is_some_and(gives_pair),
            other => accessed(other).is_some_and(|call| !gives_pair(call)),
        }
    }

    /// The type of `xs.first().unwrap()` and its like, for an element of known type.
    pub(super) fn infer_access(&self, expr: &Expr) -> Option<Ty> {
        let call = accessed(expr).filter(|call| !gives_pair(call))?;
        let of_element = call.args.iter().all(|index| !matches!(index, Expr::Range(_)));
        let to = self.infer(&call.receiver).element();
        if !of_element || call.method.to_string().starts_with("as_") || to == Ty::Unknown {
            return None;
        }
        Some(if is_copied(expr) { to } else { Ty::Ref { mutable: is_mutable(call), to: Box::new(to) } })
    }

    fn accessed_part(&mut self, expr: &Expr) -> Option<(Part, Expr)> {
        if !self.is_access(expr) {
            return None;
        }
        let (view, written) = match strip(expr) {
            Expr::Field(field) => {
                let (View::Pair(first, second), pair) = self.access(&field.base)? else { return None };
                let member = &field.member;
                (if *member == parse_quote!(0) { *first } else { *second }, parse_quote!(#pair.#member))
            }
            other => self.access(other)?,
        };
        match view {
            View::Part(part) => Some((part, written)),
            _ => None,
        }
    }

    fn type_of(&self, part: &Part) -> Ty {
        let to = self.vars.ty(&part.place);
        if part.by_value { to } else { Ty::Ref { mutable: part.mutable, to: Box::new(to) } }
    }

    fn push_alias(&mut self, var: VarId, written: Expr) {
        let code = Code { uses: self.uses(&written), expr: written };
        self.push(code.span(), StmtKind::Alias { var, code });
    }

    fn new_alias(&mut self, place: Place, ty: Ty, span: proc_macro2::Span) -> VarId {
        let var = self.new_var("t", VarKind::Local, ty, span);
        self.vars[var].alias = Some(place);
        var
    }

    /// Takes such an expression apart; the second part is how it is written.
    fn access(&mut self, expr: &Expr) -> Option<(View, Expr)> {
        let call = accessed(expr)?;
        let mutable = is_mutable(call);
        let outer = std::mem::replace(&mut self.lending, mutable);
        let found = self.access_by(expr, call);
        self.lending = outer;
        found
    }

    fn access_by(&mut self, expr: &Expr, call: &ExprMethodCall) -> Option<(View, Expr)> {
        if let Expr::MethodCall(outer) = strip(expr)
            && outer.method == "expect"
        {
            outer.args.iter().for_each(|message| self.check_passive(message));
        }
        let (place, receiver) = self.data(super::expr::strip_reference(&call.receiver))?;
        let method = call.method.to_string();
        let part = |projection| {
            let (by_value, mutable) = (is_copied(expr), is_mutable(call));
            View::Part(Part { place: place.clone().project(projection), by_value, mutable })
        };
        let mut args = Vec::new();
        let view = match method.trim_end_matches("_mut") {
            "split_at" => {
                let at = self.lower_integer(&call.args[0], true).expr;
                args.push(at.clone());
                let at = tight(&at);
                let [left, right] = [parse_quote!(..#at), parse_quote!(#at..)];
                View::pair(part(Projection::Range(self.made(left))), part(Projection::Range(self.made(right))))
            }
            "get" => {
                let projection = self.lower_index(&call.args[0], true);
                args.extend(match &projection {
                    Projection::Index(code) | Projection::Range(code) => Some(code.expr.clone()),
                    _ => None,
                });
                part(projection)
            }
            "as_slice" | "as_mut_slice" => part(Projection::Range(self.made(parse_quote!(..)))),
            "first" => part(Projection::Index(self.made(parse_quote!(0)))),
            "last" => {
                let last = self.last_index(&place);
                part(Projection::Index(last))
            }
            "split_first" => {
                let rest = self.made(parse_quote!(1..));
                View::pair(part(Projection::Index(self.made(parse_quote!(0)))), part(Projection::Range(rest)))
            }
            _ => {
                let last = self.last_index(&place);
                let end = &last.expr;
                let rest = self.made(parse_quote!(..#end));
                View::pair(part(Projection::Index(last)), part(Projection::Range(rest)))
            }
        };
        let inner = super::iterators::rewritten(call, receiver, args);
        Some((view, around(expr, call, inner)))
    }

    fn last_index(&mut self, place: &Place) -> Code {
        let length = tight(&self.length(place));
        self.made(parse_quote!(#length - 1))
    }

    /// `let (a, b) = xs.split_at(n);`, `let x = xs.first().unwrap();`: whether it was one of these.
    pub(super) fn lower_let_access(&mut self, pat: &Pat, init: &Expr, annotation: Option<&syn::Type>) -> bool {
        let refers = self.is_access(init) || accessed(init).is_some();
        let is_wanted = self.mentions_active(init) || (self.refers_to_slice(init) && has_plain_names(pat));
        if !refers || is_copied(init) || !is_wanted {
            return false;
        }
        let found = match self.is_access(init) {
            true => self.accessed_part(init).map(|(part, written)| (View::Part(part), written)),
            false => self.access(init),
        };
        match (pat, found) {
            (_, None) => return false,
            (Pat::Ident(ident), Some((View::Part(part), written))) => self.bind_part(ident, part, written),
            (_, Some((view, written))) => self.bind_parts_of(pat, &view, &written, annotation),
        }
        true
    }

    fn bind_part(&mut self, ident: &syn::PatIdent, part: Part, written: Expr) {
        if !super::views::is_plain(ident) {
            return self.errors.on(ident, refuse::REFERENCE);
        }
        let ty = self.type_of(&part);
        let var = self.declare(&ident.ident, false, None, ty);
        self.vars[var].alias = Some(part.place);
        self.push_alias(var, written);
    }

    fn bind_parts_of(&mut self, pat: &Pat, view: &View, written: &Expr, annotation: Option<&syn::Type>) {
        let (mut bound, mut copies) = (Bound::default(), Vec::new());
        let pat = self.bind_references(pat, view, &mut bound, &mut copies);
        let ty = annotation.map(|ty| quote::quote!(: #ty));
        let code: Stmt = parse_quote!(let #pat #ty = #written;);
        let uses = self.uses(&code);
        let declares = bound.aliases;
        self.push(written.span(), StmtKind::Passive { code, uses, defs: Vec::new(), declares });
        for (pat, place) in copies {
            self.bind(&pat, Operand::Place(place), None);
        }
    }

    /// Whether what `init` refers into is known to be a slice.
    fn refers_to_slice(&self, init: &Expr) -> bool {
        let inner = match strip(init) {
            Expr::Field(field) => &field.base,
            other => other,
        };
        let known = accessed(inner).map(|call| self.infer(&call.receiver));
        known.is_some_and(|ty| matches!(ty.deref(), Ty::Slice(_) | Ty::Array(..) | Ty::Vec(_)))
    }

    /// Binds the names of a pattern. What it copies by `&x` is copied afterwards: the slice may change later.
    fn bind_references(&mut self, pat: &Pat, view: &View, bound: &mut Bound, copies: &mut Vec<(Pat, Place)>) -> Pat {
        match (pat, view) {
            (Pat::Paren(paren), _) => self.bind_references(&paren.pat, view, bound, copies),
            (Pat::Tuple(tuple), View::Pair(first, second)) if tuple.elems.len() == 2 => {
                let first = self.bind_references(&tuple.elems[0], first, bound, copies);
                let second = self.bind_references(&tuple.elems[1], second, bound, copies);
                parse_quote!((#first, #second))
            }
            (Pat::Reference(reference), View::Part(part)) => {
                let ty = self.type_of(part);
                let var = self.new_alias(part.place.clone(), ty, pat.span());
                bound.aliases.push(var);
                copies.push(((*reference.pat).clone(), Place::var(var, pat.span()).project(Projection::Deref)));
                let name = &self.vars[var].name;
                parse_quote!(#name)
            }
            _ => {
                self.bind_view(pat, view, None, bound);
                pat.clone()
            }
        }
    }

    /// `let [a, b, rest @ ..] = xs else { … };` where `xs` is a reference to a slice: `false` if it is something else.
    pub(super) fn lower_let_slice_else(
        &mut self,
        local: &syn::Local,
        value: &Expr,
        diverge: &Expr,
        stmt: &Stmt,
    ) -> bool {
        let by_value = matches!(&local.pat, Pat::Reference(reference) if matches!(*reference.pat, Pat::Slice(_)));
        if !by_value && !matches!(local.pat, Pat::Slice(_)) {
            return false;
        }
        let reference = match value {
            Expr::Reference(reference) => Some(reference),
            other if self.known_place(other).is_some_and(|place| self.vars.ty(&place).is_ref()) => None,
            _ => return false,
        };
        let inner = reference.map_or(value, |reference| &reference.expr);
        let Some(place) = self.lower_place(inner, true) else { return false };
        let written = self.place_expr(&place);
        let (mutable, written) = match (reference.map(|reference| &reference.mutability), self.vars.ty(&place)) {
            (Some(Some(_)), _) => (true, parse_quote!(&mut #written)),
            (Some(None), _) => (false, parse_quote!(&#written)),
            (None, Ty::Ref { mutable: true, .. }) => (true, parse_quote!(&mut *#written)),
            (None, _) => (false, written),
        };
        if by_value && self.may_change(self.vars.root(&place)) {
            let message = "these names would be copies of what may change later: take the slice apart by reference, `let [a, b] = …`, and copy by `let a = *a;`";
            self.errors.on(&local.pat, message);
        }
        let otherwise = self.lower_diverging(diverge);
        let pat = &local.pat;
        let expr: Expr = Expr::Let(syn::ExprLet {
            attrs: Vec::new(),
            let_token: Default::default(),
            pat: Box::new(pat.clone()),
            eq_token: Default::default(),
            expr: Box::new(written),
        });
        let condition = Code { uses: self.uses(&expr), expr };
        let declares = self.bind_reference_to(pat, &place, false, mutable);
        self.push(stmt.span(), StmtKind::LetElse { condition, declares, otherwise });
        true
    }
}
