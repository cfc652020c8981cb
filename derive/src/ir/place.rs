//! Places: a variable, or a part of one.

use super::{Code, VarId};
use proc_macro2::Span;

#[derive(Clone)]
pub struct Place {
    pub root: VarId,
    pub projections: Vec<Projection>,
    pub span: Span,
}

#[derive(Clone)]
pub enum Projection {
    /// `[i]`
    Index(Code),
    /// `[i..j]`
    Range(Code),
    /// `.0`
    Field(syn::Member),
    /// `*`
    Deref,
}

impl Projection {
    /// The number of a field or of an element, if it stands there.
    pub fn literal(&self) -> Option<usize> {
        match self {
            Projection::Field(syn::Member::Unnamed(index)) => Some(index.index as usize),
            Projection::Index(code) => match &code.expr {
                syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(int), .. }) => int.base10_parse().ok(),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Place {
    pub fn var(root: VarId, span: Span) -> Place {
        Place { root, projections: Vec::new(), span }
    }

    pub fn project(mut self, projection: Projection) -> Place {
        self.projections.push(projection);
        self
    }

    /// Its index expressions.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        self.projections.iter().filter_map(|projection| match projection {
            Projection::Index(code) | Projection::Range(code) => Some(code),
            _ => None,
        })
    }

    /// Whether two resolved places may have a part in common: not if they are in different variables or fields.
    pub fn may_overlap(&self, other: &Place) -> bool {
        let apart = |(a, b): (&Projection, &Projection)| match (a, b) {
            (Projection::Field(a), Projection::Field(b)) => a != b,
            _ => false,
        };
        self.root == other.root && !self.projections.iter().zip(&other.projections).any(apart)
    }

    /// Whether this is a whole variable, not a part of one.
    pub fn is_var(&self) -> bool {
        self.projections.is_empty()
    }
}
