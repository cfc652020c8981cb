//! Passive code: what is kept as it was written, and the checks that make that safe.

use super::{Lower, effects};
use crate::ir::code::repeatable;
use crate::ir::{Code, Op, Operand, Place, StmtKind, Ty, VarId, VarKind};
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, parse_quote};

impl Lower {
    /// Takes `expr` as passive code, evaluated once, where it stands.
    pub(super) fn passive_code(&mut self, expr: &Expr) -> Code {
        self.check_passive(expr);
        let mut expr = expr.clone();
        self.drop_dereferences(&mut |dropper| dropper.visit_expr_mut(&mut expr));
        Code { uses: self.uses(&expr), expr }
    }

    /// Takes `*` away before variables that hold what the user's refer to.
    pub(super) fn drop_dereferences(&self, visit: &mut dyn FnMut(&mut Dropper)) {
        if !self.dereferenced.is_empty() {
            visit(&mut Dropper { cx: self });
        }
    }

    /// Passive code as an operand: bound to a temporary unless it may be evaluated again.
    pub(super) fn passive_operand(&mut self, expr: &Expr) -> Operand {
        Operand::Passive(self.repeatable(expr))
    }

    /// Code that the reverse sweep may evaluate again, when all variables have the values that they had here.
    pub(super) fn repeatable(&mut self, expr: &Expr) -> Code {
        if repeatable(expr) && !self.may_borrow(expr) { self.passive_code(expr) } else { self.bind_passive(expr) }
    }

    /// Code whose value is the same wherever it is evaluated, because nothing that it reads changes.
    pub(super) fn frozen(&mut self, expr: &Expr) -> Code {
        if repeatable(expr) && self.is_constant(expr) && !self.may_borrow(expr) {
            self.passive_code(expr)
        } else {
            self.bind_passive(expr)
        }
    }

    pub(super) fn bind_passive(&mut self, expr: &Expr) -> Code {
        let span = expr.span();
        let ty = self.infer_certain(expr);
        let var = self.new_var("t", VarKind::Temp, ty, span);
        self.push_passive_let(var, expr);
        self.code_of(var)
    }

