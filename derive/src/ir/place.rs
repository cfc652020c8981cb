//! Places: a variable, or a part of one.

use super::{Code, VarId};
use proc_macro2::{Ident, Span};

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
    /// A field of the variant that an enum is known to be.
    Payload(Payload),
}

/// A field of a variant, or of a struct that is taken apart where a variant might stand.
#[derive(Clone, PartialEq)]
pub struct Payload {
    /// As the user wrote it: `Some`, `Shape::Circle`.
    pub path: syn::Path,
    pub member: syn::Member,
}

impl Payload {
    pub fn variant(&self) -> &Ident {
        &self.path.segments.last().expect("a path has a segment").ident
    }

    /// Whether it is what `Some` or `Ok` holds.
    pub fn is_of_std(&self) -> bool {
        is_std_variant(&self.path)
    }
}

/// Whether a path is `Some` or `Ok`.
pub fn is_std_variant(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| last.ident == "Some" || last.ident == "Ok")
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
            (Projection::Payload(a), Projection::Payload(b)) => a.path == b.path && a.member != b.member,
            _ => false,
        };
        self.root == other.root && !self.projections.iter().zip(&other.projections).any(apart)
    }

    /// Whether it is, or is inside, what a variant holds.
    pub fn has_payload(&self) -> bool {
        self.projections.iter().any(|projection| matches!(projection, Projection::Payload(_)))
    }

    /// Whether this is a whole variable, not a part of one.
    pub fn is_var(&self) -> bool {
        self.projections.is_empty()
    }
}
