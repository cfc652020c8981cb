//! What `match`, `if let` and `let … else` hold patterns against.
//!
//! The names of a pattern that takes a place by reference are aliases of parts of the place. Those that take it by value
//! are variables of their own, which the pattern gives their first value ([`Op::Bound`]).

use super::{Lower, refuse};
use crate::ir::{Code, Op, Operand, Place, Projection, StmtKind, Ty, VarId};
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, Pat, parse_quote};

/// What a pattern is held against.
#[derive(Clone)]
pub(super) enum Subject {
    /// Something without a derivative.
    Passive,
    Place(Place, Hold),
    /// `Some` of (a reference to) a place, or `None`: `xs.get(i)`.
    Optional(Place, Hold),
    Tuple(Vec<Subject>),
}

/// How a place is held against a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    Value,
    Ref,
    Mut,
}

impl Hold {
    fn reference(mutable: bool) -> Hold {
        if mutable { Hold::Mut } else { Hold::Ref }
    }
}

impl Lower {
    /// Lowers what is matched: the expression to write, and what it is. With `settled` it is evaluated before the
    /// statement, once; otherwise it must be a place.
    pub(super) fn lower_subject(&mut self, expr: &Expr, settled: bool) -> (Code, Subject) {
        if !self.mentions_active(expr) && !super::jumps::jumps(expr) {
            let acts = settled && !self.defs(expr).is_empty();
            let code = if acts { self.bind_passive(expr) } else { self.passive_code(expr) };
            return (code, Subject::Passive);
        }
        match expr {
            Expr::Paren(paren) => self.lower_subject(&paren.expr, settled),
            Expr::Group(group) => self.lower_subject(&group.expr, settled),
            Expr::Tuple(tuple) if tuple.elems.iter().any(|elem| self.is_held(elem)) => {
                let parts: Vec<_> = tuple.elems.iter().map(|elem| self.lower_subject(elem, settled)).collect();
                let exprs = parts.iter().map(|(code, _)| &code.expr);
                let uses = parts.iter().flat_map(|(code, _)| code.uses.clone()).collect();
                let code = Code { expr: parse_quote!((#(#exprs,)*)), uses };
                (code, Subject::Tuple(parts.into_iter().map(|(_, subject)| subject).collect()))
            }
            Expr::Reference(reference) => match self.lower_place(&reference.expr, settled) {
                Some(place) => {
                    let (inner, mutability) = (self.place_expr(&place), &reference.mutability);
                    let code = self.code(parse_quote!(&#mutability #inner));
                    (code, Subject::Place(place, Hold::reference(reference.mutability.is_some())))
                }
                None => self.lower_subject(&reference.expr, settled),
            },
            Expr::MethodCall(call) => self.lower_method_subject(call, settled),
            _ => self.lower_value_subject(expr, settled),
        }
    }

    fn code(&self, expr: Expr) -> Code {
        Code { uses: self.uses(&expr), expr }
    }

    /// Whether an element of a tuple is held by reference, so that the tuple is no value.
    fn is_held(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Reference(_) => true,
            Expr::MethodCall(call) => {
                const HOLDING: [&str; 8] =
                    ["as_ref", "as_mut", "get", "get_mut", "first", "last", "first_mut", "last_mut"];
                HOLDING.iter().any(|name| call.method == name)
            }
            _ => self.known_place(expr).is_some_and(|place| self.vars.ty(&place).is_ref()),
        }
    }

    /// `option.as_ref()`, `xs.get(i)`, `xs.last().copied()`, or a value.
    fn lower_method_subject(&mut self, call: &ExprMethodCall, settled: bool) -> (Code, Subject) {
        let expr = Expr::MethodCall(call.clone());
        if let ("as_ref" | "as_mut", 0) = (call.method.to_string().as_str(), call.args.len())
            && let Some(place) = self.lower_place(&call.receiver, settled)
        {
            let (receiver, method) = (self.place_expr(&place), &call.method);
            let place = self.behind_reference(place);
            return (
                self.code(parse_quote!(#receiver.#method())),
                Subject::Place(place, Hold::reference(call.method == "as_mut")),
            );
        }
        if let Expr::MethodCall(inner) = &*call.receiver
            && matches!(call.method.to_string().as_str(), "copied" | "cloned")
            && let Some((code, place, _)) = self.lower_element_subject(inner, settled)
        {
            let (element, method) = (&code.expr, &call.method);
            return (self.code(parse_quote!(#element.#method())), Subject::Optional(place, Hold::Value));
        }
        match self.lower_element_subject(call, settled) {
            Some((code, place, hold)) => (code, Subject::Optional(place, hold)),
            None => self.lower_value_subject(&expr, settled),
        }
    }

    /// `xs.get(i)`, `xs.first()` and their like: the element, if there is one.
    fn lower_element_subject(&mut self, call: &ExprMethodCall, settled: bool) -> Option<(Code, Place, Hold)> {
        let name = call.method.to_string();
        let args: Vec<&Expr> = call.args.iter().collect();
        let hold = Hold::reference(name.ends_with("_mut"));
        let is_slice = |ty: Ty| matches!(ty.deref(), Ty::Slice(_) | Ty::Vec(_) | Ty::Array(..) | Ty::Unknown);
        let (receiver, method) = (&call.receiver, &call.method);
        match (name.as_str(), &args[..]) {
            ("get" | "get_mut", [index]) => {
                let place = self.lower_place(receiver, settled).filter(|place| is_slice(self.vars.ty(place)))?;
                let (index, is_range) = match index {
                    Expr::Range(range) => (self.lower_range(range, settled), true),
                    index => (self.lower_integer(index, settled), false),
                };
                let (receiver, at) = (self.place_expr(&place), &index.expr);
                let code = self.code(parse_quote!(#receiver.#method(#at)));
                let step = if is_range { Projection::Range(index) } else { Projection::Index(index) };
                Some((code, place.project(step), hold))
            }
            ("first" | "first_mut", []) => {
                let place = self.lower_place(receiver, settled).filter(|place| is_slice(self.vars.ty(place)))?;
                let receiver = self.place_expr(&place);
                let code = self.code(parse_quote!(#receiver.#method()));
                let zero = Code { expr: parse_quote!(0), uses: Vec::new() };
                Some((code, place.project(Projection::Index(zero)), hold))
            }
            ("last" | "last_mut", []) => {
                let place = self.lower_place(receiver, settled).filter(|place| is_slice(self.vars.ty(place)))?;
                let receiver = self.place_expr(&place);
                let code = self.code(parse_quote!(#receiver.#method()));
                // Only read where there is a last element; before, this is some number.
                let last = self.lower_integer(&parse_quote!(#receiver.len().wrapping_sub(1)), settled);
                Some((code, place.project(Projection::Index(last)), hold))
            }
            _ => None,
        }
    }

    fn behind_reference(&self, place: Place) -> Place {
        if self.vars.ty(&place).is_ref() { place.project(Projection::Deref) } else { place }
    }

    fn lower_value_subject(&mut self, expr: &Expr, settled: bool) -> (Code, Subject) {
        if let Some(known) = self.known_place(expr) {
            let ty = self.vars.ty(&known);
            let kept = ty.is_ref() || !settled || !ty.is_copy();
            if kept && let Some(place) = self.lower_place(expr, settled) {
                let code = self.code(self.place_expr(&place));
                return match ty {
                    Ty::Ref { mutable, .. } => {
                        (code, Subject::Place(place.project(Projection::Deref), Hold::reference(mutable)))
                    }
                    _ => (code, Subject::Place(place, Hold::Value)),
                };
            }
        }
        if !settled {
            self.errors.on(
                expr,
                "only a variable or a part of one can be matched here: bind this value by `let` before the condition",
            );
            return (Code { expr: parse_quote!(()), uses: Vec::new() }, Subject::Passive);
        }
        let operand = self.lower_expr(super::expr::strip_reference(expr));
        match self.settle(operand) {
            Operand::Place(place) => {
                let code = self.code(self.place_expr(&place));
                (code, Subject::Place(place, Hold::Value))
            }
            Operand::Passive(code) => (code, Subject::Passive),
        }
    }

    /// Makes the names of a pattern known, and gives them what they stand for in the block that is open.
    pub(super) fn bind_subject(&mut self, pat: &Pat, subject: &Subject) {
        let vars = self.declare_subject(pat, subject);
        self.begin_bound(pat, vars);
    }

    pub(super) fn declare_subject(&mut self, pat: &Pat, subject: &Subject) -> Vec<VarId> {
        match (subject, pat) {
            (_, Pat::Paren(paren)) => self.declare_subject(&paren.pat, subject),
            (Subject::Passive, _) => self.declare_all(pat),
            (_, Pat::Wild(_)) => Vec::new(),
            (Subject::Place(place, hold), _) => self.bind_held(pat, place, *hold),
            (Subject::Optional(place, hold), Pat::TupleStruct(some)) if some.elems.len() == 1 => {
                self.bind_held(&some.elems[0], place, *hold)
            }
            (Subject::Optional(..), Pat::Ident(none)) if none.ident == "None" => Vec::new(),
            (Subject::Optional(..), Pat::Path(_)) => Vec::new(),
            (Subject::Tuple(parts), Pat::Tuple(pats)) if parts.len() == pats.elems.len() => {
                let bound = pats.elems.iter().zip(parts).map(|(pat, part)| self.declare_subject(pat, part));
                bound.collect::<Vec<_>>().concat()
            }
            _ => {
                self.errors.on(pat, refuse::PATTERN);
                Vec::new()
            }
        }
    }

    fn bind_held(&mut self, pat: &Pat, place: &Place, hold: Hold) -> Vec<VarId> {
        let copied = hold == Hold::Value && (place.has_payload() || self.may_change(self.vars.root(place)));
        let outer = (std::mem::replace(&mut self.refutable, true), std::mem::replace(&mut self.copied, copied));
        let vars = self.bind_alias(pat, place, hold == Hold::Value);
        (self.refutable, self.copied) = outer;
        self.make_mutable(&vars, hold == Hold::Mut);
        vars
    }

    /// What the names of a pattern stand for, where the pattern has bound them.
    pub(super) fn begin_bound(&mut self, pat: &Pat, vars: Vec<VarId>) {
        for var in vars {
            match self.bound.remove(&var) {
                Some(place) => self.push_let(var, Op::Bound { place }, pat.span()),
                None => {
                    let code = self.code_of(var);
                    self.push(pat.span(), StmtKind::Alias { var, code });
                }
            }
        }
    }
}