    /// `let var = expr;` with passive `expr`.
    pub(super) fn push_passive_let(&mut self, var: VarId, expr: &Expr) {
        let span = expr.span();
        let code = self.passive_code(expr);
        let defs = self.defs(expr);
        if defs.is_empty() {
            self.push(span, StmtKind::Let { var, op: Op::Use(Operand::Passive(code)) });
        } else {
            let mutable = self.vars[var].mutable.then(|| quote::quote!(mut));
            let name = &self.vars[var].name;
            let annotation = self.vars[var].annotation.as_ref().map(|ty| quote::quote!(: #ty));
            let stmt = parse_quote!(let #mutable #name #annotation = #expr;);
            self.push(span, StmtKind::Passive { code: stmt, uses: code.uses, defs, declares: vec![var] });
        }
    }

    pub(super) fn code_of(&self, var: VarId) -> Code {
        let name = &self.vars[var].name;
        Code { expr: parse_quote!(#name), uses: vec![var] }
    }

    /// An index, a bound or a length: an integer, so it is passive code whatever it is computed from. What jumps or changes
    /// active variables on the way is lowered.
    pub(super) fn lower_integer(&mut self, expr: &Expr, frozen: bool) -> Code {
        if super::jumps::jumps(expr) || self.changes_active(&self.defs(expr)) {
            return match self.lower_expr(expr) {
                Operand::Passive(code) => self.lower_integer_code(code, frozen),
                Operand::Place(place) => {
                    let expr = self.place_expr(&place);
                    let code = Code { uses: self.uses(&expr), expr };
                    self.lower_integer_code(code, frozen)
                }
            };
        }
        if frozen { self.frozen(expr) } else { self.repeatable(expr) }
    }

    fn lower_integer_code(&mut self, code: Code, frozen: bool) -> Code {
        if frozen { self.frozen(&code.expr) } else { self.repeatable(&code.expr) }
    }

    /// Refuses what passive code must not contain: an exit from it, a change to an active variable, and a derivative
    /// that is lost without a word.
    pub(super) fn check_passive(&mut self, expr: &Expr) {
        self.check_exits(|checker| checker.visit_expr(expr));
        let defs = self.defs(expr);
        self.check_defs(&defs, expr.span());
        self.check_casts(|checker| checker.visit_expr(expr));
    }

    /// The same where the change to the variable is known to be harmless.
    pub(super) fn check_passive_part(&mut self, expr: &Expr) {
        self.check_exits(|checker| checker.visit_expr(expr));
        self.check_casts(|checker| checker.visit_expr(expr));
    }

    pub(super) fn check_passive_stmt(&mut self, stmt: &syn::Stmt) {
        self.check_exits(|checker| checker.visit_stmt(stmt));
        let defs = self.stmt_defs(stmt);
        self.check_defs(&defs, stmt.span());
        self.check_casts(|checker| checker.visit_stmt(stmt));
    }

    fn check_defs(&mut self, defs: &[VarId], span: Span) {
        for &var in defs {
            if self.is_varied(var) {
                let name = &self.vars[var].name;
                let message = format!(
                    "this may change `{name}`, which carries a derivative, in a way that is not differentiated: \
                     assign to it in a statement of its own"
                );
                self.errors.at(span, message);
            }
        }
    }

    fn check_exits(&mut self, visit: impl FnOnce(&mut ExitChecker)) {
        let mut checker = ExitChecker { loops: 0, closures: 0, found: Vec::new() };
        visit(&mut checker);
        for (span, message) in checker.found {
            self.errors.at(span, message);
        }
    }

    fn check_casts(&mut self, visit: impl FnOnce(&mut CastChecker)) {
        let mut checker = CastChecker { cx: self, found: Vec::new(), unknown: Vec::new(), parsed: Vec::new() };
        visit(&mut checker);
        let (found, unknown, parsed) = (checker.found, checker.unknown, checker.parsed);
        unknown.into_iter().for_each(|place| self.assert_integer(&place));
        for span in found {
            self.errors.at(span, INTEGER_CAST);
        }
        if !parsed.is_empty() && self.writes_text() {
            parsed.into_iter().for_each(|span| self.errors.at(span, super::refuse::TEXT));
        }
    }

    /// Whether `expr` computes with a local variable that may be a reference, which a tape must not hold, or with another
    /// name of something that changes, which cannot be read while it is written to: the value is kept instead. A variable
    /// by itself is what it is needed as, an index or a number.
    fn may_borrow(&self, expr: &Expr) -> bool {
        let is_plain = matches!(expr, Expr::Path(_));
        let borrows = |&id: &VarId| {
            let var = &self.vars[id];
            let unknown = var.ty == Ty::Unknown && var.alias.is_none() && matches!(var.kind, VarKind::Local);
            let of_changing = var.alias.is_some()
                && self.may_change(self.vars.root(&crate::ir::Place::var(id, proc_macro2::Span::mixed_site())));
            unknown || of_changing || self.lending
        };
        !is_plain && self.uses(expr).iter().any(borrows)
    }

    /// Whether nothing that `expr` reads ever changes. The length of a slice does not, even if its elements do.
    fn is_constant(&self, expr: &Expr) -> bool {
        struct Finder<'a> {
            cx: &'a Lower,
            changes: bool,
        }
        impl Visit<'_> for Finder<'_> {
            fn visit_expr_path(&mut self, path: &syn::ExprPath) {
                if let Some(var) = path.path.get_ident().and_then(|ident| self.cx.vars.find(ident)) {
                    self.changes |= self.cx.may_change(self.cx.vars.root(&crate::ir::Place::var(var, path.span())));
                }
            }
            fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
                let fixed = matches!(self.cx.infer(&call.receiver).deref(), Ty::Slice(_) | Ty::Array(..));
                let plain = matches!(&*call.receiver, Expr::Path(_));
                if !(call.method == "len" && fixed && plain) {
                    visit::visit_expr_method_call(self, call);
                }
            }
        }
        let mut finder = Finder { cx: self, changes: false };
        finder.visit_expr(expr);
        !finder.changes
    }
}

pub(super) const INTEGER_CAST: &str = "a cast to an integer has no derivative, and this value carries one: round it first if it is to step (`x.floor() as usize`), or write `stop_gradient(x) as usize`";

pub(super) struct Dropper<'a> {
    cx: &'a Lower,
}

impl VisitMut for Dropper<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::Unary(unary) = expr
            && matches!(unary.op, syn::UnOp::Deref(_))
            && self.cx.var_of(&unary.expr).is_some_and(|var| self.cx.dereferenced.contains(&var))
        {
            *expr = (*unary.expr).clone();
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        type Args = syn::punctuated::Punctuated<Expr, syn::Token![,]>;
        if let Ok(mut args) = mac.parse_body_with(Args::parse_terminated) {
            args.iter_mut().for_each(|arg| self.visit_expr_mut(arg));
            mac.tokens = quote::quote!(#args);
        }
    }
}

/// Finds what leaves the code in which it stands.
struct ExitChecker {
    loops: usize,
    closures: usize,
    found: Vec<(Span, &'static str)>,
}

impl Visit<'_> for ExitChecker {
    fn visit_expr_return(&mut self, exit: &syn::ExprReturn) {
        if self.closures == 0 {
            self.found.push((exit.return_token.span(), super::refuse::RETURN));
        }
        visit::visit_expr_return(self, exit);
    }

    fn visit_expr_try(&mut self, exit: &syn::ExprTry) {
        if self.closures == 0 {
            self.found.push((exit.question_token.span(), super::refuse::TRY));
        }
        visit::visit_expr_try(self, exit);
    }

    fn visit_expr_break(&mut self, exit: &syn::ExprBreak) {
        if self.loops == 0 && self.closures == 0 {
            self.found.push((exit.break_token.span(), super::refuse::BREAK));
        }
        visit::visit_expr_break(self, exit);
    }

    fn visit_expr_continue(&mut self, exit: &syn::ExprContinue) {
        if self.loops == 0 && self.closures == 0 {
            self.found.push((exit.continue_token.span(), super::refuse::BREAK));
        }
    }

    fn visit_expr_for_loop(&mut self, looped: &syn::ExprForLoop) {
        self.loops += 1;
        visit::visit_expr_for_loop(self, looped);
        self.loops -= 1;
    }

    fn visit_expr_while(&mut self, looped: &syn::ExprWhile) {
        self.loops += 1;
        visit::visit_expr_while(self, looped);
        self.loops -= 1;
    }

    fn visit_expr_loop(&mut self, looped: &syn::ExprLoop) {
        self.loops += 1;
        visit::visit_expr_loop(self, looped);
        self.loops -= 1;
    }

    fn visit_expr_closure(&mut self, closure: &syn::ExprClosure) {
        self.closures += 1;
        visit::visit_expr_closure(self, closure);
        self.closures -= 1;
    }

    fn visit_expr_unsafe(&mut self, block: &syn::ExprUnsafe) {
        self.found.push((block.unsafe_token.span(), super::refuse::UNSAFE));
    }

    fn visit_expr_await(&mut self, exit: &syn::ExprAwait) {
        self.found.push((exit.await_token.span(), super::refuse::AWAIT));
    }

    fn visit_macro(&mut self, mac: &syn::Macro) {
        if !crate::known::is_looking_macro(&mac.path) && !super::refuse::is_plain_macro(&mac.path) {
            self.found.push((mac.path.span(), super::refuse::UNKNOWN_MACRO));
        }
        type Args = syn::punctuated::Punctuated<Expr, syn::Token![,]>;
        if let Ok(args) = mac.parse_body_with(Args::parse_terminated) {
            args.iter().for_each(|arg| self.visit_expr(arg));
        }
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}

/// Finds casts of active values to other types than floats.
struct CastChecker<'a> {
    cx: &'a Lower,
    found: Vec<Span>,
    /// Parts of unknown type, which must be integers.
    unknown: Vec<Place>,
    /// Where text is read as a value.
    parsed: Vec<Span>,
}

impl Visit<'_> for CastChecker<'_> {
    fn visit_expr_cast(&mut self, cast: &syn::ExprCast) {
        let to_float = Ty::from_syn(&cast.ty).is_scalar();
        if !to_float && self.cx.mentions_active(&cast.expr) && !self.cx.is_flat(&cast.expr) {
            match (self.cx.infer(&cast.expr).deref(), self.cx.known_place(&cast.expr)) {
                (Ty::Passive, _) => {}
                (Ty::Unknown, Some(place)) if !place.is_var() => self.unknown.push(place),
                _ => self.found.push(cast.span()),
            }
        }
        visit::visit_expr_cast(self, cast);
    }

    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        if call.method == "parse" {
            self.parsed.push(call.method.span());
        }
        if super::refuse::is_bits_method(&call.method) && self.cx.mentions_active(&call.receiver) {
            self.found.push(call.method.span());
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &syn::ExprCall) {
        if !effects::is_stop_gradient(&call.func) {
            visit::visit_expr_call(self, call);
        }
    }

    fn visit_macro(&mut self, _: &syn::Macro) {
        // Macros that only look at a value may cast it as they like.
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}
