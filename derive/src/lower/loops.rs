//! Loops and the jumps out of blocks.

use super::{Lower, OpenLoop, refuse};
use crate::ir::code::is_typed;
use crate::ir::{Code, Exit, Head, Loop, Operand, Place, Projection, StmtKind, Target, Ty, VarId, VarKind};
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Expr, Pat, parse_quote};

impl Lower {
    pub(super) fn lower_for(&mut self, looped: &syn::ExprForLoop) {
        let unassigned = self.unassigned.clone();
        self.lower_for_head(looped);
        self.unassigned = unassigned;
    }

    fn lower_for_head(&mut self, looped: &syn::ExprForLoop) {
        let (iter, reversed) = match method_of(&looped.expr) {
            Some((inner, "rev")) => (inner, true),
            _ => (strip(&looped.expr), false),
        };
        match iter {
            Expr::Range(range) if range.start.is_some() && range.end.is_some() => {
                self.lower_range_loop(looped, range, reversed);
            }
            _ if is_range_chain(strip(&looped.expr)) => self.lower_recorded_loop(looped),
            _ => self.lower_elements_loop(looped, iter, reversed),
        }
    }

    fn lower_range_loop(&mut self, looped: &syn::ExprForLoop, range: &syn::ExprRange, reversed: bool) {
        let (start, end) = (range.start.as_ref().expect("checked"), range.end.as_ref().expect("checked"));
        let low = self.lower_integer(start, true);
        let high = self.lower_integer(end, true);
        let inclusive = matches!(range.limits, syn::RangeLimits::Closed(_));
        let (low, high) = self.pin_types(low, high, looped);
        let (start, limits, end) = (&low.expr, &range.limits, &high.expr);
        let mut iter: Expr = parse_quote!(#start #limits #end);
        if reversed {
            iter = parse_quote!((#iter).rev());
        }
        let mut uses = low.uses.clone();
        uses.extend(&high.uses);
        let (var, pat, mutable) = self.loop_variable(&looped.pat);
        let head = Head::Range { var, low, high, inclusive, reversed };
        self.push_for(looped, head, pat, Code { expr: iter, uses }, |cx| {
            cx.note_bound(var);
            cx.unfreeze(mutable);
        });
    }

    /// Both sweeps must count with one type. Where bounds are plain literals, their type comes from what the body does with
    /// the variable: an index, which is known here, or something that only the forward sweep contains, so that the bound
    /// is a variable of both.
    fn pin_types(&mut self, low: Code, high: Code, looped: &syn::ExprForLoop) -> (Code, Code) {
        if is_typed(&low.expr) || is_typed(&high.expr) {
            return (low, high);
        }
        let var = match &*looped.pat {
            Pat::Ident(ident) => Some(&ident.ident),
            _ => None,
        };
        if var.is_none_or(|var| super::infer::is_index(var, &looped.body)) {
            let suffixed = super::infer::with_usize(&high.expr);
            return (low, Code { expr: suffixed, uses: high.uses });
        }
        let span = high.span();
        let bound = self.new_var("bound", VarKind::Temp, Ty::Passive, span);
        self.push_passive_let(bound, &high.expr);
        (low, self.code_of(bound))
    }

    /// A loop whose trips are counted and whose variable is saved.
    fn lower_recorded_loop(&mut self, looped: &syn::ExprForLoop) {
        let iter = self.passive_code(&looped.expr);
        let (var, pat, mutable) = self.loop_variable(&looped.pat);
        self.push_for(looped, Head::Recorded, pat, iter, |cx| {
            cx.note_bound(var);
            cx.unfreeze(mutable);
        });
    }

    /// A variable that a loop's header binds belongs to the body.
    fn note_bound(&mut self, var: Option<VarId>) {
        if let Some(var) = var {
            let code = self.code_of(var);
            self.push(code.span(), StmtKind::Alias { var, code });
        }
    }

    /// The variable of a loop over integers: as bound by the header, the pattern to write, and the user's own variable
    /// where that is `mut` and therefore a copy.
    fn loop_variable(&mut self, pat: &Pat) -> (Option<VarId>, Pat, Option<(VarId, VarId)>) {
        match pat {
            Pat::Ident(ident) if ident.subpat.is_none() && ident.by_ref.is_none() => {
                let mutable = ident.mutability.is_some();
                let var = self.declare(&ident.ident, mutable, None, Ty::Passive);
                if !mutable {
                    return (Some(var), pat.clone(), None);
                }
                let fixed = self.new_var(&ident.ident.to_string(), VarKind::Index, Ty::Passive, ident.ident.span());
                let name = &self.vars[fixed].name;
                (Some(fixed), parse_quote!(#name), Some((var, fixed)))
            }
            Pat::Wild(_) => (None, pat.clone(), None),
            Pat::Paren(paren) => self.loop_variable(&paren.pat),
            other => {
                self.errors.on(other, "this pattern is not supported in a loop over a range: use a plain name");
                (None, parse_quote!(_), None)
            }
        }
    }

    /// `let mut i = i_1;` at the head of a loop's body.
    fn unfreeze(&mut self, variable: Option<(VarId, VarId)>) {
        if let Some((var, fixed)) = variable {
            let name = self.vars[fixed].name.clone();
            self.push_passive_let(var, &parse_quote!(#name));
        }
    }

    fn push_for(&mut self, looped: &syn::ExprForLoop, head: Head, pat: Pat, iter: Code, open: impl FnOnce(&mut Self)) {
        let span = looped.for_token.span();
        self.push_loop(span, looped.label.as_ref(), head, Some(pat), iter, None, |cx| {
            open(cx);
            cx.lower_stmts(&looped.body.stmts, false);
        });
    }

    #[allow(clippy::too_many_arguments, reason = "these are the parts of a loop")]
    fn push_loop(
        &mut self,
        span: Span,
        label: Option<&syn::Label>,
        head: Head,
        pat: Option<Pat>,
        iter: Code,
        target: Option<VarId>,
        lower: impl FnOnce(&mut Self),
    ) {
        let body = self.open_block(false);
        let label = label.cloned();
        let mut unassigned = self.unassigned.clone();
        if let Some(target) = target {
            unassigned.remove(&target);
        }
        let name = label.as_ref().map(|label| label.name.clone());
        let open = OpenLoop { body, label: name, broken: false, target, unassigned };
        self.loops.push(open);
        lower(self);
        let body = self.close_block();
        let broken = self.loops.pop().expect("it was opened above").broken;
        let head = self.settle_head(head, broken);
        let counted = broken || matches!(head, Head::Recorded | Head::While | Head::Endless);
        let trips = counted.then(|| {
            let trips = self.new_var("trips", VarKind::Index, Ty::Passive, span);
            self.vars[trips].mutable = true;
            trips
        });
        self.push(span, StmtKind::Loop(Loop { head, label, pat, iter, body, trips }));
    }

    /// The trips of a loop that may be left early are not those of its header.
    fn settle_head(&mut self, head: Head, broken: bool) -> Head {
        match head {
            Head::Range { .. } if broken => Head::Recorded,
            other => other,
        }
    }

    pub(super) fn lower_while(&mut self, looped: &syn::ExprWhile) {
        let unassigned = self.unassigned.clone();
        if !self.defs(&looped.cond).is_empty() {
            let (cond, body) = (&looped.cond, &looped.body);
            let label = &looped.label;
            let stmts = &body.stmts;
            // `while let` with an effect takes its value apart in a statement, other conditions are one.
            let endless: Expr = match &**cond {
                Expr::Let(condition) => {
                    let (pat, value) = (&condition.pat, &condition.expr);
                    parse_quote!(#label loop { let #pat = #value else { break; }; #(#stmts)* })
                }
                cond => parse_quote!(#label loop { if !(#cond) { break; } #(#stmts)* }),
            };
            let Expr::Loop(endless) = endless else { unreachable!("it was written as a loop") };
            self.lower_endless_loop(&endless, None);
        } else {
            let mut bound = None;
            let cond = self.lower_cond(&looped.cond, &mut bound);
            let span = looped.while_token.span();
            self.push_loop(span, looped.label.as_ref(), Head::While, None, cond, None, |cx| {
                cx.declare_bound(bound.as_ref());
                cx.lower_stmts(&looped.body.stmts, false);
            });
        }
        self.unassigned = unassigned;
    }

    /// `loop`; with a `target`, `break` gives it a value.
    pub(super) fn lower_endless_loop(&mut self, looped: &syn::ExprLoop, target: Option<VarId>) {
        let unassigned = self.unassigned.clone();
        let code = Code { expr: parse_quote!(true), uses: Vec::new() };
        let span = looped.loop_token.span();
        self.push_loop(span, looped.label.as_ref(), Head::Endless, None, code, target, |cx| {
            cx.lower_stmts(&looped.body.stmts, false);
        });
        self.unassigned = unassigned;
        if let Some(target) = target {
            self.unassigned.remove(&target);
        }
    }

    /// `break`, with or without a value.
    pub(super) fn lower_break(&mut self, exit: &syn::ExprBreak) {
        let Some(at) = self.loop_of(exit.label.as_ref()) else {
            return self.errors.on(exit, refuse::LABEL);
        };
        if let Some(value) = &exit.expr {
            match self.loops[at].target {
                Some(target) => self.lower_into(value, target),
                None => {
                    self.lower_expr(value);
                }
            }
        }
        let body = self.loops[at].body;
        self.loops[at..].iter_mut().for_each(|looped| looped.broken = true);
        self.push_exit(exit.break_token.span(), Target::Break(body), exit.label.clone());
    }

    pub(super) fn lower_continue(&mut self, exit: &syn::ExprContinue) {
        let Some(at) = self.loop_of(exit.label.as_ref()) else {
            return self.errors.on(exit, refuse::LABEL);
        };
        let body = self.loops[at].body;
        self.loops[at + 1..].iter_mut().for_each(|looped| looped.broken = true);
        self.push_exit(exit.continue_token.span(), Target::Continue(body), exit.label.clone());
    }

    pub(super) fn lower_return(&mut self, exit: &syn::ExprReturn) {
        if let Some(value) = &exit.expr {
            match self.result {
                Some(result) => self.lower_into(value, result),
                None => {
                    self.lower_expr(value);
                }
            }
        }
        self.loops.iter_mut().for_each(|looped| looped.broken = true);
        self.push_exit(exit.return_token.span(), Target::Return, None);
    }

    fn push_exit(&mut self, span: Span, target: Target, label: Option<syn::Lifetime>) {
        self.push(span, StmtKind::Exit(Exit { target, label }));
    }

    /// The loop that a jump means, by its position among the open ones.
    fn loop_of(&self, label: Option<&syn::Lifetime>) -> Option<usize> {
        match label {
            None => self.loops.len().checked_sub(1),
            Some(label) => self.loops.iter().rposition(|looped| looped.label.as_ref() == Some(label)),
        }
    }

    fn lower_elements_loop(&mut self, looped: &syn::ExprForLoop, iter: &Expr, reversed: bool) {
        let Some(elements) = self.elements_of(iter) else {
            self.errors.on(&looped.expr, "this iterator is not supported where the loop carries derivatives: loop over a range of indices, or over a slice by reference (`for v in &xs`, `xs.iter()`, with `enumerate()`)");
            return;
        };
        let Elements { place, by_value, mutable, enumerated, iter: written } = elements;
        let (index_pat, elem_pat) = match (enumerated, strip_pat(&looped.pat)) {
            (false, pat) => (None, pat),
            (true, Pat::Tuple(tuple)) if tuple.elems.len() == 2 => (Some(&tuple.elems[0]), &tuple.elems[1]),
            (true, other) => {
                self.errors.on(other, "take the pair of `enumerate()` apart here: `for (i, x) in …`");
                return;
            }
        };
        let index = match index_pat {
            Some(Pat::Ident(ident)) if ident.mutability.is_none() => {
                self.declare(&ident.ident, false, None, Ty::Passive)
            }
            None | Some(Pat::Wild(_)) => self.new_var("k", VarKind::Index, Ty::Passive, looped.for_token.span()),
            Some(other) => {
                self.errors.on(other, "use a plain name for the index");
                return;
            }
        };
        let elem = Place { span: elem_pat.span(), ..place.clone() }.project(Projection::Index(self.code_of(index)));
        let aliases = self.bind_alias(elem_pat, &elem, by_value);
        self.make_mutable(&aliases, mutable);
        let head = Head::Elements { place: place.clone(), index, reversed };
        let expr = written.unwrap_or_else(|| (*looped.expr).clone());
        let code = Code { uses: self.uses(&expr), expr };
        self.push_for(looped, head, (*looped.pat).clone(), code, |cx| {
            for var in aliases {
                let code = cx.code_of(var);
                cx.push(elem_pat.span(), StmtKind::Alias { var, code });
            }
        });
    }

    /// The slice or array that an iterator runs over.
    fn elements_of(&mut self, iter: &Expr) -> Option<Elements> {
        match method_of(iter) {
            Some((inner, "enumerate")) => {
                let elements = self.elements_of(inner)?;
                (!elements.enumerated).then_some(Elements { enumerated: true, ..elements })
            }
            Some((inner, "copied" | "cloned")) => {
                let elements = self.elements_of(inner)?;
                (!elements.enumerated && !elements.by_value).then_some(Elements { by_value: true, ..elements })
            }
            Some((inner, method @ ("iter" | "iter_mut"))) => {
                let place = self.lower_place(super::expr::strip_reference(inner), true)?;
                Some(Elements { mutable: method == "iter_mut", ..Elements::by_reference(place) })
            }
            Some(_) => None,
            None => match strip(iter) {
                Expr::Reference(reference) => {
                    let place = self.lower_place(&reference.expr, true)?;
                    Some(Elements { mutable: reference.mutability.is_some(), ..Elements::by_reference(place) })
                }
                // `for x in [a, b]`: the array gets a name first.
                array @ (Expr::Array(_) | Expr::Repeat(_)) => {
                    let operand = self.lower_expr(array);
                    let Operand::Place(place) = self.settle(operand) else { return None };
                    let iter = self.place_expr(&place);
                    self.elements_of_place(place, iter)
                }
                other => {
                    let place = self.lower_place(other, true)?;
                    self.elements_of_place(place, other.clone())
                }
            },
        }
    }

    /// The elements of a place that is looped over by its plain name.
    fn elements_of_place(&mut self, place: Place, iter: Expr) -> Option<Elements> {
        match self.vars.ty(&place) {
            // The loop borrows the reference; it may be used again afterwards.
            Ty::Ref { mutable: true, .. } => {
                let iter = Some(parse_quote!(&mut *#iter));
                Some(Elements { mutable: true, iter, ..Elements::by_reference(place) })
            }
            Ty::Ref { .. } => Some(Elements::by_reference(place)),
            // The loop runs over a copy, which stays as it is when the body changes the array.
            Ty::Array(elem, _) if !elem.is_ref() && self.may_change(self.vars.root(&place)) => {
                let Operand::Place(copy) = self.settle(Operand::Place(place)) else { return None };
                let iter = self.place_expr(&copy);
                Some(Elements { by_value: true, iter: Some(iter), ..Elements::by_reference(copy) })
            }
            Ty::Array(elem, _) if !elem.is_ref() => {
                Some(Elements { by_value: true, iter: Some(iter), ..Elements::by_reference(place) })
            }
            _ => None,
        }
    }
}

struct Elements {
    place: Place,
    /// The loop's variable is the element itself, not a reference to it.
    by_value: bool,
    mutable: bool,
    enumerated: bool,
    /// The iterator to write, if not that of the user.
    iter: Option<Expr>,
}

impl Elements {
    fn by_reference(place: Place) -> Elements {
        Elements { place, by_value: false, mutable: false, enumerated: false, iter: None }
    }
}

/// The receiver and the name of a method call without arguments.
fn method_of(expr: &Expr) -> Option<(&Expr, &'static str)> {
    const NAMES: [&str; 6] = ["rev", "enumerate", "copied", "cloned", "iter", "iter_mut"];
    let Expr::MethodCall(call) = strip(expr) else { return None };
    let name = NAMES.iter().find(|name| call.method == name).copied().unwrap_or("other");
    Some((strip(&call.receiver), name))
}

/// Whether this is a range with adaptors that keep its items integers.
fn is_range_chain(expr: &Expr) -> bool {
    match expr {
        Expr::Range(range) => range.start.is_some(),
        Expr::Paren(paren) => is_range_chain(&paren.expr),
        Expr::MethodCall(call) => {
            let keeps = ["step_by", "rev", "take", "skip"].iter().any(|name| call.method == name);
            keeps && is_range_chain(&call.receiver)
        }
        _ => false,
    }
}

fn strip(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => strip(&paren.expr),
        Expr::Group(group) => strip(&group.expr),
        other => other,
    }
}

fn strip_pat(pat: &Pat) -> &Pat {
    match pat {
        Pat::Paren(paren) => strip_pat(&paren.pat),
        other => other,
    }
}
