//! What the body says about its variables anywhere in it, gathered before any of it is lowered. Every variable has a name
//! of its own, so what stands next to a name in one place tells of the variable in all.

use super::Lower;
use super::expr::VecMacro;
use crate::ir::Ty;
use proc_macro2::TokenStream;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Lit, Pat, UnOp};

#[derive(Default)]
pub(super) struct Hints {
    /// Variables that must be integers: indices, bounds of loops, and what stands in arithmetic with a plain `1`.
    integers: HashSet<String>,
    /// Each variable's annotation and first value.
    lets: HashMap<String, (Option<syn::Type>, Option<Expr>)>,
    /// What the macros that write text are given.
    pub(super) texts: Vec<TokenStream>,
    /// The types of variables that were asked for before they were lowered; unknown while one is being found.
    types: RefCell<HashMap<String, Ty>>,
}

impl Hints {
    pub(super) fn gather(body: &syn::Block) -> Hints {
        let mut hints = Hints::default();
        hints.visit_block(body);
        hints
    }

    pub(super) fn is_integer(&self, name: &syn::Ident) -> bool {
        self.integers.contains(&name.to_string())
    }

    /// Notes the variables among the terms and factors of an integer.
    fn integer(&mut self, expr: &Expr) {
        match expr {
            Expr::Path(path) => self.integers.extend(path.path.get_ident().map(ToString::to_string)),
            Expr::Paren(paren) => self.integer(&paren.expr),
            Expr::Group(group) => self.integer(&group.expr),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_) | UnOp::Neg(_)) => self.integer(&unary.expr),
            Expr::Binary(binary) if is_arithmetic(&binary.op) => {
                self.integer(&binary.left);
                self.integer(&binary.right);
            }
            Expr::Range(range) => [&range.start, &range.end].into_iter().flatten().for_each(|end| self.integer(end)),
            _ => {}
        }
    }

    /// The range that a loop runs over, behind `.rev()` and its like.
    fn bounds(&mut self, head: &Expr) {
        match head {
            Expr::Range(_) => self.integer(head),
            Expr::Paren(paren) => self.bounds(&paren.expr),
            Expr::MethodCall(call) => self.bounds(&call.receiver),
            _ => {}
        }
    }
}

impl<'ast> Visit<'ast> for Hints {
    fn visit_expr_index(&mut self, index: &'ast syn::ExprIndex) {
        self.integer(&index.index);
        visit::visit_expr_index(self, index);
    }

    fn visit_expr_for_loop(&mut self, looped: &'ast syn::ExprForLoop) {
        self.bounds(&looped.expr);
        visit::visit_expr_for_loop(self, looped);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        if takes_equals(&binary.op) {
            if is_integer_literal(&binary.left) {
                self.integer(&binary.right);
            }
            if is_integer_literal(&binary.right) {
                self.integer(&binary.left);
            }
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if crate::known::is_integer_method(&call.method) {
            self.integer(&call.receiver);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        let (pat, ty) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, Some((*typed.ty).clone())),
            pat => (pat, None),
        };
        if let Pat::Ident(ident) = pat {
            let value = local.init.as_ref().map(|init| (*init.expr).clone());
            self.lets.insert(ident.ident.to_string(), (ty, value));
        }
        visit::visit_local(self, local);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        const TEXT: [&str; 4] = ["format", "format_args", "write", "writeln"];
        if mac.path.segments.last().is_some_and(|last| TEXT.iter().any(|name| last.ident == name)) {
            self.texts.push(mac.tokens.clone());
        }
        if let Some(VecMacro::Repeat(_, len)) = super::expr::parse_vec(mac) {
            self.integer(&len);
        }
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

impl Lower {
    /// The type of a variable that lowering has not come to, as inside a block that is looked at as a whole.
    pub(super) fn infer_later(&self, name: &syn::Ident) -> Ty {
        let key = name.to_string();
        if let Some(known) = self.hints.types.borrow().get(&key) {
            return known.clone();
        }
        let Some((annotation, value)) = self.hints.lets.get(&key) else { return Ty::Unknown };
        self.hints.types.borrow_mut().insert(key.clone(), Ty::Unknown);
        let annotated = annotation.as_ref().map_or(Ty::Unknown, Ty::from_syn);
        let ty = match value {
            Some(value) if annotated == Ty::Unknown => self.infer(value),
            _ => annotated,
        };
        self.hints.types.borrow_mut().insert(key, ty.clone());
        ty
    }
}

pub(super) fn is_arithmetic(op: &BinOp) -> bool {
    matches!(op, BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_))
}

/// Operators with numbers of one type on both sides.
fn takes_equals(op: &BinOp) -> bool {
    let compares =
        matches!(op, BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_));
    let assigns = matches!(
        op,
        BinOp::AddAssign(_) | BinOp::SubAssign(_) | BinOp::MulAssign(_) | BinOp::DivAssign(_) | BinOp::RemAssign(_)
    );
    is_arithmetic(op) || compares || assigns
}

fn is_integer_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(paren) => is_integer_literal(&paren.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => is_integer_literal(&unary.expr),
        Expr::Lit(syn::ExprLit { lit: Lit::Int(int), .. }) => !matches!(int.suffix(), "f32" | "f64"),
        _ => false,
    }
}
