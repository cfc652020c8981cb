//! Jumps in the user's syntax: which expressions may leave the code that they stand in.

use super::expr::VecMacro;
use syn::Expr;
use syn::visit::{self, Visit};

/// Whether `expr` jumps out of itself: by `return`, or by a `break` or `continue` of a loop around it.
pub(super) fn jumps(expr: &Expr) -> bool {
    let mut finder = JumpFinder::default();
    finder.visit_expr(expr);
    finder.found
}

/// Whether a body returns before its end.
pub(super) fn returns(body: &syn::Block) -> bool {
    struct Finder(bool);
    impl Visit<'_> for Finder {
        fn visit_expr_return(&mut self, _: &syn::ExprReturn) {
            self.0 = true;
        }
        fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}
        fn visit_item(&mut self, _: &syn::Item) {}
        fn visit_macro(&mut self, mac: &syn::Macro) {
            arguments(mac).iter().for_each(|argument| self.visit_expr(argument));
        }
    }
    let mut finder = Finder(false);
    finder.visit_block(body);
    finder.0
}

/// The expressions in `vec![…]` and other macros whose arguments are expressions, where jumps may stand too.
fn arguments(mac: &syn::Macro) -> Vec<Expr> {
    match super::expr::parse_vec(mac) {
        Some(VecMacro::List(list)) => list,
        Some(VecMacro::Repeat(value, count)) => vec![*value, *count],
        None => Vec::new(),
    }
}

#[derive(Default)]
struct JumpFinder {
    found: bool,
    loops: usize,
    labels: Vec<syn::Lifetime>,
}

impl JumpFinder {
    fn jump(&mut self, label: Option<&syn::Lifetime>) {
        self.found |= match label {
            Some(label) => !self.labels.contains(label),
            None => self.loops == 0,
        };
    }

    fn looped(&mut self, label: Option<&syn::Label>, visit: impl FnOnce(&mut Self)) {
        self.loops += 1;
        self.labels.extend(label.map(|label| label.name.clone()));
        visit(self);
        self.loops -= 1;
    }
}

impl Visit<'_> for JumpFinder {
    fn visit_expr_return(&mut self, _: &syn::ExprReturn) {
        self.found = true;
    }

    fn visit_expr_break(&mut self, exit: &syn::ExprBreak) {
        self.jump(exit.label.as_ref());
        visit::visit_expr_break(self, exit);
    }

    fn visit_expr_continue(&mut self, exit: &syn::ExprContinue) {
        self.jump(exit.label.as_ref());
    }

    fn visit_expr_for_loop(&mut self, looped: &syn::ExprForLoop) {
        self.looped(looped.label.as_ref(), |cx| visit::visit_expr_for_loop(cx, looped));
    }

    fn visit_expr_while(&mut self, looped: &syn::ExprWhile) {
        self.looped(looped.label.as_ref(), |cx| visit::visit_expr_while(cx, looped));
    }

    fn visit_expr_loop(&mut self, looped: &syn::ExprLoop) {
        self.looped(looped.label.as_ref(), |cx| visit::visit_expr_loop(cx, looped));
    }

    fn visit_expr_block(&mut self, block: &syn::ExprBlock) {
        self.labels.extend(block.label.as_ref().map(|label| label.name.clone()));
        visit::visit_expr_block(self, block);
    }

    fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}

    fn visit_item(&mut self, _: &syn::Item) {}

    fn visit_macro(&mut self, mac: &syn::Macro) {
        arguments(mac).iter().for_each(|argument| self.visit_expr(argument));
    }
}
