//! Loops and the jumps out of blocks.

use super::{Lower, OpenLoop, refuse};
use crate::desugar::{alone, before_brace};
use crate::ir::code::is_typed;
use crate::ir::{Code, Exit, Head, Loop, StmtKind, Target, Ty, VarId, VarKind};
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
        if self.lower_chain_loop(looped) {
            return;
        }
        let (iter, reversed) = match strip(&looped.expr) {
            Expr::MethodCall(call) if call.method == "rev" && call.args.is_empty() => (strip(&call.receiver), true),
            other => (other, false),
        };
        match iter {
            Expr::Range(range) if range.start.is_some() && range.end.is_some() => {
                self.lower_range_loop(looped, range, reversed);
            }
            _ if is_range_chain(strip(&looped.expr)) => self.lower_recorded_loop(looped),
            _ => self.lower_items_loop(looped),
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
        self.pin_bound(low, high)
    }

    /// Gives two bounds without a type of their own the one that the forward sweep finds.
    pub(super) fn pin_bound(&mut self, low: Code, high: Code) -> (Code, Code) {
        if is_typed(&low.expr) || is_typed(&high.expr) {
            return (low, high);
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

    pub(super) fn push_for(
        &mut self,
        looped: &syn::ExprForLoop,
        head: Head,
        pat: Pat,
        iter: Code,
        open: impl FnOnce(&mut Self),
    ) {
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
        if super::branch::find_lets(&looped.cond).iter().any(|found| self.mentions_active(&found.expr)) {
            let (label, cond, body) = (&looped.label, &looped.cond, &looped.body);
            self.lower_endless_loop(&parse_quote!(#label loop { if #cond #body else { break; } }), None);
        } else if !self.defs(&looped.cond).is_empty() {
            let (label, cond, body) = (&looped.label, &looped.cond, &looped.body);
            let stmts = &body.stmts;
            // `while let` with an effect takes its value apart in a statement, other conditions are one.
            let endless: Expr = match &**cond {
                Expr::Let(condition) => {
                    let (pat, value) = (alone(&condition.pat), before_brace(&condition.expr));
                    parse_quote!(#label loop { let #pat = #value else { break; }; #(#stmts)* })
                }
                cond if !super::branch::find_lets(cond).is_empty() => {
                    parse_quote!(#label loop { if #cond #body else { break; } })
                }
                cond => parse_quote!(#label loop { if !(#cond) { break; } #(#stmts)* }),
            };
            let Expr::Loop(endless) = endless else { unreachable!("it was written as a loop") };
            self.lower_endless_loop(&endless, None);
        } else {
            let mut bound = Vec::new();
            let cond = self.lower_cond(&looped.cond, &mut bound);
            let span = looped.while_token.span();
            self.push_loop(span, looped.label.as_ref(), Head::While, None, cond, None, |cx| {
                cx.begin_all_bound(&bound);
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
                // It has no value that is wanted, but may be a branch or a loop.
                None => {
                    self.lower_stmts(&[syn::Stmt::Expr((**value).clone(), Some(Default::default()))], false);
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
                // It has no value that is wanted, but may be a branch or a loop.
                None => {
                    self.lower_stmts(&[syn::Stmt::Expr((**value).clone(), Some(Default::default()))], false);
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

pub(super) fn strip(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => strip(&paren.expr),
        Expr::Group(group) => strip(&group.expr),
        other => other,
    }
}
