//! Places: variables, elements, fields and sub-slices.

use super::Lower;
use crate::ir::{Code, Place, Projection};
use syn::spanned::Spanned;
use syn::{Expr, UnOp, parse_quote};

impl Lower {
    /// The place that `expr` denotes, or `None` if it denotes none (a call, a literal …).
    ///
    /// Indices are lowered on the way; with `frozen` they are made to keep their value for good.
    pub(super) fn lower_place(&mut self, expr: &Expr, frozen: bool) -> Option<Place> {
        let place = match expr {
            Expr::Path(_) => Place::var(self.var_of(expr)?, expr.span()),
            Expr::Paren(paren) => return self.lower_place(&paren.expr, frozen),
            Expr::Group(group) => return self.lower_place(&group.expr, frozen),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => self.lower_deref(&unary.expr, frozen)?,
            Expr::Field(field) => {
                self.lower_place(&field.base, frozen)?.project(Projection::Field(field.member.clone()))
            }
            Expr::Index(index) => {
                let base = self.lower_place(&index.expr, frozen)?;
                let projection = match &*index.index {
                    Expr::Range(range) => Projection::Range(self.lower_range(range, frozen)),
                    other => Projection::Index(self.lower_integer(other, frozen)),
                };
                base.project(projection)
            }
            _ => return None,
        };
        Some(Place { span: expr.span(), ..place })
    }

    /// `*inner`; `*&place` is the place.
    fn lower_deref(&mut self, inner: &Expr, frozen: bool) -> Option<Place> {
        match inner {
            Expr::Reference(reference) => self.lower_place(&reference.expr, frozen),
            Expr::Paren(paren) => self.lower_deref(&paren.expr, frozen),
            _ => Some(self.lower_place(inner, frozen)?.project(Projection::Deref)),
        }
    }

    /// A range in an index, its ends lowered.
    pub(super) fn lower_range(&mut self, range: &syn::ExprRange, frozen: bool) -> Code {
        let mut uses = Vec::new();
        let mut lowered = range.clone();
        for end in [&mut lowered.start, &mut lowered.end].into_iter().flatten() {
            let code = self.lower_integer(end, frozen);
            uses.extend(code.uses);
            **end = code.expr;
        }
        Code { expr: Expr::Range(lowered), uses }
    }

    /// The place that `expr` denotes if that takes no lowering, for questions about its type.
    pub(super) fn known_place(&self, expr: &Expr) -> Option<Place> {
        let span = expr.span();
        match expr {
            Expr::Path(_) => Some(Place::var(self.var_of(expr)?, span)),
            Expr::Paren(paren) => self.known_place(&paren.expr),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => {
                Some(self.known_place(&unary.expr)?.project(Projection::Deref))
            }
            Expr::Field(field) => Some(self.known_place(&field.base)?.project(Projection::Field(field.member.clone()))),
            Expr::Index(index) => {
                let code = Code { expr: (*index.index).clone(), uses: Vec::new() };
                let base = self.known_place(&index.expr)?;
                Some(base.project(match &*index.index {
                    Expr::Range(_) => Projection::Range(code),
                    _ => Projection::Index(code),
                }))
            }
            _ => None,
        }
    }

    /// The place as an expression again.
    pub(super) fn place_expr(&self, place: &Place) -> Expr {
        let name = &self.vars[place.root].name;
        place.projections.iter().fold(parse_quote!(#name), |base: Expr, projection| match projection {
            Projection::Index(code) | Projection::Range(code) => {
                let index = &code.expr;
                parse_quote!(#base[#index])
            }
            Projection::Field(member) => parse_quote!(#base.#member),
            Projection::Deref => parse_quote!((*#base)),
        })
    }
}
