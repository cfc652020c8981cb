//! Passive code: an expression of the user's that is kept as it was written.

use super::VarId;
use proc_macro2::Span;
use syn::Expr;
use syn::spanned::Spanned;

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

fn is_compound(op: &syn::BinOp) -> bool {
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
