//! Passive code: an expression of the user's that is kept as it was written.

use super::VarId;
use proc_macro2::{Ident, Span};
use syn::Expr;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

#[derive(Clone)]
pub struct Code {
    pub expr: Expr,
    /// The variables it mentions.
    pub uses: Vec<VarId>,
}

impl Code {
    pub fn span(&self) -> Span {
        self.expr.span()
    }
}

impl Code {
    /// Cheap and without effects, so that it may be evaluated again.
    pub fn is_repeatable(&self) -> bool {
        repeatable(&self.expr)
    }

    /// Whether its type does not depend on where it stands, so that it is the same where it is evaluated again.
    pub fn is_typed(&self) -> bool {
        is_typed(&self.expr)
    }

    /// The names in `x.len()`, and the names anywhere else.
    pub fn measured(&self) -> (Vec<Ident>, Vec<Ident>) {
        let mut finder = Measured::default();
        finder.visit_expr(&self.expr);
        (finder.measured, finder.read)
    }
}

#[derive(Default)]
struct Measured {
    measured: Vec<Ident>,
    read: Vec<Ident>,
}

impl Visit<'_> for Measured {
    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        match &*call.receiver {
            Expr::Path(path) if call.method == "len" => self.measured.extend(path.path.get_ident().cloned()),
            _ => visit::visit_expr_method_call(self, call),
        }
    }

    fn visit_ident(&mut self, ident: &Ident) {
        self.read.push(ident.clone());
    }

    fn visit_macro(&mut self, mac: &syn::Macro) {
        // What a macro does with a name is not known.
        self.read.extend(mac.tokens.clone().into_iter().filter_map(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => Some(ident),
            _ => None,
        }));
    }
}

/// Literals, variables, constants, parts of them, and arithmetic; no calls but `len` and `stop_gradient`.
pub fn repeatable(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Path(path) => path.qself.is_none(),
        Expr::Paren(paren) => repeatable(&paren.expr),
        Expr::Group(group) => repeatable(&group.expr),
        Expr::Unary(unary) => repeatable(&unary.expr),
        Expr::Cast(cast) => repeatable(&cast.expr),
        Expr::Field(field) => repeatable(&field.base),
        Expr::Index(index) => repeatable(&index.expr) && repeatable(&index.index),
        Expr::Binary(binary) => !is_compound(&binary.op) && repeatable(&binary.left) && repeatable(&binary.right),
        Expr::MethodCall(call) => call.method == "len" && call.args.is_empty() && repeatable(&call.receiver),
        Expr::Range(range) => [&range.start, &range.end].into_iter().flatten().all(|end| repeatable(end)),
        Expr::Call(call) => is_stop_gradient(&call.func) && call.args.iter().all(repeatable),
        _ => false,
    }
}

/// Whether `func` is `stop_gradient` under any path.
pub fn is_stop_gradient(func: &Expr) -> bool {
    matches!(func, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "stop_gradient"))
}

pub fn is_compound(op: &syn::BinOp) -> bool {
    use syn::BinOp::*;
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}

/// Whether the type of an integer expression does not depend on where it stands.
pub fn is_typed(expr: &Expr) -> bool {
    use syn::BinOp::{And, Eq, Ge, Gt, Le, Lt, Ne, Or, Shl, Shr};
    match expr {
        Expr::Lit(lit) => match &lit.lit {
            syn::Lit::Int(int) => !int.suffix().is_empty(),
            syn::Lit::Float(float) => !float.suffix().is_empty(),
            _ => true,
        },
        Expr::Paren(paren) => is_typed(&paren.expr),
        Expr::Group(group) => is_typed(&group.expr),
        Expr::Unary(unary) => is_typed(&unary.expr),
        Expr::Binary(binary) => match binary.op {
            Shl(_) | Shr(_) => is_typed(&binary.left),
            And(_) | Or(_) | Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_) => true,
            _ => is_typed(&binary.left) || is_typed(&binary.right),
        },
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_typed),
        Expr::Array(array) => array.elems.iter().any(is_typed),
        Expr::Repeat(repeat) => is_typed(&repeat.expr),
        _ => true,
    }
}
