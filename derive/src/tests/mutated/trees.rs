//! Parts of one function put into another, where the same kind of part stood: what comes out is always Rust.

use super::Random;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;

/// Parts of many functions.
#[derive(Default)]
pub struct Parts {
    exprs: Vec<syn::Expr>,
    pats: Vec<syn::Pat>,
    types: Vec<syn::Type>,
    stmts: Vec<syn::Stmt>,
}

impl<'ast> Visit<'ast> for Parts {
    fn visit_expr(&mut self, expr: &'ast syn::Expr) {
        self.exprs.push(expr.clone());
        syn::visit::visit_expr(self, expr);
    }

    fn visit_pat(&mut self, pat: &'ast syn::Pat) {
        self.pats.push(pat.clone());
        syn::visit::visit_pat(self, pat);
    }

    fn visit_type(&mut self, ty: &'ast syn::Type) {
        self.types.push(ty.clone());
        syn::visit::visit_type(self, ty);
    }

    fn visit_stmt(&mut self, stmt: &'ast syn::Stmt) {
        self.stmts.push(stmt.clone());
        syn::visit::visit_stmt(self, stmt);
    }
}

/// The function with one to three of its parts exchanged.
pub fn spliced(function: &syn::ItemFn, parts: &Parts, random: &mut Random) -> TokenStream {
    let mut function = function.clone();
    for _ in 0..=random.below(3) {
        let mut own = Parts::default();
        own.visit_item_fn(&function);
        let count = own.exprs.len() + own.pats.len() + own.types.len() + own.stmts.len();
        if count == 0 {
            break;
        }
        // Sometimes a part of the function itself, which is likelier to mean something there.
        let source = if random.below(3) == 0 { &own } else { parts };
        let mut splice = Splice { left: random.below(count), source, random };
        splice.visit_item_fn_mut(&mut function);
    }
    function.into_token_stream()
}

/// Exchanges the part that is met when nothing is left to be passed.
struct Splice<'a> {
    left: usize,
    source: &'a Parts,
    random: &'a mut Random,
}

impl Splice<'_> {
    fn exchange<T: Clone>(&mut self, part: &mut T, source: &[T]) -> bool {
        let met = self.left == 0 && !source.is_empty();
        if met {
            *part = source[self.random.below(source.len())].clone();
        }
        self.left = self.left.wrapping_sub(1);
        met
    }
}

impl VisitMut for Splice<'_> {
    fn visit_expr_mut(&mut self, expr: &mut syn::Expr) {
        if !self.exchange(expr, &self.source.exprs) {
            syn::visit_mut::visit_expr_mut(self, expr);
        }
    }

    fn visit_pat_mut(&mut self, pat: &mut syn::Pat) {
        if !self.exchange(pat, &self.source.pats) {
            syn::visit_mut::visit_pat_mut(self, pat);
        }
    }

    fn visit_type_mut(&mut self, ty: &mut syn::Type) {
        if !self.exchange(ty, &self.source.types) {
            syn::visit_mut::visit_type_mut(self, ty);
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut syn::Stmt) {
        if !self.exchange(stmt, &self.source.stmts) {
            syn::visit_mut::visit_stmt_mut(self, stmt);
        }
    }
}
